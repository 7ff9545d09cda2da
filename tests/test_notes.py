"""Notes in the manners of many publishers and tools: each comes out where its mark stands, and nothing of it elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from exporter import Reading, read
from exporter.model import Inline, Node, Note
from exporter.model.walk import children, walk, words_of
from exporter.sources.source import Source

sys.path.insert(0, str(Path(__file__).resolve().parent / "eval"))

from conservation import LOST, TWICE, losses

TIDE = "The tide table of 1911 hangs in the harbour office; nobody has corrected it since."
ROPE = "Hemp, never nylon: nylon hums in the wind."
FIRST = (
    "Behind the customs house Ilse Brandt keeps the last rope walk of the coast, two hundred paces long and one wide."
)
ASKED = (
    "How long is a day here?",
    "Who taught you the splice?",
    "Do you still sell to the fleet?",
    "Which knot would you never tie?",
    "What will become of the rope walk?",
)
SAID = (
    "As long as the tide allows{0}. I come when the water leaves and go when it is back, unpaid for the difference.",
    "A blind man from the island, who let me feel it rather than see it{1}, and I have done it with my eyes shut to this day.",
    "The fleet buys from a catalogue. I sell to the theatre, which pulls up its moons and angels, and to one hangman's museum.",
    "The one that holds. A knot has to be willing to let go, or you will lose the boat and the hand together with it.",
    "It will be a car park, I suppose, and the cars will stand where my grandmother walked backwards for fifty years.",
)


def page(marks: tuple[str, str], notes: str, head: str = "") -> bytes:
    """An interview with a mark in the first and in the second answer, and what stands behind the last one."""
    said = [each.format(*marks) for each in SAID]
    turns = "".join(f"<p><strong>{asked}</strong></p><p>{each}</p>" for asked, each in zip(ASKED, said, strict=True))
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The last rope walk</title>{head}</head>
    <body><nav><a href="/">Home</a> <a href="/sea">Sea</a></nav><article><h1>The last rope walk</h1>
    <p class="byline">By Pavel Orme</p><div class="entry-content"><p>{FIRST}</p>{turns}{notes}</div></article>
    <footer><p>© Tarn Gazette</p></footer></body></html>""".encode()


def reading_of(content: bytes) -> Reading:
    return read(Source("page", content, "the page", ".html"), format="html")


