"""What an editor says of single blocks, on a page that is read already: each becomes what is said, and nothing else changes.

Rules come first and corrections last, so that a block is found under the name that the rules' own reading gave it.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from exporter.corrections import Correction
from exporter.corrections.roles import CORRECTION, another
from exporter.model import Figure, Inline, Text
from exporter.notices import excerpt, notice
from exporter.readers.article.extent import OUTSIDE
from exporter.readers.article.figures import find_figures, restored
from exporter.readers.assembly.identities import identify
from exporter.readers.assembly.page import Page, Step
from exporter.readers.assembly.placing import Around, around, in_place, is_out, lifted
from exporter.readers.dom.search import stands_in
from exporter.readers.lexicon.credits import strip_lead
from exporter.readers.lexicon.folding import fold
from exporter.readers.segments.labels import drop, label_of, same_voice
from exporter.readers.segments.segment import LEFT_OUT, NATURAL, Segment, every, text_of
from exporter.readers.sites.applied import HEADS, SPOKEN, fill_turns, opening_of

_BOXES = ("list", "table", "quote", "box")


def correct(page: Page) -> None:
    """Applies every correction whose block is on the page, in the page's order; tells of the others."""
    wanted = {each.identity: each for each in page.corrections.blocks}
    if not wanted:
        return
    found = [each for each in every([*page.segments, *page.notes]) if each.identity in wanted]
    met = {each.identity for each in found}
    missing = [identity for identity in wanted if identity not in met]
    page.notices += [notice("correction-unmatched", block=each, file=page.corrections.origin) for each in missing]
    if not found:
        return
    editing = _Editing(page)
    for segment in found:
        editing.apply(segment, wanted[segment.identity])
    editing.leave()


