"""The cover: every line that belongs there, set whole, on a photo or without, in each theme."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace
from PIL import Image as Picture
from PIL import ImageChops, ImageDraw

from exporter import covers, themes
from exporter.covers import fonts
from exporter.covers.design import Cover, design_of
from exporter.covers.line_breaks import capitals, joined, pieces
from exporter.covers.pen import Pen
from exporter.covers.typesetting import SetText, fitted, room_of
from exporter.language import direction_of
from exporter.model import Article, Asset, Document, Figure, Image, Metadata, Text
from exporter.writers import epub
from exporter.writers.options import Options

THEMES = themes.theme_names()
needs_eastern = pytest.mark.skipif(
    not fonts.CoverFonts(themes.load("plain").font, {}, "ja").covering(("serif:bold",), "灯台守"),
    reason="this machine has no font of Japanese, or no fontconfig",
)
TEXTS = {"publication": "Leeward", "kicker": "Interview", "headline": "The keeper", "byline": "Mira Tolland"}


def composed(theme: str = "magazine", photo: bytes | None = None, language: str = "en", **texts: str) -> Cover:
    loaded = themes.load(theme)
    made = covers.compose(design_of(loaded), loaded.font, TEXTS | texts, photo, direction_of(language), language)
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
    assert made.texts == ("Leeward", "Interview", "The keeper", "Mira Tolland")


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


@needs_eastern
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("language", "headline", "row"),
    [
        ("ja", "灯台守は鳥を数える", "灯台守は"),
        ("zh", "守灯塔的人数着飞鸟", "守灯塔"),
        ("ko", "등대지기는 새를 센다", "등대지기는"),
    ],
)
def test_scripts_that_no_theme_carries_are_set_in_the_machine_s_fonts(
    theme: str, language: str, headline: str, row: str
) -> None:
    made = composed(theme, None, language, headline=headline)
    assert headline in made.texts
    rows = made.rows[made.texts.index(headline)]
    assert len(rows) > 1
    assert rows[0].startswith(row)


def test_without_such_fonts_a_photo_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "font_for", lambda *_: None)
    made = composed("magazine", photo(1600, 1000), "ja", headline="灯台守は鳥を数える")
    assert made.texts == ()


def test_thai_breaks_between_phrases() -> None:
    words = "ผู้ดูแลประภาคารคนสุดท้ายของชายฝั่งตะวันออก"
    found = [piece.text for piece in pieces(words)]
    assert "".join(found) == words
    assert len(found) > 2
    assert max(map(len, found)) < 20


@pytest.mark.parametrize(("wide", "code"), [(0, "cover-left-out"), (1600, "cover-without-words")])
def test_a_book_whose_headline_no_font_here_can_set_says_so(
    wide: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "font_for", lambda *_: None)
    image = Image("lead", alt="A lamp", width=wide, height=1000)
    article = Article(Metadata(language="ja"), (Text("灯台守は鳥を数える"),), lead=Figure((image,)) if wide else None)
    assets = (Asset("lead", "image/jpeg", photo(wide, 1000)),) if wide else ()
    _, notices = epub.render(Document(article, assets), Options())
    assert [each.code for each in notices] == [code]
    assert epub.render(Document(article, assets), Options(cover="none"))[1] == ()


@pytest.mark.parametrize("theme", THEMES)
def test_letters_of_two_lines_never_touch(theme: str) -> None:
    """Arabic reaches far above and below its line."""
    loaded = themes.load(theme)
    design = design_of(loaded)
    line = next(each for each in design.without_photo.lines if each.field == "headline")
    face = fonts.CoverFonts(loaded.font, design.scales, "ar").at(
        "Amiri-Bold.ttf" if theme == "plain" else line.faces[1], 240
    )
    rows = ("كي لا أنسى كي", "أعدّ الطيور")
    rise, advance, fall = room_of(rows, face, line, 240)
    first, last = (face.font.getbbox(row, anchor="ls") for row in rows)
    assert advance > first[3] - last[1]
    assert rise >= -first[1]
    assert fall >= last[3]


@pytest.mark.parametrize("at", [(20, 60), (20.4, 60), (-30, 60), (150, 95)])
def test_letters_are_drawn_as_pillow_draws_them(at: tuple[float, float]) -> None:
    loaded = themes.load("magazine")
    design = design_of(loaded)
    line = next(each for each in design.without_photo.lines if each.field == "headline")
    line = replace(line, ink="#9c2b20")
    face = fonts.CoverFonts(loaded.font, {}, "en").at(line.faces[0], 48)
    block = SetText(line, "Heron", ("Heron",), face, 48, 0.0, 0, 40, 50, 10)
    ours, theirs = (Picture.new("RGB", (200, 100), "#f7f4ee") for _ in range(2))
    Pen(ours, design, "#f7f4ee", "ltr").draw(at, "Heron", block, "ls", None)
    ImageDraw.Draw(theirs).text(at, "Heron", line.ink, face.font, "ls")
    assert ours.tobytes() == theirs.tobytes() != Picture.new("RGB", (200, 100), "#f7f4ee").tobytes()


def test_what_is_remembered_of_a_font_changes_no_cover() -> None:
    first = composed(headline="The keeper who counts herons")
    for number in range(3):
        composed(headline=f"Another {number} headline of some length")
    assert composed(headline="The keeper who counts herons") == first


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mark", ["“", "»", "„", "«"])
def test_the_mark_does_not_reach_the_words(theme: str, mark: str) -> None:
    longest = "The keeper of the lamp counts every ship and every bird " * 3
    marked, bare = composed(theme, mark=mark, headline=longest), composed(theme, headline=longest)
    words = (0, design_of(themes.load(theme)).without_photo.text[0] + 8, 1600, 2560)
    assert opened(marked).crop(words).tobytes() == opened(bare).crop(words).tobytes()


def test_a_word_alone_stands_larger() -> None:
    page = opened(composed(headline="Hush", kicker="", byline="", publication=""))
    off = ImageChops.difference(page, Picture.new("RGB", page.size, page.getpixel((5, 5)))).convert("L")
    left, _, right, _ = off.point([0] * 60 + [255] * 196).getbbox() or (0, 0, 0, 0)
    assert right - left > page.width / 2


@pytest.mark.parametrize(
    ("language", "words", "shown"),
    [
        ("el", "Συνέντευξη ή Μάιος, άυλος, προϊόν", "ΣΥΝΕΝΤΕΥΞΗ Ή ΜΑΪΟΣ, ΑΫΛΟΣ, ΠΡΟΪΟΝ"),
        ("tr", "diyalog ışık", "DİYALOG IŞIK"),
        ("de", "Gespräch", "GESPRÄCH"),
        ("ar", "حوار", "حوار"),
    ],
)
def test_capitals_are_those_of_the_language(language: str, words: str, shown: str) -> None:
    assert capitals(words, language) == shown


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("灯台守は鳥を数える", "灯台守は|鳥を|数える"),
        ("「海」と、コンピューターの未来。", "「海」と、|コンピューターの|未来。"),
        ("新国立劇場バレエ団の芸術監督に聞く", "新国立劇場バレエ団の|芸術監督に|聞く"),
        ("わたしたちはなぜ歩くのか", "わたしたちは|なぜ|歩くのか"),
        ("守灯塔的人，一个人。", "守|灯|塔|的|人，|一|个|人。"),
        ("등대지기는 새를 센다", "등대지기는| 새를| 센다"),
        ("On asking AI", "On| asking| AI"),
    ],
)
def test_lines_break_where_the_language_breaks_them(text: str, parted: str) -> None:
    assert "|".join(" " * each.spaced + each.text for each in pieces(text)) == parted
    assert joined(pieces(text)) == joined(pieces(text, finest=True)) == text


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("shown", [True, False])
def test_one_very_long_word_still_has_a_cover(theme: str, shown: bool) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    made = composed(theme, photo(1600, 1200) if shown else None, "de", headline=word)
    rows = made.rows[made.texts.index(word)]
    assert len(rows) > 1 or (theme, shown) == ("plain", True)  # its letters are small there in any headline
    assert "".join(row.removesuffix("-") for row in rows) == word
    assert all(row.endswith("-") for row in rows[:-1])


@pytest.mark.parametrize("theme", THEMES)
def test_a_word_that_is_legible_whole_is_not_divided(theme: str) -> None:
    made = composed(theme, language="de", headline="Das Bundesverfassungsgericht")
    assert " ".join(made.rows[made.texts.index("Das Bundesverfassungsgericht")]) == "Das Bundesverfassungsgericht"


def test_letters_of_a_long_word_are_as_large_as_its_lines_allow() -> None:
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
    loaded = themes.load("magazine")
    design = design_of(loaded)
    faces = fonts.CoverFonts(loaded.font, design.scales, "de")
    blocks = fitted(design, design.without_photo, faces, TEXTS | {"headline": word})
    headline = next(block for block in blocks if block.line.field == "headline")
    assert headline.size >= 100
    measure = design.width - 2 * design.margin
    assert all(headline.face.length(row) <= measure for row in headline.rows)


@needs_eastern
@pytest.mark.parametrize("theme", THEMES)
def test_japanese_phrases_stay_whole_where_letters_are_large_all_the_same(theme: str) -> None:
    words = "「音のない町」で鐘を鳴らしつづける人の静かな暮らし"
    made = composed(theme, language="ja", headline=words)
    ends = {"".join(each.text for each in pieces(words)[: at + 1]) for at in range(len(pieces(words)))}
    rows = made.rows[made.texts.index(words)]
    assert all("".join(rows[: at + 1]) in ends for at in range(len(rows)))
