"""A magazine's number: a book of many in a theme that makes it one, read back from its file."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import page as page_validation
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from msgspec.structs import replace

from exporter import cli, themes
from exporter.covers.design import design_of, shaped
from exporter.model import Article, Document, Metadata, Paragraph, PullQuote, Text, codec
from exporter.model.book import Book, BookMetadata, Part
from exporter.themes import NumberDesign
from exporter.writers.pdf.number import teaser
from exporter.writers.xhtml.matter import cover_lines

TESTS = Path(__file__).resolve().parent
SOURCES = [
    TESTS / "documents" / "interview-greek.json",
    TESTS.parent / "source" / "the-last-lampist",
    *(TESTS / "documents" / f"interview-{language}.json" for language in ("mixed", "hebrew")),
]
PLAN = """title = "The Coast"
publication = "Leeward"
language = "en"
articles = ["{0}", "{1}"]
[[part]]
heading = "Elsewhere"
articles = ["{2}", "{3}"]
"""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("number")
    (folder / "book.toml").write_text(PLAN.format(*SOURCES), "utf-8")
    target = folder / "coast.pdf"
    assert cli.run(["bind", str(folder / "book.toml"), "-o", str(target), "--theme", "magazine", "--draft", "-q"]) == 0
    return target.read_bytes()


@pytest.fixture(scope="module")
def texts(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as file:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in file]


def starts(content: bytes) -> list[int]:
    """The pages from 1 on which articles begin, as the bookmarks have them."""
    with pypdfium2.PdfDocument(content) as file:
        marks = [mark for mark in file.get_toc() if mark.level == 0]
        own = {"Contents", "People", "Sources", "תוכן העניינים", "אנשים", "מקורות"}
        return [mark.get_dest().get_index() + 1 for mark in marks if mark.get_title() not in own]


@pytest.mark.parametrize("first", ["greek", "hebrew"])
def test_a_number_on_small_paper_has_pictures_in_its_contents_too(tmp_path: Path, first: str) -> None:
    source = TESTS / "documents" / f"interview-{first}.json"
    target = tmp_path / "coast.pdf"
    assert (
        cli.run(["bind", str(source), "-o", str(target), "--theme", "magazine", "--paper", "a5", "--draft", "-q"]) == 0
    )
    with pypdfium2.PdfDocument(target.read_bytes()) as file:
        page = file[2]
        shown = [each.get_bounds() for each in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8)]
        assert shown
        assert all((left + right < page.get_width()) == (first == "greek") for left, _, right, _ in shown)


def test_no_page_of_a_number_is_empty(content: bytes, texts: list[str]) -> None:
    assert all(texts[1:])  # the cover is a picture
    assert texts[2].endswith("3") or texts[2].startswith(("Contents", "Leeward"))


def test_articles_open_on_pages_that_others_face_or_behind_an_article_s_end(content: bytes, texts: list[str]) -> None:
    found = starts(content)
    assert len(found) == len(SOURCES)
    assert found[0] == 4
    announced = [page for page in found if re.search(rf"\b{page}$", texts[page - 2])]
    assert all(page % 2 == 0 for page in announced)
    assert sum(page % 2 == 0 for page in found) >= len(found) - 1


def test_an_opening_has_the_folio_that_the_contents_name(content: bytes, texts: list[str]) -> None:
    for page in starts(content):
        assert str(page) in texts[page - 1].split()
        assert str(page) in texts[2].split()


def test_contents_show_the_lead_photos_and_name_the_department(content: bytes, texts: list[str]) -> None:
    assert "Elsewhere" in texts[2]
    with pypdfium2.PdfDocument(content) as file:
        page = file[2]
        shown = [each.get_bounds() for each in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8)]
        assert shown
        assert all(0 < left < right < page.get_width() for left, _, right, _ in shown)


def test_articles_stand_under_their_department_in_pages_of_the_number(texts: list[str]) -> None:
    assert sum("The Coast" in text for text in texts[4:]) > 3
    assert not any(text == "Elsewhere" for text in texts), "a department has no page of its own"


def test_a_number_is_tagged_as_the_standard_for_screen_readers_wants(content: bytes) -> None:
    assert [each.message for each in page_validation.validate_pdf_bytes(content, profile="ua1").failures] == []


def article(headline: str, *body: PullQuote, deck: str = "") -> Article:
    words = (Text(deck),) if deck else ()
    return Article(Metadata(language="en"), (Text(headline),), deck=words, body=body)


def test_the_cover_calls_out_short_headlines_in_their_order() -> None:
    articles = (article("Ebb"), article("Why " + "very " * 20), article("Flood"), article("Slack"), article("Swell"))
    book = Book(BookMetadata("The Coast"), (Part(articles),))
    assert cover_lines(book, NumberDesign(3)) == {"line-1": "Ebb", "line-2": "Flood", "line-3": "Slack"}


def test_a_page_before_an_article_says_its_first_short_quote_or_its_deck_or_is_not_there() -> None:
    quotes = PullQuote((Text("long " * 60),)), PullQuote((Text("The sea gives back what it takes."),))
    assert "The sea gives back" in teaser(article("Ebb", *quotes, deck="A deck"), "7")
    assert "A deck" in teaser(article("Ebb", quotes[0], deck="A deck"), "7")
    assert teaser(article("Ebb"), "7") == ""


def test_a_deck_that_is_longer_than_a_page_is_no_page_before_its_article(tmp_path: Path) -> None:
    long = replace(article("Ebb", deck="The water went out and did not come back. " * 40), body=paragraphs(1))
    for number, talk in enumerate((replace(article("Flood", deck="A deck."), body=paragraphs(30)), long)):
        (tmp_path / f"{number}.json").write_bytes(codec.encode(Document(talk)))
    target = tmp_path / "coast.pdf"
    sources = [str(tmp_path / "0.json"), str(tmp_path / "1.json")]
    assert cli.run(["bind", *sources, "-o", str(target), "--theme", "magazine", "--draft", "-q"]) == 0
    flood, ebb = starts(target.read_bytes())
    with pypdfium2.PdfDocument(target.read_bytes()) as file:
        between = [file[number].get_textpage().get_text_range() for number in range(flood, ebb - 1)]
    assert not any("did not come back" in text for text in between)


@pytest.mark.parametrize(
    ("book", "talk", "deck"),
    [
        ("en", "he", "הים מחזיר את מה שלקח, אבל לא תמיד לאותו אדם ולא תמיד באותו חוף."),
        ("he", "en", "The sea gives back what it takes, though not always to whom it took it from."),
    ],
)
def test_a_page_before_an_article_that_runs_the_other_way_keeps_its_words_on_the_paper(
    tmp_path: Path, book: str, talk: str, deck: str
) -> None:
    ebb = replace(article("Ebb", deck=deck), metadata=Metadata(language=talk), body=paragraphs(1))
    for number, each in enumerate((replace(article("Flood"), body=paragraphs(1)), ebb)):
        (tmp_path / f"{number}.json").write_bytes(codec.encode(Document(each)))
    plan = f'title = "T"\nlanguage = "{book}"\narticles = ["0.json", "1.json"]'
    (tmp_path / "book.toml").write_text(plan, "utf-8")
    target = tmp_path / "coast.pdf"
    assert (
        cli.run(["bind", str(tmp_path / "book.toml"), "-o", str(target), "--theme", "magazine", "--draft", "-q"]) == 0
    )
    with pypdfium2.PdfDocument(target.read_bytes()) as file:
        page = file[starts(target.read_bytes())[-1] - 2]
        text = page.get_textpage()
        assert "Ebb" in text.get_text_range()
        boxes = [text.get_charbox(number) for number in range(text.count_chars())]
        assert min(left for left, *_ in boxes) >= 10
        assert max(right for _, _, right, _ in boxes) <= page.get_width() - 10


def paragraphs(count: int) -> tuple[Paragraph, ...]:
    return (Paragraph((Text("The tide tables hung by the door of the chandler's shop. " * 12),)),) * count


def test_the_cover_of_an_e_book_in_such_a_theme_calls_out_articles_too(tmp_path: Path) -> None:
    target = tmp_path / "coast.epub"
    assert cli.run(["bind", *map(str, SOURCES), "-o", str(target), "--theme", "magazine", "-q", "--title", "T"]) == 0
    cover = zipfile.ZipFile(target).read("EPUB/cover.xhtml").decode("utf-8")
    assert "What the Lampist Knows About the Dark" in cover


@pytest.mark.parametrize("theme", themes.theme_names())
@pytest.mark.parametrize("aspect", [210 / 297, 6 / 9])
def test_a_cover_on_paper_has_the_paper_s_shape_and_keeps_its_edges(theme: str, aspect: float) -> None:
    whole = design_of(themes.load(theme))
    design = shaped(whole, aspect)
    assert design.width / design.height == pytest.approx(aspect, rel=0.001)
    for before, after in ((whole.with_photo, design.with_photo), (whole.without_photo, design.without_photo)):
        assert whole.height - before.text[1] == design.height - after.text[1]
        assert after.text[0] < after.text[1]
