"""What the PDFs of many pages keep of their standards, and of their words.

For each page: PDF/UA-1, PDF/A-2u and PDF/X-4 are made and looked at by page-validation, by qpdf (through pikepdf), and by
outloud and pdfua where those are on the path; boxes and output intent of the PDF/X are read back; the words of the PDF are
taken out in the order in which they are painted, without its running heads, and compared with the document's.

``python benchmarks/standards.py [--theme NAME] [--paper SIZE] [--verbatim] PAGE…``; without a page, the sample.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

import page
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

import exporter
from exporter import Document, Options
from exporter.language import direction_of
from exporter.model import Figure, Formula, PullQuote
from exporter.model.walk import walk
from exporter.transforms import PRINTED, transformed
from exporter.writers.pdf.display.formulas import drawn
from exporter.writers.xhtml import blocks as markup
from exporter.writers.xhtml.context import FormulaDrawing

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "source" / "the-last-lampist"
HEADS = (
    "page",
    "pages",
    "ua1",
    "a: ua1",
    "a: 2u",
    "qpdf",
    "boxes",
    "intent",
    "outloud",
    "pdfua",
    "words",
    "lost",
    "moved",
)
BLOCKS = re.compile(r"</(?:p|h\d|li|dt|dd|pre|th|td|caption|figcaption|span class=.line.)>|<br/>")
LEFTWARD = re.compile(r"[\u0590-\u08ff]")
"""Letters that run from the right: they are painted as a bidi engine places them."""
POINT = 72 / 25.4
SURE = 12
"""So many letters are no coincidence."""
MARK = 3
"""Figures that the mark of a note has at most."""


class Words(NamedTuple):
    """How many words the document has, how many the PDF lacks, how many blocks stand elsewhere than they should."""

    all: int
    lost: int
    moved: int


def main() -> None:
    """Prints a line a page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", nargs="*", default=[str(SAMPLE)], metavar="PAGE")
    parser.add_argument("--theme", default="magazine")
    parser.add_argument("--paper", default="")
    parser.add_argument("--verbatim", action="store_true")
    chosen = parser.parse_args()
    options = Options(theme=chosen.theme, paper=chosen.paper, verbatim=chosen.verbatim)
    row = partial(print, sep="\t", flush=True)
    row(*HEADS)
    for source in chosen.pages:
        document = exporter.read(source).document
        row(Path(source).stem[:24], *figures_of(document, options))


def figures_of(document: Document, options: Options) -> tuple[Any, ...]:
    """One line of the table, after the page's name."""

    def rendered(**choices: Any) -> bytes:
        known = {name: getattr(options, name) for name in ("theme", "paper", "verbatim")}
        return exporter.render(document, "pdf", Options(**known, **choices))[0]

    screen, archive, press = rendered(), rendered(standard="a", draft=True), rendered(standard="x", draft=True)
    words = words_of(
        document if options.verbatim else transformed(document, PRINTED)[0], rendered(links="none", draft=True)
    )
    with pikepdf.open(io.BytesIO(press)) as file:
        boxes, intent = boxes_of(file), str(file.Root.OutputIntents[0].OutputConditionIdentifier)
        pages = len(file.pages)
    return (
        pages,
        failures(screen, "ua1"),
        failures(archive, "ua1"),
        failures(archive, "2u"),
        sum(map(syntax_errors, (screen, archive, press))),
        boxes,
        intent,
        asked("outloud", screen),
        asked("pdfua", screen),
        *words,
    )


def failures(content: bytes, profile: str) -> int:
    """What page-validation finds."""
    return len(page.validate_pdf_bytes(content, profile=profile).failures)


def syntax_errors(content: bytes) -> int:
    """What qpdf finds."""
    with pikepdf.open(io.BytesIO(content)) as file:
        return len(file.check_pdf_syntax()) + len(file.get_warnings())


