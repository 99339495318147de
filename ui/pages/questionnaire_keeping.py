# SPDX-License-Identifier: Apache-2.0
"""Keeps a filling-in as it goes: its draft within two seconds, the response when somebody saves or completes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from resource_centre.i18n import _
from ui.pages.questionnaire_work import DRAFTS, complete, file_fault, keeps_files, save

if TYPE_CHECKING:
    from ui.kit.desk import Desk
    from ui.kit.drafts import DraftKeeper
    from ui.kit.questions_filling import Filling
    from ui.pages.questionnaire import QuestionnairePage
    from ui.pages.questionnaire_work import Ended, Task

Failed = Callable[[Exception], None]


class Keeping:
    """Belongs to one page. It is the `Typing` whose draft is kept."""

    def __init__(self, desk: Desk, page: QuestionnairePage) -> None:
        self._desk, self._page = desk, page
        self._keeper: DraftKeeper | None = None
        self._files: dict[str, str] = {}
        self._saving = False

    @property
    def readable(self) -> bool:
        """Whether who is signed in may open the answers again once they are complete."""
        from resource_centre.access import may_read
        from resource_centre.services.questionnaires import table_for

        centre, task = self._desk.worker.centre, self._page.task
        return centre is not None and task is not None and may_read(centre.viewer.role, table_for(task.sensitivity))

    @property
    def unchanged(self) -> bool:
        """Whether every answer stands as it is saved."""
        task, filling = self._page.task, self._page.filling
        if task is None or filling is None or self._files:
            return False
        answers = {**filling.live.strangers(), **filling.live.answers()}
        return answers == task.before and filling.live.unanswered() == task.before_unanswered

    def begin(self, task: Task, filling: Filling) -> None:
        """Watch over another filling-in; puts back what its draft held besides answers."""
        self.let_go()
        draft = task.draft or {}
        filling.take_raws(draft.get("raws"))
        filling.at = str(draft.get("at") or "")
        self._files = dict(draft.get("files") or {})
        if task.version_id:
            form, record_id = task.draft_key
            self._keeper = self._desk.drafts.keep(form, self, record_id=record_id, parent=self._page)

    def let_go(self) -> None:
        """Nothing is filled in any more; what was typed is a draft."""
        if self._keeper is not None:
            self._keeper.write_now()
            self._keeper.deleteLater()
            self._keeper = None

    def touch(self) -> None:
        """Something was answered."""
        if self._keeper is not None:
            self._keeper.touch()

    def write_now(self) -> None:
        """Write the draft."""
        if self._keeper is not None:
            self._keeper.write_now()

    def throw_away(self) -> None:
        """The draft is not wanted: open what is saved, or begin anew."""
        if self._keeper is not None:
            self._keeper.discard()
            self._keeper.deleteLater()
            self._keeper = None
        subject, self._page.task = self._page.subject, None
        if isinstance(subject, tuple) and subject[0] == "draft":
            self._page.leave()
        else:
            self._page.opened(subject)

    # What the draft holds

    def typed(self) -> dict[str, Any]:
        """Everything on the screen."""
        task, filling, head = self._page.task, self._page.filling, self._page.head
        if task is None or filling is None or head is None:
            return {}
        return {
            **filling.typed(), "name": task.name, "version_id": task.version_id, "about": dict(task.about),
            "language": task.live.language, "head": head.form.typed(), "files": dict(self._files),
        }  # fmt: skip

    def restore(self, typed: dict[str, Any]) -> None:
        """A draft is put back when the filling-in is opened."""

    # Saving

    def may_save(self) -> bool:
        """Whether everything that is typed is understood; shows what is not."""
        task, filling, head = self._page.task, self._page.filling, self._page.head
        if task is None or filling is None or head is None or self._saving:
            return False
        if not task.version_id:
            self._page.leave()
            return False
        not_understood = [problem for problem in filling.problems() if problem.field in filling.raws]
        return not self._page.show_problems(not_understood) and not head.form.not_understood()

    def save(self, done: Callable[[], object], failed: Failed) -> None:
        """Keep what is answered so far, as begun."""
        task, given = self._ready()

        def saved(response_id: str) -> None:
            self._saved(response_id, given)
            done()

        state = task.state
        self._desk.worker.change(
            lambda session: save(session, task, given, state), saved, self._failed(failed), owner=self._page
        )

    def complete(self, done: Callable[[Ended], object], failed: Failed) -> None:
        """Keep everything as complete."""
        if self._saving:
            return
        assert self._page.filling is not None
        self._page.filling.live.finish(datetime.now().astimezone())
        task, given = self._ready()

        def ended(result: Ended) -> None:
            self._saved(result.response_id, given)
            done(result)

        self._desk.worker.change(
            lambda session: complete(session, task, given), ended, self._failed(failed), owner=self._page
        )

    def take_file(self, place: str, path: str) -> None:
        """A file was chosen as an answer: it is attached when the answers are saved, if it may be."""
        row = self._page.asking.questions.rows.get(place)
        task = self._page.task
        if task is None or row is None:
            return
        if not keeps_files(task):
            row.show_note(_("Only the file's name is kept here. Keep the file itself where it is."), "warning")
            return

        def looked(fault: str) -> None:
            shown = self._page.asking.questions.rows.get(place)
            if not fault:
                self._files[place] = path
                self.touch()
            elif shown is not None:
                words = _("{reason} Only its name is kept here.").format(reason=fault)
                shown.show_note(words, "warning")

        self._desk.worker.run(lambda: file_fault(path), looked, owner=self._page)

    def _ready(self) -> tuple[Task, dict[str, Any]]:
        task, filling, head = self._page.task, self._page.filling, self._page.head
        assert task is not None
        assert filling is not None
        assert head is not None
        self._saving = True
        live = filling.live
        chosen = {place: path for place, path in self._files.items() if place in live.answers()}
        given = {
            "answers": {**live.strangers(), **live.answers()},
            "unanswered": live.unanswered(),
            "head": {**head.values(), "form_language": live.language},
            "files": chosen,
        }
        return task, given

    def _saved(self, response_id: str, given: dict[str, Any]) -> None:
        self._saving = False
        self._files = {}
        page = self._page
        if self._keeper is not None:
            self._keeper.saved()
            self._keeper.form, self._keeper.record_id = DRAFTS, response_id
        if page.task is not None:
            page.task = replace(
                page.task, response_id=response_id, before=given["answers"], before_unanswered=given["unanswered"]
            )

    def _failed(self, failed: Failed) -> Failed:
        def told(error: Exception) -> None:
            self._saving = False
            failed(error)

        return told
