# SPDX-License-Identifier: Apache-2.0
"""Follow-ups, referrals, complaints, plans, and what was given (R14, R16, R18, R19)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from reports.measures.expressions import day_number, days_between, earliest_day, grouped
from reports.measures.making import of_people
from reports.measures.model import Asking, Facts
from reports.monthly.complaints import SPECIAL_GROUP
from reports.monthly.follow_up_lines import PROMISED as BY_NO_SCHEDULE
from reports.monthly.periods import Period, Span
from reports.monthly.referrals import LONG, REFUSED
from reports.statements import kept
from resource_centre.clock import today
from resource_centre.records import (
    Assistance,
    Case,
    Complaint,
    Contribution,
    FollowUp,
    MigrationEpisode,
    Person,
    Plan,
    PlanGoal,
    Provider,
    Referral,
)
from resource_centre.services.contributions import PROMISED
from resource_centre.services.follow_ups import NOT_MET
from resource_centre.services.plans import ACTIVE, COMPLETED, DRAFT, GIVEN_UP, REACHED
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary

_DAYS_OF_COHORTS = ("referral_days_short", "referral_days_middle", "referral_days_long")


def follow_ups_due(asking: Asking) -> Facts:
    """Follow-ups by the day they were due."""
    return _due(asking)


def follow_ups_on_time(asking: Asking) -> Facts:
    """Done by the day they were due or within the days of grace."""
    return _due(asking, _in_grace())


def follow_ups_kept(asking: Asking) -> Facts:
    """The same, by the period's last day."""
    return _due(asking, _in_grace(), FollowUp.done_on <= asking.period.last)


def follow_ups_late(asking: Asking) -> Facts:
    """Done by the period's last day, after the days of grace."""
    return _due(asking, sa.not_(_in_grace()), FollowUp.done_on <= asking.period.last)


def follow_ups_open(asking: Asking) -> Facts:
    """Not done by the period's last day."""
    return _due(asking, sa.or_(FollowUp.done_on.is_(None), FollowUp.done_on > asking.period.last))


def follow_ups_lost(asking: Asking) -> Facts:
    """Done by the period's last day without reaching anybody."""
    return _due(asking, FollowUp.done_on <= asking.period.last, FollowUp.result == NOT_MET)


def _in_grace() -> Any:
    done, due, grace = FollowUp.done_on, FollowUp.due_on, int(rule("follow_up_grace_days"))
    soon = days_between(due, done) <= grace
    return sa.and_(done.is_not(None), sa.or_(done <= due, sa.func.coalesce(soon, False)))


def _due(asking: Asking, *where: Any) -> Facts:
    record = FollowUp
    step = sa.func.coalesce(sa.func.nullif(record.interval, ""), BY_NO_SCHEDULE)
    return of_people(
        asking, record, record.due_on, asking.within(record.due_on), *where,
        word=("follow_up_interval", record.interval), of={"interval": step},
    )  # fmt: skip


def referrals_made(asking: Asking) -> Facts:
    """Referrals by the day they were sent."""
    return _sent(asking)


def referrals_accepted(asking: Asking) -> Facts:
    """Those received or served by the last day and not refused."""
    refused = sa.and_(_by(asking, Referral.ended_on), Referral.status == REFUSED)
    taken = sa.or_(_by(asking, Referral.received_on), _by(asking, Referral.served_on))
    return _sent(asking, taken, sa.not_(sa.func.coalesce(refused, False)))


def referrals_completed(asking: Asking) -> Facts:
    """Those served by the last day."""
    return _sent(asking, _by(asking, Referral.served_on))


def referrals_refused(asking: Asking) -> Facts:
    """Those refused by the last day."""
    return _sent(asking, _by(asking, Referral.ended_on), Referral.status == REFUSED)


def referrals_waiting(asking: Asking) -> Facts:
    """Those neither served nor ended by the last day."""
    return _sent(asking, *_pending(asking))


def referrals_waiting_long(asking: Asking) -> Facts:
    """Those of them sent more than fourteen days before it, or before today."""
    seen_on = min(asking.period.last, today())
    return _sent(asking, *_pending(asking), Referral.sent_on < seen_on - dt.timedelta(days=LONG))


def cohort(days: int) -> Any:
    """The source of referrals for which so many days have passed in the period: their number is final."""
    return lambda asking: _cohort(asking, days)


def cohort_completed(days: int) -> Any:
    """The source of those of them that were completed within these days."""

    return lambda asking: _cohort(asking, days, completed_within(days))


def completed_within(days: int) -> Any:
    """Whether a referral was completed so many days after it was sent, or before."""
    taken = days_between(Referral.sent_on, Referral.served_on) <= days
    return sa.or_(Referral.served_on <= Referral.sent_on, sa.func.coalesce(taken, False))


