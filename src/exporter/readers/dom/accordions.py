"""Turns buttons that open the text below into headings of that text: the questions of an accordion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import elements, every, holds, rename, stands_in
from exporter.readers.lexicon.vocabulary import cues

LEAST_PANEL = 40
"""Characters outside links that a panel holds at least; fewer are a menu's or a control's."""
LONGEST_HEADING = 300
"""Characters of a button's text that may be a heading or question."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "li", "p"})
_LISTS = frozenset({"ul", "ol"})
_TARGETS = ("aria-controls", "data-bs-target", "data-target", "data-toggle-target", "href")
_TOGGLES = frozenset({"aria-expanded", "data-bs-toggle", "data-toggle", "aria-controls", "data-accordion-toggle"})
_ACTING = _TOGGLES | {"role"}
_TOGGLING = frozenset({"button", "a", "div", "span", "p"})


def open_accordions(soup: BeautifulSoup) -> None:
    """Makes a heading of every button that opens a panel of text, and shows the panel; such panels are no list."""
    for listed in every(soup, _LISTS):
        entries = [each for each in listed.children if isinstance(each, Tag)]
        if entries and all(each.name == "li" and _is_only_details(each) for each in entries):
            for each in (*entries, listed):
                each.unwrap()
    pressed = (tag for tag in every(soup, _TOGGLING) if tag.name == "button" or not _ACTING.isdisjoint(tag.attrs))
    toggles = [tag for tag in pressed if _is_toggle(tag)]
    known = {attribute(tag, "id"): tag for tag in elements(soup) if "id" in tag.attrs} if toggles else {}
    found = [(tag, panel) for tag in toggles if (panel := _panel(tag, known, LEAST_PANEL)) is not None]
    sisters = {_look(tag) for tag, _ in found}
    # An answer may be a word where the others are long.
    found += [
        (tag, panel)
        for tag in toggles
        if _look(tag) in sisters and all(tag is not one for one, _ in found)
        if (panel := _panel(tag, known, 1)) is not None
    ]
    if len(found) < 2 and not any(tag.get_text(strip=True).endswith(("?", "？")) for tag, _ in found):
        return
    for tag, panel in found:
        _make_heading(tag)
        _show(panel)


def _is_only_details(entry: Tag) -> bool:
    """Whether an entry of a list holds text that unfolds, and nothing else."""
    inside = [each for each in entry.contents if isinstance(each, Tag) or str(each).strip()]
    return len(inside) == 1 and isinstance(inside[0], Tag) and inside[0].name == "details"


def _is_toggle(tag: Tag) -> bool:
    """A button, or what acts as one, whose words are none of a control's."""
    if tag.name != "button" and not _acts(tag):
        return False
    text = " ".join(tag.get_text(" ").split())
    plain = text.strip(" :.…!|»«>-+").casefold()
    if (len(plain.split()) < 2 and plain.isascii()) or len(text) > LONGEST_HEADING:
        return False
    return plain not in cues("furniture_lines") and plain not in cues("read_more")


def _acts(tag: Tag) -> bool:
    attributes = tag.attrs
    return ("role" in attributes and attribute(tag, "role") == "button") or not _TOGGLES.isdisjoint(attributes)


def _look(tag: Tag) -> tuple[str, str]:
    return tag.name, attribute(tag, "class")


def _panel(tag: Tag, known: dict[str, Tag], least: int) -> Tag | None:
    """What a toggle opens, of ``least`` letters: the element that it names, else the one behind it or behind its heading."""
    for place in (*_named(tag, known), *_behind(tag)):
        if not stands_in(tag, place) and _is_panel(place, least):
            return place
    return None


def _named(tag: Tag, known: dict[str, Tag]) -> Iterator[Tag]:
    for name in _TARGETS:
        target = known.get(attribute(tag, name).removeprefix("#"))
        if target is not None:
            yield target


def _behind(tag: Tag) -> Iterable[Tag]:
    outer = tag.parent if tag.parent is not None and tag.parent.name in _HEADINGS else tag
    alone = outer is tag or " ".join(outer.get_text(" ").split()) == " ".join(tag.get_text(" ").split())
    following = outer.find_next_sibling() if alone and (tag.name == "button" or _acts(tag)) else None
    return [following] if isinstance(following, Tag) and following.name in ("div", "section", "ul", "p", "dd") else []


def _is_panel(tag: Tag, least: int) -> bool:
    """Whether the element holds sentences, and neither a menu nor fields to fill in."""
    text = len(" ".join(tag.get_text(" ").split()))
    linked = sum(len(link.get_text(strip=True)) for link in every(tag, frozenset({"a"})))
    return text - linked >= least and linked * 2 < text and not holds(tag, frozenset({"form", "nav", "input"}))


def _make_heading(tag: Tag) -> None:
    inside = any(parent.name in _HEADINGS - {"p", "li"} for parent in list(tag.parents)[:3])
    rename(tag, "span" if inside else "h3")
    for name in ("role", "class", "href", "aria-hidden", "hidden"):
        if tag.has_attr(name):
            del tag[name]


def _show(panel: Tag) -> None:
    for name in ("hidden", "style", "aria-hidden"):
        if panel.has_attr(name):
            del panel[name]
