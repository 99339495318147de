# SPDX-License-Identifier: Apache-2.0
"""Where one goes on with a form that was begun and not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.shell_pages import PAGES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Place = tuple[Any, ...]
"""What `Desk.go` takes: a page, and what it opens."""

PARTS_OF_CASE = (("case_plan", "plan"), ("case_advice", "advice"), ("case_close", "closing"))
"""How forms begin that are about a case, and the part of its page they are on."""

ON_A_CASE = {
    "referral": "referrals",
    "complaint": "complaints",
    "assistance": "assistance",
    "contribution": "assistance",
}
"""The first word of forms about a record of a case or of a person, and its part of the case."""

QUESTIONNAIRE, RESPONSE = "questionnaire", "response"
"""How drafts of questionnaires begin, and those that stand for answers their writer may not read back."""

CLASS_TEST = "class_test"
"""How drafts of a class's test begin that is written down from paper."""

MEETINGS = ("commitment", "partner", "partners")
"""How forms begin that are about what meetings agreed on, and about partners."""

FRAMES = "frames"
"""How forms begin that are about projects, logframes and indicators."""

EXCHANGE = "exchange"
"""How forms begin that are about laptops and other centres."""

OF_REPORT = ("month_narrative", "indicator_target")
"""Forms on the second tab of the report."""

ELSEWHERE = {"protection": "protection", "follow_up_result": "follow_ups", "follow_up_change": "follow_ups"}
"""Forms whose page opens their record."""


def place_of_draft(session: Session, form: str, about: str | None) -> Place:
    """The page a form is on, and what that page is to open; `about` is what the draft was kept with."""
    from resource_centre.services.intake_parts import person_of_entry
    from resource_centre.services.intake_sections import step_of_entry

    if form == RESPONSE or form.partition(".")[0] == QUESTIONNAIRE:
        from ui.pages.questionnaire_work import draft_subject

        return (QUESTIONNAIRE, draft_subject(form, about))
    if form.partition(".")[0] == CLASS_TEST:
        return ("training", (about, "learning"))
    if form.partition("_")[0] == EXCHANGE or form in OF_REPORT:
        return _of_office(form, about)
    if form.partition("_")[0] == FRAMES:
        from ui.pages import projects_store

        return projects_store.place_of_draft(session, form, about)
    if form.partition("_")[0] in MEETINGS:
        from ui.pages import agreements_store

        return agreements_store.place_of_draft(session, form, about)
    if about is None:
        return (form,) if form in PAGES else ("referrals", "directory") if form == "provider" else ("people",)
    step = step_of_entry(form)
    if form == "intake" or step:
        return ("intake", ("person", person_of_entry(session, form, about), step))
    if form == "counselling_change":
        return ("counselling", ("session", about))
    if form == "hand_over":
        return ("cases", "supervision")
    return _of_case(session, form, about) or _of_page(form, about)


def _of_office(form: str, about: str | None) -> Place:
    if form in OF_REPORT:
        return ("report", _words_of_report(about))
    return (EXCHANGE, "new" if form == "exchange_laptop" else None)


def _words_of_report(about: str | None) -> Place:
    from resource_centre.clock import today
    from ui.pages.report import months
    from ui.pages.report_words import month_of_draft

    return ("words", month_of_draft(about, [code for code, _words in months(today())]))


def _of_page(form: str, about: str) -> Place:
    if form in ELSEWHERE:
        return (ELSEWHERE[form], about)
    return (form, about) if form in PAGES and form != "person" else ("person", (about, form))


def _of_case(session: Session, form: str, about: str) -> Place | None:
    if form.startswith("case"):
        part = next((part for beginning, part in PARTS_OF_CASE if form.startswith(beginning)), "overview")
        return ("case", (about, part))
    part = ON_A_CASE.get(form.partition("_")[0], "")
    if not part:
        return None
    case_id, person_id = _whose(session, about)
    if case_id:
        return ("case", (case_id, part))
    return ("person", person_id) if person_id else ("people",)


def _whose(session: Session, record_id: str) -> tuple[str | None, str | None]:
    """The case and the person that a record of theirs, or the person themself, is about."""
    from resource_centre.records import Assistance, Complaint, Contribution, Person, Referral
    from resource_centre.services.cases import open_case_of

    records: tuple[Any, ...] = (Referral, Complaint, Assistance, Contribution)
    found = next((one for record in records if (one := session.get(record, record_id)) is not None), None)
    if found is not None:
        return getattr(found, "case_id", None), found.person_id
    person = session.get(Person, record_id)
    case = open_case_of(session, person.id) if person is not None else None
    return case.id if case else None, person.id if person else None
