"""The standards that a PDF keeps, read back from the file: tags and artifacts, boxes, inks, output intents, claims."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pydyf
import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image, ImageCms

import exporter
from exporter import Document, Options, UsageError
from exporter.images.icc import Flat, in_inks, ink_of, profile_named
from exporter.model import Asset, codec
from exporter.writers.pdf.standards import STANDARDS
from exporter.writers.pdf.standards.objects import with_clear_ends

DOCUMENT = Path(__file__).parent.parent / "documents" / "kitchen-sink.json"
NAMES = [each.name for each in STANDARDS]
POINT = 72 / 25.4


@cache
def sink() -> Document:
    return codec.decode(DOCUMENT.read_bytes())


@cache
def rendered(standard: str) -> bytes:
    content, notices = exporter.render(sink(), "pdf", Options(standard=standard))
    assert "colours-of-a-screen" not in {each.code for each in notices}
    return content


def opened(standard: str) -> Any:
    return pikepdf.open(io.BytesIO(rendered(standard)))


def undated() -> Document:
    article = sink().article
    metadata = replace(article.metadata, published="", modified="")
    return replace(sink(), article=replace(article, metadata=metadata))


@pytest.mark.parametrize("standard", NAMES)
def test_nothing_is_wrong_with_the_file(standard: str) -> None:
    with opened(standard) as file:
        assert file.check_pdf_syntax() == []
        assert [str(each) for each in file.get_warnings()] == []


@pytest.mark.parametrize("standard", NAMES)
def test_the_same_document_gives_the_same_bytes(standard: str) -> None:
    for document in (sink(), undated()):
        first = exporter.render(document, "pdf", Options(standard=standard))[0]
        assert exporter.render(document, "pdf", Options(standard=standard))[0] == first


@pytest.mark.parametrize(("standard", "profile"), [("ua", "ua1"), ("a", "ua1"), ("a", "2u")])
@pytest.mark.parametrize("name", ["kitchen-sink", "ebook-arabic", "ebook-keeper", "ebook-note"])
def test_a_checker_finds_no_fault(standard: str, profile: str, name: str) -> None:
    page = pytest.importorskip("page", reason="PyPI page-validation is not installed")
    document = codec.decode(DOCUMENT.with_name(f"{name}.json").read_bytes())
    content, _ = exporter.render(document, "pdf", Options(standard=standard))
    assert [each.message for each in page.validate_pdf_bytes(content, profile=profile).failures] == []


# ------------------------------------------------------------------------------------------------------- for everybody


@pytest.mark.parametrize("standard", NAMES)
def test_it_says_what_it_is(standard: str) -> None:
    with opened(standard) as file:
        assert str(file.docinfo.Title).startswith("The pilot who reads")
        assert str(file.docinfo.Author) == "Mira Tolland"
        assert str(file.docinfo.Keywords) == "harbours, pilots"
        assert str(file.docinfo.Subject)
        assert str(file.docinfo.CreationDate).startswith("D:20241105")
        assert str(file.Root.Lang) == "en"
        assert file.Root.PageLabels.Nums[1].S == "/D"


@pytest.mark.parametrize("standard", ["ua", "a"])
def test_running_heads_and_folios_are_no_content(standard: str) -> None:
    with opened(standard) as file:
        told = set(marks_told(file))
        for number, page in enumerate(file.pages):
            content, margins = marks_of(page)
            assert content == {mark for place, mark in told if place == number}
            assert margins == (0 if number == 0 else margins)
            assert not number or margins >= 2


def marks_told(file: Any) -> Iterator[tuple[int, int]]:
    """(page, number of the marked content) of every leaf of the tag tree."""
    pages = {page.objgen: number for number, page in enumerate(file.pages)}

    def below(node: Any, page: Any) -> Iterator[tuple[int, int]]:
        here = node.get("/Pg", page)
        kids = node.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                yield from below(kid, here)
            else:
                yield pages[here.objgen], int(kid)

    yield from below(file.Root.StructTreeRoot, None)


def marks_of(page: Any) -> tuple[set[int], int]:
    """The numbers of a page's marked content, and how many artifacts stand in its margins."""
    numbers, margins = set(), 0
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC":
            if "/MCID" in operands[1]:
                numbers.add(int(operands[1].MCID))
            else:
                assert str(operands[0]) == "/Artifact"
                margins += str(operands[1].Type) == "/Pagination"
    return numbers, margins


