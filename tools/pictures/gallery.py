"""On the gallery: a woman leans on the railing and looks out to sea. Screen-printed, in four colours of ink."""

from __future__ import annotations

import numpy as np

from tools.pictures.canvas import Field, Point, clouds, curve, grid, lay, noise, paper, resized, shape, smooth

WIDTH, HEIGHT = 2000, 2500
_SUN = (1335.0, 1480.0)
_SEA = 1640.0
_NAVY, _RUST, _GOLD, _ROSE = "16233b", "c4543a", "f0b04f", "e58c6d"


def picture() -> Field:
    """The print."""
    sheet = paper(WIDTH, HEIGHT, "f5ead3", 51)
    _sky(sheet)
    _water(sheet)
    _lantern(sheet)
    lay(sheet, _NAVY, _gallery())
    lay(sheet, _NAVY, _figure())
    lay(sheet, _ROSE, 0.9 * _rim())
    return resized(sheet, 1680, 2100)


def _dots(density: Field, pitch: float, angle: float) -> Field:
    """A halftone: round dots on a turned grid, the larger the higher the density."""
    x, y = grid(WIDTH, HEIGHT)
    u = (x * np.cos(angle) + y * np.sin(angle)) / pitch
    v = (-x * np.sin(angle) + y * np.cos(angle)) / pitch
    screen = 0.5 + 0.25 * (np.cos(2 * np.pi * u) + np.cos(2 * np.pi * v))
    return smooth(-0.045, 0.045, screen - (1 - np.clip(density, 0, 1)))


def _sky(sheet: Field) -> None:
    x, y = grid(WIDTH, HEIGHT)
    high = np.clip(1 - y / _SEA, 0, 1)
    veil = clouds(WIDTH, HEIGHT, (900, 70), 53, 5)
    lay(sheet, _GOLD, _dots(0.98 - 1.15 * high, 15, 0.26))
    lay(
        sheet,
        _ROSE,
        0.86
        * _dots(
            0.52 * np.exp(-(((high - 0.34) / 0.24) ** 2)) + 0.9 * smooth(0.5, 0.66, veil) * smooth(0.7, 0.25, high),
            15,
            0.79,
        ),
    )
    away = np.hypot(x - _SUN[0], y - _SUN[1])
    lay(sheet, "f9dc93", smooth(302, 299, away))
    lay(sheet, _RUST, smooth(262, 259, away))
    stripes = (
        np.mod((y - _SUN[1]) / 26 + 0.2 * (y - _SUN[1]) / 180, 1.0) < np.clip((y - _SUN[1] + 40) / 330, 0, 0.8)
    ) & (y > _SUN[1] - 20)
    lay(sheet, "f9dc93", stripes * smooth(262, 259, away))
    bank = (
        smooth(0.53, 0.56, clouds(WIDTH, HEIGHT, (760, 60), 57, 4)) * smooth(0.02, 0.10, high) * smooth(0.5, 0.3, high)
    )
    lay(sheet, _RUST, 0.92 * bank * _dots(0.35 + 0.5 * (1 - high), 15, 0.52))
    lay(
        sheet,
        _NAVY,
        0.92 * _dots(1.12 * smooth(0.36, 1.0, high) + 0.10 * smooth(0.5, 0.7, veil) * smooth(0.3, 0.6, high), 15, 1.31),
    )


def _water(sheet: Field) -> None:
    x, y = grid(WIDTH, HEIGHT)
    deep = np.clip((y - _SEA) / (HEIGHT - _SEA), 0, 1)
    sea = smooth(_SEA - 1, _SEA + 1, y)
    lay(sheet, "33506b", sea)
    ripple = np.zeros_like(x)
    for at, cell in enumerate((44.0, 18.0)):
        ripple += noise(WIDTH, HEIGHT, (cell * 8, cell * 0.7), 60 + at) - 0.5
    lay(sheet, _NAVY, sea * smooth(0.0, 0.06, ripple + 0.5 * deep - 0.16))
    track = np.exp(-(((x - _SUN[0]) / (150 + 300 * deep)) ** 2))
    lay(sheet, _GOLD, sea * smooth(0.0, 0.05, -ripple - 0.36 + 0.62 * track * (1 - 0.55 * deep)))
    island = (
        1640
        - 46 * np.exp(-(((x - 1770) / 150) ** 2))
        - 30 * np.exp(-(((x - 1620) / 70) ** 2))
        - 12 * np.exp(-(((x - 1880) / 50) ** 2))
    )
    lay(sheet, _NAVY, smooth(-1, 1, y - island) * smooth(1655, 1648, y) * (x > 1480) * 0.92)


