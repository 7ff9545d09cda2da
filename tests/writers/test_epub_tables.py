"""Tables, verse and program text of an e-book on a small screen: nothing leaves it, whatever the engine knows of CSS."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from exporter.model import (
    Answer,
    Article,
    Block,
    Cell,
    Document,
    ListBlock,
    ListEntry,
    Metadata,
    Note,
    Paragraph,
    Preformatted,
    Question,
    Row,
    Table,
    Text,
    Turn,
    Verse,
)
from exporter.writers import epub
from exporter.writers.options import Options

MUTOOL = shutil.which("mutool")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
XHTML = "{http://www.w3.org/1999/xhtml}"


def cell(words: str, columns: int = 1, rows: int = 1, header: bool = False) -> Cell:
    return Cell((Paragraph((Text(words),)),), header=header, columns=columns, rows=rows)


def row(*words: str, header: bool = False) -> Row:
    return Row(tuple(cell(each, header=header) for each in words))


def yearly() -> Table:
    years = (row(f"19{year}", *(str(year * 10 + month) for month in range(12))) for year in range(90, 93))
    return Table((row("Year", *MONTHS, header=True), *years), caption=(Text("Ships by month"),))


def document(*blocks: Block) -> Document:
    turn = Turn(Question((Paragraph((Text("Can you show it?"),)),)), (Answer(blocks),))
    return Document(Article(Metadata(language="en"), (Text("The harbour"),), body=(turn,)))


def text_of(*blocks: Block, options: Options | None = None) -> str:
    shelf = zipfile.ZipFile(io.BytesIO(epub.render(document(*blocks), options or Options())[0]))
    return shelf.read("EPUB/text-1.xhtml").decode()


def tables(*blocks: Block) -> list[Element]:
    return list(fromstring(text_of(*blocks)).iter(f"{XHTML}table"))  # noqa: S314 - our own text


def said(table: Element) -> list[list[str]]:
    return [["".join(each.itertext()) for each in line] for line in table.iter(f"{XHTML}tr")]


def test_a_table_with_room_stays_as_it_is() -> None:
    (found,) = tables(Table((row("Port", "Depth", header=True), row("Ansel", "11.4 m"))))
    assert found.get("class") is None


def test_a_table_a_little_too_wide_is_set_smaller() -> None:
    wide = Table((row(*(f"Column{at}" for at in range(5)), header=True), row(*"12345")))
    (found,) = tables(wide)
    assert found.get("class") == "small"


def test_a_wide_table_comes_in_parts_that_begin_with_the_first_column() -> None:
    parts = [said(each) for each in tables(yearly())]
    assert len(parts) == 2
    assert [part[0][0] for part in parts] == ["Year"] * 2
    assert [month for part in parts for month in part[0][1:]] == list(MONTHS)
    assert [number for part in parts for number in part[2][1:]] == [str(910 + month) for month in range(12)]
    assert max(map(len, (part[0] for part in parts))) - min(map(len, (part[0] for part in parts))) <= 2


def test_the_caption_is_printed_once_and_names_every_part() -> None:
    first, *others = tables(yearly())
    assert "".join(next(first.iter(f"{XHTML}caption")).itertext()) == "Ships by month"
    assert [each.get("aria-label") for each in others] == ["Ships by month"] * len(others)
    assert not [caption for each in others for caption in each.iter(f"{XHTML}caption")]


def test_cells_over_several_columns_and_rows_are_shared_out() -> None:
    head = Row(
        (cell("Berth", rows=2, header=True), cell("In summer", 6, header=True), cell("In winter", 6, header=True))
    )
    months = Row(tuple(cell(f"{month}ember", header=True) for month in MONTHS))
    parts = tables(Table((head, months, row("East", *(str(at) for at in range(12))))))
    spans = [[int(each.get("colspan", "1")) for each in next(part.iter(f"{XHTML}tr"))] for part in parts]
    assert sum(sum(line[1:]) for line in spans) == 12
    for part, line in zip(parts, spans, strict=True):
        assert len(said(part)[1]) == sum(line) - 1
        assert len(said(part)[2]) == sum(line)
    assert [each for part in parts for each in said(part)[1]] == [f"{month}ember" for month in MONTHS]


def test_a_note_in_what_would_stand_twice_keeps_the_table_whole() -> None:
    noted = Cell((Paragraph((Text("1990"), Note((Paragraph((Text("A quiet year."),)),)))),))
    table = yearly()
    (found,) = tables(Table((table.rows[0], Row((noted, *table.rows[1].cells[1:])))))
    assert found.get("class") == "small"


def test_lines_of_verse_and_of_program_text_are_blocks() -> None:
    verse = Verse(((Text("Bring her in,"),), (Text("slow as bread"),)))
    text = text_of(verse, Preformatted("def tide():\n\n    return 2"))
    assert '<div class="verse"><p class="line">Bring her in,</p><p class="line">slow as bread</p></div>' in text
    code = re.search(r"<pre>.*</pre>", text, re.DOTALL)
    assert code
    assert "".join(fromstring(code[0]).itertext()) == "def tide():\n\n    return 2\n"  # noqa: S314 - our own text
    assert code[0].count('class="line"') == 3


@pytest.mark.skipif(MUTOOL is None, reason="mutool (MuPDF) is not installed")
@pytest.mark.parametrize(("style", "mark"), [("A", "A."), ("i", "i.")])
def test_lists_in_letters_are_so_where_attributes_are_not_read(style: str, mark: str, tmp_path: Path) -> None:
    listed = ListBlock((ListEntry((Paragraph((Text("barley"),)),)),), ordered=True, style=style)  # type: ignore[arg-type]
    file = tmp_path / "list.epub"
    file.write_bytes(epub.render(document(listed), Options(cover="none"))[0])
    shown = subprocess.run([str(MUTOOL), "draw", "-q", "-F", "text", str(file)], capture_output=True, check=True)
    assert f"{mark} barley" in shown.stdout.decode()


@pytest.mark.parametrize("kepub", [False, True])
def test_a_book_with_a_parted_table_is_whole(kepub: bool) -> None:
    text = text_of(yearly(), options=Options(kepub=kepub))
    assert all(month in text for month in MONTHS)
