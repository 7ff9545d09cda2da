"""What kind of box an element is: a picture with its caption, a pull quote, a read-more, a list or table for layout."""

from __future__ import annotations

from typing import Literal

from bs4 import Tag

from exporter.readers.boilerplate.elements import Boilerplate
from exporter.readers.boilerplate.sentence import goes_on, in_sentence, is_label
from exporter.readers.dom.elements import HEADINGS, attribute
from exporter.readers.dom.images import unfit
from exporter.readers.dom.search import above, elements, every, first, holds, stands_in
from exporter.readers.dom.tree import remembered
from exporter.readers.lexicon.credits import is_credit
from exporter.readers.lexicon.vocabulary import named
from exporter.readers.segments.elements import INLINE, heading_of, names_of
from exporter.readers.segments.segment import Segment

PAGE_OF_TEXT = 1000
"""Characters: no table that is meant as one has a cell with so much text."""
LONGEST_TABLE_CAPTION = 400
"""Characters beside a table that may be its caption."""
_TABLES = frozenset({"table"})
_MORE_THAN_A_TABLE = frozenset({"img", "iframe", "video", "h1", "h2", "blockquote", "article"})
_MORE_THAN_A_PICTURE = frozenset({"figure", "h1", "h2", "h3", "h4", "blockquote", "iframe", "table", "form", "pre"})
_SHOWN_OTHERWISE = frozenset(
    {"iframe", "video", "audio", "object", "embed", "table", "pre", "blockquote", "figure", "math"}
)
"""What a figure may show that is no picture."""
PICTURE_ROWS = 2
"""Rows of a table that is there to set pictures and their captions beside or below one another."""
MOST_SENTENCES, LEAST_SENTENCE = 2, 20
"""Texts that are sentences beside a picture in a box that is named as one: more are an article. Characters of such a text."""
_STOPS = ".!?。！？"
CAPTION_LENGTH = 900
"""Characters: a box around a picture with more text than this is no figure."""


@remembered
def has_picture(tag: Tag) -> bool:
    """Whether the element holds a picture that may be a photo."""
    return any(not unfit(img) for img in every(tag, frozenset({"img"})))


def misses_picture(tag: Tag) -> bool:
    """Whether a figure says what its picture shows, and the page has lost where the picture is."""
    told = first(tag, frozenset({"figcaption"}))
    words = told.get_text(strip=True) if told is not None else ""
    pictures = every(tag, frozenset({"img"}))
    if not words or pictures:
        return bool(words) and [unfit(img) for img in pictures] == ["no address"]
    return tag.get_text(strip=True) == words and not holds(tag, _SHOWN_OTHERWISE) and not leads_elsewhere(tag)


def leads_elsewhere(tag: Tag) -> bool:
    """Whether an element stands in a link, or holds the headline of something else."""
    return above(tag, "a") is not None or holds(tag, frozenset({"h2", "h3", "h4"}))


def is_picture_box(boilerplate: Boilerplate, tag: Tag) -> bool:
    """Whether the element is a picture with its caption and credit and nothing else."""
    text, links, _ = boilerplate.size(tag)
    if text > CAPTION_LENGTH or tag.name in ("body", "main", "article", "html", "header", "section", "table", "tr"):
        return False
    found = every(tag, frozenset({"img"}))
    if not found or holds(tag, _MORE_THAN_A_PICTURE):
        return False
    pictures = [img for img in found if not unfit(img)]
    if not pictures:
        return False
    if text and links * 2 > text and not _captioned(tag) and not is_credit(tag.get_text(" ", strip=True)):
        return False
    return (text == 0 and len(pictures) == 1) or (len(pictures) == 1 and _texts_are_captions(tag))


def words_outside_links(boilerplate: Boilerplate, tag: Tag) -> int:
    """Characters of the element that stand in no link."""
    text, links, _ = boilerplate.size(tag)
    return text - links


