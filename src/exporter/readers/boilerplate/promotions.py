"""Boxes that ask the reader for an address or lead to other articles, told by what stands in them, whatever their names.

A label for screen readers that says so, a player beside an invitation to listen, a field for an e-mail address, a heading that
says "Newsletter", a heading that says "Related" over links, several teasers of one shape, several links that share the page, a
line that says "Vote now" over choices, a link that skips something: each marks the box around it, as far up as the box holds
little else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from exporter.readers.dom.elements import attribute
from exporter.readers.dom.search import above, elements, every, holds
from exporter.readers.lexicon.folding import fold_case
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues, either, named

Sizes = dict[int, tuple[int, int, int]]

LONGEST_FORM = 500
"""Characters of all text in a box around a field for an address."""
SHORTEST_PITCH = 60
"""Characters below which a box around such a field needs no word that invites."""
SIGNS_AROUND = 20
"""Signs around the words of a button that asks for money, at most: arrows, stops."""
SHORTEST_APPEAL = 15
"""Characters outside links that a box which asks for money has beside its button."""
LONGEST_CONSENT = 1000
"""Characters of all text in a box that asks for leave in several paragraphs."""
LEAST_CONSENT = 3
"""Different words of consent in such a box."""
_OF_TEXT = frozenset({"h1", "blockquote"})
_OF_ARTICLE = _OF_TEXT | {"figcaption", "article"}
LONGEST_LINKS = 900
"""Characters of all text in a box of links with a heading."""
LONGEST_TEASER = 700
"""Characters of one teaser for another article."""
LONGEST_POLL = 500
"""Characters of all text in a box that asks the reader to vote."""
LEAST_CHOICES = 2
"""Buttons or radio inputs from which on such a box offers a choice."""
MOST_OF_SHARE = 3
"""Words of a link that shares the page and is no quotation to be shared."""
LONGEST_SHARES = 200
"""Characters of all text in a box of links that share the page."""
SPARED_PROSE = 330
"""Characters in paragraphs of 80 or more that such a box may hold: its own pitch, and no answer of an interview."""

LONGEST_OFFER_LINE = 120
"""Characters of a line that says what is behind a subscription."""
LONGEST_OFFER = 2600
"""Characters of all text in a box that offers one, with what one gets for it said to each kind of reader anew."""

LEAST_BESIDE = 3
"""Paragraphs of running text beside a box that stands in the article's text."""
LONGEST_SKIP = 90
"""Characters of a link that leads past something in the page."""
LONGEST_PLAYER = 300
"""Characters of all text in the box of a player that invites to listen."""

_LABELLED = frozenset({"aside", "section", "div", "figure"})
_LABELS = (("newsletter", "newsletter"), ("advert", "advertisement"))
"""Kind of the vocabulary's names → the rule by which a box with such a label is left out."""
_OFFERING = frozenset({"h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong"})
_BOXES = frozenset({"div", "section", "aside", "figure", "article", "form", "fieldset", "ul", "li", "header", "footer"})
_LINKS = frozenset({"a"})
_OF_SITE = ("header", "nav", "footer")
_PICTURED = frozenset({"figure", "figcaption", "picture"})
_MEDIA = frozenset({"video", "audio", "iframe", "object", "embed", "img"})
_PLAYING = frozenset({"div", "section", "video-js", "bitmovin-player", "theoplayer", "mux-player"})
"""Elements that a player's library makes its own, and fills."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_SKIPS = Cue("skip", rf"(?<!\w){WORDS}")
_SIGNS_UP = Cue("sign_up", rf"(?<!\w){WORDS}")
_APPEALS = Cue(cues("promotion") | cues("giving"), rf"(?<!\w){WORDS}")
_OFFERS = Cue("subscribers_only", rf"(?<!\w){WORDS}")
_POLLS = Cue("poll", rf"^\W*{WORDS}(?!\w)")
_ASKS_LEAVE = Cue("consent", rf"\b{WORDS}")
_ADDRESS = re.compile(either(cues("mail_fields")), re.IGNORECASE)


def marked(soup: BeautifulSoup, sizes: Sizes) -> dict[int, str]:
    """Identity of an element → the rule by which it is boilerplate. ``sizes``: see :func:`..elements.measure`."""
    found: dict[int, str] = {}
    for find in (
        _labelled,
        _players,
        _controls,
        _forms,
        _consents,
        _appeals,
        _offers,
        _polls,
        _shares,
        _headed,
        _teasers,
        _skips,
    ):
        for tag, rule in find(soup, sizes):
            found.setdefault(id(tag), rule)
    return found


def _around(
    tag: Tag, sizes: Sizes, longest: int, *, most_prose: int = SPARED_PROSE, without: frozenset[str] = _OF_TEXT
) -> Iterator[Tag]:
    """The boxes around ``tag``, the nearest first, as long as they are short and hold no element of the article's."""
    for parent in tag.parents:
        text, _, prose = sizes.get(id(parent), (0, 0, 0))
        if text > longest or prose > most_prose or parent.name in ("body", "main", "html", "[document]"):
            return
        if parent.name in _BOXES and not holds(parent, without):
            yield parent


