"""A book's files, looked at in little memory however far they unfold."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError, fromstring

from exporter.notices import Notice, notice

MAX_UNPACKED = 1024 * 1024 * 1024
"""A book that unfolds to more bytes than this is not opened."""

MAX_TEXT = 50 * 1000 * 1000
"""Bytes of a book's documents together; as a tree each takes thirty times as many."""

MAX_FILES = 50_000
"""A book of more files than this is not opened."""

_CHUNK = 1 << 16
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # OCF 3.3, 4.2.2
_LOCKED = 1  # a flag of a ZIP's entry
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(RuntimeError, OSError, ValueError, IndexError, OverflowError),
)
"""What a damaged archive raises when it is read."""


class Unsound(Exception):
    """The book cannot be looked at any further; the notice says why. A heavy one would cost other checkers dear, too."""

    def __init__(self, told: Notice, heavy: bool = False) -> None:
        self.told = told
        self.heavy = heavy
        super().__init__(told.message)


def wrong(reason: str) -> Notice:
    """The finding that the container is wrong."""
    return notice("book-container", reason=reason)


class Archive:
    """The files of a book by name. Raises :class:`Unsound` when they cannot be read whole, or unfold without end."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._entries = {entry.filename: entry for entry in self._zip.infolist() if not entry.is_dir()}
            self._check()
        except DAMAGE as fault:
            raise Unsound(wrong(f"the archive is damaged ({fault})")) from fault

    @property
    def names(self) -> tuple[str, ...]:
        """Every file, in the order of the archive's list."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """Bytes of the file when it is unfolded."""
        return self._entries[name].file_size

    def content(self, name: str) -> bytes:
        """The bytes of the file."""
        return self._zip.read(self._entries[name])

    def tree(self, name: str) -> Element:
        """The document in the file."""
        if self.size(name) > MAX_TEXT:
            raise Unsound(wrong(f"{name} unfolds to more than {MAX_TEXT // 10**6} MB"), heavy=True)
        try:
            return fromstring(self.content(name))  # noqa: S314 - expat 2.4 and later bounds entities
        except (ParseError, ValueError, LookupError) as fault:
            raise Unsound(notice("book-malformed", name, name=name, reason=str(fault))) from fault

    def _check(self) -> None:
        """Unfolds every file once, a little at a time: what is stored with it tells whether it is whole."""
        entries = self._zip.infolist()
        if len(entries) > MAX_FILES:
            raise Unsound(wrong(f"it has more than {MAX_FILES} files"), heavy=True)
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise Unsound(wrong("it unfolds to more than a gigabyte"), heavy=True)
        if any(entry.flag_bits & _LOCKED for entry in entries):
            raise Unsound(wrong("its files are locked with a password"))
        if any(entry.compress_type not in _PACKINGS for entry in entries):
            raise Unsound(wrong("its files are packed in a way that e-books do not allow"))
        for entry in entries:
            with self._zip.open(entry) as stream:
                while stream.read(_CHUNK):
                    pass
