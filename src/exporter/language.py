"""Languages: the direction they run in, the quotation marks they use, and the words this program prints in them.

The words stand in ``locales/<tag>.toml``, one file a language, tags by BCP 47. Adding a language is adding a file: what
it leaves out falls back to English, so that a file of three lines is a file that works. A file for a region or a script
(``de-CH``, ``zh-Hant``) says only in what it differs from its language's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

from exporter.model import Direction
from exporter.runtime.compiled import table

FALLBACK = "en"
"""The language whose words stand where a locale has none."""

_NO_LANGUAGE = frozenset({"", "und", "mul", "zxx"})
"""Tags that name no language: what is said of their texts is said in English throughout."""

_MONTH = re.compile(r"\d{4}-\d{2}")

_SCRIPT = 4
"""Letters of a subtag that names a script."""

_RTL_SCRIPTS = frozenset("adlm arab aran hebr mand mend nkoo rohg samr syrc thaa yezi".split())  # noqa: SIM905
_RTL_LANGUAGES = frozenset(
    "ar arc azb bal ckb dv fa glk he iw khw ks lrc mzn nqo pnb prs ps sd syr ug ur yi".split()  # noqa: SIM905
)

_SCRIPTS: dict[str, tuple[tuple[int, int], ...]] = {
    "Grek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "Arab": ((0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
    "Hang": ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3)),
    "Hani": ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)),
    "Hebr": ((0x590, 0x5FF), (0xFB1D, 0xFB4F)),
    "Deva": ((0x900, 0x97F), (0xA8E0, 0xA8FF)),
    "Beng": ((0x980, 0x9FF),),
    "Thai": ((0xE00, 0xE7F),),
}
"""Scripts that want a sheet of their own (ISO 15924; kana with Han), and the ranges of Unicode they are written in."""


class Labels(Struct, frozen=True, forbid_unknown_fields=True):
    """The words that results print and no document holds. ``{…}`` are filled in by the writer."""

    contents: str
    cover: str
    title_page: str
    introduction: str
    conversation: str
    notes: str
    note: str
    code: str
    back_to_text: str
    picture: str
    read_more: str
    video: str
    embed: str
    source: str
    published: str
    published_in: str
    made: str
    made_of_many: str
    colophon: str
    rights: str
    imprint: str
    foreword: str
    people: str
    newest: str
    series: str
    sources: str
    left_out: str
    page: str
    pages: str
    colon: str
    language: str
    landmarks: str
    accessible: str
    accessible_pictures: str
    accessible_not_all_pictures: str


class Typography(Struct, frozen=True, forbid_unknown_fields=True):
    """How a language sets what keyboards lack (:mod:`exporter.typography`). Each word list may be empty.

    ``western`` is false for scripts that none of it concerns. ``quote_space`` stands inside the outer quotation marks,
    ``space_before`` before the marks it names. ``dash`` is the one between spaces, ``tight_dash`` the one without,
    ``speech_dash`` the one that opens a spoken line. ``abbreviations`` of several words are held together by
    ``abbreviation_space``; ``before_names`` and ``before_numbers`` stay with what follows, ``units`` with the number before
    them, ``short_words`` with the next word; ``clipped`` are the words that an apostrophe begins.
    """

    western: bool = True
    quote_space: str = ""
    space_before: dict[str, str] = {}
    dash: str = "–"
    tight_dash: str = "—"
    speech_dash: str = "–"
    abbreviations: tuple[str, ...] = ()
    abbreviation_space: str = "\u00a0"
    before_names: tuple[str, ...] = ()
    before_numbers: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    short_words: tuple[str, ...] = ()
    clipped: tuple[str, ...] = ()


class Locale(Struct, frozen=True, forbid_unknown_fields=True):
    """One language: how it runs, quotes, dates and labels.

    ``quotes`` are outer opening, outer closing, inner opening, inner closing. ``date`` is a pattern of ``{day}``,
    ``{month}`` (a name), ``{number}`` (of the month) and ``{year}``, or ``{iso}``; ``months`` are the twelve names as they
    stand inside a date; ``month_and_year`` and ``months_alone`` are the same of a month without a day, the names where they
    differ; ``first`` is how the first day of a month is written there (``1er``), where it is not as the others
    are. ``digits`` are the ten that numbers are printed with, empty for 0 to 9; ``western_in`` the regions (ISO 3166) that
    print 0 to 9 all the same, as the CLDR has it. ``words`` is the language of the labels: English where there are none of
    the locale's own. ``years_ahead`` is by how many years its calendar is before the Gregorian one (543 in Thailand).
    ``regions`` of a file for one are others that do as it does: Mexico as ``es-419``, Taiwan as ``zh-Hant``.
    """

    tag: str
    name: str
    direction: Direction
    quotes: tuple[str, str, str, str]
    date: str
    months: tuple[str, ...]
    labels: Labels
    typography: Typography = Typography()
    regions: tuple[str, ...] = ()
    digits: str = ""
    month_and_year: str = ""
    months_alone: tuple[str, ...] = ()
    first: str = ""
    western_in: tuple[str, ...] = ()
    words: str = ""
    years_ahead: int = 0

    def numeral(self, number: int) -> str:
        """A number in the language's digits."""
        return str(number).translate(dict(zip(map(ord, "0123456789"), self.digits, strict=False)))


