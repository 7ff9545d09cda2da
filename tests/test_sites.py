"""Rules for one site as data: pages with their rules and what comes of them; which rules serve; what is wrong."""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter import ExtractionError, UsageError, cli, read
from exporter.model import Question
from exporter.model.walk import walk, words_of
from exporter.readers.sites import MAX_LENGTH, ROLES, known, load, parsed
from exporter.readers.sites.siteconfig import imported
from exporter.results import Reading

TESTS = Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS), str(TESTS / "eval")]

from conservation import LOST, TWICE, losses  # noqa: E402 - their folders are put on the path above

from test_pages import laid_out, projected, without_empty  # noqa: E402

SITES = TESTS / "sites"
SLUGS = sorted(folder.name for folder in SITES.iterdir())
WORKED = SITES / "worked-example" / "source.html"


def told(reading: Reading) -> dict[str, str]:
    return {fate.text: f"{fate.became} | {fate.rule}" for fate in reading.fates}


# ------------------------------------------------------------------------------------------------------------- on a page


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_is_read_as_its_rules_say(slug: str, request: pytest.FixtureRequest) -> None:
    reading = read(SITES / slug / "source.html", site=str(SITES / slug / "site.toml"))
    result = without_empty(
        {**projected(reading), "fates": [f"{became} << {text}" for text, became in told(reading).items()]}
    )
    expected = SITES / slug / "expected.json"
    if request.config.getoption("--accept"):
        expected.write_text(laid_out(result), "utf-8")
    assert result == json.loads(expected.read_bytes())
    assert [each.code for each in reading.notices if each.code.startswith("site")] == ["site-rules"]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_rules_are_needed(slug: str) -> None:
    guessed = read(SITES / slug / "source.html", site="none")
    ruled = read(SITES / slug / "source.html", site=str(SITES / slug / "site.toml"))
    assert projected(guessed) != projected(ruled)
    assert not [fate for fate in guessed.fates if fate.rule.startswith("site rule")]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_letter_gets_lost_under_rules(slug: str) -> None:
    content = (SITES / slug / "source.html").read_bytes()
    reading = read(content, format="html", site=str(SITES / slug / "site.toml"))
    assert [loss for loss in losses(content, reading) if loss.kind == LOST] == []


def test_the_example_of_the_manual_is_the_one_that_is_shipped() -> None:
    manual = (TESTS.parent / "docs" / "sites.md").read_text("utf-8")
    shown = manual.split("```toml\n")[1].split("```")[0]
    shipped = (TESTS.parent / "src" / "exporter" / "sites" / "example.toml").read_text("utf-8")
    assert shipped.endswith(shown)
    assert (SITES / "worked-example" / "site.toml").read_text("utf-8") == shipped
    assert all(f"`{role}`" in manual for role in ROLES)


PROSE = "She has wound the clock of the harbour office every Friday for thirty-one years, and never once been thanked."
PAGE = f"""<html lang=en><head><title>Keeper of the clock</title>{{head}}</head><body><article><h1>Keeper of the clock</h1>
<div class="column-b">{{inside}}<p>{PROSE}</p><p>{PROSE} It runs late.</p><p>{PROSE} Nobody minds.</p></div>
</article></body></html>"""


def page(inside: str = "", head: str = "") -> bytes:
    return PAGE.format(inside=inside, head=head).encode()


def ruled(tmp_path: Path, rules: str, content: bytes) -> Reading:
    file = tmp_path / "own.toml"
    file.write_text(rules, "utf-8")
    return read(content, format="html", site=str(file))


def test_a_name_alone_is_that_of_the_next_block(tmp_path: Path) -> None:
    turns = "".join(f"<h4 class=n>Ada Moss:</h4><p class=q>{n}. And then</p><p>{PROSE}</p>" for n in range(3))
    reading = ruled(tmp_path, 'interviewer = ".n"', page(turns))
    questions = [node for node in walk(reading.document.article) if isinstance(node, Question)]
    assert [node.speaker for node in questions] == ["Ada Moss"] * 3
    assert told(reading)["Ada Moss:"] == "label | site rule: interviewer .n"


def test_answers_alone_make_questions_of_what_is_between(tmp_path: Path) -> None:
    turns = "".join(f"<p>{n}. And then</p><p class=a>{n} {PROSE}</p>" for n in range(3))
    reading = ruled(tmp_path, 'answer = ".a"', page(turns))
    asked = ["".join(words_of(node)) for node in walk(reading.document.article) if isinstance(node, Question)]
    assert asked == ["0. And then", "1. And then", "2. And then"]
    assert told(reading)["1. And then"] == "question | site rule: before answer .a"


