"""Who speaks: names where they tell people apart, silence where they do not, in print and in the e-book."""

from __future__ import annotations

import io
import re
import zipfile

import pypdfium2
import pytest

from exporter.model import Answer, Article, Document, Metadata, Paragraph, Question, Text, Turn
from exporter.writers import epub, pdf
from exporter.writers.options import Options
from exporter.writers.xhtml.blocks import blocks, cast
from exporter.writers.xhtml.context import context_of

OPENING = "The tide comes up the slip at four."
AALTO = "Prof. Dr. Ingeborg Aalto"


def talk(*turns: tuple[str | None, str], language: str = "en") -> Document:
    """Turns of (who asks, "who answers | who answers"), each with some words."""
    body = []
    for asks, answers in turns:
        question = Question((Paragraph((Text("What does it keep?"),)),), asks)
        spoken = tuple(
            Answer((Paragraph((Text("Everything, for a while."),)),), each or None) for each in answers.split("|")
        )
        body.append(Turn(question, spoken))
    introduction = (Paragraph((Text(OPENING),)),)
    article = Article(Metadata(language=language), (Text("The harbour"),), introduction=introduction, body=tuple(body))
    return Document(article)


def names(document: Document) -> list[str]:
    """The names before questions and answers, in order."""
    setting = context_of(document.article, lambda image: image.asset)
    written = blocks(document.article.body, setting)
    return re.findall(r'<b class="speaker">([^<]*)<', written)


def test_one_who_asks_and_one_who_answers_are_named_once() -> None:
    assert names(talk(("Q", "A"), ("Q", "A"), ("Q", "A"))) == ["Q", "A"]


def test_two_who_answer_are_named_each_time_and_who_asks_alone_once() -> None:
    found = names(
        talk(("Mira Tolland", "Ole Weber"), ("Mira Tolland", "Ida Moss"), ("Mira Tolland", "Ole Weber|Ida Moss"))
    )
    assert found == ["Mira Tolland", "Ole Weber", "Ida Moss", "Weber", "Moss"]


def test_two_who_ask_are_named_each_time_and_who_answers_alone_once() -> None:
    found = names(talk(("Ole Weber", "Ida Moss"), ("Jan Falk", "Ida Moss"), ("Ole Weber", "Ida Moss")))
    assert found == ["Ole Weber", "Ida Moss", "Jan Falk", "Weber"]


def test_questions_without_labels_leave_the_answers_theirs() -> None:
    assert names(talk((None, "Weber"), (None, "Moss"), (None, "Weber|Moss"))) == ["Weber", "Moss", "Weber", "Moss"]


@pytest.mark.parametrize(
    ("language", "first", "second", "then"),
    [
        ("en", "Anna Brekke", "Paul Brekke", ["Anna", "Paul"]),
        ("en", AALTO, "Ali", ["Aalto", "Ali"]),
        ("nl", "Ruth van der Meer", "Piet Bos", ["Van der Meer", "Bos"]),
        ("en", "Sam Reed Jr.", "Ada Moss, mayor", ["Reed", "Moss"]),
        ("en", "The Harbour Review", "Audience Member", ["The Harbour Review", "Audience Member"]),
        ("es", "Luz García Pardo", "María José Peña", ["García Pardo", "Peña"]),
        ("hu", "Kovács Anna", "Nagy Péter", ["Kovács", "Nagy"]),
        ("vi", "Nguyễn Văn Minh", "Trần Lan", ["Minh", "Lan"]),
        ("ja", "佐々田 太郎", "山田 花子", ["佐々田", "山田"]),
        ("ru", "Иван Петрович Сидоров", "Вера Мох", ["Сидоров", "Мох"]),
    ],
)
def test_after_the_first_time_a_name_is_as_short_as_tells_people_apart(
    language: str, first: str, second: str, then: list[str]
) -> None:
    assert names(talk((None, f"{first}|{second}"), (None, f"{first}|{second}"), language=language)) == [
        first,
        second,
        *then,
    ]


def test_a_page_s_own_short_label_is_the_same_person_s() -> None:
    found = names(talk((None, "Ole Weber|Ida Moss"), (None, "OW|Moss"), (None, "Ole Weber|Ida Moss")))
    assert found == ["Ole Weber", "Ida Moss", "OW", "Moss", "OW", "Moss"]


ROUND = talk(
    ("Mira Tolland", f"Ole Weber|{AALTO}"),
    ("Mira Tolland", f"Ida Moss|{AALTO}"),
    ("Mira Tolland", f"Ida Moss|Ole Weber|{AALTO}"),
)


def printed_text(document: Document) -> str:
    content = pdf.render(document, Options(draft=True, paper="a5"))[0]  # wider paper names them in its margin
    with pypdfium2.PdfDocument(content) as file:
        return "\n".join(page.get_textpage().get_text_range() for page in file)


def ebook_text(document: Document) -> str:
    content = epub.render(document, Options())[0]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        chapter = next(name for name in book.namelist() if name.endswith("text-1.xhtml"))
        return re.sub(r"<[^>]+>", "", book.read(chapter).decode("utf-8"))


@pytest.mark.parametrize("medium", [printed_text, ebook_text])
def test_a_round_table_opens_with_its_cast_and_has_titles_there_only(medium: object) -> None:
    words = medium(ROUND)  # type: ignore[operator]
    assert [words.count(each) for each in (AALTO, "Ole Weber", "Ida Moss", "Mira Tolland")] == [1, 1, 1, 1]
    assert [words.count(each) for each in ("Aalto:", "Weber:", "Moss:", "Tolland:")] == [3, 2, 2, 1]
    assert words.index(OPENING) < words.index("Ole Weber") < words.index("What does it keep?")


def test_two_people_need_no_cast() -> None:
    assert not cast(context_of(talk((None, "Ole Weber|Ida Moss")).article, lambda image: image.asset))
