"""The house stands as its plan says: names, folders, sizes, papers."""

import ast
import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("resource_centre", "db", "reports", "ui")
CODE = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
SCRIPTS = sorted((*(ROOT / "scripts").glob("*.py"), *(ROOT / "packaging").glob("*.py")))
PAPERS = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))

LONGEST_MODULE = 400
LONGEST_FUNCTION = 50


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_no_other_distribution_owns_our_four_names() -> None:
    owners = packages_distributions()
    for package in PACKAGES:
        assert set(owners.get(package, [])) == {"resource-centre"}, package


def test_folders_beside_the_packages_are_not_packages() -> None:
    for folder in ("packaging", "tests", "scripts"):
        assert not list((ROOT / folder).rglob("__init__.py")), folder


def test_no_folder_of_tests_takes_the_name_of_a_package() -> None:
    taken = {*PACKAGES, "packaging"}
    assert not [folder for folder in (ROOT / "tests").rglob("*") if folder.is_dir() and folder.name in taken]


def test_test_modules_have_names_of_their_own() -> None:
    names = [file.name for file in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_every_package_folder_with_code_is_a_package() -> None:
    bare = {file.parent for file in CODE if not (file.parent / "__init__.py").exists()}
    # Alembic reads its revisions as files.
    assert {name_of(folder) for folder in bare} <= {"db/migrations", "db/migrations/versions"}


def test_the_lock_holds_hashes_and_no_addresses() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    wanted = re.findall(r"^[a-z0-9._-]+==\S+.*?(?=^[a-z0-9._-]+==|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert len(wanted) > 20
    assert all("--hash=sha256:" in one for one in wanted)


def test_the_lock_keeps_off_the_qt_that_aborts() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = re.search(r"^pyside6-essentials==(\d+)\.(\d+)", text, flags=re.MULTILINE)
    assert found
    assert (int(found[1]), int(found[2])) < (6, 12)


def test_commands_in_the_papers_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for paper in PAPERS:
        for command in re.findall(r"`make ([a-z]+)", paper.read_text(encoding="utf-8")):
            assert command in targets, f"{name_of(paper)}: make {command}"


def test_the_two_commands_are_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    assert len(readme.splitlines()) <= 60, "the README is one screen"


def test_continuous_integration_runs_the_readmes_test_command() -> None:
    lines = [line.strip() for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()]
    assert any(line.startswith("make test") for line in lines)
    assert "make check" in lines


def test_files_that_the_papers_name_exist() -> None:
    for paper in PAPERS:
        text = paper.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (paper.parent / link).exists(), f"{name_of(paper)}: {link}"
        for path in re.findall(r"`((?:resource_centre|db|reports|ui|scripts|tests|docs|packaging)/[\w./-]*)`", text):
            assert (ROOT / path).exists(), f"{name_of(paper)}: {path}"


@pytest.mark.parametrize("file", [*CODE, *SCRIPTS], ids=name_of)
def test_modules_and_functions_keep_to_a_readable_size(file: Path) -> None:
    if "versions" in file.parts:
        return  # a migration is a list of steps, written once
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION, f"{node.name} has {lines} lines"


# Spelt in pieces, so that this file does not hold what it looks for. Lists of a form stand below a root of their own.
FOREIGN = re.compile(
    "|".join(("/wo" + "rk/", r"(?<!\))/ro" + "ot/", "/ho" + "me/", "py" + "thonhosted", "pypi" + r"\.org"))
)


def test_no_file_names_a_machine_or_a_registry() -> None:
    endings = {".py", ".md", ".sh", ".toml", ".lock", ".yaml", ".spec", ".po", ".mako", ".txt", ""}
    top = [ROOT / name for name in ("docs", "scripts", "packaging", "tests", ".ci", *PACKAGES)]
    files = [file for folder in top for file in folder.rglob("*")]
    files += [file for file in ROOT.iterdir() if file.is_file()]
    for file in files:
        if file.is_file() and file.suffix in endings and "__pycache__" not in file.parts:
            found = FOREIGN.search(file.read_text(encoding="utf-8", errors="replace"))
            assert found is None, f"{name_of(file)}: {found and found[0]}"
