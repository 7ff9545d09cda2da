"""What an editor says of single blocks: pages with their corrections and what comes of them; the file, and who finds it."""

from __future__ import annotations

import json
import re
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from exporter import Options, ReadOptions, UsageError, cli, export, read
from exporter.books import ArticlePlan, bind, plan_of
from exporter.corrections.form import METADATA
from exporter.corrections.roles import ROLES
from exporter.corrections.skeleton import skeleton
from exporter.results import Reading
from exporter.sources.source import CorrectionsFile, Source
from exporter.watch import Watch

TESTS = Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS), str(TESTS / "eval")]

from conservation import LOST, losses  # noqa: E402 - their folders are put on the path above

from test_pages import SLUGS as PAGE_SLUGS  # noqa: E402
from test_pages import laid_out, projected, without_empty  # noqa: E402

CORRECTIONS = TESTS / "corrections"
SLUGS = sorted(folder.name for folder in CORRECTIONS.iterdir())
TURNS = CORRECTIONS / "roles-among-the-turns"
OF_BLOCK = r"^# ([0-9a-f]{10}(?:-[0-9]+)? = )"
"""A line of the skeleton, as it is before anybody opens it."""
NONE = ReadOptions(corrections="none")


def source_in(folder: Path) -> Path:
    return next(each for each in sorted(folder.iterdir()) if each.stem == "source")


def told(reading: Reading) -> list[str]:
    return [f"{fate.became} << {fate.rule} << {fate.text}" for fate in reading.fates]


def shown(reading: Reading) -> dict[str, Any]:
    known = reading.document.article.metadata
    people = [f"{each.name}: {', '.join(each.roles)}" for each in known.contributors]
    return without_empty({**projected(reading), "people": people, "date": known.published, "fates": told(reading)})


