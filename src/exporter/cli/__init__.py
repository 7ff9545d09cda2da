"""The command line: parse, call, print. ``docs/cli.md`` is its manual, exit codes included.

Each command is a module of ``commands/`` and a line of its table ``COMMANDS``.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

import click

from exporter.cli.commands import COMMANDS, export_command
from exporter.cli.output import status
from exporter.errors import INTERNAL_EXIT_CODE, ExporterError, MemoryLimitExceeded, WriteError
from exporter.runtime.signals import INTERRUPTED_EXIT_CODE, Ended, last_words, settled

BROKEN_PIPE_EXIT_CODE = 141


class _Group(click.Group):
    """Commands in the order of their table, each loaded when it is asked for; advice for those who forgot the command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table."""
        return [each.name for each in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, of the table or of a format that another package writes."""
        if cmd_name not in self.commands:
            for line in COMMANDS:
                if line.name == cmd_name:
                    self.add_command(line.command())
                    return self.commands[cmd_name]
            self._add_offered(cmd_name)
        return self.commands.get(cmd_name)

    def all_commands(self) -> dict[str, click.Command]:
        """Every command of the table, by name."""
        return {each.name: self.commands.get(each.name) or each.command() for each in COMMANDS}

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Prints names and summaries as the table has them, for which no command need be loaded."""
        with formatter.section("Commands"):
            formatter.write_dl([(each.name, each.summary) for each in COMMANDS])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command; for a path in its place, how to call one with it."""
        is_known = any(args[0] == each.name for each in COMMANDS) or args[0] in self.commands
        if not is_known and (os.path.exists(args[0]) or "." in args[0]):  # noqa: PTH110 - any argument
            raise click.UsageError(f"{args[0]!r} is no command. To export it, say: exporter pdf {args[0]}", ctx)
        return super().resolve_command(ctx, args)

    def _add_offered(self, name: str) -> None:
        from exporter.runtime.plugins import offered

        if name in offered("writers"):
            self.add_command(export_command(offered("writers")[name]))


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from exporter.runtime.distribution import own_version

        click.echo(f"exporter {own_version() or '(not installed)'}")
        ctx.exit()


HELP = """Turns a web interview into a magazine PDF, an EPUB and more.

\b
  exporter pdf interview.html              writes interview.pdf
  exporter epub saved-page/ -o talk.epub   a folder with one page and its pictures
  exporter explain interview.html          what became of each block of the page
  exporter doctor                          is all here that is needed?

The result's path goes to standard output, everything else to standard error. Exit codes: 0 done, 2 wrong call, 3 too
many notices (--fail-on), 10 source, 20 no article, 30 document, 40 theme, 50 output, 70 a fault of exporter itself.
"""


@click.group(cls=_Group, help=HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version."
)
@click.option("--profile", metavar="NAME", help="Use this profile of your defaults (docs/cli.md).")
@click.option(
    "--config",
    metavar="FILE",
    envvar="EXPORTER_CONFIG",
    help="Your defaults; none: none; else config.toml in your own folder.",
)
@click.pass_context
def cli(ctx: click.Context, profile: str | None, config: str | None) -> None:
    """The group; HELP is its help."""
    from exporter.cli.defaults import default_map

    ctx.default_map = default_map(cli.all_commands, config, profile)


def run(arguments: Sequence[str]) -> int:
    """Runs the command line and gives its exit code. Nothing gets past it: an error is one line on standard error."""
    try:
        outcome = cli.main(list(arguments), prog_name="exporter", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.format_message(), err=True)
        return fault.exit_code
    except click.ClickException as fault:
        return _complain(_advised(fault), fault.exit_code)
    except ExporterError as fault:
        return _complain(str(fault), fault.exit_code)
    except MemoryError:
        return _complain(str(MemoryLimitExceeded()), MemoryLimitExceeded.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _complain(last_words(INTERRUPTED_EXIT_CODE), INTERRUPTED_EXIT_CODE)
    except Ended as fault:
        return ended(fault)
    except SystemExit as fault:
        # Click ends so when whoever read standard output has gone; it has silenced what is still buffered.
        return BROKEN_PIPE_EXIT_CODE if fault.code == 1 else int(fault.code or 0)
    except Exception as fault:  # noqa: BLE001 - a traceback helps nobody who did not write this program
        return _unexpected(fault)


def ended(fault: Ended) -> int:
    """Says that a signal has ended the program, and gives the exit code."""
    settled()
    exit_code = int(fault.code or 0)
    return _complain(last_words(exit_code), exit_code)


def _complain(line: str, exit_code: int) -> int:
    status(f"exporter: {' '.join(line.split())}", "red")
    return exit_code


def _advised(fault: click.ClickException) -> str:
    context = getattr(fault, "ctx", None)
    path = context.command_path if context else "exporter"
    return f"{fault.format_message()} Try: {path} --help"


def _unexpected(fault: Exception) -> int:
    if isinstance(fault, OSError) and fault.errno == errno.ENOSPC:  # Click prints help itself
        return _complain(
            f"Standard output cannot be written: {fault.strerror}. Check where it leads.", WriteError.exit_code
        )
    if os.environ.get("EXPORTER_TRACEBACK"):
        import traceback

        traceback.print_exception(fault, file=sys.stderr)
    line = f"This is a fault of exporter: {type(fault).__name__}: {fault}."
    advice = "Run it again with EXPORTER_TRACEBACK=1 and report what it prints, with the page if you may."
    return _complain(f"{line} {advice}", INTERNAL_EXIT_CODE)


def open_streams() -> None:
    """Gives closed standard streams their numbers back, lest the result gets one of them and others write into it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115 - for as long as the program lasts


def close_streams() -> None:
    """Python writes what is left at its end, and fails in its own words where it cannot."""
    for name in ("stdout", "stderr"):
        try:
            if getattr(sys, name):
                getattr(sys, name).flush()
        except OSError:
            setattr(sys, name, None)  # as Python itself marks a closed one
