"""A site's rules on one page: its elements are marked before cleaning, and the pieces made of them settled afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag

from exporter.model import Figure, Inline, LineBreak, Text
from exporter.notices import Notice, notice
from exporter.readers import interview
from exporter.readers.blocks import CONTROLS
from exporter.readers.credits import strip_lead
from exporter.readers.furniture import Furniture, Sizes
from exporter.readers.inlines import attribute
from exporter.readers.opening import Opening, bare_byline
from exporter.readers.pieces import LEFT_OUT, Piece, fold
from exporter.readers.sites import SiteRules
from exporter.readers.units import Setting
from exporter.readers.voices import drop, fold_name

_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)", re.IGNORECASE)
_HEAD = 8192
"""Characters at a page's beginning in which a browser notes where it saved it from."""

_IN_LINE = frozenset(
    {"span", "a", "strong", "b", "em", "i", "font", "u", "small", "abbr", "cite", "time", "q", "address"}
)
_BOXES = frozenset({"ul", "ol", "li", "dl", "table", "tbody", "tr", "td", "th", "blockquote", "aside", "figure"})
"""Elements that the page only arranges things with when a question or a headline stands in them."""

_HEADS = ("headline", "kicker", "deck", "byline", "dateline")
_SPOKEN = ("question", "answer")
_LABELS = {"interviewer": "question", "speaker": "answer"}
_DRESSED = {"caption": "caption", "credit": "credit", "attribution": "attribution"}
"""Role → the name that makes the general rules take the element for it."""
_TEXTS = (*_HEADS, *_SPOKEN, *_DRESSED, "pull_quote", "read_more")
"""Of these, the nearest around a piece says what it is: a caption inside an answer is a caption."""
_BECOMES = {"heading": "crosshead", "quote": "block-quote", "box": "sidebar", "rule": "ornament"}
"""Kind of a piece → what it becomes when a rule keeps it, where that is not its kind."""
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


def saved_from(text: str) -> str:
    """The address that a browser noted when it saved the page, ``""`` when it noted none."""
    found = _SAVED_FROM.search(text[:_HEAD])
    return found[1] if found else ""


