"""The cover of an e-book: composed by the theme, given by the user, or none."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from exporter.covers import compose
from exporter.covers.design import ORNAMENT, Cover, design_of
from exporter.images import picture_in
from exporter.images.cache import Rendition
from exporter.language import direction_of, locale_of
from exporter.model import Asset, Turn
from exporter.model.walk import plain
from exporter.notices import Notice, notice
from exporter.themes import Theme
from exporter.writers.epub.documents import Sheet
from exporter.writers.epub.pictures import FOLDER, Form
from exporter.writers.options import NO_COVER

_ENDS = ".!?…:;؟۔।。！？"

LONGEST = 2560
"""Pixels of a cover's longest side: what the makers of reading devices ask for, however small the other pictures."""


class BookCover(Struct, frozen=True):
    """The cover picture, the words for those who do not see it, and whether it has words for those who do."""

    picture: Rendition
    alt: str
    worded: bool = True

    @property
    def name(self) -> str:
        """Its file in the book."""
        return f"{FOLDER}/cover.{self.picture.name.rpartition('.')[2]}"


def face_of(
    sheet: Sheet, theme: Theme, wanted: str, photo: Rendition | None, form: Form, texts: dict[str, str]
) -> BookCover | None:
    """The cover as ``wanted`` (:class:`exporter.writers.options.Options`), with ``texts`` by field; None without one.

    Raises :class:`UsageError` when the file named is no picture.
    """
    if wanted == NO_COVER:
        return None
    if wanted:
        return _shown(sheet, picture_in(wanted), sheet.headline, form)
    made = _composed(sheet, theme, photo, texts)
    if made is None:
        return None
    words = _spoken(made.texts) or _told(sheet) or sheet.headline
    shown = _shown(sheet, Asset("cover", "image/jpeg", made.content), words, form)
    return replace(shown, worded=bool(made.texts))


def missing(face: BookCover | None, sheet: Sheet, wanted: str) -> tuple[Notice, ...]:
    """What is to be said of a cover that was to be made: that there is none, or that it has a photo and no words."""
    if wanted or not sheet.headline:
        return ()
    if face is None:
        return (notice("cover-left-out"),)
    return () if face.worded else (notice("cover-without-words"),)


def _shown(sheet: Sheet, asset: Asset, words: str, form: Form) -> BookCover:
    labels = sheet.context.labels
    larger = replace(form, longest=LONGEST, max_pixels=max(form.max_pixels, 5_600_000))
    return BookCover(larger.applied(asset), f"{labels.cover}{labels.colon} {words}")


def texts_of(sheet: Sheet) -> dict[str, str]:
    """What stands on the cover of an article, by field."""
    article = sheet.article
    texts = {
        "publication": article.metadata.publication,
        "kicker": plain(article.kicker) or article.metadata.section,
        "headline": plain(article.headline),
        "deck": plain(article.deck),
        "byline": plain(article.byline),
    }
    if any(isinstance(block, Turn) for block in article.body):
        texts[ORNAMENT] = locale_of(sheet.context.language).quotes[0]
    return texts


def _composed(sheet: Sheet, theme: Theme, photo: Rendition | None, texts: dict[str, str]) -> Cover | None:
    language = sheet.context.language
    shown = photo.content if photo else None
    return compose(design_of(theme), theme.font, texts, shown, direction_of(language), language)


def _spoken(texts: tuple[str, ...]) -> str:
    """The lines of a cover as sentences, for screen readers."""
    return " ".join(text if text[-1] in _ENDS else f"{text}." for text in texts[:-1]) + " ".join(("", *texts[-1:]))


def _told(sheet: Sheet) -> str:
    """The page's own words for the photo, for a cover that has no words."""
    lead = sheet.article.lead
    return (lead.images[0].alt or plain(lead.caption)) if lead else ""
