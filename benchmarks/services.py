"""Pages with the pictures of five image services, served on the loopback device: what is found, how much is fetched.

python benchmarks/services.py [NAME=COMMAND]...

Each page has four pictures, each offered in many sizes, and the server has them all: every program may ask for whatever the
page offers. A further program is named with its command, in which ``{url}`` is the page's address and
``{target}`` the file or folder of its result:

    python benchmarks/services.py 'percollate=percollate epub {url} -o {target}.epub'
        'web2disk=web2disk --max-recursions 1 --base-dir {target} {url}'
"""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from urllib.parse import quote, unquote

from PIL import Image, UnidentifiedImageError

PICTURES = {"pier": (170, 40, 40), "boat": (40, 150, 50), "lamp": (40, 60, 180), "gull": (200, 170, 30)}
"""The colour by which each is known again."""
WIDTHS = (320, 640, 960, 1280, 1920, 3840)
SIZES = frozenset({*WIDTHS, 2560})
"""What the server can make of each."""
PROSE = (
    "The harbour was quiet that morning, and nobody spoke before the second boat came in. We waited for the tide, and "
    "then for the light."
)
BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def _imgix(name: str) -> str:
    """Sizes by query: imgix, and what blogs put before their uploads."""
    offered = ", ".join(escape(f"/{name}.jpg?w={width}&auto=format&ixlib=x") + f" {width}w" for width in WIDTHS)
    return f'<img src="/{name}.jpg?w=320&amp;auto=format" srcset="{offered}" sizes="100vw" alt="">'


def _cloudinary(name: str) -> str:
    """Sizes by path with commas in it, another address inside: Cloudinary, and newsletters built on it."""
    inner = quote(f"https://uploads.example/{name}.jpg", safe="")
    steps = ("w_{}", "c_limit", "f_auto", "q_auto:good", "fl_progressive:steep")
    offered = ", ".join(f"/image/fetch/{','.join(steps).format(width)}/{inner} {width}w" for width in WIDTHS)
    return f'<img src="/image/fetch/{",".join(steps).format(640)}/{inner}" srcset="{offered}" sizes="100vw" alt="">'


def _thumbor(name: str) -> str:
    """Sources by width of the screen and by density: the resizers of newspapers' systems."""
    rows = [
        f'<source media="(min-width: {width // 2}px)" srcset="/resizer/v2/{name}.jpg?auth=0a1b&amp;width={width} 1x, '
        f'/resizer/v2/{name}.jpg?auth=0a1b&amp;width={2 * width} 2x">'
        for width in (1280, 960, 640)
    ]
    return f'<picture>{"".join(rows)}<img src="/resizer/v2/{name}.jpg?auth=0a1b&amp;width=320" alt=""></picture>'


def _lazy(name: str) -> str:
    """A stand-in until a script runs, a plain one for those without scripts: plugins for blogs, sizes in the file's name."""
    offered = ", ".join(f"/uploads/{name}-{width}x{width * 2 // 3}.jpg {width}w" for width in WIDTHS)
    whole = f'<img src="/uploads/{name}-1280x853.jpg" srcset="{offered}" alt="">'
    lazy = f'<img class="lazyload" src="{BLANK}" data-src="/uploads/{name}-640x427.jpg" data-srcset="{offered}" alt="">'
    return f"{lazy}<noscript>{whole}</noscript>"


def _optimizer(name: str) -> str:
    """The address of the picture inside the query of a server that resizes: frameworks for single pages."""
    inner = quote(f"/media/{name}.jpg", safe="")
    offered = ", ".join(
        f"/_next/image?url={inner}&amp;w={width}&amp;q=75 {density}x" for width, density in ((1920, 1), (3840, 2))
    )
    plain = f"/_next/image?url={inner}&amp;w=3840&amp;q=75"
    return f'<img srcset="{offered}" src="{plain}" width="1600" height="1067" loading="lazy" alt="">'


SERVICES = {
    "by query (imgix)": _imgix,
    "by path (Cloudinary)": _cloudinary,
    "by screen (Thumbor)": _thumbor,
    "lazy, by name (WordPress)": _lazy,
    "resized by the site (Next.js)": _optimizer,
}


@cache
def page(service: str) -> bytes:
    """A talk with a picture after each answer."""
    turns = "".join(
        f"<h2>What did you see at the {name}?</h2><p>{PROSE}</p><p>{PROSE} I thought of the {name}.</p>"
        f"<figure>{SERVICES[service](name)}<figcaption>The {name}, early in the day.</figcaption></figure>"
        for name in PICTURES
    )
    head = "<title>A talk by the sea</title><meta name=viewport content='width=device-width'>"
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head><body><article><h1>A talk by the sea</h1>"
        f"<p>Ten years on the pier, told in one go to a friend.</p>{turns}</article></body></html>"
    ).encode()


