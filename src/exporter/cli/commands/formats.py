"""``exporter formats``: what is read, what is written, and what kinds of sources are opened."""

from __future__ import annotations

import click

from exporter.cli.options import json_option
from exporter.cli.output import print_rows
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
