"""Python's cyclic garbage collector, which looks through all there is again and again while a page's tree or a layout grows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from exporter.runtime.threads import alone

MOST_UNSEEN = 300_000
"""Objects that may be made before the collector looks again where it is off: 50 MiB of a layout, more or less."""


def look_rarely() -> None:
    """Lets the collector of this process, which is all ours, look for garbage hardly ever by itself.

    Else all that a layout has made would be looked through as soon as it is on again.
    """
    gc.set_threshold(MOST_UNSEEN, 10, 10)


def tidy(first: bool) -> None:
    """Gives back what a piece of work has left that is over; nothing older is looked at.

    After the ``first`` piece all that is left, the program itself among it, is set apart for good: it stays to the end.
    """
    gc.collect(2 if first else 0)
    if first:
        gc.freeze()


def sweep() -> None:
    """Looks for garbage once where much has been made since the last time, so that what is long done does not pile up."""
    if gc.get_count()[0] > MOST_UNSEEN:
        gc.collect()


@contextmanager
def uncollected() -> Iterator[None]:
    """Switches the collector off: work that makes many objects and frees few is faster without it.

    Work that takes several turns calls :func:`sweep` between them. Beside other threads the collector stays on, for they may
    need it.
    """
    if not gc.isenabled() or not alone():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
