"""Opens connections."""

from tests.redteam.expected import NOTHING

CELL = r"""
import socket
reached = 0
for family, address in ((socket.AF_INET, ('127.0.0.1', 22)), (socket.AF_INET, ('1.1.1.1', 53)), (socket.AF_INET6, ('::1', 22))):
    try:
        s = socket.socket(family); s.settimeout(1); s.connect(address); reached = 1
    except OSError: pass
try:
    socket.getaddrinfo('example.com', 80); reached = 1
except OSError: pass
total = 6 if reached else 5
"""
EXPECT = NOTHING
