"""Themes and papers: complete, legible, licensed, and told apart by names that are checked."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from exporter import Document, Options, read, themes, write
from exporter.check import check
from exporter.errors import ThemeError, UsageError
from exporter.model import Article, Metadata, Paragraph, Text
from exporter.pipeline import render
from exporter.themes.scaffold import begin


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    shutil.copytree(Path(str(themes.load("magazine").folder)), folder)
    return folder


def test_there_is_a_magazine() -> None:
    assert "magazine" in themes.theme_names()
    assert themes.load("magazine").manifest.title == "Magazine"


@pytest.mark.parametrize("name", ["nope", "", "base", "Magazine", "no/such/folder"])
def test_an_unknown_theme_is_a_mistake_of_the_call(name: str) -> None:
    with pytest.raises(UsageError):
        themes.load(name)


def test_a_folder_can_be_a_theme(copy: Path) -> None:
    theme = themes.load(str(copy))
    assert theme.name == "mine"
    assert theme.fonts() == themes.load("magazine").fonts()


Break = Callable[[Path], object]


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (lambda folder: (folder / "print.css").unlink(), "print.css"),
        (lambda folder: (folder / "ebook.css").unlink(), "ebook.css"),
        (lambda folder: (folder / "theme.toml").unlink(), "theme.toml"),
        (lambda folder: (folder / "theme.toml").write_text("title = 'T'\nsummary = 'S'\nparent = 'nobody'"), "nobody"),
        (lambda folder: (folder / "theme.toml").write_text("title = 'T'\nsummary = 'S'\nparent = '../x'"), "../x"),
        (lambda folder: (folder / "theme.toml").write_text("title = 'T'\nsummary = 'S'\nparent = 'mine'"), "parents"),
        (lambda folder: (folder / "theme.toml").write_text("title = "), "theme.toml"),
        (lambda folder: (folder / "theme.toml").write_text("title = 'T'\nsummary = 'S'\ncolour = 'red'"), "colour"),
    ],
)
def test_an_incomplete_theme_says_what_it_lacks(copy: Path, harm: Break, named: str) -> None:
    harm(copy)
    with pytest.raises(ThemeError, match=re.escape(named)):
        themes.load(str(copy))


def test_a_sheet_in_another_encoding_is_told(copy: Path) -> None:
    (copy / "print.css").write_bytes("/* caf\xe9 */".encode("latin-1"))
    with pytest.raises(ThemeError, match=r"print\.css"):
        themes.load(str(copy)).sheet("print")


@pytest.mark.parametrize("name", ["none.otf", "../theme.toml", "../../base/fonts/SourceSerif4-Regular.otf"])
def test_a_font_that_is_not_there_is_told(name: str) -> None:
    with pytest.raises(ThemeError, match=f"no font '{name}'"):
        themes.load("magazine").font(name)


FOLDERS = sorted(each for each in Path(str(themes.styles())).iterdir() if each.is_dir())


def test_a_font_that_was_changed_is_read_anew(copy: Path) -> None:
    theme, font = themes.load(str(copy)), copy / "fonts" / "Own.ttf"
    font.parent.mkdir(exist_ok=True)
    for content in (b"first", b"another"):
        font.write_bytes(content)
        assert theme.font("Own.ttf") == content


@pytest.mark.parametrize("folder", [each for each in FOLDERS if (each / "fonts").is_dir()], ids=lambda each: each.name)
def test_every_font_is_used_and_licensed(folder: Path) -> None:
    looks = "".join(each.read_text("utf-8") for kind in ("css", "toml") for each in folder.parent.rglob(f"*.{kind}"))
    licences = [each.name.removesuffix("-OFL.txt") for each in (folder / "fonts").glob("*-OFL.txt")]
    told = (folder / "fonts" / "README.md").read_text("utf-8")
    for font in sorted(each for each in (folder / "fonts").iterdir() if each.suffix in {".otf", ".ttf"}):
        assert font.name in looks
        assert any(font.name.startswith(licence) for licence in licences)
        assert font.stem.split("-")[0].removesuffix("Display") in told


def test_no_font_is_there_twice_and_all_are_light() -> None:
    fonts = [each for folder in FOLDERS for each in folder.glob("fonts/*.?tf")]
    assert len({each.name for each in fonts}) == len({each.read_bytes() for each in fonts}) == len(fonts)
    assert sum(each.stat().st_size for each in fonts) < 6_000_000


@pytest.mark.parametrize("name", themes.theme_names())
def test_colours_are_legible_on_paper(name: str) -> None:
    found = dict(re.findall(r"--(accent|quiet): (#[0-9a-f]{6})", themes.load(name).sheet("print")))
    assert set(found) == {"accent", "quiet"}
    assert all(1.05 / (_luminance(colour) + 0.05) >= 4.5 for colour in found.values())


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [("a4", 210, 297), ("A5", 148, 210), (" letter ", 215.9, 279.4), ("6x9in", 152.4, 228.6), ("200x260mm", 200, 260),
     ("17 × 24 cm", 170, 240)],
)  # fmt: skip
def test_papers_by_name_and_size(name: str, width: float, height: float) -> None:
    paper = themes.paper_named(name)
    assert (paper.width, paper.height) == pytest.approx((width, height))


@pytest.mark.parametrize(
    "name", ["a9", "", "10x10mm", "9000x9000mm", "210x297", "x", "1e3x200mm", "-5x200mm", "1200x80mm"]
)
def test_no_page_has_such_a_size(name: str) -> None:
    with pytest.raises(UsageError):
        themes.paper_named(name)


@pytest.mark.parametrize("parent", themes.theme_names())
def test_a_new_theme_works_at_once(tmp_path: Path, page: Path, parent: str) -> None:
    folder = tmp_path / "our-look"
    made = begin(folder, parent)
    theme = themes.load(str(folder))
    assert {each.name for each in made} == {"theme.toml", "print.css", "ebook.css"}
    assert (theme.manifest.title, theme.manifest.paper) == ("Our look", themes.load(parent).manifest.paper)
    assert theme.sheet("print").startswith(themes.load(parent).sheet("print"))
    document = read(page).document
    for suffix in ("pdf", "epub"):
        said = write(document, tmp_path / f"talk.{suffix}", theme=str(folder))
        assert not [each for each in said if each.code == "renderer"]


@pytest.mark.parametrize("name", ["our look!", "there", "a/../b c?"])
def test_a_new_theme_needs_a_new_plain_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError):
        begin(tmp_path / name)
    with pytest.raises(UsageError):
        begin(tmp_path / "fine", "no-such-parent")


def sheet(folder: Path, content: str) -> str:
    file = folder / "own.css"
    file.write_text(content, "utf-8")
    return str(file)


def test_a_sheet_of_one_s_own_follows_the_theme_s(tmp_path: Path, page: Path) -> None:
    shutil.copy(Path(str(themes.styles())) / "book" / "fonts" / "EBGaramond-Regular.ttf", tmp_path / "Face.ttf")
    face = "@font-face { font-family: Own; src: url('Face.ttf') }"
    style = sheet(tmp_path, f"{face} :root {{ --text-font: Own; --measure: 80mm }} p {{ font-family: Own }}")
    document = read(page).document
    pdf, said = render(document, "pdf", Options(style=style))
    assert not [each for each in said if each.severity == "warning"]
    with pikepdf.open(io.BytesIO(pdf)) as file:
        fonts = {
            str(each.FontName) for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each
        }
    assert any(font.endswith("Own") for font in fonts)
    assert "data:font/ttf;base64," in render(document, "html", Options(style=style))[0].decode()
    write(document, tmp_path / "talk.epub", options=Options(style=style))
    assert {each.severity for each in check(tmp_path / "talk.epub")} <= {"info"}


@pytest.mark.parametrize(
    "content",
    [
        "p { background: url(http://example.org/x.png) }",
        "p { background: URL('//example.org/x.png') }",
        "p { background: url(../outside.png) }",
        "p { background: url(/etc/hostname.png) }",
        "p { background: url(file:///etc/x.png) }",
        "p { background: url(%2e%2e/outside.png) }",
        "p { background: url(link.png) }",
        "p { background: url(own.css) }",
        "p { background: url(missing.png) }",
        "p { background: url(data:image/png;base64,AAAA) }",
        "p { background: url(unclosed.png",
        "@import 'other.css';",
        "p { background: u\\72l(x.png) }",
        "p { color: red } </style><script>",
    ],
)
def test_a_sheet_of_one_s_own_reaches_nothing_outside_its_folder(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (tmp_path / "outside.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    with pytest.raises(UsageError):
        themes.styled("magazine", sheet(folder, content))


def test_words_and_comments_of_a_sheet_are_no_addresses(tmp_path: Path) -> None:
    content = "/* url(http://example.org) @import */ p::before { content: '\\2014 url(x) </p>' }"
    assert themes.styled("plain", sheet(tmp_path, content)).style.with_contents() == content


def test_a_sheet_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "latin.css").write_bytes("/* caf\xe9 */".encode("latin-1"))
    for name in ("latin.css", "missing.css", "."):
        with pytest.raises(UsageError):
            themes.styled("magazine", str(tmp_path / name))


@pytest.mark.parametrize("paper", ["a4", "6x9in", "letter", "a5"])
@pytest.mark.parametrize("name", themes.theme_names())
def test_every_theme_sets_every_node_on_every_paper(kitchen_sink: Document, name: str, paper: str) -> None:
    content, said = render(kitchen_sink, "pdf", Options(theme=name, paper=paper))
    assert not [each.message for each in said if each.code in {"renderer", "glyphs-missing"}]
    checker = pytest.importorskip("page", reason="PyPI page-validation is not installed")
    assert [each.message for each in checker.validate_pdf_bytes(content, profile="ua1").failures] == []
    size = themes.paper_named(paper)
    with pikepdf.open(io.BytesIO(content)) as file:
        width, height = (float(side) / 72 * 25.4 for side in list(file.pages[0].mediabox)[2:])
        fonts = {
            str(each.FontName) for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each
        }
    assert all(name.capitalize() in font or "Exporter-" in font for font in fonts), fonts
    assert (width, height) == pytest.approx((size.width, size.height), abs=0.1)


def test_a_theme_is_begun_from_the_command_line(command: Callable[..., Any], page: Path, tmp_path: Path) -> None:
    done = command("themes", "--new", "ours", "--parent", "plain")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().split() == ["ours/theme.toml", "ours/print.css", "ours/ebook.css"]
    assert command("epub", page, "--theme", "./ours").returncode == 0
    assert command("themes", "--new", "ours").returncode == 2
    assert command("themes", "--parent", "plain").returncode == 2
    assert (tmp_path / "here" / "bells.epub").is_file()


def places(content: bytes) -> list[tuple[float, float, float, str]]:
    """Left, foot, right and text of each line of the first page, in millimetres."""
    with pypdfium2.PdfDocument(content) as file:
        text = file[0].get_textpage()
        boxes = [text.get_rect(number) for number in range(text.count_rects())]
        return [(*(side / 72 * 25.4 for side in box[:3]), text.get_text_bounded(*box)) for box in boxes]


PROSE = (
    "A lighthouse is a staircase with a responsibility at the top. The tower, the whitewash, the little red "
    "railing: people photograph those on their way home. But no sailor was ever saved by a tower, and none has yet "
    "written to thank the paint. He was saved by two tonnes of glass that somebody had dusted, in the dark, with a "
    "chamois leather and a good deal of swearing, on a Wednesday in November when everybody else had gone to a "
    "wedding. The glass remembers nothing of this, which is a mercy for the glass. The keeper remembers all of it, "
    "and charges nothing for the memory, although he has been asked. "
)


@pytest.fixture(scope="module")
def plain_talk() -> Document:
    article = Article(Metadata(language="en"), (Text("On lateness"),), introduction=(Paragraph((Text(PROSE),)),))
    return Document(article)


def column(document: Document, name: str, rules: str, folder: Path) -> list[tuple[float, float, float, str]]:
    """The lines of the introduction."""
    content, _ = render(document, "pdf", Options(theme=name, style=sheet(folder, f":root {{ {rules} }}")))
    return [each for each in places(content) if len(each[3]) > 30]


@pytest.mark.parametrize("name", themes.theme_names())
def test_each_property_changes_what_it_says(plain_talk: Document, name: str, tmp_path: Path) -> None:
    def lines(rules: str) -> list[tuple[float, float, float, str]]:
        return column(plain_talk, name, rules, tmp_path)

    narrow = lines("--measure: 80mm; --margin-start: 30mm")
    lefts, rights = [each[0] for each in narrow[3:]], [each[2] for each in narrow]
    assert min(lefts) == pytest.approx(30, abs=1)
    assert 100 < max(rights) <= 111
    wide = lines("--leading: 24pt")
    assert wide[3][1] - wide[4][1] == pytest.approx(24 / 72 * 25.4, abs=0.9)
    small, large = (len(lines(f"--size: {size}; --leading: 16pt")) for size in ("8pt", "13pt"))
    assert large > small * 1.3
    high, low = (max(each[1] for each in lines(f"--margin-head: {head}")) for head in ("15mm", "45mm"))
    assert high - low == pytest.approx(30, abs=1)


@pytest.mark.parametrize(("name", "accent"), [("magazine", "#006644"), ("book", "#006644")])
def test_the_accent_colours_the_initial_too(plain_talk: Document, name: str, accent: str, tmp_path: Path) -> None:
    content, _ = render(
        plain_talk, "pdf", Options(theme=name, style=sheet(tmp_path, f":root {{ --accent: {accent} }}"))
    )
    with pypdfium2.PdfDocument(content) as file:
        drawn = file[0].render(scale=1).to_pil().convert("RGB")
    assert (0, 0x66, 0x44) in {colour for _, colour in drawn.getcolors(1 << 20)}


@pytest.mark.parametrize("paper", ["b5", "a5", "letter", "148x210mm"])
@pytest.mark.parametrize("name", themes.theme_names())
def test_lines_have_a_readable_length_and_margins_on_every_paper(plain_talk: Document, name: str, paper: str) -> None:
    content, _ = render(plain_talk, "pdf", Options(theme=name, paper=paper))
    width = themes.paper_named(paper).width
    lines = [each for each in places(content) if len(each[3]) > 30]
    letters = [len(each[3].strip()) for each in lines[1:-1]]  # of which two stand beside an initial, below the lead-in
    assert 56 <= sum(letters) / len(letters) <= 70
    assert min(each[0] for each in lines) > 10
    assert max(each[2] for each in lines) < width - 9


# --------------------------------------------------------------------------------------- a folder reaches nothing outside


@pytest.mark.parametrize(
    "content",
    [
        '@import "other.css";',
        "@import url(https://example.org/a.css);",
        "@IMPORT 'file:///etc/hostname';",
        "p { background: url(https://example.org/a.png) }",
        "p { background: url(picture.png) }",
        'p { background: url("../outside.png") }',
        "@font-face { font-family: x; src: url(asset:/fonts/../theme.toml) }",
        "@font-face { font-family: x; src: url(asset:/style/1.otf) }",
        'p { background: image-set("a.png" 1x) }',
        "p { background: ur\\6c (a.png) }",
    ],
)
@pytest.mark.parametrize("sheet", ["print.css", "ebook.css", "scripts/Latn.css"])
def test_a_theme_of_one_s_own_names_fonts_of_themes_only(copy: Path, sheet: str, content: str) -> None:
    (copy / "scripts").mkdir(exist_ok=True)
    (copy / sheet).write_text(content, "utf-8")
    theme = themes.load(str(copy))
    with pytest.raises(ThemeError):
        theme.script_sheet("Latn") if "/" in sheet else theme.sheet("print" if sheet == "print.css" else "ebook")


@pytest.mark.parametrize("name", ["theme.toml", "print.css", "ebook.css", "cover.toml", "fonts/Ours.otf"])
def test_a_theme_of_one_s_own_follows_no_link_out_of_its_folder(
    copy: Path, name: str, page: Path, command: Callable[..., Any]
) -> None:
    (copy / "fonts").mkdir(exist_ok=True)
    outside = copy.parent / "outside"
    (copy / name).rename(outside) if (copy / name).exists() else outside.write_bytes(b"outside")
    (copy / name).symlink_to(outside)
    for format_name in ("pdf",) if name == "print.css" else ("epub",):
        done = command(format_name, page, "--theme", copy, "-o", f"x.{format_name}")
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (40, b"", 1)
        assert b"leads out of the theme's folder" in done.stderr
    (copy / name).unlink()
    inside = copy / "inside"
    outside.rename(inside)
    (copy / name).symlink_to(inside)
    assert themes.load(str(copy)).name == "mine"


def test_the_e_book_s_sheet_has_the_fonts_that_it_names_inside(copy: Path, page: Path, tmp_path: Path) -> None:
    (copy / "fonts").mkdir(exist_ok=True)
    font = themes.load("magazine").font("SourceSans3-It.otf")
    (copy / "fonts" / "Ours.otf").write_bytes(font)
    (copy / "ebook.css").write_text("@font-face { font-family: Ours; src: url(asset:/fonts/Ours.otf) }", "utf-8")
    sheet = themes.load(str(copy)).sheet("ebook")
    assert "asset:" not in sheet
    assert 'url("data:font/otf;base64,' in sheet
    write(read(page).document, tmp_path / "talk.epub", theme=str(copy))
    assert not [each for each in check(tmp_path / "talk.epub") if each.severity == "error"]


def test_a_theme_that_is_changed_meanwhile_is_read_anew(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    begin(folder, "plain")
    first = themes.load(str(folder))
    assert themes.load(str(folder)) is first, "kept, so that many pages share it"
    (folder / "print.css").write_text(":root { --accent: #123456 }", "utf-8")
    assert "#123456" in themes.load(str(folder)).sheet("print")