class _Editing(Struct, eq=False):
    """The page while it is corrected.

    ``span`` are the segments of the article and all between them, in the page's order; ``heads`` the parts of the opening
    that are to be made up anew; ``spoke`` says whether the rules found turns.
    """

    page: Page
    before: list[Segment] = field(default_factory=list)
    span: list[Segment] = field(default_factory=list)
    after: list[Segment] = field(default_factory=list)
    heads: dict[str, str | None] = field(default_factory=dict)
    spoke: bool = False

    def __post_init__(self) -> None:
        """Takes all between the first and the last block that is meant, leaving out what the article does not hold."""
        page, wanted = self.page, {each.identity for each in self.page.corrections.blocks}
        known = {id(each) for each in page.decided}
        places = [
            place
            for place, segment in enumerate(page.segments)
            if id(segment) in known or any(each.identity in wanted for each in every([segment]))
        ]
        first, last = min(places, default=0), max(places, default=-1) + 1
        self.before, self.span, self.after = page.segments[:first], page.segments[first:last], page.segments[last:]
        OUTSIDE.decide([segment for segment in self.span if id(segment) not in known])
        self.spoke = any(each.became in SPOKEN for each in self.span)

    def apply(self, segment: Segment, correction: Correction) -> None:
        """Makes of the block what the correction says, or tells why it cannot be that."""
        boxes = around(self.span, segment)
        if _is_already(segment, boxes or (), correction):
            segment.overrule(segment.became or correction.role.became, CORRECTION)
            return
        if not segment.text and correction.role.became not in ("", LEFT_OUT):
            reason = "it has no words"
        elif boxes is None:
            reason = _of_note(correction)
        else:
            reason = _DEEDS[correction.role.name](self, segment, correction)
        if reason:
            words = excerpt(segment.text or segment.kind, 40)
            told = {"block": correction.identity, "role": correction.role.name, "reason": reason, "excerpt": words}
            self.page.notices.append(notice("correction-unfit", segment.where, **told))

    def leave(self) -> None:
        """Makes up the opening and the turns anew, and gives the page back."""
        page = self.page
        # Where rules found turns, a correction of one block must not make answers of its neighbours.
        if not self.spoke:
            self._fill()
        page.segments, page.decided = [*self.before, *self.span, *self.after], self.span
        for name in self.heads:
            self._make_up(name)

    def _fill(self) -> None:
        """On a page without turns, the questions that are named make answers of what follows, and the other way round."""
        said = {each.became for each in self.span} & set(SPOKEN)
        # Named questions alone would leave a page of questions without a single answer.
        for role in set(SPOKEN) - said if said else ():
            fill_turns(self.span, role, "correction nearby")
        if said:
            self.page.notices = [each for each in self.page.notices if each.code != "turns-missed"]

    def _make_up(self, name: str) -> None:
        """A part of the opening of the blocks that are said to be it, else of those that are left."""
        page = self.page
        found = [each for each in every(page.segments) if each.became == name]
        said = [each for each in found if each.rule.startswith(CORRECTION)]
        for segment in found if said else ():
            if segment not in said:
                segment.overrule(LEFT_OUT, another(name))
        made = getattr(opening_of([each for each in page.segments if each.became == name]), name)
        if made or name != "headline":
            setattr(page.opening, name, made)
            page.opening.origin = "page" if name == "headline" else page.opening.origin
        if said and name == "dateline":
            page.opening.dated.insert(0, made)

    # ------------------------------------------------------------------------------------------------ what is done to one

    def make(self, segment: Segment, became: str) -> None:
        """Decides anew, and says what the rules had made of it."""
        was = segment.became
        rule = f"correction (read as {was})" if was and was != became else CORRECTION
        segment.overrule(became, rule)

    def detach(self, segment: Segment, became: str) -> None:
        """Undoes what the block was before: a part of the opening, words of a picture, words without their label."""
        if segment.became in HEADS:
            self.heads.setdefault(segment.became)
        if segment.became in ("caption", "credit"):
            self._take_from_figure(segment)
        # The label was taken off the words when the block was made a question or an answer.
        if segment.label and became not in SPOKEN:
            segment.inlines = (Text(segment.label), *segment.inlines)
            segment.label, segment.speaker = "", None

    def _take_from_figure(self, segment: Segment) -> None:
        boxes = around(self.span, segment) or ()
        for each in (*reversed(boxes), *self._near(segment)):
            figure = each.block
            if isinstance(figure, Figure):
                told = {name: text_of(getattr(figure, name)) for name in ("caption", "credit")}
                shared = {name for name, text in told.items() if text and fold(text) in segment.text}
                if shared:
                    kept = [() if name in shared else getattr(figure, name) for name in told]
                    each.block = Figure(figure.images, *kept)
                    return

    def _near(self, segment: Segment) -> list[Segment]:
        """The segments before it, the nearest first, then those behind it."""
        boxes = around(self.span, segment) or ()
        outer = boxes[0] if boxes else segment
        place = next(number for number, each in enumerate(self.span) if each is outer)
        return [*reversed(self.span[:place]), *self.span[place + 1 :]]

    def stand_alone(self, segment: Segment, *inside: str) -> list[Segment]:
        """The block by itself, outside of all boxes but those of the kinds that may hold it; boilerplate taken apart."""
        boxes = around(self.span, segment) or ()
        if boxes and (is_out(boxes[-1], boxes) or any(each.kind not in inside for each in boxes)):
            self.span = lifted(self.span, segment)
        return self.taken_apart(segment)

    def taken_apart(self, segment: Segment) -> list[Segment]:
        """What stands in boilerplate, in its place; any other segment itself."""
        if segment.kind != "furniture" or segment.element is None:
            return [segment]
        found = self.page.spared(segment.element)
        find_figures(found, self.page.images.load, self.page.declared.publication)
        if not any(each.text or each.segments for each in found):
            return [segment]
        # A further reading finds the block under the identity that the editor wrote down.
        for each in every(found):
            each.identity = segment.identity
        self.span = in_place(self.span, segment, found)
        return [each for each in found if each.text or not segment.text]

    # ------------------------------------------------------------------------------------------------- one deed for a role

    def as_left_out(self, segment: Segment, correction: Correction) -> str:
        """No part of the article."""
        self.detach(segment, LEFT_OUT)
        self.make(segment, LEFT_OUT)
        boxes = around(self.span, segment) or ()
        figure = next((each for each in boxes if each.kind == "figure"), None) if segment.kind == "anchor" else None
        if figure is not None and not restored(figure, self.page.images.load, self.page.declared.publication):
            self.make(figure, LEFT_OUT)
        return ""

    def keep(self, segment: Segment, correction: Correction) -> str:
        """Part of the article; what is that already stays what it is."""
        boxes = around(self.span, segment) or ()
        if not is_out(segment, boxes):
            return ""
        if segment.kind == "anchor":
            segment = next((each for each in boxes if each.kind == "figure"), segment)
        for each in self.stand_alone(segment, *_BOXES):
            if each.kind == "figure" and not restored(each, self.page.images.load, self.page.declared.publication):
                return "its picture cannot be had"
            if each.kind != "anchor" and (each is segment or each.became != LEFT_OUT):
                self.make(each, NATURAL.get(each.kind, each.kind) if each.kind != "furniture" else "paragraph")
                each.kind = "paragraph" if each.kind == "furniture" else each.kind
                each.inlines = each.inlines or (() if each.segments or each.block else (Text(each.text),))
        return ""

    def say(self, segment: Segment, correction: Correction) -> str:
        """A question or an answer."""
        became = correction.role.became
        for each in self.stand_alone(segment):
            self.detach(each, became)
            if became == "question" or each.kind not in _BOXES:
                _worded(each)
            self._name_speaker(each, correction.of)
            self.make(each, became)
        return ""

    def _name_speaker(self, segment: Segment, of: str) -> None:
        """Who speaks is who is named, else who stands in front of the words where that is somebody who speaks here."""
        label = label_of(segment) if segment.inlines and not segment.label else None
        voices = [of, *(each.speaker for each in self.span if each.speaker)]
        if (
            label is not None
            and label.length < len(segment.text)
            and (label.role or any(voice and same_voice(voice, label.name) for voice in voices))
        ):
            segment.label, segment.inlines = segment.text[: label.length], drop(segment.inlines, label.length)
            segment.speaker = label.name
        segment.speaker = of or segment.speaker

    def reword(self, segment: Segment, correction: Correction) -> str:
        """A crosshead or a paragraph."""
        became = correction.role.became
        for each in self.stand_alone(segment, "box", "list", "table"):
            self.detach(each, became)
            _worded(each)
            each.kind, each.level = ("heading", 3) if became == "crosshead" else ("paragraph", 0)
            self.make(each, became)
        return ""

    def open_with(self, segment: Segment, correction: Correction) -> str:
        """A part of the opening."""
        became = correction.role.became
        for each in self.stand_alone(segment):
            self.detach(each, became)
            _worded(each)
            self.make(each, became)
        self.heads.setdefault(became)
        return ""

    def tell_of_picture(self, segment: Segment, correction: Correction) -> str:
        """The caption or the credit of a picture."""
        became = correction.role.became
        boxes = around(self.span, segment) or ()
        if boxes and boxes[-1].kind == "table" and became == "caption" and _is_table_caption(segment, boxes[-1]):
            return ""
        self.detach(segment, became)
        pictures = [each for each in reversed(boxes) if isinstance(each.block, Figure)]
        pictures += [each for each in self._near(segment) if _is_shown(each)]
        if not pictures:
            return "there is no picture in the article"
        in_figure = isinstance(boxes[-1].block if boxes else None, Figure)
        for each in self.taken_apart(segment) if in_figure else self.stand_alone(segment):
            _worded(each)
            _tell(pictures[0], each, became)
            self.make(each, became)
        return ""

    def quote(self, segment: Segment, correction: Correction) -> str:
        """A pull quote, with its attribution where that is given."""
        for each in self.stand_alone(segment):
            self.detach(each, "pull-quote")
            if each.kind != "quote" or not each.segments:
                _worded(each)
                each.kind = "paragraph"
            if correction.attribution:
                _attribute(each, (Text(correction.attribution),))
            self.make(each, "pull-quote")
        return ""

    def attribute(self, segment: Segment, correction: Correction) -> str:
        """Whose words the quote is that the block stands in or behind."""
        boxes = around(self.span, segment) or ()
        others = [each for each in boxes[-1].segments if each is not segment] if boxes else []
        if boxes and boxes[-1].kind == "quote" and any(each.text and each.became != LEFT_OUT for each in others):
            self.make(segment, "attribution")
            return ""
        near = self._near(segment)
        quote = next((each for each in near if each.became in ("pull-quote", "block-quote")), None)
        if (
            quote is None
            and (quote := next((each for each in near if each.kind == "quote" and each.open), None)) is None
        ):
            return "there is no quote before it"
        self.detach(segment, "attribution")
        words: tuple[Inline, ...] = ()
        for each in self.stand_alone(segment):
            _worded(each)
            words = (*words, *([Text(" ")] if words else []), *each.inlines)
            self.make(each, "attribution")
        _attribute(quote, words)
        return ""


