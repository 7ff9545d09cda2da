"""Tags each utterance of a page by learned weights: a linear-chain conditional random field, decoded in plain Python.

The weights stand in ``weights.json``, made by ``make weights`` (tools/weights): features by name, no code, no library.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property
from importlib.resources import files

import msgspec
from msgspec import Struct

from exporter.runtime.compiled import table

TAGS = ("before", "question", "answer", "heading", "box", "after")
"""What an utterance may be: of the introduction, a question, of an answer, a crosshead among the turns, something beside an
answer, behind the last one."""
QUESTION = TAGS.index("question")
IMPOSSIBLE = -1e6
"""Score of a tag that is not allowed."""

Scores = list[float]
"""One number to a tag, in their order."""


class Weights(Struct, frozen=True):
    """What was learned: of the tagger by feature and tag, of what follows what, of hypotheses, and of the confidence."""

    learned_from: str
    tagger: dict[str, dict[str, float]]
    transitions: dict[str, dict[str, float]]
    hypotheses: dict[str, float]
    confidence: dict[str, float]


class Tagging(Struct, dict=True):
    """The likeliest tags of a page, and what they were decided by: ``score`` is that of the tags, unscaled."""

    tags: list[str]
    emissions: list[Scores]
    transitions: list[Scores]
    score: float

    @cached_property
    def _forward(self) -> tuple[list[Scores], float]:
        return _forward(self.emissions, self.transitions)

    @cached_property
    def marginals(self) -> list[Scores]:
        """Each utterance's probabilities by tag."""
        forward, whole = self._forward
        backward = _backward(self.emissions, self.transitions)
        return [
            [math.exp(before + behind - whole) for before, behind in zip(one, other, strict=True)]
            for one, other in zip(forward, backward, strict=True)
        ]

    @property
    def probability(self) -> float:
        """That of all the tags together."""
        # Rounding may make the likeliest tags likelier than all tags together.
        return math.exp(min(0.0, self.score - self._forward[1])) if self.tags else 1.0


@cache
def learned() -> Weights:
    """The package's own weights, read once a process."""
    return msgspec.json.decode(files(__package__).joinpath("weights.json").read_bytes(), type=Weights)


class Tables(Struct, frozen=True):
    """The tagger's weights as numbers in the order of the tags."""

    states: dict[str, Scores]
    transitions: list[Scores]


def tables_of(states: dict[str, dict[str, float]], transitions: dict[str, dict[str, float]]) -> Tables:
    """Weights by name of feature and tag as numbers."""
    return Tables(
        {name: [found.get(tag, 0.0) for tag in TAGS] for name, found in states.items()},
        [
            [transitions.get(one, {}).get(other, 0.0) if _may_follow(one, other) else IMPOSSIBLE for other in TAGS]
            for one in TAGS
        ],
    )


def _may_follow(one: str, other: str) -> bool:
    """Whether a tag may stand right behind another: the talk begins and ends once."""
    return one == other or (other != "before" and one != "after")


@cache
def own_tables() -> Tables:
    """Those of the package's own weights."""
    return tables_of(learned().tagger, learned().transitions)


def tagged(rows: list[list[str]], tables: Tables | None = None) -> Tagging:
    """The likeliest tags of utterances with these features, in the order of the page."""
    tables = tables or own_tables()
    emissions = [_emission(row, tables.states) for row in rows]
    path, score = _viterbi(emissions, tables.transitions) if emissions else ([], 0.0)
    return Tagging([TAGS[tag] for tag in path], emissions, tables.transitions, score)


def restricted(tagging: Tagging, allowed: Sequence[AbstractSet[str]]) -> Tagging:
    """The likeliest tags of those that are allowed at each place, as likely as they are among all."""
    emissions = [
        [score if tag in tags else IMPOSSIBLE for tag, score in zip(TAGS, scores, strict=True)]
        for tags, scores in zip(allowed, tagging.emissions, strict=True)
    ]
    path, score = _viterbi(emissions, tagging.transitions)
    return Tagging([TAGS[tag] for tag in path], tagging.emissions, tagging.transitions, score)


def reasons(row: list[str], tag: str) -> list[str]:
    """In words, the two features that speak most for the tag of an utterance with these features (``reasons.toml``)."""
    told = _words()
    strength = {told[name]: _strength(name, tag) for name in row if name in told and name in own_tables().states}
    return sorted((words for words in strength if strength[words] > 0), key=lambda each: (-strength[each], each))[:2]


@cache
def _strength(name: str, tag: str) -> float:
    """How much more a feature speaks for the tag than, on the average, for the others."""
    scores = own_tables().states[name]
    own = scores[TAGS.index(tag)]
    return own - (sum(scores) - own) / (len(TAGS) - 1)


@cache
def _words() -> dict[str, str]:
    found: dict[str, dict[str, str]] = table("exporter.readers.interview", "reasons.toml")
    return found["reasons"]


def _emission(row: list[str], states: dict[str, Scores]) -> Scores:
    found = [scores for name in row if (scores := states.get(name)) is not None]
    return [sum(column) for column in zip(*found, strict=True)] if found else [0.0] * len(TAGS)


def _viterbi(emissions: list[Scores], transitions: list[Scores]) -> tuple[list[int], float]:
    """The best path and its score (Viterbi 1967)."""
    reached, came_from = emissions[0], []
    columns = list(zip(*transitions, strict=True))
    for emission in emissions[1:]:
        sums = [[score + step for score, step in zip(reached, column, strict=True)] for column in columns]
        came_from.append([found.index(max(found)) for found in sums])
        reached = [max(found) + own for found, own in zip(sums, emission, strict=True)]
    best = max(reached)
    path = [reached.index(best)]
    for row in reversed(came_from):
        path.append(row[path[-1]])
    return path[::-1], best


def _forward(emissions: list[Scores], transitions: list[Scores]) -> tuple[list[Scores], float]:
    rows = [emissions[0]]
    columns = list(zip(*transitions, strict=True))
    for emission in emissions[1:]:
        rows.append(
            [
                own + _log_sum([score + step for score, step in zip(rows[-1], column, strict=True)])
                for own, column in zip(emission, columns, strict=True)
            ]
        )
    return rows, _log_sum(rows[-1])


def _backward(emissions: list[Scores], transitions: list[Scores]) -> list[Scores]:
    rows = [[0.0] * len(TAGS)]
    for emission in reversed(emissions[1:]):
        ahead = [own + score for own, score in zip(emission, rows[-1], strict=True)]
        rows.append([_log_sum([step + score for step, score in zip(row, ahead, strict=True)]) for row in transitions])
    return rows[::-1]


def _log_sum(scores: Scores) -> float:
    """The logarithm of the sum of exponentials, without overflow."""
    top = max(scores)
    return top + math.log(sum(math.exp(score - top) for score in scores))
