"""The door to the network, tried on the loopback device: what comes in, what is refused, and in which words."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import brotli
import pytest
import trustme
from msgspec.structs import replace

from exporter.errors import UsageError
from exporter.sources.fetch import Answer, Door, FetchError
from exporter.sources.policy import Limits, Network, ReadOptions
from exporter.sources.web.answers import is_public, retry_after
from exporter.sources.web.decompression import Damaged, TooLarge, unpacker

from .conftest import Served, running, serve

WORDS = b"the tide waits for nobody. " * 4000


def get(address: str, options: ReadOptions, limit: int = 1 << 20, **more: str) -> Answer:
    door = Door(options.network, options.limits)
    try:
        return door.get(address, accept="*/*", limit=limit, **more)  # type: ignore[arg-type]
    finally:
        door.close()


def refusal(address: str, options: ReadOptions, limit: int = 1 << 20) -> FetchError:
    with pytest.raises(FetchError) as caught:
        get(address, options, limit)
    assert address.partition("@")[2] in caught.value.message if "@" in address else address in caught.value.message
    return caught.value


CODED = {
    "identity": WORDS,
    "gzip": gzip.compress(WORDS),
    "gzip in two members, padded": gzip.compress(WORDS[:5000]) + gzip.compress(WORDS[5000:]) + bytes(20),
    "deflate": zlib.compress(WORDS),
    "deflate without its head": zlib.compress(WORDS)[2:-4],
    "br": brotli.compress(WORDS),
}


@pytest.mark.parametrize("coding", CODED)
def test_what_a_server_packs_is_unpacked(coding: str, served: Served, web: ReadOptions) -> None:
    served.add("/page", CODED[coding], Content_Encoding=coding.split(maxsplit=1)[0])
    assert get(f"{served.url}/page", web).content == WORDS


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_packed_body_that_was_cut_at_a_matching_length_is_no_page(
    coding: str, served: Served, web: ReadOptions
) -> None:
    served.add("/cut", CODED[coding][:-12], Content_Encoding=coding)
    assert "ends too early" in refusal(f"{served.url}/cut", web).message


@pytest.mark.parametrize("coding", ["identity", "gzip", "deflate", "br"])
def test_a_body_is_counted_after_unpacking(coding: str, served: Served, web: ReadOptions) -> None:
    served.add("/large", CODED[coding], Content_Encoding=coding)
    assert "sends more than" in refusal(f"{served.url}/large", web, limit=50_000).message


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_the_parts_of_a_packed_body_may_have_any_length(coding: str, size: int) -> None:
    packed, body = unpacker(coding), b""
    for start in range(0, len(CODED[coding]), size):
        body += packed.unpack(CODED[coding][start : start + size], 1 << 20)
    packed.finish()
    assert body == WORDS


def test_little_that_unpacks_to_much_is_stopped_on_the_way() -> None:
    for coding, packed in (("gzip", gzip.compress(bytes(1 << 24))), ("br", brotli.compress(bytes(1 << 24)))):
        with pytest.raises(TooLarge):
            unpacker(coding).unpack(packed, 1 << 20)
    with pytest.raises(Damaged):
        unpacker("gzip, gzip")


REFUSED = {
    404: ("answers 404 (not found)", "Check the address."),
    410: ("answers 410 (gone)", "taken away"),
    401: ("answers 401 (unauthorized)", "--cookies"),
    403: ("answers 403 (forbidden)", "save the page in a browser"),
    429: ("answers 429 (too many requests)", "asks to wait 120 seconds"),
    500: ("answers 500 (internal server error)", "Try again later"),
}


@pytest.mark.parametrize("status", REFUSED)
def test_a_status_is_told_with_what_to_do(status: int, served: Served, web: ReadOptions) -> None:
    headers = {"Retry_After": "120"} if status == 429 else {}
    served.add("/page", b"<p>No.", status=status, **headers)
    fault = refusal(f"{served.url}/page", web)
    said, advice = REFUSED[status]
    assert (said in fault.message, advice in fault.advice, fault.exit_code) == (True, True, 10)


def test_redirects_are_followed_three_deep_and_no_further(served: Served, web: ReadOptions) -> None:
    for number in range(5):
        served.add(f"/{number}", b"", status=302, Location=f"/{number + 1}")
    served.add("/5", b"there")
    assert get(f"{served.url}/2", web).address == f"{served.url}/5"
    assert "leads on and on" in refusal(f"{served.url}/1", web).message
    served.add("/ring", b"", status=301, Location="/ring")
    assert "leads on and on" in refusal(f"{served.url}/ring", web).message


def test_a_redirect_into_the_private_network_is_refused(served: Served, web: ReadOptions) -> None:
    served.add("/out", b"", status=302, Location=served.url.replace("127.0.0.1", "127.0.0.2") + "/in")
    served.add("/in", b"secret")
    fault = refusal(f"{served.url}/out", web)
    assert "127.0.0.2" in fault.message
    assert "is not on the public network" in fault.message
    assert served.paths == ["/out"]


PRIVATE = (
    *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),  # noqa: S104
    *("::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "240.0.0.1"),
)


@pytest.mark.parametrize("number", PRIVATE)
def test_what_is_not_public_is_told(number: str) -> None:
    assert not is_public(number)
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    served: Served, web: ReadOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its mind between check and connection gains nothing: it is resolved once."""
    numbers = iter(["93.184.215.14", "127.0.0.1"])
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, *more: object, **named: object) -> object:
        if host == "talk.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(numbers), 80))]
        asked.append(host)
        return real("127.0.0.1", 9, type=socket.SOCK_STREAM)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    refusal("http://talk.example:9/", web)
    assert asked == ["93.184.215.14"]


