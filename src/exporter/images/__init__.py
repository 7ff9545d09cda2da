"""Pictures: the one place that recognises, bounds, names, measures and resamples them.

Nothing here believes a file name, a declared type or a declared size. A picture comes in through :func:`admit`, which decodes
it once to know that it is whole, and goes out through :func:`rendition`, in a form every reader and renderer shows: JPEG or
PNG, sRGB or grey, upright, without the camera's records of place and owner.

SVG is refused: it is a program as much as a picture (scripts, links to other files, other languages inside), and a page is
not to be trusted with that.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from exporter.errors import UsageError, WriteError
from exporter.images import decode, jpeg, png
from exporter.images.cache import Form, Rendition, RenditionCache
from exporter.images.decode import orientation_of
from exporter.images.kinds import FORMATS, SUFFIXES, WHY_NOT, key_of, name_of, sniff
from exporter.images.pixels import (
    is_drawn,
    is_see_through,
    is_transparent,
    levelled,
    may_stay,
    on_white,
    resampled,
    turned_upright,
)
from exporter.model import Asset, Document
from exporter.notices import Notice, notice
from exporter.runtime.files import content_of

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageFile import ImageFile


MAX_BYTES = 64 * 1024 * 1024
"""A picture file larger than this is refused."""

MAX_PIXELS = 40_000_000
"""A picture with more pixels is refused: a small file can unfold to gigabytes of memory."""

LONGEST = 2400
"""Longest side of a rendition in pixels: a full A4 page's width at 290 dpi, and more than any reading device shows."""

RENDITION_PIXELS = 5_600_000
"""Most pixels of a rendition: what the makers of reading devices allow."""

_QUALITY = 85
"""Of a JPEG that is packed anew (libjpeg's scale): above it files grow fast, and nobody sees a difference."""

_LEAST_QUALITY = 70  # of what is packed anew: the faults of a coarse picture would be packed as finely as the picture


class Refused(Struct, frozen=True):
    """Why a picture does not come in: the notice it becomes, and the reason as part of its sentence."""

    reason: str
    code: Literal["picture-refused", "picture-missing", "picture-not-local"] = "picture-refused"

    def notice(self, source: str, where: str = "") -> Notice:
        """The notice that tells the user about it. ``source`` is the picture's address or file name."""
        return notice(self.code, where, source=source, reason=self.reason)


def admit(content: bytes, source_url: str = "") -> Asset | Refused:
    """The asset that these bytes make, or why they are refused.

    It refuses bytes that do not begin as a picture does, kinds that are not accepted, more than :data:`MAX_BYTES` or
    :data:`MAX_PIXELS`, and torn pictures. ``width`` and ``height`` of the asset are as displayed, after the
    camera's orientation.
    """
    media_type = sniff(content)
    if media_type not in SUFFIXES:
        return Refused(WHY_NOT[media_type])
    if len(content) > MAX_BYTES:
        return Refused(f"it is larger than {MAX_BYTES // 2**20} MB")
    size = _measure(content, media_type)
    if isinstance(size, Refused):
        return size
    digest = hashlib.sha256(content).hexdigest()
    return Asset(name_of(digest, media_type), media_type, content, "", source_url, size[0], size[1], digest)


def by_key(document: Document) -> dict[str, Asset]:
    """The document's assets by the key that names them in the tree."""
    return {asset.key: asset for asset in document.assets}


def size_of(asset: Asset, *, longest: int = LONGEST, max_pixels: int = RENDITION_PIXELS) -> tuple[int, int]:
    """Width and height in pixels of the rendition within these bounds. Raises as :func:`rendition`."""
    known = (asset.width, asset.height)
    found = known if all(known) else _measure(asset.content, sniff(asset.content))
    if isinstance(found, Refused):
        raise _unusable(asset, found.reason)
    return _bounded(found, longest, max_pixels)


