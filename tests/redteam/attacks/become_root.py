"""Tries every way to get privileges back."""

from tests.redteam.expected import NOTHING

CELL = r"""
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
gained = 0
for call in (lambda: os.setuid(0), lambda: os.seteuid(0), lambda: os.chroot('/'), lambda: os.mknod('d', 0o60600, 0x800)):
    try: call(); gained = 1
    except OSError: pass
for result in (libc.unshare(0x10000000), libc.unshare(0x20000), libc.mount(b'none', b'/w', b'tmpfs', 0, None), libc.ptrace(16, 1, 0, 0), libc.setns(0, 0)):
    gained |= result == 0
gained |= os.getuid() == 0
total = 6 if gained else 5
"""
EXPECT = NOTHING
