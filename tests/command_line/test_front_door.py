"""The command line's help, languages, errors and exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from resource_centre.errors import Bug, EnvironmentFailed, Refused
from ui.cli import main as program
from ui.cli.main import COMMANDS, chosen_language
from ui.cli.sign_in import CalledWrongly

PRIVATE = "Siti Aminah"


def call(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "RESOURCE_"))}
    return subprocess.run(
        [sys.executable, "-m", "ui.cli.main", *map(str, words)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=inherited | {"LANG": "C.UTF-8"} | environment,
        timeout=120,
    )


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["en", "id"])
def test_every_command_has_help(command: str, language: str) -> None:
    done = call(command, "--help", LANG=f"{language}.UTF-8")
    assert done.returncode == 0, done.stderr
    assert "--language" in done.stdout
    assert "--passphrase " not in done.stdout, "a passphrase is never an argument"


def test_help_speaks_the_language_of_the_system() -> None:
    assert call("--help", LANG="id_ID.UTF-8").stdout != call("--help", LANG="en_GB.UTF-8").stdout


def test_help_lists_every_command() -> None:
    text = call("--help").stdout
    for command in COMMANDS:
        assert command in text


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {"LANG": "id_ID.UTF-8"}, "id"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LC_ALL": "en_GB", "LANG": "id_ID"}, "en"),
        ([], {}, "id"),
        (["doctor", "--language", "en"], {"LANG": "id_ID.UTF-8"}, "en"),
        (["doctor", "--language=en"], {"LANG": "id_ID.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert chosen_language(arguments, environment) == language


def test_a_wrong_call_is_exit_code_two() -> None:
    assert call().returncode == 2
    assert call("nothing-like-it").returncode == 2
    done = call("doctor")
    assert done.returncode == 2
    assert "--centre" in done.stderr


def test_without_anybody_to_ask_the_passphrase_must_be_given(tmp_path: Path) -> None:
    done = call("doctor", "--centre", tmp_path, "--login", "siti")
    assert done.returncode == 2
    assert "--passphrase-file" in done.stderr


def test_a_folder_that_is_not_a_centre_is_said_so_without_a_traceback(tmp_path: Path) -> None:
    done = call("doctor", "--centre", tmp_path, "--login", "siti", RESOURCE_CENTRE_PASSPHRASE="four words and more")
    assert done.returncode == 3
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_passphrase_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    done = call("doctor", "--centre", tmp_path, "--login", "siti", "--passphrase-file", tmp_path / "nowhere")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (Refused("not_allowed"), 1),
        (CalledWrongly("month"), 2),
        (EnvironmentFailed("disk_full"), 3),
        (PermissionError(13, "Permission denied", PRIVATE), 3),
        (Bug("bug"), 4),
        (KeyError(PRIVATE), 4),
    ],
)
def test_each_family_of_errors_has_its_exit_code_and_tells_nothing_private(
    problem: Exception, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_options: object) -> int:
        raise problem

    monkeypatch.setattr("ui.cli.backup.run", fail)
    assert program.main(["backup", "--language", "en"]) == code
    said = capsys.readouterr().err
    assert said.strip()
    assert PRIVATE not in said


def test_debug_shows_where_it_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_options: object) -> int:
        raise KeyError("somewhere")

    monkeypatch.setattr("ui.cli.backup.run", fail)
    with pytest.raises(KeyError):
        program.main(["backup", "--language", "en", "--debug"])
