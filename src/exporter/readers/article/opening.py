"""The head of the article: headline, kicker, deck, byline. The page's own words win over what its head declares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import Tag
from msgspec import Struct, field

from exporter.model import Inline, Text
from exporter.readers.article.body import prose
from exporter.readers.article.byline import find_byline
from exporter.readers.article.byline.line import without_cue
from exporter.readers.article.deck import find_deck
from exporter.readers.article.headline import (
    REPEATED,
    Said,
    best_headline,
    first_prose,
    kicker_length,
    without_site,
)
from exporter.readers.lexicon.credits import like_name, split
from exporter.readers.lexicon.dates import TIME_OF_DAY, in_words
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.names import only_people
from exporter.readers.lexicon.vocabulary import cues
from exporter.readers.metadata import Declared
from exporter.readers.segments.inlines import lines, tidy
from exporter.readers.segments.labels import drop, take
from exporter.readers.segments.rule import Rule, Search, decide, settle_by
from exporter.readers.segments.segment import Segment, text_of

_SENT_FROM = re.compile(r"[)\s]*(?:[-–—―/:]|\()")
"""What stands behind the date with which a press release begins: "LESK, February 5, 2025 — The university …"."""
LONGEST_DATELINE = 60
"""Characters of place and date with which a text begins."""
MOST_BEFORE_DATE = 3
"""Words in front of a date on a line of its own: "Published on Tuesday"; and behind one with a label."""
_WORDS = re.compile(r"[^\W\d_]+")


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
        opening.deck = find_deck(segments, body, opening.place, declared)
    if not opening.kicker:
        opening.kicker = next((each.inlines for each in KICKER.decide(_Headed(segments, opening.place, body))), ())
    if not opening.byline:
        opening.byline = find_byline(segments, body, opening.place, declared)
    if not opening.dateline:
        _dateline(segments, body, opening, declared.language)
    decide(FACTS, _Headed(segments, opening.place, body))
    return opening


# ---------------------------------------------------------------------------------------------------------------- headline


class _Printed(Struct, frozen=True):
    """The segments of a page, the span of its body, and what its head declares."""

    segments: list[Segment]
    body: range
    declared: Declared


def _likest(printed: _Printed) -> Iterator[Segment]:
    place = best_headline(printed.segments, printed.body, printed.declared)
    if place is not None:
        yield printed.segments[place]


HEADLINE = Search("headline", _likest, "headline")
"""By which a segment is the headline."""


def _headline(segments: list[Segment], body: range, declared: Declared, opening: Opening) -> None:
    found = HEADLINE.decide(_Printed(segments, body, declared))
    if found:
        segment, opening.place = found[0], segments.index(found[0])
        kicker = kicker_length(segment, declared)
        opening.kicker = opening.kicker or _bare(take(segment.inlines, kicker))
        opening.headline, opening.byline = _without_byline(_bare(drop(segment.inlines, kicker)))
        REPEATED.decide(Said(segments, segment.text))
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


# ------------------------------------------------------------------------------------------------------------------- kicker


class _Headed(Struct, frozen=True):
    """The segments of a page, the place of its headline, -1 when it is not printed, and the span of the body."""

    segments: list[Segment]
    place: int
    body: range


def _by_headline(headed: _Headed) -> Iterator[Segment]:
    """The first line around the headline that is named or worded as a kicker, or stands in the headline's own element."""
    place = headed.place
    for index, segment in enumerate(headed.segments[: max(place + 2, 0)]):
        if index < place - 3 or not segment.open or not 0 < segment.word_count <= 8:
            continue
        if _is_kicker(segment) or (index < place and segment.element is headed.segments[place].element):
            yield segment
            return


KICKER = Search("kicker", _by_headline, "kicker")
"""By which a line is the kicker."""


def _is_kicker(segment: Segment) -> bool:
    """A line named a kicker, or one that says what is to come and nothing else: "Interview"."""
    says = segment.kind in ("paragraph", "heading") and fold_name(segment.text) in cues("interview")
    return bool(segment.inlines) and (says or segment.is_named("kicker"))


# ----------------------------------------------------------------------------------------------------------------- dateline


class _Line(Struct, frozen=True):
    """A short line above the text, and the page's language."""

    segment: Segment
    language: str


def _dateline(segments: list[Segment], body: range, opening: Opening, language: str) -> None:
    """Lines above the first paragraph: a place, those that hold a date and little else, the label "Date" before one."""
    text = first_prose(segments, body)
    of_entries = _times_of_entries(segments, body)
    # Four above: date, place and section often stand over the headline.
    for index in range(max(opening.place - 4, 0), text):
        segment = segments[index]
        if (
            index in of_entries
            or not segment.open
            or segment.word_count > 12
            or segment.kind != "paragraph"
            or _is_caption(segment)
        ):
            continue
        rule = settle_by(DATELINE_RULES, _Line(segment, language), segment)
        # A later place wins over a date: the date is printed from the metadata anyway.
        if rule == "date":
            opening.dateline = opening.dateline or segment.text
            opening.dated.append(segment.text)
        elif rule == "place":
            opening.dateline = segment.text
    opening.dated.extend(_dated_near(segments, opening.place, text))
    if not opening.dated:
        opening.dated.extend(_dateline_in_text(segments[text].text, language))


def _times_of_entries(segments: list[Segment], body: range) -> set[int]:
    """The places of times of day of one look, two or more: each heads an entry of a report that grew during a day."""
    timed = [index for index in body if segments[index].open and TIME_OF_DAY.fullmatch(segments[index].text)]
    looks = Counter(segments[index].dress for index in timed)
    return {index for index in timed if looks[segments[index].dress] > 1}


