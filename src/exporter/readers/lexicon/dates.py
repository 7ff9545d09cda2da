"""Dates as pages give them: in machines' forms, and in the words of the languages met. There is no clock here.

A date is read when it says day, month and year, or in a machine's form month and year; "yesterday" is never guessed.
Whether 3/4/2021 is of March or of April is told by the language; where that does not tell, the date is not read.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from exporter.notices import Notice, notice
from exporter.readers.lexicon.calendars import from_solar, of_our_era
from exporter.runtime.compiled import table

EARLIEST, LATEST = 1800, 2100
"""Years that an article may be of. Those of other calendars (1402, 5784) lie outside, so that none is taken for ours."""
UNSET = frozenset(["1970-01-01", "1900-01-01"])
"""Days that stand where a program had no date to write."""

TIME_OF_DAY = re.compile(r"\W*\d{1,2}[:.h]\d{2}(?:\s?(?:uhr|h|[ap]\.?m\.?|[A-Z]{2,4}))?\W*", re.IGNORECASE)
"""A time of day and nothing else: "10.05 BST", "11:40 Uhr"."""
_FIGURE = re.compile(r"\d")
_MACHINE = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d{2})(?:-?(?P<day>\d{2})"
    r"(?P<time>[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?(?!\d))?)?(?!\d)"
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_WORD = r"(?:(?:[^\W\d]|(?!\w)[\u0900-\u109f]){2,}|[\u0e01-\u0e4e]{1,3}\.[\u0e01-\u0e4e]{1,2})"
"""The name of a month: with signs for vowels, which are no letters to Python; those of Thai are shortened with full stops."""
_CJK = re.compile(r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일号]")
_VIETNAMESE = re.compile(r"(?<!\d)(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})[\s,]+(?:năm\s+)?(?P<year>\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.º|\.|º|°|er|re|st|nd|rd|th|ste|de|-?го|lik)?[\s,/-]*(?:de\s|d['’]|of\s|den\s)?\s*"
    rf"(?P<month>{_WORD})(?:ta|aa)?[.,'’]{{0,2}}[\s/-]*(?:de\s|del\s|of\s)?\s*(?P<year>\d{{4}}|['’]\d{{2}})(?!\d(?!\d?:\d\d))"
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W\d])(?P<month>{_WORD})\.?[\s-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,-]\s*(?:de\s)?(?P<year>\d{{4}})(?!\d)"
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})(?:\.|\sm\.|eko)?[\s-]+(?P<month>{_WORD})\.?[\s-]+(?P<day>\d{{1,2}})(?!\d)"
)
_LATVIAN = re.compile(rf"(?P<year>\d{{4}})\.\s?gada\s(?P<day>\d{{1,2}})\.\s?(?P<month>{_WORD})")
_FIGURES_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})\s?([./-])\s?(?P<month>\d{1,2})\s?\2\s?(?P<day>\d{1,2})(?!\d)")
_FIGURES = re.compile(
    r"(?<![\d.,/-])(?P<one>\d{1,2})\s?(?P<sign>[./-])\s?(?P<two>\d{1,2})\s?(?P=sign)\s?(?P<year>\d{4}|\d{2}(?![\d:]))(?!\d(?!\d?:\d\d))"
)
_MONTH_ONLY = re.compile(rf"^\W*(?P<month>{_WORD})\.?,?\s+(?:de\s|del\s)?(?P<year>\d{{4}})\W*$")
_BY_NAME = (_CJK, _VIETNAMESE, _DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST, _LATVIAN)
_MARKS = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069])
_MONTH_BEFORE_DAY = frozenset(["US", "PH", "FM"])
_EITHER = frozenset(["en", "und", ""])
"""Languages that write 3/4/2021 both ways, unless a region tells."""


class Found(NamedTuple):
    """A date in a text: in ISO 8601, and where its words begin and end."""

    date: str
    start: int
    end: int


class Stated(NamedTuple):
    """A date of publication and who states it: ``json-ld``, ``meta``, ``time``, ``page``, ``address``."""

    date: str
    source: str


# ------------------------------------------------------------------------------------------------------------------ reading


def machine(value: object) -> str:
    """A date in a machine's form as ISO 8601, to the month, the day or the minute as it is given; ``""`` for anything else.

    Seconds or milliseconds since 1970 are taken for UTC.
    """
    text = value.strip() if isinstance(value, str) else ""
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = _MACHINE.match(text)
    if found is None:
        return ""
    day = _iso(found["year"], found["month"], found["day"] or "1")
    if not day or not found["day"]:
        return day[:7] if "-" in found[0] else ""
    time = (found["time"] or "").strip().lstrip("T ").replace(" ", "").replace(",", ".")
    return f"{day}T{time}" if time else day


@lru_cache(maxsize=256)
def in_words(text: str, language: str) -> Found | None:
    """The first date in a line of text, as people write it in ``language`` (BCP 47; its region tells 3/4 from 4/3)."""
    if _FIGURE.search(text) is None:
        return None
    line = _plain(text)
    for search in (_by_name, _by_figures):
        found = search(line, language)
        if found is not None:
            return found
    only = _MONTH_ONLY.match(line)
    month = _month(only["month"], language) if only else 0
    return Found(f"{only['year']}-{month:02}", 0, len(text)) if only and month and _year(only["year"]) else None


def _by_name(line: str, language: str) -> Found | None:
    for pattern in _BY_NAME:
        for found in pattern.finditer(line):
            month = int(found["month"]) if found["month"].isdigit() else _month(found["month"], language)
            year = found["year"].lstrip("'’")
            # Thailand's count of years stands beside Thai months, whose names no other language has.
            ours = of_our_era(year, LATEST) if found["month"] in _months()["th"] else year
            date = _iso(ours, str(month), found["day"]) or _solar(year, found["month"], found["day"])
            if date:
                return Found(date, found.start(), found.end())
    return None


def _solar(year: str, month: str, day: str) -> str:
    """The day of a date with a month of Iran's calendar: "۱۲ مهر ۱۴۰۳"; ``""`` where it is none."""
    number = _months()["fa-solar"].get(month, 0)
    found = from_solar(int(year), number, int(day)) if number else None
    return found.isoformat() if found else ""


