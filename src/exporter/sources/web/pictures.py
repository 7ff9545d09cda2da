"""The pictures of a page on the web: fetched side by side, within the bounds of all of them together."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence

from exporter.images import Refused
from exporter.sources.fetch import FetchError
from exporter.sources.policy import MIB, Limits, Network
from exporter.sources.resources import NoResources, Resources
from exporter.sources.urls import host_of, joined
from exporter.sources.web.session import PICTURE, abandon_web, web_of


class WebPictures:
    """Pictures by address. ``beside`` is asked first: what came with the page is not fetched."""

    def __init__(self, base_url: str, network: Network, limits: Limits, beside: Resources | None = None) -> None:
        self._stated = (base_url, network, limits, beside)
        self._base_url, self._network, self._limits = base_url, network, limits
        self._beside = beside or NoResources(True)
        self._found: dict[str, bytes | Refused] = {}
        self._bytes = 0
        self._end = 0.0
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[type[WebPictures], tuple[object, ...]]:
        return WebPictures, self._stated  # what was fetched stays behind: the other process has the cache

    def get(self, reference: str) -> bytes | Refused:
        """The picture at that address, as it was prepared or fetched now."""
        found = self._beside.get(reference)
        address = self._address(reference)
        return self._once(address) if isinstance(found, Refused) and address else found

    def prepare(self, choices: Iterable[Sequence[str]]) -> None:
        """Fetches the first of each picture's addresses that can be had, several pictures at a time."""
        wanted = [each for each in choices if each]
        if len(wanted) < 2:
            return
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(min(self._limits.parallel, len(wanted)))
        try:
            list(pool.map(self._first, wanted))
        except BaseException:  # a signal: the program ends now, not when the last server has answered
            pool.shutdown(wait=False, cancel_futures=True)
            abandon_web(self._network, self._limits)
            raise
        finally:
            pool.shutdown()

    def _first(self, references: Sequence[str]) -> None:
        for reference in references:
            if reference[:5].lower() == "data:" or not isinstance(self.get(reference), Refused):
                return

    def _address(self, reference: str) -> str:
        address = joined(self._base_url, reference).partition("#")[0]
        if address.startswith("http:") and not self._network.http:
            address = "https:" + address.removeprefix("http:")  # as browsers do on pages that are encrypted
        return address if host_of(address) else ""

    def _once(self, address: str) -> bytes | Refused:
        with self._lock:
            known = self._found.get(address)
            self._end = self._end or time.monotonic() + self._limits.pictures_seconds
        if known is None:
            known = self._fetched(address)
            with self._lock:
                self._found[address] = known
        return known

    def _fetched(self, address: str) -> bytes | Refused:
        room = min(self._limits.picture, self._limits.pictures - self._bytes)
        left = self._end - time.monotonic()
        if room <= 0:
            return Refused(f"all pictures together are larger than {self._limits.pictures // MIB} MB")
        if left <= 0:
            return Refused(
                f"the pictures took longer than {self._limits.pictures_seconds:g} seconds", "picture-missing"
            )
        try:
            answer, _ = web_of(self._network, self._limits).get(
                address, accept=PICTURE, limit=room, own=host_of(self._base_url), seconds=left
            )
        except FetchError as fault:
            return Refused(fault.message.replace(address, "it").rstrip("."), "picture-missing")
        with self._lock:
            self._bytes += len(answer.content)
        return answer.content
