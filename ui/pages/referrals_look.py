# SPDX-License-Identifier: Apache-2.0
"""What the screens of referrals read, on the worker's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.pages.referrals_words import need_words

if TYPE_CHECKING:
    from resource_centre.records import PlanNeed, Provider, Referral
    from resource_centre.services.consents import ConsentState
    from resource_centre.services.referral_letter import ReferralLetter
    from resource_centre.services.referral_list import ReferralRow
    from resource_centre.services.transitions import Step


@dataclass(frozen=True)
class Begun:
    """What a new referral begins with: where the person lives, and what was told at the front desk or is needed."""

    near: str | None
    told: str | None = None


@dataclass(frozen=True)
class LookedAll:
    """A person's referrals, and where the person lives."""

    rows: list[ReferralRow]
    near: str | None
    full_name: str


@dataclass(frozen=True)
class LookedOne:
    """One referral with everything that belongs to it."""

    referral: Referral
    row: ReferralRow
    provider: Provider | None
    consent: ConsentState
    letter: ReferralLetter
    steps: list[Step]
    near: str | None
    need: PlanNeed | None = None


def look_all(session: Any, person_id: str, case_id: str | None) -> LookedAll:
    """Read a person's referrals, of one case when it is named."""
    from resource_centre.records import Person
    from resource_centre.services.referral_list import referrals_of
    from resource_centre.services.saving import existing

    person = existing(session, Person, person_id)
    return LookedAll(referrals_of(session, person_id, case_id), village_of(session, person_id), person.full_name)


def look_one(session: Any, referral_id: str) -> LookedOne:
    """Read one referral."""
    from resource_centre.records import PlanNeed, Provider, Referral
    from resource_centre.services.referral_letter import letter_of
    from resource_centre.services.referral_list import referrals_of
    from resource_centre.services.referrals import consent_of
    from resource_centre.services.saving import existing
    from resource_centre.services.transitions import steps_of

    referral = existing(session, Referral, referral_id)
    rows = referrals_of(session, referral.person_id)
    return LookedOne(
        referral=referral,
        row=next(row for row in rows if row.id == referral.id),
        provider=session.get(Provider, referral.provider_id) if referral.provider_id else None,
        consent=consent_of(session, referral),
        letter=letter_of(session, referral_id),
        steps=steps_of(session, "Referral", referral_id),
        near=village_of(session, referral.person_id),
        need=session.get(PlanNeed, referral.need_id) if referral.need_id else None,
    )


def look_before(session: Any, person_id: str, contact_id: str | None, need_id: str | None = None) -> Begun:
    """Read what a new referral begins with: nothing, a contact of the front desk, or a need of the plan."""
    from resource_centre.records import Contact, PlanNeed

    contact = session.get(Contact, contact_id) if contact_id else None
    need = session.get(PlanNeed, need_id) if need_id else None
    told = contact.reason if contact is not None else need_words(need) if need is not None else None
    return Begun(village_of(session, person_id), told)


def village_of(session: Any, person_id: str) -> str | None:
    """The village somebody lives in now, for proposing what is near."""
    from sqlalchemy import select

    from resource_centre.records import Address

    own = (Address.person_id == person_id, Address.kind == "current", Address.valid_to.is_(None))
    wanted = select(Address.village_code).where(*own, Address.voided.is_(False)).order_by(Address.id.desc()).limit(1)
    village: str | None = session.scalar(wanted)
    return village