def _by_figures(line: str, language: str) -> Found | None:
    for found in _FIGURES_YEAR_FIRST.finditer(line):
        date = _iso(found["year"], found["month"], found["day"]) or _solar_in_figures(found, language)
        if date:
            return Found(date, found.start(), found.end())
    for found in _FIGURES.finditer(line):
        date = _ordered(found["one"], found["two"], found["year"], found["sign"], language)
        if date:
            return Found(date, found.start(), found.end())
    return None


def _solar_in_figures(found: re.Match[str], language: str) -> str:
    """A date of Iran's calendar in figures, on a page in Persian: "۱۴۰۳/۰۷/۱۲"."""
    if language.partition("-")[0] != "fa":
        return ""
    day = from_solar(int(found["year"]), int(found["month"]), int(found["day"]))
    return day.isoformat() if day else ""


def _ordered(one: str, two: str, year: str, sign: str, language: str) -> str:
    """Of two numbers the day and the month: by what cannot be a month, by the sign, by the language."""
    tongue, _, region = language.partition("-")
    if int(one) > 12 or int(two) > 12 or one == two:
        day, month = (two, one) if int(two) > 12 else (one, two)
    elif region in _MONTH_BEFORE_DAY and sign != ".":
        day, month = two, one
    elif sign == "." or region or tongue not in _EITHER:
        day, month = one, two
    else:
        return ""
    return _iso(year, month, day)


def _plain(text: str) -> str:
    """The text in small letters and with ASCII figures, one character for one, so that places in it stay."""
    line = "".join(_character(each) for each in text)
    for name in _names_of_two_words():
        line = line.replace(name, name.replace(" ", "_"))
    return line


def _character(each: str) -> str:
    if each.isdecimal():
        return str(unicodedata.decimal(each))
    if each in "İI":
        return "i"
    folded = unicodedata.normalize("NFKC", each).casefold()
    return " " if ord(each) in _MARKS else folded if len(folded) == 1 else each


def _iso(year: str, month: str, day: str) -> str:
    """The date, ``""`` when there is no such day or no article can be of it."""
    whole = _year(year)
    if not whole or not 1 <= int(month) <= 12 or not 1 <= int(day) <= monthrange(whole, int(month))[1]:
        return ""
    date = f"{whole:04}-{int(month):02}-{int(day):02}"
    return "" if date in UNSET else date


def _year(figures: str) -> int:
    """The year, 0 when no article can be of it. Two figures are of the years from 1970 to 2069 (POSIX says 1969 to 2068)."""
    year = int(figures)
    if len(figures) == 2:
        return year + (1900 if year >= 70 else 2000)
    return year if EARLIEST <= year <= LATEST else 0


def _month(name: str, language: str) -> int:
    """The number of the month: by the page's language, then by English, then by any language; 0 for no month."""
    tongue = language.partition("-")[0]
    for months in (_months().get(tongue, {}), _months()["en"], _any_month()):
        if name in months:
            return months[name]
    return 0


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return table("exporter.readers.lexicon", "dates.toml")


