"""Fits the weights: a logistic ranker of hypotheses, a conditional random field over utterances, a scale of confidence."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct

from exporter.readers.interview import analysed, certainty
from exporter.readers.interview.scoring import features_of, overlap
from exporter.readers.interview.tagging import QUESTION, TAGS, Tables, Weights, tables_of, tagged
from exporter.readers.interview.utterances import PageFacts
from exporter.readers.segments.segment import Segment

GOOD = 0.85
"""Overlap with truth (F1) from which a hypothesis counts as right."""
C1, C2, LEAST = 1.0, 1.0, 3
"""Of the field: penalties on the sum of weights and of their squares, occurrences below which a feature is left out."""
PLACES = 3
"""Decimals that are kept."""


class Example(Struct, eq=False):
    """A page to learn from: what the reader decides over, and what it should decide; ``weight`` is how often it counts."""

    name: str
    segments: list[Segment]
    facts: PageFacts
    tags: list[str]
    weight: int = 1

    @property
    def asked(self) -> set[int]:
        """The questions, by their places among the utterances."""
        return {index for index, tag in enumerate(self.tags) if tag == "question"}


def hypothesis_rows(example: Example) -> list[tuple[dict[str, float], bool, float]]:
    """Features of each hypothesis of the page, whether it is right, and how much it counts."""
    page = analysed(example.segments, example.facts, {})
    hypotheses = page.scene.hypotheses
    found = features_of(page.utterances, hypotheses, example.facts)
    weight = example.weight / max(len(hypotheses), 1) ** 0.5
    return [
        (each, _f1(one.questions, example.asked) >= GOOD, weight) for one, each in zip(hypotheses, found, strict=True)
    ]


def _f1(one: set[int], other: set[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def fit_hypotheses(rows: list[tuple[dict[str, float], bool, float]]) -> dict[str, float]:
    """Weights of the hypotheses' features, on their own scales, and ``bias``."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    names = sorted(rows[0][0])
    table = np.array([[found[name] for name in names] for found, _, _ in rows])
    mean, scale = table.mean(0), table.std(0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=0.1, max_iter=3000)
    model.fit((table - mean) / scale, [right for _, right, _ in rows], [weight for _, _, weight in rows])
    found = model.coef_[0] / scale
    bias = float(model.intercept_[0] - (found * mean).sum())
    return {name: round(float(value), PLACES) for name, value in [*zip(names, found, strict=True), ("bias", bias)]}


def fit_tagger(
    pages: list[tuple[list[list[str]], list[str], int]], c1: float = C1, c2: float = C2
) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Weights by feature and tag, and by tag and the tag behind it, of ``(features, tags, weight)`` of pages."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False, algorithm="lbfgs")
    for rows, tags, weight in pages:
        for _ in range(weight if rows else 0):
            trainer.append(rows, tags)
    trainer.set_params(
        {"c1": c1, "c2": c2, "max_iterations": 120, "feature.possible_transitions": True, "feature.minfreq": LEAST}
    )
    with TemporaryDirectory() as folder:
        file = str(Path(folder) / "model")
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        known = tagger.info()
    states: dict[str, dict[str, float]] = {}
    for (name, tag), value in sorted(known.state_features.items()):
        if round(value, PLACES):
            states.setdefault(name, {})[tag] = round(value, PLACES)
    steps = {one: {other: round(known.transitions.get((one, other), 0.0), PLACES) for other in TAGS} for one in TAGS}
    return states, steps


