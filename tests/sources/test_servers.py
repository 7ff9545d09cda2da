"""What comes of each kind of server: what the command says, its exit code. docs/sources.md has the table (``--accept``)."""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import brotli
import pytest
import trustme
from msgspec.structs import replace

from exporter.cli import run
from exporter.sources import policy
from exporter.sources.policy import Limits, ReadOptions

from .conftest import Served, running, serve
from .test_web import WALLS, article

TABLE = Path(__file__).resolve().parent.parent.parent / "docs" / "sources.md"
PAGE = article(1, 6)
SECONDS = 2.0
"""For the address of a server that never ends, in place of the thirty that users have."""
NEVER_ENDS = "a drop at a time"


class Stage:
    """Where a kind of server plays: the server, a second one, a folder, more options of the command."""

    def __init__(self, served: Served, other: Served, folder: Path) -> None:
        self.served, self.other, self.folder = served, other, folder
        self.options: list[str] = []
        self.address = f"{served.url}/talk"
        self.left = ExitStack()


def plays(page: str | bytes = PAGE, **more: object) -> Callable[[Stage], None]:
    """A server with that page, status and headers."""
    return lambda stage: stage.served.add("/talk", page, **more)  # type: ignore[arg-type]


def answers(answer: Callable[[BaseHTTPRequestHandler], None]) -> Callable[[Stage], None]:
    """A server that answers so."""

    def played(stage: Stage) -> None:
        stage.served.pages["/talk"] = answer

    return played


def leads(where: str) -> Callable[[Stage], None]:
    """A server that redirects to a place, in which the names of the servers are filled in."""

    def played(stage: Stage) -> None:
        other = stage.other.url
        place = where.format(own=stage.served.url, other=other, private=other.replace("127.0.0.2", "127.0.0.3"))
        stage.served.add("/talk", b"", status=301, Location=place)
        stage.other.add("/talk", PAGE)
        stage.served.add("/there", PAGE)

    return played


