"""What sites allow programs that fetch many of their pages (RFC 9309)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

AGENT = "exporter"
LONGEST_DELAY = 30.0
"""Seconds: no more is waited between two pages, whatever a site wants; nobody reads so slowly."""


class Robots:
    """The rules of each site, asked for once. ``rules_at`` gives the text of the robots.txt at an address."""

    def __init__(self, rules_at: Callable[[str], str]) -> None:
        self._rules_at = rules_at
        self._known: dict[str, Any] = {}
        self._lock = threading.Lock()

    def allow(self, address: str) -> bool:
        """Whether a program may fetch that page."""
        return bool(self._rules(address).can_fetch(address, AGENT))

    def delay(self, address: str) -> float:
        """Seconds that the site wants between two pages."""
        return min(float(self._rules(address).crawl_delay(AGENT) or 0.0), LONGEST_DELAY)

    def _rules(self, address: str) -> Any:
        from protego import Protego

        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            if site not in self._known:
                self._known[site] = Protego.parse(self._rules_at(f"{site}/robots.txt"))
            return self._known[site]
