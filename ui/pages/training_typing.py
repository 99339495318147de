# SPDX-License-Identifier: Apache-2.0
"""The cells of an attendance sheet while one types in them: people, villages and answers are offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from resource_centre.vocabulary import fold_label, vocabulary
from ui.kit.places import Places
from ui.kit.sheet_view import Hint, Index, SheetDelegate
from ui.pages.suggesting import SuggestingLine, Suggestion
from ui.pages.training_cells import VOCABULARIES
from ui.pages.training_columns import COUNTRY, NAME, ORGANISATION, SECTOR, VILLAGE

if TYPE_CHECKING:
    from resource_centre.services.participants import KnownOrganisation
    from ui.pages.training_grid import Sheet

LEAST_LETTERS = 2
AS_MANY = 8

FindPeople = Callable[[str, Callable[[Sequence[Suggestion]], None]], None]
"""``find(text, found)``: look for known people with this name and call `found` with suggestions."""


class CellDelegate(SheetDelegate):
    """Offers names, institutions, villages and the answers of lists while one types."""

    def __init__(self, sheet: Sheet, places: Places, find_people: FindPeople, parent: QObject) -> None:
        super().__init__(sheet.theme, parent)
        self._sheet = sheet
        self._places = places
        self._find_people = find_people
        self.organisations: dict[str, KnownOrganisation] = {}
        """Institutions known from earlier sheets and as partners, by folded name."""

    def line_for(self, parent: QWidget, index: Index) -> QLineEdit:
        """A line that offers what the cell could be."""
        column = self._sheet.columns[index.column()]
        # Somebody known is never taken by Enter alone: two people may have one name.
        line = SuggestingLine(parent, first_is_chosen=column in VOCABULARIES or column == VILLAGE)
        offers: Mapping[str, Callable[[str], object]] = {
            NAME: lambda text: self._wonder_who(line, text),
            VILLAGE: lambda text: line.offer(self._villages_for(text)),
            ORGANISATION: lambda text: line.offer(self._organisations_for(text)),
        }
        if column in offers:
            line.wondering.connect(offers[column])
        elif column in VOCABULARIES:
            line.wondering.connect(lambda text: line.offer(answers_for(VOCABULARIES[column], text)))
        line.taken.connect(lambda chosen: self._taken(line, chosen))
        return line

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write what was chosen; else what was typed, when that is something new."""
        chosen = editor.property("chosen")
        if isinstance(editor, SuggestingLine) and isinstance(chosen, Suggestion) and chosen.text == editor.text():
            self._write_chosen(chosen, index.row(), index.column())
        else:
            super().setModelData(editor, model, index)

    def write(self, line: QLineEdit, index: Index) -> None:
        """Write a text; an institution that is known brings what is known of it."""
        column = self._sheet.columns[index.column()]
        known = self.organisations.get(line.text().strip().casefold()) if column == ORGANISATION else None
        if known is None:
            self._sheet.put(index.row(), index.column(), line.text())
        else:
            self._write_organisation(index.row(), known)

    def about_to_leave(self, line: QLineEdit) -> None:
        """Take what is marked in the list."""
        if isinstance(line, SuggestingLine):
            line.wonder_if_late()
            line.take_current()

    def keeps(self, line: QLineEdit, event: QKeyEvent) -> bool:
        """Esc closes the list first."""
        if event.key() == Qt.Key.Key_Escape and isinstance(line, SuggestingLine) and line.list.isVisible():
            line.close_list()
            return True
        return False

    def _write_chosen(self, chosen: Suggestion, line: int, place: int) -> None:
        column = self._sheet.columns[place]
        if column == NAME:
            self._sheet.put_known(line, chosen.value)
        elif column == ORGANISATION:
            self._write_organisation(line, chosen.value)
        else:
            self._sheet.put_code(line, place, chosen.value)

    def _write_organisation(self, line: int, known: KnownOrganisation) -> None:
        row, told = self._sheet.rows[line], {SECTOR: known.sector, COUNTRY: known.country}
        open_ones = {name: code for name, code in told.items() if getattr(row, name) is None or name in row.given}
        self._sheet.put(line, self._sheet.columns.index(ORGANISATION), known.name)
        self._sheet.fill(line, open_ones)

    def _taken(self, line: SuggestingLine, chosen: Suggestion) -> None:
        line.setProperty("chosen", chosen)
        if line.hasFocus() and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self.commitData.emit(line)
            self.closeEditor.emit(line, Hint.SubmitModelCache)

    def _wonder_who(self, line: SuggestingLine, text: str) -> None:
        if len(text.strip()) < LEAST_LETTERS:
            line.offer(())
            return
        self._find_people(text, lambda found: self._offer_if_still(line, text, found))

    def _offer_if_still(self, line: SuggestingLine, text: str, found: Sequence[Suggestion]) -> None:
        import shiboken6

        if shiboken6.isValid(line) and line.text() == text:
            line.offer(found)

    def _organisations_for(self, text: str) -> list[Suggestion]:
        wanted = text.strip().casefold()
        if len(wanted) < LEAST_LETTERS:
            return []
        starting = [one for key, one in self.organisations.items() if key.startswith(wanted)]
        holding = [one for key, one in self.organisations.items() if f" {wanted}" in key]
        found = [*starting, *(one for one in holding if one not in starting)][:AS_MANY]
        return [Suggestion(one.name, _organisation_words(one), one) for one in found]

    def _villages_for(self, text: str) -> list[Suggestion]:
        gazetteer = self._places.gazetteer
        if gazetteer is None or len(text.strip()) < LEAST_LETTERS:
            return []
        near = self._sheet.village[:5] if self._sheet.village else None
        found = gazetteer.find(text, limit=AS_MANY, within=near) if near else []
        if len(found) < AS_MANY:
            known = {place.code for place in found}
            found = [*found, *(p for p in gazetteer.find(text, limit=AS_MANY) if p.code not in known)][:AS_MANY]
        return [Suggestion(p.name, gazetteer.full_name(p.parent) if p.parent else "", p.code) for p in found]


def answers_for(name: str, text: str) -> list[Suggestion]:
    """The answers of a list that hold these letters, those that begin with them first."""
    wanted = fold_label(text)
    if not wanted:
        return []
    labelled = [(fold_label(term.label()), term) for term in vocabulary(name)]
    starting = [term for words, term in labelled if words.startswith(wanted)]
    holding = [term for words, term in labelled if f" {wanted}" in f" {words}" and term not in starting]
    return [Suggestion(term.label(), "", term.code) for term in [*starting, *holding]]


def _organisation_words(one: KnownOrganisation) -> str:
    from ui.pages.wording import term

    facts: tuple[Any, ...] = (term("sector", one.sector), term("country", one.country))
    return " · ".join(fact for fact in facts if fact)
