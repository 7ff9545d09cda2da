"""What pages say of their words beside the words: quotation marks, numbers of lists, directions, parts of tables, players."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import exporter
from exporter import Reading, read, render
from exporter.model import Document, Embed, ListBlock, Node, Paragraph, Preformatted, Span, Table, Verse
from exporter.model.walk import plain, walk, words_of
from exporter.sources.source import Source

PROSE = (
    "Behind the quarry at Tarn a woman keeps nineteen echoes in good repair, and lends them by the hour to choirs, to lawyers "
    "and to people who live alone, as her aunt did before her and nobody else ever thought of doing."
)


def reading_of(inside: str, language: str = "en", around: str = "") -> Reading:
    page = f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>Nineteen echoes</title></head><body>
    <article {around}><h1>Nineteen echoes</h1><p>{PROSE}</p>{inside}<p>{PROSE}</p></article></body></html>"""
    return read(Source("page", page.encode(), "the page", ".html"), format="html")


def nodes_of(kind: type[Node], document: Document) -> Iterator[Node]:
    return (node for node in walk(document.article) if isinstance(node, kind))


def text_of(document: Document) -> str:
    return render(document, "text")[0].decode()


# ---------------------------------------------------------------------------------------------------------- quotation marks


@pytest.mark.parametrize(
    ("language", "quoted"),
    [
        ("en", "She said “come, he says ‘not yet’”, twice."),
        ("de", "She said „come, he says ‚not yet‘“, twice."),
        ("ja", "She said 「come, he says 『not yet』」, twice."),
        ("pl", "She said „come, he says «not yet»”, twice."),
    ],
)
def test_quotations_have_the_marks_of_their_language(language: str, quoted: str) -> None:
    inside = f'<div lang="{language}"><p>She said <q>come, he says <q>not yet</q></q>, twice.</p></div>'
    document = reading_of(inside).document
    assert quoted in text_of(document)
    assert quoted.split(" ", 1)[1] in " ".join("".join(words_of(node)) for node in nodes_of(Paragraph, document))


def test_quotations_of_a_document_are_marked_in_the_document_s_language() -> None:
    span = {"type": "span", "quoted": True, "children": [{"type": "text", "text": "Halt"}]}
    article = {
        "type": "article",
        "metadata": {"type": "metadata", "language": "fr"},
        "headline": [{"type": "text", "text": "Halte"}],
        "body": [{"type": "paragraph", "children": [span]}],
    }
    content = json.dumps({"type": "document", "article": article}).encode()
    document = read(Source("d", content, "the document", ".json"), format="json").document
    assert "« Halt »" in text_of(document).replace("\u202f", " ").replace("\u00a0", " ")


# ------------------------------------------------------------------------------------------------------------------- lists


@pytest.mark.parametrize(
    ("attributes", "values", "numbers"),
    [
        ("reversed", ("", "", ""), ("3.", "2.", "1.")),
        ("reversed start=10", ("", "", ""), ("10.", "9.", "8.")),
        ("start=5 type=a", ("", "value=9", ""), ("e.", "i.", "j.")),
        ("type=I start=3", ("", "", ""), ("III.", "IV.", "V.")),
        ("start=-1", ("", "", ""), ("-1.", "0.", "1.")),
        ('style="list-style-type: lower-roman"', ("", "", "value=40"), ("i.", "ii.", "xl.")),
        ("type=A start=26", ("", "", ""), ("Z.", "AA.", "AB.")),
    ],
)
def test_lists_count_as_their_page_does(attributes: str, values: tuple[str, ...], numbers: tuple[str, ...]) -> None:
    entries = "".join(f"<li {value}>the {place} echo</li>" for value, place in zip(values, "xyz", strict=True))
    document = reading_of(f"<ol {attributes}>{entries}</ol>").document
    for number, place in zip(numbers, "xyz", strict=True):
        assert f"{number} the {place} echo" in text_of(document)
        assert f"the {place} echo" in render(document, "markdown")[0].decode()
    assert len(list(nodes_of(ListBlock, document))) == 1


