# SPDX-License-Identifier: Apache-2.0
"""A small centre whose months can be counted by hand, written down through the same services as the windows."""

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import contextmanager

import pytest

TODAY = dt.date(2026, 11, 20)
MODULES_WITH_A_CALENDAR = (
    "accounts", "assistance", "cases", "certificates", "closing", "complaints", "consents", "contacts",
    "contributions", "counselling", "entries", "follow_up_attempts", "follow_up_schedule", "follow_ups", "intake",
    "intake_parts", "month_narratives", "indicator_targets", "people", "plans", "protection", "providers",
    "publications", "referrals", "training", "transitions", "projects", "logframe", "indicator_editions",
)  # fmt: skip
HERE, THERE = "52.03.01.2001", "52.03.02.2001"


@pytest.fixture(scope="session")
def on_friday():
    """A stretch in which it is Friday the 20th of November 2026, wherever the day is asked for."""

    @contextmanager
    def stretch():
        with pytest.MonkeyPatch.context() as patch:
            for module in MODULES_WITH_A_CALENDAR:
                patch.setattr(f"resource_centre.services.{module}.today", lambda: TODAY)
            for module in ("importing", "writing"):
                patch.setattr(f"resource_centre.registers.{module}.today", lambda: TODAY)
            for module in ("heading", "kinds"):
                patch.setattr(f"reports.papers.{module}.today", lambda: TODAY)
            yield TODAY

    return stretch


@pytest.fixture(autouse=True)
def today(on_friday):
    """Every test has its Friday."""
    with on_friday() as day:
        yield day


class Desk:
    """What a counsellor does, in one line each; days are written as 2026-10-31."""

    def __init__(self, session):
        self.session = session

    def person(self, name="Siti Aminah", *, sex="P", village=HERE, registered="2026-01-05", stay=None, **about):
        """Registers somebody; the stay abroad is (country, day of return, kind of return). Returns the person's id."""
        from resource_centre.services.intake import register_intake

        who = {"full_name": name, "sex": sex, "unanswered": {} if sex else {"sex": "unknown"}, **about}
        home = {"village_code": village} if village else None
        episode = self.stay(*stay) if stay else None
        saved = register_intake(self.session, person=who, address=home, episode=episode, on=day(registered))
        return saved.person_id

    @staticmethod
    def stay(country="MYS", returned="2026-01", kind="KONTRAK_SELESAI"):
        """The fields of a stay abroad; what is None was asked for and not known."""
        values = {"destination_country": country, "return_date": returned, "return_type": kind}
        return values | {"unanswered": {name: "unknown" for name, value in values.items() if value is None}}

    def counselled(self, person_id, on, **values):
        """A counselling session. Returns its record."""
        from resource_centre.services.counselling import record_session

        values = {"service_type": "CNS_REINT", **values}
        return record_session(self.session, person_id=person_id, values=values, on=day(on))

    def helped(self, person_id, on, service="INF_RIGHTS"):
        """A service other than counselling. Returns its record."""
        from resource_centre.services.contacts import record_service

        return record_service(self.session, person_id=person_id, values={"service_type": service}, on=day(on))

    def visited(self, on, person_id=None, services=(), **values):
        """Somebody at the front desk, perhaps without a name."""
        from resource_centre.services.contacts import record_contact

        values = {"channel": "walk_in", **values}
        return record_contact(self.session, values=values, services=services, person_id=person_id, on=day(on))

    def trained(self, on, *participants, **event):
        """A training with its sheet. Returns the event's record."""
        from resource_centre.services.training import record_training

        event = {"training_type": "kelas", "starts_on": day(on), "village_code": HERE, **event}
        return record_training(self.session, event=event, participants=participants)

    def voids(self, record, reason="written twice"):
        """A record is marked as not valid."""
        from resource_centre.services.voiding import void_record

        void_record(self.session, type(record), record.id, reason=reason)

    def voids_person(self, person_id):
        """A person is marked as not valid."""
        from resource_centre.records import Person

        self.voids(self.session.get(Person, person_id))

    def month(self, month="2026-10"):
        """The figures of a month, as far as this session's account may see."""
        from reports.monthly.figures import monthly_figures

        return monthly_figures(self.session, month)

    def served(self, month="2026-10"):
        """How many people were served in a month."""
        return self.month(month).indicator("persons_served").month.total


