"""What a block may be said to be, one line each: the only table of it."""

from __future__ import annotations

from msgspec import Struct

CORRECTION = "correction"
"""How the names of rules begin under which blocks became what a correction says."""


def another(name: str) -> str:
    """The rule by which a block is not what rules made of it, since the corrections say that another block is."""
    return f"{CORRECTION}: another {name}"


class Role(Struct, frozen=True):
    """One word of the file, and what the block becomes in a :class:`~exporter.results.Fate`; ``takes`` are its further keys.

    ``kept`` alone becomes nothing by itself: a block that was left out is then what it looks like.
    """

    name: str
    became: str
    summary: str
    takes: tuple[str, ...] = ()


ROLES: tuple[Role, ...] = (
    Role("question", "question", "somebody asks it", ("of",)),
    Role("answer", "answer", "somebody answers it", ("of",)),
    Role("crosshead", "crosshead", "a heading inside the text"),
    Role("paragraph", "paragraph", "text, and neither question nor answer"),
    Role("headline", "headline", "the headline"),
    Role("kicker", "kicker", "the line above the headline"),
    Role("deck", "deck", "what stands under the headline"),
    Role("byline", "byline", "who made the piece"),
    Role("dateline", "dateline", "where or when it was written"),
    Role("caption", "caption", "the words of the picture that stands next before it, else after it"),
    Role("credit", "credit", "who made that picture"),
    Role("pull-quote", "pull-quote", "words of the text, shown large", ("attribution",)),
    Role("attribution", "attribution", "whose words the quote before it holds"),
    Role("kept", "", "part of the article, as whatever it looks like"),
    Role("left out", "left out", "no part of the article"),
)

BY_NAME = {role.name: role for role in ROLES}


def role_named(word: str) -> Role | None:
    """The role that a word of the file means; spaces, hyphens and underscores are one."""
    folded = " ".join(word.replace("-", " ").replace("_", " ").split()).lower()
    return next((role for role in ROLES if role.name.replace("-", " ") == folded), None)
