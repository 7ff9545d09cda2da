"""Saves one page by every program at hand that saves pages, and prints how what comes of it differs from the page itself.

python -m tools.forms [NAME]...

The page is ``tests/sources/forms/plain``, served on the loopback device; in a network of its own that is
``unshare -n sh -c 'ip link set lo up; python -m tools.forms'``. A program that is not installed is said to be missing. Words
are counted, and pictures whose bytes are the same.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from exporter import Document, read
from exporter.errors import ExporterError
from exporter.model import Figure, Text
from exporter.model.walk import walk
from exporter.sources import entries_of, open_entry
from exporter.sources.policy import NO_CACHE, Network, ReadOptions
from exporter.sources.web.session import close_webs

PLAIN = Path(__file__).resolve().parents[1] / "tests" / "sources" / "forms" / "plain"
NODE = Path(os.environ.get("NODE_PROGRAMS", "node_modules/.bin"))
"""Where npm put single-file."""


class Missing(Exception):
    """A program that is not installed."""


def found(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    for name in names:
        path = shutil.which(name) or shutil.which(name, path=str(NODE))
        if path:
            return path
    raise Missing(names[0])


def run(*command: str, cwd: Path, check: bool = True) -> None:
    """Runs a program in a folder, quietly, for two minutes at most."""
    subprocess.run(command, cwd=cwd, check=check, capture_output=True, timeout=120)


# ------------------------------------------------------------------------------------------------------------- programs


def own(url: str, folder: Path) -> Path | str:
    """The page at its address."""
    return url


def chromium(url: str, folder: Path) -> Path:
    """Page.captureSnapshot of the DevTools protocol, spoken over a pipe: what "Save as, single file" does."""
    asked, told = os.pipe(), os.pipe()
    options = ("--headless", "--no-sandbox", "--remote-debugging-pipe", f"--user-data-dir={folder / 'chromium'}")

    def pipes() -> None:
        os.dup2(asked[0], 3)
        os.dup2(told[1], 4)

    browser = subprocess.Popen(
        [found("chromium", "google-chrome"), *options, "about:blank"],
        *(-1, None, None, subprocess.DEVNULL, subprocess.DEVNULL),
        preexec_fn=pipes,  # noqa: PLW1509
        pass_fds=(3, 4),
    )
    try:
        with os.fdopen(asked[1], "wb") as out, os.fdopen(told[0], "rb") as back:
            ask = functools.partial(_devtools, out, back)
            target = ask("Target.createTarget", {"url": url})["targetId"]
            session = ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
            time.sleep(3)
            taken = ask("Page.captureSnapshot", {"format": "mhtml"}, session)["data"]
    finally:
        browser.kill()
        browser.wait()
    (folder / "talk.mhtml").write_bytes(taken.encode())
    return folder / "talk.mhtml"


def _devtools(out: Any, back: Any, method: str, params: dict[str, Any], session: str = "") -> dict[str, Any]:
    known = {"sessionId": session} if session else {}
    out.write(json.dumps({"id": 1, "method": method, "params": params, **known}).encode() + b"\0")
    out.flush()
    message = bytearray()
    while True:
        letter = back.read1(65536)
        if not letter:
            raise EOFError(method)
        message += letter
        *whole, rest = message.split(b"\0")
        message = bytearray(rest)
        for each in whole:
            answer = json.loads(each)
            if answer.get("id") == 1:
                return dict(answer["result"])


def single_file(url: str, folder: Path) -> Path:
    """The command line of SingleFile."""
    browser = (f"--browser-executable-path={found('chromium')}", '--browser-args=["--no-sandbox"]')
    run(found("single-file"), url, "talk.html", *browser, cwd=folder)
    return folder / "talk.html"


PERSIST = """
const [url, file, folder, done] = arguments;
const page = Services.wm.getMostRecentWindow("navigator:browser").gBrowser.selectedBrowser;
const there = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile); there.initWithPath(file);
const parts = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile); parts.initWithPath(folder);
page.frameLoader.startPersistence(page.browsingContext, {
  onDocumentReady(shown) {
    const saving = Cc["@mozilla.org/embedding/browser/nsWebBrowserPersist;1"].createInstance(Ci.nsIWebBrowserPersist);
    saving.persistFlags = saving.PERSIST_FLAGS_REPLACE_EXISTING_FILES | saving.PERSIST_FLAGS_FROM_CACHE;
    saving.progressListener = {QueryInterface: ChromeUtils.generateQI(["nsIWebProgressListener", "nsISupportsWeakReference"]),
      onStateChange(a, b, flags, status) { if (flags & 16 && flags & 262144) done(status); },
      onProgressChange() {}, onLocationChange() {}, onStatusChange() {}, onSecurityChange() {}, onContentBlockingEvent() {}};
    saving.saveDocument(shown, there, parts, null, saving.ENCODE_FLAGS_ENCODE_BASIC_ENTITIES, 0);
  }, onError(status) { done(status); }});
