"""From the cleaned page to a flat list of pieces, in reading order, furniture included but marked."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from bs4.element import PreformattedString

from exporter.model import Embed, Inline, LineBreak, Ornament, Preformatted
from exporter.readers import credits as picture_credits
from exporter.readers.furniture import Furniture, measure
from exporter.readers.inlines import absolute, attribute, convert, lines
from exporter.readers.pictures import unfit
from exporter.readers.pieces import Piece, fold, text_of
from exporter.readers.vocabulary import named, words
from exporter.walk import plain

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "iframe",
        "video",
        "audio",
        "object",
        "embed",
        "img",
        "picture",
        "caption",
    ]
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
MAX_DEPTH = 120
"""Elements nested deeper than this are read as plain paragraphs."""
CAPTION_LENGTH = 900
"""Characters: a box around a picture with more text than this is no figure."""

_RULES_OF_TYPE = re.compile(r"^[\s*\u2022\u00b7+~_\-\u2013\u2014#=\u2217\u2042\u25cf\u25a0\u25c6.]{1,20}$")
_DRESSING = ("class", "style", "align", "color", "face", "size")


class Flattener:
    """Walks one element and collects its pieces. ``base_url`` makes links absolute."""

    def __init__(self, soup: BeautifulSoup, base_url: str) -> None:
        self.base_url = base_url
        self.furniture = Furniture(soup, measure(soup))
        self._blockish = _holders_of_blocks(soup)
        self.cut = 0

    def pieces(self, root: Tag) -> list[Piece]:
        """The pieces of ``root``, in reading order."""
        return _Walk(self).collect(root)

    def is_block(self, tag: Tag) -> bool:
        """Whether the element is laid out as a block: by its kind, or because it holds one."""
        return tag.name in BLOCKS or id(tag) in self._blockish


def _holders_of_blocks(soup: BeautifulSoup) -> set[int]:
    holders: set[int] = set()
    for tag in soup.find_all(list(BLOCKS)):
        parent = tag.parent
        while parent is not None and id(parent) not in holders:
            holders.add(id(parent))
            parent = parent.parent
    return holders


class _Walk:
    def __init__(self, page: Flattener, inside: str = "") -> None:
        self.page = page
        self.inside = inside
        self.found: list[Piece] = []
        self._run: list[PageElement] = []
        self._owner: Tag | None = None

    def collect(self, root: Tag) -> list[Piece]:
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
        rule = self.page.furniture.rule(tag, _names(tag), self.inside)
        if rule:
            self._furniture(tag, rule)
        elif depth >= MAX_DEPTH:
            self._too_deep(tag)
        elif tag.name in _COMPOUNDS:
            self._flush()
            _COMPOUNDS[tag.name](self, tag, depth)
        elif self.page.is_block(tag):
            self._flush()
            self._block(tag, depth)
            self._flush()
        elif self._stands_apart(tag, owner):
            self._flush()
            self._children(tag, depth + 1)
            self._flush()
        else:
            self._inline(tag, owner)

    def _stands_apart(self, tag: Tag, owner: Tag) -> bool:
        """An inline element that is a part of its own: a credit in a caption, the name at the end of a quote, a kicker in a headline."""
        if owner.name in HEADINGS:
            return named(attribute(tag, "class"), "kicker")
        if not self.inside:
            return self._is_name_or_date(tag, owner)
        if self.inside == "figure":
            return named(_names(tag), "credit") or named(_names(tag), "caption")
        return self.inside == "quote" and (tag.name == "cite" or named(_names(tag), "attribution")) and _is_last(tag)

    def _is_name_or_date(self, tag: Tag, owner: Tag) -> bool:
        """The author's name or the date in a line under the headline; a paragraph of prose is never cut at them."""
        if owner.name == "p" and self.page.furniture.size(owner)[0] > 160:
            return False
        return tag.name == "time" or "author" in attribute(tag, "rel") or named(attribute(tag, "class"), "byline")

    def _block(self, tag: Tag, depth: int) -> None:
        if self.inside in ("quote", "figure"):
            self._children(tag, depth + 1)
        elif tag.name not in HEADINGS and _is_pull_quote_box(self.page, tag):
            self._box(tag, depth, "quote")
        elif _is_picture_box(self.page, tag):
            self._box(tag, depth, "figure")
        elif _is_read_more_box(self.page, tag):
            self._box(tag, depth, "box")
        else:
            self._children(tag, depth + 1)

    def _too_deep(self, tag: Tag) -> None:
        self._flush()
        self.page.cut += 1
        text = fold(tag.get_text(" "))
        if text:
            self.found.append(_piece("paragraph", tag, text, convert([NavigableString(text)])))

    def _furniture(self, tag: Tag, rule: str) -> None:
        text = fold(tag.get_text(" "))
        if self.page.is_block(tag) or not self._run:
            self._flush()
        if text:
            piece = _piece("furniture", tag, text)
            piece.leave_out(rule)
            self.found.append(piece)

    # ---------------------------------------------------------------------------------------------------------- paragraphs

    def _flush(self) -> None:
        run, owner = self._run, self._owner
        self._run, self._owner = [], None
        if not run or owner is None or not _has_words(run):
            return
        inlines = convert(run, self.page.base_url)
        for part in _paragraphs(inlines):
            text = text_of(part)
            if text:
                self.found.append(self._paragraph(owner, text, part, run))

    def _paragraph(self, owner: Tag, text: str, inlines: tuple[Inline, ...], run: list[PageElement]) -> Piece:
        heading = _heading_of(owner)
        if heading is None and _RULES_OF_TYPE.match(text):
            piece = _piece("rule", owner, text, inlines)
            piece.block = Ornament()
            return piece
        piece = _piece("heading" if heading else "paragraph", heading or owner, text, inlines)
        piece.level = HEADINGS[heading.name] if heading else 0
        piece.dress = _dress(owner, run, inlines)
        return piece

    # ----------------------------------------------------------------------------------------------------------- compounds

    def _box(self, tag: Tag, depth: int, kind: str) -> None:
        inner = _Walk(self.page, kind)
        inner._children(tag, depth + 1)
        inner._flush()
        text = " ".join(piece.text for piece in inner.found if piece.text)
        if kind == "figure" or text:
            piece = _piece(kind, tag, text)
            piece.pieces = inner.found
            piece.links = self.page.furniture.size(tag)[1]
            self.found.append(piece)

    def figure(self, tag: Tag, depth: int) -> None:
        if _is_pull_quote_box(self.page, tag) or (tag.find("blockquote") is not None and tag.find("img") is None):
            self._box(tag, depth, "quote")
        elif (
            tag.find("figure") is not None
            or tag.find(("table", "iframe", "video", "pre", "audio")) is not None
            or not _has_picture(tag)
        ):
            self._children(tag, depth + 1)
        else:
            self._box(tag, depth, "figure")

    def quote(self, tag: Tag, depth: int) -> None:
        if self.inside == "quote" or self.page.furniture.size(tag)[2] > 6000:
            self._children(tag, depth + 1)
        elif named(_names(tag), "embed"):
            self.found.append(_embed_piece(self.page, tag))
        else:
            self._box(tag, depth, "quote")

    def picture(self, tag: Tag, depth: int) -> None:
        img = tag if tag.name == "img" else tag.find("img")
        if img is None:
            return
        piece = _piece("figure", tag, "")
        piece.pieces = [anchor(img)]
        self.found.append(piece)

    def list_block(self, tag: Tag, depth: int) -> None:
        if _is_layout_list(self.page, tag):
            self._children(tag, depth + 1)
        else:
            self._box(tag, depth, "list")

    def entry(self, tag: Tag, depth: int) -> None:
        self._children(tag, depth + 1)
        self._flush()

    def table(self, tag: Tag, depth: int) -> None:
        if _is_layout_table(self.page, tag):
            self._children(tag, depth + 1)
        else:
            self._box(tag, depth, "table")

    def preformatted(self, tag: Tag, depth: int) -> None:
        text = tag.get_text()
        if text.strip():
            piece = _piece("preformatted", tag, fold(text))
            piece.block = Preformatted(text.strip("\n"))
            self.found.append(piece)

    def rule_line(self, tag: Tag, depth: int) -> None:
        piece = _piece("rule", tag, "")
        piece.block = Ornament()
        self.found.append(piece)

    def embed(self, tag: Tag, depth: int) -> None:
        self.found.append(_embed_piece(self.page, tag))

    def aside(self, tag: Tag, depth: int) -> None:
        if _is_pull_quote_box(self.page, tag):
            self._box(tag, depth, "quote")
        elif _is_picture_box(self.page, tag):
            self._box(tag, depth, "figure")
        elif self.page.furniture.size(tag)[2] > 6000:
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
    "table": _Walk.table,
    "pre": _Walk.preformatted,
    "hr": _Walk.rule_line,
    "iframe": _Walk.embed,
    "video": _Walk.embed,
    "audio": _Walk.embed,
    "embed": _Walk.embed,
    "aside": _Walk.aside,
}
"""Element → how it is read when it is more than a run of paragraphs."""


