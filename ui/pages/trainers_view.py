# SPDX-License-Identifier: Apache-2.0
"""One trainer: facts, where they taught, whom they trained, how they were observed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.pieces import GAP, button, label
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.form_place import FormPile
from ui.pages.trainers_forms import trainer_form
from ui.pages.trainers_store import Known, read_known, read_trainer
from ui.pages.trainers_words import active_words, facts_of
from ui.pages.wording import days_words, decimal, home_of, term, village_words, whole_number

if TYPE_CHECKING:
    from resource_centre.services.trainer_view import TrainerView

NOUNS = ("Trainer", "EventTrainer", "TrainingEvent", "Participation")


@dataclass(frozen=True)
class Line:
    """A row of one of the lists."""

    id: str
    about: Any


class OneTrainer(QWidget):
    """Facts above, three lists below; a form takes their place."""

    shown = Signal()
    wants_trainer = Signal(str)
    """Another trainer, by id."""
    gone = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.trainer_id = ""
        self.view: TrainerView | None = None
        self.facts = label("", wrap=True, selectable=True)
        self.warning = label("", "warning", wrap=True)
        self.warning.hide()
        self.change_button = button(_("&Change…"), self.change, help="F2")
        self.withdraw_button = button(_("&Withdraw…"), self.withdraw)
        self.person_button = button(_("To the client"), self._to_person)
        self.actions_at_top = (self.person_button, self.withdraw_button, self.change_button)
        self.taught = self._list(self._taught_columns(), _("Events"), _("Has taught at no event yet."))
        self.trained = self._list(_trained_columns(), _("Trainers they trained"), _("Has trained nobody yet."))
        self.observed = self._list(self._observed_columns(), _("Observations"), _("No event they led was observed."))
        self.tabs = QTabWidget()
        self.side = QWidget()
        """What is seen while no form is open."""
        self.pile = FormPile()
        self._lay_out()
        self._listen()

    def open(self, trainer_id: str) -> None:
        """Show a trainer."""
        if trainer_id != self.trainer_id:
            self.view = None
            self.tabs.setCurrentIndex(0)
        self.trainer_id = trainer_id
        self.pile.close_form()
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        trainer_id = self.trainer_id
        if trainer_id:
            self.desk.worker.read(lambda session: read_trainer(session, trainer_id), self._show, replaces="trainer")

    def change(self) -> None:
        """The form with what is known."""
        if self.view is not None and self.pile.form is None:
            self.desk.worker.read(read_known, self._open_form, replaces="trainer-form", owner=self)

    def withdraw(self) -> None:
        """Somebody was registered by mistake: ask why."""
        if self.view is None:
            return
        question = _("Was this trainer registered by mistake? They go from the register.")
        if ask(self, question, _("Withdraw them"), _("Keep the trainer"), danger=True):
            trainer_id, reason = self.trainer_id, _("Entered by mistake.")
            self.desk.worker.change(lambda session: _withdraw(session, trainer_id, reason), lambda _none: self._gone())

    def first_field(self) -> QWidget:
        """The form that is open, or the list in front."""
        if self.pile.form is not None:
            return self.pile.form.form.editor("name")
        return (self.taught, self.trained, self.observed)[self.tabs.currentIndex()]

    def close_form(self) -> None:
        """Back to the lists."""
        self.pile.close_form()
        self.first_field().setFocus()

    # Inside

    def _list(self, columns: tuple[Column, ...], name: str, nothing: str) -> RowsView:
        return RowsView(Rows(self.desk.worker, columns), name, nothing=nothing)

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.facts)
        inside.addWidget(self.warning)
        for view in (self.taught, self.trained, self.observed):
            self.tabs.addTab(view, view.accessibleName())
        inside.addWidget(self.tabs, 1)
        self.pile.addWidget(self.side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pile)

    def _listen(self) -> None:
        self.trained.chosen.connect(self.wants_trainer)
        for view in (self.taught, self.observed):
            view.chosen.connect(self._to_event)
        self.desk.worker.changed.connect(self._changed)
        self.tabs.currentChanged.connect(lambda _place: self.first_field().setFocus())
        keys: list[tuple[str, Callable[[], object]]] = [("F2", self.change)]
        keys += [(f"Alt+{place + 1}", partial(self.tabs.setCurrentIndex, place)) for place in range(3)]
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self.side)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not changed.keys().isdisjoint(NOUNS):
            self.refresh()

    def _show(self, view: TrainerView) -> None:
        if view.trainer.id != self.trainer_id:
            return
        self.view = view
        self.facts.setText(facts_of(view, self.desk))
        self.warning.setText("\n".join(one.words() for one in view.warnings))
        self.warning.setVisible(bool(view.warnings))
        self.person_button.setEnabled(view.trainer.person_id is not None)
        self.withdraw_button.setEnabled(not view.taught and not view.trained)
        _fill(self.taught, (Line(one.event_id, one) for one in view.taught))
        _fill(self.trained, (Line(one.id, one) for one in view.trained))
        _fill(self.observed, (Line(one.event_id, one) for one in view.observed))
        self.shown.emit()

    def _open_form(self, known: Known) -> None:
        view = self.view
        if view is not None:
            self.pile.open_form(lambda: trainer_form(self.desk, known, view.trainer, (self._saved, self.close_form)))

    def _saved(self, _trainer_id: Any) -> None:
        self.close_form()
        self.refresh()
        self.desk.messages.done(_("Saved."))

    def _gone(self) -> None:
        self.trainer_id, self.view = "", None
        self.desk.messages.done(_("Withdrawn."))
        self.gone.emit()

    def _to_event(self, event_id: str) -> None:
        self.desk.go("training", (event_id, "trainers"))

    def _to_person(self) -> None:
        if self.view is not None and self.view.trainer.person_id:
            self.desk.go("person", self.view.trainer.person_id)

    def _taught_columns(self) -> tuple[Column, ...]:
        places, home = self.desk.places, home_of(self.desk)

        def kind(line: Line) -> str:
            words = term("training_type", line.about.training_type)
            return f"{words} ({_('called off')})" if line.about.called_off else words

        return (
            Column(_("Date"), lambda line: days_words(line.about.starts_on, line.about.ends_on), width=20),
            Column(_("What"), lambda line: line.about.topic or term("module", line.about.module)),
            Column(_("Kind of event"), kind, width=22),
            Column(_("Village"), lambda line: village_words(places, line.about.village_code, home), width=18),
            Column(_("Part"), lambda line: term("trainer_part", line.about.part), width=20),
            Column(_("People"), lambda line: _figure(line.about.people), width=8, right=True),
        )

    def _observed_columns(self) -> tuple[Column, ...]:
        return (
            Column(_("Observed on"), lambda line: show_date(line.about.asked_on), width=24),
            Column(_("Event"), lambda line: self._event(line.id)),
            Column(_("Of the most"), lambda line: _percent(line.about.percent), width=14, right=True),
        )

    def _event(self, event_id: str) -> str:
        found = next((one for one in self.view.taught if one.event_id == event_id), None) if self.view else None
        if found is None:
            return ""
        what = found.topic or term("module", found.module)
        return " · ".join(part for part in (days_words(found.starts_on, found.ends_on), what) if part)


def _trained_columns() -> tuple[Column, ...]:
    return (
        Column(_("Name"), lambda line: line.about.name or ""),
        Column(_("Level"), lambda line: term("trainer_level", line.about.level), width=24),
        Column(_("Certified on"), lambda line: show_date(line.about.certified_on), width=18),
        Column(_("Sessions"), lambda line: whole_number(line.about.sessions), width=9, right=True),
        Column(_("People"), lambda line: _figure(line.about.people), width=9, right=True),
        Column(_("Active"), lambda line: active_words(line.about.active, _ended(line.about)), width=16),
    )


def _ended(row: Any) -> bool:
    return row.ended_on is not None and not row.active


def _figure(count: int | None) -> str:
    return "–" if count is None else whole_number(count)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{decimal(share, 0)}%"


def _fill(view: RowsView, lines: Iterable[Line]) -> None:
    rows = view.model()
    assert isinstance(rows, Rows)
    rows.show_rows(list(lines))
    if rows.rowCount() and not view.currentIndex().isValid():
        view.selectRow(0)


def _withdraw(session: Any, trainer_id: str, reason: str) -> None:
    from resource_centre.services.trainers import withdraw

    withdraw(session, trainer_id, reason=reason)