def box_of_span(boilerplate: Boilerplate, tag: Tag) -> Literal["figure", "quote", ""]:
    """What a ``span`` is that its style sheet sets as a box: a picture and its caption, or a pull quote no sentence needs."""
    text = boilerplate.size(tag)[0] if tag.name == "span" else 0
    if text and is_picture_box(boilerplate, tag):
        return "figure"
    quoted = 20 <= text <= 900 and named(attribute(tag, "class"), "pull_quote") and not in_sentence(tag)
    return "quote" if quoted else ""


def is_name_or_date(boilerplate: Boilerplate, tag: Tag, owner: Tag) -> bool:
    """The author's name or the date in a line under the headline; a paragraph of prose is never cut at them."""
    if (owner.name == "p" and (boilerplate.size(owner)[0] > 160 or goes_on(tag))) or is_label(tag):
        return False
    return tag.name == "time" or "author" in attribute(tag, "rel") or named(attribute(tag, "class"), "byline")


def stands_apart(boilerplate: Boilerplate, tag: Tag, owner: Tag, inside: str) -> bool:
    """An inline element that is a part of its own: a credit in a caption, a name under a quote, a kicker in a headline.

    ``inside`` is the kind of box around it, ``""`` for none.
    """
    if owner.name in HEADINGS or (owner.name in INLINE and heading_of(owner) is not None):
        return named(attribute(tag, "class"), "kicker")
    if not inside:
        return is_name_or_date(boilerplate, tag, owner)
    if inside == "figure":
        return named(names_of(tag), "credit") or named(names_of(tag), "caption")
    # "— Name, <cite>Work</cite>" is one line.
    if inside != "quote" or owner.get_text().lstrip()[:1] in tuple("—–-―"):
        return False
    return (tag.name == "cite" or named(names_of(tag), "attribution")) and is_last(tag)


def _captioned(tag: Tag) -> bool:
    return any(named(names_of(each), "caption") or named(names_of(each), "credit") for each in elements(tag))


def _texts_are_captions(tag: Tag) -> bool:
    """Whether every text inside stands in an element named as caption or credit, or in a small box named as a picture."""
    boxed = named(names_of(tag), "picture") or named(names_of(tag), "caption")
    sentences = 0
    for string in tag.find_all(string=True):
        if not string.strip():
            continue
        holders = [each for each in string.parents if stands_in(each, tag)]
        if any(
            named(names_of(each), "caption") or named(names_of(each), "credit") or each.name == "figcaption"
            for each in holders
        ):
            continue
        if not boxed or (any(each.name == "p" for each in holders) and len(string.strip()) > 200):
            return False
        sentences += len(string.strip()) >= LEAST_SENTENCE and string.rstrip()[-1] in _STOPS
    return sentences <= MOST_SENTENCES


def is_pull_quote_box(boilerplate: Boilerplate, tag: Tag) -> bool:
    """Whether the element is a short box that its names call a pull quote."""
    text, _, _ = boilerplate.size(tag)
    if (
        not 20 <= text <= 900
        or tag.name in ("p", "body", "article", "main")
        or holds(tag, frozenset(("img", "h1", "form")))
    ):
        return False
    return named(names_of(tag), "pull_quote")


def is_quote_box(boilerplate: Boilerplate, tag: Tag) -> bool:
    """Whether the element is a short box of a few paragraphs that its own name calls a quote."""
    text, links, prose = boilerplate.size(tag)
    if not 20 <= text <= 900 or links * 2 > text or tag.name not in ("div", "aside", "section", "figure"):
        return False
    if holds(tag, frozenset(("img", "h1", "h2", "h3", "form", "ul"))) or prose > 700:
        return False
    return named(attribute(tag, "class"), "quote") and _says_who(tag)


def _says_who(tag: Tag) -> bool:
    """Whether the box holds an element for the person quoted."""
    return any(
        inner.name in ("cite", "footer") or named(attribute(inner, "class"), "attribution") for inner in elements(tag)
    )


def says_whose(line: Segment, quote: Segment) -> bool:
    """Whether a line right behind a quote begins with a dash, and its own name says that it is the person quoted."""
    tag = line.element
    if quote.kind != "quote" or tag is None or line.text[:1] not in ("—", "–", "―", "-") or line.word_count > 25:
        return False
    return tag.find_previous_sibling() is quote.element and named(attribute(tag, "class"), "attribution")


