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
    "front_desk": (N_("Front desk"), "ui.pages.front_desk:FrontDeskPage"),
    "people": (N_("People"), "ui.pages.people:PeoplePage"),
    "intake": (N_("Intake"), "ui.pages.intake:IntakePage"),
    "cases": (N_("Cases"), "ui.pages.cases:CasesPage"),
    "counselling": (N_("Counselling"), "ui.pages.counselling:CounsellingPage"),
    "referrals": (N_("Referrals"), "ui.pages.referrals:ReferralsPage"),
    "training": (N_("Training"), "ui.pages.training:TrainingPage"),
    "questionnaires": (N_("Questionnaires"), "ui.pages.questionnaires:QuestionnairesPage"),
    "import": (N_("Import"), "ui.pages.import_register:ImportPage"),
    "savings_groups": (N_("Group savings"), "ui.pages.savings_groups:SavingsGroupsPage"),
    "report": (N_("Reports"), "ui.pages.report:ReportPage"),
    "protection": (N_("Protection"), "ui.pages.protection:ProtectionPage"),
    "exchange": (N_("Village laptops"), "ui.pages.exchange:ExchangePage"),
    "settings": (N_("Settings"), "ui.pages.settings:SettingsPage"),
    "person": (N_("Person"), "ui.pages.person:PersonPage"),
    "case": (N_("Case"), "ui.pages.case:CasePage"),
    "follow_ups": (N_("Follow-ups"), "ui.pages.follow_ups:FollowUpsPage"),
    "course": (N_("Course of counselling"), "ui.pages.counselling_course:CoursePage"),
    "money": (N_("Household money"), "ui.pages.money:MoneyPage"),
    "questionnaire": (N_("Questionnaire"), "ui.pages.questionnaire:QuestionnairePage"),
    "curricula": (N_("Curricula"), "ui.pages.curricula:CurriculaPage"),
    "practices": (N_("Good practices"), "ui.pages.practices:PracticesPage"),
    "trainers": (N_("Trainers"), "ui.pages.trainers:TrainersPage"),
    "agreements": (N_("Commitments"), "ui.pages.agreements:AgreementsPage"),
    "training_follow_ups": (N_("Follow-up of trainings"), "ui.pages.learning_due:TrainingFollowUpsPage"),
    "partners": (N_("Partners"), "ui.pages.partners:PartnersPage"),
    "projects": (N_("Projects and frames"), "ui.pages.projects:ProjectsPage"),
    "report_book": (N_("Report book"), "ui.pages.report_book:ReportBookPage"),
    "conflicts": (N_("Differences"), "ui.pages.conflicts:ConflictsPage"),
    "duplicates": (N_("Same person twice"), "ui.pages.duplicates:DuplicatesPage"),
}
"""Key -> (title, ``module:class``). The class is called with the `Desk`."""

NAVIGATION = (
    "home",
    "front_desk",
    "people",
    "intake",
    "cases",
    "counselling",
    "referrals",
    "training",
    "questionnaires",
    "import",
    "savings_groups",
    "report",
    "exchange",
    "settings",
    "protection",
)
"""The pages at the left, in the order of `shortcut_of`."""

ON_LAPTOPS = {"exchange": N_("Hand over")}
"""What places are called on a village laptop, where it is not as at a centre."""

NEEDS = {
    "front_desk": "desk",
    "intake": "register",
    "cases": "counsel",
    "counselling": "counsel",
    "referrals": "refer",
    "training": "train",
    "questionnaires": "train",
    "import": "register",
    "savings_groups": "train",
    "report": "report",
    "exchange": "exchange",
    "protection": "protect",
    "case": "counsel",
    "course": "counsel",
    "money": "counsel",
    "curricula": "train",
    "practices": "train",
    "trainers": "train",
    "agreements": "train",
    "partners": "train",
    "training_follow_ups": "train",
    "report_book": "report",
    "projects": "counsel",
    "conflicts": "counsel",
    "duplicates": "counsel",
}
"""The right without which a page is not offered."""

BELONGS_TO = {
    "person": "people",
    "case": "cases",
    "course": "counselling",
    "money": "people",
    "follow_ups": "cases",
    "questionnaire": "questionnaires",
    "curricula": "training",
    "practices": "training",
    "trainers": "training",
    "agreements": "training",
    "partners": "training",
    "training_follow_ups": "training",
    "report_book": "report",
    "projects": "report",
    "conflicts": "home",
    "duplicates": "people",
}
"""Pages without a place of their own at the left, and which place is lit for them."""


def shortcut_of(key: str) -> str:
    """The keys that lead to a place at the left: Ctrl+1 to Ctrl+9, Ctrl+0 for the tenth, none for those after."""
    place = NAVIGATION.index(key) + 1
    return f"Ctrl+{place % 10}" if place <= 10 else ""


def make_page(key: str, desk: Desk) -> Page:
    """Import a page's module and make the page. KeyError for an unknown key."""
    module, _colon, name = PAGES[key][1].partition(":")
    page: Page = getattr(import_module(module), name)(desk)
    return page
