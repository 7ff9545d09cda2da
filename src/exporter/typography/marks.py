"""Ellipses, dashes, ranges: marks that keyboards make of full stops and hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.typography.runs import Edit, Line
from exporter.typography.usage import NO_BREAK

_DOTS = re.compile(r"(?<![.…])\.\.\.(?![.…])|(?<![.…])(?<![.…][ \u00a0])\.[ \u00a0]\.[ \u00a0]\.(?![ \u00a0]?[.…])")

_NEAR = re.compile(r"\.[ \u00a0]?\.")
"""Two full stops, close or apart."""

_SPACED = re.compile(r"(?<=[^\s\-–—])[ \u00a0]-{1,3} (?=[^\s\-–—])")
_TIGHT = re.compile(r"(?<=[^\W_])-{2,3}(?![\-–—])|(?<=[.,!?…)\"'”’»“])-{2,3}(?=[^\W\d_])")
_SPOKEN = re.compile(r"\A(?:-{1,3}[ \u00a0]|[–—] )(?=[^\W_]|[¿¡«„“\"'…])")

_RANGE = re.compile(r"(?<![\w.,:/\-–—+])(\d{1,4})-(\d{1,4})(?![\w/\-–—+]|[.,:]\d)")

_RANGE_OF_DAYS = re.compile(r"(?<![\w.,:/\-–—+])(\d{1,2})\.-(\d{1,2})\.(?=[ \u00a0])")


def ellipses(line: Line) -> Iterator[Edit]:
    """Three full stops, close or apart, are one ellipsis; two or four are the author's own."""
    for found in _DOTS.finditer(line.text) if _NEAR.search(line.text) else ():
        yield Edit(found.start(), found.end(), "…")


def dashes(line: Line) -> Iterator[Edit]:
    """A hyphen with spaces around it is the language's dash; so are two or three. At the paragraph's head it opens speech."""
    if "-" not in line.text and not line.text.startswith(("–", "—")):
        return
    for found in _SPACED.finditer(line.text) if "- " in line.text else ():
        usage = line.usage_at(found.start())
        figures = line.text[found.start() - 1].isdecimal() and line.text[found.end()].isdecimal()
        if usage and not figures:
            yield Edit(found.start(), found.end(), f"{NO_BREAK}{usage.typography.dash} ")
    for found in _TIGHT.finditer(line.text) if "--" in line.text else ():
        usage = line.usage_at(found.start())
        if usage:
            yield Edit(found.start(), found.end(), usage.typography.tight_dash)
    spoken = _SPOKEN.match(line.text)
    usage = line.usage_at(0) if spoken else None
    if spoken and usage:
        mark = spoken[0][0] if spoken[0][0] != "-" else usage.typography.speech_dash
        yield Edit(0, spoken.end(), mark + NO_BREAK)


def ranges(line: Line) -> Iterator[Edit]:
    """Two numbers with a hyphen between them, of which the second is larger: years, pages, scores of three figures at most."""
    if "-" not in line.text or not line.has_figures:
        return
    for found in _RANGE.finditer(line.text):
        if _ascends(found[1], found[2]):
            yield Edit(found.end(1), found.start(2), "–")
    for found in _RANGE_OF_DAYS.finditer(line.text):  # 20.-22. Mai
        if _ascends(found[1], found[2]):
            yield Edit(found.start(2) - 1, found.start(2), "–")


def _ascends(first: str, second: str) -> bool:
    """1998 to 2004, 1998 to 99, 12 to 15; never a telephone number, a code or a score."""
    if len(first) == 4:
        return len(second) in {2, 4} and second > first[4 - len(second) :]
    return len(second) < 4 and int(first) < int(second) and not (first + second).startswith("0")
