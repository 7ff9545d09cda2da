"""Videos, posts and players: the address that stands for one, whatever a page keeps in its place until somebody consents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bs4 import Tag

from exporter.model import Embed
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.players import PLAYERS, plays
from exporter.readers.dom.search import elements, holds
from exporter.readers.lexicon.folding import fold
from exporter.readers.lexicon.vocabulary import cues
from exporter.readers.segments.containers import has_picture
from exporter.readers.segments.elements import segment_of
from exporter.readers.segments.inlines import absolute
from exporter.readers.segments.rule import Rule, Search, settle_by
from exporter.readers.segments.segment import Segment

_POSTS = re.compile(
    r"(?:^|[\s_-])(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|reddit-embed"
    r"|reddit-card|fb-post|fb-video|imgur-embed-pub|text-post-media|threads-post|pinterest-embed|flourish-embed|telegram-post)(?:$|\s)"
)
"""Classes of the block quotes that a network's script turns into a post."""
_ADDRESSED = re.compile(r"(?:^|[-_])(?:src|url|href|permalink|link|cite|embed)(?:$|[-_])|suppressedsrc")
_VIDEO = ("videoid", "video-id", "data-videoid", "data-video-id", "data-embed-id", "data-plyr-embed-id", "data-id")
_IDENTIFIED: dict[str, tuple[tuple[str, ...], str]] = {
    "youtube": ((*_VIDEO, "data-youtube-id", "data-yt-id"), "https://www.youtube.com/watch?v={}"),
    "vimeo": ((*_VIDEO, "data-vimeo-id"), "https://vimeo.com/{}"),
    "dailymotion": (_VIDEO, "https://www.dailymotion.com/video/{}"),
    "twitter": (("data-tweetid", "data-tweet-id"), "https://x.com/i/status/{}"),
    "instagram": (("data-shortcode",), "https://www.instagram.com/p/{}/"),
    "telegram": (("data-telegram-post",), "https://t.me/{}"),
    "infogram": (("data-id",), "https://infogram.com/{}"),
}
"""A network, as the names of an element call it → the attributes that hold no more than an identifier, and its address."""
_IDENTIFYING = frozenset(name for attributes, _ in _IDENTIFIED.values() for name in attributes)
_CALLED = ("class", "data-service", "data-provider", "data-plyr-provider", "data-platform")
_IDENTIFIER = re.compile(r"[\w-]{4,20}|[\w-]+/\d+")
_PLAYING = frozenset({"iframe", "video", "audio", "embed", *PLAYERS})
_FALLBACKS = frozenset({"video", "audio", "iframe"})
_WEB = re.compile(r"""https?://[^\s"'<>\\]+""")
_STATUS = re.compile(r"/status(?:es)?/\d|/p/|/reel/|/video/|/posts?/|/comments/|/@[\w.]+/")


def is_post(tag: Tag) -> bool:
    """Whether an element is a post of a network, as it stands before the network's script has run."""
    worn = attribute(tag, "class")
    return (bool(worn) and _POSTS.search(worn) is not None) or tag.has_attr("data-instgrm-permalink")


def embed_segment(tag: Tag, base_url: str) -> Segment:
    """A segment for a video, post or player: its address and title stand for it."""
    href = next((found for each in _addresses(tag) if (found := _address(each, base_url))), "")
    # What stands in a player is for browsers that cannot play.
    words = "" if tag.name in _FALLBACKS else fold(tag.get_text(" "))
    segment = segment_of("embed", tag, words)
    segment.block = Embed(href, _title(tag, words), _provider(href))
    settle_by(RULES, segment.block, segment)
    return segment


RULES: tuple[Rule[Embed], ...] = (Rule("empty-embed", lambda embed: not embed.href and not embed.title),)
"""Why a player or post is left out."""


def is_address_alone(text: str) -> bool:
    """Whether a line is nothing but the address of a video or post, as writers leave it for a script to replace."""
    return text.startswith("http") and " " not in text and plays(text)


def names_video(tag: Tag) -> bool:
    """Whether one of the lines in an element is the address of a video or post."""
    return any(is_address_alone(str(each).strip()) for each in tag.find_all(string=True))


def linked_segment(tag: Tag, address: str) -> Segment:
    """A segment for the video or post whose address stands on a line of its own."""
    segment = segment_of("embed", tag, address)
    segment.block = Embed(address, "", _provider(address))
    return segment


def waits_to_play(tag: Tag) -> bool:
    """Whether an element, in which nothing plays yet and no picture stands, names the address of what will."""
    if holds(tag, _PLAYING) or has_picture(tag):
        return False
    return any(map(plays, _written(tag))) or any(any(_identified(each)) for each in (tag, *elements(tag)))


