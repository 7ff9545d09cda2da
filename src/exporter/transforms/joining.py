"""One article that was read page by page → one reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from exporter.model import Article, Asset
from exporter.notices import Notice, notice
from exporter.results import Reading


def joined(pages: Sequence[Reading]) -> Reading:
    """The article over all its pages: the first one's opening and metadata, the running text of all in their order.

    Headline, deck and byline of a further page repeat those of the first and stay out; its lead picture goes into the text.
    """
    first, *others = pages
    if not others:
        return first
    article = first.document.article
    for page in others:
        article = _with(article, page.document.article)
    assets: dict[str, Asset] = {asset.key: asset for page in pages for asset in page.document.assets}
    return replace(
        first,
        document=replace(first.document, article=article, assets=tuple(assets.values())),
        notices=(*_notices(pages), notice("pages-joined", count=len(pages))),
        fates=tuple(fate for page in pages for fate in page.fates),
    )


def _notices(pages: Sequence[Reading]) -> Iterator[Notice]:
    """What was said of each page; that a block to be corrected is missing, only where every page misses it."""
    for number, page in enumerate(pages):
        for each in page.notices:
            if each.code != "correction-unmatched" or (number == 0 and all(each in other.notices for other in pages)):
                yield each


def _with(article: Article, further: Article) -> Article:
    lead = (further.lead,) if further.lead is not None and further.lead != article.lead else ()
    more = (*lead, *further.introduction, *further.body)
    related = tuple(dict.fromkeys((*article.related, *further.related)))
    if article.body:
        return replace(article, body=(*article.body, *more), related=related)
    return replace(article, introduction=(*article.introduction, *more), related=related)
