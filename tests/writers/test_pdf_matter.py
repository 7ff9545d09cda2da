"""Tables, program text and verse on paper."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2
import pytest

from exporter import Options, render, themes
from exporter.model import Article, Block, Cell, Document, Metadata, Paragraph, Preformatted, Row, Table, Text, Verse
from exporter.writers import pdf

LONG = "    return 2.4 * cosine(2 * pi * hour / 12.42) + 0.7 * cosine(2 * pi * moon / 29.53)  # metres above the datum"
CODE = f"def tide(hour, moon):\n{LONG}\n\nprint(tide(1, 2))"


def article(*body: Block) -> Document:
    return Document(Article(Metadata(language="en"), (Text("A"),), body=body))


def words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def table(*rows: str) -> Table:
    heads, *others = rows

    def row(text: str, header: bool = False) -> Row:
        return Row(tuple(Cell((words(cell),), header=header) for cell in text.split("|")))

    return Table((row(heads, True), *map(row, others)))


def numeric_columns(node: Table) -> set[int]:
    page = render(article(node), "html", Options(verbatim=True))[0].decode()
    rows = [re.findall(r"<t[dh][^>]*>", row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)]
    found = [{place for place, cell in enumerate(row) if "number" in cell} for row in rows]
    assert all(each == found[0] for each in found)
    return found[0]


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (("Port|Depth|Ships", "Ansel|11.4 m|1,200", "Skerrow|7 m|–"), {1, 2}),
        (("Year|Sum|Share", "1994|€ 1.200,50|12 %", "1995|-3|(4 %)"), {0, 1, 2}),
        (("Who|When", "Ann|3 March 1994", "Bo|about 12"), set()),
        (("Nothing|But", "–|–", "?|-"), set()),
        (("Phone|A", "1st|x", "2nd|3 or 4"), set()),
    ],
)
def test_columns_of_numbers_are_told(rows: tuple[str, ...], columns: set[int]) -> None:
    assert numeric_columns(table(*rows)) == columns


def lines_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as file:
        return "\n".join(page.get_textpage().get_text_range() for page in file).splitlines()


@pytest.mark.parametrize("theme", themes.theme_names())
def test_program_text_is_set_in_letters_of_one_width(theme: str) -> None:
    content, notices = pdf.render(article(Preformatted("iiii\nMMMM")), Options(theme=theme, draft=True))
    assert not notices
    with pypdfium2.PdfDocument(content) as file:
        page = file[0].get_textpage()
        place = page.get_text_range().index("iiii")
        found = page.get_text_range()
        starts = [
            page.get_charbox(found.index(letters) + at, loose=True)[0] for letters in ("iiii", "MMMM") for at in (0, 3)
        ]
    assert place
    assert abs((starts[1] - starts[0]) - (starts[3] - starts[2])) < 0.01


def test_a_line_of_a_program_that_goes_on_is_marked_and_its_text_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.draw import text

    shown, draw = [], text.draw_first_line

    def drawn(stream: Any, textbox: Any, *arguments: Any) -> Any:
        shown.append(textbox.pango_layout.text)
        return draw(stream, textbox, *arguments)

    monkeypatch.setattr(text, "draw_first_line", drawn)
    content, _ = pdf.render(article(Preformatted(CODE)), Options(theme="magazine", draft=True))
    found = "".join(lines_of(content))
    assert [line for line in shown if line.endswith("¬")]
    assert "¬" not in found
    assert re.sub(r"\s", "", CODE) in re.sub(r"\s", "", found)


def test_verse_and_what_goes_on_after_it_are_flush() -> None:
    verse = Verse(tuple((Text(line),) for line in ("Bring her in, slow as bread,", "past the reef.")))
    content, _ = pdf.render(article(words("Before it."), verse, words("After it.")), Options(theme="plain", draft=True))
    with pypdfium2.PdfDocument(content) as file:
        page = file[0].get_textpage()
        found = page.get_text_range()
        bring, past, before, after = (
            page.get_charbox(found.index(each), loose=True)[0] for each in ("Bring", "past", "Before", "After")
        )
    assert abs(bring - past) < 0.1
    assert abs(before - after) < 0.1
