"""What each glyph of a PDF means: the letters that come out when its text is taken out.

WeasyPrint notes for each glyph the letters it stood for where it was first drawn. Where a font draws one letter with two
glyphs (as Amiri does with lam before kaf), the second stood for nothing, and from then on for nothing wherever it is
drawn: all lams of a page are lost to search and to screen readers. Here nothing is no meaning: the next drawing is
asked again, and the glyph that was only a stroke between two letters becomes a joiner, which is what it is. So that no
joiner stands in the words that people search for, the two glyphs are marked as what they are together: one letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        self._new = self._before = -1

    def __contains__(self, glyph: object) -> bool:
        """Whether the glyph's meaning is known; a glyph that has meant nothing so far is asked again.

        So is the glyph after one that is new: it may be the letter itself, and the new one its stroke.
        """
        self._before, self._new = self._new, -1
        return self._sure(glyph) and self._before < 0

    def _sure(self, glyph: object) -> bool:
        return super().__contains__(glyph) and glyph not in self._unsure

    def __setitem__(self, glyph: int, letters: str) -> None:
        """Notes a meaning. ``""`` says that the glyph before this one stands for the letter of both."""
        letters = letters.translate(_SPACES)
        if self._sure(glyph):
            if not letters and self.get(self._before) == self[glyph]:
                super().__setitem__(self._before, JOINER)  # the letter is known: so the new one is the stroke
            return
        if not letters:
            self._unsure.setdefault(glyph, self._before)
            super().setdefault(glyph, JOINER)
            return
        other = self._unsure.pop(glyph, -1)
        if self.get(other) == letters:
            super().__setitem__(other, JOINER)  # so this one is the letter, and its fellow was the stroke
        super().__setitem__(glyph, letters)
        self._new = glyph

    def strokes(self) -> dict[int, int]:
        """The glyphs that are only strokes → where the letter of each stands: 1 after it, -1 before it."""
        return {glyph: -1 if glyph in self._unsure else 1 for glyph, letters in self.items() if letters == JOINER}


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.pdf import fonts

    if not hasattr(fonts, "Font"):
        return False
    original = fonts.Font.__init__

    def begun(self: Any, *arguments: Any, **options: Any) -> None:
        original(self, *arguments, **options)
        if getattr(self, "to_unicode", None) == {}:
            self.to_unicode = Meanings()

    fonts.Font.__init__ = begun
    return True


# ------------------------------------------------------------------------------------------------------- two glyphs, a letter

_SHOWN = re.compile(rb"<([0-9a-f]*)>|[^<>]+")
_FONT, _SHOW = b" Tf", b"] TJ"


def with_whole_letters(fonts: Iterable[Any], pdf: Any) -> None:
    """Marks each stroke together with its letter as that letter (ActualText: ISO 32000-1, 14.9.4), in the file's streams."""
    meant = {f"/{font.hash}".encode(): font.to_unicode for font in fonts if isinstance(font.to_unicode, Meanings)}
    split = {name: meanings for name, meanings in meant.items() if meanings.strokes()}
    for each in pdf.objects if split else ():
        if isinstance(getattr(each, "stream", None), list):
            each.stream = list(_marked(each.stream, split))


def _marked(operators: list[Any], fonts: Mapping[bytes, Meanings]) -> Iterator[Any]:
    meanings: Meanings | None = None
    for operator in operators:
        words = operator if isinstance(operator, bytes) else b""
        if words.endswith(_FONT):
            meanings = fonts.get(words.split()[0])
        if meanings and words.endswith(_SHOW):
            shown = list(_shown(words, meanings))
            yield from shown if len(shown) > 1 else [operator]
        else:
            yield operator


def _shown(operator: bytes, meanings: Meanings) -> Iterator[bytes]:
    """The operator that shows a run of glyphs, cut before and after each letter of two glyphs."""
    parts = [part for found in _SHOWN.finditer(operator[1 : -len(_SHOW)]) for part in _parts(found)]
    places = [place for place, part in enumerate(parts) if isinstance(part, int)]
    strokes, done = meanings.strokes(), 0
    for here, place in enumerate(places):
        other = here + strokes.get(parts[place], 0)  # type: ignore[arg-type]
        if other == here or not 0 <= other < len(places) or min(place, places[other]) < done:
            continue
        first, last = sorted((place, places[other]))
        letter = meanings[parts[places[other]]].encode("utf-16-be").hex()  # type: ignore[index]
        yield from _shows(parts[done:first])
        yield f"/Span <</ActualText <feff{letter}>>> BDC".encode()
        yield from _shows(parts[first : last + 1])
        yield b"EMC"
        done = last + 1
    yield from _shows(parts[done:])


def _parts(found: re.Match[bytes]) -> Iterator[int | bytes]:
    """Glyphs as numbers; what moves the next one as it is written."""
    glyphs = found[1]
    if glyphs is None:
        yield found[0]
    else:
        yield from (int(glyphs[place : place + 4], 16) for place in range(0, len(glyphs), 4))


def _shows(parts: Sequence[int | bytes]) -> Iterator[bytes]:
    if parts:
        yield b"[" + b" ".join(b"<%04x>" % part if isinstance(part, int) else part for part in parts) + _SHOW
