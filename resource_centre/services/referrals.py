# SPDX-License-Identifier: Apache-2.0
"""Referrals: written, agreed to by the client, sent, answered by the provider, and brought to an end.

What is on the letter is what the client agreed to: it changes no more once it is sent, and a change before that makes
the agreement to this one letter void. `referral_clock` has the hours, `referral_letter` what is printed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today, wall_ms
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Consent, Contact, Person, Provider, Referral
from resource_centre.records.base import defaults_of
from resource_centre.services import numbers
from resource_centre.services.cases import open_case_of
from resource_centre.services.consents import ConsentState, consent_for, may_use, record_consent
from resource_centre.services.referral_clock import (
    COMPLETED,
    DRAFT,
    EMERGENCY,
    ENDED,
    PENDING,
    RECEIVED,
    REFUSED,
    SENT,
    SERVED,
    UNSENT,
    WAITING,
    due_day,
)
from resource_centre.services.saving import Reasons, canonical, existing, write_changes, write_new
from resource_centre.services.transitions import begin, move
from resource_centre.values.names import plain
from resource_centre.values.text import tidy

PURPOSE: Final = "rujukan"
"""The purpose of consent that covers what a letter tells."""

LETTER: Final = frozenset(
    {
        "provider_id", "made_on", "urgency", "services", "reason", "already_provided", "special_needs", "as_code",
        "shared",
    }
)  # fmt: skip
"""What the client agrees to and the provider reads."""

BY_STEPS: Final = frozenset({"number", "status", "sent_on", "sent_ms", "due_on", "ended_on"})
"""What only the steps below write."""


def record_referral(
    session: Session,
    *,
    person_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    on: dt.date | None = None,
) -> Referral:
    """Write a referral down as a draft with a number of its own.

    `values` may hold ``case_id`` (the open case unless given, None for a person alone), ``provider_id``, ``need_id``
    and ``contact_id``. Raises `Refused` with the problems by field.
    """
    existing(session, Person, person_id)
    begins = {**defaults_of(Referral), "made_on": on or today()}
    complete = {**begins, **_given(_by_hand(values)), "person_id": person_id}
    if "case_id" not in values:
        case = open_case_of(session, person_id)
        complete["case_id"] = case.id if case else None
    _known_provider(session, complete.get("provider_id"))
    made = write_new(session, Referral, complete, unanswered, on=today(), series=numbers.REFERRAL)
    begin(session, made, on=made.made_on)
    if made.contact_id is not None:
        contact = existing(session, Contact, made.contact_id)
        write_changes(session, contact, {"referral_id": made.id}, on=today())
    return made


def change_referral(
    session: Session,
    referral_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Referral:
    """Change a referral; what is on the letter only until it is sent, and then the client has to agree anew."""
    referral = existing(session, Referral, referral_id)
    made = canonical(Referral, _by_hand(values))
    changed = sorted(name for name in LETTER & made.keys() if made[name] != getattr(referral, name))
    if changed and referral.status not in UNSENT:
        raise Refused("check", tuple(Problem(name, "already_sent") for name in changed))
    _known_provider(session, made.get("provider_id"))
    write_changes(session, referral, made, unanswered, on=today(), version=version)
    if changed:
        _forget_consent(session, referral)
    return referral


def ask_consent(session: Session, referral_id: str, *, on: dt.date | None = None) -> Referral:
    """Say that the letter is ready and the client is still to be asked."""
    return move(session, existing(session, Referral, referral_id), WAITING, on=on)


def agree(session: Session, referral_id: str, values: Mapping[str, Any], unanswered: Reasons | None = None) -> Consent:
    """Write down what the client said to this very letter; see `consents.record_consent` for `values`."""
    referral = existing(session, Referral, referral_id)
    own = {**values, "purpose": PURPOSE, "referral_id": referral.id}
    return record_consent(session, person_id=referral.person_id, values=own, unanswered=unanswered)


def consent_of(session: Session, referral: Referral) -> ConsentState:
    """How things stand with the client's consent: to this letter, or else to being referred at all."""
    return consent_for(session, referral.person_id, PURPOSE, referral_id=referral.id)


def send(
    session: Session,
    referral_id: str,
    *,
    on: dt.date | None = None,
    without_consent: str | None = None,
    delivery: str | None = None,
    version: int | None = None,
) -> Referral:
    """Say that the letter is sent; from now on the clock runs.

    Needs a provider, a service, something ticked and the client's consent. In an emergency `without_consent` may say
    why the client could not be asked (vital interest); the step keeps it. A letter sent on an earlier day has no hour.
    """
    referral = existing(session, Referral, referral_id)
    day, why = on or today(), tidy(without_consent or "") or None
    problems = (*_missing(session, referral), *_no_consent(session, referral, day, why))
    if problems:
        raise Refused("check", problems)
    now = wall_ms() if day == today() else None
    also: dict[str, Any] = {"sent_on": day, "sent_ms": now, "due_on": due_day(referral.urgency, day, now)}
    also |= {"received_on": None, "served_on": None, "ended_on": None, "refusal_reason": None}
    if delivery is not None:
        also["delivery"] = delivery
    return move(session, referral, SENT, reason=why, on=day, also=also, version=version)


