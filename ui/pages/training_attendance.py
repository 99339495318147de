# SPDX-License-Identifier: Apache-2.0
"""The attendance of an event: the sheet, what it says so far, and everything that is done with its lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from resource_centre.problems import Problem
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, button, label, row
from ui.pages.suggesting import Suggestion
from ui.pages.training_cells import lone_words
from ui.pages.training_columns import DIALOGUE, NAME
from ui.pages.training_grid import Sheet
from ui.pages.training_grid_view import SheetView
from ui.pages.training_menu import SheetMenu
from ui.pages.training_rows import SheetRow, row_of
from ui.pages.training_store import known_institutions, names_alike, people_for_name
from ui.pages.training_who import earlier_suggestion, known_suggestion
from ui.pages.wording import decimal

if TYPE_CHECKING:
    from resource_centre.services.gain import MatchedGain
    from resource_centre.services.training import EventSheet

LEAST_SHEET = 90
LOOK_UP_MS = 400
SHORT = 220
"""Lower than this, in pixels, the sheet needs all the room there is."""
LEAST_WORDS = 120
COUNTED = ("counted_women", "counted_men", "counted_others")


class Attendance(QWidget):
    """The grid, a line of figures below it, and a menu."""

    edited = Signal()
    links_wanted = Signal()
    """Who of the sheet is registered? Asked of the saved sheet."""
    unlink_wanted = Signal(int)
    """The line that is not the person it is linked to."""
    register_wanted = Signal(int)
    """The line of whom is to be registered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.event_id: str | None = None
        self.removed: list[str] = []
        """Ids of stored lines that were taken off."""
        self.sheet = Sheet(desk.places, desk.theme)
        self.grid = SheetView(self.sheet, desk.places, self._find_people)
        self.taught = label("", wrap=True)
        self.keys = label("", "help", wrap=True)
        self._said = ""
        self.links = button("", self.links_wanted.emit, role="link", help="Ctrl+R")
        self.present = button(_("All present"), self._all_present, help=_("Marks every empty day with H. (Ctrl+H)"))
        self.menu = SheetMenu(self)
        self._asked: set[str] = set()
        self._seen: set[str] = set()
        self._counted: tuple[int, ...] = (0, 0, 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(LOOK_UP_MS)
        self._lay_out_all()
        self._listen()

    # What the event asks

    def begin(self, dates: Sequence[date] = (), group: str = "") -> None:
        """An empty sheet."""
        self._forget(None)
        self.sheet.show([], dates, None, group or self.sheet.group)
        self.look()

    def open(self, event_id: str) -> None:
        """The sheet of an event is asked for; the one that is shown is forgotten."""
        self._forget(event_id)

    def show_sheet(self, sheet: EventSheet, dates: Sequence[date], group: str) -> None:
        """Show a stored sheet."""
        self.sheet.show([row_of(one) for one in sheet.rows], dates, sheet.event.village_code, group)
        self._pause.start()
        self._ask_institutions()
        self.look()

    def follow(self, dates: Sequence[date], group: str, village: str | None, counted: tuple[int, ...]) -> None:
        """The particulars of the event read differently now."""
        self._counted = counted
        self.sheet.follow(dates, group)
        if village != self.sheet.village:
            self.sheet.set_village(village)
        self._ask_institutions()
        self.look()

    def typed(self) -> dict[str, Any]:
        """The sheet as it is, for the draft."""
        return self.sheet.typed()

    def restore(self, typed: dict[str, Any], removed: list[str]) -> None:
        """Put back what `typed` gave."""
        self.sheet.restore(typed)
        self.removed = removed
        self._pause.start()
        self.look()

    def lines(self) -> list[dict[str, Any]]:
        """What is stored of the sheet, in its order: the numbers of the paper sheet."""
        written = [one.values(self.sheet.meeting_days) for one in self.sheet.written()]
        return [line | {"position": place + 1} for place, line in enumerate(written)]

    def stands_in_the_way(self) -> bool:
        """Lead to what cannot be saved, or to what is to be seen before it is saved."""
        wrong = self.sheet.first_problem()
        if wrong is not None:
            line, place, problem = wrong
            self.lead_to(line, place, problem.words())
            return True
        return self._ask_about_twice()

    def lead_to(self, line: int, place: int, words: str) -> None:
        """Put the keyboard on a cell and say what is wrong with it."""
        self.grid.setFocus()
        self.grid.go_to(line, place)
        self.desk.messages.tell(_("Line {n}: {problem}").format(n=line + 1, problem=words), "warning")

    def lead_to_written(self, number: int, column: str, words: str) -> None:
        """Lead to a line by its number among those somebody is on, counted from nought."""
        line = [place for place, one in enumerate(self.sheet.rows) if not one.is_empty()][number]
        self.lead_to(line, self.sheet.columns.index(column) if column in self.sheet.columns else 0, words)

    def look(self) -> None:
        """Say what the sheet says so far."""
        rows = self.sheet.written()
        counted = counted_words(self._counted)
        parts = [*self._people_words(rows)] if rows else []
        if counted:
            parts += [counted]
            if rows:
                parts.append(_("{n} in all").format(n=len(rows) + sum(self._counted)))
        elif not rows:
            parts = [_("Nobody is on the sheet yet. Type the first name.")]
        self._said = "  ·  ".join(part for part in parts if part)
        alike = sum(self.sheet.may_be_known(one) for one in rows)
        self.links.setVisible(bool(alike) and self.isVisible())
        self.links.setText(_("Look at them…"))
        self._fit_words()

    # Inside

    def _people_words(self, rows: list[SheetRow]) -> list[str]:
        women = sum(one.sex == "P" for one in rows)
        men = sum(one.sex == "L" for one in rows)
        alike = sum(self.sheet.may_be_known(one) for one in rows)
        words = ngettext("{n} name is that of somebody registered", "{n} names are those of registered people", alike)
        return [
            ngettext("{n} participant", "{n} participants", len(rows)).format(n=len(rows)),
            _("{women} women, {men} men").format(women=women, men=men),
            gain_words(self.sheet.gain()),
            lone_words(rows),
            words.format(n=alike) if alike else "",
        ]

    def _lay_out_all(self) -> None:
        self.keys.setText(
            _(
                "H present, T late, I excused, A absent. Enter goes on past what is filled in, Tab to every cell. "
                "Ctrl+H marks all present, Ctrl+V pastes from a spreadsheet."
            )
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        self.grid.setMinimumHeight(LEAST_SHEET)
        inside.addWidget(self.grid, 1)
        below = row(self.taught, self.links, self.menu)
        below.setStretch(0, 1)
        inside.addLayout(below)
        inside.addWidget(self.keys)

    def _listen(self) -> None:
        self.sheet.edited.connect(self._edited)
        self._pause.timeout.connect(self._look_up)
        self.grid.removed.connect(self._removed)
        self.grid.pasted.connect(self._pasted)

    def _forget(self, event_id: str | None) -> None:
        self.event_id, self.removed = event_id, []
        self._asked.clear()
        self._seen.clear()
        self.sheet.alike.clear()
        self._counted = (0, 0, 0)

    def _edited(self) -> None:
        self._pause.start()
        self.edited.emit()
        self.look()

    def _ask_about_twice(self) -> bool:
        """Of two lines that may be one participant it is asked once; who saves again says that they are two."""
        rows = self.sheet.rows
        fresh = [line for line in self.sheet.twice() if rows[line].name_key() not in self._seen]
        fresh = [line for line in fresh if any(rows[one].participation_id is None for one in fresh)]
        if not fresh:
            return False
        self._seen |= {rows[line].name_key() for line in fresh}
        numbers = ", ".join(str(line + 1) for line in fresh)
        said = Problem(NAME, "listed_twice").words()
        words = _("Lines {lines}: {problem} Save again if they are; Ctrl+Delete takes a line off.")
        self.grid.setFocus()
        self.grid.go_to(fresh[-1], 0)
        self.desk.messages.tell(words.format(lines=numbers, problem=said), "warning")
        return True

    def _all_present(self) -> None:
        self.grid.finish_typing()
        self.sheet.all_present()

    def _look_up(self) -> None:
        """Ask whether registered people have the names on the sheet, each name once."""
        names = self.sheet.names_to_look_up() - self._asked
        if names:
            self._asked |= names
            self.desk.worker.read(lambda session: names_alike(session, names), self._show_alike, quiet=True, owner=self)

    def _show_alike(self, names: dict[str, set[str]]) -> None:
        self.sheet.show_alike(names)
        self.look()

    def _ask_institutions(self) -> None:
        if self.sheet.group == DIALOGUE and not self.grid.cells.organisations:
            self.desk.worker.read(known_institutions, self._show_institutions, quiet=True, owner=self)

    def _show_institutions(self, known: list[Any]) -> None:
        self.grid.cells.organisations = {one.name.casefold(): one for one in known}

    def _removed(self, line: int, gone: SheetRow) -> None:
        if gone.participation_id is not None:
            self.removed.append(gone.participation_id)
        words = _("A line was taken off the sheet.")
        self.desk.messages.tell(words, "info", (_("Put it back"), lambda: self._put_back(line, gone)))

    def _put_back(self, line: int, gone: SheetRow) -> None:
        if gone.participation_id in self.removed:
            self.removed.remove(gone.participation_id)
        self.sheet.insert(min(line, len(self.sheet.rows) - 1), gone)

    def _pasted(self, count: int) -> None:
        words = ngettext("{n} line was pasted.", "{n} lines were pasted.", count).format(n=count)
        unclear = sum(len(one.unread) for one in self.sheet.written())
        if unclear:
            more = ngettext("{n} cell was not understood.", "{n} cells were not understood.", unclear)
            words += " " + more.format(n=unclear)
        self.desk.messages.tell(words, "warning" if unclear else "info")

    def _find_people(self, text: str, found: Callable[[Sequence[Suggestion]], None]) -> None:
        on, event_id = self.sheet.dates[0] if self.sheet.dates else today(), self.event_id
        self.desk.worker.read(
            lambda session: people_for_name(session, text, on, event_id),
            lambda people: found(
                [
                    *(known_suggestion(self.desk, person, kind, on) for person, kind in people[0]),
                    *(earlier_suggestion(self.desk, person) for person in people[1]),
                ]
            ),
            replaces="training-names",
            quiet=True,
            owner=self,
        )

    def _fit_words(self) -> None:
        """In a low window the sheet has the room: the figures are one line, and the help is left out."""
        short = self.height() < SHORT
        beside = self.menu.sizeHint().width() + (self.links.sizeHint().width() if self.links.isVisible() else 0)
        room = max(LEAST_WORDS, self.width() - beside - 3 * GAP)
        line = self.taught.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room)
        self.taught.setText(line if short else self._said)
        self.taught.setToolTip(self._said if short else "")
        self.keys.setVisible(not short)

    def resizeEvent(self, event: Any) -> None:
        """Say what there is room for."""
        super().resizeEvent(event)
        self._fit_words()

    def showEvent(self, event: Any) -> None:
        """The figures again: what is offered beside them is shown only in sight."""
        super().showEvent(event)
        self.look()


def counted_words(counted: Sequence[int]) -> str:
    """ "Counted only: 12 women, 8 men"; empty when nobody was."""
    women, men, others = counted
    parts = (
        ngettext("{n} woman", "{n} women", women).format(n=women) if women else "",
        ngettext("{n} man", "{n} men", men).format(n=men) if men else "",
        ngettext("{n} more", "{n} more", others).format(n=others) if others else "",
    )
    said = ", ".join(part for part in parts if part)
    return _("Counted only: {who}").format(who=said) if said else ""


def gain_words(gain: MatchedGain) -> str:
    """ "13 matched pairs: 38.5 → 73.0, gain +34.5 points", empty when there are none."""
    if gain.mean_pre is None or gain.mean_post is None or gain.mean_gain is None:
        return ""
    sign = "+" if gain.mean_gain >= 0 else "−"
    words = ngettext(
        "{n} matched pair: {pre} → {post}, gain {gain} points",
        "{n} matched pairs: {pre} → {post}, gain {gain} points",
        gain.pairs,
    )
    return words.format(
        n=gain.pairs,
        pre=decimal(gain.mean_pre),
        post=decimal(gain.mean_post),
        gain=f"{sign}{decimal(abs(gain.mean_gain))}",
    )
