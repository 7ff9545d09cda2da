"""The one semantic HTML writer, which print and e-book are thin back ends over: nodes in, well-formed XHTML out.

Every function returns :class:`~markupsafe.Markup` whose text is escaped; nothing reaches it but what the model knows.
What is written reads well with no style sheet at all and carries no looks: classes say what a thing is, style sheets
say how it looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never
from unicodedata import east_asian_width

from markupsafe import Markup

from exporter.language import date_in, locale_of, words_of
from exporter.model import (
    Answer,
    Article,
    Block,
    BlockQuote,
    Crosshead,
    Embed,
    Figure,
    Inline,
    ListBlock,
    ListEntry,
    Ornament,
    Paragraph,
    Preformatted,
    PullQuote,
    Question,
    ReadMore,
    Sidebar,
    Table,
    Turn,
    Verse,
)
from exporter.model.walk import plain
from exporter.writers.list_numbers import is_counted_plainly, numbers_of, written
from exporter.writers.xhtml.context import RenderContext, context_of, own_words, shape_of, type_of
from exporter.writers.xhtml.figures import figure, figure_row
from exporter.writers.xhtml.inlines import code, embed, endnotes, inlines, line, read_more
from exporter.writers.xhtml.links import readable
from exporter.writers.xhtml.markup import Attribute, element, empty, escaped, joined
from exporter.writers.xhtml.numbering import outline, question_id
from exporter.writers.xhtml.registers import asked, unmarked
from exporter.writers.xhtml.tables import table

__all__ = [
    "RenderContext",
    "blocks",
    "cast",
    "colophon_lines",
    "context_of",
    "element",
    "empty",
    "endnotes",
    "inlines",
    "introduction",
    "opening",
    "outline",
    "provenance",
    "question_id",
    "shape_of",
]

_HUNG = frozenset("“‘„‚«‹\"'")
"""Quotation marks that hang before the lines of a pull quote."""

LONG_CROSSHEAD = 72
"""A crosshead with more letters than this is a sentence, and is set in a size for reading."""

_COUNTED_BY = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
"""Classes of lists for sheets: MuPDF reads no ``type``, and in HTML its capitals are no others to a sheet."""

_FROM_THE_RIGHT = "\u200f"
"""Ends a Latin name within words that run from the right: the day of a date behind it would be drawn as the name's."""

# ---------------------------------------------------------------------------------------------------------------- block


def blocks(nodes: Iterable[Block], context: RenderContext) -> Markup:
    """Block nodes as markup, one block a line."""
    return joined(_blocks(nodes, context), "\n")


def _blocks(nodes: Iterable[Block], context: RenderContext) -> Iterator[Markup]:
    """Each block, and the figures of a row together."""
    gathered: set[int] = set()
    for node in nodes:
        row = context.figure_rows.get(id(node))
        if row:
            gathered.update(map(id, row.figures))
            yield figure_row(row, context)
        elif id(node) not in gathered:
            yield _block(node, context)


def _block(node: Block, context: RenderContext) -> Markup:  # noqa: C901 - one line a node
    match node:
        case Paragraph(children):
            words, ways = line(children, context)
            return element("p", words, **ways)
        case Crosshead():
            return _crosshead(node, context)
        case Turn():
            return _turn(node, context)
        case PullQuote():
            return _pull_quote(node, context)
        case BlockQuote():
            return _block_quote(node, context)
        case ListBlock():
            return _list(node, context)
        case Figure():
            return figure(node, context)
        case Table():
            return table(node, context, _close)
        case Sidebar():
            return _sidebar(node, context)
        case ReadMore():
            return _read_more(node, context)
        case Embed():
            return _embed(node, context)
        case Verse(lines):
            return _verse(lines, context)
        case Preformatted(text):
            return _preformatted(text, context)
        case Ornament():
            return empty("hr", class_="ornament")
        case _:
            assert_never(node)


def _heading(content: Markup, rank: int, context: RenderContext, **attributes: Attribute) -> Markup:
    return element(f"h{min(6, context.heading_base + rank)}", content, **attributes)


def _crosshead(node: Crosshead, context: RenderContext) -> Markup:
    rank = context.numbering.rank(node)
    words, ways = line(node.children, context)
    kind = "crosshead long" if len(plain(node.children)) > LONG_CROSSHEAD else "crosshead"
    attributes = {**ways, "class_": kind, "id": context.numbering.anchor(node)}
    return _heading(words, rank, context, **attributes)


def _pull_quote(node: PullQuote, context: RenderContext) -> Markup:
    hung = plain(node.children)[:1] in _HUNG
    words = element("p", inlines(node.children, context), class_="hung" if hung else None)
    content = joined([words, *_attribution(node.attribution, context)])
    classes = " ".join(filter(None, ("pull-quote", context.quote_classes.get(id(node)))))
    return element("aside", content, class_=classes, **type_of("pullquote", "doc-pullquote", context))


