"""What is published: everything that is needed, from a clone and from the source archive alike, and it runs from there."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from exporter.runtime import distribution

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "tests" / "documents" / "kitchen-sink.json"


def built(root: Path, target: Path, kind: str) -> Path:
    """The archive that the build backend makes of the project in ``root``."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (archive,) = target.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return archive


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT, tmp_path_factory.mktemp("sdist"), "sdist")


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def ours(folder: Path) -> set[str]:
    """The files below a folder, without what Python and :mod:`exporter.runtime.compiled` keep there."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in found}


def test_the_wheel_holds_the_package_its_parts_and_the_looks(wheel: Path) -> None:
    held = names(wheel)
    source = {f"exporter/{name}" for name in ours(ROOT / "src" / "exporter")}
    looks = {f"exporter/styles/{name}" for name in ours(ROOT / "styles")}
    assert source <= held
    assert looks <= held
    assert "exporter/py.typed" in held


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    assert {re.split(r"[/-]", name)[0] for name in names(wheel)} == {"exporter", "interview_exporter"}


def test_the_source_archive_makes_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 and later
        archive.extractall(tmp_path)
    (root,) = tmp_path.iterdir()
    assert names(built(root, tmp_path / "again", "wheel")) == names(wheel)


def test_the_installed_wheel_finds_its_looks(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel)]
    subprocess.run([sys.executable, *install], check=True, capture_output=True)
    code = "import exporter, sys; print(exporter.__file__); exporter.export(sys.argv[1], sys.argv[2])"
    target = tmp_path / "out.epub"
    run = subprocess.run(
        [sys.executable, "-c", code, str(PAGE), str(target)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(run.stdout.strip()).is_relative_to(site)
    assert zipfile.is_zipfile(target)


def locks() -> list[Path]:
    return sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", locks(), ids=lambda path: path.stem)
def test_a_lock_pins_and_hashes_everything_and_names_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    requirements = [block for block in re.split(r"\n(?=\w)", text) if not block.startswith("#")]
    assert requirements
    assert all(re.match(r"[\w.-]+==\S+", each) and "--hash=sha256:" in each for each in requirements)
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|/home/|/tmp/", text)


@pytest.mark.parametrize("lock", ["run", "dev", "bench"])
def test_a_lock_holds_what_the_package_depends_on(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=~ ]", each)[0] for each in project["dependencies"]}
    pinned = re.findall(
        r"^([\w.-]+)==", (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert wanted <= set(pinned)


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    declared = {re.split(r"[<>=~ ]", each)[0].lower() for each in wanted}
    sources = packages_distributions()
    imported = {
        name.split(".")[0]
        for file in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in imports(node)
    }
    strangers = imported - sys.stdlib_module_names - {"exporter", "__future__"}
    by_name = {"lxml"}  # Beautiful Soup's parser, asked for by its name
    assert {sources[name][0].lower() for name in strangers} | by_name == declared


def imports(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module]
        case _:
            return []


def test_nobody_is_sent_to_a_stranger_s_package() -> None:
    """The name ``exporter`` is another's on the package index."""
    told = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "src").rglob("*.py"), ROOT / "Makefile"]
    wrong = re.compile(r"pipx? install (?:-\S+ )*['\"]?exporter\b")
    assert [file.name for file in told if wrong.search(file.read_text("utf-8"))] == []
    with (ROOT / "pyproject.toml").open("rb") as stream:
        assert tomllib.load(stream)["project"]["name"] == distribution.NAME
