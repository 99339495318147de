# SPDX-License-Identifier: Apache-2.0
"""The person: one name in one field, partial dates, safe contact; what identifies them and where they live."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from resource_centre.i18n import N_
from resource_centre.records.base import SPECIFIC, Id, Logged, derived, field
from resource_centre.records.owned import Owned, people_living_in
from resource_centre.values.names import fold_name, sound_key


class Person(Logged):
    """Somebody the centre serves: returnee, prospective migrant, family member."""

    __tablename__ = "person"
    __table_args__ = (
        sa.Index("ix_person_name_key_id", "name_key", "id"),
        # Who may be the same: by the sounds of the name, and by the day of birth with those sounds at hand.
        sa.Index("ix_person_name_sound_id", "name_sound", "id"),
        sa.Index("ix_person_birth_date_name_sound_id", "birth_date", "name_sound", "id"),
    )

    number: Mapped[str | None] = field(N_("Number"), index=True)
    full_name: Mapped[str] = field(
        N_("Full name"), format="name", required=True, help=N_("As on the identity card. One word is enough.")
    )
    alias: Mapped[str | None] = field(N_("Also known as"), format="name")
    name_on_passport: Mapped[str | None] = field(N_("Name on the passport"), format="name")
    sex: Mapped[str | None] = field(N_("Sex"), format="code", vocabulary="sex", required=True)
    birth_date: Mapped[str | None] = field(
        N_("Date of birth"),
        format="partial_date",
        help=N_("A year alone is enough: 1984, 5-1984 or 17-5-1984."),
    )
    birth_place: Mapped[str | None] = field(N_("Place of birth"))
    nationality: Mapped[str | None] = field(N_("Nationality"), format="code", vocabulary="country", default="IDN")
    client_type: Mapped[str | None] = field(N_("Client type"), format="code", vocabulary="client_type")
    marital_status: Mapped[str | None] = field(N_("Marital status"), format="code", vocabulary="marital_status")
    education: Mapped[str | None] = field(N_("Education"), format="code", vocabulary="education")
    mother_name: Mapped[str | None] = field(
        N_("Mother's name"), format="name", help=N_("Helps to tell people with the same name apart.")
    )
    father_name: Mapped[str | None] = field(N_("Father's name"), format="name")
    gender_text: Mapped[str | None] = field(
        N_("Gender in their own words"), sensitivity=SPECIFIC, help=N_("Only if the person wishes to say it.")
    )
    literacy: Mapped[str | None] = field(N_("Reading and writing"), format="code", vocabulary="literacy")
    languages: Mapped[str | None] = field(N_("Languages spoken"))
    preferred_language: Mapped[str | None] = field(
        N_("Preferred language"), format="code", vocabulary="language", help=N_("Papers are printed in it.")
    )
    safe_phone: Mapped[str | None] = field(
        N_("Safe telephone"), format="phone", help=N_("A number on which it is safe to call this person.")
    )
    safe_answerer: Mapped[str | None] = field(N_("Who answers this telephone"))
    safe_times: Mapped[str | None] = field(N_("Safe times to call"))
    may_leave_message: Mapped[bool | None] = field(N_("May we leave a message?"), format="yes_no")
    may_send_whatsapp: Mapped[bool | None] = field(N_("May we send WhatsApp messages?"), format="yes_no")
    emergency_name: Mapped[str | None] = field(N_("Person to call in an emergency"), format="name")
    emergency_relation: Mapped[str | None] = field(N_("Relation to them"), format="code", vocabulary="relation")
    emergency_phone: Mapped[str | None] = field(N_("Their telephone"), format="phone")
    standing: Mapped[str | None] = field(N_("Standing"), format="code", vocabulary="person_standing", default="aktif")
    registered_on: Mapped[dt.date | None] = field(
        N_("Registered on"), format="date", required=True, index=True, type_=sa.Date()
    )
    remarks: Mapped[str | None] = field(
        N_("Remarks"), format="paragraph", sensitivity=SPECIFIC, help=N_("Nothing about health, please.")
    )
    name_key: Mapped[str | None] = derived()
    name_sound: Mapped[str | None] = derived()
    same_as: Mapped[str | None] = derived(Id, index=True)

    worked_out_of: ClassVar[Mapping[str, str]] = {"name_key": "full_name", "name_sound": "full_name"}

    @classmethod
    def derive(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The folded name by which people are found, and its sounds by which the same person is."""
        name = values.get("full_name") or ""
        return {"name_key": fold_name(name), "name_sound": sound_key(name)}

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """The people who live in these villages, with the records that are one person with theirs."""
        here = people_living_in(villages)
        return sa.or_(cls.id.in_(here), cls.same_as.in_(here))


class Identifier(Owned):
    """A number somebody is known by: NIK, passport, telephone and so on."""

    __tablename__ = "identifier"

    kind: Mapped[str] = field(N_("Kind of number"), format="code", vocabulary="identifier_kind", required=True)
    value: Mapped[str | None] = field(N_("Number"), required=True)
    note: Mapped[str | None] = field(N_("Note"), help=N_("For a telephone: whose it is."))
    lookup: Mapped[str | None] = derived(index=True)

    @classmethod
    def derive(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """Kind and bare letters and digits, so that one spelling finds every other."""
        bare = "".join(letter for letter in (values.get("value") or "").upper() if letter.isalnum())
        return {"lookup": f"{values.get('kind')}:{bare}" if bare else None}


class Address(Owned):
    """Where somebody lives or is registered; the village is a code, never only a name."""

    __tablename__ = "address"
    __table_args__ = (sa.Index("ix_address_village_kind_person", "village_code", "kind", "person_id"),)

    kind: Mapped[str] = field(N_("Kind of address"), format="code", vocabulary="address_kind", default="current")
    village_code: Mapped[str | None] = field(
        N_("Village"),
        format="place",
        required=True,
        help=N_("Type the village, then the district if there are several."),
    )
    village_text: Mapped[str | None] = field(N_("Village as written"))
    hamlet: Mapped[str | None] = field(N_("Hamlet"))
    street: Mapped[str | None] = field(N_("Street or landmark"))
    rt: Mapped[str | None] = field(N_("RT"))
    rw: Mapped[str | None] = field(N_("RW"))
    valid_from: Mapped[dt.date | None] = field(N_("Since"), format="date", type_=sa.Date())
    valid_to: Mapped[dt.date | None] = field(N_("Until"), format="date", type_=sa.Date())