def test_markdown_writes_the_numbers_that_it_cannot_count() -> None:
    document = reading_of("<ol reversed><li>gold</li><li>silver</li></ol>").document
    assert "2\\. gold\n\n1\\. silver" in render(document, "markdown")[0].decode()


def test_terms_stand_before_what_they_mean() -> None:
    inside = """<dl><dt>Echo</dt><dd>What comes back.</dd><dt>Wall</dt><dt>Cliff</dt><dd>What it comes back from.</dd>
    <dd>Any stone will do.</dd><dt>Rope</dt><dt>Line</dt><dd>What it is lent with.</dd></dl>"""
    listed = next(nodes_of(ListBlock, reading_of(inside).document))
    assert isinstance(listed, ListBlock)
    assert [plain(entry.term) for entry in listed.entries] == ["Echo", "Wall, Cliff", "Rope, Line"]
    assert [len(entry.blocks) for entry in listed.entries] == [1, 2, 1]


# ------------------------------------------------------------------------------------------------------------------- verse


@pytest.mark.parametrize(
    "inside",
    [
        '<pre class="wp-block-verse">Nine that answer,<br>ten that do not.</pre>',
        '<pre class="verse">Nine that answer,\nten that do not.</pre>',
        '<div class="poem"><p>Nine that answer,<br>ten that do not.</p></div>',
        '<p class="stanza">Nine that answer,<br/>ten that do not.</p>',
    ],
)
def test_verse_keeps_its_lines(inside: str) -> None:
    verse = next(nodes_of(Verse, reading_of(inside).document))
    assert isinstance(verse, Verse)
    assert [plain(line) for line in verse.lines] == ["Nine that answer,", "ten that do not."]


def test_a_line_break_in_preformatted_text_ends_a_line() -> None:
    listing = next(nodes_of(Preformatted, reading_of("<pre><code>call(9)<br>wait(10)</code></pre>").document))
    assert isinstance(listing, Preformatted)
    assert listing.text == "call(9)\nwait(10)"


# -------------------------------------------------------------------------------------------------------------- directions


def test_a_paragraph_keeps_its_language_and_direction() -> None:
    document = reading_of(
        '<p dir="rtl" lang="ar">قالت جدتي ذلك في البيت</p><p dir="auto">שלום, said John.</p>'
    ).document
    html = render(document, "html")[0].decode()
    assert '<p lang="ar" xml:lang="ar" dir="rtl">قالت جدتي' in html
    assert '<p dir="rtl">שלום, said John.</p>' in html


def test_a_template_s_word_for_the_whole_page_marks_no_paragraph() -> None:
    document = reading_of('<div dir="ltr" lang="en-US"><p>It listens.</p></div>', around='lang="en" dir="ltr"').document
    assert not list(nodes_of(Span, document))


def test_words_that_are_turned_round_stay_so() -> None:
    document = reading_of('<p>It reads <bdo dir="rtl">olleh</bdo> and <bdi>سلام</bdi>.</p>').document
    assert '<bdo dir="rtl">olleh</bdo>' in render(document, "html")[0].decode()
    assert [(node.direction, node.override) for node in nodes_of(Span, document) if isinstance(node, Span)] == [
        ("rtl", True),
        ("rtl", False),
    ]


# ------------------------------------------------------------------------------------------------------------------ tables


TABLE = """<table><caption>What an echo costs <em>by the hour</em></caption>{0}<tbody><tr><td>North wall</td><td>4</td></tr>
<tr><td>Tunnel</td><td>9</td></tr></tbody>{1}</table>"""
HEAD = "<thead><tr><th>Wall</th><td>Crowns</td></tr></thead>"
FOOT = '<tfoot><tr><td colspan="2">Source: the ledger</td></tr></tfoot>'


