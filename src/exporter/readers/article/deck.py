"""The deck: the lines under the headline that say what the article is about; a paragraph, a heading, several or a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from exporter.model import Inline, LineBreak
from exporter.readers.article.body import Look, look, prose
from exporter.readers.article.byline.line import LONGEST_LINE, before_date, names_above, names_makers
from exporter.readers.article.headline import first_prose, opens_talk, similarity
from exporter.readers.lexicon.credits import split
from exporter.readers.lexicon.dates import in_words
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.names import only_people
from exporter.readers.lexicon.vocabulary import words
from exporter.readers.metadata import Declared
from exporter.readers.segments.emphasis import emphasis_of, is_question
from exporter.readers.segments.labels import label_of
from exporter.readers.segments.rule import Search
from exporter.readers.segments.segment import Segment

DECK_WORDS = 90
"""A deck is no longer than this."""
MOST_ROWS = 6
"""Lines of one look that make up a deck."""
GOOD_ENOUGH = 0.6
"""A segment that scores less is no deck."""
FEWEST_WORDS, MOST_WORDS = 4, 60
"""Words of a line that is the deck because it stands between headline and byline."""
SHORTEST_TITLE = 12
"""Characters, folded, of a title that is told by its words."""
_STOPS = tuple('.!?…”"»。！？')
FARTHEST = 16
"""Segments of all kinds that may stand between headline and deck."""

_PLACE = re.compile(r"^[^\W\d_][^.!?]{1,25}\.\s+(?=\S)")
"""A dateline's place in front of the deck: "Berlin. …"."""
_DIGIT = re.compile(r"\d")
_DECK_NAMES = ("deck", "dek", "standfirst", "chapo", "bajada", "vorspann", "ingress", "manchet", "perex", "sottotitolo")
"""Names that only decks have; a summary or a description may be something else as well."""
_SLIDES = ("slide", "carousel", "slider", "slideshow")
LONGEST_OF_MAKERS = 14
"""Words of a line that says who wrote, and nothing else."""
_NO_DECK = ("byline", "dateline", "caption")
_HEAVY = frozenset({"bold", "strong", "medium", "semibold", "heavy", "black"})


class _Head(Struct, frozen=True):
    """What is known of the head: its segments, the span of the body, the headline's place, what the page declares.

    ``authors`` are folded names, ``titles`` folded titles; ``running`` is the look of running text.
    """

    segments: list[Segment]
    body: range
    place: int
    description: str
    authors: tuple[str, ...]
    titles: tuple[str, ...]
    running: Look | None
    declared: Declared

    def distance(self, index: int) -> int:
        """How many lines of words stand between the headline and a segment."""
        start = self.place + 1 if self.place >= 0 else self.body.start
        between = self.segments[start:index] if start <= index else []
        return sum(each.open and each.kind in ("paragraph", "heading") and each.word_count > 3 for each in between)

    def near(self, index: int) -> bool:
        """Whether the segment stands below the headline with hardly anything between."""
        below = index > self.place if self.place >= 0 else index >= self.body.start
        return below and index - max(self.place, 0) <= FARTHEST and self.distance(index) <= 3

    def apart(self, index: int) -> bool:
        """Whether the segment looks unlike the running text, and nothing behind its own row looks like it."""
        own = look(self.segments[index])
        if not self.running or own == self.running:
            return False
        end = next((each for each in range(index, len(self.segments)) if look(self.segments[each]) != own), index)
        return not any(look(segment) == own for segment in self.segments[end : self.body.stop])


def find_deck(segments: list[Segment], body: range, place: int, declared: Declared) -> tuple[Inline, ...]:
    """The words of the deck, its segments settled; ``()`` when there is none. ``place`` is the headline's, -1 for none."""
    authors = tuple(fold_name(each) for each in declared.authors)
    titles = tuple(filter(None, map(fold_name, declared.titles)))
    head = _Head(segments, body, place, declared.description, authors, titles, _running_look(segments, body), declared)
    rows: list[tuple[Inline, ...]] = []
    for segment in DECK.decide(head):
        rows += [inner.inlines for inner in segment.segments] if segment.kind == "list" else [segment.inlines]
    return tuple(node for row in rows for node in (LineBreak(), *row))[1:]


def _likest(head: _Head) -> Iterator[Segment]:
    """The lines of the segment that scores best, where one is good enough."""
    # Three above, because some pages print the deck over the headline.
    first = first_prose(head.segments, head.body)
    end = first if opens_talk(head.segments[first]) else first + 2
    span = range(max(head.place - 3, 0), min(end, len(head.segments)))
    scored = [(score, -index) for index in span if (score := _score(head, index)) >= GOOD_ENOUGH]
    if scored:
        yield from _lines_of(head, -max(scored)[1])


DECK = Search("deck", _likest, "deck")
"""By which lines are the deck."""


def _running_look(segments: list[Segment], body: range) -> Look | None:
    """How most paragraphs of the body look, if three or more look so."""
    counted = Counter(look(segments[index]) for index in body if prose(segments[index]))
    best, count = counted.most_common(1)[0] if counted else (None, 0)
    # Two paragraphs of one look may be the deck themselves.
    return best if count >= 3 else None


