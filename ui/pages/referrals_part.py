# SPDX-License-Identifier: Apache-2.0
"""What referrals and complaints share on a case or of a person: a list, and one of them opened in its place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from ui.kit.desk import Desk
from ui.kit.pieces import empty
from ui.pages.case_part import CasePart
from ui.pages.form_place import MakeForm


class OneOfMany(CasePart):
    """Give `look_all`, `look_one`, `show_all` and `show_one`; without a case it shows everything of the person."""

    left = Signal()
    """Somebody wants back from the list to where the person came from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.one: str | None = None
        self.looked: Any = None
        self.main_button: QPushButton | None = None
        self._wants_keyboard = False
        back = QShortcut(QKeySequence("Esc"), self.frame)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.to_list)

    def show_case(self, case_id: str, person_id: str) -> None:
        """Show this part of a case, the list first."""
        if (case_id, person_id) != (self.case_id, self.person_id):
            self.close_form()
            self.frame.hide()
            self.case_id, self.person_id, self.one = case_id, person_id, None
        self.read()

    def show_person(self, person_id: str) -> None:
        """Show everything of a person, whatever case it belongs to."""
        self.show_case("", person_id)

    def open_record(self, record_id: str) -> None:
        """Show one of them."""
        self.close_form()
        self.one = record_id
        self._wants_keyboard = True
        self.read()

    def begin(self, **links: Any) -> None:
        """Open an empty form; `links` are written on what is made."""
        raise NotImplementedError

    def to_all(self) -> None:
        """Show the list."""
        if self.one is not None:
            self.to_list()

    def to_list(self) -> None:
        """Back from one to all; from all to where one was before."""
        if self.one is None:
            self.left.emit()
            return
        self.one = None
        self._wants_keyboard = True
        self.read()

    def read(self) -> None:
        """Read and show."""
        about = (self.case_id, self.person_id, self.one)
        if self.person_id:
            self.desk.worker.read(
                self.look,
                lambda looked: self._take_of(about, looked),
                replaces=f"case-{type(self).__name__}-{id(self)}",
                owner=self,
            )

    def look(self, session: Any) -> Any:
        """Read one or all."""
        return self.look_one(session, self.one) if self.one is not None else self.look_all(session)

    def show_looked(self, looked: Any) -> None:
        """Show one or all."""
        self.looked = looked
        empty(self.view)
        self.main_button = None
        if self.one is not None:
            self.show_one(looked)
        else:
            self.show_all(looked)
        if self._wants_keyboard and self.form is None:
            self._wants_keyboard = False
            QTimer.singleShot(0, self, self.take_keyboard)  # what was just laid out is shown a moment later

    def saved(self, result: Any) -> None:
        """A form was saved; a new record is opened."""
        if self.one is None and isinstance(result, str):
            self.one = result
        self._wants_keyboard = True
        super().saved(result)

    def open_form(self, make: MakeForm, typed: dict[str, Any] | None = None) -> None:
        """A form stands in the place of the list."""
        super().open_form(make, typed)
        self._wants_keyboard = False

    def take_keyboard(self) -> None:
        """To what is usually done next."""
        if self.main_button is not None and self.main_button.isVisible():
            self.main_button.setFocus(Qt.FocusReason.TabFocusReason)

    def look_all(self, session: Any) -> Any:
        """Read the list; on the worker's thread."""
        raise NotImplementedError

    def look_one(self, session: Any, record_id: str) -> Any:
        """Read one; on the worker's thread."""
        raise NotImplementedError

    def show_all(self, looked: Any) -> None:
        """Fill `view` with the list."""
        raise NotImplementedError

    def show_one(self, looked: Any) -> None:
        """Fill `view` with one."""
        raise NotImplementedError

    def first_field(self) -> QWidget | None:
        """What gets the keyboard when the part is shown on a page of its own."""
        return self.main_button

    def _take_of(self, about: tuple[str, str, str | None], looked: Any) -> None:
        if about == (self.case_id, self.person_id, self.one):
            self.show_looked(looked)
            self.frame.setVisible(self.form is None)
