# SPDX-License-Identifier: Apache-2.0
"""Closing a case: what is still open, what was reached, why it ends; and how it was closed, once it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from resource_centre.i18n import _, ngettext
from resource_centre.services.cases import CLOSED
from ui.kit.desk import Desk
from ui.kit.form_row import WHY_NOT
from ui.kit.pieces import Card, button, empty, label, row
from ui.kit.typed_dates import show_date
from ui.pages.case_closing_form import closing_form
from ui.pages.case_facts import fact_grid
from ui.pages.case_forms import reopen_form
from ui.pages.case_part import CasePart
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.records import Case
    from resource_centre.services.closing import Closing

CLOSE_NOW = "close"
"""In place of a record: open the form at once."""


@dataclass(frozen=True)
class Looked:
    """The case, and what is to be known before it is closed."""

    case: Case
    closing: Closing


class ClosingPart(CasePart):
    """The last part of the page of a case."""

    NOUNS: ClassVar[frozenset[str]] = frozenset({"Case", "Referral", "FollowUp", "Plan", "PlanGoal", "Complaint"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.looked: Looked | None = None
        self._close_now = False
        self._first: QPushButton | None = None

    def open_record(self, record_id: str) -> None:
        """Open the form at once when it is asked for."""
        self._close_now = record_id == CLOSE_NOW
        self.read()

    def look(self, session: Any) -> Looked:
        """Read the case and what is still open in it."""
        from resource_centre.records import Case
        from resource_centre.services.closing import closing_of
        from resource_centre.services.saving import existing

        return Looked(existing(session, Case, self.case_id), closing_of(session, self.case_id))

    def show_looked(self, looked: Looked) -> None:
        """Show how it stands, or how it was closed."""
        self.looked = looked
        empty(self.view)
        closed = looked.case.status == CLOSED
        self.view.addWidget(self._closed_card(looked) if closed else self._open_card(looked))
        now, self._close_now = self._close_now, False
        if now and not closed:
            self.close_case()

    def take_keyboard(self) -> None:
        """To the one thing one does here."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.TabFocusReason)

    def close_case(self) -> None:
        """Write down why and how it ends."""
        looked = self.looked
        if looked is not None:
            self.open_form(lambda: closing_form(self.desk, looked.case, looked.closing, self.saved, self.cancelled))

    def _open_card(self, looked: Looked) -> Card:
        closing = looked.closing
        card = Card(_("Before the case is closed"))
        for referral in closing.referrals:
            words = " · ".join(part for part in (referral.provider, term("referral_status", referral.status)) if part)
            opener = button(words, partial(self._to_referral, referral.id), role="link")
            opener.setAccessibleName(_("Open referral: {words}").format(words=words))
            card.body.addLayout(row(label(_("Still open"), "warning"), opener, None))
        card.body.addLayout(fact_grid(self._standing(closing)))
        self._first = button(_("Close the case…"), self.close_case, role="main")
        card.body.addLayout(row(self._first, None))
        return card

    def _standing(self, closing: Closing) -> list[tuple[str, str]]:
        planned = ngettext("{n} still planned", "{n} still planned", closing.follow_ups).format(n=closing.follow_ups)
        goals = _("{reached} of {planned} reached").format(reached=closing.goals_reached, planned=closing.goals_planned)
        keeping = closing.keeping
        until = f"{show_date(keeping.until)} ({keeping.words()})" if keeping.until else keeping.words()
        return [
            (_("Referrals"), _("Some are still open.") if closing.referrals else _("None is open.")),
            (_("Follow-ups"), planned if closing.follow_ups else _("None is planned any more.")),
            (_("Goals of the plan"), goals if closing.goals_planned else _("There is no plan in force.")),
            (_("To be kept until"), until),
        ]

    def _closed_card(self, looked: Looked) -> Card:
        case, keeping = looked.case, looked.closing.keeping
        card = Card(_("Closed on {day}").format(day=show_date(case.closed_on)))
        why = case.unanswered.get("client_told")
        told = {True: _("Yes"), False: _("No"), None: _(WHY_NOT[why]) if why in WHY_NOT else ""}[case.client_told]
        goals = case.goals_planned
        reached = _("{reached} of {planned} reached").format(reached=case.goals_reached or 0, planned=goals)
        facts = [
            (_("Reason for closing"), term("closure_reason", case.closure_reason)),
            (_("Goals of the plan"), reached if goals else ""),
            (_("Last survey"), show_date(case.last_survey_on)),
            (_("Was the client told?"), told),
            (_("What the client says"), case.client_feedback or ""),
            (_("Note on closing"), case.closing_note or ""),
            (_("To be kept until"), show_date(case.keep_until) or keeping.words()),
        ]
        card.body.addLayout(fact_grid([(caption, words) for caption, words in facts if words]))
        held = bool(case.legal_hold)
        hold = _("End the legal hold") if held else _("Begin a legal hold")
        self._first = button(_("Open it again…"), self._reopen)
        card.body.addLayout(row(self._first, button(hold, partial(self._hold, not held), role="link"), None))
        return card

    def _reopen(self) -> None:
        case_id = self.case_id
        self.open_form(lambda: reopen_form(self.desk, case_id, self.saved, self.cancelled))

    def _hold(self, held: bool) -> None:
        from resource_centre.services.closing import hold_case

        case_id = self.case_id
        self.write(lambda session: hold_case(session, case_id, held).id)

    def _to_referral(self, referral_id: str) -> None:
        self.desk.go("case", (self.case_id, "referrals", referral_id))
