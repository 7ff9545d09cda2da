"""The byline: who wrote, asked, photographed; above the text, in the places where pages print it, or behind its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import not_

from msgspec import Struct

from exporter.model import Inline, LineBreak, Text
from exporter.readers.article.byline.line import (
    LONGEST_LINE,
    all_may_stand_bare,
    before_date,
    is_cue,
    is_person,
    names_above,
    names_below,
    opens_with_cue,
    reporter_in,
    with_roles_beside,
)
from exporter.readers.article.headline import first_prose, opens_talk
from exporter.readers.dom.elements import attribute
from exporter.readers.lexicon.bylines import PLAIN_AND
from exporter.readers.lexicon.dates import in_words
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.name_words import AND, roles_in
from exporter.readers.lexicon.names import is_full_name, is_office, is_outlet, only_people, people_in, role_behind
from exporter.readers.lexicon.vocabulary import named
from exporter.readers.metadata import Declared
from exporter.readers.segments.emphasis import emphasis_of, is_question
from exporter.readers.segments.inlines import parted
from exporter.readers.segments.labels import take
from exporter.readers.segments.rule import Rule, Search, settle_by
from exporter.readers.segments.segment import Segment, text_of
from exporter.readers.segments.signatures import signature_of

_BETWEEN_NAMES = re.compile(rf"[;|·•]|{AND}", re.IGNORECASE)
_JOINT = re.compile(rf"[/,&]|\b{PLAIN_AND}\b")
_PARTED_FROM = " ·•|/–—-"
"""Signs by which a page parts the names from what it says next."""
MORE_LINES = 8
"""Lines behind a byline that may name others who made the piece."""
MOST_OF_POST = 4
"""Words of what somebody is to the paper."""
LONGEST_POST = 8
"""The same where the line is called one."""
FROM_DATE = 2
"""Lines that a name alone may stand from that of the date: between them stands where it was written."""
LAST_LINES = 3
"""Segments at the end of an article of which one may be a bare name."""


def find_byline(segments: list[Segment], body: range, headline: int, declared: Declared) -> tuple[Inline, ...]:
    """The words of the byline, its segments settled; ``()`` when the page prints none.

    ``body`` is the span of the article's body, ``headline`` the place of its headline, -1 when it is not printed.
    """
    begins = first_prose(segments, body)
    limit = min(begins + (not opens_talk(segments[begins])), len(segments))
    # Above the headline stand names of sites and sections as well.
    head = (*range(headline + 1, limit), *range(max(headline - 6, 0), headline))
    place, found, above = _first_byline(segments, head, body, declared)
    if not people_in(parted(found), declared.publication):  # an office or none: a name may stand alone elsewhere
        named = _bare_name(segments, body, headline, limit) or _beside_date(
            segments, range(headline + 1, limit), declared
        )
        if named or not found:
            opening = (reporter_in(each.text) for each in segments[headline + 1 : limit] if each.kind == "paragraph")
            return named or _signature(segments, body, declared) or next(filter(None, opening), ())
    settle_by(RULES, above, segments[place])
    found = take(found, len(text_of(found).rstrip(_PARTED_FROM)))
    lines_behind = _Behind(segments, place, limit)
    more = _more_lines(lines_behind) if above else ()
    CONTROLS.decide(lines_behind)
    AGAIN.decide(_Last(segments, body, fold_name(text_of((*found, *more)))))
    return (*found, *more)


RULES: tuple[Rule[bool], ...] = (Rule("byline", bool, "byline"), Rule("closing-byline", not_, "byline"))
"""What a line that names the makers is called, by whether it stands above the text."""


def _first_byline(
    segments: list[Segment], head: Sequence[int], body: range, declared: Declared
) -> tuple[int, tuple[Inline, ...], bool]:
    """The place of the first byline that names somebody, its words, and whether it stands above the text.

    Where nobody is named, the same of an editorial office.
    """
    office: tuple[int, tuple[Inline, ...], bool] = (-1, (), True)
    # From the end backwards, because the makers sign behind the text, and "by" inside it is part of a sentence.
    for span, above in ((head, True), (reversed(body), False)):
        for index in span:
            found = _byline_at(segments, index, declared, above)
            if people_in(parted(found), declared.publication):
                return index, found, above
            if found and not office[1]:
                office = (index, found, above)
    return office


class _Behind(Struct, frozen=True):
    """The lines behind a byline at ``index``, as far as the head goes: up to ``limit``."""

    segments: list[Segment]
    index: int
    limit: int

    def first(self, count: int) -> list[Segment]:
        """So many of them."""
        return self.segments[self.index + 1 : min(self.index + 1 + count, self.limit)]


def _more_lines(behind: _Behind) -> tuple[Inline, ...]:
    """Further people in the lines behind a byline: other authors, photographers, translators; and what they are."""
    made: list[Inline] = []
    first = behind.segments[behind.index]
    said, waiting = fold_name(first.text), list[Segment]()
    for segment in behind.first(MORE_LINES):
        if segment.kind == "furniture":
            continue
        if segment.open and (_BETWEEN_NAMES.fullmatch(segment.text) or _is_role(segment)):
            waiting.append(segment)
            continue
        if not segment.open or segment.kind != "paragraph" or segment.word_count > 16 or segment.element is None:
            break
        if _is_post(segment) or (segment.is_named("byline") and role_behind(segment.text)):
            made.append(Text(f" ({segment.text})"))
        elif not _names_more(segment, first, waiting) and not (
            segment.dress == first.dress and is_office(segment.text)
        ):
            break
        elif fold_name(segment.text) not in said:
            made += [Text(_joint(segment, waiting)), *with_roles_beside(segment.inlines)]
            said = f"{said} {fold_name(segment.text)}"
        for each in (*waiting, segment):
            settle_by(RULES, True, each)
        waiting.clear()
    return tuple(made)


def _is_role(segment: Segment) -> bool:
    """Whether a line says what the person on the next did, and nothing else: "Photography"."""
    behind = segment.is_named("byline") and role_behind(segment.text)
    return segment.kind == "paragraph" and segment.word_count <= 3 and bool(roles_in(segment.text)) and not behind


def _is_post(segment: Segment) -> bool:
    """Whether a line of some words says what its owner is to the paper: "Shipping correspondent"; or is called so."""
    if segment.is_named("post") and segment.word_count <= LONGEST_POST and segment.text[-1:] not in ".!?":
        return True
    return 1 < segment.word_count <= MOST_OF_POST and is_office(segment.text) and not is_outlet(segment.text)


def _joint(segment: Segment, waiting: list[Segment]) -> str:
    """What stands between the names so far and those of a line, by the lines between the two."""
    role = next((each.text.strip(" :") for each in reversed(waiting) if _is_role(each)), "")
    if role:
        return f" · {role}: "
    joint = next((f" {each.text} " for each in waiting if each.text.isalpha()), ", ")
    return " · " if opens_with_cue(segment.text) else joint


def _names_more(segment: Segment, first: Segment, waiting: list[Segment]) -> bool:
    """Whether a line behind a byline, ``first``, holds other people and nothing else."""
    alike = segment.dress == first.dress
    marked = segment.is_named("byline") or alike or opens_with_cue(segment.text) or any(map(_is_role, waiting))
    # One word may be a place: it is a name where it is set as the one before, behind a sign or in what is called a byline.
    called = segment.is_named("byline") and segment.dress.own == first.dress.own
    named = segment.word_count > 1 or called or (alike and bool(waiting))
    return bool(marked and named and only_people(segment.text) and people_in(segment.text))


def _controls(behind: _Behind) -> Iterator[Segment]:
    """What else stands in the box of a byline and names nobody: "Email the author", "Follow", "Updated 3 hours ago"."""
    tag = behind.segments[behind.index].element
    # Three elements up at most: further out a box called "author" may hold the whole article.
    around = [tag, *list(tag.parents)[:3]] if tag is not None else []
    box = next((each for each in reversed(around) if named(attribute(each, "class"), "byline")), None)
    for segment in behind.first(3) if box is not None else ():
        inside = segment.element is not None and (
            segment.element is box or any(each is box for each in segment.element.parents)
        )
        told = inside and segment.open and segment.kind == "paragraph" and not is_full_name(segment.text)
        if told and segment.word_count <= 20 and segment.links:
            yield segment


CONTROLS = Search("byline-control", _controls)
"""What works the page in the byline's box is no part of it."""


