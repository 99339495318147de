# SPDX-License-Identifier: Apache-2.0
"""Erasing somebody for ever: asked once more, with what goes and on what ground. Nothing brings it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.editors_codes import ComboBox
from ui.kit.pieces import GAP, WIDE_GAP, button, label, row

if TYPE_CHECKING:
    from resource_centre.services.erasing import Erased

WIDTH = 480
REASONS = "erasure_reason"


def may_erase(desk: Desk) -> bool:
    """Whether this account may, here: a coordinator at the centre."""
    return desk.may("settings") and not desk.on_laptop


class ErasingDialog(QDialog):
    """What goes, and the ground; the keyboard is on keeping it."""

    def __init__(self, told: Mapping[str, int], parent: QWidget) -> None:
        from resource_centre.vocabulary import vocabulary

        super().__init__(parent)
        self.setWindowTitle(_("Erase this person"))
        self.setFixedWidth(WIDTH)
        self.reason = ComboBox()
        self.reason.setAccessibleName(_("Why"))
        self.reason.addItem(_("Choose why"), None)
        for term in vocabulary(REASONS):
            self.reason.addItem(term.label(), term.code)
        self.erase = button(_("&Erase for ever"), self.accept, role="danger")
        self.erase.setEnabled(False)
        self.keep = button(_("&Keep"), self.reject)
        self.keep.setDefault(True)
        self.reason.currentIndexChanged.connect(lambda _place: self.erase.setEnabled(self.ground is not None))
        self._lay_out(told)
        self.keep.setFocus()

    @property
    def ground(self) -> str | None:
        """The code of why, None as long as none was chosen."""
        code = self.reason.currentData()
        return str(code) if code else None

    def showEvent(self, event: QShowEvent) -> None:
        """Lines that wrap are as high as they are in this width and language."""
        super().showEvent(event)
        body = self.layout()
        assert body is not None
        self.setFixedHeight(body.totalHeightForWidth(WIDTH))

    def _lay_out(self, told: Mapping[str, int]) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(WIDE_GAP, WIDE_GAP, WIDE_GAP, WIDE_GAP)
        body.setSpacing(GAP)
        body.addWidget(label(_("This cannot be undone."), "heading"))
        count = sum(told.values())
        sentence = ngettext("{n} record goes for ever:", "{n} records go for ever:", count).format(n=count)
        body.addWidget(label(sentence, wrap=True))
        body.addWidget(label(records_words(told), "muted", wrap=True))
        about = _(
            "They go on this computer at once, and on every laptop with the next bundle it receives. Nothing that "
            "comes in later brings them back. Figures of months handed over stay. Backups and papers made before "
            "are not reached."
        )
        body.addWidget(label(about, wrap=True))
        body.addSpacing(WIDE_GAP - GAP)
        why = label(_("&Why"))
        why.setBuddy(self.reason)
        body.addWidget(why)
        body.addWidget(self.reason)
        body.addSpacing(WIDE_GAP)
        body.addLayout(row(None, self.keep, self.erase))


def records_words(told: Mapping[str, int]) -> str:
    """What goes, in words: Address 2, Debt 1."""
    from resource_centre.vocabulary import vocabulary

    kinds = vocabulary("record_kind")
    codes = [code for code in kinds.codes if code in told]
    return ", ".join(f"{kinds.label(code)} {told[code]}" for code in codes)


def ask_and_erase(desk: Desk, person_id: str, parent: QWidget, done: Callable[[], object]) -> None:
    """Read what goes, ask, and erase; `done` when it has happened."""

    def ask(told: Erased) -> None:
        dialog = ErasingDialog(told.records, parent)
        if dialog.exec() == QDialog.DialogCode.Accepted and (ground := dialog.ground) is not None:
            desk.worker.change(lambda session: _erase(session, person_id, ground), erased, owner=parent)
        dialog.deleteLater()

    def erased(_told: Any) -> None:
        desk.messages.done(_("The person is erased."))
        done()

    desk.worker.read(lambda session: _what_goes(session, person_id), ask, owner=parent)


def _what_goes(session: Any, person_id: str) -> Erased:
    from resource_centre.services.erasing import what_goes

    return what_goes(session, person_id)


def _erase(session: Any, person_id: str, ground: str) -> Erased:
    from resource_centre.services.erasing import erase_person

    return erase_person(session, person_id, ground)
