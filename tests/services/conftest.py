"""A morning at the front desk: one day that is today for every test, and people to register."""

from __future__ import annotations

import datetime as dt

import pytest

TODAY = dt.date(2026, 11, 20)
MODULES_WITH_A_CALENDAR = (
    "accounts", "assistance", "attachments", "cases", "certificates", "closing", "complaints", "consents", "contacts",
    "contributions", "counselling", "counselling_courses", "entries", "follow_up_attempts",
    "follow_up_schedule", "follow_ups", "intake", "intake_completeness", "intake_parts", "people", "plans",
    "protection", "providers", "referrals", "screening", "training", "supervision", "transitions",
    "event_changes", "event_list", "month_reports", "trainers", "event_trainers", "cascade", "participants",
    "month_narratives", "indicator_targets", "publications", "advice", "class_tests", "event_follow_ups",
    "vulnerability", "savings", "budgets", "debt_plans", "remittance_plans", "group_ending",
    "curricula", "curriculum_modules", "practices", "commitments", "partners", "partner_contributions", "dialogues",
    "projects", "logframe", "indicator_editions", "paper_copies",
    "person_links", "merging",
)  # fmt: skip


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Friday the 20th of November 2026, wherever the day is asked for."""
    for module in MODULES_WITH_A_CALENDAR:
        monkeypatch.setattr(f"resource_centre.services.{module}.today", lambda: TODAY)
    return TODAY


@pytest.fixture
def register(session):
    """Registers somebody in a village, with numbers if given; returns the person's id."""
    from resource_centre.services.intake import register_intake

    def registered(name="Siti Aminah", *, sex="P", village="52.03.01.2001", open_session=None, **more):
        numbers = [{"kind": kind, "value": more.pop(kind)} for kind in ("nik", "passport", "phone") if kind in more]
        person = {"full_name": name, "sex": sex, **more}
        home = {"village_code": village} if village else None
        saved = register_intake(open_session or session, person=person, identifiers=numbers, address=home)
        return saved.person_id

    return registered


@pytest.fixture
def role():
    """From now on the session is that of somebody of another role, who knows nothing of what it knew."""
    from dataclasses import replace

    def become(session, role):
        session.flush()
        session.expunge_all()
        session.info["viewer"] = replace(session.info["viewer"], role=role)
        return session

    return become


@pytest.fixture
def officer(role):
    """From now on the session is a protection officer's."""
    return lambda session: role(session, "protection_officer")


@pytest.fixture
def plans(session):
    """Runs something and returns how the database went about each of its questions."""
    import sqlalchemy as sa

    def run(work):
        asked = []

        def note(_connection, _cursor, statement, parameters, *_rest):
            asked.append((statement, parameters))

        engine = session.get_bind()
        sa.event.listen(engine, "before_cursor_execute", note)
        work()
        sa.event.remove(engine, "before_cursor_execute", note)
        return [
            [step[3] for step in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            for statement, parameters in asked
            if statement.startswith("SELECT")
        ]

    return run


@pytest.fixture
def read_through(plans):
    """Runs something and returns the tables that were read from end to end, and how many questions were asked."""

    def run(work):
        steps = plans(work)
        return {
            step for plan in steps for step in plan if step.startswith("SCAN") and "COVERING INDEX" not in step
        }, len(steps)

    return run
