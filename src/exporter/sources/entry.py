"""One page among those that a source holds, known but not opened yet."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from exporter.sources.source import Source


class Entry(Struct, frozen=True):
    """A page of a source. ``address`` is where it stands or stood; ``published`` is ISO 8601; each is ``""`` if unknown.

    ``open`` acquires it. It raises :class:`~exporter.errors.SourceError` when it cannot be had.
    """

    title: str
    address: str
    open: Callable[[], Source]
    published: str = ""

    @property
    def name(self) -> str:
        """The words that tell it from other entries: its address, else its title."""
        return self.address or self.title
