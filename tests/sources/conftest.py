"""A server on the loopback device, which plays whatever a test gives it."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from msgspec.structs import replace

from exporter.sources.policy import Limits, Network, ReadOptions
from exporter.sources.web.session import close_webs

PAGE = "text/html; charset=utf-8"


class Served:
    """A server: ``pages`` maps paths to what answers them; ``asked`` lists the requests that came."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for."""
        return [path for path, _ in self.asked]

    def add(
        self, path: str, content: bytes | str, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> None:
        """Answers that path with this content and these headers (underscores for hyphens)."""
        body = content.encode() if isinstance(content, str) else content

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            sent = {"Content-Type": kind, "Content-Length": str(len(body)), **headers}
            for name, value in sent.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(body)

        self.pages[path] = answer

    def add_folder(self, folder: Path, prefix: str = "") -> None:
        """Serves every file of a folder."""
        kinds = {".html": "text/html; charset=utf-8", ".jpg": "image/jpeg", ".png": "image/png"}
        for file in folder.rglob("*"):
            if file.is_file():
                kind = kinds.get(file.suffix, "application/octet-stream")
                self.add(f"{prefix}/{file.relative_to(folder).as_posix()}", file.read_bytes(), kind)


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served: Served

    def do_GET(self) -> None:
        self.served.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        answer = self.served.pages.get(self.path)
        if answer is None:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        try:
            answer(self)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's name
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 100  # of five, a busy machine's sixth would wait a second for its next attempt

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no error of a test's."""


def serve(host: str = "127.0.0.1", port: int = 0) -> tuple[_Server, Served]:
    """A server and what it plays; it must be started and shut."""
    request = type("Request", (_Request,), {})
    server = _Server((host, port), request)
    request.served = Served(f"http://{host}:{server.server_port}")  # type: ignore[attr-defined]
    return server, request.served  # type: ignore[attr-defined]


@contextmanager
def running(server: _Server, played: Served) -> Iterator[Served]:
    """The server, answering."""
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield played
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True, scope="module")
def own_network() -> Iterator[None]:
    """A network of the tests' own, in which there is nothing but the loopback device, where the machine lets one be made."""
    if not sys.platform.startswith("linux") or not hasattr(os, "geteuid") or os.geteuid():
        yield
        return
    system = ctypes.CDLL(None, use_errno=True)
    new_network = 0x40000000  # CLONE_NEWNET of sched.h
    with Path("/proc/thread-self/ns/net").open("rb") as before:
        alone = system.unshare(new_network) == 0
        if alone:
            _raise_loopback()
        yield
        if alone and system.setns(before.fileno(), new_network):
            raise OSError(ctypes.get_errno(), "the network of before is not to be had again")


def _raise_loopback() -> None:
    """Switches the loopback device of a new network on: SIOCGIFFLAGS, SIOCSIFFLAGS of netdevice(7)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        request = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(asking, 0x8913, request))[1]
        fcntl.ioctl(asking, 0x8914, struct.pack("16sH14x", b"lo", flags | 1))


@pytest.fixture
def served() -> Iterator[Served]:
    """A running server."""
    with running(*serve()) as played:
        yield played


@pytest.fixture(autouse=True)
def closed_webs() -> Iterator[None]:
    """Connections and robots.txt of one test's server are nothing for the next."""
    yield
    close_webs()


@pytest.fixture
def web(tmp_path: Path) -> ReadOptions:
    """Options that let this machine be asked, without encryption and without waiting, with a cache of the test's own."""
    network = Network(http=True, private_hosts=("127.0.0.1",), cache=str(tmp_path / "cache"), pace=0.0)
    return ReadOptions(network=network, limits=replace(Limits(), seconds=30.0, retries=0))
