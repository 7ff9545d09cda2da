"""Recognises the boilerplate of a site by what it is: menus, share bars, newsletters, related stories, comments, cookie notes.

A rule looks at one element, its names, its role and how much text and how many links it holds, and names itself when the
element is boilerplate. A guard keeps any of them from taking the article with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from exporter.readers.boilerplate.below_headline import FIRST_HEADING, leads_to_names, stands_below_headline
from exporter.readers.boilerplate.promotions import marked
from exporter.readers.boilerplate.sentence import PHRASING, in_sentence
from exporter.readers.dom.elements import HEADINGS, attribute
from exporter.readers.dom.images import unfit
from exporter.readers.dom.search import above, elements, every, first, holds, strings
from exporter.readers.lexicon.folding import weigh
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues, named

NAMED_RULES: tuple[tuple[str, str], ...] = (
    ("hidden", "hidden-label"),
    ("consent", "cookie-notice"),
    ("comments", "comments"),
    ("newsletter", "newsletter"),
    ("share", "share-bar"),
    ("navigation", "navigation"),
    ("account", "account"),
    ("author", "author-box"),
    ("related", "related"),
    ("tags", "tags"),
    ("advert", "advertisement"),
    ("footing", "site-footer"),
    ("controls", "controls"),
)
"""Kind of name → rule, in the order in which they are tried."""

_IN_BOXES = tuple(each for each in NAMED_RULES if each[0] in ("hidden", "share", "advert", "controls"))
"""Those that count inside a figure or a quote, where a footer, an author or a source is a part of it."""

TAG_RULES: dict[str, str] = {
    "nav": "navigation",
    "form": "form",
    "button": "control",
    "input": "control",
    "select": "control",
    "textarea": "control",
    "label": "control",
    "dialog": "dialog",
    "menu": "navigation",
    "footer": "footer",
    "svg": "icon",
    "canvas": "drawing",
    "marquee": "ticker",
}
_CONTROLS = frozenset({"button", "input", "select", "textarea"})
"""Never part of an article, however much text they hold."""

ROLE_RULES: dict[str, str] = {
    "navigation": "navigation",
    "contentinfo": "site-footer",
    "search": "search",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "alert": "dialog",
    "menu": "navigation",
    "menubar": "navigation",
    "toolbar": "controls",
    "tablist": "controls",
    "button": "control",
    "tooltip": "controls",
}
GUARDED_SHARE = 0.3
"""An element that holds more than this share of the page's text is never boilerplate as a whole."""
GUARDED_TEXT = 400
"""Characters that such an element has at least, those of scripts without spaces counted three times."""
GUARDED_PROSE = 1200
"""Characters of prose (text outside links, in paragraphs of 80 or more) above which a name alone does not make boilerplate."""

_LINES = frozenset({"h3", "h4", "h5", "h6", "p", "li"})
"""Elements whose ``id`` is a place to jump to and tells nothing of what they are."""

_PRESSED = frozenset({"btn", "button", "cta", "et_pb_button", "wp-block-button__link", "elementor-button"})
"""Classes by which a link is drawn as a button."""
_PICTURES = frozenset({"img"})
_FIGURES = frozenset({"figure"})
_HEADINGS = frozenset(HEADINGS)

LEAST_PROSE = 80
"""Characters outside links from which on a paragraph is running text."""
LEAST_SENTENCE = 40
"""Characters from which on words are a sentence and no label."""
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "”", "»", "“", '"', "」")
_TO_BE_PROVED = frozenset({"advertisement", "controls", "account", "newsletter", "navigation", "tags", "share-bar"})
"""Rules that take no running text by a name alone: it must ask for something, lead elsewhere or hold a field."""
_OF_OPENING = frozenset({"author-box", "site-footer", "controls", "comments", "share-bar"})
"""Rules whose names systems also give to the line below a headline that says who wrote and when."""
_NOT_SHOWN = frozenset({"", "hidden-label", "hidden-by-sheet", "other-screen"})
LONGEST_LISTED = 500
"""Characters of a list of other articles whose links are lost."""
_LISTS = frozenset({"ul", "ol"})
_FIELDS = frozenset({"input", "select", "textarea", "form"})
_ASKED = ("promotion", "promotion_opening", "sponsor", "sign_up", "consent")
_ASKS = Cue(frozenset().union(*map(cues, _ASKED)), rf"(?<!\w){WORDS}")

Sizes = dict[int, tuple[int, int, int]]


