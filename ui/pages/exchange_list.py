# SPDX-License-Identifier: Apache-2.0
"""At a centre: everybody it exchanges with, and what may be done with the one the keyboard is on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.exchange_store import Looked, PeerRow
from ui.pages.exchange_words import (
    day_in_short,
    is_over,
    passed_in_short,
    passed_words,
    role_words,
    state_words,
    villages_words,
)

Act = Callable[[], object]


class PeerList(QWidget):
    """The list, a few lines about the chosen one, and its actions."""

    def __init__(self, desk: Desk, acts: Mapping[str, Act], *, may_pair: bool) -> None:
        """`acts` are by the names of `BUTTONS`."""
        super().__init__()
        self._desk = desk
        self.rows = Rows(desk.worker, self._columns())
        self.list = RowsView(self.rows, _("Laptops"), nothing=_("No laptop yet. The coordinator adds one with a card."))
        self.about = label("", "muted", wrap=True)
        self.send = button(_("&Send to this laptop…"), acts["send"], role="main")
        self.words = button(_("Six &words…"), acts["words"])
        self.card = button(_("Show the &card…"), acts["card"])
        self.answer = button(_("Take the &answer…"), acts["answer"])
        self.villages = button(_("&Villages…"), acts["villages"])
        self.block = button(_("&Block…"), acts["block"], role="danger")
        self.unblock = button(_("&Unblock"), acts["unblock"])
        self.withdraw = button(_("Withdra&w the card…"), acts["withdraw"], role="danger")
        self._may_pair = may_pair
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.about)
        inside.addLayout(row(*self._buttons(), None))
        self.list.picked.connect(lambda _id: self._say_chosen())
        desk.places.ready.connect(self._say_chosen)
        desk.places.ready.connect(self.list.viewport().update)
        self._say_chosen()

    def show_looked(self, looked: Looked) -> None:
        """Fill the list; the keyboard stays where it was, or goes to the first."""
        self.rows.show_rows(looked.rows)
        if looked.rows and self.list.current_id() is None:
            self.list.setCurrentIndex(self.rows.index(0, 0))
        self._say_chosen()

    @property
    def chosen(self) -> PeerRow | None:
        """The one the keyboard is on."""
        index = self.list.currentIndex()
        found: PeerRow | None = self.rows.row(index.row()) if index.isValid() else None
        return found

    def in_words(self, villages: tuple[str, ...] | None) -> str:
        """Names of villages, their codes while the list of places is not there yet."""
        gazetteer = self._desk.places.gazetteer
        if villages is None or gazetteer is None:
            return villages_words(villages)
        return villages_words([gazetteer.name(code) for code in villages])

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.send, self.answer, self.card, self.words, self.villages, self.unblock, self.block, self.withdraw,
        )  # fmt: skip

    def _say_chosen(self) -> None:
        chosen = self.chosen
        self.about.setText(self._about(chosen) if chosen is not None else "")
        card = chosen is not None and bool(chosen.invitation)
        peer = chosen is not None and not chosen.invitation
        laptop = chosen is not None and chosen.role == "laptop"
        blocked = chosen is not None and chosen.blocked
        ready = chosen is not None and chosen.confirmed and not blocked and not is_over(chosen.expires_on)
        pairs = self._may_pair
        for made, shown in (
            (self.send, peer),
            (self.answer, card and pairs),
            (self.card, card and pairs),
            (self.words, peer and pairs),
            (self.villages, peer and pairs and laptop and chosen is not None and chosen.villages is not None),
            (self.block, peer and pairs and not blocked),
            (self.unblock, peer and pairs and blocked),
            (self.withdraw, card and pairs),
        ):
            made.setVisible(shown)
        self.send.setEnabled(ready)
        self.send.setText(_("&Send to this laptop…") if laptop else _("&Send…"))

    def _about(self, chosen: PeerRow) -> str:
        said = [role_words(chosen.role)]
        said += [_("for {name}").format(name=chosen.account)] if chosen.account else []
        said += [_("villages: {names}").format(names=self.in_words(chosen.villages))] if chosen.role == "laptop" else []
        sent = chosen.sent
        said += [_("last sent: {passed}").format(passed=passed_words(sent))] if sent else []
        said += [_("paired on {day}").format(day=show_date(chosen.paired_on))] if chosen.paired_on else []
        said += [_("ends on {day}").format(day=show_date(chosen.expires_on))] if chosen.expires_on else []
        return " · ".join([*said, state_words(chosen)])

    def _columns(self) -> list[Column]:
        theme = self._desk.theme

        def tone(peer: PeerRow) -> str:
            if peer.blocked or is_over(peer.expires_on):
                return theme.colours.danger
            return "" if peer.confirmed else theme.colours.warning

        return [
            Column(_("Name"), lambda peer: peer.name, width=20),
            Column(_("How it stands"), state_words, width=28, tone=tone),
            Column(_("Last received"), _received, width=12),
            Column(_("Last sent"), _sent, width=12, spare=True),
            Column(_("Paired on"), lambda peer: day_in_short(peer.paired_on), width=11, spare=True),
            Column(_("Villages"), self._villages, spare=True),
        ]

    def _villages(self, peer: PeerRow) -> str:
        return self.in_words(peer.villages) if peer.role == "laptop" else ""


def _received(peer: PeerRow) -> str:
    return "" if peer.invitation else passed_in_short(peer.received)


def _sent(peer: PeerRow) -> str:
    return "" if peer.invitation else passed_in_short(peer.sent)