@pytest.mark.parametrize("format_name", ["html", "text", "markdown", "json", "epub"])
def test_captions_and_feet_of_tables_are_in_every_output(format_name: str) -> None:
    for inside in (TABLE.format(HEAD, FOOT), TABLE.format(HEAD + FOOT, "")):
        reading = reading_of(inside)
        table = next(node for node in nodes_of(Table, reading.document) if isinstance(node, Table))
        assert plain(table.caption) == "What an echo costs by the hour"
        assert [row.part for row in table.rows] == ["head", "body", "body", "foot"]
        assert ("caption", "table-caption") in {(fate.became, fate.rule) for fate in reading.fates}
        written = exporter.render(reading.document, format_name)[0]
        if format_name != "epub":
            assert b"What an echo costs" in written
            assert b"Source: the ledger" in written


def test_the_parts_of_a_table_are_said_in_html() -> None:
    html = render(reading_of(TABLE.format(HEAD, FOOT)).document, "html")[0].decode()
    assert "<thead><tr><th" in html
    assert '<tfoot><tr><td colspan="2">Source: the ledger' in html


# ----------------------------------------------------------------------------------------------------------------- players


CAPTION = "<figcaption>A choir at the north wall.</figcaption>"
EMBEDS = {
    "a frame that waits for consent": (
        f"""<figure><div class="placeholder"><iframe data-src-cmplz="https://www.youtube.com/embed/aB3dE" src="about:blank"
        title="The choir"></iframe><div class="cmplz-notice">Accept cookies to see this</div></div>{CAPTION}</figure>""",
        ("https://www.youtube.com/embed/aB3dE", "The choir", "A choir at the north wall."),
    ),
    "a frame with a suppressed source": (
        f'<figure><iframe suppressedsrc="//player.vimeo.com/video/77" title="The choir"></iframe>{CAPTION}</figure>',
        ("https://player.vimeo.com/video/77", "The choir", "A choir at the north wall."),
    ),
    "a video with sources": (
        f'<figure><video><source src="https://tarn.example/choir.mp4"></video>{CAPTION}</figure>',
        ("https://tarn.example/choir.mp4", "", "A choir at the north wall."),
    ),
    "an address on a line of its own": (
        f"""<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">https://www.youtube.com/watch?v=aB3dE</div>
        {CAPTION}</figure>""",
        ("https://www.youtube.com/watch?v=aB3dE", "", "A choir at the north wall."),
    ),
    "a frame with its caption below it": (
        """<div class="video"><iframe data-src="https://player.vimeo.com/video/77" title="The choir"></iframe></div>
        <p class="video-caption">A choir at the north wall.</p>""",
        ("https://player.vimeo.com/video/77", "The choir", "A choir at the north wall."),
    ),
    "a light player": (
        """<lite-youtube videoid="aB3dE" playlabel="Play: The choir"><a href="https://youtu.be/aB3dE"
        title="Play Video"><span class="visually-hidden">Play Video: The choir</span></a></lite-youtube>""",
        ("https://www.youtube.com/watch?v=aB3dE", "The choir", ""),
    ),
    "a short message": (
        """<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Nineteen echoes, none to spare.</p>&mdash; Oona Brisk
        (@echoes) <a href="https://twitter.com/echoes/status/12?ref_src=x">March 2, 2023</a></blockquote>""",
        (
            "https://twitter.com/echoes/status/12?ref_src=x",
            "Nineteen echoes, none to spare. — Oona Brisk (@echoes) March 2, 2023",
            "",
        ),
    ),
    "a picture of a network": (
        """<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/AbC/"><div><a
        href="https://www.instagram.com/p/AbC/"><div>View this post on Instagram</div></a><p><a
        href="https://www.instagram.com/p/AbC/">A post shared by Oona Brisk (@echoes)</a></p></div></blockquote>""",
        ("https://www.instagram.com/p/AbC/", "A post shared by Oona Brisk (@echoes)", ""),
    ),
    "a short film of a network": (
        """<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@echoes/video/7" data-video-id="7"><section>
        <a href="https://www.tiktok.com/@echoes">@echoes</a> <p>The north wall answers.</p></section></blockquote>""",
        ("https://www.tiktok.com/@echoes/video/7", "@echoes The north wall answers.", ""),
    ),
    "a player of a page for phones": (
        """<figure><amp-vimeo data-videoid="7700770" layout="responsive" width="5" height="3"></amp-vimeo>
        <figcaption>A choir at the north wall.</figcaption></figure>""",
        ("https://vimeo.com/7700770", "", "A choir at the north wall."),
    ),
    "a message of a page for phones": (
        '<amp-twitter data-tweetid="1234567890" width="3" height="2" layout="responsive"></amp-twitter>',
        ("https://x.com/i/status/1234567890", "", ""),
    ),
    "a script in the place of a post": (
        '<script async src="https://telegram.org/js/widget.js" data-telegram-post="echoes/42" data-width="100%"></script>',
        ("https://t.me/echoes/42", "", ""),
    ),
    "a frame for browsers without scripts": (
        """<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper"><div class="rll-player"
        data-src="https://www.youtube.com/embed/aB3dE"></div><noscript><iframe title="The choir"
        src="https://www.youtube.com/embed/aB3dE"></iframe></noscript></div>
        <figcaption>A choir at the north wall.</figcaption></figure>""",
        ("https://www.youtube.com/embed/aB3dE", "The choir", "A choir at the north wall."),
    ),
    "a box of a script that is told the network and the number": (
        """<figure><div class="plyr__video-embed" data-plyr-provider="youtube" data-plyr-embed-id="aB3dE"></div>
        <figcaption>A choir at the north wall.</figcaption></figure>""",
        ("https://www.youtube.com/watch?v=aB3dE", "", "A choir at the north wall."),
    ),
    "a box of a script that is told so in its own notation": (
        """<div class="post" data-v='{"kind":"post","url":"https:\\/\\/www.instagram.com\\/p\\/AbC\\/"}'></div>""",
        ("https://www.instagram.com/p/AbC/", "", ""),
    ),
    "a drawing of a service": (
        '<div class="infogram-embed" data-id="echoes-by-year" data-title="Echoes by year"></div>',
        ("https://infogram.com/echoes-by-year", "Echoes by year", ""),
    ),
    "a template behind consent": (
        """<x-consent><template><iframe src="https://www.youtube-nocookie.com/embed/aB3dE" title="The choir"></iframe>
        </template><div><p>With your consent an external video is loaded here.</p><button>Load the external content</button>
        </div></x-consent>""",
        ("https://www.youtube-nocookie.com/embed/aB3dE", "The choir", ""),
    ),
    "a film with words for those who cannot see it": (
        """<figure><video src="https://tarn.example/choir.mp4"><p>Your browser shows no films.</p></video>
        <figcaption>A choir at the north wall.</figcaption></figure>""",
        ("https://tarn.example/choir.mp4", "", "A choir at the north wall."),
    ),
    "an empty box that a script fills": (
        '<div class="js-lazy" data-video-url="https://www.youtube.com/watch?v=aB3dE" data-title="The choir"></div>',
        ("https://www.youtube.com/watch?v=aB3dE", "The choir", ""),
    ),
}


def test_a_counter_of_visits_for_browsers_without_scripts_is_no_player() -> None:
    counter = '<noscript><iframe src="https://counter.example/ns.html?id=7" height="0" width="0"></iframe></noscript>'
    assert not list(nodes_of(Embed, reading_of(counter).document))


@pytest.mark.parametrize("manner", EMBEDS)
def test_players_and_posts_are_links_with_their_captions(manner: str) -> None:
    inside, expected = EMBEDS[manner]
    document = reading_of(inside).document
    found = [node for node in nodes_of(Embed, document) if isinstance(node, Embed)]
    assert [(node.href, node.title, plain(node.caption)) for node in found] == [expected]
    for format_name in ("html", "text", "markdown"):
        written = render(document, format_name)[0].decode().replace("\u00a0", " ")
        assert expected[0] in written
        assert expected[2] in written.replace("\\", "")
    assert "View this post" not in text_of(document)
