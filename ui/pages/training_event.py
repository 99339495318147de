# SPDX-License-Identifier: Apache-2.0
"""The first part of an event: its particulars, its sheet typed by keyboard, what it has taught; saved as one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from resource_centre.values.partial_date import age_on
from ui.kit.desk import Desk
from ui.kit.drafts import DraftKeeper
from ui.kit.fitting_area import FittingArea
from ui.kit.merging import Merging
from ui.kit.pieces import GAP, button, label
from ui.pages.suggesting import Suggestion
from ui.pages.training_form import TrainingForm
from ui.pages.training_grid import Sheet, row_of
from ui.pages.training_grid_view import SheetView
from ui.pages.training_rows import SheetRow
from ui.pages.training_store import known_people, names_alike, read_sheet, save_sheet
from ui.pages.wording import age_or_standing, decimal, home_of, term, village_words

if TYPE_CHECKING:
    from resource_centre.services.gain import MatchedGain
    from resource_centre.services.training import EventSheet

LEAST_SHEET = 90
LOOK_UP_MS = 400


class TrainingEventView(QWidget):
    """Form above, sheet below."""

    begun = Signal(object)
    """The event whose sheet is shown now (a `TrainingEvent`), None for one that is not saved yet."""
    looked = Signal()
    """What is typed about the event may read differently now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.event_id: str | None = None
        self.merging: Merging | None = None
        self.removed: list[str] = []
        self.draft: DraftKeeper | None = None
        self.form = TrainingForm(desk.places)
        self.band = FittingArea(self.form)
        self.sheet = Sheet(desk.places, desk.theme)
        self.grid = SheetView(self.sheet, desk.places, self._find_people)
        self.fold = button("", self._turn_fold, role="link")
        self.count = button(_("Count without names"), self.form.count, role="link")
        self.taught = label("", wrap=True)
        self.present = button(_("All present"), self._all_present, help=_("Marks every empty day with H."))
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        self.actions_at_top = (self.present, self.save_button)
        self._asked: set[str] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(LOOK_UP_MS)
        self._lay_out_all()
        self._listen()

    def begin(self) -> None:
        """A new event."""
        if self.event_id is None and self.draft is not None:
            self.begun.emit(None)
            self._fold(folded=False)
            self._look()
            return
        self._start_with(None)
        self.form.begin()
        self.sheet.show([], 1, None)
        self.begun.emit(None)
        self._fold(folded=False)
        self._look()
        assert self.draft is not None
        self.draft.offer(self._take_up)
        self.first_field().setFocus(Qt.FocusReason.TabFocusReason)

    def open(self, event_id: str) -> None:
        """An event that is written down."""
        self._start_with(event_id)
        self.desk.worker.read(lambda session: read_sheet(session, event_id), self._show, replaces="training-sheet")

    def leave(self) -> None:
        """Keep what is typed."""
        self.grid.finish_typing()
        if self.draft is not None:
            self.draft.write_now()

    def first_field(self) -> QWidget:
        """The first question, or the sheet when the questions are folded away."""
        return self.grid if self.form.folded else self.form.editor("starts_on")

    # What the draft keeper asks

    def typed(self) -> dict[str, Any]:
        """The form, the sheet, and the lines that were taken off."""
        return {"event": self.form.typed(), "sheet": self.sheet.typed(), "removed": self.removed}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave."""
        self.form.restore(typed.get("event", {}))
        self.sheet.set_days(self.form.days())
        self.sheet.restore(typed.get("sheet", {}))
        self.removed = list(typed.get("removed", []))
        self._pause.start()
        self._look()

    def save(self) -> None:
        """Save event and sheet as one act, or go to what stands in the way."""
        if not self.save_button.isEnabled():
            return
        self.grid.finish_typing()
        not_understood = self.form.not_understood()
        if not_understood:
            self._fold(folded=False)
            self.form.show_problems(not_understood)
            return
        wrong = self.sheet.first_problem()
        if wrong is not None:
            line, place, problem = wrong
            self._lead_to(line, place, problem.words())
            return
        self._write()

    # Inside

    def _lay_out_all(self) -> None:
        keys = _(
            "H present, T late, I excused, A absent. Enter goes on, Ctrl+V pastes from a spreadsheet, "
            "Ctrl+Delete takes a line off."
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.band)
        self.grid.setMinimumHeight(LEAST_SHEET)
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.taught)
        inside.addWidget(label(keys, "help", wrap=True))

    def _listen(self) -> None:
        self.form.edited.connect(self._form_edited)
        self.form.settled.connect(lambda _name: self._follow_form())
        self.form.shape_changed.connect(self._follow_shape)
        self.sheet.edited.connect(self._sheet_edited)
        self._pause.timeout.connect(self._look_up)
        self.grid.left.connect(self.save_button.setFocus)
        self.grid.removed.connect(self._removed)
        self.grid.pasted.connect(self._pasted)
        self._key("Ctrl+S", self.save)

    def _start_with(self, event_id: str | None) -> None:
        if self.draft is not None:
            self.draft.write_now()
            self.draft.deleteLater()
        self.event_id, self.merging, self.removed = event_id, None, []
        self._asked.clear()
        self.sheet.alike.clear()
        self.save_button.setEnabled(True)
        self.draft = self.desk.drafts.keep("training", self, record_id=event_id, parent=self)

    def _show(self, sheet: EventSheet) -> None:
        if sheet.event.id != self.event_id:
            return
        self.form.set_values(sheet.event)
        self.merging = Merging(self.desk, self.form, sheet.event)
        self.sheet.show([row_of(one) for one in sheet.rows], sheet.days, sheet.event.village_code)
        self._fold(folded=True)
        self._pause.start()
        self._look()
        self.grid.start()
        self.begun.emit(sheet.event)
        if self.draft is not None:
            self.draft.offer(self._take_up)

    def _form_edited(self, _name: str) -> None:
        if self.draft is not None:
            self.draft.touch()
        self._follow_form()

    def _follow_form(self) -> None:
        if self.form.days() != self.sheet.days:
            self.sheet.set_days(self.form.days())
        village = self.form.editor("village_code").value()
        if village != self.sheet.village:
            self.sheet.set_village(village)
        self._look()

    def _look_up(self) -> None:
        """Ask whether registered people have the names on the sheet, each name once."""
        names = self.sheet.names_to_look_up() - self._asked
        if names:
            self._asked |= names
            self.desk.worker.read(lambda session: names_alike(session, names), self._show_alike, quiet=True)

    def _show_alike(self, names: set[str]) -> None:
        self.sheet.show_alike(names)
        self._look()

    def _sheet_edited(self) -> None:
        self._pause.start()
        if self.draft is not None:
            self.draft.touch()
        self._look()

    def _look(self) -> None:
        self.looked.emit()
        rows = self.sheet.written()
        parts = (
            self._people_words(rows)
            if rows
            else []
            if self.form.counted()
            else [_("Nobody is on the sheet yet. Type the first name.")]
        )
        if self.form.counted():
            counted = self.form.counted()
            parts.append(ngettext("{n} counted without a name", "{n} counted without names", counted).format(n=counted))
        self.taught.setText("  ·  ".join(part for part in parts if part))

    def _people_words(self, rows: Sequence[SheetRow]) -> list[str]:
        women = sum(one.sex == "P" for one in rows)
        men = sum(one.sex == "L" for one in rows)
        parts = [
            ngettext("{n} participant", "{n} participants", len(rows)).format(n=len(rows)),
            _("{women} women, {men} men").format(women=women, men=men),
            gain_words(self.sheet.gain()),
        ]
        alike = sum(self.sheet.may_be_known(one) for one in rows)
        if alike:
            words = ngettext(
                "{n} name is that of somebody registered", "{n} names are those of registered people", alike
            )
            parts.append(words.format(n=alike))
        return parts

    def _turn_fold(self) -> None:
        self._fold(folded=not self.form.folded)

    def _fold(self, *, folded: bool) -> None:
        self.form.fold(folded=folded)

    def _follow_shape(self) -> None:
        """Sections of the form came or went."""
        self.band.setVisible(self.form.in_sight())
        self.count.setVisible(self.isVisible() and not self.form.counts_shown())
        self.fold.setText(_("Show the particulars") if self.form.folded else _("Hide the particulars"))

    def _all_present(self) -> None:
        self.sheet.all_present()

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

    def _take_up(self, body: dict[str, Any]) -> None:
        self.restore(body)
        words = _("This sheet was not saved yet. Go on with it, or let it go.")
        self.desk.messages.tell(words, "info", (_("Let it go"), self._let_go))

    def _let_go(self) -> None:
        event_id = self.event_id
        if self.draft is not None:
            self.draft.discard()
        if event_id is not None:
            self.open(event_id)
        else:
            self.form.begin()
            self.sheet.show([], 1, None)
            self._look()

    def _write(self) -> None:
        event = self.form.values()
        lines = [one.values(self.sheet.days) for one in self.sheet.written()]
        participants = [line | {"position": place + 1} for place, line in enumerate(lines)]
        event_id, version, removed = self.event_id, self.form.version, list(self.removed)
        self.save_button.setEnabled(False)
        self.desk.worker.change(
            lambda session: save_sheet(session, event_id, version, event, participants, removed),
            self._saved,
            self._refused,
        )

    def _saved(self, event_id: str) -> None:
        self.save_button.setEnabled(True)
        if self.draft is not None:
            self.draft.saved()
        count = len(self.sheet.written())
        words = ngettext("Saved with {n} participant.", "Saved with {n} participants.", count)
        self.open(event_id)
        self.desk.messages.done(words.format(n=count))

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if self.merging is not None and self.merging.takes(error):
            self.merging.settle(self.save, lambda: self.desk.messages.show_error(error))
            return
        problems = getattr(error, "problems", ())
        for problem in problems:
            part, _dot, rest = problem.field.partition(".")
            if part == "rows":
                line, _dot, column = rest.partition(".")
                self._lead_to_written(int(line), column, problem.words())
                return
        if problems:
            self._fold(folded=False)
        if not self.form.show_problems(problems):
            self.desk.messages.show_error(error)

    def _lead_to_written(self, number: int, column: str, words: str) -> None:
        line = [place for place, one in enumerate(self.sheet.rows) if not one.is_empty()][number]
        place = self.sheet.columns.index(column) if column in self.sheet.columns else 0
        self._lead_to(line, place, words)

    def _lead_to(self, line: int, place: int, words: str) -> None:
        self.grid.setFocus()
        self.grid.go_to(line, place)
        self.desk.messages.tell(_("Line {n}: {problem}").format(n=line + 1, problem=words), "warning")

    def _find_people(self, text: str, found: Callable[[Sequence[Suggestion]], None]) -> None:
        self.desk.worker.read(
            lambda session: known_people(session, text),
            lambda people: found([self._suggestion(*one) for one in people]),
            replaces="training-names",
            quiet=True,
            owner=self,
        )

    def _suggestion(self, person: Any, client_type: str | None) -> Suggestion:
        on = self.form.editor("starts_on").value() or today()
        age = age_on(person.birth_date, on)
        village = village_words(self.desk.places, person.village_code, home_of(self.desk))
        said = age_or_standing(person.birth_date, person.standing, on)
        facts = (person.number or "", term("sex", person.sex), said, village)
        value = {
            "name": person.name,
            "person_id": person.id,
            "sex": person.sex,
            "age": "" if age is None else str(age),
            "village_code": person.village_code,
            "client_type": client_type,
        }
        return Suggestion(person.name, " · ".join(fact for fact in facts if fact), value)

    def _key(self, keys: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)


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
