"""Going through the tree: children, every node, plain text, rewriting, and the rules a document must keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import is_
from typing import Any, TypeVar

from msgspec.structs import astuple, replace

from exporter.errors import InvalidDocument
from exporter.model import (
    Answer,
    Article,
    Block,
    Code,
    Document,
    Figure,
    Formula,
    Image,
    Inline,
    LineBreak,
    Link,
    ListEntry,
    Node,
    Note,
    Preformatted,
    Question,
    Sidebar,
    Table,
    Text,
    Turn,
)

DEEPEST = 150
"""Levels of nodes below the article. No reader makes as many, and every writer but print can take them."""

AnyNode = TypeVar("AnyNode", bound=Node)


_ABOVE: dict[type[Node], str] = {ListEntry: "term", Sidebar: "heading", Table: "caption"}
"""What is read before the rest of its node, though it may be missing and is therefore named last."""


_CHILDREN = ("children",)


def children(node: Node) -> list[Node]:
    """The nodes directly inside ``node``, in reading order."""
    fields = node.__struct_fields__
    if fields == _CHILDREN:  # most nodes are lines of others
        return list(node.children)  # type: ignore[attr-defined]  # it is their only field
    found: list[Node] = []
    if type(node) is Text:
        return found
    above = _ABOVE.get(type(node))
    values = astuple(node)
    if above:
        at = fields.index(above)
        values = (values[at], *values[:at], *values[at + 1 :])
    _collect(values, found)
    return found


_PLAIN = frozenset({str, type(None), bool, int, bytes})
"""Types of values that are no nodes. To ask whether a value is a node takes longer, and most are words."""


def _collect(values: tuple[object, ...], found: list[Node]) -> None:
    for value in values:
        kind = type(value)
        if kind is tuple:
            if value:
                _collect(value, found)  # type: ignore[arg-type]  # a tuple, as it says
        elif kind not in _PLAIN and isinstance(value, Node):
            found.append(value)


def walk(node: Node) -> Iterator[Node]:
    """``node`` and everything below it, parents before children, in reading order."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        if type(current) is not Text:
            stack.extend(reversed(children(current)))


def rewrite(node: AnyNode, change: Callable[[Node], Node]) -> AnyNode:
    """A copy of the tree in which each node was passed through ``change``, children before parents.

    ``change`` must return a node that may stand where the old one stood.
    """
    renewed: dict[str, Any] = {}
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if type(value) in _PLAIN:
            continue
        fresh = _rewritten(value, change)
        if fresh is not value:
            renewed[name] = fresh
    return change(replace(node, **renewed) if renewed else node)  # type: ignore[return-value]


def _rewritten(value: Any, change: Callable[[Node], Node]) -> Any:
    if isinstance(value, tuple):
        fresh = tuple([_rewritten(each, change) for each in value])
        return value if all(map(is_, fresh, value)) else fresh
    return rewrite(value, change) if isinstance(value, Node) else value


def plain(inlines: tuple[Inline, ...]) -> str:
    """The words of inline nodes: line breaks as newlines, notes left out."""
    return "".join([each.text if type(each) is Text else _plain(each) for each in inlines])


def _plain(node: Inline) -> str:
    match node:
        case Text(text) | Code(text):
            return text
        case LineBreak():
            return "\n"
        case Note():
            return ""
        case Formula():
            return node.tex or node.alt
        case _:
            return plain(node.children)


def unlinked(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Inline nodes for a place that is a link itself: the words of links without their addresses, notes left out."""
    found: list[Inline] = []
    for node in inlines:
        match node:
            case Link(children):
                found += unlinked(children)
            case Note():
                pass
            case Text() | Code() | LineBreak() | Formula():
                found.append(node)
            case _:
                found.append(replace(node, children=unlinked(node.children)))
    return tuple(found)


def words_of(node: Node) -> Iterator[str]:
    """The printed text below ``node``, in reading order: runs, code, formulas. Labels and names of speakers are none of it."""
    for each in walk(node):
        match each:
            case Text(text) | Code(text) | Preformatted(text):
                yield text
            case Formula(tex=tex, alt=alt):
                yield alt or tex
            case _:
                pass


def pictures(node: Node) -> Iterator[Image]:
    """Every picture below ``node``, in reading order."""
    return (each for each in walk(node) if isinstance(each, Image))


def blocks_of(article: Article) -> tuple[Block, ...]:
    """Introduction and body in one sequence."""
    return article.introduction + article.body


def figures_of(article: Article) -> Iterator[Figure]:
    """The lead photo and every figure after it, in reading order."""
    return (each for each in walk(article) if isinstance(each, Figure))


def validate(document: Document) -> None:
    """Checks what the types cannot say.

    Raises :class:`InvalidDocument` when the headline is empty, a picture names no asset of the document, two assets share
    a key, a turn holds nothing, a figure has no picture, or parts stand inside one another deeper than :data:`DEEPEST`.
    """
    nodes = list(walk(document.article))
    _check_assets(document, nodes)
    if not plain(document.article.headline).strip():
        raise InvalidDocument("The document has no headline.", "Give article.headline at least one word.")
    _check_depth(document.article)
    for node in nodes:
        problem = _problem(node)
        if problem:
            raise InvalidDocument(problem, "docs/model.md states the rules of each node.")


def _check_depth(article: Article) -> None:
    level: list[Node] = [article]
    for _ in range(DEEPEST + 1):
        level = [child for node in level for child in children(node)]
        if not level:
            return
    raise InvalidDocument(
        f"The document nests its parts deeper than {DEEPEST} levels.", "Flatten its lists, tables or quotations."
    )


def _check_assets(document: Document, nodes: list[Node]) -> None:
    keys = [asset.key for asset in document.assets]
    twice = sorted({key for key in keys if keys.count(key) > 1}) if len(set(keys)) < len(keys) else []
    if twice:
        raise InvalidDocument(f"Two assets share the key {twice[0]!r}.", "Give each asset a key of its own.")
    known = set(keys)
    for picture in nodes:
        if isinstance(picture, Image) and picture.asset is not None and picture.asset not in known:
            raise InvalidDocument(
                f"A picture names the asset {picture.asset!r}, which the document does not hold.",
                "Add the asset, or set the picture's asset to null.",
            )


def _problem(node: Node) -> str:
    match node:
        case Turn(question=None, answers=()):
            return "A turn has neither a question nor an answer."
        case Figure(images=()):
            return "A figure has no picture."
        case Question(blocks=()) | Answer(blocks=()):
            return "A question or an answer is empty."
        case Text(text=""):
            return "A run of text is empty."
        case Formula(mathml="", tex="", alt=""):
            return "A formula is empty."
        case _:
            return ""
