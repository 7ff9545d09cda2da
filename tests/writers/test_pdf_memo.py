"""What is remembered from one pass to the next changes no byte of the result."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

import exporter
from exporter.writers.pdf.weasyprint import glyph_runs, measuring
from exporter.writers.pdf.weasyprint.patches import finishing, memo, paragraphs, resumption

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
from made import write_made  # noqa: E402 - it stands beside the package

PAGES = (
    ROOT / "source" / "the-last-lampist",
    *(
        ROOT / "tests" / "documents" / f"{name}.json"
        for name in ("kitchen-sink", "interview-arabic", "interview-japanese")
    ),
)


@pytest.mark.parametrize("theme", ["magazine", "book", "plain"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_same_pages_come_of_what_is_remembered(page: Path, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document, options = exporter.read(page).document, exporter.Options(theme=theme, paper="a5")
    remembered, _ = exporter.render(document, "pdf", options)
    monkeypatch.setattr(memo, "remembering", lambda again: nullcontext())
    assert exporter.render(document, "pdf", options)[0] == remembered


@pytest.mark.parametrize("theme", ["magazine", "book"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_same_pages_come_of_lines_whose_end_is_known(
    page: Path, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, options = exporter.read(page).document, exporter.Options(theme=theme, draft=True)
    known, _ = exporter.render(document, "pdf", options)
    monkeypatch.setattr(paragraphs, "end_of", lambda *_: None)
    assert exporter.render(document, "pdf", options)[0] == known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_same_pages_come_of_sizes_known_by_their_style(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document, options = exporter.read(page).document, exporter.Options(draft=True)
    known, _ = exporter.render(document, "pdf", options)
    monkeypatch.setattr(memo, "_used", lambda style: None)
    assert exporter.render(document, "pdf", options)[0] == known


@pytest.mark.parametrize("theme", ["magazine", "plain"])
def test_the_same_pages_come_of_boxes_told_to_have_no_ground(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    is_bare = finishing._is_bare  # noqa: SLF001 - nothing else tells whether the short way was taken

    def told(*arguments: Any) -> bool:
        asked.append(is_bare(*arguments))
        return asked[-1]

    document, options = exporter.read(PAGES[1]).document, exporter.Options(theme=theme, draft=True)
    monkeypatch.setattr(finishing, "_is_bare", told)
    known, _ = exporter.render(document, "pdf", options)
    assert {True, False} == set(asked)
    monkeypatch.setattr(finishing, "_is_bare", lambda *_: False)
    assert exporter.render(document, "pdf", options)[0] == known


@pytest.mark.parametrize("page", PAGES[:3], ids=lambda page: page.stem)
def test_the_same_pages_come_of_plain_glyphs_drawn_together(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_together: list[bool] = []
    parts = glyph_runs._parts  # noqa: SLF001 - nothing else tells whether the short way was taken

    def taken(*arguments: Any) -> Any:
        put_together.append(False)
        found = parts(*arguments)
        put_together[-1] = True
        return found

    def refused(*_: Any) -> Any:
        raise LookupError

    document, options = exporter.read(page).document, exporter.Options(draft=True)
    monkeypatch.setattr(glyph_runs, "_parts", taken)
    known, _ = exporter.render(document, "pdf", options)
    assert {True, False} == set(put_together)
    monkeypatch.setattr(glyph_runs, "_parts", refused)
    assert exporter.render(document, "pdf", options)[0] == known


@pytest.mark.parametrize("change", [("direction", "rtl"), ("font_kerning", "none"), ("lang", "he")])
def test_widths_that_outlive_an_article_are_kept_apart_by_all_that_they_hang_on(change: tuple[str, str]) -> None:
    from weasyprint.css import InitialStyle
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    plain, other = InitialStyle(fonts), InitialStyle(fonts)
    name, value = change
    other[name] = value
    assert measuring._Ruler(plain).kind != measuring._Ruler(other).kind  # noqa: SLF001 - what a width is kept under


def test_a_line_whose_end_is_known_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.text import line_break

    document, options = exporter.read(PAGES[0]).document, exporter.Options(draft=True)
    letters: list[int] = []
    begin = line_break.Layout.set_text

    def set_text(self: object, text: str, *rest: object, **named: object) -> None:
        letters.append(len(text))
        begin(self, text, *rest, **named)

    exporter.render(document, "pdf", options)  # its words are measured
    monkeypatch.setattr(line_break.Layout, "set_text", set_text)
    exporter.render(document, "pdf", options)
    known = sum(letters)
    monkeypatch.setattr(paragraphs, "end_of", lambda *_: None)
    exporter.render(document, "pdf", options)
    assert known < 0.7 * (sum(letters) - known)


def test_margins_of_pages_are_made_for_the_layout_that_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    layouts, pages = [], []
    finish, lay_out = finishing.finished, finishing.unfinished

    def unfinished() -> object:
        layouts.append(1)
        return lay_out()

    def finished(laid: Any, steps: finishing.Steps) -> None:
        pages.append((len(laid.pages), len(steps)))
        finish(laid, steps)

    monkeypatch.setattr(finishing, "unfinished", unfinished)
    monkeypatch.setattr(finishing, "finished", finished)
    exporter.render(exporter.read(PAGES[0]).document, "pdf")
    assert len(layouts) > 2
    ((count, steps),) = pages
    assert steps == 2 * count  # its margin boxes and its grounds


MADE = (500, 508, 516)
"""Interviews made up by chance in which much is mended."""


@pytest.mark.parametrize("number", MADE)
def test_the_same_pages_come_of_pages_that_are_taken_over(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = write_made([number], tmp_path, ROOT / "source" / "the-last-lampist")
    document, options = exporter.read(file).document, exporter.Options(theme=("magazine", "book", "plain")[number % 3])
    counts: list[int] = []
    rests: list[int] = []

    def begun(laid: resumption.Laid | None, touched: resumption.Touched) -> object:
        counts.append(laid.good(touched.count) if laid else 0)
        return begin(laid, touched)

    def resumed(context: object, html: object, known: resumption.Laid, number: int) -> object:
        rests.append(len(known.pages) - number)
        return rest(context, html, known, number)

    begin, rest = resumption.begun, resumption.rest_of
    monkeypatch.setattr(resumption, "begun", begun)
    monkeypatch.setattr(resumption, "rest_of", resumed)
    gone_on, notices = exporter.render(document, "pdf", options)
    assert sum(counts) > 2
    assert sum(rests) > 2
    monkeypatch.setattr(resumption, "begun", lambda laid, touched: begin(None, touched))
    assert exporter.render(document, "pdf", options) == (gone_on, notices)


@pytest.mark.parametrize("number", MADE)
def test_the_same_pages_come_of_lines_that_are_taken_over(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = write_made([number], tmp_path, ROOT / "source" / "the-last-lampist")
    document, options = exporter.read(file).document, exporter.Options(theme=("magazine", "book", "plain")[number % 3])
    taken: list[int] = []
    take, remember = resumption.set_again, memo.remembering

    def set_again(context: object, known: object, *rest: object, **named: object) -> object:
        taken.append(1)
        return take(context, known, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(resumption, "set_again", set_again)
    kept, notices = exporter.render(document, "pdf", options)
    assert sum(taken) > 100
    monkeypatch.setattr(memo, "remembering", lambda again: remember())
    assert exporter.render(document, "pdf", options) == (kept, notices)


def test_a_pass_with_nothing_changed_works_nothing_out_again() -> None:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    memo.install()
    fonts, sheet = FontConfiguration(), CSS(string="p { margin: 1em calc(1em + 2px) }")
    page = '<style>:root { --a: 1 "b" }</style><p>The tide <b style="color: red">comes</b>'
    sizes = []
    with memo.remembering() as memory:
        for _ in range(3):
            HTML(string=page).render(stylesheets=[sheet], font_config=fonts)
            sizes.append((len(memory.kinds), len(memory.lines)))
    assert sizes[0] == sizes[1] == sizes[2]
    assert sizes[0][1] == len(["The tide ", "comes"])


def test_a_renderer_that_is_built_otherwise_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint import css
    from weasyprint.layout import inline

    split = inline.split_first_line
    monkeypatch.delattr(css.StyleFor, "set_computed_styles")
    memo.install.__wrapped__()
    assert inline.split_first_line is split
