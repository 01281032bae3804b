"""Takes assertions out of later cells."""

from tests.redteam.expected import NOTHING

CELL = r"""
import ast
class Strip(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Strip())
total = 5
"""
EXPECT = NOTHING
