"""Who made a segment: the people of a byline, each with a role, told from agencies, offices, addresses and the publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from exporter.model import Role
from exporter.readers.lexicon.bylines import PARTING, Part, parts_of
from exporter.readers.lexicon.credits import like_name
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.name_words import known, listed, particles, role_of
from exporter.readers.lexicon.reporters import IN_PLACE, KOREAN_NAME, RANK, TITLED
from exporter.readers.lexicon.vocabulary import either

LONGEST_NAME = 8
"""Words of a name."""

_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)
_SPOKEN = frozenset("?？!！。:：…")
"""Signs that no byline has behind its first word."""
_PLACE = re.compile(rf"\s+(?!in\s['’]t\b){either(listed('from_place'))}\s.*$")
_DATE = re.compile(rf"[\s,]+(?:{either(listed('before_dates'))}\s+)?\d.*$")
_SENT_BY_SIGN = re.compile(r"^(?:[가-힣·]{1,8}|[\u30a0-\u30ff・]{2,12}|[\u4e00-\u9fff]{2,6})[=＝](?=[^\s=＝]{2,})")
"""The place before a sign, in Korean and Japanese: "ロンドン＝山田一郎"."""
_SENT_FROM = re.compile(rf"^(?:\S+\s+){{1,2}}(?={KOREAN_NAME}$)")
_PLAIN_NAME = re.compile(r"[\w\s.'’·・-]{3,50}")
_LONG_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\s]{11,}")
"""More letters than a name in Chinese or Japanese has; foreign names have a dot between their parts."""
_COMPANY = re.compile(rf"\s{either(listed('with'))}\s(?P<who>.+)$")
_COUNTED = re.compile(r"(?<=[^\W\d_])\s+\d{1,2}$|\s*외\s*\d+\s*명$")
"""A number by which a site tells accounts of one name apart; "and two others" in Korean."""
_FROM_TOWN = re.compile(r"(?:d[aeio]s?|del|della|dall['’a])\s?[^\W\d_]\S*")
"""Where somebody writes from, behind the name: "do Recife"."""
_SPACED = re.compile(r"[\u0590-\u06ff\u0900-\u0dff]")
"""A letter of a script that has no capitals and sets a space between the words of a name."""


class Person(NamedTuple):
    """Somebody who made the segment, and as what."""

    name: str
    role: Role


def people_in(text: str, publication: str = "") -> list[Person]:
    """The people of a byline or of a declared author, in order; no agency, office, address, and not the publication."""
    return list(_people_in(text, publication))


@lru_cache(maxsize=256)
def _people_in(text: str, publication: str) -> list[Person]:
    """The same, found once: each step that decides over a page's makers asks for those of the same few lines."""
    parts = parts_of(text)
    named = _without_places(parts, publication)
    found = [person for part in named if (person := _person(part.words, part.role, publication)) is not None]
    whole = [person for person in found if " " in person.name or _uncased(person.name)]
    if any(" " in person.name for person in whole):  # "ليلى الحداد - القاهرة": one is a place
        whole = [person for person in whole if " " in person.name or not _SPACED.search(person.name)]
    return whole or (found if len(found) == len(parts) else [])  # "Jane Doe, London": one is a place


def only_people(text: str) -> bool:
    """Whether a line holds nothing but names with the words that say what they did."""
    parts = [part for part in parts_of(text) if part.words]
    named = [_person(part.words, part.role, "") is not None for part in parts]
    behind = [bool(place and part.joint in PARTING and role_behind(part.words)) for place, part in enumerate(parts)]
    return any(named) and all(map(any, zip(named, behind, strict=True)))


def led_by_person(text: str) -> bool:
    """Whether a line begins with a full name and goes on with other names, offices, houses and what else people are."""
    first, *others = [part for part in parts_of(text) if part.words] or [Part("", "author", "")]
    lead = _person(first.words, first.role, "")
    if lead is None or not (" " in lead.name or _uncased(lead.name)) or any(each in _SPOKEN for each in text):
        return False
    return all(
        _person(part.words, part.role, "") is not None or is_office(part.words) or _is_brief(part) for part in others
    )


def _is_brief(part: Part) -> bool:
    """Whether a part of a line may be a house or a place by its length and its beginning: "g1 Litoral", "Santos"."""
    words = part.words.split()
    return part.joint in PARTING and len(words) <= 3 and (words[0][0].isupper() or any(map(str.isdigit, words[0])))


