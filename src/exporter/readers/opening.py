"""The head of the article: headline, kicker, deck, byline. The page's own words win over what its head declares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from exporter.model import Inline, Text
from exporter.readers import credits, interview
from exporter.readers.metadata import Declared
from exporter.readers.pieces import Piece
from exporter.readers.vocabulary import cue_pattern, named
from exporter.readers.voices import drop, fold_name

DECK_WORDS = 90
"""A deck is no longer than this."""
HEADLINE_WORDS = 40

_SUFFIX = re.compile(r"\s+(?:[|·•»–—:]|-{1,2})\s+")
_BY = re.compile(rf"^\W*(?:{cue_pattern('byline')})\s*:?\s+(?P<who>\S.*)$", re.IGNORECASE | re.DOTALL)
_NAMES_END = re.compile(r"\s*(?:[|•·\n]|\s[–—-]\s|,?\s+\d{1,2}[./]\d|,?\s+(?:on|am|le|el)\s+\d|\d{4}).*$", re.DOTALL)


@dataclass(slots=True)
class Opening:
    """The pieces that open the article. ``origin`` is ``"page"`` or where the headline was taken from instead."""

    headline: tuple[Inline, ...] = ()
    kicker: tuple[Inline, ...] = ()
    deck: tuple[Inline, ...] = ()
    byline: tuple[Inline, ...] = ()
    origin: str = "page"
    place: int = -1


def find_opening(pieces: list[Piece], body: range, declared: Declared) -> Opening:
    """Settles the pieces of the head among ``pieces``; ``body`` is the span of the article's body."""
    opening = Opening()
    _headline(pieces, body, declared, opening)
    _deck(pieces, body, declared, opening)
    _kicker(pieces, opening)
    _byline(pieces, body, declared, opening)
    return opening


