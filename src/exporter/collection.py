"""Many pages of one source, a file each; what was taken before is not taken again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from exporter import writers
from exporter.errors import INTERNAL_EXIT_CODE, ExporterError, UsageError, WriteError
from exporter.pipeline import DEFAULTS, export, failed
from exporter.results import Report
from exporter.runtime.files import STANDARD_OUTPUT, content_of, store
from exporter.sources import open_entry
from exporter.sources.entry import Entry
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source
from exporter.writers.options import Options

STATE = ".exporter-taken.json"
"""The file beside the results that says what was taken."""
MAX_STATE = 64 * 2**20


class Taken(Struct, omit_defaults=True):
    """What was taken, by format: the name of each entry, and that of the file which came of it."""

    version: int = 1
    taken: dict[str, dict[str, str]] = {}


def export_all(
    entries: Iterable[Entry],
    folder: str | os.PathLike[str] | None = None,
    format: str = "pdf",
    options: Options = DEFAULTS,
    read_options: ReadOptions | None = None,
    *,
    again: bool = False,
) -> Iterator[Report]:
    """A report for each entry that was not taken before (``again``: for each). One that fails never stops the rest.

    Results go into ``folder``, the current one without it, each under the name of its page. Raises :class:`UsageError`
    for a folder that is none, :class:`WriteError` where the state cannot be read or stored.
    """
    writer = writers.named(format)
    place = Path(folder or ".")
    if folder == STANDARD_OUTPUT or not place.is_dir():
        raise UsageError(f"Several pages do not go into one file: {folder}.", "Name a folder that exists with -o.")
    state = _state_in(place)
    known = state.taken.setdefault(format, {})
    names = set(known.values())
    for entry in entries:
        if entry.name in known and not again:
            continue
        report = _exported(entry, place, known.get(entry.name, ""), names, writer.name, options, read_options)
        if not report.exit_code:
            known[entry.name] = Path(report.target).name
            names.add(known[entry.name])
            store(msgspec.json.format(msgspec.json.encode(state, order="sorted"), indent=1), place / STATE)
        yield report


def _exported(
    entry: Entry,
    place: Path,
    before: str,
    names: set[str],
    format: str,
    options: Options,
    read_options: ReadOptions | None,
) -> Report:
    """The report of one entry. ``before`` is the file that came of it in an earlier run; ``names`` belong to other entries."""
    try:
        page = open_entry(entry, read_options or ReadOptions())
        suffix = writers.named(format).suffix_for(options)
        target = place / (before or _unused(page, suffix, names, place))
        return export(page, target, format=format, options=options, read_options=read_options)
    except ExporterError as fault:
        return failed(entry.name, None, fault)
    except Exception as fault:  # noqa: BLE001 - one bad page never stops the rest
        return Report(entry.name, "", exit_code=INTERNAL_EXIT_CODE, failure=f"{type(fault).__name__}: {fault}")


def _unused(page: Source, suffix: str, names: set[str], place: Path) -> str:
    """A file's name that neither another entry has nor a file of the user's: the page's, with a number where that is taken."""
    number = 1
    while True:
        name = f"{page.title}{f'-{number}' if number > 1 else ''}{suffix}"
        if name not in names and not os.path.lexists(place / name):
            return name
        number += 1


def _state_in(place: Path) -> Taken:
    try:
        return replace(msgspec.json.decode(content_of(place / STATE, MAX_STATE), type=Taken))
    except FileNotFoundError:
        return Taken()
    except (OSError, msgspec.MsgspecError) as fault:
        raise WriteError(
            f"The list of what was taken cannot be read: {place / STATE}.", "Delete it; all is taken again then."
        ) from fault
