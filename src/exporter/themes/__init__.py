"""Themes: folders of looks, found and loaded. And papers: the sizes they are printed on.

A theme is a folder with ``theme.toml`` and, as far as it needs them, ``print.css``, ``ebook.css``, ``cover.toml``,
``fonts/`` and ``scripts/`` (a further print sheet for each script, such as ``Arab.css``). What it does not say, its parent
says; what no theme says, ``styles/base/`` does. The folder lies in the installed package, or, in a clone, at the top of the
repository; a user may name a folder of their own instead. ``docs/themes.md`` teaches making one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from exporter.errors import ThemeError, UsageError
from exporter.runtime.compiled import Toml, parsed, table_of
from exporter.runtime.plugins import offered
from exporter.themes.manifest import (
    HeadlineDesign,
    InitialDesign,
    Manifest,
    NumberDesign,
    OpeningDesign,
    RegisterDesign,
)
from exporter.themes.papers import PAPERS, Paper, paper_named
from exporter.themes.user_style import EMPTY, OwnStyle, embedded_address, rewritten, style_in

__all__ = [
    "PAPERS",
    "HeadlineDesign",
    "InitialDesign",
    "Manifest",
    "Medium",
    "NumberDesign",
    "OpeningDesign",
    "Paper",
    "RegisterDesign",
    "Theme",
    "base_sheet",
    "load",
    "paper_named",
    "styled",
    "styles",
    "theme_names",
]

Medium = Literal["print", "ebook"]

_SHEETS = ("print.css", "ebook.css")
ASSET_FONTS = "asset:/fonts/"
"""Where a sheet finds the fonts of themes."""

_FONT = re.compile(rf"{ASSET_FONTS}[^/\\]+\.(otf|ttf)")
_FONT_FILES = (".otf", ".ttf")
_EXAMPLE = "styles/magazine is an example, docs/themes.md explains it."
RECENT = 32
"""Themes that are kept ready for further pages of one run."""
State = tuple[tuple[str, int, int], ...]
"""Name, bytes and time of change (ns) of each file in a folder."""
_ACCENT = re.compile(r"--accent:\s*([^;}/]+)")

_LONGEST_LINE = 8
"""The most themes that may follow from one another."""


class Theme(Struct, frozen=True, eq=False):
    """A theme that is complete. Its sheets and fonts are read when they are asked for. One folder, one object.

    ``folders`` are where it looks, its own first, then its parents', then the base's. ``photo_accent`` is the accent that an
    article's lead photo gives (``#rrggbb``), if the theme asks for it.
    """

    name: str
    manifest: Manifest
    folders: tuple[Traversable, ...]
    style: OwnStyle = EMPTY
    photo_accent: str = ""

    @property
    def folder(self) -> Traversable:
        """The folder of its own."""
        return self.folders[0]

    def sheet(self, medium: Medium) -> str:
        """The style sheet of a medium: the base's, its parents', then the theme's own. An e-book's has its fonts inside."""
        text = self._stacked(f"{medium}.css")
        return rewritten(text, self._embedded) if medium == "ebook" and ASSET_FONTS in text else text

    @property
    def accent(self) -> str:
        """The accent that replaces the theme's own: the user's, else the photo's; ``""`` for neither."""
        found = _ACCENT.findall(self.style.text)
        return str(found[-1]).strip() if found else self.photo_accent

    def script_sheet(self, script: str) -> str:
        """The further print sheet for a script (``Arab``), empty when none is needed."""
        return self._stacked("scripts", f"{script}.css")

    def fonts(self) -> tuple[str, ...]:
        """The file names of all fonts at hand, sorted."""
        return tuple(sorted(self._fonts()))

    def font(self, name: str) -> bytes:
        """The bytes of a font. Raises :class:`ThemeError` when the theme has no font of that name."""
        file = self._font(name)
        return _content(file, _state_of(file)) if isinstance(file, Path) else file.read_bytes()

    def shipped_font(self, name: str) -> str:
        """The file of a font that comes with the program; ``""`` for one of the user's. Raises as :meth:`font` does."""
        file = str(self._font(name))
        return file if file.startswith(f"{styles()}{os.sep}") else ""

    def table(self, name: str) -> Toml | None:
        """A table that stands in the theme's folder or that of a parent (``cover.toml``); None when there is none.

        Raises :class:`OSError` when it cannot be read, :class:`ValueError` when it is no TOML.
        """
        found = next((folder for folder in self.folders if _file_in(folder, name)), None)
        return None if found is None else _table(found, name)

    def _embedded(self, address: str) -> str:
        name = address.removeprefix(ASSET_FONTS)
        return f'url("{embedded_address(name, self.font(name))}")'

    def _stacked(self, *place: str) -> str:
        sheets = (_file_in(folder, *place) for folder in reversed(self.folders))
        return "\n".join(_read(each) for each in sheets if each)

    def _font(self, name: str) -> Traversable:
        found = next(filter(None, [_font_in(folder, name) for folder in self.folders]), None)
        if found is None:
            raise ThemeError(f"The theme {self.name} has no font {name!r}.", "Put it into the theme's folder fonts/.")
        return found

    def _fonts(self) -> dict[str, Traversable]:
        every = (font for folder in reversed(self.folders) for font in _fonts_in(folder))
        return {each.name: each for each in every}


