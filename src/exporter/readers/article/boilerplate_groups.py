"""Boilerplate that several blocks only tell together: headlines that lead to other articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, takewhile

from bs4 import Tag
from msgspec import Struct

from exporter.model import Inline, Link
from exporter.model.walk import walk
from exporter.readers.article.body import Look, look, prose
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.images import declared_size
from exporter.readers.dom.search import above, first, stands_in
from exporter.readers.lexicon.folding import fold
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues
from exporter.readers.segments.segment import Segment, text_of

LEAST = 3
"""Teasers in a row in the midst of the article; behind its last running text, one less."""
LONGEST_EXCERPT = 60
"""Words that a teaser says of its article."""
MOST_BELOW = 4
"""Blocks of a teaser under its headline."""
LEAST_PROSE = 80
"""Characters of running text by which its look is known."""
LEAST_SHARE = 0.2
"""Share of the text above the first such heading by which a look is that of the article's text."""
LEAST_HEADLINE = 4
"""Words of a link that is a headline."""
LONGEST_LABEL = 4
"""Words of a label over a card."""
THUMBNAIL = 400
"""Pixels of the longer side of a picture that, under a label, is there to lead to another article."""
LINKED = 0.95
"""Share of a box in its link, for the link to be all that it is."""
CHANNELS = re.compile(
    r"//(?:www\.|m\.|chat\.)?(?:t\.me|telegram\.me|whatsapp\.com|wa\.me|viber\.com|news\.google\.|facebook\.com|instagram\.com"
    r"|twitter\.com|x\.com|youtube\.com|tiktok\.com|zen\.yandex|dzen\.ru|patreon\.com|paypal\.|ko-fi\.com|steadyhq\.com|steady\.page"
    r"|apps\.apple\.com|play\.google\.com|line\.me|flipboard\.com|bsky\.app|threads\.net)",
    re.IGNORECASE,
)
"""Where publishers have channels, shops and collection boxes of theirs."""
_MORE = Cue(cues("read_more") | cues("end_headings"), rf"^\W*{WORDS}(?!\w)")
_HOMES = frozenset({"body", "main", "article", "html"})
_SENTENCE = (".", ":", ";", ",", "。")


# ---------------------------------------------------------------------------------------------- headlines of other articles


class _Teaser(Struct, frozen=True):
    """Where a teaser's headline stands among the open segments, and where the next thing begins."""

    start: int
    stop: int


def teasers(segments: list[Segment]) -> Iterator[Segment]:
    """Headings that lead elsewhere, several in a row, each with nothing but a few lines unlike the article's text under it."""
    kept = [segment for segment in segments if segment.open]
    if sum(_leads_elsewhere(segment) for segment in kept) < LEAST - 1:
        return
    running = _running(kept)
    last = max((place for place, segment in enumerate(kept) if prose(segment) and look(segment) in running), default=-1)
    for row in _rows(kept, running):
        if len(row) >= LEAST - (row[0].start > last):
            yield from kept[_opening(kept, row) : _closing(kept, row)]


def _running(kept: list[Segment]) -> set[Look]:
    """How running text looks: that above the first heading which leads elsewhere, or else all that stands under none."""
    first = next(place for place, segment in enumerate(kept) if _leads_elsewhere(segment))
    mass: Counter[Look] = Counter()
    for segment in kept[:first]:
        if segment.kind == "paragraph" and prose(segment) >= LEAST_PROSE:
            mass[look(segment)] += prose(segment)
    if mass:
        return {worn for worn, letters in mass.items() if letters >= LEAST_SHARE * mass.total()}
    pairs = [(before, segment) for before, segment in pairwise(kept) if prose(segment) >= LEAST_PROSE]
    return {look(segment) for before, segment in pairs if not _leads_elsewhere(before)} or {
        # A list of recommendations heads each of its texts with a link, and is the article.
        look(segment)
        for _, segment in pairs
    }


def _rows(kept: list[Segment], running: set[Look]) -> Iterator[list[_Teaser]]:
    row: list[_Teaser] = []
    for place, segment in enumerate(kept):
        if row and place < row[-1].stop:
            continue
        found = _teaser(kept, place, running) if _leads_elsewhere(segment) else None
        if row and (found is None or row[-1].stop != place):
            yield row
            row = []
        row += [found] if found else []
    if row:
        yield row


def _teaser(kept: list[Segment], place: int, running: set[Look]) -> _Teaser | None:
    below = list(takewhile(lambda each: _is_below(each, running), kept[place + 1 : place + 1 + MOST_BELOW]))
    stop = place + 1 + len(below)
    follows = kept[stop] if stop < len(kept) else None
    if follows is not None and look(follows) in running and not below:
        return None
    return _Teaser(place, stop)


def _is_below(segment: Segment, running: set[Look]) -> bool:
    """Whether a block belongs to the teaser above it."""
    if segment.kind == "figure":
        return True
    return segment.kind == "paragraph" and segment.word_count <= LONGEST_EXCERPT and look(segment) not in running