MANNERS: dict[str, tuple[tuple[str, str], str]] = {
    "php markdown extra": (
        (
            '<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup>',
            '<sup id="fnref:2"><a href="#fn:2" class="footnote-ref" role="doc-noteref">2</a></sup>',
        ),
        f"""<div class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1"><p>{TIDE}&#160;<a href="#fnref:1"
        class="footnote-backref" role="doc-backlink">↩︎</a></p></li><li id="fn:2"><p>{ROPE}&#160;<a href="#fnref:2"
        class="footnote-backref" role="doc-backlink">↩︎</a></p></li></ol></div>""",
    ),
    "pandoc": (
        (
            '<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>',
            '<a href="#fn2" class="footnote-ref" id="fnref2" role="doc-noteref"><sup>2</sup></a>',
        ),
        f"""<section id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr /><ol>
        <li id="fn1"><p>{TIDE}<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li>
        <li id="fn2"><p>{ROPE}<a href="#fnref2" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>""",
    ),
    "a code host's markdown": (
        (
            """<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref
            aria-describedby="footnote-label">1</a></sup>""",
            """<sup><a href="#fn-2" id="user-content-fnref-2" data-footnote-ref
            aria-describedby="footnote-label">2</a></sup>""",
        ),
        f"""<section data-footnotes class="footnotes"><h2 id="footnote-label" class="sr-only">Footnotes</h2><ol>
        <li id="user-content-fn-1"><p>{TIDE} <a href="#user-content-fnref-1" data-footnote-backref
        aria-label="Back to reference 1">↩</a></p></li><li id="user-content-fn-2"><p>{ROPE}
        <a href="#user-content-fnref-2" data-footnote-backref>↩</a></p></li></ol></section>""",
    ),
    "wordpress block": (
        (
            '<sup data-fn="a1b2" class="fn"><a id="a1b2-link" href="#a1b2">1</a></sup>',
            '<sup data-fn="c3d4" class="fn"><a id="c3d4-link" href="#c3d4">2</a></sup>',
        ),
        f"""<ol class="wp-block-footnotes"><li id="a1b2">{TIDE} <a href="#a1b2-link"
        aria-label="Jump to footnote reference 1">↩︎</a></li><li id="c3d4">{ROPE} <a href="#c3d4-link">↩︎</a></li></ol>""",
    ),
    "wordpress plug-in with titles": (
        (
            """<span id="easy-footnote-1-77" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a
            href="https://tarn.example/rope/#easy-footnote-bottom-1-77" title="Tide"><sup>1</sup></a></span>""",
            """<span id="easy-footnote-2-77" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a
            href="https://tarn.example/rope/#easy-footnote-bottom-2-77" title="Rope"><sup>2</sup></a></span>""",
        ),
        f"""<div class="easy-footnote-title"><h4>Notes</h4></div><ol class="easy-footnotes-wrapper">
        <li class="easy-footnote-single" id="easy-footnote-bottom-1-77">{TIDE}<a class="easy-footnote-to-top"
        href="https://tarn.example/rope/#easy-footnote-1-77"></a></li><li class="easy-footnote-single"
        id="easy-footnote-bottom-2-77">{ROPE}<a class="easy-footnote-to-top"
        href="https://tarn.example/rope/#easy-footnote-2-77"></a></li></ol>""",
    ),
    "wordpress plug-in with brackets": (
        (
            '<sup class="footnote"><a href="#footnote-1-5" id="footnote-link-1-5" title="See the footnote.">1</a></sup>',
            '<sup class="footnote"><a href="#footnote-2-5" id="footnote-link-2-5" title="See the footnote.">2</a></sup>',
        ),
        f"""<ol class="footnotes"><li id="footnote-1-5" class="footnote">{TIDE}<span class="footnote-back-link-wrapper">
        [<a href="#footnote-link-1-5" class="footnote-link footnote-back-link">↩</a>]</span></li><li id="footnote-2-5"
        class="footnote">{ROPE}<span class="footnote-back-link-wrapper"> [<a href="#footnote-link-2-5"
        class="footnote-link footnote-back-link">↩</a>]</span></li></ol>""",
    ),
    "wordpress plug-in with a table and scripts": (
        (
            """<span class="footnote_referrer"><a role="button" tabindex="0"
            onclick="footnote_moveToReference_9_1('footnote_plugin_reference_9_1_1');"><sup
            id="footnote_plugin_tooltip_9_1_1" class="footnote_plugin_tooltip_text">[1]</sup></a></span>""",
            """<span class="footnote_referrer"><a role="button" tabindex="0"
            onclick="footnote_moveToReference_9_1('footnote_plugin_reference_9_1_2');"><sup
            id="footnote_plugin_tooltip_9_1_2" class="footnote_plugin_tooltip_text">[2]</sup></a></span>""",
        ),
        f"""<div class="footnotes_reference_container"><p><span class="footnote_reference_container_label">References</span></p>
        <table class="footnotes_table"><tbody><tr class="footnotes_plugin_reference_row"><th scope="row"
        id="footnote_plugin_reference_9_1_1" class="footnote_plugin_index pointer"
        onclick="footnote_moveToAnchor_9_1('footnote_plugin_tooltip_9_1_1');"><a role="button"><span
        class="footnote_index_arrow">↑</span>1</a></th><td class="footnote_plugin_text">{TIDE}</td></tr>
        <tr class="footnotes_plugin_reference_row"><th scope="row" id="footnote_plugin_reference_9_1_2"
        class="footnote_plugin_index pointer" onclick="footnote_moveToAnchor_9_1('footnote_plugin_tooltip_9_1_2');"><a
        role="button"><span class="footnote_index_arrow">↑</span>2</a></th><td class="footnote_plugin_text">{ROPE}</td></tr>
        </tbody></table></div>""",
    ),
    "encyclopedia": (
        (
            """<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span class="cite-bracket">[</span>1<span
            class="cite-bracket">]</span></a></sup>""",
            """<sup id="cite_ref-2" class="reference"><a href="./Rope_walk#cite_note-2">[2]</a></sup>""",
        ),
        f"""<div class="mw-heading mw-heading2"><h2 id="References">References</h2></div><div class="reflist"><ol
        class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-1"
        aria-label="Jump up">^</a></b></span> <span class="reference-text">{TIDE}</span></li>
        <li id="cite_note-2"><span class="mw-cite-backlink">^ <a href="#cite_ref-2"><sup><i><b>a</b></i></sup></a></span>
        <span class="reference-text">{ROPE}</span></li></ol></div>""",
    ),
    "newsletter host": (
        (
            """<a data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1" href="#footnote-1" target="_self"
            class="footnote-anchor">1</a>""",
            """<a data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-2" href="#footnote-2" target="_self"
            class="footnote-anchor">2</a>""",
        ),
        f"""<p class="button-wrapper"><a href="/subscribe" class="button">Subscribe now</a></p><div class="footnote"
        data-component-name="FootnoteToDOM"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number"
        contenteditable="false">1</a><div class="footnote-content"><p>{TIDE}</p></div></div><div class="footnote"
        data-component-name="FootnoteToDOM"><a id="footnote-2" href="#footnote-anchor-2" class="footnote-number"
        contenteditable="false">2</a><div class="footnote-content"><p>{ROPE}</p></div></div>""",
    ),
    "word processor's endnotes": (
        (
            """<a style='mso-endnote-id:edn1' href="#_edn1" name="_ednref1" title=""><span
            class=MsoEndnoteReference>[i]</span></a>""",
            """<a style='mso-endnote-id:edn2' href="#_edn2" name="_ednref2" title=""><span
            class=MsoEndnoteReference>[ii]</span></a>""",
        ),
        f"""<div><br clear=all><hr size=1 width="33%"><div id=edn1><p class=MsoEndnoteText><a href="#_ednref1"
        name="_edn1" title=""><span class=MsoEndnoteReference>[i]</span></a> {TIDE}</p></div><div id=edn2><p
        class=MsoEndnoteText><a href="#_ednref2" name="_edn2" title=""><span class=MsoEndnoteReference>[ii]</span></a>
        {ROPE}</p></div></div>""",
    ),
    "office suite": (
        (
            '<sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">1</a></sup>',
            '<sup><a class="sdfootnoteanc" name="sdfootnote2anc" href="#sdfootnote2sym">2</a></sup>',
        ),
        f"""<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym"
        href="#sdfootnote1anc">1</a>{TIDE}</p></div><div id="sdfootnote2"><p class="sdfootnote"><a class="sdfootnotesym"
        name="sdfootnote2sym" href="#sdfootnote2anc">2</a>{ROPE}</p></div>""",
    ),
    "online document": (
        (
            '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>',
            '<sup><a href="#ftnt2" id="ftnt_ref2">[2]</a></sup>',
        ),
        f"""<hr class="c5"><div><p class="c2"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span class="c1">&nbsp;{TIDE}</span></p>
        </div><div><p class="c2"><a href="#ftnt_ref2" id="ftnt2">[2]</a><span class="c1">&nbsp;{ROPE}</span></p></div>""",
    ),
    "tooltip named by the mark": (
        (
            f"""<sup class="mfn"><a href="javascript:void(0)" role="button" aria-describedby="mfn-1">1</a></sup><span
            id="mfn-1" role="tooltip" class="footnotes__note">{TIDE}</span>""",
            f"""<sup class="mfn"><a href="javascript:void(0)" role="button" aria-describedby="mfn-2">2</a></sup><span
            id="mfn-2" role="tooltip" class="footnotes__note" style="display:none">{ROPE}</span>""",
        ),
        "",
    ),
    "notes in attributes": (
        (
            f'<sup class="footnote" data-footnote-content="{TIDE}">1</sup>',
            f'<sup><a href="#" data-bs-toggle="popover" data-bs-content="{ROPE}">2</a></sup>',
        ),
        "",
    ),
    "markup in attributes": (
        (
            f'<button class="littlefoot__button" data-littlefoot-footnote="&lt;p&gt;{TIDE}&lt;/p&gt;">1</button>',
            f'<a class="fn-ref" data-note="&lt;em&gt;Hemp&lt;/em&gt;{ROPE[4:]}" href="javascript:;">*</a>',
        ),
        "",
    ),
    "sidenotes": (
        (
            f"""<label for="sn-tide" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-tide"
            class="margin-toggle"/><span class="sidenote">{TIDE}</span>""",
            f"""<label for="mn-rope" class="margin-toggle">&#8853;</label><input type="checkbox" id="mn-rope"
            class="margin-toggle"/><span class="marginnote">{ROPE}</span>""",
        ),
        "",
    ),
    "sidenotes with their number said twice": (
        (
            f'<sup>1</sup><span class="sidenote"><sup>1</sup> {TIDE}</span>',
            f'<sup class="ref">2</sup><small class="side-note">2. {ROPE}</small>',
        ),
        "",
    ),
    "words in the line for a printer": (
        (f'<span class="footnote">{TIDE}</span>', f'<span class="fn-text">{ROPE}</span>'),
        "",
    ),
    "old pages with named anchors": (
        (
            '<a name="back1"></a><a href="#note1"><sup>1</sup></a>',
            '<a name="back2"></a><a href="#note2"><sup>2</sup></a>',
        ),
        f"""<hr><h3>Notes</h3><p><a name="note1"></a>1. {TIDE} <a href="#back1">Back to text</a><br><a name="note2"></a>2.
        {ROPE} <a href="#back2">Back to text</a></p>""",
    ),
    "definition list": (
        (
            '<a class="footnote-reference" href="#id3" id="id1">[1]</a>',
            '<a class="footnote-reference" href="#id4" id="id2">[2]</a>',
        ),
        f"""<dl class="footnote brackets"><dt class="label" id="id3"><span class="brackets"><a class="fn-backref"
        href="#id1">1</a></span></dt><dd><p>{TIDE}</p></dd><dt class="label" id="id4"><span class="brackets"><a
        class="fn-backref" href="#id2">2</a></span></dt><dd><p>{ROPE}</p></dd></dl>""",
    ),
    "aside with paragraphs": (
        (
            """<a class="brackets" href="#f1" id="r1" role="doc-noteref"><span class="fn-bracket">[</span>1<span
            class="fn-bracket">]</span></a>""",
            """<a class="brackets" href="#f2" id="r2" role="doc-noteref"><span class="fn-bracket">[</span>2<span
            class="fn-bracket">]</span></a>""",
        ),
        f"""<aside class="footnote-list brackets"><aside class="footnote brackets" id="f1" role="doc-footnote"><span
        class="label"><span class="fn-bracket">[</span><a role="doc-backlink" href="#r1">1</a><span
        class="fn-bracket">]</span></span><p>{TIDE}</p></aside><aside class="footnote brackets" id="f2"
        role="doc-footnote"><span class="label"><span class="fn-bracket">[</span><a role="doc-backlink" href="#r2">2</a><span
        class="fn-bracket">]</span></span><p>{ROPE}</p></aside></aside>""",
    ),
    "no links, a list under a heading": (
        ("<sup>1</sup>", "<sup>2</sup>"),
        f"<h2>Anmerkungen</h2><ol><li>{TIDE}</li><li>{ROPE}</li></ol>",
    ),
    "no links, brackets in the text": (
        (" [1]", "[2]"),
        f"<p><strong>Notes:</strong></p><p>[1] {TIDE}</p><p>[2] {ROPE}</p>",
    ),
    "no links, raised numbers before the notes": (
        ("<sup>1</sup>", "<sup>2</sup>"),
        f"<hr><p><sup>1</sup> {TIDE}</p><p><sup>2</sup> {ROPE}</p>",
    ),
    "no links, a line a note": (
        ("<sup>1</sup>", "<sup>2</sup>"),
        f"<p><sup>1</sup>{TIDE}<br><sup>2</sup>&nbsp;{ROPE}</p>",
    ),
    "no links, raised figures of the character set": (
        ("¹", "²"),
        f"<p>¹ {TIDE}</p><p>² {ROPE}</p>",
    ),
    "stars": (
        ("*", "<sup>**</sup>"),
        f"<p>* {TIDE}</p><p><em>**{ROPE}</em></p>",
    ),
    "japanese": (
        ('<sup><a href="#chu1" id="honbun1">注1</a></sup>', '<sup><a href="#chu2" id="honbun2">（注２）</a></sup>'),
        f"""<h3>脚注</h3><p id="chu1"><a href="#honbun1">注1</a>　{TIDE}</p><p id="chu2"><a href="#honbun2">（注２）</a>
        {ROPE}</p>""",
    ),
    "words that are the mark": (
        (
            ' <a class="footnote-link" href="#n-a" id="m-a">(note)</a>',
            ' <a class="footnote-link" href="#n-b" id="m-b">[see note 2]</a>',
        ),
        f"""<div class="footnote-list"><p id="n-a">{TIDE} <a href="#m-a">Return</a></p><p id="n-b">{ROPE} <a
        href="#m-b">Return</a></p></div>""",
    ),
    "a popover": (
        (
            f'<button popovertarget="n1" aria-label="Note 1">1</button><span popover id="n1">{TIDE}</span>',
            f'<button type="button" popovertarget="n2">[2]</button><small popover id="n2">{ROPE}</small>',
        ),
        "",
    ),
    "a disclosure": (
        (
            f'<details class="footnote"><summary>1</summary>{TIDE}</details>',
            f'<details class="footnote"><summary>[2]</summary><span>{ROPE}</span></details>',
        ),
        "",
    ),
}