def measure(soup: BeautifulSoup) -> Sizes:
    """For each element, by identity: characters of text, of these in links, and in paragraphs of 80 characters or more."""
    sizes: dict[int, list[int]] = {}
    for each in strings(soup):
        if letters := len(each.strip()):
            sizes.setdefault(id(each.parent), [0, 0, 0])[0] += letters
    # Children stand behind their parents in the page's order, so one way back adds everything up.
    for tag in reversed(list(elements(soup))):
        own = sizes.get(id(tag))
        if own is None:
            continue
        if tag.name == "a":
            own[1] = own[0]
        elif tag.name == "p" and own[0] - own[1] >= LEAST_PROSE:
            own[2] = own[0] - own[1]
        around = sizes.setdefault(id(tag.parent), [0, 0, 0])
        around[0] += own[0]
        around[1] += own[1]
        around[2] += own[2]
    return _Sizes((key, (text, links, prose)) for key, (text, links, prose) in sizes.items())


class _Sizes(dict[int, tuple[int, int, int]]):
    """The sizes of elements with text; every other element has none."""

    def __missing__(self, key: int) -> tuple[int, int, int]:
        return 0, 0, 0


class Boilerplate:
    """Tells boilerplate from article for the elements of one page."""

    def __init__(self, soup: BeautifulSoup, sizes: Sizes) -> None:
        self._page = soup
        self._sizes = sizes
        self._whole = max(sizes[id(soup)][0], 1)
        self._marked = marked(soup, sizes)
        self._spared: dict[int, Tag] = {}

    def mark(self, found: dict[int, str]) -> None:
        """Takes further elements, by identity, for boilerplate by the rule that is given for each."""
        self._marked.update(found)

    def spare(self, tag: Tag) -> None:
        """Nothing in this element is boilerplate from now on, but for controls and what no reader is shown."""
        self._spared[id(tag)] = tag

    def size(self, tag: Tag) -> tuple[int, int, int]:
        """Characters of text, in links, in prose."""
        return self._sizes.get(id(tag), (0, 0, 0))

    def rule(self, tag: Tag, names: str, inside: str = "") -> str:
        """The rule by which ``tag`` is boilerplate, or ``""``.

        ``names`` are its class and id; ``inside`` is the kind of box it stands in, where fewer names make boilerplate.
        An inline element with words beside it is part of their sentence, whatever it is called.
        """
        if tag.name == "a" and _is_permalink(tag):
            return "control"
        found = self._rule(tag, names, inside)
        if self._spared and any(id(each) in self._spared for each in tag.parents):
            return found if found in _NOT_SHOWN or tag.name in _CONTROLS else ""
        if found in ("control", "controls") and tag.name in PHRASING and _is_a_headings_words(tag):
            return ""
        stores = found == "control" and tag.has_attr("download")
        return (
            ""
            if found not in _NOT_SHOWN and not stores and tag.name in PHRASING and in_sentence(tag, inside)
            else found
        )

    def _rule(self, tag: Tag, names: str, inside: str) -> str:
        # A button around a photo opens it larger: its picture is the article's.
        if tag.name in _CONTROLS and not _enlarges(tag):
            return TAG_RULES[tag.name]
        if tag.name == "a" and self._is_pressed(tag, inside):
            return "control"
        if id(tag) in self._marked:
            return self._marked[id(tag)]
        if tag.name in PHRASING and _says_again(tag):
            return "hidden-label"
        text, _, prose = self.size(tag)
        if tag.name in ("html", "body", "main", "img", "figure"):
            return ""
        # Themes give the article itself classes of its topics, such as "tag-newsletter".
        if tag.name == "article" and not (named(names, "comments") or named(names, "related")):
            return ""
        if text < 200 and names and named(names, "hidden") and tag.name != "figcaption":
            return "hidden-label"
        if tag.name in ("h1", "h2") or _holds_headline(tag):
            return ""
        if text > self._whole * GUARDED_SHARE and (text > GUARDED_TEXT or weigh(tag.get_text()) > GUARDED_TEXT):
            return ""
        return self._by_tag(tag, text, prose) or self._by_names(tag, names, prose, inside in ("figure", "quote"))

    def _is_pressed(self, link: Tag, inside: str) -> bool:
        """Whether a link is drawn as a button, or stores the picture of the figure that it stands in."""
        if inside == "figure" and link.has_attr("download"):
            return not _enlarges(link)
        worn = attribute(link, "class").lower()
        drawn = not _PRESSED.isdisjoint(worn.split()) or (("btn" in worn or "button" in worn) and _is_alone(link))
        return drawn and self.size(link)[0] <= 40

    def _by_tag(self, tag: Tag, text: int, prose: int) -> str:
        if prose > GUARDED_PROSE * 2:
            return ""
        rule = TAG_RULES.get(tag.name, "")
        # There a footer says whose words or whose picture it is.
        if rule in ("footer", "site-footer") and above(tag, "blockquote", "figure", "aside") and text < 160:
            return ""
        if rule == "footer" and stands_below_headline(tag, self._sizes):
            return ""
        if not rule:
            rule = ROLE_RULES.get(attribute(tag, "role").lower(), "")
        if rule == "control" and _enlarges(tag):
            return ""
        if not rule and text and _unspoken(tag) and not (tag.name == "p" and self._is_only_copy(tag)):
            rule = "aria-hidden"
        return rule

    def _by_names(self, tag: Tag, names: str, prose: int, boxed: bool) -> str:
        if not names or prose > GUARDED_PROSE:
            return ""
        if tag.name in _LINES:
            names = attribute(tag, "class")
        text, links, _ = self.size(tag)
        if 0 < text <= 300 and links * 2 > text and named(names, "read_more"):
            return ""
        for kind, rule in _called(names, boxed):
            if not (kind == "hidden" and tag.name == "figcaption"):
                return rule if self._agrees(tag, rule, prose) else ""
        return ""

    def _agrees(self, tag: Tag, rule: str, prose: int) -> bool:
        """Whether the element's content is what its name says."""
        text, links, _ = self.size(tag)
        if (rule in _TO_BE_PROVED or (tag.name == "p" and rule != "author-box")) and self._is_prose(tag):
            return False
        if rule in _TO_BE_PROVED and self._heads_prose(tag):
            return False
        if rule == "controls" and ((text < 40 and _enlarges(tag)) or _is_around_a_photo(tag)):
            return False
        if rule in _OF_OPENING and stands_below_headline(tag, self._sizes):
            # A bar that shares the page may have the date beside its buttons.
            return rule == "share-bar" and not leads_to_names(tag)
        if rule in ("controls", "advertisement", "tags", "author-box", "site-footer", "account"):
            return prose < 400
        # Scripts that offer to share a quotation wrap it in their own class.
        if rule == "share-bar":
            return not holds(tag, frozenset({"blockquote"}))
        if rule == "related":
            listed = not prose and text <= LONGEST_LISTED and holds(tag, _LISTS) and holds(tag, _HEADINGS)
            return (links * 2 > text and text > 0) or (prose < 300 and len(tag.find_all("a", limit=3)) >= 2) or listed
        return True

    def _is_only_copy(self, line: Tag) -> bool:
        """Whether a paragraph is a sentence that the page says nowhere else."""
        said = line.get_text().strip()
        return len(said) >= LEAST_SENTENCE and self._words.count(said) < 2

    @cached_property
    def _words(self) -> str:
        """All words of the page, taken together once: a page may hide many paragraphs from screen readers."""
        return self._page.get_text()

    def _heads_prose(self, tag: Tag) -> bool:
        """Whether an element is a heading, or holds nothing else, and running text stands right behind it."""
        heading = tag if tag.name in HEADINGS else first(tag, _HEADINGS)
        text, links, _ = self.size(tag)
        if heading is None or self.size(heading)[0] != text or links * 2 > text:
            return False
        following = tag.find_next_sibling()
        while following is None and tag.parent is not None and self.size(tag.parent)[0] == text:
            tag = tag.parent
            following = tag.find_next_sibling()
        if not isinstance(following, Tag):
            return False
        behind, linked, prose = self.size(following)
        return (prose > 0 or (following.name == "p" and behind >= LEAST_PROSE)) and linked * 3 < behind

    def _is_prose(self, tag: Tag) -> bool:
        """Whether an element is or holds running text that says nothing of what the element's name says.

        Publishers who sell their articles call each paragraph ``paywall``, and others call one ``alert`` for what it tells.
        """
        text, links, prose = self.size(tag)
        sold = not links and "paywall" in attribute(tag, "class") and _is_sentence(tag)
        prose = text - links if tag.name == "p" and (sold or text - links >= LEAST_PROSE) else prose
        if links * 3 > text or not (prose or self._worn_by_prose(tag)) or holds(tag, _FIELDS):
            return False
        return not _ASKS.search(tag.get_text(" "))

    def _worn_by_prose(self, tag: Tag) -> bool:
        """Whether a third of the elements beside it that wear the same class, two at least, are running text."""
        worn = attribute(tag, "class")
        beside = tag.parent.find_all(tag.name, recursive=False) if tag.parent is not None else []
        alike = [self.size(each) for each in beside if attribute(each, "class") == worn]
        return sum(text - links >= LEAST_PROSE for text, links, _ in alike) >= max(len(alike) / 3, 2)