class CaseStory:
    """A deported woman from the front desk to a plan, a referral and a complaint: ids of everything, her session."""

    TOP_TIER = "dipaksa dan dipukul majikan"
    NOTE = "takut pada suaminya"
    SAFE = "+628123450009"

    def __init__(self, session):
        self.session = session
        self.desk = Desk(session)
        self._comes_home()
        self._plans()
        self._is_referred()
        self._complains()
        self._counts_money()
        session.flush()

    @classmethod
    def of(cls, session, ids):
        """The story in a copy of the centre it was told at."""
        story = cls.__new__(cls)
        story.session, story.desk = session, Desk(session)
        vars(story).update(ids)
        return story

    def _comes_home(self):
        from resource_centre.records import Debt, HouseholdMember, Skill
        from resource_centre.services.cases import open_case
        from resource_centre.services.consents import record_consent
        from resource_centre.services.entries import add_entry
        from resource_centre.services.protection import note_concern

        self.person = self.desk.person(
            "Baiq Nurhayati", birth_date="1988-05", birth_place="Selong", registered="2026-10-20",
            stay=("MYS", "2026-10-12", "DEPORTASI"), preferred_language="id", client_type="returnee",
            safe_phone=self.SAFE, safe_answerer="adik", may_leave_message=False, marital_status="cerai_hidup",
        )  # fmt: skip
        for purpose, decision in (("layanan", "diberikan"), ("kontak_ulang", "diberikan"), ("foto_cerita", "ditolak")):
            said = {"purpose": purpose, "decision": decision, "mode": "tertulis", "decided_on": day("2026-10-20")}
            record_consent(self.session, person_id=self.person, values=said)
        add_entry(self.session, HouseholdMember, self.person, {"relation": "anak", "name": "Lale", "age": 7})
        add_entry(self.session, Debt, self.person, {"lender": "rentenir", "outstanding": 4_500_000, "pressed": True})
        add_entry(self.session, Skill, self.person, {"skill": "menjahit"}, {"level": "not_asked"})
        note_concern(self.session, self.person, "TPPO", account=self.TOP_TIER, on=day("2026-10-21"))
        summary = {"summary": "Dideportasi bersama anak, ingin membuka jahitan.", "priority": "mendesak"}
        self.case = open_case(self.session, person_id=self.person, values=summary, on=day("2026-10-20")).id

    def _plans(self):
        from resource_centre.records import PlanAction, PlanGoal, PlanNeed
        from resource_centre.services.plans import activate_plan, add_part, begin_plan

        self.plan = begin_plan(self.session, self.case, {"own_goal": "Punya usaha jahit"}, on=day("2026-11-01")).id
        for record, values in (
            (PlanNeed, {"dimension": "ekonomi", "need": _need("ekonomi")}),
            (PlanGoal, {"dimension": "ekonomi", "goal": "Usaha jahit berjalan"}),
            (PlanGoal, {"dimension": "sosial", "goal": "Anak masuk sekolah", "state": "tercapai"}),
            (PlanAction, {"dimension": "ekonomi", "action": "Beli mesin jahit", "cost": 3_500_000, "responsible": "Lia",
                          "due_on": day("2026-12-01")}),
            (PlanAction, {"dimension": "sosial", "action": "Urus akta lahir anak", "cost": 50_000}),
        ):  # fmt: skip
            add_part(self.session, record, self.plan, values)
        activate_plan(self.session, self.plan, on=day("2026-11-02"))
        self.desk.counselled(self.person, "2026-11-03", agreed="Kirim foto jahitan", topics=None)

    def _counts_money(self):
        from resource_centre.records import Debt
        from resource_centre.services.budgets import save_budget
        from resource_centre.services.debt_plans import make_debt_plan
        from resource_centre.services.entries import add_entry
        from resource_centre.services.remittance_plans import agree_remittance
        from resource_centre.services.savings import put_aside, set_goal

        goal = {"name": "Mesin obras", "category": "usaha", "target": 4_000_000, "begun_on": day("2026-10-25"),
                "target_on": day("2027-10-25")}  # fmt: skip
        self.goal = set_goal(self.session, self.person, goal).id
        put_aside(self.session, self.goal, {"amount": 400_000, "saved_on": day("2026-11-03"), "note": self.NOTE})
        lines = [{"kind": "gaji", "amount": 2_000_000}, {"kind": "makan", "amount": 1_200_000},
                 {"kind": "cicilan", "amount": 700_000}]  # fmt: skip
        self.budget = save_budget(self.session, self.person, {"month": "2026-10"}, lines).id
        owed = {"lender": "toko", "outstanding": 900_000, "interest": 2, "instalment": 100_000}
        add_entry(self.session, Debt, self.person, owed)
        self.debt_plan = make_debt_plan(self.session, self.person, {"monthly": 200_000}).id
        sent = {"currency": "MYR", "amount": 500, "fee": 10, "rate": 3500, "market_rate": 3600,
                "rate_on": day("2026-11-01"), "agreed_on": day("2026-11-01")}  # fmt: skip
        uses = [{"use": "makan", "percent": 60}, {"use": "sekolah", "percent": 40}]
        self.remittance = agree_remittance(self.session, self.person, sent, uses).id

    def _is_referred(self):
        from resource_centre.services.providers import add_provider
        from resource_centre.services.referrals import agree, record_referral, send

        provider = {"name": "Dinas Sosial Uji", "provider_type": "dinsos", "phone": "+62376123456",
                    "address": "Jalan Contoh 1", "hours": "08.00-14.00", "conditions": "KTP dan KK"}  # fmt: skip
        self.provider = add_provider(self.session, provider).id
        letter = {
            "provider_id": self.provider,
            "services": _first("referral_service"),
            "reason": "Anak perlu perlengkapan",
            "urgency": "mendesak",
            "as_code": True,
            "shared": ["kode_kasus", "jenis_kelamin", "alasan"],
        }
        self.referral = record_referral(self.session, person_id=self.person, values=letter, on=day("2026-11-04")).id
        agree(
            self.session, self.referral, {"decision": "diberikan", "mode": "tertulis", "decided_on": day("2026-11-04")}
        )
        send(self.session, self.referral, on=day("2026-11-05"))

    def _complains(self):
        from resource_centre.services.assistance import record_assistance
        from resource_centre.services.complaints import open_complaint
        from resource_centre.services.contributions import record_contribution

        wages = {"complaint_type": "GAJI_TDK_DIBAYAR", "currency": "MYR", "claimed": 7200, "account": self.NOTE}
        self.complaint = open_complaint(self.session, person_id=self.person, values=wages, on=day("2026-11-06")).id
        kit = {"kind": "alat_usaha", "amount": 3_500_000, "form": "barang"}
        given = record_assistance(self.session, person_id=self.person, values=kit, on=day("2026-11-10"))
        added = {"source": "diaspora", "amount": 1_000_000, "given_on": day("2026-11-10")}
        record_contribution(self.session, values=added, assistance_id=given.id)