def is_office(text: str) -> bool:
    """Whether words name no person but what one does, an editorial office, an agency or a house."""
    folded = _fold(text)
    if folded in known("agencies") | known("offices") | known("controls") or folded in role_of():
        return True
    words = re.split(r"[\s-]+", folded)
    if not (known("office_words") | known("house_words")).isdisjoint(words):
        return True
    posts = known("posts")
    return words[-1] in posts or (words[0] in posts and (len(words) == 1 or words[1] in particles()))


def is_control(text: str) -> bool:
    """Whether a text works the page: "Print", "Follow"."""
    return _fold(text) in known("controls")


def is_outlet(text: str, publication: str = "") -> bool:
    """Whether a text is the name of a news agency or of the publication and nothing else."""
    return _fold(text) in known("agencies") or _is_publication(text, publication)


def is_desk(text: str) -> bool:
    """Whether a word of a text is that of an office where papers are made: "Redacción", "News Desk"."""
    return not known("office_words").isdisjoint(re.split(r"[\s-]+", _fold(text)))


def is_full_name(text: str, publication: str = "") -> bool:
    """Whether a line is the name of one person, as far as its words tell: none in small letters, no "New" or "San" in front."""
    words = text.split()
    cased = all(word[:1].isupper() or word in particles() or _uncased(word) for word in words)
    plain = _PLAIN_NAME.fullmatch(text) is not None
    named = plain and 2 <= len(words) <= 4 and cased and only_people(text) and len(people_in(text, publication)) == 1
    return named and _fold(words[0]) not in known("no_given_names")


def names_trade(text: str) -> bool:
    """Whether words say that somebody writes for a living: "a freelance reporter who lives in Oban"."""
    trades = known("office_words") | known("trades")
    return not trades.isdisjoint(re.split(r"[^\w]+", text.casefold()))


def role_behind(text: str) -> bool:
    """Whether a line says what the person before it is, and no more: "Photographer"."""
    return role_of().get(_fold(text), "editor") != "editor" or _fold(text) in known("callings")


def _without_places(parts: list[Part], publication: str) -> list[Part]:
    """The parts without those that follow the last office or house: "Ann Lee, our envoy, Los Gallardos" ends in a place.

    So do those before the place in which a Korean reporter is: "순천, 광양 구현모 기자".
    """
    named = [_person(part.words, part.role, publication) is not None for part in parts]
    last = max((place for place, person in enumerate(named) if not person), default=-1)
    if last >= 1 and any(named[:last]):
        kept = (place <= last or part.joint not in PARTING or part.role != "author" for place, part in enumerate(parts))
        parts = list(compress(parts, kept))
    sent = next((place for place, part in enumerate(parts) if IN_PLACE.match(part.words)), 0)
    return parts[sent:]


def _uncased(name: str) -> bool:
    """Whether a name is of a script without capitals, in which one word may be a whole name."""
    return any(each.isalpha() and each.lower() == each.upper() for each in name)


def houses(declared: Iterable[str], publication: str) -> list[str]:
    """Of what a page declares as its authors, those that are nobody's name: they stand where no person is named.

    An office without a name of its own is none of them. Those known as agencies, or by the publication's name, come first.
    """
    found: list[str] = []
    for name in declared:
        parts = [name] if _DOMAIN.fullmatch(name) else [each.words for each in parts_of(name) if each.words]
        nobodys = [part for part in parts if _person(part, "author", publication) is None]
        alone = len(nobodys) == len(parts) == 1
        found += [part for part in nobodys if _is_house(part, publication) or (alone and _is_called(part))]
    return sorted(dict.fromkeys(found), key=lambda part: not _is_house(part, publication))


def _is_called(name: str) -> bool:
    """Whether it may be a name at all: no office's, no account of a few small letters, no number."""
    words = re.split(r"[\s-]+", _fold(name))
    account = len(words) == 1 and name.islower() and name.isascii()
    of_office = not known("office_words").isdisjoint(words) or _fold(name) in known("offices") | known("controls")
    return len(words) <= LONGEST_NAME and not (account or of_office) and any(map(str.isalpha, name))


def _is_house(name: str, publication: str) -> bool:
    words = set(re.split(r"[\s-]+", _fold(name)))
    if (
        not name
        or words <= known("offices") | known("office_words")
        or _fold(name) in known("offices") | known("controls")
    ):
        return False
    ours = set(fold_name(publication).split())
    return (
        _fold(name) in known("agencies")
        or bool(_DOMAIN.fullmatch(name))
        or not ours.isdisjoint(fold_name(name).split())
    )


