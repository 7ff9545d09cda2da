"""The head of the article: headline, kicker, deck, byline. The page's own words win over what its head declares."""

from __future__ import annotations

import re

from msgspec import Struct, field

from exporter.model import Inline, Text
from exporter.readers.article.byline import find_byline, without_cue
from exporter.readers.article.headline import (
    HEADLINE_WORDS,
    best_headline,
    first_prose,
    kicker_length,
    similarity,
    without_site,
)
from exporter.readers.lexicon.credits import like_name, split
from exporter.readers.lexicon.vocabulary import cues, named
from exporter.readers.metadata import Declared
from exporter.readers.segments.emphasis import emphasis_of, is_question
from exporter.readers.segments.inlines import lines, tidy
from exporter.readers.segments.labels import drop, fold_name, label_of, take
from exporter.readers.segments.rule import Rule, first_rule
from exporter.readers.segments.segment import Segment, text_of

DECK_WORDS = 90
"""A deck is no longer than this."""
_A_DATE = re.compile(
    r"^\W*(?:\w+,?\s+){0,3}(?:\d{1,2}[./\- ]{1,2}(?:\d{1,2}|[^\W\d_]{3,10})[./\- ]{1,2}\d{2,4}"
    r"|[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d{2}-\d{2}|[^\W\d_]{3,10} \d{4})\b"
)


class Opening(Struct):
    """The segments that open the article. ``origin`` is ``"page"`` or where the headline was taken from instead."""

    headline: tuple[Inline, ...] = ()
    kicker: tuple[Inline, ...] = ()
    deck: tuple[Inline, ...] = ()
    byline: tuple[Inline, ...] = ()
    dateline: str = ""
    dated: list[str] = field(default_factory=list)
    origin: str = "page"
    place: int = -1


def find_opening(segments: list[Segment], body: range, declared: Declared, opening: Opening) -> Opening:
    """Settles the segments of the head among ``segments``, as far as ``opening`` does not know them yet.

    ``body`` is the span of the article's body.
    """
    if not opening.headline:
        _headline(segments, body, declared, opening)
    if not opening.deck:
        _deck(segments, body, declared, opening)
    if not opening.kicker:
        _kicker(segments, opening)
    if not opening.byline:
        opening.byline = find_byline(segments, body, opening.place, declared)
    if not opening.dateline:
        _dateline(segments, body, opening)
    return opening


# ---------------------------------------------------------------------------------------------------------------- headline


def _headline(segments: list[Segment], body: range, declared: Declared, opening: Opening) -> None:
    place = best_headline(segments, body, declared)
    if place is not None:
        segment, opening.place = segments[place], place
        segment.settle("headline", "headline")
        kicker = kicker_length(segment, declared)
        opening.kicker = opening.kicker or _bare(take(segment.inlines, kicker))
        opening.headline, opening.byline = _without_byline(_bare(drop(segment.inlines, kicker)))
        for other in segments:
            if (
                other is not segment
                and other.open
                and other.word_count <= HEADLINE_WORDS
                and fold_name(other.text) == fold_name(segment.text)
            ):
                other.leave_out("repeated-headline")
        return
    title = without_site(declared)
    if title:
        opening.headline, opening.origin = (Text(title),), "the page's metadata"


