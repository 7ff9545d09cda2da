"""Figures: the pictures of a box, its caption and its credit, and captions and credits that stand beside or far from it."""

from __future__ import annotations

from collections.abc import Callable

from bs4 import Tag
from msgspec import Struct

from exporter.model import Figure, Image, Inline, Text
from exporter.readers.credits import is_credit, like_name, strip_lead
from exporter.readers.credits import split as split_credit
from exporter.readers.inlines import attribute
from exporter.readers.pictures import declared_size, own_source, sources_of, telling
from exporter.readers.pieces import Piece, fold, text_of
from exporter.readers.vocabulary import WORDS, Cue, cues, named
from exporter.readers.voices import fold_name, take

CAPTION_WORDS = 70
"""A paragraph with more words is no caption, whatever stands above it."""

_ALL_BY = Cue("all_pictures", rf"(?:^|(?<=[.!?…] ))\W*{WORDS}\s*:?\s+(?P<who>[^\W\d_][^.!?;:()]{{2,50}}?)\s*(?:[.)]|$)")
CLOSING_PIECES = 6
"""Paragraphs at the end of an article in which the pictures' credit is looked for."""
_CREDIT_WORD = Cue("credit_lead", rf"\s*\b{WORDS}[\s.…:]*$")
_REMOTE = Cue("remote_credit", rf"^\W*{WORDS}s?\s*[:：]")


class Shown(Struct, frozen=True):
    """What a figure shows, before its pictures are loaded: its addresses (best first), its own one, its alt text."""

    sources: tuple[str, ...]
    own: str
    alt: str
    width: int
    height: int


Loader = Callable[[Shown], Image | None]
"""Turns what the page offers into a picture of the model, or None where the picture was refused as no photo."""


def resolve(pieces: list[Piece], load: Loader, house: str = "") -> None:
    """Gives every figure piece its model node, and settles the pieces that became its captions and credits."""
    for piece in pieces:
        if piece.kind == "figure" and piece.open and piece.block is None:
            _resolve(piece, load, house)
    _adopt_neighbours(pieces)
    _adopt_remote_credits(pieces)
    _credit_all(pieces)
    _read_alternatives(pieces)
    _print_once(pieces)
    for piece in pieces:
        if piece.open and piece.kind == "paragraph" and piece.word_count <= CAPTION_WORDS and _is_orphan(piece):
            piece.leave_out("caption-without-picture")


def _is_orphan(piece: Piece) -> bool:
    """A text that its own element calls a caption or credit, with no picture left to belong to."""
    if piece.element is None:
        return False
    own = attribute(piece.element, "class")
    return (
        piece.element.name == "figcaption" or named(own, "caption") or (named(own, "credit") and piece.word_count <= 12)
    )


def _resolve(piece: Piece, load: Loader, house: str) -> None:
    images: list[Image] = []
    for inner in piece.pieces:
        images.extend(_images(inner, load))
    images = list({image.source or image.asset: image for image in images}.values())
    if not images:
        for inner in piece.pieces:
            inner.leave_out(inner.rule or "no-picture")
        piece.leave_out("no-picture")
        return
    caption, credit = _texts(piece, house)
    piece.block = Figure(tuple(images), caption, credit)


def _images(piece: Piece, load: Loader) -> list[Image]:
    if piece.kind == "figure":
        found = [image for inner in piece.pieces for image in _images(inner, load)]
        piece.settle("figure", "picture")
        return found
    if piece.kind != "anchor" or not piece.open or piece.element is None:
        return []
    image = load(shown(piece))
    if image is None:
        piece.leave_out("icon")
        return []
    piece.settle("picture", "picture")
    return [image]


def shown(piece: Piece) -> Shown:
    """What the page offers for the picture element of an anchor piece."""
    if piece.element is None:
        return Shown((), "", "", 0, 0)
    width, height = declared_size(piece.element)
    return Shown(
        tuple(sources_of(piece.element)),
        own_source(piece.element),
        telling(fold(attribute(piece.element, "alt"))),
        width,
        height,
    )


# ------------------------------------------------------------------------------------------------- caption and credit inside


def _texts(piece: Piece, house: str) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """Caption and credit of a figure's own text pieces, in the order of the page; what is said twice is said once."""
    captions: list[tuple[Inline, ...]] = []
    credit_lines: list[str] = []
    seen: set[str] = set()
    for inner in _text_pieces(piece):
        key = inner.text.casefold().strip(" .:")
        if key in cues("credit_lead") and not _in_figcaption(inner):
            inner.leave_out("picture-label")
            continue
        if key in seen:
            inner.leave_out("repeated-caption")
            continue
        seen.add(key)
        caption, credit = _parted(inner, captions, house)
        if caption:
            captions.append(caption)
        if credit:
            credit_lines.append(credit)
        inner.settle("caption" if caption else "credit", "figure-text")
    return _joined(captions), tuple([Text(" / ".join(dict.fromkeys(credit_lines)))] if credit_lines else [])


