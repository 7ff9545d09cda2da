"""What an element is called never takes words out of a sentence, nor a paragraph of its own prose out of an article."""

from __future__ import annotations

import base64
import io
import struct
import zlib

import pytest
from PIL import Image

from exporter import Reading, read
from exporter.model import Link
from exporter.model.walk import walk, words_of
from exporter.readers.boilerplate.elements import NAMED_RULES
from exporter.readers.lexicon.vocabulary import names
from exporter.sources.source import Source

NAMES = sorted(
    {max(sorted(names(kind)), key=len).strip().replace(" ", "-") for kind, _ in NAMED_RULES if kind != "hidden"}
)
SEEN = ["paywall", "popup", "menu", "promo", "alert", "tooltip", "affiliate", "subscribe", "comment", "tags", "share"]
INLINE = ["span", "a href='https://example.org/a'", "em", "abbr title='kin'", "mark", "b", "label", "dfn"]
BLOCKS = ["p", "h3", "li", "td", "dd", "blockquote", "div"]
PROSE = "She has wound the clock of the harbour office every Friday for thirty-one years, and never once been thanked."
PAGE = f"""<html lang=en><title>Keeper of the clock</title><body><article><h1>Keeper of the clock</h1><p>{PROSE}</p>
{{}}<p>It runs late. {PROSE} The ferry waits for it.</p><p>{PROSE} Nobody asks.</p></article></body></html>"""


def reading_of(body: str) -> Reading:
    return read(Source("page", PAGE.format(body).encode(), "the page", ".html"), format="html")


def text_of(body: str) -> str:
    return " ".join(" ".join(words_of(reading_of(body).document.article)).split())


def boxed(block: str, inside: str) -> str:
    around = {
        "li": "<ul>{}<li>one</li></ul>",
        "td": "<table><tr>{}<td>b</td><tr><td>c<td>d</table>",
        "dd": "<dl><dt>x</dt>{}</dl>",
    }
    return around.get(block, "{}").format(f"<{block}>{inside}</{block}>")


@pytest.mark.parametrize("name", [*SEEN, *NAMES])
def test_a_word_in_a_sentence_stays_whatever_its_element_is_called(name: str) -> None:
    for tag in INLINE:
        page = text_of(f"<p>My <{tag} class='{name}'>aunt</{tag.split()[0]}> needed somebody small enough.</p>")
        assert "My aunt needed" in page, tag
        assert "Ask an aunt." in text_of(f"<p>Ask an <{tag} class='{name}'>aunt.</{tag.split()[0]}></p>"), tag


@pytest.mark.parametrize("block", BLOCKS)
def test_it_stays_in_every_kind_of_block(block: str) -> None:
    assert "was the aunt a founder" in text_of(
        boxed(block, "Why was the <span class=promo>aunt</span> a founder of bells?")
    )


def test_it_stays_beside_line_breaks() -> None:
    assert "My aunt founded bells" in text_of(
        "<p>One bell.<br>My <i class=alert>aunt</i> founded bells<br>All her life.</p>"
    )


@pytest.mark.parametrize("name", [name for name in (*SEEN, *NAMES) if "author" not in name])
def test_a_paragraph_of_prose_stays_whatever_it_is_called(name: str) -> None:
    told = "A mould that feels dry to the hand can still hold a spoonful of water near the core, and then you hear it."
    assert told in text_of(f"<p class='{name}'>{told}</p>")


@pytest.mark.parametrize("name", ["paywall", "popup", "premium-content subscribe", "alert"])
def test_all_paragraphs_of_an_article_may_share_a_name(name: str) -> None:
    told = ["Why late?", f"Because. {PROSE}", "And now?", "Damp.", f"Always. {PROSE}", "The end."]
    page = text_of("".join(f"<p class='{name}'>{each}</p>" for each in told))
    assert [each for each in told if each not in page] == []
    page = text_of("".join(f"<div class='{name}'><p>{each}</p></div>" for each in told))
    assert [each for each in told if each not in page] == []


def test_a_control_at_the_end_of_a_line_about_the_article_goes() -> None:
    page = text_of(
        "<p class=byline>By Jon Feeny <span class=share>Share</span></p><p class=promo>Sign up for our newsletter now</p>"
    )
    assert "Share" not in page
    assert "newsletter" not in page


IMPOSSIBLE = [
    "http://bells .example.org/a list",
    "https://exa[mple.org/x",
    "https://example.org:99999/x",
    "http://a..b/",
    "http:///x",
    "mailto:bells at example.org",
    "javascript:alert(1)",
    "data:text/html,hello",
]


@pytest.mark.parametrize("address", IMPOSSIBLE)
def test_a_link_that_leads_nowhere_leaves_its_words(address: str) -> None:
    reading = reading_of(f"<p>She sends me to <a href='{address}'>the register</a> of bells. {PROSE}</p>")
    assert "links-without-target" in [notice.code for notice in reading.notices]
    assert [node for node in walk(reading.document.article) if isinstance(node, Link) and node.href] == []
    assert "to the register of bells" in "".join(words_of(reading.document.article))


def test_what_no_address_may_hold_is_encoded() -> None:
    reading = reading_of(f"<p>See <a href='https://example.org/100%/{{a}} b?c=[1]|2&d=ü'>it</a>. {PROSE}</p>")
    found = [node.href for node in walk(reading.document.article) if isinstance(node, Link)]
    assert found == ["https://example.org/100%25/%7Ba%7D%20b?c=%5B1%5D%7C2&d=ü"]


EMBEDDED = "data:image/png;base64,"


def embedded(width: int, height: int, letters: str) -> str:
    """A picture whose base64 holds ``letters``, as one in a few photos does by chance."""
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 60)).save(drawn, "PNG")
    chunk = b"tEXt" + b"c\0" + base64.b64decode(letters + "A" * (-len(letters) % 4))
    plain = drawn.getvalue()
    for shift in range(3):  # the letters stand at a place that three bytes divide
        padded = chunk[:6] + b"x" * shift + chunk[6:]
        whole = (
            plain[:33]
            + struct.pack(">I", len(padded) - 4)
            + padded
            + struct.pack(">I", zlib.crc32(padded))
            + plain[33:]
        )
        found = base64.b64encode(whole).decode()
        if letters in found:
            return EMBEDDED + found
    raise AssertionError(letters)


@pytest.mark.parametrize("letters", ["/ad/", "/ads/", "doubleclick", "/pixel", "vgwort", "feedburner"])
def test_an_embedded_picture_is_judged_by_its_bytes(letters: str) -> None:
    source = embedded(800, 500, letters)
    document = reading_of(f"<figure><img src='{source}' width=400 height=250></figure><p>{PROSE}</p>").document
    assert [asset.width for asset in document.assets] == [800]


@pytest.mark.parametrize(
    "left",
    [
        "<p><img src='https://example.org/pixel/1.gif' width=1 height=1></p>",
        "<figure><img src='icons/logo.png'></figure>",
        "<div class=promo><a href='https://example.org/'><img src='https://example.org/p.jpg' width=600 height=300></a></div>",
        f"<figure><img src='{embedded(20, 20, '/ad/')}'></figure>",
    ],
)
def test_no_picture_is_left_out_without_a_notice(left: str) -> None:
    told = [str(notice) for notice in reading_of(f"{left}<p>{PROSE}</p>").notices]
    assert [text for text in told if "picture" in text], told
