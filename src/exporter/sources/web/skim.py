"""A look over a page without parsing it: its words, its prose, its links. Linear in time, whatever the page is made of."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from msgspec import Struct

_TOKEN = re.compile(r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
_RAW = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "select", "textarea"})
_IN_LINE = frozenset(
    (
        *(
            "!--",
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "br",
            "cite",
            "code",
            "em",
            "font",
            "i",
            "img",
            "mark",
            "q",
            "rb",
            "rt",
        ),
        *("ruby", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"),
    )
)
PROSE = 80
"""Letters: a block of text that is as long, and has a sentence's end, is prose and no menu."""
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE = re.compile(r"[.!?…。！？؟।]")


class Skimmed(Struct, frozen=True):
    """What a look tells: the title, the visible text block by block, the words for those without scripts, links, scripts.

    ``links`` are pairs of (rel, media or words, address) of link and a elements; ``linked`` is the text of its JSON-LD.
    """

    title: str
    blocks: tuple[str, ...]
    unscripted: str
    links: tuple[tuple[str, str, str], ...]
    scripts: int
    linked: str
    refresh: str
    base: str

    @property
    def prose(self) -> int:
        """Letters in blocks that are prose (see :func:`letters`)."""
        return sum(letters(block) for block in self.blocks if is_prose(block))

    @property
    def text(self) -> str:
        """All visible words."""
        return " ".join(self.blocks)


def is_prose(block: str) -> bool:
    """Whether a block of text says something in sentences."""
    return letters(block) >= PROSE and bool(_SENTENCE.search(block))


def letters(text: str) -> int:
    """Characters, those of Chinese, Japanese and Korean thrice: they say as much as three of other scripts."""
    return len(text) + 2 * len(_DENSE.findall(text))


def attributes(text: str) -> dict[str, str]:
    """The attributes inside a tag, names in small letters, references resolved."""
    return {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "") for found in _ATTRIBUTE.finditer(text)
    }


class _Skim:
    """One pass over the tags of a page."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._hidden: list[str] = []
        self._block: list[str] = []
        self._anchor: tuple[str, str, list[str]] | None = None
        self.blocks: list[str] = []
        self.links: list[tuple[str, str, str]] = []
        self.held: dict[str, list[str]] = {"title": [], "noscript": [], "linked": []}
        self.scripts = 0
        self.refresh = ""
        self.base = ""
        self._into = ""

    def run(self) -> _Skim:
        place = 0
        for start, end, closes, name, inside in _tokens(self._page):
            self._take(self._page[place:start])
            place = end
            self._meet(name, bool(closes), inside)
        self._take(self._page[place:])
        self._end_block()
        return self

    def _take(self, text: str) -> None:
        if self._into:
            self.held[self._into].append(text)
        if not self._hidden and text.strip():
            self._block.append(text)
            if self._anchor:
                self._anchor[2].append(text)

    def _meet(self, name: str, closes: bool, inside: str) -> None:
        if name in {"title", "noscript"}:
            self._into = "" if closes else name
        if name in _HIDDEN:
            self._hide(name, closes, inside)
        elif self._hidden and name not in {"title", "link", "meta", "base", "body"}:
            return
        if name == "body":
            self._hidden.clear()
        if name not in _IN_LINE:
            self._end_block()
        if not closes:
            self._note(name, inside)
        elif name == "a" and self._anchor:
            rel, address, words = self._anchor
            self.links.append((rel, " ".join(" ".join(words).split()), address))
            self._anchor = None

    def _hide(self, name: str, closes: bool, inside: str) -> None:
        if closes:
            if name in self._hidden:
                del self._hidden[self._hidden.index(name) :]
            if name == "script":
                self._into = ""
            return
        if inside.rstrip().endswith("/"):
            return
        self._hidden.append(name)
        if name == "script":
            self.scripts += 1
            self._into = "linked" if "ld+json" in inside else self._into

    def _note(self, name: str, inside: str) -> None:
        if name not in {"a", "link", "meta", "base"}:
            return
        known = attributes(inside)
        if name == "a" and known.get("href"):
            self._anchor = (known.get("rel", "").lower(), known["href"], [])
        elif name == "link" and known.get("href"):
            self.links.append((known.get("rel", "").lower(), known.get("media", "").lower(), known["href"]))
        elif name == "meta" and known.get("http-equiv", "").lower() == "refresh":
            self.refresh = known.get("content", "")
        elif name == "base":
            self.base = self.base or known.get("href", "")

    def _end_block(self) -> None:
        words = " ".join(html.unescape(" ".join(self._block)).split())
        if words:
            self.blocks.append(words)
        self._block = []


def _tokens(page: str) -> Iterator[tuple[int, int, str, str, str]]:
    """Tags and comments: start, end, ``"/"`` or ``""``, name, what stands inside. What a script holds is no tag."""
    place = 0
    while found := _TOKEN.search(page, place):
        place = found.end()
        if found[2] is None:
            end = page.find("-->", place)
            place = end + 3 if end >= 0 else len(page)
            yield found.start(), place, "", "!--", ""
            continue
        name = found[2].lower()
        yield found.start(), place, found[1], name, found[3]
        if name in _RAW and not found[1]:
            end_tag = _RAW[name].search(page, place)
            place = end_tag.start() if end_tag else len(page)


def skim(page: str) -> Skimmed:
    """A look over the page."""
    seen = _Skim(page).run()
    held = {name: html.unescape(" ".join(" ".join(texts).split())) for name, texts in seen.held.items()}
    return Skimmed(
        title=held["title"],
        blocks=tuple(seen.blocks),
        unscripted=re.sub(r"<[^<>]*>", " ", held["noscript"]),
        links=tuple(seen.links),
        scripts=seen.scripts,
        linked=" ".join(seen.held["linked"]),
        refresh=seen.refresh,
        base=seen.base,
    )


def refreshed(seen: Skimmed, address: str) -> str:
    """Where a page without words of its own sends its reader at once; ``""`` where it does not."""
    found = re.match(r"""\s*(\d+)\s*[;,]\s*url\s*=\s*['"]?([^'"\s]+)""", seen.refresh, re.IGNORECASE)
    if not found or int(found[1]) > 5 or seen.prose:
        return ""
    return urljoin(address, str(found[2]))
