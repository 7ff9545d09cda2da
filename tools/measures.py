"""Prints the measures of the house, a line each, to compare two states of the code.

    python -m tools.measures            all of them
    python -m tools.measures --fast     without the rules, for which every page of ``tests/pages`` is read

``tests/test_architecture.py`` holds the hard ones: no module over 400 lines, no folder with more than sixteen modules.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "exporter"
LONG = 400
"""Lines of a module beyond which nobody sees it whole."""

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

DECIDING = {"settle": 1, "leave_out": 0, "overrule": 1}
"""Methods of a segment that take a rule's name, and the place of it among their arguments."""

ANY = re.compile(r"^.*\bAny\b.*$", re.MULTILINE)

SWITCHES = re.compile(
    r"\bgc\.disable\(|\bredirect_std(?:out|err)\(|\bcatch_warnings\(|^\s*LOAD_TRUNCATED_IMAGES\s*=|\.LOAD_TRUNCATED_IMAGES\s*="
    r"|\bfind_library\s*=|\bsys\.modules(?:\.update\(|\[[^\]]+\]\s*=)|\bos\.environ\[[^\]]+\]\s*=|\bos\.chdir\(|\bsetlocale\("
)
"""What changes something for every thread of the process."""
ASKED_FOR = ("_known_by_name", "_in_no_language", "def prepared", "_itself", "_written_out")
"""Functions that do so for the one that starts the renderer, which asks."""


def main() -> None:
    """Prints each measure with its figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fast", action="store_true", help="leave out the rules without a page")
    choices = parser.parse_args()
    files = sorted(PACKAGE.rglob("*.py"))
    lines = {file: len(file.read_text("utf-8").splitlines()) for file in files}
    folders = modules_by_folder(files)
    print(f"modules: {len(files)}, {sum(lines.values())} lines")
    for folder, count in folders.most_common(6):
        print(f"modules in {folder}: {count}")
    print(f"modules over {LONG} lines: {sum(count > LONG for count in lines.values())} (longest {max(lines.values())})")
    lengths = sorted(length for file in files for length in function_lengths(file))
    print(
        f"functions: median {statistics.median(lengths):g}, 95th {lengths[len(lengths) * 95 // 100]}, longest {lengths[-1]}"
    )
    print(f"lines with Any: {sum(len(ANY.findall(text(file))) for file in files)}")
    print(f"lines of comments: {100 * sum(map(comments, files)) / sum(lines.values()):.1f} %")
    print(f"process-wide switches that do not ask whether threads run: {len([*switches(files)])}")
    print(f"decisions with a rule's name outside a table of rules: {len([*decisions()])}")
    if not choices.fast:
        print(f"rules without a page: {', '.join(rules_without_page()) or 0}")


def text(file: Path) -> str:
    """The text of a module."""
    return file.read_text("utf-8")


def modules_by_folder(files: list[Path]) -> Counter[str]:
    """How many modules each folder holds, its ``__init__`` left out."""
    return Counter(str(each.parent.relative_to(PACKAGE.parent)) for each in files if each.stem != "__init__")


def function_lengths(file: Path) -> Iterator[int]:
    """Lines of each function without its docstring."""
    for node in ast.walk(ast.parse(text(file))):
        if isinstance(node, FUNCTIONS):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield (node.end_lineno or 0) - first.lineno + 2


def comments(file: Path) -> int:
    """Lines with a comment that explains: neither a ruled line nor one for a checker."""
    return len(re.findall(r"^[^\"'\n]*#(?! -{3}|:| (?:noqa|type:)).*$", text(file), re.MULTILINE))


def switches(files: list[Path]) -> Iterator[str]:
    """Functions that change something for the whole process and do not ask :func:`exporter.runtime.threads.alone`."""
    for file in files:
        source = text(file)
        for node in ast.parse(source).body:
            own = ast.get_source_segment(source, node) or ""
            guarded = "alone()" in own or any(each in own for each in ASKED_FOR)
            if SWITCHES.search(own) and not guarded:
                yield f"{file.name}:{node.lineno}"


def decisions() -> Iterator[str]:
    """Calls by which a reader decides over a segment and spells out the rule's name."""
    for file in sorted((PACKAGE / "readers").rglob("*.py")):
        for node in ast.walk(ast.parse(text(file))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in DECIDING:
                place = DECIDING[node.func.attr]
                named = [each for argument in node.args[place : place + 1] for each in ast.walk(argument)]
                if any(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in named):
                    yield f"{file.name}:{node.lineno}"


def rules_without_page() -> list[str]:
    """Names of ``rules.toml`` that no page of ours shows; the test of rules finds them."""
    sys.path.insert(0, str(ROOT / "tests"))
    tests = importlib.import_module("test_rules")
    shown = tests.shown()
    return sorted(each for each in tests.SENTENCES if not any(tests.fits(rule, each) for rule in shown))


if __name__ == "__main__":
    main()
