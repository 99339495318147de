# SPDX-License-Identifier: Apache-2.0
"""A whole class's test is written down from paper, in the order of the attendance sheet, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from resource_centre import i18n
from resource_centre.i18n import _, ngettext
from resource_centre.problems import Problem
from resource_centre.vocabulary import vocabulary
from ui.kit.editors_codes import ComboBox
from ui.kit.editors_dates import DateEditor
from ui.kit.pieces import GAP, Card, button, label, row
from ui.pages.class_answers_grid import AnswerSheet
from ui.pages.class_answers_view import AnswerView
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.class_tests import ClassTest, SavedAnswers
    from ui.kit.desk import Desk
    from ui.kit.drafts import DraftKeeper

LEAST_SHEET = 170
LEAST_BESIDE = 860
DAY_WIDTH = 120

DRAFTS = "class_test"
"""How its drafts begin; after it stand the name of the test and the occasion."""
MODES = ("kertas", "lisan", "sendiri")
"""How a class may have been asked (code list response_mode); the first is what one mostly does here."""


class ClassAnswers(QWidget):
    """One test on one occasion; `done` is called when one is through with it."""

    def __init__(self, desk: Desk, done: Callable[[], None]) -> None:
        super().__init__()
        self.desk, self._done = desk, done
        self.test: ClassTest | None = None
        self.draft: DraftKeeper | None = None
        self.sheet = AnswerSheet(desk.theme)
        self.view = AnswerView(self.sheet)
        self.title = label("", "heading", wrap=True)
        self.count = label("", "muted")
        self.question = label("", "question", wrap=True)
        self.choices = label("", wrap=True)
        self.keys = label("", "help", wrap=True)
        self._said: list[str] = []
        self.mode = ComboBox()
        self.day = DateEditor()
        self.save_button = button(_("&Save the answers"), self.save, role="main", help="Ctrl+S")
        self.back_button = button(_("&Back to the results"), self.back)
        self._lay_out()
        self._listen()

    def open(self, event_id: str, name: str, occasion: str) -> None:
        """Begin, or go on."""
        self.test = None
        self.desk.worker.change(
            lambda session: _class_test(session, event_id, name, occasion), self.show_test, owner=self
        )

    def show_test(self, test: ClassTest) -> None:
        """Show what stands already."""
        self.test = test
        self.sheet.show(test, _language(test))
        occasion = term("response_occasion", test.occasion)
        self.title.setText(_("{test}: {occasion}").format(test=test.title, occasion=occasion))
        self.mode.setCurrentIndex(max(0, self.mode.findData(test.mode or MODES[0])))
        self.day.set_value(test.asked_on)
        self.draft = self.desk.drafts.keep(
            f"{DRAFTS}.{test.name}.{test.occasion}", self, record_id=test.event_id, parent=self
        )
        self.draft.offer(self._take_up)
        self._count()
        self.view.start()

    def leave(self) -> None:
        """What is typed stays a draft."""
        if self.draft is not None:
            self.draft.write_now()

    def first_field(self) -> QWidget:
        """The sheet."""
        return self.view

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The question stands beside the sheet, below it where there is less room."""
        super().resizeEvent(event)
        beside = self.width() >= LEAST_BESIDE
        self.beside.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.keys.setVisible(beside)
        self._say_choices()

    # What the draft keeper asks

    def typed(self) -> dict[str, Any]:
        """Letters that are not saved; nothing when there are none."""
        rows = self.sheet.typed()
        return {"rows": rows, "mode": self.mode.currentData()} if rows else {}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave."""
        self.sheet.restore(typed.get("rows", {}))
        self.mode.setCurrentIndex(max(0, self.mode.findData(typed.get("mode"))))
        self._count()
        self.view.start()

    # Acting

    def save(self) -> None:
        """Keep the answers of the class as one act."""
        test, written = self.test, self.sheet.written()
        if test is None or not self.save_button.isEnabled():
            return
        if self.day.unreadable():
            self.desk.messages.tell(self.day.unreadable() or "", "warning")
            return
        if not written:
            self.back()
            return
        rows = [
            {"participation_id": one.participation_id, "letters": one.letters, "before": one.before} for one in written
        ]
        mode, day = str(self.mode.currentData()), self.day.value()
        refused = partial(self._refused, [one.participation_id for one in written])
        self.save_button.setEnabled(False)
        self.desk.worker.change(lambda session: _save(session, test, mode, rows, day), self._saved, refused)

    def back(self) -> None:
        """Back; what is not saved stays a draft."""
        self.leave()
        self._let_go()
        self._done()

    # Inside

    def _lay_out(self) -> None:
        for code in MODES:
            self.mode.addItem(vocabulary("response_mode").label(code), code)
        asked, day = label(_("&How it was asked")), label(_("&Day"))
        asked.setBuddy(self.mode)
        self.mode.setAccessibleName(_("How it was asked"))
        self.day.introduce(_("Day"), "")
        day.setBuddy(self.day)
        self.keys.setText(
            _(
                "One key for each question: a, b, c, d; t for “do not know”, - for left empty. Space passes one over, "
                "Backspace goes back, Enter goes on to the next line."
            )
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        head = row(self.title, self.back_button, self.save_button)
        head.setStretch(0, 1)
        inside.addLayout(head)
        inside.addLayout(row(asked, self.mode, GAP, day, self.day, None))
        inside.addWidget(self.count)
        self.aside = Card()
        for one in (self.question, self.choices):
            self.aside.body.addWidget(one)
        self.aside.body.addStretch(1)
        self.aside.body.addWidget(self.keys)
        self.beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.beside.setSpacing(GAP)
        self.beside.addWidget(self.view, 3)
        self.beside.addWidget(self.aside, 2)
        inside.addLayout(self.beside, 1)
        self.view.setMinimumHeight(LEAST_SHEET)
        self.day.line.setMinimumWidth(DAY_WIDTH)

    def _listen(self) -> None:
        self.sheet.edited.connect(self._edited)
        self.view.refused.connect(self._key_refused)
        self.view.moved.connect(self._show_question)
        self.view.left.connect(self.save_button.setFocus)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)

    def _edited(self) -> None:
        if self.draft is not None:
            self.draft.touch()
        self._count()

    def _count(self) -> None:
        words = _("{n} of {of} written down").format(n=self.sheet.done(), of=len(self.sheet.lines))
        self.count.setText(words)

    def _show_question(self, place: int) -> None:
        from resource_centre.questionnaires.form import say

        item, language = self.sheet.items[place], self.sheet.language
        self.question.setText(f"{item.number}. {item.words(language)}")
        self._said = [f"{letter}  {say(words, language)}" for letter, words in item.choices]
        self._say_choices()

    def _say_choices(self) -> None:
        """Below each other beside the sheet, in one line where there is less room."""
        self.choices.setText(("\n" if self.width() >= LEAST_BESIDE else "     ").join(self._said))

    def _key_refused(self, line: int, place: int, code: str) -> None:
        item = self.sheet.items[place]
        if code == "letter_not_offered":
            words = _("Line {n}, question {question}: possible are {letters}, and - for left empty.")
            said = words.format(n=line + 1, question=item.number, letters=", ".join(item.letters))
        else:
            said = Problem("letters", code).words()
        self.desk.messages.tell(said, "warning")

    def _take_up(self, typed: dict[str, Any]) -> None:
        self.restore(typed)
        self.desk.messages.tell(
            _("This was not saved yet. Go on with it, or throw it away."),
            action=(_("Throw away"), self._throw_away),
        )

    def _throw_away(self) -> None:
        if self.draft is not None and self.test is not None:
            self.draft.discard()
            self.sheet.show(self.test, self.sheet.language)
            self._count()
            self.view.start()

    def _saved(self, saved: SavedAnswers) -> None:
        self.save_button.setEnabled(True)
        if self.draft is not None:
            self.draft.saved()
        self._let_go()
        self._done()
        self.desk.messages.done(saved_words(saved))

    def _refused(self, written: list[str], error: Exception) -> None:
        self.save_button.setEnabled(True)
        problems: tuple[Problem, ...] = getattr(error, "problems", ())
        wrong = next((one for one in problems if one.field.startswith("rows.")), None)
        if wrong is None:
            self.desk.messages.show_error(error)
            return
        _rows, number, *place = wrong.field.split(".")
        whose = written[int(number)]
        line = next(at for at, one in enumerate(self.sheet.lines) if one.participation_id == whose)
        self.view.setFocus()
        self.view.go_to(line, int(place[1]) if len(place) > 1 else 0)
        words = _("Line {n}: {problem}").format(n=line + 1, problem=wrong.words())
        self.desk.messages.tell(words, "warning")

    def _let_go(self) -> None:
        if self.draft is not None:
            self.draft.deleteLater()
            self.draft = None
        self.test = None


def saved_words(saved: SavedAnswers) -> str:
    """What became of it, and what it means for the gain."""
    said = [
        ngettext("{n} test is written down.", "{n} tests are written down.", saved.complete).format(n=saved.complete)
    ]
    if saved.begun:
        words = ngettext("{n} is only begun.", "{n} are only begun.", saved.begun)
        said.append(words.format(n=saved.begun))
    if saved.without_before:
        words = ngettext(
            "{n} has no test before and does not count in the gain.",
            "{n} have no test before and do not count in the gain.",
            saved.without_before,
        )
        said.append(words.format(n=saved.without_before))
    return " ".join(said)


def _language(test: ClassTest) -> str:
    """The form's name for the language of the window."""
    known = {language for item in test.items for language in item.label}
    code = f"({i18n.language()})"
    return next((language for language in known if language.endswith(code)), test.language)


def _class_test(session: Any, event_id: str, name: str, occasion: str) -> ClassTest:
    from resource_centre.services.class_tests import class_test

    return class_test(session, event_id, name, occasion)


def _save(session: Any, test: ClassTest, mode: str, rows: list[dict[str, Any]], day: Any) -> SavedAnswers:
    from resource_centre.services.class_tests import save_test_answers

    return save_test_answers(
        session, test.event_id, test.name, test.occasion, mode, rows, version_id=test.version_id, asked_on=day
    )
