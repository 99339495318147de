# SPDX-License-Identifier: Apache-2.0
"""One meeting of a savings group: its day, its sheet typed by keyboard, the count of the box; saved as one act."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from resource_centre.problems import Problem
from resource_centre.records import GroupMeeting, fields_of
from resource_centre.services.group_books import fee_of
from ui.kit.desk import Desk
from ui.kit.drafts import DraftKeeper
from ui.kit.editors import MoneyEditor, TextEditor
from ui.kit.editors_dates import mean
from ui.kit.form_row import FormRow
from ui.kit.pieces import GAP, button, label, set_role
from ui.kit.places import Places
from ui.pages.column_form import ColumnForm
from ui.pages.savings_grid import MeetingSheet, SheetLine
from ui.pages.savings_grid_view import MeetingSheetView
from ui.pages.savings_store import MeetingLook, read_meeting, write_meeting
from ui.pages.savings_words import rupiah

if TYPE_CHECKING:
    from resource_centre.services.group_books import Books

OF_DAY = ("held_on", "signed_by", "other_income", "cost")
OF_BOX = ("cash_counted", "difference_why", "remarks")
LEAST_SHEET = 120


class MeetingForm(ColumnForm):
    """The questions beside the sheet: those about the day, or those about the box."""

    def __init__(self, places: Places, names: tuple[str, ...], shares: tuple[int, ...]) -> None:
        super().__init__(places, columns=1)
        fields = {field.name: field for field in fields_of(GroupMeeting)}
        own = {"other_income": _("Other income of the group"), "cost": _("Cost of the group")}
        self.section("all", "")
        for name in names:
            if name in own:
                self.add_row(FormRow(name, own[name], MoneyEditor()))
                continue
            self.add_field(fields[name], TextEditor() if name == "remarks" else None, help="")
            self.rows[name].menu_button.hide()
        self.side_by_side(*names, shares=shares, noted=True)
        self.close_columns()


class MeetingView(QWidget):
    """Questions above, sheet in the middle, the box below."""

    def __init__(self, desk: Desk, leave: Callable[[], None]) -> None:
        super().__init__()
        self.desk = desk
        self.group_id = ""
        self.meeting_id: str | None = None
        self.version: int | None = None
        self.before: Books | None = None
        self.draft: DraftKeeper | None = None
        self._leave = leave
        self.day = MeetingForm(desk.places, OF_DAY, (3, 4, 3, 3))
        self.box = MeetingForm(desk.places, OF_BOX, (3, 5, 5))
        self.sheet = MeetingSheet(desk.theme)
        self.grid = MeetingSheetView(self.sheet)
        self.counted = label("", wrap=True)
        self.present = button(_("All present"), self.sheet.all_present, help=_("Marks everybody with H."))
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        self.actions_at_top = (self.present, self.save_button)
        self._lay_out()
        self._listen()

    def open(self, group_id: str, meeting_id: str | None) -> None:
        """A meeting that is written down, or a new one."""
        self._let_draft_be()
        self.group_id, self.meeting_id = group_id, meeting_id
        read = self.desk.worker.read
        read(lambda session: read_meeting(session, group_id, meeting_id), self._show, replaces="group-meeting")

    def leave(self) -> None:
        """Keep what is typed."""
        self.grid.finish_typing()
        if self.draft is not None:
            self.draft.write_now()

    def first_field(self) -> QWidget:
        """The day of a new meeting, the sheet of one that is corrected."""
        return self.day.editor("held_on") if self.meeting_id is None else self.grid

    # What the draft keeper asks

    def typed(self) -> dict[str, Any]:
        """Both forms and the sheet."""
        return {"day": self.day.typed(), "box": self.box.typed(), "sheet": self.sheet.typed()}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave."""
        self.day.restore(typed.get("day", {}))
        self.box.restore(typed.get("box", {}))
        self.sheet.restore(typed.get("sheet", {}))
        self._look()

    def save(self) -> None:
        """Save the meeting as one act, or go to what stands in the way."""
        if not self.save_button.isEnabled() or self.before is None:
            return
        self.grid.finish_typing()
        unclear = (*self.day.not_understood(), *self.box.not_understood())
        if unclear:
            self._show_problems(unclear)
            return
        wrong = self.sheet.first_problem()
        if wrong is not None:
            self._lead_to(wrong[0], wrong[1], wrong[2].words())
            return
        self._write()

    # Inside

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.day)
        self.grid.setMinimumHeight(LEAST_SHEET)
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.counted)
        inside.addWidget(self.box)
        keys = _("H is present. Enter goes on to the next cell, Delete empties one.")
        inside.addWidget(label(keys, "help", wrap=True))

    def _listen(self) -> None:
        mean(self.day.editor("held_on"), "past")
        for form in (self.day, self.box):
            form.edited.connect(lambda _name: self._touched())
        self.sheet.edited.connect(self._touched)
        self.grid.left.connect(lambda: self.box.lead_to("cash_counted"))
        for keys, act in (("Ctrl+S", self.save), ("Esc", self._leave)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _let_draft_be(self) -> None:
        if self.draft is not None:
            self.draft.write_now()
            self.draft.deleteLater()
            self.draft = None
        self.before = None
        self.save_button.setEnabled(True)

    def _show(self, shown: MeetingLook) -> None:
        if (shown.look.group.id, shown.meeting.id if shown.meeting else None) != (self.group_id, self.meeting_id):
            return
        meeting, group = shown.meeting, shown.look.group
        self.before, self.version = shown.before, meeting.version if meeting is not None else None
        for form in (self.day, self.box):
            form.clear()
            form.clear_problems()
        values = {name: getattr(meeting, name, None) for name in (*OF_DAY, *OF_BOX)} | {
            name: amount or None for name, amount in shown.own.items()
        }
        values["held_on"] = values["held_on"] or today()
        self.day.set_values({name: values[name] for name in OF_DAY})
        self.box.set_values({name: values[name] for name in OF_BOX})
        self.sheet.show(_lines(shown), group.share_value or 0, group.most_shares)
        self.draft = self.desk.drafts.keep(
            "group_meeting", self, record_id=self.meeting_id or self.group_id, parent=self
        )
        self._look()
        self.grid.start()
        if self.meeting_id is None:
            self.first_field().setFocus(Qt.FocusReason.TabFocusReason)
        self.draft.offer(self._take_up)

    def _touched(self) -> None:
        if self.draft is not None:
            self.draft.touch()
        self._look()

    def _look(self) -> None:
        """What the box must hold, and how far the count is from it."""
        if self.before is None:
            return
        opening = self.before.box
        came = self.sheet.money("masuk") + (self.day.editor("other_income").value() or 0)
        went = self.sheet.money("keluar") + (self.day.editor("cost").value() or 0)
        must = opening + came - went
        words = _("{opening} from before + {came} in − {went} out: the box must hold {must}").format(
            opening=rupiah(opening), came=rupiah(came), went=rupiah(went), must=rupiah(must)
        )
        count = self.box.editor("cash_counted").value()
        role = "muted"
        if isinstance(count, int) and count == must:
            words, role = words + "  ·  " + _("It comes out."), "heading"
        elif isinstance(count, int):
            more = _("{amount} too much") if count > must else _("{amount} missing")
            words, role = words + "  ·  " + more.format(amount=rupiah(abs(count - must))), "error"
        self.counted.setText(words)
        set_role(self.counted, "role", role)

    def _take_up(self, body: dict[str, Any]) -> None:
        self.restore(body)
        words = _("This meeting was not saved yet. Go on with it, or let it go.")
        self.desk.messages.tell(words, "info", (_("Let it go"), self._let_go))

    def _let_go(self) -> None:
        if self.draft is not None:
            self.draft.discard()
        self.open(self.group_id, self.meeting_id)

    def _write(self) -> None:
        values = {**self.day.values(), **self.box.values()}
        lines = [one.values() for one in self.sheet.lines if not one.is_empty()]
        group_id, meeting_id, version = self.group_id, self.meeting_id, self.version
        self.save_button.setEnabled(False)
        self.desk.worker.change(
            lambda session: write_meeting(session, group_id, meeting_id, version, values, lines),
            self._saved,
            self._refused,
        )

    def _saved(self, _meeting_id: str) -> None:
        self.save_button.setEnabled(True)
        if self.draft is not None:
            self.draft.saved()
        there = sum(one.present for one in self.sheet.lines)
        words = ngettext("Saved; {n} member was there.", "Saved; {n} members were there.", there).format(n=there)
        self._leave()
        self.desk.messages.done(words)

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        problems = getattr(error, "problems", ())
        for problem in problems:
            part, _dot, rest = problem.field.partition(".")
            if part == "rows":
                number, _dot, column = rest.partition(".")
                self._lead_to_written(int(number), column, problem.words())
                return
        if not self._show_problems(problems):
            self.desk.messages.show_error(error)

    def _show_problems(self, problems: Iterable[Problem]) -> bool:
        # One after the other: the form asked last leads to what is wrong in it.
        found = [form.show_problems(problems) for form in (self.box, self.day)]
        return any(found)

    def _lead_to_written(self, number: int, column: str, words: str) -> None:
        line = [place for place, one in enumerate(self.sheet.lines) if not one.is_empty()][number]
        place = self.sheet.columns.index(column) if column in self.sheet.columns else 0
        self._lead_to(line, place, words)

    def _lead_to(self, line: int, place: int, words: str) -> None:
        self.grid.setFocus()
        self.grid.go_to(line, place)
        self.desk.messages.tell(_("Line {n}: {problem}").format(n=line + 1, problem=words), "warning")


def _lines(shown: MeetingLook) -> list[SheetLine]:
    """One line for each member of that day, and for everybody who is on the sheet already."""
    on = shown.meeting.held_on if shown.meeting is not None else None
    lines = []
    for member in shown.look.members:
        known = shown.lines.get(member.id, {})
        if not known and member.left_on and (on is None or member.left_on < on):
            continue
        debt = shown.before.debt_of(member.id)
        cells = {
            name: _written(value) for name, value in known.items() if name not in ("member_id", "present") and value
        }
        fee = fee_of(debt, shown.look.group.loan_fee)
        lines.append(SheetLine(member.id, member.name or "", debt, fee, bool(known.get("present")), cells))
    return lines


def _written(value: int) -> str:
    from ui.pages.savings_words import figure_words

    return figure_words(value)
