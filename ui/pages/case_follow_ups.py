# SPDX-License-Identifier: Apache-2.0
"""The follow-ups of a case: what is planned, tries in vain, what was heard; written down here too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, column, empty, label, line, row
from ui.kit.typed_dates import show_date
from ui.pages.case_part import CasePart
from ui.pages.follow_up_forms import (
    Colleagues,
    Opened,
    change_form,
    colleagues,
    open_follow_up,
    result_form,
)
from ui.pages.follow_up_words import contact_card, heard_words, late_words
from ui.pages.papers import paper_button
from ui.pages.person_forms import follow_up_form
from ui.pages.record_form import RecordForm
from ui.pages.wording import term

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import FollowUp, FollowUpAttempt
    from resource_centre.services.follow_up_attempts import ClosureProposal


@dataclass(frozen=True)
class Looked:
    """What is planned and done in the case, the tries by follow-up, and why closing it is proposed."""

    follow_ups: list[FollowUp]
    tries: dict[str, list[FollowUpAttempt]]
    proposal: ClosureProposal | None
    closed: bool
    colleagues: Colleagues


class FollowUpsPart(CasePart):
    """What is still to be done above, what was done below."""

    NOUNS: ClassVar[frozenset[str]] = frozenset({"FollowUp", "FollowUpAttempt", "CounsellingSession", "Case", "Plan"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._first: QPushButton | None = None
        self.colleagues: Colleagues = ()

    def open_record(self, record_id: str) -> None:
        """Write down what came of a follow-up."""
        self._open(record_id, result_form)

    def look(self, session: Any) -> Looked:
        """Read the follow-ups of the case, and of the person's that belong to no case."""
        return _look(session, self.case_id, self.person_id)

    def show_looked(self, looked: Looked) -> None:
        """Show them."""
        empty(self.view)
        self._first = None
        self.colleagues = looked.colleagues
        if looked.proposal is not None:
            self.view.addWidget(self._proposal_card(looked.proposal))
        waiting = [one for one in looked.follow_ups if one.done_on is None]
        done = [one for one in looked.follow_ups if one.done_on is not None]
        self.view.addWidget(self._waiting_card(waiting, looked))
        if done:
            self.view.addWidget(_done_card(done, looked.tries))

    def take_keyboard(self) -> None:
        """To the first thing that is to be done."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.TabFocusReason)

    def add(self) -> None:
        """Plan one more."""
        people = self.colleagues
        self.open_form(lambda: follow_up_form(self.desk, self.person_id, people, self.saved, self.cancelled))

    # Inside

    def _proposal_card(self, one: ClosureProposal) -> Card:
        card = Card(_("Nobody could be reached"))
        words = ngettext(
            "Tried on {n} day since {date}, in vain. Close the case?",
            "Tried on {n} days since {date}, in vain. Close the case?",
            one.attempts,
        )
        card.body.addWidget(label(words.format(n=one.attempts, date=show_date(one.first_on)), "warning", wrap=True))
        close = button(_("To closing"), lambda: self.desk.go("case", (one.case_id, "closing")), role="link")
        card.body.addLayout(row(close, None))
        return card

    def _waiting_card(self, waiting: list[FollowUp], looked: Looked) -> Card:
        card = Card(_("Still to do"))
        if not waiting:
            card.body.addWidget(label(_("Nothing is planned."), "muted"))
        for place, one in enumerate(waiting):
            if place:
                card.body.addWidget(line())
            card.body.addLayout(self._waiting_line(one, looked.tries.get(one.id, [])))
        if not looked.closed:
            add = button(_("Plan a follow-up"), self.add)
            self._first = add if self._first is None else self._first
            card.body.addLayout(row(add, None))
        return card

    def _waiting_line(self, one: FollowUp, tries: Iterable[FollowUpAttempt]) -> Any:
        late = (today() - one.due_on).days if one.due_on else 0
        when = show_date(one.due_on, weekday=True)
        words = " · ".join(part for part in (_what_for(one), term("follow_up_mode", one.mode)) if part)
        act, role = partial(self._open, one.id, result_form), "main" if self._first is None else ""
        result = button(_("Result"), act, role=role, name=f"{_('Result')}: {when}")
        move = button(_("Another day"), partial(self._open, one.id, change_form), name=f"{_('Another day')}: {when}")
        self._first = result if self._first is None else self._first
        said = [label(" · ".join(part for part in (when, late_words(late)) if part), "warning" if late > 0 else "")]
        said += [label(words, "muted", wrap=True)]
        said += [label(_try_words(tried), "muted", wrap=True) for tried in tries]
        slip = paper_button(self.desk, "appointment", lambda: one.id, words=_("Slip…"))
        slip.setAccessibleName(f"{_('Appointment slip…')}: {when}")
        made = row(result, move, slip)
        made.insertLayout(0, column(*said, None, gap=2), 1)
        return made

    def _open(self, follow_up_id: str, make: Callable[..., RecordForm]) -> None:
        self.desk.worker.read(
            lambda session: open_follow_up(session, follow_up_id),
            lambda seen: self._show_form(seen, make),
            replaces="case-follow-up",
            owner=self,
        )

    def _show_form(self, seen: Opened, make: Callable[..., RecordForm]) -> None:
        def made() -> RecordForm:
            form = make(self.desk, seen, self.saved, self.cancelled)
            inside = form.layout()
            assert inside is not None
            inside.insertWidget(0, contact_card(seen.visit, self.desk.places))  # type: ignore[attr-defined]
            return form

        self.open_form(made)


def _done_card(done: list[FollowUp], tries: dict[str, list[FollowUpAttempt]]) -> Card:
    card = Card(_("What was heard"))
    for place, one in enumerate(done):
        if place:
            card.body.addWidget(line())
        result = term("follow_up_result", one.result)
        when = " · ".join(part for part in (show_date(one.done_on), result, _what_for(one)) if part)
        card.body.addWidget(label(when, wrap=True))
        for words in heard_words(one):
            card.body.addWidget(label(words, "muted", wrap=True, selectable=True))
        for tried in tries.get(one.id, []):
            if tried.result != one.result:
                card.body.addWidget(label(_try_words(tried), "muted", wrap=True))
    return card


def _what_for(one: FollowUp) -> str:
    from resource_centre.services.follow_ups import what_for

    return what_for(one.purpose, one.interval, one.session_id)


def _try_words(tried: FollowUpAttempt) -> str:
    facts = (show_date(tried.tried_on), term("follow_up_mode", tried.mode), term("follow_up_result", tried.result))
    return " · ".join(fact for fact in (*facts, tried.note or "") if fact)


def _look(session: Session, case_id: str, person_id: str) -> Looked:
    from resource_centre.records import Case
    from resource_centre.services.follow_up_attempts import attempts_of, propose_closure
    from resource_centre.services.follow_ups import follow_ups_of
    from resource_centre.services.saving import existing

    closed = existing(session, Case, case_id).closed_on is not None
    mine = [one for one in follow_ups_of(session, person_id) if one.case_id in (case_id, None)]
    tries = {one.id: attempts_of(session, one.id) for one in mine}
    return Looked(mine, tries, propose_closure(session, case_id, on=today()), closed, colleagues(session))
