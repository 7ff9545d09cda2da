"""What the tagger sees of each utterance: its own form, its fellows on the page, the best hypotheses, its neighbours.

Features are names that an utterance has or has not. None is a printed word or a class name of a page: those are what a model
learns by heart. Numbers stand in steps.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate

from exporter.readers.interview.hypotheses import voice_of
from exporter.readers.interview.scene import Scene
from exporter.readers.interview.scoring import is_bare
from exporter.readers.interview.utterances import Utterance
from exporter.readers.lexicon.credits import is_credit
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues, either

_CLOSING = Cue("closing", rf"(?<!\w){WORDS}")
_OUTRO = Cue("outro", rf"^\W*{WORDS}(?!\w)")
_PRINTED = rf"{either(cues('printed_pages'))}\.?"
_PAGES = re.compile(rf"\b(?:pp?\.|{_PRINTED})\s*\d|\d\s*(?:pp?\.|s\.|{_PRINTED})(?!\w)", re.IGNORECASE)
_PRICE = re.compile(
    r"\d\s*(?:€|euros?\b|eur\b|\$|£|kr\b|zł|chf\b|fr\.)|[€$£]\s*\d|(?:eur|chf|fr\.)\s*\d", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_WORDS = (2, 4, 8, 14, 22, 35, 55, 90, 160)
_SHARES = (0.01, 0.2, 0.4, 0.6, 0.8)
_PLACES = (0.02, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.98)
_LIKELY = (0.05, 0.15, 0.25, 0.35, 0.42, 0.6, 0.8)
_COUNTS = (2, 3, 4, 6, 10)


# ---------------------------------------------------------------------------------------------------------- one utterance


def _form(scene: Scene, index: int) -> Iterator[str]:
    """Its kind, type, length and last sign."""
    utterance = scene.utterances[index]
    segment, part = utterance.segment, utterance.part
    kind = _kind(utterance)
    yield f"kind={segment.kind}"
    yield f"tone={utterance.tone}"
    yield f"words={_step(utterance.words, _WORDS)}"
    yield f"ends={_ending(segment.text)}"
    yield f"form={kind}"
    if part.box:
        yield f"box={part.box}"
        yield f"entry={min(part.entry, 3)}"
    if part.count > 1:
        yield f"part={min(part.row, 1)}{min(part.place, 2)}"
        yield f"part={min(part.row, 1)}{min(part.place, 2)}{utterance.is_question}"
    if segment.kind == "heading":
        yield f"level={segment.level}"


def _speech(scene: Scene, index: int) -> Iterator[str]:
    """Whether it asks, addresses, says I, replies."""
    utterance = scene.utterances[index]
    kind = _kind(utterance)
    if utterance.is_question:
        yield "asks"
        yield f"asks words={_step(utterance.words, _WORDS)}"
        yield f"asks form={kind}"
    if any(sign in utterance.segment.text for sign in "?？؟"):
        yield "question mark"
    if utterance.says_i:
        yield "I"
        if not utterance.addresses:
            yield "I not you"
    if utterance.addresses:
        yield "you"
        yield f"you asks={utterance.is_question}"
        yield f"you form={kind}"
    if utterance.replies:
        yield "replies"


def _naming(scene: Scene, index: int) -> Iterator[str]:
    """Its label or mark."""
    utterance = scene.utterances[index]
    if utterance.label:
        yield "label"
        yield f"label emphatic={utterance.label.emphatic}"
        yield f"label role={utterance.label.role}"
        yield f"label count={_step(scene.labels[utterance.label.key], _COUNTS)}"
        if scene.voices:
            voice = voice_of(utterance, scene.voices)
            yield f"voice={'none' if not voice else 'asks' if voice in scene.askers else 'answers'}"
    elif scene.voices:
        yield "no label among labels"
        yield f"no label asks={utterance.is_question}"
    if scene.echoes[index]:
        yield f"echo={scene.echoes[index]}"
        yield f"echo={scene.echoes[index]}/{utterance.segment.kind}/{utterance.is_question}"
    if scene.turns[index]:
        yield f"turn={scene.turns[index]}"
        yield f"turn={scene.turns[index]}/{utterance.label is not None}/{utterance.is_question}"
    if utterance.mark:
        yield f"mark={utterance.mark}"


def _surface(scene: Scene, index: int) -> Iterator[str]:
    """Capitals, brackets, digits, links."""
    utterance = scene.utterances[index]
    text, density = utterance.segment.text, utterance.segment.link_density
    for name, holds in (
        ("bare", is_bare(utterance)),
        ("capitals", text.upper() == text and text.lower() != text),
        ("at sign", "@" in text),
        ("copyright sign", "©" in text),
        ("in brackets", text[:1] in "([（"),
        ("in quotation marks", text[:1] in '"“„«»「『‘'),
        ("small first letter", text[:1].islower()),
        ("digits", sum(map(str.isdigit, text)) > 0.06 * len(text)),
        ("mostly link", density > 0.5),
        ("some link", 0 < density <= 0.5),
        ("below a line", utterance.parted),
    ):
        if holds:
            yield name


def _place(scene: Scene, index: int) -> Iterator[str]:
    """Where it stands on the page, and among what."""
    size, segment = len(scene.utterances), scene.utterances[index].segment
    yield f"place={_step(index / max(size - 1, 1), _PLACES)}"
    if index < 4:
        yield f"from start={index}"
    if size - 1 - index < 5:
        yield f"from end={size - 1 - index}"
    yield f"rest={_step(scene.rests[index], (0.01, 0.03, 0.07, 0.15, 0.5, 0.9))}"
    if scene.looks[index] == scene.main_look:
        yield "main look"
    if scene.parents[index] == scene.main_parent:
        yield "main box"
    else:
        yield "other box"
        yield f"other box {segment.kind}"


def _fellowship(scene: Scene, index: int) -> Iterator[str]:
    """What those that look alike, or begin alike, have in common."""
    asks = scene.utterances[index].is_question
    for name, (keys, fellows) in scene.groupings.items():
        key = keys[index]
        if key is None:
            continue
        found = fellows[key]
        count, asking = _step(found.count, _COUNTS), _step(found.asks, _SHARES)
        yield f"{name} count={count}"
        yield f"{name} asks={asking}"
        yield f"{name} asks/followed={asking}/{_step(found.followed, (0.3, 0.7, 0.95))}/{count}"
        yield f"{name} words={_step(found.words, _WORDS)}"
        yield f"{name} followed={_step(found.followed, (0.3, 0.5, 0.7, 0.9, 0.99))}"
        yield f"{name} I={_step(found.says_i, (0.05, 0.3, 0.6))}"
        yield f"{name} you={_step(found.addresses, (0.05, 0.3, 0.6))}"
        if asks:
            yield f"asks and {name} asks={asking}"


def _hypotheses(scene: Scene, index: int) -> Iterator[str]:
    """Whether the likeliest hypotheses call it a question."""
    asks = scene.utterances[index].is_question
    for place, hypothesis in enumerate(scene.best, 1):
        inside, likely = index in hypothesis.questions, _step(hypothesis.score, _LIKELY)
        yield f"hypothesis {place}={inside}"
        yield f"hypothesis {place}={inside}/{likely}"
        if inside:
            yield f"hypothesis {place} by={hypothesis.manner.split(' ')[0]}/{asks}"
    if scene.best:
        best = scene.best[0]
        first, last = scene.best_span
        where = (
            "before" if index < first else "after" if index > last + 1 else "next" if index == last + 1 else "inside"
        )
        yield f"of best={where}"
        yield f"of best={where}/{_step(best.score, _LIKELY)}"
        if index in best.questions and best.manner == "label":
            yield "labelled question of best"
        if index in best.starts:
            yield "answer starts"


def _editors(scene: Scene, index: int) -> Iterator[str]:
    """Signs of a line that the editor adds: a person told of, a name alone, thanks, pages and price, a credit."""
    utterance = scene.utterances[index]
    text, facts = utterance.segment.text, scene.facts
    if not utterance.label and any(head in facts.people for head in _heads(text)):
        yield "begins with a person"
    if not utterance.label and _names_any(text.casefold(), scene.surnames):
        yield "names somebody"
        yield f"names somebody, I={utterance.says_i}, asks={utterance.is_question}"
    if utterance.words <= 8 and fold_name(text) in scene.people:
        yield "only a person"
    if utterance.words <= 40 and _PAGES.search(text) and _PRICE.search(text):
        yield "pages and price"
    if utterance.words <= 10 and _CLOSING.search(text):
        yield "closing words"
    if opens_editors_line(text):
        yield "outro words"
    if utterance.words <= 30 and is_credit(text):
        yield "credit"


def opens_editors_line(text: str) -> bool:
    """Whether the text begins as what the editor says of the article: "This interview has been edited …", "Correction: …"."""
    return bool(_OUTRO.match(text))


def _names_any(folded: str, names: frozenset[str]) -> bool:
    """Whether one of the names is a word of the text; most texts hold the letters of none, and need no closer look."""
    return any(map(folded.__contains__, names)) and not names.isdisjoint(_WORD.findall(folded))


def _heads(text: str) -> Iterator[str]:
    """The beginnings of the text of one word, two words and so on, up to 80 characters."""
    return accumulate(text[:80].casefold().split(" ")[:-1], "{} {}".format)


def _tokens(scene: Scene, index: int) -> Iterator[str]:
    """Words up to a separator, or in brackets, that recur."""
    known = scene.known_tokens
    if not known:
        return
    share = _step(scene.token_share, (0.1, 0.3, 0.6, 0.85))
    token = scene.tokens[index]
    if token is None:
        yield f"no token={min(len(known), 4)}/{share}"
        return
    fellows = scene.groupings["token"][1]
    yield "token"
    yield f"token asks most={token == scene.asking_token}/{_step(fellows[token].count, _COUNTS)}/{min(len(known), 4)}"
    yield f"tokens={token[0]}/{share}"


FAMILIES: tuple[Callable[[Scene, int], Iterator[str]], ...] = (
    *(_form, _speech, _naming, _surface, _place, _fellowship, _hypotheses, _tokens, _editors),
)
"""What is seen of an utterance by itself."""

SEEN_BESIDE = frozenset(
    [
        *("form", "words", "asks", "label", "voice", "ends", "I", "you", "replies", "part", "bare", "box", "mark"),
        *("main look", "main box", "other box", "below a line", "mostly link", "answer starts"),
        *("hypothesis 1", "turn", "token asks most", "look asks", "sign asks", "token asks"),
    ]
)
"""Features, by their names in front of ``=``, that are seen of the neighbours too."""
SEEN_FROM_AFAR = frozenset(["asks", "form", "main look", "voice", "hypothesis 1", "mostly link", "label"])
"""Those of them that are seen of the neighbours but one as well."""


def features_of(scene: Scene) -> list[list[str]]:
    """The names of the features of each utterance."""
    page = list(_page(scene))
    asked = [f"asks on {name}" for name in page]
    rows = [[name for family in FAMILIES for name in family(scene, index)] for index in range(len(scene.utterances))]
    near = [[name for name in row if _kind_of(name) in SEEN_BESIDE] for row in rows]
    far = [[name for name in seen if _kind_of(name) in SEEN_FROM_AFAR] for seen in near]
    return [
        [
            *own,
            *_neighbours(near, index, (-1, 1)),
            *_neighbours(far, index, (-2, 2)),
            *_course(scene, index),
            *page,
            *(asked if scene.utterances[index].is_question else ()),
        ]
        for index, own in enumerate(rows)
    ]


@cache
def _kind_of(name: str) -> str:
    """A feature's name without its value."""
    return name.partition("=")[0]


