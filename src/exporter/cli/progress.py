"""How far a batch is: a bar on a terminal, with how many a minute, how many have failed, and the time that is left."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from exporter.cli.output import busy

Advance = Callable[[bool], None]
"""Called for each page that is done; whether it has failed."""


@contextmanager
def shown(count: int, quiet: bool) -> Iterator[Advance]:
    """A bar for ``count`` pages on standard error, where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda has_failed: None
        return
    if count == 1:
        with busy("1 page", quiet):
            yield lambda has_failed: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]} a minute"),
        TextColumn("{task.fields[failures]} failed", style="red"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=count, failures=0, rate="-")

        def advance(has_failed: bool) -> None:
            task = progress.tasks[0]
            rate = f"{task.speed * 60:.0f}" if task.speed else "-"
            progress.update(bar, advance=1, failures=task.fields["failures"] + has_failed, rate=rate)

        yield advance
