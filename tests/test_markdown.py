"""Markdown is read as what it says: ours given back, and that of other programs with front matter, notes and captions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import exporter
from exporter.model import Figure, Turn
from exporter.walk import plain, walk

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
