"""Pictures: what is let in, and in what form they go out."""

from __future__ import annotations

import io
import struct
import threading
import warnings
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from msgspec.structs import replace
from PIL import Image, ImageCms, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

import exporter.images.png
from exporter import images as assets
from exporter.errors import WriteError
from exporter.images import Refused, admit, rendition
from exporter.images.jpeg import quality_of
from exporter.model import Asset

Photo = Callable[..., bytes]


def admitted(content: bytes) -> Asset:
    found = admit(content, "https://example.org/a")
    assert isinstance(found, Asset), found
    return found


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def tables(image: Image.Image) -> dict[int, list[int]]:
    assert isinstance(image, JpegImageFile)
    return image.quantization


def oriented(content: bytes, orientation: int) -> bytes:
    """The JPEG again with an EXIF orientation and a place on earth."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A Camera of Mine"
    stream = io.BytesIO()
    opened(content).save(stream, "JPEG", exif=exif)
    return stream.getvalue()


# ---------------------------------------------------------------------------------------------------------------- coming in


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("JPEG", "jpeg"), ("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp"), ("AVIF", "avif"), ("TIFF", "tiff")],
)
def test_what_a_picture_is_tell_its_bytes(photo: Photo, kind: str, media_type: str) -> None:
    asset = admitted(photo(kind=kind))
    assert asset.media_type == f"image/{media_type}"
    assert (asset.width, asset.height) == (60, 40)


def test_a_picture_used_twice_stands_once(photo: Photo) -> None:
    first, second = admit(photo(), "https://example.org/a"), admit(photo(), "https://example.org/b")
    assert isinstance(first, Asset)
    assert isinstance(second, Asset)
    assert first.key == second.key
    assert first.key != admitted(photo(61)).key


def test_the_size_is_that_of_the_upright_picture(photo: Photo) -> None:
    asset = admitted(oriented(photo(), 6))
    assert (asset.width, asset.height) == (40, 60)


@pytest.mark.parametrize(
    ("kind", "size"), [("PNG", (40, 60)), ("AVIF", (40, 60)), ("WEBP", (60, 40)), ("TIFF", (40, 60))]
)
def test_it_is_held_as_browsers_hold_it(photo: Photo, kind: str, size: tuple[int, int]) -> None:
    exif, stream = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    opened(photo()).save(stream, kind, exif=exif)
    asset = admitted(stream.getvalue())
    made = rendition(asset)
    assert (asset.width, asset.height) == (made.width, made.height) == opened(made.content).size == size


def test_a_fault_in_the_camera_s_records_does_not_spoil_a_photo(photo: Photo) -> None:
    content = oriented(photo(), 6)
    start = content.index(b"Exif\0\0") + 6
    for place in range(start, start + 40):
        assert isinstance(admit(content[:place] + b"\xff\xff" + content[place + 2 :]), Asset)


def test_a_png_is_not_decoded_only_to_learn_how_it_is_held(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporter.images.png, "LARGE", 50)
    monkeypatch.setattr(PngImageFile, "load_prepare", None)
    assert isinstance(admit(photo(kind="PNG")), Asset)


@pytest.mark.parametrize("late", [False, True])
def test_a_png_says_how_it_is_held_before_its_pixels_or_after_them(late: bool) -> None:
    stream, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40)).save(stream, "PNG", exif=exif.tobytes())
    whole = stream.getvalue()
    start = whole.index(b"eXIf") - 4
    chunk = whole[start : start + 12 + int.from_bytes(whole[start : start + 4], "big")]
    without, end = whole.replace(chunk, b""), len(whole) - len(chunk) - 12
    asset = admitted(without[:end] + chunk + without[end:] if late else whole)
    assert (asset.width, asset.height) == (40, 60)


def png(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


REFUSED = {
    "nothing": (b"", "no picture"),
    "text": (b"hello", "no picture"),
    "HTML": (b"<!DOCTYPE html><p>404 Not Found", "no picture"),
    "SVG": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "HEIC": (b"\0\0\0\x18ftypheic" + bytes(50), "HEIC"),
    "BMP": (b"BM\x46\0\0\0\0\0\0\0" + bytes(60), "BMP"),
    "a head without a body": (b"\x89PNG\r\n\x1a\n", "damaged"),
    "less than it claims": (png(500, 500), "damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_and_why(case: str) -> None:
    content, reason = REFUSED[case]
    found = admit(content)
    assert isinstance(found, Refused)
    assert reason in found.reason
    assert found.notice("a.jpg").message == f"the picture a.jpg was refused: {found.reason}"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF"])
def test_a_picture_of_too_many_pixels_is_refused(photo: Photo, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is decoded: by the size that it states."""
    monkeypatch.setattr("exporter.images.MAX_PIXELS", 60 * 40 - 1)
    found = admit(photo(60, 40, kind))
    assert isinstance(found, Refused)
    assert "million pixels" in found.reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("switch", [False, True])
