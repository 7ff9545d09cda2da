"""Small marks at the ends of lines hang out of the column, letters do not; no line is reckoned too long for it."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest

from exporter.model import Article, Document, Metadata, Paragraph, Text
from exporter.writers import pdf
from exporter.writers.options import Options

WORDS = (
    "The harbour was quiet that year, and nobody asked what the quiet was for. In the winter of 1994, the ferry stopped; we "
    "walked across on the ice with the post, the bread, the salt. There was money, certainly, but it went round the town, "
    "like weather, and never settled anywhere in particular. "
)


def lines_of(theme: str, headline: str, words: str) -> list[tuple[float, float, str]]:
    """Left and right edge in points, and the letters, of each line of the first page."""
    article = Article(Metadata(language="en"), (Text(headline),), body=(Paragraph((Text(words),)),))
    content, notices = pdf.render(Document(article), Options(theme=theme, paper="a5"))
    assert not notices
    with pypdfium2.PdfDocument(content) as file:
        return list(edges_of(file[0].get_textpage()))


def edges_of(page: pypdfium2.PdfTextPage) -> Iterator[tuple[float, float, str]]:
    text = page.get_text_range()
    start = 0
    for line in text.splitlines(keepends=True):
        boxes = [page.get_charbox(start + place, loose=True) for place, letter in enumerate(line) if letter.strip()]
        start += len(line)
        yield min(box[0] for box in boxes), max(box[2] for box in boxes), line.strip()


def test_points_and_hyphens_hang_out_of_a_justified_column() -> None:
    lines = lines_of("book", "The harbour book", WORDS * 4)
    begin = next(place for place, (_, _, text) in enumerate(lines) if text.startswith("The harbour was"))
    column = [line for line in lines[begin:] if len(line[2]) > 40][:-1]
    letters = [right for _, right, text in column if text[-1].isalpha()]
    marks = [right for _, right, text in column if text[-1] in ".,-"]
    assert letters
    assert marks
    assert max(letters) - min(letters) < 0.3
    assert min(marks) > max(letters) + 0.8


@pytest.mark.parametrize("theme", ["magazine", "plain"])
def test_a_quotation_mark_hangs_before_a_headline_and_a_paragraph(theme: str) -> None:
    lines = lines_of(theme, "“Nobody asked what the quiet was for, so I never told anybody at all", f"“{WORDS * 3}")
    for first in ("“Nobody", "“The harbour"):
        place = next(place for place, (_, _, text) in enumerate(lines) if text.startswith(first))
        assert lines[place][0] < lines[place + 1][0] - 1
    assert lines_of(theme, "Nobody asked", WORDS * 3)