class _Last(Struct, frozen=True):
    """The segments of a page, the span of the body, and the folded words of the byline."""

    segments: list[Segment]
    body: range
    byline: str


def _signed_again(last: _Last) -> Iterator[Segment]:
    """A line at the end that signs the text with names of the byline only."""
    lines = [last.segments[index] for index in last.body if last.segments[index].open and last.segments[index].text]
    for segment in lines[-LAST_LINES:]:
        names = [fold_name(each.name) for each in people_in(text_of(signature_of(segment)))]
        if names and all(name in last.byline for name in names):
            yield segment


AGAIN = Search("byline-again", _signed_again)
"""Who wrote is printed once."""


def _bare_name(segments: list[Segment], body: range, headline: int, limit: int) -> tuple[Inline, ...]:
    """A name alone on a line, the only one right above the text, or the only one of the article behind its end."""
    lone = [index for index in body if _is_lone_name(segments[index])]
    above = [index for index in lone if index < limit]
    last = [index for index in body if segments[index].open and segments[index].text][-LAST_LINES:]
    title = fold_name(segments[headline].text) if headline >= 0 else ""
    for index in above if len(above) == 1 else lone if len(lone) == 1 and lone[0] in last else ():
        segment = segments[index]
        # A name that stands alone more than once labels what somebody says.
        again = sum(fold_name(segments[each].text) == fold_name(segment.text) for each in lone)
        if again == 1 and fold_name(segment.text) not in title:
            settle_by(RULES, index < limit, segment)
            return segment.inlines
    return ()


