# SPDX-License-Identifier: Apache-2.0
"""What a person agreed to and refused: one line per purpose, answered with one key or two."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Consent, fields_of
from ui.kit.desk import Desk
from ui.kit.form import Form
from ui.kit.pieces import GAP, Card, button, column, empty, label, row
from ui.kit.typed_dates import show_date
from ui.pages.record_form import RecordForm
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.records import Person
    from resource_centre.services.consents import ConsentState
    from ui.pages.attachments_panel import AttachmentsPanel

GIVING = ("mode", "decided_on", "witness", "guardian", "guardian_relation", "note")
WITHDRAWING = ("withdrawn_on", "withdrawn_why")
ROOM_FOR_BOTH = 560
CARRIED_OVER = ("mode", "decided_on", "witness", "guardian", "guardian_relation")
"""Answers that stay for the next purpose: one conversation settles several."""


class ConsentPanel(Card):
    """`show_person` shows somebody's consents; a refusal is one press, since it asks for nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Consent"))
        self.desk = desk
        self.person_id: str | None = None
        self.person: Person | None = None
        self.states: list[ConsentState] = []
        self.history: list[Consent] = []
        self.editing: RecordForm | None = None
        self._before: dict[str, Any] = {}
        self._next_focus = ""
        self._files: AttachmentsPanel | None = None
        self.body.addWidget(label(_("Saying no never stands in the way of a service."), "help", wrap=True))
        self.lines = QGridLayout()
        self.lines.setHorizontalSpacing(14)
        self.lines.setVerticalSpacing(4)
        self._stacked = False
        self.place = QVBoxLayout()
        self.earlier = QVBoxLayout()
        self.earlier.setSpacing(2)
        self.more = button(_("Show all decisions"), self._show_history, role="link")
        self.more.hide()
        self.sheet = button(_("Print the sheet"), self._print)
        for part in (self.lines, self.place, row(self.sheet, self.more, None), self.earlier):
            self.body.addLayout(part)
        desk.worker.changed.connect(self._changed)

    def show_person(self, person_id: str) -> None:
        """Show the consents of this person; a form that is open keeps its draft and closes."""
        if person_id != self.person_id:
            self._close()
            self._before = {}
            self._files = None
            empty(self.earlier)
        self.person_id = person_id
        self._read()

    def first_field(self) -> QWidget | None:
        """The first purpose, before the printing of sheets."""
        found = self.findChildren(QPushButton, f"consent-{self.states[0].purpose}-0") if self.states else []
        return found[-1] if found and found[-1].isEnabled() else None

    def agree(self, purpose: str) -> None:
        """Ask how a consent was given."""
        self._open(
            _("Agrees: {purpose}").format(purpose=term("consent_purpose", purpose)),
            purpose,
            GIVING,
            self._giving(purpose),
        )

    def refuse(self, purpose: str) -> None:
        """Write a refusal down at once."""
        person_id = self.person_id
        if person_id is None:
            return

        def write(session: Any) -> str:
            from resource_centre.services.consents import REFUSED, record_consent

            values = {"purpose": purpose, "decision": REFUSED, "decided_on": today()}
            return record_consent(session, person_id=person_id, values=values).id

        self._next_focus = purpose
        self.desk.worker.change(write, self._refused)

    def withdraw(self, purpose: str, consent: Consent) -> None:
        """Ask when and why a consent was taken back."""
        heading = _("Withdraws: {purpose}").format(purpose=term("consent_purpose", purpose))
        self._open(heading, purpose, WITHDRAWING, self._withdrawing(consent), {"withdrawn_on": today()})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow card puts the words below each other."""
        super().resizeEvent(event)
        stacked = event.size().width() < ROOM_FOR_BOTH
        if stacked != self._stacked:
            self._stacked = stacked
            self._show_lines()

    # Reading

    def _read(self) -> None:
        person_id = self.person_id
        if person_id is not None:
            # Told of a save twice, by the form and by the worker: once is shown.
            once = f"consents-{id(self)}"
            self.desk.worker.read(lambda session: _see(session, person_id), self._show, quiet=True, replaces=once)

    def _show(self, seen: tuple[Person, list[ConsentState], list[Consent]]) -> None:
        if seen[0].id != self.person_id:
            return
        self.person, self.states, self.history = seen
        self._show_lines()
        self.more.setVisible(bool(self.history) and self.earlier.isEmpty())
        if not self.earlier.isEmpty():
            self._show_history()
        self._take_keyboard()

    def _show_lines(self) -> None:
        here: QWidget | None = self.focusWidget()
        name = here.objectName() if here is not None and here.hasFocus() else ""
        empty(self.lines)
        for place, share in enumerate((1, 0, 0) if self._stacked else (2, 3, 0)):
            self.lines.setColumnStretch(place, share)
        for line, state in enumerate(self.states):
            self._add_line(line, state)
        self._focus(name)

    def _add_line(self, line: int, state: ConsentState) -> None:
        """Purpose, state and buttons beside each other; in a narrow card the state below its purpose."""
        purpose = term("consent_purpose", state.purpose)
        standing = label(state_words(state), TONES[state.standing], wrap=True)
        actions = row(*self._actions(state, purpose))
        if self._stacked:
            self.lines.addLayout(column(label(purpose, wrap=True), standing, gap=0), line, 0)
        else:
            self.lines.addWidget(label(purpose, wrap=True), line, 0)
            self.lines.addWidget(standing, line, 1)
        self.lines.addLayout(actions, line, 2, Qt.AlignmentFlag.AlignRight)

    def _actions(self, state: ConsentState, purpose: str) -> list[QPushButton]:
        code, consent = state.purpose, state.consent
        if state.standing == "given" and consent is not None:
            made = [_action(_("Withdraws"), lambda: self.withdraw(code, consent), purpose)]
        else:
            made = [_action(_("Agrees"), lambda: self.agree(code), purpose)]
            if state.standing != "refused":
                made.append(_action(_("Refuses"), lambda: self.refuse(code), purpose))
        for place, one in enumerate(made):
            one.setObjectName(f"consent-{code}-{place}")
            one.setEnabled(self.editing is None)
        return made

    def _show_history(self) -> None:
        empty(self.earlier)
        self.more.hide()
        self._files = None
        for one in self.history:
            words = decision_words(one)
            line = row(gap=GAP)
            line.addWidget(label(words, "muted", wrap=True, selectable=True), 1)
            if self.desk.may("counsel"):
                said = _("Signed sheet…")
                line.addWidget(button(said, partial(self.show_files, one), role="link", name=f"{said}: {words}"))
            self.earlier.addLayout(line)

    def show_files(self, consent: Consent) -> None:
        """Show what is attached to a decision, such as the scan of the sheet, with the way to add it."""
        from ui.pages.attachments_panel import AttachmentsPanel

        if self.person_id is None:
            return
        if self._files is not None:
            self._files.deleteLater()
        facts = (term("consent_purpose", consent.purpose), show_date(consent.decided_on))
        heading = _("Signed sheet: {decision}").format(decision=", ".join(fact for fact in facts if fact))
        self._files = AttachmentsPanel(self.desk, heading)
        self._files.show_person(self.person_id, about="Consent", about_id=consent.id)
        self.earlier.addWidget(self._files)
        self._files.add_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _print(self) -> None:
        """The sheet with what was agreed to and refused, in the person's language."""
        from ui.pages.papers import print_paper

        if self.person_id is not None:
            print_paper(self.desk, "consent", self.person_id, parent=self.window())

    # Writing

    def _giving(self, purpose: str) -> Callable[[Form], Callable[[Any], Any]]:
        person_id = self.person_id or ""

        def write(form: Form) -> Callable[[Any], Any]:
            from resource_centre.services.consents import GIVEN, record_consent

            self._before = form.values(*CARRIED_OVER)
            values = form.values() | {"purpose": purpose, "decision": GIVEN}
            why = form.unanswered()
            return lambda session: record_consent(session, person_id=person_id, values=values, unanswered=why).id

        return write

    def _withdrawing(self, consent: Consent) -> Callable[[Form], Callable[[Any], Any]]:
        def write(form: Form) -> Callable[[Any], Any]:
            from resource_centre.services.consents import withdraw_consent

            on, why = form.values()["withdrawn_on"], form.values()["withdrawn_why"]
            return lambda session: withdraw_consent(session, consent.id, on=on, why=why, version=consent.version).id

        return write

    def _open(
        self,
        heading: str,
        purpose: str,
        names: tuple[str, ...],
        write: Callable[[Form], Callable[[Any], Any]],
        begins: dict[str, Any] | None = None,
    ) -> None:
        self._close()
        form = Form(self.desk.places)
        form.add_fields(fields_of(Consent), *names)
        self._next_focus = purpose
        self.editing = made = RecordForm(
            self.desk, heading, form, name=f"consent_{purpose}", record_id=self.person_id, write=write,
            saved=lambda _id: self._done(_("Saved.")), cancelled=lambda: self._done(""),
        )  # fmt: skip
        if names is GIVING:
            self._prepare_giving(form, made, purpose)
        form.set_values(begins or {"mode": "tertulis", "decided_on": today()} | self._before)
        self._enable(False)
        self.place.addWidget(made)
        made.show()
        made.begin()
        if names is GIVING:
            self._ask_whom(form)

    def _prepare_giving(self, form: Form, made: RecordForm, purpose: str) -> None:
        from resource_centre.services.consent_texts import consent_text

        text = consent_text(purpose, self.person.preferred_language if self.person else None)
        inside = made.layout()
        if text is not None and isinstance(inside, QVBoxLayout):
            inside.insertWidget(1, label(text.text, wrap=True, selectable=True))
            inside.insertWidget(
                1, label(_("Read this out (version {version}):").format(version=text.version), "caption")
            )
        form.edited.connect(lambda _name: self._ask_whom(form))

    def _ask_whom(self, form: Form) -> None:
        """Only who is needed is asked for: a witness by the mode, a guardian by the age."""
        from resource_centre.services.consents import needs_guardian, needs_witness

        values = form.values()
        born = self.person.birth_date if self.person is not None else None
        child = needs_guardian(born, values["decided_on"] or today())
        witnessed = needs_witness(values["mode"]) or values["witness"] is not None
        form.rows["witness"].setVisible(witnessed)
        for name in ("guardian", "guardian_relation"):
            form.rows[name].setVisible(child or born is None or values["guardian"] is not None)

    def _refused(self, consent_id: str) -> None:
        def undo() -> None:
            self.desk.worker.change(lambda session: _take_back(session, consent_id))

        self.desk.messages.tell(_("The refusal is written down."), "good", (_("Undo"), undo))

    def _done(self, words: str) -> None:
        self._close()
        if words:
            self.desk.messages.done(words)
        self._enable(True)
        self._read()

    def _close(self) -> None:
        if self.editing is not None:
            self.editing.keeper.write_now()
            self.editing.hide()
            self.editing.deleteLater()
            self.editing = None

    def _enable(self, enabled: bool) -> None:
        for one in self.findChildren(QPushButton):
            if self.editing is None or not self.editing.isAncestorOf(one):
                one.setEnabled(enabled)

    def _take_keyboard(self) -> None:
        """After a decision the keyboard is on the next purpose that nobody has asked about."""
        if not self._next_focus or self.editing is not None:
            return
        codes = [state.purpose for state in self.states]
        here = codes.index(self._next_focus) if self._next_focus in codes else 0
        self._next_focus = ""
        after = [one.purpose for one in self.states[here:] if one.standing == "not_asked"] or codes[here : here + 1]
        self._focus(f"consent-{after[0]}-0" if after else "")

    def _focus(self, name: str) -> None:
        # Buttons of lines that were shown before live on until Qt comes to them: the newest is the one in sight.
        found = self.findChildren(QPushButton, name) if name else []
        if found:
            found[-1].setFocus(Qt.FocusReason.TabFocusReason)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if "Consent" in changed and self.isVisible():
            self._read()


