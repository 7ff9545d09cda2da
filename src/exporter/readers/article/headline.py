"""Finds the headline among the segments of the head, by the titles that the page declares, by its level and by its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from bs4 import Tag
from msgspec import Struct

from exporter.readers.article.body import asking_looks, asks, look
from exporter.readers.dom.elements import attribute
from exporter.readers.lexicon.folding import fold, fold_name
from exporter.readers.lexicon.vocabulary import named
from exporter.readers.metadata import Declared
from exporter.readers.segments.rule import Search
from exporter.readers.segments.segment import Segment

HEADLINE_WORDS = 40
"""A headline is no longer than this."""
GOOD_ENOUGH = 0.5
"""A segment that scores less is no headline."""

LONG = 140
"""Characters from which a paragraph is running text, whatever is asked in it."""
LEAST_ASKED = 3
"""Questions of one look from which they are those of a talk."""
_SUFFIX = re.compile(r"\s+(?:[|·•»–—]|-{1,2})\s+")
_MARKS = (":", "：", "–", "—", "|")
KICKER_WORDS = 8
"""A kicker inside a headline is no longer than this."""


def best_headline(segments: list[Segment], body: range, declared: Declared) -> int | None:
    """The place of the headline among the segments down to the first long paragraph; None when there is none on the page."""
    last = max(first_prose(segments, body), body.start)
    places = [index for index, segment in enumerate(segments[: last + 1]) if _may_be_headline(segment)]
    titles = [
        each for each in declared.titles if not _is_site_name(each, declared) and not _begins_menu(each, segments)
    ]
    scored = [(_headline_score(segments[index], titles, declared), index) for index in places]
    score, best = max(scored, default=(0.0, -1))
    if score >= GOOD_ENOUGH:
        return best
    # All titles were the site's: then the only heading above the text is the headline, whatever it scores.
    headings = [index for index in places if segments[index].kind == "heading"]
    return best if score > 0 and headings == [best] and declared.titles and not titles else None


def _begins_menu(title: str, segments: list[Segment]) -> bool:
    """Whether a title is not of the page but of the site: its menu begins with the same words."""
    folded = fold_name(title)
    return any(segment.kind == "furniture" and fold_name(segment.text).startswith(f"{folded} ") for segment in segments)


def _may_be_headline(segment: Segment) -> bool:
    return (
        segment.open
        and segment.kind in ("heading", "paragraph")
        and 0 < segment.word_count <= HEADLINE_WORDS
        and bool(segment.inlines)
    )


def _is_site_name(text: str, declared: Declared) -> bool:
    """Whether the text is the site's declared name or a part of it."""
    words = fold_name(text).split()
    site = fold_name(declared.publication).split()
    return bool(words) and bool(site) and all(word in site for word in words)


def _headline_score(segment: Segment, titles: list[str], declared: Declared) -> float:
    score = max((similarity(segment.text, title, least=0.6) for title in titles), default=0.0)
    if segment.has_name("title") and not segment.has_name("menu"):
        score += 0.15 if titles else 0.6  # then more than a heading of the first level has for that
    if segment.kind == "heading":
        score += 0.55 if segment.level == 1 else 0.25 if segment.level == 2 else 0.1
    if _is_site_name(segment.text, declared) or segment.has_name("menu") or _leads_home(segment):
        score -= 1.0
    if (
        segment.has_name("headline")
        or segment.has_name("entry title")
        or segment.has_name("article title")
        or segment.has_name("post title")
    ):
        score += 0.2
    return score


_FRONT_PAGE = re.compile(r"(?:https?:)?//[^/?#]+/?|/")


def _leads_home(segment: Segment) -> bool:
    """Whether a line is nothing but a link to the site's front page: its name, whatever level of heading it has."""
    link = segment.element.find("a") if segment.element is not None and segment.link_density > 0.9 else None
    return isinstance(link, Tag) and _FRONT_PAGE.fullmatch(attribute(link, "href").strip()) is not None


class Said(Struct, frozen=True):
    """The segments of a page, and the words of its headline."""

    segments: list[Segment]
    headline: str


def _repeats(said: Said) -> Iterator[Segment]:
    """Every open segment that says the headline again."""
    headline = fold_name(said.headline)
    most = max(HEADLINE_WORDS, len(said.headline.split()))
    for segment in said.segments if headline else ():
        if segment.open and segment.word_count <= most and fold_name(segment.text) == headline:
            yield segment


REPEATED = Search("repeated-headline", _repeats)
"""The headline is printed once."""