def _dateline_in_text(text: str, language: str) -> list[str]:
    """The place and the date with which a press release begins."""
    found = in_words(text[: 2 * LONGEST_DATELINE], language)
    led = found is not None and found.end <= LONGEST_DATELINE and _SENT_FROM.match(text, found.end)
    return [text[: found.end]] if found and led else []


def _is_date(line: _Line) -> bool:
    segment = line.segment
    if "?" in segment.text:
        return False
    return _is_timed(segment) or _is_mostly_date(segment.text, line.language)


def _is_mostly_date(text: str, language: str) -> bool:
    """Whether a date stands at the beginning of a line, behind a word or two; behind a label nothing else may follow."""
    found = in_words(text, language)
    if found is None or len(text[: found.start].split()) > MOST_BEFORE_DATE:
        return False
    return ":" not in text[: found.start] or len(_WORDS.findall(text[found.end :])) <= MOST_BEFORE_DATE


def _is_place(line: _Line) -> bool:
    segment = line.segment
    return segment.has_name("dateline") and like_name(segment.text) and segment.word_count <= 4


DATELINE_RULES: tuple[Rule[_Line], ...] = (
    Rule("date-label", lambda line: line.segment.text.strip(" :").casefold() in cues("date_label"), "dateline"),
    Rule("date", _is_date, "dateline"),
    Rule("place", _is_place, "dateline"),
)
"""By which a short line above the text is of the dateline."""


def _dated_near(segments: list[Segment], place: int, text: int) -> list[str]:
    """Short lines around the headline that may hold its date among other words: a byline, a line of the page's boilerplate."""
    near = [*range(place + 1, max(place + 5, min(text, place + 9))), place - 1, place - 2] if place >= 0 else []
    return [
        segments[index].text
        for index in near
        if 0 <= index < len(segments)
        and segments[index].kind in ("paragraph", "heading", "furniture", "list")
        and segments[index].word_count <= (2 * MOST_DATED if segments[index].became == "byline" else MOST_DATED)
        and segments[index].rule not in _NOT_ITS_OWN
        and any(each.isdigit() for each in segments[index].text)
    ]


MOST_DATED = 16
"""Words of a line around the headline that holds a date among others; of one with names twice as many."""
_NOT_ITS_OWN = frozenset(["related", "comments", "advert", "navigation", "date", "deck", "headline"])
"""Rules whose lines are of something else than the article, or are known already."""


def _is_timed(segment: Segment) -> bool:
    return (
        segment.element is not None
        and (segment.element.name == "time" or segment.is_named("dateline"))
        and any(each.isdigit() for each in segment.text)
    )


def _is_caption(segment: Segment) -> bool:
    return segment.is_named("caption") or (segment.element is not None and segment.element.name == "figcaption")


# -------------------------------------------------------------------------------------------------------------------- facts


def _above(headed: _Headed) -> Iterator[Segment]:
    """Short lines of the body above its headline, where no text stands above it: the section, the series."""
    above = headed.segments[headed.body.start : max(headed.place, headed.body.start)]
    if not any(prose(segment) for segment in above):
        yield from (segment for segment in above if _is_brief(segment, MOST_ABOVE))


def _below(headed: _Headed) -> Iterator[Segment]:
    """Bits of a line or two between the headline and the last line that says who wrote or when: "Published", "612 comments"."""
    segments, start = headed.segments, headed.place + 1
    stop = _text_begins(segments, start, first_prose(segments, headed.body)) if headed.place >= 0 else 0
    told = [index for index in range(start, stop) if segments[index].became in ("byline", "dateline")]
    if told:
        for index in range(start, told[-1]):
            near = segments[max(index - FROM_PICTURE, 0) : index + FROM_PICTURE]
            if _is_brief(segments[index], MOST_BELOW) and not any(each.kind == "figure" for each in near):
                yield segments[index]
        yield from _beside(segments, told[-1], stop)


def _text_begins(segments: list[Segment], start: int, stop: int) -> int:
    """The place of the second paragraph of some words, where the head has ended however short they are; ``stop`` without."""
    long = (index for index in range(start, stop) if segments[index].open and segments[index].kind == "paragraph")
    told = [index for index in long if segments[index].word_count > MOST_ABOVE]
    return told[1] if len(told) > 1 else stop


def _beside(segments: list[Segment], last: int, stop: int) -> Iterator[Segment]:
    """The bits right behind the last of these lines, in its box."""
    around = _box_of(segments[last])
    for segment in segments[last + 1 : stop]:
        if not _is_brief(segment, MOST_BELOW) or around is None or _box_of(segment) is not around:
            return
        yield segment


def _box_of(segment: Segment) -> Tag | None:
    return segment.element.parent if segment.element is not None else None


def _is_brief(segment: Segment, most: int) -> bool:
    """Whether a line is no sentence, no name of a picture and no heading."""
    told = segment.open and segment.kind in ("paragraph", "list") and 0 < segment.word_count <= most
    plain = told and segment.text.rstrip()[-1] not in _STOPS and not segment.is_named("caption")
    credited = segment.is_named("credit") or bool(split(segment.text)[1])
    return plain and not credited and (len(segment.text.split()) == 1 or not only_people(segment.text))


FACTS: tuple[Search[_Headed], ...] = (Search("line-above-headline", _above), Search("facts-of-the-head", _below))
"""What stands in the head and is neither its headline nor its deck, nor says who wrote or when."""
FROM_PICTURE = 4
"""Segments from a picture among which a bit of a line may be of its credit."""
MOST_ABOVE, MOST_BELOW = 12, 5
"""Words of such a line."""
_STOPS = frozenset(".!?…:。！？；：’”»)")
"""Signs at the end of a line that belongs to the text."""
