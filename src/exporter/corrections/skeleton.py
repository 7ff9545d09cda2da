"""The file of corrections, written: a line for each block with what it was taken for, which does nothing until it is opened.

A file that is there already keeps every letter; only lines for blocks that it does not name yet are put between its own.
"""

from __future__ import annotations

import json
import re

from exporter.corrections.form import METADATA, SEVERAL
from exporter.corrections.roles import BY_NAME, ROLES
from exporter.model import Article
from exporter.model.walk import plain
from exporter.notices import excerpt
from exporter.results import Fate, Reading

WORDS = 70
"""Characters of a block that are shown."""
_WIDTH = 13
_TELLING = frozenset({"turns-found", "turns-unsure", "turns-missed"})
"""Notices that say how sure the reading of questions and answers is."""
_NAMED = re.compile(r"^[ \t]*(?:#[ \t]*)?[\"']?(?P<identity>[0-9a-f]{10}(?:-[0-9]{1,6})?)[\"']?[ \t]*=")
_TABLE = re.compile(r"^[ \t]*\[")


def skeleton(reading: Reading, name: str, known: str = "") -> str:
    """The text of the file for a page of that name; ``known`` is the file that is there already."""
    if known:
        return _merged(reading, known)
    return "\n".join(
        [*_head(reading, name), *_metadata(reading.document.article), "", "[blocks]", *_lines(reading), ""]
    )


def _head(reading: Reading, name: str) -> list[str]:
    names = [role.name for role in ROLES]
    half = len(names) // 2
    return [
        f"# Corrections of {_bare(name)}. What stands here wins over what exporter finds by itself, each time it is read.",
        '# Take "# " away from a line and write between the quotation marks what it is:',
        f"#   {', '.join(names[:half])},",
        f"#   {', '.join(names[half:])}.",
        '# More of it stands in braces: { role = "answer", of = "NAME" }, { role = "pull-quote", attribution = "NAME" }.',
        *(f"# {_bare(each.message)}" for each in reading.notices if each.code in _TELLING),
        "",
    ]


def _metadata(article: Article) -> list[str]:
    """What the article is said to be, for the editor to say otherwise."""
    known = article.metadata
    roles = {"author": "author", "interviewer": "interviewer", "interviewee": "interviewee"}
    names = {key: [each.name for each in known.contributors if role in each.roles] for key, role in roles.items()}
    found: dict[str, str | list[str]] = {
        "title": plain(article.headline),
        "deck": plain(article.deck),
        **names,
        "date": known.published,
        "publication": known.publication,
        "language": known.language,
        "source-url": known.source_url,
    }
    return ["[metadata]", *(f"# {key} = {_stated(found[key] or ([] if key in SEVERAL else ''))}" for key in METADATA)]


def _stated(value: str | list[str]) -> str:
    """A text or a list of texts as TOML, whose strings are escaped as those of JSON are."""
    if isinstance(value, list):
        return f"[{', '.join(map(_stated, value))}]"
    return json.dumps(_bare(value), ensure_ascii=False)


def _lines(reading: Reading) -> list[str]:
    return [_line(fate) for fate in {each.identity: each for each in reversed(reading.fates)}.values()][::-1]


def _line(fate: Fate) -> str:
    role = fate.became if fate.became in BY_NAME else "kept"
    told = fate.rule if role == fate.became else f"{fate.became}, {fate.rule}"
    words = _bare(excerpt(fate.text, WORDS))
    return f"# {fate.identity} = {_stated(role):{_WIDTH}} # {words} · {_bare(told)}"


def _bare(text: str) -> str:
    """On one line, without what a comment may not hold."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _merged(reading: Reading, known: str) -> str:
    """The file as it is, with lines for the blocks that it does not name, each behind its neighbour on the page."""
    lines = known.splitlines()
    if not any(re.match(r"[ \t]*\[[ \t]*blocks[ \t]*\]", line) for line in lines):
        lines += ["", "[blocks]"]
    start = next(place for place, line in enumerate(lines) if re.match(r"[ \t]*\[[ \t]*blocks[ \t]*\]", line))
    places = {found["identity"]: place for place, line in enumerate(lines) if (found := _NAMED.match(line))}
    behind: dict[int, list[str]] = {}
    place = start
    for line in _lines(reading):
        found = _NAMED.match(line)
        identity = found["identity"] if found else ""
        if identity in places:
            place = max(places[identity], start)
        else:
            behind.setdefault(place, []).append(line)
    made = [each for place, line in enumerate(lines) for each in (line, *behind.get(place, ()))]
    return "\n".join(made) + "\n"