def primary(tag: str) -> str:
    """The language subtag of a BCP 47 tag, in lower case: ``pt`` of ``pt-BR``."""
    return tag.replace("_", "-").split("-")[0].lower()


_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
)


def well_formed(tag: str) -> str:
    """The tag with hyphens (``en-US`` of ``en_US``); empty when it is no language tag (RFC 5646, section 2.1)."""
    hyphened = tag.strip().replace("_", "-")
    return hyphened if _TAG.fullmatch(hyphened.lower()) else ""


def direction_of(tag: str) -> Direction:
    """The direction that a language is written in, by its script subtag if it has one, else by the language."""
    subtags = tag.replace("_", "-").lower().split("-")
    scripts = [each for each in subtags[1:] if len(each) == 4 and each.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if subtags[0] in _RTL_LANGUAGES else "ltr"


def scripts_in(text: str) -> tuple[str, ...]:
    """Those of the scripts known here that ``text`` has characters of, sorted."""
    codes = {ord(character) for character in set(text)}
    return tuple(
        sorted(
            script
            for script, ranges in _SCRIPTS.items()
            if any(first <= code <= last for first, last in ranges for code in codes)
        )
    )


@cache
def locale_tags() -> tuple[str, ...]:
    """The tags of the languages that have a locale file, sorted."""
    names = (each.name for each in files("exporter").joinpath("locales").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def locale_of(tag: str) -> Locale:
    """The locale nearest to ``tag``: its region's or script's, else its language's, else English words in its direction."""
    subtags = tag.replace("_", "-").lower().split("-")
    layers = list(_layers(subtags))
    locale = _load(*layers) if layers else _without_words(tag, subtags)
    western = bool(set(map(str.upper, subtags[1:])) & set(locale.western_in))
    digits = "" if western else locale.digits
    return msgspec.structs.replace(locale, direction=direction_of(tag), digits=digits)


def _without_words(tag: str, subtags: list[str]) -> Locale:
    """English words beside what the CLDR knows of a language; what it does not know has its date as the page gave it."""
    known = table("exporter", "cldr.toml")
    script = "-".join([subtags[0], *(each.title() for each in subtags[1:] if len(each) == _SCRIPT)])
    found = (
        known.get(script)
        or known.get(subtags[0])
        or ({} if subtags[0] in _NO_LANGUAGE else {"date": "{iso}", "month_and_year": ""})
    )
    return msgspec.convert(
        {**_toml(FALLBACK), **found, "tag": tag, "direction": direction_of(tag), "words": FALLBACK}, Locale
    )


def words_of(tag: str) -> Locale:
    """The locale whose words are printed in a text of that language: its own, else the English one."""
    locale = locale_of(tag)
    return locale_of(locale.words) if locale.words else locale


def has_no_words(tag: str) -> bool:
    """Whether what this program itself says is not said in that language, though it is one."""
    return bool(locale_of(tag).words) and primary(tag) not in _NO_LANGUAGE


def _layers(subtags: list[str]) -> Iterator[str]:
    """The files that a tag is made of, the language's first: of those for regions and scripts, the ones it is named in."""
    for name in locale_tags():
        language, *rest = name.lower().split("-")
        if language != subtags[0]:
            continue
        named = set(rest) <= set(subtags[1:])
        # A script that is named decides: zh-Hans-HK is not written as Hong Kong writes.
        scripts = {each for each in subtags[1:] if len(each) == _SCRIPT}
        if named or (scripts <= set(rest) and set(subtags[1:]) & set(map(str.lower, _toml(name).get("regions", ())))):
            yield name


def _load(*layers: str) -> Locale:
    """The locale of a file, or of several of which each says in what it differs from those before."""
    content = _toml(layers[0])
    for name in layers[1:]:
        over = _toml(name)
        both = {**content.get("typography", {}), **over.get("typography", {})}
        content = {**_merged(content, over), "typography": both}
    whole = content if layers[0] == FALLBACK else _merged(_toml(FALLBACK), content)
    return msgspec.convert({**whole, "tag": layers[-1], "direction": direction_of(layers[-1])}, Locale)


@cache
def _toml(tag: str) -> dict[str, Any]:
    return table("exporter", f"locales/{tag}.toml")


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """``over`` with what it leaves out; how English is set is no guess at how another language is."""
    rest = {name: value for name, value in base.items() if name != "typography"}
    return {**rest, **over, "labels": {**base["labels"], **over.get("labels", {})}}


def date_in(locale: Locale, iso: str) -> str:
    """A date as the language writes it: ``20 May 2025`` of ``2025-05-20`` or of a date with a time, ``May 2025`` of a month.

    What is no such date comes back unchanged.
    """
    is_month = bool(_MONTH.fullmatch(iso) and locale.month_and_year)
    try:
        day = date.fromisoformat(f"{iso}-01" if is_month else iso[:10])
    except ValueError:
        return iso
    numbers = {"day": day.day, "number": day.month, "year": day.year + locale.years_ahead}
    said = {name: locale.numeral(number) for name, number in numbers.items()}
    if day.day == 1 and locale.first:
        said["day"] = locale.first
    pattern, months = locale.date, locale.months
    if is_month:
        pattern, months = locale.month_and_year, locale.months_alone or locale.months
    return pattern.format(month=months[day.month - 1], iso=iso[:10], **said)
