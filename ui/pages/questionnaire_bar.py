# SPDX-License-Identifier: Apache-2.0
"""Below the questions: how far one is, and the way to the next page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from resource_centre.i18n import _
from ui.kit.pieces import button, label

WIDTH = 200


class Bar(QWidget):
    """`back` and `on` turn pages; on the last page `on` finishes."""

    def __init__(self, back: Callable[[], object], on: Callable[[], object]) -> None:
        super().__init__()
        self.gauge = QProgressBar()
        self.gauge.setTextVisible(False)
        self.gauge.setFixedWidth(WIDTH)
        self.gauge.setAccessibleName(_("Answered"))
        self.words = label("", "muted")
        self.back_button = button(_("Bac&k"), back, help=_("Page Up"))
        self.on_button = button(_("Ne&xt"), on, role="main", help=_("Page Down"))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.addWidget(self.gauge)
        inside.addSpacing(8)
        inside.addWidget(self.words)
        inside.addStretch(1)
        inside.addWidget(self.back_button)
        inside.addWidget(self.on_button)

    def show_progress(self, answered: int, asked: int) -> None:
        """How many of the questions that are asked now have an answer or a reason."""
        self.gauge.setMaximum(max(asked, 1))
        self.gauge.setValue(answered)
        self._answered = _("{n} of {all} answered").format(n=answered, all=asked)
        self._say()

    def show_page(self, number: int, pages: int, last_words: str) -> None:
        """Which page of how many; `last_words` stand on the button of the last one."""
        self._page = _("Page {n} of {all}").format(n=number, all=pages) if pages > 1 else ""
        self.back_button.setVisible(pages > 1)
        self.back_button.setEnabled(number > 1)
        self.on_button.setText(_("Ne&xt") if number < pages else last_words)
        self.on_button.setAccessibleName(self.on_button.text().replace("&", ""))
        self._say()

    def _say(self) -> None:
        self.words.setText("  ·  ".join(part for part in (self._page, self._answered) if part))

    _page = ""
    _answered = ""