@cache
def grain() -> Image.Image:
    """As much grain as photos have."""
    return Image.effect_noise((960, 640), 60).convert("RGB")


@cache
def picture(name: str, width: int) -> bytes:
    """A photo of that width, in its colour."""
    size = (width, width * 2 // 3)
    photo = Image.new("RGB", size)
    for left in range(0, width, grain().width):
        for top in range(0, size[1], grain().height):
            photo.paste(grain(), (left, top))
    packed = io.BytesIO()
    Image.blend(photo, Image.new("RGB", size, PICTURES[name]), 0.75).save(packed, "JPEG", quality=80)
    return packed.getvalue()


class Served:
    """What was asked for and sent since the last look: pictures' bytes and requests, requests that failed."""

    def __init__(self) -> None:
        self.requests = self.bytes = self.failed = 0


def _answer(path: str) -> tuple[str, bytes]:
    whole = unquote(path)
    known = next((name for name in PICTURES if f"{name}." in whole or f"{name}-" in whole), "")
    width = re.search(r"(?:[?&](?:w|width)=|w_|-)(\d{2,4})(?=\b|x)", whole)
    if known and width and int(width[1]) in SIZES:
        return "image/jpeg", picture(known, int(width[1]))
    number = re.fullmatch(r"/talk-(\d)", path)
    return ("text/html; charset=utf-8", page(list(SERVICES)[int(number[1])])) if number else ("text/plain", b"")


def serve(served: Served) -> ThreadingHTTPServer:
    """The server, running."""
    lock = threading.Lock()

    class Request(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, body = _answer(self.path)
            with lock:
                served.requests += kind == "image/jpeg"
                served.bytes += len(body) if kind == "image/jpeg" else 0
                served.failed += not body and not self.path.endswith(("favicon.ico", "robots.txt"))
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


def found_in(folder: Path) -> dict[str, int]:
    """The pictures of the page in files, folders and e-books there: each by its name, with its greatest width."""
    found: dict[str, int] = {}
    for content in _contents(folder):
        try:
            with Image.open(io.BytesIO(content)) as opened:
                width = opened.width
                colour = opened.convert("RGB").resize((1, 1), Image.Resampling.BOX).tobytes()
        except (UnidentifiedImageError, OSError):
            continue
        name = min(PICTURES, key=lambda each: _distance(_hue(PICTURES[each]), _hue(colour)))
        found[name] = max(width, found.get(name, 0))
    return found


def _contents(folder: Path) -> Iterator[bytes]:
    for file in (each for each in folder.rglob("*") if each.is_file()):
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                yield from (archive.read(name) for name in archive.namelist() if "cover" not in name.lower())
        else:
            yield file.read_bytes()


def _hue(colour: Sequence[int]) -> tuple[float, ...]:
    middle = sum(colour) / 3
    return tuple(each - middle for each in colour)


def _distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def main() -> None:
    """Prints a row for each service and program."""
    network = "--http --private-host 127.0.0.1 --cache none"
    ours = f"{shlex.quote(sys.executable)} -m exporter epub {{url}} -o {{target}}.epub -q {network}"
    programs = {"exporter": ours, **dict(each.split("=", 1) for each in sys.argv[1:])}
    for name in PICTURES:
        for width in SIZES:
            picture(name, width)  # nobody shall wait for it
    served = Served()
    server = serve(served)
    print("| pictures | program | found, of 4 | width | requests | fetched |\n|---|---|---|---|---|---|")
    for number, service in enumerate(SERVICES):
        for program, command in programs.items():
            print(
                _row(service, program, command, f"http://127.0.0.1:{server.server_port}/talk-{number}", served),
                flush=True,
            )
    server.shutdown()


def _row(service: str, program: str, command: str, url: str, served: Served) -> str:
    served.requests = served.bytes = served.failed = 0
    with tempfile.TemporaryDirectory() as folder:
        filled = [each.format(url=url, target=Path(folder) / "talk") for each in shlex.split(command)]
        done = subprocess.run(filled, check=False, capture_output=True, timeout=300, cwd=folder)
        found = found_in(Path(folder))
    widths = f"{median(found.values()):.0f}" if found else "-"
    told = f"exit code {done.returncode}" if done.returncode else f"{len(found)} | {widths}"
    lost = f", {served.failed} of addresses that there are none" if served.failed else ""
    return f"| {service} | {program} | {told} | {served.requests}{lost} | {served.bytes / 1000:,.0f} kB |"


if __name__ == "__main__":
    main()
