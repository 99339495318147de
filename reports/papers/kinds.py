# SPDX-License-Identifier: Apache-2.0
"""Which papers there are, what each is about, and making one: content in the client's language, then the PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Final

from sqlalchemy.orm import Session

from reports.papers.heading import paper_language
from resource_centre.clock import today
from resource_centre.i18n import N_, _, using
from resource_centre.i18n import language as active_language
from resource_centre.records import (
    Budget,
    Case,
    Complaint,
    CounsellingSession,
    Curriculum,
    DebtPlan,
    FollowUp,
    Person,
    Plan,
    Practice,
    Referral,
    RemittancePlan,
    SavingsGoal,
    SavingsGroup,
    TrainingEvent,
)
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.paper_copies import next_copy


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper. `about` is the record it is printed of, None for one about no single record; `file_name` is
    what its file is called by default, and names nobody. `options` are words its content function takes. `whose` finds
    whom a record of several tables is about."""

    key: str
    title: str
    about: type[Any] | None
    content: str
    draw: str
    file_name: tuple[str, str]
    """In Indonesian and in English."""
    blank: str = ""
    options: tuple[str, ...] = ()
    whose: str = ""


@dataclass(frozen=True)
class MadePaper:
    """A paper that is ready to be shown, printed or saved. `content` is what is drawn in `pdf`."""

    kind: str
    language: str
    title: str
    content: Any
    pdf: bytes
    file_name: str
    record_id: str | None = None
    """The record it is about, None for a blank form and for what is about no single record."""
    person_id: str | None = None
    """Whose paper it is."""
    number: str = ""
    """The number that finds the record again; the first day of a week's list."""
    copies: int = 1

    @property
    def copy(self) -> int | None:
        """The number of the copy, or of the first of several; None for a blank form."""
        copy: int | None = self.content.heading.copy
        return copy


KINDS: Final[dict[str, PaperKind]] = {
    kind.key: kind
    for kind in (
        PaperKind("intake", N_("Intake"), Person, "intake:intake_paper", "intake_sheet:draw_intake",
                  ("pendataan", "intake"), "intake:blank_intake"),
        PaperKind("consent", N_("Consent"), Person, "consent:consent_sheet", "consent_sheet:draw_consent",
                  ("persetujuan", "consent"), "consent:blank_consent", ("purpose",)),
        PaperKind("plan", N_("Reintegration plan"), Plan, "plan:plan_paper", "plan_sheet:draw_plan",
                  ("rencana", "plan"), "plan:blank_plan"),
        PaperKind("referral", N_("Referral letter"), Referral, "referral:referral_paper",
                  "referral_sheet:draw_referral", ("rujukan", "referral"), "referral:blank_referral",
                  ("neutral",)),
        PaperKind("appointment", N_("Appointment"), FollowUp, "appointment:appointment_slip",
                  "appointment_sheet:draw_appointment", ("janji", "appointment"), "appointment:blank_appointment",
                  ("neutral",)),
        PaperKind("next_meeting", N_("Appointment"), CounsellingSession, "appointment:next_meeting_slip",
                  "appointment_sheet:draw_appointment", ("janji", "appointment"), "appointment:blank_appointment",
                  ("neutral",)),
        PaperKind("case_summary", N_("Case summary"), Case, "case_summary:case_summary",
                  "case_summary_sheet:draw_case_summary", ("ringkasan-kasus", "case-summary"),
                  options=("copies",)),
        PaperKind("closing", N_("Closing of a case"), Case, "closing:closing_form", "closing_sheet:draw_closing",
                  ("penutupan", "closing"), "closing:blank_closing"),
        PaperKind("week_list", N_("Visits of the week"), None, "week_list:week_list_paper",
                  "week_list_sheet:draw_week_list", ("kunjungan", "visits"), options=("account",)),
        PaperKind("complaint", N_("Receipt of a complaint"), Complaint, "complaint:complaint_receipt",
                  "complaint_sheet:draw_complaint", ("tanda-terima", "receipt")),
        PaperKind("savings_goal", N_("Savings goal"), SavingsGoal, "savings_goal:savings_goal_sheet",
                  "household_money_sheet:draw_money", ("tujuan-tabungan", "savings-goal")),
        PaperKind("budget", N_("Household budget"), Budget, "budget:budget_sheet", "household_money_sheet:draw_money",
                  ("anggaran", "budget"), "budget:blank_budget"),
        PaperKind("debt_plan", N_("A plan out of debt"), DebtPlan, "debt_plan:debt_plan_sheet",
                  "household_money_sheet:draw_money", ("rencana-utang", "debt-plan")),
        PaperKind("remittance", N_("Money sent home"), RemittancePlan, "remittance:remittance_sheet",
                  "household_money_sheet:draw_money", ("kiriman", "money-sent-home"), "remittance:blank_remittance"),
        PaperKind("questionnaire", N_("Questionnaire"), AnyResponse, "questionnaire:questionnaire_paper",
                  "questionnaire_sheet:draw_questionnaire", ("kuesioner", "questionnaire"),
                  "questionnaire:blank_questionnaire", ("named",), "questionnaire:person_of"),
        PaperKind("attendance", N_("Attendance sheet"), TrainingEvent, "attendance:attendance_sheet",
                  "attendance_sheet:draw_attendance", ("daftar-hadir", "attendance-sheet"),
                  "attendance:blank_attendance_sheet"),
        PaperKind("test_before", N_("Test before the event"), TrainingEvent, "event_tests:before_event",
                  "event_tests_sheet:draw_event_forms", ("tes-awal", "test-before"), options=("spare",)),
        PaperKind("test_after", N_("Test after the event"), TrainingEvent, "event_tests:after_event",
                  "event_tests_sheet:draw_event_forms", ("tes-akhir", "test-after"), options=("spare",)),
        PaperKind("answer_key", N_("Answer key"), TrainingEvent, "event_tests:answer_key",
                  "event_tests_sheet:draw_answer_key", ("kunci-jawaban", "answer-key")),
        PaperKind("evaluation_forms", N_("Evaluation forms"), TrainingEvent, "event_tests:evaluation_forms",
                  "event_tests_sheet:draw_event_forms", ("penilaian-peserta", "evaluation"), options=("spare",)),
        PaperKind("certificates", N_("Certificates"), TrainingEvent, "certificate:certificates_paper",
                  "certificate_sheet:draw_certificates", ("sertifikat", "certificates"), options=("certificate",)),
        PaperKind("event_report", N_("Report of an event"), TrainingEvent, "event_report:event_report",
                  "event_report_sheet:draw_event_report", ("laporan-kegiatan", "event-report")),
        PaperKind("dialogue_minutes", N_("Minutes of a dialogue"), TrainingEvent, "dialogue_minutes:dialogue_minutes",
                  "dialogue_minutes_sheet:draw_minutes", ("risalah-dialog", "dialogue-minutes")),
        PaperKind("group_meeting_sheet", N_("Meeting sheet"), SavingsGroup, "group:meeting_sheet",
                  "group_sheet:draw_meeting_sheet", ("pertemuan-kelompok", "group-meeting"), options=("meeting",)),
        PaperKind("group_share_out", N_("Share-out list"), SavingsGroup, "group:share_out_list",
                  "group_sheet:draw_share_out", ("bagi-hasil", "share-out")),
        PaperKind("group_summary", N_("Group on one page"), SavingsGroup, "group:group_summary",
                  "group_sheet:draw_group_summary", ("ringkasan-kelompok", "group-summary")),
        PaperKind("curriculum", N_("Curriculum"), Curriculum, "curriculum:curriculum_paper",
                  "curriculum_sheet:draw_curriculum", ("kurikulum", "curriculum")),
        PaperKind("practice", N_("Good practice"), Practice, "practice:practice_paper",
                  "practice_sheet:draw_practice", ("praktik-baik", "good-practice")),
        PaperKind("pairing_card", N_("Pairing card"), None, "pairing_card:pairing_card",
                  "pairing_card_sheet:draw_pairing_card", ("kartu-sambungan", "pairing-card"),
                  options=("card", "laptop", "login", "until")),
        PaperKind("village_list", N_("Village list"), None, "village_list:village_list",
                  "village_list_sheet:draw_village_list", ("daftar-desa", "village-list"),
                  "village_list:blank_village_list"),
    )
}  # fmt: skip
"""The papers, in the order in which they come up in the work."""

