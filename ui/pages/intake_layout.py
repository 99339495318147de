# SPDX-License-Identifier: Apache-2.0
"""Where the questions of an intake stand on the screen; which they are and in what order says `SECTIONS`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from resource_centre.i18n import N_


@dataclass(frozen=True)
class Group:
    """A card: its column, the questions line by line, and a heading of its own unless it is the section's first."""

    column: int
    lines: tuple[tuple[str, ...], ...]
    heading: str = ""


def _lines(*words: str) -> tuple[tuple[str, ...], ...]:
    """Each text is a line; the names in it stand side by side."""
    return tuple(tuple(line.split()) for line in words)


GROUPS: Final[dict[str, tuple[Group, ...]]] = {
    "person": (Group(0, _lines("full_name", "nik", "sex", "birth_date", "birth_place", "client_type")),),
    "address": (Group(0, _lines("village_code", "hamlet rt rw", "street")),),
    "visit": (Group(1, _lines("held_on channel", "reasons", "reason", "services", "open_case")),),
    "more": (
        Group(
            1,
            _lines(
                "marital_status education", "literacy", "mother_name father_name", "alias",
                "name_on_passport passport", "nationality gender_text", "standing", "remarks",
            ),
        ),
    ),
    "safe_contact": (
        Group(
            0,
            _lines(
                "safe_phone", "safe_answerer safe_times", "may_leave_message may_send_whatsapp", "phone phone_note"
            ),
        ),
        Group(1, _lines("emergency_name", "emergency_relation emergency_phone"), N_("In an emergency")),
        Group(1, _lines("languages", "preferred_language"), N_("Languages")),
    ),
    "household": (Group(0, _lines("men women boys girls head")),),
    "return": (
        Group(
            0,
            _lines("return_date return_type", "voluntariness", "reasons_returned", "return_route",
                   "return_port return_paid_by"),
        ),
        Group(
            1,
            _lines("with_children belongings_lost", "unpaid_wages", "intention", "remarks"),
            N_("What came back, and what comes next"),
        ),
    ),
    "work": (Group(0, _lines("occupation_before occupation_now", "business_idea")),),
    "health": (
        Group(0, _lines("told_on", "condition", "urgent_care", "disability", "medication")),
        Group(1, _lines("pregnant pregnancy_due", "distress", "treated_at", "insurance", "help_needed"), N_("Care")),
    ),
    "livelihood": (
        Group(
            0,
            _lines("housing", "income_before income_now", "household_income household_expenses", "earners dependants",
                   "savings", "savings_where", "assets"),
        ),
        Group(
            1,
            _lines("remittance_frequency remittance_average", "remittance_channel", "remittance_receiver",
                   "remittance_uses", "social_protection"),
            N_("Money sent home and help received"),
        ),
    ),
    "interview": (Group(0, _lines("held_on mode", "staff told_by", "interpreter others_present")),),
}  # fmt: skip

SHARES: Final = {"hamlet": (3, 1, 1), "held_on": (2, 3), "men": (1, 1, 1, 1, 3), "return_date": (2, 3)}
"""How the room of a line is shared, by its first question; equally when not said."""

HELPED: Final = frozenset({"birth_date", "village_code", "remarks", "preferred_language", "disability", "distress"})
"""Questions whose help changes what one answers; the rest would make the page restless."""
