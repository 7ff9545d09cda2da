"""The registers of an exchange: quick-fire, which runs question and answer into one line, and the essay of a question.

Most exchanges have neither. One-line questions with one-line answers that follow one another for a while are quick-fire. A
question that is longer than a few lines is text to be read, and only its last sentence asks: that alone is set as questions
are. How long is long, a theme says. Within an article the register is steady: an exchange a little longer does not interrupt a
quick run, and beside one essay a question that is nearly as long is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal
from unicodedata import east_asian_width

from msgspec.structs import replace

from exporter.language import primary
from exporter.model import (
    Article,
    Block,
    Emphasis,
    Inline,
    Note,
    Paragraph,
    Question,
    SmallCaps,
    Span,
    Strong,
    Text,
    Turn,
)
from exporter.model.walk import blocks_of, plain, walk
from exporter.themes import RegisterDesign

Register = Literal["quick", "essay"]

SLACK = 1.8
"""By so much an exchange within a quick run may be longer than the others."""

STEADY = 0.85
"""Beside one essay, a question is an essay too from this share of an essay's length on."""

_END = re.compile(r"[.!?…;؟۔։।]+[\"”’»«“)\]]*\s+|[。！？]+[」』”’）]*\s*")

_ABBREVIATED = re.compile(
    r"(?:^|[\s(“„«])(?:(?!I\.)[^\W\d_]|Mr|Ms|Dr|St|Sr|Jr|Hr|Fr|Lt"
    r"|(?i:mrs|prof|vs|cf|ca|bzw|nr|vol|pp|ing|mme|sra|srta|e\.g|i\.e|z\.\s?b|u\.\s?a|d\.\s?h))\.$"
)
"""A full stop after which a sentence goes on: initials, titles and their kind."""

_ORDINAL = re.compile(r"\b\d{1,2}\.$")

_ORDINALS = frozenset(
    {"de", "da", "nb", "nn", "no", "fi", "cs", "sk", "hu", "pl", "et", "lv", "sl", "hr", "sr", "tr", "is"}
)
"""Languages in which a full stop after a number makes it a place in a row."""


def registers_of(article: Article, design: RegisterDesign) -> dict[int, Register]:
    """The register of each exchange that is not set as most are, by the identity of its question."""
    found: dict[int, Register] = {id(each): "essay" for each in _essays(article, design)}
    for quick, run in groupby(_runs(article.body, design), key=lambda pair: pair[1]):
        questions = [turn.question for turn, _ in run if turn.question]
        if quick and len(questions) >= design.quick_run:
            found |= {id(each): "quick" for each in questions}
    return found


def _essays(article: Article, design: RegisterDesign) -> list[Question]:
    long = [
        (each, _length(each.blocks)) for top in blocks_of(article) for each in walk(top) if isinstance(each, Question)
    ]
    least = design.essay * (STEADY if any(length > design.essay for _, length in long) else 1)
    language = article.metadata.language
    return [each for each, length in long if length > least and asked(each, language) is not None]


def _runs(body: tuple[Block, ...], design: RegisterDesign) -> Iterator[tuple[Turn, bool]]:
    """The exchanges of the body, and whether each goes with a quick run; whatever stands between two exchanges ends one."""
    for number, block in enumerate(body):
        if not isinstance(block, Turn):
            yield Turn(), False
            continue
        beside = (*body[max(0, number - 1) : number], *body[number + 1 : number + 2])
        within = len(beside) == 2 and all(_is_quick(each, design, 1) for each in beside)
        yield block, _is_quick(block, design, SLACK if within else 1)


def _is_quick(block: Block, design: RegisterDesign, slack: float) -> bool:
    if not isinstance(block, Turn) or block.question is None or len(block.answers) != 1:
        return False
    sides = ((block.question.blocks, design.quick_question), (block.answers[0].blocks, design.quick_answer))
    return all(len(blocks) == 1 and 0 < _length(blocks) <= most * slack for blocks, most in sides)


def _length(blocks: tuple[Block, ...]) -> float:
    """Letters of paragraphs, wide ones counted twice; 0 where something else than paragraphs stands among them."""
    if not all(isinstance(each, Paragraph) for each in blocks):
        return 0
    # Chinese and Japanese letters are as wide as two of ours, and say as much.
    words = " ".join(plain(each.children) for each in blocks if isinstance(each, Paragraph))
    wide = sum(east_asian_width(letter) in "WF" for letter in words) if max(words, default="") >= _FIRST_WIDE else 0
    return len(words) + wide


_FIRST_WIDE = "\u1100"


def asked(question: Question, language: str) -> tuple[tuple[Paragraph, ...], tuple[Inline, ...]] | None:
    """What leads up to a question, and the sentence that asks; None where the two cannot be parted."""
    paragraphs = tuple(Paragraph(unmarked(each.children)) for each in question.blocks if isinstance(each, Paragraph))
    if len(paragraphs) != len(question.blocks):
        return None
    *before, last = paragraphs
    parts = _split(last.children, _last_sentence(plain(last.children), language))
    if parts is None:
        return (tuple(before), last.children) if before else None
    return (*before, Paragraph(parts[0])), parts[1]


def unmarked(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A question's words without the bold that was the page's sign for one: it is set as questions are now."""
    match children:
        case (Strong(inner),):
            return inner
        case _:
            return children


def _last_sentence(text: str, language: str) -> int:
    """Where the last sentence begins; 0 where there is but one."""
    place = 0
    for found in _END.finditer(text):
        before, after = text[: found.end()].rstrip(), text[found.end() :]
        abbreviated = _ABBREVIATED.search(before) or (primary(language) in _ORDINALS and _ORDINAL.search(before))
        if re.search(r"\w", after) and not after[0].islower() and not abbreviated and before[-1] != ";":
            place = found.end()
    return place


def _split(nodes: tuple[Inline, ...], place: int) -> tuple[tuple[Inline, ...], tuple[Inline, ...]] | None:
    """Inline nodes before and after a place in their text; None at either end, and inside a node that cannot be parted."""
    head: list[Inline] = []
    for number, node in enumerate(nodes):
        length = len(plain((node,)))
        if place < length or (place == 0 and not isinstance(node, Note)):
            parts = _halves(node, place) if place else ((), (node,))
            if parts is None or not (head or parts[0]):
                return None
            return _without_space((*head, *parts[0])), (*parts[1], *nodes[number + 1 :])
        head.append(node)
        place -= length
    return None


def _halves(node: Inline, place: int) -> tuple[tuple[Inline, ...], tuple[Inline, ...]] | None:
    match node:
        case Text(text):
            return (Text(text[:place]),), (Text(text[place:]),)
        case Emphasis(children) | Strong(children) | SmallCaps(children) | Span(children):
            parts = _split(children, place)
            return None if parts is None else ((replace(node, children=parts[0]),), (replace(node, children=parts[1]),))
        case _:
            return None


def _without_space(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    match nodes[-1]:
        case Text(text) if text.strip():
            return (*nodes[:-1], Text(text.rstrip()))
        case _:
            return nodes
