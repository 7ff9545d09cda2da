"""From the page's text to its tree, with the paragraphs that stray end tags part in a browser and not in the parser."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from exporter.readers.dom.search import first
from exporter.readers.dom.tree import PageSoup

_CLOSING_PARAGRAPH = frozenset(
    """address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hgroup hr main menu nav ol pre section summary table ul body li td th dd dt""".split()  # noqa: SIM905 -- names are easier to read unquoted
)
"""Elements whose tags end an open paragraph (HTML, 13.2.6.4.7), and those that no paragraph reaches out of."""
_OF_HEAD = frozenset({"html", "head", "base", "basefont", "bgsound", "link", "meta", "script", "style", "title"})
_TAG = re.compile(
    r"<!--.*?-->|<(script|style|textarea|title)\b.*?</\1\s*>|<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_PARAGRAPHS = re.compile("</p>|<p[ >]", re.IGNORECASE)
"""Tags of paragraphs, as nearly all pages write them: counted before a page is gone through tag by tag."""

_RUBY = frozenset({"rt", "rp", "ruby"})
SINGLE_FILE = "Page saved with SingleFile"
NOTED_WITHIN = 2048
"""Characters at a page's beginning within which a program that saved it says so."""

_XML_DECLARATION = re.compile(r"\s*<\?xml(?:[^>]*>)?")


def parted(text: str) -> str:
    """The page's markup with an empty paragraph for each stray ``</p>``, as the standard has it (HTML, 13.2.6.4.7)."""
    paragraphs = _PARAGRAPHS.findall(text)
    ends = sum(tag[1] == "/" for tag in paragraphs)
    if ends * 2 <= len(paragraphs):
        return text
    made: list[str] = []
    last = 0
    opened = False
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if name == "p":
            if tag["end"] and not opened:
                made += [text[last : tag.start()], "<p></p>"]
                last = tag.end()
            opened = not tag["end"]
        elif name in _CLOSING_PARAGRAPH:
            opened = False
    return "".join(made) + text[last:]


def with_end_tags(text: str) -> str:
    """The markup with the end tags that SingleFile leaves out and the parser does not supply: of paragraphs and ruby text.

    A paragraph ends before any element that cannot stand in it; ``rt`` and ``rp`` end before one another and with the ruby.
    """
    made: list[str] = []
    last = 0
    paragraph = ruby = ""
    for tag in _TAG.finditer(text):
        name, ends = (tag["name"] or "").lower(), bool(tag["end"])
        missing = ""
        if ruby and name in _RUBY:
            missing = "" if ends and name == ruby else f"</{ruby}>"
            ruby = ""
        if paragraph and (name == "p" or name in _CLOSING_PARAGRAPH):
            missing = "" if ends and name == "p" else "</p>"
            paragraph = ""
        made += [text[last : tag.start()], missing]
        last = tag.start()
        if not ends:
            paragraph = "p" if name == "p" else paragraph
            ruby = name if name in {"rt", "rp"} else ruby
    return "".join(made) + text[last:]


def with_body(text: str) -> str:
    """The markup with a body, where pages leave its tag out: the parser would take a main, an article, a header for the head's.

    It begins at the first element that can stand in no head (HTML, 13.2.6.4.4).
    """
    if "<body" in text or "<body" in (folded := text.lower()):
        return text
    ended = 0
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if tag.start() < ended or not name or tag["end"]:
            continue
        if name in {"noscript", "template"}:
            ended = folded.find(f"</{name}", tag.end())
            if ended < 0:
                break
        elif name not in _OF_HEAD:
            return f"{text[: tag.start()]}<body>{text[tag.start() :]}"
    return text


def parsed_page(text: str) -> PageSoup:
    """The page as a tree."""
    whole = with_end_tags(text) if SINGLE_FILE in text[:NOTED_WITHIN] else text
    return PageSoup(_unremarkable(parted(with_body(whole))))


def _unremarkable(markup: str) -> str:
    """The same markup without what Beautiful Soup would remark about: an XML declaration, or words that could be a file's name.

    To silence a warning instead would silence it for all threads of the process.
    """
    declaration = _XML_DECLARATION.match(markup)
    return markup[declaration.end() :] if declaration else markup if "<" in markup else f"{markup}\n"


def body_of(soup: BeautifulSoup) -> Tag:
    """The element that holds what a browser shows: the body, or the whole of a page without one."""
    return first(soup, frozenset({"body"})) or soup
