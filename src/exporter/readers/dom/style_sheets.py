"""What the page's own style sheets hide on a wide screen: a small part of the cascade, for ``display`` and ``visibility``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bs4 import BeautifulSoup, Tag
from msgspec import Struct

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import elements, every, in_page_order

WIDE = 1280
"""Pixels: the width of the screen for which conditions of media are decided."""
LONGEST_SHEET = 3_000_000
"""Characters of all sheets of a page; of a longer one nothing is told."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SHOWING = re.compile(r"(?:^|;)\s*(display|visibility)\s*:\s*([\w-]+)\s*(!\s*important)?", re.IGNORECASE)
_CLIPPED = re.compile(
    r"clip\s*:\s*rect\((?:\s*[01](?:px)?\s*,?){4}\)|clip-path\s*:\s*(?:inset\((?:50|100)%\)|polygon\(0 0,\s*0 0)",
    re.IGNORECASE,
)
"""How a sheet cuts off all of an element that only screen readers are to have."""
_CLIP = "clip"
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_SIMPLE = re.compile(r"(?P<kind>[.#]?)(?P<name>(?:[\w-]|[^\x00-\x7f]|\\.)+)|(?P<rest>[^.#\s>]+)")
_ALONE = re.compile(r"[.#]?[\w-]+")
_NAME = re.compile(r"(?:[\w-]|[^\x00-\x7f])+")
_COMBINED = re.compile(r"\s*>\s*|\s+")


class _Rule(Struct, frozen=True):
    """One selector with what it says: its compounds from the outermost, ``>`` before a child's, its weight, its words.

    A conditional one holds more than names, classes and identities: it is for a state of the page that is not known.
    """

    compounds: tuple[frozenset[str], ...]
    children: tuple[bool, ...]
    weight: tuple[bool, int, int, int, int]
    name: str
    value: str
    conditional: bool


def hidden_by_sheets(soup: BeautifulSoup, classes: dict[str, list[Tag]]) -> list[Tag]:
    """The elements that the page's ``style`` elements hide, the outermost only; ``classes`` are those that elements have."""
    sheets = [tag.get_text() for tag in every(soup, frozenset({"style"})) if _is_for_screens(attribute(tag, "media"))]
    if not sheets or sum(map(len, sheets)) > LONGEST_SHEET:
        return []
    by_key = _hiding("\n".join(sheets))
    return list(_outermost(_meant(soup, by_key, classes), by_key)) if by_key else []


@lru_cache(maxsize=4)
def _hiding(sheet: str) -> dict[str, list[_Rule]]:
    """What a sheet says of elements that it hides, by their keys. Pages of one house often have the very same sheets."""
    told = list(_told(sheet))
    # Nine rules of ten show something that none has hidden: these are not read.
    rules = [rule for each in told if each.hides for rule in _rules(each)]
    hiding = {
        fact for rule in rules if rule.value in ("none", "hidden") and not rule.conditional for fact in _keys(rule)
    }
    words = {fact.lstrip(".#") for fact in hiding}
    rules += [rule for each in told if not each.hides and each.is_about(words) for rule in _rules(each)]
    by_key: dict[str, list[_Rule]] = {}
    for rule in rules:
        for fact in hiding.intersection(_keys(rule)):
            by_key.setdefault(fact, []).append(rule)
    return by_key


def _keys(rule: _Rule) -> list[str]:
    """The classes and identities of the element that a rule is about; its name where it has none."""
    return [fact for fact in rule.compounds[-1] if fact[0] in ".#"] or list(rule.compounds[-1])


def _meant(soup: BeautifulSoup, by_key: dict[str, list[_Rule]], classes: dict[str, list[Tag]]) -> list[Tag]:
    """The elements that rules may be about: by a class, an identity or their name."""
    worn = [each for each in classes if any(f".{word}" in by_key for word in each.split())]
    known = {fact[1:] for fact in by_key if fact[0] == "#"}
    names = frozenset(fact for fact in by_key if fact[0] not in ".#")
    found = [tag for each in worn for tag in classes[each]]
    found += every(soup, names) if names else []
    found += [tag for tag in elements(soup) if tag.attrs.get("id") in known] if known else []
    return in_page_order(soup, {id(tag): tag for tag in found}.values())


def _outermost(meant: list[Tag], by_key: dict[str, list[_Rule]]) -> Iterator[Tag]:
    hidden: set[int] = set()
    facts = _Facts()
    for tag in meant:
        if hidden and any(id(each) in hidden for each in tag.parents):
            continue
        near = [rule for fact in facts.of(tag) if fact in by_key for rule in by_key[fact]]
        if tag.name not in ("html", "body") and _is_hidden(tag, near, facts):
            hidden.add(id(tag))
            yield tag


def _is_hidden(tag: Tag, near: list[_Rule], facts: _Facts) -> bool:
    """Whether the last of the rules that match hides the element, and no rule for another state of the page shows it."""
    found = [rule for rule in near if _matches(tag, rule, facts)]
    for name, value in (("display", "none"), ("visibility", "hidden"), (_CLIP, "hidden")):
        last = max((rule for rule in found if rule.name == name), key=lambda rule: rule.weight, default=None)
        # A style attribute outranks every sheet (CSS Cascade 5, 6.1).
        if last is not None and last.value == value and name not in attribute(tag, "style"):
            # A panel that another class, set by a script, would show is hidden for now only.
            others = (rule for rule in near if rule.name == name and rule.value != value and rule not in found)
            return not any(set(_keys(rule)) & last.compounds[-1] for rule in others)
    return False


