"""What of each interview reaches the e-book: the keep-table, counted in finished EPUBs of the corpus in ../shared.

Every page is read and written as an EPUB; the archive is opened again, and each caption, credit, pull quote, block quote,
attribution, question and picture of the document is looked for where a reader would meet it: text in the chapters, a
question among the contents as well, a picture as a file that a chapter shows. Prints Markdown and exits with 1 when
anything is missing. ``python benchmarks/epub_keep.py [PAGE …]``
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

import exporter
from exporter.model import BlockQuote, Document, Figure, Inline, PullQuote, Question
from exporter.model.walk import plain, walk, words_of

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT.parent / "shared" / "seed" / "page.html"
PAGES = ROOT.parent / "shared" / "corpus" / "interviews" / "pages"
KINDS = ("words", "questions", "in contents", "captions", "credits", "pull quotes", "block quotes", "attributions")
COLUMNS = (*KINDS, "pictures")

_XHTML = "{http://www.w3.org/1999/xhtml}"
_OPS = "{http://www.idpf.org/2007/ops}"


SURE = 12
"""So many letters are no coincidence."""


class Part(NamedTuple):
    """One thing that must be kept, and its words without spaces."""

    kind: str
    words: str


class Book(NamedTuple):
    """What a reader meets in a finished e-book, without spaces: the chapters' text, the contents, the pictures shown."""

    text: str
    contents: tuple[str, ...]
    shown: frozenset[str]
    files: frozenset[str]


def main(names: Sequence[str]) -> int:
    """Prints the table; gives 1 when something is missing."""
    pages = [Path(name) for name in names] or [*sorted(PAGES.glob("*.html")), *filter(Path.exists, [SEED])]
    if not pages:
        print(f"There is no corpus of pages at {PAGES}: name pages to count.", file=sys.stderr)
        return 2
    print("| page |", " | ".join(COLUMNS), "|")
    print("| --- |" + " ---: |" * len(COLUMNS))
    kept: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for page in pages:
        had, found = counted(exporter.read(page).document)
        print(
            f"| {page.parent.name if page == SEED else page.stem} |",
            " | ".join(cell(found, had, kind) for kind in COLUMNS),
            "|",
        )
        kept += found
        wanted += had
    print("| all |", " | ".join(cell(kept, wanted, kind) for kind in COLUMNS), "|")
    return int(any(kept[kind] < wanted[kind] for kind in COLUMNS))


def cell(found: Counter[str], had: Counter[str], kind: str) -> str:
    """Kept of those there are."""
    return f"{found[kind]}/{had[kind]}" if had[kind] else "–"


def counted(document: Document) -> tuple[Counter[str], Counter[str]]:
    """How many of each kind the document has, and how many of these its e-book has."""
    content, _ = exporter.render(document, "epub")
    book = opened(content)
    # An e-book sets quotation marks and spaces as its language does: compared are letters and figures.
    parts = list(parts_of(document))
    had = Counter(part.kind for part in parts)
    found = Counter(part.kind for part in parts if is_kept(part, book))
    pictures = {image.asset for each in walk(document.article) if isinstance(each, Figure) for image in each.images}
    had["pictures"] = len(pictures - {None})
    found["pictures"] = min(had["pictures"], len(book.shown & book.files))
    return had, found


def is_kept(part: Part, book: Book) -> bool:
    """Whether the reader meets it."""
    if part.kind == "in contents":
        return part.words in book.contents or any(_stands_for(entry, part.words) for entry in book.contents)
    return part.words in book.text


def _stands_for(entry: str, question: str) -> bool:
    """Whether a line of the contents is a long question cut short: what it ends in, or a part that is no coincidence."""
    return bool(entry) and (question.endswith(entry) or (len(entry) >= SURE and entry in question))


def parts_of(document: Document) -> Iterator[Part]:
    """Everything to look for."""
    article = document.article
    for words in words_of(article):
        yield from _part("words", words)
    for node in walk(article):
        match node:
            case Question(blocks):
                text = " ".join(words for block in blocks for words in words_of(block))
                yield from _part("questions", text)
                yield from _part("in contents", _first(words_of(blocks[0])))
            case Figure(_, caption, credit):
                yield from (*_part("captions", plain(caption)), *_part("credits", plain(credit)))
            case PullQuote(children, attribution):
                yield from (*_part("pull quotes", plain(children)), *_attributed(attribution))
            case BlockQuote(blocks, attribution):
                text = " ".join(words for block in blocks for words in words_of(block))
                yield from (*_part("block quotes", text), *_attributed(attribution))
            case _:
                pass


def _first(words: Iterable[str]) -> str:
    return "".join(words)


def _attributed(attribution: tuple[Inline, ...]) -> Iterator[Part]:
    yield from _part("attributions", plain(attribution))


def _part(kind: str, words: str) -> Iterator[Part]:
    letters = squeezed(words)
    if letters:
        yield Part(kind, letters)


def squeezed(text: str) -> str:
    """Letters and figures only."""
    return re.sub(r"[\W_]+", "", text)


def opened(content: bytes) -> Book:
    """The finished e-book, read as a stranger would."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = frozenset(archive.namelist())
        trees = {name: fromstring(archive.read(name)) for name in names if name.endswith(".xhtml")}  # noqa: S314 - our own
    inside = [tree for name, tree in sorted(trees.items(), key=_reading_order) if not name.endswith("nav.xhtml")]
    shown = {f"EPUB/{each.get('src')}" for tree in inside for each in tree.iter(f"{_XHTML}img")}
    return Book(
        text="".join(squeezed("".join(tree[1].itertext())) for tree in inside),
        contents=tuple(_contents(trees["EPUB/nav.xhtml"])),
        shown=frozenset(name for name in shown if not name.startswith("EPUB/images/cover.")),
        files=names,
    )


def _reading_order(entry: tuple[str, Element]) -> tuple[bool, int, str]:
    number = re.search(r"text-(\d+)", entry[0])
    return number is None, int(number[1]) if number else 0, entry[0]


def _contents(nav: Element) -> Iterator[str]:
    for each in nav.iter(f"{_XHTML}nav"):
        if each.get(f"{_OPS}type") == "toc":
            yield from (squeezed("".join(link.itertext())) for link in each.iter(f"{_XHTML}a"))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
