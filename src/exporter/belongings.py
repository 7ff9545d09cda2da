"""What is the user's own and never overwritten: the page, what was saved with it, the files that the call names.

A result may replace an older result, and any other file that the user names for it; but never what it is made of. Files are
compared by device and inode, so that a link to the page is the page.
"""

from __future__ import annotations

import html
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from exporter.errors import UsageError
from exporter.runtime.files import STANDARD_OUTPUT
from exporter.sources.encoding import decode
from exporter.sources.source import Source
from exporter.writers import WRITERS

_PIPED = "standard input"  # what a source is called that came that way
_MOST_LOOKED_AT = 10_000  # files of the page's folder among which the other names of a target are looked for
_RESULTS = frozenset(writer.suffix for writer in WRITERS)

Status = os.stat_result


def protect(target: str | os.PathLike[str], source: Source | None, named: Iterable[str] = ()) -> None:
    """Raises :class:`UsageError` when the target is the source, belongs to it, or is one of the files ``named`` in the call.

    A folder that is named (a theme) stands for all in it but results. A target that does not exist yet is nobody's.
    """
    status = _status_of_target(target)
    if status is None:
        return
    advice = "Give the result another name with -o."
    if source is not None and _same(status, _status_of_source(source)):
        raise UsageError(f"The output {_called(target)} is the source itself.", advice)
    beside = source.corrections.origin if source is not None and source.corrections is not None else ""
    for each in (*named, *([beside] if beside else [])):
        if _is_named(target, status, each):
            raise UsageError(f"The output {_called(target)} is a file that this call reads: {each}.", advice)
    if source is not None and target != STANDARD_OUTPUT and _belongs(Path(target), status, source):
        raise UsageError(f"The output {_called(target)} belongs to the page {source.origin}.", advice)


def is_own(target: Path, source: Source) -> bool:
    """Whether the target is the source or belongs to it."""
    try:
        protect(target, source)
    except UsageError:
        return True
    return False


def _called(target: str | os.PathLike[str]) -> str:
    return "on standard output" if target == STANDARD_OUTPUT else os.fspath(target)


def _status_of_target(target: str | os.PathLike[str]) -> Status | None:
    if target == STANDARD_OUTPUT:
        return _status_of_stream(1) if sys.stdout else None
    return _status(target)


def _status_of_source(source: Source) -> Status | None:
    return _status_of_stream(0) if source.origin == _PIPED else _status(source.origin)


def _status(path: str | os.PathLike[str]) -> Status | None:
    """The status of the file at the path, or of what a link there leads to; None where there is none."""
    try:
        return os.stat(path)  # noqa: PTH116 - what can be no path is no file
    except (OSError, ValueError):
        return None


def _status_of_stream(number: int) -> Status | None:
    """The status of a file that a standard stream is; None of a terminal, a pipe, a device."""
    try:
        found = os.fstat(number)
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _same(one: Status, other: Status | None) -> bool:
    return other is not None and (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)


def _is_named(target: str | os.PathLike[str], status: Status, named: str) -> bool:
    """Whether the target is the named file, or stands in the named folder."""
    found = _status(named)
    if found is None or not stat.S_ISDIR(found.st_mode):
        return _same(status, found)
    if target == STANDARD_OUTPUT or Path(target).suffix.lower() in _RESULTS:
        return False
    return Path(target).resolve().is_relative_to(Path(named).resolve())


# ----------------------------------------------------------------------------------------------- what was saved with it


def _belongs(target: Path, status: Status, source: Source) -> bool:
    """Whether the page was saved with this file: by any of its names in the page's folder."""
    if not stat.S_ISREG(status.st_mode) or _status(source.origin) is None:
        return False
    home = Path(source.origin).resolve().parent
    places = [target.resolve(), *(_other_names(status, home) if status.st_nlink > 1 else ())]
    inside = [place.relative_to(home) for place in places if place.is_relative_to(home)]
    if not inside:
        return False
    text = decode(source.content).text
    return any(_is_shown(place.as_posix(), text) or _is_companion(place, source.name, text) for place in inside)


def _other_names(status: Status, home: Path) -> Iterator[Path]:
    looked_at = 0
    for folder, _, names in os.walk(home):
        for name in names:
            looked_at += 1
            if looked_at > _MOST_LOOKED_AT:
                return
            place = Path(folder, name)
            if _same(status, _status(place)):
                yield place


def _is_companion(place: Path, page: str, text: str) -> bool:
    """Whether it stands in the folder that a browser made for the page's pictures, whatever its language calls it."""
    folder = place.parts[0]
    made = len(place.parts) > 1 and re.match(re.escape(page) + "[-_.]", folder)
    return bool(made) and _is_written(f"{folder}/", text)


def _is_shown(name: str, text: str) -> bool:
    """Whether the page shows or loads the file there. A mere link to what may be a result of ours does not count."""
    if Path(name).suffix.lower() not in _RESULTS:
        return _is_written(name, text)
    return any(re.search(rf"\b(?:src|data)\s*=\s*[\"']?[^\"'<>]*{form}", text) for form in _forms(name))


def _is_written(name: str, text: str) -> bool:
    return any(re.search(rf"(?<![\w.-]){form}", text) for form in _forms(name))


def _forms(name: str) -> set[str]:
    """The ways in which pages write a file's place in their folder, as patterns."""
    composed = {name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)}
    written = {way(each) for each in composed for way in (str, quote, html.escape)}
    return {re.escape(each) for each in written if each.isprintable()}
