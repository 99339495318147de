# SPDX-License-Identifier: Apache-2.0
"""One editor for each kind of answer. An editor gives the canonical value, never what was typed by chance.

What all share: `value`, `set_value`, `typed` and `set_typed` (for drafts: exactly what is on the screen), `edited`,
`unreadable` (a problem code when what is typed cannot be understood) and `understood` (how it was understood).
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QLocale, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPlainTextEdit, QRadioButton, QWidget
from shiboken6 import isValid

from resource_centre.i18n import _, language
from ui.kit.pieces import set_role


class Editor(QWidget):
    """Base of all editors; `main` is the widget that has the keyboard, the name and the red frame."""

    edited = Signal()
    settled = Signal()
    """The person left the editor or chose from a list: a good moment to check."""
    offered = Signal(object)
    """``{field name: value}`` that this answer says about other fields (a NIK knows sex and birth date)."""
    overflowed = Signal(str)
    """More was pasted than fits; the words say how much was taken over."""

    def __init__(self, main: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.main = main
        self.setFocusProxy(main)
        self.inside = QHBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(6)
        self.inside.addWidget(main, 1)

    def value(self) -> Any:
        """The canonical value, None when there is none or when it cannot be understood."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a canonical value; never emits `edited`."""
        raise NotImplementedError

    def typed(self) -> Any:
        """What is on the screen, as plain JSON."""
        return self.value()

    def set_typed(self, typed: Any) -> None:
        """Put back what `typed` gave."""
        self.set_value(typed)

    def unreadable(self) -> str | None:
        """Code of the problem when something is typed that cannot be understood."""
        return None

    def understood(self) -> str:
        """How the answer was understood, in words; empty when that goes without saying."""
        return ""

    def is_empty(self) -> bool:
        """Whether nothing is answered."""
        return self.typed() in (None, "", [])

    def introduce(self, name: str, description: str) -> None:
        """Tell screen readers what this is."""
        self.main.setAccessibleName(name)
        self.main.setAccessibleDescription(description)

    def mark(self, severity: str) -> None:
        """Frame the editor as wrong ("error", "warning") or right ("")."""
        set_role(self.main, "wrong", severity)

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.setEnabled(not read_only)

    def settle_when_left(self, line: QLineEdit) -> None:
        """Settle whenever this line of the editor is left."""
        line.editingFinished.connect(lambda: self._left(line))

    def _left(self, line: QLineEdit) -> None:
        # Qt takes the keyboard from a line that it is just taking away with its editor, and the line says that it was
        # left. One of them is half gone by then: the editor that lent the line its focus, or the line in its combo.
        if isValid(self) and isValid(line):
            self._settle()

    def _settle(self) -> None:
        self.settled.emit()


