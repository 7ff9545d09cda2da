"""What a theme says of its covers: ``cover.toml``, and what is made by it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from exporter.errors import ThemeError
from exporter.themes import Theme

if TYPE_CHECKING:
    pass


ORNAMENT = "mark"
"""The field of a line that is drawn and not read: the mark that opens somebody's words."""


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


def shaped(design: Design, aspect: float) -> Design:
    """The design on a cover of another height: ``aspect`` is its width by its height. What has a fixed height keeps it."""
    height = round(design.width / aspect)

    def laid(layout: Layout) -> Layout:
        (top, bottom), (first, lowest) = layout.text, layout.photo
        part = height / design.height
        text = round(top * part), bottom - design.height + height
        return replace(layout, text=text, photo=(first, round(lowest * part)))

    laid_out = laid(design.with_photo), laid(design.without_photo)
    return replace(design, height=height, with_photo=laid_out[0], without_photo=laid_out[1])


def _accented(design: Design, accent: str) -> Design:
    lines = tuple(replace(line, ink=accent) if line.accented else line for line in design.with_photo.lines)
    return replace(design, with_photo=replace(design.with_photo, lines=lines))
