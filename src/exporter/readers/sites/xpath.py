"""XPath → CSS, for the part of XPath that site configs are written in: paths of steps, tests of attributes, unions.

``//div[@id='a']/p[contains(@class, 'b')] | //article`` becomes ``div#a > p[class*="b"]`` and ``article``. A path that CSS
cannot say the same of is refused with the reason, never bent.
"""

from __future__ import annotations

import json
import re
from itertools import product

MAX_ALTERNATIVES = 16
"""CSS has no ``or`` inside a step as XPath has: each ``or`` makes more selectors, up to this many."""


class Inexpressible(Exception):
    """An expression that has no counterpart in CSS; the message says why."""


_NAME = r"[a-z][\w-]*"
_STRING = r"(?:'([^']*)'|\"([^\"]*)\")"
_STEP = re.compile(
    rf"(?P<axis>following-sibling::|descendant::|descendant-or-self::|child::)?(?P<name>{_NAME}|\*)", re.IGNORECASE
)
_IDIOM = re.compile(
    rf"contains\(\s*concat\(\s*(['\"]) \1\s*,\s*(?:normalize-space\(\s*)?@(?P<name>{_NAME})\s*\)?\s*,\s*(['\"]) \3\s*\)\s*,"
    r"\s*(?:concat\(\s*)?(?P<quote>['\"]) ?(?P<word>[^'\"\s]+) ?(?P=quote)(?:\s*\))?\s*\)",
    re.IGNORECASE,
)
_TESTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"@({_NAME})", re.IGNORECASE), "[{0}]"),
    (re.compile(rf"(?:normalize-space\(\s*)?@({_NAME})\s*\)?\s*=\s*{_STRING}", re.IGNORECASE), "[{0}={1}]"),
    (re.compile(rf"@({_NAME})\s*!=\s*{_STRING}", re.IGNORECASE), "[{0}]:not([{0}={1}])"),
    (re.compile(rf"contains\(\s*@({_NAME})\s*,\s*{_STRING}\s*\)", re.IGNORECASE), "[{0}*={1}]"),
    (re.compile(rf"starts-with\(\s*@({_NAME})\s*,\s*{_STRING}\s*\)", re.IGNORECASE), "[{0}^={1}]"),
    (re.compile(rf"\.?//({_NAME})", re.IGNORECASE), ":has({0})"),
    (re.compile(rf"({_NAME})", re.IGNORECASE), ":has(> {0})"),
    (re.compile(r"(?:position\(\)\s*=\s*)?1"), ":first-of-type"),
    (re.compile(r"(?:position\(\)\s*=\s*)?last\(\)"), ":last-of-type"),
    (re.compile(r"(?:position\(\)\s*=\s*)?(\d{1,3})"), ":nth-of-type({0})"),
)
"""One test between brackets → what it is in CSS. A position counts elements of one name, as ``of-type`` does."""

_PLACE = re.compile(r"(?<![\w'\"-])(?:position\(\)\s*=\s*)?(?:\d{1,3}|last\(\))(?![\w'\"-])")


def selectors_of(expression: str) -> list[str]:
    """The CSS selectors that together take what the XPath expression takes. Raises :class:`Inexpressible`."""
    return [selector for path in _cut(expression, "|") for selector in _path(path.strip())]


def _path(path: str) -> list[str]:
    # "(//p)[1]" is the first on the page: where one element is wanted, the first is taken anyway.
    if path.startswith("(") and re.search(r"\)\s*(?:\[1\])?$", path):
        path = re.sub(r"\)\s*(?:\[1\])?$", "", path[1:]).strip()
    path = re.sub(r"/text\(\)$", "", path)
    if not path.startswith("/"):
        path = f"//{path}"
    rows: list[list[str]] = [[]]
    for joint, step in _steps(path):
        alternatives = _step(step, joint, first=not rows[0])
        rows = [[*row, alternative] for row, alternative in product(rows, alternatives)]
        if len(rows) > MAX_ALTERNATIVES:
            raise Inexpressible(f"it has more than {MAX_ALTERNATIVES} alternatives")
    return ["".join(row) for row in rows]


def _steps(path: str) -> list[tuple[str, str]]:
    """``(joint, step)`` of the path, the joint ``/`` or ``//``."""
    found: list[tuple[str, str]] = []
    joint = ""
    for part in _cut(path, "/"):
        if part:
            found.append((joint or "/", part.strip()))
            joint = "/"
        else:
            joint = "//" if joint == "/" or found else "/"
    if not found or (joint == "//" and not found):
        raise Inexpressible("it is no path")
    return found


