"""What is done to pixels: brought to sRGB, to a size, upright, to white, to a few greys."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from exporter.images.decode import SPREAD, orientation_of

if TYPE_CHECKING:
    from PIL import Image


def may_stay(image: Image.Image) -> bool:
    """Whether readers and renderers show these very pixels as they are meant."""
    kinds = {"JPEG": {"L", "RGB"}, "PNG": {"1", "L", "LA", "P", "RGB", "RGBA"}}
    plain_mode = image.mode in kinds.get(image.format or "", set()) and SPREAD not in image.info
    return plain_mode and orientation_of(image) == 1 and not _foreign_profile(image)


def _foreign_profile(image: Image.Image) -> bytes:
    """The picture's colour profile, where pixels must be converted by it; ``b""`` for sRGB and for a misfit."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode == "1":
        return b""
    from PIL import ImageCms

    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        name = ImageCms.getProfileDescription(found).lower()
    except (ImageCms.PyCMSError, OSError):
        return b""
    usual = "srgb" in name or "sgray" in name or (image.mode in _GREYS and found.profile.xcolor_space != "GRAY")
    return b"" if usual else bytes(profile)


def resampled(image: Image.Image, upright: tuple[int, int]) -> Image.Image:
    """Resamples the picture before it is turned; ``upright`` is the size that it shall have afterwards."""
    from PIL import Image

    turned = orientation_of(image)
    size = upright[::-1] if turned >= 5 else upright
    profile = _foreign_profile(image)
    image.draft(None, size)  # JPEG only: decodes at a half, a quarter or an eighth, never below the wanted size
    small = _in_srgb(image, profile)
    if small.size != size:
        small = small.resize(size, Image.Resampling.HAMMING, reducing_gap=3.0)
    small.info = {"orientation": turned}
    return small


_TRANSLUCENT = frozenset({"RGBA", "LA", "PA", "La", "RGBa"})

_GREYS = frozenset({"L", "LA", "La"})


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Grey, RGB or RGBA pixels in sRGB."""
    if image.mode in _TRANSLUCENT or "transparency" in image.info:
        shown = image.convert("RGBA")
        if profile:
            clear = shown.getchannel("A")
            shown = _by_profile(shown.convert("L" if image.mode in _GREYS else "RGB"), profile).convert("RGB")
            shown.putalpha(clear)
        return shown
    if image.mode == "I" or image.mode.startswith("I;16"):
        return image.convert("I").point(lambda level: level * (255 / 65535)).convert("L")  # 16 bits a pixel
    if image.mode != "CMYK" or not profile:
        mode = "L" if image.mode in {"1", "L", "F"} else "RGB"
        image = image if image.mode == mode else image.convert(mode)  # else all of it would be copied
    return _by_profile(image, profile) if profile else image


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Converts pixels from their profile to sRGB, so that they look the same; grey ones stay grey."""
    from PIL import ImageCms

    mode, source = "L" if image.mode == "L" else "RGB", ImageCms.ImageCmsProfile(io.BytesIO(profile))
    try:
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError:
        converted = None
    return (converted or image).convert(mode)


_TURNS = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270"}
_TURNS |= {7: "TRANSVERSE", 8: "ROTATE_90"}


def turned_upright(image: Image.Image) -> Image.Image:
    """The picture as its camera was held, by the orientation that :func:`resampled` left in its notes."""
    from PIL import Image

    turn = _TURNS.get(image.info.pop("orientation"))
    return image.transpose(Image.Transpose[turn]) if turn else image


def is_see_through(image: Image.Image) -> bool:
    """Whether any pixel is transparent. Many pictures have an alpha channel and make no use of it."""
    may = image.mode in _TRANSLUCENT or "transparency" in image.info
    return may and is_transparent(image.convert("RGBA"))


def on_white(image: Image.Image) -> Image.Image:
    """The picture with white wherever something would show through."""
    from PIL import Image

    shown = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")


def levelled(image: Image.Image, levels: int) -> Image.Image:
    """Reduces a drawing to so many greys.

    Photos keep all of theirs: a screen mixes them itself once it has scaled a picture, and dots mixed before that would
    beat against its own.
    """
    top = levels - 1
    return image.point([round(round(level * top / 255) * 255 / top) for level in range(256)])


def is_transparent(image: Image.Image) -> bool:
    """Whether any pixel lets something show through. Modes other than RGBA have been converted by now."""
    if image.mode != "RGBA":
        return False
    return image.getchannel("A").getextrema() != (255, 255)


def is_drawn(image: Image.Image) -> bool:
    """Whether the picture has 64 colours at most, as drawings and screenshots have and photos do not."""
    return image.getcolors(64) is not None
