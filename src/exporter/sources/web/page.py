"""An address → a source: the page, its further pages, what stands in its way."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from exporter.errors import ExtractionError, SourceError
from exporter.notices import Notice, notice
from exporter.sources.encoding import decode
from exporter.sources.fetch import Answer, FetchError
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source
from exporter.sources.urls import host_of, in_full, joined
from exporter.sources.web.obstacles import refuse_obstacle
from exporter.sources.web.parts import following, says_again, views
from exporter.sources.web.pictures import WebPictures
from exporter.sources.web.session import Web, web_of
from exporter.sources.web.skim import Skimmed, refreshed, skim

PAGES = frozenset({"text/html", "application/xhtml+xml", ""})
LONGEST_NAME = 80


def at_address(argument: str, options: ReadOptions, *, politely: bool = False) -> Source:
    """The page at an address, or what else stands there: a feed, an archive, a text.

    ``politely``: as one of many pages of its site. Raises :class:`~exporter.errors.SourceError` when it cannot be had and
    :class:`~exporter.errors.ExtractionError` when something else stands in the article's place.
    """
    address = in_full(argument)
    web = web_of(options.network, options.limits)
    answer, notices = web.get_politely(address) if politely else web.get(address, own=host_of(address))
    if answer.media_type not in PAGES or not _is_markup(answer):
        return source_of(answer, options, notices)
    answer, seen, notices = _refreshed(web, answer, notices, options)
    try:
        refuse_obstacle(seen, answer.address)
    except ExtractionError:
        better = _other_view(web, answer, seen)
        if better is None:
            raise
        told = notice("view-taken", address=better.address)
        return replace(source_of(better, options, (*notices, told)), base_url=answer.address)
    return _with_further_pages(web, source_of(answer, options, notices), seen, options)


def source_of(answer: Answer, options: ReadOptions, notices: tuple[Notice, ...] = ()) -> Source:
    """An answer as a source, whose pictures are on the web."""
    base_url = options.base_url or answer.address
    if answer.media_type in PAGES and _is_markup(answer):
        base_url = options.base_url or joined(answer.address, _seen(answer).base) or answer.address
    return Source(
        *(name_of(answer.address), answer.content, answer.address, _suffix(answer)),
        resources=WebPictures(base_url, options.network, options.limits),
        base_url=base_url,
        encoding=answer.charset,
        notices=notices,
        limits=options.limits,
    )


def name_of(address: str) -> str:
    """What results are called: after the last words of the address's path, else after its host."""
    parts = urlsplit(address)
    segments = [each for each in unquote(parts.path).split("/") if re.search(r"[^\W\d_]{2}", each)]
    stem = re.sub(
        r"\.(html?|php|aspx?|jsp|xml|json|md|txt)$", "", segments[-1] if segments else parts.hostname or "page"
    )
    return re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:LONGEST_NAME] or "page"


def _suffix(answer: Answer) -> str:
    return ".html" if answer.media_type in {"text/html", "application/xhtml+xml"} else ""


def _is_markup(answer: Answer) -> bool:
    return b"<" in answer.content[:4096]


def _seen(answer: Answer) -> Skimmed:
    return skim(decode(answer.content, answer.charset).text)


def _refreshed(
    web: Web, answer: Answer, notices: tuple[Notice, ...], options: ReadOptions
) -> tuple[Answer, Skimmed, tuple[Notice, ...]]:
    """The page that a page without words sends its reader to, as a redirect does."""
    for _ in range(options.limits.redirects):
        seen = _seen(answer)
        where = refreshed(seen, answer.address)
        if not where or where == answer.address:
            return answer, seen, notices
        answer, more = web.get(where)
        notices += more
    return answer, _seen(answer), notices


def _other_view(web: Web, answer: Answer, seen: Skimmed) -> Answer | None:
    """The print or AMP view of a page whose own holds too little, if it holds more."""
    for address in views(seen, answer.address):
        try:
            found, _ = web.get(address)
            view = _seen(found)
            refuse_obstacle(view, found.address)
        except (SourceError, ExtractionError):
            continue
        if view.prose > seen.prose:
            return found
    return None


def _with_further_pages(web: Web, source: Source, seen: Skimmed, options: ReadOptions) -> Source:
    """The source with the further pages of its article."""
    first = source.origin
    further: list[Source] = []
    notices: list[Notice] = []
    begun = seen
    while len(further) + 1 < options.limits.parts:
        address = following(seen, first, len(further) + 1)
        if not address:
            break
        try:
            answer, more = web.get(address, own=host_of(first))
        except FetchError as fault:
            notices.append(notice("further-page-missing", address=address, reason=fault.message.rstrip(".")))
            break
        seen = _seen(answer)
        if says_again(seen, begun):
            break
        further.append(source_of(answer, options, more))
    return replace(source, further=tuple(further), notices=(*source.notices, *notices))
