"""Makes the pictures of the README from the sample's PDF and EPUB: ``python -m tools.showcase BOOK.pdf BOOK.epub FOLDER``.

Pages are drawn by PDFium, screens of the e-book by Chromium, which must be installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

ROOT = Path(__file__).parents[1]
SPREADS = {"opening": (1, 3), "inside": (4, 5)}
"""Name → the two pages shown side by side, counted from 1."""
SCREENS = (("cover", 0), ("text-1", 0), ("text-1", 6))
"""Chapter and screen of it, counted from 0."""

_PAGE_HEIGHT = 1000
_SCREEN = (480, 720)
_BACKDROP = (232, 230, 225)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--hide-scrollbars"),
    "--force-device-scale-factor=2",
)


def main(pdf: str, epub: str, folder: str) -> None:
    """Draws everything and prints the paths."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    pages = pypdfium2.PdfDocument(pdf)
    pictures = {name: on_backdrop([page(pages, number) for number in numbers], 0) for name, numbers in SPREADS.items()}
    with tempfile.TemporaryDirectory() as unpacked:
        zipfile.ZipFile(epub).extractall(unpacked)
        book = Path(unpacked) / "EPUB"
        pictures["ebook"] = on_backdrop([framed(screen(book, *each)) for each in SCREENS], 40)
    for name, picture in pictures.items():
        picture.save(target / f"{name}.jpg", quality=84, optimize=True, progressive=True)
        print(target / f"{name}.jpg")


def page(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    """One page, :data:`_PAGE_HEIGHT` pixels high."""
    found = document[number - 1]
    drawn: Image.Image = found.render(scale=_PAGE_HEIGHT / found.get_height()).to_pil().convert("RGB")
    return drawn


def screen(book: Path, chapter: str, number: int) -> Image.Image:
    """One screen of a chapter, as a reader with a good serif shows it."""
    browser = next((found for found in map(shutil.which, _BROWSERS) if found), None)
    if browser is None:
        raise SystemExit("Chromium is missing. Install it and run this again.")
    width, height = _SCREEN
    margin = 0 if chapter == "cover" else 44
    font = (ROOT / "styles" / "base" / "fonts").as_uri()
    faces = "".join(
        f"@font-face{{font-family:Reader;src:url({font}/SourceSerif4-{name}.otf);{style}}}"
        for name, style in (("Regular", ""), ("It", "font-style:italic"), ("Semibold", "font-weight:bold"))
    )
    style = (
        f"{faces}html{{overflow:hidden;background:#fbfaf6}}body{{font:19px/1.5 Reader;margin:0!important;box-sizing:border-box;"
        f"height:{height}px;padding:{margin}px!important;column-width:{width - 2 * margin}px;column-gap:{2 * margin}px;"
        f"column-fill:auto;transform:translateX({-number * width}px)}}"
    )
    markup = (book / f"{chapter}.xhtml").read_text(encoding="utf-8")
    shown = book / "shown.xhtml"
    shown.write_text(markup.replace("</head>", f"<style>{style}</style></head>"), encoding="utf-8")
    shot = book / "shot.png"
    command = [browser, *_FLAGS, f"--user-data-dir={book / 'profile'}", f"--window-size={width},{height}"]
    subprocess.run([*command, f"--screenshot={shot}", shown.as_uri()], check=True, capture_output=True)
    return Image.open(shot).convert("RGB").resize((width, height), Image.Resampling.LANCZOS)


def framed(content: Image.Image) -> Image.Image:
    """A screen in the frame of an e-reader."""
    width, height = content.size
    frame = Image.new("RGBA", ((width + 56) * 2, (height + 110) * 2))
    ImageDraw.Draw(frame).rounded_rectangle((0, 0, frame.width - 1, frame.height - 1), 56, fill=(44, 44, 46, 255))
    frame = frame.resize((width + 56, height + 110), Image.Resampling.LANCZOS)
    frame.paste(content, (28, 36))
    return frame


def on_backdrop(parts: Sequence[Image.Image], gap: int) -> Image.Image:
    """The parts side by side on a quiet ground, with a soft shadow under them."""
    margin = 56
    width = sum(part.width for part in parts) + gap * (len(parts) - 1) + 2 * margin
    ground = Image.new("RGB", (width, max(part.height for part in parts) + 2 * margin), _BACKDROP)
    shade = Image.new("L", ground.size, 0)
    places = [margin + sum(part.width + gap for part in parts[:at]) for at in range(len(parts))]
    for part, left in zip(parts, places, strict=True):
        ImageDraw.Draw(shade).rectangle((left, margin + 10, left + part.width, margin + part.height + 10), fill=110)
    ground.paste((60, 56, 50), mask=shade.filter(ImageFilter.GaussianBlur(18)))
    for part, left in zip(parts, places, strict=True):
        ground.paste(part, (left, margin), part if part.mode == "RGBA" else None)
    return ground


if __name__ == "__main__":
    main(*sys.argv[1:])
