# SPDX-License-Identifier: Apache-2.0
"""The order in which an intake is talked through: said once, for the window, the blank form and the filled one.

What is keyed in from paper comes in the order of the paper, because both are made from `SECTIONS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from resource_centre.i18n import N_, _
from resource_centre.records import (
    Address,
    ArrivalSupport,
    Consent,
    Contact,
    Debt,
    Document,
    Field,
    HealthNeed,
    Household,
    HouseholdMember,
    Identifier,
    IntakeInterview,
    Livelihood,
    Logged,
    MigrationEpisode,
    Person,
    Skill,
    fields_of,
)

FORM_VERSION: Final = "2026-11"
"""Changes when questions come or go, so that an interview says which ones were asked."""


@dataclass(frozen=True)
class Step:
    """A stage of the conversation: what the window shows at one time."""

    key: str
    title_msgid: str

    @property
    def title(self) -> str:
        """Its heading in the active language."""
        return _(self.title_msgid)


@dataclass(frozen=True)
class Section:
    """Questions of one record under one heading. `many`: a list of entries, each with these fields.

    `fields` are columns of `record` in the order they are asked. A name of `NUMBERS` among them is asked here too and
    kept as an `Identifier` of that kind.
    """

    key: str
    step: str
    title_msgid: str
    record: type[Logged]
    fields: tuple[str, ...]
    many: bool = False

    @property
    def title(self) -> str:
        """Its heading in the active language."""
        return _(self.title_msgid)

    @property
    def described(self) -> tuple[Field, ...]:
        """The questions in their order, as forms and paper show them."""
        known = {field.name: field for field in fields_of(self.record)} | EXTRA
        return tuple(known[name] for name in self.fields)


def _number(name: str, label: str, format_: str) -> Field:
    return Field(name, label, "", format_, "", "general", required=False)


NUMBERS: Final[dict[str, Field]] = {
    "nik": _number("nik", N_("NIK"), "nik"),
    "passport": _number("passport", N_("Passport"), "passport"),
    "phone": _number("phone", N_("Another telephone"), "phone"),
}
"""Numbers asked directly, by their code in ``identifier_kind``; all others are entries of their own."""

EXTRA: Final[dict[str, Field]] = NUMBERS | {
    "phone_note": Field("phone_note", N_("Whose telephone is that?"), "", "text", "", "general", required=False),
    "services": Field("services", N_("Services given today"), "", "codes", "service_type", "general", required=False),
    "open_case": Field(
        "open_case",
        N_("Will the centre accompany this person? (opens a case)"),
        "",
        "yes_no",
        "",
        "general",
        required=False,
    ),
}
"""What is asked in a section and kept in a record of its own."""

STEPS: Final = (
    Step("identity", N_("Identity")),
    Step("safe_contact", N_("Safe contact")),
    Step("household", N_("Household")),
    Step("migration", N_("Migration")),
    Step("return", N_("Return")),
    Step("work", N_("Work and skills")),
    Step("health", N_("Health needs")),
    Step("money", N_("Money")),
    Step("arrival", N_("Arrival and papers")),
    Step("consent", N_("Consent")),
)

_PERSON = (
    "full_name",
    "nik",
    "sex",
    "birth_date",
    "birth_place",
    "client_type",
)
_MORE = (
    "marital_status",
    "education",
    "literacy",
    "mother_name",
    "father_name",
    "alias",
    "name_on_passport",
    "passport",
    "nationality",
    "gender_text",
    "standing",
    "remarks",
)
_REACH = (
    "safe_phone",
    "safe_answerer",
    "safe_times",
    "may_leave_message",
    "may_send_whatsapp",
    "phone",
    "phone_note",
    "emergency_name",
    "emergency_relation",
    "emergency_phone",
    "languages",
    "preferred_language",
)
_MEMBER = (
    "relation",
    "name",
    "sex",
    "birth_date",
    "age",
    "occupation",
    "monthly_income",
    "disability",
    "in_school",
    "is_migrant",
    "came_along",
    "remarks",
)
_STAY = (
    "destination_country",
    "destination_city",
    "departure_date",
    "occupation",
    "occupation_text",
    "employer_type",
    "regularity",
    "placement_scheme",
    "visa_type",
    "recruiter_type",
    "placement_company",
    "sponsor_name",
    "departure_port",
    "transit",
    "cost_paid",
    "financed_by",
    "contract",
    "wage_currency",
    "promised_wage",
    "actual_wage",
    "hours_per_day",
    "days_off",
    "social_security",
    "reasons_left",
)
_RETURN = (
    "return_date",
    "return_type",
    "voluntariness",
    "reasons_returned",
    "return_route",
    "return_port",
    "return_paid_by",
    "with_children",
    "belongings_lost",
    "unpaid_wages",
    "intention",
    "remarks",
)
_HEALTH = (
    "told_on",
    "condition",
    "urgent_care",
    "disability",
    "medication",
    "pregnant",
    "pregnancy_due",
    "distress",
    "treated_at",
    "insurance",
    "help_needed",
)
_MONEY = (
    "housing",
    "income_before",
    "income_now",
    "household_income",
    "household_expenses",
    "earners",
    "dependants",
    "savings",
    "savings_where",
    "assets",
    "remittance_frequency",
    "remittance_average",
    "remittance_channel",
    "remittance_receiver",
    "remittance_uses",
    "social_protection",
)
_DEBT = (
    "lender",
    "principal",
    "outstanding",
    "interest",
    "instalment",
    "due_date",
    "collateral",
    "reason",
    "pressed",
)
_PAPER = ("document_type", "state", "number", "issued_at", "issued_on", "expires_on", "seen", "note")
_CONSENT = ("purpose", "decision", "decided_on", "mode", "language", "witness", "guardian", "guardian_relation")
_INTERVIEW = ("held_on", "mode", "staff", "told_by", "interpreter", "others_present")

SECTIONS: Final = (
    Section("person", "identity", N_("Who are you?"), Person, _PERSON),
    Section("address", "identity", N_("Where do you live?"), Address, ("village_code", "hamlet", "rt", "rw", "street")),
    Section(
        "visit",
        "identity",
        N_("What brings you here?"),
        Contact,
        ("held_on", "channel", "reasons", "reason", "services", "open_case"),
    ),
    Section("more", "identity", N_("More about you"), Person, _MORE),
    Section(
        "addresses",
        "identity",
        N_("Other addresses"),
        Address,
        ("kind", "village_code", "hamlet", "rt", "rw", "street"),
        many=True,
    ),
    Section("identifiers", "identity", N_("Other numbers"), Identifier, ("kind", "value", "note"), many=True),
    Section("safe_contact", "safe_contact", N_("How can we reach you safely?"), Person, _REACH),
    Section(
        "household", "household", N_("How many live together?"), Household, ("men", "women", "boys", "girls", "head")
    ),
    Section("members", "household", N_("Who are they?"), HouseholdMember, _MEMBER, many=True),
    Section("episodes", "migration", N_("Your time abroad"), MigrationEpisode, _STAY, many=True),
    Section("return", "return", N_("Coming home"), MigrationEpisode, _RETURN),
    Section(
        "work",
        "work",
        N_("What work do you know?"),
        Livelihood,
        ("occupation_before", "occupation_now", "business_idea"),
    ),
    Section(
        "skills",
        "work",
        N_("What can you do well?"),
        Skill,
        ("skill", "level", "learnt_where", "certificate", "wants_to_use"),
        many=True,
    ),
    Section("health", "health", N_("What do you need for your health?"), HealthNeed, _HEALTH),
    Section("livelihood", "money", N_("What do you live on?"), Livelihood, _MONEY),
    Section("debts", "money", N_("Debts"), Debt, _DEBT, many=True),
    Section(
        "arrival",
        "arrival",
        N_("What have others given you already?"),
        ArrivalSupport,
        ("kinds", "given_on", "place", "provider", "remarks"),
        many=True,
    ),
    Section("documents", "arrival", N_("Which papers do you have?"), Document, _PAPER, many=True),
    Section("consents", "consent", N_("What do you agree to?"), Consent, _CONSENT, many=True),
    Section("interview", "consent", N_("How was this talk?"), IntakeInterview, _INTERVIEW),
)
"""Every question of an intake, in the order of the window and of the paper."""


def sections_of(step: str) -> tuple[Section, ...]:
    """The sections of one step, in their order."""
    return tuple(section for section in SECTIONS if section.step == step)


def section(key: str) -> Section:
    """The section of this key."""
    return next(one for one in SECTIONS if one.key == key)


def step_of_entry(table: str) -> str | None:
    """The step in which entries of this table are listed, None when they are not of an intake."""
    return next((one.step for one in SECTIONS if one.many and one.record.__tablename__ == table), None)
