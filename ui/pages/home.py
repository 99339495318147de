# SPDX-License-Identifier: Apache-2.0
"""The first page: how the month goes, who is waiting, what needs attention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, empty, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date, show_partial

if TYPE_CHECKING:
    from resource_centre.services.home import HomeSummary, WaitingWork

BACKUP_AFTER_DAYS = 7
CONCERNS = frozenset(
    (
        "Person",
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


@dataclass(frozen=True)
class Looked:
    """What the home page was read from."""

    summary: HomeSummary
    last_backup: datetime | None
    unsaved: tuple[Any, ...] = ()
    """The page, and what it opens, of the form somebody was typing in last; nothing when none is left."""


class HomePage(Page):
    """Reads itself anew at every showing and after every change that concerns it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Home"), subtitle=show_date(today(), weekday=True), scrolls=False)
        self.figures = {name: label("–", "figure") for name in ("served", "registered", "sessions", "events")}
        self.waiting = Rows(desk.worker, self._columns())
        self.list = RowsView(self.waiting, _("Follow-ups"), nothing=_("Nobody is waiting. Well done."))
        self.attention = QVBoxLayout()
        self.attention.setSpacing(GAP)
        self.follow_ups = Card(_("Follow-ups"))
        self.more_overdue = label("", "muted")
        self.looked: Looked | None = None
        self.waits: WaitingWork | None = None
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
        for name, figure in self.figures.items():
            figure.setText(_grouped(getattr(summary.month, name)))
        self.waiting.show_rows([*summary.due_today, *summary.overdue])
        self.more_overdue.setText(self._overdue_words(summary.overdue_count))
        self.more_overdue.setVisible(summary.overdue_count > 0)
        self._show_attention(looked)
        self.desk.worker.read(_look_further, self.show_waiting, replaces="home-waiting", quiet=True, owner=self)

    def show_waiting(self, waits: WaitingWork) -> None:
        """Show what else waits; it is read when the rest is on the screen."""
        before, self.waits = self.waits, waits
        if self.looked is not None and waits != before:
            self._show_attention(self.looked)

    # Building

    def _lay_out(self) -> None:
        if self._may("register"):
            self.buttons.addWidget(button(_("New &intake"), lambda: self.desk.go("intake"), role="main"))
        self.all_follow_ups = button(_("All follow-ups"), lambda: self.desk.go("follow_ups"), role="link")
        cards = QGridLayout()
        cards.setSpacing(12)
        for place, (name, words) in enumerate(_figure_words()):
            cards.addWidget(_figure_card(self.figures[name], words), 0, place)
        self.follow_ups.body.addLayout(row(self.more_overdue, None, self.all_follow_ups))
        self.follow_ups.body.addWidget(self.list, 1)
        self.follow_ups.setSizePolicy(self.list.sizePolicy())
        self.list.setProperty("role", "bare")
        attention = Card(_("Needs attention"))
        attention.body.addLayout(self.attention)
        attention.setFixedWidth(330)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self.follow_ups, 1)
        beside.addWidget(attention, 0, Qt.AlignmentFlag.AlignTop)
        month = QVBoxLayout()
        month.setSpacing(GAP)
        month.addWidget(label(_("This month: {month}").format(month=show_partial(today().isoformat()[:7])), "heading"))
        month.addLayout(cards)
        self.body.addSpacing(GAP)
        self.body.addLayout(month)
        self.body.addLayout(beside, 1)
        self.body.setSpacing(WIDE_GAP)

    def _columns(self) -> list[Column]:
        colours = self.desk.theme
        return [
            Column(_("Name"), lambda row: str(row.full_name), width=26),
            Column(
                _("When"),
                lambda row: _late_words(row.days_late),
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
        for words, action, act in lines:
            words_label = label(words, wrap=True)
            self.attention.addWidget(words_label)
            self.attention.addLayout(row(button(action, act, role="link", name=f"{action}: {words}"), None))
        if not lines:
            self.attention.addWidget(label(_("Nothing. Everything is in order."), "muted", wrap=True))

    def _attention_lines(self, looked: Looked) -> Any:
        summary = looked.summary
        for words, count, where in _work_words(self.waits):
            action = _("Go on with it") if where[0] == "questionnaire" else _("See them")
            yield words.format(n=_grouped(count)), action, partial(self.desk.go, *where)
        if summary.rows_to_settle:
            words = ngettext(
                "{n} row of a register waits for your decision.",
                "{n} rows of a register wait for your decision.",
                summary.rows_to_settle,
            )
            settle = _("Settle them")
            yield words.format(n=_grouped(summary.rows_to_settle)), settle, lambda: self.desk.go("import", "settle")
        if summary.drafts:
            words = ngettext("{n} form was begun and not saved.", "{n} forms were begun and not saved.", summary.drafts)
            yield words.format(n=summary.drafts), _("Go on with it"), lambda: self.desk.go(*looked.unsaved)
        if self._may("backup") and (words := _backup_words(looked.last_backup)):
            yield words, _("Back up now"), self._back_up

    def _overdue_words(self, count: int) -> str:
        words = ngettext("{n} follow-up is overdue.", "{n} follow-ups are overdue.", count)
        return words.format(n=_grouped(count))

    # Acting

    def _open(self, follow_up_id: str) -> None:
        place = self.waiting.position_of(follow_up_id)
        if place >= 0:
            self.desk.go("person", self.waiting.row(place).person_id)

    def _back_up(self) -> None:
        centre = self.desk.worker.centre
        backup = getattr(centre, "backup", None)
        if backup is not None:
            self.desk.worker.run(backup, self._backed_up, what=_("Backing up…"))

    def _backed_up(self, _where: object) -> None:
        self.desk.messages.done(_("The backup is written and checked."))
        self.opened()

    def _look_again(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not CONCERNS.isdisjoint(changed):
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


def _work_words(waits: WaitingWork | None) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
    """What is said of the work that waits, how much it is, and where it is done; the most urgent first."""
    if waits is None:
        return
    if waits.concerns:
        words = ngettext("{n} new protection concern.", "{n} new protection concerns.", waits.concerns)
        yield words, waits.concerns, ("protection",)
    if waits.referrals:
        words = ngettext("{n} referral is late.", "{n} referrals are late.", waits.referrals)
        yield words, waits.referrals, ("referrals", "open")
    if waits.complaints:
        count = waits.complaints
        words = ngettext("{n} complaint is to be followed up.", "{n} complaints are to be followed up.", count)
        yield words, count, ("referrals", "complaints")
    if waits.advice:
        words = ngettext("{n} question waits for advice.", "{n} questions wait for advice.", waits.advice)
        yield words, waits.advice, ("cases", "supervision")
    if waits.silent:
        words = ngettext("{n} client could not be reached.", "{n} clients could not be reached.", waits.silent)
        yield words, waits.silent, ("follow_ups", "overdue")
    yield from _commitment_words(waits)
    if waits.trained:
        count = waits.trained
        words = ngettext("Follow-up of trainings due: {n} person.", "Follow-up of trainings due: {n} people.", count)
        yield words, count, ("training_follow_ups",)
    if waits.begun:
        count = len(waits.begun)
        words = ngettext("{n} questionnaire is not finished.", "{n} questionnaires are not finished.", count)
        yield words, count, ("questionnaire", ("response", waits.begun[0]))


def _commitment_words(waits: WaitingWork) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
    if waits.commitments:
        count = waits.commitments
        words = ngettext("{n} commitment of a meeting is overdue.", "{n} commitments of meetings are overdue.", count)
        yield words, count, ("agreements", "overdue")
    if waits.commitments_soon:
        count = waits.commitments_soon
        words = ngettext(
            "{n} commitment of a meeting is due within a week.",
            "{n} commitments of meetings are due within a week.",
            count,
        )
        yield words, count, ("agreements", "open")


def last_backup_of(folder: Any) -> datetime | None:
    """When the newest backup in the centre's folder was written, None when there is none."""
    from db.backup import backups

    found = backups(folder) if folder is not None else []
    return max((datetime.fromtimestamp(path.stat().st_mtime).astimezone() for path in found), default=None)


def _figure_words() -> tuple[tuple[str, str], ...]:
    return (
        ("served", _("people served")),
        ("registered", _("newly registered")),
        ("sessions", _("counselling sessions")),
        ("events", _("trainings")),
    )


def _figure_card(figure: QLabel, words: str) -> Card:
    card = Card()
    card.body.setSpacing(0)
    card.body.addWidget(figure)
    card.body.addWidget(label(words, "caption", wrap=True))
    figure.setAccessibleName(words)
    return card


def _late_words(days: int) -> str:
    if days <= 0:
        return _("today")
    return ngettext("{n} day late", "{n} days late", days).format(n=_grouped(days))


def _backup_words(last: datetime | None) -> str:
    if last is None:
        return _("There is no backup yet.")
    days = (today() - last.date()).days
    if days <= BACKUP_AFTER_DAYS:
        return ""
    return ngettext("The last backup is {n} day old.", "The last backup is {n} days old.", days).format(n=days)


def _grouped(number: int) -> str:
    from PySide6.QtCore import QLocale

    from resource_centre.i18n import language

    return QLocale(language()).toString(number)
