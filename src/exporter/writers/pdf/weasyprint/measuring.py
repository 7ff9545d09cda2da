"""The words of a paragraph before the renderer breaks it: how wide they are, and where they may be divided.

All of it as the renderer itself would find it, with its own means: what is measured here is what it will set. Lengths are CSS
pixels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import Any

from msgspec import Struct

from exporter.typography.hyphenation import language_of
from exporter.writers.pdf.linebreaking.optimal import Chunk, Part, Start, Text
from exporter.writers.pdf.weasyprint.boxes import Box, Style
from exporter.writers.pdf.weasyprint.patches import memo
from exporter.writers.pdf.weasyprint.patches.hyphenation import OWN_HYPHEN, Head, heads_of

_SPACE_WIDTH = 0.25
"""What a space is reckoned to be wide, in parts of the type size: as the proof-reader does."""

_SPACE = re.compile(r"[ \u00a0]")
_HANGUL = "\uac00"
_INSIDE_WORD = re.compile(r"[\uac00-\ud7a3][\uac00-\ud7a3]")
_FORCED = re.compile(r"[\n\t]")


LONGEST_PART = 14
"""Letters of a part of a compound that is not divided itself; a longer one would tear holes."""


class Looks(Struct, frozen=True):
    """How words are set.

    ``limits`` are the letters that a word has at least that is divided, and those before and after its hyphen; None: as the
    style says. ``scale`` is the type's size in parts of the style's.
    """

    limits: tuple[int, int, int] | None = None
    scale: float = 1.0


PLAIN = Looks()
"""As the style says."""


class Words:
    """The words of a paragraph up to a forced break, after ``before`` letters; :attr:`text` is what is broken into lines."""

    def __init__(self, runs: list[_Run], before: int = 0, looks: Looks = PLAIN) -> None:
        self._runs, self._before, self.looks = runs, before, looks
        self._known: dict[int, list[tuple[Part, int]]] = {}

    # What follows is worked out when somebody asks: of most paragraphs it is known already what comes of them.

    @cached_property
    def _pieces(self) -> list[list[_Run]]:
        return list(_cut(self._runs, list(_places_to_break(self._runs))))

    @cached_property
    def text(self) -> Text:
        """The words as they are broken into lines."""
        size = max((run.style["font_size"] for run in self._runs), default=0.0) * self.looks.scale
        return Text([self._remembered(each) for each in self._pieces], self._parts, _SPACE_WIDTH * size)

    @cached_property
    def _letters(self) -> list[int]:
        return list(accumulate((chunk.letters for chunk in self.text.chunks), initial=self._before))

    def varied(self, looks: Looks) -> Words:
        """The same words in other looks."""
        other = Words(self._runs, self._before, looks)
        other._pieces = self._pieces
        return other

    @property
    def spoken(self) -> list[str]:
        """What each chunk says, with the space after it."""
        return ["".join(piece.text for piece in pieces) for pieces in self._pieces]

    @property
    def letters(self) -> int:
        """How many letters stand before the end of these words."""
        return self._before + sum(_count(run.text) for run in self._runs)

    def letters_before(self, start: Start) -> int:
        """How many letters stand before a place where a line begins."""
        number, part = start
        return self._letters[number] + (self._divided(number)[part - 1][1] if part else 0)

    @property
    def spaced(self) -> bool:
        """Whether most lines end at spaces, which may give: in Chinese, Japanese and Thai they end between letters."""
        return 3 * sum(chunk.after > 0 for chunk in self.text.chunks) >= len(self.text.chunks) - 1

    @property
    def zone(self) -> float:
        """The part of a line that must stay empty before a word is divided."""
        zone = next((run.style["hyphenate_limit_zone"] for run in self._runs), None)
        return float(zone.value) / 100 if zone is not None and zone.unit == "%" else 0.0

    @property
    def key(self) -> Any:
        """What tells these words in their styles from all others, and from the same after other letters."""
        return self._before, tuple((run.text, run.ruler.key, run.width) for run in self._runs)

    def apply(self, looks: Looks) -> None:
        """Lets the renderer set the words in these looks, and divide them however little room that saves."""
        for run in self._runs:
            run.box.plain, run.box.style = run.style, _in_looks(run.style, looks)

    def _remembered(self, pieces: list[_Run]) -> Chunk:
        """A word with the space after it: words come again."""
        memory = memo.remembered()
        if memory is None or len(pieces) > 1 or pieces[0].width:
            return self._chunk(pieces)
        key = pieces[0].text, pieces[0].ruler.kind, self.looks.scale
        found = memory.chunks.get(key)
        if found is None:
            found = memory.chunks[key] = self._chunk(pieces)
        return found

    def _chunk(self, pieces: list[_Run]) -> Chunk:
        """A word with the space after it, perhaps of several runs."""
        width = after = 0.0
        spaces = letters = 0
        for piece in pieces:
            bare = piece.text.rstrip(" ")
            if bare:
                width += after + self._width(piece.ruler, bare)
                after = 0.0
            width += piece.width
            if len(bare) < len(piece.text):
                after = self._space(piece.ruler, bare[-1:])
            spaces += len(_SPACE.findall(bare))
            letters += _count(bare)
        return Chunk(width, after, spaces, letters)

    def _space(self, ruler: _Ruler, letter: str) -> float:
        """The width of a space after a letter: after one that another font has, the space is that font's."""
        if letter < _HANGUL:
            return self._width(ruler, " ")
        return self._width(ruler, f"{letter} {letter}") - 2 * self._width(ruler, letter)

    def _width(self, ruler: _Ruler, text: str) -> float:
        return ruler.width(text) * self.looks.scale

    def _parts(self, number: int) -> list[Part]:
        return [part for part, _ in self._divided(number)]

    def _divided(self, number: int) -> list[tuple[Part, int]]:
        """The places at which the renderer would divide a word: widths, and the letters before each."""
        if number not in self._known:
            divisions = () if self._is_in_compound(number) else self._divisions(self._said(number))
            self._known[number] = list(divisions)
        return self._known[number]

    def _said(self, number: int) -> list[_Run]:
        return [each for each in self._pieces[number] if each.text]

    def _is_in_compound(self, number: int) -> bool:
        """Whether a chunk is a part of a compound that has a hyphen of its own: there it is divided, and nowhere else."""
        around = self._said(number)[-1:] + (self._said(number - 1)[-1:] if number else [])
        return self.text.chunks[number].letters <= LONGEST_PART and any(
            each.text.endswith(OWN_HYPHEN) for each in around
        )

    def _divisions(self, pieces: list[_Run]) -> Iterator[tuple[Part, int]]:
        if len(pieces) != 1 or pieces[0].style["hyphens"] != "auto" or "\u00ad" in pieces[0].text:
            return
        ruler, hyphen = pieces[0].ruler, pieces[0].style["hyphenate_character"]
        limits = self.looks.limits or pieces[0].style["hyphenate_limit_chars"]
        for head in _heads(pieces[0].text, ruler.style["lang"], limits):
            yield (self._width(ruler, head.taken), self._width(ruler, head + hyphen)), _count(head.taken)


