"""Text whose lines are the author's: verse by its name, else what is set in letters of one width."""

from __future__ import annotations

from bs4 import Tag

from exporter.model import Preformatted, Text, Verse
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import every
from exporter.readers.lexicon.vocabulary import named

_BREAKS = frozenset({"br"})
_LETTERS_OF_CODE = frozenset({"code", "samp", "kbd", "tt"})


def preformatted_block(tag: Tag) -> Preformatted | Verse | None:
    """The block of a ``pre``, None where it says nothing; a line ends at a line break as well (HTML, 4.5.27)."""
    for each in every(tag, _BREAKS):
        each.replace_with("\n")
    written = tag.get_text().strip("\n")
    if not written.strip():
        return None
    if named(attribute(tag, "class"), "verse") and not every(tag, _LETTERS_OF_CODE):
        return Verse(tuple((Text(line.strip()),) if line.strip() else () for line in written.split("\n")))
    return Preformatted(written)
