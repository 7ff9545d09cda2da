"""Writes what languages without a locale have of the Unicode CLDR: ``python -m tools.cldr`` prints ``src/exporter/cldr.toml``.

Their names, months, long dates, months with their year, and digits, as Babel has them; a language with a locale file is left
out. Babel is 33 MB, so it is asked here and by the tests, and not by the program.
"""

from __future__ import annotations

import json
import re

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from exporter.language import locale_tags, primary

HEAD = """\
# What languages without a locale have of the Unicode CLDR, by tag: `python -m tools.cldr` writes it, from Babel's copy.
# Unicode data: Copyright © 1991-2026 Unicode, Inc., under the Unicode License v3, https://www.unicode.org/license.txt
"""

ZEROS = {
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "cakm": "\U00011136",
    "deva": "\u0966",
    "adlm": "\U0001e950",
    "hmnp": "\U0001e140",
    "mymr": "\u1040",
    "nkoo": "\u07c0",
    "olck": "\u1c50",
    "tibt": "\u0f20",
}
"""The first digit of each numbering system; the other nine follow it."""

_SCRIPT = 4
_UNKNOWN = "M01"
"""How the CLDR names January where it knows no name."""

_TOKENS = {
    "d": "{day}",
    "dd": "{day}",
    "MMMM": "{month}",
    "LLLL": "{month}",
    "MMM": "{month}",
    "M": "{number}",
    "y": "{year}",
}
_TOKEN = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^'A-Za-z]+")


def main() -> None:
    """Prints the file."""
    print(text(), end="")


def text() -> str:
    """The whole file."""
    known = {primary(tag) for tag in locale_tags()}
    entries: dict[str, list[str]] = {}
    for identifier in sorted(locale_identifiers()):
        language, *rest = identifier.split("_")
        if language not in known and all(len(each) == _SCRIPT for each in rest):
            name, *entry = _lines(Locale.parse(identifier)) or [""]
            if entry and entry != entries.get(language, [])[1:]:
                entries[identifier] = [name, *entry]
    tables = ("\n".join([f"[{tag.replace('_', '-')}]", *lines, ""]) for tag, lines in entries.items())
    return "\n".join([HEAD, *tables])


def _lines(locale: Locale) -> list[str]:
    """The lines of a language's table; none where the CLDR does not know its months."""
    months = [locale.months["format"]["wide"][number] for number in range(1, 13)]
    date = _pattern(locale.date_formats["long"].pattern)
    if months[0] == _UNKNOWN or not date:
        return []
    lines = [
        f"name = {_quoted(locale.get_display_name(locale) or locale.language)}",
        f"date = {_quoted(date)}",
        f"months = [{', '.join(map(_quoted, months))}]",
        *month_and_year(locale),
    ]
    zero = ZEROS.get(_digits(locale))
    return [*lines, f"digits = {_quoted(''.join(chr(ord(zero) + digit) for digit in range(10)))}"] if zero else lines


def month_and_year(locale: Locale) -> list[str]:
    """The lines of a month that stands alone with its year: the pattern, and the names where they are others."""
    skeleton = locale.datetime_skeletons.get("yMMMM")
    pattern = skeleton.pattern if skeleton else ""
    inside, alone = (
        [locale.months[where]["wide"][number] for number in range(1, 13)] for where in ("format", "stand-alone")
    )
    lines = [f"month_and_year = {_quoted(_pattern(pattern))}"]
    is_other = "LLLL" in pattern and alone != inside and alone[0] != _UNKNOWN
    return [*lines, f"months_alone = [{', '.join(map(_quoted, alone))}]"] if is_other else lines


def _digits(locale: Locale) -> str:
    try:
        return locale.default_numbering_system
    except (UnknownLocaleError, KeyError):
        return "latn"


def _pattern(unicode_pattern: str) -> str:
    """A date's pattern as ours are written; empty where it asks for more than day, month and year."""
    parts = []
    for found in _TOKEN.finditer(unicode_pattern):
        if found[1] is not None:
            parts.append(found[1].replace("''", "'") or "'")
        elif found[2]:
            parts.append(_TOKENS.get(found[0], ""))
            if not parts[-1]:
                return ""
        else:
            parts.append(found[0])
    return "".join(parts).replace("\u202f", "\u00a0")


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


if __name__ == "__main__":
    main()