def _lines_of(head: _Head, index: int) -> list[Segment]:
    """The segment and those right behind it that look like it and unlike the running text."""
    first = head.segments[index]
    while head.apart(index) and index - 1 > head.place and _goes_with(head, head.segments[index - 1], first):
        index -= 1  # the one that tells most need not be the first of its row
    found = [head.segments[index]]
    for segment in head.segments[index + 1 : index + MOST_ROWS]:
        if not head.apart(index) or not _goes_with(head, segment, first):
            break
        found.append(segment)
    return found if first in found and sum(each.word_count for each in found) <= DECK_WORDS * 1.5 else [first]


def _goes_with(head: _Head, segment: Segment, first: Segment) -> bool:
    """Whether a segment is another line of a deck: in the same box, of the same element, unlike the running text."""
    if not segment.open or segment.kind != first.kind or first.kind == "list" or look(segment) == head.running:
        return False
    if _is_of_makers(segment):
        return False
    alike = look(segment)[1] == look(first)[1] and _outer(segment) == _outer(first)
    return alike and segment.word_count <= 60 and not is_question(segment.text) and segment.link_density <= 0.5


def _outer(segment: Segment) -> tuple[str, ...]:
    return segment.dress.own


def _score(head: _Head, index: int) -> float:
    segment = head.segments[index]
    if not _may_be_deck(head, index):
        return 0.0
    if segment.kind == "list":
        return GOOD_ENOUGH if _is_list_of_points(head, index) else 0.0
    inside, near, apart = index in head.body, head.near(index), head.apart(index)
    score = 0.0
    if segment.is_named("deck"):
        score += 0.5 * any(map(segment.has_name, _DECK_NAMES)) if not inside else 0.0
        score += 0.7 if not inside or (near and (apart or not _runs_on(head.segments, index))) else 0.35
    described = _is_described(segment.text, head.description)
    if described:
        score += 0.5 if not inside or segment.kind == "heading" or (near and apart) else 0.2
    if segment.kind == "heading" and near and segment.level > 1 and not _opens_turn(head, index):
        score += 0.65
    if near and inside:
        heavy = not _HEAVY.isdisjoint(words("|".join(segment.dress.own)).split())
        dressed = described and emphasis_of(segment.inlines) != "plain" and not is_question(segment.text)
        score += 0.65 if _is_set_apart(head.segments, index) or dressed else 0.2 * apart + 0.4 * (apart and heavy)
    score += max(_above_text(head, index), _above_byline(head, index) if near else 0.0)
    return score - 0.6 * any(segment.is_named(kind) for kind in _NO_DECK)


def _above_text(head: _Head, index: int) -> float:
    """The score of a paragraph for its place between headline and body: higher when it is whole sentences."""
    segment = head.segments[index]
    if index in head.body or head.place < 0 or not head.near(index) or segment.word_count < 7:
        return 0.0
    whole = segment.word_count >= 12 and segment.text.rstrip()[-1:] in '.!?…”"' and segment.link_density < 0.1
    return 0.65 if whole and index - head.place <= 2 else 0.3


def _above_byline(head: _Head, index: int) -> float:
    """The score of a line for the byline or date right below it, which no text begins with: higher right below the headline."""
    segment = head.segments[index]
    below = next((each for each in head.segments[index + 1 :] if each.text and each.kind != "furniture"), None)
    if below is None or not _says_who_or_when(below, head.declared):
        return 0.0
    first = head.place >= 0 and not head.distance(index) and FEWEST_WORDS <= segment.word_count <= MOST_WORDS
    return 0.65 if first else 0.45 * _is_described(segment.text, head.description)


def _says_who_or_when(segment: Segment, declared: Declared) -> bool:
    """Whether a line holds the names of those who made the article, or its date, and little else."""
    if segment.kind not in ("paragraph", "list") or segment.word_count > 24:
        return False
    if segment.kind == "paragraph" and (segment.is_named("byline") or segment.is_named("dateline")):
        return True
    return bool(names_above(segment, declared) or before_date(segment, declared)) or (
        segment.word_count <= 14 and in_words(segment.text, declared.language) is not None
    )


def _is_of_makers(segment: Segment) -> bool:
    """Whether a short line says who wrote; one with a date besides may be longer."""
    brief = segment.word_count <= LONGEST_OF_MAKERS or (
        segment.word_count <= LONGEST_LINE and in_words(segment.text, "") is not None
    )
    return brief and names_makers(segment)


def _may_be_deck(head: _Head, index: int) -> bool:
    segment = head.segments[index]
    if not segment.open or segment.kind not in ("paragraph", "heading", "list") or segment.link_density > 0.5:
        return False
    if (
        not 3 <= segment.word_count <= DECK_WORDS
        or segment.text.rstrip().endswith((":", "：", "—", "–"))
        or split(segment.text)[1]
        or _names_authors(head, segment)
    ):
        return False
    if _is_of_makers(segment) or (segment.word_count <= 4 and _DIGIT.search(segment.text)):
        return False
    if _says_title(head, segment) or _stands_by_picture(head, index) or (index < head.place and not _tops(head, index)):
        return False
    label = label_of(segment) if segment.inlines else None
    return (label is None or label.role != "question") and not _after_text(head, index)


