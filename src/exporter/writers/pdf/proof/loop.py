"""The typesetting loop: lays a page out, reads it, fixes it and lays it out again while that helps, within bounds.

Lines first. How a paragraph breaks depends on nothing but itself, so all paragraphs with a bad line are set again side by
side, without the rest of the article, once for each thing that may be done about them; each keeps what did it best. Then
pages: one fix a pass, since each moves what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from math import inf
from typing import Any
from xml.etree.ElementTree import Element

from msgspec import Struct

from exporter.writers.pdf.proof.checks import findings_of
from exporter.writers.pdf.proof.findings import Finding, cost_of
from exporter.writers.pdf.proof.fixes import LOCAL, fixes_of
from exporter.writers.pdf.proof.layout import layout_of
from exporter.writers.pdf.proof.markup import Change, EditableMarkup, Fix
from exporter.writers.pdf.proof.page_proof import PageProof
from exporter.writers.pdf.weasyprint.patches.resumption import Touched

MOST_PASSES = 8
"""Layouts of one article at most, unless something grave is left."""

MOST_TIMES = 3
"""How many times as many there are then at most."""

PATIENCE = 8
"""Layouts in a row that made nothing better, after which nothing more is tried then."""

MOST_LINE_PASSES = 5
"""Layouts of its badly broken paragraphs alone at most."""

MOST_TRIES = 3
"""Mends of one finding that are tried before it is the others' turn."""

MOST_SEQUELS = 2
"""Mends that are tried together with one that would have helped but for one thing that it brought about."""

MOST_FOLLOWED = 3
"""Such mends that are tried in a row: what is not mended by then is not mended by more of them."""

GRAVE = 20.0
"""What a finding costs that is fixed before the others."""

LAST = frozenset({"feet-apart"})
"""Findings that come after all others that are not grave: where pages end hangs on where pull quotes come to stand."""

NOTHING: tuple[Fix, float] = ((), inf)
"""No fix on trial."""

Key = tuple[str, int]
"""A finding as it is known from pass to pass: its kind, and what it is about."""


class Pass(Struct, frozen=True):
    """One layout, and what the proof-reader marks on it."""

    document: Any
    proof: PageProof
    findings: tuple[Finding, ...]

    @property
    def cost(self) -> float:
        """The sum of the costs of findings."""
        return cost_of(self.findings)

    @property
    def grave(self) -> bool:
        """Whether a finding is grave."""
        return any(each.cost >= GRAVE for each in self.findings)

    def cost_to(self, page: float) -> float:
        """The cost of findings on the pages up to this one, those left out that are fixed inside one block."""
        return cost_of(each for each in self.findings if each.kind not in LOCAL and each.page <= page)


class Outcome(Struct, frozen=True):
    """The first pass, the best one, and how many there were."""

    first: Pass
    best: Pass
    passes: int


def typeset(root: Element, lay_out: Callable[..., Any], document: Any, most: int = MOST_PASSES) -> Outcome:
    """Lays a page out until nothing is found that can be fixed, ``most`` times at most, and keeps the best of the passes.

    ``root`` is the page's tree, which is changed between passes; ``lay_out`` lays it out as it is then; ``document`` is
    the page laid out as it was first.
    """
    loop = _Loop(EditableMarkup(root), lay_out, document)
    first = best = loop.accepted
    count, vain = 1, 0
    if most > 1:
        loop.fix_lines()
    while _goes_on(count, vain, most, best):
        if not loop.mended(trials=not loop.stale or _goes_on(count + 1, vain + 1, most, best)):
            break
        current = loop.again()
        count, vain = count + 1, 0 if loop.accepted is current else vain + 1
        best = min(best, current, key=lambda each: each.cost)
    return Outcome(first, best, count)


def _goes_on(count: int, vain: int, most: int, best: Pass) -> bool:
    """Whether there is another pass: while something grave is left, more of them, unless too many in a row were in vain."""
    if not best.cost:
        return False
    times = MOST_TIMES if most == MOST_PASSES else 1.5  # fewer of a long article, each of which takes long
    return count < most or (most > 1 and best.grave and vain < PATIENCE and count < times * most)


class _Trial:
    """The fixes that were tried on one block, each with its cost."""

    def __init__(self, element: Element, cost: float) -> None:
        self.element = element
        self.tried: list[tuple[float, Fix]] = [(cost, ())]

    @property
    def best(self) -> tuple[float, Fix]:
        """The fix with the least cost, the first of several."""
        return min(self.tried, key=lambda each: each[0])

    def next(self, findings: list[Finding], proof: PageProof) -> Fix:
        """A fix for one of these findings that was not tried; an empty one when there is none."""
        done = [fix for _, fix in self.tried]
        found = (fix for finding in findings for fix in fixes_of(finding, proof))
        return next((fix for fix in found if fix not in done), ())


