"""Pictures as an editor has them: rows of one height, captions of their own, one large one a spread, strips beside text."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from exporter import themes
from exporter.model import (
    Answer,
    Article,
    Asset,
    Block,
    Document,
    Figure,
    Image,
    Metadata,
    Paragraph,
    Question,
    Text,
    Turn,
    codec,
)
from exporter.writers import epub, pdf
from exporter.writers.options import Options

WORDS = (
    "The tide comes up the slip at four and the harbour master writes it down as he has every day since the war ended. "
)
DOCUMENTS = Path(__file__).parent.parent / "documents"
Photo = Callable[..., bytes]
THEMES = themes.theme_names()


def paragraph(count: int = 3) -> Paragraph:
    return Paragraph((Text((WORDS * count).strip()),))


def asset_of(photo: Photo, width: int, height: int) -> Asset:
    content = photo(width, height)
    key = f"p{width}x{height}"
    return Asset(key, "image/jpeg", content, "", "", width, height, hashlib.sha256(content).hexdigest())


def shown(*assets: Asset, caption: str = "") -> Figure:
    images = tuple(Image(each.key, "A slip", each.width, each.height) for each in assets)
    return Figure(images, (Text(caption),) if caption else ())


def document(*body: Block, assets: tuple[Asset, ...]) -> Document:
    return Document(
        Article(Metadata(language="en"), (Text("The harbour book"),), body=body), tuple(dict.fromkeys(assets))
    )


def turn(*answer: Block) -> Turn:
    return Turn(Question((Paragraph((Text("What does the harbour keep?"),)),)), (Answer(answer),))


Box = tuple[int, float, float, float, float]


def pictures(content: bytes) -> list[Box]:
    """(page, left, bottom, right, top) of each picture in points, in the order in which they are painted."""
    with pypdfium2.PdfDocument(content) as file:
        return [
            (number, *each.get_bounds())
            for number, page in enumerate(file)
            for each in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8)
        ]


def where(content: bytes, words: str) -> Box:
    """(page, left, bottom, right, top) of these words' first line."""
    with pypdfium2.PdfDocument(content) as file:
        for number, page in enumerate(file):
            text = page.get_textpage()
            found = text.search(words).get_next()
            if found:
                text.count_rects(*found)
                return (number, *text.get_rect(0))
    raise AssertionError(f"{words!r} is not printed")


def rows(boxes: list[Box]) -> Iterator[list[Box]]:
    """Pictures side by side."""
    for foot in dict.fromkeys((box[0], round(box[2])) for box in boxes):
        yield [box for box in boxes if (box[0], round(box[2])) == foot]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("count", [2, 3, 5, 6, 11])
def test_pictures_of_a_gallery_stand_in_rows_of_one_height_and_one_length(theme: str, count: int, photo: Photo) -> None:
    sizes = [(1500, 1000), (800, 1200), (1200, 1200), (1600, 900), (900, 1200)]
    assets = tuple(asset_of(photo, *sizes[number % 5]) for number in range(count))
    content = pdf.render(document(turn(paragraph(), shown(*assets), paragraph()), assets=assets), Options(theme=theme))[
        0
    ]
    found = pictures(content)
    assert len(found) == count
    ends = []
    for row in rows(found):
        heights = [top - bottom for _, _, bottom, _, top in row]
        assert max(heights) - min(heights) < 1
        ends.append((min(box[1] for box in row), max(box[3] for box in row)))
        assert all(left[3] < right[1] for left, right in pairwise(row))
    assert max(left for left, _ in ends) - min(left for left, _ in ends) < 1
    aspects = [(right - left) / (top - bottom) for _, left, bottom, right, top in found]
    assert aspects == pytest.approx([each.width / each.height for each in assets], rel=0.02)


@pytest.mark.parametrize("theme", THEMES)
def test_figures_that_follow_one_another_share_rows_and_keep_their_captions(theme: str, photo: Photo) -> None:
    assets = (asset_of(photo, 900, 600), asset_of(photo, 800, 1200))
    figures = (shown(assets[0], caption="Quay one at dawn"), shown(assets[1], caption="Quay two"))
    content = pdf.render(document(turn(paragraph(), *figures, paragraph()), assets=assets), Options(theme=theme))[0]
    one, two = pictures(content)
    assert one[0] == two[0]
    assert one[2] == pytest.approx(two[2], abs=1)
    assert one[4] - one[2] == pytest.approx(two[4] - two[2], abs=1)
    for box, caption in ((one, "Quay one"), (two, "Quay two")):
        page, left, bottom, right, top = where(content, caption)
        assert page == box[0]
        assert box[1] - 1 < left < right < box[3] + 1
        assert bottom < top < box[2]


