"""Captions parted from credits, labels of speakers, XPath as CSS, case by case in fixtures/*.md: title, input, expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.model import Text
from exporter.readers.lexicon.credits import split
from exporter.readers.lexicon.dates import in_words
from exporter.readers.lexicon.names import houses, people_in
from exporter.readers.segments.labels import label_of
from exporter.readers.segments.segment import Segment
from exporter.readers.sites.xpath import Inexpressible, selectors_of

FIXTURES = Path(__file__).resolve().parent / "fixtures"
CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\n```\n(?P<given>.*?)\n```\n\n```\n(?P<expected>.*?)\n```$", re.MULTILINE | re.DOTALL
)


def parted(text: str) -> str:
    caption, credit = split(text)
    return f"caption: {caption}\ncredit: {credit}"


def labelled(text: str) -> str:
    label = label_of(Segment("paragraph", text, (Text(text),)))
    if label is None:
        return "none"
    return f"role: {label.role}\nname: {label.name}\nrest: {text[label.length :].strip()}"


def as_css(expression: str) -> str:
    try:
        return "\n".join(selectors_of(expression))
    except Inexpressible as fault:
        return f"not: {fault}"


def dated(text: str) -> str:
    language, line = text.split(": ", 1)
    found = in_words(line, language)
    return found.date if found else "none"


def signed(text: str) -> str:
    found = [f"{person.role}: {person.name}" for person in people_in(text)]
    return "\n".join(found + [f"house: {name}" for name in houses([text], "")]) or "none"


TELLERS: dict[str, Callable[[str], str]] = {
    "credits": parted,
    "speakers": labelled,
    "xpath": as_css,
    "dates": dated,
    "bylines": signed,
}


def cases() -> list[tuple[str, str, str]]:
    """``(file/title, given, expected)`` of every fixture."""
    return [
        (f"{name}/{case['title']}", case["given"], case["expected"])
        for name in TELLERS
        for case in CASE.finditer((FIXTURES / f"{name}.md").read_text("utf-8"))
    ]


def known_faults() -> dict[str, str]:
    rows = (FIXTURES / "known-faults.txt").read_text("utf-8").splitlines()
    pairs = (row.partition(": ") for row in rows if row and not row.startswith("#"))
    return {title: reason for title, _, reason in pairs}


FAULTS = known_faults()


@pytest.mark.parametrize(("title", "given", "expected"), cases(), ids=[title for title, _, _ in cases()])
def test_it_is_told_as_a_reader_would(title: str, given: str, expected: str, request: pytest.FixtureRequest) -> None:
    if title in FAULTS:
        request.applymarker(pytest.mark.xfail(reason=FAULTS[title]))
    told = "\n".join(row.rstrip() for row in TELLERS[title.partition("/")[0]](given).splitlines())
    assert told == expected


def test_no_fixture_is_overlooked() -> None:
    titles = [title for title, _, _ in cases()]
    headings = sum((FIXTURES / f"{name}.md").read_text("utf-8").count("\n## ") for name in TELLERS)
    assert len(set(titles)) == len(titles) == headings
    assert set(FAULTS) <= set(titles)