def _text_pieces(piece: Piece) -> list[Piece]:
    found = []
    for inner in piece.pieces:
        if inner.pieces and inner.kind != "furniture":
            found.extend(_text_pieces(inner))
            inner.settle("figure", "figure-text")
        elif inner.open and inner.inlines:
            found.append(inner)
    return found


def _parted(piece: Piece, captions: list[tuple[Inline, ...]], house: str) -> tuple[tuple[Inline, ...], str]:
    """The caption's words and the credit in one piece of a figure's text."""
    own = _own_names(piece)
    if named(own, "credit") and not named(own, "caption"):
        return (), strip_lead(piece.text)
    last = _last_span(piece)
    if last:
        words = cut(piece.inlines, piece.text[: -len(last)].rstrip())
        return _without_word(words), strip_lead(last)
    caption, credit = split_credit(piece.text, house)
    if not credit and captions and _bare_credit(piece.text):
        return (), piece.text
    return (cut(piece.inlines, caption) if caption else ()), credit


def _last_span(piece: Piece) -> str:
    """The name in the last of several elements of a caption that stand side by side: a credit in a line of its own."""
    parts = [each for each in piece.element.children if isinstance(each, Tag)] if piece.element is not None else []
    if len(parts) < 2 or any(part.name not in ("span", "small", "em", "i", "cite") for part in parts):
        return ""
    last = fold(parts[-1].get_text())
    before = fold(parts[-2].get_text(" "))
    bare = strip_lead(last)
    apart = before[-1:] in '.!?…”"»)' and len(before.split()) >= 3
    named_so = is_credit(last) or (like_name(bare) and len(bare.split()) <= 8)
    return last if apart and piece.text.endswith(last) and named_so else ""


