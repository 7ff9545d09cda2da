"""Lines weighed together: by numbers, with words of one width a letter, and on the page."""

from __future__ import annotations

import itertools
from contextlib import closing

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2.raw import FPDFText_GetFontSize

import exporter
from exporter.model import Article, Document, LineBreak, Metadata, Paragraph, Strong
from exporter.model import Text as Words
from exporter.writers.pdf.linebreaking.optimal import HOLE, JUSTIFIED, RAGGED, Chunk, Lines, Part, Text, broken

LETTER, SPACE = 5.0, 2.5
TALE = [
    "In",
    "olden",
    "times",
    "when",
    "wishing",
    "still",
    "helped",
    "one",
    "there",
    "lived",
    "a",
    "king",
    "whose",
    "daughters",
    "were",
    "all",
    "beautiful",
]


def text_of(words: list[str], least: int = 7) -> Text:
    """Words of five units a letter, which may be divided after every second letter, from ``least`` letters on."""

    def parts(number: int) -> list[Part]:
        length = len(words[number])
        return [(place * LETTER, (place + 1) * LETTER) for place in range(2, length - 2, 2)] if length >= least else []

    return Text([Chunk(len(word) * LETTER, SPACE, 0, len(word)) for word in words], parts, SPACE)


def greedy(words: list[str], measure: float) -> list[float]:
    """How wide lines are that are filled one after the other without dividing words."""
    widths = [0.0]
    for word in words:
        wide = len(word) * LETTER
        after = widths[-1] + SPACE + wide if widths[-1] else wide
        widths[-1:] = [after] if after <= measure else [widths[-1], wide]
    return widths


@pytest.mark.parametrize("measure", [180.0, 210.0, 240.0])
def test_the_emptiest_line_is_fuller_than_one_line_after_the_other_leaves_it(measure: float) -> None:
    found = broken(text_of(TALE * 3, least=99), lambda _: measure)
    assert min(line.width for line in found.lines[:-1]) >= min(greedy(TALE * 3, measure)[:-1])


def test_lines_hold_all_words_once_and_in_order() -> None:
    found = broken(text_of(TALE * 3), lambda _: 180.0)
    starts = [line.start for line in found.lines]
    assert starts[0] == (0, 0)
    assert starts == sorted(set(starts))


def test_words_in_a_row_are_not_divided_three_times() -> None:
    found = broken(
        text_of(["the", "characteristics", "of", "our", "considerations", "and", "in", "administrations"] * 5),
        lambda _: 170,
    )
    divided = [bool(line.start[1]) for line in found.lines]
    assert max(len(list(run)) for each, run in itertools.groupby(divided) if each) <= 2


def test_the_last_line_is_no_short_word() -> None:
    words = [*TALE, "by", "it"]
    found = broken(text_of(words), lambda _: sum(len(word) * LETTER + SPACE for word in words[:-1]) / 2)
    assert found.lines[-1].start[0] < len(words) - 1


@pytest.mark.parametrize("more", [1, -1])
def test_a_line_more_or_less_is_had_for_the_asking(more: int) -> None:
    plain, asked = (broken(text_of(TALE * 4), lambda _: 180.0, JUSTIFIED, each) for each in (0, more))
    assert len(asked.lines) in {0, len(plain.lines) + more}
    assert asked.cost >= plain.cost


def test_the_first_lines_may_be_shorter() -> None:
    found = broken(text_of(TALE * 3), lambda number: 100.0 if number < 3 else 180.0, alike=3)
    assert max(line.width for line in found.lines[:3]) < 115
    assert max(line.width for line in found.lines[3:]) > 150


@given(
    st.lists(st.text("abcdefgh", min_size=1, max_size=18), min_size=1, max_size=60),
    st.floats(60, 400),
    st.sampled_from([JUSTIFIED, RAGGED]),
)
def test_every_paragraph_is_broken_and_no_line_runs_over(words: list[str], measure: float, manner: object) -> None:
    text = text_of(words)
    found = broken(text, lambda _: measure, manner)  # type: ignore[arg-type]
    assert isinstance(found, Lines)
    over = [line for line in found.lines if line.width > measure * 1.1]
    longest = max(len(word) for word in words) * LETTER
    assert not over or longest > measure * 0.75
    if found.cost < HOLE:
        assert not over


# --------------------------------------------------------------------------------------------------------------- the page

SAID = (
    "Nobody who keeps the harbour's accounts has an opinion of the administration's recommendations, "
    "notwithstanding the correspondence; the harbour master's characteristic understatement is that "
)


def holes(document: Document, paper: str) -> int:
    proofs = exporter.proofread(document, exporter.Options(theme="book", paper=paper))
    return sum(each.code == "proof-bad-spacing" for each in proofs.before)


def test_justified_pages_have_no_holes_at_the_first_reading() -> None:
    body = tuple(Paragraph((Words(SAID * (1 + number % 4) + TALE[number % 9] + "."),)) for number in range(30))
    document = Document(Article(Metadata(language="en"), (Words("The accounts"),), body=body))
    assert holes(document, "6x9in") <= 1


def test_a_forced_break_parts_what_is_weighed() -> None:
    strong = Strong((Words("The accounts of the year"),))
    body = tuple(Paragraph((strong, LineBreak(), Words(SAID * 2))) for _ in range(6))
    document = Document(Article(Metadata(language="en"), (Words("The accounts"),), body=body))
    assert holes(document, "6x9in") == 0


def test_scripts_without_spaces_are_left_to_the_renderer() -> None:
    body = tuple(Paragraph((Words("海の本は港の人が毎日書く。" * 9),)) for _ in range(4))
    document = Document(Article(Metadata(language="ja"), (Words("海の本"),), body=body))
    proofs = exporter.proofread(document, exporter.Options(theme="book", paper="6x9in"))
    assert not [each for each in proofs.before if each.code == "proof-bad-spacing"]


def sizes(*paragraphs: str) -> list[float]:
    """The size of the type that each paragraph is set in, told from the word that it begins with."""
    body = tuple(Paragraph((Words(each),)) for each in paragraphs)
    document = Document(Article(Metadata(language="en"), (Words("The accounts"),), body=body))
    content, _ = exporter.render(document, "pdf", exporter.Options(theme="book", paper="6x9in", draft=True))
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        page = pdf[0].get_textpage()
        places = [page.search(each.split()[0]).get_next() for each in paragraphs]
        return [round(FPDFText_GetFontSize(page, place), 3) for place, _ in filter(None, places)]


def test_type_that_is_set_smaller_for_one_paragraph_is_not_so_for_the_next() -> None:
    hard, calm = SAID * 4 + "In.", "Olden times."
    plain, smaller, following = sizes("Once.", hard, calm)
    assert smaller < plain
    assert following == plain


LEDGER = (
    "Wer die Bücher führt, der kennt die Gezeiten besser als seine eigenen Verwandten, und er wird auf Nachfrage bestätigen, "
    "dass die Abrechnungen stimmen, solange niemand die Sturmnächte mitrechnet. "
)


def test_what_goes_over_to_the_next_page_is_broken_there_as_it_was_weighed() -> None:
    body = tuple(Paragraph((Words(LEDGER * 9 + f"Ende {number}."),)) for number in range(10))
    document = Document(Article(Metadata(language="de"), (Words("Das Verzeichnis"),), body=body))
    assert holes(document, "6x9in") == 0
