# SPDX-License-Identifier: Apache-2.0
"""Notices when nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

_TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.MouseMove,
    )
)


class Idle(QObject):
    """Emits `over` once after so many minutes without a touch; 0 minutes never.

    It listens to the window alone: a filter on the application would see, and slow down, every event there is.
    """

    over = Signal()

    def __init__(self, app: QGuiApplication, window: QObject, minutes: float) -> None:
        super().__init__(window)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.over)
        self.set_minutes(minutes)
        window.installEventFilter(self)
        app.focusObjectChanged.connect(self.touch)

    def set_minutes(self, minutes: float) -> None:
        """Change the patience; begins anew."""
        self._timer.stop()
        self._timer.setInterval(int(minutes * 60_000))
        self.touch()

    def touch(self, _where: QObject | None = None) -> None:
        """Somebody is there."""
        if self._timer.interval() > 0:
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch begins the waiting anew."""
        if event.type() in _TOUCHES:
            self.touch()
        return super().eventFilter(watched, event)
