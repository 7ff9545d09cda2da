"""The reader of Markdown: CommonMark with front matter, footnotes, tables and definition lists, ours and others'.

It becomes a page of HTML, and that is read as any page is: questions are told by headings, bold lines or names, whatever the
author's manner. What only Markdown has is made plain before: front matter becomes the page's head, a picture alone in its
paragraph becomes a figure, and a line of emphasis under it its caption; so does one above a table.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import partial
from html import escape, unescape

from msgspec.structs import replace

from exporter.model import Block
from exporter.notices import Notice, notice
from exporter.readers import html
from exporter.readers.article.notes import lift_notes
from exporter.readers.assembly.document import blocks
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.parse import body_of, parsed_page
from exporter.readers.dom.players import plays
from exporter.readers.segments.segmenter import Flattener
from exporter.results import Reading
from exporter.sources.encoding import decode
from exporter.sources.policy import DEFAULTS, ReadOptions
from exporter.sources.source import Source

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(?P<lines>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<name>[\w-]+)[ \t]*:[ \t]*(?P<value>.*)$")
_ENTRY = re.compile(r"^[ \t]+-[ \t]+(?P<value>.*)$|^-[ \t]+(?P<value2>.*)$")
_PICTURE_ALONE = re.compile(r"<p>((?:\s*<img [^>]*/?>\s*)+)</p>(?:\s*<p>(?P<caption>(?:(?!</?p>).)*?)</p>)?", re.DOTALL)
_CAPTION = re.compile(r"(?P<words>.*?)(?:<br ?/?>\s*)?(?:<em>(?P<credit>[^<]*)</em>)", re.DOTALL)

_TABLE = re.compile(r"<p><em>((?:(?!</?em>|</?p>).)*)</em></p>\s*<table>", re.DOTALL)
_PLAYER = re.compile(
    r'<p><strong>[^<]*</strong>\s*<a href="(?P<href>[^"]*)">(?P<title>(?:(?!</?[ap]>).)*)</a>'
    r"\s*(?:<br ?/?>\s*(?P<caption>(?:(?!</?p>).)*?))?</p>",
    re.DOTALL,
)
_TITLE = re.compile(r' title="([^"]*)"')
_ABOVE = re.compile(r"\A\s*<p>((?:(?!</?p>).){1,80})</p>(?=\s*<h1)", re.DOTALL)
_PARAGRAPH = re.compile(r"<p>(?P<words>(?:(?!</?p>).)*)</p>", re.DOTALL)

FIELDS: dict[str, str] = {
    "title": "og:title",
    "author": "author",
    "authors": "author",
    "date": "article:published_time",
    "published": "article:published_time",
    "description": "description",
    "subtitle": "description",
    "publication": "og:site_name",
    "site": "og:site_name",
    "url": "og:url",
    "source": "og:url",
    "canonical": "og:url",
    "keywords": "keywords",
    "tags": "keywords",
}
"""Name of a front matter's field → the meta element that says the same of a page."""


def read(source: Source, options: ReadOptions = DEFAULTS) -> Reading:
    """The article of a Markdown file. Raises as :func:`exporter.readers.html.read` does."""
    decoded = decode(source.content)
    reading = html.read(replace(source, content=page_of(decoded.text).encode("utf-8", "replace")), options)
    return replace(reading, notices=(*decoded.notices, *reading.notices))


def blocks_of(text: str) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    """The blocks of a Markdown text that is no article, such as a foreword; it is set without its pictures, which are told."""
    soup = parsed_page(page_of(text))
    lift_notes(soup, "")
    reason = "it stands in a foreword, which is set without pictures"
    left_out = (
        notice("picture-left-out", source=attribute(each, "src"), reason=reason) for each in soup.find_all("img")
    )
    return blocks(Flattener(soup, "").segments(body_of(soup))), tuple(left_out)


