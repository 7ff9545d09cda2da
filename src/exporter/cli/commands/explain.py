"""``exporter explain``: what became of each block of a page, and by which rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from exporter.cli.options import SOURCE_HELP, OneSource, examples, json_option, quiet_option
from exporter.cli.output import busy, print_json, print_notices, print_table, say, status
from exporter.cli.reading import reading_options

if TYPE_CHECKING:
    from exporter.results import Fate
    from exporter.sources.policy import ReadOptions


@click.command(
    cls=OneSource,
    help=f"Shows what each block of the page became, and by which rule.\n\n{SOURCE_HELP}\n\n{examples('explain')}",
)
@click.argument("source")
@reading_options
@click.option("--html", "target", metavar="FILE", help="Write the page itself, coloured by what each block became.")
@json_option
@quiet_option
def explain(source: str, read_options: ReadOptions, target: str | None, as_json: bool, quiet: bool) -> None:
    """Prints the fates of a reading, or writes the page that shows them."""
    from exporter.pipeline import check_explanation, opened, read
    from exporter.pipeline import explain as write_explanation
    from exporter.runtime.files import check_target

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
        print_table(("became", "rule", "block", "where", "text"), [_fate_row(fate) for fate in reading.fates])
    if not quiet:
        print_notices(() if target else reading.notices, every=True)
        _tell_kept(reading.fates)


def _tell_kept(fates: Sequence[Fate]) -> None:
    out = sum(fate.became == "left out" for fate in fates)
    kept = f"{len(fates) - out} blocks kept, {out} left out"
    status(kept if fates else "nothing was decided: the file says itself what everything is", "green")


def _fate_row(fate: Fate) -> tuple[str, ...]:
    from exporter.notices import excerpt

    return (fate.became, fate.rule, fate.identity, fate.where, excerpt(fate.text))
