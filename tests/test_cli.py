"""The command line, and its manual."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

import exporter
from exporter import batch, cli, errors
from exporter.cli import commands
from exporter.notices import NOTICES, SEVERITIES
from exporter.runtime import signals
from exporter.runtime.machine import Library
from exporter.writers import WRITERS

ROOT = Path(__file__).resolve().parent.parent
MANUAL = (ROOT / "docs" / "cli.md").read_text("utf-8")
COMMANDS = cli.cli.all_commands()
Command = Callable[..., "subprocess.CompletedProcess[bytes]"]


def test_each_module_of_commands_has_its_line_in_the_table() -> None:
    folder = Path(cli.__file__).parent / "commands"
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert modules == {each.name for each in commands.COMMANDS if each.writer is None} | {"export"}
    assert all(name == command.name for name, command in COMMANDS.items())


# ------------------------------------------------------------------------------------------------------------- manuals


@pytest.mark.parametrize("name", COMMANDS)
def test_the_manual_names_each_command(name: str) -> None:
    headings = " ".join(re.findall(r"^## (.*)$", MANUAL, re.MULTILINE))
    assert f"`{name}`" in headings or f"`exporter {name}`" in headings


@pytest.mark.parametrize("name", COMMANDS)
def test_the_manual_tells_the_options_of_each_command(name: str) -> None:
    told = {option for option, commands in documented_options() if name in commands}
    there = {"/".join(each.opts) for each in COMMANDS[name].params if isinstance(each, click.Option)}
    assert there == told


def test_the_manual_tells_each_option_once() -> None:
    rows = [
        (columns[0], columns[-1])
        for row in MANUAL.splitlines()
        if row.startswith("| `-")
        for columns in [row.split(" | ")]
    ]
    assert len(rows) == len(set(rows))


def documented_options() -> list[tuple[str, set[str]]]:
    writers = {writer.name for writer in WRITERS}
    rows = re.findall(r"^\| (`-.*?)(?: [A-Z]+)? \| (.*?) \|", MANUAL, re.MULTILINE)
    return [
        (
            "/".join(re.findall(r"`(-.*?)`", options)),
            set(commands.split(", ")) | (writers if "all" in commands else set()),
        )
        for options, commands in rows
    ]


def called_in(file: Path) -> list[list[str]]:
    """The calls of the program in a text: lines of code and code between marks."""
    found = re.findall(r"^ {4}(?:\S*/)?exporter (.*)$|`exporter ([^`]+)`", file.read_text("utf-8"), re.MULTILINE)
    lines = (re.split(r"  |\||#| > ", line or span)[0] for line, span in found)
    return [words for line in lines if (words := line.split()) and words[0][0] != "-" and words[0] != "COMMAND"]


@pytest.mark.parametrize(
    "file", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda file: file.name
)
def test_every_call_that_is_shown_is_one(file: Path) -> None:
    for name, *words in called_in(file):
        assert name in COMMANDS, f"{file.name}: exporter {name}"
        known = {option for each in COMMANDS[name].params for option in each.opts} | {"--help", "-h"}
        unknown = [word for word in words if re.match(r"-[a-z-]", word) and word.strip("[],.…") not in known]
        assert unknown == [], f"{file.name}: exporter {name} {words}"


def test_the_manual_tells_every_exit_code() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", MANUAL, re.MULTILINE)}
    kinds = {kind.exit_code for kind in errors.ExporterError.__subclasses__()}
    others = {
        0,
        1,
        errors.NOTICES_EXIT_CODE,
        errors.PARTIAL_EXIT_CODE,
        errors.INTERNAL_EXIT_CODE,
        signals.INTERRUPTED_EXIT_CODE,
        cli.BROKEN_PIPE_EXIT_CODE,
    }
    assert told == kinds | others | {128 + signal.SIGTERM, 128 + signal.SIGHUP}


def test_the_manual_of_notices_is_the_registry() -> None:
    manual = (ROOT / "docs" / "notices.md").read_text("utf-8")
    told = re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", manual, re.MULTILINE)
    assert told == [(code, severity) for code, (severity, _) in NOTICES.items()]
    assert {severity for _, severity in told} <= set(SEVERITIES)


# ------------------------------------------------------------------------------------------------------------ good calls


@pytest.mark.parametrize("name", COMMANDS)
def test_help_answers(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([name, "-h"]) == 0
    help_text = capsys.readouterr().out
    assert "Usage: exporter" in help_text
    if name in {*exporter.output_formats(), "explain", "proof"}:
        assert f"exporter {name} " in help_text.split("Examples:")[1]


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_keeps_its_lines(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    from exporter.cli.options import EXAMPLES

    assert cli.run([name, "--help"] if name else ["--help"]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert not [line for line in lines if "\b" in line or "\\b" in line]
    assert {f"    {example}" for example in EXAMPLES.get(name, ())} <= set(lines)
    if not name:
        assert [line for line in lines if "exporter pdf interview.html" in line and "writes interview.pdf" in line]
        assert [line for line in lines if line.lstrip().startswith("exporter doctor  ")]
        assert not [line for line in lines if line.startswith("  ") and line.endswith("...")]


def test_the_result_is_named_after_the_page(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["text", str(page)]) == 0
    told = capsys.readouterr()
    assert told.out == "bells.txt\n"
    assert "done in" in told.err
    assert "The pigeons stay." in (tmp_path / "bells.txt").read_text("utf-8")


def test_quiet_says_only_where(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "x.md"
    assert cli.run(["markdown", str(page), "-o", str(target), "--quiet"]) == 0
    assert capsys.readouterr() == (f"{target}\n", "")


def test_the_last_line_is_what_a_person_would_say(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "x.json"
    assert cli.run(["json", str(page), "-o", str(target)]) == 0
    told = capsys.readouterr().err
    assert re.fullmatch(
        r"done in \d+\.\d s, all of the page accounted for: 2 boxes left out, 1 other remark \(--notices names them\)\n",
        told,
    )
    assert cli.run(["json", str(target), "-o", str(tmp_path / "y.json")]) == 0
    assert re.fullmatch(r"done in \d+\.\d s, nothing left out\n", capsys.readouterr().err)
    (page.parent / "images" / "tower.png").unlink()
    assert cli.run(["text", str(page), "-o", str(tmp_path / "x.txt"), "--notices"]) == 0
    assert "s, 1 warning; all of the page accounted for: 2 boxes left out" in capsys.readouterr().err


def test_quiet_commands_say_what_was_asked_for(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pypdfium2")
    pdf = tmp_path / "x.pdf"
    exporter.export(page, pdf)
    calls = (["explain", page], ["proof", page], ["preview", page, "-o", tmp_path / "p"], ["check", pdf])
    for call in calls:
        assert cli.run([*map(str, call), "-q"]) == 0
        quiet = capsys.readouterr()
        assert quiet.err == ""
        assert cli.run(list(map(str, call))) == 0
        told = capsys.readouterr()
        assert told.out == quiet.out
        assert told.err


def test_check_speaks_of_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And of no option that it lacks."""
    file = tmp_path / "x.epub"
    file.write_bytes(b"PK\x03\x04")
    assert cli.run(["check", str(file)]) == 3
    told = capsys.readouterr().err
    assert "finding" in told
    assert "--notices" not in told


