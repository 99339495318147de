"""A counsellor asks, and the form follows: what is asked now, what is missing, what is wrong."""

from collections.abc import Callable

import pytest

from resource_centre.problems import Problem
from resource_centre.questionnaires.form import Form, say
from resource_centre.questionnaires.live import LiveForm

FormOf = Callable[[str], Form]

RETURN = """
| survey |
| | type | name | label | relevant | required | required_message | constraint | constraint_message | calculation |
| | text | name | What is your name? | | yes | | | | |
| | select_one yes_no | debts | Does ${name} have debts? | | yes | We need to know about debts. | | | |
| | begin group | money | Money | ${debts} = 'yes' | | | | | |
| | integer | owed | How much is owed? | | yes | | . > 0 | Debts of ${name} are above zero. | |
| | integer | paid | How much is paid back a month? | | | | . <= ${owed} | | |
| | end group | | | | | | | | |
| | calculate | months | | | | | | | ${owed} div ${paid} |
| | note | far | That will take ${months} months. | ${months} > 12 | | | | | |
| choices |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
"""


@pytest.fixture
def interview(form_of: FormOf) -> LiveForm:
    return LiveForm(form_of(RETURN))


def codes(live: LiveForm) -> dict[str, str]:
    return {problem.field: problem.code for problem in live.problems()}


def test_places_stand_in_the_order_of_the_form(interview: LiveForm) -> None:
    assert list(interview.places()) == ["name", "debts", "money", "money/owed", "money/paid", "months", "far"]


def test_a_new_interview_misses_what_is_required_and_asked(interview: LiveForm) -> None:
    assert codes(interview) == {"name": "required_unanswered", "debts": "required_unanswered"}
    assert interview.progress() == (0, 2)


def test_debts_open_the_group_about_money(interview: LiveForm) -> None:
    changed = interview.answer("debts", "yes")
    assert changed == {"debts", "money", "money/owed", "money/paid"}
    assert interview.state("money/owed").relevant
    assert interview.progress() == (1, 4)


def test_only_what_waits_for_an_answer_changes_with_it(interview: LiveForm) -> None:
    assert interview.answer("money/paid", "5") == {"money/paid"}


def test_the_name_stands_in_the_next_question(interview: LiveForm) -> None:
    assert "debts" in interview.answer("name", "Siti")
    assert interview.label("debts") == "Does Siti have debts?"


def test_a_calculation_follows_its_answers_and_opens_a_note(interview: LiveForm) -> None:
    interview.answer("debts", "yes")
    interview.answer("money/owed", "24")
    assert "far" in interview.answer("money/paid", "1")
    assert interview.state("far").relevant
    assert interview.label("far") == "That will take 24 months."
    assert interview.answers()["months"] == "24"


def test_a_broken_condition_is_said_in_the_words_of_the_form(interview: LiveForm) -> None:
    interview.answer("name", "Siti")
    interview.answer("debts", "yes")
    interview.answer("money/owed", "0")
    state = interview.state("money/owed")
    assert not state.valid
    assert state.message == "Debts of Siti are above zero."
    assert Problem("money/owed", "constraint") in interview.problems()


def test_a_condition_is_looked_at_again_when_what_it_reads_changes(interview: LiveForm) -> None:
    interview.answer("debts", "yes")
    interview.answer("money/owed", "10")
    interview.answer("money/paid", "20")
    assert not interview.state("money/paid").valid
    assert "money/paid" in interview.answer("money/owed", "30")
    assert interview.state("money/paid").valid


def test_an_empty_answer_is_never_against_a_condition(interview: LiveForm) -> None:
    interview.answer("debts", "yes")
    assert codes(interview)["money/owed"] == "required_unanswered"
    assert "money/paid" not in codes(interview)


def test_what_is_missing_is_said_in_the_words_of_the_form(interview: LiveForm) -> None:
    assert interview.state("debts").message == "We need to know about debts."


