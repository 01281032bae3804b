"""Confine one forked process: namespaces, its own disk, limits, no capabilities, few system calls.

Plain system calls through ctypes, Linux only. Each function does one thing and raises OSError when
the kernel refuses; `confine` puts them in the one order that works (mounts need privilege, so they
come first; the filter on system calls comes last).

References
----------
capabilities(7), pid_namespaces(7), landlock(7), seccomp(2)
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import shutil
import signal
import struct
from dataclasses import dataclass
from pathlib import Path

NOBODYS = 61100
CLONE_NEWUSER = 0x10000000
CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWPID, CLONE_NEWNET = 0x20000, 0x08000000, 0x20000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_RDONLY = 2, 4, 8, 1
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 0x1000, 0x4000, 0x40000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 38, 47
WORK, STAGE = "/w", "/stage"
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty")
READABLE = ("/usr", "/lib", "/lib64", "/bin", "/etc", "/opt", "/dev", "/proc")

libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


@dataclass(frozen=True)
class Cage:
    """What one process may have.

    Attributes
    ----------
    uid : int or None
        User to become; None (an ordinary user started the run) takes an own user namespace.
    files : str
        Folder below `/stage` that is copied to its own `/w`; empty for none.
    readable : tuple of str
        Folders outside the system's own that it may read.
    memory_mb, disk_mb, processes, cpu_seconds
        Limits [MB, MB, count, s].
    """

    uid: int | None
    files: str
    readable: tuple[str, ...]
    memory_mb: int
    disk_mb: int
    processes: int
    cpu_seconds: int


def next_child_in_new_pid_namespace() -> None:
    """The next fork becomes process 1 of a new namespace: its death ends all it started."""
    _checked(libc.unshare(CLONE_NEWPID), "unshare pid")


def children_in_own_pid_namespace(handle: int) -> None:
    """Undo `next_child_in_new_pid_namespace`; `handle` is an open `/proc/self/ns/pid`."""
    _checked(libc.setns(handle, CLONE_NEWPID), "setns pid")


def confine(cage: Cage) -> None:
    """Confine this process for good.

    Raises
    ------
    OSError
        If the kernel refuses any part; the caller must then end the process.
    """
    os.setsid()
    _own_mounts(cage)
    if cage.uid is None:
        _own_user()
    _rlimits(cage)
    _drop_bounding_set()
    if cage.uid is not None:
        os.setgroups([])
        os.setresgid(cage.uid, cage.uid, cage.uid)
        os.setresuid(cage.uid, cage.uid, cage.uid)
    _drop_capabilities()
    _checked(libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "pdeathsig")
    _checked(libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "dumpable")
    _checked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    landlock(cage.readable)
    seccomp()


def _mount(kind: str, target: str, flags: int, options: str = "") -> None:
    data = options.encode() or None
    _checked(libc.mount(kind.encode(), target.encode(), kind.encode(), flags, data), f"mount {target}")


def _own_mounts(cage: Cage) -> None:
    """Own `/w` of limited size with a copy of the hand-in's files; nobody else's stage in sight."""
    _checked(libc.unshare(CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET), "unshare mounts")
    _checked(libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None), "private mounts")
    owner = f",uid={cage.uid},gid={cage.uid}" if cage.uid is not None else ""
    size = f"size={cage.disk_mb}m,nr_inodes=4096,mode=0700{owner}"
    _mount("tmpfs", WORK, MS_NOSUID | MS_NODEV, size)
    if cage.files:
        _copy(Path(STAGE) / cage.files, Path(WORK), cage.uid)
    _mount("tmpfs", STAGE, MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY, "size=4k,mode=0555")
    for shared in ("/dev/shm", "/dev/pts"):  # noqa: S108
        _mount("tmpfs", shared, MS_NOSUID | MS_NODEV | MS_RDONLY, "size=4k,mode=0555")
    for shared in ("/tmp", "/mpl"):  # noqa: S108
        _read_only(shared, MS_NODEV)
    for device in DEVICES:  # still to be written to; but the times kept of it would tell the others
        _read_only(device, 0)
    _write_quietly("/proc/self/oom_score_adj", "1000")
    try:
        _mount("proc", "/proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "subset=pid")
    except OSError:  # an ordinary user's namespace may not: then there is none
        _mount("tmpfs", "/proc", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY, "size=4k,mode=0555")
    os.chdir(WORK)


def _read_only(mounted: str, more: int) -> None:
    kept = os.statvfs(mounted).f_flag & MS_NOEXEC
    flags = MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | kept | more
    _checked(libc.mount(None, mounted.encode(), None, flags, None), f"read-only {mounted}")


def _own_user() -> None:
    """An own user namespace: a number that is nobody's outside, and process counts of its own."""
    outside_user, outside_group = os.getuid(), os.getgid()
    _checked(libc.unshare(CLONE_NEWUSER), "unshare user")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{NOBODYS} {outside_user} 1"),
        ("gid_map", f"{NOBODYS} {outside_group} 1"),
    ):
        Path("/proc/self", name).write_text(text)


