"""Rules, the sentences that say what they mean, and the pages that show them hold one another."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from unittest import mock

import pytest

import exporter
from exporter.readers.segments.segment import Segment

ROOT = Path(__file__).resolve().parent.parent
READERS = ROOT / "src" / "exporter" / "readers"
SENTENCES = tomllib.loads((ROOT / "src" / "exporter" / "rules.toml").read_text("utf-8"))
PAGES = [
    *sorted((ROOT / "tests" / "pages").glob("*/source.*")),
    *sorted((ROOT / "tests" / "sites").glob("*/source.html")),
    *sorted((ROOT / "tests" / "corrections").glob("*/source.html")),
    ROOT / "source" / "the-last-lampist",
]
DECIDING = {"settle": 1, "leave_out": 0, "overrule": 1}
"""Methods of a segment that take a rule's name, and the place of it among their arguments."""


def named() -> Iterator[str]:
    """The names of rules that stand in the code."""
    for file in READERS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield from literals(argument_of(node))


def argument_of(call: ast.Call) -> ast.expr | None:
    if is_rule(call):
        return call.args[0]
    if isinstance(call.func, ast.Name) and call.func.id == "Segment":
        return next((keyword.value for keyword in call.keywords if keyword.arg == "rule"), None)
    place = DECIDING.get(call.func.attr) if isinstance(call.func, ast.Attribute) else None
    return call.args[place] if place is not None and len(call.args) > place else None


def test_a_decision_takes_its_name_from_a_table() -> None:
    spelled_out = [
        f"{file.name}:{node.lineno}"
        for file in READERS.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and not is_rule(node) and [*literals(argument_of(node))]
    ]
    assert spelled_out == []


def is_rule(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in ("Rule", "Search")


def literals(expression: ast.expr | None) -> Iterator[str]:
    if expression is not None:
        yield from (
            each.value
            for each in ast.walk(expression)
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )


@cache
def shown() -> frozenset[str]:
    """The rules by which segments of our own pages were decided, those inside others too."""
    found: set[str] = set()
    decide = Segment.settle

    def settle(segment: Segment, became: str, rule: str) -> None:
        decide(segment, became, rule)
        found.add(segment.rule)

    with mock.patch.object(Segment, "settle", settle):
        for page in PAGES:
            rules = page.with_name("site.toml")
            with suppress(exporter.ExporterError):
                reading = exporter.read(page, site=str(rules) if rules.exists() else None)
                found.update(fate.rule for fate in reading.fates)
    return frozenset(found)


def fits(rule: str, sentence: str) -> bool:
    return rule.startswith(sentence[:-1]) if sentence.endswith("*") else rule == sentence


@pytest.mark.parametrize("rule", sorted(set(named())))
def test_a_rule_has_a_sentence(rule: str) -> None:
    assert any(fits(rule, sentence) for sentence in SENTENCES), "say in rules.toml what it means"


@pytest.mark.parametrize("sentence", sorted(SENTENCES))
def test_a_rule_with_a_sentence_has_a_page_that_shows_it(sentence: str) -> None:
    assert any(fits(rule, sentence) for rule in shown()), "add a page of your own writing to tests/pages that needs it"


def test_what_pages_show_has_a_sentence() -> None:
    assert [rule for rule in shown() if not any(fits(rule, sentence) for sentence in SENTENCES)] == []


def test_only_sites_ends_and_corrections_overrule() -> None:
    overruling = {
        file.relative_to(READERS).as_posix()
        for file in READERS.rglob("*.py")
        if ".overrule(" in file.read_text("utf-8") and file.name != "segment.py"
    }
    assert overruling <= {"sites/applied.py", "article/end_matter.py", "html.py", "assembly/corrected.py"}


def test_nothing_else_changes_what_was_decided() -> None:
    for file in READERS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and file.name != "segment.py":
                written = [each for target in node.targets for each in ast.walk(target)]
                fields = {each.attr for each in written if isinstance(each, ast.Attribute)}
                assert not fields & {"became", "rule"}, f"{file.name}:{node.lineno}"
