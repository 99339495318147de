# SPDX-License-Identifier: Apache-2.0
"""One partner: how to reach them, until when the agreement runs, and what they contributed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import WIDE_GAP, Card, button, label, row
from ui.kit.table import Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.agreements_store import one_contribution
from ui.pages.form_place import FormPile, MakeForm
from ui.pages.partners_forms import change_contribution_form, new_of_partner_form, partner_form
from ui.pages.partners_words import OVER, RUNNING_OUT, agreement_words, contribution_columns, totals_words
from ui.pages.wording import days_words, home_of, phone_words, term, village_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import Partner, PartnerContribution
    from resource_centre.services.partner_contributions import ContributionRow, ContributionTotal

NOUNS = ("Partner", "PartnerContribution")
MOST_EVENTS = 300


@dataclass(frozen=True)
class PartnerLook:
    """A partner as the page shows them; `events` are those a contribution may be for."""

    partner: Partner
    agreement: str
    contributions: list[ContributionRow]
    totals: list[ContributionTotal]
    events: list[tuple[str, str]]


class PartnerView(QWidget):
    """F2 writes down a contribution, F4 changes the particulars; Enter opens a contribution."""

    shown = Signal()
    withdrawn = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.partner_id = ""
        self.look: PartnerLook | None = None
        self._facts = QFormLayout()
        self.totals = label("", wrap=True)
        self.rows = Rows(desk.worker, contribution_columns(desk.theme, who=False))
        self.list = RowsView(self.rows, _("Contributions"), nothing=_("One moment…"))
        self.new_button = button(_("New con&tribution"), self.add, role="main", help="F2")
        self.change_button = button(_("C&hange"), self.change, help="F4")
        self.actions_at_top = (self.change_button, self.new_button)
        self.side = QWidget()
        self.pile = FormPile()
        self._lay_out()
        self._listen()

    def open(self, partner_id: str) -> None:
        """Show a partner."""
        if partner_id != self.partner_id:
            self.pile.close_form()
            self.partner_id, self.look = partner_id, None
            self.rows.show_rows(())
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        partner_id = self.partner_id
        if partner_id:
            self.desk.worker.read(
                lambda session: read_partner(session, partner_id), self._show, replaces="partner", owner=self
            )

    def leave(self) -> None:
        """Keep what is typed."""
        self.pile.close_form()

    def add(self) -> None:
        """An empty form for a contribution."""
        look = self.look
        if look is not None:
            self._open(lambda: new_of_partner_form(self.desk, look.partner.id, look.events, (self._saved, self.back)))

    def change(self) -> None:
        """The particulars as they are."""
        look = self.look
        if look is not None:
            self._open(lambda: partner_form(self.desk, look.partner, (self._saved, self.back), self._taken_off))

    def first_field(self) -> QWidget:
        """The contributions, or the form that is open."""
        form = self.pile.form
        return self.list if form is None else next(iter(form.form.rows.values())).editor

    def back(self) -> None:
        """Back to what is seen."""
        self.pile.close_form()
        self.list.setFocus()
        self.refresh()

    # Inside

    def _lay_out(self) -> None:
        card = Card()
        self._facts.setHorizontalSpacing(18)
        self._facts.setVerticalSpacing(4)
        card.body.addLayout(self._facts)
        inside = QVBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(WIDE_GAP)
        inside.addWidget(card)
        inside.addWidget(self.totals)
        inside.addWidget(self.list, 1)
        keys = label(_("Enter opens a contribution. Esc leads back to all partners."), "help")
        inside.addLayout(row(None, keys))
        self.pile.addWidget(self.side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pile)

    def _listen(self) -> None:
        self.list.chosen.connect(self._read_contribution)
        self.desk.worker.changed.connect(self._changed)
        for keys, act in (("F2", self.add), ("F4", self.change)):
            shortcut = QShortcut(QKeySequence(keys), self.side)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _show(self, look: PartnerLook) -> None:
        if look.partner.id != self.partner_id:
            return
        self.look = look
        self._show_facts(look.partner, look.agreement)
        self.totals.setText(totals_words(look.totals))
        self.totals.setVisible(bool(look.totals))
        self.rows.show_rows(look.contributions)
        if look.contributions and not self.list.currentIndex().isValid():
            self.list.selectRow(0)
        self.list.say_when_empty(_("Nothing contributed yet. F2 writes it down."))
        self.shown.emit()

    def _show_facts(self, partner: Partner, agreement: str) -> None:
        while self._facts.rowCount():
            self._facts.removeRow(0)
        place = village_words(self.desk.places, partner.place_code, home_of(self.desk))
        country = term("country", partner.country)
        facts = (
            (_("Place"), ", ".join(part for part in (place, country) if part)),
            (_("Contact person"), partner.contact_person or ""),
            (_("Telephone"), phone_words(partner.phone)),
            (_("E-mail"), partner.email or ""),
            (_("Partner since"), show_date(partner.partner_since)),
            (_("Agreement until"), agreement_words(partner.agreement_until, agreement)),
            (_("No longer a partner since"), show_date(partner.ended_on)),
            (_("Remarks"), partner.remarks or ""),
        )
        stands_out = {OVER: "error", RUNNING_OUT: "warning"}.get(agreement, "")
        for name, words in facts:
            if words:
                role = stands_out if name == _("Agreement until") else ""
                self._facts.addRow(label(name, "muted"), label(words, role, wrap=True, selectable=True))

    def _read_contribution(self, contribution_id: str) -> None:
        self.desk.worker.read(
            lambda session: one_contribution(session, contribution_id), self._open_contribution, replaces="contribution"
        )

    def _open_contribution(self, found: PartnerContribution) -> None:
        events = self.look.events if self.look is not None else []
        self._open(lambda: change_contribution_form(self.desk, found, (self._saved, self.back), events=events))

    def _open(self, make: MakeForm) -> None:
        self.pile.open_form(make)

    def _saved(self, _result: Any) -> None:
        self.back()
        self.desk.messages.done(_("Saved."))

    def _taken_off(self, _result: Any) -> None:
        self.withdrawn.emit()
        self.desk.messages.done(_("Taken off the list."))

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not changed.keys().isdisjoint(NOUNS):
            self.refresh()


def read_partner(session: Session, partner_id: str) -> PartnerLook:
    """A partner with everything they contributed; runs on the worker's thread."""
    from resource_centre.services.event_list import events_of
    from resource_centre.services.partner_contributions import contribution_totals, contributions_of
    from resource_centre.services.partners import agreement_state
    from ui.pages.agreements_store import partner_of

    partner = partner_of(session, partner_id)
    contributions = contributions_of(session, partner_id=partner_id)
    events = {row.id: _event_words(row) for row in events_of(session, limit=MOST_EVENTS)}
    older = {row.event_id: row.event_topic or row.event_number or "" for row in contributions if row.event_id}
    return PartnerLook(
        partner=partner,
        agreement=agreement_state(partner.agreement_until, partner.ended_on, today()),
        contributions=contributions,
        totals=contribution_totals(session, partner_id=partner_id),
        events=list((older | events).items()),
    )


def _event_words(row: Any) -> str:
    about = row.topic or term("module", row.module) or term("training_type", row.training_type)
    return f"{about} · {days_words(row.starts_on, row.ends_on)}"
