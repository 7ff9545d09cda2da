"""Finds the article on the page: which pieces are its body, and where furniture begins again inside it."""

from __future__ import annotations

from bs4 import Tag

from exporter.readers.inlines import attribute
from exporter.readers.pieces import Piece
from exporter.readers.vocabulary import WORDS, Cue, cues, named
from exporter.readers.voices import fold_name

PROSE_LENGTH = 60
"""Characters: a paragraph at least this long, mostly outside links, counts as prose."""
BRIEF_LENGTH = 25
"""The same on a page that has hardly a longer paragraph."""
FEW = 2
"""Fewer longer paragraphs than this tell nothing about where the article is."""
DESCENT_SHARE = 0.72
"""While one child holds this share of an element's prose, the article lies inside that child."""
MARKED_SHARE = 0.45
"""An element the page itself marks as the article's body is believed when it holds this share of the page's prose."""

_READING_TIME = Cue(
    "reading_time", rf"{WORDS}|\b\d+\s*(?:min|minutes?|minuten)\b\W*(?:read|de lectura|de lecture)", needed=False
)
_SELLS = Cue("promotion_opening", rf"^[\W_]*{WORDS}(?!\w)")
_SPONSORS = Cue("sponsor", rf"(?<!\w){WORDS}(?!\w)|\d ?% off\b", needed=False)
_TAGGED = Cue("tag_label", rf"^\W*{WORDS}\s*[:：]")
_END_BOX = Cue("end_headings", rf"^\W*{WORDS}(?!\w)")
_MORE_OF_A_HEADING = 40
"""Characters that may follow the words by which a heading at the end is known."""


def find_body(pieces: list[Piece], titles: list[str]) -> Tag | None:
    """The element that holds the article's body: the deepest one around nearly all prose; None on a page without prose."""
    mass, held = _masses(pieces)
    if sum(1 for piece in pieces if prose(piece)) < FEW:
        mass, held = _masses(pieces, BRIEF_LENGTH)
    if not mass:
        return None
    top = _own_article(_topmost(held, mass), pieces, mass, titles)
    marked = _marked(held, mass, mass[id(top)])
    return _with_siblings(_descend(marked or top, held, mass), held, mass)


def prose(piece: Piece, least: int = PROSE_LENGTH) -> int:
    """Characters of running text in the piece, 0 when it is short, a list of links or furniture."""
    if piece.kind in ("quote", "list", "box"):
        return sum(prose(inner, least) for inner in piece.pieces) if piece.link_density < 0.5 else 0
    if (
        piece.kind not in ("paragraph", "preformatted")
        or piece.length < least
        or piece.link_density > 0.5
        or not piece.open
    ):
        return 0
    return piece.length - piece.links


def _masses(pieces: list[Piece], least: int = PROSE_LENGTH) -> tuple[dict[int, float], dict[int, Tag]]:
    mass: dict[int, float] = {}
    held: dict[int, Tag] = {}
    for piece in pieces:
        weight = prose(piece, least) if piece.open and piece.kind != "box" else 0
        if not weight or piece.element is None:
            continue
        for depth, ancestor in enumerate((piece.element, *piece.element.parents)):
            if depth > 400:
                break
            held[id(ancestor)] = ancestor
            mass[id(ancestor)] = mass.get(id(ancestor), 0.0) + weight
    return mass, held


def _topmost(held: dict[int, Tag], mass: dict[int, float]) -> Tag:
    return held[max(mass, key=lambda key: (mass[key], -sum(1 for _ in held[key].parents)))]


def _own_article(top: Tag, pieces: list[Piece], mass: dict[int, float], titles: list[str]) -> Tag:
    """Of several ``article`` elements, the one under whose heading the page's own title stands."""
    keys = {fold_name(title) for title in titles}
    for piece in pieces:
        if piece.kind != "heading" or piece.element is None or not any(fold_name(piece.text) in key for key in keys):
            continue
        home = piece.element.find_parent("article")
        others = len(top.find_all("article", limit=3))
        if isinstance(home, Tag) and others > 1 and mass.get(id(home), 0.0) >= 200 and piece.word_count >= 3:
            return home
    return top


