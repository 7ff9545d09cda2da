"""The one door to the network: one address, one answer, within bounds.

Who asks has checked that the user wants it. A name is resolved once, its addresses are checked to be public, and the
connection goes to the one that was checked; so at every redirect. The whole of it has one deadline, and the body is counted
after unpacking. Proxies that the environment names are asked only where the user says so, its cookies never.
"""

from __future__ import annotations

import http.client
import http.cookiejar
import queue
import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from functools import cached_property, partial
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import urllib3
from msgspec import Struct
from urllib3.connection import HTTPConnection, HTTPSConnection

from exporter.errors import SourceError, UsageError
from exporter.runtime.distribution import own_version
from exporter.sources.policy import MIB, Limits, Network
from exporter.sources.urls import ascii_host, host_alone
from exporter.sources.web.answers import is_public, media_type_of, retry_after
from exporter.sources.web.deadline import CONNECT_SECONDS, Deadline
from exporter.sources.web.decompression import Damaged, TooLarge, unpacker
from exporter.sources.web.proxies import ENVIRONMENT, Proxy, proxy_at

REDIRECTS = frozenset({301, 302, 303, 307, 308})
TRANSIENT = frozenset({429, 500, 502, 503, 504})
"""Statuses of servers that may answer otherwise in a moment (RFC 9110, 15.6; 6585, 4)."""
PORTS = {"http": 80, "https": 443}
_PART = 64 * 1024
_KEPT = ("cache-control", "etag", "last-modified", "expires", "age", "vary", "retry-after", "link", "content-language")
_SAFE = "/%:@!$&'()*+,;=~-._?"


class FetchError(SourceError):
    """An address gave no answer that can be used. ``again`` says after how many seconds asking again may help, if at all."""

    def __init__(self, message: str, advice: str = "", *, status: int = 0, again: float | None = None) -> None:
        super().__init__(message, advice)
        self.status = status
        self.again = again


class Answer(Struct, frozen=True):
    """What came from ``address``, where the redirects ended. ``headers`` are those that matter, names in small letters."""

    address: str
    status: int
    content: bytes
    media_type: str = ""
    charset: str = ""
    headers: dict[str, str] = {}


class Door:
    """Connections to servers, kept open for the next request to the same one. Threads may share it."""

    def __init__(self, network: Network, limits: Limits) -> None:
        self._network = network
        self._limits = limits
        self._idle: dict[tuple[str, str, int], list[HTTPConnection]] = {}
        self._under_way: set[Deadline] = set()
        self._abandoned = False
        self._lock = threading.Lock()

    def get(
        self,
        address: str,
        *,
        accept: str,
        limit: int,
        headers: Mapping[str, str] | None = None,
        own: str = "",
        seconds: float = 0.0,
    ) -> Answer:
        """The answer of that address, its status 200 to 299, or 304 where ``headers`` ask whether anything changed.

        ``own`` is the host that the network options' own headers are for. ``limit`` is bytes after unpacking; ``seconds``
        fewer than the limits allow. Raises :class:`FetchError`, naming the address and the cause.
        """
        if self._abandoned:
            raise FetchError(f"{address} is not wanted any more.")
        end = time.monotonic() + min(seconds or self._limits.seconds, self._limits.seconds)
        here = address
        for _ in range(self._limits.redirects + 1):
            asked = dict(headers or {}) if here == address else {}
            try:
                parts = self._checked(here)
                answer, where = self._once(here, parts, self._headers(here, accept, asked, own), limit, end)
            except FetchError as fault:
                if here == address:
                    raise
                message = f"{fault.message.removesuffix('.')}; {address} leads there."
                raise FetchError(message, fault.advice, status=fault.status, again=fault.again) from fault
            if not where:
                return answer
            here = urljoin(here, where).partition("#")[0]
        raise FetchError(
            f"{address} leads on and on: {self._limits.redirects} redirects, then to {here}.",
            "Open it in a browser and give the address that it ends at.",
        )

    # ---------------------------------------------------------------------------------------------------------- asking

    def _checked(self, address: str) -> SplitResult:
        """The parts of an address that may be asked."""
        try:
            parts = urlsplit(address)
            _ = parts.port
        except ValueError as fault:
            raise FetchError(f"This is no web address: {address}.", "Copy it from the browser.") from fault
        if parts.scheme not in PORTS or not parts.hostname:
            raise FetchError(f"This is no web address: {address}.", "Give one that begins with https://")
        if parts.scheme == "http" and not self._network.http:
            raise FetchError(f"{address} is not encrypted.", "Try it with https://, or allow it with --http.")
        if "@" in parts.netloc:
            raise FetchError(
                f"The address of {parts.hostname} holds a name or password.", "Give them with --header or --cookies."
            )
        return parts

    def _headers(self, address: str, accept: str, asked: dict[str, str], own: str) -> dict[str, str]:
        parts = urlsplit(address)
        host = ascii_host(parts.hostname or "")
        named = f"[{host}]" if ":" in host else host
        headers = {
            "Host": named if parts.port in {None, PORTS[parts.scheme]} else f"{named}:{parts.port}",
            "User-Agent": f"exporter/{own_version() or 0} (saves a page that its reader asked for)",
            "Accept": accept,
            "Accept-Encoding": "gzip, br",
            **asked,
        }
        if host == own:
            headers.update(self._network.headers)
        cookie = self._cookie(address)
        return {**headers, "Cookie": cookie} if cookie else headers

    def _cookie(self, address: str) -> str:
        if self._cookies is None:
            return ""
        request = urllib.request.Request(address)  # noqa: S310 - it is asked about, never opened
        with self._lock:
            self._cookies.add_cookie_header(request)
        return request.get_header("Cookie", "") or ""

    @cached_property
    def _cookies(self) -> http.cookiejar.MozillaCookieJar | None:
        if not self._network.cookies:
            return None
        jar = http.cookiejar.MozillaCookieJar(self._network.cookies)
        try:
            jar.load(ignore_discard=True, ignore_expires=True)
        except (OSError, ValueError) as fault:
            reason = getattr(fault, "strerror", None) or "it is no cookies.txt in Netscape's form"
            raise UsageError(f"The cookies in {self._network.cookies} cannot be read: {reason}.") from fault
        for cookie in jar:
            cookie.expires = cookie.expires or None  # programs that write such files mean "until the browser ends" by 0
        jar.clear_expired_cookies()
        return jar

    def _once(
        self, address: str, parts: SplitResult, headers: dict[str, str], limit: int, end: float
    ) -> tuple[Answer, str]:
        """The answer and ``""``, or where the server sends one instead. An idle connection that died is tried anew."""
        place = (parts.scheme, ascii_host(parts.hostname or ""), parts.port or PORTS[parts.scheme])
        connection, fresh = self._connection(place, address, end)
        clock = Deadline(connection, end, _shut)
        with ExitStack() as stack:
            stack.callback(connection.close)
            self._under_way.add(clock)
            if self._abandoned:
                clock.expire()
            stack.callback(self._under_way.discard, clock)
            try:
                with clock:
                    response = self._asked(connection, parts, headers)
                    stack.callback(response.close)
                    where = response.headers.get("Location", "") if response.status in REDIRECTS else ""
                    answer = self._answer(address, response, limit, where)
            except (TooLarge, Damaged, urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as fault:
                if not fresh and not clock.expired and not isinstance(fault, (TooLarge, Damaged)):
                    return self._once(address, parts, headers, limit, end)
                raise self._failed(address, fault, clock.expired, limit) from fault
            if clock.expired:  # a head that is cut short passes for a whole one
                raise self._failed(address, TimeoutError(), True, limit)
            if self._keep(place, connection, response):
                stack.pop_all()
                self._under_way.discard(clock)
        return answer, where

    def _asked(self, connection: HTTPConnection, parts: SplitResult, headers: dict[str, str]) -> Any:
        target = quote(parts.path or "/", _SAFE) + (f"?{quote(parts.query, _SAFE)}" if parts.query else "")
        proxy = self._proxy(parts.scheme, ascii_host(parts.hostname or ""))
        if proxy and parts.scheme == "http":
            target, headers = f"http://{headers['Host']}{target}", {**headers, **proxy.headers}
        connection.request("GET", target, headers=headers, preload_content=False, decode_content=False)
        return connection.getresponse()

    def _answer(self, address: str, response: Any, limit: int, where: str) -> Answer:
        failed = not 200 <= response.status < 300 and response.status != 304
        if failed and not where:
            raise_status(address, response.status, response.headers)
        packed = unpacker(response.headers.get("Content-Encoding", "") if not where else "")
        body = bytearray()
        for part in response.stream(_PART):
            body += packed.unpack(part, limit - len(body))
        if response.status != 304:
            packed.finish()
        media_type, charset = media_type_of(response.headers.get("Content-Type", ""))
        kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
        return Answer(address, response.status, bytes(body), media_type, charset, kept)

    def _failed(self, address: str, fault: Exception, expired: bool, limit: int) -> FetchError:
        if isinstance(fault, TooLarge):
            return FetchError(f"{address} sends more than {limit // MIB} MB.", "Give the address of a single page.")
        if isinstance(fault, Damaged):
            return FetchError(f"{address} sends what cannot be unpacked, or ends too early.", _LATER, again=1.0)
        if expired:
            return FetchError(f"{address} did not answer in {self._limits.seconds:g} seconds.", _LATER)
        refused = isinstance(fault, ssl.SSLCertVerificationError)
        if refused or isinstance(fault.__context__, ssl.SSLCertVerificationError):
            known = fault if refused else fault.__context__
            return FetchError(
                f"The certificate of {address} is refused: {str(getattr(known, 'verify_message', '') or known).rstrip('.')}.",
                "Check the address; certificates of your own are trusted with --cacert FILE.",
            )
        for sign, said, advice in _NO_TALK:
            if sign in str(fault).lower().replace("_", " "):
                return FetchError(f"{address} cannot be fetched: {said}.", advice)
        return FetchError(f"{address} cannot be fetched: {_cause(fault)}.", _LATER, again=1.0)

    # ----------------------------------------------------------------------------------------------------- connecting

    def _connection(self, place: tuple[str, str, int], address: str, end: float) -> tuple[HTTPConnection, bool]:
        with self._lock:
            idle = self._idle.get(place)
            if idle:
                return idle.pop(), False
        scheme, host, port = place
        proxy = self._proxy(scheme, host)
        if proxy:  # which addresses it may reach is for the proxy to say
            connection = self._to(scheme, proxy.host, proxy.port, host)
            if scheme == "https":
                connection.set_tunnel(host, port, proxy.headers)
            return connection, True
        private = host in {host_alone(each) for each in self._network.private_hosts}
        number = _resolved(host, port, end, address, private)
        return self._to(scheme, number, port, host), True

    def _proxy(self, scheme: str, host: str) -> Proxy | None:
        stated = self._network.proxy
        if stated == ENVIRONMENT:
            stated = "" if urllib.request.proxy_bypass(host) else urllib.request.getproxies().get(scheme, "")
        return proxy_at(stated)

    def _to(self, scheme: str, number: str, port: int, host: str) -> HTTPConnection:
        if scheme == "http":
            return HTTPConnection(number, port)
        return HTTPSConnection(number, port, ssl_context=self._context, server_hostname=host)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context()
            if self._network.authorities:
                context.load_verify_locations(self._network.authorities)
        except OSError as fault:
            held = "it holds no certificate as PEM" if isinstance(fault, ssl.SSLError) else _cause(fault)
            raise UsageError(f"The certificates in {self._network.authorities} cannot be read: {held}.") from fault
        context.set_alpn_protocols(["http/1.1"])
        return context

    def _keep(self, place: tuple[str, str, int], connection: HTTPConnection, response: Any) -> bool:
        """Whether the connection is good for another request, and kept."""
        whole = connection.sock is not None and response.headers.get("Connection", "").lower() != "close"
        with self._lock:
            idle = self._idle.setdefault(place, [])
            if whole and len(idle) < self._limits.parallel:
                idle.append(connection)
                return True
        return False

    def abandon(self) -> None:
        """Ends what other threads are asking at this moment, and lets them ask no more."""
        self._abandoned = True
        for clock in tuple(self._under_way):
            clock.expire()

    def close(self) -> None:
        """Ends every connection that is kept open."""
        with self._lock:
            for idle in self._idle.values():
                for connection in idle:
                    connection.close()
            self._idle.clear()


def _shut(known: socket.socket) -> None:
    with suppress(OSError):  # it was closed in this moment
        known.shutdown(socket.SHUT_RDWR)


_LATER = "Try again later, or save the page in a browser and give the file."
_NO_TALK = (
    ("alert no application protocol", "it speaks no HTTP/1.1", "Save the page in a browser and give the file."),
    ("wrong version number", "what answers there is not encrypted", "Try it with http:// and --http."),
)
"""What OpenSSL says of servers that no asking again will make talk, that in our words, and what to do."""
_ADVICE = {
    401: "It wants a login: give your browser's cookies with --cookies, or save the page in the browser.",
    403: "The server lets no programs in: save the page in a browser and give the file.",
    404: "Check the address.",
    410: "It was taken away; an archive of the web may have kept it.",
    451: "It may not be shown where you are.",
}


def raise_status(address: str, status: int, headers: Mapping[str, str]) -> None:
    """Raises the :class:`FetchError` of an answer that is a refusal."""
    phrase = http.client.responses.get(status, "").lower()
    said = f"{address} answers {status}" + (f" ({phrase})." if phrase else ".")
    again = retry_after(headers.get("Retry-After", "")) if status in TRANSIENT else None
    if again and again > 1:
        raise FetchError(said, f"It asks to wait {again:.0f} seconds.", status=status, again=again)
    raise FetchError(said, _ADVICE.get(status, _LATER), status=status, again=again)


def _resolved(host: str, port: int, end: float, address: str, private: bool) -> str:
    """A public number of the host, as text: the first that may be asked."""
    answers: queue.Queue[list[Any] | OSError] = queue.Queue()
    threading.Thread(target=partial(_look_up, host, port, answers.put), daemon=True).start()
    try:
        found = answers.get(timeout=max(0.1, min(CONNECT_SECONDS, end - time.monotonic())))
    except queue.Empty:
        found = OSError("its name is not resolved in time")
    if isinstance(found, OSError):
        reason = "nobody knows its name" if isinstance(found, socket.gaierror) else _cause(found)
        raise FetchError(f"{address} cannot be fetched: {reason}.", "Check the address, and the network.", again=1.0)
    numbers = [str(each[4][0]) for each in found]
    for number in numbers:
        if private or is_public(number):
            return number
    raise FetchError(
        f"{address} is not on the public network{'' if host == numbers[0] else f': {host} is {numbers[0]}'}.",
        "Pages of your own machines are allowed one by one: --private-host " + host,
    )


def _look_up(host: str, port: int, tell: Callable[[list[Any] | OSError], None]) -> None:
    try:
        tell(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except OSError as fault:
        tell(fault)
    except UnicodeError:  # a label of no letters, or of too many
        tell(OSError("its name is no name of a host"))


def _cause(fault: Exception) -> str:
    """What went wrong, in a few words without the names of classes."""
    if isinstance(fault.__context__, ConnectionRefusedError):
        return "nothing answers there"
    if isinstance(fault, (TimeoutError, urllib3.exceptions.TimeoutError)):
        return "it does not answer"
    if isinstance(fault, urllib3.exceptions.IncompleteRead) or isinstance(
        fault.__context__, http.client.IncompleteRead
    ):
        return "it ends before it is whole"
    if isinstance(fault, http.client.HTTPException):
        return "it answers in no known way"
    inner = fault.__context__ if isinstance(fault, urllib3.exceptions.HTTPError) else fault
    reason = getattr(inner, "strerror", None) or getattr(inner, "reason", None)
    return str(reason).lower().rstrip(".") if reason else "the connection broke"
