"""The kinds of source that hold pages, one line each: how their beginning is recognised, and who opens them.

Adding one is adding a module with ``entries(source, options) -> Iterator[Entry]`` and a line here. Recognising costs next to
nothing, for every page goes through it; the module is imported when a source of its kind is there.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Literal, cast

from msgspec import Struct

from exporter.runtime.plugins import offered
from exporter.sources.entry import Entry
from exporter.sources.policy import Limits, ReadOptions
from exporter.sources.source import Source

HEAD = 64 * 1024
"""Bytes by which a kind is recognised."""

Room = Literal["page", "container", "archive"]
"""Which of the limits bounds a source of that kind."""


class Kind(Struct, frozen=True):
    """One kind of source: its name, how its first bytes are recognised, who opens it, what it is, how large it may be.

    ``single`` says that it holds one page: one found inside of another source is opened at once. ``collection`` says that it
    is meant to hold many, even where it holds one today; ``streamed`` that a file of that kind is not read whole.
    """

    name: str
    recognises: Callable[[bytes], bool]
    module: str
    summary: str
    room: Room = "container"
    single: bool = False
    collection: bool = False
    streamed: bool = False

    def entries(self, source: Source, options: ReadOptions) -> Iterator[Entry]:
        """The pages that the source holds."""
        found = import_module(self.module).entries(source, options)
        return cast(Iterator[Entry], found)


# ------------------------------------------------------------------------------------------------------- how they begin

_HEADER = rb"[!-9;-~]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*"
_DOCTYPE = rb"<!DOCTYPE[^>\[]{0,300}(?:\[[^\]]{0,8000}\]\s{0,20})?>"
_ROOT = rb"(?s)(?:<\?[^>]{0,300}\?>|<!--.{0,4000}?-->|" + _DOCTYPE + rb"|\s+){0,20}<([\w:.-]+)"
_JSON_FEED = rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org'
# As text, which is compiled when it is first needed: for most pages never.
_HEADERS = frozenset(
    (
        *(b"from", b"to", b"date", b"subject", b"mime-version", b"content-type", b"message-id", b"received"),
        *(b"return-path", b"delivered-to", b"reply-to", b"list-id", b"snapshot-content-location"),
    )
)


def _is_message(head: bytes) -> bool:
    """Whether it begins with headers of a message: three that are known, the content's type or sender and subject among them.

    Before them may stand the line by which mailboxes part mails, or the length that Apple Mail writes there.
    """
    text = head.lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n")
    text = re.sub(rb"\A(?:From \S[^\n]*|\d{1,10}[ ]*)\n", b"", text)
    pattern = re.compile(_HEADER)
    names: set[bytes] = set()
    place = 0
    while len(names) < 200 and (found := pattern.match(text, place)):
        names.add(found[0].partition(b":")[0].lower())
        place = found.end()
    named = b"content-type" in names or names >= {b"from", b"subject", b"date"}
    return named and len(names & _HEADERS) >= 3


def _is_mhtml(head: bytes) -> bool:
    """Whether a message is a saved page: it says where from, or is a page with its parts that nobody was sent."""
    if not _is_message(head):
        return False
    small = head.lower()
    if b"snapshot-content-location:" in small or b"from: <saved by" in small or b'from: "saved by' in small:
        return True
    sent = any(name in small for name in (b"\nreceived:", b"\nto:", b"\nmessage-id:", b"\ndelivered-to:"))
    return b"multipart/related" in small and b"\ncontent-location:" in small and not sent


def _is_webarchive(head: bytes) -> bool:
    return head.startswith(b"bplist0") or (b"<plist" in head[:1024] and b"WebMainResource" in head[:4096])


def _is_zip(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_office(head: bytes) -> bool:
    return _is_zip(head) and (b"word/document.xml" in head or b"opendocument.text" in head[:256])


def _is_gzip(head: bytes) -> bool:
    return head.startswith(b"\x1f\x8b")


def is_warc(head: bytes) -> bool:
    """Whether a record of an archive of the web begins here, packed or not."""
    if not _is_gzip(head):
        return head.startswith(b"WARC/")
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head[:4096], 16).startswith(b"WARC/")
    except zlib.error:
        return False


def _is_wacz(head: bytes) -> bool:
    """A WACZ is a ZIP archive that begins with one of the files that make it one."""
    names = (b"archive/", b"datapackage.json", b"indexes/", b"pages/pages.jsonl")
    return _is_zip(head) and head[30:60].startswith(names)


def _root(head: bytes) -> bytes:
    """The name of an XML document's first element, without its prefix; ``b""`` where there is none."""
    found = re.match(_ROOT, head.lstrip(b"\xef\xbb\xbf \t\r\n"))
    return found[1].rpartition(b":")[2] if found else b""


