"""Which of a source's pages are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exporter.sources.entry import Entry
from exporter.sources.policy import Choice


def chosen(entries: Iterable[Entry], choice: Choice, most: int) -> Iterator[Entry]:
    """Those of the entries that are wanted, at most ``most``. An entry without a date may be new, and is."""
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
    """An address with ``*`` for any part of it; ``?`` is what it is in addresses."""
    return re.compile(".*".join(map(re.escape, url.split("*"))), re.DOTALL)
