# SPDX-License-Identifier: Apache-2.0
"""The line at the bottom: whether everything is saved."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from resource_centre.i18n import _
from ui.kit.pieces import label
from ui.kit.worker import Worker


class StatusLine(QFrame):
    """Says in a word what the worker does."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.setProperty("role", "status")
        self._worker = worker
        self.words = label("", "caption")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(24, 4, 24, 4)
        inside.addWidget(self.words)
        inside.addStretch(1)
        inside.addWidget(label(_("F1 shows the keys"), "caption"))
        worker.busy.connect(self._show)
        worker.changed.connect(self._saved)
        self._show(False)

    def _show(self, busy: bool) -> None:
        if busy:
            self.words.setText(_("Saving…") if self._worker.is_changing() else _("Working…"))
        else:
            self.words.setText(_("Ready"))

    def _saved(self, changed: object) -> None:
        if isinstance(changed, dict) and set(changed) - {"Draft"}:
            self.words.setText(_("Everything is saved"))
