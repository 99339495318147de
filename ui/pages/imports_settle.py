# SPDX-License-Identifier: Apache-2.0
"""The list to settle after an import: who is who, and the cells only a person can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from resource_centre.i18n import _
from resource_centre.registers.sheet import column_letters
from ui.kit.desk import Desk
from ui.kit.page import scrolling
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, empty, label, row, set_role
from ui.kit.table import Column, Rows, RowsView
from ui.pages.imports_words import field_words, value_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.registers.readings import RowProblem
    from resource_centre.registers.settling import Candidate, ToSettle

LIST_WIDTH = 430
Act = Callable[[Any], object]


@dataclass(frozen=True)
class Waiting:
    """A row of the list."""

    id: str
    batch_id: str
    row: ToSettle

    @property
    def why(self) -> str:
        """What is to be decided, in a word or two."""
        if self.row.status == "likely_duplicate":
            return _("likely known")
        if self.row.status == "incomplete":
            return _("too little in it")
        return _("not clear")


class SettleView(QWidget):
    """The list at the left, what is to be decided about one row at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rows = Rows(
            desk.worker,
            (
                Column(_("Row"), lambda one: str(one.row.row), width=6, right=True),
                Column(_("Name in the file"), lambda one: one.row.name or "–"),
                Column(_("What to settle"), lambda one: one.why, width=18),
            ),
        )
        self.list = RowsView(self.rows, _("To settle"), nothing=_("Nothing is left to settle."))
        self.list.setFixedWidth(LIST_WIDTH)
        self.fields: dict[str, QLineEdit] = {}
        self._line = 0
        self._detail = QVBoxLayout()
        self._detail.setSpacing(WIDE_GAP)
        inside = row(self.list, scrolling(self._detail), gap=WIDE_GAP)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.list.picked.connect(lambda _id: self._show())
        self.rows.counted.connect(lambda _count, _whole: self._select_again())

    def open(self) -> None:
        """Read the list."""
        self.rows.ask(_fetch)

    def current(self) -> Waiting | None:
        """The row that is shown."""
        index = self.list.currentIndex()
        found: Waiting | None = self.rows.row(index.row()) if index.isValid() else None
        return found

    # Inside

    def _select_again(self) -> None:
        if not self.rows.rowCount():
            self.fields.clear()
            empty(self._detail)
        elif not self.list.currentIndex().isValid():
            self.list.selectRow(min(self._line, self.rows.rowCount() - 1))
        else:
            self._show()

    def _show(self) -> None:
        waiting = self.current()
        empty(self._detail)
        self.fields.clear()
        if waiting is None:
            return
        self._line = self.list.currentIndex().row()
        self._detail.addWidget(self._what_it_says(waiting.row))
        for candidate in waiting.row.candidates:
            self._detail.addWidget(self._candidate(waiting.row, candidate))
        if waiting.row.status == "likely_duplicate":
            other = button(_("Somebody else: register as a new person"), lambda: self._settle_other(waiting.id))
            self._detail.addLayout(row(other, None))
        for problem in waiting.row.problems:
            self._detail.addWidget(self._problem(waiting.row, problem))
        self._detail.addStretch(1)

    def _what_it_says(self, one: ToSettle) -> Card:
        card = Card(_("Row {row} of {sheet}").format(row=one.row, sheet=one.sheet))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        shown = [
            (name, value) for name, value in one.values.items() if value not in (None, "", []) and name[-5:] != "_text"
        ]
        for line, (name, value) in enumerate(shown):
            grid.addWidget(label(field_words(one.kind, name), "caption"), line, 0)
            words = value_words(self.desk.places, name, value)
            grid.addWidget(label(words, wrap=True, selectable=True), line, 1)
        card.body.addLayout(grid)
        return card

    def _candidate(self, one: ToSettle, candidate: Candidate) -> Card:
        card = Card(_("Known as {name}").format(name=candidate.name))
        if candidate.number:
            card.body.addWidget(label(candidate.number, "muted"))
        why = _("Because of: {reasons}.").format(reasons=", ".join(candidate.reasons))
        card.body.addWidget(label(why, "warning", wrap=True))
        same = button(
            _("Same person"),
            lambda: self._settle_same(one.row_id, candidate.person_id),
            role="main",
            name=_("Same person: {name}").format(name=candidate.name),
        )
        look = button(_("Open"), lambda: self.desk.go("person", candidate.person_id))
        card.body.addLayout(row(same, look, None))
        return card

    def _problem(self, one: ToSettle, problem: RowProblem) -> Card:
        cell = f"{column_letters(problem.column + 1)}{one.row}" if problem.column is not None else ""
        card = Card(f"{cell}  {field_words(one.kind, problem.field)}".strip())
        card.body.addWidget(label(problem.words(), "warning", wrap=True))
        line = QLineEdit(problem.as_written)
        line.setAccessibleName(_("What it should say: {field}").format(field=field_words(one.kind, problem.field)))
        said = label("", "error", wrap=True)
        said.hide()
        correct = button(_("Correct"), lambda: self._correct(one.row_id, problem.field, line, said), role="main")
        leave = button(_("Leave as it is"), lambda: self._leave(one.row_id, problem.field))
        line.returnPressed.connect(lambda: self._correct(one.row_id, problem.field, line, said))
        card.body.addLayout(row(line, correct, leave))
        card.body.addWidget(said)
        card.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.setSpacing(GAP)
        self.fields[problem.field] = line
        return card

    def _settle_same(self, row_id: str, person_id: str) -> None:
        self._change(lambda session: _same(session, row_id, person_id))

    def _settle_other(self, row_id: str) -> None:
        self._change(lambda session: _other(session, row_id))

    def _leave(self, row_id: str, field: str) -> None:
        self._change(lambda session: _accept(session, row_id, field))

    def _correct(self, row_id: str, field: str, line: QLineEdit, said: QWidget) -> None:
        text = line.text()

        def refused(error: Exception) -> None:
            problems = getattr(error, "problems", ())
            if not problems:
                self.desk.messages.show_error(error)
                return
            set_role(line, "wrong", "error")
            said.setText(problems[0].words())  # type: ignore[attr-defined]
            said.show()
            line.setFocus()

        self._change(lambda session: _correct(session, row_id, field, text), refused)

    def _change(self, act: Act, refused: Callable[[Exception], None] | None = None) -> None:
        self.desk.worker.change(act, lambda _done: self.rows.refresh(), refused, owner=self)


def _fetch(session: Session, last: Waiting | None, limit: int) -> list[Waiting]:
    from resource_centre.registers.settling import rows_to_settle

    after = (last.batch_id, last.id) if last is not None else None
    return [Waiting(one.row_id, one.batch_id, one) for one in rows_to_settle(session, after=after, limit=limit)]


def _same(session: Session, row_id: str, person_id: str) -> None:
    from resource_centre.registers.settling import settle_as_same

    settle_as_same(session, row_id, person_id)


def _other(session: Session, row_id: str) -> None:
    from resource_centre.registers.settling import settle_as_other

    settle_as_other(session, row_id)


def _accept(session: Session, row_id: str, field: str) -> None:
    from resource_centre.registers.settling import accept_cell

    accept_cell(session, row_id, field)


def _correct(session: Session, row_id: str, field: str, text: str) -> None:
    from resource_centre.registers.settling import correct_cell

    correct_cell(session, row_id, field, text)
