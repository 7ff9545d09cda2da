"""Quotation marks, apostrophes and primes: what the two straight marks of a keyboard stand for.

Each straight mark is judged by its neighbours (it opens, it closes, it could do both), then opening and closing ones are
paired; a pair within a pair gets the inner marks of the language. What is no pair is an apostrophe, a prime, or is left.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Literal

from exporter.typography.runs import Edit, Line
from exporter.typography.usage import Usage

_OPENERS = "([{¿¡-–—/\u2066\u2067\u2068\u200e\u200f"
_DASHES = "-–—"
_MARKS = re.compile('["“”„«»]')
_FEET = re.compile(r"\d['′]\d\d?\Z")
_DECADE = re.compile(r"\d\ds?(?!\w)")
_WORD = re.compile(r"\w+")
_HEBREW = re.compile(r"[\u05d0-\u05ea]")
_PREFIX = re.compile(r"(?<![\u05d0-\u05ea])[ושהכלבמ]{1,3}\Z")
"""The short words that Hebrew writes together with the next one, a quoted name too: ב"הארץ"."""
_QUOTED = re.compile(r"[\u05d0-\u05ea]{2}[^\"\n]*[^\s\"]\"(?![\u05d0-\u05ea])")

Side = Literal["opens", "closes"]


# -------------------------------------------------------------------------------------------------------------- double


def doubles(line: Line) -> Iterator[Edit]:
    """Double marks: quotations, inches, gershayim."""
    if '"' not in line.text:
        return
    sides: list[tuple[int, Side]] = []
    pending = 0
    for found in _MARKS.finditer(line.text):
        at, character = found.start(), found[0]
        usage = line.usage_at(at)
        if usage is None or not usage.quotes:
            continue
        hebrew = character == '"' and _between_hebrew(line.text, at)
        if hebrew and not _follows_prefix(line.text, at):
            yield Edit(at, at + 1, "״")
            continue
        told = character == '"' or (character == usage.quotes[0] == usage.quotes[1])  # by its neighbours: Swedish
        side = "opens" if hebrew else _side(line.text, at, pending) if told else _known_side(character, usage)
        if side == "closes" and character == '"' and _is_inch(line.text, at, pending):
            yield Edit(at, at + 1, "″")
        elif side:
            sides.append((at, side))
            pending = max(0, pending + (1 if side == "opens" else -1))
    yield from _paired(line, sides)


def _side(text: str, at: int, pending: int) -> Side | None:
    """What the mark does by its neighbours; None for one that stands alone between spaces."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    opens = bool(after.strip()) and (not before.strip() or before in _OPENERS or _opening_quote(before, after))
    closes = bool(before.strip()) and (before not in _OPENERS or before in _DASHES)
    if opens and closes and before not in _DASHES:
        return "opens"
    if opens and closes:
        return "closes" if pending else "opens"
    return "opens" if opens else "closes" if closes else None


def _is_inch(text: str, at: int, pending: int) -> bool:
    """After a figure where no quotation is open, or after feet: 6'2"."""
    return text[at - 1].isdecimal() and (not pending or _FEET.search(text, max(0, at - 4), at) is not None)


def _opening_quote(before: str, after: str) -> bool:
    return before in "'\"‘‚“„«" and after.isalnum()


def _known_side(character: str, usage: Usage) -> Side | None:
    """What a mark does that the author has set: only the outer ones, which count for those inside them."""
    return "opens" if character == usage.quotes[0] else "closes" if character == usage.quotes[1] else None


def _paired(line: Line, sides: list[tuple[int, Side]]) -> Iterator[Edit]:
    """The straight marks by their depth; around outer marks that the author has set, inner ones, to tell them apart."""
    ends = _pairs(sides)
    closing = {end: begin for begin, end in ends.items()}
    set_before = [at for at, _ in sides if line.text[at] != '"']
    depth, depths = 0, {}
    for at, side in sides:
        if at in closing:
            depth -= 1
            depths[at] = depth
        else:
            depths[at] = depth
            depth += at in ends
        if line.text[at] == '"':
            opener = closing.get(at, at)
            held = bisect_right(set_before, opener) < bisect_left(set_before, ends.get(opener, 0))
            yield from _marked(line, at, opener, side, 1 if held else depths[at] % 2)


