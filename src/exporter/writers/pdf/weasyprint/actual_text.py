"""The operators that draw a line, with marks that say the letters of what does not say them itself (ActualText)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from exporter.writers.pdf.weasyprint.glyph_clusters import Cluster, own_glyph

_ARABIC, _HEBREW = "اودزركلمنبسحطعفق", "אבהדרחתםלש"
"""Letters of which some are never near: all stand on the line."""

_SHOWN = re.compile(rb"<([0-9a-f]*)>|([^<>\s]+)")
_SHOW, _RISE = b"] TJ", b" Ts"


class Placed(Struct, frozen=True):
    """A glyph at its place on the line, and the operator that raises it from there."""

    number: int
    place: float
    rise: bytes | None


class Pen:
    """Draws the glyphs of a line again, as the renderer drew them, with marks around what does not say itself."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self.clusters = clusters
        self.made: list[Any] = []
        self.row: list[bytes] = []
        self.place = 0.0
        self.widths: dict[int, float] = {}

    def drawn(self, operators: list[Any]) -> list[Any]:
        """The operators with marks; the same where they do not show the glyphs of the clusters."""
        shown = [each for operator in operators for each in _parts(operator)]
        numbers = [each for each in shown if isinstance(each, int)]
        if numbers != [glyph.number for cluster in self.clusters for glyph in cluster.glyphs]:
            return operators
        left = iter(shown)
        for cluster in self.clusters:
            if cluster.says_itself() or not cluster.letters:
                self._as_it_is(left, len(cluster.glyphs))
            else:
                self._marked(left, cluster)
        for each in left:
            self._take(each)
        self._show()
        return self.made

    def _as_it_is(self, shown: Iterator[Any], count: int) -> None:
        while count:
            each = next(shown)
            self._take(each)
            count -= isinstance(each, int)

    def _take(self, each: Any) -> None:
        if isinstance(each, int):
            self.row.append(b"<%04x>" % each)
        elif isinstance(each, float):
            self.row.append(_spelt(each))
        else:
            self._show()
            self.made.append(each)

    def _show(self) -> None:
        if self.row:
            self.made.append(b"[" + b" ".join(self.row) + _SHOW)
        self.row = []

    def _marked(self, shown: Iterator[Any], cluster: Cluster) -> None:
        placed, end = self._placed(shown, cluster)
        self.widths = cluster.font.widths
        draw = self._backwards if cluster.backwards else self._forwards
        draw(placed, end, cluster)
        self._go(end)

    def _forwards(self, placed: list[Placed], end: float, cluster: Cluster) -> None:
        """All letters in one mark."""
        letters, tail = _without_ending(placed, cluster.letters, cluster.font.to_unicode, self.widths)
        self._begin(letters)
        self._glyphs(placed, tail[0].place if tail else end, cluster)
        self._end()
        for each in tail:
            self._glyph(each)

    def _backwards(self, placed: list[Placed], end: float, cluster: Cluster) -> None:
        """Each letter in a mark of its own, the last first; all glyphs are in that of the first letter."""
        letters, begin = cluster.letters, min(placed[0].place - cluster.offset, *(each.place for each in placed)) - 1
        unlike = self._unlike(cluster)[: len(letters) - 1]
        if len(unlike) == len(letters) - 1:
            for letter, glyph in zip(letters[:0:-1], unlike, strict=True):
                self._begin(letter)
                self._unseen(Placed(glyph, begin, None), cluster.blank)
                self._end()
            letters = letters[0]
        self._begin(letters)
        placed.sort(key=lambda each: cluster.font.widths[each.number] == 0)
        self._glyphs(placed, end, cluster)
        self._end()

    def _glyphs(self, placed: list[Placed], end: float, cluster: Cluster) -> None:
        """The glyphs of a cluster, from its first on the line to its end: there engines think that its letters stand."""
        raised = [each for each in placed if each.rise is not None]
        level = [each for each in placed if each.rise is None]
        for each in level:
            self._glyph(each)
        begin = level[0].place if level else placed[0].place
        for each in raised:
            self._show()
            self.made.append(each.rise)
            if cluster.blank:
                self._glyph(Placed(cluster.blank, begin, None))
            self._glyph(each)
            self._show()
            self.made.append(b"0" + _RISE)
        if cluster.blank and (raised or not self.widths[placed[-1].number]):
            for _ in range(2):  # one alone, before a space, is taken for its shadow
                self._glyph(Placed(cluster.blank, end - self.widths[cluster.blank], None))

    def _unlike(self, cluster: Cluster) -> list[int]:
        """Glyphs of letters that none of the next clusters has: some engines take two that are alike for one and its shadow."""
        here = self.clusters.index(cluster)
        near = {glyph.number for other in self.clusters[max(0, here - 4) : here + 5] for glyph in other.glyphs}
        letters = _HEBREW if "\u0590" <= cluster.letters[0] <= "\u05ff" else _ARABIC
        own = (own_glyph(cluster.font, letter) for letter in letters)
        return [number for number in own if number and number not in near]

    def _unseen(self, each: Placed, blank: int) -> None:
        """A glyph that is not seen and ends where it begins."""
        self._go(each.place)
        self._show()
        self.made.append(b"3 Tr")
        self._glyph(each)
        if blank:
            self._glyph(Placed(blank, each.place - self.widths[blank], None))
        self._show()
        self.made.append(b"0 Tr")

    def _glyph(self, each: Placed) -> None:
        self._go(each.place)
        self.row.append(b"<%04x>" % each.number)
        self.place += self.widths[each.number]

    def _begin(self, said: str) -> None:
        self._show()
        self.made.append(f"/Span <</ActualText <feff{said.encode('utf-16-be').hex()}>>> BDC".encode())

    def _end(self) -> None:
        self._show()
        self.made.append(b"EMC")

    def _placed(self, shown: Iterator[Any], cluster: Cluster) -> tuple[list[Placed], float]:
        """The glyphs of a cluster with their places, and the place after them."""
        placed: list[Placed] = []
        here, rise = 0.0, None
        while len(placed) < len(cluster.glyphs):
            each = next(shown)
            if isinstance(each, int):
                drawn = cluster.stand_in if each >= cluster.font.glyph_count else each
                placed.append(Placed(drawn or each, here, rise))
                here += cluster.font.widths[each]
            elif isinstance(each, float) and (placed or rise is not None):
                here -= each
            elif isinstance(each, bytes) and each.endswith(_RISE):
                rise = None if each == b"0" + _RISE else each
            else:
                self._take(each)
        self.place = 0.0
        return placed, here

    def _go(self, place: float) -> None:
        move = round(place - self.place, 3)
        if move:
            self.row.append(_spelt(-move))
        self.place = place


def _without_ending(
    placed: list[Placed], letters: str, meanings: dict[int, str], widths: dict[int, float]
) -> tuple[str, list[Placed]]:
    """The letters without those at their end that their own glyphs draw, and these glyphs, taken away from the others.

    Within the mark, some engines would say them twice.
    """
    tail: list[Placed] = []
    while len(placed) > 1 and placed[-1].rise is None and widths[placed[-1].number]:
        meaning = meanings.get(placed[-1].number, "")
        if not meaning or not letters.endswith(meaning) or letters == meaning:
            break
        letters = letters.removesuffix(meaning)
        tail.insert(0, placed.pop())
    return letters, tail


def _spelt(number: float) -> bytes:
    return b"%g" % round(number, 3) if abs(number) < 1e5 else b"%d" % number


def _parts(operator: Any) -> Iterator[Any]:
    """What an operator does, in parts: glyphs as whole numbers, moves as others, anything else as it is written."""
    if not isinstance(operator, bytes) or not operator.endswith(_SHOW):
        yield operator
        return
    for glyphs, move in _SHOWN.findall(operator[1 : -len(_SHOW)]):
        if move:
            yield float(move)
        yield from (int(glyphs[place : place + 4], 16) for place in range(0, len(glyphs), 4))