def _lantern(sheet: Field) -> None:
    """The lantern room behind her, at the left: warm panes in a dark frame."""
    x, y = grid(WIDTH, HEIGHT)
    room = shape(WIDTH, HEIGHT, [(-10, 250), (452, 250), (452, 2270), (-10, 2270)])
    lay(sheet, _NAVY, room)
    panes = []
    for column in range(3):
        for row in range(4):
            left, top = -60 + column * 168, 300 + row * 415
            panes.append([(left, top), (left + 146, top + 0.0), (left + 146, top + 388), (left, top + 388)])
    glass = shape(WIDTH, HEIGHT, *panes)
    lay(sheet, "f6d185", glass)
    away = np.hypot((x + 160) / 1.0, y - 1150)
    lens = 0.5 + 0.5 * np.cos(away / 15.0 + 0.6 * np.sin(y / 90))
    lay(sheet, _RUST, glass * smooth(0.55, 0.75, lens) * smooth(620, 380, away))
    lay(sheet, "fff4d2", glass * smooth(0.55, 0.35, lens) * smooth(520, 200, away))
    lay(sheet, _GOLD, glass * _dots(0.85 * smooth(350, 1000, away), 13, 0.4))
    lay(
        sheet,
        _NAVY,
        shape(WIDTH, HEIGHT, [(-10, 120), (540, 210), (540, 262), (-10, 262)], [(-10, 60), (300, 168), (-10, 168)]),
    )


def _gallery() -> Field:
    """The floor, the railing and its posts."""
    floor = [(-10, 2262), (2010, 2262), (2010, 2510), (-10, 2510)]
    edge = [(-10, 2238), (2010, 2238), (2010, 2250), (-10, 2250)]
    rails: list[list[Point]] = [
        [(-10, y), (2010, y), (2010, y + thick), (-10, y + thick)] for y, thick in ((1778, 27), (1940, 13), (2092, 13))
    ]
    posts: list[list[Point]] = []
    for x in range(120, 2100, 296):
        posts.append([(x - 12, 1770), (x + 12, 1770), (x + 15, 2262), (x - 15, 2262)])
        posts.append([(x + 24 * float(np.cos(t)), 1760 + 24 * float(np.sin(t))) for t in np.linspace(0, 6.283, 28)])
        posts.append([(x - 30, 2236), (x + 30, 2236), (x + 40, 2264), (x - 40, 2264)])
    return shape(WIDTH, HEIGHT, floor, edge, *rails, *posts)


_BODY: list[Point] = [
    (742, 2270), (748, 2130), (744, 1980), (742, 1860), (728, 1740), (716, 1640), (716, 1548), (730, 1460), (756, 1392), (800, 1344),
    (846, 1318), (872, 1300), (884, 1262), (930, 1250), (968, 1282), (972, 1318), (1002, 1352), (1030, 1410), (1046, 1480), (1066, 1560),
    (1104, 1640), (1170, 1700), (1240, 1738), (1268, 1752), (1306, 1754), (1332, 1768), (1330, 1786), (1260, 1792), (1180, 1784), (1100, 1754),
    (1034, 1704), (1000, 1668), (990, 1740), (992, 1850), (1004, 1990), (1012, 2130), (1018, 2240), (1052, 2256), (1056, 2272), (922, 2274),
    (918, 2150), (896, 1990), (884, 1900), (872, 2000), (868, 2140), (866, 2240), (890, 2262), (884, 2274),
]  # fmt: skip
_HEAD: list[Point] = [
    (902, 1290), (874, 1252), (852, 1206), (846, 1150), (860, 1096), (896, 1056), (946, 1040), (996, 1050), (1030, 1080), (1044, 1118),
    (1046, 1146), (1062, 1178), (1074, 1198), (1066, 1208), (1052, 1212), (1056, 1228), (1050, 1238), (1054, 1252), (1044, 1274), (1012, 1284),
    (982, 1290), (970, 1318), (930, 1322),
]  # fmt: skip
_BUN: list[Point] = [(866, 1074), (834, 1070), (806, 1092), (798, 1128), (814, 1160), (846, 1166), (876, 1140)]
_SCARF: list[Point] = [(866, 1276), (930, 1300), (984, 1290), (1000, 1322), (950, 1352), (880, 1346), (846, 1318)]
_TAIL: list[Point] = [
    (862, 1300),
    (812, 1312),
    (748, 1296),
    (690, 1318),
    (640, 1300),
    (652, 1336),
    (700, 1352),
    (768, 1340),
    (850, 1348),
]


def _figure() -> Field:
    return shape(WIDTH, HEIGHT, *(curve(each) for each in (_BODY, _HEAD, _BUN, _SCARF, _TAIL)))


def _rim() -> Field:
    """The sun along her face, sleeve and the rail: what of the figure's edge looks to the right."""
    figure = _figure()
    moved = np.roll(figure, (-2, -9), axis=(0, 1))
    x, y = grid(WIDTH, HEIGHT)
    rail = np.maximum(shape(WIDTH, HEIGHT, [(460, 1778), (2010, 1778), (2010, 1783), (460, 1783)]) * (1 - figure), 0)
    lit = smooth(0.2, 0.8, figure - moved) * (y < 1760) * (x > 880)
    edge: Field = np.maximum(lit, 0.8 * rail * smooth(460, 1100, x))
    return edge