def page_of(text: str) -> str:
    """The text as a page of HTML, its front matter in the head."""
    front, body = _parted(text)
    marked = _PLAYER.sub(_embed, _PICTURE_ALONE.sub(_figure, _rendered(body)))
    marked = _TABLE.sub(r"<table><caption>\1</caption>", marked)
    for name, field in (("deck", "description"), ("byline", "byline")):
        marked = _PARAGRAPH.sub(partial(_named, name, _plain(front.get(field, [""])[0])), marked)
    marked = _ABOVE.sub(r'<p class="kicker">\1</p>', marked)
    title = front.get("title", [""])[0]
    heading = f"<h1>{escape(title)}</h1>" if title and "<h1" not in marked else ""
    language = front.get("lang", front.get("language", [""]))[0]
    opened = f'<html lang="{escape(language)}">' if language else "<html>"
    return f"<!DOCTYPE html>{opened}<head>{_head(front)}</head><body><article>{heading}{marked}</article></body></html>"


def _rendered(text: str) -> str:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": True, "xhtmlOut": True}).enable(["table", "strikethrough"])
    return str(parser.use(footnote_plugin).use(deflist_plugin).render(text))


def _parted(text: str) -> tuple[dict[str, list[str]], str]:
    """The fields of the front matter, each with its values, and the text behind it."""
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    fields: dict[str, list[str]] = {}
    name = ""
    for line in found["lines"].split("\n"):
        field, entry = _FIELD.match(line), _ENTRY.match(line)
        if field:
            name = field["name"].lower()
            fields[name] = _values(field["value"])
        elif entry and name:
            fields[name].append(_bare(entry["value"] or entry["value2"]))
    return {name: values for name, values in fields.items() if values}, text[found.end() :]


def _values(value: str) -> list[str]:
    listed = value.strip()
    if listed.startswith("[") and listed.endswith("]"):
        return [_bare(each) for each in listed[1:-1].split(",") if each.strip()]
    return [_bare(listed)] if listed else []


def _bare(value: str) -> str:
    """The value without its quotation marks, and without the signs of escape between double ones."""
    bare = value.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        with suppress(ValueError):
            return str(json.loads(bare))
    return bare.strip("\"'")


def _head(front: dict[str, list[str]]) -> str:
    title = "".join(f"<title>{escape(each)}</title>" for each in front.get("title", [])[:1])
    metas = [
        f'<meta {"property" if ":" in FIELDS[name] else "name"}="{FIELDS[name]}" content="{escape(value)}"/>'
        for name, values in front.items()
        if name in FIELDS
        for value in values
    ]
    return '<meta charset="utf-8"/>' + title + "".join(metas)


def _named(name: str, said: str, found: re.Match[str]) -> str:
    """The paragraph; by that name where it says what the front matter says under it, without the bold of all of it."""
    if not said or _plain(found["words"]) != said:
        return found[0]
    words = re.sub(r"\A<strong>((?:(?!</?strong>).)*)</strong>\Z", r"\1", found["words"], flags=re.DOTALL)
    return f'<p class="{name}">{words}</p>'


def _plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", markup)).split())


def _embed(found: re.Match[str]) -> str:
    """A label and a link to a video or post, with the line below as its caption; any other link stays in its paragraph."""
    if not plays(unescape(found["href"])):
        return found[0]
    title = "" if found["title"] == found["href"] else escape(_plain(found["title"]))
    told = f"<figcaption>{found['caption']}</figcaption>" if found["caption"] else ""
    return f'<figure><iframe src="{found["href"]}" title="{title}"></iframe>{told}</figure>'


def _figure(found: re.Match[str]) -> str:
    """A picture alone in its paragraph, with the paragraph behind it where that is a caption: ended by, or all, emphasis."""
    rest = found["caption"]
    caption = _CAPTION.fullmatch(rest.strip()) if rest else None
    title = _TITLE.search(found[1])
    if rest and title and _plain(rest) == _plain(title[1]):
        return f"<figure>{found[1]}<figcaption>{rest}</figcaption></figure>"
    if caption is None:
        behind = f"<p>{rest}</p>" if rest else ""
        return f"<figure>{found[1]}</figure>{behind}"
    words, credit = caption["words"].strip(), caption["credit"].strip()
    if not words:
        return f"<figure>{found[1]}<figcaption>{credit}</figcaption></figure>"
    return f'<figure>{found[1]}<figcaption>{words} <span class="credit">{credit}</span></figcaption></figure>'
