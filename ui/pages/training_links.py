# SPDX-License-Identifier: Apache-2.0
"""Who of an attendance sheet is registered already: the two side by side, and a person decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.messages import words_for
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, empty, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.wording import age_or_standing, phone_words, term, village_words

if TYPE_CHECKING:
    from datetime import date

    from resource_centre.services.duplicates import Likeness
    from resource_centre.services.participants import LikelyParticipant

SIZE = (900, 520)
LIST_WIDTH = 330
SAME, DIFFERENT, SETTLED = "same", "different", "settled"


@dataclass(frozen=True)
class Question:
    """One line of the sheet and one registered person who may be the same."""

    line: Any
    likely: Likeness
    other_line: str | None
    """The line on which that person is already, when there is one."""

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return f"{self.line.id} {self.likely.person_id}"


class LinksDialog(QDialog):
    """Every decision is stored at once; what is left open is asked again another time."""

    def __init__(self, parent: QWidget | None, desk: Desk, event_id: str, held_on: date | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Who of them is registered?"))
        self.resize(*SIZE)
        self.desk, self.event_id, self.held_on = desk, event_id, held_on
        self.decided: dict[str, str] = {}
        self.rows = Rows(desk.worker, self._columns())
        self.list = RowsView(self.rows, _("Likely the same person"), nothing=_("Comparing with everybody registered…"))
        self.same = button(_("Same person (S)"), lambda: self.decide(SAME), role="main")
        self.different = button(_("Different people (D)"), lambda: self.decide(DIFFERENT))
        self.later = button(_("Later (↓)"), self._next)
        self.told = label("", "help", wrap=True)
        self.both = Card()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(WIDE_GAP)
        self._grid.setVerticalSpacing(6)
        self._lay_out()
        self.list.picked.connect(lambda _id: self._show_question())
        for made, act in ((self.same, SAME), (self.different, DIFFERENT)):
            self._key(made.text().rpartition("(")[2].rstrip(")"), lambda act=act: self.decide(act))  # type: ignore[misc]

    def ask(self) -> None:
        """Compare the sheet with everybody registered."""
        event_id = self.event_id
        self.desk.worker.read(
            lambda session, progress: _likely(session, event_id, progress),
            self._show,
            self._failed,
            cancellable=True,
            what=_("Comparing with everybody registered…"),
            owner=self,
        )

    def question(self) -> Question | None:
        """What is asked now."""
        index = self.list.currentIndex()
        found: Question | None = self.rows.row(index.row()) if index.isValid() else None
        return found

    def decide(self, decision: str) -> None:
        """Store a decision about the two that are shown, and go on to the next."""
        asked = self.question()
        if asked is None or asked.id in self.decided or not self.same.isEnabled():
            return
        self._allow(allowed=False)
        self.desk.worker.change(
            lambda session: _store(session, asked, decision),
            lambda _done: self._stored(asked, decision),
            self._failed,
            owner=self,
        )

    # Inside

    def _columns(self) -> tuple[Column, ...]:
        said = {SAME: _("same"), DIFFERENT: _("different"), SETTLED: "–"}
        return (
            Column(_("Line"), lambda one: str(one.line.position or ""), width=6, right=True),
            Column(_("Name"), lambda one: one.line.name or ""),
            Column(_("Decision"), lambda one: said.get(self.decided.get(one.id, ""), "?"), width=10),
        )

    def _lay_out(self) -> None:
        self.both.body.addLayout(self._grid)
        self.both.body.addSpacing(GAP)
        self.both.body.addLayout(row(self.same, self.different, self.later, None))
        right = QVBoxLayout()
        right.addWidget(self.both)
        right.addWidget(self.told)
        right.addStretch(1)
        self.list.setFixedWidth(LIST_WIDTH)
        both = row(self.list, right, gap=WIDE_GAP)
        both.setStretch(1, 1)
        inside = QVBoxLayout(self)
        inside.addLayout(both, 1)
        inside.addLayout(row(None, button(_("Close"), self.accept, help="Esc")))
        self.both.hide()

    def _show(self, found: Sequence[LikelyParticipant]) -> None:
        questions = [Question(one.line, who, one.on_sheet.get(who.person_id)) for one in found for who in one.likely]
        self.rows.show_rows(questions)
        self.list.say_when_empty(_("Nobody to decide about."))
        self.both.setVisible(bool(questions))
        self._say()
        if questions:
            self.list.selectRow(0)
        self.list.setFocus()

    def _show_question(self) -> None:
        asked = self.question()
        if asked is None:
            return
        empty(self._grid)
        self._grid.addWidget(label(_("On the sheet"), "heading", wrap=True), 0, 1)
        self._grid.addWidget(label(_("Registered already"), "heading", wrap=True), 0, 2)
        facts = zip(_captions(), self._of_line(asked), self._of_person(asked), strict=True)
        for place, (name, here, there) in enumerate(facts, 1):
            agree = "agrees" if here and here == there else ""
            self._grid.addWidget(label(name, "caption"), place, 0)
            self._grid.addWidget(label(here or "–", agree, wrap=True), place, 1)
            self._grid.addWidget(label(there or "–", agree, wrap=True), place, 2)
        why = _("Because of: {reasons}.").format(reasons=", ".join(asked.likely.words()))
        self._grid.addWidget(label(why, "warning", wrap=True), len(_captions()) + 1, 0, 1, 3)
        if asked.other_line is not None:
            words = _("This person is on the sheet already: the same person makes one of the two lines.")
            self._grid.addWidget(label(words, "warning", wrap=True), len(_captions()) + 2, 0, 1, 3)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._allow(allowed=asked.id not in self.decided)

    def _of_line(self, asked: Question) -> list[str]:
        line = asked.line
        age = "" if line.age is None else str(line.age)
        home = village_words(self.desk.places, line.village_code)
        return [line.name or "", "", term("sex", line.sex), age, home, phone_words(line.phone)]

    def _of_person(self, asked: Question) -> list[str]:
        who = asked.likely
        age = age_or_standing(who.birth_date, who.standing, self.held_on)
        home = village_words(self.desk.places, who.village_code)
        phone = phone_words(asked.line.phone) if "same_phone" in who.reasons else ""
        return [who.full_name, who.number or "", term("sex", who.sex), age, home, phone]

    def _stored(self, asked: Question, decision: str) -> None:
        self.decided[asked.id] = decision
        if decision == SAME:
            for one in self._questions():
                if one.line.id == asked.line.id and one.id not in self.decided:
                    self.decided[one.id] = SETTLED
        last = self.rows.rowCount() - 1
        self.rows.dataChanged.emit(self.rows.index(0, 0), self.rows.index(last, self.rows.columnCount() - 1))
        self._say()
        self._next()

    def _next(self) -> None:
        """The next one that nobody has decided about."""
        here = self.list.currentIndex().row()
        open_ones = [place for place, one in enumerate(self._questions()) if one.id not in self.decided]
        further = [place for place in open_ones if place > here] or open_ones
        if further:
            self.list.selectRow(further[0])
        self._show_question()
        self.list.setFocus()

    def _questions(self) -> list[Question]:
        return [self.rows.row(place) for place in range(self.rows.rowCount())]

    def _say(self) -> None:
        left = sum(one.id not in self.decided for one in self._questions())
        words = ngettext(
            "{n} is still to be decided; it can wait.", "{n} are still to be decided; they can wait.", left
        )
        self.told.setText(words.format(n=left) if left else _("All are decided.") if self.decided else "")

    def _allow(self, *, allowed: bool) -> None:
        for made in (self.same, self.different):
            made.setEnabled(allowed)

    def _failed(self, error: Exception) -> None:
        self._show_question()
        self.told.setText(words_for(error).text)

    def _key(self, keys: str, act: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)


def _captions() -> tuple[str, ...]:
    return _("Name"), _("Number"), _("Sex"), _("Age"), _("Village"), _("Telephone")


def _likely(session: Any, event_id: str, progress: Any) -> list[LikelyParticipant]:
    from resource_centre.services.participants import likely_people

    return likely_people(session, event_id, done=progress)


def _store(session: Any, asked: Question, decision: str) -> None:
    from resource_centre.services.participants import link_participant, mark_not_the_same, merge_lines

    if decision == DIFFERENT:
        mark_not_the_same(session, asked.line.id, asked.likely.person_id)
    elif asked.other_line is not None:
        merge_lines(session, asked.other_line, asked.line.id)
    else:
        link_participant(session, asked.line.id, asked.likely.person_id)
