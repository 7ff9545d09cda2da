"""``exporter doctor``: tells whether everything is here that is needed."""

from __future__ import annotations

import click

from exporter.cli.options import json_option
from exporter.cli.output import busy, print_json, print_table


@click.command()
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
