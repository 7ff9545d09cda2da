"""Imports site-config files, the common public form: a text of ``title:``, ``body:``, ``strip:`` and XPath expressions.

XPath is turned into CSS where it says the same; what has no counterpart here is named, line by line, and nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from exporter.errors import UsageError
from exporter.readers.sites import MAX_BYTES, parsed
from exporter.readers.sites.xpath import Inexpressible, selectors_of
from exporter.runtime.files import content_of

_ROLES = {"title": "headline", "body": "article", "author": "byline", "date": "dateline", "strip": "drop"}
"""Directive with XPath → role."""

_NEEDLESS = frozenset(
    """prune tidy parser test_url test_contains autodetect_on_failure autodetect_next_page convert_double_br_tags
    insert_detected_image strip_comments native_ad_clue footnotes""".split()  # noqa: SIM905 -- easier to read unquoted
)
"""Directives for what exporter does anyway, or that only serve tests."""

_NAMED = {"strip_id_or_class": "[id*={0}], [class*={0}]", "strip_image_src": "img[src*={0}]"}
"""Directive with a bare word → the selectors that it means."""

_ORDER = ("headline", "byline", "dateline", "article", "drop")


class Imported(Struct, frozen=True):
    """The rules as TOML, and a line for each directive that was not taken over, with the reason."""

    toml: str
    left: tuple[str, ...]


def imported(path: str) -> Imported:
    """What a site-config file says, as a file of ours. Raises :class:`UsageError` when it cannot be read or says nothing."""
    text = _text(path)
    found: dict[str, list[str]] = {}
    left: list[str] = []
    for number, directive, stated in _directives(text):
        try:
            for role, selector in _taken(directive, stated):
                found.setdefault(role, []).append(selector)
        except Inexpressible as fault:
            left.append(f"line {number}: {directive}: {stated}: {fault}")
    if not found:
        raise UsageError(
            f"{path} holds nothing that can be taken over.", "It is a text with lines such as body: //article"
        )
    toml = _toml(path, found, left)
    parsed(toml, Path(path).name)
    return Imported(toml, tuple(left))


def _text(path: str) -> str:
    try:
        content = content_of(path, MAX_BYTES)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "its name is malformed"
        raise UsageError(f"The site config {path} cannot be read: {reason}.", "Check the path.") from fault
    if len(content) > MAX_BYTES:
        raise UsageError(
            f"The site config {path} is larger than {MAX_BYTES // 1024} KiB.", "Real ones have a few lines."
        )
    return content.decode("utf-8", "replace")


def _directives(text: str) -> Iterable[tuple[int, str, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        directive, colon, stated = line.strip().partition(":")
        if colon and not directive.startswith("#") and stated.strip():
            yield number, directive.strip().lower(), stated.strip()


def _taken(directive: str, stated: str) -> list[tuple[str, str]]:
    """Pairs of role and selector. Raises :class:`Inexpressible` with the reason."""
    if directive in _NEEDLESS:
        return []
    if directive in _NAMED:
        word = json.dumps(stated.strip("'\""), ensure_ascii=False)
        return [("drop", each.strip()) for each in _NAMED[directive].format(word).split(", ")]
    if directive not in _ROLES:
        raise Inexpressible("exporter has nothing of the kind")
    if stated.startswith("(") and directive not in ("title", "date"):
        raise Inexpressible("it takes the first of several, exporter would take them all")
    return [(_ROLES[directive], each) for each in selectors_of(stated)]


def _toml(path: str, found: dict[str, list[str]], left: list[str]) -> str:
    name = Path(path).name.removesuffix(".txt").lstrip(".").lower().removeprefix("www.")
    lines = [f"# Taken over from {_one_line(Path(path).name)}. Look at each line: docs/sites.md tells what it means."]
    if "." in name:
        lines.append(f"hosts = [{_quoted(name)}]")
    else:
        lines.append('# hosts = ["the site\'s host"]')
    for role in _ORDER:
        if role in found:
            each = "".join(f"\n  {_quoted(selector)}," for selector in dict.fromkeys(found[role]))
            lines.append(f"{role} = [{each}\n]")
    lines += [f"# not taken over: {_one_line(each)}" for each in left]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """The text as a string of TOML, unescaped where that is possible; a basic one escapes as JSON does."""
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)