class Site:
    """The rules at work on one page; without rules, every step leaves things as they are.

    Made before the page is cleaned: a selector sees the page as its author sees it in a browser's inspector.
    """

    def __init__(self, rules: SiteRules | None, soup: BeautifulSoup) -> None:
        self.rules = rules
        self.counts: list[tuple[str, str, int]] = []
        self._marks: dict[int, Mark] = {}
        if rules is not None:
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
            for name in ("hidden", "style", "aria-hidden"):
                del tag[name]
            if role in ("keep", "article", *_LABELS):
                continue
            tag.name = {"pull_quote": "blockquote", "read_more": "aside"}.get(
                role, "p" if tag.name in _IN_LINE else tag.name
            )
            if role in _DRESSED:
                tag["class"] = f"{attribute(tag, 'class')} {_DRESSED[role]}" if role == "caption" else _DRESSED[role]
            elif role in (*_HEADS, *_SPOKEN):
                for above in tag.parents:
                    above.name = "div" if above.name in _BOXES and id(above) not in self._marks else above.name

    def notices(self) -> tuple[Notice, ...]:
        """Which rules were used; a warning when they found nothing of what they name."""
        if self.rules is None:
            return ()
        taken = sum(count for _, _, count in self.counts)
        code = "site-rules" if taken else "site-rules-idle"
        return (notice(code, name=self.rules.name, count=taken),)

    # ------------------------------------------------------------------------------------------------- marks and pieces

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

    def furniture(self, soup: BeautifulSoup, sizes: Sizes) -> Furniture:
        """What tells furniture from article, the rules asked first."""
        return _Ruled(soup, sizes, self)

    # --------------------------------------------------------------------------------------------------------- the article

    def article(self, page: list[Piece]) -> Tag | None:
        """The element that the rules name as the article; of several, the one around them all."""
        marks = {id(mark): mark for piece in page if piece.text and (mark := self.mark_of(piece.element, ("article",)))}
        tags = [mark.tag for mark in marks.values()]
        if not tags:
            return None
        return next(
            each for each in (tags[0], *tags[0].parents) if all(tag is each or each in tag.parents for tag in tags)
        )

    def span(self, page: list[Piece], span: range) -> range:
        """The span of the body, so wide that all pieces named as article, kept, question or answer are in it."""
        inside = [place for place, piece in enumerate(page) if self._wants(piece)]
        if self._with("article") and any(self.mark_of(page[place].element, ("article",)) for place in inside):
            return range(inside[0], inside[-1] + 1)
        return range(min([span.start, *inside]), max([span.stop, *(place + 1 for place in inside)]))

    def _wants(self, piece: Piece) -> bool:
        return self.mark_of(piece.element, ("article", "keep", *_SPOKEN)) is not None

    def confine(self, page: list[Piece], span: range, body: range) -> None:
        """Leaves out what lies between the body and the parts that the rules name, and is neither."""
        if not self:
            return
        named = ", ".join(dict.fromkeys(mark.selector for mark in self._with("article")))
        spoken = [place for place in span if page[place].became in _SPOKEN]
        core = range(min([body.start, *spoken]), max([body.stop, *(place + 1 for place in spoken)]))
        for place in span:
            if not self._wants(page[place]) and (named or place not in core):
                page[place].leave_out(f"site rule: article {named}" if named else "outside-article")

    # ------------------------------------------------------------------------------------------------------------- settling

    def settle(self, page: list[Piece]) -> Opening:
        """Settles head and turns among the pieces, and gives the opening as far as the rules name it."""
        first: dict[str, Mark] = {}
        for piece in page:
            mark = self.mark_of(piece.element, _TEXTS)
            if mark is None or mark.role not in (*_HEADS, *_SPOKEN) or piece.kind not in _WORDY or not piece.open:
                continue
            once = mark.role in ("headline", "kicker", "dateline")
            if not once or first.setdefault(mark.role, mark) is mark:
                piece.settle(mark.role, mark.rule)
        self._name_speakers(page)
        return _opening(page)

    def _name_speakers(self, page: list[Piece]) -> None:
        """Takes the names that the rules call labels off the words, and keeps them as speakers."""
        pieces: dict[int, list[Piece]] = {}
        for piece in page:
            if piece.element is not None and piece.kind in _WORDY and piece.became not in (*_HEADS, LEFT_OUT):
                pieces.setdefault(id(piece.element), []).append(piece)
        waiting: tuple[Mark, str] | None = None
        named = {id(piece): mark for mark, piece in self._labelled(pieces)}
        for piece in page:
            mark = named.get(id(piece))
            if mark is not None:
                label = fold(mark.tag.get_text(" "))
                waiting = (mark, label) if not _label_off(piece, mark, label) else None
            elif waiting and piece.open and piece.kind in _WORDY:
                _speak(piece, *waiting)
                waiting = None

    def _labelled(self, pieces: dict[int, list[Piece]]) -> Iterator[tuple[Mark, Piece]]:
        taken: set[int] = set()
        for mark in (each for each in self._marks.values() if each.role in _LABELS):
            label = fold(mark.tag.get_text(" "))
            near = next((pieces[id(tag)] for tag in (mark.tag, *mark.tag.parents) if id(tag) in pieces), [])
            piece = next((each for each in near if id(each) not in taken and each.text.startswith(label)), None)
            if piece is not None and label:
                taken.add(id(piece))
                yield mark, piece

    def find_turns(self, pieces: list[Piece], setting: Setting) -> interview.Interview | None:
        """The turns that the rules name; guessed where they name none."""
        asked = next((piece.rule for piece in pieces if piece.became == "question"), "")
        answered = next((piece.rule for piece in pieces if piece.became == "answer"), "")
        if not asked and not answered:
            return interview.find_turns(pieces, setting)
        if not answered:
            _fill(pieces, "answer", asked.replace("site rule:", "site rule: after"))
        if not asked:
            _fill(pieces, "question", answered.replace("site rule:", "site rule: before"))
        count = sum(piece.became == "question" for piece in pieces)
        return interview.Interview(pieces, "site-rules", 1.0, count)

    def overrule(self, pieces: list[Piece]) -> None:
        """After all guesses: what the rules name is what they call it, what they keep is kept."""
        if not self:
            return
        for piece in pieces:
            mark = self.mark_of(piece.element, _TEXTS)
            if mark is not None and mark.role not in (*_HEADS, *_SPOKEN):
                self._force(piece, mark, pieces)
            for inner in piece.pieces:
                inside = self.mark_of(inner.element, _DRESSED)
                if inside is not None and (
                    inner.became == inside.role or (inside.role == "attribution" and inner.open)
                ):
                    inner.became, inner.rule = inside.role, inside.rule
            kept = self.mark_of(piece.element, ("keep",))
            if (
                kept is not None
                and (piece.open or piece.became == LEFT_OUT)
                and piece.kind not in ("anchor", "furniture")
            ):
                piece.became, piece.rule = _BECOMES.get(piece.kind, piece.kind), kept.rule

    def _force(self, piece: Piece, mark: Mark, pieces: list[Piece]) -> None:
        became = mark.role.replace("_", "-")
        if mark.role in ("caption", "credit"):
            if piece.became == became or (piece.kind == "paragraph" and _attach(pieces, piece, mark.role)):
                piece.became, piece.rule = became, mark.rule
        elif piece.pieces and (mark.role == "read_more" or piece.kind == "quote") and piece.element is mark.tag:
            piece.became, piece.rule = became, mark.rule