def _pairs(sides: list[tuple[int, Side]]) -> dict[int, int]:
    """Place of an opening mark → place of the one that closes it."""
    found, waiting = {}, []
    for at, side in sides:
        if side == "opens":
            waiting.append(at)
        elif waiting:
            found[waiting.pop()] = at
    return found


def _marked(line: Line, at: int, opener: int, side: Side, level: int) -> Iterator[Edit]:
    """The mark at a level (0 outer, 1 inner) of the language that its quotation opens in."""
    usage = line.usage_at(opener)
    if usage:
        yield Edit(at, at + 1, usage.quotes[2 * level + (side == "closes")])


# -------------------------------------------------------------------------------------------------------------- single


def singles(line: Line) -> Iterator[Edit]:
    """Single marks: apostrophes above all, and quotations, feet, geresh. The double ones have been told before."""
    places = [found.start() for found in re.finditer("'", line.text) if line.usage_at(found.start())]
    kinds = [(at, _kind(line, at)) for at in places]
    heads: list[int] = []
    for (at, kind), following in zip(kinds, _followers(kinds), strict=True):
        if kind == "tail" and heads and not (following == "tail" and _is_plural(line.text, at)):
            yield from _pair(line, heads.pop(), at)
        elif kind == "head":
            heads.append(at)
        elif kind:
            yield Edit(at, at + 1, _apostrophe(line.text, at))
    for at in heads:  # what no other mark closes has lost letters, as in ’tis
        yield Edit(at, at + 1, "’")


def _followers(kinds: list[tuple[int, str]]) -> list[str]:
    """For each mark the kind of the next one that is not inside a word, or ``""``."""
    found: list[str] = []
    following = ""
    for _, kind in reversed(kinds):
        found.append(following)
        following = following if kind == "inside" else kind
    return found[::-1]


def _kind(line: Line, at: int) -> str:
    """``inside`` a word, ``head`` or ``tail`` of one, ``clipped`` at its head; empty for a mark that stands alone."""
    before, after = line.text[at - 1 : at] if at else "", line.text[at + 1 : at + 2]
    if "'" in (before, after):
        return ""
    usage = line.usage_at(at)
    if before.isalnum() and after.isalnum():
        return "tail" if "\uac00" <= after[:1] <= "\ud7a3" else "inside"  # Korean joins its particles to what is quoted
    if usage is None or not usage.quotes:
        return ""
    if before.strip() and before not in _OPENERS + "\"“„«'" and not after.isalnum():
        return "tail"
    if not before.isalnum() and (after.isalnum() or (after and after in '¿¡…("“„«')):
        return "clipped" if _is_clipped(line, at) else "head"
    return ""


def _pair(line: Line, opener: int, closer: int) -> Iterator[Edit]:
    """The inner marks of the language that the quotation opens in."""
    usage = line.usage_at(opener)
    if usage:
        yield Edit(opener, opener + 1, usage.quotes[2])
        yield Edit(closer, closer + 1, usage.quotes[3])


def _apostrophe(text: str, at: int) -> str:
    """After a figure a prime (6'2), after a Hebrew letter a geresh, else an apostrophe."""
    before = text[at - 1 : at] if at else ""
    after = text[at + 1 : at + 2]
    if before.isdecimal() and not after.isalpha():
        return "′"
    return "׳" if _HEBREW.match(before) else "’"


def _is_clipped(line: Line, at: int) -> bool:
    """Whether a word has lost its beginning here: '90s, 'tis, 's avonds."""
    usage, word = line.usage_at(at), _WORD.match(line.text, at + 1)
    lost = usage and word and word[0].lower() in usage.typography.clipped
    return bool(lost) or _DECADE.match(line.text, at + 1) is not None


def _is_plural(text: str, at: int) -> bool:
    """Whether this may be the genitive of a plural within a quotation: 'the writers' room is full'."""
    following = text[at + 1 : at + 3]
    return text[at - 1] == "s" and following[:1] == " " and following[1:].islower()


def _follows_prefix(text: str, at: int) -> bool:
    """Whether a quotation opens inside a Hebrew word, behind its prefix, and closes further on."""
    return _PREFIX.search(text[max(0, at - 4) : at]) is not None and _QUOTED.match(text, at + 1) is not None


def _between_hebrew(text: str, at: int) -> bool:
    return bool(at and _HEBREW.match(text[at - 1]) and _HEBREW.match(text[at + 1 : at + 2]))
