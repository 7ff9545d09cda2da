"""Where lines of display type may end: inside words that are longer than a line, and not inside names.

Type that is read at a glance is not hyphenated. Only a word that is wider than its column is divided, by the rules of its
language, because the renderer would cut it anywhere.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from exporter.typography.hyphenation import with_soft_hyphens
from exporter.writers.pdf.weasyprint.patches.hyphenation import OWN_HYPHEN

LONGEST = 24
"""Letters of a word that fits a line of display type in its smallest size."""

_DISPLAY = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CLASSES = frozenset({"deck", "pull-quote", "question", "kicker"})
_NAME = re.compile("[^\\W\\d_a-z][\\w.'’\u200b-]*(?: [^\\W\\d_a-z][\\w.'’\u200b-]*)+")
_LONGEST_NAME = 32
"""Letters of a name that is kept on one line; what is longer is several names, or would leave a line half empty."""


def prepare(root: Element, language: str) -> None:
    """Puts soft hyphens into the long words of headings, deck and pull quotes, and holds the names of bylines together.

    ``root`` is the page's tree.
    """
    for element in root.iter():
        if "byline" in element.get("class", "").split():
            for inner in element.iter():
                inner.text = inner.text and _NAME.sub(_held, inner.text)
                inner.tail = inner.tail and _NAME.sub(_held, inner.tail)
        elif element.tag in _DISPLAY or _CLASSES & set(element.get("class", "").split()):
            tongue = element.get("lang") or language
            for inner in element.iter():
                inner.text = _divided(inner.text, tongue)
                inner.tail = inner.tail if inner is element else _divided(inner.tail, tongue)


def _held(name: re.Match[str]) -> str:
    held = name[0].replace(" ", "\u00a0").replace(OWN_HYPHEN, "-").replace("-", "\u2011")
    return held if len(held) <= _LONGEST_NAME else name[0]


def _divided(text: str | None, language: str) -> str | None:
    return with_soft_hyphens(text, language, LONGEST) if text else text
