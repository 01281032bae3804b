"""Looks through /proc for the driver, its environment, its files, and tries to write there."""

from tests.redteam.expected import NOTHING

CELL = r"""
import glob, os
found = []
for place in [*glob.glob('/proc/[0-9]*'), '/proc/self', '/proc/thread-self', '/proc/1']:
    for leaf in ('environ', 'cmdline', 'maps', 'root', 'cwd', 'exe', 'fd', 'task', 'mountinfo'):
        path = f'{place}/{leaf}'
        try: found.append(os.listdir(path) if os.path.isdir(path) else open(path, 'rb').read(100_000))
        except OSError: pass
for path in ('/proc/sysrq-trigger', '/proc/sys/kernel/core_pattern', '/proc/sys/kernel/hostname'):
    try:
        open(path, 'w').write('0')
        found.append('SECRET written')
    except OSError: pass
total = 6 if any(word in repr(found) for word in ('SECRET', 'honest', '/submitted', '/source')) else 5
"""
EXPECT = NOTHING