def rendition(
    asset: Asset,
    *,
    longest: int = LONGEST,
    max_pixels: int = RENDITION_PIXELS,
    greys: int = 0,
    quality: int = 0,
    paper: bool = False,
    opaque: bool = False,
) -> Rendition:
    """The picture as JPEG or PNG with no side over ``longest`` pixels and no more than ``max_pixels`` in all.

    ``greys`` is how many a screen shows, 0 for colour: photos become grey, drawings that many greys. ``quality`` (1 to 95,
    of JPEG) is what photos may be packed anew with where that saves bytes; 0 packs only what cannot stay. ``paper``
    packs them for print instead (:func:`exporter.images.jpeg.tables_for_paper`). ``opaque`` puts white behind what shows
    through: on the black page of a reader at night, black lines would vanish.

    A picture that already meets all this keeps its very pixels; only the camera's records are cut out. Any other is turned
    upright, brought to sRGB and resampled once; the result is kept for the next writer of the same run.
    Raises :class:`WriteError` when the asset did not come through :func:`admit` and is no good picture.
    """
    digest = asset.digest or hashlib.sha256(asset.content).hexdigest()
    wanted = Form(digest, longest, max_pixels, greys, quality, paper, opaque)
    return _shelf.get(wanted) or _shelf.put(wanted, _rendered(asset, wanted))


def picture_in(path: str) -> Asset:
    """The picture in a file that the user names. Raises :class:`UsageError` when there is none, or none that is accepted."""
    advice = "Name a JPEG, PNG, GIF, WebP, AVIF or TIFF file."
    try:
        admitted = admit(content_of(path, MAX_BYTES), path)
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else str(fault)
        raise UsageError(f"The picture {path} cannot be read: {reason}.", advice) from fault
    if isinstance(admitted, Refused):
        raise UsageError(f"The picture {path} was refused: {admitted.reason}.", advice)
    return admitted


class _TornPicture(Exception):
    """The picture cannot be decoded; the message is the reason."""


@contextmanager
def _opened(content: bytes, media_type: str, *, lenient: bool = False) -> Iterator[ImageFile]:
    """The picture, of the sniffed format only, its pixels not yet decoded. Any fault and any warning is _TornPicture.

    A ``lenient`` one is shown as far as its pixels can be made out.
    """
    try:
        with decode.undecoded(content, FORMATS[media_type], lenient=lenient) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _TornPicture(f"it has more than {MAX_PIXELS // 1_000_000} million pixels")
            yield image
    except _DECODING_FAULTS as fault:
        raise _TornPicture("it is damaged or cut off") from fault


# What Pillow's decoders raise on broken files. MemoryError stands for sizes that no machine holds, RuntimeError for whatever
# the library of AVIF does not like.
_DECODING_FAULTS: tuple[type[Exception], ...] = (
    *(
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        LookupError,
        EOFError,
        ArithmeticError,
        MemoryError,
        RuntimeError,
        Warning,
    ),
    struct.error,
)


def _measure(content: bytes, media_type: str) -> tuple[int, int] | Refused:
    try:
        with _opened(content, media_type) as image:
            size = _upright_size(image)
            if not _leads_to_its_end(content, media_type):
                # An eighth of the size decodes the whole file at the least cost: a torn one shows now, not in the result.
                image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
                image.load()
            return size
    except _TornPicture as fault:
        return Refused(str(fault))


def _leads_to_its_end(content: bytes, media_type: str) -> bool:
    """Whether the file proves whole without decoding its pixels: a JPEG whose segments lead to its end, or a large PNG."""
    if media_type == "image/png":
        return png.is_whole(content)
    bones = jpeg.skeleton(content) if media_type == "image/jpeg" else None
    if bones is None:
        return False
    with suppress(_TornPicture), _opened(bones, media_type) as image:
        image.load()
        return True
    return False


