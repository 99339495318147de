# SPDX-License-Identifier: Apache-2.0
"""The attendance sheet as a table model: one line per participant, always one empty line at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from resource_centre.problems import Problem
from resource_centre.services.gain import MatchedGain
from ui.kit.places import Places
from ui.kit.theme import Theme
from ui.pages import training_cells as cells
from ui.pages.training_columns import (
    DAY,
    GAIN,
    LEARNING,
    NAME,
    PHONE,
    SHOWN_FIRST,
    VILLAGE,
    columns_of,
    day_of,
    title_of,
)
from ui.pages.training_pasting import headings_of, read_pasted
from ui.pages.training_rows import SheetRow, carry, filled_columns, gain_of, put

Index = QModelIndex | QPersistentModelIndex
Twice = frozenset[str]
"""Folded names that stand on several lines which may be one participant."""


class Sheet(QAbstractTableModel):
    """What is typed, cell by cell; `edited` after every change by the person."""

    edited = Signal()

    def __init__(self, places: Places, theme: Theme) -> None:
        super().__init__()
        self._places = places
        self.theme = theme
        self.rows: list[SheetRow] = [SheetRow()]
        self.group = LEARNING
        self.dates: tuple[date, ...] = ()
        self.days = 1
        """As many columns of days as are shown: those of the event, and any that somebody was marked on besides."""
        self.meeting_days = 1
        self.wanted: frozenset[str] = SHOWN_FIRST
        """Those of the optional columns that somebody wants to see."""
        self.presumed = ""
        """The mark that new lines begin with on every day; empty for none."""
        self.village: str | None = None
        """The village of the event: where the first participant is taken to live until somebody says otherwise."""
        self.alike: dict[str, frozenset[str]] = {}
        """Folded names of registered people with their ids: somebody on the sheet may be one of them."""
        self._twice: Twice = frozenset()
        self.columns: tuple[str, ...] = ()
        self._lay_out()
        places.ready.connect(self._places_are_there)

    # What the page uses

    def show(self, rows: Iterable[SheetRow], dates: Sequence[date], village: str | None, group: str = LEARNING) -> None:
        """Show a sheet of an event that meets on these days."""
        self.beginResetModel()
        self.rows = [*rows]
        self.dates, self.village, self.group = tuple(dates), village, group
        self._lay_out()
        self.rows.append(self._new_row())
        self._look_for_twice()
        self.endResetModel()

    def follow(self, dates: Sequence[date], group: str, wanted: Collection[str] | None = None) -> None:
        """The event has other days or is of another kind now, or other columns are wanted. Nothing typed is lost."""
        seen = self.wanted if wanted is None else frozenset(wanted)
        if (tuple(dates), group, seen) != (self.dates, self.group, self.wanted):
            self.beginResetModel()
            self.dates, self.group, self.wanted = tuple(dates), group, seen
            self._lay_out()
            self.endResetModel()

    def set_village(self, village: str | None) -> None:
        """The event is held somewhere else; lines nobody is on yet follow."""
        before, self.village = self.village, village
        for row in self.rows:
            if row.is_empty() and row.village_code in (None, before):
                row.village_code = village
                row.given = sorted({*row.given, VILLAGE} if village else {*row.given} - {VILLAGE})
        self._tell_all()

    def written(self) -> list[SheetRow]:
        """The lines somebody is on."""
        return [row for row in self.rows if not row.is_empty()]

    def gain(self) -> MatchedGain:
        """What the course has taught, as the sheet stands now."""
        return gain_of(self.written())

    def first_problem(self) -> tuple[int, int, Problem] | None:
        """Line, column and problem of the first cell that cannot be saved as it is."""
        for line, row in enumerate(self.rows):
            for place, column in enumerate(self.columns):
                code = row.problem(column, self.meeting_days)
                if code is not None:
                    return line, place, Problem(column, code)
        return None

    def put(self, line: int, place: int, written: str) -> None:
        """Write into a cell what somebody typed; another name is another person."""
        row, column = self.rows[line], self.columns[place]
        if column == NAME:
            row.person_id, row.of_person = None, {}
        put(row, column, written, self.village_for)
        self._changed(line)

    def put_code(self, line: int, place: int, code: Any) -> None:
        """Write what was chosen from a list, or by one key."""
        row, column = self.rows[line], self.columns[place]
        row.unread.pop(column, None)
        if column in row.given:
            row.given.remove(column)
        setattr(row, column, code)
        self._changed(line)

    def put_known(self, line: int, known: Mapping[str, Any]) -> None:
        """Somebody known sits on this line, registered or not: what is known of them fills the cells."""
        self.rows[line].person_id, self.rows[line].of_person = known.get("person_id"), {}
        self.fill(line, known)

    def fill(self, line: int, known: Mapping[str, Any]) -> None:
        """What is known already is written into a line; Enter need not stop there."""
        row = self.rows[line]
        for column, value in known.items():
            if value not in (None, ""):
                row.unread.pop(column, None)
                setattr(row, column, value)
                row.given = sorted({*row.given, column} - {NAME})
        self._changed(line)

    def put_mark(self, line: int, place: int, mark: str) -> None:
        """Mark one day."""
        column, row = self.columns[place], self.rows[line]
        row.unread.pop(column, None)
        if DAY in row.given:
            row.given.remove(DAY)
        row.set_mark(day_of(column) or 0, mark)
        self._changed(line)

    def names_to_look_up(self) -> set[str]:
        """Folded names of those on the sheet who are not linked to anybody."""
        return {row.name_key() for row in self.written() if row.person_id is None and row.name.strip()}

    def show_alike(self, names: Mapping[str, Iterable[str]]) -> None:
        """Mark the names that registered people have too."""
        self.alike.update({name: frozenset(ids) for name, ids in names.items()})
        self._tell_all()

    def may_be_known(self, row: SheetRow) -> bool:
        """Whether somebody registered has this name, who was not found to be another, and the line is not linked."""
        if row.person_id is not None or not self.alike:
            return False
        return bool(self.alike.get(row.name_key(), frozenset()) - set(row.not_same))

    def is_twice(self, row: SheetRow) -> bool:
        """Whether another line may be the same participant."""
        key = row.name_key()
        return key in self._twice and any(row.may_be(other) for other in self._same_name(key) if other is not row)

    def twice(self) -> list[int]:
        """Lines that may be one participant with another line."""
        return [line for line, row in enumerate(self.rows) if self._twice and self.is_twice(row)]

    def all_present(self, place: int | None = None) -> int:
        """Mark every unmarked day of everybody as present, or only that of one column; how many marks that were."""
        days = range(self.meeting_days) if place is None else [day_of(self.columns[place])]
        marked = 0
        for row in self.written():
            for day in days:
                if day is not None and not row.mark(day):
                    row.set_mark(day, "H")
                    marked += 1
        self._tell_all()
        if marked:
            self.edited.emit()
        return marked

    def presume(self, mark: str) -> None:
        """From now on new lines begin with this mark on every day."""
        self.presumed = mark
        last = self.rows[-1]
        if last.is_empty():
            last.days = mark * self.meeting_days
            last.given = sorted({*last.given, DAY} if mark else {*last.given} - {DAY})
        self._tell_all()

    def remove(self, line: int) -> SheetRow | None:
        """Take a line off the sheet; the empty last one stays."""
        if line >= len(self.rows) - 1:
            return None
        self.beginRemoveRows(QModelIndex(), line, line)
        gone = self.rows.pop(line)
        self.endRemoveRows()
        self._after_lines()
        return gone

    def insert(self, line: int, row: SheetRow | None = None) -> None:
        """Put a line back, or an empty one in between."""
        self.beginInsertRows(QModelIndex(), line, line)
        self.rows.insert(line, row or self._new_row(line))
        self.endInsertRows()
        self._after_lines()

    def paste(self, line: int, place: int, text: str) -> int:
        """Write pasted cells from this cell on, or by their headings; how many lines that were."""
        pasted = read_pasted(text)
        headings = headings_of(pasted[0], self.dates) if pasted else None
        columns: Sequence[str | None] = headings or [c for c in self.columns[place:] if c != GAIN]
        lines = pasted[1:] if headings else pasted
        self.beginResetModel()
        for offset, written in enumerate(lines):
            self._paste_line(line + offset, columns, written)
        if not self.rows or not self.rows[-1].is_empty():
            self.rows.append(self._new_row())
        self.wanted |= {PHONE} & {*columns}
        self._lay_out()
        self._look_for_twice()
        self.endResetModel()
        if lines:
            self.edited.emit()
        return len(lines)

    def typed(self) -> dict[str, Any]:
        """The sheet as it is, for the draft."""
        return {"rows": [row.typed() for row in self.written()]}

    def restore(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` gave."""
        rows = [SheetRow.restored(line) for line in typed.get("rows", [])]
        self.show(rows, self.dates, self.village, self.group)

    def village_for(self, written: str) -> str | None:
        """The village that somebody wrote, near that of the event first."""
        gazetteer = self._places.gazetteer
        if gazetteer is None:
            return None
        if gazetteer.place(written) is not None:
            return written
        near = tuple(code for code in (self.village and self.village[:8], self.village and self.village[:5]) if code)
        return gazetteer.match(village=written, within=near).code

    def village_name(self, code: str | None) -> str:
        """A village in a word."""
        gazetteer = self._places.gazetteer
        return gazetteer.name(code) if gazetteer is not None and code else ""

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """All lines and the empty one."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Those of the kind of event, and as many as it has days."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be typed but the gain."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if self.columns[index.column()] == GAIN else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, what is wrong with it, and what a screen reader says."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cells.shown(self, row, column)
        if role == Qt.ItemDataRole.EditRole:
            return row.unread.get(column) or cells.shown(self, row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return cells.alignment(column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return cells.said(self, row, column)
        if role == Qt.ItemDataRole.BackgroundRole:
            return cells.background(self, row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return cells.colour(self, row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title_of(column, self.dates)}: {cells.shown(self, row, column)}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a text."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.put(index.row(), index.column(), str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column titles, and the line numbers of the paper sheet."""
        if orientation == Qt.Orientation.Vertical:
            last = section == len(self.rows) - 1
            return ("+" if last else str(section + 1)) if role == Qt.ItemDataRole.DisplayRole else None
        return cells.heading(self, self.columns[section], role)

    def shown(self, row: SheetRow, column: str) -> str:
        """A cell in words."""
        return cells.shown(self, row, column)

    # Inside

    def _lay_out(self) -> None:
        self.meeting_days = max(1, len(self.dates))
        marked = max((len(row.days.rstrip("-")) for row in self.rows if not row.is_empty()), default=0)
        self.days = max(self.meeting_days, marked)
        self.columns = columns_of(self.group, self.days, self.wanted, filled_columns(self.rows))

    def _same_name(self, key: str) -> list[SheetRow]:
        return [row for row in self.rows if row.name_key() == key]

    def _look_for_twice(self) -> None:
        keys = [row.name_key() for row in self.rows if row.name.strip()]
        self._twice = frozenset(key for key, times in Counter(keys).items() if times > 1)

    def _new_row(self, line: int | None = None) -> SheetRow:
        """An empty line with what is carried over from the one above it."""
        place = len(self.rows) if line is None else line
        new = SheetRow(days=self.presumed * self.meeting_days, given=[DAY] if self.presumed else [])
        carry(new, self.rows[place - 1] if place else None, self.group, self.village)
        return new

    def _paste_line(self, line: int, columns: Sequence[str | None], written: Sequence[str]) -> None:
        while line >= len(self.rows):
            self.rows.append(self._new_row())
        row = self.rows[line]
        if NAME in columns:
            self.rows[line] = row = replace(row, person_id=None, of_person={})
        for column, text in zip(columns, written, strict=False):
            if column is not None:
                put(row, column, text, self.village_for)

    def _changed(self, line: int) -> None:
        if line == len(self.rows) - 1 and not self.rows[line].is_empty():
            row = self._new_row()
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows))
            self.rows.append(row)
            self.endInsertRows()
            self.headerDataChanged.emit(Qt.Orientation.Vertical, line, line + 1)
        below = line + 1 if line + 1 < len(self.rows) else line
        if below > line and self.rows[below].is_empty():
            carry(self.rows[below], self.rows[line], self.group, self.village)
        self._look_for_twice()
        self._tell_all()
        self.edited.emit()

    def _after_lines(self) -> None:
        self._look_for_twice()
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.rows) - 1)
        self._tell_all()
        self.edited.emit()

    def _places_are_there(self) -> None:
        for row in self.rows:
            if VILLAGE in row.unread:
                put(row, VILLAGE, row.unread[VILLAGE], self.village_for)
        self._tell_all()

    def _tell_all(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