def _block_quote(node: BlockQuote, context: RenderContext) -> Markup:
    return element("blockquote", joined([blocks(node.blocks, context), *_attribution(node.attribution, context)]))


def _attribution(nodes: tuple[Inline, ...], context: RenderContext) -> list[Markup]:
    return [element("p", inlines(nodes, context), class_="attribution")] if nodes else []


def _sidebar(node: Sidebar, context: RenderContext) -> Markup:
    parts = [blocks(node.blocks, context)]
    if node.heading:
        rank = context.numbering.rank(node)
        parts.insert(0, _heading(inlines(node.heading, context), rank, context, class_="sidebar-heading"))
    return element("aside", joined(parts, "\n"), class_="sidebar")


def _read_more(node: ReadMore, context: RenderContext) -> Markup:
    codes = joined(code(each.href, context) for each in node.links)
    content = joined([codes, read_more(node, context)])
    return element("p", content, class_="read-more coded" if codes else "read-more")


def _embed(node: Embed, context: RenderContext) -> Markup:
    codes = code(node.href, context)
    return element("p", joined([codes, embed(node, context)]), class_="embed coded" if codes else "embed")


def _verse(lines: tuple[tuple[Inline, ...], ...], context: RenderContext) -> Markup:
    if context.reflowable:
        return element(
            "div", joined(element("p", inlines(line, context), class_="line") for line in lines), class_="verse"
        )
    set_lines = (element("span", inlines(line, context), class_="line") for line in lines)
    return element("p", joined(set_lines, empty("br")), class_="verse")


def _preformatted(text: str, context: RenderContext) -> Markup:
    if context.reflowable:  # the end of a line stands inside its block, where it makes no line of its own
        return element("pre", joined(element("span", f"{line}\n", class_="line") for line in text.split("\n")))
    return element("pre", joined((element("span", line, class_="line") for line in text.split("\n")), "\n"))


def _list(node: ListBlock, context: RenderContext) -> Markup:
    if any(entry.term for entry in node.entries):
        return element("dl", joined(_definition(entry, context) for entry in node.entries))
    if not node.ordered:
        return element("ul", joined(element("li", _close(entry.blocks, context)) for entry in node.entries))
    # Some engines know neither reversed nor start: where the numbers are not 1, 2, 3, each entry has its own.
    plain = is_counted_plainly(node)
    entries = joined(
        element("li", _close(entry.blocks, context), **({} if plain else _numbered(number, node)))
        for entry, number in zip(node.entries, numbers_of(node), strict=True)
    )
    start = node.start if node.start != 1 else None
    counted = {"start": start, "type": node.style if node.style != "1" else None}
    kind = _COUNTED_BY.get(node.style) if context.reflowable else None
    return element("ol", entries, reversed="reversed" if node.reversed else None, **counted, class_=kind)


def _numbered(number: int, node: ListBlock) -> dict[str, Attribute]:
    """An entry's number, twice: as a value for engines that count, and in writing for style sheets that draw it."""
    return {"value": number, "data_number": written(number, node.style)}


def _definition(entry: ListEntry, context: RenderContext) -> Markup:
    return joined([element("dt", inlines(entry.term, context)), element("dd", _close(entry.blocks, context))])


def _close(nodes: tuple[Block, ...], context: RenderContext) -> Markup:
    """The blocks of an entry or a cell; a single paragraph is its words alone, without an element around them."""
    if len(nodes) == 1 and isinstance(nodes[0], Paragraph):
        return inlines(nodes[0].children, context)
    return blocks(nodes, context)


# ---------------------------------------------------------------------------------------------------------------- turns


def _turn(node: Turn, context: RenderContext) -> Markup:
    parts = [_question(node.question, context)] if node.question else []
    parts += [_answer(each, context) for each in node.answers]
    semantics = type_of("qna", "doc-qna", context) if node.question else {}
    classes = ("turn", "" if node.question else "statement", context.numbering.register(node.question))
    return element("section", joined(parts, "\n"), class_=" ".join(filter(None, classes)), **semantics)


def _question(node: Question, context: RenderContext) -> Markup:
    """A question as a heading. Of several paragraphs the first is the heading, and the others stand below it.

    Of an essay only the last sentence is the heading, and it stands below the rest.
    """
    if context.numbering.register(node) == "essay":
        return _essay(node, context)
    anchor, rank = context.numbering.anchor(node), context.numbering.rank(node)
    first, rest = node.blocks[0], node.blocks[1:]
    name = _speaker(node, context)
    if not isinstance(first, Paragraph):
        words = [element("p", name)] if name else []
        return element("div", joined([*words, blocks(node.blocks, context)], "\n"), class_="question", id=anchor)
    words_of_first = joined([name, inlines(unmarked(first.children), context)])
    if not rest:
        return _heading(words_of_first, rank, context, class_="question", id=anchor)
    heading = _heading(words_of_first, rank, context)
    return element("div", joined([heading, blocks(rest, context)], "\n"), class_="question", id=anchor)


