"""What stands in an answer before anybody gives one: defaults, the day and the user, what another answer sets off."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.live import Facts, LiveForm

FormOf = Callable[[str], Form]

MORNING = Facts(
    today=date(2026, 11, 22),
    now=datetime.fromisoformat("2026-11-22T09:30:00+08:00"),
    username="siti",
    deviceid="desk-1",
    phonenumber="0370",
)
EVENING = Facts(
    today=date(2026, 11, 23),
    now=datetime.fromisoformat("2026-11-23T17:00:00+08:00"),
    username="budi",
    deviceid="desk-2",
)

DEFAULTS = """
| survey |
| | type | name | label | default | relevant | calculation | trigger |
| | date | met | When did you meet? | today() | | | |
| | text | where | Where? | office | | | |
| | integer | times | How often? | 2 | ${where} = 'home' | | |
| | begin repeat | child | Child | | | | |
| | integer | age | Age | 6 | | | |
| | integer | order | Which child? | position(..) | | | |
| | end repeat | | | | | | |
| | calculate | code | | | | once(concat(${where}, '-', today())) | |
| | text | asked_by | Who asks? | | | concat('asked of ', ${where}) | ${where} |
"""

FACTS = """
| survey |
| | type | name | label |
| | start | began | |
| | end | ended | |
| | today | day | |
| | username | user | |
| | deviceid | device | |
| | phonenumber | phone | |
| | text | name | Name |
"""


@pytest.fixture
def form(form_of: FormOf) -> Form:
    return form_of(DEFAULTS)


@pytest.fixture
def interview(form: Form) -> LiveForm:
    return LiveForm(form, facts=MORNING)


def test_defaults_stand_there_from_the_beginning(interview: LiveForm) -> None:
    assert interview.state("where").value == "office"
    assert interview.state("met").value == "2026-11-22"


def test_a_default_waits_until_its_question_is_asked(interview: LiveForm) -> None:
    assert "times" not in interview.answers()
    interview.answer("where", "home")
    assert interview.answers()["times"] == "2"


def test_each_turn_has_its_own_defaults(interview: LiveForm) -> None:
    interview.answer("child[1]/age", "9")
    interview.add_turn("child")
    assert interview.answers()["child[2]/age"] == "6"
    assert interview.answers()["child[2]/order"] == "2"
    assert interview.answers()["child[1]/age"] == "9"


def test_a_default_that_was_taken_out_does_not_come_back(interview: LiveForm, form: Form) -> None:
    interview.answer("where", None)
    again = LiveForm(form, interview.answers(), interview.unanswered(), facts=EVENING)
    assert again.state("where").value is None
    assert again.state("met").value == "2026-11-22"


def test_a_default_that_was_never_seen_still_comes(interview: LiveForm, form: Form) -> None:
    again = LiveForm(form, interview.answers(), facts=EVENING)
    again.answer("where", "home")
    assert again.answers()["times"] == "2"


def test_once_keeps_its_first_value(interview: LiveForm, form: Form) -> None:
    first = interview.answers()["code"]
    assert first == "office-2026-11-22"
    interview.answer("where", "home")
    assert interview.answers()["code"] == first
    assert LiveForm(form, interview.answers(), facts=EVENING).answers()["code"] == first


def test_a_trigger_sets_an_answer_once_and_leaves_it_to_people(interview: LiveForm, form: Form) -> None:
    assert interview.state("asked_by").value is None
    assert "asked_by" in interview.answer("where", "home")
    assert interview.state("asked_by").value == "asked of home"
    interview.answer("asked_by", "nobody")
    interview.answer("child[1]/age", "3")
    assert interview.state("asked_by").value == "nobody"
    assert LiveForm(form, interview.answers()).state("asked_by").value == "nobody"
    interview.answer("where", "street")
    assert interview.state("asked_by").value == "asked of street"


def test_the_same_answer_again_sets_nothing_off(interview: LiveForm) -> None:
    interview.answer("where", "home")
    interview.answer("asked_by", "nobody")
    interview.answer("where", "home")
    assert interview.state("asked_by").value == "nobody"


CHASE = """
| survey |
| | type | name | label | calculation | trigger |
| | decimal | kilos | Kilos | ${pounds} div 2 | ${pounds} |
| | decimal | pounds | Pounds | ${kilos} * 2 + 1 | ${kilos} |
"""


def test_two_that_set_each_other_off_do_not_chase_each_other(form_of: FormOf) -> None:
    live = LiveForm(form_of(CHASE))
    live.answer("kilos", "3")
    assert live.state("pounds").value == "7"
    assert live.state("kilos").value in ("3", "3.5")


def test_the_program_answers_for_day_hour_and_user(form_of: FormOf) -> None:
    live = LiveForm(form_of(FACTS), facts=MORNING)
    assert live.answers() == {
        "began": "2026-11-22T09:30:00.000+08:00",
        "ended": "2026-11-22T09:30:00.000+08:00",
        "day": "2026-11-22",
        "user": "siti",
        "device": "desk-1",
        "phone": "0370",
    }
    assert live.progress() == (0, 1)


def test_an_interview_taken_up_later_keeps_its_day(form_of: FormOf) -> None:
    form = form_of(FACTS)
    live = LiveForm(form, LiveForm(form, facts=MORNING).answers(), facts=EVENING)
    assert live.answers()["day"] == "2026-11-22"
    assert live.answers()["user"] == "siti"


def test_the_end_is_written_down_when_it_comes(form_of: FormOf) -> None:
    form = form_of(FACTS)
    live = LiveForm(form, LiveForm(form, facts=MORNING).answers(), facts=EVENING)
    live.finish(EVENING.now)
    assert live.answers()["ended"] == "2026-11-23T17:00:00.000+08:00"
    assert live.answers()["began"] == "2026-11-22T09:30:00.000+08:00"
