"""Read-mores: invitations inside the text to read something else, as a line or as a box."""

from __future__ import annotations

from exporter.model import Inline, Link, Text
from exporter.readers.pieces import Piece, text_of
from exporter.readers.tones import tone_of
from exporter.readers.vocabulary import WORDS, Cue, cues
from exporter.walk import walk

_CUE = Cue("read_more", rf"^\W*(?P<label>{WORDS})\s*(?:[:：>»›→|–—-]+\s*|$|(?=\S))")
_MARKED = Cue("read_more", rf"^\W*(?P<label>{WORDS})\s*[:：>»›→|–—]")
_POINTERS = " :–—-|>»›→"
LONGEST = 45
"""Words of a read-more line."""


def resolve(pieces: list[Piece]) -> None:
    """Settles the read-mores among the pieces."""
    for index, piece in enumerate(pieces):
        if piece.open and piece.kind in ("paragraph", "heading") and _is_cue(piece):
            _gather(piece, pieces[index + 1 : index + 6])
        elif _is_all_link(piece) and index + 1 < len(pieces) and _is_all_link(pieces[index + 1]):
            _gather(piece, pieces[index + 1 : index + 12])
        elif piece.open and piece.kind in ("paragraph", "heading") and _is_line(piece):
            piece.settle("read-more", "read-more-line")
        elif piece.open and piece.kind == "box" and _is_box(piece):
            piece.settle("read-more", "read-more-box")


def _is_cue(piece: Piece) -> bool:
    return piece.text.strip(" :.…>»›→|–—-").casefold() in cues("read_more") and not piece.links


def _gather(piece: Piece, following: list[Piece]) -> None:
    """Takes the lines of links after a bare "See also" together with it."""
    taken = []
    for each in following:
        if not each.open or each.link_density < 0.8 or each.kind not in ("paragraph", "heading", "list"):
            break
        taken.append(each)
    if taken:
        for each in taken:
            each.settle("read-more-part", "read-more-list")
        piece.pieces = taken
        piece.settle("read-more", "read-more-list")


def _is_line(piece: Piece) -> bool:
    if piece.word_count > LONGEST:
        return False
    if _MARKED.match(piece.text):
        return piece.links > 0 or piece.element is None
    if piece.kind == "paragraph" and piece.link_density > 0.9 and _is_title(piece):
        return True
    found = _CUE.match(piece.text)
    return found is not None and (piece.link_density > 0.5 or 0 < len(piece.text) - found.end() <= piece.links + 3)


def _is_all_link(piece: Piece) -> bool:
    """Whether a paragraph is one link that ends no sentence: two in a row are a list of things to read."""
    if not piece.open or piece.kind not in ("paragraph", "heading") or piece.link_density <= 0.97:
        return False
    if piece.element is not None and (piece.element.name == "li" or piece.element.find_parent("li") is not None):
        return False
    return 3 <= piece.word_count <= 30 and piece.text.rstrip()[-1:] not in ".:"


def _is_title(piece: Piece) -> bool:
    """A paragraph that is one link and reads as a title: a few words without a full stop, in capitals or bold."""
    if piece.text[0] == "[" and piece.text[-1] == "]":
        return True
    if not 4 <= piece.word_count <= 25 or piece.text.rstrip()[-1:] in ".!?…:":
        return False
    return piece.text.upper() == piece.text or tone_of(piece.inlines) == "bold"


def _is_box(piece: Piece) -> bool:
    return piece.link_density > 0.5 and bool(_links(piece)) and piece.word_count <= 80


def links_of(piece: Piece) -> tuple[str, tuple[Link, ...]]:
    """``(label, links)`` of a read-more: the words of invitation, and where they lead."""
    found = _CUE.match(piece.text)
    links = _links(piece)
    if links:
        label = _label(piece, links)
        return label, links
    rest = piece.text[found.end() :] if found else piece.text
    return (found["label"] if found else ""), (Link((Text(rest or piece.text),)),)


def _links(piece: Piece) -> tuple[Link, ...]:
    sources: list[tuple[Inline, ...]] = [piece.inlines, *_inner_inlines(piece)]
    found = [node for inlines in sources for each in inlines for node in walk(each) if isinstance(node, Link)]
    return tuple(link for link in found if text_of(link.children))


def _inner_inlines(piece: Piece) -> list[tuple[Inline, ...]]:
    found = []
    for inner in piece.pieces:
        found.append(inner.inlines)
        found.extend(_inner_inlines(inner))
    return found


def _label(piece: Piece, links: tuple[Link, ...]) -> str:
    """The words of invitation: what stands in front of the first link, or in a piece of its own."""
    if piece.pieces and piece.inlines and not piece.links:
        return piece.text.strip(_POINTERS)
    for text in [inner.text for inner in piece.pieces] or [piece.text]:
        before = _before_links(text, links)
        if 0 < len(before.split()) <= 8:
            return before
    return ""


def _before_links(text: str, links: tuple[Link, ...]) -> str:
    places = [text.find(text_of(link.children)) for link in links]
    first = min((place for place in places if place >= 0), default=len(text))
    return text[:first].strip(_POINTERS)