def _without_word(caption: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A caption less the words for a credit that stood between it and the name."""
    text = text_of(caption)
    found = _CREDIT_WORD.search(text)
    return take(caption, found.start()) if found else caption


def _own_names(piece: Piece) -> str:
    """The names of the element itself, and of the one around it when that holds nothing else."""
    tag = piece.element
    if tag is None:
        return ""
    found = f"{attribute(tag, 'class')} {attribute(tag, 'itemprop')} {attribute(tag, 'id')}"
    parent = tag.parent
    if parent is not None and fold(parent.get_text(" ")) == piece.text:
        found += f" {attribute(parent, 'class')} {attribute(parent, 'itemprop')}"
    return found


def _bare_credit(text: str) -> bool:
    """A name after a caption, in a piece of its own."""
    return len(text.split()) <= 6 and like_name(text) and not text.endswith((".", "?", "!"))


def cut(inlines: tuple[Inline, ...], caption: str) -> tuple[Inline, ...]:
    """The beginning of ``inlines`` that makes up ``caption``."""
    whole = text_of(inlines)
    return (
        inlines if caption == whole else take(inlines, len(caption)) if whole.startswith(caption) else (Text(caption),)
    )


def _joined(captions: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for caption in captions:
        if made:
            made.append(Text(" "))
        made.extend(caption)
    return tuple(made)


# ---------------------------------------------------------------------------------------------------- caption and credit near


def _adopt_neighbours(pieces: list[Piece]) -> None:
    for index, piece in enumerate(pieces):
        if not isinstance(piece.block, Figure) or not piece.open:
            continue
        near = _following(pieces, index)
        if not piece.block.caption and near is not None:
            module = _module(pieces, piece, near)
            _adopt(piece, near, "caption-in-module" if module or _is_lone_entry(near) else "caption-after-picture")
            _extend_caption(piece, module)
        if not piece.block.caption and not piece.block.credit:
            _adopt(piece, _preceding(pieces, index), "caption-before-picture")
        if piece.block.caption and not piece.block.credit:
            _adopt_credit(piece, _following(pieces, index))


def _is_alternative(near: Piece, figure: Figure) -> bool:
    """Whether the text repeats what the page says of the picture for those who cannot see it."""
    said = fold_name(near.text)
    return len(said) > 20 and any(
        said in fold_name(image.alt) or fold_name(image.alt)[:-1] == said for image in figure.images if image.alt
    )


def _in_figcaption(piece: Piece) -> bool:
    return piece.element is not None and (
        piece.element.name == "figcaption" or piece.element.find_parent("figcaption") is not None
    )


def _module(pieces: list[Piece], figure: Piece, near: Piece) -> list[Piece]:
    """The few short texts that share a box of the page with the picture alone: its caption."""
    if figure.element is None or near.element is None:
        return []
    around = {id(each) for each in near.element.parents}
    box = next((each for each in figure.element.parents if id(each) in around), None)
    if box is None or box.name in ("body", "article", "main", "html", "section"):
        return []
    inside = [piece for piece in pieces if piece.open and piece.element is not None and box in piece.element.parents]
    texts = [piece for piece in inside if piece is not figure]
    short = len(texts) <= 3 and sum(piece.word_count for piece in texts) <= CAPTION_WORDS
    return texts if short and all(piece.kind == "paragraph" for piece in texts) and near in texts else []


def _is_lone_entry(near: Piece) -> bool:
    """A list of one entry under a picture lists nothing: it is a caption."""
    return near.kind == "list" and near.element is not None and len(near.element.find_all("li", limit=2)) == 1


def _following(pieces: list[Piece], index: int) -> Piece | None:
    for later in pieces[index + 1 : index + 5]:
        if later.kind in ("paragraph", "heading", "list") and later.open:
            return later
        if later.open and later.kind != "furniture":
            return None
    return None


def _preceding(pieces: list[Piece], index: int) -> Piece | None:
    before = pieces[index - 1] if index else None
    return before if before is not None and before.open and before.kind == "paragraph" else None


def _adopt(figure: Piece, near: Piece | None, rule: str) -> None:
    if near is None or near.word_count > CAPTION_WORDS or not isinstance(figure.block, Figure):
        return
    own = _own_names(near)
    caption, credit = split_credit(near.text)
    marked = named(own, "caption") or named(own, "credit") or rule == "caption-in-module" or _in_figcaption(near)
    marked = marked or _is_alternative(near, figure.block)
    if not marked and not (credit and (not caption or len(caption.split()) <= 45)):
        return
    if rule == "caption-before-picture" and not marked:
        return
    if marked and not credit and named(own, "credit") and not named(own, "caption"):
        caption, credit = "", strip_lead(near.text)
    figure.block = Figure(
        figure.block.images,
        _caption_words(near, caption) if caption else figure.block.caption,
        (Text(credit),) if credit else figure.block.credit,
    )
    near.settle("caption" if caption else "credit", rule)


def _extend_caption(figure: Piece, module: list[Piece]) -> None:
    for more in module:
        if more.open and isinstance(figure.block, Figure):
            caption = (*figure.block.caption, Text(" "), *more.inlines) if figure.block.caption else more.inlines
            figure.block = Figure(figure.block.images, caption, figure.block.credit)
            more.settle("caption", "caption-in-module")


def _caption_words(near: Piece, caption: str) -> tuple[Inline, ...]:
    return cut(near.inlines, caption) if near.inlines else (Text(caption),)


def _adopt_credit(figure: Piece, near: Piece | None) -> None:
    if near is not None and isinstance(figure.block, Figure) and is_credit(near.text) and near.word_count <= 12:
        figure.block = Figure(figure.block.images, figure.block.caption, (Text(strip_lead(near.text)),))
        near.settle("credit", "credit-after-picture")


def _adopt_remote_credits(pieces: list[Piece]) -> None:
    """``Titelbild: X``, in one line or as a label and a line, is the credit of the first picture that has none."""
    for index, piece in enumerate(pieces):
        if not piece.open or piece.kind != "paragraph" or piece.word_count > 16:
            continue
        if _REMOTE.match(piece.text):
            _credit_first(pieces, [piece])
        elif piece.text.strip(" :").casefold() in cues("remote_credit") and index + 1 < len(pieces):
            following = pieces[index + 1]
            if following.open and like_name(following.text):
                _credit_first(pieces, [following, piece])


def _credit_all(pieces: list[Piece]) -> None:
    """Takes "All photos by X", a sentence at the end of the article, for the credit of every picture that has none."""
    closing = [piece for piece in pieces if piece.open and piece.kind == "paragraph"][-CLOSING_PIECES:]
    for piece in closing:
        found = _ALL_BY.search(piece.text) if piece.word_count <= CAPTION_WORDS else None
        if found is None or not like_name(found["who"].strip()):
            continue
        for target in pieces:
            if target.open and isinstance(target.block, Figure) and not target.block.credit:
                target.block = Figure(target.block.images, target.block.caption, (Text(found["who"].strip()),))
        if found.group().strip(" .") == piece.text.strip(" ."):
            piece.settle("credit", "remote-credit")


def _credit_first(pieces: list[Piece], told: list[Piece]) -> None:
    target = next((each for each in pieces if isinstance(each.block, Figure) and each.open), None)
    if target is not None and isinstance(target.block, Figure) and not target.block.credit:
        target.block = Figure(target.block.images, target.block.caption, (Text(strip_lead(told[0].text)),))
        for piece in told:
            piece.settle("credit", "remote-credit")


def _read_alternatives(pieces: list[Piece]) -> None:
    """A credit at the end of the alt text is taken when the page prints neither caption nor credit."""
    for piece in pieces:
        figure = piece.block
        if (
            isinstance(figure, Figure)
            and piece.open
            and not figure.caption
            and not figure.credit
            and len(figure.images) == 1
        ):
            _, credit = split_credit(figure.images[0].alt)
            if credit:
                piece.block = Figure(figure.images, (), (Text(credit),))


def _print_once(pieces: list[Piece]) -> None:
    """The same picture twice is printed once, unless it says something else the second time."""
    seen: dict[str, str] = {}
    for piece in pieces:
        if not isinstance(piece.block, Figure) or not piece.open or len(piece.block.images) != 1:
            continue
        image = piece.block.images[0]
        key = image.asset or image.source.split("?")[0]
        said = text_of(piece.block.caption)
        if key in seen and said in ("", seen[key]):
            piece.leave_out("picture-repeated")
        seen.setdefault(key, said)
