"""What docs/themes.md says a style sheet can change and can ask for: read back from the pages, in every theme."""

from __future__ import annotations

import ctypes
import io
import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from statistics import mode
from typing import NamedTuple

import PIL.Image
import pypdfium2
import pytest
from pypdfium2 import raw

from exporter import themes
from exporter.model import (
    Answer,
    Article,
    Asset,
    Crosshead,
    Document,
    Figure,
    Image,
    Metadata,
    Paragraph,
    PullQuote,
    Question,
    Text,
    Turn,
)
from exporter.writers import pdf
from exporter.writers.options import Options

ROOT = Path(__file__).resolve().parents[2]
THEMES = themes.theme_names()
MM = 72 / 25.4
"""Points of a millimetre."""

SENTENCES = (
    "A weir is a sentence that the river says all day, and the keeper's work is to know when the stress has moved.",
    "In spring I listen from the bed, because the cold house carries the note better than the meadow does.",
    "People bring me their clocks and their marriages, as if whoever minds water had to understand time.",
    "My grandmother kept the book of levels in pencil, since ink would have been a promise nobody could keep.",
    "There were nine gates then, and each had the name of a daughter who left before the mill was sold.",
)


class Glyph(NamedTuple):
    """One character on paper: where its origin is, in points from the foot of the page, and how it is set.

    ``size`` is in points; ``colour`` is empty where the character is there for what reads aloud, and drawn as a picture.
    """

    page: int
    character: str
    x: float
    y: float
    size: float
    colour: str
    font: str


def talk() -> Document:
    """An interview of some pages, of words that need nothing but a theme's text fonts."""
    answers = [Paragraph((Text(" ".join(SENTENCES[turn % 5 :] + SENTENCES[: turn % 5])),)) for turn in range(24)]
    turns = tuple(Turn(asked(at), (Answer(tuple(answers[at : at + 3])),)) for at in range(0, 24, 3))
    quote = PullQuote((Text("Ink would have been a promise nobody could keep."),), (Text("Runa Sandholm"),))
    stream = io.BytesIO()
    PIL.Image.linear_gradient("L").resize((400, 200)).save(stream, "PNG")
    lead = Figure((Image("photo", "A weir", 400, 200),), (Text("The lower gate."),), (Text("Photograph: Ole Brand"),))
    return Document(
        Article(
            Metadata("en", "urn:x-test:weir", dateline="Nether Holm", publication="The Fen Review"),
            (Text("Nine gates for nine daughters"),),
            kicker=(Text("Water"),),
            deck=(Text("She has kept the weir at Nether Holm for thirty years and has yet to be thanked by a fish."),),
            lead=lead,
            introduction=(answers[0],),
            body=(turns[0], Crosshead((Text("The lower gate"),)), *turns[1:4], quote, *turns[4:]),
        ),
        (Asset("photo", "image/png", stream.getvalue(), width=400, height=200),),
    )


def glyphs_of(content: bytes) -> Iterator[Glyph]:
    with pypdfium2.PdfDocument(content) as file:
        for number, page in enumerate(file):
            texts = page.get_textpage()
            for at in range(raw.FPDFText_CountChars(texts)):
                if chr(raw.FPDFText_GetUnicode(texts, at)).strip():
                    yield _glyph(texts, number, at)


def _glyph(texts: pypdfium2.PdfTextPage, page: int, at: int) -> Glyph:
    x, y, flags, matrix = ctypes.c_double(), ctypes.c_double(), ctypes.c_int(), raw.FS_MATRIX()
    parts, name = [ctypes.c_uint() for _ in range(4)], ctypes.create_string_buffer(128)
    raw.FPDFText_GetCharOrigin(texts, at, x, y)
    raw.FPDFText_GetMatrix(texts, at, matrix)
    raw.FPDFText_GetFillColor(texts, at, *parts)
    raw.FPDFText_GetFontInfo(texts, at, name, len(name), flags)
    size = raw.FPDFText_GetFontSize(texts, at) * abs(matrix.d)
    colour = "#" + "".join(f"{part.value:02x}" for part in parts[:3]) if parts[3].value else ""
    character = chr(raw.FPDFText_GetUnicode(texts, at))
    return Glyph(page, character, x.value, y.value, size, colour, name.value.decode().split("+")[-1])


def asked(number: int) -> Question:
    return Question((Paragraph((Text(f"What does the water say to a stranger at gate {number}?"),)),))


