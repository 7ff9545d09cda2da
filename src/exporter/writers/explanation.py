"""The explanation: the page in its own order, each block coloured by what it became, with the rule that decided.

Nothing of the page's own markup is in it, only its words, escaped. It loads nothing, runs nothing, and its content security
policy forbids both to whoever finds a hole in that.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup
from msgspec import Struct

from exporter import themes
from exporter.images import by_key, rendition
from exporter.model import Document
from exporter.model.walk import figures_of, plain
from exporter.results import Fate, Reading
from exporter.rules import meaning
from exporter.writers.xhtml.templates import fill

THUMBNAIL = 320
"""Longest side of a picture shown, in pixels."""

LEFT_OUT = "left out"

SIGNS: dict[str, tuple[str, str]] = {
    "headline": ("H", "head"),
    "kicker": ("K", "head"),
    "deck": ("D", "head"),
    "byline": ("By", "head"),
    "dateline": ("Da", "head"),
    "question": ("Q", "question"),
    "answer": ("A", "answer"),
    "label": ("Lb", "question"),
    "paragraph": ("¶", "text"),
    "crosshead": ("Ch", "text"),
    "list": ("Li", "text"),
    "table": ("Tb", "text"),
    "preformatted": ("Pr", "text"),
    "ornament": ("*", "text"),
    "note": ("No", "text"),
    "lead": ("P1", "figure"),
    "figure": ("P", "figure"),
    "picture": ("P", "figure"),
    "caption": ("Ca", "figure"),
    "credit": ("Cr", "figure"),
    "pull-quote": ("PQ", "quote"),
    "block-quote": ("BQ", "quote"),
    "attribution": ("At", "quote"),
    "sidebar": ("Sb", "apart"),
    "read-more": ("RM", "apart"),
    "read-more-part": ("RM", "apart"),
    "related": ("Re", "apart"),
    "embed": ("Em", "apart"),
    LEFT_OUT: ("×", "out"),
}
"""What a block became → the letters that stand for it, and the family whose colour and line it wears."""

_OTHER = ("·", "text")
_HEADING = re.compile(r"h[1-6](?=[.:]|$)")
_PICTURE = re.compile(r"^\[picture (.*)\]$", re.DOTALL)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class _Block(Struct, frozen=True):
    """One block as the template shows it.

    ``choices`` are the classes by which it is shown or hidden; ``identity`` is its name for corrections.
    """

    number: int
    sign: str
    family: str
    choices: str
    became: str
    rule: str
    where: str
    text: str
    element: str
    meaning: str
    picture: str = ""
    identity: str = ""


class _Row(Struct, frozen=True):
    """One line of the legend: the class that it shows, its sign, its words, and how many blocks it counts."""

    choice: str
    sign: str
    family: str
    name: str
    count: int
    meaning: str = ""


def explanation(reading: Reading) -> bytes:
    """The reading as one UTF-8 HTML file that needs nothing beside it and works without scripts."""
    kinds = _ranked(fate.became for fate in reading.fates)
    rules = _ranked(fate.rule for fate in reading.fates if fate.became == LEFT_OUT)
    blocks = _blocks(reading, list(kinds), list(rules))
    legend = [_Row(f"k{place}", *_sign(name), name, count) for place, (name, count) in enumerate(kinds.items())]
    reasons = [
        _Row(f"r{place}", *SIGNS[LEFT_OUT], name, count, meaning(name))
        for place, (name, count) in enumerate(rules.items())
    ]
    style = themes.base_sheet("explanation") + _choices([row.choice for row in (*legend, *reasons)])
    made = fill(
        "explanation.html.j2",
        **_head(reading.document),
        style=Markup(style),
        digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        blocks=blocks,
        legend=legend,
        reasons=reasons,
        kept=sum(block.family != "out" for block in blocks),
        out=sum(block.family == "out" for block in blocks),
        notices=[each for each in reading.notices if each.code != "left-out"],
    )
    return _UNPRINTABLE.sub("\ufffd", made).encode()


def _head(document: Document) -> dict[str, str]:
    article = document.article
    return {
        "title": " ".join(plain(article.headline).split()),
        "language": article.metadata.language or "und",
        "source": article.metadata.source_url,
    }


def _ranked(names: Iterable[str]) -> dict[str, int]:
    """Name → how often it stands there, the most frequent first, then in the order of the page."""
    return dict(Counter(names).most_common())


def _sign(became: str) -> tuple[str, str]:
    return SIGNS.get(became, _OTHER)


def _blocks(reading: Reading, kinds: list[str], rules: list[str]) -> list[_Block]:
    pictures = _thumbnails(reading.document)
    made = []
    for number, fate in enumerate(reading.fates, 1):
        sign, family = _sign(fate.became)
        out = family == "out"
        choices = f"k{kinds.index(fate.became)} {f'out r{rules.index(fate.rule)}' if out else 'kept'}"
        picture = "" if out else pictures.get(_file_name(fate), "")
        made.append(
            _Block(
                *(number, sign, family, choices, fate.became, fate.rule, fate.where, fate.text),
                _element(fate),
                meaning(fate.rule),
                picture,
                fate.identity,
            )
        )
    return made


def _element(fate: Fate) -> str:
    """How large the block was set on the page, ``h1`` to ``h6``, else ``p``."""
    found = _HEADING.match(fate.where)
    return found[0] if found else "p"


def _thumbnails(document: Document) -> dict[str, str]:
    """File name on the page → ``data:`` address, for pictures whose file name no other picture has."""
    assets = by_key(document)
    images = [image for figure in figures_of(document.article) for image in figure.images]
    named = Counter(_last(image.source) for image in images)
    found = {}
    for image in images:
        asset = assets.get(image.asset) if image.asset else None
        if asset is not None and asset.content and named[_last(image.source)] == 1:
            small = rendition(asset, longest=THUMBNAIL)
            found[_last(image.source)] = f"data:{small.media_type};base64,{base64.b64encode(small.content).decode()}"
    return found


def _file_name(fate: Fate) -> str:
    found = _PICTURE.match(fate.text)
    return _last(found[1]) if found else ""


def _last(address: str) -> str:
    return address.split("?", maxsplit=1)[0].rsplit("/", 1)[-1]


def _choices(names: list[str]) -> str:
    """The rules that hide every block but those of the line that is chosen in the legend."""
    return "".join(f"body:has(#show-{name}:checked) .block:not(.{name}){{display:none}}\n" for name in names)