def fit_confidence(outcomes: list[tuple[dict[str, float], bool]]) -> dict[str, float]:
    """Weights that make of a tagger's certainty the chance that all questions are right."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    names = sorted(outcomes[0][0])
    table = np.array([[found[name] for name in names] for found, _ in outcomes])
    model = LogisticRegression(C=1.0, max_iter=3000)
    model.fit(table, [right for _, right in outcomes])
    pairs = [*zip(names, model.coef_[0], strict=True), ("bias", model.intercept_[0])]
    return {name: round(float(value), PLACES) for name, value in pairs}


def _halves(examples: list[Example]) -> list[tuple[list[Example], list[Example]]]:
    """The examples in two halves by chance, each once to learn from and once to be judged."""
    mixed = sorted(examples, key=lambda each: sha256(each.name.encode()).digest())
    one, other = mixed[::2], mixed[1::2]
    return [(one, other), (other, one)]


def learn(examples: list[Example], c1: float = C1, c2: float = C2) -> Weights:
    """All weights. The tagger learns from hypotheses that weights of the other half of the pages found likely (stacking)."""
    ranked = {each.name: hypothesis_rows(each) for each in examples}
    pages: dict[str, tuple[list[list[str]], list[str], int]] = {}
    outcomes: list[tuple[dict[str, float], bool]] = []
    halves = _halves(examples)
    for learned_from, judged in halves:
        weights = fit_hypotheses([row for each in learned_from for row in ranked[each.name]])
        for each in judged:
            pages[each.name] = (analysed(each.segments, each.facts, weights).rows, each.tags, each.weight)
    for learned_from, judged in halves:
        states, steps = fit_tagger([pages[each.name] for each in learned_from], c1, c2)
        for each in judged:
            outcomes += _outcome(pages[each.name][0], each, tables_of(states, steps))
    states, steps = fit_tagger([pages[each.name] for each in examples], c1, c2)
    return Weights(
        learned_from=digest(examples),
        tagger=states,
        transitions=steps,
        hypotheses=fit_hypotheses([row for each in examples for row in ranked[each.name]]),
        confidence=fit_confidence(outcomes),
    )


def _outcome(rows: list[list[str]], example: Example, tables: Tables) -> list[tuple[dict[str, float], bool]]:
    """How certain a tagger is of the questions of a page, and whether it is right; nothing where it finds none."""
    tagging = tagged(rows, tables)
    asked = {index for index, tag in enumerate(tagging.tags) if tag == "question"}
    if not asked:
        return []
    certain = certainty(tagging, [tagging.marginals[index][QUESTION] for index in asked])
    return [(certain, overlap(asked, example.asked) == 1.0)]


def digest(examples: list[Example]) -> str:
    """What was learned from: the number of pages and a hash of their names and tags."""
    lines = sorted(f"{each.name} {' '.join(each.tags)} {each.weight}" for each in examples)
    counted = Counter("talk" if each.asked else "other" for each in examples)
    mark = sha256("\n".join(lines).encode()).hexdigest()[:16]
    return f"{counted['talk']} talks, {counted['other']} others, {mark}"


def mean(one: Weights, other: Weights) -> Weights:
    """The mean of each weight, 0 where one has none: two learnings err by chance on different pages, their mean on fewer."""
    return Weights(
        learned_from=f"{one.learned_from}; {other.learned_from}",
        tagger=_mean_of_tables(one.tagger, other.tagger),
        transitions=_mean_of_tables(one.transitions, other.transitions),
        hypotheses=_mean(one.hypotheses, other.hypotheses),
        confidence=_mean(one.confidence, other.confidence),
    )


def _mean_of_tables(
    one: dict[str, dict[str, float]], other: dict[str, dict[str, float]]
) -> dict[str, dict[str, float]]:
    found = {name: _mean(one.get(name, {}), other.get(name, {})) for name in sorted({*one, *other})}
    return {name: weights for name, weights in found.items() if weights}


def _mean(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    found = {name: round((one.get(name, 0.0) + other.get(name, 0.0)) / 2, PLACES) for name in sorted({*one, *other})}
    return {name: weight for name, weight in found.items() if weight}


def plain(weights: Weights) -> dict[str, Any]:
    """The weights as they are stored: names in order, so that a change shows as its own line."""
    return {
        "learned_from": weights.learned_from,
        "hypotheses": dict(sorted(weights.hypotheses.items())),
        "confidence": dict(sorted(weights.confidence.items())),
        "transitions": weights.transitions,
        "tagger": {name: dict(sorted(found.items())) for name, found in sorted(weights.tagger.items())},
    }
