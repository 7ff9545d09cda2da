"""Typography by language, case by case in fixtures/typography.md, and what holds for every text whatever it is."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import exporter
from exporter import Document, Options
from exporter.language import locale_tags
from exporter.model import (
    Article,
    Code,
    Emphasis,
    Image,
    Link,
    Metadata,
    Note,
    Paragraph,
    Preformatted,
    Span,
    Text,
)
from exporter.model.walk import plain, walk
from exporter.transforms.typography import with_typography
from exporter.typography import Run, typeset, typeset_runs

FIXTURE = Path(__file__).resolve().parent / "fixtures" / "typography.md"
CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\n```\n(?P<given>.*?)\n```\n\n```\n(?P<expected>.*?)\n```$", re.MULTILINE | re.DOTALL
)
CASES = [(case["title"], case["given"], case["expected"]) for case in CASE.finditer(FIXTURE.read_text("utf-8"))]

LANGUAGES = st.sampled_from([*locale_tags(), "fo", "und", "en-GB", "pt-BR"])
MARKS = "\"\"\"'''  --..«»“”‘’…– \u00a0\u202f:;!?()0129abIsSwмיא"
TEXTS = st.one_of(
    st.text(st.sampled_from(MARKS), max_size=14),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40),
)
ENDINGS = st.sampled_from(["", "paragraph", "display"])
RUNS = st.lists(st.builds(Run, TEXTS.filter(bool), LANGUAGES, st.booleans()), min_size=1, max_size=6)


def shown(text: str) -> str:
    return text.replace("\u00a0", "␣").replace("\u202f", "⸱")


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@pytest.mark.parametrize(("title", "given_text", "expected"), CASES, ids=[title for title, *_ in CASES])
def test_it_is_printed_as_the_language_prints_it(title: str, given_text: str, expected: str) -> None:
    language = title.partition(":")[0]
    printed = typeset(given_text, language)
    assert shown(printed) == expected
    assert typeset(printed, language) == printed


def test_every_language_has_cases_and_no_case_is_overlooked() -> None:
    assert {title.partition(":")[0] for title, *_ in CASES} >= set(locale_tags())
    assert len({title for title, *_ in CASES}) == len(CASES) == FIXTURE.read_text("utf-8").count("\n## ")


@settings(max_examples=300)
@given(RUNS, ENDINGS)
def test_set_twice_is_set_once(runs: list[Run], ending: str) -> None:
    once = typeset_runs(runs, ending=ending)
    again = [replace(run, text=text) for run, text in zip(runs, once, strict=True)]
    assert typeset_runs(again, ending=ending) == once


@settings(max_examples=300)
@given(RUNS, ENDINGS)
def test_letters_and_figures_stay_and_literal_runs_too(runs: list[Run], ending: str) -> None:
    for run, text in zip(runs, typeset_runs(runs, ending=ending), strict=True):
        assert letters(text) == letters(run.text)
        assert text
        if run.literal or run.language in {"ja", "zh"}:
            assert text == run.text


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "Nobody had asked to see the book at all", "Nobody had asked to see the book at␣all"),
        ("en", "Nobody had asked to see the lighthouses", "Nobody had asked to see the lighthouses"),
        ("en", "See the book now", "See the book now"),
        ("en", "The keeper wrote to the harbourmaster of Skerrow", "The keeper wrote to the harbourmaster of␣Skerrow"),
    ],
)
def test_no_paragraph_ends_in_a_line_of_one_short_word(language: str, words: str, expected: str) -> None:
    assert shown(typeset_runs((Run(words, language),))[0]) == expected


def test_large_type_keeps_its_last_two_words_together() -> None:
    runs = (Run("Nobody had asked to see the lighthouses", "en"),)
    assert shown(typeset_runs(runs, ending="display")[0]).endswith("the␣lighthouses")
    assert shown(typeset_runs(runs)[0]).endswith("the lighthouses")


def test_a_quotation_goes_through_runs_and_each_run_has_its_language() -> None:
    runs = (
        Run('She said "', "en"),
        Run("never", "en"),
        Run('" and "', "en"),
        Run('il dit: "oui"', "fr"),
        Run('".', "en"),
    )
    assert [shown(text) for text in typeset_runs(runs, ending="")] == [
        "She said “",
        "never",
        "” and “",
        "il dit␣: “oui”",
        "”.",
    ]


# ---------------------------------------------------------------------------------------------------------- the documents


def document(*blocks: Any, language: str = "en", **parts: Any) -> Document:
    article = Article(Metadata(language=language, publication='The "Mole"'), (Text('The "book"'),), body=blocks)
    return Document(replace(article, **parts))


def words(whole: Document) -> list[str]:
    return [node.text for node in walk(whole.article) if isinstance(node, Text)]


def test_the_document_is_set_and_nothing_that_is_no_text() -> None:
    link = Link((Text('the "old" one'),), "https://example.org/it's--x")
    note = Note((Paragraph((Text('A "note"'),)),))
    blocks = (
        Paragraph((Text('He wrote "'), Emphasis((Text("x"),)), Text('" in '), Code('print("...")'), link, note)),
        Preformatted('a -- "b"...'),
        Paragraph((Span((Text('dit: "oui"'),), "fr"), Text(' it\'s "yes"'))),
    )
    whole = with_typography(document(*blocks, lead=None))[0]
    assert plain(whole.article.headline) == "The “book”"
    assert whole.article.metadata.publication == 'The "Mole"'
    first, code, third = whole.article.body
    assert isinstance(first, Paragraph)
    assert shown(plain(first.children)) == 'He wrote “x” in print("...")the “old”␣one'
    assert first.children[4] == Link((Text("the “old”\u00a0one"),), "https://example.org/it's--x")
    assert first.children[5] == Note((Paragraph((Text("A “note”"),)),))
    assert code == Preformatted('a -- "b"...')
    assert isinstance(third, Paragraph)
    assert shown(plain(third.children)) == "dit␣: «␣oui␣» it’s “yes”"


def test_names_labels_and_pictures(kitchen_sink: Document) -> None:
    whole = with_typography(kitchen_sink)[0]
    for before, after in zip(walk(kitchen_sink.article), walk(whole.article), strict=True):
        assert type(before) is type(after)
        if isinstance(before, Image | Metadata | Code | Preformatted):
            assert before == after
        if isinstance(before, Text) and isinstance(after, Text):
            assert letters(before.text) == letters(after.text)
    assert with_typography(whole)[0] == whole


@pytest.mark.parametrize(("format_name", "mark"), [("html", "’"), ("json", "'"), ("markdown", "'"), ("text", "'")])
def test_who_reads_gets_it_and_who_works_on_it_does_not(format_name: str, mark: str) -> None:
    content, _ = exporter.render(document(Paragraph((Text("It's mine."),))), format_name)
    assert f"It{mark}s mine." in content.decode()


def test_an_e_book_has_the_spaces_that_its_readers_have() -> None:
    content, _ = exporter.render(document(Paragraph((Text("Quoi ? 10 000 fois !"),)), language="fr"), "epub")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
    assert "Quoi\u00a0? 10\u00a0000 fois\u00a0!" in text


@pytest.mark.parametrize("format_name", ["pdf", "epub", "html"])
def test_verbatim_keeps_what_the_page_has(format_name: str) -> None:
    straight = document(Paragraph((Text("It's mine..."),)))
    curly = with_typography(straight)[0]
    assert exporter.render(straight, format_name)[0] == exporter.render(curly, format_name)[0]
    wanted = Options(verbatim=True)
    assert exporter.render(straight, format_name, wanted)[0] != exporter.render(straight, format_name)[0]
    assert exporter.render(curly, format_name, wanted)[0] == exporter.render(curly, format_name)[0]
