# SPDX-License-Identifier: Apache-2.0
"""A card with what was told of a person one by one - debts, skills, papers - and the form to add or change one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Owned, fields_of
from ui.kit.desk import Desk
from ui.kit.form import Form
from ui.kit.messages import ask
from ui.kit.pieces import GAP, Card, button, empty, label, row
from ui.pages.record_form import RecordForm

Words = Callable[[Any], tuple[str, str]]


class EntriesPanel(Card):
    """`say` gives of an entry its line and the muted words behind it; `fields` are asked in this order, all when empty.

    `before` gives the answers a new entry begins with; `make` makes another form than one column of the fields, `shape`
    may arrange it; `opens` goes elsewhere instead of opening a form; `links` of `show_person` narrow the list and are
    written on new entries.
    """

    counted = Signal(int)
    """How many entries there are, whenever they were read."""

    def __init__(
        self,
        desk: Desk,
        record: type[Owned],
        heading: str,
        *,
        say: Words,
        fields: Sequence[str] = (),
        nothing: str = "",
        add: str = "",
        before: Callable[[], dict[str, Any]] = dict,
        make: Callable[[], Form] | None = None,
        shape: Callable[[Form], None] | None = None,
        opens: Callable[[Any], None] | None = None,
    ) -> None:
        super().__init__(heading)
        self.desk, self.record, self.nothing = desk, record, nothing
        self.names = tuple(fields) or tuple(field.name for field in fields_of(record))
        self._say, self._before, self._shape, self._opens = say, before, shape, opens
        self._make = make or self._plain_form
        self._title = heading
        self.person_id: str | None = None
        self.links: dict[str, Any] = {}
        self.entries: list[Any] = []
        self.editing: RecordForm | None = None
        self.lines = QVBoxLayout()
        self.lines.setSpacing(2)
        self.place = QVBoxLayout()
        self.add_button = button(add or _("Add"), self.add, name=f"{add or _('Add')}: {heading}")
        self.body.addLayout(self.lines)
        self.body.addLayout(self.place)
        self.body.addLayout(row(self.add_button, None))
        desk.worker.changed.connect(self._changed)

    def show_person(self, person_id: str, **links: Any) -> None:
        """Show the entries of this person; a form that is open keeps its draft and closes."""
        if (person_id, links) != (self.person_id, self.links):
            self._close()
        self.person_id, self.links = person_id, links
        self._read()

    def add(self) -> None:
        """Open an empty form."""
        self._open(None)

    def edit(self, entry: Any) -> None:
        """Open an entry, here or where it belongs."""
        if self._opens is not None:
            self._opens(entry)
        else:
            self._open(entry)

    def _read(self) -> None:
        person_id, record, links = self.person_id, self.record, dict(self.links)
        if person_id is None:
            return

        def read(session: Any) -> list[Any]:
            from resource_centre.services.entries import entries_of

            return entries_of(session, record, person_id, **links)

        self.desk.worker.read(read, self._show, quiet=True)

    def _show(self, entries: list[Any]) -> None:
        if any(entry.person_id != self.person_id for entry in entries):
            return
        self.entries = entries
        empty(self.lines)
        for entry in entries:
            self.lines.addLayout(self._line(entry))
        if not entries and self.nothing:
            self.lines.addWidget(label(self.nothing, "muted", wrap=True))
        self.counted.emit(len(entries))

    def _line(self, entry: Any) -> Any:
        words, facts = self._say(entry)
        opener = button(
            words or _("(no words)"), lambda: self.edit(entry), role="link", name=f"{words} {facts}".strip()
        )
        opener.setProperty("flat", True)
        line = row(opener, label(facts, "muted", wrap=True), gap=GAP)
        line.setStretch(1, 1)
        return line

    def _open(self, entry: Any | None) -> None:
        person_id = self.person_id
        if person_id is None:
            return
        self._close()
        form = self._make()
        if self._shape is not None:
            self._shape(form)
        made = RecordForm(
            self.desk,
            _("Change") if entry is not None else self.add_button.text().replace("&", ""),
            form,
            name=self.record.__tablename__,
            record_id=entry.id if entry is not None else person_id,
            write=self._writer(entry, person_id),
            saved=lambda _result: self._done(),
            cancelled=self._done,
            about=entry,
        )
        form.set_values(entry if entry is not None else self._before(), entry.unanswered if entry is not None else None)
        if entry is not None:
            made.layout().addLayout(row(self._take_back_button(entry), None))  # type: ignore[union-attr]
        self.editing = made
        self.add_button.setEnabled(False)
        self.place.addWidget(made)
        made.show()
        made.begin()

    def _plain_form(self) -> Form:
        form = Form(self.desk.places)
        form.add_fields(fields_of(self.record), *self.names)
        return form

    def _writer(self, entry: Any | None, person_id: str) -> Callable[[Form], Callable[[Any], Any]]:
        record, links = self.record, dict(self.links)

        def write(form: Form) -> Callable[[Any], Any]:
            from resource_centre.services.entries import add_entry, change_entry

            values, why = form.values(), form.unanswered()
            if entry is None:
                return lambda session: add_entry(session, record, person_id, values, why, on=today(), **links).id
            version = form.version
            return lambda session: change_entry(session, record, entry.id, values, why, version=version).id

        return write

    def _take_back_button(self, entry: Any) -> QPushButton:
        return button(_("This is not right: take it back"), lambda: self._take_back(entry), role="link")

    def _take_back(self, entry: Any) -> None:
        question = _("Take this entry back? It stays in the trail, marked as not valid.")
        if not ask(self, question, _("Take it back"), _("Keep it"), danger=True):
            return
        record, entry_id, reason = self.record, entry.id, _("Entered by mistake.")

        def write(session: Any) -> None:
            from resource_centre.services.entries import take_back

            take_back(session, record, entry_id, reason)

        self.desk.worker.change(write, lambda _nothing: self._done())

    def _done(self) -> None:
        self._close()
        self.add_button.setFocus()
        self._read()

    def _close(self) -> None:
        self.add_button.setEnabled(True)
        if self.editing is not None:
            if self.editing.isAncestorOf(self.editing.window().focusWidget()):
                self.add_button.setFocus()
            self.editing.keeper.write_now()
            # A line that still has the keyboard while Qt takes the form apart would speak to half a form.
            for line in self.editing.form.rows.values():
                line.blockSignals(True)
            self.editing.hide()
            self.editing.deleteLater()
            self.editing = None

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.record.__name__ in changed and self.isVisible() and self.editing is None:
            self._read()
