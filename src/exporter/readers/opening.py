"""The head of the article: headline, kicker, deck, byline. The page's own words win over what its head declares."""

from __future__ import annotations

import re

from msgspec import Struct, field

from exporter.model import Inline, Text
from exporter.readers.credits import like_name, split
from exporter.readers.dates import in_words
from exporter.readers.inlines import lines
from exporter.readers.metadata import Declared
from exporter.readers.people import only_people
from exporter.readers.pieces import Piece, text_of
from exporter.readers.titles import HEADLINE_WORDS, best_headline, first_prose, similarity, without_site
from exporter.readers.tones import asks, tone_of
from exporter.readers.vocabulary import WORDS, Cue, cues, named
from exporter.readers.voices import drop, fold_name, label_of

DECK_WORDS = 90
"""A deck is no longer than this."""
_BY = Cue("byline", rf"^\W*{WORDS}\s*:?\s+(?P<who>\S.*)$", re.DOTALL)
_INTERVIEW_BY = re.compile(
    r"\binterview\w*\s+(?:von|by|par|de|di|door|por)\s+(?P<who>[^\W\d_]\S*(?:\s[^\W\d_]\S*){0,3}?)"
    r"(?=\s+(?:mit|with|avec|con|met|com)\b|[.,]|$)",
    re.IGNORECASE,
)
_CONVERSES = re.compile(
    r"im gespräch mit|in conversation with|talks? to|spoke to|entretien|conversa|gesprek|\binterview", re.IGNORECASE
)
_A_DATE = re.compile(
    r"^\W*(?:\w+,?\s+){0,3}(?:\d{1,2}[./\- ]{1,2}(?:\d{1,2}|[^\W\d_]{3,10})[./\- ]{1,2}\d{2,4}"
    r"|[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d{2}-\d{2}|[^\W\d_]{3,10} \d{4})\b"
)
_NAMES_END = re.compile(r"\s*(?:[|•·\n]|\s[–—-]\s|,?\s+\d{1,2}[./]\d|,?\s+(?:on|am|le|el)\s+\d|\d{4}).*$", re.DOTALL)


class Opening(Struct):
    """The pieces that open the article. ``origin`` is ``"page"`` or where the headline was taken from instead."""

    headline: tuple[Inline, ...] = ()
    kicker: tuple[Inline, ...] = ()
    deck: tuple[Inline, ...] = ()
    byline: tuple[Inline, ...] = ()
    dateline: str = ""
    dated: list[str] = field(default_factory=list)
    origin: str = "page"
    place: int = -1


def find_opening(pieces: list[Piece], body: range, declared: Declared, opening: Opening) -> Opening:
    """Settles the pieces of the head among ``pieces``, as far as ``opening`` does not know them yet.

    ``body`` is the span of the article's body.
    """
    if not opening.headline:
        _headline(pieces, body, declared, opening)
    if not opening.deck:
        _deck(pieces, body, declared, opening)
    if not opening.kicker:
        _kicker(pieces, opening)
    if not opening.byline:
        _byline(pieces, body, declared, opening)
    if not opening.dateline:
        _dateline(pieces, body, opening)
    return opening


# ---------------------------------------------------------------------------------------------------------------- headline


def _headline(pieces: list[Piece], body: range, declared: Declared, opening: Opening) -> None:
    place = best_headline(pieces, body, declared)
    if place is not None:
        piece, opening.place = pieces[place], place
        piece.settle("headline", "headline")
        opening.headline, opening.byline = _without_byline(piece.inlines)
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


