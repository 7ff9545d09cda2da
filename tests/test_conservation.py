"""No visible text of a page gets lost on the way: each letter is in a fate, and what a fate keeps is in the document."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from exporter import Reading, read
from exporter.sources.source import Source

TESTS = Path(__file__).resolve().parent
sys.path.insert(0, str(TESTS / "eval"))

from conservation import LOST, TWICE, UNPRINTED, losses  # noqa: E402 - its folder is put on the path above

PAGES = [*sorted((TESTS / "pages").glob("*/source.html")), *sorted((TESTS.parent / "source").glob("*/article.html"))]


def reading_of(content: bytes) -> Reading:
    return read(Source("page", content, "the page", ".html"), format="html")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_letter_of_the_page_is_told_of_once(page: Path) -> None:
    content = page.read_bytes()
    assert [loss for loss in losses(content, reading_of(content)) if loss.kind in (LOST, TWICE)] == []


PROSE = "She has wound the clock of the harbour office every Friday for thirty-one years, and never once been thanked."
ODD = f"""<html><head><title>Keeper of the clock</title></head><body><nav>Home <a href=/>Tides</a></nav>
<article><h1>Keeper of the clock</h1><p>{PROSE}</p><p>It {{}} runs late. {PROSE}</p><p>{PROSE}</p></article></body></html>"""


ODD_THINGS = [
    "<a href='/x'><button>Buy it</button></a>",
    "never<wbr>theless",
    "<picture><img src=a.jpg width=600 height=400><span>Photo: Ada Moss</span></picture>",
    "<button>Listen</button>",
    "<select><option>January</option><option>February</option></select>",
    "<ruby>時<rp>(</rp><rt>とき</rt><rp>)</rp></ruby>",
    "<label>Name</label>",
    "<span aria-hidden=true>softly</span>",
    "<textarea>write here</textarea>",
    "<svg><text>tick</text></svg>",
    "<span hidden>unseen</span>",
    "<noscript>no script</noscript>",
    "<![CDATA[odd]]><!-- remark --><?php echo 1 ?>",
    "[in brackets]",
]


@pytest.mark.parametrize("inside", ODD_THINGS)
def test_odd_things_inside_a_paragraph_are_told_of(inside: str) -> None:
    content = ODD.format(inside).encode()
    assert [loss for loss in losses(content, reading_of(content)) if loss.kind in (LOST, TWICE)] == []


def test_a_loss_is_noticed() -> None:
    content = ODD.format("always").encode()
    whole = reading_of(content)
    assert [loss for loss in losses(content, whole) if loss.kind != UNPRINTED] == []
    short = Reading(whole.document, whole.notices, whole.fates[1:])
    doubled = Reading(whole.document, whole.notices, (*whole.fates, whole.fates[-1]))
    empty = ODD.format("always").replace("late", "").encode()
    assert {loss.kind for loss in losses(content, short)} == {LOST}
    assert {loss.kind for loss in losses(content, doubled)} == {TWICE, UNPRINTED}
    assert {loss.kind for loss in losses(empty, whole)} == {TWICE}