@lru_cache(maxsize=8192)
def _called(names: str, boxed: bool) -> tuple[tuple[str, str], ...]:
    """Those of :data:`NAMED_RULES`, or of those that count in a box, by whose kind of name an element is called."""
    return tuple(rule for rule in (_IN_BOXES if boxed else NAMED_RULES) if named(names, rule[0]))


def _is_sentence(line: Tag) -> bool:
    """Whether the words of an element are a sentence by their length and their end."""
    said = line.get_text().strip()
    return len(said) >= LEAST_SENTENCE and said.endswith(_SENTENCE_ENDS)


def _is_alone(link: Tag) -> bool:
    """Whether a link is all of its block, and no heading's and no question: "Become a supporter"."""
    around = link.parent
    said = link.get_text(strip=True)
    if around is None or around.name in HEADINGS or said.endswith(("?", "？", "؟")):
        return False
    return around.name in ("div", "p", "section", "aside") and around.get_text(strip=True) == said


def _says_again(tag: Tag) -> bool:
    """Whether an inline element says what the one beside it shows and hides from screen readers: a copy made for them."""
    if attribute(tag, "aria-hidden"):
        return False
    beside = [_neighbour(tag.next_siblings), _neighbour(tag.previous_siblings)]
    shown = [each for each in beside if each is not None and attribute(each, "aria-hidden").lower() == "true"]
    return any(each.get_text().strip() == tag.get_text().strip() != "" for each in shown)


