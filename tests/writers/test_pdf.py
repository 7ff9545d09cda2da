"""The PDF: every word in order for eyes, ears and search, from memory only, the same bytes everywhere."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from msgspec.structs import replace

import exporter
from exporter import themes
from exporter.errors import ThemeError
from exporter.language import date_in, locale_of
from exporter.model import (
    Answer,
    Article,
    Asset,
    Block,
    Cell,
    Document,
    Emphasis,
    Figure,
    Image,
    Link,
    ListBlock,
    ListEntry,
    Metadata,
    Paragraph,
    Question,
    Row,
    Ruby,
    Table,
    Text,
    Turn,
    codec,
)
from exporter.model.walk import plain
from exporter.notices import Notice
from exporter.typography import hyphenation
from exporter.writers import pdf
from exporter.writers.options import Options
from exporter.writers.pdf.display.headline import fit_of
from exporter.writers.pdf.display.initial import initial_of
from exporter.writers.pdf.weasyprint.render import fetcher_class
from exporter.writers.xhtml import blocks as html
from exporter.writers.xhtml.context import FormulaDrawing

DOCUMENTS = Path(__file__).parent.parent / "documents"
WORDS = (
    "The tide comes up the slip at four and the harbour master writes it down, as he has written it down every day "
    "since his father put the pencil away, and nobody has ever asked to see the book. "
)


def text(words: str) -> tuple[Text, ...]:
    return (Text(words),)


def paragraph(words: str = WORDS) -> Paragraph:
    return Paragraph(text(words.strip()))


def document(*body: Block, language: str = "en", **parts: Any) -> Document:
    metadata = Metadata(language=language, published="2024-11-05")
    return Document(replace(Article(metadata, text("The harbour book"), body=body), **parts))


def rendered(whole: Document, **choices: Any) -> bytes:
    return pdf.render(whole, Options(**choices))[0]


def said_of(whole: Document, **choices: Any) -> tuple[Notice, ...]:
    return pdf.render(whole, Options(**choices))[1]


def pages_of(content: bytes) -> list[str]:
    """The text of each page in the order in which it is painted."""
    with pypdfium2.PdfDocument(content) as file:
        return [page.get_textpage().get_text_range() for page in file]


def letters(words: str) -> str:
    return re.sub(r"\W", "", words)


@pytest.fixture(scope="module")
def sink(kitchen_sink: Document) -> bytes:
    return rendered(kitchen_sink)


# -------------------------------------------------------------------------------------------------- what is read, in order


def reading(article: Article) -> str:
    """The letters of the article as print has them: no notes, whose words stand at the foot, and no running heads.

    A formula is a picture with its words, and the numbers of lists that are not counted plainly are drawn as they are written.
    """
    context = html.context_of(article, lambda image: image.asset, formula_source=lambda _: FormulaDrawing("", ""))
    parts = (html.opening(article, context), html.introduction(article, context), html.blocks(article.body, context))
    words = "".join(re.sub(r'<a href="#n-.*?</a>', "", part) for part in parts)
    words = re.sub(r'<img class="formula"[^>]* alt="([^"]*)"[^>]*>', r"\1", words)
    words = re.sub(r'(<li[^>]* data-number="(\w+)"[^>]*>)', r"\1\2", words)
    return letters(re.sub(r"<[^>]+>", "", words).replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&"))


def tagged(content: bytes) -> str:
    """The text of the tag tree, in the order of the tree: what a screen reader says."""
    with pikepdf.open(io.BytesIO(content)) as file, pypdfium2.PdfDocument(content) as shown:
        pages = {page.objgen: number for number, page in enumerate(file.pages)}
        pieces = [_marked(page) for page in shown]
        return "".join(
            mark if isinstance(mark, str) else pieces[pages[page]].get(mark, "")
            for page, mark in _marks(file.Root.StructTreeRoot.K, None)
            if page
        )


def _marks(kids: Any, page: Any) -> Iterator[tuple[Any, int | str]]:
    """(page, number of marked content) of every leaf below; of a formula its words, which stand for it (ISO 14289-1, 7.7)."""
    if isinstance(kids, pikepdf.Array):
        for each in kids:
            yield from _marks(each, page)
    elif isinstance(kids, pikepdf.Dictionary) and kids.get("/S") == "/Formula":
        yield kids.Pg.objgen, str(kids.Alt)
    elif isinstance(kids, pikepdf.Dictionary):
        here = kids.Pg.objgen if "/Pg" in kids else page
        yield from _marks(kids.get("/K", pikepdf.Array()), here)
    else:
        yield page, int(kids)


def painted(content: bytes) -> list[str]:
    """What is painted on each page, run by run in the order of painting."""
    with pypdfium2.PdfDocument(content) as shown:
        return ["".join(_marked(page).values()) for page in shown]


def _marked(page: Any) -> dict[int, str]:
    """Number of marked content → its text, on one page."""
    found: dict[int, str] = {}
    words = page.get_textpage()
    for each in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8):
        mark = pdfium.FPDFPageObj_GetMarkedContentID(each.raw)
        found[mark] = found.get(mark, "") + text_of(each, words)
    return found


def text_of(run: Any, words: Any) -> str:
    """The letters of one painted run."""
    length = pdfium.FPDFTextObj_GetText(run.raw, words.raw, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (length // 2))()
    pdfium.FPDFTextObj_GetText(run.raw, words.raw, buffer, length)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def without_colophon(words: str) -> str:
    return words[: words.rindex("Firstpublished")]


def test_the_tag_tree_reads_as_the_document_does(kitchen_sink: Document) -> None:
    # Without its introduction, in which a note goes to the foot and Arabic words are painted from the right.
    article = replace(kitchen_sink.article, introduction=())
    found = without_colophon(letters(tagged(rendered(replace(kitchen_sink, article=article), links="none"))))
    assert re.sub(r"\d", "", found) == re.sub(r"\d", "", reading(article))  # the lists' numbers are drawn, not written


def test_a_reading_is_a_part_of_its_ruby_and_is_painted_after_its_base() -> None:
    ruby = Ruby(text("Kane"), text("bell"))
    content = rendered(document(Paragraph((Text("They call it "), ruby, Text(" on the quay.")))))
    assert "theycallitkanebellonthequay" in letters("".join(painted(content))).lower()
    with pikepdf.open(io.BytesIO(content)) as file:
        kinds = {
            each.objgen: str(each.S) for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each
        }
        parts = [
            (kinds[each.P.objgen], str(each.S)) for each in file.objects if kinds.get(each.objgen) in {"/RB", "/RT"}
        ]
    assert sorted(parts) == [("/Ruby", "/RB"), ("/Ruby", "/RT")]


@pytest.mark.parametrize("theme", ["magazine", "book", "plain"])
def test_letters_that_no_font_has_are_found_and_pass_for_screen_readers(theme: str) -> None:
    checker = pytest.importorskip("page", reason="PyPI page-validation is not installed")
    unknown = "\ue0f1\ue0f2\ue0f2 \ue0f2\ue0f3"  # private letters: whatever is installed, their font is not
    content, said = pdf.render(document(paragraph(f"The stone reads {unknown} to this day.")), Options(theme=theme))
    assert "glyphs-missing" in {each.code for each in said}
    assert not checker.validate_pdf_bytes(content, profile="ua1").failures
    assert f"reads {unknown} to" in pages_of(content)[0]


def test_justified_lines_end_together_though_letters_are_kerned_with_spaces() -> None:
    words = "We go from Vienna to York, then by way of Tours and of Warsaw to Ypres and to Vigo and on. " * 7
    content = rendered(document(Turn(None, (Answer((paragraph(words),)),))), theme="book")
    with pypdfium2.PdfDocument(content) as file:
        runs = [
            (each.get_bounds()[2], text_of(each, page.get_textpage()))
            for page in file
            for each in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8)
        ]
    ends = [right for right, words in runs if len(words) > 50]
    assert len(ends) > 6
    assert max(ends) - min(ends) < 1.6  # a comma hangs out


def test_the_text_is_painted_in_the_order_it_is_read() -> None:
    turns = [
        Turn(
            Question((paragraph(f"Question number {number}, is it not?"),)),
            (
                Answer(
                    (paragraph(), Figure((Image(None, f"A picture {number}"),), text(f"Caption {number}")), paragraph())
                ),
            ),
        )
        for number in range(4)
    ]
    whole = document(*turns, deck=text("What the tide said."), byline=text("By Nobody"))
    found = letters("".join(re.sub(r"^\d+\r?\n.*\r?\n", "", page) for page in pages_of(rendered(whole))))
    place = 0
    for number in range(4):
        for words in (f"Question number {number}", WORDS, f"A picture {number}", f"Caption {number}", WORDS):
            place = found.index(letters(words), place) + len(letters(words))


def test_the_initial_stays_with_its_word() -> None:
    whole = document(paragraph(), introduction=(paragraph("Gulls " + WORDS * 2),))
    content = rendered(whole)
    assert "GullsThetide" in letters(pages_of(content)[0])
    assert "GullsThetide" in letters(tagged(content))


@pytest.mark.parametrize("language", ["en", "tlh"])
def test_a_place_to_divide_a_word_tears_no_initial_off(language: str) -> None:
    divided = WORDS.replace("harbour", "har\u00adbour") * 2
    content = rendered(document(paragraph(), introduction=(paragraph(f"Gulls {divided}"),), language=language))
    first = next(line for line in pages_of(content)[0].splitlines() if line.startswith("Gulls"))
    assert len(first) > 30


@pytest.mark.parametrize(
    ("words", "tucked"), [("Avocets", True), ("Lapwings", True), ("Terns", False), ("Herons", False)]
)
def test_the_first_line_stands_close_to_an_initial_that_stands_back(words: str, tucked: bool) -> None:
    initial = initial_of(document(paragraph(f"{words} {WORDS * 2}")).article, themes.load("magazine"))
    assert initial
    assert (float(initial.variables["initial-tuck"]) > 0.05) is tucked


@pytest.mark.parametrize(
    ("words", "lines"), [("Gulls", 3), ("Jackdaws", 4), ("Queues", 4), ("Éiders", 3), ("“Gulls”", 3), ("1996", None)]
)
@pytest.mark.parametrize("place", ["introduction", "body"])
def test_no_line_runs_into_the_tail_of_an_initial(words: str, lines: int | None, place: str) -> None:
    blocks = {"body": (), place: (paragraph(f"{words} {WORDS * 2}"),)}
    article = replace(document().article, **blocks)
    for name in ("magazine", "book"):
        initial = initial_of(article, themes.load(name))
        assert (initial and float(initial.variables["initial-lines"])) == lines


def test_an_article_that_is_no_interview_has_an_initial_too() -> None:
    content = rendered(document(paragraph("Gulls " + WORDS * 2), paragraph()))
    starts = [line[:4] for line in pages_of(content)[0].splitlines() if line.startswith("Gull")]
    assert starts == ["Gull"]
    with pypdfium2.PdfDocument(content) as file:
        shades = file[0].render(scale=1).to_pil().convert("RGB").getcolors(1 << 20)
    assert (0x9E, 0x2A, 0x1F) in {colour for _, colour in shades or ()}


def test_the_end_mark_stands_beside_the_last_word() -> None:
    tide = WORDS.split()
    for count in range(26, 44):
        words = " ".join((tide * 2)[: count - 1])
        content = rendered(document(Turn(Question((paragraph("Why?"),)), (Answer((paragraph(f"{words} brine"),)),))))
        with pypdfium2.PdfDocument(content) as file:
            page = file[0]
            drawn = [each.get_bounds() for each in page.get_objects([pdfium.FPDF_PAGEOBJ_PATH], 8)]
            ((left, bottom, right, top),) = [each for each in drawn if 0 < each[2] - each[0] < 6 > each[3] - each[1]]
            said = page.get_textpage()
            box = said.get_charbox(said.get_text_range().index("brine") + 4)
        assert right - left == pytest.approx(top - bottom, abs=0.2)
        assert (box[1] - 1 < bottom < top < box[3] + 3, 0 < left - box[2] < 12) == (True, True)


def test_no_line_begins_with_the_dash_of_an_aside() -> None:
    words = "The harbour—it has always been one—keeps “a book”—and nobody reads it. "
    for shift in range(12):
        found = "\n".join(pages_of(rendered(document(paragraph("tide " * shift + words * 8)))))
        assert not any(line.startswith("—") for line in found.splitlines())


def test_words_divided_at_a_hyphen_of_their_own_stay_whole() -> None:
    words = "The well-kept, salt-stained, twice-copied, never-opened harbour-book. " * 12
    found = re.sub(r"\u2060\s*", "", "".join(pages_of(rendered(document(paragraph(words))))))
    assert found.count("salt-stained") == 12
    assert found.count("never-opened") == 12


def test_a_letter_drawn_with_two_glyphs_loses_no_other_its_meaning() -> None:
    turn = Turn(Question((paragraph("الكريم لبس لثوبه"),)), (Answer((paragraph("نعم"),)),))
    found = "".join(pages_of(rendered(document(turn, language="ar"))))
    assert "لبس" in found
    assert "لثوبه" in found


# ------------------------------------------------------------------------------------------------------ tags and bookmarks


def test_bookmarks_name_the_headline_and_every_question(kitchen_sink: Document, sink: bytes) -> None:
    def titles(items: Any) -> Iterator[str]:
        for item in items:
            yield str(item.title)
            yield from titles(item.children)

    with pikepdf.open(io.BytesIO(sink)) as file, file.open_outline() as outline:
        found = [letters(title) for title in titles(outline.root)]
    expected = [letters(each.text) for each in html.outline(kitchen_sink.article)]
    assert found[0] == letters(plain(kitchen_sink.article.headline))
    assert len(found) == 1 + len(expected)
    assert all(title.endswith(words) for title, words in zip(found[1:], expected, strict=True))


def test_bookmarks_hold_no_marks_that_are_for_lines() -> None:
    asked = paragraph("Was the Saudi-Iran talk in Al-Basra, so near to Um-Qasr, of any use?")
    question = Question((asked,))
    whole = document(Turn(question, (Answer((paragraph(),)),)), headline=text("Half-seas over, well-kept secrets"))
    with pikepdf.open(io.BytesIO(rendered(whole))) as file, file.open_outline() as outline:
        top = outline.root[0]
        found = str(top.title), str(top.children[0].title)
    assert found == ("Half-seas over, well-kept secrets", plain(asked.children))


def test_it_says_what_it_is(kitchen_sink: Document, sink: bytes) -> None:
    with pikepdf.open(io.BytesIO(sink)) as file:
        assert str(file.Root.Lang) == "en"
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        meta = file.open_metadata()
        assert meta["dc:title"] == plain(kitchen_sink.article.headline)
        assert meta["pdfuaid:part"] == "1"
        assert str(file.docinfo.Author) == "Mira Tolland"
        assert str(file.docinfo.Keywords) == "harbours, pilots"
        assert str(file.docinfo.CreationDate).startswith("D:20241105")
        assert str(file.docinfo.ModDate).startswith("D:20241106")


def test_the_moment_of_its_making_is_said_when_asked(kitchen_sink: Document) -> None:
    made = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    with pikepdf.open(io.BytesIO(rendered(kitchen_sink, made=made))) as file:
        assert str(file.docinfo.ModDate).startswith("D:20250102030405")


def elements(content: bytes) -> Iterator[tuple[str, Any]]:
    """(kind of the parent, element) of the whole tag tree."""

    def below(parent: str, kids: Any) -> Iterator[tuple[str, Any]]:
        for each in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(each, pikepdf.Dictionary):
                yield parent, each
                yield from below(str(each.get("/S", "")), each.get("/K", pikepdf.Array()))

    with pikepdf.open(io.BytesIO(content)) as file:
        yield from below("", file.Root.StructTreeRoot.K)


def test_every_picture_is_described(sink: bytes) -> None:
    described = [str(each.get("/Alt", "")) for _, each in elements(sink) if str(each.get("/S", "")) == "/Figure"]
    assert len(described) >= 2
    assert all(described)


def test_every_link_lies_in_its_tag() -> None:
    link = Link((Text("the "), Emphasis(text("old")), Text(" book")), "https://example.org/")
    content = rendered(document(Paragraph((*text(WORDS), link))))
    parents = [parent for parent, each in elements(content) if str(each.get("/Type", "")) == "/OBJR"]
    assert parents
    assert set(parents) == {"/Link"}


def test_a_list_holds_labels_and_bodies_only() -> None:
    inner = ListBlock((ListEntry((paragraph("inner"),)),), ordered=True)
    whole = document(
        ListBlock((ListEntry((paragraph("one"), paragraph("two"), inner)), ListEntry((paragraph("three"),))))
    )
    kinds = {str(each.get("/S", "")) for parent, each in elements(rendered(whole)) if parent == "/LI"}
    assert kinds <= {"/Lbl", "/LBody"}
    assert kinds


@pytest.mark.parametrize("name", ["kitchen-sink", "ebook-arabic", "ebook-keeper"])
def test_a_checker_of_the_standard_finds_no_fault(name: str) -> None:
    page = pytest.importorskip("page", reason="PyPI page-validation is not installed")
    whole = codec.decode((DOCUMENTS / f"{name}.json").read_bytes())
    report = page.validate_pdf_bytes(rendered(whole), profile="ua1")
    assert [each.message for each in report.failures] == []


# ------------------------------------------------------------------------------------------------------- fonts and pictures


def test_all_fonts_are_the_theme_s_and_embedded(sink: bytes) -> None:
    names = set()
    with pikepdf.open(io.BytesIO(sink)) as file:
        for each in file.objects:
            if isinstance(each, pikepdf.Dictionary) and str(each.get("/Type", "")) == "/FontDescriptor":
                names.add(str(each.FontName))
                assert "/FontFile3" in each or "/FontFile2" in each
    assert names
    assert all("Magazine-Source" in name or "Exporter-" in name for name in names)


@pytest.mark.parametrize("separator", ["\u0085", "\u2028", "\u2029"])
def test_a_separator_of_plain_text_is_a_space(separator: str) -> None:
    words = "The tide keeper writes down the hour. " * 3
    whole = document(paragraph(f"{words}a{separator}b {words}"))
    assert "a b" in " ".join(pages_of(rendered(whole))[0].split())
    assert said_of(whole) == ()


def test_characters_without_a_glyph_are_told() -> None:
    notices = said_of(document(paragraph("\U0010fffd and \U0010fffc")))
    assert [each.code for each in notices] == ["glyphs-missing"]
    assert "2 of the characters" in notices[0].message


def with_photo(photo: Callable[..., bytes], width: int, height: int, **parts: Any) -> tuple[Figure, Asset]:
    content = photo(width, height)
    asset = Asset("photo", "image/jpeg", content, "", "", width, height, hashlib.sha256(content).hexdigest())
    return Figure((Image("photo", "A slip", width, height),), **parts), asset


def placed(content: bytes) -> list[tuple[int, float, float, float, float]]:
    """(page, left, bottom, right, top) of each picture, in points."""
    with pypdfium2.PdfDocument(content) as file:
        return [
            (number, *each.get_bounds())
            for number, page in enumerate(file)
            for each in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8)
        ]


def test_a_lead_with_dots_enough_bleeds_off_three_edges(photo: Callable[..., bytes]) -> None:
    figure, asset = with_photo(photo, 1600, 1067)
    whole = replace(document(paragraph(), lead=figure), assets=(asset,))
    ((page, left, _, right, top),) = placed(rendered(whole))
    assert (page, round(left), round(right), round(top)) == (0, 0, 595, 842)


@pytest.mark.parametrize(
    ("width", "height", "edge"), [(1500, 1500, "paper"), (1500, 1800, "paper"), (1300, 1950, "column")]
)
def test_an_upright_lead_stands_on_the_edge_of_the_text(
    width: int, height: int, edge: str, photo: Callable[..., bytes]
) -> None:
    figure, asset = with_photo(photo, width, height)
    whole = replace(document(paragraph(), paragraph(), lead=figure), assets=(asset,))
    content = rendered(whole)
    ((page, left, _, right, top),) = placed(content)
    with pypdfium2.PdfDocument(content) as file:
        texts = [each.get_bounds() for each in file[0].get_objects([pdfium.FPDF_PAGEOBJ_TEXT], 8)]
    assert (page, top > 841) == (0, True)
    assert left == pytest.approx(min(each[0] for each in texts), abs=3)
    assert (round(right) == 595) == (edge == "paper")


@pytest.mark.parametrize("sentences", [1, 3, 6, 12, 30])
@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_the_lead_stays_with_the_headline_however_long_the_deck(
    sentences: int, paper: str, photo: Callable[..., bytes]
) -> None:
    figure, asset = with_photo(photo, 1600, 1067, caption=text("The slip at four."))
    deck = text("The book has been kept for ninety years, and nobody has asked to see it. " * sentences)
    whole = replace(document(paragraph(), lead=figure, deck=deck, byline=text("By Nobody")), assets=(asset,))
    content = rendered(whole, paper=paper)
    pages = pages_of(content)
    ((page, _, bottom, _, _),) = placed(content)
    assert "By Nobody" in pages[page] or "By Nobody" in pages[page - 1]
    assert bottom > 0
    if sentences < 12:
        assert page == 0
        assert "By Nobody" in pages[0]


@pytest.mark.parametrize("theme", themes.theme_names())
def test_no_picture_of_a_gallery_is_stretched(theme: str, photo: Callable[..., bytes]) -> None:
    figure, asset = with_photo(photo, 400, 1200)
    whole = replace(document(Figure(figure.images * 2)), assets=(asset,))
    boxes = placed(rendered(whole, theme=theme))
    assert [round((top - bottom) / (right - left), 1) for _, left, bottom, right, top in boxes] == [3.0, 3.0]


def test_a_small_picture_is_printed_small(photo: Callable[..., bytes]) -> None:
    figure, asset = with_photo(photo, 300, 200)
    whole = replace(document(figure), assets=(asset,))
    ((_, left, _, right, _),) = placed(rendered(whole))
    assert round((right - left) / 72 * 150) == 300


def test_a_picture_that_gives_up_the_margin_takes_the_column(photo: Callable[..., bytes]) -> None:
    figure, asset = with_photo(photo, 2000, 1300)
    widths = set()
    for paragraphs in range(6, 14):
        body = [paragraph() for _ in range(paragraphs)]
        whole = replace(document(*body, figure, *body), assets=(asset,))
        ((_, left, _, right, _),) = placed(rendered(whole, draft=True))
        widths.add(round(right - left))
    wide, column = round(0.7905 * 595), 332
    assert max(widths) == pytest.approx(wide, abs=10)
    assert not [each for each in widths if column + 1 < each < max(widths)]
    assert column in widths


@pytest.mark.parametrize("paragraphs", range(8, 17))
def test_no_picture_leaves_half_a_page_empty(paragraphs: int, photo: Callable[..., bytes]) -> None:
    figure, asset = with_photo(photo, 1200, 800, caption=text("The slip."))
    body = [paragraph(WORDS * 2) for _ in range(paragraphs)]
    whole = replace(document(*body, figure, *body), assets=(asset,))
    content = rendered(whole)
    ((page, _, bottom, _, top),) = placed(content)
    assert bottom > 50
    with pypdfium2.PdfDocument(content) as file:
        if page:
            lowest = min(each.get_bounds()[1] for each in file[page - 1].get_objects([pdfium.FPDF_PAGEOBJ_TEXT], 8))
            assert lowest < 842 * 0.4
    assert top - bottom > 140


@pytest.mark.parametrize("paragraphs", range(7, 15))
def test_a_question_keeps_two_lines_of_its_answer(paragraphs: int) -> None:
    turn = Turn(Question((paragraph("And who reads the book?"),)), (Answer((paragraph(),)),))
    pages = pages_of(rendered(document(*([paragraph(WORDS * 2)] * paragraphs), turn)))
    page = next(each for each in pages if "who reads the book?" in each)
    answer = page.split("who reads the book?")[1].strip().splitlines()
    assert len([line for line in answer if line.strip()]) >= 2


# ------------------------------------------------------------------------------------------------------ pages and headlines


@pytest.mark.parametrize("paper", [each.name for each in themes.PAPERS] + ["200x260mm"])
def test_every_paper_has_its_size(paper: str, kitchen_sink: Document) -> None:
    size = themes.paper_named(paper)
    with pikepdf.open(io.BytesIO(rendered(kitchen_sink, paper=paper))) as file:
        _, _, width, height = (float(edge) for edge in file.pages[0].MediaBox)
    assert width == pytest.approx(size.width / 25.4 * 72, abs=0.01)
    assert height == pytest.approx(size.height / 25.4 * 72, abs=0.01)


def test_running_heads_begin_after_the_opening_page() -> None:
    first, second, *_ = pages_of(rendered(document(*[paragraph(WORDS * 4)] * 8)))
    assert first.count("The harbour book") == 1
    assert "The harbour book" in second
    assert re.search(r"\b2\s+The harbour book", second)


def test_the_colophon_tells_where_and_when() -> None:
    metadata = Metadata(
        language="de", publication="Die Mole", published="2024-11-05", source_url="https://example.org/gr%C3%BC%C3%9Fe"
    )
    last = pages_of(
        rendered(replace(document(paragraph()), article=Article(metadata, text("Buch"), body=(paragraph(),))))
    )[-1]
    assert "Die Mole" in last
    assert date_in(locale_of("de"), "2024-11-05") in last
    assert "https://example.org/grüße" in last


@pytest.mark.parametrize(
    "words",
    [
        "What the Lampist Knows About the Dark",
        "On why he returned to the harbour of his youth",
        "A headline that goes on for rather longer than any reader or any editor would like it to go on",
        "Die Hafenmeisterin von Nordenbüttel",
    ],
)
def test_no_line_of_a_headline_holds_one_word(words: str) -> None:
    content = rendered(document(paragraph(), headline=text(words)))
    lines = pages_of(content)[0].replace("\r", "").split("\n")
    taken: list[str] = []
    for line in lines:
        taken.append(line.strip())
        if letters("".join(taken)) == letters(words):
            break
    assert letters("".join(taken)) == letters(words)
    assert len(taken) == 1 or len(taken[-1].split()) > 1


def test_a_short_headline_is_set_larger_than_a_long_one() -> None:
    theme = themes.load("magazine")
    short, long = fit_of("The book", theme), fit_of("The book " * 12, theme)
    assert short
    assert long
    assert short.measure < long.measure


# ------------------------------------------------------------------------------------------------------------ same and safe


def test_the_same_document_gives_the_same_bytes(kitchen_sink: Document, sink: bytes) -> None:
    rendered(document(paragraph("Something else in between.")))
    assert rendered(kitchen_sink) == sink


def test_the_same_bytes_in_every_place(command: Callable[..., Any], kitchen_sink: Document, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.pdf"
    source = DOCUMENTS / "kitchen-sink.json"
    done = command("pdf", source, "-o", target, TZ="Pacific/Auckland", PYTHONHASHSEED="7", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert target.read_bytes() == exporter.render(kitchen_sink, "pdf")[0]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://example.org/",
        "https://example.org/",
        "ftp://example.org/",
        "data:text/css,a",
        "asset:/x",
    ],
)
def test_nothing_is_fetched_but_fonts_and_pictures(address: str) -> None:
    shelf = fetcher_class()(themes.load("magazine"), {"asset:/y": b"y"})
    assert shelf.fetch("asset:/y").read() == b"y"
    with pytest.raises(ValueError, match="refused"):
        shelf.fetch(address)


def test_a_theme_that_reaches_out_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "spy"
    shutil.copytree(Path(str(themes.load("magazine").folder)), folder)
    sheet = folder / "print.css"
    sheet.write_text(sheet.read_text("utf-8") + "body { background: url(file:///etc/hostname) }", "utf-8")
    with pytest.raises(ThemeError, match="refers to 'file:///etc/hostname', which is not read"):
        pdf.render(document(paragraph()), Options(theme=str(folder)))


def test_text_reaches_neither_markup_nor_style(kitchen_sink: Document) -> None:
    hostile = '</style></title><link rel="attachment" href="file:///etc/passwd">} @import "http://example.org/"; {'
    metadata = replace(kitchen_sink.article.metadata, publication=hostile, section=hostile, rights=hostile)
    article = replace(kitchen_sink.article, metadata=metadata, headline=text(hostile), deck=text(hostile))
    content, notices = pdf.render(replace(kitchen_sink, article=article), Options())
    assert not [each for each in notices if not each.code.startswith("proof-")]
    with pikepdf.open(io.BytesIO(content)) as file:
        assert not file.attachments
        assert file.open_metadata()["dc:title"] == hostile


@pytest.mark.parametrize("paper", ["a4", "a5"])
@pytest.mark.parametrize("theme", themes.theme_names())
def test_no_table_runs_off_the_paper(theme: str, paper: str) -> None:
    row = Row(tuple(Cell((paragraph("2024/11/05\u00a018:40"),)) for _ in range(10)))
    content = rendered(document(Table((row, row))), theme=theme, paper=paper)
    with pypdfium2.PdfDocument(content) as file:
        rights = [each.get_bounds()[2] for each in file[0].get_objects([pdfium.FPDF_PAGEOBJ_TEXT], 8)]
        assert max(rights) < file[0].get_width() - 20


def test_a_word_without_end_breaks() -> None:
    content = rendered(document(paragraph("x" * 5000)))
    assert letters("".join(pages_of(content))).count("x") >= 5000


@pytest.mark.parametrize("language", ["en_GB", "de_DE", "fr", "ru_RU", "uk_UA"])
def test_hyphens_are_those_of_the_dictionary(language: str) -> None:
    import pyphen

    path = pyphen.LANGUAGES[pyphen.language_fallback(language)]
    full, lazy = pyphen.HyphDict(path), hyphenation.patterns_of(path)
    assert lazy is not None
    assert [key for key, pattern in full.patterns.items() if lazy.get(key) != pattern] == []
