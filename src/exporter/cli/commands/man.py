"""The manual page, made of the same words as ``--help``: ``exporter man`` prints it in the form that ``man`` reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from exporter.cli.output import say


@click.command()
@click.pass_context
def man(ctx: click.Context) -> None:
    """Prints the manual page, as in: exporter man > ~/.local/share/man/man1/exporter.1 ."""
    root = ctx.find_root()
    say("\n".join(page_of(root)))


def page_of(root: click.Context) -> Iterator[str]:
    """The lines of the page, in the macros of man(7)."""
    group = root.command
    yield '.TH EXPORTER 1 "" "exporter" "User Commands"'
    yield ".SH NAME"
    yield r"exporter \- " + _plain((group.help or "").strip().split("\n")[0].rstrip("."))
    yield ".SH SYNOPSIS"
    yield r".B exporter"
    yield r"[\fIOPTIONS\fR] \fICOMMAND\fR [\fIARGUMENTS\fR]"
    yield ".SH DESCRIPTION"
    yield from _paragraphs(group.help or "")
    yield ".SH OPTIONS"
    yield from _options(group, root)
    yield ".SH COMMANDS"
    for name, command in _commands(root):
        context = click.Context(command, info_name=name, parent=root)
        yield f".SS {_plain(' '.join([name, *command.collect_usage_pieces(context)]))}"
        yield from _paragraphs(command.help or "")
        yield from _options(command, context)


def _commands(root: click.Context) -> Iterator[tuple[str, click.Command]]:
    group = root.command
    if isinstance(group, click.Group):
        for name in group.list_commands(root):
            command = group.get_command(root, name)
            if command is not None:
                yield name, command


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            yield ".TP"
            yield rf"\fB{_plain(record[0])}\fR"
            yield _plain(record[1])


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a help text; line by line those that Click, told so by a backspace, leaves as they are."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        yield ".PP"
        lines = paragraph.split("\n")
        if lines[0].strip() == "\b":
            yield ".nf"
            yield from (_plain(line) for line in lines[1:])
            yield ".fi"
        else:
            yield _plain(" ".join(line.strip() for line in lines))


def _plain(text: str) -> str:
    """Words that mean nothing to troff: its signs spelled out, none at a line's beginning."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("\b", "")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
