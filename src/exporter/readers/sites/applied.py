"""A site's rules on one page: its elements are marked before cleaning, and the segments made of them settled afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag

from exporter.model import Figure, Inline, LineBreak, Text
from exporter.notices import Notice, notice
from exporter.readers import interview
from exporter.readers.article.byline.line import bare_byline
from exporter.readers.article.extent import OUTSIDE
from exporter.readers.article.headline import REPEATED, Said
from exporter.readers.article.opening import Opening
from exporter.readers.boilerplate.elements import Boilerplate, Sizes
from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import rename, stands_in
from exporter.readers.interview.utterances import PageFacts
from exporter.readers.lexicon.credits import strip_lead
from exporter.readers.lexicon.folding import fold
from exporter.readers.segments.labels import drop
from exporter.readers.segments.rule import Search
from exporter.readers.segments.segment import LEFT_OUT, NATURAL, Segment
from exporter.readers.segments.segmenter import CONTROLS
from exporter.readers.sites import SiteRules

_IN_LINE = frozenset(
    {"span", "a", "strong", "b", "em", "i", "font", "u", "small", "abbr", "cite", "time", "q", "address"}
)
_BOXES = frozenset({"ul", "ol", "li", "dl", "table", "tbody", "tr", "td", "th", "blockquote", "aside", "figure"})
"""Elements that the page only arranges things with when a question or a headline stands in them."""

HEADS = ("headline", "kicker", "deck", "byline", "dateline")
SPOKEN = ("question", "answer")
_LABELS = {"interviewer": "question", "speaker": "answer"}
_DRESSED = {"caption": "caption", "credit": "credit", "attribution": "attribution"}
"""Role → the name that makes the general rules take the element for it."""
_TEXTS = (*HEADS, *SPOKEN, *_DRESSED, "pull_quote", "read_more")
"""Of these, the nearest around a segment says what it is: a caption inside an answer is a caption."""
_WORDY = ("paragraph", "heading", "list", "preformatted")
_LABEL_END = re.compile(r"[\s:：.—–|-]*")


class Mark:
    """One element that a selector took. It holds the element, so that no other one comes to have its identity."""

    __slots__ = ("role", "selector", "tag")

    def __init__(self, tag: Tag, role: str, selector: str) -> None:
        self.tag, self.role, self.selector = tag, role, selector

    @property
    def rule(self) -> str:
        """The name under which ``exporter explain`` tells what it settled."""
        return f"site rule: {self.role} {self.selector}"


class Site:
    """The rules at work on one page; without rules, every step leaves things as they are.

    Made before the page is cleaned: a selector sees the page as its author sees it in a browser's inspector.
    """

    def __init__(self, rules: SiteRules | None = None, soup: BeautifulSoup | None = None) -> None:
        self.rules = rules
        self.counts: list[tuple[str, str, int]] = []
        self._marks: dict[int, Mark] = {}
        if rules is not None and soup is not None:
            self._mark(rules, soup)
            self._dress()
        self._around = _ancestors(mark.tag for mark in self._marks.values() if mark.role != "drop")

    def __bool__(self) -> bool:
        return bool(self._marks)

    def _mark(self, rules: SiteRules, soup: BeautifulSoup) -> None:
        for role, selector in rules.selectors:
            found = [
                tag for tag in soup.select(selector) if tag.name not in ("html", "head", "body") or role == "article"
            ]
            self.counts.append((role, selector, len(found)))
            for tag in found:
                self._marks.setdefault(id(tag), Mark(tag, role, selector))

    def _dress(self) -> None:
        """Makes of each marked element what the general rules take for what it is: a block of its own, with a known name."""
        for mark in self._marks.values():
            tag, role = mark.tag, mark.role
            if role == "drop":
                continue
            # What the rules name is meant, also where the page hides it until a script has run.
            for name in ("hidden", "style", "aria-hidden"):
                del tag[name]
            # What stands in a formula is no block of the page, whatever a selector says.
            if role in ("keep", "article", *_LABELS) or any(each.name == "math" for each in tag.parents):
                continue
            plain = "p" if tag.name in _IN_LINE else tag.name
            rename(tag, {"pull_quote": "blockquote", "read_more": "aside"}.get(role, plain))
            if role in _DRESSED:
                tag["class"] = f"{attribute(tag, 'class')} {_DRESSED[role]}" if role == "caption" else _DRESSED[role]
            elif role in (*HEADS, *SPOKEN):
                # A question in a list's entry would be an entry of a list for the general rules.
                for above in tag.parents:
                    if above.name in _BOXES and id(above) not in self._marks:
                        rename(above, "div")

    def notices(self) -> tuple[Notice, ...]:
        """Which rules were used; a warning when they found nothing of what they name."""
        if self.rules is None:
            return ()
        taken = sum(count for _, _, count in self.counts)
        code = "site-rules" if taken else "site-rules-idle"
        return (notice(code, name=self.rules.name, count=taken),)

    # ------------------------------------------------------------------------------------------------- marks and segments

    def mark_of(self, tag: Tag | None, roles: Iterable[str]) -> Mark | None:
        """The nearest mark of one of ``roles`` on the element or around it."""
        wanted = frozenset(roles)
        while tag is not None and self._marks:
            mark = self._marks.get(id(tag))
            if mark is not None and mark.role in wanted:
                return mark
            tag = tag.parent
        return None

    def own_mark(self, tag: Tag) -> Mark | None:
        """The mark on the element itself."""
        return self._marks.get(id(tag))

    def holds_mark(self, tag: Tag) -> bool:
        """Whether a marked element that is not to be dropped is the element or stands in it."""
        return id(tag) in self._around

    def _with(self, role: str) -> list[Mark]:
        return [mark for mark in self._marks.values() if mark.role == role]

    def boilerplate(self, soup: BeautifulSoup, sizes: Sizes) -> Boilerplate:
        """What tells boilerplate from article, the rules asked first."""
        return _Ruled(soup, sizes, self)

    # --------------------------------------------------------------------------------------------------------- the article

    def article(self, page: list[Segment]) -> Tag | None:
        """The element that the rules name as the article; of several, the one around them all."""
        marks = {
            id(mark): mark for segment in page if segment.text and (mark := self.mark_of(segment.element, ("article",)))
        }
        tags = [mark.tag for mark in marks.values()]
        if not tags:
            return None
        return next(
            each for each in (tags[0], *tags[0].parents) if all(tag is each or stands_in(tag, each) for tag in tags)
        )

    def span(self, page: list[Segment], span: range) -> range:
        """The span of the body, so wide that all segments named as article, kept, question or answer are in it."""
        inside = [place for place, segment in enumerate(page) if self._wants(segment)]
        if self._with("article") and any(self.mark_of(page[place].element, ("article",)) for place in inside):
            return range(inside[0], inside[-1] + 1)
        return range(min([span.start, *inside]), max([span.stop, *(place + 1 for place in inside)]))

    def _wants(self, segment: Segment) -> bool:
        return self.mark_of(segment.element, ("article", "keep", *SPOKEN)) is not None

    def confine(self, page: list[Segment], span: range, body: range) -> None:
        """Leaves out what lies between the body and the parts that the rules name, and is neither."""
        if not self:
            return
        named = ", ".join(dict.fromkeys(mark.selector for mark in self._with("article")))
        spoken = [place for place in span if page[place].became in SPOKEN]
        core = range(min([body.start, *spoken]), max([body.stop, *(place + 1 for place in spoken)]))
        outside = [page[place] for place in span if not self._wants(page[place]) and (named or place not in core)]
        confined = Search(f"site rule: article {named}", OUTSIDE.find) if named else OUTSIDE
        confined.decide(outside)

    # ------------------------------------------------------------------------------------------------------------- settling

    def settle(self, page: list[Segment]) -> Opening:
        """Settles head and turns among the segments, and gives the opening as far as the rules name it."""
        first: dict[str, Mark] = {}
        for segment in page:
            mark = self.mark_of(segment.element, _TEXTS)
            if mark is None or mark.role not in (*HEADS, *SPOKEN) or segment.kind not in _WORDY or not segment.open:
                continue
            # A selector such as ".title" also takes the titles of teasers further down.
            once = mark.role in ("headline", "kicker", "dateline")
            if not once or first.setdefault(mark.role, mark) is mark:
                segment.settle(mark.role, mark.rule)
        self._name_speakers(page)
        return opening_of(page)

    def _name_speakers(self, page: list[Segment]) -> None:
        """Takes the names that the rules call labels off the words, and keeps them as speakers."""
        segments: dict[int, list[Segment]] = {}
        for segment in page:
            if segment.element is not None and segment.kind in _WORDY and segment.became not in (*HEADS, LEFT_OUT):
                segments.setdefault(id(segment.element), []).append(segment)
        waiting: tuple[Mark, str] | None = None
        named = {id(segment): mark for mark, segment in self._labelled(segments)}
        for segment in page:
            mark = named.get(id(segment))
            if mark is not None:
                label = fold(mark.tag.get_text(" "))
                waiting = (mark, label) if not _label_off(segment, mark, label) else None
            elif waiting and segment.open and segment.kind in _WORDY:
                _speak(segment, *waiting)
                waiting = None

    def _labelled(self, segments: dict[int, list[Segment]]) -> Iterator[tuple[Mark, Segment]]:
        taken: set[int] = set()
        for mark in (each for each in self._marks.values() if each.role in _LABELS):
            label = fold(mark.tag.get_text(" "))
            # The label may be an inline element; its segment is that of the block around it.
            near = next((segments[id(tag)] for tag in (mark.tag, *mark.tag.parents) if id(tag) in segments), [])
            segment = next((each for each in near if id(each) not in taken and each.text.startswith(label)), None)
            if segment is not None and label:
                taken.add(id(segment))
                yield mark, segment

    def find_turns(self, segments: list[Segment], facts: PageFacts, *, certain: bool = False) -> interview.Interview:
        """The turns that the site's rules name, else guessed ones. ``certain``: the page is known to be an interview."""
        asked = next((segment.rule for segment in segments if segment.became == "question"), "")
        answered = next((segment.rule for segment in segments if segment.became == "answer"), "")
        if not asked and not answered:
            return interview.find_turns(segments, facts, certain=certain)
        if not answered:
            fill_turns(segments, "answer", asked.replace("site rule:", "site rule: after"))
        if not asked:
            fill_turns(segments, "question", answered.replace("site rule:", "site rule: before"))
        count = sum(segment.became == "question" for segment in segments)
        return interview.Interview(segments, "site-rules", 1.0, count)

    def overrule(self, segments: list[Segment]) -> None:
        """After all guesses: what the rules name is what they call it, what they keep is kept."""
        if not self:
            return
        for segment in segments:
            mark = self.mark_of(segment.element, _TEXTS)
            if mark is not None and mark.role not in (*HEADS, *SPOKEN):
                self._force(segment, mark, segments)
            for inner in segment.segments:
                inside = self.mark_of(inner.element, _DRESSED)
                if inside is not None and (
                    inner.became == inside.role or (inside.role == "attribution" and inner.open)
                ):
                    inner.overrule(inside.role, inside.rule)
            kept = self.mark_of(segment.element, ("keep",))
            if (
                kept is not None
                and (segment.open or segment.became == LEFT_OUT)
                and segment.kind not in ("anchor", "furniture")
            ):
                segment.overrule(NATURAL.get(segment.kind, segment.kind), kept.rule)

    def _force(self, segment: Segment, mark: Mark, segments: list[Segment]) -> None:
        became = mark.role.replace("_", "-")
        if mark.role in ("caption", "credit"):
            if segment.became == became or (segment.kind == "paragraph" and _attach(segments, segment, mark.role)):
                segment.overrule(became, mark.rule)
        elif segment.segments and (mark.role == "read_more" or segment.kind == "quote") and segment.element is mark.tag:
            segment.overrule(became, mark.rule)


