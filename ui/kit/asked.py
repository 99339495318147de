# SPDX-License-Identifier: Apache-2.0
"""Questions of the front windows, label above the line: used where there is no record yet that could describe them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.pieces import label, set_role


class Asked(QWidget):
    """A label, a line (or any widget), and a note below for help or what is wrong."""

    def __init__(self, words: str, field: QWidget, *, help: str = "", key: QWidget | None = None) -> None:  # noqa: A002
        super().__init__()
        self.field = field
        self._target = key or field
        self._help = help
        name = words.replace("&", "")
        self.label = label(words)
        self.label.setProperty("textFormat", "AutoText")
        self.label.setBuddy(self._target)
        self._target.setAccessibleName(name)
        self._target.setAccessibleDescription(help)
        self.note = label(help, "help", wrap=True)
        if not help:
            self.note.hide()
        self.setFocusProxy(self._target)
        stacked = QVBoxLayout(self)
        stacked.setContentsMargins(0, 0, 0, 6)
        stacked.setSpacing(3)
        stacked.addWidget(self.label)
        stacked.addWidget(field)
        stacked.addWidget(self.note)

    def say(self, words: str, tone: str = "error") -> None:
        """Show what is wrong (or well) below the line; nothing brings the help back."""
        set_role(self.note, "role", {"good": "understood"}.get(tone, tone) if words else "help")
        self.note.setText(words or self._help)
        self.note.setVisible(bool(words or self._help))
        set_role(self._target, "wrong", "error" if words and tone == "error" else "")
        self._target.setAccessibleDescription(words or self._help)


class Passphrase(QWidget):
    """A line that hides what is typed, and a button to look at it."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setProperty("echoMode", "Password")
        self.line.setMaxLength(1000)
        self.show_button = QPushButton(_("Show"))
        self.show_button.setCheckable(True)
        self.show_button.setAutoDefault(True)
        self.show_button.setAccessibleName(_("Show the passphrase"))
        self.show_button.toggled.connect(self._show)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.setFocusProxy(self.line)
        side_by_side = QHBoxLayout(self)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.addWidget(self.line, 1)
        side_by_side.addWidget(self.show_button)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget it and hide again."""
        self.line.clear()
        self.show_button.setChecked(False)

    def _show(self, show: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if show else QLineEdit.EchoMode.Password)
        self.show_button.setText(_("Hide") if show else _("Show"))
