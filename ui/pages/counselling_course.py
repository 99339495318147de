# SPDX-License-Identifier: Apache-2.0
"""A course of counselling on one page: what it began with, and the record of its completion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import CounsellingCourse, fields_of
from ui.kit.desk import Desk
from ui.kit.editors import Editor, ParagraphEditor
from ui.kit.form import Form
from ui.kit.page import Page
from ui.pages.column_form import ColumnForm
from ui.pages.record_form import RecordForm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import Person

OPENING = ("begun_on", "observations", "description", "initial_plan", "sessions_planned", "weeks_planned",
           "referral_need")  # fmt: skip
ENDING = ("ended_on", "completed", "dropout_reason", "evaluation", "review", "client_comment", "counsellor_comment",
          "more_needed")  # fmt: skip


@dataclass(frozen=True)
class Looked:
    """Whose course it is, and the course when there is one already; `held` counts the sessions so far."""

    person: Person
    course: CounsellingCourse | None
    held: int


class CoursePage(Page):
    """A subject is a course's id, or a person's for the course that is running or a new one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Course of counselling"))
        self.form: RecordForm | None = None
        self.person_id: str | None = None
        self._case_id: str | None = None
        self._place = QVBoxLayout()
        self.body.addLayout(self._place)

    def opened(self, subject: object = None) -> None:
        """Show the course."""
        if isinstance(subject, str):
            self._let_go()
            self.desk.worker.read(lambda session: _look(session, subject), self._show, replaces="course", owner=self)

    def first_field(self) -> QWidget | None:
        """The first question."""
        return self.form.form.editor("begun_on") if self.form is not None else None

    # Inside

    def _show(self, looked: Looked) -> None:
        self._let_go()
        course, person = looked.course, looked.person
        self.person_id, self._case_id = person.id, course.case_id if course else None
        self.set_title(person.full_name, _("Sessions so far: {n}").format(n=looked.held))
        form = CourseForm(self.desk)
        self.form = made = RecordForm(
            self.desk,
            _("Course of counselling"),
            form,
            name="course",
            record_id=course.id if course else person.id,
            write=lambda form: _writer(form, person.id, course.id if course else None),
            saved=self._saved,
            cancelled=self._leave,
            about=course,
        )
        form.set_values(course or {"begun_on": today()})
        form.follow()
        self._place.addWidget(made)
        made.show()
        made.begin()
        if course is not None:
            form.lead_to("ended_on")

    def _saved(self, case_id: Any) -> None:
        self._case_id = case_id
        self._leave()
        self.desk.messages.done(_("Saved."))

    def _leave(self) -> None:
        self._let_go()
        if self._case_id:
            self.desk.go("case", (self._case_id, "sessions"))
        elif self.person_id:
            self.desk.go("person", self.person_id)

    def _let_go(self) -> None:
        if self.form is not None:
            self.form.keeper.write_now()
            self.form.hide()
            self.form.deleteLater()
            self.form = None


class CourseForm(ColumnForm):
    """The opening at the left, the completion at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.places)
        fields = {field.name: field for field in fields_of(CounsellingCourse)}
        self.section("opening", _("Opening"))
        for name in OPENING:
            self.add_field(fields[name], _editor(name))
            if name == "weeks_planned":
                self.side_by_side("sessions_planned", "weeks_planned")
        note = _("Left empty while the course goes on.")
        self.section("ending", _("Completion"), column=1, note=note)
        for name in ENDING:
            self.add_field(fields[name], _editor(name))
        self.close_columns()
        self.settled.connect(self._look_at)
        self.edited.connect(self._look_at)

    def follow(self) -> None:
        """A course broken off says why."""
        reason = self.rows["dropout_reason"]
        reason.setVisible(self.editor("completed").value() is False or not reason.editor.is_empty())

    def _look_at(self, name: str) -> None:
        from resource_centre.services.diagnosis_words import check_diagnosis_words

        if name == "completed":
            if self.editor("completed").value() is not None and self.editor("ended_on").is_empty():
                self.set_values({"ended_on": today()})
            self.follow()
        for problem in check_diagnosis_words({name: self.editor(name).typed()}):
            self.rows[name].show_problem(problem.severity, problem.words())


def _editor(name: str) -> Editor | None:
    lines = {"description": 3, "initial_plan": 3, "review": 3, "client_comment": 2, "counsellor_comment": 2}
    return ParagraphEditor(lines=lines[name]) if name in lines else None


def _writer(form: Form, person_id: str, course_id: str | None) -> Any:
    values, reasons, version = form.values(), form.unanswered(), form.version

    def write(session: Session) -> str | None:
        from resource_centre.services.counselling_courses import record_course

        return record_course(session, person_id, values, reasons, course_id=course_id, version=version).case_id

    return write


def _look(session: Session, subject: str) -> Looked:
    from resource_centre.records import CounsellingCourse, Person
    from resource_centre.services.counselling import sessions_of
    from resource_centre.services.counselling_courses import running_course
    from resource_centre.services.saving import existing

    course = session.get(CounsellingCourse, subject)
    person = existing(session, Person, course.person_id if course else subject)
    return Looked(person, course or running_course(session, person.id), len(sessions_of(session, person.id)))
