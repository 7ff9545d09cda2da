"""What each glyph of a PDF means: the letters that come out when its text is taken out.

WeasyPrint notes for each glyph the letters it stood for where it was first drawn. Where a font draws one letter with two
glyphs (as Amiri does with lam before kaf), the second stood for nothing, and from then on for nothing wherever it is
drawn: all lams of a page are lost to search and to screen readers. Here nothing is no meaning: the next drawing is
asked again, and the glyph that was only a stroke between two letters becomes a joiner, which is what it is.
"""

from __future__ import annotations

from functools import cache
from typing import Any

JOINER = "\u200d"
"""ZERO WIDTH JOINER: no letter, but no gap either. PDF/UA wants a meaning for every glyph."""

_SPACES = str.maketrans("\u00a0\u2009\u202f", "   ")
"""Spaces that no line breaks at mean a space to whoever searches: and fonts draw most of them with the glyph of the space."""


class Meanings(dict[int, str]):
    """Glyph → letters, as WeasyPrint fills it while it draws."""

    def __init__(self) -> None:
        super().__init__()
        self._unsure: dict[int, int] = {}
        self._last = -1

    def __contains__(self, glyph: object) -> bool:
        """Whether the glyph's meaning is known; a glyph that has meant nothing so far is asked again."""
        return super().__contains__(glyph) and glyph not in self._unsure

    def __setitem__(self, glyph: int, letters: str) -> None:
        """Notes a meaning. ``""`` says that the glyph before this one stands for the letter of both."""
        letters = letters.translate(_SPACES)
        if not letters:
            self._unsure.setdefault(glyph, self._last)
            super().setdefault(glyph, JOINER)
            return
        other = self._unsure.pop(glyph, -1)
        if self.get(other) == letters:
            super().__setitem__(other, JOINER)  # so this one is the letter, and its fellow was the stroke
        super().__setitem__(glyph, letters)
        self._last = glyph


@cache
def install() -> None:
    """Puts the rule in force in this process, once. Without effect on a renderer that is built otherwise."""
    from weasyprint.pdf import fonts

    original = fonts.Font.__init__

    def begun(self: Any, *arguments: Any, **options: Any) -> None:
        original(self, *arguments, **options)
        if getattr(self, "to_unicode", None) == {}:
            self.to_unicode = Meanings()

    fonts.Font.__init__ = begun
