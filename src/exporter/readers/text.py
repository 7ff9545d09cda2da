"""The reader of plain text, such as a page that somebody copied out of a browser.

There is no markup to go by. A block is a run of lines between blank lines. Captions and credits are neighbouring short lines,
a pull quote is a paragraph in front of a line that names a person, and what the page repeats it says once.
"""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct

from exporter.corrections import corrections_of
from exporter.errors import ExtractionError
from exporter.model import Figure, Image, Inline, LineBreak, Text
from exporter.notices import notice
from exporter.readers.article import body, inline_boilerplate
from exporter.readers.article.byline.line import bare_byline
from exporter.readers.article.deck import DECK_WORDS
from exporter.readers.article.headline import HEADLINE_WORDS, REPEATED, Said
from exporter.readers.article.image_loader import ImageLoader
from exporter.readers.article.opening import Opening
from exporter.readers.article.quotes import ECHO, Words
from exporter.readers.assembly.corrected import CORRECTIONS
from exporter.readers.assembly.decisions import DECISIONS, compose
from exporter.readers.assembly.page import Page
from exporter.readers.lexicon.credits import is_credit, like_name, strip_lead
from exporter.readers.lexicon.folding import fold
from exporter.readers.lexicon.vocabulary import WORDS, Cue
from exporter.readers.metadata import Declared
from exporter.readers.pasted import unmarked
from exporter.readers.segments.rule import Rule, settle_by
from exporter.readers.segments.segment import Segment
from exporter.readers.sites.applied import Site
from exporter.results import Reading
from exporter.sources.encoding import decode
from exporter.sources.policy import DEFAULTS, ReadOptions
from exporter.sources.source import Source

CAPTION_WORDS = 45
"""Words: a longer line is no caption."""
QUOTE_WORDS = 60
"""Words: a longer paragraph is no pull quote."""
ATTRIBUTION_WORDS = 12

_BLANK = re.compile(r"\n[ \t\u00a0]*\n+")
_SPACES = re.compile(r"[ \t]+")
_BY = Cue("byline", rf"^{WORDS}\s*:?\s+\S")
_ADDRESS = re.compile(r"^https?://\S+$")


def read(source: Source, options: ReadOptions = DEFAULTS) -> Reading:
    """The article of a text.

    Raises :class:`ExtractionError` when there is no headline with text under it.
    """
    decoded = decode(source.content, source.encoding)
    segments = _segments(unmarked(decoded.text))
    declared = Declared(address=source.base_url)
    opening = _opening(segments, declared)
    if not any(len(segment.text) >= body.PROSE_LENGTH for segment in segments if segment.open):
        raise ExtractionError(
            "There is no article in the text.",
            "Put the headline on the first line and the paragraphs below, with blank lines between.",
        )
    missing = _figures(segments)
    _quotes(segments)
    inline_boilerplate.mark_boilerplate(segments)
    page = Page(declared, ImageLoader(source, ""), Site(), segments, opening=opening, notices=list(decoded.notices))
    page.kind, page.corrections = options.kind, corrections_of(source)
    # The headline stands in no span of a body here; it is put back in front when everything is decided.
    page.chosen = [segment for segment in segments if segment.became != "headline"]
    for decide in DECISIONS:
        decide(page)
    page.notices += [
        notice("picture-missing", place, source=f"“{caption}”", reason="a text holds no pictures")
        for place, caption in missing
    ]
    head = [segment for segment in segments if segment.became == "headline"]
    page.decided = [*head, *page.decided]
    page.segments = page.decided
    for step in CORRECTIONS:
        step(page)
    return compose(page)


