"""The resources of a page: pictures beside it, inside it, or none at all.

A page is untrusted: resources answer with bytes of their own or with the reason why there are none, and never raise.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Protocol
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from msgspec import Struct

from exporter.images import Refused
from exporter.sources.policy import MIB, Limits


class Resources(Protocol):
    """Where the pictures of one page are. Sources travel to other processes, so every implementation can be pickled."""

    def get(self, reference: str) -> bytes | Refused:
        """The bytes that the page calls ``reference``, as found; or why there are none. Never a ``data:`` address."""

    def prepare(self, choices: Iterable[Sequence[str]]) -> None:
        """Announces the pictures that will be asked for, each by its addresses, the best first. Fetching ahead is allowed."""


class NoResources(Struct, frozen=True):
    """A page that came alone: on standard input, as bytes. ``from_web`` says whether its address is known."""

    from_web: bool = False

    def get(self, reference: str) -> bytes | Refused:
        """Always a refusal."""
        if self.from_web or is_remote(reference):
            return Refused("no such file beside the page", "picture-not-local")
        return Refused("the page came without its folder", "picture-missing")

    def prepare(self, choices: Iterable[Sequence[str]]) -> None:
        """Does nothing."""


def checked(reference: str) -> Refused | None:
    """Why no resource can be meant by ``reference``, a relative or web address; None when one can."""
    try:
        parts = urlsplit(reference)
    except ValueError:
        return Refused("its address is malformed", "picture-missing")
    if parts.scheme == "cid" and parts.path:
        return None  # a part of the same message (RFC 2392)
    if parts.scheme and not is_remote(reference):
        return Refused("it points outside the folder of the page")
    if not parts.path.strip("/"):
        return Refused("the page names no file", "picture-missing")
    return None


def is_remote(reference: str) -> bool:
    """Whether a well-formed ``reference`` names a place on the web by itself."""
    parts = urlsplit(reference)
    return parts.scheme in {"http", "https"} or (not parts.scheme and bool(parts.netloc))


def embedded(reference: str, limits: Limits) -> bytes | Refused:
    """The bytes inside a ``data:`` address (RFC 2397)."""
    header, comma, body = reference[5:].partition(",")
    if not comma:
        return Refused("its address is malformed", "picture-missing")
    if len(body) > limits.picture * 4 // 3 + 4:
        return Refused(f"it is larger than {limits.picture // MIB} MB")
    if not header.lower().rstrip().endswith(";base64"):
        return unquote_to_bytes(body)
    try:
        return base64.b64decode("".join(unquote(body).split()) + "==")
    except (binascii.Error, ValueError):
        return Refused("its address is malformed", "picture-missing")