def _first(name):
    from resource_centre.vocabulary import vocabulary

    return [*vocabulary(name).codes[:1]]


def _need(dimension):
    from resource_centre.vocabulary import vocabulary

    return next(term.code for term in vocabulary("need") if term.group == dimension)


def day(text):
    """2026-10-31 as a date."""
    return dt.date.fromisoformat(text)


@pytest.fixture
def desk(session):
    """The coordinator's own desk at a new centre."""
    return Desk(session)


@pytest.fixture(scope="session")
def desk_of():
    """A desk of a session of somebody else, or at another centre."""
    return Desk


@pytest.fixture(scope="session")
def told_story(prepare, on_friday):
    """A closed centre in which a woman's whole way is written, and the ids of everything in it; copy it."""
    with on_friday():
        folder, story = prepare(CaseStory)
    ids = {name: value for name, value in vars(story).items() if isinstance(value, str)}
    return folder, ids


@pytest.fixture
def centre_folder(request, master_centre, tmp_path):
    """A centre's folder of this test's own, closed; a test with a story finds it written in it."""
    source = request.getfixturevalue("told_story")[0] if "story" in request.fixturenames else master_centre
    return shutil.copytree(source, tmp_path / "centre")


@pytest.fixture
def story(told_story, session):
    """A woman's whole way through the centre."""
    return CaseStory.of(session, told_story[1])


