"""What the page's own style sheets hide on a wide screen: a small part of the cascade, for ``display`` and ``visibility``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bs4 import BeautifulSoup, Tag
from msgspec import Struct

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import elements, every

WIDE = 1280
"""Pixels: the width of the screen for which conditions of media are decided."""
LONGEST_SHEET = 3_000_000
"""Characters of all sheets of a page; of a longer one nothing is told."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BRACE = re.compile(r"([^{}]*)(?:\{([^{}]*)\}|([{}]))")
"""A selector with its declarations, or what opens or closes a block around such."""
_SHOWING = re.compile(r"(?:^|;)\s*(display|visibility)\s*:\s*([\w-]+)\s*(!\s*important)?", re.IGNORECASE)
_CLIPPED = re.compile(
    r"clip\s*:\s*rect\((?:\s*[01](?:px)?\s*,?){4}\)|clip-path\s*:\s*(?:inset\((?:50|100)%\)|polygon\(0 0,\s*0 0)",
    re.IGNORECASE,
)
"""How a sheet cuts off all of an element that only screen readers are to have."""
_CLIP = "clip"
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_SIMPLE = re.compile(r"(?P<kind>[.#]?)(?P<name>(?:[\w-]|[^\x00-\x7f]|\\.)+)|(?P<rest>[^.#\s>]+)")
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


def hidden_by_sheets(soup: BeautifulSoup) -> list[Tag]:
    """The elements that the page's ``style`` elements hide, the outermost only."""
    sheets = [tag.get_text() for tag in every(soup, frozenset({"style"})) if _is_for_screens(attribute(tag, "media"))]
    if not sheets or sum(map(len, sheets)) > LONGEST_SHEET:
        return []
    rules = _rules("\n".join(sheets))
    hiding = {
        fact for rule in rules if rule.value in ("none", "hidden") and not rule.conditional for fact in _keys(rule)
    }
    by_key: dict[str, list[_Rule]] = {}
    for rule in rules:
        for fact in hiding.intersection(_keys(rule)):
            by_key.setdefault(fact, []).append(rule)
    return list(_outermost(soup, by_key)) if hiding else []


def _keys(rule: _Rule) -> list[str]:
    """The classes and identities of the element that a rule is about; its name where it has none."""
    return [fact for fact in rule.compounds[-1] if fact[0] in ".#"] or list(rule.compounds[-1])


def _outermost(soup: BeautifulSoup, by_key: dict[str, list[_Rule]]) -> Iterator[Tag]:
    hidden: set[int] = set()
    facts: dict[int, frozenset[str]] = {}
    for tag in elements(soup):
        facts[id(tag)] = own = _facts(tag)
        if tag.parent is not None and id(tag.parent) in hidden:
            hidden.add(id(tag))
        elif (
            not own.isdisjoint(by_key)
            and (near := [rule for fact in own if fact in by_key for rule in by_key[fact]])
            and tag.name not in ("html", "body")
            and _is_hidden(tag, near, facts)
        ):
            hidden.add(id(tag))
            yield tag


def _is_hidden(tag: Tag, near: list[_Rule], facts: dict[int, frozenset[str]]) -> bool:
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


def _facts(tag: Tag) -> frozenset[str]:
    """What a selector may say of an element: its name, its classes and its identity."""
    attributes = tag.attrs
    if "class" not in attributes and "id" not in attributes:
        return _facts_of(tag.name, "", "")
    return _facts_of(tag.name, attribute(tag, "class"), f"#{attributes.get('id')}")


@lru_cache(maxsize=4096)
def _facts_of(name: str, worn: str, known: str) -> frozenset[str]:
    return frozenset((name, *filter(None, [known]), *("." + word for word in worn.split())))


def _matches(tag: Tag, rule: _Rule, facts: dict[int, frozenset[str]]) -> bool:
    """Whether the selector holds for the element; ``facts`` are those of all elements before it on the page."""
    if rule.conditional or not rule.compounds[-1] <= facts[id(tag)]:
        return False
    current = tag.parent
    for compound, child in zip(reversed(rule.compounds[:-1]), reversed(rule.children[1:]), strict=True):
        while current is not None and not compound <= facts.get(id(current), frozenset()):
            current = None if child else current.parent
        if current is None:
            return False
        current = current.parent
    return True


# --------------------------------------------------------------------------------------------------------------- the sheets


def _rules(sheet: str) -> list[_Rule]:
    """The rules of a sheet that show or hide something on a wide screen, as far as their selectors are simple."""
    found: list[_Rule] = []
    around: list[bool] = []
    head = ""
    for text, declared, brace in _BRACE.findall(_COMMENT.sub(" ", sheet) if "/*" in sheet else sheet):
        if not brace:
            if "isp" in declared or "isi" in declared or "clip" in declared:
                head = _selector(text)
                if _decides(declared, [*around, not head.startswith("@") or _is_for_screens(head)]):
                    found.extend(_told(head, declared, len(found)))
            head = ""
        elif brace == "{":
            head = _selector(text)
            around.append(not head.startswith("@") or _is_for_screens(head))
        else:
            if _decides(text, around):
                found.extend(_told(head, text, len(found)))
            around = around[:-1]
            head = ""
    return found


def _selector(text: str) -> str:
    """What stands before a block. What stands before a semicolon is an ``@import`` or a ``@charset``, and no part of it."""
    return text.rpartition(";")[2].strip()


def _decides(declarations: str, around: list[bool]) -> bool:
    """Whether declarations may show or hide something, told by letters of "display", "visibility" and "clip"."""
    return (all(around) and ("isp" in declarations or "clip" in declarations)) or "isi" in declarations


def _told(selectors: str, declarations: str, place: int) -> Iterator[_Rule]:
    said = [(name.lower(), value.lower(), bool(weighty)) for name, value, weighty in _SHOWING.findall(declarations)]
    if "clip" in declarations and "absolute" in declarations and _CLIPPED.search(declarations):
        said.append((_CLIP, "hidden", False))
    for selector in selectors.split(",") if said else ():
        compounds, children, conditional = _compounds(selector.strip())
        if not compounds:
            continue
        facts = [fact for compound in compounds for fact in compound]
        ids, classes = sum(fact[0] == "#" for fact in facts), sum(fact[0] == "." for fact in facts)
        for name, value, weighty in said:
            # Importance, then specificity (Selectors 4), then order.
            weight = (weighty, ids, classes, len(facts) - ids - classes, place)
            yield _Rule(compounds, children, weight, name, value, conditional)


def _compounds(selector: str) -> tuple[tuple[frozenset[str], ...], tuple[bool, ...], bool]:
    """The parts of a selector, and whether they hold more than is understood here."""
    if not selector or selector[0] == "@":
        return (), (), False
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
