# SPDX-License-Identifier: Apache-2.0
"""The printed names of the figures, and the definitions that stand at the end of every report."""

from __future__ import annotations

from typing import Final

from resource_centre.i18n import N_, _
from resource_centre.services.rules import rule

INDICATORS: Final = {
    "persons_served": N_("People served"),
    "new_clients": N_("of these new"),
    "returning_clients": N_("of these returning"),
    "contacts": N_("Contacts at the front desk"),
    "services": N_("Services given"),
    "returnees_registered": N_("Returnees registered"),
    "family_members_served": N_("Family members served"),
    "cases_opened": N_("Cases opened"),
    "cases_closed": N_("Cases closed"),
    "cases_open_at_end": N_("Cases open at the end"),
    "vulnerability_assessments": N_("Vulnerability assessments"),
    "assessed_in_time": N_("Returnees assessed in good time"),
    "plans_made": N_("First plans made"),
    "plans_in_time": N_("of these in good time"),
    "goals_achieved": N_("Goals achieved in closed cases"),
    "counselling_sessions": N_("Counselling sessions held"),
    "persons_counselled": N_("People counselled"),
    "follow_ups_due": N_("Follow-ups due"),
    "follow_ups_on_time": N_("of these done on time"),
    "referrals_made": N_("Referrals sent"),
    "referrals_completed": N_("of these completed"),
    "referrals_in_time": N_("Referrals completed in good time"),
    "complaints_lodged": N_("Complaints lodged"),
    "complaints_closed": N_("Complaints closed"),
    "amount_recovered": N_("Recovered by complaints (Rp)"),
    "training_events": N_("Training events"),
    "training_participants": N_("Participants in training"),
    "contact_hours": N_("Hours of training times participants"),
    "mean_gain": N_("Mean gain between tests, in points"),
    "reached_pass_mark": N_("Reached the pass mark"),
    "trainers_certified": N_("Trainers certified"),
    "trainers_active": N_("Trainers who are active"),
    "savings_goals_set": N_("Savings goals set"),
    "savings_goals_reached": N_("Savings goals reached"),
    "saved_for_goals": N_("Put aside for goals (Rp)"),
    "survey_change": N_("Mean change in the reintegration survey"),
    "satisfied": N_("Answers that say satisfied or very satisfied"),
    "villages_covered": N_("Villages reached"),
    "data_quality": N_("Quality of the data of people registered"),
}
INSET: Final = frozenset(
    {"new_clients", "returning_clients", "follow_ups_on_time", "plans_in_time", "referrals_completed"}
)

INDICATOR_TERMS: Final = {
    "persons_served": ("served",),
    "new_clients": ("new_returning",),
    "returning_clients": ("new_returning",),
    "contacts": ("contacts",),
    "services": ("served",),
    "returnees_registered": ("returnees",),
    "family_members_served": ("served",),
    "cases_opened": ("cases",),
    "cases_closed": ("cases",),
    "cases_open_at_end": ("cases",),
    "vulnerability_assessments": ("assessments",),
    "assessed_in_time": ("assessments", "returnees"),
    "plans_made": ("plans",),
    "plans_in_time": ("plans",),
    "goals_achieved": ("plans",),
    "counselling_sessions": ("sessions",),
    "persons_counselled": ("sessions",),
    "follow_ups_due": ("follow_ups",),
    "follow_ups_on_time": ("follow_ups",),
    "referrals_made": ("referrals",),
    "referrals_completed": ("referrals",),
    "referrals_in_time": ("referrals",),
    "complaints_lodged": ("complaints",),
    "complaints_closed": ("complaints",),
    "amount_recovered": ("complaints",),
    "training_events": ("training",),
    "training_participants": ("training",),
    "contact_hours": ("training",),
    "mean_gain": ("tests",),
    "reached_pass_mark": ("tests",),
    "trainers_certified": ("trainers",),
    "trainers_active": ("trainers",),
    "survey_change": ("questionnaires",),
    "satisfied": ("questionnaires",),
    "villages_covered": ("served", "age_village"),
    "data_quality": ("quality",),
}
"""By which definitions each indicator is counted."""

