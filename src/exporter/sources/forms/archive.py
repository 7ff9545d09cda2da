"""ZIP archives: saved pages with their folders, MHTML files and mails among them; the chapters of an e-book.

Nothing is unpacked to disk. Names are names only: they are compared, never used as paths.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from exporter.errors import SourceError
from exporter.images import Refused
from exporter.sources.entry import Entry
from exporter.sources.places import spelled_places
from exporter.sources.policy import MIB, Limits, ReadOptions
from exporter.sources.resources import is_remote
from exporter.sources.source import Source

MAX_NAMES = 20_000
_PAGES = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive", ".eml", ".txt"})
_OFFICE = ("[Content_Types].xml", "content.xml")
_AGAIN = "Pack it again, or give the page itself."


class ZipResources:
    """The files of one archive, as pictures of one page in it."""

    def __init__(self, content: bytes, page: str, limits: Limits) -> None:
        self._stated = (content, page, limits)
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._page = PurePosixPath(page)
        self._limits = limits
        self._names = {name: name for name in self._archive.namelist() if not name.endswith("/")}

    def __reduce__(self) -> tuple[type[ZipResources], tuple[bytes, str, Limits]]:
        return ZipResources, self._stated

    def get(self, reference: str) -> bytes | Refused:
        """The file that the page means, by the same rules as in a folder."""
        home = self._page.parent
        beside = sorted({name.split("/")[len(home.parts)] for name in self._names if self._is_inside(name, home)})
        companions = [each for each in beside if re.match(re.escape(self._page.stem) + "[-_.]", each)]
        above = posixpath.normpath(str(home / unquote(urlsplit(reference).path)))
        for place in (posixpath.relpath(above, str(home)), *spelled_places(reference, companions)):
            name = self._names.get(posixpath.normpath(str(home / place)))
            if name is not None:
                return self._read(name)
        return Refused(
            "the archive does not hold it", "picture-not-local" if is_remote(reference) else "picture-missing"
        )

    def prepare(self, choices: Iterable[Sequence[str]]) -> None:
        """Does nothing: files are there already."""

    def _is_inside(self, name: str, home: PurePosixPath) -> bool:
        parts = PurePosixPath(name).parts
        return len(parts) > len(home.parts) + 1 and parts[: len(home.parts)] == home.parts

    def _read(self, name: str) -> bytes | Refused:
        try:
            return content_of(self._archive, name, self._limits.picture, "")
        except SourceError as fault:
            return Refused(fault.message.rstrip("."), "picture-missing")


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """The pages of the archive, in the order of their names; those in the folder that belongs to another page stay out."""
    archive = opened_archive(source)
    names = [name for name in archive.namelist() if not name.endswith("/")]
    if any(name in _OFFICE for name in names):
        raise SourceError(
            f"This is an office document: {source.origin}.",
            "Save it there as a web page (HTML), and give that.",
        )
    for name in _pages(names):
        yield Entry("", name, partial(_page, source, name, options))


def opened_archive(source: Source) -> zipfile.ZipFile:
    """The archive. Raises :class:`SourceError` when it is damaged or holds too many files."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.content))
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as fault:
        raise SourceError(f"The archive is damaged: {source.origin}.", _AGAIN) from fault
    if len(archive.namelist()) > MAX_NAMES:
        raise SourceError(f"The archive holds more than {MAX_NAMES} files: {source.origin}.", _AGAIN)
    return archive


def _pages(names: list[str]) -> list[str]:
    pages = sorted(name for name in names if PurePosixPath(name).suffix.lower() in _PAGES and "__MACOSX/" not in name)
    companions = [re.compile(re.escape(str(PurePosixPath(page).with_suffix(""))) + r"[-_.][^/]*/") for page in pages]
    own = [page for page in pages if not any(pattern.match(page) for pattern in companions)]
    written = [page for page in own if not page.lower().endswith(".txt")]
    return written or own


def _page(source: Source, name: str, options: ReadOptions) -> Source:
    path = PurePosixPath(name)
    content = content_of(opened_archive(source), name, options.limits.page, source.origin)
    alone = source.name if len(_pages(opened_archive(source).namelist())) == 1 else path.stem
    return replace(
        source,
        name=alone,
        content=content,
        suffix=path.suffix.lower(),
        resources=ZipResources(source.content, name, options.limits),
        base_url=options.base_url,
    )


def content_of(archive: zipfile.ZipFile, name: str, limit: int, origin: str) -> bytes:
    """The file's bytes. They are counted while they are unpacked: the sizes that an archive states may be false."""
    where = f"{name} in {origin}" if origin else "it"
    try:
        with archive.open(name) as stream:
            content = stream.read(limit + 1)
    except RuntimeError as fault:  # a password is wanted, or the way of packing is not known
        raise SourceError(f"{where} is encrypted, or packed in an unknown way.", "Unpack it first.") from fault
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as fault:
        raise SourceError(f"{where} is damaged.", _AGAIN) from fault
    if len(content) > limit:
        raise SourceError(f"{where} is larger than {limit // MIB} MB.", "Give the page itself.")
    return content
