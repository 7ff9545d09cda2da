"""Defaults of one's own, the manual page, completion."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from exporter.cli import cli, run
from exporter.cli.commands.man import page_of
from exporter.cli.defaults import default_map
from exporter.errors import UsageError

STATED = """
theme = "book"
private-host = ["wiki.home", "127.0.0.1"]
verbatim = true
[epub]
device = "kobo"
[profile.print]
paper = "a5"
theme = "plain"
[profile.print.pdf]
standard = "x"
"""


@pytest.fixture
def stated(tmp_path: Path) -> str:
    """A file of defaults."""
    (tmp_path / "config.toml").write_text(STATED, "utf-8")
    return str(tmp_path / "config.toml")


def test_options_are_the_defaults_of_the_commands_that_have_them(stated: str) -> None:
    made = default_map(cli.all_commands, stated, None)
    assert made["epub"]["device"] == "kobo"
    assert "device" not in made["pdf"]
    assert made["pdf"]["theme"] == made["epub"]["theme"] == "book"
    assert made["ls"]["private_hosts"] == ["wiki.home", "127.0.0.1"]
    assert "theme" not in made["ls"]


def test_a_profile_goes_before_the_rest(stated: str) -> None:
    made = default_map(cli.all_commands, stated, "print")
    assert (made["pdf"]["theme"], made["pdf"]["paper"], made["pdf"]["standard"]) == ("plain", "a5", "x")
    assert made["epub"]["device"] == "kobo"


def test_what_the_call_says_goes_before_all(stated: str, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--config", stated, "html", str(page), "-o", str(page.with_name("a.html"))]) == 0
    assert run(["--config", stated, "html", str(page), "--theme", "magazine", "-o", str(page.with_name("b.html"))]) == 0
    assert run(["--config", "none", "html", str(page), "--verbatim", "-o", str(page.with_name("c.html"))]) == 0
    capsys.readouterr()
    book, magazine, none = (page.with_name(f"{name}.html").read_bytes() for name in "abc")
    assert book != magazine
    assert magazine == none


WRONG = {
    'thme = "book"': "Do you mean theme",
    "[epb]\ndevice = 'kobo'": "Do you mean epub",
    "[epub]\nstandard = 'x'": "There is no option 'standard'",
    "theme = ": "cannot be read",
    "[profile.x]\nnothing = 1": "no option",
    "profile = 1": "is no table",
    "profile = ['x']": "is no table",
    "[profile]\nx = [1]": "is no table",
}


def test_an_option_that_is_called_as_a_command_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("json = true\n[profile.x]\nhtml = 'page.html'", "utf-8")
    made = default_map(cli.all_commands, str(tmp_path / "config.toml"), "x")
    assert (made["explain"]["target"], made["pdf"]["as_json"], made["json"]["as_json"]) == ("page.html", True, True)


@pytest.mark.parametrize("content", WRONG)
def test_what_is_no_option_is_an_error(content: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(content, "utf-8")
    with pytest.raises(UsageError) as caught:
        default_map(cli.all_commands, str(tmp_path / "config.toml"), "x" if "profile" in content else None)
    assert WRONG[content] in str(caught.value)


def test_a_profile_or_a_file_that_is_not_there_is_told(
    stated: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--config", stated, "--profile", "kobo", "formats"]) == 2
    assert "Those it holds: print." in capsys.readouterr().err
    assert run(["--config", str(tmp_path / "none.toml"), "formats"]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_the_user_s_own_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert default_map(cli.all_commands, None, None) == {}
    (tmp_path / "exporter").mkdir()
    (tmp_path / "exporter" / "config.toml").write_text("draft = true", "utf-8")
    if sys.platform.startswith("linux"):
        assert default_map(cli.all_commands, None, None)["pdf"] == {"draft": True}


def test_the_manual_page_tells_every_command_and_option() -> None:
    told = "\n".join(page_of(click.Context(cli, info_name="exporter", **cli.context_settings))).replace("\\-", "-")
    for name, command in cli.all_commands().items():
        assert f".SS {name} " in told or f".SS {name}\n" in told
        options = [each for each in command.params if isinstance(each, click.Option) and not each.hidden]
        assert all(opt in told for each in options for opt in each.opts)


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_manual_page_is_sound() -> None:
    page = "\n".join(page_of(click.Context(cli, info_name="exporter", **cli.context_settings))) + "\n"
    done = subprocess.run(
        [shutil.which("groff") or "", "-man", "-ww", "-z"], input=page, capture_output=True, text=True, check=True
    )
    assert [line for line in done.stderr.splitlines() if "cannot" not in line] == []


def test_the_shell_completes() -> None:
    environment = {
        **os.environ,
        "_EXPORTER_COMPLETE": "bash_complete",
        "COMP_WORDS": "exporter epub --dev",
        "COMP_CWORD": "2",
    }
    done = subprocess.run(
        [sys.executable, "-m", "exporter"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["plain,--device"]
    assert done.returncode == 0
