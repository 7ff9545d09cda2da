"""An account of a page's visible text that owes nothing to the reader: lxml's tree, plain rules of what a browser shows.

It knows neither the reader's parser nor its words: text nodes of the body, less what HTML never renders, what attributes hide,
and what stands in for something else. Each stretch of visible letters must be told of in some fate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html

from exporter import Reading

SILENT = frozenset(
    """script style template noscript head title iframe object video audio canvas svg math select option optgroup datalist
    textarea button input progress meter map noframes noembed rp""".split()  # noqa: SIM905 -- a list of names is easier to read unquoted
)
"""Elements whose text is not part of what is read: never shown, a control's, or shown only in place of something else."""
SHADOW = ("shadowrootmode", "shadowmode", "shadowroot")
LEAST = 12
"""Letters in a row from which on a stretch of text must be found whole in a fate."""

_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Untold:
    """A stretch of visible text that no fate tells of: its element, and its words."""

    where: str
    text: str


def untold(text: str, reading: Reading) -> list[Untold]:
    """The visible texts of the page (decoded to ``text``) of which no fate of the reading says what became of them."""
    told = " ".join(_folded(fate.text) for fate in reading.fates)
    joined = told.replace(" ", "")
    return [
        Untold(where, words)
        for where, words in visible(text)
        if len(letters := _folded(words).lstrip("0123456789")) >= LEAST
        and letters not in told
        and letters not in joined
    ]


def visible(text: str) -> Iterator[tuple[str, str]]:
    """``(element, words)`` of every text node that a browser shows, in the order of the page."""
    root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    body = root.find("body")
    if body is not None:
        yield from _texts(body)


def _texts(element: lxml.html.HtmlElement) -> Iterator[tuple[str, str]]:
    stack: list[tuple[lxml.html.HtmlElement, bool]] = [(element, False)]
    while stack:
        node, tail = stack.pop()
        if tail:
            yield from _words(node.getparent(), node.tail)
            continue
        stack.append((node, True)) if node is not element else None
        if not isinstance(node.tag, str) or _is_unseen(node):
            continue
        yield from _words(node, node.text)
        stack.extend((child, False) for child in reversed(node))


def _words(owner: lxml.html.HtmlElement, text: str | None) -> Iterator[tuple[str, str]]:
    if text and text.strip() and owner is not None:
        yield f"{owner.tag}:{owner.sourceline}", " ".join(text.split())


def _is_unseen(element: lxml.html.HtmlElement) -> bool:
    if element.tag == "template":
        return not any(element.get(name) is not None for name in SHADOW)
    if element.tag in SILENT or (element.tag == "dialog" and element.get("open") is None):
        return True
    if element.get("hidden") not in (None, "until-found"):  # the empty string is given for the bare attribute
        return True
    return bool(_HIDES.search(element.get("style") or ""))


def _folded(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
