# SPDX-License-Identifier: Apache-2.0
"""Where an import begins: choose a file or drop one; and the imports of earlier days, each of which can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.pieces import WIDE_GAP, Card, button, empty, label, row
from ui.kit.typed_dates import show_date, show_time
from ui.pages.wording import whole_number

if TYPE_CHECKING:
    from resource_centre.records import ImportBatch

ENDINGS = "*.xlsx *.xlsm *.csv *.tsv *.txt"


class ImportStart(QWidget):
    """`chosen(path)` for a file, `undo(batch id)` for an import of before."""

    def __init__(self, chosen: Callable[[Path], None], undo: Callable[[str], None], settle: Callable[[], None]) -> None:
        super().__init__()
        self._chosen = chosen
        self._undo = undo
        self.setAcceptDrops(True)
        self.choose_button = button(_("Choose a file…"), self.choose, role="main", help="Ctrl+O")
        self.card = Card(_("Take a register in"))
        self.waiting = Card(_("To settle"))
        self.waiting_words = label("", "muted")
        self.settle_button = button(_("Settle them"), settle)
        self.other_ways = Card(_("Registered without this program"))
        self._ways = QGridLayout()
        self.earlier = Card(_("Imports of before"))
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(18)
        self._list.setVerticalSpacing(8)
        self._list.setColumnStretch(1, 1)
        self._lay_out_all()

    def without_files(self) -> None:
        """For whoever takes in no files, but copies from paper what was gathered in villages."""
        self.card.hide()
        self.choose_button.setEnabled(False)
        self.setAcceptDrops(False)

    def choose(self) -> None:
        """Ask for a file with the system's dialog."""
        if not self.choose_button.isEnabled():
            return
        title = _("Choose a register")
        tables = _("Tables ({endings})").format(endings=ENDINGS)
        path, _filter = QFileDialog.getOpenFileName(self, title, "", f"{tables};;{_('All files')} (*)")
        if path:
            self._chosen(Path(path))

    def add_way(self, words: str, act: Callable[[], object], explained: str) -> QPushButton:
        """Another way in than a register: a button, and beside it what it is for."""
        line = self._ways.rowCount()
        made = button(words, act)
        self._ways.addWidget(made, line, 0)
        self._ways.addWidget(label(explained, "muted", wrap=True), line, 1)
        return made

    def show_earlier(self, batches: Sequence[ImportBatch], waiting: int) -> None:
        """List the imports of before, newest first, and say how many rows wait for a person."""
        empty(self._list)
        self.waiting.setVisible(waiting > 0)
        words = ngettext("{n} row waits for a decision.", "{n} rows wait for a decision.", waiting)
        self.waiting_words.setText(words.format(n=whole_number(waiting)))
        self.earlier.setVisible(bool(batches))
        for line, batch in enumerate(batches):
            when = datetime.fromtimestamp(batch.imported_ms / 1000, tz=UTC).astimezone()
            moment = f"{show_date(when.date())}, {show_time(when.time())}"
            rows = int(batch.counts.get("rows", 0))
            words = ngettext("{n} row read", "{n} rows read", rows).format(n=whole_number(rows))
            self._list.addWidget(label(moment), line, 0)
            self._list.addWidget(label(words, "muted"), line, 1)
            if batch.undone_ms is not None:
                self._list.addWidget(label(_("undone"), "muted"), line, 2)
                continue
            batch_id = batch.id
            undo = button(
                _("Undo"),
                lambda batch_id=batch_id: self._undo(batch_id),  # type: ignore[misc]
                name=_("Undo the import of {moment}").format(moment=moment),
            )
            self._list.addWidget(undo, line, 2)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file may be dropped here."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped file."""
        event.acceptProposedAction()
        self._chosen(Path(event.mimeData().urls()[0].toLocalFile()))

    def _lay_out_all(self) -> None:
        explained = _(
            "An Excel workbook or a CSV file, as it is. Nothing is written before you have looked at it: first you see "
            "how the columns were understood, who is known already, and what is not clear."
        )
        self.card.body.addWidget(label(explained, "muted", wrap=True))
        self.card.body.addLayout(row(self.choose_button, label(_("or drop a file here"), "muted"), None, gap=14))
        self._ways.setHorizontalSpacing(14)
        self._ways.setColumnStretch(1, 1)
        self.other_ways.body.addLayout(self._ways)
        self.earlier.body.addLayout(self._list)
        self.waiting.body.addLayout(row(self.waiting_words, None, self.settle_button))
        self.waiting.hide()
        self.earlier.hide()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(WIDE_GAP)
        inside.addWidget(self.card)
        inside.addWidget(self.other_ways)
        inside.addWidget(self.waiting)
        inside.addWidget(self.earlier)
        inside.addStretch(1)
        inside.setAlignment(Qt.AlignmentFlag.AlignTop)
