"""Declarative shadow roots: a component's own tree, saved in a ``template``, stands in the place of what it was given."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, TemplateString

from exporter.readers.dom.search import every

_MODES = ("shadowrootmode", "shadowmode", "shadowroot")
"""What marks the template: the standard's attribute, Chromium's in MHTML, and the one of Chromium 90 to 110."""
_TEMPLATES = frozenset({"template"})
_SLOTS = frozenset({"slot"})


def unfold_shadow_roots(soup: BeautifulSoup) -> None:
    """Puts each shadow tree in its host's place, with the host's own children in the slots (HTML, 4.12.3; DOM, 4.2.2)."""
    for template in every(soup, _TEMPLATES):
        if any(template.has_attr(mode) for mode in _MODES) and isinstance(template.parent, Tag):
            _unfold(template, template.parent)


def _unfold(template: Tag, host: Tag) -> None:
    for text in [each for each in template.descendants if isinstance(each, TemplateString)]:
        text.replace_with(NavigableString(text))  # else the parser takes it for no text
    given = [child for child in host.contents if child is not template]
    for child in given:
        child.extract()
    for slot in every(template, _SLOTS):
        name = slot.get("name") or ""
        filling = [child for child in given if (child.get("slot") or "" if isinstance(child, Tag) else "") == name]
        if any(isinstance(child, Tag) or str(child).strip() for child in filling):
            slot.clear()
            slot.extend(filling)
            given = [child for child in given if not any(child is each for each in filling)]
        slot.unwrap()
    template.unwrap()
