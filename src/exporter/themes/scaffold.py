"""A new theme: a folder that works at once and shows where to go on."""

from __future__ import annotations

from pathlib import Path

from exporter.errors import UsageError, WriteError
from exporter.themes import load, styles

PARTS = ("theme.toml", "print.css", "ebook.css")


def begin(folder: Path, parent: str = "magazine") -> tuple[Path, ...]:
    """Makes the folder with the first files of a theme that follows ``parent``, and returns their paths.

    Raises :class:`UsageError` when there is such a folder already or no such parent, :class:`WriteError` when it cannot
    be made.
    """
    if "/" in parent or "\\" in parent:
        raise UsageError(f"A new theme cannot follow the folder {parent}.", "Name a theme of: exporter themes.")
    load(parent)
    title = folder.name.replace("-", " ").strip().capitalize()
    if not title.replace(" ", "").isalnum() or folder.exists():
        wrong = f"{folder} is there already." if folder.exists() else f"{folder} is no name for a theme."
        raise UsageError(wrong, "Give a new name of letters, digits and hyphens.")
    try:
        (folder / "fonts").mkdir(parents=True)
        return tuple(_written(folder / part, title, parent) for part in PARTS)
    except OSError as fault:
        raise WriteError(f"The folder {folder} cannot be made: {fault.strerror}.", "Choose another place.") from fault


def _written(file: Path, title: str, parent: str) -> Path:
    example = styles().joinpath("base", "new", file.name).read_text("utf-8")
    file.write_text(example.replace("{title}", title).replace("{parent}", parent), "utf-8")
    return file