def _closing(kept: list[Segment], row: list[_Teaser]) -> int:
    """Where a row ends: what stands under its last headline looks as what stands under those before, else the text goes on."""
    looks = {look(each) for teaser in row[:-1] for each in kept[teaser.start + 1 : teaser.stop]}
    under = takewhile(lambda each: look(each) in looks, kept[row[-1].start + 1 : row[-1].stop])
    return row[-1].start + 1 + sum(1 for _ in under)


def _opening(kept: list[Segment], row: list[_Teaser]) -> int:
    """Where a row begins: with the kicker or picture above its first headline, and the heading over all."""
    looks = {look(each) for teaser in row for each in kept[teaser.start + 1 : teaser.stop]}
    start = row[0].start
    while start and look(kept[start - 1]) in looks and kept[start - 1].kind in ("paragraph", "figure"):
        start -= 1
    return start - (start > 0 and _is_of_site(kept, kept[start - 1]))


def _is_of_site(kept: list[Segment], over: Segment) -> bool:
    """Whether a heading is none of the article's: it asks nothing, and no other that is no link looks like it."""
    if over.kind != "heading" or over.text.rstrip().endswith("?"):
        return False
    return not any(
        other is not over and other.kind == "heading" and look(other) == look(over) and not _leads_elsewhere(other)
        for other in kept
    )


def _leads_elsewhere(segment: Segment) -> bool:
    """Whether all of a heading is a link to another page."""
    if segment.kind != "heading" or segment.element is None or segment.word_count < LEAST_HEADLINE:
        return False
    around = above(segment.element, "a")
    if around is not None:
        return _is_other_page(attribute(around, "href"))
    links = links_in(segment.inlines)
    return segment.link_density > 0.9 and bool(links) and all(_is_other_page(link.href) for link in links)


def _is_other_page(href: str) -> bool:
    return bool(href) and not href.startswith(("#", "javascript:")) and "#" not in href


def links_in(inlines: tuple[Inline, ...]) -> list[Link]:
    """The links among inline nodes and in them."""
    return [node for each in inlines for node in walk(each) if isinstance(node, Link)]


def linked_blocks(segments: list[Segment]) -> Iterator[Segment]:
    """Short blocks that share one link, kicker and headline, where two such links or more follow one another."""
    cards: list[tuple[int, list[Segment]]] = []
    for segment in segments:
        around = _link_around(segment) if segment.open else None
        key = id(around) if around is not None and _is_other_page(attribute(around, "href")) else 0
        if not cards or cards[-1][0] != key:
            cards.append((key, []))
        cards[-1][1].append(segment)
    told = [bool(key) and _is_card(blocks) for key, blocks in cards]
    for place, (key, blocks) in enumerate(cards):
        if told[place] and any(told[max(place - 1, 0) : place] + told[place + 1 : place + 2]):
            yield from blocks
        elif key and _is_short(blocks):
            label = _label(cards[place - 1][1] if place else [], blocks)
            # Without a label a picture and a line in one link may be a photo with its caption, which enlarges it.
            if _is_headlined(blocks) or (label and _is_thumbnail(blocks)):
                yield from (*label, *blocks)
        elif not key:
            yield from filter(_is_built, blocks)


def _link_around(segment: Segment) -> Tag | None:
    """The link that a block is, or stands in."""
    tag = segment.element
    return tag if tag is None or tag.name == "a" else above(tag, "a")


def _is_short(blocks: list[Segment]) -> bool:
    """Whether the blocks in one link say something, and no more than a teaser does."""
    return 0 < sum(each.word_count for each in _worded(blocks)) <= LONGEST_EXCERPT


def _worded(blocks: list[Segment]) -> list[Segment]:
    return [each for each in blocks if each.text and each.kind in ("paragraph", "heading")]


def _is_headlined(blocks: list[Segment]) -> bool:
    """Whether one link is around a headline with a line or a picture."""
    worded = _worded(blocks)
    more = len(worded) > 1 or any(each.kind == "figure" for each in blocks)
    return more and any(each.kind == "heading" for each in worded)


def _is_thumbnail(blocks: list[Segment]) -> bool:
    """Whether one link is around a small picture with a line, and nothing else."""
    pictures = [each for each in blocks if each.kind == "figure"]
    return len(blocks) == len(_worded(blocks)) + len(pictures) and bool(pictures) and all(map(_is_small, pictures))


def _is_small(figure: Segment) -> bool:
    """Whether the page declares the picture of a figure to be small."""
    images = [each.element for each in figure.segments if each.kind == "anchor" and each.element is not None]
    sizes = [max(declared_size(each)) for each in images]
    return bool(sizes) and all(0 < size <= THUMBNAIL for size in sizes)


def _is_built(segment: Segment) -> bool:
    """Whether a box is a label and a link, or one link: a headline, or several elements with classes."""
    if not segment.open or segment.kind not in ("paragraph", "box") or segment.element is None:
        return False
    if not LEAST_HEADLINE <= segment.word_count <= LONGEST_EXCERPT or segment.text.endswith(_SENTENCE):
        return False
    tag = segment.element
    if tag.name not in ("a", "div", "section", "aside"):
        return False
    link = tag if tag.name == "a" else first(tag, frozenset({"a"}))
    if link is None:
        return False
    if not attribute(link, "href") and is_label_with_link(segment):
        return True
    parts = _parts(link)
    built = len(parts) >= LEAST - 1 and all("class" in each.attrs for each in parts)
    titled = tag.name != "a" and segment.text[-1:] not in ".!?…:。"
    return (built or titled) and segment.link_density > LINKED and _is_other_page(attribute(link, "href"))