def _marked(held: dict[int, Tag], mass: dict[int, float], whole: float) -> Tag | None:
    """The element that the page itself marks as body, if it holds enough of the prose."""
    best: Tag | None = None
    for key, tag in held.items():
        if mass[key] < whole * MARKED_SHARE or not _is_marked(tag):
            continue
        if best is None or mass[key] > mass[id(best)] or (mass[key] == mass[id(best)] and best in tag.parents):
            best = tag
    return best


def _is_marked(tag: Tag) -> bool:
    if attribute(tag, "itemprop") == "articleBody" or attribute(tag, "property") == "articleBody":
        return True
    return named(attribute(tag, "class") + " " + attribute(tag, "id"), "article_body")


def _descend(tag: Tag, held: dict[int, Tag], mass: dict[int, float]) -> Tag:
    while True:
        inside = [child for child in tag.children if isinstance(child, Tag) and id(child) in held]
        best = max(inside, key=lambda child: mass[id(child)], default=None)
        if (
            best is None
            or best.name in ("p", "li", "dl", "dt", "dd", "blockquote", "span", "td")
            or mass[id(best)] < mass[id(tag)] * DESCENT_SHARE
        ):
            return tag
        tag = best


def _with_siblings(tag: Tag, held: dict[int, Tag], mass: dict[int, float]) -> Tag:
    """A body split over several elements of one class is the element around all of them."""
    worn = attribute(tag, "class")
    if not worn:
        return tag
    alike = [each for each in held.values() if each.name == tag.name and attribute(each, "class") == worn]
    around = [parent for parent in tag.parents if all(each is parent or parent in each.parents for each in alike)]
    more = sum(mass[id(each)] for each in alike if each is not tag)
    home = around[0] if around and len(alike) > 1 else None
    if home is None or home.name in ("body", "html", "[document]") or more < 200:
        return tag
    return home if mass[id(home)] <= (mass[id(tag)] + more) * 1.15 else tag


def kin(pieces: list[Piece], span: range) -> list[int]:
    """Places behind the body where paragraphs stand that look and are boxed like those of the body: its other parts."""
    known: dict[tuple[str, str], int] = {}
    for index in span:
        if prose(pieces[index]):
            known[_look(pieces[index])] = known.get(_look(pieces[index]), 0) + 1
    return [
        index
        for index, piece in enumerate(pieces)
        if index >= span.stop and prose(piece) >= 80 and known.get(_look(piece), 0) >= 2
    ]


def _look(piece: Piece) -> tuple[str, str]:
    parent = piece.element.parent if piece.element is not None else None
    worn = f"{parent.name} {attribute(parent, 'class')}" if parent is not None else ""
    return piece.dress, worn


def within(piece: Piece, body: Tag) -> bool:
    """Whether the piece stands inside the body element."""
    return piece.element is not None and (piece.element is body or body in piece.element.parents)


# ----------------------------------------------------------------------------------------------- furniture inside the article


def sweep(pieces: list[Piece]) -> None:
    """Marks what stands inside the body and is no part of the article: end matter, lines of furniture, lists of links."""
    cut_end_matter(pieces)
    proses = [index for index, piece in enumerate(pieces) if prose(piece)] or [0]
    for index, piece in enumerate(pieces):
        if piece.open:
            _sweep_line(piece, proses[0] < index < proses[-1])


