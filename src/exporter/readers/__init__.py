"""The readers, one line each. Adding one is adding a module with ``read(source, options) -> Reading`` and a line here."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from msgspec import Struct

from exporter.errors import UsageError
from exporter.model import Article, Block
from exporter.notices import Notice
from exporter.results import Reading
from exporter.runtime.lazy_import import deferred
from exporter.runtime.plugins import offered
from exporter.sources.encoding import decode
from exporter.sources.policy import DEFAULTS, ReadOptions
from exporter.sources.source import Source

_HEAD = 4096
_MARKUP = re.compile(
    r"<(!doctype|!--|html|head|body|title|meta|link|script|style|main|article|section|div|h[1-6]|p|\?xml)\b",
    re.IGNORECASE,
)
_FRONT = re.compile(r"---[ \t]*\n[\w-]+[ \t]*:")
_HEADED = re.compile(r"^#[ \t]+\S", re.MULTILINE)
_MARKS = re.compile(r"^#{2,6}[ \t]|^>[ \t]|\*\*\S|\]\(|^\[\^", re.MULTILINE)
"""What a Markdown file has besides a first heading: further headings, quotations, bold words, links, notes."""


_UNUSED = ("soupsieve", "charset_normalizer")
"""Half of what Beautiful Soup costs to load: no reader selects by CSS, and the encoding is told before."""
_WHERE_INSTALLED = ("chardet",)
"""What Beautiful Soup loads in place of the second where something else has brought it."""


class Read(Protocol):
    """What every reader's module offers as ``read``."""

    def __call__(self, source: Source, options: ReadOptions = ...) -> Reading:
        """The document of the source. Raises ExtractionError when there is none in it."""


class Reader(Struct, frozen=True):
    """One input format: its name, its files' suffixes, how its beginning is recognised, who reads it, and what it is."""

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[str], bool]
    module: str
    summary: str

    def read(self, source: Source, options: ReadOptions = DEFAULTS) -> Reading:
        """Reads the source; the module is imported now, not before."""
        with deferred(*_UNUSED, *filter(find_spec, _WHERE_INSTALLED)):
            module = import_module(self.module)
        return cast(Read, module.read)(source, options)


def _is_json(head: str) -> bool:
    return head.startswith("{") and '"article"' in head


def _is_html(head: str) -> bool:
    return bool(_MARKUP.search(head)) and head.startswith("<")


def _is_markdown(head: str) -> bool:
    return bool(_FRONT.match(head) or (_HEADED.search(head) and _MARKS.search(head)))


def _is_text(_: str) -> bool:
    return True


READERS: tuple[Reader, ...] = (
    Reader("json", (".json",), _is_json, "exporter.readers.json", "a document of exporter"),
    Reader("html", (".html", ".htm", ".xhtml"), _is_html, "exporter.readers.html", "a saved web page"),
    Reader("markdown", (".md", ".markdown"), _is_markdown, "exporter.readers.markdown", "a Markdown file"),
    Reader("text", (".txt", ".text"), _is_text, "exporter.readers.text", "a page copied as plain text"),
)
"""In the order in which they are asked whether a source is theirs; the last one takes everything."""


def markdown_blocks(text: str) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    """The blocks of a Markdown text that is no article of its own, such as a foreword, and what of it is left out."""
    from exporter.readers.markdown import blocks_of

    return blocks_of(text)


def photographers(article: Article) -> tuple[str, ...]:
    """The full names of those whom the credits of the article's pictures name."""
    from exporter.readers.assembly.contributors import photographers as found_in

    return found_in(article)


def sniff(source: Source) -> Reader:
    """The reader of the source: by its first characters, then by its suffix, and text when neither says otherwise."""
    head = decode(source.content[:_HEAD], source.encoding).text.lstrip("\ufeff \t\r\n")
    told = next(reader for reader in READERS if reader.recognises(head))
    if told is not READERS[-1]:
        return told
    others: tuple[Reader, ...] = tuple(offered("readers").values())
    recognised = next((reader for reader in others if reader.recognises(head)), None)
    return recognised or next((reader for reader in (*READERS, *others) if source.suffix in reader.suffixes), told)


def named(name: str) -> Reader:
    """The reader of that name. Raises :class:`UsageError` naming the ones there are."""
    for reader in READERS:
        if reader.name == name:
            return reader
    others = offered("readers")
    if name in others:
        return cast(Reader, others[name])
    names = ", ".join(sorted({*(reader.name for reader in READERS), *others}))
    raise UsageError(f"There is no input format {name!r}.", f"Choose one of: {names}.")
