"""How large an e-book is for each device, and what sixteen greys do to a photo. Prints the tables of docs/ebook.md.

The page's pictures are replaced by six of 2400 × 1600 pixels with the detail of photos, the same on every machine. The greys
are judged on the screen of ``eink-6``, as its controller shows them: scaled to 1072 pixels, then sixteen levels, mixed by
error diffusion or not; the eye is a slight blur, the measure SSIM against the photo in all greys.
``python benchmarks/epub_sizes.py [PAGE] [--greys FILE]``; FILE becomes a picture of the sample's lead photo: as it is, as the
screen mixes it of all greys, stored in sixteen, and these mixed by the screen.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from PIL import Image, ImageFilter

import exporter
from exporter.devices import device_named, devices
from exporter.images import admit, rendition
from exporter.model import Asset, Document, Figure, Node
from exporter.model import Image as Shown
from exporter.model.walk import rewrite, walk

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT.parent / "shared" / "seed" / "page.html", ROOT / "source" / "the-last-lampist" / "article.html")
LEAD = ROOT / "source" / "the-last-lampist" / "images" / "skerrow-head-at-dusk.jpg"
SIZE = (2400, 1600)
SCREEN = 1072
"""Pixels across a six-inch screen."""

Grey = NDArray[np.float64]


def main(arguments: Sequence[str]) -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description="sizes of e-books by device, and what sixteen greys do to a photo")
    parser.add_argument("page", nargs="?", type=Path, default=next(page for page in PAGES if page.exists()))
    parser.add_argument("--greys", type=Path, help="draw the greys into this file as well")
    options = parser.parse_args(arguments)
    tables(options.page)
    if options.greys:
        compared(LEAD).save(options.greys, quality=75, optimize=True)


def compared(file: Path) -> Image.Image:
    """Four states of a part of the photo, in two rows."""
    shown = Image.open(file).convert("L").resize((SCREEN, 715), Image.Resampling.LANCZOS).crop((350, 60, 800, 390))
    states = (shown, diffused(shown), levelled(shown), diffused(levelled(shown)))
    sheet = Image.new("L", (shown.width * 2, shown.height * 2))
    for at, state in enumerate(states):
        sheet.paste(state, (at % 2 * shown.width, at // 2 * shown.height))
    return sheet


def tables(page: Path) -> None:
    """Sizes by device, then the greys."""
    photos = [photo(number) for number in range(6)]
    document = with_photos(exporter.read(page).document, photos)
    print("| device | book, kB | pictures, kB | largest picture |")
    print("| --- | ---: | ---: | --- |")
    for name in devices():
        print(f"| `{name}` | {' | '.join(size(document, photos, name))} |")
    print("\n| photo stored as | kB | SSIM, screen mixes its greys | SSIM, screen does not |")
    print("| --- | ---: | ---: | ---: |")
    for label, stored in greys(photos[0]):
        content = stored()
        seen = [f"{alike(content, photos[0], mixed):.3f}" for mixed in (True, False)]
        print(f"| {label} | {len(content) / 1000:.0f} | {' | '.join(seen)} |")


def photo(seed: int) -> bytes:
    """A JPEG with large shapes, edges, grain and soft light, in the proportions of a photo."""
    chance = np.random.default_rng(seed)
    ground = np.zeros((SIZE[1], SIZE[0], 3))
    for octave in range(8):
        cells = 3 * 2**octave
        small = chance.random((cells * 2 // 3, cells, 3)) ** 1.5
        drawn = Image.fromarray((small * 255).astype(np.uint8)).resize(SIZE, Image.Resampling.BICUBIC)
        ground += np.asarray(drawn, dtype=np.float64) / 1.8**octave
    steps = np.sin(np.linspace(0, 40, SIZE[0])) * np.sin(np.linspace(0, 26, SIZE[1]))[:, None]
    ground += 60 * (steps > 0.3)[:, :, None] + chance.normal(0, 3, ground.shape)
    ground = (ground - ground.min()) / (ground.max() - ground.min()) * 255
    stream = io.BytesIO()
    Image.fromarray(ground.astype(np.uint8)).save(stream, "JPEG", quality=90)
    return stream.getvalue()


def with_photos(document: Document, photos: list[bytes]) -> Document:
    """The document with these pictures in place of its own, in turn."""
    assets = [admitted(each) for each in photos]
    figures = [each for each in walk(document.article) if isinstance(each, Figure) and each.images]
    places = {id(figure): assets[number % len(assets)] for number, figure in enumerate(figures)}

    def placed(node: Node) -> Node:
        if not isinstance(node, Figure) or id(node) not in places:
            return node
        asset = places[id(node)]
        return replace(node, images=(Shown(asset.key, node.images[0].alt, asset.width, asset.height),))

    return replace(document, article=rewrite(document.article, placed), assets=tuple(assets))


def admitted(content: bytes) -> Asset:
    """The picture as a reader would take it in."""
    asset = admit(content)
    if not isinstance(asset, Asset):
        raise SystemExit(asset.reason)
    return asset


def size(document: Document, photos: list[bytes], device: str) -> tuple[str, str, str]:
    """Kilobytes of the book and of its photos, and the largest of these."""
    book, _ = exporter.render(document, "epub", exporter.Options(device=device))
    wanted = device_named(device)
    made = [
        rendition(
            admitted(each),
            longest=wanted.longest,
            max_pixels=wanted.pixels,
            greys=wanted.greys,
            quality=wanted.quality if wanted.pack else 0,
        )
        for each in photos
    ]
    largest = max(made, key=lambda each: len(each.content))
    kind = largest.media_type.removeprefix("image/").upper()
    words = f"{largest.width} × {largest.height}, {kind}, {len(largest.content) / 1000:.0f} kB"
    return f"{len(book) / 1000:.0f}", f"{sum(len(each.content) for each in made) / 1000:.0f}", words


# ------------------------------------------------------------------------------------------------------------------- greys


def greys(content: bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Ways to store a photo for ``eink-6``; ours first."""
    device = device_named("eink-6")
    ours = rendition(
        admitted(content),
        longest=device.longest,
        max_pixels=device.pixels,
        greys=device.greys,
        quality=device.quality,
    )
    yield f"grey JPEG, quality {device.quality}: what we do", lambda: ours.content
    grey = Image.open(io.BytesIO(content)).convert("L").resize((ours.width, ours.height), Image.Resampling.LANCZOS)
    yield "PNG, 16 greys", lambda: png(levelled(grey))
    yield "PNG, 16 greys mixed by error diffusion", lambda: png(diffused(grey))


