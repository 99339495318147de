"""Looking over a form from a terminal before it is used."""

import json
from pathlib import Path

import pytest

from ui.cli.main import main

SHELF = Path(__file__).parents[2] / "resource_centre" / "data" / "questionnaires"
WRONG = """
| survey |
| | type | name | label | relevant |
| | text | a | A | ${b} = 1 |
| | text | b | B | ${a} = 1 |
| | text | c | C | moon(1) |
"""


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Checks a form and gives what was said on both streams."""

    def run(given: Path | str, *words: str, result: int = 0) -> tuple[str, str]:
        if isinstance(given, str):
            (tmp_path / "form.md").write_text(given, encoding="utf-8")
            given = tmp_path / "form.md"
        assert main(("questionnaire", "check", str(given), "--language", "en", *words)) == result
        said = capsys.readouterr()
        return said.out, said.err

    return run


def test_a_form_that_can_be_asked_is_described(check) -> None:
    out, err = check(SHELF / "who5.md")
    assert "(who5), version" in out
    assert "languages: Bahasa Indonesia (id), English (en)" in out
    assert "This form can be asked." in out
    assert err == ""


def test_what_is_wrong_stands_line_by_line_with_its_place(check) -> None:
    out, err = check(WRONG, result=1)
    assert out == ""
    assert err.splitlines() == [
        "This form cannot be used as it is.",
        "  sheet survey, row 4, column relevant: There is no function moon().",
    ]


def test_questions_that_wait_for_each_other_are_named(check) -> None:
    _, err = check(WRONG.replace("moon(1)", "1"), result=1)
    assert "sheet survey, row 2: These wait for each other" in err


def test_another_program_gets_the_same_as_json(check) -> None:
    facts = json.loads(check(SHELF / "who5.md", "--json")[0])
    assert (facts["accepted"], facts["form_id"], facts["warnings"]) == (True, "who5", [])
    refused = json.loads(check(WRONG, "--json", result=1)[0])
    assert refused["accepted"] is False
    assert [(one["sheet"], one["row"], one["column"], one["code"]) for one in refused["problems"]] == [
        ("survey", 4, "relevant", "unknown_function")
    ]


def test_lists_that_come_as_files_are_given_beside_the_form(check, tmp_path: Path) -> None:
    form = "| survey |\n| | type | name | label |\n| | select_one_from_file v.csv | q | Q |\n"
    assert "The file v.csv did not come with the form" in check(form)[0]
    (tmp_path / "v.csv").write_text("name,label\nende,Ende\n", encoding="utf-8")
    assert "Please note" not in check(form, "--with", str(tmp_path / "v.csv"))[0]


def test_a_file_that_is_not_there_is_no_mistake_of_the_form(check, tmp_path: Path) -> None:
    assert check(tmp_path / "none.xlsx", result=3)[1] == "The file is not there.\n"
    assert check(SHELF / "who5.md", "--with", str(tmp_path / "none.csv"), result=3)[1] == "The file is not there.\n"


def test_a_file_that_is_no_form_is_refused_in_one_line(check, tmp_path: Path) -> None:
    (tmp_path / "photo.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    _, err = check(tmp_path / "photo.xlsx", result=1)
    assert len(err.splitlines()) == 1
    assert str(tmp_path) not in err
