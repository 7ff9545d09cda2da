"""The byline: who wrote, asked, photographed; above the text, in the places where pages print it, or behind its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import not_

from msgspec import Struct

from exporter.model import Inline, Link, Text
from exporter.model.walk import walk
from exporter.readers.article.headline import first_prose
from exporter.readers.dom.elements import attribute
from exporter.readers.lexicon.credits import like_name
from exporter.readers.lexicon.dates import in_words
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.names import is_full_name, is_office, led_by_person, only_people, people_in, role_behind
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues, named
from exporter.readers.metadata import Declared
from exporter.readers.segments.emphasis import emphasis_of, is_question
from exporter.readers.segments.inlines import lines, parted
from exporter.readers.segments.labels import drop, take
from exporter.readers.segments.rule import Rule, Search, settle_by
from exporter.readers.segments.segment import Segment, text_of
from exporter.readers.segments.signatures import signature_of

_BY = Cue("byline", rf"^\W*{WORDS}(?:\s*[:：・＝=]\s*|\s+)(?P<who>\S.*?)[）)\]】]?$", re.DOTALL)
_INTERVIEW_BY = re.compile(
    r"\b(?:interview\w*|entrevista|entretien|intervista|rozhovor|wywiad|samtal|samtale)\s+(?:von|by|par|de|di|door|por|av|af)\s+(?P<who>[^\W\d_]\S*(?:\s[^\W\d_]\S*){0,3}?)"
    r"(?=\s+(?:mit|with|avec|con|met|com)\b|[.,]|$)",
    re.IGNORECASE,
)
_CONVERSES = re.compile(
    r"im gespräch mit|in conversation with|talks? to|spoke to|entretien|conversa|gesprek|\binterview", re.IGNORECASE
)
_NAMES_END = re.compile(
    r"\s*(?:[|•·\n]|(?<=\w{3})\.\s|\s[–—-]\s|,?\s+\d{1,2}[./]\d|,?\s+(?:on|am|le|el)\s+\d|\d{4}).*$", re.DOTALL
)
_BEFORE_DATE = re.compile(r"\s+(?:am|on|le|el|il|den|em|op|vom|du|del)\s*$", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"[,;/&|·•+]|und|and|et|y|e|og|och|en|i|и|ve|și", re.IGNORECASE)
_LEADING_AND = re.compile(r"^(?:und|and|et|y|e|og|och|en|&)\s+", re.IGNORECASE)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:es|en|in)?|auteurs?|autori|people|person(?:en|as)?|journalists?|writers?|contributors?|profiles?"
    r"|by|redakteure?|skribent(?:er)?|kirjoittajat?|yazar(?:lar)?|staff|reporters?)/",
    re.IGNORECASE,
)
"""Where a link leads that names who wrote."""
_PARTED_FROM = " ·•|/–—"
"""Signs by which a page parts the names from what it says next."""
LONGEST_ARTICLE = 5
"""Characters that may stand in front of "interview by": an article."""
_PIECE = re.compile(r"[^|•·\n–—\s][^|•·\n–—]*")
"""A part of a line between signs that part."""
MORE_LINES = 4
"""Lines behind a byline that may name others who made the piece."""
LAST_LINES = 3
"""Segments at the end of an article of which one may be a bare name."""


def find_byline(segments: list[Segment], body: range, headline: int, declared: Declared) -> tuple[Inline, ...]:
    """The words of the byline, its segments settled; ``()`` when the page prints none.

    ``body`` is the span of the article's body, ``headline`` the place of its headline, -1 when it is not printed.
    """
    limit = min(first_prose(segments, body) + 1, len(segments))
    head = range(max(headline - 6, 0), limit)
    place, found, above = _first_byline(segments, head, body, declared)
    if not people_in(parted(found), declared.publication):  # an office or none: a name may stand alone elsewhere
        named = _bare_name(segments, body, headline, limit) or _beside_date(
            segments, range(headline + 1, limit), declared
        )
        if named or not found:
            return named or _signature(segments, body, declared)
    settle_by(RULES, above, segments[place])
    found = take(found, len(text_of(found).rstrip(_PARTED_FROM)))
    lines_behind = _Behind(segments, place, limit)
    more = _more_lines(lines_behind) if above else ()
    CONTROLS.decide(lines_behind)
    return (*found, *more)


RULES: tuple[Rule[bool], ...] = (Rule("byline", bool, "byline"), Rule("closing-byline", not_, "byline"))
"""What a line that names the makers is called, by whether it stands above the text."""


def _first_byline(
    segments: list[Segment], head: range, body: range, declared: Declared
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
    said = fold_name(first.text)
    for segment in behind.first(MORE_LINES):
        if segment.open and _BETWEEN_NAMES.fullmatch(segment.text):
            settle_by(RULES, True, segment)
            continue
        if not segment.open or segment.kind != "paragraph" or segment.word_count > 16 or segment.element is None:
            break
        if segment.is_named("byline") and role_behind(segment.text):
            made.append(Text(f" ({segment.text})"))
        elif not _names_more(segment, first) and not (segment.dress == first.dress and is_office(segment.text)):
            break
        elif fold_name(segment.text) not in said:
            made += [Text(" · " if _BY.match(segment.text) else ", "), *segment.inlines]
            said = f"{said} {fold_name(segment.text)}"
        settle_by(RULES, True, segment)
    return tuple(made)


def _names_more(segment: Segment, first: Segment) -> bool:
    """Whether a line behind a byline, ``first``, holds other people and nothing else."""
    marked = segment.is_named("byline") or segment.dress == first.dress or _BY.match(segment.text)
    return bool(marked and segment.word_count > 1 and only_people(segment.text) and people_in(segment.text))


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
        if inside and segment.open and segment.kind == "paragraph" and segment.word_count <= 20 and segment.links:
            yield segment


CONTROLS = Search("byline-control", _controls)
"""What works the page in the byline's box is no part of it."""


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
        if not found and segment is last[-1] and is_full_name(segment.text):
            words = f" {fold_name(segment.text)} "
            told = any(words in f" {fold_name(each.text)} " for each in segments if each is not segment)
            found = () if told or segment.kind != "paragraph" else segment.inlines
        if found:
            settle_by(RULES, False, segment)
            return found
    return ()


