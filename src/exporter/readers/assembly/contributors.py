"""The people of the metadata: who made the piece, and who answers in it, by full name where the page gives one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exporter.corrections.roles import CORRECTION
from exporter.language import primary
from exporter.model import Article, Contributor, Role, Turn
from exporter.model.walk import figures_of, plain, words_of
from exporter.readers.lexicon.credits import maker_in
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.name_words import particles
from exporter.readers.lexicon.names import Person, is_full_name, names_trade, only_people, people_in
from exporter.readers.lexicon.vocabulary import cues, either
from exporter.readers.segments.segment import LEFT_OUT, Segment

_ASKING: tuple[Role, ...] = ("author", "interviewer")
_INITIAL = re.compile(r"\b([^\W\d_])\.\s*(?=[^\W\d_])")
_BETWEEN_PHRASES = re.compile(r"[^\w\s'’-]+|\s-+\s")
_POSSESSIVE = re.compile(r"['’]s$")
_CAPITAL_NOUNS = frozenset({"de", "lb"})
"""Languages in which a capital does not tell a name from other nouns."""
_LEADING = 5  # blocks of the beginning in which a person is introduced

_BIOGRAPHY = re.compile(
    r"^(?P<who>[^\W\d_]+[\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,3}?)(?:\s*\([^)]{1,40}\))?,?\s+"
    rf"(?:{either(cues('is_somebody'))}\s(?P<what>.{{2,140}})|{either(cues('writes'))}\s)"
)
"""How a note at the end introduces who wrote: "Ann Lee is a reporter …", "Ann Lee writes …"."""
_AT_END = 4
"""Blocks of the article's end among which such a note may stand."""
_BEHIND_END = 8
"""Blocks behind the end, left out of the article, among which it may stand."""

Run = tuple[str, ...]
"""Words in a row, as many of them names as begin with a capital."""


def contributors(makers: Iterable[Person], article: Article) -> tuple[Contributor, ...]:
    """The people of the piece: its authors, then those who answer, each once."""
    named: dict[str, tuple[str, tuple[Role, ...]]] = {}
    interview = any(isinstance(block, Turn) for block in article.body)
    for name, role in makers:
        roles: tuple[Role, ...] = ("author", "interviewer") if interview and role in _ASKING else (role,)
        known = named.get(fold_name(name), (name, ()))
        named[fold_name(name)] = (known[0], tuple(dict.fromkeys((*known[1], *roles))))
    for name in _answering(article, frozenset(named)):
        named.setdefault(fold_name(name), (name, ("interviewee",)))
    return tuple(Contributor(f"person-{place}", name, roles) for place, (name, roles) in enumerate(named.values(), 1))


def photographers(article: Article) -> tuple[str, ...]:
    """The full names of those whom the credits of the pictures name, each once.

    Of scripts without capitals none: by its letters alone a name is no other there than an office.
    """
    told = (maker_in(plain(figure.credit)) for figure in figures_of(article) if figure.credit)
    publication = article.metadata.publication
    named = (person.name for maker in told for person in people_in(maker, publication))
    return tuple(dict.fromkeys(name for name in named if name[0].isupper() and is_full_name(name, publication)))


def introduced(segments: list[Segment], last: int, article: Article) -> str:
    """Who wrote, as a note or box at the end says where nothing else does; ``""`` when it is not told, or more than one is.

    ``last`` is the place of the article's last segment.
    """
    begins = max(last + 1 - _AT_END, 0)
    found: dict[str, str] = {}
    for place in range(begins, min(last + 1 + _BEHIND_END, len(segments))):
        name = _introduced_by(segments[place], segments[place - 1] if place else None)
        if name:
            found.setdefault(fold_name(name), name)
    before = (plain(article.headline), plain(article.deck), *(each.text for each in segments[:begins]))
    told = " ".join(fold_name(text) for text in before)
    named = [name for folded, name in found.items() if folded not in told]  # else somebody whom the article is about
    return named[0] if len(named) == 1 else ""


def boxed_author(segments: list[Segment]) -> str:
    """The only full name that an author's box holds and nothing else, where the box was left out; ``""`` without one."""
    boxes = (each for each in segments if each.rule == "author-box" or (_is_said(each) and each.is_named("author")))
    named = {fold_name(each.text): each.text for each in boxes if is_full_name(each.text)}
    return named.popitem()[1] if len(named) == 1 else ""