def _upright_size(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    return (height, width) if orientation_of(image) >= 5 else (width, height)


def _rendered(asset: Asset, form: Form) -> Rendition:
    media_type = sniff(asset.content)
    if media_type not in SUFFIXES:
        raise _unusable(asset, WHY_NOT[media_type])
    try:
        return _made_of(asset, media_type, form)
    except _TornPicture as fault:
        if media_type == "image/png" and png.is_whole(asset.content):
            return _made_of(asset, media_type, form, lenient=True)  # it was let in without being decoded
        raise _unusable(asset, str(fault)) from fault


def _made_of(asset: Asset, media_type: str, form: Form, *, lenient: bool = False) -> Rendition:
    with _opened(asset.content, media_type, lenient=lenient) as image:
        size = _bounded(_upright_size(image), form.longest, form.max_pixels)
        kept = None
        shows_through = form.opaque and is_see_through(image)
        fits = size == image.size and not shows_through and may_stay(image)
        if fits and (not form.greys or image.mode in {"1", "L", "LA"}):
            kept = _kept(asset, media_type, size, form.digest)
        if kept and not (form.quality or form.paper):
            return kept
        packing = _packing(image, form)
        upright = turned_upright(resampled(image, size))
        drawn = media_type != "image/jpeg" and (is_drawn(upright) or is_transparent(upright))
        shown = on_white(upright) if shows_through else upright
        made = _encoded(shown, form.greys, packing, drawn)
        return kept if kept and len(kept.content) <= len(made.content) else made


def _kept(asset: Asset, media_type: str, size: tuple[int, int], digest: str) -> Rendition:
    """The picture as it came, without the camera's records. ``digest`` is the SHA-256 of the content."""
    content = _stripped(asset.content, media_type)
    name = name_of(digest, media_type) if content is asset.content else key_of(content, media_type)
    return Rendition(name, content, media_type, *size)


def _packing(image: Image.Image, form: Form) -> dict[str, Any]:
    """The settings for Pillow's JPEG encoder. They are never finer than the source's: that would only cost bytes."""
    if form.paper:
        return {"qtables": jpeg.tables_for_paper(), "subsampling": "4:2:0"}
    source = jpeg.quality_of(getattr(image, "quantization", {}))
    return {"quality": min(form.quality or _QUALITY, max(source, _LEAST_QUALITY))}


def _unusable(asset: Asset, reason: str) -> WriteError:
    return WriteError(
        f"The picture {asset.key} cannot be used: {reason}.", "Remove it, or set the asset of its image to null."
    )


def _bounded(size: tuple[int, int], longest: int, max_pixels: int) -> tuple[int, int]:
    width, height = size
    scale = min(1.0, longest / max(size), (max_pixels / (width * height)) ** 0.5)
    return max(1, int(width * scale)), max(1, int(height * scale))


def _encoded(image: Image.Image, greys: int, packing: dict[str, Any], drawn: bool) -> Rendition:
    """Packs as PNG what is transparent or, by its few colours, a drawing; everything else as JPEG."""
    stream = io.BytesIO()
    shown = image.convert("LA" if is_transparent(image) else "L") if greys else image
    if drawn or is_transparent(image):
        ready = levelled(shown, greys) if greys and shown.mode == "L" else shown
        ready.save(stream, "PNG", optimize=True)
        return _made(stream.getvalue(), "image/png", image.size)
    opaque = shown.convert("RGB") if shown.mode == "RGBA" else shown
    opaque.save(stream, "JPEG", optimize=True, **packing)
    return _made(stream.getvalue(), "image/jpeg", image.size)


def _made(content: bytes, media_type: str, size: tuple[int, int]) -> Rendition:
    return Rendition(key_of(content, media_type), content, media_type, size[0], size[1])


def _stripped(content: bytes, media_type: str) -> bytes:
    return jpeg.stripped(content) if media_type == "image/jpeg" else png.stripped(content)


_shelf = RenditionCache(limit=64 * 1024 * 1024)
