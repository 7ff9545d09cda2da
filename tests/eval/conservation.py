"""Adds up the text of a page: what stands on it, what the reading says became of it, and what reached the document.

The page's text is taken from the raw parse, without any of the reader's rules. White space is folded away; all else counts, to
the character.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, islice

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString
from msgspec.structs import replace

from exporter import Reading
from exporter.language import date_in, locale_of
from exporter.model import Answer, Article, Code, Embed, Preformatted, Question, ReadMore, Text
from exporter.model.walk import plain, walk
from exporter.readers.dom.parse import with_body
from exporter.readers.lexicon.dates import in_words
from exporter.readers.lexicon.name_words import role_of
from exporter.results import Fate
from exporter.sources.encoding import decode

NEVER_SHOWN = ("script", "style", "template", "head")
SHOWN_INSTEAD = frozenset(
    [
        *("noscript", "iframe", "video", "audio", "object", "canvas", "applet", "noembed", "noframes"),
        *("svg", "math", "title", "datalist", "rp"),
    ]
)
"""What a browser shows in place of these is not their text (or, in a drawing, not text of the page); it may be told of."""
ICON_FONTS = ("material-icons", "material-symbols")
"""Classes of the fonts that draw a word as an icon; their beginnings."""
LONG = 30
"""Characters: a text this long is taken to stand in one place only."""
NEAR = 4000
"""Characters: how far behind its first part the rest of a text is looked for."""
ANCHOR = 12
"""Characters: where so many stand alike on both sides, the two sides run alike."""
SHORTEST_RUN = 4
"""Characters: a shorter part of a text means nothing away from its neighbours."""

_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b\ufeff]+")
"""White space, and what no browser shows: control characters, spaces of no width."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


LOST = "on the page, in no fate"
TWICE = "in a fate, not on the page (or told twice)"
UNPRINTED = "in a fate, not in the document"
"""The kinds of losses. Unprinted may be form rather than words: the "Photo:" of a credit, the "Q" of a label."""


@dataclass(frozen=True)
class Loss:
    """Text that stands on one side and not on the other; ``where`` is its element, ``kind`` how it got lost."""

    kind: str
    where: str
    text: str


@dataclass(frozen=True)
class _Run:
    text: str
    where: str = ""
    shown: bool = True


