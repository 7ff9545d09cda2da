"""Pictures on paper: which are handed over, and how large each may stand."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from exporter.assets import LONGEST, by_key
from exporter.model import Article, Asset, Document, Figure
from exporter.themes import Manifest, Paper
from exporter.walk import figures_of
from exporter.writers.pdf.fitting import CLASS
from exporter.writers.pdf.plates import PRINT_DPI
from exporter.writers.setting import shape_of

ROOT = "asset:/"
"""The only addresses there are while a page is laid out."""

LEAST_DPI = 150
"""Dots per inch below which a picture is printed smaller rather than coarser."""

BLEED = "bleed"
"""Class of the lead that takes the paper's width."""

WIDE = "wide"
"""Class of figures that take the column and the margin beside it: four fifths of the paper."""

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


def classes_of(article: Article, paper: Paper, manifest: Manifest) -> Callable[[Figure], str]:
    """What a figure is called, by its shape and by how wide it may stand."""
    sizes = _sizes(article, paper, manifest)
    return lambda figure: f"{shape_of(figure)} {sizes.get(id(figure), f'{COLUMN} {CLASS}')}"


def _sizes(article: Article, paper: Paper, manifest: Manifest) -> dict[int, str]:
    """How wide each figure may stand: as wide as it has dots for, and not two wide ones in a row."""
    sizes: dict[int, str] = {}
    last = COLUMN
    for figure in figures_of(article):
        if manifest.bleed and figure is article.lead and _dots(figure, paper.width) >= LEAST_DPI:
            sizes[id(figure)] = BLEED
            continue
        may = manifest.wide and last == COLUMN and shape_of(figure) == "landscape"
        last = WIDE if may and _dots(figure, paper.width * 0.8) >= LEAST_DPI else COLUMN
        sizes[id(figure)] = f"{last} {CLASS}"
    return sizes


def _dots(figure: Figure, width: float) -> float:
    """Dots per inch of the figure's first picture when it stands ``width`` millimetres wide; plenty if unknown."""
    return figure.images[0].width / (width / 25.4) if figure.images[0].width else LEAST_DPI
