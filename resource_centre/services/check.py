# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a record's values, said once for the form, the register importer and the save itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from resource_centre.places import gazetteer
from resource_centre.problems import Problem
from resource_centre.records import (
    Assistance,
    Base,
    Budget,
    Case,
    Complaint,
    Consent,
    Contribution,
    CounsellingCourse,
    CounsellingSession,
    Debt,
    DebtPlan,
    Document,
    HealthNeed,
    Identifier,
    MigrationEpisode,
    Participation,
    Person,
    Plan,
    PlanAction,
    Referral,
    RemittancePlan,
    SavingsEntry,
    SavingsGoal,
    TrainingEvent,
    VulnerabilityFlag,
    fields_of,
)
from resource_centre.services.diagnosis_words import check_diagnosis_words
from resource_centre.services.event_checks import check_event
from resource_centre.services.formats import problem_with
from resource_centre.services.health_words import check_health_words
from resource_centre.services.money_checks import (
    check_budget,
    check_debt_plan,
    check_goal,
    check_remittance,
    check_saved,
)
from resource_centre.services.plan_checks import check_action, check_plan
from resource_centre.services.referral_checks import check_complaint, check_money, check_referral
from resource_centre.values.nik import read_nik
from resource_centre.values.partial_date import earliest, latest, parse_partial
from resource_centre.values.passport import read_passport
from resource_centre.values.phone import read_phone
from resource_centre.vocabulary import vocabulary

Values = Mapping[str, Any]
CrossCheck = Callable[[Values, dt.date], Iterable[Problem]]

NIK_PROBLEMS: Final = {
    "nik_shape": "nik_length",
    "nik_regency_unknown": "nik_regency",
    "nik_district_unknown": "nik_regency",
    "nik_sex_differs": "nik_sex",
    "nik_born_differs": "nik_birth",
}
"""Where the reader of a NIK and the list of problems name the same thing differently."""

UNSURE: Final = frozenset({"nik_century"})
"""What a NIK leaves open without anything being wrong."""

HIGHEST_SCORE: Final = 100


def check_record(
    record: type[Base], values: Values, unanswered: Mapping[str, str] | None = None, *, on: dt.date
) -> tuple[Problem, ...]:
    """Everything wrong with these values (column name to canonical value) of a record, on a day taken as today.

    A required field may stay empty when `unanswered` gives a reason for it. Errors stand in the way of saving,
    warnings do not.
    """
    reasons = unanswered or {}
    known_reasons = vocabulary("unanswered")
    found = [Problem(name, "not_in_list") for name, reason in reasons.items() if reason not in known_reasons]
    for field in fields_of(record):
        value = values.get(field.name)
        if value in (None, "", []):
            if field.required and field.name not in reasons:
                found.append(Problem(field.name, "required"))
            continue
        code = problem_with(field, value, on)
        if code is not None:
            found.append(Problem(field.name, code))
    wrong = {problem.field for problem in found}
    sound = {name: value for name, value in values.items() if name not in wrong and value is not None}
    cross = CROSS_CHECKS.get(record)
    return (*found, *(cross(sound, on) if cross else ()), *check_health_words(record, sound))


def check_person(values: Values, identifiers: Iterable[Values] = (), *, on: dt.date) -> tuple[Problem, ...]:
    """Warnings where a person's NIK contradicts the sex or the date of birth given (domain reference 2.4).

    The problems carry the field ``sex`` or ``birth_date``. A NIK is never issued anew when a date is corrected, so
    a contradiction never stands in the way of saving.
    """
    found = {
        problem.code: problem
        for identifier in identifiers
        if identifier.get("kind") == "nik"
        for problem in check_identifier(identifier, values, on=on)
        if problem.code in ("nik_sex", "nik_birth")
    }
    named = {"nik_sex": "sex", "nik_birth": "birth_date"}
    return tuple(replace(problem, field=named[code]) for code, problem in found.items())


def check_identifier(values: Values, person: Values | None = None, *, on: dt.date) -> tuple[Problem, ...]:
    """What is wrong with one number (``kind`` and ``value``), compared with the person's own values when given."""
    kind, value = values.get("kind"), values.get("value")
    if not isinstance(value, str):
        return ()
    if kind == "nik":
        return tuple(_nik_problems(value, person or {}, on))
    if kind == "passport":
        read = read_passport(value)
        wrong, odd = bool(read.errors), bool(read.warnings)
        return (Problem("value", "passport_form", "error" if wrong else "warning"),) if wrong or odd else ()
    if kind == "phone" and not read_phone(value).e164:
        return (Problem("value", "phone_form"),)
    return ()


def check_stay(values: Values, person: Values) -> tuple[Problem, ...]:
    """Errors where a stay abroad ends or begins before the person was born."""
    born = person.get("birth_date")
    if not isinstance(born, str) or parse_partial(born) is None:
        return ()
    dates = {name: values.get(name) for name in ("departure_date", "return_date")}
    return tuple(
        Problem(name, "before_birth")
        for name, value in dates.items()
        if isinstance(value, str) and parse_partial(value) and latest(value) < earliest(born)
    )


def check_stays(values: Values, stays: Iterable[Values]) -> tuple[Problem, ...]:
    """An error on the date of birth of a person where one of their stays abroad would lie before it."""
    return (Problem("birth_date", "born_after_stay"),) if any(check_stay(stay, values) for stay in stays) else ()