# ------------------------------------------------------------------------------------------------------------- single pieces


def anchor(img: Tag) -> Piece:
    """A piece that stands for a picture element inside a figure; left out at once when it is no photo."""
    piece = _piece("anchor", img, "")
    reason = unfit(img)
    if reason:
        piece.leave_out(reason)
    return piece


def _embed_piece(page: Flattener, tag: Tag) -> Piece:
    source = (
        attribute(tag, "src") or attribute(tag, "data-src") or attribute(tag, "data-lazy-src") or _inner_source(tag)
    )
    href = absolute("https:" + source if source.startswith("//") else source, page.base_url)
    title = fold(attribute(tag, "title")) or fold(tag.get_text(" "))
    piece = _piece("embed", tag, fold(tag.get_text(" ")))
    piece.block = Embed(href, title, _provider(href))
    if not href and not title:
        piece.leave_out("empty-embed")
    return piece


def _inner_source(tag: Tag) -> str:
    for inner in tag.find_all(("source", "a", "iframe")):
        found = attribute(inner, "src") or attribute(inner, "href")
        if found:
            return found
    return ""


def _provider(href: str) -> str:
    host = href.split("/")[2] if href.count("/") >= 2 else ""
    return host.removeprefix("www.").removeprefix("player.")


def _piece(kind: str, tag: Tag, text: str, inlines: tuple[Inline, ...] = ()) -> Piece:
    return Piece(
        kind,  # type: ignore[arg-type]
        text,
        inlines,
        element=tag,
        where=_place(tag),
        names=_near_names(tag),
        links=_linked(inlines),
    )


