# SPDX-License-Identifier: Apache-2.0
"""Which questionnaire to ask somebody: what is suggested stands first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.assessments_read import questions_for
from ui.pages.questionnaires_ask import who_reads_words
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.questionnaires import Shelved

SIZE = (760, 520)


class _Line:
    """A questionnaire that can be chosen, and on which occasion it is suggested."""

    def __init__(self, known: Shelved, occasion: str | None) -> None:
        self.id, self.known, self.occasion = known.name, known, occasion

    def why(self) -> str:
        """Why now."""
        return (
            _("suggested: {occasion}").format(occasion=term("response_occasion", self.occasion))
            if self.occasion
            else ""
        )


class ChooseQuestionnaire(QDialog):
    """Type a few letters, Enter begins. `suggested` is name to occasion, `begin(name, occasion)` what follows, or
    `print_blank(name)` where there is no laptop."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        suggested: Mapping[str, str],
        begin: Callable[[str, str | None], None],
        print_blank: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self._suggested, self._begin, self._print_blank = desk, suggested, begin, print_blank
        self._lines: list[_Line] = []
        self.setWindowTitle(_("Ask a questionnaire"))
        self.resize(*SIZE)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search by title"))
        self.search.setAccessibleName(_("Search by title"))
        colours = desk.theme
        self.rows = Rows(
            desk.worker,
            [
                Column(_("Questionnaire"), lambda one: one.known.title),
                Column(_("Kind"), lambda one: term("questionnaire_kind", one.known.kind), width=16),
                Column("", lambda one: one.why(), width=24, tone=lambda _one: colours.colours.good),
            ],
        )
        self.list = RowsView(self.rows, _("Questionnaires"), nothing=_("One moment…"))
        self.warning = label("", "warning", wrap=True)
        self.begin_button = button(_("&Begin"), self.go_on, role="main")
        self.print_button = button(_("Print &blank…"), self.print_blank, help="Ctrl+P")
        self._lay_out()
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.search.returnPressed.connect(self.go_on)
        self.list.chosen.connect(lambda _name: self.go_on())
        self.list.picked.connect(lambda _name: self._warn())
        desk.worker.read(questions_for, self._show, owner=self)

    def go_on(self) -> None:
        """Begin what the keyboard is on."""
        line = self._current()
        if line is not None:
            self.accept()
            self._begin(line.id, line.occasion)

    def print_blank(self) -> None:
        """Print what the keyboard is on, to be filled in by hand."""
        line = self._current()
        if line is not None:
            self.accept()
            self._print_blank(line.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows in the search move through the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.search.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.selectRow(max(0, min(self.rows.rowCount() - 1, self.list.currentIndex().row() + step)))
            return
        super().keyPressEvent(event)

    # Inside

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 18, 20, 18)
        inside.setSpacing(GAP)
        inside.addWidget(label(_("Which questionnaire?"), "heading"))
        inside.addWidget(self.search)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.warning)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_blank)
        inside.addLayout(row(self.print_button, None, button(_("Cancel"), self.reject, help="Esc"), self.begin_button))

    def _show(self, known: list[Shelved]) -> None:
        self.list.say_when_empty(_("No questionnaire fits. Clear the search to see all of them."))
        lines = [_Line(one, self._suggested.get(one.name)) for one in known]
        self._lines = sorted(lines, key=lambda one: one.occasion is None)
        self._narrow()

    def _narrow(self) -> None:
        wanted = self.search.text().casefold().split()
        self.rows.show_rows([one for one in self._lines if all(word in one.known.title.casefold() for word in wanted)])
        if self.rows.rowCount() and not self.list.currentIndex().isValid():
            self.list.selectRow(0)
        self._warn()

    def _current(self) -> Any:
        index = self.list.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def _warn(self) -> None:
        line = self._current()
        words = who_reads_words(self.desk, line.known.sensitivity) if line is not None else ""
        self.warning.setText(words)
        self.warning.setVisible(bool(words))
        self.begin_button.setEnabled(line is not None)
        self.print_button.setEnabled(line is not None)
