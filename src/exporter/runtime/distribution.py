"""The program as package indexes know it: its name there is another than that it is called by, which is a stranger's."""

from __future__ import annotations

NAME = "interview-exporter"


def own_version() -> str:
    """The installed release, ``""`` where the program runs without being installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(NAME)
    except PackageNotFoundError:
        return ""
