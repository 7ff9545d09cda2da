"""What follows the article inside its own body: promotion, headings over nothing, read-mores behind the last answer.

And what stands beside an answer by the learned weights alone, where another rule agrees that it is no part of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from exporter.readers.article.body import look, prose
from exporter.readers.article.boilerplate_groups import leads_to_sources
from exporter.readers.lexicon.credits import is_credit
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues
from exporter.readers.segments.rule import Rule, Search, first_rule, settle_by
from exporter.readers.segments.segment import LEFT_OUT, Segment

TAIL = 8
"""Segments at the end of an article without turns that are looked at."""
LONGEST_PROMOTION = 70
"""Words: a longer paragraph is part of the article, whatever it asks for."""

BARE_PROMOTION = 40
"""Words: a longer paragraph promotes only if it links to what it promotes."""

LEAST_TALK = 2
"""Paragraphs before the end that speak of subscribing, giving or following: then the article itself is about that."""
LONGEST_DATE = 14
"""Words of a line that says when the text was published, when it was changed, and how long it takes to read."""
LEAST_LINKED = 0.3
"""Share of a paragraph in links from which on it may promote even between paragraphs of the article."""
LONGEST_RIGHTS = 40
"""Words of a line that says whose the text is."""
LEAST_SENTENCE = 8
"""Words of a line that is one link and yet a sentence of the article's."""

Stand = tuple[tuple[str, ...], str]
"""How an element is styled, whatever its words stand in, and how the element around it is."""
_QUOTE_MARKS = '"“„«»”‘'
_SPOKEN = ("question", "answer")
_QUOTED = ("block-quote", "pull-quote")
_ONLY_A_DATE = re.compile(
    r"^\W*(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d|[^\W\d_]{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}"
    r"|\d{1,2}\.?\s[^\W\d_]{3,10}\.?,?\s\d{4})(?:[\s,|–-]+\d{1,2}[:.h]\d{2}\s?(?:uhr|am|pm|h)?)?\W*$",
    re.IGNORECASE,
)
_DATED = Cue(cues("date_label") | cues("change_label"), rf"^\W*{WORDS}(?!\w)\W*(?:[^\W\d_]+\W+){{0,3}}\d")
_RIGHTS = Cue("rights_line", rf"\W*(?:(?:copyright\W{{0,3}})?(?:[©ⓒ]|\(c\))|{WORDS})", needed=False)
_STOPS = (".", "!", "?", "…")
_INVITES = Cue("read_more", rf"^\W*{WORDS}(?!\w)")
_PROMOTES = Cue("promotion", rf"(?<!\w){WORDS}")


def mark_boilerplate(segments: list[Segment]) -> None:
    """Leaves out what follows the last answer, or ends an article without turns, and is no part of the article."""
    LONE_DATE.decide(segments)
    _overrule_by(BOX_RULES, [segment for segment in segments if _is_box_by_weights(segment)])
    tail = _tail(segments)
    running = _running(segments[: len(segments) - len(tail)])
    for closing in _closings(segments, tail, running):
        rule = settle_by(TAIL_RULES, closing, closing.segment) if closing.segment.open else ""
        if rule and closing.segment.kind == "heading":
            _leave_section(closing.behind, rule)
    _overrule_by(READ_MORE_RULES, tail)
    _leave_remnants(segments, running)


def _overrule_by(rules: tuple[Rule[Segment], ...], segments: list[Segment]) -> None:
    for segment in segments:
        rule = first_rule(rules, segment)
        if rule:
            segment.overrule(LEFT_OUT, rule)


def _lone_date(segments: list[Segment]) -> Iterator[Segment]:
    """A line above the text that is a date and nothing else, the only one of its kind: a chronicle has several."""
    dated = [place for place, segment in enumerate(segments) if segment.open and _is_a_date(segment.text)]
    first = next((place for place, segment in enumerate(segments) if prose(segment)), 0)
    # Of several dates each may head an entry of a diary or a chronicle.
    if len(dated) == 1 and dated[0] <= first and segments[dated[0]].kind in ("paragraph", "heading"):
        yield segments[dated[0]]


def _is_a_date(text: str) -> bool:
    """Whether a line is a date and nothing else, or says with one when the text was published or changed."""
    if _ONLY_A_DATE.match(text):
        return True
    return len(text.split()) <= LONGEST_DATE and bool(_DATED.match(text)) and not text.rstrip().endswith(_STOPS)


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


class Closing(Struct, frozen=True):
    """A segment near the end, and what is known of the article around it.

    ``behind`` is what follows it. ``amid`` says that it looks as the running text does and that more of this follows;
    ``topical`` that the article speaks of subscribing, giving or following long before its end; ``heads_text`` that running
    text which looks so is right below it.
    """

    segment: Segment
    behind: list[Segment]
    amid: bool
    topical: bool
    heads_text: bool


def _closings(segments: list[Segment], tail: list[Segment], running: set[Stand]) -> Iterator[Closing]:
    # What is said behind the last answer is no answer, however it looks.
    spoken = any(segment.became in _SPOKEN for segment in segments)
    before = segments[: len(segments) - len(tail)]
    topical = not spoken and sum(_runs(each) and bool(_PROMOTES.search(each.text)) for each in before) >= LEAST_TALK
    told = [prose(each) > 0 and _stand(each) in running and not _promotes(each) for each in tail]
    last = max((place for place, tells in enumerate(told) if tells), default=-1)
    for place, segment in enumerate(tail):
        amid = not spoken and place < last and segment.kind == "paragraph" and _stand(segment) in running
        heads = not spoken and place + 1 < len(tail) and told[place + 1]
        yield Closing(segment, tail[place + 1 :], amid, topical, heads)


