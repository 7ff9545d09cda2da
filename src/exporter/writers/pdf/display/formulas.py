"""Formulas drawn for print: WeasyPrint has no MathML. Each is an SVG picture that knows where its baseline is."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from msgspec import Struct

from exporter.model import Formula
from exporter.model.mathml import NAMESPACE, cleaned

SIZE = 24.0
"""Units of the drawing for one em."""
_VIEW = re.compile(r'viewBox="(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+)"')


class Drawing(Struct, frozen=True):
    """An SVG picture, and its width, height and depth below the line of text, in em."""

    content: bytes
    width: float
    height: float
    depth: float

    @property
    def style(self) -> str:
        """The declarations that set the picture into its line."""
        return f"width:{self.width:.4f}em;height:{self.height:.4f}em;vertical-align:{-self.depth:.4f}em"


@lru_cache(maxsize=512)
def drawn(formula: Formula) -> Drawing | None:
    """The formula's drawing; None for one that is known by its words only, or that cannot be drawn."""
    mathml = cleaned(formula.mathml)
    if not mathml:
        return None
    display = ' display="block"' if formula.display else ""
    try:
        with _unlogged():
            drawing = _svg(mathml.replace("<math", f'<math xmlns="{NAMESPACE}"{display}', 1))
    except Exception:  # noqa: BLE001 - whatever a library of drawings stumbles over, the words are printed
        return None
    view = _VIEW.search(drawing)
    if view is None:
        return None
    _, top, width, height = map(float, view.groups())
    return Drawing(drawing.encode(), width / SIZE, height / SIZE, (top + height) / SIZE)


def _svg(mathml: str) -> str:
    from ziamath.config import config
    from ziamath.zmath import Math

    config.svg2 = False  # paths and no symbols: MuPDF knows no viewBox on these
    return str(Math(mathml, size=SIZE).svg())


@contextmanager
def _unlogged() -> Iterator[None]:
    """Keeps the library from setting up the logging of the whole program, as it does by speaking to nobody in particular.

    Everything that any library says afterwards would stand on standard error, among lines of ours.
    """
    nobody = logging.NullHandler()
    logging.getLogger().addHandler(nobody)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(nobody)
