"""What a result depends on, and the result made again when any of it changes.

Folders are watched and not files: a program that saves a file by putting another in its place leaves whoever watches the file
itself with one that is no more.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from exporter.belongings import is_own, protect
from exporter.errors import ExporterError, SourceError, ThemeError, UsageError
from exporter.pipeline import check_options, failed, files_named, opened, read, write, writer_for
from exporter.results import Report
from exporter.runtime import signals
from exporter.runtime.files import check_target
from exporter.sources.corrections import beside
from exporter.sources.local import STANDARD_INPUT
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source
from exporter.sources.urls import is_address
from exporter.writers.options import Options

SETTLED, LONGEST = 30, 150
"""Milliseconds without a further change after which a round begins, and after which it begins in any case."""
MOST_FOLDERS = 500
"""Folders that are watched below one that is named."""

MOST_FILES = 10_000
"""Files that are looked at of folders that are new."""

_DELETED = 3
"""What watchfiles calls a file or folder that is gone."""

PAUSE = 250
"""Milliseconds after which it is looked whether the program is to end."""

Round = tuple[Report, ...]
Changes = Collection[tuple[int, str]]
"""What watchfiles tells: the kind of each change, and the path."""


class Watch(Struct, frozen=True):
    """A source, and the files that are to follow it."""

    source: str
    targets: tuple[str, ...]
    options: Options = Options()
    read_options: ReadOptions = ReadOptions()

    def rounds(self) -> Iterator[Round]:
        """A report for each target, at once and then each time that something has changed; for ever.

        Raises :class:`UsageError` for a source that cannot change, or where watchfiles is not installed; and, before the first
        round, :class:`UsageError` or :class:`WriteError` for targets and options that no change of the source would mend.
        """
        if self.source == STANDARD_INPUT or is_address(self.source):
            raise UsageError(f"{self.source} cannot be watched.", "Save the page and name its file.")
        self._check()
        try:
            yield from _of_page(self)._rounds()  # noqa: SLF001 - another of this class
        except FileNotFoundError as fault:  # names that begin from where we stand, which is nowhere now
            said = "The folder in which this was started is gone."
            raise SourceError(said, "Start it in one that is there.") from fault

    def _rounds(self) -> Iterator[Round]:
        changes = _changes(self)
        next(changes)  # from here on nothing is missed
        page, made = self._round()
        yield made
        for paths in changes:
            if any(_matters(path, self, page) for path in paths):
                page, made = self._round()
                yield made

    def _check(self) -> None:
        for target in self.targets:
            with suppress(ThemeError):  # a theme that is wrong may be what is worked on
                check_options(writer_for(target, None), self.options)
            check_target(target)
            protect(target, _page(self), files_named(self.options))

    def _round(self) -> tuple[Source | None, Round]:
        """The page as it is now, None where it cannot be opened, and what became of each target."""
        page: Source | None = None
        begun = time.perf_counter()
        try:
            page = opened(self.source, self.read_options)
            reading = read(page, read_options=self.read_options)
        except ExporterError as fault:
            return page, tuple(failed(self.source, target, fault) for target in self.targets)
        reports = []
        for target in self.targets:
            try:
                said = write(reading.document, target, options=self.options, source=page)
            except ExporterError as fault:
                reports.append(failed(self.source, target, fault))
            else:
                reports.append(Report(self.source, target, reading.notices + said, time.perf_counter() - begun))
            begun = time.perf_counter()
        return page, tuple(reports)


def _changes(wanted: Watch) -> Iterator[list[Path]]:
    """What has changed, a list each time; at first an empty one, when watching has begun."""
    try:
        from watchfiles import watch
    except ImportError as fault:
        advice = "Install it: pip install 'interview-exporter[watch]'"
        raise UsageError("To watch files, watchfiles is needed.", advice) from fault
    chosen = partial(watch, watch_filter=None, debounce=LONGEST, step=SETTLED, rust_timeout=PAUSE, recursive=False)
    missed: Callable[[], list[Path]] = list
    try:
        while True:
            folders = _folders(wanted)
            begun = _identities(folders)
            new: list[Path] = []
            # One of them may go before it is watched.
            with suppress(FileNotFoundError):
                for number, changes in enumerate(chosen(*folders, yield_on_timeout=True)):
                    yield [*missed(), *(Path(path) for _, path in changes)]
                    missed = list
                    new = _new(changes, folders)
                    # Whoever watches a folder that went, or the one above it, sees nothing of what came with another.
                    gone = _went(changes, folders) or _identities(folders) != begun
                    if new or gone or (not number and _folders(wanted) != folders):
                        break
            missed = partial(_missed, wanted, new)
    except KeyboardInterrupt:  # as watchfiles calls any signal
        raise signals.told() from None


def _missed(wanted: Watch, new: list[Path]) -> list[Path]:
    """What may have changed while nobody watched: all that is named, and what the new folders hold."""
    held = (each for folder in new for each in folder.rglob("*"))
    return [*islice(held, MOST_FILES), Path(wanted.source), *_named(wanted)]


def _new(changes: Changes, folders: list[Path]) -> list[Path]:
    """The folders that came and are not watched yet, but hidden ones."""
    changed = (Path(path).resolve() for _, path in changes)
    return [each for each in changed if each.is_dir() and each not in folders and not each.name.startswith(".")]


def _went(changes: Changes, folders: list[Path]) -> bool:
    """Whether one of the folders was told as deleted: another in its place may be given the same number at once."""
    return any(kind == _DELETED and Path(path) in folders for kind, path in changes)


def _identities(folders: list[Path]) -> list[tuple[int, int] | None]:
    """What tells each folder from another that takes its place; None for one that is gone."""

    def identity(folder: Path) -> tuple[int, int] | None:
        try:
            status = folder.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    return [identity(each) for each in folders]


def _of_page(watch: Watch) -> Watch:
    """The watch of the page itself where a folder was named: a result that is put beside it is no second page."""
    page = _page(watch) if Path(watch.source).is_dir() else None
    return watch if page is None or page.path is None else replace(watch, source=os.fspath(page.path))


def _page(watch: Watch) -> Source | None:
    """The page as it is now; None while it cannot be opened."""
    try:
        return opened(watch.source, watch.read_options)
    except ExporterError:
        return None


def _named(watch: Watch) -> list[Path]:
    """The files and folders that the call names, and the page itself."""
    read_options = watch.read_options
    names = (watch.source, *files_named(watch.options), read_options.site or "", read_options.corrections)
    return [Path(name) for name in names if name and Path(name).exists()]


def _folders(watch: Watch) -> list[Path]:
    """Where what is named stands, with the folders below: pictures of the page, fonts of a theme.

    Of a link, that which it leads to as well; in place of a folder that is gone, the nearest above, where it will come again.
    """
    places = [Path(watch.source), *_named(watch)]
    homes = [each if each.is_dir() else each.parent for place in places for each in (place.absolute(), place.resolve())]
    found: dict[Path, None] = {}
    for home in map(_nearest, homes):
        for number, (folder, folders, _) in enumerate(os.walk(home)):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            found[Path(folder).resolve()] = None
            if number >= MOST_FOLDERS or home not in homes:
                break
    return list(found)


def _nearest(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def _matters(path: Path, watch: Watch, page: Source | None) -> bool:
    """Whether a change of this file can change a result."""
    place = path.resolve()
    if place in {Path(each).resolve() for each in watch.targets}:
        return False
    for each in (Path(watch.source), *_named(watch)):
        home = each.resolve()
        if place == home or (home.is_dir() and place.is_relative_to(home)):
            return True
    style = watch.options.style
    if style and place.is_relative_to(Path(style).resolve().parent) and place.suffix.lower() in _OF_SHEETS:
        return True
    if page is None:
        return False
    if page.path is not None and place == beside(page.path.resolve()):
        return watch.read_options.corrections == ""
    return is_own(place, page) if place.exists() else place.name.encode() in page.content


_OF_SHEETS = frozenset({".css", ".ttf", ".otf", ".woff", ".woff2", ".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp"})
