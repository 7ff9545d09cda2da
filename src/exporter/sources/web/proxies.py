"""Proxies by their addresses, as users and environments name them."""

from __future__ import annotations

import base64
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from exporter.errors import UsageError

ENVIRONMENT = "env"
"""The ``proxy`` of the network options that means those of the environment."""


class Proxy(Struct, frozen=True):
    """A proxy, and the headers by which it knows who asks."""

    host: str
    port: int
    headers: dict[str, str]


def proxy_at(stated: str) -> Proxy | None:
    """The proxy of that address, None where it is empty. Raises :class:`UsageError` when it is the address of none."""
    if not stated:
        return None
    address = stated if "://" in stated else f"http://{stated}"
    parts = urlsplit(address)
    try:
        port = parts.port or 8080
    except ValueError:
        port = 0
    if parts.scheme != "http" or not parts.hostname or not port:
        raise UsageError(f"This is no proxy: {address.rpartition('@')[2]}.", "Give it as http://host:port.")
    return Proxy(parts.hostname, port, _credentials(parts.username or "", parts.password or ""))


def _credentials(name: str, password: str) -> dict[str, str]:
    """The header with a name and password, which addresses hold percent-encoded (RFC 7617)."""
    if not name:
        return {}
    told = f"{unquote(name)}:{unquote(password)}".encode()
    return {"Proxy-Authorization": f"Basic {base64.b64encode(told).decode('ascii')}"}