def test_without_a_match_the_page_is_read_as_ever(tmp_path: Path) -> None:
    reading = ruled(tmp_path, 'question = ".nowhere"\ndrop = ".nothing"', page())
    assert reading.document == read(page(), format="html").document
    assert [each.code for each in reading.notices if each.code.startswith("site")] == ["site-rules-idle"]


# ------------------------------------------------------------------------------------------------------- which rules serve


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://talks.example/a">',
        '<meta property="og:url" content="http://TALKS.example:8080/a">',
        '<base href="https://sub.talks.example/">',
    ],
)
def test_the_rules_are_found_by_the_page_s_address(head: str) -> None:
    promo = "<div class=promo><p>Subscribe to the harbour.</p></div>"
    assert (
        told(read(page(promo, head), format="html"))["Subscribe to the harbour."] == "left out | site rule: drop .promo"
    )
    assert "site rule" not in told(read(page(promo, head), format="html", site="none"))["Subscribe to the harbour."]


def test_the_address_that_is_given_counts_most() -> None:
    head = '<link rel="canonical" href="https://talks.example/a">'
    reading = read(
        page("<div class=promo><p>Subscribe.</p></div>", head), format="html", base_url="https://other.example/a"
    )
    assert not [fate for fate in reading.fates if fate.rule.startswith("site rule")]


@pytest.mark.parametrize("host", ["nottalks.example", "talks.example.org", "example", "[::1]", "talks..example"])
def test_other_hosts_are_not_served(host: str) -> None:
    assert not [
        fate for fate in read(page(), format="html", base_url=f"https://{host}/").fates if "site rule" in fate.rule
    ]


def test_a_browser_s_note_names_the_address() -> None:
    assert [each.code for each in read(WORKED).notices if each.code.startswith("site")] == ["site-rules"]


