"""``exporter themes``: the looks there are, and a new one to begin with."""

from __future__ import annotations

import os
from pathlib import Path

import click

from exporter.cli.options import json_option
from exporter.cli.output import print_rows, say, status


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
