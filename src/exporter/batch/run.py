"""A batch: many pages into a folder, each once, whatever happens; what is done already is left as it is."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from exporter import writers
from exporter.batch.editions import Editions, digest_of, fingerprint
from exporter.batch.manifest import Key, Manifest, Row, opened
from exporter.batch.pool import outcomes
from exporter.batch.results import results_at, sha256
from exporter.batch.selection import Names, Page
from exporter.errors import (
    ExporterError,
    ExtractionError,
    InvalidDocument,
    MemoryLimitExceeded,
    SourceError,
    TimeLimitExceeded,
    WorkerDied,
)
from exporter.pipeline import check_options, files_named
from exporter.runtime.bounds import Bounds, kept_within
from exporter.runtime.distribution import own_version
from exporter.sources.policy import Network, ReadOptions
from exporter.sources.store import is_store
from exporter.sources.urls import is_address
from exporter.writers.options import Options

BOUND = frozenset(kind.exit_code for kind in (TimeLimitExceeded, MemoryLimitExceeded, WorkerDied))
"""Exit codes of failures that may not happen under other bounds."""
LASTING = BOUND | {kind.exit_code for kind in (ExtractionError, InvalidDocument, SourceError)}
"""Exit codes of failures that the same page, options and bounds always bring. The next run tries the others again."""


class Plan(Struct, frozen=True):
    """What is wanted of every page of a batch. ``again`` does everything anew, ``workers`` is how many pages at once.

    ``place`` is a folder or a place in a store; ``cluster`` the address of a scheduler that has the work done elsewhere.
    """

    place: str
    formats: tuple[str, ...]
    options: Options = Options()
    read_options: ReadOptions = ReadOptions()
    workers: int = 1
    bounds: Bounds = Bounds()
    again: bool = False
    cluster: str = ""

    def check(self) -> None:
        """Raises :class:`UsageError`, :class:`ThemeError` or :class:`WriteError` for what no page could be done with."""
        for name in self.formats:
            check_options(writers.named(name), self.options)
        results_at(self.place).make()

    def fingerprint(self) -> str:
        """Stands for everything that is asked for, and for what the user's own files hold that are named."""
        # By which way the web is asked changes nothing in what it answers.
        network = replace(self.read_options.network, proxy="", authorities="", cache="", pace=Network().pace)
        asked = replace(self.read_options, network=network)
        wanted = msgspec.to_builtins([sorted(self.formats), self.options, asked], order="sorted")
        found = hashlib.sha256(json.dumps(wanted, separators=(",", ":")).encode())  # which any file's name goes into
        # A sheet or a theme that was edited must not pass for the one that the results were made with.
        for name in (*files_named(self.options), self.read_options.site or ""):
            for file in _files(Path(name)) if name else ():
                found.update(os.fsencode(f"{file.name}\n"))
                found.update(file.read_bytes())
        return found.hexdigest()[:32]


class Done(Struct, frozen=True):
    """One page that is done; ``is_new`` says whether this run has done it, or one before."""

    row: Row
    is_new: bool


def run_batch(pages: Iterable[Page], plan: Plan) -> Iterator[Done]:
    """Does what is not done yet, and tells of every page as it is done. Raises as :meth:`Plan.check` does."""
    plan.check()
    pages, names = iter(pages), Names()
    first = list(islice(pages, 2))
    with opened(plan.place, names.take) as manifest:
        waiting = _Waiting(chain(first, pages), plan, manifest, names)
        yield from waiting.leading()
        for _, row in _rows(waiting, plan, len(first) == 1):
            yield from waiting.told()
            # Written before it is told: whoever stops at what is told finds it done the next time.
            manifest.add(row)
            yield Done(row, True)
        yield from waiting.told()


def _rows(waiting: Iterable[Editions], plan: Plan, is_single: bool) -> Iterator[tuple[int, Row]]:
    if plan.cluster:
        from exporter.batch import cluster

        return cluster.rows_of(waiting, plan.cluster, plan.bounds)
    return _here(waiting, plan.bounds) if is_single else outcomes(waiting, plan.workers, plan.bounds)


