# SPDX-License-Identifier: Apache-2.0
"""Who is to be heard of again, today, this week, and too late; results by keyboard, the week's list on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QTabBar, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.page import Page, scrolling
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, empty, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.follow_up_forms import Opened, change_form, open_follow_up, result_form
from ui.pages.follow_up_words import contact_card, late_words, reach_words, tries_words
from ui.pages.papers import paper_button
from ui.pages.record_form import RecordForm
from ui.pages.wording import home_of, village_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.services.follow_up_attempts import ClosureProposal
    from resource_centre.services.follow_up_visits import VisitRow

TABS = ("today", "week", "next_week", "overdue")
NOUNS = frozenset({"FollowUp", "FollowUpAttempt", "Person", "Case", "Consent", "Address"})
CASE_CLOSING = "closing"
MOST_PROPOSALS = 5


@dataclass(frozen=True)
class Looked:
    """One of the lists, how many follow-ups are overdue at all, and whose case might be closed."""

    rows: list[VisitRow]
    overdue: int
    proposals: list[ClosureProposal]


class FollowUpsPage(Page):
    """A subject is one of `TABS`, or the id of a follow-up to write about."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Follow-ups"), subtitle=show_date(today(), weekday=True), scrolls=False)
        self.form: RecordForm | None = None
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Which follow-ups"))
        for words in (_("Today"), _("This week"), _("Next week"), _("Overdue")):
            self.tabs.addTab(words)
        self.mine = QCheckBox(_("Only &mine"))
        self.rows = Rows(desk.worker, self._columns())
        self.list = RowsView(self.rows, _("Follow-ups"), nothing=_("Nobody is waiting. Well done."))
        self.print_button = button(_("&Print the week's list"), self.print_week, help="Ctrl+P")
        self.result_button = button(_("&Result"), self.open_result, role="main", help="Enter")
        self.move_button = button(_("Another &day"), self.open_change, help="F4")
        self.person_button = button(_("To the person"), self.go_to_person)
        self.slip_button = paper_button(desk, "appointment", self.list.current_id, words=_("Appointment slip…"))
        self.silent = Card(_("Nobody could be reached"))
        self._silent_lines = QVBoxLayout()
        self.silent.body.addLayout(self._silent_lines)
        self._lay_out()
        self._listen()

    def opened(self, subject: object = None) -> None:
        """Read the list; open a form when a follow-up is asked for."""
        if subject in TABS:
            self.tabs.setCurrentIndex(TABS.index(str(subject)))
        self._read()
        if isinstance(subject, str) and subject not in TABS:
            self._open(subject, result_form)

    def first_field(self) -> QWidget | None:
        """The list, or the form that is open."""
        return self.list if self.form is None else next(iter(self.form.form.rows.values())).editor

    def open_result(self) -> None:
        """Write down what came of the follow-up the keyboard is on."""
        if (chosen := self.list.current_id()) is not None:
            self._open(chosen, result_form)

    def open_change(self) -> None:
        """Move it to another day."""
        if (chosen := self.list.current_id()) is not None:
            self._open(chosen, change_form)

    def go_to_person(self) -> None:
        """To the case it belongs to, else to the person."""
        if (visit := self._current()) is not None:
            case_id = visit.case_id
            self.desk.go(*(("case", (case_id, "follow_ups")) if case_id else ("person", visit.person_id)))

    def print_week(self) -> None:
        """The list of the week that is shown, of this week when it is none."""
        from ui.pages.papers import print_paper

        print_paper(self.desk, "week_list", self.week_shown().isoformat(), parent=self.window())

    def week_shown(self) -> date:
        """The Monday of the week that is shown."""
        monday = today() - timedelta(days=today().weekday())
        return monday + timedelta(weeks=1 if self._tab() == "next_week" else 0)

    # Building

    def _lay_out(self) -> None:
        self.buttons.addWidget(self.print_button)
        self.frame = QWidget()
        self.frame.setProperty("role", "body")
        inside = QVBoxLayout(self.frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.silent)
        inside.addLayout(row(self.tabs, None, self.mine))
        inside.addWidget(self.list, 1)
        inside.addLayout(row(self.result_button, self.move_button, self.person_button, self.slip_button, None))
        self.silent.hide()
        self._form_column = QVBoxLayout()
        self._form_column.setSpacing(WIDE_GAP)
        self._form_area = scrolling(self._form_column)
        self.body.addWidget(self.frame, 1)
        self.body.addWidget(self._form_area, 1)
        self._form_area.hide()

    def _columns(self) -> list[Column]:
        places, home = self.desk.places, home_of(self.desk)
        colours = self.desk.theme
        return [
            Column(_("Name"), lambda row: str(row.full_name), width=20),
            Column(_("Village"), lambda row: village_words(places, row.village_code, home), width=24),
            Column(
                _("When"),
                lambda row: late_words(row.days_late) or _day_words(row.due_on),
                width=16,
                tone=lambda row: colours.colours.danger if row.days_late > 0 else "",
            ),
            Column(_("What for"), lambda row: row.what_for),
            Column(_("How to reach"), lambda row: reach_words(row.contact), width=15),
            Column(_("Tries in vain"), lambda row: tries_words(row.attempts), width=11),
        ]

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(lambda _place: self._read())
        self.mine.toggled.connect(lambda _on: self._read())
        self.list.chosen.connect(lambda follow_up_id: self._open(follow_up_id, result_form))
        self.desk.worker.changed.connect(self._changed)
        self.desk.places.ready.connect(self._read)
        self.desk.places.wanted()
        for keys, act in (("Ctrl+P", self.print_week), ("F4", self.open_change)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)

    # Reading

    def _tab(self) -> str:
        return TABS[self.tabs.currentIndex()]

    def _read(self) -> None:
        tab, mine = self._tab(), self.mine.isChecked()
        self.desk.worker.read(
            lambda session: _look(session, tab, self.week_shown(), mine=mine), self._show, replaces="follow-ups"
        )

    def _show(self, looked: Looked) -> None:
        self.rows.show_rows(looked.rows)
        if looked.rows and not self.list.currentIndex().isValid():
            self.list.selectRow(0)
        for action in (self.result_button, self.move_button, self.person_button, self.slip_button):
            action.setEnabled(bool(looked.rows))
        words = _("Overdue ({n})").format(n=looked.overdue) if looked.overdue else _("Overdue")
        self.tabs.setTabText(TABS.index("overdue"), words)
        self._show_proposals(looked.proposals)

    def _show_proposals(self, proposals: list[ClosureProposal]) -> None:
        empty(self._silent_lines)
        for one in proposals[:MOST_PROPOSALS]:
            words = ngettext(
                "{name}: tried on {n} day since {date}. Close the case?",
                "{name}: tried on {n} days since {date}. Close the case?",
                one.attempts,
            ).format(name=one.full_name, n=one.attempts, date=show_date(one.first_on))
            see = button(_("See the case"), self._to_closing(one), role="link", name=f"{_('See the case')}: {words}")
            line = row(see)
            line.insertWidget(0, label(words, wrap=True), 1)
            self._silent_lines.addLayout(line)
        self.silent.setVisible(bool(proposals))

    def _to_closing(self, one: ClosureProposal) -> Callable[[], None]:
        return lambda: self.desk.go("case", (one.case_id, CASE_CLOSING))

    def _current(self) -> VisitRow | None:
        chosen = self.list.current_id()
        return self.rows.row(self.rows.position_of(chosen)) if chosen is not None else None

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if not NOUNS.isdisjoint(changed) and self.isVisible() and self.form is None:
            self._read()

    # The form

    def _open(self, follow_up_id: str, make: Callable[..., RecordForm]) -> None:
        self.desk.worker.read(
            lambda session: open_follow_up(session, follow_up_id),
            lambda seen: self._show_form(seen, make),
            replaces="follow-up",
        )

    def _show_form(self, seen: Opened, make: Callable[..., RecordForm]) -> None:
        self._let_go()
        self.form = form = make(self.desk, seen, self._saved, self._back)
        self._form_column.addWidget(contact_card(seen.visit, self.desk.places))
        self._form_column.addWidget(form)
        self._form_column.addStretch(1)
        self.frame.hide()
        self._form_area.show()
        form.begin()

    def _saved(self, _result: Any) -> None:
        self._back()
        self.desk.messages.done(_("Saved."))

    def _back(self) -> None:
        self._let_go()
        self._form_area.hide()
        self.frame.show()
        self.list.setFocus()
        self._read()

    def _let_go(self) -> None:
        if self.form is not None:
            self.form.keeper.write_now()
            self.form = None
        empty(self._form_column)


def _day_words(day: date) -> str:
    return _("today") if day == today() else show_date(day)


def _look(session: Session, tab: str, monday: date, *, mine: bool) -> Looked:
    from resource_centre.access import viewer_of
    from resource_centre.services.follow_up_attempts import closure_proposals
    from resource_centre.services.follow_up_visits import overdue_list, today_list, week_list
    from resource_centre.services.follow_ups import count_overdue

    account = viewer_of(session).account_id if mine else None
    read = {
        "today": lambda: today_list(session, on=today(), account=account),
        "overdue": lambda: overdue_list(session, on=today(), account=account),
    }
    rows = read.get(tab, lambda: week_list(session, monday, account=account, on=today()))()
    return Looked(rows, count_overdue(session, on=today()), closure_proposals(session, on=today()))
