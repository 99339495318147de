# SPDX-License-Identifier: Apache-2.0
"""Before a questionnaire is asked: about whom, and who will read the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.person_picker import PersonPicker
from ui.pages.questionnaires_read import events_to_ask_about
from ui.pages.questionnaires_words import PROTECTED
from ui.pages.wording import days_words, home_of, term, village_words

if TYPE_CHECKING:
    from resource_centre.services.questionnaires import Shelved

WIDTH = 560
EVENTS = (760, 480)


def ask_questionnaire(desk: Desk, parent: QWidget, known: Shelved) -> QDialog | None:
    """Ask whom it is about, and go on to the questions; about the centre nothing is to be asked first."""
    if known.about == "centre":
        desk.go("questionnaire", ("begin", known.name, {}))
        return None
    made: QDialog = AskAboutEvent(parent, desk, known) if known.about == "event" else AskPerson(parent, desk, known)
    made.open()
    return made


def who_reads_words(desk: Desk, sensitivity: str) -> str:
    """A warning when whoever asks will not read the answers again; nothing otherwise."""
    if sensitivity == PROTECTED and not desk.may("protect"):
        return _("Only protection officers read the answers. Once it is complete you cannot open it again.")
    if sensitivity == "sensitive" and not desk.may("counsel"):
        return _("Counsellors and coordinators read the answers. Once it is complete you cannot open it again.")
    return ""


class _Ask(QDialog):
    """A title, a warning where one is due, what is chosen, and the way on."""

    def __init__(self, parent: QWidget, desk: Desk, known: Shelved) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.known = desk, known
        self.setWindowTitle(_("Ask a questionnaire"))
        self.on_button = button(_("&Begin"), self.go_on, role="main")
        self.on_button.setDefault(True)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(20, 18, 20, 18)
        self.inside.setSpacing(GAP)
        self.inside.addWidget(label(known.title, "heading", wrap=True))
        words = who_reads_words(desk, known.sensitivity)
        if words:
            self.inside.addWidget(label(words, "warning", wrap=True))

    def go_on(self) -> None:
        """To the questions."""
        raise NotImplementedError

    def finish(self) -> None:
        """The buttons below."""
        self.inside.addSpacing(GAP)
        self.inside.addLayout(row(None, button(_("Cancel"), self.reject, help="Esc"), self.on_button))

    def begin(self, about: dict[str, Any]) -> None:
        """Close, and ask."""
        self.accept()
        self.desk.go("questionnaire", ("begin", self.known.name, about))


class AskPerson(_Ask):
    """Whom to ask."""

    def __init__(self, parent: QWidget, desk: Desk, known: Shelved) -> None:
        super().__init__(parent, desk, known)
        self.setMinimumWidth(WIDTH)
        self.person = PersonPicker(desk, _("Who is asked"))
        asked = label(_("&Who is asked"), "question")
        asked.setBuddy(self.person.line)
        self.inside.addWidget(asked)
        self.inside.addWidget(self.person)
        self.person.chosen.connect(lambda person_id: self.on_button.setFocus() if person_id else None)
        self.person.new_wanted.connect(self._register)
        self.finish()
        self.person.line.setFocus()

    def go_on(self) -> None:
        """With the person who is chosen, and their open case."""
        person_id = self.person.person_id
        if person_id is None:
            self.person.mark(_("Choose who is asked."))
            self.person.line.setFocus()
            return
        self.desk.worker.read(lambda session: about_person(session, person_id), self.begin)

    def _register(self, name: str) -> None:
        self.reject()
        self.desk.go("intake", name)


class AskAboutEvent(_Ask):
    """About which event."""

    def __init__(self, parent: QWidget, desk: Desk, known: Shelved) -> None:
        super().__init__(parent, desk, known)
        self.resize(*EVENTS)
        places, home = desk.places, home_of(desk)
        columns = (
            Column(_("Date"), lambda event: days_words(event.starts_on, event.ends_on), width=22),
            Column(_("What"), lambda event: event.topic or term("module", event.module)),
            Column(_("Village"), lambda event: village_words(places, event.village_code, home), width=26),
        )
        self.rows = Rows(desk.worker, columns)
        self.list = RowsView(self.rows, _("Training events"), nothing=_("One moment…"))
        self.inside.addWidget(label(_("About which event?"), "question"))
        self.inside.addWidget(self.list, 1)
        self.list.chosen.connect(lambda _event: self.go_on())
        self.finish()
        desk.worker.read(events_to_ask_about, self._show, owner=self)

    def go_on(self) -> None:
        """With the event the keyboard is on."""
        event_id = self.list.current_id()
        if event_id is not None:
            self.begin({"event_id": event_id})

    def _show(self, events: list[Any]) -> None:
        self.list.say_when_empty(_("There is no event yet. Write it down under Training first."))
        self.rows.show_rows(events)
        self.on_button.setEnabled(bool(events))
        if events:
            self.list.selectRow(0)
            self.list.setFocus()


def about_person(session: Any, person_id: str) -> dict[str, Any]:
    """Whom the answers are about: the person, and their open case where there is one."""
    from resource_centre.services.cases import open_case_of

    case = open_case_of(session, person_id)
    return {"person_id": person_id, "case_id": case.id if case is not None else None}