@pytest.mark.parametrize("standard", ["ua", "a"])
def test_header_cells_say_what_they_head(standard: str) -> None:
    with opened(standard) as file:
        heads = [each for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"]
        assert [str(each.A.Scope) for each in heads] == ["/Column", "/Column", "/Row"]


@pytest.mark.parametrize("standard", ["ua", "a"])
def test_links_may_be_printed(standard: str) -> None:
    with opened(standard) as file:
        flags = [int(each.F) for page in file.pages for each in page.get("/Annots", [])]
    assert flags
    assert set(flags) == {4}


# --------------------------------------------------------------------------------------------------------- for an archive


def test_an_archive_s_metadata_need_no_pdf_reader() -> None:
    content = rendered("a")
    for claim in (b'pdfaid:part="2"', b'pdfaid:conformance="U"', b'pdfuaid:part="1"'):
        assert claim in content
    with opened("a") as file:
        assert "/Filter" not in file.Root.Metadata
        assert [str(each.S) for each in file.Root.OutputIntents] == ["/GTS_PDFA1"]


def test_where_a_stream_ends_is_clear() -> None:
    """One of so many pages would end in a carriage return, were it not for a line feed more."""
    content = rendered("a")
    for found in re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\n", content):
        end = found.end() + int(found[1])
        assert content[end : end + 10] == b"\nendstream"
    stream, font = pydyf.Stream([b"q Q"], compress=True), pydyf.Stream([b""], {"Length1": 0}, compress=True)
    pdf = SimpleNamespace(objects=[stream, font])
    for number in range(2000):
        drawn = f"{number} 0 m {number} 7 l S".encode()
        stream.stream, font.stream, font.extra["Length1"] = [drawn], [drawn], len(drawn)
        with_clear_ends(pdf, 0)
        assert not stream.data.endswith(b"\r\nendstream")
        assert not font.data.endswith(b"\r\nendstream")
        assert font.extra["Length1"] == len(b"\n".join(font.stream))


# ----------------------------------------------------------------------------------------------------------- for a press


def test_a_press_has_its_boxes_one_in_the_other() -> None:
    with opened("x") as file:
        for page in file.pages:
            trim, bleed, media = (
                [float(edge) for edge in page[name]] for name in ("/TrimBox", "/BleedBox", "/MediaBox")
            )
            assert trim == pytest.approx([0, 0, 210 * POINT, 297 * POINT], abs=0.01)
            assert bleed == pytest.approx(grown(trim, 3), abs=0.01)
            assert media == pytest.approx(grown(trim, 10), abs=0.01)


def grown(box: list[float], millimetres: float) -> list[float]:
    more = millimetres * POINT
    return [box[0] - more, box[1] - more, box[2] + more, box[3] + more]


def test_crop_marks_stand_outside_the_bleed() -> None:
    with opened("x") as file:
        bleed = [float(edge) for edge in file.pages[0].BleedBox]
        marks = file.pages[0].Contents[1].read_bytes().decode()
    points = re.findall(r"(-?[\d.]+) (-?[\d.]+) [ml]", marks)
    assert len(points) == 16
    for x, y in points:
        assert not (bleed[0] < float(x) < bleed[2] and bleed[1] < float(y) < bleed[3])


def test_a_press_is_named_and_has_nothing_but_inks() -> None:
    with opened("x") as file:
        (intent,) = file.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFX"
        assert str(intent.OutputConditionIdentifier) == "Artifex CMYK SWOP Profile"
        assert intent.DestOutputProfile.read_bytes() == profile_named("").content
        assert int(intent.DestOutputProfile.N) == 4
        assert b"PDF/X-4" in file.Root.Metadata.read_raw_bytes()
        assert not [page for page in file.pages if "/Annots" in page]
        assert "/StructTreeRoot" not in file.Root
        assert set(colours(file)) <= {"k", "K", "g", "G"}
        pictures = [
            each for each in file.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
        assert pictures
        assert {str(each.ColorSpace) for each in pictures} <= {"/DeviceCMYK", "/DeviceGray"}


def colours(file: Any) -> Iterator[str]:
    """Every operator of the pages, and of what they draw, that sets a colour."""
    drawn = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
    inner = [each for each in drawn if each.get("/Subtype") == "/Form" or "/PatternType" in each]
    for each in [*file.pages, *inner]:
        for _, operator in pikepdf.parse_content_stream(each):
            if str(operator) in {"rg", "RG", "k", "K", "g", "G", "sc", "SC", "scn", "SCN"}:
                yield str(operator)


def test_a_lead_bleeds_over_the_edge(photo: Callable[..., bytes]) -> None:
    content = photo(1800, 1200)
    asset = Asset("lead", "image/jpeg", content, "", "", 1800, 1200, hashlib.sha256(content).hexdigest())
    lead = sink().article.lead
    assert lead
    lead = replace(lead, images=(replace(lead.images[0], asset="lead", width=1800, height=1200),))
    document = replace(sink(), article=replace(sink().article, lead=lead), assets=(asset, *sink().assets))
    content, _ = exporter.render(document, "pdf", Options(standard="x"))
    with pypdfium2.PdfDocument(content) as file:
        (picture,) = file[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=8)
        left, _, right, top = picture.get_bounds()
    assert left == pytest.approx(-3 * POINT, abs=0.1)
    assert right == pytest.approx(213 * POINT, abs=0.1)
    assert top > 299.9 * POINT  # what is beyond the bleed is cut off


def test_a_profile_by_which_no_colour_can_be_converted_is_refused(tmp_path: Path) -> None:
    content = profile_named("").content
    tables = 128 + 4 + 12 * int.from_bytes(content[128:132], "big")
    (tmp_path / "press.icc").write_bytes(content[:tables] + bytes(len(content) - tables))
    with pytest.raises(exporter.UsageError, match=r"The profile .* is damaged: no colour"):
        profile_named(str(tmp_path / "press.icc"))


def test_an_article_without_a_date_is_of_1970_for_a_press() -> None:
    with pikepdf.open(io.BytesIO(exporter.render(undated(), "pdf", Options(standard="x"))[0])) as file:
        assert str(file.docinfo.CreationDate).startswith("D:19700101")


# ----------------------------------------------------------------------------------------------------------------- inks


def test_greys_are_printed_in_black_alone() -> None:
    profile = profile_named("")
    assert ink_of(0, 0, 0, profile) == (0, 0, 0, 1)
    assert ink_of(1, 1, 1, profile) == (0, 0, 0, 0)
    assert ink_of(0.36, 0.345, 0.33, profile)[:3] == (0, 0, 0)
    cyan, magenta, yellow, _ = ink_of(0.62, 0.16, 0.12, profile)
    assert magenta > 0.7
    assert yellow > 0.7
    assert cyan < 0.4


def test_photos_are_turned_into_inks_and_grey_ones_left(photo: Callable[..., bytes]) -> None:
    profile = profile_named("")
    inked = in_inks(photo(60, 40), profile)
    assert isinstance(inked, bytes)
    with Image.open(io.BytesIO(inked)) as turned:
        assert (turned.mode, turned.size) == ("CMYK", (60, 40))
    grey = io.BytesIO()
    Image.new("L", (4, 4)).save(grey, "PNG")
    assert in_inks(grey.getvalue(), profile) == grey.getvalue()


def test_drawings_are_turned_into_inks_without_loss() -> None:
    drawn = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    drawn.paste((200, 30, 30, 255), (10, 10, 20, 20))
    stream = io.BytesIO()
    drawn.save(stream, "PNG")
    inked = in_inks(stream.getvalue(), profile_named(""))
    assert isinstance(inked, Flat)
    assert (inked.width, inked.height, len(inked.pixels)) == (40, 30, 40 * 30 * 4)
    assert inked.pixels[:4] == bytes(4)  # what is clear is paper
    red = inked.pixels[(15 * 40 + 15) * 4 :][:4]
    assert red[1] > 200 > red[0]
    assert {inked.pixels[place : place + 4] for place in range(0, len(inked.pixels), 4)} == {bytes(4), red}


# ------------------------------------------------------------------------------------------------------------ wrong calls


@pytest.fixture
def screen_profile(tmp_path: Path) -> str:
    path = tmp_path / "screen.icc"
    path.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return str(path)


@pytest.mark.parametrize(
    ("standard", "content", "words"),
    [
        ("b", None, "no standard 'b'"),
        ("ua", b"", "of use to a press only"),
        ("x", b"no profile", "holds no ICC profile"),
        ("x", None, "cannot be read: No such file"),
    ],
)
def test_a_wrong_call_is_one_line(standard: str, content: bytes | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "press.icc"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        exporter.render(sink(), "pdf", Options(standard=standard, icc=str(path)))


def test_a_screen_s_profile_is_none_of_a_press(screen_profile: str) -> None:
    with pytest.raises(UsageError, match=r"is for RGB of the class mntr, not for a press"):
        exporter.render(sink(), "pdf", Options(standard="x", icc=screen_profile))


def test_a_press_of_one_s_own_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.icc"
    path.write_bytes(profile_named("").content)
    assert exporter.render(sink(), "pdf", Options(standard="x", icc=str(path)))[0] == rendered("x")