def _is_said(segment: Segment) -> bool:
    """Whether a correction says that the segment is no part of the article, as the rule did in whose place it stands."""
    return segment.became == LEFT_OUT and segment.rule == CORRECTION


def _introduced_by(segment: Segment, before: Segment | None) -> str:
    """The name in a note about its author, in a box that is called the author's, or below "About the author"."""
    if segment.kind not in ("paragraph", "heading") or segment.is_named("comments") or segment.is_named("related"):
        return ""
    headed = before is not None and fold_name(before.text) in cues("about_author")
    if segment.word_count <= 4 and (segment.is_named("byline") or (headed and is_full_name(segment.text))):
        people = people_in(segment.text)
        return people[0].name if len(people) == 1 and only_people(segment.text) and " " in people[0].name else ""
    found = _BIOGRAPHY.match(segment.text)
    if found is None or not is_full_name(found["who"]):
        return ""
    return found["who"] if headed or found["what"] is None or names_trade(found["what"]) else ""


def _answering(article: Article, makers: frozenset[str]) -> Iterator[str]:
    """The full names of those who answer: as they are labelled, or as the opening calls who is labelled by less."""
    turns = [block for block in article.body if isinstance(block, Turn)]
    labels = dict.fromkeys(each.speaker for turn in turns for each in turn.answers if each.speaker)
    short = any(len(label.split()) == 1 for label in labels)
    runs = tuple(_runs(article)) if short else ()
    for label in labels:
        if len(label.split()) > 1:
            yield label
            continue
        meant = {fold_name(name): name for run in runs for name in _meant(label, run, article.metadata.language)}
        others = [name for folded, name in meant.items() if folded not in makers]
        if len(others) == 1:
            yield others[0]


def _runs(article: Article) -> Iterator[Run]:
    """Words with capitals in a row, particles between them, in the headline, in the deck and where people are introduced."""
    small = {
        word for block in (*article.introduction, *article.body) for words in words_of(block) for word in words.split()
    }
    leading = [block for block in (*article.introduction, *article.body)[:_LEADING] if not isinstance(block, Turn)]
    texts = (plain(article.headline), plain(article.deck), *(" ".join(words_of(block)) for block in leading))
    for text in texts:
        for phrase in _BETWEEN_PHRASES.split(_INITIAL.sub(r"\1 ", text)):
            words = phrase.split()
            begins = bool(words) and words[0].lower() in small  # "When", which has its capital from the sentence
            yield from _runs_in(words[1:] if begins else words)


def _runs_in(words: list[str]) -> Iterator[Run]:
    run: list[str] = []
    for word in (*words, ""):
        if word[:1].isupper() or (run and word in particles()):
            run.append(_POSSESSIVE.sub("", word))
            if run[-1] == word:
                continue
        while run and not run[-1][0].isupper():
            run.pop()
        if sum(each[0].isupper() for each in run) > 1:
            yield tuple(run)
        run = []


def _meant(label: str, run: Run, language: str) -> Iterator[str]:
    """The names in a run that a label of one word stands for: by their initials, or by their first or last word."""
    initials = label.replace(".", "")
    if 2 <= len(initials) <= 4 and initials.isupper():
        yield from _abbreviated(initials, run)
    elif label in run[1:]:
        yield from _ending_in(label, run, language)
    elif label == run[0]:
        yield " ".join(run)


def _abbreviated(initials: str, run: Run) -> Iterator[str]:
    capitals = [at for at, word in enumerate(run) if word[0].isupper()]
    for first in range(len(capitals) - len(initials) + 1):
        places = capitals[first : first + len(initials)]
        if "".join(run[at][0] for at in places) == initials:
            yield " ".join(run[places[0] : places[-1] + 1])


def _ending_in(surname: str, run: Run, language: str) -> Iterator[str]:
    """What stands before each mention of the surname: all of the run, or one given name where nouns have capitals."""
    start = 0
    for end in (at + 1 for at, word in enumerate(run) if word == surname):
        given = [at for at in range(start, end - 1) if run[at][0].isupper()]
        if given:
            yield " ".join(run[given[-1 if primary(language) in _CAPITAL_NOUNS else 0] : end])
        start = end
