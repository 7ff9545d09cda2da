"""Languages: direction, dates, and words in every one that has a file."""

from __future__ import annotations

import string

import pytest

from exporter.language import Labels, date_in, direction_of, locale_of, locale_tags, primary, scripts_in


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("en", "ltr"), ("ar", "rtl"), ("ar-EG", "rtl"), ("he", "rtl"), ("fa_IR", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"),
     ("ur", "rtl"), ("zh-Hant", "ltr"), ("und", "ltr")],
)  # fmt: skip
def test_the_script_decides_then_the_language(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction
    assert locale_of(tag).direction == direction


def test_the_nearest_locale_is_found() -> None:
    assert locale_of("de-BE").tag == "de"
    assert locale_of("PT_br").tag == "pt"
    assert primary("PT_br") == "pt"
    unknown = locale_of("tlh")
    assert (unknown.tag, unknown.labels) == ("tlh", locale_of("en").labels)


@pytest.mark.parametrize(
    ("tag", "file"),
    [("de-CH", "de-CH"), ("de_li", "de-CH"), ("de-Latn-CH", "de-CH"), ("en-AU", "en-GB"), ("en-US-x-y", "en-US"),
     ("es-MX", "es-419"), ("es-ES", "es"), ("fr-BE", "fr"), ("fr-CA", "fr-CA"), ("pt", "pt"), ("pt-AO", "pt-PT"),
     ("zh-TW", "zh-Hant"), ("zh-Hant-HK", "zh-Hant-HK"), ("zh-MO", "zh-Hant-HK"),
     ("zh-Hans-HK", "zh"), ("sr-RS", "sr"), ("sr-Latn-RS", "sr-Latn"), ("sr-ME", "sr-Latn"), ("sr-Cyrl-ME", "sr"),
     ("ko-KR", "ko")],
)  # fmt: skip
def test_regions_and_scripts_have_their_own_manner(tag: str, file: str) -> None:
    assert locale_of(tag).tag == file


def test_hong_kong_has_words_of_its_own() -> None:
    taiwan, hong_kong = locale_of("zh-TW").labels, locale_of("zh-HK").labels
    assert (taiwan.embed, hong_kong.embed) == ("網路上", "網上")
    assert hong_kong.contents == taiwan.contents


def test_a_region_differs_in_what_its_file_says_and_in_nothing_else() -> None:
    swiss, german = locale_of("de-CH"), locale_of("de")
    assert swiss.quotes == ("«", "»", "‹", "›")
    assert (swiss.labels, swiss.typography, swiss.months) == (german.labels, german.typography, german.months)
    assert locale_of("de-AT").months[0] == "Jänner"
    quebec, french = locale_of("fr-CA").typography, locale_of("fr").typography
    assert set(french.space_before) - set(quebec.space_before) == {";", "!", "?"}
    assert (quebec.quote_space, quebec.units) == (french.quote_space, french.units)


@pytest.mark.parametrize(
    ("tag", "quotes"),
    [("de-DE", "„“‚‘"), ("de-CH", "«»‹›"), ("en-GB", "“”‘’"), ("fr-FR", "«»“”"), ("fr-CA", "«»“”"), ("fr-CH", "«»‹›"),
     ("pt-BR", "“”‘’"), ("pt-PT", "«»“”"), ("es-ES", "«»“”"), ("es-MX", "“”‘’"), ("zh-Hans", "“”‘’"), ("zh-Hant", "「」『』"),
     ("zh-TW", "「」『』"), ("ko-KR", "“”‘’"), ("ja-JP", "「」『』")],
)  # fmt: skip
def test_each_region_quotes_in_its_own_marks(tag: str, quotes: str) -> None:
    assert "".join(locale_of(tag).quotes) == quotes


@pytest.mark.parametrize("tag", locale_tags())
def test_every_locale_is_whole(tag: str) -> None:
    locale = locale_of(tag)
    assert (locale.tag, len(locale.months), len(locale.quotes)) == (tag, 12, 4)
    for label in Labels.__struct_fields__:
        words, english = getattr(locale.labels, label), getattr(locale_of("en").labels, label)
        assert words.strip()
        assert fields(words) == fields(english), label
    assert date_in(locale, "2024-11-05") != "2024-11-05"
    assert all(locale.numeral(part) in date_in(locale, "2024-11-25") for part in (25, 2024))


def fields(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


@pytest.mark.parametrize(
    ("tag", "date", "written"),
    [
        ("ar", "2025-05-20", "٢٠ مايو ٢٠٢٥"),
        ("ar-TN", "2025-05-20", "20 ماي 2025"),
        ("ar-SY", "2025-01-20", "٢٠ كانون الثاني ٢٠٢٥"),
        ("fa-AF", "2025-01-20", "۲۰ جنوری ۲۰۲۵"),
        ("fr-CA", "2025-01-01", "1er janvier 2025"),
        ("pt-BR", "2025-01-01", "1º de janeiro de 2025"),
        ("pt-PT", "2025-01-01", "1 de janeiro de 2025"),
        ("it", "2025-08-01", "1º agosto 2025"),
        ("en-CA", "2025-01-20", "January 20, 2025"),
        ("bg", "2025-01-20", "20 януари 2025 г."),
        ("hr", "2025-01-20", "20. siječnja 2025."),
        ("sk", "2025-01-20", "20. januára 2025"),
        ("id", "2025-01-20", "20 Januari 2025"),
        ("vi", "2025-01-20", "20 tháng 1, 2025"),
        ("sr", "2025-01-20", "20. јануар 2025."),
        ("sr-Latn", "2025-01-20", "20. januar 2025."),
        ("sl", "2025-01-20", "20. januar 2025"),
        ("lt", "2025-01-20", "2025 m. sausio 20 d."),
        ("et", "2025-01-20", "20. jaanuar 2025"),
        ("lv", "2025-01-20", "2025. gada 20. janvāris"),
        ("gl", "2025-01-20", "20 de xaneiro de 2025"),
        ("en", "2025-05-20", "20 May 2025"),
        ("en-US", "2025-05-20", "May 20, 2025"),
        ("en-GB", "2025-05-20", "20 May 2025"),
        ("ko-KR", "2025-05-20", "2025년 5월 20일"),
        ("en", "2025-05-20T23:30:00+02:00", "20 May 2025"),
        ("ja", "2025-05-20", "2025年5月20日"),
        ("en", "2025-05", "2025-05"),
        ("en", "some time ago", "some time ago"),
        ("en", "", ""),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(tag: str, date: str, written: str) -> None:
    assert date_in(locale_of(tag), date) == written


def test_scripts_that_want_fonts_are_seen() -> None:
    assert scripts_in("Nothing but Latin, и кириллица") == ()
    assert scripts_in("Latin, και ελληνικά") == ("Grek",)
    assert scripts_in("and مرحبا") == ("Arab",)
