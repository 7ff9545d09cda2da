"""Boilerplate inside the article: lines of the site's, lists of links, and everything behind a heading that ends it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from bs4 import Tag
from msgspec import Struct

from exporter.readers.article.body import Look, asking_looks, asks, look, prose
from exporter.readers.article.boilerplate_groups import (
    headline_lists,
    leads_to_sources,
    linked_blocks,
    linked_rows,
    teasers,
)
from exporter.readers.article.inline_boilerplate.lines import CLOCK, OWN_WORDS, Line
from exporter.readers.article.invitations.pitches import pitches, sells, shows_offer, signs_up, sponsors
from exporter.readers.article.repetitions import copies, recited
from exporter.readers.dom.search import above, holds, stands_in
from exporter.readers.lexicon.dates import TIME_OF_DAY
from exporter.readers.lexicon.folding import fold, fold_case
from exporter.readers.lexicon.names import only_people
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues
from exporter.readers.segments.rule import Rule, Search, decide, settle_by
from exporter.readers.segments.segment import Segment

_TIME_STAMP = re.compile(rf"[\s\[(>|–—-]*{CLOCK}[\s\])|<–—-]*(?:{CLOCK}[\s\])]*)?")
_END_BOX = Cue("end_headings", rf"^\W*{WORDS}(?!\w)")
_DATED = re.compile(
    r"(?:\S+ ){0,5}?\D{0,3}\d{1,2}[:.h]\d{2}(?: ?(?:uhr|am|pm|h))?|[^\W\d_]{0,10} ?\d{1,2}[./ ] ?\S{1,10}[./ ] ?\d{2,4}",
    re.IGNORECASE,
)
"""A day, a time of day or both, and nothing else: "24. 1. 2025 12:38", "yesterday 14:40", "3 May 2024"."""
LEAST_ENTRIES, LONGEST_NAME = 2, 4
"""Entries of a live blog that are signed alike; words of a name there."""
LAST_SHARE = 0.3
"""Of the running text: while more than this is still to come, a heading over links does not end the article."""
LEAST_AT_HOME = 3
"""Paragraphs of running text in one element, before a box in it ends where the box does and the element's text goes on."""
LEAST_ASKED = 2
"""Questions above end matter that must look alike before one below goes on with them."""
_LINKS = frozenset({"a"})
_STOPS = frozenset(".!?…:”»“\"'’。！？」।؟")
_OF_OTHERS = frozenset({"related", "advertisement"})
"""Rules by which what stands below a heading such as "More on this" may be left out already."""
_MORE_OF_A_HEADING = 40
"""Characters that may follow the words by which a heading at the end is known."""


def mark_boilerplate(segments: list[Segment], house: str = "") -> None:
    """Marks what stands inside the body and is no part of the article: end matter, lines of boilerplate, lists of links.

    ``house`` is the publication, whose bare name may close a page.
    """
    decide(END_RULES, _Ends.of(segments, house))
    decide(PAGE_RULES, segments)
    # A list of links between two paragraphs is the article's own; before the first or behind the last it is the site's.
    proses = [index for index, segment in enumerate(segments) if prose(segment)] or [0]
    asked = asking_looks(segments)
    for index, segment in enumerate(segments):
        # One of many questions that look alike is a talk's, whatever its words.
        if segment.open and not (asked[look(segment)] > LEAST_ASKED and asks(segment)):
            settle_by(LINE_RULES, Line(segment, proses[0] < index < proses[-1], index > proses[-1]), segment)


