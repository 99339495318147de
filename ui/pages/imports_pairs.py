# SPDX-License-Identifier: Apache-2.0
"""Rows that may be about somebody known: the two side by side, and a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, empty, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_partial
from ui.pages.imports_decisions import Decision, Pair, Place, pairs_of, row_at
from ui.pages.imports_words import reasons_words
from ui.pages.wording import phone_words, term, village_words

if TYPE_CHECKING:
    from resource_centre.registers.rows import Row, Understood
    from resource_centre.services.people import PersonRecord

LIST_WIDTH = 400
NIK_DIGITS = 16


class PairsView(QWidget):
    """The list at the left, the two people at the right; a letter decides and the next one follows."""

    decided = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.decisions: dict[Place, Decision] = {}
        self._understood: Understood | None = None
        self.rows = Rows(desk.worker, self._columns())
        self.list = RowsView(self.rows, _("Likely the same person"), nothing=_("Nobody to decide about."))
        self.same = button(_("Same person (S)"), lambda: self.decide("same"), role="main")
        self.different = button(_("Different people (D)"), lambda: self.decide("different"))
        self.both = Card()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(WIDE_GAP)
        self._grid.setVerticalSpacing(6)
        self._lay_out_all()
        self.list.picked.connect(lambda _id: self._show_pair())
        for shown, decision in ((self.same, "same"), (self.different, "different")):
            shortcut = QShortcut(QKeySequence(_key_in(shown.text())), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda decision=decision: self.decide(decision))

    def show_understood(self, understood: Understood) -> None:
        """Show what is to be decided in a file; decisions made already stay."""
        self._understood = understood
        pairs = pairs_of(understood)
        self.rows.show_rows(pairs)
        self.both.setVisible(bool(pairs))
        if pairs:
            self.list.selectRow(0)

    def pair(self) -> Pair | None:
        """The pair that is shown."""
        index = self.list.currentIndex()
        found: Pair | None = self.rows.row(index.row()) if index.isValid() else None
        return found

    def undecided(self) -> int:
        """How many are still to be decided."""
        pairs = [self.rows.row(line) for line in range(self.rows.rowCount())]
        return sum(pair.place not in self.decisions for pair in pairs)

    def decide(self, decision: Decision) -> None:
        """Decide about the pair that is shown and go on to the next."""
        pair = self.pair()
        if pair is None or (decision == "same" and not self.same.isEnabled()):
            return
        self.decisions[pair.place] = decision
        line = self.list.currentIndex().row()
        self.rows.dataChanged.emit(self.rows.index(line, 0), self.rows.index(line, self.rows.columnCount() - 1))
        if line + 1 < self.rows.rowCount():
            self.list.selectRow(line + 1)
        self.decided.emit()

    def _columns(self) -> tuple[Column, ...]:
        said = {"same": _("same"), "different": _("different")}
        return (
            Column(_("Row"), lambda pair: str(pair.row.row), width=6, right=True),
            Column(_("Name in the file"), lambda pair: pair.row.values.get("name") or ""),
            Column(_("Decision"), lambda pair: said.get(self.decisions.get(pair.place, ""), "?"), width=10),
        )

    def _lay_out_all(self) -> None:
        later = _("What you do not decide is taken in as a new person and stays on the list to settle.")
        self.both.body.addLayout(self._grid)
        self.both.body.addSpacing(GAP)
        self.both.body.addLayout(row(self.same, self.different, None))
        right = QVBoxLayout()
        right.addWidget(self.both)
        right.addWidget(label(later, "help", wrap=True))
        right.addStretch(1)
        self.list.setFixedWidth(LIST_WIDTH)
        inside = row(self.list, right, gap=WIDE_GAP)
        inside.setContentsMargins(0, GAP, 0, 0)
        inside.setStretch(1, 1)
        self.setLayout(inside)

    def _show_pair(self) -> None:
        pair = self.pair()
        if pair is None or self._understood is None:
            return
        if pair.likely.known_id is None:
            other = row_at(self._understood, pair.likely.sheet, pair.likely.row)
            self._draw(pair, self._facts_of_row(other) if other else [], known=False)
            return
        known_id = pair.likely.known_id
        self.desk.worker.read(
            lambda session: _record(session, known_id),
            lambda record: self._show_known(pair, record),
            replaces="import-pair",
            owner=self,
        )

    def _show_known(self, pair: Pair, record: PersonRecord) -> None:
        if self.pair() is not None and self.pair().id == pair.id:  # type: ignore[union-attr]
            self._draw(pair, self._facts_of_record(record), known=True)

    def _draw(self, pair: Pair, facts: Sequence[str], *, known: bool) -> None:
        empty(self._grid)
        title = _("Row {row} of {sheet}").format(row=pair.row.row, sheet=pair.row.sheet)
        other = (
            _("Registered already")
            if known
            else _("Row {row} of {sheet}").format(row=pair.likely.row, sheet=pair.likely.sheet)
        )
        self._grid.addWidget(label(title, "heading", wrap=True), 0, 1)
        self._grid.addWidget(label(other, "heading", wrap=True), 0, 2)
        own = self._facts_of_row(pair.row)
        for line, (name, here, there) in enumerate(zip(_captions(), own, facts, strict=False), 1):
            self._grid.addWidget(label(name, "caption"), line, 0)
            agree = bool(here) and here == there
            self._grid.addWidget(label(here or "–", "" if not agree else "agrees", wrap=True), line, 1)
            self._grid.addWidget(label(there or "–", "" if not agree else "agrees", wrap=True), line, 2)
        niks = {nik for nik in (own[1], *facts[1:2]) if len(nik) == NIK_DIGITS}
        self.same.setEnabled(len(niks) < 2)
        if len(niks) > 1:
            differ = _("Two people with different NIKs cannot be the same person. Please check the NIK first.")
            self._grid.addWidget(label(differ, "error", wrap=True), len(_captions()) + 2, 0, 1, 3)
        why = _("Because of: {reasons}.").format(reasons=reasons_words(pair.likely.reasons))
        self._grid.addWidget(label(why, "warning", wrap=True), len(_captions()) + 1, 0, 1, 3)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)

    def _facts_of_row(self, one: Row) -> list[str]:
        values = one.values
        return [
            str(values.get("name") or ""),
            str(values.get("nik") or ""),
            term("sex", values.get("sex")),
            show_partial(values.get("born")),
            village_words(self.desk.places, values.get("village")) or str(values.get("village_text") or ""),
            phone_words(values.get("phone")),
            term("country", values.get("country")),
        ]

    def _facts_of_record(self, record: PersonRecord) -> list[str]:
        person, home = record.person, record.address
        stay = record.episodes[0] if record.episodes else None
        return [
            person.full_name,
            record.number_of("nik") or "",
            term("sex", person.sex),
            show_partial(person.birth_date),
            village_words(self.desk.places, home.village_code if home else None),
            phone_words(person.safe_phone or record.number_of("phone")),
            term("country", stay.destination_country if stay else None),
        ]


def _key_in(words: str) -> str:
    """The letter that a button names at its end, one that fits its language: D of "Different people (D)"."""
    return words.rpartition("(")[2].rstrip(")")


def _captions() -> tuple[str, ...]:
    return (
        _("Name"),
        _("NIK"),
        _("Sex"),
        _("Date of birth"),
        _("Village"),
        _("Telephone"),
        _("Destination country"),
    )


def _record(session: Any, person_id: str) -> PersonRecord:
    from resource_centre.services.people import person_record

    return person_record(session, person_id)