def _without_byline(inlines: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """A headline without the "by X" in its last line, and X."""
    rows = lines(inlines)
    found = _BY.match(text_of(rows[-1])) if len(rows) == 2 and rows[0] else None
    if found is None or not _is_person(_names(found["who"])):
        return inlines, ()
    return rows[0], drop(rows[1], found.start("who"))


# -------------------------------------------------------------------------------------------------------------------- deck


def _deck(pieces: list[Piece], body: range, declared: Declared, opening: Opening) -> None:
    limit = first_prose(pieces, body)
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
        or ((label := label_of(piece)) is not None and label.role == "question")
        or split(piece.text)[1]
    ):
        return 0.0
    alike = similarity(piece.text, declared.description, least=0.75) if declared.description else 0.0
    near = opening.place >= 0 and 0 < index - opening.place <= 4
    inside = index in body
    score = 0.0
    if named(piece.names.strip(), "deck"):
        score += 0.7 if not inside or (near and not _runs_on(pieces, index)) else 0.35
    if alike >= 0.75 or _begins_alike(piece.text, declared.description):
        score += 0.5 if not inside or piece.kind == "heading" else 0.2
    if piece.kind == "heading" and near and piece.level > 1 and not _opens_turn(pieces, index):
        score += 0.65
    if not inside and near and piece.word_count >= 7 and opening.place >= 0:
        score += 0.3
        whole = piece.word_count >= 12 and piece.text.rstrip()[-1:] in '.!?…”"' and piece.link_density < 0.1
        score += 0.35 if whole and index - opening.place <= 2 else 0.0
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
    tone = tone_of(piece.inlines)
    if piece.kind != "paragraph" or piece.word_count > 45 or asks(piece.text) or tone == "plain":
        return False
    if (
        sum(each.kind == "paragraph" and each.open and tone_of(each.inlines) == tone for each in pieces[index + 1 :])
        > 2
    ):
        return False
    before = [each for each in pieces[:index] if each.open and each.kind == "paragraph" and each.word_count > 25]
    following = next((each for each in pieces[index + 1 :] if each.open and each.kind == "paragraph"), None)
    return not before and following is not None and tone_of(following.inlines) == "plain" and following.word_count > 6


def _runs_on(pieces: list[Piece], index: int) -> bool:
    """Whether a paragraph stands among others in one box: the first of the text, whatever its name."""
    element = pieces[index].element
    following = pieces[index + 1].element if index + 1 < len(pieces) else None
    if element is None or following is None or element.name != "p" or following.name != "p":
        return False
    alike = pieces[index].dress == pieces[index + 1].dress or " speakable " in pieces[index].names
    return alike and element.parent is following.parent


def _begins_alike(text: str, description: str) -> bool:
    a, b = fold_name(text), fold_name(description)
    return len(b) >= 40 and len(a) >= 40 and a[:40] == b[:40]


def _opens_turn(pieces: list[Piece], index: int) -> bool:
    """Whether a heading is one of two or more of its level, so a crosshead or question rather than a deck."""
    piece = pieces[index]
    return (
        piece.text.rstrip().endswith("?")
        or sum(
            1
            for each in pieces
            if each.kind == "heading" and each.level == piece.level and each.dress == piece.dress and each.open
        )
        > 1
    )


# ------------------------------------------------------------------------------------------------------------------- kicker


def _kicker(pieces: list[Piece], opening: Opening) -> None:
    for index in range(max(opening.place - 3, 0), max(opening.place + 2, 0)):
        piece = pieces[index] if index < len(pieces) else None
        if piece is not None and piece.open and 0 < piece.word_count <= 8 and _is_kicker(piece):
            piece.settle("kicker", "kicker")
            opening.kicker = piece.inlines
            return


def _is_kicker(piece: Piece) -> bool:
    """A line named a kicker, or one that says what is to come and nothing else: "Interview"."""
    says = piece.kind in ("paragraph", "heading") and fold_name(piece.text) in cues("interview")
    return bool(piece.inlines) and (says or named(piece.names.strip(), "kicker"))


# ------------------------------------------------------------------------------------------------------------------- byline


def _byline(pieces: list[Piece], body: range, declared: Declared, opening: Opening) -> None:
    limit = min(first_prose(pieces, body) + 1, len(pieces))
    head = range(max(opening.place - 6, 0), limit)
    if opening.byline:
        return
    for span, rule in ((head, "byline"), (reversed(body), "closing-byline")):
        for index in span:
            found = _byline_at(pieces, index, declared, rule == "byline")
            if found:
                pieces[index].settle("byline", rule)
                opening.byline = found
                return


def _byline_at(pieces: list[Piece], index: int, declared: Declared, in_head: bool) -> tuple[Inline, ...]:
    """The names in the byline that the piece is, ``()`` when it is none."""
    piece = pieces[index]
    if piece.open and piece.kind == "list" and in_head and piece.word_count <= 16:
        return next((found for inner in piece.pieces if (found := _after_cue(inner))), ())
    if not piece.open or piece.word_count > 24 or piece.kind not in ("paragraph", "heading"):
        return ()
    named_above = index > 0 and _is_cue(pieces[index - 1]) and _is_person(piece.text) and not asks(piece.text)
    if named_above:
        pieces[index - 1].settle("byline", "byline-label")
        return piece.inlines
    if not in_head:
        return _after_cue(piece) if piece.word_count <= 10 else ()
    return _after_cue(piece) or _marked_byline(piece, declared) or _interview_by(piece)


