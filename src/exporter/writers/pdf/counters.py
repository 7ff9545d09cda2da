"""The digits in which folios, notes and entries of lists are numbered, as counter styles (CSS Counter Styles 3)."""

from __future__ import annotations

from msgspec import Struct

from exporter.language import locale_of


class CounterStyle(Struct, frozen=True):
    """A style by its name, and ``rule``, which defines it: empty for one that every renderer knows."""

    name: str
    rule: str = ""


DECIMAL = CounterStyle("decimal")


def counter_style(language: str) -> CounterStyle:
    """The style of a language, which may have digits of its own; few of them are known to CSS by a name."""
    digits = locale_of(language).digits
    if not digits:
        return DECIMAL
    name = f"digits-{ord(digits[0]):x}"
    symbols = " ".join(f'"{digit}"' for digit in digits)
    return CounterStyle(name, f"@counter-style {name}{{system:numeric;symbols:{symbols}}}")
