"""The words by which pages tell what a part of them is, read from ``vocabulary.toml`` once a process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache

from exporter.runtime.compiled import table

_SPLIT = re.compile(r"[^\W\d_]+")
_SPACED_LETTER = r"(?-i:[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])"
"""A letter of a script with spaces between words: any but those of Chinese, Japanese and (for its particles) Korean."""
_HIGH = re.compile("[\u3040-\U0010ffff]")
"""Letters of scripts without spaces, and what stands behind them in Unicode."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MADE_BY_MACHINE = re.compile(
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|(?<![^\W_])(?=[0-9a-f]*\d[a-f])[0-9a-f]{6,}(?![^\W_])"
    r"|(?<=\d)[a-zA-Z]{1,3}(?=\d)"
)
"""Numbers with letters in them, which say nothing: an identifier ``4ad40b84`` is no advertisement."""
_UTILITY = re.compile(
    r"(?<![^\W_])(?:font|text)-?size-(?:\d|x*[smlx]{1,2}\b|base\b)\S*|(?<!\S)(?:z|has)-\S+|(?<!\S)\S*--label-\S+|(?<!\S)\S*\[\S*",
    re.IGNORECASE,
)
"""Classes that tell how an element is set and not what it is: sizes of type, layers, states, values in brackets."""


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return table("exporter.readers.lexicon", "vocabulary.toml")


@cache
def names(kind: str) -> frozenset[str]:
    """The attribute words of ``kind``, each padded with spaces, so that ``" a b " in " x a b y "`` compares whole words."""
    return frozenset(f" {word} " for word in _tables()["names"][kind])


@cache
def cues(kind: str) -> frozenset[str]:
    """The printed words of ``kind``, without case."""
    return frozenset(_tables()["cues"][kind])


def either(words: Iterable[str]) -> str:
    """An expression for any of a few words, the longest first. Long lists are a :class:`Cue`'s."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})"


WORDS = "<words>"
"""Where the printed words of a kind stand in the expression of a :class:`Cue`."""
_NO_WORD = "(?!)"


_OPENING = 3
"""Letters by which the words that may stand in a text are looked up."""
_AT_BEGINNING = re.compile(rf"\^(?:\\W(?:\*|\{{0,3\}})|\[\\W_\]\*)?(?:\(\?P<\w+>)?{WORDS}")
"""Expressions whose words stand at a text's beginning, with nothing but signs before them."""
_BEGINNING = 240
"""Characters of a text among which words at its beginning stand, with signs before them."""
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=512)
def _openings(text: str) -> tuple[str, frozenset[str]]:
    """A text in small letters, and how its words begin. Several cues ask it of one text."""
    small = _small(text)
    return small, frozenset([word[:_OPENING] for word in _WORD.findall(small)])


def _small(text: str) -> str:
    return text.lower().replace("i\u0307", "i")  # what becomes of İ


class _Words:
    """The printed words of a kind: ``always``, those looked for in every text, and the others by how they begin."""

    def __init__(self, words: frozenset[str], within: bool) -> None:
        self.always: list[str] = []
        self.by_opening: dict[str, list[str]] = {}
        for word in words:
            opening = word[:_OPENING]
            # A word of one or two letters may be the beginning of any.
            if within or len(opening) < _OPENING:
                self.always.append(word)
            elif opening.isalnum():  # as nearly all are, and to match takes longer
                self.by_opening.setdefault(opening, []).append(word)
            elif begins := _WORD.match(word):
                self.by_opening.setdefault(begins[0][:_OPENING], []).append(word)
            else:
                self.always.append(word)
        self._openings = frozenset(self.by_opening)  # a set, so that Python goes through the smaller of two

    def within(self, text: str) -> list[str]:
        """Those that may stand anywhere in the text."""
        small, openings = _openings(text)
        met = [word for word in self.always if word in small] if self.always else []
        if not self._openings.isdisjoint(openings):
            for opening in openings & self._openings:
                met += [word for word in self.by_opening[opening] if word in small]
        return met

    def at_beginning(self, text: str) -> list[str]:
        """Those that may stand at the beginning of the text, behind signs."""
        small = _small(text[:_BEGINNING])
        met = [word for word in self.always if word in small] if self.always else []
        first = _WORD.search(small)
        if first:
            met += [
                word for word in self.by_opening.get(first[0][:_OPENING], ()) if small.startswith(word, first.start())
            ]
        return met


