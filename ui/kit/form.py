# SPDX-License-Identifier: Apache-2.0
"""Forms built from the records' field descriptions: nothing about a field is said a second time here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from resource_centre.i18n import _
from resource_centre.problems import Problem
from ui.kit.editor_for import editor_for
from ui.kit.editors import Editor, MoneyEditor
from ui.kit.form_row import LABEL_WIDTH, NARROW, FormRow
from ui.kit.mnemonics import TAKEN_BY_PAGES, letters_claimed, share_letters
from ui.kit.pieces import label

if TYPE_CHECKING:
    from resource_centre.records.fields import Field
    from ui.kit.places import Places

WHY_KEY = "F8"
GUESSED = frozenset({"birth_place"})
"""What an offer fills in only where nothing stands: where a number was first given out is no place of birth yet."""


class Form(QWidget):
    """Questions below each other. See ``ui/kit/__init__.py`` for how a page uses it.

    `asks_why`: let people say why there is no answer (not for settings).
    """

    edited = Signal(str)
    """The name of the field somebody is typing in."""
    settled = Signal(str)

    def __init__(
        self,
        places: Places | None = None,
        *,
        label_width: int = LABEL_WIDTH,
        asks_why: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._places = places
        self._label_width = label_width
        self._asks_why = asks_why
        self._narrow: bool | None = None
        self.rows: dict[str, FormRow] = {}
        self._amounts: dict[str, tuple[str, ...]] = {}
        self.version: int | None = None
        """The version of the record that is shown, for the save to be refused when somebody else has saved it."""
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(10)
        reasons = QShortcut(QKeySequence(WHY_KEY), self)
        reasons.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        reasons.activated.connect(self._offer_reasons)

    # Building

    def add_fields(self, fields: Iterable[Field], *names: str) -> None:
        """Add these fields in this order; all of them when no names are given."""
        known = {field.name: field for field in fields}
        for name in names or known:
            self.add_field(known[name])

    def add_field(
        self,
        field: Field,
        editor: Editor | None = None,
        *,
        name: str = "",
        help: str | None = None,  # noqa: A002 - the word of the field descriptions
    ) -> FormRow:
        """Add one described field; `name` when two records in one form share a name, `editor` for a special one."""
        row = FormRow(
            name or field.name,
            field.label,
            editor or editor_for(field.format, field.vocabulary, self._places),
            help=field.help if help is None else help,
            required=field.required,
            may_be_unanswered=self._asks_why and not field.required and field.format != "paragraph",
        )
        return self.add_row(row)

    def add_row(self, row: FormRow) -> FormRow:
        """Add a row made by hand."""
        self.rows[row.name] = row
        row.edited.connect(lambda name=row.name: self.edited.emit(name))
        row.settled.connect(lambda name=row.name: self._settled(name))
        row.offer_taken.connect(self._take_offer)
        self._inside.addWidget(row)
        row.set_narrow(bool(self._narrow), self._label_width)
        if self.isVisible():
            self._share_letters()
        return row

    def follow_currency(self, currency: str, *amounts: str) -> None:
        """Show these amounts in the currency that another field of the form says."""
        self._amounts[currency] = amounts
        row = self.rows[currency]
        for signal in (row.edited, row.settled):
            signal.connect(self._show_currencies)
        self._show_currencies()

    def add_heading(self, words: str, help: str = "") -> None:  # noqa: A002
        """A heading above the next fields."""
        if self.rows:
            self._inside.addSpacing(14)
        self._inside.addWidget(label(words, "heading"))
        if help:
            self._inside.addWidget(label(help, "muted", wrap=True))

    # Answers

    def editor(self, name: str) -> Editor:
        """The editor of a field."""
        return self.rows[name].editor

    def values(self, *names: str) -> dict[str, Any]:
        """Canonical values by field name; None where there is no answer. Ask `not_understood` first."""
        return {name: self.rows[name].editor.value() for name in names or self.rows}

    def unanswered(self, *names: str) -> dict[str, str]:
        """Why there is no answer, by field name, where somebody said so."""
        found = {name: self.rows[name].why_unanswered for name in names or self.rows}
        return {name: why for name, why in found.items() if why}

    def set_values(self, values: Mapping[str, Any] | object, unanswered: Mapping[str, str] | None = None) -> None:
        """Show a record (or a mapping of values); its `unanswered` is read too."""
        mapping = values if isinstance(values, Mapping) else None
        why = unanswered if unanswered is not None else (getattr(values, "unanswered", None) or {})
        for name, row in self.rows.items():
            if mapping is None or name in mapping:
                row.set_why(why.get(name))
                row.editor.set_value(mapping[name] if mapping is not None else getattr(values, name, None))
                row.show_problem("", "")
        self._show_currencies()

    def clear(self) -> None:
        """Empty every answer."""
        self.set_values(dict.fromkeys(self.rows))

    def set_read_only(self, read_only: bool = True) -> None:
        """Show only."""
        for row in self.rows.values():
            row.editor.set_read_only(read_only)
            row.menu_button.setEnabled(not read_only)
            row.reason.setEnabled(not read_only)

    # Drafts

    def typed(self) -> dict[str, Any]:
        """Everything on the screen as plain JSON, understood or not."""
        return {
            name: {"why": row.why_unanswered} if row.why_unanswered else {"typed": row.editor.typed()}
            for name, row in self.rows.items()
            if row.why_unanswered or not row.editor.is_empty()
        }

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave; unknown names are ignored."""
        for name, part in typed.items():
            row = self.rows.get(name)
            if row is None or not isinstance(part, dict):
                continue
            row.set_why(part.get("why"))
            if "typed" in part:
                row.editor.set_typed(part["typed"])
            row.show_problem("", "")
        self._show_currencies()

    # Problems

    def not_understood(self) -> tuple[Problem, ...]:
        """Answers that are typed but cannot be understood; nothing may be saved while there are any."""
        found = ((name, row.editor.unreadable()) for name, row in self.rows.items() if not row.why_unanswered)
        return tuple(Problem(name, code) for name, code in found if code)

    def show_problems(self, problems: Iterable[Problem]) -> bool:
        """Show each problem beside its field and lead to the first; True when one of them forbids saving."""
        self.clear_problems()
        worst: dict[str, Problem] = {}
        for problem in problems:
            if problem.field in self.rows and (problem.field not in worst or problem.severity == "error"):
                worst[problem.field] = problem
        for name, problem in worst.items():
            row = self.rows[name]
            must = problem.code == "required" and row.menu_button.isHidden()  # no reason can be given instead
            row.show_problem(problem.severity, _("Please fill this in.") if must else problem.words())
        wrong = [name for name in self.rows if name in worst and worst[name].severity == "error"]
        if wrong:
            self.lead_to(wrong[0])
        return bool(wrong)

    def clear_problems(self) -> None:
        """Take all problem texts away."""
        for row in self.rows.values():
            row.show_problem("", "")

    def lead_to(self, name: str) -> None:
        """Scroll to a field and give it the keyboard, as Tab does: what is typed next replaces what stands there."""
        row = self.rows[name]
        (row.reason if row.why_unanswered else row.editor).setFocus(Qt.FocusReason.TabFocusReason)
        self.bring_in_sight(name)

    def bring_in_sight(self, name: str) -> None:
        """Scroll to a field; the keyboard stays where it is."""
        row = self.rows[name]
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(row, 0, 60)

    def is_empty(self) -> bool:
        """Whether nothing at all is answered."""
        return not self.typed()

    # Inside

    def showEvent(self, event: QShowEvent) -> None:
        """Now that one sees what else is in the window, give the letters out."""
        super().showEvent(event)
        self._share_letters()

    def _share_letters(self) -> None:
        labels = [row.label for row in self.rows.values()]
        share_letters(self.rows.values(), TAKEN_BY_PAGES | letters_claimed(self.window(), labels))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow form the notes go below the answers."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW + self._label_width
        if narrow != self._narrow:
            self._narrow = narrow
            for row in self.rows.values():
                row.set_narrow(narrow, self._label_width)

    def _show_currencies(self) -> None:
        for currency, amounts in self._amounts.items():
            for name in amounts:
                editor = self.rows[name].editor
                if isinstance(editor, MoneyEditor):
                    editor.set_currency(self.rows[currency].editor.value())

    def _settled(self, name: str) -> None:
        if not isValid(self):  # on its way out with its rows still there: see `Editor.settle_when_left`
            return
        row = self.rows[name]
        code = row.editor.unreadable()
        if code and not row.why_unanswered:
            problem = Problem(name, code)
            row.show_problem(problem.severity, problem.words())
        self.settled.emit(name)

    def _offer_reasons(self) -> None:
        """Open the menu of the question the keyboard is in."""
        focus = self.focusWidget()
        for row in self.rows.values():
            if row.isAncestorOf(focus) and not row.menu_button.isHidden():
                row.menu_button.showMenu()

    def _take_offer(self, says: dict[str, Any]) -> None:
        for name, value in says.items():
            row = self.rows.get(name)
            if row is not None and value is not None and (name not in GUESSED or row.editor.is_empty()):
                row.set_why(None)
                row.editor.set_value(value)
                row.show_problem("", "")
                self.edited.emit(name)