def _place(tag: Tag) -> str:
    names = attribute(tag, "id") or attribute(tag, "class").split(" ")[0]
    line = f":{tag.sourceline}" if tag.sourceline else ""
    return f"{tag.name}{'.' + names if names else ''}{line}"


def _names(tag: Tag) -> str:
    return f"{attribute(tag, 'class')} {attribute(tag, 'id')} {attribute(tag, 'itemprop')} {attribute(tag, 'data-component')}".strip()


def _near_names(tag: Tag) -> str:
    """The words of the element's names and of the two elements around it."""
    found = []
    current: Tag | None = tag
    for _ in range(3):
        if current is None or current.name in ("body", "html", "main", "article", "[document]"):
            break
        found.append(words(_names(current)).strip())
        current = current.parent
    return " " + " ".join(filter(None, found)) + " "


def _linked(inlines: tuple[Inline, ...]) -> int:
    from exporter.model import Link
    from exporter.walk import walk

    return sum(len(plain(node.children)) for each in inlines for node in walk(each) if isinstance(node, Link))


def _has_words(run: list[PageElement]) -> bool:
    return any((each.get_text() if isinstance(each, Tag) else str(each)).strip() for each in run)


def _heading_of(owner: Tag) -> Tag | None:
    current: Tag | None = owner
    for _ in range(6):
        if current is None:
            return None
        if current.name in HEADINGS:
            return current
        if current.name in ("p", "li", "td", "body", "article", "section"):
            return None
        current = current.parent
    return None


