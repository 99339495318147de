# SPDX-License-Identifier: Apache-2.0
"""One stay abroad, from departure to return. Dates may be years only and stays may overlap."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, SPECIFIC, field
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
    return_date: Mapped[str | None] = field(N_("Return"), format="partial_date")
    return_type: Mapped[str | None] = field(
        N_("Kind of return"), format="code", vocabulary="return_type", sensitivity=SPECIFIC
    )
    voluntariness: Mapped[str | None] = field(N_("Voluntary?"), format="code", vocabulary="voluntariness")
    regularity: Mapped[str | None] = field(N_("Procedural?"), format="code", vocabulary="regularity")
    placement_scheme: Mapped[str | None] = field(N_("Placement scheme"), format="code", vocabulary="placement_scheme")
    employer_type: Mapped[str | None] = field(N_("Employer"), format="code", vocabulary="employer_type")
    destination_city: Mapped[str | None] = field(N_("City or region"))
    transit: Mapped[str | None] = field(N_("Route and transit"))
    visa_type: Mapped[str | None] = field(N_("Visa"), format="code", vocabulary="visa_type")
    recruiter_type: Mapped[str | None] = field(N_("Recruited by"), format="code", vocabulary="recruiter_type")
    placement_company: Mapped[str | None] = field(N_("Placement company (P3MI)"))
    sponsor_name: Mapped[str | None] = field(N_("Name of the sponsor"), format="name", sensitivity=SPECIFIC)
    departure_port: Mapped[str | None] = field(N_("Port of departure"))
    cost_paid: Mapped[int | None] = field(
        N_("Paid for leaving (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    financed_by: Mapped[list[str] | None] = field(
        N_("Paid from"), format="codes", vocabulary="migration_finance", sensitivity=SPECIFIC, type_=JSON
    )
    contract: Mapped[str | None] = field(N_("Contract"), format="code", vocabulary="contract_state")
    wage_currency: Mapped[str | None] = field(N_("Currency of the wage"), format="code", vocabulary="currency")
    promised_wage: Mapped[int | None] = field(
        N_("Promised wage a month"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    actual_wage: Mapped[int | None] = field(
        N_("Wage received a month"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    hours_per_day: Mapped[int | None] = field(N_("Hours a day"), format="integer", type_=sa.Integer())
    days_off: Mapped[int | None] = field(N_("Days off a month"), format="integer", type_=sa.Integer())
    social_security: Mapped[bool | None] = field(N_("Insured (BPJS or the like)?"), format="yes_no")
    reasons_left: Mapped[list[str] | None] = field(
        N_("Why they left"), format="codes", vocabulary="reason_left", type_=JSON
    )
    reasons_returned: Mapped[list[str] | None] = field(
        N_("Why they came back"), format="codes", vocabulary="reason_returned", sensitivity=SPECIFIC, type_=JSON
    )
    return_port: Mapped[str | None] = field(N_("Port of return"))
    return_route: Mapped[str | None] = field(N_("Came back by"), format="code", vocabulary="return_route")
    return_paid_by: Mapped[str | None] = field(
        N_("Who paid for the way home"), format="code", vocabulary="return_payer"
    )
    with_children: Mapped[int | None] = field(
        N_("Children who came along"), format="integer", sensitivity=SPECIFIC, type_=sa.Integer()
    )
    belongings_lost: Mapped[bool | None] = field(N_("Belongings lost?"), format="yes_no")
    intention: Mapped[str | None] = field(N_("Wants to leave again?"), format="code", vocabulary="intention_remigrate")
    unpaid_wages: Mapped[int | None] = field(
        N_("Unpaid wages (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph", sensitivity=SPECIFIC)
