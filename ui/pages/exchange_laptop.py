# SPDX-License-Identifier: Apache-2.0
"""On a village laptop: two things to do, send to the centre and receive, and how much is still to be brought."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.page import scrolling
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, label, row
from ui.pages.exchange_store import Looked, PeerRow
from ui.pages.exchange_words import is_over, passed_words, unsent_words

WIDE = 900
NARROW = 720


class LaptopPart(QWidget):
    """`show_looked` fills it; what is pressed is said to the page."""

    def __init__(
        self,
        send: Callable[[], object],
        receive: Callable[[], object],
        words: Callable[[], object],
        answer: Callable[[], object],
        repair: Callable[[], object],
        phone_form: Callable[[], object],
    ) -> None:
        super().__init__()
        self.looked: Looked | None = None
        self.unsent = label("", "heading", wrap=True)
        self.sent = label("", "muted", wrap=True)
        self.received = label("", "muted", wrap=True)
        self.told = label("", "warning", wrap=True)
        self.send = button(_("&Send to centre…"), send, role="main")
        self.receive = button(_("&Receive…"), receive, role="main")
        self.words = button(_("Six &words…"), words)
        self.answer = button(_("Save the &answer…"), answer)
        self.phone_form = button(_("&Form for phones…"), phone_form)
        self.repair = button(_("This laptop was copied: Re&pair…"), repair, role="link")
        self._lay_out()

    def show_looked(self, looked: Looked) -> None:
        """Say how it stands."""
        self.looked = looked
        centre = looked.centre
        self.unsent.setText(unsent_words(looked.unsent, centre))
        self.sent.setText(_("Last sent: {passed}").format(passed=passed_words(centre.sent if centre else None)))
        self.received.setText(
            _("Last received: {passed}").format(passed=passed_words(centre.received if centre else None))
        )
        problem = _what_is_missing(centre) or (_new_name() if looked.renewed else "")
        self.told.setText(problem)
        self.told.setVisible(bool(problem))
        self.send.setEnabled(centre is not None and centre.confirmed)
        self.words.setVisible(centre is not None)
        self.answer.setVisible(centre is not None and not centre.confirmed)

    def first_field(self) -> QWidget:
        """The first thing to do."""
        if self.looked is not None and self.looked.centre is not None and not self.looked.centre.confirmed:
            return self.words
        return self.send

    def _lay_out(self) -> None:
        sending, receiving = Card(_("Send to the centre")), Card(_("Receive from the centre"))
        for made, why, state in (
            (sending, _("What you wrote here goes onto a stick, locked for the centre alone."), self.sent),
            (receiving, _("What the centre has for your villages comes in, and says what has arrived."), self.received),
        ):
            made.body.addWidget(label(why, "muted", wrap=True))
            made.body.addWidget(state)
            made.body.addStretch(1)
            made.setMinimumWidth(280)
        sending.body.insertWidget(1, self.unsent)
        sending.body.addLayout(row(self.send, None))
        receiving.body.addLayout(row(self.receive, None))
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(WIDE_GAP)
        self._beside.addWidget(sending, 1)
        self._beside.addWidget(receiving, 1)
        column = QVBoxLayout()
        column.setSpacing(GAP * 2)
        column.addWidget(self.told)
        column.addLayout(self._beside)
        column.addLayout(row(self.words, self.answer, self.phone_form, None))
        column.addLayout(row(self.repair, None))
        column.addStretch(1)
        self.told.hide()
        holder = QVBoxLayout()
        holder.addLayout(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))


def _new_name() -> str:
    return _(
        "This laptop was copied, restored or moved, and counts as a new one now. Nothing is lost: send to the centre, "
        "then receive. If the other one is still used, tell the coordinator."
    )


def _what_is_missing(centre: PeerRow | None) -> str:
    if centre is None:
        return _("This laptop belongs to no centre.")
    if not centre.confirmed:
        return _("Bring the answer file to the centre, then compare the six words with the coordinator by voice.")
    if is_over(centre.expires_on):
        return _(
            "The time this laptop was paired for is over. What is written here can still be sent to the centre; "
            "nothing comes back until the coordinator lets the pairing go on."
        )
    return ""
