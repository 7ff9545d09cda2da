"""Documents bound into one book: articles in order, each picture once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from exporter.model import Article, Asset, Block, Document, Image, Inline, Node
from exporter.model.book import Book, BookMetadata, Part
from exporter.model.walk import rewrite


class Section(Struct, frozen=True):
    """What becomes one part of a book: documents under a heading, or under none."""

    documents: tuple[Document, ...]
    heading: tuple[Inline, ...] = ()
    introduction: tuple[Block, ...] = ()


def bound(
    metadata: BookMetadata,
    sections: Iterable[Section],
    foreword: tuple[Block, ...] = (),
    missing: tuple[str, ...] = (),
) -> Book:
    """The book of these documents. A picture that stands in several of them is held once, told by its bytes."""
    shelf: dict[str, Asset] = {}
    parts = tuple(
        Part(tuple(_shelved(each, shelf) for each in section.documents), section.heading, section.introduction)
        for section in sections
    )
    return Book(metadata, parts, foreword, missing, tuple(shelf.values()))


def _shelved(document: Document, shelf: dict[str, Asset]) -> Article:
    """Puts the article's pictures on the shelf, each once, and gives the article with their names there."""
    keys: dict[str, str] = {}
    for asset in document.assets:
        keys[asset.key] = key = _key(asset)
        shelf.setdefault(key, replace(asset, key=key))

    def renamed(node: Node) -> Node:
        return replace(node, asset=keys[node.asset]) if isinstance(node, Image) and node.asset in keys else node

    return rewrite(document.article, renamed)


def _key(asset: Asset) -> str:
    """Names a picture by its bytes, or by its path where the document holds no bytes."""
    if not asset.content:
        return f"missing-{hashlib.sha256(f'{asset.path} {asset.key}'.encode()).hexdigest()[:20]}"
    return asset.digest or hashlib.sha256(asset.content).hexdigest()
