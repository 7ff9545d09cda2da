"""Interviews in seven languages, and one with runs of many, in every theme: direction, joining, indents, folios, fonts."""

from __future__ import annotations

import ctypes
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from exporter import themes
from exporter.language import scripts_in
from exporter.model import Article, Document, Metadata, Paragraph, Text, Turn, codec
from exporter.model.walk import words_of
from exporter.notices import Notice
from exporter.writers import pdf
from exporter.writers.options import Options

DOCUMENTS = Path(__file__).parent.parent / "documents"
THEMES = themes.theme_names()
RIGHT_TO_LEFT = ("arabic", "hebrew")
LETTERS = re.compile(r"[\u0370-\u03ff\u0590-\u06ff\u1f00-\u1fff]")


GAP = 12
"""Points between what stands on one line and what stands beside it."""


@cache
def interview(name: str) -> Document:
    return codec.decode((DOCUMENTS / f"interview-{name}.json").read_bytes())


@cache
def printed(name: str, theme: str) -> tuple[bytes, tuple[Notice, ...]]:
    return pdf.render(interview(name), Options(theme=theme))


def words(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", text).replace("\u200d", "").replace("\u00ad", "").replace("-\r\n", "")
    return Counter(re.findall(r"[^\W_]+", plain))


def lines_of(content: bytes) -> list[list[tuple[float, float, str]]]:
    """Left, right and text of each line of each page, in points from the left edge, in the order of painting."""
    with pypdfium2.PdfDocument(content) as file:
        return [[*lines_on(page)] for page in file]


def lines_on(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, str]]:
    """A line is what is painted on one baseline without a gap, in however many runs."""
    lines: list[tuple[float, list[float]]] = []
    for run in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=8):
        baseline, (left, bottom, right, top) = run.get_matrix().f, run.get_bounds()
        for other, box in lines:
            if abs(other - baseline) < 1 and left < box[2] + GAP and right > box[0] - GAP:
                box[:] = min(left, box[0]), min(bottom, box[1]), max(right, box[2]), max(top, box[3])
                break
        else:
            lines.append((baseline, [left, bottom, right, top]))
    texts = page.get_textpage()
    yield from ((box[0], box[2], texts.get_text_bounded(*box)) for _, box in lines)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["arabic", "hebrew", "greek"])
def test_every_word_is_set_in_a_font_of_the_theme(name: str, theme: str) -> None:
    content, said = printed(name, theme)
    assert not [each for each in said if each.code in {"glyphs-missing", "renderer"}]
    with pypdfium2.PdfDocument(content) as file:
        found = words("\n".join(page.get_textpage().get_text_range() for page in file))
    wanted = words(" ".join(words_of(interview(name).article)))
    broken = sum((wanted - found).values())
    assert broken <= sum(wanted.values()) * 0.05  # words divided at the end of a line, or joined by a mark of length
    with pikepdf.open(io.BytesIO(content)) as file:
        fonts = {
            str(each.FontName) for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each
        }
    assert all(theme.capitalize() in font or "Exporter" in font for font in fonts)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["arabic", "hebrew", "greek", "japanese", "korean", "chinese"])
def test_the_pages_pass_for_screen_readers(name: str, theme: str) -> None:
    checker = pytest.importorskip("page", reason="PyPI page-validation is not installed")
    content, said = printed(name, theme)
    if any(each.code == "glyphs-missing" for each in said):
        pytest.skip("no Japanese font is installed")
    report = checker.validate_pdf_bytes(content, profile="ua1")
    assert [each.message for each in report.failures] == []


def begins_at(name: str, theme: str, block: object) -> float:
    """How far from the right edge of its page's column the block's first line begins, in points."""
    key = " ".join("".join(words_of(block)).split()[:3])  # type: ignore[arg-type]
    for page in lines_of(printed(name, theme)[0]):
        edge = sorted(right for left, right, text in page if len(text) > 40)[-2:]
        found = [edge[0] - right for _, right, text in page if key in text.lstrip()]
        if found:
            return found[0]
    raise AssertionError(key)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
def test_lines_begin_at_the_right_and_indents_stand_there(name: str, theme: str) -> None:
    first, second = (begins_at(name, theme, block) for block in interview(name).article.introduction)
    assert abs(first) < 3
    assert 5 < second < 30
    questions = [turn.question for turn in interview(name).article.body[1:] if isinstance(turn, Turn)]
    assert all(abs(begins_at(name, theme, question)) < 6 for question in questions)


