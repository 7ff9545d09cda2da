"""Which pages the arguments of a batch mean, in an order and under names that are the same each time."""

from __future__ import annotations

import glob
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from exporter.batch.manifest import NAME, Key, mark_of
from exporter.errors import ExporterError, SourceError, UsageError
from exporter.runtime.files import content_of
from exporter.sources import entries_of, open_entry, open_source
from exporter.sources.acquire import acquired, finished
from exporter.sources.corrections import SUFFIX
from exporter.sources.entry import Entry
from exporter.sources.kinds import HEAD, Kind, kind_of
from exporter.sources.local import STANDARD_INPUT
from exporter.sources.policy import Choice, ReadOptions
from exporter.sources.source import Source
from exporter.sources.store import is_store, listed
from exporter.sources.urls import is_address

FILES = frozenset(
    (
        *(".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive", ".eml", ".zip"),
        *(".warc", ".wacz", ".warc.gz"),
    )
)
"""Suffixes of the files that are taken out of a folder. Others must be named, or meant by a pattern."""
SINGLE = frozenset({".html", ".htm", ".xhtml"})
NAMELESS = frozenset({"index", "page", "default"})
"""Names of files that say nothing: the folder's does."""
_UNFIT = re.compile(r"[^\w.,()\[\]&'’+=-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Characters that would break the line in which a result is told of, or steer the terminal."""
_LONGEST = 100
"""Letters of a result's name."""


class Page(Struct, frozen=True):
    """One page of a batch.

    ``argument`` is the path or the address that holds it, ``entry`` its name among the pages there, ``name`` where results
    stand, without suffix; ``source`` is the page itself where it was fetched already. One that ``is_remote`` is fetched by
    whoever asks for pages, one after another, so that no server is asked by many workers at once.
    """

    argument: str
    name: str
    entry: str = ""
    source: Source | None = None
    is_remote: bool = False

    def open(self, read_options: ReadOptions) -> Source:
        """The page, ready to be read. Raises :class:`SourceError`."""
        if self.source is not None:
            return self.source
        if not self.entry:
            return open_source(self.argument, replace(read_options, choice=Choice()))
        entries = _entries(self.argument, read_options)
        found = entries.get(self.entry)
        if len(entries) == 1 and found is not None and not self.is_remote:
            return open_source(self.argument, read_options)
        if found is None:
            raise SourceError(f"{self.argument} holds no page {self.entry} any more.", "Run the batch again.")
        return open_entry(found, read_options)


@lru_cache(maxsize=1)
def _entries(argument: str, read_options: ReadOptions) -> dict[str, Entry]:
    """The pages of an archive, which is opened once for many of them."""
    return {entry.name: entry for entry in entries_of(argument, read_options)}


def pages_of(arguments: Iterable[str], read_options: ReadOptions, but: str) -> Iterator[Page]:
    """The pages of paths, patterns, folders and addresses, each once. Nothing in the folder ``but`` is one.

    What cannot be opened is a page all the same: whoever reads it is told why. Raises :class:`UsageError` for an argument all
    of which lies in that folder.
    """
    met: set[tuple[str, str]] = set()
    results = None if is_store(but) else Path(but).resolve()
    for argument in arguments:
        found = list(_expanded(argument))
        kept = [each for each in found if results is None or not _is_in(each[0], results)]
        if found and not kept:
            raise UsageError(f"{argument} lies in the folder of results, {but}.", "Name another with -o.")
        for path, name in kept:
            for page in _held(path, name, read_options):
                if (page.argument, page.entry) not in met:
                    met.add((page.argument, page.entry))
                    yield page


def _is_in(path: str, folder: Path) -> bool:
    return is_local(path) and Path(path).resolve().is_relative_to(folder)


def _expanded(argument: str) -> Iterator[tuple[str, str]]:
    """The files, folders with one page in them, and addresses that are meant; and the name of each."""
    if is_store(argument):
        yield from ((each, _name_of(each)) for each in listed(argument))
        return
    if not is_local(argument):
        yield argument, _name_of(argument)
        return
    found = [argument]
    if not os.path.lexists(argument) and glob.has_magic(argument):
        met = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207 - the user's own words
        found = [each for each in met if not each.endswith((SUFFIX, f"{os.sep}{NAME}"))] or found
    for path in found:
        if Path(path).is_dir():
            yield from _in_folder(Path(path))
        else:
            yield os.path.normpath(path), _name_of(str(Path(path).absolute()))


def is_local(argument: str) -> bool:
    """Whether an argument is a path of this machine's file system."""
    return not is_address(argument) and not is_store(argument) and argument != STANDARD_INPUT


def _in_folder(home: Path) -> Iterator[tuple[str, str]]:
    """The pages of a folder and of the folders in it; of one that holds a single page, that page under the folder's name."""
    for folder, folders, files in os.walk(home):
        pages = sorted(each for each in files if _suffix(each) in FILES and not each.startswith("."))
        stems = [each[: -len(_suffix(each))] for each in pages]
        folders[:] = sorted(each for each in folders if not each.startswith(".") and not _is_companion(each, stems))
        place = Path(folder).relative_to(home)
        if len(pages) == 1 and _suffix(pages[0]) in SINGLE and (place.parts or not _holds_pages(home, folders)):
            name = place if place.parts else Path(home.resolve().name)
            yield os.path.normpath(folder), name.as_posix()
            continue
        for page, stem in zip(pages, stems, strict=True):
            yield os.path.normpath(Path(folder, page)), (place / stem).as_posix()


def _holds_pages(home: Path, folders: list[str]) -> bool:
    """Whether there is a page in any of these folders of ``home``."""
    walked = (files for folder in folders for _, _, files in os.walk(home / folder))
    return any(_suffix(each) in FILES for files in walked for each in files)


def _suffix(name: str) -> str:
    suffixes = PurePosixPath(name.lower()).suffixes
    return "".join(suffixes[-2:] if suffixes[-1:] == [".gz"] else suffixes[-1:])


def _is_companion(folder: str, stems: list[str]) -> bool:
    """Whether a browser has made the folder for the pictures of a page beside it."""
    return any(folder.startswith(stem) and folder[len(stem) :][:1] in {"-", "_", "."} for stem in stems)


def _held(path: str, name: str, read_options: ReadOptions) -> Iterator[Page]:
    """The page that is there, or the pages in it."""
    try:
        if not is_local(path) and not is_store(path):
            yield from _fetched(path, name, read_options)
        elif (kind := _kind_at(path)) is not None and not kind.single:
            for entry in _entries(path, read_options).values():
                within = _name_of(entry.name)
                yield Page(path, f"{name}/{within}", entry.name, is_remote=kind.collection)
        else:
            yield Page(path, name)
    except ExporterError:
        yield Page(path, name)


def _kind_at(path: str) -> Kind | None:
    try:
        return kind_of(content_of(path, HEAD))
    except (OSError, ValueError):  # whoever reads it is told
        return None


def _fetched(address: str, name: str, read_options: ReadOptions) -> Iterator[Page]:
    """The page at an address; of a list, the pages on it, which are fetched when their turn comes."""
    source = acquired(address, read_options)
    kind = kind_of(source.content)
    if kind is None:
        yield Page(address, name, source=finished(source, read_options))
        return
    for entry in _entries(address, read_options).values():
        yield Page(address, _name_of(entry.name), entry.name, is_remote=True)


def _name_of(place: str) -> str:
    """What results of a page at this address, or at this place in an archive, are called."""
    path = PurePosixPath(unquote(urlsplit(place).path) if is_address(place) else place)
    parts = [each for each in path.with_suffix("").parts if each not in {"/", "."}]
    while len(parts) > 1 and parts[-1].lower() in NAMELESS:
        parts.pop()
    said = parts[-1] if parts else urlsplit(place).netloc or "page"
    return _UNFIT.sub("-", unicodedata.normalize("NFC", said)).strip("-. ")[:_LONGEST] or "page"


class Names:
    """Gives each page a name of its own, that which an earlier run has given it, if one has."""

    def __init__(self) -> None:
        self._of: dict[bytes, str] = {}
        self._owners: dict[bytes, bytes] = {}

    def take(self, key: Key, name: str) -> None:
        """Takes down what an earlier run has called a page.

        A manifest can be edited: a name that leads elsewhere, or that another page has, is given anew.
        """
        if _is_fit(name) and self._is_free(name, mark_of(key)):
            self._of[mark_of(key)] = name

    def given(self, key: Key) -> str:
        """The name that a page was given; ``""`` for one that has none."""
        return self._of.get(mark_of(key), "")

    def name(self, page: Page, key: Key) -> str:
        """The page's name; where another page has that, with the beginning of a digest of what the page is."""
        mark = mark_of(key)
        if mark not in self._of:
            self._of[mark] = next(name for name in _names(page, key) if self._is_free(name, mark))
        return self._of[mark]

    def _is_free(self, name: str, mark: bytes) -> bool:
        """Whether no other page has the name. It is this one's from now on."""
        return self._owners.setdefault(mark_of((_folded(name), "")), mark) == mark


def _names(page: Page, key: Key) -> Iterator[str]:
    """The page's own name and, for where another page has it, the same with more and more of a digest of what the page is."""
    named = _CONTROL.sub("-", page.name.encode("utf-8", "replace").decode())
    yield named
    told = hashlib.sha256("\0".join(key).encode("utf-8", "surrogateescape")).hexdigest()
    yield from (f"{named}-{told[:length]}" for length in (6, 12, 64))


def _is_fit(name: str) -> bool:
    """Whether a result of that name stands in the folder of results."""
    return PurePosixPath(name).as_posix() == name and not {"", ".", "..", "/"} & set(PurePosixPath(name).parts or ("",))


def _folded(name: str) -> str:
    """The name as file systems compare it that know neither capitals nor composed letters."""
    return unicodedata.normalize("NFC", name).casefold()
