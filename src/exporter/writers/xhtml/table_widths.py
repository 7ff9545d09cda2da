"""How wide a table is, counted in letters, and how its columns are shared out where a small screen is too narrow for them.

Columns go on in a second table below, with the first column again, which says what each row is. Small screens scroll in one
direction only, and a page of an e-book in none: what is wider would stand on the next page's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from unicodedata import east_asian_width

from msgspec import Struct

from exporter.model import Cell, Crosshead, Figure, Note, Question, Row, Table
from exporter.model.walk import walk, words_of

MOST_COLUMNS = 60
MOST_ROWS = 2000
"""Columns and rows that a cell may span: a page may claim a million, and a renderer would believe it."""

FITS = 40
"""Letters that a table's row has room for on a screen of 320 pixels."""

FITS_SMALL = 48
"""The same in small type."""

GAP = 2
"""Letters' room between two columns."""

LONGEST = 12
"""Letters of the longest word that is kept whole: longer ones are hyphenated."""

ROOM = 10
"""A column of text is not made narrower than this, unless it has fewer letters."""

Placed = tuple[tuple[int, Cell], ...]
"""The cells of a row, each with its column."""

_NAMED = (Note, Figure, Crosshead, Question)
"""What has an anchor, which must not stand in a book twice."""


class Fit(Struct, frozen=True):
    """What is done to a table: a class for its size, or the columns of each part."""

    size: str = ""
    parts: tuple[tuple[int, ...], ...] = ()


def fit_of(table: Table) -> Fit:
    """How a table is fitted into a small screen; as it is, where it has room."""
    grid = grid_of(table)
    widths = _widths(grid)
    if _width(widths, range(len(widths))) <= FITS:
        return Fit()
    parts = _parts(widths) if _width(widths, range(len(widths))) > FITS_SMALL and _may_be_parted(grid) else ()
    return Fit(parts=parts) if len(parts) > 1 else Fit("small")


def grid_of(table: Table) -> tuple[Placed, ...]:
    """The rows of a table, each cell with the column it begins in; a cell of several rows moves those below it aside."""
    taken: dict[int, int] = {}
    return tuple(_placed(row, taken) for row in table.rows)


def _placed(row: Row, taken: dict[int, int]) -> Placed:
    """``taken`` says for how many more rows a column is occupied by a cell above."""
    before, places, cells = dict(taken), count(), []
    for cell in row.cells:
        place = next(at for at in places if not before.get(at))
        covered = range(place, place + min(cell.columns, MOST_COLUMNS))
        for _ in covered[1:]:
            next(places)
        taken.update(dict.fromkeys(covered, min(cell.rows, MOST_ROWS)))
        cells.append((place, cell))
    taken.update({column: rows - 1 for column, rows in taken.items() if rows})
    return tuple(cells)


def _widths(grid: Sequence[Placed]) -> list[int]:
    """Letters that each column needs."""
    widths: list[int] = []
    for row in grid:
        for place, cell in row:
            columns = min(cell.columns, MOST_COLUMNS)
            widths += [1] * (place + columns - len(widths))
            if columns == 1:
                widths[place] = max(widths[place], _needed(" ".join("".join(words_of(each)) for each in cell.blocks)))
    return widths


def _needed(text: str) -> int:
    words = [_letters(word) for word in text.split()]
    return max(min(max(words, default=0), LONGEST), min(_letters(text), ROOM))


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _width(widths: Sequence[int], columns: Sequence[int]) -> int:
    return sum(widths[column] for column in columns) + GAP * len(columns)


def _may_be_parted(grid: Sequence[Placed]) -> bool:
    """Whether the table may be parted: nothing in what would stand in several parts has an anchor."""
    again = (cell for row in grid for place, cell in row if place == 0 or cell.columns > 1)
    return not any(isinstance(each, _NAMED) for cell in again for block in cell.blocks for each in walk(block))


def _parts(widths: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The columns of each part, the first column in all of them: as few parts as fit, of about one width."""
    fewest = len(tuple(_shared_out(widths, FITS)))
    for most in range(max(widths), FITS):
        parts = tuple(_shared_out(widths, most))
        if len(parts) == fewest:
            return parts
    return tuple(_shared_out(widths, FITS))


def _shared_out(widths: Sequence[int], most: int) -> Iterator[tuple[int, ...]]:
    """Parts that are at most so wide, wherever one column beside the first is not wider."""
    part = [0]
    for column in range(1, len(widths)):
        if len(part) > 1 and _width(widths, [*part, column]) > most:
            yield tuple(part)
            part = [0]
        part.append(column)
    yield tuple(part)