COMPLAINT_GROUPS: Final = {
    "UPAH": N_("Wages"),
    "KONTRAK": N_("Contract"),
    "DOKUMEN": N_("Documents"),
    "KEKERASAN": N_("Neglect and restrictions"),
    "TPPO": N_("Special protection"),
    "PENEMPATAN": N_("Placement"),
    "KEADAAN": N_("Situation abroad"),
    "PEMULANGAN": N_("Coming home"),
    "JAMINAN": N_("Insurance"),
    "LAIN": N_("Other"),
    "PERLINDUNGAN": N_("Special protection"),
}
"""Groups of kinds of complaint, by their code in the list of kinds."""

NOBODY_SERVED: Final = N_("Nobody has been served yet.")
NOBODY_REGISTERED: Final = N_("No returnee has been registered yet.")
NO_SESSION: Final = N_("No counselling session has been held or missed yet.")
NO_EVENT: Final = N_("No training event has been held yet.")
NOBODY_TRAINED: Final = N_("Nobody has taken part in a training.")

DEFINITIONS: Final = (
    (
        "period",
        N_("Period"),
        N_(
            "A calendar month by the date of the event, not of its entry. “Year” counts from 1 January to the end of "
            "the month, “project” from the first day of the project or of the records. Where that lies in the same "
            "year, it counts from 1 January too, and its column says so."
        ),
    ),
    (
        "served",
        N_("People served"),
        N_(
            "Different people who had at least one service, one counselling session that took place, or one day of "
            "training they attended in the period. Whoever came in two months counts once in the year."
        ),
    ),
    (
        "new_returning",
        N_("New and returning"),
        N_(
            "New: the first service ever falls in the period. Returning: served in the period and before it. Together "
            "they are the people served."
        ),
    ),
    (
        "contacts",
        N_("Contacts"),
        N_("Visits and calls at the front desk, also of people who gave no name. One person may have several."),
    ),
    (
        "returnees",
        N_("Returnees registered"),
        N_(
            "People registered in the period who came back from abroad, by their first return. Those home on leave are "
            "not counted."
        ),
    ),
    (
        "age_village",
        N_("Age and village"),
        N_(
            "Age in completed years on the first day of service in the period; a year of birth alone counts as 1 July. "
            "The village is where the person lived on that day."
        ),
    ),
    (
        "sessions",
        N_("Counselling sessions"),
        N_(
            "Sessions that took place; one with a group is one session, attended by several people. The missed share "
            "is appointments to which the person did not come, of these and the sessions held."
        ),
    ),
    (
        "cases",
        N_("Cases"),
        N_(
            "Open at the start, opened and opened again, less those closed, are open at the end. A case that was "
            "closed and opened again counts in both lines."
        ),
    ),
    (
        "plans",
        N_("Plans and goals"),
        N_(
            "The first plan of each case. In good time: within {plan_days} days of the return, or of the opening of "
            "the case where no return is known. Goals are those of plans in force or completed; those of closed cases "
            "are counted as they stood when the case was closed."
        ),
    ),
    (
        "assessments",
        N_("Assessments"),
        N_(
            "Assessments of vulnerability by their date. In good time: of the returnees registered in the period, "
            "those assessed within {assessment_days} days."
        ),
    ),
    (
        "stays",
        N_("Stays abroad"),
        N_(
            "Of the first return: occupation, regularity and scheme, whole months from departure to return, and days "
            "from the return to being registered. A year alone counts as 1 July, a month alone as the 15th."
        ),
    ),
    (
        "follow_ups",
        N_("Follow-ups"),
        N_(
            "By the day they were due. On time: done within {grace_days} days of it. Not done: still waiting on the "
            "last day of the period. Not reached: done, but nobody was met."
        ),
    ),
    (
        "referrals",
        N_("Referrals"),
        N_(
            "Those sent in the period, as they stood on its last day. Completed: the client was served. Waiting: "
            "neither served nor ended. The median is of days from sending to the service. Completed in good time: of "
            "the referrals sent {referral_days} days before a day of the period, those completed within these days; "
            "the same after {later_days} and {latest_days} days. Such a figure no longer changes."
        ),
    ),
    (
        "complaints",
        N_("Complaints"),
        N_(
            "New by the day they were opened, recovered by the day of recovery. Every currency is counted by itself, "
            "nothing is converted."
        ),
    ),
    (
        "protection",
        N_("Special protection"),
        N_(
            "One line for all matters that only a protection officer reads. The report never tells them apart, and it "
            "counts them by the day they were first noted."
        ),
    ),
    (
        "training",
        N_("Training"),
        N_(
            "Events by their first day, without those called off. Participants are named on the sheet and attended at "
            "least one day, or were tested where no attendance was marked; a person at two events counts twice here "
            "and once among the people served. Counted only: who came besides them, without a name. Reach is an "
            "estimate of who heard or saw something; none of them is a participant or a person served. Young: under "
            "{youth_below} years."
        ),
    ),
    (
        "tests",
        N_("Tests before and after"),
        N_(
            "Only pairs: both tests of one participant in one module, both typed or both answered in one version. Gain "
            "is the score after less the score before, in percentage points. The range holds the mean gain of all "
            "people like these in 95 of 100 such groups (Student's t). The pass mark is {pass_mark} per cent. Of fewer "
            "than {least_matched} pairs, and where it could be reckoned from other lines, no mean is printed."
        ),
    ),
    (
        "trainers",
        N_("Trainers"),
        N_(
            "Active: taught in the {active_months} months before the last day. People reached are different people at "
            "the events that a generation led, each counted once, in the first generation that reached them."
        ),
    ),
    (
        "questionnaires",
        N_("Questionnaires"),
        N_(
            "Complete ones, by the day they were asked. Before and after: people asked at least twice, by their first "
            "answers and the last ones in the period. The range holds the mean change of all people like these in 95 "
            "of 100 such groups (Student's t). Nothing is shown of fewer than {least_matched} people. A score never "
            "decides whether somebody gets a service."
        ),
    ),
    (
        "quality",
        N_("Quality of the data"),
        N_(
            "Of the people registered in the period, as their records stand today: a NIK is valid when its digits can "
            "be one, a village is known by its code, consent is any decision on the use of data. The quality is the "
            "mean of these three shares. Late: written down more than {late_days} days after the end of the month of "
            "the event. A laptop is silent when nothing has come from it for {silent_days} days."
        ),
    ),
    (
        "sex",
        N_("Sex"),
        N_("As on the identity card; people whose sex is not known stand in a column of their own."),
    ),
)
"""Key, term and text of each; the keys are the `terms` of tables and rows."""


