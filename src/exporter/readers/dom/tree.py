"""Beautiful Soup's tree by a shorter way: the same elements, texts and links between them, for a third of the work.

What its own builder asks anew for each element (namespaces, line numbers, which strings count, how it would be written) is the
same for all elements of a page, and stands here once, with the class.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from itertools import accumulate, compress
from operator import not_
from typing import Any, Self, TypeVar

from bs4 import BeautifulSoup, Tag
from bs4.builder._lxml import LXMLTreeBuilder  # the package makes it known at run time only
from bs4.element import AttributeValueList, Comment, Doctype, NavigableString, PageElement, ProcessingInstruction
from lxml import etree

_CONTAINERS = LXMLTreeBuilder.DEFAULT_STRING_CONTAINERS
_PRESERVING = LXMLTreeBuilder.DEFAULT_PRESERVE_WHITESPACE_TAGS
_WORDS = Tag.MAIN_CONTENT_STRING_TYPES
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "polygon", "polyline", "use", "stop"})
"""Elements that only draw, a twelfth of those of a page: they hold no words, and none is made of them."""
_SPACES = " \n\t\f\r"


class Order:
    """The elements of a tree in the order of the page, as long as it is ``sound``: until one is moved.

    What stands below an element are those between its ``place`` and its ``end``, and its words are the texts between its
    ``text_place`` and its ``text_end``.
    """

    __slots__ = ("_named", "elements", "facts", "gaps", "settled", "sound", "texts")

    def __init__(self) -> None:
        self.elements: list[Tag] = []
        self.texts: list[NavigableString] = []
        """The texts that count as words: none of scripts, style sheets, remarks and readings."""
        self.sound = True
        self.gaps: list[tuple[slice, slice]] | None = []
        """Places of elements and of texts that were taken out; None once something was put in."""
        self.settled = False
        """Whether nothing of the page is going to be changed any more."""
        self.facts: dict[tuple[str, int], Any] = {}
        """What was found out about elements since then, by the name of the question and their place."""
        self._named: defaultdict[str, list[int]] | None = None

    def places(self, name: str) -> list[int]:
        """Where the elements of that name stand, in order."""
        if self._named is None:
            self._named = defaultdict(list)
            for place, element in enumerate(self.elements):
                self._named[element.name].append(place)
        return self._named.get(name, [])

    def close_gaps(self) -> None:
        """Makes the order sound again where elements were taken out only: those behind a gap move up."""
        stays, said = bytearray(b"\1") * len(self.elements), bytearray(b"\1") * len(self.texts)
        for places, words in self.gaps or ():
            stays[places] = bytes(places.stop - places.start)
            said[words] = bytes(words.stop - words.start)
        element: Any
        for element in compress(self.elements, map(not_, stays)):
            element.order = _UNKNOWN
        self.elements = list(compress(self.elements, stays))
        self.texts = list(compress(self.texts, said))
        moved, spoken = list(accumulate(stays, initial=0)), list(accumulate(said, initial=0))
        for place, element in enumerate(self.elements):
            element.place, element.end = place, moved[element.end]
            element.text_place, element.text_end = spoken[element.text_place], spoken[element.text_end]
        self.gaps, self.sound = [], True
        self.forget_names()

    def forget_names(self) -> None:
        """Forgets which elements have which name."""
        self._named = None

    def rename(self, element: Ordered, name: str) -> None:
        """Heeds that an element is going to have another name."""
        if self._named is not None and self.sound:
            del self._named[element.name][bisect_left(self._named[element.name], element.place)]
            insort(self._named[name], element.place)


_UNKNOWN = Order()
_UNKNOWN.sound, _UNKNOWN.gaps = False, None


class Ordered(Tag):
    """An element that knows its place in the order of the page."""

    order = _UNKNOWN
    place = end = -1
    text_place = text_end = 0

    def extract(self, _self_index: int | None = None) -> Self:
        """Takes the element out of the tree."""
        self.order.sound = False
        if self.order.gaps is not None:
            self.order.gaps.append((slice(self.place, self.end), slice(self.text_place, self.text_end)))
        return super().extract(_self_index)

    def insert(self, position: int, *new_children: PageElement | str) -> list[PageElement]:
        """Puts elements or texts into the element."""
        self.order.sound, self.order.gaps = False, None
        return super().insert(position, *new_children)

    def get_text(self, separator: str = "", strip: bool = False, types: Any = PageElement.default) -> str:
        """All words below the element, as Beautiful Soup has them."""
        if types is PageElement.default and self.order.sound and self.interesting_string_types is _WORDS:
            texts = self.order.texts[self.text_place : self.text_end]
            return separator.join(filter(None, map(str.strip, texts)) if strip else texts)
        if types is not PageElement.default and not isinstance(types, tuple):
            return super().get_text(separator, strip, types)
        if not self.contents:
            return ""
        last: PageElement = self
        while isinstance(last, Tag) and last.contents:
            last = last.contents[-1]
        kinds = (self.interesting_string_types or ()) if types is PageElement.default else types
        end = last.next_element
        node: PageElement | None = self.contents[0]
        found: list[Any] = []
        while node is not end and node is not None:
            if type(node) in kinds:
                found.append(node)
            node = node.next_element
        return separator.join(filter(None, map(str.strip, found)) if strip else found)


Fact = TypeVar("Fact")


def remembered(ask: Callable[[Tag], Fact]) -> Callable[[Tag], Fact]:
    """The same question, which is asked once of each element from when its page is settled."""
    name = f"{ask.__module__}.{ask.__name__}"

    @wraps(ask)
    def asked(tag: Tag) -> Fact:
        if not isinstance(tag, Ordered) or not tag.order.settled or not tag.order.sound:
            return ask(tag)
        key = name, tag.place
        fact: Fact | None = tag.order.facts.get(key)
        if fact is None:
            fact = tag.order.facts[key] = ask(tag)
        return fact

    return asked


class Element(Ordered):
    """An element of a page. What is a list of words among its attributes, as ``class``, is one string, a space between two."""

    parser_class = BeautifulSoup
    namespace = prefix = sourceline = sourcepos = None
    hidden = known_xml = can_be_empty_element = _decomposed = False
    cdata_list_attributes = None
    preserve_whitespace_tags = _PRESERVING
    attribute_value_list_class = AttributeValueList
    interesting_string_types = _WORDS
    _namespaces: dict[str, str] = {}  # noqa: RUF012 -- HTML has none, and nobody adds any


class PageSoup(Ordered, BeautifulSoup):
    """The whole page."""

    def __init__(self, markup: str) -> None:
        self.remarks: list[NavigableString] = []
        self.made: list[Tag] = []
        """Every element that the parser made, those as well that were taken out of the tree since."""
        super().__init__(markup, builder=PageBuilder(), element_classes={Tag: Element})
        self.interesting_string_types = _WORDS

    def settle(self) -> None:
        """From now on nothing of the page is changed."""
        self.put_in_order()
        self.order.facts.clear()
        self.order.settled = True

    def untie(self) -> None:
        """Takes the nodes apart: Python frees them at once, and need not look for them among all that there is."""
        for around in (self, *self.made):
            for node in around.contents:
                # What leads on from a node closes no ring when nothing leads back.
                node.parent = node.previous_element = node.previous_sibling = None
        for known in (self.made, self.order.elements, self.order.texts, self.remarks, self.tagStack):
            known.clear()
        self.order.facts.clear()
        self.currentTag = self._most_recent_element = None

    def put_in_order(self) -> None:
        """Finds the order anew, if elements were moved."""
        if not self.order.sound and self.order.gaps is not None:
            self.order.close_gaps()
            self.end, self.text_end = len(self.order.elements), len(self.order.texts)
        if self.order.sound:
            return
        if self.order.elements is not self.made:
            self.order.elements.clear()
        self.order.texts.clear()
        self.order = order = Order()
        found, texts = order.elements, order.texts
        around: list[Any] = [self]
        node: Any = self.contents[0] if self.contents else None
        while node is not None:
            parent = node.parent
            while around[-1] is not parent:
                closed = around.pop()
                closed.end, closed.text_end = len(found), len(texts)
            if type(node) is NavigableString:
                texts.append(node)
            elif not isinstance(node, NavigableString):
                node.order, node.place, node.text_place = order, len(found), len(texts)
                found.append(node)
                around.append(node)
            node = node.next_element
        for closed in around:
            closed.end, closed.text_end = len(found), len(texts)


class PageBuilder(LXMLTreeBuilder):
    """Beautiful Soup's builder for lxml's parser, of which only the way from the parser to the tree is another."""

    def __init__(self) -> None:
        super().__init__(multi_valued_attributes=None)

    def feed(self, markup: str | bytes) -> None:
        """Reads the page, as Beautiful Soup calls it."""
        if not isinstance(self.soup, PageSoup):
            raise TypeError("The builder builds pages only.")
        told = markup.encode("utf-8", "replace") if isinstance(markup, str) else markup
        # lxml takes a third longer for a string.
        parser = etree.HTMLParser(target=_Target(self.soup), recover=True, encoding="utf-8")
        parser.feed(told)
        parser.close()


class _Target:
    """What lxml's parser tells, made into elements and texts below ``soup``."""

    def __init__(self, soup: PageSoup) -> None:
        self._order = soup.order = Order()
        self._remarks = soup.remarks
        self._elements = soup.made = soup.order.elements
        self._texts = soup.order.texts
        self._open: list[Ordered] = [soup]
        self._last: PageElement | None = None
        self._said: list[str] = []
        self.data = self._said.append  # what lxml calls with each piece of a text
        self._containers: list[Tag] = []
        self._preserving = 0

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        """Opens an element. This and what follows is done for each element and text of a page, so each step counts."""
        if self._said:
            self._end_text()
        if name in _SHAPES:
            return
        if "class" in attributes:
            attributes["class"] = " ".join(attributes["class"].split())
        if "rel" in attributes:
            attributes["rel"] = " ".join(attributes["rel"].split())
        element = Element.__new__(Element)
        element.name = name
        element.contents = []
        element.attrs = attributes or {}  # an empty one of lxml's cannot be added to
        element.order = self._order
        element.place = len(self._elements)
        element.text_place = len(self._texts)
        self._elements.append(element)
        self._append(element)
        self._open.append(element)
        if name in _CONTAINERS:
            element.interesting_string_types = {_CONTAINERS[name]}
            self._containers.append(element)
        elif name in _PRESERVING:
            self._preserving += 1

    def end(self, name: str) -> None:
        """Closes the innermost open element of that name, and all that are open in it."""
        if self._said:
            self._end_text()
        if name in _SHAPES:
            return
        if self._open[-1].name != name and all(each.name != name for each in self._open[1:]):
            return
        while True:
            closed = self._open.pop()
            closed.end = len(self._elements)
            closed.text_end = len(self._texts)
            if self._containers and self._containers[-1] is closed:
                self._containers.pop()
            elif closed.name in _PRESERVING:
                self._preserving -= 1
            if closed.name == name:
                return

    def comment(self, text: str) -> None:
        """A comment."""
        self._remark(Comment, text)

    def pi(self, target: str, text: str | None = None) -> None:
        """A processing instruction."""
        self._remark(ProcessingInstruction, f"{target} {text}")

    def doctype(self, name: str, public: str, system: str) -> None:
        """The declaration of the type."""
        self._remark(Doctype, Doctype.for_name_and_ids(name, public, system))

    def close(self) -> None:
        """The end of the page."""
        if self._said:
            self._end_text()
        for element in self._open:
            element.end = len(self._elements)
            element.text_end = len(self._texts)
        # lxml's parser holds on to what it tells of the page, and that would hold the page.
        self._open, self._last, self._texts = [], None, []

    def _remark(self, kind: type[NavigableString], text: str) -> None:
        if self._said:
            self._end_text()
        remark = str.__new__(kind, text)
        self._remarks.append(remark)
        self._append(remark)

    def _end_text(self) -> None:
        """Text as a node of the tree: one that is white space only as one space or line, as Beautiful Soup has it."""
        text = "".join(self._said)
        self._said.clear()
        if not self._preserving and not text.strip(_SPACES):
            text = "\n" if "\n" in text else " "
        if self._containers:
            self._append(str.__new__(_CONTAINERS[self._containers[-1].name], text))
            return
        words = str.__new__(NavigableString, text)
        self._texts.append(words)
        self._append(words)

    def _append(self, node: Any) -> None:
        """Sets a node last in the innermost open element, and behind the last node of the page."""
        parent = node.parent = self._open[-1]
        siblings = parent.contents
        if siblings:
            beside = node.previous_sibling = siblings[-1]
            beside.next_sibling = node
        else:
            node.previous_sibling = None
        siblings.append(node)
        last = node.previous_element = self._last
        if last is not None:
            last.next_element = node
        node.next_element = node.next_sibling = None
        self._last = node
