"""Fetches a page with twenty pictures from a server on the loopback device that answers each request after 50 ms.

Prints the wall time of fetching them as the program does, and of fetching them one after another; then that of the e-book as
the command makes it, and as another program does that is named:

    python benchmarks/fetching.py -- percollate epub {url} -o {target}

Of these the time between their first request and their last answer is told as well, which is that of fetching alone.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from msgspec.structs import replace
from PIL import Image

from exporter.sources import open_source
from exporter.sources.policy import NO_CACHE, Limits, Network, ReadOptions
from exporter.sources.web.session import close_webs

LATENCY = 0.05
PICTURES = 20
PROSE = "The harbour was quiet that morning, and nobody spoke before the second boat came in. " * 6


def picture(number: int) -> bytes:
    """A photo of some hundred kilobytes, each another one."""
    noise = Image.effect_noise((900, 600), 40 + number).convert("RGB")
    packed = io.BytesIO()
    noise.save(packed, "JPEG", quality=80)
    return packed.getvalue()


def page() -> bytes:
    """A talk with a picture after each answer."""
    turns = "".join(
        f"<h2>What did you see in year {number}?</h2><p>{PROSE}</p><figure><img src='/{number}.jpg' width=900></figure>"
        for number in range(PICTURES)
    )
    return (
        f"<!DOCTYPE html><html lang=en><title>A talk</title><article><h1>A talk</h1>{turns}</article></html>".encode()
    )


ASKED: list[float] = []
"""The moments at which requests came and answers had gone."""


def serve() -> ThreadingHTTPServer:
    """The server, running."""
    answers = {"/talk": ("text/html", page())} | {
        f"/{each}.jpg": ("image/jpeg", picture(each)) for each in range(PICTURES)
    }

    class Request(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            ASKED.append(time.perf_counter())
            time.sleep(LATENCY)
            kind, body = answers.get(self.path, ("text/plain", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            ASKED.append(time.perf_counter())

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's name
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def fetched(url: str, parallel: int) -> None:
    """The page and its pictures, that many at a time."""
    network = Network(http=True, private_hosts=("127.0.0.1",), cache=NO_CACHE)
    options = ReadOptions(network=network, limits=replace(Limits(), parallel=parallel))
    source = open_source(url, options)
    references = [f"/{number}.jpg" for number in range(PICTURES)]
    if parallel > 1:
        source.prepare([(each,) for each in references])
    for each in references:
        if not isinstance(source.picture(each), bytes):
            raise SystemExit(f"{each} was not fetched")
    close_webs()


def timed(work: Callable[[], object], rounds: int = 3) -> float:
    """The fastest of some rounds, in seconds."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def made_by(command: list[str], url: str) -> tuple[float, float]:
    """The wall time of a program that makes an e-book of the page, and that between its first request and last answer."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        filled = [each.format(url=url, target=Path(folder) / "talk.epub") for each in command]
        for _ in range(3):
            ASKED.clear()
            begun = time.perf_counter()
            subprocess.run(filled, check=True, capture_output=True)
            times.append((time.perf_counter() - begun, max(ASKED) - min(ASKED)))
    return min(times)


def main() -> None:
    """Prints a line for each way."""
    server = serve()
    url = f"http://127.0.0.1:{server.server_port}/talk"
    alone = timed(lambda: fetched(url, 1))
    together = timed(lambda: fetched(url, Limits().parallel))
    print(f"one after another  {alone:.2f} s")
    print(f"side by side       {together:.2f} s  ({together / alone:.2f})")
    ours = [sys.executable, "-m", "exporter", "epub", "{url}", "-o", "{target}", "-q", "--cache", "none"]
    named = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    whole, asking = made_by([*ours, "--http", "--private-host", "127.0.0.1"], url)
    print(f"exporter epub      {whole:.2f} s, of which {asking:.2f} s between first request and last answer")
    if named:
        theirs, asked = made_by(named, url)
        print(f"{Path(named[0]).name:18} {theirs:.2f} s, of which {asked:.2f} s")
        print(f"ours of theirs     {whole / theirs:.2f}, {asking / asked:.2f}; fetching alone {together / asked:.2f}")
    server.shutdown()


if __name__ == "__main__":
    main()