def codes(reading: Reading) -> list[str]:
    return [each.code for each in reading.notices if each.code.startswith("correction")]


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A page with its corrections in a folder of its own."""
    for file in TURNS.iterdir():
        shutil.copy(file, tmp_path / file.name.replace("source", "talk"))
    return tmp_path / "talk.html"


def corrected(page: Path, text: str) -> Path:
    file = page.with_name(f"{page.stem}.corrections.toml")
    file.write_text(text, "utf-8")
    return file


# -------------------------------------------------------------------------------------------------------------- on a page


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_is_read_as_its_corrections_say(slug: str, request: pytest.FixtureRequest) -> None:
    reading = read(source_in(CORRECTIONS / slug))
    expected = CORRECTIONS / slug / "expected.json"
    if request.config.getoption("--accept"):
        expected.write_text(laid_out(shown(reading)), "utf-8")
    assert shown(reading) == json.loads(expected.read_bytes())
    assert codes(reading) == ["corrections"]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_corrections_are_needed_and_change_no_other_block(slug: str) -> None:
    source = source_in(CORRECTIONS / slug)
    before, after = (read(source, read_options=each) for each in (NONE, ReadOptions()))
    assert shown(before) != shown(after)
    known = {fate.identity: fate.became for fate in before.fates}
    changed = {fate.identity for fate in after.fates if known.get(fate.identity) != fate.became}
    text = source.with_name("source.corrections.toml").read_text("utf-8")
    following = {fate.identity for fate in after.fates if re.match("correction( nearby|: another)", fate.rule)}
    assert changed - following <= {each for each in changed if each in text}


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if source_in(CORRECTIONS / slug).suffix == ".html"])
def test_no_letter_gets_lost_under_corrections(slug: str) -> None:
    source = source_in(CORRECTIONS / slug)
    assert [loss for loss in losses(source.read_bytes(), read(source)) if loss.kind == LOST] == []


ANYTHING = [
    *(("boilerplate-of-every-kind", role.name) for role in ROLES),
    *(("quotes-and-boxes-of-every-kind", role) for role in ("attribution", "pull-quote", "answer")),
    *(("pictures-of-every-kind", role) for role in ("caption", "kept", "left out")),
]


@pytest.mark.parametrize(("slug", "role"), ANYTHING)
def test_any_block_may_be_said_to_be_anything(slug: str, role: str, talk: Path) -> None:
    """One block after another of a page with everything: it becomes that, or a notice says why not; no word is lost."""
    page = TESTS / "pages" / slug / "source.html"
    shutil.copy(page, talk)
    for fate in read(talk, read_options=NONE).fates:
        corrected(talk, f'[blocks]\n{fate.identity} = "{role}"\n')
        reading = read(talk)
        assert [loss for loss in losses(page.read_bytes(), reading) if loss.kind == LOST] == []
        mine = [each for each in reading.fates if each.identity == fate.identity]
        if "correction-unfit" in codes(reading):
            unfit = next(each.message for each in reading.notices if each.code == "correction-unfit")
            assert role != "left out"
            assert role != "kept" or "its picture cannot be had" in unfit
        elif role == "kept":
            assert "left out" not in {each.became for each in mine}
        else:
            assert {each.became for each in mine} <= {role}  # what stands in a box has names of its own


@pytest.mark.parametrize("slug", PAGE_SLUGS)
def test_to_say_what_the_reader_found_changes_nothing(slug: str) -> None:
    folder = TESTS / "pages" / slug
    source = Source("page", source_in(folder).read_bytes(), "the page", source_in(folder).suffix)
    before = read(source)
    opened = re.sub(OF_BLOCK, r"\1", skeleton(before, "page"), flags=re.MULTILINE)
    after = read(replace(source, corrections=CorrectionsFile("page.corrections.toml", opened.encode())))
    assert {**projected(after), "left out by": []} == {**projected(before), "left out by": []}
    assert codes(after) == ["corrections"]


# --------------------------------------------------------------------------------------------------------------- identity


def test_a_block_keeps_its_name_when_the_page_around_it_changes(talk: Path) -> None:
    names = {fate.text: fate.identity for fate in read(talk, read_options=NONE).fates}
    markup = talk.read_text("utf-8")
    moved = markup.replace("<article>", "<div class=ad>Buy jars</div><main><article class='v2'><p>New today.</p>")
    moved = moved.replace("<p>Mostly it", "<p   id='x'>\n Mostly\u00ad  it").replace("</article>", "</article></main>")
    talk.write_text(moved, "utf-8")
    again = {fate.text.replace("\u00ad", ""): fate.identity for fate in read(talk, read_options=NONE).fates}
    kept = [text for text in names if names[text] == again.get(text)]
    assert set(names) - set(kept) == set()


def test_equal_blocks_are_told_apart_by_their_number(talk: Path) -> None:
    twice = "<p>She laughed, and went on to the next jar without a word.</p>"
    talk.write_text(talk.read_text("utf-8").replace("<p>Mostly", f"{twice}{twice}<p>Mostly"), "utf-8")
    first, second = (fate for fate in read(talk, read_options=NONE).fates if "next jar" in fate.text)
    assert second.identity == f"{first.identity}-2"
    corrected(talk, f'[blocks]\n{second.identity} = "left out"\n')
    assert [fate.became for fate in read(talk).fates if "next jar" in fate.text] == ["answer", "left out"]


def test_the_same_page_in_another_form_has_the_same_names(talk: Path) -> None:
    plain = read(talk)
    packed = talk.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(talk, "talk.html")
    message = talk.with_suffix(".mhtml")
    head = "From: <Saved by Blink>\nSnapshot-Content-Location: https://arch.example/talk\nSubject: talk\nMIME-Version: 1.0\n"
    part = 'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
    boundary = 'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\n'
    message.write_text(f"{head}{boundary}{part}{talk.read_text('utf-8')}\n--b--\n", "utf-8")
    for other in (packed, message):
        reading = read(other)
        assert told(reading) == told(plain), other
        assert [fate.identity for fate in reading.fates] == [fate.identity for fate in plain.fates]


# ------------------------------------------------------------------------------------------------------ where they are from


def test_a_page_inside_an_archive_brings_no_corrections(talk: Path) -> None:
    packed = talk.with_name("other.zip")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(talk, "talk.html")
        archive.write(talk.with_name("talk.corrections.toml"), "talk.corrections.toml")
        archive.write(talk.with_name("talk.corrections.toml"), "other.corrections.toml")
    assert codes(read(packed)) == []


def test_several_pages_of_one_archive_have_no_corrections_beside_it(talk: Path) -> None:
    packed = talk.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(talk, "talk.html")
        archive.write(talk, "walk.html")
    reports = list(packed.parent.glob("*.txt"))
    assert reports == []
    target = packed.with_name("out")
    target.mkdir()
    assert cli.run(["text", str(packed), "-o", str(target)]) == 0
    texts = [each.read_text("utf-8") for each in sorted(target.glob("*.txt"))]
    assert len(texts) == 2
    assert all("The second jar" in text and "bees" in text for text in texts)


def test_bytes_take_corrections_only_where_they_are_named(talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(talk.parent)
    shutil.copy("talk.corrections.toml", "page.corrections.toml")
    content = talk.read_bytes()
    assert codes(read(content, format="html")) == []
    named = read(content, read_options=ReadOptions(format="html", corrections="talk.corrections.toml"))
    assert told(named) == told(read(talk))
    assert codes(read(talk, read_options=NONE)) == []


def test_what_an_option_says_goes_before_what_the_file_says(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["json", str(talk), "-o", "-", "--publication", "The Tunnel", "-q"]) == 0
    known = json.loads(capsys.readouterr().out)["article"]["metadata"]
    assert (known["publication"], known["published"]) == ("The Tunnel", "2024-03-05")


def test_a_document_of_exporter_takes_what_is_said_of_the_article(talk: Path) -> None:
    export(talk, talk.with_name("saved.json"), read_options=NONE)
    corrected(talk.with_name("saved.json"), '[metadata]\ntitle = "Jars"\n[blocks]\n0123456789 = "answer"\n')
    reading = read(talk.with_name("saved.json"))
    assert projected(reading)["title"] == "Jars"
    assert codes(reading) == ["corrections", "corrections-idle"]


def test_no_result_takes_the_place_of_the_corrections(talk: Path) -> None:
    file = talk.with_name("talk.corrections.toml")
    kept = file.read_bytes()
    with pytest.raises(UsageError, match="a file that this call reads"):
        export(talk, file, format="json")
    assert file.read_bytes() == kept


# --------------------------------------------------------------------------------------------------------- many at a time


def rows_in(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]


def test_a_batch_heeds_corrections_and_does_a_page_again_when_they_change(talk: Path, tmp_path: Path) -> None:
    shutil.copy(talk, talk.with_name("walk.html"))
    results = tmp_path / "results"
    call = ["batch", str(talk.parent / "*alk.*"), "--to", "text", "-o", str(results), "--jobs", "1"]
    assert cli.run(call) == 0
    assert [Path(row["source"]).name for row in rows_in(results)] == ["talk.html", "walk.html"]
    assert "bees" not in (results / "talk.txt").read_text("utf-8")
    assert "bees" in (results / "walk.txt").read_text("utf-8")
    assert cli.run(call) == 0
    assert len(rows_in(results)) == 2
    corrected(talk, "[metadata]\ntitle = 'Jars'\n")
    assert cli.run(call) == 0
    assert [Path(row["source"]).name for row in rows_in(results)[2:]] == ["talk.html"]
    assert (results / "talk.txt").read_text("utf-8").startswith("Jars")
    talk.with_name("talk.corrections.toml").unlink()
    assert cli.run(call) == 0
    assert len(rows_in(results)) == 4
    assert (results / "talk.txt").read_bytes() == (results / "walk.txt").read_bytes()


def test_a_batch_names_the_page_whose_corrections_are_wrong(talk: Path, tmp_path: Path) -> None:
    shutil.copy(talk, talk.with_name("walk.html"))
    corrected(talk, "[blocks]\n0123456789 = 'anser'\n")
    assert cli.run(["batch", str(talk.parent), "--to", "text", "-o", str(tmp_path / "results"), "--jobs", "1"]) == 4
    failed = next(row for row in rows_in(tmp_path / "results") if row.get("outcome") == "failed")
    assert (failed["exit_code"], Path(failed["source"]).name) == (2, "talk.html")
    assert "line 2: there is no role 'anser'" in failed["failure"]


def test_the_only_page_of_an_archive_has_the_corrections_beside_it_in_a_batch_too(talk: Path, tmp_path: Path) -> None:
    home = tmp_path / "packed"
    home.mkdir()
    with zipfile.ZipFile(home / "talk.zip", "w") as archive:
        archive.write(talk, "talk.html")
    shutil.copy(talk.with_name("talk.corrections.toml"), home)
    assert cli.run(["batch", str(home), "--to", "text", "-o", str(tmp_path / "results"), "--jobs", "1"]) == 0
    (result,) = (tmp_path / "results").rglob("*.txt")
    assert "bees" not in result.read_text("utf-8")


def test_a_book_heeds_corrections_beside_its_sources_and_those_that_its_plan_names(talk: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    shutil.copy(talk, tmp_path / "other" / "walk.html")
    (tmp_path / "mine.toml").write_text("[metadata]\ntitle = 'Jars'\n", "utf-8")
    plan = tmp_path / "book.toml"
    plan.write_text(
        'title = "Two"\narticles = ["talk.html", { source = "other/walk.html", corrections = "mine.toml" },\n'
        '{ source = "talk.html", corrections = "none" }]\n',
        "utf-8",
    )
    bound = plan_of(plan)
    assert bound.articles[0] == ArticlePlan(str(tmp_path / "talk.html"))
    bind(bound, tmp_path / "two.epub", options=Options(cover="none"))
    with zipfile.ZipFile(tmp_path / "two.epub") as volume:
        pages = [volume.read(name).decode() for name in sorted(volume.namelist()) if name.endswith(".xhtml")]
    told = [text for text in pages if 'class="turn' in text or "quarry" in text]
    assert ["bees" in text for text in told] == [False, True, True]
    assert "Jars" in told[1]
    with pytest.raises(UsageError, match="a file that this call reads"):
        bind(bound, tmp_path / "mine.toml", format="epub", options=Options(cover="none"))


def test_watching_heeds_corrections_as_they_come_change_and_go(talk: Path) -> None:
    pytest.importorskip("watchfiles")
    file = talk.with_name("talk.corrections.toml")
    file.unlink()
    result = talk.with_name("made.txt")
    rounds = Watch(str(talk), (str(result),)).rounds()
    try:
        next(rounds)
        assert "bees" in result.read_text("utf-8")
        for text, is_there in (
            ('[blocks]\ncf5ca69485 = "left out"\n', False),
            ('[blocks]\ncf5ca69485 = "kept"\n', True),
        ):
            file.write_text(text, "utf-8")
            next(rounds)
            assert ("bees" in result.read_text("utf-8")) is is_there
        file.write_text('[blocks]\ncf5ca69485 = "left out"\n', "utf-8")
        next(rounds)
        file.unlink()
        next(rounds)
        assert "bees" in result.read_text("utf-8")
    finally:
        rounds.close()  # type: ignore[attr-defined]


# ------------------------------------------------------------------------------------------------------------ what is wrong


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "[blocks]\n\n0123456789 = 'anser'\n",
            3,
            "there is no role 'anser'. Did you mean 'answer'? The roles are: question",
        ),
        ("[blocks]\n0123456789 = { role = 'answer', off = 'X' }\n", 2, "there is no key 'off'"),
        ("[blocks]\n0123456789 = { role = 'caption', of = 'X' }\n", 2, "no key 'of' of a block that is caption"),
        ("[blocks]\n0123456789 = { of = 'X' }\n", 2, "the role is missing"),
        ("[blocks]\n0123456789 = { role = 'answer', of = 3 }\n", 2, "of wants a text"),
        ("[blocks]\n0123456789 = 7\n", 2, "there is no role 7"),
        ("[blocks]\nfirst = 'answer'\n", 2, "'first' names no block"),
        ("[block]\n0123456789 = 'answer'\n", 1, "there is no table 'block'. Did you mean 'blocks'?"),
        ("title = 'X'\n", 1, "there is no table 'title'"),
        (
            "[metadata]\ntitel = 'X'\n",
            2,
            "there is no key 'titel' in [metadata]. Did you mean 'title'? The keys are: title",
        ),
        ("[metadata]\ntitle = ['X']\n", 2, "title wants a text"),
        ("[metadata]\nauthor = [1]\n", 2, "author wants a text"),
        ("[metadata]\ndate = 'soon'\n", 0, "This is no date"),
        ("[metadata]\ndate = 2024-03-05\n", 2, "date wants a text"),
        ("[blocks]\n0123456789 = 'answer'\n0123456789 = 'answer'\n", 0, "at line 3"),
        ("[blocks\n", 0, "at line 1"),
        ("\udcff", 0, "not UTF-8"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_one_line(
    text: str, line: int, said: str, talk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = talk.with_name("talk.corrections.toml")
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    target = talk.with_name("talk.txt")
    assert cli.run(["text", str(talk), "-o", str(target)]) == UsageError.exit_code
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1
    assert "talk.corrections.toml" in complaint
    assert (f", line {line}: " in complaint) is bool(line)
    assert said in complaint
    assert not target.exists()


def test_a_file_that_is_not_there_or_cannot_be_read_is_told(talk: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml cannot be read: No such file"):
        read(talk, read_options=ReadOptions(corrections="none.toml"))
    file = talk.with_name("talk.corrections.toml")
    file.unlink()
    file.mkdir()
    with pytest.raises(UsageError, match="it is a folder"):
        read(talk)
    file.rmdir()
    file.write_bytes(b"#" * 1_000_001)
    with pytest.raises(UsageError, match="larger than"):
        read(talk)


# -------------------------------------------------------------------------------------------------------------- the skeleton


def test_the_skeleton_has_a_line_for_each_block_and_changes_nothing(
    talk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = talk.with_name("talk.corrections.toml")
    file.unlink()
    before = read(talk)
    assert cli.run(["correct", str(talk)]) == 0
    assert capsys.readouterr().out == f"{file}\n"
    text = file.read_text("utf-8")
    assert [fate.identity for fate in before.fates] == re.findall(r"^# (\w{10}) =", text, re.MULTILINE)
    assert all(f"# {key} = " in text for key in METADATA)
    after = read(talk)
    assert after == before
    opened = re.sub(OF_BLOCK, r"\1", text, flags=re.MULTILINE)
    file.write_text(opened, "utf-8")
    assert {**projected(read(talk)), "left out by": []} == {**projected(before), "left out by": []}


def test_the_skeleton_does_not_take_the_place_of_a_file(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = talk.with_name("talk.corrections.toml")
    mine = file.read_text("utf-8")
    assert cli.run(["correct", str(talk)]) == 50
    assert "--force" in capsys.readouterr().err
    assert file.read_text("utf-8") == mine
    assert cli.run(["correct", str(talk), "--force"]) == 0
    both = file.read_text("utf-8")
    assert [line for line in both.splitlines() if line in mine.splitlines()] == mine.splitlines()
    identities = re.findall(r"^(?:# )?([0-9a-f]{10}) = ", both, re.MULTILINE)
    assert sorted(identities) == sorted(fate.identity for fate in read(talk, read_options=NONE).fates)
    assert cli.run(["correct", str(talk), "--force"]) == 0
    assert file.read_text("utf-8") == both


def test_a_page_s_words_cannot_write_into_the_skeleton(talk: Path) -> None:
    evil = '<p>Mind&#10;[blocks]&#13;\u2028 0123456789 = \x7f \'left out\' """ the gap between the jars.</p></article>'
    talk.write_text(talk.read_text("utf-8").replace("</article>", evil), "utf-8")
    file = talk.with_name("talk.corrections.toml")
    file.unlink()
    assert cli.run(["correct", str(talk), "-q"]) == 0
    assert codes(read(talk)) == []


def test_the_manual_shows_every_role_and_key() -> None:
    manual = (TESTS.parent / "docs" / "correcting.md").read_text("utf-8")
    assert all(f"| `{role.name}` |" in manual for role in ROLES)
    assert all(f"`{key}`" in manual for key in METADATA)
