"""The texts of a cover, each broken into lines at the largest size that fits its room."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import asdict, replace

from exporter.covers.design import Design, Layout, Line
from exporter.covers.fonts import CoverFace, CoverFonts
from exporter.covers.line_breaks import Piece, capitals, divided, joined, pieces
from exporter.typography.hyphenation import SOFT_HYPHEN

_MOST_CHARACTERS = 1000  # characters: no cover holds more, and a page may claim a headline of megabytes

_SPACES = re.compile(r"[ \t\n\r\f\v]+")  # not those at which no line breaks

_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_EVEN = 0.5
"""A line of less than this part of the longest, or one short word, looks left over."""

_GIVEN = 0.6
"""A text is set this part of its possible size, but no smaller, if its lines are even there."""

_LEGIBLE = 1 / 3
"""Letters of less than this part of the line's largest size are lost on a shelf: a word is divided rather."""

_DIVIDED = 1 / 2
"""Where words are divided, letters are no larger than this part of the largest size: the larger, the more divisions."""


class BrokenText(Struct, frozen=True):
    """A text broken into lines that are no wider than they may be; ``tracking`` in pixels."""

    line: Line
    text: str
    rows: tuple[str, ...]
    face: CoverFace
    size: int
    tracking: float

    @property
    def is_even(self) -> bool:
        """Whether no line looks left over."""
        widths = [self.face.length(row) for row in self.rows]
        return len(widths) == 1 or min(widths) >= _EVEN * max(widths)


class SetText(BrokenText, frozen=True):
    """A text at a size that fits, with the ``gap`` above it.

    ``rise`` is the room from the top to the first baseline, ``advance`` that between baselines, ``fall`` that below the last:
    as the line wants it, or as its letters need it, whatever their script.
    """

    gap: int
    rise: int
    advance: int
    fall: int

    @property
    def height(self) -> int:
        """Pixels from its top to below its last line."""
        return self.rise + (len(self.rows) - 1) * self.advance + self.fall


def fitted(design: Design, layout: Layout, faces: CoverFonts, texts: Mapping[str, str]) -> tuple[SetText, ...]:
    """The lines that can be set, in order; those at the end are the first to go when room is short."""
    measure = design.width - 2 * design.margin
    room = layout.text[1] - layout.text[0]
    gap = layout.gap
    blocks: list[SetText] = []
    least = [_least(line, texts.get(line.field, ""), faces, measure) for line in layout.lines]
    for place, line in enumerate(layout.lines):
        kept = room - sum(least[place + 1 :])
        rooms = (layout.text[0] - line.at,) if line.flush and line.at is not None else (kept, room)
        text = texts.get(line.field, "")
        settings = (_set(line, text, faces, (measure, each), gap) for each in rooms)
        block = next(filter(None, settings), None)
        if block is not None:
            blocks.append(block)
            room -= block.gap + block.height if line.at is None else 0
            gap = -1 if line.at is None else gap
        elif line.required:
            return ()
    return tuple(blocks)


def _least(line: Line, text: str, faces: CoverFonts, measure: int) -> int:
    """The least height that the line takes in the stack of lines; 0 for one at a fixed height."""
    block = (
        _set(replace(line, sizes=line.sizes[-1:]), text, faces, (measure, _LIMITLESS), -1) if line.at is None else None
    )
    return block.gap + block.height if block else 0


_LIMITLESS = 10**6
"""A height in pixels that no line reaches."""


def _set(line: Line, text: str, faces: CoverFonts, room: tuple[int, int], gap: int) -> SetText | None:
    """The text at the largest size at which it fits ``room`` (width, height); None when it fits at none.

    Words and phrases are divided only where they would else be too small. ``gap`` is the room above, -1 for the line's own.
    """
    shown = shown_text(capitals(text, faces.language) if line.capitals else text)
    if not 0 < len(shown) <= _MOST_CHARACTERS:
        return None
    parts = pieces(shown)
    whole = _sized(line, parts, faces, room, gap)
    if whole and whole.size >= line.sizes[0] * _LEGIBLE:
        return whole
    finest = pieces(divided(shown, faces.language), finest=True)
    sizes = tuple(size for size in line.sizes if size <= line.sizes[0] * _DIVIDED) or line.sizes
    finer = _sized(replace(line, alone=(), sizes=sizes), finest, faces, room, gap) if finest != parts else None
    return finer if finer and not (whole and whole.size >= finer.size) else whole


def _sized(line: Line, parts: tuple[Piece, ...], faces: CoverFonts, room: tuple[int, int], gap: int) -> SetText | None:
    """The parts at the largest size at which they fit, or a little smaller where that makes their lines even."""
    largest: SetText | None = None
    above = line.gap if gap < 0 else gap
    for broken in _broken(line, parts, faces, (room[0], room[1] - above)):
        if largest and broken.size < max(largest.size * _GIVEN, line.sizes[0] * _LEGIBLE):
            break
        if largest and not broken.is_even:
            continue
        rise, advance, fall = room_of(broken.rows, broken.face, line, broken.size)
        block = SetText(**asdict(broken), gap=above, rise=rise, advance=advance, fall=fall)
        if above + block.height > room[1]:
            continue
        if broken.is_even or (largest is None and block.size in line.alone):
            return block
        largest = largest or block
    return largest


