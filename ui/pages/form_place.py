# SPDX-License-Identifier: Apache-2.0
"""Something to look at, and one form at a time in its place; what is typed and not saved stays a draft."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.kit.page import scrolling
from ui.kit.pieces import WIDE_GAP
from ui.pages.record_form import RecordForm

MakeForm = Callable[[], RecordForm]


class FormPlace(QWidget):
    """Put what is seen into `view`; a form is as high as it needs to be and takes its place."""

    def __init__(self) -> None:
        super().__init__()
        self.form: RecordForm | None = None
        self.frame = QWidget()
        self.frame.setProperty("role", "body")
        self.view = QVBoxLayout(self.frame)
        self.view.setContentsMargins(0, 0, 0, 0)
        self.view.setSpacing(WIDE_GAP)
        self.form_place = QVBoxLayout()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.frame)
        inside.addLayout(self.form_place)
        inside.addStretch(1)

    def put_form(self, make: MakeForm) -> RecordForm:
        """Close the form that is open and show another; call its `begin`."""
        self.close_form()
        self.form = form = make()
        self.frame.hide()
        self.form_place.addWidget(form)
        form.show()
        return form

    def close_form(self) -> None:
        """Back to what is seen."""
        if self.form is not None:
            self.form.keeper.write_now()
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self.frame.show()


class FormPile(QStackedWidget):
    """The first widget in it is what is seen, such as a list that fills the page; a form scrolls above it."""

    def __init__(self) -> None:
        super().__init__()
        self.form: RecordForm | None = None

    def open_form(self, make: MakeForm) -> None:
        """Close the form that is open, show another and bring back what was typed into it."""
        self.close_form()
        self.form = form = make()
        inside = QVBoxLayout()
        inside.addWidget(form)
        self.addWidget(scrolling(inside))
        self.setCurrentIndex(1)
        form.begin()

    def close_form(self) -> None:
        """Back to what is seen."""
        if self.form is None:
            return
        self.form.keeper.write_now()
        self.form = None
        if (shown := self.widget(1)) is not None:
            self.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
