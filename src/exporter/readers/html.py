"""The reader of saved web pages: from bytes to a document, in the order of ``STEPS``."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from exporter.corrections import corrections_of
from exporter.errors import ExtractionError
from exporter.notices import notice
from exporter.readers.article import extent, inline_boilerplate, opening
from exporter.readers.article.body import find_body, within
from exporter.readers.article.headline import site_in_title
from exporter.readers.article.image_loader import ImageLoader
from exporter.readers.article.notes import lift_notes
from exporter.readers.assembly.corrected import CORRECTIONS
from exporter.readers.assembly.decisions import DECISIONS, compose
from exporter.readers.assembly.page import Page, Step
from exporter.readers.boilerplate.elements import measure
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.formulas import mark_formulas
from exporter.readers.dom.parse import body_of, parsed_page
from exporter.readers.dom.repair import clean, free_readings
from exporter.readers.dom.search import every
from exporter.readers.dom.tree import PageSoup
from exporter.readers.dom.visibility import not_seen
from exporter.readers.lexicon.folding import fold
from exporter.readers.metadata import Declared, gather
from exporter.readers.segments.rule import Search
from exporter.readers.segments.segment import Segment
from exporter.readers.segments.segmenter import MAX_DEPTH, Flattener
from exporter.readers.sites import chosen
from exporter.readers.sites.applied import Site
from exporter.results import Reading
from exporter.runtime.garbage import uncollected
from exporter.sources.encoding import Decoded, decode
from exporter.sources.policy import DEFAULTS, ReadOptions
from exporter.sources.saved import saved_from
from exporter.sources.source import Source
from exporter.sources.urls import host_of, joined, linkable

NO_ARTICLE = ExtractionError(
    "There is no article on the page.",
    "Save the page of one article, complete, after it has loaded; lists of articles have none.",
)


def read(source: Source, options: ReadOptions = DEFAULTS) -> Reading:
    """The article of a saved page.

    Raises :class:`ExtractionError` when the page holds no running text, :class:`UsageError` when ``options.site`` is wrong.
    """
    with uncollected():
        return _read(source, options)


def _read(source: Source, options: ReadOptions) -> Reading:
    decoded = decode(source.content, source.encoding)
    soup = parsed_page(decoded.text)
    try:
        page = _opened(soup, decoded, source, options)
        page.kind = options.kind
        page.corrections = corrections_of(source)
        for step in STEPS:
            step(page)
        return compose(page)
    finally:
        soup.untie()


DRAWINGS: Search[list[Segment]] = Search("formula-drawing", iter)
"""The letters that only drew formulas are kept as formulas."""


def _opened(soup: PageSoup, decoded: Decoded, source: Source, options: ReadOptions) -> Page:
    """The page as a flat list of segments, with what its head declares and the rules of its site."""
    declared = gather(soup)
    base_url = _base_url(soup, source, declared)
    declared.publication = declared.publication or site_in_title(declared)
    declared.address = linkable(joined(base_url, declared.address)) if declared.address else source.base_url
    rules = Site(chosen(options.site, (source.base_url, saved_from(decoded.text), declared.address, base_url)), soup)
    # Notes are read while they are lifted, before the page is cleaned: ruby in them must be whole by then.
    free_readings(soup)
    drawings = fold(mark_formulas(soup))
    drawn = [Segment("note", drawings, where="formulas")] if drawings else []
    notes = [*lift_notes(soup, base_url), *DRAWINGS.decide(drawn)]
    # Cleaning takes the style sheets out, so what they hide must be found first.
    unseen = not_seen(soup)
    clean(soup)
    soup.settle()
    flat = Flattener(soup, base_url)
    if rules:
        flat.boilerplate = rules.boilerplate(soup, measure(soup))
    flat.boilerplate.mark(unseen)
    segments = flat.segments(body_of(soup))
    told = [*decoded.notices, *rules.notices(), *([notice("nesting-cut", limit=MAX_DEPTH)] if flat.cut else [])]
    return Page(declared, ImageLoader(source, base_url), rules, segments, notes, notices=told, spared=flat.spared)


def _base_url(soup: BeautifulSoup, source: Source, declared: Declared) -> str:
    """Where relative addresses of the page lead: as the caller says, as ``base`` says, or from the page's own address."""
    if source.base_url:
        return source.base_url
    href = next((attribute(base, "href") for base in every(soup, frozenset({"base"})) if "href" in base.attrs), "")
    for address in (href, declared.address):
        if host_of(address):
            return address
    return ""


# ------------------------------------------------------------------------------------------------------------------- steps


def settle_by_site(page: Page) -> None:
    """What the site's rules call headline, deck, byline, question or answer is that, before anything is guessed."""
    page.opening = page.site.settle(page.segments)


def _body(page: Page) -> Tag | None:
    """The body's element. Notes weigh where they stood, but the body is where something else stands, too."""
    titles = page.declared.titles
    body = find_body([*page.segments, *page.notes], titles) if page.notes else None
    # Of a short article with long notes, the notes' list would be the body.
    if body is None or not any(within(segment, body) for segment in page.segments):
        body = find_body(page.segments, titles)
    return body


def find_article(page: Page) -> None:
    """The body, and the span of segments from its first to its last."""
    body = page.site.article(page.segments) or _body(page)
    if body is None:
        raise NO_ARTICLE
    page.whole = extent.whole_span(page.segments, body)
    page.span = page.site.span(page.segments, page.whole)


def leave_out_boilerplate(page: Page) -> None:
    """What stands inside the body and is no part of the article."""
    inline_boilerplate.mark_boilerplate(page.segments[page.span.start : page.span.stop], page.declared.publication)


def find_opening(page: Page) -> None:
    """Headline, deck, kicker, byline and dateline, as far as the site's rules did not name them."""
    opening.find_opening(page.segments, page.span, page.declared, page.opening)
    if not page.opening.headline:
        raise ExtractionError(
            "The page names no headline and no title.",
            "Give it a title element, or export a text with its headline on the first line.",
        )
    if page.opening.origin != "page":
        page.notices.append(notice("headline-guessed", origin=page.opening.origin))


def confine_to_site(page: Page) -> None:
    """What lies between the parts that the site's rules name, and is none of them, is left out."""
    page.site.confine(page.segments, page.span, page.whole)


def choose(page: Page) -> None:
    """The segments that may be the article: its body, and what opens it above."""
    page.chosen = extent.chosen(page.segments, page.span, page.opening.place, page.declared)


def overrule_by_site(page: Page) -> None:
    """After all guesses: what the site's rules name is what they call it, and what they keep is kept."""
    page.site.overrule(page.decided)


def merge(page: Page) -> None:
    """All segments of the page in its order, those that were cut for the turns in the place of what they were cut from."""
    page.segments = extent.merged(page.segments, page.chosen, page.decided)


def require_text(page: Page) -> None:
    """An article has text that nothing left out."""
    if not any(
        (segment.text and segment.open) or segment.became in ("answer", "paragraph") for segment in page.decided
    ):
        raise NO_ARTICLE


STEPS: tuple[Step, ...] = (
    settle_by_site,
    find_article,
    leave_out_boilerplate,
    find_opening,
    confine_to_site,
    choose,
    *DECISIONS,
    overrule_by_site,
    merge,
    *CORRECTIONS,
    require_text,
)
"""Each step finds one thing; the order stands here and nowhere else."""
