"""A cue finds its words in short and long texts alike, however they are looked up."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from exporter.readers.lexicon.name_words import role_of
from exporter.readers.lexicon.names import Person, people_in
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues

KINDS = ("promotion", "consent", "giving", "poll", "skip", "read_more", "silent_alt", "note_marks")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("padding", [0, 1000])
def test_each_word_of_a_cue_is_found(kind: str, padding: int) -> None:
    cue = Cue(kind, WORDS)
    for word in cues(kind):
        for text in (word, word.upper() if len(word.upper()) == len(word) else word, f". {word} "):
            if word in text.lower():
                assert cue.search(text + "·" * padding), text
    assert not cue.search("·" * (padding + 9))


def test_words_of_one_and_two_letters_are_found() -> None:
    cue = Cue(frozenset({"文", "by", "photo"}), rf"{WORDS}:")
    assert [bool(cue.search(f"{each}: X")) for each in ("文", "BY", "Photo", "b", "")] == [True] * 3 + [False] * 2


def test_a_word_is_found_where_a_word_begins_and_inside_of_others_only_if_the_cue_says_so() -> None:
    words = frozenset({"photo", "% off", "à propos"})
    texts = ("a telephoto", "a tele-photo", "30% off", "À propos")
    assert [bool(Cue(words, WORDS).search(text)) for text in texts] == [False, True, True, True]
    assert all(Cue(words, WORDS, within=True).search(text) for text in texts)


@pytest.mark.parametrize("expression", [rf"^\W*{WORDS}", rf"^[\W_]*{WORDS}", rf"^\W{{0,3}}(?P<said>{WORDS})"])
def test_a_word_is_found_behind_signs_where_the_expression_wants_it_first(expression: str) -> None:
    cue = Cue(frozenset({"l'été", "see also", "see", "→ more", "b", "ilgili"}), expression)
    found = ("– See also: X", "„L'ÉTÉ“", "→ more", "B.", "İlgili", "see" + "." * 999)
    assert all(cue.match(text) for text in found)
    assert not any(cue.match(text) for text in ("I see also", "", "…", "sees"[1:], "l'", "more"))


def test_a_role_of_one_character_is_found() -> None:
    assert people_in("文：王小波") == [Person("王小波", "author")]


@pytest.mark.parametrize("name", ["vocabulary.toml", "names.toml", "grammar.toml"])
def test_no_word_stands_twice_in_a_list(name: str) -> None:
    table = tomllib.loads(files("exporter.readers.lexicon").joinpath(name).read_text("utf-8"))
    for kind, listed in _lists(table):
        assert [word for word, count in Counter(listed).items() if count > 1] == [], kind


def test_words_that_open_bylines_are_not_listed_again_as_the_authors() -> None:
    assert all(role_of()[word.strip(" :").casefold()] for word in cues("byline") - {"기자"})
    table = tomllib.loads(files("exporter.readers.lexicon").joinpath("names.toml").read_text("utf-8"))
    assert cues("byline").intersection(table["roles"]["author"]) == set()


def _lists(table: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for kind, listed in table.items():
        if isinstance(listed, dict):
            yield from _lists(listed)
        elif isinstance(listed, list):
            yield kind, listed
