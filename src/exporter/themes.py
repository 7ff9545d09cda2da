"""Themes: folders of looks, found and loaded. And papers: the sizes they are printed on.

A theme is a folder of ``styles/`` with ``theme.toml``, ``print.css``, ``ebook.css`` and ``fonts/``; its sheets follow
those of ``styles/base/``, so that a theme says only what it does differently. The folder lies in the installed package,
or, in a clone, at the top of the repository; a user may name a folder of their own instead.
"""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from exporter.errors import ThemeError, UsageError

Medium = Literal["print", "ebook"]

_PARTS = ("theme.toml", "print.css", "ebook.css")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4}
_SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*[x×]\s*(\d{1,4}(?:\.\d{1,3})?)\s*(mm|cm|in)", re.IGNORECASE)
_SMALLEST, _LARGEST = 80.0, 1200.0


class Paper(Struct, frozen=True):
    """A page's size in millimetres, upright."""

    name: str
    width: float
    height: float


PAPERS: tuple[Paper, ...] = (
    Paper("a4", 210, 297),
    Paper("a5", 148, 210),
    Paper("b5", 176, 250),
    Paper("letter", 215.9, 279.4),
    Paper("legal", 215.9, 355.6),
    Paper("6x9in", 152.4, 228.6),
)
"""ISO 216, the office papers and the trade book of the United States. Others are given as ``WIDTHxHEIGHTmm`` (or cm, in)."""


def paper_named(name: str) -> Paper:
    """The paper of that name or size. Raises :class:`UsageError` for a name or a size that no page can have."""
    wanted = name.strip().lower()
    for paper in PAPERS:
        if paper.name == wanted:
            return paper
    size = _SIZE.fullmatch(wanted)
    if not size:
        names = ", ".join(paper.name for paper in PAPERS)
        raise UsageError(f"There is no paper {name!r}.", f"Choose one of: {names}, or a size such as 200x260mm.")
    width, height = (float(size[side]) * _MILLIMETRES[size[3]] for side in (1, 2))
    if not all(_SMALLEST <= side <= _LARGEST for side in (width, height)):
        raise UsageError(f"No page is {name}.", f"Each side is between {_SMALLEST:g} and {_LARGEST:g} mm.")
    return Paper(wanted, width, height)


class HeadlineDesign(Struct, frozen=True, forbid_unknown_fields=True):
    """How the headline is fitted: its sizes, and how many lines it may take.

    ``faces`` are tried in turn: the first that has all its letters measures it. ``measures`` are the sizes, from the
    largest on, each as the number of ems that fill the column; ``tracking`` is the space added to each letter, in ems.
    """

    faces: tuple[str, ...]
    measures: tuple[float, ...]
    lines: int = 3
    tracking: float = 0.0


class InitialDesign(Struct, frozen=True, forbid_unknown_fields=True):
    """The large first letter: its font, the font of the text it belongs to, its colour (CSS)."""

    face: str
    text: str
    ink: str = "#000"


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``theme.toml`` says. ``scripts`` names a further print sheet for each script (ISO 15924) that needs one."""

    title: str
    summary: str
    paper: str = "a4"
    scripts: dict[str, str] = {}
    headline: HeadlineDesign | None = None
    initial: InitialDesign | None = None


class Theme(Struct, frozen=True, eq=False):
    """A theme that is complete. Its sheets and fonts are read when they are asked for. One folder, one object."""

    name: str
    manifest: Manifest
    folder: Traversable

    def sheet(self, medium: Medium) -> str:
        """The style sheet of a medium: the base's, then the theme's own."""
        return base_sheet(medium) + "\n" + _read(self.folder / f"{medium}.css")

    def script_sheet(self, script: str) -> str:
        """The further print sheet for a script (``Arab``), empty when the theme needs none."""
        name = self.manifest.scripts.get(script)
        return _read(self.folder / name) if name else ""

    def fonts(self) -> tuple[str, ...]:
        """The file names of the theme's fonts, sorted."""
        names = (each.name for each in (self.folder / "fonts").iterdir())
        return tuple(sorted(name for name in names if name.endswith((".otf", ".ttf"))))

    def font(self, name: str) -> bytes:
        """The bytes of a font. Raises :class:`ThemeError` when the theme has no font of that name."""
        if name not in self.fonts():
            raise ThemeError(f"The theme {self.name} has no font {name!r}.", "Put it into the theme's folder fonts/.")
        return (self.folder / "fonts" / name).read_bytes()


def base_sheet(name: str) -> str:
    """A sheet that every theme shares: ``screen`` of ``styles/base/screen.css``."""
    return _read(styles() / "base" / f"{name}.css")


@cache
def styles() -> Traversable:
    """The folder of themes: inside the installed package, or in a clone at the top of the repository."""
    packaged = files("exporter") / "styles"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "styles"


def theme_names() -> tuple[str, ...]:
    """The names of the themes that come with the program, sorted."""
    folders = (each for each in styles().iterdir() if each.is_dir() and (each / "theme.toml").is_file())
    return tuple(sorted(each.name for each in folders))


def load(name: str) -> Theme:
    """The theme of that name, or in that folder when the name is a path (has a slash in it).

    Raises :class:`UsageError` when there is no such theme, :class:`ThemeError` when it is incomplete or its manifest is
    wrong.
    """
    if os.sep in name or "/" in name:
        folder: Traversable = Path(name)
        if not folder.is_dir():
            raise UsageError(f"There is no theme folder {name}.", "Give a folder that holds theme.toml.")
        return _loaded(Path(name).resolve().name, folder)  # type: ignore[arg-type]  # a path is hashable
    if name not in theme_names():
        known = ", ".join(theme_names())
        raise UsageError(f"There is no theme {name!r}.", f"Choose one of: {known}; or give a folder.")
    return _loaded(name, styles() / name)  # type: ignore[arg-type]  # a path is hashable


@cache
def _loaded(name: str, folder: Traversable) -> Theme:
    missing = [part for part in _PARTS if not (folder / part).is_file()]
    if not (folder / "fonts").is_dir():
        missing.append("fonts/")
    if missing:
        raise ThemeError(f"The theme {name} lacks {', '.join(missing)}.", "Add it; styles/magazine is an example.")
    try:
        manifest = msgspec.convert(tomllib.loads(_read(folder / "theme.toml")), Manifest)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise ThemeError(f"theme.toml of {name} is wrong: {fault}.", "styles/magazine is an example.") from fault
    return Theme(name, manifest, folder)


def _read(file: Traversable) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise ThemeError(f"The style sheet {file.name} cannot be read: {fault}.", "Store it as UTF-8.") from fault