def _beside_date(segments: list[Segment], head: range, declared: Declared) -> tuple[Inline, ...]:
    """A name alone in front of a date, or on the line before or behind that of the date."""
    for index in head:
        segment = segments[index]
        if not segment.open or segment.kind != "paragraph" or not segment.inlines:
            continue
        found = _before_date(segment, declared)
        if not found and _may_stand_bare(segment.text, declared):
            beside = [segments[each] for each in (index - 1, index + 1) if each in head]
            dated = any(each.word_count <= 8 and in_words(each.text, declared.language) for each in beside)
            found = segment.inlines if dated else ()
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
    whole = all(len(part.split()) > 1 for part in re.split(r"[/,&]|\band\b|\bund\b", segment.text))
    return set_apart and whole and segment.text[-1:] not in ".:!?…" and only_people(segment.text)


def _byline_at(segments: list[Segment], index: int, declared: Declared, in_head: bool) -> tuple[Inline, ...]:
    """The names in the byline that the segment is, ``()`` when it is none."""
    segment = segments[index]
    if segment.open and segment.kind == "list" and in_head and segment.word_count <= 24:
        return _in_list(segment)
    if not segment.open or segment.word_count > 24 or segment.kind not in ("paragraph", "heading"):
        return ()
    if index > 0 and settle_by(LABELS, _Labelled(segments[index - 1], segment), segments[index - 1]):
        return segment.inlines
    if not in_head:
        return _after_cue(segment) if segment.word_count <= 10 else ()
    return (
        _after_cue(segment)
        or _in_last_line(segment)
        or _marked_byline(segment, declared)
        or _interview_by(segment)
        or _with_date(segment, declared.language)
    )


class _Labelled(Struct, frozen=True):
    """A line that may be the label of the next, and the next."""

    label: Segment
    line: Segment


def _is_label(pair: _Labelled) -> bool:
    return _is_cue(pair.label) and _is_person(pair.line.text) and not is_question(pair.line.text)


LABELS: tuple[Rule[_Labelled], ...] = (Rule("byline-label", _is_label, "byline"),)
"""What a line above a byline is to it."""


def names_makers(segment: Segment) -> bool:
    """Whether a line says who wrote or asked: "By X", "An interview by X with Y"."""
    told = segment.kind in ("paragraph", "heading") and bool(segment.inlines)
    return told and bool(_after_cue(segment) or _interview_by(segment))


def _in_last_line(segment: Segment) -> tuple[Inline, ...]:
    """The names behind "by" in the last of a few short lines."""
    rows = [row for row in lines(segment.inlines) if row]
    return without_cue(rows[-1]) if 1 < len(rows) <= 3 else ()


def _with_date(segment: Segment, language: str) -> tuple[Inline, ...]:
    """The names behind "by" in a line that says when: "May 4, 2021 | By Ann Lee", "Posted on 4 May 2021 by Ann Lee"."""
    dated = in_words(segment.text, language) if segment.kind == "paragraph" and segment.word_count <= 16 else None
    if dated is None:
        return ()
    for piece in _PIECE.finditer(segment.text[dated.end :]):
        led = _BY.match(piece[0])
        if led and _is_person(_names(led["who"])) and people_in(led["who"]):
            return take(drop(segment.inlines, dated.end + piece.start() + led.start("who")), len(_names(led["who"])))
    return ()


def _before_date(segment: Segment, declared: Declared) -> tuple[Inline, ...]:
    """A name in front of a date and a sign that parts the two: "Ann Lee · 4 May 2021"."""
    dated = in_words(segment.text, declared.language) if segment.word_count <= 16 else None
    piece = _PIECE.match(segment.text)
    if dated is None or piece is None or "," in piece[0] or not _may_stand_bare(piece[0], declared):
        return ()
    parted_by = segment.text[piece.end() : dated.start].strip()
    return take(segment.inlines, len(piece[0].rstrip())) if parted_by in ("|", "•", "·", "–", "—", "") else ()


