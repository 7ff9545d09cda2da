"""Who answers stands in the metadata by full name, where the page gives one."""

from __future__ import annotations

import pytest

import exporter

LONG = "and the water goes out again, as it has done every day since anybody here began to write it down in the book."

LANG = "und das Wasser geht wieder hinaus, wie es das jeden Tag tut, seit hier jemand damit anfing, es aufzuschreiben."


def page(opening: str, label: str, language: str = "en", byline: str = "By Ines Falk") -> bytes:
    said = LANG * 2 if language == "de" else LONG
    turns = "".join(
        f"<p><strong>IF: What was the question number {number} about?</strong></p>"
        f"<p><strong>{label}:</strong> It was about the tide, {said} I told them so, when they asked.</p>"
        for number in range(1, 6)
    )
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>The tide</title></head><body><article>'
        f'<h1>What the tide knows</h1><p class="byline">{byline}</p><p>{opening}</p>{turns}</article></body></html>'
    ).encode()


CASES = {
    "initials": (f"For thirty years Odile Marrec has watched it, {LONG}", "OM", "en", "Odile Marrec"),
    "initials with full stops": (f"For thirty years Odile Marrec has watched it, {LONG}", "O.M.", "en", "Odile Marrec"),
    "a surname": (f"For thirty years Odile Marrec has watched it, {LONG}", "Marrec", "en", "Odile Marrec"),
    "a surname of somebody who owns": (f"We met in Odile Marrec's kitchen, {LONG}", "Marrec", "en", "Odile Marrec"),
    "a given name": (f"Odile Marrec has watched it for thirty years, {LONG}", "Odile", "en", "Odile Marrec"),
    "a name at the beginning": (
        f"Odile Marrec has watched it for thirty years, {LONG}",
        "Marrec",
        "en",
        "Odile Marrec",
    ),
    "a particle": (f"We met Joost van der Meer at noon, {LONG}", "Meer", "en", "Joost van der Meer"),
    "nouns with capitals": (f"Am Hafen wohnt die Seilerin Runa Thiele, {LANG}", "Thiele", "de", "Runa Thiele"),
    "a sentence's own capital": (f"When Marrec came, the tide was out, {LONG}", "Marrec", "en", ""),
    "nobody of that name": (f"We met at noon at the harbour of Port Ansel, {LONG}", "OM", "en", ""),
    "two of that name": (f"There are Odile Marrec and Oscar Marrec, {LONG}", "Marrec", "en", ""),
    "the one who asks": (f"Ines Falk went there at noon, {LONG}", "Falk", "en", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_who_is_labelled_by_less_is_found_in_the_opening(case: str) -> None:
    opening, label, language, name = CASES[case]
    article = exporter.read(page(opening, label, language)).document.article
    answering = [each.name for each in article.metadata.contributors if "interviewee" in each.roles]
    assert answering == ([name] if name else [])
