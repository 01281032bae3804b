"""Python functions as machine code, by numba; written so that plain Python runs them too.

They take no longer than C would, and nothing in them depends on the machine: sums are of whole numbers, and
what is not whole is added up one by one in a fixed order.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """`function` for other compiled functions, which take it in."""
    made: Function = njit(_nrt=False, forceinline=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(
        function
    )
    return made


def entry(function: Function) -> Function:
    """`function` for Python to call; its machine code is kept for the next process where it can be written.

    Numba makes it anew when the file of `function` changes, not when one that it calls does: so the digest
    of all files here is part of the name that it is kept under.
    """
    function.__qualname__ += "_" + sha256(sources()).hexdigest()[:12]
    made: Function
    try:
        made = njit(_nrt=False, no_cfunc_wrapper=True, cache=True)(function)
    except RuntimeError:  # nowhere to write
        made = njit(_nrt=False, no_cfunc_wrapper=True)(function)
    return made


def sources() -> bytes:
    """All files of this package."""
    return b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