def test_a_torn_picture_is_refused(photo: Photo, kind: str, switch: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", switch)  # WeasyPrint turns it on
    whole = photo(300, 200, kind)
    found = admit(whole[: len(whole) // 2])
    assert isinstance(found, Refused)
    assert "damaged" in found.reason
    assert ImageFile.LOAD_TRUNCATED_IMAGES is switch


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF"])
def test_a_spoilt_picture_is_let_in_or_refused(photo: Photo, kind: str) -> None:
    """Whatever is wrong in it: decoders have many ways to say so."""
    whole = photo(90, 60, kind)
    refused = 0
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        for wrong in (0, 0xFF, whole[place] ^ 1):
            found = admit(whole[:place] + bytes([wrong]) + whole[place + 1 :])
            if isinstance(found, Asset):
                with suppress(WriteError):
                    rendition(found, longest=50)
            refused += isinstance(found, Refused)
    assert refused


def test_beside_threads_a_torn_picture_is_refused_all_the_same(photo: Photo) -> None:
    torn, large, filters = photo(300, 200, progressive=True)[:1500], grain(), list(warnings.filters)
    done = threading.Event()

    def admit_others() -> None:
        while not done.is_set():
            admit(large)

    with ThreadPoolExecutor(3) as pool:
        others = [pool.submit(admit_others) for _ in range(3)]
        found = [admit(torn) for _ in range(100)]
        done.set()
    assert not any(other.exception() for other in others)
    assert all(isinstance(each, Refused) for each in found)
    assert warnings.filters == filters


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.97])
def test_a_jpeg_is_let_in_whole_only(photo: Photo, place: float, progressive: bool) -> None:
    whole = photo(300, 200, progressive=progressive, restart_marker_rows=2)
    assert isinstance(admit(whole), Asset)
    assert isinstance(admit(whole + b"after its end"), Asset)
    assert isinstance(admit(whole[: int(len(whole) * place)]), Refused)


def test_a_jpeg_with_a_broken_table_is_refused(photo: Photo) -> None:
    whole = photo(300, 200)
    table = whole.index(b"\xff\xc4")
    assert isinstance(admit(whole[: table + 5] + b"\xff" * 16 + whole[table + 21 :]), Refused)


def grain() -> bytes:
    """A PNG of more than a megabyte."""
    stream = io.BytesIO()
    Image.effect_noise((1200, 1200), 90).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize("place", [0.1, 0.5, 0.999])
def test_a_large_png_is_let_in_whole_only(place: float) -> None:
    whole = grain()
    spoilt = bytearray(whole)
    spoilt[int(len(whole) * place)] ^= 1
    assert isinstance(admit(whole), Asset)
    assert isinstance(admit(whole + b"after its end"), Asset)
    assert isinstance(admit(bytes(spoilt)), Refused)
    assert isinstance(admit(whole[: int(len(whole) * place)]), Refused)


def test_a_large_png_made_to_deceive_is_shown_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporter.images.png, "LARGE", 50)
    made = rendition(admitted(png(500, 500)), longest=100)
    assert (made.media_type, made.width) == ("image/png", 100)


def test_a_file_too_large_is_refused(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "MAX_BYTES", 100)
    assert isinstance(admit(photo()), Refused)


# ---------------------------------------------------------------------------------------------------------------- going out


def test_a_good_jpeg_keeps_its_bytes(photo: Photo) -> None:
    asset = admitted(photo())
    made = rendition(asset)
    assert made.content == asset.content
    assert made.name == asset.key


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_camera_s_records_are_cut_out_and_the_pixels_stay(photo: Photo, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "A Camera of Mine"
    image, stream = opened(photo()), io.BytesIO()
    image.save(stream, kind, exif=exif, **({"comment": "at home"} if kind == "JPEG" else {}))
    assert b"Camera" in stream.getvalue()
    made = rendition(admitted(stream.getvalue()))
    assert b"Camera" not in made.content
    assert b"at home" not in made.content
    assert opened(made.content).tobytes() == opened(stream.getvalue()).tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_goes_out_upright(photo: Photo, orientation: int) -> None:
    content = oriented(photo(90, 60), orientation)
    made = rendition(admitted(content), longest=45)
    image = opened(made.content)
    assert not image.getexif()
    assert (made.width, made.height) == image.size == ((30, 45) if orientation >= 5 else (45, 30))
    from PIL import ImageOps

    expected = ImageOps.exif_transpose(opened(content)).resize(image.size).convert("RGB")
    drift = max(abs(a - b) for a, b in zip(image.tobytes(), expected.tobytes(), strict=True))
    assert drift < 90  # the red corner is in the same corner


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "CMYK"), ("TIFF", "CMYK"), ("WEBP", "RGB"), ("AVIF", "RGB"), ("TIFF", "RGB")]
)
def test_what_readers_do_not_show_becomes_jpeg(photo: Photo, kind: str, mode: str) -> None:
    made = rendition(admitted(photo(300, 200, kind, mode)))
    assert (made.media_type, opened(made.content).mode) == ("image/jpeg", "RGB")
    assert made.name.endswith(".jpg")


