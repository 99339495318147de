# SPDX-License-Identifier: Apache-2.0
"""The lines of a village list as they are copied from paper, and what the register's importer says of each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from resource_centre.i18n import N_, _
from resource_centre.registers.readings import WORDS
from resource_centre.registers.understand import OPEN_LISTS
from resource_centre.registers.village_list import (
    DATES,
    REFUSED,
    ROWS,
    UNKNOWN,
    code_meant,
    columns,
    numbered,
    words_of,
)
from resource_centre.vocabulary import vocabulary
from ui.kit.theme import Theme
from ui.kit.typed_dates import as_typed, read_typed

if TYPE_CHECKING:
    from resource_centre.registers.village_list_known import RowSays

Index = QModelIndex | QPersistentModelIndex

MOST_ROWS: Final = 99
DITTO: Final = ('"', "〃", "''")
WHY: Final = {UNKNOWN: N_("Does not know"), REFUSED: N_("Does not want to say")}
STATUS: Final = {
    "known": N_("Known already; what is new is added to this person."),
    "likely_duplicate": N_("Perhaps somebody who is known already: {why}. You decide before it is taken in."),
    "repeated": N_("The same line stands on this sheet twice."),
    "left_out": N_("This line is left out."),
}


class ListGrid(QAbstractTableModel):
    """One line for each person; lines are numbered as on the paper. `edited` after every change by the person."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.columns = tuple(columns())
        self.lines: list[dict[str, str]] = []
        self.taken: dict[int, str] = {}
        self.says: dict[int, RowSays] = {}
        self.show({}, {})

    def show(self, rows: Mapping[int, Mapping[str, str]], taken: Mapping[int, str]) -> None:
        """Show a sheet: what is typed by row number, and the names in rows that were taken in before."""
        self.beginResetModel()
        self.taken, self.says = dict(taken), {}
        count = max((ROWS, *taken, *rows))
        self.lines = [dict(rows.get(number, {})) for number in range(1, min(count, MOST_ROWS) + 1)]
        self.endResetModel()

    def rows(self) -> dict[int, dict[str, str]]:
        """What is typed, by row number; lines taken in before and empty ones are not in it."""
        return {
            number: written
            for number, line in enumerate(self.lines, start=1)
            if number not in self.taken and (written := {name: text for name, text in line.items() if text})
        }

    def put(self, line: int, place: int, written: str) -> None:
        """Write into a cell what somebody typed: a date as its parts, a short number or first letters as the code."""
        if self.is_taken(line):
            return
        name = self.columns[place]
        self.lines[line][name] = self.meant(line, place, written)
        says = self.says.get(line + 1)
        if says is not None:
            wrong = {other: said for other, said in says.wrong.items() if other != name}
            self.says[line + 1] = type(says)(says.status, wrong, says.about)
        self._grow(line)
        self._tell(line, line)
        self.edited.emit()

    def meant(self, line: int, place: int, written: str) -> str:
        """What is kept of what somebody types into a cell."""
        name, written = self.columns[place], " ".join(written.split())
        if written in DITTO:
            return self.lines[line - 1].get(name, "") if line and not self.is_taken(line - 1) else ""
        if written in WHY:
            return written
        if name in DATES:
            return read_typed(written) or written
        if name == "nik":
            return "".join(letter for letter in written if letter not in " .-")
        asked = columns()[name].list
        return (code_meant(asked, written) if asked and written else None) or written

    def take_says(self, says: Mapping[int, RowSays]) -> None:
        """Show what the importer says of the lines."""
        self.says = dict(says)
        self._tell(0, len(self.lines) - 1)

    def is_taken(self, line: int) -> bool:
        """Whether a line was taken in before."""
        return line + 1 in self.taken

    def is_empty(self, line: int) -> bool:
        """Whether nothing is typed on a line."""
        return not any(self.lines[line].values())

    def problem_at(self, line: int, place: int) -> tuple[str, str]:
        """Severity and sentence of what is wrong with a cell; empty when nothing is."""
        if self.is_lost(line, place):
            return "error", _(WORDS["not_in_list"])
        says = self.says.get(line + 1)
        return says.wrong.get(self.columns[place], ("", "")) if says is not None else ("", "")

    def said_of(self, line: int) -> str:
        """What is to be known of a line as a whole."""
        if self.is_taken(line):
            return _("Taken in before; it is not taken in again.")
        says = self.says.get(line + 1)
        return _(STATUS[says.status]).format(why=says.about) if says is not None and says.status in STATUS else ""

    def is_lost(self, line: int, place: int) -> bool:
        """Whether a cell holds a word that a register passes over without a complaint: it must be in the list here."""
        name = self.columns[place]
        written = self.lines[line].get(name, "")
        return name in OPEN_LISTS and bool(written) and written not in WHY and written not in vocabulary(name)

    def first_lost(self) -> tuple[int, int] | None:
        """Line and column of the first such cell."""
        across = range(len(self.columns))
        lost = ((line, place) for line in range(len(self.lines)) for place in across if self.is_lost(line, place))
        return next(lost, None)

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as on the paper, and one more behind the last that is filled in."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Those of the paper."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What was taken in before is only shown."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if self.is_taken(index.row()) else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, what is wrong with it, and what a screen reader says."""
        line, place = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.shown(line, place)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self.problem_at(line, place)[1] or self.said_of(line) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words_of(self.columns[place])}: {self.shown(line, place)}"
        if role in (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ForegroundRole):
            return self._colour(line, place, ground=role == Qt.ItemDataRole.BackgroundRole)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column titles, and the row numbers of the paper."""
        if role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1) if orientation == Qt.Orientation.Vertical else words_of(self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def shown(self, line: int, place: int) -> str:
        """A cell in words."""
        name = self.columns[place]
        if self.is_taken(line):
            return self.taken[line + 1] if name == self.columns[0] else ""
        written = self.lines[line].get(name, "")
        if name in DATES:
            return as_typed(written) if read_typed(written) == written else written
        asked = columns()[name].list
        return vocabulary(asked).label(written) if asked and written else written

    def choices(self, place: int) -> Iterator[str]:
        """What a column offers by short numbers, in words: "1 Malaysia"; nothing for what is written out."""
        asked = columns()[self.columns[place]].list
        if asked == "sex":
            yield from (f"{term.code} {term.label()}" for term in vocabulary(asked))
        elif asked:
            yield from (f"{number} {term.label()}" for number, term in numbered(asked).items())

    # Inside

    def _grow(self, line: int) -> None:
        """Behind the last line there is always an empty one."""
        if line + 1 == len(self.lines) < MOST_ROWS and not self.is_empty(line):
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines))
            self.lines.append({})
            self.endInsertRows()

    def _colour(self, line: int, place: int, *, ground: bool) -> QColor | None:
        colours = self.theme.colours
        if self.is_taken(line):
            return None if ground else QColor(colours.muted)
        severity = self.problem_at(line, place)[0] or ("" if place else self._about(line))
        if not severity:
            return None
        soft, strong = {
            "error": (colours.danger_soft, colours.danger),
            "warning": (colours.warning_soft, colours.warning),
            "good": (colours.good_soft, colours.good),
        }[severity]
        return QColor(soft if ground else strong)

    def _about(self, line: int) -> str:
        """How a name is marked whose line as a whole is to be looked at, or whose person is known."""
        says = self.says.get(line + 1)
        status = says.status if says is not None else ""
        return {"known": "good", "likely_duplicate": "warning", "repeated": "warning"}.get(status, "")

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
