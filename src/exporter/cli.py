"""The command line: parse, call, print. ``docs/cli.md`` is its manual, exit codes included."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from exporter.errors import INTERNAL_EXIT_CODE, NOTICES_EXIT_CODE, ExporterError
from exporter.writers import WRITERS, Writer

if TYPE_CHECKING:
    from exporter.notices import Fate, Notice
    from exporter.pipeline import Report

INTERRUPTED_EXIT_CODE = 130
BROKEN_PIPE_EXIT_CODE = 141

_SOURCE_HELP = "SOURCE is a saved page, a folder with one saved page in it, or - for standard input."
_EXAMPLES: dict[str, tuple[str, ...]] = {
    "pdf": ("exporter pdf interview.html", "exporter pdf saved-page/ -o interview.pdf --paper a5"),
    "epub": (
        "exporter epub interview.html",
        "exporter epub interview.html --page-list --paper a5",
        "exporter epub interview.html --device eink-6 --cover face.jpg",
        "curl -s ADDRESS | exporter epub - -o interview.epub",
    ),
    "html": ("exporter html interview.html -o clean.html",),
    "markdown": ("exporter markdown interview.html -o - | less",),
    "text": ("exporter text interview.html -o - | wc -w",),
    "json": ("exporter json interview.html", "exporter pdf interview.json    (after your corrections)"),
    "check": ("exporter check interview.epub", "exporter check interview.pdf --fail-on warning"),
    "explain": ("exporter explain interview.html", "exporter explain interview.html --json > fates.json"),
}


class _Group(click.Group):
    """Commands in the order of their table, and advice for those who forgot the command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order in which they were added."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command; for a path in its place, how to call one with it."""
        if args[0] not in self.commands and (os.path.exists(args[0]) or "." in args[0]):  # noqa: PTH110 - any argument
            raise click.UsageError(f"{args[0]!r} is no command. To export it, say: exporter pdf {args[0]}", ctx)
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"exporter {_own_version()}")
        ctx.exit()


def _own_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("exporter")
    except PackageNotFoundError:
        return "(not installed)"


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version."
)
def cli() -> None:
    r"""Turns a saved web interview into a magazine PDF, an EPUB and more.

    \b
    exporter pdf interview.html              writes interview.pdf
    exporter epub saved-page/ -o talk.epub   a folder with one page and its pictures
    exporter explain interview.html          what became of each block of the page
    exporter doctor                          is all here that is needed?

    The result's path goes to standard output, everything else to standard error. Exit codes: 0 done, 2 wrong call, 3 too
    many notices (--fail-on), 10 source, 20 no article, 30 document, 40 theme, 50 output, 70 a fault of exporter itself.
    """


_json_option = click.option("--json", "as_json", is_flag=True, help="Print a report for programs to standard output.")
_from_option = click.option(
    "--from", "source_format", metavar="FORMAT", help="Read as html, text or json; else told by content."
)
_base_option = click.option(
    "--base-url", default="", metavar="URL", help="The web address that the page was saved from."
)
_site_option = click.option("--site", metavar="NAME", help="Use the rules of this site; else told by the address.")
_THEME = click.option("--theme", metavar="NAME", help="A theme (see: exporter themes), or a folder that holds one.")
_PAPER = click.option(
    "--paper", metavar="SIZE", help="a4, a5, b5, letter, legal or such as 200x260mm; else the theme's own."
)
_COVER = click.option(
    "--cover", metavar="FILE", help="A picture to be the cover, or none; else the theme composes one."
)
_DEVICE = click.option("--device", metavar="NAME", help="Make the pictures for it; see: exporter devices.")
_MAX_SIZE = click.option("--max-size", metavar="SIZE", help="Such as 50MB: pictures are made smaller until it fits.")
_PAGE_LIST = click.option("--page-list", is_flag=True, help="Mark where the pages of the PDF (on --paper) begin.")
_KEPUB = click.option("--kepub", is_flag=True, help="For Kobo's own reader: writes NAME.kepub.epub.")
_CHOICES: dict[str, Callable[..., Any]] = {
    "theme": _THEME,
    "paper": _PAPER,
    "cover": _COVER,
    "device": _DEVICE,
    "max_size": _MAX_SIZE,
    "page_list": _PAGE_LIST,
    "kepub": _KEPUB,
}
_FAIL_ON = click.Choice(["info", "warning", "error"])


def _export_command(writer: Writer) -> click.Command:
    """``exporter pdf`` and its siblings: one command a line of the table of writers."""

    @click.argument("source")
    @click.option(
        "-o",
        "--output",
        "target",
        metavar="FILE",
        help=f"Else NAME{writer.suffix} in this folder; - is standard output.",
    )
    @_from_option
    @_base_option
    @_site_option
    @click.option("--fail-on", type=_FAIL_ON, help="Exit with 3 when a notice is as grave as this.")
    @click.option("--notices", "all_notices", is_flag=True, help="Spell out every notice, not the warnings only.")
    @_json_option
    @click.option("-q", "--quiet", is_flag=True, help="Print nothing but the result's path, and errors.")
    def command(**choices: Any) -> None:
        _export(writer, **choices)

    for name in reversed(writer.heeds):
        command = _CHOICES[name](command)
    text = f"Writes {writer.summary}.\n\n{_SOURCE_HELP}\n\n{_examples(writer.name)}"
    return click.command(writer.name, help=text, short_help=writer.summary)(command)


