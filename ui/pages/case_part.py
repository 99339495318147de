# SPDX-License-Identifier: Apache-2.0
"""What the parts of a case share: something to look at, and one form at a time in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QApplication

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.pages.form_place import FormPlace, MakeForm


class CasePart(FormPlace):
    """Put what is seen into `view`; give `look` what is read on the worker and `show_looked` what to do with it."""

    NOUNS: ClassVar[frozenset[str]] = frozenset()
    """What it is read again after changes of."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case_id = self.person_id = ""
        self._make_again: MakeForm | None = None
        desk.worker.changed.connect(self._changed)

    def show_case(self, case_id: str, person_id: str) -> None:
        """Show this part of a case."""
        if case_id != self.case_id:
            self.close_form()
            self.frame.hide()
            self.case_id, self.person_id = case_id, person_id
        self.read()

    def open_record(self, record_id: str) -> None:
        """Nothing of its own to open."""

    def look(self, session: Any) -> Any:
        """Read what is shown; runs on the worker's thread."""
        raise NotImplementedError

    def show_looked(self, looked: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def read(self) -> None:
        """Read and show."""
        case_id = self.case_id
        if case_id:
            self.desk.worker.read(
                self.look,
                lambda looked: self._take(case_id, looked),
                replaces=f"case-{type(self).__name__}",
                owner=self,
            )

    def write(self, change: Callable[[Any], Any]) -> None:
        """Write something at the press of a button."""
        self.desk.worker.change(change, self._written)

    def open_form(self, make: MakeForm, typed: dict[str, Any] | None = None) -> None:
        """Open a form in place of what is seen."""
        self._make_again = make
        self.put_form(make).begin(typed)

    def saved(self, _result: Any) -> None:
        """A form was saved."""
        self.close_form()
        self.desk.messages.done(_("Saved."))
        self.read()
        self.take_keyboard()

    def cancelled(self) -> None:
        """What was typed is let go, but not before one could think again."""
        form, make, case_id = self.form, self._make_again, self.case_id
        self.close_form()
        self.take_keyboard()
        if form is None or make is None or not form.touched:
            return
        typed = form.form.typed()

        def bring_back() -> None:
            if self.case_id == case_id:
                self.open_form(make, typed)

        self.desk.messages.tell(_("What you typed was not saved."), "info", (_("Bring it back"), bring_back))

    def take_keyboard(self) -> None:
        """The keyboard goes to what one does here most; after a form."""

    def _take(self, case_id: str, looked: Any) -> None:
        if case_id == self.case_id:
            focus = QApplication.focusWidget()
            inside = focus is not None and self.frame.isAncestorOf(focus)
            self.show_looked(looked)
            self.frame.setVisible(self.form is None)
            if inside and self.form is None:  # what had the keyboard was made anew
                self.take_keyboard()

    def _written(self, _result: Any) -> None:
        self.desk.messages.done(_("Saved."))
        self.read()

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if not self.NOUNS.isdisjoint(changed) and self.isVisible():
            self.read()
