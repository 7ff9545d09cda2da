"""Which pages of the corpus may be looked at: folds by publisher, so that no page is judged by rules tuned to its sister."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256

FOLDS = 5
SEEN = frozenset({0, 1, 2})
"""Folds whose pages may be opened, tuned to and trained on."""
UNSEEN = frozenset({3})
"""The fold that is scored and never opened: it says how the rules do on pages that nobody has looked at."""
SHUT = frozenset({4})
"""The fold that is neither scored nor opened until an issue is done, and then scored once."""
SIDES = {"seen": SEEN, "unseen": UNSEEN, "shut": SHUT}

_COUNTED = re.compile(r"(_\d+)+$")
_GRAFT = re.compile(r"^s\d+-\d+-")


def fold_of(publisher: str) -> int:
    """The fold of everything that one publisher printed, 0 to 4."""
    return int(sha256(publisher.encode()).hexdigest(), 16) % FOLDS


def host(name: str) -> str:
    """The publisher of a page of ``publishers/`` or of a graft onto one: the name without its dates."""
    return _COUNTED.sub("", _GRAFT.sub("", name))


def outlet(name: str) -> str:
    """The publisher of a page of ``interviews/``: what stands before the first underscore."""
    return name.split("_", maxsplit=1)[0]


def on_side(name: str, publisher: Callable[[str], str], side: str) -> bool:
    """Whether a page is of ``side``, one of :data:`SIDES`."""
    return fold_of(publisher(name)) in SIDES[side]