OTHER_PERIOD: Final = N_(
    "The days named at the head of the report, by the date of the event, not of its entry. “Year” counts from "
    "1 January to the last of these days, “project” from the first day of the project or of the records. Where that "
    "lies in the same year, it counts from 1 January too, and its column says so."
)
"""What a period is where the report is not that of a month."""


def definitions(*, of_month: bool = True) -> tuple[tuple[str, str, str], ...]:
    """Key, term and text in the active language, with the rules of today; of a month, or of any other period."""
    facts = {
        "pass_mark": f"{rule('pass_mark'):.0f}",
        "plan_days": f"{rule('plan_days'):.0f}",
        "grace_days": f"{rule('follow_up_grace_days'):.0f}",
        "least_matched": f"{rule('least_matched'):.0f}",
        "youth_below": f"{rule('youth_below'):.0f}",
        "active_months": f"{rule('trainer_active_months'):.0f}",
        "assessment_days": f"{rule('assessment_days'):.0f}",
        "referral_days": f"{rule('referral_days_short'):.0f}",
        "later_days": f"{rule('referral_days_middle'):.0f}",
        "latest_days": f"{rule('referral_days_long'):.0f}",
        "late_days": f"{rule('late_entry_days'):.0f}",
        "silent_days": f"{rule('device_silent_days'):.0f}",
    }
    shown = {key: (term, text) for key, term, text in DEFINITIONS}
    if not of_month:
        shown["period"] = (shown["period"][0], OTHER_PERIOD)
    return tuple((key, _(term), _(text).format(**facts)) for key, (term, text) in shown.items())
