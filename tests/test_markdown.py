"""Markdown is read as what it says: ours given back, and that of other programs with front matter, notes and captions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import exporter
from exporter.model import (
    Article,
    Cell,
    Document,
    Embed,
    Figure,
    Image,
    Metadata,
    Node,
    Note,
    Paragraph,
    PullQuote,
    ReadMore,
    Row,
    Table,
    Text,
    Turn,
)
from exporter.model.walk import figures_of, plain, walk, words_of

SAMPLE = Path(__file__).resolve().parent.parent / "source" / "the-last-lampist"
TALK = """---
title: The bridge keeper
authors: [Ada Quill, Ben Oster]
date: 2025-03-02
lang: en
publication: The Tidewater
---

The bridge at Lower Wray has been turned by hand for ninety years, and by Ines Valda for thirty of them, in all weathers.

**How heavy is it?**

Two hundred and ten tonnes, and it goes round with two fingers when the grease is warm enough for it to move.

![The wheel](wheel.jpg)

*The wheel house in winter.*

**And when it freezes?**

Then the ships wait, and so do I, and we wave at one another across the ice until the sun has been round.

**Will anybody come after you?**

My niece turns it on Sundays. She says that it turns her, which is the right way of putting it, I believe.

**What do you hear at night?**

I hear the chain, and then the water, and when neither of them says a thing I get up and look what has happened.

**Do you ever leave?**

