"""Files of corrections as they come with a source: the one beside it, or the one that is named. Nothing else brings one."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec.structs import replace

from exporter.errors import UsageError
from exporter.runtime.files import content_of
from exporter.sources.policy import ReadOptions
from exporter.sources.source import CorrectionsFile, Source

SUFFIX = ".corrections.toml"
"""What stands behind the page's name without its own suffix."""
NO_CORRECTIONS = "none"
"""The ``corrections`` that take no file, not even the one beside the page."""
MAX_BYTES = 1_000_000


def beside(page: Path) -> Path:
    """Where the corrections of a page in that file stand."""
    return page.parent / f"{page.stem}{SUFFIX}"


def with_corrections(source: Source, options: ReadOptions, path: Path | None = None) -> Source:
    """The source with the file that the options name, else with the one beside the file at ``path``, if there is one.

    Raises :class:`UsageError` when it cannot be read.
    """
    if source.corrections is not None or options.corrections == NO_CORRECTIONS:
        return source
    if options.corrections:
        return replace(source, corrections=file_at(Path(options.corrections)))
    place = beside(path) if path is not None else None
    if place is None or not os.path.lexists(place):
        return source
    return replace(source, corrections=file_at(place))


def file_at(place: Path) -> CorrectionsFile:
    """The file there. Raises :class:`UsageError` when it cannot be read."""
    try:
        content = content_of(place, MAX_BYTES)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise UsageError(
            f"The corrections {place} cannot be read: {reason}.", "Check the path, or use none with --corrections none."
        ) from fault
    if len(content) > MAX_BYTES:
        raise UsageError(f"The corrections {place} are larger than {MAX_BYTES} bytes.", "Keep the lines that correct.")
    return CorrectionsFile(str(place), content)