def _segments(text: str) -> list[Segment]:
    """The blocks of the text; where a text has hardly any blank lines, each line is one."""
    text = text.strip("\n")
    blocks = _BLANK.split(text)
    lines = [line for line in text.split("\n") if line.strip()]
    # Some programs copy a page with one line break between paragraphs.
    apart = len(blocks) >= max(3, len(lines) // 6)
    found: list[Segment] = []
    for block in blocks if apart else lines:
        rows = [_SPACES.sub(" ", row).strip() for row in block.split("\n") if row.strip()]
        if rows:
            found.append(Segment("paragraph", fold(" ".join(rows)), _rows(rows), where=f"line {_line(text, block)}"))
    return found


def _line(text: str, block: str) -> int:
    return text[: text.find(block)].count("\n") + 1


def _rows(rows: list[str]) -> tuple[Inline, ...]:
    """Rows of a block: hard-wrapped prose is one run, short lines keep their breaks."""
    # Hard-wrapped text breaks near 72 characters; the last line may be short.
    if len(rows) > 1 and min(len(row) for row in rows[:-1]) > 55:
        return (Text(" ".join(rows)),)
    made: list[Inline] = []
    for row in rows:
        made.extend([*([LineBreak()] if made else []), Text(row)])
    return tuple(made)


def _lines(segment: Segment) -> list[str]:
    return [each.text for each in segment.inlines if isinstance(each, Text)]


# -------------------------------------------------------------------------------------------------------------------- head


def _opening(segments: list[Segment], declared: Declared) -> Opening:
    opening = Opening()
    if not segments:
        return opening
    first = segments[0]
    rows = _lines(first)
    if not rows or len(rows[0].split()) > HEADLINE_WORDS:
        raise ExtractionError("The text begins with no headline.", "Put the headline on the first line.")
    opening.headline = (Text(rows[0]),)
    settle_by(FIRST_RULES, first, first)
    if len(rows) > 1:
        segments.insert(1, Segment("paragraph", " ".join(rows[1:]), _rows(rows[1:]), where=first.where))
    repeats = REPEATED.decide(Said(segments, rows[0]))
    _head_lines(segments, segments.index(repeats[0]) if repeats else 0, opening, declared)
    return opening


FIRST_RULES: tuple[Rule[Segment], ...] = (Rule("first-line", lambda first: bool(first.text), "headline"),)
"""What the first block of a text is."""


class _HeadLine(Struct, frozen=True):
    """A block near the top at ``index``; the headline stands again at ``again``, 0 if it does not."""

    segments: list[Segment]
    index: int
    again: int
    opening: Opening

    @property
    def segment(self) -> Segment:
        """The block itself."""
        return self.segments[self.index]


def _is_byline(line: _HeadLine) -> bool:
    return bool(_BY.match(line.segment.text)) and line.segment.word_count <= 14 and not line.opening.byline


HEAD_RULES: tuple[Rule[_HeadLine], ...] = (
    Rule("address-line", lambda line: bool(_ADDRESS.match(line.segment.text)), "source"),
    Rule("byline", _is_byline, "byline"),
    Rule("deck", lambda line: not line.opening.deck and _is_deck(line.segments, line.index, line.again), "deck"),
)
"""What a line between the headline and the first paragraph is."""


def _head_lines(segments: list[Segment], again: int, opening: Opening, declared: Declared) -> None:
    """Deck, byline and address between the headline and the first paragraph."""
    for index, segment in enumerate(segments[1:8], 1):
        if segment.open and settle_by(HEAD_RULES, _HeadLine(segments, index, again, opening), segment):
            match segment.became:
                case "source":
                    declared.address = segment.text
                case "byline":
                    opening.byline = bare_byline(segment.inlines)
                case "deck":
                    opening.deck = segment.inlines


def _is_deck(segments: list[Segment], index: int, again: int) -> bool:
    segment = segments[index]
    if (
        not 4 <= segment.word_count <= DECK_WORDS
        or len(_lines(segment)) > 1
        or index > 3
        or segment.text.rstrip().endswith("?")
    ):
        return False
    if again:
        return index < again
    following = [each.word_count for each in segments[index + 1 : index + 4] if each.open]
    return segment.word_count <= 45 and bool(following) and max(following) > segment.word_count * 1.3


# ----------------------------------------------------------------------------------------------------------------- figures


def _figures(segments: list[Segment]) -> list[tuple[str, str]]:
    """Turns neighbouring short lines into figures; returns place and caption of each, since a text holds no picture."""
    found = []
    for segment in segments:
        rows = _lines(segment)
        told = _caption_and_credit(rows) if segment.open and 2 <= len(rows) <= 3 else None
        if told is None:
            continue
        caption, credit, alt = told
        segment.kind, segment.inlines = "figure", ()
        segment.block = Figure(
            (Image(None, alt),), (Text(caption),) if caption else (), (Text(credit),) if credit else ()
        )
        found.append((segment.where, caption or credit))
    return found


def _caption_and_credit(rows: list[str]) -> tuple[str, str, str] | None:
    """``(caption, credit, alt)`` of two or three neighbouring lines; a line said twice is alt text and caption."""
    if any(len(row.split()) > CAPTION_WORDS or row.rstrip().endswith(("?", ":")) for row in rows):
        return None
    unique = list(dict.fromkeys(rows))
    if len(unique) != 2:
        return None
    # Browsers copy the alternative text and the caption under it, often the same words.
    if len(rows) > 2:
        caption = next(row for row in unique if rows.count(row) > 1)
        return caption, strip_lead(next(row for row in unique if row != caption)), caption
    credit = min(unique, key=lambda row: (not is_credit(row), not _like_source(row), len(row.split())))
    caption = next(row for row in unique if row != credit)
    if not (is_credit(credit) or _like_source(credit)) or len(caption.split()) < 3:
        return None
    return caption, strip_lead(credit), ""


def _like_source(row: str) -> bool:
    return (
        like_name(row.replace(" / ", " ").replace("/", " ")) and len(row.split()) <= 6 and not row.endswith((".", "!"))
    )


# ------------------------------------------------------------------------------------------------------------------ quotes


class _Quote(Struct, frozen=True):
    """A short paragraph, the block behind it, and the share of its words that stand in the text as well, 0 to 1.

    ``name`` says whether that block is the name of a person to whom a quote may belong: one that the text has more often, or
    under a quote whose words it has too.
    """

    segment: Segment
    name: bool
    echo: float


QUOTE_RULES: tuple[Rule[_Quote], ...] = (
    Rule("quote-before-name", lambda quote: quote.name, "pull-quote"),
    Rule("pull-quote-echo", lambda quote: quote.echo >= 0.9, "pull-quote"),
)
"""By which a short paragraph is a pull quote."""

NAME_RULES: tuple[Rule[Segment], ...] = (Rule("quote-attribution", lambda name: bool(name.text), "attribution"),)
"""What the name behind a quote is."""


def _quotes(segments: list[Segment]) -> None:
    """A short paragraph before a line that names a person, or whose words stand in the text as well, is a pull quote."""
    named = Counter(segment.text for segment in segments if segment.open and _names_person(segment))
    for index, segment in enumerate(segments):
        if not _may_be_quote(segment):
            continue
        following = segments[index + 1] if index + 1 < len(segments) else None
        base = Words(each.text for each in segments if each is not segment and each.open and each.word_count > 12)
        echo = base.echo(segment.text)
        name = following if following is not None and following.open and _names_person(following) else None
        told = name is not None and (named[name.text] > 1 or echo >= ECHO / 2)
        if settle_by(QUOTE_RULES, _Quote(segment, told, echo), segment) and told and name is not None:
            _join(segment, name)


def _may_be_quote(segment: Segment) -> bool:
    short = segment.open and segment.kind == "paragraph" and 4 <= segment.word_count <= QUOTE_WORDS
    return (
        short and len(_lines(segment)) == 1 and not segment.text.rstrip().endswith("?") and not _names_person(segment)
    )


def _names_person(segment: Segment) -> bool:
    text = segment.text.lstrip("—–- ")
    return (
        1 < segment.word_count <= ATTRIBUTION_WORDS
        and not text.endswith((".", "?", "!", ":", "…"))
        and _mostly_capitals(text)
    )


def _mostly_capitals(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha()]
    return bool(words) and sum(word[0].isupper() or len(word) <= 3 for word in words) >= len(words) * 0.75


def _join(quote: Segment, name: Segment) -> None:
    words = Segment("paragraph", quote.text, quote.inlines, where=quote.where)
    said = Segment("paragraph", name.text, name.inlines, where=name.where)
    quote.segments = [words, said]
    for each in (said, name):
        settle_by(NAME_RULES, each, each)