def _is_cue(piece: Piece) -> bool:
    return piece.open and piece.text.strip(" :|").casefold() in cues("byline")


def _after_cue(piece: Piece) -> tuple[Inline, ...]:
    """The name behind a cue, as in "By X" or "Interview: X"."""
    found = _BY.match(piece.text)
    if found is None or piece.word_count > 14 or not _is_person(_names(found["who"])):
        return ()
    return _from(piece, found.start("who"), found["who"])


def _marked_byline(piece: Piece, declared: Declared) -> tuple[Inline, ...]:
    """A piece that its markup calls the byline, or that is the declared author's name."""
    folded = f" {fold_name(piece.text)} "
    known = any(f" {fold_name(name)} " in folded for name in declared.authors if name)
    marked = named(piece.names.strip(), "byline") or _links_author(piece)
    like = _is_person(_names(piece.text))
    if marked and (like or known or _CONVERSES.search(piece.text)) and not _is_cue(piece):
        return _from(piece, 0, piece.text) if like else bare_byline(piece.inlines)
    return bare_byline(piece.inlines) if known and piece.word_count <= 8 else ()


def _links_author(piece: Piece) -> bool:
    return piece.element is not None and piece.element.find(True, attrs={"rel": "author"}) is not None


def _interview_by(piece: Piece) -> tuple[Inline, ...]:
    """The name in a sentence such as "An interview by X with Y"."""
    found = _INTERVIEW_BY.search(piece.text)
    return (Text(found["who"].strip()),) if found and like_name(found["who"]) else ()


def _names(text: str) -> str:
    dated = in_words(text, "")
    return _NAMES_END.sub("", text[: dated.start] if dated and dated.start else text).strip(" .,")


def _is_person(text: str) -> bool:
    """Whether a line may be the name of a person or an editorial office."""
    return (
        (like_name(text) or only_people(text))
        and not any(each.isdigit() for each in text)
        and text.casefold() not in cues("byline")
    )


def _from(piece: Piece, start: int, who: str) -> tuple[Inline, ...]:
    """The names in the piece, from ``start`` on, without the date that may follow."""
    from exporter.readers.voices import take

    return take(drop(piece.inlines, start), len(_names(who)))


def bare_byline(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The names of a byline, without the "By" in front."""
    found = _BY.match(text_of(inlines))
    return drop(inlines, found.start("who")) if found else inlines


# ----------------------------------------------------------------------------------------------------------------- dateline


def _dateline(pieces: list[Piece], body: range, opening: Opening) -> None:
    """Lines above the first paragraph: a place, those that hold a date and little else, the label "Date" before one."""
    for index in range(max(opening.place - 4, 0), first_prose(pieces, body)):
        piece = pieces[index]
        if not piece.open or piece.word_count > 12 or piece.kind != "paragraph":
            continue
        if piece.text.strip(" :").casefold() in cues("date_label"):
            piece.settle("dateline", "date-label")
        elif (_is_timed(piece) or _A_DATE.search(piece.text)) and "?" not in piece.text:
            piece.settle("dateline", "date")
            opening.dateline = opening.dateline or piece.text
            opening.dated.append(piece.text)
        elif " dateline " in piece.names and like_name(piece.text) and piece.word_count <= 4:
            piece.settle("dateline", "place")
            opening.dateline = piece.text
    opening.dated.extend(_dated_near(pieces, opening.place))


def _dated_near(pieces: list[Piece], place: int) -> list[str]:
    """Short lines around the headline that may hold its date among other words: a byline, a line of the page's furniture."""
    near = [*range(place + 1, place + 5), place - 1, place - 2] if place >= 0 else []
    return [
        pieces[index].text
        for index in near
        if 0 <= index < len(pieces)
        and pieces[index].kind in ("paragraph", "heading", "furniture")
        and pieces[index].word_count <= 16
        and pieces[index].rule not in _NOT_ITS_OWN
        and any(each.isdigit() for each in pieces[index].text)
    ]


_NOT_ITS_OWN = frozenset(["related", "comments", "advert", "navigation", "date", "deck", "headline"])
"""Rules whose lines are of something else than the article, or are known already."""


def _is_timed(piece: Piece) -> bool:
    return (
        piece.element is not None
        and (piece.element.name == "time" or named(piece.names.strip(), "dateline"))
        and any(each.isdigit() for each in piece.text)
    )
