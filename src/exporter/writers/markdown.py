"""CommonMark: one file that any editor shows, its pictures by the names that the page gave them, and front matter before it.

Questions are headings, quotations block quotes with the attribution on a line of its own. Tables are pipe tables and notes
footnotes, which a plain CommonMark reader shows as lines of text. What CommonMark has no mark for (raised and lowered
text, another language's words) is inline HTML.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape as escape_html
from typing import assert_never

from exporter.language import Labels, date_in, locale_of
from exporter.model import (
    Answer,
    Article,
    Block,
    BlockQuote,
    Code,
    Crosshead,
    Document,
    Embed,
    Emphasis,
    Figure,
    Formula,
    Image,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Note,
    Ornament,
    Paragraph,
    Preformatted,
    PullQuote,
    Question,
    ReadMore,
    Row,
    Ruby,
    Sidebar,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Turn,
    Verse,
)
from exporter.model.walk import blocks_of, pictures, plain, walk
from exporter.notices import Notice, notice
from exporter.writers.list_numbers import is_counted_plainly, numbers_of, written
from exporter.writers.options import Options
from exporter.writers.xhtml.numbering import Numbering, numbering_of

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d{1,9}[.)])(?=\s|$|[-=])", re.MULTILINE)
_HARD_BREAK = "\\\n"


def render(document: Document, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
    """The article as UTF-8 Markdown; ``options`` change nothing. A picture without an address is a notice."""
    article = document.article
    page = _Page(locale_of(article.metadata.language).labels, numbering_of(article))
    parts = [
        _front_matter(article),
        *_opening(article, page),
        *page.blocks(blocks_of(article)),
        *page.notes(article),
        *_closing(article, page),
    ]
    notices = tuple(
        notice("picture-left-out", source=image.alt or image.asset, reason="Markdown needs an address, and it has none")
        for image in pictures(article)
        if image.asset and not _address_of(image)
    )
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8", "replace"), notices


def _front_matter(article: Article) -> str:
    """YAML lines for the metadata that the text does not state, or states for people only. Our reader knows them."""
    about = article.metadata
    makers = tuple(each.name for each in about.contributors if {"author", "interviewer"} & set(each.roles))
    byline = " ".join(plain(article.byline).split())
    fields: tuple[tuple[str, str | tuple[str, ...]], ...] = (
        ("lang", "" if about.language == "und" else about.language),
        ("author", makers),
        ("byline", byline if byline not in makers else ""),
        ("date", about.published),
        ("publication", about.publication),
        ("source", about.source_url),
        ("description", " ".join(plain(article.deck).split())),
        ("tags", about.keywords),
    )
    lines = [line for name, value in fields if value for line in _field(name, value)]
    return "\n".join(("---", *lines, "---")) if lines else ""


def _field(name: str, value: str | tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{name}: {json.dumps(value, ensure_ascii=False)}"  # which is YAML as well
        return
    yield f"{name}:"
    yield from (f"  - {json.dumps(each, ensure_ascii=False)}" for each in value)


def _opening(article: Article, page: _Page) -> Iterator[str]:
    metadata = article.metadata
    yield page.line(article.kicker) or escaped(metadata.section)
    yield f"# {page.line(article.headline)}"
    yield page.delimited("**", page.line(article.deck))
    yield page.line(article.byline)
    date = date_in(locale_of(metadata.language), metadata.published) if metadata.published else ""
    yield escaped(", ".join(filter(None, [metadata.dateline, date])))
    if article.lead:
        yield page.figure(article.lead)


def _closing(article: Article, page: _Page) -> Iterator[str]:
    metadata = article.metadata
    address = page.linked(escaped(metadata.source_url), metadata.source_url) if metadata.source_url else ""
    yield _HARD_BREAK.join(filter(None, [escaped(metadata.publication), address, escaped(metadata.rights)]))


def escaped(text: str) -> str:
    """The text so that no character of it is taken for a mark."""
    return _LINE_START.sub(_escaped_start, _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", text)))


def _escaped_start(found: re.Match[str]) -> str:
    mark = found[2]
    return found[1] + (f"\\{mark}" if len(mark) == 1 else f"{mark[:-1]}\\{mark[-1]}")


def _address_of(image: Image) -> str:
    return "" if image.source[:5].lower() == "data:" else image.source


class _Page:
    """One article on its way to Markdown: the words of its language and the numbers of its notes and headings."""

    def __init__(self, labels: Labels, numbering: Numbering) -> None:
        self._labels = labels
        self._numbering = numbering

    # --------------------------------------------------------------------------------------------------------- inline

    def words(self, inlines: tuple[Inline, ...]) -> str:
        """Inline nodes as Markdown; a break is a hard one."""
        written = ""
        for place, node in enumerate(inlines):
            following = inlines[place + 1] if place + 1 < len(inlines) else None
            written += self._inline(node, written[-1:], following)
        return written

    def line(self, inlines: tuple[Inline, ...]) -> str:
        """Inline nodes on one line, for a heading or a cell."""
        return " ".join(self.words(inlines).replace(_HARD_BREAK, " ").split())

    def _inline(self, node: Inline, before: str, following: Inline | None) -> str:  # noqa: C901 - one case a kind
        match node:
            case Text(text):
                # An exclamation mark before a link would make a picture of it.
                return (
                    escaped(text[:-1]) + "\\!" if text.endswith("!") and isinstance(following, Link) else escaped(text)
                )
            case Emphasis(children):
                return self.delimited("*", self.words(children), before, following)
            case Strong(children):
                return self.delimited("**", self.words(children), before, following)
            case Superscript(children):
                return f"<sup>{self.words(children)}</sup>"
            case Subscript(children):
                return f"<sub>{self.words(children)}</sub>"
            case SmallCaps(children):
                return self.words(children)
            case Span():
                return self._span(node)
            case Code(text):
                return _code(text)
            case LineBreak():
                return _HARD_BREAK
            case Link(children, href):
                return self.linked(self.words(children), href)
            case Ruby(children, reading):
                return f"<ruby>{self.words(children)}<rp>(</rp><rt>{self.words(reading)}</rt><rp>)</rp></ruby>"
            case Formula():
                return _formula(node)
            case Note():
                return f"[^{self._numbering.note(node)}]"
            case _:
                assert_never(node)

    def delimited(self, mark: str, words: str, before: str = "", following: Inline | None = None) -> str:
        """Words between marks, or between HTML tags where the marks would not be seen as such (CommonMark 0.31, 6.2)."""
        core = words.strip()
        if not core:
            return words
        left, right = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
        after = right or _first_character(following)
        unsure = (before == "*" and not left) or "*" in core or after == "*"
        unsure |= _is_word(left[-1:] or before) and not _is_word(core[0])
        unsure |= _is_word(after[:1]) and not _is_word(core[-1])
        tag = "em" if mark == "*" else "strong"
        marked = f"<{tag}>{core}</{tag}>" if unsure else f"{mark}{core}{mark}"
        return left + marked + right

    def linked(self, words: str, href: str, title: str = "") -> str:
        """A link, or its words where it has no address."""
        address = href.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace("\n", "%0A")
        named = f' "{escaped(title).replace(chr(34), chr(92) + chr(34))}"' if title else ""
        return f"[{words}](<{address}>{named})" if href or title else words

    def _span(self, node: Span) -> str:
        pairs = (("lang", node.language), ("dir", node.direction))
        attributes = "".join(f' {name}="{escape_html(value)}"' for name, value in pairs if value)
        name = "bdo" if node.override and node.direction else "span"
        return f"<{name}{attributes}>{self.words(node.children)}</{name}>" if attributes else self.words(node.children)

    # ---------------------------------------------------------------------------------------------------------- block

    def blocks(self, nodes: Iterable[Block]) -> Iterator[str]:
        """Each block as the lines it takes."""
        return (self._block(each) for each in nodes)

    def _block(self, node: Block) -> str:  # noqa: C901 - one case a kind of block
        match node:
            case Paragraph(children):
                return self.words(children).strip()
            case Crosshead(children):
                return f"{self._heading(node)} {self.line(children)}"
            case Turn():
                return self._turn(node)
            case PullQuote(children, attribution):
                return self._quoted([self.words(children)], attribution)
            case BlockQuote(blocks, attribution):
                return self._quoted(self.blocks(blocks), attribution)
            case ListBlock():
                return self._list(node)
            case Figure():
                return self.figure(node)
            case Table():
                return self._table(node)
            case Sidebar():
                return self._quoted([self.delimited("**", self.line(node.heading)), *self.blocks(node.blocks)])
            case ReadMore():
                return self._read_more(node)
            case Embed():
                label = self.delimited("**", escaped(node.provider or self._labels.embed) + self._labels.colon)
                words = f"{label} {self.linked(escaped(node.title or node.href), node.href)}"
                return f"{words}{_HARD_BREAK}{self.line(node.caption)}" if node.caption else words
            case Verse(lines):
                return _HARD_BREAK.join(self.line(line) for line in lines)
            case Preformatted(text):
                return _fenced(text)
            case Ornament():
                return "* * *"
            case _:
                assert_never(node)

    def _heading(self, node: Crosshead | Question) -> str:
        return "#" * min(6, 1 + self._numbering.rank(node))

    def _turn(self, node: Turn) -> str:
        asked = [self._question(node.question)] if node.question else []
        return "\n\n".join([*asked, *(self._answer(each) for each in node.answers)])

    def _question(self, node: Question) -> str:
        """The first paragraph as a heading, the others in bold under it."""
        name = escaped(node.speaker) + self._labels.colon + " " if node.speaker else ""
        first, rest = node.blocks[0], node.blocks[1:]
        if not isinstance(first, Paragraph):
            first, rest = Paragraph((Text("…"),)), node.blocks
        below = (
            self.delimited("**", self.words(each.children)) if isinstance(each, Paragraph) else self._block(each)
            for each in rest
        )
        return "\n\n".join([f"{self._heading(node)} {name}{self.line(first.children)}", *below])

    def _answer(self, node: Answer) -> str:
        name = f"**{escaped(node.speaker)}{self._labels.colon}** " if node.speaker else ""
        parts = list(self.blocks(node.blocks))
        if name and not isinstance(node.blocks[0], Paragraph):
            return "\n\n".join([name.rstrip(), *parts])
        return name + "\n\n".join(parts)

    def _quoted(self, parts: Iterable[str], attribution: tuple[Inline, ...] = ()) -> str:
        said = [*filter(None, parts), *([f"— {self.line(attribution)}"] if attribution else [])]
        return _behind("> ", "\n\n".join(said))

    def _list(self, node: ListBlock) -> str:
        if node.ordered and not is_counted_plainly(node):
            return self._lettered_list(node)
        marks = [f"{number}. " if node.ordered else "- " for number in numbers_of(node)]
        entries = []
        for mark, entry in zip(marks, node.entries, strict=True):
            term = [self.delimited("**", self.line(entry.term))] if entry.term else []
            words = "\n\n".join([*term, *self.blocks(entry.blocks)])
            entries.append(mark + _behind(" " * len(mark), words).lstrip(" "))
        return "\n".join(entries)

    def _lettered_list(self, node: ListBlock) -> str:
        """A list that counts as CommonMark cannot: each entry a paragraph behind its number."""
        numbers = (f"{written(number, node.style)}\\. " for number in numbers_of(node))
        return "\n\n".join(
            number + "\n\n".join(self.blocks(entry.blocks)) for number, entry in zip(numbers, node.entries, strict=True)
        )

    def figure(self, node: Figure) -> str:
        """The pictures, and under them the caption and, on a line of its own, the credit."""
        title = " ".join(plain(node.caption).split())
        shown = " ".join(self._image(image, title) for image in node.images)
        lines = filter(None, [self.words(node.caption), self.delimited("*", self.line(node.credit))])
        return "\n\n".join(filter(None, [shown, _HARD_BREAK.join(lines)]))

    def _image(self, image: Image, title: str) -> str:
        """The picture. Its title is the caption, so that whoever reads the file again knows it for one."""
        address, alt = _address_of(image), " ".join(escaped(image.alt).split())
        if address or title:
            return "!" + self.linked(alt, address, title)
        return f"\\[{alt or escaped(self._labels.picture)}\\]"

    def _table(self, node: Table) -> str:
        width = max((len(row.cells) for row in node.rows), default=0)
        rows = [self._row(row) for row in node.rows]
        rows.insert(1, "|" + " --- |" * width)
        return "\n\n".join(filter(None, [self.delimited("*", self.line(node.caption)), "\n".join(rows)]))

    def _row(self, row: Row) -> str:
        cells = (" ".join(" ".join(self.blocks(cell.blocks)).replace(_HARD_BREAK, " ").split()) for cell in row.cells)
        return f"| {' | '.join(cells)} |"

    def _read_more(self, node: ReadMore) -> str:
        label = escaped((node.label or self._labels.read_more).rstrip(":")) + self._labels.colon
        links = (self.linked(self.line(link.children), link.href) for link in node.links)
        return f"{self.delimited('**', label)} {', '.join(links)}"

    def notes(self, article: Article) -> Iterator[str]:
        """The notes in the order of their numbers."""
        for number, node in enumerate((node for node in walk(article) if isinstance(node, Note)), 1):
            yield f"[^{number}]: " + _behind("    ", "\n\n".join(self.blocks(node.blocks))).lstrip(" ")


def _first_character(node: Inline | None) -> str:
    """The character right after an emphasis, which decides how its marks are read; ``*`` when another emphasis follows."""
    if isinstance(node, Emphasis | Strong):
        return "*"
    return plain((node,))[:1] if node else ""


def _formula(node: Formula) -> str:
    """The formula as TeX between dollars, which most Markdown programs with mathematics read; else in plain words."""
    if not node.tex or "$" in node.tex:
        return escaped(node.alt or node.tex)
    source = " ".join(node.tex.split())
    return f"$${source}$$" if node.display else f"${source}$"


def _is_word(character: str) -> bool:
    """Whether a character counts as part of a word by the flanking rules: it is no white space, no punctuation, not missing."""
    return bool(character) and not character.isspace() and unicodedata.category(character)[0] not in "PS"


def _code(text: str) -> str:
    fence = "`" * (_longest_run(text) + 1)
    return f"{fence} {text} {fence}" if "`" in text[:1] + text[-1:] else f"{fence}{text}{fence}"


def _fenced(text: str) -> str:
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}\n{text.strip(chr(10))}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _behind(mark: str, words: str) -> str:
    return "\n".join((mark + line).rstrip() for line in words.split("\n"))
