"""A magazine's number: a book of many whose theme makes it one, with departments, pictured contents, and no empty page.

An article opens on a page that another faces. Where the one before it ends on such a page too, the page between them is not
left empty: it says what comes, in words of the article itself.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec.structs import replace

from exporter.images import by_key, rendition
from exporter.language import direction_of, well_formed
from exporter.model import Article, Asset, Document, Inline, PullQuote, Text
from exporter.model.book import Book
from exporter.model.walk import plain, walk
from exporter.writers.pdf.pictures import ROOT
from exporter.writers.xhtml.markup import element, empty, escaped, joined

LONGEST_TEASER = 180
"""Letters of a pull quote on the page before its article."""

_SHOWN = 640
"""Dots that the longer side of a picture in the contents has."""


def department(article: Article, heading: tuple[Inline, ...], title: str) -> Article:
    """The article as it stands in the number: under its department, where it has no kicker, and in pages of this title."""
    kicker = article.kicker or ((Text(article.metadata.section),) if article.metadata.section else heading)
    return replace(article, kicker=kicker, metadata=replace(article.metadata, publication=title))


def pictures_of_contents(book: Book) -> dict[int, tuple[str, Asset]]:
    """For each article with a lead photo, by identity: the address of a small picture of it, and the picture."""
    assets = by_key(Document(book.articles[0], book.assets))
    found: dict[int, tuple[str, Asset]] = {}
    for number, article in enumerate(book.articles, 1):
        asset = assets.get(article.lead.images[0].asset or "") if article.lead else None
        if asset and asset.content:
            small = rendition(asset, longest=_SHOWN)
            shown = Asset(f"lead-{number}", small.media_type, small.content, width=small.width, height=small.height)
            found[id(article)] = f"{ROOT}lead-{number}", shown
    return found


def picture_of(article: Article, found: dict[int, tuple[str, Asset]]) -> Markup:
    """The picture of an article in the contents; empty for one without a lead photo."""
    known = found.get(id(article))
    return empty("img", src=known[0], alt=article.lead.images[0].alt) if known and article.lead else Markup("")


def teaser(article: Article, number: str) -> Markup:
    """The page before an article: its first short pull quote, or its deck, and whose it is; empty without either.

    ``number`` is that of the page on which it begins, as it is printed.
    """
    quotes = (each for block in (*article.introduction, *article.body) for each in walk(block))
    said = next((each.children for each in quotes if isinstance(each, PullQuote) and _is_short(each)), article.deck)
    if not plain(said).strip():
        return Markup("")
    language = well_formed(article.metadata.language) or "und"
    headline = escaped(" ".join(plain(article.headline).split()))
    page = element("span", escaped(number), class_="page")
    lines = (
        element("p", escaped(plain(article.kicker)), class_="kicker"),
        element("p", escaped(plain(said)), class_="said"),
        element("p", joined([headline, Markup(" "), page]), class_="announced"),
    )
    return element("div", joined(lines, "\n"), lang=language, dir=direction_of(language))


def _is_short(quote: PullQuote) -> bool:
    return len(plain(quote.children)) <= LONGEST_TEASER
