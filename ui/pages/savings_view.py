# SPDX-License-Identifier: Apache-2.0
"""One savings group: its figures, its meetings, its members, what is lent, and the share-out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.services.group_books import Balanced, Loan, ShareOut, share_out, shared_out_at
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.form_place import FormPile
from ui.pages.record_form import RecordForm
from ui.pages.savings_ending import DISSOLVED, SHARED, dissolve_form, ended_words, take_up
from ui.pages.savings_forms import cycle_form, group_form, member_form, share_out_form
from ui.pages.savings_store import GroupLook, read_group
from ui.pages.savings_words import (
    box_words,
    cycle_words,
    loans_words,
    members_words,
    percent,
    rupiah,
    share_out_words,
)
from ui.pages.wording import term, whole_number

NOUNS = ("SavingsGroup", "GroupMember", "GroupMeeting", "GroupEntry")


@dataclass(frozen=True)
class Line:
    """A row of one of the lists."""

    id: str
    about: Any


class GroupView(QWidget):
    """Figures above, four lists below; a form takes their place."""

    wants_meeting = Signal(object)
    """The id of a meeting to correct, None for a new one."""
    shown = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.group_id = ""
        self.look: GroupLook | None = None
        self.figures = label("", wrap=True)
        self.warning = label("", "error", wrap=True)
        self.planned = label("", wrap=True)
        self.meeting_button = button(_("New meeting"), lambda: self.wants_meeting.emit(None), role="main", help="F2")
        self.member_button = button(_("Add a &member"), self.add_member, help="F3")
        self.rules_button = button(_("&Rules…"), self.change_rules)
        self.actions_at_top = (self.rules_button, self.member_button, self.meeting_button)
        self.share_out_button = button(_("Share &out…"), self.begin_share_out)
        self.cycle_button = button(_("&Begin a new cycle…"), self.begin_cycle)
        self.dissolve_button = button(_("&Dissolve the group…"), self.dissolve)
        self.take_up_button = button(_("&Take it up again"), self.take_up_again)
        self.meetings = self._list(
            self._meeting_columns(), _("Meetings"), _("No meeting yet. F2 writes the first one down.")
        )
        self.members = self._list(self._member_columns(), _("Members"), _("No member yet. F3 adds the first one."))
        self.loans = self._list(self._loan_columns(), _("Loans"), _("Nothing is lent."))
        self.payouts = self._list(self._payout_columns(), _("Share-out"), _("No shares have been bought yet."))
        self.tabs = QTabWidget()
        self.side = QWidget()
        self.pile = FormPile()
        self._lay_out()
        self._listen()

    def open(self, group_id: str) -> None:
        """Show a group."""
        self.group_id, self.look = group_id, None
        self.close_form()
        self.tabs.setCurrentIndex(0)
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        group_id = self.group_id
        if group_id:
            self.desk.worker.read(lambda session: read_group(session, group_id), self._show, replaces="savings-group")

    def close_form(self) -> None:
        """Back to the lists."""
        self.pile.close_form()

    def add_member(self) -> None:
        """An empty form for a member."""
        look = self.look
        if look is not None and self.member_button.isEnabled():
            self._open_form(lambda: member_form(self.desk, look, None, (self._member_added, self._back)))

    def change_rules(self) -> None:
        """The rules as they are."""
        look = self.look
        if look is not None:
            self._open_form(lambda: group_form(self.desk, look.group, self._done))

    def begin_share_out(self) -> None:
        """Ask for the day and the count."""
        look = self.look
        if look is not None:
            self._open_form(lambda: share_out_form(self.desk, look, share_out(look.books), self._done))

    def begin_cycle(self) -> None:
        """Ask for the rules of the next cycle."""
        look = self.look
        if look is not None:
            self._open_form(lambda: cycle_form(self.desk, look, self._done))

    def dissolve(self) -> None:
        """Ask for the day and the reason."""
        look = self.look
        if look is not None:
            self._open_form(lambda: dissolve_form(self.desk, look, *self._done))

    def take_up_again(self) -> None:
        """The group goes on after all."""
        group_id = self.group_id
        self.desk.worker.change(lambda session: take_up(session, group_id), self._saved)

    def first_field(self) -> QWidget:
        """The list in front."""
        return (self.meetings, self.members, self.loans, self.payouts)[self.tabs.currentIndex()]

    # Inside

    @property
    def _done(self) -> tuple[Callable[[Any], None], Callable[[], None]]:
        return self._saved, self._back

    @property
    def _ends(self) -> tuple[QWidget, QWidget]:
        return self.dissolve_button, self.take_up_button

    def _list(self, columns: tuple[Column, ...], name: str, nothing: str) -> RowsView:
        return RowsView(Rows(self.desk.worker, columns), name, nothing=nothing)

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.figures)
        inside.addWidget(self.warning)
        last = QWidget()
        below = QVBoxLayout(last)
        below.setContentsMargins(0, GAP, 0, 0)
        below.addWidget(self.planned)
        below.addWidget(self.payouts, 1)
        below.addLayout(row(self.share_out_button, self.cycle_button, None, *self._ends))
        tabs = ((self.meetings, _("Meetings")), (self.members, _("Members")), (self.loans, _("Loans")))
        for widget, words in (*tabs, (last, _("Share-out"))):
            self.tabs.addTab(widget, words)
        inside.addWidget(self.tabs, 1)
        self.pile.addWidget(self.side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pile)

    def _listen(self) -> None:
        self.meetings.chosen.connect(self._open_meeting)
        self.members.chosen.connect(self._open_member)
        self.desk.worker.changed.connect(self._changed)
        self.tabs.currentChanged.connect(lambda _place: self.first_field().setFocus())
        keys: list[tuple[str, Callable[[], object]]] = [
            ("F2", lambda: self.wants_meeting.emit(None)),
            ("F3", self.add_member),
        ]
        keys += [(f"Alt+{place + 1}", partial(self.tabs.setCurrentIndex, place)) for place in range(4)]
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not changed.keys().isdisjoint(NOUNS):
            self.refresh()

    def _show(self, look: GroupLook) -> None:
        if look.group.id != self.group_id:
            return
        self.look = look
        figures = (members_words(look), box_words(look), cycle_words(look), loans_words(look, today()))
        self.figures.setText("\n".join(words for words in (ended_words(look.group), *figures) if words))
        differing = [show_date(one.meeting.held_on) for one in look.books.unexplained]
        words = _("The box did not come out and nobody said why: {days}")
        self.warning.setText(words.format(days=", ".join(differing)))
        self.warning.setVisible(bool(differing))
        planned = shared_out_at(look.books.cycle) or share_out(look.books)
        self.planned.setText(share_out_words(planned, look.books.outstanding))
        self._fill(look, planned)
        self._offer(look.group.state)
        self.shown.emit()

    def _offer(self, state: str | None) -> None:
        """What can be done with a group in this state."""
        shared, dissolved = state == SHARED, state == DISSOLVED
        self.share_out_button.setVisible(not shared and not dissolved)
        self.cycle_button.setVisible(shared)
        self.dissolve_button.setVisible(not dissolved)
        self.take_up_button.setVisible(dissolved)
        self.meeting_button.setEnabled(not shared and not dissolved)
        self.member_button.setEnabled(not dissolved)

    def _fill(self, look: GroupLook, planned: ShareOut) -> None:
        meetings = [Line(one.meeting.id, one) for one in reversed(look.books.meetings)]
        owed = [Line(one.id, one) for one in look.books.loans if one.outstanding > 0]
        order = {one.id: place for place, one in enumerate(look.members)}
        payouts = sorted(
            (Line(one.member_id or "", one) for one in planned.payouts), key=lambda line: order.get(line.id, len(order))
        )
        lists = ((self.meetings, meetings), (self.loans, owed), (self.payouts, payouts))
        for view, lines in (*lists, (self.members, [Line(one.id, one) for one in look.members])):
            model = view.model()
            assert isinstance(model, Rows)
            model.show_rows(lines)
            if lines and not view.currentIndex().isValid():
                view.selectRow(0)

    def _open_form(self, make: Callable[[], RecordForm]) -> None:
        self.pile.open_form(make)

    def _open_meeting(self, meeting_id: str) -> None:
        found = (
            next((one for one in self.look.books.meetings if one.meeting.id == meeting_id), None) if self.look else None
        )
        if found is not None and not found.meeting.shares_out:
            self.wants_meeting.emit(meeting_id)

    def _open_member(self, member_id: str) -> None:
        look = self.look
        member = next((one for one in look.members if one.id == member_id), None) if look else None
        if look is not None and member is not None:
            self._open_form(lambda: member_form(self.desk, look, member, self._done))

    def _saved(self, _record: Any) -> None:
        self._back()
        self.refresh()
        self.desk.messages.done(_("Saved."))

    def _member_added(self, record: Any) -> None:
        self.tabs.setCurrentIndex(1)
        self._saved(record)

    def _back(self) -> None:
        self.close_form()
        self.first_field().setFocus()

    def _danger(self, wrong: bool) -> str:
        return self.desk.theme.colours.danger if wrong else ""

    def _meeting_columns(self) -> tuple[Column, ...]:
        return _meeting_columns(self._danger)

    def _member_columns(self) -> tuple[Column, ...]:
        return (
            Column(_("Name"), lambda line: line.about.name or ""),
            Column(_("Sex"), lambda line: term("sex", line.about.sex), width=12),
            Column(_("Client"), lambda line: _("yes") if line.about.person_id else "", width=8),
            Column(_("Shares"), lambda line: whole_number(self._shares(line.id)), width=8, right=True),
            Column(_("Saved"), lambda line: rupiah(self._savings(line.id)), width=16, right=True),
            Column(_("Owes"), lambda line: self._debt(line.id), width=16, right=True),
            Column(_("Attendance"), lambda line: self._attended(line.id), width=12, right=True),
            Column(_("Left on"), lambda line: show_date(line.about.left_on) if line.about.left_on else "", width=14),
        )

    def _loan_columns(self) -> tuple[Column, ...]:
        return (
            Column(_("Member"), lambda line: self._name(line.about.member_id)),
            Column(_("Lent on"), lambda line: show_date(line.about.given_on), width=16),
            Column(_("Amount"), lambda line: rupiah(line.about.amount), width=16, right=True),
            Column(_("Paid back"), lambda line: rupiah(line.about.repaid), width=16, right=True),
            Column(_("Owes"), lambda line: rupiah(line.about.outstanding), width=16, right=True),
            Column(
                _("Due on"),
                lambda line: _due(line.about),
                width=28,
                tone=lambda line: self._danger(line.about.days_late(today()) > 0),
            ),
        )

    def _payout_columns(self) -> tuple[Column, ...]:
        return (
            Column(_("Member"), lambda line: self._name(line.about.member_id)),
            Column(_("Shares"), lambda line: whole_number(line.about.shares), width=10, right=True),
            Column(_("Saved"), lambda line: rupiah(line.about.savings), width=18, right=True),
            Column(_("Gets"), lambda line: rupiah(line.about.amount), width=18, right=True),
        )

    def _name(self, member_id: str | None) -> str:
        return self.look.name_of(member_id) if self.look else ""

    def _shares(self, member_id: str) -> int:
        return self.look.books.cycle.shares_of.get(member_id, 0) if self.look else 0

    def _savings(self, member_id: str) -> int:
        return self.look.books.cycle.savings_of.get(member_id, 0) if self.look else 0

    def _debt(self, member_id: str) -> str:
        owed = self.look.books.debt_of(member_id) if self.look else 0
        return rupiah(owed) if owed else ""

    def _attended(self, member_id: str) -> str:
        came, held = self.look.attended.get(member_id, (0, 0)) if self.look else (0, 0)
        return percent(came / held if held else None)


def _meeting_columns(danger: Callable[[bool], str]) -> tuple[Column, ...]:
    def came_out(line: Line) -> str:
        one: Balanced = line.about
        if one.difference is None:
            return _("not counted")
        if one.difference == 0:
            return _("comes out")
        return rupiah(one.difference) + (f" ({one.meeting.why})" if one.meeting.why else "")

    def kind(line: Line) -> str:
        return _("Share-out") if line.about.meeting.shares_out else _("Meeting")

    return (
        Column(_("Date"), lambda line: show_date(line.about.meeting.held_on), width=18),
        Column(_("Kind"), kind, width=14),
        Column(_("In"), lambda line: rupiah(line.about.money_in), width=16, right=True),
        Column(_("Out"), lambda line: rupiah(line.about.money_out), width=16, right=True),
        Column(_("In the box"), lambda line: rupiah(line.about.closing), width=16, right=True),
        Column(_("Count"), came_out, tone=lambda line: danger(not line.about.is_settled)),
    )


def _due(loan: Loan) -> str:
    days = loan.days_late(today())
    due = show_date(loan.due_on) if loan.due_on else "–"
    return _("{due}, {days} days late").format(due=due, days=days) if days else due
