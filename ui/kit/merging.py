# SPDX-License-Identifier: Apache-2.0
"""When somebody else has saved a record while its form was open: what each side wrote, decided field by field.

`Merging` remembers the answers a form was opened with. When a save is refused because of somebody else's, hand it the
error: it reads what they changed, asks where both changed the same field, puts the outcome into the form, and lets the
form save again on the record's present version (``form.version``). Nothing typed is lost, whatever is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.field_words import answer_words
from ui.kit.form import Form
from ui.kit.page import scrolling
from ui.kit.pieces import GAP, WIDE_GAP, button, label, row
from ui.kit.typed_dates import show_date, show_time

if TYPE_CHECKING:
    from resource_centre.records import Logged
    from resource_centre.services.meanwhile import Answer, Difference, Meanwhile
    from ui.kit.places import Places

Side = Literal["theirs", "mine", "both"]
WIDTH, HEIGHT = 760, 520
SHORT = 44
COLUMN = 260


class Merging:
    """For one form on one record. `row_of` gives the form's row for a field where they are named differently."""

    def __init__(
        self,
        desk: Desk,
        form: Form,
        record: Logged,
        *,
        row_of: Callable[[str], str] = lambda name: name,
    ) -> None:
        from resource_centre.records import fields_of
        from resource_centre.services.meanwhile import answers_of

        names = [field.name for field in fields_of(type(record)) if row_of(field.name) in form.rows]
        self._desk, self._form, self._row_of = desk, form, row_of
        self._class, self._id = type(record), record.id
        self._opened: dict[str, Answer] = answers_of(record, names) if names else {}
        self.dialog: MergeDialog | None = None
        self._version = form.version = record.version

    def takes(self, error: Exception) -> bool:
        """Whether this refusal is for us: somebody else has saved the record."""
        return getattr(error, "code", "") == "changed_meanwhile"

    def settle(self, again: Callable[[], object], unchanged: Callable[[], object] | None = None) -> None:
        """Find out what they changed; `again` saves the form once it is decided.

        `unchanged` is called instead when this record is as it was, so that something else of the save is meant;
        without it `again` is.
        """
        record, record_id, opened, mine = self._class, self._id, dict(self._opened), self._mine()

        def read(session: Any) -> Meanwhile:
            from resource_centre.services.meanwhile import meanwhile

            return meanwhile(session, record, record_id, opened, mine)

        self._desk.worker.read(read, lambda found: self._decide(found, again, unchanged), owner=self._form)

    def _mine(self) -> dict[str, Answer]:
        from resource_centre.services.meanwhile import Answer

        rows = {name: self._form.rows[self._row_of(name)] for name in self._opened}
        return {name: Answer(shown.editor.value(), shown.why_unanswered) for name, shown in rows.items()}

    def _decide(self, found: Meanwhile, again: Callable[[], object], unchanged: Callable[[], object] | None) -> None:
        if unchanged is not None and found.version == self._version:
            unchanged()
            return
        if not found.differences:
            self._take(found, {}, again)
            return
        dialog = MergeDialog(self._form, found.differences, self._desk.places)
        dialog.decided.connect(lambda sides: self._take(found, sides, again))
        self.dialog = dialog
        dialog.open()

    def _take(self, found: Meanwhile, sides: Mapping[str, Side], again: Callable[[], object]) -> None:
        for one in found.differences:
            answer = outcome(one, sides.get(one.field.name, "theirs"))
            name = self._row_of(one.field.name)
            self._form.set_values({name: answer.value}, {name: answer.reason} if answer.reason else {})
            self._opened[one.field.name] = one.theirs
        self._version = self._form.version = found.version
        again()


def outcome(one: Difference, side: Side) -> Answer:
    """The answer that a choice comes to; where only one side changed it, that one's whatever the choice."""
    from resource_centre.services.meanwhile import Answer

    if not one.in_conflict or side == "theirs":
        return one.theirs
    if side == "both":
        return Answer(f"{one.theirs.value}\n\n{one.mine.value}")
    return one.mine