@pytest.fixture(scope="session")
def report_by_hand():
    """A small report of two tables, made without a centre: of a place and its villages, and of every unit there is."""
    from dataclasses import replace

    from reports.tables.model import (
        BLANK,
        Cell,
        Chart,
        ChartSeries,
        Column,
        Facts,
        Report,
        Row,
        Section,
        Table,
        figure,
        total,
    )

    sexes = {"L": "Men", "P": "Women", "unknown": "Not known", "total": "Total"}
    groups = {"month": "October 2026", "year": "2026 so far"}

    def of_place(code, name, men, women, **about):
        counts = [(men * factor, women * factor, factor - 1) for factor in (1, 2)]
        cells = [figure(value, "people") for one in counts for value in (*one, sum(one))]
        return Row(code, (name,), tuple(cells), **about)

    columns = tuple(
        Column(f"{period}.{sex}", sexes[sex], groups[period], strong=sex == "total")
        for period in groups
        for sex in sexes
    )
    lines = (
        of_place("52.03", "Lombok Timur", 40, 60),
        of_place("52.03.01", "Keruak", 30, 50, indent=1),
        of_place("52.03.01.2001", "Sepit", 2, 18, indent=2),
        of_place("unknown", "Not known", 0, 1, kind="quiet"),
        of_place("total", "Total", 40, 61, kind="total"),
    )
    sums = [
        total(f"R4/{row.key}/{period}.total", [f"R4/{row.key}/{period}.{sex}" for sex in ("L", "P", "unknown")])
        for row in lines
        for period in groups
    ]
    places = Table("R4", "People served by place", ("Place",), columns, lines, tuple(sums), terms=("served",))
    measures = ("made", "rate", "days", "money", "change", "mean", "hours")
    units = Table(
        "R18",
        "Referrals",
        ("Kind", "Receiver"),
        tuple(Column(name, name.title()) for name in measures),
        (
            Row("health", ("Health", ""), (BLANK,) * 7, kind="section"),
            Row(
                "clinic",
                ("Clinic", "Sakra"),
                (
                    figure(12),
                    figure(125 / 3, "percent", decimals=1, of=("R18/clinic/made",)),
                    figure(3.5, "days", decimals=1),
                    figure(12_500_000, "money"),
                    figure(-4.25, "points", decimals=1),
                    figure(3.456, "mean", decimals=2, pairs=17),
                    figure(6.0, "hours", decimals=1),
                ),
                indent=1,
            ),
            Row("other", ("Other", ""), (figure(0), *(Cell(None, "percent") for _ in measures[1:]))),
        ),
        notes=("Sent in this month.",),
    )
    chart = Chart("trend", "Month by month", ("Aug", "Sep", "Oct"), (ChartSeries("Served", (4, None, 7)),))
    facts = Facts(
        "Monthly report",
        "October 2026",
        "2026-10-01",
        "2026-10-31",
        "Pusat Layanan Uji",
        "en",
        periods=(("month", "2026-10-01", "2026-10-31"), ("year", "2026-01-01", "2026-10-31")),
        cut_off="2026-11-03T09:15:00",
        version="0.1.0",
        foot=("Everything was checked.",),
        key_figures=(("101", "People served", "202 this year"),),
        definitions=(("served", "Person served", "Somebody who had a service."),),
    )
    whole = Report(
        facts,
        (
            Section("R4", "People served by place", (places,), charts=(chart,)),
            Section("R18", "Referrals", (units,), notes=("A note of the section.",)),
            Section("told", "What was achieved", texts=("A good month.",)),
        ),
        data={"month": "2026-10"},
    )

    def make(*, words=None, rows=0, **facts_changed):
        """The report; `words` stand in every place for words, `rows` are villages more."""
        found = whole
        if words is not None:
            row = Row("odd", (words,), lines[0].cells)
            table = replace(places, key="R4.odd", title=words, rows=(row,), notes=(words,), sums=())
            told = Section("odd", words, (table,), texts=(words,), notes=(words,))
            named = {"title": words, "centre_name": words, "scope_words": words, "marks": (words,), "foot": (words,)}
            found = replace(
                found, facts=replace(facts, **named), sections=(told, Section("text", words, texts=(words,)))
            )
        if rows:
            more = replace(places, rows=tuple(replace(lines[2], key=f"52.03.01.{n:05}") for n in range(rows)), sums=())
            found = replace(found, sections=(Section("R4", "Many", (more,)),))
        return replace(found, facts=replace(found.facts, **facts_changed))

    return make


VILLAGES = ("52.03.01.2001", "52.03.02.2001", "52.01.07.2006", None)
BORN = ("1984-05-17", "1990-10", "1966", None, "2008-10-15")
STAYS = (
    ("MYS", "2026-08-10", "PHK"), ("SAU", "2025", "KONTRAK_SELESAI"), ("TWN", "2026-09", "CUTI"), (None, None, "SAKIT"),
    None,
)  # fmt: skip


def _a_busy_year(desk):
    """Some of everything there is, in a pattern in which no two kinds of thing go in step."""
    from resource_centre.services.cases import close_case, open_case
    from resource_centre.services.follow_ups import mark_done, plan_follow_up
    from resource_centre.services.people import move_person, record_episode
    from resource_centre.vocabulary import vocabulary

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
        _case_work(desk, who, at, case)
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


def _case_work(desk, who, at, case):
    """A plan, a referral, a complaint, help and a flag for some of them."""
    from resource_centre.records import PlanGoal, VulnerabilityAssessment, VulnerabilityFlag
    from resource_centre.services.assistance import record_assistance
    from resource_centre.services.cases import reopen_case
    from resource_centre.services.complaints import open_complaint
    from resource_centre.services.contributions import record_contribution
    from resource_centre.services.entries import add_entry
    from resource_centre.services.plans import activate_plan, add_part, begin_plan
    from resource_centre.services.protection import note_concern
    from resource_centre.services.referrals import record_referral
    from resource_centre.services.saving import write_changes

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


@pytest.fixture(scope="session")
def a_busy_year():
    """Writes a year at a desk in which there is some of everything."""
    return _a_busy_year
