# SPDX-License-Identifier: Apache-2.0
"""The counselling of a case: its sessions, and the course they belong to from opening to completion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, column, empty, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.case_part import CasePart
from ui.pages.wording import term

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import CounsellingCourse
    from resource_centre.services.counselling import SessionRow

LEAST_ROWS, MOST_ROWS = 3, 12


@dataclass(frozen=True)
class Looked:
    """The sessions, newest first, and the courses, the last one first."""

    sessions: list[SessionRow]
    courses: list[CounsellingCourse]
    closed: bool


class SessionsPart(CasePart):
    """Enter opens a session; the course stands above."""

    NOUNS: ClassVar[frozenset[str]] = frozenset({"CounsellingSession", "CounsellingCourse", "Case"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.new_button = button(_("&New session"), self.begin, role="main")
        self.rows = Rows(desk.worker, _columns(desk))
        self.list = RowsView(self.rows, _("Counselling sessions"), nothing=_("There was no session yet."))
        self.list.chosen.connect(lambda session_id: desk.go("counselling", ("session", session_id)))
        self.courses = Card(_("Course of counselling"))
        self._course_lines = column()
        self.courses.body.addLayout(self._course_lines)
        self.view.addLayout(row(self.new_button, None))
        self.view.addWidget(self.list)
        self.view.addWidget(self.courses)

    def first_field(self) -> QPushButton:
        """What one does here most."""
        return self.new_button

    def open_record(self, record_id: str) -> None:
        """Open a session where it was written down."""
        self.desk.go("counselling", ("session", record_id))

    def begin(self) -> None:
        """Write down a session and come back."""
        self.desk.go("counselling", ("case", self.case_id, self.person_id))

    def take_keyboard(self) -> None:
        """To a new session."""
        self.new_button.setFocus(Qt.FocusReason.TabFocusReason)

    def look(self, session: Any) -> Looked:
        """Read the sessions and courses of the person that belong to this case, or to none."""
        return _look(session, self.case_id, self.person_id)

    def show_looked(self, looked: Looked) -> None:
        """Show them."""
        self.new_button.setVisible(not looked.closed)
        self.rows.show_rows(looked.sessions)
        high = min(max(len(looked.sessions), LEAST_ROWS), MOST_ROWS) + 1
        self.list.setFixedHeight(high * self.list.verticalHeader().defaultSectionSize() + 12)
        empty(self._course_lines)
        for course in looked.courses:
            self._course_lines.addLayout(self._course_line(course))
        if not looked.courses:
            words = _("What is observed at the beginning, how many sessions are planned, and how it ended.")
            self._course_lines.addWidget(label(words, "muted", wrap=True))
        if not looked.closed and all(course.ended_on for course in looked.courses):
            begin = button(_("Begin a course"), lambda: self.desk.go("course", self.person_id))
            self._course_lines.addLayout(row(begin, None))

    def _course_line(self, course: CounsellingCourse) -> Any:
        words = _("Since {day}").format(day=show_date(course.begun_on))
        facts, act = _facts(course), partial(self.desk.go, "course", course.id)
        made = row(button(words, act, role="link", name=f"{words}: {facts}"))
        made.addWidget(label(facts, "muted", wrap=True), 1)
        return made


def _columns(desk: Desk) -> list[Column]:
    colours = desk.theme
    return [
        Column(_("Date"), lambda one: show_date(one.held_on), width=17),
        Column(_("No."), lambda one: str(one.number or ""), width=4, right=True),
        Column(_("Kind of counselling"), lambda one: term("service_type", one.service_type)),
        Column(_("Session"), _session_words, width=23),
        Column(_("Attendance"), lambda one: term("session_attendance", one.attendance), width=9),
        Column(
            _("Risk of harm"),
            lambda one: term("risk_level", one.risk),
            width=9,
            tone=lambda one: colours.colours.danger if one.risk in ("sedang", "tinggi") else "",
        ),
        Column(_("Minutes"), lambda one: str(one.minutes or ""), width=5, right=True),
        Column(_("Counsellor"), lambda one: one.counsellor or "", width=13),
    ]


def _session_words(one: SessionRow) -> str:
    return " · ".join(
        part for part in (term("counselling_type", one.session_type), term("counselling_mode", one.mode)) if part
    )


def _facts(course: CounsellingCourse) -> str:
    planned = course.sessions_planned
    words = ngettext("{n} session planned", "{n} sessions planned", planned or 0).format(n=planned) if planned else ""
    if course.ended_on is None:
        return " · ".join(part for part in (words, _("still running")) if part)
    how = (
        _("completed")
        if course.completed
        else _("broken off: {why}").format(why=term("dropout_reason", course.dropout_reason))
    )
    ended = _("ended on {day}").format(day=show_date(course.ended_on))
    return " · ".join(part for part in (words, ended, how, term("course_evaluation", course.evaluation)) if part)


def _look(session: Session, case_id: str, person_id: str) -> Looked:
    from resource_centre.records import Case
    from resource_centre.services.counselling import sessions_of
    from resource_centre.services.counselling_courses import courses_of
    from resource_centre.services.saving import existing

    closed = existing(session, Case, case_id).closed_on is not None
    here = (case_id, None)
    held = [one for one in sessions_of(session, person_id) if one.case_id in here]
    return Looked(held, [one for one in courses_of(session, person_id) if one.case_id in here], closed)