def authors(persons: Iterable[Person]) -> list[str]:
    """The names of those who wrote or asked."""
    return list(dict.fromkeys(person.name for person in persons if person.role in ("author", "interviewer")))


def _person(part: str, role: Role, publication: str) -> Person | None:
    name = part
    for trim in TRIMS:
        name = trim(name)
    if not name or is_office(name) or _is_publication(name, publication) or _FROM_TOWN.fullmatch(name):
        return None
    if (
        any(each.isdigit() or each in ":《》？！©®" for each in name)
        or _DOMAIN.fullmatch(name)
        or len(name.split()) > LONGEST_NAME
        or _LONG_UNSPACED.fullmatch(name)
    ):
        return None
    cased = in_case(name)
    return Person(cased, role) if like_name(" ".join(cased.split()[:6])) else None


# ------------------------------------------------------------------------------------------------ what stands around a name


def _without_date(part: str) -> str:
    bare = _DATE.sub("", _COUNTED.sub("", part))
    return bare if " " in bare else _COUNTED.sub("", part)  # "Channel 4" is no name with a date behind it


def _without_place(part: str) -> str:
    return _PLACE.sub("", _SENT_BY_SIGN.sub("", part))


def _without_rank(part: str) -> str:
    name = RANK.sub("", part).strip()
    name = _SENT_FROM.sub("", name) if name != part.strip() else name
    return TITLED.sub(r"\1", name)


def _without_company(part: str) -> str:
    """A name without the agency or office that helped: "Ann Lee with Reuters"."""
    found = _COMPANY.search(part)
    return part[: found.start()] if found and is_office(found["who"]) else part


def _without_post_before(part: str) -> str:
    """A name without what its owner is to the paper: "unser Korrespondent Karl Maier", "dal nostro inviato Marco Bianchi"."""
    words = part.split()
    rest = words
    while len(rest) > 2 and (_fold(rest[0]) in known("before_posts") or (rest is not words and _is_post(rest[0]))):
        rest = rest[1:]
    return " ".join(rest)


def without_post(part: str) -> str:
    """A name without a post or a degree right behind it: "Ann Lee Political Editor", "Ann Lee MD"."""
    rest = part.split()
    while len(rest) > 2 and rest[-1].strip(".").replace(".", "").casefold() in known("degrees") and rest[-1] != "Do":
        rest = rest[:-1]
    kept = rest
    if len(kept) > 2 and _fold(kept[-1]) in known("callings") | known("posts"):
        kept = kept[:-1]
        while len(kept) > 2 and (_fold(kept[-1]) in known("beats") or _is_post(kept[-1])):
            kept = kept[:-1]
        return " ".join(kept if _fold(kept[-1]) not in known("beats") else rest)
    return " ".join(rest)


def _is_post(word: str) -> bool:
    folded = _fold(word)
    return folded in known("office_words") | known("callings") or folded.rstrip("nsm") in known("callings")


TRIMS: tuple[Callable[[str], str], ...] = (
    _without_date,
    _without_place,
    _without_rank,
    _without_company,
    _without_post_before,
    without_post,
)
"""By which a part of a byline becomes a name, in this order."""


def _is_publication(name: str, publication: str) -> bool:
    """Whether it is the site's own name or one of its sections; sites fill their author field with it when nobody is named."""
    if not publication:
        return False
    ours, words = fold_name(publication), fold_name(name)
    section = " " in ours and f" {words} ".startswith(f" {ours} ")
    return words in (ours, fold_name(f"the {publication}")) or section


def _fold(name: str) -> str:
    return name.casefold().strip(" .")


def in_case(name: str) -> str:
    """A name in capitals as it is written otherwise: ``"LUDWIG VAN BEETHOVEN"`` → ``"Ludwig van Beethoven"``."""
    if len(name.split()) < 2 or not name.isupper() or _fold(name) in known("agencies"):
        return name
    words = [_word_in_case(word) for word in name.split()]
    return " ".join(
        word.lower() if place and word.lower() in known("particles") else word for place, word in enumerate(words)
    )


def _word_in_case(word: str) -> str:
    if len(word) < 3 and "." not in word and not re.search(r"[AEIOUYÄÖÜ]", word):
        return word  # initials: "JK Rowling"
    cased = re.sub(r"[^\W\d_]+", lambda found: found[0][0] + found[0][1:].lower(), word)
    return re.sub(r"^(Mc|O['’])(\w)", lambda found: found[1] + found[2].upper(), cased)
