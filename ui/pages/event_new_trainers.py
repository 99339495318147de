# SPDX-License-Identifier: Apache-2.0
"""Participants of a training of trainers are ticked and become trainers, trained by who led it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from resource_centre.i18n import _, ngettext
from resource_centre.records import Trainer, fields_of
from ui.kit.desk import Desk
from ui.kit.drafts import DraftKeeper
from ui.kit.form import Form
from ui.kit.pieces import Card, button, label, row
from ui.pages.trainers_store import EventLook

ID = int(Qt.ItemDataRole.UserRole)
ASKED = ("level", "certified_on", "certified_by")
BELOW = {"master": "pelatih", "pelatih": "fasilitator"}
"""The level of those whom a trainer of a level trains, as it is offered at first."""
LEAD = "utama"
PRESENT = "HT"
LINES = 8


class NewTrainers(Card):
    """The sheet with a box before each name; the space bar ticks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Make trainers of participants"))
        self.desk = desk
        self.event_id = ""
        self.keeper: DraftKeeper | None = None
        self.ticks = QListWidget()
        self.ticks.setAccessibleName(_("Participants"))
        self.ticks.setAlternatingRowColors(True)
        self.ticks.setSpacing(3)
        self.trained_by = label("", wrap=True)
        self.form = Form(desk.places)
        self.all_button = button(_("Tick all who were there"), self.tick_all)
        self.make_button = button("", self.make, role="main")
        self._filling = False
        self._lay_out()
        self.ticks.itemChanged.connect(lambda _item: self._touched())
        self.form.edited.connect(lambda _name: self._touched())

    def show_event(self, look: EventLook) -> None:
        """The sheet of an event; what was ticked and typed there before stays."""
        again = look.event.id == self.event_id
        ticked = set(self.chosen()) if again else set()
        self._fill(look, ticked)
        lead = next((one for one in look.taught if one.part == LEAD), None)
        words = _("They are registered as trained by {name} at this event.")
        nobody = _("Say above who led this event, so that it is known who trained them.")
        self.trained_by.setText(words.format(name=lead.name or "") if lead is not None else nobody)
        if not again:
            self._begin(look, BELOW.get((lead.level if lead is not None else None) or "", "pelatih"))
        self._count()

    def leave(self) -> None:
        """Keep what is ticked and typed."""
        if self.keeper is not None:
            self.keeper.write_now()

    def chosen(self) -> list[str]:
        """The lines of the sheet that are ticked."""
        items = (self.ticks.item(place) for place in range(self.ticks.count()))
        return [str(item.data(ID)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def tick_all(self) -> None:
        """Everybody who was there and is no trainer yet."""
        for place in range(self.ticks.count()):
            item = self.ticks.item(place)
            if item.flags() & Qt.ItemFlag.ItemIsEnabled and item.data(ID + 1):
                item.setCheckState(Qt.CheckState.Checked)
        self.ticks.setFocus()

    def make(self) -> None:
        """Register those who are ticked, all or nobody."""
        chosen = self.chosen()
        if not chosen or self.form.show_problems(self.form.not_understood()):
            return
        values = self.form.values()
        self.make_button.setEnabled(False)
        self.desk.worker.change(lambda session: _make(session, chosen, values), self._made, self._refused)

    # What the draft keeper asks

    def typed(self) -> dict[str, Any]:
        """The ticks and the answers."""
        return {"ticked": self.chosen(), "form": self.form.typed()}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave, for those who are on the sheet still."""
        ticked = set(typed.get("ticked", ()))
        for place in range(self.ticks.count()):
            item = self.ticks.item(place)
            if item.data(ID) in ticked and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                item.setCheckState(Qt.CheckState.Checked)
        self.form.restore(typed.get("form", {}))

    # Inside

    def _lay_out(self) -> None:
        fields = {field.name: field for field in fields_of(Trainer)}
        self.form.add_fields(fields.values(), *ASKED)
        self.body.addWidget(self.trained_by)
        self.body.addWidget(self.ticks)
        self.body.addLayout(row(self.all_button, None))
        self.body.addWidget(self.form)
        self.body.addLayout(row(self.make_button, None))
        self.ticks.setFixedHeight((self.ticks.fontMetrics().height() + 6) * LINES)

    def _begin(self, look: EventLook, level: str) -> None:
        self.event_id = look.event.id
        if self.keeper is not None:
            self.keeper.deleteLater()
        self.form.clear()
        self.form.set_values({"level": level})
        self.keeper = self.desk.drafts.keep("new_trainers", self, record_id=self.event_id, parent=self)
        self.keeper.offer(self.restore)

    def _fill(self, look: EventLook, ticked: set[str]) -> None:
        self._filling = True
        self.ticks.clear()
        for one in look.candidates:
            present = sum(mark in PRESENT for mark in one.days)
            there = ngettext("{n} day present", "{n} days present", present).format(n=present)
            known = _("teaches here") if one.is_lead else _("is a trainer already")
            item = QListWidgetItem(f"{one.name or ''}  ·  {there if one.trainer_id is None else known}")
            item.setData(ID, one.participation_id)
            item.setData(ID + 1, present > 0 or not one.days.strip("-"))
            if one.trainer_id is None:
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                on = one.participation_id in ticked
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            else:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setForeground(self.palette().placeholderText())
            self.ticks.addItem(item)
        free = (place for place, one in enumerate(look.candidates) if one.trainer_id is None)
        self.ticks.setCurrentRow(next(free, 0))
        self._filling = False

    def _touched(self) -> None:
        if not self._filling and self.keeper is not None:
            self.keeper.touch()
        self._count()

    def _count(self) -> None:
        count = len(self.chosen())
        words = ngettext("Register {n} trainer", "Register {n} trainers", count).format(n=count)
        self.make_button.setText(words)
        self.make_button.setAccessibleName(words)
        self.make_button.setEnabled(count > 0)

    def _made(self, made: list[Any]) -> None:
        if self.keeper is not None:
            self.keeper.saved()
        words = ngettext("{n} trainer was registered.", "{n} trainers were registered.", len(made))
        self.desk.messages.done(words.format(n=len(made)))
        self.ticks.setFocus()

    def _refused(self, error: Exception) -> None:
        self._count()
        for problem in getattr(error, "problems", ()):
            _rows, _dot, rest = problem.field.partition(".")
            place, _dot, field = rest.partition(".")
            if field in self.form.rows:
                self.form.show_problems([type(problem)(field, problem.code, problem.severity)])
                return
            name = self._name_of(int(place)) if place.isdecimal() else ""
            self.desk.messages.tell(_("{name}: {problem}").format(name=name, problem=problem.words()), "warning")
            return
        self.desk.messages.show_error(error)

    def _name_of(self, number: int) -> str:
        chosen = self.chosen()
        if number >= len(chosen):
            return ""
        items = (self.ticks.item(place) for place in range(self.ticks.count()))
        return next((item.text().split("  ·  ")[0] for item in items if item.data(ID) == chosen[number]), "")


def _make(session: Any, chosen: list[str], values: dict[str, Any]) -> list[str]:
    from resource_centre.services.event_trainers import make_trainers

    return [one.id for one in make_trainers(session, chosen, values)]
