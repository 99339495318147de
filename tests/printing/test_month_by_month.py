# SPDX-License-Identifier: Apache-2.0
"""The dashboard's thirteen months are those of the reports: of any centre, every month has the report's own figures."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from reports.monthly.figures import monthly_figures
from reports.monthly.month_by_month import (
    open_cases_by_month,
    people_by_month,
    returnees_by_month,
    sessions_by_month,
    thirteen_months,
)
from reports.monthly.scope import Scope
from resource_centre.access import COLLECTOR, Viewer
from resource_centre.records import Case, new_id
from resource_centre.services.cases import close_case, open_case, reopen_case
from resource_centre.services.counselling import record_group_session

FIRST, LAST = dt.date(2025, 8, 1), dt.date(2026, 11, 20)
KINDS = ("KONTRAK_SELESAI", "CUTI", "DEPORTASI", None)
VILLAGES = ("52.03.01.2001", "52.03.02.2001", None)


def some_day(chance, after=FIRST):
    return after + dt.timedelta(days=chance.randrange((LAST - after).days + 1))


@pytest.fixture(scope="module", params=[3, 11])
def busy_centre(request, make_either_centre, desk_of, on_friday):
    """Two dozen people to whom everything happens at random; some of it is not valid. Nothing is written to it."""
    with on_friday(), make_either_centre("sqlite") as centre:
        with centre.change() as session:
            _happens(random.Random(request.param), desk_of(session))
        yield centre


@pytest.fixture
def busy(busy_centre):
    """A session that looks at the busy centre."""
    with busy_centre.session() as session:
        yield session


def _happens(chance, desk):
    people = [_somebody(chance, desk, at) for at in range(24)]
    for _turn in range(60):
        who, on = chance.choice(people), some_day(chance).isoformat()
        act = chance.choice(("session", "session", "missed", "group", "service", "training", "voided"))
        if act == "session":
            desk.counselled(who, on)
        elif act == "missed":
            desk.counselled(who, on, attendance="tidak_hadir")
        elif act == "group":
            kind = {"service_type": chance.choice(("CNS_PSY_GRP", "CNS_REINT"))}
            record_group_session(desk.session, chance.sample(people, 3), kind, on=dt.date.fromisoformat(on))
        elif act == "service":
            desk.helped(who, on)
        elif act == "training":
            desk.trained(
                on, *({"person_id": one, "name": "Siti", "sex": "P", "days": "H"} for one in chance.sample(people, 2))
            )
        else:
            desk.voids(desk.counselled(who, on))
    for who in chance.sample(people, 12):
        _case(chance, desk, who)
    desk.voids_person(people[-1])
    desk.session.flush()


def _somebody(chance, desk, at):
    kind = chance.choice(KINDS)
    stay = ("MYS", "2025-07", kind) if kind else None
    about = {"sex": chance.choice(("L", "P", None)), "village": chance.choice(VILLAGES), "stay": stay}
    return desk.person(f"Orang {at}", registered=some_day(chance).isoformat(), **about)


def _case(chance, desk, who):
    opened = some_day(chance)
    case_id = open_case(desk.session, person_id=who, on=opened).id
    if chance.random() < 0.7:
        closed = some_day(chance, opened)
        close_case(desk.session, case_id=case_id, reason="PINDAH", on=closed)
        if chance.random() < 0.6:
            reopen_case(desk.session, case_id, reason="pulang lagi", on=some_day(chance, closed))


def some_months():
    """The first, the last and two between: a report takes its time."""
    return [thirteen_months(LAST)[at] for at in (0, 5, 11, 12)]


def months_of(session, place=None):
    """Some months' five figures, as the dashboard counts them with all thirteen."""
    months, scope = thirteen_months(LAST), Scope(place)
    people = {one.month: one for one in people_by_month(session, months, scope)}
    sessions = sessions_by_month(session, months, scope)
    cases, home = open_cases_by_month(session, months, scope), returnees_by_month(session, months, scope)
    return {
        month.month: (people[month.month].new, people[month.month].returning, sessions[month.month],
                      cases[month.month], home[month.month])
        for month in some_months()
    }  # fmt: skip


def reported_months(session, place=None):
    """The same from the report of every month."""
    found = {}
    for month in some_months():
        figures = monthly_figures(session, month.month, place=place)
        people = [figures.indicator(code).month for code in ("new_clients", "returning_clients")]
        rest = [figures.indicator(code).month for code in ("cases_open_at_end", "returnees_registered")]
        found[month.month] = (*people, figures.indicator("counselling_sessions").month, *(one.total for one in rest))
    return found


def test_every_month_has_the_figures_of_its_report(busy):
    assert months_of(busy) == reported_months(busy)


def test_the_month_so_far_is_that_of_its_report(busy):
    from resource_centre.services.home import month_so_far

    figures, so_far = monthly_figures(busy, "2026-09"), month_so_far(busy, on=dt.date(2026, 9, 20))
    reported = [figures.indicator(code).month for code in ("persons_served", "counselling_sessions", "training_events")]
    assert [so_far.served, so_far.sessions, so_far.events] == [reported[0].total, *reported[1:]]
    assert so_far.served > 0


def test_so_has_every_place(busy):
    assert months_of(busy, "52.03.01") == reported_months(busy, "52.03.01")


def test_a_collector_has_those_of_the_villages(busy_centre, busy):
    with busy_centre.session() as session:
        session.info["viewer"] = Viewer(new_id(), COLLECTOR, frozenset({"52.03.02.2001"}))
        theirs = months_of(session)
        assert theirs == reported_months(session)
    assert theirs != months_of(busy)


def test_the_thirteen_months_end_with_this_one():
    months = thirteen_months(LAST)
    assert [months[0].month, months[-1].month, len(months)] == ["2025-11", "2026-11", 13]


def test_an_empty_centre_has_nought(desk):
    assert set(months_of(desk.session).values()) == {months_of(desk.session)["2026-11"]}
    assert months_of(desk.session)["2026-11"][2:] == (0, 0, 0)


def test_a_case_without_a_first_day_is_no_case_of_a_month(desk):
    who = desk.person()
    desk.session.add(Case(person_id=who, number="K-1"))
    desk.session.flush()
    assert months_of(desk.session)["2026-11"][3] == reported_months(desk.session)["2026-11"][3]
