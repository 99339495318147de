# SPDX-License-Identifier: Apache-2.0
"""What the pages of household money are made of: sentences in their tone, a bar, and forms that tell as one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QGridLayout, QProgressBar, QVBoxLayout

from resource_centre.records import fields_of
from resource_centre.services.money_words import Said
from ui.kit.form import Form
from ui.kit.pieces import Card, empty, label
from ui.pages.column_form import ColumnForm

Tell = Callable[[Any], Iterable[Said | None]]
BAR_WIDTH = 220
WHOLE = 100


def say(said: Iterable[Said | None], into: QVBoxLayout) -> None:
    """The sentences below each other."""
    for one in said:
        if one is not None:
            into.addWidget(label(one.words, one.tone, wrap=True, selectable=True))


def bar(percent: float, name: str) -> QProgressBar:
    """A quiet bar; `name` says the same to those who do not see it."""
    made = QProgressBar()
    made.setRange(0, WHOLE)
    made.setValue(max(0, min(WHOLE, round(percent))))
    made.setTextVisible(False)
    made.setFixedWidth(BAR_WIDTH)
    made.setAccessibleName(name)
    return made


def bars(lines: Iterable[tuple[str, str, float, str]]) -> QGridLayout:
    """Lines of (name, amount, per cent, per cent in words), each with its bar."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    for place, (name, amount, share, words) in enumerate(lines):
        made = bar(share, f"{name} {words}")
        for column, widget in enumerate((label(name), made, label(words, "muted"), label(amount))):
            grid.addWidget(widget, place, column)
    grid.setColumnStretch(4, 1)
    return grid


class TellingForm(ColumnForm):
    """A form in columns; the card `sums` says what follows from what is typed, at every key."""

    def __init__(self, places: Any, tell: Tell) -> None:
        super().__init__(places)
        self._tell = tell
        self.said = QVBoxLayout()
        self.edited.connect(lambda _name: self.tell())
        self.settled.connect(lambda _name: self.tell())

    def sums(self, heading: str, column: int = 1) -> Card:
        """Where it is said."""
        card = Card(heading)
        card.body.addLayout(self.said)
        self._columns[column].addWidget(card)
        return card

    def tell(self) -> None:
        """Say it anew."""
        empty(self.said)
        say(self._tell(self.seen()), self.said)

    def seen(self) -> SimpleNamespace:
        """What is typed, as far as it is understood."""
        return SimpleNamespace(**self.values())

    def set_values(self, values: Any, unanswered: Any = None) -> None:
        """Show a record and say what follows."""
        super().set_values(values, unanswered)
        self.tell()

    def restore(self, typed: dict[str, Any]) -> None:
        """Bring back what was typed and say what follows."""
        super().restore(typed)
        self.tell()


def add_some(form: Form, record: Any, *names: str) -> None:
    """Fields of a record in this order."""
    form.add_fields(fields_of(record), *names)
