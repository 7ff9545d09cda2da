"""What a page costs that has 10, 100, 1,000, 10,000 of one kind of thing: CPU seconds and peak memory, one process a page.

    python benchmarks/growth.py                     the whole table
    python benchmarks/growth.py figures spans       these kinds
    python benchmarks/growth.py --to pdf --most 1000

A cell whose export was refused shows its exit code; one that ran out of time or memory says so.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

COUNTS = (10, 100, 1_000, 10_000)

MEMORY = 4 << 30
"""Bytes of address space that a measured process may take."""

WORDS = "The boats came home before the wind had turned and nobody on the quay said a word about it"


def page(body: str) -> str:
    """A page with a short interview of its own before what is counted."""
    turns = "".join(f"<p><b>What did you do in year {n}?</b></p><p>{WORDS}, in year {n}.</p>" for n in range(6))
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The quay in winter</title></head><body>'
    return f"{head}<article><h1>The quay in winter</h1><p>{WORDS}.</p>{turns}{body}</article></body></html>"


def _repeated(pattern: str) -> Callable[[int], str]:
    return lambda count: page("".join(pattern.replace("@", str(n)) for n in range(count)))


def _within(pattern: str) -> Callable[[int], str]:
    return lambda count: page(f"<p>{''.join(pattern.replace('@', str(n)) for n in range(count))}</p>")


def _address(count: int) -> str:
    return page(f"<p>It stands at https://quay.example/{'a' * count} for all to read.</p>")


def _speakers(count: int) -> str:
    names = (f"{chr(65 + n % 26)}{_letters(n)} Marrec" for n in range(count))
    return page("".join(f"<p><b>{name}:</b> {WORDS}.</p>" for name in names))


def _letters(number: int) -> str:
    found = ""
    while number or not found:
        number, digit = divmod(number, 26)
        found += chr(97 + digit)
    return found


KINDS: dict[str, Callable[[int], str]] = {
    "paragraphs": _repeated(f"<p>{WORDS}, number @.</p>"),
    "turns": _repeated(f"<p><b>And what of number @?</b></p><p>{WORDS}, number @.</p>"),
    "figures": _repeated('<figure><img src="p@.jpg" alt="x"><figcaption>The quay, number @.</figcaption></figure>'),
    "unclosed figures": _repeated('<figure><img src="p@.jpg" alt="x"><p>The quay, number @.</p>'),
    "unclosed paragraphs of bold": _repeated("<b>The quay, number @. <i>It rained. "),
    "speakers": _speakers,
    "quotation marks": _within('"and" '),
    "spans": _within("<span>and </span>"),
    "spans in paragraphs": _repeated("<p><span>The quay, number @.</span></p>"),
    "links": _within('<a href="https://quay.example/@">quay @</a>, '),
    "bold words": _within("<b>quay</b> @ "),
    "line breaks": _within("and @<br>"),
    "letters of an address": _address,
    "letters of a word": lambda count: page(f"<p>It is called {'a' * count} there.</p>"),
    "crossheads": _repeated(f"<h2>Number @</h2><p>{WORDS}, number @.</p>"),
    "pull quotes": _repeated(f"<p>{WORDS}, @.</p><blockquote class=pullquote><p>Number @ came home</p></blockquote>"),
    "list entries": lambda count: page(f"<ul>{''.join(f'<li>Number {n} came home' for n in range(count))}</ul>"),
    "table rows": lambda count: page(f"<table>{''.join(f'<tr><td>{n}<td>boat' for n in range(count))}</table>"),
    "read-mores": _repeated(f'<p>{WORDS}, @.</p><p>Read more: <a href="https://quay.example/@">Of boat @</a></p>'),
    "footnotes": lambda count: page(
        "".join(f'<p>{WORDS}<sup><a href="#n{n}" id="r{n}">{n}</a></sup>.</p>' for n in range(count))
        + "".join(f'<p id="n{n}"><a href="#r{n}">{n}</a> Said of boat {n}.</p>' for n in range(count))
    ),
    "boxes": _repeated('<div class="related"><a href="/@">Another story, number @</a></div>'),
    "scripts": _repeated("<script>var quay@ = 1;</script>"),
    "empty boxes": _repeated("<div><div></div></div>"),
    "meta": lambda count: page("").replace(
        "<title>", '<meta name="author" content="Odile Marrec">' * count + "<title>"
    ),
}


def main() -> None:
    """Prints the table."""
    arguments = _arguments()
    print(f"exporter {arguments.to}: CPU seconds / MiB, one process a page")
    print(f"{'':28}" + "".join(f"{count:>16,}" for count in arguments.counts))
    for kind in arguments.kinds or KINDS:
        cells = (_measured(KINDS[kind](count), arguments.to, arguments.seconds) for count in arguments.counts)
        print(f"{kind:28}", end="")
        for cell in cells:
            print(f"{cell:>16}", end="", flush=True)
        print()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--to", default="epub", help="the format that is made (default: epub)")
    parser.add_argument("--most", type=int, default=max(COUNTS), help="the largest count")
    parser.add_argument("--seconds", type=int, default=120, help="CPU seconds that one page may take (default: 120)")
    arguments = parser.parse_args()
    arguments.counts = [count for count in COUNTS if count <= arguments.most]
    return arguments


def _measured(source: str, target: str, seconds: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "page.html")
        place.write_text(source, encoding="utf-8")
        command = [sys.executable, "-m", "exporter", target, str(place), "-q", "-o", str(Path(folder, f"out.{target}"))]

        def limited() -> None:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

        with Path(folder, "said").open("wb") as said:
            child = subprocess.Popen(command, stdout=said, stderr=said, preexec_fn=limited)  # noqa: PLW1509
            _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        spent = f"{used.ru_utime + used.ru_stime:.2f} / {used.ru_maxrss // 1024}"
        return spent if child.returncode == 0 else f"({child.returncode}) {spent}"


if __name__ == "__main__":
    main()
