# SPDX-License-Identifier: Apache-2.0
"""What stands between the questions: headings, grids of questions with the same answers, turns of a repeat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from resource_centre.i18n import _
from resource_centre.questionnaires.form import Group
from ui.kit.pieces import button, label, line, row
from ui.kit.questions_row import GridHead, QuestionRow

if TYPE_CHECKING:
    from ui.kit.questions_filling import Filling


class Heading(QWidget):
    """The words of a group, and its hint."""

    def __init__(self, filling: Filling, place: str, level: int) -> None:
        super().__init__()
        self._filling, self._place = filling, place
        self.words = label("", "heading" if level == 0 else "subheading", wrap=True)
        self.hint = label("", "muted", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 6, 0, 0)
        inside.setSpacing(2)
        inside.addWidget(self.words)
        inside.addWidget(self.hint)
        self.say()

    def say(self) -> None:
        """The words may hold answers."""
        self.words.setText(self._filling.words(self._place))
        hint = self._filling.hint(self._place)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))


class Turn(Heading):
    """The heading of one turn of a repeat, with the button that takes it away."""

    unwanted = Signal()

    def __init__(self, filling: Filling, place: str) -> None:
        self._number = int(place.rpartition("[")[2].rstrip("]"))
        self.button = button(_("Remove"), lambda: self.unwanted.emit(), role="link")  # noqa: PLW0108 - made before the signal is
        super().__init__(filling, place, 1)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.removeWidget(self.words)
        layout.insertLayout(0, row(self.words, self.button, None, gap=14))
        layout.insertWidget(0, line())
        self.words.setWordWrap(False)
        repeat = place.rpartition("[")[0]
        item = filling.live.item(place)
        by_hand = isinstance(item, Group) and not item.repeat_count
        self.button.setVisible(by_hand and filling.live.turns(repeat) > 0)

    def say(self) -> None:
        """Which turn of what."""
        super().say()
        words = self.words.text() or _("Entry")
        self.words.setText(f"{words} · {self._number}")
        self.button.setAccessibleName(_("Remove: {entry}").format(entry=self.words.text()))


class More(QWidget):
    """The button for one turn more."""

    pressed = Signal()

    def __init__(self, filling: Filling, place: str) -> None:
        super().__init__()
        self._filling, self._place = filling, place
        self.button = button("", self.pressed.emit)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(row(self.button, None))
        self.say()

    def say(self) -> None:
        """What one more would be."""
        words = self._words()
        text = _("Add: {entry}").format(entry=words) if words else _("Add one more")
        self.button.setText(text.replace("&", "&&"))
        self.button.setAccessibleName(text)

    def fit(self) -> None:
        """Only where one more may be added."""
        try:
            wanted = self._filling.live.may_add(self._place)
        except KeyError:  # the turn it stood in has gone
            wanted = False
        self.setVisible(wanted)

    def _words(self) -> str:
        from resource_centre.questionnaires.form import say
        from ui.kit.questions_words import plain

        path = "/".join(part.partition("[")[0] for part in self._place.split("/"))
        found = next((item for item in self._filling.live.form.items() if item.path == path), None)
        return plain(say(found.label, self._filling.live.language)) if found is not None else ""


class Grid(QFrame):
    """Questions with the same answers, one to a line, the answers' words above the columns."""

    def __init__(self, words: Sequence[str], rows: Sequence[QuestionRow]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._rows = rows
        self._lines = [line() for _row in rows]
        inside = QVBoxLayout(self)
        inside.setContentsMargins(14, 10, 8, 10)
        inside.setSpacing(7)
        inside.addWidget(GridHead(words))
        for between, one in zip(self._lines, rows, strict=True):
            inside.addWidget(between)
            inside.addWidget(one)

    def fit(self) -> None:
        """Lines only between what is asked; nothing at all when nothing is."""
        for between, one in zip(self._lines, self._rows, strict=True):
            between.setVisible(one.relevant)
        self.setVisible(any(one.relevant for one in self._rows))
