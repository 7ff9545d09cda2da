"""Turns colours of a screen into inks of a press, by the ICC profile of the press.

Pillow's colour engine (LittleCMS) turns red, green and blue (sRGB) into cyan, magenta, yellow and black, relative to the paper
and with black point compensation. Greys are printed with the black ink alone: where four inks must meet exactly, small type
looks blurred and greys take on a colour.
"""

from __future__ import annotations

import io
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

from exporter.errors import UsageError
from exporter.images import jpeg
from exporter.runtime.files import content_of

Ink = tuple[float, float, float, float]
"""Cyan, magenta, yellow, black: 0 is none, 1 is all."""

MOST_BYTES = 16 << 20
"""The largest profile that is read."""

_NEUTRAL = 0.07
"""The channels of what counts as grey differ by no more."""

_QUALITY = 80
"""The finest packing of a photo's four inks, of which each is packed as finely as a screen's light, and none more coarsely."""

_FEW = 256
"""So many colours and no more say that a PNG is drawn: JPEG would leave specks around its edges."""

RECENT = 4
"""Profiles that are kept ready for further pictures."""


class Profile(Struct, frozen=True):
    """The profile of a press: its content, and what it calls itself."""

    content: bytes
    name: str


class Flat(Struct, frozen=True):
    """A drawing in inks, without loss: ``pixels`` has four bytes a dot (0 no ink, 255 all of it), line after line."""

    pixels: bytes
    width: int
    height: int


def profile_named(path: str) -> Profile:
    """The profile in a file; ``""`` is the one that comes with the program.

    Raises :class:`UsageError` when there is none, or when it describes anything but a press of four inks.
    """
    advice = "Name the ICC profile of a press: an .icc file for CMYK, which your printer gives you."
    if not path:
        return _coated_profile()
    try:
        content = content_of(path, MOST_BYTES)
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else str(fault)
        raise UsageError(f"The profile {path} cannot be read: {reason}.", advice) from fault
    return _profile(content, path, advice)


@cache
def _coated_profile() -> Profile:
    """The profile that comes with the program."""
    content = files("exporter").joinpath("profiles", "artifex-cmyk-swop.icc").read_bytes()
    return _profile(content, "of the program", "Install exporter again.")


@lru_cache(RECENT)
def _profile(content: bytes, path: str, advice: str) -> Profile:
    from PIL import ImageCms

    try:
        described = ImageCms.getOpenProfile(io.BytesIO(content)).profile
    except (OSError, ValueError, ImageCms.PyCMSError) as fault:
        raise UsageError(f"The file {path} holds no ICC profile.", advice) from fault
    if described.xcolor_space != "CMYK" or described.device_class != "prtr":
        kind = f"{described.xcolor_space.strip()} of the class {described.device_class.strip()}"
        raise UsageError(f"The profile {path} is for {kind}, not for a press of four inks.", advice)
    profile = Profile(content, " ".join((described.profile_description or "a press of four inks").split()))
    try:
        _transform(profile)
    except ImageCms.PyCMSError as fault:
        raise UsageError(f"The profile {path} is damaged: no colour can be converted by it.", advice) from fault
    return profile


def ink_of(red: float, green: float, blue: float, profile: Profile) -> Ink:
    """A colour of sRGB (each channel 0 to 1) in inks; greys in black alone."""
    if max(red, green, blue) - min(red, green, blue) <= _NEUTRAL:
        return (0.0, 0.0, 0.0, round(1 - (red + green + blue) / 3, 3))
    from PIL import Image

    channels = (round(red * 255), round(green * 255), round(blue * 255))
    dot = _converted(Image.new("RGB", (1, 1), channels), profile)
    inks = dot.getpixel((0, 0))
    cyan, magenta, yellow, black = (round(each / 255, 3) for each in inks)
    return (cyan, magenta, yellow, black)


def in_inks(picture: bytes, profile: Profile) -> bytes | Flat:
    """A photo as JPEG in the inks of the press, packed no finer than it came; a drawing without loss.

    Grey pictures, and those in inks already, come back as they are.
    """
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as opened:
        if opened.mode in {"1", "L", "CMYK"}:
            return picture
        flat, drawn = _on_paper(opened), opened.format == "PNG"
        quality = min(_QUALITY, jpeg.quality_of(getattr(opened, "quantization", {})))
    inked = _converted(flat, profile)
    if drawn and flat.getcolors(_FEW):
        return Flat(inked.tobytes(), *inked.size)
    stream = io.BytesIO()
    inked.save(stream, "JPEG", quality=quality, subsampling=0, optimize=True)
    return stream.getvalue()


def _on_paper(opened: Any) -> Any:
    """The picture in red, green and blue; what is transparent shows white paper."""
    from PIL import Image

    if "A" not in opened.getbands() and "transparency" not in opened.info:
        return opened.convert("RGB")
    whole = opened.convert("RGBA")
    paper = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(paper, whole).convert("RGB")


def _converted(picture: Any, profile: Profile) -> Any:
    from PIL import ImageCms

    converted = ImageCms.applyTransform(picture, _transform(profile))
    if converted is None:  # it says so of a change in place, which this is not
        raise AssertionError
    return converted


@cache
def _transform(profile: Profile) -> Any:
    from PIL import ImageCms

    screen, press = ImageCms.createProfile("sRGB"), ImageCms.getOpenProfile(io.BytesIO(profile.content))
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    return ImageCms.buildTransform(screen, press, "RGB", "CMYK", intent, flags)
