# SPDX-License-Identifier: Apache-2.0
"""The referral directory: searched by words, service, kind and place; entries added, changed and verified."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Provider, fields_of
from ui.kit.desk import Desk
from ui.kit.editors_codes import CodeEditor, choices_of
from ui.kit.editors_place import PlaceEditor
from ui.kit.pieces import button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.column_form import ColumnForm
from ui.pages.entry_form import Saving, entry_form
from ui.pages.form_place import FormPile
from ui.pages.record_form import RecordForm
from ui.pages.referrals_words import kind_words, service_words, verified_words
from ui.pages.wording import home_of, phone_words, village_words

PAUSE_MS = 90
PLACES = ("regency", "district", "village")


class Directory(QWidget):
    """A list with three questions above it; Enter opens an entry, F2 adds one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Name, kind, service or address"))
        self.search.setAccessibleName(_("Search the directory"))
        self.search.setClearButtonEnabled(True)
        self.service = CodeEditor(choices_of("referral_service"))
        self.kind = CodeEditor(choices_of("provider_type"))
        self.near = PlaceEditor(desk.places, levels=PLACES)
        self.rows = Rows(desk.worker, self._columns())
        self.list = RowsView(self.rows, _("Directory"), nothing=_("One moment…"))
        self.add_button = button(_("&Add a provider"), self.add, role="main", help="F2")
        self.pile = FormPile()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._listen()

    def look(self) -> None:
        """Ask for what is wanted."""
        self._pause.stop()
        text, service, kind = self.search.text(), self.service.value(), self.kind.value()
        near = self.near.value() or home_of(self.desk)
        self.rows.ask(lambda session, last, limit: _find(session, (text, service, kind, near), last, limit))

    def add(self) -> None:
        """An empty form, with what was searched as its name."""
        self._open(None, {"name": self.search.text().strip() or None, "verified_on": today(), "active": True})

    def open_provider(self, provider_id: str) -> None:
        """Open one entry."""
        self.desk.worker.read(lambda session: _one(session, provider_id), lambda found: self._open(found, found))

    @property
    def form(self) -> RecordForm | None:
        """The form that is open."""
        return self.pile.form

    def first_field(self) -> QWidget:
        """The search, or the form's first question."""
        return self.search if self.form is None else self.form.form.editor("name")

    # Inside

    def _lay_out(self) -> None:
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        for editor, words in (
            (self.service, _("Service")),
            (self.kind, _("Kind")),
            (self.near, _("Near")),
        ):
            editor.introduce(words, "")
            editor.setMinimumWidth(180)
        self.service.main.lineEdit().setPlaceholderText(_("Any service"))  # type: ignore[attr-defined]
        self.kind.main.lineEdit().setPlaceholderText(_("Any kind"))  # type: ignore[attr-defined]
        self.near.line.setPlaceholderText(_("Near which place"))
        asked = row(self.search, self.service, self.kind, self.near, self.add_button)
        for place, share in enumerate((3, 2, 2, 2)):
            asked.setStretch(place, share)
        inside.addLayout(asked)
        inside.addWidget(self.list, 1)
        inside.addWidget(label(_("The nearest come first. Enter opens an entry, F2 adds one."), "help"))
        self.list_side = side
        self.pile.addWidget(side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.addWidget(self.pile)

    def _columns(self) -> tuple[Column, ...]:
        places, home, theme = self.desk.places, home_of(self.desk), self.desk.theme

        def doubt(row: Any) -> str:
            return theme.colours.muted if verified_words(row.verified_on) == _("to be verified") else ""

        return (
            Column(_("Name"), lambda row: row.name, width=24),
            Column(_("Kind"), lambda row: kind_words(row.provider_type), width=18),
            Column(_("Services"), lambda row: service_words(row.services)),
            Column(_("Place"), lambda row: village_words(places, row.place_code, home), width=18),
            Column(_("Telephone"), lambda row: phone_words(row.phone), width=14),
            Column(_("Verified on"), lambda row: verified_words(row.verified_on), width=18, tone=doubt),
        )

    def _listen(self) -> None:
        self._pause.timeout.connect(self.look)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        for editor in (self.service, self.kind, self.near):
            editor.settled.connect(self.look)
        self.list.chosen.connect(self.open_provider)
        self.rows.refresh_on("Provider")
        self.rows.counted.connect(lambda _count, _whole: self.list.say_when_empty(self._why_nothing()))
        self.desk.places.ready.connect(self.list.viewport().update)
        add = QShortcut(QKeySequence("F2"), self.list_side, self.add)
        add.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _why_nothing(self) -> str:
        if self.search.text().strip() or self.service.value() or self.kind.value():
            return _("Nobody found. Press F2 to add them.")
        return _("The directory is still empty. Press F2 to add the first provider.")

    def _open(self, provider: Provider | None, values: Any) -> None:
        self.pile.open_form(lambda: self._form(provider, values))

    def _form(self, provider: Provider | None, values: Any) -> RecordForm:
        from resource_centre.services.providers import add_provider, change_provider

        heading = _("A new provider") if provider is None else _("Change a provider")
        saving = Saving("provider", None, add_provider, change_provider)
        done = (lambda _result: self._back(saved=True)), self._back
        return entry_form(self.desk, heading, provider_form(self.desk), provider, saving, done, usual=values)

    def _back(self, *, saved: bool = False) -> None:
        self.pile.close_form()
        self.list.setFocus()
        if saved:
            self.desk.messages.done(_("Saved."))


def provider_form(desk: Desk) -> ColumnForm:
    """The questions about an entry of the directory."""
    form = ColumnForm(desk.places)
    known = {field.name: field for field in fields_of(Provider)}
    form.section("who", _("Who"))
    form.add_fields(known.values(), "name", "provider_type", "services", "conditions")
    form.section("where", _("Where and when"), column=1)
    place = PlaceEditor(desk.places, levels=PLACES)
    place.line.setPlaceholderText(_("A regency, a district or a village"))
    form.add_field(known["place_code"], place)
    form.add_fields(known.values(), "address", "phone", "email", "contact_person", "hours", "cost")
    form.section("sure", _("Is it right?"))
    form.add_fields(known.values(), "verified_on", "active", "remarks")
    form.close_columns()
    return form


def _find(session: Any, asked: tuple[Any, ...], last: Any, limit: int) -> list[Any]:
    from resource_centre.services.providers import Wanted, find_providers

    text, service, kind, near = asked
    wanted = Wanted(text=text, service=service, provider_type=kind, near=near, idle=True)
    return find_providers(session, wanted, after=last.cursor if last is not None else None, limit=limit)


def _one(session: Any, provider_id: str) -> Provider:
    from resource_centre.services.saving import existing

    return existing(session, Provider, provider_id)
