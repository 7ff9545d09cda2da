"""Who wrote: names without the offices, places, houses and roles that stand around them, in the manners of many publishers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exporter import Reading, read
from exporter.model.walk import plain
from exporter.readers.lexicon.names import authors, people_in
from exporter.sources.source import Source

PROSE = (
    "The ferry to the outer islands left on time for the first time since March, and half of the people on the quay clapped "
    "as if they had seen a play. Nobody here had promised anything, and that was the beauty of it."
)


def reading_of(line: str, head: str = "", end: str = "", language: str = "en") -> Reading:
    page = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>A ferry on time</title>{head}</head>'
        f"<body><article><h1>A ferry on time</h1>{line}{f'<p>{PROSE}</p>' * 4}{end}</article></body></html>"
    )
    return read(Source("page", page.encode(), "the page", ".html"), format="html")


def people(reading: Reading) -> list[tuple[str, str]]:
    return [(each.name, each.roles[0]) for each in reading.document.article.metadata.contributors]


def linked(value: Any) -> str:
    told = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "A ferry on time", "author": value}
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


LINES = {
    "the Arabic and, which is a part of the word behind it": (
        "<div class=author>كتب: نبيل الخطيب ولينا وليد السمان</div>",
        ["نبيل الخطيب", "لينا وليد السمان"],
    ),
    "an Arabic name that begins with the letter for and": (
        "<div class=author>كتب: محمد سعيد وليد الحسن</div>",
        ["محمد سعيد وليد الحسن"],
    ),
    "a place behind a comma, and another person": (
        "<div class=author>Von Henrike Boldt, Norderwiek, und Jost Ahlers</div>",
        ["Henrike Boldt", "Jost Ahlers"],
    ),
    "and behind a comma": (
        "<p class=byline>By Ian Fell, Oona McRae, and Lee Tamm</p>",
        ["Ian Fell", "Oona McRae", "Lee Tamm"],
    ),
    "a broadcaster": (
        "<div class=byline>By <a href=/p>Priya Raghunath</a>, Harbour Public Radio</div>",
        ["Priya Raghunath"],
    ),
    "names in lines": ("<div class=byline><a href=/b>Bob Stenner</a><br>Carla Wey</div>", ["Bob Stenner", "Carla Wey"]),
    "a house and a place behind a dash": (
        "<p class=byline>Por Caetana Brito e Ivo Salles, Jornal da Barra — Ilha Rasa</p>",
        ["Caetana Brito", "Ivo Salles"],
    ),
    "an envoy in brackets, and where": (
        "<p class=firma>Chus Olmo, Abel Rovira (Enviado especial), Sevilla, Los Pilares</p>",
        ["Chus Olmo", "Abel Rovira"],
    ),
    "an envoy, and the agency that helped": (
        "<div class=signature>Par <a href=/s>Solène Kerdic</a>, envoyée spéciale à Porz Gwen <span>(avec AFP)</span></div>",
        ["Solène Kerdic"],
    ),
    "a line of the text that only its words tell": (
        "<p>By HOLLY BRANDT and SAM O'DEA, Associated Press</p>",
        ["Holly Brandt", "Sam O'Dea"],
    ),
    "a city with accents": ("<p class=author>Von Johannes Rittner, Zürich</p>", ["Johannes Rittner"]),
    "Chinese reporters behind their paper": ("<p class=author>南岸见习记者 林晓舟 何梅</p>", ["林晓舟", "何梅"]),
    "a Korean reporter behind places": ("<p class=byline>순천, 광양 한도윤 기자</p>", ["한도윤"]),
    "a Korean column": ("<p class=byline>고윤홍 나무 칼럼니스트</p>", ["고윤홍"]),
    "a title": ("<p class=byline><a href=/j>Joan Bisk</a>, CNN Senior Court Analyst</p>", ["Joan Bisk"]),
    "posted on a day by somebody": ("<p>Posted on May 4, 2021 by Ines Falk</p>", ["Ines Falk"]),
    "a day, a bar, by somebody": ("<p>May 4, 2021 | By Ines Falk</p>", ["Ines Falk"]),
    "somebody, a dot, a day": ("<p>Ines Falk • May 4, 2021</p>", ["Ines Falk"]),
    "somebody above a day": ("<p>Ines Falk</p><p>May 4, 2021</p>", ["Ines Falk"]),
    "a place above a day": ("<p>New Haven</p><p>May 4, 2021</p>", []),
    "a section above a day": ("<p>Thema des Tages</p><p>4. Mai 2021</p>", []),
    "by somebody in a heading": ("<h2>by Ines Falk</h2>", ["Ines Falk"]),
    "what she is, without a sign": ("<p>Staff writer Ines Falk</p>", ["Ines Falk"]),
    "a note about the text behind the name": (
        "<p><em>By Ines Falk. This text was cut for length.</em></p>",
        ["Ines Falk"],
    ),
    "a place in brackets behind a name with an apostrophe": (
        "<p class=signature>Par <b>Maëlle d’Aubray</b> (à Porz Gwen)</p>",
        ["Maëlle d’Aubray"],
    ),
    "what she is, in an element of its own": (
        "<div class=x><span>Nadia Okonjo</span><span>Senior reporter</span></div>",
        ["Nadia Okonjo"],
    ),
    "a desk": ("<p class=autor>Redacción</p>", []),
    "a control in the byline's box": ("<div class=byline><p><a href=/p>Print</a></p></div>", []),
    "a town behind a comma": ("<p class=assinatura>Ana Luísa Prado, do Recife</p>", ["Ana Luísa Prado"]),
    "what the paper calls him": ("<p class=author>Door onze verslaggever Joost van Dalen</p>", ["Joost van Dalen"]),
    "a sentence is no byline": ("<p>By Monday, the council of Porz Gwen had bought a boat.</p>", []),
}


@pytest.mark.parametrize("case", LINES)
def test_a_line_names_its_people_and_nobody_else(case: str) -> None:
    line, names = LINES[case]
    assert [name for name, _ in people(reading_of(line))] == names


def test_what_somebody_is_may_stand_in_the_line_behind() -> None:
    line = (
        "<div class=byline><div><p>Silje Haugnes</p><p class=byline-role>Journalist</p></div>"
        "<div><p>Odd Rune Vik</p><p class=byline-role>Fotograf</p></div></div>"
    )
    reading = reading_of(line, language="no")
    assert people(reading) == [("Silje Haugnes", "author"), ("Odd Rune Vik", "photographer")]
    assert plain(reading.document.article.byline) == "Silje Haugnes (Journalist), Odd Rune Vik (Fotograf)"


def test_a_line_about_its_author_is_no_pitch_for_following_them() -> None:
    end = "<p>-- By Ines Falk <a href=https://twitter.com/inesfalk>Follow @inesfalk</a></p>"
    assert people(reading_of("", end=end)) == [("Ines Falk", "author")]


def test_houses_among_declared_authors_give_way_to_people() -> None:
    house = {"@type": "Organization", "name": "Bramley North"}
    person = {"@type": "Person", "name": "Philippa Wehs"}
    assert people(reading_of("", linked([person, house]))) == [("Philippa Wehs", "author")]
    assert people(reading_of("", linked([person, "Harbour Press GmbH"]))) == [("Philippa Wehs", "author")]
    alone = reading_of("", linked([{"@type": "Organization", "name": "Harbour Press"}])).document.article
    assert plain(alone.byline) == "Harbour Press"
    assert alone.metadata.contributors == ()


def test_a_section_named_after_the_site_is_nobody() -> None:
    head = (
        linked([{"@type": "Person", "name": "DIE WARTE Wirtschaft"}])
        + '<meta property="og:site_name" content="DIE WARTE">'
    )
    assert people(reading_of("", head)) == []


def test_a_heading_of_the_authors_alone_is_no_deck() -> None:
    head = '<meta name="author" content="Dewi Larasati">'
    article = reading_of("<h6>Dewi Larasati, Bagus Pranoto</h6>", head).document.article
    assert (plain(article.deck), plain(article.byline)) == ("", "Dewi Larasati, Bagus Pranoto")


SIGNATURES = {
    "behind a dash": ("<p>— Aino Valta</p>", ["Aino Valta"]),
    "in brackets": ("<p>(Aino Valta)</p>", ["Aino Valta"]),
    "before an address": ("<p>Aino Valta aino@quay.example</p>", ["Aino Valta"]),
    "before the Korean word for a reporter": ("<p>순천 한도윤 기자 dyhan@haean.example</p>", ["한도윤"]),
    "alone": ("<p>Aino Valta</p>", ["Aino Valta"]),
    "in a note about her": ("<p><em>Aino Valta is a writer who lives by the sea.</em></p>", ["Aino Valta"]),
    "below a heading about her": ("<h3>About the author</h3><p>Aino Valta keeps bees and writes.</p>", []),
    "in a box about her": (
        '<section class="post-author"><a href="/author/aino">Aino Valta</a><p>Aino keeps bees.</p></section>',
        ["Aino Valta"],
    ),
    "a note about somebody of no trade": ("<p><em>Aino Valta is a widow who lives by the sea.</em></p>", []),
    "a department in Japanese brackets": ("<p>（聞き手は大阪経済部　藤堂真理）</p>", []),
    "the title that a text had elsewhere": ("<p>（原题为《渡船准点，码头鼓掌》）</p>", []),
    "a sentence in brackets": ("<p>(The boat has a name.)</p>", []),
}


@pytest.mark.parametrize("case", SIGNATURES)
def test_a_text_may_be_signed_in_its_last_line(case: str) -> None:
    end, names = SIGNATURES[case]
    assert [name for name, _ in people(reading_of("", end=end))] == names


def test_a_signature_names_nobody_where_the_head_does() -> None:
    assert people(reading_of("", '<meta name="author" content="Ines Falk">', "<p>— Henry Thorold</p>")) == [
        ("Ines Falk", "author")
    ]


def test_an_office_may_sign_where_nobody_is_named() -> None:
    article = reading_of("", end="<p><em>IN-Redaktion</em></p>", language="de").document.article
    assert plain(article.byline) == "IN-Redaktion"
    assert article.metadata.contributors == ()


def test_who_took_the_pictures_is_no_author_because_the_head_lists_them() -> None:
    head = '<meta property="article:author" content="Silje Haugnes"><meta property="article:author" content="Odd Vik">'
    line = "<p class=byline>Tekst: Silje Haugnes Foto: Odd Vik</p>"
    assert people(reading_of(line, head)) == [("Silje Haugnes", "author"), ("Odd Vik", "photographer")]


def test_an_agency_printed_beside_a_person_stays_in_the_line_and_is_nobody() -> None:
    line = "<div class=autor><div>Von</div><div>Konrad Fuhr</div><div>Deutsche Presse-Agentur</div></div>"
    article = reading_of(line, language="de").document.article
    assert plain(article.byline) == "Konrad Fuhr, Deutsche Presse-Agentur"
    assert [each.name for each in article.metadata.contributors] == ["Konrad Fuhr"]


def test_whom_the_article_is_about_has_not_written_it_because_a_note_says_what_she_is() -> None:
    line = "<p>We met Aino Valta on the quay, at six in the morning, and she had been there since four.</p>"
    assert people(reading_of(line, end="<p><em>Aino Valta is a writer who lives by the sea.</em></p>")) == []


def test_many_authors_in_one_declared_value_are_all_named() -> None:
    names = [f"{given} {family}" for given in ("Ada", "Bo", "Cleo", "Dov") for family in ("Lunt", "Stern", "Marrec")]
    assert [name for name, _ in people(reading_of("", linked(", ".join(names))))] == names


def test_arabic_commas_part_people() -> None:
    line = "<p class=author>ليلى منصور، سامي حداد</p>"
    assert [name for name, _ in people(reading_of(line, language="ar"))] == ["ليلى منصور", "سامي حداد"]


def test_a_portal_that_shows_the_article_is_no_author() -> None:
    head = '<meta property="og:article:author" content="해안일보 | 네이버"><meta property="og:site_name" content="해안일보">'
    line = "<p class=byline>한도윤 기자</p>"
    assert [name for name, _ in people(reading_of(line, head, language="ko"))] == ["한도윤"]


PARTS = {
    "By Maëlle d’Aubray and Chiara dall'Orto": ["Maëlle d’Aubray", "Chiara dall'Orto"],
    "By Omar al-Hakim and Layla el-Sayed": ["Omar al-Hakim", "Layla el-Sayed"],
    "Von Hans-Jürgen von und zu Altenfels": ["Hans-Jürgen von und zu Altenfels"],
    "Door Jan van 't Hoff en Els in 't Veld": ["Jan van 't Hoff", "Els in 't Veld"],
    "Por Luiz dos Santos e Maria das Graças": ["Luiz dos Santos", "Maria das Graças"],
    "By Walter H. Ames, Jr., and Paul Dorn, Ph.D.": ["Walter H. Ames Jr.", "Paul Dorn"],
    "Jane Doe Political Editor": ["Jane Doe"],
    "Ann Poe, Executive Director, Harbour Trust": ["Ann Poe"],
    "Jane Doe with Reuters": ["Jane Doe"],
    "Jane Doe For Harbourmail.Com": ["Jane Doe"],
    "By Jane Doe for harbour.co.uk and Ann Poe": ["Jane Doe", "Ann Poe"],
    "Anne Dubois avec AFP": ["Anne Dubois"],
    "Von unserem Korrespondenten Karl Maier": ["Karl Maier"],
    "Aus Wien berichtet Karl Maier": ["Karl Maier"],
    "dal nostro inviato Marco Bianchi": ["Marco Bianchi"],
    "Publié par Anne Dubois le 3 février": ["Anne Dubois"],
    "Av Ola Nordmann og Kari Lie": ["Ola Nordmann", "Kari Lie"],
    "Af Mette Holm, Ritzau": ["Mette Holm"],
    "de Ion Popescu": ["Ion Popescu"],
    "Της Μαρίας Παππά": ["Μαρίας Παππά"],
    "Szerző: Kovács János": ["Kovács János"],
    "Reporter: Siti Aminah | Editor: Budi Santoso": ["Siti Aminah"],
    "Bài và ảnh: Trần Văn Minh": ["Trần Văn Minh"],
    "Written by Ann Poe Medically reviewed by Jane Doe": ["Ann Poe"],
    "Video by Jane Doe": [],
    "记者李明 通讯员张华": ["李明", "张华"],
    "（记者赵文博）": ["赵文博"],
    "记者 李明 实习生 张华 摄影 王强": ["李明", "张华"],
    "文/图 陈思远": ["陈思远"],
    "取材・文＝高橋美咲　写真＝中村健": ["高橋美咲"],
    "文・高橋美咲、写真・中村健": ["高橋美咲"],
    "ロンドン＝山田一郎": ["山田一郎"],
    "글=김민지 기자, 사진=박준호 기자": ["김민지"],
    "ليلى الحداد - القاهرة": ["ليلى الحداد"],
}


@pytest.mark.parametrize("line", PARTS)
def test_the_authors_of_a_line_stand_apart_from_places_posts_and_other_makers(line: str) -> None:
    assert authors(people_in(line)) == PARTS[line]