def png(image: Image.Image) -> bytes:
    """As the smallest PNG: four bits a pixel."""
    palette = Image.new("P", (1, 1))
    palette.putpalette([level for step in range(16) for level in (step * 17,) * 3])
    stream = io.BytesIO()
    image.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True, bits=4)
    return stream.getvalue()


def levelled(image: Image.Image) -> Image.Image:
    """The nearest of 16 greys."""
    return image.point([round(level / 17) * 17 for level in range(256)])


def diffused(image: Image.Image) -> Image.Image:
    """16 greys, what each pixel lacks given to its neighbours (Floyd and Steinberg)."""
    palette = Image.new("P", (1, 1))
    palette.putpalette([level for step in range(16) for level in (step * 17,) * 3])
    return image.convert("RGB").quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).convert("L")


def alike(stored: bytes, content: bytes, mixed: bool) -> float:
    """SSIM of what the eye sees of the stored picture and of the photo itself in all greys."""
    height = round(SCREEN * SIZE[1] / SIZE[0])
    shown, wanted = (
        Image.open(io.BytesIO(each)).convert("L").resize((SCREEN, height), Image.Resampling.BICUBIC)
        for each in (stored, content)
    )
    shown = diffused(shown) if mixed else levelled(shown)
    return ssim(*(np.asarray(each.filter(ImageFilter.GaussianBlur(1.0)), dtype=np.float64) for each in (shown, wanted)))


def ssim(one: Grey, other: Grey) -> float:
    """Mean structural similarity over windows of 8 × 8 pixels (Wang and others, 2004)."""
    small, large = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    ones, others = windows(one), windows(other)
    means = ones.mean(1), others.mean(1)
    spread = ones.var(1), others.var(1)
    shared = ((ones - means[0][:, None]) * (others - means[1][:, None])).mean(1)
    light = (2 * means[0] * means[1] + small) / (means[0] ** 2 + means[1] ** 2 + small)
    return float((light * (2 * shared + large) / (spread[0] + spread[1] + large)).mean())


def windows(image: Grey) -> Grey:
    """The picture cut into squares, one a row."""
    rows, columns = image.shape[0] // 8, image.shape[1] // 8
    return image[: rows * 8, : columns * 8].reshape(rows, 8, columns, 8).swapaxes(1, 2).reshape(-1, 64)


if __name__ == "__main__":
    main(sys.argv[1:])
