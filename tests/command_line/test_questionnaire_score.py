# SPDX-License-Identifier: Apache-2.0
"""Scoring answers from a terminal, without a centre."""

import json
from pathlib import Path

import pytest

from resource_centre.questionnaires.weights import shipped_weights
from ui.cli.main import main

BEST = {row.question: row.answer for row in shipped_weights("rss")[0].rows if row.score == 1 and row.applies}
GOOD = {name: answer for name, answer in BEST.items() if name in shipped_weights("rss")[0].questions}
ROSTER = """
| survey |
| | type | name | label |
| | begin_repeat | child | Child |
| | text | name | Name |
| | integer | age | Age |
| | end_repeat | | |
| | calculate | score | | sum(${age}) |
""".replace("| | type | name | label |", "| | type | name | label | calculation |")


@pytest.fixture
def score(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Scores answers and gives what was said on both streams."""

    def run(form: str, answers: object, *words: str, result: int = 0) -> tuple[str, str]:
        if form.startswith("\n"):
            (tmp_path / "form.md").write_text(form, encoding="utf-8")
            form = str(tmp_path / "form.md")
        text = answers if isinstance(answers, str) else json.dumps(answers)
        (tmp_path / "answers.json").write_text(text, encoding="utf-8")
        given = ("--answers", str(tmp_path / "answers.json"), "--language", "en", *words)
        assert main(("questionnaire", "score", form, *given)) == result
        said = capsys.readouterr()
        return said.out, said.err

    return run


def test_the_survey_is_scored_and_says_how_far_the_score_can_be_trusted(score) -> None:
    out, err = score("rss", GOOD | {"housing_standard": "buruk"})
    assert out.splitlines() == [
        "  Economic: 1.00 (9 of 9 answered)",
        "  Social: 0.93 (10 of 10 answered)",
        "  Psychosocial: 1.00 (9 of 9 answered)",
        "  Composite: 0.97 (28 of 28 answered)",
        "  Unofficial score (equal weights)",
        "  A score never decides whether somebody gets a service.",
    ]
    assert err == ""


def test_places_groups_and_reasons_are_understood(score) -> None:
    nested = {"economic": {name: GOOD[name] for name in ("economic_satisfaction", "food_cut", "can_borrow", "borrows")}}
    flat = {"economic/work_access": "baik", "working": {"reason": "refused"}, "_uuid": "passed over"}
    told = json.loads(score("rss", [nested | flat, {"answers": GOOD, "unanswered": {}}], "--json")[0])
    economic = told[0]["scores"]["economic"]
    assert (economic["answered"], "working" in economic["missing"], economic["value"]) == (5, True, None)
    assert told[1]["scores"]["composite"]["shown"] == "1.00"
    assert (told[1]["official"], told[1]["weights"]["name"]) == (False, "equal")


def test_turns_of_a_repeat_stand_in_a_list(score) -> None:
    out, _ = score(ROSTER, {"child": [{"name": "Lale", "age": 7}, {"name": "Lalu", "age": 4}]})
    assert out.splitlines()[0] == "  score: 11.00"


def test_weights_from_a_file_are_used(score, tmp_path: Path) -> None:
    (equal,) = shipped_weights("rss")
    rows = equal.content["rows"]
    facts = equal.content["facts"] | {"official": "yes", "source": "a letter", "caution_en": "", "coverage": "0.1"}
    for name, lines in (("weights.csv", rows), ("weight_sets.csv", [facts])):
        text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in (lines[0], *(x.values() for x in lines)))
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = json.loads(score("rss", {"working": "no"}, "--json", "--weights", str(tmp_path / "weights.csv"))[0])
    assert told[0]["official"] is True
    assert told[0]["scores"]["economic"] == {
        "value": 0.0, "shown": "0.00", "coverage": 1 / 9, "answered": 1, "applicable": 9,
        "missing": [name for name in equal.questions[:9] if name != "working"],
    }  # fmt: skip


def test_an_answer_that_cannot_stand_is_named_and_not_repeated(score) -> None:
    out, _ = score(ROSTER, {"child": [{"age": "seven hundred"}]}, result=1)
    assert out.splitlines()[0] == "  child[1]/age: This is not a number."
    assert "seven hundred" not in out


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("{", "This file is not JSON."),
        ("[" * 100_000, "This file is not JSON."),
        ('{"working": NaN}', "This file is not JSON."),
        ("[]", "This file holds no object with answers, and no list of them."),
        ('["yes"]', "This file holds no object with answers, and no list of them."),
        ({"job": "yes"}, "  job: The form has no question job."),
        ({"economic": "yes"}, "  economic: economic is a group"),
        ({"working": {"reason": "lazy"}}, "  working: A reason is unknown, refused"),
        ({"working": [["yes"]]}, "  working: An answer is a text, a number, or a list of names."),
        ({"working": "yes", "economic/working": "no"}, "  economic/working: economic/working is answered twice."),
        ('{"working": "yes", "working": "no"}', "  working: working is answered twice."),
    ],
)
def test_answers_that_do_not_fit_are_refused_by_name(score, answers: object, said: str) -> None:
    out, err = score("rss", answers, result=1)
    assert out == ""
    assert any(line.startswith(said) for line in err.splitlines())


def test_files_that_are_not_there_are_told_apart(score) -> None:
    assert "not there" in score("no_such_form.xlsx", {}, result=3)[1]
