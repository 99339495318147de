# SPDX-License-Identifier: Apache-2.0
"""The catalogue of breakdowns, in the order in which they are offered."""

from __future__ import annotations

from typing import Final

from reports.measures.model import Breakdown
from reports.monthly.words import COMPLAINT_GROUPS
from resource_centre.i18n import N_

PERSONAL: Final = ("sex", "age_band", "client_type", "province", "regency", "district", "village")
"""What every count about people can be told by."""
TIME: Final = ("month",)

_ALL: Final = (
    Breakdown("sex", N_("Sex"), vocabulary="sex", personal=True),
    Breakdown("age_band", N_("Age"), vocabulary="age_band", personal=True),
    Breakdown("client_type", N_("Client type"), vocabulary="client_type", personal=True),
    Breakdown("province", N_("Province"), "place", personal=True, level=1),
    Breakdown("regency", N_("Regency"), "place", personal=True, level=2),
    Breakdown("district", N_("District"), "place", personal=True, level=3),
    Breakdown("village", N_("Village"), "place", personal=True, level=4),
    Breakdown("month", N_("Month"), "month"),
    Breakdown("fund", N_("Fund"), "text"),
    Breakdown("channel", N_("Channel"), vocabulary="channel"),
    Breakdown("visit_reason", N_("Reason for the visit"), vocabulary="visit_reason", several=True),
    Breakdown("heard_from", N_("How they heard of us"), vocabulary="heard_from"),
    Breakdown("outcome", N_("Outcome"), vocabulary="outcome"),
    Breakdown("service_type", N_("Service"), vocabulary="service_type"),
    Breakdown("rehab_form", N_("Form of rehabilitation"), vocabulary="rehab_form"),
    Breakdown("return_type", N_("Kind of return"), vocabulary="return_type"),
    Breakdown("country", N_("Destination country"), vocabulary="country"),
    Breakdown("occupation_group", N_("Group of occupations"), vocabulary="occupation_group"),
    Breakdown("occupation", N_("Occupation abroad"), vocabulary="occupation"),
    Breakdown("regularity", N_("Procedural?"), vocabulary="regularity"),
    Breakdown("placement_scheme", N_("Placement scheme"), vocabulary="placement_scheme"),
    Breakdown("stay_length", N_("Time abroad"), vocabulary="stay_length"),
    Breakdown("time_since_return", N_("Time since the return"), vocabulary="time_since_return"),
    Breakdown("flag", N_("Flag"), vocabulary="vulnerability_flag", several=True, topic="health"),
    Breakdown("closure_reason", N_("Reason for closing"), vocabulary="closure_reason"),
    Breakdown("dimension", N_("Dimension"), vocabulary="dimension"),
    Breakdown("session_type", N_("Session"), vocabulary="counselling_type"),
    Breakdown("session_mode", N_("How"), vocabulary="counselling_mode"),
    Breakdown("interval", N_("Step of the schedule"), vocabulary="follow_up_interval",
              named={"promised": N_("Other follow-ups")}),
    Breakdown("provider_type", N_("Kind of provider"), vocabulary="provider_type"),
    Breakdown("complaint_group", N_("Group of kinds"), topic="trafficking", named=COMPLAINT_GROUPS),
    Breakdown("currency", N_("Currency"), vocabulary="currency"),
    Breakdown("assistance_kind", N_("Kind of assistance"), vocabulary="assistance_kind"),
    Breakdown("source", N_("Source"), vocabulary="contribution_source"),
    Breakdown("training_type", N_("Kind of event"), vocabulary="training_type"),
    Breakdown("module", N_("Module"), vocabulary="module"),
    Breakdown("target_group", N_("Target group"), vocabulary="target_group"),
    Breakdown("trainer_level", N_("Level of trainers"), vocabulary="trainer_level"),
    Breakdown("savings_category", N_("Kind of goal"), vocabulary="savings_goal"),
)  # fmt: skip

BREAKDOWNS: Final = {one.code: one for one in _ALL}
"""Every breakdown by its code."""
