# SPDX-License-Identifier: Apache-2.0
"""Table R1: the headline indicators, each for the month, the year so far and the project so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from reports.measures.quality import Share
from reports.measures.tables import Profile
from reports.monthly.cascade import Trainers
from reports.monthly.case_work import CaseWork
from reports.monthly.cases import CaseFlow
from reports.monthly.counts import PERIODS, BySex, Counted, percent_of
from reports.monthly.desk import FollowUps
from reports.monthly.household_savings import SavingsGoals
from reports.monthly.people import PeopleServed
from reports.monthly.referrals import together
from reports.monthly.returnees import Returnees
from reports.monthly.surveys import CHANGE, RSS, SATISFACTION, SATISFIED, Surveys
from reports.monthly.training import GainLine, Training
from resource_centre.services.kept_figures import QUALITY_INDEX

RUPIAH: Final = "IDR"
OF_TODAY: Final = QUALITY_INDEX
"""How good the data are is told as of the day on which a report is made, and of a month that was handed over as of
then. A number that was missing may be added later, and nothing that was reported has changed by it."""
SOMETIMES: Final = frozenset(
    {"trainers_certified", "trainers_active", "savings_goals_set", "savings_goals_reached", "saved_for_goals", CHANGE,
     SATISFIED}
)  # fmt: skip
"""Lines of what not every centre has. Any other that is missing was not counted yet by the program of then."""
Value = BySex | int | float | None


@dataclass(frozen=True)
class Indicator:
    """One line of R1. `unit` is people (with sex), count, hours, percent, points or score; None is nothing."""

    code: str
    unit: str
    month: Value
    year: Value
    project: Value

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        plain = {name: plain_value(getattr(self, name)) for name in PERIODS}
        return {"code": self.code, "unit": self.unit, **plain}


def plain_value(value: Value) -> Any:
    """A figure for JSON."""
    return value.as_dict() if isinstance(value, BySex) else value


@dataclass(frozen=True)
class Parts:
    """What the headline is read from."""

    people: PeopleServed
    contacts: Counted
    returnees: Returnees
    cases: CaseFlow
    follow_ups: FollowUps
    trainings: tuple[Training, Training, Training]
    trainers: Trainers
    sessions: tuple[int, int, int]
    """Counselling sessions held; one of a group has people of either sex, so they are not told by sex."""
    surveys: Surveys
    savings: SavingsGoals
    work: CaseWork
    profile: Profile


def headline(parts: Parts) -> tuple[Indicator, ...]:
    """R1, in the order of domain reference 5.3; indicators whose records this centre does not keep yet are left out."""
    people, cases, due = parts.people, parts.cases, parts.follow_ups
    on_time = (percent_of(done.total, all_.total) for done, all_ in zip(due.on_time, due.due, strict=True))
    return (
        Indicator("persons_served", "people", *people.served),
        Indicator("new_clients", "people", *people.new),
        Indicator("returning_clients", "people", *people.returning),
        Indicator("contacts", "people", *parts.contacts),
        Indicator("services", "people", *people.services),
        Indicator("returnees_registered", "people", *parts.returnees.registered),
        Indicator("family_members_served", "people", *people.family),
        Indicator("cases_opened", "people", *cases.opened),
        Indicator("cases_closed", "people", *cases.closed),
        Indicator("cases_open_at_end", "people", *cases.open_at_end),
        *_planned(parts),
        Indicator("counselling_sessions", "count", *parts.sessions),
        Indicator("persons_counselled", "people", *people.counselled),
        Indicator("follow_ups_due", "people", *due.due),
        Indicator("follow_ups_on_time", "percent", *on_time),
        *_with_others(parts),
        *_taught(parts.trainings),
        *_teaching(parts.trainers),
        *_saved(parts.savings),
        *_asked(parts.surveys),
        Indicator("villages_covered", "count", *people.villages),
        Indicator("data_quality", "percent", *parts.profile.quality.index),
    )


def _planned(parts: Parts) -> Iterator[Indicator]:
    """No. 8, 9 and 18: who was assessed, planned with, and what was achieved when the case was closed."""
    told, plans = parts.profile, parts.work.plans
    soon = zip(told.assessed_soon, told.returnees_registered, strict=True)
    in_time = zip(plans.in_time, plans.made, strict=True)
    yield Indicator("vulnerability_assessments", "people", *told.assessments)
    yield Indicator("assessed_in_time", "percent", *(percent_of(part.total, of.total) for part, of in soon))
    yield Indicator("plans_made", "people", *plans.made)
    yield Indicator("plans_in_time", "percent", *(percent_of(part.total, of.total) for part, of in in_time))
    yield Indicator("goals_achieved", "percent", *_percents(told.closed_goals))


def _with_others(parts: Parts) -> Iterator[Indicator]:
    """No. 12 and 13: referrals and complaints."""
    sent, complaints = together(parts.work.referrals), parts.work.complaints
    each = (sent.month, sent.year, sent.project)
    lodged, closed = (
        [sum(counts) for counts in zip((0, 0, 0), *(getattr(line, name) for line in complaints.lines), strict=True)]
        for name in ("new", "closed")
    )
    recovered = next((one.recovered for one in complaints.money if one.currency == RUPIAH), (0, 0, 0))
    yield Indicator("referrals_made", "count", *(one.made for one in each))
    yield Indicator("referrals_completed", "count", *(one.completed for one in each))
    yield Indicator("referrals_in_time", "percent", *_percents(parts.profile.cohorts[0].shares))
    yield Indicator("complaints_lodged", "count", *lodged)
    yield Indicator("complaints_closed", "count", *closed)
    yield Indicator("amount_recovered", "count", *recovered)


def _percents(shares: Iterable[Share]) -> Iterator[float | None]:
    return (one.percent for one in shares)


def _taught(trainings: tuple[Training, Training, Training]) -> tuple[Indicator, ...]:
    events, gains = [one.all_events for one in trainings], [one.all_gain for one in trainings]
    return (
        Indicator("training_events", "count", *(one.events for one in events)),
        Indicator("training_participants", "people", *(one.participants for one in events)),
        Indicator("contact_hours", "hours", *(one.contact_hours for one in events)),
        Indicator("mean_gain", "points", *(None if one.gain.few else one.mean_gain for one in gains)),
        Indicator("reached_pass_mark", "percent", *(_passed(one) for one in gains)),
    )


def _teaching(trainers: Trainers) -> Iterator[Indicator]:
    if trainers.known:
        yield Indicator("trainers_certified", "count", *trainers.certified)
        # All three periods end on the same day, and it is on that day that somebody is active or is not.
        yield Indicator("trainers_active", "count", *[trainers.cascade.all_levels.active] * 3)


def _passed(line: GainLine) -> float | None:
    """Of a few nothing is told: two of three would be two people."""
    return None if line.gain.few else percent_of(line.passed, line.pairs)


def _saved(savings: SavingsGoals) -> Iterator[Indicator]:
    if savings.known:
        yield Indicator("savings_goals_set", "count", *savings.set)
        yield Indicator("savings_goals_reached", "count", *savings.reached)
        yield Indicator("saved_for_goals", "count", *savings.saved.get("IDR", (0, 0, 0)))


def _asked(surveys: Surveys) -> Iterator[Indicator]:
    if surveys.of(RSS) is not None:
        yield Indicator(CHANGE, "score", *surveys.mean_change)
    if any(one.kind == SATISFACTION for one in surveys.found):
        yield Indicator(SATISFIED, "percent", *surveys.satisfied)
