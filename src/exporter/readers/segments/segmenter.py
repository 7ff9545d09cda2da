"""From the cleaned page to a flat list of segments, in reading order, boilerplate included but marked."""

from __future__ import annotations

from collections.abc import Callable

from bs4 import BeautifulSoup, Tag
from bs4.element import (
    NavigableString,
    PageElement,
    PreformattedString,
)

from exporter.model import Inline, Link, Ornament, Verse
from exporter.readers.boilerplate.elements import Boilerplate, measure
from exporter.readers.dom.elements import HEADINGS, attribute
from exporter.readers.dom.images import unfit
from exporter.readers.dom.players import PLAYERS
from exporter.readers.dom.search import every, holds
from exporter.readers.lexicon.folding import fold
from exporter.readers.lexicon.vocabulary import named, words
from exporter.readers.segments.captioned import (
    embed_with_caption,
    gallery_with_caption,
    table_with_caption,
    with_own_caption,
)
from exporter.readers.segments.containers import (
    box_of_span,
    has_picture,
    holds_kicker,
    is_fact_box,
    is_layout_list,
    is_layout_table,
    is_picture_box,
    is_pull_quote_box,
    is_quote_box,
    is_read_more_box,
    is_table_box,
    misses_picture,
    quotes_only,
    says_whose,
    stands_apart,
    words_outside_links,
)
from exporter.readers.segments.directions import ways_of
from exporter.readers.segments.elements import (
    INLINE,
    LINES_OF_TYPE,
    anchor,
    dress_of,
    has_words,
    heading_of,
    names_of,
    only_element,
    paragraphs_in,
    segment_of,
    shown_text,
)
from exporter.readers.segments.embeds import (
    embed_segment,
    is_address_alone,
    is_post,
    linked_segment,
    names_video,
    shows_one_embed,
    unloaded_segment,
    waits_to_play,
)
from exporter.readers.segments.inlines import absolute, convert, is_broken, lines, readings_in
from exporter.readers.segments.preformatted import preformatted_block
from exporter.readers.segments.segment import Kind, Segment, text_of
from exporter.readers.segments.terms import explains_terms

BLOCKS = (
    frozenset(
        """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
    frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot
    th thead tr ul iframe video audio object embed img picture caption""".split()  # noqa: SIM905 -- a list of names is easier to read unquoted
    )
    | PLAYERS
)
"""Elements that are laid out as blocks (HTML, 15.3)."""
CONTROLS = frozenset({"button", "select", "textarea", "input"})
_NO_PHOTOS = frozenset({"table", "iframe", "video", "pre", "audio"})
MAX_DEPTH = 120
"""Elements nested deeper than this are read as plain paragraphs."""


class Flattener:
    """Walks one element and collects its segments. ``base_url`` makes links absolute."""

    def __init__(self, soup: BeautifulSoup, base_url: str) -> None:
        self.base_url = base_url
        self.boilerplate = Boilerplate(soup, measure(soup))
        self._blockish = _holders_of_blocks(soup)
        self.cut = 0

    def segments(self, root: Tag) -> list[Segment]:
        """The segments of ``root``, in reading order."""
        return _Walk(self).collect(root)

    def spared(self, tag: Tag) -> list[Segment]:
        """The segments of an element that was boilerplate and is to be kept."""
        self.boilerplate.spare(tag)
        return self.segments(tag)

    def is_block(self, tag: Tag) -> bool:
        """Whether the element is laid out as a block: by its kind, or because it holds one."""
        return tag.name in BLOCKS or id(tag) in self._blockish


def _holders_of_blocks(soup: BeautifulSoup) -> set[int]:
    holders: set[int] = set()
    for tag in every(soup, BLOCKS):
        parent = tag.parent
        while parent is not None and id(parent) not in holders:
            holders.add(id(parent))
            parent = parent.parent
    return holders


