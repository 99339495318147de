# SPDX-License-Identifier: Apache-2.0
"""The attendance sheet as a table model: one line per participant, always one empty line at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from resource_centre.i18n import _
from resource_centre.problems import Problem
from resource_centre.services.gain import MatchedGain
from resource_centre.values.names import fold_name
from resource_centre.vocabulary import vocabulary
from ui.kit.places import Places
from ui.kit.theme import Theme
from ui.pages.training_rows import (
    AGE,
    CLIENT_TYPE,
    GAIN,
    NAME,
    POST,
    PRE,
    SEX,
    VILLAGE,
    SheetRow,
    gain_of,
    headings_of,
    put,
    read_pasted,
    show_score,
)

Index = QModelIndex | QPersistentModelIndex
CARRIED_OVER = (CLIENT_TYPE, VILLAGE)


class Sheet(QAbstractTableModel):
    """What is typed, cell by cell; `edited` after every change by the person."""

    edited = Signal()

    def __init__(self, places: Places, theme: Theme) -> None:
        super().__init__()
        self._places = places
        self.theme = theme
        self.rows: list[SheetRow] = [SheetRow()]
        self.days = 1
        self.village: str | None = None
        """The village of the event: where the first participant is taken to live until somebody says otherwise."""
        self.alike: set[str] = set()
        """Folded names of registered people: somebody on the sheet with such a name may be one of them."""
        self.columns: tuple[str, ...] = ()
        self._lay_out()
        places.ready.connect(self._places_are_there)

    # What the page uses

    def show(self, rows: Iterable[SheetRow], days: int, village: str | None) -> None:
        """Show a sheet."""
        self.beginResetModel()
        self.rows = [*rows]
        self.days, self.village = max(1, days), village
        self._lay_out()
        self.rows.append(self._new_row())
        self.endResetModel()

    def set_days(self, days: int) -> None:
        """The event has another number of days now; marks beyond it are kept until the sheet is saved."""
        if max(1, days) != self.days:
            self.beginResetModel()
            self.days = max(1, days)
            self._lay_out()
            self.endResetModel()

    def set_village(self, village: str | None) -> None:
        """The event is held somewhere else; lines nobody is on yet follow."""
        before, self.village = self.village, village
        for row in self.rows:
            if row.is_empty() and row.village_code in (None, before):
                row.village_code = village
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
                code = row.problem(column)
                if code is not None:
                    return line, place, Problem(column, code)
        return None

    def put(self, line: int, place: int, written: str) -> None:
        """Write into a cell what somebody typed."""
        put(self.rows[line], self.columns[place], written, self._village_for)
        self._changed(line)

    def put_code(self, line: int, place: int, code: str | None) -> None:
        """Write a code chosen from a list."""
        row = self.rows[line]
        row.unread.pop(self.columns[place], None)
        setattr(row, self.columns[place], code)
        self._changed(line)

    def put_person(self, line: int, person: Mapping[str, Any]) -> None:
        """Somebody known sits on this line: what is known of them fills the cells."""
        row = self.rows[line]
        for column, value in person.items():
            if value not in (None, ""):
                row.unread.pop(column, None)
                setattr(row, column, value)
        self._changed(line)

    def put_mark(self, line: int, place: int, mark: str) -> None:
        """Mark one day."""
        column = self.columns[place]
        self.rows[line].unread.pop(column, None)
        self.rows[line].set_mark(int(column[4:]), mark)
        self._changed(line)

    def names_to_look_up(self) -> set[str]:
        """Folded names of those on the sheet who are not linked to anybody."""
        return {fold_name(row.name) for row in self.written() if row.person_id is None and row.name.strip()}

    def show_alike(self, names: Iterable[str]) -> None:
        """Mark the names that registered people have too."""
        self.alike.update(names)
        self._tell_all()

    def may_be_known(self, row: SheetRow) -> bool:
        """Whether somebody registered has this name and the line is not linked."""
        return row.person_id is None and bool(self.alike) and fold_name(row.name) in self.alike

    def all_present(self) -> int:
        """Mark every unmarked day of everybody as present; how many marks that were."""
        marked = 0
        for row in self.written():
            for day in range(self.days):
                if not row.mark(day):
                    row.set_mark(day, "H")
                    marked += 1
        self._tell_all()
        if marked:
            self.edited.emit()
        return marked

    def remove(self, line: int) -> SheetRow | None:
        """Take a line off the sheet; the empty last one stays."""
        if line >= len(self.rows) - 1:
            return None
        self.beginRemoveRows(QModelIndex(), line, line)
        gone = self.rows.pop(line)
        self.endRemoveRows()
        self.edited.emit()
        return gone

    def insert(self, line: int, row: SheetRow) -> None:
        """Put a line back."""
        self.beginInsertRows(QModelIndex(), line, line)
        self.rows.insert(line, row)
        self.endInsertRows()
        self.edited.emit()

    def paste(self, line: int, place: int, text: str) -> int:
        """Write pasted cells from this cell on, or by their headings; how many lines that were."""
        cells = read_pasted(text)
        headings = headings_of(cells[0], self.days) if cells else None
        columns: Sequence[str | None] = headings or self._writable()[place if place < len(self._writable()) else 0 :]
        lines = cells[1:] if headings else cells
        self.beginResetModel()
        for offset, written in enumerate(lines):
            self._paste_line(line + offset, columns, written)
        if not self.rows or not self.rows[-1].is_empty():
            self.rows.append(self._new_row())
        self.endResetModel()
        if lines:
            self.edited.emit()
        return len(lines)

    def typed(self) -> dict[str, Any]:
        """The sheet as it is, for the draft."""
        return {"rows": [row.typed() for row in self.written()]}

    def restore(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` gave."""
        rows = [SheetRow(**line) for line in typed.get("rows", [])]
        self.show(rows, self.days, self.village)

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """All lines and the empty one."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as the event has days, and eight."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be typed but the gain."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if self.columns[index.column()] == GAIN else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, what is wrong with it, and what a screen reader says."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return row.unread.get(column) or self.shown(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            code = row.problem(column)
            if code is None and column == NAME and self.may_be_known(row):
                return _("Somebody registered has this name. Press F2 and ↓ here to choose.")
            return Problem(column, code).words() if code else None
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(self.theme.colours.danger_soft) if row.problem(column) else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._title(column)}: {self.shown(row, column)}"
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
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(self.columns[section])
        return None

    def shown(self, row: SheetRow, column: str) -> str:
        """A cell in words."""
        if column in row.unread:
            return row.unread[column]
        if column.startswith("day:"):
            return row.mark(int(column[4:]))
        if column == GAIN:
            gain = row.gain()
            return "" if gain is None else f"{gain:+g}"
        if column == VILLAGE:
            return self._village_name(row.village_code)
        if column == SEX:
            return vocabulary("sex").label(row.sex)[:1]
        if column == CLIENT_TYPE:
            return vocabulary("client_type").label(row.client_type)
        return getattr(row, column) or ""

    def _lay_out(self) -> None:
        marks = tuple(f"day:{day}" for day in range(self.days))
        self.columns = (NAME, SEX, AGE, CLIENT_TYPE, VILLAGE, *marks, PRE, POST, GAIN)

    def _writable(self) -> tuple[str, ...]:
        return tuple(column for column in self.columns if column != GAIN)

    def _new_row(self) -> SheetRow:
        before = self.rows[-1] if self.rows else None
        if before is None:
            return SheetRow(village_code=self.village)
        return SheetRow(client_type=before.client_type, village_code=before.village_code or self.village)

    def _paste_line(self, line: int, columns: Sequence[str | None], written: Sequence[str]) -> None:
        while line >= len(self.rows):
            self.rows.append(self._new_row())
        row = self.rows[line]
        if self.columns and NAME in columns:
            self.rows[line] = row = replace(row, person_id=None)
        for column, text in zip(columns, written, strict=False):
            if column is not None:
                put(row, column, text, self._village_for)

    def _village_for(self, written: str) -> str | None:
        gazetteer = self._places.gazetteer
        if gazetteer is None:
            return None
        if gazetteer.place(written) is not None:
            return written
        near = tuple(code for code in (self.village and self.village[:8], self.village and self.village[:5]) if code)
        return gazetteer.match(village=written, within=near).code

    def _village_name(self, code: str | None) -> str:
        gazetteer = self._places.gazetteer
        return gazetteer.name(code) if gazetteer is not None and code else ""

    def _colour(self, row: SheetRow, column: str) -> QColor | None:
        colours = self.theme.colours
        if row.problem(column):
            return QColor(colours.danger)
        if row.is_empty():
            return QColor(colours.muted)
        if column == NAME and (row.person_id or self.may_be_known(row)):
            return QColor(colours.accent if row.person_id else colours.warning)
        if column == GAIN:
            return QColor(colours.danger if (row.gain() or 0) < 0 else colours.good)
        mark = row.mark(int(column[4:])) if column.startswith("day:") else ""
        return QColor(colours.danger) if mark == "A" else QColor(colours.warning) if mark in "IT" and mark else None

    def _alignment(self, column: str) -> int:
        centred = column.startswith("day:") or column == SEX
        right = column in (AGE, PRE, POST, GAIN)
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        return int((Qt.AlignmentFlag.AlignRight if right else side) | Qt.AlignmentFlag.AlignVCenter)

    def _title(self, column: str) -> str:
        if column.startswith("day:"):
            return _("Present") if self.days == 1 else _("Day {n}").format(n=int(column[4:]) + 1)
        return {
            NAME: _("Name"),
            SEX: _("M/F"),
            AGE: _("Age"),
            CLIENT_TYPE: _("Client type"),
            VILLAGE: _("Village"),
            PRE: _("Pre"),
            POST: _("Post"),
            GAIN: _("Gain"),
        }[column]

    def _changed(self, line: int) -> None:
        if line == len(self.rows) - 1 and not self.rows[line].is_empty():
            row = self._new_row()
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows))
            self.rows.append(row)
            self.endInsertRows()
            self.headerDataChanged.emit(Qt.Orientation.Vertical, line, line + 1)
        self._carry_over(line)
        self.dataChanged.emit(self.index(line, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
        self.edited.emit()

    def _carry_over(self, line: int) -> None:
        """The empty last line follows the one above it."""
        if line == len(self.rows) - 2 and self.rows[-1].is_empty():
            for column in CARRIED_OVER:
                setattr(self.rows[-1], column, getattr(self.rows[line], column) or getattr(self.rows[-1], column))

    def _places_are_there(self) -> None:
        for row in self.rows:
            if VILLAGE in row.unread:
                put(row, VILLAGE, row.unread[VILLAGE], self._village_for)
        self._tell_all()

    def _tell_all(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))


def row_of(participation: Any) -> SheetRow:
    """A stored participation as a line of the sheet."""
    return SheetRow(
        name=participation.name or "",
        person_id=participation.person_id,
        participation_id=participation.id,
        version=participation.version,
        sex=participation.sex,
        age="" if participation.age is None else str(participation.age),
        client_type=participation.client_type,
        village_code=participation.village_code,
        days=participation.days or "",
        pre_score=show_score(participation.pre_score),
        post_score=show_score(participation.post_score),
    )
