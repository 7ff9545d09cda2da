"""From the segments of an article's span to a reading: the order of decisions that every reader shares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from exporter.model import Article, Document, Embed, Figure, Inline, Link, Metadata, Text
from exporter.model.walk import walk
from exporter.notices import Notice, excerpt, notice
from exporter.readers import interview
from exporter.readers.article import end_matter, figures, quotes
from exporter.readers.article.bold_crossheads import find_bold_crossheads
from exporter.readers.article.extent import OUTSIDE
from exporter.readers.article.headline import similarity
from exporter.readers.article.invitations import read_more
from exporter.readers.article.notes import settle_notes
from exporter.readers.article.opening import Opening
from exporter.readers.assembly import document as assemble
from exporter.readers.assembly.contributors import boxed_author, contributors, introduced
from exporter.readers.assembly.page import Page, Step
from exporter.readers.interview.utterances import PageFacts, announces, tells_of_applying
from exporter.readers.lexicon import dates
from exporter.readers.lexicon import language as tongue
from exporter.readers.lexicon.folding import fold_name
from exporter.readers.lexicon.names import Person, authors, houses, people_in
from exporter.readers.lexicon.vocabulary import WORDS, Cue, WholeCue, cues, either
from exporter.readers.metadata import Declared
from exporter.readers.segments.inlines import parted
from exporter.readers.segments.labels import label_of
from exporter.readers.segments.rule import Search
from exporter.readers.segments.segment import LEFT_OUT, Segment, fates, text_of
from exporter.results import Reading

LEAST_ALIKE = 0.6
"""How alike the printed headline and a title of the head are when both are of one article."""
LONGEST_LINE = 10
"""Words of a line by itself that says that questions are put to somebody."""
ANNOUNCING = 300
"""Characters of the first paragraphs in which the page may say that it puts one question."""
OPENING_PIECES = 14
"""Segments at the article's beginning in which it may say that it is an interview."""

_CALLED = WholeCue("interview_title")
_PUT_TO = WholeCue("questions_to")
_FAQ = WholeCue("faq")
_ASKS_ONCE = WholeCue("one_question")
_MADE_UP = Cue(
    "made_up",
    rf"(?:^|[.:,;–—(|]\s*)(?:[^\W\d_]+\s)?{WORDS}(?:\s{either(cues('made_up_for'))}\s\S+(?:\s\S+)?)?\)?[.!]?$",
)
"""A word for a play or a story that stands by itself, at the end of a headline or as all of a kicker."""
_TELLS_OF_OTHER = frozenset({"FAQPage", "QAPage", "Product", "HowTo", "Recipe", "Quiz", "DiscussionForumPosting"})
"""Kinds of page (schema.org) whose questions are nobody's talk."""
_QUOTED = re.compile(r"[„“”\"«»‘‹「『][^„“”\"«»]{12,}[“”\"»«’›」』]")
"""A headline in which somebody is quoted: few but talks have one."""


def find_figures(page: Page) -> None:
    """Pictures with their captions and credits."""
    page.images.prepare(figures.offered(page.chosen))
    figures.find_figures(page.chosen, page.images.load, page.declared.publication)


def find_read_mores(page: Page) -> None:
    """Invitations inside the text to read something else."""
    read_more.find_read_mores(page.chosen)


def find_quotes(page: Page) -> None:
    """Pull quotes and block quotes with their attributions."""
    prose = [
        segment.text
        for segment in page.chosen
        if segment.open
        and segment.kind in ("paragraph", "heading")
        and segment.word_count - _marks_apart(segment.text) >= 6
    ]
    quotes.find_quotes(page.chosen, quotes.Words(text for text in prose))


def _marks_apart(text: str) -> int:
    """Signs that stand apart as words do: the quotation marks of French."""
    return sum(len(each) == 1 and not each.isalnum() for each in text.split())


