"""A survey of 300 questions follows every answer at once: only what depends on an answer is worked out after it."""

import statistics
import time

import pytest

from resource_centre.questionnaires import asker
from resource_centre.questionnaires.asker import Asker
from resource_centre.questionnaires.conversions import Value
from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.instance import Spot
from resource_centre.questionnaires.live import LiveForm

FRAME = 16.0
"""Milliseconds from one picture of the screen to the next."""

QUESTIONS = 300
CALCULATIONS = 100


def rows() -> list[str]:
    """Questions of which each third opens the next, and sums over four of them each."""
    made = []
    for number in range(QUESTIONS):
        kind = ("select_one yes_no", "integer", "text")[number % 3]
        relevant = f"${{q{number - 1}}} = 'yes'" if number % 3 == 1 else ""
        made.append(f"| | {kind} | q{number} | Question {number} | {relevant} | . != '0' | |")
    for number in range(CALCULATIONS):
        terms = " + ".join(f"coalesce(${{q{(number * 3 + 1 + step) % QUESTIONS}}}, 0)" for step in (0, 3, 6, 9))
        made.append(f"| | calculate | c{number} | | | | {terms} |")
    return made


@pytest.fixture(scope="module")
def survey() -> Form:
    from resource_centre.questionnaires.reading import read_form

    head = ["| survey |", "| | type | name | label | relevant | constraint | calculation |"]
    lists = ["| choices |", "| | list_name | name | label |", "| | yes_no | yes | Yes |", "| | yes_no | no | No |"]
    return read_form("\n".join([*head, *rows(), *lists]), name="survey")


def plausible(live: LiveForm, number: int) -> str:
    return ("yes", str(number), "word")[number % 3]


def test_every_answer_is_followed_within_a_frame(survey: Form) -> None:
    live = LiveForm(survey)
    times = []
    for number in range(QUESTIONS):
        began = time.perf_counter()
        live.answer(f"q{number}", plausible(live, number))
        times.append((time.perf_counter() - began) * 1000)
    assert statistics.median(times) < FRAME
    assert live.answers()["c0"] == str(1 + 4 + 7 + 10)


def test_only_what_depends_on_an_answer_is_asked(survey: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveForm(survey)
    asked: list[tuple[str, str]] = []
    ask = Asker.ask

    def noted(self: Asker, spot: Spot, slot: str, otherwise: Value) -> Value:
        if self.plan.rule(spot.path, slot) is not None:
            asked.append((spot.place, slot))
        return ask(self, spot, slot, otherwise)

    monkeypatch.setattr(Asker, "ask", noted)
    live.answer("q0", "yes")
    sums = {(f"c{number}", "calculation") for number in (0, 97, 98, 99)}
    assert set(asked) == {("q0", "constraint"), ("q1", "relevant"), *sums}
    asked.clear()
    live.answer("q1", "5")
    assert sorted(asked) == sorted({("q1", "constraint"), *sums})


def test_what_takes_too_long_is_left_and_named(survey: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveForm(survey)
    live.answer("q0", "yes")
    monkeypatch.setattr(asker, "LEAST_PATIENCE", -1.0)
    monkeypatch.setattr(live._working.asker, "_patience", -1.0)
    live.answer("q1", "5")
    assert live.state("q1").value == "5"
    assert "not_worked_out" in {problem.code for problem in live.problems()}
    monkeypatch.undo()
    live.answer("q1", "6")
    assert live.problems() == ()
    assert live.answers()["c0"] == "6"
