"""What a batch has done: a file of JSON lines beside the results, one line a page. It decides what need not be done again.

A line is written when a page's results stand on the disk, so that a run may be killed at any moment: what has no line yet is
done again, to the same bytes. The last line of a page counts.
"""

from __future__ import annotations

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


class Manifest:
    """The rows that are known, and a file to add others to. ``share`` passes the file on, where it is a copy."""

    def __init__(self, rows: dict[Key, Row], stream: BinaryIO, share: Callable[[], None] = lambda: None) -> None:
        self.rows = rows
        self._stream = stream
        self._share = share

    def add(self, row: Row) -> None:
        """Writes the row and sees it to the disk."""
        self.rows[row.key] = row
        self._stream.write(msgspec.json.encode(row) + b"\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._share()


@contextmanager
def opened(place: str) -> Iterator[Manifest]:
    """The manifest of a folder, which nobody else writes meanwhile, or of a place in a store. Raises :class:`WriteError`."""
    if is_store(place):
        with _copied(place) as manifest:
            yield manifest
        return
    try:
        stream = _stream_at(Path(place, NAME))
    except OSError as fault:
        raise _unwritten(place, fault) from fault
    try:
        with stream:  # where the disk is full, closing fails as writing did
            _lock(stream, place)
            stream.seek(0)
            content = stream.read()
            _check(content, place)
            if content and not content.endswith(b"\n"):
                stream.write(b"\n")  # a line that was cut short stays alone
            yield Manifest(_rows(content), stream)
    except OSError as fault:
        raise _unwritten(place, fault) from fault


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
def _copied(place: str) -> Iterator[Manifest]:
    """A copy of the manifest of a store, which takes no single lines: it is put back every few seconds, and at the end."""
    import tempfile

    results, content = results_at(place), results_at(place).get(NAME) or b""
    _check(content, place)
    with tempfile.TemporaryFile(dir=own_folder()) as stream:
        stream.write(content)
        shared = time.monotonic()

        def put_back() -> None:
            nonlocal shared
            stream.seek(0)
            results.put(NAME, stream.read(), Source("page", b""), ())
            shared = time.monotonic()

        def share() -> None:
            if time.monotonic() - shared >= SHARED_EVERY:
                put_back()

        try:
            yield Manifest(_rows(content), stream, share)
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


def _check(content: bytes, place: str) -> None:
    """Raises :class:`UsageError` for a file of that name that is somebody else's: all its whole lines are something else."""
    lines = [line for line in content.splitlines(keepends=True) if line.endswith(b"\n") and line.strip()]
    if lines and not any(line.startswith(b'{"source":') for line in lines):
        said = f"The file {NAME} in {place} is no manifest of a batch."
        raise UsageError(said, "Name another folder, or move the file away.")


def _rows(content: bytes) -> dict[Key, Row]:
    rows: dict[Key, Row] = {}
    for line in content.splitlines():
        with suppress(msgspec.MsgspecError):  # a line cut short
            row = msgspec.json.decode(line, type=Row)
            rows[row.key] = row
    return rows
