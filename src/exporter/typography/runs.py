"""A paragraph's words in runs, looked at as one line, and changed where a rule says so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from exporter.typography.usage import Usage, usage_of

ADDRESS = re.compile(
    r"""(?:https?://|www\.)(?:[^\s"'<>«»“”‘’„…]|'(?=\w))*[\w/]"""  # web
    r"""|[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+"""  # mail
    r"""|(?<!\w)[@#]\w[\w.-]*\w"""  # names of accounts, tags
    r"""|(?<![\w.])(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|io|eu|uk|de|fr)/(?:[^\s"'<>«»“”‘’„…]|'(?=\w))*[\w/]"""
)
"""What stands in a text and is none: it is to be copied, letter by letter."""

_HINT = re.compile(r"[@#/]|www\.")
"""What every address has: a text without it is not searched for the rest."""

_FIGURE = re.compile(r"\d")

STAND_IN = "x"
"""What rules see of a literal character: a letter, so that a mark beside it is judged as beside a word."""


class Run(Struct, frozen=True):
    """Words of one language (BCP 47). ``literal`` ones (program text, line breaks) are seen and never changed."""

    text: str
    language: str = "und"
    literal: bool = False


class Edit(Struct, frozen=True):
    """Instead of the characters from ``start`` up to ``end``, the text ``instead``."""

    start: int
    end: int
    instead: str


class Line:
    """Runs as one text. ``text`` has a letter for each literal character; places in it are places in the runs."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = tuple(runs)
        self._usages = [None if run.literal else usage_of(run.language) for run in self.runs]

    @property
    def settable(self) -> bool:
        """Whether there is anything that a rule may change."""
        return any(usage and run.text for usage, run in zip(self._usages, self.runs, strict=True))

    @cached_property
    def text(self) -> str:
        """The whole line as rules see it."""
        whole = "".join(re.sub(r"\S", STAND_IN, run.text) if run.literal else run.text for run in self.runs)
        if not _HINT.search(whole):
            return whole
        return ADDRESS.sub(lambda found: STAND_IN * len(found[0]), whole)

    @cached_property
    def has_figures(self) -> bool:
        """Whether a figure stands in it: most lines have none, and half of the rules are about figures."""
        return _FIGURE.search(self.text) is not None

    @cached_property
    def usages(self) -> tuple[Usage, ...]:
        """The usages of the line's languages, each once, in the order in which they occur."""
        return tuple({id(usage): usage for usage in self._usages if usage}.values())

    def usage_at(self, place: int) -> Usage | None:
        """The usage of the run that the character belongs to; None where nothing may be changed."""
        return self._usages[self._owner(place)]

    def _owner(self, place: int) -> int:
        """The number of the run that the character belongs to."""
        return bisect_right(self._starts, place) - 1 if len(self.runs) > 1 else 0

    @cached_property
    def _starts(self) -> list[int]:
        """Where each run begins, and where the last one ends."""
        return list(accumulate((len(run.text) for run in self.runs), initial=0))

    @cached_property
    def _written(self) -> str:
        """The whole line with its literal characters."""
        return "".join(run.text for run in self.runs)

    def matches(self, pattern: str) -> Iterator[tuple[Usage, re.Match[str]]]:
        """Where the pattern of that name stands in words of the language that it belongs to."""
        for usage in self.usages:
            known = usage.patterns.get(pattern)
            for found in known.finditer(self.text) if known else ():
                if self.usage_at(found.start()) is usage:
                    yield usage, found

    def changed(self, edits: Iterable[Edit]) -> Line:
        """The line with the edits made, which are sorted and do not overlap; one across runs or in literal text is not made."""
        made: dict[int, list[Edit]] = {}
        for edit in edits:
            owner, place = self._owner(edit.start), slice(edit.start, edit.end)
            same = self._owner(edit.end - 1) == owner and self._usages[owner] is not None
            if same and self.text[place] == self._written[place]:
                made.setdefault(owner, []).append(edit)
        if not made:
            return self
        runs = (
            replace(run, text=_edited(run.text, made[number], self._starts[number])) if number in made else run
            for number, run in enumerate(self.runs)
        )
        return Line(tuple(runs))


def _edited(text: str, edits: list[Edit], begin: int) -> str:
    pieces, place = [], 0
    for edit in edits:
        pieces += [text[place : edit.start - begin], edit.instead]
        place = edit.end - begin
    return "".join((*pieces, text[place:]))
