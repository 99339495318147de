# SPDX-License-Identifier: Apache-2.0
"""What was given on a case, and below each what others added to it; sums per currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton

from resource_centre.currencies import amount_words
from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, empty, label, row
from ui.kit.typed_dates import show_date
from ui.pages.case_part import CasePart
from ui.pages.referrals_money import assistance_form, contribution_form
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.records import Assistance, Contribution


@dataclass(frozen=True)
class Looked:
    """What was given, what was added to each, and the plan's actions it may carry out."""

    given: list[Assistance]
    added: dict[str, list[Contribution]]
    actions: list[tuple[str, str]]


class AssistancePart(CasePart):
    """Part of the page of a case."""

    NOUNS: ClassVar[frozenset[str]] = frozenset({"Assistance", "Contribution", "PlanAction"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.looked: Looked | None = None
        self._wanted: str | None = None
        self.add_button = self._add_button()

    def look(self, session: Any) -> Looked:
        """Read everything of the case."""
        return _look(session, self.case_id, self.person_id)

    def show_looked(self, looked: Looked) -> None:
        """Show it, newest first."""
        self.looked = looked
        empty(self.view)
        self.add_button = self._add_button()
        card = Card(_("Assistance given"))
        if looked.given:
            card.body.addLayout(self._grid(looked))
            card.body.addWidget(label(sums_words(looked), "muted", wrap=True))
        else:
            card.body.addWidget(label(_("Nothing was given yet."), "muted", wrap=True))
        card.body.addSpacing(4)
        card.body.addLayout(row(self.add_button, None))
        self.view.addWidget(card)
        if self._wanted is not None:
            self._open_wanted(looked)

    def open_record(self, record_id: str) -> None:
        """Open one assistance to change it."""
        self._wanted = record_id
        self.read()

    def add(self) -> None:
        """Something was given."""
        self._open(None)

    def contribute(self, assistance_id: str) -> None:
        """Somebody adds to it."""
        self.open_form(lambda: contribution_form(self.desk, None, assistance_id, self.saved, self.cancelled))

    def take_keyboard(self) -> None:
        """To adding the next."""
        self.add_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _add_button(self) -> QPushButton:
        return button(_("Something was &given"), self.add, role="main")

    def _grid(self, looked: Looked) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        place = 0
        for one in looked.given:
            self._line(grid, place, one)
            place += 1
            for added in looked.added.get(one.id, ()):
                self._added_line(grid, place, added)
                place += 1
        return grid

    def _line(self, grid: QGridLayout, place: int, one: Assistance) -> None:
        kind = term("assistance_kind", one.kind)
        amount = amount_words(one.amount, one.currency)
        facts = (one.description, term("assistance_form", one.form), one.fund, one.partner, one.receipt)
        words = " · ".join(fact for fact in facts if fact)
        grid.addWidget(label(show_date(one.given_on), "muted"), place, 0)
        opener = button(kind, partial(self._open, one), role="link", name=f"{kind}, {show_date(one.given_on)}, {words}")
        grid.addWidget(opener, place, 1)
        grid.addWidget(label(words, "muted", wrap=True), place, 2)
        grid.addWidget(label(amount), place, 3, Qt.AlignmentFlag.AlignRight)
        add = _("Add a contribution")
        grid.addWidget(button(add, partial(self.contribute, one.id), role="link", name=f"{add}: {kind}"), place, 4)

    def _added_line(self, grid: QGridLayout, place: int, added: Contribution) -> None:
        source = term("contribution_source", added.source)
        words = " · ".join(fact for fact in (source, added.contributor, added.purpose) if fact)
        opener = button(f"+ {words}", partial(self._open_contribution, added), role="link", name=words)
        grid.addWidget(opener, place, 2)
        state = term("contribution_state", added.state) if added.state != "diterima" else ""
        grid.addWidget(label(amount_words(added.amount, added.currency)), place, 3, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(state, "muted"), place, 4)

    def _open(self, assistance: Assistance | None) -> None:
        actions = self.looked.actions if self.looked is not None else []
        links = {"case_id": self.case_id}
        self.open_form(
            lambda: assistance_form(self.desk, assistance, self.person_id, links, actions, self.saved, self.cancelled)
        )

    def _open_contribution(self, contribution: Contribution) -> None:
        self.open_form(lambda: contribution_form(self.desk, contribution, None, self.saved, self.cancelled))

    def _open_wanted(self, looked: Looked) -> None:
        wanted, self._wanted = self._wanted, None
        for one in looked.given:
            if one.id == wanted:
                self._open(one)


def sums_words(looked: Looked) -> str:
    """What was given and what others have added, per currency."""
    given = _sums(looked.given)
    received = [one for several in looked.added.values() for one in several if one.state == "diterima"]
    added = _sums(received)
    parts = [_("Given: {amounts}").format(amounts=given)] if given else []
    parts += [_("Added by others: {amounts}").format(amounts=added)] if added else []
    return " · ".join(parts)


def _sums(records: Sequence[Any]) -> str:
    sums: dict[str, int] = {}
    for one in records:
        if one.amount is not None:
            currency = one.currency or ""
            sums[currency] = sums.get(currency, 0) + one.amount
    ordered = sorted(sums, key=lambda code: (code != "IDR", code))
    return ", ".join(amount_words(sums[currency], currency) for currency in ordered)


def _look(session: Any, case_id: str, person_id: str) -> Looked:
    from resource_centre.records import Assistance
    from resource_centre.services.contributions import contributions_to
    from resource_centre.services.entries import entries_of
    from resource_centre.services.plans import current_plan, sheet_of

    given = entries_of(session, Assistance, person_id, case_id=case_id)
    given.sort(key=lambda one: (one.given_on, one.id), reverse=True)
    plan = current_plan(session, case_id)
    actions = sheet_of(session, plan.id).actions if plan is not None else ()
    return Looked(
        given=given,
        added={one.id: contributions_to(session, one.id) for one in given},
        actions=[(action.id, action.action or "") for action in actions],
    )
