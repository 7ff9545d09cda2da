"""From tagged parts back to segments: neighbours of one segment and one kind are joined again, and everything gets its fate."""

from __future__ import annotations

from itertools import groupby

from msgspec import Struct

from exporter.model import Inline, LineBreak, Text
from exporter.readers.interview.cutting import BOXES, Part
from exporter.readers.segments.labels import Label, without_label
from exporter.readers.segments.parts import part_of
from exporter.readers.segments.segment import Segment


class Verdict(Struct):
    """What a part is: one of the tagger's tags or ``"label"``, by which rule, and the label of its speaker."""

    tag: str
    rule: str
    label: Label | None = None


SELF_CONTAINED = ("table", "quote")
"""Kinds of segment that, alone beside an answer, need no box around them."""
_UNDECIDED = Verdict("", "")
_LABEL = Verdict("label", "label-line")
Verdicts = dict[int, Verdict]
"""Identity of a part → what it is."""


def label_line() -> Verdict:
    """The verdict on a name that stands on a line of its own."""
    return _LABEL


def joined(segments: list[Segment], parts: list[Part], verdicts: Verdicts) -> list[Segment]:
    """The segments in order, cut where their parts differ, each with its fate; words beside an answer in boxes."""
    by_source = {key: list(found) for key, found in groupby(parts, key=lambda part: id(part.source))}
    made: list[tuple[Segment, Verdict]] = []
    for segment in segments:
        made += _pieces(segment, by_source.get(id(segment), []), verdicts)
    for segment, verdict in made:
        _settle(segment, verdict)
    return _boxed(made)


def _pieces(source: Segment, parts: list[Part], verdicts: Verdicts) -> list[tuple[Segment, Verdict]]:
    """The segment whole where its parts are of one kind, else in runs of parts that are."""
    runs = _runs(parts, verdicts)
    if not runs or not source.open:
        return [(source, _UNDECIDED)]
    first = verdicts.get(id(runs[0][0]), _UNDECIDED)
    if source.kind not in BOXES:
        if len(runs) == 1:
            return [(source, first)]
        return [(_joined(source, run), verdicts.get(id(run[0]), _UNDECIDED)) for run in runs]
    # A list or a quotation inside an answer stays whole; only a box that holds questions is opened.
    if not any(verdicts.get(id(part), _UNDECIDED).tag in ("question", "label") for part in parts):
        return [(source, first)]
    return _opened(source, runs, verdicts)


def _runs(parts: list[Part], verdicts: Verdicts) -> list[list[Part]]:
    """Parts of one tag that follow each other in one segment; who is named begins a run of his own."""
    runs: list[list[Part]] = []
    for part in parts:
        verdict = verdicts.get(id(part), _UNDECIDED)
        last = runs[-1][-1] if runs else None
        goes_on = (
            last is not None
            and last.entry == part.entry
            and verdicts.get(id(last), _UNDECIDED).tag == verdict.tag
            and verdict.label is None
        )
        if goes_on:
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _opened(box: Segment, runs: list[list[Part]], verdicts: Verdicts) -> list[tuple[Segment, Verdict]]:
    """What stands in a box with questions, as segments of their own."""
    made: list[tuple[Segment, Verdict]] = []
    for entry, inner in enumerate(box.segments):
        inside = [run for run in runs if run[0].entry == entry]
        if not inside:
            made.append((inner, _UNDECIDED))
        elif len(inside) == 1 and len(inside[0]) == inside[0][0].count:
            made.append((inner, verdicts.get(id(inside[0][0]), _UNDECIDED)))
        else:
            made += [(_joined(inner, run), verdicts.get(id(run[0]), _UNDECIDED)) for run in inside]
    return made


def _joined(segment: Segment, run: list[Part]) -> Segment:
    """A paragraph of the rows of a run."""
    inlines: list[Inline] = []
    for _, row in groupby(run, key=lambda part: part.row):
        found = list(row)
        inlines += [*([LineBreak()] if inlines else []), *_line(found)]
    return part_of(segment, tuple(inlines))


def _line(parts: list[Part]) -> list[Inline]:
    """The words of neighbours in one line."""
    if len(parts) == parts[0].mates:
        return list(parts[0].line)
    inlines: list[Inline] = []
    for part in parts:
        inlines += [*([Text(" ")] if inlines else []), *part.segment.inlines]
    return inlines


def _settle(segment: Segment, verdict: Verdict) -> None:
    if not segment.open:
        return
    if verdict.tag in ("question", "answer"):
        if verdict.label is not None:
            _name(segment, verdict.label)
        segment.settle(verdict.tag, verdict.rule)
    elif verdict.tag == "label":
        segment.settle("label", verdict.rule)
    elif verdict.tag == "heading" and segment.kind == "paragraph":
        segment.kind, segment.level = "heading", 3


def _name(segment: Segment, label: Label) -> None:
    """Takes the label off the words and keeps it as the speaker's name."""
    worded = segment if segment.inlines else next((each for each in segment.segments if each.inlines), None)
    if worded is not None and label.length and worded.text.startswith(segment.text[: label.length]):
        worded.label = worded.text[: label.length]
        worded.inlines = without_label(worded, label)
    segment.speaker = label.name


def _boxed(made: list[tuple[Segment, Verdict]]) -> list[Segment]:
    """The segments, with paragraphs that stand beside an answer gathered in sidebars."""
    placed: list[Segment] = []
    for aside, found in groupby(made, key=lambda pair: pair[1].tag == "box" and pair[0].open):
        run = list(found)
        inner = [segment for segment, _ in run]
        if not aside or (len(inner) == 1 and inner[0].kind in SELF_CONTAINED):
            placed += inner
            continue
        box = Segment(
            "box",
            " ".join(segment.text for segment in inner),
            element=inner[0].element,
            where=inner[0].where,
            names=inner[0].names,
            links=sum(segment.links for segment in inner),
            segments=inner,
        )
        box.settle("sidebar", run[0][1].rule)
        placed.append(box)
    return placed
