"""Inline nodes as markup, and the notes that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from markupsafe import Markup
from msgspec.structs import replace

from exporter.language import direction_of, well_formed
from exporter.model import (
    Answer,
    Block,
    Code,
    Embed,
    Emphasis,
    Formula,
    Inline,
    LineBreak,
    Link,
    Node,
    Note,
    Preformatted,
    Question,
    ReadMore,
    Ruby,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.model.walk import walk
from exporter.writers.xhtml.context import RenderContext, own_words, type_of
from exporter.writers.xhtml.formulas import formula
from exporter.writers.xhtml.links import Addressed, spoken, without_keys
from exporter.writers.xhtml.markup import Attribute, element, empty, escaped, joined

Speech = Question | Answer

_FIRST = {"term", "heading"}
"""Fields that are printed before those which the node names first."""


def inlines(nodes: Iterable[Inline], context: RenderContext) -> Markup:
    """Inline nodes as markup."""
    return joined(_inline(each, context) for each in nodes)


def _inline(node: Inline, context: RenderContext) -> Markup:  # noqa: C901 - one line a node
    match node:
        case Text(text):
            return context.words(text)
        case Emphasis(children):
            return element("em", inlines(children, context))
        case Strong(children):
            return element("strong", inlines(children, context))
        case Superscript(children):
            return element("sup", inlines(children, context))
        case Subscript(children):
            return element("sub", inlines(children, context))
        case SmallCaps(children):
            return element("span", inlines(children, context), class_="small-caps")
        case Code(text):
            return element("code", text)
        case LineBreak():
            return empty("br")
        case Link():
            return link(node, context)
        case Span():
            return _span(node, context)
        case Ruby(children, reading):
            return _ruby(inlines(children, context), inlines(reading, context), context)
        case Formula():
            return formula(node, context)
        case Note():
            return _note(node, context)
        case _:
            assert_never(node)


def link(node: Link, context: RenderContext) -> Markup:
    """A link with its note, where it has one, or its bare words where its address was refused."""
    return joined([_words_of(node, context), noted(node, context)])


def noted(node: Addressed, context: RenderContext) -> Markup:
    """The note that prints the address of a link; empty where the numbering gives the link none."""
    number = context.numbering.note(node)
    return _marked(number, address(node.href), context) if number else Markup("")


def address(href: str) -> Markup:
    """An address to be read."""
    return element("a", spoken(href), href=href, class_="address")


def code(href: str, context: RenderContext) -> Markup:
    """The address for a camera, where the result has such codes."""
    source = context.code_source(href) if href else None
    words = f"{context.labels.code}{context.labels.colon} {spoken(href)}"
    return empty("img", class_="code", src=source, alt=words) if source else Markup("")


def _words_of(node: Link, context: RenderContext) -> Markup:
    if node.href and (context.bare_links or _holds_links(node)):
        return joined(_bare(each, node.href, context) for each in node.children)
    words = inlines(node.children, context)
    return element("a", words, href=node.href) if node.href else words


def _holds_links(node: Link) -> bool:
    """Whether the mark of a note, which is a link, or another link stands inside the link, as HTML forbids."""
    return any(isinstance(each, Link | Note) for child in node.children for each in walk(child))


def _bare(node: Inline, href: str, context: RenderContext) -> Markup:
    """One child of a link: the link stands inside the marks of emphasis, not around them."""
    match node:
        case Text():
            return element("a", _inline(node, context), href=href)
        case Code(text):
            return element("code", element("a", text, href=href))
        case LineBreak() | Note() | Link() | Formula():
            return _inline(node, context)
        case _:
            return _inline(replace(node, children=(Link(node.children, href),)), context)


def _span(node: Span, context: RenderContext) -> Markup:
    words = inlines(node.children, context)
    attributes = _ways(node, context)
    if node.override and node.direction:
        return element("bdo", words, **attributes)
    return element("span", words, **attributes) if any(attributes.values()) else words


def _ways(node: Span, context: RenderContext) -> dict[str, Attribute]:
    """The language and the direction of a span as attributes of an element."""
    direction, language = node.direction, well_formed(node.language or "") or None
    if language and not direction and direction_of(language) != direction_of(context.language):
        direction = direction_of(language)
    return {"lang": language, "xml_lang": language, "dir": direction}


def line(nodes: tuple[Inline, ...], context: RenderContext) -> tuple[Markup, dict[str, Attribute]]:
    """Inline nodes as markup, and attributes for the block around them, which a span around all the words gives it."""
    ruby: dict[str, Attribute] = {"class_": "with-ruby"} if any(_has_ruby(each) for each in nodes) else {}
    match nodes:
        case (Span(override=False) as only,):
            return inlines(only.children, context), {**_ways(only, context), **ruby}
        case _:
            return inlines(nodes, context), ruby


def _has_ruby(node: Inline) -> bool:
    return not isinstance(node, Text | Note) and any(isinstance(each, Ruby) for each in walk(node))


def _ruby(base: Markup, reading: Markup, context: RenderContext) -> Markup:
    """Words with their reading above them, in brackets where no engine sets it so; EPUB discourages the element for these."""
    if context.reflowable:
        opening, closing = (element("span", bracket, class_="bracket") for bracket in "()")
        return element("ruby", joined([base, element("rt", joined([opening, reading, closing]))]))
    return element("ruby", joined([base, element("rp", "("), element("rt", reading), element("rp", ")")]))


def _note(node: Note, context: RenderContext) -> Markup:
    return _marked(context.numbering.note(node), _flat(node.blocks, context), context)


def _marked(number: int, words: Markup, context: RenderContext) -> Markup:
    """The words of a note at its place, for a renderer that floats them to the page's foot; else the note's mark."""
    if context.notes == "inline":
        return element("span", words, class_="footnote")
    place = {"href": f"#{context.numbering.prefix}n-{number}", "id": f"{context.numbering.prefix}r-{number}"}
    if context.bare_links:
        return element("sup", element("a", str(number), **place), class_="note-mark")
    # The raised figure stands inside the link: weak engines raise only text that is directly in sup.
    semantics = type_of("noteref", "doc-noteref", context)
    return element("a", element("sup", str(number)), **place, class_="note-mark", **semantics)


def _flat(nodes: tuple[Block, ...], context: RenderContext) -> Markup:
    """Blocks as one run of inline markup: a footnote stands inside a paragraph, where no block may stand."""
    return joined((_flat_block(each, context) for each in nodes), " ")


def _flat_block(node: Block, context: RenderContext) -> Markup:
    return joined(filter(None, _said(node, context)), " ")


def _said(node: Node, context: RenderContext) -> Iterator[Markup]:
    """What a block says, part by part. In a note, a list or a table loses its shape, but no word and no mark."""
    match node:
        case Preformatted(text):
            yield escaped(text)
        case ReadMore():
            yield read_more(node, context)
        case Embed():
            yield embed(node, context)
        case _:
            yield escaped(f"{node.speaker}{context.labels.colon}" if isinstance(node, Speech) and node.speaker else "")
            for name in sorted(node.__struct_fields__, key=lambda each: each not in _FIRST):
                yield from _said_in(getattr(node, name), context)


def _said_in(value: object, context: RenderContext) -> Iterator[Markup]:
    """What a field of a block says: runs of words, blocks, entries, rows, lines."""
    if isinstance(value, Node):
        yield from _said(value, context)
    elif isinstance(value, tuple) and value and isinstance(value[0], Inline):
        yield inlines(value, context)
    elif isinstance(value, tuple):
        for each in value:
            yield from _said_in(each, context)


def read_more(node: ReadMore, context: RenderContext) -> Markup:
    """The label and the links."""
    words = node.label or own_words(context.labels.read_more, context)
    label = element("span", _labelled(words, context), class_="label")
    return joined([label, Markup(" "), joined((link(each, context) for each in node.links), ", ")])


def embed(node: Embed, context: RenderContext) -> Markup:
    """Who serves it, and its title, which leads there."""
    label = element(
        "span", _labelled(node.provider or own_words(context.labels.embed, context), context), class_="label"
    )
    words = element("a", node.title or without_keys(node.href), href=node.href) if node.href else escaped(node.title)
    caption = (
        [Markup(" "), element("span", inlines(node.caption, context), class_="embed-caption")] if node.caption else []
    )
    return joined([label, Markup(" "), words, noted(node, context), *caption])


def _labelled(label: str, context: RenderContext) -> str:
    """A label with a colon, unless the page has given it a mark of its own."""
    ends = label.striptags() if isinstance(label, Markup) else label
    return label + context.labels.colon if ends[-1:].isalnum() else label


def endnotes(nodes: Iterable[Node], context: RenderContext) -> Markup:
    """The words of the notes in ``nodes``, each with a way back to its mark; empty when there are none."""
    marked = [each for node in nodes for each in walk(node) if isinstance(each, Note | Link | Embed)]
    return joined(_endnote(each, context) for each in marked if context.numbering.note(each))


def _endnote(note: Note | Addressed, context: RenderContext) -> Markup:
    number = context.numbering.note(note)
    content = _flat(note.blocks, context) if isinstance(note, Note) else address(note.href)
    back = element(
        "a",
        str(number),
        href=f"#{context.numbering.prefix}r-{number}",
        aria_label=context.labels.back_to_text,
        **type_of("backlink", "doc-backlink", context),
    )
    words = joined([element("span", back, class_="note-number"), Markup(" "), content])
    return element(
        "aside",
        element("p", words),
        class_="note",
        id=f"{context.numbering.prefix}n-{number}",
        **type_of("footnote", "doc-footnote", context),
    )
