"""The pictures of a book: each in a form that every reading device shows, each stored once."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from exporter.devices import Device
from exporter.images import by_key, rendition
from exporter.images.cache import Rendition
from exporter.model import Asset, Document, Figure, Image
from exporter.model.walk import pictures
from exporter.notices import Notice, notice
from exporter.writers.xhtml.context import shape_of

FOLDER = "images"

SMALLER: tuple[tuple[float, int], ...] = ((1.0, 80), (0.85, 75), (0.7, 70), (0.55, 65), (0.4, 60), (0.3, 55), (0.2, 50))
"""How pictures give way when a book is too large: parts of the longest side, and the highest quality, step by step."""

TALL_FROM = 500
"""Pixels of width from which a tall picture is given a part of the line; a smaller one has its own size."""


class Form(Struct, frozen=True):
    """What every picture of a book must be like: the arguments of :func:`exporter.images.rendition`."""

    longest: int
    max_pixels: int
    greys: int = 0
    quality: int = 0

    def applied(self, asset: Asset) -> Rendition:
        """The picture in this form."""
        return rendition(
            asset, longest=self.longest, max_pixels=self.max_pixels, greys=self.greys, quality=self.quality, opaque=True
        )


def forms(device: Device) -> Iterator[Form]:
    """The form that the device asks for, then smaller ones."""
    yield Form(device.longest, device.pixels, device.greys, device.quality if device.pack else 0)
    for part, quality in SMALLER:
        longest = round(device.longest * part)
        yield Form(longest, round(device.pixels * part**2), device.greys, min(device.quality, quality))


class Pictures:
    """The renditions of a document's pictures by the keys of its assets."""

    def __init__(self, document: Document, form: Form) -> None:
        self.notices: tuple[Notice, ...] = ()
        self._made: dict[str, Rendition] = {}
        assets = by_key(document)
        for image in pictures(document.article):
            if image.asset is None or image.asset in self._made:
                continue
            asset = assets[image.asset]
            if asset.content:
                self._made[image.asset] = form.applied(asset)
            else:
                missing = notice(
                    "picture-missing", source=asset.path or asset.key, reason="the document does not hold it"
                )
                self.notices += (missing,)

    def source(self, image: Image) -> str | None:
        """The picture's address in the book, or None when there is none."""
        made = self._made.get(image.asset) if image.asset else None
        return f"{FOLDER}/{made.name}" if made else None

    def shape_of(self, figure: Figure) -> str:
        """The figure's classes: its shape, and ``tall`` for one that would fill a screen if it were as wide as the text."""
        shape = shape_of(figure)
        made = self.of(figure)
        tall = shape in {"portrait", "square"} and made is not None and made.width >= TALL_FROM
        return f"{shape} tall" if tall else shape

    def of(self, figure: Figure | None) -> Rendition | None:
        """The first picture of a figure, if there is one."""
        images = figure.images if figure else ()
        return next((self._made[image.asset] for image in images if image.asset in self._made), None)

    def files(self) -> tuple[Rendition, ...]:
        """Each picture once, by name."""
        return tuple(sorted({made.name: made for made in self._made.values()}.values(), key=lambda made: made.name))
