"""Videos, pieces of music and posts: told by their addresses, and put where a page's scripts would put them."""

from __future__ import annotations

import re

from bs4 import Tag

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import elements, every, holds, rename
from exporter.readers.dom.tree import PageSoup

PLAYERS = frozenset(
    """lite-youtube lite-vimeo youtube-video vimeo-video spotify-iframe amp-youtube amp-vimeo amp-dailymotion amp-twitter
    amp-instagram amp-facebook amp-tiktok""".split()  # noqa: SIM905 -- a list of names is easier to read unquoted
)
"""Elements of scripts that show a picture until the player or post is wanted."""
_PLAYS = re.compile(
    r"youtube(?:-nocookie)?\.com/(?:embed/|watch|shorts/|live/)|youtu\.be/\w|vimeo\.com/(?:video/)?\d"
    r"|dailymotion\.com/(?:embed/)?video/|spotify\.com/(?:embed|episode|track|show|playlist)|soundcloud\.com/[\w-]+/[\w-]"
    r"|tiktok\.com/(?:embed|@[\w.]+/video)|instagram\.com/(?:p|reel)/|(?:twitter|x)\.com/\w+/status/|/plugins/(?:post|video)"
    r"|facebook\.com/.+/(?:posts|videos)/|bsky\.app/profile/.+/post/|player\.twitch\.tv"
)
_SCRIPTS = frozenset({"script"})
_FRAMES = frozenset({"iframe"})
_TEMPLATES = frozenset({"template"})
_HOLDERS = frozenset({"noscript", "template"})
_POST_OF_SCRIPT = "data-telegram-post"
"""The attribute by which a script is itself the place of a post."""


def plays(address: str) -> bool:
    """Whether an address leads to one video, piece of music or post; a network's privacy notice does not."""
    return _PLAYS.search(address) is not None


def place_posts(soup: PageSoup) -> None:
    """A script that puts a post in its own place stands for that post; so does a template for the player in it."""
    for script in every(soup, _SCRIPTS):
        if _POST_OF_SCRIPT in script.attrs:
            rename(script, "iframe")
    for template in every(soup, _TEMPLATES):
        free_player(template)


def free_player(holder: Tag) -> None:
    """The player in a ``noscript`` or ``template`` stands in the place of the empty element that a script would fill."""
    frames = [
        each for each in _frames_in(holder) if plays(attribute(each, "src")) and "{" not in attribute(each, "src")
    ]
    if len(frames) != 1 or holder.parent is None:
        return
    waiting = [each for each in elements(holder.parent) if _waits(each)]
    if waiting:
        waiting[0].replace_with(frames[0].extract())
    else:
        holder.insert_after(frames[0].extract())


def _frames_in(holder: Tag) -> list[Tag]:
    """Its frames; some pages escape the markup in it, as a script would take it."""
    held = every(holder, _FRAMES)
    text = "" if held else holder.get_text()
    return every(PageSoup(text), _FRAMES) if "<iframe" in text.lower() else held


def _waits(tag: Tag) -> bool:
    """Whether an element is empty and some attribute of it is the address of what plays there."""
    told = any(isinstance(value, str) and plays(value) for value in tag.attrs.values())
    if not told or tag.get_text(strip=True) or holds(tag, _FRAMES):
        return False
    return tag.parent is not None and not any(around.name in _HOLDERS for around in tag.parents)