WRONG = {
    "ftp://example.org/talk": "is no web address",
    "https://": "is no web address",
    "https://name:word@example.org/": "holds a name or password",
    "http://example.org:99999/": "is no web address",
}


@pytest.mark.parametrize("address", WRONG)
def test_what_is_no_address_is_not_asked(address: str, web: ReadOptions) -> None:
    with pytest.raises(FetchError, match=WRONG[address]):
        get(address, web)


def test_addresses_without_encryption_are_asked_where_that_is_allowed(served: Served, web: ReadOptions) -> None:
    closed = replace(web, network=replace(web.network, http=False))
    assert "--http" in refusal(f"{served.url}/", closed).advice
    assert served.asked == []


def drip(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    _drop_by_drop(request)


def drip_head(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drop_by_drop(request)


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(200):
        request.wfile.write(bytes(65536))


def silent(request: BaseHTTPRequestHandler) -> None:
    request.rfile.read()  # until whoever asked hangs up


def _drop_by_drop(request: BaseHTTPRequestHandler) -> None:
    while True:
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


def garbage(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"\x00\x01 what is this\r\n\r\n")
    request.close_connection = True


def short(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"half")
    request.close_connection = True


WAITING = 0.4
HOSTILE = {
    drip: f"did not answer in {WAITING} seconds",
    drip_head: f"did not answer in {WAITING} seconds",
    silent: f"did not answer in {WAITING} seconds",
    endless: "sends more than 1 MB",
    garbage: "it answers in no known way",
    short: "it ends before it is whole",
}


@pytest.mark.parametrize("kind", HOSTILE, ids=lambda kind: kind.__name__)
def test_a_server_that_misbehaves_costs_no_more_than_the_deadline(
    kind: object, served: Served, web: ReadOptions
) -> None:
    served.pages["/page"] = kind  # type: ignore[assignment]
    said = HOSTILE[kind]  # type: ignore[index]
    seconds = WAITING if f"{WAITING} seconds" in said else web.limits.seconds
    begun = time.monotonic()
    assert said in refusal(f"{served.url}/page", replace(web, limits=replace(web.limits, seconds=seconds))).message
    assert time.monotonic() - begun < 10


def test_headers_and_cookies_go_where_they_belong_and_nowhere_else(
    served: Served, web: ReadOptions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    jar = tmp_path / "cookies.txt"
    lines = [
        "# Netscape HTTP Cookie File",
        "127.0.0.1\tFALSE\t/\tFALSE\t0\tseen\tyes",
        "other.example\tFALSE\t/\tFALSE\t0\tx\ty",
    ]
    jar.write_text("\n".join(lines) + "\n")
    network = replace(
        web.network, headers=(("X-Mine", "1"),), cookies=str(jar), private_hosts=("127.0.0.1", "127.0.0.2")
    )
    served.add("/page", b"", status=302, Location=served.url.replace("127.0.0.1", "127.0.0.2") + "/else")
    with running(*serve("127.0.0.2", int(served.url.rpartition(":")[2]))) as other:
        other.add("/else", b"there")
        get(f"{served.url}/page", replace(web, network=network), own="127.0.0.1")
    own, elsewhere = served.asked[0][1], other.asked[0][1]
    assert (own["x-mine"], own["cookie"]) == ("1", "seen=yes")
    assert "x-mine" not in elsewhere
    assert "cookie" not in elsewhere
    assert own["user-agent"].startswith("exporter/")


def test_a_certificate_must_be_the_host_s(tmp_path: Path) -> None:
    authority = trustme.CA()
    for name, trusted in (("localhost", True), ("other.example", False)):
        server, played = serve()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        network = Network(private_hosts=("localhost",), authorities=str(tmp_path / "ca.pem"))
        played.add("/page", b"words")
        address = f"https://localhost:{server.server_port}/page"
        with running(server, played):
            if trusted:
                assert get(address, ReadOptions(network=network)).content == b"words"
                network = replace(network, authorities="")
            assert "The certificate of" in refusal(address, ReadOptions(network=network)).message


def test_one_connection_serves_many_requests(served: Served, web: ReadOptions) -> None:
    served.add("/page", b"words")
    door = Door(web.network, web.limits)
    for _ in range(3):
        door.get(f"{served.url}/page", accept="*/*", limit=100)
    assert len({headers["host"] for _, headers in served.asked}) == 1
    assert sum(map(len, door._idle.values())) == 1  # noqa: SLF001 - there is no other way to see it
    door.close()


def test_an_idle_connection_that_died_is_renewed(served: Served, web: ReadOptions) -> None:
    def once(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "5")
        request.end_headers()
        request.wfile.write(b"words")
        request.close_connection = True  # without a word of it

    served.pages["/page"] = once
    door = Door(web.network, web.limits)
    for _ in range(3):
        assert door.get(f"{served.url}/page", accept="*/*", limit=100).content == b"words"
        time.sleep(0.05)
    door.close()


def test_a_wait_is_told_in_seconds_or_as_a_date() -> None:
    assert retry_after("7") == 7.0
    assert retry_after("Sun, 06 Nov 1994 08:49:37 GMT") == 0.0
    assert retry_after("soon") == 1.0
    assert Limits().redirects == 3


def test_a_proxy_is_asked_only_where_the_user_names_it(
    served: Served, web: ReadOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(*serve("127.0.0.2")) as proxy:
        served.add("/page", b"there")
        address = f"{served.url}/page"
        proxy.add(address, b"way")
        named = proxy.url.replace("//", "//ida:se%20a@")
        for name in ("HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, named)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)

        def through(way: str) -> bytes:
            return get(address, replace(web, network=replace(web.network, proxy=way))).content

        assert (through(""), proxy.asked) == (b"there", [])
        assert [through("env"), through(named)] == [b"way", b"way"]
        assert {asked["proxy-authorization"] for _, asked in proxy.asked} == {"Basic aWRhOnNlIGE="}
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert through("env") == b"there"
        monkeypatch.delenv("no_proxy")
        monkeypatch.delenv("HTTP_PROXY")
        monkeypatch.setenv("http_proxy", named.removeprefix("http://"))
        assert through("env") == b"way"
        for wrong in ("socks5://127.0.0.2:9", "http://127.0.0.2:port", "http://"):
            with pytest.raises(UsageError, match="is no proxy"):
                through(wrong)


def test_what_is_encrypted_goes_through_a_proxy_without_being_opened(tmp_path: Path, web: ReadOptions) -> None:
    authority = trustme.CA()
    server, played = serve()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("talk.example").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    played.add("/page", b"there")
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    asked: list[bytes] = []
    with running(server, played), socket.create_server(("127.0.0.2", 0)) as listening:
        threading.Thread(target=_tunnel, args=(listening, server.server_port, asked), daemon=True).start()
        way = f"http://ida:sea@127.0.0.2:{listening.getsockname()[1]}"
        network = replace(web.network, proxy=way, authorities=str(tmp_path / "authority.pem"))
        assert get("https://talk.example/page", replace(web, network=network)).content == b"there"
    assert asked[0].startswith(b"CONNECT talk.example:443 ")
    assert b"Proxy-Authorization: Basic aWRhOnNlYQ==" in asked[0]


def _tunnel(listening: socket.socket, port: int, asked: list[bytes]) -> None:
    """A proxy that opens one way, to that port of this machine whatever is asked for."""
    asking, _ = listening.accept()
    with asking, socket.create_connection(("127.0.0.1", port)) as there:
        asked.append(asking.recv(65536))
        asking.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        threading.Thread(target=_pour, args=(there, asking), daemon=True).start()
        _pour(asking, there)


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