def _examples(name: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in _EXAMPLES[name])


def _export(
    writer: Writer,
    source: str,
    target: str | None,
    fail_on: str | None,
    all_notices: bool,
    as_json: bool,
    quiet: bool,
    source_format: str | None,
    base_url: str,
    site: str | None,
    **wanted: str | bool | None,
) -> None:
    from exporter.pipeline import export, failed
    from exporter.writers.options import Options

    if as_json and target == "-":
        raise click.UsageError("--json and -o - both want standard output; name a file with -o.")
    options = Options(**{name: choice for name, choice in wanted.items() if choice})  # type: ignore[arg-type]  # by name
    try:
        with _busy(f"{source} → {writer.name}", quiet):
            report = export(
                *(source, target),
                format=writer.name,
                source_format=source_format,
                base_url=base_url,
                site=site,
                options=options,
            )
    except ExporterError as fault:
        if as_json:
            _print_json(failed(source, target, fault))
        raise
    _tell(report, all_notices, as_json, quiet)
    _fail_on(report.notices, fail_on)


def _tell(report: Report, all_notices: bool, as_json: bool, quiet: bool) -> None:
    if as_json:
        _print_json(report)
    elif report.target != "-":
        click.echo(report.target)
    if not quiet:
        _print_notices(report.notices, all_notices)
        _status(f"done in {report.seconds:.1f} s, {_counted(report.notices)}", "green")


def _fail_on(notices: Sequence[Notice], severity: str | None) -> None:
    from exporter.notices import at_least

    if severity and at_least(notices, severity):  # type: ignore[arg-type]  # click.Choice has checked it
        raise click.exceptions.Exit(NOTICES_EXIT_CODE)


def _counted(notices: Sequence[Notice]) -> str:
    if not notices:
        return "no notices"
    grave = sum(each.severity != "info" for each in notices)
    total = f"{len(notices)} notice{'s' if len(notices) > 1 else ''}"
    return (
        f"{total}, {grave} of them {'warnings' if grave > 1 else 'a warning'}"
        if grave
        else f"{total} (--notices shows them)"
    )


for _writer in WRITERS:
    cli.add_command(_export_command(_writer))


# ---------------------------------------------------------------------------------------------------------- other commands


@cli.command(
    help=f"Shows what each block of the page became, and by which rule.\n\n{_SOURCE_HELP}\n\n{_examples('explain')}"
)
@click.argument("source")
@_from_option
@_base_option
@_site_option
@_json_option
def explain(source: str, source_format: str | None, base_url: str, site: str | None, as_json: bool) -> None:
    """Prints the fates of a reading."""
    from exporter.pipeline import read

    with _busy(source, as_json):
        reading = read(source, format=source_format, base_url=base_url, site=site)
    if as_json:
        _print_json({"fates": reading.fates, "notices": reading.notices})
        return
    _print_table(("became", "rule", "where", "text"), [_fate_row(fate) for fate in reading.fates])
    _print_notices(reading.notices, every=True)
    out = sum(fate.became == "left out" for fate in reading.fates)
    kept = len(reading.fates) - out
    _status(
        f"{kept} blocks kept, {out} left out" if reading.fates else "a document of exporter: taken as it is", "green"
    )


def _fate_row(fate: Fate) -> tuple[str, ...]:
    from exporter.notices import excerpt

    return (fate.became, fate.rule, fate.where, excerpt(fate.text))


@cli.command()
@_json_option
def formats(as_json: bool) -> None:
    """Lists the formats that can be read and written."""
    from exporter.readers import READERS

    rows = [("read", reader.name, " ".join(reader.suffixes), reader.summary) for reader in READERS]
    rows += [("write", writer.name, writer.suffix, writer.summary) for writer in WRITERS]
    _print_rows(("for", "format", "suffix", "what it is"), rows, as_json)


@cli.command()
@_json_option
def themes(as_json: bool) -> None:
    """Lists the themes."""
    from exporter.themes import load, theme_names

    found = [(name, load(name).manifest) for name in theme_names()]
    rows = [(name, theme.paper, theme.summary) for name, theme in found]
    _print_rows(("theme", "paper", "what it is"), rows, as_json)


@cli.command()
@_json_option
def devices(as_json: bool) -> None:
    """Lists the devices that --device of epub knows."""
    from exporter.devices import devices as known

    rows = [(name, device.budget or "-", device.summary) for name, device in known().items()]
    _print_rows(("device", "size", "what it is"), rows, as_json)


@cli.command()
@_json_option
def doctor(as_json: bool) -> None:
    """Checks what is installed, and names the command that mends what is missing.

    Exits with 1 when something needed is missing.
    """
    from exporter.doctor import examine

    with _busy("examining", as_json):
        findings = examine()
    if as_json:
        _print_json(findings)
    else:
        _print_table(
            ("", "part", "found"), [("ok" if each.ok else each.weight, each.part, each.found) for each in findings]
        )
        for remedy in dict.fromkeys(each.remedy for each in findings if each.remedy):
            click.echo(f"To mend it: {remedy}", err=True)
    if any(not each.ok and each.weight == "needed" for each in findings):
        raise click.exceptions.Exit(1)