class _Ruled(Boilerplate):
    def __init__(self, soup: BeautifulSoup, sizes: Sizes, site: Site) -> None:
        super().__init__(soup, sizes)
        self._site = site

    def rule(self, tag: Tag, names: str, inside: str = "") -> str:
        mark = self._site.own_mark(tag)
        if mark is not None and mark.role == "drop":
            return mark.rule
        meant = self._site.holds_mark(tag) or self._site.mark_of(tag, ("keep",)) is not None
        if meant and tag.name not in CONTROLS:  # their words are no text that a document could hold
            return ""
        return super().rule(tag, names, inside)


def _ancestors(tags: Iterable[Tag]) -> set[int]:
    """The identities of the elements and of all elements around them."""
    found: set[int] = set()
    for tag in tags:
        current: Tag | None = tag
        while current is not None and id(current) not in found:
            found.add(id(current))
            current = current.parent
    return found


def opening_of(page: list[Segment]) -> Opening:
    """The opening, made of the segments that became its parts; a second copy of the headline is left out."""
    opening = Opening()
    for place, segment in enumerate(page):
        match segment.became:
            case "headline" if not opening.headline:
                opening.headline, opening.place = segment.inlines, place
            case "headline":
                opening.headline = (*opening.headline, LineBreak(), *segment.inlines)
            case "kicker":
                opening.kicker = opening.kicker or segment.inlines
            case "deck":
                opening.deck = (*opening.deck, *([Text(" ")] if opening.deck else []), *segment.inlines)
            case "byline":
                words = bare_byline(segment.inlines)
                opening.byline = (*opening.byline, *([Text(", ")] if opening.byline else []), *words)
            case "dateline":
                opening.dateline = f"{opening.dateline} {segment.text}".lstrip()
    if opening.headline:
        REPEATED.decide(Said(page, page[opening.place].text))
    return opening