def is_label_with_link(segment: Segment) -> bool:
    """Whether a box is made of two elements and nothing else: a word or two, and a link of several words."""
    tag = segment.element
    parts = _parts(tag) if tag is not None and tag.name in ("div", "section", "aside") else []
    if len(parts) != LEAST - 1 or parts[-1].name != "a" or segment.text.endswith(_SENTENCE):
        return False
    headline = fold(parts[-1].get_text(" "))
    label = segment.text.removesuffix(headline).split()
    return 0 < len(label) <= LONGEST_LABEL and len(headline.split()) >= LEAST


def _parts(tag: Tag) -> list[Tag]:
    """The elements that an element is made of; none where words stand beside them."""
    worded = [each for each in tag.contents if isinstance(each, Tag) or str(each).strip()]
    parts = [each for each in worded if isinstance(each, Tag)]
    return [each for each in parts if each.get_text(strip=True)] if len(parts) == len(worded) else []


def _label(above_it: list[Segment], blocks: list[Segment]) -> list[Segment]:
    """The word or two over a card that share its box: "More on this"."""
    label, card = (above_it[-1] if above_it else None), blocks[0].element
    if label is None or card is None or label.element is None or not label.open or label.word_count > LONGEST_LABEL:
        return []
    box = (_link_around(blocks[0]) or card).parent
    inside = box is not None and (label.element is box or stands_in(label.element, box))
    alone = inside and box is not None and box.name not in _HOMES
    said = sum(len("".join(each.text.split())) for each in (label, *blocks))
    return [label] if alone and box is not None and len("".join(box.get_text().split())) == said else []


def _is_card(blocks: list[Segment]) -> bool:
    worded = _worded(blocks)
    return len(worded) >= LEAST - 1 and sum(each.word_count for each in worded) <= LONGEST_EXCERPT


# ------------------------------------------------------------------------------------------------------- lists of headlines


def linked_rows(segments: list[Segment]) -> Iterator[Segment]:
    """Lines above the text that are links to other pages, several of a few words in a row: headlines of the day."""
    row: list[Segment] = []
    for segment in [each for each in segments if each.open]:
        if prose(segment):
            break
        linked = segment.kind in ("paragraph", "heading", "list") and segment.link_density > LINKED
        if linked:
            row.append(segment)
            continue
        if _is_row(row):
            yield from row
        row = []
    if _is_row(row):
        yield from row


def _is_row(row: list[Segment]) -> bool:
    return sum(segment.word_count >= LEAST for segment in row) >= LEAST


def headline_lists(segments: list[Segment]) -> Iterator[Segment]:
    """Lists between paragraphs whose entries are headlines of one site's other articles, each perhaps behind a topic."""
    kept = [segment for segment in segments if segment.open]
    for place, segment in enumerate(kept):
        if segment.kind != "list" or not _are_headlines(segment):
            continue
        before = kept[place - 1] if place else None
        # A sentence that ends in a colon introduces a list of the article's own, unless it says "More on this".
        if before is None or (before.text.rstrip()[-1:] in (":", "：") and not _MORE.match(before.text)):
            continue
        if _is_of_site(kept, before) or (before.kind == "paragraph" and _MORE.match(before.text)):
            yield before
        yield segment


def leads_to_sources(listed: Segment) -> bool:
    """Whether the links of a list lead to several sites, most of them a site of its own: what the article draws on."""
    hosts = [_host(link.href) for entry in listed.segments for link in links_in(entry.inlines)]
    return len(set(hosts)) >= max(LEAST - 1, len(hosts) / 2) and not any(
        map(CHANNELS.search, (f"//{each}" for each in hosts))
    )


def _are_headlines(listed: Segment) -> bool:
    if len(listed.segments) < LEAST - 1 or not all(_is_headline(entry) for entry in listed.segments):
        return False
    hosts = {_host(link.href) for entry in listed.segments for link in links_in(entry.inlines)}
    return len(hosts) == 1


def _is_headline(entry: Segment) -> bool:
    """Whether an entry is one link of several words, with a topic and a colon in front of it or nothing."""
    links = links_in(entry.inlines)
    if len(links) != 1 or entry.kind != "paragraph" or not _is_other_page(links[0].href):
        return False
    words = text_of(links[0].children)
    topic = entry.text.removesuffix(words).strip() if entry.text.endswith(words) else entry.text
    titled = len(words.split()) >= LEAST_HEADLINE and not words.rstrip().endswith(_SENTENCE)
    return titled and (
        not topic or (topic.endswith((":", "|", "–", "?", "!", "“", "”")) and len(topic.split()) <= LEAST_HEADLINE)
    )


def _host(href: str) -> str:
    return href.split("/")[2] if "://" in href else ""
