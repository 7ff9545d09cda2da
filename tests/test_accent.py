"""An accent from the lead photo: the photo's hue, readable on paper, the same every time; only where the theme asks for it."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image as Picture

from exporter import themes
from exporter.covers.accent import CONTRAST, accent_of, contrast_with_white
from exporter.covers.design import design_of
from exporter.model import Answer, Article, Asset, Document, Figure, Image, Metadata, Paragraph, Question, Text, Turn
from exporter.writers import pdf
from exporter.writers.options import Options


def photo(colour: tuple[int, int, int], second: tuple[int, int, int] = (128, 128, 128)) -> Asset:
    """Two thirds of one colour, one of another."""
    picture = Picture.new("RGB", (300, 200), colour)
    picture.paste(second, (200, 0, 300, 200))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=95)
    content = stream.getvalue()
    return Asset("lead", "image/jpeg", content, "", "", 300, 200, hashlib.sha256(content).hexdigest())


def parts(accent: str) -> tuple[int, int, int]:
    return int(accent[1:3], 16), int(accent[3:5], 16), int(accent[5:7], 16)


@pytest.mark.parametrize(
    ("colour", "most"),
    [((40, 90, 220), 2), ((220, 60, 30), 0), ((60, 190, 80), 1), ((250, 220, 40), 0), ((180, 200, 250), 2)],
)
def test_an_accent_has_the_photo_s_hue_and_can_be_read(colour: tuple[int, int, int], most: int) -> None:
    accent = accent_of(photo(colour))
    assert parts(accent)[most] == max(parts(accent))
    assert contrast_with_white(*(part / 255 for part in parts(accent))) >= CONTRAST - 0.05
    assert accent == accent_of(photo(colour))


def test_a_photo_in_greys_has_none() -> None:
    assert accent_of(photo((90, 90, 90))) == ""


def document(asset: Asset) -> Document:
    turn = Turn(Question((Paragraph((Text("Who?"),)),)), (Answer((Paragraph((Text("I."),)),)),))
    lead = Figure((Image("lead", "A lamp", 300, 200),))
    return Document(Article(Metadata(language="en"), (Text("The lamp"),), lead=lead, body=(turn,)), (asset,))


def colour_of_question(content: bytes) -> tuple[int, ...]:
    with pypdfium2.PdfDocument(content) as file:
        for page in file:
            text = page.get_textpage()
            found = text.search("Who?").get_next()
            if found:
                colour = [pdfium.c_uint() for _ in range(4)]
                pdfium.FPDFText_GetFillColor(text, found[0], *colour)
                return tuple(each.value for each in colour[:3])
    raise AssertionError("no question")


@pytest.fixture
def theme(tmp_path: Path) -> str:
    folder = tmp_path / "photographic"
    folder.mkdir()
    (folder / "theme.toml").write_text('title = "A"\nsummary = "A"\nparent = "magazine"\naccent = "lead"\n')
    return str(folder)


def test_a_theme_may_take_it(theme: str) -> None:
    asset = photo((40, 90, 220))
    assert colour_of_question(pdf.render(document(asset), Options(theme=theme))[0]) == parts(accent_of(asset))
    own = colour_of_question(pdf.render(document(asset), Options())[0])
    assert own == colour_of_question(pdf.render(document(photo((20, 180, 60))), Options())[0]) == (0x9E, 0x2A, 0x1F)


def test_a_sheet_of_one_s_own_wins_and_reaches_the_cover(theme: str, tmp_path: Path) -> None:
    sheet = tmp_path / "own.css"
    sheet.write_text(":root { --accent: #125634 }")
    whole = document(photo((40, 90, 220)))
    assert colour_of_question(pdf.render(whole, Options(theme=theme, style=str(sheet)))[0]) == (0x12, 0x56, 0x34)
    inks = {line.field: line.ink for line in design_of(themes.styled("magazine", str(sheet))).with_photo.lines}
    assert inks["kicker"] == "#125634"
    assert inks["headline"] == "#1a1a1a"