@pytest.mark.parametrize("manner", MANNERS)
def test_a_note_stands_where_its_mark_stood(manner: str) -> None:
    reading = reading_of(page(*MANNERS[manner]))
    article = reading.document.article
    notes = [node for node in walk(article) if isinstance(node, Note)]
    assert [spoken(note) for note in notes] == [TIDE, ROPE]
    assert shown(article.body) == " ".join(
        part
        for asked, said, mark in zip(ASKED, SAID, ("°", "°", "", "", ""), strict=True)
        for part in (asked, said.format(mark, mark))
    )


def spoken(node: Node) -> str:
    return " ".join("".join(words_of(node)).split())


def shown(blocks: tuple[Node, ...]) -> str:
    """The words of the body with a ring for each note."""
    return " ".join(" ".join(_shown(block) for block in blocks).split())


def _shown(node: Node) -> str:
    if isinstance(node, Note):
        return "°"
    text = getattr(node, "text", None)
    if isinstance(text, str):
        return text
    between = "" if isinstance(node, Inline) or hasattr(node, "children") else " "
    return between.join(_shown(each) for each in children(node))


@pytest.mark.parametrize("manner", MANNERS)
def test_every_letter_of_a_page_with_notes_is_told_of_once(manner: str) -> None:
    content = page(*MANNERS[manner])
    assert [loss for loss in losses(content, reading_of(content)) if loss.kind in (LOST, TWICE)] == []


