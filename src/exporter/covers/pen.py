"""Draws the texts of a cover."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from exporter.covers.design import Design
from exporter.covers.fonts import shapes
from exporter.covers.typesetting import Ruler, SetText

if TYPE_CHECKING:
    from PIL import Image


class Pen:
    """Sets blocks on a canvas, from the side where reading starts."""

    def __init__(self, canvas: Image.Image, design: Design, paper: str, direction: Literal["ltr", "rtl"]) -> None:
        self._canvas = canvas
        self._design = design
        self._paper = paper
        self._direction = direction

    def write(self, blocks: tuple[SetText, ...], start: int) -> None:
        """Sets the blocks; those without a fixed height one below the other, from ``start``."""
        for block in blocks:
            if block.line.at is not None:
                self._set(block, block.line.at)
            else:
                self._set(block, start + block.gap)
                start += block.gap + block.height

    def _set(self, block: SetText, top: int) -> None:
        for number, row in enumerate(block.rows):
            baseline = top + block.rise + number * block.advance
            if block.tracking:
                self._tracked(block, row, baseline)
            else:
                self._row(block, row, baseline)

    def _row(self, block: SetText, row: str, baseline: int) -> None:
        leftward = self._direction == "rtl"
        x = self._design.width - self._design.margin if leftward else self._design.margin - self._bearing(block)
        anchor, direction = "rs" if leftward else "ls", self._direction if shapes() else None
        self.draw((x, baseline), row, block, anchor, direction)

    @staticmethod
    def _bearing(block: SetText) -> float:
        """The empty room that a flush text has on its left: Japanese opening marks stand in the right half of it."""
        return block.face.ink(block.text)[0] if block.line.flush else 0

    def _tracked(self, block: SetText, row: str, baseline: int) -> None:
        length = Ruler(block.face, block.tracking)(row)
        x = self._design.width - self._design.margin - length if self._direction == "rtl" else self._design.margin
        for place, character in enumerate(row):
            kerned = block.face.length(row[: place + 1]) - block.face.length(character)
            self.draw((x + kerned + place * block.tracking, baseline), character, block, "ls", None)

    def draw(self, at: tuple[float, float], text: str, block: SetText, anchor: str, direction: str | None) -> None:
        """As ``ImageDraw.text`` does it, in half its time: Pillow lays a picture through a mask faster than a colour."""
        from PIL import Image

        start = math.modf(at[0])[0], math.modf(at[1])[0]
        mask, (right, down) = block.face.mask(text, direction, anchor, start)
        left, top = int(at[0]) + right, int(at[1]) + down
        inked = Image.new("RGB", mask.size, self._ink(block))
        self._canvas.im.paste(inked.im, (left, top, left + mask.size[0], top + mask.size[1]), mask)

    def _ink(self, block: SetText) -> tuple[int, ...]:
        """The line's ink as it shows on the paper."""
        from PIL import ImageColor

        red, green, blue, cover = (*ImageColor.getrgb(block.line.ink), 255)[:4]
        paper = ImageColor.getrgb(self._paper)
        return tuple(
            round((a * cover + b * (255 - cover)) / 255) for a, b in zip((red, green, blue), paper, strict=False)
        )
