"""Words of both directions stand in one line as a browser has them, however many boxes they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
import pytest

from exporter.model import Article, Document, Inline, Metadata, Paragraph, Strong, Text
from exporter.writers import pdf
from exporter.writers.options import Options

LANGUAGES = {"ltr": "en", "rtl": "he"}

LINES = {
    "a bold word among others from right to left": ("ltr", "Said אחת *שתים* סוף so.", "Said ףוס םיתש תחא so."),
    "marks between two of them": ("ltr", "Of *מלחמה, *שלום (1968) yes.", "Of )1968( םולש ,המחלמ yes."),
    "numbers in them": ("ltr", "And *אבג 25* דה *וז*, so.", "And זו הד 25 גבא, so."),
    "brackets around one": ("ltr", "Saw (*שלום*) too.", "Saw (םולש) too."),
    "a bold word among others from left to right": (
        "rtl",
        "אמר John *Smith* junior ואז.",
        ".זאו John Smith junior רמא",
    ),
    "two in a row at the beginning": ("rtl", "*Deep* *blue* sea הוא.", ".אוה Deep blue sea"),
    "a name that ends in marks": ("rtl", "ספר *C++* *now* כאן.", ".ןאכ C++ now רפס"),
}


def from_left_to_right(page: pypdfium2.PdfPage) -> Iterator[str]:
    """The letters of each line as they stand on the page, without its spaces."""
    text = page.get_textpage()
    lines: dict[int, list[tuple[float, str]]] = {}
    for run in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=8):
        lines.setdefault(round(run.get_matrix().f), [])
    for place in range(text.count_chars()):
        letter = text.get_text_range(place, 1)
        left, bottom, _, top = text.get_charbox(place)
        distances = {abs(line - bottom - (top - bottom) * 0.2): line for line in lines}
        lines[distances[min(distances)]].append((left, letter))
    yield from (bare("".join(letter for _, letter in sorted(line))) for line in lines.values())


def bare(line: str) -> str:
    """A line without spaces, and without brackets, which the engine turns round or not."""
    return re.sub(r"[\s()]", "", line)


def inlines(line: str) -> Iterator[Inline]:
    """The words of a line, those between stars in bold."""
    for place, words in enumerate(line.split("*")):
        if words:
            yield Strong((Text(words),)) if place % 2 else Text(words)


@pytest.mark.parametrize("case", LINES)
def test_words_stand_as_a_browser_has_them(case: str) -> None:
    direction, line, shown = LINES[case]
    article = Article(Metadata(language=LANGUAGES[direction]), (Text("1"),), body=(Paragraph(tuple(inlines(line))),))
    content, _ = pdf.render(Document(article), Options(theme="plain", draft=True))
    with pypdfium2.PdfDocument(content) as file:
        lines = list(from_left_to_right(file[0]))
    assert bare(shown) in lines