NO_NOTES: dict[str, tuple[tuple[str, str], str]] = {
    "a table of contents": (
        (' <a href="#part-1">1</a>', ' <a href="#part-2">2</a>'),
        f'<h2 id="part-1">The tide</h2><p>{TIDE}</p><h2 id="part-2">The rope</h2><p>{ROPE}</p>',
    ),
    "numbered lines of a page": (
        (' <a href="#p1">1</a>', ' <a href="#p2">2</a>'),
        f'<p id="p1">{TIDE}</p><p id="p2">{ROPE}</p>',
    ),
    "counters of a community": (
        (' <a data-target="#dialog">3</a>', ' <a href="#talk" role="button">7</a>'),
        f'<div id="dialog"><p>{TIDE}</p></div><div id="talk"><p>{ROPE}</p></div>',
    ),
    "exponents": ((" over 12 m<sup>2</sup>", " by 10<sup>3</sup>"), f"<ol><li>{TIDE}</li><li>{ROPE}</li></ol>"),
    "stars inside of words": (("* or so", " by Seiler*innen"), f"<p>{TIDE}</p><p>{ROPE}</p>"),
    "a list with stars": (("", ""), f"<p>* {TIDE}</p><p>* {ROPE}</p>"),
    "hints of a form": (
        ("", ""),
        f'<form><p><label>Search</label><span role="tooltip">{TIDE} {ROPE}</span></p></form>',
    ),
    "hints on links": (
        (' <a href="/t" title="All about tides and moons">tides</a>', ""),
        f"<p>{TIDE}</p><p>{ROPE}</p>",
    ),
}


