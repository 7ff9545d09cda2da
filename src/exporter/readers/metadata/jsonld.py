"""JSON-LD as pages write it: graphs, lists, references, several objects in one script, and what is broken and can be mended."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

ARTICLE_KINDS = re.compile(r"(?:Article|BlogPosting|Posting|Report|Review|Interview|Story)$")
DEEPEST = 6

_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$"
)
_COMMA_AT_END = re.compile(r",\s*(?=[}\]])")
_COMMA_MISSING = re.compile(r'(?<=["}\]])\s*\n\s*(?="[\w@]+"\s*:)')
_WRONG_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_CONTROL = re.compile(r"[\x00-\x1f]+")

Node = dict[str, Any]
"""An object: terms of schema.org or of another vocabulary → values of any kind."""


def nodes(scripts: Iterable[str]) -> list[Node]:
    """Every object of the scripts that is about something, in order, references among them resolved one level deep."""
    found = [node for text in scripts for whole in parsed(text) for node in _objects(whole)]
    known: dict[str, Node] = {}
    for node in found:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(known.get(name, ())):
            known[name] = node
    return [{name: _resolved(value, known) for name, value in node.items()} for node in found]


def _resolved(value: object, known: dict[str, Node]) -> object:
    if isinstance(value, list):
        return [_resolved(each, known) for each in value]
    if isinstance(value, dict) and "@list" in value:
        return _resolved(value["@list"], known)
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return {**known.get(value["@id"], {}), **value}
    return value


def parsed(text: str) -> list[object]:
    """The values in a script: strictly, then with what is usually broken mended; empty when nothing helps."""
    for attempt in _attempts(text):
        try:
            return _glued(attempt)
        except (ValueError, RecursionError):
            continue
    return []


def _attempts(text: str) -> Iterator[str]:
    yield text
    bare = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";")
    yield bare
    flat = _CONTROL.sub(" ", _COMMA_MISSING.sub(",", bare))
    yield _COMMA_AT_END.sub("", _WRONG_ESCAPE.sub(r"\\\\", flat))
    yield _COMMA_AT_END.sub("", unescape(flat))


def _glued(text: str) -> list[object]:
    """One value after another, as in ``{…}{…}`` or ``{…};{…}``. Raises :class:`ValueError` at the first that is none."""
    decoder = json.JSONDecoder(strict=False)
    found: list[object] = []
    place = 0
    text = text.strip()
    while place < len(text):
        value, place = decoder.raw_decode(text, place)
        found.append(value)
        while place < len(text) and text[place] in " \t\r\n,;":
            place += 1
    return found


def _objects(value: object, depth: int = 0) -> Iterator[Node]:
    """The object itself and those that the page is about; entries of lists (of related articles, of crumbs) are not."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _objects(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "review"):
            yield from _objects(value.get(name), depth + 1)


def kinds(node: Node) -> list[str]:
    """The types of an object, without the vocabulary's address."""
    return [each.rsplit("/", 1)[-1] for each in listed(node.get("@type")) if isinstance(each, str)]


def is_article(node: Node) -> bool:
    """Whether the object is an article or the like."""
    return any(ARTICLE_KINDS.search(kind) for kind in kinds(node))


def listed(value: object) -> list[Any]:
    """The value as a list; nothing is an empty one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def first(value: object) -> Any:
    """The value, or the first of a list; None of an empty one."""
    return next(iter(listed(value)), None)
