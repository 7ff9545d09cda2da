"""How long an export may take and how much memory it may have, kept from inside the process that does it.

This costs nothing, and ends whatever comes back to Python now and then. A library that does not come back is ended from
outside, by the worker slots of :mod:`exporter.batch.pool`.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from msgspec import Struct

from exporter.errors import TimeLimitExceeded

MIB = 2**20
TIMEOUT = 300.0
"""Seconds that an export may take by default. The longest article that is set in print takes a minute on a slow machine."""
MAX_MEMORY = 2048 * MIB
"""Bytes of addresses that a process may have by default; a PDF with forty photos takes a third."""
AGAIN = 1.0
"""Seconds after which the end is called again, for there are libraries that take any exception for a fault of the page."""


class Bounds(Struct, frozen=True):
    """What an export may take: ``seconds`` from its beginning, ``memory`` in bytes. None sets no bound."""

    seconds: float | None = TIMEOUT
    memory: int | None = MAX_MEMORY


@contextmanager
def kept_within(bounds: Bounds) -> Iterator[None]:
    """Within it, what takes too long raises :class:`TimeLimitExceeded`, and what needs too much memory :class:`MemoryError`.

    Only for the main thread of a process of ours: it answers to SIGALRM.
    """

    def late(number: int, frame: FrameType | None) -> None:
        raise TimeLimitExceeded(bounds.seconds)

    memory = bound_memory(bounds.memory)
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, bounds.seconds or 0, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        bound_memory(memory)


def bound_memory(most: int | None) -> int | None:
    """Lets this process have no more than so many bytes of addresses; None leaves it as it is. What it could have before.

    macOS knows no such bound.
    """
    import resource

    before, given = resource.getrlimit(resource.RLIMIT_AS)
    if most is not None:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (most if given < 0 or most < 0 else min(most, given), given))
    return before
