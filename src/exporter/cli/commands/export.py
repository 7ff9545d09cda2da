"""``exporter pdf`` and its siblings: one command for each line of the table of writers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from exporter.cli.options import (
    CHOICES,
    FAIL_ON,
    SOURCE_HELP,
    OneSource,
    bounded,
    examples,
    fail_when,
    json_option,
    quiet_option,
)
from exporter.cli.output import accounted, busy, print_json, print_notices, say, status
from exporter.cli.reading import reading_options
from exporter.errors import ExporterError

if TYPE_CHECKING:
    from exporter.results import Report
    from exporter.sources.policy import ReadOptions
    from exporter.writers import Writer


def command_of(writer: Writer) -> click.Command:
    """The command that writes this format, with the options that its writer takes."""

    @click.argument("source")
    @click.option(
        "-o",
        "--output",
        "target",
        metavar="FILE",
        help=f"A file, or a folder to take NAME{writer.suffix}; else it stands in this one. - is standard output.",
    )
    @reading_options
    @click.option("--again", is_flag=True, help="Of several pages, take those too that were taken before.")
    @click.option("--fail-on", type=FAIL_ON, help="Exit with 3 when a notice is as grave as this.")
    @click.option("--notices", "all_notices", is_flag=True, help="Spell out every notice, not the warnings only.")
    @bounded
    @json_option
    @quiet_option
    def command(**choices: Any) -> None:
        _export(writer, **choices)

    for name in reversed(writer.options):
        command = CHOICES[name](command)
    text = f"Writes {writer.summary}.\n\n{SOURCE_HELP}\n\n{examples(writer.name)}"
    return click.command(writer.name, OneSource, help=text)(command)


def _export(
    writer: Writer,
    source: str,
    target: str | None,
    fail_on: str | None,
    all_notices: bool,
    as_json: bool,
    quiet: bool,
    again: bool,
    read_options: ReadOptions,
    **wanted: str | bool | None,
) -> None:
    from exporter.pipeline import export, failed
    from exporter.sources import SeveralPages
    from exporter.writers.options import Options

    if as_json and target == "-":
        raise click.UsageError("--json and -o - both want standard output; name a file with -o.")
    options = Options(**{name: choice for name, choice in wanted.items() if choice})  # type: ignore[arg-type]  # by name
    try:
        with busy(f"{source} → {writer.name}", quiet):
            report = export(source, target, format=writer.name, options=options, read_options=read_options)
    except SeveralPages as several:
        from exporter.collection import export_all

        reports = export_all(several.entries, target, writer.name, options, read_options, again=again)
        _tell_all(reports, all_notices, as_json, quiet, fail_on)
        return
    except ExporterError as fault:
        if as_json:
            print_json(failed(source, target, fault))
        raise
    _tell(report, all_notices, as_json, quiet)
    fail_when(report.notices, fail_on)


def _tell(report: Report, all_notices: bool, as_json: bool, quiet: bool) -> None:
    if as_json:
        print_json(report)
    elif report.target != "-":
        say(report.target)
    if not quiet:
        print_notices(report.notices, all_notices)
        status(f"done in {report.seconds:.1f} s, {accounted(report.notices, all_notices)}", "green")


def _tell_all(reports: Iterable[Report], all_notices: bool, as_json: bool, quiet: bool, fail_on: str | None) -> None:
    """Tells of each page as it is done; ends with the exit code of the first that failed."""
    told: list[Report] = []
    for report in reports:
        told.append(report)
        if report.exit_code:
            page = "" if report.source in report.failure else f"{report.source}: "
            status(f"exporter: {page}{report.failure} {report.advice}".rstrip(), "red")
        elif not as_json:
            _tell(report, all_notices, False, quiet)
    if as_json:
        print_json(told)
    failures = [report.exit_code for report in told if report.exit_code]
    if not quiet:
        status(_sum_of(len(told) - len(failures), len(failures)), "yellow" if failures else "green")
    if failures:
        raise click.exceptions.Exit(failures[0])
    fail_when([each for report in told for each in report.notices], fail_on)


def _sum_of(made: int, failed: int) -> str:
    if not made and not failed:
        return "nothing new"
    return f"{made} {'page' if made == 1 else 'pages'} exported, {failed} failed"
