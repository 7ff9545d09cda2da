"""The faces of a cover: the theme's own, and fonts of this machine, found by fontconfig, for scripts too large to ship.

Without fontconfig there are none of the second kind. Text set in them is the same on every run of one machine, and differs
between machines with other fonts, as it does for Chinese, Japanese and Korean in print.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from exporter.errors import ThemeError
from exporter.language import primary

if TYPE_CHECKING:
    from PIL import ImageFont

PATIENCE = 20
"""Seconds after which fontconfig is no longer waited for."""

_MOST = 64
"""Characters that are asked for: more do not tell a font better."""

_STYLE = re.compile(r"(?:serif|sans)(?::bold)?")


class Found(Struct, frozen=True):
    """A font of the machine: its file, and the place of the face in it."""

    path: str
    index: int


def is_style(name: str) -> bool:
    """Whether ``name`` is a style of the machine's fonts, such as ``serif:bold``, and not a file."""
    return _STYLE.fullmatch(name) is not None


def font_for(style: str, text: str, language: str) -> Found | None:
    """The machine's font of that style which has most of the characters of ``text``, drawn as ``language`` draws them."""
    codes = sorted({ord(each) for each in text if each.isprintable() and not each.isspace()})[:_MOST]
    charset = " ".join(f"{code:x}" for code in codes)
    return _asked(f"{style}:lang={_named(language)}:charset={charset}")


def _named(language: str) -> str:
    """The language as fontconfig names it: Chinese by a country that writes it in this script."""
    name, rest = primary(language), language.lower()
    if name != "zh":
        return re.sub("[^a-z]", "", name)
    return "zh-tw" if "hant" in rest or rest.endswith(("-tw", "-hk", "-mo")) else "zh-cn"


@cache
def _asked(pattern: str) -> Found | None:
    program = shutil.which("fc-match")
    if program is None:
        return None
    try:
        words = [program, "--format", "%{file}\t%{index}", pattern]
        said = subprocess.run(words, capture_output=True, check=True, timeout=PATIENCE)  # noqa: S603 - no shell, our own words
        path, _, index = said.stdout.decode("utf-8").partition("\t")
        return Found(path, int(index)) if path else None
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


class CoverFonts:
    """The faces of one theme, and of the machine, at all sizes, opened once."""

    def __init__(self, font: Callable[[str], bytes], scales: Mapping[str, float], language: str) -> None:
        self.language = language
        self._font = cache(font)
        self._scales = scales
        self._open: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}
        self._machine: dict[str, Found] = {}
        self._drawn: dict[tuple[str, str], bytes] = {}

    def at(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        """The face at a size. Raises :class:`ThemeError` when the font cannot be used."""
        from PIL import ImageFont

        if (name, size) not in self._open:
            found = self._machine.get(name)
            try:
                source, index = (found.path, found.index) if found else (io.BytesIO(self._font(name)), 0)
                scaled = round(size * self._scales.get(name, 1))
                self._open[name, size] = ImageFont.truetype(source, scaled, index)
            except OSError as fault:
                raise ThemeError(f"The theme has no usable font {name}.", "Add it to the theme's fonts.") from fault
        return self._open[name, size]

    def covering(self, names: tuple[str, ...], text: str) -> str | None:
        """The first face that has every character of ``text``, if what is installed can shape it."""
        if not _shapeable(text):
            return None
        # What the theme has is tried before the machine is asked, whose fonts are others elsewhere.
        return next((known for known in (self._known(name, text) for name in names) if known), None)

    def _known(self, name: str, text: str) -> str | None:
        if not is_style(name):
            return name if self._has(name, text) else None
        found = font_for(name, text, self.language)
        if found is None:
            return None
        key = f"{name} {found.path} {found.index}"
        self._machine[key] = found
        try:
            return key if self._has(key, text) else None
        except ThemeError:
            return None  # one of a format that Pillow does not read

    def _has(self, name: str, text: str) -> bool:
        absent = self._drawing(name, _UNASSIGNED)
        return all(self._drawing(name, character) != absent for character in set(text) if character.isprintable())

    def _drawing(self, name: str, character: str) -> bytes:
        known = self._drawn.get((name, character))
        if known is None:
            known = self._drawn[name, character] = bytes(self.at(name, 24).getmask(character))
        return known


_UNASSIGNED = "\U0010fffd"
"""A character no face has: what is drawn for it is drawn for every missing one."""


def _shapeable(text: str) -> bool:
    """Whether the installed Pillow can set ``text`` correctly. Without the library Raqm it sets plain European letters only."""
    if shapes():
        return True
    return all((ord(each) < 0x590 and not unicodedata.combining(each)) or each in "–—‘’“”…" for each in text)


@cache
def shapes() -> bool:
    """Whether the installed Pillow shapes scripts whose letters join."""
    from PIL import features

    return bool(features.check("raqm"))
