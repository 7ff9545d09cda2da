"""The tag tree of a PDF, read back from the file: what a screen reader is told each thing is, in which order and language."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

import exporter
from exporter import Document, Options
from exporter.model import (
    Answer,
    Article,
    Block,
    Cell,
    Emphasis,
    Inline,
    Link,
    ListBlock,
    ListEntry,
    Metadata,
    Note,
    Paragraph,
    PullQuote,
    Question,
    Row,
    Span,
    Table,
    Text,
    Turn,
    codec,
)

DOCUMENTS = Path(__file__).parent.parent / "documents"
WORDS = (
    "The tide comes up the slip at four and the harbour master writes it down, as he has written it down every day "
    "since his father put the pencil away, and nobody has ever asked to see the book. "
)
ROWS = 90


class Tag(NamedTuple):
    """A tag of the tree, the path of kinds that leads to it, and how many pieces of content are directly in it."""

    kind: str
    path: tuple[str, ...]
    dictionary: Any
    content: int


def paragraph(*parts: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in parts))


def cell(words: str, header: bool = False) -> Cell:
    return Cell((paragraph(words),), header=header)


def document(*body: Block) -> Document:
    return Document(Article(Metadata(language="en", published="2024-11-05"), (Text("The harbour book"),), body=body))


@cache
def long_talk() -> bytes:
    """Pages of what is broken over pages: paragraphs, a list, a table, links, notes."""
    note, link = (
        Note((paragraph(WORDS),)),
        Link((Emphasis((Text("the book "),)), Text("itself")), "https://example.org/b"),
    )
    answers = tuple(paragraph(WORDS * 3, link, note, ". ", WORDS * 3) for _ in range(7))
    rows = tuple(Row((cell(f"Day {number}", header=True), cell(WORDS[: number % 60 + 5]))) for number in range(ROWS))
    table = Table((Row((cell("Day", header=True), cell("Swell", header=True))), *rows), (Text("The swell"),))
    entries = ListBlock(tuple(ListEntry((paragraph(WORDS * 2),)) for _ in range(12)), ordered=True)
    turn = Turn(Question((paragraph("And the book?"),)), (Answer((*answers, entries, table, *answers)),))
    return exporter.render(document(turn), "pdf", Options(draft=True))[0]


@cache
def sink() -> bytes:
    return exporter.render(codec.decode((DOCUMENTS / "kitchen-sink.json").read_bytes()), "pdf", Options())[0]


def tags(file: Any) -> list[Tag]:
    def below(tag: Any, path: tuple[str, ...]) -> Iterator[Tag]:
        kids = list(tag.K) if isinstance(tag.K, pikepdf.Array) else [tag.K]
        known = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        kind = str(tag.S)[1:]
        yield Tag(kind, path, tag, len(kids) - len(known))
        for kid in known:
            assert tag == kid.P
            yield from below(kid, (*path, kind))

    (top,) = file.Root.StructTreeRoot.K
    return list(below(top, ()))


def opened(content: bytes) -> Any:
    return pikepdf.open(io.BytesIO(content))


def kinds(content: bytes) -> list[str]:
    with opened(content) as file:
        return [each.kind for each in tags(file)]


@pytest.mark.parametrize("content", [sink, long_talk])
def test_pages_and_links_find_their_tags(content: Any) -> None:
    """The way back, from what is drawn to its tag (ISO 32000-1, 14.7.4.4), is the way there."""
    with opened(content()) as file:
        numbers = file.Root.StructTreeRoot.ParentTree.Nums
        owners = {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}
        counted = 0
        for _, _, tag, _ in tags(file):
            for kid in list(tag.K):
                if isinstance(kid, int) or kid.get("/Type") == "/MCR":
                    page, mark = (tag.Pg, kid) if isinstance(kid, int) else (kid.Pg, kid.MCID)
                    assert owners[int(page.StructParents)][int(mark)] == tag
                    counted += 1
                elif kid.get("/Type") == "/OBJR":
                    assert owners[int(kid.Obj.StructParent)] == tag
        assert counted == sum(each is not None for each in marks_of(owners, file))


def marks_of(owners: dict[int, Any], file: Any) -> Iterator[Any]:
    for page in file.pages:
        yield from owners[int(page.obj.StructParents)]


@pytest.mark.parametrize("content", [sink, long_talk])
def test_nothing_is_tagged_that_is_not_there(content: Any) -> None:
    with opened(content()) as file:
        empty = [each.kind for each in tags(file) if not list(each.dictionary.K)]
    assert set(empty) <= {"TD", "TH"}


def test_what_goes_over_pages_is_one_thing() -> None:
    found = kinds(long_talk())
    assert [found.count(kind) for kind in ("Art", "L", "LI", "Table", "THead", "TR")] == [1, 1, 12, 1, 1, ROWS + 1]
    with opened(long_talk()) as file:
        assert len(file.pages) > 5
        bare = [each for each in tags(file) if each.kind == "P" and each.path[-1] == "Div"]
        assert len(bare) == 14
        assert len({page.objgen for each in bare for page in pages_of(each.dictionary)}) > 2


def pages_of(tag: Any) -> Iterator[Any]:
    yield tag.Pg
    for kid in list(tag.K):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from pages_of(kid)


def test_cells_name_the_heads_that_are_read() -> None:
    with opened(long_talk()) as file:
        found = tags(file)
        heads = {str(each.dictionary.ID) for each in found if each.kind == "TH"}
        named = [[str(name) for name in each.dictionary.A.Headers] for each in found if each.kind == "TD"]
    assert len(heads) == ROWS + 2
    assert all(len(names) == 2 and set(names) <= heads for names in named)


def test_a_link_over_two_lines_is_one_link() -> None:
    content = exporter.render(
        document(
            *(paragraph(WORDS[:place], Link((Text(WORDS[:99]),), "https://example.org/"), ".") for place in (20, 70))
        ),
        "pdf",
        Options(links="none"),
    )[0]
    with opened(content) as file:
        links = [each for each in tags(file) if each.kind == "Link"]
        places = [sum(isinstance(kid, pikepdf.Dictionary) for kid in list(each.dictionary.K)) for each in links]
    assert places == [2, 2]


def test_a_note_is_read_where_its_mark_is() -> None:
    with opened(sink()) as file:
        found = [each for each in tags(file) if each.kind in {"P", "Reference", "Note"} and "Note" not in each.path]
        notes = [str(each.dictionary.ID) for each in found if each.kind == "Note"]
        marks = sum(each.kind == "Reference" for each in found)
        order = " ".join(each.kind for each in found)
    assert len(notes) == len(set(notes)) == marks == 4
    assert order.count("Reference Note") == 3  # two links of one line have their notes behind it
    assert order.count("Reference Reference Note Note") == 1


def test_notes_that_are_collected_are_notes_too() -> None:
    whole = document(paragraph(WORDS, Note((paragraph("So he says."),))))
    found = kinds(exporter.render(whole, "pdf", Options(links="endnotes"))[0])
    assert found.count("Reference") == found.count("Note") == 1


def test_entries_have_labels() -> None:
    term = ListEntry((paragraph("the rope that must not break"),), term=(Text("Bitter end"),))
    whole = document(ListBlock((ListEntry((paragraph("one"),)),)), ListBlock((term, term)))
    with opened(exporter.render(whole, "pdf", Options())[0]) as file:
        entries = [[str(kid.S)[1:] for kid in each.dictionary.K] for each in tags(file) if each.kind == "LI"]
    assert entries == [["Lbl", "LBody"]] * 3


def test_words_of_another_language_say_so() -> None:
    whole = document(
        paragraph("The sign reads ", Span((Text("مرحبا بالبحارة"),), "ar"), ", and ", Emphasis((Text("so"),)), ".")
    )
    with opened(exporter.render(whole, "pdf", Options())[0]) as file:
        spoken = [str(each.dictionary.Lang) for each in tags(file) if "/Lang" in each.dictionary]
    assert spoken == ["ar"]


def test_a_pull_quote_is_a_quotation() -> None:
    content = exporter.render(document(PullQuote((Text("Nobody asked."),)), paragraph(WORDS)), "pdf", Options())[0]
    assert kinds(content).count("BlockQuote") == 1


def test_pictures_say_where_they_stand_on_the_page() -> None:
    with opened(sink()) as file, pypdfium2.PdfDocument(sink()) as shown:
        said = [tuple(map(float, each.dictionary.A.BBox)) for each in tags(file) if each.kind == "Figure"]
        drawn = [each.get_bounds() for page in shown for each in page.get_objects([FPDF_PAGEOBJ_IMAGE])]
    assert len(said) == len(drawn) == 2
    assert all(
        abs(a - b) < 0.5 for box, other in zip(said, drawn, strict=True) for a, b in zip(box, other, strict=True)
    )


def test_running_heads_and_folios_say_where_they_stand() -> None:
    said = set()
    with opened(long_talk()) as file:
        for page in file.pages:
            for parts, operator in pikepdf.parse_content_stream(page):
                if (
                    str(operator) == "BDC"
                    and str(parts[0]) == "/Artifact"
                    and str(parts[1].get("/Type")) == "/Pagination"
                ):
                    said.add(str(parts[1].get("/Subtype")))
    assert said - {"None"} <= {"/Header", "/Footer"}
    assert "/Header" in said
