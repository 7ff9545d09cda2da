"""What is wrong with a line: a short word left over, holes between words, words divided in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from exporter.writers.pdf.proof.findings import Finding, marked
from exporter.writers.pdf.proof.layout import Line
from exporter.writers.pdf.proof.page_proof import PageProof, letters_of, words_of

MOST_STRETCH = 2.0
"""A justified line's spaces in parts of their natural width, beyond which it has holes."""

MOST_RAGGED = 0.25
"""The empty part of a line that is not justified, beyond which it has a hole: its last line and forced breaks apart."""

MOST_HYPHENS = 2
"""Divided words at the ends of successive lines."""

SHORT_WORD = 6
"""Letters of a word that is short, alone on a last line."""

_OVER = 0.75
"""Pixels by which a line is longer than its measure before anybody sees it."""

_JOINER = "\u2060"  # the word joiner, which print sets where a line may not break

_SYLLABLES = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def short_lines(proof: PageProof) -> Iterator[Finding]:
    """A paragraph does not end in a line of one short word, or of the rest of a divided one."""
    for block in proof.running:
        if len(block.lines) < 2 or block.lines[-2].forced:
            continue
        words = block.lines[-1].text.split()
        if len(words) == 1 and (len(letters_of(words[0])) <= _short(words[0]) or block.lines[-2].hyphenated):
            reason = f"it ends in {words[0].strip(_JOINER)!r}"
            yield marked("short-line", block.lines[-1].page, reason, block.text, block.element)


def _short(word: str) -> int:
    """Letters of a last line that is short: where each is a syllable or a word, it is one alone."""
    return 1 if _SYLLABLES.search(word) else SHORT_WORD


def single_words(proof: PageProof) -> Iterator[Finding]:
    """A headline of several lines has no line of one word, unless the word fills half of it."""
    for block in proof.layout.blocks:
        if "headline" not in (block.element.get("class") or "") or len(block.lines) < 2:
            continue
        widest = max(line.width for line in block.lines)
        for line in block.lines:
            if len(line.text.split()) == 1 and line.width < widest / 2:
                yield marked("single-word", line.page, f"{line.text.strip()!r} stands alone", block.text, block.element)


def ladders(proof: PageProof) -> Iterator[Finding]:
    """No more than two successive lines end in a divided word."""
    for block in proof.running:
        length = longest = 0
        for line in block.lines:
            length = length + 1 if line.hyphenated else 0
            longest = max(longest, length)
        if longest > MOST_HYPHENS:
            reason = f"{longest} lines in a row are divided"
            yield marked("hyphen-ladder", block.lines[0].page, reason, block.text, block.element)


def overfull_lines(proof: PageProof) -> Iterator[Finding]:
    """No line is longer than its measure, and no table wider than its page."""
    for each in proof.layout.excesses:
        if each.over > _OVER:
            yield marked(
                "overfull-line", each.page, f"{each.over:.0f} pixels over", words_of(each.element), each.element
            )
    for block in proof.layout.blocks:
        for line in block.lines:
            if line.width > line.measure + _OVER and proof.script.role(block.element) != "pre":
                reason = f"{line.width - line.measure:.0f} pixels over"
                yield marked("overfull-line", line.page, reason, line.text, block.element)
                break


def bad_spacing(proof: PageProof) -> Iterator[Finding]:
    """No line of running text has holes."""
    for block in proof.running:
        for line in block.lines[:-1]:
            reason = _hole(line)
            if reason:
                finding = marked("bad-spacing", line.page, reason, line.text, block.element)
                yield replace(finding, line=line.text)


def _hole(line: Line) -> str:
    if line.forced:
        return ""
    if line.stretch > MOST_STRETCH:
        return f"its spaces are stretched to {line.stretch:.1f} of their width"
    ragged = 1 - line.width / line.measure
    return f"{ragged:.0%} of it is empty" if ragged > MOST_RAGGED else ""
