"""``exporter batch``: many pages into a folder, each read once, in as many formats as are wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exporter.cli.options import (
    CHOICES,
    MEMORY_LIMIT,
    TIME_LIMIT,
    bounds_of,
    examples,
    quiet_option,
)
from exporter.cli.output import print_line, say, status
from exporter.cli.reading import batch_options
from exporter.errors import PARTIAL_EXIT_CODE, UsageError
from exporter.writers import WRITERS

if TYPE_CHECKING:
    from exporter.batch.manifest import Row
    from exporter.batch.run import Done, Plan

LONGEST_LIST = 64 * 2**20
_HEEDED = tuple(name for name in CHOICES if any(name in writer.options for writer in WRITERS))
_TEXT = """Exports many pages into a folder, each read once and written in every format.

SOURCE is a page, a folder with pages in it, a pattern such as 'talks/*.html', an archive of pages, a web address. What is
done stands in DIR/manifest.jsonl: a run that was ended is taken up where it stood, and what has not changed is left as it is.
"""


@click.command("batch", help=f"{_TEXT}\n{examples('batch')}")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("-o", "--output", "folder", required=True, metavar="DIR", help="Where results go; made if need be.")
@click.option(
    "--to", "formats", required=True, metavar="FORMAT,...", help="Such as pdf,epub,json; see: exporter formats."
)
@click.option("--list", "listed", metavar="FILE", help="A file with one SOURCE a line; - is standard input.")
@click.option("--jobs", type=click.IntRange(1), metavar="NUMBER", help="Pages at once; else one a processor.")
@click.option("--again", is_flag=True, help="Do everything anew, whatever was done before.")
@click.option("--cluster", metavar="ADDRESS", help="Do the work on a Dask cluster: the address of its scheduler.")
@batch_options
@TIME_LIMIT
@MEMORY_LIMIT
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each page, and one at the end.")
@quiet_option
def batch(
    sources: tuple[str, ...],
    folder: str,
    formats: str,
    listed: str | None,
    jobs: int | None,
    again: bool,
    cluster: str | None,
    timeout: float | None,
    max_memory: str | None,
    as_json: bool,
    quiet: bool,
    **choices: Any,
) -> None:
    """Runs the batch and tells of each page as it is done."""
    import os

    from exporter.batch.run import Plan, run_batch
    from exporter.batch.selection import is_local, pages_of
    from exporter.runtime.files import STANDARD_OUTPUT
    from exporter.writers.options import Options

    read_options = choices.pop("read_options")
    if folder == STANDARD_OUTPUT:
        raise UsageError("A batch makes files, and standard output takes none.", "Name a folder with -o.")
    plan = Plan(
        str(Path(folder).absolute()) if cluster and is_local(folder) else folder,
        _formats(formats),
        Options(**{name: choice for name, choice in choices.items() if choice}),
        read_options,
        jobs or os.cpu_count() or 1,
        bounds_of(timeout, max_memory),
        again,
        cluster or "",
    )
    plan.check()
    arguments = [*sources, *_lines(listed)]
    if cluster:  # its machines stand elsewhere in the same file system
        arguments = [str(Path(each).absolute()) if is_local(each) else each for each in arguments]
    if not arguments:
        raise UsageError("There is nothing to export.", "Name pages, folders or patterns, or give --list.")
    pages = list(pages_of(arguments, read_options, plan.place))
    if not pages:
        raise UsageError(
            f"There is no page in {', '.join(arguments)}.", "Name pages, folders that hold some, or patterns."
        )
    _tell(run_batch(pages, plan), plan, len(pages), as_json, quiet)


def _formats(stated: str) -> tuple[str, ...]:
    from exporter import writers

    formats = tuple(dict.fromkeys(writers.named(each.strip()).name for each in stated.split(",") if each.strip()))
    if not formats:
        raise UsageError("No format is named.", "Say --to pdf,epub; see: exporter formats.")
    return formats


def _lines(listed: str | None) -> list[str]:
    """The sources that a file lists, a line each."""
    if listed is None:
        return []
    try:
        with click.open_file(listed, "rb") as stream:
            content = stream.read(LONGEST_LIST + 1)  # a pipe or a device may have no end
    except OSError as fault:
        raise UsageError(f"The list {listed} cannot be read: {fault.strerror}.", "Check its name.") from fault
    if len(content) > LONGEST_LIST:
        said = f"The list {listed} cannot be read: it is larger than {LONGEST_LIST // 2**20} MB."
        raise UsageError(said, "Name patterns or folders, or part it.")
    lines = content.decode("utf-8", "surrogateescape").replace("\r", "\n").split("\n")
    # Editors of Windows begin a file with a mark.
    return list(filter(None, (line.strip(" \t\ufeff") for line in lines)))


def _tell(done: Iterator[Done], plan: Plan, count: int, as_json: bool, quiet: bool) -> None:
    """Tells of each page and of the whole. Ends with exit code 4 when a page failed."""
    from exporter.cli.progress import shown

    outcomes: Counter[str] = Counter()
    failures: Counter[int] = Counter()
    with shown(count, quiet or as_json) as bar:
        for each in done:
            row = each.row
            kind = row.outcome if each.is_new or row.outcome == "failed" else "done before"
            outcomes[kind] += 1
            failures[row.exit_code] += row.exit_code != 0
            bar.advance(row.outcome == "failed")
            with bar.lifted():
                _tell_of(each, plan, as_json)
    _sum_up(outcomes, +failures, as_json, quiet)
    if failures.total():
        raise click.exceptions.Exit(PARTIAL_EXIT_CODE)


def _tell_of(each: Done, plan: Plan, as_json: bool) -> None:
    import msgspec

    if as_json:
        print_line({"event": "page", "is_new": each.is_new, **msgspec.to_builtins(each.row)})
    elif each.is_new:
        for output in each.row.outputs:
            say(f"{plan.place.rstrip('/')}/{output.path}")
    if each.row.failure and not as_json:
        status(f"exporter: {_called(each.row, plan.place)}: {each.row.failure}", "red")


def _called(row: Row, results: str) -> str:
    """The page as it is found from where the program was called; the manifest knows it from where the results are."""
    import os

    from exporter.batch.selection import is_local

    source = os.path.normpath(Path(results, row.source)) if is_local(row.source) and is_local(results) else row.source
    return f"{source} {row.entry}".strip()


def _sum_up(outcomes: Counter[str], failures: Counter[int], as_json: bool, quiet: bool) -> None:
    if as_json:
        print_line(
            {"event": "summary", "outcomes": outcomes, "failures": {str(code): n for code, n in failures.items()}}
        )
    elif not quiet:
        told = ", ".join(f"{outcomes[kind]} {kind}" for kind in ("made", "done before", "failed") if outcomes[kind])
        codes = ", ".join(f"{count} with exit code {code}" for code, count in sorted(failures.items()))
        status(f"{told or 'nothing to do'}{f' ({codes})' if codes else ''}", "red" if failures else "green")


for _name in reversed(_HEEDED):
    batch = CHOICES[_name](batch)
