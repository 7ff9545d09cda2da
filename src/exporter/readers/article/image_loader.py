"""Loads the pictures that an article shows, each once, and remembers what could not be had."""

from __future__ import annotations

from exporter.images import Refused, admit
from exporter.model import Asset, Image
from exporter.notices import Notice, notice
from exporter.readers.article.figures import ImageCandidates
from exporter.sources.source import Source
from exporter.sources.urls import joined

SMALLEST = 48
"""Pixels: a loaded picture narrower and lower than this is an icon, not a photo."""


class ImageLoader:
    """The pictures of one document. ``assets`` and ``notices`` grow with every picture that is asked for."""

    def __init__(self, source: Source, base_url: str) -> None:
        self._source = source
        self._base_url = base_url
        self._known: dict[str, Asset] = {}
        self.notices: list[Notice] = []

    @property
    def assets(self) -> tuple[Asset, ...]:
        """Every picture that was loaded, in the order of its first use."""
        return tuple(self._known.values())

    def prepare(self, choices: list[tuple[str, ...]]) -> None:
        """Gets ahead of :meth:`load`: for each picture its addresses, the best first."""
        self._source.prepare(choices)

    def load(self, shown: ImageCandidates) -> Image | None:
        """The picture from the best of its addresses that can be had; without bytes when none can; None when it is an icon."""
        refusal: Refused | None = None
        for reference in shown.sources:
            found = self._asset(reference)
            if isinstance(found, Asset):
                if max(found.width, found.height) < SMALLEST:
                    self.notices.append(notice("picture-left-out", source=_short(reference), reason="it is an icon"))
                    return None
                self._known.setdefault(found.key, found)
                return Image(found.key, shown.alt, found.width, found.height, self._address(shown.own))
            refusal = refusal or found
        return self._missing(shown, refusal)

    def _asset(self, reference: str) -> Asset | Refused:
        content = self._source.picture(reference)
        return content if isinstance(content, Refused) else admit(content, self._address(reference))

    def _missing(self, shown: ImageCandidates, refusal: Refused | None) -> Image | None:
        if shown.is_lost:
            refusal = Refused("the page has lost its address", "picture-missing")
        elif not shown.sources or refusal is None:
            return None
        source = self._address(shown.own) if shown.own else ""
        self.notices.append(refusal.notice(_short(source or shown.alt or "of a caption")))
        return Image(None, shown.alt, shown.width, shown.height, source)

    def _address(self, reference: str) -> str:
        if reference.startswith("data:"):
            return "data:"
        return joined(self._base_url, reference) or reference


def _short(reference: str) -> str:
    return reference if len(reference) <= 120 else reference[:117] + "…"
