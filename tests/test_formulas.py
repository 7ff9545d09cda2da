"""Formulas and ruby: what pages keep of them, whichever program set them, and what each format makes of them."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from exporter import Document, Reading, read, render
from exporter.model import Formula, Ruby, mathml
from exporter.model.walk import plain, walk
from exporter.sources.source import Source

PROSE = (
    "Behind the quarry at Tarn a woman keeps nineteen echoes in good repair, and lends them by the hour to choirs, to lawyers "
    "and to people who live alone, as her aunt did before her and nobody else ever thought of doing."
)
FRACTION = "<mi>f</mi><mo>=</mo><mfrac><mi>k</mi><mi>d</mi></mfrac>"
TEX = r"f=\frac{k}{d}"
STYLED = rf"{{\displaystyle {TEX}}}"
ANNOTATED = f"""<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow>{FRACTION}</mrow><annotation
encoding="application/x-tex">{TEX}</annotation></semantics></math>"""


def reading_of(inside: str, language: str = "en") -> Reading:
    page = f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>Nineteen echoes</title></head><body>
    <article><h1>Nineteen echoes</h1><p>{PROSE}</p>{inside}<p>{PROSE}</p></article></body></html>"""
    return read(Source("page", page.encode(), "the page", ".html"), format="html")


def formulas_of(document: Document) -> list[Formula]:
    return [node for node in walk(document.article) if isinstance(node, Formula)]


SETTERS = {
    "katex": f"""<span class="katex"><span class="katex-mathml">{ANNOTATED}</span><span class="katex-html"
    aria-hidden="true"><span class="base"><span class="mord">f</span><span class="mrel">=</span><span
    class="mord">d</span><span class="mord">k</span></span></span></span>""",
    "katex without its own sheet": f'<span class="katex">{ANNOTATED}</span>',
    "mathjax 2": f"""<span class="MathJax_Preview">f=dk</span><span class="MathJax" id="m-1-Frame" data-mathml='<math
    xmlns="http://www.w3.org/1998/Math/MathML">{FRACTION}</math>'><nobr aria-hidden="true"><span
    class="math">f=dk</span></nobr><span class="MJX_Assistive_MathML" role="presentation"><math>{FRACTION}</math></span></span
    ><script
    type="math/tex" id="m-1">{TEX}</script>""",
    "mathjax 3": f"""<mjx-container class="MathJax" jax="CHTML"><mjx-math aria-hidden="true"><mjx-mi>f</mjx-mi></mjx-math>
    <mjx-assistive-mml display="inline"><math>{FRACTION}</math></mjx-assistive-mml></mjx-container>""",
    "mathjax 4": f"""<mjx-container class="MathJax" jax="SVG"><svg data-latex="{TEX}"><g data-latex="{TEX}"><g
    data-latex="k"><path d="M0 0"></path></g></g></svg><svg></svg></mjx-container>""",
    "encyclopedia": f"""<span class="mwe-math-element mwe-math-element-inline"><span class="mwe-math-mathml-inline"
    style="display: none;">{ANNOTATED.replace(TEX, STYLED)}</span><img class="mwe-math-fallback-image-inline" src="f.svg"
    alt="{STYLED}"></span>""",
    "picture of a blog": f'<img src="https://s0.example/latex.php?latex=f" alt="{TEX}" class="latex">',
    "native": f"<math>{FRACTION}</math>",
    "source in a script": f'<script type="math/tex">{TEX}</script>',
}


@pytest.mark.parametrize("setter", SETTERS)
def test_a_formula_is_what_it_says_and_not_how_it_is_drawn(setter: str) -> None:
    reading = reading_of(f"<p>The pitch is {SETTERS[setter]}, where k is the metal.</p>")
    (formula,) = formulas_of(reading.document)
    assert mathml.words_of(formula.mathml) == "f = k/d"
    assert formula.alt == "f = k/d"
    assert formula.tex in ("", TEX)
    assert not formula.display
    assert "The pitch is f = k/d, where k is the metal." in render(reading.document, "text")[0].decode()


@pytest.mark.parametrize(
    "inside",
    [
        f'<span class="katex-display"><span class="katex">{ANNOTATED}</span></span>',
        f'<p><math display="block">{FRACTION}</math></p>',
        f'<div class="MathJax_Display"><span class="MathJax" data-mathml="&lt;math&gt;{FRACTION}&lt;/math&gt;">x</span></div>',
        f'<mjx-container display="true"><mjx-assistive-mml><math>{FRACTION}</math></mjx-assistive-mml></mjx-container>',
    ],
)
def test_a_formula_on_a_line_of_its_own_stays_there(inside: str) -> None:
    document = reading_of(inside).document
    (formula,) = formulas_of(document)
    assert formula.display
    assert "\n\nf = k/d\n\n" in render(document, "text")[0].decode()


