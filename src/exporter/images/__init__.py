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
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from exporter.errors import UsageError, WriteError
from exporter.images import decode, jpeg, png
from exporter.images.decode import orientation_of
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
_LEAST_QUALITY = 70  # of what is packed anew: the faults of a coarse picture would be packed as finely as the picture

_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/tiff": ".tif",
}
_FORMATS = {media_type: media_type.removeprefix("image/").upper() for media_type in _SUFFIXES}

_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
}

_WHY_NOT = {
    "": "it is no picture",
    "image/svg+xml": "SVG can hold programs and is not accepted",
    "image/heic": "HEIC is not accepted; save it as JPEG",
    "image/bmp": "BMP is not accepted; save it as PNG",
}


class Refused(Struct, frozen=True):
    """Why a picture does not come in: the notice it becomes, and the reason as part of its sentence."""

    reason: str
    code: Literal["picture-refused", "picture-missing", "picture-not-local"] = "picture-refused"

    def notice(self, source: str, where: str = "") -> Notice:
        """The notice that tells the user about it. ``source`` is the picture's address or file name."""
        return notice(self.code, where, source=source, reason=self.reason)


class Rendition(Struct, frozen=True):
    """A picture ready for a result. ``name`` is a file name made of its content; sizes are pixels, upright."""

    name: str
    content: bytes
    media_type: str
    width: int
    height: int


def sniff(content: bytes) -> str:
    """The media type of ``content`` by its first bytes; ``""`` when it is no kind of picture known here."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:6] in {b"GIF87a", b"GIF89a"}:
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[:4] in {b"II*\0", b"MM\0*"}:
        return "image/tiff"
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "")
    if content[:2] == b"BM" and content[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return "image/svg+xml" if b"<svg" in content[:1024].lower() else ""


def key_of(content: bytes, media_type: str) -> str:
    """A file name made of the content alone, so that a picture used twice stands once."""
    return _key(hashlib.sha256(content).hexdigest(), media_type)


def _key(digest: str, media_type: str) -> str:
    return digest[:16] + _SUFFIXES[media_type]


def admit(content: bytes, source_url: str = "") -> Asset | Refused:
    """The asset that these bytes make, or why they are refused.

    Refused are: no picture by its first bytes, a kind not accepted, more than :data:`MAX_BYTES` or :data:`MAX_PIXELS`, and a
    picture that is torn. ``width`` and ``height`` of the asset are as displayed, after the camera's orientation.
    """
    media_type = sniff(content)
    if media_type not in _SUFFIXES:
        return Refused(_WHY_NOT[media_type])
    if len(content) > MAX_BYTES:
        return Refused(f"it is larger than {MAX_BYTES // 2**20} MB")
    size = _measure(content, media_type)
    if isinstance(size, Refused):
        return size
    digest = hashlib.sha256(content).hexdigest()
    return Asset(_key(digest, media_type), media_type, content, "", source_url, size[0], size[1], digest)


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

    One that already is so keeps its very pixels; only the camera's records are cut out. Anything else is turned upright,
    brought to sRGB and resampled once; the result is kept for the next writer of the same run. Raises :class:`WriteError`
    when the asset did not come through :func:`admit` and is no good picture.
    """
    digest = asset.digest or hashlib.sha256(asset.content).hexdigest()
    wanted = _Form(digest, longest, max_pixels, greys, quality, paper, opaque)
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


# ----------------------------------------------------------------------------------------------------------------- opening


class _TornPicture(Exception):
    """The picture cannot be decoded; the message is the reason."""


@contextmanager
def _opened(content: bytes, media_type: str, *, lenient: bool = False) -> Iterator[ImageFile]:
    """The picture, of the sniffed format only, its pixels not yet decoded. Any fault and any warning is _TornPicture.

    A ``lenient`` one is shown as far as its pixels can be made out.
    """
    try:
        with decode.undecoded(content, _FORMATS[media_type], lenient=lenient) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _TornPicture(f"it has more than {MAX_PIXELS // 1_000_000} million pixels")
            yield image
    except _DECODING_FAULTS as fault:
        raise _TornPicture("it is damaged or cut off") from fault


# What Pillow's decoders raise on broken files. MemoryError stands for sizes that no machine holds.
_DECODING_FAULTS: tuple[type[Exception], ...] = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, MemoryError, Warning),
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
    """Whether it is a JPEG whose segments lead to its end, with tables that a decoder takes, or a whole, large PNG."""
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


# --------------------------------------------------------------------------------------------------------------- rendering


class _Form(Struct, frozen=True):
    """Which picture, and the arguments of :func:`rendition`."""

    digest: str
    longest: int
    max_pixels: int
    greys: int
    quality: int
    paper: bool
    opaque: bool


def _rendered(asset: Asset, form: _Form) -> Rendition:
    media_type = sniff(asset.content)
    if media_type not in _SUFFIXES:
        raise _unusable(asset, _WHY_NOT[media_type])
    try:
        return _made_of(asset, media_type, form)
    except _TornPicture as fault:
        if media_type == "image/png" and png.is_whole(asset.content):
            return _made_of(asset, media_type, form, lenient=True)  # it was let in without being decoded
        raise _unusable(asset, str(fault)) from fault


