"""Setting up says what a machine lacks, and how to get it, before Qt ends the process for it."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def set_up() -> ModuleType:
    specification = importlib.util.spec_from_file_location("set_up_script", ROOT / "scripts" / "set_up.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_a_missing_library_is_found_by_name(set_up: ModuleType) -> None:
    assert set_up.missing_libraries(["libc.so.6", "libnowhere.so.99"]) == ["libnowhere.so.99"]


def test_without_rights_the_line_to_run_is_printed(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "rights", lambda: None)
    monkeypatch.setattr(set_up.shutil, "which", lambda name: name)
    monkeypatch.setattr(set_up, "DRAWING", {"libnowhere.so.99": "libnowhere99"})
    assert set_up.main([]) == set_up.MACHINE
    said = capsys.readouterr().err
    assert "libnowhere.so.99" in said
    assert "sudo apt-get install --yes --no-install-recommends libnowhere99" in said


def test_a_system_without_apt_is_told_the_names(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up.shutil, "which", lambda _name: None)
    monkeypatch.setattr(set_up, "DRAWING", {"libnowhere.so.99": "libnowhere99"})
    assert set_up.main([]) == set_up.MACHINE
    assert "libnowhere99" in capsys.readouterr().err


@pytest.mark.parametrize(("environment", "shown"), [({}, False), ({"DISPLAY": ""}, False), ({"DISPLAY": ":0"}, True)])
def test_libraries_for_windows_are_wanted_only_where_windows_are_shown(
    set_up: ModuleType, environment: dict[str, str], shown: bool
) -> None:
    assert set_up.has_display(environment) is shown


def test_settings_of_other_pythons_do_not_reach_in(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PIP_USER", "PIP_NO_COMPILE"):
        monkeypatch.setenv(name, "1")
    kept = set_up.clean_environment()
    assert not {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PIP_USER", "PIP_NO_COMPILE"} & kept.keys()


def test_an_old_python_is_sent_for_a_newer_one(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    for version in range(11, 15):
        (tmp_path / f"python3.{version}").symlink_to(old)
    script = (ROOT / "scripts" / "setup.sh").read_text(encoding="utf-8").replace("/usr/bin/python3", "")
    copy = tmp_path / "setup.sh"
    copy.write_text(script, encoding="utf-8")
    environment = {"PATH": f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin"}
    done = subprocess.run(["/bin/sh", copy], env=environment, capture_output=True, text=True)
    assert done.returncode == 3
    assert "Python 3.11 or newer is needed" in done.stderr


def test_the_environment_is_not_set_up_twice(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text(set_up.fingerprint(), encoding="utf-8")
    monkeypatch.setattr(set_up, "STAMP", stamp)
    monkeypatch.setattr(set_up, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(set_up.subprocess, "run", lambda *_args, **_more: pytest.fail("set up again"))
    set_up.provide_environment()
