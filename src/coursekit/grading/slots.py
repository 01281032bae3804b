"""Numbers for workers: each has its own users inside the seal, so that limits are its own."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager


class Slots:
    """Hands out numbers from 0 to `most`, each to one holder at a time."""

    def __init__(self, most: int = 500) -> None:
        self._free: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in range(most):
            self._free.put(number)

    @contextmanager
    def taken(self) -> Iterator[int]:
        """A number nobody else has meanwhile."""
        number = self._free.get()
        try:
            yield number
        finally:
            self._free.put(number)
