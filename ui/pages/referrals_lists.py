# SPDX-License-Identifier: Apache-2.0
"""The lists of the whole centre: open referrals and open complaints, what is late first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.clock import today, wall_ms
from resource_centre.currencies import amount_words
from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.pieces import label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.form_place import FormPile
from ui.pages.person_picker import PersonPicker
from ui.pages.referrals_words import is_late, service_words, time_words, urgency_words
from ui.pages.wording import term, whole_number

WHOM = 420


class ListTab(QWidget):
    """A list over the worker with a line above it; `look` reads it."""

    opens_person = Signal(object)
    """What the page is to open of somebody without a case."""

    def __init__(self, desk: Desk, name: str, columns: tuple[Column, ...], nouns: tuple[str, ...], hint: str) -> None:
        super().__init__()
        self.desk = desk
        self.rows = Rows(desk.worker, columns)
        self.list = RowsView(self.rows, name, nothing=_("One moment…"))
        self.about = label("", "muted", wrap=True)
        self.above = QVBoxLayout()
        self.side = QWidget()
        inside = QVBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self.above)
        inside.addWidget(self.about)
        inside.addWidget(self.list, 1)
        inside.addWidget(label(hint, "help"))
        self.pile = FormPile()
        self.pile.addWidget(self.side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.addWidget(self.pile)
        self.list.chosen.connect(self._open)
        self.rows.refresh_on(*nouns)
        self.rows.counted.connect(lambda count, _whole: self._counted(count))

    def look(self) -> None:
        """Read the list."""
        self.rows.ask(self.fetch)
        self.desk.worker.read(self.count, self._say, quiet=True, owner=self)

    def fetch(self, session: Any, last: Any, limit: int) -> list[Any]:
        """Read a page of the list; on the worker's thread."""
        raise NotImplementedError

    def count(self, session: Any) -> Any:
        """Read what is said above the list; on the worker's thread."""
        raise NotImplementedError

    def say(self, counted: Any) -> str:
        """What is said above the list."""
        raise NotImplementedError

    def open_row(self, row: Any) -> None:
        """Go where a row is worked on."""
        raise NotImplementedError

    def first_field(self) -> QWidget | None:
        """The list."""
        return self.list

    nothing = ""

    def offer_new(self, words: str, what: str) -> None:
        """A line above the list in which one finds for whom something new is begun; F2 leads there."""
        self.whom = PersonPicker(self.desk, words)
        self.whom.setMinimumWidth(WHOM)
        line = row(label(words), self.whom, None)
        line.setStretch(1, 1)
        self.above.addLayout(line)
        self.whom.chosen.connect(lambda person_id: self._begin(what, person_id))
        self.whom.new_wanted.connect(lambda text: self.desk.go("intake", text))
        begin = QShortcut(QKeySequence("F2"), self.side, self.whom.line.setFocus)
        begin.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _begin(self, what: str, person_id: str) -> None:
        if person_id:
            self.whom.clear()
            self.opens_person.emit((what, person_id))

    def _say(self, counted: Any) -> None:
        self.about.setText(self.say(counted))
        self.about.setVisible(bool(self.about.text()))

    def _counted(self, count: int) -> None:
        self.list.say_when_empty(self.nothing)
        if count and not self.list.currentIndex().isValid():
            self.list.selectRow(0)

    def _open(self, record_id: str) -> None:
        place = self.rows.position_of(record_id)
        if place >= 0:
            self.open_row(self.rows.row(place))