class _Ends(Struct):
    """The article's span with what tells how far it is from its end.

    ``whole`` is how much running text there is, in characters; ``running`` is how that of its first half looks. ``last_part``
    is the place where less than ``LAST_SHARE`` of it is left, which the search for links in the text finds on its way.
    """

    segments: list[Segment]
    whole: int
    running: set[Look]
    last_part: int
    house: str

    @classmethod
    def of(cls, segments: list[Segment], house: str) -> _Ends:
        """What is known before anything is left out."""
        first_half = segments[: len(segments) // 2 + 1]
        running = {look(segment) for segment in first_half if prose(segment) >= 80}
        return cls(segments, sum(prose(segment) for segment in segments) or 1, running, len(segments), house)


def _links_in_text(ends: _Ends) -> Iterator[Segment]:
    """Headings such as "More on this" while most of the article is still to come, each with the links below."""
    rest = ends.whole
    for index, segment in enumerate(ends.segments):
        rest -= prose(segment)
        if rest < ends.whole * LAST_SHARE:
            ends.last_part = index
            return
        if segment.open and _is_end_heading(segment) and not _heads_text(ends, index):
            yield from _links_below(ends.segments, index)


def _end_matter(ends: _Ends) -> Iterator[Segment]:
    """From a heading such as "Related articles" on, everything, unless running text goes on behind it."""
    for index in range(ends.last_part, len(ends.segments)):
        segment = ends.segments[index]
        boxed = segment.kind == "furniture" and segment.rule == "related" and bool(_END_BOX.match(segment.text))
        if boxed or (segment.open and _is_end_heading(segment) and not _heads_text(ends, index)):
            yield from ends.segments[index : _resumed(ends.segments, index, ends.running)]


def _heads_text(ends: _Ends, index: int) -> bool:
    """Whether words that only begin as such a heading does, as "Comments from the island", head text of the article's."""
    if ends.segments[index].text.strip(" :.…!–-#").casefold() in cues("end_headings"):
        return False
    following = next((segment for segment in ends.segments[index + 1 :] if segment.open), None)
    return following is not None and not following.links and _runs_on(following, ends.running)


def _name_of_house(ends: _Ends) -> Iterator[Segment]:
    """The last line of a page that is the name of the publication and nothing else: whose it is, as a colophon says."""
    last = next((segment for segment in reversed(ends.segments) if segment.open), None)
    if last is not None and ends.house and last.kind == "paragraph" and last.text.casefold() == ends.house.casefold():
        yield last


END_RULES: tuple[Search[_Ends], ...] = (
    Search("related-in-text", _links_in_text),
    Search("end-matter", _end_matter),
    Search("name-of-house", _name_of_house),
)
"""By which headings that end an article, or stand over links in it, are left out with what is below."""


def _time_stamps(segments: list[Segment]) -> Iterator[Segment]:
    """Lines that are a time of a recording and nothing else, three or more: a transcript's."""
    found = [segment for segment in segments if segment.open and _TIME_STAMP.fullmatch(segment.text)]
    yield from found if len(found) >= 3 else ()


def _entry_bylines(segments: list[Segment]) -> Iterator[Segment]:
    """Who wrote each entry of a live blog: lines of one look between a time of day or a heading and the entry's text."""
    kept = [segment for segment in segments if segment.open]
    found = [
        line
        for place, line in enumerate(kept)
        if line.kind == "paragraph"
        and 1 < line.word_count <= LONGEST_NAME
        and any(TIME_OF_DAY.fullmatch(each.text) for each in kept[max(place - 3, 0) : place])
        and any(each.kind == "heading" for each in kept[max(place - 2, 0) : place + 2])
        and only_people(line.text)
    ]
    looks = Counter(line.dress for line in found)
    yield from (line for line in found if looks[line.dress] >= LEAST_ENTRIES)


def _dated_teasers(segments: list[Segment]) -> Iterator[Segment]:
    """A heading that links elsewhere with a date and nothing else under it, and the picture above: another article's."""
    kept = [segment for segment in segments if segment.open]
    for place, (heading, below) in enumerate(pairwise(kept)):
        if heading.kind == "heading" and _is_linked(heading) and _DATED.fullmatch(below.text):
            above = kept[place - 1] if place and kept[place - 1].kind == "figure" else heading
            yield from (above, heading, below)


def _lone_teasers(segments: list[Segment]) -> Iterator[Segment]:
    """A heading that is a link and all of a section between paragraphs of the text: another article's."""
    homes = Counter(id(each.element.parent) for each in segments if each.element is not None and prose(each))
    for segment in segments:
        box = above(segment.element, "section", "aside") if segment.element is not None else None
        if not segment.open or segment.kind != "heading" or box is None or not _is_linked(segment):
            continue
        if homes[id(box.parent)] and fold(box.get_text(" ")) == segment.text and segment.text[-1:] not in "?？":
            yield segment


PAGE_RULES: tuple[Search[list[Segment]], ...] = (
    Search("said-twice", copies),
    Search("said-in-a-row", recited),
    Search("time-stamp", _time_stamps),
    Search("entry-byline", _entry_bylines),
    Search("dated-teaser", _dated_teasers),
    Search("teasers", teasers),
    Search("teasers", _lone_teasers),
    Search("linked-blocks", linked_blocks),
    Search("headline-list", headline_lists),
    Search("headline-list", linked_rows),
)
"""By which several segments of the body together are no part of the article."""


def _is_linked(segment: Segment) -> bool:
    """Whether the whole of it is a link: inside one, or made of one."""
    around = above(segment.element, "a") if segment.element is not None else None
    return around is not None or segment.link_density > 0.9


def _resumed(segments: list[Segment], index: int, running: set[Look]) -> int:
    """Where running text goes on behind end matter: with the short lines right above it, such as a question."""
    # An interview goes on with a short question, which is no running text, behind a box such as "More on this".
    asked = asking_looks(segments[:index])
    home = _home_beside(segments, index)
    start = next(
        (
            place
            for place in range(index + 1, len(segments))
            if _runs_on(segments[place], running)
            or _asks_again(segments[place], asked)
            or (home is not None and _stands_in(segments[place], home))
        ),
        len(segments),
    )
    homes = {look(segment)[1] for segment in segments[:index] if segment.open and segment.kind == "paragraph"}
    crossheads = {look(segment) for segment in segments[:index] if segment.open and segment.kind == "heading"}
    # Backwards from where text goes on: its crosshead or question stands above it and belongs to it.
    for place in range(start - 1, index, -1) if start < len(segments) else ():
        if segments[place].open and not (
            _leads_in(segments[place], homes, crossheads) or _is_in_such_a_box(segments[place], asked)
        ):
            break
        start = place if segments[place].open else start
    return start


def _runs_on(segment: Segment, running: set[Look]) -> bool:
    """Whether it is a paragraph of running text, or an answer in a block quote, that looks and is boxed as those above."""
    return segment.kind in ("paragraph", "quote") and prose(segment) >= 80 and look(segment) in running


def _home_beside(segments: list[Segment], index: int) -> Tag | None:
    """The element that most running text above stands in, where the heading at ``index`` is in a box of its own in it."""
    homes = [each.element.parent for each in segments[:index] if each.element is not None and each.open and prose(each)]
    counted = Counter(map(id, homes)).most_common(1)
    if not counted or counted[0][1] < LEAST_AT_HOME:
        return None
    home = next(each for each in homes if id(each) == counted[0][0])
    heading = segments[index].element
    if heading is None or home is None or not stands_in(heading, home):
        return None
    # The words may stand right in the box, before its links.
    return home if heading.parent is not home or holds(heading, _LINKS) else None


def _stands_in(segment: Segment, home: Tag) -> bool:
    """Whether words without links stand right in the element, as the text above the box does."""
    worded = segment.kind in ("paragraph", "heading", "list") and segment.open and not segment.links
    # A scrap of a line about the text, such as "By".
    if segment.kind == "paragraph" and segment.text[-1:] not in _STOPS:
        return False
    return worded and segment.element is not None and segment.element.parent is home and not _is_end_heading(segment)


def _asks_again(segment: Segment, asked: Counter[Look]) -> bool:
    """Whether it is a question that looks as those above, or an exchange in such a box as they stand in."""
    return (not segment.links and asks(segment) and asked[look(segment)] >= LEAST_ASKED) or _is_in_such_a_box(
        segment, asked
    )


def _is_in_such_a_box(segment: Segment, asked: Counter[Look]) -> bool:
    boxed = segment.kind in ("quote", "table") and segment.open and not segment.links
    return boxed and asked[look(segment)] >= LEAST_ASKED


def _leads_in(segment: Segment, homes: set[str], crossheads: set[Look]) -> bool:
    """Whether words without links stand in such an element as the text above the end matter, or look as its crossheads."""
    worded = segment.kind in ("paragraph", "heading", "list", "quote", "table") and not segment.links
    return worded and (look(segment)[1] in homes or look(segment) in crossheads) and not _is_end_heading(segment)


def _links_below(segments: list[Segment], index: int) -> list[Segment]:
    """A heading such as "More on this" in the middle of an article, with the short lines of links under it."""
    below = []
    for segment in segments[index + 1 :]:
        if (
            not segment.open
            or segment.word_count > 30
            or not (segment.links or (segment.segments and _density(segment) > 0.5))
        ):
            break
        below.append(segment)
    if not below and index + 1 < len(segments) and segments[index + 1].rule in _OF_OTHERS:
        return [segments[index]]
    following = next((segment for segment in segments[index + 1 :] if segment.open), None)
    stray = following is None or (following.kind in ("heading", "figure", "box") and segments[index].kind == "heading")
    return [segments[index], *below] if below or stray else []


def _is_end_heading(segment: Segment) -> bool:
    # A question such as "Related to that?" heads an answer.
    if segment.word_count > 9 or segment.text.endswith("?") or segment.kind not in ("heading", "paragraph"):
        return False
    plain = fold_case(segment.text.strip(" :.…!–-#"))
    if plain in cues("end_headings"):
        return True
    heads = segment.kind == "heading" or segment.is_named("heading")
    found = _END_BOX.match(segment.text) if heads else None
    more = segment.text[found.end() :] if found else ""
    return found is not None and len(more) <= _MORE_OF_A_HEADING and "\n" not in more


def _density(segment: Segment) -> float:
    """Share of the characters in links, those of inner segments included."""
    if not segment.segments:
        return segment.link_density
    text = sum(len(inner.text) for inner in segment.segments)
    return sum(_density(inner) * len(inner.text) for inner in segment.segments) / text if text else 0.0


def _is_rail(line: Line) -> bool:
    """A box leads elsewhere in which two headings or more are links, or which a heading such as "More on this" opens."""
    segment = line.segment
    # A short read-more box inside the text is kept as the read-more that it is.
    if segment.kind != "box" or (segment.is_named("read_more") and segment.word_count <= 45):
        return False
    if segment.segments and prose(segment) == 0 and _is_end_heading(segment.segments[0]):
        return True
    heads = [inner for inner in segment.segments if inner.kind == "heading"]
    return sum(inner.link_density > 0.8 for inner in heads) >= 2 or _density(segment) > 0.8


def _is_link_list(line: Line) -> bool:
    segment = line.segment
    listed = segment.kind == "list" and not line.between and _density(segment) > 0.8 and len(segment.segments) >= 2
    return listed and not leads_to_sources(segment)


LINE_RULES: tuple[Rule[Line], ...] = (
    *OWN_WORDS,
    Rule("promotion", lambda line: sells(line.segment)),
    Rule("promotion", lambda line: pitches(line.segment)),
    Rule("promotion", lambda line: shows_offer(line.segment)),
    Rule("newsletter", lambda line: signs_up(line.segment)),
    Rule("advertisement", lambda line: sponsors(line.segment)),
    Rule("rail", _is_rail),
    Rule("link-list", _is_link_list),
)
"""By which a single segment of the body is no part of the article."""
