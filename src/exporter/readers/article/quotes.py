"""Tells pull quotes from block quotes: by name, by element, and by whether their words stand in the text as well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from exporter.model import Figure, Inline, LineBreak
from exporter.readers.article.body import prose
from exporter.readers.dom.elements import attribute
from exporter.readers.lexicon.folding import fold
from exporter.readers.lexicon.vocabulary import WORDS, Cue, named
from exporter.readers.segments.emphasis import emphasis_of, is_question
from exporter.readers.segments.inlines import lines, tidy
from exporter.readers.segments.labels import drop, is_name, take
from exporter.readers.segments.rule import Rule, Search, decide, settle_by
from exporter.readers.segments.segment import Dress, Segment, text_of

LONGEST = 90
"""Words: a longer quote is for reading, not for display."""
CROSSHEAD_WORDS = 18
"""A heading in quotation marks with no more words than this is a crosshead, unless it is an echo and alone in its dress."""
LEAST_QUESTIONS = 3
"""Quote boxes that ask, from which they are the manner of setting questions."""
ECHO = 0.6
"""A quote is an echo when this share of its runs of three words stands in the text as well."""

_DASH = re.compile(r"^\s*(?:—|–|-{1,2}|―|~)\s*(?=\S)")
_QUOTED = re.compile(r"^\s*[„“\"«»‘‹「『”].*[“”\"»«’›」』][.!?…]?\s*$", re.DOTALL)
_MARK = re.compile(r"[„“”«»\"]")
_MARKS = ' "“”„«».!?…'
_BOXES = frozenset({"div", "aside", "section", "figure"})
LEAST_BESIDE = 2
"""Paragraphs of running text beside a box that repeats words of theirs."""
_SAID = frozenset({"paragraph", "heading", "quote"})
_LEADING = re.compile(r"^[^:：]{2,60}[:：]$")
"""A line that names who is quoted, above the quote."""
_SAID_VERB = Cue("said", rf"\s+{WORDS}$")
_CLOSING_MARKS = ' "”“»«’›」』'
_MARK_ALONE = re.compile(r"[„“”«»\"❝❞‘’「」『』\s]+")
_WORD = re.compile(r"\w+")


class Words:
    """The running text of the page as runs of three words, to find out what is said twice."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)

    @cached_property
    def _counted(self) -> Counter[tuple[str, str, str]]:
        """In how many texts each run stands. Pages without quotes never ask."""
        return Counter(run for text in self._texts for run in set(_runs(text)))

    def echo(self, text: str, *, times: int = 1) -> float:
        """Share of the runs of three words in ``text`` that stand in so many of the page's texts, 0 to 1.

        Of a text that is one of them, twice makes an echo.
        """
        runs = _runs(text)
        return sum(self._counted[run] >= times for run in runs) / len(runs) if runs else 0.0


def _runs(text: str) -> list[tuple[str, str, str]]:
    found = _WORD.findall(text.casefold())
    return list(zip(found, found[1:], found[2:], strict=False))


def find_quotes(segments: list[Segment], base: Words) -> None:
    """Decides which quote boxes are pull quotes, and which paragraphs set for display are."""
    _release_questions(segments)
    for segment in segments:
        if segment.kind == "quote" and segment.open:
            _settle_box(segment, base)
    decide(PAGE_RULES, _Page(segments, base))


class _Page(Struct, frozen=True):
    """The segments of a page, and its running text."""

    segments: list[Segment]
    base: Words


def _asides(page: _Page) -> Iterator[Segment]:
    for segment in page.segments:
        if segment.kind == "box" and segment.open and _is_aside(segment, page.base):
            SPEAKER.decide(_Shown(segment, page.base))
            yield segment


def _marked_echoes(page: _Page) -> Iterator[Segment]:
    """Words of the text under a quotation mark that stands on a line of its own, as an ornament."""
    for mark, following in pairwise(page.segments):
        echoes = following.open and following.kind in _SAID and 3 < following.word_count <= LONGEST
        if mark.open and _MARK_ALONE.fullmatch(mark.text) and echoes and page.base.echo(following.text) >= ECHO:
            yield following


def _marks_alone(page: _Page) -> Iterator[Segment]:
    for mark, following in pairwise(page.segments):
        if mark.open and _MARK_ALONE.fullmatch(mark.text) and following.became == "pull-quote":
            yield mark


def _boxed_echoes(page: _Page) -> Iterator[Segment]:
    """A short paragraph alone in a box among the paragraphs of the text, of which one says its words."""
    homes = Counter(id(each.element.parent) for each in page.segments if each.element is not None and prose(each))
    for segment in page.segments:
        box = segment.element.parent if segment.element is not None else None
        if not segment.open or segment.kind != "paragraph" or not 5 <= segment.word_count <= LONGEST or box is None:
            continue
        beside = box.name in _BOXES and homes[id(box.parent)] >= LEAST_BESIDE
        # Last of the two: the text of a box around many paragraphs would be put together for each of them.
        alone = beside and fold(box.get_text(" ")) == segment.text
        if alone and not is_question(segment.text) and page.base.echo(segment.text, times=2) >= ECHO:
            yield segment