MATHJAX = '<script async src="https://cdn.example/mathjax@3/tex-mml-chtml.js"></script>'
DOLLARS = """<script>MathJax = {tex: {inlineMath: [['$', '$'], ['\\\\(', '\\\\)']]}};</script>"""
AUTO_RENDER = """<script src="katex.js"></script><script>renderMathInElement(document.body, {delimiters: [
{left: '$$', right: '$$', display: true}, {left: '$', right: '$', display: false}]});</script>"""


@pytest.mark.parametrize(
    ("scripts", "written"),
    [(MATHJAX, f"\\({TEX}\\)"), (DOLLARS + MATHJAX, f"${TEX}$"), (AUTO_RENDER, f"${TEX}$")],
)
def test_a_formula_that_no_script_has_set_yet_is_one(scripts: str, written: str) -> None:
    document = reading_of(f"{scripts}<p>The pitch is {written}, where k is the metal; it costs $5 or $6.</p>").document
    (formula,) = formulas_of(document)
    assert (formula.tex, formula.alt, formula.display) == (TEX, "f = k/d", False)
    assert "The pitch is f = k/d, where k is the metal; it costs $5 or $6." in render(document, "text")[0].decode()


@pytest.mark.parametrize("written", [f"$${TEX}$$", f"\\[{TEX}\\]", f"\\begin{{equation}}{TEX}\\end{{equation}}"])
def test_a_formula_that_no_script_has_set_yet_may_be_a_block(written: str) -> None:
    (formula,) = formulas_of(reading_of(f"{MATHJAX}<p>{written}</p>").document)
    assert formula.display
    assert TEX in formula.tex


@pytest.mark.parametrize(
    ("scripts", "inside"),
    [
        ("", f"<p>It is written \\({TEX}\\) in the source.</p>"),
        (MATHJAX, f"<p>It is written <code>\\({TEX}\\)</code> in the source.</p>"),
        (MATHJAX, f'<p class="tex2jax_ignore">It is written \\({TEX}\\) in the source.</p>'),
        (MATHJAX, "<p>Between $5 and $10, or $7.50 on Sundays.</p>"),
    ],
)
def test_what_no_script_would_set_stays_as_it_is_written(scripts: str, inside: str) -> None:
    assert formulas_of(reading_of(scripts + inside).document) == []


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<math><mfrac><mi>a</mi></mfrac></math>", ""),
        ("<math><mi>a</mi><script>alert(1)</script></math>", ""),
        ('<math><mi href="javascript:x" onclick="x" style="color:red">a</mi></math>', "<math><mi>a</mi></math>"),
        ("<!DOCTYPE math [<!ENTITY a 'b'>]><math><mi>&a;</mi></math>", ""),
        ('<math><mi mathvariant="double-struck">R</mi></math>', "<math><mi>ℝ</mi></math>"),
        ('<math><mi mathvariant="bold">x</mi></math>', "<math><mi>𝐱</mi></math>"),
        ("<math><mfenced><mi>a</mi><mi>b</mi></mfenced></math>", None),
        ("no formula", ""),
    ],
)
def test_only_sound_mathml_gets_through(source: str, kept: str | None) -> None:
    cleaned = mathml.cleaned(source)
    assert (mathml.words_of(cleaned) == "(a,b)") if kept is None else (cleaned == kept)


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<msup><mi>d</mi><mn>2</mn></msup>", "d²"),
        ("<msub><mi>x</mi><mi>i</mi></msub>", "x_i"),
        ("<msqrt><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></msqrt>", "√(a + b)"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac>", "(a + 1)/2"),
        ("<msubsup><mo>∫</mo><mn>0</mn><mi>∞</mi></msubsup><mi>x</mi>", "∫₀^∞x"),
    ],
)
def test_a_formula_can_be_said_in_a_line(inside: str, words: str) -> None:
    assert mathml.words_of(f"<math>{inside}</math>") == words


