"""What is long done does not pile up in a process that makes many articles, or one that is laid out many times."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pyphen
import pytest

import exporter
from exporter import Options
from exporter.batch import worker
from exporter.runtime import garbage
from exporter.typography import hyphenation


class Ring:
    """Something that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.mark.parametrize(("most", "is_gone"), [(0, True), (10**9, False)])
def test_much_garbage_is_swept_where_the_collector_is_off(
    most: int, is_gone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "MOST_UNSEEN", most)
    with garbage.uncollected():
        left = weakref.ref(Ring())
        kept = [[] for _ in range(10)]  # type: ignore[var-annotated]  # so that something is counted
        garbage.sweep()
        assert (left() is None) is is_gone
    assert len(kept) == 10


def test_layouts_that_nobody_keeps_are_gone_when_the_next_begins(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = exporter.read(page).document
    expected = exporter.render(document, "pdf", Options())
    monkeypatch.setattr(garbage, "MOST_UNSEEN", 0)
    swept: list[int] = []
    collect = gc.collect
    monkeypatch.setattr(gc, "collect", lambda: swept.append(collect()))
    assert exporter.render(document, "pdf", Options()) == expected
    assert swept


@pytest.mark.parametrize("first", [True, False])
def test_what_a_page_has_left_is_given_back_before_the_next(first: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    with garbage.uncollected():
        left = weakref.ref(Ring())
        garbage.tidy(first)
        assert left() is None
    assert frozen == [True] * first


def test_patterns_of_many_languages_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hyphenation, "alone", lambda: True)  # whatever runs the tests
    monkeypatch.setattr(hyphenation, "MOST_PATTERNS", 3000)
    monkeypatch.setattr(pyphen, "hdcache", {})
    for tag in ("fr", "es", "it", "pl", "sv"):
        hyphenation.prepare(tag)
        assert sum(len(each.patterns) for each in list(pyphen.hdcache.values())[:-1]) <= 3000
    assert len(pyphen.hdcache) == 1


def test_words_are_let_go_and_divided_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hyphenation, "alone", lambda: True)  # whatever runs the tests
    monkeypatch.setattr(hyphenation, "MOST_WORDS", 2)
    monkeypatch.setattr(pyphen, "hdcache", {})
    for _ in range(2):
        hyphenation.prepare("en")
        divided = [
            [spelt for spelt, _ in hyphenation.divisions_of(word, "en", 2, 2)]
            for word in ("harbour", "interview", "lighthouse")
        ]
        assert divided[1] == ["inter", "in"]
        assert sum(len(each.cache) for each in pyphen.hdcache.values()) == 3
    hyphenation.prepare("en")
    assert not any(each.cache for each in pyphen.hdcache.values())


def test_a_worker_gives_back_what_it_does_not_need_before_it_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    left = weakref.ref(Ring())
    monkeypatch.setattr(worker, "RENEWED_AT", 0)
    assert worker.kept() > 0
    assert left() is None