def _forms(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """Boxes with a field for an e-mail address, told by its type, its name or what stands in it."""
    for field in every(soup, frozenset({"input"})):
        kind = attribute(field, "type").lower()
        asked = f"{attribute(field, 'name')} {attribute(field, 'placeholder')} {attribute(field, 'id')}"
        if kind == "email" or (kind in ("", "text") and _ADDRESS.search(asked)):
            yield from ((box, "newsletter") for box in _alone(field, sizes, LONGEST_FORM) if _invites(box, sizes))


def _labelled(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """Boxes whose label for screen readers says that they invite to a newsletter or advertise."""
    for box in every(soup, _LABELLED):
        if "aria-label" not in box.attrs:
            continue
        label = attribute(box, "aria-label")
        text, _, prose = sizes[id(box)]
        if label and text <= LONGEST_FORM and prose <= SPARED_PROSE and not holds(box, frozenset({"h1", "blockquote"})):
            yield from ((box, rule) for kind, rule in _LABELS if named(label, kind))


def _players(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """Boxes that are named after a player and say nothing but where to hear or to order the programme."""
    for box in every(soup, _LABELLED):
        if 0 < sizes[id(box)][0] <= LONGEST_PLAYER and named(attribute(box, "class"), "embed"):
            lines = list(every(box, frozenset({"p"})))
            if lines and not holds(box, _PICTURED) and all(_APPEALS.search(each.get_text(" ")) for each in lines):
                yield box, "advertisement"


def _controls(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """What a player's library has drawn around what plays: titles, times, settings, what comes next."""
    for box in every(soup, _PLAYING):
        worn = box.name if "-" in box.name else attribute(box, "class")
        if worn and sizes[id(box)][0] and named(worn, "player"):
            yield from ((part, "controls") for part in _around_media(box, sizes))


def _around_media(box: Tag, sizes: Sizes) -> Iterator[Tag]:
    """The largest elements of a player with words and nothing that plays or shows."""
    for part in (each for each in box.children if isinstance(each, Tag) and sizes[id(each)][0]):
        if holds(part, _PICTURED | _MEDIA):
            yield from _around_media(part, sizes)
        elif part.name not in _MEDIA and part.name != "figcaption":
            yield part


def _invites(box: Tag, sizes: Sizes) -> bool:
    """Whether the box, and each of its paragraphs of some length, speaks of signing up."""
    if sizes[id(box)][0] < SHORTEST_PITCH:
        return True
    pitches = [each.get_text(" ") for each in every(box, frozenset({"p"})) if sizes[id(each)][0] >= 80]
    return bool(_SIGNS_UP.search(box.get_text(" "))) and all(_SIGNS_UP.search(pitch) for pitch in pitches)


def _consents(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """Boxes that stand for a film or post and ask for leave to load it."""
    told: dict[int, bool] = {}
    for button in every(soup, frozenset({"button", "a", "label"})):
        worn = attribute(button, "class")
        if button.name == "a" and "btn" not in worn and "button" not in worn:
            continue
        for box in _alone(button, sizes, LONGEST_FORM):
            if not _ASKS_LEAVE.search(box.get_text(" ")):
                break
            yield box, "cookie-notice"
        yield from ((box, "cookie-notice") for box in _at_length(button, sizes, told))


def _at_length(button: Tag, sizes: Sizes, told: dict[int, bool]) -> Iterator[Tag]:
    """The boxes around a button that ask for leave in several paragraphs. ``told`` is what is known of boxes already."""
    for box in _around(button, sizes, LONGEST_CONSENT, most_prose=LONGEST_CONSENT, without=_OF_ARTICLE):
        if id(box) not in told:
            said = box.get_text(" ").casefold()
            told[id(box)] = sum(cue in said for cue in cues("consent")) >= LEAST_CONSENT
        if told[id(box)]:
            yield box


def _appeals(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """Boxes that ask for money: a button or a link that says so, alone in its line, and a pitch."""
    longest = max(map(len, cues("giving"))) + SIGNS_AROUND
    for button in every(soup, frozenset({"button", "a"})):
        if not 0 < sizes[id(button)][0] <= longest:
            continue
        said = button.get_text(" ", strip=True).strip(" :.…!|–→›»-").casefold()
        if said in cues("giving") and above(button, *_OF_SITE) is None and _stands_alone(button, sizes):
            yield from ((box, "advertisement") for box in _alone(button, sizes, LONGEST_FORM) if _pitches(box, sizes))


def _offers(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """Boxes that offer a subscription or an account to read on: a line that says so, and what one gets for it."""
    told: dict[str, bool] = {}
    for line in every(soup, _OFFERING):
        if not 0 < sizes[id(line)][0] <= LONGEST_OFFER_LINE:
            continue
        text = line.get_text(" ").strip()  # a line and the boxes around it say the same
        if text not in told:
            told[text] = _OFFERS.search(text) is not None
        if not told[text]:
            continue
        for box in _around(line, sizes, LONGEST_OFFER):
            if not _only_offers(box, sizes):
                break
            yield box, "subscription-offer"


def _only_offers(box: Tag, sizes: Sizes) -> bool:
    """Whether something is listed or pressed in a box, and each of its paragraphs of some length speaks of subscribing."""
    told = [each.get_text(" ") for each in every(box, frozenset({"p"})) if sizes[id(each)][0] >= 80]
    offered = holds(box, frozenset({"ul", "ol", "button", "a"}))
    return offered and all(_SIGNS_UP.search(each) or _APPEALS.search(each) or _OFFERS.search(each) for each in told)


def _pitches(box: Tag, sizes: Sizes) -> bool:
    """Whether words stand beside the button, and each paragraph of some length speaks of giving: an answer does not."""
    text, links, _ = sizes[id(box)]
    pressed = sum(sizes[id(each)][0] for each in every(box, frozenset({"button"})))
    if text - links - pressed < SHORTEST_APPEAL:
        return False
    told = [each.get_text(" ") for each in every(box, frozenset({"p"})) if sizes[id(each)][0] >= 80]
    return all(_SIGNS_UP.search(each) or _APPEALS.search(each) for each in told)


def _polls(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """Boxes that ask the reader to vote: a line that says so, and the choices with it in the nearest box that has them."""
    for line in every(soup, _HEADINGS | {"p", "legend"}):
        if not 0 < sizes[id(line)][0] <= LONGEST_POLL or not _POLLS.match(line.get_text(" ")):
            continue
        asking = (box for box in _around(line, sizes, LONGEST_POLL) if _choices(box) >= LEAST_CHOICES)
        box = next(asking, None)
        # Running text in it, other than the line, is the article's.
        if box is not None and sizes[id(box)][2] == sizes[id(line)][2]:
            yield box, "poll"


def _choices(box: Tag) -> int:
    """How many choices a box offers: radio inputs, and buttons that do not share, store or print the page."""
    offered = [attribute(each, "type").lower() == "radio" for each in every(box, frozenset({"input"}))]
    pressed = [each.get_text(" ", strip=True).casefold() for each in every(box, frozenset({"button"}))]
    return sum(offered) + sum(bool(said) and said not in cues("furniture_lines") for said in pressed)


def _stands_alone(tag: Tag, sizes: Sizes) -> bool:
    """Whether nothing else is said in the paragraph or heading around the element."""
    around = above(tag, "p", "li", "h2", "h3", "h4")
    return around is None or sizes[id(around)][0] == sizes[id(tag)][0]


def _alone(tag: Tag, sizes: Sizes, longest: int) -> Iterator[Tag]:
    """The boxes around ``tag`` up to the first that holds a photo or several paragraphs."""
    for box in _around(tag, sizes, longest):
        if sum(sizes[id(each)][0] >= 80 for each in every(box, frozenset({"p"}))) > 1 or holds(
            box, frozenset({"figcaption"})
        ):
            return
        yield box


def _shares(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """Boxes of several links that share the page, told by where they lead, and of hardly anything else; such a link alone."""
    links = [link for link in every(soup, _LINKS) if "href" in link.attrs]
    # A page has a hundred links and few of these addresses: each is looked for in all links at once.
    hrefs = "\n".join([attribute(link, "href") for link in links]).lower()
    met = [address for address in cues("share_addresses") if address in hrefs]
    sharing = [link for link in links if any(map(attribute(link, "href").lower().__contains__, met))] if met else []
    known = set(map(id, sharing))
    for link in sharing:
        if 0 < len(link.get_text(" ").split()) <= MOST_OF_SHARE:  # a picture of the article may be one, too
            yield link, "share-bar"
        yield from (
            (box, "share-bar") for box in _around(link, sizes, LONGEST_SHARES) if _only_shares(box, sizes, known)
        )


def _only_shares(box: Tag, sizes: Sizes, sharing: set[int]) -> bool:
    """Whether a box holds several of the links that share the page, and hardly any words beside them."""
    found = [link for link in every(box, _LINKS) if id(link) in sharing]
    said = sum(sizes[id(link)][0] for link in found)
    return len(found) > 1 and said * 10 > sizes[id(box)][0] * 6 and not holds(box, _PICTURED)


def _headed(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """Boxes under a heading that names them: a newsletter, or other articles with their links."""
    for heading in every(soup, _HEADINGS):
        if not 0 < sizes[id(heading)][0] <= 50:
            continue
        words = fold_case(heading.get_text(" ", strip=True).strip(" :.…!|–-"))
        if words in cues("newsletter_headings"):
            yield from ((box, "newsletter") for box in _alone(heading, sizes, LONGEST_FORM))
        elif words in cues("end_headings"):
            for box in _around(heading, sizes, LONGEST_LINKS):
                if _leads_away(box, sizes) or _is_called_related(box, sizes):
                    yield box, "related"
        elif heading.parent is not None and _only_links(heading, heading.parent, sizes):
            yield heading.parent, "related"


def _only_links(heading: Tag, box: Tag, sizes: Sizes) -> bool:
    """Whether a box between paragraphs holds a heading and links to one site, and nothing else."""
    text, links, prose = sizes[id(box)]
    if box.name not in ("section", "aside", "div") or prose or not links or text - links != sizes[id(heading)][0]:
        return False
    if text > LONGEST_FORM or sizes[id(heading)][1] or holds(box, _PICTURED) or box.parent is None:
        return False
    hrefs = [attribute(each, "href") for each in every(box, _LINKS)]
    one_site = len({href.split("/")[2] if "://" in href else "" for href in hrefs}) == 1 and not hrefs[0].startswith(
        "#"
    )
    beside = [each for each in box.parent.find_all("p", recursive=False) if sizes[id(each)][0] >= 80]
    return one_site and len(beside) >= LEAST_BESIDE


def _is_called_related(box: Tag, sizes: Sizes) -> bool:
    """Whether the class of a short box without running text says the same as its heading: its links may be lost."""
    text, _, prose = sizes[id(box)]
    called = named(attribute(box, "class"), "related")
    return called and text <= LONGEST_FORM and not prose and not holds(box, _PICTURED)


def _leads_away(box: Tag, sizes: Sizes) -> bool:
    """Whether a box holds several links, or one with a picture, and hardly any words beside them."""
    text, links, _ = sizes[id(box)]
    many = len([each for each in every(box, _LINKS) if sizes[id(each)][0] > 12]) >= 2
    return links * 10 > text * 6 and (many or holds(box, frozenset({"img"})))


def _teasers(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """Short ``article`` elements of one dress whose headings are links: teasers, when there are two or more."""
    found = [tag for tag in every(soup, frozenset({"article"})) if _is_teaser(tag, sizes)]
    worn = Counter(_dress(tag) for tag in found)
    yield from ((tag, "related") for tag in found if worn[_dress(tag)] >= 2)


def _is_teaser(tag: Tag, sizes: Sizes) -> bool:
    if not 0 < sizes[id(tag)][0] <= LONGEST_TEASER:
        return False
    heading = next(iter(every(tag, _HEADINGS | {"h1"})), None)
    if heading is None:
        return False
    return sizes[id(heading)][1] * 10 > sizes[id(heading)][0] * 8 or above(heading, "a") is not None


def _dress(tag: Tag) -> str:
    """The words of a class without the numbers in it: ``post-2191`` and ``post-2192`` are of one dress."""
    return " ".join(word for word in attribute(tag, "class").split() if not any(each.isdigit() for each in word))


def _skips(soup: BeautifulSoup, sizes: Sizes) -> Iterator[tuple[Tag, str]]:
    """Links that skip something, and the short lines they lead to."""
    for link in every(soup, _LINKS):
        href = attribute(link, "href")
        if (
            not href.startswith("#")
            or not 0 < sizes[id(link)][0] <= LONGEST_SKIP
            or not _SKIPS.search(link.get_text(" "))
        ):
            continue
        yield link, "navigation"
        target = (
            next((each for each in elements(soup) if attribute(each, "id") == href[1:]), None) if href[1:] else None
        )
        if target is not None and 0 < sizes.get(id(target), (0, 0, 0))[0] <= 60:
            yield target, "navigation"
