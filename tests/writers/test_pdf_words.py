"""The words behind the glyphs are the page's own, whichever engine takes them out."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from exporter.model import Article, Document, Metadata, Paragraph, Text
from exporter.writers import pdf
from exporter.writers.options import Options

SAID = {
    "he": "הסופר כּתב על שׂרה ועל דבר ודיבר",
    "ar": "محمّد مسرورًا ورأيتُ مدرّسة الشعراء أوّلًا ثمّ عدنا معًا في السنة",
    "fr": "efflanqué œuvre e\u0301tude officiel",
    "hi": "उन्होंने किताब हिन्दी शर्मा प्रश्न पूछते",
    "th": "น้ำใจ",
}
DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def by_pdfium(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as pages:
        return "\n".join(page.get_textpage().get_text_range() for page in pages)


def by_poppler(file: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    return subprocess.run([program, file, "-"], capture_output=True, check=True).stdout.decode()


ENGINES = {"pdfium": by_pdfium, "poppler": by_poppler}


def printed(language: str, folder: Path) -> Path:
    said = " ".join([SAID[language]] * 3)
    article = Article(Metadata(language=language), (Text("1"),), body=(Paragraph((Text(said),)),))
    content, _ = pdf.render(Document(article), Options(theme="plain", draft=True))
    file = folder / "words.pdf"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("language", ["he", "fr"])
def test_each_word_is_found(language: str, engine: str, tmp_path: Path) -> None:
    take_out: Callable[[Path], str] = ENGINES[engine]
    found = DIRECTIONS.sub("", take_out(printed(language, tmp_path)))
    assert [word for word in SAID[language].split() if len(re.findall(rf"(?<!\w){word}(?!\w)", found)) != 3] == []


def test_marked_arabic_is_found(tmp_path: Path) -> None:
    found = by_pdfium(printed("ar", tmp_path))
    assert [word for word in SAID["ar"].split() if word not in found] == []


@pytest.mark.parametrize("language", ["hi", "th"])
def test_letters_stand_in_their_order_even_without_a_font(language: str, tmp_path: Path) -> None:
    found = re.sub(r"\s", "", by_pdfium(printed(language, tmp_path)))
    assert [word for word in SAID[language].split() if word not in found] == []