def _essay(node: Question, context: RenderContext) -> Markup:
    anchor, rank = context.numbering.anchor(node), context.numbering.rank(node)
    before, sentence = asked(node, context.language) or ((), ())
    name = _speaker(node, context)
    lines = [inlines(each.children, context) for each in before]
    text = [element("p", joined([name, *lines[:1]]), class_="preamble")]
    text += [element("p", each, class_="preamble") for each in lines[1:]]
    heading = _heading(inlines(sentence, context), rank, context)
    return element("div", joined([*text, heading], "\n"), class_="question", id=anchor)


def _answer(node: Answer, context: RenderContext) -> Markup:
    name = _speaker(node, context)
    first, rest = node.blocks[0], node.blocks[1:]
    if name and isinstance(first, Paragraph):
        opening_words = element("p", joined([name, inlines(first.children, context)]))
        return element("div", joined([opening_words, *_blocks(rest, context)], "\n"), class_="answer")
    content = blocks(node.blocks, context)
    return element("div", joined([element("p", name), content], "\n") if name else content, class_="answer")


def _speaker(node: Question | Answer, context: RenderContext) -> Markup:
    """The speaker's name with its colon and a space; empty where nobody needs it."""
    spoken_by = context.numbering.name(node)
    if not spoken_by:
        return Markup("")
    colon = context.labels.colon
    mark = element("span", colon, class_="mark")
    space = Markup("" if east_asian_width(colon[-1]) == "F" else " ")  # a colon as wide as high has its space inside
    return joined([element("b", joined([escaped(spoken_by), mark]), class_="speaker"), space])


# ------------------------------------------------------------------------------------------------------ parts of a page


def opening(article: Article, context: RenderContext) -> Markup:
    """The opening: kicker, headline, deck, byline, dateline, lead figure, in this order."""
    metadata = article.metadata
    lines = [
        ("p", "kicker", inlines(article.kicker, context) or escaped(metadata.section)),
        (f"h{context.heading_base}", "headline", inlines(article.headline, context)),
        ("p", "deck", inlines(article.deck, context)),
        ("p", "byline", inlines(article.byline, context)),
        ("p", "dateline", dateline(article)),
    ]
    parts = [element(name, words, class_=kind) for name, kind, words in lines if words]
    if article.lead:
        parts.append(figure(article.lead, context, "lead"))
    return element("header", joined(parts, "\n"), class_="opening")


def dateline(article: Article) -> Markup:
    """Place and date of the article, as far as they are known, the date written in the article's language."""
    metadata = article.metadata
    date = date_in(locale_of(metadata.language), metadata.published) if metadata.published else ""
    parts = [metadata.dateline] if date in metadata.dateline else [metadata.dateline, date]
    return escaped(", ".join(filter(None, parts)))


def introduction(article: Article, context: RenderContext) -> Markup:
    """What stands before the first turn; empty when nothing does."""
    if not article.introduction:
        return Markup("")
    content = blocks(article.introduction, context)
    return element("section", content, class_="introduction", **type_of("introduction", "doc-introduction", context))


def cast(context: RenderContext) -> Markup:
    """Those who take part in a round table; empty where no list is needed."""
    return (
        element("ul", joined(element("li", name) for name in context.numbering.cast), class_="cast")
        if context.numbering.cast
        else Markup("")
    )


def colophon_lines(article: Article, context: RenderContext) -> Markup:
    """Where the article comes from, when it appeared, whose it is, and how this was made: one paragraph each."""
    made = element("p", own_words(context.labels.made, context))
    return joined(filter(None, [provenance(article, context), made]), "\n")


def provenance(article: Article, context: RenderContext) -> Markup:
    """Where the article comes from, when it appeared and whose it is: one paragraph each."""
    labels, metadata = context.labels, article.metadata
    locale = words_of(metadata.language)
    lines = []
    if metadata.published:
        pattern = labels.published_in if metadata.publication else labels.published
        date = date_in(locale, metadata.published)
        name = metadata.publication + (_FROM_THE_RIGHT if locale.direction == "rtl" else "")
        lines.append(own_words(pattern.format(publication=name, date=date), context))
    if metadata.source_url:
        lines.append(element("a", readable(metadata.source_url), href=metadata.source_url))
    lines += [escaped(metadata.rights)] if metadata.rights else []
    codes = code(metadata.source_url, context)
    paragraphs = [element("p", codes, class_="code")] if codes else []
    return joined([*paragraphs, *(element("p", line) for line in lines)], "\n")
