"""``exporter proof``: what a proof-reader finds on the pages of the PDF, before and after the typesetting loop."""

from __future__ import annotations

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
from exporter.cli.output import busy, number, print_json, print_table, status
from exporter.cli.reading import reading_options

if TYPE_CHECKING:
    from exporter.notices import Notice
    from exporter.sources.policy import ReadOptions


@click.command(
    cls=OneSource,
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
        told = f"{number('page', proofs.pages)}, set {number('time', proofs.passes)}"
        marked = f"{number('finding', len(proofs.before))} before, {len(proofs.after)} after"
        status(f"{told}: {marked}", "yellow" if proofs.after else "green")
    fail_when(proofs.after, fail_on)


def _proof_row(when: str, each: Notice) -> tuple[str, ...]:
    return (when, f"{each.code}: {each.message}", each.where)
