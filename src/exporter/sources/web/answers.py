"""What servers say in headers, and where they stand: the parts of a fetch that need no network."""

from __future__ import annotations

import ipaddress
import time

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def retry_after(value: str) -> float:
    """Seconds that a Retry-After header means, given in seconds or as a date; 1 where there is none that can be read."""
    from email.utils import parsedate_to_datetime

    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return 1.0


def is_public(number: str) -> bool:
    """Whether an IP address belongs to the public network, those of IPv4 inside IPv6 included."""
    try:
        known = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(known, ipaddress.IPv6Address):
        inside = known.ipv4_mapped or known.sixtofour or (known.teredo[1] if known.teredo else None)
        if known in _NAT64:
            inside = ipaddress.IPv4Address(int(known) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(str(inside))
    return known.is_global and not known.is_multicast and not known.is_reserved


def media_type_of(value: str) -> tuple[str, str]:
    """The type and the charset of a Content-Type, in small letters."""
    from email.message import Message

    parsed = Message()
    parsed["content-type"] = value
    charset = parsed.get_param("charset") or ""
    return parsed.get_content_type() if value else "", charset.strip("'\" ") if isinstance(charset, str) else ""
