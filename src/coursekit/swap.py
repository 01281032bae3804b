"""Put a finished file in the place of an old one, also where another program holds the old one for a moment."""

from __future__ import annotations

import os
import time
from pathlib import Path

# On Windows a file that is open elsewhere (a virus scanner, a sync folder) cannot be replaced just then [s].
_WAITS: tuple[float, ...] = (0.02, 0.1, 0.4) if os.name == "nt" else ()


def swap(part: Path, target: Path) -> None:
    """Move `part` over `target` in one step.

    Raises
    ------
    OSError
        If the place cannot be written to; on Windows after half a second of trying.
    """
    for pause in _WAITS:
        try:
            part.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    part.replace(target)