def _made_of(asset: Asset, media_type: str, form: _Form, *, lenient: bool = False) -> Rendition:
    with _opened(asset.content, media_type, lenient=lenient) as image:
        size = _bounded(_upright_size(image), form.longest, form.max_pixels)
        kept = None
        shows_through = form.opaque and _shows_through(image)
        fits = size == image.size and not shows_through and _may_stay(image)
        if fits and (not form.greys or image.mode in {"1", "L", "LA"}):
            kept = _kept(asset, media_type, size, form.digest)
        if kept and not (form.quality or form.paper):
            return kept
        packing = _packing(image, form)
        upright = _upright(_resampled(image, size))
        drawn = media_type != "image/jpeg" and (_drawn(upright) or _transparent(upright))
        shown = _on_white(upright) if shows_through else upright
        made = _encoded(shown, form.greys, packing, drawn)
        return kept if kept and len(kept.content) <= len(made.content) else made


def _kept(asset: Asset, media_type: str, size: tuple[int, int], digest: str) -> Rendition:
    """The picture as it came, but for what the camera recorded. ``digest`` is the content's."""
    content = _stripped(asset.content, media_type)
    name = _key(digest, media_type) if content is asset.content else key_of(content, media_type)
    return Rendition(name, content, media_type, *size)


def _packing(image: Image.Image, form: _Form) -> dict[str, Any]:
    """What Pillow's JPEG encoder is told: nothing is gained by packing a picture finer than it came."""
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


def _may_stay(image: Image.Image) -> bool:
    """Whether readers and renderers show these very pixels as they are meant."""
    kinds = {"JPEG": {"L", "RGB"}, "PNG": {"1", "L", "LA", "P", "RGB", "RGBA"}}
    plain_mode = image.mode in kinds.get(image.format or "", set())
    return plain_mode and orientation_of(image) == 1 and not _foreign_profile(image)


def _foreign_profile(image: Image.Image) -> bytes:
    """The picture's colour profile where it is another than a screen's; of grey pixels one of greys only; else nothing."""
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


def _resampled(image: Image.Image, upright: tuple[int, int]) -> Image.Image:
    """The picture in its own orientation, of such a size that it will be ``upright`` when turned."""
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
        image = image.convert("L" if image.mode in {"1", "L", "F"} else "RGB")
    return _by_profile(image, profile) if profile else image


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """The pixels that look in sRGB as these do by their profile; grey ones stay grey."""
    from PIL import ImageCms

    mode, source = "L" if image.mode == "L" else "RGB", ImageCms.ImageCmsProfile(io.BytesIO(profile))
    try:
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError:
        converted = None
    return (converted or image).convert(mode)


_TURNS = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270"}
_TURNS |= {7: "TRANSVERSE", 8: "ROTATE_90"}


def _upright(image: Image.Image) -> Image.Image:
    from PIL import Image

    turn = _TURNS.get(image.info.pop("orientation"))
    return image.transpose(Image.Transpose[turn]) if turn else image


def _shows_through(image: Image.Image) -> bool:
    """Whether anything does: many pictures have room for it and make no use of it."""
    may = image.mode in _TRANSLUCENT or "transparency" in image.info
    return may and _transparent(image.convert("RGBA"))


def _on_white(image: Image.Image) -> Image.Image:
    from PIL import Image

    shown = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")


def _encoded(image: Image.Image, greys: int, packing: dict[str, Any], drawn: bool) -> Rendition:
    """JPEG, or PNG where something shows through or few colours say that it is a drawing."""
    stream = io.BytesIO()
    shown = image.convert("LA" if _transparent(image) else "L") if greys else image
    if drawn or _transparent(image):
        ready = _levelled(shown, greys) if greys and shown.mode == "L" else shown
        ready.save(stream, "PNG", optimize=True)
        return _made(stream.getvalue(), "image/png", image.size)
    opaque = shown.convert("RGB") if shown.mode == "RGBA" else shown
    opaque.save(stream, "JPEG", optimize=True, **packing)
    return _made(stream.getvalue(), "image/jpeg", image.size)


def _levelled(image: Image.Image, levels: int) -> Image.Image:
    """A drawing in so many greys.

    Photos keep all of theirs: a screen mixes them itself once it has scaled a picture, and dots mixed before that would
    beat against its own.
    """
    top = levels - 1
    return image.point([round(round(level * top / 255) * 255 / top) for level in range(256)])


def _transparent(image: Image.Image) -> bool:
    if image.mode != "RGBA":
        return False
    return image.getchannel("A").getextrema() != (255, 255)


def _drawn(image: Image.Image) -> bool:
    return image.getcolors(64) is not None


def _made(content: bytes, media_type: str, size: tuple[int, int]) -> Rendition:
    return Rendition(key_of(content, media_type), content, media_type, size[0], size[1])


# --------------------------------------------------------------------------------------------------------------- stripping


def _stripped(content: bytes, media_type: str) -> bytes:
    return jpeg.stripped(content) if media_type == "image/jpeg" else png.stripped(content)


# ----------------------------------------------------------------------------------------------------------------- keeping


class _Shelf:
    """The latest renditions, up to a number of bytes, so that the PDF and the EPUB of one run share the work."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._kept: OrderedDict[_Form, Rendition] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, wanted: _Form) -> Rendition | None:
        with self._lock:
            found = self._kept.get(wanted)
            if found is not None:
                self._kept.move_to_end(wanted)
            return found

    def put(self, wanted: _Form, made: Rendition) -> Rendition:
        with self._lock:
            if wanted not in self._kept:
                self._kept[wanted] = made
                self._held += len(made.content)
            while self._held > self._limit:
                _, oldest = self._kept.popitem(last=False)
                self._held -= len(oldest.content)
        return made


_shelf = _Shelf(limit=64 * 1024 * 1024)