class _Facts:
    """What a selector may say of an element: its name, its classes and its identity."""

    def __init__(self) -> None:
        self._known: dict[int, frozenset[str]] = {}

    def of(self, tag: Tag) -> frozenset[str]:
        """Those of an element, which are put together once: an element around many is asked for by each of them."""
        found = self._known.get(id(tag))
        if found is None:
            known = attribute(tag, "id")
            classes = ["." + word for word in attribute(tag, "class").split()]
            found = self._known[id(tag)] = frozenset((tag.name, *([f"#{known}"] if known else ()), *classes))
        return found


def _matches(tag: Tag, rule: _Rule, facts: _Facts) -> bool:
    """Whether the selector holds for the element."""
    if rule.conditional or not rule.compounds[-1] <= facts.of(tag):
        return False
    current = tag.parent
    for compound, child in zip(reversed(rule.compounds[:-1]), reversed(rule.children[1:]), strict=True):
        while current is not None and not compound <= facts.of(current):
            current = None if child else current.parent
        if current is None:
            return False
        current = current.parent
    return True


# --------------------------------------------------------------------------------------------------------------- the sheets


class _Told(Struct, frozen=True):
    """Selectors as a sheet writes them, their place in it, and each property that they show or hide something by."""

    selectors: str
    place: int
    said: list[tuple[str, str, bool]]

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        return any(value in ("none", "hidden") for _, value, _ in self.said)

    def is_about(self, words: set[str]) -> bool:
        """Whether a selector may name one of the words. What is written with a backslash may be any."""
        return "\\" in self.selectors or not words.isdisjoint(_NAME.findall(self.selectors))


def _told(sheet: str) -> Iterator[_Told]:
    """What of a sheet shows or hides something on a wide screen.

    Between two closing braces stand a selector and its declarations, with the heads of blocks that open before them; nothing,
    where a block ends.
    """
    around: list[bool] = []
    *pieces, _ = (_COMMENT.sub(" ", sheet) if "/*" in sheet else sheet).split("}")
    for place, piece in enumerate(pieces):
        may_decide = "isp" in piece or "isi" in piece or "clip" in piece
        if not may_decide and piece.count("{") == 1:
            continue
        *heads, declared = piece.split("{")
        if not heads:
            around = around[:-1]
            continue
        around += [_is_entered(_selector(head)) for head in heads[:-1]]
        selector = _selector(heads[-1]) if may_decide else ""
        if may_decide and _decides(declared, [*around, _is_entered(selector)]) and (said := _said(declared)):
            yield _Told(selector, place, said)


def _is_entered(head: str) -> bool:
    """Whether what stands in a block counts on a wide screen."""
    return not head.startswith("@") or _is_for_screens(head)


def _selector(text: str) -> str:
    """What stands before a block. What stands before a semicolon is an ``@import`` or a ``@charset``, and no part of it."""
    return text.rpartition(";")[2].strip()


def _decides(declarations: str, around: list[bool]) -> bool:
    """Whether declarations may show or hide something, told by letters of "display", "visibility" and "clip"."""
    return (all(around) and ("isp" in declarations or "clip" in declarations)) or "isi" in declarations


def _said(declarations: str) -> list[tuple[str, str, bool]]:
    """Each property by which something is shown or hidden, its value, and whether it is important."""
    said = [(name.lower(), value.lower(), bool(weighty)) for name, value, weighty in _SHOWING.findall(declarations)]
    if "clip" in declarations and "absolute" in declarations and _CLIPPED.search(declarations):
        said.append((_CLIP, "hidden", False))
    return said


def _rules(told: _Told) -> Iterator[_Rule]:
    """The rules, one a selector and property, as far as the selectors are simple."""
    for selector in told.selectors.split(","):
        compounds, children, conditional = _compounds(selector.strip())
        if not compounds:
            continue
        facts = [fact for compound in compounds for fact in compound]
        ids, classes = sum(fact[0] == "#" for fact in facts), sum(fact[0] == "." for fact in facts)
        for name, value, weighty in told.said:
            # Importance, then specificity (Selectors 4), then order.
            weight = (weighty, ids, classes, len(facts) - ids - classes, told.place)
            yield _Rule(compounds, children, weight, name, value, conditional)


def _compounds(selector: str) -> tuple[tuple[frozenset[str], ...], tuple[bool, ...], bool]:
    """The parts of a selector, and whether they hold more than is understood here."""
    if not selector or selector[0] == "@":
        return (), (), False
    if _ALONE.fullmatch(selector):  # as half of them are
        return (frozenset([selector]),), (False,), False
    compounds, conditional = [], False
    for part in _COMBINED.split(selector):
        found = list(_SIMPLE.finditer(part))
        conditional = conditional or any(each["rest"] for each in found)
        compounds.append(frozenset(each["kind"] + each["name"].replace("\\", "") for each in found if each["name"]))
    children = (False, *(">" in each for each in _COMBINED.findall(selector)))
    return (tuple(compounds), children, conditional) if compounds[-1] else ((), (), conditional)


def _is_for_screens(media: str) -> bool:
    """Whether a condition holds on a wide screen. A condition that is not understood is taken not to hold."""
    text = media.lower().strip()
    if text.startswith(("@supports", "@layer")):
        return "not" not in text
    if text.startswith("@") and not text.startswith("@media"):
        return False
    return any(_holds(each) for each in text.removeprefix("@media").split(","))


def _holds(query: str) -> bool:
    words = _WIDTH.sub(" ", query).split()
    if not set(words) <= {"screen", "all", "and", "only"}:
        return False
    for edge, size, unit in _WIDTH.findall(query):
        # In conditions of media, ``em`` and ``rem`` are of the browser's own type size (Media Queries 4, 1.3).
        pixels = float(size) * (1 if unit == "px" else 16)
        if (pixels > WIDE) if edge == "min" else (pixels < WIDE):
            return False
    return True
