"""Every word a person meets exists in every language."""

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(file for package in ("resource_centre", "db", "reports", "ui") for file in (ROOT / package).rglob("*.py"))


def messages() -> ModuleType:
    specification = importlib.util.spec_from_file_location("messages_script", ROOT / "scripts" / "messages.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_every_message_is_translated_and_compiled() -> None:
    assert list(messages().faults()) == []


def test_a_lost_placeholder_is_noticed() -> None:
    module = messages()
    assert module._same_placeholders("{n} of {all}", ("{n} dari {all}",))
    assert not module._same_placeholders("{n} of {all}", ("{n} dari semua",))
    assert not module._same_placeholders(("{n} person", "{n} people"), ("orang",))


@pytest.mark.parametrize("file", CODE, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_translated_texts_are_plain_strings(file: Path) -> None:
    """An f-string is filled in before it is looked up, and so is never found."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in ("_", "N_", "ngettext", "tr", "gettext"):
            filled = [one for one in node.args if isinstance(one, (ast.JoinedStr, ast.BinOp))]
            assert not filled, f"line {node.lineno}"
