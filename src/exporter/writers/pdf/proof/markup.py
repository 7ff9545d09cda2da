"""The page's elements between two passes: who stands where, what may be moved, and the changes made.

Text is never moved: what may move are figures and pull quotes, from one gap between two blocks of running text to another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from xml.etree.ElementTree import Element

from msgspec import Struct

from exporter.writers.pdf.weasyprint.patches.paragraphs import ATTRIBUTE

PARENTS = frozenset({"introduction", "answer", "conversation"})
"""Classes of the elements whose children a figure may stand between."""

TEXT = frozenset({"p", "ul", "ol", "dl", "blockquote", "table", "pre"})
"""Elements after which a figure may stand."""

SMALL, IN_MARGIN, IN_TEXT = "small", "in-margin", "in-text"
"""Classes of a pull quote that is not the large one of its spread, of one that stands in the margin, of one that may not."""

STACKED = "stacked"
"""Class of a figure directly above or below others: its caption stands under it, where it can be no other's."""

QUICK = "quick"
"""Class of an exchange that is one block of running text, question and answer."""

CLINGING = frozenset({"read-more", "embed", "attribution", "sidebar"})
"""Classes of what stays with the text before it: nothing comes between."""

_SPACES = " \t\n"

_WORD = re.compile(rf"[^{_SPACES}]+")

_ENDLESS = re.compile(r"\S{30,}")

EVERY = 6
"""Letters of an endless word between the places where it may break."""

_ROLES = ("question", "footnote", "pull-quote", "opening", "colophon", "notes", "sidebar")


class Change(Struct, frozen=True):
    """One change to the page. ``place`` is the element that a moved one stands after; ``style`` are CSS declarations.

    ``kind`` is ``move``, ``style``, ``class`` (``style`` is one more class), ``bind`` (the last two words), ``join`` (two
    others), ``whole`` (the last word), ``divide`` (its endless words) or ``lines`` (weighed together, as ``paragraphs`` among
    the renderer's patches does).
    """

    kind: str
    element: Element
    place: Element | None = None
    style: str = ""


Fix = tuple[Change, ...]
"""Changes that are made together."""


class Gap(Struct, frozen=True):
    """A legal place for a figure or a pull quote: directly after ``after``, the block of text with this number."""

    after: Element
    number: int