def test_a_folder_of_rules_is_asked_by_host(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('hosts = "deep.talks.example"\nheadline = ".x"', "utf-8")
    (tmp_path / "b.toml").write_text('hosts = "müller.example"\nheadline = "h1"', "utf-8")
    for host, name in (("deep.talks.example", "a"), ("talks.example", "example"), ("xn--mller-kva.example", "b")):
        notices = read(page(), format="html", base_url=f"https://{host}/", site=str(tmp_path)).notices
        assert f"the site {name} " in next(each.message for each in notices if each.code.startswith("site"))


def test_what_is_shipped_is_sound() -> None:
    folder = TESTS.parent / "src" / "exporter" / "sites"
    assert [rules.name for rules in known()] == sorted(file.stem for file in folder.glob("*.toml"))
    for file in folder.glob("*.toml"):
        rules = load(str(file))
        assert rules.hosts
        assert rules.summary
        assert rules.selectors


# ------------------------------------------------------------------------------------------------------------ what is wrong

WRONG = {
    "no TOML": ("drop = [", "own.toml is no TOML", "docs/sites.md"),
    "an unknown key": ('healine = "h1"', "there is no key 'healine'", "Did you mean 'headline'?"),
    "a key like no other": ('xyzzy = "h1"', "there is no key 'xyzzy'", "The keys are: summary, hosts, drop"),
    "a number": ("drop = 7", "own.toml: drop: Expected", 'key = ["one", "two"]'),
    "a number in a list": ('caption = ["p", 7]', "own.toml: caption", 'key = ["one", "two"]'),
    "a table": ("[drop]\na = 1", "own.toml: drop", 'key = ["one", "two"]'),
    "a bad selector": ('credit = "p["', "own.toml: credit: the selector 'p[' cannot be read", "It is CSS"),
    "an empty selector": ('credit = " "', "own.toml: credit: the selector ' '", "It is CSS"),
    "a pseudo-element": ('credit = "p::before"', "own.toml: credit: the selector 'p::before'", "It is CSS"),
    "a relic": ("credit = \"p:contains('x')\"", "own.toml: credit: the selector", "It is CSS"),
    "a long selector": (f'drop = "{"p" * (MAX_LENGTH + 1)}"', "own.toml: drop: the selector", "It is CSS"),
    "a costly one": ('drop = "a b c d e f g h i j"', "too costly", "It is CSS"),
    "two looks ahead": ('drop = "*:has(*:has(b))"', "too costly", "It is CSS"),
    "too many": (f"drop = {[f'.p{n}' for n in range(201)]}", "own.toml has 201 selectors", "200 are the most"),
    "an address as host": ('hosts = "https://talks.example/"', "hosts: 'https://talks.example/' is no host", "bare"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_one_line_that_says_what_to_do(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, message, advice = WRONG[case]
    file = tmp_path / "own.toml"
    file.write_text(text, "utf-8")
    assert cli.run(["text", str(WORKED), "--site", str(file), "-o", str(tmp_path / "out.txt")]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert advice in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out.txt").exists()
    assert cli.run(["sites", "--check", str(file)]) == 2
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("site", ["nowhere", "no/such.toml", "a\0b", "a\0b.toml", "/dev/null.toml"])
def test_a_site_that_is_none(site: str) -> None:
    with pytest.raises(UsageError):
        read(page(), format="html", site=site)


def test_a_file_in_no_encoding_of_ours(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b'summary = "\xff"')
    with pytest.raises(UsageError, match="it is not UTF-8"):
        load(str(tmp_path / "own.toml"))


# -------------------------------------------------------------------------------------------------------- the command line


def test_the_known_sites_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["sites", "--json"]) == 0
    assert {row["site"] for row in json.loads(capsys.readouterr().out)} == {rules.name for rules in known()}


def test_a_check_counts_what_each_selector_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["sites", "--check", str(WORKED.with_name("site.toml")), str(WORKED), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {(row["key"], row["selector"]): row["elements"] for row in rows}["speaker", ".v2"] == "3"
    manual = (TESTS.parent / "docs" / "sites.md").read_text("utf-8")
    assert cli.run(["sites", "--check", str(WORKED.with_name("site.toml")), str(WORKED)]) == 0
    assert "".join(f"    {line}\n" for line in capsys.readouterr().out.splitlines()) in manual


def test_a_check_says_what_takes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.toml").write_text('drop = [".promo", ".gone"]', "utf-8")
    assert cli.run(["sites", "--check", str(tmp_path / "own.toml"), str(WORKED)]) == 0
    said = capsys.readouterr()
    assert said.out.split() == ["drop", "1", ".promo", "drop", "0", ".gone"]
    assert "1 take nothing on the page" in said.err


@pytest.mark.parametrize("arguments", [["x.html"], ["--check", "a.toml", "--import", "b.txt"], ["--import", "no.txt"]])
def test_a_wrong_call(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["sites", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


# --------------------------------------------------------------------------------------------------------------- the import


def test_a_site_config_is_taken_over(golden: Callable[[Path, bytes], None], capsys: pytest.CaptureFixture[str]) -> None:
    config = TESTS / "fixtures" / "talks.example.txt"
    assert cli.run(["sites", "--import", str(config)]) == 0
    said = capsys.readouterr()
    golden(TESTS / "golden" / "talks.example.toml", said.out.encode())
    assert parsed(said.out, "talks.toml").hosts == ("talks.example",)
    left = [line.split(": ", 1)[1] for line in said.out.splitlines() if line.startswith("# not taken over")]
    assert [line.split(": ", 1)[1] for line in said.err.splitlines()] == left


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"prune: no\n", b"body: " + b"//a" * 999, b"body: //a[" + b"(" * 50]
)
def test_a_config_that_says_nothing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(content)
    with pytest.raises(UsageError):
        imported(str(tmp_path / "x.txt"))


# ------------------------------------------------------------------------------------------------------------- any rules


@pytest.mark.parametrize("seed", range(24))
def test_no_rules_at_all_lose_a_letter(seed: int, tmp_path: Path) -> None:
    """Rules drawn blindly from the elements of a page may make nonsense of it, but they crash nothing and hide nothing."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    source = draw.choice(sorted((TESTS / "pages").glob("*/source.html")))
    content = source.read_bytes()
    elements = sorted(set(re.findall(rb"<([a-z][a-z0-9]*)(?: class=\"([a-z]+))?", content)))
    selectors = [f"{name.decode()}{'.' if worn else ''}{worn.decode()}" for name, worn in elements]
    rules = "\n".join(f"{role} = {draw.sample(selectors, 2)}" for role in draw.sample(ROLES, draw.randint(1, 5)))
    try:
        reading = ruled(tmp_path, rules, content)
    except ExtractionError:
        return  # dropping everything is a rule, too
    assert [loss for loss in losses(content, reading) if loss.kind in (LOST, TWICE)] == [], rules
