"""The people of the metadata: who made the piece, and who answers in it, by full name where the page gives one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exporter.language import primary
from exporter.model import Article, Contributor, Role, Turn
from exporter.model.walk import plain, words_of
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.names import Person, particles

_ASKING: tuple[Role, ...] = ("author", "interviewer")
_INITIAL = re.compile(r"\b([^\W\d_])\.\s*(?=[^\W\d_])")
_BETWEEN_PHRASES = re.compile(r"[^\w\s'’-]+|\s-+\s")
_POSSESSIVE = re.compile(r"['’]s$")
_CAPITAL_NOUNS = frozenset({"de", "lb"})
"""Languages in which a capital does not tell a name from other nouns."""
_LEADING = 5  # blocks of the beginning in which a person is introduced

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
