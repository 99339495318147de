# SPDX-License-Identifier: Apache-2.0
"""The real pages of a paper, below each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.pieces import WIDE_GAP, label
from ui.kit.printing import as_image

if TYPE_CHECKING:
    from reports.preview import PageImage

WIDTH = 660
LEAST_WIDTH = 200
SHARP = 2
"""Pixels per point of the screen: letters stay legible on dense screens too."""


class Preview(QScrollArea):
    """Scrolls through the pages."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Pages of the report"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("role", "body")
        self._sheets = QVBoxLayout(inside)
        self._sheets.setContentsMargins(0, 0, 0, WIDE_GAP)
        self._sheets.setSpacing(WIDE_GAP)
        self.setWidget(inside)
        self.pages: list[QLabel] = []
        self.say(_("Choose a month."))

    def say(self, words: str) -> None:
        """Words instead of pages."""
        self._clear()
        self._put(label(words, "muted", wrap=True))

    def show_pages(self, images: Sequence[PageImage]) -> None:
        """Show these pages from the first."""
        self._clear()
        for number, image in enumerate(images, 1):
            page = QLabel()
            pixmap = QPixmap.fromImage(as_image(image))
            page.setPixmap(pixmap)
            page.setScaledContents(True)
            page.setAccessibleName(_("Page {n} of {pages}").format(n=number, pages=len(images)))
            page.setStyleSheet("border: 1px solid #9aa5a0; background: white;")
            self._put(page)
            self.pages.append(page)
        whole = images[0].pages if images else 0
        if whole > len(images) > 1:
            words = _("The first {n} of {pages} pages are shown. All are printed and saved.")
            self._put(label(words.format(n=len(images), pages=whole), "muted", wrap=True))
        self._sheets.addStretch(1)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page is never wider than the window has room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = max(LEAST_WIDTH, min(WIDTH, self.viewport().width() - WIDE_GAP))
        for page in self.pages:
            size = page.pixmap().size()
            page.setFixedSize(width, round(width * size.height() / max(1, size.width())))

    def _put(self, widget: QWidget) -> None:
        self._sheets.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def _clear(self) -> None:
        from ui.kit.pieces import empty

        empty(self._sheets)
        self.pages.clear()
