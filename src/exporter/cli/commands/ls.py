"""The command that lists what a source holds: ``ls``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exporter.cli.options import examples, json_option
from exporter.cli.output import busy, print_rows, status
from exporter.cli.reading import listing_options

if TYPE_CHECKING:
    from exporter.sources.policy import ReadOptions


@click.command(
    "ls",
    help="Lists the pages that SOURCE holds, as they would be exported: of a feed, a list of addresses, a sitemap, an "
    f"archive of the web, a ZIP. No page of a list is fetched for it.\n\n{examples('ls')}",
)
@click.argument("source")
@listing_options
@json_option
def ls(source: str, read_options: ReadOptions, as_json: bool) -> None:
    """Prints a line a page: its date, title and address."""
    from exporter.sources import entries_of

    with busy(source, as_json):
        found = list(entries_of(source, read_options))
    rows = [(each.published[:10] or "-", each.title or "-", each.address or source) for each in found]
    print_rows(("published", "title", "address"), rows, as_json)
    if not as_json:
        status(f"{len(rows)} {'page' if len(rows) == 1 else 'pages'}", "green")
