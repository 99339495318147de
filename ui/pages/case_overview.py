# SPDX-License-Identifier: Apache-2.0
"""A case at a glance: where it stands and what comes next, what is still to be done, and every step so far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.services.cases import CLOSED, REOPENED, CaseHead
from ui.kit.desk import Desk
from ui.kit.form_row import QWIDGETSIZE_MAX
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, empty, label, row
from ui.kit.typed_dates import show_date
from ui.pages.case_closing import CLOSE_NOW
from ui.pages.case_facts import about_card, open_items_card, steps_card
from ui.pages.case_forms import case_form, reopen_form, step_form
from ui.pages.case_part import CasePart
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.records import FollowUp, PlanAction
    from resource_centre.services.closing import OpenReferral
    from resource_centre.services.consents import ConsentState
    from resource_centre.services.plans import PlanMeasure
    from resource_centre.services.supervision import HandOver
    from resource_centre.services.transitions import Step

ASIDE = 340
ROOM_FOR_BOTH = 820


@dataclass(frozen=True)
class Looked:
    """What the overview was read from."""

    head: CaseHead
    steps: list[Step]
    hand_overs: list[HandOver]
    measure: PlanMeasure
    referrals: list[OpenReferral]
    follow_ups: list[FollowUp]
    actions: list[PlanAction]
    consents: list[ConsentState]
    protected: bool
    lost: bool
    """Whether the tries to reach the person propose to close the case."""


class Overview(CasePart):
    """The first part of the page of a case."""

    NOUNS: ClassVar[frozenset[str]] = frozenset(
        {"Case", "Transition", "Referral", "FollowUp", "Plan", "PlanAction", "Consent", "ProtectionMark",
         "MigrationEpisode"}
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.looked: Looked | None = None
        self.main, self.aside = QVBoxLayout(), QVBoxLayout()
        for column in (self.main, self.aside):
            column.setSpacing(WIDE_GAP)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(WIDE_GAP)
        self._beside.addLayout(self.main, 1)
        self._beside.addLayout(self.aside)
        self.view.addLayout(self._beside)
        self._first: Any = None
        keys = QShortcut(QKeySequence("F4"), self, self.edit)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def look(self, session: Any) -> Looked:
        """Read everything the overview shows."""
        return _look(session, self.case_id, self.person_id)

    def show_looked(self, looked: Looked) -> None:
        """Show it."""
        self.looked = looked
        for column in (self.main, self.aside):
            empty(column)
        self.main.addWidget(self._state_card(looked))
        self.main.addWidget(open_items_card(looked, self._go))
        self.main.addWidget(steps_card(looked.steps, looked.hand_overs))
        self.main.addStretch(1)
        about = about_card(looked)
        about.setMinimumWidth(ASIDE if self.width() >= ROOM_FOR_BOTH else 0)
        about.setMaximumWidth(ASIDE if self.width() >= ROOM_FOR_BOTH else QWIDGETSIZE_MAX)
        self.aside.addWidget(about)
        self.aside.addStretch(1)

    def take_keyboard(self) -> None:
        """To the next step."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window what is known stands below."""
        super().resizeEvent(event)
        narrow = event.size().width() < ROOM_FOR_BOTH
        self._beside.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    # The state and what may follow

    def _state_card(self, looked: Looked) -> Card:
        from resource_centre.services.transitions import next_states

        case = looked.head.case
        card = Card(term("case_status", case.status))
        since = looked.steps[0].moved_on if looked.steps else case.opened_on
        card.body.addWidget(label(_("Since {day}").format(day=show_date(since)), "muted"))
        if looked.lost:
            card.body.addWidget(label(_("Several tries to reach the person were in vain."), "warning", wrap=True))
        if case.summary:
            card.body.addWidget(label(case.summary, wrap=True, selectable=True))
        steps = [self._step_button(to, first=place == 0) for place, to in enumerate(next_states("Case", case.status))]
        self._first = steps[0] if steps else None
        if steps:
            card.body.addSpacing(4)
            card.body.addWidget(label(_("Next step"), "caption"))
            card.body.addLayout(row(*steps, None, gap=GAP))
        if not looked.head.closed:
            links = [button(_("Change priority or summary"), self.edit, role="link", help="F4")]
            if case.counsellor_id is None:
                links.append(button(_("I take this case"), self._take_case, role="link"))
            card.body.addLayout(row(*links, None, gap=WIDE_GAP))
        return card

    def _step_button(self, to: str, *, first: bool) -> Any:
        words = {CLOSED: _("Close the case…"), REOPENED: _("Open it again…")}.get(to, term("case_status", to))
        return button(words, partial(self.step, to), role="main" if first else "")

    def step(self, to: str) -> None:
        """Take the case to another state; where a reason is asked it is asked first."""
        from resource_centre.services.cases import move_case
        from resource_centre.services.transitions import asks_reason

        if self.looked is None:
            return
        case = self.looked.head.case
        case_id, version = case.id, case.version
        if to == CLOSED:
            self._go("closing", CLOSE_NOW)
        elif to == REOPENED:
            self.open_form(lambda: reopen_form(self.desk, case_id, self.saved, self.cancelled))
        elif asks_reason("Case", case.status, to):
            self.open_form(lambda: step_form(self.desk, case, to, self.saved, self.cancelled))
        else:
            self.write(lambda session: move_case(session, case_id, to, version=version).id)

    def edit(self) -> None:
        """Change what the case says of itself."""
        if self.looked is not None and not self.looked.head.closed:
            case = self.looked.head.case
            self.open_form(lambda: case_form(self.desk, case, self.saved, self.cancelled))

    def _take_case(self) -> None:
        from resource_centre.services.supervision import take_case

        case_id = self.case_id
        self.write(lambda session: take_case(session, case_id).id)

    def _go(self, part: str, record_id: str | None) -> None:
        self.desk.go("case", (self.case_id, part, record_id))


def _look(session: Any, case_id: str, person_id: str) -> Looked:
    from resource_centre.services.cases import case_head
    from resource_centre.services.closing import open_referrals
    from resource_centre.services.consents import consent_states
    from resource_centre.services.follow_up_attempts import propose_closure
    from resource_centre.services.follow_ups import follow_ups_of
    from resource_centre.services.plans import OPEN_ACTIONS, current_plan, measure_of, sheet_of
    from resource_centre.services.protection import mark_of
    from resource_centre.services.supervision import hand_overs_of
    from resource_centre.services.transitions import steps_of

    head = case_head(session, case_id, on=today())
    plan = current_plan(session, case_id)
    actions = sheet_of(session, plan.id).actions if plan is not None else ()
    return Looked(
        head=head,
        steps=steps_of(session, "Case", case_id),
        hand_overs=hand_overs_of(session, case_id),
        measure=measure_of(session, head.case, on=today()),
        referrals=open_referrals(session, case_id),
        follow_ups=[one for one in follow_ups_of(session, person_id) if one.done_on is None],
        actions=[one for one in actions if one.status in OPEN_ACTIONS],
        consents=consent_states(session, person_id),
        protected=mark_of(session, person_id) is not None,
        lost=propose_closure(session, case_id) is not None,
    )