def boxes_of(file: Any) -> str:
    """``ok`` when every page has a bleed of 3 mm around its trim and a slug of 7 around that."""
    for each in file.pages:
        trim, bleed, media = ([float(edge) for edge in each[name]] for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
        for box, margin in ((bleed, 3), (media, 10)):
            grown = [
                trim[0] - margin * POINT,
                trim[1] - margin * POINT,
                trim[2] + margin * POINT,
                trim[3] + margin * POINT,
            ]
            if max(abs(a - b) for a, b in zip(box, grown, strict=True)) > 0.01:
                return "wrong"
    return "ok"


def asked(checker: str, content: bytes) -> str:
    """What a checker on the path says of the file, in a word; a dash where it is not there."""
    program = shutil.which(checker)
    if program is None:
        return "-"
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        words = [program, *(["check"] if checker == "pdfua" else []), file.name]
        said = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    counts = re.search(r"errors=(\d+) warnings=(\d+)|(\d+) error\(s\), (\d+) warning", said)
    return "+".join(each for each in counts.groups() if each) if counts else "?"


# -------------------------------------------------------------------------------------------------------------------- words


def words_of(document: Document, content: bytes) -> Words:
    """The document's words looked for in the PDF: running text one block after the other, then the others in what is left.

    A formula is a picture there; its words are those of its tag (ISO 14289-1, 7.7).
    """
    said = formulas_of(document)
    missing = Counter(said) - Counter(formulas_in(content))
    words = _running_words_of(document, content)
    count, lost = (sum(len(each.split()) for each in formulas) for formulas in (said, missing.elements()))
    return Words(words.all + count, words.lost + lost, words.moved)


def _running_words_of(document: Document, content: bytes) -> Words:
    floating, running = parts_of(document)
    if direction_of(document.article.metadata.language) == "rtl":
        return counted((*floating, *running), content)
    mixed = [words for words in (*floating, *running) if LEFTWARD.search(words)]
    floating, running = ([words for words in part if words not in mixed] for part in (floating, running))
    found = "".join(map(letters, painted(content)))
    lost = moved = place = 0
    # Pull quotes may have changed places: the longest first, so that none is found inside another.
    for words in (*running, *sorted(floating, key=len, reverse=True)):
        slices = where(letters(words), found, 0 if words in floating else place)
        elsewhere = [] if slices else where(letters(words), found, 0)
        moved += bool(elsewhere)
        lost += 0 if slices or elsewhere else len(words.split())
        for begin, end in slices or elsewhere:
            found = found[:begin] + "\0" * (end - begin) + found[end:]
        place = slices[-1][1] if slices and words not in floating else place
    others = counted(tuple(mixed), content)
    return Words(others.all + sum(len(words.split()) for words in (*floating, *running)), lost + others.lost, moved)


def counted(blocks: tuple[str, ...], content: bytes) -> Words:
    """The words alone, not their order: what runs from the right is painted as a bidi engine places it, run by run.

    Two words at the ends of two lines may come out as one.
    """
    with pypdfium2.PdfDocument(content) as file:
        have = counts(" ".join(each.get_textpage().get_text_range() for each in file))
    need = counts(" ".join(blocks))
    missing = list((need - have).elements())
    for one, other in permutations(missing, 2):
        if have[one + other] > need[one + other] and one in missing and other in missing:
            missing.remove(one)
            missing.remove(other)
    return Words(need.total(), len(missing), 0)


def counts(words: str) -> Counter[str]:
    """How often each word is there. The tatweel is a stroke between letters, no letter."""
    return Counter(re.findall(r"\w+", words.replace("\u0640", "")))


def where(words: str, found: str, place: int, *, goes_on: bool = False) -> list[tuple[int, int]]:
    """Where the letters stand after ``place``: in one piece, or in several between which others are painted; else nowhere.

    These are a picture between two pages, the mark of a note, the note that stands beside it. One that ``goes_on``
    behind others may be short, right behind a mark very short.
    """
    at = found.find(words, place)
    if at >= 0:
        return [(at, at + len(words))]
    least, most = 0, len(words)
    while least < most:  # how many of the first letters stand together
        middle = (least + most + 1) // 2
        least, most = (middle, most) if words[:middle] in found[place:] else (least, middle - 1)
    at = found.find(words[:least], place)
    enough = (1 if at - place <= MARK else SURE // 2) if goes_on else SURE
    if least < enough:
        return []
    rest = where(words[least:], found, at + least, goes_on=True)
    return [(at, at + least), *rest] if rest else []


def painted(content: bytes) -> Iterator[str]:
    """The text of each page in the order in which it is painted, without running heads and folios."""
    with pypdfium2.PdfDocument(content) as file:
        for each in file:
            text = each.get_textpage()
            shown = (found for found in each.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], 8) if not is_artifact(found))
            yield "".join(text_of(found, text) for found in shown)


