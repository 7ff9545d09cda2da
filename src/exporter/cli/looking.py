"""Commands that look into a page or a result: ``explain`` and ``check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exporter.cli.options import FAIL_ON, SOURCE_HELP, examples, fail_when, json_option, reading_options
from exporter.cli.printing import busy, counted, print_json, print_notices, print_table, status

if TYPE_CHECKING:
    from exporter.notices import Fate


@click.command(
    help=f"Shows what each block of the page became, and by which rule.\n\n{SOURCE_HELP}\n\n{examples('explain')}"
)
@click.argument("source")
@reading_options
@json_option
def explain(source: str, source_format: str | None, base_url: str, site: str | None, as_json: bool) -> None:
    """Prints the fates of a reading."""
    from exporter.pipeline import read

    with busy(source, as_json):
        reading = read(source, format=source_format, base_url=base_url, site=site)
    if as_json:
        print_json({"fates": reading.fates, "notices": reading.notices})
        return
    print_table(("became", "rule", "where", "text"), [_fate_row(fate) for fate in reading.fates])
    print_notices(reading.notices, every=True)
    out = sum(fate.became == "left out" for fate in reading.fates)
    kept = len(reading.fates) - out
    status(
        f"{kept} blocks kept, {out} left out" if reading.fates else "a document of exporter: taken as it is", "green"
    )


def _fate_row(fate: Fate) -> tuple[str, ...]:
    from exporter.notices import excerpt

    return (fate.became, fate.rule, fate.where, excerpt(fate.text))


@click.command(
    help="Checks an EPUB or a PDF: structure, links, fonts, pictures; an EPUB by epubcheck too, where it is installed.\n\n"
    f"Exits with 3 when a finding is as grave as --fail-on says.\n\n{examples('check')}"
)
@click.argument("file")
@click.option("--fail-on", type=FAIL_ON, default="error", help="Exit with 3 when a finding is as grave; else: error.")
@json_option
def check(file: str, fail_on: str, as_json: bool) -> None:
    """Prints the findings, the gravest first."""
    from exporter.check import check as examined

    with busy(file, as_json):
        findings = examined(file)
    if as_json:
        print_json(findings)
    else:
        print_table(
            ("", "finding", "where"), [(each.severity, f"{each.code}: {each.message}", each.where) for each in findings]
        )
        status(f"{file}: {counted(findings)}", "green" if not findings else "yellow")
    fail_when(findings, fail_on)


COMMANDS: tuple[click.Command, ...] = (explain, check)