"""
"""What "Save page as, complete" does, for which no protocol of automation has a word."""


def firefox(url: str, folder: Path) -> Path:
    """The browser's own saving, called through Marionette."""
    (folder / "profile").mkdir()
    options = ("--headless", "--marionette", "--remote-allow-system-access", "--profile", str(folder / "profile"))
    browser = subprocess.Popen(
        [found("firefox-esr", "firefox"), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with _marionette() as line:
            _tell(line, "WebDriver:NewSession", {})
            _tell(line, "WebDriver:Navigate", {"url": url})
            _tell(line, "Marionette:SetContext", {"value": "chrome"})
            arguments = [url, str(folder / "talk.html"), str(folder / "talk_files")]
            _tell(line, "WebDriver:ExecuteAsyncScript", {"script": PERSIST, "args": arguments, "sandbox": "system"})
    finally:
        browser.terminate()
        browser.wait()
    return folder / "talk.html"


def _marionette() -> socket.socket:
    for _ in range(120):
        with suppress(OSError):
            line = socket.create_connection(("127.0.0.1", 2828), timeout=60)
            _heard(line)
            return line
        time.sleep(0.5)
    raise TimeoutError("Firefox does not listen")


def _tell(line: socket.socket, command: str, parameters: dict[str, Any]) -> None:
    message = json.dumps([0, 1, command, parameters]).encode()
    line.sendall(str(len(message)).encode() + b":" + message)
    fault = _heard(line)[2]
    if fault:
        raise OSError(f"{command}: {fault.get('message', fault)}")


def _heard(line: socket.socket) -> Any:
    length = b""
    while not length.endswith(b":"):
        length += line.recv(1)
    message = b""
    while len(message) < int(length[:-1]):
        message += line.recv(65536)
    return json.loads(message)


def wget_warc(url: str, folder: Path) -> Path:
    """GNU Wget's WARC."""
    run(found("wget"), "-p", "--warc-file=talk", "--no-warc-keep-log", url, cwd=folder, check=False)
    return folder / "talk.warc.gz"


def wget_folder(url: str, folder: Path) -> Path:
    """GNU Wget's copy of the page and its parts, links turned."""
    run(found("wget"), "-p", "-k", "-nH", url, cwd=folder, check=False)
    return folder / "talk.html"


def warcio(url: str, folder: Path) -> Path:
    """What warcio overhears of http.client."""
    program = (
        "import sys; from warcio.capture_http import capture_http\nimport http.client\n"
        "with capture_http('talk.warc.gz'):\n"
        "  for path in sys.argv[2:]:\n"
        "    asked = http.client.HTTPConnection(sys.argv[1]); asked.request('GET', path); asked.getresponse().read()\n"
    )
    paths = [f"/{each.relative_to(PLAIN).as_posix()}" for each in sorted(PLAIN.rglob("*.*"), reverse=True)]
    run(sys.executable, "-c", program, url.split("/")[2], *paths, cwd=folder)
    return folder / "talk.warc.gz"


def wacz(url: str, folder: Path) -> Path:
    """The WACZ that wacz makes of the WARC of wget, its pages told (-d)."""
    crawl = wget_warc(url, folder)
    run(found("wacz"), "create", "-d", "-f", str(crawl), "-o", "talk.wacz", cwd=folder)
    return folder / "talk.wacz"


def wacz_unlisted(url: str, folder: Path) -> Path:
    """The same without -d: no page is listed."""
    crawl = wget_warc(url, folder)
    run(found("wacz"), "create", "-f", str(crawl), "-o", "talk.wacz", cwd=folder)
    return folder / "talk.wacz"


def web2disk(url: str, folder: Path) -> Path:
    """The copy of calibre's fetcher."""
    run(found("web2disk"), "--max-recursions", "0", "--base-dir", ".", url, cwd=folder)
    return next(folder.rglob("*.xhtml"), folder)


def docx(url: str, folder: Path) -> Path:
    """A document of a word processor, by pandoc."""
    run(found("pandoc"), str(PLAIN / "talk.html"), "-o", str(folder / "talk.docx"), cwd=PLAIN)
    return folder / "talk.docx"


FORMS: dict[str, Callable[[str, Path], Path | str]] = {
    "address": own,
    "MHTML of Chromium": chromium,
    "SingleFile": single_file,
    "folder of Firefox": firefox,
    "folder of wget": wget_folder,
    "folder of web2disk": web2disk,
    "WARC of wget": wget_warc,
    "WARC of warcio": warcio,
    "WACZ of wacz -d": wacz,
    "WACZ of wacz": wacz_unlisted,
    "DOCX of pandoc": docx,
}


# ------------------------------------------------------------------------------------------------------------ comparing


def words(document: Document) -> Counter[str]:
    """Each word of the article, and how often."""
    return Counter(word for node in walk(document.article) if isinstance(node, Text) for word in node.text.split())


def figures(document: Document) -> list[str]:
    """The pictures of the figures, in their order: the digests of their bytes."""
    return [each.asset or "" for node in walk(document.article) if isinstance(node, Figure) for each in node.images]


def row(name: str, url: str, plain: Document) -> str:
    """What came of one form."""
    options = ReadOptions(network=Network(http=True, private_hosts=("127.0.0.1",), cache=NO_CACHE))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            entries = list(entries_of(FORMS[name](url, Path(folder)), options))
            document = read(open_entry(entries[0], options)).document
        except Missing as fault:
            return f"| {name} | {fault} is not installed | | | |"
        except (ExporterError, OSError, subprocess.SubprocessError) as fault:
            return f"| {name} | failed: {fault} | | | |"
    close_webs()
    lost, more = words(plain) - words(document), words(document) - words(plain)
    same = sum(one == other for one, other in zip(figures(plain), figures(document), strict=False))
    told = " ".join(list(lost)[:6]), " ".join(list(more)[:6])
    return (
        f"| {name} | {len(entries)} | {lost.total()} {told[0]} | {more.total()} {told[1]} | "
        f"{len(figures(document))} of {len(figures(plain))}, {same} the same bytes |"
    )


def main() -> None:
    """Prints a row for each form."""
    handler = functools.partial(_Quiet, directory=str(PLAIN))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    plain = read(PLAIN / "talk.html").document
    print("| form | pages | words lost | words more | pictures |\n|---|---|---|---|---|")
    for name in sys.argv[1:] or FORMS:
        print(row(name, f"http://127.0.0.1:{server.server_port}/talk.html", plain), flush=True)
    server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's name
        """Says nothing."""


if __name__ == "__main__":
    main()
