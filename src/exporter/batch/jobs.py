"""A job: one source and what is to be made of it; and its report, whatever happens in it."""

from __future__ import annotations

from msgspec import Struct

from exporter.errors import INTERNAL_EXIT_CODE, ExporterError, MemoryLimitExceeded
from exporter.pipeline import DEFAULTS, export, failed
from exporter.results import Report
from exporter.sources.policy import ReadOptions
from exporter.writers.options import Options


class Job(Struct, frozen=True):
    """One export: the arguments of :func:`exporter.export`."""

    source: str | bytes
    target: str | None = None
    format: str | None = None
    options: Options = DEFAULTS
    read_options: ReadOptions = ReadOptions()

    @property
    def name(self) -> str:
        """What the job is called in reports."""
        return "the page" if isinstance(self.source, bytes) else self.source

    def run(self) -> Report:
        """The report of the job, which never raises anything but what ends the program."""
        try:
            return export(
                self.source, self.target, format=self.format, options=self.options, read_options=self.read_options
            )
        except ExporterError as fault:
            return self.failed(fault)
        except MemoryError:
            return self.failed(MemoryLimitExceeded())
        except Exception as fault:  # noqa: BLE001 - one bad job never stops the rest
            return self.broken(fault)

    def failed(self, fault: ExporterError) -> Report:
        """The report that the job was not done, for a reason that is known."""
        return failed(self.name, self.target, fault)

    def broken(self, fault: Exception) -> Report:
        """The report that the job met a fault of this program."""
        failure = f"{type(fault).__name__}: {fault}"
        return Report(self.name, self.target or "", exit_code=INTERNAL_EXIT_CODE, failure=failure)