def test_a_row_gives_way_to_the_foot_of_its_page_as_a_whole(photo: Photo) -> None:
    assets = (asset_of(photo, 1200, 1500), asset_of(photo, 1000, 1250))
    body = [turn(paragraph(3 + number % 3), shown(assets[0]), shown(assets[1])) for number in range(8)]
    content, notices = pdf.render(document(*body, assets=assets), Options(theme="book", draft=True))
    for row in rows(pictures(content)):
        assert len(row) == 2
        assert row[0][4] - row[0][2] == pytest.approx(row[1][4] - row[1][2], abs=1)
    assert not [each for each in notices if each.code == "proof-empty-page"]


def test_magazine_has_one_large_picture_a_spread(photo: Photo) -> None:
    asset = asset_of(photo, 2400, 1600)
    body = [turn(paragraph(2 + number % 5), shown(asset), paragraph(9 - number % 4)) for number in range(10)]
    content = pdf.render(document(*body, assets=(asset,)), Options())[0]
    large = [page for page, left, _, right, _ in pictures(content) if right - left > 400]
    assert len(large) > 2
    assert len({(page + 1) // 2 for page in large}) == len(large)


@pytest.mark.parametrize(("theme", "paper"), [("magazine", "a4"), ("magazine", "a5"), ("book", "6x9in")])
def test_a_strip_has_the_text_beside_it(theme: str, paper: str, photo: Photo) -> None:
    asset = asset_of(photo, 400, 2000)
    whole = document(turn(paragraph(2), shown(asset, caption="The chimney"), *[paragraph(5)] * 5), assets=(asset,))
    content = pdf.render(whole, Options(theme=theme, paper=paper))[0]
    ((page, left, bottom, right, top),) = pictures(content)
    with pypdfium2.PdfDocument(content) as file:
        text = file[page].get_textpage()
        lines = [text.get_rect(number) for number in range(text.count_rects())]
    beside = [each for each in lines if bottom < each[1] and each[3] < top]
    assert len(beside) > 5
    assert all(each[0] > right for each in beside)
    assert right - left < 0.3 * file_width(content)


def file_width(content: bytes) -> float:
    with pypdfium2.PdfDocument(content) as file:
        return float(file[0].get_width())


@pytest.mark.parametrize("theme", THEMES)
def test_the_caption_of_a_missing_picture_stands_in_a_frame(theme: str) -> None:
    missing = Figure((Image(None, "A mast", 0, 0),), (Text("The mast in fog"),))
    content = pdf.render(document(turn(paragraph(), missing, paragraph()), assets=()), Options(theme=theme))[0]
    page, left, bottom, right, top = where(content, "The mast in fog")
    with pypdfium2.PdfDocument(content) as file:
        drawn = [each.get_bounds() for each in file[page].get_objects([pdfium.FPDF_PAGEOBJ_PATH], max_depth=8)]
    above = [
        box for box in drawn if box[0] < left and box[2] > right and top < box[3] < top + 60 and box[2] - box[0] > 200
    ]
    below = [box for box in drawn if box[0] < left and box[2] > right and bottom - 30 < box[1] < bottom]
    assert above
    assert below


def sheet_and_chapter(content: bytes) -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        read: Callable[[str], Any] = lambda end: next(  # noqa: E731 - two files, one way
            book.read(name).decode() for name in book.namelist() if name.endswith(end)
        )
        return read(".css"), read("text-1.xhtml")


@pytest.mark.parametrize("theme", THEMES)
def test_the_e_book_has_rows_and_frames_too(theme: str, photo: Photo) -> None:
    assets = (asset_of(photo, 900, 600), asset_of(photo, 800, 1200), asset_of(photo, 600, 600))
    missing = Figure((Image(None, "", 0, 0),), (Text("The mast in fog"),))
    whole = document(turn(paragraph(), shown(*assets), missing), assets=assets)
    sheet, chapter = sheet_and_chapter(epub.render(whole, Options(theme=theme))[0])
    widths = [float(each) for each in re.findall(r'style="width:([\d.]+)%"', chapter)]
    assert len(widths) == 3
    assert all(width < 98 for width in widths)
    first, second = widths[:2]
    assert first / second == pytest.approx(1.5 / (800 / 1200), rel=0.01)
    assert re.search(r"\.missing \{[^}]*border: 1px solid", sheet)
    assert 'class="missing"' in chapter


@pytest.mark.parametrize("theme", ["book", "magazine"])
@pytest.mark.parametrize("script", ["arabic", "greek", "hebrew", "japanese"])
def test_the_lead_gives_way_to_its_opening_in_every_script(script: str, theme: str) -> None:
    whole = codec.decode((DOCUMENTS / f"interview-{script}.json").read_bytes())
    assert whole.article.lead
    assert pictures(pdf.render(whole, Options(theme=theme, paper="6x9in", draft=True))[0])[0][0] == 0
