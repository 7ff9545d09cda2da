"""``exporter schema``: the JSON Schema of the json format."""

from __future__ import annotations

import click

from exporter.cli.output import print_json


@click.command()
def schema() -> None:
    """Prints the JSON Schema of the json format."""
    from exporter.model.codec import schema as document_schema

    print_json(document_schema())
