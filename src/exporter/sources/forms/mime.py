"""MIME messages: what MHTML files and mails are made of (RFC 2045, 2392, 2557)."""

from __future__ import annotations

import email
import re
from email import errors, policy
from email.message import EmailMessage

from exporter.errors import SourceError
from exporter.notices import Notice, notice

MAX_PARTS = 5000
MAX_DEPTH = 50
"""Parts in parts: a forwarded newsletter that was forwarded again has ten."""
_CUT = (errors.CloseBoundaryNotFoundDefect, errors.StartBoundaryNotFoundDefect)


def message_of(content: bytes, origin: str) -> EmailMessage:
    """The message. Bytes are parsed as bytes: read as text, line ends inside of parts would change."""
    try:
        message = email.message_from_bytes(_without_length(content.lstrip(b"\r\n")), policy=policy.default)
        count = sum(1 for _ in zip(message.walk(), range(MAX_PARTS + 1), strict=False))
        deepest = _depth(message)
    except RecursionError:
        count, deepest = 0, MAX_DEPTH + 1
    if count > MAX_PARTS:
        raise SourceError(f"The message has more than {MAX_PARTS} parts: {origin}.", "Save the page itself.")
    if deepest > MAX_DEPTH:
        raise SourceError(f"The message has parts in parts, {MAX_DEPTH} deep: {origin}.", "Save the page itself.")
    return message


def _depth(message: EmailMessage) -> int:
    """How many parts stand one in another."""
    inside = message.get_payload()
    return 1 + max((_depth(part) for part in inside), default=0) if isinstance(inside, list) else 1  # type: ignore[arg-type]


def _without_length(content: bytes) -> bytes:
    """The message alone, where Apple Mail wrote its length before it and what the program knows of it behind it."""
    length = re.match(rb"(\d{1,10})[ ]*\r?\n", content)
    return content[length.end() : length.end() + int(length[1])] if length else content


def damage_of(message: EmailMessage, origin: str) -> tuple[Notice, ...]:
    """What is to be said of a message that ends before its last part does, or in its midst."""
    cut = any(isinstance(fault, _CUT) for part in message.walk() for fault in part.defects)
    return (notice("archive-damaged", origin=origin),) if cut else ()


def header(message: EmailMessage, name: str) -> str:
    """A header's words on one line; ``""`` where it is missing or malformed."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError):  # the parser's own troubles with malformed headers
        return ""


def body_of(part: EmailMessage) -> bytes:
    """The bytes of a part, its transfer encoding undone."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def charset_of(part: EmailMessage) -> str:
    """The encoding that a part declares, or ``""``."""
    try:
        return part.get_content_charset() or ""
    except (LookupError, UnicodeError, ValueError):
        return ""


def by_address(message: EmailMessage) -> dict[str, bytes]:
    """Every part that is no page, by its location and by its content id."""
    found: dict[str, bytes] = {}
    for part in message.walk():
        if part.is_multipart() or part.get_content_type() in {"text/html", "text/css"}:
            continue
        content_id = header(part, "Content-ID").strip("<> ")
        for key in (header(part, "Content-Location").replace(" ", ""), f"cid:{content_id}" if content_id else ""):
            if key:
                found.setdefault(key, body_of(part))
    return found
