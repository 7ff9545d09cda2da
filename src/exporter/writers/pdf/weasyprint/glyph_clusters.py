"""The clusters of a line: which glyphs stand together for which letters, and what a font has for a letter by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from unicodedata import category

from msgspec import Struct

JOINER = "\u200d"
"""ZERO WIDTH JOINER: no letter, but no gap either. PDF/UA wants a meaning for every glyph."""

SPACES = str.maketrans("\u00a0\u2009\u202f\u2011", "   -")
"""Spaces and hyphens that no line breaks at mean plain ones to whoever searches: and fonts draw them with the same glyphs."""

_STAND_INS = "\ufffd\u25a1\u2610\u25af\u25ca?"
"""What is drawn for a letter that no font has, as far as a font has one of these: PDF/UA wants a glyph of the font (7.21.8)."""

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""What is no part of a word: places to divide it, and what only tells the direction."""


class Glyph(Struct, frozen=True):
    """A glyph of a line: its number in its font, and whether it is moved from where it would stand, as marks are."""

    number: int
    moved: bool


class Cluster(Struct, frozen=True):
    """Glyphs that stand together for some letters, in the order in which they are drawn.

    ``letters`` are in the order in which they are read. ``offset`` is how far the first glyph is moved along the line, in
    thousandths of the type size, as all lengths here. ``missing`` says that the font has no glyph for them.
    """

    letters: str
    glyphs: tuple[Glyph, ...]
    font: Any
    backwards: bool
    offset: float
    missing: bool

    def says_itself(self) -> bool:
        """Whether its glyphs mean its letters, and stand where engines do not take them for another word's.

        Where letters run backwards, each has a glyph of its own.
        """
        meanings = [self.font.to_unicode.get(glyph.number, "") for glyph in self.glyphs]
        if self.backwards:
            return not self.missing and meanings[::-1] == list(self.letters.translate(SPACES))
        apart = len(self.glyphs) > 1 and any(glyph.moved for glyph in self.glyphs)
        return not self.missing and not apart and "".join(meanings) == self.letters.translate(SPACES)

    @property
    def blank(self) -> int:
        """The glyph that the font has for a space, which draws nothing; 0 where it has none."""
        return own_glyph(self.font, " ")

    @property
    def stand_in(self) -> int:
        """The glyph that is drawn for a letter that the font has none for; 0 where there is not even that."""
        found = next(((own_glyph(self.font, sign), sign) for sign in _STAND_INS if own_glyph(self.font, sign)), None)
        if found is None:
            return 0
        self.font.to_unicode.setdefault(*found)
        return found[0]


def clusters_of(stream: Any, layout: Any) -> list[Cluster]:
    """The clusters of a layout's first line that draw something, in the order in which they are drawn."""
    from weasyprint.text.ffi import ffi

    text = layout.text.encode()
    clusters: list[Cluster] = []
    run = layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        clusters += _clusters_in(stream, run.data, text)
        run = run.next
    return _respelt(_with_marks(clusters), getattr(layout, "respelt", None))


def _respelt(clusters: list[Cluster], respelling: Any) -> list[Cluster]:
    """Letters at the line's end that stand for others (:class:`Respelling`) as one cluster, which means the page's letters."""
    if respelling is None or any(cluster.backwards for cluster in clusters):
        return clusters
    first = last = read = 0
    for place, cluster in enumerate(clusters):
        first = place if read <= respelling.before else first
        last = place if read < respelling.before + len(respelling.spelt) else last
        read += len(cluster.letters)
    parts = clusters[first : last + 1]
    if "".join(part.letters for part in parts) != respelling.spelt or len({id(part.font) for part in parts}) > 1:
        return clusters
    glyphs = tuple(glyph for part in parts for glyph in part.glyphs)
    whole = Cluster(respelling.taken, glyphs, parts[0].font, False, parts[0].offset, parts[0].missing)
    return [*clusters[:first], whole, *clusters[last + 1 :]]


