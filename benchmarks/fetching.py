"""Fetches a page with twenty pictures from a server on the loopback device that answers each request after 50 ms.

Prints the wall time of fetching them as the program does, of fetching them one after another, and of other programs that are
named: ``python benchmarks/fetching.py -- percollate epub {url} -o {target}``.
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


def serve() -> ThreadingHTTPServer:
    """The server, running."""
    answers = {"/talk": ("text/html", page())} | {
        f"/{each}.jpg": ("image/jpeg", picture(each)) for each in range(PICTURES)
    }

    class Request(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            time.sleep(LATENCY)
            kind, body = answers.get(self.path, ("text/plain", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

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


def main() -> None:
    """Prints a line for each way."""
    server = serve()
    url = f"http://127.0.0.1:{server.server_port}/talk"
    alone = timed(lambda: fetched(url, 1))
    together = timed(lambda: fetched(url, Limits().parallel))
    print(f"one after another  {alone:.2f} s")
    print(f"side by side       {together:.2f} s  ({together / alone:.2f})")
    others = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    if others:
        with tempfile.TemporaryDirectory() as folder:
            command = [each.format(url=url, target=Path(folder) / "talk.epub") for each in others]
            other = timed(lambda: subprocess.run(command, check=True, capture_output=True), 2)
        print(f"{others[0]:18} {other:.2f} s  ({together / other:.2f}, its e-book included)")
    server.shutdown()


if __name__ == "__main__":
    main()
