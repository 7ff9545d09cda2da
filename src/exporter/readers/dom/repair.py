"""Makes the page say what a browser would show, by repairs that change the tree in the order of :data:`RULES`.

Nothing visible is removed here; what is no part of the article is classified later, segment by segment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bs4 import BeautifulSoup, Tag

from exporter.readers.dom.accordions import open_accordions
from exporter.readers.dom.avatars import name_avatars
from exporter.readers.dom.backgrounds import show_backgrounds
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.glued import part_glued
from exporter.readers.dom.letters import spell_out
from exporter.readers.dom.players import free_player, place_posts
from exporter.readers.dom.saved import put_back_shared_pictures
from exporter.readers.dom.search import above, elements, every, holds, rename, stands_in
from exporter.readers.dom.shadow_roots import unfold_shadow_roots
from exporter.readers.dom.tree import PageSoup, remembered

Rule = Callable[[PageSoup], None]

_NEVER_SHOWN = frozenset(
    {"script", "style", "template", "link", "meta", "base", "param", "track", "object", "applet", "head"}
)
_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-img",
    "data-image",
    "data-full",
    "data-full-src",
    "data-hi-res-src",
    "data-large-file",
    "data-orig-file",
    "data-original-src",
    "data-echo",
    "data-li-src",
    "data-srcset",
    "data-lazy-srcset",
    "data-original-set",
    "data-bgset",
    "data-pin-media",
    "data-default-src",
    "data-src-medium",
    "data-src-large",
    "data-flickity-lazyload",
    "data-delayed-url",
    "data-actualsrc",
    "data-runner-src",
    "data-raw-src",
    "data-img-url",
    "data-image-src",
    "data-highres",
    "data-zoom-src",
)
_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-original-set", "data-bgset")
_LAZY_SINGLE = tuple(name for name in _LAZY if name not in _SETS)
_LAZY_NAMES = frozenset(_LAZY_SINGLE)
_PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|tiff?|bmp|jfif)(?:$|[?#&;%])", re.IGNORECASE)
_STAND_IN = re.compile(
    r"(?:^|/|[_-])(?:placeholder|spacer|blank|transparent|lazy[_-]?load|preload(?:er)?|pixel|1x1|grey|loading)[\w-]*\.(?:gif|png|svg|jpe?g|webp)",
    re.IGNORECASE,
)
_IN_STAND_INS = ("placeholder", "spacer", "blank", "transparent", "lazy", "preload", "pixel", "1x1", "grey", "loading")
"""Letters of which some stand in the name of every stand-in: most addresses need no closer look."""
_CANDIDATES = re.compile(r",\s+|,(?=https?:|/)")
_WIDTH = re.compile(r"^(\d+(?:\.\d+)?)([wx])$")
_DISPLAY_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

USUAL_WIDTH = 500.0
"""Pixels: what a picture is taken for that is offered by densities and has no width of its own."""
SENSIBLE_WIDTH = 3000
"""Pixels. Of the sizes a page offers, the largest up to this is taken: enough for a full-bleed page at 300 dpi."""


def free_readings(soup: BeautifulSoup) -> None:
    """Takes the reading of ruby out of a bracket that was never closed, as saved pages leave it: brackets are hidden."""
    for bracket in every(soup, frozenset({"rp"})):
        for reading in reversed(every(bracket, frozenset({"rt"}))):
            bracket.insert_after(reading.extract())


def clean(soup: PageSoup) -> None:
    """Applies :data:`RULES` in their order."""
    for rule in RULES:
        rule(soup)


def drop_markup_remarks(soup: PageSoup) -> None:
    """Comments, processing instructions and declarations are not text."""
    for node in soup.remarks:
        if node.parent is not None:
            node.extract()


def drop_machinery(soup: BeautifulSoup) -> None:
    """Scripts, styles and the head are never shown."""
    for tag in every(soup, _NEVER_SHOWN):
        tag.extract()


def unfold_amp(soup: BeautifulSoup) -> None:
    """``amp-img`` and its kin are pictures and frames under another name."""
    for tag in every(soup, frozenset(("amp-img", "amp-anim", "gu-image"))):
        if not holds(tag, frozenset({"img"})):
            rename(tag, "img")
        else:
            rename(tag, "span")
    for tag in every(soup, frozenset(("amp-iframe", "amp-video"))):
        rename(tag, "iframe")


def resolve_noscript(soup: BeautifulSoup) -> None:
    """A ``noscript`` with a picture or player stands for the placeholder; others are for browsers without scripts."""
    for tag in every(soup, frozenset({"noscript"})):
        held = every(tag, frozenset({"img"})) or _parsed_pictures(tag)
        pictures = [each for each in held if not _counts_visits(each)]
        if not pictures:
            free_player(tag)
            tag.extract()
            continue
        placeholder = _placeholder_before(tag)
        if placeholder is None:
            for picture in reversed(pictures):
                tag.insert_after(picture.extract())
        else:
            _lend(placeholder, pictures[0])
        tag.extract()


def _parsed_pictures(tag: Tag) -> list[Tag]:
    """Pictures of a ``noscript`` whose markup the parser kept as text."""
    # Some pages escape the markup in it, as a script would take it.
    text = tag.get_text()
    return every(PageSoup(text), frozenset({"img"})) if "<img" in text.lower() else []


def _counts_visits(img: Tag) -> bool:
    """Whether the picture is a dot that counts who comes by, as scripts of statistics leave one for browsers without them."""
    return bool({attribute(img, "width"), attribute(img, "height")} & {"0", "1", "2", "3"}) or _is_hidden(img)


def _placeholder_before(tag: Tag) -> Tag | None:
    for place in (tag.find_previous_sibling(), tag.parent, tag.find_next_sibling()):
        if isinstance(place, Tag):
            found = [place] if place.name == "img" else every(place, frozenset({"img"}))
            found = [each for each in found if not stands_in(each, tag)]
            # A box around several pictures tells of none of them that it is the one.
            if found and (place is not tag.parent or len(found) == 1):
                return found[0]
    return None


def _lend(placeholder: Tag, picture: Tag) -> None:
    """Gives the placeholder the real picture's addresses, as further sources to choose from."""
    found = [source for source in (attribute(picture, "src"), *_offered(attribute(picture, "srcset"))) if source]
    known = attribute(placeholder, "data-noscript-sources")
    # Sources are parted by spaces here, and an address may be written with one.
    placeholder["data-noscript-sources"] = " ".join([known, *(source.replace(" ", "%20") for source in found)]).strip()
    for name in ("alt", "width", "height"):
        if not attribute(placeholder, name) and attribute(picture, name):
            placeholder[name] = attribute(picture, name)


