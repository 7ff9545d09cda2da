"""Words that people paste: the same talk in the manners in which it comes out of browsers, mails and editors."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from exporter import read
from exporter.model import Text, Turn
from exporter.model.walk import walk
from exporter.readers.pasted import unquoted, with_labels

ANSWERS = (
    "In the winter of ninety-four, with my uncle, who would not let me touch anything for a year, and who was right about it.",
    "The lamps, for one thing. We had oil until the storm of 2003, then gas, and now a box with a switch that nobody may open.",
    "Every night. My daughter recorded it for me on her telephone, and it is not the same, for it does not know the weather.",
    "Nobody, and that is all right. A thing may be worth doing for a long time and then be done. I would keep the hut.",
)
QUESTIONS = (
    *("When did you first come out here?", "What has changed since then?", "Do you miss the sound?"),
    "Who will do it after you?",
)
TALK = tuple(zip(QUESTIONS, ANSWERS, strict=True))
INTRODUCTION = (
    "For thirty years Tom Reed has lit the lamps on the old pier. A talk about patience, weather and the price of oil, one "
    "evening in the hut."
)
HEAD = f"The tide keeps no calendar\n\nBy Ada Byrd\n\n{INTRODUCTION}\n\n"


def wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, 72, initial_indent=indent, subsequent_indent=indent)


def told(manner: Callable[[int, str, str], str], between: str = "\n\n") -> str:
    return HEAD + between.join(manner(number, asked, said) for number, (asked, said) in enumerate(TALK, 1))


MANNERS: dict[str, str] = {
    "labels": told(lambda _, asked, said: f"Q: {asked}\n\nA: {said}"),
    "labels without blank lines": told(lambda _, asked, said: f"Q: {asked}\nA: {said}", "\n"),
    "labels and tabs, lines of Windows": told(lambda _, asked, said: f"Q:\t{asked}\n\nA:\t{said}").replace(
        "\n", "\r\n"
    ),
    "names": told(lambda _, asked, said: f"Ada Byrd: {asked}\n\nTom Reed: {said}"),
    "names in capitals": told(lambda _, asked, said: f"BYRD: {asked}\n\nREED: {said}"),
    "names above": told(lambda _, asked, said: f"Ada Byrd\n{asked}\n\nTom Reed\n{said}"),
    "names above blank lines": told(lambda _, asked, said: f"Ada Byrd\n\n{asked}\n\nTom Reed\n\n{said}"),
    "in turns": told(lambda _, asked, said: f"{asked}\n\n{said}"),
    "numbered": told(lambda number, asked, said: f"{number}. {asked}\n\n{said}"),
    "indented": told(lambda _, asked, said: f"{asked}\n\n{wrapped(said, '    ')}"),
    "wrapped": told(lambda _, asked, said: f"{wrapped(asked)}\n\n{wrapped(said)}"),
    "with dashes": told(lambda _, asked, said: f"– {asked}\n\n– {said}"),
    "a paragraph a line": told(lambda _, asked, said: f"{asked}\n{said}", "\n").replace("\n\n", "\n"),
    "quoted by a mail": "\n".join(
        f"> {line}".rstrip() for line in told(lambda _, asked, said: f"{asked}\n\n{wrapped(said)}").split("\n")
    ),
}


@pytest.mark.parametrize("manner", MANNERS)
def test_a_talk_is_told_from_its_text(manner: str) -> None:
    article = read(MANNERS[manner].encode(), format="text").document.article
    turns = [block for block in article.body if isinstance(block, Turn)]
    assert len(turns) == len(article.body) == len(TALK)
    assert "".join(each.text for each in article.headline if isinstance(each, Text)) == "The tide keeps no calendar"
    assert article.byline
    for turn, (asked, said) in zip(turns, TALK, strict=True):
        words = " ".join(node.text for node in walk(turn) if isinstance(node, Text))
        assert asked in words
        assert said[-20:] in words


def test_a_text_that_quotes_somebody_keeps_the_signs() -> None:
    assert unquoted("He wrote:\n> No.\n") == "He wrote:\n> No.\n"


NO_SPEAKERS = {
    "crossheads": "Winter\nWords of winter that go on.\n\nSummer\nWords of summer that go on.",
    "one name": "Tom Reed\nWords that go on and on.\n\nTom Reed\nMore words that go on.",
    "credits under pictures": "A picture of the pier.\nMia Holm\n\nA picture of the boat.\nMia Holm\n\nShort",
    "a refrain": "Oh the sea\nOh the sea\nOh the sea\nThe sea\nThe sea",
}


@pytest.mark.parametrize("case", NO_SPEAKERS)
def test_lines_that_name_nobody_stay(case: str) -> None:
    assert with_labels(NO_SPEAKERS[case]) == NO_SPEAKERS[case]