class _Ground:
    """A text, of which each character can be claimed once."""

    def __init__(self, runs: Iterable[_Run]) -> None:
        self.runs = [run for run in runs if run.text]
        self.text = "".join(run.text for run in self.runs)
        self._taken = bytearray(len(self.text))
        self._boundaries = list(accumulate((len(run.text) for run in self.runs), initial=0))
        self._starts = set(self._boundaries)

    def claim(self, claims: list[str]) -> list[str]:
        """Claims the characters of each text; returns for each those that could not be found unclaimed.

        Long texts are sought first and whole, since they stand in one place only; then short ones, behind the text they follow;
        at last, in runs, those that something else stands in the middle of.
        """
        places = [-1] * len(claims)
        for least in (LONG, 1):
            for index, words in enumerate(claims):
                if places[index] < 0 and len(words) >= least:
                    places[index] = self._claim_whole(words, self._behind(places, claims, index))
        return [self._claim_parts(words) if place < 0 else "" for words, place in zip(claims, places, strict=True)]

    def _behind(self, places: list[int], claims: list[str], index: int) -> int:
        """Where the nearest claim before this one ended."""
        before = next((each for each in range(index - 1, -1, -1) if places[each] >= 0), None)
        return 0 if before is None else places[before] + len(claims[before])

    def _claim_whole(self, words: str, behind: int) -> int:
        """Where ``words`` was claimed: best right behind the text before it, then at the start of a run, then nearest."""
        free = list(self._free(words)) if len(words) < LONG else list(islice(self._free(words), 1))
        if not free:
            return -1
        place = min(
            free, key=lambda each: (each != behind, each not in self._starts, each < behind, abs(each - behind))
        )
        self._take(place, len(words))
        return place

    def _free(self, words: str) -> Iterator[int]:
        """Each place where ``words`` stands with every character unclaimed."""
        place = self.text.find(words)
        while place >= 0:
            if not any(self._taken[place : place + len(words)]):
                yield place
            place = self.text.find(words, place + 1)

    def _take(self, place: int, length: int) -> None:
        self._taken[place : place + length] = b"\1" * length

    def _claim_parts(self, words: str) -> str:
        """Claims what it can of ``words`` part by part, each behind the one before; returns the rest."""
        at, place, length = self._first_part(words)
        missing = [words[:at]]
        self._take(place, length)
        at, behind = at + length, place + length
        while at < len(words):
            skipped, place = self._anchor(words, at, behind)
            missing.append(self._claim_gap(words[at : at + skipped], behind, place))
            at += skipped
            length = self._common(words, at, place)
            self._take(place, length)
            at, behind = at + length, place + length
        return "".join(missing)

    def _first_part(self, words: str) -> tuple[int, int, int]:
        """Of the first part that can be claimed: where it begins in ``words``, where it stands, and how long it is."""
        for at in range(len(words)):
            anchor = words[at : at + ANCHOR]
            if len(anchor) >= SHORTEST_RUN and next(self._free(anchor), -1) >= 0:
                return at, *self._longest(words[at:])
        place, length = self._longest(words)
        return (0, place, length) if length else (len(words), 0, 0)

    def _longest(self, words: str) -> tuple[int, int]:
        """Where the longest beginning of ``words`` stands that can be claimed, and its length; -1, 0 when there is none."""
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            found = next(self._free(words[:middle]), -1) >= 0
            low, high = (middle, high) if found else (low, middle - 1)
        if low < min(SHORTEST_RUN, len(words)):
            return -1, 0
        place = next(self._free(words[:low]))
        return place, self._to_boundary(place, low)

    def _anchor(self, words: str, at: int, behind: int) -> tuple[int, int]:
        """Where both texts run alike again: characters of ``words`` passed over, and the place behind ``behind``."""
        for skipped in range(len(words) - at):
            start = at + skipped
            place = self.text.find(words[start : start + ANCHOR], behind, behind + NEAR)
            if place >= 0 and not any(self._taken[place : place + ANCHOR]):
                return skipped, place
        return len(words) - at, min(behind + NEAR, len(self.text))

    def _claim_gap(self, words: str, low: int, high: int) -> str:
        """Claims what two short stretches have in common; returns the rest of ``words``."""
        matcher = SequenceMatcher(None, words, self.text[low : min(high, low + NEAR)], autojunk=False)
        rest = list(words)
        for one, other, length in matcher.get_matching_blocks():
            if length >= SHORTEST_RUN and not any(self._taken[low + other : low + other + length]):
                self._take(low + other, length)
                rest[one : one + length] = [""] * length
        return "".join(rest)

    def _common(self, words: str, at: int, place: int) -> int:
        """How many characters from ``at`` on stand unclaimed at ``place``."""
        length = 0
        while (
            at + length < len(words)
            and place + length < len(self.text)
            and words[at + length] == self.text[place + length]
            and not self._taken[place + length]
        ):
            length += 1
        return self._to_boundary(place, length)

    def _to_boundary(self, place: int, length: int) -> int:
        """``length`` without the few characters by which a match runs into the next string of the page by chance."""
        end = place + length
        before = self._boundaries[bisect_right(self._boundaries, end) - 1]
        return before - place if place < before < end < before + ANCHOR else length

    def unclaimed(self) -> Iterator[tuple[str, str]]:
        """``(where, text)`` of what was never claimed."""
        place = 0
        for run in self.runs:
            taken = self._taken[place : place + len(run.text)]
            if not all(taken):
                yield run.where, "".join(letter for letter, gone in zip(run.text, taken, strict=True) if not gone)
            place += len(run.text)


def losses(content: bytes, reading: Reading) -> list[Loss]:
    """Everything that does not add up between page and fates, and between fates and document. Empty when all is well."""
    runs = list(_runs(content))
    return [*_between_page_and_fates(runs, reading.fates), *_between_fates_and_document(runs, reading)]


def _between_page_and_fates(runs: list[_Run], fates: tuple[Fate, ...]) -> Iterator[Loss]:
    """Adds both sides up first, letter by letter; where the sums differ, looks for the places."""
    claims = ["" if _names_pictures(fate, runs) else _bare(fate.text) for fate in fates]
    page, told = _sum(run.text for run in runs if run.shown), _sum(claims)
    lost, twice = page - told, told - page - _sum(run.text for run in runs if not run.shown)
    if not lost and not twice:
        return
    ground = _Ground(run for run in runs if run.shown)
    missing = ground.claim(claims)
    unclaimed = _without_strays(list(ground.unclaimed()), missing)
    if lost:
        yield from (Loss(LOST, where, text) for where, text in unclaimed)
    if twice:
        rest = _Ground(run for run in runs if not run.shown).claim(missing)
        yield from (Loss(TWICE, _named(fate), each) for fate, each in zip(fates, rest, strict=True) if each)


def _sum(texts: Iterable[str]) -> Counter[str]:
    return Counter(letter for text in texts for letter in text)


def _without_strays(unclaimed: list[tuple[str, str]], missing: list[str]) -> list[tuple[str, str]]:
    """Takes out on both sides what a fate tells and only stands elsewhere than it was looked for."""
    kept = []
    for where, text in unclaimed:
        tellers = [index for index, rest in enumerate(missing) if text in rest]
        if tellers:
            teller = min(tellers, key=lambda index: len(missing[index]))
            missing[teller] = missing[teller].replace(text, "", 1)
        else:
            kept.append((where, text))
    return kept