@cli.command(
    help="Checks an EPUB or a PDF: structure, links, fonts, pictures; an EPUB by epubcheck too, where it is installed.\n\n"
    f"Exits with 3 when a finding is as grave as --fail-on says.\n\n{_examples('check')}"
)
@click.argument("file")
@click.option("--fail-on", type=_FAIL_ON, default="error", help="Exit with 3 when a finding is as grave; else: error.")
@_json_option
def check(file: str, fail_on: str, as_json: bool) -> None:
    """Prints the findings, the gravest first."""
    from exporter.check import check as examined

    with _busy(file, as_json):
        findings = examined(file)
    if as_json:
        _print_json(findings)
    else:
        _print_table(
            ("", "finding", "where"), [(each.severity, f"{each.code}: {each.message}", each.where) for each in findings]
        )
        _status(f"{file}: {_counted(findings)}", "green" if not findings else "yellow")
    _fail_on(findings, fail_on)


@cli.command()
def schema() -> None:
    """Prints the JSON Schema of the json format."""
    from exporter.codec import schema as document_schema

    _print_json(document_schema())


# ---------------------------------------------------------------------------------------------------------------- printing


def _print_json(value: object) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def _print_rows(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], as_json: bool) -> None:
    if as_json:
        _print_json([dict(zip(heads, row, strict=True)) for row in rows])
    else:
        _print_table(heads, rows)


def _print_table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """A ruled table on a terminal; columns parted by two spaces in a pipe or a file."""
    if not sys.stdout.isatty():
        for line in _columns(rows):
            click.echo(line)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="dim")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_printable(cell)) for cell in row))  # as text, never as markup: these are the page's words
    Console().print(table)


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = ("  ".join(_printable(cell).ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return [line.rstrip() for line in padded]


def _print_notices(notices: Sequence[Notice], every: bool) -> None:
    for each in notices:
        if every or each.severity != "info":
            place = f" ({each.where})" if each.where else ""
            _status(f"{each.severity}: {each.message}{place}", "yellow" if each.severity != "info" else "dim")


def _status(line: str, style: str) -> None:
    """A line on standard error; coloured on a terminal, unless NO_COLOR is set."""
    if not sys.stderr.isatty():
        click.echo(_printable(line), err=True)
        return
    from rich.console import Console
    from rich.text import Text

    Console(stderr=True, highlight=False).print(Text(_printable(line), style), soft_wrap=True)


def _printable(words: str) -> str:
    """The words without control characters: those of a page must not steer the terminal."""
    return "".join(each if each.isprintable() else " " for each in words)


def _busy(doing: str, quiet: bool) -> Any:
    """A sign of life on a terminal while something takes its time."""
    from contextlib import nullcontext

    if quiet or not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console
    from rich.text import Text

    return Console(stderr=True).status(Text(_printable(doing)))


# ----------------------------------------------------------------------------------------------------------------- calling


def run(arguments: Sequence[str]) -> int:
    """Runs the command line and gives its exit code. Nothing gets past it: an error is one line on standard error."""
    try:
        outcome = cli.main(list(arguments), prog_name="exporter", standalone_mode=False)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.format_message(), err=True)
        return fault.exit_code
    except click.ClickException as fault:
        return _complain(_advised(fault), fault.exit_code)
    except ExporterError as fault:
        return _complain(str(fault), fault.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _complain("Interrupted; nothing was written.", INTERRUPTED_EXIT_CODE)
    except SystemExit as fault:
        # Click ends so when whoever read standard output has gone; it has silenced what is still buffered.
        return BROKEN_PIPE_EXIT_CODE if fault.code == 1 else int(fault.code or 0)
    except Exception as fault:  # noqa: BLE001 - a traceback helps nobody who did not write this program
        return _unexpected(fault)


def _complain(line: str, exit_code: int) -> int:
    _status(f"exporter: {' '.join(line.split())}", "red")
    return exit_code


def _advised(fault: click.ClickException) -> str:
    context = getattr(fault, "ctx", None)
    path = context.command_path if context else "exporter"
    return f"{fault.format_message()} Try: {path} --help"


def _unexpected(fault: Exception) -> int:
    if os.environ.get("EXPORTER_TRACEBACK"):
        import traceback

        traceback.print_exception(fault, file=sys.stderr)
    line = f"This is a fault of exporter: {type(fault).__name__}: {fault}."
    advice = "Run it again with EXPORTER_TRACEBACK=1 and report what it prints, with the page if you may."
    return _complain(f"{line} {advice}", INTERNAL_EXIT_CODE)


def _terminated(number: int, _: object) -> NoReturn:
    """Ends as an interruption does: with everything tidied up."""
    raise SystemExit(128 + number)


def main() -> NoReturn:
    """The console script."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _terminated)
    sys.exit(run(sys.argv[1:]))
