"""The semantic HTML: well-formed, safe, in order, and one file that needs nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from markupsafe import Markup
from msgspec.structs import replace

from exporter.errors import WriteError
from exporter.model import (
    Answer,
    Article,
    Block,
    BlockQuote,
    Cell,
    Code,
    Crosshead,
    Document,
    Figure,
    Image,
    Inline,
    Link,
    ListEntry,
    Metadata,
    Node,
    Note,
    Paragraph,
    Preformatted,
    Question,
    Row,
    Sidebar,
    Span,
    Strong,
    Table,
    Text,
    Turn,
)
from exporter.model.walk import children, figures_of, plain, walk, words_of
from exporter.writers import named
from exporter.writers.options import Options
from exporter.writers.xhtml import blocks as html

GOLDEN = Path(__file__).parent.parent / "golden"
OPS = "http://www.idpf.org/2007/ops"


def text(words: str) -> tuple[Text, ...]:
    return (Text(words),)


def paragraph(words: str) -> Paragraph:
    return Paragraph(text(words))


def turn(question: str, answer: str, asks: str | None = None, answers: str | None = None) -> Turn:
    return Turn(Question((paragraph(question),), asks), (Answer((paragraph(answer),), answers),))


def article(*body: Block, language: str = "en", **parts: object) -> Article:
    return replace(Article(Metadata(language=language), text("A headline"), body=body), **parts)


def written(whole: Article, **choices: object) -> str:
    """The article as one XHTML fragment with everything in it."""
    context = html.context_of(whole, lambda image: image.asset, **choices)  # type: ignore[arg-type]
    parts = (
        html.opening(whole, context),
        html.introduction(whole, context),
        html.blocks(whole.body, context),
        html.endnotes([whole], context),
        html.colophon_lines(whole, context),
    )
    return Markup("<body xmlns:epub='{}'>\n{}\n</body>\n").format(OPS, Markup("\n").join(parts))


def tree(whole: Article, **choices: object) -> Element:
    return fromstring(written(whole, **choices))  # noqa: S314 - our own


def letters(words: str) -> str:
    return re.sub(r"\W", "", words)


def said(element: Element) -> str:
    return "".join(element.itertext())


def test_the_kitchen_sink_is_written_as_it_was_accepted(
    kitchen_sink: Document, golden: Callable[[Path, bytes], None]
) -> None:
    golden(GOLDEN / "kitchen-sink.xhtml", written(kitchen_sink.article, semantics=True).encode())


@pytest.mark.parametrize("notes", ["inline", "collected"])
def test_it_is_well_formed_and_no_id_stands_twice(kitchen_sink: Document, notes: str) -> None:
    ids = [each.get("id") for each in tree(kitchen_sink.article, notes=notes).iter() if each.get("id")]
    assert ids
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("notes", ["inline", "collected"])
def test_every_word_is_there(kitchen_sink: Document, notes: str) -> None:
    whole = replace(kitchen_sink.article, related=())  # the links to other articles are no part of this one
    found = letters(said(tree(whole, notes=notes)))
    for words in words_of(whole):
        assert letters(words) in found


def in_reading_order(node: Node) -> Iterator[str]:
    """The words below a node: a heading, a term and a table's caption stand before what they head."""
    match node:
        case Text(words) | Code(words) | Preformatted(words):
            yield words
        case Sidebar(blocks, head) | ListEntry(blocks, head) | Table(blocks, head):
            for each in (*head, *blocks):
                yield from in_reading_order(each)
        case _:
            for each in children(node):
                yield from in_reading_order(each)


def test_the_body_reads_in_the_order_of_the_tree(kitchen_sink: Document) -> None:
    whole = kitchen_sink.article
    context = html.context_of(whole, lambda image: image.asset, notes="inline")
    found = letters(said(fromstring(f"<p>{html.blocks(whole.body, context)}</p>")))  # noqa: S314 - our own
    place = 0
    for words in (letters(each) for block in whole.body for each in in_reading_order(block)):
        place = found.index(words, place) + len(words)


@pytest.mark.parametrize("field", ["headline", "kicker", "deck", "byline"])
def test_text_cannot_become_markup(field: str) -> None:
    hostile = "</p><script>alert(1)</script>&\"'\x00\x1b\ud800\ufffe"
    parsed = tree(replace(article(paragraph(hostile)), **{field: text(hostile)}))
    assert not list(parsed.iter("script"))
    assert said(parsed).count("<script>alert(1)</script>&\"'") == 2


def test_a_refused_link_leaves_its_words() -> None:
    parsed = tree(article(Paragraph((Link(text("here")), Link(text("there"), "https://example.org/?a=1&b=2")))))
    assert [(each.get("href"), said(each)) for each in parsed.iter("a")] == [("https://example.org/?a=1&b=2", "there")]
    assert "here" in said(parsed)


def test_links_can_be_kept_free_of_other_elements() -> None:
    link = Link((Text("the "), Strong(text("loud")), Text(" one")), "https://example.org/")
    parsed = tree(article(Paragraph((link,))), bare_links=True)
    assert [said(each) for each in parsed.iter("a")] == ["the ", "loud", " one"]
    assert not [each for each in parsed.iter("a") if len(each)]


def test_a_question_of_two_paragraphs_has_one_heading() -> None:
    question = Question((paragraph("You said so."), paragraph("Did you?")))
    parsed = tree(article(Turn(question, (Answer((paragraph("I did."),)),))))
    wrapper = next(each for each in parsed.iter("div") if each.get("class") == "question")
    assert wrapper.get("id") == html.question_id(1)
    assert [(each.tag, said(each)) for each in wrapper] == [("h2", "You said so."), ("p", "Did you?")]


