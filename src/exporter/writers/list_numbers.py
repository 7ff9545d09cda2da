"""The numbers of a list's entries, as HTML counts them (HTML Standard, 4.4.5 to 4.4.8)."""

from __future__ import annotations

from exporter.model import ListBlock, NumberStyle

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN = 3999


def numbers_of(node: ListBlock) -> tuple[int, ...]:
    """The number of each entry: counted up or down from the first; an entry with a number of its own starts the count anew."""
    step = -1 if node.reversed else 1
    numbers: list[int] = []
    following = node.start
    for entry in node.entries:
        number = following if entry.number is None else entry.number
        numbers.append(number)
        following = number + step
    return tuple(numbers)


def is_counted_plainly(node: ListBlock) -> bool:
    """Whether the entries simply count up in figures, which every format can express."""
    return node.style == "1" and numbers_of(node) == tuple(range(node.start, node.start + len(node.entries)))


def written(number: int, style: NumberStyle) -> str:
    """A number in figures, letters or Roman numerals; in figures where the others know none (CSS Counter Styles 3, 6)."""
    if style in ("a", "A") and number > 0:
        letters = _lettered(number)
    elif style in ("i", "I") and 0 < number <= _LARGEST_ROMAN:
        letters = _roman(number)
    else:
        return str(number)
    return letters.upper() if style.isupper() else letters


def _lettered(number: int) -> str:
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters
