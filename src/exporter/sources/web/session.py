"""Addresses → answers: from the cache where it is fresh, from the server else, tried again where that may help."""

from __future__ import annotations

import threading
import time

from exporter.notices import Notice, notice
from exporter.sources.fetch import TRANSIENT, Answer, Door, FetchError
from exporter.sources.policy import Limits, Network
from exporter.sources.urls import host_of
from exporter.sources.web.cache import Cache, Copy, folder_of
from exporter.sources.web.robots import Robots

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PICTURE = "image/avif,image/webp,image/jpeg,image/png,image/*;q=0.8"


class Web:
    """The web as one run sees it. Threads may share it."""

    def __init__(self, network: Network, limits: Limits) -> None:
        self.network = network
        self.limits = limits
        self._door = Door(network, limits)
        self._cache = Cache(folder_of(network), limits.cache)
        self._robots = Robots(self._rules)
        self._last: dict[str, float] = {}
        self._lock = threading.Lock()

    def get(
        self, address: str, *, accept: str = PAGE, limit: int = 0, own: str = "", seconds: float = 0.0
    ) -> tuple[Answer, tuple[Notice, ...]]:
        """The answer of an address and what is to be said about it. Raises :class:`FetchError`.

        ``own`` is the host that the user's own headers are for; ``limit`` is bytes, those of a page when 0.
        """
        key = self._key(address, accept, own)
        known = self._cache.find(key)
        if known and (self.network.offline or known.is_fresh(time.time())):
            return known.answer, ()
        if self.network.offline:
            raise FetchError(f"{address} was not fetched before.", "Leave out --offline.")
        try:
            answer = self._fetched(address, accept, limit or self.limits.page, own, known, seconds)
        except FetchError as fault:
            if known and (not fault.status or fault.status in TRANSIENT):
                return known.answer, (notice("address-stale", address=address, reason=fault.message.rstrip(".")),)
            raise
        if answer.status == 304 and known:
            return self._cache.confirm(key, known, answer.headers), ()
        self._cache.keep(key, answer)
        return answer, ()

    def get_politely(self, address: str) -> tuple[Answer, tuple[Notice, ...]]:
        """As :meth:`get`, for one of many pages of a site: where robots.txt allows it, and not at once after another."""
        if self.network.robots and not self.network.offline:
            if not self._robots.allow(address):
                raise FetchError(
                    f"The robots.txt of its site keeps programs from {address}.",
                    "Open the page in a browser and give the saved file, or give this address alone.",
                )
            self._wait(host_of(address), max(self.network.pace, self._robots.delay(address)))
        return self.get(address, own=host_of(address))

    def _fetched(self, address: str, accept: str, limit: int, own: str, known: Copy | None, seconds: float) -> Answer:
        end = time.monotonic() + min(seconds or self.limits.seconds, self.limits.seconds)
        asked = known.validators if known and known.answer.address == address else {}
        for again in range(self.limits.retries + 1):
            try:
                left = end - time.monotonic()
                return self._door.get(address, accept=accept, limit=limit, headers=asked, own=own, seconds=left)
            except FetchError as fault:
                pause = None if fault.again is None else max(fault.again, 0.5) * 2**again
                if pause is None or again == self.limits.retries or time.monotonic() + pause > end:
                    raise
                time.sleep(pause)
        raise AssertionError("the last try gives or raises")

    def _wait(self, host: str, pace: float) -> None:
        """Until the host's turn has come again."""
        with self._lock:
            turn = max(time.monotonic(), self._last.get(host, 0.0) + pace if host in self._last else 0.0)
            self._last[host] = turn
        time.sleep(max(0.0, turn - time.monotonic()))

    def _rules(self, address: str) -> str:
        """The text of a robots.txt; ``""`` where there is none (RFC 9309, 2.3.1)."""
        try:
            answer, _ = self.get(address, accept="text/plain,*/*;q=0.5", limit=512 * 1024)
        except FetchError as fault:
            if fault.status in TRANSIENT:
                return "User-agent: *\nDisallow: /"
            return ""
        return answer.content.decode("utf-8-sig", "replace")

    def _key(self, address: str, accept: str, own: str) -> str:
        """What an answer depends on besides the address: the user's own headers and cookies."""
        personal = [*self.network.headers, self.network.cookies] if host_of(address) == own else [self.network.cookies]
        return "\n".join([address, accept, *map(str, personal)])

    def close(self) -> None:
        """Ends the connections that are kept open."""
        self._door.close()

    def abandon(self) -> None:
        """Ends what other threads are asking at this moment: nobody will wait for it."""
        self._door.abandon()


_OPEN: dict[tuple[Network, Limits], Web] = {}


def web_of(network: Network, limits: Limits) -> Web:
    """The web under these options: one for a process, so that connections and robots.txt are shared."""
    return _OPEN.setdefault((network, limits), Web(network, limits))


def abandon_web(network: Network, limits: Limits) -> None:
    """Ends all that is asked under these options; who asks afterwards begins anew."""
    web = _OPEN.pop((network, limits), None)
    if web is not None:
        web.abandon()


def close_webs() -> None:
    """Ends all connections; what is asked for afterwards is asked anew."""
    while _OPEN:
        _OPEN.popitem()[1].close()
