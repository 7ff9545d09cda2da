"""Feeds: RSS, Atom and JSON Feed. An entry is its page, or its own content where that is whole."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from exporter.errors import SourceError
from exporter.sources.entry import Entry
from exporter.sources.forms.framed import Known, name_in_words, page_of
from exporter.sources.policy import ReadOptions
from exporter.sources.resources import NoResources
from exporter.sources.source import Source
from exporter.sources.urls import host_of, joined
from exporter.sources.web.page import at_address, name_of
from exporter.sources.web.pictures import WebPictures
from exporter.sources.web.skim import skim

WHOLE = 1500
"""Letters of prose from which on an entry's content can be an article and no summary."""
_GOES_ON = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|(?:read|lire|weiter|leer|leggi)\b[^.!?]{0,40})\s*$", re.IGNORECASE)


class Stated(Struct, frozen=True):
    """One entry as its feed states it: what is known, and its content as HTML."""

    known: Known
    content: str


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """The entries of the feed in its own order, the latest first as a rule."""
    stated = (
        _json_entries(source) if source.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else _xml_entries(source)
    )
    for each in stated:
        known = each.known
        yield Entry(known.title, known.address, partial(_opened, each, source, options), known.published)


def _opened(stated: Stated, feed: Source, options: ReadOptions) -> Source:
    """The entry's content as a page, if it is whole; else the page at its address."""
    known = stated.known
    if not is_whole(stated.content):
        if not host_of(known.address):
            lacks = f"The entry {known.title!r} of {feed.origin} is a summary without an address."
            if not known.title:
                lacks = f"An entry of {feed.origin} has no title, no address and no article."
            raise SourceError(lacks, "Look for the article itself.")
        return at_address(known.address, options, politely=True)
    online = options.network.pictures or bool(host_of(feed.origin))
    return Source(
        name=name_of(known.address) if known.address else name_in_words(known.title),
        content=page_of(stated.content, known),
        origin=known.address or f"{known.title} in {feed.origin}",
        suffix=".html",
        resources=WebPictures(known.address, options.network, options.limits) if online else NoResources(True),
        base_url=options.base_url or known.address,
        encoding="utf-8",
        limits=options.limits,
    )


def is_whole(content: str) -> bool:
    """Whether an entry's content is the article and no summary of it: long, and not broken off."""
    seen = skim(content)
    return seen.prose >= WHOLE and not _GOES_ON.search(seen.blocks[-1])


def _json_entries(source: Source) -> Iterator[Stated]:
    """The items of a JSON Feed (jsonfeed.org/version/1.1)."""
    try:
        feed = json.loads(source.content)
        found = [each for each in feed["items"] if isinstance(each, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise SourceError(f"The feed is damaged: {source.origin}.", "Fetch it again.") from fault
    for each in found:
        makers = each.get("authors") or feed.get("authors") or [each.get("author") or {}]
        known = Known(
            title=_text(each.get("title")),
            author=", ".join(_text(maker.get("name")) for maker in makers if isinstance(maker, dict)),
            published=_text(each.get("date_published")),
            publication=_text(feed.get("title")),
            address=joined(source.base_url, _text(each.get("url") or each.get("external_url"))),
            language=_text(each.get("language") or feed.get("language")),
        )
        yield Stated(known, _text(each.get("content_html")) or _paragraphs(_text(each.get("content_text"))))


def _xml_entries(source: Source) -> Iterator[Stated]:
    """The entries of RSS or Atom. Their HTML is left as it is: cleaning it would lose ruby and the sizes of pictures."""
    import feedparser

    parsed = feedparser.parse(io.BytesIO(source.content), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries and parsed.bozo:
        raise SourceError(f"The feed is damaged: {source.origin}.", "Fetch it again.")
    for each in parsed.entries:
        contents = [part for part in each.get("content", ()) if "html" in part.get("type", "html")]
        content = max((part.get("value", "") for part in contents), key=len, default="") or each.get("summary", "")
        yield Stated(_known(each, parsed.feed, source), content)


def _known(entry: Any, feed: Any, source: Source) -> Known:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    link = entry.get("link") or (entry.get("id", "") if host_of(entry.get("id", "")) else "")
    return Known(
        title=_plain(entry.get("title", "")),
        author=_plain(entry.get("author", "")),
        published=time.strftime("%Y-%m-%dT%H:%M:%SZ", moment) if moment else "",
        publication=_plain(feed.get("title", "")),
        address=joined(source.base_url, link),
        language=_text(feed.get("language", "")),
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _plain(markup: str) -> str:
    """A title without the tags that some feeds put into it."""
    return skim(f"<p>{markup}").text if "<" in markup or "&" in markup else markup.strip()


def _paragraphs(text: str) -> str:
    from html import escape

    return "".join(f"<p>{escape(each)}</p>" for each in re.split(r"\n\s*\n", text) if each.strip())
