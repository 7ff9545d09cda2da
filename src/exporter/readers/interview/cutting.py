"""Cuts the segments of a page as finely as a turn may be: rows, words set apart in front, entries of lists, cells.

To cut is free, since neighbours of one segment that turn out to be of one kind are joined again (``joining``).
"""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct

from exporter.model import Inline, LineBreak
from exporter.readers.segments.emphasis import emphasis_of, is_question
from exporter.readers.segments.inlines import lines, tidy
from exporter.readers.segments.labels import MAX_WORDS, drop, is_name, role_of_label, take, without_time
from exporter.readers.segments.parts import part_of
from exporter.readers.segments.segment import Segment, text_of

BOXES = frozenset({"list", "table", "quote"})
"""Kinds of segments that some publishers set whole interviews in."""
INSIDE = frozenset({"paragraph", "heading", "preformatted", "list"})
"""Kinds of segments inside a box that may speak."""
LEAST_LABELS = 2
"""Times that a label must stand on the page before a paragraph is parted at it."""
LEAST_REMARK = 3
"""Words set apart in front of others that may be a question; fewer are a label or a stress."""
_NAME = r"(?P<label>[^\W\d_](?:[\w.’'-]|\s(?=[^\W\d_a-z])){0,39})\s?[:：]"
_LABEL = rf"{_NAME}(?!//)(?=\s|[^\W\d_])"
_OPENING_LABEL = re.compile(rf"^\W{{0,3}}{_LABEL}")
_SENTENCE_BEFORE = r"(?:(?<=[.?!…。？！])|(?<=[.?!…。？！][”»\"'’)\]]))\s?"
_INNER_LABEL = re.compile(_SENTENCE_BEFORE + _LABEL)
_CLOSING_LABEL = re.compile(rf"{_SENTENCE_BEFORE}{_NAME}\s*$")
_CLOSING_LETTER = re.compile(rf"{_SENTENCE_BEFORE}(?P<label>[^\W\d_]{{1,10}})\s?[.):]\s*$")
"""A letter or a word for an answer behind the question: "**Q. Why? A.** Because …"."""
_ENDS_LABEL = (":", "：", ".", ")")
_ENDS_SENTENCE = '.…!?:"”»。？！;;؟'


class Part(Struct, eq=False):
    """The smallest stretch of a page that may belong to a turn.

    ``segment`` is the stretch itself and ``source`` the page's own segment that it was cut from (the same where nothing was
    cut); ``row`` its line of a paragraph and ``place`` its place in the line, of ``mates`` parts there and ``count`` in all;
    ``line`` the whole of that line; ``box`` the kind of box it stands in (``""`` for none), ``entry`` which of the box's
    segments it comes from.
    """

    segment: Segment
    source: Segment
    row: int = 0
    place: int = 0
    mates: int = 1
    count: int = 1
    line: tuple[Inline, ...] = ()
    box: str = ""
    entry: int = 0


def cut(segments: list[Segment]) -> list[Part]:
    """Every segment in the finest parts, in the order of the page; those already decided stay whole."""
    parts: list[Part] = []
    labels = _recurring_labels(segments)
    for segment in segments:
        if segment.open and segment.kind in BOXES and segment.segments:
            for entry, inner in enumerate(segment.segments):
                if inner.open and inner.text and inner.kind in INSIDE:
                    parts += _parts_of(inner, segment, labels, segment.kind, entry)
        else:
            parts += _parts_of(segment, segment, labels)
    return parts


def _recurring_labels(segments: list[Segment]) -> frozenset[str]:
    """Names and letters that stand in front of a paragraph, or behind a sentence in one, twice or more: "Q: … A: …"."""
    texts = [each.text for each in segments if each.open and each.kind == "paragraph"]
    opening = Counter(found["label"] for text in texts if (found := _OPENING_LABEL.match(text)))
    if not any(count >= LEAST_LABELS for count in opening.values()):
        return frozenset()
    inside = Counter(found["label"] for text in texts for found in _INNER_LABEL.finditer(text))
    both = opening + inside
    return frozenset(label for label in inside if both[label] >= LEAST_LABELS and is_name(label))


