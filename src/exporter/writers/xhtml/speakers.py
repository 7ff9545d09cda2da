"""Who speaks: which names stand before questions and answers, and how short they may be.

Where one person asks or answers, the setting of questions and answers tells who speaks, and one mention is enough. Where
several do, each of their words has a name before it: in full the first time, then as a newspaper has it, by the surname, or
by whatever tells two of one family apart. Titles stand once. A round table begins with the list of those who take part.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from exporter.language import primary
from exporter.model import Answer, Question
from exporter.runtime.compiled import table

ROUND = 3
"""People who answer at a round table, at least."""

_BESIDE = re.compile(r"\s*(?:[,(;|/]|\s[-–—]\s).*", re.DOTALL)
"""What stands behind a name: an office, a party, a place."""

_QUOTES = '"“”„‟«»'
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Called(Struct, frozen=True):
    """What a label says, part by part: the name without its title, the surname (with its particles), the given names.

    All three are the label itself where it is no person's name, or where nothing can be told apart.
    """

    label: str
    untitled: str
    surname: str
    given: str

    @property
    def forms(self) -> tuple[str, ...]:
        """Ways to call somebody, the shortest that is usual first."""
        return tuple(dict.fromkeys((self.surname, self.given, self.untitled, self.label)))

    @property
    def initials(self) -> str:
        """The first letters of the name's words that have capitals."""
        return "".join(word[0] for word in re.split(r"[\s-]+", self.untitled) if word[:1].isupper())


class Naming(Struct, frozen=True):
    """The name before each question and answer, by the identity of its node; and who takes part in a round table."""

    names: dict[int, str]
    cast: tuple[str, ...] = ()


def naming_of(voiced: Iterable[Question | Answer], language: str) -> Naming:
    """The names to be printed before these questions and answers, given in reading order."""
    labelled = [each for each in voiced if each.speaker]
    voices = _voices(list(dict.fromkeys(each.speaker or "" for each in labelled)), language)
    sides: dict[type, set[str]] = {Question: set(), Answer: set()}
    for each in labelled:
        sides[type(each)].add(voices[each.speaker or ""])
    several = {voice for side in sides.values() if len(side) > 1 for voice in side}
    shorts = _shorts(voices, several, language)
    cast = _cast(labelled, voices, shorts) if len(sides[Answer]) >= ROUND else ()
    names, heard = {}, set(cast)
    for each in labelled:
        voice = voices[each.speaker or ""]
        again = shorts[voice] if len(sides[type(each)]) > 1 else ""
        names[id(each)] = again if voice in heard else each.speaker or ""
        heard.add(voice)
    return Naming(names, cast)


def _cast(labelled: list[Question | Answer], voices: Mapping[str, str], shorts: Mapping[str, str]) -> tuple[str, ...]:
    """Those who are called by less than their name from now on, if there are any; who answers stands first."""
    ordered = sorted(labelled, key=lambda each: isinstance(each, Question))
    cast = tuple(voice for voice in dict.fromkeys(voices[each.speaker or ""] for each in ordered) if voice in shorts)
    return cast if any(shorts[voice] != voice for voice in cast) else ()


def _voices(labels: list[str], language: str) -> dict[str, str]:
    """Each label and the fullest label of the same person: a page may name somebody in full once, then by less."""
    called: dict[str, list[str]] = {}
    for label in labels:
        parts = called_by(label, language)
        for form in {*parts.forms, parts.initials}:
            called.setdefault(form, []).append(label)
    voices = {}
    for label in labels:
        longer = [other for other in called.get(label.strip(". "), ()) if len(other) > len(label)]
        voices[label] = longer[0] if len(longer) == 1 else label
    return {label: voices[voice] for label, voice in voices.items()}


def _shorts(voices: Mapping[str, str], several: set[str], language: str) -> dict[str, str]:
    """What each of those who are told apart by name is called after the first time.

    The page's own short label comes first, then the shortest form that nobody else has.
    """
    own = {voice: label for label, voice in voices.items() if label != voice}
    called = {voice: called_by(voice, language) for voice in several}
    counted = Counter(form for parts in called.values() for form in parts.forms)
    shorts = {}
    for voice, parts in called.items():
        free = (form for form in parts.forms if counted[form] == 1)
        shorts[voice] = own.get(voice) or next(free, voice)
    return shorts


@cache
def called_by(label: str, language: str) -> Called:
    """The parts of the name that a label gives."""
    words = _without_suffixes(_BESIDE.sub("", label).split())
    start = next((at for at, word in enumerate(words) if _folded(word) not in _known("titles")), len(words))
    name = words[start:]
    if len(name) == 1 and start:  # "Dr. Weber" has a surname and no more
        return Called(label, name[0], name[0], name[0])
    if not _is_name(name):
        return Called(label, label, label, label)
    at, end = _surname(name, language)
    surname, given = " ".join(name[at:end]), " ".join((*name[:at], *name[end:]))
    first, second = surname[:1].upper() + surname[1:], given or surname
    if primary(language) in _known("given_first") | _known("given_last"):
        first, second = second, first
    return Called(label, " ".join(name), first, second)


def filed_as(name: str, language: str) -> str:
    """The form by which shelves and indexes sort a name: "Beethoven, Ludwig van"; the name itself where it begins so."""
    words = _without_suffixes(_BESIDE.sub("", name).split())
    as_written = _known("family_first") | _known("given_first") | _known("given_last")
    bare = [word.strip(_QUOTES) or word for word in words]  # "Teddy" between a given name and the surname
    if not _is_name(bare) or _EAST.search(name) or primary(language) in as_written:
        return name
    at, end = _surname(bare, language)
    while at < end - 1 and words[at][0].islower():  # "van", but not "Van" and "De"
        at += 1
    return f"{' '.join(words[at:end])}, {' '.join((*words[:at], *words[end:]))}" if at else name


def _surname(name: list[str], language: str) -> tuple[int, int]:
    """Where the surname begins and ends among the words of a name."""
    tongue = primary(language)
    if tongue in _known("given_last"):
        return 0, len(name) - 1
    if _EAST.search("".join(name)) or tongue in _known("family_first"):
        return 0, 1
    at = len(name) - 1
    if tongue in _known("two_surnames") and at >= 2 and (at > 2 or _folded(name[1]) not in _known("given_names")):
        at -= 1
    while at > 1 and _folded(name[at - 1]) in _known("particles"):
        at -= 1
    return at, len(name)


def _is_name(words: list[str]) -> bool:
    """Whether these words are given names and a surname: two to six, all with capitals but what belongs to a surname."""
    if not 2 <= len(words) <= 6 or _folded(words[0]) in _known("articles"):
        return False
    if any(_folded(word) in _known("roles") or (not word[0].isalpha() and word[0] not in "'’") for word in words):
        return False
    if all(_EAST.search(word) for word in words):
        return True
    return all(word[0].isupper() or _folded(word) in _known("particles") for word in words)


def _without_suffixes(words: list[str]) -> list[str]:
    end = len(words)
    while end > 2 and _folded(words[end - 1]) in _known("suffixes"):
        end -= 1
    return words[:end]


@cache
def _known(kind: str) -> frozenset[str]:
    return frozenset(table("exporter.writers.xhtml", "speakers.toml")[kind])


def _folded(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().replace(".", "").replace("’", "'")
