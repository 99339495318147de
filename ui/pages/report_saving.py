# SPDX-License-Identifier: Apache-2.0
"""A report leaves as a file: which kind, with a password or without; counted again, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QRadioButton, QVBoxLayout, QWidget

from resource_centre.i18n import N_, _
from ui.kit.asked import Asked, Passphrase
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, button, label, row
from ui.kit.saving_files import ask_where, tell_saved
from ui.kit.strength import judge

if TYPE_CHECKING:
    from reports.data.writing import Written
    from reports.paper import Placed
    from reports.tables.model import Report
    from ui.kit.worker import Progress

WIDTH: Final = 540
ROUND: Final = 8
"""White above and below the words of a choice, with the frame of the keyboard."""
KINDS: Final = (
    (".pdf", N_("PDF to print and sign, with a web page beside it")),
    (".xlsx", N_("Spreadsheet (XLSX), with the definitions")),
    (".html", N_("Web page (HTML)")),
    (".csv", N_("One long table (CSV), for statistics programs")),
    (".hxl.csv", N_("One long table with HXL hashtags, for aid organisations")),
    (".json", N_("Figures for other programs (JSON)")),
)
_KINDS_IN_THE_SYSTEM: Final = {
    ".pdf": N_("PDF (*.pdf)"),
    ".xlsx": N_("Spreadsheet (*.xlsx)"),
    ".html": N_("Web page (*.html)"),
    ".csv": N_("Table (*.csv)"),
    ".hxl.csv": N_("Table with HXL hashtags (*.hxl.csv)"),
    ".json": N_("Figures (*.json)"),
    ".zip": N_("Encrypted archive (*.zip)"),
}


@dataclass(frozen=True)
class Leaving:
    """As what a report is to be saved."""

    ending: str
    password: str | None = None


class Saveable(Protocol):
    """What can leave as a file: its tables, and its pages where they are drawn already."""

    @property
    def report(self) -> Report:
        """What is written, and read again."""

    @property
    def file_name(self) -> str:
        """A name without an ending that says nothing about anybody."""

    @property
    def drawn(self) -> Placed | None:
        """The pages of the same report; None when they are to be drawn."""


class SaveDialog(QDialog):
    """Arrows choose the kind, Enter goes on; a password is asked for twice."""

    wanted = Signal(object)
    """A `Leaving`."""

    def __init__(self, parent: QWidget, *, confidential: bool, kind: str = ".pdf") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Save the report"))
        self.kinds = QButtonGroup(self)
        self.locked = QCheckBox(_("Lock the file with a password"))
        self.first, self.second = Passphrase(), Passphrase()
        self.password = Asked(_("Password"), self.first, key=self.first.line)
        self.repeat = Asked(_("The password again"), self.second, key=self.second.line)
        self.on = button(_("Choose where…"), self.accept_choice, role="main")
        self._lay_out(confidential=confidential, kind=kind)
        self.locked.toggled.connect(self._show_password)
        self.first.edited.connect(self._judge)
        self._show_password(on=False)

    def ending(self) -> str:
        """The kind of file chosen."""
        return KINDS[self.kinds.checkedId()][0]

    def accept_choice(self) -> None:
        """Go on, unless something is wrong with the password."""
        if not self.locked.isChecked():
            self._give(None)
            return
        from reports.data.endings import NotWritten
        from reports.data.passwords import check_password

        password = self.first.text()
        try:
            check_password(password)
        except NotWritten as refused:
            self.password.say(refused.words())
            self._fit()
            self.first.line.setFocus()
            return
        if password != self.second.text():
            self.repeat.say(_("The two are not the same."))
            self._fit()
            self.second.line.setFocus()
            return
        self._give(password)

    # Inside

    def _lay_out(self, *, confidential: bool, kind: str) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(GAP)
        inside.addWidget(label(_("Save as"), "heading"))
        choices = QVBoxLayout()
        choices.setSpacing(0)
        first: QWidget = self.on
        for place, (ending, words) in enumerate(KINDS):
            radio = QRadioButton(_(words))
            radio.setProperty("role", "tight")
            radio.setMinimumHeight(radio.fontMetrics().height() + ROUND)
            if ending == kind:
                radio.setChecked(True)
                first = radio
            self.kinds.addButton(radio, place)
            choices.addWidget(radio)
        inside.addLayout(choices)
        if confidential:
            words = _("This report is internal. Outside the centre it is safe only with a password.")
            inside.addWidget(label(words, "help", wrap=True))
        inside.addWidget(self.locked)
        for asked in (self.password, self.repeat):
            inside.addWidget(asked)
        inside.addStretch(1)
        inside.addLayout(row(None, button(_("Cancel"), self.reject, help="Esc"), self.on))
        self.setMinimumWidth(WIDTH)
        self.on.setDefault(True)
        first.setFocus()

    def _show_password(self, on: bool) -> None:
        for asked in (self.password, self.repeat):
            asked.setVisible(on)
        if on:
            self.first.line.setFocus()
        else:
            self.first.clear()
            self.second.clear()
            self._judge()
        self._fit()

    def _fit(self) -> None:
        """As high as its words need at this width; Qt's own adjusting stops at two thirds of the screen."""
        inside = self.layout()
        if inside is not None:
            inside.activate()
            width = max(self.width(), WIDTH)
            self.resize(width, inside.totalHeightForWidth(width))

    def _judge(self) -> None:
        tone, words = judge(self.first.text())
        self.password.say(words, tone)
        self.repeat.say("")

    def _give(self, password: str | None) -> None:
        leaving = Leaving(self.ending(), password)
        self.first.clear()
        self.second.clear()
        self.accept()
        self.wanted.emit(leaving)


