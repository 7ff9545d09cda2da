"""Read-mores: invitations inside the text to read something else, as a line or as a box."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from msgspec import Struct

from exporter.model import Inline, Link, Text
from exporter.model.walk import walk
from exporter.readers.dom.search import above
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues
from exporter.readers.segments.emphasis import emphasis_of
from exporter.readers.segments.rule import Rule, Search, settle_by
from exporter.readers.segments.segment import Segment, text_of

_CUE = Cue("read_more", rf"^\W*(?P<label>{WORDS})\s*(?:[:：>»›→|–—-]+\s*|$|(?=\S))")
_MARKED = Cue("read_more", rf"^\W*(?P<label>{WORDS})\s*[:：>»›→|–—]")
_POINTERS = " :–—-|>»›→"
LONGEST = 45
"""Words of a read-more line."""


class Invitation(Struct, frozen=True):
    """A segment that may invite to read something else, and those behind it."""

    segment: Segment
    following: list[Segment]

    @property
    def is_text(self) -> bool:
        """Whether the segment is words, not a box."""
        return self.segment.kind in ("paragraph", "heading")

    @property
    def listed(self) -> list[Segment]:
        """The lines of links right behind the segment."""
        several = takewhile(_is_listed, self.following[: 11 if _is_all_link(self.segment) else 5])
        return list(several)


def find_read_mores(segments: list[Segment]) -> None:
    """Settles the read-mores among the segments."""
    for index, segment in enumerate(segments):
        invitation = Invitation(segment, segments[index + 1 : index + 12])
        if segment.open and not LIST.decide(invitation):
            settle_by(RULES, invitation, segment)


def _list(invitation: Invitation) -> Iterator[tuple[Segment, str]]:
    """A bare "See also", or a line that is a link, with the lines of links behind it, which are no read-mores of their own."""
    if _heads_list(invitation) or _begins_list(invitation):
        listed = invitation.listed
        invitation.segment.segments = listed
        yield invitation.segment, "read-more"
        yield from ((each, "read-more-part") for each in listed)


LIST = Search("read-more-list", _list)
"""By which several lines are one read-more."""


def _is_listed(segment: Segment) -> bool:
    return segment.open and segment.link_density >= 0.8 and segment.kind in ("paragraph", "heading", "list")


def _heads_list(invitation: Invitation) -> bool:
    return invitation.is_text and _is_cue(invitation.segment) and bool(invitation.listed)


def _begins_list(invitation: Invitation) -> bool:
    following = invitation.following
    return _is_all_link(invitation.segment) and bool(following) and _is_all_link(following[0])


def _is_cue(segment: Segment) -> bool:
    return segment.text.strip(" :.…>»›→|–—-").casefold() in cues("read_more") and not segment.links


def _is_line(segment: Segment) -> bool:
    if segment.word_count > LONGEST:
        return False
    if _MARKED.match(segment.text):
        return segment.links > 0 or segment.element is None
    # Sites set the headline of another article between two paragraphs, linked and without a word of invitation.
    if segment.kind == "paragraph" and segment.link_density > 0.9 and _is_title(segment):
        return True
    found = _CUE.match(segment.text)
    return found is not None and (
        segment.link_density > 0.5 or 0 < len(segment.text) - found.end() <= segment.links + 3
    )


def _is_all_link(segment: Segment) -> bool:
    """Whether a paragraph is one link that ends no sentence: two in a row are a list of things to read."""
    if not segment.open or segment.kind not in ("paragraph", "heading") or segment.link_density <= 0.97:
        return False
    # An article about links lists them; its own lists are no read-mores.
    if segment.element is not None and (segment.element.name == "li" or above(segment.element, "li") is not None):
        return False
    return 3 <= segment.word_count <= 30 and segment.text.rstrip()[-1:] not in ".:"


def _is_title(segment: Segment) -> bool:
    """A paragraph that is one link and reads as a title: a few words without a full stop, in capitals or bold."""
    if segment.text[0] == "[" and segment.text[-1] == "]":
        return True
    if not 4 <= segment.word_count <= 25 or segment.text.rstrip()[-1:] in ".!?…:":
        return False
    return segment.text.upper() == segment.text or emphasis_of(segment.inlines) == "bold"


def _is_box(segment: Segment) -> bool:
    return segment.link_density > 0.5 and bool(_links(segment)) and segment.word_count <= 80


def links_of(segment: Segment) -> tuple[str, tuple[Link, ...]]:
    """``(label, links)`` of a read-more: the words of invitation, and where they lead."""
    found = _CUE.match(segment.text)
    links = _links(segment)
    if links:
        label = _label(segment, links)
        return label, links
    rest = segment.text[found.end() :] if found else segment.text
    return (found["label"] if found else ""), (Link((Text(rest or segment.text),)),)


def _links(segment: Segment) -> tuple[Link, ...]:
    sources: list[tuple[Inline, ...]] = [segment.inlines, *_inner_inlines(segment)]
    found = [node for inlines in sources for each in inlines for node in walk(each) if isinstance(node, Link)]
    return tuple(link for link in found if text_of(link.children))


def _inner_inlines(segment: Segment) -> list[tuple[Inline, ...]]:
    found = []
    for inner in segment.segments:
        found.append(inner.inlines)
        found.extend(_inner_inlines(inner))
    return found


def _label(segment: Segment, links: tuple[Link, ...]) -> str:
    """The words of invitation: what stands in front of the first link, or in a segment of its own."""
    if segment.segments and segment.inlines and not segment.links:
        return segment.text.strip(_POINTERS)
    for text in [inner.text for inner in segment.segments] or [segment.text]:
        before = _before_links(text, links)
        if 0 < len(before.split()) <= 8:
            return before
    return ""


def _before_links(text: str, links: tuple[Link, ...]) -> str:
    places = [text.find(text_of(link.children)) for link in links]
    first = min((place for place in places if place >= 0), default=len(text))
    return text[:first].strip(_POINTERS)


RULES: tuple[Rule[Invitation], ...] = (
    Rule(
        "read-more-line",
        lambda invitation: invitation.is_text and not _is_cue(invitation.segment) and _is_line(invitation.segment),
        "read-more",
    ),
    Rule("read-more-box", lambda each: each.segment.kind == "box" and _is_box(each.segment), "read-more"),
)
"""By which a segment is a read-more."""
