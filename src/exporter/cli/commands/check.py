"""``exporter check``: tells whether a finished EPUB or PDF is sound."""

from __future__ import annotations

import click

from exporter.cli.options import FAIL_ON, examples, fail_when, json_option, quiet_option
from exporter.cli.output import busy, counted, print_json, print_table, status


@click.command(
    help="Checks an EPUB or a PDF: structure, links, fonts, pictures; an EPUB by epubcheck too, where it is installed.\n\n"
    f"Exits with 3 when a finding is as grave as --fail-on says.\n\n{examples('check')}",
)
@click.argument("file")
@click.option("--fail-on", type=FAIL_ON, default="error", help="Exit with 3 when a finding is as grave; else: error.")
@json_option
@quiet_option
def check(file: str, fail_on: str, as_json: bool, quiet: bool) -> None:
    """Prints the findings, the gravest first."""
    from exporter.check import check as examined

    with busy(file, as_json or quiet):
        findings = examined(file)
    if as_json:
        print_json(findings)
    else:
        print_table(
            ("", "finding", "where"), [(each.severity, f"{each.code}: {each.message}", each.where) for each in findings]
        )
    if not (as_json or quiet):
        status(f"{file}: {counted(findings)}", "green" if not findings else "yellow")
    fail_when(findings, fail_on)
