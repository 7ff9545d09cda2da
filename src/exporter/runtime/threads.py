"""Whether a switch of the whole process may be thrown: only where nobody else is there to feel it."""

from __future__ import annotations

import sys
from _thread import get_ident
from collections.abc import Iterator
from contextlib import contextmanager

_onlookers: set[int] = set()


def alone() -> bool:
    """Whether no other thread of this process is at work. Only then may what all of them share be changed for a while."""
    return len(sys._current_frames().keys() - _onlookers) == 1  # noqa: SLF001 - it also knows threads that were started outside Python


@contextmanager
def onlooking() -> Iterator[None]:
    """Says that the calling thread does no work: it waits for something that ends the process, or draws a sign of life.

    It feels no switch, and counts for nobody: else all that is done beside it would be done the slow way.
    """
    _onlookers.add(get_ident())
    try:
        yield
    finally:
        _onlookers.discard(get_ident())