class MergeDialog(QDialog):
    """Theirs and one's own beside each other; Save works when everything is decided, Escape goes back to the form."""

    decided = Signal(object)
    """``{field name: "theirs", "mine" or "both"}``"""

    def __init__(self, parent: QWidget, differences: tuple[Difference, ...], places: Places) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Changed by two people"))
        self._places = places
        self.groups: dict[str, QButtonGroup] = {}
        self.save_button = button(_("&Save"), self._save, role="main", help="Ctrl+S")
        self.back_button = button(_("Back to the form"), self.reject, help="Esc")
        conflicts = [one for one in differences if one.in_conflict]
        merged = [one for one in differences if not one.in_conflict]
        inside = QVBoxLayout()
        inside.setSpacing(WIDE_GAP)
        self._say_who(inside, differences, bool(conflicts))
        if conflicts:
            inside.addLayout(self._choices(conflicts))
        if merged:
            self._say_merged(inside, merged)
        inside.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.addWidget(scrolling(inside), 1)
        outer.addLayout(self._buttons(len(conflicts)))
        self.resize(WIDTH, HEIGHT if len(differences) > 1 else HEIGHT // 2 + 60)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save_button.click)
        self._mind()

    def choose_all(self, side: Side) -> None:
        """The same side everywhere."""
        for group in self.groups.values():
            for choice in group.buttons():
                choice.setChecked(choice.property("side") == side)
        self._mind()

    def sides(self) -> dict[str, Side]:
        """What is decided so far, by field name."""
        chosen = {name: group.checkedButton() for name, group in self.groups.items()}
        return {name: choice.property("side") for name, choice in chosen.items() if choice is not None}

    def _say_who(self, inside: QVBoxLayout, differences: tuple[Difference, ...], asks: bool) -> None:
        inside.addWidget(label(_("Somebody else has saved this record meanwhile"), "heading", wrap=True))
        for who in dict.fromkeys(_who(one) for one in differences):
            inside.addWidget(label(_("Saved by {who}.").format(who=who), wrap=True))
        words = _("You both changed these fields. Choose what is to stand in each.") if asks else ""
        inside.addWidget(label(words or _("You changed other fields than they did. Save keeps both."), wrap=True))

    def _choices(self, conflicts: list[Difference]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(WIDE_GAP)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(0, 1)
        for place, words in enumerate((_("Field"), _("What they wrote"), _("What you wrote"))):
            grid.addWidget(label(words, "caption"), 0, place)
        for line, one in enumerate(conflicts, 1):
            self._choice(grid, 2 * line, one)
        return grid

    def _choice(self, grid: QGridLayout, line: int, one: Difference) -> None:
        group = self.groups[one.field.name] = QButtonGroup(self)
        name = label(one.field.label, wrap=True)
        name.setStyleSheet("font-weight: 700;")
        name.setContentsMargins(0, 6, 0, 0)  # as high as the choices beside it
        grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        for column, (side, answer) in enumerate((("theirs", one.theirs), ("mine", one.mine)), 1):
            words = answer_words(one.field, answer.value, answer.reason, self._places)
            grid.addWidget(self._radio(group, side, words, one.field.label), line, column, Qt.AlignmentFlag.AlignTop)
            if words != _short(words):
                whole = label(words, "help", wrap=True, selectable=True)
                whole.setFixedWidth(COLUMN)
                grid.addWidget(whole, line + 1, column, Qt.AlignmentFlag.AlignTop)
        if one.field.format == "paragraph" and one.theirs.value and one.mine.value:
            both = self._radio(group, "both", _("Keep both texts"), one.field.label)
            grid.addWidget(both, line + 1, 0, Qt.AlignmentFlag.AlignTop)

    def _radio(self, group: QButtonGroup, side: str, words: str, field: str) -> QRadioButton:
        whose = {"theirs": _("What they wrote"), "mine": _("What you wrote"), "both": _("Keep both texts")}[side]
        choice = QRadioButton(_short(words).replace("&", "&&"))
        choice.setProperty("side", side)
        choice.setAccessibleName(f"{field}, {whose}: {words}")
        choice.setMinimumWidth(COLUMN if side != "both" else 0)
        choice.clicked.connect(lambda _checked=False: self._mind())
        group.addButton(choice)
        return choice

    def _say_merged(self, inside: QVBoxLayout, merged: list[Difference]) -> None:
        inside.addWidget(label(_("Taken over from them, because you left it as it was:"), "muted", wrap=True))
        for one in merged:
            was, now = (
                answer_words(one.field, answer.value, answer.reason, self._places)
                for answer in (one.opened, one.theirs)
            )
            words = _("{field}: {before} → {after}").format(field=one.field.label, before=was, after=now)
            inside.addWidget(label(words, wrap=True, selectable=True))

    def _buttons(self, conflicts: int) -> Any:
        several = []
        if conflicts > 1:
            several = [
                button(_("All as they wrote it"), lambda: self.choose_all("theirs"), role="link"),
                button(_("All as I wrote it"), lambda: self.choose_all("mine"), role="link"),
            ]
        return row(*several, None, self.back_button, self.save_button)

    def _mind(self) -> None:
        self.save_button.setEnabled(len(self.sides()) == len(self.groups))

    def _save(self) -> None:
        sides = self.sides()
        self.accept()
        self.decided.emit(sides)


def _who(one: Difference) -> str:
    if one.at is None:
        return one.who
    return _("{who}, {date}, {time}").format(who=one.who, date=show_date(one.at.date()), time=show_time(one.at.time()))


def _short(words: str) -> str:
    first = words.splitlines()[0]
    return words if len(words) <= SHORT and first == words else f"{first[: SHORT - 1].rstrip()}…"
