"""Captions that only their type or their place tells from the paragraphs around."""

from __future__ import annotations

from collections.abc import Callable

from exporter.readers.article.body import prose
from exporter.readers.article.captions import POINTER
from exporter.readers.dom.search import stands_in
from exporter.readers.lexicon.folding import fold
from exporter.readers.lexicon.vocabulary import WORDS, Cue
from exporter.readers.segments.emphasis import emphasis_of, is_question
from exporter.readers.segments.segment import Segment
from exporter.readers.segments.type_sizes import is_centred, is_small

_POINTING = Cue("caption_opening", rf"^\W*{WORDS}")
_CREDITING = Cue("credit_lead", rf"^\W*{WORDS}\b")
LINKED = 0.5
"""Share of the letters in links from which on a text leads elsewhere."""
TYPE_WORDS = 40
"""A text that only its type may make a caption has no more words."""
LEAST_ALIKE = 2
"""Texts below pictures that must look alike before only their place makes them captions."""


def is_caption_by_type(segments: list[Segment], index: int, near: Segment) -> bool:
    """Whether the text below the picture at ``index`` is set as none of the paragraphs is, or says that it is about it."""
    if _says_something_else(near):
        return False
    unlike = _stands_out(segments, index, near, is_small) or _stands_out(segments, index, near, is_centred)
    by_words = _ends_paragraph(segments[index], near) or _points_at_picture(near.text)
    return unlike or _alone_in_italics(segments, near) or by_words


def is_caption_by_place(segments: list[Segment], near: Segment) -> bool:
    """Whether texts that look so stand below pictures only, two or more of them."""
    if near.word_count > 1 and _says_something_else(near):
        return False
    alike = [place for place, each in enumerate(segments) if each.kind == "paragraph" and each.dress == near.dress]
    if len(alike) < LEAST_ALIKE or not all(_is_below_picture(segments, place) for place in alike):
        return False
    # Where each step of a manual stands below its picture, the steps are the text: captions are in another kind of element.
    others = [each for each in segments if each.kind == "paragraph" and each.dress != near.dress and prose(each)]
    return len(others) > len(alike) and all(each.dress.own[:1] != near.dress.own[:1] for each in others)


def _says_something_else(near: Segment) -> bool:
    """Whether the text below a picture is too long, a section, a link, a question, a label or begins as a credit does."""
    counted = 2 <= near.word_count <= TYPE_WORDS and near.link_density < LINKED
    told = is_question(near.text) or emphasis_of(near.inlines) == "bold" or bool(_CREDITING.match(near.text))
    return told or not counted


def _points_at_picture(text: str) -> bool:
    """Whether a text says itself that it is about the picture: ``"Pictured: …"``, ``"图为…"``, ``"▲ …"``."""
    return POINTER.match(text) is not None or _POINTING.match(text) is not None


def _stands_out(segments: list[Segment], index: int, near: Segment, is_set: Callable[[Segment], bool]) -> bool:
    """Whether the text is set so and the paragraphs before and behind the picture are not."""
    if not is_set(near):
        return False
    around = (*reversed(segments[:index]), *segments[index + 1 :])
    others = [each for each in around if each.kind == "paragraph" and each.open and each is not near]
    long = [each for each in others if each.word_count > TYPE_WORDS // 2]
    return bool(long) and not any(map(is_set, long[:8]))


def _alone_in_italics(segments: list[Segment], near: Segment) -> bool:
    """Whether a few words are in italics, as no other paragraph is that stands below none of the pictures."""
    if near.word_count > TYPE_WORDS // 2 or emphasis_of(near.inlines) != "italic":
        return False
    before = (None, *segments)
    others = (each for above, each in zip(before, segments, strict=False) if above is None or above.kind != "figure")
    return not any(each.open and each is not near and emphasis_of(each.inlines) == "italic" for each in others)


def _ends_paragraph(figure: Segment, near: Segment) -> bool:
    """Whether the text is all that a paragraph holds behind the picture, and is set or ended as no sentence of the text is."""
    paragraph, picture = near.element, figure.element
    if paragraph is None or picture is None or paragraph.name != "p" or not stands_in(picture, paragraph):
        return False
    unlike = emphasis_of(near.inlines) == "italic" or is_small(near) or is_centred(near)
    alone = fold(paragraph.get_text(" ")) == near.text
    return alone and (unlike or (near.word_count <= TYPE_WORDS // 2 and near.text[-1:] not in ".!?…:。！？"))


def _is_below_picture(segments: list[Segment], place: int) -> bool:
    """Whether nothing but boilerplate stands between a text and the picture above it."""
    above_it = next((each for each in reversed(segments[:place]) if each.kind != "furniture"), None)
    return above_it is not None and above_it.kind == "figure"
