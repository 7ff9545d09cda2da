"""``exporter watch``: results that follow their source while it is worked on."""

from __future__ import annotations

from typing import Any

import click

from exporter.cli.options import CHOICES, OneSource, examples, quiet_option
from exporter.cli.output import say, status
from exporter.cli.reading import reading_options
from exporter.writers import WRITERS

_HEEDED = tuple(name for name in CHOICES if any(name in writer.options for writer in WRITERS))
_TEXT = """Exports SOURCE, and again each time that the page, its pictures, a theme, a style sheet or anything else that the
call names has changed. Ends with Ctrl-C.
"""


@click.command("watch", OneSource, help=f"{_TEXT}\n{examples('watch')}")
@click.argument("source")
@click.option(
    *("-o", "--output", "targets"),
    required=True,
    multiple=True,
    metavar="FILE",
    help="A result, by its suffix; several by repeating.",
)
@reading_options
@quiet_option
def watch(source: str, targets: tuple[str, ...], quiet: bool, read_options: Any, **choices: Any) -> None:
    """Tells of each result as it is made."""
    from exporter.watch import Watch
    from exporter.writers.options import Options

    options = Options(**{name: choice for name, choice in choices.items() if choice})
    for reports in Watch(source, targets, options, read_options).rounds():
        for report in reports:
            if report.exit_code:
                status(f"exporter: {report.failure} {report.advice}".rstrip(), "red")
                continue
            say(report.target)
            if not quiet:
                status(f"done in {report.seconds:.2f} s", "green")


for _name in reversed(_HEEDED):
    watch = CHOICES[_name](watch)
