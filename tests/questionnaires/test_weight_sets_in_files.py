# SPDX-License-Identifier: Apache-2.0
"""Weights that the centre was sent: taken from a workbook or a CSV, and refused with sheet, row and column."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from resource_centre.errors import EnvironmentFailed
from resource_centre.i18n import _
from resource_centre.questionnaires.form import Choice, Form, Group, Question
from resource_centre.questionnaires.scoring import score
from resource_centre.questionnaires.weight_files import read_weights
from resource_centre.questionnaires.weight_refusals import WeightsRefused
from resource_centre.questionnaires.weights import shipped_weights

FACTS = {
    "form_id": "rss", "set_id": "official", "version": "2026", "official": "yes", "coverage": "0.80",
    "calculation": "weighted_mean", "low": "0", "high": "1", "source": "a letter",
}  # fmt: skip
HEAD = ("set_id", "scale", "question", "answer", "score", "weight", "composite_weight", "applicable")
ROWS: tuple[tuple[object, ...], ...] = (
    ("official", "economic", "working", "yes", 1, 0.3, 0.1, "yes"),
    ("official", "economic", "working", "no", 0, 0.3, 0.1, "yes"),
    ("official", "social", "school", "all", 1, 0.7, 0.2, "yes"),
    ("official", "social", "school", "none", 0, 0.7, 0.2, "yes"),
    ("official", "social", "school", "no_children", "", 0.7, 0.2, "NA"),
)

Lines = list[list[object]]


def _form() -> Form:
    lists = {
        "yes_no": (Choice("yes"), Choice("no")),
        "school": (Choice("all"), Choice("none"), Choice("no_children")),
    }
    economic = Group("economic", (Question("economic/working", "select_one", choices="yes_no"),))
    more = (
        Question("school", "select_one", choices="school"),
        Question("story", "text"),
        Group("child", (Question("child/age", "integer"),), repeat=True),
    )
    return Form("rss", "Survey", "1", "rss", (economic, *more), lists=lists)


def _workbook(lines: Lines, facts: dict[str, str]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "weights"
    for line in _with_head(lines):
        sheet.append(line)
    told = book.create_sheet("weight_sets")
    told.append(list(facts))
    told.append(list(facts.values()))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _with_head(lines: Lines) -> Lines:
    return [list(HEAD), *lines]


def _lines() -> Lines:
    return [list(row) for row in ROWS]


def _csv(lines: Lines, parting: str = ",") -> bytes:
    return "\n".join(parting.join(str(one) for one in line) for line in _with_head(lines)).encode("utf-8-sig")


def test_a_workbook_of_the_centre_becomes_a_set_and_scores_by_it() -> None:
    (weights,) = read_weights(_workbook(_lines(), FACTS), form=_form())
    assert (weights.name, weights.official, weights.caution_in("en")) == ("official", True, "")
    found = score(_form(), weights, {"economic/working": "yes", "school": "no_children"})
    assert [one.shown() for one in found.scales] == ["1.00", "", ""]


def test_a_table_of_weights_is_told_what_set_it_is(tmp_path: Path) -> None:
    (weights,) = read_weights(_csv(_lines()), form=_form(), facts=FACTS)
    (again,) = read_weights(_workbook(_lines(), FACTS), form=_form())
    assert weights.rows == again.rows
    (tmp_path / "weights.csv").write_bytes(_csv(_lines()))
    with pytest.raises(WeightsRefused, match="missing_facts"):
        read_weights(tmp_path / "weights.csv", form=_form())
    (tmp_path / "weight_sets.csv").write_text("\n".join((",".join(FACTS), ",".join(FACTS.values()))))
    (beside,) = read_weights(tmp_path / "weights.csv", form=_form())
    assert beside.rows == weights.rows


def test_a_table_with_decimal_commas_means_the_same() -> None:
    lines: Lines = [[str(cell).replace(".", ",") for cell in line] for line in _lines()]
    (weights,) = read_weights(_csv(lines, ";"), form=_form(), facts=FACTS)
    assert weights.rows == read_weights(_csv(_lines()), form=_form(), facts=FACTS)[0].rows


def _cell(row: int, column: str, value: object) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        lines[row - 2][HEAD.index(column)] = value

    return change


def _drop(row: int) -> Callable[[Lines], None]:
    return lambda lines: lines.__delitem__(row - 2)


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (_cell(2, "question", "works"), "unknown_question", "row 2, column question"),
        (_cell(2, "answer", "perhaps"), "unknown_answer", "row 2, column answer"),
        (_cell(3, "score", 1.5), "score_out_of_range", "row 3, column score"),
        (_cell(3, "score", -0.5), "score_out_of_range", "row 3, column score"),
        (_cell(3, "score", "good"), "not_a_number", "row 3, column score"),
        (_cell(3, "weight", "1,000"), "not_a_number", "row 3, column weight"),
        (_cell(3, "score", ""), "score_missing", "row 3, column score"),
        (_cell(3, "weight", -0.3), "negative_weight", "row 3, column weight"),
        (_cell(3, "weight", 0.4), "two_weights", "row 3, column weight"),
        (_cell(3, "scale", "social"), "two_scales", "row 3, column scale"),
        (_cell(3, "answer", "yes"), "duplicate_row", "row 3, column answer"),
        (_cell(3, "answer", ""), "missing_cell", "row 3, column answer"),
        (_cell(4, "applicable", "maybe"), "not_applicable_how", "row 4, column applicable"),
        (_cell(2, "scale", "happiness"), "unknown_scale", "row 2, column scale"),
        (_cell(2, "scale", "composite"), "composite_scale", "row 2, column scale"),
        (_cell(2, "question", "story"), "not_weighable", "row 2, column question"),
        (_cell(2, "question", "age"), "repeated_question", "row 2, column question"),
        (_cell(2, "set_id", "another"), "unknown_set", "row 2, column set_id"),
        (_drop(5), "missing_answer", "row 4, column answer"),
        (lambda lines: lines.clear(), "not_weights", ""),
    ],
)
def test_a_slip_in_the_table_is_named_with_its_place(change: Callable[[Lines], None], code: str, place: str) -> None:
    lines = _lines()
    change(lines)
    with pytest.raises(WeightsRefused) as refused:
        read_weights(_workbook(lines, FACTS), form=_form())
    found = {problem.code: problem.field for problem in refused.value.problems}
    assert code == refused.value.code if not place else place in found[code]
    assert all(problem.words() for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("form_id", "phq2", "wrong_form"),
        ("official", "perhaps", "not_yes_or_no"),
        ("source", "", "official_without_source"),
        ("coverage", "1.5", "coverage_range"),
        ("coverage", "most", "not_a_number"),
        ("calculation", "principal_components", "unknown_calculation"),
        ("version", "", "missing_cell"),
        ("low", "1", "range_upside_down"),
        ("bands", "0.6|0.3", "bands"),
    ],
)
def test_a_slip_in_what_is_said_of_the_set_is_named(fact: str, value: str, code: str) -> None:
    with pytest.raises(WeightsRefused) as refused:
        read_weights(_workbook(_lines(), FACTS | {fact: value}), form=_form())
    assert code in {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize("data", [b"", b"   ", b"\xff\xfe\x00", b"name,village\nx,y\n", b"PK\x03\x04 broken"])
def test_a_file_that_holds_no_weights_is_refused(data: bytes) -> None:
    with pytest.raises(WeightsRefused):
        read_weights(data, form=_form(), facts=FACTS)


def test_a_column_that_is_missing_is_called_by_its_name() -> None:
    lines = ["set_id,scale,question,answer,score,weight,composite_weight", "official,economic,working,yes,1,1,1"]
    with pytest.raises(WeightsRefused) as refused:
        read_weights("\n".join(lines).encode(), form=_form(), facts=FACTS)
    assert [one.words() for one in refused.value.problems if one.code == "missing_column"] == [
        _("The column {column} is missing.").format(column="applicable")
    ]


def test_a_file_that_is_not_there_is_told_apart_from_a_wrong_one(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailed, match="file_missing"):
        read_weights(tmp_path / "none.csv", form=_form())


def test_the_weights_that_come_with_the_survey_say_that_they_are_not_official() -> None:
    (equal,) = shipped_weights("rss")
    assert not equal.official
    assert [equal.caution_in(language) for language in ("id", "en")] == [
        "Skor tidak resmi (bobot setara)", "Unofficial score (equal weights)",
    ]  # fmt: skip


def test_in_the_equal_set_every_question_weighs_the_same() -> None:
    (equal,) = shipped_weights("rss")
    assert {row.weight for row in equal.rows if row.question != "looking_reason"} == {1}
    assert "looking_reason" not in equal.questions