def drip(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.send_header("Content-Length", "100000")
    request.end_headers()
    while True:  # until whoever asked hangs up
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    for _ in range(2000):
        request.wfile.write(b"<p>" + bytes(65536))


def short(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", str(len(PAGE) + 1000))
    request.end_headers()
    request.wfile.write(PAGE.encode())
    request.close_connection = True


def long(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.send_header("Content-Length", str(len(PAGE.encode())))
    request.end_headers()
    request.wfile.write(PAGE.encode() + b"<p>What stands behind the length that was said.")
    request.close_connection = True


def busy_at_first() -> Callable[[Stage], None]:
    left = iter([429])

    def answer(request: BaseHTTPRequestHandler) -> None:
        status = next(left, 200)
        body = PAGE.encode() if status == 200 else b""
        request.send_response(status)
        request.send_header("Content-Type", "text/html; charset=utf-8")
        request.send_header("Retry-After", "1")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answers(answer)


def for_friends(request: BaseHTTPRequestHandler) -> None:
    known = "friend=yes" in request.headers.get("Cookie", "")
    body = PAGE.encode() if known else b""
    request.send_response(200 if known else 403)
    request.send_header("Content-Type", "text/html; charset=utf-8")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def with_cookies(stage: Stage) -> None:
    answers(for_friends)(stage)
    jar = stage.folder / "cookies.txt"
    jar.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tfriend\tyes\n")
    stage.options += ["--cookies", str(jar)]


def without_encryption(stage: Stage) -> None:
    plays()(stage)
    stage.address = stage.address.replace("http:", "https:")


AUTHORITY = trustme.CA()


def encrypted(name: str, trusted: bool = True, protocol: str = "") -> Callable[[Stage], None]:
    """A server with a certificate for that name; with ``protocol``, one that speaks nothing else."""

    def played(stage: Stage) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        AUTHORITY.issue_cert(name).configure_cert(context)
        if trusted:
            AUTHORITY.cert_pem.write_to_path(stage.folder / "authority.pem")
            stage.options += ["--cacert", str(stage.folder / "authority.pem")]
        server, served = serve()
        server.socket = context.wrap_socket(server.socket, server_side=True)
        served.add("/talk", PAGE)
        stage.left.enter_context(running(server, served))
        stage.address = f"https://localhost:{server.server_port}/talk"
        stage.options += ["--private-host", "localhost"]

    return played


FRAMES = (
    b"\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64"  # SETTINGS, and GOAWAY: a protocol error
    b"\x00\x00\x08\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01"
)
NO_PROTOCOL = b"\x15\x03\x03\x00\x02\x02\x78"
"""The alert of a TLS server that was offered no protocol which it speaks: fatal, 120 (RFC 7301, 3.2)."""


def says(words: bytes, scheme: str) -> Callable[[Stage], None]:
    """A server that says these bytes to whatever it is asked, and hangs up."""

    def played(stage: Stage) -> None:
        listening = stage.left.enter_context(socket.create_server(("127.0.0.1", 0)))
        stage.address = f"{scheme}://127.0.0.1:{listening.getsockname()[1]}/talk"
        threading.Thread(target=_say, args=(listening, words), daemon=True).start()

    return played


def _say(listening: socket.socket, words: bytes) -> None:
    while True:
        try:
            asking, _ = listening.accept()
        except OSError:
            return
        with asking:
            asking.recv(65536)
            asking.sendall(words)


ACCENTS = PAGE.replace("quiet", "tranquille, à l’été")
WRONGLY_SAID = ACCENTS.replace("<head>", "<head><meta charset=utf-8>")
SERVERS: dict[str, tuple[Callable[[Stage], None], int]] = {
    "answers 200": (plays(), 0),
    "301 to another page of its own": (leads("{own}/there"), 0),
    "301 to itself": (leads("{own}/talk"), 10),
    "301 to another host": (leads("{other}/talk"), 0),
    "301 to a private address": (leads("{private}/talk"), 10),
    "301 to a file": (leads("file:///etc/hostname"), 10),
    "404": (plays("", status=404), 10),
    "410": (plays("", status=410), 10),
    "429, then the page; `Retry-After: 1`": (busy_at_first(), 0),
    "429, `Retry-After: 120`": (plays("", status=429, Retry_After="120"), 10),
    "500, again and again": (plays("", status=500), 10),
    NEVER_ENDS: (answers(drip), 10),
    "without end": (answers(endless), 10),
    "ends before the length that it said": (answers(short), 10),
    "goes on behind the length that it said": (answers(long), 0),
    "says Latin-1, is UTF-8": (plays(WRONGLY_SAID, kind="text/html; charset=iso-8859-1"), 0),
    "says nothing, is Windows-1252": (plays(ACCENTS.encode("cp1252"), kind="text/html"), 0),
    "gzip": (plays(gzip.compress(PAGE.encode()), Content_Encoding="gzip"), 0),
    "Brotli": (plays(brotli.compress(PAGE.encode()), Content_Encoding="br"), 0),
    "gzip in gzip": (plays(gzip.compress(b"x"), Content_Encoding="gzip, gzip"), 10),
    "TLS, its name right": (encrypted("localhost"), 0),
    "TLS, its name wrong": (encrypted("other.example"), 10),
    "TLS, issued by nobody known": (encrypted("localhost", trusted=False), 10),
    "no TLS where `https://` is asked": (without_encryption, 10),
    "HTTP/2 alone, encrypted": (says(NO_PROTOCOL, "https"), 10),
    "HTTP/2 alone, not encrypted": (says(FRAMES, "http"), 10),
    "wants a cookie": (answers(for_friends), 10),
    "wants a cookie, `--cookies`": (with_cookies, 0),
    "asks for consent": (plays(WALLS["consent"][0]), 20),
    "shows what is sold": (plays(WALLS["paywall"][0]), 20),
    "a shell for scripts": (plays(WALLS["shell"][0]), 20),
    "an error page with 200": (plays(WALLS["error with status 200"][0]), 20),
    "a PDF": (plays(b"%PDF-1.7\n", kind="application/pdf"), 10),
    "an empty page": (plays(""), 10),
}


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Two servers, playing nothing yet."""
    with running(*serve()) as served, running(*serve("127.0.0.2")) as other:
        stage = Stage(served, other, folder)
        with stage.left:
            yield stage


def hurried(**chosen: object) -> ReadOptions:
    """The options of the command, under limits for which a test can wait."""
    return ReadOptions(limits=replace(Limits(), seconds=SECONDS), **chosen)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def rows() -> list[str]:
    """The rows of the table, as the tests come by them."""
    return []


@pytest.mark.parametrize("server", SERVERS)
def test_each_kind_of_server_is_told_in_one_line(
    server: str, rows: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if server == NEVER_ENDS:
        hurried.__struct_fields__ = ReadOptions.__struct_fields__  # type: ignore[attr-defined]
        monkeypatch.setattr(policy, "ReadOptions", hurried)
    prepare, code = SERVERS[server]
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    with staged(tmp_path) as stage:
        prepare(stage)
        allowed = ["--http", "--private-host", "127.0.0.1", "--private-host", "127.0.0.2", "--cache", "none"]
        assert run(["text", stage.address, "-o", str(shelf / "talk.txt"), *allowed, *stage.options]) == code
    said = capsys.readouterr().err.strip()
    assert code == 0 or len(said.splitlines()) == 1
    assert [each.name for each in shelf.iterdir()] == ([] if code else ["talk.txt"])
    if not code:
        made = (shelf / "talk.txt").read_text("utf-8")
        assert "That was year 6." in made
        assert "�" not in made
        assert "Ã" not in made
    assert code == 0 or "127.0.0" in said or "localhost" in said
    rows.append(f"| {server} | {code} | {_in_the_manual(said)} |")


def _in_the_manual(said: str) -> str:
    """The line that was printed, with the names of the manual in place of the test's."""
    lines = [re.sub(r"done in .*", "done", line) for line in said.removeprefix("exporter: ").splitlines()]
    told = re.sub(r"(127\.0\.0\.1|localhost):\d+", "a.example", "; ".join(lines))
    told = re.sub(r"127\.0\.0\.2:\d+", "b.example", told).replace(f"{SECONDS:g} seconds", "30 seconds")
    return re.sub(r"127\.0\.0\.3(:\d+)?", "10.0.0.1", re.sub(r"in \d\.\d s", "in 0.1 s", told)).replace(
        "localhost", "a.example"
    )


def test_the_manual_has_the_table(rows: list[str], request: pytest.FixtureRequest) -> None:
    if len(rows) < len(SERVERS):
        pytest.skip("not all kinds of server were tried")
    text = TABLE.read_text("utf-8")
    head = "| the server | exit code | the line |\n|---|---|---|\n"
    before, _, behind = text.partition(head)
    known, rest = behind.partition("\n\n")[::2]
    if request.config.getoption("--accept"):
        TABLE.write_text(f"{before}{head}" + "\n".join(rows) + f"\n\n{rest}", "utf-8")
        return
    assert known.splitlines() == rows
