"""What a server shows in an article's place: an error page, a wall of consent, a paywall's first lines, an empty shell.

Such a page is refused with advice; as an article it would be printed with the words of the wall.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from exporter.errors import ExtractionError
from exporter.runtime.compiled import table
from exporter.sources.web.skim import Skimmed, is_prose, letters

SHORT = 1500
"""Characters of prose: no interview is shorter, but the beginning of one that is shown before a wall is."""
LONGEST_WALL = 2 * SHORT
"""Characters: what speaks longer of consent than this, and in sentences, is an article about it."""
LINE = 160
"""Characters of the longest line by which a wall says what it is."""
NEAR = 4
"""Blocks between the last paragraph that is shown and the line that says why it is the last, heading and button included."""
LETTERS_A_WORD = 6
SHOWN = 0.5
"""The part of an article's declared words below which it counts as its beginning."""

_IN_BROWSER = "Open it in a browser, wait until the article shows, save the page and give the file"


class Obstacle:
    """One thing in an article's way: whether a page is it, what is said, and what the reader can do."""

    def __init__(self, shows: Callable[[Skimmed, str], bool], said: str, advice: str) -> None:
        self.shows, self.said, self.advice = shows, said, advice


def refuse_obstacle(seen: Skimmed, address: str) -> None:
    """Raises :class:`ExtractionError` with advice when the page stands in the place of an article."""
    for obstacle in OBSTACLES:
        if obstacle.shows(seen, address):
            raise ExtractionError(f"{address} shows {obstacle.said}.", obstacle.advice)


def _is_missing(seen: Skimmed, _: str) -> bool:
    heads = [_plain(seen.title), *(_plain(block) for block in seen.blocks[:12] if len(block) < 80)]
    return seen.prose < SHORT and (
        any(_whole(phrase, head) for phrase in _words("missing", "title") for head in heads)
        or (_has(heads[0], "missing", "subject") and _has(heads[0], "missing", "lack"))
    )


def _is_consent(seen: Skimmed, address: str) -> bool:
    text = _plain(seen.text)
    asked = sum(phrase in text for phrase in _words("consent"))
    elsewhere = any(sign in address.lower() for sign in _words("consent", "address"))
    prose = sum(len(block) for block in seen.blocks if len(block) > 80 and not _asks(block))
    return (
        prose < SHORT / 2
        and seen.prose < LONGEST_WALL
        and (asked >= _table()["consent"]["least"] or (elsewhere and asked > 0))
    )


def _asks(block: str) -> bool:
    """Whether a block speaks of consent: one of these words alone may stand in any answer."""
    small = _plain(block)
    return sum(phrase in small for phrase in _words("consent")) > 1


def _is_beginning(seen: Skimmed, _: str) -> bool:
    text = _plain(seen.text)
    sold = bool(re.search(r'"isAccessibleForFree"\s*:\s*"?false', seen.linked, re.IGNORECASE))
    counted = re.search(r'"wordCount"\s*:\s*"?(\d{2,6})', seen.linked)
    if sold and counted and seen.prose < SHOWN * LETTERS_A_WORD * int(counted[1]):
        return True
    return seen.prose < SHORT and (sold or _has(text, "paywall") or _breaks_off(seen.blocks))


def _breaks_off(blocks: tuple[str, ...]) -> bool:
    """Whether such a line stands close behind prose; in a menu or at the page's foot it says nothing of the article."""
    near = (any(map(is_prose, blocks[max(0, place - NEAR) : place])) for place in range(len(blocks)))
    return any(_is_bound(block) for block, is_near in zip(blocks, near, strict=True) if is_near)


def _is_bound(block: str) -> bool:
    """Whether a line says that only some readers may go on."""
    line = _plain(block)
    if letters(line) > LINE or _has(line, "paywall", "letter"):
        return False
    return _has(line, "paywall", "reader") and _has(line, "paywall", "bound")


def _is_shell(seen: Skimmed, _: str) -> bool:
    said = _plain(f"{seen.text} {seen.unscripted}")
    told = any(phrase in said for phrase in _words("shell"))
    return seen.scripts > 0 and seen.prose < 200 and (told or len(seen.text) < 200)


OBSTACLES: tuple[Obstacle, ...] = (
    Obstacle(
        _is_consent, "a question for consent and no article", f"{_IN_BROWSER}; or give its cookies with --cookies."
    ),
    Obstacle(
        _is_beginning,
        "the beginning of an article that is sold",
        f"{_IN_BROWSER}, or give the cookies of your subscription with --cookies.",
    ),
    Obstacle(_is_missing, "an error page", "Check the address; an archive of the web may have kept the page."),
    Obstacle(_is_shell, "an empty page that scripts would fill", f"{_IN_BROWSER}."),
)
"""Asked in this order; the first that shows is named."""


def _plain(text: str) -> str:
    """The text as the table of words has it."""
    return text.lower().replace("’", "'")


def _whole(phrase: str, text: str) -> bool:
    if letters(phrase) > len(phrase):  # in its script no space stands between words
        return phrase in text
    return bool(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text))


def _has(text: str, kind: str, which: str = "words") -> bool:
    return any(phrase in text for phrase in _words(kind, which))


def _words(kind: str, which: str = "words") -> tuple[str, ...]:
    return tuple(_table()[kind][which])


def _table() -> dict[str, Any]:
    return table("exporter.sources.web", "obstacles.toml")
