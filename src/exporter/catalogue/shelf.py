"""The catalogue's own folder: what stands there, and that nothing of anybody else's is written over.

A journal names each of our files before it is written, so that a run which was killed is known to the next one.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from exporter.errors import UsageError, WriteError
from exporter.runtime.files import store

FOLDER = "opds"
"""The folder of the catalogue, in the folder that it tells of."""

JOURNAL = "files.txt"
"""The list of the files that are ours, a line each."""


class Shelf:
    """The catalogue's folder while it is filled. Raises :class:`UsageError` when it holds a file that is not ours."""

    def __init__(self, folder: Path) -> None:
        self._home = folder / FOLDER
        self._ours = _journal(self._home)
        self._kept: set[str] = set()
        for place in _standing(self._home):
            if place not in self._ours:
                raise UsageError(
                    f"{self._home / place} is not of an earlier catalogue.",
                    f"Move it away: the folder {FOLDER} is the catalogue's own.",
                )
        self._begin()

    def _begin(self) -> None:
        try:
            self._home.mkdir(exist_ok=True)
            for each in ("covers", "thumbnails"):
                (self._home / each).mkdir(exist_ok=True)
            if not (self._home / JOURNAL).exists():
                store(b"", self._home / JOURNAL)
        except OSError as fault:
            raise WriteError(
                f"The folder {self._home} cannot be made: {fault.strerror}.", "See who may write there."
            ) from fault

    def standing(self, name: str) -> str:
        """The name of a picture of ours that stands there already, which is kept; else ``""``."""
        if name in self._ours and (self._home / name).is_file():
            self._kept.add(name)
            return name
        return ""

    def put(self, name: str, content: bytes) -> None:
        """Stores a file of the catalogue, whole or not at all. Raises :class:`WriteError`."""
        if name not in self._ours:
            self._ours.add(name)
            try:
                with (self._home / JOURNAL).open("a", encoding="utf-8") as journal:
                    journal.write(f"{name}\n")
            except OSError as fault:
                raise WriteError(f"{self._home / JOURNAL} cannot be written: {fault.strerror}.") from fault
        self._kept.add(name)
        store(content, self._home / name)

    def close(self) -> None:
        """Takes away what an earlier catalogue put there and this one did not, and writes the journal in order."""
        for name in self._ours - self._kept:
            with suppress(OSError):
                (self._home / name).unlink()
        self._ours = set(self._kept)
        store("".join(f"{name}\n" for name in sorted(self._kept)).encode(), self._home / JOURNAL)


def _journal(home: Path) -> set[str]:
    """The names that the journal of an earlier run lists."""
    if home.is_symlink():
        raise UsageError(f"{home} is a link.", "The catalogue wants a folder of its own there: move the link away.")
    try:
        listed = (home / JOURNAL).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return set()
    return {JOURNAL, *(name for name in listed if _is_inside(name))}


def _is_inside(name: str) -> bool:
    parts = name.split("/")
    return len(parts) <= 2 and all(part and part[0] != "." for part in parts)


def _standing(home: Path) -> list[str]:
    """Every file there but hidden ones, which servers and systems put anywhere; a link is a file."""
    found = []
    for folder, folders, names in os.walk(home):
        links = [each for each in folders if Path(folder, each).is_symlink()]
        found += [Path(folder, name).relative_to(home).as_posix() for name in (*names, *links) if name[0] != "."]
    return sorted(found)