def _of_note(correction: Correction) -> str:
    """Why a note cannot be what is said of it: it stands wherever its mark stands."""
    return "" if correction.role.name == "kept" else "it is a note, which goes with its mark"


def _is_already(segment: Segment, boxes: Around, correction: Correction) -> bool:
    """Whether the rules have made that of the block, or of a box that it stands in, and nothing more is said of it."""
    became = correction.role.became
    if correction.of or correction.attribution or not became or is_out(segment, boxes) != (became == LEFT_OUT):
        return False
    own = segment.became or _LOOKS.get(segment.kind, "")
    return became == own or (not segment.became and any(each.became == became for each in boxes))


_LOOKS = {"paragraph": "paragraph", "heading": "crosshead"}
"""Kind of a segment → what it is while nothing is decided."""


def _is_table_caption(segment: Segment, table: Segment) -> bool:
    """Whether the words are the caption of their table, which takes them by itself: over it, or in the box around it."""
    element = segment.element
    if element is None or table.element is None:
        return False
    over = any(each.name == "caption" for each in (element, *element.parents))
    return over or not stands_in(element, table.element)


def _worded(segment: Segment) -> None:
    """Makes a run of words of the block, whatever it was."""
    if not segment.inlines:
        segment.inlines = (Text(segment.text),)
    segment.block = None
    if segment.kind not in ("paragraph", "heading"):
        segment.kind = "paragraph"


