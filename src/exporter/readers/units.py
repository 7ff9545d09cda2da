"""The units an interview is decided over: every piece that may be a question or an answer, cut where both share a block."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from msgspec import Struct

from exporter.model import Inline, LineBreak, Strong
from exporter.readers.inlines import lines, tidy
from exporter.readers.persons import replies, speaks
from exporter.readers.pieces import Piece, text_of
from exporter.readers.tones import asks, tone_of
from exporter.readers.voices import Label, bare_label, drop, is_name, label_of, without_time

RUN_IN = 3
"""Paragraphs that begin with a bold question, above which one that begins with a bold remark is cut as well."""
_MARKS = re.compile(r"^(?P<mark>――|──|—|–|-|\*+|::|:|•|►|>>?|_|#|\+|/{2})\s?(?=\S)|^(?P<number>\d{1,2})[.)]\s")


class Unit(Struct, dict=True):
    """A piece that may be a question or an answer, with what is known of it."""

    piece: Piece
    tone: str
    label: Label | None
    mark: str
    words: int
    asks: bool
    language: str = ""
    parted: bool = False

    @cached_property
    def addresses(self) -> bool:
        """Whether somebody is spoken to."""
        return speaks(self.piece.text, "second", self.language)

    @cached_property
    def says_i(self) -> bool:
        """Whether somebody speaks of himself."""
        return speaks(self.piece.text, "first", self.language)

    @cached_property
    def replies(self) -> bool:
        """Whether the words begin as an answer does."""
        return replies(self.piece.text, self.language)


class Setting(Struct):
    """What the page says about itself that bears on the decision."""

    names: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    announced: bool = False
    quoted: bool = False
    faq: bool = False
    language: str = ""


def units_of(pieces: list[Piece], language: str = "") -> list[Unit]:
    """The pieces that may speak; ``parted`` tells those in front of which the page draws a line."""
    units: list[Unit] = []
    parted = False
    for piece in pieces:
        if _may_speak(piece):
            units.append(_unit(piece, language))
            units[-1].parted = parted
            parted = False
        elif piece.kind == "rule" and piece.open:
            parted = True
    _doubt_initials(units)
    _label_bare_names(units)
    return units


def _label_bare_names(units: list[Unit]) -> None:
    """Takes a bold name with no colon behind it for a label where it stands so in front of three paragraphs or more."""
    found = {index: label for index, unit in enumerate(units) if (label := bare_label(unit.piece)) and not unit.label}
    counted = Counter(label.key for label in found.values())
    for index, label in found.items():
        if counted[label.key] >= 3:
            units[index].label = label


def _doubt_initials(units: list[Unit]) -> None:
    """Takes "P." and "R." for labels only where both sides of a talk have them: else they are initials of names."""
    stopped = [unit for unit in units if unit.label is not None and unit.label.stopped]
    roles = Counter(unit.label.role for unit in stopped if unit.label is not None)
    if min(roles["question"], roles["answer"]) < 2 and not _asks_by_label(stopped):
        for unit in stopped:
            unit.label = None


def _asks_by_label(stopped: list[Unit]) -> bool:
    """Whether one letter stands in front of three questions or more, all set in type of their own: "Q. …" in bold."""
    letters = {unit.label.key for unit in stopped if unit.label is not None and unit.label.role == "question"}
    return len(stopped) >= 3 and len(letters) == 1 and all(unit.tone != "plain" for unit in stopped)


def _label(piece: Piece) -> Label | None:
    """The label in front of the piece, or the one that stands on a line of its own above it."""
    if piece.label:
        return Label(piece.label, 0, True, "")
    return label_of(piece) if piece.inlines and piece.link_density < 0.5 else None


def adopt_labels(pieces: list[Piece]) -> None:
    """Names on lines of their own, two of them or more in turn, become the labels of what follows them."""
    lone = [(index, piece) for index, piece in enumerate(pieces[:-1]) if _is_lone_name(piece, pieces[index + 1])]
    counted = Counter(without_time(piece.text) for _, piece in lone)
    if len(counted) < 2 or sum(counted.values()) < 4 or min(counted.values()) < 2:
        return
    for index, piece in lone:
        pieces[index + 1].label = without_time(piece.text).strip(" :")
        piece.settle("label", "label-line")


def _is_lone_name(piece: Piece, following: Piece) -> bool:
    if (
        not piece.open
        or not following.open
        or following.kind != "paragraph"
        or piece.kind not in ("paragraph", "heading")
    ):
        return False
    name = without_time(piece.text).strip(" :")
    return len(name.split()) <= 4 and is_name(name) and name[-1:] not in ".?!…"


def _may_speak(piece: Piece) -> bool:
    return piece.open and piece.kind in ("paragraph", "heading", "list", "preformatted") and bool(piece.text)


def _unit(piece: Piece, language: str) -> Unit:
    mark = _MARKS.match(piece.text)
    found = (mark["mark"] or "number") if mark else ""
    return Unit(
        piece,
        tone_of(piece.inlines),
        _label(piece),
        found,
        piece.word_count,
        asks(piece.text),
        language,
    )


def split_shared(pieces: list[Piece]) -> list[Piece]:
    """Cuts paragraphs in which a question and its answer share a block, where the page does so as a manner."""
    found = {id(piece): cuts for piece in pieces if piece.open and piece.kind == "paragraph" and (cuts := _cuts(piece))}
    if len(found) < 2:
        return pieces
    run_in = sum(asks(text_of(cuts[0])) and isinstance(cuts[0][0], Strong) for cuts in found.values())
    made: list[Piece] = []
    for piece in pieces:
        cuts = found.get(id(piece), [])
        if not cuts and run_in >= RUN_IN and piece.open and piece.kind == "paragraph":
            cuts = _remark_in_front(piece)
        made.extend(_parts(piece, cuts) if cuts else [piece])
    return made


def _remark_in_front(piece: Piece) -> list[tuple[Inline, ...]]:
    """A bold sentence that asks nothing in front of plain words: a question where others stand so."""
    first = piece.inlines[0] if piece.inlines else None
    if not isinstance(first, Strong) or len(piece.inlines) < 2 or label_of(piece) is not None:
        return []
    text = text_of((first,))
    rest = tidy(drop(piece.inlines, len(text)))
    sentence = len(text.split()) >= 3 and text[-1:] in ".…!"
    return [(first,), rest] if sentence and len(text_of(rest).split()) >= 2 else []


def _cuts(piece: Piece) -> list[tuple[Inline, ...]]:
    """The parts of a paragraph that change voice inside: at a line break, or after bold words that ask."""
    rows = [row for row in lines(piece.inlines) if row] if any(_has_break(each) for each in piece.inlines) else []
    if len(rows) > 1:
        parts = _voiced(rows)
        if len(parts) > 1:
            return parts
    first = piece.inlines[0] if piece.inlines else None
    if isinstance(first, Strong) and len(piece.inlines) > 1:
        text = text_of((first,))
        rest = tidy(drop(piece.inlines, len(text)))
        if asks(text) and len(text.split()) >= 3 and len(text_of(rest).split()) >= 2:
            return [(first,), rest]
    return []


def _has_break(node: Inline) -> bool:
    return isinstance(node, LineBreak) or any(_has_break(child) for child in getattr(node, "children", ()))


def _voiced(rows: list[tuple[Inline, ...]]) -> list[tuple[Inline, ...]]:
    """Rows joined again as long as they keep their voice: tone, label or mark."""
    parts: list[list[tuple[Inline, ...]]] = []
    last = ""
    for row in rows:
        voice = _voice(row)
        if parts and (voice == last or (voice == "plain" and last.startswith("label"))):
            parts[-1].append(row)
        else:
            parts.append([row])
        last = voice if voice != "plain" or not last.startswith("label") else last
    return [_broken(part) for part in parts]


def _voice(row: tuple[Inline, ...]) -> str:
    text = text_of(row)
    label = label_of(Piece("paragraph", text, row))
    if label is not None:
        return f"label {label.key}"
    tone = tone_of(row)
    mark = _MARKS.match(text)
    return tone if tone != "plain" else f"mark {mark['mark']}" if mark and mark["mark"] else "plain"


def _broken(rows: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for row in rows:
        made.extend(([LineBreak()] if made else []) + list(row))
    return tuple(made)


def _parts(piece: Piece, cuts: list[tuple[Inline, ...]]) -> list[Piece]:
    made = [
        Piece(
            "paragraph",
            text_of(part),
            part,
            element=piece.element,
            where=piece.where,
            dress=f"{piece.dress}|{tone_of(part)}",
            names=piece.names,
        )
        for part in cuts
    ]
    return [each for each in made if each.text]