def _may_stand_bare(text: str, declared: Declared) -> bool:
    """Whether words may be an author's name with nothing but their place to tell so, where the head names nobody."""
    known = any(people_in(each, declared.publication) for each in declared.authors)
    return not known and is_full_name(text, declared.publication) and fold_name(text) != fold_name(declared.section)


def _in_list(segment: Segment) -> tuple[Inline, ...]:
    """The names in a list of a page's facts: behind a cue, or all of a list that is called one of authors."""
    found = next((found for inner in segment.segments if (found := _after_cue(inner))), ())
    if found or not segment.is_named("byline"):
        return found
    people = [inner for inner in segment.segments if inner.inlines and _is_person(inner.text)]
    made = [node for inner in people for node in (Text(", "), *inner.inlines)]
    return tuple(made[1:])


def _is_cue(segment: Segment) -> bool:
    return segment.open and segment.text.strip(" :|").casefold() in cues("byline")


def _after_cue(segment: Segment) -> tuple[Inline, ...]:
    """The name behind a cue, as in "By X" or "Interview: X"."""
    found = _BY.match(segment.text)
    if found is None or segment.word_count > 14:
        return ()
    if not _is_person(_names(found["who"])):
        return drop(segment.inlines, found.start("who")) if led_by_person(found["who"]) else ()
    if len(people_in(segment.text)) > len(people_in(_names(found["who"]))) and only_people(segment.text):
        return drop(segment.inlines, found.start("who"))  # others who made the piece, behind a sign that parts them
    return _from(segment, found.start("who"), found["who"])


def _marked_byline(segment: Segment, declared: Declared) -> tuple[Inline, ...]:
    """A segment that its markup calls the byline, or that is the declared author's name."""
    folded = f" {fold_name(segment.text)} "
    known = any(f" {fold_name(name)} " in folded for name in declared.authors if name)
    marked = segment.is_named("byline") or _links_author(segment)
    like = _is_person(_names(segment.text))
    led = _INTERVIEW_BY.search(segment.text)
    if marked and led and led.start() <= LONGEST_ARTICLE and led.end() == len(segment.text):
        return _interview_by(segment)
    if marked and "@" not in segment.text and only_people(segment.text) and not _is_cue(segment):
        # A byline in several elements: "Ann Lee" and, in the next, "and Bo Stern".
        joint = _LEADING_AND.match(segment.text)
        return drop(segment.inlines, joint.end()) if joint else segment.inlines
    led_by = marked and led_by_person(segment.text)
    if marked and (like or known or led_by or _CONVERSES.search(segment.text)) and not _is_cue(segment):
        return _from(segment, 0, segment.text) if like else bare_byline(segment.inlines)
    return bare_byline(segment.inlines) if known and segment.word_count <= 8 else ()


def _links_author(segment: Segment) -> bool:
    tag = segment.element
    if tag is None or not 2 <= segment.word_count <= 14:
        return False
    return any(
        "author" in attribute(link, "rel") or _AUTHOR_PAGE.search(attribute(link, "href")) for link in tag.find_all("a")
    )


def _interview_by(segment: Segment) -> tuple[Inline, ...]:
    """The name in a sentence such as "An interview by X with Y"."""
    found = _INTERVIEW_BY.search(segment.text)
    return (Text(found["who"].strip()),) if found and like_name(found["who"]) else ()


def _names(text: str) -> str:
    dated = in_words(text, "")
    return _BEFORE_DATE.sub("", _NAMES_END.sub("", text[: dated.start] if dated and dated.start else text)).strip(" .,")


def _is_person(text: str) -> bool:
    """Whether a line may be the name of a person or an editorial office."""
    return (
        (like_name(text) or only_people(text))
        and not any(each.isdigit() or each in "?？!！。" for each in text)
        and text.casefold() not in cues("byline") | cues("date_label")
    )


def _from(segment: Segment, start: int, who: str) -> tuple[Inline, ...]:
    """The names in the segment, from ``start`` on, without the date that may follow."""
    found = take(drop(segment.inlines, start), len(_names(who)))
    return _linked_name(found) or found


def _linked_name(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The person in a link at the beginning where other words are set right against it: "Ann Lee@annlee"."""
    text = text_of(inlines)
    for link in (node for each in inlines for node in walk(each) if isinstance(node, Link)):
        name = text_of(link.children)
        behind = text[len(name) : len(name) + 1] if text.startswith(name) else ""
        if behind and (behind.isalnum() or behind == "@") and only_people(name):
            return (link,)
    return ()


def without_cue(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The names behind "by" in a line of people; ``()`` when it is no such line."""
    found = _BY.match(text_of(inlines))
    return drop(inlines, found.start("who")) if found and _is_person(_names(found["who"])) else ()


def bare_byline(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The names of a byline, without the "By" in front."""
    found = _BY.match(text_of(inlines))
    return drop(inlines, found.start("who")) if found else inlines
