"""The cover: every line that belongs there, set whole, on a photo or without, in each theme."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Picture

from exporter import covers, themes
from exporter.covers import Cover

THEMES = themes.theme_names()
TEXTS = {"publication": "Leeward", "kicker": "Interview", "headline": "The keeper", "byline": "Mira Tolland"}


def composed(theme: str = "magazine", photo: bytes | None = None, **texts: str) -> Cover:
    loaded = themes.load(theme)
    made = covers.compose(covers.design_of(loaded), loaded.font, TEXTS | texts, photo)
    assert made is not None
    return made


def opened(cover: Cover) -> Picture.Image:
    return Picture.open(io.BytesIO(cover.content)).convert("RGB")


def photo(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Picture.effect_noise((width, height), 90).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


def colours(cover: Cover) -> int:
    """How many different pixels stand in the part where a photo would be."""
    part = opened(cover).crop((300, 500, 1300, 900)).resize((100, 40), Picture.Resampling.NEAREST)
    return len(set(part.get_flattened_data() if hasattr(part, "get_flattened_data") else part.getdata()))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("wide", [0, 1600])
def test_publication_kicker_headline_deck_and_byline_stand_on_it(theme: str, wide: int) -> None:
    deck = "What she hears at night, and whom she tells."
    made = composed(theme, photo(wide, 1000) if wide else None, deck=deck)
    assert [text.casefold() for text in made.texts] == [
        *("leeward", "interview", "the keeper", deck.casefold(), "mira tolland")
    ]
    assert opened(made).size == (made.width, made.height) == (1600, 2560)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("length", [2, 6, 12, 18])
@pytest.mark.parametrize("wide", [0, 1600])
def test_a_headline_is_never_cut(theme: str, length: int, wide: int) -> None:
    words = " ".join(["Lighthouse", "keeper", "counts", "ships"][at % 4] for at in range(length))
    made = composed(theme, photo(wide, 1000) if wide else None, headline=words, deck="She counts them all. " * 8)
    assert words in made.texts


def test_a_deck_that_is_too_long_gives_way() -> None:
    made = composed(deck="She counts them all, from dusk to dawn. " * 20)
    assert made.texts == ("LEEWARD", "INTERVIEW", "The keeper", "Mira Tolland")


@pytest.mark.parametrize(
    "words",
    ["Une affaire de gens ordinaires\u202f? Oui, ordinaires\u00a0!", "«\u00a0Il faut les compter tous\u00a0», dit-il"],
)
def test_no_line_breaks_where_none_may(words: str) -> None:
    for theme in THEMES:
        rows = next(rows for rows in composed(theme, headline=words * 2).rows if len(rows) > 2)
        assert not [row for row in rows if row[0] in "?!»" or row[-1] == "«"]


@pytest.mark.parametrize(
    "words",
    [
        "We rearrange deckchairs on the Titanic, do we",
        "A dance of the musical games of Serelepe",
        "It is the counting that keeps us up",
    ],
)
def test_no_short_word_is_left_over_in_a_line(words: str) -> None:
    for theme in THEMES:
        rows = composed(theme, headline=words).rows[2]
        assert min(map(len, rows)) >= 0.45 * max(map(len, rows)), rows


@pytest.mark.parametrize(("width", "height"), [(1600, 900), (900, 1600), (3000, 400), (600, 600)])
def test_a_photo_of_any_shape_fills_its_place(width: int, height: int) -> None:
    assert colours(composed(photo=photo(width, height))) > 50


def test_a_photo_too_small_to_be_enlarged_stays_off() -> None:
    assert colours(composed(photo=photo(200, 140))) < 50


def test_the_covers_of_one_publication_have_one_colour() -> None:
    def paper(publication: str, headline: str) -> object:
        return opened(composed(publication=publication, headline=headline)).getpixel((10, 10))

    names = ["Leeward", "The Tidewater", "Harbour", "The Fathom"]
    assert all(paper(name, "One") == paper(name, "Two") for name in names)
    assert len({paper(name, "One") for name in names}) > 1


def test_the_mark_that_opens_words_is_drawn_and_not_read() -> None:
    marked, plain = composed(mark="“"), composed()
    assert marked.texts == plain.texts
    assert marked.content != plain.content


def test_letters_that_no_book_may_hold_stay_off() -> None:
    assert composed(deck="One\ud800 two\x00.").texts[3] == "One two."
