# SPDX-License-Identifier: Apache-2.0
"""Who reads answers and who only writes them, by whatever road they are asked for, on either database."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased

from resource_centre.access import COLLECTOR, COORDINATOR, COUNSELLOR, PROTECTION_OFFICER, Viewer
from resource_centre.errors import Refused
from resource_centre.questionnaires.reading import read_form
from resource_centre.records import (
    Address,
    Change,
    Conflict,
    Draft,
    Person,
    ProtectedResponse,
    ProtectionConcern,
    Response,
    SensitiveResponse,
    TrainingEvent,
    new_id,
)
from resource_centre.records.base import table_of
from resource_centre.services.intake import register_intake
from resource_centre.services.protection import mark_of
from resource_centre.services.questionnaires import newest_version, publish
from resource_centre.services.response_lists import begun_by_me, centre_responses, responses_of
from resource_centre.services.responses import keeps_begun, outcome_of, response, save_response, void_response
from resource_centre.services.timeline import timeline

HERE, THERE = "52.03.01.2001", "52.03.02.2001"
SECRET = "jemputan di terminal"
TABLES = {"ordinary": Response, "sensitive": SensitiveResponse, "protected": ProtectedResponse}
READERS = {
    "ordinary": {COLLECTOR, COUNSELLOR, COORDINATOR, PROTECTION_OFFICER},
    "sensitive": {COUNSELLOR, COORDINATOR, PROTECTION_OFFICER},
    "protected": {PROTECTION_OFFICER},
}
FORM = """
| survey |
| | type              | name       | label   | required | calculation |
| | select_one yes_no | locked     | Locked? | yes      | |
| | text              | words      | Words   |          | |
| | calculate         | indication |         |          | if(${locked} = 'yes', 'yes', 'no') |
| choices |
| | list_name | name | label |
| | yes_no    | yes  | Yes   |
| | yes_no    | no   | No    |
| settings |
| | form_title | form_id | version |
| | Doors      | NAME    | 1       |
"""
TOLD = {"locked": "yes", "words": SECRET, "indication": "yes"}


@contextmanager
def acting(centre, role, account_id=None):
    """A session of somebody of a role, a collector bound to one village; what it writes is not kept."""
    from db.engine import WRITES
    from db.first_day import session_factory

    with centre.read() as session:
        site = session.info["site"]
    villages = frozenset({HERE}) if role == COLLECTOR else None
    viewer = Viewer(account_id or centre.viewer.account_id, role, villages)
    with session_factory(viewer, site)(bind=centre.engine.execution_options(**WRITES)) as session:
        yield session
        session.rollback()


def refused(call, *arguments, **named):
    with pytest.raises(Refused) as caught:
        call(*arguments, **named)
    return [(problem.field, problem.code) for problem in caught.value.problems] or caught.value.code


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def doors(request, make_either_centre):
    """A centre where two people of two villages answered three forms. These tests share it, and keep nothing."""
    with make_either_centre(request.param) as centre:
        versions, people = {}, []
        with centre.session() as session:
            for sensitivity in TABLES:
                form = read_form(FORM.replace("NAME", sensitivity), name="doors.md")
                made = publish(session, form, kind="screening", about="person", sensitivity=sensitivity)
                versions[sensitivity] = made.id
            for name, village in (("Sumiati", HERE), ("Rohani", THERE)):
                person, home = {"full_name": name, "sex": "P"}, {"village_code": village}
                people.append(register_intake(session, person=person, identifiers=[], address=home).person_id)
            for number, table in enumerate(TABLES.values()):
                lost = {"field": "answers.words", "site": session.info["site"], "seq": number, "value": SECRET}
                session.add(Conflict(row_id=new_id(), tbl=table_of(table).name, **lost))
            session.commit()
        told = {}
        for sensitivity, version in versions.items():
            for person in people:
                with acting(centre, PROTECTION_OFFICER) as session:
                    told[sensitivity, person] = save_response(
                        session, None, version_id=version, answers=TOLD, state="complete", person_id=person
                    )
                    session.commit()
        yield centre, versions, people, told


@pytest.mark.parametrize("role", [COLLECTOR, COUNSELLOR, COORDINATOR, PROTECTION_OFFICER])
def test_everybody_finds_what_they_may_read_and_nothing_else(doors, role):
    centre, _versions, people, told = doors
    with acting(centre, role) as session:
        for person in people:
            seen = {row.sensitivity for row in responses_of(session, person)}
            bound = role == COLLECTOR and person != people[0]
            assert seen == (set() if bound else {one for one in TABLES if role in READERS[one]})
        for (sensitivity, person), response_id in told.items():
            if role in READERS[sensitivity] and not (role == COLLECTOR and person != people[0]):
                assert response(session, response_id).answers == TOLD
            else:
                assert refused(response, session, response_id) == "not_found"
                assert refused(void_response, session, response_id, "no reason") == "not_found"


def roads(table):
    """Ways to ask for what a table holds."""
    record, bare, alias = TABLES[table], table_of(TABLES[table]), aliased(TABLES[table])
    return {
        "records": sa.select(record),
        "columns": sa.select(record.answers),
        "alias": sa.select(alias.id),
        "count": sa.select(record.id).where(record.id.in_(sa.select(record.id))),
        "join": sa.select(Person.id).join(record, record.person_id == Person.id),
        "exists": sa.select(Person.id).where(sa.exists().where(record.person_id == Person.id)),
        "with": sa.select(sa.select(record.id).cte("told").c.id),
        "table": sa.select(bare.c.answers),
        "table inside": sa.select(Person.id).where(Person.id.in_(sa.select(bare.c.person_id))),
        "text": sa.text(f"SELECT answers FROM {bare.name}"),
        "text in capitals": sa.text(f'SELECT * FROM "{bare.name}"'),
        "the log": sa.select(Change.body).where(Change.tbl == bare.name),
        "the log as text": sa.text(f"SELECT body FROM change WHERE tbl = '{bare.name}'"),
        "lost values": sa.select(Conflict.value).where(Conflict.tbl == bare.name),
    }


HIDDEN = [(table, role) for table in TABLES for role in READERS["ordinary"] - READERS[table]]


@pytest.mark.parametrize("road", roads("ordinary"))
@pytest.mark.parametrize(("table", "role"), sorted(HIDDEN))
def test_no_road_leads_to_what_a_role_does_not_read(doors, table, role, road):
    with acting(doors[0], role) as session:
        try:
            assert session.execute(roads(table)[road]).all() == []
        except Refused as no:
            assert no.code == "raw_sql"  # noqa: PT017 - either answer hides it


@pytest.mark.parametrize("road", ["table", "text", "the log as text"])
def test_below_the_records_nothing_is_found_either(doors, road):
    with acting(doors[0], COUNSELLOR) as session:
        assert session.connection().execute(roads("protected")[road]).all() == []


def test_an_officer_finds_by_every_road_what_others_do_not(doors):
    with acting(doors[0], PROTECTION_OFFICER) as session:
        found = {name for name, road in roads("protected").items() if session.execute(road).all()}
    assert found == set(roads("protected"))


# Writing without reading


@pytest.mark.parametrize(
    ("role", "table"), [(COLLECTOR, "sensitive"), (COUNSELLOR, "protected"), (COORDINATOR, "protected")]
)
def test_what_one_may_not_read_one_writes_once(doors, role, table):
    centre, versions, people, _told = doors
    with acting(centre, role) as session:
        named = {"version_id": versions[table], "person_id": people[0]}
        written = save_response(session, None, answers=TOLD, state="complete", **named)
        assert [one for one in session if isinstance(one, TABLES[table])] == []
        assert refused(response, session, written) == "not_found"
        assert refused(save_response, session, written, answers=TOLD, state="complete", **named) == "not_found"
        session.info["viewer"] = Viewer(new_id(), PROTECTION_OFFICER)
        assert response(session, written).answers == TOLD


@pytest.mark.parametrize(("role", "table"), [(COLLECTOR, "sensitive"), (COUNSELLOR, "protected")])
def test_until_it_is_complete_it_is_ones_own_draft(doors, role, table):
    centre, versions, people, _told = doors
    with acting(centre, role) as session:
        named = {"version_id": versions[table], "person_id": people[0], "occasion": "baseline"}
        begun = save_response(
            session, None, answers={"words": SECRET}, unanswered={"locked": "unknown"}, state="begun", **named
        )
        session.expunge_all()
        opened = response(session, begun)
        assert (opened.answers, opened.unanswered, opened.kept_as_draft) == (
            {"words": SECRET},
            {"locked": "unknown"},
            True,
        )
        assert [(row.id, row.answered, row.occasion) for row in begun_by_me(session, people[0])] == [
            (begun, 1, "baseline")
        ]
        assert session.scalar(sa.select(sa.func.count()).select_from(Change).where(Change.row_id == begun)) == 0
        done = save_response(session, begun, version_id=versions[table], answers=TOLD, state="complete")
        assert (done, begun_by_me(session), session.scalars(sa.select(Draft)).all()) == (begun, [], [])
        session.info["viewer"] = Viewer(new_id(), PROTECTION_OFFICER)
        assert response(session, done).asked["occasion"] == "baseline"


def test_nobody_else_sees_what_somebody_has_begun(doors):
    centre, versions, people, _told = doors
    with acting(centre, COUNSELLOR) as session:
        named = {"version_id": versions["protected"], "person_id": people[0]}
        begun = save_response(session, None, answers={"words": SECRET}, state="begun", **named)
        session.info["viewer"] = Viewer(new_id(), PROTECTION_OFFICER)
        assert refused(response, session, begun) == "not_found"
        assert begun_by_me(session) == []


def test_a_draft_that_is_not_wanted_is_thrown_away(doors):
    centre, versions, people, _told = doors
    with acting(centre, COUNSELLOR) as session:
        named = {"version_id": versions["protected"], "person_id": people[0]}
        begun = save_response(session, None, answers={"words": SECRET}, state="begun", **named)
        void_response(session, begun, "")
        assert (begun_by_me(session), session.scalars(sa.select(Draft)).all()) == ([], [])


def test_a_draft_too_stays_with_the_version_it_was_begun_with(doors):
    centre, versions, people, _told = doors
    with acting(centre, COUNSELLOR) as session:
        named = {"answers": {}, "state": "begun", "person_id": people[0]}
        begun = save_response(session, None, version_id=versions["protected"], **named)
        other = versions["ordinary"]
        assert refused(save_response, session, begun, version_id=other, **named) == [("version_id", "other_version")]


def test_windows_know_whether_others_see_what_is_begun(doors):
    centre, versions, _people, _told = doors
    with acting(centre, COUNSELLOR) as session:
        assert {table: keeps_begun(session, version) for table, version in versions.items()} == {
            "ordinary": True,
            "sensitive": True,
            "protected": False,
        }


def test_a_collector_does_not_even_begin_a_protected_questionnaire(doors):
    centre, versions, people, _told = doors
    with acting(centre, COLLECTOR) as session:
        named = {"version_id": versions["protected"], "answers": {}, "state": "begun", "person_id": people[0]}
        assert refused(save_response, session, None, **named) == "not_allowed"


def test_protected_answers_are_of_somebody_who_is_registered(doors):
    centre, versions, _people, _told = doors
    with acting(centre, COUNSELLOR) as session:
        named = {"version_id": versions["protected"], "answers": TOLD, "state": "complete"}
        assert refused(save_response, session, None, **named) == [("person_id", "register_first")]


# The villages of a collector


def test_a_collector_asks_nobody_of_another_village(doors):
    centre, versions, people, _told = doors
    with acting(centre, COLLECTOR) as session:
        for table in ("ordinary", "sensitive"):
            named = {"version_id": versions[table], "answers": TOLD, "state": "complete", "person_id": people[1]}
            assert refused(save_response, session, None, **named) == "not_found"


def test_answers_without_a_name_belong_to_the_village_they_were_gathered_in(doors):
    centre, versions, _people, _told = doors
    with acting(centre, COLLECTOR) as session:
        named = {"version_id": versions["ordinary"], "answers": TOLD, "state": "complete"}
        for village in (THERE, None):
            assert refused(save_response, session, None, **named, village_code=village) == "out_of_scope"
            session.rollback()
        written = save_response(session, None, **named, village_code=HERE)
        assert response(session, written).answers == TOLD


def test_answers_about_an_event_are_seen_where_it_is_held(doors):
    centre, versions, _people, _told = doors
    with acting(centre, COORDINATOR) as session:
        events = [TrainingEvent(starts_on=None, village_code=village) for village in (HERE, THERE)]
        session.add_all(events)
        session.flush()
        named = {"version_id": versions["ordinary"], "answers": TOLD, "state": "complete"}
        here, there = (save_response(session, None, **named, event_id=event.id) for event in events)
        session.expunge_all()
        session.info["viewer"] = Viewer(new_id(), COLLECTOR, frozenset({HERE}))
        assert response(session, here).answers == TOLD
        assert refused(response, session, there) == "not_found"


def test_what_the_centre_says_of_itself_is_not_for_a_village(doors):
    centre, _versions, _people, _told = doors
    with acting(centre, COORDINATOR) as session:
        form = read_form(FORM.replace("NAME", "audit"), name="audit.md")
        version = publish(session, form, kind="audit", about="centre", sensitivity="ordinary").id
        save_response(session, None, version_id=version, answers=TOLD, state="complete")
        assert len(centre_responses(session)) == 1
        session.expunge_all()
        session.info["viewer"] = Viewer(new_id(), COLLECTOR, frozenset({HERE}))
        assert centre_responses(session) == []


# What a screening comes to


def screened(session, person_id, answers, state="complete"):
    version = newest_version(session, "quick_screen").id
    return save_response(session, None, version_id=version, answers=answers, state=state, person_id=person_id)


AGREED = {"opening/private_place": "yes", "opening/agreed_to_talk": "yes"}


@pytest.fixture
def quick(centre):
    """A counsellor's session, and somebody they know."""
    with centre.session() as session:
        person, home = {"full_name": "Sumiati", "sex": "P"}, {"village_code": HERE}
        person_id = register_intake(session, person=person, identifiers=[], address=home).person_id
        session.commit()
    with acting(centre, COUNSELLOR) as session:
        yield session, person_id


