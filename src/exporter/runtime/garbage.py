"""Python's cyclic garbage collector, which looks through all there is again and again while a page's tree or a layout grows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from exporter.runtime.threads import alone


@contextmanager
def uncollected() -> Iterator[None]:
    """Switches the collector off: work that makes many objects and frees few is faster without it.

    Beside other threads it stays on, for they may need it.
    """
    if not gc.isenabled() or not alone():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
