# SPDX-License-Identifier: Apache-2.0
"""A questionnaire is asked: page by page, all on one page, or aloud one question at a time; kept as it goes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.page import Page, scrolling
from ui.kit.pieces import button
from ui.kit.questions_filling import Filling
from ui.pages.questionnaire_asking import Asking
from ui.pages.questionnaire_head import Head
from ui.pages.questionnaire_keeping import Keeping
from ui.pages.questionnaire_shown import WAYS, LanguageMenu, WayMenu
from ui.pages.questionnaire_work import begin, begin_from_draft, look_at, take_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resource_centre.problems import Problem
    from ui.kit.desk import Desk
    from ui.kit.questions_plan import Way
    from ui.pages.questionnaire_work import Ended, Task


class QuestionnairePage(Page):
    """Opens ``("begin", name, about)``, ``("response", id)``, ``("draft", form, record_id)``, ``("preview", source)``.

    `about` holds person_id, case_id, event_id, participation_id and occasion as far as they are known. A preview's
    source is a version's id or a file.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Questionnaire"), scrolls=False)
        self.task: Task | None = None
        self.filling: Filling | None = None
        self.head: Head | None = None
        self.subject: object = None
        self.keeping = Keeping(desk, self)
        self.ways = WayMenu(self.choose_way)
        self.languages = LanguageMenu(self.choose_language)
        self.head_button = button(_("&About this…"), self._show_head)
        self.later_button = button(_("&Go on later"), self.later, help="Ctrl+S")
        self.print_button = button(_("&Print…"), self.print, help="Ctrl+P")
        for one in (self.ways, self.languages, self.head_button, self.print_button, self.later_button):
            self.buttons.addWidget(one)
        self.asking = Asking(self.later_button)
        self.head_place, self.closing_place = QVBoxLayout(), QVBoxLayout()
        self.head_area, self.closing_area = scrolling(self.head_place), scrolling(self.closing_place)
        for part in (self.head_area, self.closing_area, self.asking):
            self.body.addWidget(part, 1)
        self.asking.touched.connect(self.keeping.touch)
        self.asking.finished.connect(self.finish)
        self.asking.questions.file_chosen.connect(self.keeping.take_file)
        self._keys()
        self._show_only(None)

    # Opening

    def opened(self, subject: object = None) -> None:
        """Go on where one was, or open something else."""
        if subject == self.subject and self.task is not None and not self.closing_area.isVisibleTo(self):
            return
        if not isinstance(subject, tuple) or not subject:
            return
        self.keeping.let_go()
        self.subject, self.task = subject, None
        self._show_only(None)
        kind, *what = subject
        if kind == "begin":
            about = dict(what[1]) if len(what) > 1 and what[1] else {}
            self.desk.worker.change(partial(_begin, what[0], about), self._show_task)
        elif kind == "draft":
            self.desk.worker.change(partial(_from_draft, what[0], what[1]), self._show_task)
        elif kind == "response":
            self.desk.worker.read(partial(_take_up, what[0]), self._show_task)
        else:
            self.desk.worker.read(partial(_look_at, str(what[0])), self._show_task)

    def may_leave(self) -> bool:
        """What is typed stays a draft."""
        self.keeping.write_now()
        return True

    def first_field(self) -> QWidget | None:
        """The question one is at."""
        if self.filling is None:
            return None
        if self.head_area.isVisibleTo(self) and self.head is not None:
            return self.head.begin_button
        row = self.asking.questions.rows.get(self.asking.here())
        return row.first_stop() if row is not None else None

    def _show_task(self, task: Task) -> None:
        self.task = task
        self.filling = filling = Filling(task.live)
        self.keeping.begin(task, filling)
        self._make_head(task)
        self.languages.show_task(task)
        self.asking.last_words = _last_words(task)
        if task.draft is not None:
            self.desk.messages.tell(
                _("This was not saved yet. Go on with it, or throw it away."),
                action=(_("Throw away"), self.keeping.throw_away),
            )
        if task.before is not None or task.draft is not None or not task.version_id:
            self.show_questions(filling.at or filling.first_unanswered())
        else:
            self._show_head()

    def _make_head(self, task: Task) -> None:
        if self.head is not None:
            self.head_place.removeWidget(self.head)
            self.head.hide()
            self.head.deleteLater()
        self.head = head = Head(self.desk, task)
        self.head_place.addWidget(head)
        if task.draft is not None:
            head.form.restore(dict(task.draft.get("head") or {}))
        head.begun.connect(self._begun)
        head.edited.connect(self.keeping.touch)

    def _begun(self) -> None:
        assert self.filling is not None
        self.keeping.touch()
        begun = self.filling.live.progress()[0] > 0
        self.show_questions((self.filling.at or self.filling.first_unanswered()) if begun else "")

    # Showing

    def show_questions(self, at: str = "") -> None:
        """Ask: from this question on, from the beginning without one."""
        if self.filling is None:
            return
        self.asking.way = self.ways.way = self._way()
        self._show_only(self.asking)
        self.asking.ask(self.filling, at)

    def choose_way(self, way: str) -> None:
        """Show the questions in another way, at the same place."""
        self.desk.preferences.questionnaire_way = way
        if self.asking.isVisibleTo(self):
            self.show_questions(self.asking.here())

    def choose_language(self, language: str) -> None:
        """Ask in another of the form's languages; the answers stay."""
        if self.filling is None:
            return
        self.filling.live.language = language
        self.languages.mark(language)
        self.keeping.touch()
        if self.asking.isVisibleTo(self):
            self.asking.again()

    def _way(self) -> Way:
        found = self.desk.preferences.questionnaire_way
        return found if found in WAYS else "pages"  # type: ignore[return-value]

    def _show_head(self) -> None:
        self._show_only(self.head_area)
        if self.head is not None:
            self.head.begin_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_only(self, part: QWidget | None) -> None:
        for one in (self.head_area, self.asking, self.closing_area):
            one.setVisible(one is part)
        asks, task = part is self.asking, self.task
        kept = task is not None and bool(task.version_id)
        aloud = self._way() == "aloud"
        self.ways.setVisible(asks)
        self.later_button.setVisible(asks and kept)
        self.head_button.setVisible(asks and kept and not aloud)
        self.print_button.setVisible(asks and not aloud and self._may_print())
        self.languages.setVisible(asks and self.languages.has_several())
        if task is not None and self.head is not None:
            said = " · ".join(one for one in (task.who, self.head.summary()) if one) if kept and asks else task.who
            # What is turned to the client says nothing about them.
            self.set_title(task.title, "" if part is self.head_area or (asks and aloud) else said)

    # Ending

    def finish(self) -> None:
        """Complete it, or show what stands in the way."""
        if self.filling is None or self.task is None or self.head is None:
            return
        if not self.task.version_id:
            self.leave()
            return
        self.filling.checked = True
        if self.head.form.not_understood():
            self._show_head()
            self.head.begin()
        elif not self.show_problems(self.filling.problems()):
            self.keeping.complete(self._ended, self.refused)

    def later(self) -> None:
        """Save what is answered so far and leave."""
        if self.keeping.may_save():
            self.keeping.save(self.leave, self.refused)

    def save(self) -> None:
        """Save what is answered so far and stay."""
        if self.task is not None and self.task.version_id and self.keeping.may_save():
            self.keeping.save(lambda: self.desk.messages.done(_("Saved. You can go on, now or later.")), self.refused)

    def show_problems(self, problems: Iterable[Problem]) -> bool:
        """Show what is wrong beside its questions and go to the first; whether there is anything."""
        assert self.filling is not None
        known = set(self.filling.live.places())
        found = [problem for problem in problems if problem.field in known]
        if not found:
            return False
        words = ngettext("{n} question is still to be settled.", "{n} questions are still to be settled.", len(found))
        self.desk.messages.tell(words.format(n=len(found)), "warning")
        self._show_only(self.asking)
        self.asking.show_problems(found)
        return True

    def refused(self, error: Exception) -> None:
        """What was not to be kept so: beside its question, else as a message."""
        from dataclasses import replace

        problems = getattr(error, "problems", ())
        if not self.show_problems(replace(one, field=one.field.removeprefix("answers.")) for one in problems):
            self.desk.messages.show_error(error)

    def leave(self) -> None:
        """Back to whom it was about."""
        about = self.task.about if self.task is not None else {}
        self.keeping.let_go()
        self.subject = self.task = None
        if about.get("event_id"):
            self.desk.go("training", (about["event_id"], "learning"))
        elif about.get("person_id"):
            self.desk.go("person", about["person_id"])
        else:
            self.desk.go("home")

    def print(self) -> None:
        """Show the paper of these answers; what is not saved yet is saved first."""
        from ui.pages.questionnaire_paper import paper_of

        if not self._may_print() or not self.asking.isVisibleTo(self) or not self.keeping.may_save():
            return
        assert self.task is not None
        show = paper_of(self.desk, str(self.task.response_id), self)
        if show is not None and self.keeping.unchanged:
            show()
        elif show is not None:
            self.keeping.save(show, self.refused)

    def _may_print(self) -> bool:
        task = self.task
        return task is not None and task.response_id is not None and task.before is not None and self.keeping.readable

    def _ended(self, ended: Ended) -> None:
        from ui.pages.questionnaire_closing import Closing
        from ui.pages.questionnaire_paper import paper_of

        assert self.filling is not None
        assert self.task is not None
        response_id = ended.response_id
        readable = self.keeping.readable
        again = (lambda: self.desk.go("questionnaire", ("response", response_id))) if readable else None
        paper = paper_of(self.desk, response_id, self) if readable else None
        closing = Closing(self.filling, ended, self.leave, again, paper)
        while (item := self.closing_place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.closing_place.addWidget(closing)
        self.asking.stop()
        self._show_only(self.closing_area)
        closing.done_button.setFocus(Qt.FocusReason.TabFocusReason)

    # Inside

    def _keys(self) -> None:
        for keys, act in (
            ("PgDown", self._page_down),
            ("Ctrl+PgDown", self._page_down),
            ("PgUp", self._page_up),
            ("Ctrl+PgUp", self._page_up),
            ("Ctrl+Return", self._go_on),
            ("Ctrl+Enter", self._go_on),
            ("Ctrl+S", self.save),
            ("Ctrl+P", self.print),
            ("F3", self.ways.take_next),
            ("F4", self.languages.take_next),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _page_down(self) -> None:
        """Turning pages never ends it by chance."""
        if self.asking.isVisibleTo(self) and not self.asking.is_last():
            self.asking.turn_on()
        elif self.asking.isVisibleTo(self):
            self.asking.bar.on_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _page_up(self) -> None:
        if self.asking.isVisibleTo(self):
            self.asking.turn_back()

    def _go_on(self) -> None:
        if self.head_area.isVisibleTo(self) and self.head is not None:
            self.head.begin()
        elif self.asking.isVisibleTo(self):
            self.asking.turn_on()


def _last_words(task: Task) -> str:
    """What stands on the button that ends it."""
    if not task.version_id:
        return _("&Close")
    return _("&Save") if task.state == "complete" else _("&Finish")


def _begin(name: str, about: dict[str, Any], session: Any) -> Task:
    return begin(session, name, about)


def _from_draft(form: str, record_id: str | None, session: Any) -> Task:
    return begin_from_draft(session, form, record_id)


def _take_up(response_id: str, session: Any) -> Task:
    return take_up(session, response_id)


def _look_at(source: str, session: Any) -> Task:
    return look_at(session, source)
