"""``exporter correct``: a file of corrections for a page, with a line for each of its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exporter.cli.options import SOURCE_HELP, OneSource, examples, quiet_option
from exporter.cli.output import busy, say, status
from exporter.cli.reading import reading_options

if TYPE_CHECKING:
    from exporter.sources.policy import ReadOptions


@click.command(
    cls=OneSource,
    help="Writes a file of corrections with a line for each block of the page: what it was taken for, why, its first "
    "words. Nothing is corrected until a line is opened (docs/correcting.md). It stands beside the page as "
    f"NAME.corrections.toml, where every command finds it.\n\n{SOURCE_HELP}\n\n{examples('correct')}",
)
@click.argument("source")
@click.option(
    "-o", "--output", "target", metavar="FILE", help="Write it there, for --corrections. - is standard output."
)
@click.option(
    "--force", is_flag=True, help="Put lines for new blocks into a file that is there; nothing of it is lost."
)
@reading_options
@quiet_option
def correct(source: str, target: str | None, force: bool, read_options: ReadOptions, quiet: bool) -> None:
    """Prints the path of the file, and how to go on."""
    from exporter.pipeline import opened, write_corrections

    page = opened(source, read_options)
    with busy(source, quiet):
        place, count = write_corrections(page, target, read_options=read_options, force=force)
    if place != "-":
        say(place)
    if not quiet:
        status(f"{count} blocks; open the lines of those that are wrong, then export the page again", "green")