@pytest.mark.parametrize("manner", NO_NOTES)
def test_what_is_no_note_stays_where_it_is(manner: str) -> None:
    content = page(*NO_NOTES[manner])
    reading = reading_of(content)
    assert not [node for node in walk(reading.document.article) if isinstance(node, Note)]
    assert not [fate for fate in reading.fates if fate.rule.startswith("note")]


def test_a_note_with_two_marks_stands_at_both() -> None:
    mark = '<sup><a href="#fn1" id="ref{}">1</a></sup>'
    notes = f'<ol class="footnotes"><li id="fn1">{TIDE} <a href="#ref1">a</a> <a href="#ref2">b</a></li></ol>'
    article = reading_of(page((mark.format(1), mark.format(2)), notes)).document.article
    assert [spoken(node) for node in walk(article) if isinstance(node, Note)] == [TIDE, TIDE]


def test_a_note_nobody_marks_stays_in_its_list() -> None:
    mark = '<sup><a href="#fn1" id="ref1">1</a></sup>'
    notes = f'<h2>Notes</h2><ol class="footnotes"><li id="fn1">{TIDE}</li><li id="fn2">{ROPE}</li></ol>'
    article = reading_of(page((mark, ""), notes)).document.article
    assert [spoken(node) for node in walk(article) if isinstance(node, Note)] == [TIDE]
    assert ROPE in spoken(article)


def test_a_note_of_what_is_left_out_is_left_out() -> None:
    notes = f"""<ol class="footnotes"><li id="fn1">{TIDE}</li></ol>
    <form><p>Write to us<sup><a href="#fn9">9</a></sup></p></form><div id="fn9" class="footnote">{ROPE}</div>"""
    reading = reading_of(page(('<sup><a href="#fn1">1</a></sup>', ""), notes))
    assert [fate.became for fate in reading.fates if fate.text == TIDE] == ["note"]
    assert [fate.became for fate in reading.fates if fate.text == ROPE] == ["left out"]
