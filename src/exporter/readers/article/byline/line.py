"""One line of a page, and whom it names as the makers of the article: "By Ann Lee", "Text: Ann Lee", "Ann Lee · 4 May 2021"."""

from __future__ import annotations

import re
from collections.abc import Callable

from exporter.model import Inline, LineBreak, Link, Text
from exporter.model.walk import walk
from exporter.readers.dom.elements import attribute
from exporter.readers.lexicon.bylines import LEADING_AND, leading_particle, parts_of
from exporter.readers.lexicon.credits import like_name
from exporter.readers.lexicon.dates import in_words
from exporter.readers.lexicon.folding import fold, fold_name
from exporter.readers.lexicon.name_words import cue_pattern, listed, roles_in
from exporter.readers.lexicon.names import (
    is_control,
    is_desk,
    is_full_name,
    is_outlet,
    led_by_person,
    only_people,
    people_in,
    role_behind,
    without_post,
)
from exporter.readers.lexicon.reporters import CHINESE_WITH_PLACE, KOREANS_BEFORE_DATE, OPENING_A_TEXT
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues, either
from exporter.readers.metadata import Declared
from exporter.readers.metadata.signed import leads_to_author
from exporter.readers.segments.inlines import is_broken, lines
from exporter.readers.segments.labels import drop, take
from exporter.readers.segments.segment import Segment, text_of

_BY = Cue(
    "byline", rf"^\W*{WORDS}(?:\s*(?:[:：・＝=／丨｜]|/(?=[^\x00-\x7f]))\s*|\s+)(?P<who>\S.*?)[）)\]】]?$", re.DOTALL
)
_INSIDE = Cue(
    "byline",
    rf"(?<![^\s|/,，、；;·•（(]){WORDS}\s*[:：]\s*(?P<who>[^:：|•;；\n]+?)(?=\s+[^\s:：]{{1,16}}\s*[:：]|\s*[|•;；\n/）)]|\s*$)",
)
"""A cue with its colon among other facts of a line: "来源：海岸日报 作者：陈思远 编辑：周敏"."""
_INTERVIEW_BY = re.compile(
    rf"\b{either(listed('interviews'))}\s+{either(listed('by'))}\s+(?P<who>[^\W\d_]\S*(?:\s[^\W\d_]\S*){{0,3}}?)"
    rf"(?=\s+{either(listed('with'))}\b|[.,]|$)",
    re.IGNORECASE,
)
_CONVERSES = Cue("converses", rf"(?<!\w){WORDS}")
_BEFORE_A_DATE = either(listed("before_dates"))
_NAMES_END = re.compile(
    r"\s*(?:[|•·\n]|(?<=\w{3})\.\s|\s[–—-]\s|,?\s+\d{1,2}[./]\d"
    rf"|,?\s+\d{{1,2}}\s+[^\W\d_]{{2,12}}\s+\d{{4}}|,?\s+{_BEFORE_A_DATE}\s+(?:[^\W\d]{{2,9}}\.?,?\s+)?\d|\d{{4}}).*$",
    re.DOTALL,
)
_BEFORE_DATE = re.compile(rf"\s+{_BEFORE_A_DATE}\s*$", re.IGNORECASE)
LONGEST_LINE, LONGEST_LINE_BELOW = 24, 10
"""Words of a line that names the makers, above the text and in it."""
MOST_ROWS = 4
"""Lines, with breaks between, of a segment that names the makers in one of them."""
MOST_LINKS = 20
"""Links of a line that are looked at."""
LONGEST_ARTICLE = 5
"""Characters that may stand in front of "interview by": an article."""
_ADDRESS = re.compile(r"\S+@\S+\.\w+")
_UNSPACED_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,6}")
"""A name in a script that sets no space between its words, or in Korean."""
_PARTING = " |•·–—-,"
"""Signs between a name and the date behind it."""
_PIECE = re.compile(r"[^|•·\n–—/\s][^|•·\n–—/]*")
"""A part of a line between signs that part."""


def names_above(segment: Segment, declared: Declared) -> tuple[Inline, ...]:
    """The names in a line above the text, ``()`` when it is no byline."""
    if segment.kind == "list":
        return _in_list(segment, declared) if segment.word_count <= LONGEST_LINE else ()
    return with_roles_beside(next((found for form in FORMS if (found := form(segment, declared))), ()))


