# SPDX-License-Identifier: Apache-2.0
"""Which modules of which curriculum an event teaches: said in its form, chosen in a small window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors_codes import ComboBox
from ui.kit.pieces import GAP, WIDE_GAP, button, label, row
from ui.pages.curricula_words import modules_words, time_words

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from resource_centre.services.curricula import CurriculumRow
    from resource_centre.services.curriculum_default import Module
    from ui.kit.form import Form

WIDTH, HEIGHT = 620, 540
ROW = 32
ONLY_WHEN_EMPTY = ("hours", "topic")
"""What somebody has said already is not said again by the curriculum."""


@dataclass(frozen=True)
class Offered:
    """A version that an event can be held by."""

    row: CurriculumRow
    modules: tuple[Module, ...]

    def words(self) -> str:
        """Its name and version."""
        return f"{self.row.name} · " + _("Version {edition}").format(edition=self.row.edition)


class HeldBy(QWidget):
    """The curriculum and the modules of an event, in words; the button asks for others."""

    wanted = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.curriculum_id: str | None = None
        self.module_ids: list[str] = []
        self._opened: tuple[str | None, list[str]] = (None, [])
        self.said = label("", "muted", wrap=True)
        self.choose = button(_("Choose from a curriculum…"), self.wanted.emit, role="link")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.choose)
        inside.addWidget(self.said, 1)

    def show_event(self, event: Any) -> None:
        """Show those of an event, or of its values; values that say nothing of them leave them."""
        if isinstance(event, Mapping) and "module_ids" not in event:
            return
        known = event if isinstance(event, Mapping) else vars_of(event)
        self.curriculum_id, self.module_ids = known.get("curriculum_id"), list(known.get("module_ids") or [])
        self._opened = (self.curriculum_id, self.module_ids)
        self.changed.emit()

    def clear(self) -> None:
        """Held by none."""
        self.show_event({"curriculum_id": None, "module_ids": None})

    def set_chosen(self, curriculum_id: str | None, module_ids: Sequence[str]) -> None:
        """Somebody chose."""
        self.curriculum_id, self.module_ids = curriculum_id, list(module_ids)
        self.changed.emit()

    def values(self, *, new: bool) -> dict[str, Any]:
        """What is to be saved: nothing when it is as it was, unless the event is new."""
        if not new and self._opened == (self.curriculum_id, self.module_ids):
            return {}
        return {"curriculum_id": self.curriculum_id, "module_ids": self.module_ids or None}

    def typed(self) -> list[Any]:
        """As plain JSON; nothing when it is as it was."""
        same = self._opened == (self.curriculum_id, self.module_ids)
        return [] if same else [self.curriculum_id, self.module_ids]

    def restore(self, typed: Any) -> None:
        """Put back what `typed` gave."""
        if isinstance(typed, list) and len(typed) == 2:
            self.set_chosen(typed[0], list(typed[1] or []))


class ModulesDialog(QDialog):
    """A curriculum above, its modules to be ticked, and what they come to."""

    chosen = Signal(object, object)
    """The `Offered` and the modules ticked, in the order of the curriculum."""

    def __init__(self, parent: QWidget, offered: Sequence[Offered], held_by: HeldBy) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Modules of the event"))
        self.offered = tuple(offered)
        self.curricula = ComboBox()
        self.curricula.setAccessibleName(_("Curriculum"))
        self.modules = QListWidget()
        self.modules.setAccessibleName(_("Modules"))
        self.together = label("", "muted")
        self.take_button = button(_("Take &over"), self._take, role="main", help="Ctrl+S")
        self.none_button = button(_("None of them"), self._take_none, role="link")
        self.take_button.setDefault(True)
        for one in self.offered:
            self.curricula.addItem(one.words())
        self._lay_out()
        self.curricula.currentIndexChanged.connect(lambda _place: self._show(()))
        self.modules.itemChanged.connect(lambda _item: self._sum())
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._take)
        place = next((n for n, one in enumerate(self.offered) if one.row.id == held_by.curriculum_id), 0)
        self.curricula.setCurrentIndex(place)
        self._show(held_by.module_ids)
        self.modules.setFocus()
        self.resize(WIDTH, HEIGHT)

    def ticked(self) -> list[Module]:
        """The modules that are ticked."""
        current = self._current()
        if current is None:
            return []
        return [
            one
            for place, one in enumerate(current.modules)
            if self.modules.item(place).checkState() == Qt.CheckState.Checked
        ]

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(WIDE_GAP)
        inside.addWidget(self.curricula)
        inside.addWidget(self.modules, 1)
        inside.addLayout(row(self.together, None, label(_("Space ticks a module."), "help")))
        inside.addLayout(row(self.none_button, None, button(_("Cancel"), self.reject, help="Esc"), self.take_button))

    def _current(self) -> Offered | None:
        place = self.curricula.currentIndex()
        return self.offered[place] if 0 <= place < len(self.offered) else None

    def _show(self, ticked: Sequence[str]) -> None:
        self.modules.blockSignals(True)
        self.modules.clear()
        current = self._current()
        for one in current.modules if current else ():
            words = " · ".join(part for part in (one.title, time_words(one.minutes)) if part)
            item = QListWidgetItem(words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.id in ticked else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, ROW))
            self.modules.addItem(item)
        self.modules.setCurrentRow(0)
        self.modules.blockSignals(False)
        self._sum()

    def _sum(self) -> None:
        ticked = self.ticked()
        minutes = sum(one.minutes or 0 for one in ticked)
        self.together.setText(modules_words(len(ticked), minutes) if ticked else _("No module is ticked."))
        self.take_button.setEnabled(bool(ticked))

    def _take(self) -> None:
        ticked = self.ticked()
        if ticked:
            self.accept()
            self.chosen.emit(self._current(), ticked)

    def _take_none(self) -> None:
        self.accept()
        self.chosen.emit(None, [])


class ModulesOfEvent:
    """Brings a form's `HeldBy` to life: reads what it is called, and fills the form with what was chosen."""

    def __init__(self, desk: Desk, form: Form, held_by: HeldBy) -> None:
        self._desk, self._form, self.held_by = desk, form, held_by
        self.dialog: ModulesDialog | None = None
        held_by.wanted.connect(self.ask)
        held_by.changed.connect(self.say)
        self.say()

    def ask(self) -> None:
        """Open the small window."""
        on = self._form.editor("starts_on").value() or today()
        kept = self.held_by.curriculum_id
        self._desk.worker.read(lambda session: read_offered(session, on, kept), self._open, owner=self.held_by)

    def say(self) -> None:
        """Say what the event is held by."""
        held = self.held_by
        held.said.setText("")
        curriculum_id, module_ids = held.curriculum_id, tuple(held.module_ids)
        if curriculum_id is not None:
            self._desk.worker.read(
                lambda session: read_words(session, curriculum_id, module_ids),
                held.said.setText,
                replaces="modules-of-event",
                quiet=True,
                owner=held,
            )

    def _open(self, offered: list[Offered]) -> None:
        self.dialog = ModulesDialog(self._form.window(), offered, self.held_by)
        self.dialog.chosen.connect(self._take)
        self.dialog.open()

    def _take(self, offered: Offered | None, modules: list[Module]) -> None:
        from resource_centre.services.curriculum_modules import event_values

        if offered is None:
            self.held_by.set_chosen(None, [])
            self._form.edited.emit("module")
            return
        values = event_values(offered.row.id, offered.row.name, modules)
        self.held_by.set_chosen(values.pop("curriculum_id"), values.pop("module_ids"))
        kept = {name for name in ONLY_WHEN_EMPTY if not self._form.editor(name).is_empty()}
        self._form.set_values({name: value for name, value in values.items() if name not in kept})
        self._form.edited.emit("module")


def vars_of(event: Any) -> dict[str, Any]:
    """What a record of an event says of its curriculum."""
    return {name: getattr(event, name, None) for name in ("curriculum_id", "module_ids")}


def read_offered(session: Session, on: dt.date, kept: str | None) -> list[Offered]:
    """The versions an event of a day can be held by, and the one it is held by already."""
    from resource_centre.services.curricula import curricula_list, modules_of, usable_curricula

    rows = usable_curricula(session, on)
    rows += [one for one in curricula_list(session) if one.id == kept and one.id not in {row.id for row in rows}]
    return [Offered(one, tuple(modules_of(session, one.id))) for one in rows]


def read_words(session: Session, curriculum_id: str, module_ids: Sequence[str]) -> str:
    """What an event is held by, in words."""
    from resource_centre.services.curricula import curricula_list, modules_of

    row = next((one for one in curricula_list(session) if one.id == curriculum_id), None)
    if row is None:
        return ""
    taught = [one for one in modules_of(session, curriculum_id) if one.id in module_ids]
    words = modules_words(len(taught), sum(one.minutes or 0 for one in taught))
    return " · ".join((Offered(row, ()).words(), words))