def _write_quietly(path: str, text: str) -> None:
    try:
        Path(path).write_text(text)
    except OSError:
        return


def _copy(origin: Path, target: Path, uid: int | None) -> None:
    shutil.copytree(origin, target, dirs_exist_ok=True)
    if uid is None:
        return
    for here, folders, files in os.walk(target):
        for name in (*folders, *files):
            os.chown(os.path.join(here, name), uid, uid)  # noqa: PTH118


def _rlimits(cage: Cage) -> None:
    limits = {
        resource.RLIMIT_AS: cage.memory_mb << 20,
        resource.RLIMIT_CPU: cage.cpu_seconds,
        resource.RLIMIT_NPROC: cage.processes,
        resource.RLIMIT_FSIZE: cage.disk_mb << 20,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_MEMLOCK: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def _drop_bounding_set() -> None:
    """No capability can ever be had again; the kernel names the last one by refusing the next."""
    for number in range(64):
        if libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0) < 0:
            _checked(-1 if number == 0 else 0, "drop capabilities")
            return


def _drop_capabilities() -> None:
    libc.prctl(PR_CAP_AMBIENT, 4, 0, 0, 0)
    header = ctypes.create_string_buffer(struct.pack("Ii", 0x20080522, 0))
    _checked(libc.capset(header, ctypes.create_string_buffer(24)), "capset")


# Landlock: what the process may open, whatever the mounts show.
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
READ = (1 << 0) | (1 << 2) | (1 << 3)  # execute, read file, list folder
MAKE_DEVICES = (1 << 6) | (1 << 10) | (1 << 11)  # character device, block device, fifo
DEVICE_RW = (1 << 1) | (1 << 2)


def landlock_version() -> int:
    """ABI version of the kernel's Landlock, 0 if it has none."""
    return max(0, int(libc.syscall(LANDLOCK_CREATE, None, ctypes.c_size_t(0), 1)))


def landlock(readable: tuple[str, ...]) -> None:
    """Allow reading system folders and `readable`, writing `/w`, and nothing else.

    A kernel without Landlock is passed over: mounts and namespaces hold without it.
    """
    version = landlock_version()
    if version == 0:
        return
    bits = {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)
    every = (1 << bits) - 1
    network = 3 if version >= 4 else 0
    scope = 3 if version >= 6 else 0
    attr = struct.pack("QQQ", every, network, scope)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    buffer = ctypes.create_string_buffer(attr, len(attr))
    rules = _checked(libc.syscall(LANDLOCK_CREATE, buffer, ctypes.c_size_t(len(attr)), 0), "landlock")
    for path in (*READABLE, *readable):
        _allow(rules, path, READ & every)
    _allow(rules, WORK, every & ~MAKE_DEVICES)
    for device in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"):
        _allow(rules, device, DEVICE_RW)
    _checked(libc.syscall(LANDLOCK_RESTRICT, rules, 0), "landlock restrict")
    os.close(rules)


