"""Pictures decoded strictly, whatever the rest of the process wants.

Pillow asks a switch of the whole process whether a torn picture passes for whole, and WeasyPrint turns that switch on. To turn
it off for a moment would turn it off for every other thread, and theirs would turn it on for us. So each picture is opened by a
class of its own, whose loop over the decoder has a switch of its own. Nor does anything here touch the filters of warnings,
which all threads share.
"""

from __future__ import annotations

import io
from functools import cache
from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING, Any

from exporter.images import png
from exporter.images.exif import orientation_in
from exporter.runtime.lazy_import import deferred

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_SWITCH = "LOAD_TRUNCATED_IMAGES"

_PLUGINS = {
    "JPEG": "JpegImagePlugin:JpegImageFile",
    "PNG": "PngImagePlugin:PngImageFile",
    "GIF": "GifImagePlugin:GifImageFile",
    "WEBP": "WebPImagePlugin:WebPImageFile",
    "AVIF": "AvifImagePlugin:AvifImageFile",
    "TIFF": "TiffImagePlugin:TiffImageFile",
}
"""Pillow's module and class for each format; each is loaded when a page has such a picture."""

_TURNED_BY_BROWSERS = frozenset({"JPEG", "PNG", "AVIF"})
"""Formats whose EXIF orientation browsers follow. In WebP they do not; TIFF the decoder itself turns upright."""


def undecoded(content: bytes, kind: str, *, lenient: bool = False) -> ImageFile:
    """The picture in ``content``, of a ``kind`` as Pillow calls it ("JPEG"), its pixels not yet decoded.

    A ``lenient`` one is shown as far as its pixels can be made out; any other fails where its decoder does. Raises whatever
    Pillow's decoders raise.
    """
    if kind == "PNG":
        content = png.bare(content)
    opened: ImageFile = _class_of(kind, lenient)(io.BytesIO(content))
    if kind == "PNG":
        _spread_clear_shade(opened)
    return opened


_SPREAD = {"L;2": 255 // 3, "L;4": 255 // 15}
"""Shades of grey that Pillow's decoder spreads over 256, and how far apart they lie then."""

SPREAD = "clear shade spread"
"""The note in a picture's ``info`` that its clear shade was named among 4 or 16: most programs look for it among 256."""


def _spread_clear_shade(opened: ImageFile) -> None:
    """Names the clear shade of a grey PNG as its pixels are decoded; Pillow leaves its number as the file has it."""
    spread = _SPREAD.get(str(opened.tile[0].args)) if opened.tile else None
    if spread and "transparency" in opened.info:
        opened.info |= {"transparency": opened.info["transparency"] * spread, SPREAD: True}


def orientation_of(image: Any) -> int:
    """How a picture is to be turned, 1 to 8, as browsers do. ``image`` comes from :func:`undecoded`."""
    return orientation_in(image.info.get("exif", b"")) if image.format in _TURNED_BY_BROWSERS else 1


@cache
def _class_of(kind: str, lenient: bool) -> Any:
    """Pillow's class for a format, changed in what it does at the end of a torn file."""
    plugin = _plugin_of(kind)
    own: dict[str, Any] = {"format": plugin.format}
    if kind == "JPEG":
        own["_read_dpi_from_exif"] = lambda self: None  # a fault in these records is none of the picture's
        own |= {} if lenient else {"load_read": lambda self, size: self.fp.read(size)}  # else a torn end is made up
    return type(plugin.__name__, (plugin, _loader(lenient)), own)


def _plugin_of(kind: str) -> Any:
    """Pillow's class that reads a format, imported by name: the class in Pillow's registry may be another (MPO for JPEG)."""
    module, _, name = _PLUGINS[kind].partition(":")
    with deferred("PIL.ExifTags", "PIL.TiffTags"):  # tables of names, which nobody here asks for
        return getattr(import_module(f"PIL.{module}"), name)


@cache
def _loader(lenient: bool) -> Any:
    """A base class with Pillow's own decoding loop, for which ``LOAD_TRUNCATED_IMAGES`` is fixed to ``lenient``."""
    from PIL import ImageFile

    plain = ImageFile.ImageFile.load
    load = FunctionType(plain.__code__, {**vars(ImageFile), _SWITCH: lenient}, plain.__name__, None, plain.__closure__)
    return type("Loader", (ImageFile.ImageFile,), {"load": load})
