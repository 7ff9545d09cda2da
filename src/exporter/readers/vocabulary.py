"""The words by which pages tell what a part of them is, read from ``vocabulary.toml`` once a process."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from exporter.kept import table

_SPLIT = re.compile(r"[^\W\d_]+")
_SPACED_LETTER = r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
"""A letter of a script with spaces between words: any but those of Chinese, Japanese and (for its particles) Korean."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return table("exporter.readers", "vocabulary.toml")


@cache
def names(kind: str) -> frozenset[str]:
    """The attribute words of ``kind``, each padded with spaces, so that ``" a b " in " x a b y "`` compares whole words."""
    return frozenset(f" {word} " for word in _tables()["names"][kind])


@cache
def cues(kind: str) -> frozenset[str]:
    """The printed words of ``kind``, without case."""
    return frozenset(_tables()["cues"][kind])


@cache
def cue_pattern(kind: str) -> str:
    """A regular expression (to be compiled without case) that matches any of the printed words of ``kind``, longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(cues(kind), key=len, reverse=True)) + ")"


@cache
def whole_cue(kind: str) -> str:
    """:func:`cue_pattern` for whole words: no letter before or behind, unless of a script that sets no spaces."""
    return rf"(?<!{_SPACED_LETTER}){cue_pattern(kind)}(?!{_SPACED_LETTER})"


@lru_cache(maxsize=8192)
def words(attribute: str) -> str:
    """The words of an attribute in small letters, padded with spaces: ``"postAuthor-box"`` → ``" post author box "``."""
    found = _SPLIT.findall(_CAMEL.sub(" ", attribute))
    return " " + " ".join(found).lower() + " "


@lru_cache(maxsize=65536)
def named(attribute: str, kind: str) -> bool:
    """Whether a class or id attribute holds one of the words of ``kind``."""
    padded = words(attribute)
    return len(padded) > 2 and any(word in padded for word in names(kind))


@cache
def little_words() -> dict[str, frozenset[str]]:
    """Language (BCP 47) → its most frequent little words."""
    return {tag: frozenset(found) for tag, found in _tables()["languages"].items()}
