"""Turns a web interview into a magazine PDF and an EPUB. These names are the public ones; docs/api.md tells how to use them.

Each is imported when it is first asked for (PEP 562), so that a command pays only for what it does.
"""

import importlib

TYPE_CHECKING = False  # type checkers know it by its name; typing takes longer to load than Python itself
if TYPE_CHECKING:
    from exporter.batch import Job, export_many
    from exporter.errors import (
        ExporterError,
        ExtractionError,
        InvalidDocument,
        MemoryLimitExceeded,
        SourceError,
        ThemeError,
        TimeLimitExceeded,
        UsageError,
        WorkerDied,
        WriteError,
    )
    from exporter.model import Document
    from exporter.notices import Notice
    from exporter.pipeline import (
        explain,
        export,
        input_formats,
        output_formats,
        proofread,
        read,
        render,
        theme_names,
        write,
    )
    from exporter.results import Fate, Proofs, Reading, Report
    from exporter.sources.policy import Limits, Network, ReadOptions, Stated
    from exporter.sources.source import Source
    from exporter.writers.options import Options
del TYPE_CHECKING

__all__ = [
    "Document",
    "ExporterError",
    "ExtractionError",
    "Fate",
    "InvalidDocument",
    "Job",
    "Limits",
    "MemoryLimitExceeded",
    "Network",
    "Notice",
    "Options",
    "Proofs",
    "ReadOptions",
    "Reading",
    "Report",
    "Source",
    "SourceError",
    "Stated",
    "ThemeError",
    "TimeLimitExceeded",
    "UsageError",
    "WorkerDied",
    "WriteError",
    "explain",
    "export",
    "export_many",
    "input_formats",
    "output_formats",
    "proofread",
    "read",
    "render",
    "theme_names",
    "write",
]

_HOMES = {
    "Document": "model",
    "ExporterError": "errors",
    "ExtractionError": "errors",
    "Fate": "results",
    "InvalidDocument": "errors",
    "Job": "batch",
    "Limits": "sources.policy",
    "MemoryLimitExceeded": "errors",
    "Network": "sources.policy",
    "Notice": "notices",
    "Options": "writers.options",
    "Proofs": "results",
    "ReadOptions": "sources.policy",
    "Reading": "results",
    "Report": "results",
    "Source": "sources.source",
    "SourceError": "errors",
    "Stated": "sources.policy",
    "ThemeError": "errors",
    "TimeLimitExceeded": "errors",
    "UsageError": "errors",
    "WorkerDied": "errors",
    "WriteError": "errors",
    "explain": "pipeline",
    "export": "pipeline",
    "export_many": "batch",
    "input_formats": "pipeline",
    "output_formats": "pipeline",
    "proofread": "pipeline",
    "read": "pipeline",
    "render": "pipeline",
    "theme_names": "pipeline",
    "write": "pipeline",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