def unloaded_segment(tag: Tag, base_url: str) -> Segment | None:
    """A segment for the player or post that a box stands for until somebody consents to load it; None when it names none."""
    href = next((found for each in _written(tag) if plays(each) and (found := _address(each, base_url))), "")
    if not href:
        return None
    titled = (fold(attribute(each, name)) for each in (tag, *elements(tag)) for name in ("data-title", "title"))
    segment = segment_of("embed", tag, "")
    segment.block = Embed(href, next(filter(None, titled), ""), _provider(href))
    return segment


def _written(tag: Tag) -> Iterator[str]:
    """What the element and all in it hold in attributes that are meant for addresses."""
    for each in (tag, *elements(tag)):
        yield from (str(value) for name, value in each.attrs.items() if _names_address(name))
        yield from (
            found for value in each.attrs.values() if str(value)[:1] in ("{", "[") for found in _in_json(str(value))
        )


def _in_json(value: str) -> list[str]:
    """The addresses in what a script would read."""
    return _WEB.findall(value.replace("\\/", "/"))


@lru_cache(maxsize=4096)
def _names_address(attribute_name: str) -> bool:
    return attribute_name == "src" or _ADDRESSED.search(attribute_name) is not None


def _addresses(tag: Tag) -> Iterator[str]:
    """Every address that the element may stand for, the likeliest first: a video's or a post's own, then what it loads."""
    if is_post(tag):
        links = [attribute(each, "href") for each in tag.find_all("a")]
        yield from (
            attribute(tag, name) for name in ("data-instgrm-permalink", "cite", "data-href", "data-bluesky-uri")
        )
        yield from (each for each in reversed(links) if _STATUS.search(each))
    yield from _identified(tag)
    for each in (tag, *elements(tag)):
        yield attribute(each, "src")
        yield from (str(value) for name, value in each.attrs.items() if _ADDRESSED.search(name) and name != "src")
    yield from filter(plays, _written(tag))


def _identified(tag: Tag) -> Iterator[str]:
    """The address of a video of which only the identifier is named."""
    if _IDENTIFYING.isdisjoint(tag.attrs):
        return
    names = " ".join((tag.name, *tag.attrs, *(attribute(tag, name) for name in _CALLED))).lower()
    for network, (attributes, address) in _IDENTIFIED.items():
        if network in names:
            values = (attribute(tag, name) for name in attributes)
            yield from (address.format(value) for value in values if _IDENTIFIER.fullmatch(value))


def _address(written: str, base_url: str) -> str:
    written = written.strip()
    if not written or written.startswith(("about:", "data:", "#", "javascript:")):
        return ""
    return absolute("https:" + written if written.startswith("//") else written, base_url)


def _title(tag: Tag, words: str) -> str:
    """What the page calls it; of a post its words, without the invitation to look at it elsewhere."""
    if is_post(tag):
        said = [fold(each) for each in tag.find_all(string=True)]
        return " ".join(each for each in said if each and each.casefold() not in cues("see_elsewhere"))
    for name in ("playlabel", "data-title", "title", "aria-label", "videotitle"):
        written = fold(attribute(tag, name))
        if written:
            verb, colon, rest = written.partition(":")
            return rest.strip() if colon and verb.casefold() in cues("play") else written
    return words


def _provider(href: str) -> str:
    host = href.split("/")[2] if href.count("/") > 1 else ""
    return host.removeprefix("www.").removeprefix("player.")


# ------------------------------------------------------------------------------------------------------------- in figures


def shows_one_embed(tag: Tag) -> bool:
    """Whether a figure is there for one player or post."""
    inside = [each for each in elements(tag) if each.name in _PLAYING or is_post(each)]
    known = {id(each) for each in inside}
    inside = [each for each in inside if not any(id(other) in known for other in each.parents)]
    return len(inside) == 1 and not holds(tag, frozenset({"figure", "table", "pre"}))


def _in_caption(found: list[Segment]) -> Iterator[Segment]:
    """The words of the caption of a figure that holds one player or post."""
    embeds = [each for each in found if isinstance(each.block, Embed) and each.open]
    for each in found if len(embeds) == 1 else ():
        if each.open and each.inlines and is_of_caption(each):
            yield each


EMBED_CAPTION = Search("embed-caption", _in_caption, "caption")
"""By which words in a figure are the caption of its player or post."""


def is_of_caption(segment: Segment) -> bool:
    """Whether the words stand in a caption, by their element or its name."""
    element = segment.element
    if element is None:
        return False
    return any(each.name == "figcaption" for each in (element, *element.parents)) or segment.is_named("caption")
