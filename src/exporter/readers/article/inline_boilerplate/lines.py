"""Single lines of a site's inside the article: told by their own words, or by where they stand."""

from __future__ import annotations

import re

from msgspec import Struct

from exporter.readers.article.invitations.pitches import is_short
from exporter.readers.lexicon.folding import fold_case
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues
from exporter.readers.segments.inlines import lines
from exporter.readers.segments.rule import Rule
from exporter.readers.segments.segment import Segment, text_of

_PLAYER = Cue(
    "play", rf"\W*(?:{WORDS}\W*)+(?:\d{{1,2}}:)?\d{{1,2}}:\d\d(?:\W+(?:\d{{1,2}}:)?\d{{1,2}}:\d\d)?\W*", within=True
)
"""What a player says before it plays: "Listen 1:33:01"."""
_READING_TIME = Cue(
    "reading_time",
    rf"{WORDS}|\b\d+\s*(?:min|minutes?|minuten)\b\W*(?:read|de lectura|de lecture)",
    needed=False,
    within=True,
)
CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
"""A time of a recording, as an expression."""
_CONTINUES = Cue("continues", rf"^\W*{WORDS}(?:(?!\w)|(?<=[\u3040-\uffff]))")
"""What leads a reader past an advertisement or a picture: "The article continues below the picture"."""
_COMMENTED = Cue("commented", rf"\W*(?:{WORDS}\W{{0,3}}\d[\d.,]*|\d[\d.,]*\W{{0,3}}{WORDS})\W*", within=True)
_TAGGED = Cue("tag_label", rf"^\W*{WORDS}\s*[:：]")
_ADDRESS = re.compile(r"\W*[\w.+-]+@[\w-]+\.[\w.-]+\W*")
"""Nothing but an address: that of the reporter, below the text."""
_PLAYED = re.compile(rf"\W*{CLOCK}\s*/\s*{CLOCK}\W*")
"""Where a player stands in what it plays: "0:00 / 24:10"."""
_PRINTED = re.compile(r"^(?:[^\s:]+[\s:]+){0,4}https?://\S+(?:\s+\S+){0,8}$")
"""The address of the page among few words: "Printed from https://… on 3 May 2024"."""
LONGEST_PRINTED = 24
"""Words of such a line, parts of the address counted apart."""
MENU_SHARE, LEAST_MENU, LONGEST_MENU_LINE = 0.8, 3, 4
"""Share of a menu in links; its lines, at least; words of one."""
_COUNTER = re.compile(r"\d{1,3} ?/ ?\d{1,3}")
"""Which of a gallery's pictures is shown: "1/12"."""
_CROSSES = frozenset("×✕✖╳")
"""What closes a window over the page."""
LONGEST_POINTER = 12
"""Words of a line that says that the article continues below something."""


class Line(Struct, frozen=True):
    """A segment, whether running text stands before and behind it, and whether all of it stands before."""

    segment: Segment
    between: bool
    below: bool = False

    @property
    def is_short(self) -> bool:
        """Whether it is a paragraph of a line or two."""
        return is_short(self.segment)


def _only_boilerplate_words(text: str) -> bool:
    """Whether a short line is a row of buttons: "WhatsApp  Facebook  Print"."""
    found = [word.strip("|·•,").casefold() for word in text.split()]
    found = [word for word in found if word]
    # One such word alone, as "Facebook", may be a crosshead.
    return 2 <= len(found) <= 10 and all(word in cues("furniture_lines") for word in found)


def _bare(segment: Segment) -> str:
    return fold_case(segment.text.strip(" :.…!?|»«>-＜＞【】［］〈〉"))


def _is_boilerplate_line(line: Line) -> bool:
    said = _bare(line.segment)
    return line.segment.kind in ("paragraph", "heading") and (said in cues("furniture_lines") or said in _CROSSES)


def _continues(line: Line) -> bool:
    """Whether a line only says that the article goes on below, or how many comments there are on it."""
    segment = line.segment
    if segment.kind not in ("paragraph", "heading") or segment.word_count > LONGEST_POINTER:
        return False
    return bool(_CONTINUES.match(segment.text)) or bool(_COMMENTED.fullmatch(segment.text))


def _shares(line: Line) -> bool:
    return line.segment.kind == "paragraph" and _only_boilerplate_words(line.segment.text)


def _tells_reading_time(line: Line) -> bool:
    return line.is_short and line.segment.word_count <= 8 and bool(_READING_TIME.search(line.segment.text))


def _is_tagged(line: Line) -> bool:
    return line.is_short and bool(_TAGGED.match(line.segment.text))


def _is_menu(line: Line) -> bool:
    """Several links on lines of their own before or behind the text, as pages laid out with tables set their menus."""
    segment = line.segment
    rows = lines(segment.inlines) if segment.kind == "paragraph" and not line.between else []
    linked = segment.link_density > MENU_SHARE and len(rows) >= LEAST_MENU
    return linked and all(len(text_of(row).split()) <= LONGEST_MENU_LINE for row in rows)


def _prints_address(line: Line) -> bool:
    """Whether a line around the text says where the page was printed from: hardly a word but an address and a date."""
    segment = line.segment
    found = _PRINTED.search(segment.text) if segment.kind == "paragraph" and not line.between else None
    return found is not None and segment.word_count <= LONGEST_PRINTED and not segment.links


OWN_WORDS: tuple[Rule[Line], ...] = (
    Rule("furniture-line", _is_boilerplate_line),
    Rule("furniture-line", _continues),
    Rule("share-line", _shares),
    Rule("reading-time", _tells_reading_time),
    Rule("player-time", lambda line: line.is_short and bool(_PLAYER.fullmatch(line.segment.text))),
    Rule("player-time", lambda line: line.is_short and bool(_PLAYED.fullmatch(line.segment.text))),
    Rule("tags", _is_tagged),
    Rule("printed-address", _prints_address),
    Rule("address-alone", lambda line: line.below and bool(_ADDRESS.fullmatch(line.segment.text))),
    Rule("picture-counter", lambda line: line.is_short and bool(_COUNTER.fullmatch(line.segment.text))),
    Rule("link-list", _is_menu),
)
"""By which a line is the site's, whatever stands beside it."""
