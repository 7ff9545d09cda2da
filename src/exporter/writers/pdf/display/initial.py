"""The initial: the first letter of the introduction, or of an article that has none, some lines high.

A letter that floats is torn from its word: in the tag tree it becomes a paragraph, in the extracted text a line. So the
large letter is drawn, as a picture behind a box that is no content, and the word stays whole: its own first letter keeps
its place at the foot of the large one, unseen. The style sheet does all this; here it is told the measures.
"""

from __future__ import annotations

import re

from markupsafe import escape
from msgspec import Struct

from exporter.language import direction_of
from exporter.model import Article, Figure, Paragraph
from exporter.model.walk import plain
from exporter.themes import Theme
from exporter.writers.pdf.display.metrics import FontMetrics, Letter, face_of, letter_of
from exporter.writers.pdf.pictures import ROOT

ADDRESS = f"{ROOT}initial.svg"

LINES = 3
"""Lines that stand beside an initial; one more beside the tail of a letter that has one."""

MOST_TAIL = 0.1
"""How far a letter may reach below its foot, in parts of its height, before it meets the line below, as J and Q do."""

MARKS = frozenset("“”„‟«»‹›‘’‚‛\"'¿¡「『")
"""Marks before the first letter that are as large as it is."""

TUCKED, MOST_TUCKED = 0.6, 0.3
"""How much of the room at the top of a letter that stands back there the first line takes, and how much of the letter's width
at most: so the word stays together."""

LEAST_LETTERS = 200
"""A first paragraph of fewer letters is too short to stand beside an initial."""


_ACCENT = re.compile(r"--accent:\s*([^;}/]+)")
"""The accent as a sheet names it; of several the last counts, as in the cascade."""


class Initial(Struct, frozen=True):
    """The large letter as an SVG picture, and what the style sheet must know of it: custom properties of the root.

    ``initial-width``, ``-height`` and ``-over`` (how far it reaches over capitals) are parts of the height of its
    capitals, as is ``-tuck``, how far the first line stands into it; ``-lines`` is how many lines stand beside it;
    ``-advance``, ``-cap`` and ``-rise`` are those of the running text's letter, in parts of its size.
    """

    picture: bytes
    variables: dict[str, str]


def initial_of(article: Article, theme: Theme) -> Initial | None:
    """The initial, where one may stand: a theme that wants it, a left-to-right script, a letter, a long paragraph."""
    design = theme.manifest.initial
    first = next((each for each in article.introduction or article.body if not isinstance(each, Figure)), None)
    if design is None or not isinstance(first, Paragraph) or direction_of(article.metadata.language) == "rtl":
        return None
    words = plain(first.children).lstrip()
    begin = words[: 1 + (words[:1] in MARKS)]
    if len(words) < LEAST_LETTERS or not begin[-1].isalpha():
        return None
    letter, text = letter_of(theme, design.face, begin), face_of(theme, design.text)
    advance = text.width(begin)
    if letter is None or advance is None:
        return None
    return Initial(_drawn(letter, design.ink or _accent(theme)), _variables(letter, text, advance))


def _accent(theme: Theme) -> str:
    """The theme's accent, or that of the user's own sheet or of the photo: a drawing cannot ask for a property of the page."""
    found = _ACCENT.findall(theme.sheet("print"))
    return theme.accent or (found[-1].strip() if found else "#000")


def _drawn(letter: Letter, ink: str) -> bytes:
    box = " ".join(f"{edge:.4f}" for edge in (letter.left, letter.top, letter.width, letter.height))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
    return f'{head}<path fill="{escape(ink)}" d="{letter.path}"/></svg>'.encode()


def _variables(letter: Letter, text: FontMetrics, advance: float) -> dict[str, str]:
    measures = {
        "width": letter.width,
        "height": letter.height,
        "over": -letter.top - 1,
        "advance": advance,
        "tuck": min(max(0.0, letter.recess) * TUCKED, MOST_TUCKED * letter.width),
        "cap": text.cap,
        "rise": text.rise,
        "lines": LINES + (letter.top + letter.height > MOST_TAIL),
    }
    return {"initial": f"url({ADDRESS})"} | {f"initial-{name}": f"{value:.4f}" for name, value in measures.items()}
