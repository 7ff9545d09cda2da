"""Pictures on paper: each made once, for its place, its colours and its kind."""

from __future__ import annotations

import hashlib
import io
import random
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

import exporter
from exporter import Document, Options
from exporter.model import Article, Asset, Figure, Metadata, Paragraph, Text
from exporter.model import Image as Picture

WORDS = "The keeper climbs to the gallery when the tide turns, and writes down the hour. " * 4


def grainy(width: int, height: int, kind: str, **choices: Any) -> bytes:
    """A photo with grain in it, as cameras make them."""
    dots = random.Random(width).randbytes(width * height)  # noqa: S311 - grain, no secret
    grain = Image.frombytes("L", (width, height), dots).convert("RGB")
    broad = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    stream = io.BytesIO()
    Image.blend(broad, grain, 0.1).save(stream, kind, **choices)
    return stream.getvalue()


def drawn(width: int, height: int) -> bytes:
    """A drawing in two colours."""
    sheet = Image.new("RGB", (width, height), "white")
    sheet.paste((200, 30, 30), (width // 4, height // 4, width // 2, height // 2))
    stream = io.BytesIO()
    sheet.save(stream, "PNG")
    return stream.getvalue()


def shown(content: bytes, kind: str, **choices: Any) -> tuple[Any, bytes, float]:
    """The picture of the PDF that shows it: its dictionary, its bytes as they are stored, and its dots per inch."""
    with Image.open(io.BytesIO(content)) as image:
        width, height = image.size
    asset = Asset("seen", f"image/{kind}", content, "", "", width, height, hashlib.sha256(content).hexdigest())
    figure = Figure((Picture("seen", "The gallery", width, height),))
    body = (Paragraph((Text(WORDS),)), figure, Paragraph((Text(WORDS),)))
    article = Article(metadata=Metadata(language="en"), headline=(Text("The keeper of hours"),), body=body)
    made, _ = exporter.render(Document(article, (asset,)), "pdf", Options(**choices))
    with pypdfium2.PdfDocument(made) as file:
        ((left, _, right, _),) = (
            each.get_bounds() for page in file for each in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8)
        )
    with pikepdf.open(io.BytesIO(made)) as opened:
        (stored,) = (each for each in opened.objects if is_picture(each))
        known = {str(name): str(value) for name, value in stored.items()}
        return known, stored.read_raw_bytes(), int(stored.Width) / ((right - left) / 72)


def is_picture(each: Any) -> bool:
    return isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_photo_has_the_dots_of_its_place_and_no_more(kind: str) -> None:
    choices = {"quality": 95} if kind != "png" else {}
    content = grainy(2400, 1600, kind, **choices)
    known, stored, dots = shown(content, kind, theme="plain")
    assert known["/Filter"] == "/DCTDecode"
    assert 295 < dots < 305
    assert len(stored) < len(content) / 3


def test_a_photo_that_is_small_enough_stays_as_it_came() -> None:
    content = grainy(1200, 800, "jpeg", quality=60)
    _, stored, _ = shown(content, "jpeg")
    assert stored == content


def test_a_drawing_stays_without_loss() -> None:
    known, stored, dots = shown(drawn(2400, 1600), "png", theme="plain")
    assert known["/Filter"] == "/FlateDecode"
    assert dots > 400
    assert len(stored) < 100_000


@pytest.mark.parametrize(
    ("content", "kind", "filter_", "most"),
    [
        (grainy(2400, 1600, "jpeg", quality=90), "jpeg", "/DCTDecode", 2.5),
        (drawn(2400, 1600), "png", "/FlateDecode", 0.1),
    ],
    ids=["photo", "drawing"],
)
def test_a_press_gets_inks_that_are_packed(content: bytes, kind: str, filter_: str, most: float) -> None:
    known, stored, dots = shown(content, kind, theme="plain", standard="x")
    assert (known["/ColorSpace"], known["/Filter"]) == ("/DeviceCMYK", filter_)
    assert 295 < dots < 305
    assert len(stored) < most * 1_000_000


@pytest.mark.parametrize("letters", [120, 300, 500, 900])
def test_a_caption_in_the_margin_is_never_higher_than_its_picture(letters: int) -> None:
    content = drawn(2000, 800)
    asset = Asset("seen", "image/png", content, "", "", 2000, 800, hashlib.sha256(content).hexdigest())
    caption = "Seen from below: " + (WORDS * 4)[:letters]
    figure = Figure((Picture("seen", "The gallery", 2000, 800),), (Text(caption),), (Text("Photograph: the keeper"),))
    words = Paragraph((Text(WORDS),))
    body = (figure, words, words, words, figure, words)
    article = Article(metadata=Metadata(language="en"), headline=(Text("The keeper of hours"),), body=body)
    made, _ = exporter.render(Document(article, (asset,)), "pdf", Options(theme="magazine"))
    with pypdfium2.PdfDocument(made) as file:
        for page in file:
            text = page.get_textpage()
            captions = text.search("Seen from below")
            for each in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8):
                found = captions.get_next()
                assert found
                assert text.get_charbox(found[0])[3] <= each.get_bounds()[3] + 1
