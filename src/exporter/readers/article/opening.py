"""The head of the article: headline, kicker, deck, byline. The page's own words win over what its head declares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from exporter.model import Inline, Text
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
from exporter.readers.lexicon.credits import like_name
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.vocabulary import cues
from exporter.readers.metadata import Declared
from exporter.readers.segments.inlines import lines, tidy
from exporter.readers.segments.labels import drop, take
from exporter.readers.segments.rule import Rule, Search, settle_by
from exporter.readers.segments.segment import Segment, text_of

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
        opening.deck = find_deck(segments, body, opening.place, declared)
    if not opening.kicker:
        opening.kicker = next((each.inlines for each in KICKER.decide(_Headed(segments, opening.place))), ())
    if not opening.byline:
        opening.byline = find_byline(segments, body, opening.place, declared)
    if not opening.dateline:
        _dateline(segments, body, opening)
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
    """The segments of a page, and the place of its headline, -1 when it is not printed."""

    segments: list[Segment]
    place: int


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


def _dateline(segments: list[Segment], body: range, opening: Opening) -> None:
    """Lines above the first paragraph: a place, those that hold a date and little else, the label "Date" before one."""
    # Four above: date, place and section often stand over the headline.
    for index in range(max(opening.place - 4, 0), first_prose(segments, body)):
        segment = segments[index]
        if not segment.open or segment.word_count > 12 or segment.kind != "paragraph" or _is_caption(segment):
            continue
        rule = settle_by(DATELINE_RULES, segment, segment)
        # A later place wins over a date: the date is printed from the metadata anyway.
        if rule == "date":
            opening.dateline = opening.dateline or segment.text
            opening.dated.append(segment.text)
        elif rule == "place":
            opening.dateline = segment.text
    opening.dated.extend(_dated_near(segments, opening.place))


def _is_date(segment: Segment) -> bool:
    return "?" not in segment.text and (_is_timed(segment) or bool(_A_DATE.search(segment.text)))


def _is_place(segment: Segment) -> bool:
    return segment.has_name("dateline") and like_name(segment.text) and segment.word_count <= 4


DATELINE_RULES: tuple[Rule[Segment], ...] = (
    Rule("date-label", lambda segment: segment.text.strip(" :").casefold() in cues("date_label"), "dateline"),
    Rule("date", _is_date, "dateline"),
    Rule("place", _is_place, "dateline"),
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
        and (segment.element.name == "time" or segment.is_named("dateline"))
        and any(each.isdigit() for each in segment.text)
    )


def _is_caption(segment: Segment) -> bool:
    return segment.is_named("caption") or (segment.element is not None and segment.element.name == "figcaption")
