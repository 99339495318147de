# SPDX-License-Identifier: Apache-2.0
"""The protection officer's own page: what was told, the most urgent first, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from resource_centre.records import ProtectionConcern, fields_of
from ui.kit.desk import Desk
from ui.kit.form import Form
from ui.kit.page import Page
from ui.kit.pieces import WIDE_GAP, Card, button, empty, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.protection_screenings import screenings_card
from ui.pages.record_form import RecordForm
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.records import ExploitationScreening, Person
    from resource_centre.services.protection import ConcernRow

LIST_HEIGHT = 230
FIELDS = ("state", "urgency", "kind", "account", "action", "safety_plan")
NOUNS = ("ProtectionConcern", "ProtectionMark", "Person")


@dataclass(frozen=True)
class Opened:
    """One concern with whom it is about and what was answered in screenings."""

    concern: ProtectionConcern
    person: Person
    screenings: list[ExploitationScreening]


class ProtectionPage(Page):
    """Only offered to protection officers; nobody else could read a line of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Protection"))
        self.concern_id: str | None = None
        self.editing: RecordForm | None = None
        self.closed = False
        self.other = button("", self._turn, role="link")
        self.rows = Rows(desk.worker, _columns(desk))
        self.list = RowsView(self.rows, _("Concerns"), nothing=_("Nothing has been told."))
        self.list.setFixedHeight(LIST_HEIGHT)
        self.list.chosen.connect(self.open_concern)
        self.list.clicked.connect(lambda index: self.open_concern(self.rows.row(index.row()).id))
        self.card = Card(_("Open concerns"))
        self.card.body.addWidget(self.list)
        self.card.body.addLayout(row(self.other, None))
        self.place = QVBoxLayout()
        self.place.setSpacing(WIDE_GAP)
        self.body.addWidget(self.card)
        self.body.addLayout(self.place)
        self.body.addStretch(1)
        self._name_list()
        desk.worker.changed.connect(self._changed)

    def opened(self, subject: object = None) -> None:
        """Show the list; with the id of a concern, open it."""
        self._read()
        if isinstance(subject, str):
            self.open_concern(subject)

    def first_field(self) -> QWidget | None:
        """The list."""
        return self.list

    def open_concern(self, concern_id: str) -> None:
        """Show one concern and go on with it."""
        self.concern_id = concern_id
        self.desk.worker.read(lambda session: _open(session, concern_id), self._show_opened, replaces="concern")

    # Inside

    def _read(self) -> None:
        closed = self.closed
        self.desk.worker.read(lambda session: _concerns(session, closed), self._show, replaces="concerns")

    def _show(self, found: list[ConcernRow]) -> None:
        self.rows.show_rows(found)
        words = ngettext("{n} open concern", "{n} open concerns", len(found)).format(n=len(found))
        self.set_title(_("Protection"), "" if self.closed else words)

    def _turn(self) -> None:
        self.closed = not self.closed
        self._name_list()
        self._read()

    def _name_list(self) -> None:
        self.card.heading.setText(_("Closed concerns") if self.closed else _("Open concerns"))
        self.other.setText(_("Show the open ones") if self.closed else _("Show those that are closed"))
        self.other.setAccessibleName(self.other.text())

    def _show_opened(self, opened: Opened) -> None:
        if opened.concern.id != self.concern_id:
            return
        self._close()
        card = Card(opened.person.full_name)
        card.body.addWidget(label(concern_facts(opened.concern), "muted", wrap=True))
        person_id = opened.person.id
        card.body.addLayout(row(button(_("Open the person"), lambda: self.desk.go("person", person_id)), None))
        self.editing = made = self._form(opened)
        card.body.addWidget(made)
        self.place.addWidget(card)
        if opened.screenings:
            self.place.addWidget(screenings_card(opened.screenings))
        made.show()
        made.begin()

    def _form(self, opened: Opened) -> RecordForm:
        form = Form(self.desk.places, asks_why=False)
        form.add_fields(fields_of(ProtectionConcern), *FIELDS)
        concern_id = opened.concern.id

        def write(form: Form) -> Callable[[Any], Any]:
            values, version = form.values(), form.version

            def work(session: Any) -> None:
                from resource_centre.services.protection import work_on

                work_on(session, concern_id, values, version=version)

            return work

        made = RecordForm(
            self.desk, _("What is done about it"), form, name="protection", record_id=concern_id, write=write,
            saved=lambda _nothing: self._saved(), cancelled=self._closed, about=opened.concern,
        )  # fmt: skip
        form.set_values(opened.concern)
        return made

    def _saved(self) -> None:
        self._closed()
        self.desk.messages.done(_("Saved."))

    def _closed(self) -> None:
        self._close()
        self.concern_id = None
        self.list.setFocus()

    def _close(self) -> None:
        if self.editing is not None:
            self.editing.keeper.write_now()
            self.editing = None
        empty(self.place)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if not changed.keys().isdisjoint(NOUNS) and self.isVisible():
            self._read()


def concern_facts(one: ProtectionConcern) -> str:
    """What a concern is about, since when and by whom."""
    noted = _("noted on {date}").format(date=show_date(one.noted_on))
    who = _("by {name}").format(name=one.noted_by) if one.noted_by else ""
    kind, detail = term("protection_concern", one.kind), _detail(one.detail)
    return " · ".join(fact for fact in (kind, detail, f"{noted} {who}".strip()) if fact)


def _detail(code: str | None) -> str:
    """The true kind of a complaint, which elsewhere is called special protection."""
    from resource_centre.vocabulary import vocabulary

    found = vocabulary("complaint_type").get(code)
    return found.label() if found is not None else ""


def _columns(desk: Desk) -> list[Column]:
    def alarm(one: ConcernRow) -> str:
        return desk.theme.colours.danger if one.urgency == "darurat" and one.state != "selesai" else ""

    return [
        Column(_("Urgency"), lambda one: term("priority", one.urgency), width=12, tone=alarm),
        Column(_("Matter"), lambda one: term("protection_concern", one.kind), width=34),
        Column(_("Name"), lambda one: str(one.full_name)),
        Column(_("State"), lambda one: term("protection_state", one.state), width=22),
        Column(_("Noted on"), lambda one: show_date(one.noted_on), width=18),
        Column(_("Days"), lambda one: str(one.days), width=7, right=True),
    ]


def _concerns(session: Any, closed: bool) -> list[ConcernRow]:
    from resource_centre.services.protection import concerns

    return concerns(session, closed=closed)


def _open(session: Any, concern_id: str) -> Opened:
    from resource_centre.records import Person
    from resource_centre.services.protection import concern, screenings_of

    found = concern(session, concern_id)
    return Opened(found, session.get_one(Person, found.person_id), screenings_of(session, found.person_id))