def cut_end_matter(pieces: list[Piece]) -> None:
    """From a heading such as "Related articles" on, everything is end matter, unless running text goes on behind it."""
    whole = sum(prose(piece) for piece in pieces) or 1
    rest = whole
    running = {_look(piece) for piece in pieces[: len(pieces) // 2 + 1] if prose(piece) >= 80}
    for index, piece in enumerate(pieces):
        rest -= prose(piece)
        boxed = piece.kind == "furniture" and piece.rule == "related" and bool(_END_BOX.match(piece.text))
        if not boxed and (not piece.open or not _is_end_heading(piece)):
            continue
        if rest >= whole * 0.3:
            if not boxed:
                _leave_links_below(pieces, index)
        else:
            for later in pieces[index:]:
                if later.kind == "paragraph" and prose(later) >= 80 and _look(later) in running:
                    break
                later.leave_out("end-matter")


def _leave_links_below(pieces: list[Piece], index: int) -> None:
    """A heading such as "More on this" in the middle of an article, with the short lines of links under it."""
    below = []
    for piece in pieces[index + 1 :]:
        if not piece.open or piece.word_count > 30 or not (piece.links or (piece.pieces and _density(piece) > 0.5)):
            break
        below.append(piece)
    following = next((piece for piece in pieces[index + 1 :] if piece.open), None)
    stray = following is None or (following.kind in ("heading", "figure", "box") and pieces[index].kind == "heading")
    if below or stray:
        for piece in [pieces[index], *below]:
            piece.leave_out("related-in-text")


def _is_end_heading(piece: Piece) -> bool:
    if piece.word_count > 9 or piece.text.endswith("?") or piece.kind not in ("heading", "paragraph"):
        return False
    plain = piece.text.strip(" :.…!–-#").casefold()
    if plain in cues("end_headings"):
        return True
    heads = piece.kind == "heading" or named(piece.names.strip(), "heading")
    found = _END_BOX.match(piece.text) if heads else None
    more = piece.text[found.end() :] if found else ""
    return found is not None and len(more) <= _MORE_OF_A_HEADING and "\n" not in more


def _sweep_line(piece: Piece, running_on: bool) -> None:
    plain = piece.text.strip(" :.…!|»«>-").casefold()
    if piece.kind in ("paragraph", "heading") and plain in cues("furniture_lines"):
        piece.leave_out("furniture-line")
    elif piece.kind == "paragraph" and piece.word_count <= 40 and _SELLS.match(piece.text):
        piece.leave_out("promotion")
    elif piece.kind == "paragraph" and piece.word_count <= 40 and _SPONSORS.search(piece.text):
        piece.leave_out("advertisement")
    elif piece.kind == "paragraph" and _only_furniture_words(piece.text):
        piece.leave_out("share-line")
    elif piece.kind == "paragraph" and piece.word_count <= 8 and _READING_TIME.search(piece.text):
        piece.leave_out("reading-time")
    elif piece.kind == "paragraph" and piece.word_count <= 40 and _TAGGED.match(piece.text):
        piece.leave_out("tags")
    elif piece.kind == "box" and _is_rail(piece):
        piece.leave_out("rail")
    elif piece.kind == "list" and not running_on and _density(piece) > 0.8 and len(piece.pieces) >= 2:
        piece.leave_out("link-list")


def _is_rail(piece: Piece) -> bool:
    """A box in which two headings or more are links leads elsewhere."""
    heads = [inner for inner in piece.pieces if inner.kind == "heading"]
    if named(piece.names.strip(), "read_more") and piece.word_count <= 45:
        return False
    return sum(inner.link_density > 0.8 for inner in heads) >= 2 or _density(piece) > 0.8


def _only_furniture_words(text: str) -> bool:
    """Whether a short line is a row of buttons: "WhatsApp  Facebook  Print"."""
    found = [word.strip("|·•,").casefold() for word in text.split()]
    found = [word for word in found if word]
    return 2 <= len(found) <= 10 and all(word in cues("furniture_lines") for word in found)


def _density(piece: Piece) -> float:
    """Share of the characters in links, those of inner pieces included."""
    if not piece.pieces:
        return piece.link_density
    text = sum(len(inner.text) for inner in piece.pieces)
    return sum(_density(inner) * len(inner.text) for inner in piece.pieces) / text if text else 0.0