def _offered(srcset: str) -> list[str]:
    return [source for source, _ in parse_srcset(srcset)]


_LAID_OUT = frozenset({"div", "p", "span", "strong", "b"})
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "table", "figure", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def name_headings(soup: BeautifulSoup) -> None:
    """What a page gives the role of a heading is one, of the level that it says, the second where it says none (ARIA)."""
    for tag in every(soup, _LAID_OUT):
        if "role" not in tag.attrs or attribute(tag, "role").lower() != "heading":
            continue
        if not holds(tag, _BLOCKS) and above(tag, *_HEADINGS) is None:
            level = attribute(tag, "aria-level")
            rename(tag, f"h{level}" if level in ("1", "2", "3", "4", "5", "6") else "h2")


def name_breaks(soup: BeautifulSoup) -> None:
    """An empty ``span`` that is called a line break is one."""
    for tag in every(soup, frozenset({"span"})):
        if not tag.contents and "br" in attribute(tag, "class").split():
            rename(tag, "br")


def drop_hidden(soup: BeautifulSoup) -> None:
    """What the page itself hides is not shown, unless it hides most of its text to reveal it by script."""
    whole = len(soup.get_text())
    # Listed first, because taking an element out changes what would come next.
    marked = [each for each in elements(soup) if "hidden" in each.attrs or "style" in each.attrs]
    for tag in [each for each in marked if _is_hidden(each)]:
        if tag.decomposed or tag.parent is None or tag.name in ("html", "body") or _tells_of_picture(tag):
            continue
        # Sites that fade their text in by script hide the whole article until the script has run.
        if len(tag.get_text()) * 3 < whole:
            tag.extract()


def _tells_of_picture(tag: Tag) -> bool:
    """Whether a hidden text beside a picture is its caption, which a button shows: it begins as the alternative text does."""
    text = " ".join(tag.get_text(" ").split())
    if not 20 <= len(text) <= 600 or tag.parent is None:
        return False
    box = tag.parent if holds(tag.parent, frozenset({"img"})) else tag.parent.parent
    alts = [attribute(img, "alt").strip() for img in every(box, frozenset({"img"}))] if isinstance(box, Tag) else []
    return any(len(alt) >= 20 and text.startswith(alt[:60]) for alt in alts)


def _is_hidden(tag: Tag) -> bool:
    # ``until-found`` is for text that the page folds away and its search still finds (HTML, 6.1).
    if "hidden" in tag.attrs and attribute(tag, "hidden") != "until-found":
        return True
    return "style" in tag.attrs and _DISPLAY_NONE.search(attribute(tag, "style")) is not None


_SHOWING_NOTHING = frozenset({"wbr", "bgsound", "keygen", "command"})


def end_void_elements(soup: BeautifulSoup) -> None:
    """What has no content (HTML, 13.1.2), and which the parser does not know for that, must not swallow what follows it."""
    for tag in list(every(soup, _SHOWING_NOTHING | {"embed"})):
        if tag.name in _SHOWING_NOTHING:
            tag.unwrap()
        elif tag.contents:
            tag.insert_after(*tag.contents[:])


