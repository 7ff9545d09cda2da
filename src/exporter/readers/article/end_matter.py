"""What follows the article inside its own body: promotion, headings over nothing, read-mores behind the last answer.

And what stands beside an answer by the learned weights alone, where another rule agrees that it is no part of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from exporter.readers.article.body import prose
from exporter.readers.lexicon.credits import is_credit
from exporter.readers.lexicon.vocabulary import WORDS, Cue
from exporter.readers.segments.rule import Rule, Search, first_rule, settle_by
from exporter.readers.segments.segment import LEFT_OUT, Segment

TAIL = 8
"""Segments at the end of an article without turns that are looked at."""
LONGEST_PROMOTION = 70
"""Words: a longer paragraph is part of the article, whatever it asks for."""

BARE_PROMOTION = 40
"""Words: a longer paragraph promotes only if it links to what it promotes."""

_QUOTE_MARKS = '"“„«»”‘'
_SPOKEN = ("question", "answer")
_ONLY_A_DATE = re.compile(
    r"^\W*(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d|[^\W\d_]{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}"
    r"|\d{1,2}\.?\s[^\W\d_]{3,10}\.?,?\s\d{4})(?:[\s,|–-]+\d{1,2}[:.h]\d{2}\s?(?:uhr|am|pm|h)?)?\W*$",
    re.IGNORECASE,
)
_PROMOTES = Cue("promotion", rf"(?<!\w){WORDS}")


def mark_boilerplate(segments: list[Segment]) -> None:
    """Leaves out what follows the last answer, or ends an article without turns, and is no part of the article."""
    LONE_DATE.decide(segments)
    _overrule_by(BOX_RULES, [segment for segment in segments if _is_box_by_weights(segment)])
    tail = _tail(segments)
    for place, segment in enumerate(tail):
        rule = settle_by(TAIL_RULES, segment, segment) if segment.open else ""
        if rule and segment.kind == "heading":
            _leave_section(tail[place + 1 :], rule)
    _overrule_by(READ_MORE_RULES, tail)
    _leave_remnants(segments)


def _overrule_by(rules: tuple[Rule[Segment], ...], segments: list[Segment]) -> None:
    for segment in segments:
        rule = first_rule(rules, segment)
        if rule:
            segment.overrule(LEFT_OUT, rule)


def _lone_date(segments: list[Segment]) -> Iterator[Segment]:
    """A line above the text that is a date and nothing else, the only one of its kind: a chronicle has several."""
    dated = [place for place, segment in enumerate(segments) if segment.open and _ONLY_A_DATE.match(segment.text)]
    first = next((place for place, segment in enumerate(segments) if prose(segment)), 0)
    # Of several dates each may head an entry of a diary or a chronicle.
    if len(dated) == 1 and dated[0] <= first and segments[dated[0]].kind in ("paragraph", "heading"):
        yield segments[dated[0]]


LONE_DATE = Search("date-line", _lone_date)
"""A date by itself is read already, and no text."""


def _is_box_by_weights(segment: Segment) -> bool:
    """Whether it was made a box of lines beside an answer by the learned weights alone."""
    return segment.became == "sidebar" and segment.rule.startswith("interview-box")


def _tail(segments: list[Segment]) -> list[Segment]:
    speaking = [index for index, segment in enumerate(segments) if segment.became in ("question", "answer")]
    if speaking:
        return segments[speaking[-1] + 1 :]
    kept = [index for index, segment in enumerate(segments) if segment.open and segment.text]
    # In a short article the last eight blocks would be most of it.
    return segments[kept[-TAIL] :] if len(kept) > TAIL * 2 else []


def _promotes(segment: Segment) -> bool:
    # Somebody may say "subscribe" in an answer that is quoted.
    if segment.word_count > LONGEST_PROMOTION or segment.text[:1] in _QUOTE_MARKS:
        return False
    return bool(_PROMOTES.search(segment.text)) and (segment.links > 0 or segment.word_count <= BARE_PROMOTION)


def _is_links(segment: Segment) -> bool:
    return segment.link_density > 0.8


BOX_RULES: tuple[Rule[Segment], ...] = (Rule("promotion", _promotes), Rule("line-of-links", _is_links))
"""Why a box of lines beside an answer is left out; others stay as sidebars."""

READ_MORE_RULES: tuple[Rule[Segment], ...] = (
    Rule("related", lambda segment: segment.became in ("read-more", "read-more-part")),
)
"""Why a read-more behind the last answer is left out."""

TAIL_RULES: tuple[Rule[Segment], ...] = (
    Rule("promotion", lambda segment: segment.kind in ("paragraph", "heading", "list", "box") and _promotes(segment)),
    Rule("line-of-links", lambda segment: segment.kind == "paragraph" and _is_links(segment)),
)
"""Why something behind the last answer is left out."""


def _leave_section(following: list[Segment], rule: str) -> None:
    """What stands under a heading that promotes, up to the next heading, goes with it."""
    for segment in following:
        if segment.kind == "heading":
            return
        segment.leave_out(rule)


def _runs(segment: Segment) -> bool:
    """Whether the segment is running text: long enough for prose, spoken, or a sentence with its full stop."""
    if prose(segment) or segment.became in _SPOKEN:
        return True
    sentence = segment.word_count >= 5 and segment.text.rstrip()[-1:] in ".!?…。”»"
    return (
        segment.open
        and segment.kind == "paragraph"
        and sentence
        and segment.link_density < 0.4
        and not is_credit(segment.text)
    )


class Remnant(Struct, frozen=True):
    """A segment behind the last running text, and the one before it."""

    segment: Segment
    before: Segment


def _goes_on(segment: Segment, before: Segment) -> bool:
    """Whether a line that is partly a link continues a row of short lines: the line above it in its box is no link."""
    if segment.link_density > 0.9 or not before.open or before.kind != "paragraph" or before.link_density > 0.4:
        return False
    if segment.element is None or before.element is None or segment.element.parent is not before.element.parent:
        return False
    return before.dress == segment.dress and before.word_count <= 8


def _leave_remnants(segments: list[Segment]) -> None:
    """Behind the last paragraph of running text: headings over nothing, lines of links, a credit with no picture."""
    # Of an article without any running text nothing is behind it, so nothing is left out.
    last = max((index for index, segment in enumerate(segments) if _runs(segment)), default=len(segments))
    for place in range(last + 1, len(segments)):
        remnant = Remnant(segments[place], segments[place - 1])
        if remnant.segment.open:
            settle_by(REMNANT_RULES, remnant, remnant.segment)


def _is_line_of_links(remnant: Remnant) -> bool:
    segment = remnant.segment
    return segment.kind == "paragraph" and segment.link_density > 0.4 and not _goes_on(segment, remnant.before)


REMNANT_RULES: tuple[Rule[Remnant], ...] = (
    Rule("heading-over-nothing", lambda remnant: remnant.segment.kind == "heading"),
    Rule("closing-line", lambda remnant: remnant.segment.kind == "rule"),
    Rule("line-of-links", _is_line_of_links),
    Rule(
        "credit-without-picture",
        lambda remnant: remnant.segment.kind == "paragraph" and is_credit(remnant.segment.text),
    ),
)
"""By which a segment behind the last running text is no part of the article."""
