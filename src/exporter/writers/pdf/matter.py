"""The pages of a printed book that belong to none of its articles, laid out by the theme's sheets."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup
from msgspec import Struct

from exporter.language import direction_of, scripts_in
from exporter.model import Article, Asset
from exporter.themes import Paper, Theme
from exporter.writers.options import Options
from exporter.writers.pdf import Placement, Typeset, measures_of, sheet_of
from exporter.writers.pdf.pictures import NARROW, Pictures
from exporter.writers.pdf.standards import Finish, standard_named
from exporter.writers.pdf.weasyprint.images import PRINT_DPI
from exporter.writers.pdf.weasyprint.log import notices, overheard
from exporter.writers.pdf.weasyprint.render import laid_out
from exporter.writers.xhtml.context import RenderContext
from exporter.writers.xhtml.matter import headline_of
from exporter.writers.xhtml.page import meta
from exporter.writers.xhtml.templates import fill


class Section(Struct, frozen=True):
    """One section of the matter, which begins a page. ``kind`` is its class; a ``heading`` is printed and bookmarked."""

    kind: str
    title: str
    content: Markup
    heading: bool = True
    anchor: str = ""


class Matter(Struct, frozen=True):
    """Who sets matter: the book as an article without text, its context, looks, and the pictures by their addresses."""

    front: Article
    context: RenderContext
    options: Options
    theme: Theme
    paper: Paper
    photos: dict[str, Asset]


def set_matter(matter: Matter, sections: tuple[Section, ...], place: Placement) -> Typeset:
    """The sections laid out, their first page as ``place`` says."""
    finish = Finish(standard_named(matter.options.standard), matter.options.icc)
    style = measures_of(matter.front, matter.theme, matter.paper) + Markup(finish.standard.style) + Markup(place.style)
    page = _page(matter, sections, style, matter.options.made)
    longest = round(max(matter.paper.width, matter.paper.height) / 25.4 * PRINT_DPI)
    with overheard() as remarks:
        sheet = sheet_of(scripts_in(str(page)), matter.theme)
        pictures = Pictures(matter.photos, {}, longest)
        outcome = laid_out(page, pictures, matter.theme, sheet, finish, matter.context.language)
    return Typeset(outcome, finish, notices(remarks))


def _page(matter: Matter, sections: tuple[Section, ...], style: Markup, made: datetime | None) -> Markup:
    return fill(
        "book.html.j2",
        language=matter.context.language,
        direction=direction_of(matter.context.language),
        title=headline_of(matter.front),
        meta=meta(matter.front, made),
        style=style,
        sections=sections,
        classes="book-matter narrow" if matter.paper.width < NARROW else "book-matter",
        publication=matter.front.metadata.publication,
    )
