"""A cover picture, composed from a photo and a few lines of type by the measures of a theme.

The design is data (:class:`Design`, a theme's ``cover.toml``); this module knows how to fit, break and shape type, in any
script that a face of the theme has. What no face can set is left off rather than set wrong. Like :mod:`exporter.images`, it
works on pixels, and it is the only other place that knows Pillow.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from exporter.covers.fonts import CoverFonts, shapes
from exporter.covers.line_breaks import Piece, capitals, joined, pieces
from exporter.errors import ThemeError
from exporter.themes import Theme

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

_QUALITY = 84
_LONGEST = 1000  # characters: no cover holds more, and a page may claim a headline of megabytes
ORNAMENT = "mark"
"""The field of a line that is drawn and not read: the mark that opens somebody's words."""
_SPACES = re.compile(r"[ \t\n\r\f\v]+")  # not those at which no line breaks
_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_EVEN = 0.5
"""A line of less than this part of the longest, or one short word, looks left over."""
_GIVEN = 0.6
"""A text is set this part of its possible size, but no smaller, if its lines are even there."""


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One text of the cover and how it is set. Sizes, gaps and heights are pixels of the cover.

    ``faces`` are font files in the order in which they are tried: the first that has all the characters is used. One may be a
    style of the machine's own fonts (:mod:`exporter.covers.fonts`), for scripts that no theme carries. ``sizes`` run from
    the one wished for to the smallest allowed, ``alone`` from larger ones that a text of one line may have; ``leading`` and
    ``tracking`` are parts of the size.
    ``at`` is a fixed height; a line without it follows the one before it, ``gap`` below. ``flush``: there the ink begins,
    whatever room the letters leave around themselves, and it ends above the other lines. ``required``: without this line,
    no line is set at all. ``ink`` may be translucent (``#rrggbbaa``);
    an ``accented`` line has another accent than the theme's own, where there is one.
    """

    field: str
    faces: tuple[str, ...]
    sizes: tuple[int, ...]
    ink: str
    alone: tuple[int, ...] = ()
    most_lines: int = 1
    leading: float = 1.2
    tracking: float = 0.0
    capitals: bool = False
    gap: int = 0
    at: int | None = None
    accented: bool = False
    flush: bool = False
    required: bool = False


class Layout(Struct, frozen=True, forbid_unknown_fields=True):
    """Where things stand. ``text`` is the (highest top, bottom) of the lines, ``photo`` the (top, lowest bottom) of the photo.

    The photo gives way to the lines, and takes the room above it that none of them has; it leaves ``inset`` pixels free left
    and right. ``gap`` is the room above the first line, in place of that line's own. Without a photo the lines begin at their
    top, or end at their bottom if they ``stand``. A cover has one of the ``papers``, the same for all of one publication.
    """

    papers: tuple[str, ...]
    text: tuple[int, int]
    lines: tuple[Line, ...]
    photo: tuple[int, int] = (0, 0)
    gap: int = 0
    inset: int = 0
    stand: bool = False


class Design(Struct, frozen=True, forbid_unknown_fields=True):
    """A theme's cover: one layout with a photo, one without. ``margin`` is left and right of the type.

    ``least`` is the pixels of width that a photo must have: a smaller one would be a blur. ``scales`` brings faces whose
    letters are small on their body to the size of the others.
    """

    width: int
    height: int
    margin: int
    with_photo: Layout
    without_photo: Layout
    focus: tuple[float, float] = (0.5, 0.4)
    least: int = 0
    scales: dict[str, float] = {}


class Cover(Struct, frozen=True):
    """The finished picture, JPEG in sRGB, and the texts that stand on it, whole and in their lines."""

    content: bytes
    width: int
    height: int
    texts: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

BARE = Design(1600, 2560, 0, Layout(("#ffffff",), (0, 0), ()), Layout(("#ffffff",), (0, 0), ()))
"""The cover of a theme without a design: the photo alone."""


def design_of(theme: Theme) -> Design:
    """The theme's ``cover.toml``, or :data:`BARE`. Raises :class:`ThemeError` when it is not of the form."""
    try:
        content = theme.table("cover.toml")
        design = msgspec.convert(content, Design) if content else BARE
        return _accented(design, theme.accent) if _COLOUR.fullmatch(theme.accent) else design
    except (OSError, ValueError, msgspec.ValidationError) as fault:
        raise ThemeError(f"cover.toml of {theme.name} is wrong: {fault}.", "styles/magazine is an example.") from fault


def _accented(design: Design, accent: str) -> Design:
    lines = tuple(replace(line, ink=accent) if line.accented else line for line in design.with_photo.lines)
    return replace(design, with_photo=replace(design.with_photo, lines=lines))


def compose(
    design: Design,
    font: Callable[[str], bytes],
    texts: Mapping[str, str],
    photo: bytes | None,
    direction: Literal["ltr", "rtl"] = "ltr",
    language: str = "und",
) -> Cover | None:
    """The cover with ``photo`` (JPEG or PNG) and ``texts`` by field; None when there is neither photo nor a settable headline.

    ``font`` gives the bytes of a face by its file name. A text that no face has, or that is too long, stays off; without a
    required one all do.
    """
    from PIL import Image, ImageColor, ImageDraw

    shown = photo if photo and _width_of(photo) >= design.least else None
    layout = design.with_photo if shown else design.without_photo
    blocks = _fitted(design, layout, CoverFonts(font, design.scales, language), texts)
    if shown is None and not blocks:
        return None
    paper = _paper(layout, texts)
    canvas = Image.new("RGB", (design.width, design.height), ImageColor.getrgb(paper))
    start = layout.text[1] - _stack(blocks) if layout.stand else layout.text[0]
    if shown is not None:
        place = _photo_place(design, layout, blocks)
        _paste(canvas, shown, place, design.focus)
        start = place[3]
    _Pen(ImageDraw.Draw(canvas), design, paper, direction).write(blocks, start)
    stream = io.BytesIO()
    canvas.save(stream, "JPEG", quality=_QUALITY)
    said = [block for block in blocks if block.line.field != ORNAMENT]
    lines, rows = tuple(_shown(texts[block.line.field]) for block in said), tuple(block.rows for block in said)
    return Cover(stream.getvalue(), design.width, design.height, lines, rows)


def _width_of(photo: bytes) -> int:
    from PIL import Image

    with Image.open(io.BytesIO(photo), formats=["JPEG", "PNG"]) as image:
        return image.width


def _paper(layout: Layout, texts: Mapping[str, str]) -> str:
    name = texts.get("publication") or texts.get("headline", "")
    return layout.papers[zlib.crc32(name.encode("utf-8", "replace")) % len(layout.papers)]


def _stack(blocks: tuple[_Block, ...]) -> int:
    """The height of the lines that stand below one another."""
    return sum(block.gap + block.height for block in blocks if block.line.at is None)


def _photo_place(design: Design, layout: Layout, blocks: tuple[_Block, ...]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom."""
    if not blocks:
        return 0, 0, design.width, design.height
    headed = any(block.line.at is not None for block in blocks)
    bottom = min(layout.photo[1], layout.text[1] - _stack(blocks))
    return layout.inset, layout.photo[0] if headed else layout.inset, design.width - layout.inset, bottom


def _paste(canvas: Image.Image, photo: bytes, place: tuple[int, int, int, int], focus: tuple[float, float]) -> None:
    """Fills the place (left, top, right, bottom) with the photo, cropped around its focus, never stretched."""
    from PIL import Image, ImageOps

    size = (place[2] - place[0], place[3] - place[1])
    with Image.open(io.BytesIO(photo), formats=["JPEG", "PNG"]) as image:
        scale = max(size[0] / image.width, size[1] / image.height)
        image.draft("RGB", (round(image.width * scale), round(image.height * scale)))
        opaque = _opaque(image, canvas)
        canvas.paste(ImageOps.fit(opaque, size, Image.Resampling.BILINEAR, centering=focus), place[:2])


def _opaque(image: Image.Image, canvas: Image.Image) -> Image.Image:
    from PIL import Image

    if image.mode in {"RGBA", "LA", "P"}:
        shown = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", shown.size, canvas.getpixel((0, 0))), shown).convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


# -------------------------------------------------------------------------------------------------------------------- type


class _Block(Struct, frozen=True):
    """A text broken into lines at a size that fits; ``tracking`` in pixels.

    ``rise`` is the room from the top to the first baseline, ``advance`` that between baselines, ``fall`` that below the last:
    as the line wants it, or as its letters need it, whatever their script.
    """

    line: Line
    text: str
    rows: tuple[str, ...]
    face: ImageFont.FreeTypeFont
    size: int
    tracking: float
    gap: int
    rise: int
    advance: int
    fall: int

    @property
    def is_even(self) -> bool:
        """Whether no line looks left over."""
        widths = [self.face.getlength(row) for row in self.rows]
        return len(widths) == 1 or min(widths) >= _EVEN * max(widths)

    @property
    def height(self) -> int:
        return self.rise + (len(self.rows) - 1) * self.advance + self.fall


def _fitted(design: Design, layout: Layout, faces: CoverFonts, texts: Mapping[str, str]) -> tuple[_Block, ...]:
    """The lines that can be set, in order; those at the end are the first to go when room is short."""
    measure = design.width - 2 * design.margin
    room = layout.text[1] - layout.text[0]
    gap = layout.gap
    blocks: list[_Block] = []
    least = [_least(line, texts.get(line.field, ""), faces, measure) for line in layout.lines]
    for place, line in enumerate(layout.lines):
        kept = room - sum(least[place + 1 :])
        rooms = (layout.text[0] - line.at,) if line.flush and line.at is not None else (kept, room)
        text = texts.get(line.field, "")
        settings = (_set(line, text, faces, (measure, each), gap) for each in rooms)
        block = next(filter(None, settings), None)
        if block is not None:
            blocks.append(block)
            room -= block.gap + block.height if line.at is None else 0
            gap = -1 if line.at is None else gap
        elif line.required:
            return ()
    return tuple(blocks)


def _least(line: Line, text: str, faces: CoverFonts, measure: int) -> int:
    """The least height that the line takes of those that stand below one another."""
    block = (
        _set(replace(line, sizes=line.sizes[-1:]), text, faces, (measure, _LIMITLESS), -1) if line.at is None else None
    )
    return block.gap + block.height if block else 0


_LIMITLESS = 10**6


def _set(line: Line, text: str, faces: CoverFonts, room: tuple[int, int], gap: int) -> _Block | None:
    """The text at the largest size at which it fits ``room`` (width, height); None when it fits at none.

    It is set a little smaller where that makes its lines even. ``gap`` is the room above it, -1 for the line's own.
    """
    blocks = _settings(line, text, faces, room, gap)
    largest = next(blocks, None)
    if largest is None or largest.is_even or largest.size in line.alone:
        return largest
    smaller = (block for block in blocks if block.size >= largest.size * _GIVEN)
    return next((block for block in smaller if block.is_even), largest)


def _settings(line: Line, text: str, faces: CoverFonts, room: tuple[int, int], gap: int) -> Iterator[_Block]:
    """The text at each size at which it fits, from the largest on."""
    above = line.gap if gap < 0 else gap
    shown = _shown(capitals(text, faces.language) if line.capitals else text)
    name = faces.covering(line.faces, shown) if 0 < len(shown) <= _LONGEST else None
    ems = _ems(shown, faces.at(name, line.sizes[-1]), line.sizes[-1]) if name else 0.0
    for size in (*line.alone, *line.sizes) if name else ():
        most = 1 if size in line.alone else line.most_lines
        if ems * size > most * room[0]:
            continue
        face = faces.at(name or "", size)
        tracking = line.tracking * size if _may_be_tracked(shown) else 0.0
        rows = _broken(shown, room[0], _Ruler(face, tracking), most)
        if rows:
            block = _Block(line, shown, rows, face, size, tracking, above, *room_of(rows, face, line, size))
            if above + block.height <= room[1]:
                yield block


def _ems(text: str, face: ImageFont.FreeTypeFont, size: int) -> float:
    """How wide ``text`` is at any size at least, in ems: its letters alone, less what hinting may make of them."""
    return 0.95 * face.getlength(text.replace(" ", "")) / size


def room_of(rows: tuple[str, ...], face: ImageFont.FreeTypeFont, line: Line, size: int) -> tuple[int, int, int]:
    """Rise, advance and fall: no letter touches one of another line. What is flush has room for its ink alone."""
    if line.flush:
        _, top, _, bottom = _ink_of(rows[0], face)
        return -top, 0, bottom
    boxes = [face.getbbox(row, anchor="ls") for row in rows]
    heights, depths = [-box[1] for box in boxes], [box[3] for box in boxes]
    near = max((low + high for low, high in zip(depths, heights[1:], strict=False)), default=0)
    return (
        round(max(0.8 * size, heights[0])),
        round(max(line.leading * size, near + _APART * size)),
        round(max((line.leading - 0.8) * size, depths[-1])),
    )


def _ink_of(text: str, face: ImageFont.FreeTypeFont) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is drawn, from the start of the baseline."""
    mask, offset = face.getmask2(text, mode="L", anchor="ls")
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    across, down = round(offset[0]), round(offset[1])
    return left + across, top + down, right + across, bottom + down


_APART = 0.04
"""The least room between letters of two lines, as a part of their size."""


def _shown(text: str) -> str:
    """The text on one line. Few faces have the narrow space that no line breaks at; all have the wide one."""
    return _SPACES.sub(" ", _NO_LETTER.sub("", text).replace("\u202f", "\u00a0")).strip(" ")


def _may_be_tracked(text: str) -> bool:
    # Space between letters tears scripts whose letters join.
    return all((ord(each) < 0x590 and not unicodedata.combining(each)) or not each.isalpha() for each in text)


class _Ruler(Struct, frozen=True):
    """Measures texts in a face, in pixels, tracking included."""

    face: ImageFont.FreeTypeFont
    tracking: float

    def __call__(self, text: str) -> float:
        return self.face.getlength(text) + self.tracking * len(text)


def _broken(text: str, measure: int, ruler: _Ruler, most: int) -> tuple[str, ...]:
    """``text`` in as few lines as fit ``measure``, these as even as can be; nothing when it takes more than ``most``."""
    parts = pieces(text)
    whole = _set_in(parts, measure, ruler, most)
    finest = () if whole else pieces(text, finest=True)
    return whole if finest in {(), parts} else _set_in(finest, measure, ruler, most)


def _set_in(parts: tuple[Piece, ...], measure: int, ruler: _Ruler, most: int) -> tuple[str, ...]:
    """The parts in rows, or nothing."""
    space = ruler(" ")
    words = [(ruler(part.text), space if part.spaced else 0.0) for part in parts]
    fewest = _fewest(words, measure)
    if fewest > most or max(width for width, _ in words) > measure:
        return ()
    ideal = sum(width + before for width, before in words) / fewest
    ends = _evenest(words, measure, fewest, ideal)
    return tuple(joined(parts[a:b]) for a, b in zip((0, *ends), ends, strict=False))


def _fewest(words: list[tuple[float, float]], measure: float) -> int:
    rows, used = 0, measure
    for width, before in words:
        fits = rows and used + before + width <= measure
        used = used + before + width if fits else width
        rows += 0 if fits else 1
    return rows


def _evenest(words: list[tuple[float, float]], measure: float, rows: int, ideal: float) -> tuple[int, ...]:
    """The ends of the lines that differ least from ``ideal``, by the squares of the differences."""
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for end in range(1, len(words) + 1):
        length = 0.0
        for start in range(end - 1, -1, -1):
            length += words[start][0] + (words[start + 1][1] if start + 1 < end else 0.0)
            if length > measure:
                break
            for row in range(rows):
                before = best.get((start, row))
                cost = before[0] + (length - ideal) ** 2 if before else 0.0
                if before and cost < best.get((end, row + 1), (float("inf"),))[0]:
                    best[end, row + 1] = (cost, (*before[1], end))
    return best[len(words), rows][1]


class _Pen:
    """Sets blocks on a canvas, from the side where reading starts."""

    def __init__(self, draw: ImageDraw.ImageDraw, design: Design, paper: str, direction: Literal["ltr", "rtl"]) -> None:
        self._draw = draw
        self._design = design
        self._paper = paper
        self._direction = direction

    def write(self, blocks: tuple[_Block, ...], start: int) -> None:
        """Sets the blocks; those without a fixed height one below the other, from ``start``."""
        for block in blocks:
            if block.line.at is not None:
                self._set(block, block.line.at)
            else:
                self._set(block, start + block.gap)
                start += block.gap + block.height

    def _set(self, block: _Block, top: int) -> None:
        for number, row in enumerate(block.rows):
            baseline = top + block.rise + number * block.advance
            if block.tracking:
                self._tracked(block, row, baseline)
            else:
                self._row(block, row, baseline)

    def _row(self, block: _Block, row: str, baseline: int) -> None:
        leftward = self._direction == "rtl"
        x = self._design.width - self._design.margin if leftward else self._design.margin - self._bearing(block)
        anchor, direction = "rs" if leftward else "ls", self._direction if shapes() else None
        self._draw.text((x, baseline), row, self._ink(block), block.face, anchor, direction=direction)

    @staticmethod
    def _bearing(block: _Block) -> float:
        """The room that a flush text leaves on its left: the mark that opens Japanese stands right in its square."""
        return _ink_of(block.text, block.face)[0] if block.line.flush else 0

    def _tracked(self, block: _Block, row: str, baseline: int) -> None:
        length = _Ruler(block.face, block.tracking)(row)
        x = self._design.width - self._design.margin - length if self._direction == "rtl" else self._design.margin
        for place, character in enumerate(row):
            kerned = block.face.getlength(row[: place + 1]) - block.face.getlength(character)
            self._draw.text(
                (x + kerned + place * block.tracking, baseline), character, self._ink(block), block.face, "ls"
            )

    def _ink(self, block: _Block) -> tuple[int, ...]:
        """The line's ink as it shows on the paper."""
        from PIL import ImageColor

        red, green, blue, cover = (*ImageColor.getrgb(block.line.ink), 255)[:4]
        paper = ImageColor.getrgb(self._paper)
        return tuple(
            round((a * cover + b * (255 - cover)) / 255) for a, b in zip((red, green, blue), paper, strict=False)
        )
