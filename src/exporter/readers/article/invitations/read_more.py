"""Read-mores: invitations inside the text to read something else, as a line or as a box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from msgspec import Struct

from exporter.model import Inline, Link, Text
from exporter.model.walk import walk
from exporter.readers.article.boilerplate_groups import is_label_with_link
from exporter.readers.dom.search import above
from exporter.readers.lexicon.folding import fold, fold_case
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues
from exporter.readers.segments.emphasis import emphasis_of
from exporter.readers.segments.rule import Rule, Search, settle_by
from exporter.readers.segments.segment import Segment, text_of

_CUE = Cue("read_more", rf"^\W*(?P<label>{WORDS})\s*(?:[:：>»›→|–—-]+\s*|$|(?=\S))")
_MARKED = Cue("read_more", rf"^\W*(?P<label>{WORDS}(?:\s\w+){{0,2}})\s*[:：>»›→|–—]")
_ARROW = re.compile(r"(?:>{1,3}|»{2,3}|[→➡►▶▸☞👉➤⇒])\s*\w")
"""Signs by which a line points elsewhere; a single guillemet opens a quotation."""
_TITLE_MARKS = frozenset({"[]", "《》", "〈〉", "【】"})
"""Signs around the title of another article that is a line of its own."""
_POINTERS = " :–—-|>»›→"
LONGEST = 45
"""Words of a read-more line."""
LEAST_ALIKE = 2
"""Lines that begin alike and lead to headlines, before they are known for what they are."""
LEAST_HEADLINE = 4
"""Words of a link that is a headline."""
LONGEST_LABEL = 6
"""Words in front of such a link."""
_SIGNS = tuple(":：|>›→▶►–—-")
LEAST_LINKED = 0.3
"""Share of such a line in links: a sentence behind "More:" may have one."""


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
    LABELLED.decide(segments)
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


def _labelled(segments: list[Segment]) -> Iterator[Segment]:
    """Lines that begin with the same few words, a sign and a link to the end, in whatever language: two or more in the text."""
    found: dict[str, list[Segment]] = {}
    for segment in segments:
        label = _label_before_link(segment)
        if label:
            found.setdefault(label, []).append(segment)
    for lines in found.values():
        yield from lines if len(lines) >= LEAST_ALIKE else ()


def _label_before_link(segment: Segment) -> str:
    """The words in front of a link that goes to the end of a line and reads as a headline; none where there is no such link."""
    if not segment.open or segment.kind != "paragraph" or not LEAST_LINKED < segment.link_density < 1:
        return ""
    links = _links(segment)
    words = text_of(links[0].children) if len(links) == 1 else ""
    if not segment.text.endswith(words) or not len(words.split()) >= LEAST_HEADLINE or words[-1:] in ".:":
        return ""
    label = segment.text[: len(segment.text) - len(words)].rstrip()
    return label if label[-1:] in _SIGNS and len(label.split()) <= LONGEST_LABEL else ""


LABELLED = Search("read-more-line", _labelled, "read-more")
"""By which lines are read-mores for being alike."""


def _is_listed(segment: Segment) -> bool:
    return segment.open and segment.link_density >= 0.8 and segment.kind in ("paragraph", "heading", "list")


def _heads_list(invitation: Invitation) -> bool:
    return invitation.is_text and _is_cue(invitation.segment) and bool(invitation.listed)


def _begins_list(invitation: Invitation) -> bool:
    following = invitation.following
    return _is_all_link(invitation.segment) and bool(following) and _is_all_link(following[0])


def _is_cue(segment: Segment) -> bool:
    return fold_case(segment.text.strip(" :.…>»›→|–—-")) in cues("read_more") and not segment.links


def _is_line(segment: Segment) -> bool:
    if segment.word_count > LONGEST:
        return False
    marked = _MARKED.match(segment.text)
    if marked:
        return (
            segment.link_density >= LEAST_LINKED
            or segment.element is None
            or _is_dead(segment)
            or _is_set_apart(segment, marked)
        )
    # Sites set the headline of another article between two paragraphs, linked and without a word of invitation.
    if segment.kind == "paragraph" and segment.link_density > 0.9 and _is_title(segment):
        return True
    if _ARROW.match(segment.text) and segment.link_density >= LEAST_LINKED and _ends_in_link(segment):
        return True
    found = _CUE.match(segment.text)
    return found is not None and (
        segment.link_density > 0.5 or 0 < len(segment.text) - found.end() <= segment.links + 3
    )


def _is_bare_cue(segment: Segment) -> bool:
    """Whether a line says "Read more" and nothing else, and no links stand below it."""
    return _is_cue(segment) and segment.word_count > 1 and not segment.text.endswith(("?", "？"))


def _ends_in_link(segment: Segment) -> bool:
    links = _links(segment)
    return bool(links) and segment.text.rstrip(" .").endswith(text_of(links[-1].children).rstrip(" ."))


def _leads_nowhere(invitation: Invitation) -> bool:
    """Whether a line, or a block quote of such lines, invites to read something else and has no address of it."""
    segment = invitation.segment
    if segment.kind == "quote":
        inner = [each for each in segment.segments if each.open]
        return bool(inner) and all(_is_lost(each) for each in inner)
    return _is_lost(segment)


def _is_lost(segment: Segment) -> bool:
    if segment.kind not in ("paragraph", "heading") or segment.word_count > LONGEST or _is_cue(segment):
        return False
    marked = _MARKED.match(segment.text)
    if marked and segment.element is not None and not segment.links and _is_set_apart(segment, marked):
        return True
    return bool(marked or _CUE.match(segment.text)) and _is_dead(segment)


def _is_dead(segment: Segment) -> bool:
    """Whether half of the words stand in links that lead nowhere any more: pages saved by a browser may lose the address."""
    if segment.element is None or segment.links:
        return False
    dead = sum(len(fold(each.get_text(" "))) for each in segment.element.find_all("a", href=False))
    return dead * 2 > len(segment.text)


def _is_set_apart(segment: Segment, marked: re.Match[str]) -> bool:
    """Whether a line invites in two words or more, is bold or in italics to its end, and ends in no full stop."""
    told = " " in marked["label"] and segment.text.rstrip()[-1:] not in ".:…"
    return told and segment.kind == "paragraph" and emphasis_of(segment.inlines) != "plain"


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
    if segment.text[0] + segment.text[-1] in _TITLE_MARKS:
        return True
    if not 4 <= segment.word_count <= 25 or segment.text.rstrip()[-1:] in ".!?…:":
        return False
    return segment.text.upper() == segment.text or emphasis_of(segment.inlines) == "bold"


def _is_box(segment: Segment) -> bool:
    return segment.link_density > 0.5 and bool(_links(segment)) and segment.word_count <= 80


def _is_quoted_line(segment: Segment) -> bool:
    """Whether a block quote holds nothing but lines that invite to read something else."""
    inner = [each for each in segment.segments if each.open]
    worded = bool(inner) and all(each.kind in ("paragraph", "heading") for each in inner)
    return worded and all(not _is_cue(each) and bool(_CUE.match(each.text)) and _is_line(each) for each in inner)


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
    Rule("read-more-without-link", _leads_nowhere),
    Rule("read-more-without-link", lambda each: each.segment.kind == "paragraph" and _is_bare_cue(each.segment)),
    Rule(
        "read-more-line",
        lambda invitation: invitation.is_text and not _is_cue(invitation.segment) and _is_line(invitation.segment),
        "read-more",
    ),
    Rule("read-more-box", lambda each: each.segment.kind == "box" and _is_box(each.segment), "read-more"),
    Rule("read-more-box", lambda each: each.is_text and is_label_with_link(each.segment), "read-more"),
    Rule("read-more-box", lambda each: each.segment.kind == "quote" and _is_quoted_line(each.segment), "read-more"),
)
"""By which a segment is a read-more, or one that nobody could follow."""
