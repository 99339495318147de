# SPDX-License-Identifier: Apache-2.0
"""The first page: how the month goes, who is waiting, what needs attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout

from resource_centre.clock import today
from resource_centre.i18n import N_, _, ngettext
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import GAP, Card, button, empty, label, row
from ui.kit.reading_order import in_reading_order
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date, show_partial
from ui.pages.home_figures import CASE_WORK, FIGURES, LINK_FRAME, FigureCard, open_behind
from ui.pages.home_words import backup_words, exchange_words, grouped, late_words, overdue_words, work_words

if TYPE_CHECKING:
    from resource_centre.services.home import HomeSummary, WaitingWork
    from ui.pages.exchange_store import ToDo
    from ui.pages.home_months import Months
    from ui.pages.home_trends import TrendsView

NARROW = 880
"""Pixels of the page below which everything stands in one column."""
ASIDE = 320
QWIDGETSIZE_MAX = 16_777_215
TRENDS_HEIGHT = 316
MOST_ROWS = 8
AT_ONCE = {"persons_served": "served", "counselling_sessions": "sessions", "training_events": "events"}
"""Figures that are read before the page stands, by their names in the summary."""

CONCERNS = frozenset(
    (
        "Person",
        "Case",
        "Contact",
        "MigrationEpisode",
        "MonthReport",
        "CounsellingSession",
        "FollowUp",
        "Service",
        "Participation",
        "TrainingEvent",
        "ImportRow",
        "ImportBatch",
        "Referral",
        "Complaint",
        "FollowUpAttempt",
        "Advice",
        "Commitment",
        "ProtectionConcern",
        "Response",
        "SensitiveResponse",
        "ProtectedResponse",
    )
)

TOP = Qt.AlignmentFlag.AlignTop
SEE = N_("See them")
_ACTIONS = {
    "questionnaire": N_("Go on with it"),
    "report": N_("Open it"),
    "conflicts": N_("Decide them"),
    "duplicates": N_("Compare them"),
}


@dataclass(frozen=True)
class Looked:
    """What the home page was read from."""

    summary: HomeSummary
    last_backup: datetime | None
    unsaved: tuple[Any, ...] = ()
    """The page, and what it opens, of the form somebody was typing in last; nothing when none is left."""


class HomePage(Page):
    """Reads itself anew at every showing and after every change that concerns it; what takes long when it stands."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Home"), subtitle=show_date(today(), weekday=True))
        codes = [code for code in FIGURES if code not in CASE_WORK or self._may("counsel")]
        self.cards = {code: FigureCard(_(FIGURES[code]), partial(self._open_figure, code)) for code in codes}
        self.waiting = Rows(desk.worker, self._columns())
        self.list = RowsView(self.waiting, _("Follow-ups"), nothing=_("Nobody is waiting. Well done."))
        self.attention = QGridLayout()
        self.attention.setHorizontalSpacing(GAP)
        self.attention.setVerticalSpacing(GAP)
        self.attention.setColumnStretch(0, 1)
        self.follow_ups = Card(_("Follow-ups"))
        self.more_overdue = label("", "muted")
        self.trends_card = Card()
        self.trends: TrendsView | None = None
        self.looked: Looked | None = None
        self.waits: WaitingWork | None = None
        self.exchange: ToDo | None = None
        self._narrow = False
        self._lay_out()
        self.list.clicked.connect(lambda index: self._open(self.waiting.row(index.row()).id))
        self.list.chosen.connect(self._open)
        desk.worker.changed.connect(self._look_again)

    def opened(self, subject: object = None) -> None:  # noqa: ARG002
        """Read everything."""
        folder = self.desk.worker.centre.folder if self.desk.worker.centre else None
        self.desk.worker.read(lambda session: _look(session, folder), self.show_looked, replaces="home")

    def show_looked(self, looked: Looked) -> None:
        """Show what was read."""
        self.looked = looked
        summary = looked.summary
        for code, name in AT_ONCE.items():
            self.cards[code].show_value(getattr(summary.month, name))
        self.waiting.show_rows([*summary.due_today, *summary.overdue])
        self._size_list()
        self.more_overdue.setText(overdue_words(summary.overdue_count))
        self.more_overdue.setVisible(summary.overdue_count > 0)
        self._show_attention(looked)
        self.desk.worker.read(_look_further, self.show_waiting, replaces="home-waiting", quiet=True, owner=self)
        if self.desk.on_laptop or self._may("accounts"):
            self.desk.worker.read(_to_exchange, self.show_exchange, replaces="home-exchange", quiet=True, owner=self)

    def show_waiting(self, waits: WaitingWork) -> None:
        """Show what else waits; it is read when the rest is on the screen, and the trends after it."""
        before, self.waits = self.waits, waits
        if self.looked is not None and waits != before:
            self._show_attention(self.looked)
        if self.trends is None:
            self._add_trends()
        if self.trends is not None:
            self.trends.refresh()
        self._order()

    def show_exchange(self, todo: ToDo) -> None:
        """What is to be done between laptops and centre."""
        before, self.exchange = self.exchange, todo
        if self.looked is not None and todo != before:
            self._show_attention(self.looked)
            self._order()

    def show_months(self, months: Months) -> None:
        """The figures of this month that are read with the months before."""
        card = self.cards.get(months.code)
        if card is not None:
            latest = {name: values[-1] for name, values in months.series.items()}
            more = _("{new} new, {returning} returning")
            made_of = {name.lower(): grouped(count) for name, count in latest.items()}
            card.show_value(months.latest, more.format(**made_of) if len(latest) > 1 else "")
        self._order()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page has one column."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        directions = QBoxLayout.Direction
        self._beside.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._aside.setMinimumWidth(0 if narrow else ASIDE)
        self._aside.setMaximumWidth(QWIDGETSIZE_MAX if narrow else ASIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            # What needs attention is in sight without scrolling past the others.
            self._beside.removeWidget(self._aside)
            self._beside.insertWidget(0 if narrow else 1, self._aside, 0, Qt.AlignmentFlag(0) if narrow else TOP)
            self._order()
        self._place_cards(3 if narrow else len(self.cards))

    # Building

    def _lay_out(self) -> None:
        if self._may("register"):
            self.buttons.addWidget(button(_("New &intake"), lambda: self.desk.go("intake"), role="main"))
        self.all_follow_ups = button(_("All follow-ups"), lambda: self.desk.go("follow_ups"), role="link")
        self.report = button(_("The month's report"), self._open_report, role="link")
        self.follow_ups.body.addLayout(row(self.more_overdue, None, self.all_follow_ups))
        self.follow_ups.body.addWidget(self.list)
        self.list.setProperty("role", "bare")
        self.trends_card.setMinimumHeight(TRENDS_HEIGHT)
        self._aside = Card(_("Needs attention"))
        self._aside.body.addLayout(self.attention)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        # Whoever counsels begins with who waits, whoever coordinates with how it goes.
        self._parts = [self.trends_card, self.follow_ups]
        if not self._may("supervise"):
            self._parts.reverse()
        for part in self._parts:
            left.addWidget(part)
        left.addStretch(1)
        self._beside.addLayout(left, 1)
        self._beside.addWidget(self._aside, 0, TOP)
        heading = label(_("This month: {month}").format(month=show_partial(today().isoformat()[:7])), "heading")
        month = row(heading, None, self.report) if self._may("report") else row(heading, None)
        self.body.addLayout(month)
        self.body.addLayout(self._grid)
        self.body.addLayout(self._beside, 1)
        self.body.setSpacing(12)
        self._place_cards(len(self.cards))

    def _place_cards(self, columns: int) -> None:
        if self._grid.property("columns") == columns:
            return
        self._grid.setProperty("columns", columns)
        for at, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, at // columns, at % columns)
        for at in range(len(self.cards)):
            self._grid.setColumnStretch(at, int(at < columns))

    def _add_trends(self) -> None:
        """Only now: the page stands."""
        from ui.pages.home_months import TRENDS
        from ui.pages.home_trends import TrendsView

        codes = [code for code in TRENDS if code in self.cards]
        self.trends = TrendsView(self.desk, codes)
        self.trends.arrived.connect(self.show_months)
        self.trends_card.body.addWidget(self.trends)
        self.trends_card.body.addStretch(1)

    def _order(self) -> None:
        """Tab goes as one reads; parts come when they are read."""
        rest = (self._aside, *self._parts) if self._narrow else (*self._parts, self._aside)
        in_reading_order(self.report, *self.cards.values(), *rest)

    def _size_list(self) -> None:
        """As high as its rows, up to some; the page itself scrolls."""
        rows = min(max(self.waiting.rowCount(), 2), MOST_ROWS)
        each = self.list.verticalHeader().defaultSectionSize()
        self.list.setFixedHeight(self.list.horizontalHeader().sizeHint().height() + each * rows + 6)

    def _columns(self) -> list[Column]:
        colours = self.desk.theme
        return [
            Column(_("Name"), lambda row: str(row.full_name), width=26),
            Column(
                _("When"),
                lambda row: late_words(row.days_late),
                width=18,
                tone=lambda row: colours.colours.danger if row.days_late > 0 else colours.colours.good,
            ),
            Column(_("What for"), lambda row: row.what_for),
        ]

    def _may(self, right: str) -> bool:
        from resource_centre.services.accounts import RIGHTS

        centre = self.desk.worker.centre
        return centre is not None and right in RIGHTS.get(centre.viewer.role, frozenset())

    # Showing

    def _show_attention(self, looked: Looked) -> None:
        empty(self.attention)
        lines = list(self._attention_lines(looked))
        top = Qt.AlignmentFlag.AlignTop
        for at, (words, action, act) in enumerate(lines):
            said = label(words, wrap=True)
            said.setContentsMargins(0, LINK_FRAME + 1, 0, 0)  # its first line stands on that of the link
            self.attention.addWidget(said, at, 0, top)
            link = button(action, act, role="link", name=f"{action}: {words}")
            self.attention.addWidget(link, at, 1, top | Qt.AlignmentFlag.AlignRight)
        if not lines:
            self.attention.addWidget(label(_("Nothing. Everything is in order."), "muted", wrap=True), 0, 0)

    def _attention_lines(self, looked: Looked) -> Any:
        summary = looked.summary
        for words, action in exchange_words(self.exchange):
            yield words, action, partial(self.desk.go, "exchange")
        for words, where in work_words(self.waits):
            yield words, _(_ACTIONS.get(where[0], SEE)), partial(self.desk.go, *where)
        if summary.rows_to_settle:
            words = ngettext(
                "{n} row of a register waits for your decision.",
                "{n} rows of a register wait for your decision.",
                summary.rows_to_settle,
            )
            settle = _("Settle them")
            yield words.format(n=grouped(summary.rows_to_settle)), settle, lambda: self.desk.go("import", "settle")
        if summary.drafts:
            words = ngettext("{n} form was begun and not saved.", "{n} forms were begun and not saved.", summary.drafts)
            yield words.format(n=summary.drafts), _("Go on with it"), lambda: self.desk.go(*looked.unsaved)
        if self._may("backup") and (words := backup_words(looked.last_backup)):
            yield words, _("Back up now"), self._back_up

    # Acting

    def _open(self, follow_up_id: str) -> None:
        place = self.waiting.position_of(follow_up_id)
        if place >= 0:
            self.desk.go("person", self.waiting.row(place).person_id)

    def _open_figure(self, code: str) -> None:
        value = self.cards[code].value
        if value is not None:
            open_behind(self.desk, self, code, value)

    def _open_report(self) -> None:
        self.desk.go("report", f"{today():%Y-%m}")

    def _back_up(self) -> None:
        centre = self.desk.worker.centre
        backup = getattr(centre, "backup", None)
        if backup is not None:
            self.desk.worker.run(backup, self._backed_up, what=_("Backing up…"))

    def _backed_up(self, _where: object) -> None:
        self.desk.messages.done(_("The backup is written and checked."))
        self.opened()

    def _look_again(self, changed: dict[str, set[str]]) -> None:
        if CONCERNS.isdisjoint(changed):
            return
        if self.trends is not None:
            self.trends.forget()
        if self.isVisible():
            self.opened()


def _look(session: Any, folder: Any) -> Looked:
    from resource_centre.services.drafts import drafts_of
    from resource_centre.services.home import home_summary

    unsaved: tuple[Any, ...] = ()
    if drafts := drafts_of(session):
        from ui.pages.unsaved import place_of_draft

        unsaved = place_of_draft(session, drafts[0].form, drafts[0].record_id)
    return Looked(home_summary(session, on=today()), last_backup_of(folder), unsaved)


def _look_further(session: Any) -> WaitingWork:
    from resource_centre.services.home import waiting_work

    return waiting_work(session, on=today())


def _to_exchange(session: Any) -> ToDo:
    from ui.pages.exchange_store import to_do

    return to_do(session)


def last_backup_of(folder: Any) -> datetime | None:
    """When the newest backup in the centre's folder was written, None when there is none."""
    from db.backup import backups

    found = backups(folder) if folder is not None else []
    return max((datetime.fromtimestamp(path.stat().st_mtime).astimezone() for path in found), default=None)
