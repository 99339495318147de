# SPDX-License-Identifier: Apache-2.0
"""Taking a register in: look first, settle what needs a person, then write it as one act that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.page import Page
from ui.kit.pieces import GAP, Card, button, empty, label
from ui.pages import imports_store
from ui.pages.exchange_receipts import Sheet
from ui.pages.imports_columns import ColumnsView
from ui.pages.imports_lists import UnclearView, skipped_list, skipped_of
from ui.pages.imports_pairs import PairsView
from ui.pages.imports_phone_form import PhoneFormSheet
from ui.pages.imports_settle import SettleView
from ui.pages.imports_start import ImportStart
from ui.pages.imports_store import Looked
from ui.pages.imports_village_list import VillageListCopy
from ui.pages.papers import print_paper
from ui.pages.wording import whole_number

if TYPE_CHECKING:
    from resource_centre.records import ImportBatch
    from resource_centre.registers.files import Book
    from resource_centre.registers.importing import Imported, Undone


SETTLE = "settle"
START, PREVIEW, SETTLING, SHEET = range(4)


class ImportPage(Page):
    """Start, look, done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Import"), scrolls=False)
        self.looked: Looked | None = None
        self.mapping: dict[str, str] = {}
        self.start = ImportStart(self.read_file, self.undo, self.show_settling)
        here = _("A form for KoboToolbox or ODK whose answers come in here.")
        there = _("A form for KoboToolbox or ODK; the centre takes in its answers.")
        self.start.add_way(_("&Form for phones…"), self.show_phone_form, here if desk.may("import") else there)
        self.start.add_way(
            _("&Blank village lists…"),
            lambda: print_paper(desk, "village_list", parent=self.window()),
            _("Print lists to fill in by hand. Each has a number of its own."),
        )
        self.paper_button = self.start.add_way(
            _("From &paper…"), self.show_village_list, _("Copy a village list that was filled in by hand.")
        )
        self.sheet: Sheet | VillageListCopy | None = None
        self.settling = SettleView(desk)
        self.columns = ColumnsView(self._correct)
        self.pairs = PairsView(desk)
        self.unclear = UnclearView(desk)
        self.skipped, self.skipped_view = skipped_list(desk)
        self.figures = QHBoxLayout()
        self.tabs = QTabWidget()
        self.import_button = button(_("Import"), self.take_in, role="main", help="Ctrl+Return")
        self.other_button = button(_("Another file"), self.step_back)
        self.buttons.addWidget(self.other_button)
        self.buttons.addWidget(self.import_button)
        if not desk.may("import"):
            self.start.without_files()
        self.pile = QStackedWidget()
        self.pile.addWidget(self.start)
        self.pile.addWidget(self._preview_side())
        self.pile.addWidget(self.settling)
        self.body.addWidget(self.pile, 1)
        desk.worker.changed.connect(self._changed)
        self.draft = desk.drafts.keep("import", self, parent=self)
        self.pairs.decided.connect(self._decided)
        self._keys()
        self._show_side(START)

    def opened(self, subject: object = None) -> None:
        """The start with earlier imports, or where one was; a path is read at once, "settle" opens the list."""
        self.desk.places.wanted()
        if isinstance(subject, Path):
            self.read_file(subject)
        elif subject == SETTLE:
            self.show_settling()
        self._read_earlier()

    def first_field(self) -> QWidget | None:
        """What one needs next."""
        if self.sheet is not None:
            return self.sheet.first_field()
        start = self.start.choose_button if self.desk.may("import") else self.paper_button
        return (start, self.tabs, self.settling.list)[self.pile.currentIndex()]

    def read_file(self, path: Path) -> None:
        """Read a file and look at it, without writing anything."""
        self._drop_sheet()
        self._look_anew(path)

    def take_in(self) -> None:
        """Write it, as one act."""
        looked = self.looked
        if looked is None or not self.import_button.isEnabled():
            return
        mapping, decisions = dict(self.mapping), dict(self.pairs.decisions)
        self.import_button.setEnabled(False)
        self.desk.worker.change(
            lambda session, progress: imports_store.take_in(session, progress, looked.book, mapping, decisions),
            self._taken_in,
            self._refused,
            cancellable=True,
            what=_("Taking the register in…"),
            finished=lambda: self.import_button.setEnabled(True),
            owner=self,
        )

    def undo(self, batch_id: str) -> None:
        """Undo an import as one act, after asking."""
        question = _(
            "Undo this import? What it has written is marked as not valid. People who have been back since then stay."
        )
        if ask(self, question, _("Undo the import"), _("Keep it"), danger=True):
            self.desk.worker.change(
                lambda session: imports_store.undo(session, batch_id), self._undone, what=_("Undoing the import…")
            )

    def show_settling(self) -> None:
        """The list to settle."""
        self.looked = None
        self.set_title(_("To settle"), _("What imports have left for a person to decide."))
        self._show_side(SETTLING)
        self.settling.open()
        self.settling.list.setFocus()

    def show_phone_form(self) -> None:
        """Save the form for telephones."""
        self.show_sheet(PhoneFormSheet(self.desk, self.start_anew))

    def show_village_list(self) -> None:
        """Copy village lists from paper."""
        self.show_sheet(VillageListCopy(self.desk, self._look_anew, self.start_anew))

    def show_sheet(self, sheet: Sheet | VillageListCopy) -> None:
        """Show something else in place of the start; it leads back with `start_anew`."""
        self._drop_sheet()
        self.sheet = sheet
        self.pile.addWidget(sheet)
        self._on_sheet(sheet)

    def _on_sheet(self, sheet: Sheet | VillageListCopy) -> None:
        self._show_side(SHEET)
        sheet.first_field().setFocus(Qt.FocusReason.TabFocusReason)

    def _drop_sheet(self) -> None:
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            if isinstance(sheet, VillageListCopy):
                sheet.leave()
            self.pile.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()

    def start_anew(self) -> None:
        """Back to choosing a file."""
        self.looked = None
        self.set_title(_("Import"))
        self._show_side(START)
        self._read_earlier()

    def step_back(self) -> None:
        """From what was understood back to the paper it was copied from, else to choosing a file."""
        if self.sheet is not None and self.pile.currentIndex() == PREVIEW:
            self._on_sheet(self.sheet)
        else:
            self.start_anew()

    # What the draft keeper asks

    def typed(self) -> dict[str, Any]:
        """Which file, how its columns were corrected, what was decided; nothing of what the file holds."""
        fingerprint = self.looked.understood.fingerprint if self.looked is not None else ""
        decided = [[*place, decision] for place, decision in self.pairs.decisions.items()]
        return {"file": fingerprint, "mapping": self.mapping, "decided": decided}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave, when it was about the file that is looked at."""
        if self.looked is None or typed.get("file") != self.looked.understood.fingerprint:
            return
        for sheet, number, decision in typed.get("decided", []):
            self.pairs.decisions.setdefault((sheet, int(number)), decision)
        mapping = dict(typed.get("mapping", {}))
        self.pairs.show_understood(self.looked.understood)
        self._name_tabs()
        if mapping and mapping != self.mapping:
            self._correct(mapping)
        self.desk.messages.tell(_("What you had decided about this file before is here again."))

    # Inside

    def _preview_side(self) -> QWidget:
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        self.figures.setSpacing(GAP)
        inside.addLayout(self.figures)
        inside.addWidget(self.tabs, 1)
        for view in (self.columns, self.pairs, self.unclear, self.skipped_view):
            self.tabs.addTab(view, "")
        self.tabs.setAccessibleName(_("What was understood"))
        return side

    def _keys(self) -> None:
        for keys, act in self._acts():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _acts(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        start = self.start.choose
        return ("Ctrl+O", start), ("Ctrl+Return", self.take_in), ("Ctrl+S", self._save), ("Esc", self._escape)

    def _save(self) -> None:
        """What is in sight."""
        if isinstance(self.sheet, PhoneFormSheet | VillageListCopy) and self.pile.currentIndex() != PREVIEW:
            self.sheet.save()
        else:
            self.take_in()

    def _escape(self) -> None:
        if isinstance(self.sheet, VillageListCopy) and self.sheet.drop_typing():
            return
        if self.sheet is not None:
            self.step_back()

    def _look_anew(self, source: Path | Book) -> None:
        self.mapping = {}
        self.pairs.decisions.clear()
        self.desk.messages.clear()
        self._look(source)

    def _look(self, source: Path | Book) -> None:
        mapping = dict(self.mapping)
        self.desk.worker.read(
            lambda session: imports_store.look(session, source, mapping),
            self._show_looked,
            cancellable=True,
            what=_("Reading the register…"),
            replaces="import-look",
        )

    def _show_looked(self, looked: Looked) -> None:
        self.looked = looked
        understood = looked.understood
        self.set_title(_("Import: {file}").format(file=looked.book.name))
        # What the columns of a paper are needs no explaining.
        self.tabs.setTabVisible(0, self.sheet is None)
        self._show_figures(understood.counts())
        self.columns.show_understood(understood)
        self.pairs.show_understood(understood)
        self.unclear.show_understood(understood)
        self.skipped.show_rows(skipped_of(understood))
        self._name_tabs()
        self._show_side(PREVIEW)
        if not self.pairs.decisions and not self.mapping:
            self.draft.offer(self.restore)

    def _decided(self) -> None:
        self.draft.touch()
        self._name_tabs()

    def _correct(self, fields: dict[str, str]) -> None:
        """Somebody knows better what a column holds: read everything again in that light."""
        self.mapping |= fields
        self.draft.touch()
        if self.looked is not None:
            self._look(self.looked.book)

    def _show_figures(self, counts: dict[str, int]) -> None:
        empty(self.figures)
        shown = (
            ("rows", _("rows read")),
            ("people", _("people in them")),
            ("new", _("new")),
            ("known", _("known already")),
            ("likely_duplicate", _("likely the same")),
            ("repeated", _("the same line again")),
            ("imported", _("taken in before")),
            ("incomplete", _("too little in them")),
            ("problems", _("cells not clear")),
        )
        for name, words in shown:
            if counts[name] or name in ("rows", "new", "known", "likely_duplicate", "problems"):
                self.figures.addWidget(_figure(counts[name], words))
        self.figures.addStretch(1)

    def _name_tabs(self) -> None:
        numbers = (None, self.pairs.undecided(), self.unclear.rows.rowCount(), self.skipped.rowCount())
        names = (_("Columns"), _("Likely the same"), _("Not clear"), _("Left out"))
        for place, (name, number) in enumerate(zip(names, numbers, strict=True)):
            self.tabs.setTabText(place, name if number is None else f"{name} ({whole_number(number)})")

    def _taken_in(self, imported: Imported) -> None:
        counts = imported.counts
        self.draft.saved()
        if isinstance(self.sheet, VillageListCopy):
            self.sheet.taken_in()
            self._on_sheet(self.sheet)
        else:
            self.start_anew()
        if imported.batch_id is None:
            self.desk.messages.tell(_("There was nothing new in this file; nothing was written."))
            return
        batch_id = imported.batch_id
        rows = sum(counts[name] for name in ("new", "known", "likely_duplicate"))
        words = ngettext("{n} row was taken in.", "{n} rows were taken in.", rows).format(n=whole_number(rows))
        if counts["problems"]:
            more = ngettext(
                "{n} cell is on the list to settle.", "{n} cells are on the list to settle.", counts["problems"]
            )
            words += " " + more.format(n=whole_number(counts["problems"]))
        self.desk.messages.tell(words, "good", (_("Undo"), lambda: self.undo(batch_id)))

    def _undone(self, undone: Undone) -> None:
        words = ngettext("The import is undone: {n} record.", "The import is undone: {n} records.", undone.voided)
        words = words.format(n=whole_number(undone.voided))
        if undone.people_kept:
            kept = ngettext(
                "{n} person stays, having been back since.",
                "{n} people stay, having been back since.",
                undone.people_kept,
            )
            words += " " + kept.format(n=undone.people_kept)
        self.desk.messages.done(words)
        self._read_earlier()

    def _refused(self, error: Exception) -> None:
        self.desk.messages.show_error(error)

    def _read_earlier(self) -> None:
        self.desk.worker.read(imports_store.earlier, self._show_earlier, quiet=True, replaces="import-earlier")

    def _show_earlier(self, earlier: tuple[list[ImportBatch], int]) -> None:
        self.start.show_earlier(*earlier)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and self.pile.currentIndex() == START and changed:
            self._read_earlier()

    def _show_side(self, side: int) -> None:
        if side in (START, SETTLING):
            self._drop_sheet()
        if side == SHEET:
            self.looked = None
            self.set_title(_("From paper") if isinstance(self.sheet, VillageListCopy) else _("Import"))
        self.pile.setCurrentIndex(side)
        self.import_button.setVisible(side == PREVIEW)
        self.other_button.setVisible(side in (PREVIEW, SETTLING))
        another = _("Another file") if self.sheet is None else _("Back to the paper")
        self.other_button.setText(another if side == PREVIEW else _("Back to the imports"))


def _figure(number: int, words: str) -> Card:
    card = Card()
    card.body.setContentsMargins(12, 6, 12, 6)
    card.body.setSpacing(0)
    card.body.addWidget(label(whole_number(number), "heading"))
    card.body.addWidget(label(words, "caption"))
    return card
