"""Turns a web interview into a magazine PDF and an EPUB. These names are the public ones; docs/api.md tells how to use them."""

from exporter.batch import Job, export_many
from exporter.errors import (
    ExporterError,
    ExtractionError,
    InvalidDocument,
    SourceError,
    ThemeError,
    UsageError,
    WriteError,
)
from exporter.model import Document
from exporter.notices import Fate, Notice, Reading
from exporter.pipeline import (
    Report,
    export,
    input_formats,
    output_formats,
    read,
    render,
    theme_names,
    write,
)
from exporter.writers.options import Options

__all__ = [
    "Document",
    "ExporterError",
    "ExtractionError",
    "Fate",
    "InvalidDocument",
    "Job",
    "Notice",
    "Options",
    "Reading",
    "Report",
    "SourceError",
    "ThemeError",
    "UsageError",
    "WriteError",
    "export",
    "export_many",
    "input_formats",
    "output_formats",
    "read",
    "render",
    "theme_names",
    "write",
]
