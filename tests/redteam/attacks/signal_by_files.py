"""Signals to another hand-in by what hangs on a file that both can read, or by what all of them share."""

from tests.redteam.expected import NOTHING

CELL = r"""
import ctypes, fcntl, os, struct, threading, time
libc, works = ctypes.CDLL(None, use_errno=True), []
shared, null = os.open('/usr/bin/env', os.O_RDONLY), os.open('/dev/null', os.O_RDWR)
ready, told = os.pipe()
if os.fork() == 0:  # its own locks do not stand in a process's way
    for file, kind in ((shared, fcntl.LOCK_SH), (null, fcntl.LOCK_EX)):
        try: fcntl.lockf(file, kind | fcntl.LOCK_NB, 1, 7)
        except OSError: pass
    os.write(told, b'x')
    time.sleep(3)
    os._exit(0)
os.read(ready, 1)
try: fcntl.lockf(null, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 7)
except BlockingIOError: works.append('write lock')
try:
    asked = struct.pack('hhqqi4x', fcntl.F_WRLCK, 0, 7, 1, 0)
    if struct.unpack('hhqqi4x', fcntl.fcntl(shared, fcntl.F_GETLK, asked))[0] == fcntl.F_RDLCK:
        works.append('read lock')
except OSError: pass
try: fcntl.fcntl(os.open('/usr', os.O_RDONLY), fcntl.F_NOTIFY, 1); works.append('watch')
except OSError: pass
libc.mmap.restype = ctypes.c_void_p
page = ctypes.c_void_p(libc.mmap(None, ctypes.c_size_t(4096), 1, 2, shared, ctypes.c_long(0)))
futex = 202 if os.uname().machine == 'x86_64' else 98
value = ctypes.c_uint32.from_address(page.value).value
patience = struct.pack('ll', 1, 0)
waiting = threading.Thread(target=lambda: libc.syscall(futex, page, 0, value, patience, None, 0))
waiting.start()
while waiting.is_alive() and not works:
    if libc.syscall(futex, page, 1, 9, None, None, 0) > 0: works.append('futex')
try: os.utime('/dev/null'); works.append('times')
except OSError: pass
try: os.open('/dev/pts/ptmx', os.O_RDONLY); works.append('terminals')
except OSError: pass
for path, word in (('/proc/sys/fs/file-nr', ''), ('/proc/self/net/fib_trie', '127.0.0.1')):
    try:
        if word in open(path).read(): works.append(path)
    except OSError: pass
total = 6 if works else 5
"""
EXPECT = NOTHING
