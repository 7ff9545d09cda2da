"""Draws the contact sheets of docs/contact-sheets.md: five pieces in all themes on two papers.

``python -m tools.contact_sheets FOLDER [PIECE…]``. The pieces are made of the sample's own sentences and pictures: without
a picture, with one, with forty; of two voices, of five. Each row of a sheet is one look: the first pages of its PDF.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from itertools import cycle, islice, product
from pathlib import Path

import pypdfium2
from msgspec.structs import replace
from PIL import Image as Picture

import exporter
from exporter import Document, Options
from exporter.model import (
    Answer,
    Article,
    Block,
    Crosshead,
    Figure,
    Image,
    Metadata,
    Paragraph,
    PullQuote,
    Question,
    Text,
    Turn,
)
from exporter.model.walk import figures_of, plain, walk
from exporter.themes import theme_names

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "source" / "the-last-lampist"
PAPERS = ("a4", "6x9in")

PAGES = 6
"""Pages of a look that are shown."""

_HEIGHT, _GAP = 220, 10
"""Pixels: of a page on A4, and between pages."""

_BACKDROP = (218, 215, 208)

VOICES = ("Odile Marrec", "Noor Castellane", "Idris Vale", "Ada Quill", "Tomas Rourke")


class Prose:
    """The sample's sentences, one after the other and round again, and its pictures likewise."""

    def __init__(self, document: Document) -> None:
        self.document = document
        paragraphs = [each for block in document.article.body for each in walk(block) if isinstance(each, Paragraph)]
        whole = " ".join(" ".join(plain(each.children) for each in paragraphs).split())
        self.sentences = cycle(f"{each.strip()}." for each in whole.split(". ") if len(each) > 12)
        self.pictures = cycle(each for figure in figures_of(document.article) for each in figure.images)

    def words(self, sentences: int) -> tuple[Text]:
        """So many sentences."""
        return (Text(" ".join(islice(self.sentences, sentences))),)

    def paragraph(self, sentences: int = 4) -> Paragraph:
        """A paragraph of so many sentences."""
        return Paragraph(self.words(sentences))

    def question(self, speaker: str | None = None) -> Question:
        """A question of one sentence."""
        return Question((Paragraph((Text(plain(self.words(1)).rstrip(".!?”") + "?"),)),), speaker)

    def figure(self) -> Figure:
        """The next picture, with a caption."""
        image: Image = next(self.pictures)
        return Figure((image,), self.words(1), (Text("Idris Vale"),))

    def article(self, headline: str, body: tuple[Block, ...], lead: Figure | None = None) -> Document:
        """The piece, with an introduction."""
        metadata = Metadata(language="en", publication="Leeward", published="2025-11-08")
        introduction = (self.paragraph(5), self.paragraph(3))
        whole = Article(metadata, (Text(headline),), lead=lead, introduction=introduction, body=body)
        deck = self.words(1)
        return Document(replace(whole, deck=deck, byline=(Text("Noor Castellane"),)), self.document.assets)


def without_a_picture(prose: Prose) -> Document:
    """Long answers, two crossheads, a pull quote."""
    body: list[Block] = []
    for number in range(9):
        body += [Crosshead((Text("The glass and the weather"),))] if number in {3, 6} else []
        answer: list[Block] = [prose.paragraph(5), prose.paragraph(4)]
        answer += [PullQuote(prose.words(1)), prose.paragraph(4)] if number in {2, 7} else []
        body.append(Turn(prose.question(), (Answer(tuple(answer)),)))
    return prose.article("Ebb and flood", tuple(body))


def with_one_picture(prose: Prose) -> Document:
    """The lead photo alone."""
    turns = tuple(Turn(prose.question(), (Answer((prose.paragraph(6), prose.paragraph(4))),)) for _ in range(7))
    return prose.article("What the harbour keeps", turns, lead=prose.document.article.lead)


def with_forty_pictures(prose: Prose) -> Document:
    """Pictures alone, in pairs and in threes between short answers."""
    counts = cycle((1, 2, 3, 1, 4))
    turns, shown = [], 0
    while shown < 40:
        count = min(next(counts), 40 - shown)
        shown += count
        figures = tuple(prose.figure() for _ in range(count))
        turns.append(Turn(prose.question(), (Answer((prose.paragraph(4), *figures, prose.paragraph(3))),)))
    return prose.article("Forty looks at the light", tuple(turns), lead=prose.document.article.lead)


def of_two_voices(prose: Prose) -> Document:
    """Short questions and answers, each named by the page."""
    asks, answers = VOICES[1], VOICES[0]
    turns = tuple(Turn(prose.question(asks), (Answer((prose.paragraph(2),), answers),)) for _ in range(24))
    return prose.article("A talk on the gallery", turns)


def of_five_voices(prose: Prose) -> Document:
    """A round table: one asks, four answer."""
    asks, *answer = VOICES
    turns = []
    for number in range(10):
        spoken = (Answer((prose.paragraph(2 + each % 3),), answer[(number + each) % 4]) for each in range(3))
        turns.append(Turn(prose.question(asks), tuple(spoken)))
    return prose.article("Five who know what the tide does", tuple(turns))


PIECES: dict[str, Callable[[Prose], Document]] = {
    "no-picture": without_a_picture,
    "one-picture": with_one_picture,
    "forty-pictures": with_forty_pictures,
    "two-voices": of_two_voices,
    "five-voices": of_five_voices,
}
"""File name → what makes the piece."""


def sheet_of(document: Document) -> Picture.Image:
    """A row of pages for each look."""
    rows = [list(pages_of(document, theme, paper)) for theme, paper in product(theme_names(), PAPERS)]
    width = max(sum(each.width + _GAP for each in row) for row in rows) + _GAP
    sheet = Picture.new("RGB", (width, sum(row[0].height + _GAP for row in rows) + _GAP), _BACKDROP)
    top = _GAP
    for row in rows:
        left = _GAP
        for each in row:
            sheet.paste(each, (left, top))
            left += each.width + _GAP
        top += row[0].height + _GAP
    return sheet


def pages_of(document: Document, theme: str, paper: str) -> Iterator[Picture.Image]:
    """The first pages in one look, in proportion to their papers."""
    content, _ = exporter.render(document, "pdf", Options(theme=theme, paper=paper))
    with pypdfium2.PdfDocument(io.BytesIO(content)) as file:
        for page in islice(file, PAGES):
            scale = _HEIGHT / 842
            yield page.render(scale=scale * 4).to_pil().convert("RGB").reduce(4)


def main(folder: str, *names: str) -> None:
    """Draws the sheets and prints their paths."""
    document = exporter.read(SAMPLE).document
    for name in names or PIECES:
        path = Path(folder) / f"{name}.jpg"
        sheet_of(PIECES[name](Prose(document))).save(path, quality=78, optimize=True, progressive=True)
        print(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
