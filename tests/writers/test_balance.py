"""Lines of large type: few, of one length, ended where the thought pauses, no word alone."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exporter import Document, Options
from exporter.model import Text
from exporter.pipeline import render
from exporter.themes import theme_names
from exporter.writers.pdf.linebreaking.balanced import Balanced, Words, balanced
from exporter.writers.pdf.linebreaking.optimal import Chunk


def words(text: str) -> Words:
    """As a typewriter sets them: every letter 1 wide."""
    parts = text.split()
    return Words([Chunk(float(len(part)), 1.0, 0, len(part)) for part in parts], parts)


def lines(text: str, measure: float) -> list[str]:
    given_words = words(text)
    found = balanced(given_words, measure)
    assert found is not None
    return [" ".join(given_words.spoken[a:b]) for a, b in pairwise([*found.starts, len(given_words.spoken)])]


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("What the Lampist Knows About the Dark", 30, ["What the Lampist", "Knows About the Dark"]),
        ("For forty years she has kept the light and the last of the men", 60,
         ["For forty years she has kept", "the light and the last of the men"]),
        ("We waited for the boat. It came on Tuesday, late", 40, ["We waited for the boat.", "It came on Tuesday, late"]),
        ("A word of considerable length alone", 31, ["A word of considerable", "length alone"]),
        ("Short", 30, ["Short"]),
        ("Two words", 6, ["Two", "words"]),
    ],
)  # fmt: skip
def test_lines_are_of_one_length_and_end_well(text: str, measure: float, expected: list[str]) -> None:
    assert lines(text, measure) == expected


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("紙漉きは、水の話を最後まで聞く仕事です", 7, ["紙漉きは、水の", "話を最後まで", "聞く仕事です"]),
        ("ガラスのランプを磨く", 6, ["ガラスの", "ランプを磨く"]),
        ("新国立劇場バレエ団の芸術監督に聞く", 11, ["新国立劇場バレエ団の", "芸術監督に聞く"]),
        ("わたしたちはなぜ歩くのか", 8, ["わたしたちは", "なぜ歩くのか"]),
        ("钟不会骗人。它只是太累，走得慢一些罢了。", 18, ["钟不会骗人。它只是太累，", "走得慢一些罢了。"]),
    ],
)
def test_lines_without_spaces_end_where_words_do(text: str, measure: float, expected: list[str]) -> None:
    parts = re.findall(r".[、。，]?", text)  # no line begins with one of these
    letters = Words([Chunk(float(len(each)), 0.0, 0, len(each)) for each in parts], parts)
    found = balanced(letters, measure)
    assert found is not None
    assert ["".join(parts[a:b]) for a, b in pairwise([*found.starts, len(parts)])] == expected


def test_what_cannot_be_balanced_is_left() -> None:
    assert balanced(words("unbreakable"), 5) is None
    assert balanced(words(""), 5) is None
    assert balanced(words("word " * 200), 20) is None


@given(
    st.lists(st.sampled_from(["a", "the", "lamp,", "lighthouse", "stands.", "keeper"]), min_size=3, max_size=9),
    st.integers(12, 40),
)
def test_no_other_way_is_better(parts: list[str], measure: int) -> None:
    text = words(" ".join(parts))
    found = balanced(text, measure)
    assert found is not None
    assert max(found.widths) <= measure
    count, total = len(found.starts), len(parts)
    others = [
        cost
        for starts in combinations(range(1, total), count - 1)
        if (cost := cost_of(text, (0, *starts), measure)) is not None
    ]
    assert found.cost == pytest.approx(min(others))


def cost_of(text: Words, starts: tuple[int, ...], measure: float) -> float | None:
    """What given breaks cost: each line found alone, since a line set alone has no choice."""
    from exporter.writers.pdf.linebreaking import balanced as balance

    ideal = (sum(each.width + 1 for each in text.chunks) - 1) / len(starts)
    total = 0.0
    for start, end in pairwise([*starts, len(text.chunks)]):
        width = sum(each.width + 1 for each in text.chunks[start:end]) - 1
        if width > measure:
            return None
        total += ((width - ideal) / ideal) ** 2 + balance._sense(text, start, end)  # noqa: SLF001 - the price list itself
    return total


def test_the_result_reads_as_lines() -> None:
    found = balanced(words("one two three four"), 9)
    assert isinstance(found, Balanced)
    assert [each.start[0] for each in found.lines(words("one two three four"))] == list(found.starts)


DECK = (
    "He has climbed into the great lenses of the coast to mend them, and talks about putty and the thumbs of dead men"
)


@pytest.mark.parametrize("theme", theme_names())
def test_a_deck_on_paper_has_no_short_last_line(kitchen_sink: Document, theme: str) -> None:
    article = replace(kitchen_sink.article, deck=(Text(DECK),))
    content, _ = render(replace(kitchen_sink, article=article), "pdf", Options(theme=theme))
    with pypdfium2.PdfDocument(content) as file:
        text = file[0].get_textpage()
        boxes = [text.get_rect(number) for number in range(text.count_rects())]
        shown = {text.get_text_bounded(*box).strip(): box[2] - box[0] for box in boxes}
    deck = [width for words_, width in shown.items() if len(words_) > 6 and words_ in DECK]
    assert len(deck) > 1
    assert min(deck) > 0.7 * max(deck)