@lru_cache(maxsize=128)
def similarity(one: str, other: str, *, least: float) -> float:
    """How alike two titles are, 0 to 1, punctuation and case apart; 0 where it is less than ``least``."""
    a, b = fold_name(one), fold_name(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    # The head adds the site's name to a title, or shortens it: one within the other is more than half alike.
    within = a in b or b in a
    ratio = 0.5 + 0.5 * min(len(a), len(b)) / max(len(a), len(b)) if within else _ratio(a, b, least)
    return ratio if ratio >= least else 0.0


def _ratio(one: str, other: str, least: float) -> float:
    """The ratio of two texts; 0 where the letters that they have in one order show that it is less, which costs far less."""
    letters = len(one) + len(other)
    if 2 * min(len(one), len(other)) < least * letters or 2 * _in_one_order(one, other) / letters < least:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _in_one_order(one: str, other: str) -> int:
    """How many letters two texts have in common in one order: their longest common subsequence, a bit for each letter.

    Source: Hyyrö, Bit-parallel LCS-length computation revisited (2004).
    """
    places: dict[str, int] = {}
    for place, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << place
    whole = rows = (1 << len(one)) - 1
    for letter in other:
        met = rows & places.get(letter, 0)
        rows = (rows + met) | (rows - met)
    return (~rows & whole).bit_count()


def first_prose(segments: list[Segment], body: range) -> int:
    """The place of the first long paragraph of the body, or of the first of its questions; its last segment without both."""
    long = (index for index in body if segments[index].open and segments[index].kind == "paragraph")
    first = next((index for index in long if segments[index].length > LONG), body.stop - 1)
    asked = [index for index in range(body.start, first) if segments[index].open and asks(segments[index])]
    if not asked:
        return first
    # One that asks in front of the text may be a deck; several of one look are a talk's.
    looks = asking_looks(segments[index] for index in body)
    return next((index for index in asked if looks[look(segments[index])] >= LEAST_ASKED), first)


def opens_talk(segment: Segment) -> bool:
    """Whether, of what :func:`first_prose` gives, it is a question and no text: nothing of the head stands there or below."""
    return segment.length <= LONG and segment.open and asks(segment)


def site_in_title(declared: Declared) -> str:
    """The site's name behind the page's title, where no other place declares it; ``""`` when the title has one part."""
    parts = _SUFFIX.split(declared.titles[-1]) if declared.titles else []
    return parts[-1] if len(parts) > 1 and len(parts[-1].split()) <= 4 and len(parts[0].split()) >= 3 else ""


def without_site(declared: Declared) -> str:
    """The declared title without the site's name in front of or behind it."""
    if not declared.titles:
        return ""
    title = declared.titles[0]
    parts = _SUFFIX.split(title)
    if len(parts) > 1 and declared.publication and fold_name(parts[-1]) == fold_name(declared.publication):
        return title[: title.rfind(parts[-1])].rstrip(" |·•»–—:-")
    if len(declared.titles) == 1 and len(parts) > 1 and len(parts[-1].split()) <= 4 and len(parts[0].split()) >= 3:
        return title[: title.rfind(parts[-1])].rstrip(" |·•»–—:-")
    return title


def kicker_length(segment: Segment, declared: Declared) -> int:
    """Characters of the kicker with which the element of a headline begins; 0 when it begins with none.

    The kicker is a first element inside the heading without which one of the page's titles is written, or that is called one.
    """
    tag = segment.element
    first = _first_part(tag) if tag is not None else None
    if first is None:
        return 0
    words = fold(first.get_text(" "))
    behind = segment.text.removeprefix(words).lstrip()
    rest = behind.strip(" :|–—-")
    if not 0 < len(words.split()) <= KICKER_WORDS or not segment.text.startswith(words) or len(rest.split()) < 2:
        return 0
    headline = fold_name(rest)
    # "Interview: The Last Lampist" may be the whole headline, mark included, or a kicker and a headline.
    printed = words.endswith(_MARKS) or behind.startswith(_MARKS)
    # "Kollaps der Bank: Notenbank räumt ein" in the head, and on the page in two elements without a mark.
    marked = re.compile(rf"\s*{re.escape(words)}\s*[:|–—]\s", re.IGNORECASE)
    bare = [(title, fold_name(_SUFFIX.split(title)[0])) for title in declared.titles]
    told = any(marked.match(title) and fold_name(segment.text) in (fold_name(title), name) for title, name in bare)
    parted = any(fold_name(title) == headline for title in declared.titles) or (told and not printed)
    called = any(named(attribute(first, name), "kicker") for name in ("class", "data-testid", "data-target-id"))
    whole = printed and any(fold_name(title) == fold_name(segment.text) for title in declared.titles)
    return len(words) if parted or (called and not whole) else 0


def _first_part(tag: Tag) -> Tag | None:
    """The first of several elements that a heading consists of, inside of those that hold all its words."""
    while True:
        inside = [each for each in tag.children if isinstance(each, Tag) or str(each).strip()]
        if len(inside) != 1 or not isinstance(inside[0], Tag):
            break
        tag = inside[0]
    first = inside[0] if len(inside) > 1 else None
    return first if isinstance(first, Tag) and first.name not in ("br", "em", "i", "a", "img", "sup", "q") else None
