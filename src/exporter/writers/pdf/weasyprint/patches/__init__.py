"""The patches of the renderer, which change it while it runs: one module and one line of ``PATCHES`` each.

A patch puts itself in force only on a renderer that is built as the patch expects. Where it does not, the pages are set as the
renderer sets them by itself; a notice and ``exporter doctor`` say what is lost.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from msgspec import Struct


class Patch(Struct, frozen=True):
    """``module`` stands in this folder; ``lost`` is what there is not where the patch does not take."""

    module: str
    lost: str


PATCHES: tuple[Patch, ...] = (
    Patch("font_files", "folders of fonts that go with the program"),
    Patch("missing_letters", "room for letters that no font has"),
    Patch("image_fit", "pictures made a little lower to stay on their page"),
    Patch("footnotes", "notes on the page of their marks"),
    Patch("paragraphs", "lines of a paragraph weighed together"),
    Patch("line_ends", "lines whose end is known laid out once"),
    Patch("memo", "styles and broken text remembered from one layout to the next"),
    Patch("optical_margins", "small marks hung out of the column, so that its edges look straight"),
    Patch("bidi", "the order of words beside others in bold or italics where directions mix"),
    Patch("resumption", "layouts of what changed alone"),
    Patch("finishing", "what only shows in print made once, for the pages that are printed"),
    Patch("hyphenation", "words spelt as their language spells them where they are divided"),
    Patch("turn_overs", "marks where a line of program text goes on"),
    Patch("glyph_text", "the page's own words behind ligatures and joined letters"),
    Patch("word_spaces", "justified lines that end where their column does, in fonts that kern across spaces"),
    Patch("tag_boxes", "tags that follow the document's nodes"),
)
"""In the order in which they are put in force."""


@cache
def untaken() -> tuple[Patch, ...]:
    """Puts all patches in force in this process, once; those that this renderer is built otherwise for."""
    return tuple(patch for patch in PATCHES if not import_module(f"{__name__}.{patch.module}").install())
