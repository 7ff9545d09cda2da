"""Addresses that lead nowhere for whoever holds the result: scripts, files, places relative to a page that is gone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from msgspec.structs import replace

from exporter.model import Document, Embed, Link, Metadata, Node
from exporter.model.walk import rewrite, walk
from exporter.notices import Notice, notice

_STRAY = re.compile(r'["<>\\^`{|}]|%(?![0-9A-Fa-f]{2})')
"""What an address must escape (RFC 3986), although browsers accept it bare."""

_MAIL = re.compile(r"mailto:[^\s@<>]+@[^\s@<>]+", re.IGNORECASE)


def with_public_addresses(document: Document) -> tuple[Document, tuple[Notice, ...]]:
    """The document with links to http, https and mail addresses only; a notice counts the others, of which the words stay.

    Characters that an address may not hold bare are escaped.
    The page's own address is dropped unless it is one of the web, because colophons print it.
    """
    lost = sum(
        1 for node in walk(document.article) if isinstance(node, Link | Embed) and node.href and not _leads(node.href)
    )
    article = rewrite(document.article, _mended)
    if article is document.article:
        return document, ()
    notices = (notice("links-without-target", count=lost),) if lost else ()
    return replace(document, article=article), notices


def _mended(node: Node) -> Node:
    match node:
        case Link(href=href) | Embed(href=href) if href and not _leads(href):
            return replace(node, href="")
        case Link(href=href) | Embed(href=href) if _STRAY.search(href):
            return replace(node, href=_written(href))
        case Metadata(source_url=address) if address and not _on_the_web(address):
            return replace(node, source_url="")
        case Metadata(source_url=address) if _STRAY.search(address):
            return replace(node, source_url=_written(address))
        case _:
            return node


def _written(address: str) -> str:
    return _STRAY.sub(lambda each: f"%{ord(each[0]):02X}", address)


def _leads(address: str) -> bool:
    return _on_the_web(address) or bool(_MAIL.fullmatch(address))


def _on_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", address)
    except ValueError:
        return False
