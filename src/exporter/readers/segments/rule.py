"""What a rule is: a name, the question whether it applies, and what a segment becomes by it.

A :class:`Rule` is asked of one subject, mostly a segment with what is known of its place; a :class:`Search` looks for its
segments itself. Rules of one kind stand in a tuple, in the order in which they are tried. The name is what ``exporter explain``
prints; what it means stands in ``rules.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct

from exporter.readers.segments.segment import LEFT_OUT, Segment

Subject = TypeVar("Subject")


class Rule(Struct, Generic[Subject], frozen=True):
    """``applies`` tells of a subject whether the rule is the one for it; ``became`` what the segment is then."""

    name: str
    applies: Callable[[Subject], bool]
    became: str = LEFT_OUT


class Search(Struct, Generic[Subject], frozen=True):
    """``find`` gives the segments that the rule is for, one by one: each is decided before it looks for the next.

    ``became`` is what they are then; a segment for which that is otherwise comes with what it becomes.
    """

    name: str
    find: Callable[[Subject], Iterable[Segment | tuple[Segment, str]]]
    became: str = LEFT_OUT

    def decide(self, subject: Subject) -> list[Segment]:
        """Settles the segments that are found, and gives them."""
        settled = []
        for found in self.find(subject):
            segment, became = found if isinstance(found, tuple) else (found, self.became)
            segment.settle(became, self.name)
            settled.append(segment)
        return settled


def decide(searches: tuple[Search[Subject], ...], subject: Subject) -> None:
    """Lets each search settle what it finds, one after the other."""
    for search in searches:
        search.decide(subject)


def first_rule(rules: tuple[Rule[Subject], ...], subject: Subject) -> str:
    """The name of the first rule that applies, ``""`` when none does."""
    return next((rule.name for rule in rules if rule.applies(subject)), "")


def settle_by(rules: tuple[Rule[Subject], ...], subject: Subject, segment: Segment) -> str:
    """Settles the segment by the first rule that applies to the subject; gives its name, ``""`` when none does."""
    for rule in rules:
        if rule.applies(subject):
            segment.settle(rule.became, rule.name)
            return rule.name
    return ""
