# SPDX-License-Identifier: Apache-2.0
"""What the page of a case is made of: a part's key, its title and where it is made, in the order of the work.

A part is a widget that is called with the desk; the page makes it when its tab is first shown.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from resource_centre.i18n import N_

if TYPE_CHECKING:
    from ui.kit.desk import Desk

CASE_PARTS: tuple[tuple[str, str, str], ...] = (
    ("overview", N_("Overview"), "ui.pages.case_overview:Overview"),
    ("plan", N_("Plan"), "ui.pages.case_plan:PlanPart"),
    ("sessions", N_("Counselling"), "ui.pages.case_sessions:SessionsPart"),
    ("referrals", N_("Referrals"), "ui.pages.case_referrals:Referrals"),
    ("assistance", N_("Assistance"), "ui.pages.case_assistance:AssistancePart"),
    ("money", N_("Money"), "ui.pages.money_part:MoneyPart"),
    ("complaints", N_("Complaints"), "ui.pages.case_complaints:ComplaintsPart"),
    ("assessments", N_("Assessments"), "ui.pages.case_assessments:AssessmentsPart"),
    ("follow_ups", N_("Follow-ups"), "ui.pages.case_follow_ups:FollowUpsPart"),
    ("advice", N_("Advice"), "ui.pages.case_advice:AdvicePart"),
    ("closing", N_("Closing"), "ui.pages.case_closing:ClosingPart"),
)
"""Key, title and ``module:class`` of every part."""


class Part(Protocol):
    """What every part can do; `first_field` is its own if it has one."""

    def show_case(self, case_id: str, person_id: str) -> None:
        """Show a case; called at every showing of the part, also of the same case."""

    def open_record(self, record_id: str) -> None:
        """Open one of its records; called after `show_case`."""


def make_part(place: str, desk: Desk) -> Any:
    """Import a part's module and make the part; a QWidget that is a `Part`."""
    module, _colon, name = place.partition(":")
    return getattr(import_module(module), name)(desk)
