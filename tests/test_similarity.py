"""How alike two titles are is what Python's own matcher says, wherever they are alike enough for the question."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import permutations
from random import Random

import pytest

from exporter.readers.article.headline import similarity
from exporter.readers.lexicon.folding import fold_name

WORDS = "the last keeper of a light tells who lit lamps at sea before boats came home and what of it".split()  # noqa: SIM905 -- words are easier to read unquoted


def _titles() -> list[str]:
    chance = Random(7)  # noqa: S311 -- the same titles each time
    made = [" ".join(chance.sample(WORDS, chance.randint(2, 14))) for _ in range(12)]
    return [*made, made[0] + "s", made[1].replace("l", "r"), made[2][::-1]]


@pytest.mark.parametrize("least", [0.3, 0.6, 0.75])
def test_titles_are_as_alike_as_the_matcher_says(least: float) -> None:
    met = 0
    for one, other in permutations(_titles(), 2):
        a, b = fold_name(one), fold_name(other)
        if a in b or b in a:
            continue
        whole = SequenceMatcher(None, a, b, autojunk=False).ratio()
        assert similarity(one, other, least=least) == (whole if whole >= least else 0.0)
        met += whole >= least
    assert met