class EditableMarkup:
    """The tree of the page, with its parents, and the changes that are made to it."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.parents = {id(child): parent for parent in root.iter() for child in parent}
        self._undo: list[Callable[[], object]] = []
        self._spans: dict[int, Element] = {}
        """By element, what stands around its last word: always the same, for elements are told apart by identity."""
        self.text = [element for element in self.flow() if not is_float(element)]
        """The blocks that never move, in reading order."""
        self.anchors = self._anchored()
        """For each figure and pull quote: how many blocks of text stand before it in the document."""
        self.leaders = dict(self._led())
        """For each figure that follows another with no text between them: that other one."""

    # -------------------------------------------------------------------------------------------------------- reading

    def flow(self) -> list[Element]:
        """The blocks of the article as they stand now, figures and pull quotes among them."""
        return list(_flowing(self.root))

    def _anchored(self) -> dict[int, int]:
        count, found = 0, {}
        for element in self.flow():
            if is_float(element):
                found[id(element)] = count
            else:
                count += 1
        return found

    def _led(self) -> Iterator[tuple[int, Element]]:
        figures = [element for element in self.flow() if element.tag == "figure"]
        for one, other in pairwise(figures):
            if self.anchors[id(one)] == self.anchors[id(other)]:
                yield id(other), one

    @property
    def floats(self) -> list[Element]:
        """Figures and pull quotes in the order in which they stand now."""
        return [element for element in self.flow() if is_float(element)]

    @cached_property
    def opening(self) -> Element | None:
        """The opening of the article, or None."""
        return next((each for each in self.root.iter("header") if "opening" in classes(each)), None)

    @property
    def bleeds(self) -> bool:
        """Whether the lead photo runs to the edges of the first page, above the opening."""
        return "bleed-lead" in classes(self.root)

    def above(self, element: Element) -> Iterator[Element]:
        """An element and what it is part of, from within outwards."""
        above: Element | None = element
        while above is not None:
            yield above
            above = self.parents.get(id(above))

    def turn_of(self, element: Element) -> Element | None:
        """The turn that an element is part of, or None."""
        return next((each for each in self.above(element) if "turn" in classes(each)), None)

    def role(self, element: Element) -> str:
        """What an element is part of: ``question``, ``footnote``, ``pull-quote``, ``figcaption``, ``opening`` or ``text``."""
        known = self._roles.get(id(element))
        if known is None:
            known = self._roles[id(element)] = self._role(element)
        return known

    @cached_property
    def _roles(self) -> dict[int, str]:
        return {}

    def _role(self, element: Element) -> str:
        for above in self.above(element):
            named = classes(above)
            for name in _ROLES:
                if name in named:
                    return name
            if above.tag in {"figcaption", "table", "pre"}:
                return str(above.tag)
            if named & PARENTS:
                return "text"
        return ""

    def words(self, element: Element) -> list[str]:
        """The words of an element as it is now, between the spaces at which a line may break."""
        return split("".join(getattr(*run) for run in _texts(element)))

    def without_others(self, elements: Iterable[Element]) -> tuple[Change, ...]:
        """The changes that leave nothing but these elements, with the blocks that they are part of."""
        whole = [each for each in self.root.iter() if each.tag in {"header", "footer"} or "notes" in classes(each)]
        blocks = [*self.flow(), *whole]
        own, kept = {id(each) for each in blocks}, set()
        for element in elements:
            block = next((each for each in self.above(element) if id(each) in own), None)
            kept.add(id(block))
        return tuple(Change("style", each, style="display:none") for each in blocks if id(each) not in kept)

    def gaps(self) -> list[Gap]:
        """The legal places for a figure or a pull quote, in reading order: not one beside another of them."""
        now = self.flow()
        numbers = {id(element): number for number, element in enumerate(self.text)}
        return [
            Gap(element, numbers[id(element)])
            for element, following in pairwise(now)
            if (element.tag in TEXT or QUICK in classes(element))
            and not classes(element) & {"sidebar", "question"}
            and not is_float(following)
            and not classes(following) & CLINGING
            and not _announces(element)
        ]

    def follows(self, element: Element, other: Element | None) -> bool:
        """Whether another block is the next one after a block as they stand now."""
        return other is not None and any(one is element and two is other for one, two in pairwise(self.flow()))

    def next_to(self, element: Element) -> Element | None:
        """The element directly behind another in the same one; None where there is none."""
        parent = self.parents.get(id(element))
        siblings = list(parent) if parent is not None else []
        number = siblings.index(element) + 1 if siblings else 0
        return siblings[number] if number < len(siblings) else None

    # -------------------------------------------------------------------------------------------------------- changing

    def change(self, changes: Iterable[Change]) -> None:
        """Makes these changes, and takes back whichever were made before."""
        while self._undo:
            self._undo.pop()()
        for each in changes:
            _MAKERS[each.kind](self, each)

    def _move(self, change: Change) -> None:
        assert change.place is not None  # noqa: S101 - a move without a place is a fault of ours
        element, old, place = change.element, self.parents[id(change.element)], self.parents[id(change.place)]
        index = list(old).index(element)
        old.remove(element)
        place.insert(list(place).index(change.place) + 1, element)
        self.parents[id(element)] = place

        def back() -> None:
            place.remove(element)
            old.insert(index, element)
            self.parents[id(element)] = old

        self._undo.append(back)

    def _style(self, change: Change) -> None:
        element, old = change.element, change.element.get("style")
        element.set("style", f"{old};{change.style}" if old else change.style)
        self._undo.append(lambda: element.attrib.pop("style") if old is None else element.set("style", old))

    def _class(self, change: Change) -> None:
        element, old = change.element, change.element.get("class")
        element.set("class", f"{old} {change.style}" if old else change.style)
        self._undo.append(lambda: element.attrib.pop("class") if old is None else element.set("class", old))

    def _lines(self, change: Change) -> None:
        element, old = change.element, change.element.get(ATTRIBUTE)
        element.set(ATTRIBUTE, change.style)
        self._undo.append(lambda: element.attrib.pop(ATTRIBUTE) if old is None else element.set(ATTRIBUTE, old))

    def _set(self, owner: Element, name: str, text: str) -> None:
        old = getattr(owner, name)
        setattr(owner, name, text)
        self._undo.append(lambda: setattr(owner, name, old))

    def _bind(self, change: Change) -> None:
        """Makes the last space of an element's words one that no line breaks at."""
        runs = reversed(list(_texts(change.element)))
        owner, name = next((run for run in runs if " " in getattr(*run).rstrip()), (None, ""))
        if owner is None:
            return
        text = getattr(owner, name)
        head, _, tail = text.rstrip().rpartition(" ")
        self._set(owner, name, f"{head}\u00a0{tail}{text[len(text.rstrip()) :]}")

    def _join(self, change: Change) -> None:
        """Makes the space after so many of an element's words one that no line breaks at."""
        runs = list(_texts(change.element))
        ends = [word.end() for word in _WORD.finditer("".join(getattr(*run) for run in runs))]
        place = ends[int(change.style) - 1]
        for owner, name in runs:
            text = getattr(owner, name)
            if place < len(text):
                self._set(owner, name, f"{text[:place]}\u00a0{text[place:].lstrip(_SPACES)}")
                return
            place -= len(text)

    def _divide(self, change: Change) -> None:
        """Puts places to break into the endless words of an element, through whatever elements they go."""
        runs = list(_texts(change.element))
        whole = "".join(getattr(*run) for run in runs)
        places = [at for word in _ENDLESS.finditer(whole) for at in range(word.start() + EVERY, word.end() - 2, EVERY)]
        start = 0
        for owner, name in runs:
            text = getattr(owner, name)
            inside = [at - start for at in places if start < at <= start + len(text)]
            pieces = [text[one:two] for one, two in pairwise((0, *inside, len(text)))]
            if inside:
                self._set(owner, name, "\u200b".join(pieces))
            start += len(text)

    def _whole(self, change: Change) -> None:
        """Puts an element's last word into a span in which no word is divided."""
        element = change.element
        runs = [run for run in _texts(element) if getattr(*run).strip()]
        owner, name = runs[-1] if runs else (element, "text")
        text = getattr(owner, name) or ""
        head, space, tail = text.rstrip().rpartition(" ")
        if not space:
            return
        span = self._spans.setdefault(id(element), element.makeelement("span", {"style": "hyphens:manual"}))
        span.text = tail
        setattr(owner, name, f"{head} ")
        parent = element if owner is element else self.parents[id(owner)]
        parent.insert(0 if name == "text" and owner is element else list(parent).index(owner) + 1, span)

        def back() -> None:
            parent.remove(span)
            setattr(owner, name, text)

        self._undo.append(back)