def _displayed(page: _Page) -> Iterator[Segment]:
    for segment in page.segments:
        words = segment.open and segment.kind in ("paragraph", "heading")
        if words and _is_display(segment, page.base, page.segments):
            yield segment


PAGE_RULES: tuple[Search[_Page], ...] = (
    Search("pull-quote-echo", _asides, "pull-quote"),
    Search("pull-quote-marked", _marked_echoes, "pull-quote"),
    Search("quotation-mark", _marks_alone),
    Search("pull-quote-boxed", _boxed_echoes, "pull-quote"),
    Search("pull-quote-display", _displayed, "pull-quote"),
)
"""By which a box beside the text, or a paragraph that is set for display, is a pull quote."""


def _release_questions(segments: list[Segment]) -> None:
    """Makes paragraphs of the quote boxes where most of three or more, each one paragraph, ask: questions set so."""
    found = [segment for segment in segments if segment.kind == "quote" and segment.open and _is_one_paragraph(segment)]
    if len(found) < LEAST_QUESTIONS or sum(is_question(segment.text) for segment in found) < len(found) * 0.6:
        return
    for segment in found:
        inner = segment.segments[0]
        segment.kind, segment.inlines, segment.dress, segment.segments = (
            "paragraph",
            inner.inlines,
            Dress(("blockquote",), ()),
            [],
        )


def _is_one_paragraph(segment: Segment) -> bool:
    inner = segment.segments
    return len(inner) == 1 and inner[0].kind == "paragraph" and bool(inner[0].inlines) and segment.word_count <= LONGEST


def _is_aside(segment: Segment, base: Words) -> bool:
    """Whether a box beside the text holds nothing but words of the text, or one short remark in quotation marks."""
    inner = [each for each in segment.segments if each.open]
    if not inner or not 4 <= segment.word_count <= LONGEST or any(each.kind not in _SAID for each in inner):
        return False
    if any(is_question(each.text) for each in inner) or segment.link_density > 0.5:
        return False
    # Marks inside the marks: then it is a dialogue.
    alone = len(inner) == 1 and bool(_QUOTED.match(segment.text)) and not _MARK.search(segment.text.strip(_MARKS))
    return alone or base.echo(segment.text) >= ECHO


class _Shown(Struct, frozen=True):
    """A box of words set for display, and the running text of its page."""

    segment: Segment
    base: Words


def _speaker_below(shown: _Shown) -> Iterator[Segment]:
    """Who said words set for display: a short line below them that is none of the text's and begins with a name."""
    inside = shown.segment.segments
    inner = [each for each in inside if each.open]
    if len(inner) < 2 or any(each.became == "attribution" for each in inside):
        return
    last = inner[-1]
    if is_name(last.text.split(",")[0]) and last.word_count <= 8 and not shown.base.echo(last.text):
        yield last


SPEAKER = Search("quote-attribution", _speaker_below, "attribution")
"""By which a line below words set for display says whose they are."""


class Box(Struct, frozen=True):
    """A quote box, the names of its element, and the share of its words that stand in the text as well, 0 to 1."""

    segment: Segment
    names: str
    echo: float

    @property
    def led(self) -> bool:
        """Whether the box begins with whose words these are, as the quote of somebody's post does."""
        told = next((inner for inner in self.segment.segments if inner.text), None)
        return told is not None and told.became == "attribution"

    @property
    def attributed(self) -> bool:
        """Whether the box says whose words these are."""
        return any(inner.became == "attribution" for inner in self.segment.segments)


def _settle_box(segment: Segment, base: Words) -> None:
    ATTRIBUTION.decide(segment)
    said = " ".join(inner.text for inner in segment.segments if inner.open)
    names = _names(segment)
    # A post of a network is what somebody said elsewhere, however often its words stand in the text.
    posted = named(names, "embed") and not named(names, "pull_quote")
    if posted or len(said.split()) > LONGEST or any(isinstance(inner.block, Figure) for inner in segment.segments):
        return
    if settle_by(BOX_RULES, Box(segment, names, base.echo(said)), segment):
        SPEAKER.decide(_Shown(segment, base))


BOX_RULES: tuple[Rule[Box], ...] = (
    Rule("pull-quote-name", lambda box: named(box.names, "pull_quote"), "pull-quote"),
    Rule(
        "pull-quote-aside",
        lambda box: box.segment.element is not None and box.segment.element.name == "aside" and not box.led,
        "pull-quote",
    ),
    Rule("pull-quote-echo", lambda box: box.echo >= (ECHO / 2 if box.attributed else ECHO), "pull-quote"),
)
"""By which a quote box repeats words for display."""


