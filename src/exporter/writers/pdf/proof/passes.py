"""The passes: laid out, read, mended, laid out again while it gets better, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from msgspec import Struct

from exporter.writers.pdf.proof.findings import Finding, cost_of
from exporter.writers.pdf.proof.galley import galley_of
from exporter.writers.pdf.proof.judges import Proof, findings_of
from exporter.writers.pdf.proof.manuscript import Change, Manuscript
from exporter.writers.pdf.proof.mends import LOCAL, Mend, mends_of

MOST_PASSES = 8
"""Layouts of one article at most."""

Key = tuple[str, int]
"""A finding as it is known from pass to pass: its kind, and what it is about."""


class Pass(Struct, frozen=True):
    """One layout, and what the proof-reader marks on it."""

    document: Any
    proof: Proof
    findings: tuple[Finding, ...]

    @property
    def cost(self) -> float:
        """What the findings weigh together."""
        return cost_of(self.findings)


class Outcome(Struct, frozen=True):
    """The first pass, the best one, and how many there were."""

    first: Pass
    best: Pass
    passes: int


def typeset(root: Any, lay_out: Callable[[], Any], document: Any, most: int = MOST_PASSES) -> Outcome:
    """Lays a page out until nothing is found that can be mended, ``most`` times at most, and keeps the best of the passes.

    ``root`` is the page's tree, which is changed between passes; ``lay_out`` lays it out as it is then; ``document`` is
    the page laid out as it was first.
    """
    loop = _Loop(Manuscript(root), lay_out, document)
    first = best = loop.accepted
    count = 1
    while count < most and best.cost and loop.mended(trials=count < most - 1):
        current = loop.again()
        count += 1
        best = min(best, current, key=lambda each: each.cost)
    return Outcome(first, best, count)


class _Loop:
    """What is known between two passes: what was tried, what helped."""

    def __init__(self, script: Manuscript, lay_out: Callable[[], Any], document: Any) -> None:
        self.script, self.lay_out = script, lay_out
        self.local: dict[Key, Mend] = {}
        self.kept: tuple[Change, ...] = ()
        self.trial: Mend = ()
        self.tried: dict[Key, int] = {}
        self.accepted = self.current = self._read(document)

    def _read(self, document: Any) -> Pass:
        proof = Proof(galley_of(document), self.script)
        return Pass(document, proof, findings_of(proof))

    def again(self) -> Pass:
        """Lays the page out with all mends, reads it, and keeps or drops the mend that was on trial."""
        self.script.change((*self._good(), *self.trial))
        self.current = self._read(self.lay_out())
        if not self.trial or _of_pages(self.current) < _of_pages(self.accepted):
            self.kept, self.accepted = (*self.kept, *self.trial), self.current
        self.trial = ()
        return self.current

    def mended(self, trials: bool) -> bool:
        """Chooses what to do before the next pass; False when nothing is left to do.

        Without ``trials`` only what was found good is kept: the last pass shows all of it together.
        """
        rejected = self.accepted is not self.current
        changed = self._mend_locally()
        self.script.change(self._good())
        self.trial = next(self._trials(), ()) if trials else ()
        return bool(self.trial) or changed or rejected

    def _good(self) -> tuple[Change, ...]:
        return (*self.kept, *(each for mend in self.local.values() for each in mend))

    def _mend_locally(self) -> bool:
        """The next mend of every finding inside a block."""
        changed = False
        for finding in self.current.findings:
            key = _key(finding)
            if finding.kind not in LOCAL:
                continue
            mend = self._untried(key, finding, self.current.proof)
            if mend:
                self.local[key] = mend
                changed = True
            else:
                self.local.pop(key, None)
        return changed

    def _trials(self) -> Iterator[Mend]:
        """The next mend of the gravest finding of pages that has one left."""
        for finding in sorted(self.accepted.findings, key=lambda each: (-_grave(each), each.page)):
            if finding.kind not in LOCAL:
                mend = self._untried(_key(finding), finding, self.accepted.proof)
                if mend:
                    yield mend

    def _untried(self, key: Key, finding: Finding, proof: Proof) -> Mend:
        number = self.tried.get(key, 0)
        self.tried[key] = number + 1
        return next(islice(mends_of(finding, proof), number, None), ())


def _grave(finding: Finding) -> bool:
    return finding.cost >= 20


def _of_pages(current: Pass) -> float:
    return cost_of(each for each in current.findings if each.kind not in LOCAL)


def _key(finding: Finding) -> Key:
    return finding.kind, id(finding.subject) if finding.subject is not None else -finding.page