def receive(session: Session, referral_id: str, *, on: dt.date | None = None, feedback: str | None = None) -> Referral:
    """The provider has the letter and accepts the client."""
    day = on or today()
    return _step(session, referral_id, RECEIVED, day, {"received_on": day}, feedback=feedback)


def keep_waiting(
    session: Session, referral_id: str, *, on: dt.date | None = None, feedback: str | None = None
) -> Referral:
    """The provider has the letter and cannot say yet; the clock goes on."""
    referral = existing(session, Referral, referral_id)
    if referral.status not in PENDING:
        raise Refused("check", (Problem("status", "no_such_step"),))
    said = {"received_on": on or today()} | _given({"feedback": feedback})
    return write_changes(session, referral, said, on=today())


def serve(session: Session, referral_id: str, *, on: dt.date | None = None, feedback: str | None = None) -> Referral:
    """The client was served by the provider."""
    referral, day = existing(session, Referral, referral_id), on or today()
    days = {"received_on": referral.received_on or day, "served_on": day}
    return _step(session, referral_id, SERVED, day, days, feedback=feedback)


def refuse(
    session: Session, referral_id: str, reason: str, *, on: dt.date | None = None, feedback: str | None = None
) -> Referral:
    """The provider does not take the client, and says why. Raises `Refused` without a reason."""
    why = tidy(reason)
    if not why:
        raise Refused("check", (Problem("refusal_reason", "required"),))
    day = on or today()
    days = {"received_on": day, "ended_on": day, "refusal_reason": why}
    return _step(session, referral_id, REFUSED, day, days, reason=why, feedback=feedback)


def complete(
    session: Session,
    referral_id: str,
    *,
    outcome: str | None = None,
    satisfaction: str | None = None,
    on: dt.date | None = None,
) -> Referral:
    """The service was given and the client confirms it; a day of service that nobody told is the day of the end."""
    referral, day = existing(session, Referral, referral_id), on or today()
    received = referral.received_on or referral.served_on or day
    also = {"received_on": received, "served_on": referral.served_on or day, "ended_on": day}
    also |= _given({"outcome": outcome, "satisfaction": satisfaction})
    return _step(session, referral_id, COMPLETED, day, also)


def end(
    session: Session, referral_id: str, to: str, *, reason: str | None = None, on: dt.date | None = None
) -> Referral:
    """The client did not come (`referral_clock.NO_SHOW`), the referral is cancelled (with a reason) or has lapsed."""
    day = on or today()
    return _step(session, referral_id, to, day, {"ended_on": day}, reason=reason)


def _step(
    session: Session,
    referral_id: str,
    to: str,
    day: dt.date,
    also: Mapping[str, Any],
    *,
    reason: str | None = None,
    feedback: str | None = None,
) -> Referral:
    referral = existing(session, Referral, referral_id)
    if to not in ENDED and referral.ended_on is not None:
        also = {**also, "ended_on": None}
    return move(session, referral, to, reason=reason, on=day, also={**also, **_given({"feedback": feedback})})


def _missing(session: Session, referral: Referral) -> Iterable[Problem]:
    if referral.provider_id is None:
        yield Problem("provider_id", "required")
    if not referral.services:
        yield Problem("services", "required")
    if not referral.shared and not referral.as_code:
        yield Problem("shared", "nothing_on_letter")
    if referral.as_code:
        yield from _named(session, referral)


def _named(session: Session, referral: Referral) -> Iterable[Problem]:
    """Texts of the letter that name the client although a case code stands in place of the name."""
    words = {word for word in plain(existing(session, Person, referral.person_id).full_name).split() if len(word) > 2}
    ticked = {"reason": "alasan", "already_provided": "sudah_diberikan", "special_needs": "kebutuhan_khusus"}
    for name, code in ticked.items():
        if code in (referral.shared or ()) and words & set(re.findall(r"\w+", plain(getattr(referral, name) or ""))):
            yield Problem(name, "name_in_text")


def _no_consent(session: Session, referral: Referral, day: dt.date, why: str | None) -> Iterable[Problem]:
    if may_use(session, referral.person_id, PURPOSE, day, referral_id=referral.id):
        return
    if referral.urgency != EMERGENCY:
        yield Problem("consent", "no_consent")
    elif why is None:
        yield Problem("without_consent", "no_consent_emergency")


def _forget_consent(session: Session, referral: Referral) -> None:
    own = select(Consent).where(Consent.referral_id == referral.id, Consent.voided.is_(False))
    for consent in session.scalars(own):
        void(session, consent, _("What is on the letter was changed afterwards."))
    if referral.status == WAITING:
        move(session, referral, DRAFT)


def _known_provider(session: Session, provider_id: str | None) -> None:
    if provider_id is not None:
        existing(session, Provider, provider_id)


def _by_hand(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in BY_STEPS}


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
