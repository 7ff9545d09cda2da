"""A reflowable EPUB 3.3: the same semantic markup as the other writers, in a package that every reading system opens.

Nothing here states looks (``styles/*/ebook.css`` does) or prints words of its own (``locales`` does). The same document gives
the same bytes on every day and in every place: dates come from the document or the options, never from the clock.
"""

from __future__ import annotations

from collections.abc import Iterable

from exporter import covers, themes
from exporter.assets import Rendition
from exporter.language import direction_of
from exporter.model import Document
from exporter.notices import Notice
from exporter.walk import plain
from exporter.writers import html
from exporter.writers.epub import metadata, navigation, pages
from exporter.writers.epub.checks import check
from exporter.writers.epub.navigation import Entry, Spot
from exporter.writers.epub.package import CSS, NCX, XHTML, Landmark, Package, Part, bind
from exporter.writers.epub.pages import Page, Sheet
from exporter.writers.epub.pictures import Pictures
from exporter.writers.options import Options
from exporter.writers.templating import fill

COVER = "images/cover.jpg"
COVER_KEY = "cover-image"


def render(document: Document, options: Options) -> tuple[bytes, tuple[Notice, ...]]:
    """The EPUB file, and what is to be said about it.

    Raises :class:`WriteError` when a picture cannot be used or the book is not whole, :class:`ThemeError` and
    :class:`UsageError` as :func:`exporter.themes.load` does.
    """
    theme = themes.load(options.theme)
    pictures = Pictures(document)
    article = document.article
    setting = html.setting_of(article, pictures.source, semantics=True)
    sheet = Sheet(article, setting)
    face = _cover(sheet, theme, pictures.of(article.lead))
    package = _package(document, options, sheet, pictures, face, theme.sheet("ebook"))
    check(package, article, setting)
    return bind(package), tuple(pictures.notices)


def _cover(sheet: Sheet, theme: themes.Theme, photo: Rendition | None) -> covers.Cover | None:
    article = sheet.article
    texts = {
        "publication": article.metadata.publication,
        "kicker": plain(article.kicker) or article.metadata.section,
        "headline": sheet.headline,
        "deck": plain(article.deck),
        "byline": plain(article.byline),
    }
    direction = direction_of(sheet.setting.language)
    return covers.compose(covers.design_of(theme), theme.font, texts, photo.content if photo else None, direction)


def _package(
    document: Document, options: Options, sheet: Sheet, pictures: Pictures, face: covers.Cover | None, style: str
) -> Package:
    labels, language, article = sheet.setting.labels, sheet.setting.language, sheet.article
    identifier = metadata.identifier_of(document)
    front = (*((pages.cover(sheet, COVER, _cover_alt(sheet, face)),) if face else ()), pages.title_page(sheet))
    chapters, back = pages.chapters(sheet), (pages.colophon(sheet),)
    spots = _spots(sheet, front)
    entries = _entries(sheet, chapters)
    documents = (*front, *chapters, *back)
    return Package(
        identifier=identifier,
        title=metadata.legal(sheet.headline),
        language=language,
        direction=direction_of(language),
        moment=options.made or metadata.moment_of(article.metadata),
        statements=metadata.statements(article, COVER_KEY if face else "", metadata.summary_of(article, labels)),
        parts=(
            _nav(sheet, entries, spots),
            _ncx(sheet, entries, identifier),
            Part("style", "style.css", CSS, style.encode("utf-8")),
            *(Part(_key(page.name), page.name, XHTML, page.content, in_spine=True) for page in documents),
            *_picture_parts(pictures.files(), face),
        ),
        guide=_guide(spots),
    )


def _cover_alt(sheet: Sheet, face: covers.Cover | None) -> str:
    """What the cover says, or, where it shows no words, what is told about its photo."""
    labels, lead = sheet.setting.labels, sheet.article.lead
    told = (lead.images[0].alt or plain(lead.caption)) if lead else ""
    return f"{labels.cover}{labels.colon} " + (". ".join(face.texts) if face and face.texts else told or sheet.headline)


def _spots(sheet: Sheet, front: tuple[Page, ...]) -> tuple[Spot, ...]:
    labels = sheet.setting.labels
    cover = (Spot(labels.cover, "cover.xhtml", "cover"),) if len(front) > 1 else ()
    return (
        *cover,
        Spot(labels.title_page, "titlepage.xhtml", "titlepage"),
        Spot(sheet.headline, "text-1.xhtml#start", "bodymatter"),
        Spot(labels.colophon, "colophon.xhtml", "colophon"),
    )


def _entries(sheet: Sheet, chapters: tuple[Page, ...]) -> tuple[Entry, ...]:
    labels = sheet.setting.labels
    homes = {anchor: page.name for page in chapters for anchor in page.anchors}
    headings = html.outline(sheet.article, sheet.setting.plan)
    asked = any(heading.kind == "question" for heading in headings)
    return navigation.contents(
        front=[Spot(labels.title_page, "titlepage.xhtml")],
        headings=headings,
        back=[Spot(labels.colophon, "colophon.xhtml")],
        body=Spot(labels.conversation if asked else sheet.headline, "text-1.xhtml#start"),
        href_of=lambda anchor: f"{homes[anchor]}#{anchor}",
    )


def _nav(sheet: Sheet, entries: tuple[Entry, ...], spots: tuple[Spot, ...]) -> Part:
    labels = sheet.setting.labels
    page = sheet.page("nav.xhtml", "nav.xhtml.j2", labels.contents, entries=entries, landmarks=spots)
    return Part("nav", page.name, XHTML, page.content, properties=("nav",))


def _ncx(sheet: Sheet, entries: tuple[Entry, ...], identifier: str) -> Part:
    content = fill(
        "toc.ncx.j2",
        language=sheet.setting.language,
        identifier=identifier,
        title=sheet.headline,
        entries=entries,
        depth=navigation.depth_of(entries),
    )
    return Part("ncx", "toc.ncx", NCX, content.encode("utf-8"))


def _picture_parts(files: Iterable[Rendition], face: covers.Cover | None) -> Iterable[Part]:
    if face:
        yield Part(COVER_KEY, COVER, "image/jpeg", face.content, properties=("cover-image",))
    for file in files:
        yield Part(f"picture-{file.name.partition('.')[0]}", f"images/{file.name}", file.media_type, file.content)


def _guide(spots: tuple[Spot, ...]) -> tuple[Landmark, ...]:
    kinds = {"cover": "cover", "titlepage": "title-page", "bodymatter": "text"}
    return tuple(Landmark(kinds[spot.kind], spot.title, spot.href) for spot in spots if spot.kind in kinds)


def _key(name: str) -> str:
    return name.partition(".")[0]
