"""``explain --html``: the page coloured by what each block became, and nothing of its markup in it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

import exporter
from exporter import cli
from exporter.rules import meaning
from exporter.writers.explanation import SIGNS, explanation

TESTS = Path(__file__).resolve().parent
FAULTS = (TESTS / "pages" / "known-faults.txt").read_text("utf-8")
PAGES = [each for each in sorted((TESTS / "pages").glob("*/source.html")) if f"\n{each.parent.name}:" not in FAULTS]
PAGES += sorted((TESTS.parent / "source").glob("*/article.html"))
GOLDEN = TESTS / "golden" / "explanation"

HOSTILE = """<html><head><title>Bells &amp; <b>whistles</b></title>
<style>body { display: none } .words { background: url(https://evil.example/a) }</style></head>
<body onload="steal()"><nav class='"><script>steal()</script>'>Home <a href="javascript:steal()">Click</a></nav>
<article><h1 style="position:fixed">The woman who tunes bells</h1><script>steal()</script>
<p id='x" onmouseover="steal()' class="&lt;img src=x onerror=steal()&gt;">&lt;script&gt;steal()&lt;/script&gt; {{ 7 * 7 }}
She has climbed four hundred towers, and she remembers the steps of each of them, every single one, in order.</p>
<p>&#x202e;Backwards &#8;&#1; and back. </style><svg onload="steal()"></svg>
The pigeons stay when the hum is right, and leave when it is wrong by a few cents, long before anyone hears it.</p>
<img src='https://evil.example/x.jpg" onerror="steal()' width=900 height=600>
<iframe src="https://evil.example/frame"></iframe>
<p>To be left alone, mostly. It was cast with one note in it, and every hand since then has scraped a little of it away.</p>
</article></body></html>"""

ELEMENTS = {
    "a",
    "aside",
    "bdi",
    "body",
    "div",
    "fieldset",
    "form",
    "h1",
    "h2",
    "head",
    "header",
    "html",
    "img",
    "input",
    "label",
    "legend",
    "li",
    "main",
    "meta",
    "ol",
    "p",
    "span",
    "strong",
    "style",
    "title",
    "ul",
}
ATTRIBUTES = {
    *("charset", "http-equiv", "content", "name", "lang", "class", "href", "id", "type", "checked", "tabindex"),
    *("title", "dir", "src", "alt", "aria-label"),
}


class Shape(HTMLParser):
    """The elements and attributes of a page, its style sheet, and the words of its blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.style = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "style" or dict(attrs).get("class", "").__str__().startswith("words"):
            self._inside = tag
            self.words += [""] if tag != "style" else []

    def handle_endtag(self, tag: str) -> None:
        self._inside = "" if tag == self._inside else self._inside

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.style += data
        elif self._inside:
            self.words[-1] += data


def shape_of(page: bytes) -> Shape:
    shape = Shape()
    shape.feed(page.decode())
    return shape


def reading_of(content: bytes) -> exporter.Reading:
    return exporter.read(content, format="html")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_the_page_stands_there_to_the_last_word_and_in_its_order(page: Path) -> None:
    reading = exporter.read(page)
    shape = shape_of(explanation(reading))
    assert [words.strip() for words in shape.words] == [fate.text.strip() for fate in reading.fates]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_each_thing_that_a_block_can_become_has_a_sign(page: Path) -> None:
    assert {fate.became for fate in exporter.read(page).fates} <= set(SIGNS)


def test_a_family_is_told_by_more_than_its_colour() -> None:
    sheet = (TESTS.parent / "styles" / "base" / "explanation.css").read_text("utf-8")
    worn = {
        family: re.search(rf"^\.{family} {{ --own: var\(--{family}\);.* --line: (\w+)", sheet, re.MULTILINE)
        for _, family in SIGNS.values()
    }
    assert all(worn.values())
    signs = {name: sign for name, (sign, _) in SIGNS.items()}
    shared = {sign for sign, count in Counter(signs.values()).items() if count > 1}
    assert shared == {"P", "RM"}, "figure and picture, read-more and its parts, are one thing to a reader"


def test_the_rules_are_put_in_words() -> None:
    reading = exporter.read(TESTS.parent / "source" / "the-last-lampist")
    made = unescape(explanation(reading).decode())
    assert all(meaning(fate.rule) in made for fate in reading.fates)
    fates = (fate for page in PAGES for fate in exporter.read(page).fates)
    assert not {fate.rule for fate in fates if not meaning(fate.rule)}
    assert meaning("interview-question (asks, bold)") == meaning("interview-question")
    assert meaning("site rule: drop .x") != meaning("site rule: headline .x") != ""
    assert meaning("a rule of tomorrow") == ""


def test_nothing_of_a_hostile_page_gets_through() -> None:
    reading = reading_of(HOSTILE.encode())
    page = explanation(reading)
    shape = shape_of(page)
    assert shape.elements <= ELEMENTS
    assert {name for name, _ in shape.attributes} <= ATTRIBUTES
    addresses = [value for name, value in shape.attributes if name in ("src", "href")]
    assert all(value.startswith(("#", "data:image/")) for value in addresses)
    assert "evil" not in shape.style
    assert "{{ 7 * 7 }}" in page.decode()
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", page.decode())


def test_the_policy_allows_this_style_and_nothing_else(page: Path) -> None:
    shape = shape_of(explanation(exporter.read(page)))
    digest = base64.b64encode(hashlib.sha256(shape.style.encode()).digest()).decode()
    policy = next(value for name, value in shape.attributes if name == "content" and "default-src" in value)
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import|expression", shape.style)


def test_the_legend_counts_every_block_and_can_show_each_kind_alone(page: Path) -> None:
    reading = exporter.read(page)
    made = explanation(reading).decode()
    rows = re.findall(r'id="show-([kr]\d+)".*?class="name">(.*?)<.*?class="count">(\d+)<', made)
    kinds = {name: int(count) for choice, name, count in rows if choice.startswith("k")}
    rules = {name: int(count) for choice, name, count in rows if choice.startswith("r")}
    assert kinds == Counter(fate.became for fate in reading.fates)
    assert rules == Counter(fate.rule for fate in reading.fates if fate.became == "left out")
    for choice, _, count in rows:
        shown = re.findall(rf'class="block [^"]*\b{choice}\b[^"]*"', made)
        assert len(shown) == int(count)
        assert f"body:has(#show-{choice}:checked) .block:not(.{choice})" in made


def test_the_explanation_of_the_page_is_as_it_was(page: Path, golden: Callable[[Path, bytes], None]) -> None:
    made = re.sub(rb"(?s)<style>.*?</style>|sha256-[\w+/=]+|data:image/[^\"]+", b"", explanation(exporter.read(page)))
    made = re.sub(
        rb"(interview-\w+) \([^)]*\)", rb"\1", made
    )  # what spoke for a tag changes when weights are learned anew
    golden(GOLDEN / "bells.html", re.sub(rb"\d+ % sure", b"sure", made))


def test_the_same_page_gives_the_same_bytes(page: Path) -> None:
    assert explanation(exporter.read(page)) == explanation(exporter.read(page))


def test_a_document_has_nothing_to_explain(page: Path, tmp_path: Path) -> None:
    exporter.export(page, tmp_path / "bells.json")
    exporter.explain(exporter.read(tmp_path / "bells.json"), tmp_path / "fates.html")
    assert "nothing to explain" in (tmp_path / "fates.html").read_text("utf-8")


def test_on_the_command_line(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "fates.html"
    assert cli.run(["explain", str(page), "--html", str(target)]) == 0
    said = capsys.readouterr()
    assert said.out == f"{target}\n"
    assert "left out" in said.err
    assert target.read_bytes() == explanation(exporter.read(page))


def test_on_standard_output(page: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.run(["explain", str(page), "--html", "-"]) == 0
    assert capfdbinary.readouterr().out == explanation(exporter.read(page))


def test_the_place_is_looked_at_first(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", str(tmp_path / "none.html"), "--html", str(tmp_path / "no" / "x.html")]) == 50
    assert cli.run(["explain", str(page), "--html", str(tmp_path / "x.html"), "--json"]) == 2
    assert "--json and --html" in capsys.readouterr().err
