# SPDX-License-Identifier: Apache-2.0
"""The intake: a conversation in six parts, kept as a draft while it goes on, saved as one act at its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.problems import Problem
from ui.kit.desk import Desk
from ui.kit.page import Page, scrolling
from ui.kit.pieces import MARGIN, WIDE_GAP, button, label, row
from ui.pages.intake_aside import IntakeAside
from ui.pages.intake_form import IntakeForm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.services.duplicates import Likeness
    from resource_centre.services.intake import Intake

PAUSE_MS = 350
LEAST_LETTERS = 3
ROOM_FOR_ASIDE = 700
SCROLL_BAR = 20


class IntakePage(Page):
    """Registering somebody who comes for the first time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Intake"), scrolls=False)
        self.form = IntakeForm(desk.places)
        self.aside = IntakeAside(desk.places, self.open_same, self.form.lead_to)
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        self.new_button = button(_("Start a new intake"), self.start_anew, help=_("What is typed here is let go."))
        self.state = label("", "help")
        for widget in (self.state, self.new_button, self.save_button):
            self.buttons.addWidget(widget)
        self.draft = desk.drafts.keep("intake", self.form, parent=self)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(PAUSE_MS)
        self._saving = False
        self._lay_out_body()
        self._listen()
        self._look_over()

    def opened(self, subject: object = None) -> None:
        """A draft is taken up again; else a new intake begins with what was typed in the search."""
        text = subject if isinstance(subject, str) else ""
        if not self._begun():
            self._begin_with(text)
            self.draft.offer(self._take_up)
        elif text:
            words = _("Another intake is still open here. Save it first, or start a new one.")
            self.desk.messages.tell(words, "info", (_("Start a new intake"), lambda: self.start_anew(text)))

    def first_field(self) -> QWidget | None:
        """The keyboard is in the first field."""
        return self.form.editor("person.full_name")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window one column, and below a certain width no help beside it."""
        super().resizeEvent(event)
        room = event.size().width() - 2 * MARGIN
        aside = room >= ROOM_FOR_ASIDE
        self.side.setVisible(aside)
        self.form.fit(room - SCROLL_BAR - (self.side.width() + WIDE_GAP if aside else 0))

    def save(self) -> None:
        """Save everything in one act, or show what stands in the way and lead to the first."""
        if self._saving or self.form.show_problems(self.form.not_understood()):
            return
        parts = self.form.parts()
        self._saving = True
        self.save_button.setEnabled(False)
        self.desk.worker.change(lambda session: _register(session, parts), self._saved, self._refused)

    def start_anew(self, text: str = "") -> None:
        """Let go of what is typed and begin again, with what was typed in the search."""
        self.draft.discard()
        self.form.begin()
        self.form.clear_problems()
        self.aside.show_alike(())
        self.desk.messages.clear()
        self.state.setText("")
        self._begin_with(text)
        self.form.lead_to("person.full_name")

    def open_same(self, person_id: str) -> None:
        """It is somebody we know: go there. What was typed stays as a draft."""
        self.draft.write_now()
        self.desk.go("person", person_id)

    # Inside

    def _lay_out_body(self) -> None:
        inside = QVBoxLayout()
        inside.addWidget(self.form)
        self.area: QScrollArea = scrolling(inside)
        side = QVBoxLayout()
        side.addWidget(self.aside)
        self.side = scrolling_aside(side)
        self.body.addLayout(row(self.area, self.side, gap=WIDE_GAP), 1)

    def _listen(self) -> None:
        self._looking.timeout.connect(self._look)
        self.form.edited.connect(self._edited)
        self.form.settled.connect(lambda _name: self._look_over())
        save = QShortcut(QKeySequence.StandardKey.Save, self, self.save)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.desk.places.ready.connect(self._look)

    def _begin_with(self, text: str) -> None:
        self.form.start_with(text)
        self._look_over()
        self._look()

    def _begun(self) -> bool:
        return self.new_button.isEnabled()

    def _edited(self, _name: str) -> None:
        self.draft.touch()
        self.state.setText(_("Kept as a draft"))
        self._looking.start()
        self._look_over()

    def _look_over(self) -> None:
        """What follows from the answers without asking the database."""
        self.form.follow_client_type()
        words = {name: row.words for name, row in self.form.rows.items()}
        self.aside.show_missing(self.form.missing(), words)
        begun = self.form.typed().keys() - {"contact.channel", "contact.held_on", "person.nationality", "open_case"}
        self.new_button.setEnabled(bool(begun))

    def _look(self) -> None:
        """Ask who may be the same person, and what does not fit together."""
        description = self.form.description()
        if len(description["full_name"]) < LEAST_LETTERS and not (description["nik"] or description["phone"]):
            self.aside.show_alike(())
            return
        parts = self.form.parts()
        self.desk.worker.read(
            lambda session: _look_around(session, description, parts),
            self._show_found,
            self._nothing_found,
            replaces="intake-look",
            quiet=True,
        )

    def _show_found(self, found: tuple[Sequence[Likeness], Sequence[Problem]]) -> None:
        alike, problems = found
        self.aside.show_alike(alike)
        for problem in self.form.placed(problems):
            line = self.form.rows.get(problem.field)
            if line is not None and problem.code != "required" and not line.editor.main.hasFocus():
                line.show_problem(problem.severity, problem.words())

    def _nothing_found(self, _error: Exception) -> None:
        """Half an answer may not be comparable yet; saving will say so."""

    def _take_up(self, body: dict[str, Any]) -> None:
        self.form.restore(body)
        self._look_over()
        self._look()
        words = _("This intake was not saved yet. Go on with it, or start a new one.")
        self.desk.messages.tell(words, "info", (_("Start a new intake"), self.start_anew))

    def _saved(self, intake: Intake) -> None:
        self._rest()
        self.start_anew()
        said = _("Registered with the number {number}.").format(number=intake.number or "")
        warnings = " ".join(dict.fromkeys(problem.words() for problem in intake.warnings))
        self.desk.go("person", intake.person_id)
        self.desk.messages.tell(f"{said} {warnings}".strip(), "warning" if warnings else "good")

    def _refused(self, error: Exception) -> None:
        self._rest()
        problems = self.form.placed(getattr(error, "problems", ()))
        for problem in problems:
            self._reveal(problem.field)
        if not self.form.show_problems(problems):
            self.desk.messages.show_error(error)

    def _reveal(self, name: str) -> None:
        if name.startswith("episode."):
            self.form.show_section("abroad", True)
            self.form.show_section("return", True)

    def _rest(self) -> None:
        self._saving = False
        self.save_button.setEnabled(True)


def scrolling_aside(layout: QVBoxLayout) -> QScrollArea:
    """The side column, which scrolls by itself when it is long."""
    area = scrolling(layout)
    layout.setContentsMargins(0, 0, 4, WIDE_GAP)
    area.setFixedWidth(IntakeAside.width_wanted())
    return area


def _register(session: Session, parts: dict[str, Any]) -> Intake:
    from resource_centre.services.intake import register_intake

    return register_intake(session, **parts, on=parts["contact"].get("held_on") or today())


def _look_around(
    session: Session, description: dict[str, Any], parts: dict[str, Any]
) -> tuple[Sequence[Likeness], Sequence[Problem]]:
    from resource_centre.services.intake import check_intake
    from resource_centre.services.people import likely_duplicates

    asked = {name: value for name, value in parts.items() if name != "open_case"}
    return likely_duplicates(session, **description), check_intake(session, **asked)
