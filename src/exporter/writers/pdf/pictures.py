"""Pictures on paper: which are handed over, and how large each may stand."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, sqrt

from msgspec import Struct

from exporter.images import LONGEST, by_key
from exporter.model import Article, Asset, Document, Figure
from exporter.themes import Manifest, Paper
from exporter.walk import figures_of, plain
from exporter.writers.pdf.weasyprint.images import PRINT_DPI
from exporter.writers.pdf.weasyprint.patches.image_fit import CLASS, LEAST
from exporter.writers.xhtml.context import shape_of

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


TALKATIVE = "long-caption"
"""Class of figures whose caption is longer than the picture is high, were it set in a margin beside it."""

LETTERS = 5.5
"""Letters of a caption that stand beside each millimetre of a picture's height, in a margin of a fifth of the paper."""


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

    def classes(figure: Figure) -> str:
        size = sizes.get(id(figure), f"{COLUMN} {CLASS}")
        return f"{shape_of(figure)} {size} {TALKATIVE}" if _talks(figure, paper) else f"{shape_of(figure)} {size}"

    return classes


def _sizes(article: Article, paper: Paper, manifest: Manifest) -> dict[int, str]:
    """How wide each figure may stand: as wide as it has dots for, and not two wide ones in a row."""
    sizes: dict[int, str] = {}
    last = COLUMN
    for figure in figures_of(article):
        if manifest.bleed and figure is article.lead and _dots(figure, paper.width) >= LEAST_DPI:
            sizes[id(figure)] = f"{BLEED} {CLASS}"  # where it does not bleed after all, it gives way like others
            continue
        may = manifest.wide and last == COLUMN and shape_of(figure) == "landscape"
        last = WIDE if may and _dots(figure, paper.width * 0.8) >= LEAST_DPI else COLUMN
        sizes[id(figure)] = f"{last} {CLASS}"
    return sizes


def _dots(figure: Figure, width: float) -> float:
    """Dots per inch of the figure's first picture when it stands ``width`` millimetres wide; plenty if unknown."""
    return figure.images[0].width / (width / 25.4) if figure.images[0].width else LEAST_DPI


def _talks(figure: Figure, paper: Paper) -> bool:
    """Whether the caption is longer than the picture is high when that has given way to its page as far as it may."""
    first, column = figure.images[0], paper.width / 2
    if not first.width or not first.height:
        return False
    aspect, several = first.width / first.height, len(figure.images) > 1
    wide = column / 2 if several else min(column, first.width / LEAST_DPI * 25.4)
    high = wide / aspect * ceil(len(figure.images) / 2)
    least = high if several else min(high, column * sqrt(LEAST / aspect))
    return len(plain((*figure.caption, *figure.credit))) > LETTERS * least
