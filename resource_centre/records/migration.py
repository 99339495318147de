# SPDX-License-Identifier: Apache-2.0
"""One stay abroad, from departure to return. Dates may be years only and stays may overlap."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from resource_centre.i18n import N_
from resource_centre.records.base import SPECIFIC, field
from resource_centre.records.owned import Owned


class MigrationEpisode(Owned):
    """A migration episode of one person."""

    __tablename__ = "migration_episode"

    destination_country: Mapped[str | None] = field(
        N_("Destination country"), format="code", vocabulary="country", required=True
    )
    occupation: Mapped[str | None] = field(N_("Occupation abroad"), format="code", vocabulary="occupation")
    occupation_text: Mapped[str | None] = field(N_("Occupation as told"))
    departure_date: Mapped[str | None] = field(N_("Departure"), format="partial_date")
    return_date: Mapped[str | None] = field(N_("Return"), format="partial_date", required=True)
    return_type: Mapped[str | None] = field(
        N_("Kind of return"), format="code", vocabulary="return_type", sensitivity=SPECIFIC, required=True
    )
    voluntariness: Mapped[str | None] = field(N_("Voluntary?"), format="code", vocabulary="voluntariness")
    regularity: Mapped[str | None] = field(N_("Procedural?"), format="code", vocabulary="regularity")
    placement_scheme: Mapped[str | None] = field(N_("Placement scheme"), format="code", vocabulary="placement_scheme")
    employer_type: Mapped[str | None] = field(N_("Employer"), format="code", vocabulary="employer_type")
    unpaid_wages: Mapped[int | None] = field(
        N_("Unpaid wages (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph", sensitivity=SPECIFIC)
