# SPDX-License-Identifier: Apache-2.0
"""The intake: a conversation in ten steps, each saved by itself, gone on with on any later day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resource_centre.i18n import _, ngettext
from resource_centre.services.intake_sections import STEPS
from ui.kit.desk import Desk
from ui.kit.drafts import DraftKeeper
from ui.pages.intake_conversation import FIRST, IntakeConversation
from ui.pages.intake_view import StepView
from ui.pages.intake_work import CONTACT, PARTICIPANT, Handed, begin_from, hand_over, note, read, register, save

if TYPE_CHECKING:
    from collections.abc import Callable

    from resource_centre.services.intake import Intake
    from resource_centre.services.intake_parts import IntakeRecord

    Saved = Callable[[StepView, IntakeRecord], None]


class IntakePage(IntakeConversation):
    """Registering somebody, and going on with the intake of somebody who is registered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.draft = desk.drafts.keep("intake", self.form, parent=self)
        self.keeper: DraftKeeper | None = None
        self._handed: Handed | None = None
        self._saving = False
        desk.worker.changed.connect(self._changed)
        self._begin_new()

    def opened(self, subject: object = None) -> None:
        """A new intake with what was typed in a search; ``("person", id)``, perhaps with a step, goes on with theirs;
        ``("contact", id)`` registers whom the front desk has met, ``("participant", id)`` who stands on a sheet."""
        if isinstance(subject, tuple) and subject[0] == "person":
            self._open_person(*subject[1:])
        elif isinstance(subject, tuple) and subject[0] in (CONTACT, PARTICIPANT):
            self._open_handed(subject)
        else:
            self._open_new(subject if isinstance(subject, str) else "")

    def may_leave(self) -> bool:
        """What was typed into a registered person's intake is saved where that is possible, else kept as a draft."""
        self.put_away(self.view)
        return True

    def start_anew(self, text: str = "") -> None:
        """Let go of what is typed and begin again, with what was typed in the search."""
        self.desk.messages.clear()
        if self.person_id is None:
            self.draft.discard()
            self._begin_new()
        self._open_new(text)
        self.form.lead_to("person.full_name")

    def open_same(self, person_id: str) -> None:
        """It is somebody we know: go there, with what was handed over. What was typed stays as a draft."""
        self.put_away(self.view)
        if self._handed is not None:
            kind, record_id = self._handed.kind, self._handed.record_id
            self._begin_new()
            self.desk.worker.change(lambda session: hand_over(session, kind, record_id, person_id))
        self.desk.go("person", person_id)

    def open_person(self) -> None:
        """To the page of whose intake this is."""
        if self.person_id is not None:
            self.put_away(self.view)
            self.desk.go("person", self.person_id)

    def typed(self) -> None:
        """Keep it as a draft."""
        keeper = self.draft if self.person_id is None else self.keeper
        if keeper is not None:
            keeper.touch()

    # Whose intake

    def _open_new(self, text: str) -> None:
        if self.person_id is not None:
            self.put_away(self.view)
            self._begin_new()
        if not self.begun():
            self._start_with(text)
            self.draft.offer(self._take_up)
        elif text:
            self._one_at_a_time(lambda: self.start_anew(text))

    def _start_with(self, text: str) -> None:
        self.typing.telephone = self.form.start_with(text)
        self.look_over()
        self.look()

    def _begin_new(self) -> None:
        self._let_go_of_person()
        self.form.begin()
        self.form.clear_problems()
        self.form.show_visit(True)
        self.views[FIRST].show_lists(False)
        self.set_title(_("Intake"))
        self._show_place()
        self.look_over()

    def _open_handed(self, came_from: tuple[str, str]) -> None:
        if self.person_id is not None:
            self.put_away(self.view)
            self._begin_new()
        if self.begun():
            self._one_at_a_time(lambda: self._begin_handed(came_from))
        else:
            self.desk.drafts.find("intake", None, lambda body: self._handed_or_draft(came_from, body), owner=self)

    def _handed_or_draft(self, came_from: tuple[str, str], body: dict[str, Any] | None) -> None:
        """An intake that was begun and never saved comes first, so that nothing of it is lost."""
        if not body:
            self._begin_handed(came_from)
            return
        self._take_up(body)
        if self.form.came_from != came_from:
            self._one_at_a_time(lambda: self._begin_handed(came_from))

    def _begin_handed(self, came_from: tuple[str, str]) -> None:
        if self.begun():
            self.draft.discard()
        self._begin_new()
        self.desk.messages.clear()
        self._ask_handed(came_from, self._fill_in)

    def _fill_in(self, handed: Handed) -> None:
        self.form.set_values(handed.answers)
        self.typing.telephone = handed.telephone

    def _ask_handed(self, came_from: tuple[str, str], begin: Callable[[Handed], None]) -> None:
        def answer(handed: Handed) -> None:
            if handed.person_id is not None:
                self._open_person(handed.person_id)
                return
            begin(handed)
            self._handed = handed
            self.form.came_from = came_from
            self.form.show_visit(True, handed_over=handed.kind == CONTACT)
            self.look_over()
            self.look()

        self.desk.worker.read(lambda session: begin_from(session, *came_from), answer, self._not_there)

    def _one_at_a_time(self, instead: Callable[[], None]) -> None:
        words = _("Another intake is still open here. Save it first, or start a new one.")
        self.desk.messages.tell(words, "info", (_("Start a new intake"), instead))

    def _open_person(self, person_id: str, step: str | None = None) -> None:
        if person_id == self.person_id:
            self.go_to(step or self.view.step)
            return
        self.put_away(self.view)
        self.desk.worker.read(
            lambda session: read(session, person_id), lambda record: self._show_person(record, step), self._not_there
        )

    def _show_person(self, record: IntakeRecord, step: str | None = None) -> None:
        """Show somebody's intake, and take up what was typed and never saved."""
        self._let_go_of_person()
        self.person_id = record.person.id
        self.form.show_visit(False)
        self.views[FIRST].show_lists(True)
        self.keeper = self.desk.drafts.keep("intake", self.typing, record_id=self.person_id, parent=self)
        self._take_record(record, anew=True)
        self._show_place()
        self.keeper.offer(self._take_up_steps)
        if step is not None:
            self.go_to(step)

    def _not_there(self, error: Exception) -> None:
        self.desk.messages.show_error(error)
        self._begin_new()

    def _let_go_of_person(self) -> None:
        if self.keeper is not None:
            self.keeper.write_now()
            self.keeper.deleteLater()
        self.keeper, self.person_id, self.record, self._handed = None, None, None, None
        self.unsaved.clear()
        self.typing.forget()
        for view in self.views.values():
            view.leave_person()
        self.aside.show_alike(())
        self.state.setText("")
        self.stack.setCurrentWidget(self.views[FIRST])
        self.steps.show_step(FIRST)

    def _take_record(self, record: IntakeRecord, *, anew: bool = False) -> None:
        self.record = record
        self.set_title(record.person.full_name, record.person.number or "")
        for view in self.views.values():
            view.show_record(record, anew=anew)
        self.look_over()

    def _show_place(self) -> None:
        registered = self.person_id is not None
        self.steps.open_for(registered)
        self.person_button.setVisible(registered)
        self.save_button.setText(_("Save and &go on") if registered else _("&Save"))
        self.view.form.share_letters()

    def _take_up(self, body: dict[str, Any]) -> None:
        if self.person_id is not None:
            return
        self.form.restore(body)
        if self.form.came_from[1]:
            self._ask_handed(self.form.came_from, lambda _handed: None)
        self.look_over()
        self.look()
        words = _("This intake was not saved yet. Go on with it, or start a new one.")
        self.desk.messages.tell(words, "info", (_("Start a new intake"), self.start_anew))

    def _take_up_steps(self, body: dict[str, Any]) -> None:
        self.typing.take_up(body)
        self.unsaved |= self.typing.waiting()
        self.look_over()
        self.desk.messages.tell(_("Answers were typed here that are not saved yet. Go on with them where it says so."))

    # Saving

    def save(self) -> None:
        """Register somebody, or save the step in view and go on to the next; or show what stands in the way."""
        view = self.view
        if self._saving or view.form.show_problems(view.form.not_understood()):
            return
        self.desk.messages.clear()
        if self.person_id is None:
            self._register()
        elif view.touched:
            self._save(view, self._saved_here)
        else:
            self._after_saving()

    def put_away(self, view: StepView) -> None:
        """Leaving a step: what is typed is saved when it can be, and stays a draft when it cannot."""
        if self.person_id is None:
            self.draft.write_now()
            return
        view.save_entries()
        if view.touched and not self._saving:
            if view.form.not_understood():
                self._keep_unsaved(view)
            else:
                self._save(view, self._take_saved)

    def _register(self) -> None:
        answers, handed = self.form.registration(), self._handed
        self._rest(False)
        self.desk.worker.change(lambda session: register(session, answers, handed), self._registered, self._refused)

    def _registered(self, done: tuple[Intake, IntakeRecord]) -> None:
        intake, record = done
        self._rest()
        self.draft.discard()
        telephone = self.typing.telephone
        self._show_person(record)
        self.typing.telephone = telephone
        said = _("Registered with the number {number}.").format(number=intake.number or "")
        warnings = " ".join(dict.fromkeys(problem.words() for problem in intake.warnings))
        self.desk.go("intake", ("person", intake.person_id))
        self.go_on()
        self.desk.messages.tell(f"{said} {warnings}".strip(), "warning" if warnings else "good")

    def _save(self, view: StepView, saved: Saved) -> None:
        person_id, parts, versions = self.person_id, view.form.parts(), dict(view.versions)
        assert person_id is not None
        self._rest(False)
        self.desk.worker.change(
            lambda session: save(session, person_id, parts, versions),
            lambda record: saved(view, record),
            lambda error: self._not_saved(view, person_id, error, saved),
        )

    def _saved_here(self, view: StepView, record: IntakeRecord) -> None:
        self._take_saved(view, record)
        if view is self.view:
            self._after_saving()

    def _take_saved(self, view: StepView, record: IntakeRecord) -> None:
        self._rest()
        if record.person.id != self.person_id:
            return
        view.touched = False
        self.unsaved.discard(view.step)
        self.typing.drop(view)
        self._take_record(record)
        view.mark_problems(record.warnings)
        if self.keeper is not None:
            (self.keeper.touch if self.typing.typed() else self.keeper.discard)()
        self.state.setText(_("Saved"))
        if record.warnings:
            words = " ".join(dict.fromkeys(problem.words() for problem in record.warnings))
            self.desk.messages.tell(words, "warning")

    def _after_saving(self) -> None:
        self.view.save_entries()
        if self.view.step != STEPS[-1].key:
            self.go_on()
            return
        number = len(self.record.missing.open) if self.record is not None else 0
        words = ngettext("{n} answer is still open.", "{n} answers are still open.", number).format(n=number)
        said = words if number else _("This intake is complete.")
        self.desk.messages.tell(said, "good", (_("To the person's page"), self.open_person))

    def _keep_unsaved(self, view: StepView) -> None:
        self.unsaved.add(view.step)
        if self.keeper is not None:
            self.keeper.touch()
            self.keeper.write_now()
        self.look_over()

    def _not_saved(self, view: StepView, person_id: str, error: Exception, saved: Saved) -> None:
        self._rest()
        if person_id != self.person_id or view.settle(error, lambda: self._save(view, saved)):
            return
        problems = getattr(error, "problems", ())
        self._keep_unsaved(view)
        if view is not self.view:
            view.mark_problems(problems)
            title = next(step.title for step in STEPS if step.key == view.step)
            words = _("{step}: not saved yet, an answer there needs another look.").format(step=title)
            self.desk.messages.tell(words, "warning", (_("Go there"), lambda: self.go_to(view.step)))
        elif not view.form.show_problems(problems):
            self.desk.messages.show_error(error)

    def _refused(self, error: Exception) -> None:
        self._rest()
        if not self.form.show_problems(self.form.placed(getattr(error, "problems", ()))):
            self.desk.messages.show_error(error)

    def _rest(self, ready: bool = True) -> None:
        self._saving = not ready
        self.save_button.setEnabled(ready)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        """An entry was saved, here or in another window: what is missing may be less now."""
        person_id = self.person_id
        if person_id is None or self._saving or not self.isVisible() or changed.keys() <= {"Draft"}:
            return
        self.desk.worker.read(
            lambda session: read(session, person_id), self._look_again, replaces="intake-read", quiet=True
        )

    def _look_again(self, record: IntakeRecord) -> None:
        if record.person.id != self.person_id or self._saving:
            return
        self._take_record(record)
        if record.noted != record.missing.complete and record.told["interview"].record is not None:
            person_id = record.person.id
            self.desk.worker.change(lambda session: note(session, person_id), quiet=True)
