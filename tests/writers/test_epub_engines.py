"""The e-book on real engines: MuPDF, as small readers use it, and Chromium, as most others do. Skipped where they are not."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from html import unescape
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops

import exporter
from exporter.model import Article, Crosshead, Figure, Metadata, Paragraph, Question, Text, codec
from exporter.model.walk import plain, walk, words_of

DOCUMENTS = Path(__file__).parent.parent / "documents"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((found for found in map(shutil.which, BROWSERS) if found), None)
MUTOOL = shutil.which("mutool")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--allow-file-access-from-files"),
)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")
needs_mutool = pytest.mark.skipif(MUTOOL is None, reason="mutool (MuPDF) is not installed")


@pytest.fixture(scope="module")
def keeper() -> exporter.Document:
    return codec.decode((DOCUMENTS / "ebook-keeper.json").read_bytes())


@pytest.fixture(scope="module")
def book(keeper: exporter.Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("engines") / "keeper.epub"
    exporter.write(keeper, file, options=exporter.Options(page_list=True))
    return file


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


@needs_mutool
def test_mupdf_shows_every_word_and_nothing_hidden(book: Path, keeper: exporter.Document) -> None:
    done = subprocess.run([str(MUTOOL), "draw", "-q", "-F", "text", str(book)], capture_output=True, check=True)
    text = squeezed(done.stdout.decode("utf-8"))
    asked = [plain(each.blocks[0].children) for each in walk(keeper.article) if isinstance(each, Question)]  # type: ignore[union-attr]
    assert [each for each in asked if squeezed(each) not in text] == []
    captions = [plain(each.caption) for each in walk(keeper.article) if isinstance(each, Figure)]
    assert [each for each in captions if squeezed(each) not in text] == []
    assert "Landmarks" not in text  # hidden="hidden" of the contents


@needs_mutool
def test_mupdf_draws_every_page(book: Path, tmp_path: Path) -> None:
    drawn = tmp_path / "page-%d.png"
    subprocess.run(
        [str(MUTOOL), "draw", "-q", "-W", "400", "-H", "560", "-S", "11", "-o", str(drawn), str(book)],
        capture_output=True,
        check=True,
    )
    pages = sorted(tmp_path.glob("page-*.png"))
    assert len(pages) > 4
    for page in pages:
        with Image.open(page) as image:
            assert sum(image.convert("L").histogram()[:128]) > 20, f"{page.name} is blank"


@needs_mutool
def test_mupdf_sets_arabic_from_the_right(tmp_path: Path) -> None:
    file = tmp_path / "arabic.epub"
    exporter.write(codec.decode((DOCUMENTS / "ebook-arabic.json").read_bytes()), file)
    size = ("-W", "400", "-H", "560", "-S", "12", "-r", "72")
    command = [str(MUTOOL), "draw", "-q", *size, "-o", str(tmp_path / "page.png"), str(file), "2"]
    subprocess.run(command, capture_output=True, check=True)
    with Image.open(tmp_path / "page.png") as page:
        left, _, right, _ = page.convert("L").crop((0, 0, 400, 200)).point([255] * 128 + [0] * 128).getbbox() or (
            0,
            0,
            0,
            0,
        )
    assert 400 - right < left


HEADLINE = "Die Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzgeberin erzählt"


def with_a_long_word(folder: Path) -> Path:
    body = (Crosshead((Text("Küstenwachschiffbesatzungsversicherungen"),)), Paragraph((Text("Sie wartet."),)))
    metadata = Metadata("de", publication="Hafenblatt", published="2026-02-03")
    article = Article(metadata, (Text(HEADLINE),), deck=(Text("Von Donaudampfschifffahrtsgesellschaftskapitänen"),))
    file = folder / "long-word.epub"
    exporter.write(exporter.Document(replace(article, body=body)), file)
    return file


@needs_mutool
def test_mupdf_divides_a_word_that_is_wider_than_the_screen(tmp_path: Path) -> None:
    file = with_a_long_word(tmp_path)
    size = ("-W", "320", "-H", "480", "-S", "11", "-r", "72")
    subprocess.run([str(MUTOOL), "draw", "-q", *size, "-o", str(tmp_path / "%d.png"), str(file)], check=True)
    for number in (2, 3):
        with Image.open(tmp_path / f"{number}.png") as page:
            edge = page.convert("L").crop((310, 0, 320, 480))
            assert not sum(edge.histogram()[:200]), f"page {number} runs out at the right"


@needs_browser
def test_the_browser_divides_a_word_that_is_wider_than_the_screen(tmp_path: Path) -> None:
    zipfile.ZipFile(with_a_long_word(tmp_path)).extractall(tmp_path)
    assert wider_than_the_screen(tmp_path / "EPUB", ("titlepage", "text-1")) == []


@needs_browser
@pytest.mark.parametrize("name", ["titlepage", "text-1", "colophon"])
def test_text_and_rules_stay_legible_on_white_black_and_sepia(name: str, book: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(book).extractall(tmp_path)
    inked = {
        ground: ink(tmp_path / "EPUB", name, ground, letters)
        for ground, letters in (("#ffffff", "#111111"), ("#000000", "#eeeeee"), ("#f4ecd8", "#2b2013"))
    }
    white = inked["#ffffff"]
    assert white > 500
    for ground, found in inked.items():
        assert found == pytest.approx(white, rel=0.12), f"what shows on white does not show on {ground}"


def ink(folder: Path, name: str, ground: str, letters: str) -> int:
    """Pixels that differ from the ground, pictures left out."""
    style = f"<style>html,body{{background:{ground};color:{letters}}}img{{visibility:hidden}}</style></head>"
    markup = (folder / f"{name}.xhtml").read_text("utf-8").replace("</head>", style)
    shown = folder / f"shown-{ground[1:]}.xhtml"
    shown.write_text(markup, "utf-8")
    shot = folder / f"shot-{ground[1:]}.png"
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'profile'}", "--window-size=480,2400"]
    subprocess.run([*command, f"--screenshot={shot}", shown.as_uri()], check=True, capture_output=True, timeout=120)
    with Image.open(shot) as image:
        page = image.convert("RGB")
        off = ImageChops.difference(page, Image.new("RGB", page.size, ground)).convert("L")
        return sum(off.histogram()[70:])


@needs_browser
def test_nothing_is_wider_than_a_narrow_screen(book: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(book).extractall(tmp_path)
    assert wider_than_the_screen(tmp_path / "EPUB", ("titlepage", "text-1", "colophon", "nav")) == []


def wider_than_the_screen(folder: Path, names: tuple[str, ...]) -> list[str]:
    """Documents that a screen of 500 pixels does not show whole."""
    wide = []
    script = "<script>onload=()=>document.title=document.documentElement.scrollWidth+'/'+innerWidth</script></head>"
    for name in names:
        shown = folder / "shown.xhtml"
        shown.write_text((folder / f"{name}.xhtml").read_text("utf-8").replace("</head>", script), "utf-8")
        command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'profile'}", "--window-size=500,700", "--dump-dom"]
        done = subprocess.run([*command, shown.as_uri()], check=True, capture_output=True, timeout=120)
        measured = re.search(r"<title>(\d+)/(\d+)</title>", done.stdout.decode("utf-8"))
        assert measured, name
        wide += [name] if int(measured[1]) > int(measured[2]) else []
    return wide


@needs_browser
def test_the_browser_finds_every_word(book: Path, keeper: exporter.Document, tmp_path: Path) -> None:
    """As a parser of XML it stops at the first fault; the whole text shows that there is none."""
    zipfile.ZipFile(book).extractall(tmp_path)
    text = ""
    for name in ("titlepage", "text-1"):
        page = (tmp_path / "EPUB" / f"{name}.xhtml").as_uri()
        command = [str(BROWSER), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page]
        done = subprocess.run(command, check=True, capture_output=True, timeout=120)
        text += squeezed(unescape(re.sub(r"<[^>]*>", "", done.stdout.decode("utf-8"))))
    words = [squeezed(each) for each in words_of(keeper.article)][:40]
    assert [each for each in words if each not in text] == []