def _file_in(folder: Traversable, *place: str) -> Traversable | None:
    """The file in a theme's folder, if there is one. Raises :class:`ThemeError` when a link leads out of the folder."""
    file = folder.joinpath(*place)
    if not file.is_file():
        return None
    if isinstance(file, Path) and isinstance(folder, Path) and not file.resolve().is_relative_to(folder.resolve()):
        raise ThemeError(
            f"{file} of the theme {folder.name} leads out of the theme's folder.", "Copy the file into the folder."
        )
    return file


def _font_in(folder: Traversable, name: str) -> Traversable | None:
    """A theme's font. A folder of the user's is looked through as a whole: a link that leads out of it is told of at once."""
    if _is_shipped(folder):
        return _file_in(folder, "fonts", name) if name.endswith(_FONT_FILES) and not {"/", os.sep} & set(name) else None
    return next((each for each in _fonts_in(folder) if each.name == name), None)


def _is_shipped(folder: Traversable) -> bool:
    return styles() / folder.name == folder


def _fonts_in(folder: Traversable) -> Iterator[Traversable]:
    fonts = folder / "fonts"
    names = sorted(each.name for each in fonts.iterdir()) if fonts.is_dir() else ()
    found = [_file_in(folder, "fonts", name) for name in names if name.endswith(_FONT_FILES)]
    return (each for each in found if each)


@lru_cache(RECENT)
def _content(file: Path, state: tuple[str, int, int]) -> bytes:
    """The bytes of a font. ``state`` is part of the cache's key: one that was changed in between is read anew."""
    del state
    return file.read_bytes()


def base_sheet(name: str) -> str:
    """A sheet that every theme shares: ``screen`` of ``styles/base/screen.css``."""
    return _read(styles() / "base" / f"{name}.css")


@cache
def styles() -> Traversable:
    """The folder of themes: inside the installed package, or in a clone at the top of the repository."""
    packaged = files("exporter") / "styles"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "styles"


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
        own = Path(name).resolve().name
        return _loaded(own, folder, tuple(_state(each) for each, _ in _line(own, folder)))  # type: ignore[arg-type]  # a path is hashable
    if name not in theme_names():
        others = offered("themes")
        if name in others:
            return load(os.path.join(os.fspath(others[name]), ""))  # noqa: PTH118 - as a folder, whatever its name
        known = ", ".join((*theme_names(), *others))
        raise UsageError(f"There is no theme {name!r}.", f"Choose one of: {known}; or give a folder.")
    return _loaded(name, styles() / name)  # type: ignore[arg-type]  # a path is hashable


def styled(name: str, style: str = "") -> Theme:
    """The theme of that name with a sheet of the user's own after it, a file ``style``.

    Raises what :func:`load` raises, and :class:`UsageError` when the sheet cannot be read or refers to what it may not.
    """
    theme = load(name)
    return _with_style(theme, style_in(Path(style))) if style else theme


def _state(folder: Traversable) -> State:
    """The state of a theme's folder, its files with their sizes and times, which differs once anything is changed."""
    if not isinstance(folder, Path):
        return ()
    return tuple(_state_of(each) for each in sorted(folder.rglob("*")) if each.is_file())


