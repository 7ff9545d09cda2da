"""``exporter devices``: the reading devices that ``--device`` knows."""

from __future__ import annotations

import click

from exporter.cli.options import json_option
from exporter.cli.output import print_rows


@click.command()
@json_option
def devices(as_json: bool) -> None:
    """Lists the devices that --device of epub knows."""
    from exporter.devices import devices as known

    rows = [(name, device.budget or "-", device.summary) for name, device in known().items()]
    print_rows(("device", "size", "what it is"), rows, as_json)