def _running(segments: list[Segment]) -> set[Stand]:
    """How the running text of the article looks."""
    return {_stand(segment) for segment in segments if segment.kind == "paragraph" and prose(segment)}


def _stand(segment: Segment) -> Stand:
    return segment.dress.own, look(segment)[1]


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


def _is_promotion(closing: Closing) -> bool:
    """Whether it asks for something; in the midst of text, or of an article about such things, only a line that links."""
    segment = closing.segment
    if segment.kind not in ("paragraph", "heading", "list", "box") or not _promotes(segment):
        return False
    if segment.kind == "heading" and closing.heads_text:
        return False
    if closing.amid or (closing.topical and segment.kind == "paragraph"):
        return segment.link_density > LEAST_LINKED
    return True


def _leads_elsewhere(closing: Closing) -> bool:
    segment = closing.segment
    return segment.kind == "paragraph" and _is_links(segment) and not closing.amid and not _tells(segment)


def _tells(segment: Segment) -> bool:
    """Whether a line that is mostly a link is a sentence all the same, and invites to nothing."""
    sentence = segment.word_count >= LEAST_SENTENCE and segment.text.rstrip()[-1:] in ".。।"
    return sentence and not _INVITES.match(segment.text) and not _PROMOTES.search(segment.text)


TAIL_RULES: tuple[Rule[Closing], ...] = (
    Rule("promotion", _is_promotion),
    Rule("line-of-links", _leads_elsewhere),
)
"""Why something behind the last answer, or near the end of an article, is left out."""


def _leave_section(following: list[Segment], rule: str) -> None:
    """What stands under a heading that promotes, up to the next heading, goes with it."""
    for segment in following:
        if segment.kind == "heading":
            return
        segment.leave_out(rule)


def _runs(segment: Segment) -> bool:
    """Whether the segment is running text: long enough for prose, spoken, or a sentence with its full stop."""
    if segment.became in _SPOKEN:
        return True
    if _is_rights(segment):
        return False
    if prose(segment):
        return True
    sentence = segment.word_count >= 5 and segment.text.rstrip()[-1:] in ".!?…。”»"
    return (
        segment.open
        and segment.kind == "paragraph"
        and sentence
        and segment.link_density < 0.4
        and not is_credit(segment.text)
    )


def _is_rights(segment: Segment) -> bool:
    """Whether a line says whose the text is and nothing else."""
    return segment.kind == "paragraph" and segment.word_count <= LONGEST_RIGHTS and bool(_RIGHTS.match(segment.text))


class Remnant(Struct, frozen=True):
    """A segment behind the last running text, the one before it, those behind it, and how the running text looks."""

    segment: Segment
    before: Segment
    behind: list[Segment]
    running: set[Stand]


def _goes_on(segment: Segment, before: Segment) -> bool:
    """Whether a line that is partly a link continues a row of short lines: the line above it in its box is no link."""
    if segment.link_density > 0.9 or not before.open or before.kind != "paragraph" or before.link_density > 0.4:
        return False
    if segment.element is None or before.element is None or segment.element.parent is not before.element.parent:
        return False
    return before.dress == segment.dress and before.word_count <= 8


def _leave_remnants(segments: list[Segment], running: set[Stand]) -> None:
    """Behind the last paragraph of running text: headings over nothing, lines of links, a credit with no picture."""
    # Of an article without any running text nothing is behind it, so nothing is left out.
    last = max((index for index, segment in enumerate(segments) if _runs(segment)), default=len(segments))
    for place in range(last + 1, len(segments)):
        remnant = Remnant(segments[place], segments[place - 1], segments[place + 1 :], running)
        if remnant.segment.open:
            settle_by(REMNANT_RULES, remnant, remnant.segment)


def _is_line_of_links(remnant: Remnant) -> bool:
    segment = remnant.segment
    if segment.kind != "paragraph" or segment.link_density <= 0.4 or _goes_on(segment, remnant.before):
        return False
    return _stand(segment) not in remnant.running or not _tells(segment)


def _heads_nothing(remnant: Remnant) -> bool:
    """Whether nothing of the article's stands under a heading: no list, table, film, quotation, captioned picture or line."""
    if remnant.segment.kind != "heading":
        return False
    following = next((each for each in remnant.behind if each.open or each.became in _QUOTED), None)
    return following is None or remnant.segment.link_density > 0.9 or not _can_be_headed(following, remnant.running)


def _can_be_headed(segment: Segment, running: set[Stand]) -> bool:
    if segment.became in _QUOTED or segment.kind in ("table", "embed", "preformatted", "verse"):
        return True
    if segment.kind == "figure":
        return any(inner.became == "caption" for inner in segment.segments)
    if segment.kind in ("list", "quote"):
        return (segment.link_density < 0.5 or leads_to_sources(segment)) and not _promotes(segment)
    plain = segment.kind == "paragraph" and not segment.links and not is_credit(segment.text)
    return plain and _stand(segment) in running and not _promotes(segment)


REMNANT_RULES: tuple[Rule[Remnant], ...] = (
    Rule("heading-over-nothing", _heads_nothing),
    Rule("closing-line", lambda remnant: remnant.segment.kind == "rule"),
    Rule("line-of-links", _is_line_of_links),
    Rule("date-line", lambda remnant: remnant.segment.kind == "paragraph" and _is_a_date(remnant.segment.text)),
    Rule("copyright-line", lambda remnant: _is_rights(remnant.segment)),
    Rule(
        "credit-without-picture",
        lambda remnant: remnant.segment.kind == "paragraph" and is_credit(remnant.segment.text),
    ),
)
"""By which a segment behind the last running text is no part of the article."""