def test_a_report_for_programs(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (page.parent / "images" / "tower.png").unlink()
    target = tmp_path / "x.json"
    assert cli.run(["json", str(page), "-o", str(target), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["source"], report["target"]) == (str(page), str(target))
    assert "picture-missing" in {each["code"] for each in report["notices"]}


def test_a_report_of_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["json", str(tmp_path / "none.html"), "--json"]) == 10
    told = capsys.readouterr()
    assert json.loads(told.out)["exit_code"] == 10
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(("severity", "code"), [("info", 3), ("warning", 3), ("error", 0)])
def test_notices_can_fail_a_build(page: Path, tmp_path: Path, severity: str, code: int) -> None:
    (page.parent / "images" / "tower.png").unlink()
    target = tmp_path / "x.txt"
    assert cli.run(["text", str(page), "-o", str(target), "--fail-on", severity]) == code
    assert target.exists()


def test_warnings_are_spelled_out_and_the_rest_counted(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (page.parent / "images" / "tower.png").unlink()
    assert cli.run(["text", str(page), "-o", "-"]) == 0
    told = capsys.readouterr().err
    assert "warning: the picture images/tower.png is missing" in told
    assert "info:" not in told
    assert cli.run(["text", str(page), "-o", "-", "--notices"]) == 0
    assert "info: left out by rule" in capsys.readouterr().err


def test_explain_tells_what_became_of_each_block(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", str(page)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("question") and "What does a bell want?" in line]
    assert [line for line in lines if line.startswith("left out") and "Merrow Post" in line]
    assert cli.run(["explain", str(page), "--json"]) == 0
    fates = json.loads(capsys.readouterr().out)["fates"]
    assert len(fates) == len(lines)
    assert {"text", "became", "rule", "where", "identity"} == set(fates[0])


def test_formats_are_those_of_the_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["formats", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert sorted(row["format"] for row in rows if row["for"] == "write") == list(exporter.output_formats())
    assert sorted(row["format"] for row in rows if row["for"] == "read") == list(exporter.input_formats())


def test_themes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["themes"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(exporter.theme_names())


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema"]) == 0
    assert "$defs" in json.loads(capsys.readouterr().out)


def test_the_doctor_finds_all_well_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["doctor", "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)
    parts = {each["part"] for each in findings}
    assert {"Python", "Pango", "weasyprint", "theme magazine", "trial pdf", "trial epub"} <= parts


def test_the_doctor_names_the_remedy(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from exporter import doctor

    monkeypatch.setattr(doctor, "LIBRARIES", (Library("Pango", ("libnowhere.so.9",)),))
    monkeypatch.setattr(doctor, "_system", lambda: "linux debian")
    assert cli.run(["doctor"]) == 1
    told = capsys.readouterr()
    assert re.search(r"^needed +Pango +not found$", told.out, re.MULTILINE)
    assert "To mend it: sudo apt-get install libpango-1.0-0" in told.err


# ------------------------------------------------------------------------------------------------------------- bad calls

WRONG = {
    "no source": (["pdf"], 2, "Missing argument 'SOURCE'"),
    "unknown option": (["pdf", "x.html", "--speed", "9"], 2, "--speed"),
    "unknown command": (["docx", "x"], 2, "docx"),
    "several sources": (["pdf", "x.html", "y.html"], 2, "say: exporter batch SOURCE... --to pdf -o FOLDER"),
    "several to look at": (["explain", "x.html", "y.html"], 2, "for each in *.html; do exporter explain"),
    "no command but an address": (["https://example.org/x"], 2, "say: exporter pdf https://example.org/x"),
    "no command but a page": (["interview.html"], 2, "exporter pdf interview.html"),
    "unknown severity": (["pdf", "x.html", "--fail-on", "sorrow"], 2, "sorrow"),
    "unknown input format": (["text", "x.html", "--from", "docx"], 2, "There is no input format 'docx'."),
    "unknown theme": (["pdf", "x.html", "--theme", "baroque"], 2, "There is no theme 'baroque'."),
    "unknown paper": (["pdf", "x.html", "--paper", "papyrus"], 2, "There is no paper 'papyrus'."),
    "report and result on one pipe": (["text", "x.html", "-o", "-", "--json"], 2, "standard output"),
    "a web address": (["text", "http://example.org/talk"], 10, "http://example.org/talk is not encrypted"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_call_is_one_line(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, code, told = WRONG[case]
    assert cli.run(arguments) == code
    complaint = capsys.readouterr()
    assert complaint.out == ""
    assert complaint.err.startswith("exporter: ")
    assert told in complaint.err
    assert complaint.err.count("\n") == 1


def test_without_words_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_a_fault_of_ours_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("exporter.pipeline.export", broken)
    assert cli.run(["text", "x.html"]) == 70
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1
    assert "EXPORTER_TRACEBACK=1" in complaint
    monkeypatch.setenv("EXPORTER_TRACEBACK", "1")
    assert cli.run(["text", "x.html"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_control_characters_of_a_page_do_not_reach_the_terminal(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.write_text(page.read_text("utf-8").replace("tower.png", "\x1b[31m.png"), "utf-8")
    assert cli.run(["text", str(page), "-o", "-"]) == 0
    assert "\x1b" not in capsys.readouterr().err


def test_whoever_stops_reading_gets_no_traceback(page: Path) -> None:
    program = [sys.executable, "-m", "exporter", "json", str(page), "-o", "-"]
    running = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout
    assert running.stderr
    running.stdout.close()
    complaint = running.stderr.read()
    running.stderr.close()
    assert running.wait() == 141
    assert complaint == b""


SIGNALS = [
    pytest.param(
        number,
        128 + number,
        marks=pytest.mark.skipif(
            signal.getsignal(number) is signal.SIG_IGN, reason="a background job, or nohup: whoever began it ignores it"
        ),
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
]


MORE_THAN_A_PIPE_HOLDS = 1 << 20


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_an_interruption_leaves_nothing_behind(tmp_path: Path, number: int, code: int) -> None:
    program = [sys.executable, "-m", "exporter", "text", "-", "-o", "x.txt"]
    running = subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    )
    assert running.stdin
    running.stdin.write(b"<h1>A" + b" " * MORE_THAN_A_PIPE_HOLDS)
    running.stdin.flush()  # now it has read some, and waits for the rest
    running.send_signal(number)
    _, complaint = running.communicate()
    assert running.returncode == code
    assert complaint.startswith(b"exporter: ")
    assert complaint.endswith(b"; no file was left half made.\n")
    assert complaint.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []


STARTING = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), {number})
sys.meta_path.insert(0, Finder())
sys.argv[1:] = ["text", "-"]
from exporter.__main__ import main
main()
"""


@pytest.mark.parametrize("module", ["exporter.cli", "click", "exporter.pipeline", "exporter.readers.text"])
@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_signal_is_heeded_while_the_program_is_loaded(module: str, number: int, code: int, tmp_path: Path) -> None:
    program = [sys.executable, "-c", STARTING.format(module=module, number=int(number))]
    done = subprocess.run(program, input=b"Words", capture_output=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout) == (code, b"")
    assert done.stderr.startswith(b"exporter: ")
    assert done.stderr.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []


TIDYING = """
import os, signal, sys
class Left:
    def __del__(self):
        os.kill(os.getpid(), {number})
        sum(range(10))
def swallowing():
    try:
        os.kill(os.getpid(), {number})
    except BaseException:
        pass
from exporter import cli
from exporter.runtime import signals
def run(arguments):
    try:
        Left() if {tidying} else swallowing()
        while True:
            sum(range(1000))
    except signals.Ended as fault:
        return cli.ended(fault)
cli.run = run
from exporter.__main__ import main
main()
"""


@pytest.mark.parametrize("tidying", [True, False])
@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_signal_is_not_lost_where_python_or_a_library_swallows_it(tidying: bool, number: int, code: int) -> None:
    program = [sys.executable, "-c", TIDYING.format(number=int(number), tidying=tidying)]
    done = subprocess.run(program, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (code, b"")
    assert done.stderr.startswith(b"exporter: ")
    assert done.stderr.count(b"\n") == 1


def test_python_m_exporter(command: Command) -> None:
    assert command("--version").stdout.startswith(b"exporter ")


def test_batch_reports_name_bytes() -> None:
    assert batch.Job(b"", format="text").run().exit_code == 10
