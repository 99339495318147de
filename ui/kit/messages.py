# SPDX-License-Identifier: Apache-2.0
"""The one place that tells people something: a banner in the window, a question only when an answer is needed.

What is told never holds what somebody typed: refusals and failures carry their own words (`resource_centre.errors`),
everything else is our bug and gets one sentence; its traceback goes to the log without values.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from resource_centre.i18n import _
from ui.kit.pieces import button, label, set_role

log = logging.getLogger("resource_centre.window")


class Telling(NamedTuple):
    """One thing to tell; `tone` is info, good, warning or error. `action` is a button's text and what it does."""

    text: str
    tone: str = "info"
    action: tuple[str, Callable[[], object]] | None = None


class Messages(QObject):
    """Say it once; every window's banner listens to `told`."""

    told = Signal(object)
    """A `Telling`, or None to take the banner away."""

    def tell(self, text: str, tone: str = "info", action: tuple[str, Callable[[], object]] | None = None) -> None:
        """Show a sentence in the banner until it is closed or replaced."""
        self.told.emit(Telling(text, tone, action))

    def done(self, text: str) -> None:
        """Something went well."""
        self.tell(text, "good")

    def clear(self) -> None:
        """Take the banner away."""
        self.told.emit(None)

    def show_error(self, error: BaseException) -> None:
        """Put an exception of any family into words and into the banner."""
        self.told.emit(words_for(error))


def words_for(error: BaseException) -> Telling:
    """The telling for an exception: its own words when it is refused or the environment failed, else our apology."""
    from db.faults import in_words
    from resource_centre.errors import Bug, Refused

    known = in_words(error)
    if isinstance(known, Bug):
        log.error("bug: %s", without_values(error))
    return Telling(known.words(), "warning" if isinstance(known, Refused) else "error")


def without_values(error: BaseException) -> str:
    """Type and places of an exception, never its text, which could hold somebody's name."""
    places = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} at {' > '.join(places[-6:])}"


class Banner(QFrame):
    """The strip at the top of a window's content where `Messages` shows up."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._words = label("", wrap=True, selectable=True)
        self._action = button("", self._act)
        self._todo: Callable[[], object] | None = None
        self._shut = QToolButton()
        self._shut.setText("✕")
        self._shut.setToolTip(_("Close this message"))
        self._shut.setAccessibleName(_("Close this message"))
        self._shut.clicked.connect(self.hide)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(14, 8, 8, 8)
        inside.addWidget(self._words, 1)
        inside.addWidget(self._action)
        inside.addWidget(self._shut)
        self.hide()
        messages.told.connect(self.show_telling)

    def show_telling(self, telling: Telling | None) -> None:
        """Show a telling, or hide when there is none."""
        if telling is None:
            self.hide()
            return
        set_role(self, "tone", telling.tone)
        self._words.setText(telling.text)
        self.setAccessibleName(telling.text)
        self._todo = telling.action[1] if telling.action else None
        self._action.setText(telling.action[0] if telling.action else "")
        self._action.setAccessibleName(self._action.text())
        self._action.setVisible(telling.action is not None)
        self.show()

    def text(self) -> str:
        """What the banner says now, empty when hidden."""
        return "" if self.isHidden() else self._words.text()

    def _act(self) -> None:
        todo = self._todo
        self.hide()
        if todo is not None:
            todo()


def ask(parent: QWidget, question: str, yes: str, no: str, *, danger: bool = False) -> bool:
    """A question that needs an answer before anything else; the safe answer is the default."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question)
    box.setWindowTitle(_("Resource Centre"))
    # Names of forms and files stand in questions, and Qt would draw a picture that one of them asks for.
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse if danger else agree)
    box.setEscapeButton(refuse)
    box.exec()
    answer = box.clickedButton() is agree
    box.deleteLater()
    return answer


def catch_bugs(messages: Messages, save_drafts: Callable[[], None]) -> None:
    """Install the last net: a bug saves what is typed, is logged without values, and is told in one sentence."""

    def net(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        try:
            save_drafts()
        finally:
            messages.show_error(error)

    sys.excepthook = net
