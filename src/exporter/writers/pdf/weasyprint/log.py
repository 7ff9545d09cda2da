"""Turns what WeasyPrint logs into notices: it has no other way to report."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from exporter.notices import Notice, notice

_heard: ContextVar[list[str] | None] = ContextVar("_heard", default=None)


class _Ear(logging.Handler):
    """Collects what WeasyPrint's logger says while this thread lays a page out."""

    def emit(self, record: logging.LogRecord) -> None:
        remarks = _heard.get()
        if remarks is not None:
            remarks.append(record.getMessage())


@cache
def _ear() -> _Ear:
    ear = _Ear(logging.WARNING)
    logging.getLogger("weasyprint").addHandler(ear)
    return ear


@contextmanager
def overheard() -> Iterator[list[str]]:
    """Gathers the renderer's warnings and errors while it works in this thread."""
    _ear()
    remarks: list[str] = []
    token = _heard.set(remarks)
    try:
        yield remarks
    finally:
        _heard.reset(token)


_EAST = ("CJK ", "HIRAGANA", "KATAKANA", "HANGUL ", "BOPOMOFO ", "IDEOGRAPHIC ", "FULLWIDTH ", "HALFWIDTH ")
"""How the names of the characters begin that Chinese, Japanese and Korean are written with."""

_EAST_MARKS = range(0x3000, 0x3040)
"""Their punctuation, which has names of its own."""

_EMOJI = 0x1F000

_NO_GLYPH = ".notdef glyph rendered"


def notices(remarks: list[str]) -> tuple[Notice, ...]:
    """One notice for all characters without a glyph, one for each other remark, none twice."""
    unset = sorted({remark.split('"')[1] for remark in remarks if remark.startswith(_NO_GLYPH)})
    others = dict.fromkeys(remark for remark in remarks if not remark.startswith(_NO_GLYPH))
    found = [notice("renderer", message=" ".join(remark.split())) for remark in others]
    if unset:
        found.insert(0, _unset(unset))
    return tuple(found)


def _unset(characters: list[str]) -> Notice:
    """The characters that no font has, and the packages of Debian that bring one."""
    packages = sorted({package for each in characters if (package := _package_for(each))})
    remedy = f"; on Debian and Ubuntu, install {' '.join(packages)}" if packages else ""
    return notice("glyphs-missing", count=len(characters), excerpt=" ".join(characters[:10]), remedy=remedy)


def _package_for(character: str) -> str:
    name = unicodedata.name(character, "")
    if name.startswith(_EAST) or ord(character) in _EAST_MARKS:
        return "fonts-noto-cjk"
    if not name:
        return ""
    if ord(character) >= _EMOJI and unicodedata.category(character) == "So":
        return "fonts-noto-color-emoji"
    return "fonts-noto-core"
