"""Dates that only a line of the page says, in the words of its language."""

from __future__ import annotations

import pytest

from exporter import read
from exporter.sources.source import Source

TEXT = (
    "<p>The harbour office keeps its ledgers in a cupboard that nobody has locked since the flood of that year.</p>" * 3
)
LINES = [
    ("th", "4 มี.ค. 2568 | 10:12 น."),
    ("th", "14 มีนาคม 2568"),
    ("vi", "Ngày 4 tháng 3 năm 2025"),
    ("hi", "४ मार्च २०२५"),
    ("bn", "৪ মার্চ ২০২৫"),
    ("ta", "4 மார்ச் 2025"),
    ("et", "4. märts 2025"),
    ("lv", "2025. gada 4. martā"),
    ("lt", "2025 m. kovo 4 d."),
    ("eu", "2025eko martxoaren 4a"),
    ("sl", "4. marca 2025"),
    ("sr", "4. marta 2025."),
    ("ka", "4 მარტი, 2025"),
    ("ms", "4 Mac 2025"),
    ("sw", "4 Machi 2025"),
    ("es", "4 de marzo de 2025"),
    ("he", "04.03.202510:12"),
    ("en", "4 March 20255:00 am"),
]


def published(line: str, language: str, text: str = TEXT) -> str:
    page = f'<html lang="{language}"><body><main><h1>The Quay That Moves</h1><p>{line}</p>{text}</main></body></html>'
    return read(Source("page", page.encode(), "the page", ".html")).document.article.metadata.published


@pytest.mark.parametrize(("language", "line"), LINES)
def test_a_date_is_read_in_the_words_of_the_page(language: str, line: str) -> None:
    assert published(line, language)[:8] == "2025-03-"


def test_a_year_of_the_buddhist_count_stands_beside_thai_months_only() -> None:
    assert published("4 March 2568", "en") == ""
    assert published("4 มีนาคม 2568", "th") == "2025-03-04"


OPENED = "he university opened a laboratory in which tides are made by a wheel. It let children turn it until noon. "


@pytest.mark.parametrize("sign", [" — ", " – ", " / ", ") - "])
def test_the_date_with_which_a_press_release_begins_is_its_date(sign: str) -> None:
    place = "(LESK" if ")" in sign else "LESK"
    release = f"<p>{place}, March 4, 2025{sign}T{OPENED}All of it was wet.</p>{TEXT}"
    assert published("A new laboratory", "en", release) == "2025-03-04"


def test_a_date_in_the_first_sentence_is_not_that_of_the_page() -> None:
    told = f"<p>On March 4, 2025 t{OPENED}All of it was wet.</p>{TEXT}"
    assert published("A new laboratory", "en", told) == ""