def ask_path(parent: QWidget, paper: Saveable, leaving: Leaving) -> Path | None:
    """Where the file is to lie; None when one changed one's mind."""
    from reports.data.endings import PROTECT_THEMSELVES

    archive = leaving.password is not None and leaving.ending not in PROTECT_THEMSELVES
    ending = f"{leaving.ending}.zip" if archive else leaving.ending
    kinds = _(_KINDS_IN_THE_SYSTEM[".zip" if archive else leaving.ending])
    path = ask_where(parent, _("Save the report"), f"{paper.file_name}{ending}", kinds, ending)
    # What writes the archive adds its ending itself.
    return path.with_name(path.name[: -len(".zip")]) if path is not None and archive else path


def save_report(
    desk: Desk,
    paper: Saveable,
    leaving: Leaving,
    path: Path,
    saved: Callable[[], object],
    owner: QWidget,
    ended: Callable[[], None] | None = None,
) -> None:
    """Write it on the worker's thread, say what was written, then call `saved`; `ended` also when it was not.

    A disk that is full or not to be written on is told in words; an older file stays then.
    """

    def write(progress: Progress) -> Written:
        from reports.data.writing import write

        return write(paper.report, path, password=leaving.password, progress=_telling(progress), drawn=paper.drawn)

    def written(made: Written) -> None:
        tell_saved(desk, written_words(made), path.parent)
        saved()

    desk.worker.run(write, written, cancellable=True, what=_("Saving the report…"), finished=ended, owner=owner)


def written_words(made: Written) -> str:
    """The files with how many rows and figures they hold."""
    from ui.pages.wording import whole_number

    files = _(" and ").join(path.name for path in made.files)
    words = _("Saved as {files}: {rows} rows, {figures} figures.")
    return words.format(files=files, rows=whole_number(made.rows), figures=whole_number(made.figures))


def _telling(progress: Progress) -> Callable[[str], None]:
    words = {
        "draw": _("Writing the tables…"),
        "check": _("Counting what was written…"),
        "protect": _("Locking the file…"),
        "write": _("Writing the file…"),
    }
    stages = list(words)

    def tell(stage: str) -> None:
        done = stages.index(stage) if stage in words else progress.done
        progress(done, len(stages), words.get(stage, ""))

    return tell
