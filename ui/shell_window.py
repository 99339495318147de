# SPDX-License-Identifier: Apache-2.0
"""The one top-level window: unlock, first start or the shell fill it in turn, so locking hides everything at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from resource_centre.i18n import _

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

WISHED = QSize(1240, 760)
LEAST = QSize(900, 560)
FRAME = QSize(16, 48)
"""What a window's title bar and borders take from the screen, at most."""


class Window(QMainWindow):
    """Holds one thing at a time. Its title never names a person or a centre."""

    painted = Signal()
    """The first time anything was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(_("Resource Centre"))
        self._painted = False
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setMinimumSize(LEAST)
        self.may_close: Callable[[], bool] = lambda: True
        self._fit_screen()

    def show_only(self, widget: QWidget, *, keep: bool = False) -> QWidget | None:
        """Show a widget instead of the present one, which is let go unless it is to be kept."""
        before = self._stack.currentWidget()
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        if before is not None and before is not widget and not keep:
            self.drop(before)
        self.setWindowTitle(_("Resource Centre"))
        widget.setFocus()
        return before

    def drop(self, widget: QWidget) -> None:
        """Let a kept widget go."""
        self._stack.removeWidget(widget)
        widget.deleteLater()

    def shown(self) -> QWidget | None:
        """What fills the window now."""
        return self._stack.currentWidget()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Saves what is typed before closing; may be refused while something is being written."""
        event.setAccepted(self.may_close())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tells once that there is something to see."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def _fit_screen(self) -> None:
        free = QGuiApplication.primaryScreen().availableSize() - FRAME
        self.resize(WISHED.boundedTo(free))
