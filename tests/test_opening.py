"""What opens an article and who signs it, where pages put it into boxes of their systems."""

from __future__ import annotations

from exporter import read
from exporter.model import Article
from exporter.sources.source import Source

TEXT = (
    "<p>There were nine lamps along the mole when the harbour was new, and a man with a ladder to go with them at dusk.</p>"
    "<p>Eight of them are bollards now. The ninth is lit by a cable that somebody ran from the fish shop in the winter.</p>"
    "<p>Nobody has ever sent a bill for the current, and the fish shop calls it advertising, though it stands far off.</p>"
)


def article_of(body: str, language: str = "en") -> Article:
    page = f'<html lang="{language}"><head><title>The last lamp on the mole</title></head><body>{body}</body></html>'
    return read(Source("page", page.encode(), "the page", ".html"), format="html").document.article


def authors(article: Article) -> list[str]:
    return [each.name for each in article.metadata.contributors if "author" in each.roles]


def test_the_card_of_microformats_in_an_articles_footer_says_who_wrote_and_when() -> None:
    article = article_of(
        f"""<article class="hentry"><h2 class="entry-title">The last lamp on the mole</h2>{TEXT}
        <footer class="entry-meta"><span class="author vcard">Written by <a class="url fn" href="/by/o">Odile Penhale</a></span>
        on <abbr class="published" title="2024-05-19T08:00:00+01:00">19 May, 2024</abbr> in <a href="/c">Harbour</a>.</footer>
        </article><div id="comments"><div class="comment-author vcard"><span class="fn">Ruan Tregear</span></div>
        <p>My father was the man with the ladder, and he never once fell in.</p></div>"""
    )
    assert authors(article) == ["Odile Penhale"]
    assert article.metadata.published.startswith("2024-05-19")


def test_a_card_in_the_footer_of_the_site_names_nobody() -> None:
    article = article_of(
        f"<main><h1>The last lamp on the mole</h1>{TEXT}</main>"
        '<footer><p class="author vcard">Design: <span class="fn">Odile Penhale</span></p></footer>'
    )
    assert authors(article) == []


def test_an_address_behind_by_names_nobody() -> None:
    assert (
        authors(article_of(f"<article><h1>The last lamp on the mole</h1><p>By ann@mole.example</p>{TEXT}</article>"))
        == []
    )


def test_a_picture_between_entries_with_times_opens_nothing() -> None:
    entries = "".join(
        f'<article class="block"><time>{time} GMT</time><h2>{title}</h2>{TEXT}{shown}</article>'
        for time, title, shown in (
            ("14.05", "The mill stands", ""),
            ("11.40", "The train is back", '<figure><img src="train.jpg" width="620" height="372"></figure>'),
            ("06.30", "Good morning", ""),
        )
    )
    article = article_of(
        f'<main><h1>The last lamp on the mole</h1><p class="byline">By Odile Penhale</p>{entries}</main>'
    )
    assert article.lead is None