@pytest.mark.parametrize("theme", THEMES)
def test_folios_are_in_the_language_s_digits(theme: str) -> None:
    with pypdfium2.PdfDocument(printed("arabic", theme)[0]) as file:
        second = file[1].get_textpage().get_text_range()
    assert "٢" in second
    with pypdfium2.PdfDocument(printed("hebrew", theme)[0]) as file:
        assert "2" in file[1].get_textpage().get_text_range()


@pytest.mark.parametrize("tag", ["as", "ccp", "dz", "mni", "mr", "my", "ne", "nqo", "ps", "sat", "uz-Arab"])
def test_a_language_with_digits_of_its_own_is_set(tag: str) -> None:
    """The CLDR knows of more digits than CSS has counter styles for: N'Ko's folios, say, are in Western ones."""
    words = "One night the bell rang and nobody was there. "
    article = Article(
        Metadata(tag, published="2025-05-20"), (Text("The bell"),), introduction=(Paragraph((Text(words),)),)
    )
    content, _ = pdf.render(Document(article), Options(theme="plain", draft=True))
    with pypdfium2.PdfDocument(content) as file:
        assert "nobody" in file[0].get_textpage().get_text_range()


def test_fonts_that_are_not_there_are_named_with_their_package() -> None:
    unset = [each for each in printed("japanese", "magazine")[1] if each.code == "glyphs-missing"]
    assert all("fonts-noto-cjk" in each.message for each in unset)
    assert unset or _has_japanese_fonts()


def test_a_machine_without_fonts_is_told_the_one_package(command: Callable[..., Any], tmp_path: Path) -> None:
    """A fresh container has none; the theme's fonts do for most languages."""
    bare = _without_fonts(tmp_path)
    words = "橋の音を聴く、コーヒーを「飲む」（三十年）。！？"
    article = Article(Metadata("ja"), (Text("橋"),), introduction=(Paragraph((Text(words),)),))
    talk = tmp_path / "talk.json"
    talk.write_bytes(codec.encode(Document(article)))
    ran = command("pdf", talk, "--draft", "--notices", FONTCONFIG_FILE=str(bare))
    assert b"install fonts-noto-cjk\n" in ran.stderr
    assert b"FontConfig" not in ran.stderr


def test_letters_of_no_font_are_not_set_one_upon_another(command: Callable[..., Any], tmp_path: Path) -> None:
    """Pango gives them no room where it measured a font first in words of a language that the font cannot write."""
    words = "橋の音を聴く、コーヒーを飲む"
    article = Article(Metadata("ja"), (Text(words),), introduction=(Paragraph((Text(words),)),))
    talk, made = tmp_path / "talk.json", tmp_path / "talk.pdf"
    talk.write_bytes(codec.encode(Document(article)))
    command("pdf", talk, "-o", made, "--draft", FONTCONFIG_FILE=str(_without_fonts(tmp_path)))
    with pypdfium2.PdfDocument(made) as file:
        drawn = [each.get_bounds() for each in file[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])]
    for left, bottom, right, top in drawn[:2]:  # headline and introduction
        assert right - left > len(words) / 2 * (top - bottom)


def _without_fonts(folder: Path) -> Path:
    """The settings of a machine without fonts."""
    place = folder / "fonts.conf"
    place.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>", "utf-8")
    return place


def _has_japanese_fonts() -> bool:
    with pypdfium2.PdfDocument(printed("japanese", "magazine")[0]) as file:
        return "Hani" in scripts_in(file[0].get_textpage().get_text_range())


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["arabic", "hebrew", "greek", "mixed"])
def test_no_line_runs_out_of_the_page(name: str, theme: str) -> None:
    content = printed(name, theme)[0]
    with pypdfium2.PdfDocument(content) as file:
        width = file[0].get_width()
    edge = 0.05 * width
    assert [
        text for page in lines_of(content) for left, right, text in page if left < edge or right > width - edge
    ] == []


@pytest.mark.parametrize(
    ("language", "folio"),
    [("ar", "١"), ("ar-EG", "١"), ("ar-MA", "1"), ("fa", "۱"), ("he", "1"), ("en-GB", "1"), ("az-Arab", "1")],
)
def test_folios_are_counted_as_the_region_counts(language: str, folio: str) -> None:
    title = (Text("·"),)
    article = Article(Metadata(language, "urn:x-test:folio"), title, introduction=(Paragraph((Text("–"),)),))
    content, _ = pdf.render(Document(article), Options(theme="plain"))
    with pypdfium2.PdfDocument(content) as file:
        assert f"{folio} / {folio}" in file[0].get_textpage().get_text_range()


