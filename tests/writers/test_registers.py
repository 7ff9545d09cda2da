"""The registers of an exchange: quick-fire run in, essays in text weight but for the sentence that asks; steady, by theme."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from exporter.model import (
    Answer,
    Article,
    Block,
    Document,
    Emphasis,
    Link,
    Metadata,
    Paragraph,
    Question,
    Strong,
    Text,
    Turn,
)
from exporter.themes import RegisterDesign
from exporter.writers import epub, pdf
from exporter.writers.options import Options
from exporter.writers.xhtml.blocks import blocks
from exporter.writers.xhtml.context import context_of
from exporter.writers.xhtml.numbering import outline

DESIGN = RegisterDesign()
LONG = (
    "The ferry stopped in the winter and the post was walked over the ice by two men who never spoke of it afterwards. "
)


def paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def turn(question: str | Sequence[Block], answer: str, *more: str) -> Turn:
    asked = (paragraph(question),) if isinstance(question, str) else tuple(question)
    return Turn(Question(asked), (Answer((paragraph(answer), *map(paragraph, more))),))


def article(*body: Block, language: str = "en") -> Article:
    return Article(Metadata(language=language), (Text("The harbour"),), body=body)


def classes(whole: Article, design: RegisterDesign = DESIGN) -> list[str]:
    """The register of each turn, ``""`` for most."""
    written = blocks(whole.body, context_of(whole, lambda image: image.asset, registers=design))
    return [found.strip() for found in re.findall(r'<section class="turn( ?[a-z]*)"', written)]


def quick(count: int) -> tuple[Turn, ...]:
    return tuple(turn("Tea or coffee?", "Tea.") for _ in range(count))


NORMAL = turn("What does the harbour keep in winter?", LONG + LONG)


def test_quick_exchanges_in_a_row_are_run_in_and_one_alone_is_not() -> None:
    assert classes(article(*quick(4), NORMAL, *quick(1), turn("Why?", LONG + LONG))) == ["quick"] * 4 + [""] * 3


def test_a_slightly_longer_exchange_does_not_interrupt_a_quick_run() -> None:
    longer = turn(
        "Who taught you?", "A man from the outer islands, who had it from his aunt, who asked the seals about it."
    )
    assert classes(article(*quick(2), longer, *quick(2))) == ["quick"] * 5


def test_an_answer_of_two_paragraphs_ends_a_quick_run() -> None:
    assert classes(article(*quick(2), turn("And then?", "Nothing.", "Nothing at all."), *quick(2))) == [""] * 5


def test_letters_twice_as_wide_count_twice() -> None:
    wide = "お茶とコーヒーとどちらがお好きですか、それとも何も飲まれませんか。"
    assert classes(article(*(turn(wide, "お茶。") for _ in range(4)), language="ja")) == [""] * 4


def heading_and_text(*question: Block, language: str = "en") -> tuple[str, str]:
    """What is set as a question, and what leads up to it."""
    whole = article(turn(question, "Yes."), language=language)
    written = blocks(whole.body, context_of(whole, lambda image: image.asset, registers=DESIGN))
    heading = re.search(r"<h\d[^>]*>(.*?)</h\d>", written)
    assert heading
    return heading[1], " / ".join(each.strip() for each in re.findall(r'<p class="preamble">(.*?)</p>', written))


@pytest.mark.parametrize(
    ("last", "language"),
    [
        ("Is that so?", "en"),
        ("Did Dr. J. Brekke know?", "en"),
        ("“What did Mr. Falk say on the 3rd?” she asked.", "en"),
        ("War es am 3. März schon so?", "de"),
        ("¿Y qué dijo la Sra. Peña?", "es"),
        ("Так ли это?", "ru"),
    ],
)
def test_of_an_essay_only_the_last_sentence_asks(last: str, language: str) -> None:
    assert heading_and_text(paragraph(LONG * 3 + last), language=language) == (last, (LONG * 3).strip())


def test_sentences_without_spaces_are_told_apart() -> None:
    lead = "冬になると船は止まり、郵便は氷の上を歩いて運ばれました。" * 6
    assert heading_and_text(paragraph(lead + "それは本当ですか。"), language="ja") == ("それは本当ですか。", lead)


def test_an_essay_of_several_paragraphs_keeps_them_and_its_emphasis() -> None:
    marked = Paragraph((Strong((Text("You said "), Emphasis((Text("ice. And"),)), Text(" then? Was it?"))),))
    heading, lead = heading_and_text(paragraph(LONG * 3), marked)
    assert (heading, lead) == ("Was it?", f"{(LONG * 3).strip()} / You said <em>ice. And</em> then?")


def test_a_link_is_not_cut_in_two() -> None:
    link = Link((Text("They said so. Is it true?"),), "https://example.org/")
    heading, lead = heading_and_text(paragraph(LONG * 3), Paragraph((link,)))
    assert heading == '<a href="https://example.org/">They said so. Is it true?</a>'
    assert lead == (LONG * 3).strip()


def test_a_question_nearly_as_long_as_an_essay_beside_it_is_one_too() -> None:
    near = turn("x" * (DESIGN.essay - 20) + ". Is it?", "Yes.")
    assert classes(article(near)) == [""]
    assert classes(article(near, turn(LONG * 3 + "Is it?", "No."))) == ["essay", "essay"]


def test_the_contents_call_an_essay_by_its_question() -> None:
    whole = article(turn(LONG * 3 + "Was it worth it?", "Yes."))
    numbering = context_of(whole, lambda image: image.asset, registers=DESIGN).numbering
    assert [each.text for each in outline(whole, numbering)] == ["Was it worth it?"]


# --------------------------------------------------------------------------------------------------------------- in print


def ping_pong(count: int) -> Document:
    answers = ("Yes.", "No.", "Not since the ferry.", "Once, in 1994.", "Ask my sister.")
    asked = ("Tea or coffee?", "Do you swim?", "Who taught you?")
    turns = (turn(f"{asked[number % 3]}", answers[number % 5]) for number in range(count))
    return Document(article(*turns))


@pytest.fixture
def all_alike(tmp_path: Path) -> str:
    """A theme as magazine is, in which no exchange is quick."""
    folder = tmp_path / "alike"
    folder.mkdir()
    (folder / "theme.toml").write_text(
        'title = "A"\nsummary = "A"\nparent = "magazine"\n[registers]\nquick_run = 9999\n'
    )
    return str(folder)


def test_quick_fire_takes_a_third_of_the_pages_and_keeps_words_and_one_bookmark(all_alike: str) -> None:
    whole = ping_pong(150)
    content = pdf.render(whole, Options())[0]
    with pypdfium2.PdfDocument(content) as file:
        words = "\n".join(page.get_textpage().get_text_range() for page in file)
        pages = len(file)
    with pypdfium2.PdfDocument(pdf.render(whole, Options(theme=all_alike, draft=True))[0]) as file:
        assert pages <= len(file) / 3
    assert words.count("Do you swim? ") == 50
    assert re.search(r"Do you swim\?\s+No\.\s+Who taught you\?\s+Not since", words)
    with pikepdf.open(io.BytesIO(content)) as file, file.open_outline() as bookmarks:
        assert [each.title for each in bookmarks.root[0].children] == ["Tea or coffee?"]


def test_pages_of_quick_fire_are_judged_as_text() -> None:
    _, notices = pdf.render(ping_pong(150), Options())
    assert not [each for each in notices if each.code.startswith("proof-")]


def test_the_e_book_runs_quick_fire_in_too() -> None:
    with zipfile.ZipFile(io.BytesIO(epub.render(ping_pong(8), Options())[0])) as book:
        chapter = next(book.read(name).decode() for name in book.namelist() if name.endswith("text-1.xhtml"))
        sheet = next(book.read(name).decode() for name in book.namelist() if name.endswith(".css"))
    assert chapter.count('<section class="turn quick"') == 8
    assert re.search(r"\.quick \.question, \.quick \.answer, \.quick \.answer p \{\s*display: inline", sheet)
