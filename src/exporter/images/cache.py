"""Finished pictures, kept for the next writer of the same run."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    pass


class Rendition(Struct, frozen=True):
    """A picture ready for a result. ``name`` is a file name made of its content; sizes are pixels, upright."""

    name: str
    content: bytes
    media_type: str
    width: int
    height: int


class Form(Struct, frozen=True):
    """Which picture, and the arguments of :func:`rendition`."""

    digest: str
    longest: int
    max_pixels: int
    greys: int
    quality: int
    paper: bool
    opaque: bool


class RenditionCache:
    """The latest renditions, up to a number of bytes, so that the PDF and the EPUB of one run share the work."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._kept: OrderedDict[Form, Rendition] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, wanted: Form) -> Rendition | None:
        """The rendition made of this form, if it is still kept; it is then the latest."""
        with self._lock:
            found = self._kept.get(wanted)
            if found is not None:
                self._kept.move_to_end(wanted)
            return found

    def put(self, wanted: Form, made: Rendition) -> Rendition:
        """Keeps a rendition, gives up the oldest ones beyond the limit, and returns it."""
        with self._lock:
            if wanted not in self._kept:
                self._kept[wanted] = made
                self._held += len(made.content)
            while self._held > self._limit:
                _, oldest = self._kept.popitem(last=False)
                self._held -= len(oldest.content)
        return made
