# SPDX-License-Identifier: Apache-2.0
"""The sheet on which a class's test is written down: a line for each participant, one letter for each question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from resource_centre.i18n import _
from resource_centre.problems import Problem
from ui.kit.theme import Theme

if TYPE_CHECKING:
    from resource_centre.services.class_tests import ClassTest, TestItem

Index = QModelIndex | QPersistentModelIndex

NAME: Final = 0
FIRST: Final = 1
"""The first column of letters."""
BLANK: Final = "."
EMPTY: Final = "-"


@dataclass
class AnswerLine:
    """One participant; `letters` as they stand now, `before` as they were read."""

    participation_id: str
    name: str
    letters: str
    before: str
    locked: bool = False
    has_before: bool = False

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return self.letters != self.before


class AnswerSheet(QAbstractTableModel):
    """The lines as a model; `edited` after every letter."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.items: tuple[TestItem, ...] = ()
        self.lines: list[AnswerLine] = []
        self.language = ""

    def show(self, test: ClassTest, language: str) -> None:
        """Show a test, its questions in a language of the form."""
        self.beginResetModel()
        self.items, self.language = test.items, language
        self.lines = [
            AnswerLine(one.participation_id, one.name or "", one.letters, one.letters, one.locked, one.has_before)
            for one in test.lines
        ]
        self.endResetModel()

    def put(self, line: int, place: int, letter: str) -> str | None:
        """Write a letter into a question (counted from nought); the code of what is wrong, and then nothing stands."""
        one = self.lines[line]
        if one.locked:
            return "other_test_version"
        if letter not in (BLANK, EMPTY) and letter not in self.items[place].letters:
            return "letter_not_offered"
        one.letters = one.letters[:place] + letter + one.letters[place + 1 :]
        self._tell(line, line)
        self.edited.emit()
        return None

    def written(self) -> list[AnswerLine]:
        """The lines on which something changed."""
        return [one for one in self.lines if one.changed]

    def done(self) -> int:
        """How many lines are written down whole."""
        return sum(BLANK not in one.letters for one in self.lines)

    def typed(self) -> dict[str, Any]:
        """What is new, for the draft."""
        return {one.participation_id: [one.letters, one.before] for one in self.written()}

    def restore(self, typed: Mapping[str, Iterable[str]]) -> None:
        """Put back what `typed` gave, question by question: what was not typed stays as it was read."""
        for one in self.lines:
            letters, before = typed.get(one.participation_id, ("", ""))
            if len(letters) == len(one.letters) == len(before) and not one.locked:
                one.letters = "".join(
                    now if now != then else stands
                    for now, then, stands in zip(letters, before, one.letters, strict=True)
                )
        if self.lines:
            self._tell(0, len(self.lines) - 1)

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One line for each participant."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The name, then the questions."""
        return 0 if parent.isValid() else FIRST + len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, and what a screen reader says."""
        line, place = self.lines[index.row()], index.column() - FIRST
        colours = self.theme.colours
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name if place < 0 else self.shown(line, place)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if place < 0 else Qt.AlignmentFlag.AlignHCenter
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and (line.locked or (place >= 0 and line.letters[place] in "-t")):
            return QColor(colours.muted)
        if role == Qt.ItemDataRole.BackgroundRole and line.locked:
            return QColor(colours.sunken)
        if role == Qt.ItemDataRole.AccessibleTextRole and place >= 0:
            said = self.shown(line, place) or _("nothing yet")
            return _("{name}, question {n}: {letter}").format(name=line.name, n=place + 1, letter=said)
        if role == Qt.ItemDataRole.ToolTipRole and line.locked:
            return Problem("letters", "other_test_version").words()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The numbers of the questions, and those of the lines of the attendance sheet."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return _("Name") if section == NAME else str(section)

    def shown(self, line: AnswerLine, place: int) -> str:
        """A letter as it is read; nothing while nobody has typed it."""
        letter = line.letters[place] if place < len(line.letters) else BLANK
        return "" if letter == BLANK else "–" if letter == EMPTY else letter

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
