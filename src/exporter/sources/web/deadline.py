"""The time that a request may take: however slowly a server drips, and whoever wants the program to end, its socket is shut."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

CONNECT_SECONDS = 10.0
SILENT_SECONDS = 15.0
"""How long a server may say nothing at all."""


class Deadline:
    """Ends a request over ``connection``, one of urllib3's, at the moment ``end`` of the monotonic clock, or when told to.

    ``shut`` ends the traffic of a socket.
    """

    def __init__(self, connection: Any, end: float, shut: Callable[[Any], None]) -> None:
        self.expired = False
        self._connection = connection
        self._shut = shut
        self._timer = threading.Timer(max(0.0, end - time.monotonic()), self.expire)
        self._timer.daemon = True
        self._socket: Any = None
        connection.timeout = max(0.1, min(CONNECT_SECONDS, end - time.monotonic()))

    def __enter__(self) -> None:
        self._timer.start()
        if self._connection.sock is None:
            self._connection.connect()
        self._socket = self._connection.sock  # a response that is the last one takes it off the connection
        self._connection.timeout = SILENT_SECONDS  # each request and answer set it anew for the socket
        if self.expired:  # while it was connecting
            self.expire()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def expire(self) -> None:
        """Ends the request now."""
        self.expired = True
        known = self._socket or self._connection.sock
        if known is not None:
            self._shut(known)