def _in_looks(style: Style, looks: Looks) -> Any:
    """The style for one box alone: paragraphs of one kind share theirs. Smaller type stands as far apart as before."""
    from weasyprint.css.properties import Dimension

    own = style.copy()
    own.looks = looks
    own["hyphenate_limit_zone"] = Dimension(0, "px")
    own["hyphenate_limit_chars"] = looks.limits or style["hyphenate_limit_chars"]
    if looks.scale != 1:
        own["font_size"] = style["font_size"] * looks.scale
        if isinstance(style["line_height"], float):
            own["line_height"] = Dimension(style["line_height"] * style["font_size"], "px")
    return own


def words_of(line: Box) -> Iterator[Words]:
    """The words of a paragraph between forced breaks; nothing where it has something that is not understood."""
    runs = list(_runs(line))
    known = [run for run in runs if run is not None]
    before = 0
    for part in _parted(known) if len(known) == len(runs) else ():
        words = Words(part, before)
        before = words.letters
        yield words


def _parted(runs: list[_Run]) -> Iterator[list[_Run]]:
    """The runs between forced breaks."""
    part: list[_Run] = []
    for run in runs:
        if run.text == "\n":
            yield part
            part = []
        else:
            part.append(run)
    yield part


class _Ruler:
    """Measures letters in a style. What was measured is kept with the fonts: words come again."""

    def __init__(self, style: Style) -> None:
        from weasyprint.text.line_break import _font_style_cache_key

        spaced = style["letter_spacing"], style["word_spacing"]
        known = style.font_config.__dict__.setdefault("widths", {})
        # The fonts outlive the article: what is kept with them hangs on all that a width hangs on.
        self.kind = _font_style_cache_key(style, include_size=True), *spaced, style["direction"], style["font_kerning"]
        self.style = style
        self.key = *self.kind, style["hyphens"], style["hyphenate_limit_chars"]
        self._widths: dict[str, float] = known.setdefault(self.kind, {})
        self._between = spaced != ("normal", 0)  # Pango spaces letters out between others only
        self._layout: Any = None

    def width(self, text: str) -> float:
        """The width of some letters."""
        found = self._widths.get(text)
        if found is None:
            found = self._drawn(f"n{text}n") - self._drawn("nn") if self._between else self._drawn(text)
            self._widths[text] = found
        return found

    def _drawn(self, text: str) -> float:
        from weasyprint.text.line_break import Layout, line_size

        if self._layout is None:
            self._layout = Layout(self.style)
        self._layout.set_text(text)
        return float(line_size(self._layout.get_first_line()[0], {"letter_spacing": "normal"})[0])