def with_roles_beside(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A byline with what somebody did in brackets behind the name, where the page has it on a line of its own below."""
    rows = [row for row in lines(inlines) if row] if is_broken(inlines) else []
    named = [row for row in rows if not _ADDRESS.fullmatch(text_of(row)) and in_words(text_of(row), "") is None]
    if len(named) == 1 < len(rows):
        return named[0]
    if not any(role_behind(text_of(row)) for row in rows[1:]):
        # A space as wide as a letter parts two makers, and is none between the words of a name.
        return tuple(Text(each.text.replace("\u3000", " ")) if isinstance(each, Text) else each for each in inlines)
    made: list[Inline] = [*rows[0]]
    for row in rows[1:]:
        made += [Text(f" ({text_of(row)})")] if role_behind(text_of(row)) else [LineBreak(), *row]
    return tuple(made)


def reporter_in(text: str) -> tuple[Inline, ...]:
    """The reporter whom the first words of the text name, ``()`` for none."""
    found = next((found for form in OPENING_A_TEXT if (found := form.match(text))), None)
    return (Text(found["who"]),) if found else ()


def names_below(segment: Segment) -> tuple[Inline, ...]:
    """The names in a line of the text or behind it, where "by" is part of a sentence more often than not."""
    return _after_cue(segment) if segment.word_count <= LONGEST_LINE_BELOW else ()


def opens_with_cue(text: str) -> bool:
    """Whether a line begins with a word that leads to names, as "by" does."""
    return _BY.match(text) is not None


def names_makers(segment: Segment) -> bool:
    """Whether a line says who wrote or asked: "By X", "An interview by X with Y"."""
    told = segment.kind in ("paragraph", "heading") and bool(segment.inlines)
    return told and bool(_after_cue(segment) or _interview_by(segment))


def _rows(segment: Segment) -> list[tuple[Inline, ...]]:
    """The lines of a segment that breaks part, without the empty ones."""
    return [row for row in lines(segment.inlines) if row] if is_broken(segment.inlines) else []


def _in_last_row(segment: Segment) -> tuple[Inline, ...]:
    """The names behind "by" in the last of a few short lines."""
    rows = _rows(segment)
    return without_cue(rows[-1]) if 1 < len(rows) < MOST_ROWS else ()


def _in_row(segment: Segment) -> tuple[Inline, ...]:
    """The names behind a cue, or before the word for a reporter, in one of a few short lines."""
    rows = _rows(segment) if len(_rows(segment)) <= MOST_ROWS else []
    told = (Segment("paragraph", text_of(row), row) for row in reversed(rows))
    return next((found for row in told if (found := without_cue(row.inlines) or _inside(row) or _ranked(row))), ())


def _joined_cues(segment: Segment) -> tuple[Inline, ...]:
    """What one person did, and the names behind it: "Text and photographs by Ann Lee"; ``()`` for a single cue."""
    pattern = cue_pattern(segment.text) if segment.word_count <= LONGEST_LINE_BELOW else None
    led = pattern.match(segment.text) if pattern else None
    if led is None or len(roles_in(led["cues"])) < 2 or not only_people(segment.text):
        return ()
    return segment.inlines if people_in(segment.text) else ()


def _with_date(segment: Segment, language: str) -> tuple[Inline, ...]:
    """The names behind "by" in a line that says when: "May 4, 2021 | By Ann Lee", "Posted on 4 May 2021 by Ann Lee"."""
    dated = in_words(segment.text, language) if segment.kind == "paragraph" and segment.word_count <= 16 else None
    if dated is None:
        return ()
    for piece in _PIECE.finditer(segment.text[dated.end :]):
        led = _BY.match(piece[0])
        if led and is_person(_names(led["who"])) and people_in(led["who"]):
            return take(drop(segment.inlines, dated.end + piece.start() + led.start("who")), len(_names(led["who"])))
    return ()


def before_date(segment: Segment, declared: Declared) -> tuple[Inline, ...]:
    """A name in front of a date, a sign or a line break between the two or none: "Ann Lee · 4 May 2021"."""
    rows = _rows(segment)
    if len(rows) > 1 and may_stand_bare(text_of(rows[0]), declared) and in_words(text_of(rows[1]), declared.language):
        return rows[0]
    dated = in_words(segment.text, declared.language) if segment.word_count <= 16 else None
    bare = segment.text[: dated.start].rstrip(_PARTING) if dated else ""
    return take(segment.inlines, len(bare)) if bare and may_stand_bare(bare, declared) else ()


def _behind_date(segment: Segment, declared: Declared) -> tuple[Inline, ...]:
    """Names among the facts of a line that begins with a date: "4 May 2021 · 6 minutes · Ann Lee and Bo Stern"."""
    dated = in_words(segment.text, declared.language) if segment.word_count <= 20 else None
    if dated is None or dated.start > 3:
        return ()
    facts = [fact for fact in _PIECE.finditer(segment.text) if fact.start() >= dated.end]
    for fact in facts:
        if all_may_stand_bare(fact[0].strip(), declared):
            return take(drop(segment.inlines, fact.start()), len(fact[0].strip()))
    return ()


def all_may_stand_bare(text: str, declared: Declared) -> bool:
    """Whether words may be the names of one or several authors with nothing but their place to tell so."""
    people = people_in(text, declared.publication)
    if not people or not only_people(text):
        return False
    unspaced = len(people) > 1 and all(_UNSPACED_NAME.fullmatch(each.name) for each in people)
    known = any(people_in(each, declared.publication) for each in declared.authors)
    return (unspaced and not known) or all(may_stand_bare(each.name, declared) for each in people)


def may_stand_bare(text: str, declared: Declared) -> bool:
    """Whether words may be an author's name with nothing but their place to tell so, where the head names nobody."""
    known = any(people_in(each, declared.publication) for each in declared.authors)
    return not known and is_full_name(text, declared.publication) and fold_name(text) != fold_name(declared.section)


def _inside(segment: Segment) -> tuple[Inline, ...]:
    """The names behind a cue and its colon among other facts of the line."""
    for found in _INSIDE.finditer(segment.text):
        if is_person(found["who"]) and people_in(found["who"]):
            return take(drop(segment.inlines, found.start("who")), len(found["who"]))
    return ()


def _ranked(segment: Segment) -> tuple[Inline, ...]:
    told = segment.text if segment.kind == "paragraph" else ""
    found = KOREANS_BEFORE_DATE.match(told) or CHINESE_WITH_PLACE.match(told)
    return take(drop(segment.inlines, found.start("who")), len(found["who"])) if found else ()


def _with_post(segment: Segment, declared: Declared) -> tuple[Inline, ...]:
    """A name and right behind it, in two words or more, what its owner is to the paper: "Ann Lee Senior reporter"."""
    if segment.kind != "paragraph" or segment.word_count > 8 or segment.text[-1:] in ".!?:…":
        return ()
    bare = without_post(fold(segment.text))
    behind = len(segment.text.split()) - len(bare.split())
    return take(segment.inlines, len(bare)) if behind > 1 and may_stand_bare(bare, declared) else ()


def _in_list(segment: Segment, declared: Declared) -> tuple[Inline, ...]:
    """The names in a list of a page's facts: behind a cue, all of a list that is called one of authors, or beside a date."""
    found = next((found for inner in segment.segments if (found := _after_cue(inner) or _inside(inner))), ())
    if found:
        return found
    if segment.is_named("byline"):
        people = [inner for inner in segment.segments if inner.inlines and is_person(inner.text)]
    elif any(in_words(inner.text, declared.language) for inner in segment.segments):
        people = [inner for inner in segment.segments if inner.inlines and _may_be_listed(inner.text, declared)]
    else:
        people = []
    made = [node for inner in people for node in (Text(", "), *with_roles_beside(inner.inlines))]
    return tuple(made[1:])


def _may_be_listed(text: str, declared: Declared) -> bool:
    """Whether words among the facts of a list are the author whom the head declares, or may be one where it names nobody."""
    return fold_name(text) in map(fold_name, declared.authors) or all_may_stand_bare(text, declared)


def is_cue(segment: Segment) -> bool:
    """Whether a line is a word that leads to names and nothing else: "By", above the name."""
    return segment.open and segment.text.strip(" :|").casefold() in cues("byline")


def _after_cue(segment: Segment) -> tuple[Inline, ...]:
    """The name behind a cue, as in "By X" or "Interview: X"; with the cues, where they are several."""
    found = _BY.match(segment.text)
    if found is None or len(segment.text.split()) > 14:
        return ()
    if joined := _joined_cues(segment):  # of "Text and photographs by X" the first word alone leads to names as well
        return joined
    if not is_person(_names(found["who"])):
        led = led_by_person(found["who"]) or is_outlet(next((part.words for part in parts_of(found["who"])), ""))
        return drop(segment.inlines, found.start("who")) if led else ()
    if len(people_in(segment.text)) > len(people_in(_names(found["who"]))) and only_people(segment.text):
        return drop(segment.inlines, found.start("who"))  # others who made the piece, behind a sign that parts them
    return _from(segment, found.start("who"), found["who"])


def _marked_byline(segment: Segment, declared: Declared) -> tuple[Inline, ...]:
    """A segment that its markup calls the byline, or that is the declared author's name."""
    folded = f" {fold_name(segment.text)} "
    known = any(f" {fold_name(name)} " in folded for name in declared.authors if name)
    marked = segment.is_named("byline") or _links_author(segment)
    like = is_person(_names(segment.text))
    led = _INTERVIEW_BY.search(segment.text)
    if marked and led and led.start() <= LONGEST_ARTICLE and led.end() == len(segment.text):
        return _interview_by(segment)
    if marked and "@" not in segment.text and only_people(segment.text) and not is_cue(segment):
        # A byline in several elements: "Ann Lee" and, in the next, "and Bo Stern".
        joint = LEADING_AND.match(segment.text)
        return drop(segment.inlines, joint.end() if joint else leading_particle(segment.text))
    if marked and segment.word_count <= 4 and (is_outlet(segment.text, declared.publication) or is_desk(segment.text)):
        return segment.inlines
    led_by = marked and led_by_person(segment.text)
    if marked and (like or known or led_by or _CONVERSES.search(segment.text)) and not is_cue(segment):
        particle = leading_particle(segment.text)
        return _from(segment, particle, segment.text[particle:]) if like else bare_byline(segment.inlines)
    return bare_byline(segment.inlines) if known and segment.word_count <= 8 else ()


def _links_author(segment: Segment) -> bool:
    tag = segment.element
    if tag is None or not 2 <= segment.word_count <= 14:
        return False
    # Its element may be the page's body, with text right in it.
    own = (
        link for link in tag.find_all("a", limit=MOST_LINKS) if (name := fold(link.get_text())) and name in segment.text
    )
    return any("author" in attribute(link, "rel") or leads_to_author(attribute(link, "href")) for link in own)


def _interview_by(segment: Segment) -> tuple[Inline, ...]:
    """The name in a sentence such as "An interview by X with Y"."""
    found = _INTERVIEW_BY.search(segment.text)
    return (Text(found["who"].strip()),) if found and like_name(found["who"]) else ()


def _names(text: str) -> str:
    dated = in_words(text, "")
    names = _BEFORE_DATE.sub("", _NAMES_END.sub("", text[: dated.start] if dated and dated.start else text)).strip(
        " .,"
    )
    *before, last = names.split() or [""]
    weekday = dated is not None and len(before) > 1 and last.islower()
    return " ".join(before).strip(" .,") if weekday else names


def is_person(text: str) -> bool:
    """Whether a line may be the name of a person or an editorial office."""
    return (
        (like_name(text) or only_people(text))
        and not any(each.isdigit() or each in "?？!！。" for each in text)
        and text.casefold() not in cues("byline") | cues("date_label")
        and not is_control(text)
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
    return drop(inlines, found.start("who")) if found and is_person(_names(found["who"])) else ()


def bare_byline(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The names of a byline, without the "By" in front."""
    found = _BY.match(text_of(inlines))
    return drop(inlines, found.start("who") if found else leading_particle(text_of(inlines)))


FORMS: tuple[Callable[[Segment, Declared], tuple[Inline, ...]], ...] = (
    lambda segment, _: _after_cue(segment),
    lambda segment, _: _in_last_row(segment),
    _marked_byline,
    lambda segment, _: _interview_by(segment),
    lambda segment, declared: _with_date(segment, declared.language),
    lambda segment, _: _inside(segment),
    _behind_date,
    lambda segment, _: _ranked(segment),
    lambda segment, _: _in_row(segment),
    _with_post,
)
"""The forms in which a line above the text names its makers; the first that does decides."""
