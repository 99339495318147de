# SPDX-License-Identifier: Apache-2.0
"""Writing down a counselling session: who, when, what about, what next. A usual one takes less than a minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import MARGIN, Card, button, label
from ui.kit.typed_dates import show_date
from ui.pages.counselling_form import CounsellingForm
from ui.pages.person_picker import PersonPicker
from ui.pages.wording import age_words, term

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import CounsellingSession, Person


@dataclass(frozen=True)
class Before:
    """What is known before the session is written down."""

    person: Person
    number: int
    last: Any
    """The last session's row, None for a first session."""


@dataclass(frozen=True)
class Opened:
    """A session that was written down before, opened again."""

    held: CounsellingSession
    person: Person


class CounsellingPage(Page):
    """One session. A subject is a person's id, or ``("session", id)`` to change one that is written down."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Counselling session"))
        self.session_id: str | None = None
        self.version: int | None = None
        self.picker = PersonPicker(desk, _("Person"))
        self.last = label("", "help", wrap=True)
        self.form = CounsellingForm(desk.places)
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        self.new_button = button(_("New session"), self.start_anew)
        self.buttons.addWidget(self.new_button)
        self.buttons.addWidget(self.save_button)
        self.draft = desk.drafts.keep("counselling", self, parent=self)
        self._asked_for: object = None
        self._draft_looked_for = False
        self._lay_out_body()
        self._listen()

    def opened(self, subject: object = None) -> None:
        """Begin with this person, go on with a draft, or open a session again."""
        if isinstance(subject, tuple) and subject[:1] == ("session",):
            self._open_again(str(subject[1]))
            return
        if self.session_id is not None:
            self._empty()
        if isinstance(subject, str):
            self._choose(subject)
        elif not self._draft_looked_for:
            self._draft_looked_for = True
            self.draft.offer(self._take_up)

    def first_field(self) -> QWidget | None:
        """Who it is, or when that is known what it was about."""
        return self.picker.line if self.picker.person_id is None else self.form.editor("service_type")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column on a narrow window."""
        super().resizeEvent(event)
        self.form.fit(event.size().width() - 2 * MARGIN)

    # What the draft keeper asks

    def typed(self) -> dict[str, Any]:
        """The person and everything in the form."""
        return {"person_id": self.picker.person_id, "form": self.form.typed()}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave."""
        self.form.restore(typed.get("form", {}))
        self.form.follow_risk()
        if typed.get("person_id"):
            self._choose(typed["person_id"], fresh=False)

    def save(self) -> None:
        """Save, or lead to what stands in the way."""
        if not self.save_button.isEnabled() or self.form.show_problems(self.form.not_understood()):
            return
        person_id = self.picker.person_id
        if person_id is None:
            self.picker.mark(_("Please choose the person first."))
            self.picker.line.setFocus()
            return
        if self.form.risk_without_action():
            self.form.rows["risk_action"].show_problem("error", _("Please say what was done about the risk."))
            self.form.lead_to("risk_action")
            return
        self._write(person_id)

    def start_anew(self) -> None:
        """Let go of what is typed and begin another session."""
        self.draft.discard()
        self._empty()
        self.desk.messages.clear()
        self.picker.line.setFocus()

    # Inside

    def _lay_out_body(self) -> None:
        who = Card(_("With whom?"))
        who.body.addWidget(self.picker)
        who.body.addWidget(self.last)
        self.last.hide()
        self.form.put_above(who)
        self.body.addWidget(self.form)
        self.body.addStretch(1)

    def _listen(self) -> None:
        self.picker.chosen.connect(self._chosen)
        self.picker.new_wanted.connect(lambda text: self.desk.go("intake", text))
        self.form.edited.connect(lambda _name: self._touch())
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def _touch(self) -> None:
        if self.session_id is None:
            self.draft.touch()

    def _chosen(self, person_id: str) -> None:
        self.last.hide()
        if person_id:
            self._choose(person_id)
            self._touch()

    def _choose(self, person_id: str, *, fresh: bool = True) -> None:
        self._asked_for = person_id
        self.desk.worker.read(
            lambda session: _before(session, person_id),
            lambda before: self._begin(before, fresh=fresh),
            replaces="counselling-person",
            owner=self,
        )

    def _begin(self, before: Before, *, fresh: bool) -> None:
        if before.person.id != self._asked_for:
            return
        person = before.person
        facts = (person.number or "", term("sex", person.sex), age_words(person.birth_date))
        self.picker.show_person(person.id, person.full_name, " · ".join(fact for fact in facts if fact))
        untouched = not (self.form.typed().keys() - {"held_on", "mode", "attendance", "session_type", "service_type"})
        if fresh and untouched:
            last = before.last
            self.form.begin(last.service_type if last else None, before.number, last.mode if last else None)
        self._say_last(before)
        self.form.lead_to("service_type")

    def _say_last(self, before: Before) -> None:
        words = _("This will be the first session.")
        if before.last is not None:
            words = _("Session {number}. The last one: {date}, {kind}.").format(
                number=before.number,
                date=show_date(before.last.held_on),
                kind=term("service_type", before.last.service_type),
            )
        self.last.setText(words)
        self.last.show()

    def _open_again(self, session_id: str) -> None:
        self.draft.write_now()
        self.desk.worker.read(
            lambda session: _opened(session, session_id), self._show_again, replaces="counselling-person"
        )

    def _show_again(self, opened: Opened) -> None:
        self.session_id, self.version = opened.held.id, opened.held.version
        self.picker.show_person(opened.person.id, opened.person.full_name, opened.person.number or "")
        self.picker.setEnabled(False)
        self.last.hide()
        self.form.set_values(opened.held)
        self.form.follow_risk()
        self.set_title(_("Change a counselling session"))

    def _write(self, person_id: str) -> None:
        values, reasons = self.form.values(), self.form.unanswered()
        session_id, version = self.session_id, self.version
        self.save_button.setEnabled(False)
        self.desk.worker.change(
            lambda session: _save(session, person_id, session_id, version, values, reasons), self._saved, self._refused
        )

    def _saved(self, person_id: str) -> None:
        self.save_button.setEnabled(True)
        if self.session_id is None:
            self.draft.saved()
        planned = self.form.editor("next_on").value()
        self._empty()
        self.desk.go("person", person_id)
        words = _("The session is saved.")
        if planned is not None:
            words += " " + _("Next meeting: {date}.").format(date=show_date(planned, weekday=True))
        self.desk.messages.done(words)

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not self.form.show_problems(getattr(error, "problems", ())):
            self.desk.messages.show_error(error)

    def _empty(self) -> None:
        self.session_id = self.version = None
        self._asked_for = None
        self.picker.setEnabled(True)
        self.picker.clear()
        self.last.hide()
        self.form.begin()
        self.form.clear_problems()
        self.set_title(_("Counselling session"))

    def _take_up(self, body: dict[str, Any]) -> None:
        self.restore(body)
        words = _("This session was not saved yet. Go on with it, or start a new one.")
        self.desk.messages.tell(words, "info", (_("New session"), self.start_anew))


def _before(session: Session, person_id: str) -> Before:
    from resource_centre.services.counselling import proposed_number, sessions_of
    from resource_centre.services.people import person_record

    held = sessions_of(session, person_id)
    person = person_record(session, person_id).person
    return Before(person, proposed_number(session, person_id), held[0] if held else None)


def _opened(session: Session, session_id: str) -> Opened:
    from resource_centre.records import CounsellingSession, Person
    from resource_centre.services.saving import existing

    held = existing(session, CounsellingSession, session_id)
    return Opened(held, existing(session, Person, held.person_id))


def _save(
    session: Session,
    person_id: str,
    session_id: str | None,
    version: int | None,
    values: dict[str, Any],
    reasons: dict[str, str],
) -> str:
    from resource_centre.services.counselling import change_session, record_session

    if session_id is not None:
        change_session(session, session_id, values, reasons, version=version)
    else:
        by = {"counsellor": _who(session)}
        record_session(session, person_id=person_id, values=values | by, unanswered=reasons)
    return person_id


def _who(session: Session) -> str | None:
    """The name of the account that writes: the counsellor, unless somebody changes it later."""
    from resource_centre.access import viewer_of
    from resource_centre.records import Account

    account = session.get(Account, viewer_of(session).account_id)
    return account.name if account is not None else None
