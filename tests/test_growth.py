"""A page with many of one kind of thing takes as much work as it has such things: calls are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from types import FrameType
from typing import Any

import bs4
import pytest

from exporter import Options, read, render
from exporter.readers.interview import features
from exporter.readers.interview.features import features_of
from exporter.readers.interview.scene import Scene
from exporter.readers.segments.labels import Voices, same_voice
from exporter.typography import typeset

PAGES = sorted((Path(__file__).parent / "pages").glob("*/source.html"))
FEW, MANY = 60, 240
WORDS = "The boats came home before the wind had turned and nobody on the quay said a word about it"


def _page(body: str) -> bytes:
    turns = "".join(f"<p><b>What did you do in year {n}?</b></p><p>{WORDS}, in year {n}.</p>" for n in range(6))
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The quay in winter</title></head>'
    return (
        f"{head}<body><article><h1>The quay in winter</h1><p>{WORDS}.</p>{turns}{body}</article></body></html>".encode()
    )


def _each(pattern: str) -> Callable[[int], bytes]:
    return lambda count: _page("".join(pattern.replace("@", str(n)) for n in range(count)))


def _one_paragraph(pattern: str) -> Callable[[int], bytes]:
    return lambda count: _page(f"<p>{''.join(pattern.replace('@', str(n)) for n in range(count))}</p>")


def _speakers(count: int) -> bytes:
    pairs = list(product("abcdefghijklmnop", repeat=2))[:count]
    return _page("".join(f"<p><b>Q{one}{two} Marrec:</b> {WORDS}.</p>" for one, two in pairs))


KINDS: dict[str, Callable[[int], bytes]] = {
    "paragraphs": _each(f"<p>{WORDS}, number @.</p>"),
    "turns": _each(f"<p><b>And what of number @?</b></p><p>{WORDS}, number @.</p>"),
    "figures": _each('<figure><img src="p@.jpg" alt="x"><figcaption>The quay, number @.</figcaption></figure>'),
    "pictures in one box": lambda count: _page(f"<div>{'<img src=p.jpg alt=x>' * count}</div>"),
    "pictures with lines below": _each('<div class="c"><p><img src="p@.jpg" alt="x"></p><p>The quay, @.</p></div>'),
    "speakers": _speakers,
    "spans": _one_paragraph("<span>and </span>"),
    "bold words": _one_paragraph("<b>quay @ </b>"),
    "links": _one_paragraph('<a href="https://quay.example/@">quay @</a>, '),
    "read-mores": _each(f'<p>{WORDS}, @.</p><p>Read more: <a href="https://quay.example/@">Of boat @</a></p>'),
    "list entries": lambda count: _page(f"<ul>{''.join(f'<li>Number {n} came home' for n in range(count))}</ul>"),
    "table rows": lambda count: _page(f"<table>{''.join(f'<tr><td>{n}<td>boat' for n in range(count))}</table>"),
}


def _calls(work: Callable[[], object]) -> int:
    """How many functions are called, those written in C among them."""
    counted = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("kind", KINDS)
def test_reading_takes_as_many_calls_as_the_page_has_parts(kind: str) -> None:
    read(_page(""))  # what is made once is made
    few, many = (_calls(lambda count=count: read(KINDS[kind](count))) for count in (FEW, MANY))  # type: ignore[misc]
    assert many <= few * MANY / FEW


@pytest.mark.parametrize("written", ["html", "epub"])
@pytest.mark.parametrize("kind", KINDS)
def test_writing_takes_as_many_calls_as_the_document_has_parts(kind: str, written: str) -> None:
    wanted = Options(cover="none")
    documents = [read(KINDS[kind](count)).document for count in (1, FEW, MANY)]
    _, few, many = (_calls(lambda each=each: render(each, written, wanted)) for each in documents)  # type: ignore[misc]
    assert many <= few * MANY / FEW


def test_unclosed_figures_are_read_with_work_that_ends() -> None:
    pattern = _each('<figure><img src="p@.jpg" alt="x"><p>The quay, number @.</p>')
    few, many = (_calls(lambda count=count: read(pattern(count))) for count in (FEW, MANY))  # type: ignore[misc]
    assert many <= few * 6, "each holds all that follow it, down to the depth at which reading them apart ends"


@pytest.mark.parametrize("marks", ['"and" ', "'and' ", 'the "and" of ‘and’ ', "5' 6\" "])
def test_quotation_marks_take_as_many_calls_as_there_are(marks: str) -> None:
    few, many = (_calls(lambda count=count: typeset(marks * count, "en")) for count in (FEW, MANY))  # type: ignore[misc]
    assert many <= few * MANY / FEW * 1.1


def test_elements_are_told_apart_by_identity_and_never_by_their_content(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {name: getattr(bs4.Tag, name) for name in ("__eq__", "__ne__", "__hash__")}

    def guarded(name: str) -> Callable[..., Any]:
        def compared(*elements: object) -> Any:
            # The parser asks, too, of what it has just closed: by name first, and hardly ever further.
            if sys._getframe(1).f_globals["__name__"].startswith("bs4"):  # noqa: SLF001
                return ours[name](*elements)
            raise AssertionError("Beautiful Soup compares whole trees: ask with `is`, with stands_in or by id()")

        return compared

    for name in ours:
        monkeypatch.setattr(bs4.Tag, name, guarded(name))
    for page in PAGES:
        read(page)


def test_a_speaker_is_found_among_many_as_by_asking_name_by_name() -> None:
    words = ["Ana", "Berg", "Cy", "D", "ACB", "Øst"]
    names = [" ".join(each) for size in (1, 2, 3) for each in product(words, repeat=size) if len({*each}) == size]
    names += ["The Rev. Dr. Ana Maria Berg-Cy of Øst", "AB", "AC"]
    met, voices = [], Voices()
    for name in names[::3]:
        met.append(name)
        voices.add(name)
        for asked in (*names[::7], "Nobody", "ana", "Rev. Ana", "Berg Cy"):
            assert voices.find(asked) == next((each for each in met if same_voice(each, asked)), None)


def test_what_holds_for_all_utterances_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    scenes: list[Scene] = []

    def kept(scene: Scene) -> list[list[str]]:
        scenes.append(scene)
        return features_of(scene)

    monkeypatch.setattr(features, "features_of", kept)
    read(KINDS["turns"](MANY))
    scene, asked = scenes[-1], 0

    class Counted(set[int]):
        def __iter__(self) -> Any:
            nonlocal asked
            asked += 1
            return super().__iter__()

    vars(scene).clear()  # what was worked out
    scene.best[0].questions = Counted(scene.best[0].questions)
    features_of(scene)
    assert asked <= 4