def sent_for_cohort(period: Period, days: int) -> Any:
    """Whether so many days had passed in the period since a referral was sent."""
    first, last = (day - dt.timedelta(days=days) for day in (period.first, period.last))
    return Referral.sent_on.between(first, last)


@kept
def cohorts(asking: Asking, span: Span) -> sa.Select[Any]:
    """All cohorts of the three periods of a report: of each number of days, how many were made and completed in each.

    The numbers of one day count stand together, those of a period in twos.
    """
    numbers = []
    for days in cohort_days():
        done = completed_within(days)
        for period in span:
            made = sent_for_cohort(period, days)
            numbers += [sa.func.count(sa.case((which, 1))) for which in (made, sa.and_(made, done))]
    return _referrals(asking).select(*(number.label(f"number_{at}") for at, number in enumerate(numbers)))


def cohort_days() -> tuple[int, int, int]:
    """After how many days a cohort of referrals is looked at."""
    short, middle, long = (int(rule(name)) for name in _DAYS_OF_COHORTS)
    return short, middle, long


def _cohort(asking: Asking, days: int, *where: Any) -> Facts:
    return _referrals(asking, sent_for_cohort(asking.period, days), *where)


def _sent(asking: Asking, *where: Any) -> Facts:
    return _referrals(asking, asking.within(Referral.sent_on), *where)


def _referrals(asking: Asking, *where: Any) -> Facts:
    record = Referral

    def select(*columns: Any) -> sa.Select[Any]:
        made = sa.select(*columns).select_from(record).join(Person, Person.id == record.person_id)
        made = made.outerjoin(Provider, Provider.id == record.provider_id)
        which = (*where, record.voided.is_(False), *asking.scope.of_person(), *asking.scope.of_work(record))
        return made.where(*which)

    return Facts(
        record, record.id, record.sent_on, select, person_id=record.person_id,
        word=("provider_type", Provider.provider_type), of={"provider_type": Provider.provider_type},
        lists={"referral_service": record.services}, seen=asking.seen,
    )  # fmt: skip


def _by(asking: Asking, day: Any) -> Any:
    return sa.func.coalesce(day <= asking.period.last, False)


def _pending(asking: Asking) -> tuple[Any, ...]:
    return tuple(sa.not_(_by(asking, day)) for day in (Referral.served_on, Referral.ended_on))


def complaints_opened(asking: Asking) -> Facts:
    """Complaints by the day they were opened."""
    return _complaints(asking, Complaint.opened_on, asking.within(Complaint.opened_on))


def complaints_closed(asking: Asking) -> Facts:
    """Complaints by the day they were closed."""
    return _complaints(asking, Complaint.closed_on, asking.within(Complaint.closed_on))


def complaints_open(asking: Asking) -> Facts:
    """Complaints that are open on the last day."""
    still = sa.or_(Complaint.closed_on.is_(None), Complaint.closed_on > asking.period.last)
    return _complaints(asking, Complaint.opened_on, still)


def claimed(asking: Asking) -> Facts:
    """What complaints opened in the period claim."""
    asked_for = asking.within(Complaint.opened_on)
    return _complaints(asking, Complaint.opened_on, asked_for, Complaint.claimed != 0, amount=Complaint.claimed)


def recovered(asking: Asking) -> Facts:
    """What was recovered in the period."""
    got = asking.within(Complaint.recovered_on)
    return _complaints(asking, Complaint.recovered_on, got, Complaint.recovered != 0, amount=Complaint.recovered)


def _complaints(asking: Asking, day: Any, *where: Any, amount: Any = None) -> Facts:
    record = Complaint
    kind = record.complaint_type
    special = [t.code for t in vocabulary("complaint_type") if t.extra.get("top_tier") == "yes"]
    special += [term.code for term in vocabulary("complaint_type") if term.group == SPECIAL_GROUP]
    group = sa.case((kind.in_(special), SPECIAL_GROUP), else_=grouped(kind, "complaint_type"))
    seen = () if asking.seen else (sa.func.coalesce(kind, "").not_in(special),)
    begun = sa.func.coalesce(record.opened_on, dt.date.max) <= asking.period.last
    return of_people(
        asking, record, day, *where, begun, *seen, amount=amount, word=("complaint_type", kind),
        of={"complaint_group": group, "currency": record.currency},
    )  # fmt: skip


def assistance(asking: Asking) -> Facts:
    """Times something was given, and what it was worth."""
    record = Assistance
    return of_people(
        asking, record, record.given_on, asking.within(record.given_on), amount=record.amount,
        word=("assistance_kind", record.kind),
        of={"assistance_kind": record.kind, "currency": sa.func.coalesce(record.currency, ""), "fund": record.fund},
    )  # fmt: skip


