"""Words are divided as their language divides them, and no letter is lost or said twice over the hyphen."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest
from pyphen import Pyphen

from exporter.model import Article, Document, Metadata, Paragraph, Text
from exporter.writers import pdf
from exporter.writers.options import Options
from exporter.writers.pdf.weasyprint.patches.hyphenation import Head, heads_of

WORDS = {
    "hu": "valamennyiünknek legkönnyebben legmesszebbre mindannyiszor nagyasszonyoknak meghosszabbította gyönggyel",
    "ca": "col·legials il·lusionats novel·lista al·lucinant intel·lectuals paral·lelament instal·lacions",
    "no": "hundreårsjubileet menneskerettighetene kjærlighetserklæring vitenskapsmannen barneskolelærer",
}
KNOWN = {"no": "nb"}


def divisions(language: str) -> dict[str, set[tuple[str, str]]]:
    """Each word of a language → the two parts of each division that its dictionary allows."""
    dictionary = Pyphen(lang=KNOWN.get(language, language))
    return {word: set(dictionary.iterate(word)) for word in WORDS[language].split()}


def lines_of(language: str, theme: str) -> list[str]:
    words = WORDS[language].split()
    said = " ".join(f"{words[place % len(words)]} {'o' * (place % 3 + 1)}" for place in range(300))
    article = Article(Metadata(language=language), (Text("A"),), body=(Paragraph((Text(said),)),))
    content, _ = pdf.render(Document(article), Options(theme=theme, paper="100x160mm"))
    with pypdfium2.PdfDocument(content) as file:
        text = "\n".join(page.get_textpage().get_text_range() for page in file)
    lines = re.sub("\ufffe", "-\n", text).splitlines()
    return [line for line in lines if re.search(r"\bo+\b", line)]  # no running head, folio or colophon


@pytest.mark.parametrize(("language", "theme"), [("hu", "book"), ("hu", "plain"), ("ca", "book"), ("no", "book")])
def test_a_divided_word_is_the_page_s_word_when_it_is_taken_out(language: str, theme: str) -> None:
    lines, known = lines_of(language, theme), divisions(language)
    pairs = [(a.split()[-1], b.split()[0]) for a, b in pairwise(lines) if a.strip().endswith("-")]
    assert len(pairs) > 5
    assert {a.rstrip("-") + b for a, b in pairs} <= set(known)
    assert {word for line in lines for word in line.split()[1:-1] if len(word) > 7} <= set(known)


def test_it_is_drawn_as_the_language_spells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.draw import text

    ends, draw = [], text.draw_first_line

    def drawn(stream: Any, textbox: Any, *arguments: Any) -> Any:
        ends.append(textbox.pango_layout.text)
        return draw(stream, textbox, *arguments)

    monkeypatch.setattr(text, "draw_first_line", drawn)
    lines_of("hu", "book")
    heads = {f"{head}-" for parts in divisions("hu").values() for head, _ in parts}
    found = {end.split()[-1] for end in ends if end.endswith("-")}
    assert found <= heads
    assert found & {"legköny-", "legmesz-", "valameny-", "mindany-", "nagyasz-", "meghosz-"}


@pytest.mark.parametrize("language", ["hu", "ca"])
def test_what_stands_before_a_hyphen_knows_its_letters(language: str) -> None:
    changed = 0
    for word, parts in divisions(language).items():
        heads = list(heads_of(word, language, 2, 2))
        assert {(str(head), word[len(head.taken) :]) for head in heads} == parts
        changed += sum(head != head.taken for head in heads)
    assert changed > 3


def test_letters_before_it_are_counted_with_it() -> None:
    line = "az " + Head("asz", "as")
    assert (line, line.encode(), line + "-") == ("az asz", b"az as", "az asz-")


def test_a_compound_is_broken_at_its_own_hyphen() -> None:
    words = "harbour-master lighthouse-keeper ferry-passengers winter-evenings water-colours"
    said = " ".join(f"{words.split()[place % 5]} {'so ' * (place % 4)}" for place in range(120))
    article = Article(Metadata(language="en"), (Text("A"),), body=(Paragraph((Text(said),)),))
    content, _ = pdf.render(Document(article), Options(theme="book", paper="a5"))
    with pypdfium2.PdfDocument(content) as file:
        text = "\n".join(page.get_textpage().get_text_range() for page in file)
    assert "\ufffe" not in text
    ends = {line.split()[-1] for line in text.splitlines() if line.rstrip().endswith("\u2060")}
    assert ends
    assert ends <= {f"{word.split('-')[0]}-\u2060" for word in words.split()}
