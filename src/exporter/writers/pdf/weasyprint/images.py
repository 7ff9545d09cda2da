"""Pictures for print, each made when the layout tells how large it is printed.

While a page is laid out nothing is asked of a picture but its size. So a plate stands for it, and no pixel is decoded before
the pages are written: then each picture is made once, with as many dots as paper shows at its place, in the colours
of the standard, and packed no finer than it came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from exporter.images import rendition, size_of
from exporter.images.icc import Flat, Profile, in_inks
from exporter.model import Asset

PRINT_DPI = 300
"""Dots per inch beyond which paper shows no more."""

_FINE = 95
"""That of a picture which is turned into inks, and so packed once more."""

_BYTES = 0.13
"""What a dot of a photo takes when it is packed for paper, more or less."""

_WORTHWHILE = 0.75
"""A picture that would not become as small as this part of its bytes, or smaller, stays as it came."""

_CLOSE = 0.85
"""A picture with hardly more dots a side than paper shows, this part of them or more, is not resampled."""

_STAYING = {"image/jpeg", "image/png"}
"""Kinds that a PDF takes as they are."""

Opener = Callable[[bytes], Any]
"""What makes WeasyPrint's picture of a file's bytes."""


def images_of(assets: Mapping[str, Asset], longest: int, profile: Profile | None, opener: Opener) -> dict[str, Any]:
    """Address → picture, for WeasyPrint's cache of pictures. Raises :class:`WriteError` for an asset that is no picture."""
    return {address: _plate_class()(asset, longest, profile, opener) for address, asset in assets.items()}


@cache
def _plate_class() -> Any:
    """The class of these pictures; made late, because its base comes with WeasyPrint."""
    from weasyprint.images import RasterImage

    class PrintImage(RasterImage):  # type: ignore[misc]
        """A picture of the document, as WeasyPrint knows pictures."""

        def __init__(self, asset: Asset, longest: int, profile: Profile | None, opener: Opener) -> None:
            self.id = asset.key
            self.width, self.height = size_of(asset, longest=longest)
            self.ratio = self.width / self.height
            self._dpi = PRINT_DPI
            self._asset, self._profile, self._opener = asset, profile, opener

        def get_x_object(self, interpolate: bool, dpi_ratio: float) -> Any:
            """The picture as an object of the file, with this part of its dots a side."""
            longest, packing = self._form(dpi_ratio if dpi_ratio < _CLOSE else 1.0)
            made = rendition(self._asset, longest=longest, **packing).content
            inked = in_inks(made, self._profile) if self._profile else made
            if isinstance(inked, Flat):
                return _flat(inked, interpolate)
            return self._opener(inked).get_x_object(interpolate, 1)

        def _form(self, part: float) -> tuple[int, dict[str, Any]]:
            """Dots of the longest side and how they are packed, with this part of the dots a side, or as it came."""
            whole = max(self.width, self.height)
            smaller = max(1, round(whole * part))
            if self._profile:
                return smaller, {"quality": _FINE}
            gain = self.width * self.height * part**2 * _BYTES <= _WORTHWHILE * len(self._asset.content)
            stays = self._asset.media_type in _STAYING and not gain
            return (whole, {}) if stays else (smaller, {"paper": True})

    return PrintImage


def _flat(picture: Flat, interpolate: bool) -> Any:
    import pydyf

    kind = {"Type": "/XObject", "Subtype": "/Image", "ColorSpace": "/DeviceCMYK", "BitsPerComponent": 8}
    size = {"Width": picture.width, "Height": picture.height, "Interpolate": "true" if interpolate else "false"}
    return pydyf.Stream([picture.pixels], pydyf.Dictionary({**kind, **size}), compress=True)
