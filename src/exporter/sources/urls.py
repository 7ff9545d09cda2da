"""Web addresses as pages write them, malformed ones included."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urljoin, urlsplit

_HOST = re.compile(
    r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*|[0-9a-f:.]*:[0-9a-f:.]*"
)
_NEVER = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}\ud800-\udfff]|%(?![0-9a-fA-F]{2})")
"""What no address holds as it is (RFC 3987, 2.2)."""
_PLAIN = re.compile(
    r"https?://[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)+(?:/[\w./~-]*(?:\?[\w.=&~-]+)?(?:#[\w.~-]+)?)?",
    re.ASCII,
)
_BRACKETS = str.maketrans({"[": "%5B", "]": "%5D"})


def is_address(argument: str) -> bool:
    """Whether an argument is a web address and no path: it begins with http:, https: or www."""
    return argument[:8].lower().startswith(("http://", "https://", "www."))


def in_full(address: str) -> str:
    """A web address with its scheme, which people leave out before www."""
    return f"https://{address}" if address[:4].lower() == "www." else address


def path_of(address: str) -> str:
    """The path of a file on this machine by its address (RFC 8089); ``""`` when it stands on another machine."""
    parts = urlsplit(address)
    return unquote(parts.path) if parts.netloc in ("", "localhost") else ""


def is_plain(reference: str) -> bool:
    """Whether a reference is a web address in full that :func:`joined` and :func:`linkable` would leave as it is: most are."""
    return _PLAIN.fullmatch(reference) is not None


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


def host_alone(stated: str) -> str:
    """The host in what somebody wrote for one: an address and a port are allowed with it, brackets too."""
    bare = stated.partition("://")[2] or stated
    if bare.count(":") > 1 and not bare.startswith("["):
        return ascii_host(bare)  # of IPv6
    return host_of(f"https://{bare}")


def linkable(address: str) -> str:
    """A web or mail address as a document may hold it; ``""`` when it leads nowhere: another scheme, an impossible host.

    What no address may hold (spaces, braces, a lone per cent sign) is percent-encoded.
    """
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises when it is no number
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme == "mailto":
        name, at, host = parts.path.rpartition("@")
        possible = bool(at and name and not _NEVER.search(parts.path) and _HOST.fullmatch(ascii_host(host)))
    else:
        possible = scheme in ("http", "https") and bool(_HOST.fullmatch(ascii_host(parts.hostname or "")))
    if not possible:
        return ""
    start = address.find(parts.netloc) + len(parts.netloc)
    behind = address[start:].translate(_BRACKETS)
    return address[:start] + _NEVER.sub(lambda found: quote(found[0], errors="replace"), behind)
