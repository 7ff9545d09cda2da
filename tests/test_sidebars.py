"""Boxes within boxes come out as one, and no heading skips a rank because of a box."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from exporter import Options, render
from exporter.model import (
    Answer,
    Article,
    Block,
    Crosshead,
    Document,
    ListBlock,
    ListEntry,
    Metadata,
    Paragraph,
    Question,
    Sidebar,
    Text,
    Turn,
)

WORDS = Paragraph((Text("The harbour was quiet that year."),))
DEEP = Sidebar((Sidebar((WORDS, Sidebar(())), (Text("Inner"),)), Sidebar((Sidebar(()),))), (Text("Outer"),))


def written(*blocks: Block, verbatim: bool = False) -> str:
    document = Document(Article(Metadata(language="en"), (Text("A"),), body=blocks))
    return render(document, "html", Options(verbatim=verbatim))[0].decode()


def test_a_box_in_a_box_is_a_part_of_it() -> None:
    page = written(DEEP, WORDS)
    assert page.count("<aside") == 1
    assert re.search(r"Outer</h2>\s*<p><strong>Inner</strong></p>\s*<p>The harbour", page)
    assert written(DEEP, WORDS, verbatim=True).count("<aside") > 1


def test_a_box_with_nothing_in_it_is_left_out() -> None:
    assert "<aside" not in written(Sidebar((Sidebar(()),)), WORDS)


QUESTION_WITHOUT_WORDS = Turn(
    Question((ListBlock((ListEntry((WORDS,)),)),)), (Answer((Sidebar((WORDS,), (Text("Facts"),)),)),)
)
ARTICLES: dict[str, tuple[Block, ...]] = {
    "a crosshead in a box without a heading": (Sidebar((Crosshead((Text("Facts"),), 2), WORDS)), WORDS),
    "a box in a box without a heading": (Sidebar((DEEP,)),),
    "a box below a question that is a list": (QUESTION_WITHOUT_WORDS,),
    "a box before the first crosshead": (DEEP, Crosshead((Text("Then"),)), DEEP),
}


@pytest.mark.parametrize("verbatim", [False, True])
@pytest.mark.parametrize("case", ARTICLES)
def test_no_rank_is_skipped(case: str, verbatim: bool) -> None:
    page = written(*ARTICLES[case], verbatim=verbatim)
    ranks = [int(rank) for rank in re.findall(r"<h([1-6])\b", page)]
    assert all(after <= before + 1 for before, after in pairwise(ranks)), ranks
