"""A cover picture, composed from a photo and a few lines of type by the measures of a theme.

The design is data (:class:`Design`, a theme's ``cover.toml``); this module knows how to fit, break and shape type, in any
script that a face of the theme has. What no face can set is left off rather than set wrong. Like :mod:`exporter.images`, it
works on pixels, and it is the only other place that knows Pillow.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal

from exporter.covers.design import ORNAMENT, Cover, Design, Layout
from exporter.covers.fonts import CoverFonts
from exporter.covers.pen import Pen
from exporter.covers.typesetting import SetText, fitted, shown_text

if TYPE_CHECKING:
    from PIL import Image

_QUALITY = 84


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
    from PIL import Image, ImageColor

    shown = photo if photo and _width_of(photo) >= design.least else None
    layout = design.with_photo if shown else design.without_photo
    blocks = fitted(design, layout, CoverFonts(font, design.scales, language), texts)
    if shown is None and not blocks:
        return None
    paper = _paper(layout, texts)
    canvas = Image.new("RGB", (design.width, design.height), ImageColor.getrgb(paper))
    start = layout.text[1] - _stack(blocks) if layout.stand else layout.text[0]
    if shown is not None:
        place = _photo_place(design, layout, blocks)
        _paste(canvas, shown, place, design.focus)
        start = place[3]
    Pen(canvas, design, paper, direction).write(blocks, start)
    stream = io.BytesIO()
    canvas.save(stream, "JPEG", quality=_QUALITY)
    said = [block for block in blocks if block.line.field != ORNAMENT]
    lines, rows = tuple(shown_text(texts[block.line.field]) for block in said), tuple(block.rows for block in said)
    return Cover(stream.getvalue(), design.width, design.height, lines, rows)


def _width_of(photo: bytes) -> int:
    from PIL import Image

    with Image.open(io.BytesIO(photo), formats=["JPEG", "PNG"]) as image:
        return image.width


def _paper(layout: Layout, texts: Mapping[str, str]) -> str:
    name = texts.get("publication") or texts.get("headline", "")
    return layout.papers[zlib.crc32(name.encode("utf-8", "replace")) % len(layout.papers)]


def _stack(blocks: tuple[SetText, ...]) -> int:
    """The height of the lines that stand below one another."""
    return sum(block.gap + block.height for block in blocks if block.line.at is None)


def _photo_place(design: Design, layout: Layout, blocks: tuple[SetText, ...]) -> tuple[int, int, int, int]:
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
