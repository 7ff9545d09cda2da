"""Looking for elements by name: what Beautiful Soup's own search does, at a fifth of the time for a set of names.

As long as no element of the page was moved its order is known (:class:`exporter.readers.dom.tree.Order`), and a search is one
of a list; else it goes from node to node.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TypeGuard

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from exporter.readers.dom.tree import Ordered

_FEW = 24
"""Elements that are looked through as fast as it takes to look one name up."""


def elements(root: Tag) -> Iterator[Tag]:
    """Every element below ``root``, in the order of the page."""
    return iter(root.order.elements[root.place + 1 : root.end]) if _is_in_order(root) else _walked(root)


def every(root: Tag, names: frozenset[str]) -> list[Tag]:
    """Every element below ``root`` with one of ``names``; a list, so that the tree may be changed while going through it."""
    if not _is_in_order(root):
        return [each for each in _walked(root) if each.name in names]
    order, start, end = root.order, root.place + 1, root.end
    if end - start <= _FEW * len(names):
        return [each for each in order.elements[start:end] if each.name in names]
    found: list[int] = []
    for name in names:
        places = order.places(name)
        found += places[bisect_left(places, start) : bisect_left(places, end)]
    return [order.elements[place] for place in sorted(found)]


def by_class(root: Tag) -> dict[str, list[Tag]]:
    """Class attribute → the elements below ``root`` that have it, in the order of the page: a page has few of many kinds."""
    found: defaultdict[str, list[Tag]] = defaultdict(list)
    for tag in elements(root):
        worn = tag.attrs.get("class")
        if worn:
            found[worn if isinstance(worn, str) else " ".join(worn)].append(tag)
    return found


def in_page_order(root: Tag, tags: Iterable[Tag]) -> list[Tag]:
    """Elements below ``root`` in the order in which they stand there."""
    if _is_in_order(root):
        return sorted(tags, key=attrgetter("place"))
    wanted = set(map(id, tags))
    return [tag for tag in elements(root) if id(tag) in wanted]


def words_of(tag: Tag) -> Iterable[NavigableString]:
    """The texts below ``tag`` that count as words: none of scripts, style sheets, remarks and readings."""
    if _is_in_order(tag):
        return tag.order.texts[tag.text_place : tag.text_end]
    return (each for each in _nodes(tag) if type(each) is NavigableString)


def first(root: Tag, names: frozenset[str]) -> Tag | None:
    """The first element below ``root`` with one of ``names``."""
    if not _is_in_order(root):
        return next((each for each in _walked(root) if each.name in names), None)
    order, start, end = root.order, root.place + 1, root.end
    if start >= end:
        return None
    if end - start <= _FEW * len(names):
        for each in order.elements[start:end]:
            if each.name in names:
                return each
        return None
    nearest = end
    for name in names:
        places = order.places(name)
        at = bisect_left(places, start)
        nearest = min(nearest, places[at]) if at < len(places) else nearest
    return order.elements[nearest] if nearest < end else None


def _is_in_order(root: Tag) -> TypeGuard[Ordered]:
    """Whether the order of the page that ``root`` stands in is known: nothing was moved since it was found."""
    return isinstance(root, Ordered) and root.order.sound


def _walked(root: Tag) -> Iterator[Tag]:
    return (node for node in _nodes(root) if isinstance(node, Tag))


def _nodes(root: Tag) -> Iterator[PageElement]:
    if not root.contents:
        return
    node: PageElement | None = root.contents[0]
    end = _behind(root)
    while node is not end and node is not None:
        following = node.next_element  # looked up first: the node may be moved before the next is asked for
        yield node
        node = following


def _behind(root: Tag) -> PageElement | None:
    """What stands right behind all that is in an element."""
    last: PageElement = root
    while isinstance(last, Tag) and last.contents:
        last = last.contents[-1]
    return last.next_element


def holds(root: Tag, names: frozenset[str]) -> bool:
    """Whether any element below ``root`` has one of ``names``."""
    return first(root, names) is not None


def rename(tag: Tag, name: str) -> None:
    """Gives an element another name."""
    if isinstance(tag, Ordered):
        tag.order.rename(tag, name)
    tag.name = name


def above(node: PageElement, *names: str) -> Tag | None:
    """The nearest element around ``node`` with one of ``names``."""
    parent = node.parent
    while parent is not None and parent.name not in names:
        parent = parent.parent
    return parent


def last_before(tag: Tag, names: frozenset[str]) -> Tag | None:
    """The last element that begins before ``tag`` and has one of ``names``."""
    node = tag.previous_element
    while node is not None and not (isinstance(node, Tag) and node.name in names):
        node = node.previous_element
    return node


def strings(root: Tag) -> Iterator[NavigableString]:
    """Every text below ``root``, comments as well, in the order of the page."""
    if not root.contents:
        return
    # As in _nodes, once more: the strings of whole pages are gone through again and again.
    node: PageElement | None = root.contents[0]
    end = _behind(root)
    while node is not end and node is not None:
        following = node.next_element
        if isinstance(node, NavigableString):
            yield node
        node = following


def stands_in(node: PageElement, tag: Tag) -> bool:
    """Whether ``tag`` is among the ancestors of ``node``: the element itself, not one that is written alike.

    Beautiful Soup's ``in`` and ``==`` compare whole trees, so that asking them takes as long as the page is large.
    """
    parent = node.parent
    while parent is not None and parent is not tag:
        parent = parent.parent
    return parent is not None
