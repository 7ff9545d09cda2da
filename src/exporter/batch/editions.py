"""One page in several formats: read once, then written in each; what came of it is a row of the manifest."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from exporter import writers
from exporter.batch.manifest import Output, Row
from exporter.batch.results import results_at
from exporter.batch.selection import Page
from exporter.errors import INTERNAL_EXIT_CODE, ExporterError, MemoryLimitExceeded
from exporter.images import Refused
from exporter.pipeline import files_named, read, render
from exporter.sources.policy import ReadOptions
from exporter.sources.resources import Resources
from exporter.sources.source import Source
from exporter.writers.options import Options


class Editions(Struct, frozen=True):
    """A page, and the formats that it is wanted in. ``row`` is what is known of it already."""

    page: Page
    folder: str
    formats: tuple[str, ...]
    options: Options
    read_options: ReadOptions
    row: Row

    def run(self) -> Row:
        """What came of it, whatever happens."""
        begun = time.perf_counter()
        try:
            row = self._made()
        except ExporterError as fault:
            row = self.failed(fault)
        except MemoryError:
            row = self.failed(MemoryLimitExceeded())
        except Exception as fault:  # noqa: BLE001 - one bad page never stops the rest
            failure = f"{type(fault).__name__}: {fault}"
            row = replace(self.row, outcome="failed", exit_code=INTERNAL_EXIT_CODE, failure=failure)
        return replace(row, seconds=round(time.perf_counter() - begun, 3))

    def failed(self, fault: ExporterError) -> Row:
        """The row of a page that nothing came of."""
        try:
            digest = "" if self.page.is_remote else digest_of(self.page.open(self.read_options))
        except ExporterError:
            digest = ""
        return _failed(replace(self.row, digest=digest), fault)

    def _made(self) -> Row:
        source = self.page.open(self.read_options)
        pictures: dict[str, str] = {}
        read_from = replace(source, resources=_Recorded(source.resources, pictures))
        reading = read(read_from, read_options=self.read_options)
        outputs, notices, row = [], list(reading.notices), self.row
        for name in self.formats:
            try:
                content, said = render(reading.document, name, self.options)
                outputs.append(self._stored(content, name, source))
                notices += said
            except ExporterError as fault:  # the other formats may do
                row = row if row.exit_code else _failed(row, fault, f"{name}: ")
        counted = dict(sorted(Counter(each.code for each in notices).items()))
        return replace(row, digest=digest_of(source), pictures=pictures, outputs=tuple(outputs), notices=counted)

    def _stored(self, content: bytes, written: str, source: Source) -> Output:
        relative = self.row.name + writers.named(written).suffix_for(self.options)
        results_at(self.folder).put(relative, content, source, files_named(self.options))
        return Output(written, relative, hashlib.sha256(content).hexdigest(), len(content))


class _Recorded:
    """Resources that note which of them were asked for, and what they were."""

    def __init__(self, resources: Resources, noted: dict[str, str]) -> None:
        self._resources = resources
        self._noted = noted

    def get(self, reference: str) -> bytes | Refused:
        """What the resources say."""
        found = self._resources.get(reference)
        self._noted[reference] = fingerprint(found)
        return found

    def prepare(self, choices: Iterable[Sequence[str]]) -> None:
        """As the resources do."""
        self._resources.prepare(choices)


def fingerprint(found: bytes | Refused) -> str:
    """The SHA-256 of a picture; ``""`` of one that is not there."""
    return hashlib.sha256(found).hexdigest() if isinstance(found, bytes) else ""


def digest_of(source: Source) -> str:
    """The SHA-256 of a page, its further pages and its corrections included."""
    found = hashlib.sha256()
    for page in (source, *source.further):
        found.update(f"{len(page.content)} {page.base_url}\n".encode("utf-8", "surrogateescape"))
        found.update(page.content)
    if source.corrections is not None:
        found.update(b"\ncorrections\n" + source.corrections.content)
    return found.hexdigest()


def _failed(row: Row, fault: ExporterError, lead: str = "") -> Row:
    said = f"{lead}{fault.message}".encode("utf-8", "backslashreplace").decode()
    return replace(row, outcome="failed", exit_code=fault.exit_code, failure=said, advice=fault.advice)
