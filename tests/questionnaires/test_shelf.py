# SPDX-License-Identifier: Apache-2.0
"""The shelf: what comes with the program, what the centre publishes, who may do so, and what stays as promised."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from resource_centre import i18n
from resource_centre.access import COLLECTOR, COUNSELLOR
from resource_centre.errors import Refused
from resource_centre.questionnaires.reading import read_form
from resource_centre.records import Change, Questionnaire, QuestionnaireVersion, Response
from resource_centre.services import questionnaires, shipped_forms
from resource_centre.services.questionnaires import (
    bring_back,
    form_of,
    newest_version,
    publish,
    shelf,
    shelved,
    tighten,
    versions_of,
    withdraw,
)

OWN = """
| survey |
|        | type              | name  | label                       |
|        | select_one yes_no | water | Is there clean water?       |
|        | integer           | rooms | How many rooms are there?   |
| choices |
|        | list_name | name | label |
|        | yes_no    | yes  | Yes   |
|        | yes_no    | no   | No    |
| settings |
|        | form_title | form_id | version |
|        | Home       | home    | 1       |
"""
HOW = {"kind": "survey", "about": "person", "sensitivity": "sensitive"}


@pytest.fixture(scope="module")
def home():
    """A form the centre wrote itself."""
    return read_form(OWN, name="home.md")


@pytest.fixture(scope="module")
def home_again():
    """The same one with a question more, under the same number of version."""
    return read_form(
        OWN.replace("| choices |", "| | text | roof | What is the roof of? |\n| choices |"), name="home.md"
    )


def as_role(session, role):
    session.flush()
    session.expunge_all()
    session.info["viewer"] = replace(session.info["viewer"], role=role)
    return session


def refused(call, *arguments, **named):
    with pytest.raises(Refused) as caught:
        call(*arguments, **named)
    return [(problem.field, problem.code) for problem in caught.value.problems] or caught.value.code


def test_every_form_that_comes_with_the_program_is_on_the_shelf_of_a_new_centre(session):
    names = [one.name for one in shelf(session)]
    assert names == list(shipped_forms.shipped_forms())
    assert {one.version_id for one in shelf(session)} == {None}


def test_looking_at_the_shelf_reads_no_form(session, monkeypatch):
    monkeypatch.setattr(questionnaires, "read_shipped", None)
    monkeypatch.setattr(questionnaires, "form_of", None)
    assert shelved(session, "who5").form_version == shipped_forms.read_shipped("who5").version


def test_a_form_of_the_program_is_called_by_its_name_in_ones_own_language(session):
    newest_version(session, "who5")
    assert shelved(session, "who5").title == "WHO-5 Well-Being Index"
    i18n.set_language("id")
    assert shelved(session, "who5").title == "Indeks Kesejahteraan WHO-5"


def test_a_form_is_stored_when_it_is_first_asked_and_never_again(session):
    stored = newest_version(session, "who5")
    assert shelved(session, "who5").version_id == stored.id
    assert newest_version(session, "who5") is stored
    assert session.scalar(sa.select(sa.func.count()).select_from(QuestionnaireVersion)) == 1


def test_what_is_stored_is_read_as_what_was_written(session):
    assert form_of(session, newest_version(session, "rss").id) == replace(
        shipped_forms.read_shipped("rss"), warnings=()
    )


def test_a_collector_in_a_village_may_be_the_first_who_asks(collector_session):
    session = collector_session("52.03.01.2001")
    assert form_of(session, newest_version(session, "satisfaction").id).name == "satisfaction"


def test_two_laptops_that_never_met_store_the_same_version(centre, make_either_centre):
    told = []
    with make_either_centre("sqlite") as other:
        for one in (centre, other):
            with one.session() as session:
                newest_version(session, "who5")
                bodies = sa.select(Change.row_id, Change.body).where(Change.tbl.like("questionnaire%"))
                told.append(sorted(map(tuple, session.execute(bodies))))
    assert told[0] == told[1]
    assert len(told[0]) == 2


def test_a_form_of_the_centre_stands_on_the_shelf_when_it_is_published(session, home):
    version = publish(session, home, **HOW)
    on_shelf = shelved(session, "home")
    assert (on_shelf.title, on_shelf.version_id, on_shelf.form_version) == ("Home", version.id, "1")
    assert (on_shelf.shipped, on_shelf.withdrawn, on_shelf.sensitivity) == (False, False, "sensitive")
    assert form_of(session, version.id) == replace(home, warnings=())


def test_publishing_the_same_form_twice_makes_one_version(session, home):
    assert publish(session, home, **HOW) is publish(session, home, **HOW)
    assert len(versions_of(session, "home")) == 1


def test_other_questions_under_the_same_number_are_refused_until_that_is_confirmed(session, home, home_again):
    first = publish(session, home, **HOW)
    assert refused(publish, session, home_again, **HOW) == [("form_version", "version_taken")]
    second = publish(session, home_again, **HOW, confirmed=True)
    assert first.id != second.id
    assert len(versions_of(session, "home")) == 2


def test_the_latest_version_is_the_one_that_is_asked(session, home, home_again):
    publish(session, home, **HOW, on=dt.date(2026, 11, 1))
    later = publish(session, replace(home_again, version="2"), **HOW, on=dt.date(2026, 11, 2))
    assert newest_version(session, "home").id == later.id
    assert [one.form_version for one in versions_of(session, "home")] == ["2", "1"]


def test_publishing_is_for_whoever_sets_up_the_centre(session, home):
    as_role(session, COUNSELLOR)
    assert refused(publish, session, home, **HOW) == "not_allowed"


@pytest.mark.parametrize("verb", [withdraw, bring_back])
def test_withdrawing_is_for_whoever_sets_up_the_centre(session, verb):
    as_role(session, COLLECTOR)
    assert refused(verb, session, "who5") == "not_allowed"


def test_a_withdrawn_questionnaire_can_be_brought_back(session):
    withdraw(session, "who5")
    assert shelved(session, "who5").withdrawn
    bring_back(session, "who5")
    assert not shelved(session, "who5").withdrawn


def test_to_publish_a_withdrawn_questionnaire_is_to_ask_it_again(session, home, home_again):
    publish(session, home, **HOW)
    withdraw(session, "home")
    publish(session, replace(home_again, version="2"), **HOW)
    assert not shelved(session, "home").withdrawn


def test_nothing_of_an_unknown_name_can_be_asked(session):
    assert refused(newest_version, session, "nowhere") == "not_found"
    assert refused(withdraw, session, "nowhere") == "not_found"


def test_who_reads_the_answers_can_be_narrowed_while_there_are_none(session, home):
    publish(session, home, **HOW)
    tighten(session, "home", "protected")
    assert shelved(session, "home").sensitivity == "protected"


def test_who_reads_the_answers_is_never_widened(session, home):
    publish(session, home, **HOW)
    assert refused(tighten, session, "home", "ordinary") == [("sensitivity", "sensitivity_loosened")]
    looser = HOW | {"sensitivity": "ordinary"}
    assert refused(publish, session, replace(home, version="2"), **looser) == [("sensitivity", "sensitivity_loosened")]


def test_who_reads_the_answers_is_settled_by_the_first_answer(session, home):
    version = publish(session, home, **HOW | {"sensitivity": "ordinary"})
    session.add(Response(version_id=version.id, questionnaire="home", asked_on=dt.date(2026, 11, 2)))
    session.flush()
    assert refused(tighten, session, "home", "sensitive") == [("sensitivity", "already_answered")]
    other = HOW | {"sensitivity": "ordinary", "about": "event"}
    assert refused(publish, session, replace(home, version="2"), **other) == [("about", "already_answered")]


def test_a_version_of_ones_own_is_asked_before_the_one_that_came_with_the_program(session):
    came = newest_version(session, "who5")
    own = replace(shipped_forms.read_shipped("who5"), version="2026.11.1-ntb", title="WHO-5 NTB")
    mine = publish(session, own, kind="wellbeing", about="person", sensitivity="sensitive")
    on_shelf = shelved(session, "who5")
    assert newest_version(session, "who5").id == mine.id != came.id
    assert (on_shelf.title, on_shelf.form_version, on_shelf.shipped_version) == (
        "WHO-5 NTB",
        mine.form_version,
        came.form_version,
    )


def test_a_newer_program_asks_its_newer_form_and_keeps_the_older_one(session, monkeypatch):
    older = newest_version(session, "who5")
    row = replace(shipped_forms.shipped_forms()["who5"], version="2026.12.1")
    form = replace(shipped_forms.read_shipped("who5"), version="2026.12.1")
    monkeypatch.setattr(questionnaires, "shipped_forms", lambda: {"who5": row})
    monkeypatch.setattr(questionnaires, "read_shipped", lambda _name: form)
    assert shelved(session, "who5").version_id is None
    newer = newest_version(session, "who5")
    assert (newer.form_version, newer.published_on) == ("2026.12.1", dt.date(2026, 12, 1))
    assert {one.id for one in versions_of(session, "who5")} == {older.id, newer.id}


def test_an_older_program_asks_the_newer_form_it_was_brought(session, monkeypatch):
    stored = newest_version(session, "who5")
    row = replace(shipped_forms.shipped_forms()["who5"], version="2026.9.3")
    monkeypatch.setattr(questionnaires, "shipped_forms", lambda: {"who5": row})
    assert newest_version(session, "who5").id == stored.id


def test_the_shelf_is_the_same_on_both_databases(either_centre, home):
    with either_centre.session() as session:
        publish(session, home, **HOW)
        newest_version(session, "who5")
        session.commit()
    with either_centre.read() as session:
        found = {one.name: one.version_id is not None for one in shelf(session)}
        assert (found["home"], found["who5"], found["rss"]) == (True, True, False)
        assert form_of(session, shelved(session, "home").version_id).lists["yes_no"][0].name == "yes"
        assert session.scalars(sa.select(Questionnaire.name).order_by(Questionnaire.name)).all() == ["home", "who5"]
