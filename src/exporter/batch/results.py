"""Where the results of a batch stand: a folder of this machine, or a place in a store that fsspec knows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from exporter.belongings import protect
from exporter.errors import WriteError
from exporter.runtime.files import store
from exporter.sources.source import Source
from exporter.sources.store import filesystem, is_store


class Results(Protocol):
    """A place for results, each under its own relative name."""

    def make(self) -> None:
        """Makes the place, if it is not there. Raises :class:`WriteError`."""

    def put(self, name: str, content: bytes, source: Source, read: Iterable[str]) -> None:
        """Stores a result, whole or not at all; never over the ``source`` or a file that was ``read``."""

    def get(self, name: str) -> bytes | None:
        """The result of that name; None where there is none."""


def results_at(place: str) -> Results:
    """The results at a path or in a store."""
    return StoreResults(place.rstrip("/")) if is_store(place) else FolderResults(place)


class FolderResults(Struct, frozen=True):
    """A folder of this machine."""

    folder: str

    def make(self) -> None:
        """Makes the folder."""
        try:
            Path(self.folder).mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise WriteError(f"The folder {self.folder} cannot be made: {fault.strerror}.", "Name another.") from fault

    def put(self, name: str, content: bytes, source: Source, read: Iterable[str]) -> None:
        """Stores a file."""
        place = Path(self.folder, name)
        place.parent.mkdir(parents=True, exist_ok=True)
        protect(place, source, read)
        store(content, place)

    def get(self, name: str) -> bytes | None:
        """The bytes of a file."""
        try:
            return Path(self.folder, name).read_bytes()
        except OSError:
            return None


class StoreResults(Struct, frozen=True):
    """A place in a store, where an object appears whole or not at all."""

    place: str

    def make(self) -> None:
        """Stores need no folders; a wrong name is found here."""
        filesystem(self.place)

    def put(self, name: str, content: bytes, source: Source, read: Iterable[str]) -> None:
        """Stores an object."""
        del source, read
        filesystem_, home = filesystem(self.place)
        try:
            path = f"{home}/{name}"
            filesystem_.makedirs(path.rpartition("/")[0], exist_ok=True)
            with filesystem_.transaction:  # a plain write in place would leave half of it
                filesystem_.pipe_file(path, content)
        except OSError as fault:
            said = fault.strerror or fault
            raise WriteError(f"{self.place}/{name} cannot be written: {said}.", "Check the store.") from fault

    def get(self, name: str) -> bytes | None:
        """The bytes of an object."""
        filesystem_, home = filesystem(self.place)
        try:
            return bytes(filesystem_.cat_file(f"{home}/{name}"))
        except OSError:
            return None


def sha256(content: bytes | None) -> str:
    """The digest of a result; ``""`` of one that is not there."""
    return "" if content is None else hashlib.sha256(content).hexdigest()
