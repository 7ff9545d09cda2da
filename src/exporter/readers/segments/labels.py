"""Speaker labels: who speaks, told by the words in front of a paragraph. Pure text in, labels out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

from msgspec import Struct

from exporter.model import Emphasis, Inline, Link, Strong, Text
from exporter.model.walk import plain
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.vocabulary import cues
from exporter.readers.segments.inlines import tidy
from exporter.readers.segments.segment import Segment, text_of

_TIME = r"(?:[\[(]?\b\d{1,2}(?::\d{2}){1,2}\b[\])]?|\b(?:\d{1,2}h ?)?(?:\d{1,2}m ?)?\d{1,2}s\b)"
"""When words were said, as transcripts print it: "[00:12:07]", "1h 2m 51s"."""
_LABEL = re.compile(
    rf"^(?:{_TIME}\s*)?[\s*•\-–—\"„“«]{{0,4}}(?P<name>[^\s:：?!.,;()\[][^:：?!;()\n\[]{{0,44}}?)\s*(?:{_TIME}\s*)?(?P<mark>[:：](?!\d|//)|\s[–—]\s)\**\s*(?P<rest>.*)$",
    re.DOTALL,
)
_LABEL_SIGN = re.compile("[:：–—]")
LONGEST_LABEL = 120
"""Characters in front of a paragraph among which the sign behind a label stands: a name, two times, and what is between."""
_DIGIT = re.compile(r"\d")
_TIME_ENDS = re.compile(rf"^\s*{_TIME}|{_TIME}\s*[:：]?\s*$")
_BRACKETED = re.compile(r"^[【〈［〔](?P<name>[^【】〈〉［］〔〕]{1,20})[】〉］〕]\s*(?=\S)")
"""A name in the brackets that Japanese and Chinese pages print instead of a colon."""
_BOXED_ROLE = re.compile(r"^[\[(（【<〈](?P<name>[^\W\d_]{1,10}\s?\d{0,2})[\])）】>〉]\s?[:：.]?\s*(?=\S)")
"""A word for question or answer in brackets: "[Q] …", "(문) …"."""
_STOPPED = re.compile(
    r"^(?P<name>[^\W\d_]{1,10}(?:\s?\d{1,3})?)(?P<mark>\.\s?[-–—:]|\s[-–—]|[.)、．])\s*(?P<rest>\S.*)$", re.DOTALL
)
"""A word for question or answer that ends in something else than a colon: "P. …", "R.- …", "Pregunta. …", "Q) …", "Q1、…"."""
_COUNTED = re.compile(r"^(?P<word>[^\W\d_]+)\s*(?:nr\.?\s*)?\d{0,3}\.?$", re.IGNORECASE)
_WIDE = re.compile(r"^(?P<name>[^\s:：?？!！。、.,;()\[「『（]{1,12})(?:\u3000|\u2003)(?=\S)")
"""A name and a space as wide as a letter, as Japanese and Chinese transcripts set it."""
_INITIALS = re.compile(r"[^\W\d_](?:\.\s?[^\W\d_])+")
_DASHED = re.compile(r"^(?P<name>[^\W\d_][\w.’'-]*(?:\s[\w.’'-]+){0,3})\s[–—]\s(?=\S)")
MAX_WORDS = 5
"""A label is at most this many words long."""


class Label(Struct, frozen=True):
    """A label in front of a paragraph.

    Its words, how many characters it takes, whether it is set apart by type, the role it names itself (``"question"``,
    ``"answer"``, ``""``), and whether a full stop ends it as one ends an initial.
    """

    name: str
    length: int
    emphatic: bool
    role: str
    stopped: bool = False

    @property
    def key(self) -> str:
        """The name without case and accents of punctuation, for comparing labels."""
        return fold_name(self.name)


def label_of(segment: Segment) -> Label | None:
    """The label in front of the segment, if its beginning has the form of one."""
    boxed = _BOXED_ROLE.match(segment.text)
    if boxed and (role := role_of_label(boxed["name"])):
        return Label(boxed["name"], boxed.end(), True, role)
    found = _LABEL.match(segment.text) if _LABEL_SIGN.search(segment.text, 0, LONGEST_LABEL) else None
    counted = _stopped(segment)
    if not found or (not found["rest"].strip() and segment.word_count > MAX_WORDS) or (counted and not counted.stopped):
        return counted
    name = _without_signs(found["name"])
    spoken = _who_speaks(name)
    if spoken and _emphatic(segment.inlines, name, spoken[0]):
        return Label(spoken[0], found.start("rest"), True, spoken[1])
    role = role_of_label(name)
    if (not role and not is_name(name)) or name.casefold() in cues("no_speakers"):
        return None
    if found["mark"].strip() in ("–", "—") and not _emphatic(segment.inlines, name):
        return None
    return Label(name, found.start("rest"), _emphatic(segment.inlines, name), role)


def _without_signs(words: str) -> str:
    """A name without the signs around it; the last stop of initials with stops stays: "L.S."."""
    name = words.strip(' .*"„“«»')
    return f"{name}." if _INITIALS.fullmatch(name) and f"{name}." in words else name


def without_time(text: str) -> str:
    """``text`` less a time of day or of a recording at either end: ``"Ann Lee [00:12:07]"`` → ``"Ann Lee"``."""
    bare = text.strip().rstrip(":： ")
    timeless = _TIME_ENDS.sub("", text) if _DIGIT.search(bare[:2] + bare[-2:]) else text
    return timeless.strip(" ,·•–—-|")


def _stopped(segment: Segment) -> Label | None:
    """A label such as "P." or "Respuesta.-": only the words for question and answer, which a name may look like."""
    found = _STOPPED.match(segment.text)
    role = role_of_label(found["name"]) if found else ""
    if not found or not role or not found["name"][0].isupper():
        return None
    initial = found["name"].isalpha() and found["mark"] != "、"
    return Label(found["name"], found.start("rest"), _emphatic(segment.inlines, found["name"]), role, initial)


def bare_label(segment: Segment) -> Label | None:
    """A name before words with only a space between, bold or with a wide space: a label, if the page does so as a manner."""
    wide = _WIDE.match(plain(segment.inlines)) if segment.kind == "paragraph" else None
    if wide and is_name(wide["name"]):
        return Label(wide["name"], wide.end(), False, "")
    bracketed = _BRACKETED.match(segment.text) if segment.kind == "paragraph" else None
    if bracketed:
        return Label(bracketed["name"].strip(), bracketed.end(), False, "")
    first, *rest = segment.inlines or (Text(""),)
    if not isinstance(first, Strong) or not rest or segment.kind != "paragraph":
        return None
    name = text_of((first,)).strip()
    spaced = plain(segment.inlines)[len(plain((first,))) :][:1].isspace() or plain((first,))[-1:].isspace()
    if not spaced or len(name.split()) > 3 or not is_name(name) or name[-1:] in ".?!…:,":
        return None
    return Label(name, len(name), True, "")


def dashed_label(segment: Segment) -> Label | None:
    """A name before a dash, set as the words behind it are: a label, if the page does so as a manner."""
    found = _DASHED.match(segment.text) if segment.kind == "paragraph" else None
    return Label(found["name"], found.end(), False, "") if found and is_name(found["name"]) else None


def role_of_label(name: str) -> str:
    """What a label says that its words are, "question" or "answer"; ``""`` for any other, as a name."""
    counted = _COUNTED.match(name)
    word = counted["word"].casefold() if counted else name.casefold()
    if word in cues("question_labels"):
        return "question"
    return "answer" if word in cues("answer_labels") else ""


def is_name(name: str) -> bool:
    """Whether a few words have the form of a name: capitals or no letters, particles apart."""
    words = name.split()
    if not 0 < len(words) <= MAX_WORDS or not any(letter.isalpha() for letter in name):
        return False
    small = cues("particles") | cues("titles")
    return all(_capital(word) or word.strip(".").casefold() in small for word in words)


def _capital(word: str) -> bool:
    """Whether a word may stand in a name: a capital, a digit, a script without capitals, or a host such as ``fluter.de``."""
    first = word.lstrip("(\"'’-*")[:1]
    return (
        not first
        or not first.isalpha()
        or first == first.upper()
        or first.lower() == first.upper()
        or "." in word[1:-1]
    )


def _who_speaks(name: str) -> tuple[str, str] | None:
    """Of words such as "Ann Lee asks" the name and the role; None of others."""
    said = name.casefold()
    for kind, role in (("asks", "question"), ("answers", "answer")):
        deed = next((deed for deed in cues(kind) if said.endswith(deed) and said.endswith(f" {deed}")), "")
        if deed:
            return name[: -len(deed)].strip(), role
    return None


def _emphatic(inlines: tuple[Inline, ...], *names: str) -> bool:
    first = next((each for each in inlines if not isinstance(each, Text) or each.text.strip(" *-–—")), None)
    while isinstance(first, Link) and len(first.children) == 1:
        first = first.children[0]
    if not isinstance(first, Strong | Emphasis):
        return False
    inside = fold_name(plain(first.children))
    return inside in map(fold_name, names)


def without_label(segment: Segment, label: Label) -> tuple[Inline, ...]:
    """The words of the segment after its label."""
    folded = text_of(segment.inlines)
    kept = len(folded) - len(folded[label.length :].lstrip())
    return tidy(drop(segment.inlines, kept))


def drop(inlines: tuple[Inline, ...], count: int) -> tuple[Inline, ...]:
    """``inlines`` without their first ``count`` characters, white space folded as in ``text_of``."""
    return _sliced(inlines, _unfolded(plain(inlines), count), None)


def take(inlines: tuple[Inline, ...], count: int) -> tuple[Inline, ...]:
    """The first ``count`` characters of ``inlines``."""
    return tidy(_sliced(inlines, 0, _unfolded(plain(inlines), count)))


def _unfolded(raw: str, count: int) -> int:
    """The place in ``raw`` up to which its folded text has ``count`` characters."""
    kept, spaced = 0, True
    for place, letter in enumerate(raw):
        if kept >= count and not (spaced and letter.isspace()):
            return place
        kept += not (letter.isspace() and spaced)
        spaced = letter.isspace()
    return len(raw)


def _sliced(inlines: tuple[Inline, ...], start: int, end: int | None) -> tuple[Inline, ...]:
    from msgspec.structs import replace

    made: list[Inline] = []
    place = 0
    for node in inlines:
        size = max(len(plain((node,))), 0)
        stop = place + size
        if _reaches(place, stop, start, end):
            low, high = max(start - place, 0), size if end is None else min(end - place, size)
            if low == 0 and high == size:
                made.append(node)
            elif isinstance(node, Text):
                made.append(Text(node.text[low:high]))
            elif hasattr(node, "children"):
                made.append(replace(node, children=_sliced(node.children, low, high)))
        place = stop
    return tuple(each for each in made if not isinstance(each, Text) or each.text)


class Voices:
    """Names of speakers in the order in which they were met, found again by any form of the name (:func:`same_voice`).

    Asked by its words, parts and initials and not name by name: a page may name thousands.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: list[str] = []
        self._whole: dict[frozenset[str], int] = {}
        self._parts: dict[frozenset[str], int] = {}
        self._initials: dict[str, int] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Adds a name behind the others."""
        words, place = fold_name(name).split(), len(self._names)
        self._names.append(name)
        self._whole.setdefault(frozenset(words), place)
        self._initials.setdefault(_initials(words), place)
        for part in _parts(words):
            self._parts.setdefault(part, place)

    def find(self, name: str) -> str | None:
        """The first of the names that means the same person as ``name``."""
        words = fold_name(name).split()
        places = {self._parts.get(frozenset(words)), self._whole.get(frozenset([_initials(words)]))}
        places |= {self._initials.get(_run_together(words)), *map(self._whole.get, _parts(words))}
        found = sorted(place for place in places if place is not None)
        return next((self._names[place] for place in found if same_voice(self._names[place], name)), None)


def _parts(words: list[str]) -> set[frozenset[str]]:
    """The sets of words that may stand for a name: any of its words; of a very long one, words that are neighbours."""
    if len(words) <= MAX_WORDS:
        return {frozenset(part) for size in range(len(words) + 1) for part in combinations(words, size)}
    return {frozenset(words[start:end]) for end in range(len(words) + 1) for start in range(end)}


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words)


def _run_together(words: list[str]) -> str:
    """Initials with stops or spaces between as without: "L.S." is "LS"; other words as they are."""
    return ("" if all(len(word) == 1 for word in words) else " ").join(words)


def _reaches(place: int, stop: int, start: int, end: int | None) -> bool:
    """Whether a node from ``place`` to ``stop`` stands between ``start`` and ``end``; a note stays with what is before it."""
    if place == stop:
        return (place > start or place == 0 == start) and (end is None or place <= end)
    return stop > start and (end is None or place < end)


def same_voice(one: str, other: str) -> bool:
    """Whether two labels name one person: equal, a part of the other, or its initials."""
    a, b = fold_name(one), fold_name(other)
    if a == b:
        return True
    short, long = sorted((a.split(), b.split()), key=lambda words: (len(words), sum(map(len, words))))
    if short and all(word in long for word in short):
        return True
    letters = _run_together(short)
    return 1 < len(letters) <= 4 and one != one.lower() and letters == _initials(long)
