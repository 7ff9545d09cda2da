"""Whether a switch of the whole process may be thrown: only where nobody else is there to feel it."""

from __future__ import annotations

import sys


def alone() -> bool:
    """Whether no other thread of this process is running. Only then may what all of them share be changed for a while."""
    return len(sys._current_frames()) == 1  # noqa: SLF001 - it also knows threads that were started outside Python
