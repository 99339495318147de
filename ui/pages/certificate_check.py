# SPDX-License-Identifier: Apache-2.0
"""A number that somebody shows is typed, and the answer stands below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, empty, label, row, set_role
from ui.pages.wording import days_words, decimal, village_words

if TYPE_CHECKING:
    from resource_centre.services.certificate_check import CertificateCheck

SIZE = (560, 420)
CAPTION = 168


class CertificateCheckDialog(QDialog):
    """One field, Enter, and the answer."""

    def __init__(self, parent: QWidget | None, desk: Desk, number: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Check a certificate"))
        self.resize(*SIZE)
        self.desk = desk
        self.found: CertificateCheck | None = None
        self.number = QLineEdit(number)
        self.number.setAccessibleName(_("Number on the certificate"))
        self.number.setPlaceholderText(_("Number on the certificate"))
        self.check_button = button(_("&Check"), self.check, role="main", help=_("Enter"))
        self.answer = label("", "heading", wrap=True)
        self.facts = QWidget()
        self.facts_inside = QVBoxLayout(self.facts)
        self.facts_inside.setContentsMargins(0, 0, 0, 0)
        self.facts_inside.setSpacing(GAP)
        self.event_button = button(_("Open the event"), self._open_event, role="link")
        self._lay_out()
        self.number.returnPressed.connect(self.check)
        self.check_button.setAutoDefault(False)
        if number:
            self.check()

    def check(self) -> None:
        """Look the number up."""
        text = self.number.text().strip()
        if text:
            self.desk.worker.read(
                lambda session: _check(session, text), self._show, replaces="certificate-check", owner=self
            )

    # Inside

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(WIDE_GAP)
        inside.addLayout(row(self.number, self.check_button))
        card = Card()
        card.body.addWidget(self.answer)
        card.body.addWidget(self.facts)
        card.body.addLayout(row(self.event_button, None))
        self.event_button.hide()
        inside.addWidget(card)
        inside.addStretch(1)
        inside.addLayout(row(None, button(_("Close"), self.reject, help="Esc")))
        self.card = card
        card.hide()

    def _show(self, found: CertificateCheck) -> None:
        self.found = found
        self.answer.setText(found.words())
        set_role(self.answer, "role", "heading" if found.answer == "valid" else "warning")
        empty(self.facts_inside)
        for words, value in self._facts(found):
            self.facts_inside.addLayout(_fact(words, value))
        for words in found.warnings():
            self.facts_inside.addWidget(label(words, "warning", wrap=True))
        self.event_button.setVisible(found.event_id is not None)
        self.card.show()
        self.number.selectAll()

    def _facts(self, found: CertificateCheck) -> list[tuple[str, str]]:
        whole = found.hours is not None and float(found.hours).is_integer()
        hours = decimal(float(found.hours), 0 if whole else 1) if found.hours is not None else ""
        facts = (
            (_("Number"), found.number),
            (_("Name on the certificate"), found.name),
            (_("Event"), found.kind),
            (_("Modules"), ", ".join(found.what)),
            (_("Date"), days_words(found.starts_on, found.ends_on)),
            (_("Contact hours"), hours),
            (_("Village"), village_words(self.desk.places, found.village_code) if found.village_code else ""),
            (_("Issued on"), days_words(found.issued_on, None)),
            (_("Signed by"), found.signed_by),
            (_("Withdrawn on"), days_words(found.withdrawn_on, None)),
            (_("Reason"), found.reason),
        )
        return [(words, value) for words, value in facts if value]

    def _open_event(self) -> None:
        if self.found is not None and self.found.event_id is not None:
            self.accept()
            self.desk.go("training", self.found.event_id)


def _fact(words: str, value: str) -> Any:
    caption = label(words, "muted")
    caption.setFixedWidth(CAPTION)
    caption.setAlignment(Qt.AlignmentFlag.AlignTop)
    said = label(value, wrap=True, selectable=True)
    said.setAccessibleName(f"{words}: {value}")
    made = row(caption, said)
    made.setStretch(1, 1)
    return made


def _check(session: Any, text: str) -> CertificateCheck:
    from resource_centre.services.certificate_check import check_certificate

    return check_certificate(session, text)