def test_what_shows_through_stays_png() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (20, 10), (10, 200, 10, 80)).save(stream, "WEBP", lossless=True)
    made = rendition(admitted(stream.getvalue()))
    assert (made.media_type, opened(made.content).getpixel((0, 0))) == ("image/png", (10, 200, 10, 80))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_where_a_page_may_be_black_white_stands_behind_what_shows_through(mode: str) -> None:
    drawing = Image.new("RGBA", (20, 10), (90, 90, 90, 0))
    drawing.paste((0, 0, 0, 255), (5, 0, 10, 10))
    stream = io.BytesIO()
    if mode == "P":
        colours = drawing.convert("P")
        colours.save(stream, "PNG", transparency=colours.getpixel((0, 0)))
    else:
        drawing.convert(mode).save(stream, "PNG")
    made = rendition(admitted(stream.getvalue()), opaque=True)
    shown = opened(made.content)
    assert (made.media_type, "transparency" in shown.info, "A" in shown.getbands()) == ("image/png", False, False)
    shown = shown.convert("RGB")
    assert shown.getpixel((7, 5)) == (0, 0, 0)
    assert shown.getpixel((15, 5)) == (255, 255, 255)


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
@pytest.mark.parametrize("opaque", [True, False])
def test_the_clear_shade_of_a_grey_drawing_is_clear_however_few_bits_it_has(bits: int, opaque: bool) -> None:
    made = rendition(admitted(grey_drawing(bits)), opaque=opaque)
    shown = opened(made.content)
    if not opaque:
        assert (made.content == grey_drawing(bits)) == (bits in {1, 8})  # which every reader understands
    shown = shown.convert("RGBA")
    assert shown.getpixel((7, 2)) == (0, 0, 0, 255)
    assert shown.getchannel("A").getpixel((2, 2)) == (255 if opaque else 0)
    assert not opaque or shown.getpixel((2, 2)) == (255, 255, 255, 255)