class _Walk:
    def __init__(self, page: Flattener, inside: str = "") -> None:
        self.page = page
        self.inside = inside
        self.found: list[Segment] = []
        self._run: list[PageElement] = []
        self._owner: Tag | None = None

    def collect(self, root: Tag) -> list[Segment]:
        self._children(root, 0)
        self._flush()
        return self.found

    def _children(self, tag: Tag, depth: int) -> None:
        for child in list(tag.children):
            self._node(child, tag, depth)

    def _node(self, node: PageElement, owner: Tag, depth: int) -> None:
        if isinstance(node, Tag):
            self._tag(node, owner, depth)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            self._inline(node, owner)

    def _inline(self, node: PageElement, owner: Tag) -> None:
        if self._owner is None:
            self._owner = owner
        self._run.append(node)

    def _tag(self, tag: Tag, owner: Tag, depth: int) -> None:
        rule = self.page.boilerplate.rule(tag, names_of(tag), self.inside)
        if rule:
            self._boilerplate(tag, rule)
        elif depth >= MAX_DEPTH:
            self._too_deep(tag)
        elif tag.name in _COMPOUNDS:
            self._flush()
            _COMPOUNDS[tag.name](self, tag, depth)
        elif not self.inside and (box := box_of_span(self.page.boilerplate, tag)):
            self._flush()
            self._box(tag, depth, box)
        # A link around a headline and a paragraph lies in a line and holds blocks; its children decide.
        elif (tag.name in INLINE and (self.page.is_block(tag) or (owner.name in HEADINGS and holds_kicker(tag)))) or (
            not self.page.is_block(tag) and holds(tag, CONTROLS)
        ):
            self._children(tag, depth + 1)
        elif self.page.is_block(tag):
            self._flush()
            self._block(tag, depth)
            self._flush()
        elif stands_apart(self.page.boilerplate, tag, owner, self.inside):
            self._flush()
            self._children(tag, depth + 1)
            self._flush()
        else:
            self._inline(tag, owner)

    def _block(self, tag: Tag, depth: int) -> None:
        if is_post(tag) or (not self.page.boilerplate.size(tag)[0] and waits_to_play(tag)):
            self.found.append(embed_segment(tag, self.page.base_url))
        elif self.inside in ("quote", "figure"):
            self._children(tag, depth + 1)
        elif is_pull_quote_box(self.page.boilerplate, tag) or (tag.name not in HEADINGS and self._is_quote(tag)):
            self._box(tag, depth, "quote")
        elif is_picture_box(self.page.boilerplate, tag):
            self._box(tag, depth, "figure")
        elif is_table_box(self.page.boilerplate, tag):
            self.found.extend(table_with_caption(self._inside(tag, depth, self.inside)))
        elif is_read_more_box(self.page.boilerplate, tag) or is_fact_box(self.page.boilerplate, tag):
            self._box(tag, depth, "box")
        else:
            self._children(tag, depth + 1)

    def _too_deep(self, tag: Tag) -> None:
        self._flush()
        self.page.cut += 1
        text = fold(tag.get_text(" "))
        if text:
            self.found.append(segment_of("paragraph", tag, text, convert([NavigableString(text)])))

    def _boilerplate(self, tag: Tag, rule: str) -> None:
        embed = unloaded_segment(tag, self.page.base_url) if rule == "cookie-notice" else None
        if embed is not None:
            self._flush()
            self.found.append(with_own_caption(embed, tag, self.page.base_url))
        text = shown_text(tag)
        # Boilerplate in the middle of a line, such as a hidden word, must not part the paragraph around it.
        if (self.page.is_block(tag) and tag.name not in INLINE) or not self._run:
            self._flush()
        # Kept with it, so that a reader of ``explain`` sees which picture was left out, and a correction may take it back.
        pictures = [] if text else [img for img in every(tag, frozenset({"img"})) if not unfit(img)]
        if text or pictures:
            segment = segment_of("furniture", tag, text)
            segment.segments = [anchor(img) for img in pictures]
            segment.leave_out(rule)
            self.found.append(segment)

    # ---------------------------------------------------------------------------------------------------------- paragraphs

    def _flush(self) -> None:
        run, owner = self._run, self._owner
        self._run, self._owner = [], None
        if not run or owner is None or not has_words(run):
            return
        inlines = convert(run, self.page.base_url)
        for part in paragraphs_in(inlines):
            text = text_of(part)
            if text:
                said = self._paragraph(owner, text, part, run)
                quote = self.found[-1] if self.found else None
                (quote.segments if quote is not None and says_whose(said, quote) else self.found).append(said)

    def _linked_by(self, owner: Tag, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The words of a link that is laid out as a block, because it holds one, as the words of a link."""
        href = absolute(attribute(owner, "href"), self.page.base_url) if owner.name == "a" else ""
        return (Link(inlines, href),) if href else inlines

    def _paragraph(self, owner: Tag, text: str, inlines: tuple[Inline, ...], run: list[PageElement]) -> Segment:
        heading = heading_of(owner)
        if heading is None and is_address_alone(text):
            return linked_segment(owner, text)
        inlines = self._linked_by(owner, inlines)
        if heading is None and LINES_OF_TYPE.match(text):
            segment = segment_of("rule", owner, text, inlines)
            segment.block = Ornament()
            return segment
        segment = segment_of("heading" if heading else "paragraph", heading or owner, text, inlines)
        segment.level = HEADINGS[heading.name] if heading else 0
        segment.dress = dress_of(owner, run, inlines)
        segment.language, segment.direction = ways_of(owner)
        segment.readings = readings_in(inlines)
        # "<p><span class=author>…</span></p>": the class is said of the only span and meant of the line.
        alone = only_element(run)
        if alone is not None and heading is None:
            segment.names = f"{words(names_of(alone)).strip()} {segment.names}".strip()
        if heading is None and is_broken(inlines) and segment.is_named("verse"):
            segment.block = Verse(tuple(lines(inlines)))
        return segment

    # ----------------------------------------------------------------------------------------------------------- compounds

    def _box(self, tag: Tag, depth: int, kind: Kind) -> None:
        inner = self._inside(tag, depth, kind)
        text = " ".join(segment.text for segment in inner if segment.text)
        if kind == "figure" or text:
            segment = segment_of(kind, tag, text)
            segment.segments = inner
            segment.links = self.page.boilerplate.size(tag)[1]
            self.found.append(segment)

    def _inside(self, tag: Tag, depth: int, kind: str) -> list[Segment]:
        """The segments of what stands in the element, read as what stands in a box of that kind."""
        inner = _Walk(self.page, kind)
        inner._children(tag, depth + 1)
        inner._flush()
        return inner.found

    def _is_quote(self, tag: Tag) -> bool:
        return is_pull_quote_box(self.page.boilerplate, tag) or is_quote_box(self.page.boilerplate, tag)

    def figure(self, tag: Tag, depth: int) -> None:
        if is_table_box(self.page.boilerplate, tag):
            self.found.extend(table_with_caption(self._inside(tag, depth, self.inside)))
        elif shows_one_embed(tag) or waits_to_play(tag) or (named(names_of(tag), "embed") and names_video(tag)):
            self.found.extend(embed_with_caption(self._inside(tag, depth, "figure")))
        elif is_pull_quote_box(self.page.boilerplate, tag) or (
            holds(tag, frozenset({"blockquote"})) and not holds(tag, frozenset({"img"}))
        ):
            self._box(tag, depth, "quote")
        elif holds(tag, frozenset({"figure"})):
            self.found.extend(gallery_with_caption(self._inside(tag, depth, self.inside), tag))
        elif holds(tag, frozenset(("table", "iframe", "video", "pre", "audio"))) or not (
            has_picture(tag) or misses_picture(tag)
        ):
            self._children(tag, depth + 1)
        else:
            self._box(tag, depth, "figure")
            if not holds(tag, frozenset({"img"})):  # all that is left of the picture is the place where it was
                self.found[-1].segments.insert(0, anchor(tag))

    def quote(self, tag: Tag, depth: int) -> None:
        # Old pages indent whole articles with a block quote.
        if self.inside == "quote" or self.page.boilerplate.size(tag)[2] > 6000:
            self._children(tag, depth + 1)
        elif is_post(tag) or (named(names_of(tag), "embed") and words_outside_links(self.page.boilerplate, tag) < 20):
            self.found.append(embed_segment(tag, self.page.base_url))
        else:
            self._box(tag, depth, "quote")

    def picture(self, tag: Tag, depth: int) -> None:
        img = tag if tag.name == "img" else tag.find("img")
        if not isinstance(img, Tag):
            return
        segment = segment_of("figure", tag, "")
        segment.segments = [anchor(img)]
        self.found.append(segment)
        # A page may write a caption and a credit inside it, besides the picture.
        beside = list(tag.children) if tag.name == "picture" and tag.get_text(strip=True) else []
        for child in beside:
            if child is not img and (not isinstance(child, Tag) or not holds(child, frozenset({"img"}))):
                self._node(child, tag, depth + 1)
        if beside:
            self._flush()

    def list_block(self, tag: Tag, depth: int) -> None:
        if is_layout_list(self.page.boilerplate, tag):
            self._children(tag, depth + 1)
        else:
            self._box(tag, depth, "list")

    def terms(self, tag: Tag, depth: int) -> None:
        if not self.inside and explains_terms(tag):
            self._box(tag, depth, "list")
        else:
            self._block(tag, depth)
            self._flush()

    def entry(self, tag: Tag, depth: int) -> None:
        self._children(tag, depth + 1)
        self._flush()

    def table(self, tag: Tag, depth: int) -> None:
        if is_layout_table(self.page.boilerplate, tag):
            self._children(tag, depth + 1)
        else:
            self._box(tag, depth, "table")

    def preformatted(self, tag: Tag, depth: int) -> None:
        block = preformatted_block(tag)
        if block is not None:
            segment = segment_of("preformatted", tag, fold(tag.get_text()))
            segment.block = block
            self.found.append(segment)

    def rule_line(self, tag: Tag, depth: int) -> None:
        segment = segment_of("rule", tag, "")
        segment.block = Ornament()
        self.found.append(segment)

    def embed(self, tag: Tag, depth: int) -> None:
        self.found.append(embed_segment(tag, self.page.base_url))

    def aside(self, tag: Tag, depth: int) -> None:
        if self.inside == "quote":
            self._children(tag, depth + 1)
        elif self._is_quote(tag) or quotes_only(tag):
            self._box(tag, depth, "quote")
        elif is_picture_box(self.page.boilerplate, tag):
            self._box(tag, depth, "figure")
        # An aside with pages of prose is the article, whatever its author meant by the element.
        elif self.page.boilerplate.size(tag)[2] > 6000:
            self._children(tag, depth + 1)
        else:
            self._box(tag, depth, "box")


_COMPOUNDS: dict[str, Callable[[_Walk, Tag, int], None]] = {
    "figure": _Walk.figure,
    "blockquote": _Walk.quote,
    "img": _Walk.picture,
    "picture": _Walk.picture,
    "ul": _Walk.list_block,
    "ol": _Walk.list_block,
    "li": _Walk.entry,
    "dl": _Walk.terms,
    "table": _Walk.table,
    "pre": _Walk.preformatted,
    "hr": _Walk.rule_line,
    "iframe": _Walk.embed,
    "video": _Walk.embed,
    "audio": _Walk.embed,
    "embed": _Walk.embed,
    **dict.fromkeys(PLAYERS, _Walk.embed),
    "aside": _Walk.aside,
}
"""Element → how it is read when it is more than a run of paragraphs."""
