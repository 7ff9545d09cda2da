"""No word of the sample is lost on paper, none stands elsewhere than it is read, whatever the theme, the paper, the marks."""

from __future__ import annotations

import importlib.util
import sys
from itertools import count
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
from msgspec.structs import replace

import exporter
from exporter import Document, Options
from exporter.model import Article, Metadata, Note, Paragraph, Text, codec
from exporter.transforms import PRINTED, transformed

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "tests" / "documents"
SAMPLE = ROOT / "source" / "the-last-lampist"


@pytest.fixture(scope="module")
def standards() -> ModuleType:
    """The program of the same name, which prints this for many pages."""
    pytest.importorskip("page", reason="PyPI page-validation is not installed")
    spec = importlib.util.spec_from_file_location("standards", ROOT / "benchmarks" / "standards.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["standards"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sample() -> Document:
    return exporter.read(SAMPLE).document


@pytest.mark.parametrize(
    "options",
    [
        Options(links="none"),
        Options(links="none", theme="book", paper="6x9in"),
        Options(links="none", theme="plain", paper="letter"),
        Options(links="none", verbatim=True, draft=True),
    ],
    ids=["magazine", "book", "plain", "verbatim"],
)
def test_no_word_is_lost_or_moved(options: Options, sample: Document, standards: ModuleType) -> None:
    content, _ = exporter.render(sample, "pdf", options)
    printed = sample if options.verbatim else transformed(sample, PRINTED)[0]
    words = standards.words_of(printed, content)
    assert words.all > 2300
    assert (words.lost, words.moved) == (0, 0)


def noted() -> Document:
    """Long paragraphs with three notes each, which stand beside them or at the foot, in words that no other paragraph has."""
    numbers = count()

    def words(many: int) -> str:
        return " ".join(f"w{next(numbers) * 7919 % 99991}x" for _ in range(many)) + " "

    def note() -> Note:
        return Note((Paragraph((Text(words(8)),)),))

    body = tuple(
        Paragraph((Text(words(40)), note(), Text(words(60)), note(), Text(words(50)), note(), Text(words(40))))
        for _ in range(10)
    )
    return Document(Article(Metadata("en"), (Text("The kiln"),), body=body))


@pytest.mark.parametrize("theme", ["magazine", "book"])
def test_paragraphs_are_followed_past_notes_and_only_these(theme: str, standards: ModuleType) -> None:
    document = noted()
    content, _ = exporter.render(document, "pdf", Options(theme=theme, links="none", draft=True))
    words = standards.words_of(document, content)
    assert (words.all, words.lost, words.moved) == (1902, 0, 0)
    article = document.article
    less = replace(document, article=replace(article, body=article.body[:4] + article.body[5:]))
    without, _ = exporter.render(less, "pdf", Options(theme=theme, links="none", draft=True))
    assert standards.words_of(document, without).lost == 190


@pytest.mark.parametrize("theme", ["magazine", "book", "plain"])
@pytest.mark.parametrize("name", ["interview-arabic", "interview-hebrew", "interview-greek", "kitchen-sink"])
def test_no_word_is_lost_in_any_script(name: str, theme: str, standards: ModuleType) -> None:
    document = codec.decode((DOCUMENTS / f"{name}.json").read_bytes())
    content, _ = exporter.render(document, "pdf", Options(links="none", draft=True, theme=theme))
    words = standards.words_of(transformed(document, PRINTED)[0], content)
    assert words.all > 200
    assert (words.lost, words.moved) == (0, 0)


def test_a_letter_of_two_glyphs_is_found_as_one() -> None:
    """Lam before kaf is drawn as a stroke and a letter: who searches for a word finds it all the same."""
    document = codec.decode((DOCUMENTS / "interview-arabic.json").read_bytes())
    content, _ = exporter.render(document, "pdf", Options(draft=True))
    with pypdfium2.PdfDocument(content) as file:
        found = " ".join(page.get_textpage().get_text_range() for page in file)
    assert found.count("\u0627\u0644\u0643\u0631\u0633\u064a") == 2
    assert "\u200d" not in found


def test_a_loss_would_be_seen(sample: Document, standards: ModuleType) -> None:
    content, _ = exporter.render(sample, "pdf", Options(links="none", draft=True))
    more = Paragraph((Text("Four words never printed."),))
    first, *rest = sample.article.body
    longer = replace(sample, article=replace(sample.article, body=(*sample.article.body, more)))
    turned = replace(sample, article=replace(sample.article, body=(*rest, first)))
    assert standards.words_of(transformed(longer, PRINTED)[0], content).lost == 4
    assert standards.words_of(transformed(turned, PRINTED)[0], content).moved > 0
