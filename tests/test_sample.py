"""The sample, from its page to what a reader holds: everything is there, in order, once, and nothing else is."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

import exporter
from exporter import Options, Reading
from exporter.model import (
    Article,
    BlockQuote,
    Figure,
    Link,
    ListBlock,
    Node,
    Paragraph,
    PullQuote,
    Question,
    ReadMore,
    Sidebar,
    Turn,
)
from exporter.model.walk import figures_of, plain, walk, words_of

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "source" / "the-last-lampist"
HEADLINE = "What the Lampist Knows About the Dark"
QUESTIONS = [
    "You say that you don’t restore lighthouses. What is it that you restore?",
    "How does a girl from Sablère end up inside one?",
    "What does the glass do? Explain it to somebody who failed physics.",
    "There is most of a lens on these trestles. Where do you begin?",
    "Nor to any person who whistles?",
    "Your notebooks go back to the first week. What is in them?",
    "The thumbs?",
    "Keepers had a name for going a little mad. Was it the solitude?",
    "Were you the only woman in the service?",
    "There is a story that you once put out Skerrow Head.",
    "What has been the hardest repair?",
    "The Board says that the new lamp does the same work for a sixteenth of the current.",
    "Do people bring you things to mend that have nothing to do with the sea?",
    "And the seal?",
    "How do you take down a thing like the Skerrow lens?",
    "Who is “we”?",
    "A specialist?",
    "What will you do on the first night after?",
]
CREDITS = {
    "Skerrow Head from the breakwater": "Idris Vale / Leeward",
    "Odile Marrec on the gallery": "Idris Vale",
    "Half a lens of the first order": "Drawing by program",
    "The Hag’s Tooth in the gale": "R. Tolland / Skerrow Harbour Museum",
    "One panel of the Skerrow lens": "Idris Vale",
    "The approaches to Port Skerrow": "Drawing by program",
}
PULL_QUOTES = {
    "He made no light. He took it away from everyone who was wasting it.": "Odile Marrec",
    "I know seven of those men by their thumbs.": "Odile Marrec, lampist",
    "It tells the ships where the land is, and it tells the land that somebody is awake.": "Odile Marrec",
    "The dark is not the enemy. The dark is the customer.": "Sign over the workshop door",
}
FURNITURE = (
    *("Skip to main content", "Accept all", "Manage preferences", "214 partners", "Search Leeward", "Subscribe from"),
    *("Sign in", "Advertisement", "14 min read", "Copy link", "Save for later", "Share this article", "Topics:"),
    *("The Shipping Forecast", "Sign up", "contributing editor", "More by", "More from Leeward", "Mackerel, four ways"),
    *(
        "harbourmaster",
        "My music is fine",
        "Most read",
        "In praise of drizzle",
        "Privacy policy",
        "All rights reserved",
    ),
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return exporter.read(FOLDER)


@pytest.fixture(scope="module")
def article(reading: Reading) -> Article:
    return reading.document.article


@pytest.fixture(scope="module")
def pdf(reading: Reading) -> str:
    content, _ = exporter.render(reading.document, "pdf", Options())
    pages = pypdfium2.PdfDocument(content)
    return folded(" ".join(page.get_textpage().get_text_bounded() for page in pages))


@pytest.fixture(scope="module")
def epub(reading: Reading) -> str:
    content, _ = exporter.render(reading.document, "epub", Options())
    with zipfile.ZipFile(BytesIO(content)) as book:
        chapters = sorted(name for name in book.namelist() if re.search(r"text-\d+\.xhtml$", name))
        return folded(" ".join(visible(book.read(name).decode()) for name in chapters))


def visible(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", markup))


def folded(text: str) -> str:
    """Letters and digits only: lines, hyphens at their ends and the form of quotation marks do not count."""
    return re.sub(r"[\W_]+", "", text).casefold()


def said(node: Node) -> str:
    return "".join(words_of(node))


def test_it_is_long_enough_and_says_that_it_is_fiction(article: Article) -> None:
    assert len(" ".join(words_of(article)).split()) >= 1900
    assert any("fictional" in said(block) for block in article.introduction)


def test_the_opening(article: Article) -> None:
    assert plain(article.headline) == HEADLINE
    assert plain(article.kicker) == "Conversations"
    assert plain(article.deck).startswith("For forty-four years Odile Marrec has climbed")
    assert "Noor Castellane" in plain(article.byline)
    assert (article.metadata.publication, article.metadata.language) == ("Leeward", "en-GB")
    assert article.metadata.published.startswith("2025-11-08")
    assert [contributor.name for contributor in article.metadata.contributors] == ["Noor Castellane", "Odile Marrec"]


def test_every_question_and_its_answer(article: Article) -> None:
    turns = [node for node in walk(article) if isinstance(node, Turn)]
    assert [said(turn.question) for turn in turns if turn.question] == QUESTIONS
    assert all(len(turn.answers) == 1 for turn in turns)
    assert said(turns[-1].answers[0]).endswith("It was only shining, for the moment, on somebody else.")


def test_the_speakers_are_named_where_the_page_names_them(article: Article) -> None:
    questions = [node for node in walk(article) if isinstance(node, Question)]
    assert questions[0].speaker == "NC"
    assert not any(question.speaker for question in questions[1:])


def test_pictures_captions_and_credits(reading: Reading) -> None:
    figures = list(figures_of(reading.document.article))
    assert len(figures) == len(reading.document.assets) == 6
    told = {plain(figure.caption): plain(figure.credit) for figure in figures}
    for (begin, credit), (caption, found_credit) in zip(CREDITS.items(), told.items(), strict=True):
        assert caption.startswith(begin)
        assert found_credit == credit
    assert all(figure.images[0].asset and figure.images[0].alt for figure in figures)


def test_pull_quotes_are_told_from_the_block_quote(article: Article) -> None:
    pulled = [node for node in walk(article) if isinstance(node, PullQuote)]
    assert {plain(quote.children).strip("“”"): plain(quote.attribution) for quote in pulled} == PULL_QUOTES
    (quoted,) = (node for node in walk(article) if isinstance(node, BlockQuote))
    assert said(quoted).startswith("The Keeper shall on no account")
    assert plain(quoted.attribution).strip("— ") == "Standing Orders for Keepers of Lights, 1868, article 31"


def test_sidebar_read_more_and_link(article: Article) -> None:
    (sidebar,) = (node for node in walk(article) if isinstance(node, Sidebar))
    assert plain(sidebar.heading) == "How to read a light"
    (entries,) = (node for node in walk(sidebar) if isinstance(node, ListBlock))
    assert len(entries.entries) == 5
    (more,) = (node for node in walk(article) if isinstance(node, ReadMore))
    assert [plain(link.children) for link in more.links] == ["The night the Hag’s Tooth burned"]
    links = {plain(node.children): node.href for node in walk(article) if isinstance(node, Link)}
    assert links["rings of glass"] == "https://en.wikipedia.org/wiki/Fresnel_lens"


def test_furniture_is_left_out_by_name(reading: Reading) -> None:
    printed = " ".join(words_of(reading.document.article))
    assert [words for words in FURNITURE if words in printed] == []
    left_out = " ".join(fate.text for fate in reading.fates if fate.became == "left out")
    named = ("Advertisement", "The Shipping Forecast", "Mackerel, four ways")
    assert [words for words in named if words not in left_out] == []


@pytest.mark.parametrize("medium", ["pdf", "epub"])
def test_print_and_book_say_what_the_document_says(
    medium: str, article: Article, request: pytest.FixtureRequest
) -> None:
    text: str = request.getfixturevalue(medium)
    for figure in (node for node in walk(article) if isinstance(node, Figure)):
        assert text.count(folded(plain(figure.caption))) == 1
        assert folded(plain(figure.credit)) in text
    assert [question for question in QUESTIONS if folded(question) not in text] == []
    assert [quote for quote in PULL_QUOTES if folded(quote) not in text] == []
    assert [words for words in FURNITURE if folded(words) in text] == []


def test_the_book_has_every_word_in_order(article: Article, epub: str) -> None:
    place = 0
    for words in (folded(said(node)) for node in walk(article) if isinstance(node, Paragraph)):
        place = epub.find(words, place)
        assert place >= 0, f"{words} is missing or out of order"
        place += len(words)


def test_the_headline_is_printed_once(pdf: str) -> None:
    first = pdf.index(folded("For forty-four years Odile Marrec"))
    assert pdf[:first].count(folded(HEADLINE)) == 1
