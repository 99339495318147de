# SPDX-License-Identifier: Apache-2.0
"""A question whose answer is somebody the centre knows; their name, sex and date of birth fill what is still empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.kit.desk import Desk
from ui.kit.editors import Editor
from ui.pages.person_picker import PersonPicker

if TYPE_CHECKING:
    from ui.kit.form import Form

FILLS = {"full_name": "name", "sex": "sex", "birth_date": "birth_date"}


class PersonEditor(Editor):
    """The value is the person's id."""

    def __init__(self, desk: Desk, name: str, form: Form) -> None:
        self.picker = PersonPicker(desk, name)
        super().__init__(self.picker)
        self.main = self.picker.line
        self._desk, self._form = desk, form
        self.picker.chosen.connect(self._chosen)
        self.picker.line.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> Any:
        """The id of the person who was chosen from the list."""
        return self.picker.person_id

    def set_value(self, value: Any) -> None:
        """Show somebody by their id."""
        self.picker.clear()
        if value:
            self.picker.show_person(str(value), "…")
            self._read(str(value), fill=False)

    def typed(self) -> Any:
        """The person, and what the line says."""
        return [self.picker.person_id, self.picker.line.text()] if self.picker.line.text() else None

    def set_typed(self, typed: Any) -> None:
        """The person or the text of before."""
        self.picker.clear()
        if isinstance(typed, list) and len(typed) == len(("id", "name")):
            person_id, name = typed
            if person_id:
                self.picker.show_person(str(person_id), str(name))
            else:
                self.picker.line.setText(str(name))

    def unreadable(self) -> str | None:
        """A name nobody was chosen for."""
        return "not_in_list" if self.picker.line.text().strip() and self.picker.person_id is None else None

    def _chosen(self, person_id: str) -> None:
        self.edited.emit()
        if person_id:
            self._read(person_id, fill=True)

    def _read(self, person_id: str, *, fill: bool) -> None:
        self._desk.worker.read(
            lambda session: _person(session, person_id),
            lambda found: self._show(person_id, found, fill),
            quiet=True,
            owner=self,
        )

    def _show(self, person_id: str, found: dict[str, Any], fill: bool) -> None:
        if self.picker.person_id != person_id:
            return
        self.picker.show_person(person_id, found["full_name"] or "")
        if not fill:
            return
        for name, row_name in FILLS.items():
            row = self._form.rows.get(row_name)
            if row is not None and row.editor.is_empty() and found[name] is not None:
                row.set_why(None)
                row.editor.set_value(found[name])


def _person(session: Any, person_id: str) -> dict[str, Any]:
    from resource_centre.records import Person

    person = session.get(Person, person_id)
    return {name: getattr(person, name, None) for name in FILLS}
