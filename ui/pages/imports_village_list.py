# SPDX-License-Identifier: Apache-2.0
"""A village list is copied from paper: its number first, then its head, then line by line; nothing typed is lost.

Every line is checked as a register is. What is copied is then looked at and taken in like any other file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from resource_centre.problems import Problem
from resource_centre.registers.village_list import ListSheet, read_sheet_number, words_of
from ui.kit.desk import Desk
from ui.kit.drafts import DraftKeeper
from ui.kit.editors import Editor, TextEditor
from ui.kit.editors_codes import CodeEditor
from ui.kit.editors_dates import DateEditor, mean
from ui.kit.editors_place import PlaceEditor
from ui.kit.form_row import FormRow
from ui.kit.pieces import GAP, button, empty, label, row
from ui.pages.column_form import ColumnForm
from ui.pages.village_list_grid import ListGrid
from ui.pages.village_list_view import ListView
from ui.pages.wording import whole_number

if TYPE_CHECKING:
    from resource_centre.registers.files import Book
    from resource_centre.registers.village_list_known import RowSays

DRAFTS: Final = "village_list."
"""How its drafts begin; behind it stands the number of the sheet."""
HEAD: Final = ("village", "on", "staff")
CHECK_MS: Final = 250
LINES_OF_CHOICES: Final = 4
LEAST_GRID: Final = 200
MOST_SHOWN: Final = 4


class VillageListCopy(QWidget):
    """One sheet after the other; `look(book)` shows what the importer makes of one, `back()` leads away."""

    def __init__(self, desk: Desk, look: Callable[[Book], object], back: Callable[[], object]) -> None:
        super().__init__()
        self.desk, self._look = desk, look
        self.number = ""
        self.draft: DraftKeeper | None = None
        self.form = ColumnForm(desk.places, columns=1)
        self.grid = ListGrid(desk.theme)
        self.view = ListView(self.grid)
        self.begun = QHBoxLayout()
        self.told = label("", wrap=True)
        self.choices = label("", "help", wrap=True)
        self.back_button = button(_("&Back"), back, help="Esc")
        self.look_button = button(_("&Look at it"), self.save, role="main", help="Ctrl+S")
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(CHECK_MS)
        self._lay_out()
        self._listen()
        self._stand_by()

    def first_field(self) -> QWidget:
        """The number of the sheet; the lines when one goes on with it."""
        return self.view if self.number else self.form.editor("number").main

    def leave(self) -> None:
        """Keep what is typed."""
        self.view.finish_typing()
        if self.draft is not None:
            self.draft.write_now()

    def drop_typing(self) -> bool:
        """Esc in a cell that is typed in leaves it as it was; whether there was one."""
        return self.view.drop_typing()

    def save(self) -> None:
        """Show what the importer makes of the sheet, or lead to what is missing first."""
        self.view.finish_typing()
        if not self._begin() or self._is_wanting():
            return
        if not self.grid.rows():
            self.view.start()
            self.desk.messages.tell(_("Nothing is typed from this sheet yet."), "warning")
            return
        lost = self.grid.first_lost()
        if lost is not None:
            self._lead_to(*lost)
            return
        self.leave()
        self._look(self._sheet().book())

    def taken_in(self) -> None:
        """The sheet is in: on to the next one; village, day and collector stay. A line that was left out stays too."""
        number = self.number
        self.desk.worker.read(
            lambda session: (number, _taken(session, number)), self._show_rest, quiet=True, owner=self
        )

    # What the draft keeper asks

    def typed(self) -> dict[str, Any]:
        """The head and the lines; nothing as long as no line is typed."""
        rows = self.view.rows()
        head = {name: self.form.editor(name).typed() for name in HEAD}
        return {"head": head, "rows": {str(number): line for number, line in rows.items()}} if rows else {}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave."""
        for name, written in typed.get("head", {}).items():
            if name in HEAD and written:
                self.form.editor(name).set_typed(written)
        rows = {int(number): line for number, line in typed.get("rows", {}).items()}
        self._show_rows(rows, self.grid.taken)

    # Inside

    def _lay_out(self) -> None:
        self.form.section("all", "")
        number = TextEditor(longest=24)
        self.form.add_row(FormRow("number", _("Sheet number"), number, required=True))
        self.form.add_row(FormRow("village", _("Village"), self._village_editor(), required=True))
        self.form.add_row(FormRow("on", _("Date"), DateEditor(), required=True))
        self.form.add_row(FormRow("staff", _("Collector"), TextEditor()))
        self.form.side_by_side("number", *HEAD, shares=(3, 6, 3, 4), noted=True)
        self.form.close_columns()
        mean(self.form.editor("on"), "past")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.form)
        self.begun.setSpacing(GAP)
        inside.addLayout(self.begun)
        self.view.setMinimumHeight(LEAST_GRID)
        inside.addWidget(self.view, 1)
        inside.addWidget(self.told)
        self.choices.setMinimumHeight(LINES_OF_CHOICES * self.choices.fontMetrics().height())
        self.choices.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.choices)
        keys = _(
            "Enter and Tab go on, Enter on an empty line ends. ? does not know, ! does not want to say, \" as above. "
            "Dates may be a year alone; lists take a short number or first letters."
        )  # fmt: skip
        help_line = row(label(keys, "help", wrap=True), self.back_button, self.look_button)
        help_line.setStretch(0, 1)
        inside.addLayout(help_line)

    def _village_editor(self) -> Editor:
        """Whoever is bound to villages chooses among them."""
        centre = self.desk.worker.centre
        bound = None if centre is None else centre.viewer.bound
        if bound is None:
            return PlaceEditor(self.desk.places)
        from resource_centre.places import gazetteer

        own = CodeEditor(sorted(((code, gazetteer().full_name(code)) for code in bound), key=lambda one: one[1]))
        if len(bound) == 1:
            own.set_value(next(iter(bound)))
        return own

    def _listen(self) -> None:
        self.form.editor("number").settled.connect(self._begin)
        self.form.edited.connect(self._edited)
        self.grid.edited.connect(self._touched)
        self.view.moved.connect(self._tell_cell)
        self.view.typing.connect(lambda: self.draft.touch() if self.draft is not None else None)
        self.view.left.connect(self.look_button.setFocus)
        self._check.timeout.connect(self._ask)

    def _stand_by(self) -> None:
        """No sheet yet: its number comes first."""
        self._let_draft_be()
        self.number = ""
        self.form.editor("number").set_value(None)
        self.grid.show({}, {})
        self.view.setEnabled(False)
        self.told.clear()
        self.choices.clear()
        self.desk.worker.read(_begun, self._show_begun, quiet=True, owner=self)

    def _let_draft_be(self) -> None:
        if self.draft is not None:
            self.draft.write_now()
            self.draft.deleteLater()
            self.draft = None

    def _begin(self) -> bool:
        """The number is there: look for what is known of the sheet. Whether it is one."""
        written = str(self.form.editor("number").typed() or "")
        number = read_sheet_number(written)
        if number is None:
            if written.strip():
                self.form.show_problems((Problem("number", "wrong_sheet_number"),))
            return False
        if number != self.number:
            self.open(number)
        return True

    def open(self, number: str) -> None:
        """Begin a sheet, or go on with one; what was typed of another stays under that one's number."""
        left = self.number if self.grid.rows() else ""
        self._let_draft_be()
        self.number = number
        self.form.editor("number").set_value(number)
        self.form.clear_problems()
        self.grid.show({}, {})
        self.view.setEnabled(True)
        empty(self.begun)
        if left:
            words = _("What you typed from sheet {sheet} is kept under that number.")
            self.desk.messages.tell(words.format(sheet=left))
        self.draft = self.desk.drafts.keep(f"{DRAFTS}{number}", self, parent=self)
        self.desk.worker.read(
            lambda session: (number, _taken(session, number)), self._show_taken, replaces="village-list", owner=self
        )
        self.draft.offer(self.restore)

    def _show_taken(self, found: tuple[str, dict[int, str]]) -> None:
        number, taken = found
        if number != self.number or not taken:
            return
        self._show_rows({}, taken)
        words = ngettext(
            "This sheet was taken in before: {n} row. It stays as it is; you can add the others.",
            "This sheet was taken in before: {n} rows. They stay as they are; you can add the others.",
            len(taken),
        )
        self.desk.messages.tell(words.format(n=whole_number(len(taken))), "warning")

    def _show_rest(self, found: tuple[str, dict[int, str]]) -> None:
        number, taken = found
        if number != self.number:
            return
        self.grid.show(self.grid.rows(), taken)
        if self.grid.rows():
            self._touched()
            words = _("What is still typed here was left out. Correct it, or delete it.")
            self.desk.messages.tell(words, "warning")
            self.view.setFocus()
            self.view.go_to(min(self.grid.rows()) - 1, 0)
            return
        if self.draft is not None:
            self.draft.saved()
        self._stand_by()
        self.form.editor("number").setFocus()

    def _lead_to(self, line: int, place: int) -> None:
        self.view.setFocus()
        self.view.go_to(line, place)
        words = _("Row {n}, {column}: {problem}").format(
            n=line + 1, column=words_of(self.grid.columns[place]), problem=self.grid.problem_at(line, place)[1]
        )
        self.desk.messages.tell(words, "warning")

    def _show_rows(self, rows: Mapping[int, Mapping[str, str]], taken: Mapping[int, str]) -> None:
        """Show what is known of the sheet; what was typed meanwhile stays, and so does the place of the keyboard."""
        self.view.finish_typing()
        here = self.view.currentIndex()
        self.grid.show({**rows, **self.grid.rows()}, taken)
        if self.view.hasFocus() and here.isValid() and not self.grid.is_taken(here.row()):
            self.view.go_to(here.row(), here.column())
        elif self.view.hasFocus():
            self.view.start()
        self._check.start()

    def _show_begun(self, begun: list[tuple[str, int]]) -> None:
        empty(self.begun)
        if not begun or self.number:
            return
        self.begun.addWidget(label(_("Begun and not taken in:"), "muted"))
        for number, rows in begun:
            words = ngettext("{sheet}, {n} row", "{sheet}, {n} rows", rows).format(sheet=number, n=whole_number(rows))
            self.begun.addWidget(button(words, lambda number=number: self._go_on_with(number), role="link"))  # type: ignore[misc]
        self.begun.addStretch(1)

    def _go_on_with(self, number: str) -> None:
        self.open(number)
        self.view.setFocus()

    def _edited(self, name: str) -> None:
        if name != "number":
            self._touched()

    def _touched(self) -> None:
        if self.draft is not None:
            self.draft.touch()
        self._check.start()

    def _is_wanting(self) -> bool:
        """Whether the head is not complete; what is missing is said beside it."""
        values = self.form.values()
        missing = [Problem(name, "required") for name in ("village", "on") if values[name] is None]
        return self.form.show_problems(self.form.not_understood() or missing)

    def _sheet(self) -> ListSheet:
        values = self.form.values()
        return ListSheet(self.number, values["village"], values["on"], values["staff"] or "", self.grid.rows())

    def _ask(self) -> None:
        """Have the importer look at what is typed; needs village and day, as every register does."""
        values = self.form.values("village", "on")
        if not self.number or None in values.values() or not self.grid.rows():
            return
        sheet = self._sheet()
        self.desk.worker.read(
            lambda session: (sheet, _look_at(session, sheet)),
            self._show_says,
            quiet=True,
            replaces="village-list-check",
            owner=self,
        )

    def _show_says(self, found: tuple[ListSheet, dict[int, RowSays]]) -> None:
        sheet, says = found
        rows = self.grid.rows()
        if sheet.number != self.number:
            return
        # A line that was changed meanwhile is asked about again in a moment.
        self.grid.take_says({number: one for number, one in says.items() if rows.get(number) == sheet.rows.get(number)})
        index = self.view.currentIndex()
        if index.isValid():
            self._tell_cell(index.row(), index.column())

    def _tell_cell(self, line: int, place: int) -> None:
        name = self.grid.shown(line, 0)
        head = _("Row {n}").format(n=line + 1)
        where = [f"{head}, {name}" if name else head, words_of(self.grid.columns[place])]
        about = self.grid.problem_at(line, place)[1] or self.grid.said_of(line)
        self.told.setText("  ·  ".join([*where, about] if about else where))
        said = (choice.replace(" ", "\u00a0") for choice in self.grid.choices(place))
        self.choices.setText("    ".join(said))


def _begun(session: Any) -> list[tuple[str, int]]:
    """Sheets that were begun and not taken in, the newest first, with how many rows are typed."""
    from resource_centre.services.drafts import drafts_of

    found = [
        (draft.form.removeprefix(DRAFTS), len(draft.body.get("rows", {})))
        for draft in drafts_of(session)
        if draft.form.startswith(DRAFTS)
    ]
    return [one for one in found if one[1]][:MOST_SHOWN]


def _taken(session: Any, number: str) -> dict[int, str]:
    from resource_centre.registers.village_list_known import rows_taken

    return rows_taken(session, number)


def _look_at(session: Any, sheet: ListSheet) -> dict[int, RowSays]:
    from resource_centre.registers.village_list_known import look_at

    return look_at(session, sheet)