def find_turns(page: Page) -> None:
    """Who asks and who answers; a page of one voice stays as it is."""
    page.decided = page.chosen
    if page.kind == "article":
        return
    facts = facts_of(page.chosen, page.declared, page.opening)
    found = page.site.find_turns(page.chosen, facts, certain=page.kind == "interview")
    page.decided = found.segments
    if found.count:
        page.notices.append(found.notice())
    elif page.kind == "interview" or facts.titled or found.confidence >= interview.LIKE_ONE:
        reason = {True: "you call it one", False: "it alternates like one"}[page.kind == "interview"]
        page.notices.append(notice("turns-missed", reason="it is announced as one" if facts.titled else reason))


def leave_out_end_matter(page: Page) -> None:
    """What stands behind the last answer, or at the end of an article, and is no part of it."""
    end_matter.mark_boilerplate(page.decided)


def find_crossheads(page: Page) -> None:
    """Bold lines between the paragraphs of an article, which are its crossheads."""
    page.decided = find_bold_crossheads(page.decided)


DECISIONS: tuple[Step, ...] = (
    find_figures,
    find_read_mores,
    find_quotes,
    find_turns,
    leave_out_end_matter,
    find_crossheads,
)
"""What every reader decides of the chosen segments, in this order."""


def facts_of(segments: list[Segment], declared: Declared, opening: Opening) -> PageFacts:
    """What the page says of itself that bears on whether it is an interview."""
    opening_words = " ".join(
        [text_of(opening.headline), text_of(opening.deck), text_of(opening.kicker), text_of(opening.byline)]
    )
    first = " ".join(segment.text for segment in segments[:OPENING_PIECES] if segment.open and segment.word_count > 8)
    head = " ".join(
        [opening_words, declared.section, declared.description, *declared.keywords, *declared.titles, declared.address]
    )
    titles = " ".join([text_of(opening.headline), text_of(opening.kicker), *declared.titles, declared.address])
    bylines = " ".join(segment.text for segment in segments if segment.became == "byline")
    return PageFacts(
        names=(*declared.authors, declared.publication, *_capitalised(opening_words)),
        mentioned=tuple(_capitalised(first)),
        people=frozenset(_people(segments, opening, declared, opening_words)),
        interviewers=(*declared.authors, *people(opening, declared), declared.publication),
        announced=any(map(announces, (head, first, bylines, _brief_headings(segments))))
        or any(map(_announces, segments)),
        titled=_is_titled(" ".join([titles, declared.section, _brief_headings(segments)]), declared)
        or any(map(_announces, segments)),
        quoted=bool(_QUOTED.search(text_of(opening.headline))),
        faq=bool(_FAQ.search(titles)) or not _TELLS_OF_OTHER.isdisjoint(declared.kinds),
        asks_once=bool(_ASKS_ONCE.search(f"{opening_words} {first[:ANNOUNCING]}")),
        made_up=any(map(_MADE_UP.search, (text_of(opening.headline), text_of(opening.kicker), declared.section))),
        language=tongue.decide(declared.language, " ".join(segment.text for segment in segments if segment.open))[0],
    )


def _is_titled(titles: str, declared: Declared) -> bool:
    """Whether headline, kicker, section or the page's own data call it an interview: more than a word of it in the text."""
    called = bool(_CALLED.search(titles)) and not tells_of_applying(titles)
    return called or "Interview" in declared.kinds


def _brief_headings(segments: list[Segment]) -> str:
    """Headings of a word or two, as "Interview" over the questions."""
    return " ".join(segment.text for segment in segments if segment.kind == "heading" and segment.word_count <= 2)


def _announces(segment: Segment) -> bool:
    """Whether a line says that questions are put to somebody: "Three questions for Ann Lee", as below a portrait."""
    if not segment.open or segment.kind not in ("heading", "paragraph") or segment.word_count > LONGEST_LINE:
        return False
    return bool(_PUT_TO.search(segment.text)) and not segment.text.rstrip().endswith(("?", "？", "؟"))


