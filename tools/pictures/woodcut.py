"""The Hag's Tooth in a gale: white lines cut out of black, and one colour printed over it."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, exp, pi, sin

import numpy as np
from PIL import Image, ImageDraw

from tools.pictures.canvas import Field, Point, grid, lay, noise, paper, smooth

SIDE = 2000
_SCALE = 2
_PRINT = 1800
"""Pixels of the finished print: so many white lines would make a larger one too heavy."""
_LAMP = (1020.0, 520.0)
_BLACK, _PAPER = 0, 255


class _Block:
    """A block of wood: black until it is cut."""

    def __init__(self) -> None:
        self.image = Image.new("L", (SIDE * _SCALE, SIDE * _SCALE), _BLACK)
        self.pen = ImageDraw.Draw(self.image)
        self.rng = np.random.default_rng(1903)

    def fill(self, outline: Sequence[Point], tone: int) -> None:
        """A flat shape, cut away (paper) or left standing (black)."""
        self.pen.polygon([(x * _SCALE, y * _SCALE) for x, y in outline], fill=tone)

    def cut(self, path: list[Point], width: float, tone: int = _PAPER) -> None:
        """One stroke of the gouge: it enters thin, widens, and leaves thin."""
        if len(path) < 3:
            return
        left, right = [], []
        for at, (x, y) in enumerate(path):
            ax, ay = path[max(at - 1, 0)]
            bx, by = path[min(at + 1, len(path) - 1)]
            length = max(np.hypot(bx - ax, by - ay), 1e-6)
            half = 0.5 * width * abs(sin(pi * at / (len(path) - 1))) ** 0.6
            nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
            left.append((x + nx, y + ny))
            right.append((x - nx, y - ny))
        self.fill([(float(x), float(y)) for x, y in left + right[::-1]], tone)


def picture() -> Field:
    """The print."""
    block = _Block()
    _sky(block)
    far = 1120.0
    rows = 9
    for row in range(rows):
        if row == 3:
            _rock(block)
            _tower(block)
        depth = row / (rows - 1)
        _wave(block, far + 560 * depth**1.25, 34 + 150 * depth**1.1, 210 + 430 * depth, row)
    _spray(block)
    return _printed(block)


def _sky(block: _Block) -> None:
    """Lines that run with the wind; two rays of the lamp are left out of them."""
    for y in np.arange(40, 1190, 17.0):
        x = -40.0
        while x < SIDE + 40:
            length = float(block.rng.uniform(120, 460))
            path = [(x + t * length, y + _gust(x + t * length, y)) for t in np.linspace(0, 1, 18)]
            middle = path[9]
            tone = 0.35 + 0.65 * exp(-(((middle[0] - _LAMP[0]) / 620) ** 2) - ((middle[1] - _LAMP[1]) / 420) ** 2)
            block.cut(path, 1.6 + 7.5 * tone * float(block.rng.uniform(0.6, 1.0)) - 2.0)
            x += length + float(block.rng.uniform(4, 40))
    for angle, spread in ((-0.07, 0.055), (pi + 0.09, 0.055), (-0.42, 0.02), (pi + 0.44, 0.02)):
        ends = [
            (_LAMP[0] + 1500 * cos(angle + part), _LAMP[1] + 1500 * sin(angle + part)) for part in (-spread, spread)
        ]
        margin = [
            (_LAMP[0] + 1500 * cos(angle + part), _LAMP[1] + 1500 * sin(angle + part))
            for part in (-spread * 1.5, spread * 1.5)
        ]
        block.fill([_LAMP, *margin], _BLACK)
        block.fill([_LAMP, *ends], _PAPER)


def _gust(x: float, y: float) -> float:
    return 26 * sin(x / 310 + y / 170) + 12 * sin(x / 131 - y / 90) + 0.03 * (x - SIDE / 2)


def _wave(block: _Block, base: float, height: float, period: float, row: int) -> None:
    """A row of breaking waves: the black body, lines that follow its back, and a curling white crest."""
    shift = float(block.rng.uniform(0, period))
    xs = np.linspace(-200, SIDE + 200, 900)
    phase = (xs + shift) / period
    swell = 0.75 + 0.35 * np.sin(phase * 0.9 + row)
    steep = 2 * pi * phase + 0.62 * np.sin(2 * pi * phase)
    rise = height * swell * (0.5 + 0.5 * np.cos(steep)) ** 1.6
    crest = base - rise + 10 * np.sin(xs / 57 + row)
    block.fill([(-200, SIDE + 50), *zip(xs.tolist(), crest.tolist(), strict=True), (SIDE + 200, SIDE + 50)], _BLACK)
    lines = 5 + row
    for line in range(lines):
        down = (8 + 5.2 * row) * (0.45 + line * (1 + 0.10 * line) * 0.62)
        flat = exp(-line / (2.4 + row * 0.5))
        level = base + (crest - base) * flat + down * (1 - 0.25 * (rise / (height + 1)))
        _contour(block, xs, level, 2.6 + 0.85 * row * (1 - 0.5 * line / lines), row)
    for at in np.flatnonzero((np.diff(np.sign(np.diff(crest))) > 0) & (rise[1:-1] > 0.55 * height)) + 1:
        _curl(block, float(xs[at]), float(crest[at]), height * 0.62)


def _contour(block: _Block, xs: Field, level: Field, width: float, row: int) -> None:
    at = 0
    while at < len(xs) - 8:
        run = int(block.rng.integers(16, 70))
        path = list(zip(xs[at : at + run].tolist(), level[at : at + run].tolist(), strict=True))
        block.cut(path, width * float(block.rng.uniform(0.75, 1.2)))
        at += run + int(block.rng.integers(1, 3 + row // 2))


def _curl(block: _Block, x: float, y: float, size: float) -> None:
    """Foam: short strokes that fall from the crest to the right and turn under."""
    for strand in range(13):
        part = strand / 12
        start = (x - size * (0.95 - 0.9 * part), y + size * (0.52 * (1 - part) ** 1.5) - 3)
        sweep = [
            (
                start[0] + size * (0.55 * t + 0.22 * sin(2.6 * t)) * (0.6 + 0.5 * part),
                start[1] + size * (-0.10 * sin(pi * t) + 0.62 * t**2.2) * (0.35 + 0.8 * part),
            )
            for t in np.linspace(0, 1, 14)
        ]
        block.cut([(float(a), float(b)) for a, b in sweep], size * 0.085 * (0.6 + 0.6 * part) + 1.5)
    for _ in range(round(size / 5)):
        spot = x + size * float(block.rng.normal(0.25, 0.5)), y - size * abs(float(block.rng.normal(0.0, 0.22)))
        _fleck(block, spot, 1.5 + size * 0.022 * float(block.rng.random()))


def _fleck(block: _Block, spot: Point, radius: float) -> None:
    turn = float(block.rng.uniform(0, pi))
    block.fill(
        [(spot[0] + radius * (1.5 * cos(t) * cos(turn) - sin(t) * sin(turn)), spot[1] + radius * (1.5 * cos(t) * sin(turn) + sin(t) * cos(turn)))
         for t in np.linspace(0, 2 * pi, 9)],
        _PAPER,
    )  # fmt: skip


def _rock(block: _Block) -> None:
    outline = [
        (640, 1420), (700, 1290), (742, 1268), (770, 1180), (822, 1150), (850, 1070), (900, 1042), (930, 1010), (1110, 1004),
        (1150, 1052), (1190, 1066), (1216, 1146), (1270, 1178), (1290, 1254), (1350, 1290), (1400, 1420),
    ]  # fmt: skip
    block.fill([(x - 12, y - 10) if x < 1020 else (x + 12, y - 10) for x, y in outline], _BLACK)
    block.fill([(float(x), float(y)) for x, y in outline], _BLACK)
    for ridge in range(15):
        top_x = 800 + ridge * 34.0
        drift = (top_x - 1020) / 900
        top_y = 1012 + 0.0021 * (top_x - 1020) ** 2 + float(block.rng.uniform(8, 34))
        sunny = top_x < 1000
        for cut in range(26):
            y = top_y + 15.5 * cut
            x = top_x + drift * 15.5 * cut * 1.5 + 9 * sin(cut * 0.9 + ridge)
            length = float(block.rng.uniform(16, 30)) * (1.0 if sunny else 0.55)
            block.cut([(x + t * length, y + 0.55 * t * length) for t in np.linspace(0, 1, 5)], 6.5 if sunny else 4.0)


def _tower(block: _Block) -> None:
    x = _LAMP[0]
    profile = [(104, 1030), (84, 960), (70, 860), (60, 740), (54, 620)]
    left, right = [(x - half, y) for half, y in profile], [(x + half, y) for half, y in profile]
    block.fill([(px - 16, py) for px, py in left] + [(px + 16, py) for px, py in right[::-1]], _BLACK)
    block.fill(left + right[::-1], _PAPER)
    for y in np.arange(628, 1030, 13.0):
        half = float(np.interp(y, [620, 740, 860, 960, 1030], [54, 60, 70, 84, 104]))
        start = -0.15 + 0.25 * sin(y / 37)
        block.cut([(x + half * t, y + 5 * (1 - t * t)) for t in np.linspace(start, 1.02, 14)], 7.5, _BLACK)
    for top, bottom, half in ((596, 622, 84), (566, 596, 66)):
        block.fill(
            [(x - half - 8, top - 6), (x + half + 8, top - 6), (x + half + 8, bottom), (x - half - 8, bottom)], _BLACK
        )
        block.fill([(x - half, top), (x + half, top), (x + half - 8, bottom - 6), (x - half + 8, bottom - 6)], _PAPER)
    block.fill([(x - 58, 474), (x + 58, 474), (x + 58, 566), (x - 58, 566)], _BLACK)
    block.fill([(x - 46, 484), (x + 46, 484), (x + 46, 560), (x - 46, 560)], _PAPER)
    for at in (-23, 0, 23):
        block.fill([(x + at - 3, 484), (x + at + 3, 484), (x + at + 3, 560), (x + at - 3, 560)], _BLACK)
    roof = [(x - 74, 474), (x - 58, 446), (x - 22, 414), (x, 400), (x + 22, 414), (x + 58, 446), (x + 74, 474)]
    block.fill([(px, py - 8) for px, py in roof], _BLACK)
    for at in np.linspace(-44, 30, 6):
        block.cut([(x + at * (0.25 + 0.75 * t), 418 + 46 * t) for t in np.linspace(0, 1, 6)], 6)
    block.fill([(x - 4, 350), (x + 4, 350), (x + 4, 404), (x - 4, 404)], _PAPER)
    for y in (690, 800, 905):
        block.fill([(x - 20, y), (x - 4, y), (x - 4, y + 34), (x - 20, y + 34)], _BLACK)


def _spray(block: _Block) -> None:
    """What the sea throws up at the foot of the rock, higher on the weather side."""
    for _ in range(620):
        side = -1 if block.rng.random() < 0.68 else 1
        out = abs(float(block.rng.normal(0, 1)))
        x = _LAMP[0] + side * (140 + 190 * out)
        reach = 420 if side < 0 else 230
        y = 1300 - reach * abs(float(block.rng.normal(0, 0.55))) * exp(-(out**2) / 2.2)
        _fleck(block, (x, y), float(block.rng.uniform(1.6, 6.5)))
    for strand in range(60):
        side = -1 if strand % 4 else 1
        start = _LAMP[0] + side * float(block.rng.uniform(150, 330)), 1320.0
        swift, steep = float(block.rng.uniform(0.35, 1.0)), float(block.rng.uniform(-0.15, 0.95))
        rise = (430 if side < 0 else 220) * swift
        path = [
            (start[0] + side * rise * 0.9 * steep * t, start[1] - rise * (2.1 * t - 1.45 * t * t))
            for t in np.linspace(0, 1, 16)
        ]
        block.cut(path, 4 + 11 * swift * float(block.rng.random()))
        _fleck(block, (path[-1][0] + side * 6, path[-1][1]), float(block.rng.uniform(2, 6)))


def _printed(block: _Block) -> Field:
    """The block inked and pressed, and a second block for the lamp's warmth."""
    cut = np.asarray(block.image.resize((_PRINT, _PRINT), Image.Resampling.BOX), dtype=float) / 255
    sheet = paper(_PRINT, _PRINT, "f3ead6", 77)
    x, y = (axis * SIDE / _PRINT for axis in grid(_PRINT, _PRINT))
    warm = np.exp(-(((x - _LAMP[0]) / 700) ** 2) - ((y - _LAMP[1]) / 330) ** 2)
    lay(sheet, "f0b54a", 0.85 * smooth(0.25, 0.75, warm + 0.12 * (noise(_PRINT, _PRINT, (30, 30), 78) - 0.5)))
    border = (x > 70) & (x < SIDE - 70) & (y > 70) & (y < SIDE - 70)
    lay(sheet, "1c2a33", (1 - cut) * border)
    return sheet
