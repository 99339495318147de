# SPDX-License-Identifier: Apache-2.0
"""Which pages there are: title and where the page is made. A page's module is imported when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from resource_centre.i18n import N_

if TYPE_CHECKING:
    from ui.kit.desk import Desk
    from ui.kit.page import Page

PAGES: dict[str, tuple[str, str]] = {
    "home": (N_("Home"), "ui.pages.home:HomePage"),
    "people": (N_("People"), "ui.pages.people:PeoplePage"),
    "intake": (N_("Intake"), "ui.pages.intake:IntakePage"),
    "counselling": (N_("Counselling"), "ui.pages.counselling:CounsellingPage"),
    "referrals": (N_("Referrals"), "ui.pages.referrals:ReferralsPage"),
    "training": (N_("Training"), "ui.pages.training:TrainingPage"),
    "import": (N_("Import"), "ui.pages.import_register:ImportPage"),
    "report": (N_("Reports"), "ui.pages.report:ReportPage"),
    "settings": (N_("Settings"), "ui.pages.settings:SettingsPage"),
    "person": (N_("Person"), "ui.pages.person:PersonPage"),
    "case": (N_("Case"), "ui.pages.case:CasePage"),
    "course": (N_("Course of counselling"), "ui.pages.counselling_course:CoursePage"),
}
"""Key -> (title, ``module:class``). The class is called with the `Desk`."""

NAVIGATION = ("home", "people", "intake", "counselling", "referrals", "training", "import", "report", "settings")
"""The keys at the left, in the order of Ctrl+1 to Ctrl+8."""

NEEDS = {
    "intake": "register",
    "counselling": "counsel",
    "referrals": "refer",
    "training": "train",
    "import": "import",
    "report": "report",
    "case": "counsel",
    "course": "counsel",
}
"""The right without which a page is not offered."""

BELONGS_TO = {"person": "people", "case": "cases", "course": "counselling"}
"""Pages without a place of their own at the left, and which place is lit for them."""


def make_page(key: str, desk: Desk) -> Page:
    """Import a page's module and make the page. KeyError for an unknown key."""
    module, _colon, name = PAGES[key][1].partition(":")
    page: Page = getattr(import_module(module), name)(desk)
    return page
