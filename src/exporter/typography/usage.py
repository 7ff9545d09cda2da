"""What a language's locale says of its typography, made ready for the rules: marks, and patterns compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from exporter.language import Typography, locale_of, locale_tags, primary

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_SPACE = "[ \u00a0\u202f]"

UNITS = (
    *(
        "%",
        "‰",
        "°",
        "°C",
        "°F",
        "€",
        "$",
        "£",
        "¥",
        "₽",
        "₺",
        "zł",
        "Kč",
        "mm",
        "cm",
        "m",
        "km",
        "mm²",
        "cm²",
        "m²",
        "km²",
    ),
    *(
        "m³",
        "ml",
        "cl",
        "dl",
        "l",
        "L",
        "mg",
        "g",
        "kg",
        "t",
        "ha",
        "s",
        "ms",
        "min",
        "h",
        "Hz",
        "kHz",
        "MHz",
        "GHz",
        "W",
    ),
    *("kW", "MW", "kWh", "V", "kV", "kJ", "kcal", "Pa", "hPa", "bar", "dB", "km/h", "m/s", "kB", "MB", "GB"),
    *("TB", "px", "pt", "mph", "mi", "ft", "lb", "oz"),
)
"""Symbols that stand after a number in any language; the words of one language stand in its locale."""


SIGNS = ("№", "§", "§§", "€", "$", "£", "¥", "US$", "R$", "CHF", "EUR", "USD", "GBP")
"""What stands before a number in any language that puts a space there."""


class Pattern(Struct, frozen=True):
    """Where a language lets no line break: an ``expression``, and parts of which one stands in every text that it matches."""

    parts: tuple[str, ...]
    expression: str

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As :meth:`re.Pattern.finditer`. Most texts hold none of the parts, which is told much sooner."""
        return _compiled(self.expression).finditer(text) if any(map(text.__contains__, self.parts)) else iter(())


_compiled = cache(re.compile)


class Usage(Struct, frozen=True):
    """How one language sets its text. ``quotes`` are outer and inner pairs, empty where they are not known."""

    language: str
    quotes: tuple[str, ...]
    typography: Typography
    patterns: dict[str, Pattern]


@cache
def usage_of(language: str) -> Usage | None:
    """The usage of a language; None for one that is to be left alone. One without a locale gets what holds everywhere."""
    subtag = primary(language)
    if subtag not in {primary(tag) for tag in locale_tags()}:
        return Usage(subtag, (), Typography(), dict(_patterns(Typography(), ())))
    locale = locale_of(language)
    if not locale.typography.western:
        return None
    return Usage(subtag, locale.quotes, locale.typography, dict(_patterns(locale.typography, locale.months)))


def _patterns(typography: Typography, months: tuple[str, ...]) -> Iterator[tuple[str, Pattern]]:
    """Name → pattern; a match ends in the space that no line may break at, abbreviations apart."""
    yield "units", Pattern((" ",), rf"(?<=\d) (?={_any((*UNITS, *typography.units))}(?!\w))")
    before_numbers = (*typography.before_numbers, *SIGNS)
    yield "numbers", Pattern(before_numbers, rf"(?<!\w){_any(before_numbers)} (?=\d|[IVXLCDM]+(?!\w))")
    if typography.before_names:
        names = typography.before_names
        yield "names", Pattern(names, rf"(?<!\w){_any(names)} (?=[^\W\d_])")
    if typography.abbreviations:
        parts = tuple(each.split(" ")[0] for each in typography.abbreviations)
        spaced = "|".join(
            re.escape(each).replace("\\ ", _SPACE) for each in sorted(typography.abbreviations, key=len, reverse=True)
        )
        yield "abbreviations", Pattern(parts, rf"(?<!\w)(?:{spaced})(?!\w)")
    if typography.short_words:
        words = (form for word in typography.short_words for form in (word, word.capitalize()))
        yield "short words", Pattern((" ",), rf"(?<![\w'’]){_any(words)} (?=[\w«„“‚‘(])")
    if months:
        yield "days", Pattern(months, rf"(?<![\w.,:])\d{{1,2}}(?:\.|er|º|°)? (?={_any(months)}(?!\w))")
        yield "months", Pattern(months, rf"(?<!\w){_any(months)} (?=\d{{1,2}}(?!\d))")


def _any(words: Iterable[str]) -> str:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"