def grey_drawing(bits: int) -> bytes:
    """A grey PNG of eight pixels square: its left half a light shade that the file calls clear, its right half black."""
    light = (1 << bits) - 1 if bits == 1 else (1 << bits) - 2
    row = int("".join(format(light if column < 4 else 0, f"0{bits}b") for column in range(8)), 2).to_bytes(bits, "big")
    chunks = {
        b"IHDR": struct.pack(">IIBBBBB", 8, 8, bits, 0, 0, 0, 0),
        b"tRNS": struct.pack(">H", light),
        b"IDAT": zlib.compress((b"\0" + row) * 8),
        b"IEND": b"",
    }
    packed = (
        struct.pack(">I", len(a)) + name + a + struct.pack(">I", zlib.crc32(name + a)) for name, a in chunks.items()
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def test_a_picture_that_nothing_shows_through_is_left_as_it_is() -> None:
    stream = io.BytesIO()
    Image.effect_noise((40, 30), 60).convert("RGBA").save(stream, "PNG")
    assert rendition(admitted(stream.getvalue()), opaque=True).content == stream.getvalue()


def test_of_an_animation_the_first_frame_is_shown() -> None:
    stream = io.BytesIO()
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    made = rendition(admitted(stream.getvalue()))
    assert opened(made.content).convert("RGB").getpixel((3, 3)) == (255, 0, 0)


def test_deep_grey_is_scaled_and_not_clipped() -> None:
    stream = io.BytesIO()
    Image.new("I;16", (20, 10), 0x8000).save(stream, "PNG")
    darkest, lightest = opened(rendition(admitted(stream.getvalue())).content).convert("L").getextrema()
    assert darkest == lightest == 127


def profile_of_light(space: bytes) -> bytes:
    """A profile (ICC.1) of a scanner that counts light, not what the eye makes of it; its primaries are those of sRGB."""

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))

    text = b"light\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78),
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
    }
    curve = b"curv" + bytes(8)
    if space == b"GRAY":
        tags[b"kTRC"] = curve
    else:
        tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
        tags |= {b"rXYZ": xyz(0.43607, 0.22249, 0.01392), b"gXYZ": xyz(0.38515, 0.71687, 0.09708)}
        tags[b"bXYZ"] = xyz(0.14307, 0.06061, 0.7141)
    table, body = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        table += name + struct.pack(">II", 132 + 12 * len(tags) + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = bytes(8) + bytes.fromhex("02400000") + b"scnr" + space + b"XYZ " + bytes(12) + b"acsp" + bytes(28)
    head += struct.pack(">3i", 63190, 65536, 54061) + bytes(48)
    return struct.pack(">I", 128 + len(table) + len(body)) + head[4:] + table + body


@pytest.mark.parametrize(
    ("mode", "space", "colour"),
    [
        *[(mode, b"RGB ", (160, 63, 200)) for mode in ("RGB", "RGBA", "P")],
        *[(mode, b"GRAY", (160, 160, 160)) for mode in ("L", "LA")],
        ("L", b"RGB ", (90, 90, 90)),
    ],
)
def test_pixels_of_any_kind_have_the_colours_of_their_profile(
    mode: str, space: bytes, colour: tuple[int, int, int]
) -> None:
    colours = (90, 12, 147, 120) if space == b"RGB " and mode != "L" else (90, 90, 90, 120)
    plain, stream = Image.new("RGBA", (20, 10), colours), io.BytesIO()
    pixels = plain.convert("RGB").quantize(4) if mode == "P" else plain.convert(mode)
    pixels.save(stream, "PNG", icc_profile=profile_of_light(space))
    made = opened(rendition(admitted(stream.getvalue())).content).convert("RGBA")
    found = made.getpixel((3, 3))
    assert isinstance(found, tuple)
    assert max(abs(a - b) for a, b in zip(found, colour, strict=False)) <= 2
    assert found[3] == (120 if mode in {"RGBA", "LA"} else 255)


def test_another_colour_space_is_brought_to_srgb() -> None:
    stream = io.BytesIO()
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    Image.new("RGB", (20, 10), (90, 90, 90)).save(stream, "JPEG", icc_profile=swapped)
    made = rendition(admitted(stream.getvalue()))
    assert "icc_profile" not in opened(made.content).info


@pytest.mark.parametrize(
    ("longest", "max_pixels", "size"),
    [(300, 10**9, (300, 200)), (600, 15_000, (150, 100)), (10_000, 10**9, (600, 400))],
)
def test_it_is_brought_within_bounds(photo: Photo, longest: int, max_pixels: int, size: tuple[int, int]) -> None:
    made = rendition(admitted(photo(600, 400)), longest=longest, max_pixels=max_pixels)
    assert abs(made.width - size[0]) <= 1
    assert abs(made.height - size[1]) <= 1
    assert opened(made.content).size == (made.width, made.height)


def test_a_line_of_pixels_does_not_vanish(photo: Photo) -> None:
    made = rendition(admitted(photo(3000, 1, "PNG")), longest=300)
    assert (made.width, made.height) == (300, 1)


def test_the_work_is_done_once(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = admitted(photo(123, 77))
    first = rendition(asset, longest=50)
    monkeypatch.setattr(assets, "_rendered", None)
    assert rendition(asset, longest=50) is first


@pytest.mark.parametrize("quality", [30, 60, 95])
def test_nothing_is_packed_finer_than_it_came(photo: Photo, quality: int) -> None:
    made = rendition(admitted(photo(600, 400, quality=quality)), longest=300)
    with Image.open(io.BytesIO(made.content)) as packed:
        assert quality_of(tables(packed)) == {30: 70, 60: 70, 95: 85}[quality]


def test_for_paper_what_is_broad_is_packed_finer_than_what_is_fine(photo: Photo) -> None:
    made = rendition(admitted(photo(600, 400, quality=98)), longest=300, paper=True)
    with Image.open(io.BytesIO(made.content)) as packed:
        light = tables(packed)[0]
    with Image.open(io.BytesIO(photo(quality=75))) as usual:
        steps = tables(usual)[0]
    assert light[0] < steps[0]
    assert light[63] > steps[63]


def test_a_bad_asset_is_told() -> None:
    with pytest.raises(WriteError, match="cannot be used: it is no picture"):
        rendition(Asset("k", "image/png", b"nonsense"))


def test_a_wrong_claim_of_an_asset_does_not_matter(photo: Photo) -> None:
    asset = replace(admitted(photo(kind="PNG")), media_type="image/jpeg", width=7, digest="")
    assert rendition(asset).media_type == "image/png"
