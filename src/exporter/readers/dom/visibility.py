"""Which elements of a page nobody sees on a wide screen: hidden by its style sheets, or made for another screen."""

from __future__ import annotations

import re
from collections import Counter

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.images import unfit
from exporter.readers.dom.search import above, by_class, elements, every, in_page_order, strings
from exporter.readers.dom.style_sheets import hidden_by_sheets
from exporter.readers.lexicon.vocabulary import words

_TARGETS = frozenset({"aria-controls", "data-bs-target", "data-target", "href"})
_OPENED = frozenset(
    [
        "accordion",
        "collapse",
        "collapsible",
        "tab",
        "tabs",
        "panel",
        "expand",
        "expandable",
        "faq",
        "toggle",
        "slide",
        "slider",
    ]
)
_ON_WIDE = re.compile(
    r"(?:^|\s)(?:(?:sm|md|lg|xl|tablet|desktop|laptop):hidden|d-(?:sm|md|lg|xl)-none|hidden-(?:sm|md|lg|desktop)(?:-up)?"
    r"|(?:show-for|visible)-(?:small|xs|phone)\S*|hide-(?:for|on)-(?:medium|large|desktop)\S*|hidden)(?=\s|$)"
)
_SHOWN_AGAIN = re.compile(r"(?:^|\s)(?:\w+:|d-\w\w-)(?:block|flex|grid|inline\S*|table\S*|contents)(?=\s|$)")
_SMALL_SCREENS = frozenset({"mobile", "phone", "smartphone", "handheld"})
_BIG_SCREENS = frozenset({"desktop", "tablet", "no", "not", "hide", "hidden", "except"})
_MAY_HIDE = re.compile("hid|none|mobile|Mobile|phone|handheld|small|xs")
"""Letters of which some stand in every such class: most elements need no closer look."""
_COPIED = frozenset({"clone", "cloned", "duplicate", "duplicated"})
_ROWS = frozenset(
    "slide slides slider slick swiper splide glide flickity owl bx carousel gallery stage track item list wrapper keen".split()  # noqa: SIM905 -- a list of names
)
_LARGE = frozenset({"html", "body", "main", "article"})
"""Elements that no page makes for one kind of screen."""
_SILENT = frozenset({"button", "svg", "script", "style"})
_LETTERS = re.compile(r"\W+")
_LETTERS_AHEAD = re.compile(r"\w\W*\w\W*\w")
_BEGINNING = 3
"""Letters by which texts that may be the same are told first."""
LEAST_TOLD = 8
"""Letters of a text below which it is not looked for elsewhere: a button's."""


def not_seen(soup: BeautifulSoup) -> dict[int, str]:
    """Identity of an element → the rule by which nobody sees it. Must be called before the style sheets are taken out."""
    classes = by_class(soup)
    found = {id(tag): "hidden-by-sheet" for tag in _hidden(soup, classes)}
    copied = [worn for worn in classes if "clone" in worn or "duplicate" in worn]
    found.update((id(tag), "copied-slide") for worn in copied for tag in classes[worn] if _is_copied_slide(tag))
    small = {worn for worn in classes if _are_for_small_screens(worn)}
    meant = [tag for worn in small for tag in classes[worn] if tag.name not in _LARGE and id(tag) not in found]
    if not meant:
        return found
    silent = _silent(soup)
    if not (told := _texts(meant, silent)):
        return found
    # Only a text that begins as one of theirs can be the same.
    initials = {letters[:_BEGINNING] for letters in told}
    seen = _texts([soup], silent, initials)
    # What is hidden anyway is no proof that the words are seen elsewhere.
    seen.subtract(_texts([tag for tag in elements(soup) if id(tag) in found or _is_hidden(tag)], silent, initials))
    for tag in in_page_order(soup, meant):
        if not any(id(parent) in found for parent in tag.parents) and _stands_elsewhere(tag, seen, silent):
            found[id(tag)] = "other-screen"
    return found