def _parts_of(segment: Segment, source: Segment, labels: frozenset[str], box: str = "", entry: int = 0) -> list[Part]:
    rows = _rows(segment) if segment.open and segment.kind == "paragraph" else []
    found = [
        Part(part_of(segment, inlines), source, row, place, len(pieces), 0, line, box, entry)
        for row, line in enumerate(rows)
        for pieces in [[piece for half in _at_labels(line, labels) for piece in _halves(half) if text_of(piece)]]
        for place, inlines in enumerate(pieces)
    ]
    if len(found) < 2:
        return [Part(segment, source, line=segment.inlines, box=box, entry=entry)]
    for part in found:
        part.count = len(found)
    return found


def _rows(segment: Segment) -> list[tuple[Inline, ...]]:
    if not any(_has_break(each) for each in segment.inlines):
        return [segment.inlines]
    rows = [row for row in lines(segment.inlines) if row and text_of(row)]
    # "Ann Lee / 00:12": when a voice spoke stands in its label.
    return [segment.inlines] if len(rows) == 2 and not without_time(text_of(rows[1])) else rows


def _has_break(node: Inline) -> bool:
    return isinstance(node, LineBreak) or any(_has_break(child) for child in getattr(node, "children", ()))


def _halves(line: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """A line parted behind the words that stand in front in type of their own, where these may be a question."""
    front, emphasis = _front(line)
    if not front or len(front) == len(line):
        return [line]
    worded = text_of(front)
    sign = text_of(line)[len(worded) :].lstrip()[:1]
    # The sign of a label may stand outside of its type: "**Q. Why not?** **A**. Because …".
    asked = _without_closing_label(worded + sign if sign in _ENDS_LABEL else worded)
    asked = asked if len(asked) < len(worded) else worded
    rest = tidy(drop(line, len(asked)))
    if len(text_of(rest)) < 3 or not _may_ask(asked, emphasis):
        return [line]
    return [tidy(take(line, len(asked))), rest]


def _without_closing_label(text: str) -> str:
    """The words in front less the label of who answers, where it is set in the same type: "**Why not? Ann Lee:** …"."""
    found = _CLOSING_LABEL.search(text)
    if not (found and is_name(found["label"])):
        found = _CLOSING_LETTER.search(text)
        if not (found and role_of_label(found["label"]) == "answer"):
            return text
    return text[: found.start()] or text


def _at_labels(line: tuple[Inline, ...], labels: frozenset[str]) -> list[tuple[Inline, ...]]:
    """A line parted in front of the labels of speakers inside it."""
    text = text_of(line) if labels else ""
    places = [
        found.start("label")
        for found in _INNER_LABEL.finditer(text)
        if found["label"] in labels and _says_something(text[: found.start()])
    ]
    found, rest, passed = [], line, 0
    for place in places:
        found.append(take(rest, place - passed))
        rest, passed = tidy(drop(rest, place - passed)), place
    return [*found, rest]


def _says_something(text: str) -> bool:
    """Whether the words are more than abbreviations, as "Prof." is in front of a name."""
    return any(not word.endswith(".") for word in text.split())


def _front(line: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], str]:
    """The nodes in front that are bold, or italic, and which of both."""
    emphasis = ""
    for place, node in enumerate(line):
        text = text_of((node,))
        found = emphasis_of((node,)) if any(letter.isalnum() for letter in text) else emphasis
        if found not in ("bold", "italic") or (emphasis and found != emphasis):
            return line[:place], emphasis
        emphasis = found
    return line, emphasis


def _may_ask(text: str, emphasis: str) -> bool:
    words = Segment("paragraph", text).word_count
    if (words < LEAST_REMARK and not is_question(text)) or (text.rstrip().endswith((":", "：")) and words <= MAX_WORDS):
        return False
    return is_question(text) or (emphasis == "bold" and text[-1:] in _ENDS_SENTENCE)
