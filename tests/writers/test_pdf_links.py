"""Notes and links on paper: at the foot of their mark's page or at the end, each address once; codes for cameras."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import segno

import exporter
from exporter import Document, Options, UsageError
from exporter.model import (
    Answer,
    Article,
    Block,
    Cell,
    Crosshead,
    Embed,
    Figure,
    Image,
    Inline,
    Link,
    ListBlock,
    ListEntry,
    Metadata,
    Note,
    Paragraph,
    PullQuote,
    Question,
    ReadMore,
    Row,
    Sidebar,
    Table,
    Text,
    Turn,
)
from exporter.writers.pdf.display.qr import MODULE, code_of
from exporter.writers.xhtml.links import spoken

WORDS = (
    "The tide comes up the slip at four and the harbour master writes it down, as he has written it down every day "
    "since his father put the pencil away, and nobody has ever asked to see the book. "
)
ADDRESS = "https://www.example.org/book/"


def document(*body: Block) -> Document:
    metadata = Metadata(language="en", published="2024-11-05", source_url="https://example.org/harbour")
    return Document(Article(metadata, (Text("The harbour book"),), body=body))


def paragraph(*parts: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in parts))


def link(words: str, address: str = ADDRESS) -> Link:
    return Link((Text(words),), address)


def printed(whole: Document, **choices: Any) -> tuple[list[str], set[str], bytes]:
    """The text of each page, the codes of the notices, the file."""
    content, notices = exporter.render(whole, "pdf", Options(**choices))
    with pypdfium2.PdfDocument(content) as file:
        pages = [page.get_textpage().get_text_range() for page in file]
    return pages, {each.code for each in notices}, content


@pytest.mark.parametrize("links", ["footnotes", "none"])
def test_addresses_that_paper_does_not_give_are_counted(links: str) -> None:
    far, near = (f"https://www.example.org/{name}" for name in ("report", "book"))
    figure = Figure((Image(None, "The slip"),), (link("The slip", far), Text(" and "), link("the book", near)))
    whole = document(
        paragraph("See ", link("the book", near), "."), figure, PullQuote((link("Said", "https://said.example"),))
    )
    notices = exporter.render(whole, "pdf", Options(links=links))[1]
    found = [each.message for each in notices if each.code == "links-unprinted"]
    assert [each.partition(" links")[0] for each in found] == (["the addresses of 1"] if links == "footnotes" else [])


def test_a_note_of_a_headline_that_fills_its_page_stands_at_the_end() -> None:
    """The renderer breaks on one at the foot of that page."""
    note = Note((paragraph("As it was told. " * 20),))
    words = WORDS.partition(" since")[0] + ". "
    article = Article(Metadata(language="en"), (Text(words * 12), note, Text(words)), introduction=(paragraph("So."),))
    pages, said, _ = printed(Document(article), theme="plain", paper="a5", draft=True)
    assert "notes-collected" in said
    assert "As it was told." in pages[-1] or "As it was told." in pages[-2]


# ------------------------------------------------------------------------------------------------------ foot or end


@pytest.mark.parametrize("theme", ["magazine", "book", "plain"])
@pytest.mark.parametrize("links", ["footnotes", "endnotes"])
def test_notes_stand_in_the_order_of_their_marks_wherever_those_are(links: str, theme: str) -> None:
    """A caption is read before its table, a heading before its box; and a note is set as notes are, wherever its mark is."""

    def marked(words: str, number: int) -> tuple[Inline, ...]:
        return Text(words), Note((paragraph(f"Remark {number} ends."),))

    table = Table((Row((Cell((Paragraph(marked("Anna", 3)),)),)),), marked("Ships", 2))
    terms = ListBlock((ListEntry((Paragraph(marked("a rope", 7)),), marked("Bitter end", 6)),))
    box = Sidebar((Paragraph(marked("Born 1961", 5)),), marked("Jonas", 4))
    body: list[Block] = [
        Paragraph(marked(WORDS, 1)),
        table,
        box,
        terms,
        Crosshead(marked("The reef", 8)),
        paragraph(WORDS),
    ]
    pages, _, _ = printed(document(*body), links=links, theme=theme, draft=True)
    found = re.findall(r"(\d+)\W*\s*Remark (\d) ends", " ".join(pages))
    assert found == [(str(number), str(number)) for number in range(1, 9)]


def test_a_paragraph_of_a_hundred_links_is_printed() -> None:
    links = (link(f"place {number}", f"https://example.org/many/{number}") for number in range(100))
    parts = [part for each in links for part in (" word and ", each)]
    body = [paragraph(WORDS * 9), paragraph(*parts, ". "), paragraph(WORDS * 9)]
    pages, said, _ = printed(document(*body), theme="book", draft=True)
    marks = [place for place, page in enumerate(pages) for _ in re.findall(r"place\s+\d", page)]
    notes = [place for place, page in enumerate(pages) for _ in re.findall(r"example\.org/many/\d", page)]
    assert len(marks) == len(notes) == 100
    assert "notes-collected" in said or notes == marks


@pytest.mark.parametrize("sentences", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("paper", ["a4", "6x9in"])
def test_every_note_stands_on_the_page_of_its_mark_or_all_stand_at_the_end(sentences: int, paper: str) -> None:
    body = [paragraph(WORDS * sentences, Note((paragraph(f"Note {number} ends."),))) for number in range(1, 25)]
    pages, said, _ = printed(document(*body), paper=paper)
    notes = {number: place for place, page in enumerate(pages) for number in re.findall(r"Note (\d+) ends", page)}
    marks = {number: place for place, page in enumerate(pages) for number in re.findall(r"book\.\s*(\d+)", page)}
    assert list(notes) == sorted(notes, key=int)
    assert set(notes) == set(marks) == {str(number) for number in range(1, 25)}
    if "notes-collected" in said:
        assert min(notes.values()) >= max(marks.values())
    else:
        assert notes == marks
    assert "proof-note-astray" not in said


def test_addresses_stand_at_the_foot_in_one_numbering_with_the_author_s_notes() -> None:
    body = paragraph(
        "See ", link("the book"), " and ", Note((paragraph("A pencil."),)), link("the slip", "https://example.org/a")
    )
    page = printed(document(body))[0][0]
    assert re.search(r"the book\s*1\s+and\s*2\s*the slip\s*3", page)
    assert re.search(r"1\s+example\.org/book\s+2\s+A pencil\.\s+3\s+example\.org/a", page)


def test_addresses_stand_at_the_end_when_asked() -> None:
    body = [paragraph(WORDS * 4, link("the book")), *[paragraph(WORDS * 4)] * 8]
    pages = printed(document(*body), links="endnotes")[0]
    assert "example.org/book" not in pages[0]
    assert re.search(r"Notes\s+1\s+example\.org/book", pages[-1])


def test_nothing_stands_where_nothing_is_wanted() -> None:
    assert "example.org/book" not in "".join(printed(document(paragraph(link("the book"))), links="none")[0])


def test_each_address_is_printed_once_and_none_that_can_be_read() -> None:
    body = (
        paragraph(link("the book"), " and ", link("again the book")),
        paragraph(link("example.org/shown", "https://example.org/shown")),
        PullQuote((Text("It is "), link("pulled", "https://example.org/pulled"))),
        ReadMore((link("more", "https://example.org/more"),)),
        Embed("https://example.org/film", "A film", "Films"),
        paragraph(
            "A mark", link("[3]", "https://example.org/mark"), link("below", "https://example.org/harbour#note-3")
        ),
    )
    words = "".join(printed(document(*body))[0])
    assert "#note" not in words
    for address, times in (("book", 1), ("shown", 1), ("pulled", 0), ("more", 1), ("film", 1), ("mark", 0)):
        assert words.count(f"example.org/{address}") == times, address


def test_links_of_questions_keep_their_notes_too() -> None:
    turn = Turn(Question((paragraph("Who wrote ", link("the book"), "?"),)), (Answer((paragraph(WORDS),)),))
    page = printed(document(turn))[0][0]
    assert re.search(r"the book\s*1\s*\?", page)
    assert "example.org/book" in page


@pytest.mark.parametrize("theme", ["magazine", "book", "plain"])
def test_a_note_is_a_note_wherever_its_mark_stands(theme: str) -> None:
    """It has neither the colour nor the weight of the question that it belongs to."""
    question = Question((paragraph("Who wrote ", link("the book"), "?"),))
    answer = Answer((paragraph("A clerk of ", link("the harbour", "https://example.org/clerks/"), ". " + WORDS),))
    content = printed(document(Turn(question, (answer,))), theme=theme)[2]
    looks = set(looks_of("example.org/book", content)), set(looks_of("example.org/clerks", content))
    assert looks[0] == looks[1] != set()


def looks_of(words: str, content: bytes) -> Iterator[tuple[Any, ...]]:
    """Colour and font of the runs that say these words."""
    channels = [ctypes.c_uint() for _ in range(4)]
    with pypdfium2.PdfDocument(content) as file:
        for page in file:
            texts = page.get_textpage()
            for run in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8):
                if words in texts.get_text_bounded(*run.get_bounds()):
                    pdfium.FPDFPageObj_GetFillColor(run, *channels)
                    name = ctypes.create_string_buffer(99)
                    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(run), name, 99)
                    yield tuple(each.value for each in channels), name.value


@pytest.mark.parametrize("links", ["footnotes", "endnotes"])
def test_a_checker_finds_no_fault_in_notes_and_codes(links: str) -> None:
    page = pytest.importorskip("page", reason="PyPI page-validation is not installed")
    body = (paragraph(WORDS, link("the book"), Note((paragraph("A pencil."),))), ReadMore((link("more"),)))
    content = printed(document(*body), links=links, qr=True)[2]
    assert [each.message for each in page.validate_pdf_bytes(content, profile="ua1").failures] == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://www.example.org/", "example.org"),
        ("http://example.org/a/b/", "example.org/a/b"),
        ("mailto:a@example.org", "a@example.org"),
        ("https://example.org/gr%C3%BC%C3%9Fe", "example.org/grüße"),
        ("https://example.org/a%20b", "example.org/a%20b"),
        ("https://example.org/find?q=tide&page=2", "example.org/find?q=tide&page=2"),
        (f"https://example.org/film.mp4?signature={'a1' * 60}", "example.org/film.mp4?…"),
    ],
)
def test_an_address_is_printed_as_people_type_it(address: str, words: str) -> None:
    assert spoken(address) == words


def test_another_place_for_links_is_refused() -> None:
    with pytest.raises(UsageError, match="not written as 'sidenotes'"):
        printed(document(paragraph(WORDS)), links="sidenotes")


# ---------------------------------------------------------------------------------------------------------------- codes


def test_a_code_is_black_on_white_within_its_quiet_zone() -> None:
    drawn = code_of(ADDRESS)
    assert drawn is not None
    modules = len(segno.make_qr(ADDRESS, error="m", boost_error=False).matrix)
    size = f"{(modules + 8) * MODULE:g}"
    assert re.search(rf'width="{size}\d*mm" height="{size}\d*mm"'.encode(), drawn)
    assert set(re.findall(rb"#[0-9a-f]{3}", drawn)) == {b"#fff", b"#000"}
    assert code_of("x" * 5000) is None


def test_codes_stand_beside_read_mores_and_in_the_colophon_and_say_what_they_are() -> None:
    whole = document(ReadMore((link("more"),)), paragraph(WORDS, link("the slip", "https://example.org/a")))
    assert list(alternatives(printed(whole)[2])) == []
    assert list(alternatives(printed(whole, qr=True)[2])) == [
        "QR code: example.org/book",
        "QR code: example.org/harbour",
    ]


def test_an_address_too_long_for_a_code_has_none() -> None:
    whole = document(ReadMore((link("more", "https://example.org/" + "a" * 4000),)))
    assert list(alternatives(printed(whole, qr=True)[2])) == ["QR code: example.org/harbour"]


def alternatives(content: bytes) -> Iterator[str]:
    """The words of the file's pictures for those who do not see them."""
    with pikepdf.open(io.BytesIO(content)) as file:
        for each in file.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure":
                yield str(each.Alt)