class Pages:
    """What the probes ask of a PDF on A4. The text is what is set in the commonest size."""

    height = 297.0

    def __init__(self, content: bytes, inner: int = 2) -> None:
        self.glyphs = list(glyphs_of(content))
        self.size = mode(round(each.size, 2) for each in self.glyphs)
        self.text = [each for each in self.glyphs if abs(each.size - self.size) < 0.01]
        self.inner = [each for each in self.text if each.page == inner]  # one with neither opening nor end
        self.baselines = sorted({round(each.y, 1) for each in self.inner}, reverse=True)
        self.colours = Counter(each.colour for each in self.glyphs if each.colour)
        self.paper = paper_of(content)

    @property
    def leading(self) -> float:
        """Points from baseline to baseline."""
        return mode(round(above - below, 1) for above, below in zip(self.baselines, self.baselines[1:], strict=False))

    @property
    def start(self) -> float:
        """Millimetres from the edge of the paper to the column."""
        return min(each.x for each in self.inner) / MM

    @property
    def measure(self) -> float:
        """Millimetres from where lines start to where the last letter of the longest begins."""
        return max(each.x for each in self.inner) / MM - self.start

    @property
    def head(self) -> float:
        """Millimetres from the edge of the paper to the top of the column: half a leading is round a line's middle."""
        first = max(each.y for each in self.text if each.page > 0)  # of all pages: one may begin with a pull quote
        return self.height - (first + self.leading / 2 + self.size * 0.25) / MM

    @property
    def foot(self) -> float:
        """Millimetres below the last baseline of the fullest page, of which the descent and the breaks take a part."""
        rows = Counter((each.page, round(each.y, 1)) for each in self.text if 0 < each.page < 4)
        return min(y for (_, y), letters in rows.items() if letters > 20) / MM  # a folio is no line

    @property
    def fonts(self) -> Counter[str]:
        return Counter(each.font for each in self.glyphs)


@cache
def printed(theme: str, style: str = "") -> Pages:
    content = pdf.render(talk(), Options(theme=theme, paper="a4", style=style))[0]
    return Pages(content, 1 if theme == "magazine" else 2)  # whose right pages mirror its left ones; else a right page


OURS = """
@font-face { font-family: "Own Text"; src: url(fonts/text.otf) }
@font-face { font-family: "Own Display"; src: url(fonts/display.otf) }
@font-face { font-family: "Own Sans"; src: url(fonts/sans.otf) }
:root {
  --measure: 97mm; --size: 11.5pt; --leading: 17.3pt; --accent: #006b6b; --quiet: #6b3f00; --ink: #101030; --paper: #fbf7ee;
  --text-font: "Own Text"; --display-font: "Own Display"; --sans-font: "Own Sans";
  --margin-start: 31mm; --margin-head: 41mm; --margin-foot: 47mm;
}
"""

PROBES: dict[str, Callable[[Pages], bool]] = {
    "--measure": lambda pages: 90 < pages.measure < 97,
    "--size": lambda pages: pages.size == pytest.approx(11.5, abs=0.01),
    "--leading": lambda pages: pages.leading == pytest.approx(17.3, abs=0.11),
    "--accent": lambda pages: "#006b6b" in pages.colours,
    "--quiet": lambda pages: "#6b3f00" in pages.colours,
    "--ink": lambda pages: pages.colours.most_common(1)[0][0] == "#101030" and "#000000" not in pages.colours,
    "--paper": lambda pages: pages.paper == "#fbf7ee",
    "--text-font": lambda pages: pages.fonts.most_common(1)[0][0] == "Own-Text",
    "--display-font": lambda pages: max(pages.glyphs, key=lambda each: each.size).font.startswith("Own-Display"),
    "--sans-font": lambda pages: "Own-Sans" in pages.fonts,
    "--margin-start": lambda pages: pages.start == pytest.approx(31, abs=1),
    "--margin-head": lambda pages: pages.head == pytest.approx(41, abs=2),
    "--margin-foot": lambda pages: 47 < pages.foot < 47 + 3 * 17.3 / MM,
}

