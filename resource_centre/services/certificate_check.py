# SPDX-License-Identifier: Apache-2.0
"""Whether a certificate somebody shows is one of this centre's, and what it was given for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.i18n import N_, _
from resource_centre.records import (
    CentreProfile,
    Certificate,
    Conflict,
    Participation,
    Person,
    TrainingEvent,
)
from resource_centre.services.numbers import CERTIFICATE
from resource_centre.services.taught import titles_of
from resource_centre.values.names import fold_name
from resource_centre.values.numbers import has_form, read_number
from resource_centre.vocabulary import vocabulary

Answer = Literal["valid", "withdrawn", "no_number", "slip", "other_series", "other_centre", "not_given", "not_seen"]

WORDS: Final[dict[Answer, str]] = {
    "valid": N_("This certificate is valid."),
    "withdrawn": N_("This certificate has been withdrawn."),
    "no_number": N_("This does not look like a number of ours, such as {example}."),
    "slip": N_("The check character at the end does not fit: please compare the number once more."),
    "other_series": N_("This is a number of ours, but not that of a certificate."),
    "other_centre": N_("This number was given by another centre. Ask that one."),
    "not_given": N_("This centre has given no certificate of this number."),
    "not_seen": N_("None of this number is known here: it was never given, or not in the villages you work in."),
}
EXAMPLE: Final = "LTM-26-B3-B0042-K"


@dataclass(frozen=True)
class CertificateCheck:
    """The answer about one number. Of a certificate there is: the name as printed, and what it was given for.

    `renamed` says that the participant goes by another name now, `taken_off` that they stand on the sheet no more;
    `called_off` and `event_voided` what became of the
    event afterwards; `number_now` is the number that is kept where two desks gave one each.
    """

    answer: Answer
    number: str = ""
    number_now: str = ""
    certificate_id: str | None = None
    event_id: str | None = None
    name: str = ""
    renamed: bool = False
    taken_off: bool = False
    what: tuple[str, ...] = ()
    kind: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    hours: float | None = None
    village_code: str | None = None
    issued_on: dt.date | None = None
    signed_by: str = ""
    withdrawn_on: dt.date | None = None
    reason: str = ""
    called_off: bool = False
    event_voided: bool = False

    def words(self) -> str:
        """The answer in a sentence."""
        return _(WORDS[self.answer]).format(example=EXAMPLE)

    def warnings(self) -> tuple[str, ...]:
        """What one should know beside."""
        said = (
            (self.renamed, _("The participant's name is written otherwise by now; the certificate bears this one.")),
            (self.taken_off, _("The participant has been taken off the sheet since.")),
            (self.called_off, _("The event is marked as called off.")),
            (self.event_voided, _("The event is marked as not valid.")),
            (bool(self.number_now), _("Two desks gave a number each. The one that is kept is {number}.")),
        )
        return tuple(words.format(number=self.number_now) for holds, words in said if holds)


def check_certificate(session: Session, text: str) -> CertificateCheck:
    """What there is to say about a number as somebody typed or read it out."""
    reading = read_number(text)
    if reading is None:
        return CertificateCheck("slip" if has_form(text) else "no_number")
    if reading.series != CERTIFICATE:
        return CertificateCheck("other_series", reading.text)
    given = _given(session, reading.text)
    if given is not None:
        return _known(session, given, reading.text)
    own = session.scalars(select(CentreProfile.site_code).where(CentreProfile.voided.is_(False)).limit(1)).first()
    if own != reading.site:
        return CertificateCheck("other_centre", reading.text)
    bound = viewer_of(session).bound is not None
    return CertificateCheck("not_seen" if bound else "not_given", reading.text)


def _given(session: Session, number: str) -> Certificate | None:
    found = session.scalars(select(Certificate).where(Certificate.number == number).limit(1)).first()
    if found is not None:
        return found
    # Of two laptops that gave one each, the printed number may be the one that was not kept.
    table = Certificate.__tablename__
    lost = select(Conflict.row_id, Conflict.value).where(Conflict.tbl == table, Conflict.field == "number")
    kept = next((row_id for row_id, value in session.execute(lost) if value == number), None)
    return session.get(Certificate, kept) if kept is not None else None


def _known(session: Session, given: Certificate, number: str) -> CertificateCheck:
    event = session.get(TrainingEvent, given.event_id)
    line = session.get(Participation, given.participation_id)
    return CertificateCheck(
        answer="withdrawn" if given.voided else "valid",
        number=number,
        number_now=(given.number or "") if given.number != number else "",
        certificate_id=given.id,
        event_id=given.event_id,
        name=given.name or "",
        renamed=line is not None and _renamed(session, given, line),
        taken_off=line is not None and line.voided,
        issued_on=given.issued_on,
        signed_by=given.signed_by or "",
        withdrawn_on=given.withdrawn_on,
        reason=(given.void_reason or "") if given.voided else "",
        **(_of_event(session, event) if event is not None else {}),
    )


def _of_event(session: Session, event: TrainingEvent) -> dict[str, Any]:
    return {
        "what": titles_of(session, event),
        "kind": vocabulary("training_type").label(event.training_type),
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
        "hours": event.hours,
        "village_code": event.village_code,
        "called_off": bool(event.called_off),
        "event_voided": event.voided,
    }


def _renamed(session: Session, given: Certificate, line: Participation) -> bool:
    person = session.get(Person, line.person_id) if line.person_id else None
    now = (person.full_name if person is not None else None) or line.name
    return now is not None and fold_name(now) != fold_name(given.name or "")
