"""Commands that tell what there is: formats, themes, devices, what is installed, the schema of the json format."""

from __future__ import annotations

import os
from pathlib import Path

import click

from exporter.cli.options import json_option
from exporter.cli.output import busy, print_json, print_rows, print_table, say, status
from exporter.writers import WRITERS


@click.command()
@json_option
def formats(as_json: bool) -> None:
    """Lists the formats, and the kinds of sources that are opened."""
    from exporter.readers import READERS
    from exporter.sources.kinds import SOURCES

    rows = [("read", reader.name, " ".join(reader.suffixes), reader.summary) for reader in READERS]
    rows += [("write", writer.name, writer.suffix, writer.summary) for writer in WRITERS]
    rows += [("open", kind.name, "", kind.summary) for kind in SOURCES]
    print_rows(("for", "format", "suffix", "what it is"), rows, as_json)


@click.command()
@click.option("--new", metavar="FOLDER", help="Make a folder with a theme of your own in it, to be changed.")
@click.option("--parent", metavar="NAME", help="The theme that the new one follows; else magazine.")
@json_option
def themes(new: str | None, parent: str | None, as_json: bool) -> None:
    """Lists the themes, or begins a new one."""
    from exporter.themes import load, theme_names

    if parent and not new:
        raise click.UsageError("--parent goes with --new.")
    if new:
        _begin(new, parent or "magazine")
        return
    found = [(name, load(name).manifest) for name in theme_names()]
    rows = [(name, theme.paper, theme.summary) for name, theme in found]
    print_rows(("theme", "paper", "what it is"), rows, as_json)


def _begin(folder: str, parent: str) -> None:
    from exporter.themes.scaffold import begin

    for file in begin(Path(folder), parent):
        say(file)
    name = folder if os.sep in folder else f".{os.sep}{folder}"
    status(f"Try it: exporter pdf interview.html --theme {name}", "green")


@click.command()
@json_option
def devices(as_json: bool) -> None:
    """Lists the devices that --device of epub knows."""
    from exporter.devices import devices as known

    rows = [(name, device.budget or "-", device.summary) for name, device in known().items()]
    print_rows(("device", "size", "what it is"), rows, as_json)


@click.command(short_help="Checks what is installed, and says how to mend it.")
@json_option
def doctor(as_json: bool) -> None:
    """Checks what is installed, and names the command that mends what is missing.

    Exits with 1 when something needed is missing.
    """
    from exporter.doctor import examine

    with busy("examining", as_json):
        findings = examine()
    if as_json:
        print_json(findings)
    else:
        print_table(
            ("", "part", "found"), [("ok" if each.ok else each.weight, each.part, each.found) for each in findings]
        )
        for remedy in dict.fromkeys(each.remedy for each in findings if each.remedy):
            click.echo(f"To mend it: {remedy}", err=True)
    if any(not each.ok and each.weight == "needed" for each in findings):
        raise click.exceptions.Exit(1)


@click.command()
def schema() -> None:
    """Prints the JSON Schema of the json format."""
    from exporter.codec import schema as document_schema

    print_json(document_schema())


COMMANDS: tuple[click.Command, ...] = (formats, themes, devices, doctor, schema)
