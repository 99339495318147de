# SPDX-License-Identifier: Apache-2.0
"""Nobody but a protection officer reaches the protection tables, by whatever road, on either database."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased, make_transient_to_detached

from db.search import find_people
from resource_centre.access import COLLECTOR, COORDINATOR, COUNSELLOR, PROTECTION_OFFICER, Viewer
from resource_centre.errors import Refused
from resource_centre.records import (
    Account,
    Address,
    Change,
    Conflict,
    Draft,
    ExploitationScreening,
    Person,
    ProtectionConcern,
    new_id,
)
from resource_centre.records.base import table_of
from resource_centre.services.drafts import save_draft
from resource_centre.services.protection import concerns_of, mark_of, note_concern
from resource_centre.services.timeline import timeline
from resource_centre.services.trail import trail_of

VILLAGE = "52.03.01.2001"
DAY = dt.date(2026, 11, 2)
SECRET = "jemputan di terminal"
OTHERS = (COORDINATOR, COUNSELLOR, COLLECTOR)

CONCERN, SCREENING = table_of(ProtectionConcern), table_of(ExploitationScreening)
LOG, DRAFT = table_of(Change), table_of(Draft)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def guarded(request, make_either_centre):
    """A centre on either database with one person who has something to hide. These tests share it, and keep nothing."""
    with make_either_centre(request.param) as centre:
        write_down(centre)
        yield centre


@pytest.fixture
def own(either_centre):
    """The same centre for a test that keeps what it writes."""
    write_down(either_centre)
    return either_centre


def write_down(centre):
    """One person with a concern, a screening, an entry of the log about each, a lost value and an officer's draft."""
    site = session_site(centre)
    with centre.change() as session:
        person = Person(full_name="Sumiati", sex="P", registered_on=DAY)
        session.add_all([person, Address(person_id=person.id, village_code=VILLAGE)])
        session.flush()
        note_concern(session, person.id, "TPPO", account=SECRET)
        session.add(ExploitationScreening(person_id=person.id, asked_on=DAY, agreed_to_talk=True, remarks=SECRET))
        values = {"field": "account", "site": site, "seq": 1, "tbl": "protection_concern", "value": SECRET}
        session.add(Conflict(row_id=new_id(), **values))
    with acting(centre, PROTECTION_OFFICER, account_id=new_id()) as session:
        save_draft(session, form="protection", body={"account": SECRET}, record_id=person.id)
        session.commit()


def person_of(centre):
    with centre.read() as session:
        return session.scalars(sa.select(Person.id)).one()


def session_site(centre):
    with centre.read() as session:
        return session.info["site"]


@contextmanager
def acting(centre, role, *, account_id=None):
    """A session of somebody of this role; a collector is bound to the village."""
    from db.first_day import session_factory

    villages = frozenset({VILLAGE}) if role == COLLECTOR else None
    viewer = Viewer(account_id or centre.viewer.account_id, role, villages)
    with session_factory(viewer, session_site(centre))(bind=centre.engine.execution_options(**writes())) as session:
        yield session


def writes():
    from db.engine import WRITES

    return WRITES


ALIAS = aliased(ProtectionConcern)
ROADS = {
    "records": sa.select(ProtectionConcern),
    "screenings": sa.select(ExploitationScreening),
    "columns": sa.select(ProtectionConcern.account),
    "alias": sa.select(ALIAS.kind),
    "join": sa.select(Person.id).join(ProtectionConcern, ProtectionConcern.person_id == Person.id),
    "join of a screening": sa.select(Person.id).join(
        ExploitationScreening, ExploitationScreening.person_id == Person.id
    ),
    "inside a where": sa.select(Person.id).where(Person.id.in_(sa.select(ProtectionConcern.person_id))),
    "exists": sa.select(Person.id).where(sa.exists().where(ProtectionConcern.person_id == Person.id)),
    "subquery": sa.select(sa.select(ProtectionConcern.id).subquery()),
    "with": sa.select(sa.select(ProtectionConcern.id).cte("told").c.id),
    "union": sa.union_all(sa.select(ProtectionConcern.id), sa.select(ExploitationScreening.id)),
    "group": sa.select(ProtectionConcern.kind, sa.func.count()).group_by(ProtectionConcern.kind),
    "the log": sa.select(Change.body).where(Change.tbl.in_(["protection_concern", "exploitation_screening"])),
    "what the log says": sa.select(Change.row_id).where(Change.body.contains(SECRET)),
    "lost values": sa.select(Conflict.value),
    "drafts of others": sa.select(Draft.body),
}


@pytest.mark.parametrize("role", OTHERS)
def test_no_statement_over_the_records_finds_anything(guarded, role):
    with acting(guarded, role) as session:
        assert [road for road, statement in ROADS.items() if session.execute(statement).all()] == []


@pytest.mark.parametrize("role", OTHERS)
def test_nothing_is_counted(guarded, role):
    with acting(guarded, role) as session:
        for record in (ProtectionConcern, ExploitationScreening, Conflict, Draft):
            assert session.scalar(sa.select(sa.func.count()).select_from(record)) == 0, record.__name__


