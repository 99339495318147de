# SPDX-License-Identifier: Apache-2.0
"""Any small centre, any period, any place: the report and the catalogue say what one counts by hand in plain Python."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from dataclasses import dataclass, field
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.measures.catalogue import MEASURES
from reports.measures.counting import counted, periods_of
from reports.monthly.counts import UNKNOWN
from reports.monthly.figures import report_figures
from reports.monthly.periods import Period
from reports.monthly.scope import Scope
from resource_centre.records import (
    Address,
    Case,
    Contact,
    CounsellingSession,
    Participation,
    Person,
    Service,
    TrainingEvent,
    Transition,
)
from resource_centre.services.cases import CLOSED, REOPENED

EXAMPLES = int(os.environ.get("CENTRE_EXAMPLES", "15"))
BEGUN, ENDED = dt.date(2025, 1, 1), dt.date(2026, 12, 31)
VILLAGES = ("52.03.01.2001", "52.03.02.2001", "52.01.07.2006", None)
PLACES = (None, None, "52", "52.03", "52.03.01", "52.03.01.2001", "11")
SEXES = ("L", "P", None)
BORDERS = [dt.date.fromisoformat(day) for day in (
    "2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01", "2026-06-30", "2026-09-30", "2026-10-01", "2026-10-31",
    "2026-11-01",
)]  # fmt: skip
"""Days on which one period ends or another begins: where one is soonest counted wrongly."""
DAYS = st.sampled_from(BORDERS) | st.dates(BEGUN, ENDED)
SERVICES = ("INF_JOB", "INF_RIGHTS", "ADM_ID")
PEOPLE = st.tuples(
    st.sampled_from(SEXES), st.sampled_from(VILLAGES), st.sampled_from([None, "1990", "2012-03", "1961-05-17"]),
    st.sampled_from([None, "returnee", "family", "prospective"]),
)  # fmt: skip
DEEDS = st.tuples(st.sampled_from(["session", "missed", "service", "contact", "training"]), st.integers(0, 5), DAYS,
                  st.sampled_from(SERVICES))  # fmt: skip
CASES = st.tuples(st.integers(0, 5), DAYS, st.none() | st.integers(0, 400), st.none() | st.integers(0, 200))


@dataclass(frozen=True)
class Plan:
    """A centre in plain values: people, what happened to whom, and cases with days to their closing and reopening."""

    people: list = field(default_factory=list)
    deeds: list = field(default_factory=list)
    cases: list = field(default_factory=list)


PLANS = st.builds(
    Plan, st.lists(PEOPLE, min_size=1, max_size=6), st.lists(DEEDS, max_size=14), st.lists(CASES, max_size=6)
)
PERIODS = st.tuples(DAYS, DAYS).map(sorted).map(lambda days: Period(*days)) | st.sampled_from(
    [Period(dt.date(2026, 10, 1), dt.date(2026, 10, 31)), Period(dt.date(2026, 4, 1), dt.date(2026, 6, 30))]
)


class Written:
    """The plan as records, and beside them plain lists to count by hand."""

    def __init__(self, session, plan):
        self._to = session
        self.people = [self._person(at, *one) for at, one in enumerate(plan.people)]
        self.deeds = [(kind, self.people[who % len(self.people)], day, code) for kind, who, day, code in plan.deeds]
        for deed in self.deeds:
            self._write(*deed)
        self.cases = [self._case(self.people[who % len(self.people)], *rest) for who, *rest in plan.cases]
        session.flush()

    def _add(self, record):
        self._to.add(record)
        return record

    def _person(self, at, sex, village, born, client_type):
        about = {"full_name": f"Sari {at}", "sex": sex, "birth_date": born, "client_type": client_type}
        person = self._add(Person(registered_on=BEGUN, **about))
        if village:
            self._add(Address(person_id=person.id, kind="current", village_code=village))
        return Somebody(person.id, sex or UNKNOWN, village or UNKNOWN, born, client_type or UNKNOWN)

    def _write(self, kind, who, day, code):
        if kind in ("session", "missed"):
            came = "hadir" if kind == "session" else "tidak_hadir"
            self._add(CounsellingSession(person_id=who.id, held_on=day, service_type="CNS_REINT", attendance=came))
        elif kind == "service":
            self._add(Service(person_id=who.id, given_on=day, service_type=code))
        elif kind == "contact":
            self._add(Contact(person_id=who.id, held_on=day, channel="phone"))
        else:
            event = self._add(TrainingEvent(starts_on=day, training_type="kelas", village_code=VILLAGES[0]))
            self._add(Participation(event_id=event.id, person_id=who.id, days="H"))

    def _case(self, who, opened, closed_after, again_after):
        """A case; when it was closed and opened again only its steps tell of it."""
        closed = None if closed_after is None else opened + dt.timedelta(closed_after)
        again = None if closed is None or again_after is None else closed + dt.timedelta(again_after)
        case = self._add(Case(person_id=who.id, opened_on=opened, closed_on=None if again else closed))
        for after, day in ((CLOSED, closed), (REOPENED, again)) if again else ():
            step = {"about": "Case", "about_id": case.id, "person_id": who.id}
            self._add(Transition(after=after, moved_on=day, **step))
        return who, opened, closed, again


@dataclass(frozen=True)
class Somebody:
    id: str
    sex: str
    village: str
    born: str | None
    kind: str

    def lives_in(self, place):
        return place is None or self.village == place or self.village.startswith(f"{place}.")

    def band_on(self, day):
        """The age band on a day; a bare year counts as 1 July and a bare month as the 15th."""
        if self.born is None or str(day)[: len(self.born)] < self.born:
            return UNKNOWN
        born = dt.date.fromisoformat(self.born + {4: "-07-01", 7: "-15", 10: ""}[len(self.born)])
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        ladder = ((60, "60+"), (55, "55-59"), (45, "45-54"), (35, "35-44"), (25, "25-34"), (18, "18-24"), (12, "12-17"))
        return next((code for least, code in ladder if age >= least), "0-11")


class ByHand:
    """What one counts in the lists: of a place and a period."""

    def __init__(self, written, place, period):
        self._period = period
        self.deeds = [deed for deed in written.deeds if deed[1].lives_in(place)]
        self.inside = [deed for deed in self.deeds if period.first <= deed[2] <= period.last]
        self.cases = [case for case in written.cases if case[0].lives_in(place)]
        served = [deed for deed in self.deeds if deed[0] in ("session", "service", "training")]
        self.firsts = {}
        self.days = {}
        for _kind, who, day, _code in served:
            self.firsts[who] = min(day, self.firsts.get(who, day))
            if period.first <= day <= period.last:
                self.days[who] = min(day, self.days.get(who, day))
        self.new = {who for who in self.days if self.firsts[who] >= period.first}
        self.returning = self.days.keys() - self.new

    def deeds_of(self, kind):
        return [deed for deed in self.inside if deed[0] == kind]

    def flow(self):
        first, last = self._period.first, self._period.last

        def within(day):
            return day is not None and first <= day <= last

        def shut(case, day):
            """Whether it had been closed before the day and not been opened again before it."""
            _who, _opened, closed, again = case
            return closed is not None and closed < day and not (again is not None and again < day)

        after = last + dt.timedelta(1)
        return {
            "open_at_start": Counter(c[0].sex for c in self.cases if c[1] < first and not shut(c, first)),
            "opened": Counter(c[0].sex for c in self.cases if within(c[1])),
            "reopened": Counter(c[0].sex for c in self.cases if within(c[3])),
            "closed": Counter(c[0].sex for c in self.cases if within(c[2])),
            "open_at_end": Counter(c[0].sex for c in self.cases if c[1] < after and not shut(c, after)),
        }


def by_sex(counted_):
    """What was found, without noughts."""
    found = {"L": counted_.men, "P": counted_.women, UNKNOWN: counted_.unknown}
    return {sex: number for sex, number in found.items() if number}


def told(lines, period):
    """The lines of a table in a period, those with anybody."""
    return {line.code: by_sex(getattr(line, period)) for line in lines if getattr(line, period).total}


def grouped(people, key):
    found = {}
    for who in people:
        found.setdefault(key(who), Counter())[who.sex] += 1
    return found


@pytest.mark.models
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=PLANS, period=PERIODS, place=st.sampled_from(PLACES))
def test_the_report_says_what_one_counts_by_hand(session, plan, period, place):
    with session.begin_nested() as inside:
        written = Written(session, plan)
        figures = report_figures(session, period, place=place)
        assert all(check.holds for check in figures.checks)
        for name, column in periods_of(figures.span).items():
            compare(figures, ByHand(written, place, column), name)
        inside.rollback()
        session.expunge_all()


def compare(figures, hand, name):
    """Every figure of a column of the report."""

    def of(code):
        return by_sex(getattr(figures.indicator(code), name))

    assert of("persons_served") == Counter(who.sex for who in hand.days)
    assert of("new_clients") == Counter(who.sex for who in hand.new)
    assert of("returning_clients") == Counter(who.sex for who in hand.returning)
    assert of("family_members_served") == Counter(who.sex for who in hand.days if who.kind == "family")
    assert of("contacts") == Counter(deed[1].sex for deed in hand.deeds_of("contact"))
    assert of("services") == Counter(deed[1].sex for deed in hand.deeds_of("service"))
    assert of("persons_counselled") == Counter(who.sex for who in {deed[1] for deed in hand.deeds_of("session")})
    assert getattr(figures.indicator("counselling_sessions"), name) == len(hand.deeds_of("session"))
    assert getattr(figures.indicator("villages_covered"), name) == len({w.village for w in hand.days} - {UNKNOWN})
    ages = {line.band: by_sex(getattr(line.new, name)) for line in figures.ages if getattr(line.new, name).total}
    assert ages == grouped(hand.new, lambda who: who.band_on(hand.days[who]))
    villages = [line for line in figures.places if line.code == UNKNOWN or line.code.count(".") == len("012")]
    assert told(villages, name) == grouped(hand.days, lambda who: who.village)
    assert told(figures.client_types, name) == grouped(hand.days, lambda who: who.kind)
    flow = figures.case_work.flow
    assert {part: by_sex(getattr(getattr(flow, part), name)) for part in hand.flow()} == hand.flow()
    for line in figures.profile.services:
        given_ = [deed for deed in hand.deeds_of("service") if deed[3] == line.code]
        assert by_sex(getattr(line.services, name)) == Counter(deed[1].sex for deed in given_)
        assert by_sex(getattr(line.people, name)) == Counter(who.sex for who in {deed[1] for deed in given_})


@pytest.mark.models
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=PLANS, period=PERIODS, place=st.sampled_from(PLACES))
def test_the_catalogue_says_what_one_counts_by_hand(session, plan, period, place):
    with session.begin_nested() as inside:
        written = Written(session, plan)
        hand = ByHand(written, place, period)

        def lines(measure, *by):
            found = counted(session, MEASURES[measure], by, {"": period}, Scope(place))
            codes = [found.codes(one) for one in by]
            cells = {line: found.value("", *line) for line in product(*codes)}
            return {line: number for line, number in cells.items() if number}, found.value("")

        days, firsts = hand.days, hand.new
        assert lines("served", "sex", "village") == (Counter((w.sex, w.village) for w in days), len(days))
        assert lines("new", "age_band") == (Counter((w.band_on(days[w]),) for w in firsts), len(firsts))
        assert lines("returning", "client_type") == (Counter((w.kind,) for w in hand.returning), len(hand.returning))
        months = Counter((f"{day:%Y-%m}", who.sex) for _kind, who, day, _code in hand.deeds_of("missed"))
        assert lines("missed", "month", "sex") == (months, sum(months.values()))
        given_ = Counter((who, code) for _kind, who, _day, code in hand.deeds_of("service"))
        people = Counter((code,) for _who, code in given_)
        assert lines("people_by_service", "service_type") == (people, len({who for who, _code in given_}))
        for name, expected in hand.flow().items():
            assert lines(name, "sex") == ({(sex,): n for sex, n in expected.items()}, sum(expected.values())), name
        inside.rollback()
        session.expunge_all()