@cache
def _beside(distance: int, name: str) -> str:
    return f"{distance:+d} {name}"


def _neighbours(seen: list[list[str]], index: int, distances: tuple[int, ...]) -> Iterator[str]:
    for distance in distances:
        if 0 <= index + distance < len(seen):
            yield from (_beside(distance, name) for name in seen[index + distance])
        elif abs(distance) == 1:
            yield f"{distance:+d} edge"


def _course(scene: Scene, index: int) -> Iterator[str]:
    """How it follows from those around it."""
    looks, parents, utterances = scene.looks, scene.parents, scene.utterances
    yield f"same look={_same(looks, index - 1, index)}{_same(looks, index, index + 1)}"
    yield f"same box={_same(parents, index - 1, index)}{_same(parents, index, index + 1)}"
    words = utterances[index].words
    shorter = [0 <= index + step < len(utterances) and words < 0.6 * utterances[index + step].words for step in (-1, 1)]
    yield f"shorter={shorter[0]:d}{shorter[1]:d}"
    place = bisect_right(scene.asking, index - 1)
    yield f"since asked={min(index - scene.asking[place - 1], 4) if place else 'never'}"
    yield f"still to ask={min(len(scene.asking) - bisect_right(scene.asking, index), 3)}"
    if index > 0:
        yield f"-1 asks/same look={utterances[index - 1].is_question:d}{_same(looks, index - 1, index)}"
    look, mostly = scene.usual_asking
    if look:
        usual = f"{looks[index] == look:d}{mostly:d}"
        yield f"look of those that ask={usual}"
        yield f"look of those that ask={usual}{utterances[index].is_question:d}{looks[index] == scene.main_look:d}"


