# SPDX-License-Identifier: Apache-2.0
"""The catalogue: everything a centre can count (`MEASURES`), in the order and under the headings it is offered.

`counting.counted` counts a measure by any of its breakdowns (`Measure.by`, described in `breakdowns.BREAKDOWNS`);
`behind.records_of` lists its records. Definitions follow domain reference 5.2 and 5.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reports.measures import case_work, cases, desk, learning, people, returnees, savings
from reports.measures.breakdowns import PERSONAL, TIME
from reports.measures.model import Counts, Measure
from reports.tables.model import Topic, Unit
from resource_centre.i18n import N_

_DESK: Final = N_("Front desk and services")
_PEOPLE: Final = N_("People")
_CASES: Final = N_("Cases and plans")
_CARE: Final = N_("Counselling and follow-ups")
_OTHERS: Final = N_("Referrals, complaints and assistance")
_LEARNING: Final = N_("Training")
_SAVINGS: Final = N_("Savings")

_WHO: Final = (*PERSONAL, *TIME)
_STAY: Final = (
    "return_type", "country", "occupation_group", "occupation", "regularity", "placement_scheme", "stay_length",
    "time_since_return",
)  # fmt: skip
_EVENT: Final = (
    "training_type",
    "module",
    "target_group",
    "province",
    "regency",
    "district",
    "village",
    "month",
    "fund",
)
_LINE: Final = (*_WHO, "training_type", "module", "target_group", "fund")
_SESSION: Final = (*_WHO, "session_type", "session_mode", "service_type")
_SERVICE: Final = (*_WHO, "service_type", "rehab_form", "fund")
_COMPLAINT: Final = (*_WHO, "complaint_group")


def _of(
    group: str, code: str, label: str, source: Any, *by: str, counts: Counts = "rows", unit: Unit = "count",
    additive: bool = True, topic: Topic = "", at_end: bool = False,
) -> Measure:  # fmt: skip
    additive = additive and counts != "people" and not at_end
    return Measure(code, label, counts, unit, source, by, additive, topic, None, group, at_end)


def _share(group: str, code: str, label: str, part: str, whole: str, *by: str, topic: Topic = "") -> Measure:
    return Measure(code, label, "share", "percent", None, by, False, topic, (part, whole), group)


def _people(code: str, label: str, source: Any, *by: str, **told: Any) -> Measure:
    return _of(_PEOPLE, code, label, source, *by, counts="people", unit="people", **told)


def _catalogue() -> Iterator[Measure]:
    yield from _about_people()
    yield from _registered_people()
    yield from _at_the_desk()
    yield from _of_cases()
    yield from _of_care()
    yield from _with_others()
    yield from _of_learning()
    yield from _of_savings()


def _about_people() -> Iterator[Measure]:
    yield _people("served", N_("People served"), people.served, *_WHO)
    # Who is new in the months of a year is new in the year, once.
    yield Measure("new", N_("New people"), "people", "people", people.new, _WHO, additive=True, group=_PEOPLE)
    yield _people("returning", N_("Returning people"), people.returning, *_WHO)
    yield _people("family_served", N_("Family members served"), people.family_served, *_WHO)
    yield Measure(
        "returnees", N_("Returnees registered"), "people", "people", returnees.registered, (*_WHO, *_STAY),
        group=_PEOPLE,
    )  # fmt: skip
    yield Measure(
        "assessed_soon", N_("Returnees assessed in good time"), "people", "people", returnees.assessed_soon, _WHO,
        group=_PEOPLE,
    )  # fmt: skip
    yield _share(_PEOPLE, "assessed_soon_share", N_("Share of returnees assessed in good time"), "assessed_soon",
                 "returnees", *_WHO)  # fmt: skip
    yield _of(_PEOPLE, "assessments", N_("Vulnerability assessments"), returnees.assessments, *_WHO)
    yield _people("flagged", N_("People with a flag of vulnerability"), returnees.flagged, *_WHO, "flag",
                  topic="health")  # fmt: skip


def _at_the_desk() -> Iterator[Measure]:
    contact = (*_WHO, "channel", "visit_reason", "heard_from", "outcome")
    yield _of(_DESK, "contacts", N_("Contacts at the front desk"), desk.contacts, *contact, unit="people")
    yield _of(_DESK, "contact_minutes", N_("Minutes at the front desk"), desk.contacts, *contact, counts="sum",
              unit="minutes")  # fmt: skip
    yield _of(_DESK, "services", N_("Services given"), desk.services, *_SERVICE, unit="people")
    yield _of(_DESK, "people_by_service", N_("People who were given a service"), desk.services, *_SERVICE,
              counts="people", unit="people")  # fmt: skip


def _of_cases() -> Iterator[Measure]:
    by = (*_WHO, "fund")
    goals = (*by, "closure_reason")
    yield _of(_CASES, "open_at_start", N_("Cases open at the start"), cases.open_at_start, *by, unit="people",
              at_end=True)  # fmt: skip
    yield _of(_CASES, "opened", N_("Cases opened"), cases.opened, *by, unit="people")
    yield _of(_CASES, "reopened", N_("Cases opened again"), cases.reopened, *by, unit="people")
    yield _of(_CASES, "closed", N_("Cases closed"), cases.closed, *goals, unit="people")
    yield _of(_CASES, "open_at_end", N_("Cases open at the end"), cases.open_at_end, *by, unit="people", at_end=True)
    yield _of(_CASES, "plans", N_("First plans made"), case_work.plans_made, *by, unit="people")
    yield _of(_CASES, "plans_in_time", N_("First plans made in good time"), case_work.plans_in_time, *by, unit="people")
    yield _share(_CASES, "plans_in_time_share", N_("Share of plans made in good time"), "plans_in_time", "plans", *by)
    yield _of(_CASES, "plan_goals", N_("Goals in plans"), case_work.goals_planned, *_WHO, "dimension")
    yield _of(_CASES, "plan_goals_reached", N_("Goals of plans reached"), case_work.goals_reached, *_WHO, "dimension")
    yield _of(_CASES, "closed_goals", N_("Goals planned in closed cases"), cases.goals_planned, *goals, counts="sum")
    yield _of(_CASES, "closed_goals_reached", N_("Goals achieved in closed cases"), cases.goals_achieved, *goals,
              counts="sum")  # fmt: skip
    yield _share(_CASES, "goals_achieved_share", N_("Share of goals achieved in closed cases"), "closed_goals_reached",
                 "closed_goals", *goals)  # fmt: skip


def _of_care() -> Iterator[Measure]:
    due = (*_WHO, "interval")
    yield _of(_CARE, "sessions", N_("Counselling sessions held"), desk.sessions, "session_type", "session_mode",
              "service_type", *TIME)  # fmt: skip
    yield _of(_CARE, "attended", N_("Sessions attended, person by person"), desk.attended, *_SESSION)
    yield _of(_CARE, "counselled", N_("People counselled"), people.counselled, *_SESSION, counts="people",
              unit="people")  # fmt: skip
    yield _of(_CARE, "missed", N_("Appointments missed"), desk.missed, *_SESSION)
    yield _of(_CARE, "session_minutes", N_("Minutes of counselling"), desk.sessions, "session_type", "session_mode",
              *TIME, counts="sum", unit="minutes")  # fmt: skip
    yield _of(_CARE, "follow_ups_due", N_("Follow-ups due"), case_work.follow_ups_due, *due, unit="people")
    yield _of(_CARE, "follow_ups_on_time", N_("Follow-ups done on time"), case_work.follow_ups_on_time, *due,
              unit="people")  # fmt: skip
    yield _of(_CARE, "follow_ups_kept", N_("Follow-ups done on time by the end"), case_work.follow_ups_kept, *due)
    yield _of(_CARE, "follow_ups_late", N_("Follow-ups done later"), case_work.follow_ups_late, *due)
    yield _of(_CARE, "follow_ups_open", N_("Follow-ups not done"), case_work.follow_ups_open, *due)
    yield _of(_CARE, "follow_ups_lost", N_("Follow-ups in which nobody was reached"), case_work.follow_ups_lost, *due)
    yield _share(_CARE, "follow_ups_on_time_share", N_("Share of follow-ups done on time"), "follow_ups_on_time",
                 "follow_ups_due", *due)  # fmt: skip


def _with_others() -> Iterator[Measure]:
    by = (*_WHO, "provider_type")
    money = (*_COMPLAINT, "currency")
    given = (*_WHO, "assistance_kind", "currency", "fund")
    added = ("source", "currency", *TIME)
    referred = case_work
    yield _of(_OTHERS, "referrals", N_("Referrals sent"), referred.referrals_made, *by)
    yield _of(_OTHERS, "referrals_accepted", N_("Referrals accepted"), referred.referrals_accepted, *by)
    yield _of(_OTHERS, "referrals_completed", N_("Referrals completed"), referred.referrals_completed, *by)
    yield _of(_OTHERS, "referrals_refused", N_("Referrals refused"), referred.referrals_refused, *by)
    yield _of(_OTHERS, "referrals_waiting", N_("Referrals waiting"), referred.referrals_waiting, *by)
    yield _of(_OTHERS, "referrals_waiting_long", N_("Referrals waiting over 14 days"), referred.referrals_waiting_long,
              *by)  # fmt: skip
    yield from _cohorts(by)
    yield _of(_OTHERS, "complaints", N_("Complaints lodged"), referred.complaints_opened, *_COMPLAINT)
    yield _of(_OTHERS, "complaints_closed", N_("Complaints closed"), referred.complaints_closed, *_COMPLAINT)
    yield _of(_OTHERS, "complaints_open", N_("Complaints open at the end"), referred.complaints_open, *_COMPLAINT,
              at_end=True)  # fmt: skip
    yield _of(_OTHERS, "claimed", N_("Money claimed"), referred.claimed, *money, counts="sum", unit="money")
    yield _of(_OTHERS, "recovered", N_("Money recovered"), referred.recovered, *money, counts="sum", unit="money")
    yield _of(_OTHERS, "assistance", N_("Times something was given"), referred.assistance, *given)
    yield _of(_OTHERS, "assistance_amount", N_("Worth of what was given"), referred.assistance, *given, counts="sum",
              unit="money")  # fmt: skip
    yield _of(_OTHERS, "contributions", N_("Contributions of others"), referred.contributions, *added)
    yield _of(_OTHERS, "contributions_amount", N_("Worth of contributions"), referred.contributions, *added,
              counts="sum", unit="money")  # fmt: skip


def _cohorts(by: tuple[str, ...]) -> Iterator[Measure]:
    """Referrals so many days after they were sent; msgids name the days, which the rules may change."""
    words = (
        (N_("Referrals that are 30 days old"), N_("Of these completed in 30 days"),
         N_("Share of referrals completed in 30 days")),
        (N_("Referrals that are 60 days old"), N_("Of these completed in 60 days"),
         N_("Share of referrals completed in 60 days")),
        (N_("Referrals that are 90 days old"), N_("Of these completed in 90 days"),
         N_("Share of referrals completed in 90 days")),
    )  # fmt: skip
    for days, (old, done, share) in zip(case_work.cohort_days(), words, strict=True):
        code = f"cohort_{days}"
        yield _of(_OTHERS, code, old, case_work.cohort(days), *by)
        yield _of(_OTHERS, f"{code}_completed", done, case_work.cohort_completed(days), *by)
        yield _share(_OTHERS, f"{code}_share", share, f"{code}_completed", code, *by)


def _registered_people() -> Iterator[Measure]:
    """Of everybody registered, whose record has what is looked for (R24)."""
    yield Measure("registered", N_("People registered"), "people", "people", returnees.everybody, _WHO, group=_PEOPLE)
    for name, label, share in (
        ("nik", N_("People with a NIK"), N_("Share of people with a NIK")),
        ("nik_valid", N_("People with a valid NIK"), N_("Share of people with a valid NIK")),
        ("village", N_("People with a village"), N_("Share of people with a village")),
        ("consent", N_("People with a decision on consent"), N_("Share of people with a decision on consent")),
    ):
        source = returnees.everybody_with(name)
        yield Measure(f"people_{name}", label, "people", "people", source, _WHO, group=_PEOPLE)
        yield _share(_PEOPLE, f"people_{name}_share", share, f"people_{name}", "registered", *_WHO)


def _of_learning() -> Iterator[Measure]:
    yield _of(_LEARNING, "events", N_("Training events"), learning.events, *_EVENT)
    yield _of(_LEARNING, "event_hours", N_("Hours of training"), learning.event_hours, *_EVENT, counts="sum",
              unit="hours")  # fmt: skip
    yield _of(_LEARNING, "participants", N_("Participants in training"), learning.participants, *_LINE, unit="people")
    yield _of(_LEARNING, "people_trained", N_("Registered people who took part"), learning.people_trained, *_LINE,
              counts="people", unit="people")  # fmt: skip
    yield _of(_LEARNING, "contact_hours", N_("Hours of training times participants"), learning.contact_hours, *_LINE,
              counts="sum", unit="hours")  # fmt: skip
    yield _of(_LEARNING, "counted_only", N_("Counted without a name"), learning.counted_only, *_EVENT, counts="sum",
              unit="people")  # fmt: skip
    for code, label, source in (
        ("counted_men", N_("Men counted without a name"), learning.counted_men),
        ("counted_women", N_("Women counted without a name"), learning.counted_women),
        ("counted_others", N_("Counted without a name, sex not noted"), learning.counted_others),
    ):
        yield _of(_LEARNING, code, label, source, *_EVENT, counts="sum", unit="people")
    yield _of(_LEARNING, "young", N_("Young participants"), learning.young, *_LINE, unit="people")
    yield _of(_LEARNING, "with_disability", N_("Participants with a disability"), learning.with_disability, *_LINE,
              unit="people", topic="health")  # fmt: skip
    yield _of(_LEARNING, "reach", N_("Estimated reach"), learning.reach, *_EVENT, counts="sum")
    yield _of(_LEARNING, "certificates", N_("Certificates issued"), learning.certificates, *_LINE)
    yield _of(_LEARNING, "trainers_certified", N_("Trainers certified"), learning.trainers_certified, "trainer_level",
              *TIME)  # fmt: skip


def _of_savings() -> Iterator[Measure]:
    by = (*_WHO, "savings_category")
    yield _of(_SAVINGS, "savings_goals", N_("Savings goals set"), savings.goals_set, *by)
    yield _of(_SAVINGS, "savings_goals_reached", N_("Savings goals reached"), savings.goals_reached, *by)
    yield _of(_SAVINGS, "saved", N_("Put aside for goals"), savings.saved, *by, "currency", counts="sum", unit="money")


MEASURES: Final = {one.code: one for one in _catalogue()}
"""Every measure by its code."""
