# SPDX-License-Identifier: Apache-2.0
"""Certificates of an event, one page for each participant who was given one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.papers.event import EventFacts, event_facts, hours_in_words
from reports.papers.heading import Heading, heading_of
from reports.papers.values import day
from resource_centre.errors import Refused
from resource_centre.i18n import _, ngettext
from resource_centre.records import Certificate, TrainingEvent
from resource_centre.services.certificates import certificates_of
from resource_centre.services.saving import existing
from resource_centre.services.taught import taught_at


@dataclass(frozen=True)
class OneCertificate:
    """What differs from one participant to the next."""

    number: str
    name: str
    issued_on: dt.date | None
    signed_by: str


@dataclass(frozen=True)
class CertificatesPaper:
    """The certificates of one event, by number. `learnt` are the modules, each with how long it took where known."""

    heading: Heading
    event: EventFacts
    learnt: tuple[str, ...]
    certificates: tuple[OneCertificate, ...]

    def sentence(self) -> str:
        """What they completed, when, where and for how long."""
        hours = hours_in_words(self.event.hours)
        lasted = ngettext("{n} hour", "{n} hours", int(self.event.hours or 0)).format(n=hours) if hours else ""
        return " · ".join(part for part in (self.event.when, self.event.village, lasted) if part)


def certificates_paper(session: Session, event_id: str, *, certificate: str | None = None) -> CertificatesPaper:
    """All valid certificates of an event, or only the one of an id. Raises `Refused` when none has been given."""
    event = existing(session, TrainingEvent, event_id)
    given = [one for one in certificates_of(session, event_id) if certificate in (None, one.id)]
    if not given:
        raise Refused("no_certificates")
    return CertificatesPaper(
        heading=heading_of(session, _("Certificate"), event.number),
        event=event_facts(session, event),
        learnt=_learnt(session, event),
        certificates=tuple(_one(one) for one in given),
    )


def issued_words(one: OneCertificate) -> str:
    """The day it was given."""
    return _("Given on {day}").format(day=day(one.issued_on)) if one.issued_on else ""


def _one(given: Certificate) -> OneCertificate:
    return OneCertificate(given.number or "", given.name or "", given.issued_on, given.signed_by or "")


def _learnt(session: Session, event: TrainingEvent) -> tuple[str, ...]:
    modules = taught_at(session, event)
    return tuple(
        _("{module} ({n} minutes)").format(module=one.title, n=one.minutes) if one.minutes else one.title
        for one in modules
        if one.title
    )
