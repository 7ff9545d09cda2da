"""Draws the sample's pictures: ``python -m tools.pictures FOLDER [NAME …]``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from tools.pictures.canvas import Field, save

PICTURES = {
    "skerrow-head-at-dusk": "dusk",
    "on-the-gallery": "gallery",
    "section-of-a-lens": "section",
    "the-hags-tooth": "woodcut",
    "inside-the-lens": "rings",
    "approaches-to-port-skerrow": "chart",
}
"""File name → the module that draws it."""


def main(folder: str, *names: str) -> None:
    """Draws the named pictures, or all, into ``images/`` of ``folder``."""
    target = Path(folder) / "images"
    target.mkdir(parents=True, exist_ok=True)
    for name in names or PICTURES:
        picture = cast("Callable[[], Field]", import_module(f"tools.pictures.{PICTURES[name]}").picture)
        save(picture(), target / f"{name}.jpg")
        print(target / f"{name}.jpg")


if __name__ == "__main__":
    main(*sys.argv[1:])
