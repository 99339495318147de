"""Looking back: a person's timeline, the home page, the trail of a record, drafts and accounts."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from resource_centre.errors import Refused
from resource_centre.i18n import using
from resource_centre.log.voiding import void
from resource_centre.records import Account, CounsellingSession, ImportBatch, ImportRow, Person, new_id
from resource_centre.registers.settling import count_to_settle
from resource_centre.services.accounts import (
    RIGHTS,
    accounts_of,
    centre_profile,
    change_account,
    change_profile,
    may,
    own_account,
)
from resource_centre.services.cases import close_case, open_case
from resource_centre.services.contacts import record_service
from resource_centre.services.counselling import record_session
from resource_centre.services.drafts import discard_draft, draft_of, drafts_of, save_draft
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.services.home import home_summary
from resource_centre.services.intake import register_intake
from resource_centre.services.people import change_person, move_person, person_record
from resource_centre.services.timeline import timeline
from resource_centre.services.trail import trail_of
from resource_centre.services.training import record_training
from resource_centre.services.voiding import restore_record, void_record

VILLAGE = "52.03.01.2001"


def test_the_timeline_tells_everything_newest_first(session, today):
    saved = register_intake(
        session,
        person={"full_name": "Sumiati", "sex": "P"},
        address={"village_code": VILLAGE},
        episode={
            "destination_country": "MYS",
            "departure_date": "2019",
            "return_date": "2026-09",
            "return_type": "DEPORTASI",
        },
        contact={"channel": "walk_in", "services": ["INF_RIGHTS"]},
        open_case=True,
        on=dt.date(2026, 11, 2),
    )
    who = saved.person_id
    record_session(
        session, person_id=who, values={"service_type": "CNS_FIN", "next_on": today}, on=dt.date(2026, 11, 9)
    )
    record_training(
        session,
        event={
            "training_type": "kelas",
            "topic": "Saving",
            "starts_on": dt.date(2026, 11, 5),
            "ends_on": dt.date(2026, 11, 7),
            "village_code": VILLAGE,
        },
        participants=[{"person_id": who, "days": "HHA"}],
    )
    with using("en"):
        told = [(one.when, one.kind, one.facts) for one in timeline(session, who)]
        labels = {one.kind: one.label for one in timeline(session, who)}
    assert told[:3] == [
        ("2026-11-20", "follow_up", ("Next counselling session", "to do")),
        ("2026-11-09", "session", ("Financial counselling, individual", "Attended")),
        ("2026-11-05", "training", ("Saving", "2 days present")),
    ]
    assert {kind for when, kind, _facts in told if when == "2026-11-02"} == {
        "registered",
        "contact",
        "service",
        "case_opened",
    }
    assert told[-2:] == [("2026-09", "returned", ("Malaysia", "Deportation")), ("2019", "departed", ("Malaysia",))]
    assert labels["session"] == "Counselling session"


def test_the_timeline_tells_of_moving_and_of_the_end_of_a_case(session, register, today):
    person_id = register()
    case = open_case(session, person_id=person_id, on=today - dt.timedelta(days=9))
    close_case(session, case_id=case.id, reason="PINDAH", on=today - dt.timedelta(days=1))
    move_person(session, person_id, {"village_code": "52.03.02.2001"})
    with using("en"):
        moved, closed = (one for one in timeline(session, person_id) if one.kind in ("moved", "case_closed"))
    assert (moved.when, moved.facts[0]) == ("2026-11-20", "Current address")
    assert closed.when == "2026-11-19"
    assert closed.facts[0] == case.number


def test_the_timeline_leaves_out_what_is_not_valid(session, register):
    person_id = register()
    held = record_session(session, person_id=person_id, values={"service_type": "CNS_FIN"})
    void(session, session.get(CounsellingSession, held.id), "wrong person")
    assert [one.kind for one in timeline(session, person_id)] == ["registered"]


def test_a_collector_reads_no_timeline_of_a_stranger(session, register, collector_session):
    person_id = register(village="52.03.02.2001")
    session.commit()
    with pytest.raises(Refused, match="not_found"):
        timeline(collector_session(VILLAGE), person_id)


def test_the_home_page_tells_who_waits_and_how_the_month_goes(session, register, today):
    sumiati, rohani, baiq = (register(name) for name in ("Sumiati", "Rohani", "Baiq"))
    register("Zulkarnain")
    plan_follow_up(session, person_id=sumiati, due_on=today)
    plan_follow_up(session, person_id=rohani, due_on=today - dt.timedelta(days=40))
    for _twice in range(2):
        record_session(session, person_id=sumiati, values={"service_type": "CNS_FIN"})
    record_session(session, person_id=rohani, values={"service_type": "CNS_FIN", "attendance": "batal"})
    record_session(session, person_id=rohani, values={"service_type": "CNS_FIN"}, on=dt.date(2026, 10, 31))
    record_service(session, person_id=sumiati, values={"service_type": "ADM_ID"})
    record_training(
        session,
        event={"training_type": "kelas", "starts_on": today, "village_code": VILLAGE},
        participants=[{"person_id": baiq, "days": "H"}, {"person_id": rohani, "days": "A"}, {"name": "Lalu"}],
    )
    home = home_summary(session, on=today)
    assert [one.full_name for one in home.due_today] == ["Sumiati"]
    assert [(one.full_name, one.days_late) for one in home.overdue] == [("Rohani", 40)]
    assert home.overdue_count == 1
    month = home.month
    assert (month.served, month.registered, month.sessions, month.events) == (2, 4, 2, 1)


def test_the_home_page_reads_no_large_table_through(session, register, today, read_through):
    record_session(session, person_id=register(), values={"service_type": "CNS_FIN"})
    tables, questions = read_through(lambda: home_summary(session, on=today))
    assert tables <= {"SCAN import_batch"}
    assert questions < 12


def test_a_person_s_page_reads_no_table_through(session, register, read_through):
    person_id = register()
    tables, questions = read_through(lambda: (timeline(session, person_id), person_record(session, person_id)))
    assert tables == set()
    assert questions <= 40  # one per kind of record, however long the story


def test_a_person_marked_as_not_valid_is_counted_no_more(session, register, today):
    person_id = register()
    record_service(session, person_id=person_id, values={"service_type": "ADM_ID"})
    assert home_summary(session, on=today).month.served == 1
    void(session, session.get(Person, person_id), "entered twice")
    month = home_summary(session, on=today).month
    assert (month.served, month.registered) == (0, 0)


def test_a_collector_s_home_page_is_about_their_villages(session, register, today, collector_session):
    for name, village in (("Sumiati", VILLAGE), ("Rohani", "52.03.02.2001")):
        person_id = register(name, village=village)
        plan_follow_up(session, person_id=person_id, due_on=today)
        record_session(session, person_id=person_id, values={"service_type": "CNS_FIN"})
    session.commit()
    home = home_summary(collector_session(VILLAGE), on=today)
    assert [one.full_name for one in home.due_today] == ["Sumiati"]
    assert (home.month.served, home.month.registered, home.month.sessions) == (1, 1, 1)


ROWS = (
    ("new", []),
    ("new", [{"field": "nik", "code": "nik_damaged"}]),
    ("likely_duplicate", []),
    ("incomplete", []),
    ("repeated", [{"field": "nik", "code": "nik_damaged"}]),
    ("settled", [{"field": "nik", "code": "nik_damaged"}]),
)


def test_rows_of_a_register_wait_until_settled_or_taken_back(session, today):
    batch = ImportBatch(id=new_id(), account_id=new_id(), file_digest="x", imported_ms=1)
    session.add(batch)
    common = {"batch_id": batch.id, "account_id": batch.account_id, "sheet": "Januari", "fingerprint": "x", "raw": {}}
    for number, (status, problems) in enumerate(ROWS):
        session.add(ImportRow(row=number, status=status, problems=problems, values={}, **common))
    session.flush()
    assert home_summary(session, on=today).rows_to_settle == 3
    assert count_to_settle(session) == 3
    batch.undone_ms = 2
    session.flush()
    assert home_summary(session, on=today).rows_to_settle == 0
    assert count_to_settle(session) == 0


def test_the_trail_says_who_when_and_which_fields_never_what(session, register):
    person_id = register("Sumiati", birth_date="1984")
    change_person(session, person_id, {"alias": "Inaq Sum"}, {"safe_phone": "refused"})
    void_record(session, Person, person_id, reason="entered twice")
    restore_record(session, Person, person_id)
    with using("en"):
        trail = trail_of(session, person_id)
        assert [(one.kind, one.label) for one in trail] == [
            ("restored", "marked as valid again"),
            ("voided", "marked as not valid"),
            ("changed", "changed"),
            ("created", "written"),
        ]
        assert trail[2].fields == ("Also known as", "Safe telephone")
        assert set(trail[3].fields) >= {"Full name", "Sex", "Date of birth"}
    assert {one.who for one in trail} == {"Ratna Uji"}
    assert all(one.at.tzinfo for one in trail)
    assert "Sum" not in repr(trail)


def test_what_is_typed_is_kept_per_form_and_record(session):
    save_draft(session, form="intake", body={"full_name": "Sum"})
    save_draft(session, form="intake", body={"full_name": "Sumiati"})
    about = new_id()
    save_draft(session, form="session", body={"topic": "debts"}, record_id=about)
    assert draft_of(session, form="intake").body == {"full_name": "Sumiati"}
    assert draft_of(session, form="session") is None
    assert {one.form for one in drafts_of(session)} == {"session", "intake"}
    discard_draft(session, form="intake")
    assert [(one.form, one.record_id) for one in drafts_of(session)] == [("session", about)]


def test_drafts_are_one_s_own(session, collector_session, today):
    save_draft(session, form="intake", body={})
    assert home_summary(session, on=today).drafts == 1
    session.commit()
    other = collector_session(VILLAGE)
    assert drafts_of(other) == []
    assert home_summary(other, on=today).drafts == 0


def account(session, login, role="counsellor", **more):
    record = Account(login=login, name=login.title(), role=role, **more)
    session.add(record)
    session.flush()
    return record


def test_accounts_are_listed_and_changed(session):
    wayan = account(session, "wayan", "collector", villages=[VILLAGE])
    change_account(session, wayan.id, {"villages": [VILLAGE, "52.03.02.2001"], "login": "other", "active": False})
    row = next(one for one in accounts_of(session) if one.id == wayan.id)
    assert (row.login, row.villages, row.active) == ("wayan", (VILLAGE, "52.03.02.2001"), False)
    with pytest.raises(Refused):
        change_account(session, wayan.id, {"role": "king"})


def test_somebody_must_remain_to_run_the_centre(session):
    mine = own_account(session)
    for change in ({"role": "counsellor"}, {"active": False}):
        with pytest.raises(Refused, match="last_coordinator"):
            change_account(session, mine.id, change)
    account(session, "dewi", "coordinator")
    change_account(session, mine.id, {"role": "counsellor"})
    assert mine.role == "counsellor"


def test_rights_go_with_the_role(session, collector_session):
    assert may(session, "accounts")
    assert may(collector_session(VILLAGE), "register")
    assert not may(collector_session(VILLAGE), "import")
    assert RIGHTS["collector"] < RIGHTS["counsellor"] < RIGHTS["coordinator"]


def test_the_centre_keeps_its_site_code(session):
    change_profile(session, {"name": "Pusat Baru", "site_code": "XXX"})
    profile = centre_profile(session)
    assert (profile.name, profile.site_code) == ("Pusat Baru", "LTM")
    with pytest.raises(Refused):
        change_profile(session, {"name": ""})


def test_nobody_but_a_coordinator_changes_accounts(session, collector_session):
    session.commit()
    theirs = collector_session(VILLAGE)
    account_id = theirs.scalars(sa.select(Account.id)).one()
    with pytest.raises(Refused, match="not_allowed"):
        change_account(theirs, account_id, {"name": "Me"})
