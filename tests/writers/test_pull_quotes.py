"""Pull quotes rationed: one large a spread, others small; never the last word of a page or of the article; their marks hung."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from exporter import themes
from exporter.model import Answer, Article, Block, Document, Metadata, Paragraph, PullQuote, Question, Text, Turn
from exporter.writers import pdf
from exporter.writers.options import Options

THEMES = themes.theme_names()
SENTENCES = (
    "The tide comes up the slip at four and the harbour master writes it down.",
    "He has written it down every day since his father put the pencil away.",
    "Nobody has ever asked to see the book, and it is kept in a tin.",
    "The pilots trust the colour of the water more than they trust the chart.",
    "When the ferry stopped we walked across the ice with the post in a sack.",
    "There is a bell on the outer buoy that rings only when the wind is wrong.",
    "My aunt could tell the boats by their engines before they passed the light.",
    "We measured the bridge twice, and twice it came out eleven centimetres short.",
)


def paragraph(number: int, count: int = 4) -> Paragraph:
    return Paragraph((Text(" ".join(SENTENCES[(number + each) % len(SENTENCES)] for each in range(count))),))


def quote(number: int) -> PullQuote:
    """Words of its own, so that nothing echoes."""
    return PullQuote((Text(f"Quote {number} says that what the sea takes it gives back."),))


def turn(number: int, *answer: Block) -> Turn:
    return Turn(Question((Paragraph((Text("What does the harbour keep?"),)),)), (Answer((paragraph(number), *answer)),))


def document(*body: Block) -> Document:
    return Document(Article(Metadata(language="en"), (Text("The harbour book"),), body=body))


def sizes(content: bytes, count: int) -> list[tuple[int, float, float]]:
    """(page, size of type in points, left edge) of each quote, by number."""
    found: dict[int, tuple[int, float, float]] = {}
    with pypdfium2.PdfDocument(content) as file:
        for number, page in enumerate(file):
            text = page.get_textpage()
            for each in range(count):
                place = text.search(f"Quote {each} says").get_next()
                if place:
                    found[each] = (
                        number,
                        round(pdfium.FPDFText_GetFontSize(text, place[0]), 1),
                        text.get_charbox(place[0])[0],
                    )
    return [found[each] for each in sorted(found)]


def many(count: int = 12) -> Document:
    return document(*(turn(number, quote(number), paragraph(number + 3, 3)) for number in range(count)))


@pytest.mark.parametrize("theme", ["magazine", "book"])
def test_a_spread_has_one_large_pull_quote(theme: str) -> None:
    content, notices = pdf.render(many(), Options(theme=theme))
    found = sizes(content, 12)
    assert len(found) == 12
    most = max(size for _, size, _ in found)
    large = [(page + 1) // 2 for page, size, _ in found if size > 0.9 * most]
    assert len(set(large)) == len(large)
    assert any(size < 0.8 * most for _, size, _ in found)
    assert "proof-quotes-crowded" not in {each.code for each in notices}


def test_small_ones_stand_in_the_margin_of_magazine() -> None:
    content = pdf.render(many(), Options())[0]
    small = [left for _, size, left in sizes(content, 12) if size < 20]
    assert len([left for left in small if left < 100]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_a_pull_quote_is_never_the_last_word(theme: str) -> None:
    ended = document(turn(0), turn(1, paragraph(2), quote(0)))
    with pypdfium2.PdfDocument(pdf.render(ended, Options(theme=theme, draft=True))[0]) as file:
        words = "".join(page.get_textpage().get_text_range() for page in file)
    words = " ".join(words.split())
    assert words.index("Quote 0") < words.index(SENTENCES[5][:12])


def test_of_a_last_answer_of_one_paragraph_it_goes_before_the_turn() -> None:
    ended = document(turn(0), turn(3, quote(0)))
    with pypdfium2.PdfDocument(pdf.render(ended, Options(draft=True))[0]) as file:
        words = "".join(page.get_textpage().get_text_range() for page in file)
    assert words.index("Quote 0") < words.rindex("What does the harbour")


def test_one_that_stands_at_the_foot_of_a_page_is_moved() -> None:
    def ending(count: int) -> Document:
        before = (turn(each, paragraph(each, 2 + each % 3)) for each in range(count))
        return document(*before, turn(count, quote(0)), *(turn(each) for each in range(9)))

    provoked = 0
    for whole in map(ending, range(2, 12)):
        codes = [
            {each.code for each in pdf.render(whole, Options(theme="book", draft=draft))[1]} for draft in (True, False)
        ]
        provoked += "proof-quote-last" in codes[0]
        assert "proof-quote-last" not in codes[1]
    assert provoked


def test_quotation_marks_hang_before_the_lines() -> None:
    plain, marked = PullQuote((Text("Hard water, soft water."),)), PullQuote((Text("“Hard water, soft water.”"),))
    edges = []
    for each in (plain, marked):
        content = pdf.render(document(turn(0, each, paragraph(2)), turn(1)), Options(draft=True))[0]
        with pypdfium2.PdfDocument(content) as file:
            text = file[0].get_textpage()
            edges.append(text.get_charbox(text.search("Hard water, soft").get_next()[0])[0])
    assert edges[0] == pytest.approx(edges[1], abs=3)


def test_quotes_in_the_margin_do_not_stand_on_one_another() -> None:
    body = [
        turn(number, *(each for part in range(3) for each in (quote(3 * number + part), paragraph(part, 1))))
        for number in range(4)
    ]
    content = pdf.render(document(*body), Options())[0]
    with pypdfium2.PdfDocument(content) as file:
        for page in file:
            text = page.get_textpage()
            rects = [text.get_rect(each) for each in range(text.count_rects())]
            margin = sorted((rect for rect in rects if rect[2] < 180 and rect[0] > 40), key=lambda rect: -rect[3])
            assert all(above[1] > below[3] - 3 for above, below in pairwise(margin))


def test_what_lies_on_another_in_the_margin_is_set_in_the_text(tmp_path: Path) -> None:
    sheet = tmp_path / "own.css"
    sheet.write_text(
        ".in-margin:not(.in-text) { clear: none !important } .in-margin:not(.in-text) > p { line-height: 6rlh !important }"
    )
    pairs = (each for number in range(6) for each in (quote(number), paragraph(number, 9)))
    whole = document(turn(0, *pairs), turn(1, paragraph(2, 6)))
    codes = [
        [each.code for each in pdf.render(whole, Options(style=str(sheet), draft=draft))[1]] for draft in (True, False)
    ]
    assert "proof-margin-crowded" in codes[0]
    assert "proof-margin-crowded" not in codes[1]


def test_the_paragraph_beside_one_is_indented_as_others_are() -> None:
    content = pdf.render(many(), Options())[0]
    with pypdfium2.PdfDocument(content) as file:
        for number, (page, size, _) in enumerate(sizes(content, 12)):
            if size < 20 and sizes(content, 12)[number][2] < 100:
                text = file[page].get_textpage()
                place = text.search(SENTENCES[(number + 3) % len(SENTENCES)]).get_next()
                column = min(
                    text.get_rect(each)[0] for each in range(text.count_rects()) if text.get_rect(each)[0] > 150
                )
                if place and page % 2:
                    assert text.get_charbox(place[0])[0] > column + 8
