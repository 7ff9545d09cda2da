"""The pictures of a book: each in a form that every reading device shows, each stored once."""

from __future__ import annotations

from exporter.assets import Rendition, by_key, rendition
from exporter.model import Document, Figure, Image
from exporter.notices import Notice, notice
from exporter.walk import pictures

FOLDER = "images"


class Pictures:
    """The renditions of a document's pictures by the keys of its assets."""

    def __init__(self, document: Document) -> None:
        self.notices: tuple[Notice, ...] = ()
        self._made: dict[str, Rendition] = {}
        assets = by_key(document)
        for image in pictures(document.article):
            if image.asset is None or image.asset in self._made:
                continue
            asset = assets[image.asset]
            if asset.content:
                self._made[image.asset] = rendition(asset)
            else:
                missing = notice(
                    "picture-missing", source=asset.path or asset.key, reason="the document does not hold it"
                )
                self.notices += (missing,)

    def source(self, image: Image) -> str | None:
        """The picture's address in the book, or None when there is none."""
        made = self._made.get(image.asset) if image.asset else None
        return f"{FOLDER}/{made.name}" if made else None

    def of(self, figure: Figure | None) -> Rendition | None:
        """The first picture of a figure, if there is one."""
        images = figure.images if figure else ()
        return next((self._made[image.asset] for image in images if image.asset in self._made), None)

    def files(self) -> tuple[Rendition, ...]:
        """Each picture once, by name."""
        return tuple(sorted({made.name: made for made in self._made.values()}.values(), key=lambda made: made.name))
