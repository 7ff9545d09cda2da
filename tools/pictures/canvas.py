"""What every picture of the sample is drawn with: fields of numbers, soft shapes, paper, and a JPEG at the end.

A picture is a float array of shape (height, width, 3) between 0 and 1; a mask is one of shape (height, width). All
chance comes from a seed, so that the same program draws the same picture.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Field = NDArray[Any]
Point = tuple[float, float]
Colour = tuple[float, float, float]

LARGEST_FILE = 440_000
"""Bytes a picture may have."""
_FONTS = Path(__file__).parents[2] / "styles" / "magazine" / "fonts"


def colour(code: str) -> Field:
    """The colour of a hexadecimal code such as ``"f4eee0"``."""
    return np.array([int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)])


def grid(width: int, height: int) -> tuple[Field, Field]:
    """Two fields: each pixel's x and y."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    return x, y


def plain(width: int, height: int, code: str) -> Field:
    """A picture of one colour."""
    return np.broadcast_to(colour(code), (height, width, 3)).copy()


def noise(width: int, height: int, cell: tuple[float, float], seed: int) -> Field:
    """Smooth noise between 0 and 1 whose hills are about ``cell`` pixels wide and high."""
    rng = np.random.default_rng(seed)
    coarse = rng.random((int(height / cell[1]) + 4, int(width / cell[0]) + 4))
    x, y = np.arange(width) / cell[0], np.arange(height) / cell[1]
    return _between(_between(coarse, y, 0), x, 1)


def _between(values: Field, at: Field, axis: int) -> Field:
    low = at.astype(int)
    part = at - low
    part = part * part * (3 - 2 * part)
    part = part[:, None] if axis == 0 else part[None, :]
    between: Field = values.take(low, axis) * (1 - part) + values.take(low + 1, axis) * part
    return between


def clouds(width: int, height: int, cell: tuple[float, float], seed: int, octaves: int = 5) -> Field:
    """Noise upon finer noise, between 0 and 1."""
    total, weight, weights = np.zeros((height, width)), 1.0, 0.0
    for octave in range(octaves):
        size = (max(cell[0] / 2**octave, 1.5), max(cell[1] / 2**octave, 1.5))
        total += weight * noise(width, height, size, seed + 101 * octave)
        weights += weight
        weight /= 2
    return total / weights


def smooth(edge: float | Field, other: float | Field, value: Field) -> Field:
    """0 below ``edge``, 1 above ``other``, an S in between."""
    part = np.clip((value - edge) / (other - edge), 0, 1)
    return part * part * (3 - 2 * part)


def ramp(value: Field, stops: Sequence[tuple[float, str]]) -> Field:
    """The colours that ``stops`` (place, colour) give at each value."""
    places = [place for place, _ in stops]
    colours = np.array([colour(code) for _, code in stops])
    return np.stack([np.interp(value, places, colours[:, part]) for part in range(3)], axis=-1)


def lay(picture: Field, code: str | Field, mask: Field) -> None:
    """Lays a colour, or another picture, over ``picture`` where ``mask`` says so."""
    over = colour(code) if isinstance(code, str) else code
    picture += (over - picture) * mask[..., None]


def shine(picture: Field, code: str, mask: Field) -> None:
    """Adds light of a colour; what is bright already gains less."""
    picture += colour(code) * mask[..., None] * (1 - picture)


def drawn(width: int, height: int, draw: Callable[[ImageDraw.ImageDraw, float], None], scale: int = 2) -> Field:
    """The mask that ``draw`` paints white on black. It is handed a pen and the factor to multiply its coordinates with."""
    sheet = Image.new("L", (width * scale, height * scale), 0)
    draw(ImageDraw.Draw(sheet), scale)
    return np.asarray(sheet.resize((width, height), Image.Resampling.BOX), dtype=float) / 255


def shape(width: int, height: int, *outlines: Sequence[Point]) -> Field:
    """The mask of filled outlines."""

    def fill(pen: ImageDraw.ImageDraw, scale: float) -> None:
        for outline in outlines:
            pen.polygon([(x * scale, y * scale) for x, y in outline], fill=255)

    return drawn(width, height, fill, 3)


def curve(points: Sequence[Point], steps: int = 12, closed: bool = True) -> list[Point]:
    """A smooth line through all ``points`` (Catmull and Rom's)."""
    known = np.array(points, dtype=float)
    known = np.vstack([known[-1:], known, known[:2]]) if closed else np.vstack([known[:1], known, known[-1:]])
    line: list[Point] = []
    for at in range(1, len(known) - 2):
        before, start, end, after = known[at - 1 : at + 3]
        for t in np.arange(steps) / steps:
            spot = 0.5 * (
                2 * start
                + (end - before) * t
                + (2 * before - 5 * start + 4 * end - after) * t**2
                + (3 * start - before - 3 * end + after) * t**3
            )
            line.append((float(spot[0]), float(spot[1])))
    if not closed:
        line.append((float(known[-1][0]), float(known[-1][1])))
    return line


def blurred(mask: Field, radius: float) -> Field:
    """The mask out of focus: three box blurs, nearly Gaussian."""
    size = max(int(radius * 0.6), 1)
    for _ in range(3):
        for axis in (0, 1):
            mask = _box(mask, size, axis)
    return mask


def _box(mask: Field, size: int, axis: int) -> Field:
    pad = [(0, 0), (0, 0)]
    pad[axis] = (size + 1, size)
    sums = np.cumsum(np.pad(mask, pad, mode="edge"), axis=axis)
    window = 2 * size + 1
    mean: Field = (
        sums.take(range(window, sums.shape[axis]), axis) - sums.take(range(sums.shape[axis] - window), axis)
    ) / window
    return mean


def paper(width: int, height: int, code: str, seed: int) -> Field:
    """A sheet with the faint unevenness of old paper, darker towards its edges."""
    sheet = plain(width, height, code)
    sheet *= (0.965 + 0.05 * clouds(width, height, (260, 260), seed))[..., None]
    x, y = grid(width, height)
    edge = np.hypot((x / width - 0.5) * 1.9, (y / height - 0.5) * 1.9)
    sheet *= (1 - 0.07 * smooth(0.8, 1.35, edge))[..., None]
    return np.clip(sheet, 0, 1)


def resized(picture: Field, width: int, height: int) -> Field:
    """The picture at another size."""
    bands = [Image.fromarray(picture[..., part].astype(np.float32)) for part in range(3)]
    return np.stack(
        [np.asarray(band.resize((width, height), Image.Resampling.LANCZOS), dtype=float) for band in bands], axis=-1
    )


def font(name: str, size: float) -> ImageFont.FreeTypeFont:
    """One of the theme's fonts, such as ``"SourceSerif4-It"``, at ``size`` pixels."""
    return ImageFont.truetype(str(next(_FONTS.rglob(f"{name}.otf"))), round(size))


def save(picture: Field, target: Path) -> None:
    """Stores a JPEG of at most :data:`LARGEST_FILE` bytes, as good as that allows."""
    image = Image.fromarray(np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8))
    for quality in range(92, 40, -3):
        buffer = io.BytesIO()
        image.save(
            buffer, "JPEG", quality=quality, optimize=True, progressive=True, subsampling=0 if quality > 80 else 2
        )
        if buffer.tell() <= LARGEST_FILE:
            break
    target.write_bytes(buffer.getvalue())