def _with_marks(clusters: list[Cluster]) -> list[Cluster]:
    """Marks that stand above, below or before their letters, together with them: one cluster.

    Letters that no font has are one as well, with the spaces between their words: engines take alike signs side by side for
    one and its shadow, and drop a space between two marks.
    """
    made: list[Cluster] = []
    for cluster in clusters:
        last = made[-1] if made and made[-1].font is cluster.font and made[-1].backwards == cluster.backwards else None
        if last and not cluster.backwards and (_is_mark(cluster) or _are_missing(last, cluster)):
            made[-1] = _joined(last, cluster, last.letters + cluster.letters)
        elif last and cluster.backwards and _is_mark(last):
            made[-1] = _joined(last, cluster, cluster.letters + last.letters)
        else:
            made.append(cluster)
    return made


def _are_missing(left: Cluster, right: Cluster) -> bool:
    return left.missing and (right.missing or not right.letters.strip())


def _joined(left: Cluster, right: Cluster, letters: str) -> Cluster:
    glyphs, missing = left.glyphs + right.glyphs, left.missing or right.missing
    return Cluster(letters, glyphs, left.font, left.backwards, left.offset, missing)


def _is_mark(cluster: Cluster) -> bool:
    return bool(cluster.letters) and category(cluster.letters[0]).startswith("M")


def _clusters_in(stream: Any, run: Any, text: bytes) -> Iterator[Cluster]:
    """The clusters of one run of glyphs, in one font and direction.

    What has no glyph is of the cluster before it in the text.
    """
    from weasyprint.text.ffi import pango

    glyphs, part = run.glyphs, run.item
    font, size = stream.add_font(part.analysis.font)
    backwards = bool(part.analysis.level % 2)
    starts = [glyphs.log_clusters[place] for place in range(glyphs.num_glyphs)]
    seen = [glyphs.glyphs[place].glyph != pango.PANGO_GLYPH_EMPTY for place in range(glyphs.num_glyphs)]
    first = sorted({start for start, drawn in zip(starts, seen, strict=True) if drawn})
    ends = dict(zip(first, [*first[1:], part.length], strict=bool(first)))
    places = [place for place in range(glyphs.num_glyphs) if seen[place]]
    for start, group in groupby(places, key=lambda place: starts[place]):
        found = [glyphs.glyphs[place] for place in group]
        letters = _UNSEEN.sub("", text[part.offset + start : part.offset + ends[start]].decode())
        numbers = [_number_of(font, each.glyph) for each in found]
        moved = [bool(each.geometry.x_offset or each.geometry.y_offset) for each in found]
        missing = any(number >= font.glyph_count for number in numbers)
        yield Cluster(
            letters, tuple(map(Glyph, numbers, moved)), font, backwards, found[0].geometry.x_offset / size, missing
        )


def _number_of(font: Any, glyph: int) -> int:
    """The number that a glyph of Pango's has in the file."""
    from weasyprint.text.ffi import pango

    unknown = pango.PANGO_GLYPH_UNKNOWN_FLAG
    return int(font.get_unused_glyph_id(glyph - unknown) if glyph & unknown else glyph)


def own_glyph(font: Any, letter: str) -> int:
    """The glyph that a font has for a letter by itself, from now on with its width and meaning; 0 where it has none."""
    known = font.__dict__.setdefault("own_glyphs", {})
    if letter not in known:
        known[letter] = _looked_up(font, letter)
    number, width = known[letter]
    if number:
        font.widths.setdefault(number, width)
    return int(number)


def _looked_up(font: Any, letter: str) -> tuple[int, int]:
    """The glyph of a letter in the font's file, and its width in thousandths of the type size."""
    from weasyprint.text.ffi import ffi, harfbuzz

    # Pango's own object of the font measures at the size of the text, and rounds.
    plain, found = ffi.gc(harfbuzz.hb_font_create(font.hb_face), harfbuzz.hb_font_destroy), ffi.new("hb_codepoint_t *")
    if not harfbuzz.hb_font_get_nominal_glyph(plain, ord(letter), found):
        return 0, 0
    return found[0], round(harfbuzz.hb_font_get_glyph_h_advance(plain, found[0]) * 1000 / font.upem)