def _broken(line: Line, parts: tuple[Piece, ...], faces: CoverFonts, room: tuple[int, int]) -> Iterator[BrokenText]:
    """The parts in rows at each size at which these may fit, from the largest on."""
    shown = joined(parts)
    name = faces.covering(line.faces, "".join(part.drawn for part in parts))
    if name is None:
        return
    tracked = line.tracking if _may_be_tracked(shown) else 0.0
    smallest = line.sizes[-1]
    least = _widths(parts, Ruler(faces.at(name, smallest), tracked * smallest))
    for size in (*line.alone, *line.sizes):
        most = 1 if size in line.alone else line.most_lines
        rows_needed = _at_least(
            [(width * size / smallest, before * size / smallest) for width, before in least], room[0]
        )
        if rows_needed > most or _least_height(line, size, rows_needed) > room[1]:
            continue
        face, tracking = faces.at(name, size), tracked * size
        rows = _set_in(parts, room[0], Ruler(face, tracking), most)
        if rows:
            yield BrokenText(line, shown, rows, face, size, tracking)


def _at_least(words: list[tuple[float, float]], measure: int) -> float:
    """The rows that words of at least these widths need; infinitely many for a word that fits none.

    Hinting takes no more than 5 % of a width.
    """
    least = [(0.95 * width, min(0.95 * before, 1.05 * before)) for width, before in words]
    return _fewest(least, measure) if all(width <= measure for width, _ in least) else math.inf


def _least_height(line: Line, size: int, rows: float) -> float:
    """The height that so many rows take at least (:func:`room_of`), whatever their letters."""
    if line.flush:
        return 0
    return round(0.8 * size) + (rows - 1) * round(line.leading * size) + round((line.leading - 0.8) * size)


def room_of(rows: tuple[str, ...], face: CoverFace, line: Line, size: int) -> tuple[int, int, int]:
    """Rise, advance and fall of these rows, so that no two of them touch. A flush line has room for its ink only."""
    if line.flush:
        _, top, _, bottom = face.ink(rows[0])
        return -top, 0, bottom
    boxes = [face.font.getbbox(row, anchor="ls") for row in rows]
    heights, depths = [-box[1] for box in boxes], [box[3] for box in boxes]
    near = max((low + high for low, high in zip(depths, heights[1:], strict=False)), default=0)
    return (
        round(max(0.8 * size, heights[0])),
        round(max(line.leading * size, near + _APART * size)),
        round(max((line.leading - 0.8) * size, depths[-1])),
    )


_APART = 0.04
"""The least room between letters of two lines, as a part of their size."""


def shown_text(text: str) -> str:
    """The text on one line. Few faces have the narrow space that no line breaks at; all have the wide one."""
    return _SPACES.sub(" ", _NO_LETTER.sub("", text).replace(SOFT_HYPHEN, "").replace("\u202f", "\u00a0")).strip(" ")


def _may_be_tracked(text: str) -> bool:
    # Space between letters tears scripts whose letters join.
    return all((ord(each) < 0x590 and not unicodedata.combining(each)) or not each.isalpha() for each in text)


class Ruler(Struct, frozen=True):
    """Measures texts in a face, in pixels, tracking included."""

    face: CoverFace
    tracking: float

    def __call__(self, text: str) -> float:
        """Its width."""
        return self.face.length(text) + self.tracking * len(text)


def _set_in(parts: tuple[Piece, ...], measure: int, ruler: Ruler, most: int) -> tuple[str, ...]:
    """The parts in as few rows as fit ``measure``, these as even as can be; nothing when that takes more than ``most``."""
    words = _widths(parts, ruler)
    fewest = _fewest(words, measure)
    if fewest > most or max(width for width, _ in words) > measure:
        return ()
    ideal = sum(width + before for width, before in words) / fewest
    ends = _evenest(words, measure, fewest, ideal)
    return tuple(joined(parts[a:b]) for a, b in zip((0, *ends), ends, strict=False))


def _widths(parts: tuple[Piece, ...], ruler: Ruler) -> list[tuple[float, float]]:
    """The width of each part, and what stands before it within a row."""
    space, hyphen = ruler(" "), ruler("-")
    behind = (False, *(part.hyphenated for part in parts))  # within a row, the next part takes the hyphen's place
    return [
        (ruler(part.drawn), space if part.spaced else -hyphen * joins)
        for part, joins in zip(parts, behind, strict=False)
    ]


def _fewest(words: list[tuple[float, float]], measure: float) -> int:
    rows, used = 0, measure
    for width, before in words:
        fits = rows and used + before + width <= measure
        used = used + before + width if fits else width
        rows += 0 if fits else 1
    return rows


def _evenest(words: list[tuple[float, float]], measure: float, rows: int, ideal: float) -> tuple[int, ...]:
    """The ends of the lines that differ least from ``ideal``, by the squares of the differences."""
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for end in range(1, len(words) + 1):
        length = 0.0
        for start in range(end - 1, -1, -1):
            length += words[start][0] + (words[start + 1][1] if start + 1 < end else 0.0)
            if length > measure:
                break
            for row in range(rows):
                before = best.get((start, row))
                cost = before[0] + (length - ideal) ** 2 if before else 0.0
                if before and cost < best.get((end, row + 1), (float("inf"),))[0]:
                    best[end, row + 1] = (cost, (*before[1], end))
    return best[len(words), rows][1]
