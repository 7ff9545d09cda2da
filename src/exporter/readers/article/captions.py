"""Tells the texts inside a figure apart: caption, credit, and words that only work the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from bs4 import Tag
from bs4.element import PageElement

from exporter.model import Inline, Text
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import above
from exporter.readers.lexicon.credits import is_credit, like_name, strip_lead
from exporter.readers.lexicon.credits import split as split_credit
from exporter.readers.lexicon.folding import fold
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues, named, words
from exporter.readers.segments.inlines import lines, tidy
from exporter.readers.segments.labels import drop, take
from exporter.readers.segments.rule import Rule, Search, settle_by
from exporter.readers.segments.segment import Segment, text_of

_CREDIT_WORD = Cue("credit_lead", rf"\s*\b{WORDS}[\s.…:]*$")
_SIZE = r"\(?\d[\d.,]*\s?[kKmM]i?[bB]\)?"
_CONTROL = Cue(
    "picture_controls",
    rf"(?:{WORDS}|{_SIZE}|\(\d{{1,3}}\)|\d+\s?(?:/|of|von|de|di|sur|van)\s?\d+|\W)+",
    needed=False,
    within=True,
)
_PHRASES = frozenset(each for each in cues("picture_controls") if " " in each)
"""Those of several words: a caption may begin with "Close" or "Download" for other reasons."""
_LEADING_CONTROL = Cue(_PHRASES, rf"^\W*{WORDS}(?:\W+{WORDS})*\W+(?=\w)")
_ENDING_CONTROL = Cue(_PHRASES, rf"(?<=[.!?…)\"”»])\s+{WORDS}(?:\W+{WORDS})*\W*$")
POINTER = re.compile(r"^[▲△▼▽◀▶◁▷↑⬆☝]\s*(?=\w|[\"'“‘「『(<《])")
"""The sign by which a line below a picture says that it is about it, as Korean and Chinese pages set it."""
_COUNTER = re.compile(r"^\(?\d{1,3} ?/ ?\d{1,3}\)?[.:]?\s+(?=[^\W\d_])")
"""Which of a gallery's pictures it is, in front of what it shows: "2/12 The pier"."""
_ATTRIBUTES = (
    *("data-caption", "data-image-caption", "data-sub-html", "data-lightbox-caption", "data-pswp-caption"),
    *("data-fancybox-caption", "data-image-description", "data-description", "data-lcl-txt"),
)
"""Where the scripts that enlarge pictures look for a caption, in the order of their trust."""
_CREDITED = ("credit", "byline", "attribution")
"""Kinds of name of an element that holds the credit at the end of a caption."""
_OF_CAPTION = (
    "credit",
    "credits",
    "author",
    "autor",
    "copyright",
    "source",
    "byline",
    "photographer",
    "fuente",
    "quelle",
    "agency",
)
_RIGHTS = re.compile(r"^\W*(?:copyright|©)|all rights reserved|alle rechte vorbehalten", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
LONGEST_CREDIT = 130
"""Characters."""
_SENTENCE = 5
"""Words in front of a credit that are no name any more but a caption."""
_LEAST_BEHIND = 3
"""Words of a caption behind a credit with which it begins."""
LONGEST_UNSPACED = 12
"""Characters of a credit in a script that has no capitals to tell a name by."""
_LAST = frozenset({"span", "small", "em", "i", "cite", "b", "strong"})
"""Elements in which the credit at the end of a caption may stand."""


class _FigureText(NamedTuple):
    """A text of a figure; ``key`` is it without case and its last signs; ``is_repeated``, whether the figure has said it."""

    segment: Segment
    key: str
    is_repeated: bool


def _is_label(text: _FigureText) -> bool:
    return text.key in cues("credit_lead") and not in_figcaption(text.segment)


def texts_of(segment: Segment, house: str) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """Caption and credit of a figure's own text segments, in the order of the page; what is said twice is said once."""
    captions: list[tuple[Inline, ...]] = []
    credit_lines: list[str] = []
    seen: set[str] = set()
    BOXES.decide(segment)
    for inner in _text_segments(segment):
        key = inner.text.casefold().strip(" .:")
        if settle_by(TEXT_RULES, _FigureText(inner, key, key in seen), inner):
            continue
        seen.add(key)
        caption, credit = parted(inner, captions, house)
        if caption:
            captions.append(caption)
        if credit:
            credit_lines.append(credit)
        settle_by(PART_RULES, caption, inner)
    return _joined(captions), tuple([Text(" / ".join(dict.fromkeys(credit_lines)))] if credit_lines else [])


def _text_segments(segment: Segment) -> list[Segment]:
    found = []
    for inner in segment.segments:
        if inner.segments and inner.kind != "furniture":
            found.extend(_text_segments(inner))
        elif inner.open and inner.inlines:
            found.append(inner)
    return found


def _boxes(segment: Segment) -> Iterator[Segment]:
    """The boxes in a figure that hold its texts."""
    for inner in segment.segments:
        if inner.segments and inner.kind != "furniture":
            yield from _boxes(inner)
            yield inner


BOXES = Search("figure-text", _boxes, "figure")
"""A box in a figure is part of it, whatever its texts are."""

PART_RULES: tuple[Rule[tuple[Inline, ...]], ...] = (
    Rule("figure-text", bool, "caption"),
    Rule("figure-text", lambda caption: not caption, "credit"),
)
"""What a text of a figure is, by the words of it that are its caption."""


def parted(segment: Segment, captions: list[tuple[Inline, ...]], house: str) -> tuple[tuple[Inline, ...], str]:
    """The caption's words and the credit in one segment of a figure's text."""
    # What its own element calls a credit needs no further proof; its words may have any form.
    if _is_called_credit(own_names(segment)):
        told, credit = split_credit(segment.text, house)
        if not credit and not captions and len(told.split()) > 2 * _SENTENCE and told[-1:] in ".!?…。":
            return without_controls(segment.inlines), ""  # a caption in the only element that there is
        if not credit and not captions and _is_phrase(told) and not is_credit(told):
            return without_controls(segment.inlines), ""
        whole = not credit or len(told.split()) < _SENTENCE
        return ((), strip_lead(segment.text)) if whole else (without_controls(cut(segment.inlines, told)), credit)
    last = _last_span(segment)
    if last:
        caption = cut(segment.inlines, segment.text[: -len(last)].rstrip())
        return without_controls(_without_word(caption)), strip_lead(last)
    first = _first_span(segment)
    if first:
        return without_controls(tidy(drop(segment.inlines, len(first)))), strip_lead(first)
    rows = [row for row in lines(segment.inlines) if row]
    if len(rows) > 1 and is_credit(text_of(rows[0]), house):
        return without_controls(tidy(drop(segment.inlines, len(text_of(rows[0]))))), strip_lead(text_of(rows[0]))
    told, credit = split_credit(segment.text, house)
    # A bare name is a credit only where another text is the caption already: alone it may be who is shown.
    if not credit and captions and _bare_credit(segment.text):
        return (), segment.text
    return (without_controls(cut(segment.inlines, told)) if told else ()), credit


def _is_control(segment: Segment) -> bool:
    """Whether a text of a figure only says how to open, store or leave the picture."""
    if _CONTROL.fullmatch(segment.text) or (segment.element is not None and segment.element.name == "summary"):
        return True
    # A caption inside a button that enlarges the picture is still a caption.
    tag = segment.element if not in_figcaption(segment) else None
    pressed = tag is not None and (
        above(tag, "button") or tag.find_parent(attrs={"role": "button"}) or tag.find_parent("a", download=True)
    )
    return bool(pressed) and not named(own_names(segment), "caption") and not named(own_names(segment), "credit")


TEXT_RULES: tuple[Rule[_FigureText], ...] = (
    Rule("picture-label", _is_label),
    Rule("picture-control", lambda text: _is_control(text.segment)),
    Rule("repeated-caption", lambda text: text.is_repeated),
)
"""Why a text of a figure is neither caption nor credit."""


def without_controls(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A caption without the words of a control before or behind it."""
    ending = _ENDING_CONTROL.search(text_of(inlines))
    kept = take(inlines, ending.start()) if ending else inlines
    text = text_of(kept)
    leading = _LEADING_CONTROL.match(text)
    # "Zoom in the profile" tells what is shown, "Zoom in The profile" has a control in front.
    if leading and text[leading.end()].islower() and leading[0].endswith(" ") and leading[0][-2:-1].isalnum():
        leading = None
    leading = leading or POINTER.match(text) or _COUNTER.match(text)
    return drop(kept, leading.end()) if leading else kept


def _is_phrase(text: str) -> bool:
    """Whether words tell what is shown and name nobody: several of them, most in small letters."""
    said = text.split()
    # A second word with a capital is a name's: "Otto Pell, who waited for it".
    told = len(said) >= _SENTENCE and not said[1][:1].isupper()
    return told and sum(word[:1].islower() for word in said) * 3 >= len(said) * 2


def _is_called_credit(names: str) -> bool:
    """Whether an element is called a credit: also "caption-credit", "captionAuthor"."""
    if named(names, "credit") and not named(names, "caption"):
        return True
    found = words(names)
    return any(f" caption {word} " in found for word in _OF_CAPTION) or any(
        f" {word} caption " in found for word in _OF_CAPTION
    )


def _last_span(segment: Segment) -> str:
    """The credit in the last element of a caption: a name, or what is called a credit, behind the end of a sentence."""
    children = _contents(segment.element)
    part = children[-1] if len(children) > 1 else None
    if not isinstance(part, Tag) or part.name not in _LAST:
        return ""
    last = fold(part.get_text())
    before = segment.text[: -len(last)].rstrip() if last and segment.text.endswith(last) else ""
    called = any(named(attribute(part, "class"), kind) for kind in _CREDITED) or bool(_RIGHTS.search(last))
    # Behind anything but the end of a sentence, an emphasised name is part of the caption's own words.
    if len(before.split()) < 2 or not (called or before[-1:] in '.!?…”"»)|。' or is_credit(last)):
        return ""
    bare = strip_lead(last)
    bracketed = last[:1] in "([（" and last[-1:] in ")]）" and len(bare.split()) <= 12
    named_so = is_credit(last) or bracketed or (like_name(bare) and 2 <= len(bare.split()) <= 8)
    return last if named_so or called else ""


def _first_span(segment: Segment) -> str:
    """The credit in the first element of a caption, where words enough for a caption stand behind it."""
    children = _contents(segment.element)
    part = children[0] if len(children) > 1 else None
    if not isinstance(part, Tag) or part.name not in _LAST:
        return ""
    first = fold(part.get_text())
    behind = segment.text[len(first) :].split() if first and segment.text.startswith(first) else []
    return first if len(behind) >= _LEAST_BEHIND and is_credit(first) else ""


def _contents(tag: Tag | None) -> list[PageElement]:
    """The contents of an element; elements around all of them are passed through."""
    children = _filled(tag) if tag is not None else []
    while len(children) == 1 and isinstance(children[0], Tag):
        children = _filled(children[0])
    return children


def _filled(tag: Tag) -> list[PageElement]:
    return [each for each in tag.contents if isinstance(each, Tag) or str(each).strip()]


def _without_word(caption: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A caption less the words for a credit that stood between it and the name."""
    text = text_of(caption)
    found = _CREDIT_WORD.search(text)
    return take(caption, found.start()) if found else caption


def own_names(segment: Segment) -> str:
    """The names of the element itself, and of the one around it when that holds nothing else."""
    tag = segment.element
    if tag is None:
        return ""
    found = f"{attribute(tag, 'class')} {attribute(tag, 'itemprop')} {attribute(tag, 'id')}"
    parent = tag.parent
    # Many systems put the class on a box around the paragraph.
    if parent is not None and fold(parent.get_text(" ")) == segment.text:
        found += f" {attribute(parent, 'class')} {attribute(parent, 'itemprop')}"
    return found


def _bare_credit(text: str) -> bool:
    """A name after a caption, in a segment of its own."""
    spaced = text.upper() != text.lower()
    return (
        (len(text.split()) <= 6 if spaced else len(text) <= LONGEST_UNSPACED and not any(map(str.isdigit, text)))
        and any(map(str.isalpha, text))
        and like_name(text)
        and not text.endswith((".", "?", "!"))
    )


def cut(inlines: tuple[Inline, ...], caption: str) -> tuple[Inline, ...]:
    """The beginning of ``inlines`` that makes up ``caption``."""
    whole = text_of(inlines)
    return (
        inlines if caption == whole else take(inlines, len(caption)) if whole.startswith(caption) else (Text(caption),)
    )


def _joined(captions: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for caption in captions:
        if made:
            made.append(Text(" "))
        made.extend(caption)
    return tuple(made)


def in_figcaption(segment: Segment) -> bool:
    """Whether a segment is, or stands in, the caption of a ``figure``."""
    return segment.element is not None and (
        segment.element.name == "figcaption" or above(segment.element, "figcaption") is not None
    )


_CREDITS = (
    "data-credit",
    "data-copyright",
    "data-photographer",
    "data-image-credit",
    "data-photo-credit",
    "data-byline",
)
"""Attributes in which pages keep who took a picture."""
_TITLED = "caption"
"""The class by which Joomla says that a picture's title is shown as its caption."""


def credited_in_attribute(segment: Segment) -> str:
    """The credit that a picture's element holds in an attribute: one for it, or its title when that is one."""
    tag = segment.element
    if tag is None:
        return ""
    holders = (tag, *tag.find_parents("a", limit=1))
    held = next((text for each in holders for name in _CREDITS if (text := fold(unescape(attribute(each, name))))), "")
    return strip_lead(held) if held and len(held) <= LONGEST_CREDIT else split_credit(fold(attribute(tag, "title")))[1]


def told_in_attribute(segment: Segment) -> str:
    """The caption that a picture's element, or the link around it, holds in an attribute for the enlarged picture."""
    tag = segment.element
    if tag is None:
        return ""
    held = [attribute(each, name) for each in (tag, *tag.find_parents("a", limit=1)) for name in _ATTRIBUTES]
    held += [attribute(tag, "title")] if tag.name == "img" and _TITLED in attribute(tag, "class").split() else []
    return next((text for each in held if (text := fold(unescape(_TAGS.sub(" ", unescape(each)))))), "")