def _page(scene: Scene) -> Iterator[str]:
    """What holds for the whole page."""
    utterances, asking = scene.utterances, scene.asking
    size = max(len(utterances), 1)
    yield f"page announced={scene.facts.announced}"
    yield f"page asks={_step(len(asking) / size, (0.05, 0.12, 0.2, 0.3, 0.4))}"
    yield f"page asks count={_step(len(asking), _COUNTS) if asking else 'none'}"
    you = sum(utterances[index].addresses for index in asking) / max(len(asking), 1)
    yield f"page you={_step(you, (0.01, 0.25, 0.5, 0.75))}"
    yield f"page I={_step(sum(each.says_i for each in utterances) / size, (0.05, 0.15, 0.3, 0.5))}"
    if scene.facts.faq:
        yield "page faq"
    if scene.facts.quoted:
        yield "page quoted"
    if len(scene.labels) >= 2 and sum(scene.labels.values()) >= 4:
        yield "page labels"
    if scene.best:
        yield f"page best={_step(scene.best[0].score, _LIKELY)}"


def _kind(utterance: Utterance) -> str:
    return f"{utterance.segment.kind[:1]}{utterance.tone[:2]}{utterance.part.box[:1]}"


def _same(keys: Sequence[str] | Sequence[int], one: int, other: int) -> int:
    return int(one >= 0 and other < len(keys) and keys[one] == keys[other])


def _ending(text: str) -> str:
    last = text.rstrip(" '\"”’»)]」』*")[-1:]
    return last if last in "?.:!…;。？！؟," else ("letter" if last.isalnum() else "other")


def _step(value: float, steps: tuple[float, ...]) -> int:
    """How many of the steps lie at or below the value."""
    return bisect_right(steps, value)
