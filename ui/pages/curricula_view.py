# SPDX-License-Identifier: Apache-2.0
"""One version of a curriculum: its modules in their order, the one the keyboard is on beside them, and what next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.pieces import GAP, WIDE_GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages import curricula_store as store
from ui.pages.curricula_forms import curriculum_form, module_form
from ui.pages.curricula_module import ModuleCard
from ui.pages.curricula_words import modules_words, short_phases
from ui.pages.form_place import FormPile
from ui.pages.papers import paper_button
from ui.pages.record_form import RecordForm
from ui.pages.wording import whole_number

if TYPE_CHECKING:
    from ui.pages.curricula_store import CurriculumLook

NOUNS = ("Curriculum", "CurriculumModule")


class CurriculumView(QWidget):
    """The modules at the left, one of them at the right; a form takes their place."""

    shown = Signal()
    made = Signal(str)
    """A draft was made from this version: its id."""
    gone = Signal()
    """The draft was let go."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.curriculum_id = ""
        self.look: CurriculumLook | None = None
        self._wanted = ""
        self.particulars_button = button(_("&Particulars…"), self.change_particulars)
        self.discard_button = button(_("Let go of the draft…"), self.discard, role="link")
        self.publish_button = button(_("P&ublish…"), self.publish, role="main")
        self.withdraw_button = button(_("&Withdraw"), partial(self._set_withdrawn, True))
        self.again_button = button(_("&Use it again"), partial(self._set_withdrawn, False))
        self.copy_button = button(
            _("Copy"), partial(self._copy, True), help=_("Makes another curriculum of its modules.")
        )
        self.version_button = button(_("New &version"), self.new_version, role="main")
        self.print_button = paper_button(desk, "curriculum", lambda: self.curriculum_id or None)
        self.draft_actions = (self.discard_button, self.particulars_button, self.publish_button)
        self.published_actions = (self.withdraw_button, self.again_button, self.copy_button, self.version_button)
        self.actions_at_top = (self.print_button, *self.draft_actions, *self.published_actions)
        self.rows = Rows(desk.worker, _columns())
        self.modules = RowsView(self.rows, _("Modules"), nothing=_("One moment…"))
        self.card = ModuleCard()
        self.together = label("", "muted")
        self.add_button = button(_("&Add a module"), self.add_module, help="F3")
        self.change_button = button(_("C&hange…"), self._change_current, help="Enter")
        self.up_button = button("↑", partial(self.move_module, -1), help="Alt+↑", name=_("Move up"))
        self.down_button = button("↓", partial(self.move_module, 1), help="Alt+↓", name=_("Move down"))
        self.remove_button = button(_("Take it out"), self.remove, help="Ctrl+Delete")
        self.editing = (self.add_button, self.change_button, self.up_button, self.down_button, self.remove_button)
        self.side = QWidget()
        self.pile = FormPile()
        self._lay_out()
        self._listen()

    def open(self, curriculum_id: str) -> None:
        """Show a version."""
        self.curriculum_id, self.look = curriculum_id, None
        self.pile.close_form()
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        curriculum_id = self.curriculum_id
        if curriculum_id:
            self.desk.worker.read(
                lambda session: store.read_curriculum(session, curriculum_id), self._show, replaces="curriculum"
            )

    def first_field(self) -> QWidget:
        """The modules."""
        return self.modules

    def add_module(self) -> None:
        """An empty form for a module."""
        look = self.look
        if look is not None and look.is_draft:
            self._open_form(lambda: module_form(self.desk, look, None, (self._saved, self._back)))

    def change_module(self, module_id: str) -> None:
        """The form of a module of a draft."""
        look = self.look
        if look is not None and module_id in look.records:
            self._open_form(lambda: module_form(self.desk, look, module_id, (self._saved, self._back)))

    def change_particulars(self) -> None:
        """The form of the draft itself."""
        look = self.look
        if look is not None and look.record is not None:
            record = look.record
            self._open_form(lambda: curriculum_form(self.desk, record, (self._saved, self._back)))

    def move_module(self, by: int) -> None:
        """Move the module the keyboard is on."""
        module_id = self.modules.current_id()
        if module_id is not None and self.look is not None and self.look.is_draft:
            self._wanted = module_id
            self.desk.worker.change(lambda session: store.move(session, module_id, by), self._changed_order)

    def remove(self) -> None:
        """Take the module the keyboard is on out of the draft."""
        module_id, look = self.modules.current_id(), self.look
        if module_id is None or look is None or not look.is_draft:
            return
        if ask(self, _("Take this module out of the draft?"), _("Take it out"), _("Keep it"), danger=True):
            reason = _("Taken out of the draft.")
            self.desk.worker.change(lambda session: store.remove(session, module_id, reason), self._changed_order)

    def publish(self) -> None:
        """Publish the draft, when somebody means it."""
        curriculum_id = self.curriculum_id
        question = _("Publish this version? From then on it stays as it is; a change is a new version.")
        if ask(self, question, _("Publish"), _("Not yet")):
            self.desk.worker.change(lambda session: store.publish(session, curriculum_id), self._published)

    def discard(self) -> None:
        """Let go of the draft, when somebody means it."""
        curriculum_id, reason = self.curriculum_id, _("The draft was let go.")
        question = _("Let go of this draft with all its modules? Published versions stay.")
        if ask(self, question, _("Let go"), _("Keep it"), danger=True):
            self.desk.worker.change(
                lambda session: store.discard(session, curriculum_id, reason),
                lambda _none: self.gone.emit(),
                owner=self,
            )

    def new_version(self) -> None:
        """A draft of the next version, or the one that is begun."""
        look = self.look
        if look is not None and look.draft_id is not None:
            self.made.emit(look.draft_id)
        elif look is not None:
            self._copy(look.row.shipped)

    # Inside

    def _lay_out(self) -> None:
        side = self.side
        list_side = QVBoxLayout()
        list_side.setSpacing(GAP)
        list_side.addWidget(self.modules, 1)
        list_side.addLayout(row(self.together, None, *self.editing))
        inside = QHBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(WIDE_GAP)
        inside.addLayout(list_side, 3)
        inside.addWidget(self.card, 2)
        self.pile.addWidget(side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pile)

    def _listen(self) -> None:
        self.modules.chosen.connect(self.change_module)
        self.modules.picked.connect(lambda _id: self._look_at_module())
        self.desk.worker.changed.connect(self._changed)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("F3", self.add_module),
            ("Alt+Up", partial(self.move_module, -1)),
            ("Alt+Down", partial(self.move_module, 1)),
            ("Ctrl+Delete", self.remove),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self.modules)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not changed.keys().isdisjoint(NOUNS):
            self.refresh()

    def _show(self, look: CurriculumLook) -> None:
        if look.row.id != self.curriculum_id:
            return
        self.look = look
        self.rows.show_rows(look.modules)
        wanted, self._wanted = self._wanted, ""
        place = self.rows.position_of(wanted) if wanted else -1
        if place >= 0 or (look.modules and not self.modules.currentIndex().isValid()):
            self.modules.selectRow(max(place, 0))
        self.modules.say_when_empty(_("No module yet. F3 adds the first one."))
        self.together.setText(modules_words(len(look.modules), look.row.minutes))
        self._look_at_module()
        for widget in self.editing:
            widget.setVisible(look.is_draft)
        self.say_actions()
        self.shown.emit()

    def say_actions(self) -> None:
        """Show the buttons that go with where the version stands."""
        look = self.look
        for widget in self.actions_at_top:
            widget.setVisible(look is not None and self.pile.form is None and widget in self._offered(look))
        if look is not None:
            own_words = _("Make our own from it") if look.row.shipped else _("New &version")
            self.version_button.setText(_("To the draft") if look.draft_id else own_words)

    def _offered(self, look: CurriculumLook) -> list[QWidget]:
        if look.is_draft:
            publishing = [self.publish_button] if look.may_publish else []
            return [self.print_button, self.discard_button, self.particulars_button, *publishing]
        turning = self.again_button if look.row.withdrawn_on is not None else self.withdraw_button
        offered: list[QWidget] = [turning] if look.may_publish and look.row.state != "replaced" else []
        copying = [] if look.row.shipped else [self.copy_button]
        return [self.print_button, *offered, *copying, self.version_button]

    def _look_at_module(self) -> None:
        look, module_id = self.look, self.modules.current_id()
        module = next((one for one in look.modules if one.id == module_id), None) if look else None
        self.card.show_module(module, look.test_title(module.test) if look and module else "")

    def _change_current(self) -> None:
        module_id = self.modules.current_id()
        if module_id is not None:
            self.change_module(module_id)

    def _copy(self, as_new: bool) -> None:
        curriculum_id = self.curriculum_id
        self.desk.worker.change(
            lambda session: store.copy(session, curriculum_id, as_new=as_new),
            lambda made: self.made.emit(str(made)),
            owner=self,
        )

    def _set_withdrawn(self, withdrawn: bool) -> None:
        curriculum_id = self.curriculum_id
        self.desk.worker.change(lambda session: store.set_withdrawn(session, curriculum_id, withdrawn), self._done)

    def _published(self, _id: object) -> None:
        self.desk.messages.done(_("Published. Events can be held by it."))
        self.refresh()
        self.modules.setFocus()

    def _done(self, _id: object) -> None:
        self.desk.messages.done(_("Saved."))
        self.refresh()
        self.modules.setFocus()

    def _changed_order(self, _none: object) -> None:
        self.refresh()
        self.modules.setFocus()

    def _saved(self, record_id: Any) -> None:
        self._wanted = str(record_id)
        self._back()
        self.refresh()
        self.desk.messages.done(_("Saved."))

    def _open_form(self, make: Callable[[], RecordForm]) -> None:
        self.pile.open_form(make)
        self.say_actions()

    def _back(self) -> None:
        self.pile.close_form()
        self.say_actions()
        self.modules.setFocus()


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Module"), lambda module: module.title or ""),
        Column(_("When"), lambda module: short_phases(module.phases), width=28),
        Column(
            _("Minutes"), lambda module: whole_number(module.minutes) if module.minutes else "", width=8, right=True
        ),
    )
