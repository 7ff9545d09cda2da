"""How far a batch is: a bar on a terminal, with how many a minute, how many have failed, and the time that is left."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from exporter.cli.output import turning

if TYPE_CHECKING:
    from rich.console import Console

NARROW = 64
"""Columns of a terminal below which there is no bar, but how many are done and have failed."""


class NoBar:
    """What is shown where nobody looks."""

    def advance(self, has_failed: bool) -> None:
        """Says that one more page is done."""

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Within it, lines may be printed."""
        yield


class Bar(NoBar):
    """A line at the foot of the terminal, which other lines are printed above."""

    def __init__(self, count: int, console: Console) -> None:
        from rich.progress import Progress

        self._console = console
        # Drawn by us alone: what is drawn between two lines of ours must not fall between a line and its end.
        self._drawing = Lock()
        self.progress = Progress(*_columns(console.width), console=console, transient=True, auto_refresh=False)
        self._task = self.progress.add_task("", total=count, failures=0, rate="-")

    def refresh(self) -> None:
        """Draws it anew."""
        with self._drawing:
            self.progress.refresh()

    def advance(self, has_failed: bool) -> None:
        """Says that one more page is done."""
        task = self.progress.tasks[0]
        rate = f"{task.speed * 60:.0f}" if task.speed else "-"
        self.progress.update(self._task, advance=1, failures=task.fields["failures"] + has_failed, rate=rate)

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Within it, lines may be printed: it is taken away, and drawn again below them."""
        from rich.control import Control
        from rich.segment import ControlType

        with self._drawing:
            self._console.control(Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2)))
            yield
            self.progress.refresh()


@contextmanager
def shown(count: int, quiet: bool) -> Iterator[NoBar]:
    """A bar for ``count`` pages on standard error, where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield NoBar()
        return
    from rich.console import Console

    bar = Bar(count, Console(stderr=True))
    with bar.progress, turning(bar.refresh):
        yield bar


def _columns(width: int) -> tuple[Any, ...]:
    """What the line has in so many columns of a terminal: where there is little room, what matters most."""
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn

    turns, done = SpinnerColumn(), MofNCompleteColumn()
    failed = TextColumn("{task.fields[failures]} failed", style="red")
    if width < NARROW:
        return turns, done, failed
    return turns, BarColumn(), done, TextColumn("{task.fields[rate]} a minute"), failed, TimeRemainingColumn()
