"""Read-mores: invitations inside the text to read something else, as a line or as a box."""

from __future__ import annotations

import re

from exporter.model import Inline, Link, Text
from exporter.readers.pieces import Piece, text_of
from exporter.readers.vocabulary import cue_pattern
from exporter.walk import walk

_CUE = re.compile(rf"^\W*(?P<label>{cue_pattern('read_more')})\s*(?:[:：>»›→|–—-]+\s*|$|(?=\S))", re.I)
_MARKED = re.compile(rf"^\W*(?P<label>{cue_pattern('read_more')})\s*[:：>»›→|–—]", re.I)
LONGEST = 45
"""Words of a read-more line."""


def resolve(pieces: list[Piece]) -> None:
    """Settles the read-mores among the pieces."""
    for piece in pieces:
        if piece.open and piece.kind in ("paragraph", "heading") and _is_line(piece):
            piece.settle("read-more", "read-more-line")
        elif piece.open and piece.kind == "box" and _is_box(piece):
            piece.settle("read-more", "read-more-box")


def _is_line(piece: Piece) -> bool:
    if piece.word_count > LONGEST:
        return False
    if _MARKED.match(piece.text):
        return piece.links > 0 or piece.element is None
    return bool(_CUE.match(piece.text)) and piece.link_density > 0.5


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
    sources: list[tuple[Inline, ...]] = [piece.inlines, *(inner.inlines for inner in piece.pieces)]
    found = [node for inlines in sources for each in inlines for node in walk(each) if isinstance(node, Link)]
    return tuple(link for link in found if text_of(link.children))


def _label(piece: Piece, links: tuple[Link, ...]) -> str:
    linked = {text_of(link.children) for link in links}
    if piece.pieces:
        return next((inner.text.strip(" :") for inner in piece.pieces if inner.text and inner.text not in linked and inner.word_count <= 8), "")
    before = piece.text.split(text_of(links[0].children))[0].strip()
    return before.strip(" :–—-|>»→")
