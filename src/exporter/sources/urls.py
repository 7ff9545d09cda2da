"""Web addresses as pages write them, malformed ones included."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def is_address(argument: str) -> bool:
    """Whether an argument is a web address and no path: it begins with http:, https: or www."""
    return argument[:8].lower().startswith(("http://", "https://", "www."))


def joined(base_url: str, reference: str) -> str:
    """Where ``reference`` leads from a page at ``base_url``; as it is without one; ``""`` when either is malformed."""
    try:
        return urljoin(base_url, reference) if base_url else reference
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """The host of a web address, in small ASCII letters; ``""`` when it has none."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or "" if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
    return ascii_host(host)


def ascii_host(host: str) -> str:
    """A host's name as the network knows it (IDNA)."""
    small = host.strip(". ").lower()
    try:
        return small if small.isascii() else small.encode("idna").decode()
    except UnicodeError:
        return small
