"""Skerrow Head at dusk: layers of mist, a tower, and a beam that lies flat over all of it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from tools.pictures.canvas import Field, Point, clouds, grid, lay, noise, ramp, shape, shine, smooth

WIDTH, HEIGHT = 2400, 1600
_HORIZON = 1130
_TOWER = (1688.0, 925.0)
"""Where the tower stands: the middle of its foot."""
_LAMP = (1688.0, 541.0)

_SKY = [
    (0.0, "101c38"), (0.22, "1d3357"), (0.45, "3f5f83"), (0.62, "8a93a5"), (0.76, "d0a897"), (0.88, "efb786"), (1.0, "f7cf95"),
]  # fmt: skip


def picture() -> Field:
    """The whole view."""
    canvas = _sky()
    _hills(canvas)
    _sea(canvas)
    _beam(canvas)
    _tower(canvas)
    _headland(canvas)
    _glow(canvas)
    grain = noise(WIDTH, HEIGHT, (1.6, 1.6), 5) - 0.5
    return np.clip(canvas + 0.016 * grain[..., None], 0, 1)


def _sky() -> Field:
    x, y = grid(WIDTH, HEIGHT)
    canvas = ramp(np.clip(y / _HORIZON, 0, 1), _SKY)
    shine(canvas, "ffb066", 0.5 * np.exp(-(((x - 520) / 760) ** 2) - ((y - _HORIZON) / 330) ** 2))
    veil = clouds(WIDTH, HEIGHT, (900, 95), 11, 6)
    height = smooth(0.18, 0.5, y / _HORIZON) * (1 - smooth(0.86, 1.0, y / _HORIZON))
    lay(canvas, "5a6585", 0.62 * smooth(0.5, 0.72, veil) * height)
    lit = smooth(0.47, 0.56, veil) * (1 - smooth(0.56, 0.66, veil)) * height
    lay(canvas, "f2b58c", 0.42 * lit * smooth(0.3, 0.8, y / _HORIZON))
    rng = np.random.default_rng(3)
    for _ in range(130):
        px, py = rng.integers(0, WIDTH), int(rng.random() ** 1.8 * 560)
        canvas[py : py + 2, px : px + 2] += rng.random() * 0.5 * (1 - py / 620)
    return canvas


def _hills(canvas: Field) -> None:
    _, y = grid(WIDTH, HEIGHT)
    ridges = (
        (905, 150, 620, "b99a98", "dcb29a", 21), (965, 140, 430, "8f8796", "c9a69c", 37), (1030, 120, 330, "66708a", "a79aa1", 53),
    )  # fmt: skip
    for base, rise, cell, dark, mist, seed in ridges:
        profile = clouds(WIDTH, 2, (cell, 9), seed, 6)[0]
        slope = 0.6 + 0.55 * np.cos((np.arange(WIDTH) - 2100) / 1500)
        crest = base - rise * (profile - 0.35) * 1.7 * slope
        below = y - crest[None, :]
        body = ramp(np.clip(below / 230, 0, 1), [(0, dark), (1, mist)])
        lay(canvas, body, smooth(-1, 1.2, below))
    drift = clouds(WIDTH, HEIGHT, (700, 60), 71)
    band = np.exp(-(((y - 1085) / 62) ** 2))
    lay(canvas, "e2bda4", 0.75 * band * smooth(0.3, 0.7, drift))


def _sea(canvas: Field) -> None:
    x, y = grid(WIDTH, HEIGHT)
    depth = np.clip((y - _HORIZON) / (HEIGHT - _HORIZON), 0, 1)
    water = ramp(depth, [(0, "d8b49f"), (0.18, "a99fa9"), (0.5, "59708c"), (1, "1b2e4c")])
    near = 8 + 60 * depth
    ripple = np.zeros_like(x)
    for at, cell in enumerate((28.0, 12.0, 5.0)):
        rows = noise(WIDTH, HEIGHT, (cell * 9, cell * 0.55), 90 + at)
        ripple += (rows - 0.5) * np.clip(near / (cell * 2.2), 0.2, 1.5)
    lay(
        water,
        "f7cf9c",
        np.clip(0.9 * smooth(0.05, 0.75, ripple) * np.exp(-(((x - 520) / (200 + 700 * depth)) ** 2)), 0, 1),
    )
    lay(water, "16243d", 0.4 * smooth(0.1, 0.8, -ripple))
    glitter = np.exp(-(((x - _LAMP[0] + 380 * depth) / (26 + 90 * depth)) ** 2)) * smooth(0.1, 0.6, ripple)
    lay(water, "fff0c4", np.clip(0.75 * glitter * (1 - depth), 0, 1))
    lay(canvas, water, smooth(_HORIZON - 1.5, _HORIZON + 1.5, y))


def _beam(canvas: Field) -> None:
    x, y = grid(WIDTH, HEIGHT)
    dust = 0.75 + 0.5 * clouds(WIDTH, HEIGHT, (420, 42), 131)
    for side, lift, strength in ((-1, 0.012, 0.82), (1, -0.02, 0.5)):
        along = (x - _LAMP[0]) * side
        spread = 5 + 0.052 * np.maximum(along, 0)
        off = (y - _LAMP[1] - lift * along) / spread
        ray = np.exp(-(off**2)) * (along > 0) * np.exp(-along / 1500)
        shine(canvas, "fff1cf", np.clip(strength * ray * dust, 0, 0.95))


_CLIFF = [
    (2400, 1120), (2230, 1052), (2060, 985), (1900, 948), (1760, 930), (1660, 926), (1560, 934), (1470, 950), (1392, 972),
    (1348, 1004), (1330, 1062), (1286, 1090), (1262, 1150), (1256, 1214), (1204, 1244), (1178, 1300), (1120, 1330), (1096, 1384),
    (1030, 1402), (986, 1440),
]  # fmt: skip


def _headland(canvas: Field) -> None:
    x, y = grid(WIDTH, HEIGHT)
    outline = _broken([(float(px), float(py)) for px, py in _CLIFF], 5, 0.14, 7)
    waterline = [(px, 1446 + 0.035 * (px - 986) + 5 * np.sin(px / 41)) for px in range(986, WIDTH + 40, 14)]
    rock = shape(WIDTH, HEIGHT, [*outline, *waterline])
    _reflection(canvas, rock)
    strata = clouds(WIDTH, HEIGHT, (150, 60), 161, 6)
    across, down = np.gradient(strata)
    facing = np.clip(0.5 - 26 * down - 14 * across, 0, 1)
    dusk_side = np.exp(-np.clip(x - 1250, 0, None) / 520)
    face = ramp(np.clip((y - 930) / 520, 0, 1), [(0, "2a3852"), (0.25, "1d2840"), (1, "0d1526")])
    lay(face, "d29d80", 0.34 * smooth(0.55, 0.95, facing) * (0.25 + 0.75 * dusk_side))
    lay(face, "070d1a", 0.6 * smooth(0.5, 0.08, facing))
    turf = smooth(46, 8, y - np.interp(np.arange(WIDTH), *_upper(outline))[None, :] - 26 * (strata - 0.5)) * (x > 1350)
    lay(face, "3d4a4a", 0.75 * turf)
    lay(canvas, face, rock)
    _foam(canvas)


def _broken(points: list[tuple[float, float]], times: int, roughness: float, seed: int) -> list[tuple[float, float]]:
    """The outline with each side broken at its middle, again and again, as weather does it."""
    rng = np.random.default_rng(seed)
    for _ in range(times):
        finer = [points[0]]
        for (x0, y0), (x1, y1) in pairwise(points):
            push = rng.normal(0, roughness)
            finer += [((x0 + x1) / 2 - push * (y1 - y0), (y0 + y1) / 2 + push * (x1 - x0)), (x1, y1)]
        points = finer
    return points


def _upper(outline: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    ordered = sorted(outline)
    return [px for px, _ in ordered], [py for _, py in ordered]


def _reflection(canvas: Field, rock: Field) -> None:
    x, y = grid(WIDTH, HEIGHT)
    wave = noise(WIDTH, HEIGHT, (130, 5), 181)
    lay(canvas, "0e1830", 0.72 * smooth(900 + 330 * wave, 1250 + 330 * wave, x) * smooth(1425, 1475, y) * (1 - rock))


def _foam(canvas: Field) -> None:
    x, y = grid(WIDTH, HEIGHT)
    line = 1446 + 0.035 * (x - 986) + 5 * np.sin(x / 41)
    lace = smooth(0.42, 0.62, clouds(WIDTH, HEIGHT, (120, 9), 191, 3))
    lay(
        canvas,
        "c9c0c4",
        0.62
        * lace
        * np.exp(-(((y - line) / 7) ** 2))
        * smooth(960, 1010, x)
        * np.exp(-np.clip(x - 1300, 0, None) / 600),
    )


def _tower(canvas: Field) -> None:
    cx, foot = _TOWER
    body = [(cx - 62, foot + 8), (cx - 41, 612), (cx + 41, 612), (cx + 62, foot + 8)]
    gallery = [(cx - 62, 590), (cx + 62, 590), (cx + 54, 604), (cx + 44, 616), (cx - 44, 616), (cx - 54, 604)]
    x, _ = grid(WIDTH, HEIGHT)
    light = ramp(np.clip((x - cx + 62) / 124, 0, 1), [(0, "e2c2ac"), (0.3, "b9a7a8"), (0.65, "5d6579"), (1, "2c3850")])
    lay(canvas, light, shape(WIDTH, HEIGHT, body))
    bands = shape(WIDTH, HEIGHT, [(cx - 58, 830), (cx - 53, 768), (cx + 53, 768), (cx + 58, 830)])
    lay(canvas, ramp(np.clip((x - cx + 62) / 124, 0, 1), [(0, "a4513f"), (0.5, "71383a"), (1, "2c2433")]), bands)
    lay(canvas, "1c263a", shape(WIDTH, HEIGHT, gallery))
    lay(canvas, "27334a", shape(WIDTH, HEIGHT, *_ironwork(cx)))
    windows = [[(cx - 13, at), (cx - 3, at), (cx - 3, at + 24), (cx - 13, at + 24)] for at in (668, 734, 862)]
    lay(canvas, "f9d99b", shape(WIDTH, HEIGHT, *windows))
    house = [
        (cx + 50, foot + 60),
        (cx + 50, 868),
        (cx + 66, 846),
        (cx + 172, 846),
        (cx + 190, 868),
        (cx + 190, foot + 60),
    ]
    lay(canvas, "3a4256", shape(WIDTH, HEIGHT, house))
    roof = [(cx + 42, 870), (cx + 64, 838), (cx + 176, 838), (cx + 198, 870)]
    chimney = [(cx + 140, 840), (cx + 140, 814), (cx + 158, 814), (cx + 158, 840)]
    lay(canvas, "1a2234", shape(WIDTH, HEIGHT, roof, chimney))
    panes = [[(cx + at, 888), (cx + at + 13, 888), (cx + at + 13, 908), (cx + at, 908)] for at in (84, 128)]
    lay(canvas, "ffc978", shape(WIDTH, HEIGHT, *panes))


def _ironwork(cx: float) -> list[list[Point]]:
    """Railing, lantern posts, roof, ball and rod."""
    posts: list[list[Point]] = [
        [(cx + at - 1.6, 560), (cx + at + 1.6, 560), (cx + at + 1.6, 592), (cx + at - 1.6, 592)]
        for at in range(-60, 61, 15)
    ]
    rail: list[Point] = [(cx - 62, 558), (cx + 62, 558), (cx + 62, 563), (cx - 62, 563)]
    bars: list[list[Point]] = [
        [(cx + at - 1.8, 500), (cx + at + 1.8, 500), (cx + at + 1.8, 592), (cx + at - 1.8, 592)]
        for at in (-36, -12, 12, 36)
    ]
    cap: list[Point] = [
        (cx - 42, 502),
        (cx - 36, 488),
        (cx - 14, 468),
        (cx, 460),
        (cx + 14, 468),
        (cx + 36, 488),
        (cx + 42, 502),
    ]
    ball = [(cx + 8 * np.cos(t), 456 + 8 * np.sin(t)) for t in np.linspace(0, 6.3, 20)]
    rod: list[Point] = [(cx - 1.5, 420), (cx + 1.5, 420), (cx + 1.5, 452), (cx - 1.5, 452)]
    return [*posts, rail, *bars, cap, [(float(a), float(b)) for a, b in ball], rod]


def _glow(canvas: Field) -> None:
    x, y = grid(WIDTH, HEIGHT)
    cx, cy = _LAMP
    away = np.hypot(x - cx, (y - cy) * 1.05)
    pane = (np.abs(x - cx) < 38) & (y > 504) & (y < 590)
    shine(canvas, "ffe9b4", 0.6 * pane * np.exp(-((away / 60) ** 2)))
    shine(canvas, "fff6dc", np.exp(-((away / 17) ** 2)))
    shine(canvas, "ffdf9e", 0.55 * np.exp(-((away / 95) ** 2)))
    shine(canvas, "ffd08a", 0.2 * np.exp(-away / 260))
