"""Paragraphs whose lines are weighed together: the renderer sets what :mod:`exporter.writers.pdf.linebreaking.optimal` finds.

The renderer asks for one line after the other, and gives the width that each may fill. Of a paragraph that is justified, or
wanted so, all lines are found when it asks for the first; from then on it is given just the width of the line that was found,
so that it cannot but end there. What a style sheet calls ``--lines: balanced`` is broken by
:mod:`exporter.writers.pdf.linebreaking.balanced`. A line a little longer than its measure is drawn together at
its spaces. Where anything in the paragraph is of a kind that is not understood here, the renderer breaks it as it would.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from math import ceil, inf
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from exporter.writers.pdf.linebreaking import balanced as balance
from exporter.writers.pdf.linebreaking.optimal import HOLE, JUSTIFIED, RAGGED, Line, Lines, Manner, broken, filled
from exporter.writers.pdf.weasyprint.boxes import Box
from exporter.writers.pdf.weasyprint.measuring import PLAIN, Looks, Words, letters_before, letters_in, words_of
from exporter.writers.pdf.weasyprint.patches.line_ends import end_of

ATTRIBUTE = "data-lines"
"""Attribute of a paragraph that is wanted so though it is not justified; its value is how many lines more than are best."""

PROSE = frozenset({"p", "li", "dd"})
"""Elements without a class whose words are running text."""

BALANCED, WHOLE, FILLED = "balanced", "whole", "filled"
"""Values of the custom property ``--lines``: lines of one length; weighed as a whole even where each could be filled without a
fault, as languages want whose words the renderer tears; each filled as far as it goes."""

HAIR = 0.5
"""Pixels that a line is given beyond its width, so that rounding breaks none."""

DIGITS = 3
"""Decimals of a pixel to which widths are compared."""

FREELY = (5, 2, 3)
"""A word of five letters is divided, two of them before the hyphen, three after it."""

AT_ANY_COST = (4, 2, 2)
"""A word is divided wherever its language lets it be: better two letters alone than a hole."""

LOOKS = (
    PLAIN,
    Looks(FREELY),
    *(Looks(FREELY, scale) for scale in (0.995, 1.005, 0.99, 1.01)),
    *(Looks(AT_ANY_COST, scale) for scale in (1.0, 0.99, 1.01)),
)
"""What is tried while a paragraph has faults: nobody sees half a per cent of the type size."""


class Aim(Struct, frozen=True):
    """What is wanted of a line, or what will come of it.

    ``width`` is what it may fill, None where it is left to the renderer; ``end`` is how many letters of its paragraph stand
    before its end. That end is sure while less than ``spare`` of its measure stays empty; ``zoned``: and too little to divide a
    word for.
    """

    width: float | None
    end: int
    spare: float = inf
    zoned: bool = False


Plan = dict[int, Aim]
"""For each line of a paragraph: how many letters stand before it → what is wanted of it."""


@cache
def install() -> bool:
    """Puts the rule in force in this process, once; False on a renderer that is built otherwise, which stays as it is."""
    from weasyprint.layout import inline

    if not all(hasattr(inline, name) for name in ("split_inline_box", "remove_last_whitespace", "justify_line")):
        return False
    split = inline.split_inline_box

    def splitting(
        context: Any, box: Box, position_x: float, max_x: float, bottom: float, place: Any, column: Box, *rest: Any
    ) -> Any:
        if type(box).__name__ != "LineBox":
            return split(context, box, position_x, max_x, bottom, place, column, *rest)
        aim, outer = None, context.__dict__.get("line_end")
        if _wanted(box):
            begin = letters_before(box, place)
            aim = _plan(context, box, None if begin else max_x - position_x, column.width).get(begin)
        context.line_end = end_of(box, aim.end, aim.spare, aim.zoned) if aim else None
        width = aim.width if aim else None
        end = max_x if width is None else position_x + width
        result = split(context, box, position_x, end, bottom, place, column, *rest)
        context.line_end = outer
        if width is not None and _justified(box):
            _draw_together(inline, context, result[0], max_x)
        return result

    inline.split_inline_box = splitting
    return True


def _draw_together(inline: Any, context: Any, line: Box, end: float) -> None:
    """Makes the spaces of a line smaller that runs over its end."""
    inline.remove_last_whitespace(context, line)
    over = line.position_x + line.width - end
    if over > 0:
        inline.justify_line(context, line, -over)


def _wanted(line: Box) -> bool:
    """Whether a line is of a paragraph of running text, or of one that is wanted so, or justified."""
    element = line.element
    if element is None or "::" in line.element_tag:
        return False
    prose = element.tag in PROSE and not element.get("class") and not _is(line, FILLED)
    asked = element.get(ATTRIBUTE) is not None or _is(line, BALANCED) or _is(line, WHOLE)
    return prose or _justified(line) or asked


def _is(line: Box, wish: str) -> bool:
    """Whether a style sheet wants the lines so; what the typesetting loop asks for goes before."""
    value = line.style["__lines"] or ()
    return any(getattr(each, "value", None) == wish for each in value) and not line.element.get(ATTRIBUTE)


def _justified(line: Box) -> bool:
    return bool(line.style["text_align_all"] == "justify")


class _Setting(Struct, frozen=True):
    """What the lines of a paragraph hang on.

    ``beside`` is how many of them stand beside an initial; ``more`` how many lines more than are best are asked for, None
    where nothing is: then lines that are not justified are left to the renderer as long as they have no fault.
    """

    first: float
    short: float
    column: float
    beside: int
    manner: Manner
    more: int | None
    balanced: bool
    whole: bool

    def measure(self, number: int) -> float:
        """How long a line may be: the first is indented, and those beside an initial are shorter."""
        return self.first if number == 0 else self.short if number < self.beside else self.column


_found: ContextVar[dict[Any, tuple[Plan, Looks | None]] | None] = ContextVar("_found", default=None)


def forget() -> None:
    """Begins another article. Until then what was found is kept: most paragraphs are set the same in the next pass."""
    _found.set({})


def _plan(context: Any, line: Box, measure: float | None, column: float) -> Plan:
    """The lines of a paragraph, of which the first may be ``measure`` long, in a column of so many pixels.

    They are found once a layout: a paragraph that goes over to the next page is laid out again, there in a column that
    may differ by the last digit of its width.
    """
    plans: dict[Any, Plan] = context.__dict__.setdefault("plans", {})
    key = setting_key(line, column)
    column = key[-1]
    if key not in plans:
        plan = plans[key] = {}
        settings: dict[Any, _Setting] = context.__dict__.setdefault("settings", {})
        if measure is not None:
            settings[key] = _setting(context, line, round(measure, DIGITS), column)
        setting = settings.get(key)  # known of a paragraph that began on a page which was taken over
        if setting is not None:
            for words in words_of(line):
                plan.update(_aims(words, setting))
                setting = replace(setting, first=column, beside=0)  # so stands what follows a forced break
    return plans[key]


def setting_key(line: Box, column: float) -> tuple[int, int, float]:
    """Under which a layout keeps what the lines of a paragraph hang on."""
    return id(line.element), letters_in(line), round(column, DIGITS)


def _setting(context: Any, line: Box, measure: float, column: float) -> _Setting:
    from weasyprint.text.line_break import strut

    foot = max((each.position_y + each.margin_height() for each in context.excluded_shapes), default=0.0)
    beside = max(0, ceil((foot - line.position_y) / strut(line.style)[0] - 0.01))
    manner = JUSTIFIED if _justified(line) else RAGGED
    asked = line.element.get(ATTRIBUTE)
    more, ways = int(asked) if asked else None, (_is(line, BALANCED), _is(line, WHOLE))
    return _Setting(measure, measure + line.text_indent, column, beside, manner, more, *ways)


def _aims(words: Words, setting: _Setting) -> Plan:
    """What is wanted of all lines but the last, which has all its measure, for what may follow its words."""
    known = _found.get()
    key = words.key, setting
    if known is not None and key in known:
        plan, looks = known[key]
        if plan and looks:
            words.apply(looks)
        return plan
    plan, looks = _left_alone(words, setting), None
    if not plan and (words.spaced or setting.balanced):
        words, lines = _best(words, setting)
        plan, looks = _planned(words, lines, setting), words.looks
        if lines:
            words.apply(looks)
    if known is not None:
        known[key] = plan, looks
    return plan


def _left_alone(words: Words, setting: _Setting) -> Plan:
    """What will come of lines that the renderer fills one after the other; nothing where they are not left to it."""
    free = (
        words.spaced
        and setting.manner is RAGGED
        and setting.more is None
        and not setting.whole
        and not setting.balanced
    )
    lines = filled(words.text, setting.measure, words.zone) if free else []
    begins = [*(words.letters_before(each.start) for each in lines), words.letters]
    ends = zip(lines, begins, begins[1:], strict=False)
    return {begin: Aim(None, end, each.spare, each.zoned) for each, begin, end in ends}


def _planned(words: Words, lines: list[Line], setting: _Setting) -> Plan:
    begins = [*(words.letters_before(each.start) for each in lines), words.letters]
    ends = zip(lines, begins, begins[1:], strict=False)
    plan = {begin: Aim(each.width + each.after + HAIR, end) for each, begin, end in ends}
    if lines and lines[-1].width <= setting.measure(len(lines) - 1):
        del plan[begins[-2]]
    return plan


def _best(words: Words, setting: _Setting) -> tuple[Words, list[Line]]:
    """The first looks in which the paragraph has no fault, or those in which it has the least."""
    if setting.balanced:
        return words, _of_one_length(words, setting.column)

    def found(words: Words) -> Lines:
        return broken(words.text, setting.measure, setting.manner, setting.more or 0, setting.beside)

    best = words, found(words)
    for looks in LOOKS[1:]:
        if best[1].cost < HOLE:
            break
        other = words.varied(looks)
        lines = found(other)
        if lines.cost < best[1].cost:
            best = other, lines
    if setting.more and best[1].cost >= HOLE:
        return _best(words, replace(setting, more=0))  # not at the cost of holes
    return best[0], best[1].lines


def _of_one_length(words: Words, measure: float) -> list[Line]:
    """The lines of large type; none where the renderer does as well."""
    text = balance.Words(words.text.chunks, words.spoken)
    found = balance.balanced(text, measure)
    return found.lines(text) if found else []