def similarity(one: str, other: str) -> float:
    """How alike two titles are, 0 to 1, punctuation and case apart."""
    a, b = fold_name(one), fold_name(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if (a in b or b in a) and min(len(a), len(b)) > 12:
        return 0.9
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


# ---------------------------------------------------------------------------------------------------------------- headline


def _headline(pieces: list[Piece], body: range, declared: Declared, opening: Opening) -> None:
    limit = _first_prose(pieces, body)
    candidates = [
        (index, piece) for index, piece in enumerate(pieces[: max(limit, body.start) + 1]) if _may_be_headline(piece)
    ]
    scored = [(_headline_score(piece, declared, index, body), index, piece) for index, piece in candidates]
    best = max(scored, key=lambda each: (each[0], each[1]), default=None)
    if best is not None and best[0] >= 0.5:
        _, opening.place, piece = best
        piece.settle("headline", "headline")
        opening.headline = piece.inlines
        for other in pieces:
            if (
                other is not piece
                and other.open
                and other.word_count <= HEADLINE_WORDS
                and fold_name(other.text) == fold_name(piece.text)
            ):
                other.leave_out("repeated-headline")
        return
    title = without_site(declared)
    if title:
        opening.headline, opening.origin = (Text(title),), "the page's metadata"


def _may_be_headline(piece: Piece) -> bool:
    return (
        piece.open
        and piece.kind in ("heading", "paragraph")
        and 0 < piece.word_count <= HEADLINE_WORDS
        and bool(piece.inlines)
    )


def _is_site_name(text: str, declared: Declared) -> bool:
    """Whether the text is the site's name: as declared, or what stands behind the title of the page."""
    named_site = fold_name(text)
    behind = [parts[-1] for title in declared.titles if len(parts := _SUFFIX.split(title)) > 1]
    return named_site == fold_name(declared.publication) or any(named_site == fold_name(part) for part in behind)


def _headline_score(piece: Piece, declared: Declared, index: int, body: range) -> float:
    alike = max((similarity(piece.text, title) for title in declared.titles), default=0.0)
    score = alike if alike >= 0.6 else 0.0
    if piece.kind == "heading":
        score += 0.55 if piece.level == 1 else 0.25 if piece.level == 2 else 0.1
    if _is_site_name(piece.text, declared):
        score -= 1.0
    if (
        " headline " in piece.names
        or "entry title" in piece.names
        or "article title" in piece.names
        or "post title" in piece.names
    ):
        score += 0.2
    return score


def _first_prose(pieces: list[Piece], body: range) -> int:
    for index in body:
        if pieces[index].open and pieces[index].kind == "paragraph" and len(pieces[index].text) > 140:
            return index
    return body.stop - 1


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


# -------------------------------------------------------------------------------------------------------------------- deck


def _deck(pieces: list[Piece], body: range, declared: Declared, opening: Opening) -> None:
    limit = _first_prose(pieces, body)
    span = range(max(opening.place - 3, 0), min(limit + 2, len(pieces)))
    best: tuple[float, int] | None = None
    for index in span:
        score = _deck_score(pieces, index, body, declared, opening)
        if score >= 0.6 and (best is None or score > best[0]):
            best = (score, index)
    if best is not None:
        piece = pieces[best[1]]
        piece.settle("deck", "deck")
        opening.deck = piece.inlines


def _deck_score(pieces: list[Piece], index: int, body: range, declared: Declared, opening: Opening) -> float:
    piece = pieces[index]
    if (
        not piece.open
        or piece.kind not in ("paragraph", "heading")
        or not 3 <= piece.word_count <= DECK_WORDS
        or piece.link_density > 0.5
    ):
        return 0.0
    alike = similarity(piece.text, declared.description) if declared.description else 0.0
    near = opening.place >= 0 and 0 < index - opening.place <= 4
    inside = index in body
    score = 0.0
    if named(piece.names.strip(), "deck"):
        score += 0.7 if not inside or near else 0.35
    if alike >= 0.75 or _begins_alike(piece.text, declared.description):
        score += 0.5 if not inside or piece.kind == "heading" else 0.2
    if piece.kind == "heading" and near and piece.level > 1 and not _opens_turn(pieces, index):
        score += 0.65
    if not inside and near and piece.word_count >= 7 and opening.place >= 0:
        score += 0.3
    if inside and near and _is_set_apart(pieces, index):
        score += 0.65
    if (
        named(piece.names.strip(), "byline")
        or named(piece.names.strip(), "dateline")
        or named(piece.names.strip(), "caption")
    ):
        score -= 0.6
    return score


def _is_set_apart(pieces: list[Piece], index: int) -> bool:
    """A short bold or italic paragraph before the first plain one, which asks nothing: a deck inside the body."""
    piece = pieces[index]
    if piece.kind != "paragraph" or piece.word_count > 45 or "?" in piece.text or interview.tone_of(piece.inlines) == "plain":
        return False
    before = [each for each in pieces[:index] if each.open and each.kind == "paragraph" and each.word_count > 25]
    following = next((each for each in pieces[index + 1 :] if each.open and each.kind == "paragraph"), None)
    return not before and following is not None and interview.tone_of(following.inlines) == "plain" and following.word_count > 6


def _begins_alike(text: str, description: str) -> bool:
    a, b = fold_name(text), fold_name(description)
    return len(b) >= 40 and len(a) >= 40 and a[:40] == b[:40]


def _opens_turn(pieces: list[Piece], index: int) -> bool:
    """Whether a heading is one of several of its level, so a crosshead or question rather than a deck."""
    piece = pieces[index]
    return (
        piece.text.rstrip().endswith("?")
        or sum(
            1
            for each in pieces[index:]
            if each.kind == "heading" and each.level == piece.level and each.dress == piece.dress and each.open
        )
        > 2
    )


# ------------------------------------------------------------------------------------------------------------------- kicker


def _kicker(pieces: list[Piece], opening: Opening) -> None:
    for index in range(max(opening.place - 3, 0), max(opening.place + 2, 0)):
        piece = pieces[index] if index < len(pieces) else None
        if piece is not None and piece.open and 0 < piece.word_count <= 8 and named(piece.names.strip(), "kicker"):
            piece.settle("kicker", "kicker")
            opening.kicker = piece.inlines
            return


# ------------------------------------------------------------------------------------------------------------------- byline


def _byline(pieces: list[Piece], body: range, declared: Declared, opening: Opening) -> None:
    limit = min(_first_prose(pieces, body) + 1, len(pieces))
    for index in range(max(opening.place - 6, 0), limit):
        piece = pieces[index]
        if not piece.open or piece.word_count > 24 or piece.kind not in ("paragraph", "heading", "list"):
            continue
        if _is_byline(piece, declared):
            piece.settle("byline", "byline")
            opening.byline = opening.byline or bare_byline(piece.inlines)
            return
    _closing_byline(pieces, body, declared, opening)


def _is_byline(piece: Piece, declared: Declared) -> bool:
    marked = named(piece.names.strip(), "byline") or (
        piece.element is not None and piece.element.find(attrs={"rel": "author"}) is not None
    )
    folded = f" {fold_name(piece.text)} "
    known = any(f" {fold_name(name)} " in folded for name in declared.authors if name)
    found = _BY.match(piece.text)
    like = (
        found is not None and credits.like_name(_NAMES_END.sub("", found["who"])) and not credits.is_credit(piece.text)
    )
    return (
        (marked and (known or like or credits.like_name(_NAMES_END.sub("", piece.text))))
        or (like and piece.word_count <= 14)
        or (known and piece.word_count <= 8)
    )


def _closing_byline(pieces: list[Piece], body: range, declared: Declared, opening: Opening) -> None:
    """A byline behind the last paragraph: "Interview: X"."""
    for index in reversed(body):
        piece = pieces[index]
        found = _BY.match(piece.text) if piece.open and piece.kind == "paragraph" and piece.word_count <= 10 else None
        if found is not None and credits.like_name(found["who"].strip(" .")):
            piece.settle("byline", "closing-byline")
            opening.byline = bare_byline(piece.inlines)
            return


def bare_byline(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The names of a byline, without the "By" in front."""
    from exporter.readers.pieces import text_of

    text = text_of(inlines)
    found = _BY.match(text)
    return drop(inlines, found.start("who")) if found else inlines
