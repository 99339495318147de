# SPDX-License-Identifier: Apache-2.0
"""Words in a few whole lines: what has no room ends in an ellipsis and is read as a tip, and by screen readers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.kit.pieces import set_role


class ShortText(QLabel):
    """A label of at most `most` lines, as high as the lines it has and never pressed lower."""

    def __init__(self, words: str, role: str, most: int) -> None:
        super().__init__()
        self._words, self._most = words, most
        self.setProperty("textFormat", "PlainText")
        set_role(self, "role", role)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_at_most(self, lines: int) -> None:
        """So many lines from now on."""
        if lines != self._most:
            self._most = lines
            self._fit()
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need other lines."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words for the width there is."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """The lines it has, whole."""
        self.ensurePolished()
        lines = max(len(self._lines()), 1) if self.contentsRect().width() > 0 else 1
        margins = self.contentsMargins()
        height = self.fontMetrics().lineSpacing() * lines + margins.top() + margins.bottom()
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """No lower than its lines."""
        return QSize(0, self.sizeHint().height())

    def _fit(self) -> None:
        shown = "\n".join(self._lines())
        if shown != self.text():
            self.setText(shown)
            self.updateGeometry()
        self.setToolTip("" if shown.replace("\n", " ") == self._words else self._words)

    def _lines(self) -> list[str]:
        """Whole lines; the last that has room with what is left, shortened."""
        width, metrics = self.contentsRect().width(), QFontMetrics(self.font())
        lines = _broken(self._words, self, width)
        if len(lines) <= self._most:
            return lines
        rest = " ".join(lines[self._most - 1 :])
        return [*lines[: self._most - 1], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def _broken(words: str, label: QLabel, width: int) -> list[str]:
    layout, found = QTextLayout(words, label.font()), []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(words[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return found
