# SPDX-License-Identifier: Apache-2.0
"""Editors for the rarer questions: an order to be made, a point on a scale, a tick, a file, what the form works out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QListWidget, QSlider, QWidget

from resource_centre.i18n import _
from ui.kit.editors import Editor
from ui.kit.editors_codes import CodesEditor
from ui.kit.pieces import button, label
from ui.kit.questions_answers import DecimalAnswer, show_number
from ui.kit.questions_choices import ENTER, ERASE, Choice

LINE = 30
MOST_LINES = 12
ACKNOWLEDGED = "OK"
"""What ODK keeps of a question that was acknowledged."""


class RankAnswer(Editor):
    """Answers in the order of who is asked: Ctrl and an arrow move one, a digit puts it at that place.

    Nothing is answered before something was moved, or Space pressed to agree with the order as it stands.
    """

    went_on = Signal()

    def __init__(self, choices: Sequence[Choice], *, parent: QWidget | None = None) -> None:
        self._words = dict(choices)
        self._order = [name for name, _words in choices]
        self._ranked = False
        self.list = QListWidget()
        super().__init__(self.list, parent)
        shown = min(len(choices), MOST_LINES)
        self.list.setFixedHeight(LINE * shown + 2 * self.list.frameWidth() + 4)
        self.list.setMaximumWidth(520)
        self.inside.addStretch(1)
        self.inside.setStretchFactor(self.list, 100)
        self.list.setToolTip(_("Ctrl with an arrow moves an answer, a digit puts it at that place, Space agrees."))
        self.list.installEventFilter(self)
        self._draw(0)

    def value(self) -> Any:
        """All names, the first first."""
        return " ".join(self._order) if self._ranked else None

    def set_value(self, value: Any) -> None:
        """Show an order."""
        known = [name for name in str(value or "").split() if name in self._words]
        self._ranked = bool(known)
        self._order = [*known, *(name for name in self._words if name not in known)]
        self._draw(0)

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.list.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that move."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, here = Qt.Key(event.key()), self.list.currentRow()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move(here, here + step)
            return True
        if key in ENTER:
            self.went_on.emit()
            return True
        if key in ERASE and self._ranked:
            self.set_value(None)
            self._tell()
            return True
        if key == Qt.Key.Key_Space:
            self._move(here, here)
            return True
        digit = event.text()
        if digit.isascii() and digit.isdigit() and 1 <= int(digit) <= len(self._order):
            self._move(here, int(digit) - 1)
            return True
        return False

    def _move(self, here: int, there: int) -> None:
        if not (0 <= here < len(self._order) and 0 <= there < len(self._order)):
            return
        self._order.insert(there, self._order.pop(here))
        self._ranked = True
        self._draw(there)
        self._tell()

    def _draw(self, place: int) -> None:
        self.list.clear()
        for number, name in enumerate(self._order, start=1):
            self.list.addItem(f"{number}.  {self._words[name]}" if self._ranked else f"–   {self._words[name]}")
        self.list.setCurrentRow(place)

    def _tell(self) -> None:
        self.edited.emit()
        self.settled.emit()


class RangeAnswer(DecimalAnswer):
    """A number between two ends: typed, or moved to with the slider beside it."""

    def __init__(self, start: Decimal, end: Decimal, step: Decimal, *, parent: QWidget | None = None) -> None:
        self._start, self._step = start, step if end >= start else -step
        steps = int((end - start) / self._step)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        super().__init__(parent=parent)
        self.line.setMaximumWidth(90)
        self.slider.setRange(0, max(steps, 1))
        self.slider.setPageStep(max(1, steps // 10))
        self.slider.setMinimumWidth(260)
        self.slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.slider.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
        self.inside.insertWidget(0, label(show_number(start), "muted"))
        self.inside.insertWidget(1, self.slider)
        self.inside.insertWidget(2, label(show_number(end), "muted"))
        self.inside.insertSpacing(3, 12)
        self.slider.sliderMoved.connect(self._slid)
        self.slider.actionTriggered.connect(lambda _action: self._slid(self.slider.sliderPosition()))
        self.line.textChanged.connect(lambda _text: self._follow())

    def introduce(self, name: str, description: str) -> None:
        """The slider has the name too."""
        super().introduce(name, description)
        self.slider.setAccessibleName(name)

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        super().set_read_only(read_only)
        self.slider.setEnabled(not read_only)

    def _slid(self, place: int) -> None:
        self.line.setText(show_number(format((self._start + place * self._step).normalize(), "f")))
        self.edited.emit()
        self.settled.emit()

    def _follow(self) -> None:
        typed = self.value()
        if typed is not None:
            place = (Decimal(typed) - self._start) / self._step
            if abs(place) < 1_000_000:
                self.slider.setSliderPosition(int(place))


class TickAnswer(Editor):
    """Something to be acknowledged with a tick."""

    went_on = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        self.box = QCheckBox(_("Read and understood"))
        super().__init__(self.box, parent)
        self.box.clicked.connect(self._tell)

    def value(self) -> Any:
        """``OK`` when it is ticked."""
        return ACKNOWLEDGED if self.box.isChecked() else None

    def set_value(self, value: Any) -> None:
        """Show the tick."""
        self.box.setChecked(value is not None)

    def introduce(self, name: str, description: str) -> None:
        """The box says the question."""
        super().introduce(f"{name}: {self.box.text()}", description)

    def _tell(self, _checked: bool = False) -> None:
        self.edited.emit()
        self.settled.emit()


class SeveralOfManyAnswer(CodesEditor):
    """Several of a long list, chosen one after the other; the value is their names parted by blanks."""

    def value(self) -> Any:
        """The names."""
        chosen = super().value()
        return " ".join(chosen) if chosen else None

    def set_value(self, value: Any) -> None:
        """Show these."""
        super().set_value(str(value).split() if value else None)

    def typed(self) -> Any:
        """The names."""
        return self.value()


class FileAnswer(Editor):
    """A file chosen on this computer; the value is its name. `chosen` hands over where it is, to be attached."""

    chosen = Signal(str)

    def __init__(self, filters: str, *, parent: QWidget | None = None) -> None:
        self._filters = filters
        self.button = button(_("Choose a file…"), self._ask)
        super().__init__(self.button, parent)
        self.name = label("", selectable=True)
        self.inside.setStretch(0, 0)
        self.inside.addWidget(self.name, 1)
        self.button.installEventFilter(self)

    def value(self) -> Any:
        """The file's name."""
        return self.name.text() or None

    def set_value(self, value: Any) -> None:
        """Show a file's name."""
        self.name.setText(str(value or ""))

    def introduce(self, name: str, description: str) -> None:
        """The button says the question."""
        super().introduce(f"{name}: {self.button.text()}", description)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete takes the file out of the answer."""
        erased = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ERASE
        if erased and self.value() is not None:
            self.take("")
            return True
        return super().eventFilter(watched, event)

    def take(self, path: str) -> None:
        """Answer with this file; with nothing takes the answer back."""
        self.set_value(Path(path).name)
        if path:
            self.chosen.emit(path)
        self.edited.emit()
        self.settled.emit()

    def _ask(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), "", self._filters)
        if path:
            self.take(path)


class ShownAnswer(Editor):
    """What the form works out, to be read only."""

    def __init__(self, say: Callable[[str], str] = str, *, parent: QWidget | None = None) -> None:
        self._say, self._value = say, None
        self.words = label("", selectable=True, wrap=True)
        super().__init__(self.words, parent)

    def value(self) -> Any:
        """As it was worked out."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show it."""
        self._value = value
        self.words.setText(self._say(value) if value else "–")

    def set_read_only(self, read_only: bool) -> None:
        """It never is anything else."""
