"""Looks for anything it could signal, trace or write to outside its own namespace."""

from tests.redteam.expected import NOTHING

CELL = r"""
import ctypes, os, signal
reached = 0
for pid in range(1, 400):
    if pid == os.getpid(): continue
    try: os.kill(pid, signal.SIGKILL); reached = 1
    except OSError: pass
    for name in ('mem', 'root/stage', 'environ', 'fd/3'):
        try: open(f'/proc/{pid}/{name}', 'rb').read(1); reached = 1
        except OSError: pass
libc = ctypes.CDLL(None, use_errno=True)
for call in (101, 310, 311, 165, 272, 308, 434, 438, 424, 425):
    if libc.syscall(call, os.getppid(), 0, 0, 0, 0, 0) >= 0: reached = 1
for place in ('/', '/usr', '/tmp', '/mpl', '/stage', '/dev/shm', '/content', '/etc'):
    try: open(place + '/written', 'w'); reached = 1
    except OSError: pass
total = 6 if reached else 5
"""
EXPECT = NOTHING
