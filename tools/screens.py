"""Draws an e-book as reading programs show it: ``python -m tools.screens BOOK.epub FOLDER [node_modules]``.

MuPDF needs ``mutool``; FBReader needs ``FBReader``, ``Xvfb``, ``xdotool`` and ImageMagick's ``import``; epub.js needs Chromium,
``node`` and the npm packages epubjs, jszip and puppeteer-core in the folder named last. What is not installed is left out,
and said. The pictures of docs/ebook.md are made so, of the sample.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from PIL import Image

PLACES = ("cover", "title", "turn", "figure", "quote")
LOOKS = ("light", "dark", "sepia", "large", "narrow")
FBREADER_PAGES = (0, 1, 4, 6, 7)
"""The places on FBReader's pages of the sample, counted from 0: it has no way to ask."""

_XHTML = "{http://www.w3.org/1999/xhtml}"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_HEIGHT = 380
_DISPLAY = ":97"
_WINDOW = (620, 860)
_TOOLBAR = 46


def main(book: str, folder: str, modules: str = "") -> None:
    """Draws what can be drawn and prints the paths."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, draw, needed in (
            ("mupdf", mupdf, ("mutool",)),
            ("fbreader", fbreader, ("FBReader", "Xvfb", "xdotool", "import")),
        ):
            missing = [each for each in needed if not shutil.which(each)]
            if missing:
                print(f"{name}: {', '.join(missing)} missing", file=sys.stderr)
                continue
            stored(draw(Path(book), Path(scratch)), target / f"{name}.jpg")
        if modules:
            for look, screens in epubjs(Path(book), Path(scratch), modules):
                stored(screens, target / f"epubjs-{look}.jpg")


def stored(screens: Sequence[Image.Image], file: Path) -> None:
    """The screens side by side, all of one height, on a grey that is none of their grounds."""
    gap = 10
    shown = [
        each.resize((round(each.width * _HEIGHT / each.height), _HEIGHT), Image.Resampling.LANCZOS) for each in screens
    ]
    sheet = Image.new("RGB", (sum(each.width + gap for each in shown) + gap, _HEIGHT + 2 * gap), (140, 140, 138))
    left = gap
    for each in shown:
        sheet.paste(each, (left, gap))
        left += each.width + gap
    sheet.save(file, quality=72, optimize=True, progressive=True)
    print(file)


def mupdf(book: Path, scratch: Path) -> list[Image.Image]:
    """The pages on which the places stand."""
    size = ["-W", "420", "-H", "580", "-S", "12"]
    said = subprocess.run(["mutool", "draw", "-q", *size, "-F", "text", str(book)], capture_output=True, check=True)
    pages = ["".join(page.split()) for page in said.stdout.decode("utf-8").split("\f")]
    found = [0, *(next(at for at, page in enumerate(pages) if words in page) for words in wanted(book))]
    numbers = ",".join(str(at + 1) for at in found)
    subprocess.run(
        ["mutool", "draw", "-q", *size, "-r", "108", "-o", str(scratch / "mupdf-%d.png"), str(book), numbers],
        check=True,
        capture_output=True,
    )
    return [Image.open(scratch / f"mupdf-{at + 1}.png").convert("RGB") for at in found]


def wanted(book: Path) -> Iterator[str]:
    """Words, without spaces, by which title page, first question, first tall figure and first pull quote are known."""
    with zipfile.ZipFile(book) as archive:
        title, text = (fromstring(archive.read(f"EPUB/{name}.xhtml")) for name in ("titlepage", "text-1"))  # noqa: S314
    yield squeezed(next(title.iter(f"{_XHTML}h1")))
    yield squeezed(classed(text, "question"))[:24]
    yield squeezed(next(classed(text, "tall").iter(f"{_XHTML}figcaption")))[:24]
    yield squeezed(next(classed(text, "pull-quote").iter(f"{_XHTML}p")))[:18]


def classed(tree: Element, name: str) -> Element:
    """The first element of that class."""
    return next(each for each in tree.iter() if name in (each.get("class") or "").split())


def squeezed(element: Element) -> str:
    """Its text without spaces."""
    return "".join("".join(element.itertext()).split())


def fbreader(book: Path, scratch: Path) -> list[Image.Image]:
    """The first pages, of which :data:`FBREADER_PAGES` are given, without the row of buttons."""
    screens: list[Image.Image] = []
    with running("Xvfb", _DISPLAY, "-screen", "0", f"{_WINDOW[0]}x{_WINDOW[1]}x24"):
        surroundings = {**os.environ, "HOME": str(scratch), "DISPLAY": _DISPLAY}
        with running("FBReader", str(book), env=surroundings, patience=6):
            pressed = press(surroundings)
            for number in range(max(FBREADER_PAGES) + 1):
                file = scratch / f"fbreader-{number}.png"
                subprocess.run(["import", "-window", "root", str(file)], env=surroundings, check=True)
                screens.append(Image.open(file).convert("RGB").crop((0, _TOOLBAR, _WINDOW[0] - 18, _WINDOW[1])))
                pressed("Next")
    return [screens[number] for number in FBREADER_PAGES]


def press(surroundings: dict[str, str]) -> Callable[[str], None]:
    """Makes the only window fill the screen; gives what presses a key."""
    words = ["xdotool", "search", "--onlyvisible", "--name", "."]
    window = subprocess.run(words, env=surroundings, capture_output=True, check=True, text=True).stdout.split()[-1]
    subprocess.run(
        ["xdotool", "windowsize", window, *map(str, _WINDOW), "windowmove", window, "0", "0"],
        env=surroundings,
        check=True,
    )
    time.sleep(2)

    def pressed(key: str) -> None:
        subprocess.run(["xdotool", "key", key], env=surroundings, check=True, capture_output=True)
        time.sleep(0.7)

    return pressed


@contextmanager
def running(*words: str, env: dict[str, str] | None = None, patience: float = 1) -> Iterator[None]:
    """A program in the background, given some seconds to start, ended afterwards."""
    program = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(patience)
        yield
    finally:
        program.terminate()
        program.wait(timeout=20)


def epubjs(book: Path, scratch: Path, modules: str) -> Iterator[tuple[str, list[Image.Image]]]:
    """The places in each look."""
    browser = next((found for found in map(shutil.which, _BROWSERS) if found), None)
    if browser is None or not shutil.which("node"):
        print("epub.js: Chromium or node missing", file=sys.stderr)
        return
    script = Path(__file__).with_name("epubjs.mjs")
    subprocess.run(["node", str(script), str(book), str(scratch), modules, browser], check=True)
    for look in LOOKS:
        yield look, [Image.open(scratch / f"{look}-{place}.png").convert("RGB") for place in PLACES]


if __name__ == "__main__":
    main(*sys.argv[1:])