def _here(waiting: Iterable[Editions], bounds: Bounds) -> Iterator[tuple[int, Row]]:
    """A single page needs no worker: there is no other that it could take with it. It is bounded as a single export is."""
    for number, editions in enumerate(waiting):
        try:
            with kept_within(bounds):
                row = editions.run()
        except TimeLimitExceeded as fault:
            row = editions.failed(fault)
        yield number, row


class _Waiting(Iterable[Editions]):
    """What there is to do; what need not be done again is put aside, to be told of."""

    def __init__(self, pages: Iterable[Page], plan: Plan, manifest: Manifest, names: Names) -> None:
        self._plan = plan
        self._manifest = manifest
        self._names = names
        self._wanted = (plan.fingerprint(), own_version())
        self._bounds = f"{plan.bounds.seconds or 0:g} s, {plan.bounds.memory or 0} B"
        self._done: list[Done] = []
        self._each = self._looked_at(pages)
        self._first: list[Editions] = []

    def leading(self) -> Iterator[Done]:
        """The pages before the first for which there is something to do, each as it is looked at."""
        for each in self._each:
            if isinstance(each, Editions):
                self._first = [each]
                return
            yield each

    def told(self) -> list[Done]:
        """The pages that are done without a worker, each once."""
        done, self._done = self._done, []
        return done

    def __iter__(self) -> Iterator[Editions]:
        for each in chain(self._first, self._each):
            if isinstance(each, Editions):
                yield each
            else:
                self._done.append(each)

    def _looked_at(self, pages: Iterable[Page]) -> Iterator[Editions | Done]:
        plan, (options, version) = self._plan, self._wanted
        for page in pages:
            key = _key(page, plan.place)
            known = self._manifest.row(key) if self._names.given(key) and not plan.again else None
            if known is not None and self._is_done(known, page):
                yield Done(known, False)
                continue
            name = self._names.name(page, key)
            row = Row(key[0], name, key[1], options=options, bounds=self._bounds, version=version)
            yield self._fetched(Editions(page, plan.place, plan.formats, plan.options, plan.read_options, row))

    def _fetched(self, editions: Editions) -> Editions | Done:
        """The page with its content, fetched where it is on the web; if that failed, what is to be told of it."""
        if not editions.page.is_remote:
            return editions
        try:
            source = editions.page.open(self._plan.read_options)
        except ExporterError as fault:
            row = editions.failed(fault)
            self._manifest.add(row)
            return Done(row, True)
        return replace(editions, page=replace(editions.page, source=source))

    def _is_done(self, row: Row, page: Page) -> bool:
        """Whether doing the page again could only repeat the row. What is on the web is not asked for again."""
        if (row.options, row.version) != self._wanted or not self._lasts(row, page):
            return False
        if page.is_remote:
            return self._stands(row)
        try:
            source = page.open(self._plan.read_options)
        except ExporterError as fault:
            return fault.exit_code == row.exit_code
        if row.digest != digest_of(source):
            return False
        # Pictures beside the page decide too: one that was missing may have been put there since.
        if not is_address(page.argument) and any(
            fingerprint(source.picture(each)) != digest for each, digest in row.pictures.items()
        ):
            return False
        return self._stands(row)

    def _lasts(self, row: Row, page: Page) -> bool:
        """Whether the page was exported, or would fail again."""
        if row.exit_code in BOUND and row.bounds != self._bounds:
            return False
        on_web = page.is_remote or is_address(page.argument)
        return not row.exit_code or (row.exit_code in LASTING and not on_web)

    def _stands(self, row: Row) -> bool:
        results = results_at(self._plan.place)
        named = all(each.path.startswith(f"{row.name}.") for each in row.outputs)  # a manifest can be edited
        return named and all(sha256(results.get(each.path)) == each.sha256 for each in row.outputs)


def _key(page: Page, results: str) -> Key:
    if is_address(page.argument) or is_store(page.argument) or page.source is not None:
        return page.argument, page.entry
    # Relative to the results, so that a folder with pages and results may be moved and nothing is done again.
    home = Path(page.argument).absolute() if is_store(results) else Path(os.path.relpath(page.argument, results))
    # A name that is no UTF-8 could not be written into the manifest.
    return home.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"), page.entry


def _files(place: Path) -> list[Path]:
    return sorted(each for each in place.rglob("*") if each.is_file()) if place.is_dir() else [place] * place.is_file()
