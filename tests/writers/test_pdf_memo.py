"""What is remembered from one pass to the next changes no byte of the result."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

import exporter
from exporter.writers.pdf.weasyprint.patches import memo

ROOT = Path(__file__).parents[2]
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
    monkeypatch.setattr(memo, "remembering", nullcontext)
    assert exporter.render(document, "pdf", options)[0] == remembered


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
