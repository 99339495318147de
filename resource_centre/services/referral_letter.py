# SPDX-License-Identifier: Apache-2.0
"""What a referral's letter tells: exactly what was ticked and the client agreed to, nothing else.

With a case code in place of the name, nothing that says who the client is gets onto the letter, whatever was ticked.
Health and other specific data (UU 27/2022) are there only when their own item is ticked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.exchange.identity import own_profile
from resource_centre.i18n import _, ngettext
from resource_centre.places import gazetteer
from resource_centre.records import (
    Account,
    Address,
    Case,
    Consent,
    HealthNeed,
    Household,
    HouseholdMember,
    Identifier,
    MigrationEpisode,
    Person,
    Provider,
    Referral,
)
from resource_centre.services.consents import needs_guardian
from resource_centre.services.referral_checks import identifies
from resource_centre.services.referral_clock import hours_of
from resource_centre.services.saving import existing
from resource_centre.vocabulary import vocabulary

NAME: Final = "nama"
CODE: Final = "kode_kasus"


@dataclass(frozen=True)
class LetterItem:
    """One ticked item. `value` is in the active language, a (partial) ISO date or a number as `format` says: text,
    paragraph, partial_date, phone. Empty when nothing is known of it."""

    code: str
    label: str
    value: str
    format: str = "text"


@dataclass(frozen=True)
class Addressee:
    """Whom the letter goes to."""

    name: str
    provider_type: str | None
    address: str | None
    place_code: str | None
    phone: str | None
    email: str | None
    contact_person: str | None
    hours: str | None
    conditions: str | None


@dataclass(frozen=True)
class Sender:
    """Whom it comes from: the centre, and who is signed in."""

    centre: str
    place_code: str | None
    name: str


@dataclass(frozen=True)
class ReferralLetter:
    """The letter as data. `items` hold what was ticked in the order of the list, the name and the case code too."""

    referral_id: str
    number: str
    made_on: dt.date | None
    sent_on: dt.date | None
    due_on: dt.date | None
    urgency: str
    hours: int
    as_code: bool
    client: str
    """The name when it is ticked, else the case code when that may be there, else nothing."""
    items: tuple[LetterItem, ...]
    services: tuple[str, ...]
    delivery: str | None
    escort: str | None
    to: Addressee | None
    by: Sender


@dataclass(frozen=True)
class _About:
    """Where the items are read from; each only when it is ticked."""

    session: Session
    referral: Referral
    person: Person


def letter_of(session: Session, referral_id: str) -> ReferralLetter:
    """What the letter of a referral tells, in the active language."""
    referral = existing(session, Referral, referral_id)
    about = _About(session, referral, existing(session, Person, referral.person_id))
    items = tuple(_item(about, code) for code in _told(referral))
    return ReferralLetter(
        referral_id=referral.id,
        number=referral.number or "",
        made_on=referral.made_on,
        sent_on=referral.sent_on,
        due_on=referral.due_on,
        urgency=referral.urgency or "",
        hours=hours_of(referral.urgency),
        as_code=bool(referral.as_code),
        client=next((item.value for item in items if item.code in (NAME, CODE)), ""),
        items=items,
        services=tuple(referral.services or ()),
        delivery=referral.delivery,
        escort=referral.escort,
        to=_addressee(session, referral),
        by=_sender(session),
    )


def case_code_of(session: Session, referral: Referral) -> str:
    """What stands in place of the name: the case's number, for somebody without a case the client's."""
    case = session.get(Case, referral.case_id) if referral.case_id else None
    if case is not None and case.number:
        return case.number
    return existing(session, Person, referral.person_id).number or referral.number or ""


def _told(referral: Referral) -> list[str]:
    ticked = set(referral.shared or ())
    if referral.as_code:
        ticked = {code for code in ticked if not identifies(code)} | {CODE}
    return [code for code in vocabulary("referral_data").codes if code in ticked]


def _item(about: _About, code: str) -> LetterItem:
    value, form = READERS[code](about) if code in READERS else ("", "text")
    return LetterItem(code, vocabulary("referral_data").label(code), value, form)


def _addressee(session: Session, referral: Referral) -> Addressee | None:
    provider = session.get(Provider, referral.provider_id) if referral.provider_id else None
    if provider is None:
        return None
    return Addressee(
        name=provider.name or "",
        provider_type=provider.provider_type,
        address=provider.address,
        place_code=provider.place_code,
        phone=provider.phone,
        email=provider.email,
        contact_person=provider.contact_person,
        hours=provider.hours,
        conditions=provider.conditions,
    )


def _sender(session: Session) -> Sender:
    profile = own_profile(session)
    account = session.get(Account, viewer_of(session).account_id)
    who = (account.name or account.login) if account is not None else ""
    return Sender((profile.name or "") if profile else "", profile.place_code if profile else None, who or "")


def _identifier(kind: str) -> Callable[[_About], tuple[str, str]]:
    def read(about: _About) -> tuple[str, str]:
        own = (Identifier.person_id == about.person.id, Identifier.kind == kind, Identifier.voided.is_(False))
        newest = select(Identifier.value).where(*own).order_by(Identifier.id.desc()).limit(1)
        return about.session.scalar(newest) or "", "text"

    return read


def _home(about: _About) -> Address | None:
    own = (Address.person_id == about.person.id, Address.kind == "current", Address.voided.is_(False))
    newest = select(Address).where(*own, Address.valid_to.is_(None)).order_by(Address.id.desc()).limit(1)
    return about.session.scalars(newest).first()


def _address(about: _About) -> tuple[str, str]:
    home = _home(about)
    if home is None:
        return "", "text"
    units = [f"{name} {number}" for name, number in (("RT", home.rt), ("RW", home.rw)) if number]
    village = gazetteer().full_name(home.village_code) if home.village_code else home.village_text
    return ", ".join(part for part in (home.street, home.hamlet, *units, village) if part), "text"


def _village(about: _About) -> tuple[str, str]:
    home = _home(about)
    if home is None or not home.village_code:
        return (home.village_text or "") if home else "", "text"
    places = gazetteer()
    village, district = home.village_code, home.village_code.rpartition(".")[0]
    return ", ".join(name for name in (places.name(village), places.name(district)) if name), "text"


def _household(about: _About) -> tuple[str, str]:
    newest = (Household.person_id == about.person.id, Household.voided.is_(False))
    counted = about.session.scalars(select(Household).where(*newest).order_by(Household.id.desc()).limit(1)).first()
    counts = [counted.men, counted.women, counted.boys, counted.girls] if counted else []
    known = [count for count in counts if count is not None]
    if not known:
        own = (HouseholdMember.person_id == about.person.id, HouseholdMember.voided.is_(False))
        members = about.session.scalars(select(HouseholdMember.id).where(*own)).all()
        known = [len(members) + 1] if members else []
    return (ngettext("{n} person", "{n} people", sum(known)).format(n=sum(known)) if known else ""), "text"


def _disability(about: _About) -> tuple[str, str]:
    own = (HealthNeed.person_id == about.person.id, HealthNeed.voided.is_(False))
    newest = select(HealthNeed).where(*own).order_by(HealthNeed.told_on.desc(), HealthNeed.id.desc()).limit(1)
    told = about.session.scalars(newest).first()
    kinds = (told.disability or []) if told else []
    return ", ".join(vocabulary("disability").label(code) for code in kinds), "text"


def _migration(about: _About) -> tuple[str, str]:
    own = (MigrationEpisode.person_id == about.person.id, MigrationEpisode.voided.is_(False))
    stays = about.session.scalars(select(MigrationEpisode).where(*own).order_by(MigrationEpisode.id))
    return "\n".join(line for line in map(_stay, stays) if line), "paragraph"


def _stay(stay: MigrationEpisode) -> str:
    work = vocabulary("occupation").label(stay.occupation) or stay.occupation_text
    years = "–".join(day[:4] for day in (stay.departure_date, stay.return_date) if day)
    return ", ".join(part for part in (vocabulary("country").label(stay.destination_country), work, years) if part)


def _guardian(about: _About) -> tuple[str, str]:
    """Who agreed on behalf of the client; a guardian is told only of somebody who has one."""
    own = (Consent.person_id == about.person.id, Consent.guardian.is_not(None), Consent.voided.is_(False))
    newest = select(Consent).where(*own).order_by(Consent.decided_on.desc(), Consent.id.desc()).limit(1)
    consent = about.session.scalars(newest).first()
    if consent is not None:
        relation = vocabulary("relation").label(consent.guardian_relation)
        return ", ".join(part for part in (consent.guardian, relation) if part), "text"
    made_on = about.referral.made_on
    child = made_on is not None and needs_guardian(about.person.birth_date, made_on)
    return (_("No guardian is known.") if child else ""), "text"


READERS: Final[dict[str, Callable[[_About], tuple[str, Any]]]] = {
    NAME: lambda about: (about.person.full_name, "text"),
    CODE: lambda about: (case_code_of(about.session, about.referral), "text"),
    "tanggal_lahir": lambda about: (about.person.birth_date or "", "partial_date"),
    "jenis_kelamin": lambda about: (vocabulary("sex").label(about.person.sex), "text"),
    "nik": _identifier("nik"),
    "paspor": _identifier("passport"),
    "alamat": _address,
    "desa": _village,
    "telepon_aman": lambda about: (about.person.safe_phone or "", "phone"),
    "jumlah_keluarga": _household,
    "kebutuhan_khusus": lambda about: (about.referral.special_needs or "", "text"),
    "disabilitas": _disability,
    "alasan": lambda about: (about.referral.reason or "", "paragraph"),
    "riwayat_migrasi": _migration,
    "sudah_diberikan": lambda about: (about.referral.already_provided or "", "paragraph"),
    "wali": _guardian,
}
"""Where each item of `referral_data` is read; an item that a newer list has and this program does not stays empty."""
