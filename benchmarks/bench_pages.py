"""The pages that ``bench.py`` has printed: one that needs no mending, one with large photos, and one in Typst's markup."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace
from PIL import Image, ImageOps

import exporter
from exporter import Document
from exporter.images import rendition
from exporter.model import Answer, Block, BlockQuote, Crosshead, Figure, Inline, Paragraph, PullQuote, Question, Turn
from exporter.model.walk import plain, walk

SIZE = (2400, 1600)
OCTAVES = ((150, 0.4), (40, 0.3), (12, 0.2), (4, 0.12))
GRAIN = 0.08


def without_faults(document: Document) -> Document:
    """The longest beginning of the document, without its pull quotes, on whose pages the proof-reader marks nothing."""
    article = document.article
    body, introduction = tuple(_quiet(article.body)), tuple(_quiet(article.introduction))
    for length in range(len(body), 0, -1):
        shorter = replace(document, article=replace(article, body=body[:length], introduction=introduction))
        if not exporter.proofread(shorter).before:
            return shorter
    raise SystemExit("No part of this page needs no mending: name another.")


def _quiet(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Turn):
            answers = tuple(replace(each, blocks=tuple(_quiet(each.blocks))) for each in block.answers)
            yield replace(block, answers=answers)
        elif not isinstance(block, PullQuote):
            yield block


def with_photos(folder: Path, target: Path, kind: str) -> Path:
    """A copy of a saved page whose pictures are photos of 2400 by 1600, as "JPEG" (quality 90) or "PNG"; "" leaves them out."""
    shutil.copytree(folder, target)
    for number, picture in enumerate(sorted((target / "images").iterdir())):
        if kind:
            photo(number).save(picture, kind, **({"quality": 90} if kind == "JPEG" else {}))
        else:
            picture.unlink()
    return next(target.glob("*.html"))


def photo(seed: int) -> Image.Image:
    """What a camera might have seen: shapes of all sizes in mixed colours, and grain. The same for the same number."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    light = _mixed(dice)
    bands = [Image.blend(light, _noise(dice, size), 0.35) for size in (300, 300, 500)]
    grain = _noise(dice, 2)
    sharp = ImageOps.autocontrast(Image.merge("RGB", bands), cutoff=1)
    return Image.blend(sharp, Image.merge("RGB", [grain] * 3), GRAIN)


def _mixed(dice: random.Random) -> Image.Image:
    mixed = _noise(dice, 600)
    for size, part in OCTAVES:
        mixed = Image.blend(mixed, _noise(dice, size), part)
    return mixed


def _noise(dice: random.Random, size: int) -> Image.Image:
    """Greys at random, each about ``size`` pixels wide."""
    width, height = (max(2, side // size) for side in SIZE)
    return Image.frombytes("L", (width, height), dice.randbytes(width * height)).resize(SIZE, Image.Resampling.BICUBIC)


# -------------------------------------------------------------------------------------------------------------------- Typst


def typst_source(document: Document, folder: Path) -> Path:
    """The document in Typst's markup, in the simplest of looks, with its pictures beside it."""
    folder.mkdir()
    article = document.article
    for asset in document.assets:
        (folder / asset.key).write_bytes(rendition(asset).content)
    top = ["#set par(justify: true)", f"#set text(lang: {_quoted(article.metadata.language[:2])}, hyphenate: true)"]
    top += [f"= {_words(article.headline)}", _words(article.deck), _words(article.byline)]
    lead = [article.lead] if article.lead else []
    blocks = (part for each in (*lead, *article.introduction, *article.body) for part in _typst(each))
    file = folder / "article.typ"
    file.write_text("\n\n".join((*top, *blocks)), "utf-8")
    return file


def _typst(block: Block) -> Iterator[str]:
    match block:
        case Turn(question=question, answers=answers):
            yield from (f"*{_words(each)}*" for each in _runs(question))
            yield from (part for answer in answers for each in answer.blocks for part in _typst(each))
        case Figure(images=images, caption=caption):
            shown = next((image.asset for image in images if image.asset), None)
            if shown:
                yield f"#figure(image({_quoted(shown)}), caption: [{_words(caption)}])"
        case Crosshead():
            yield f"== {_words(block.children)}"
        case PullQuote() | BlockQuote():
            yield f"#quote(block: true)[{' '.join(map(_words, _runs(block)))}]"
        case _:
            yield from map(_words, _runs(block))


def _runs(block: Block | Question | Answer | None) -> Iterator[tuple[Inline, ...]]:
    """The runs of words below a block, each once."""
    for node in walk(block) if block else ():
        if isinstance(node, Paragraph | PullQuote | Crosshead):
            yield node.children


def _words(words: tuple[Inline, ...]) -> str:
    return re.sub(r"([\\#$*_`<>@\[\]~/=+-])", r"\\\1", " ".join(plain(words).split()))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
