# SPDX-License-Identifier: Apache-2.0
"""One busy centre, on the encrypted file and on PostgreSQL: the same month, to the last figure."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from resource_centre.records import PlanGoal, VulnerabilityAssessment, VulnerabilityFlag
from resource_centre.services.assistance import record_assistance
from resource_centre.services.cases import close_case, open_case, reopen_case
from resource_centre.services.complaints import open_complaint
from resource_centre.services.contributions import record_contribution
from resource_centre.services.entries import add_entry
from resource_centre.services.follow_ups import mark_done, plan_follow_up
from resource_centre.services.people import move_person, record_episode
from resource_centre.services.plans import activate_plan, add_part, begin_plan
from resource_centre.services.protection import note_concern
from resource_centre.services.referrals import record_referral
from resource_centre.services.saving import write_changes
from resource_centre.vocabulary import vocabulary

VILLAGES = ("52.03.01.2001", "52.03.02.2001", "52.01.07.2006", None)
BORN = ("1984-05-17", "1990-10", "1966", None, "2008-10-15")
STAYS = (
    ("MYS", "2026-08-10", "PHK"), ("SAU", "2025", "KONTRAK_SELESAI"), ("TWN", "2026-09", "CUTI"), (None, None, "SAKIT"),
    None,
)  # fmt: skip


def a_busy_year(desk):
    """Some of everything there is, in a pattern in which no two kinds of thing go in step."""
    people = [
        desk.person(
            f"Sumiati {at}",
            sex=("P", "L", "P", None)[at % 4],
            birth_date=BORN[at % 5],
            village=VILLAGES[at % 4],
            stay=STAYS[(at // 3) % 5],
            client_type=("returnee", "family", None)[at % 3],
            registered=f"2026-{1 + at % 10:02}-{1 + at:02}",
        )
        for at in range(24)
    ]
    for at, who in enumerate(people):
        for visit in range(at % 4):
            on = dt.date(2025, 11, 3) + dt.timedelta(days=(29 * visit + 37 * at) % 360)
            session = desk.counselled(
                who, str(on), attendance=("hadir", "hadir", "tidak_hadir")[(at + visit) % 3],
                session_type=("awal", "lanjutan", "krisis")[visit], mode=("tatap_muka", "telepon")[at % 2],
            )  # fmt: skip
            if (at + visit) % 7 == 3:
                desk.voids(session)
        if at % 3 == 0:
            desk.helped(who, f"2026-{1 + at % 10:02}-28")
        if at % 4 == 1:
            move_person(desk.session, who, {"village_code": VILLAGES[at % 3]}, on=dt.date(2026, 10, 1 + at))
        if at % 5 == 2:
            stay = desk.stay("HKG", "2020", "DEPORTASI")
            record_episode(desk.session, who, stay, stay.pop("unanswered"))
        desk.visited(f"2026-10-{1 + at:02}", who if at % 2 else None, sex=None if at % 3 else "L")
        case = open_case(desk.session, person_id=who, on=dt.date(2026, 1 + at % 10, 2))
        if at % 3 == 1:
            close_case(
                desk.session, case_id=case.id, reason=vocabulary("closure_reason").codes[0], on=dt.date(2026, 10, 20)
            )
        promise = plan_follow_up(desk.session, person_id=who, due_on=dt.date(2026, 1 + at % 10, 15))
        if at % 2:
            mark_done(desk.session, promise.id, on=dt.date(2026, 1 + at % 10, 10 + at % 18))
        case_work(desk, who, at, case)
    for at in range(6):
        lines = [
            {"person_id": who, "days": ("HH", "HA", "AA", "TI", None)[(at + place) % 5],
             "pre_score": (40, 55.5, None)[place % 3], "post_score": (70, None, 66.25, 50)[(at + place) % 4]}
            for place, who in enumerate(people[at::6])
        ]  # fmt: skip
        first = dt.date(2026, (10, 9, 10, 3, 1, 10)[at], 1 + 6 * at)
        desk.trained(
            first.isoformat(), *lines, {"name": "Baiq", "sex": "P", "days": "HH"}, ends_on=first + dt.timedelta(1),
            hours=(6.5, None, 3)[at % 3], module=("M1", "M10", None)[at % 3], village_code=VILLAGES[at % 3],
            training_type=("kelas", "tot")[at % 2],
        )  # fmt: skip
    desk.voids_person(people[7])


def case_work(desk, who, at, case):
    """A plan, a referral, a complaint, help and a flag for some of them."""
    session, on = desk.session, dt.date(2026, 10, 1 + at)
    if at % 4 == 0 and case.closed_on is None:
        on = dt.date(2026, 10, 1) if case.opened_on == dt.date(2026, 9, 2) else on
        plan = begin_plan(session, case.id, on=on)
        add_part(session, PlanGoal, plan.id, {"dimension": ("ekonomi", "sosial")[at % 8 // 4], "goal": "Usaha"})
        activate_plan(session, plan.id, on=on)
        note_concern(session, who, "ANCAMAN", on=on)
    if at % 3 == 0:
        referral = record_referral(session, person_id=who, values={"services": ["pangan"]}, on=on)
        served = {"status": "dilayani", "served_on": on + dt.timedelta(2)} if at % 9 == 0 else {"status": "dikirim"}
        write_changes(session, referral, {"sent_on": on, **served}, on=dt.date(2026, 11, 1))
        wages = {"complaint_type": "GAJI_TDK_DIBAYAR", "currency": ("IDR", "MYR")[at % 2], "claimed": 1000 + at}
        complaint = open_complaint(session, person_id=who, values=wages, on=on)
        ended = {"closed_on": on, "recovered": 500 + at, "recovered_on": on} if at % 2 == 0 else {}
        write_changes(session, complaint, {"claimed": 1000 + at, **ended}, on=on)
        record_assistance(session, person_id=who, values={"kind": "alat_usaha", "amount": 5 * at + 1}, on=on)
        added = {"source": "diaspora", "amount": 7 + at, "given_on": on}
        record_contribution(session, values=added, person_id=who)
        add_entry(session, VulnerabilityFlag, who, {"flag": "HUTANG", "noted_on": on})
        seen_on = dt.date(2026, 1 + at % 10, 3 + at)
        add_entry(session, VulnerabilityAssessment, who, {"assessed_on": seen_on, "protective": "keluarga"})
        old = record_referral(session, person_id=who, values={"services": ["pangan"]}, on=on - dt.timedelta(35))
        sent_on, served_on = on - dt.timedelta(35), on - dt.timedelta((20, 1)[at % 2])
        write_changes(session, old, {"status": "dilayani", "sent_on": sent_on, "served_on": served_on}, on=on)
    if case.closed_on is not None and at % 2 == 0:
        write_changes(session, case, {"goals_planned": 3, "goals_reached": 2}, on=dt.date(2026, 11, 1))
    if case.closed_on is not None and at % 2:
        reopen_case(session, case.id, reason="pulang lagi", on=dt.date(2026, 10, 25))


def told(centre, desk_of):
    """All the figures of October for the coordinator, and for a collector of one village."""
    from resource_centre.access import COLLECTOR, Viewer
    from resource_centre.records import new_id

    with centre.change() as session:
        a_busy_year(desk_of(session))
    with centre.session() as session:
        whole = desk_of(session).month().as_dict()
    with centre.session() as session:
        session.info["viewer"] = Viewer(new_id(), COLLECTOR, frozenset({VILLAGES[0]}))
        part = desk_of(session).month().as_dict()
    return [{name: value for name, value in one.items() if name != "cut_off"} for one in (whole, part)]


@pytest.fixture(scope="module")
def told_by(make_either_centre, desk_of, on_friday):
    """What a database of a kind tells of the month, found out once."""

    @cache
    def tells(kind):
        with on_friday(), make_either_centre(kind) as centre:
            return told(centre, desk_of)

    return tells


@pytest.mark.postgres
def test_both_databases_tell_the_same_month(told_by):
    assert told_by("sqlite") == told_by("postgres")


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_the_busy_month_is_busy_and_its_sums_agree(told_by, kind):
    whole, part = told_by(kind)
    ours = {line["code"]: line["month"] for line in whole["R1"]}
    theirs = {line["code"]: line["month"] for line in part["R1"]}
    assert {code for code, value in ours.items() if not _total(value)} == set()
    assert _total(theirs["persons_served"]) < _total(ours["persons_served"])
    assert all(check["holds"] for check in (*whole["checks"], *part["checks"]))
    assert all(whole[table] for table in ("R2", "R4", "R6", "R7", "R11", "R16", "R18", "assistance", "contributions"))
    assert whole["R13"]["reopened"]["month"]["total"] > 0
    assert whole["R11"][-1]["code"] == "PERLINDUNGAN_KHUSUS"
    assert "PERLINDUNGAN_KHUSUS" not in [line["code"] for line in part["R11"]]


def _total(value):
    return value["total"] if isinstance(value, dict) else value