def _silent(soup: BeautifulSoup) -> set[int]:
    """Identities of the texts that prove nothing: those of buttons, and of links that open the rest of a text."""
    found = {id(text) for tag in every(soup, _SILENT) for text in strings(tag)}
    unfolding = [tag for tag in every(soup, frozenset({"a"})) if attribute(tag, "href").startswith("#")]
    return found.union(id(text) for tag in unfolding for text in strings(tag) if _unfolds(text))


def _texts(tags: list[Tag], silent: set[int], initials: set[str] | None = None) -> Counter[str]:
    """The texts of some elements, but ``silent`` ones, each as often as it stands there; those with initials of these."""
    said = (text for tag in tags for text in strings(tag) if id(text) not in silent)
    met = (
        text
        for text in said
        if (first := _LETTERS_AHEAD.search(text)) and (not initials or _folded(first[0])[:_BEGINNING] in initials)
    )
    return Counter(letters for text in met if len(letters := _folded(text)) >= LEAST_TOLD)


def _unfolds(text: NavigableString) -> bool:
    """Whether the text is that of a link that opens the rest of it in its place: "Read more"."""
    link = above(text, "a")
    return link is not None and attribute(link, "href").startswith("#") and text.strip() == link.get_text(strip=True)


def _is_hidden(tag: Tag) -> bool:
    if "hidden" in tag.attrs or tag.name == "title":
        return True
    return "style" in tag.attrs and "display:none" in attribute(tag, "style").replace(" ", "")


def _hidden(soup: BeautifulSoup, classes: dict[str, list[Tag]]) -> list[Tag]:
    """Elements that the sheets hide and nothing on the page opens; none where they hold so much that a script must show it."""
    hidden = [tag for tag in hidden_by_sheets(soup, classes) if not _opens(tag)]
    if not hidden:
        return []
    if any("id" in tag.attrs for tag in hidden):
        named = {
            attribute(tag, name).lstrip("#")
            for tag in elements(soup)
            if not _TARGETS.isdisjoint(tag.attrs)
            for name in _TARGETS & tag.attrs.keys()
        } - {""}
        hidden = [tag for tag in hidden if attribute(tag, "id") not in named]
    # A sheet that hides a third of all words is there for a script that shows them.
    most = sum(len(tag.get_text()) for tag in hidden) * 3 > len(soup.get_text())
    return [] if most else hidden


def _opens(tag: Tag) -> bool:
    """Whether the element is a panel or a slide, by its name or for its photos."""
    names = words(f"{attribute(tag, 'class')} {attribute(tag, 'role')}").split()
    return not _OPENED.isdisjoint(names) or any(not unfit(img) for img in every(tag, frozenset({"img"})))


def _are_for_small_screens(worn: str) -> bool:
    """Whether a class is that of elements made for small screens."""
    if not _MAY_HIDE.search(worn):
        return False
    if _ON_WIDE.search(worn) and not _SHOWN_AGAIN.search(worn):
        return True
    names = set(words(worn).split())
    return not _SMALL_SCREENS.isdisjoint(names) and _BIG_SCREENS.isdisjoint(names)


def _is_copied_slide(tag: Tag) -> bool:
    """A slide, with a class, that a script copied to the other end of its row, so that the row has no end."""
    names = set(words(attribute(tag, "class")).split())
    around = words(attribute(tag.parent, "class")).split() if tag.parent is not None else []
    return not names.isdisjoint(_COPIED) and not _ROWS.isdisjoint((*names, *around))


def _stands_elsewhere(tag: Tag, seen: Counter[str], silent: set[int]) -> bool:
    """Whether every text of the element stands on the page once more where it is seen, in full, or begins one there."""
    own = _texts([tag], silent)
    cut = [text for text in own if seen[text] <= own[text]]
    return bool(own) and all(_begins_another(text, seen, tag) for text in cut)


def _begins_another(text: str, seen: Counter[str], tag: Tag) -> bool:
    ends = any(_folded(each) == text and each.rstrip().endswith(("…", "...")) for each in tag.find_all(string=True))
    return ends and any(other.startswith(text) and other != text for other in seen)


def _folded(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
