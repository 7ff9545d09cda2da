"""Lines and boxes that ask the reader to give, to subscribe, to follow, to buy or to click, and those that are paid for."""

from __future__ import annotations

import re

from exporter.readers.article.body import prose
from exporter.readers.article.boilerplate_groups import CHANNELS, links_in
from exporter.readers.article.byline.line import names_makers
from exporter.readers.dom.search import above, every
from exporter.readers.lexicon.vocabulary import WORDS, Cue, cues
from exporter.readers.segments.emphasis import emphasis_of
from exporter.readers.segments.segment import Segment, text_of

_ENDS = r"(?:(?!\w)|(?<=[\u3040-\uffff]))"
"""The end of a word, which scripts without spaces do not mark."""
_SELLS = Cue("promotion_opening", rf"^[\W_]*{WORDS}{_ENDS}")
_SPONSORS = Cue("sponsor", rf"(?<!\w){WORDS}(?!\w)|\d ?% off\b", needed=False)
_MAY_SPONSOR = Cue("sponsor_or_told", rf"(?<!\w){WORDS}(?!\w)")
_INVITES = Cue("invitation", rf"(?<!\w){WORDS}(?!\w)")
_FOLLOWS = Cue(cues("invitation") - {"your"}, rf"(?<!\w){WORDS}(?!\w)")
_PROMOTES = Cue("promotion", rf"(?<!\w){WORDS}")
_SIGNS_UP = Cue("sign_up", rf"(?<!\w){WORDS}")
_CLICKS = Cue("click_here", rf"^[\W_]*(?:\w+[\s,]+){{0,2}}{WORDS}{_ENDS}")
_FOLLOWED = re.compile(
    r"//news\.google\.|whatsapp\.com/channel|//t\.me/|//(?:play\.google|apps\.apple)\.com|//dzen\.ru|flipboard\.com/@",
    re.IGNORECASE,
)
"""Where nobody is quoted, and publishers are followed."""
_OFFERS = Cue("sign_up", rf"^[\W_]*{WORDS}")
_LINKS = frozenset({"a"})
OFFER_WORDS = 20
"""Words below a picture that is an offer."""
LEAST_TOLD = 8
"""Words of a sentence that may speak of a sponsor or a channel and belong to the text."""
LINKED = 0.3
"""Share of a line in links from which on it may be there for them alone."""
SHORT = 40
"""Words: a longer paragraph is the article's, whatever it begins with."""
_OPEN_QUOTE = tuple('"“„«»”‘「')
_CLOSES = '.!?…。”»"’'


def is_short(segment: Segment) -> bool:
    """Whether it is a paragraph of a line or two."""
    return segment.kind == "paragraph" and segment.word_count <= SHORT


def sells(segment: Segment) -> bool:
    """Whether a line begins as those do that sell the site's own things."""
    return is_short(segment) and bool(_SELLS.match(segment.text))


def sponsors(segment: Segment) -> bool:
    """Whether a line names what it is paid for; a sentence of the text may tell of a sponsor or quote from a channel."""
    if not is_short(segment):
        return False
    text = segment.text
    if _SPONSORS.search(text):
        return True
    told = segment.word_count >= LEAST_TOLD and text.rstrip()[-1:] in _CLOSES
    plain = told and emphasis_of(segment.inlines) == "plain"
    return bool(_MAY_SPONSOR.search(text)) and not (plain and not _INVITES.search(text))


def pitches(segment: Segment) -> bool:
    """Whether a line set apart from the text, or a box of nothing but such lines, asks to give, to subscribe or to click."""
    if segment.kind not in ("quote", "box", "list"):
        return _is_pitch(segment)
    inner = [each for each in segment.segments if each.open and each.kind != "heading"]
    return bool(inner) and all(_is_pitch_in_box(each) for each in inner)


def _is_pitch_in_box(segment: Segment) -> bool:
    """The same in a box, which is set apart itself: a sentence there may be longer and name no address."""
    if segment.kind != "paragraph":
        return False
    invites = segment.word_count <= 2 * SHORT and bool(_INVITES.search(segment.text))
    named_so = bool(_MAY_SPONSOR.search(segment.text)) or _leads_to_channel(segment)
    return (invites and named_so) or _is_pitch(segment) or (segment.word_count <= SHORT and _leads_to_shop(segment))


def _is_pitch(segment: Segment) -> bool:
    text = segment.text
    if segment.kind != "paragraph" or segment.word_count > SHORT or text[-1:] in "?？" or text[:1] in _OPEN_QUOTE:
        return False
    if names_makers(segment):  # "By Ann Lee. Follow her on …"
        return False
    apart = emphasis_of(segment.inlines) != "plain"
    if _ends_in_request(segment):
        return True
    if apart and _CLICKS.match(text):
        return True
    if not segment.links or not (apart or segment.link_density >= LINKED):
        return False
    if apart and any(_FOLLOWED.search(link.href) for link in links_in(segment.inlines)):
        return True
    return (apart and bool(_PROMOTES.search(text))) or (bool(_FOLLOWS.search(text)) and _leads_to_channel(segment))


def _ends_in_request(segment: Segment) -> bool:
    """Whether a line ends in a link that says no more than "Subscribe" or "Give now"."""
    links = links_in(segment.inlines) if segment.links else []
    said = text_of(links[-1].children).strip(" .!…→>»›").casefold() if links else ""
    return said in cues("giving") and segment.text.rstrip(" .!…→>»›").casefold().endswith(said)


def _leads_to_channel(segment: Segment) -> bool:
    return any(CHANNELS.search(link.href) for link in links_in(segment.inlines))


def _leads_to_shop(segment: Segment) -> bool:
    """Whether a line links to where apps are had, or to two channels."""
    links = [link.href for link in links_in(segment.inlines) if CHANNELS.search(link.href)]
    return len(links) > 1 or any("//play.google." in href or "//apps.apple." in href for href in links)


def signs_up(segment: Segment) -> bool:
    """Whether a short box without running text speaks of subscribing: a newsletter's, whose field is lost."""
    brief = segment.kind == "box" and segment.word_count <= SHORT and not prose(segment)
    return brief and bool(_SIGNS_UP.search(segment.text))


def shows_offer(segment: Segment) -> bool:
    """Whether a picture leads elsewhere and a few words below it ask to subscribe or to register: no caption, but an offer."""
    if segment.kind != "figure" or segment.element is None:
        return False
    said = " ".join(each.text for each in segment.segments if each.text) or segment.text
    linked = (*every(segment.element, _LINKS), above(segment.element, "a"))
    if not 0 < len(said.split()) <= OFFER_WORDS or not any(linked):
        return False
    return bool(_SELLS.match(said)) or bool(_OFFERS.match(said))
