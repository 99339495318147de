# SPDX-License-Identifier: Apache-2.0
"""What runs longer than a moment is shown with how far it is, and with a Cancel that really stops it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from resource_centre.i18n import _
from ui.kit.pieces import button, label
from ui.kit.worker import Job, Worker

SAMPLE_MS = 100
NARROW = 760
"""Pixels of width below which the counts need the room of the bar."""
BAR, SHORT_BAR = 240, 80


class ProgressPanel(QFrame):
    """A strip in the window, not a dialog: one may read on meanwhile. It samples the job; the job never waits."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "info")
        self._job: Job | None = None
        self._words = label("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(BAR)
        self.bar.setAccessibleName(_("Progress"))
        self.cancel = button(_("Cancel"), self._stop)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(14, 6, 8, 6)
        inside.addWidget(self._words, 1)
        inside.addWidget(self.bar)
        inside.addWidget(self.cancel)
        self._sampler = QTimer(self)
        self._sampler.setInterval(SAMPLE_MS)
        self._sampler.timeout.connect(self._sample)
        worker.slow.connect(self.show_job)
        self.hide()

    def show_job(self, job: Job | None) -> None:
        """Show a job, or nothing."""
        self._job = job
        self.setVisible(job is not None)
        if job is None:
            self._sampler.stop()
            return
        self.cancel.setVisible(job.cancellable)
        self.cancel.setEnabled(True)
        self._sample()
        self._sampler.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the bar is short, so that how far it is stands whole in one line."""
        super().resizeEvent(event)
        self.bar.setFixedWidth(SHORT_BAR if self.width() < NARROW else BAR)

    def _sample(self) -> None:
        job = self._job
        if job is None:
            return
        progress = job.progress
        self._words.setText(_("Stopping…") if progress.cancelled else progress.text or job.what or _("Please wait…"))
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel.setEnabled(False)
            self._sample()