class TextEditor(Editor):
    """One line; the value is tidied (composed letters, no control characters, no outer blanks)."""

    line: QLineEdit

    def __init__(self, *, longest: int = 200, parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(longest)
        super().__init__(self.line, parent)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.settle_when_left(self.line)
        # Later: what is taken over is told of as an edit first, and an edit takes words away.
        self.line.inputRejected.connect(self._overflow, Qt.ConnectionType.QueuedConnection)

    def value(self) -> Any:
        """The tidied text, None when empty."""
        from resource_centre.values.text import tidy

        return tidy(self.line.text()) or None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    def typed(self) -> Any:
        """The line as it is."""
        return self.line.text()

    def set_typed(self, typed: Any) -> None:
        """The line as it was."""
        self.line.setText("" if typed is None else str(typed))

    def set_read_only(self, read_only: bool) -> None:
        """Readable, selectable, not changeable."""
        self.line.setReadOnly(read_only)

    def _overflow(self) -> None:
        # A mask or a validator rejects single letters too; only a full line is told of.
        if len(self.line.text()) >= self.line.maxLength():
            self.overflowed.emit(_too_long(self.line.maxLength()))


class Paper(QPlainTextEdit):
    """Takes over what fits of what is pasted or dropped: megabytes in one piece would stop the window."""

    overflowed = Signal()

    def __init__(self, longest: int) -> None:
        super().__init__()
        self.longest = longest

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop."""
        kept = self.document().characterCount() - 1 - len(self.textCursor().selectedText())
        text = source.text()
        room = max(0, self.longest - kept)
        if len(text) <= room:
            super().insertFromMimeData(source)
            return
        self.insertPlainText(text[:room])
        self.overflowed.emit()


class ParagraphEditor(Editor):
    """Several lines; Tab goes on to the next field."""

    text: Paper

    def __init__(self, *, lines: int = 3, longest: int = 20_000, parent: QWidget | None = None) -> None:
        self.text = Paper(longest)
        self.text.overflowed.connect(self._overflow)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines + 20)
        super().__init__(self.text, parent)
        self._quiet = False
        self.text.textChanged.connect(self._tell)

    def value(self) -> Any:
        """The tidied text, line breaks kept, None when empty."""
        from resource_centre.values.text import tidy

        lines = [tidy(line) for line in self.text.toPlainText().splitlines()]
        return "\n".join(lines).strip() or None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self._quiet = True
        self.text.setPlainText("" if value is None else str(value))
        self._quiet = False

    def typed(self) -> Any:
        """The text as it is."""
        return self.text.toPlainText()

    def set_read_only(self, read_only: bool) -> None:
        """Readable, selectable, not changeable."""
        self.text.setReadOnly(read_only)

    def unreadable(self) -> str | None:
        """More than is kept, typed or put back."""
        return "too_long" if self.text.document().characterCount() - 1 > self.text.longest else None

    def _overflow(self) -> None:
        self.overflowed.emit(_too_long(self.text.longest))

    def _tell(self) -> None:
        if not self._quiet:
            self.edited.emit()


class IntegerEditor(TextEditor):
    """A whole number, typed; no arrows and no wheel that could change it by accident."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=20, parent=parent)
        self.line.setMaximumWidth(140)
        self.inside.addStretch(1)

    def value(self) -> Any:
        """The number."""
        return _whole_number(self.line.text())

    def set_value(self, value: Any) -> None:
        """Show a number."""
        self.line.setText("" if value is None else str(value))

    def unreadable(self) -> str | None:
        """Anything that is not digits."""
        return "not_a_number" if self.line.text().strip() and self.value() is None else None


class NumberEditor(TextEditor):
    """A number that may have decimals, with comma or point."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=20, parent=parent)
        self.line.setMaximumWidth(140)
        self.inside.addStretch(1)

    def value(self) -> Any:
        """The number as a float."""
        try:
            return float(self.line.text().strip().replace(",", "."))
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        """Show a number without needless zeros, with the comma or point of the language."""
        text = "" if value is None else f"{float(value):.2f}".rstrip("0").rstrip(".")
        self.line.setText(text.replace(".", ",") if language() == "id" else text)

    def unreadable(self) -> str | None:
        """Anything that is no number."""
        value = self.value()
        odd = value is None or value != value or abs(value) == float("inf")
        return "not_a_number" if self.line.text().strip() and odd else None


class MoneyEditor(TextEditor):
    """Whole rupiah, or another currency; grouped when one leaves the field; "1,5 juta" is understood."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=30, parent=parent)
        self.currency: str | None = None
        self.line.setMaximumWidth(220)
        self.line.setPlaceholderText("Rp")
        self.inside.addStretch(1)

    def set_currency(self, currency: str | None) -> None:
        """Show and read amounts of this currency from now on; None for rupiah. The figure stays."""
        from resource_centre.currencies import symbol_of

        amount = self.value()
        self.currency = currency
        self.line.setPlaceholderText(symbol_of(currency))
        if amount is not None:
            self.set_value(amount)

    def value(self) -> Any:
        """The amount in whole units."""
        from resource_centre.currencies import amount_of

        text = self.line.text().strip()
        return amount_of(text, self.currency) if text else None

    def set_value(self, value: Any) -> None:
        """Show an amount."""
        from resource_centre.currencies import amount_words

        self.line.setText("" if value is None else amount_words(int(value), self.currency))

    def unreadable(self) -> str | None:
        """No plain amount."""
        return "not_a_number" if self.line.text().strip() and self.value() is None else None

    def _settle(self) -> None:
        amount = self.value()
        if amount is not None:
            self.set_value(amount)
        super()._settle()


_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class ChoiceEditor(Editor):
    """A few answers side by side as radio buttons: seen at a glance, one key each, taken back with Delete."""

    def __init__(self, choices: list[tuple[Any, str]], *, parent: QWidget | None = None) -> None:
        box = QWidget()
        super().__init__(box, parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._values = [value for value, _label in choices]
        side_by_side = QHBoxLayout(box)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.setSpacing(14)
        for place, (_value, words) in enumerate(choices):
            radio = QRadioButton(words.replace("&", "&&"))
            radio.installEventFilter(self)
            self._group.addButton(radio, place)
            side_by_side.addWidget(radio)
        side_by_side.addStretch(1)
        box.setFocusProxy(self._group.button(0))
        self._group.idClicked.connect(self._clicked)

    def value(self) -> Any:
        """The value of the chosen answer."""
        place = self._group.checkedId()
        return self._values[place] if place >= 0 else None

    def set_value(self, value: Any) -> None:
        """Choose an answer, or none."""
        place = self._values.index(value) if value is not None and value in self._values else -1
        self._group.setExclusive(False)
        for number, radio in enumerate(self._group.buttons()):
            radio.setChecked(number == place)
        self._group.setExclusive(True)

    def introduce(self, name: str, description: str) -> None:
        """Each button says the question and its answer."""
        super().introduce(name, description)
        for radio in self._group.buttons():
            radio.setAccessibleName(f"{name}: {radio.text().replace('&&', '&')}")
            radio.setAccessibleDescription(description)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Its first letter or an arrow chooses an answer, Delete or Backspace takes it back."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.value() is not None:
            self.set_value(None)
            self._clicked()
            return True
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        step = _STEPS.get(Qt.Key(event.key()))
        answers = self._group.buttons()
        now = next((place for place, radio in enumerate(answers) if radio.hasFocus()), 0)
        if plain and step is not None:
            place = (now + step) % len(answers)
        else:
            letter = event.text().casefold()
            after = [*range(now + 1, len(answers)), *range(now + 1)]
            begins = (place for place in after if answers[place].text().casefold().startswith(letter))
            place = next(begins, -1) if plain and letter.isalnum() else -1
        if place < 0:
            return False
        answers[place].setFocus()
        answers[place].click()
        return True

    def _clicked(self, _place: int = -1) -> None:
        self.edited.emit()
        self.settled.emit()


def _too_long(longest: int) -> str:
    number = QLocale(language()).toString(longest)
    return _("Only the first {n} characters fit here. Attach a longer text as a PDF.").format(n=number)


def yes_no_editor() -> ChoiceEditor:
    """Yes, no, or not answered."""
    return ChoiceEditor([(True, _("Yes")), (False, _("No"))])


def _whole_number(text: str) -> int | None:
    bare = text.strip().replace(" ", "")
    head, *groups = bare.replace(",", ".").split(".")
    if groups and all(len(group) == 3 for group in groups) and 1 <= len(head.lstrip("-")) <= 3:
        bare = head + "".join(groups)
    try:
        return int(bare) if bare.isascii() else None
    except ValueError:
        return None
