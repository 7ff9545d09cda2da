"""Mails, such as newsletters: the message's HTML, or its plain text, with the pictures that came in it."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from msgspec.structs import replace

from exporter.errors import SourceError
from exporter.sources.encoding import decode
from exporter.sources.entry import Entry
from exporter.sources.forms.framed import Known, declared_in
from exporter.sources.forms.mime import body_of, by_address, charset_of, damage_of, header, message_of
from exporter.sources.forms.parts import Parts
from exporter.sources.policy import ReadOptions
from exporter.sources.source import Source


def entries(source: Source, options: ReadOptions) -> Iterator[Entry]:
    """The one page of the message: its last HTML that is no attachment (RFC 2046, 5.1.4), else its text."""
    message = message_of(source.content, source.origin)
    known = _known(message)
    opened = replace(
        source,
        base_url=options.base_url,
        resources=Parts(by_address(message), options.base_url, options.limits),
        notices=damage_of(message, source.origin),
        **_body(message, known, source.origin),
    )
    yield Entry(known.title, "", lambda: opened, known.published)


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
