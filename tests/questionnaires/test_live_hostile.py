"""Forms that wait for themselves, count to infinity or never come to rest are named, and the program goes on."""

from collections.abc import Callable
from time import perf_counter

import pytest

from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.live import LiveForm
from resource_centre.questionnaires.refusals import FormRefused

FormOf = Callable[[str], Form]

HEAD = "| survey |\n| | type | name | label | relevant | calculation | repeat_count |\n"


IN_A_REPEAT = """| | begin repeat | r | R | | | |
| | integer | a | A | | ${b} | |
| | integer | b | B | | ${a} | |
| | end repeat |"""


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ("| | calculate | a | | | ${b} + 1 | |\n| | calculate | b | | | ${a} + 1 | |", ("a", "b")),
        ("| | calculate | a | | | ${a} + 1 | |", ("a",)),
        ("| | text | a | A | ${b} = '' | | |\n| | text | b | B | ${a} = '' | | |", ("a", "b")),
        ("| | text | a | A | ${a} = '' | | |", ("a",)),
        ("| | begin group | g | G | ${a} = '' | | |\n| | text | a | A | | | |\n| | end group | | | | | |", ("g", "a")),
        (
            "| | begin repeat | r | R | | | ${a} |\n| | integer | a | A | | | |\n| | end repeat |",
            ("r", "a"),
        ),
        (
            IN_A_REPEAT,
            ("a", "b"),
        ),
    ],
    ids=["two", "itself", "skips", "own skip", "its group", "its number", "in a repeat"],
)
def test_what_waits_for_itself_is_refused_by_name(form_of: FormOf, rows: str, names: tuple[str, ...]) -> None:
    form = form_of(HEAD + rows)
    with pytest.raises(FormRefused) as refused:
        LiveForm(form)
    assert [problem.code for problem in refused.value.problems] == ["circular"]
    told = refused.value.problems[0].words()
    assert all(name in told for name in names)


def test_looking_at_how_many_there_are_is_no_circle(form_of: FormOf) -> None:
    rows = """| | begin repeat | r | R | | | |
| | text | a | A | ${many} < 3 | | |
| | calculate | here | | | position(..) | |
| | end repeat | | | | | |
| | calculate | many | | | count(${r}) | |"""
    live = LiveForm(form_of(HEAD + rows))
    for _turn in range(2):
        assert live.state("r[1]/a").relevant
        live.add_turn("r")
    assert not live.state("r[1]/a").relevant
    assert live.answers()["r[3]/here"] == "3"


NEVER = """| | begin repeat | r | R | | | |
| | calculate | a | | | coalesce(indexed-repeat(${a}, ${r}, position(..)), 0) + 1 | |
| | end repeat | | | | | |
| | text | b | B | | | |"""


def test_what_never_comes_to_rest_is_left_and_named(form_of: FormOf) -> None:
    live = LiveForm(form_of(HEAD + NEVER))
    assert ("r[1]/a", "not_worked_out", "warning") in {
        (problem.field, problem.code, problem.severity) for problem in live.problems()
    }
    live.answer("b", "still here")
    assert live.state("b").value == "still here"


GROWING = """| | integer | n | N | | | |
| | begin repeat | r | R | | | ${n} |
| | begin repeat | s | S | | | ${n} |
| | begin repeat | t | T | | | ${n} |
| | text | a | A | | | |
| | end repeat | | | | | |
| | end repeat | | | | | |
| | end repeat | | | | | |"""


def test_repeats_within_repeats_do_not_eat_the_memory(form_of: FormOf) -> None:
    live = LiveForm(form_of(HEAD + GROWING))
    live.answer("n", "60")
    assert len(live.places()) < 55_000
    # A slow computer may stop by the clock before it comes to the turns.
    assert {"too_many_turns", "not_worked_out"} & {problem.code for problem in live.problems()}


ENDLESS = "".join(f"| | text | t{n} | T | | | |\n" for n in range(300)) + "".join(
    f"| | calculate | c{n} | | | count(//*[count(//*[. = current()]) > 1]) | |\n" for n in range(30)
)


def test_a_form_made_to_keep_everybody_waiting_is_waited_for_less_and_less(form_of: FormOf) -> None:
    live = LiveForm(form_of(HEAD + ENDLESS))
    waited = []
    for number in range(4):
        began = perf_counter()
        live.answer(f"t{number}", "a")
        waited.append(perf_counter() - began)
    assert waited[3] < 0.6
    assert live.state("t3").value == "a"
    assert "not_worked_out" in {problem.code for problem in live.problems()}


def test_what_was_answered_is_in_no_log_and_no_problem(form_of: FormOf, caplog: pytest.LogCaptureFixture) -> None:
    rows = """| | text | a | A | | | |
| | calculate | b | | | regex(${a}, '(R+)+!') or int(${a}) > date(${a}) | |
| | calculate | c | | | join(${a}, //*[join(${a}, //*) != '']) | |"""
    caplog.set_level("DEBUG")
    live = LiveForm(form_of(HEAD + rows))
    live.answer("a", "Siti" + "R" * 40)
    told = " ".join(problem.words() for problem in live.problems())
    assert "Siti" not in caplog.text + told


def test_a_place_that_is_not_there_is_our_mistake(form_of: FormOf) -> None:
    live = LiveForm(form_of(HEAD + NEVER))
    with pytest.raises(KeyError):
        live.answer("r[7]/a", "x")