UNUSED = {("book", "--sans-font")}
"""Both voices of the book have one face."""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A sheet that changes every property, with three fonts of its own."""
    folder = tmp_path_factory.mktemp("ours")
    (folder / "fonts").mkdir()
    theirs = Path(str(themes.styles())) / "base" / "fonts"
    for name, face in (("text", "Serif4-Regular"), ("display", "Serif4Display-Semibold"), ("sans", "Sans3-Regular")):
        shutil.copy(theirs / f"Source{face}.otf", folder / "fonts" / f"{name}.otf")
    (folder / "ours.css").write_text(OURS, "utf-8")
    return str(folder / "ours.css")


def table(heading: str) -> dict[str, str]:
    """The properties that stand first in the rows of a table of docs/themes.md, with the last of each row."""
    text = (ROOT / "docs" / "themes.md").read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `--")]
    return {name: row[-1] for row in rows for name in re.findall(r"--[a-z-]+", row[0])}


def test_every_property_of_the_page_on_themes_is_read_back_here() -> None:
    assert set(table("Change a few things: `--style`")) == set(PROBES)


@pytest.mark.parametrize("theme", THEMES)
def test_each_property_changes_the_pages(theme: str, ours: str) -> None:
    before, after = printed(theme), printed(theme, ours)
    expected = {name for name in PROBES if (theme, name) not in UNUSED}
    assert {name for name, probe in PROBES.items() if probe(before)} == set()
    assert {name for name, probe in PROBES.items() if probe(after)} == expected


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_of_the_theme_s_own_fonts_and_colours_is_left(theme: str, ours: str) -> None:
    pages = printed(theme, ours)
    strangers = {each.font for each in pages.glyphs if not each.font.startswith("Own-") and each.character != "❦"}
    assert strangers == set()
    assert set(pages.colours) <= {"#101030", "#006b6b", "#6b3f00"}


def test_the_page_on_themes_says_what_the_magazine_has() -> None:
    pages, said = printed("magazine"), table("Change a few things: `--style`")
    numbers = {name: [float(each) for each in re.findall(r"[\d.]+", text)] for name, text in said.items()}
    assert pages.size == pytest.approx(numbers["--size"][0], abs=0.1)
    assert pages.leading / pages.size == pytest.approx(numbers["--leading"][0] / 100, abs=0.01)
    assert numbers["--measure"][0] - 8 < pages.measure < numbers["--measure"][0]
    assert pages.start == pytest.approx(numbers["--margin-start"][0], abs=1)
    assert pages.head == pytest.approx(numbers["--margin-head"][1] * pages.leading / MM, abs=2)
    assert numbers["--margin-foot"][2] * pages.leading / MM < pages.foot
    assert {said["--accent"].strip("`"), said["--quiet"].strip("`")} < set(pages.colours)


ASKS = """
:root {
  --measure: calc(var(--page-width) * .4); --margin-start: calc(1mm * var(--headline-measure));
  --margin-head: calc(var(--page-height) * .1); --margin-foot: calc(20mm * var(--lead-aspect));
}
.kicker { padding-inline-start: calc(var(--headline-width) * .5) }
"""


def test_what_the_program_tells_the_sheets_can_be_reckoned_with(tmp_path: Path) -> None:
    (tmp_path / "asks.css").write_text(ASKS, "utf-8")
    pages = printed("plain", str(tmp_path / "asks.css"))
    large = max(each.size for each in pages.glyphs)
    headline = [each for each in pages.glyphs if each.size == large]
    kicker = next(each for each in pages.glyphs if each.page == 0 and each.character == "W")
    assert 0.4 * 210 - 8 < pages.measure < 0.4 * 210
    assert pages.head == pytest.approx(29.7, abs=2)
    assert 2 * 20 < pages.foot < 2 * 20 + 3 * pages.leading / MM
    assert pages.start * large == pytest.approx(0.4 * 210 * MM, abs=large)
    longest = max(each.x for each in headline) / MM - pages.start
    width = 2 * (kicker.x / MM - pages.start) / kicker.size * large
    assert longest < width < 0.4 * 210 + 0.1


def contrast(ink: str, paper: str) -> float:
    """WCAG 2."""
    dark, light = sorted((_luminance(ink), _luminance(paper)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def paper_of(content: bytes) -> str:
    """The colour of the paper's corner on the second page."""
    with pypdfium2.PdfDocument(content) as file:
        image = file[1].render(scale=0.2).to_pil().convert("RGB")
    return "#" + "".join(f"{part:02x}" for part in image.getpixel((2, 2)))


@pytest.mark.parametrize("theme", THEMES)
def test_all_words_are_legible_on_their_paper(kitchen_sink: Document, theme: str) -> None:
    content = pdf.render(kitchen_sink, Options(theme=theme))[0]
    paper = paper_of(content)
    found = {each.colour: contrast(each.colour, paper) for each in glyphs_of(content) if each.colour}
    accent = re.findall(r"--accent: (#[0-9a-f]{6})", themes.load(theme).sheet("print"))[-1]
    assert accent in found
    assert not {colour: ratio for colour, ratio in found.items() if ratio < 4.5}


@pytest.mark.parametrize("theme", THEMES)
def test_covers_are_legible(theme: str) -> None:
    cover = tomllib.loads((Path(str(themes.styles())) / theme / "cover.toml").read_text("utf-8"))
    designs = [each for each in cover.values() if isinstance(each, dict) and "lines" in each]
    assert designs
    lines = [line | {"paper": paper} for design in designs for line in design["lines"] for paper in design["papers"]]
    faint = [line for line in lines if line["field"] != "mark" and contrast(_over(**line), line["paper"]) < 4.5]
    assert faint == []  # the mark is no word


def _over(ink: str, paper: str, **_: object) -> str:
    """The colour of an ink that may let the paper through."""
    share = int(ink[7:] or "ff", 16) / 255
    parts = ((int(ink[place : place + 2], 16), int(paper[place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{round(over * share + under * (1 - share)):02x}" for over, under in parts)
