"""Tells which pictures of a page may belong to its article, and under which addresses they can be had."""

from __future__ import annotations

import re
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.repair import picture_sources, plain_source
from exporter.readers.dom.tree import remembered
from exporter.readers.lexicon.vocabulary import WORDS, Cue, words

_FILE_NAME = r"[^/\\]*\.(?:jpe?g|png|gif|webp|avif|tiff?|heic|svg)|(?:img|dsc|dscn|dscf|pxl|screenshot)[ _-]?[\d_ -]+"
_SILENT = Cue("silent_alt", rf"{WORDS}[\W\d_]*|{_FILE_NAME}", needed=False)
_ORNAMENTAL = re.compile(
    r"(?:^|[/_.-])(?:spacer|pixel|blank|logo|icons?|avatar|gravatar|sprite|emoji|badge|button|smilies|spinner|loader|rating|stars?|tracking"
    r"|counter|beacon|favicon|flag|arrow|placeholder|1x1|h?btn|h?bnr|bullet|divider|separator)(?:[/_.\d-]|$)"
    r"|(?:^|_)(?:line|bar|hr|rule|ball|dot|new|back|next|prev|home|mail|top)_?\d{0,2}\.gif$",
    re.IGNORECASE,
)
_TRACKERS = re.compile(
    r"vgwort|doubleclick|/pixel|scorecardresearch|facebook\.com/tr|google-analytics|/ads?/|feedburner|wp\.com/i/smilies|count(?:er)?\.",
    re.IGNORECASE,
)
_SMALL_KINDS = (
    " avatar ",
    " logo ",
    " icon ",
    " emoji ",
    " smiley ",
    " gravatar ",
    " headshot ",
    " author image ",
    " author img ",
    " author photo ",
    " author avatar ",
    " byline image ",
    " byline img ",
    " byline photo ",
    " byline picture ",
    " m author ",
    " dateline map ",
    " profile ",
)
_SMALLEST = 60
"""Pixels: anything narrower and lower is an icon, not a photo."""
_BOX_SIZE = 200
"""Elements and texts: a box with more of them is around more than one picture."""
_THIN, _STRIP = 40, 8
"""Pixels, and a ratio: what is no higher and so much wider is a line or a button, not a photo."""


def sources_of(img: Tag) -> list[str]:
    """The picture's addresses, the best first; empty for one that is no photo (see :func:`unfit`)."""
    return picture_sources(img)


def own_source(img: Tag) -> str:
    """The one address by which the page itself names the picture, before any choice of sizes."""
    return plain_source(img) or next(iter(picture_sources(img)), "")


@remembered
def unfit(img: Tag) -> str:
    """Why a picture is no part of any article: ``"tracking"``, ``"icon"``, ``"no address"``; ``""`` when it may be one."""
    width, height = declared_size(img)
    sources = picture_sources(img)
    if not sources:
        return "no address"
    if sources[0].startswith("data:image/svg") and attribute(img, "aria-hidden").lower() == "true":
        return "no address"  # it only keeps the place of the picture that a script loads
    embedded = sources[0][:5].lower() == "data:"  # judged by its bytes, when it is loaded: its letters are chance
    if not embedded and (0 < width <= 3 or 0 < height <= 3 or _TRACKERS.search(sources[0])):
        return "tracking"
    if 0 < width < _SMALLEST and 0 < height < _SMALLEST:
        return "icon"
    if _is_portrait_or_logo(img):
        return "icon"
    if attribute(img, "role") == "presentation" and 0 < width < 100:
        return "icon"
    if 0 < height <= _THIN and width >= height * _STRIP:
        return "icon"
    # The name of the file alone: folders are called "icons" or "static" for photos, too.
    path = "" if embedded else sources[0].split("?")[0].rsplit("/", 1)[-1]
    return "icon" if path.endswith(".svg") or (_ORNAMENTAL.search(path) and not _large(width, height)) else ""


def _is_portrait_or_logo(img: Tag) -> bool:
    """Avatars, logos and emojis, told by their own names or those of a box around them alone."""
    known = words(
        " ".join(
            attribute(each, "class") + " " + attribute(each, "id")
            for each in (img, *islice(img.parents, 2))
            if _is_wordless(each)
        )
    )
    # WordPress calls the place of a photo in its galleries so.
    known = known.replace(" gallery icon ", " gallery ")
    return any(word in known for word in _SMALL_KINDS)


def _is_wordless(tag: Tag) -> bool:
    """Whether no word stands in an element so small that it can be around one picture alone."""
    # Counted no further than needed: this is asked of the boxes around every picture of a page.
    inside = list(islice(tag.descendants, _BOX_SIZE + 1))
    return len(inside) <= _BOX_SIZE and not any(type(each) is NavigableString and each.strip() for each in inside)


def _large(width: int, height: int) -> bool:
    return width >= 400 or height >= 400


def declared_size(img: Tag) -> tuple[int, int]:
    """Width and height in pixels as the page declares them, 0 where it does not."""
    return _pixels(attribute(img, "width")), _pixels(attribute(img, "height"))


def _pixels(value: str) -> int:
    found = re.match(r"^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$", value)
    return int(found[1]) if found else 0


def telling(alt: str) -> str:
    """The alt text if it says anything: not a bare "image" in some language, nor the name of a file. Else ``""``."""
    return "" if _SILENT.fullmatch(alt.strip(" .:[]()")) else alt
