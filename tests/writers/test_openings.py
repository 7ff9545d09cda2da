"""Openings: which one an article has, by its lead photo and its headline; the lead-in; names in a margin that is free."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from exporter import themes
from exporter.model import Answer, Article, Asset, Document, Figure, Image, Metadata, Paragraph, Question, Text, Turn
from exporter.model.walk import plain
from exporter.writers import pdf
from exporter.writers.options import Options
from exporter.writers.pdf.display.headline import poster_of
from exporter.writers.pdf.display.lead_in import with_lead_in

Photo = Callable[..., bytes]
WORDS = "The tide comes up the slip at four and the harbour master writes it down as he has every day since the war. "
LONG = (
    "Why the last harbour master of the western isles believes that the tide will outlive the ministry that measures it"
)


def talk(headline: str, *pairs: tuple[str | None, str | None], lead: Figure | None = None) -> Article:
    """An introduction, and an exchange for each (who asks, who answers)."""
    turns = [
        Turn(
            Question((Paragraph((Text("What does it keep?"),)),), asks),
            (Answer((Paragraph((Text(WORDS),)),), answers),),
        )
        for asks, answers in pairs or [(None, None)] * 3
    ]
    first = Paragraph((Text(WORDS * 3),))
    return Article(Metadata(language="en"), (Text(headline),), lead=lead, introduction=(first,), body=tuple(turns))


def led(photo: Photo, width: int, height: int, headline: str = "The harbour book") -> Document:
    content = photo(width, height)
    asset = Asset("lead", "image/jpeg", content, "", "", width, height, hashlib.sha256(content).hexdigest())
    lead = Figure((Image("lead", "A tower", width, height),), (Text("The tower"),))
    return Document(talk(headline, lead=lead), (asset,))


def first_page(document: Document, **choices: str) -> tuple[float, list[tuple[float, float, float, float]]]:
    """The size of the largest letters in points, and the edges of the pictures (left, bottom, right, top)."""
    content, notices = pdf.render(document, Options(**choices))  # type: ignore[arg-type]
    assert not [each for each in notices if each.code == "proof-opening-split"]
    with pypdfium2.PdfDocument(content) as file:
        page = file[0]
        text = page.get_textpage()
        sizes = [text.get_charbox(at, loose=True) for at in range(text.count_chars())]
        pictures = [each.get_bounds() for each in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8)]
    return max(top - bottom for _, bottom, _, top in sizes), pictures


def test_a_short_headline_without_a_photo_is_a_poster() -> None:
    poster = first_page(Document(talk("Ebb and flood")))[0]
    plain_one = first_page(Document(talk(LONG)))[0]
    assert poster > 1.8 * plain_one


@pytest.mark.parametrize(
    ("words", "fits"),
    [("Ebb", True), ("How it starts", True), ("Who says what?", False), (LONG, False), ("מים", False), ("", False)],
)
def test_a_poster_is_a_headline_of_two_large_lines(words: str, fits: bool) -> None:
    assert (poster_of(words, themes.load("magazine")) is not None) is fits
    assert poster_of(words, themes.load("book")) is None


def test_a_photo_across_an_upright_one_and_a_strip_open_in_ways_of_their_own(photo: Photo) -> None:
    width, height = 595, 842
    (across,) = first_page(led(photo, 2400, 1600))[1]
    (upright,) = first_page(led(photo, 1600, 2000))[1]
    (pillar,) = first_page(led(photo, 600, 2000))[1]
    assert across[0] < 1
    assert across[2] > width - 1
    assert upright[0] > 100
    assert upright[2] > width - 1
    assert pillar[0] < 1
    assert pillar[2] < 175
    assert pillar[1] < height / 2
    assert all(each[3] > height - 1 for each in (across, upright, pillar))


def test_a_strip_of_few_dots_or_on_narrow_paper_stands_in_the_column(photo: Photo) -> None:
    (coarse,) = first_page(led(photo, 240, 800))[1]
    (narrow,) = first_page(led(photo, 600, 2000), paper="6x9in")[1]
    assert coarse[0] > 100
    assert narrow[3] < 640


@pytest.mark.parametrize(
    ("words", "led_in"),
    [
        ("The workshop is a former herring shed", "The workshop"),
        ("In May, when the ice goes, we wait", "In May, when the ice goes,"),
        ("When Ada Quill came to the harbour", "When Ada Quill"),
        ("“Wait,” he says, and we wait", "“Wait,” he says,"),
        ("It is an odd harbour", "It is an odd"),
        ("Эта гавань пуста и тиха", ""),
        ("Ebb", ""),
    ],
)
def test_a_lead_in_ends_at_a_pause_and_parts_no_name(words: str, led_in: str) -> None:
    article = Article(Metadata(language="en"), (Text("The harbour"),), body=(Paragraph((Text(words),)),))
    (paragraph,) = with_lead_in(article).body
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.children) == words
    assert (plain(paragraph.children[:1]) if len(paragraph.children) > 1 else "") == led_in


@pytest.mark.parametrize("theme", ["magazine", "book"])
def test_the_words_of_a_lead_in_are_extracted_as_they_are_written(theme: str) -> None:
    content = pdf.render(Document(talk("The harbour book")), Options(theme=theme))[0]
    with pypdfium2.PdfDocument(content) as file:
        assert "The tide comes up the slip" in " ".join(file[0].get_textpage().get_text_range().split())


ROUND = [("Mira Tolland", "Ole Weber"), ("Mira Tolland", "Ida Moss")] * 9


def names_on(content: bytes, name: str) -> list[tuple[int, float]]:
    """(page, left edge) of each place where a name stands."""
    found = []
    with pypdfium2.PdfDocument(content) as file:
        for number, page in enumerate(file):
            text = page.get_textpage()
            search = text.search(name, match_case=True)
            while place := search.get_next():
                found.append((number, text.get_charbox(place[0])[0]))
    return found


def test_names_of_a_round_table_stand_in_the_outer_margin_and_are_read_before_the_words() -> None:
    content, notices = pdf.render(Document(talk("Two who know the tide", *ROUND)), Options())
    assert not [each for each in notices if each.code == "proof-margin-crowded"]
    assert not names_on(content, "Weber:")
    for number, left in [each for each in names_on(content, "Weber")[1:] if each[0]]:
        assert left < 60 if number % 2 else left > 400
    with pypdfium2.PdfDocument(content) as file:
        assert "Moss The tide comes" in " ".join(file[1].get_textpage().get_text_range().split())


def test_names_stay_in_the_column_where_the_margin_is_needed_or_absent(photo: Photo) -> None:
    content = photo(900, 600)
    asset = Asset("slip", "image/jpeg", content, "", "", 900, 600, hashlib.sha256(content).hexdigest())
    talked = talk("Two who know the tide", *ROUND)
    shown = Figure((Image("slip", "A slip", 900, 600),), (Text("The slip"),))
    pictured = Document(Article(talked.metadata, talked.headline, body=(*talked.body, shown)), (asset,))
    for document, paper in ((pictured, "a4"), (Document(talked), "a5")):
        content = pdf.render(document, Options(paper=paper, draft=True))[0]
        assert len(names_on(content, "Weber:")) == len(names_on(content, "Weber")) == 9
