"""The register the centre was given to try with, against what each of its rows means; and how fast it is read.

It lies beside the project; where it is absent these tests say so.
"""

import json
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from resource_centre.registers.read import Circumstances, read_register

DATA = Path(__file__).parents[3] / "shared" / "data"
REGISTER = DATA / "register-lombok-2026.xlsx"
KINDS = ("register", "counselling", "training")
NOT_VALUES = {"row", "person", "event", "again"}


@pytest.fixture(scope="module")
def truth():
    file = REGISTER.with_suffix("").with_suffix(".truth.json")
    if not file.exists():
        pytest.skip("the register to try with is not beside the project")
    return json.loads(file.read_text())


@pytest.fixture(scope="module")
def understood(truth):
    return read_register(REGISTER, Circumstances())


@pytest.fixture(scope="module")
def rows(understood):
    return {(row.kind, row.row): row for row in understood.rows}


def _judged(truth, rows):
    """How each cell of the truth was understood: right, to settle, or silently wrong."""
    found = defaultdict(Counter)
    for kind in KINDS:
        for true in truth[kind]:
            row = rows[kind, true["row"]]
            for field, value in true.items():
                if field in NOT_VALUES:
                    continue
                listed = any(problem.field == field for problem in row.problems)
                verdict = "right" if row.values[field] == value else "to settle" if listed else "silently wrong"
                found[f"{kind}.{field}"][verdict] += 1
    return found


def test_every_cell_is_right(truth, rows):
    judged = _judged(truth, rows)
    assert {field: dict(verdicts) for field, verdicts in judged.items() if set(verdicts) != {"right"}} == {}


def test_no_line_is_missed_and_none_invented(truth, rows):
    assert set(rows) == {(kind, true["row"]) for kind in KINDS for true in truth[kind]}


def test_what_is_damaged_is_on_the_list_with_its_place(truth, rows):
    for kind in ("register", "counselling"):
        for true in truth[kind]:
            if true["nik"] in {"damaged", "invalid"}:
                problem = next(one for one in rows[kind, true["row"]].problems if one.field == "nik")
                assert problem.severity == "error"
                assert problem.as_written
                assert problem.column is not None


def test_nobody_is_joined_who_is_not_the_same_and_everybody_who_may_be_is_offered(truth, rows):
    people = defaultdict(set)
    for kind in ("register", "counselling"):
        for true in truth[kind]:
            row = rows[kind, true["row"]]
            people[row.person].add(true["person"])
            assert row.status != "new" or not true.get("again")
    assert all(len(meant) == 1 for meant in people.values())


def test_the_first_visit_of_everybody_is_new(truth, rows):
    for true in truth["register"]:
        if not true["again"]:
            assert rows["register", true["row"]].status == "new"


def test_training_events_are_told_apart(truth, rows):
    events = defaultdict(set)
    for true in truth["training"]:
        events[rows["training", true["row"]].event].add(true["event"])
    assert len(events) == truth["summary"]["training_events"]
    assert all(len(one) == 1 for one in events.values())


def test_reading_and_understanding_takes_at_most_three_times_what_openpyxl_takes_to_read(truth):
    import openpyxl

    def once(work):
        start = time.process_time()
        work()
        return time.process_time() - start

    def openpyxl_reads():
        book = openpyxl.load_workbook(REGISTER, read_only=True)
        for sheet in book:
            for _ in sheet.iter_rows(values_only=True):
                pass
        book.close()

    read_register(REGISTER, Circumstances())
    theirs = min(once(openpyxl_reads) for _ in range(3))
    ours = min(once(lambda: read_register(REGISTER, Circumstances())) for _ in range(3))
    assert ours < 3 * theirs