def _signature(segments: list[Segment], body: range, declared: Declared) -> tuple[Inline, ...]:
    """Who signs the text in one of its last lines, where the page names nobody elsewhere."""
    if any(people_in(each, declared.publication) for each in declared.authors):
        return ()
    last = [segments[index] for index in body if segments[index].open and segments[index].text][-LAST_LINES:]
    for segment in reversed(last):
        found = signature_of(segment)
        if not found and segment is last[-1] and _may_sign(last) and is_full_name(segment.text):
            words = f" {fold_name(segment.text)} "
            told = any(words in f" {fold_name(each.text)} " for each in segments if each is not segment)
            found = () if told or segment.kind != "paragraph" else segment.inlines
        if found:
            settle_by(RULES, False, segment)
            return found
    return ()


def _may_sign(last: list[Segment]) -> bool:
    """Whether the last of the lines is neither a sentence nor what a question before it is answered with."""
    return last[-1].text[-1:] not in ".。।…!" and not (len(last) > 1 and is_question(last[-2].text))


def _beside_date(segments: list[Segment], head: range, declared: Declared) -> tuple[Inline, ...]:
    """Names alone in front of a date, or on a line near that of the date."""
    for index in head:
        segment = segments[index]
        if not segment.open or segment.kind != "paragraph" or not segment.inlines:
            continue
        found = before_date(segment, declared)
        brief = segment.word_count <= LONGEST_LINE
        if not found and brief and all_may_stand_bare(parted(segment.inlines), declared):
            beside = [segments[each] for each in range(index - FROM_DATE, index + FROM_DATE + 1) if each in head]
            dated = any(each.word_count <= 8 and in_words(each.text, declared.language) for each in beside)
            # Each name on a line of its own: in a byline they stand beside each other.
            joined = tuple(Text(", ") if isinstance(each, LineBreak) else each for each in segment.inlines)
            found = joined if dated else ()
        if found:
            settle_by(RULES, True, segment)
            return found
    return ()


def _is_lone_name(segment: Segment) -> bool:
    """Whether a line set in bold or italics is the full name of one or several people."""
    if not segment.open or segment.kind != "paragraph" or not 2 <= segment.word_count <= 9 or not segment.inlines:
        return False
    set_apart = emphasis_of(segment.inlines) != "plain"
    # A single word in bold is a crosshead or a label more often than a name.
    whole = all(len(part.split()) > 1 for part in _JOINT.split(segment.text))
    return set_apart and whole and segment.text[-1:] not in ".:!?…" and only_people(segment.text)


def _byline_at(segments: list[Segment], index: int, declared: Declared, in_head: bool) -> tuple[Inline, ...]:
    """The names in the byline that the segment is, ``()`` when it is none."""
    segment = segments[index]
    if not segment.open or segment.word_count > LONGEST_LINE:
        return ()
    if segment.kind == "list":
        return names_above(segment, declared) if in_head else ()
    if segment.kind not in ("paragraph", "heading"):
        return ()
    if index > 0 and settle_by(LABELS, _Labelled(segments[index - 1], segment), segments[index - 1]):
        return segment.inlines
    return names_above(segment, declared) if in_head else names_below(segment)


class _Labelled(Struct, frozen=True):
    """A line that may be the label of the next, and the next."""

    label: Segment
    line: Segment


def _is_label(pair: _Labelled) -> bool:
    return is_cue(pair.label) and is_person(pair.line.text) and not is_question(pair.line.text)


LABELS: tuple[Rule[_Labelled], ...] = (Rule("byline-label", _is_label, "byline"),)
"""What a line above a byline is to it."""
