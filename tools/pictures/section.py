"""Half a lens of the first order in section, as an engraver of 1860 would have cut it.

The prisms are computed, not copied: each stands where the last one ended as seen from the lamp, and its faces follow from
Snell's law (crown glass, n = 1.51), so that the ray through its middle leaves level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, tan
from typing import NamedTuple

import numpy as np
from PIL import ImageDraw

from tools.pictures.canvas import Field, Point, drawn, font, lay, paper

WIDTH, HEIGHT = 2200, 1650
_FOCUS = (470.0, 825.0)
_DISTANCE = 500.0
"""From the flame to the glass, in pixels: 920 mm in a lens of the first order."""
_GLASS = 1.51
_INK = "2a2621"


class Prism(NamedTuple):
    """One ring of glass: its outline, and the path of its middle ray from the flame to the glass's far side."""

    outline: list[Point]
    ray: list[Point]
    reflecting: bool


def picture() -> Field:
    """The engraving."""
    canvas = paper(WIDTH, HEIGHT, "f3ead8", 41)
    prisms = list(_prisms())
    lay(canvas, "b9cdbd", 0.55 * drawn(WIDTH, HEIGHT, lambda pen, scale: _fill(pen, scale, prisms), 3))
    lay(canvas, "b0683a", 0.85 * drawn(WIDTH, HEIGHT, lambda pen, scale: _rays(pen, scale, prisms), 3))
    lay(canvas, _INK, 0.93 * drawn(WIDTH, HEIGHT, lambda pen, scale: _ink(pen, scale, prisms), 3))
    lay(canvas, _INK, 0.95 * drawn(WIDTH, HEIGHT, _lettering, 2))
    return canvas


def _prisms() -> Iterator[Prism]:
    for side in (1, -1):
        yield from (_mirrored(prism) if side < 0 else prism for prism in _half())
    yield _bulls_eye()


def _mirrored(prism: Prism) -> Prism:
    flip = 2 * _FOCUS[1]
    return Prism([(x, flip - y) for x, y in prism.outline], [(x, flip - y) for x, y in prism.ray], prism.reflecting)


def _half() -> Iterator[Prism]:
    """The prisms above the bull's-eye: refracting ones up to 30 degrees, then those that reflect within."""
    angle = radians(7.4)
    while degrees(angle) < 29:
        step = radians(3.5)
        yield _refracting(angle, angle + step)
        angle += step + radians(0.25)
    angle += radians(1.6)
    while degrees(angle) < 66:
        step = radians(4.2)
        yield _reflecting(angle, angle + step)
        angle += step + radians(0.5)


def _at(angle: float, distance: float) -> Point:
    return _FOCUS[0] + distance * cos(angle), _FOCUS[1] - distance * sin(angle)


def _bulls_eye() -> Prism:
    half = _DISTANCE * tan(radians(7.2))
    x0 = _FOCUS[0] + _DISTANCE
    bulge = [(x0 + 22 + 40 * (1 - t * t), _FOCUS[1] - half * t) for t in np.linspace(1, -1, 40)]
    outline = [(x0, _FOCUS[1] + half), (x0, _FOCUS[1] - half), *((float(x), float(y)) for x, y in bulge)]
    return Prism(outline, [_FOCUS, (x0 + 62, _FOCUS[1])], reflecting=False)


def _refracting(low: float, high: float) -> Prism:
    """A prism whose inner face is upright: its outer face must lean so that the ray within is bent down to the level."""
    x0, middle = _FOCUS[0] + _DISTANCE, (low + high) / 2
    within = asin(sin(middle) / _GLASS)
    bottom, top = (_FOCUS[1] - _DISTANCE * tan(each) for each in (low, high))
    thin = 26.0
    thick = min(thin + (bottom - top) / tan(pi / 2 - _outer_tilt(within)), thin + 70)
    outline = [(x0, bottom), (x0, top), (x0 + thin, top), (x0 + thick, bottom)]
    entry = (x0, _FOCUS[1] - _DISTANCE * tan(middle))
    run = (thin + thick) / 2
    return Prism(outline, [_FOCUS, entry, (x0 + run, entry[1] - run * tan(within))], reflecting=False)


def _outer_tilt(within: float) -> float:
    """The tilt from upright of the face that bends a ray rising at ``within`` inside the glass down to the level."""
    return atan2(_GLASS * sin(within), _GLASS * cos(within) - 1)


def _reflecting(low: float, high: float) -> Prism:
    """A triangle met square by the ray, which its back face turns to the level: the back leans half the ray's rise."""
    middle, distance = (low + high) / 2, _DISTANCE / cos(radians(33)) * (1 + 0.16 * (high - radians(33)))
    near, far = _at(low, distance), _at(high, distance)
    width = hypot(far[0] - near[0], far[1] - near[1])
    lean = middle / 2
    # Inner face from near to far; back face from far, leaning; the exit face upright through near.
    reach = width * 1.22
    corner = (far[0] + reach * cos(lean), far[1] - reach * sin(lean) + reach * 1.0 * sin(middle) * 0.42)
    entry = _at(middle, distance)
    turn = _meeting(entry, middle, far, corner)
    exit_x = max(near[0], corner[0]) - 4
    return Prism([near, far, corner], [_FOCUS, entry, turn, (exit_x, turn[1])], reflecting=True)


def _meeting(start: Point, angle: float, one: Point, other: Point) -> Point:
    """Where the ray from ``start`` meets the line through two points."""
    dx, dy = cos(angle), -sin(angle)
    ex, ey = other[0] - one[0], other[1] - one[1]
    along = ((one[0] - start[0]) * ey - (one[1] - start[1]) * ex) / (dx * ey - dy * ex)
    return start[0] + along * dx, start[1] + along * dy


