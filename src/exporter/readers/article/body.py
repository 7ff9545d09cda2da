"""Finds the article on the page: the element that holds its body, and segments elsewhere that continue it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bs4 import Tag

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import above, every, stands_in
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.vocabulary import named
from exporter.readers.segments.emphasis import is_question
from exporter.readers.segments.segment import Dress, Segment

PROSE_LENGTH = 60
"""Characters: a paragraph at least this long, mostly outside links, counts as prose."""
BRIEF_LENGTH = 25
"""The same on a page that has hardly a longer paragraph."""
FEW = 2
"""Fewer longer paragraphs than this tell nothing about where the article is."""
DESCENT_SHARE = 0.72
"""While one child holds this share of an element's prose, the article lies inside that child."""
SIBLINGS_SHARE, SCATTERED_SHARE = 2.0, 1.15
"""How much more prose the element around parts of one class may hold than they: side by side in it, or deeper inside."""
MARKED_SHARE = 0.45
"""An element the page itself marks as the article's body is believed when it holds this share of the page's prose."""

Look = tuple[Dress, str]
"""The dress of a segment, and the name and classes of the element around it."""


def find_body(segments: list[Segment], titles: list[str]) -> Tag | None:
    """The element that holds the article's body: the deepest one around nearly all prose; None on a page without prose."""
    mass, held = _masses(segments)
    # Interviews with one-line answers have hardly a paragraph of the usual length.
    if sum(1 for segment in segments if prose(segment)) < FEW:
        mass, held = _masses(segments, BRIEF_LENGTH)
    if not mass:
        return None
    top = _own_article(_topmost(held, mass), segments, mass, titles)
    marked = _marked(held, mass, mass[id(top)])
    return _with_siblings(_descend(marked or top, held, mass), held, mass)


def prose(segment: Segment, least: int = PROSE_LENGTH) -> int:
    """Characters of running text in the segment, 0 when it is short, a list of links or boilerplate."""
    if segment.kind in ("quote", "list", "box", "table"):
        return sum(prose(inner, least) for inner in segment.segments) if segment.link_density < 0.5 else 0
    if (
        segment.kind not in ("paragraph", "preformatted", "note")
        or segment.length < least
        or segment.link_density > 0.5
        or not segment.open
    ):
        return 0
    return segment.length - segment.links


def _masses(segments: list[Segment], least: int = PROSE_LENGTH) -> tuple[dict[int, float], dict[int, Tag]]:
    mass: dict[int, float] = {}
    held: dict[int, Tag] = {}
    for segment in segments:
        weight = prose(segment, least) if segment.open and segment.kind != "box" else 0
        if not weight or segment.element is None:
            continue
        for depth, ancestor in enumerate((segment.element, *segment.element.parents)):
            # A page may nest without end, and its prose would be added up at every level.
            if depth > 400:
                break
            held[id(ancestor)] = ancestor
            mass[id(ancestor)] = mass.get(id(ancestor), 0.0) + weight
    return mass, held


def _topmost(held: dict[int, Tag], mass: dict[int, float]) -> Tag:
    # Of elements with the same prose the outermost: the way down is gone afterwards, child by child.
    return held[max(mass, key=lambda key: (mass[key], -sum(1 for _ in held[key].parents)))]


def _own_article(top: Tag, segments: list[Segment], mass: dict[int, float], titles: list[str]) -> Tag:
    """Of several ``article`` elements, the one under whose heading the page's own title stands."""
    # Pages that load the next article below it have several; the title tells which one was saved.
    if len(every(top, frozenset({"article"}))) < 2:
        return top
    keys = {fold_name(title) for title in titles}
    for segment in segments:
        if (
            segment.kind != "heading"
            or segment.element is None
            or not any(fold_name(segment.text) in key for key in keys)
        ):
            continue
        home = above(segment.element, "article")
        if home is not None and mass.get(id(home), 0.0) >= 200 and segment.word_count >= 3:
            return home
    return top