def _label_off(segment: Segment, mark: Mark, label: str) -> bool:
    """Takes the label off the segment and names its speaker; False when nothing is left: the label is the next one's."""
    ends = _LABEL_END.match(segment.text, len(label))
    length = ends.end() if ends else len(label)
    if length >= len(segment.text):
        segment.settle("label", mark.rule)
        return False
    segment.label = segment.text[:length]
    segment.inlines = drop(segment.inlines, length)
    _speak(segment, mark, label)
    return True


def _speak(segment: Segment, mark: Mark, label: str) -> None:
    segment.speaker = label.strip(" :：.—–|-") or None
    segment.settle(_LABELS[mark.role], mark.rule)


def fill_turns(segments: list[Segment], role: str, rule: str) -> None:
    """Gives the other role to the segments between: to everything after the first question, or up to the last answer."""
    spoken = [place for place, segment in enumerate(segments) if segment.became in SPOKEN]
    for segment in segments[spoken[0] :] if role == "answer" else segments[max(spoken[0] - 1, 0) : spoken[-1]]:
        if segment.open and (
            segment.kind in ("paragraph", "list", "preformatted") or (role == "question" and segment.kind == "heading")
        ):
            segment.settle(role, rule)


def _attach(segments: list[Segment], words: Segment, role: str) -> bool:
    """Gives the words to the nearest picture before them, or else after them, that has no caption (or credit) yet."""
    place = segments.index(words)
    for segment in (*reversed(segments[:place]), *segments[place:]):
        figure = segment.block
        if isinstance(figure, Figure) and segment.became != LEFT_OUT and not getattr(figure, role):
            said: tuple[Inline, ...] = words.inlines if role == "caption" else (Text(strip_lead(words.text)),)
            caption, credit = (said, figure.credit) if role == "caption" else (figure.caption, said)
            segment.block = Figure(figure.images, caption, credit)
            return True
    return False
