# SPDX-License-Identifier: Apache-2.0
"""The cases: one's own first; for whoever supervises, also how the work is shared out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.editors_codes import ComboBox
from ui.kit.page import Page, scrolling
from ui.kit.pieces import column, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.cases_supervision import Supervision
from ui.pages.wording import term, whole_number

MINE, ALL = "mine", "all"
NOUNS = ("Case", "FollowUp", "Referral", "Plan", "Advice", "Person", "MigrationEpisode")


class CasesPage(Page):
    """Two choices above a list; Enter opens a case. Opens with a state, or ``("supervision", …)``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Cases"), scrolls=False)
        self.whose = _choice(_("Whose cases"), [(MINE, _("My cases")), (ALL, _("All cases"))])
        self.state = _choice(_("Which cases"), _states())
        self.count = label("", "muted")
        self.rows = Rows(desk.worker, self._columns())
        self.list = RowsView(self.rows, _("Cases"), nothing=_("One moment…"))
        self.supervision = Supervision(desk, self.show_cases_of) if desk.may("supervise") else None
        self._lay_out()
        self._listen()

    def opened(self, subject: object = None) -> None:
        """Show the list, or the supervision."""
        if self.supervision is not None:
            self.desk.worker.read(_counsellors, self._fill_whose, quiet=True)
        if subject == "supervision" and self.tabs is not None:
            self.tabs.setCurrentIndex(1)
        elif isinstance(subject, str) and self.state.findData(subject) >= 0:
            self.state.setCurrentIndex(self.state.findData(subject))
        self._look()

    def first_field(self) -> QWidget | None:
        """The keyboard is in the list."""
        return self.list

    def show_cases_of(self, account_id: str | None) -> None:
        """The open cases of one counsellor; None for cases nobody has."""
        from resource_centre.services.supervision import NOBODY

        place = self.whose.findData(account_id or NOBODY)
        if place >= 0:
            self.whose.setCurrentIndex(place)
        if self.tabs is not None:
            self.tabs.setCurrentIndex(0)
        self._look()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    # Inside

    def _lay_out(self) -> None:
        inside = column(
            row(self.whose, self.state, None, self.count),
            self.list,
            label(_("Enter opens a case."), "help"),
        )
        inside.setStretch(1, 1)
        self.tabs: QTabWidget | None = None
        if self.supervision is None:
            self.body.addLayout(inside, 1)
            return
        listed = QWidget()
        inside.setContentsMargins(0, 12, 0, 0)
        listed.setLayout(inside)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Cases"))
        self.tabs.addTab(listed, _("Cases"))
        self.tabs.addTab(scrolling(column(12, self.supervision)), _("Supervision"))
        self.body.addWidget(self.tabs)
        self.tabs.currentChanged.connect(lambda _place: self._look())

    def _listen(self) -> None:
        self.list.chosen.connect(lambda case_id: self.desk.go("case", case_id))
        for choice in (self.whose, self.state):
            choice.activated.connect(lambda _place: self._look())
        self.rows.refresh_on(*NOUNS)
        self.rows.counted.connect(self._counted)
        for number in (1, 2):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(lambda place=number - 1: self.tabs.setCurrentIndex(place) if self.tabs else None)

    def _columns(self) -> tuple[Column, ...]:
        def colour(late: bool) -> str:
            return self.desk.theme.colours.danger if late else ""

        return (
            Column(_("Name"), lambda case: str(case.full_name), width=20),
            Column(_("Number"), lambda case: case.number or "", width=18),
            Column(_("State"), lambda case: term("case_status", case.status), width=11),
            Column(_("Priority"), lambda case: term("priority", case.priority), width=8, tone=_pressing(self.desk)),
            Column(_("Days back"), lambda case: _days(case.since), width=6, right=True),
            Column(
                _("Next follow-up"), lambda case: f"{case.next_on:%d-%m-%Y}" if case.next_on else "", width=10,
                tone=lambda case: colour(case.next_on is not None and case.next_on < today()),
            ),
            Column(_("Late"), lambda case: ", ".join(case.marks.words()), tone=lambda _case: colour(True)),
            Column(_("Counsellor"), lambda case: str(case.counsellor), width=13),
        )  # fmt: skip

    def _look(self) -> None:
        if self.supervision is not None and self.tabs is not None and self.tabs.currentIndex() == 1:
            self.supervision.look()
            return
        counsellor, state = self._counsellor(), str(self.state.currentData() or "")
        self.list.setColumnHidden(len(self.rows.columns) - 1, self.whose.currentData() == MINE)
        self.rows.ask(lambda session, last, limit: _page(session, counsellor, state, last, limit))

    def _counsellor(self) -> str | None:
        whose = self.whose.currentData()
        if whose == MINE:
            centre = self.desk.worker.centre
            return centre.viewer.account_id if centre is not None else None
        return None if whose == ALL else str(whose)

    def _fill_whose(self, found: list[tuple[str, str]]) -> None:
        chosen = self.whose.currentData()
        self.whose.clear()
        for value, words in [(MINE, _("My cases")), (ALL, _("All cases")), *found]:
            self.whose.addItem(words, value)
        self.whose.setCurrentIndex(max(0, self.whose.findData(chosen)))

    def _counted(self, loaded: int, whole: bool) -> None:
        mine = self.whose.currentData() == MINE
        self.list.say_when_empty(_("You have no such case.") if mine else _("There is no such case."))
        if whole:
            self._show_count(loaded)
            return
        counsellor, state = self._counsellor(), str(self.state.currentData() or "")
        self.desk.worker.read(
            lambda session: _count(session, counsellor, state), self._show_count, replaces="cases-count", quiet=True
        )

    def _show_count(self, count: int) -> None:
        self.count.setText(ngettext("{n} case", "{n} cases", count).format(n=whole_number(count)) if count else "")


def _choice(name: str, choices: list[tuple[str, str]]) -> ComboBox:
    made = ComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
    for value, words in choices:
        made.addItem(words, value)
    return made


def _states() -> list[tuple[str, str]]:
    from resource_centre.services.supervision import ANY, CLOSED, LATE, OPEN, QUIET
    from resource_centre.vocabulary import vocabulary

    states = [(one.code, one.label()) for one in vocabulary("case_status") if one.group == "open"]
    return [(OPEN, _("All that are open")), (LATE, _("Something is late")), (QUIET, _("Without contact")), *states,
            (CLOSED, _("Closed")), (ANY, _("All, also closed ones"))]  # fmt: skip


def _days(since: Any) -> str:
    if since is None:
        return ""
    return f"± {whole_number(since.days)}" if since.about else whole_number(since.days)


def _pressing(desk: Desk) -> Any:
    def tone(case: Any) -> str:
        colours = desk.theme.colours
        return {"darurat": colours.danger, "mendesak": colours.warning}.get(case.priority or "", "")

    return tone


def _page(session: Any, counsellor: str | None, state: str, last: Any, limit: int) -> list[Any]:
    from resource_centre.services.supervision import cases_page

    after = last.cursor if last is not None else None
    return list(cases_page(session, counsellor=counsellor, state=state, on=today(), after=after, limit=limit))


def _count(session: Any, counsellor: str | None, state: str) -> int:
    from resource_centre.services.supervision import count_cases

    return count_cases(session, counsellor=counsellor, state=state, on=today())


def _counsellors(session: Any) -> list[tuple[str, str]]:
    from resource_centre.services.supervision import NOBODY, counsellors

    return [(NOBODY, _("Nobody's cases")), *((one.id, one.name) for one in counsellors(session))]
