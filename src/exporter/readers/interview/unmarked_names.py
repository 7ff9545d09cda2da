"""Names in front of what is said that no colon ends: an element of their own, capitals or a dash tell them, again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bs4 import Tag

from exporter.model import Strong
from exporter.readers.lexicon.folding import fold
from exporter.readers.segments.labels import Label, is_name
from exporter.readers.segments.segment import Segment, text_of

LONGEST_NAME = 40
"""Characters of a name that is looked for."""
MOST_WORDS = 4
"""Words of such a name."""
LEAST_TIMES, LEAST_NAMES, LEAST_PLACES = 2, 2, 4
"""Times that a name must stand so, names that must, and places of all: less is no manner of setting speakers apart."""
_APART = frozenset({"span", "font", "cite", "dfn", "small", "i", "em", "u"})
"""Elements that hold a name in front; of bold ones and links the page has others, too."""
_BEFORE_DASH = re.compile(r"^(?P<name>[^\s–—:：.,;!?()\[\]][^–—:：,;!?()\[\]]{1,40}?)\s+[–—]\s+(?=\S)")
_CAPITALS = re.compile(r"^(?P<name>[^\W\d_](?:[^\W\d_]|[.'’ -](?=[^\W\d_])){1,39})\s?(?:\.\s?[-–—]|\.|[-–—])\s+(?=\S)")


def unmarked_names(segments: Iterable[Segment]) -> dict[int, Label]:
    """Identity of a segment → the name in front of it, where the page sets two or more apart in that manner."""
    manners: dict[str, dict[int, Label]] = {}
    for segment in segments:
        for manner, label in _candidates(segment):
            manners.setdefault(manner, {})[id(segment)] = label
    for found in manners.values():
        counted = Counter(label.key for label in found.values())
        usual = [count for count in counted.values() if count >= LEAST_TIMES]
        if len(usual) >= LEAST_NAMES and sum(usual) >= LEAST_PLACES:
            return found
    return {}


def _candidates(segment: Segment) -> Iterator[tuple[str, Label]]:
    if segment.kind != "paragraph" or not segment.inlines:
        return
    name = _in_an_element(segment)
    if name and _may_be_spoken(segment.text[len(name) :]):
        yield "element", Label(name, len(name), False, "")
    stopped = _in_bold_with_stop(segment)
    if stopped:
        yield "bold", Label(stopped, len(stopped) + 1, True, "")
    for manner, pattern in (("capitals", _CAPITALS), ("dash", _BEFORE_DASH)):
        found = pattern.match(segment.text)
        if found and (manner == "dash" or _is_capitals(found["name"])) and _is_short_name(found["name"]):
            yield manner, Label(found["name"].strip(), found.end(), False, "")


def _in_an_element(segment: Segment) -> str:
    """The name that an element of its own, with a class or a style, holds in front of the words; ``""`` for none."""
    first = _first_of(segment.element) if segment.element is not None else None
    while first is not None and first.name in _APART:
        name = fold(first.get_text()) if len(first.contents) <= MOST_WORDS else ""
        if name and name != segment.text:
            apart = bool(first.get("class") or first.get("style") or first.get("color"))
            return name if apart and segment.text.startswith(name) and _is_short_name(name) else ""
        first = _first_of(first)
    return ""


def _in_bold_with_stop(segment: Segment) -> str:
    """The name that stands in front in bold and ends in a full stop, as a crosshead run in does; ``""`` for none."""
    first, *rest = segment.inlines
    name = text_of((first,)) if isinstance(first, Strong) and rest else ""
    bare = name.removesuffix(".")
    return bare if _is_short_name(bare) and segment.text.startswith(f"{bare}. ") else ""


def _first_of(element: Tag) -> Tag | None:
    """The element that the words of another begin with; None where they begin outside of any."""
    for child in element.children:
        if isinstance(child, Tag):
            return child
        if str(child).strip():
            return None
    return None


def _is_short_name(name: str) -> bool:
    return (
        len(name) <= LONGEST_NAME and len(name.split()) <= MOST_WORDS and name[-1:] not in ".?!…:,;" and is_name(name)
    )


def _is_capitals(name: str) -> bool:
    return name.upper() == name and name.lower() != name


def _may_be_spoken(rest: str) -> bool:
    """Whether what follows begins as a sentence does: "Ann Lee said" goes on with the name."""
    first = next((letter for letter in rest if letter.isalnum()), "")
    return bool(first) and not first.islower()