HEADED: tuple[Block, ...] = (
    turn("Before any part?", "Yes."),
    Crosshead(text("A part"), 3),
    turn("Inside it?", "Yes."),
    Crosshead(text("A part of it"), 2),
    Sidebar((Crosshead(text("Boxed"), 3),), text("A box")),
    BlockQuote((Crosshead(text("Quoted"), 1),)),
)


def test_headings_skip_no_level_on_the_way_down() -> None:
    levels = [int(each.tag[1]) for each in tree(article(*HEADED)).iter() if re.fullmatch(r"h\d", each.tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_outline_names_every_question_and_crosshead(kitchen_sink: Document) -> None:
    whole = kitchen_sink.article
    found = html.outline(whole)
    places = {each.get("id"): said(each) for each in tree(whole).iter() if each.get("id")}
    assert len(found) == sum(isinstance(each, Question | Crosshead) for each in walk(whole))
    for heading in found:
        assert letters(heading.text) in letters(places[heading.anchor])


def test_a_missing_picture_leaves_its_words() -> None:
    figure = Figure((Image(None, "A tower"),), text("The tower at noon"), text("Ola Venn"))
    parsed = tree(article(figure))
    assert not list(parsed.iter("img"))
    assert [said(each) for each in next(parsed.iter("figure"))] == ["A tower", "The tower at noon Ola Venn"]


def test_a_caption_that_repeats_the_alternative_text_is_said_once() -> None:
    figure = Figure((Image(None, "The tower"),), text("The tower"))
    assert said(next(tree(article(figure)).iter("figure"))) == "The tower"


def test_every_picture_has_an_alternative_and_the_credit_comes_last(kitchen_sink: Document) -> None:
    parsed = tree(kitchen_sink.article)
    assert all(each.get("alt") for each in parsed.iter("img"))
    kinds = [[part.get("class") for part in each] for each in parsed.iter("figcaption")]
    assert ["caption", "credit"] in kinds
    assert len(list(parsed.iter("figure"))) == len(list(figures_of(kitchen_sink.article)))


def test_words_of_another_direction_say_so() -> None:
    parsed = tree(article(Paragraph((Span(text("سلام"), "ar"), Span(text("salut"), "fr")))))
    assert [(each.get("lang"), each.get("dir")) for each in parsed.iter("span")] == [("ar", "rtl"), ("fr", None)]


def test_no_link_stands_in_a_link() -> None:
    """Not the mark of a note, nor another link: the words around them lead where they led."""
    inner = Link(text("the other"), "https://example.org/b")
    whole = Link(
        (Text("One, "), Strong((inner, Text(" and"))), Note((paragraph("As told."),)), Text(" more")),
        "https://example.org/a",
    )
    parsed = tree(article(Paragraph((whole,))), semantics=True)
    assert [each for link in parsed.iter("a") for each in link.iter("a") if each is not link] == []
    leads = [(said(each), each.get("href")) for each in next(parsed.iter("p")).iter("a")]
    a, b = "https://example.org/a", "https://example.org/b"
    assert leads == [("One, ", a), ("the other", b), (" and", a), ("1", "#n-1"), (" more", a)]


def test_notes_have_a_way_there_and_back() -> None:
    notes = [Note((paragraph("As it was told."),)), Note((paragraph("And retold."),))]
    parsed = tree(article(*(Paragraph((Text("So."), note)) for note in notes)), semantics=True)
    marks = [each.get("href") for each in parsed.iter("a") if each.get("role") == "doc-noteref"]
    assert marks[0] == "#n-1"
    assert next(parsed.iter("aside")).get("id") == "n-1"
    assert "#r-1" in [each.get("href") for each in parsed.iter("a") if each.get("role") == "doc-backlink"]


def test_semantics_come_with_their_roles(kitchen_sink: Document) -> None:
    for each in tree(kitchen_sink.article, semantics=True).iter():
        assert bool(each.get(f"{{{OPS}}}type")) == bool(each.get("role"))
    assert "epub:type" not in written(kitchen_sink.article)


def test_a_cell_that_claims_many_columns_gets_few() -> None:
    table = Table((Row((Cell((paragraph("a"),), columns=200, rows=20_000),)),))
    cell = next(tree(article(table)).iter("td"))
    assert int(cell.get("colspan", 0)) <= 100
    assert int(cell.get("rowspan", 0)) <= 10_000


def test_the_html_format_is_one_file(kitchen_sink: Document) -> None:
    content, notices = named("html").render(kitchen_sink, Options())
    page = content.decode()
    assert page.startswith("<!DOCTYPE html>")
    assert not re.findall(r"<link|<script|@import|url\(", page)
    sources = re.findall(r'src="([^"]{0,30})', page)
    assert sources
    assert all(source.startswith("data:image/") for source in sources)
    assert f"<title>{plain(kitchen_sink.article.headline)}</title>" in page
    assert not [each for each in notices if each.code != "related-left-out"]


@pytest.mark.parametrize("name", ["html", "pdf", "epub"])
def test_what_nests_without_end_is_an_error_of_one_line(name: str) -> None:
    deep: Block = paragraph("at the bottom")
    for _ in range(600):
        deep = BlockQuote((deep,))
    with pytest.raises(WriteError, match="too deeply"):
        named(name).render(Document(article(deep)), Options())


def test_a_node_that_stands_twice_is_numbered_twice() -> None:
    same: Inline = Note((paragraph("The same."),))
    asked = turn("Again?", "Again.")
    whole = article(asked, asked, Paragraph((same,)), Paragraph((same,)))
    content, _ = named("html").render(Document(whole), Options())
    ids = re.findall(r' id="([^"]+)"', content.decode())
    assert len(ids) == len(set(ids)) == 2 + 4
