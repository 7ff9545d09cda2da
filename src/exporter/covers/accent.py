"""Takes the accent of a page from its lead photo: the photo's most frequent hue, made dark enough to be read on white."""

from __future__ import annotations

import colorsys
import io
from functools import cache

from msgspec.structs import replace

from exporter.images import by_key, rendition
from exporter.model import Asset, Document
from exporter.themes import Theme

SMALL = 64
"""Pixels of the longest side that the photo is looked at with."""

HUES = 24
"""Hues that are told apart."""

LEAST_COLOUR = 0.04
"""The least part of a photo's greatest possible colour that makes one: a photo in greys gives none."""

CONTRAST = 5.0
"""The accent's contrast with white: WCAG asks for 4.5, and paper is less white than that."""


def accented(theme: Theme, document: Document) -> Theme:
    """The theme with the accent of the document's lead photo, where it asks for that and the photo has a colour."""
    lead = document.article.lead
    asset = by_key(document).get(lead.images[0].asset or "") if lead and theme.manifest.accent == "lead" else None
    return _with_accent(theme, accent_of(asset)) if asset and asset.content else theme


@cache
def _with_accent(theme: Theme, accent: str) -> Theme:
    """Cached, so that articles of one accent share the prepared sheet."""
    return replace(theme, photo_accent=accent)


def accent_of(photo: Asset) -> str:
    """The accent as ``#rrggbb``; ``""`` for a photo without colour. The same photo gives the same accent.

    Raises :class:`exporter.errors.WriteError` when the photo cannot be used.
    """
    from PIL import Image

    with Image.open(io.BytesIO(rendition(photo, longest=SMALL).content)) as image:
        pixels = image.convert("RGB").resize((SMALL // 2, SMALL // 2)).tobytes()
    weights, sums = [0.0] * HUES, [(0.0, 0.0)] * HUES
    for at in range(0, len(pixels), 3):
        hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in pixels[at : at + 3]))
        weight, place = saturation * value, int(hue * HUES) % HUES
        weights[place] += weight
        hues, saturations = sums[place]
        sums[place] = hues + hue * weight, saturations + saturation * weight
    best = max(range(HUES), key=lambda place: weights[place])
    if sum(weights) < LEAST_COLOUR * len(pixels) / 3:
        return ""
    hue, saturation = (part / weights[best] for part in sums[best])
    return _readable(hue, min(0.9, max(0.45, saturation)))


def _readable(hue: float, saturation: float) -> str:
    """The lightest tone of a colour that has contrast enough with white."""
    for step in range(100, 0, -1):
        red, green, blue = colorsys.hsv_to_rgb(hue, saturation, step / 100)
        if contrast_with_white(red, green, blue) >= CONTRAST:
            return "#" + "".join(f"{round(part * 255):02x}" for part in (red, green, blue))
    return ""


def contrast_with_white(red: float, green: float, blue: float) -> float:
    """The contrast of a colour (parts of 1) with white, from 1 to 21 (WCAG 2.2, relative luminance)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    luminance = sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
    return 1.05 / (luminance + 0.05)
