# SPDX-License-Identifier: Apache-2.0
"""What every paper begins with: its title, the number that finds the record again, whose paper it is, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.exchange.identity import own_profile
from resource_centre.i18n import LANGUAGES, language
from resource_centre.records import Account, Person
from resource_centre.roles import CASE_WORKERS
from resource_centre.services.saving import existing
from resource_centre.vocabulary import vocabulary

FALL_BACK: Final = "id"
"""The language of papers for somebody whose language has none of its own."""


@dataclass(frozen=True)
class Heading:
    """The head of one paper. `title` names nobody, for it becomes the file's title. `number` is the client's, the
    case's or the referral's; it stands in the square code too and is empty on a blank form. `centre` is empty where the
    centre's name would tell others what the paper is about."""

    title: str
    number: str
    centre: str
    place_code: str | None
    printed_by: str
    printed_on: dt.date
    language: str
    copy: int | None = None
    """Which copy of it this is, counted from the first one ever made; None for a paper whose copies nobody counts."""

    @property
    def blank(self) -> bool:
        """Whether it is about nobody yet."""
        return not self.number


def heading_of(session: Session, title: str, number: str | None, *, neutral: bool = False) -> Heading:
    """The head of a paper in the active language; `neutral` leaves the centre's name out."""
    profile = own_profile(session)
    account = session.get(Account, viewer_of(session).account_id)
    return Heading(
        title=title,
        number=number or "",
        centre="" if neutral or profile is None else profile.name or "",
        place_code=profile.place_code if profile else None,
        printed_by=(account.name or account.login or "") if account is not None else "",
        printed_on=today(),
        language=language(),
    )


def blank_heading(title: str, centre: str = "") -> Heading:
    """The head of a form that is filled in by hand; no centre need be open for it."""
    return Heading(title, "", centre, None, "", today(), language())


def paper_language(session: Session, person_id: str | None) -> str:
    """The language papers have for a person: by their preferred language, else that of the screen."""
    person = session.get(Person, person_id) if person_id else None
    return language_of(person.preferred_language if person is not None else None)


def language_of(preferred: str | None) -> str:
    """The language papers have for somebody who prefers a language; that of the screen when nobody asked."""
    if preferred is None:
        return language()
    term = vocabulary("language").get(preferred)
    papers = term.extra.get("papers", "") if term else ""
    return papers if papers in LANGUAGES else FALL_BACK


def seen_person(session: Session, person_id: str) -> Person:
    """The person a paper is about. Raises `Refused` when this account does not see them."""
    return existing(session, Person, person_id)


def refuse_others(session: Session) -> None:
    """Raise `Refused` unless a case worker asks: papers about a case are not for village laptops."""
    if viewer_of(session).role not in CASE_WORKERS:
        raise Refused("not_allowed")