Once I went to the city for a week. I counted the bridges there, and I did not like how they were being kept.
"""


def turns(article: object) -> int:
    return sum(isinstance(node, Turn) for node in walk(article))  # type: ignore[arg-type]


SAID = "This is paragraph {} of a talk that has nothing to hide, and goes on."
TALKED = tuple(Paragraph((Text(SAID.format(number)),)) for number in range(4))

FACTS: dict[str, Callable[[Article], object]] = {
    "headline": lambda article: plain(article.headline),
    "kicker": lambda article: plain(article.kicker) or article.metadata.section,
    "deck": lambda article: plain(article.deck),
    "byline": lambda article: plain(article.byline),
    "about": lambda article: (
        article.metadata.language,
        article.metadata.published,
        article.metadata.publication,
        article.metadata.source_url,
    ),
    "questions": lambda article: [
        (turn.question.speaker, words_in(turn.question)) if turn.question else None for turn in turns_of(article)
    ],
    "answers": lambda article: [
        [(each.speaker, len(each.blocks)) for each in turn.answers] for turn in turns_of(article)
    ],
    "pictures": lambda article: [(words_in(each), plain(each.credit)) for each in figures_of(article)],
    "quotes": lambda article: [words_in(node) for node in walk(article) if isinstance(node, PullQuote)],
    "notes": lambda article: [words_in(node) for node in walk(article) if isinstance(node, Note)],
    "read-mores": lambda article: [words_in(node) for node in walk(article) if isinstance(node, ReadMore)],
}
PAGES = sorted((Path(__file__).resolve().parent / "pages").glob("*/source.html"))


def turns_of(article: Article) -> list[Turn]:
    return [node for node in walk(article) if isinstance(node, Turn)]


def words_in(node: Node) -> str:
    return " ".join(" ".join(words_of(node)).split())


def test_our_own_markdown_given_back_is_the_same_article() -> None:
    """Of the pages in all manners: who and what it is, and next to everything else. What is left is named by the message."""
    lost: dict[str, list[str]] = {name: [] for name in FACTS}
    for page in PAGES:
        try:
            first = exporter.read(page).document
        except exporter.ExtractionError:
            continue
        again = exporter.read(exporter.render(first, "markdown")[0], format="markdown").document
        for name, fact in FACTS.items():
            if fact(first.article) != fact(again.article):
                lost[name].append(page.parent.name)
    assert lost["headline"] == lost["byline"] == lost["about"] == lost["notes"] == []
    assert {name: pages for name, pages in lost.items() if len(pages) > len(PAGES) * 0.05} == {}


def test_questions_are_one_rank_below_crossheads_wherever_the_first_of_these_stands() -> None:
    """The first crosshead of this page ends its introduction."""
    page = Path(__file__).resolve().parent / "pages" / "crossheads-between-turns" / "source.html"
    lines = exporter.render(exporter.read(page).document, "markdown")[0].decode().splitlines()
    assert {line.split(" ")[0] for line in lines if line.endswith("?**")} == {"###"}
    assert {line.split(" ")[0] for line in lines if line.startswith("## ")} == {"##"}


def test_front_matter_is_read_as_it_is_written() -> None:
    about = Metadata("en", publication='The "Tidewater": a review', keywords=("a b", "c\\d"))
    article = Article(about, (Text("A talk"),), deck=(Text("Words: more, and 'more'."),), body=TALKED)
    written = exporter.render(Document(article), "markdown")[0]
    again = exporter.read(written, format="markdown").document.article
    assert again.metadata.publication == about.publication
    assert again.metadata.keywords == about.keywords
    assert plain(again.deck) == plain(article.deck)


def test_our_own_markdown_given_back_has_the_same_turns(tmp_path: Path) -> None:
    first = exporter.read(SAMPLE).document.article
    target = tmp_path / "sample.md"
    exporter.export(SAMPLE, target)
    again = exporter.read(target).document.article
    assert plain(again.headline) == plain(first.headline)
    assert turns(again) == turns(first) > 10


@pytest.mark.parametrize("name", ["talk.md", "talk.txt", "talk"])
def test_markdown_is_told_by_its_content(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TALK, "utf-8")
    article = exporter.read(tmp_path / name).document.article
    assert plain(article.headline) == "The bridge keeper"
    assert [each.name for each in article.metadata.contributors if "author" in each.roles] == ["Ada Quill", "Ben Oster"]
    assert (article.metadata.published, article.metadata.language) == ("2025-03-02", "en")
    assert article.metadata.publication == "The Tidewater"
    assert turns(article) == 5


def test_emphasis_under_a_picture_is_its_caption() -> None:
    article = exporter.read(TALK.encode("utf-8")).document.article
    (figure,) = (node for node in walk(article) if isinstance(node, Figure))
    assert plain(figure.caption) == "The wheel house in winter."


def test_plain_text_with_a_number_sign_is_no_markdown() -> None:
    text = (
        "The man on line 7\n\n"
        + "He said that it was # 1 of all lines, and that he would ride it to its end again. " * 3
    )
    reading = exporter.read(text.encode("utf-8"))
    assert plain(reading.document.article.headline) == "The man on line 7"


def test_markup_in_markdown_is_a_stranger_too() -> None:
    hostile = TALK.replace("two fingers", "<script>steal()</script><img src='https://evil.example/x.gif'>two fingers")
    document = exporter.read(hostile.encode("utf-8")).document
    assert "steal" not in json.dumps(exporter.render(document, "text")[0].decode("utf-8"))


def test_captions_of_tables_players_and_lost_pictures_come_back() -> None:
    row = Row(tuple(Cell((Paragraph((Text(said),)),)) for said in ("1990", "800 barrows")))
    shown = (
        Table((row,), (Text("Barrows a year"),)),
        Embed("https://vimeo.com/12345678", "A rake at work", "vimeo.com", (Text("The third pan."),)),
        Figure((Image(None, "A sluice"),), (Text("The sluice in winter."),), (Text("Abel Crane"),)),
    )
    words = Text(
        "She rakes before sunrise, because a crust that wind has broken tastes of nothing, whatever is printed on jars."
    )
    body = tuple(block for each in shown for block in (Paragraph((words,)), each))
    article = Article(Metadata("en"), (Text("Salt"),), body=(*body, Paragraph((words,))))
    written = exporter.render(Document(article), "markdown")[0]
    again = list(walk(exporter.read(written, format="markdown").document.article))
    assert [plain(each.caption) for each in again if isinstance(each, Table | Embed | Figure)] == [
        plain(each.caption) for each in shown
    ]
    assert [plain(each.credit) for each in again if isinstance(each, Figure)] == ["Abel Crane"]
