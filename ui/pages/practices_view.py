# SPDX-License-Identifier: Apache-2.0
"""One good practice to read: what was done, what came of it, what one needs; its tags and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.flow import FlowLayout
from ui.kit.page import scrolling
from ui.kit.pieces import GAP, WIDE_GAP, Card, empty, label
from ui.kit.typed_dates import show_date
from ui.pages.attachments_panel import AttachmentsPanel
from ui.pages.attachments_store import OfAPractice
from ui.pages.practices_store import read_practice
from ui.pages.wording import term

if TYPE_CHECKING:
    from ui.pages.practices_store import PracticeLook


class PracticeView(QWidget):
    """It scrolls by itself; a tag that is pressed narrows the shelf to it."""

    shown = Signal()
    tag_chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.practice_id: str | None = None
        self.look: PracticeLook | None = None
        self.card = Card()
        self.texts = QVBoxLayout()
        self.texts.setSpacing(GAP)
        self.tags = FlowLayout()
        self.card.body.addLayout(self.texts)
        self.card.body.addLayout(self.tags)
        self.files = AttachmentsPanel(desk, _("Files"))
        inside = QVBoxLayout()
        inside.setSpacing(WIDE_GAP)
        for widget in (self.card, self.files):
            inside.addWidget(widget)
        inside.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside))
        self._show_nothing()

    def open(self, practice_id: str | None) -> None:
        """Show a practice, or nothing."""
        self.practice_id = practice_id
        if practice_id is None:
            self._show_nothing()
        else:
            self.desk.worker.read(
                lambda session: read_practice(session, practice_id), self._show, replaces="practice", quiet=True
            )

    def _show_nothing(self) -> None:
        self.look = None
        for widget in (self.card, self.files):
            widget.setVisible(False)
        self.shown.emit()

    def _show(self, look: PracticeLook) -> None:
        if look.record.id != self.practice_id:
            return
        self.look = look
        self._show_texts(look)
        self._show_tags(look)
        self.files.allow_adding(look.may_attach)
        self.files.show_files(OfAPractice(look.record.id))
        for widget in (self.card, self.files):
            widget.setVisible(True)
        self.shown.emit()

    def _show_texts(self, look: PracticeLook) -> None:
        empty(self.texts)
        record = look.record
        self._say(record.title, "heading")
        facts = (record.institution, term("country", record.country), show_date(record.noted_on))
        self._say(" · ".join(fact for fact in facts if fact), "muted")
        captions = (
            (_("What was done"), record.summary),
            (_("What came of it"), record.result),
            (_("What one needs to do it"), record.needed),
            (_("Source"), record.source),
        )
        for caption, words in captions:
            if words:
                self.texts.addSpacing(GAP)
                self._say(caption, "caption")
                self._say(words)

    def _say(self, words: str | None, role: str = "") -> None:
        if words:
            self.texts.addWidget(label(words, role, wrap=True, selectable=True))

    def _show_tags(self, look: PracticeLook) -> None:
        empty(self.tags)
        chips = [(code, term("practice_tag", code)) for code in look.record.tags or ()]
        for tag, words in (*chips, *((own, own) for own in look.own_tags)):
            chip = QToolButton()
            chip.setProperty("role", "chip")
            chip.setText(words.replace("&", "&&"))
            chip.setToolTip(_("Show what has this tag"))
            chip.setAccessibleName(_("Tag: {tag}").format(tag=words))
            chip.clicked.connect(lambda _checked=False, tag=tag: self.tag_chosen.emit(tag))
            self.tags.addWidget(chip)
