"""The reader of saved web pages: conducts the rules, from bytes to a document."""

from __future__ import annotations

import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning

from exporter.errors import ExtractionError
from exporter.notices import Notice, Reading, notice
from exporter.readers.article import body as content
from exporter.readers.article.headline import site_in_title
from exporter.readers.article.image_loader import ImageLoader
from exporter.readers.article.opening import find_opening
from exporter.readers.assembly.decisions import compose, decide
from exporter.readers.boilerplate.elements import measure
from exporter.readers.dom.parse import parted
from exporter.readers.dom.repair import clean
from exporter.readers.lexicon import vocabulary
from exporter.readers.metadata import Declared, gather
from exporter.readers.segments.inlines import attribute
from exporter.readers.segments.segment import Segment
from exporter.readers.segments.segmenter import MAX_DEPTH, Flattener
from exporter.readers.sites import chosen
from exporter.readers.sites.applied import Site, saved_from
from exporter.sources.encoding import decode
from exporter.sources.policy import DEFAULTS, ReadOptions
from exporter.sources.source import Source
from exporter.sources.urls import host_of, joined

NO_ARTICLE = ExtractionError(
    "There is no article on the page.",
    "Save the page of one article, complete, after it has loaded; lists of articles have none.",
)
PARTS_APART = 6
"""Segments that are no boilerplate which may stand between two parts of one body."""
HERO_REACH = 6
"""Segments above the headline in which the lead picture is looked for."""


def read(source: Source, options: ReadOptions = DEFAULTS) -> Reading:
    """The article of a saved page.

    Raises :class:`ExtractionError` when the page holds no running text, :class:`UsageError` when ``options.site`` is wrong.
    """
    decoded = decode(source.content)
    soup = parsed_page(decoded.text)
    declared = gather(soup)
    base_url = _base_url(soup, source, declared)
    declared.publication = declared.publication or site_in_title(declared)
    declared.address = declared.address and joined(base_url, declared.address)
    rules = Site(chosen(options.site, (source.base_url, saved_from(decoded.text), declared.address, base_url)), soup)
    clean(soup)
    flat = Flattener(soup, base_url)
    if rules:
        flat.boilerplate = rules.boilerplate(soup, measure(soup))
    page = flat.segments(_root(soup))
    told = [*decoded.notices, *rules.notices(), *([notice("nesting-cut", limit=MAX_DEPTH)] if flat.cut else [])]
    return _read_segments(page, declared, ImageLoader(source, base_url), told, rules)


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


def _read_segments(
    page: list[Segment], declared: Declared, gallery: ImageLoader, told: list[Notice], rules: Site
) -> Reading:
    ruled = rules.settle(page)
    body = rules.article(page) or content.find_body(page, declared.titles)
    if body is None:
        raise NO_ARTICLE
    inside = [index for index, segment in enumerate(page) if content.within(segment, body)]
    whole = _whole_span(page, range(inside[0], inside[-1] + 1))
    span = rules.span(page, whole)
    content.mark_boilerplate(page[span.start : span.stop])
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
    if not any(segment.text and segment.open for segment in decided) and not any(
        segment.became == "answer" for segment in decided
    ):
        raise NO_ARTICLE
    return compose(_merged(page, chosen, decided), decided, declared, opening, gallery, tuple(told))


def _whole_span(page: list[Segment], span: range) -> range:
    """The span of the body, wider by those of its parts that stand elsewhere, when nothing but boilerplate is between."""
    for index in content.continuations(page, span):
        between = page[span.stop : index]
        if sum(segment.open and segment.kind != "figure" for segment in between) <= PARTS_APART:
            span = range(span.start, index + 1)
    return span


def _chosen(page: list[Segment], span: range, headline: int, declared: Declared) -> list[Segment]:
    """The segments that may be the article: its body, and what stands between headline and body, lead picture included."""
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


def _home(headline: Segment | None, first: Segment) -> Tag:
    """The element around headline and body: what stands outside of it is not above the article but elsewhere."""
    above = [first.element, *first.element.parents] if first.element is not None else []
    if headline is None or headline.element is None:
        return above[min(2, len(above) - 1)]
    known = {id(each) for each in headline.element.parents}
    return next(each for each in above if id(each) in known)


def _is_hero(segment: Segment, home: Tag, declared: Declared, right_above: bool) -> bool:
    """Whether a picture above the headline is the article's: in the same part of the page, named so, or the one declared.

    One right above the headline may stand further out, in the same section.
    """
    part = home.find_parent(("section", "article", "main")) if right_above else None
    if content.within(segment, part or home) or vocabulary.named(segment.names.strip(), "lead"):
        return True
    name = declared.picture.split("?")[0].rsplit("/", 1)[-1]
    return bool(name) and segment.element is not None and name in str(segment.element)


def _belongs(segment: Segment, below_headline: bool) -> bool:
    if segment.kind == "figure":
        return segment.open
    if segment.kind == "box" and any(inner.kind == "figure" for inner in segment.segments):
        return segment.open and content.prose(segment) == 0
    if vocabulary.named(segment.names.strip(), "caption") or vocabulary.named(segment.names.strip(), "credit"):
        return segment.open
    return segment.open and below_headline and content.prose(segment) > 150


def _merged(page: list[Segment], chosen: list[Segment], decided: list[Segment]) -> list[Segment]:
    """The whole page in its order, with the decided segments in the place of those they were made of."""
    if len(decided) == len(chosen):
        return page
    places = {id(segment): place for place, segment in enumerate(page)}
    begins = {id(segment.element): places[id(segment)] for segment in reversed(chosen)}
    placed: list[tuple[int, Segment]] = []
    last = 0
    for segment in decided:
        last = max(last, places.get(id(segment), begins.get(id(segment.element), last)))
        placed.append((last, segment))
    taken = {id(segment) for segment in chosen}
    placed += [(place, segment) for place, segment in enumerate(page) if id(segment) not in taken]
    return [segment for _, segment in sorted(placed, key=lambda each: each[0])]
