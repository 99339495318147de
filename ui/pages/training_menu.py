# SPDX-License-Identifier: Apache-2.0
"""What is done with an attendance sheet besides typing in it, each thing with its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton

from resource_centre.i18n import N_, _
from ui.pages.training_columns import DISABILITY, ORAL, PHONE, day_of, optional_of

if TYPE_CHECKING:
    from ui.pages.training_attendance import Attendance

COLUMN_WORDS = {PHONE: N_("Telephone"), DISABILITY: N_("With a disability?"), ORAL: N_("Test read aloud?")}


class SheetMenu(QPushButton):
    """The button below the sheet; the same menu opens at a cell."""

    def __init__(self, attendance: Attendance) -> None:
        super().__init__(_("S&heet…"))
        self.setAutoDefault(True)
        self.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0px; }")
        self._attendance = attendance
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.actions_by_name: dict[str, QAction] = {}
        self._columns = QMenu(_("Columns"), self._menu)
        self._fill()
        self._menu.aboutToShow.connect(self._follow)
        self.setMenu(self._menu)
        grid = attendance.grid
        grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        grid.customContextMenuRequested.connect(self._open_at)

    def act(self, name: str) -> None:
        """Do one of the things, as its key does."""
        self._follow()
        self.actions_by_name[name].trigger()

    def _fill(self) -> None:
        side, grid = self._attendance, self._attendance.grid
        add = self._add
        add("present", _("Everybody present, every day"), "Ctrl+H", side.present.click)
        add("day", _("Everybody present on this day"), "Ctrl+Shift+H", self._day_present)
        add("presume", _("New lines are present"), "Ctrl+Shift+N", self._presume, checkable=True)
        add("down", _("Enter goes down the column"), "Ctrl+Shift+D", self._down, checkable=True)
        self._menu.addSeparator()
        add("insert", _("Insert a line above"), "Ctrl+Insert", grid.insert_line, handled=True)
        add("remove", _("Take this line off"), "Ctrl+Delete", grid.remove_line, handled=True)
        self._menu.addSeparator()
        add("links", _("Who of them is registered?…"), "Ctrl+R", side.links_wanted.emit)
        add(
            "register", _("Register this participant…"), "Ctrl+Shift+R", lambda: side.register_wanted.emit(self._line())
        )
        add("unlink", _("Not this person: undo the link"), "", lambda: side.unlink_wanted.emit(self._line()))
        self._menu.addSeparator()
        self._menu.addMenu(self._columns)
        for column, words in COLUMN_WORDS.items():
            action = self._columns.addAction(_(words))
            action.setCheckable(True)
            action.triggered.connect(lambda checked, one=column: self._show_column(one, checked))
            self.actions_by_name[column] = action

    def _add(
        self,
        name: str,
        words: str,
        keys: str,
        act: Callable[[], object],
        *,
        checkable: bool = False,
        handled: bool = False,
    ) -> None:
        """One thing; `handled` is the key of it by the sheet itself."""
        action = self._menu.addAction(words)
        action.setCheckable(checkable)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: self._do(act))
        if not handled:
            self._attendance.addAction(action)
        self.actions_by_name[name] = action

    def _do(self, act: Callable[[], object]) -> None:
        self._attendance.grid.finish_typing()
        act()
        self._follow()

    def _follow(self) -> None:
        """What is possible on the line one is on."""
        side = self._attendance
        sheet, line = side.sheet, self._line()
        row = sheet.rows[line]
        there, index = not row.is_empty(), side.grid.currentIndex()
        on_day = index.isValid() and day_of(sheet.columns[index.column()]) is not None
        acts = self.actions_by_name
        acts["day"].setEnabled(on_day)
        acts["remove"].setEnabled(line < len(sheet.rows) - 1)
        acts["links"].setEnabled(any(one.person_id is None for one in sheet.written()))
        acts["register"].setEnabled(there and row.person_id is None and bool(row.name.strip()))
        acts["unlink"].setEnabled(row.person_id is not None)
        acts["presume"].setChecked(bool(sheet.presumed))
        acts["down"].setChecked(side.grid.by_column)
        for column in COLUMN_WORDS:
            acts[column].setVisible(column in optional_of(sheet.group))
            acts[column].setChecked(column in sheet.columns)

    def _line(self) -> int:
        return max(0, self._attendance.grid.currentIndex().row())

    def _day_present(self) -> None:
        index = self._attendance.grid.currentIndex()
        if index.isValid() and day_of(self._attendance.sheet.columns[index.column()]) is not None:
            self._attendance.sheet.all_present(index.column())

    def _presume(self) -> None:
        self._attendance.sheet.presume("" if self._attendance.sheet.presumed else "H")

    def _down(self) -> None:
        self._attendance.grid.by_column = not self._attendance.grid.by_column

    def _show_column(self, column: str, shown: bool) -> None:
        sheet, grid = self._attendance.sheet, self._attendance.grid
        grid.finish_typing()
        index = grid.currentIndex()
        sheet.follow(sheet.dates, sheet.group, sheet.wanted | {column} if shown else sheet.wanted - {column})
        grid.go_to(max(0, index.row()), 0)

    def _open_at(self, point: QPoint) -> None:
        self._menu.popup(self._attendance.grid.viewport().mapToGlobal(point))
