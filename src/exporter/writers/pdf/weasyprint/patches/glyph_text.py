"""The words behind the glyphs of a PDF: what comes out when its text is searched, copied or read aloud.

A PDF says for each glyph of a font which letters it means, once for the whole file, and what reads it takes the glyphs from
left to right. That is too little for what fonts do: one glyph stands for other letters in another word, a letter is drawn by
two glyphs (Thai's sara am), a mark stands above or before its letter, two letters share a glyph (Hebrew points), a joiner has
none. So wherever the glyphs of a cluster do not say its letters, they are marked together with them (ActualText: ISO 32000-1,
14.9.4).

Where letters run backwards, engines differ in the order in which they take several letters of one glyph or one mark; of single
letters, all make the same words. There the mark says the first letter only, and the others stand before it, each as the mark
of a glyph that is not seen and takes no room.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from exporter.writers.pdf.weasyprint import native
from exporter.writers.pdf.weasyprint.actual_text import Pen
from exporter.writers.pdf.weasyprint.glyph_clusters import JOINER, SPACES, Cluster, clusters_of, own_glyph
from exporter.writers.pdf.weasyprint.glyph_runs import together

_PLAIN = re.compile(r"[\u0000-\u00ac\u00ae-\u024f\u2000-\u200a\u2010-\u202f\u20a0-\u20bf]*")
"""Letters and marks that every font draws with one glyph each, or with ligatures that mean the same everywhere."""


class Meanings(dict[int, str]):
    """Glyph → letters, as WeasyPrint fills it while it draws.

    The first letters that a glyph stands for count. Where it stands for none, being the second glyph of a letter, that is no
    meaning: the next drawing is asked again.
    """

    def __contains__(self, glyph: object) -> bool:
        """Whether the glyph's meaning is known."""
        return self.get(glyph, JOINER) != JOINER  # type: ignore[call-overload, no-any-return]

    def __setitem__(self, glyph: int, letters: str) -> None:
        """Notes a meaning."""
        super().__setitem__(glyph, letters.translate(SPACES) or JOINER)


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.draw import text
    from weasyprint.pdf import fonts
    from weasyprint.text.ffi import ffi, pango

    if not hasattr(fonts, "Font") or not hasattr(text, "draw_first_line"):
        return False
    native.declare(ffi, native.UNKNOWN_GLYPHS, *native.GLYPHS)
    begin, draw = fonts.Font.__init__, together(text.draw_first_line)

    def begun(self: Any, *arguments: Any, **options: Any) -> None:
        begin(self, *arguments, **options)
        if getattr(self, "to_unicode", None) == {}:
            self.to_unicode = Meanings()

    def drawn(stream: Any, textbox: Any, *arguments: Any) -> Any:
        layout, before = textbox.pango_layout, len(stream.stream)
        plain = _PLAIN.fullmatch(layout.text) and not pango.pango_layout_get_unknown_glyphs_count(layout.layout)
        if plain and getattr(layout, "respelt", None) is None:
            return draw(stream, textbox, *arguments)
        clusters = clusters_of(stream, layout)
        for cluster in clusters:
            _note(cluster)
        fonts = {id(each.font): each.font for each in clusters}
        meant = [(font, dict(font.to_unicode)) for font in fonts.values()]
        result = draw(stream, textbox, *arguments)
        for font, noted in meant:
            font.to_unicode.update(noted)  # the renderer has its own opinion of what else a glyph could mean
        stream.stream[before:] = Pen(clusters).drawn(stream.stream[before:])
        return result

    fonts.Font.__init__, text.draw_first_line = begun, drawn
    return True


def _note(cluster: Cluster) -> None:
    """Gives each glyph of a cluster its meaning before the renderer does: that of its own letter, as far as it has one."""
    meanings = cluster.font.to_unicode
    unknown = [glyph.number for glyph in cluster.glyphs if glyph.number not in meanings]
    if len(cluster.glyphs) == 1:
        meanings.update(dict.fromkeys(unknown, cluster.letters.translate(SPACES) or JOINER))
    elif unknown:
        own = {own_glyph(cluster.font, letter): letter for letter in cluster.letters.translate(SPACES)}
        others = [glyph.number for glyph in cluster.glyphs if glyph.number not in own]
        letters = [letter for number, letter in own.items() if number not in {each.number for each in cluster.glyphs}]
        if len(others) == len(letters):
            own |= dict(zip(others[::-1] if cluster.backwards else others, letters, strict=True))
        meanings.update({number: own.get(number, JOINER) for number in unknown})