def _allow(rules: int, path: str, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    rule = ctypes.create_string_buffer(struct.pack("=Qi", access, place))
    try:
        _checked(libc.syscall(LANDLOCK_ADD, rules, 1, rule, 0), f"landlock {path}")
    finally:
        os.close(place)


Step = tuple[int, int, int, int]


def _load(offset: int) -> Step:
    return (0x20, 0, 0, offset)


def _return(value: int) -> Step:
    return (0x06, 0, 0, value)


ALLOW, KILL = 0x7FFF0000, 0x80000000
NO_PERMISSION, NO_SUCH_CALL, TRY_AGAIN, DONE = 0x00050001, 0x00050026, 0x0005000B, 0x00050000
PLAIN_FCNTL = (0, 1, 2, 3, 4, 1030, 1031, 1032, 1033, 1034, 5, 36)
"""Copies, flags, sizes of pipes, seals of memory; asking for locks, of which there are none to be seen."""
LOCKS = (6, 7, 37, 38)
NEW_CALLS = (
    435,
    447,
    449,
    454,
    455,
    456,
)  # clone3 and later futexes, whose arguments lie in memory; memfd_secret
NEW_NAMESPACES = 0x7E020080


@dataclass(frozen=True)
class Calls:
    """Numbers of one machine's system calls."""

    audit: int
    denied: tuple[int, ...]
    clone: int
    memory_file: int
    socket: int
    socketpair: int
    setsockopt: int
    flock: int
    fcntl: int
    futex: int
    meeting: tuple[int, int]
    x32: bool


X86_64 = Calls(
    audit=0xC000003E,
    # ptrace, process_vm_*, unshare, setns, mount family, chroot, bpf, perf, userfaultfd, io_uring, keys, kexec,
    # file handles, modules, reboot, names, personality, mknod, pidfd_*, kcmp, quota, swap, clocks, inotify,
    # fanotify, System V's segments, semaphores and queues and POSIX queues (their memory counts as nobody's)
    denied=(101, 310, 311, 272, 308, 165, 166, 155, 161, 321, 298, 323, 425, 426, 427, 248, 249, 250, 246, 320,
            304, 303, 438, 424, 428, 429, 430, 431, 432, 433, 442, 175, 313, 176, 169, 170, 171, 135, 133, 259,
            434, 312, 153, 159, 227, 164, 305, 163, 167, 168, 179, 440, 448, 139, 103, 172, 173, 212,
            253, 254, 294, 300, 29, 30, 31, 64, 65, 66, 67, 68, 69, 70, 71, 220, 240),
    clone=56, memory_file=319, socket=41, socketpair=53, setsockopt=54, flock=73, fcntl=72, futex=202, meeting=(42, 49), x32=True,
)  # fmt: skip
AARCH64 = Calls(
    audit=0xC00000B7,
    denied=(117, 270, 271, 97, 268, 40, 39, 41, 51, 280, 241, 282, 425, 426, 427, 217, 218, 219, 104, 294,
            265, 264, 438, 424, 428, 429, 430, 431, 432, 433, 442, 105, 273, 106, 142, 161, 162, 92, 33,
            434, 272, 58, 171, 112, 170, 266, 89, 224, 225, 60, 440, 448, 116, 26, 27, 262,
            180, *range(186, 198)),
    clone=220, memory_file=279, socket=198, socketpair=199, setsockopt=208, flock=32, fcntl=25, futex=98, meeting=(203, 200),
    x32=False,
)  # fmt: skip
MACHINES = {"x86_64": X86_64, "aarch64": AARCH64}


def seccomp() -> None:
    """Refuse system calls nobody needs for pandas, every socket but Unix ones, every new namespace.

    Refused too is what lets two hand-ins graded at once signal each other by files both can read: locks,
    watches, leases, hints, and futexes on pages of files. A database finds its own file locked, which is
    true: nobody else can have it. What the load of the machine tells (times, memory, counts) stays.

    Raises
    ------
    OSError
        On a machine whose calls are not listed here, or if the kernel refuses.
    """
    calls = MACHINES.get(platform.machine())
    if calls is None:
        raise OSError(f"no list of system calls for {platform.machine()}")
    program = _program(calls, alone=landlock_version() < 6)
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("HxxxxxxQ", len(program), ctypes.addressof(buffer))
    pointer = ctypes.create_string_buffer(head, len(head))
    _checked(libc.prctl(PR_SET_SECCOMP, 2, pointer, 0, 0), "seccomp")


def _program(calls: Calls, alone: bool) -> list[Step]:
    """The filter; `alone`: also no names for Unix sockets, where Landlock cannot part abstract ones."""
    steps = [_load(4), _equal(calls.audit, 1, 0), _return(KILL), _load(0)]
    if calls.x32:
        steps += [(0x35, 0, 1, 0x40000000), _return(NO_PERMISSION)]
    for number in (*calls.denied, *(calls.meeting if alone else ())):
        steps += [_equal(number, 0, 1), _return(NO_PERMISSION)]
    for number in (
        *NEW_CALLS,
        calls.flock,
        calls.memory_file,
    ):  # programs do without a call that is not there
        steps += [_equal(number, 0, 1), _return(NO_SUCH_CALL)]
    steps += _when(
        calls.clone, [_load(16), (0x45, 0, 1, NEW_NAMESPACES), _return(NO_PERMISSION), _return(ALLOW)]
    )
    for number in (calls.socket, calls.socketpair):
        steps += _when(number, [_load(16), _equal(1, 0, 1), _return(ALLOW), _return(NO_PERMISSION)])
    steps += _when(
        calls.fcntl,
        [_load(24), *_answers(LOCKS, DONE), *_answers(PLAIN_FCNTL, ALLOW), _return(NO_PERMISSION)],
    )
    # Only futexes of one process's own memory: waiting elsewhere ends at once, waking there finds nobody.
    waits = [(0x54, 0, 0, 0x7F), *_answers((0, 9), TRY_AGAIN)]
    steps += _when(calls.futex, [_load(24), (0x45, 0, 1, 0x80), _return(ALLOW), *waits, _return(DONE)])
    if alone:  # a socket that passes credentials gets a name by itself
        steps += _when(calls.setsockopt, [_load(32), *_answers((16, 76), NO_PERMISSION), _return(ALLOW)])
    return [*steps, _return(ALLOW)]


def _equal(number: int, yes: int, no: int) -> Step:
    return (0x15, yes, no, number)


def _answers(numbers: tuple[int, ...], answer: int) -> list[Step]:
    """Return `answer` if what was loaded is one of `numbers`."""
    return [step for number in numbers for step in (_equal(number, 0, 1), _return(answer))]


def _when(call: int, inner: list[Step]) -> list[Step]:
    """Steps that end with a return, for one system call."""
    return [_equal(call, 0, len(inner)), *inner]
