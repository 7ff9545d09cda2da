"""The contents of an e-book: nested below crossheads, usable for long talks; and how the book opens on a Kindle."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from exporter.model import Answer, Article, Block, Crosshead, Document, Metadata, Paragraph, Question, Text, Turn, codec
from exporter.writers import epub
from exporter.writers.epub.navigation import LONGEST, shortened
from exporter.writers.options import Options

SINK = Path(__file__).parent.parent / "documents" / "kitchen-sink.json"


def paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def turn(question: str, *answer: Block) -> Turn:
    return Turn(Question((paragraph(question),)), (Answer((paragraph("It does, and it always did."), *answer)),))


def head(words: str, level: int = 1) -> Crosshead:
    return Crosshead((Text(words),), level)  # type: ignore[arg-type]


def book(*body: Block, introduction: str = "", **choices: str) -> zipfile.ZipFile:
    before = (paragraph(introduction),) if introduction else ()
    article = Article(Metadata(language="en"), (Text("The harbour"),), introduction=before, body=body)
    return zipfile.ZipFile(io.BytesIO(epub.render(Document(article), Options(**choices))[0]))  # type: ignore[arg-type]


def read(shelf: zipfile.ZipFile, end: str) -> str:
    return next(shelf.read(name).decode() for name in shelf.namelist() if name.endswith(end))


def contents(shelf: zipfile.ZipFile) -> list[str]:
    """The lines of the contents, each behind a dot for each level below the first."""
    nav = read(shelf, "nav.xhtml").partition("</nav>")[0]
    depth, lines = -1, []
    for found in re.finditer(r"<(/?)(ol|a)\b[^>]*>([^<]*)", nav):
        if found[2] == "ol":
            depth += -1 if found[1] else 1
        elif not found[1]:
            lines.append("." * depth + found[3])
    return lines


def test_questions_stand_below_their_crosshead_wherever_that_was() -> None:
    inside = turn("Two?", head("The reef"), paragraph("More of it."))
    shelf = book(
        turn("One?"), inside, turn("Three?"), head("The light"), turn("Four?"), head("At night", 2), turn("Five?")
    )
    assert contents(shelf)[1:-1] == [
        *("The conversation", ".One?", ".Two?"),
        *("The reef", ".Three?"),
        *("The light", ".Four?", ".At night", "..Five?"),
    ]


def test_questions_before_the_first_crosshead_stand_below_the_introduction() -> None:
    shelf = book(turn("One?"), head("The reef"), turn("Two?"), introduction="We met at noon.")
    assert contents(shelf)[1:-1] == ["Introduction", ".One?", "The reef", ".Two?"]


def test_the_old_contents_say_the_same() -> None:
    shelf = book(turn("One?"), head("The reef"), turn("Two?"), head("At night", 2), turn("Three?"))
    ncx = read(shelf, "toc.ncx")
    labels = re.findall(r"<text>([^<]*)</text>", ncx.partition("<navMap>")[2])
    assert labels == [line.lstrip(".") for line in contents(shelf)]


def test_a_run_of_quick_fire_has_one_line() -> None:
    body = [
        Turn(Question((paragraph(f"Tea or coffee, {number}?"),)), (Answer((paragraph("Tea."),)),))
        for number in range(9)
    ]
    assert contents(book(*body))[1:-1] == ["The conversation", ".Tea or coffee, 0?"]


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        ("What does it keep?", "What does it keep?"),
        (f"{'You said once that the ferry stopped in the winter. ' * 3}Was it so?", "Was it so?"),
        (
            (
                "When the ferry stopped in the winter of that year, and the post was walked over the ice by two men who "
                "never spoke of it afterwards, what did the town say?"
            ),
            "When the ferry stopped in the winter of that year…",
        ),
        (
            (
                "What did the people of the town who had never in their lives seen the harbour frozen say to the two men "
                "who had walked over it?"
            ),
            "What did the people of the town who had never in their lives seen the harbour frozen say…",
        ),
    ],
)
def test_a_long_question_is_shortened_at_a_phrase(whole: str, short: str) -> None:
    assert shortened(whole) == short


def test_a_question_without_spaces_is_shortened_too() -> None:
    whole = "冬になると船は止まり郵便は氷の上を歩いて運ばれたそうですが" * 3 + "町の人々は何と言いましたか。"
    assert shortened(whole).endswith("…")
    assert len(shortened(whole)) <= LONGEST // 2


def test_a_kindle_gets_one_cover_and_opens_at_the_headline() -> None:
    content = epub.render(codec.decode(SINK.read_bytes()), Options(device="kindle"))[0]
    with zipfile.ZipFile(io.BytesIO(content)) as shelf:
        package = read(shelf, ".opf")
        assert not [name for name in shelf.namelist() if name.endswith("cover.xhtml")]
        assert 'properties="cover-image"' in package
        assert re.search(r'<reference type="text"[^>]*href="titlepage.xhtml"', package)
        assert re.search(r'epub:type="bodymatter" href="titlepage.xhtml"', read(shelf, "nav.xhtml"))


def test_other_devices_keep_their_cover_page() -> None:
    content = epub.render(codec.decode(SINK.read_bytes()), Options())[0]
    with zipfile.ZipFile(io.BytesIO(content)) as shelf:
        assert read(shelf, "cover.xhtml")
        assert re.search(r'<reference type="text"[^>]*href="text-1.xhtml#start"', read(shelf, ".opf"))
