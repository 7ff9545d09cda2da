"""What follows the article inside its own body: promotion, headings over nothing, read-mores behind the last answer."""

from __future__ import annotations

import re

from exporter.readers.content import prose
from exporter.readers.pieces import LEFT_OUT, Piece
from exporter.readers.vocabulary import cue_pattern

TAIL = 8
"""Pieces at the end of an article without turns that are looked at."""
LONGEST_PROMOTION = 70
"""Words: a longer paragraph is part of the article, whatever it asks for."""

_PROMOTES = re.compile(rf"(?<!\w){cue_pattern('promotion')}", re.IGNORECASE)


def sweep(pieces: list[Piece]) -> None:
    """Leaves out, behind the last answer (or at the end of an article without turns), what is no part of the article."""
    tail = _tail(pieces)
    for place, piece in enumerate(tail):
        if piece.open and piece.kind in ("paragraph", "heading", "list", "box") and _promotes(piece):
            piece.leave_out("promotion")
            if piece.kind == "heading":
                _leave_section(tail[place + 1 :])
        elif piece.open and piece.kind == "paragraph" and piece.link_density > 0.8:
            piece.leave_out("line-of-links")
        elif piece.became == "read-more":
            piece.became, piece.rule = "", ""
            piece.leave_out("related")
    _leave_empty_headings(tail)


def _tail(pieces: list[Piece]) -> list[Piece]:
    speaking = [index for index, piece in enumerate(pieces) if piece.became in ("question", "answer")]
    if speaking:
        return pieces[speaking[-1] + 1 :]
    kept = [index for index, piece in enumerate(pieces) if piece.open and piece.text]
    return pieces[kept[-TAIL] :] if len(kept) > TAIL * 2 else []


def _promotes(piece: Piece) -> bool:
    return piece.word_count <= LONGEST_PROMOTION and bool(_PROMOTES.search(piece.text))


def _leave_section(following: list[Piece]) -> None:
    """What stands under a heading that promotes, up to the next heading."""
    for piece in following:
        if piece.kind == "heading":
            return
        piece.leave_out("promotion")


def _leave_empty_headings(tail: list[Piece]) -> None:
    """A heading or a line with nothing left under it."""
    for place in range(len(tail) - 1, -1, -1):
        piece = tail[place]
        if not piece.open:
            continue
        if piece.kind not in ("heading", "rule"):
            if piece.text or piece.kind == "figure":
                return
            continue
        below = [each for each in tail[place + 1 :] if each.became != LEFT_OUT]
        if not any(prose(each) or each.text for each in below):
            piece.leave_out("heading-over-nothing" if piece.kind == "heading" else "closing-line")
