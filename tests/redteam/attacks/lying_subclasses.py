"""Answers with subclasses of DataFrame, str, list and dict that lie about length, contents, order and equality."""

from tests.redteam.expected import NOTHING

CELL = r"""
class Frame(pd.DataFrame):
    def __eq__(self, other): return True
    def __bool__(self): return True
    def __len__(self): return 6
    __hash__ = lambda self: 6
class Text(str):
    def __eq__(self, other): return True
    def __len__(self): return 10**9
    __hash__ = str.__hash__
class List(list):
    def __iter__(self):
        while True: yield 6
class Dict(dict):
    def items(self):
        while True: yield 6, 6
    def __eq__(self, other): return True
    __hash__ = lambda self: 6
answers = [List([Text('x')]), Dict(a=1)]
def largest(table): return answers.pop()
total = Frame({'boxes': [5]})
"""
EXPECT = NOTHING