class _Loop:
    """The state between two passes: which fixes were tried, and which helped."""

    def __init__(self, script: EditableMarkup, lay_out: Callable[..., Any], document: Any) -> None:
        self.script, self.lay_out = script, lay_out
        self.lines: tuple[Change, ...] = ()
        self.kept: tuple[Change, ...] = ()
        self.shown: tuple[Change, ...] = ()
        """The changes with which the accepted pass was laid out."""
        self.trial, self.settled = NOTHING
        self.tried: dict[Key, list[Fix]] = {}
        self.failed: set[Fix] = set()
        self.sequels: list[tuple[Fix, float]] = []
        self.accepted = self.current = self._read(document)
        self.stale = False
        self.depth = self.followed = 0

    def _read(self, document: Any) -> Pass:
        proof = PageProof(layout_of(document), self.script)
        return Pass(document, proof, findings_of(proof))

    def fix_lines(self) -> None:
        """Sets the badly broken blocks again by themselves, each in several ways, and keeps the best way of each."""
        marked = _by_block(self.accepted)
        trials = [_Trial(findings[0].subject, cost_of(findings)) for findings in marked.values()]
        reading = self.accepted
        for _ in range(MOST_LINE_PASSES):
            ways = {}
            for trial in trials:
                findings = marked.get(id(trial.element), [])
                fix = trial.next(findings, reading.proof) if trial.best[0] else ()
                if fix:
                    ways[id(trial.element)] = trial, fix
            if not ways:
                break
            others = self.script.without_others(trial.element for trial, _ in ways.values())
            self.script.change((*others, *(change for _, fix in ways.values() for change in fix)))
            reading = self._read(self.lay_out())
            found = _by_block(reading)
            for key, (trial, fix) in ways.items():
                trial.tried.append((cost_of(found.get(key, ())), fix))
                marked[key] = [*marked[key], *found.get(key, ())]
        self.lines = tuple(change for trial in trials for change in trial.best[1])
        self.stale = bool(self.lines)  # until a layout that shows them is kept

    def again(self) -> Pass:
        """Lays the page out with all fixes, reads it, and keeps or drops the fix that was on trial."""
        changes = (*self.kept, *self.lines, *self.trial)
        touched = self._touched(changes)
        self.current = self._read(self.lay_out(self.accepted.document, touched))
        if not self.trial or self.current.cost_to(self.settled) < self.accepted.cost_to(self.settled):
            self.kept, self.accepted, self.shown = (*self.kept, *self.trial), self.current, changes
            if self.trial:
                self.failed.clear()
            self.sequels.clear()
        else:
            self.failed.add(self.trial)
            self.sequels.extend(self._followed())
        self.stale = self.stale and self.accepted is not self.current
        return self.current

    def _touched(self, changes: tuple[Change, ...]) -> Touched:
        """Makes these changes, and says which pages of the accepted pass they touch.

        Where a page ends hangs on what begins the next, so that the page before what is touched is made again too. What stands
        behind something that is moved or gets a class may look otherwise than before.
        """
        old, new = set(self.shown), set(changes)
        elements = [each for change in old ^ new for each in (change.element, change.place) if each is not None]
        self.script.change(self.shown)
        beside = [self.script.next_to(each) for each in elements]
        self.script.change(changes)
        beside += [self.script.next_to(each) for each in elements]
        both = {id(each) for each in (*elements, *beside) if each is not None}
        extents = self.accepted.proof.layout.extents
        found = [extents.get(each) for each in both]
        first = min((extents[id(each)].first if id(each) in extents else 0 for each in elements), default=0)
        last = max((each.last if each else inf for each in found), default=inf)
        return Touched(max(0, first - 1), last + 1, frozenset(both))

    def _followed(self) -> Iterator[tuple[Fix, float]]:
        """A fix that failed for what it brought about elsewhere, together with what may be done about the gravest of that."""
        known = {_key(each) for each in self.accepted.findings}
        fresh = [each for each in self.current.findings if each.kind not in LOCAL and _key(each) not in known]
        worst = max(fresh, key=lambda each: each.cost, default=None)
        bound = self.settled
        gain = self.accepted.cost_to(bound) - self.current.cost_to(bound) + cost_of(fresh)
        if worst is not None and gain > 0 and self.depth < MOST_SEQUELS:
            self.depth += 1
            for fix in islice(fixes_of(worst, self.current.proof), MOST_SEQUELS):
                yield (*self.trial, *fix), max(bound, worst.page)
        else:
            self.depth = 0

    def mended(self, trials: bool) -> bool:
        """Chooses what to do before the next pass; False when nothing is left to do.

        Without ``trials`` only what was found good is kept: the last pass shows all of it together.
        """
        self.script.change((*self.kept, *self.lines))
        self.trial, self.settled = next(self._trials(), NOTHING) if trials else NOTHING
        return bool(self.trial) or self.stale

    def _trials(self) -> Iterator[tuple[Fix, float]]:
        """The next fix of each finding of pages that has one left, the gravest first, and from front to back.

        With each, the page up to which it must make things better. A hole must be closed on its own page: what that does
        to the pages after it is looked at when it is their turn.
        """
        while self.sequels and self.followed < MOST_FOLLOWED:
            self.followed += 1
            yield self.sequels.pop(0)
        self.sequels.clear()
        self.followed = self.depth = 0

        def turn(finding: Finding) -> tuple[int, bool, bool, int]:
            tries = len(self.tried.get(_key(finding), ())) // MOST_TRIES
            return tries, finding.cost < GRAVE, finding.kind in LAST, finding.page

        for finding in sorted(self.accepted.findings, key=turn):
            if finding.kind not in LOCAL:
                fix = self._untried(finding)
                if fix:
                    yield fix, finding.page if finding.cost >= GRAVE else inf

    def _untried(self, finding: Finding) -> Fix:
        tried = self.tried.setdefault(_key(finding), [])
        ways = (each for each in fixes_of(finding, self.accepted.proof) if each not in tried)
        fix = next((each for each in ways if each not in self.failed and not set(each) <= set(self.kept)), ())
        tried.append(fix)
        return fix


def _by_block(current: Pass) -> dict[int, list[Finding]]:
    """The findings that are fixed inside a block, by the identity of the block."""
    found: dict[int, list[Finding]] = {}
    for each in current.findings:
        if each.kind in LOCAL and each.subject is not None:
            found.setdefault(id(each.subject), []).append(each)
    return found


def _key(finding: Finding) -> Key:
    return finding.kind, id(finding.subject) if finding.subject is not None else -finding.page