_MAKERS: dict[str, Callable[[EditableMarkup, Change], None]] = {
    "move": EditableMarkup._move,  # noqa: SLF001 - a table of the class's own
    "class": EditableMarkup._class,  # noqa: SLF001
    "style": EditableMarkup._style,  # noqa: SLF001
    "bind": EditableMarkup._bind,  # noqa: SLF001
    "join": EditableMarkup._join,  # noqa: SLF001
    "divide": EditableMarkup._divide,  # noqa: SLF001
    "whole": EditableMarkup._whole,  # noqa: SLF001
    "lines": EditableMarkup._lines,  # noqa: SLF001
}


def _flowing(element: Element) -> Iterator[Element]:
    for child in element:
        named = classes(child)
        if classes(element) & PARENTS and (QUICK in named or not named & {"turn", "answer"}):
            yield child
        else:
            yield from _flowing(child)


def _announces(element: Element) -> bool:
    """Whether a block of text ends in a colon: what follows belongs to it."""
    return "".join(element.itertext()).rstrip().endswith((":", "\uff1a"))


def split(text: str) -> list[str]:
    """The words between spaces at which a line may break."""
    return _WORD.findall(text)


def _texts(element: Element) -> Iterator[tuple[Element, str]]:
    """(element, ``text`` or ``tail``) of every run of words inside, in reading order; notes stand elsewhere."""
    if element.text:
        yield element, "text"
    for child in element:
        if "footnote" not in classes(child):
            yield from _texts(child)
        if child.tail:
            yield child, "tail"


def classes(element: Element) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((element.get("class") or "").split())


def figure_of(picture: Element, script: EditableMarkup) -> Element | None:
    """The figure that a picture stands in: the whole row where several stand side by side; None for a picture in no figure."""
    return next((each for each in reversed(list(script.above(picture))) if each.tag == "figure"), None)


def is_float(element: Element) -> bool:
    """Whether an element is a figure or a pull quote: what may be moved."""
    return element.tag == "figure" or "pull-quote" in classes(element)
