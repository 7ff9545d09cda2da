"""What the commands say: results and tables on standard output, notices and status on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from exporter.notices import Notice


_TURN = 0.08
"""Seconds from one picture of a sign of life to the next."""


def say(words: object) -> None:
    """A line on standard output: letters that its encoding lacks are spelled out, a file's name stays the bytes it is.

    Nothing when standard output is closed: whoever closes it wants to hear nothing.
    """
    if not sys.stdout:
        return
    from exporter.runtime.files import pour_out

    encoding = sys.stdout.encoding or "utf-8"
    try:
        line = str(words).encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        line = str(words).encode(encoding, "backslashreplace")
    pour_out(line + b"\n")


def print_json(value: object) -> None:
    """The value as JSON for programs, on standard output; bytes of a file's name that are no letters as Python escapes them."""
    import json

    import msgspec

    try:
        say(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
    except UnicodeEncodeError:
        say(json.dumps(msgspec.to_builtins(value), indent=2))


def print_line(value: object) -> None:
    """The value as one line of JSON on standard output."""
    import msgspec

    say(msgspec.json.encode(value).decode())


def print_rows(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], as_json: bool) -> None:
    """The rows as a table, or as JSON objects keyed by the heads."""
    if as_json:
        print_json([dict(zip(heads, row, strict=True)) for row in rows])
    else:
        print_table(heads, rows)


def print_table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """A ruled table on a terminal; columns parted by two spaces in a pipe or a file."""
    if not (sys.stdout and sys.stdout.isatty()):
        for line in _columns(rows):
            say(line)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="dim")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_printable(cell)) for cell in row))  # as text, never as markup: these are the page's words
    Console().print(table)


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = ("  ".join(_printable(cell).ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return [line.rstrip() for line in padded]


def print_notices(notices: Sequence[Notice], every: bool) -> None:
    """A line a notice on standard error: every one, or those graver than info."""
    for each in notices:
        if every or each.severity != "info":
            place = f" ({each.where})" if each.where else ""
            status(f"{each.severity}: {each.message}{place}", "yellow" if each.severity != "info" else "dim")


def status(line: str, style: str) -> None:
    """A line on standard error; coloured on a terminal, unless NO_COLOR is set. Where nobody can read it, the work goes on."""
    if not sys.stderr.isatty():
        with suppress(OSError):
            click.echo(_printable(line), err=True)
        return
    from rich.console import Console
    from rich.text import Text

    Console(stderr=True, highlight=False).print(Text(_printable(line), style), soft_wrap=True)


def _printable(words: str) -> str:
    """The words without control characters: those of a page must not steer the terminal."""
    return "".join(each if each.isprintable() else " " for each in words)


@contextmanager
def busy(doing: str, quiet: bool) -> Iterator[None]:
    """A sign of life on a terminal while something takes its time."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.live import Live
    from rich.spinner import Spinner
    from rich.text import Text

    spinner = Spinner("dots", Text(_printable(doing)), style="status.spinner")
    with (
        Live(spinner, console=Console(stderr=True), auto_refresh=False, transient=True) as live,
        turning(live.refresh),
    ):
        yield


@contextmanager
def turning(refresh: Callable[[], None]) -> Iterator[None]:
    """Draws anew some times a second, in a thread that the work need not heed: beside Rich's own it takes a fifth longer."""
    from threading import Event, Thread

    from exporter.runtime.threads import onlooking

    begun, ended = Event(), Event()

    def turn() -> None:
        with onlooking():
            begun.set()
            while not ended.wait(_TURN):
                refresh()

    thread = Thread(target=turn, daemon=True)
    thread.start()
    begun.wait()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def counted(findings: Sequence[Notice]) -> str:
    """How many findings there are, and how many of them are grave, in words."""
    if not findings:
        return "no findings"
    total = number("finding", len(findings))
    grave = _grave(findings)
    return f"{total}, {grave} among them" if grave else total


def accounted(notices: Sequence[Notice], every: bool) -> str:
    """What became of all of the page, in the words of a person; ``every`` notice has been printed already, or warnings only."""
    out = sum(each.code == "left-out" for each in notices)
    others = sum(each.severity == "info" and each.code != "left-out" for each in notices)
    mild = [number("box", out, "boxes") + " left out"] if out else []
    mild += [number("other remark", others)] if others else []
    whole = "all of the page accounted for: " if out else "nothing left out; " if others else "nothing left out"
    hint = " (--notices names them)" if mild and not every else ""
    grave = _grave(notices)
    return f"{f'{grave}; ' if grave else ''}{whole}{', '.join(mild)}{hint}"


def _grave(notices: Sequence[Notice]) -> str:
    counts = ((kind, sum(each.severity == kind for each in notices)) for kind in ("error", "warning"))
    return " and ".join(number(kind, count) for kind, count in counts if count)


def number(word: str, count: int, several: str = "") -> str:
    """So many of something, in words."""
    return f"{count} {word if count == 1 else several or f'{word}s'}"