def test_the_officer_finds_it_by_every_one_of_these_roads(guarded):
    with acting(guarded, PROTECTION_OFFICER) as session:
        found = {road: len(session.execute(statement).all()) for road, statement in ROADS.items()}
        assert found.pop("drafts of others") == 0
        assert min(found.values()) >= 1
        assert concerns_of(session, person_of(guarded))[0].account == SECRET


def hidden_in_plain_sight():
    """Statements over a record that everybody reads, with a hidden table put in by another way than its record."""
    inside = sa.select(sa.func.max(CONCERN.c.account)).scalar_subquery()
    return {
        "a column": sa.select(Person.full_name, CONCERN.c.account).where(CONCERN.c.person_id == Person.id),
        "a join": sa.select(CONCERN.c.account).select_from(Person).join(CONCERN, CONCERN.c.person_id == Person.id),
        "a value": sa.select(inside).select_from(Person).where(inside.is_not(None)),
        "an alias": sa.select(Person.id, (other := CONCERN.alias()).c.kind).where(other.c.person_id == Person.id),
        "exists": sa.select(Person.id).where(sa.exists().where(CONCERN.c.person_id == Person.id)),
        "with": sa.select(Person.id, (told := sa.select(SCREENING.c.remarks).cte("told")).c.remarks).join(
            told, sa.true()
        ),
        "text": sa.select(Person.id).where(sa.text("EXISTS (SELECT 1 FROM protection_concern)")),
        "a fragment": sa.select(Person.id).where(
            sa.literal_column("(SELECT count(*) FROM exploitation_screening)", sa.Integer) > 0
        ),
        "a table by name": sa.select(Person.id).join(sa.table("protection_concern"), sa.true()),
        "records from text": sa.select(ProtectionConcern).from_statement(sa.text("SELECT * FROM protection_concern")),
        "the log's table": sa.select(Person.id, LOG.c.body).join(LOG, LOG.c.body.contains(SECRET)),
        "drafts": sa.select(Person.id, DRAFT.c.body).join(DRAFT, sa.true()),
    }  # fmt: skip


@pytest.mark.parametrize("role", [COORDINATOR, COUNSELLOR])
@pytest.mark.parametrize("road", hidden_in_plain_sight())
def test_a_table_put_into_an_innocent_statement_is_empty(guarded, role, road):
    with acting(guarded, role) as session:
        assert session.execute(hidden_in_plain_sight()[road]).all() == []


PLAIN = {
    "text": sa.text("SELECT * FROM protection_concern"),
    "quoted": sa.text('SELECT account FROM "protection_concern"'),
    "in capitals": sa.text("SELECT ACCOUNT FROM PROTECTION_CONCERN"),
    "the log in text": sa.text("SELECT body FROM change"),
    "drafts in text": sa.text("SELECT body FROM draft"),
    "lost values in text": sa.text("SELECT value FROM conflict"),
    "a table": sa.select(CONCERN),
    "a count": sa.select(sa.func.count()).select_from(SCREENING),
    "the log's table": sa.select(LOG.c.body),
}


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("road", PLAIN)
def test_plain_sql_through_the_session_is_refused(guarded, role, road):
    with acting(guarded, role) as session, pytest.raises(Refused, match="raw_sql"):
        session.execute(PLAIN[road])


AROUND = {
    "a table": sa.select(CONCERN.c.account),
    "records": sa.select(ProtectionConcern.account),
    "the log": sa.select(LOG.c.body).where(LOG.c.tbl == "protection_concern"),
    "text": sa.text("SELECT account FROM protection_concern"),
    "with": sa.text("WITH told AS (SELECT account FROM protection_concern) SELECT * FROM told"),
    "drafts": sa.select(DRAFT.c.body),
}


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("road", AROUND)
def test_the_sessions_own_connection_shows_no_more(guarded, role, road):
    with acting(guarded, role) as session:
        assert session.connection().execute(AROUND[road]).all() == []


@pytest.mark.parametrize("role", OTHERS)
def test_so_it_does_for_what_is_handed_straight_to_the_driver(guarded, role):
    with acting(guarded, role) as session:
        assert session.connection().exec_driver_sql("SELECT account FROM protection_concern").all() == []


@pytest.mark.parametrize(
    "statement",
    ["SELECT account FROM {schema}.protection_concern", 'SELECT account FROM {schema} . "protection_concern"',
     "EXPLAIN SELECT account FROM protection_concern",
     "INSERT INTO local_setting SELECT account, account FROM protection_concern"],
    ids=["with its schema", "with its schema and blanks", "explained", "copied elsewhere"],
)  # fmt: skip
def test_what_cannot_be_hidden_from_is_refused(guarded, statement):
    schema = "main" if guarded.engine.dialect.name == "sqlite" else "public"
    with acting(guarded, COORDINATOR) as session, pytest.raises(Refused, match=r"raw_sql|bulk"):
        session.connection().exec_driver_sql(statement.format(schema=schema))


