"""Lines of display type end where a reader pauses: not inside names, inside words only where they are longer than a line."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from pyphen import Pyphen

from exporter import themes
from exporter.model import Article, Document, Metadata, Paragraph, Text
from exporter.writers import pdf
from exporter.writers.options import Options
from exporter.writers.xhtml.page import RUNNING_HEAD, _running

LONG = "Donaudampfschifffahrtsgesellschaftskapitän"


def lines_of(headline: str, theme: str, byline: str = "", language: str = "de") -> list[str]:
    article = Article(
        Metadata(language=language),
        (Text(headline),),
        deck=(Text(f"{LONG} und andere"),),
        byline=(Text(byline),) if byline else (),
        body=(Paragraph((Text("Am Anfang war es still."),)),),
    )
    content, _ = pdf.render(Document(article), Options(theme=theme, paper="a5", draft=True))
    with pypdfium2.PdfDocument(content) as file:
        text = "\n".join(page.get_textpage().get_text_range() for page in file)
    return re.sub("\ufffe", "-\n", text).splitlines()


@pytest.mark.parametrize("theme", themes.theme_names())
def test_a_word_longer_than_its_line_is_divided_as_its_language_divides_it(theme: str) -> None:
    heads = {head for head, _ in Pyphen(lang="de").iterate(LONG)}
    lines = lines_of(LONG, theme)
    parts = [line[:-1] for line in lines if line.endswith("-") and LONG.startswith(line[:-1])]
    assert LONG.startswith(lines[0].rstrip("-"))
    assert set(parts) <= heads


@pytest.mark.parametrize("theme", themes.theme_names())
def test_a_byline_divides_no_name(theme: str) -> None:
    names = ("Mira Tolland", "Jonas Brekke", "Lena Brekke-Sørensdatter", "Ingeborg Aaltonen-Wettergren", "Ada Quill")
    found = lines_of("Es", theme, f"Von {', '.join(names)} und Idris Vale")
    lines = [re.sub(r"[\s-]", "", line).lower() for line in found]
    bare = [re.sub(r"[\s-]", "", name).lower() for name in names]
    assert [name for name in bare if not any(name in line for line in lines)] == []


@pytest.mark.parametrize(
    ("headline", "head"),
    [
        ("The harbour book", "The harbour book"),
        (
            "Why the last pilot of Port Ansel believes that the sea will outlive us all",
            "Why the last pilot of Port Ansel believes…",
        ),
        ("After the flood, the long rebuilding of a town that nobody had asked to move", "After the flood"),
        ("Ins Ungewisse: wie eine Werft im Norden den Winter und den Krieg überstand", "Ins Ungewisse"),
    ],
)
def test_a_running_head_ends_where_the_thought_does(headline: str, head: str) -> None:
    assert _running(headline) == head
    assert len(head) <= RUNNING_HEAD
