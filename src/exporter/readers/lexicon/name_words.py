"""The words by which lines tell who made a piece, and as what: ``names.toml``, and the cues that open bylines."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from exporter.readers.lexicon.vocabulary import cues, either
from exporter.runtime.compiled import table

_SIGN = r"[:：・＝=／/]"
"""Signs that stand between what somebody did and the name."""


_PICTURED = frozenset({"photographer", "illustrator"})
"""Roles whose words stand between two names without a sign where each has its own element: "Ann Lee Photos Bo Stern"."""


@cache
def _tables() -> dict[str, Any]:
    return table("exporter.readers.lexicon", "names.toml")


def listed(kind: str) -> list[str]:
    """The words of one list of the table, as they stand there."""
    return list(_tables()[kind])


@cache
def known(kind: str) -> frozenset[str]:
    """The words of one list of the table, casefolded."""
    return frozenset(word.casefold() for word in _tables()[kind])


def particles() -> frozenset[str]:
    """The small words inside names."""
    return known("particles")


@cache
def surnames() -> frozenset[str]:
    """Characters with which most Chinese names begin, where a space may part two people or, in Japanese, one name's two."""
    return frozenset(_tables()["surnames"])


@cache
def _stated() -> dict[str, str]:
    stated = {cue: role for role, said in _tables()["roles"].items() for cue in said}
    # Korean has the word for a reporter behind the name.
    opening = sorted({cue.strip(" :") for cue in cues("byline")} - set(listed("korean_reporter")))
    return {**dict.fromkeys(opening, "author"), **stated}


AND = rf"(?:{either(listed('and'))}|&|\+|/|,)"
"""Words and signs that join two people, or two things that one person did."""
_BEHIND_AND = "|".join(rf"(?<=\s{either(joints)}\s)" for _, joints in groupby(sorted(listed("and"), key=len), key=len))
_EDGE = rf"(?:^|(?<=\s)(?=[^:：＝=／]{{1,40}}[:：＝=／])|(?<=[,;|/•·(–—\n，、；。])|(?<=\s(?:&|-)\s)|(?<=\.\s)|{_BEHIND_AND})"
"""Where what somebody did may be said in a line: at its beginning, behind a sign or "and", before a colon."""


@cache
def role_of() -> dict[str, str]:
    """What words say that somebody did, casefolded → the role. Those that open bylines are the author's, unless stated."""
    return {cue.casefold(): role for cue, role in _stated().items()}


def cue_pattern(line: str) -> re.Pattern[str] | None:
    """One or several cues at the beginning of a part of a byline, with their colon; None when the line holds no cue."""
    # Both, because casefolding makes "ss" of the "ß" that some cues have.
    folded = line.casefold() + line.lower()
    beginnings = _cues_by_beginning()
    likely = beginnings.keys() & {*folded, *(folded[at : at + 2] for at in range(len(folded)))}
    # The longest first, and those of one length in the order of the table.
    met = sorted((len(cue), place, cue) for each in likely for place, cue in beginnings[each] if cue in folded)
    return _pattern_of(tuple(cue for _, _, cue in sorted(met, key=lambda each: (-each[0], each[1]))))


@cache
def _cues_by_beginning() -> dict[str, list[tuple[int, str]]]:
    """Their first two letters, the first where there is one only → the cues, each with its place in the table."""
    found: dict[str, list[tuple[int, str]]] = {}
    for place, cue in enumerate(_stated()):
        found.setdefault(cue[:2], []).append((place, cue))
    return found


@lru_cache(maxsize=1024)
def _pattern_of(known_cues: tuple[str, ...]) -> re.Pattern[str] | None:  # of all at once it would take long to compile
    cue = "(?:" + "|".join(map(re.escape, known_cues)) + ")"
    joined = rf"(?P<cues>{cue}(?:\s*(?:{AND}|・|·)\s*{cue})*)"
    # A cue of several words, such as "edited by", is no part of a name and may stand without a sign before it.
    several = "|".join(re.escape(each) for each in known_cues if " " in each)
    pictured = "|".join(
        re.escape(each) for each in known_cues if " " not in each and role_of().get(each.casefold()) in _PICTURED
    )
    edges = [_EDGE, *([rf"(?<=\s)(?=(?:{several})\s)"] if several else [])]
    edges += [rf"(?<=[^\W\d_]\s)(?=(?:{pictured})\s)"] if pictured else []
    edge = f"(?:{'|'.join(edges)})"
    whole = rf"{edge}\s*{joined}(?:\s*(?P<colon>{_SIGN})\s*|\s+)(?=\S)"
    return re.compile(whole, re.IGNORECASE) if known_cues else None


_BETWEEN_CUES = re.compile(rf"\s*(?:[,;&|/•+、，；،؛\n・·]|\s{AND}\s)\s*")


def roles_in(said: str) -> tuple[str, ...]:
    """The roles that one or several cues give: ``"Text und Fotos"`` gives two."""
    folded = said.casefold().strip(" :")
    parts = [folded] if folded in role_of() else [part for part in _BETWEEN_CUES.split(folded) if part]
    return tuple(dict.fromkeys(role_of()[part] for part in parts if part in role_of()))
