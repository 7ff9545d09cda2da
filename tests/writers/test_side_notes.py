"""Notes in a margin that is free: each beside its mark, none over another; at the foot where the margin is not."""

from __future__ import annotations

from itertools import pairwise

import pypdfium2
import pytest

from exporter.model import (
    Answer,
    Article,
    Block,
    Cell,
    Document,
    Figure,
    Image,
    Metadata,
    Note,
    Paragraph,
    Question,
    Row,
    Table,
    Text,
    Turn,
)
from exporter.writers import pdf
from exporter.writers.options import Options

WORDS = "The tide comes up the slip at four and the harbour master writes it down as he has every day since the war. "


def paragraph(*parts: Text | Note) -> Paragraph:
    return Paragraph(parts)


def noted(number: int, words: str = "is kept in a tin.") -> Turn:
    note = Note((paragraph(Text(f"Remark{number} {words}")),))
    answer = paragraph(Text(f"Mark{number} {WORDS * 3}"), note, Text(WORDS * 2))
    return Turn(Question((paragraph(Text("What does it keep?")),)), (Answer((answer,)),))


def article(count: int, words: str = "is kept in a tin.", language: str = "en") -> Document:
    body = tuple(noted(number, words) for number in range(count))
    return Document(Article(Metadata(language=language), (Text("The harbour book"),), body=body))


def places(document: Document, **choices: str) -> dict[str, tuple[int, float, float, float]]:
    """(page, left, foot, head) in points of each word that begins a remark or a marked paragraph."""
    content, notices = pdf.render(document, Options(**choices))  # type: ignore[arg-type]
    assert not [each for each in notices if each.code == "proof-note-astray"]
    found: dict[str, tuple[int, float, float, float]] = {}
    with pypdfium2.PdfDocument(content) as file:
        for number, page in enumerate(file):
            text = page.get_textpage()
            for name in (f"{word}{each}" for word in ("Mark", "Remark") for each in range(20)):
                at = text.search(name, match_case=True, match_whole_word=True).get_next()
                if at:
                    left, foot, _, head = text.get_charbox(at[0])
                    found.setdefault(name, (number, left, foot, head))
    return found


def test_a_note_stands_in_the_outer_margin_beside_its_mark() -> None:
    found = places(article(12))
    beside = 0
    for number in range(12):
        (page, column, _, head), (other, left, _, top) = found[f"Mark{number}"], found[f"Remark{number}"]
        if page == other:
            assert 0 < head - top < 90  # a few lines below the paragraph's first
            assert left > column + 250 if page and page % 2 == 0 else left < column - 100
            beside += 1
    assert beside > 8


def test_none_lies_on_another_or_below_the_foot() -> None:
    found = places(
        article(14, "is kept in a tin beside the almanac, and nobody has ever asked to see it since the war.")
    )
    remarks = [found[f"Remark{number}"] for number in range(14)]
    for one, other in pairwise(remarks):
        assert one[0] < other[0] or other[3] < one[2] - 30  # three lines each
    assert min(foot for _, _, foot, _ in remarks) > 60


@pytest.mark.parametrize("choice", [{"paper": "a5"}, {"theme": "book"}, {"theme": "plain"}])
def test_on_narrow_paper_and_in_other_themes_they_stand_at_the_foot(choice: dict[str, str]) -> None:
    found = places(article(1), **choice)
    assert abs(found["Remark0"][1] - found["Mark0"][1]) < 25
    assert found["Remark0"][2] < 120


def test_long_ones_and_those_of_an_article_with_pictures_stand_at_the_foot() -> None:
    long = article(1, WORDS * 4)
    figure = Figure((Image(None, "A tower"),), (Text("The tower"),))
    pictured = Document(Article(Metadata(), (Text("The harbour book"),), body=(figure, noted(0))))
    for each in (long, pictured):
        found = places(each)
        assert abs(found["Remark0"][1] - found["Mark0"][1]) < 25


def test_a_short_table_stands_on_one_page() -> None:
    row = tuple(Cell((paragraph(Text(word)),)) for word in ("Port", "1931"))
    for count in range(30, 44):
        lines = tuple(paragraph(Text("The tide comes up the slip.")) for _ in range(count))
        body: tuple[Block, ...] = (
            *lines,
            Table(tuple(Row((*row[:1], Cell((paragraph(Text(f"row{each}")),)))) for each in range(5))),
        )
        content, _ = pdf.render(Document(Article(Metadata(), (Text("Ports"),), body=body)), Options(draft=True))
        with pypdfium2.PdfDocument(content) as file:
            pages = ["row0" in page.get_textpage().get_text_range() for page in file]
            ends = ["row4" in page.get_textpage().get_text_range() for page in file]
        assert pages == ends
