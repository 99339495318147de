# SPDX-License-Identifier: Apache-2.0
"""What people agreed to and refused, one purpose at a time.

Whoever uses somebody's data for a purpose asks `may_use` first. A service is never one of these uses: nothing here
stands in the way of helping somebody who refuses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.records import Consent, Person
from resource_centre.services.consent_texts import consent_text
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new
from resource_centre.values.partial_date import age_on
from resource_centre.vocabulary import vocabulary

GIVEN: Final = "diberikan"
REFUSED: Final = "ditolak"

Standing = Literal["not_asked", "given", "refused", "withdrawn", "expired"]


@dataclass(frozen=True)
class ConsentState:
    """How things stand with one purpose on a day; `consent` is the decision that counts, None when nobody asked."""

    purpose: str
    standing: Standing
    consent: Consent | None = None


def record_consent(
    session: Session,
    *,
    person_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    on: dt.date | None = None,
) -> Consent:
    """Write down a decision on one purpose, as of today unless it says otherwise.

    Fills in the version and the language of the text read out and, by the purpose's ``expires_months``, until when it
    counts. Raises `Refused` when a child decides without a guardian, or a mode that needs a witness has none.
    """
    person = existing(session, Person, person_id)
    made = {name: value for name, value in canonical(Consent, values).items() if value is not None}
    complete = {"decided_on": on or today(), **made, "person_id": person_id}
    if complete.get("decision") == GIVEN:
        refuse_errors(_missing_guardian(person, complete))
        complete = _with_text(complete, person) | _with_expiry(complete)
    return write_new(session, Consent, complete, unanswered, on=today())


def withdraw_consent(
    session: Session,
    consent_id: str,
    *,
    why: str | None = None,
    on: dt.date | None = None,
    version: int | None = None,
) -> Consent:
    """Take a consent back; from that day on it no longer counts. Raises `Refused` for what was never given."""
    consent = existing(session, Consent, consent_id)
    if consent.decision != GIVEN or consent.withdrawn_on is not None:
        raise Refused("check", (Problem("withdrawn_on", "not_given"),))
    withdrawn = {"withdrawn_on": on or today(), "withdrawn_why": why}
    return write_changes(session, consent, withdrawn, on=today(), version=version)


def may_use(
    session: Session, person_id: str, purpose: str, on: dt.date | None = None, *, referral_id: str | None = None
) -> bool:
    """Whether a consent for a purpose counts on a day: given, not withdrawn, not expired.

    With a `referral_id`, what was said about that very referral counts before what was said in general.
    """
    return consent_for(session, person_id, purpose, on, referral_id=referral_id).standing == "given"


def consent_for(
    session: Session, person_id: str, purpose: str, on: dt.date | None = None, *, referral_id: str | None = None
) -> ConsentState:
    """How things stand with one purpose on a day; the latest decision counts."""
    day = on or today()
    said = _decisions(session, person_id, Consent.purpose == purpose)
    own = [one for one in said if referral_id and one.referral_id == referral_id]
    return _state(purpose, own or [one for one in said if one.referral_id is None], day)


def standings(session: Session, people: Iterable[str], purpose: str, on: dt.date | None = None) -> dict[str, Standing]:
    """How things stand with one purpose on a day for several people, by their id; one question for all of them."""
    day, wanted = on or today(), set(people)
    about = (Consent.purpose == purpose, Consent.referral_id.is_(None), Consent.voided.is_(False))
    newest_first = (Consent.decided_on.desc(), Consent.id.desc())
    found = session.scalars(select(Consent).where(Consent.person_id.in_(wanted), *about).order_by(*newest_first))
    said: dict[str, list[Consent]] = {person_id: [] for person_id in wanted}
    for one in found:
        said[one.person_id].append(one)
    return {person_id: _state(purpose, theirs, day).standing for person_id, theirs in said.items()}


def consent_states(session: Session, person_id: str, on: dt.date | None = None) -> list[ConsentState]:
    """How things stand with every purpose, in the order of the list of purposes."""
    day = on or today()
    said = _decisions(session, person_id, Consent.referral_id.is_(None))
    return [
        _state(code, [one for one in said if one.purpose == code], day) for code in vocabulary("consent_purpose").codes
    ]


def consents_of(session: Session, person_id: str) -> list[Consent]:
    """Every decision of a person, newest first."""
    return _decisions(session, person_id)


def needs_guardian(birth_date: str | None, on: dt.date) -> bool:
    """Whether somebody born then is a child on a day; an unknown date of birth makes nobody a child."""
    age = age_on(birth_date, on)
    return age is not None and age <= int(vocabulary("vulnerability_flag")["ANAK"].extra["max_age"])


def needs_witness(mode: str | None) -> bool:
    """Whether a consent given in this way counts only before a witness."""
    term = vocabulary("consent_mode").get(mode)
    return term is not None and term.extra.get("witness") == "yes"


def expiry(purpose: str, decided_on: dt.date) -> dt.date | None:
    """The last day on which a consent of that day counts; None for purposes without an end."""
    term = vocabulary("consent_purpose").get(purpose)
    months = int(term.extra.get("expires_months") or 0) if term else 0
    return _months_later(decided_on, months) if months else None


def _decisions(session: Session, person_id: str, *which: ColumnElement[bool]) -> list[Consent]:
    own = (Consent.person_id == person_id, Consent.voided.is_(False))
    newest_first = (Consent.decided_on.desc(), Consent.id.desc())
    return list(session.scalars(select(Consent).where(*own, *which).order_by(*newest_first)))


def _state(purpose: str, said: Iterable[Consent], day: dt.date) -> ConsentState:
    latest = next((one for one in said if one.decided_on is not None and one.decided_on <= day), None)
    if latest is None:
        return ConsentState(purpose, "not_asked")
    state = ConsentState(purpose, "given", latest)
    if latest.decision != GIVEN:
        return replace(state, standing="refused")
    if latest.withdrawn_on is not None and latest.withdrawn_on <= day:
        return replace(state, standing="withdrawn")
    if latest.expires_on is not None and latest.expires_on < day:
        return replace(state, standing="expired")
    return state


def _missing_guardian(person: Person, values: Mapping[str, Any]) -> Iterable[Problem]:
    decided_on = values["decided_on"]
    if isinstance(decided_on, dt.date) and not values.get("guardian") and needs_guardian(person.birth_date, decided_on):
        yield Problem("guardian", "guardian_needed")


def _with_text(values: Mapping[str, Any], person: Person) -> dict[str, Any]:
    text = consent_text(str(values.get("purpose")), values.get("language") or person.preferred_language)
    return {"text_version": text.version, "language": text.language, **values} if text else dict(values)


def _with_expiry(values: Mapping[str, Any]) -> dict[str, Any]:
    decided_on = values["decided_on"]
    if values.get("expires_on") or not isinstance(decided_on, dt.date):
        return {}
    return {"expires_on": expiry(str(values.get("purpose")), decided_on)}


def _months_later(day: dt.date, months: int) -> dt.date:
    from calendar import monthrange

    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
