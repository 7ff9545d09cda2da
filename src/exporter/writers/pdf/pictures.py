"""Pictures on paper: which are handed over, and how large each may stand."""

from __future__ import annotations

from collections.abc import Callable

from exporter.assets import LONGEST, by_key, rendition
from exporter.model import Article, Document, Figure
from exporter.themes import Manifest, Paper
from exporter.walk import figures_of
from exporter.writers.pdf.fitting import CLASS
from exporter.writers.setting import shape_of

ROOT = "asset:/"
"""The only addresses there are while a page is laid out."""

PRINT_DPI = 300
"""Dots per inch beyond which paper shows no more."""

LEAST_DPI = 150
"""Dots per inch below which a picture is printed smaller rather than coarser."""

BLEED = "bleed"
"""Class of the lead that takes the paper's width."""

WIDE = "wide"
"""Class of figures that take the column and the margin beside it: four fifths of the paper."""

COLUMN = "column"
"""Class of figures that take the column, or less."""


def pictures_of(document: Document, paper: Paper) -> dict[str, bytes]:
    """Address → bytes, no picture with more dots than the paper's width takes."""
    longest = min(LONGEST, round(max(paper.width, paper.height) / 25.4 * PRINT_DPI))
    used = {image.asset for figure in figures_of(document.article) for image in figure.images}
    return {
        f"{ROOT}{key}": rendition(asset, longest=longest).content
        for key, asset in by_key(document).items()
        if key in used and asset.content
    }


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