def _is_feed(head: bytes) -> bool:
    root = _root(head)
    rdf = root == b"RDF" and b"purl.org/rss" in head
    json_feed = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and re.search(_JSON_FEED, head[:4096]) is not None
    return root == b"rss" or (root == b"feed" and b"Atom" in head[:4096]) or rdf or json_feed


def _is_opml(head: bytes) -> bool:
    return _root(head) == b"opml"


def _is_sitemap(head: bytes) -> bool:
    return _root(head) in {b"urlset", b"sitemapindex"}


def _is_address_list(head: bytes) -> bool:
    """Whether two of three lines that are no remarks, or more, are addresses: a slip of the pen makes no article of a list."""
    lines = [line.partition(b" #")[0].strip() for line in head.lstrip(b"\xef\xbb\xbf").splitlines()]
    told = [line for line in lines if line and not line.startswith(b"#")]
    known = [line for line in told if line.startswith((b"https://", b"http://", b"www.")) and b" " not in line]
    return bool(known) and 3 * len(known) >= 2 * len(told)


SOURCES: tuple[Kind, ...] = (
    Kind(
        "mhtml",
        _is_mhtml,
        "exporter.sources.forms.mhtml",
        "a page saved as one file by Chromium and others",
        single=True,
    ),
    Kind("webarchive", _is_webarchive, "exporter.sources.forms.webarchive", "a page saved by Safari", single=True),
    Kind("mail", _is_message, "exporter.sources.forms.mail", "a newsletter, saved from a mail program", single=True),
    Kind("wacz", _is_wacz, "exporter.sources.forms.warc", "pages in an archive of the web (WACZ)"),
    Kind(
        "office", _is_office, "exporter.sources.forms.office", "a document of a word processor, by pandoc", single=True
    ),
    Kind("zip", _is_zip, "exporter.sources.forms.archive", "saved pages in a ZIP archive"),
    Kind(
        "warc", is_warc, "exporter.sources.forms.warc", "pages in an archive of the web", room="archive", streamed=True
    ),
    Kind("gzip", _is_gzip, "exporter.sources.forms.compressed", "any of these, packed with gzip"),
    Kind("feed", _is_feed, "exporter.sources.forms.feed", "the entries of RSS, Atom or JSON Feed", collection=True),
    Kind("opml", _is_opml, "exporter.sources.forms.opml", "the entries of a list of feeds", collection=True),
    Kind("sitemap", _is_sitemap, "exporter.sources.forms.sitemap", "the pages that a site lists", collection=True),
    Kind(
        "addresses",
        _is_address_list,
        "exporter.sources.forms.address_list",
        "web addresses, one a line",
        collection=True,
    ),
)
"""In the order in which they are asked whether a source is theirs. What is nobody's is a page itself."""


def kind_of(head: bytes) -> Kind | None:
    """The kind of a source by its first bytes; None when it is a page itself, or nothing that is known."""
    if head[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:14].lower().startswith((b"<!doctype html", b"<html")):
        return None  # as nearly all are
    known = next((kind for kind in SOURCES if kind.recognises(head[:HEAD])), None)
    if known is not None or (head[:1] == b"{" and b'"article"' in head[:HEAD]):
        return known
    return next((kind for kind in offered("sources").values() if kind.recognises(head[:HEAD])), None)


def room_for(head: bytes, limits: Limits) -> int:
    """How many bytes a source that begins so may have."""
    kind = kind_of(head)
    return cast(int, getattr(limits, kind.room)) if kind else limits.page


def is_streamed(head: bytes) -> bool:
    """Whether a file that begins so is not read whole."""
    kind = kind_of(head)
    return kind is not None and kind.streamed