def _is_shown(segment: Segment) -> bool:
    return isinstance(segment.block, Figure) and segment.became != LEFT_OUT


def _tell(picture: Segment, words: Segment, became: str) -> None:
    """Adds the words to what is said of the picture."""
    figure = picture.block
    if isinstance(figure, Figure):
        said: tuple[Inline, ...] = (
            words.inlines if became == "caption" else (Text(strip_lead(words.text) or words.text),)
        )
        known = getattr(figure, became)
        whole = (*known, Text(" "), *said) if known else said
        caption, credit = (whole, figure.credit) if became == "caption" else (figure.caption, whole)
        picture.block = Figure(figure.images, caption, credit)


def _attribute(quote: Segment, words: tuple[Inline, ...]) -> None:
    """Puts an attribution into a quote, in place of the one that it has; it is no block of the page there."""
    if not quote.segments:
        quote.segments = [Segment("paragraph", quote.text, quote.inlines, where=quote.where)]
    for each in quote.segments:
        if each.became == "attribution":
            each.overrule(LEFT_OUT, another(each.became))
    said = Segment("paragraph", "", words, where=quote.where)
    said.settle("attribution", CORRECTION)
    quote.segments = [*quote.segments, said]


Deed = Callable[[_Editing, Segment, Correction], str]
"""Makes of a block what a role says; gives the reason when it cannot."""

_DEEDS: dict[str, Deed] = {
    "question": _Editing.say,
    "answer": _Editing.say,
    "crosshead": _Editing.reword,
    "paragraph": _Editing.reword,
    **dict.fromkeys(HEADS, _Editing.open_with),
    "caption": _Editing.tell_of_picture,
    "credit": _Editing.tell_of_picture,
    "pull-quote": _Editing.quote,
    "attribution": _Editing.attribute,
    "kept": _Editing.keep,
    "left out": _Editing.as_left_out,
}
"""Name of a role → what is done for it."""

CORRECTIONS: tuple[Step, ...] = (identify, correct)
"""What every reader does at the end, when everything else is decided."""