def letters(name: str, theme: str) -> list[tuple[str, str, float, float]]:
    """Each character of the first page, the font it is set in, where it stands."""
    with pypdfium2.PdfDocument(printed(name, theme)[0]) as file:
        texts = file[0].get_textpage()
        return [_letter(texts, at) for at in range(texts.count_chars())]


def _letter(texts: pypdfium2.PdfTextPage, at: int) -> tuple[str, str, float, float]:
    x, y, flags, font = ctypes.c_double(), ctypes.c_double(), ctypes.c_int(), ctypes.create_string_buffer(128)
    raw.FPDFText_GetCharOrigin(texts, at, x, y)
    raw.FPDFText_GetFontInfo(texts, at, font, len(font), flags)
    return chr(raw.FPDFText_GetUnicode(texts, at)), font.value.decode().split("+")[-1], x.value, y.value


@pytest.mark.parametrize("theme", THEMES)
def test_a_run_of_another_language_is_set_as_that_language_is(theme: str) -> None:
    fonts = {font for letter, font, _, _ in letters("mixed", theme) if scripts_in(letter)}
    assert {"Exporter-Amiri", "Exporter-Frank-Ruhl"} <= fonts
    assert not {font for font in fonts if re.search("Oblique|Italic|Small-Caps", font)}
    assert any("Italic" in font for _, font, _, _ in letters("mixed", theme))  # as the page's own titles are


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("opens", "closes"), [("\u05e4\u05e2\u05dd", "!"), ("\u0645\u0631\u062a", "!")])
def test_a_run_from_the_right_keeps_its_marks_at_its_left_end(opens: str, closes: str, theme: str) -> None:
    found = letters("mixed", theme)
    first = next((x, y) for letter, _, x, y in found if letter == opens[0] and _follows(found, x, y, opens))
    marks = [x for letter, _, x, y in found if letter == closes and abs(y - first[1]) < 2]
    assert marks
    assert min(marks) < first[0]


def _follows(found: list[tuple[str, str, float, float]], x: float, y: float, word: str) -> bool:
    """Whether the letters of a word stand one left of the other from here on."""
    row = sorted((place, letter) for letter, _, place, line in found if abs(line - y) < 2 and place <= x + 0.01)
    return [letter for _, letter in row[-len(word) :]] == list(reversed(word))


def test_the_day_stands_with_its_month_behind_a_latin_name() -> None:
    """In words from the right, a figure behind a Latin name would be drawn on the name's far side."""
    metadata = Metadata("he", published="2025-06-02", publication="The Ledger")
    article = Article(metadata, (Text("גלויות"),), introduction=(Paragraph((Text("בשש בבוקר היא כבר בתחנה."),)),))
    content, _ = pdf.render(Document(article), Options())
    with pypdfium2.PdfDocument(content) as file:
        page = file[0].get_textpage()
        whole = page.get_text_range()
        day, name = (page.get_charbox(whole.rindex(words)) for words in ("2 ביוני", "Ledger"))
    assert day[2] < name[0]


CYRILLIC = {
    "bg": "Усамотеното пристанище продължава да посреща непознатите",
    "ru": "Достопримечательность среди железнодорожников",
    "uk": "Найнезвичайніша відповідальність доглядачки",
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", CYRILLIC)
def test_a_cyrillic_headline_is_measured_by_the_glyphs_that_are_set(language: str, theme: str) -> None:
    """Bulgarian has wider forms of its letters in the same fonts: measured by the others, its words would be broken."""
    headline = CYRILLIC[language]
    article = Article(Metadata(language=language), (Text(headline),), body=(Paragraph((Text("Море."),)),))
    content, _ = pdf.render(Document(article), Options(theme=theme, draft=True))
    with pypdfium2.PdfDocument(content) as file:
        shown = file[0].get_textpage().get_text_range().split()
    assert [word for word in headline.split() if word not in shown] == []


@pytest.mark.parametrize(("words", "language"), [("नमस्ते", "hi"), ("বিদায়", "bn"), ("ลาก่อน", "th")])
def test_scripts_without_italic_have_their_families_and_upright_questions(words: str, language: str) -> None:
    sheet = pdf.sheet_of(scripts_in(words), themes.load("book"))
    rules = [rule for rule in sheet.split("}") if f":lang({language})" in rule]
    assert any("--script-serif" in rule for rule in rules)
    assert any(".question" in rule and "font-style: normal" in rule for rule in rules)