BLANKS: Final = tuple(
    kind.key for kind in KINDS.values() if kind.blank and kind.key not in ("next_meeting", "questionnaire")
)
"""The papers there are as blank forms too, one of each; of questionnaires there are many."""


def make_paper(
    session: Session,
    kind: str,
    record_id: str | None = None,
    *,
    language: str | None = None,
    copy: int | None = None,
    **options: Any,
) -> MadePaper:
    """A paper about a record, in the client's language unless another is named. `options` are those of the kind.

    `copy` is the number of the (first) copy; without it, the paper bears the number that the next copy will have.

    `record_id` is a record of the kind's `about`; for the week's list it is the first day, as 2026-11-23, for a
    questionnaire with ``blank=True`` a version or the name of a form. Raises `Refused` for what this account may not
    see.
    """
    found = KINDS[kind]
    whose = options.get("person_id") or _person_of(session, found, record_id)
    chosen = language or paper_language(session, whose)
    with using(chosen):
        subject: Any = _first_day(record_id) if found.about is None else record_id
        content = _function(found.content)(session, subject, **options)
        if options.get("blank"):
            return _drawn(found, chosen, content, None)
        about = None if found.about is None else record_id
        number = content.heading.number or (subject.isoformat() if found.about is None else "")
        made = _drawn(found, chosen, content, copy or next_copy(session, kind, about, number))
        copies = int(options.get("copies") or 1)
        return replace(made, record_id=about, person_id=whose, number=number, copies=copies)


def make_blank(kind: str, *, language: str | None = None, centre: str = "", **options: Any) -> MadePaper:
    """A blank form; no centre need be open for it. KeyError for a kind that is never blank.

    `options` are those of the kind: a questionnaire's ``form`` (its name or the form itself) and ``form_language``.
    """
    found = KINDS[kind]
    if not found.blank:
        raise KeyError(kind)
    chosen = language or active_language()
    with using(chosen):
        return _drawn(found, chosen, _function(found.blank)(centre, **options), None)


def _drawn(kind: PaperKind, chosen: str, content: Any, copy: int | None) -> MadePaper:
    name = kind.file_name[chosen == "en"]
    if copy is not None:
        content = replace(content, heading=replace(content.heading, copy=copy))
    return MadePaper(kind.key, chosen, _(kind.title), content, _function(kind.draw)(content), name)


def _person_of(session: Session, kind: PaperKind, record_id: str | None) -> str | None:
    if kind.about is None or record_id is None:
        return None
    if kind.about is Person:
        return record_id
    if kind.whose:
        found: str | None = _function(kind.whose)(session, record_id)
        return found
    record = session.get(kind.about, record_id)
    return getattr(record, "person_id", None)


def _first_day(text: str | None) -> dt.date:
    return dt.date.fromisoformat(text) if text else today()


def _function(where: str) -> Callable[..., Any]:
    module, _colon, name = where.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"reports.papers.{module}"), name)
    return found