def _marked(held: dict[int, Tag], mass: dict[int, float], whole: float) -> Tag | None:
    """The element that the page itself marks as body, if it holds enough of the prose."""
    best: Tag | None = None
    for key, tag in held.items():
        if mass[key] < whole * MARKED_SHARE or not is_marked(tag):
            continue
        if best is None or mass[key] > mass[id(best)] or (mass[key] == mass[id(best)] and stands_in(tag, best)):
            best = tag
    return best


def is_marked(tag: Tag) -> bool:
    """Whether the page itself calls the element the article's body."""
    if attribute(tag, "itemprop") == "articleBody" or attribute(tag, "property") == "articleBody":
        return True
    return named(attribute(tag, "class") + " " + attribute(tag, "id"), "article_body")


def _descend(tag: Tag, held: dict[int, Tag], mass: dict[int, float]) -> Tag:
    while True:
        inside = [child for child in tag.children if isinstance(child, Tag) and id(child) in held]
        best = max(inside, key=lambda child: mass[id(child)], default=None)
        if (
            best is None
            or best.name in ("p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "span")
            or (best.name == "td" and not _is_column(best, held))
            or (best.name == "table" and tag.name == "td" and mass[id(best)] < mass[id(tag)])
            or mass[id(best)] < mass[id(tag)] * DESCENT_SHARE
        ):
            return tag
        tag = best


def _is_column(cell: Tag, held: dict[int, Tag]) -> bool:
    """Whether a cell of a table holds several parts with prose: a column of a page that is laid out with tables."""
    return sum(isinstance(child, Tag) and id(child) in held for child in cell.children) >= 2


def _with_siblings(tag: Tag, held: dict[int, Tag], mass: dict[int, float]) -> Tag:
    """A body split over several elements of one class is the element around all of them."""
    if tag.name in ("tr", "tbody"):
        tag = next((each for each in tag.parents if each.name == "table"), tag)
    worn = attribute(tag, "class")
    if not worn:
        return tag
    alike = [each for each in held.values() if each.name == tag.name and attribute(each, "class") == worn]
    around = [parent for parent in tag.parents if all(each is parent or stands_in(each, parent) for each in alike)]
    more = sum(mass[id(each)] for each in alike if each is not tag)
    home = around[0] if around and len(alike) > 1 else None
    if home is None or home.name in ("body", "html", "[document]") or more < 200:
        return tag
    most = SIBLINGS_SHARE if all(each.parent is home for each in alike) else SCATTERED_SHARE
    return home if mass[id(home)] <= (mass[id(tag)] + more) * most else tag


def continuations(segments: list[Segment], span: range) -> list[int]:
    """Places behind the body where paragraphs stand that look and are boxed like those of the body: its other parts."""
    known: dict[Look, int] = {}
    for index in span:
        if prose(segments[index]):
            known[look(segments[index])] = known.get(look(segments[index]), 0) + 1
    return [
        index
        for index, segment in enumerate(segments)
        if index >= span.stop and prose(segment) >= 80 and known.get(look(segment), 0) >= 2
    ]


def look(segment: Segment) -> Look:
    """How a segment and the element around it are styled: parts of one body share it."""
    parent = segment.element.parent if segment.element is not None else None
    worn = f"{parent.name} {attribute(parent, 'class')}" if parent is not None else ""
    return segment.dress, worn


def asking_looks(segments: Iterable[Segment]) -> Counter[Look]:
    """The looks of the questions among the segments, each with how many have it."""
    return Counter(look(segment) for segment in segments if segment.open and asks(segment))


def asks(segment: Segment) -> bool:
    """Whether it is a question of the article's, or a box with one: one of the site's own leads somewhere."""
    if segment.link_density > 0.5 or segment.kind not in ("paragraph", "heading", "quote", "table"):
        return False
    return is_question(segment.text) or any(is_question(each.text) for each in segment.segments)


def within(segment: Segment, body: Tag) -> bool:
    """Whether the segment stands inside the body element."""
    return segment.element is not None and (segment.element is body or stands_in(segment.element, body))
