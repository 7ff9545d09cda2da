"""Typography: the marks that a typewriter lacks and the spaces that no line may break at, by language. Pure text → text.

A keyboard has one mark for four quotation marks, the apostrophe and the prime, one for three dashes, and one space. Here they
become what the language they stand in prints (``locales/*.toml``); nothing else is touched: no letter, no digit, no mark that
the author chose. Chinese and Japanese are left alone, and so are addresses and program text wherever they stand.

Words of one paragraph come in runs, because a quotation may open in one and close in another, and because a run may be of
another language than its neighbours. What was set once comes out the same when it is set again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from exporter.typography import marks, quotes, spaces
from exporter.typography.runs import Edit, Line, Run

__all__ = ["Edit", "Line", "Run", "typeset", "typeset_runs"]

Rule = Callable[[Line], Iterator[Edit]]

RULES: tuple[Rule, ...] = (
    marks.ellipses,  # before quotes: an ellipsis may open or close one
    quotes.doubles,
    quotes.singles,
    spaces.inside_quotes,
    spaces.before_punctuation,
    marks.dashes,  # after these spaces: a hyphen may stand between them
    marks.ranges,
    spaces.in_numbers,
    spaces.of_measures,
    spaces.of_dates,
    spaces.of_names,
    spaces.in_abbreviations,
    spaces.after_short_words,
    spaces.beside_marks,
)
"""Every rule in its order. Each sees the line as the ones before it have left it."""

ENDINGS: dict[str, Rule] = {
    "paragraph": spaces.before_the_last_word,
    "display": spaces.before_the_last_word_in_large_type,
}
"""How a text ends → the rule for its last line: running text, decks and pull quotes. What is no whole text has none."""


def typeset(text: str, language: str) -> str:
    """``text`` as the language (BCP 47) prints it: a name, a label, half a sentence."""
    return typeset_runs((Run(text, language),), ending="")[0]


def typeset_runs(runs: Sequence[Run], *, ending: str = "paragraph") -> tuple[str, ...]:
    """The texts of the runs, in their order, as their languages print them; literal runs come back as they are.

    ``ending`` is a name of :data:`ENDINGS`, or empty: whether the last line may hold one short word.
    """
    line = Line(runs)
    if not line.settable:
        return tuple(run.text for run in runs)
    for rule in (*RULES, *filter(None, [ENDINGS.get(ending)])):
        if edits := list(rule(line)):  # few rules have anything to say of a line
            line = line.changed(_sorted(edits))
    return tuple(run.text for run in line.runs)


def _sorted(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits in order; of those that overlap, the first."""
    end = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= end:
            yield edit
            end = edit.end