TONES = {"not_asked": "muted", "given": "agrees", "refused": "", "withdrawn": "", "expired": "warning"}


def state_words(state: ConsentState) -> str:
    """How things stand with one purpose, in a sentence without a full stop."""
    said = state.consent
    if said is None:
        return _("Not asked yet")
    if state.standing == "given" and said.expires_on is None:
        return _("Agreed on {date}").format(date=show_date(said.decided_on))
    words = {
        "given": _("Agreed on {date}, until {until}"),
        "refused": _("Refused on {date}"),
        "withdrawn": _("Withdrawn on {withdrawn}"),
        "expired": _("Ended on {until}"),
    }[state.standing]
    dates = {"date": said.decided_on, "until": said.expires_on, "withdrawn": said.withdrawn_on}
    return words.format(**{name: show_date(day) for name, day in dates.items()})


def decision_words(one: Consent) -> str:
    """One decision with everything that was noted of it."""
    facts = [show_date(one.decided_on), term("consent_purpose", one.purpose), term("consent_decision", one.decision)]
    facts.append(term("consent_mode", one.mode))
    named = {_("witness: {name}"): one.witness, _("guardian: {name}"): one.guardian}
    facts += [words.format(name=name) for words, name in named.items() if name]
    if one.text_version:
        facts.append(_("text version {version}").format(version=one.text_version))
    if one.withdrawn_on:
        facts.append(_("withdrawn on {date}").format(date=show_date(one.withdrawn_on)))
    return " · ".join(fact for fact in (*facts, one.withdrawn_why, one.note) if fact)


def _action(words: str, act: Callable[[], None], purpose: str) -> QPushButton:
    return button(words, act, name=f"{words}: {purpose}")


def _see(session: Any, person_id: str) -> tuple[Person, list[ConsentState], list[Consent]]:
    from resource_centre.records import Person
    from resource_centre.services.consents import consent_states, consents_of
    from resource_centre.services.saving import existing

    person = existing(session, Person, person_id)
    return person, consent_states(session, person_id), consents_of(session, person_id)


def _take_back(session: Any, consent_id: str) -> None:
    from resource_centre.services.entries import take_back

    take_back(session, Consent, consent_id, _("Pressed by mistake."))
