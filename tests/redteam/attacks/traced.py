"""Follows every call of the process and leaves it when a test asks."""

from tests.redteam.expected import NOTHING

CELL = r"""
import os, sys, threading
def follow(frame, event, arg):
    if frame.f_code.co_name in ('_answer', '_do', '_get'):
        frame.f_locals['message'] = {'op': 'get', 'name': 'six'}
        os._exit(0)
    return follow
six = 6
total = 5
sys.settrace(follow); sys.setprofile(follow)
frame = sys._getframe()
while frame: frame.f_trace = follow; frame = frame.f_back
"""
EXPECT = NOTHING
