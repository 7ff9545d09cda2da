"""How a run of words sounds: the type it is set in, and whether it asks."""

from __future__ import annotations

import re
from collections import Counter

from exporter.model import Emphasis, Inline, Link, SmallCaps, Span, Strong, Text
from exporter.model.walk import plain
from exporter.readers.lexicon.grammar import asks_unsigned

_ENDS_ASKING = re.compile(r"[?？؟](?:[\s\"'”“’»)\]*_.…!:]|\(\w+\)|\d{1,2}\b)*$")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff][»”\"')\s]*[;\u037e][»”\"')\s]*$")
"""Greek asks with a semicolon."""
_ARMENIAN = "\u055e"
"""Armenian sets its sign over the vowel of the word that asks, and ends the sentence with nothing or a stop."""
_LONGEST_ARMENIAN = 200
_AFTERTHOUGHT = 12
"""Words that may follow the question mark of a question."""


def is_question(text: str) -> bool:
    """Whether the text ends in a question, or asks one and then adds a few words."""
    text = text.rstrip()
    if _ENDS_ASKING.search(text) or _GREEK.search(text) or asks_unsigned(text):
        return True
    if _ARMENIAN in text[-_LONGEST_ARMENIAN:].rstrip(" ։:").rsplit("։", 1)[-1]:
        return True
    last = max(text.rfind("?"), text.rfind("؟"), text.rfind("？"))
    return last > 0 and len(text[last:].split()) <= _AFTERTHOUGHT and len(text.split()) <= 90


def emphasis_of(inlines: tuple[Inline, ...]) -> str:
    """``"bold"``, ``"italic"``, ``"caps"`` or ``"plain"``: the type that nearly all letters are set in."""
    text = plain(inlines)
    capitals = len(text) > 12 and text.upper() == text and text.lower() != text
    if not capitals and not _is_dressed(inlines):
        return "plain"
    letters: Counter[str] = Counter()
    _weigh(inlines, "", letters)
    whole = sum(letters.values())
    if not whole:
        return "plain"
    bold = sum(count for tone, count in letters.items() if "b" in tone)
    italic = sum(count for tone, count in letters.items() if "i" in tone)
    if bold >= whole * 0.9:
        return "bold"
    if italic >= whole * 0.9:
        return "italic"
    return "caps" if capitals else "plain"


def _is_dressed(inlines: tuple[Inline, ...]) -> bool:
    """Whether any of the words is bold or italic."""
    return any(
        isinstance(node, Strong | Emphasis)
        or (isinstance(node, Link | Span | SmallCaps) and _is_dressed(node.children))
        for node in inlines
    )


def _weigh(inlines: tuple[Inline, ...], tone: str, letters: Counter[str]) -> None:
    for node in inlines:
        match node:
            case Text(text):
                letters[tone] += sum(map(str.isalnum, text))
            case Strong(children):
                _weigh(children, tone + "b", letters)
            case Emphasis(children):
                _weigh(children, tone + "i", letters)
            case Link(children=children) | Span(children=children) | SmallCaps(children):
                _weigh(children, tone, letters)
            case _:
                pass
