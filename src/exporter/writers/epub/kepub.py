"""Kobo's own form of an EPUB: every sentence in a span that its reader counts by, for bookmarks and reading statistics.

As Kobo's publisher guidelines and the open converters describe it: ``<span class="koboSpan" id="kobo.P.S">`` with the
number of the paragraph and of the piece in it, inside ``div#book-columns > div#book-inner``; the file ends in
``.kepub.epub``. Nothing else changes, so every other reader opens the book as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from exporter.writers.epub.documents import Page
from exporter.writers.epub.tokens import Token, body_of, tokens

SUFFIX = ".kepub.epub"

_PARAGRAPHS = frozenset(
    {"p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "caption", "figcaption", "pre"}
)
_SENTENCE = re.compile(r".+?(?:[.!?…؟۔։।]+[\"”’»«“)]*(?:\s+|$)|[。！？]+[」』”’）]*\s*|$)", re.DOTALL)


def spanned(page: Page) -> Page:
    """The document with its text and pictures in numbered spans."""
    document = page.content.decode("utf-8")
    begin, end = body_of(document), document.rindex("</body>")
    inside = "".join(_pieces(document, begin, end))
    columns = f'<div id="book-columns"><div id="book-inner">{inside}</div></div>'
    return replace(page, content=(document[:begin] + columns + document[end:]).encode("utf-8"))


def _pieces(document: str, begin: int, end: int) -> Iterator[str]:
    paragraph, piece = 0, 0
    for token in tokens(document):
        if not begin <= token.start < end:
            continue
        opens = token.kind == "open" and token.name in _PARAGRAPHS
        if opens or token.name == "img":
            paragraph, piece = paragraph + 1, 0
        for part in _parts(token):
            if not part.strip() or (token.kind != "text" and token.name != "img"):
                yield part
            else:
                paragraph, piece = paragraph or 1, piece + 1
                yield f'<span class="koboSpan" id="kobo.{paragraph}.{piece}">{part}</span>'


def _parts(token: Token) -> Iterator[str]:
    if token.kind != "text":
        yield token.content
        return
    yield from (found[0] for found in _SENTENCE.finditer(token.content))
