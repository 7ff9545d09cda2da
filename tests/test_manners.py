"""One interview of ours in the manners of many publishers: the same words come out of every one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from exporter import read
from exporter.model import Answer, BlockQuote, Crosshead, Figure, PullQuote, Question, ReadMore, Sidebar
from exporter.model.walk import plain, walk, words_of
from exporter.sources.source import Source

Turns = list[tuple[str, str]]

TITLE = "The woman who rents out echoes"
INTRODUCTION = (
    "Behind the quarry at Tarn, where the road gives up, Oona Brisk keeps nineteen echoes in good repair. "
    "She lends them by the hour, to choirs, to lawyers and to people who live alone."
)
TURNS: Turns = [
    (
        "How did you come by your first echo?",
        (
            "I inherited it. My aunt left me a field with a wall in it, and when I said that it was not worth having, "
            "the wall agreed with me."
        ),
    ),
    (
        "Do you have to look after them?",
        (
            "Every day. I call to each of them before breakfast, something cheerful, because they sulk for hours over "
            "a cough. In winter I read them the weather."
        ),
    ),
    (
        "Who are your best customers?",
        (
            "Lawyers, by a long way. They come in the evening and practise being agreed with, and I have to ask them "
            "to leave when it gets dark."
        ),
    ),
    (
        "Have you ever lost one?",
        "One. I lent it to a tunnel, and my tunnel people swear that it never came out at the other end.",
    ),
    (
        "What would you say to it, if you heard it again?",
        "I would say nothing at all, and see whether it still knows my voice.",
    ),
]
CAPTION = "Oona Brisk listens to the north wall before the choir arrives."
CREDIT = "Hal Wrede/Tarn Gazette"
QUOTE = "They come in the evening and practise being agreed with"
SAYER = "Oona Brisk"
READ_MORE = "Nine walls that answer back"
NEXT = f'<a href="https://tarn.example/walls">{READ_MORE}</a>'
ASKER, TELLER = "Ned Farrow", SAYER

# ----------------------------------------------------------------------------------- the question and its answer, in markup


def _paragraphs(before: str, after: str) -> Callable[[Turns, list[str]], str]:
    def lay(turns: Turns, beside: list[str]) -> str:
        rows = zip(turns, beside, strict=True)
        return "".join(f"{before}{asked}{after}<p>{said}</p>{thing}" for (asked, said), thing in rows)

    return lay


def _labels(asker: str, teller: str) -> Callable[[Turns, list[str]], str]:
    def lay(turns: Turns, beside: list[str]) -> str:
        rows = zip(turns, beside, strict=True)
        return "".join(f"<p>{asker} {asked}</p><p>{teller} {said}</p>{thing}" for (asked, said), thing in rows)

    return lay


def _classes(turns: Turns, beside: list[str]) -> str:
    rows = zip(turns, beside, strict=True)
    return "".join(
        f'<div class="question"><p>{asked}</p></div><div class="answer"><p>{said}</p>{thing}</div>'
        for (asked, said), thing in rows
    )


def _broken(turns: Turns, beside: list[str]) -> str:
    rows = zip(turns, beside, strict=True)
    return "".join(f"<p><b>{asked}</b><br>{said}</p>{thing}" for (asked, said), thing in rows)


def _defined(turns: Turns, beside: list[str]) -> str:
    rows = zip(turns, beside, strict=True)
    inside = "".join(f"<dt>{asked}</dt><dd><p>{said}</p>{thing}</dd>" for (asked, said), thing in rows)
    return f"<dl>{inside}</dl>"


def _sections(turns: Turns, beside: list[str]) -> str:
    rows = zip(turns, beside, strict=True)
    return "".join(
        f"<section><h3>{asked}</h3><div><p>{said}</p>{thing}</div></section>" for (asked, said), thing in rows
    )


QUESTIONS: dict[str, Callable[[Turns, list[str]], str]] = {
    "bold": _paragraphs("<p><strong>", "</strong></p>"),
    "bold by style": _paragraphs('<p><span style="font-weight:700">', "</span></p>"),
    "italic": _paragraphs("<p><em>", "</em></p>"),
    "h2": _paragraphs("<h2>", "</h2>"),
    "h4 with bold": _paragraphs("<h4><b>", "</b></h4>"),
    "letters": _labels("Q:", "A:"),
    "bold letters": _labels("<b>Q.:</b>", "<b>A.:</b>"),
    "names": _labels(f"{ASKER}:", f"{TELLER}:"),
    "bold names": _labels(f"<strong>{ASKER}:</strong>", f"<strong>{TELLER}:</strong>"),
    "initials": _labels("<b>NF:</b>", "<b>OB:</b>"),
    "classes": _classes,
    "line breaks": _broken,
    "definitions": _defined,
    "sections": _sections,
}

FIGURES: dict[str, str] = {
    "credit in a span": f'<figure><img src="wall.jpg" width="900" height="600"><figcaption>{CAPTION} '
    f'<span class="credit">{CREDIT}</span></figcaption></figure>',
    "credit in parentheses": f'<figure><img src="wall.jpg" width="900" height="600"><figcaption>{CAPTION} '
    f"(Photo: {CREDIT})</figcaption></figure>",
    "credit behind its word": f'<figure><img src="wall.jpg" width="900" height="600"><figcaption>{CAPTION} '
    f"Photograph: {CREDIT}</figcaption></figure>",
    "wp-caption": f'<div class="wp-caption"><img src="wall.jpg" width="900" height="600">'
    f'<p class="wp-caption-text">{CAPTION} Photo: {CREDIT}</p></div>',
    "credit before caption": f'<div class="image"><img src="wall.jpg" width="900" height="600">'
    f'<div class="image-credit">{CREDIT}</div><div class="image-caption">{CAPTION}</div></div>',
    "lazy": f'<figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="wall.jpg" width="900" height="600">'
    f'<noscript><img src="wall.jpg"></noscript><figcaption>{CAPTION} © {CREDIT}</figcaption></figure>',
    "picture": f'<figure><picture><source srcset="wall.jpg 900w"><img src="wall.jpg" width="900" height="600"></picture>'
    f"<figcaption><p>{CAPTION}</p><p>Photo by {CREDIT}</p></figcaption></figure>",
}

QUOTES: dict[str, str] = {
    "blockquote by class": f'<blockquote class="pullquote"><p>{QUOTE}</p><cite>{SAYER}</cite></blockquote>',
    "aside": f'<aside class="pull-quote"><p>{QUOTE}</p><footer>— {SAYER}</footer></aside>',
    "div": f'<div class="quote"><p>{QUOTE}</p><p class="author">{SAYER}</p></div>',
    "wordpress": f'<figure class="wp-block-pullquote"><blockquote><p>{QUOTE}</p><cite>{SAYER}</cite></blockquote></figure>',
    "echo": f"<blockquote><p>{QUOTE}</p><p>— {SAYER}</p></blockquote>",
    "line break": f"<blockquote><p>{QUOTE}<br>— {SAYER}</p></blockquote>",
}

INVITATIONS: dict[str, str] = {
    "line": f"<p>Read more: {NEXT}</p>",
    "bold line": f"<p><strong>See also: {NEXT}</strong></p>",
    "list": f"<p>See also</p><ul><li>{NEXT}</li></ul>",
    "box": f'<div class="read-more"><p>Read more</p><p>{NEXT}</p></div>',
}


def page_of(question: str, figure: str, quote: str, invitation: str) -> bytes:
    beside = ["", FIGURES[figure], QUOTES[quote], INVITATIONS[invitation], ""]
    text = QUESTIONS[question](TURNS, beside)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Interview: {TITLE}</title></head><body>'
        f'<nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1><p class="byline">By {ASKER}</p>'
        f"<p>{INTRODUCTION}</p>{text}</article><footer>© Tarn Gazette</footer></body></html>"
    ).encode()


def _pages() -> Iterable[tuple[str, str, str, str]]:
    """Each manner to ask with each manner to show, the others by turns: every pair of neighbours meets somewhere."""
    quotes, invitations = list(QUOTES), list(INVITATIONS)
    for row, question in enumerate(QUESTIONS):
        for column, figure in enumerate(FIGURES):
            yield question, figure, quotes[(row + column) % len(quotes)], invitations[(row + column) % len(invitations)]


KNOWN_FAULTS: dict[str, str] = {}
"""Manner → what the reader gets wrong in it."""


@pytest.mark.parametrize("manners", list(_pages()), ids=", ".join)
def test_the_same_interview_comes_out_of_every_manner(
    manners: tuple[str, str, str, str], request: pytest.FixtureRequest
) -> None:
    for manner in manners:
        if manner in KNOWN_FAULTS:
            request.applymarker(pytest.mark.xfail(reason=KNOWN_FAULTS[manner]))
    assert told(page_of(*manners)) == {
        "title": TITLE,
        "byline": ASKER,
        "turns": [part for asked, said in TURNS for part in (("Question", asked), ("Answer", said))],
        "figures": [("wall.jpg", CAPTION, CREDIT)],
        "pull quotes": [(QUOTE, SAYER)],
        "read more": [READ_MORE],
        "others": 0,
    }


def told(content: bytes) -> dict[str, Any]:
    """What the reader found, without the names of speakers, which only some manners print."""
    article = read(Source("page", content, "the page", ".html"), format="html").document.article
    nodes = list(walk(article))
    figures = [node for node in nodes if isinstance(node, Figure)]
    return {
        "title": plain(article.headline),
        "byline": plain(article.byline),
        "turns": [(type(node).__name__, spoken(node)) for node in nodes if isinstance(node, Question | Answer)],
        "figures": [(node.images[0].source, plain(node.caption), plain(node.credit)) for node in figures],
        "pull quotes": [
            (plain(node.children), plain(node.attribution)) for node in nodes if isinstance(node, PullQuote)
        ],
        "read more": [plain(link.children) for node in nodes if isinstance(node, ReadMore) for link in node.links],
        "others": sum(isinstance(node, BlockQuote | Crosshead | Sidebar) for node in nodes),
    }


def spoken(part: Question | Answer) -> str:
    beside = (Figure, PullQuote, ReadMore)
    return "\n".join("".join(words_of(block)) for block in part.blocks if not isinstance(block, beside))
