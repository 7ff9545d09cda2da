"""Tables: heads, spans, and columns of numbers, which stand with their last digits below one another.

For screens, a table is set smaller where it is a little too wide, and parted where it is wider: each part has the first
column again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import takewhile

from markupsafe import Markup

from exporter.model import Block, Cell, Row, Table
from exporter.model.walk import plain, words_of
from exporter.writers.xhtml.context import RenderContext
from exporter.writers.xhtml.inlines import inlines
from exporter.writers.xhtml.markup import Attribute, element, joined
from exporter.writers.xhtml.table_widths import MOST_COLUMNS, MOST_ROWS, Fit, Placed, fit_of, grid_of

_NUMBER = re.compile(
    r"[^\w\s]{0,2}\s?[+\-−–±~≈<>]?\s?[^\w\s]?"
    r"\d[\d.,'’\s]*"
    r"(?:(?:\s[^\W\d_]{1,3}|[^\W\d_])[²³]?|\s?[%‰°*†]+C?)?\)?"
)
"""A number as tables have it: with its sign, its currency or its unit."""

_NOTHING = frozenset({"", "-", "–", "—", "…", "n/a", "?"})
"""What tables print where there is no number."""

Content = Callable[[tuple[Block, ...], RenderContext], Markup]
Columns = frozenset[int] | None


def table(node: Table, context: RenderContext, content: Content) -> Markup:
    """A table as markup, or several of which each has some of its columns; ``content`` writes the blocks of a cell."""
    fit = fit_of(node) if context.reflowable else Fit()
    written = partial(_table, node, context, content)
    if not fit.parts:
        return written(class_=fit.size or None)
    first, *others = (frozenset(part) for part in fit.parts)
    name = plain(node.caption) or None
    parts = [written(first, class_="part"), *(written(each, class_="part", aria_label=name) for each in others)]
    return joined(parts, "\n")


def _table(
    node: Table, context: RenderContext, content: Content, shown: Columns = None, **attributes: Attribute
) -> Markup:
    """The table, or those of its columns that are ``shown``."""
    heads, feet = _heads(node), _feet(node)
    grid = grid_of(node)
    end = len(grid) - len(feet)
    numbers = frozenset(_columns_of_numbers(grid[len(heads) : end]))

    def rows(part: Sequence[Placed], scope: str) -> Markup:
        return joined(_row(row, shown, scope, numbers, context, content) for row in part)

    with_caption = node.caption and (shown is None or "aria_label" not in attributes)
    parts = [element("caption", inlines(node.caption, context))] if with_caption else []
    if heads:
        parts.append(element("thead", rows(grid[: len(heads)], "col")))
    parts.append(element("tbody", rows(grid[len(heads) : end], "row")))
    if feet:
        parts.append(element("tfoot", rows(grid[end:], "row")))
    return element("table", joined(parts), **attributes)


def _heads(node: Table) -> tuple[Row, ...]:
    """The rows of the head: those that say so, or those at the top in which every cell names its column; never all."""
    heads = list(takewhile(lambda row: row.part == "head" or all(cell.header for cell in row.cells), node.rows))
    return tuple(heads[:-1] if len(heads) == len(node.rows) else heads)


def _feet(node: Table) -> tuple[Row, ...]:
    feet = list(takewhile(lambda row: row.part == "foot", reversed(node.rows[len(_heads(node)) + 1 :])))
    return tuple(reversed(feet))


def _columns_of_numbers(rows: Sequence[Placed]) -> Iterator[int]:
    """The columns in which each cell of one column's width is a number, and at least one is; none where rows are spanned."""
    if any(cell.rows > 1 for row in rows for _, cell in row):
        return
    columns: dict[int, list[str]] = {}
    for row in rows:
        for place, cell in row:
            if cell.columns == 1 and not (cell.header and place == 0):
                columns.setdefault(place, []).append(" ".join("".join(words_of(each)) for each in cell.blocks).strip())
    for place, texts in columns.items():
        said = [text for text in texts if text not in _NOTHING]
        if said and all(_NUMBER.fullmatch(text) for text in said):
            yield place


def _row(
    row: Placed, shown: Columns, scope: str, numbers: frozenset[int], context: RenderContext, content: Content
) -> Markup:
    cells = []
    for place, cell in row:
        columns = min(cell.columns, MOST_COLUMNS)
        if shown is not None:
            columns = len(shown.intersection(range(place, place + columns)))
        if columns:
            number = place in numbers and cell.columns == 1
            cells.append(_cell(cell, columns, scope, number, context, content))
    return element("tr", joined(cells))


def _cell(cell: Cell, columns: int, scope: str, number: bool, context: RenderContext, content: Content) -> Markup:
    rows = min(cell.rows, MOST_ROWS)
    return element(
        "th" if cell.header else "td",
        content(cell.blocks, context),
        class_="number" if number else None,
        scope=scope if cell.header else None,
        colspan=columns if columns > 1 else None,
        rowspan=rows if rows > 1 else None,
    )
