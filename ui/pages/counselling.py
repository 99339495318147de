# SPDX-License-Identifier: Apache-2.0
"""Writing down a counselling session: who, when, what about, what next. A usual one takes less than a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.changed_typing import ChangedTyping
from ui.kit.desk import Desk
from ui.kit.drafts import DraftKeeper
from ui.kit.merging import Merging
from ui.kit.page import Page
from ui.kit.pieces import MARGIN, button
from ui.kit.typed_dates import show_date
from ui.pages.counselling_form import CLOSING, GROUP, CounsellingForm
from ui.pages.counselling_people import WithWhom
from ui.pages.counselling_store import Before, Opened, Typed, before, opened, save
from ui.pages.wording import age_or_standing, term

if TYPE_CHECKING:
    from resource_centre.records import CounsellingSession

FILLED_IN = frozenset({"held_on", "mode", "attendance", "session_type", "service_type"})
"""Answers that are there before anybody types."""


class CounsellingPage(Page):
    """One session. A subject is a person's id, ``("case", case_id, person_id)`` to come back to the case, or
    ``("session", id)`` to change one that is written down."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Counselling session"))
        self.session_id: str | None = None
        self.case_id: str | None = None
        self.merging: Merging | None = None
        self.who = WithWhom(desk)
        self.picker, self.last = self.who.picker, self.who.last
        self.form = CounsellingForm(desk.places)
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        self.new_button = button(_("New session"), self.start_anew)
        self.buttons.addWidget(self.new_button)
        self.buttons.addWidget(self.save_button)
        self.draft = desk.drafts.keep("counselling", self, parent=self)
        self._changing: DraftKeeper | None = None
        """Keeps what is typed into a session that was written down before."""
        self._note_before: str | None = None
        self._asked_for: object = None
        self._draft_looked_for = False
        self.form.put_above(self.who)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self._listen()

    def opened(self, subject: object = None) -> None:
        """Begin with this person, go on with a draft, or open a session again."""
        kind, *ids = subject if isinstance(subject, tuple) else ("", subject)
        if kind == "session":
            self._open_again(str(ids[0]))
            return
        if self.session_id is not None:
            if self._changing is not None:
                self._changing.write_now()
            self._empty()
        self.case_id = str(ids[0]) if kind == "case" else None
        if isinstance(ids[-1], str):
            self._choose(ids[-1])
        elif not self._draft_looked_for:
            self._draft_looked_for = True
            self.draft.offer(self._take_up)

    def first_field(self) -> QWidget | None:
        """Who it is, or when that is known what it was about."""
        return self.picker.line if not self.who.people else self.form.editor("service_type")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column on a narrow window."""
        super().resizeEvent(event)
        self.form.fit(event.size().width() - 2 * MARGIN)

    # What the draft keeper asks

    def typed(self) -> dict[str, Any]:
        """The people and everything in the form."""
        return {**self.who.typed(), "form": self.form.typed()}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave."""
        self.form.restore(typed.get("form", {}))
        self.form.follow()
        self.who.restore_group(typed.get("group") or {})
        if typed.get("person_id"):
            self._choose(typed["person_id"], fresh=False)

    def save(self) -> None:
        """Save, or lead to what stands in the way."""
        if not self.save_button.isEnabled() or self.form.show_problems(self.form.not_understood()):
            return
        if not self.who.people:
            self.who.mark(_("Please choose the person first."))
            self.picker.line.setFocus()
            return
        if self.form.risk_without_action():
            self.form.rows["risk_action"].show_problem("error", _("Please say what was done about the risk."))
            self.form.lead_to("risk_action")
            return
        self._write()

    def start_anew(self) -> None:
        """Let go of what is typed and begin another session."""
        keeper = self._changing if self.session_id is not None else self.draft
        if keeper is not None:
            keeper.discard()
        self._empty()
        self.desk.messages.clear()
        self.picker.line.setFocus()

    # Inside

    def _listen(self) -> None:
        self.who.chosen.connect(self._chosen)
        self.who.changed.connect(self._touch)
        self.picker.new_wanted.connect(lambda text: self.desk.go("intake", text))
        self.form.edited.connect(lambda _name: self._touch())
        self.form.kind_chosen.connect(self._kind_chosen)
        for keys, act in (("Ctrl+S", self.save), ("Ctrl+Return", self.save), ("Ctrl+Enter", self.save)):
            self._key(keys, act)
        self._key("F6", self.form.fold)

    def _key(self, keys: str, act: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _touch(self) -> None:
        keeper = self._changing if self.session_id is not None else self.draft
        if keeper is not None:
            keeper.touch()

    def _kind_chosen(self, kind: str) -> None:
        """Of a group everybody is asked for, at once: the keyboard goes there and comes back with Tab."""
        if self.session_id is not None:
            return
        asks = kind == GROUP and not self.who.grouped
        self.who.set_grouped(kind == GROUP)
        if asks:
            # Not at once: the Tab that told the kind is still on its way to the next question.
            QTimer.singleShot(0, self.picker.line, self.picker.line.setFocus)

    def _chosen(self, person_id: str) -> None:
        if person_id:
            self._choose(person_id)
            self._touch()

    def _choose(self, person_id: str, *, fresh: bool = True) -> None:
        self._asked_for = person_id
        self.desk.worker.read(
            lambda session: before(session, person_id),
            lambda known: self._begin(known, fresh=fresh),
            replaces="counselling-person",
            owner=self,
        )

    def _begin(self, known: Before, *, fresh: bool) -> None:
        if known.person.id != self._asked_for:
            return
        person = known.person
        facts = (person.number or "", term("sex", person.sex), age_or_standing(person.birth_date, person.standing))
        self.who.show_person(person.id, person.full_name, " · ".join(fact for fact in facts if fact))
        if fresh and not self.form.typed().keys() - FILLED_IN:
            last = known.last
            self.form.begin(last.service_type if last else None, known.number, last.mode if last else None)
        self.who.say_last(_last_words(known))
        self.form.lead_to("service_type")

    def _open_again(self, session_id: str) -> None:
        self.draft.write_now()
        if self._changing is not None:
            self._changing.write_now()
        self.desk.worker.read(
            lambda session: opened(session, session_id), self._show_again, replaces="counselling-person", owner=self
        )

    def _show_again(self, seen: Opened) -> None:
        self._empty()
        self.session_id, self._note_before = seen.held.id, seen.note
        self.who.show_person(seen.person.id, seen.person.full_name, seen.person.number or "")
        self.who.say_last(_group_words(seen.group))
        self.picker.setEnabled(False)
        self.form.show_session(seen.held, seen.note)
        self.merging = Merging(self.desk, self.form, seen.held)
        self.set_title(_("Change a counselling session"))
        if self.isVisible():
            self.form.editor("service_type").setFocus(Qt.FocusReason.TabFocusReason)
        self._keep_changes(seen.held)

    def _keep_changes(self, held: CounsellingSession) -> None:
        changes = ChangedTyping(self.form, held, self.desk.places)
        changes.begin()

        def take_up(body: dict[str, Any]) -> None:
            changes.restore(body)
            self.form.follow()
            self.desk.messages.tell(_("This was not saved yet. Go on with it, or cancel."))

        self._changing = self.desk.drafts.keep("counselling_change", changes, record_id=held.id, parent=self)
        self._changing.offer(take_up)

    def _write(self) -> None:
        form = self.form
        typed = Typed(
            people=tuple(self.who.people),
            values=form.session_values(),
            unanswered=form.unanswered(),
            group=self.who.grouped,
            note=form.note(),
            note_before=self._note_before,
            concern=form.concern(),
            session_id=self.session_id,
            version=form.version,
        )
        self.save_button.setEnabled(False)
        self.desk.worker.change(
            lambda session: save(session, typed), lambda person_id: self._saved(typed, person_id), self._refused
        )

    def _saved(self, typed: Typed, person_id: str) -> None:
        self.save_button.setEnabled(True)
        keeper = self._changing if self.session_id is not None else self.draft
        if keeper is not None:
            keeper.saved()
        case_id = self.case_id
        self._empty()
        self.desk.go(*(("case", (case_id, "sessions")) if case_id else ("person", person_id)))
        words = " ".join(_saved_words(typed))
        if typed.values.get("session_type") == CLOSING:
            write_it = (_("Write the record of completion"), lambda: self.desk.go("course", person_id))
            self.desk.messages.tell(words, "good", write_it)
        else:
            self.desk.messages.done(words)

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if self.merging is not None and self.merging.takes(error):
            self.merging.settle(self.save, lambda: self.desk.messages.show_error(error))
        elif not self.form.show_problems(getattr(error, "problems", ())):
            self.desk.messages.show_error(error)

    def _empty(self) -> None:
        self.session_id = self.case_id = self.merging = self.form.version = self._note_before = None
        self._asked_for = None
        if self._changing is not None:
            self._changing.deleteLater()
            self._changing = None
        self.picker.setEnabled(True)
        self.who.clear()
        self.form.begin()
        self.form.clear_problems()
        self.set_title(_("Counselling session"))

    def _take_up(self, body: dict[str, Any]) -> None:
        self.restore(body)
        words = _("This session was not saved yet. Go on with it, or start a new one.")
        self.desk.messages.tell(words, "info", (_("New session"), self.start_anew))


def _last_words(known: Before) -> str:
    if known.last is None:
        return _("This will be the first session.")
    return _("Session {number}. The last one: {date}, {kind}.").format(
        number=known.number, date=show_date(known.last.held_on), kind=term("service_type", known.last.service_type)
    )


def _group_words(people: int) -> str:
    if not people:
        return ""
    words = ngettext(
        "A group session of {n} person. What is changed here is changed for this person only.",
        "A group session of {n} people. What is changed here is changed for this person only.",
        people,
    )
    return words.format(n=people)


def _saved_words(typed: Typed) -> list[str]:
    several = len(typed.people)
    saved = _("The session is saved.")
    if typed.group:
        saved = ngettext("The session is saved for {n} person.", "The session is saved for {n} people.", several)
    told = _("The protection officer is told.") if typed.concern is not None else ""
    planned = typed.values.get("next_on")
    next_on = _("Next meeting: {date}.").format(date=show_date(planned, weekday=True)) if planned else ""
    return [words.format(n=several) for words in (saved, told, next_on) if words]
