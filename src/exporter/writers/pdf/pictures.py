"""Pictures on paper: which are handed over, and how large each may stand."""

from __future__ import annotations

from msgspec import Struct

from exporter.images import LONGEST, by_key
from exporter.model import Asset, Document
from exporter.model.walk import figures_of
from exporter.themes import Paper
from exporter.writers.pdf.weasyprint.images import PRINT_DPI

ROOT = "asset:/"
"""The only addresses there are while a page is laid out."""

LEAST_DPI = 150
"""Dots per inch below which a picture is printed smaller rather than coarser."""

BLEED = "bleed"
"""Class of the lead that takes the paper's width."""

PILLAR = "pillar"
"""Class of a lead that stands in the margin beside the opening, off the paper's head and its outer edge."""

WIDE = "wide"
"""Class of figures that take the column and the margin beside it: four fifths of the paper."""

NARROW = 170
"""Millimetres below which a paper is called narrow: it has no room for captions beside the text."""

COLUMN = "column"
"""Class of figures that take the column, or less."""


class Pictures(Struct, frozen=True):
    """What a page may show, by address: the document's pictures, and what is drawn for it (SVG).

    ``longest`` is the most dots that a side of one may have on this paper.
    """

    photos: dict[str, Asset]
    drawings: dict[str, bytes]
    longest: int


def pictures_of(document: Document, paper: Paper) -> Pictures:
    """The pictures of the figures; nothing is drawn yet."""
    used = {image.asset for figure in figures_of(document.article) for image in figure.images}
    photos = {f"{ROOT}{key}": asset for key, asset in by_key(document).items() if key in used and asset.content}
    return Pictures(photos, {}, min(LONGEST, round(max(paper.width, paper.height) / 25.4 * PRINT_DPI)))