def _state_of(file: Path) -> tuple[str, int, int]:
    status = file.stat()
    return file.name, status.st_size, status.st_mtime_ns


@lru_cache(RECENT)
def _with_style(theme: Theme, style: OwnStyle) -> Theme:
    """Cached, so that many pages of one run share the prepared sheet."""
    return msgspec.structs.replace(theme, style=style)


@lru_cache(RECENT)
def _loaded(name: str, folder: Traversable, state: tuple[State, ...] = ()) -> Theme:
    """Loads the theme. ``state`` is part of the cache's key: a theme that was changed in between is loaded anew."""
    del state
    line = tuple(_line(name, folder))
    base = styles() / "base"
    if len(line) == 1:
        missing = [part for part in _SHEETS if not _file_in(folder, part)]
        if missing:
            raise ThemeError(f"The theme {name} lacks {', '.join(missing)}.", f"Add it, or name a parent; {_EXAMPLE}")
    said: Toml = {}
    for _, content in reversed(line):
        said |= content
    try:
        manifest = msgspec.convert(said, Manifest)
    except msgspec.ValidationError as fault:
        raise ThemeError(f"theme.toml of {name} is wrong: {fault}.", _EXAMPLE) from fault
    return Theme(name, manifest, (*(each for each, _ in line), base))


def _line(name: str, folder: Traversable) -> Iterator[tuple[Traversable, Toml]]:
    """The theme's folder and what its manifest says, then its parent's, and so on."""
    for _ in range(_LONGEST_LINE):
        content = _toml(name, folder)
        yield folder, content
        parent = content.get("parent", "")
        if not parent:
            return
        name, folder = str(parent), _parent(name, folder, str(parent))
    raise ThemeError(f"The theme {name} has too many parents.", "Perhaps it is its own; name another in theme.toml.")


def _parent(name: str, folder: Traversable, parent: str) -> Traversable:
    """A folder beside the theme's own, or a theme that comes with the program."""
    if "/" in parent or os.sep in parent or parent.startswith("."):
        raise ThemeError(f"The parent of {name} is no name: {parent!r}.", "Name a theme, or a folder beside this one.")
    beside = folder.resolve().parent / parent if isinstance(folder, Path) else styles() / parent
    if beside.is_dir() and (beside / "theme.toml").is_file():
        return beside
    if parent not in theme_names():
        raise ThemeError(f"There is no theme {parent!r} for {name} to follow.", f"Known: {', '.join(theme_names())}.")
    return styles() / parent


def _toml(name: str, folder: Traversable) -> Toml:
    if not _file_in(folder, "theme.toml"):
        raise ThemeError(f"The theme {name} lacks theme.toml.", f"Add it; {_EXAMPLE}")
    try:
        return _table(folder, "theme.toml")
    except (OSError, ValueError) as fault:
        raise ThemeError(f"theme.toml of {name} is wrong: {fault}.", _EXAMPLE) from fault


def _table(folder: Traversable, name: str) -> Toml:
    """Reads a TOML file. Files of the program's own themes are compiled once; nothing is ever stored in a user's folder."""
    file = folder / name
    return table_of(str(file), file.read_bytes()) if _is_shipped(folder) else parsed(file.read_bytes())


def _read(file: Traversable) -> str:
    """Reads a style sheet. One in a user's folder may refer to fonts of themes and to nothing else."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise ThemeError(f"The style sheet {file.name} cannot be read: {fault}.", "Store it as UTF-8.") from fault
    if isinstance(file, Path) and not file.is_relative_to(str(styles())):
        _check_sheet(text, file)
    return text


def _check_sheet(text: str, file: Path) -> None:
    def check(address: str) -> str:
        if not _FONT.fullmatch(address):
            raise UsageError(
                f"The style sheet {file} refers to {address!r}, which is not read.",
                "A theme names fonts in its folder fonts/ only: url(asset:/fonts/NAME).",
            )
        return ""

    try:
        rewritten(text, check, str(file))
    except UsageError as fault:
        raise ThemeError(fault.message, fault.advice) from fault
