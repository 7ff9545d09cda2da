"""Languages: direction, dates, and words in every one that has a file."""

from __future__ import annotations

import io
import string
import zipfile
from datetime import date
from importlib.resources import files
from unicodedata import digit

import pytest

from exporter.language import (
    Labels,
    date_in,
    direction_of,
    has_no_words,
    locale_of,
    locale_tags,
    primary,
    scripts_in,
    words_of,
)
from exporter.model import Article, Document, Metadata, Paragraph, Text
from exporter.pipeline import render


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
    assert all(locale.numeral(part) in date_in(locale, "2024-11-25") for part in (25, 2024 + locale.years_ahead))


def fields(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


@pytest.mark.parametrize(
    ("tag", "iso", "written"),
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
        ("be", "2025-01-20", "20 студзеня 2025 г."),
        ("mk", "2025-01-20", "20 јануари 2025 г."),
        ("hi", "2025-01-20", "20 जनवरी 2025"),
        ("bn", "2025-01-20", "২০ জানুয়ারি, ২০২৫"),
        ("th", "2025-01-20", "20 มกราคม พ.ศ. 2568"),
        ("ckb", "2025-05-20", "٢٠ی ئایاری ٢٠٢٥"),
        ("mr-IN", "2025-05-20", "२० मे, २०२५"),
        ("uz_Cyrl_UZ", "2025-05-20", "20 май, 2025"),
        ("tlh", "2025-05-20", "2025-05-20"),
        ("und", "2025-05-20", "20 May 2025"),
        ("en", "2025-05-20", "20 May 2025"),
        ("en-US", "2025-05-20", "May 20, 2025"),
        ("en-GB", "2025-05-20", "20 May 2025"),
        ("ko-KR", "2025-05-20", "2025년 5월 20일"),
        ("en", "2025-05-20T23:30:00+02:00", "20 May 2025"),
        ("ja", "2025-05-20", "2025年5月20日"),
        ("en", "2025-05", "May 2025"),
        ("es", "2025-05", "mayo de 2025"),
        ("pl", "2025-05", "maj 2025"),
        ("ru", "2025-05", "май 2025 г."),
        ("hu", "2025-05", "2025. május"),
        ("ja", "2025-05", "2025年5月"),
        ("ar", "2025-05", "مايو ٢٠٢٥"),
        ("th", "2025-05", "พฤษภาคม พ.ศ. 2568"),
        ("mr-IN", "2025-05", "मे २०२५"),
        ("und", "2025-05", "May 2025"),
        ("tlh", "2025-05", "2025-05"),
        ("en", "2025-13", "2025-13"),
        ("en", "2025", "2025"),
        ("en", "some time ago", "some time ago"),
        ("en", "", ""),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(tag: str, iso: str, written: str) -> None:
    assert date_in(locale_of(tag), iso) == written


def test_what_the_cldr_knows_is_what_it_says_today() -> None:
    pytest.importorskip("babel")
    from tools import cldr

    assert files("exporter").joinpath("cldr.toml").read_text("utf-8") == cldr.text()


USAGE = frozenset({"ca", "en", "no", "th"})
"""Locales whose dates are not those of the CLDR: "de 2025" (IEC); the day first, as outside of America; no such tag; the
Buddhist era, which the CLDR gives Thailand by another calendar."""


MEANT = {"ar": "ar-EG"}
"""Languages whose digits are those of most of their regions; without a region the CLDR means the world's."""


@pytest.mark.parametrize("tag", sorted({*locale_tags()} - USAGE))
def test_dates_and_digits_of_a_locale_are_those_of_the_cldr(tag: str) -> None:
    babel = pytest.importorskip("babel")
    from babel.dates import format_date, format_skeleton
    from tools.cldr import ZEROS

    unicode = babel.Locale.parse(MEANT.get(tag, tag), sep="-")
    ours = date_in(locale_of(tag), "2025-05-20"), date_in(locale_of(tag), "2025-05")
    day = date(2025, 5, 20)
    written = format_date(day, "long", locale=unicode), format_skeleton("yMMMM", day, locale=unicode)
    assert [in_western_digits(each) for each in ours] == [in_western_digits(each) for each in written]
    assert locale_of(tag).digits[:1] == ZEROS.get(unicode.default_numbering_system, "")


def in_western_digits(words: str) -> str:
    return "".join(str(digit(each, each)) for each in words.replace("\u202f", " "))


def test_a_language_without_words_says_so_and_und_does_not() -> None:
    assert has_no_words("ckb")
    assert has_no_words("tlh")
    assert not any(map(has_no_words, ("und", "", "de-CH", "sr-Latn-ME")))
    assert words_of("ckb").tag == "en"
    assert words_of("de-CH").tag == "de-CH"


def test_a_book_in_a_language_without_words_marks_what_is_english() -> None:
    metadata = Metadata(language="ckb", publication="کانی", published="2025-05-20")
    article = Article(metadata, (Text("سەر"),), body=(Paragraph((Text("دەق"),)),))
    content, notices = render(Document(article), "epub")
    assert [each.code for each in notices] == ["language-without-words"]
    shelf = zipfile.ZipFile(io.BytesIO(content))
    english = '<span lang="en" xml:lang="en" dir="ltr">{}</span>'
    colophon = shelf.read("EPUB/colophon.xhtml").decode()
    assert english.format("First published in کانی, 20 May 2025.") in colophon
    assert english.format("Contents") in shelf.read("EPUB/nav.xhtml").decode()
    assert "٢٠ی ئایاری ٢٠٢٥" in shelf.read("EPUB/titlepage.xhtml").decode()


def test_json_has_no_words_of_ours_to_speak_of() -> None:
    article = Article(Metadata(language="ckb"), (Text("سەر"),), body=(Paragraph((Text("دەق"),)),))
    assert render(Document(article), "json")[1] == ()


def test_scripts_that_want_fonts_are_seen() -> None:
    assert scripts_in("Nothing but Latin, и кириллица") == ()
    assert scripts_in("Latin, και ελληνικά") == ("Grek",)
    assert scripts_in("and مرحبا") == ("Arab",)
    assert scripts_in("नमस्ते, বিদায়, ลาก่อน") == ("Beng", "Deva", "Thai")
