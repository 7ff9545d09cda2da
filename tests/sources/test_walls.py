"""What stands in an article's place, in many languages: it is known for what it is, and no article is taken for it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from exporter.errors import ExtractionError
from exporter.sources.web.obstacles import refuse_obstacle
from exporter.sources.web.skim import skim

from .test_web import article

ADDRESS = "https://a.example/talk"
WALLS = tomllib.loads(Path(__file__).with_name("walls.toml").read_text("utf-8"))
SAID = {
    "consent": "a question for consent and no article",
    "paywall": "the beginning of an article that is sold",
    "shell": "an empty page that scripts would fill",
    "missing": "an error page",
}


def page_of(kind: str, name: str) -> str:
    """The page that a wall of that kind makes; ``name`` is a key of its table, or the title itself."""
    if kind == "missing":
        return f"<title>{name} | The Pier</title><h1>{name}</h1><p>…</p>"
    words = WALLS[kind][name]
    if kind == "shell":
        return f"<title>App</title><div id=root></div><noscript>{words}</noscript><script src=a.js></script>"
    if kind == "consent":
        heading, text, *buttons = words
        shown = "".join(f"<button>{each}</button>" for each in buttons)
        return f"<title>{heading}</title><h1>{heading}</h1><p>{text}</p>{shown}"
    prose = f"<p>{WALLS['prose'][name[:2]]}</p>" * 2
    lines = "".join(f"<p>{each}</p>" for each in words)
    return f"<title>T</title><article><h1>T</h1>{prose}{lines}</article>"


CASES = [(kind, name) for kind in SAID for name in WALLS[kind]]


@pytest.mark.parametrize(("kind", "name"), CASES, ids=[" ".join(case) for case in CASES])
def test_a_wall_is_known_in_its_language(kind: str, name: str) -> None:
    with pytest.raises(ExtractionError, match=SAID[kind]) as caught:
        refuse_obstacle(skim(page_of(kind, name)), ADDRESS)
    assert ADDRESS in caught.value.message
    assert caught.value.advice


@pytest.mark.parametrize("language", WALLS["prose"])
def test_an_article_between_such_words_is_one(language: str) -> None:
    """A menu that sells, a foot that asks for consent, and twenty paragraphs of the language between them."""
    sold = " ".join(words[0] for name, words in WALLS["paywall"].items() if name[:2] == language)
    asked = " ".join(words[1] for name, words in WALLS["consent"].items() if name[:2] == language)
    prose = "".join(f"<p>{WALLS['prose'][language]}</p>" for _ in range(20))
    page = f"<title>T</title><nav>{sold}</nav><article><h1>T</h1>{prose}</article><footer>{asked}</footer>"
    refuse_obstacle(skim(page), ADDRESS)


def test_a_talk_about_consent_is_no_question_for_it() -> None:
    page = article(1, 20).replace("quiet that morning", "full of cookies, consent and privacy")
    refuse_obstacle(skim(page), ADDRESS)


def test_an_offer_of_letters_behind_a_short_article_sells_nothing() -> None:
    page = article(1, 3).replace(
        "</article>", "<p>Subscribe to our newsletter to keep reading such talks.</p></article>"
    )
    refuse_obstacle(skim(page), ADDRESS)


def test_a_menu_that_finds_pages_is_no_error_page() -> None:
    menu = "<nav><a href=/find>Find a page</a> <a href=/f>You can't find it? Our Facebook page</a></nav>"
    refuse_obstacle(skim(article(1, 3).replace("<article>", f"{menu}<article>")), ADDRESS)
