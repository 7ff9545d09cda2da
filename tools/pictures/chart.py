"""The approaches to Port Skerrow: a sea chart of a coast that is not there."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, radians, sin

import numpy as np
from PIL import Image, ImageDraw

from tools.pictures.canvas import Field, Point, clouds, drawn, font, grid, lay, noise, paper, shape, smooth

WIDTH, HEIGHT = 2200, 1540
_INK, _MAGENTA = "2b2a33", "a8327f"
_LIGHTS: dict[str, tuple[Point, str]] = {
    "Skerrow Head": ((1332, 742), "Fl(3)W.20s62m26M"),
    "The Hag’s Tooth": ((640, 1060), "Iso.R.6s34m14M"),
    "Breakwater": ((1602, 622), "Oc.WRG.10s9m8M"),
    "Cow and Calf": ((1010, 402), "Q(6)+LFl.15s"),
}
"""Name → where it stands, in pixels, and its character as charts abbreviate it."""


def picture() -> Field:
    """The chart."""
    sheet = paper(WIDTH, HEIGHT, "f6f1e3", 61)
    ground = _ground()
    _tints(sheet, ground)
    _contours(sheet, ground)
    lay(sheet, _INK, 0.8 * drawn(WIDTH, HEIGHT, _soundings(ground), 2))
    lay(sheet, _MAGENTA, 0.62 * drawn(WIDTH, HEIGHT, _rose, 2))
    lay(sheet, _MAGENTA, 0.85 * drawn(WIDTH, HEIGHT, _flares, 3))
    lay(sheet, _INK, 0.95 * drawn(WIDTH, HEIGHT, _names, 2))
    _frame(sheet)
    return sheet


def _ground() -> Field:
    """Height above the lowest tide, in metres: land above 0, the sea bed below."""
    x, y = grid(WIDTH, HEIGHT)
    broad, fine = clouds(WIDTH, HEIGHT, (620, 620), 431, 6), clouds(WIDTH, HEIGHT, (150, 150), 433, 5)
    coast = 1480 + 150 * np.sin(y / 330 + 0.4) - 90 * np.sin(y / 143)
    ground: Field = (x - coast) / 9.5 + 95 * (broad - 0.52) + 26 * (fine - 0.5)
    for px, py, rise, reach in (
        (1352, 748, 92, 118), (1270, 770, 46, 60), (640, 1060, 62, 42), (690, 1095, 38, 50), (1010, 372, 50, 60), (1066, 330, 40, 42),
        (860, 1290, 34, 70),
    ):  # fmt: skip
        ground += rise * np.exp(-(((x - px) / reach) ** 2) - ((y - py) / (reach * 0.8)) ** 2)
    for px, py, rise, across, down in ((1700, 668, 84, 150, 62), (1560, 690, 50, 90, 60)):
        ground -= rise * np.exp(-(((x - px) / across) ** 2) - ((y - py) / down) ** 2)
    return ground


def _tints(sheet: Field, ground: Field) -> None:
    lay(sheet, "cfe3ea", 0.9 * smooth(-5.2, -4.8, ground))
    lay(sheet, "e4eff0", 0.8 * smooth(-20.3, -19.7, ground) * smooth(-4.8, -5.2, ground))
    lay(sheet, "cdd6ad", smooth(-0.9, -0.6, ground))
    lay(sheet, "f0dfae", smooth(1.6, 2.0, ground))
    down, across = np.gradient(ground)
    hill = np.clip(0.5 + 0.30 * (across + down), 0, 1)
    lay(sheet, "cdb27a", 0.5 * smooth(0.5, 1.0, hill) * smooth(2, 8, ground))


def _contours(sheet: Field, ground: Field) -> None:
    down, across = np.gradient(ground)
    steep = np.hypot(down, across) + 1e-6
    for level, width, strength, code in (
        (1.8, 1.7, 1.0, _INK), (-0.75, 0.9, 0.8, _INK), (-5, 1.0, 0.75, "35627c"), (-10, 0.8, 0.55, "35627c"), (-20, 1.0, 0.7, "35627c"),
        (-30, 0.8, 0.45, "35627c"), (-50, 0.9, 0.6, "35627c"), (-75, 0.7, 0.4, "35627c"), (20, 0.7, 0.5, "7c6236"), (40, 0.7, 0.5, "7c6236"),
        (60, 0.7, 0.5, "7c6236"), (80, 0.7, 0.5, "7c6236"),
    ):  # fmt: skip
        off = np.abs(ground - level) / steep
        lay(sheet, code, strength * smooth(width + 0.8, width - 0.4, off))
    rocky = (
        smooth(0.62, 0.75, noise(WIDTH, HEIGHT, (34, 34), 97)) * smooth(-3.5, -0.75, ground) * smooth(1.8, 1.0, ground)
    )
    lay(sheet, _INK, 0.35 * rocky * (np.mod(grid(WIDTH, HEIGHT)[0] + grid(WIDTH, HEIGHT)[1], 7) < 2))


def _free(x: float, y: float, taken: list[Point], apart: float) -> bool:
    return all((x - px) ** 2 + (y - py) ** 2 > apart**2 for px, py in taken)


def _soundings(ground: Field) -> Callable[[ImageDraw.ImageDraw, float], None]:
    """Depths, whole metres large and tenths small and low, as they stand on charts."""

    def write(pen: ImageDraw.ImageDraw, scale: float) -> None:
        rng = np.random.default_rng(1886)
        taken: list[Point] = [place for place, _ in _LIGHTS.values()]
        for _ in range(3200):
            x, y = float(rng.uniform(150, WIDTH - 150)), float(rng.uniform(130, HEIGHT - 130))
            depth = -float(ground[int(y), int(x)])
            if depth < 1.5 or _on_words(x, y) or not _free(x, y, taken, 46 + 0.42 * depth):
                continue
            taken.append((x, y))
            whole, tenth = divmod(round(depth * 10), 10)
            pen.text((x * scale, y * scale), str(whole), fill=255, font=font("SourceSans3-It", 23 * scale), anchor="mm")
            if whole < 15 and tenth:
                right = 6.5 * len(str(whole)) + 1
                pen.text(
                    ((x + right) * scale, (y + 8) * scale),
                    str(tenth),
                    fill=255,
                    font=font("SourceSans3-It", 15 * scale),
                    anchor="lm",
                )

    return write


_QUIET = (
    (90, 90, 800, 420), (180, 560, 640, 1030), (960, 700, 1250, 810), (1180, 560, 1480, 870), (520, 1000, 880, 1140), (860, 350, 1180, 470), (1490, 560, 1800, 700),
    (660, 640, 1100, 740), (950, 1265, 1160, 1335),
)  # fmt: skip
"""Rectangles (left, top, right, bottom) kept free of soundings for words and for the rose."""


def _on_words(x: float, y: float) -> bool:
    return any(left < x < right and top < y < bottom for left, top, right, bottom in _QUIET)


def _rose(pen: ImageDraw.ImageDraw, scale: float) -> None:
    """The compass: true without, magnetic within, and the variation of the year written across."""
    cx, cy = 410.0, 800.0

    def tick(angle: float, inner: float, outer: float, width: float) -> None:
        a = radians(angle - 90)
        ends = [((cx + r * cos(a)) * scale, (cy + r * sin(a)) * scale) for r in (inner, outer)]
        pen.line(ends, fill=255, width=max(round(width * scale), 1))

    for radius, turn in ((168.0, 0.0), (118.0, -3.5)):
        for degree in range(0, 360, 2 if radius > 150 else 5):
            length = 17 if degree % 30 == 0 else 11 if degree % 10 == 0 else 6
            tick(degree + turn, radius - length, radius, 1.6 if degree % 10 == 0 else 1.0)
        for ring in (radius, radius - 20):
            box = [(cx - ring) * scale, (cy - ring) * scale, (cx + ring) * scale, (cy + ring) * scale]
            pen.ellipse(box, outline=255, width=round(1.2 * scale))
        tick(turn, 0 if radius < 150 else 30, radius + (26 if radius > 150 else 10), 2.2)
        tick(180 + turn, 0 if radius < 150 else 30, radius - 24, 1.4)
        tick(90 + turn, 30, radius - 24, 1.2)
        tick(270 + turn, 30, radius - 24, 1.2)
    for degree in range(0, 360, 30):
        a = radians(degree - 90)
        spot = ((cx + 186 * cos(a)) * scale, (cy + 186 * sin(a)) * scale)
        if degree:
            pen.text(spot, f"{degree:03d}", fill=255, font=font("SourceSans3-Regular", 17 * scale), anchor="mm")
    star = [(cx, cy - 222), (cx + 9, cy - 196), (cx, cy - 203), (cx - 9, cy - 196)]
    pen.polygon([(x * scale, y * scale) for x, y in star], fill=255)
    pen.text(
        (cx * scale, (cy + 44) * scale),
        "Var 3°30′W (2025)",
        fill=255,
        font=font("SourceSerif4-It", 18 * scale),
        anchor="mm",
    )


def _flares(pen: ImageDraw.ImageDraw, scale: float) -> None:
    """A magenta teardrop at every light, pointing away from its star."""
    for (x, y), _ in _LIGHTS.values():
        a = radians(-52)
        drop = []
        for t in np.linspace(0, 2 * pi, 48):
            along, across = 34 * (1 - cos(t)) + 9, 17 * sin(t) * (sin(t / 2) ** 1.5)
            drop.append(
                ((x + along * cos(a) - across * sin(a)) * scale, (y + along * sin(a) + across * cos(a)) * scale)
            )
        pen.polygon(drop, fill=255)


def _names(pen: ImageDraw.ImageDraw, scale: float) -> None:
    def words(x: float, y: float, text: str, face: str, size: float, anchor: str = "lm") -> None:
        pen.text((x * scale, y * scale), text, fill=255, font=font(face, size * scale), anchor=anchor)

    for name, ((x, y), character) in _LIGHTS.items():
        star = []
        for point in range(10):
            a, r = point * pi / 5 - pi / 2, 11 if point % 2 == 0 else 4.4
            star.append(((x + r * cos(a)) * scale, (y + r * sin(a)) * scale))
        pen.polygon(star, fill=255)
        left = name == "Skerrow Head"
        edge, anchor = (x - 138, "rm") if left else (x + 32, "lm")
        words(edge, y + 6, name, "SourceSerif4-Semibold", 25, anchor)
        words(edge, y + 34, character, "SourceSans3-Regular", 20, anchor)
    words(1985, 742, "PORT SKERROW", "SourceSerif4-Semibold", 30, "mm")
    words(1780, 1010, "K I L N   M O O R", "SourceSerif4-Regular", 28, "mm")
    words(700, 690, "S k e r r o w   B a y", "SourceSerif4-It", 46)
    words(980, 1300, "The Ledges", "SourceSerif4-It", 30)
    words(150, 178, "THE APPROACHES TO", "SourceSerif4-Semibold", 34)
    words(146, 240, "PORT SKERROW", "SourceSerif4Display-Semibold", 74)
    words(150, 304, "Depths in metres, reduced to the lowest tide · Heights in metres", "SourceSerif4-It", 23)
    words(150, 338, "Not to be used for navigation: none of it exists", "SourceSerif4-It", 23)
    pen.line([(150 * scale, 368 * scale), (700 * scale, 368 * scale)], fill=255, width=round(1.4 * scale))
    for step in range(6):
        x0 = 150 + step * 92
        box = [x0 * scale, 384 * scale, (x0 + 92) * scale, 394 * scale]
        pen.rectangle(box, fill=255 if step % 2 == 0 else 0, outline=255, width=round(1.2 * scale))
    words(150, 414, "0", "SourceSans3-Regular", 18, "mm")
    words(702, 414, "3 miles", "SourceSans3-Regular", 18, "mm")


def _frame(sheet: Field) -> None:
    """The border with its degrees and minutes."""
    ink = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(ink)
    for inset, width in ((44, 4), (58, 1), (78, 1), (84, 2)):
        pen.rectangle([inset, inset, WIDTH - inset, HEIGHT - inset], outline=255, width=width)
    step = (WIDTH - 2 * 84) / 40
    for at in range(40):
        if at % 2 == 0:
            x0 = 84 + at * step
            for top in (62, HEIGHT - 74):
                pen.rectangle([x0, top, x0 + step, top + 12], fill=255)
    tall = (HEIGHT - 2 * 84) / 28
    for at in range(28):
        if at % 2 == 0:
            y0 = 84 + at * tall
            for left in (62, WIDTH - 74):
                pen.rectangle([left, y0, left + 12, y0 + tall], fill=255)
    margin = 1 - shape(WIDTH, HEIGHT, [(84, 84), (WIDTH - 84, 84), (WIDTH - 84, HEIGHT - 84), (84, HEIGHT - 84)])
    lay(sheet, "f6f1e3", margin)
    lay(sheet, _INK, np.asarray(ink, dtype=float) / 255)