def test_after_a_save_that_failed_within_a_savepoint_it_is_still_so(own):
    with acting(own, COUNSELLOR) as session:
        known = session.scalars(sa.select(Person)).one()
        session.expunge(known)
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            session.add(Person(id=known.id, full_name="Rohani"))
            session.flush()
        assert session.connection().execute(AROUND["a table"]).all() == []


def test_after_a_savepoint_it_is_still_so(guarded):
    with acting(guarded, COUNSELLOR) as session:
        with session.begin_nested():
            assert session.connection().execute(AROUND["a table"]).all() == []
        assert session.connection().execute(AROUND["a table"]).all() == []
        assert session.scalars(sa.select(Person.full_name)).all() == ["Sumiati"]


@pytest.mark.parametrize("role", OTHERS)
def test_the_id_of_a_concern_opens_nothing(guarded, role):
    with acting(guarded, PROTECTION_OFFICER) as session:
        concern_id = concerns_of(session, person_of(guarded))[0].id
    with acting(guarded, role) as session:
        assert session.get(ProtectionConcern, concern_id) is None
        assert trail_of(session, concern_id) == []
        forged = ProtectionConcern(id=concern_id, person_id=person_of(guarded))
        make_transient_to_detached(forged)
        session.add(forged)
        with pytest.raises(sa.exc.InvalidRequestError):
            session.refresh(forged)


def test_who_may_write_a_concern_may_not_change_one(guarded):
    with acting(guarded, PROTECTION_OFFICER) as session:
        concern_id = concerns_of(session, person_of(guarded))[0].id
    with acting(guarded, COORDINATOR) as session:
        forged = ProtectionConcern(id=concern_id, person_id=person_of(guarded), version=1)
        make_transient_to_detached(forged)
        session.add(forged)
        forged.voided = True
        with pytest.raises(Refused, match="not_allowed"):
            session.flush()


@pytest.mark.parametrize("role", OTHERS)
def test_the_one_who_writes_it_down_does_not_find_it_either(own, role):
    with acting(own, role) as session:
        note_concern(session, person_of(own), "ANCAMAN", account=SECRET)
        assert session.scalars(sa.select(ProtectionConcern)).all() == []
        assert not [one for one in session if isinstance(one, ProtectionConcern)]
        session.commit()
    with acting(own, PROTECTION_OFFICER) as session:
        assert [one.kind for one in concerns_of(session, person_of(own))] == ["TPPO", "ANCAMAN"]


def test_a_village_collector_screens_nobody(guarded):
    with acting(guarded, COLLECTOR) as session:
        session.add(ExploitationScreening(person_id=person_of(guarded), asked_on=DAY))
        with pytest.raises(Refused, match="not_allowed"):
            session.flush()


def test_the_mark_is_for_those_who_work_on_cases_and_not_for_the_village(guarded):
    for role, seen in ((COORDINATOR, 1), (COUNSELLOR, 1), (PROTECTION_OFFICER, 1), (COLLECTOR, 0)):
        with acting(guarded, role) as session:
            assert (mark_of(session, person_of(guarded)) is not None) == bool(seen)
            assert len(session.scalars(sa.select(Change).where(Change.tbl == "protection_mark")).all()) in (0, seen)


@pytest.mark.parametrize("role", OTHERS)
def test_neither_search_nor_timeline_nor_the_trail_of_the_person_tells(guarded, role):
    with acting(guarded, role) as session:
        assert find_people(session, "jemputan") == []
        assert find_people(session, "TPPO") == []
        told = [fact for item in timeline(session, person_of(guarded)) for fact in (item.kind, *item.facts)]
        assert not [fact for fact in told if SECRET in fact or "TPPO" in fact]
        assert {entry.fields for entry in trail_of(session, person_of(guarded))} <= {
            ("Full name", "Sex", "Nationality", "Standing", "Registered on")
        }


@pytest.mark.parametrize("role", OTHERS)
def test_the_months_figures_do_not_tell(guarded, role):
    from reports.monthly.figures import monthly_figures

    with acting(guarded, role) as session:
        text = repr(monthly_figures(session, "2026-11"))
    assert SECRET not in text
    assert "TPPO" not in text


def test_an_account_without_a_known_role_reads_nothing_of_it(guarded):
    with acting(guarded, "") as session:
        assert session.scalars(sa.select(ProtectionConcern)).all() == []
        assert session.connection().execute(AROUND["a table"]).all() == []


def test_the_log_goes_on_saying_what_changes_for_the_officer(own):
    from resource_centre.services.protection import work_on

    with acting(own, PROTECTION_OFFICER) as session:
        (concern,) = concerns_of(session, person_of(own))
        work_on(session, concern.id, {"action": "Dirujuk"})
        assert [entry.kind for entry in trail_of(session, concern.id)] == ["changed", "created"]
        session.commit()
    assert session_site(own)
    with own.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == 1