class OpenReferrals(ListTab):
    """What is late first, then what is due, then what is not sent."""

    def __init__(self, desk: Desk) -> None:
        colours = desk.theme
        columns = (
            Column(
                _("Time left"), time_words, width=17, tone=lambda row: colours.colours.danger if is_late(row) else ""
            ),
            Column(_("Name"), lambda row: row.full_name, width=20),
            Column(_("To"), lambda row: row.provider or _("no provider yet"), width=24),
            Column(_("Services"), lambda row: service_words(row.services)),
            Column(_("Urgency"), lambda row: urgency_words(row.urgency), width=11),
            Column(_("State"), lambda row: term("referral_status", row.status), width=23),
        )
        hint = _("What is late comes first. Enter opens a referral, F2 begins a new one.")
        super().__init__(desk, _("Open referrals"), columns, ("Referral", "Provider", "Person"), hint)
        self.offer_new(_("New referral for"), "new")
        self.nothing = _("No referral is open.")

    def fetch(self, session: Any, last: Any, limit: int) -> list[Any]:
        """Open referrals by when an answer is due."""
        from resource_centre.services.referral_list import open_referrals

        return open_referrals(session, after=last.cursor if last is not None else None, limit=limit)

    def count(self, session: Any) -> int:
        """How many are late."""
        from resource_centre.services.referral_list import count_overdue

        return count_overdue(session, now_ms=wall_ms())

    def say(self, counted: int) -> str:
        """How many are late."""
        words = ngettext(
            "{n} referral is late: ask the provider.", "{n} referrals are late: ask the providers.", counted
        )
        return words.format(n=whole_number(counted)) if counted else ""

    def open_row(self, row: Any) -> None:
        """On the case, or on this page for somebody without one."""
        if row.case_id:
            self.desk.go("case", (row.case_id, "referrals", row.id))
        else:
            self.opens_person.emit(("referral", row.id, row.person_id))


class Complaints(ListTab):
    """Open complaints, those nobody has followed up for longest first."""

    def __init__(self, desk: Desk) -> None:
        colours = desk.theme
        columns = (
            Column(
                _("Waiting"), _waiting_words, width=15, tone=lambda row: colours.colours.danger if _late(row) else ""
            ),
            Column(_("Name"), lambda row: row.full_name, width=20),
            Column(_("Kind of complaint"), lambda row: term("complaint_type", row.complaint_type)),
            Column(_("Lodged with"), lambda row: row.lodged_with or "", width=19),
            Column(_("Amount claimed"), lambda row: amount_words(row.claimed, row.currency), width=16, right=True),
            Column(_("State"), lambda row: term("complaint_status", row.status), width=16),
        )
        hint = _("What has waited longest comes first. Enter opens a complaint, F2 begins a new one.")
        super().__init__(desk, _("Complaints"), columns, ("Complaint", "Transition", "Person"), hint)
        self.offer_new(_("New complaint of"), "new_complaint")
        self.nothing = _("No complaint is open.")

    def fetch(self, session: Any, last: Any, limit: int) -> list[Any]:
        """Open complaints by their last step."""
        from resource_centre.services.complaint_list import open_complaints

        return open_complaints(session, after=last.cursor if last is not None else None, limit=limit)

    def count(self, session: Any) -> int:
        """How many should have been followed up."""
        from resource_centre.services.complaint_list import count_overdue

        return count_overdue(session, on=today())

    def say(self, counted: int) -> str:
        """How many should have been followed up."""
        words = ngettext("{n} complaint is to be followed up.", "{n} complaints are to be followed up.", counted)
        return words.format(n=whole_number(counted)) if counted else ""

    def open_row(self, row: Any) -> None:
        """On the case, or on this page for somebody without one."""
        if row.case_id:
            self.desk.go("case", (row.case_id, "complaints", row.id))
        else:
            self.opens_person.emit(("complaint", row.id, row.person_id))


def _waiting_words(row: Any) -> str:
    late = row.days_late(today())
    if late:
        return ngettext("{n} day late", "{n} days late", late).format(n=whole_number(late))
    days = (today() - row.last_step_on).days
    return ngettext("for {n} day", "for {n} days", days).format(n=whole_number(days)) if days > 0 else _("since today")


def _late(row: Any) -> bool:
    return bool(row.days_late(today()))
