"""``exporter opds``: a catalogue of a folder of exports, as files that any web server serves."""

from __future__ import annotations

import click

from exporter.cli.options import examples, json_option, quiet_option
from exporter.cli.output import busy, number, print_json, print_notices, say, status
from exporter.errors import PARTIAL_EXIT_CODE

_TEXT = """Makes an OPDS catalogue of the EPUBs and PDFs below DIR, in DIR/opds.

Reading programs browse it by title, person, series and language. It is made of files only, which any web server serves.
"""


@click.command("opds", help=f"{_TEXT}\n{examples('opds')}")
@click.argument("folder", metavar="DIR")
@click.option("--title", metavar="TEXT", default="", help="The catalogue's title; else the folder's name.")
@click.option("--language", metavar="TAG", default="en", help="The language of its headings, such as de; else en.")
@json_option
@quiet_option
def opds(folder: str, title: str, language: str, as_json: bool, quiet: bool) -> None:
    """Writes the catalogue and prints where it starts."""
    from exporter.catalogue import catalogue

    with busy(folder, as_json or quiet):
        report = catalogue(folder, title=title, language=language)
    if as_json:
        print_json(report)
    else:
        say(report.target)
        print_notices(report.notices, every=False)
    left_out = sum(each.code == "publication-left-out" for each in report.notices)
    if not (as_json or quiet):
        told = f"{number('publication', report.publications)}, {number('file', left_out)} left out"
        status(told, "yellow" if left_out else "green")
    if left_out:
        raise click.exceptions.Exit(PARTIAL_EXIT_CODE)