def is_table_box(boilerplate: Boilerplate, tag: Tag) -> bool:
    """Whether the element is around one table and its caption."""
    if (
        tag.name not in ("figure", "div")
        or boilerplate.size(tag)[0] > PAGE_OF_TEXT * 4
        or not holds(tag, _TABLES)
        or holds(tag, _MORE_THAN_A_TABLE)
    ):
        return False
    tables = every(tag, _TABLES)
    if len(tables) > 1 or is_layout_table(boilerplate, tables[0]):
        return False
    beside = boilerplate.size(tag)[0] - boilerplate.size(tables[0])[0]
    captions = [each for each in elements(tag) if _is_table_caption(each) and not stands_in(each, tables[0])]
    return 0 < beside <= LONGEST_TABLE_CAPTION and sum(boilerplate.size(each)[0] for each in captions) >= beside


def _is_table_caption(tag: Tag) -> bool:
    own = attribute(tag, "class")
    return tag.name == "figcaption" or named(own, "caption") or named(own, "credit")


def is_fact_box(boilerplate: Boilerplate, tag: Tag) -> bool:
    """Whether the element is a box of facts beside the text, by its own name."""
    text, links, prose = boilerplate.size(tag)
    if tag.name not in ("div", "section") or not 20 <= text <= 2500 or links * 2 > text or prose > 2000:
        return False
    return named(names_of(tag), "fact_box") and not holds(tag, frozenset({"h1"}))


def is_read_more_box(boilerplate: Boilerplate, tag: Tag) -> bool:
    """Whether the element is a short box of links that its names call a read-more."""
    text, links, prose = boilerplate.size(tag)
    return 0 < text <= 500 and links * 2 > text and prose == 0 and named(names_of(tag), "read_more")


def is_last(tag: Tag) -> bool:
    """Whether nothing but white space follows the element in its parent."""
    return not any(isinstance(each, Tag) or str(each).strip() for each in tag.next_siblings)


def is_layout_list(boilerplate: Boilerplate, tag: Tag) -> bool:
    """A list of long texts, headings, quotes or pictures is a way to arrange the page, not a list to read."""
    if holds(tag, frozenset(("h1", "h2", "h3", "h4", "figure", "blockquote", "table", "article"))):
        return True
    entries = [each for each in tag.children if isinstance(each, Tag)]
    if not entries:
        return True
    longest = max(boilerplate.size(each)[0] for each in entries)
    return (
        (len(entries) == 1 and longest > 400) or (longest > 700 and boilerplate.size(tag)[2] > 700) or has_picture(tag)
    )


def is_layout_table(boilerplate: Boilerplate, tag: Tag) -> bool:
    """A table with tables, headings, long paragraphs, a page of text in one cell or a single column arranges the page.

    Source: Web Accessibility Initiative, layout tables.
    """
    if attribute(tag, "role") in ("presentation", "none") or holds(
        tag, frozenset(("table", "h1", "h2", "figure", "form"))
    ):
        return True
    rows = every(tag, frozenset({"tr"}))
    if not rows or max(len(row.find_all(("td", "th"))) for row in rows) < 2:
        return True
    if holds(tag, frozenset({"th"})):
        return False
    if has_picture(tag) and len(rows) <= PICTURE_ROWS:
        return True
    cells = every(tag, frozenset({"td"}))
    return (
        boilerplate.size(tag)[2] > 600 or max((boilerplate.size(cell)[0] for cell in cells), default=0) > PAGE_OF_TEXT
    )


def holds_kicker(tag: Tag) -> bool:
    """Whether the words of a heading stand in an element in which its kicker has one of its own."""
    return any(named(attribute(each, "class"), "kicker") for each in elements(tag))


def quotes_only(tag: Tag) -> bool:
    """An aside around a ``q`` or ``blockquote`` and little else."""
    quoted = first(tag, frozenset({"q", "blockquote"}))
    return quoted is not None and len(quoted.get_text(strip=True)) * 3 > len(tag.get_text(strip=True)) * 2