def _bare(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A kicker or headline without the mark that parted the two."""
    text = text_of(inlines)
    kept = take(inlines, len(text.rstrip(" :|–—"))) if text.rstrip().endswith((":", "|", "–", "—")) else inlines
    text = text_of(kept)
    return tidy(drop(kept, len(text) - len(text.lstrip(" :|–—"))))


def _without_byline(inlines: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """A headline without the "by X" in its last line, and X."""
    rows = lines(inlines)
    named = without_cue(rows[-1]) if len(rows) == 2 and rows[0] else ()
    return (rows[0], named) if named else (inlines, ())


# -------------------------------------------------------------------------------------------------------------------- deck


def _deck(segments: list[Segment], body: range, declared: Declared, opening: Opening) -> None:
    limit = first_prose(segments, body)
    span = range(max(opening.place - 3, 0), min(limit + 2, len(segments)))
    best: tuple[float, int] | None = None
    for index in span:
        score = _deck_score(segments, index, body, declared, opening)
        if score >= 0.6 and (best is None or score > best[0]):
            best = (score, index)
    if best is not None:
        segment = segments[best[1]]
        segment.settle("deck", "deck")
        opening.deck = segment.inlines


def _deck_score(segments: list[Segment], index: int, body: range, declared: Declared, opening: Opening) -> float:
    segment = segments[index]
    if (
        not segment.open
        or segment.kind not in ("paragraph", "heading")
        or not 3 <= segment.word_count <= DECK_WORDS
        or segment.link_density > 0.5
        or ((label := label_of(segment)) is not None and label.role == "question")
        or split(segment.text)[1]
    ):
        return 0.0
    alike = similarity(segment.text, declared.description, least=0.75) if declared.description else 0.0
    near = 0 < index - opening.place <= 4 if opening.place >= 0 else index - body.start in (0, 1)
    inside = index in body
    score = 0.0
    if named(segment.names.strip(), "deck"):
        score += 0.7 if not inside or (near and not _runs_on(segments, index)) else 0.35
    if alike >= 0.75 or _begins_alike(segment.text, declared.description):
        score += 0.5 if not inside or segment.kind == "heading" else 0.2
    if segment.kind == "heading" and near and segment.level > 1 and not _opens_turn(segments, index):
        score += 0.65
    if not inside and near and segment.word_count >= 7 and opening.place >= 0:
        score += 0.3
        whole = segment.word_count >= 12 and segment.text.rstrip()[-1:] in '.!?…”"' and segment.link_density < 0.1
        score += 0.35 if whole and index - opening.place <= 2 else 0.0
    if inside and near and _is_set_apart(segments, index):
        score += 0.65
    if (
        named(segment.names.strip(), "byline")
        or named(segment.names.strip(), "dateline")
        or named(segment.names.strip(), "caption")
    ):
        score -= 0.6
    return score


def _is_set_apart(segments: list[Segment], index: int) -> bool:
    """A short bold or italic paragraph before the first plain one, which asks nothing: a deck inside the body."""
    segment = segments[index]
    tone = emphasis_of(segment.inlines)
    if segment.kind != "paragraph" or segment.word_count > 45 or is_question(segment.text) or tone == "plain":
        return False
    if (
        sum(
            each.kind == "paragraph" and each.open and emphasis_of(each.inlines) == tone
            for each in segments[index + 1 :]
        )
        > 2
    ):
        return False
    before = [each for each in segments[:index] if each.open and each.kind == "paragraph" and each.word_count > 25]
    following = next((each for each in segments[index + 1 :] if each.open and each.kind == "paragraph"), None)
    return (
        not before and following is not None and emphasis_of(following.inlines) == "plain" and following.word_count > 6
    )


def _runs_on(segments: list[Segment], index: int) -> bool:
    """Whether a paragraph stands among others in one box: the first of the text, whatever its name."""
    element = segments[index].element
    following = segments[index + 1].element if index + 1 < len(segments) else None
    if element is None or following is None or element.name != "p" or following.name != "p":
        return False
    alike = segments[index].dress == segments[index + 1].dress or " speakable " in segments[index].names
    return alike and element.parent is following.parent


def _begins_alike(text: str, description: str) -> bool:
    a, b = fold_name(text), fold_name(description)
    return len(b) >= 40 and len(a) >= 40 and a[:40] == b[:40]


def _opens_turn(segments: list[Segment], index: int) -> bool:
    """Whether a heading is one of two or more of its level, so a crosshead or question rather than a deck."""
    segment = segments[index]
    return (
        segment.text.rstrip().endswith("?")
        or sum(
            1
            for each in segments
            if each.kind == "heading" and each.level == segment.level and each.dress == segment.dress and each.open
        )
        > 1
    )


# ------------------------------------------------------------------------------------------------------------------- kicker


def _kicker(segments: list[Segment], opening: Opening) -> None:
    for index in range(max(opening.place - 3, 0), max(opening.place + 2, 0)):
        segment = segments[index] if index < len(segments) else None
        if (
            segment is not None
            and segment.open
            and 0 < segment.word_count <= 8
            and (_is_kicker(segment) or (index < opening.place and segment.element is segments[opening.place].element))
        ):
            segment.settle("kicker", "kicker")
            opening.kicker = segment.inlines
            return


def _is_kicker(segment: Segment) -> bool:
    """A line named a kicker, or one that says what is to come and nothing else: "Interview"."""
    says = segment.kind in ("paragraph", "heading") and fold_name(segment.text) in cues("interview")
    return bool(segment.inlines) and (says or named(segment.names.strip(), "kicker"))


# ----------------------------------------------------------------------------------------------------------------- dateline


def _dateline(segments: list[Segment], body: range, opening: Opening) -> None:
    """Lines above the first paragraph: a place, those that hold a date and little else, the label "Date" before one."""
    for index in range(max(opening.place - 4, 0), first_prose(segments, body)):
        segment = segments[index]
        if not segment.open or segment.word_count > 12 or segment.kind != "paragraph":
            continue
        rule = first_rule(DATELINE_RULES, segment)
        if rule:
            segment.settle("dateline", rule)
        if rule == "date":
            opening.dateline = opening.dateline or segment.text
            opening.dated.append(segment.text)
        elif rule == "place":
            opening.dateline = segment.text
    opening.dated.extend(_dated_near(segments, opening.place))


def _is_date(segment: Segment) -> bool:
    return "?" not in segment.text and (_is_timed(segment) or bool(_A_DATE.search(segment.text)))


def _is_place(segment: Segment) -> bool:
    return " dateline " in segment.names and like_name(segment.text) and segment.word_count <= 4


DATELINE_RULES: tuple[Rule[Segment], ...] = (
    Rule("date-label", lambda segment: segment.text.strip(" :").casefold() in cues("date_label")),
    Rule("date", _is_date),
    Rule("place", _is_place),
)
"""By which a short line above the text is of the dateline."""


def _dated_near(segments: list[Segment], place: int) -> list[str]:
    """Short lines around the headline that may hold its date among other words: a byline, a line of the page's boilerplate."""
    near = [*range(place + 1, place + 5), place - 1, place - 2] if place >= 0 else []
    return [
        segments[index].text
        for index in near
        if 0 <= index < len(segments)
        and segments[index].kind in ("paragraph", "heading", "furniture")
        and segments[index].word_count <= 16
        and segments[index].rule not in _NOT_ITS_OWN
        and any(each.isdigit() for each in segments[index].text)
    ]


_NOT_ITS_OWN = frozenset(["related", "comments", "advert", "navigation", "date", "deck", "headline"])
"""Rules whose lines are of something else than the article, or are known already."""


def _is_timed(segment: Segment) -> bool:
    return (
        segment.element is not None
        and (segment.element.name == "time" or named(segment.names.strip(), "dateline"))
        and any(each.isdigit() for each in segment.text)
    )
