"""What copying and mailing do to a text, undone before it is read: signs of quoting, names above what is said."""

from __future__ import annotations

import re
from collections import Counter

NAME_WORDS = 4
"""Words: a line that names a speaker has no more."""
LEAST = 2
"""How often a name must stand on a line of its own: who speaks in an interview speaks again."""
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][^.!?…:;,\n]{0,60}")
"""A line that begins with a capital, or a letter of a script without capitals, and has no sign of a sentence."""


def unmarked(text: str) -> str:
    """The text as it was before: line feeds alone, no line quoted, names before what is said."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return with_labels(unquoted(plain))


def unquoted(text: str) -> str:
    """The text without the signs before its lines, where a mail quotes all of it."""
    lines = [line for line in text.split("\n") if line.strip()]
    quoted = bool(lines) and all(line.lstrip().startswith(">") for line in lines)
    return _QUOTED.sub("", text) if quoted else text


def with_labels(text: str) -> str:
    """The text with "Name: words" in place of a name above its words, where at least two names take turns so."""
    lines = text.split("\n")
    names = _speakers(lines)
    if len(names) < LEAST:
        return text
    made: list[str] = []
    for line in lines:
        if made and made[-1].strip() in names and line.strip():
            made[-1] = f"{made[-1].strip()}: {line.strip()}"
        elif made and made[-1].strip() in names and not line.strip():
            continue  # the words stand below an empty line
        else:
            made.append(line)
    return "\n".join(made)


def _speakers(lines: list[str]) -> set[str]:
    """Short lines that come again and again, each time with longer words of somebody below."""
    told = [line.strip() for line in lines if line.strip()]
    counted: Counter[str] = Counter()
    spoiled: set[str] = set()
    for line, following in zip(told, [*told[1:], ""], strict=True):
        if len(line.split()) <= NAME_WORDS and _NAME.fullmatch(line):
            counted[line] += 1
            if len(following) <= len(line) or following == line:
                spoiled.add(line)
    return {name for name, count in counted.items() if count >= LEAST and name not in spoiled}
