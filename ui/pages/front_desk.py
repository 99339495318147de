# SPDX-License-Identifier: Apache-2.0
"""The front desk: a contact in a few keys, and the next one; what becomes of one without typing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.page import Page
from ui.kit.pieces import MARGIN, button
from ui.pages.front_desk_form import FrontDeskForm
from ui.pages.front_desk_list import ContactList
from ui.pages.person_picker import PersonPicker
from ui.pages.suggested_text import fund_editor

if TYPE_CHECKING:
    from resource_centre.services.contacts import ContactRow, LastUsed

NOUNS = frozenset({"Contact", "Service", "Person", "Case"})


class FrontDeskPage(Page):
    """A subject is the id of a person who has come in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Front desk"))
        self.picker = PersonPicker(desk, _("Somebody we know (leave empty for an unnamed contact)"))
        self.picker.line.setPlaceholderText(_("Known already? Name, number or village; may stay empty"))
        self.form = FrontDeskForm(desk.places, self.picker, fund_editor(desk))
        self.contacts = ContactList(desk)
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        self.buttons.addWidget(self.save_button)
        self.draft = desk.drafts.keep("front_desk", self, parent=self)
        self._looked_for_draft = False
        self._saved_id = ""
        self.body.addWidget(self.form)
        self.body.addWidget(self.contacts)
        self.body.addStretch(1)
        self._listen()

    def opened(self, subject: object = None) -> None:
        """Read today's contacts; begin with a person when one is named."""
        self._read()
        if not self._looked_for_draft:
            self._looked_for_draft = True
            self.desk.worker.read(_last_used, self._begin, quiet=True)
            self.draft.offer(self._take_up)
        self.desk.worker.read(_pays, self.form.ask_for_fund, quiet=True, owner=self)
        if isinstance(subject, str):
            self._show_person(subject)

    def first_field(self) -> QWidget | None:
        """What most contacts are told apart by."""
        return self.form.editor("reasons" if self.picker.person_id else "client_type")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column on a narrow window."""
        super().resizeEvent(event)
        self.form.fit(event.size().width() - 2 * MARGIN)

    def typed(self) -> dict[str, Any]:
        """For the draft: whom and everything in the form; nothing when all of it is there by itself."""
        whom = {"person_id": self.picker.person_id, "name": self.picker.line.text()} if self.picker.person_id else {}
        return {**whom, "form": self.form.typed()} if whom or self.form.is_begun() else {}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave."""
        self.form.restore(typed.get("form", {}))
        if typed.get("person_id"):
            self.picker.show_person(typed["person_id"], typed.get("name", ""))
            self._chosen(typed["person_id"])

    def save(self) -> None:
        """Save and be ready for the next one."""
        if not self.save_button.isEnabled() or self.form.show_problems(self.form.not_understood()):
            return
        values, why, services = self.form.contact()
        person_id, fund = self.picker.person_id, self.form.fund()
        self.save_button.setEnabled(False)

        def write(session: Any) -> str:
            from resource_centre.services.contacts import record_contact

            made = record_contact(
                session, values=values, services=services, person_id=person_id, unanswered=why, fund=fund
            )
            return made.id

        self.desk.worker.change(write, self._saved, self._refused)

    # Inside

    def _listen(self) -> None:
        self.form.edited.connect(lambda _name: self.draft.touch())
        self.picker.chosen.connect(self._chosen)
        self.picker.new_wanted.connect(lambda text: self.desk.go("intake", text))
        listed = self.contacts
        listed.register_wanted.connect(lambda contact_id: self.desk.go("intake", ("contact", contact_id)))
        listed.linked.connect(self._link)
        listed.case_wanted.connect(lambda contact_id: self._open_case(contact_id, "became_case"))
        listed.referral_wanted.connect(lambda contact_id: self._open_case(contact_id, "referred"))
        listed.taken_back.connect(self._take_back)
        self.desk.worker.changed.connect(self._changed)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def _read(self) -> None:
        self.desk.worker.read(_contacts, self._show, replaces="front-desk", quiet=True)

    def _show(self, found: list[ContactRow]) -> None:
        self.contacts.show_contacts(found)
        if self._saved_id:
            self.contacts.mark(self._saved_id)
            self._saved_id = ""

    def _begin(self, before: LastUsed) -> None:
        if not self.form.is_begun():
            self.form.begin(before)

    def _take_up(self, body: dict[str, Any]) -> None:
        self.restore(body)
        self.desk.messages.tell(_("This contact was not saved yet."))

    def _show_person(self, person_id: str) -> None:
        def shown(name: str) -> None:
            self.picker.show_person(person_id, name)
            self._chosen(person_id)
            self.form.lead_to("reasons")

        self.desk.worker.read(lambda session: _name_of(session, person_id), shown, quiet=True, owner=self)

    def _chosen(self, person_id: str) -> None:
        self.form.show_known(bool(person_id))
        if person_id:
            self.draft.touch()

    def _saved(self, contact_id: str) -> None:
        self.save_button.setEnabled(True)
        self.draft.saved()
        self._saved_id = contact_id
        self.picker.clear()
        self.form.show_known(False)
        self.form.begin()
        self.form.lead_to("client_type")
        self.desk.messages.done(_("Saved. The next one, please."))
        self._read()

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not self.form.show_problems(getattr(error, "problems", ())):
            self.desk.messages.show_error(error)

    def _link(self, contact_id: str, person_id: str) -> None:
        def write(session: Any) -> None:
            from resource_centre.services.contacts import link_contact

            link_contact(session, contact_id, person_id)

        self.desk.worker.change(write, lambda _nothing: self.desk.messages.done(_("Linked.")), owner=self)

    def _open_case(self, contact_id: str, outcome: str) -> None:
        """To the case of whom it was with, at its referrals when somebody is to be referred."""

        def write(session: Any) -> str:
            from resource_centre.services.contacts import case_from_contact

            return case_from_contact(session, contact_id, outcome=outcome).id

        def go(case_id: str) -> None:
            self.desk.go("case", (case_id, "referrals", f"contact:{contact_id}") if outcome == "referred" else case_id)

        self.desk.worker.change(write, go, owner=self)

    def _take_back(self, contact_id: str) -> None:
        question = _("Take this contact back? It stays in the trail, marked as not valid.")
        if not ask(self, question, _("Take it back"), _("Keep it"), danger=True):
            return
        reason = _("Entered by mistake.")

        def write(session: Any) -> None:
            from resource_centre.services.contacts import take_back_contact

            take_back_contact(session, contact_id, reason)

        self.desk.worker.change(write, lambda _nothing: self.desk.messages.done(_("Taken back.")), owner=self)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if not NOUNS.isdisjoint(changed) and self.isVisible():
            self._read()


def _contacts(session: Any) -> list[ContactRow]:
    from resource_centre.services.contacts import contacts_of_day

    return contacts_of_day(session, today())


def _pays(session: Any) -> bool:
    from resource_centre.services.projects import projects_list

    return bool(projects_list(session))


def _last_used(session: Any) -> LastUsed:
    from resource_centre.services.contacts import last_used

    return last_used(session)


def _name_of(session: Any, person_id: str) -> str:
    from resource_centre.records import Person
    from resource_centre.services.saving import existing

    return str(existing(session, Person, person_id).full_name)
