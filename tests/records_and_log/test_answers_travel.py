# SPDX-License-Identifier: Apache-2.0
"""Answers on several laptops: they travel, merge answer by answer, and vanish where they are erased."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from resource_centre.log import doctor
from resource_centre.log.receive import receive
from resource_centre.log.shape import digest
from resource_centre.log.writing import take_numbers
from resource_centre.questionnaires.kobo_reading import Submission
from resource_centre.questionnaires.reading import read_form
from resource_centre.questionnaires.writing import as_markdown
from resource_centre.records import Person, Questionnaire, QuestionnaireVersion, Response, SensitiveResponse
from resource_centre.records.change import ERASE
from resource_centre.services.questionnaires import form_of, newest_version, publish
from resource_centre.services.responses import response, save_response
from resource_centre.services.submissions import take_in_submissions
from resource_centre.services.trail import trail_of

HOME = """
| survey |
| | type         | name  | label           |
| | begin_group  | house | The house       |
| | integer      | rooms | How many rooms? |
| | text         | roof  | What roof?      |
| | end_group    |       |                 |
| | begin_repeat | child | A child         |
| | integer      | age   | How old?        |
| | end_repeat   |       |                 |
| settings |
| | form_title | form_id | version |
| | Home       | home    | 1       |
"""
BEGUN = {"house/rooms": "2", "house/roof": "straw", "child[1]/age": "4"}


@pytest.fixture
def desks(new_desk: Any) -> list[Any]:
    """Two laptops that never met."""
    return [new_desk("A"), new_desk("B")]


@pytest.fixture
def asked(desks: list[Any]) -> str:
    """Answers begun on the first laptop and brought to the second."""
    with desks[0].open() as session:
        form = read_form(HOME, name="home.md")
        version = publish(session, form, kind="survey", about="person", sensitivity="ordinary").id
        siti = Person(full_name="Siti Aminah")
        session.add(siti)
        session.flush()
        made = save_response(session, None, version_id=version, answers=BEGUN, state="begun", person_id=siti.id)
    meet(*desks)
    return made


def meet(one: Any, other: Any) -> None:
    """Both bring each other what they know."""
    known = one.entries()
    one.take_in(other.entries())
    other.take_in(known)
    assert agreed(one) == agreed(other)
    for desk in (one, other):
        with desk.engine.connect() as connection:
            assert list(doctor.examine(connection)) == []


def agreed(desk: Any) -> dict[str, list[str]]:
    """All but the forms themselves: in which order their sheets name their columns is of no account."""
    return {table: rows for table, rows in desk.everything().items() if table != "questionnaire_version"}


def answer(desk: Any, asked: str, **changed: Any) -> None:
    """Go on with what was begun: of BEGUN these answers are changed, and why there is none elsewhere."""
    why = changed.pop("why", {})
    desk.clock += 60_000
    with desk.open() as session:
        version = response(session, asked).version_id
        answers = {**BEGUN, **changed["answers"]}
        answers = {place: text for place, text in answers.items() if text}
        save_response(
            session, asked, version_id=version, answers=answers, unanswered=why, before=BEGUN, before_unanswered={},
            state="begun",
        )  # fmt: skip


def opened(desk: Any, asked: str) -> tuple[Any, Any]:
    with desk.open() as session:
        found = response(session, asked)
        return dict(found.answers), dict(found.unanswered)


def test_answers_given_apart_are_all_there_when_the_laptops_meet(desks: list[Any], asked: str) -> None:
    answer(desks[0], asked, answers={"house/rooms": "3", "child[2]/age": "7"})
    answer(desks[1], asked, answers={"house/roof": ""}, why={"house/roof": "refused"})
    meet(*desks)
    expected = {"house/rooms": "3", "child[1]/age": "4", "child[2]/age": "7"}
    assert [opened(desk, asked) for desk in desks] == [(expected, {"house/roof": "refused"})] * 2


def test_of_one_question_answered_apart_both_laptops_keep_the_same_answer(desks: list[Any], asked: str) -> None:
    answer(desks[0], asked, answers={"house/rooms": "3"})
    answer(desks[1], asked, answers={"house/rooms": "5"})
    meet(*desks)
    kept = {opened(desk, asked)[0]["house/rooms"] for desk in desks}
    assert len(kept) == 1
    assert kept < {"3", "5"}


def test_what_is_erased_on_one_laptop_is_gone_on_both(desks: list[Any], asked: str) -> None:
    with desks[0].open() as session:
        site, seq = take_numbers(session, 1)
        facts = {"site": site, "seq": seq, "wall_ms": desks[0].clock, "actor": None, "tbl": "response", "row_id": asked}
        told = digest(site, seq, "response", asked, "{}")
        receive(session, [{**facts, "kind": ERASE, "schema_no": 1, "body": "{}", "digest": told}])
    meet(*desks)
    for desk in desks:
        with desk.engine.connect() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(Response)) == 0
        assert "straw" not in str([entry["body"] for entry in desk.entries() if entry["row_id"] == asked])


def test_the_trail_tells_of_each_save_and_never_of_the_answers(desks: list[Any], asked: str) -> None:
    answer(desks[1], asked, answers={"house/roof": "tiles"})
    meet(*desks)
    with desks[0].open() as session:
        told = [(one.kind, one.fields) for one in trail_of(session, asked)]
    assert told[0] == ("changed", ("Answers given",))
    assert (told[1][0], "Answers given" in told[1][1], len(told)) == ("created", True, 2)


def test_a_form_of_the_program_stored_on_two_laptops_is_one(desks: list[Any]) -> None:
    for desk in desks:
        with desk.open() as session:
            newest_version(session, "who5")
    meet(*desks)
    with desks[0].open() as session:
        assert [one.name for one in session.scalars(sa.select(Questionnaire))] == ["who5"]
        assert len(list(session.scalars(sa.select(QuestionnaireVersion)))) == 1


def test_a_form_that_travelled_goes_out_with_its_columns_as_people_read_them(desks: list[Any], asked: str) -> None:
    with desks[1].open() as session:
        form = form_of(session, response(session, asked).version_id)
    headings = as_markdown(form).splitlines()
    assert headings[headings.index("| survey |") + 1] == "| | type | name | label |"
    assert [*read_form(as_markdown(form).encode(), name="home.md").questions()] == [*form.questions()]


def test_submissions_taken_in_on_two_laptops_are_one_each(desks: list[Any]) -> None:
    form = read_form(HOME, name="home.md")
    for desk in desks:
        with desk.open() as session:
            publish(session, form, kind="survey", about="person", sensitivity="sensitive")
            sent = [Submission("u1", {"house/rooms": "1"}), Submission("u2", {"house/rooms": "2"})]
            assert len(take_in_submissions(session, "home", sent).new) == 2
    meet(*desks)
    with desks[0].open() as session:
        kept = sorted(one.answers["house/rooms"] for one in session.scalars(sa.select(SensitiveResponse)))
    assert kept == ["1", "2"]
