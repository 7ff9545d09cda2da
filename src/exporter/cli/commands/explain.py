"""Commands that look into a page or a result: ``explain``, ``proof`` and ``check``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from exporter.cli.options import (
    CHOICES,
    FAIL_ON,
    SOURCE_HELP,
    OneSource,
    examples,
    fail_when,
    json_option,
    quiet_option,
)
from exporter.cli.output import busy, counted, print_json, print_notices, print_table, say, status
from exporter.cli.reading import reading_options

if TYPE_CHECKING:
    from exporter.notices import Notice
    from exporter.results import Fate
    from exporter.sources.policy import ReadOptions


@click.command(
    cls=OneSource,
    short_help="Shows what became of each block of the page.",
    help=f"Shows what each block of the page became, and by which rule.\n\n{SOURCE_HELP}\n\n{examples('explain')}",
)
@click.argument("source")
@reading_options
@click.option("--html", "target", metavar="FILE", help="Write the page itself, coloured by what each block became.")
@json_option
@quiet_option
def explain(source: str, read_options: ReadOptions, target: str | None, as_json: bool, quiet: bool) -> None:
    """Prints the fates of a reading, or writes the page that shows them."""
    from exporter.files import check_target
    from exporter.pipeline import check_explanation, opened, read
    from exporter.pipeline import explain as write_explanation

    if as_json and target is not None:
        raise click.UsageError("--json and --html are two ways to tell the same; ask for one of them.")
    if target is not None:
        check_target(target)
    page = opened(source, read_options)
    if target is not None:
        check_explanation(target, page)
    with busy(source, as_json or quiet):
        reading = read(page, read_options=read_options)
    if as_json:
        print_json({"fates": reading.fates, "notices": reading.notices})
        return
    if target is not None:
        write_explanation(reading, target, source=page)
        if target != "-":
            say(target)
    else:
        print_table(("became", "rule", "where", "text"), [_fate_row(fate) for fate in reading.fates])
    if not quiet:
        print_notices(() if target else reading.notices, every=True)
        _tell_kept(reading.fates)


def _tell_kept(fates: Sequence[Fate]) -> None:
    out = sum(fate.became == "left out" for fate in fates)
    status(
        f"{len(fates) - out} blocks kept, {out} left out" if fates else "a document of exporter: taken as it is",
        "green",
    )


def _fate_row(fate: Fate) -> tuple[str, ...]:
    from exporter.notices import excerpt

    return (fate.became, fate.rule, fate.where, excerpt(fate.text))


@click.command(
    short_help="Checks a finished EPUB or PDF.",
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


@click.command(
    cls=OneSource,
    short_help="Shows what a proof-reader finds in the PDF.",
    help="Shows what a proof-reader finds on the pages of the PDF: as they fall, and after what can be mended is mended.\n\n"
    f"{SOURCE_HELP}\n\n{examples('proof')}",
)
@click.argument("source")
@CHOICES["theme"]
@CHOICES["style"]
@CHOICES["paper"]
@CHOICES["verbatim"]
@reading_options
@click.option("--fail-on", type=FAIL_ON, help="Exit with 3 when what is left is as grave as this.")
@json_option
@quiet_option
def proof(
    source: str,
    read_options: ReadOptions,
    fail_on: str | None,
    as_json: bool,
    quiet: bool,
    **wanted: str | bool | None,
) -> None:
    """Prints the findings before and after the typesetting loop, page by page; writes no PDF."""
    from exporter.pipeline import proofread, read
    from exporter.writers.options import Options

    options = Options(**{name: choice for name, choice in wanted.items() if choice})  # type: ignore[arg-type]  # by name
    with busy(source, as_json or quiet):
        reading = read(source, read_options=read_options)
        proofs = proofread(reading.document, options)
    if as_json:
        print_json(proofs)
    else:
        found = (("before", proofs.before), ("after", proofs.after))
        print_table(("", "finding", "where"), [_proof_row(when, each) for when, those in found for each in those])
    if not (as_json or quiet):
        told = f"{proofs.pages} pages, set {proofs.passes} times: {len(proofs.before)} findings before,"
        status(f"{told} {len(proofs.after)} after", "yellow" if proofs.after else "green")
    fail_when(proofs.after, fail_on)


def _proof_row(when: str, each: Notice) -> tuple[str, ...]:
    return (when, f"{each.code}: {each.message}", each.where)


COMMANDS: tuple[click.Command, ...] = (explain, proof, check)
