"""Makes pages of fragments, such as a feed's entry or a mail, and states in them what the container knows."""

from __future__ import annotations

import html
import re

from msgspec import Struct

_HEAD = re.compile(r"<head\b[^<>]*>", re.IGNORECASE)
_TITLED = re.compile(r"<h1\b", re.IGNORECASE)


class Known(Struct, frozen=True):
    """What a container says about a page that it holds; ``published`` is ISO 8601, ``""`` means unknown."""

    title: str = ""
    author: str = ""
    published: str = ""
    publication: str = ""
    address: str = ""
    language: str = ""


def name_in_words(title: str) -> str:
    """What a result is called after a title, where its page has no address."""
    return re.sub(r"[^\w.-]+", "-", title).strip("-.")[:80] or "entry"


def page_of(fragment: str, known: Known) -> bytes:
    """A page around a fragment of HTML, with its title as headline unless the fragment has one."""
    headline = "" if _TITLED.search(fragment) or not known.title else f"<h1>{html.escape(known.title)}</h1>"
    language = f' lang="{html.escape(known.language)}"' if known.language else ""
    page = (
        f"<!DOCTYPE html><html{language}><head>{_declared(known)}</head><body><article>{headline}{fragment}</article>"
    )
    return f"{page}</body></html>".encode("utf-8", "replace")


def declared_in(page: str, known: Known) -> bytes:
    """A whole page, with what its container knows added to its head, after what the page itself states."""
    found = _HEAD.search(page)
    place = found.end() if found else 0
    end = page.lower().find("</head", place)
    place = end if end >= 0 else place
    said = _declared(known) if found else f"<head>{_declared(known)}</head>"
    return (page[:place] + said + page[place:]).encode("utf-8", "replace")


def _declared(known: Known) -> str:
    """The elements of the head; unknown values are left out."""
    named = {
        "author": known.author,
        "article:published_time": known.published,
        "og:site_name": known.publication,
        "og:title": known.title,
    }
    said = [
        f'<meta {"property" if ":" in name else "name"}="{name}" content="{html.escape(value)}">'
        for name, value in named.items()
        if value
    ]
    title = [f"<title>{html.escape(known.title)}</title>"] if known.title else []
    link = [f'<link rel="canonical" href="{html.escape(known.address)}">'] if known.address else []
    return "".join(['<meta charset="utf-8">', *title, *said, *link])
