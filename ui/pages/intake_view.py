# SPDX-License-Identifier: Apache-2.0
"""One step of an intake on the screen: its questions, its lists, and what of it is not saved yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from resource_centre.i18n import _
from resource_centre.problems import Problem
from resource_centre.services.intake_sections import sections_of
from ui.kit.desk import Desk
from ui.kit.merging import Merging
from ui.kit.page import scrolling
from ui.kit.pieces import WIDE_GAP, Card, button, label, row
from ui.pages.intake_entries import IntakeEntries, entries_panel
from ui.pages.intake_form import IdentityForm, StepForm
from ui.pages.record_form import RecordForm

if TYPE_CHECKING:
    from resource_centre.services.intake_parts import IntakeRecord

ABROAD = frozenset({"returnee", "survivor", "abroad"})
SCROLL_BAR = 20


class StepView(QWidget):
    """`show_record` fills it; `edited` tells of typing; `touched` says whether the questions hold unsaved typing."""

    edited = Signal(str)
    settled = Signal()
    wanted = Signal(str)
    """Another step is needed first: its key."""

    def __init__(self, desk: Desk, step: str) -> None:
        super().__init__()
        self.desk, self.step = desk, step
        self.form: StepForm = IdentityForm(desk.places) if step == "identity" else StepForm(desk.places, step)
        self.panels: dict[str, IntakeEntries] = {}
        self.others: list[Any] = []
        self.touched = False
        self.person_id: str | None = None
        self.versions: dict[str, int | None] = {}
        self._mergings: dict[str, Merging] = {}
        self._opens_first = ""
        self._lay_out()
        self.form.edited.connect(self._edited)
        self.form.settled.connect(lambda _name: self.settled.emit())

    def show_record(self, record: IntakeRecord, *, anew: bool = True) -> None:
        """Show a person's answers; with `anew` also over what is typed here, otherwise only what was not touched."""
        person_id = record.person.id
        moved = person_id != self.person_id
        self.person_id = person_id
        if anew or moved or (not self.touched and self._is_behind(record)):
            self.form.show_told(record.told)
            self.form.clear_problems()
            self.touched = False
            self._remember(record)
        self.form.show_questions(sex=record.person.sex)
        self._offer_return(record)
        if moved:
            self._opens_first = "episodes" if record.person.client_type in ABROAD else ""
            for key, panel in self.panels.items():
                panel.show_person(person_id)
                self._go_on_with_draft(key, panel)
            for other in self.others:
                other.show_person(person_id)

    def leave_person(self) -> None:
        """Nobody is shown: for a new intake."""
        self.person_id = None
        self.versions, self._mergings = {}, {}
        self.touched = False

    def show_lists(self, shown: bool) -> None:
        """Lists belong to somebody who is registered."""
        for panel in self.panels.values():
            panel.setVisible(shown)

    def first_field(self) -> QWidget | None:
        """Where the keyboard goes when the step is shown."""
        if self.others and (known := self._first_of_others()) is not None:
            return known
        shown = (line for line in self.form.rows.values() if line.isVisibleTo(self.form))
        first = next(shown, None)
        if first is not None and not self.form.isHidden():
            return first.reason if first.why_unanswered else first.editor
        panel = next(iter(self.panels.values()), None)
        if panel is not None and panel.editing is not None:
            return next(iter(panel.editing.form.rows.values())).editor
        return panel.add_button if panel is not None else None

    def save_entries(self) -> None:
        """Save the entries that hold typing; what is refused says so in its own form and stays a draft."""
        for panel in self.panels.values():
            if panel.editing is not None and panel.editing.touched:
                panel.editing.save()

    def lead_to(self, name: str) -> None:
        """Give the keyboard to a question, or to the list where the answer belongs."""
        if name in self.form.rows:
            self.form.lead_to(name)
            return
        panel = self.panels.get(name.partition(".")[0])
        if panel is None:
            first = self._first_of_others()
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)
        elif panel.entries:
            panel.edit(panel.entries[-1])
        else:
            panel.add()

    def settle(self, error: Exception, again: Callable[[], object]) -> bool:
        """When somebody else has saved these records meanwhile: decide field by field, then save again."""
        if getattr(error, "code", "") != "changed_meanwhile" or not self._mergings:
            return False
        self._settle_one(list(self._mergings), again)
        return True

    def mark_problems(self, problems: Iterable[Problem]) -> None:
        """Show them without taking the keyboard: somebody is working elsewhere."""
        for problem in problems:
            line = self.form.rows.get(problem.field)
            if line is not None:
                line.show_problem(problem.severity, problem.words())

    def fit(self, width: int) -> None:
        """One column where there is no room for two."""
        self.form.fit(width - SCROLL_BAR)

    # Inside

    def _lay_out(self) -> None:
        inside = QVBoxLayout()
        inside.setSpacing(WIDE_GAP)
        self.first_stay = Card()
        words = _("A return belongs to a stay abroad. Please write the stay down first.")
        self.first_stay.body.addWidget(label(words, wrap=True))
        self.first_stay.body.addLayout(
            row(button(_("To the stay abroad"), lambda: self.wanted.emit("migration")), None)
        )
        self.first_stay.hide()
        inside.addWidget(self.first_stay)
        above = [one for one in sections_of(self.step) if one.many and self.step == "migration"]
        for one in above:
            self._add_panel(inside, one.key)
        if self.step == "consent":
            self._add_protection(inside)
        inside.addWidget(self.form)
        for one in sections_of(self.step):
            if one.many and one not in above and one.key != "consents":
                self._add_panel(inside, one.key)
        inside.addStretch(1)
        self.area = scrolling(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        if not self.form.rows:
            self.form.hide()

    def _add_panel(self, inside: QVBoxLayout, key: str) -> None:
        one = next(found for found in sections_of(self.step) if found.key == key)
        panel = entries_panel(self.desk, one)
        panel.counted.connect(lambda number, key=key: self._counted(key, number))
        self.panels[key] = panel
        inside.addWidget(panel)

    def _add_protection(self, inside: QVBoxLayout) -> None:
        from ui.pages.consent_panel import ConsentPanel
        from ui.pages.vulnerability_panel import VulnerabilityPanel

        for panel in (ConsentPanel(self.desk), VulnerabilityPanel(self.desk)):
            self.others.append(panel)
            inside.addWidget(panel)

    def _first_of_others(self) -> QWidget | None:
        from ui.pages.consent_panel import ConsentPanel

        known = [panel.first_field() for panel in self.others if isinstance(panel, ConsentPanel)]
        if known and known[0] is not None:
            return known[0]
        buttons = (one for panel in self.others for one in panel.findChildren(QPushButton))
        return next((one for one in buttons if one.isVisibleTo(self) and one.isEnabled()), None)

    def _counted(self, key: str, number: int) -> None:
        """Whoever was abroad is asked about the first stay at once."""
        panel = self.panels[key]
        if self._opens_first == key and number == 0 and panel.editing is None and self.isVisible():
            self._opens_first = ""
            panel.add()

    def lead_in_later(self) -> None:
        """The lists of others are read just now: the keyboard goes to them once they are there."""
        here = self.first_field()
        self.desk.worker.read(lambda _session: None, lambda _nothing: self._lead_in(here), quiet=True, owner=self)

    def _lead_in(self, before: QWidget | None) -> None:
        first = self._first_of_others()
        if first is not None and self.isVisible() and (before is None or before.isAncestorOf(self.focusWidget())):
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_on_with_draft(self, key: str, panel: IntakeEntries) -> None:
        """An entry that was begun and never saved opens again."""
        name, person_id = panel.record.__tablename__, panel.person_id

        def found(body: dict[str, Any] | None) -> None:
            if body and panel.person_id == person_id and panel.editing is None:
                self._opens_first = ""
                panel.add()

        if key != "addresses":
            self.desk.drafts.find(name, person_id, found, owner=self)

    def _offer_return(self, record: IntakeRecord) -> None:
        if self.step != "return":
            return
        known = record.told["return"].record is not None
        self.first_stay.setVisible(not known)
        self.form.setVisible(known)

    def _is_behind(self, record: IntakeRecord) -> bool:
        told = {one.key: record.told[one.key].record for one in self.form.parts_shown if one.key in record.told}
        return self.versions != {key: found.version for key, found in told.items() if found is not None}

    def _remember(self, record: IntakeRecord) -> None:
        """Keep what the form was opened with, for when somebody else saves the same records."""
        self.versions, self._mergings = {}, {}
        for one in self.form.parts_shown:
            known = record.told[one.key].record if one.key in record.told else None
            if known is not None:
                self._mergings[one.key] = Merging(self.desk, self.form, known, row_of=partial(_row_name, one.key))
                self.versions[one.key] = known.version

    def _settle_one(self, keys: list[str], again: Callable[[], object]) -> None:
        key, *rest = keys

        def settled() -> None:
            self.versions[key] = self.form.version
            if rest:
                self._settle_one(rest, again)
            else:
                again()

        self._mergings[key].settle(settled)

    def _edited(self, name: str) -> None:
        self.touched = True
        self.edited.emit(name)


def _row_name(key: str, name: str) -> str:
    return f"{key}.{name}"


def in_an_entry() -> bool:
    """Whether the keyboard is in the form of an entry, which has keys of its own."""
    widget = QApplication.focusWidget()
    while widget is not None:
        if isinstance(widget, RecordForm):
            return True
        widget = widget.parentWidget()
    return False
