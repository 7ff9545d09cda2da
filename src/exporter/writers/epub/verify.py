"""The checks before a book is handed out: documents are well-formed; words, links and pictures are all there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError, fromstring

from msgspec.structs import replace

from exporter.errors import WriteError
from exporter.model import Answer, Article, Code, Embed, Preformatted, Question, ReadMore, Text
from exporter.model.walk import walk
from exporter.writers.epub.metadata import legal
from exporter.writers.epub.package import NCX, XHTML, Package
from exporter.writers.xhtml.context import RenderContext

_BODY = "{http://www.w3.org/1999/xhtml}body"
_REPORT = "Please report this document: it is a fault of exporter."


def check(package: Package, written: Iterable[tuple[Article, RenderContext]]) -> None:
    """Raises :class:`WriteError` when a document is no XML, a word of an article is in none, or a link leads nowhere."""
    trees = {part.name: _parsed(part.name, part.content) for part in package.parts if part.media_type in {XHTML, NCX}}
    spine = [trees[part.name] for part in package.parts if part.in_spine]
    text = _text_of(spine)
    for article, context in written:
        _check_words(article, context, text)
    _check_links(trees, {part.name for part in package.parts})


def _parsed(name: str, content: bytes) -> Element:
    try:
        return fromstring(content)  # noqa: S314  (our own text, and it declares no entities)
    except ParseError as fault:
        raise WriteError(f"{name} is not well formed: {fault}.", _REPORT) from fault


def _text_of(spine: Iterable[Element]) -> str:
    bodies = (each for tree in spine for each in tree.iter(_BODY))
    return "".join(_squeezed("".join(body.itertext())) for body in bodies)


def _check_words(article: Article, context: RenderContext, text: str) -> None:
    place = 0
    for words in _words(article, context):
        wanted = _squeezed(legal(words))
        # Nearly all stand in order; notes and the parts of a figure may stand elsewhere.
        found = text.find(wanted, place)
        place = found + len(wanted) if found >= 0 else place
        if found < 0 and wanted not in text:
            raise WriteError(f"These words are missing from the EPUB: {legal(words)[:60]!r}.", _REPORT)


def _squeezed(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split())


def _words(article: Article, context: RenderContext) -> Iterator[str]:
    """Every text that a book prints; the links to other articles are not part of it."""
    for node in walk(replace(article, related=())):
        match node:
            case Text(text) | Code(text) | Preformatted(text):
                yield text
            case Question() | Answer():
                yield context.numbering.name(node)
            case ReadMore(label=words) | Embed(title=words):
                yield words
            case _:
                pass


def _check_links(trees: dict[str, Element], names: set[str]) -> None:
    anchors = {name: {each.get("id") for each in tree.iter() if each.get("id")} for name, tree in trees.items()}
    for name, tree in trees.items():
        for address in _addresses(tree):
            target, _, anchor = address.partition("#")
            file = posixpath.normpath(unquote(target)) if target else name
            if file not in names or (anchor and anchor not in anchors.get(file, ())):
                raise WriteError(f"{name} leads to {address}, which the EPUB does not hold.", _REPORT)


def _addresses(tree: Element) -> Iterator[str]:
    for each in tree.iter():
        for address in (each.get("href"), each.get("src")):
            if address and not urlsplit(address).scheme:
                yield address
