# SPDX-License-Identifier: Apache-2.0
"""What a line of the timeline is, and the kinds there are."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Final, NamedTuple

from resource_centre.i18n import N_, _, language
from resource_centre.vocabulary import vocabulary

GROUPS: Final = {
    "life": N_("Life and migration"),
    "desk": N_("Front desk"),
    "intake": N_("Intake and consent"),
    "case": N_("Case and plan"),
    "counselling": N_("Counselling"),
    "follow_up": N_("Follow-up"),
    "help": N_("Referrals and help"),
    "training": N_("Training"),
    "money": N_("Household money"),
    "questionnaire": N_("Questionnaires"),
    "attachment": N_("Attachments"),
}

KINDS: Final = {
    "registered": (N_("Registered"), "life"),
    "departed": (N_("Went abroad"), "life"),
    "returned": (N_("Came back"), "life"),
    "moved": (N_("Address"), "life"),
    "contact": (N_("Contact"), "desk"),
    "service": (N_("Service"), "desk"),
    "interview": (N_("Intake"), "intake"),
    "livelihood": (N_("Work and money told of"), "intake"),
    "health": (N_("Health needs told of"), "intake"),
    "arrival": (N_("Support on arrival"), "intake"),
    "agreed": (N_("Consent given"), "intake"),
    "declined": (N_("Consent refused"), "intake"),
    "withdrawn": (N_("Consent withdrawn"), "intake"),
    "assessed": (N_("Vulnerability looked at"), "intake"),
    "flagged": (N_("Vulnerability"), "intake"),
    "protection": (N_("Protection"), "intake"),
    "case_opened": (N_("Case opened"), "case"),
    "case_step": (N_("Case moved on"), "case"),
    "case_closed": (N_("Case closed"), "case"),
    "plan": (N_("Plan"), "case"),
    "plan_signed": (N_("Plan signed"), "case"),
    "goal_reached": (N_("Goal reached"), "case"),
    "action_done": (N_("Action done"), "case"),
    "advice_asked": (N_("Advice asked for"), "case"),
    "advice_given": (N_("Advice given"), "case"),
    "session": (N_("Counselling session"), "counselling"),
    "course_begun": (N_("Counselling begun"), "counselling"),
    "course_ended": (N_("Counselling ended"), "counselling"),
    "follow_up": (N_("Follow-up"), "follow_up"),
    "attempt": (N_("Tried to reach"), "follow_up"),
    "referral": (N_("Referral"), "help"),
    "referral_step": (N_("Referral moved on"), "help"),
    "assistance": (N_("Assistance"), "help"),
    "complaint": (N_("Complaint"), "help"),
    "complaint_step": (N_("Complaint moved on"), "help"),
    "recovered": (N_("Money recovered"), "help"),
    "training": (N_("Training"), "training"),
    "certificate": (N_("Certificate"), "training"),
    "trainer": (N_("Became a trainer"), "training"),
    "savings_goal": (N_("Savings goal set"), "money"),
    "savings_reached": (N_("Savings goal reached"), "money"),
    "debt_plan": (N_("Plan out of debt"), "money"),
    "remittance_plan": (N_("Agreement on money sent home"), "money"),
    "group_joined": (N_("Joined a savings group"), "money"),
    "group_left": (N_("Left a savings group"), "money"),
    "questionnaire": (N_("Questionnaire"), "questionnaire"),
    "attachment": (N_("Attachment"), "attachment"),
}
"""Each kind's name, and the group one filters by."""


class TimelineItem(NamedTuple):
    """One thing that happened. `when` is a partial date ("2019", "2019-05-17"), None when unknown; `facts` are short
    words in the active language; `record` and `record_id` say what to open, `case_id` in which case it was made."""

    when: str | None
    kind: str
    facts: tuple[str, ...]
    record: str
    record_id: str
    case_id: str | None = None

    @property
    def label(self) -> str:
        """What kind of thing, in the active language."""
        return _(KINDS[self.kind][0])

    @property
    def group(self) -> str:
        """The key of the group the kind belongs to."""
        return KINDS[self.kind][1]


def protection(when: str | None, record: str, record_id: str) -> TimelineItem:
    """The one line that stands for every top-tier matter."""
    return TimelineItem(when, "protection", (_("Speak to the protection officer."),), record, record_id)


def word(name: str, code: str | None) -> str:
    """The label of a code, empty for None."""
    return _label(name, code, language()) if code else ""


def words(name: str, codes: list[str] | None) -> str:
    """The labels of several codes."""
    return ", ".join(word(name, code) for code in codes or ())


@lru_cache(maxsize=2048)
def _label(name: str, code: str, spoken: str) -> str:
    # The same few codes come again and again in a long story.
    return vocabulary(name).label(code, spoken)


def some(*facts: str | None) -> tuple[str, ...]:
    """Those facts that there are."""
    return tuple([fact for fact in facts if fact])


def iso(day: dt.date | None) -> str | None:
    """A whole day as a partial date."""
    return day.isoformat() if day is not None else None
