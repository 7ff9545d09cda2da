"""What a batch has done: a file of JSON lines beside the results, one line a page. It decides what need not be done again.

A line is written when a page's results stand on the disk, so that a run may be killed at any moment: what has no line yet is
done again, to the same bytes. The last line of a page counts. Of millions of pages nothing is held but where their lines stand.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec
from msgspec import Struct

from exporter.batch.results import results_at
from exporter.errors import UsageError, WriteError
from exporter.runtime.files import check_kind
from exporter.runtime.temporary import own_folder
from exporter.sources.source import Source
from exporter.sources.store import is_store

NAME = "manifest.jsonl"
SHARED_EVERY = 10.0
"""Seconds between two copies of a manifest into a store: a run that is killed may repeat the work of that time."""

Key = tuple[str, str]
"""A page: its source, relative to the results, and its name there."""
_MARK_BYTES = 16
"""Of a page's digest, by which its line is found: no two of any number of pages share one."""


Told = Callable[[Key, str], None]
"""Takes a page and what its results are called."""


class Output(Struct, frozen=True):
    """One result: its format, its place relative to the manifest, its SHA-256, its bytes."""

    format: str
    path: str
    sha256: str
    size: int


class Row(Struct, frozen=True, omit_defaults=True):
    """What came of one page.

    ``digest`` is the SHA-256 of the page, ``pictures`` the digest of each picture that it refers to (``""`` for one that was
    not there); ``options`` stands for all that was asked for, ``bounds``
    for the time and memory that it might take, ``version`` for the program. ``notices`` are counted by code.
    """

    source: str
    name: str
    entry: str = ""
    digest: str = ""
    pictures: dict[str, str] = {}
    options: str = ""
    bounds: str = ""
    version: str = ""
    outputs: tuple[Output, ...] = ()
    notices: dict[str, int] = {}
    seconds: float = 0.0
    outcome: Literal["made", "failed"] = "made"
    exit_code: int = 0
    failure: str = ""
    advice: str = ""

    @property
    def key(self) -> Key:
        """Which page it is."""
        return self.source, self.entry


class Named(Struct, frozen=True):
    """As much of a row as says which page it is, and what its results are called."""

    source: str
    name: str
    entry: str = ""

    @property
    def key(self) -> Key:
        """Which page it is."""
        return self.source, self.entry


def mark_of(key: Key) -> bytes:
    """A few bytes that stand for a page."""
    return hashlib.blake2b("\0".join(key).encode("utf-8", "surrogateescape"), digest_size=_MARK_BYTES).digest()


class Manifest:
    """The rows of a file, to which others may be added. ``share`` is called after each: a copy is passed on, a file looked for.

    ``known`` is told of each row, in their order, which page it is of and what that is called. Raises :class:`UsageError` for a
    file that is somebody else's: all its whole lines are something else. ``place`` is named then.
    """

    def __init__(
        self,
        stream: BinaryIO,
        place: str,
        known: Told = lambda key, name: None,
        share: Callable[[], None] = lambda: None,
    ) -> None:
        self._stream = stream
        self._share = share
        self._lines: dict[bytes, int] = {}
        self._take_in(place, known)
        self._own = stream.seek(0, os.SEEK_END)

    def _take_in(self, place: str, known: Told) -> None:
        at, line, whole, ours = 0, b"\n", 0, 0
        self._stream.seek(0)
        for line in self._stream:
            whole += line.endswith(b"\n") and bool(line.strip())
            ours += line.startswith(b'{"source":')
            with suppress(msgspec.MsgspecError):  # a line cut short
                row = msgspec.json.decode(line, type=Named)
                self._lines[mark_of(row.key)] = at
                known(row.key, row.name)
            at += len(line)
        if whole and not ours:
            said = f"The file {NAME} in {place} is no manifest of a batch."
            raise UsageError(said, "Name another folder, or move the file away.")
        if not line.endswith(b"\n"):
            self._stream.write(b"\n")  # a line that was cut short stays alone

    def row(self, key: Key) -> Row | None:
        """What an earlier run has said of a page at last; None where it has nothing that can be read."""
        at = self._lines.get(mark_of(key), self._own)
        if at >= self._own:
            return None
        self._stream.seek(at)
        with suppress(msgspec.MsgspecError):
            return msgspec.json.decode(self._stream.readline(), type=Row)
        return None

    def add(self, row: Row) -> None:
        """Writes the row and sees it to the disk."""
        self._lines[mark_of(row.key)] = self._stream.seek(0, os.SEEK_END)
        self._stream.write(msgspec.json.encode(row) + b"\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._share()


@contextmanager
def opened(place: str, known: Told) -> Iterator[Manifest]:
    """The manifest of a folder, which nobody else writes meanwhile, or of a place in a store.

    ``known`` is told of its rows. Raises :class:`WriteError`, and :class:`UsageError` where a file of that name is no manifest.
    """
    if is_store(place):
        with _copied(place, known) as manifest:
            yield manifest
        return
    try:
        stream = _stream_at(Path(place, NAME))
    except OSError as fault:
        raise _unwritten(place, fault) from fault
    try:
        with stream:  # where the disk is full, closing fails as writing did
            _lock(stream, place)
            yield Manifest(stream, place, known, lambda: _check_there(stream, place))
    except OSError as fault:
        raise _unwritten(place, fault) from fault


def _check_there(stream: BinaryIO, place: str) -> None:
    """Raises :class:`WriteError` when the file is no longer where it was opened: no later run would find what is written."""
    with suppress(FileNotFoundError):
        if os.path.samestat(Path(place, NAME).stat(), os.fstat(stream.fileno())):
            return
    said = f"The manifest {Path(place, NAME)} was taken away while the batch ran."
    raise WriteError(said, "Leave the folder in its place, and start the batch again.")


def _stream_at(path: Path) -> BinaryIO:
    """The file, to be read and added to. Raises :class:`OSError`, also for a device or a pipe, which might have no end."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0), 0o666)
    try:
        check_kind(os.fstat(descriptor))
        return os.fdopen(descriptor, "a+b")
    except BaseException:
        os.close(descriptor)
        raise


@contextmanager
def _copied(place: str, known: Told) -> Iterator[Manifest]:
    """A copy of the manifest of a store, which takes no single lines: it is put back every few seconds, and at the end."""
    import tempfile

    results = results_at(place)
    with tempfile.TemporaryFile(dir=own_folder()) as stream:
        stream.write(results.get(NAME) or b"")
        shared = time.monotonic()

        def put_back() -> None:
            nonlocal shared
            stream.seek(0)
            results.put(NAME, stream.read(), Source("page", b""), ())
            shared = time.monotonic()

        def share() -> None:
            if time.monotonic() - shared >= SHARED_EVERY:
                put_back()

        manifest = Manifest(stream, place, known, share)
        try:
            yield manifest
        finally:
            put_back()


def _unwritten(place: str, fault: OSError) -> WriteError:
    return WriteError(f"The manifest {Path(place, NAME)} cannot be written: {fault.strerror}.", "Check the disk.")


def _lock(stream: BinaryIO, folder: str) -> None:
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fault:
        raise WriteError(f"Another batch is at work in {folder}.", "Wait for it, or name another folder.") from fault
