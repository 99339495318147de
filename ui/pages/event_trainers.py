# SPDX-License-Identifier: Apache-2.0
"""The part of an event that says who taught, and makes trainers of whom a training of trainers has taught."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors_codes import CodeEditor, choices_of
from ui.kit.pieces import WIDE_GAP, Card, button, column, empty, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.event_new_trainers import NewTrainers
from ui.pages.trainers_store import EventLook, read_event
from ui.pages.trainers_words import trainer_words
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.event_trainers import TaughtRow

NOUNS = ("Trainer", "EventTrainer", "TrainingEvent", "Participation")
LEAD, CO_TRAINER = "utama", "pendamping"
LINES = 5


class EventTrainersPart(QWidget):
    """Who taught, each change saved at once; below it, for a training of trainers, who becomes one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.event_id = ""
        self.look: EventLook | None = None
        self.taught = RowsView(Rows(desk.worker, _columns()), _("Who taught"), nothing=_("One moment…"))
        self.name_place = QHBoxLayout()
        self.name: CodeEditor | None = None
        self.part = CodeEditor(choices_of("trainer_part"))
        self.add_button = button(_("Add a trainer"), self.add)
        self.named = QVBoxLayout()
        self.off_button = button(_("Take off"), self.take_off, help=_("Delete"))
        self.open_button = button(_("To the trainer"), self._to_trainer, help=_("Enter"))
        self.part_buttons = {
            code: button(words, partial(self.give_part, code)) for code, words in choices_of("trainer_part")
        }
        self.new_trainers = NewTrainers(desk)
        self.beside = label("", "help", wrap=True)
        self._lay_out()
        self._listen()

    def open(self, event_id: str) -> None:
        """Show an event."""
        if event_id != self.event_id:
            self.look = None
            self.new_trainers.leave()
        self.event_id = event_id
        self.refresh()

    def leave(self) -> None:
        """Keep what is ticked and typed."""
        self.new_trainers.leave()

    def first_field(self) -> QWidget | None:
        """The list, or the name to add when nobody is on it."""
        if self.look is not None and self.look.taught:
            return self.taught
        return self.name.main if self.name is not None else self.taught

    def refresh(self) -> None:
        """Read it again."""
        event_id = self.event_id
        if event_id:
            self.desk.worker.read(lambda session: read_event(session, event_id), self._show, replaces="event-trainers")

    def add(self) -> None:
        """Put the trainer who is named onto the list."""
        if self.name is None or self.name.value() is None:
            (self.name.main if self.name is not None else self.taught).setFocus()
            return
        self._link(self.name.value(), self.part.value() or self._next_part())

    def give_part(self, part: str) -> None:
        """The trainer the keyboard is on has another part now; a new lead takes over from the one there was."""
        chosen = self.taught.current_id()
        if chosen is None:
            return
        lines = [
            (one.trainer_id, CO_TRAINER if LEAD == part == one.part else one.part or part) for one in self._lines()
        ]
        self._save([(trainer_id, part if trainer_id == chosen else own) for trainer_id, own in lines])

    def take_off(self) -> None:
        """The trainer the keyboard is on did not teach."""
        chosen = self.taught.current_id()
        if chosen is not None:
            self._save([(one.trainer_id, one.part or LEAD) for one in self._lines() if one.trainer_id != chosen])

    # Inside

    def _lay_out(self) -> None:
        card = Card(_("Who taught"))
        card.body.addLayout(self.named)
        card.body.addWidget(self.taught)
        card.body.addLayout(
            row(
                label(_("Part:"), "muted"),
                *self.part_buttons.values(),
                WIDE_GAP,
                self.open_button,
                self.off_button,
                None,
            )
        )
        name = column(label(_("Trainer"), "caption"), self.name_place, gap=2)
        part = column(label(_("Part"), "caption"), self.part, gap=2)
        line = row(name, part, column(label("", "caption"), self.add_button, gap=2), gap=WIDE_GAP)
        line.setStretch(0, 5)
        line.setStretch(1, 3)
        card.body.addLayout(line)
        card.body.addWidget(self.beside)
        self.part.introduce(_("Part"), "")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(WIDE_GAP)
        inside.addWidget(card)
        inside.addWidget(self.new_trainers)
        inside.addStretch(1)
        self.new_trainers.hide()

    def _listen(self) -> None:
        self.taught.chosen.connect(lambda trainer_id: self.desk.go("trainers", trainer_id))
        self.taught.picked.connect(lambda _id: self._enable())
        self.desk.worker.changed.connect(self._changed)
        delete = QShortcut(QKeySequence("Delete"), self.taught)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.take_off)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not changed.keys().isdisjoint(NOUNS):
            self.refresh()

    def _lines(self) -> tuple[TaughtRow, ...]:
        return self.look.taught if self.look is not None else ()

    def _next_part(self) -> str:
        return CO_TRAINER if any(one.part == LEAD for one in self._lines()) else LEAD

    def _show(self, look: EventLook) -> None:
        if look.event.id != self.event_id:
            return
        self.look = look
        rows = self.taught.model()
        assert isinstance(rows, Rows)
        rows.show_rows([_Line(one.trainer_id, one) for one in look.taught])
        self.taught.setFixedHeight(_height(self.taught))
        self.taught.say_when_empty(_("Nobody yet: add who taught below."))
        if look.taught and not self.taught.currentIndex().isValid():
            self.taught.selectRow(0)
        self._offer_names(look)
        self._offer_named(look)
        words = ", ".join(part for part in (look.event.trainer, look.event.co_trainers) if part)
        self.beside.setText(_("Written on the event: {names}").format(names=words) if words else "")
        self.beside.setVisible(bool(words))
        self.new_trainers.setVisible(look.makes_trainers)
        if look.makes_trainers:
            self.new_trainers.show_event(look)
        self._enable()

    def _offer_names(self, look: EventLook) -> None:
        taught = {one.trainer_id for one in look.taught}
        typed = self.name.typed() if self.name is not None else None
        had_keyboard = self.name is not None and self.name.isAncestorOf(self.focusWidget())
        empty(self.name_place)
        free = [one for one in look.trainers if one.id not in taught]
        self.name = CodeEditor([(one.id, trainer_words(one)) for one in free])
        self.name.introduce(_("Trainer"), "")
        self.name_place.addWidget(self.name)
        QWidget.setTabOrder(self.open_button, self.off_button)
        QWidget.setTabOrder(self.off_button, self.name.main)
        QWidget.setTabOrder(self.name.main, self.part.main)
        # The editor round the line stands behind the button: with a proxy, Tab would go from there back into the line.
        self.name.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none, its stubs do not say so
        if typed:
            self.name.set_typed(typed)
        if had_keyboard:
            self.name.main.setFocus()

    def _offer_named(self, look: EventLook) -> None:
        empty(self.named)
        for one in look.named:
            words = _("The event names {name}, who is a registered trainer.").format(name=one.name or "")
            link = button(
                _("Link them"),
                partial(self._link, one.trainer_id, one.part or LEAD),
                role="link",
                name=_("Link {name}").format(name=one.name or ""),
            )
            self.named.addLayout(row(label(words), link, None))

    def _link(self, trainer_id: str, part: str) -> None:
        lines = [(one.trainer_id, one.part or LEAD) for one in self._lines()]
        self._save([*lines, (trainer_id, part)])

    def _save(self, lines: list[tuple[str, str]]) -> None:
        event_id = self.event_id
        self.desk.worker.change(lambda session: _set(session, event_id, lines), self._saved, self._refused)

    def _saved(self, _lines: Any) -> None:
        if self.name is not None:
            self.name.set_value(None)
        self.part.set_value(None)
        self.refresh()

    def _refused(self, error: Exception) -> None:
        problems = getattr(error, "problems", ())
        if problems:
            self.desk.messages.tell(problems[0].words(), "warning")
        else:
            self.desk.messages.show_error(error)

    def _enable(self) -> None:
        chosen = self.taught.current_id() is not None
        for one in (self.off_button, self.open_button, *self.part_buttons.values()):
            one.setEnabled(chosen)

    def _to_trainer(self) -> None:
        chosen = self.taught.current_id()
        if chosen is not None:
            self.desk.go("trainers", chosen)


class _Line:
    """A trainer of the event as a row of the list."""

    def __init__(self, trainer_id: str, about: TaughtRow) -> None:
        self.id = trainer_id
        self.about = about


def _height(table: RowsView) -> int:
    """As high as its lines, at least two and at most a few."""
    lines = max(2, min(LINES, table.model().rowCount()))
    return table.verticalHeader().defaultSectionSize() * lines + table.horizontalHeader().sizeHint().height() + 6


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Name"), lambda line: line.about.name or ""),
        Column(_("Level"), lambda line: term("trainer_level", line.about.level), width=26),
        Column(_("Part"), lambda line: term("trainer_part", line.about.part), width=26),
        Column(_("Number"), lambda line: line.about.number or "", width=20),
    )


def _set(session: Any, event_id: str, lines: list[tuple[str, str]]) -> list[str]:
    from resource_centre.services.event_trainers import set_trainers

    return set_trainers(session, event_id, lines)