def _names(segment: Segment) -> str:
    tag = segment.element
    found = []
    for _ in range(2):
        # Further out, a class is that of the article.
        if tag is None or tag.name in ("body", "article", "main"):
            break
        found.append(f"{attribute(tag, 'class')} {attribute(tag, 'data-shortcode-type')}")
        tag = tag.parent
    return " ".join(found)


def _attribution_in(segment: Segment) -> Iterator[Segment]:
    """The segment of the box that says whose words these are."""
    texts = [inner for inner in segment.segments if inner.open and inner.inlines]
    if not texts:
        return
    last = texts[-1]
    if len(texts) > 1 and (_is_attribution(last) or _marked(last)):
        yield last
        return
    first = texts[0]
    if len(texts) > 1 and first.word_count <= 8 and (_LEADING.match(first.text) or _leads(first)):
        yield first
        return
    yield from _split_last_line(segment, last)


ATTRIBUTION = Search("quote-attribution", _attribution_in, "attribution")
"""By which words in a quote say whose it is."""


def _leads(segment: Segment) -> bool:
    """Whether the first line of a quote stands in an element for the person quoted."""
    return segment.element is not None and (segment.element.name == "cite" or _holder(segment, ("cite",)))


def _marked(segment: Segment) -> bool:
    tag = segment.element
    if tag is None:
        return False
    own = f"{attribute(tag, 'class')} {attribute(tag.parent, 'class') if tag.parent is not None else ''}"
    return (
        named(own, "attribution")
        or tag.name in ("footer", "cite", "figcaption", "small")
        or _holder(segment, ("cite", "footer", "figcaption", "small"))
    )


def _holder(segment: Segment, names: tuple[str, ...]) -> bool:
    tag = segment.element
    inside = tag.find(list(names)) if tag is not None else None
    return inside is not None and " ".join(inside.get_text(" ").split()) == segment.text


def _is_attribution(segment: Segment) -> bool:
    return bool(_DASH.match(segment.text)) and segment.word_count <= 25


def _split_last_line(segment: Segment, last: Segment) -> Iterator[Segment]:
    """An attribution inside the last paragraph: behind a line break and a dash, or in a ``cite`` at its end."""
    rows = [row for row in lines(last.inlines) if row]
    if len(rows) < 2:
        return
    tail = text_of(rows[-1])
    if not (_DASH.match(tail) or _in_cite(last, tail)) or len(tail.split()) > 25:
        return
    words = Segment(
        "paragraph",
        text_of(_rows(rows[:-1])),
        _rows(rows[:-1]),
        element=last.element,
        where=last.where,
        names=last.names,
    )
    name = Segment("paragraph", tail, rows[-1], element=last.element, where=last.where, names=last.names)
    place = segment.segments.index(last)
    segment.segments[place : place + 1] = [words, name]
    yield name


def _in_cite(segment: Segment, tail: str) -> bool:
    cite = segment.element.find(["cite", "small", "footer"]) if segment.element is not None else None
    return cite is not None and " ".join(cite.get_text(" ").split()) == tail


def _rows(rows: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for row in rows:
        made.extend([*([LineBreak()] if made else []), *row])
    return tidy(made)


def attribution_words(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """An attribution without the dash in front of it, or the colon behind and the verb before that: "Ann Lee wrote:"."""
    text = text_of(inlines)
    found = _DASH.match(text)
    bare = take(inlines, len(_without_verb(text.rstrip(" :：")))) if _LEADING.match(text) else inlines
    return tidy(drop(bare, found.end())) if found else bare


def _without_verb(text: str) -> str:
    found = _SAID_VERB.search(text)
    return text[: found.start()] if found else text


def _is_dialogue(segment: Segment) -> bool:
    """Whether a plain paragraph in quotation marks leaves them in its middle: speech with its "he said", not display."""
    inside = segment.text.strip(' "“”„«».!?…')
    return emphasis_of(segment.inlines) == "plain" and bool(_MARK.search(inside))


def _is_display(segment: Segment, base: Words, segments: list[Segment]) -> bool:
    """Whether a short paragraph in quotation marks is set unlike its neighbours, and is an echo or looks like no other."""
    if not 5 <= segment.word_count <= 70 or not segment.dress:
        return False
    if not _QUOTED.match(segment.text) or _is_dialogue(segment) or segment.text.rstrip('"”“»’').endswith("?"):
        return False
    wearers = [each for each in segments if each.open and each.dress == segment.dress]
    alike = len(wearers)
    if any(is_question(each.text.rstrip(_CLOSING_MARKS)) for each in wearers):
        return False  # so the page sets its questions
    if segment.kind == "heading" and segment.word_count <= CROSSHEAD_WORDS:
        return alike == 1 and base.echo(segment.text) >= ECHO
    apart = alike <= max(4, len(segments) // 8)
    echoed = apart and base.echo(segment.text, times=2) >= ECHO
    return apart and (segment.kind == "heading" or echoed or segment.dress.holds("em"))