def _paragraphs(inlines: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """Cut at two line breaks in a row: a page's way to make paragraphs without marking them."""
    rows = lines(inlines)
    if len(rows) < 2:
        return [inlines]
    parts: list[list[tuple[Inline, ...]]] = [[]]
    for row in rows:
        if row and _RULES_OF_TYPE.match(text_of(row)):
            parts.extend([[row], []])
        elif row:
            parts[-1].append(row)
        elif parts[-1]:
            parts.append([])
    return [_with_breaks(part) for part in parts if part]


def _with_breaks(rows: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for row in rows:
        if made:
            made.append(LineBreak())
        made.extend(row)
    return tuple(made)


def _dress(owner: Tag, run: list[PageElement], inlines: tuple[Inline, ...]) -> str:
    """How the paragraph looks, as far as markup tells: element, names, styles, and those of a wrapper around all of it."""
    parts = [owner.name, *_attire(owner), "<"]
    inner = [each for each in run if isinstance(each, Tag) or str(each).strip()]
    while len(inner) == 1 and isinstance(inner[0], Tag):
        only = inner[0]
        parts += [only.name, *_attire(only)]
        inner = [each for each in only.children if isinstance(each, Tag) or str(each).strip()]
    return "|".join(parts)


def _attire(tag: Tag) -> list[str]:
    worn = [attribute(tag, name) for name in _DRESSING if tag.has_attr(name)]
    typed = [f"{name}={attribute(tag, name)}" for name in sorted(tag.attrs) if name.startswith("data-type")]
    return worn + typed


# ------------------------------------------------------------------------------------------------------------- kinds of boxes


def _has_picture(tag: Tag) -> bool:
    return any(not unfit(img) for img in tag.find_all("img"))


def _is_picture_box(page: Flattener, tag: Tag) -> bool:
    """Whether the element is a picture with its caption and credit and nothing else."""
    text, links, _ = page.furniture.size(tag)
    if text > CAPTION_LENGTH or tag.name in ("body", "main", "article", "html", "header", "section", "table", "tr"):
        return False
    pictures = [img for img in tag.find_all("img") if not unfit(img)]
    if (
        not pictures
        or tag.find(("figure", "h1", "h2", "h3", "h4", "blockquote", "iframe", "table", "form", "pre")) is not None
    ):
        return False
    if text and links * 2 > text and not _captioned(tag) and not picture_credits.is_credit(tag.get_text(" ", strip=True)):
        return False
    return (text == 0 and len(pictures) == 1) or (len(pictures) == 1 and _texts_are_captions(tag))


def _captioned(tag: Tag) -> bool:
    return any(named(_names(each), "caption") or named(_names(each), "credit") for each in tag.find_all(True))


def _texts_are_captions(tag: Tag) -> bool:
    """Whether every text inside stands in an element named as caption or credit, or in a small box named as a picture."""
    boxed = named(_names(tag), "picture") or named(_names(tag), "caption")
    for string in tag.find_all(string=True):
        if not string.strip():
            continue
        holders = [each for each in string.parents if each is not tag and tag in each.parents]
        if any(
            named(_names(each), "caption") or named(_names(each), "credit") or each.name == "figcaption"
            for each in holders
        ):
            continue
        if not boxed or (any(each.name == "p" for each in holders) and len(string.strip()) > 200):
            return False
    return True


def _is_pull_quote_box(page: Flattener, tag: Tag) -> bool:
    text, _, _ = page.furniture.size(tag)
    if (
        not 20 <= text <= 900
        or tag.name in ("p", "body", "article", "main")
        or tag.find(("img", "h1", "form")) is not None
    ):
        return False
    return named(_names(tag), "pull_quote")


def _is_read_more_box(page: Flattener, tag: Tag) -> bool:
    text, links, prose = page.furniture.size(tag)
    return 0 < text <= 500 and links * 2 > text and prose == 0 and named(_names(tag), "read_more")


def _is_last(tag: Tag) -> bool:
    """Whether nothing but white space follows the element in its parent."""
    return not any(isinstance(each, Tag) or str(each).strip() for each in tag.next_siblings)


def _is_layout_list(page: Flattener, tag: Tag) -> bool:
    """A list of long texts, headings, quotes or pictures is a way to arrange the page, not a list to read."""
    if tag.find(("h1", "h2", "h3", "h4", "figure", "blockquote", "table", "article")) is not None:
        return True
    entries = [each for each in tag.children if isinstance(each, Tag)]
    if not entries:
        return True
    longest = max(page.furniture.size(each)[0] for each in entries)
    return (
        (len(entries) == 1 and longest > 400)
        or (longest > 700 and page.furniture.size(tag)[2] > 700)
        or _has_picture(tag)
    )


def _is_layout_table(page: Flattener, tag: Tag) -> bool:
    """A table with tables, headings, long paragraphs or a single column arranges the page (WAI, layout tables)."""
    if (
        attribute(tag, "role") in ("presentation", "none")
        or tag.find(("table", "h1", "h2", "figure", "form")) is not None
    ):
        return True
    rows = tag.find_all("tr")
    if not rows or max(len(row.find_all(("td", "th"))) for row in rows) < 2:
        return True
    return page.furniture.size(tag)[2] > 600 and tag.find("th") is None
