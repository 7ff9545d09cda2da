"""Crossheads that a page writes as short paragraphs between those of its text: bold, in capitals, marked, or called so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from exporter.model import Inline, LineBreak
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.vocabulary import cues, named, words
from exporter.readers.segments.emphasis import emphasis_of
from exporter.readers.segments.inlines import lines
from exporter.readers.segments.parts import part_of
from exporter.readers.segments.rule import Rule, first_rule
from exporter.readers.segments.segment import Segment, text_of

MOST_WORDS = 18
"""A crosshead is no longer than this."""
LEAST_TEXT = 12
"""Words of a paragraph that is running text even where it ends in no sign."""
MOST_PLAIN = 10
"""Words of a line that its class alone makes a crosshead."""
ALONE = 8
"""Words of a line that may be the only crosshead of an article."""
LEAST_ALIKE = 2
"""Lines of one class, worn by nothing else, that are crossheads for it alone."""
LEAST_ITALIC = 3
"""Short lines in italics that are crossheads: of two, one may be a note."""
BEFORE, BEHIND = 2, 1
"""Paragraphs of running text that stand before and behind an only crosshead."""

_BOLD = frozenset({"bold", "bolder", "semibold", "strong", "heavy", "fett", "negrita", "gras", "grassetto"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_MARKED = re.compile(r"^(?:[■◆◇□▼▶►●◎★☆◼◾▲△]\s*\S|[【〔《].{2,40}[】〕》]$)")
_ENDS = '.!?…。！？،؟।:;"”“»’)'
_NEVER_ENDS = (",", ";", "…", "...", "،", "؛", "、", "·")
_SENTENCE = (".", "。", "!", "！", ":", "：", "।")
_OPENS_QUOTE = ("“", "„", "«", "»", '"', "‘", "'", "「", "『", "–", "—")
_CLOSES_QUOTE = ("”", "“", "»", "«", '"', "’", "」", "』")


def find_bold_crossheads(segments: list[Segment]) -> list[Segment]:
    """Settles the lines that head what stands behind them, in an article without turns; gives the segments with these.

    Lines of one kind are crossheads where there are two of them, or where the page calls one so; a bold line also alone,
    when it is short and in the midst of running text. The first line of a paragraph is a segment of its own where it is one.
    """
    if any(segment.became in ("question", "answer") for segment in segments):
        return segments
    parts = [_lines_apart(segment) for segment in segments]
    _settle([part for each in parts for part in each if part.open and (part.text or part.kind in _SHOWN)])
    return [
        part
        for segment, cut in zip(segments, parts, strict=True)
        for part in (cut if any(each.became for each in cut) else [segment])
    ]


def _lines_apart(segment: Segment) -> list[Segment]:
    """A paragraph cut before and behind each bold line of it, where it begins with one; else as it is.

    Of a list with one entry, the entry: systems that know no crossheads are made to set one so.
    """
    if segment.kind == "list" and segment.open and _is_one_line(segment):
        return segment.segments
    rows = [row for row in lines(segment.inlines) if text_of(row)] if segment.open else []
    bold = [emphasis_of(row) == "bold" for row in rows]
    if segment.kind != "paragraph" or len(rows) < 2 or not bold[0] or all(bold):
        return [segment]
    made: list[list[Inline]] = []
    for place, row in enumerate(rows):
        if place == 0 or bold[place] or bold[place - 1]:
            made.append(list(row))
        else:
            made[-1] += [LineBreak(), *row]
    return [part_of(segment, tuple(part)) for part in made]


def _is_one_line(listed: Segment) -> bool:
    """Whether a list has one entry, or one term and nothing said of it; the number of a counted one would be lost."""
    ordered = listed.element is not None and listed.element.name == "ol"
    return not ordered and len(listed.segments) == 1 and listed.segments[0].text == listed.text


def _settle(flow: list[Segment]) -> None:
    found = [(rule, place) for place in range(len(flow)) if (rule := _rule(flow, place))]
    told = Counter(fold_name(flow[place].text) for _, place in found)
    found = [(rule, place) for rule, place in found if told[fold_name(flow[place].text)] == 1]
    for rule, alike in groupby(sorted(found), key=lambda each: each[0]):
        for place in _of_crossheads(rule, [place for _, place in alike], flow):
            flow[place].settle("crosshead", rule)
            flow[place].kind = "heading"


_OTHER_LINES = (
    "caption",
    "credit",
    "byline",
    "dateline",
    "kicker",
    "attribution",
    "tags",
    "share",
    "read_more",
    "author",
)
"""Kinds of name of lines that stand between paragraphs and head nothing."""
_SHOWN = frozenset({"figure", "embed", "table"})


def _of_crossheads(rule: str, places: list[int], flow: list[Segment]) -> list[int]:
    """Which of the lines of one kind are crossheads: by their number, their share of the text, their ends."""
    if rule == "called-crosshead":
        return places if any(map(_runs, flow[: places[-1]])) else []
    if len(places) * 2 > sum(bool(segment.text) for segment in flow):
        return []
    if rule == "line-of-its-own-class":
        return _worn_by_crossheads(places, flow)
    if rule == "italic-line" and len(places) < LEAST_ITALIC:
        return []
    if len(places) == 1:
        return places if rule == "bold-line" and _stands_amid(places[0], flow) else []
    return [
        place
        for place in places
        if not flow[place].text.endswith(_SENTENCE) or (len(places) > 2 and len(flow[place].text.split()) <= ALONE)
    ]


def _worn_by_crossheads(places: list[int], flow: list[Segment]) -> list[int]:
    """Of lines that nothing marks but their class: those whose class two or more of them wear, and nothing else does."""
    found = Counter(flow[place].dress.own for place in places)
    worn = Counter(segment.dress.own for segment in flow if segment.text)
    return [place for place in places if found[own := flow[place].dress.own] >= LEAST_ALIKE and found[own] == worn[own]]


def _stands_amid(place: int, flow: list[Segment]) -> bool:
    """Whether one short line without a sign at its end has running text enough on both sides."""
    text = flow[place].text
    before, behind = (sum(map(_runs, part)) for part in (flow[:place], flow[place + 1 :]))
    return len(text.split()) <= ALONE and text[-1:] not in _ENDS and before >= BEFORE and behind >= BEHIND


def _runs(segment: Segment) -> bool:
    """Whether the segment is running text."""
    return segment.kind == "paragraph" and segment.word_count > LEAST_TEXT and emphasis_of(segment.inlines) != "bold"


def _rule(flow: list[Segment], place: int) -> str:
    """The rule by which a segment may be a crosshead, ``""`` for none: what heads nothing is none."""
    line = flow[place]
    if line.kind != "paragraph" or not 0 < line.word_count <= MOST_WORDS or line.link_density > 0.3:
        return ""
    folded = line.text.strip(" :.…!").casefold()
    if not any(map(str.isalpha, folded)) or folded in cues("read_more") | cues("furniture_lines") | cues("byline"):
        return ""
    if line.text.rstrip().endswith(_NEVER_ENDS) or _is_speech(line.text) or not place:
        return ""
    return first_rule(CROSSHEAD_RULES, line) if _heads(line, flow[place + 1 : place + 4]) else ""


def _is_speech(text: str) -> bool:
    """Whether the words go on in, or come out of, a quotation whose other end is elsewhere."""
    return text.rstrip().endswith(_CLOSES_QUOTE) and not text.startswith(_OPENS_QUOTE)


def _heads(line: Segment, behind: Iterable[Segment]) -> bool:
    """Whether running text stands behind the line, or a list, a quotation, a table; pictures may stand between."""
    following = next((each for each in behind if each.kind not in ("figure", "embed", "rule")), None)
    if following is None:
        return False
    if following.kind != "paragraph":
        return following.kind in ("list", "quote", "table", "heading", "preformatted")
    if following.dress == line.dress and emphasis_of(following.inlines) == emphasis_of(line.inlines):
        return _is_marked(line) and following.word_count > LEAST_TEXT
    whole = following.word_count > LEAST_TEXT or (following.word_count > 2 and following.text.rstrip()[-1:] in _ENDS)
    return whole and emphasis_of(following.inlines) != "bold"


# ------------------------------------------------------------------------------------------------------- how a line is set


def _worn(line: Segment) -> Iterator[str]:
    """Names and styles of the element, and of the elements around all of its words."""
    yield from line.dress.own[1:]
    yield from line.dress.inner or ()


def _is_called(line: Segment) -> bool:
    return any(named(worn, "crosshead") for worn in _worn(line))


def _has_own_class(line: Segment) -> bool:
    """Whether a plain line of a few words, without a sign at its end, is in an element with a class."""
    if line.word_count > MOST_PLAIN or line.links or not any(line.dress.own[1:]) or line.text[-1:] in _ENDS:
        return False
    return line.dress.own[0] in ("p", "div") and not any(line.is_named(kind) for kind in _OTHER_LINES)


def _is_bold(line: Segment) -> bool:
    if emphasis_of(line.inlines) == "bold":
        return True
    return any(_BOLD_STYLE.search(worn) or not _BOLD.isdisjoint(words(worn).split()) for worn in _worn(line))


def _is_marked(line: Segment) -> bool:
    return bool(_MARKED.match(line.text)) and not line.text.endswith("。")


CROSSHEAD_RULES: tuple[Rule[Segment], ...] = (
    Rule("called-crosshead", _is_called),
    Rule("bold-line", _is_bold),
    Rule("line-in-capitals", lambda line: emphasis_of(line.inlines) == "caps" and line.word_count > 2),
    Rule("underlined-line", lambda line: "u" in (line.dress.inner or ())),
    Rule("marked-line", _is_marked),
    Rule("term-alone", lambda line: line.element is not None and line.element.name == "dt"),
    Rule("italic-line", lambda line: emphasis_of(line.inlines) == "italic" and line.word_count <= ALONE),
    Rule("line-of-its-own-class", _has_own_class),
)
"""How pages set a line that is a crosshead, the surest first."""
