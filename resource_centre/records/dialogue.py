# SPDX-License-Identifier: Apache-2.0
"""What stakeholders agree on, what partners contribute, and good practices worth doing again elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, Id, derived, field
from resource_centre.records.of_the_centre import OfTheCentre
from resource_centre.records.training import OfAnEvent
from resource_centre.values.names import plain


class Commitment(OfAnEvent):
    """An agreement or a recommendation of a meeting: who sees to it, until when, what became of it."""

    __tablename__ = "commitment"

    kind: Mapped[str | None] = field(
        N_("Kind"), format="code", vocabulary="commitment_kind", required=True, default="kesepakatan"
    )
    what: Mapped[str | None] = field(N_("What was agreed"), format="paragraph", required=True)
    responsible: Mapped[str | None] = field(N_("Who sees to it"), required=True)
    organisation: Mapped[str | None] = field(N_("Institution"))
    due_on: Mapped[dt.date | None] = field(N_("Until"), format="date", required=True, index=True, type_=sa.Date())
    state: Mapped[str | None] = field(N_("State"), format="code", vocabulary="commitment_state", default="terbuka")
    ended_on: Mapped[dt.date | None] = field(N_("Ended on"), format="date", type_=sa.Date())
    result: Mapped[str | None] = field(N_("What became of it"), format="paragraph")
    reopened_on: Mapped[dt.date | None] = field(N_("Taken up again on"), format="date", type_=sa.Date())
    reopened_because: Mapped[str | None] = field(N_("Why it was taken up again"), format="paragraph")


class Partner(OfTheCentre):
    """An institution that works with the centre."""

    __tablename__ = "partner"

    name: Mapped[str | None] = field(N_("Name"), required=True)
    sector: Mapped[str | None] = field(N_("Sector"), format="code", vocabulary="sector", required=True)
    country: Mapped[str | None] = field(N_("Country"), format="code", vocabulary="country", default="IDN")
    place_code: Mapped[str | None] = field(N_("Place"), format="place")
    contact_person: Mapped[str | None] = field(N_("Contact person"))
    phone: Mapped[str | None] = field(N_("Telephone"), format="phone")
    email: Mapped[str | None] = field(N_("E-mail"))
    partner_since: Mapped[dt.date | None] = field(N_("Partner since"), format="date", type_=sa.Date())
    agreement_until: Mapped[dt.date | None] = field(N_("Agreement until"), format="date", type_=sa.Date())
    ended_on: Mapped[dt.date | None] = field(N_("No longer a partner since"), format="date", type_=sa.Date())
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph")


class PartnerContribution(OfTheCentre):
    """What a partner contributed, to one event or to the centre's work."""

    __tablename__ = "partner_contribution"

    partner_id: Mapped[str] = mapped_column(Id, index=True, sort_order=-9)
    owner: ClassVar[str | None] = "partner_id"

    event_id: Mapped[str | None] = mapped_column(Id, index=True)
    kind: Mapped[str | None] = field(
        N_("Kind of contribution"), format="code", vocabulary="partner_contribution", required=True, default="uang"
    )
    contributed_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, type_=sa.Date())
    amount: Mapped[int | None] = field(N_("Amount or value"), format="money", type_=sa.BigInteger())
    currency: Mapped[str | None] = field(N_("Currency"), format="code", vocabulary="currency", default="IDR")
    promised: Mapped[bool | None] = field(N_("Only promised so far?"), format="yes_no")
    what: Mapped[str | None] = field(N_("Description"))


SEARCHED = ("title", "summary", "result", "needed", "institution", "source", "own_tags")
"""The texts of a practice by whose words it is found."""


def _codes(values: Mapping[str, Any]) -> list[str]:
    return list(values.get("tags") or ())


class Practice(OfTheCentre):
    """A good practice on the shelf: what was done, what came of it, what another centre needs to do it."""

    __tablename__ = "practice"

    title: Mapped[str | None] = field(N_("Title"), required=True)
    tags: Mapped[list[str] | None] = field(N_("Tags"), format="codes", vocabulary="practice_tag", type_=JSON)
    own_tags: Mapped[str | None] = field(N_("Further tags"), help=N_("Separated by commas."))
    country: Mapped[str | None] = field(N_("Country"), format="code", vocabulary="country")
    institution: Mapped[str | None] = field(N_("Who did it"))
    summary: Mapped[str | None] = field(N_("What was done"), format="paragraph", required=True)
    result: Mapped[str | None] = field(N_("What came of it"), format="paragraph")
    needed: Mapped[str | None] = field(N_("What one needs to do it"), format="paragraph")
    source: Mapped[str | None] = field(N_("Source"))
    noted_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, type_=sa.Date())
    words: Mapped[str | None] = derived()
    """What is searched: every word of it folded, and its tags as ``#code#``."""

    @classmethod
    def derive(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The words by which it is found again."""
        texts = [str(values.get(name) or "") for name in SEARCHED]
        own = [tag for part in (values.get("own_tags") or "").split(",") if (tag := plain(part).strip())]
        return {"words": " ".join([*(plain(text) for text in texts), *(f"#{tag}#" for tag in _codes(values) + own)])}


class PracticeFile(OfTheCentre):
    """A file that belongs to a practice; its bytes are an `AttachmentContent`."""

    __tablename__ = "practice_file"

    practice_id: Mapped[str] = mapped_column(Id, index=True, sort_order=-9)
    owner: ClassVar[str | None] = "practice_id"

    digest: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    media_type: Mapped[str | None] = mapped_column()
    size: Mapped[int | None] = mapped_column(sa.Integer())
    title: Mapped[str | None] = field(N_("Title"), required=True)
    attached_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, type_=sa.Date())
