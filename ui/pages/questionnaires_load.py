# SPDX-License-Identifier: Apache-2.0
"""A form from a file: every place that cannot be used, or what it is, what it changes, and publishing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from resource_centre.errors import Refused
from resource_centre.i18n import _, ngettext
from resource_centre.problems import Problem
from resource_centre.records import Questionnaire, fields_of
from ui.kit.desk import Desk
from ui.kit.form import Form as AskForm
from ui.kit.page import scrolling
from ui.kit.pieces import GAP, button, label, line, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.questionnaires_about import changes_shown
from ui.pages.questionnaires_read import beside_what_is_asked, read_file
from ui.pages.wording import whole_number

if TYPE_CHECKING:
    from resource_centre.questionnaires.form import Form
    from resource_centre.services.questionnaire_changes import Comparison
    from resource_centre.services.questionnaires import Shelved

FORMS = "*.xlsx *.xlsm *.xls *.csv *.md"
WEIGHTS = "*.xlsx *.xls *.csv"
SIZE = (760, 600)
REFUSED = (860, 480)
MOST_LINES = 10
LONG = 60
"""From here a sentence may not fit its column."""
FACTS = ("kind", "about", "sensitivity")
USUAL = (("about", "person"), ("sensitivity", "sensitive"))


@dataclass(frozen=True)
class Fault:
    """One place of a file that cannot be used."""

    id: str
    problem: Problem

    def place(self, name: str) -> str:
        """Its sheet, row or column; nothing for a fault of the whole file."""
        said = getattr(self.problem, name, "")
        return str(said) if said else ""


def ask_file(parent: QWidget, title: str, endings: str) -> Path | None:
    """Which file, by the system's dialog."""
    kinds = f"{_('Tables ({endings})').format(endings=endings)};;{_('All files')} (*)"
    path, _filter = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(path) if path else None


def load_form(desk: Desk, parent: QWidget, path: Path) -> None:
    """Read a form, compare it with what is asked, and show what came of it."""

    def failed(error: Exception) -> None:
        if isinstance(error, Refused):
            RefusedFile(parent, desk, _("This form cannot be used yet"), error).open()
        else:
            desk.messages.show_error(error)

    def read(form: Form) -> None:
        desk.worker.read(
            lambda session: beside_what_is_asked(session, form),
            lambda beside: Publish(parent, desk, path, form, *beside).open(),
            failed,
            owner=parent,
        )

    desk.worker.run(lambda: read_file(path), read, failed, what=_("Reading the form…"), owner=parent)


class RefusedFile(QDialog):
    """Everything wrong with a file, each with its place, so that all of it can be mended at once."""

    def __init__(self, parent: QWidget, desk: Desk, title: str, error: Refused) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(*REFUSED)
        columns = (
            Column(_("Sheet"), lambda fault: fault.place("sheet"), width=11),
            Column(_("Row"), lambda fault: fault.place("row"), width=5, right=True),
            Column(_("Column"), lambda fault: fault.place("column"), width=16),
            Column(_("What is wrong"), lambda fault: fault.problem.words()),
        )
        self.rows = Rows(desk.worker, columns)
        self.rows.show_rows([Fault(str(number), one) for number, one in enumerate(error.problems)])
        self.list = RowsView(self.rows, _("What is wrong"), nothing=error.words())
        self.whole = label("", wrap=True, selectable=True)
        self.list.picked.connect(lambda place: self._show_whole(error.problems[int(place)].words()))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 18, 20, 18)
        inside.setSpacing(GAP)
        inside.addWidget(label(title, "heading", wrap=True))
        inside.addWidget(label(_faults_words(error.problems) or error.words(), wrap=True))
        if error.problems:
            inside.addWidget(self.list, 1)
            inside.addWidget(self.whole)
            self.list.selectRow(0)
        inside.addLayout(row(None, button(_("Close"), self.reject, role="main", help="Esc")))

    def _show_whole(self, words: str) -> None:
        self.whole.setText(words if len(words) > LONG else "")


