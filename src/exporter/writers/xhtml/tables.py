"""Tables: heads, spans, and columns of numbers, which stand with their last digits below one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from markupsafe import Markup

from exporter.model import Block, Cell, Row, Table
from exporter.model.walk import words_of
from exporter.writers.xhtml.context import RenderContext
from exporter.writers.xhtml.inlines import inlines
from exporter.writers.xhtml.markup import element, joined

MOST_COLUMNS = 60
MOST_ROWS = 2000
"""The widest and tallest cell: a page may claim a million columns, and a renderer would believe it."""

_NUMBER = re.compile(
    r"[^\w\s]{0,2}\s?[+\-−–±~≈<>]?\s?[^\w\s]?"
    r"\d[\d.,'’\s]*"
    r"(?:(?:\s[^\W\d_]{1,3}|[^\W\d_])[²³]?|\s?[%‰°*†]+C?)?\)?"
)
"""A number as tables have it: with its sign, its currency or its unit."""

_NOTHING = frozenset({"", "-", "–", "—", "…", "n/a", "?"})
"""What stands in place of a number."""

Content = Callable[[tuple[Block, ...], RenderContext], Markup]


def table(node: Table, context: RenderContext, content: Content) -> Markup:
    """A table as markup; ``content`` writes the blocks of a cell."""
    heads, feet = _heads(node), _feet(node)
    body = node.rows[len(heads) : len(node.rows) - len(feet)]
    numbers = frozenset(_columns_of_numbers(body))
    parts = [element("caption", inlines(node.caption, context))] if node.caption else []

    def rows(part: tuple[Row, ...], scope: str) -> Markup:
        return joined(_row(row, scope, numbers, context, content) for row in part)

    if heads:
        parts.append(element("thead", rows(heads, "col")))
    parts.append(element("tbody", rows(body, "row")))
    if feet:
        parts.append(element("tfoot", rows(feet, "row")))
    return element("table", joined(parts))


def _heads(node: Table) -> tuple[Row, ...]:
    """The rows of the head: those that say so, or those at the top in which every cell names its column; never all."""
    heads = list(takewhile(lambda row: row.part == "head" or all(cell.header for cell in row.cells), node.rows))
    return tuple(heads[:-1] if len(heads) == len(node.rows) else heads)


def _feet(node: Table) -> tuple[Row, ...]:
    feet = list(takewhile(lambda row: row.part == "foot", reversed(node.rows[len(_heads(node)) + 1 :])))
    return tuple(reversed(feet))


def _columns_of_numbers(rows: tuple[Row, ...]) -> Iterator[int]:
    """The columns in which each cell of one column's width is a number, and at least one is; none where rows are spanned."""
    if any(cell.rows > 1 for row in rows for cell in row.cells):
        return
    columns: dict[int, list[str]] = {}
    for row in rows:
        for place, cell in _placed(row):
            if cell.columns == 1 and not (cell.header and place == 0):
                columns.setdefault(place, []).append(" ".join("".join(words_of(each)) for each in cell.blocks).strip())
    for place, texts in columns.items():
        said = [text for text in texts if text not in _NOTHING]
        if said and all(_NUMBER.fullmatch(text) for text in said):
            yield place


def _placed(row: Row) -> Iterator[tuple[int, Cell]]:
    """The cells of a row, each with its column."""
    place = 0
    for cell in row.cells:
        yield place, cell
        place += min(cell.columns, MOST_COLUMNS)


def _row(row: Row, scope: str, numbers: frozenset[int], context: RenderContext, content: Content) -> Markup:
    cells = (
        _cell(cell, scope, place in numbers and cell.columns == 1, context, content) for place, cell in _placed(row)
    )
    return element("tr", joined(cells))


def _cell(cell: Cell, scope: str, number: bool, context: RenderContext, content: Content) -> Markup:
    columns, rows = min(cell.columns, MOST_COLUMNS), min(cell.rows, MOST_ROWS)
    return element(
        "th" if cell.header else "td",
        content(cell.blocks, context),
        class_="number" if number else None,
        scope=scope if cell.header else None,
        colspan=columns if columns > 1 else None,
        rowspan=rows if rows > 1 else None,
    )