def test_without_words_of_its_own_the_program_says_what_is_missing(interview: LiveForm) -> None:
    assert interview.state("name").message == Problem("name", "required_unanswered").words()


@pytest.mark.parametrize("reason", ["unknown", "refused", "not_applicable", "not_asked"])
def test_a_reason_is_enough_where_an_answer_is_required(interview: LiveForm, reason: str) -> None:
    interview.answer("name", None, reason)
    assert "name" not in codes(interview)
    assert interview.unanswered() == {"name": reason}
    assert interview.progress() == (1, 2)


def test_a_reason_is_empty_for_every_expression(interview: LiveForm) -> None:
    interview.answer("debts", "yes")
    interview.answer("debts", None, "refused")
    assert not interview.state("money/owed").relevant
    assert interview.state("debts").value is None


def test_an_answer_takes_the_place_of_a_reason(interview: LiveForm) -> None:
    interview.answer("name", None, "unknown")
    interview.answer("name", "Siti")
    assert interview.unanswered() == {}
    assert interview.answers() == {"name": "Siti"}


def test_a_reason_that_is_none_is_our_mistake(interview: LiveForm) -> None:
    with pytest.raises(ValueError, match="reason"):
        interview.answer("name", None, "tired")


def test_what_is_no_longer_asked_is_remembered_but_does_not_count(interview: LiveForm) -> None:
    interview.answer("debts", "yes")
    interview.answer("money/owed", "24")
    interview.answer("money/paid", "2")
    interview.answer("debts", "no")
    assert interview.answers() == {"debts": "no"}
    interview.answer("debts", "yes")
    assert interview.answers() == {"debts": "yes", "money/owed": "24", "money/paid": "2", "months": "12"}


def test_a_wrong_answer_that_is_no_longer_asked_is_no_problem(interview: LiveForm) -> None:
    interview.answer("debts", "yes")
    interview.answer("money/owed", "many")
    interview.answer("debts", "no")
    assert "money/owed" not in codes(interview)


def test_a_draft_keeps_what_is_not_asked_now(interview: LiveForm) -> None:
    interview.answer("debts", "yes")
    interview.answer("money/owed", "24")
    interview.answer("money/paid", None, "unknown")
    interview.answer("debts", "no")
    answers, reasons = interview.remembered()
    again = LiveForm(interview.form, answers, reasons)
    again.answer("debts", "yes")
    assert again.answers()["money/owed"] == "24"
    assert again.unanswered() == {"money/paid": "unknown"}


def test_what_the_form_works_out_cannot_be_answered(interview: LiveForm) -> None:
    assert interview.answer("months", "7") == frozenset()
    assert "months" not in interview.answers()


def test_choices_are_those_of_the_list(interview: LiveForm) -> None:
    assert [say(choice.label, interview.language) for choice in interview.choices("debts")] == ["Yes", "No"]


def test_an_answer_that_is_not_offered_is_kept_and_named(interview: LiveForm) -> None:
    interview.answer("debts", "perhaps")
    assert interview.state("debts").value == "perhaps"
    assert codes(interview)["debts"] == "choice_gone"


def test_reasons_for_questions_of_another_form_are_not_lost(form_of: FormOf) -> None:
    live = LiveForm(form_of(RETURN), {}, {"name": "refused", "village": "unknown"})
    assert live.unanswered() == {"name": "refused", "village": "unknown"}
    assert live.remembered() == ({}, {"name": "refused", "village": "unknown"})
    assert live.progress() == (1, 2)


def test_answers_to_questions_of_another_form_are_not_lost(form_of: FormOf) -> None:
    live = LiveForm(form_of(RETURN), {"name": "Siti", "village[2]/name": "Sade", "money": "much"})
    assert live.strangers() == {"village[2]/name": "Sade", "money": "much"}
    assert live.answers() == {"name": "Siti"}