def prefixed(part: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The same problems as those of a part of something larger: ``full_name`` becomes ``person.full_name``."""
    return tuple(replace(problem, field=f"{part}.{problem.field}") for problem in problems)


def _nik_problems(value: str, person: Values, on: dt.date) -> Iterable[Problem]:
    born = person.get("birth_date")
    born = born if isinstance(born, str) and parse_partial(born) else None
    # The unassigned province of invented people is accepted: no real number begins with it, and demonstrations need it.
    read = read_nik(value, today=on, born=born, sex=person.get("sex"), places=gazetteer(), demo=True)
    for code in dict.fromkeys(NIK_PROBLEMS.get(code, code) for code in read.errors):
        yield Problem("value", code)
    for code in dict.fromkeys(NIK_PROBLEMS.get(code, code) for code in read.warnings if code not in UNSURE):
        yield Problem("value", code, "warning")


def _check_identifier(values: Values, on: dt.date) -> Iterable[Problem]:
    return check_identifier(values, on=on)


def _check_episode(values: Values, _on: dt.date) -> Iterable[Problem]:
    left, back = values.get("departure_date"), values.get("return_date")
    if left and back and latest(back) < earliest(left):
        yield Problem("return_date", "return_before_departure")


def _check_debt(values: Values, _on: dt.date) -> Iterable[Problem]:
    borrowed, owed = values.get("principal"), values.get("outstanding")
    if borrowed is not None and owed is not None and owed > borrowed:
        yield Problem("outstanding", "more_than_borrowed", "warning")


def _check_document(values: Values, on: dt.date) -> Iterable[Problem]:
    issued, ends = values.get("issued_on"), values.get("expires_on")
    if issued and earliest(issued) > on:
        yield Problem("issued_on", "date_in_future")
    if issued and ends and latest(ends) < earliest(issued):
        yield Problem("expires_on", "ends_before_start")


def _check_health(values: Values, _on: dt.date) -> Iterable[Problem]:
    expected, told = values.get("pregnancy_due"), values.get("told_on")
    if expected and told and latest(expected) < told:
        yield Problem("pregnancy_due", "before_told", "warning")


def _check_person(values: Values, _on: dt.date) -> Iterable[Problem]:
    born, registered = values.get("birth_date"), values.get("registered_on")
    if born and registered and registered < earliest(born):
        yield Problem("registered_on", "before_birth")


def _check_case(values: Values, _on: dt.date) -> Iterable[Problem]:
    if values.get("closed_on") and values.get("opened_on") and values["closed_on"] < values["opened_on"]:
        yield Problem("closed_on", "ends_before_start")
    if values.get("closed_on") and not values.get("closure_reason"):
        yield Problem("closure_reason", "required")


def _check_session(values: Values, _on: dt.date) -> Iterable[Problem]:
    if values.get("next_on") and values.get("held_on") and values["next_on"] < values["held_on"]:
        yield Problem("next_on", "next_before_session")
    if values.get("risk") in ("sedang", "tinggi") and not values.get("risk_action"):
        yield Problem("risk_action", "risk_without_action")
    yield from check_diagnosis_words(values)


def _check_course(values: Values, _on: dt.date) -> Iterable[Problem]:
    if values.get("ended_on") and values.get("begun_on") and values["ended_on"] < values["begun_on"]:
        yield Problem("ended_on", "ends_before_start")
    if values.get("completed") is not None and not values.get("ended_on"):
        yield Problem("ended_on", "required")
    if values.get("completed") is False and not values.get("dropout_reason"):
        yield Problem("dropout_reason", "required")
    yield from check_diagnosis_words(values)


def _check_consent(values: Values, _on: dt.date) -> Iterable[Problem]:
    from resource_centre.services.consents import GIVEN, needs_witness

    for name in ("expires_on", "withdrawn_on"):
        if values.get(name) and values.get("decided_on") and values[name] < values["decided_on"]:
            yield Problem(name, "ends_before_start")
    if values.get("decision") == GIVEN and needs_witness(values.get("mode")) and not values.get("witness"):
        yield Problem("witness", "witness_needed")


def _check_flag(values: Values, _on: dt.date) -> Iterable[Problem]:
    term = vocabulary("vulnerability_flag").get(values.get("flag"))
    if term is not None and term.extra["top_tier"] == "yes":
        yield Problem("flag", "special_protection")
    if values.get("ends_on") and values.get("noted_on") and values["ends_on"] < values["noted_on"]:
        yield Problem("ends_on", "ends_before_start")


def _check_participation(values: Values, _on: dt.date) -> Iterable[Problem]:
    for name in ("pre_score", "post_score"):
        if values.get(name) is not None and values[name] > HIGHEST_SCORE:
            yield Problem(name, "out_of_range")
    if not values.get("person_id") and not values.get("name"):
        yield Problem("name", "required")


CROSS_CHECKS: Final[dict[type[Base], CrossCheck]] = {
    Person: _check_person,
    Identifier: _check_identifier,
    MigrationEpisode: _check_episode,
    Case: _check_case,
    CounsellingSession: _check_session,
    CounsellingCourse: _check_course,
    Consent: _check_consent,
    VulnerabilityFlag: _check_flag,
    Plan: check_plan,
    PlanAction: check_action,
    TrainingEvent: check_event,
    Participation: _check_participation,
    Debt: _check_debt,
    Document: _check_document,
    HealthNeed: _check_health,
    Referral: check_referral,
    Complaint: check_complaint,
    Assistance: check_money,
    Contribution: check_money,
    SavingsGoal: check_goal,
    SavingsEntry: check_saved,
    Budget: check_budget,
    DebtPlan: check_debt_plan,
    RemittancePlan: check_remittance,
}
