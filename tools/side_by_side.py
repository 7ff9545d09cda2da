"""The same page as PDF by exporter and by its peers, side by side: ``python -m tools.side_by_side PAGE FOLDER``.

Peers take part where they are on the path: pandoc (or PyPI's pypandoc_binary) with WeasyPrint, percollate (npm, with Chromium),
calibre. Each is called as its manual says, on the page as it is: as a file, or, for percollate, which reads the web, from a
server on this machine. The first pages of each become a picture, and a line says how many pages and pictures there are.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from exporter import theme_names
from tools.showcase import on_backdrop

PAGES = 6
"""Pages of each that are shown."""

_HEIGHT = 420
_TIMEOUT = 300


def main(page: str, folder: str) -> None:
    """Draws everything and prints a table."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    print(f"{'':12}{'pages':>6}{'pictures':>10}{'kB':>7}")
    with tempfile.TemporaryDirectory() as scratch, served(Path(page).resolve()) as address:
        for name, command in contestants(Path(page).resolve(), address, Path(scratch)):
            result = Path(scratch) / f"{name}.pdf"
            if not made(command, result, Path(page).resolve().parent):
                print(f"{name:12}made nothing")
                continue
            with pypdfium2.PdfDocument(result) as document:
                shown = on_backdrop(list(drawn(document)), 16)
                shown.save(target / f"side-by-side-{name}.jpg", quality=82, optimize=True, progressive=True)
                print(f"{name:12}{len(document):6}{pictures(document):10}{result.stat().st_size // 1000:7}")


@contextmanager
def served(page: Path) -> Iterator[str]:
    """The page's address on this machine, as long as it is needed."""
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=page.parent)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{page.name}"
        server.shutdown()


def contestants(page: Path, address: str, scratch: Path) -> Iterator[tuple[str, list[str]]]:
    """Name and command of each that is installed."""
    own = Path(sys.executable).parent / "exporter"
    for theme in theme_names():
        yield theme, [str(own), "pdf", str(page), "--theme", theme, "-q", "-o", str(scratch / f"{theme}.pdf")]
    if pandoc := _pandoc():
        engine = Path(sys.executable).parent / "weasyprint"
        yield "pandoc", [pandoc, str(page), "-o", str(scratch / "pandoc.pdf"), f"--pdf-engine={engine}"]
    if percollate := shutil.which("percollate"):
        yield "percollate", [percollate, "pdf", address, "--output", str(scratch / "percollate.pdf")]
    if calibre := shutil.which("ebook-convert"):
        yield "calibre", [calibre, str(page), str(scratch / "calibre.pdf")]


def _pandoc() -> str | None:
    try:
        import pypandoc
    except ImportError:
        return shutil.which("pandoc")
    return str(pypandoc.get_pandoc_path())


def made(command: list[str], result: Path, folder: Path) -> bool:
    """Whether the command, run where the page is, leaves a PDF."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, check=False, capture_output=True, cwd=folder, env=environment, timeout=_TIMEOUT)
    return result.is_file()


def drawn(document: pypdfium2.PdfDocument) -> Iterator[Image.Image]:
    """The first pages, all of one height."""
    for number in range(min(PAGES, len(document))):
        page = document[number]
        yield page.render(scale=_HEIGHT / page.get_height()).to_pil().convert("RGB")


def pictures(document: pypdfium2.PdfDocument) -> int:
    """How many pictures stand on the pages, drawings inside drawings included; washes of one pixel are none."""
    found = (each for page in document for each in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8))
    return sum(min(each.get_px_size()) > 1 for each in found)


if __name__ == "__main__":
    main(*sys.argv[1:])
