"""Somebody who is erased is gone: from tables, log, lists, files and sheets, here and wherever the erasure arrives."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from resource_centre.access import COUNSELLOR, Viewer
from resource_centre.errors import Refused
from resource_centre.exchange.identity import ROLE, remember
from resource_centre.exchange.scope import LAPTOP
from resource_centre.log import doctor
from resource_centre.log.bulk import insert_new
from resource_centre.log.receive import receive
from resource_centre.log.writing import recording
from resource_centre.records import (
    Account,
    Address,
    Attachment,
    AttachmentContent,
    Base,
    Certificate,
    Change,
    ConfidentialNote,
    Draft,
    DuplicatePair,
    Erasure,
    ImportRow,
    Participation,
    Person,
    PersonLink,
    ProtectionConcern,
    Trainer,
    TrainingEvent,
    new_id,
)
from resource_centre.records.base import table_of
from resource_centre.services.erasing import erase_person, erasures, what_goes
from resource_centre.services.group_meetings import carry_out_share_out, save_meeting
from resource_centre.services.savings_groups import add_member, start_group
from resource_centre.services.trail import trail_of
from ui.pages.savings_store import read_group

SECRET = "Zulaikharahasia"
SHARED = "b" * 64


def everything(session):
    """Every word of every table, but what the store itself keeps for searching."""
    connection, words = session.connection(), []
    with recording(connection):
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(sa.select(table)).all()
            words += [f"{table.name} {row}" for row in rows]
    return words


def about_the_erased(session):
    return [words for words in everything(session) if SECRET in words]


def entries(session):
    connection = session.connection()
    with recording(connection):
        return [dict(row) for row in connection.execute(sa.select(table_of(Change))).mappings()]


def is_whole(session):
    return list(doctor.examine(session.connection())) == []


def whole_life(session, name=SECRET):
    """A person with a little of everything; their id."""
    person = Person(full_name=name, alias=name)
    event = TrainingEvent(starts_on=dt.date(2026, 11, 3))
    session.add_all([person, event])
    session.flush()
    there = Participation(event_id=event.id, person_id=person.id, name=name, days="H")
    session.add(there)
    session.flush()
    session.add_all(
        [
            Address(person_id=person.id, village_code="52.03.01.2001", hamlet=name),
            Certificate(event_id=event.id, participation_id=there.id, name=name),
            Trainer(participation_id=there.id, name=name),
            ConfidentialNote(person_id=person.id, session_id=new_id(), note=name),
            ProtectionConcern(person_id=person.id, kind="tppo"),
            attached(person.id, "a" * 64, name),
            attached(person.id, SHARED, name),
            DuplicatePair(a_id=person.id, b_id=new_id(), score=90, reasons=[name], found_ms=0),
            a_line(person_id=person.id, name=name),
            a_line(written=[["Person", person.id]], name=name),
        ]
    )
    session.flush()
    keep_draft(session, person.id, name)
    return person.id


def attached(person_id, digest, title):
    return Attachment(person_id=person_id, digest=digest, title=title, attached_on=dt.date(2026, 11, 3), size=1)


def a_line(*, name, person_id=None, written=()):
    return ImportRow(
        batch_id=new_id(), account_id=new_id(), sheet="1", row=3, fingerprint=new_id(), status="new", raw={"A": name},
        values={"full_name": name}, problems=[], person_id=person_id, written=list(written),
    )  # fmt: skip


def keep_draft(session, person_id, words):
    """What somebody else has typed about them."""
    with recording(session.connection()):
        values = {"id": new_id(), "account_id": new_id(), "form": "intake", "record_id": person_id, "saved_ms": 0}
        session.connection().execute(sa.insert(table_of(Draft)), {**values, "body": {"full_name": words}})


def keep_files(session, *digests):
    with recording(session.connection()):
        rows = [{"digest": one, "content": one.encode(), "preview": None} for one in digests]
        session.connection().execute(sa.insert(table_of(AttachmentContent)), rows)


def files(session):
    with recording(session.connection()):
        return set(session.connection().scalars(sa.select(table_of(AttachmentContent).c.digest)))


def erase(centre, person_id, reason="asked_for"):
    with centre.change() as session:
        return erase_person(session, person_id, reason)


def test_whoever_is_erased_is_gone_from_everywhere(either_centre):
    with either_centre.change() as session:
        person_id = whole_life(session)
        other = Person(full_name="Rohani")
        session.add(other)
        session.flush()
        session.add(attached(other.id, SHARED, "hers"))
        keep_files(session, "a" * 64, SHARED)
    with either_centre.change() as session:
        session.get(Person, person_id).full_name = f"{SECRET} Hasan"
    erase(either_centre, person_id)
    with either_centre.change() as session:
        assert about_the_erased(session) == []
        assert files(session) == {SHARED}
        assert [one.full_name for one in session.scalars(sa.select(Person))] == ["Rohani"]
        assert session.scalars(sa.select(TrainingEvent)).one().starts_on == dt.date(2026, 11, 3)
        assert is_whole(session)


def test_what_goes_is_told_without_what_the_coordinator_may_not_read(either_centre):
    with either_centre.change() as session:
        person_id = whole_life(session)
        told = what_goes(session, person_id)
    assert told.records == {
        "address": 1, "attachment": 2, "certificate": 1, "confidential_note": 1, "participation": 1, "person": 1,
        "trainer": 1,
    }  # fmt: skip
    assert erase(either_centre, person_id) == told
    with either_centre.change() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Erasure)) == told.count + 1


def test_that_somebody_was_erased_stays_written_without_a_name(either_centre):
    with either_centre.change() as session:
        person_id = whole_life(session)
    told = erase(either_centre, person_id, "consent_withdrawn")
    with either_centre.read() as session:
        (line,) = erasures(session)
        assert (line.reason, line.records, line.who) == ("consent_withdrawn", told.count, "Ratna Uji")
        assert line.label == "Consent was withdrawn"
        assert trail_of(session, person_id)[0].kind == "erased"


def test_a_line_of_a_sheet_is_still_known_so_that_the_sheet_does_not_bring_them_back(centre):
    with centre.change() as session:
        person_id = whole_life(session)
        before = sorted(session.scalars(sa.select(table_of(ImportRow).c.fingerprint)))
    erase(centre, person_id)
    with centre.change() as session, recording(session.connection()):
        lines = session.connection().execute(sa.select(table_of(ImportRow))).all()
    assert sorted(line.fingerprint for line in lines) == before
    assert all(line.raw == {} and line.values == {} for line in lines)


def test_nothing_is_written_about_them_any_more(centre):
    with centre.change() as session:
        person_id = whole_life(session)
    erase(centre, person_id)
    with centre.change() as session:
        session.add(Address(person_id=person_id, village_code="52.03.01.2001"))
        with pytest.raises(Refused, match="not_found"):
            session.flush()
        session.rollback()
        with pytest.raises(Refused, match="not_found"):
            insert_new(session, Address, [{"person_id": person_id, "village_code": "52.03.01.2001"}])
        with pytest.raises(Refused, match="not_found"):
            erase_person(session, person_id, "asked_for")


def test_only_a_coordinator_at_the_centre_erases_and_says_why(centre):
    with centre.change() as session:
        person_id = whole_life(session)
        with pytest.raises(Refused, match="check"):
            erase_person(session, person_id, "tired of it")
        session.info["viewer"] = Viewer(new_id(), COUNSELLOR)
        for refused in (lambda: erase_person(session, person_id, "asked_for"), lambda: what_goes(session, person_id)):
            with pytest.raises(Refused, match="not_allowed"):
                refused()
    with centre.change() as session:
        remember(session.connection(), ROLE, LAPTOP)
        with pytest.raises(Refused, match="erase_at_centre"):
            erase_person(session, person_id, "asked_for")
    with centre.read() as session:
        assert session.get(Person, person_id).full_name == SECRET


def test_who_is_known_by_two_records_is_erased_with_both(either_centre):
    with either_centre.change() as session:
        first, second = whole_life(session), whole_life(session)
        session.add(PersonLink(a_id=first, b_id=second, verdict="same", taken={"full_name": [SECRET, SECRET]}))
    erase(either_centre, second)
    with either_centre.change() as session:
        assert about_the_erased(session) == []
        assert is_whole(session)


def test_a_savings_group_keeps_its_books_and_goes_on(either_centre):
    day = dt.date(2026, 1, 1)
    with either_centre.change() as session:
        person = Person(full_name=SECRET)
        session.add(person)
        session.flush()
        person_id = person.id
        rules = {"name": "Mawar", "cycle_begins_on": day, "share_value": 5000, "founded_on": day}
        group = start_group(session, rules).id
        ours = add_member(session, group, {"name": SECRET, "sex": "P", "person_id": person_id, "joined_on": day}).id
        other = add_member(session, group, {"name": "Baiq", "sex": "P", "joined_on": day}).id
        both = [{"member_id": one, "present": True, "shares": 2} for one in (ours, other)]
        save_meeting(session, group, {"held_on": dt.date(2026, 2, 1), "cash_counted": 20_000}, both)
    erase(either_centre, person_id)
    with either_centre.change() as session:
        assert about_the_erased(session) == []
        later = {"held_on": dt.date(2026, 3, 1), "cash_counted": 25_000}
        save_meeting(session, group, later, [{"member_id": other, "present": True, "shares": 1}])
        look = read_group(session, group)
        assert [one.name for one in look.members] == ["Baiq"]
        assert look.books.cycle.savings_of == {ours: 10_000, other: 15_000}
        carry_out_share_out(session, group, {"held_on": dt.date(2026, 10, 1), "cash_counted": 0})


@pytest.mark.parametrize("order", ["as written", "backwards", "later"])
def test_it_is_gone_wherever_the_erasure_arrives_and_nothing_that_comes_later_brings_it_back(
    either_centre, new_place, order
):
    with either_centre.change() as ours:
        person_id = whole_life(ours)
        told = entries(ours)
    desk = new_place("desk")
    with desk.open() as theirs:
        receive(theirs, told)
        keep_draft(theirs, person_id, SECRET)
    with desk.open() as theirs:
        home = theirs.scalars(sa.select(Address).where(Address.person_id == person_id)).one()
        home.hamlet = f"{SECRET} baru"
        theirs.add(Address(person_id=person_id, village_code="52.03.01.2001", hamlet=SECRET))
    erase(either_centre, person_id)
    with either_centre.change() as ours, desk.open() as theirs:
        from_here, from_there = entries(ours), entries(theirs)
        if order == "backwards":
            from_here.reverse()
            from_there.reverse()
        receive(ours, from_there)
        receive(theirs, from_here)
        receive(ours, entries(theirs))
        receive(theirs, entries(ours))
        for session in (ours, theirs):
            assert about_the_erased(session) == []
            assert is_whole(session)
        bodies = [{(one["site"], one["seq"]): one["body"] for one in entries(session)} for session in (ours, theirs)]
        assert bodies[0] == bodies[1]
        gone = [set(session.scalars(sa.select(Erasure.row_id))) for session in (ours, theirs)]
        assert gone[0] == gone[1]


def test_a_desk_that_knew_only_of_a_later_change_forgets_it_too(centre, new_place):
    with centre.change() as ours:
        person_id = whole_life(ours)
    with centre.change() as ours:
        ours.scalars(sa.select(Address).where(Address.person_id == person_id)).one().hamlet = f"{SECRET} baru"
        ours.flush()
        change = next(one for one in entries(ours) if f"{SECRET} baru" in one["body"])
    desk = new_place("desk")
    with desk.open() as theirs:
        receive(theirs, [change])
    erase(centre, person_id)
    with centre.change() as ours, desk.open() as theirs:
        # The blanked first save, then that the person is gone: nothing else says whose the change is.
        blanked = [one for one in entries(ours) if one["row_id"] == change["row_id"] and one["kind"] == "put"]
        gone = [one for one in entries(ours) if one["row_id"] == person_id and one["kind"] == "erase"]
        receive(theirs, blanked)
        receive(theirs, gone)
        assert about_the_erased(theirs) == []


def test_no_word_stays_in_the_files_of_the_centre(centre):
    from db.folder import DATABASE

    with centre.change() as session:
        person_id = whole_life(session)
    erase(centre, person_id)
    log = centre.folder / f"{DATABASE}-wal"
    assert not log.exists() or log.stat().st_size == 0
    with centre.read() as session:
        found = "SELECT count(*) FROM person_search WHERE person_search MATCH :word"
        assert session.connection().exec_driver_sql(found, {"word": SECRET.lower()}).scalar() == 0
        assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == 1
