"""The pages of print in the e-book: where each page of our own PDF begins, so that a class can say "page 5".

The lines of the PDF's pages are looked for in the book's text, one page after the other; a mark is set before the word that
a page begins with (EPUB 3.3 page-list; DPUB-ARIA doc-pagebreak).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from exporter.writers.epub.documents import Page
from exporter.writers.epub.navigation import Spot
from exporter.writers.epub.tokens import body_of, tokens

_LEAST = 12
"""Letters that a line must have to be looked for: a shorter one stands in many places."""

_CHARACTER = re.compile(r"&[^;\s]+;|.", re.DOTALL)
_IGNORED = re.compile(r"[\s\u00ad\u200b\u2060\u200e\u200f]+")
_HYPHENS = "-\u2010\u00ad"
_WHOLE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "figure"})
"""Elements that a mark stands before, when a page begins with them: it is no part of a heading, and a picture is above its
caption."""


class _Letter(Struct, frozen=True):
    """Where a letter of the running text stands: which page of the book, and the place of its word in that."""

    page: int
    word: int


class _Running(Struct, frozen=True):
    """The book's text without spaces and case, and where each of its letters stands."""

    text: str
    letters: tuple[_Letter, ...]


def with_breaks(
    pages: tuple[Page, ...], printed: tuple[tuple[str, ...], ...]
) -> tuple[tuple[Page, ...], tuple[Spot, ...]]:
    """The pages with marks, and the page list. ``printed`` holds the lines of each printed page, from the first on.

    A printed page without a line that the book has (a photo alone) begins where the next one does.
    """
    if not printed:
        return pages, ()
    found = _places(_running(pages), printed)
    marked = tuple(
        _marked(page, [(n, place.word) for n, place in found if place.page == at]) for at, page in enumerate(pages)
    )
    return marked, tuple(Spot(str(number), f"{pages[place.page].name}#{_key(number)}") for number, place in found)


def _key(number: int) -> str:
    return f"page-{number}"


def _running(pages: tuple[Page, ...]) -> _Running:
    text: list[str] = []
    letters: list[_Letter] = []
    for at, page in enumerate(pages):
        for letter, word in _spelled(page.content.decode("utf-8")):
            folded = letter.casefold()
            text.append(folded)
            letters.extend([_Letter(at, word)] * len(folded))
    return _Running("".join(text), tuple(letters))


def _spelled(document: str) -> Iterator[tuple[str, int]]:
    """Each letter of the body, and the place that its word begins, or what begins with its word."""
    begin = body_of(document)
    whole = first = None
    for token in tokens(document):
        if token.name in _WHOLE:
            whole, first = token.start if token.kind == "open" else None, None
        if token.kind != "text" or token.start < begin:
            continue
        word = token.start
        for found in _CHARACTER.finditer(token.content):
            letter = html.unescape(found[0])
            if letter.isspace():
                word = token.start + found.end()
            elif not _IGNORED.fullmatch(letter):
                first = word if first is None else first
                yield letter, word if whole is None or word != first else whole


def _places(running: _Running, printed: Iterable[tuple[str, ...]]) -> list[tuple[int, _Letter]]:
    found: list[tuple[int, _Letter]] = []
    waiting: list[int] = []
    place = 0
    for number, lines in enumerate(printed, 1):
        waiting.append(number)
        begin = _begin(running.text, lines, place)
        if begin < 0:
            continue
        found += [(each, running.letters[begin]) for each in waiting]
        waiting = []
        place = begin + 1
    return found


def _begin(text: str, lines: tuple[str, ...], after: int) -> int:
    """Where in the text the first line stands that can be found; the lines are joined, for a line alone may be short."""
    squeezed = [_IGNORED.sub("", line).rstrip(_HYPHENS).casefold() for line in lines]
    for at, line in enumerate(squeezed):
        wanted = line
        for following in squeezed[at + 1 :]:
            if len(wanted) >= _LEAST:
                break
            wanted += following
        begin = text.find(wanted, after) if len(wanted) >= _LEAST else -1
        if begin >= 0:
            return begin
    return -1


def _marked(page: Page, marks: list[tuple[int, int]]) -> Page:
    if not marks:
        return page
    document = page.content.decode("utf-8")
    places = [place for _, place in marks]
    ends = [*places[1:], len(document)]
    pieces = [document[: places[0]]]
    for (number, place), end in zip(marks, ends, strict=True):
        name = "div" if document[place] == "<" else "span"
        pieces.append(_mark(name, number) + document[place:end])
    return replace(page, content="".join(pieces).encode("utf-8"))


def _mark(name: str, number: int) -> str:
    template = '<{0} epub:type="pagebreak" role="doc-pagebreak" id="{1}" aria-label="{2}"></{0}>'
    return str(Markup(template).format(name, _key(number), number))
