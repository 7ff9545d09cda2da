"""Spreads: magazine mirrors its margins, what reaches into them stands outside, and facing pages end on one line."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from exporter.model import (
    Answer,
    Article,
    Asset,
    Block,
    Document,
    Figure,
    Image,
    Link,
    Metadata,
    Paragraph,
    PullQuote,
    Question,
    Text,
    Turn,
)
from exporter.writers import pdf
from exporter.writers.options import Options

Photo = Callable[..., bytes]
WORDS = (
    "The tide comes up the slip at four and the harbour master writes it down as he has every day since the war ended. "
)
LINE = 15.6
"""Points from line to line in magazine on A4."""


def paragraph(count: int, first: int = 0) -> Paragraph:
    words = (WORDS * (count + 1)).split()
    return Paragraph((Text(" ".join(words[first : first + 23 * count])),))


def turn(number: int, *answer: Block) -> Turn:
    question = (
        "What does the harbour keep?"
        if number % 3
        else "What does the harbour keep when nobody looks, and for whom does it?"
    )
    return Turn(Question((Paragraph((Text(question),)),)), (Answer(answer),))


def document(*body: Block, assets: tuple[Asset, ...] = (), language: str = "en") -> Document:
    metadata = Metadata(language=language, publication="The Tidewater")
    return Document(Article(metadata, (Text("The harbour book"),), body=body), assets)


def pictured(photo: Photo) -> Document:
    """Pages with captions in the margin that link somewhere, wide pictures and pull quotes."""
    content = photo(2400, 1600)
    asset = Asset("tower", "image/jpeg", content, "", "", 2400, 1600, hashlib.sha256(content).hexdigest())
    credit = (Link((Text("Ada Quill"),), "https://example.org/quill"),)
    body = []
    for number in range(10):
        shown = Figure((Image("tower", "A tower", 2400, 1600),), (Text(f"Tower {number}"),), credit)
        quote = PullQuote((Text(f"The sea gives back what it takes, number {number}."),))
        body.append(turn(number, paragraph(4 + number % 4), shown, paragraph(6, number), quote, paragraph(7, 3)))
    return document(*body, assets=(asset,))


def columns(content: bytes) -> Iterator[tuple[int, float, float, list[tuple[float, float]]]]:
    """(page, left and right edge of its text column, left and right edges of everything on it) of pages after the first."""
    with pypdfium2.PdfDocument(content) as file:
        for number in range(1, len(file)):
            text = file[number].get_textpage()
            rects = [text.get_rect(each) for each in range(text.count_rects())]
            lines = [each for each in rects if each[2] - each[0] > 250 and each[3] - each[1] < 16]
            pictures = [
                each.get_bounds() for each in file[number].get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8)
            ]
            everything = [(each[0], each[2]) for each in (*(rect for rect in rects if rect[3] < 770), *pictures)]
            yield number, min(each[0] for each in lines), max(each[2] for each in lines), everything


def test_magazine_has_its_wide_margin_outside_and_nothing_inside(photo: Photo) -> None:
    content = pdf.render(pictured(photo), Options())[0]
    reached = 0
    for number, left, right, everything in columns(content):
        assert (left > 595 - right) == bool(number % 2)  # page 2 is a left one, and has number 1
        inside = min(each[0] for each in everything) if number % 2 == 0 else max(each[1] for each in everything)
        assert abs(inside - (right if number % 2 else left)) < 6
        reached += (max(each[1] for each in everything) > right + 60) if number % 2 == 0 else 0
    assert reached > 1


def test_the_folio_stands_outside(photo: Photo) -> None:
    with pypdfium2.PdfDocument(pdf.render(pictured(photo), Options(draft=True))[0]) as file:
        for number in range(1, len(file)):
            text = file[number].get_textpage()
            rects = [text.get_rect(each) for each in range(text.count_rects())]
            head = [each for each in rects if each[3] > 770]
            folio = min(head, key=lambda each: each[2] - each[0])
            assert (folio[0] < 100) == bool(number % 2)


def test_links_go_with_their_captions(photo: Photo) -> None:
    content = pdf.render(pictured(photo), Options(links="none"))[0]
    found = 0
    with pikepdf.open(io.BytesIO(content)) as file, pypdfium2.PdfDocument(content) as shown:
        for number, page in enumerate(file.pages):
            text = shown[number].get_textpage()
            for each in page.get("/Annots", []):
                left, bottom, right, top = (float(edge) for edge in each["/Rect"])
                found += "Quill" in text.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1)
    assert found >= 10


def test_the_ground_of_a_box_that_is_moved_goes_with_it(photo: Photo, tmp_path: Path) -> None:
    sheet = tmp_path / "tinted.css"
    sheet.write_text("figure, .pull-quote { background: #eee }", "utf-8")
    laid = pdf.typeset(pictured(photo), Options(style=str(sheet), draft=True)).document
    pages = [page._page_box for page in laid.pages]  # noqa: SLF001 - no reader of PDF says whose a painted ground is
    boxes = [box for page in pages for box in page.descendants() if getattr(box, "background", None)]
    grounds = [(box, box.background.layers[0].painting_area) for box in boxes if box.element_tag in {"figure", "aside"}]
    assert len(grounds) > 10
    for box, (left, top, width, height) in grounds:
        assert (left, top) == pytest.approx((box.border_box_x(), box.border_box_y()))
        assert (width, height) == pytest.approx((box.border_width(), box.border_height()))


@pytest.mark.parametrize("language", ["ar", "he"])
def test_pages_from_the_right_are_mirrored_too(language: str) -> None:
    words = "الكتاب " * 60 if language == "ar" else "הספר " * 60
    body = [turn(number, *[Paragraph((Text(words.strip()),))] * 3) for number in range(6)]
    for number, left, right, _ in columns(pdf.render(document(*body, language=language), Options())[0]):
        assert (595 - right > left) == bool(number % 2)


@pytest.mark.parametrize("theme", ["magazine", "book"])
def test_facing_pages_end_on_one_line_or_nearly(theme: str) -> None:
    apart = []
    for shift in range(4):
        body = [turn(number, paragraph(3 + (number + shift) % 5), paragraph(4, number)) for number in range(24)]
        content, notices = pdf.render(document(*body), Options(theme=theme))
        named = sum(each.code == "proof-feet-apart" for each in notices)
        feet = feet_of(content)
        here = [abs(one - two) for one, two in zip(feet[1:-1:2], feet[2:-1:2], strict=False)]
        assert sum(each > 1.4 * LINE for each in here) <= named
        apart += here
    assert sum(each < 0.3 * LINE for each in apart) > len(apart) / 2
    assert sum(each > 1.4 * LINE for each in apart) <= len(apart) / 8


def feet_of(content: bytes) -> list[float]:
    """How far down each page's text goes, in points from its foot."""
    feet = []
    with pypdfium2.PdfDocument(content) as file:
        for page in file:
            text = page.get_textpage()
            rects = [text.get_rect(each) for each in range(text.count_rects())]
            feet.append(min(each[1] for each in rects if each[1] > 70))  # above the folio
    return feet
