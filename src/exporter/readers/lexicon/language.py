"""The language of a page: as it declares it, unless its words are clearly of another."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from exporter.notices import Notice, notice
from exporter.readers.lexicon.vocabulary import little_words

SAMPLE = 6000
"""Words that are looked at."""
SURE = 0.12
"""Share of little words above which a language counts as told by the text."""
CLEARLY = 1.6
"""So many times the little words of the declared language must another have, to be believed against it."""
_USUAL_WORD = 8
"""Characters that a word takes, the space behind it included."""
FEWEST = 20
"""Words below which nothing is told."""

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"^([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.].*)?$")
_OF_OTHER_SCRIPTS = re.compile(r"[^\x00-\u052f]+")
"""Letters behind those of the scripts that many languages share: Latin, Greek, Cyrillic."""
_SCRIPTS = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7af"),
    ("zh", "\u4e00", "\u9fff"),
    ("th", "\u0e00", "\u0e7f"),
    ("hi", "\u0900", "\u097f"),
    ("ka", "\u10a0", "\u10ff"),
    ("hy", "\u0530", "\u058f"),
)
"""Languages told by their script alone, or nearly so; Japanese before Chinese, whose characters it shares."""
SCRIPT_SHARE = 0.15
"""Share of a text's characters that such a script must have where nothing is declared; half of them against a declaration."""
_OLD_TAGS = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv"}
"""Tags that Java wrote for long (ISO 639, withdrawn 1989)."""
_KIN = (
    frozenset(["no", "nb", "nn", "da"]),
    frozenset(["hr", "sr", "bs", "sh"]),
    frozenset(["id", "ms"]),
    frozenset(["hi", "mr", "ne"]),
)
"""Languages that little words do not tell apart: of these the page knows best."""


def normal_tag(declared: str) -> str:
    """A declared language as a BCP 47 tag (RFC 5646, 2.1.1): ``"de_DE"`` → ``"de-DE"``; ``""`` when it is none."""
    found = _TAG.match(declared.strip())
    if not found:
        return ""
    language, script, region = found.groups()
    tongue = _OLD_TAGS.get(language.lower(), language.lower())
    return "-".join(part for part in (tongue, (script or "").title(), (region or "").upper()) if part)


def guess(text: str, declared: str = "") -> str:
    """The language that the words tell, ``""`` when none is sure, or none so much more than the ``declared`` one."""
    beginning = text[:4000]
    share = SCRIPT_SHARE if not declared else 0.5
    foreign = "".join(_OF_OTHER_SCRIPTS.findall(beginning))
    for tag, first, last in _SCRIPTS:
        if sum(first <= letter <= last for letter in foreign) > len(beginning) * share:
            return tag
    words = _first_words(text)
    if len(words) < FEWEST:
        return ""
    if declared and _listed(declared) not in little_words():
        return ""  # what nobody counted cannot lose the count
    shares = _shares(words)
    best = max(shares, key=lambda tag: shares[tag])
    clear = shares[best] > CLEARLY * shares.get(_listed(declared), 0.0)
    return best if shares[best] >= SURE and (best == declared or clear) else ""


def _shares(words: list[str]) -> dict[str, float]:
    """The share of each language's little words among these."""
    counted = Counter(" ".join(words).casefold().split(" "))  # in one go: none of them has a space
    found = dict.fromkeys(little_words(), 0)
    for word in counted.keys() & _tongues().keys():
        for tag in _tongues()[word]:
            found[tag] += counted[word]
    return {tag: times / len(words) for tag, times in found.items()}


@cache
def _tongues() -> dict[str, list[str]]:
    """Little word → the languages that have it."""
    known: dict[str, list[str]] = {}
    for tag, words in little_words().items():
        for word in words:
            known.setdefault(word, []).append(tag)
    return known


def _first_words(text: str) -> list[str]:
    """Its first :data:`SAMPLE` words. Of a long text no more is gone through than they take, if they are not unusually long."""
    beginning = text[: SAMPLE * _USUAL_WORD]
    found: list[str] = _WORD.findall(beginning)
    # The last one of a beginning may be cut off.
    return (found if len(found) > SAMPLE or len(beginning) == len(text) else _WORD.findall(text))[:SAMPLE]


def _listed(declared: str) -> str:
    """The language under whose name the little words of the declared one stand."""
    return "nb" if declared in ("no", "nn") else declared


def decide(declared: str, text: str) -> tuple[str, tuple[Notice, ...]]:
    """The document's language and what to say about it. The words win over a declaration when they are clearly of another."""
    tag = normal_tag(declared)
    tongue = tag.partition("-")[0]
    told = guess(text, tongue)
    if tag and (not told or tongue == told or any({tongue, told} <= continuations for continuations in _KIN)):
        return tag, ()
    if not tag:
        return told or "und", (notice("language-guessed", language=told or "und"),)
    return told, (notice("language-overruled", declared=tag, language=told),)