def _named(fate: Fate) -> str:
    return f"{fate.where} {fate.became} ({fate.rule})"


def _between_fates_and_document(runs: list[_Run], reading: Reading) -> Iterator[Loss]:
    printed = _Ground(_Run(_letters(text)) for text in _printed(reading.document.article))
    kept = [fate for fate in reading.fates if fate.became != "left out" and not _names_pictures(fate, runs)]
    claims = [_letters(fate.text) for fate in kept]
    for fate, missing in zip(kept, printed.claim(claims), strict=True):
        lost = _lost_of_byline(fate, missing, reading) if fate.became == "byline" else missing
        if lost and not _is_known_date(fate, reading):
            yield Loss(UNPRINTED, _named(fate), lost)


def _is_known_date(fate: Fate, reading: Reading) -> bool:
    """Whether the fate is of a date that the document holds in a machine's form: nothing of it is lost."""
    metadata = reading.document.article.metadata
    found = in_words(fate.text, metadata.language) if fate.became == "dateline" else None
    return found is not None and found.date[:10] in (metadata.published[:10], metadata.modified[:10])


def _lost_of_byline(fate: Fate, missing: str, reading: Reading) -> str:
    """What is missing of a byline without the "By" in front, whose sense the roles have, and without names printed again."""
    text, lost = _letters(fate.text).casefold(), missing.casefold()
    cues = map(_letters, role_of())
    leading = max((len(cue) for cue in cues if text.startswith(cue) and lost.startswith(cue)), default=0)
    named = _letters(plain(reading.document.article.byline)).casefold()
    return "" if lost[leading:] in named else missing[leading:]


def _names_pictures(fate: Fate, runs: list[_Run]) -> bool:
    """Whether the fate is of pictures without words, for which their addresses stand in brackets."""
    bracketed = fate.text.startswith("[picture ") and fate.text.endswith("]")
    return bracketed and _bare(fate.text) not in "".join(run.text for run in runs)


# ------------------------------------------------------------------------------------------------------------- the page


def _runs(content: bytes) -> Iterator[_Run]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(with_body(decode(content).text), "lxml")
    yield from _strings(soup.body or soup)


def _strings(root: Tag) -> Iterator[_Run]:
    stack: list[tuple[object, bool]] = [(root, True)]
    while stack:
        node, counts = stack.pop()
        if isinstance(node, Tag):
            told = {"img": node.get("alt"), "svg": node.get("aria-label")}.get(node.name)
            if told:  # it may be the letters that the picture shows
                yield _Run(_bare(str(told)), _place(node), False)
            if node.name not in NEVER_SHOWN or _is_shadow_root(node) or _is_formula(node):
                inside = counts and not _unseen(node) and not _is_formula(node)
                stack.extend((child, inside) for child in reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            owner = node.parent
            yield _Run(_bare(str(node)), _place(owner) if owner else "", counts)


def _is_shadow_root(tag: Tag) -> bool:
    return any(tag.has_attr(name) for name in ("shadowrootmode", "shadowmode", "shadowroot"))


def _is_formula(tag: Tag) -> bool:
    """A script that holds the source of a formula, which may be told of where nothing draws it."""
    return tag.name == "script" and str(tag.get("type", "")).startswith("math/")


def _unseen(tag: Tag) -> bool:
    if tag.name in SHOWN_INSTEAD or (tag.name == "dialog" and not tag.has_attr("open")):
        return True
    if any(word.startswith(ICON_FONTS) for word in tag.get("class") or []):
        return True
    return tag.has_attr("hidden") or bool(_HIDDEN.search(str(tag.get("style") or "")))


def _place(tag: Tag) -> str:
    names = [
        each.name + "".join(f".{word}" for word in (each.get("class") or [])[:2]) for each in [tag, *tag.parents][:4]
    ]
    return " < ".join(names) + (f" line {tag.sourceline}" if tag.sourceline else "")


# --------------------------------------------------------------------------------------------------------- the document


def _printed(article: Article) -> Iterator[str]:
    metadata = article.metadata
    yield metadata.dateline
    yield date_in(locale_of(metadata.language), metadata.published)
    yield plain(article.kicker)  # it stands before the headline, of which it may be a part on the page
    for node in walk(replace(article, kicker=())):
        match node:
            case Text(text) | Code(text) | Preformatted(text):
                yield text
            case Question() | Answer():
                yield node.speaker or ""
            case ReadMore():
                yield node.label
            case Embed():
                yield node.title
            case _:
                pass


def _bare(text: str) -> str:
    return _UNSEEN.sub("", text)


def _letters(text: str) -> str:
    """Letters and digits only: marks around a label or a credit are form, not words."""
    return "".join(letter for letter in text if letter.isalnum())
