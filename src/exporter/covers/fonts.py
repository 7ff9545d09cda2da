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
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

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


Ink = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels."""

Setting = tuple[str | None, str, tuple[float, float]]
"""Direction, anchor, and the parts of a pixel at which a text starts."""

Mask = tuple[Any, tuple[int, int]]
"""How much of each pixel is covered, as Pillow's core has it, and the place of its corner."""


class Measures:
    """What is known of one face: the lengths of words at its sizes, and how its characters are drawn.

    Both hang on the font's bytes alone, so that covers of many articles share them; a bound keeps a long run from growing.
    """

    def __init__(self) -> None:
        self._lengths: dict[tuple[int, str], float] = {}
        self._drawings: dict[str, bytes] = {}
        self._inks: dict[tuple[int, str], Ink] = {}
        self._masks: dict[tuple[int, str, Setting], Mask] = {}

    def length(self, size: int, text: str, font: Callable[[], ImageFont.FreeTypeFont]) -> float:
        """Pixels of the text at a size; ``font`` opens the face at that size, where it is not known."""
        known = self._lengths.get((size, text))
        if known is None:
            _bounded(self._lengths)
            known = self._lengths[size, text] = font().getlength(text)
        return known

    def drawing(self, character: str, font: Callable[[], ImageFont.FreeTypeFont]) -> bytes:
        """The pixels of a character; ``font`` opens the face at the size at which all are compared."""
        known = self._drawings.get(character)
        if known is None:
            _bounded(self._drawings)
            known = self._drawings[character] = bytes(font().getmask(character))
        return known

    def mask(self, size: int, text: str, setting: Setting, font: Callable[[], ImageFont.FreeTypeFont]) -> Mask:
        """The text as it is drawn at a size; single characters are kept: the mark, the name of one publication."""
        known = self._masks.get((size, text, setting))
        if known is None:
            direction, anchor, start = setting
            known = font().getmask2(text, "L", direction, anchor=anchor, start=start)
            if len(text) == 1:
                _bounded(self._masks, _KEPT_MASKS)
                self._masks[size, text, setting] = known
        return known

    def ink(self, size: int, text: str, font: Callable[[], ImageFont.FreeTypeFont]) -> Ink:
        """What is drawn of the text at a size; ``font`` opens the face at that size, where it is not known."""
        known = self._inks.get((size, text))
        if known is None:
            _bounded(self._inks)
            known = self._inks[size, text] = _ink_of(text, font())
        return known


def _ink_of(text: str, font: ImageFont.FreeTypeFont) -> Ink:
    mask, offset = font.getmask2(text, mode="L", anchor="ls")
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    across, down = round(offset[0]), round(offset[1])
    return left + across, top + down, right + across, bottom + down


_KEPT = 4096
"""Lengths, and drawings, that are kept of one face."""

_KEPT_MASKS = 256
"""Characters that are kept of one face as they are drawn, of some four kilobytes each."""


def _bounded(kept: dict[Any, Any], most: int = _KEPT) -> None:
    if len(kept) >= most:
        kept.clear()


_RECENT = 16
"""Fonts of which measures are kept."""


@lru_cache(_RECENT)
def _measures_of(content: bytes) -> Measures:
    """Shared by all covers that use a font of this content."""
    del content
    return Measures()


class CoverFace:
    """A face at one size, opened when it is first needed. ``measures`` may know what is asked for without that."""

    def __init__(self, size: int, font: Callable[[], ImageFont.FreeTypeFont], measures: Measures) -> None:
        self._size = size
        self._font = font
        self._measures = measures

    @cached_property
    def font(self) -> ImageFont.FreeTypeFont:
        """The open face. Raises :class:`ThemeError` when the font cannot be used."""
        return self._font()

    def length(self, text: str) -> float:
        """Pixels from the start of the text to where the next would start."""
        return self._measures.length(self._size, text, lambda: self.font)

    def ink(self, text: str) -> Ink:
        """Left, top, right and bottom of what is drawn, from the start of the baseline."""
        return self._measures.ink(self._size, text, lambda: self.font)

    def mask(self, text: str, direction: str | None, anchor: str, start: tuple[float, float]) -> Mask:
        """The text as it is drawn; nothing of it may be changed."""
        return self._measures.mask(self._size, text, (direction, anchor, start), lambda: self.font)

    def drawing(self, character: str) -> bytes:
        """The pixels of a character."""
        return self._measures.drawing(character, lambda: self.font)


class CoverFonts:
    """The faces of one theme, and of the machine, at all sizes, each opened once."""

    def __init__(self, font: Callable[[str], bytes], scales: Mapping[str, float], language: str) -> None:
        self.language = language
        self._content = cache(font)
        self._scales = scales
        self._faces: dict[tuple[str, int], CoverFace] = {}
        self._machine: dict[str, Found] = {}
        self._own: dict[str, Measures] = {}

    def at(self, name: str, size: int) -> CoverFace:
        """The face at a size. Raises :class:`ThemeError` when there is no such font."""
        if (name, size) not in self._faces:
            scaled = round(size * self._scales.get(name, 1))
            self._faces[name, size] = CoverFace(scaled, lambda: self._opened(name, scaled), self._measures(name))
        return self._faces[name, size]

    def _measures(self, name: str) -> Measures:
        """Those of a font of the machine are kept for this cover only: its file may be another by the next."""
        if name in self._machine:
            return self._own.setdefault(name, Measures())
        try:
            return _measures_of(self._content(name))
        except OSError as fault:
            raise _unusable(name) from fault

    def _opened(self, name: str, pixels: int) -> ImageFont.FreeTypeFont:
        from PIL import ImageFont

        found = self._machine.get(name)
        try:
            source, index = (found.path, found.index) if found else (io.BytesIO(self._content(name)), 0)
            return ImageFont.truetype(source, pixels, index)
        except OSError as fault:
            raise _unusable(name) from fault

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
        face = self.at(name, _COMPARED)
        absent = face.drawing(_UNASSIGNED)
        return all(face.drawing(character) != absent for character in set(text) if character.isprintable())


def _unusable(name: str) -> ThemeError:
    return ThemeError(f"The theme has no usable font {name}.", "Add it to the theme's fonts.")


_COMPARED = 24
"""The size at which drawings of characters are compared."""

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
