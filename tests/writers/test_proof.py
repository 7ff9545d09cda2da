"""The typesetting loop: each kind of finding provoked by a small document, mended where it can be, and no word lost."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

import exporter
from exporter.model import (
    Answer,
    Article,
    Asset,
    Block,
    Cell,
    Document,
    Figure,
    Image,
    ListBlock,
    ListEntry,
    Metadata,
    Note,
    Paragraph,
    PullQuote,
    Question,
    Row,
    Strong,
    Table,
    Text,
    Turn,
)
from exporter.notices import NOTICES
from exporter.writers.pdf.proof.checks import CHECKS
from exporter.writers.pdf.proof.findings import KINDS
from exporter.writers.pdf.proof.loop import MOST_PASSES, MOST_TIMES

TIDE = (
    "The tide comes up the slip at four and the harbour master writes it down, as he has written it down every day "
    "since his father put the pencil away, and nobody has ever asked to see the book. "
)
WORDS = TIDE.split()

Photo = Callable[..., bytes]


def text(count: int, start: int = 0) -> str:
    """So many words of running text."""
    return " ".join(WORDS[(start + number) % len(WORDS)] for number in range(count))


def paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def turn(number: int, *answer: Block) -> Turn:
    return Turn(Question((paragraph(f"What of day {number}, and what of the book?"),)), (Answer(answer),))


def document(*body: Block, headline: str = "The harbour book", assets: tuple[Asset, ...] = ()) -> Document:
    return Document(Article(Metadata(language="en"), (Text(headline),), body=body), assets)


def talk(turns: int = 14) -> tuple[Block, ...]:
    """Several pages of questions and answers, no two answers of one length."""
    return tuple(
        turn(number, *(paragraph(text(40 + 7 * number + 11 * part, number)) for part in range(2)))
        for number in range(turns)
    )


def kinds(notices: tuple[exporter.Notice, ...]) -> Counter[str]:
    return Counter(each.code.removeprefix("proof-") for each in notices)


def proofs_of(whole: Document, folder: Path, style: str = "", paper: str = "") -> exporter.Proofs:
    """What is found on the pages of a document, with a style that provokes it."""
    file = folder / "own.css"
    file.write_text(style or "html {}", "utf-8")
    return exporter.proofread(whole, exporter.Options(style=str(file), paper=paper, verbatim=True))


def unmended(whole: Document, paper: str = "a5") -> Counter[str]:
    """What is found on the pages as they fall."""
    return kinds(exporter.render(whole, "pdf", exporter.Options(paper=paper, verbatim=True, draft=True))[1])


def test_every_kind_of_finding_has_a_judge_and_a_notice() -> None:
    assert {f"proof-{name}" for name in KINDS} == {code for code in NOTICES if code.startswith("proof-")}
    assert len(CHECKS) == len(KINDS)


LONG = "An extraordinarily characteristic misunderstanding notwithstanding considerable administrative difficulties. "
FILLED = "p::before { content: ''; display: inline-block } "
"""Lines that are not weighed together but filled one after the other: they begin with a box of no known width."""

PROVOKED: dict[str, tuple[tuple[Block, ...], str]] = {
    "short-line": (talk(), FILLED),
    "hyphen-ladder": (
        tuple(paragraph(text(9, number) + " " + LONG * 3 + text(40, number)) for number in range(12)),
        FILLED + "p { hyphenate-limit-zone: 0; hyphenate-limit-chars: 5 2 2 }",
    ),
    "bad-spacing": (
        tuple(paragraph(text(80, number)) for number in range(6)),
        ".conversation { width: 28mm } p { --lines: filled }",
    ),
    "overfull-line": (
        (paragraph(text(30) + " harbourmasterspencilandbookandtide" * 2),),
        "p { width: 30mm; hyphens: none; overflow-wrap: normal }",
    ),
    "parted-question": (
        tuple(turn(number, *(paragraph("No."), paragraph(text(31)))) for number in range(30)),
        ".question { break-after: auto } .answer > p:first-child { break-before: auto }",
    ),
    "widow": (tuple(paragraph(text(61 + number, number)) for number in range(60)), "html { widows: 1; orphans: 1 }"),
    "orphan": (talk(40), "html { widows: 1; orphans: 1 }"),
}
"""Kind → the document and the style that provoke it, and which the loop mends."""


@pytest.mark.parametrize("kind", PROVOKED)
def test_what_is_provoked_is_found_and_mended(kind: str, tmp_path: Path) -> None:
    body, style = PROVOKED[kind]
    proofs = proofs_of(document(*body), tmp_path, style, paper="a5")
    assert kinds(proofs.before)[kind] > kinds(proofs.after)[kind]
    assert proofs.passes > 1


def portrait(photo: Photo) -> Asset:
    return Asset("tower", "image/jpeg", photo(1200, 1500), width=1200, height=1500)


def test_no_table_is_wider_than_its_page(tmp_path: Path) -> None:
    table = Table(tuple(Row(tuple(Cell((paragraph("1234567890"),)) for _ in range(9))) for _ in range(3)))
    proofs = proofs_of(document(*talk(2), table, *talk(1)), tmp_path, paper="a5")
    assert kinds(proofs.after)["overfull-line"] == 0


def shown() -> Figure:
    return Figure((Image("tower", "A tower", 1200, 1500),), (Text("The tower"),))


def letters(words: str) -> str:
    return re.sub(r"\W", "", words)


def printed(whole: Document, draft: bool) -> list[str]:
    """The letters of each page, without its running head and folio."""
    content, _ = exporter.render(whole, "pdf", exporter.Options(paper="6x9in", draft=draft))
    with pypdfium2.PdfDocument(content) as file:
        words = [page.get_textpage().get_text_range() for page in file]
    return [re.sub(rf"^{number}|{number}$|Theharbourbook", "", letters(page)) for number, page in enumerate(words, 1)]


def illustrated(photo: Photo) -> Document:
    body = list(talk(16))
    for place in (13, 11, 9, 7, 5, 3):
        old = body[place]
        assert isinstance(old, Turn)
        body[place] = turn(place, paragraph(text(50)), shown(), paragraph(text(90)))
    return document(*body, assets=(portrait(photo),))


def test_a_figure_moves_so_that_no_page_is_half_empty(photo: Photo, tmp_path: Path) -> None:
    proofs = proofs_of(illustrated(photo), tmp_path, paper="6x9in")
    assert kinds(proofs.before)["empty-page"] >= 1
    assert kinds(proofs.after)["empty-page"] == 0
    assert kinds(proofs.after)["figure-far"] == 0


def test_moves_lose_no_word_and_never_change_the_order_of_the_text(photo: Photo) -> None:
    whole = illustrated(photo)
    before, after = ("".join(printed(whole, draft)) for draft in (True, False))
    assert Counter(re.sub(r"\d", "", before)) == Counter(re.sub(r"\d", "", after))  # folios are digits too
    place = 0
    for number in range(16):
        question = letters(f"What of day {number}, and what of the book?")
        place = after.index(question, place) + len(question)


def quoted(words: str) -> PullQuote:
    return PullQuote((Text(words),))


def test_a_pull_quote_leaves_the_spread_of_its_own_words(tmp_path: Path) -> None:
    said = "Nobody keeps a lighthouse for the company, and nobody who keeps one lacks any."
    body = list(talk(18))
    body[5] = turn(5, paragraph(text(60)), quoted(said), paragraph(said + " " + text(60)))
    proofs = proofs_of(document(*body), tmp_path, paper="a5")
    assert kinds(proofs.before)["quote-echo"] == 1
    assert kinds(proofs.after)["quote-echo"] == 0


def test_two_pull_quotes_do_not_share_a_spread(tmp_path: Path) -> None:
    body = list(talk(18))
    body[5] = turn(5, paragraph(text(60)), quoted("A gull is a promise of fish."), paragraph(text(30)))
    tried = (
        [*body[:at], turn(at, paragraph(text(60)), quoted("Fish keep no promises.")), *body[at:]] for at in range(7, 16)
    )
    small = ":root { --size: 7pt; --leading: 9pt }"  # other pages than were reckoned with
    every = (proofs_of(document(*each), tmp_path, small, paper="a5") for each in tried)
    proofs = next(each for each in every if kinds(each.before)["quotes-crowded"])
    assert kinds(proofs.after)["quotes-crowded"] == 0


def test_a_pull_quote_is_not_cut(tmp_path: Path) -> None:
    body: list[Block] = [paragraph(text(420)), *(quoted(text(60, number)) for number in range(6))]
    proofs = proofs_of(document(*body), tmp_path, ".pull-quote { break-inside: auto }", paper="a5")
    assert kinds(proofs.before)["quote-cut"] >= 1


def test_a_coarse_picture_is_printed_smaller(photo: Photo, tmp_path: Path) -> None:
    asset = Asset("tower", "image/jpeg", photo(200, 150), width=200, height=150)
    figure = Figure((Image("tower", "A tower", 200, 150),))
    whole = document(paragraph(text(80)), figure, paragraph(text(80)), assets=(asset,))
    proofs = proofs_of(whole, tmp_path, "figure img { width: 100%; image-resolution: 72dpi }")
    assert kinds(proofs.before)["coarse-picture"] == 1
    assert kinds(proofs.after)["coarse-picture"] == 0


def test_pictures_side_by_side_are_seen_too(photo: Photo, tmp_path: Path) -> None:
    asset = Asset("tower", "image/jpeg", photo(120, 150), width=120, height=150)
    pair = Figure((Image("tower", "A tower", 120, 150), Image("tower", "Another", 120, 150)))
    whole = document(paragraph(text(80)), pair, paragraph(text(80)), assets=(asset,))
    proofs = proofs_of(whole, tmp_path)
    assert kinds(proofs.before)["coarse-picture"] == 2
    assert kinds(proofs.after)["coarse-picture"] == 0


def test_figures_in_a_row_are_not_far_from_their_places(photo: Photo, tmp_path: Path) -> None:
    asset, figure = picture_of(photo, "tower", 1200, 1500)
    whole = document(*talk(2), paragraph(text(60)), *[figure] * 6, paragraph(text(60)), assets=(asset,))
    proofs = proofs_of(whole, tmp_path, paper="a5")
    assert not kinds(proofs.before)["figure-far"] + kinds(proofs.after)["figure-far"]


def test_a_picture_below_a_short_turn_leaves_no_hole_before_it(photo: Photo, tmp_path: Path) -> None:
    asset, figure = picture_of(photo, "tower", 1500, 1500)
    asked = [turn(number, paragraph("I did."), figure, paragraph(text(70))) for number in range(4)]
    tried = (document(*talk(1), paragraph(text(count)), *asked, assets=(asset,)) for count in range(20, 400, 20))
    whole = next(each for each in tried if unmended(each)["empty-page"])
    assert not kinds(proofs_of(whole, tmp_path, paper="a5").after)["empty-page"]


def test_more_is_tried_while_holes_are_left_and_closed(photo: Photo) -> None:
    asset, figure = picture_of(photo, "tower", 1200, 1500)
    said = (turn(number, paragraph(text(70)), figure, paragraph("So."), figure) for number in range(12))
    proofs = set_in("book", document(*said, assets=(asset,)), "6x9in")
    assert kinds(proofs.before)["empty-page"] > 6
    assert kinds(proofs.after)["empty-page"] < 3
    assert MOST_PASSES < proofs.passes <= MOST_PASSES * MOST_TIMES


def lonely(*end: Block) -> Document:
    """An article whose last page has a few lines."""
    line: Block = paragraph("A line.")
    tried = (document(*talk(3), *(line for _ in range(lines)), *end) for lines in range(2, 34))
    return next(each for each in tried if unmended(each)["lonely-page"])


def test_a_last_page_of_a_few_lines_gets_company(tmp_path: Path) -> None:
    assert kinds(proofs_of(lonely(), tmp_path, paper="a5").after)["lonely-page"] == 0


def test_a_long_last_paragraph_sends_lines_to_keep_the_last_page_company(tmp_path: Path) -> None:
    after = proofs_of(lonely(paragraph(text(200)), paragraph("The end.")), tmp_path, paper="a5").after
    assert not kinds(after)["lonely-page"]
    assert not kinds(after)["widow"]


def test_a_word_of_the_headline_does_not_stand_alone(tmp_path: Path) -> None:
    whole = document(*talk(3), headline="The harbour master who never opened a book in all his life at sea")
    proofs = proofs_of(whole, tmp_path, ".headline { font-size: 40pt; max-width: none; width: 128mm }")
    assert kinds(proofs.before)["single-word"] >= kinds(proofs.after)["single-word"]


def test_an_opening_that_runs_over_its_page_is_named(tmp_path: Path) -> None:
    whole = document(*talk(3))
    long = replace(whole, article=replace(whole.article, deck=(Text(text(600)),)))
    assert kinds(proofs_of(long, tmp_path, paper="a5").after)["opening-split"] == 1


def noted(count: int, words: int = 90) -> tuple[Block, ...]:
    """Paragraphs with a note each, some of them short."""
    return tuple(
        Paragraph((Text(text(words - 17 * (number % 5), number)), Note((paragraph(f"Note {number} ends."),))))
        for number in range(count)
    )


@pytest.mark.parametrize("paper", ["a5", "6x9in", "b5"])
def test_notes_stand_on_the_page_of_their_marks(paper: str, tmp_path: Path) -> None:
    proofs = proofs_of(document(*noted(30)), tmp_path, paper=paper)
    assert kinds(proofs.before)["note-astray"] == kinds(proofs.after)["note-astray"] == 0
    assert "notes-collected" not in kinds(proofs.after)


@pytest.mark.parametrize("length", range(20, 60, 8))
def test_a_note_is_not_sent_away_to_make_room_for_another_paragraph(length: int) -> None:
    body = (*noted(6, 70), *(paragraph(text(length, number)) for number in range(12)))
    assert not unmended(document(*body))["note-astray"]


def asked(number: int, words: int) -> Turn:
    return Turn(
        Question((paragraph(text(words, number).replace(".", ",")[:-1] + "?"),)),
        (Answer((paragraph(text(120, number)),)),),
    )


def test_a_long_question_goes_over_a_page_rather_than_leave_a_hole(tmp_path: Path) -> None:
    whole = document(*(asked(number, 70 + 13 * (number % 4)) for number in range(16)))
    proofs = proofs_of(whole, tmp_path, paper="a5")
    assert kinds(proofs.before)["empty-page"] > 0
    assert kinds(proofs.after)["empty-page"] == 0
    assert not kinds(proofs.after)["parted-question"]


def test_the_opening_stands_lower_where_its_page_would_be_empty(photo: Photo, tmp_path: Path) -> None:
    whole = document(paragraph(text(220)), shown(), *talk(6), assets=(portrait(photo),))
    proofs = proofs_of(whole, tmp_path, "figure img { min-height: 130mm }", paper="a5")
    assert kinds(proofs.before)["empty-page"] == 1
    assert kinds(proofs.after)["empty-page"] == 0


def test_pull_quotes_are_apportioned_together(tmp_path: Path) -> None:
    body = list(talk(28))
    said = {
        8: "Nobody keeps a lighthouse for the company of gulls.",
        16: "The sea keeps its own book and shows it to no one.",
        24: "What the harbour master wrote down was never the weather.",
    }
    for place, words in said.items():
        body[place] = turn(place, paragraph(text(60)), quoted(words), paragraph(words + " " + text(60)))
    proofs = proofs_of(document(*body), tmp_path, paper="a5")
    assert kinds(proofs.before)["quote-echo"] == 3
    assert kinds(proofs.after)["quote-echo"] == kinds(proofs.after)["quotes-crowded"] == 0


def test_a_page_with_nothing_to_mark_is_laid_out_once(tmp_path: Path) -> None:
    proofs = proofs_of(document(paragraph(text(60))), tmp_path)
    assert (proofs.before, proofs.after, proofs.passes, proofs.pages) == ((), (), 1, 1)


def test_a_draft_names_what_it_does_not_mend() -> None:
    said = "Nobody keeps a lighthouse for the company, and nobody who keeps one lacks any."
    whole = document(*talk(4), turn(5, paragraph(said), quoted(said)), *talk(9))
    draft = kinds(exporter.render(whole, "pdf", exporter.Options(draft=True, verbatim=True))[1])
    assert draft == kinds(exporter.proofread(whole, exporter.Options(verbatim=True)).before)
    assert draft["quote-echo"]


def test_ragged_lines_that_would_end_badly_are_weighed_at_once(tmp_path: Path) -> None:
    filled, weighed = (kinds(proofs_of(document(*talk(20)), tmp_path, style).before) for style in (FILLED, ""))
    assert filled["short-line"] > 0
    assert weighed["short-line"] == 0


def test_the_same_document_is_mended_in_the_same_way(photo: Photo) -> None:
    whole = illustrated(photo)
    first, second = (exporter.render(whole, "pdf", exporter.Options(paper="6x9in"))[0] for _ in range(2))
    assert first == second


def picture_of(photo: Photo, key: str, width: int, height: int) -> tuple[Asset, Figure]:
    asset = Asset(key, "image/jpeg", photo(width, height), width=width, height=height)
    return asset, Figure((Image(key, f"The {key}", width, height),), (Text(f"The {key} from below"),))


def set_in(theme: str, whole: Document, paper: str) -> exporter.Proofs:
    return exporter.proofread(whole, exporter.Options(theme=theme, paper=paper, verbatim=True))


def test_figures_that_stand_together_move_together(photo: Photo, tmp_path: Path) -> None:
    asset, figure = picture_of(photo, "tower", 1200, 1500)
    three: list[Block] = [paragraph(text(90)), figure, figure, figure, paragraph(text(60))]
    whole = document(*(turn(number, *three) for number in range(5)), assets=(asset,))
    proofs = proofs_of(whole, tmp_path, paper="a5")
    assert kinds(proofs.before)["empty-page"] > 1
    assert kinds(proofs.after)["empty-page"] == 0


def test_a_lead_that_does_not_fit_below_its_headline_becomes_smaller(photo: Photo) -> None:
    asset, figure = picture_of(photo, "harbour", 1500, 1000)
    whole = document(*talk(6), headline="The harbour master who never opened a book in all his life", assets=(asset,))
    whole = replace(whole, article=replace(whole.article, deck=(Text(text(180)),), lead=figure))
    proofs = set_in("book", whole, "a5")
    assert kinds(proofs.before)["empty-page"] == 1
    assert kinds(proofs.after)["empty-page"] == 0


def test_a_last_picture_that_does_not_fit_becomes_smaller(photo: Photo, tmp_path: Path) -> None:
    asset, figure = picture_of(photo, "tower", 1200, 1500)
    tried = (document(*talk(3), paragraph(text(count)), figure, assets=(asset,)) for count in range(20, 400, 20))
    whole = next(each for each in tried if unmended(each)["empty-page"])
    assert kinds(proofs_of(whole, tmp_path, paper="a5").after)["empty-page"] == 0


@pytest.mark.parametrize("theme", ["magazine", "book"])
def test_a_short_answer_before_a_large_picture_stays_with_its_question(theme: str, photo: Photo) -> None:
    asset, figure = picture_of(photo, "tower", 1200, 1500)
    asked = turn(9, paragraph("No."), figure, paragraph(text(90)))
    options = exporter.Options(theme=theme, paper="a5", verbatim=True, draft=True)
    tried = (
        document(*talk(3), paragraph(text(count)), asked, *talk(2), assets=(asset,)) for count in range(20, 400, 20)
    )
    whole = next(each for each in tried if kinds(exporter.render(each, "pdf", options)[1])["parted-question"])
    after = kinds(set_in(theme, whole, "a5").after)
    assert not after["parted-question"]
    assert not after["empty-page"]


@pytest.mark.parametrize("theme", ["magazine", "book"])
def test_a_picture_that_begins_an_answer_leaves_lines_of_it_with_the_question(theme: str, photo: Photo) -> None:
    asset, figure = picture_of(photo, "tower", 1200, 1500)
    asked = turn(9, figure, paragraph(text(90)))
    whole = document(*talk(3), paragraph(text(20)), asked, *talk(2), assets=(asset,))
    proofs = set_in(theme, whole, "a5")
    assert kinds(proofs.before)["parted-question"] == 1
    assert not kinds(proofs.after)["parted-question"]


def test_nothing_comes_between_a_colon_and_what_it_announces(tmp_path: Path) -> None:
    said = "Nobody keeps a lighthouse for the company, and nobody who keeps one lacks any."
    listed = ListBlock(tuple(ListEntry((paragraph(f"gull {number}"),)) for number in range(3)))
    body: list[Block] = [turn(number, paragraph(text(70, number) + "namely:"), listed) for number in range(14)]
    body[3] = turn(3, paragraph(text(60)), quoted(said), paragraph(said + " " + text(20)))
    whole = document(*body)
    assert kinds(proofs_of(whole, tmp_path, paper="a5").before)["quote-echo"] == 1
    words = "".join(printed(whole, draft=False))
    assert words.count("namely") == len(re.findall(r"namely(?:\d*Theharbourbook)?\d*gull0", words))


def test_pull_quotes_outnumber_the_spreads_and_none_stands_on_the_page_of_its_words(tmp_path: Path) -> None:
    body = list(talk(16))
    for place in range(1, 16, 2):
        said = f"The sea of day {place} keeps a book of its own and shows it to no one at all."
        body[place] = turn(place, paragraph(text(60)), quoted(said), paragraph(said + " " + text(60)))
    after = proofs_of(document(*body), tmp_path, paper="a5").after
    beside = [each for each in after if each.code == "proof-quote-echo"]
    assert len(beside) <= 2


@pytest.mark.parametrize("theme", ["magazine", "book", "plain"])
def test_a_colophon_does_not_stand_alone_on_the_last_page(theme: str) -> None:
    turns = [turn(number, paragraph(text(23 + number)), paragraph(text(12))) for number in range(40)]
    options = exporter.Options(theme=theme, paper="a5", verbatim=True, draft=True)
    tried = (document(*turns[:count]) for count in range(4, 40))
    whole = next(each for each in tried if kinds(exporter.render(each, "pdf", options)[1])["lonely-page"])
    after = kinds(set_in(theme, whole, "a5").after)
    assert not after["lonely-page"]
    assert not after["empty-page"]


def test_a_last_line_of_two_chinese_letters_is_not_short() -> None:
    whole = document(*(paragraph("潮" * length) for length in range(60, 100)))
    chinese = replace(whole, article=replace(whole.article, metadata=Metadata(language="zh")))
    assert unmended(chinese)["short-line"] <= 4


# ---------------------------------------------------------------------------------------------------------------- bounds


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ((paragraph("word " * 7000),), "35,000 letters in one paragraph"),
        (tuple(paragraph(str(number)) for number in range(11_000)), "parts"),
        (tuple(paragraph("word " * 5000) for _ in range(21)), "letters, and print"),
    ],
    ids=["paragraph", "parts", "letters"],
)
def test_what_print_cannot_take_on_is_refused_at_once(body: tuple[Block, ...], what: str) -> None:
    with pytest.raises(exporter.WriteError, match=what) as caught:
        exporter.render(document(*body), "pdf")
    assert "EPUB" in caught.value.advice


def test_no_words_of_a_bound_are_lost_in_an_e_book() -> None:
    assert exporter.render(document(paragraph("word " * 7000)), "epub")[0]


def test_a_last_page_counts_its_text_and_not_its_colophon(tmp_path: Path) -> None:
    line: Block = paragraph("A line.")
    tried = (document(*talk(3), *(line for _ in range(lines))) for lines in range(2, 40))
    urls = (replace(each, article=replace(each.article, metadata=SIGNED)) for each in tried)
    for whole in urls:
        proofs = proofs_of(whole, tmp_path, paper="a5")
        assert not kinds(proofs.after)["lonely-page"]


SIGNED = Metadata(language="en", publication="The Tidewater", published="2024-11-05", rights="© The Tidewater")
"""What gives the colophon four lines."""


def test_an_endless_word_that_is_bold_in_parts_stays_on_its_page(tmp_path: Path) -> None:
    letters = "ACGTTGCAAGGCTTACGCATGC" * 2
    endless = Paragraph(
        (Text("It reads "), *(each for _ in range(5) for each in (Strong((Text(letters),)), Text(letters))))
    )
    whole = document(turn(0, endless, paragraph(text(60))), turn(1, paragraph(text(60))))
    proofs = proofs_of(whole, tmp_path)
    assert kinds(proofs.before)["overfull-line"] == 1
    assert kinds(proofs.after)["overfull-line"] == 0


def test_a_table_that_takes_the_margin_is_not_too_wide() -> None:
    cells = tuple(Cell((paragraph(str(100 + number)),)) for number in range(12))
    whole = document(turn(0, paragraph(text(40)), Table((Row(cells),) * 4), paragraph(text(40))), *talk(2))
    assert not kinds(exporter.render(whole, "pdf", exporter.Options(draft=True))[1])["overfull-line"]


def test_figures_that_stand_nowhere_may_be_passed_when_others_move() -> None:
    """Their pictures are missing, and they have no captions; others have, and are moved past them."""
    chance = random.Random(70)  # noqa: S311 - lengths, no secret
    blocks: list[Block] = []
    for number in range(14):
        asked = text(chance.randint(5, 20), number)
        answer = (paragraph(text(chance.randint(30, 120))) for _ in range(chance.randint(1, 3)))
        blocks.append(Turn(Question((paragraph(asked),)), (Answer(tuple(answer)),)))
        if chance.random() < 0.35:
            blocks.append(Figure((Image(None, source="https://example.org/bell.jpg"),)))
        if chance.random() < 0.3:
            blocks.append(Figure((Image(None, source="https://example.org/buoy.jpg"),), caption=(Text("A bell"),)))
    proofs = exporter.proofread(document(*blocks), exporter.Options(theme="magazine", paper="6x9in"))
    assert sum(kinds(proofs.after).values()) <= sum(kinds(proofs.before).values())