def contributions(asking: Asking) -> Facts:
    """What others added, other than promises; to one assistance, or for the centre."""
    record = Contribution
    not_promised = sa.or_(record.state.is_(None), record.state != PROMISED)

    def select(*columns: Any) -> sa.Select[Any]:
        made = sa.select(*columns).select_from(record).outerjoin(Person, Person.id == record.person_id)
        theirs = asking.scope.of_people(record.person_id) if asking.scope.place is not None else ()
        return made.where(
            asking.within(record.given_on),
            not_promised,
            record.voided.is_(False),
            *theirs,
            *asking.scope.of_work(record),
        )

    return Facts(
        record, record.id, record.given_on, select, person_id=record.person_id, amount=record.amount,
        word=("contribution_source", record.source),
        of={"source": record.source, "currency": sa.func.coalesce(record.currency, "")}, seen=asking.seen,
    )  # fmt: skip


def plans_made(asking: Asking) -> Facts:
    """The first plan of each case, by the day it was made."""
    return _plans(asking)


def plans_in_time(asking: Asking) -> Facts:
    """Those made within the days after the last return, or after the case was opened where no return is known."""
    returned = _last_returns(asking)
    since = sa.func.coalesce(returned.c.since, sa.cast(sa.func.coalesce(Case.opened_on, _FIRST.made_on), sa.String))
    return _plans(asking, day_number(_FIRST.made_on) <= day_number(since) + int(rule("plan_days")), returned=returned)


_FIRST: Final = aliased(Plan)
"""The first plan of a case."""


def _plans(asking: Asking, *where: Any, returned: Any = None) -> Facts:
    place = sa.func.row_number().over(partition_by=Plan.case_id, order_by=(Plan.made_on, Plan.id)).label("place")
    valid = (Plan.voided.is_(False), Plan.status != DRAFT)
    order = sa.select(Plan.id, place).where(*valid).subquery("plan_in_order")

    def select(*columns: Any) -> sa.Select[Any]:
        made = sa.select(*columns).select_from(_FIRST).join(order, order.c.id == _FIRST.id)
        made = made.join(Case, Case.id == _FIRST.case_id).join(Person, Person.id == _FIRST.person_id)
        if returned is not None:
            last = sa.and_(returned.c.person_id == _FIRST.person_id, returned.c.place == 1)
            made = made.outerjoin(returned, last)
        which = (order.c.place == 1, asking.within(_FIRST.made_on), Case.voided.is_(False), *where)
        return made.where(*which, *asking.scope.of_person(), *asking.scope.of_work(Case))

    return Facts(Plan, _FIRST.id, _FIRST.made_on, select, person_id=_FIRST.person_id, of={"fund": Case.fund},
                 seen=asking.seen)  # fmt: skip


def _last_returns(asking: Asking) -> Any:
    """Of everybody the known returns from the last one on, and the first day each may mean."""
    stay = MigrationEpisode
    since = earliest_day(stay.return_date)
    order = (day_number(stay.return_date).desc(), sa.func.length(stay.return_date))
    place = sa.func.row_number().over(partition_by=stay.person_id, order_by=order)
    known = (stay.voided.is_(False), since.is_not(None), since <= asking.period.last.isoformat())
    return sa.select(stay.person_id, since.label("since"), place.label("place")).where(*known).subquery("last_return")


def goals_planned(asking: Asking) -> Facts:
    """Goals of plans in force or completed, by the day the plan was made."""
    return _goals(asking, Plan.made_on, asking.within(Plan.made_on))


def goals_reached(asking: Asking) -> Facts:
    """Those reached, by that day."""
    return _goals(asking, PlanGoal.reached_on, asking.within(PlanGoal.reached_on), PlanGoal.state == REACHED)


def _goals(asking: Asking, day: Any, *where: Any) -> Facts:
    record = PlanGoal
    kept = sa.or_(record.state.is_(None), record.state != GIVEN_UP)

    def select(*columns: Any) -> sa.Select[Any]:
        made = sa.select(*columns).select_from(record).join(Plan, Plan.id == record.plan_id)
        made = made.join(Person, Person.id == record.person_id)
        valid = (record.voided.is_(False), Plan.voided.is_(False), Plan.status.in_((ACTIVE, COMPLETED)), kept)
        return made.where(*where, *valid, *asking.scope.of_person(), *asking.scope.of_work(PlanGoal))

    return Facts(
        record, record.id, day, select, person_id=record.person_id, word=("dimension", record.dimension),
        of={"dimension": record.dimension}, seen=asking.seen,
    )  # fmt: skip