class Cue:
    """A regular expression, without case, around the printed words of a kind.

    It holds those words only that were met in a text so far: a page has few, and to compile all of them takes longer than
    to read the page. ``needed``: the expression matches no text without one of the words. ``within``: it may match one right
    behind a letter; else words are looked for only where one begins. Where the words stand at a text's beginning, no more of it
    is looked through.
    """

    def __init__(
        self,
        words: str | frozenset[str],
        expression: str,
        flags: re.RegexFlag = re.NOFLAG,
        *,
        needed: bool = True,
        within: bool = False,
    ) -> None:
        self._kind = words
        self._within = within
        self._expression = expression
        self._flags = flags | re.IGNORECASE
        self._needed = needed
        self._begins = bool(_AT_BEGINNING.match(expression)) and expression.count(WORDS) == 1
        self._known: tuple[re.Pattern[str] | None, frozenset[str]] = (None, frozenset())

    @cached_property
    def _words(self) -> _Words:
        """Worked out when a text is first asked: many cues are asked of no text of a page."""
        return _Words(cues(self._kind) if isinstance(self._kind, str) else self._kind, self._within)

    def match(self, text: str) -> re.Match[str] | None:
        """As :meth:`re.Pattern.match`."""
        pattern = self._for(text)
        return pattern.match(text) if pattern else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As :meth:`re.Pattern.fullmatch`."""
        pattern = self._for(text)
        return pattern.fullmatch(text) if pattern else None

    def search(self, text: str) -> re.Match[str] | None:
        """As :meth:`re.Pattern.search`."""
        pattern = self._for(text)
        return pattern.search(text) if pattern else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As :meth:`re.Pattern.finditer`."""
        pattern = self._for(text)
        return pattern.finditer(text) if pattern else iter(())

    def _for(self, text: str) -> re.Pattern[str] | None:
        """The expression with all the words, longest first, that may stand in the text; None when it cannot match."""
        said = text if type(text) is str else str(text)
        met = self._words.at_beginning(said) if self._begins else self._words.within(said)
        if self._needed and not met:
            return None
        pattern, known = self._known
        if pattern is None or not known.issuperset(met):
            known = known.union(met)
            words = "|".join(map(re.escape, sorted(known, key=len, reverse=True))) or _NO_WORD
            pattern = re.compile(self._expression.replace(WORDS, f"(?:{words})"), self._flags)
            self._known = pattern, known  # at once: another thread may be here
        return pattern


class WholeCue:
    """A cue of whole words: no letter before or behind, unless of a script that sets no spaces."""

    def __init__(self, kind: str) -> None:
        self._spaced = Cue(kind, rf"(?<!\w){WORDS}(?!\w)")
        self._any = Cue(kind, rf"(?<!{_SPACED_LETTER}){WORDS}(?!{_SPACED_LETTER})", within=True)

    def search(self, text: str) -> re.Match[str] | None:
        """As :meth:`re.Pattern.search`."""
        # Wide ranges are slow to compile, and most pages have no use for them.
        return (self._any if _HIGH.search(text) else self._spaced).search(text)


_COMPUTED = re.compile(r"(?<=-)\[[^\s\]]*\]")
"""A measure or selector inside a class name of Tailwind CSS ("scroll-mt-[theme(spacing.sticky-header)]"): it names no part."""


@lru_cache(maxsize=8192)
def words(attribute: str) -> str:
    """The words of an attribute in small letters, padded with spaces: ``"postAuthor-box"`` → ``" post author box "``.

    A class such as ``has-small-font-size`` tells how an element is set, not what it is.
    """
    named = _COMPUTED.sub("", attribute) if "-[" in attribute else attribute
    told = _UTILITY.sub(" ", named) if "-" in named else named
    if any(map(str.isdigit, told)):
        told = _MADE_BY_MACHINE.sub(" ", told)
    found = _SPLIT.findall(_CAMEL.sub(" ", told))
    return " " + " ".join(found).lower() + " "


@lru_cache(maxsize=65536)
def named(attribute: str, kind: str) -> bool:
    """Whether a class or id attribute holds one of the words of ``kind``."""
    padded = words(attribute)
    single, several = _names_by_length(kind)
    return len(padded) > 2 and (not single.isdisjoint(padded.split()) or any(word in padded for word in several))


@cache
def _names_by_length(kind: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Those of :func:`names` that are one word, without spaces, and the others."""
    known = names(kind)
    several = tuple(sorted(word for word in known if " " in word.strip()))
    return frozenset(map(str.strip, known.difference(several))), several


@cache
def little_words() -> dict[str, frozenset[str]]:
    """Language (BCP 47) → its most frequent little words."""
    return {tag: frozenset(found) for tag, found in _tables()["languages"].items()}
