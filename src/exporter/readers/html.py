"""The reader of saved web pages: conducts the rules, from bytes to a document."""

from __future__ import annotations

import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning

from exporter.errors import ExtractionError
from exporter.notices import Notice, Reading, notice
from exporter.readers import content, vocabulary
from exporter.readers.blocks import MAX_DEPTH, Flattener
from exporter.readers.clean import clean
from exporter.readers.compose import compose, decide
from exporter.readers.furniture import measure
from exporter.readers.gallery import Gallery
from exporter.readers.inlines import attribute
from exporter.readers.metadata import Declared, gather
from exporter.readers.opening import find_opening
from exporter.readers.pieces import Piece
from exporter.readers.sites import chosen
from exporter.readers.sites.page import Site, saved_from
from exporter.readers.stray import parted
from exporter.readers.titles import site_in_title
from exporter.sources.encoding import decode
from exporter.sources.source import Source
from exporter.sources.urls import host_of, joined

NO_ARTICLE = ExtractionError(
    "There is no article on the page.",
    "Save the page of one article, complete, after it has loaded; lists of articles have none.",
)
PARTS_APART = 6
"""Pieces that are no furniture which may stand between two parts of one body."""
HERO_REACH = 6
"""Pieces above the headline in which the lead picture is looked for."""


def read(source: Source, *, site: str | None = None) -> Reading:
    """The article of a saved page.

    Raises :class:`ExtractionError` when the page holds no running text, :class:`UsageError` when ``site`` is wrong.
    """
    decoded = decode(source.content)
    soup = parsed_page(decoded.text)
    declared = gather(soup)
    base_url = _base_url(soup, source, declared)
    declared.publication = declared.publication or site_in_title(declared)
    declared.address = declared.address and joined(base_url, declared.address)
    rules = Site(chosen(site, (source.base_url, saved_from(decoded.text), declared.address, base_url)), soup)
    clean(soup)
    flat = Flattener(soup, base_url)
    if rules:
        flat.furniture = rules.furniture(soup, measure(soup))
    page = flat.pieces(_root(soup))
    told = [*decoded.notices, *rules.notices(), *([notice("nesting-cut", limit=MAX_DEPTH)] if flat.cut else [])]
    return _read_pieces(page, declared, Gallery(source, base_url), told, rules)


def parsed_page(text: str) -> BeautifulSoup:
    """The page as a tree, what the parser remarks about it put aside."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(parted(text), "lxml")


def _root(soup: BeautifulSoup) -> Tag:
    found = soup.find("body")
    return found if isinstance(found, Tag) else soup


def _base_url(soup: BeautifulSoup, source: Source, declared: Declared) -> str:
    """Where relative addresses of the page lead: as the caller says, as ``base`` says, or from the page's own address."""
    if source.base_url:
        return source.base_url
    base = soup.find("base", href=True)
    href = attribute(base, "href") if isinstance(base, Tag) else ""
    for address in (href, declared.address):
        if host_of(address):
            return address
    return ""


def _read_pieces(page: list[Piece], declared: Declared, gallery: Gallery, told: list[Notice], rules: Site) -> Reading:
    ruled = rules.settle(page)
    body = rules.article(page) or content.find_body(page, declared.titles)
    if body is None:
        raise NO_ARTICLE
    inside = [index for index, piece in enumerate(page) if content.within(piece, body)]
    whole = _whole_span(page, range(inside[0], inside[-1] + 1))
    span = rules.span(page, whole)
    content.sweep(page[span.start : span.stop])
    opening = find_opening(page, span, declared, ruled)
    rules.confine(page, span, whole)
    if not opening.headline:
        raise ExtractionError(
            "The page names no headline and no title.",
            "Give it a title element, or export a text with its headline on the first line.",
        )
    if opening.origin != "page":
        told.append(notice("headline-guessed", origin=opening.origin))
    chosen = _chosen(page, span, opening.place, declared)
    decided, about_turns = decide(chosen, declared, opening, gallery, rules.find_turns)
    rules.overrule(decided)
    told.extend(about_turns)
    if not any(piece.text and piece.open for piece in decided) and not any(
        piece.became == "answer" for piece in decided
    ):
        raise NO_ARTICLE
    return compose(_merged(page, chosen, decided), decided, declared, opening, gallery, tuple(told))


def _whole_span(page: list[Piece], span: range) -> range:
    """The span of the body, wider by those of its parts that stand elsewhere, when nothing but furniture is between."""
    for index in content.kin(page, span):
        between = page[span.stop : index]
        if sum(piece.open and piece.kind != "figure" for piece in between) <= PARTS_APART:
            span = range(span.start, index + 1)
    return span


def _chosen(page: list[Piece], span: range, headline: int, declared: Declared) -> list[Piece]:
    """The pieces that may be of the article: its body, and between headline and body the lead picture and first paragraphs."""
    before = (
        range(max(headline - HERO_REACH, 0), span.start)
        if headline >= 0
        else range(max(span.start - HERO_REACH, 0), span.start)
    )
    home = _home(page[headline] if headline >= 0 else None, page[span.start])
    chosen = [
        page[index]
        for index in before
        if _belongs(page[index], index > headline)
        and (index > headline or _is_hero(page[index], home, declared, index == headline - 1))
    ]
    return chosen + page[span.start : span.stop]


def _home(headline: Piece | None, first: Piece) -> Tag:
    """The element around headline and body: what stands outside of it is not above the article but elsewhere."""
    above = [first.element, *first.element.parents] if first.element is not None else []
    if headline is None or headline.element is None:
        return above[min(2, len(above) - 1)]
    known = {id(each) for each in headline.element.parents}
    return next(each for each in above if id(each) in known)


def _is_hero(piece: Piece, home: Tag, declared: Declared, right_above: bool) -> bool:
    """Whether a picture above the headline is the article's: in the same part of the page, named so, or the one declared.

    One right above the headline may stand further out, in the same section.
    """
    part = home.find_parent(("section", "article", "main")) if right_above else None
    if content.within(piece, part or home) or vocabulary.named(piece.names.strip(), "lead"):
        return True
    name = declared.picture.split("?")[0].rsplit("/", 1)[-1]
    return bool(name) and piece.element is not None and name in str(piece.element)


def _belongs(piece: Piece, below_headline: bool) -> bool:
    if piece.kind == "figure":
        return piece.open
    if piece.kind == "box" and any(inner.kind == "figure" for inner in piece.pieces):
        return piece.open and content.prose(piece) == 0
    if vocabulary.named(piece.names.strip(), "caption") or vocabulary.named(piece.names.strip(), "credit"):
        return piece.open
    return piece.open and below_headline and content.prose(piece) > 150


def _merged(page: list[Piece], chosen: list[Piece], decided: list[Piece]) -> list[Piece]:
    """The whole page in its order, with the decided pieces in the place of those they were made of."""
    if len(decided) == len(chosen):
        return page
    places = {id(piece): place for place, piece in enumerate(page)}
    begins = {id(piece.element): places[id(piece)] for piece in reversed(chosen)}
    placed: list[tuple[int, Piece]] = []
    last = 0
    for piece in decided:
        last = max(last, places.get(id(piece), begins.get(id(piece.element), last)))
        placed.append((last, piece))
    taken = {id(piece) for piece in chosen}
    placed += [(place, piece) for place, piece in enumerate(page) if id(piece) not in taken]
    return [piece for _, piece in sorted(placed, key=lambda each: each[0])]