def test_an_unknown_command_of_tex_is_not_drawn_by_its_name() -> None:
    (formula,) = formulas_of(reading_of(r'<p>It is <script type="math/tex">\echoes{x}</script>.</p>').document)
    assert (formula.mathml, formula.tex, formula.alt) == ("", r"\echoes{x}", r"\echoes{x}")


def test_each_format_has_the_formula() -> None:
    document = reading_of(f"<p>The pitch is {SETTERS['katex']}, where k is the metal.</p>").document
    html = render(document, "html")[0].decode()
    assert f'alttext="f = k/d"><mrow>{FRACTION}</mrow></math><span class="formula-words">f = k/d</span>' in html
    assert f"${TEX}$" in render(document, "markdown")[0].decode()
    with zipfile.ZipFile(io.BytesIO(render(document, "epub")[0])) as book:
        package = next(book.read(name).decode() for name in book.namelist() if name.endswith(".opf"))
    assert 'properties="mathml"' in package


def test_a_document_s_mathml_is_cleaned_before_it_is_written() -> None:
    document = reading_of("<p>The pitch is <math><mi>f</mi></math>.</p>").document
    (formula,) = formulas_of(document)
    bad = Formula('<math><mi onclick="x">f</mi><img src="x"/></math>', alt="f")
    from exporter.model.walk import rewrite

    html = render(rewrite(document, lambda node: bad if node == formula else node), "html")[0].decode()
    assert "onclick" not in html
    assert '<span class="formula" role="math">f</span>' in html


# -------------------------------------------------------------------------------------------------------------------- ruby


RUBY = {
    "with brackets": "<ruby>湿気<rp>（</rp><rt>しっけ</rt><rp>）</rp></ruby>",
    "without brackets": "<ruby>湿気<rt>しっけ</rt></ruby>",
    "with a named base": "<ruby><rb>湿気</rb><rt>しっけ</rt></ruby>",
    "a bracket that was never closed": '<ruby>湿気<rp style="display:none">（<rt>しっけ<rp style="display:none">）</ruby>',
}


@pytest.mark.parametrize("manner", RUBY)
def test_words_keep_their_reading_above_them(manner: str) -> None:
    document = reading_of(f"<p>これは{RUBY[manner]}です。渡し場の裏の小屋で四つの鐘を鋳る。</p>", "ja").document
    (ruby,) = [node for node in walk(document.article) if isinstance(node, Ruby)]
    assert (plain(ruby.children), plain(ruby.reading)) == ("湿気", "しっけ")
    assert "湿気（しっけ）です" in render(document, "text")[0].decode()
    assert "<ruby>湿気<rp>(</rp><rt>しっけ</rt><rp>)</rp></ruby>" in render(document, "html")[0].decode()


def test_an_e_book_has_brackets_around_a_reading_without_the_element_that_epub_discourages() -> None:
    document = reading_of(
        f"<p>これは{RUBY['without brackets']}です。渡し場の裏の小屋で四つの鐘を鋳る。</p>", "ja"
    ).document
    shelf = zipfile.ZipFile(io.BytesIO(render(document, "epub")[0]))
    text = shelf.read("EPUB/text-1.xhtml").decode()
    opening, closing = (f'<span class="bracket">{each}</span>' for each in "()")
    assert f"<ruby>湿気<rt>{opening}しっけ{closing}</rt></ruby>" in text
    assert "rt .bracket" in shelf.read("EPUB/style.css").decode()


def test_a_reading_for_each_character_belongs_to_it() -> None:
    inside = (
        "<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>と<ruby><rb>大</rb><rb>阪</rb><rt>おお</rt><rt>さか</rt></ruby>"
    )
    document = reading_of(f"<p>{inside}の間に山がある。渡し場の裏の小屋で四つの鐘を鋳る。</p>", "ja").document
    found = [(plain(node.children), plain(node.reading)) for node in walk(document.article) if isinstance(node, Ruby)]
    assert found == [("東", "とう"), ("京", "きょう"), ("大", "おお"), ("阪", "さか")]


def test_drawing_a_formula_leaves_the_logging_of_the_program_alone() -> None:
    # In a program of its own: pytest listens to the root logger, and whoever listens there is asked for nothing.
    script = (
        "import logging, sys, exporter;"
        "exporter.render(exporter.read(sys.argv[1]).document, 'pdf');"
        "assert 'ziamath' in sys.modules;"
        "assert not logging.getLogger().handlers"
    )
    page = Path(__file__).parent / "documents" / "kitchen-sink.json"
    run = subprocess.run([sys.executable, "-c", script, str(page)], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