RULES: tuple[Rule, ...] = (
    unfold_shadow_roots,
    put_back_shared_pictures,
    show_backgrounds,
    place_posts,
    drop_machinery,
    drop_markup_remarks,
    PageSoup.put_in_order,
    end_void_elements,
    unfold_amp,
    resolve_noscript,
    PageSoup.put_in_order,
    spell_out,
    name_avatars,
    open_accordions,
    name_headings,
    name_breaks,
    drop_hidden,
    part_glued,
)
"""The repairs, in the order in which they are made."""


# ------------------------------------------------------------------------------------------------------- sources of pictures


@remembered
def picture_sources(img: Tag) -> list[str]:
    """Every address under which the page offers this picture, the best first, without duplicates.

    The largest width up to :data:`SENSIBLE_WIDTH` of all ``srcset`` attributes wins; then lazy attributes, then ``src``.
    """
    sized = [(width, source) for source, width in _sized_sources(img)]
    plain = [source for source in _plain_sources(img) if not _is_placeholder(source)]
    # The largest sensible one before any huge one, and of the huge the smallest: print needs no more.
    sensible = sorted((each for each in sized if each[0] <= SENSIBLE_WIDTH), key=lambda each: -each[0])
    huge = sorted((each for each in sized if each[0] > SENSIBLE_WIDTH), key=lambda each: each[0])
    best = [source for width, source in sensible + huge if width > 0]
    rest = [source for width, source in sized if width <= 0]
    declared = attribute(img, "src").strip()
    last = [declared] if declared and not _is_blank(declared) else []
    return (
        list(dict.fromkeys(each for each in (*best, *plain, *rest, *last) if each and not _is_placeholder(each)))
        or last
    )


def _sized_sources(img: Tag) -> Iterable[tuple[str, float]]:
    holders = [img]
    parent = above(img, "picture")
    if parent is not None:
        holders.extend(every(parent, frozenset({"source"})))
    declared = attribute(img, "width").strip()
    width = float(declared) if re.fullmatch(r"[1-9]\d{1,4}", declared) else USUAL_WIDTH
    for holder in holders:
        for name in _SETS:
            if name in holder.attrs:
                yield from parse_srcset(attribute(holder, name), width)


def _plain_sources(img: Tag) -> Iterable[str]:
    holders = [img]
    parent = above(img, "picture")
    if parent is not None:
        holders.extend(every(parent, frozenset({"source"})))
    for holder in holders:
        for name in _LAZY_SINGLE if not _LAZY_NAMES.isdisjoint(holder.attrs) else ():
            value = attribute(holder, name).strip()
            if value and "{" not in value:
                yield value
    yield from attribute(img, "data-noscript-sources").split()
    yield attribute(img, "src").strip()
    # Every script names its attribute otherwise; a value that ends like a picture is one.
    for name, given in img.attrs.items():
        if name.startswith("data-") and name not in _LAZY and isinstance(given, str) and _looks_like_picture(given):
            yield given.strip()


def plain_source(img: Tag) -> str:
    """The picture's lazy or plain address, the first that is no placeholder; ``""`` when there are only sized ones."""
    own = [source for source in _plain_sources(img) if source and not _is_placeholder(source)]
    return own[0] if own else ""


def _looks_like_picture(value: str) -> bool:
    return (
        " " not in value.strip()
        and len(value) < 2000
        and bool(_PICTURE_NAME.search(value))
        and not value.startswith("{")
    )


def parse_srcset(srcset: str, declared: float = USUAL_WIDTH) -> list[tuple[str, float]]:
    """The addresses of a ``srcset`` (HTML, 4.8.4.2.1) with their widths; ``2x`` is twice the declared width, none is 0."""
    found: list[tuple[str, float]] = []
    # A comma may stand inside an address, as image servers write their sizes; only one before a space or an address parts two.
    for candidate in _CANDIDATES.split(srcset.strip()):
        parts = candidate.split()
        if not parts:
            continue
        sized = _WIDTH.match(parts[-1]) if len(parts) > 1 else None
        width = 0.0
        if sized:
            width = float(sized[1]) * (1 if sized[2] == "w" else declared)
        found.append((parts[0].strip(","), width))
    return [each for each in found if each[0] and not _is_placeholder(each[0])]


def _is_blank(source: str) -> bool:
    return source in ("#", "about:blank", "null", "undefined", "none", "false") or source.startswith(
        ("javascript:", "blob:")
    )


def _is_placeholder(source: str) -> bool:
    if _is_blank(source) or source.startswith("data:image/svg"):
        return True
    # Stand-ins are a pixel or a blur of a few bytes; SingleFile embeds whole photos the same way.
    if source.startswith("data:"):
        return len(source) < 1000
    small = source.lower()
    return any(map(small.__contains__, _IN_STAND_INS)) and bool(_STAND_IN.search(source))
