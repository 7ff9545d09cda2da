"""Pictures of pages: whole, in order, of the size asked for; and what happens when there is nothing to draw."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from exporter import preview
from exporter.errors import SourceError, UsageError

COMMAND = Callable[..., Any]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Two pages of 100 by 200 points, the first half red, the second grey."""
    pages = [Image.new("RGB", (100, 200), "white"), Image.new("L", (100, 200), 100)]
    pages[0].paste((255, 0, 0), (0, 0, 50, 200))
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=72)
    return stream.getvalue()


def opened(picture: preview.Picture) -> Image.Image:
    with Image.open(io.BytesIO(picture.png()), formats=["PNG"]) as image:
        image.load()
        return image


def test_pages_are_drawn_in_order_and_size(pdf: bytes) -> None:
    first, second = map(opened, preview.pages_of(pdf, 400))
    assert first.size == second.size == (200, 400)
    red, white = first.getpixel((20, 200)), first.getpixel((180, 200))
    assert isinstance(red, tuple)
    assert isinstance(white, tuple)
    assert red[0] > 240 > 40 > red[1]
    assert min(white) > 240
    grey = second.getpixel((100, 100))
    assert isinstance(grey, tuple)
    assert max(grey) - min(grey) < 3


def test_the_sheet_shows_all_pages_side_by_side(pdf: bytes) -> None:
    sheet = opened(preview.sheet_of(pdf))
    assert sheet.size == (3 * 20 + 2 * 210, 2 * 20 + 420)
    assert sheet.getpixel((5, 5)) == (0x88, 0x88, 0x88)
    left = sheet.getpixel((40, 200))
    assert isinstance(left, tuple)
    assert left[0] > 240 > left[1]


def test_the_same_pages_give_the_same_bytes(pdf: bytes) -> None:
    assert preview.sheet_of(pdf).png() == preview.sheet_of(pdf).png()


@pytest.mark.parametrize("height", [0, -5, 49, 6001])
def test_no_page_is_drawn_that_high(pdf: bytes, height: int) -> None:
    with pytest.raises(UsageError):
        list(preview.pages_of(pdf, height))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"x" * 2000, b"<html>"])
def test_what_is_no_pdf_is_told(content: bytes) -> None:
    with pytest.raises(SourceError):
        list(preview.pages_of(content))


def test_a_page_and_a_pdf_are_drawn_from_the_command_line(
    command: COMMAND, page: Path, pdf: bytes, tmp_path: Path
) -> None:
    done = command("preview", page, "--theme", "plain", "--height", "300")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().strip() == str(Path("bells-preview") / "bells-sheet.png")
    folder = tmp_path / "here" / "bells-preview"
    assert [each.name for each in sorted(folder.iterdir())] == ["bells-1.png", "bells-sheet.png"]
    (tmp_path / "two.pdf").write_bytes(pdf)
    done = command("preview", tmp_path / "two.pdf", "-o", tmp_path / "pictures")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "pictures").iterdir())) == 3


def test_nothing_is_made_when_the_source_is_wrong(command: COMMAND, tmp_path: Path) -> None:
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    for source, code in ((tmp_path / "torn.pdf", 10), (tmp_path / "none.html", 10)):
        done = command("preview", source)
        assert done.returncode == code
        assert done.stderr.decode().count("\n") == 1
    assert command("preview", tmp_path / "torn.pdf", "-o", tmp_path / "no" / "such").returncode == 50
    assert not list((tmp_path / "here").iterdir())