def concerns(session):
    session.expunge_all()
    session.info["viewer"] = Viewer(new_id(), PROTECTION_OFFICER)
    return session.scalars(sa.select(ProtectionConcern.kind)).all()


def test_an_indication_is_told_to_the_protection_officer(quick):
    session, person_id = quick
    screened(session, person_id, AGREED | {"questions/against_will": "yes"})
    assert mark_of(session, person_id) is not None
    assert next(item.kind for item in timeline(session, person_id)) == "protection"
    assert concerns(session) == ["TPPO"]


def test_an_indication_does_not_wait_for_the_window_to_work_it_out(quick):
    session, person_id = quick
    screened(session, person_id, AGREED | {"questions/against_will": "yes", "indication": "no"})
    assert concerns(session) == ["TPPO"]


def test_no_indication_and_an_unfinished_screening_tell_nobody(quick):
    session, person_id = quick
    screened(session, person_id, AGREED | {"questions/against_will": "no"})
    screened(session, person_id, AGREED | {"questions/against_will": "yes"}, state="begun")
    assert mark_of(session, person_id) is None
    assert concerns(session) == []


def test_whoever_asked_is_told_one_sentence(quick):
    from resource_centre.services.shipped_forms import read_shipped

    form = read_shipped("quick_screen")
    assert outcome_of(form, {"indication": "yes"}).words() == "Indication - refer to the protection officer."
    assert outcome_of(form, {"indication": "no"}).words() == "No indication noted."
    assert outcome_of(read_shipped("who5"), {}) is None


def test_an_officer_who_corrects_a_screening_is_told_once(quick):
    session, person_id = quick
    answers = AGREED | {"questions/against_will": "yes"}
    told = screened(session, person_id, answers)
    session.expunge_all()
    session.info["viewer"] = Viewer(new_id(), PROTECTION_OFFICER)
    version = newest_version(session, "quick_screen").id
    save_response(
        session, told, version_id=version, answers=answers | {"questions/threatened": "yes"}, state="complete"
    )
    assert concerns(session) == ["TPPO"]


def test_of_what_was_written_and_not_read_the_address_book_of_the_session_keeps_nothing(quick):
    session, person_id = quick
    screened(session, person_id, AGREED | {"questions/against_will": "yes"})
    kept = {type(one) for one in session}
    assert not kept & {ProtectedResponse, ProtectionConcern}
    assert session.scalars(sa.select(Address.village_code)).all() == [HERE]