def _fill(pen: ImageDraw.ImageDraw, scale: float, prisms: list[Prism]) -> None:
    for prism in prisms:
        pen.polygon([(x * scale, y * scale) for x, y in prism.outline], fill=255)


def _rays(pen: ImageDraw.ImageDraw, scale: float, prisms: list[Prism]) -> None:
    for prism in prisms:
        last = prism.ray[-1]
        path = [*prism.ray, (1960.0, last[1])]
        pen.line([(x * scale, y * scale) for x, y in path], fill=255, width=round(2.0 * scale))
        head = [(1960, last[1]), (1936, last[1] - 6), (1936, last[1] + 6)]
        pen.polygon([(x * scale, y * scale) for x, y in head], fill=255)


def _ink(pen: ImageDraw.ImageDraw, scale: float, prisms: list[Prism]) -> None:
    def line(points: list[Point], width: float) -> None:
        pen.line(
            [(x * scale, y * scale) for x, y in points], fill=255, width=max(round(width * scale), 1), joint="curve"
        )

    for prism in prisms:
        line([*prism.outline, prism.outline[0], prism.outline[1]], 3.2)
        for hatch in _hatching(prism.outline):
            line(hatch, 1.0)
    _lamp(line)
    line([(_FOCUS[0] - 250, _FOCUS[1]), (_FOCUS[0] - 70, _FOCUS[1])], 1.2)
    for at in np.arange(_FOCUS[0] + 70, 1990, 26):
        line([(float(at), _FOCUS[1]), (float(at) + (15 if int(at / 26) % 2 else 5), _FOCUS[1])], 1.2)
    line([(60, 60), (WIDTH - 60, 60), (WIDTH - 60, HEIGHT - 60), (60, HEIGHT - 60), (60, 60)], 4)
    line([(74, 74), (WIDTH - 74, 74), (WIDTH - 74, HEIGHT - 74), (74, HEIGHT - 74), (74, 74)], 1.4)


def _hatching(outline: list[Point]) -> Iterator[list[Point]]:
    """Slanting lines, seven pixels apart, where they lie within the outline."""
    slope = radians(52)
    along, across = (cos(slope), -sin(slope)), (sin(slope), cos(slope))
    reach = [x * across[0] + y * across[1] for x, y in outline]
    for offset in np.arange(min(reach) + 3, max(reach), 7.0):
        cuts = []
        for (x0, y0), (x1, y1) in zip(outline, outline[1:] + outline[:1], strict=True):
            a, b = x0 * across[0] + y0 * across[1] - offset, x1 * across[0] + y1 * across[1] - offset
            if a * b < 0:
                part = a / (a - b)
                spot = (x0 + part * (x1 - x0), y0 + part * (y1 - y0))
                cuts.append((spot[0] * along[0] + spot[1] * along[1], spot))
        cuts.sort()
        yield from ([first[1], second[1]] for first, second in zip(cuts[::2], cuts[1::2], strict=False))


def _lamp(draw: Callable[[list[Point], float], None]) -> None:
    x, y = _FOCUS
    for wide, tall in ((15, 46), (9, 30), (4, 16)):
        flame = [
            (x + wide * sin(t) * (1 - 0.35 * cos(t)), y + 18 - tall * (1 - cos(t)) * 0.75)
            for t in np.linspace(0, 2 * pi, 40)
        ]
        draw([(float(a), float(b)) for a, b in flame], 2)
    for half, top, bottom in ((26, 30, 44), (18, 44, 150), (46, 150, 168), (30, 168, 260), (90, 260, 286)):
        draw(
            [
                (x - half, y + top),
                (x + half, y + top),
                (x + half, y + bottom),
                (x - half, y + bottom),
                (x - half, y + top),
            ],
            2.6,
        )
        for at in np.arange(-half + 5, half, 6.0):
            if at > 0:
                draw([(x + at, y + top), (x + at, y + bottom)], 1.1)
    draw([(x - 24, y + 30), (x - 24, y - 90), (x - 15, y - 130), (x - 15, y - 240)], 1.4)
    draw([(x + 24, y + 30), (x + 24, y - 90), (x + 15, y - 130), (x + 15, y - 240)], 1.4)


def _lettering(pen: ImageDraw.ImageDraw, scale: float) -> None:
    def words(x: float, y: float, text: str, name: str, size: float, anchor: str = "mm") -> None:
        pen.text((x * scale, y * scale), text, fill=255, font=font(name, size * scale), anchor=anchor)

    words(140, 170, "SECTION OF A LENS", "SourceSerif4Display-Semibold", 58, "lm")
    words(140, 228, "of the First Order", "SourceSerif4-It", 40, "lm")
    words(WIDTH - 140, HEIGHT - 118, "Focal distance 920 mm", "SourceSerif4-It", 34, "rm")
    words(140, HEIGHT - 118, "Fig. 3.", "SourceSerif4-It", 44, "lm")
    words(2030, _FOCUS[1], "H", "SourceSerif4-It", 40)
    for x, y, letter in ((_FOCUS[0] - 100, _FOCUS[1] - 24, "F"), (1108, 798, "a"), (1108, 640, "b"), (1180, 330, "c")):
        words(x, y, letter, "SourceSerif4-It", 40)
    key = {
        "F": "the flame",
        "a": "the bull’s-eye",
        "b": "prisms that refract",
        "c": "prisms that reflect",
        "H": "the horizon",
    }
    for at, (letter, meaning) in enumerate(key.items()):
        words(140, 306 + 44 * at, letter, "SourceSerif4-It", 32, "lm")
        words(186, 306 + 44 * at, meaning, "SourceSerif4-Regular", 30, "lm")
