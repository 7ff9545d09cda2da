"""Which of a source's pages are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exporter.sources.entry import Entry
from exporter.sources.policy import Choice


def chosen(entries: Iterable[Entry], choice: Choice, most: int) -> Iterator[Entry]:
    """The entries that were chosen, at most ``most``. An entry without a date passes ``since``: it may be new."""
    taken = 0
    for entry in entries:
        if taken >= min(choice.limit or most, most):
            return
        if _is_wanted(entry, choice):
            taken += 1
            yield entry


def _is_wanted(entry: Entry, choice: Choice) -> bool:
    if choice.url and not pattern_of(choice.url).fullmatch(entry.address):
        return False
    return not choice.since or not entry.published or entry.published[: len(choice.since)] >= choice.since


def pattern_of(url: str) -> re.Pattern[str]:
    """The pattern for an address in which ``*`` stands for any part; ``?`` stands for itself."""
    return re.compile(".*".join(map(re.escape, url.split("*"))), re.DOTALL)
