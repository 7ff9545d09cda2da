"""Mails, such as newsletters: the message's HTML, or its plain text, with the pictures that came in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from msgspec.structs import replace

from exporter.errors import SourceError
from exporter.sources.encoding import decode
from exporter.sources.entry import Entry
from exporter.sources.forms.framed import Known, declared_in, name_in_words
from exporter.sources.forms.mime import body_of, by_address, charset_of, damage_of, header, message_of
from exporter.sources.forms.parts import Parts
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source

_PARTING = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S[^\n]*\d{4}\r?\n(?=[A-Za-z][\w-]*:)")
"""The line that begins each message of a mailbox."""


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """The page of the message, or of each in a mailbox (RFC 4155): its last HTML that is no attachment, else its text."""
    messages = [source.content]
    if source.content.startswith(b"From "):
        messages = [each for each in _PARTING.split(source.content) if each.strip()]
    for content in messages:
        yield _entry(message_of(content, source.origin), source, options, alone=len(messages) == 1)


def _entry(message: EmailMessage, source: Source, options: ReadOptions, *, alone: bool) -> Entry:
    known = _known(message)
    opened = replace(
        source,
        base_url=options.base_url,
        resources=Parts(by_address(message), options.base_url, options.limits),
        notices=damage_of(message, source.origin),
        **_body(message, known, source.origin),
    )
    if alone:
        return Entry(known.title, "", lambda: opened, known.published)
    identity = header(message, "Message-ID").strip("<> ")
    named = replace(opened, name=name_in_words(known.title))
    return Entry(known.title, f"mid:{identity}" if identity else "", lambda: named, known.published)


def _body(message: EmailMessage, known: Known, origin: str) -> dict[str, str | bytes]:
    for kind in ("text/html", "text/plain"):
        parts = [part for part in message.walk() if part.get_content_type() == kind and not part.get_filename()]
        if not parts:
            continue
        text = decode(body_of(parts[-1]), charset_of(parts[-1])).text
        if kind == "text/html":
            return {"content": declared_in(text, known), "suffix": ".html", "encoding": "utf-8"}
        return {"content": f"{known.title}\n\n{text}".encode("utf-8", "replace"), "suffix": ".txt", "encoding": "utf-8"}
    raise SourceError(f"The mail holds no words: {origin}.", "Open it in a mail program and save what it shows.")


def _known(message: EmailMessage) -> Known:
    sender, address = parseaddr(header(message, "From"))
    try:
        published = parsedate_to_datetime(header(message, "Date")).isoformat()
    except (ValueError, TypeError):
        published = ""
    return Known(header(message, "Subject"), "", published, sender or address.partition("@")[2])