class _Ruled(Furniture):
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


def _opening(page: list[Piece]) -> Opening:
    opening = Opening()
    for place, piece in enumerate(page):
        match piece.became:
            case "headline" if not opening.headline:
                opening.headline, opening.place = piece.inlines, place
            case "headline":
                opening.headline = (*opening.headline, LineBreak(), *piece.inlines)
            case "kicker":
                opening.kicker = opening.kicker or piece.inlines
            case "deck":
                opening.deck = (*opening.deck, *([Text(" ")] if opening.deck else []), *piece.inlines)
            case "byline":
                words = bare_byline(piece.inlines)
                opening.byline = (*opening.byline, *([Text(", ")] if opening.byline else []), *words)
            case "dateline":
                opening.dateline = f"{opening.dateline} {piece.text}".lstrip()
    headline = fold_name(page[opening.place].text) if opening.headline else ""
    for piece in page:
        if headline and piece.open and fold_name(piece.text) == headline:
            piece.leave_out("repeated-headline")
    return opening


def _label_off(piece: Piece, mark: Mark, label: str) -> bool:
    """Takes the label off the piece and names its speaker; False when nothing is left: the label is the next one's."""
    ends = _LABEL_END.match(piece.text, len(label))
    length = ends.end() if ends else len(label)
    if length >= len(piece.text):
        piece.settle("label", mark.rule)
        return False
    piece.label = piece.text[:length]
    piece.inlines = drop(piece.inlines, length)
    _speak(piece, mark, label)
    return True


def _speak(piece: Piece, mark: Mark, label: str) -> None:
    piece.speaker = label.strip(" :：.—–|-") or None
    piece.settle(_LABELS[mark.role], mark.rule)


def _fill(pieces: list[Piece], role: str, rule: str) -> None:
    """Gives the other role to what stands between: everything after the first question, or up to the last answer."""
    spoken = [place for place, piece in enumerate(pieces) if piece.became in _SPOKEN]
    for piece in pieces[spoken[0] :] if role == "answer" else pieces[max(spoken[0] - 1, 0) : spoken[-1]]:
        if piece.open and (
            piece.kind in ("paragraph", "list", "preformatted") or (role == "question" and piece.kind == "heading")
        ):
            piece.settle(role, rule)


def _attach(pieces: list[Piece], words: Piece, role: str) -> bool:
    """Gives the words to the nearest picture before them, or else after them, that has no caption (or credit) yet."""
    place = pieces.index(words)
    for piece in (*reversed(pieces[:place]), *pieces[place:]):
        figure = piece.block
        if isinstance(figure, Figure) and piece.became != LEFT_OUT and not getattr(figure, role):
            said: tuple[Inline, ...] = words.inlines if role == "caption" else (Text(strip_lead(words.text)),)
            caption, credit = (said, figure.credit) if role == "caption" else (figure.caption, said)
            piece.block = Figure(figure.images, caption, credit)
            return True
    return False
