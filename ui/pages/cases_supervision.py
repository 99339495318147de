# SPDX-License-Identifier: Apache-2.0
"""Supervision: the caseload of each counsellor, its hand-over, questions that wait, cases to be closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, empty, label, row
from ui.kit.typed_dates import show_date
from ui.pages.cases_hand_over import cases_to_give, hand_over_form
from ui.pages.form_place import FormPlace
from ui.pages.wording import whole_number

if TYPE_CHECKING:
    from resource_centre.services.advice import AdviceRow
    from resource_centre.services.case_marks import Caseload
    from resource_centre.services.follow_up_attempts import ClosureProposal
    from resource_centre.services.supervision import Counsellor

NOUNS = frozenset({"Case", "FollowUp", "Referral", "Plan", "Advice", "Account", "FollowUpAttempt"})
LINE = 90
"""Letters of a question that are shown in the list."""


@dataclass(frozen=True)
class Looked:
    """What the view was read from."""

    caseloads: list[Caseload]
    counsellors: list[Counsellor]
    questions: list[AdviceRow]
    proposals: list[ClosureProposal]


class Supervision(FormPlace):
    """For whoever supervises; `show_cases_of` goes to the list of one counsellor's cases."""

    def __init__(self, desk: Desk, show_cases_of: Callable[[str | None], None]) -> None:
        super().__init__()
        self.desk, self._show_cases_of = desk, show_cases_of
        self.looked: Looked | None = None
        desk.worker.changed.connect(self._changed)

    def look(self) -> None:
        """Read and show."""
        self.desk.worker.read(_look, self.show_looked, replaces="supervision")

    def show_looked(self, looked: Looked) -> None:
        """Show what was read."""
        self.looked = looked
        empty(self.view)
        self.view.addWidget(self._caseload_card(looked.caseloads))
        self.view.addWidget(self._questions_card(looked.questions))
        if looked.proposals:
            self.view.addWidget(self._proposals_card(looked.proposals))

    def hand_over(self, caseload: Caseload) -> None:
        """Give the cases of one counsellor to another."""
        account_id = caseload.account_id
        self.desk.worker.read(
            lambda session: cases_to_give(session, account_id),
            lambda cases: self._open_form(caseload, cases),
            owner=self,
        )

    # Inside

    def _caseload_card(self, caseloads: list[Caseload]) -> Card:
        card = Card(_("Caseload"))
        if not caseloads:
            card.body.addWidget(label(_("No case is open."), "muted"))
            return card
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for place, words in enumerate(_headings()):
            side = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight
            grid.addWidget(label(words, "caption", wrap=place > 0), 0, place, side | Qt.AlignmentFlag.AlignBottom)
        for line, one in enumerate(caseloads, 1):
            self._caseload_line(grid, line, one)
        card.body.addLayout(grid)
        return card

    def _caseload_line(self, grid: QGridLayout, line: int, one: Caseload) -> None:
        name = one.name if one.account_id is not None else _("Nobody's cases")
        words = name if one.active else _("{name} (no longer signs in)").format(name=name)
        grid.addWidget(button(words, partial(self._show_cases_of, one.account_id), role="link"), line, 0)
        late = (one.follow_ups, one.referrals, one.reviews, one.no_plan, one.questions)
        for place, number in enumerate((one.cases, one.urgent, *late), 1):
            role = "late" if number and place > 2 else ("" if number else "muted")
            shown = label(whole_number(number), role)
            shown.setAccessibleName(f"{words}, {_headings()[place]}: {number}")
            grid.addWidget(shown, line, place, Qt.AlignmentFlag.AlignRight)
        give = button(_("Hand over…"), partial(self.hand_over, one), role="link")
        give.setAccessibleName(_("Hand over the cases of {name}").format(name=name))
        grid.addWidget(give, line, len(_headings()))

    def _questions_card(self, questions: list[AdviceRow]) -> Card:
        card = Card(_("Questions that wait for an answer"))
        for asked in questions:
            words = asked.question if len(asked.question) <= LINE else f"{asked.question[:LINE].rstrip()}…"
            opener = button(words.replace("\n", " "), partial(self._to_question, asked), role="link")
            who = " · ".join(part for part in (asked.full_name, asked.asked_by, show_date(asked.asked_on)) if part)
            card.body.addLayout(row(opener, None, label(who, "muted")))
        if not questions:
            card.body.addWidget(label(_("No question waits."), "muted"))
        return card

    def _proposals_card(self, proposals: list[ClosureProposal]) -> Card:
        card = Card(_("Could not be reached: perhaps to be closed"))
        for one in proposals:
            opener = button(one.full_name, partial(self.desk.go, "case", (one.case_id, "closing")), role="link")
            tries = ngettext("tried on {n} day", "tried on {n} days", one.attempts).format(n=one.attempts)
            words = f"{one.case_number or ''} · {tries} · {show_date(one.first_on)} – {show_date(one.last_on)}"
            card.body.addLayout(row(opener, None, label(words, "muted")))
        return card

    def _to_question(self, asked: AdviceRow) -> None:
        self.desk.go("case", (asked.case_id, "advice", asked.id))

    def _open_form(self, caseload: Caseload, cases: list[tuple[str, str]]) -> None:
        if self.looked is None:
            return
        others = [one for one in self.looked.counsellors if one.active and one.id != caseload.account_id]
        make = partial(hand_over_form, self.desk, caseload, others, cases, self._handed_over, self.close_form)
        self.put_form(make).begin()

    def _handed_over(self, count: int) -> None:
        self.close_form()
        self.desk.messages.done(
            ngettext("{n} case was handed over.", "{n} cases were handed over.", count).format(n=count)
        )
        self.look()

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if not NOUNS.isdisjoint(changed) and self.isVisible():
            self.look()


def _headings() -> tuple[str, ...]:
    return (
        _("Counsellor"), _("Open cases"), _("Urgent"), _("Late follow-ups"), _("Late referrals"), _("Plans to review"),
        _("Without a plan"), _("Questions"),
    )  # fmt: skip


def _look(session: Any) -> Looked:
    from resource_centre.services.advice import advice_waiting
    from resource_centre.services.case_marks import caseloads
    from resource_centre.services.follow_up_attempts import closure_proposals
    from resource_centre.services.supervision import counsellors

    return Looked(
        caseloads=caseloads(session, on=today()),
        counsellors=counsellors(session),
        questions=advice_waiting(session),
        proposals=closure_proposals(session, on=today()),
    )
