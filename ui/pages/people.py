# SPDX-License-Identifier: Apache-2.0
"""Everybody the centre knows: one field to search in, one list, one key to register somebody new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from resource_centre.i18n import _, ngettext
from resource_centre.values.standing import DEAD
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.wording import age_words, home_of, phone_words, term, village_words, whole_number

if TYPE_CHECKING:
    from resource_centre.services.find_number import Found

PAUSE_MS = 60


CERTIFICATE = "B"
OF_PAPERS = ("K", "R", "A", "T", "G", CERTIFICATE, "P")
"""Letters of numbers (resource_centre.values.numbers) that are no person's."""
PAGE_OF = {"training": "training", "savings_group": "savings_groups", "trainer": "trainers"}
"""Where what is about no single person is opened."""


class PeoplePage(Page):
    """Search as one types; Enter opens, F2 registers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("People"), scrolls=False)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Name, number, NIK, telephone or village"))
        self.search.setAccessibleName(_("Search people"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.count = label("", "muted")
        self.rows = Rows(desk.worker, self._columns())
        self.list = RowsView(self.rows, _("People"), nothing=_("One moment…"))
        self.register = button(_("Register a new person"), self.register_new, role="main", help="F2")
        self.twice = button(_("Same person twice"), lambda: desk.go("duplicates"), role="link")
        self.differ = button(_("Differences"), lambda: desk.go("conflicts"), role="link")
        if desk.may("counsel"):
            self.buttons.addWidget(self.differ)
            self.buttons.addWidget(self.twice)
        self.buttons.addWidget(self.register)
        self.body.addLayout(row(self.search, self.count, gap=16))
        self.body.addWidget(self.list, 1)
        self.body.addWidget(label(_("Enter opens a person. F2 registers a new one."), "help"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._asked: str | None = None
        self._listen()

    def opened(self, subject: object = None) -> None:
        """Show the list; a subject is a text to search for."""
        self.desk.places.wanted()
        if isinstance(subject, str):
            self.search.setText(subject)
        self.search.selectAll()
        self._look()

    def first_field(self) -> QWidget | None:
        """The keyboard is in the search field."""
        return self.search

    def register_new(self) -> None:
        """Go to the intake with what was typed."""
        self.desk.go("intake", self.search.text().strip())

    def open_current(self) -> None:
        """Open the marked person, or the first one."""
        chosen = self.list.current_id() or (self.rows.row(0).id if self.rows.rowCount() else None)
        if chosen is not None and self._asked == self.search.text():
            self.desk.go("person", chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the search field into the list, Enter opens."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and self.rows.rowCount():
                self.list.setFocus()
                self.list.selectRow(max(0, self.list.currentIndex().row()))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._look()
                text = self.search.text()
                if series_of(text) == CERTIFICATE:
                    self._check_certificate(text)
                    return True
                self.desk.worker.read(lambda session: _number(session, text), self._open_found, owner=self)
                return True
        return super().eventFilter(watched, event)

    def _open_found(self, found: Found | None) -> None:
        """What a number on a paper belongs to; without one the marked person."""
        if found is None:
            self.open_current()
        elif found.noun in PAGE_OF:
            self.desk.go(PAGE_OF[found.noun], found.id)
        elif found.noun in ("referral", "complaint"):
            self.desk.go("referrals", (found.noun, found.id, found.person_id))
        else:
            self.desk.go(found.noun, found.id)

    def _check_certificate(self, number: str) -> None:
        """Also one that has been withdrawn, or was never given, gets its answer."""
        from ui.pages.certificate_check import CertificateCheckDialog

        CertificateCheckDialog(self.window(), self.desk, number).open()

    def _columns(self) -> tuple[Column, ...]:
        places, home = self.desk.places, home_of(self.desk)
        return (
            Column(_("Name"), lambda person: person.name),
            Column(_("Number"), lambda person: person.number or "", width=17),
            Column(_("Sex"), lambda person: term("sex", person.sex), width=11),
            Column(_("Age"), lambda person: "" if person.standing == DEAD else age_words(person.birth_date), width=5),
            Column(_("Village"), lambda person: village_words(places, person.village_code, home), width=30),
            Column(_("Telephone"), lambda person: phone_words(person.phone), width=14),
        )

    def _listen(self) -> None:
        self._pause.timeout.connect(self._look)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.list.chosen.connect(lambda person_id: self.desk.go("person", person_id))
        self.rows.refresh_on("Person", "Address", "Identifier")
        self.rows.counted.connect(self._counted)
        self.desk.places.ready.connect(self.list.viewport().update)
        QShortcut(QKeySequence("F2"), self, self.register_new, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence.StandardKey.New, self, self.register_new)

    def _look(self) -> None:
        self._pause.stop()
        text = self.search.text()
        self._asked = text
        self.rows.ask(lambda session, last, limit: _find(session, text, last, limit))

    def _counted(self, loaded: int, whole: bool) -> None:
        self.list.say_when_empty(self._why_nobody())
        if whole:
            self._show_count(loaded)
            return
        text = self.search.text()
        self.desk.worker.read(
            lambda session: _count(session, text), self._show_count, replaces="people-count", quiet=True
        )

    def _show_count(self, count: int) -> None:
        words = ngettext("{n} person", "{n} people", count)
        self.count.setText(words.format(n=whole_number(count)) if count else "")

    def _why_nobody(self) -> str:
        if is_number(self.search.text()):
            return _("This is a number on one of our papers. Enter opens what it belongs to.")
        if self.search.text().strip():
            return _("Nobody found. Press F2 to register a new person with this name.")
        if not self.desk.may("import"):
            return _("Nobody is registered yet. Press F2 to register the first person.")
        return _("Nobody is registered yet. Press F2 to register the first person, or import a register.")


def _find(session: Any, text: str, last: Any, limit: int) -> list[Any]:
    from db.search import find_people

    return find_people(session, text, after=last.cursor if last is not None else None, limit=limit)


def is_number(text: str) -> bool:
    """Whether this is the number of anything on one of our papers but a person."""
    return series_of(text) in OF_PAPERS


def series_of(text: str) -> str:
    """The series of a number, its letter; empty for what is none."""
    from resource_centre.values.numbers import read_number

    reading = read_number(text)
    return reading.series if reading is not None else ""


def _number(session: Any, text: str) -> Found | None:
    from resource_centre.services.find_number import find_number

    return find_number(session, text)


def _count(session: Any, text: str) -> int:
    from db.search import count_people

    return count_people(session, text)
