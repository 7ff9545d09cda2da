"""What an independent account of the page sees is told of: no visible words without a fate, whatever the reader thinks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from exporter import Reading, read
from exporter.sources.encoding import decode
from exporter.sources.source import Source

TESTS = Path(__file__).resolve().parent
sys.path.insert(0, str(TESTS / "eval"))

from visible import untold, visible  # noqa: E402 - its folder is put on the path above

PAGES = [*sorted((TESTS / "pages").glob("*/source.html")), *sorted((TESTS.parent / "source").glob("*/article.html"))]


def reading_of(content: bytes) -> Reading:
    return read(Source("page", content, "the page", ".html"), format="html")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_visible_text_is_told_of(page: Path) -> None:
    content = page.read_bytes()
    assert untold(decode(content).text, reading_of(content)) == []


PROSE = "She has wound the clock of the harbour office every Friday for thirty-one years, and never once been thanked."


def test_what_a_browser_does_not_show_does_not_count() -> None:
    page = f"<body><p>{PROSE}</p><p hidden>unseen</p><p style='display: none'>gone</p><script>x</script><template>t</template>"
    assert [words for _, words in visible(page)] == [PROSE]
    shadow = f"<body><div><template shadowrootmode=open><p>{PROSE}</p></template></div>"
    assert [words for _, words in visible(shadow)] == [PROSE]


def test_a_text_without_a_fate_is_found() -> None:
    content = (
        f"<title>Clock</title><body><h1>Clock of the harbour</h1><p>{PROSE}</p><p>It runs late. {PROSE}</p>".encode()
    )
    whole = reading_of(content)
    short = Reading(whole.document, whole.notices, tuple(fate for fate in whole.fates if "It runs" not in fate.text))
    assert untold(content.decode(), whole) == []
    assert [each.text[:12] for each in untold(content.decode(), short)] == ["It runs late"]
