"""``exporter bind``: many sources, or a plan of them, into one book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from exporter.cli.options import CHOICES, FAIL_ON, examples, fail_when, json_option, quiet_option
from exporter.cli.output import accounted, busy, print_json, print_notices, say, status
from exporter.cli.reading import sources_options
from exporter.errors import NOTICES_EXIT_CODE, ExporterError, UsageError
from exporter.writers import WRITERS

_HEEDED = tuple(name for name in CHOICES if any(name in writer.options for writer in WRITERS if writer.book_module))
_TEXT = """Binds many sources into one book, PDF or EPUB as the output is named.

SOURCE is a saved page, a folder with one saved page in it, or a document of exporter; they stand in the book in the order
given. One SOURCE that is a book.toml says all of it: title, editors, parts, foreword, looks.
"""


@click.command("bind", help=f"{_TEXT}\n{examples('bind')}")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--output", "target", required=True, metavar="FILE", help="The book: NAME.pdf or NAME.epub.")
@click.option("--title", metavar="TEXT", help="The title of the book; else the output's name.")
@click.option(
    "--editor", "editors", multiple=True, metavar="NAME", help="Who put it together; more than once for several."
)
@click.option(
    "--keep-going", is_flag=True, help="Leave out what cannot be read; the imprint names it, and the exit code is 3."
)
@sources_options
@click.option("--fail-on", type=FAIL_ON, help="Exit with 3 when a notice is as grave as this.")
@click.option("--notices", "all_notices", is_flag=True, help="Spell out every notice, not the warnings only.")
@json_option
@quiet_option
def bind(
    sources: tuple[str, ...],
    target: str,
    title: str | None,
    editors: tuple[str, ...],
    keep_going: bool,
    fail_on: str | None,
    all_notices: bool,
    as_json: bool,
    quiet: bool,
    **choices: Any,
) -> None:
    """Reads the sources, binds them, prints the book's path."""
    from exporter import books
    from exporter.pipeline import failed
    from exporter.writers.options import Options

    read_options = choices.pop("read_options")
    try:
        plan = _plan(sources, target, title, editors)
        plan, choices = _looks(plan, choices)
        options = Options(**{name: choice for name, choice in choices.items() if choice})
        with busy(f"{plan.title} → {target}", quiet):
            report = books.bind(plan, target, options=options, read_options=read_options, keep_going=keep_going)
    except ExporterError as fault:
        if as_json:
            print_json(failed(" ".join(sources), target, fault))
        raise
    if as_json:
        print_json(report)
    else:
        say(report.target)
    if not quiet:
        print_notices(report.notices, all_notices)
        status(f"done in {report.seconds:.1f} s, {accounted(report.notices, all_notices)}", "green")
    fail_when(report.notices, fail_on)
    if any(each.code == "source-left-out" for each in report.notices):
        raise click.exceptions.Exit(NOTICES_EXIT_CODE)


def _plan(sources: tuple[str, ...], target: str, title: str | None, editors: tuple[str, ...]) -> Any:
    from msgspec.structs import replace

    from exporter import books
    from exporter.belongings import protect

    plans = [each for each in sources if each.lower().endswith(".toml")]
    if plans and len(sources) > 1:
        raise UsageError(f"{plans[0]} is a plan of a whole book and stands alone.", "Name the other sources in it.")
    if plans:
        protect(target, None, plans)
    plan = books.plan_of(plans[0]) if plans else books.BookPlan(title=Path(target).stem, articles=sources)
    return replace(plan, title=title or plan.title, editors=editors or plan.editors)


def _looks(plan: Any, choices: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Plan and choices, each look in one of them: the call goes before the plan, and that before defaults of one's own."""
    from msgspec.structs import replace

    context = click.get_current_context()
    planned = {name for name in ("theme", "paper", "cover") if getattr(plan, name)}
    said = {name for name in planned if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    plan = replace(plan, **dict.fromkeys(said, ""))
    return plan, {name: choice for name, choice in choices.items() if name not in planned - said}


for _name in reversed(_HEEDED):
    bind = CHOICES[_name](bind)
