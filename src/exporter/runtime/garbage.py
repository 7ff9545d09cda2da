"""Python's cyclic garbage collector, which looks through all there is again and again while a page's tree or a layout grows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from exporter.runtime.threads import alone

MOST_UNSEEN = 300_000
"""Objects that may be made before the collector looks again where it is off: 50 MiB of a layout, more or less."""


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