def is_artifact(found: Any) -> bool:
    """Whether what is painted is marked as no content."""
    size = pdfium.c_ulong()
    buffer = pdfium.ctypes.create_string_buffer(64)
    for number in range(pdfium.FPDFPageObj_CountMarks(found)):
        mark = pdfium.FPDFPageObj_GetMark(found, number)
        pdfium.FPDFPageObjMark_GetName(
            mark, pdfium.ctypes.cast(buffer, pdfium.ctypes.POINTER(pdfium.FPDF_WCHAR)), 64, size
        )
        if buffer.raw[: size.value].decode("utf-16-le").strip("\0") == "Artifact":
            return True
    return False


def text_of(found: Any, text: Any) -> str:
    """The letters of one painted run."""
    length = pdfium.FPDFTextObj_GetText(found, text, None, 0)
    buffer = pdfium.ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(
        found, text, pdfium.ctypes.cast(buffer, pdfium.ctypes.POINTER(pdfium.FPDF_WCHAR)), length
    )
    return str(buffer.raw.decode("utf-16-le")).strip("\0")


def parts_of(document: Document) -> tuple[list[str], list[str]]:
    """The document's blocks as text: those that may stand elsewhere on paper (pictures', pull quotes'), and the others."""
    article = document.article
    context = markup.context_of(article, lambda image: image.asset, formula_source=picture_of)
    floats = [node for node in walk(article) if isinstance(node, Figure | PullQuote) and node is not article.lead]
    floating = [words for node in floats for words in texts(markup.blocks([node], context))]
    lead = texts(markup.blocks([article.lead], context)) if article.lead else []
    head = texts(markup.opening(article, context))
    rest = [*head, *texts(markup.introduction(article, context)), *texts(markup.blocks(article.body, context))]
    for words in (*floating, *lead):
        rest.remove(words)
    return [*lead, *floating], rest


def formulas_of(document: Document) -> list[str]:
    """What is said for each formula that is drawn."""
    formulas = (node for node in walk(document.article) if isinstance(node, Formula))
    return [formula.alt or formula.tex for formula in formulas if drawn(formula)]


def formulas_in(content: bytes) -> list[str]:
    """What the tags of formulas say."""
    with pikepdf.open(io.BytesIO(content)) as file:
        tags = (each for each in file.objects if isinstance(each, pikepdf.Dictionary))
        return [str(each.Alt) for each in tags if each.get("/S") == "/Formula" and "/Alt" in each]


def picture_of(formula: Formula) -> FormulaDrawing | None:
    """A stand-in for the drawing of a formula that has one."""
    return FormulaDrawing("", "") if drawn(formula) else None


def texts(content: str) -> list[str]:
    """The text of each block of markup that has letters. Marks of notes are none."""
    bare = re.sub(r'<a href="#n-.*?</a>', "", content)
    blocks = (html.unescape(re.sub(r"<[^>]+>", "", part)) for part in BLOCKS.split(bare))
    return [words.strip() for words in blocks if letters(words)]


def letters(words: str) -> str:
    """Letters and figures only: hyphens at line ends, spaces and drawn marks do not count."""
    return re.sub(r"[\W_]+", "", words)


if __name__ == "__main__":
    main()
