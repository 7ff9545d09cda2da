"""What follows the article inside its own body: promotion, headings over nothing, read-mores behind the last answer."""

from __future__ import annotations

import re

from exporter.readers.content import prose
from exporter.readers.credits import is_credit
from exporter.readers.pieces import Piece
from exporter.readers.vocabulary import WORDS, Cue

TAIL = 8
"""Pieces at the end of an article without turns that are looked at."""
LONGEST_PROMOTION = 70
"""Words: a longer paragraph is part of the article, whatever it asks for."""

BARE_PROMOTION = 40
"""Words: a longer paragraph promotes only if it links to what it promotes."""

_QUOTE_MARKS = '"“„«»”‘'
_SPOKEN = ("question", "answer")
_ONLY_A_DATE = re.compile(
    r"^\W*(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d|[^\W\d_]{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}"
    r"|\d{1,2}\.?\s[^\W\d_]{3,10}\.?,?\s\d{4})(?:[\s,|–-]+\d{1,2}[:.h]\d{2}\s?(?:uhr|am|pm|h)?)?\W*$",
    re.IGNORECASE,
)
_PROMOTES = Cue("promotion", rf"(?<!\w){WORDS}")


def sweep(pieces: list[Piece]) -> None:
    """Leaves out, behind the last answer (or at the end of an article without turns), what is no part of the article."""
    _leave_lone_date(pieces)
    tail = _tail(pieces)
    for place, piece in enumerate(tail):
        if piece.open and piece.kind in ("paragraph", "heading", "list", "box") and _promotes(piece):
            piece.leave_out("promotion")
            if piece.kind == "heading":
                _leave_section(tail[place + 1 :])
        elif piece.open and piece.kind == "paragraph" and piece.link_density > 0.8:
            piece.leave_out("line-of-links")
        elif piece.became in ("read-more", "read-more-part"):
            piece.became, piece.rule = "", ""
            piece.leave_out("related")
    _leave_remnants(pieces)


def _leave_lone_date(pieces: list[Piece]) -> None:
    """A line above the text that is a date and nothing else, the only one of its kind: a chronicle has several."""
    dated = [place for place, piece in enumerate(pieces) if piece.open and _ONLY_A_DATE.match(piece.text)]
    first = next((place for place, piece in enumerate(pieces) if prose(piece)), 0)
    if len(dated) == 1 and dated[0] <= first and pieces[dated[0]].kind in ("paragraph", "heading"):
        pieces[dated[0]].leave_out("date-line")


def _tail(pieces: list[Piece]) -> list[Piece]:
    speaking = [index for index, piece in enumerate(pieces) if piece.became in ("question", "answer")]
    if speaking:
        return pieces[speaking[-1] + 1 :]
    kept = [index for index, piece in enumerate(pieces) if piece.open and piece.text]
    return pieces[kept[-TAIL] :] if len(kept) > TAIL * 2 else []


def _promotes(piece: Piece) -> bool:
    if piece.word_count > LONGEST_PROMOTION or piece.text[:1] in _QUOTE_MARKS:
        return False
    return bool(_PROMOTES.search(piece.text)) and (piece.links > 0 or piece.word_count <= BARE_PROMOTION)


def _leave_section(following: list[Piece]) -> None:
    """What stands under a heading that promotes, up to the next heading."""
    for piece in following:
        if piece.kind == "heading":
            return
        piece.leave_out("promotion")


def _runs(piece: Piece) -> bool:
    """Whether the piece is running text: long enough for prose, spoken, or a sentence with its full stop."""
    if prose(piece) or piece.became in _SPOKEN:
        return True
    sentence = piece.word_count >= 5 and piece.text.rstrip()[-1:] in ".!?…。”»"
    return (
        piece.open and piece.kind == "paragraph" and sentence and piece.link_density < 0.4 and not is_credit(piece.text)
    )


def _goes_on(pieces: list[Piece], piece: Piece) -> bool:
    """Whether a line that is partly a link stands right under another of its box that is none: a row of short lines."""
    before = pieces[pieces.index(piece) - 1]
    if piece.link_density > 0.9 or not before.open or before.kind != "paragraph" or before.link_density > 0.4:
        return False
    if piece.element is None or before.element is None or piece.element.parent is not before.element.parent:
        return False
    return before.dress == piece.dress and before.word_count <= 8


def _leave_remnants(pieces: list[Piece]) -> None:
    """Behind the last paragraph of running text: headings over nothing, lines of links, a credit with no picture."""
    last = max((index for index, piece in enumerate(pieces) if _runs(piece)), default=len(pieces))
    for piece in pieces[last + 1 :]:
        if not piece.open:
            continue
        if piece.kind == "heading":
            piece.leave_out("heading-over-nothing")
        elif piece.kind == "rule":
            piece.leave_out("closing-line")
        elif piece.kind == "paragraph" and piece.link_density > 0.4 and not _goes_on(pieces, piece):
            piece.leave_out("line-of-links")
        elif piece.kind == "paragraph" and is_credit(piece.text):
            piece.leave_out("credit-without-picture")
