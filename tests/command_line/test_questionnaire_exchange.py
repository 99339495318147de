# SPDX-License-Identifier: Apache-2.0
"""Round trip with Kobo from a terminal: the form out, submissions in, answers out."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.centre import open_centre
from resource_centre.questionnaires.reading import read_form
from resource_centre.services.questionnaires import publish
from resource_centre.services.response_lists import responses_to
from ui.cli.main import main

LOGIN = "ibu.ratna"
PASSPHRASE = "kopi hangat di pagi hari"
HOME = """
| survey |
| | type    | name   | label           | constraint |
| | text    | client | Client number   |            |
| | integer | rooms  | How many rooms? | . < 30     |
| settings |
| | form_title | form_id | version |
| | Home       | home    | 1       |
"""
KOBO = "client;rooms;_uuid;_submission_time;__version__\nx;3;u1;2026-11-20T01:00:00;1\n;40;u2;2026-11-20T01:00:00;1\n"


@pytest.fixture
def call(centre_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Calls an action on a centre with the form on its shelf; gives what was said on both streams."""
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.change() as session:
        publish(session, read_form(HOME, name="home.md"), kind="survey", about="person", sensitivity="ordinary")
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    for name in ("RESOURCE_CENTRE_FOLDER", "RESOURCE_CENTRE_LOGIN", "RESOURCE_CENTRE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: object, result: int = 0) -> tuple[str, str]:
        who = ["--centre", centre_folder, "--login", LOGIN, "--passphrase-file", secret, "--language", "en"]
        assert main(["questionnaire", *map(str, words), *map(str, who)]) == result
        said = capsys.readouterr()
        return said.out, said.err

    return run


@pytest.fixture
def kobo(tmp_path: Path) -> Path:
    """A file of submissions, one of them not as the form wants it."""
    path = tmp_path / "kobo.csv"
    path.write_text(KOBO, encoding="utf-8")
    return path


def kept(folder: Path) -> list[str]:
    with open_centre(folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.read() as session:
        return sorted(row.state for row in responses_to(session, "home"))


def test_submissions_are_taken_in_once_and_those_to_look_at_are_named(call, kobo: Path, centre_folder: Path) -> None:
    out, _err = call("import", "home", kobo)
    assert out.splitlines()[:4] == [
        "      2  new",
        "      0  taken in before",
        "      1  of the new ones to look at",
        "      2  of the new ones about nobody by name",
    ]
    assert "  Row 3: How many rooms? – " in out
    assert kept(centre_folder) == ["begun", "complete"]
    assert "      2  taken in before" in call("import", "home", kobo)[0]


def test_only_looking_writes_nothing(call, kobo: Path, centre_folder: Path) -> None:
    told = json.loads(call("import", "home", kobo, "--dry-run", "--json")[0])
    assert (len(told["new"]), told["to_look_at"][0]["row"], told["left"]) == (2, 3, [])
    assert kept(centre_folder) == []


def test_an_import_is_undone_from_the_terminal(call, kobo: Path, centre_folder: Path, tmp_path: Path) -> None:
    told = json.loads(call("import", "home", kobo, "--occasion", "baseline", "--json")[0])
    who = ["--centre", centre_folder, "--login", LOGIN, "--passphrase-file", tmp_path / "passphrase"]
    assert main(["import", "--undo", told["import"], *map(str, who)]) == 0
    assert kept(centre_folder) == []


def test_answers_are_written_with_a_warning(call, kobo: Path, tmp_path: Path) -> None:
    call("import", "home", kobo)
    out = tmp_path / "out.xlsx"
    said, warned = call("export", "home", "--output", out, "--since", "2026-11-01")
    assert (said, warned) == ("1 submission\n", "The file is not encrypted: whoever finds it can read it.\n")
    assert load_workbook(out).worksheets[0]["B2"].value == 3
    call("export", "home", "--output", tmp_path / "none.csv", "--until", "2026-10-31")
    assert (tmp_path / "none.csv").read_text(encoding="utf-8-sig").count("\n") == 1


@pytest.mark.parametrize("ending", ["xlsx", "md"])
def test_the_form_goes_out_and_is_the_same(call, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"home.{ending}"
    call("form", "home", "--output", out)
    assert [*read_form(out).questions()] == [*read_form(HOME, name="home.md").questions()]


@pytest.mark.parametrize(
    ("words", "result", "said"),
    [
        (("export", "home", "--output", "a.pdf"), 2, ".xlsx, .csv or .zip"),
        (("export", "home", "--output", "a.csv", "--since", "October"), 2, "This is not a day."),
        (("form", "home", "--output", "a.pdf"), 2, ".xlsx or .md"),
        (("export", "nothing", "--output", "a.csv"), 1, "This record is not there."),
        (("import", "home", "nowhere.csv"), 3, "not there"),
    ],
)
def test_what_cannot_be_done_is_said(call, words: tuple[str, ...], result: int, said: str) -> None:
    assert said in call(*words, result=result)[1]


def test_headings_in_words_are_refused_with_what_to_do(call, tmp_path: Path, centre_folder: Path) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("Client number;How many rooms?;_uuid\nx;3;u1\n", encoding="utf-8")
    assert "XML values and headers" in call("import", "home", labels, result=1)[1]
    assert kept(centre_folder) == []