def _step(step: str, joint: str, first: bool) -> list[str]:
    name, *tests = _brackets(step)
    found = _STEP.fullmatch(name)
    if found is None:
        raise Inexpressible(_why_not(name))
    axis = (found["axis"] or "").lower()
    if axis == "descendant-or-self::":
        raise Inexpressible("CSS has no such axis")
    combinator = "~" if axis == "following-sibling::" else " " if joint == "//" or axis == "descendant::" else ">"
    lead = "" if first else " " if combinator == " " else f" {combinator} "
    if first and joint == "/" and found["name"].lower() != "html":
        raise Inexpressible("it begins at the root, which is html")
    _check_places(found["name"], tests)
    choices = [[f"{lead}{found['name'].lower()}"], *(_test(test) for test in tests)]
    made = ("".join(parts) for parts in product(*choices))
    return [re.sub(r"^(\s*(?:[>~] )?)\*(?=[\[:])", r"\1", each) for each in made]


def _check_places(name: str, tests: list[str]) -> None:
    """A position means the same in CSS only when it is the first thing asked of elements of one name."""
    for test in tests:
        placed = _PLACE.search(re.sub(_STRING, "''", test))
        if placed and (name == "*" or test is not tests[0] or not _PLACE.fullmatch(test)):
            raise Inexpressible("a position means the same in CSS only behind an element's name, and alone")


def _why_not(name: str) -> str:
    if name.startswith("@"):
        return "it takes an attribute; exporter reads what the head declares by itself"
    if name in (".", "..") or "::" in name:
        return "CSS has no such axis"
    return "it is no plain step"


def _brackets(step: str) -> list[str]:
    """``div[a][b]`` → ``div``, ``a``, ``b``."""
    name, bracket, rest = step.partition("[")
    found = [name.strip()]
    depth, start = 1, 0
    quote = ""
    for place, letter in enumerate(rest if bracket else ""):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter == "[":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif letter == "]":
            depth -= 1
            if not depth:
                found.append(rest[start:place].strip())
        elif not depth and not letter.isspace():
            raise Inexpressible("its brackets do not match")
    if bracket and (depth or quote):
        raise Inexpressible("its brackets do not match")
    return found


def _test(test: str) -> list[str]:
    """The alternatives in CSS of what stands between brackets."""
    parts = _cut(test, " or ")
    if len(parts) > 1:
        return [each for part in parts for each in _test(part.strip())]
    parts = _cut(test, " and ")
    if len(parts) > 1:
        return ["".join(row) for row in product(*(_test(part.strip()) for part in parts))]
    if test.startswith("(") and test.endswith(")"):
        return _test(test[1:-1].strip())
    denied = re.fullmatch(r"not\s*\((.*)\)", test, re.DOTALL | re.IGNORECASE)
    if denied:
        return ["".join(f":not({each})" for each in _test(denied[1].strip()))]
    return [_single(test)]


def _single(test: str) -> str:
    idiom = _IDIOM.fullmatch(test)
    if idiom:
        return f"[{idiom['name'].lower()}~={_quoted(idiom['word'])}]"
    for pattern, css in _TESTS:
        found = pattern.fullmatch(test)
        if found:
            name, *values = [each for each in (*found.groups(), "") if each is not None]
            return css.format(name.lower(), _quoted(values[0] if values else ""))
    raise Inexpressible("it tests what CSS cannot, such as the words of an element")


def _quoted(value: str) -> str:
    """A string of CSS."""
    if re.search(r"[\x00-\x1f\\]", value):
        raise Inexpressible("it holds a character that is none of a name")
    return json.dumps(value, ensure_ascii=False)


def _cut(expression: str, at: str) -> list[str]:
    """The expression cut wherever ``at`` stands outside of brackets and quotation marks."""
    parts, depth, quote, start, place = [], 0, "", 0, 0
    while place < len(expression):
        letter = expression[place]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "[(":
            depth += 1
        elif letter in "])":
            depth -= 1
        elif not depth and expression.startswith(at, place):
            parts.append(expression[start:place])
            start = place + len(at)
            place = start - 1
        place += 1
    return [*parts, expression[start:]]