class Publish(QDialog):
    """What a form is, what it changes, and three questions."""

    def __init__(
        self, parent: QWidget, desk: Desk, path: Path, form: Form, known: Shelved | None, beside: Comparison | None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.path, self.asked, self.beside = desk, path, form, beside
        self.setWindowTitle(_("Publish a questionnaire"))
        self.resize(*SIZE)
        self.form = AskForm(desk.places, asks_why=False)
        self.form.add_fields(fields_of(Questionnaire), "kind", "about", "sensitivity")
        self.form.set_values({name: getattr(known, name) for name in FACTS} if known is not None else dict(USUAL))
        self.form.edited.connect(lambda _name: self._warn())
        self.warning = label("", "warning", wrap=True)
        self.publish_button = button(_("&Publish"), self.publish, role="main", help="Ctrl+S")
        self._lay_out(known)
        self._warn()
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.publish)

    def publish(self) -> None:
        """Put it on the shelf."""
        problems = self.form.not_understood()
        if self.form.show_problems(problems):
            return
        values, form = self.form.values(), self.asked
        confirmed = self.beside is not None and self.beside.taken
        self.desk.worker.change(
            lambda session: _publish(session, form, values, confirmed=confirmed),
            self._published,
            self._refused,
            owner=self,
        )

    # Inside

    def _lay_out(self, known: Shelved | None) -> None:
        told = QVBoxLayout()
        told.setSpacing(GAP)
        for words, role in self._said(known):
            told.addWidget(label(words, role, wrap=True, selectable=True))
        told.addWidget(line())
        told.addWidget(self.form)
        told.addWidget(self.warning)
        told.addStretch(1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 18, 20, 18)
        inside.setSpacing(GAP)
        inside.addWidget(label(self.asked.title or self.asked.name, "heading", wrap=True))
        inside.addWidget(scrolling(told), 1)
        try_button = button(_("Look throu&gh first"), self._try)
        inside.addLayout(row(try_button, None, button(_("Cancel"), self.reject, help="Esc"), self.publish_button))

    def _said(self, known: Shelved | None) -> list[tuple[str, str]]:
        form = self.asked
        count = sum(one.asked and one.kind != "note" for one in form.questions())
        facts = [
            ngettext("{n} question", "{n} questions", count).format(n=whole_number(count)),
            _("version {version}").format(version=form.version) if form.version else _("no version given"),
            ", ".join(one.partition(" (")[0] for one in form.languages if one),
        ]
        said = [(" · ".join(fact for fact in facts if fact), "muted")]
        said += [(words, "warning") for words in _some(form.warnings)]
        if known is None:
            return [*said, (_("It is new: nothing is on the shelf under the name {name}.").format(name=form.name), "")]
        return [*said, *self._changes(known)]

    def _changes(self, known: Shelved) -> list[tuple[str, str]]:
        beside = self.beside
        assert beside is not None
        if beside.published:
            return [(_("This very form is on the shelf already."), "")]
        said = [(_("It becomes a new version of “{title}”.").format(title=known.title), "question")]
        if beside.taken:
            words = _("Another form already bears version {version}. Better raise the version in its settings sheet.")
            said.append((words.format(version=self.asked.version or "–"), "warning"))
        changed = changes_shown(tuple(one.words() for one in beside.changes.found))
        said += [(f"• {words}", "") for words in changed or [_("Nothing that is asked has changed.")]]
        apart = sum(not together for together in beside.joinable.values())
        if apart:
            words = ngettext(
                "{n} question cannot be counted together with earlier answers.",
                "{n} questions cannot be counted together with earlier answers.",
                apart,
            )
            said.append((words.format(n=whole_number(apart)), "warning"))
        said += [(words, "warning") for words in beside.words_of_lost()]
        return said

    def _warn(self) -> None:
        """Who reads is settled by the first answer, so it is said before."""
        sensitivity = self.form.values().get("sensitivity")
        said = {
            "ordinary": _("Everybody who may see the person reads the answers. Ask nothing here that would harm them."),
            "protected": _("Only protection officers read the answers, also of those who asked."),
        }
        self.warning.setText(said.get(str(sensitivity), ""))
        self.warning.setVisible(bool(self.warning.text()))

    def _try(self) -> None:
        """Fill it in as a trial; nothing of that is kept."""
        self.reject()
        self.desk.go("questionnaire", ("preview", str(self.path)))

    def _published(self, _version: Any) -> None:
        self.accept()
        self.desk.messages.done(_("Published: it can be asked now."))

    def _refused(self, error: Exception) -> None:
        if not self.form.show_problems(getattr(error, "problems", ())):
            self.reject()
            self.desk.messages.show_error(error)


def _publish(session: Any, form: Form, values: dict[str, Any], *, confirmed: bool) -> str:
    from resource_centre.services.questionnaires import publish

    kind, about, sensitivity = (str(values.get(name) or "") for name in FACTS)
    return publish(session, form, kind=kind, about=about, sensitivity=sensitivity, confirmed=confirmed).id


def _some(words: Sequence[str]) -> list[str]:
    more = len(words) - MOST_LINES
    if more <= 0:
        return list(words)
    said = ngettext("and {n} more warning", "and {n} more warnings", more).format(n=whole_number(more))
    return [*words[:MOST_LINES], said]


def _faults_words(problems: Sequence[Problem]) -> str:
    if not problems:
        return ""
    words = ngettext(
        "{n} place is to be mended in the file. Then load it again.",
        "{n} places are to be mended in the file. Then load it again.",
        len(problems),
    )
    return words.format(n=whole_number(len(problems)))
