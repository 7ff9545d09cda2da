"""Boxes within boxes, and boxes with nothing in them: on paper they are ladders of rules.

A page nests its boxes for its layout. What stands in an inner one belongs to the outer, its heading in bold before it; a box
without words and pictures is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from exporter.model import Block, Document, Image, Node, Paragraph, Sidebar, Strong
from exporter.model.walk import rewrite, walk, words_of
from exporter.notices import Notice


def with_flat_sidebars(document: Document) -> tuple[Document, tuple[Notice, ...]]:
    """The document without a sidebar in a sidebar, and without empty ones. No word and no picture is lost."""
    if not any(isinstance(node, Sidebar) for node in walk(document.article)):
        return document, ()
    return replace(document, article=rewrite(document.article, _without_empty)), ()


def _without_empty(node: Node) -> Node:
    """The node without blocks that came to nothing; those inside it were changed before it."""
    fresh: dict[str, Any] = {}
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, tuple) and any(isinstance(each, Sidebar) for each in value):
            fresh[name] = tuple(_opened(value) if isinstance(node, Sidebar) else filter(_holds_anything, value))
    return replace(node, **fresh) if fresh else node


def _holds_anything(block: Block) -> bool:
    if not isinstance(block, Sidebar):
        return True
    return any(isinstance(each, Image) for each in walk(block)) or any(words.strip() for words in words_of(block))


def _opened(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a sidebar; an inner sidebar is replaced by its own blocks."""
    for block in blocks:
        if isinstance(block, Sidebar):
            if block.heading:
                yield Paragraph((Strong(block.heading),))
            yield from _opened(block.blocks)
        else:
            yield block
