"""One panel of the lens, seen from within: each ring of glass holds the evening upside down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.pictures.canvas import Field, blurred, clouds, grid, lay, noise, ramp, shine, smooth

SIDE = 2000
_RINGS = np.array(
    [0, 300, 392, 478, 556, 628, 696, 760, 822, 882, 940, 998, 1056, 1114, 1172, 1230, 1288, 1346, 1404.0, 1500]
)
"""Where each ring of glass begins, in pixels from the middle: broad in the middle, as Fresnel cut them."""
_EVENING = [
    (0.0, "0f2a2c"), (0.18, "1d4a48"), (0.34, "3f7a70"), (0.46, "9cc3a6"), (0.53, "ffe9b8"), (0.58, "f4b06b"), (0.66, "8f6a58"),
    (0.8, "2c4a58"), (1.0, "10242f"),
]  # fmt: skip


def picture() -> Field:
    """The panel."""
    x, y = grid(SIDE, SIDE)
    away = np.hypot(x - SIDE / 2, y - SIDE / 2)
    angle = np.arctan2(y - SIDE / 2, x - SIDE / 2)
    ring = np.clip(np.searchsorted(_RINGS, away.ravel(), side="right").reshape(away.shape) - 1, 0, len(_RINGS) - 2)
    part = (away - _RINGS[ring]) / (_RINGS[ring + 1] - _RINGS[ring])
    canvas = _glass(away, angle, ring, part)
    _middle(canvas, away, x, y)
    _brass(canvas, x, y, away, angle)
    grain = noise(SIDE, SIDE, (1.6, 1.6), 8) - 0.5
    vignette = 1 - 0.5 * smooth(700, 1450, away)
    return np.clip(canvas * vignette[..., None] + 0.012 * grain[..., None], 0, 1)


def _glass(away: Field, angle: Field, ring: NDArray[np.intp], part: Field) -> Field:
    rng = np.random.default_rng(17)
    tilt, bend, tint = (
        rng.normal(0, 0.022, len(_RINGS)),
        rng.normal(0, 0.10, len(_RINGS)),
        rng.normal(1, 0.07, len(_RINGS)),
    )
    index = ring.astype(int)
    turned = np.sin(angle + bend[index])
    swirl = clouds(SIDE, SIDE, (300, 300), 29, 4) - 0.5
    # A ring bends the view so that up is down; the nearer to its rim, the further it reaches.
    view = (
        0.52 - 0.34 * turned * (0.35 + part) + tilt[index] + 0.09 * swirl + 0.02 * np.sin(angle * 23 + 9 * bend[index])
    )
    glass = ramp(np.clip(view, 0, 1), _EVENING)
    glass *= (tint[index] * (0.52 + 0.5 * np.sin(np.pi * np.clip(part, 0, 1)) ** 0.7))[..., None]
    outer = away > _RINGS[1]
    lay(glass, "041113", 0.92 * smooth(0.055, 0.0, part) * outer)
    lay(glass, "0a1f20", 0.6 * smooth(0.86, 1.0, part))
    facing = 0.5 + 0.5 * np.cos(angle - 2.3)
    glint = (
        np.exp(-(((part - 0.16) / 0.05) ** 2)) * facing**3
        + 0.6 * np.exp(-(((part - 0.8) / 0.07) ** 2)) * (1 - facing) ** 4
    )
    shine(glass, "eafff2", 0.75 * glint * outer)
    for at, width, strength in ((-0.62, 0.05, 0.3), (-2.2, 0.03, 0.2), (0.9, 0.04, 0.16), (2.75, 0.022, 0.24)):
        shine(
            glass,
            "ffe7b0",
            strength * np.exp(-((np.angle(np.exp(1j * (angle - at - 0.05 * bend[index] * 8))) / width) ** 2)) * outer,
        )
    return glass


def _middle(canvas: Field, away: Field, x: Field, y: Field) -> None:
    """The bull's-eye with the horizon standing on its head in it, and the lamp's glow."""
    edge = _RINGS[1]
    radius = away / edge
    inside = smooth(1.0, 0.985, radius)
    lens_y = (y - SIDE / 2) / edge * (0.72 + 0.28 * radius**2)
    lens_x = (SIDE / 2 - x) / edge * (0.72 + 0.28 * radius**2)
    hills = 0.06 * np.sin(lens_x * 5 + 1) + 0.035 * np.sin(lens_x * 13)
    sky = ramp(np.clip(0.5 + 0.5 * lens_y, 0, 1), [
        (0, "244a63"), (0.28, "56808e"), (0.42, "a9b9a8"), (0.5, "ffd99a"), (0.54, "f7c58c"), (0.72, "8fb3ae"), (1, "2a5a68"),
    ])  # fmt: skip
    lay(sky, "2b4450", smooth(0.03, 0.05, lens_y) * smooth(0.16, 0.15, lens_y + hills))
    lay(canvas, sky, inside)
    shine(canvas, "fff3cf", 0.95 * np.exp(-((away / 74) ** 2)))
    shine(canvas, "ffe2a2", 0.55 * np.exp(-((away / 210) ** 2)))
    lay(canvas, "061416", 0.75 * np.exp(-(((radius - 0.995) / 0.02) ** 2)))
    crescent = np.exp(-(((np.hypot(x - SIDE / 2 + 14, y - SIDE / 2 + 16) / edge - 0.93) / 0.02) ** 2)) * (
        x + y < SIDE * 0.93
    )
    shine(canvas, "f4fff8", 0.6 * crescent * inside)


def _brass(canvas: Field, x: Field, y: Field, away: Field, angle: Field) -> None:
    """The frame: spokes between the segments of the outer rings, and a rim."""
    for at in np.deg2rad([22.5, 67.5, 112.5, 157.5, 202.5, 247.5, 292.5, 337.5]):
        off = (x - SIDE / 2) * -np.sin(at) + (y - SIDE / 2) * np.cos(at)
        along = (x - SIDE / 2) * np.cos(at) + (y - SIDE / 2) * np.sin(at)
        bar = smooth(11.5, 9.5, np.abs(off)) * (along > 628)
        metal = ramp(
            np.clip((off + 10) / 20, 0, 1),
            [(0, "3a2710"), (0.2, "8a6428"), (0.42, "f3d58a"), (0.55, "c7964a"), (1, "2b1c0b")],
        )
        metal *= (0.75 + 0.35 * np.cos(angle + 0.8))[..., None]
        lay(canvas, "030b0c", 0.5 * blurred(bar, 9))
        lay(canvas, metal, bar)
    for rim, width in ((628.0, 12.0), (1114.0, 15.0)):
        off = away - rim
        ring = smooth(width, width - 2, np.abs(off))
        metal = ramp(
            np.clip((off + width) / (2 * width), 0, 1),
            [(0, "2b1c0b"), (0.35, "b98a42"), (0.5, "ffe7a8"), (0.68, "9c7030"), (1, "2b1c0b")],
        )
        metal *= (0.72 + 0.4 * np.cos(angle - 4.0))[..., None]
        lay(canvas, "030b0c", 0.5 * blurred(ring, 10))
        lay(canvas, metal, ring)
        for at in np.deg2rad(np.arange(0, 360, 15)):
            head = np.hypot(x - SIDE / 2 - rim * np.cos(at), y - SIDE / 2 - rim * np.sin(at))
            lay(canvas, "4a3213", smooth(7.5, 6, head))
            shine(
                canvas,
                "fff0c0",
                0.7
                * np.exp(
                    -((np.hypot(x - SIDE / 2 - rim * np.cos(at) + 2, y - SIDE / 2 - rim * np.sin(at) + 2) / 2.6) ** 2)
                ),
            )
