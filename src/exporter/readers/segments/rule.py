"""A rule has a name and a question: whether it applies. Rules of one kind stand in a tuple, and the first that applies decides.

The name is what ``exporter explain`` prints; what it means stands in ``rules.toml``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from msgspec import Struct

Subject = TypeVar("Subject")


class Rule(Struct, Generic[Subject], frozen=True):
    """``applies`` tells of a subject, mostly a segment with what is known of its place, whether the rule is the one for it."""

    name: str
    applies: Callable[[Subject], bool]


def first_rule(rules: tuple[Rule[Subject], ...], subject: Subject) -> str:
    """The name of the first rule that applies, ``""`` when none does."""
    return next((rule.name for rule in rules if rule.applies(subject)), "")
