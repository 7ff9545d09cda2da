"""The language of a page: as it declares it, unless its words say otherwise."""

from __future__ import annotations

import re
from collections import Counter

from exporter.notices import Notice, notice
from exporter.readers.vocabulary import little_words

SAMPLE = 6000
"""Words that are looked at."""
SURE = 0.12
"""Share of little words above which a language counts as told by the text."""

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"^([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.].*)?$")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
)


def normal_tag(declared: str) -> str:
    """A declared language as a BCP 47 tag (RFC 5646, 2.1.1): ``"de_DE"`` → ``"de-DE"``; ``""`` when it is none."""
    found = _TAG.match(declared.strip())
    if not found:
        return ""
    language, script, region = found.groups()
    parts = [language.lower(), (script or "").title(), (region or "").upper()]
    return "-".join(part for part in parts if part)


def guess(text: str) -> str:
    """The language that the words tell, ``""`` when none is sure."""
    for tag, script in _SCRIPTS:
        if len(script.findall(text[:4000])) > len(text[:4000]) * 0.15:
            return tag
    counted = Counter(word.casefold() for word in _WORD.findall(text)[:SAMPLE])
    whole = sum(counted.values())
    if whole < 20:
        return ""
    share = {tag: sum(counted[word] for word in found) / whole for tag, found in little_words().items()}
    best = max(share, key=lambda tag: share[tag])
    return best if share[best] >= SURE else ""


def decide(declared: str, text: str) -> tuple[str, tuple[Notice, ...]]:
    """The document's language and what to say about it. The words win over a declaration of another language."""
    tag = normal_tag(declared)
    told = guess(text)
    if tag and (not told or tag.split("-")[0] == told):
        return tag, ()
    if told:
        return told, (notice("language-guessed", language=told),)
    return tag or "und", () if tag else (notice("language-guessed", language="und"),)
