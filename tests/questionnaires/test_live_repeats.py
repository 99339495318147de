"""What comes again: children, debts, jobs. Turns come and go, and what is reckoned over them follows."""

from collections.abc import Callable

import pytest

from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.live import LiveForm

FormOf = Callable[[str], Form]

HOUSEHOLD = """
| survey |
| | type | name | label | relevant | required | calculation | repeat_count | constraint |
| | begin repeat | child | Child | | | | | |
| | text | name | Name | | yes | | | |
| | integer | age | Age of ${name} | | | | | |
| | select_one yes_no | school | Does ${name} go to school? | ${age} >= 6 | | | | |
| | begin repeat | toy | Toy | | | | | |
| | text | what | What does ${name} play with? | | | | | |
| | end repeat | | | | | | | |
| | calculate | number | | | | position(..) | | |
| | end repeat | | | | | | | |
| | calculate | ages | | | | sum(${age}) | | |
| | calculate | children | | | | count(${child}) | | |
| | integer | jobs | How many jobs? | | | | | |
| | begin repeat | job | Job | | | | ${jobs} | |
| | text | place | Where? | | | | | |
| | end repeat | | | | | | | |
| choices |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
"""


@pytest.fixture
def household(form_of: FormOf) -> LiveForm:
    return LiveForm(form_of(HOUSEHOLD))


def test_a_repeat_begins_with_one_turn_and_one_within_it(household: LiveForm) -> None:
    assert household.turns("child") == 1
    assert household.turns("child[1]/toy") == 1
    assert household.places()[:3] == ("child[1]", "child[1]/name", "child[1]/age")


def test_another_child_is_asked_the_same(household: LiveForm) -> None:
    assert household.add_turn("child") == "child[2]"
    assert "child[2]/name" in household.places()
    assert "child[2]/name" in household.touched
    assert household.state("child[2]/name").code == "required_unanswered"


def test_each_child_has_its_own_skips_and_words(household: LiveForm) -> None:
    household.add_turn("child")
    household.answer("child[1]/name", "Ayu")
    assert "child[1]/school" not in household.answer("child[2]/name", "Budi")
    changed = household.answer("child[2]/age", "8")
    assert not household.state("child[1]/school").relevant
    assert household.state("child[2]/school").relevant
    assert "child[1]/school" not in changed
    assert household.label("child[2]/school") == "Does Budi go to school?"


def test_a_sum_follows_turns_that_come_and_go(household: LiveForm) -> None:
    household.answer("child[1]/age", "3")
    household.add_turn("child")
    household.answer("child[2]/age", "4")
    assert household.answers()["ages"] == "7"
    assert "ages" in household.remove_turn("child[1]")
    assert household.answers()["ages"] == "4"
    assert household.answers()["children"] == "1"


def test_turns_move_up_when_one_is_taken_away(household: LiveForm) -> None:
    household.add_turn("child")
    household.answer("child[2]/name", "Budi")
    changed = household.remove_turn("child[1]")
    assert household.state("child[1]/name").value == "Budi"
    assert household.answers()["child[1]/number"] == "1"
    assert "child[1]/name" in changed


def test_the_last_turn_may_go(household: LiveForm) -> None:
    household.remove_turn("child[1]")
    assert household.turns("child") == 0
    assert household.answers()["children"] == "0"
    assert household.may_add("child")


def test_a_number_brings_its_turns(household: LiveForm) -> None:
    assert household.turns("job") == 0
    changed = household.answer("jobs", "2")
    assert {"job[1]", "job[2]/place"} <= changed
    assert household.turns("job") == 2


def test_turns_that_are_counted_are_not_added_by_hand(household: LiveForm) -> None:
    household.answer("jobs", "2")
    assert not household.may_add("job")
    with pytest.raises(ValueError, match="turn"):
        household.add_turn("job")
    with pytest.raises(ValueError, match="turn"):
        household.remove_turn("job[1]")


def test_a_smaller_number_sets_answers_aside_and_a_larger_one_brings_them_back(household: LiveForm) -> None:
    household.answer("jobs", "2")
    household.answer("job[2]/place", "Johor")
    household.answer("jobs", "1")
    assert "job[2]/place" not in household.answers()
    household.answer("jobs", "3")
    assert household.answers()["job[2]/place"] == "Johor"
    assert household.turns("job") == 3


def test_a_draft_keeps_what_was_set_aside(household: LiveForm) -> None:
    household.answer("jobs", "3")
    household.answer("job[2]/place", "Johor")
    household.answer("job[3]/place", None, "refused")
    household.answer("jobs", "1")
    again = LiveForm(household.form, *household.remembered())
    assert again.turns("job") == 1
    again.answer("jobs", "3")
    assert again.answers()["job[2]/place"] == "Johor"
    assert again.unanswered() == {"job[3]/place": "refused"}


def test_a_number_beyond_all_sense_is_named_and_not_followed(household: LiveForm) -> None:
    household.answer("jobs", "999999999")
    assert household.turns("job") <= 1_000
    assert ("job", "too_many_turns") in {(problem.field, problem.code) for problem in household.problems()}


@pytest.mark.parametrize("jobs", ["-3", "x", ""])
def test_no_sensible_number_brings_no_turns(household: LiveForm, jobs: str) -> None:
    household.answer("jobs", jobs)
    assert household.turns("job") == 0


def test_turns_within_turns_are_those_of_one_child(household: LiveForm) -> None:
    household.add_turn("child")
    assert household.add_turn("child[2]/toy") == "child[2]/toy[2]"
    household.answer("child[2]/name", "Budi")
    assert household.label("child[2]/toy[2]/what") == "What does Budi play with?"
    assert household.turns("child[1]/toy") == 1


def test_an_interview_is_taken_up_with_its_turns(household: LiveForm, form_of: FormOf) -> None:
    household.add_turn("child")
    household.answer("child[2]/name", "Budi")
    household.add_turn("child[2]/toy")
    household.answer("child[2]/toy[2]/what", "ball")
    household.add_turn("child")
    household.answer("jobs", "1")
    again = LiveForm(household.form, household.answers(), household.unanswered())
    assert again.places() == household.places()
    assert again.answers() == household.answers()


def test_a_child_that_was_taken_away_does_not_come_back(household: LiveForm) -> None:
    household.answer("jobs", "1")
    household.remove_turn("child[1]")
    assert LiveForm(household.form, household.answers()).turns("child") == 0


def test_a_turn_number_beyond_all_sense_is_kept_as_a_stranger(household: LiveForm) -> None:
    live = LiveForm(household.form, {"child[99999999]/name": "Budi", "child[0]/name": "x", "child[a]/name": "y"})
    assert len(live.strangers()) == 3
    assert live.turns("child") == 0


RUNNING = """
| survey |
| | type | name | label | calculation |
| | begin repeat | pay | Payment | |
| | integer | paid | Paid | |
| | calculate | total | | ${paid} + if(position(..) = 1, 0, indexed-repeat(${total}, ${pay}, position(..) - 1)) |
| | end repeat | | | |
"""


def test_a_running_total_looks_at_the_turn_before(form_of: FormOf) -> None:
    live = LiveForm(form_of(RUNNING))
    for turn, paid in enumerate(("5", "7", "1"), start=1):
        if turn > 1:
            live.add_turn("pay")
        live.answer(f"pay[{turn}]/paid", paid)
    assert live.answers()["pay[3]/total"] == "13"
    live.answer("pay[1]/paid", "6")
    assert live.answers()["pay[3]/total"] == "14"
    live.remove_turn("pay[2]")
    assert live.answers()["pay[2]/total"] == "7"