class _Run(Struct, frozen=True):
    """Some letters in one style, and the box that they are of; a box of ``width`` where there are none."""

    text: str
    ruler: _Ruler
    box: Box
    width: float = 0.0

    @property
    def style(self) -> Any:
        """Its style, as the renderer has it."""
        return self.ruler.style


def ruler_of(box: Box) -> _Ruler:
    """The ruler for a box in the style that it has by itself."""
    return _Ruler(box.__dict__.get("plain", box.style))


def _runs(box: Box) -> Iterator[_Run | None]:
    """The runs of a line that is not yet broken; None for what is not understood."""
    for child in box.children:
        kind = type(child).__name__
        if not child.is_in_normal_flow():
            if child.is_floated():
                yield None
        elif kind == "TextBox":
            known = child.text == "\n" or not _FORCED.search(child.text)
            yield _Run(child.text, ruler_of(child), child) if known else None
        elif kind == "InlineBox":
            yield None if any(_sides(child.style)) else _Run("", ruler_of(child), child)
            yield from _runs(child)
        elif kind == "InlineBlockBox" and child.style["width"] != "auto":
            yield _Run("", ruler_of(child), child, _outer(child.style))
        else:
            yield None


def _sides(style: Style) -> Iterator[bool]:
    """Whether an inline box takes room on either side of its words."""
    for side in ("left", "right"):
        for name in (f"margin_{side}", f"padding_{side}"):
            yield style[name] == "auto" or bool(style[name].value)
        yield bool(style[f"border_{side}_width"])


def _outer(style: Style) -> float:
    sides = (style[name] for name in ("margin_left", "padding_left", "width", "padding_right", "margin_right"))
    return float(sum(each.value for each in sides if each != "auto"))


def letters_before(box: Box, skip_stack: Any) -> int:
    """How many letters of a box stand before a place in it, as the renderer counts places."""
    if skip_stack is None:
        return 0
    ((index, inner),) = skip_stack.items()
    if type(box).__name__ == "TextBox":
        return letters_up_to(box, index)
    return sum(map(letters_in, box.children[:index])) + (letters_before(box.children[index], inner) if inner else 0)


def letters_up_to(box: Box, index: int) -> int:
    """How many letters of a text stand before a byte of it; counted from the place that was asked for before."""
    text, place, count = box.__dict__.get("counted", (None, 0, 0))
    if text is not box.text or place > index:
        place = count = 0
    count += _count(box.text.encode()[place:index].decode())
    box.counted = box.text, index, count
    return int(count)


def letters_in(box: Box) -> int:
    """How many letters a line or a part of it has."""
    kind = type(box).__name__
    if kind == "TextBox":
        text, count = box.__dict__.get("letters", (None, 0))
        if text is not box.text:
            count = _count(box.text)
            box.letters = box.text, count
        return int(count)
    return sum(map(letters_in, box.children)) if kind in {"InlineBox", "LineBox"} else 0


def _count(text: str) -> int:
    return sum(map(len, text.split()))


def _places_to_break(runs: list[_Run]) -> Iterator[int]:
    """The letters before which a line may begin, counted over all runs, and the end. Korean keeps its words whole."""
    from weasyprint.text.line_break import get_log_attrs

    whole = "".join(run.text for run in runs)
    if whole:
        marks = get_log_attrs(whole, runs[0].style["lang"])
        places = (place for place in range(1, len(whole)) if marks[place].is_line_break)
        yield from (place for place in places if not _INSIDE_WORD.match(whole, place - 1))
        yield len(whole)


def _cut(runs: list[_Run], ends: list[int]) -> Iterator[list[_Run]]:
    """The runs between one place to break and the next."""
    place = 0
    pieces: list[_Run] = []
    left = iter(ends)
    end = next(left, 0)
    for run in runs:
        text = run.text
        if not text:
            pieces.append(run)
        while text:
            pieces.append(_Run(text[: end - place], run.ruler, run.box))
            if len(text) < end - place:
                place += len(text)
                break
            text, place = text[end - place :], end
            yield pieces
            pieces, end = [], next(left, 0)


def _heads(text: str, tag: str | None, limits: tuple[int, int, int]) -> Iterator[Head]:
    """The beginnings of a text that may stand before a hyphen, the shortest first."""
    from weasyprint.text.line_break import get_next_word_boundaries

    language = language_of(tag)
    total, left, right = limits
    offset, rest = 0, text
    while language and len(rest) >= total:
        bounds = get_next_word_boundaries(rest, language)
        if not bounds:
            return
        start, stop = bounds
        if stop - start >= total:
            heads = list(heads_of(rest[start:stop], language, left, right))
            yield from (text[: offset + start] + head for head in reversed(heads))
            return
        offset, rest = offset + stop, rest[stop:]