def _neighbour(siblings: Iterable[PageElement]) -> Tag | None:
    """The first of the siblings that is more than white space, where it is an inline element."""
    found = next((each for each in siblings if isinstance(each, Tag) or str(each).strip()), None)
    return found if isinstance(found, Tag) and found.name in PHRASING else None


def _is_permalink(tag: Tag) -> bool:
    """Whether the link is the sign beside a heading, by which it is linked to from elsewhere: ``¶``, ``#``."""
    if not attribute(tag, "href").startswith("#") or above(tag, *HEADINGS) is None:
        return False
    text = tag.get_text().strip()
    return bool(text) and not any(each.isalnum() for each in text)


def _is_a_headings_words(tag: Tag) -> bool:
    """Whether a heading has no other words than those of the element, which leads back to the contents, as manuals have it."""
    heading = above(tag, *HEADINGS)
    if heading is None or tag.name == "button":
        return False
    own = sum(each.isalnum() for each in tag.get_text())
    return own > 2 and own == sum(each.isalnum() for each in heading.get_text())


def _holds_headline(tag: Tag) -> bool:
    """Whether the element holds a first heading, and is not a menu that repeats it."""
    return tag.name in ("header", "div", "section", "hgroup") and holds(tag, FIRST_HEADING)


def _is_around_a_photo(tag: Tag) -> bool:
    """Whether an element is, or holds nothing but, the one photo of a ``figure`` with its caption.

    What enlarges a photo lends its name to the box around it.
    """
    if tag.name == "figcaption":
        return above(tag, "figure") is not None
    figures = every(tag, _FIGURES)
    if len(figures) != 1 or not any(not unfit(img) for img in every(figures[0], _PICTURES)):
        return False
    return len(tag.get_text(strip=True)) == len(figures[0].get_text(strip=True))


def _enlarges(tag: Tag) -> bool:
    """Whether a button is one around a photo, which opens it larger."""
    return tag.name not in ("input", "select", "textarea") and any(not unfit(img) for img in every(tag, _PICTURES))


def _unspoken(tag: Tag) -> bool:
    """Text that the page hides from screen readers because it stands elsewhere too; display quotes are kept."""
    if attribute(tag, "aria-hidden").lower() != "true" or holds(tag, frozenset({"img"})):
        return False
    if tag.name == "figcaption" or above(tag, "figure") is not None:
        return False
    if tag.name in PHRASING and in_sentence(tag) and any(each.isalnum() for each in tag.get_text()):
        return False  # it is seen, and its copy for screen readers is not
    return not named(f"{attribute(tag, 'class')} {attribute(tag, 'id')}", "pull_quote")