def _people(segments: list[Segment], opening: Opening, declared: Declared, opening_words: str) -> set[str]:
    """Full names of people whom a note at the end may introduce: authors, labelled speakers, names in the head."""
    labelled = [
        label.name
        for segment in segments
        if segment.open and segment.inlines and (label := label_of(segment)) is not None
    ]
    found = [*people(opening, declared), *labelled, *_capitalised(opening_words)]
    return {name.casefold() for name in found if 1 < len(name.split()) <= 4}


def _capitalised(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z][\w'’-]+){0,3}", text)))


def people(opening: Opening, declared: Declared) -> list[str]:
    """The names in the byline of those who wrote or asked, else those declared."""
    return authors(_makers(opening, declared))


def _makers(opening: Opening, declared: Declared) -> list[Person]:
    """The people of the byline, each with a role, and those whom the head declares, unless the two name different authors."""
    printed, stated = people_in(parted(opening.byline), declared.publication), _declared_people(declared)
    named, writers = (
        {fold_name(name) for name in names} for names in ([each.name for each in printed], authors(printed))
    )
    overruled = {*declared.doubtful, *map(fold_name, declared.organisations)} if writers else set()
    besides = [person for person in stated if fold_name(person.name) not in named | overruled]
    # The line names no author, at most who took the pictures: those declared come first.
    if not writers:
        return [*besides, *printed]
    headline = text_of(opening.headline)
    agree = any(similarity(headline, title, least=LEAST_ALIKE) for title in declared.titles) or any(
        fold_name(person.name) in writers for person in stated
    )
    # Else the head may be that of another page.
    return [*printed, *(besides if agree else ())]


def _declared_people(declared: Declared) -> list[Person]:
    return [person for each in declared.authors for person in people_in(each, declared.publication)]


def compose(page: Page) -> Reading:
    """The reading of a page whose article is its decided segments; what else stands on the page is left out."""
    article, said = _article(page)
    settle_notes(page.notes, article)
    segments = [*page.segments, *page.notes]
    OUTSIDE.decide(segments)
    # Pictures of blocks that later steps left out were loaded before.
    used = {node.asset for node in walk(article) if hasattr(node, "asset")}
    document = Document(article, tuple(asset for asset in page.images.assets if asset.key in used))
    remarks = (*page.notices, *said, *page.images.notices, *_links_and_embeds(article), *_left_out(segments))
    return Reading(document, remarks, tuple(fates(segments)))


def _article(page: Page) -> tuple[Article, list[Notice]]:
    """The article of the decided segments, and what is to be said of its language and its dates."""
    declared, opening, span = page.declared, page.opening, page.decided
    lead = next((each.block for each in LEAD.decide(span) if isinstance(each.block, Figure)), None)
    words = " ".join(segment.text for segment in span if segment.became != LEFT_OUT)
    language, about_language = tongue.decide(declared.language, words)
    assemble.settle_languages(span, language)
    introduction, body = assemble.parts(span)
    lines = dict.fromkeys([opening.dateline, *opening.dated])
    settled = dates.settle(declared.stated, declared.modified, lines, declared.address, language, declared.refused)
    article = Article(
        metadata=_metadata(declared, opening, settled, language),
        headline=opening.headline,
        kicker=opening.kicker,
        deck=opening.deck,
        byline=_byline(opening, declared),
        lead=lead,
        introduction=introduction,
        body=body,
    )
    if not article.byline and (told := _author_told(page, article)):
        declared.authors.append(told)
        article = replace(article, byline=_byline(opening, declared))
    named = contributors(_makers(opening, declared), article)
    article = replace(article, metadata=replace(article.metadata, contributors=named))
    return article, [*about_language, *settled.notices]


def _author_told(page: Page, article: Article) -> str:
    """Who wrote, where no byline says it: a box of the author's, a note at the end, a linked face."""
    boxed = boxed_author(page.segments)
    return boxed or introduced(page.segments, _last_place(page), article) or page.declared.face


def _last_place(page: Page) -> int:
    """The place, among all segments, of the last one that is decided to be the article's."""
    last = page.decided[-1] if page.decided else None
    return next((place for place, segment in enumerate(page.segments) if segment is last), len(page.segments) - 1)


def _metadata(declared: Declared, opening: Opening, settled: dates.Settled, language: str) -> Metadata:
    return Metadata(
        language=language,
        source_url=declared.address,
        publication=declared.publication,
        section=declared.section,
        dateline=_dateline(opening, settled.published),
        published=settled.published,
        modified=settled.modified,
        keywords=tuple(dict.fromkeys(filter(None, declared.keywords)))[:20],
        rights=declared.rights,
    )


def _links_and_embeds(article: Article) -> list[Notice]:
    """What of the page cannot stand on paper as it stood there."""
    nodes = list(walk(article))
    lost = sum(isinstance(node, Link) and not node.href for node in nodes)
    found = [notice("links-without-target", count=lost)] if lost else []
    return found + [
        notice("embed-linked", provider=each.provider or "a player") for each in nodes if isinstance(each, Embed)
    ]


MOST_NAMED = 12
"""Authors whom only the head of the page declares that a byline names."""


def _byline(opening: Opening, declared: Declared) -> tuple[Inline, ...]:
    """The printed byline with the authors whom the head declares besides; without one, those whom the head declares.

    An agency or the publication stands there only where the page prints it, or where no person is named.
    """
    printed = parted(opening.byline)
    named = [name for name in authors(_makers(opening, declared)) if fold_name(name) not in fold_name(printed)]
    if people_in(printed, declared.publication):
        return (*opening.byline, *((Text(", " + ", ".join(named[:MOST_NAMED])),) if named else ()))
    if named:  # the page prints an agency, and only its head says who wrote for it
        return _listed([*named[:MOST_NAMED], *houses([printed], declared.publication)[:2]])
    return opening.byline or _listed(houses(declared.authors, declared.publication)[:2])


def _listed(names: list[str]) -> tuple[Inline, ...]:
    return (Text(", ".join(dict.fromkeys(names))),) if names else ()


def _dateline(opening: Opening, published: str) -> str:
    """The place that the page prints, or its line with a date when no date was read from it or from elsewhere."""
    return "" if published and any(each.isdigit() for each in opening.dateline) else opening.dateline


_OPENING = ("headline", "deck", "kicker", "byline", "dateline")
MOST_ABOVE_HEAD = 1
"""Paragraphs above a line of the head."""


def _first_picture(span: list[Segment]) -> Iterator[Segment]:
    """The first figure, when it opens the article: before any paragraph of its text."""
    head = _last_of_head(span)
    for place, segment in enumerate(span):
        if segment.became == LEFT_OUT or segment.became in (*_OPENING, "caption", "credit"):
            continue
        if isinstance(segment.block, Figure) and segment.open:
            yield segment
            return
        beside = segment.kind in ("rule", "embed", "furniture") or segment.has_name("slide")
        if place > head and not beside and segment.word_count > 8:
            return


def _last_of_head(span: list[Segment]) -> int:
    """The place of the last line of the head, -1 without one.

    What stands above deck and byline is no text yet; but behind some paragraphs makers sign, and times head entries.
    """
    head, told = -1, 0
    for place, segment in enumerate(span):
        told += segment.kind == "paragraph" and segment.open and segment.word_count > 8
        if segment.became in _OPENING and segment.rule != "closing-byline" and told <= MOST_ABOVE_HEAD:
            head = place
    return head


LEAD = Search("first-picture", _first_picture, "lead")
"""By which a figure is the lead picture."""


def _left_out(page: list[Segment]) -> list[Notice]:
    return [
        notice("left-out", fate.where, rule=fate.rule, excerpt=excerpt(fate.text))
        for fate in fates(page)
        if fate.became == LEFT_OUT
    ]