@cache
def _names_of_two_words() -> tuple[str, ...]:
    forms = (form for months in _table()["months"].values() for each in months for form in each.split("|"))
    return tuple(form for form in forms if " " in form)


@cache
def _months() -> dict[str, dict[str, int]]:
    """Language → name of a month, in small letters and joined by ``_`` where it has two words → its number."""
    return {
        tag: {
            _plain(name).replace(" ", "_"): number
            for number, forms in enumerate(months, 1)
            for name in forms.split("|")
        }
        for tag, months in _table()["months"].items()
    }


@cache
def _any_month() -> dict[str, int]:
    """Names that mean the same month of our calendar wherever they are one."""
    meanings: dict[str, set[int]] = {}
    for months in (each for tag, each in _months().items() if tag != "fa-solar"):
        for name, number in months.items():
            meanings.setdefault(name, set()).add(number)
    return {name: min(numbers) for name, numbers in meanings.items() if len(numbers) == 1}


# ----------------------------------------------------------------------------------------------------------------- weighing


class Settled(NamedTuple):
    """When the article appeared and when it was changed, ``""`` where that is not known, and what to say of it."""

    published: str
    modified: str
    notices: tuple[Notice, ...]


def settle(
    stated: Sequence[Stated], modified: str, lines: Iterable[str], address: str, language: str, unread: Iterable[str]
) -> Settled:
    """Weighs what a page states: ``stated`` in its head, in ``lines`` of its own words, in its ``address``.

    ``unread`` are values of its head that were no date.
    """
    printed = []
    for line in lines:
        found = in_words(line, language)
        if found is not None and _is_change(line[: found.start]):
            modified = modified or found.date
        elif found is not None:
            printed.append(Stated(found.date, "page"))
    held = in_address(address)
    known = [*(each for each in stated if each.source != "time"), *printed]
    known += [Stated(held, "address")] if held else []
    known += [each for each in stated if each.source == "time"]
    published, doubts = weigh(known, modified)
    return Settled(published, modified, (*doubts, *refused(unread)))


def _is_change(before: str) -> bool:
    """Whether the words in front of a date make it that of the last change."""
    words = before.casefold().strip(" :·|–—-([")
    return any(words.endswith(cue) for cue in _table()["cues"]["updated"])


def weigh(stated: Sequence[Stated], modified: str) -> tuple[str, tuple[Notice, ...]]:
    """The date of publication and what to say of it, of all that are stated, the most trustworthy first.

    Where a site writes the time of the last change into both of its fields, an earlier day that the page prints or its
    address holds is the one of publication. Days apart by one only are the same instant in two zones.
    """
    if not stated:
        return "", ()
    chosen = stated[0]
    others = [each for each in stated[1:] if _apart(chosen.date, each.date)]
    earlier = [each for each in others if each.source in ("page", "address") and each.date < chosen.date]
    if earlier and chosen.date[:10] == modified[:10]:
        chosen, others = earlier[0], [chosen, *(each for each in others if _apart(earlier[0].date, each.date))]
    same = [each for each in stated if each is not chosen and each.date[:7] == chosen.date]
    chosen = same[0] if same else chosen
    doubts = [each for each in others if each.source in ("json-ld", "meta", "page")]
    return chosen.date, tuple(_doubt(chosen, each) for each in doubts[:1])


def _doubt(chosen: Stated, other: Stated) -> Notice:
    return notice(
        "dates-disagree", date=chosen.date[:10], source=chosen.source, other=other.date[:10], elsewhere=other.source
    )


def _apart(one: str, other: str) -> bool:
    """Whether two dates are more than a day apart, as far as both are known."""
    if min(len(one), len(other)) < 10:
        return one[:7] != other[:7]
    days = [datetime.fromisoformat(each[:10]).toordinal() for each in (one, other)]
    return abs(days[0] - days[1]) > 1


def refused(values: Iterable[str]) -> Iterator[Notice]:
    """A notice for each value that looks like a date and is none that an article can be of."""
    for value in dict.fromkeys(values):
        found = _MACHINE.match(value.strip())
        if found is not None and not machine(value):
            yield notice("date-refused", date=found[0].strip())


_IN_ADDRESS = re.compile(r"/(?P<year>(?:19|20)\d{2})[/-](?P<month>0?[1-9]|1[0-2])[/-](?P<day>[0-3]?\d)(?!\d)")


def in_address(address: str) -> str:
    """The day that an address holds: ``…/2021/03/14/…``; ``""`` for none."""
    found = _IN_ADDRESS.search(address)
    return _iso(found["year"], found["month"], found["day"]) if found else ""
