"""Addresses as people read them, and which of an article's links print should spell out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag

from exporter.model import Article, Embed, Figure, Link, Node, PullQuote
from exporter.model.walk import blocks_of, children, figures_of, plain, walk

Addressed = Link | Embed
"""What leads elsewhere."""

MOST_LETTERS = 120
"""Letters of an address that is printed whole, whatever its query."""

_SILENT = (Figure, PullQuote)
"""Nodes whose links get no notes: captions stand beside pictures, and the words of a pull quote stand in the text as well."""

_SCHEME = re.compile(r"(?:https?://(?:www\.)?|mailto:)", re.IGNORECASE)


def readable(address: str) -> str:
    """An address as people read it: %-escapes of letters are shown as the letters."""
    letters = unquote(address, errors="replace")
    return address if any(not each.isprintable() or each in " \ufffd" for each in letters) else letters


def spoken(address: str) -> str:
    """An address as people say it and type it: readable, without what every browser adds."""
    bare = _SCHEME.sub("", without_keys(readable(address)), count=1)
    return bare.rstrip("/") or address


def without_keys(address: str) -> str:
    """An address without its query, when it is too long to type: such a query holds keys for machines."""
    place, mark, _ = address.partition("?")
    return f"{place}{mark}…" if mark and len(address) > MOST_LETTERS else address


def spelled_out(article: Article) -> Iterator[Addressed]:
    """The links of the running text whose addresses print must give, in reading order: each address once, none that is shown.

    The page's own marks of notes lead back into the page, or have no letters; they need no note of ours beside them.
    """
    own = urldefrag(article.metadata.source_url).url
    seen: set[str] = set()
    for block in blocks_of(article):
        for node in _addressed(block):
            address = urldefrag(node.href)
            inside = bool(address.fragment) and address.url == own
            if node.href and node.href not in seen and not inside and not _shows(node):
                seen.add(node.href)
                yield node


def unprinted(article: Article) -> set[str]:
    """The addresses that are printed nowhere: those that only links in deck, captions and credits have."""
    silent = (*article.deck, *figures_of(article))
    links = (node for each in silent for node in walk(each) if isinstance(node, Link))
    own = urldefrag(article.metadata.source_url).url
    leading = {each.href for each in links if each.href and not _shows(each) and urldefrag(each.href).url != own}
    return leading - {each.href for each in spelled_out(article)}


def _addressed(node: Node) -> Iterator[Addressed]:
    if isinstance(node, _SILENT):
        return
    if isinstance(node, Link | Embed):
        yield node
    for child in children(node):
        yield from _addressed(child)


def _shows(node: Addressed) -> bool:
    """Whether the link's words are its address, so that print shows it already, or whether it has no words."""
    if isinstance(node, Embed) and not node.title:
        return True  # the address is printed in the title's place
    words = node.title if isinstance(node, Embed) else plain(node.children)
    return spoken(node.href).casefold() in words.casefold() or not any(each.isalpha() for each in words)