def _says_title(head: _Head, segment: Segment) -> bool:
    """Whether a line says the headline again among other words, or, as a heading, a part of a title that the head declares."""
    text = fold_name(segment.text)
    headline = fold_name(head.segments[head.place].text) if head.place >= 0 else ""
    if len(headline) >= SHORTEST_TITLE and headline in text and len(text) < 2 * len(headline):
        return True
    return segment.kind == "heading" and len(text) >= SHORTEST_TITLE and any(text in title for title in head.titles)


def _stands_by_picture(head: _Head, index: int) -> bool:
    """Whether a line is a caption by its place: in a row of slides, or, without a stop at its end, right behind a picture."""
    segment = head.segments[index]
    if any(map(segment.has_name, _SLIDES)):
        return True
    behind = index > 0 and head.segments[index - 1].kind == "figure"
    told = segment.kind != "paragraph" or segment.is_named("deck") or _is_described(segment.text, head.description)
    return behind and not told and segment.text.rstrip()[-1:] not in _STOPS


def _tops(head: _Head, index: int) -> bool:
    """Whether a line above the headline may be its deck: it is described by the head, or has a name that only decks have."""
    segment = head.segments[index]
    return any(map(segment.has_name, _DECK_NAMES)) or _is_described(segment.text, head.description)


def _names_authors(head: _Head, segment: Segment) -> bool:
    """Whether a line holds the names of declared authors and no more."""
    folded = f" {fold_name(segment.text)} "
    return (
        segment.word_count <= 16 and any(f" {name} " in folded for name in head.authors) and only_people(segment.text)
    )


def _after_text(head: _Head, index: int) -> bool:
    """Whether running text stands between the headline and the segment: then a heading is a crosshead."""
    before = head.segments[max(head.place, head.body.start) : index]
    return any(prose(each) and (not head.running or look(each) == head.running) for each in before)


def _is_list_of_points(head: _Head, index: int) -> bool:
    """A short list of sentences right under the headline, above all text; one is enough where it is called a deck."""
    segment = head.segments[index]
    rows = [inner for inner in segment.segments if inner.text]
    plain = all(inner.kind == "paragraph" and inner.inlines and inner.word_count >= 4 for inner in rows)
    least = 1 if segment.is_named("deck") else 2
    return (
        least <= len(rows) <= MOST_ROWS
        and plain
        and head.near(index)
        and segment.link_density < 0.2
        and head.place >= 0
    )


def _is_described(text: str, description: str) -> bool:
    """Whether the page's description says the same, or begins so."""
    if not description:
        return False
    return any(
        similarity(each, description, least=0.75) >= 0.75 or _begins_alike(each, description)
        for each in dict.fromkeys((text, _PLACE.sub("", text)))
    )


def _begins_alike(text: str, description: str) -> bool:
    a, b = fold_name(text), fold_name(description)
    return len(b) >= 40 and len(a) >= 40 and a[:40] == b[:40]


def _is_set_apart(segments: list[Segment], index: int) -> bool:
    """A short bold or italic paragraph before the first plain one, which asks nothing: a deck inside the body."""
    segment = segments[index]
    tone = emphasis_of(segment.inlines)
    if segment.kind != "paragraph" or segment.word_count > 45 or is_question(segment.text) or tone == "plain":
        return False
    later = [each for each in segments[index + 1 :] if each.open and each.kind == "paragraph"]
    # A byline between deck and text is no text to compare with.
    later = later[1:] if later and _is_of_makers(later[0]) else later
    # Where paragraphs below are set alike, that type is how the page sets its questions.
    if sum(emphasis_of(each.inlines) == tone and each.dress.inner == segment.dress.inner for each in later) > 2:
        return False
    before = [each for each in segments[:index] if each.open and each.kind == "paragraph" and each.word_count > 25]
    return not before and bool(later) and emphasis_of(later[0].inlines) == "plain" and later[0].word_count > 6


def _runs_on(segments: list[Segment], index: int) -> bool:
    """Whether a paragraph stands among others in one box: the first of the text, whatever its name."""
    element = segments[index].element
    following = segments[index + 1].element if index + 1 < len(segments) else None
    if element is None or following is None or element.name != "p" or following.name != "p":
        return False
    alike = segments[index].dress == segments[index + 1].dress or segments[index].has_name("speakable")
    return alike and element.parent is following.parent


def _opens_turn(head: _Head, index: int) -> bool:
    """Whether a heading asks, or others of its look stand further down, so a crosshead or question rather than a deck."""
    segment = head.segments[index]
    if segment.text.rstrip().endswith("?"):
        return True
    alike = [each for each in head.segments if each.kind == "heading" and each.level == segment.level and each.open]
    return sum(each.dress == segment.dress for each in alike) > 1 and not head.apart(index)
