"""The benchmark that puts us beside other extractors: what it says when something is absent, its naive rule, its tables."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "eval"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

import corpus

import publishers
import quality

MODULES = {"trafilatura": "trafilatura", "readability-lxml": "readability", "newspaper4k": "newspaper"}
needs_corpus = pytest.mark.skipif(
    not corpus.CORPUS.is_dir(), reason="the corpus of real pages does not stand beside the repository"
)


def test_without_a_corpus_it_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(corpus, "CORPUS", tmp_path / "nowhere")
    assert quality.main([]) == 2
    assert capsys.readouterr().err == f"There is no corpus of pages at {tmp_path / 'nowhere'}: nothing to measure on.\n"


def test_a_peer_that_is_not_installed_is_left_out_aloud(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "readability", None)
    assert [each.name for each in quality.present(["readability-lxml"])] == ["exporter"]
    assert capsys.readouterr().err.startswith("readability-lxml is left out, it cannot be imported (")


def test_an_unknown_peer_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        quality.main(["--peers", "nobody"])
    assert refusal.value.code == 2
    assert "no such peer: nobody" in capsys.readouterr().err


def test_the_naive_rule_takes_bold_and_headings_that_ask() -> None:
    page = (
        "<body><p>Before.</p><h2>Why clocks?</h2><p>They <b>tick</b>.</p><ul><li>Often.</li></ul>"
        "<p><strong>And </strong><b>why bells?</b></p><p>Is it not plain?</p><h3>A crosshead</h3><p>More.</p></body>"
    )
    told = [(turn["role"], turn["text"]) for turn in quality.naive(page)["turns"]]
    assert told == [
        ("question", "Why clocks?"),
        ("answer", "They tick.\nOften."),
        ("question", "And why bells?"),
        ("answer", "Is it not plain?\nA crosshead\nMore."),
    ]


def test_figures_are_written_as_the_page_prints_them() -> None:
    figures = {"M_img_kept": 0.9701, "shingles_f1": 0.98376, "false_interviews": 0.0}
    assert quality.cell(figures, ("M_img_kept", "S_img_kept"), share=True) == "97 % / –"
    assert quality.cell(figures, ("shingles_f1",), share=False) == ".984"
    assert quality.cell(figures, ("false_interviews",), share=False) == "0"


@needs_corpus
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("peer", ["", *MODULES])
def test_a_small_sample_gives_both_tables(peer: str, capsys: pytest.CaptureFixture[str]) -> None:
    if peer and importlib.util.find_spec(MODULES[peer]) is None:
        pytest.skip(f"{peer} is not installed here (make quality installs it)")
    assert quality.main(["--sample", "2", "--peers", peer]) == 0
    printed = capsys.readouterr().out.splitlines()
    ours = [line for line in printed if line.startswith("| exporter |")]
    assert [line.count("|") for line in ours] == [13, 6]
    assert sum(line.startswith(f"| {peer or 'nobody'} |") for line in printed) == bool(peer)
    assert sum(line.startswith("| naive rule on ") for line in printed) == 1 + bool(peer)


def test_what_a_peer_gives_is_put_into_the_form_of_our_document() -> None:
    page = (
        "<html><body><figure><img src='a.jpg'><figcaption>A <b>boat</b>.</figcaption></figure><h2>At sea</h2>"
        "<p>It floats.</p><img src='b.jpg'></body></html>"
    )
    article = publishers.canonical(page, "Boats", ["Ida", ""], "2024-05-06T07:00", "On boats")["article"]
    assert article["metadata"] == {"published": "2024-05-06", "contributors": [{"name": "Ida"}]}
    told = [(node["type"], (node.get("children") or node["caption"])[0]["text"]) for node in article["body"]]
    assert told[-4:] == [("crosshead", "At sea"), ("paragraph", "It floats."), ("figure", "A boat."), ("figure", "")]
    assert article["lead"] is not None


@needs_corpus
@pytest.mark.filterwarnings("ignore")
def test_a_small_sample_of_publishers_pages_gives_a_table_a_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert publishers.main(["--sample", "2", "--peers", ""]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.count("|") for line in printed if line.startswith("| exporter |")] == [14, 14]
    assert [line for line in printed if line.endswith("per cent")] == [
        "2 pages, seen; per cent",
        "2 pages, unseen; per cent",
    ]
