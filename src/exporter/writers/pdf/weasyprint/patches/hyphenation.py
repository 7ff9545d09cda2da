"""Words divided as their language divides them: what the renderer asks Pyphen.

Some languages spell a word otherwise where it is divided (Hungarian ``asszony``, ``asz-szony``). The renderer counts letters to
know where the next line begins, and with more or fewer of them before the hyphen it would drop or repeat one: here the part
before a hyphen knows which letters of the word it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Self

from msgspec import Struct

from exporter.typography.hyphenation import SOFT_HYPHEN, divisions_of, language_of
from exporter.writers.pdf.weasyprint.patches import memo

OWN_HYPHEN = "-\u200b"
"""A hyphen of a compound's own: a line may end after it."""

_KEPT_HYPHEN = "-\u2060"
"""The same at a line's end, as it is taken out: engines take a bare one for the printer's, and drop it."""

_BREAKS = (b"", *(each.encode() for each in "\n\t\f\u0085\u2028\u2029"))
"""What may stand between two lines and be drawn on neither."""


class Head(str):  # noqa: SLOT000 - a string with slots cannot be extended
    """The part of a word before its hyphen as it is spelt there; what was ``taken`` of the word is counted in its bytes.

    The renderer puts letters before it and counts the bytes of both to know where the next line begins.
    """

    taken: str

    def __new__(cls, spelt: str, taken: str) -> Self:
        """Spells it ``spelt`` in place of the letters ``taken``."""
        made = super().__new__(cls, spelt)
        made.taken = taken
        return made

    def __radd__(self, before: str) -> Head:
        """The same after other letters of the line."""
        return Head(f"{before}{self!s}", before + self.taken)

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        """The letters that it stands for: their number is what counts."""
        return self.taken.encode(encoding, errors)


class Respelling(Struct, frozen=True):
    """Letters at a line's end that stand for others: after ``before`` letters of the line, ``spelt`` in place of ``taken``."""

    before: int
    spelt: str
    taken: str


def _respelling(drawn: str, taken: str, hyphen: str) -> Respelling | None:
    """What a line that ends in a hyphen spells otherwise than the page. It is remembered as long as the article is set."""
    spelt, taken = drawn.removesuffix(hyphen).replace(SOFT_HYPHEN, ""), taken.replace(SOFT_HYPHEN, "").rstrip()
    if spelt == taken:
        return None
    alike = next((place for place, (a, b) in enumerate(zip(spelt, taken, strict=False)) if a != b), len(spelt))
    before = min(alike, len(spelt) - 1, len(taken) - 1)
    found, memory = Respelling(before, spelt[before:], taken[before:]), memo.remembered()
    if memory:
        memory.respelt[drawn] = found
    return found


def _kept(drawn: str) -> Respelling:
    """A line's last hyphen as its compound's own. It is remembered as long as the article is set."""
    seen = drawn.replace("\u200b", "")
    found, memory = Respelling(len(seen) - 1, "-", _KEPT_HYPHEN), memo.remembered()
    if memory:
        memory.respelt[drawn] = found
    return found


def heads_of(word: str, language: str, left: int, right: int) -> Iterator[Head]:
    """The parts of a word that may stand before a hyphen, the longest first (:func:`divisions_of`)."""
    return (Head(spelt, word[: -len(rest)]) for spelt, rest in divisions_of(word, language, left, right))


def without_marks(text: str, tag: str) -> str:
    """The text without the page's own places to divide words, where the language's patterns know better.

    The renderer divides no other word of a paragraph that has one of them.
    """
    return text.replace(SOFT_HYPHEN, "") if language_of(tag) else text


class _Dictionary:
    """What the renderer takes for Pyphen's dictionary."""

    def __init__(self, lang: str, left: int = 2, right: int = 2) -> None:
        self._choice = lang, left, right

    def iterate(self, word: str) -> Iterator[tuple[Head, str]]:
        """The parts before and after each possible hyphen, the longest first."""
        yield from ((head, word[len(head.taken) :]) for head in heads_of(word, *self._choice))


class _Dictionaries:
    """What the renderer takes for Pyphen: the two names that it asks for."""

    Pyphen = _Dictionary
    language_fallback = staticmethod(language_of)


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break

    if not hasattr(line_break, "pyphen") or not all(
        hasattr(inline, each) for each in ("split_first_line", "create_layout")
    ):
        return False
    preferred.split_first_line = _narrowest(inline.split_first_line)
    inline.split_first_line, inline.create_layout = _splitting(inline.split_first_line), _creating(inline.create_layout)
    line_break.pyphen = _Dictionaries()
    return True


Split = Callable[..., Any]
"""The renderer's function that lays out a line: gives its layout, its letters, where the next line begins, and more."""


def _splitting(split: Split) -> Split:
    """The same, and the line knows what it spells otherwise than the page."""

    def splitting(text: str, style: Any, *arguments: Any, **named: Any) -> Any:
        layout, length, resume, *rest = split(text, style, *arguments, **named)
        if (
            resume is not None
            and layout.text.endswith(style["hyphenate_character"])
            and not text.startswith(layout.text)
        ):
            taken = text.encode()[:resume].decode()
            layout.respelt = _respelling(layout.text, taken, style["hyphenate_character"])
        if resume is not None and layout.text.rstrip(" ").endswith(OWN_HYPHEN):
            layout.respelt = _kept(layout.text.rstrip(" "))
        if resume is not None and length < resume and text.encode()[length:resume].strip(b" ") not in _BREAKS:
            length = resume  # letters that are not drawn, and no break of the page's own
        return layout, length, resume, *rest

    return splitting


def _narrowest(split: Split) -> Split:
    """The same for the narrowest line, where a soft hyphen would take all words up to the first for one."""

    def narrowest(text: str, style: Any, *arguments: Any, **named: Any) -> Any:
        if SOFT_HYPHEN in text:
            style = style.copy()
            style["hyphens"] = "none"
        return split(text, style, *arguments, **named)

    return narrowest


def _creating(create: Callable[..., Any]) -> Callable[..., Any]:
    """The renderer's function that makes a layout, and a line that is measured again, to be justified, knows its spelling."""

    def creating(text: str, *arguments: Any, **named: Any) -> Any:
        layout, memory = create(text, *arguments, **named), memo.remembered()
        layout.respelt = memory.respelt.get(text) if memory else None
        return layout

    return creating
