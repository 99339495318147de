# SPDX-License-Identifier: Apache-2.0
"""The steps of an intake at the left: where one is, and quietly how many answers each still wants."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from resource_centre.i18n import _, ngettext
from resource_centre.services.intake_sections import STEPS

LINE = 30
ROOM = 10
BESIDE = Qt.ItemDataRole.UserRole + 1


class IntakeSteps(QListWidget):
    """Up and Down go from step to step; `chosen` gives the key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "steps")
        self.setAccessibleName(_("Steps of the intake"))
        self.setToolTip(_("Ctrl+Page Down and Ctrl+Page Up go from step to step."))
        self.setItemDelegate(_Lines(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for step in STEPS:
            QListWidgetItem(step.title, self)
        self.setFixedHeight(LINE * len(STEPS) + 2 * self.frameWidth() + 6)
        self.setCurrentRow(0)
        self.currentRowChanged.connect(self._changed)

    def show_step(self, key: str) -> None:
        """Mark where one is; `chosen` is not emitted."""
        self.blockSignals(True)
        self.setCurrentRow(_place(key))
        self.blockSignals(False)

    def show_left(self, left: Mapping[str, int] | None, unsaved: set[str]) -> None:
        """Say beside each step what it still wants; nothing at all before somebody is registered."""
        for place, step in enumerate(STEPS):
            item = self.item(place)
            beside = _beside(step.key, left, unsaved)
            item.setData(BESIDE, beside)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (step.title, beside) if part))

    def open_for(self, registered: bool) -> None:
        """Only the first step before somebody is registered."""
        for place in range(1, self.count()):
            item = self.item(place)
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            item.setFlags(flags if registered else Qt.ItemFlag.NoItemFlags)

    def _changed(self, place: int) -> None:
        if place >= 0:
            self.chosen.emit(STEPS[place].key)


class _Lines(QStyledItemDelegate):
    """The title, and at the right end in a quieter colour what is left."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        beside = str(index.data(BESIDE) or "")
        wide = option.fontMetrics.horizontalAdvance(beside)
        self.initStyleOption(option, index)
        inside: QRect = option.rect
        option.text = option.fontMetrics.elidedText(
            option.text, Qt.TextElideMode.ElideRight, inside.width() - wide - 3 * ROOM
        )
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setPen(option.palette.placeholderText().color())
        place = inside.adjusted(0, 0, -ROOM, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, beside)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), LINE)


def _place(key: str) -> int:
    return next(place for place, step in enumerate(STEPS) if step.key == key)


def _beside(key: str, left: Mapping[str, int] | None, unsaved: set[str]) -> str:
    if key in unsaved:
        return _("not saved")
    if left is None:
        return ""
    number = left.get(key, 0)
    return ngettext("{n} left", "{n} left", number).format(n=number) if number else ""
