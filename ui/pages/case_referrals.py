# SPDX-License-Identifier: Apache-2.0
"""Referrals of a case, or of a person without one: the list, and one of them from the need to the feedback."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QPushButton

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, label, row
from ui.kit.typed_dates import show_date
from ui.pages import referrals_forms as forms
from ui.pages.papers import paper_button
from ui.pages.referrals_cards import consent_card, feedback_card, flow, letter_card, steps_card, two_columns
from ui.pages.referrals_look import Begun, LookedAll, LookedOne, look_all, look_before, look_one
from ui.pages.referrals_part import OneOfMany
from ui.pages.referrals_words import is_late, need_words, service_words, time_words, urgency_words
from ui.pages.wording import term

_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
FROM_CONTACT = "contact:"
FOR_NEED = "need:"
NEW = "new"
UNSENT = ("draf", "menunggu_persetujuan")
AGAIN = ("tidak_hadir", "kedaluwarsa")


class Referrals(OneOfMany):
    """Part of the page of a case, and of the page of referrals."""

    NOUNS: ClassVar[frozenset[str]] = frozenset({"Referral", "Provider", "Consent", "Transition"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.links: dict[str, Any] = {}
        QShortcut(QKeySequence("F4"), self.frame, self.edit, context=_WITHIN)

    def begin(self, **links: Any) -> None:
        """Open an empty form; `links` such as ``need_id`` or ``contact_id`` are written on the new referral."""
        person_id = self.person_id
        whole = {"case_id": self.case_id or None, **links} if self.case_id else dict(links)

        def opened(begun: Begun) -> None:
            if person_id == self.person_id:
                self.one = None
                self.open_form(
                    lambda: forms.letter_form(self.desk, person_id, whole, begun, self.saved, self.cancelled)
                )

        contact_id, need_id = links.get("contact_id"), links.get("need_id")
        self.desk.worker.read(lambda session: look_before(session, person_id, contact_id, need_id), opened, owner=self)

    def open_record(self, record_id: str) -> None:
        """Show a referral; ``new`` begins one, ``contact:`` and the id of a contact with what was told at the front
        desk, ``need:`` and the id of a need of the plan for that need."""
        if record_id == NEW:
            self.begin()
        elif record_id.startswith(FROM_CONTACT):
            self.begin(contact_id=record_id.removeprefix(FROM_CONTACT))
        elif record_id.startswith(FOR_NEED):
            self.begin(need_id=record_id.removeprefix(FOR_NEED))
        else:
            super().open_record(record_id)

    def edit(self) -> None:
        """Change the letter while it is not sent."""
        looked = self.looked
        if isinstance(looked, LookedOne) and looked.referral.status in UNSENT:
            self.open_form(lambda: forms.letter_form(self.desk, self.person_id, {}, looked, self.saved, self.cancelled))

    def look_all(self, session: Any) -> LookedAll:
        """Read the list."""
        return look_all(session, self.person_id, self.case_id or None)

    def look_one(self, session: Any, record_id: str) -> LookedOne:
        """Read one."""
        return look_one(session, record_id)

    # The list

    def show_all(self, looked: LookedAll) -> None:
        """All referrals, newest first."""
        card = Card(_("Referrals"))
        self.main_button = button(_("New &referral"), self.begin, role="main")
        if looked.rows:
            card.body.addLayout(self._grid(looked))
        else:
            card.body.addWidget(label(_("Nobody was asked for help yet."), "muted", wrap=True))
        card.body.addSpacing(4)
        card.body.addLayout(row(self.main_button, button(_("Directory"), self._directory), None))
        self.view.addWidget(card)

    def _grid(self, looked: LookedAll) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, one in enumerate(looked.rows):
            words = one.provider or _("no provider yet")
            state = term("referral_status", one.status)
            name = f"{words}, {service_words(one.services)}, {state}, {time_words(one)}"
            grid.addWidget(button(words, partial(self.open_record, one.id), role="link", name=name), place, 0)
            facts = (service_words(one.services), urgency_words(one.urgency))
            grid.addWidget(label(" · ".join(fact for fact in facts if fact), "muted", wrap=True), place, 1)
            grid.addWidget(label(state), place, 2)
            grid.addWidget(label(time_words(one), "error" if is_late(one) else "muted"), place, 3)
        return grid

    def _directory(self) -> None:
        self.desk.go("referrals", "directory")

    # One

    def show_one(self, looked: LookedOne) -> None:
        """One referral: where it stands and what comes next, consent, feedback; the letter beside it."""
        back = button(_("All referrals"), self.to_list, role="link", help="Esc")
        self.view.addLayout(row(back, None))
        left = [self._state_card(looked), consent_card(looked), feedback_card(looked), steps_card(looked.steps)]
        self.view.addLayout(two_columns([one for one in left if one is not None], [letter_card(looked)]))

    def _state_card(self, looked: LookedOne) -> Card:
        referral = looked.referral
        card = Card(term("referral_status", referral.status))
        to = looked.provider.name if looked.provider is not None else _("no provider yet")
        card.body.addWidget(label(f"{to} · {service_words(referral.services) or '–'}", wrap=True))
        facts = (referral.number or "", term("referral_urgency", referral.urgency))
        card.body.addWidget(label(" · ".join(fact for fact in facts if fact), "muted", wrap=True))
        if looked.need is not None:
            said = _("For the need of the plan: {need}").format(need=need_words(looked.need))
            card.body.addWidget(label(said, wrap=True))
        if words := time_words(looked.row):
            due = _("Answer due by {day}").format(day=show_date(referral.due_on)) if looked.row.pending else ""
            said = f"{words} · {due}" if due else words
            card.body.addWidget(label(said, "error" if is_late(looked.row) else "muted", wrap=True))
        if referral.refusal_reason:
            card.body.addWidget(label(referral.refusal_reason, wrap=True, selectable=True))
        steps = self._steps(looked)
        if steps:
            self.main_button = steps[0]
        letter = paper_button(self.desk, "referral", lambda: referral.id, words=_("Print the letter…"))
        card.body.addSpacing(4)
        card.body.addLayout(flow([*steps, letter]))
        return card

    def _steps(self, looked: LookedOne) -> list[QPushButton]:
        status = looked.referral.status or ""
        offered: dict[str, list[Callable[[LookedOne, str], QPushButton]]] = {
            "draf": [self._send, self._wait, self._change, self._cancel],
            "menunggu_persetujuan": [self._send, self._says, self._change, self._cancel],
            "dikirim": [self._answer, self._missed, self._lapse, self._cancel],
            "diterima": [self._serve, self._answer, self._missed, self._cancel],
            "dilayani": [self._conclude, self._cancel],
            "tidak_hadir": [self._send, self._conclude],
            "kedaluwarsa": [self._send, self._answer],
        }
        return [make(looked, "main" if place == 0 else "") for place, make in enumerate(offered.get(status, []))]

    def _form(self, make: Callable[..., Any], looked: LookedOne, *more: Any) -> Callable[[], None]:
        return lambda: self.open_form(lambda: make(self.desk, looked, *more, self.saved, self.cancelled))

    def _send(self, looked: LookedOne, role: str) -> QPushButton:
        words = _("Send again…") if looked.referral.status in AGAIN else _("Send…")
        return button(words, self._form(forms.send_form, looked), role=role)

    def _wait(self, looked: LookedOne, role: str) -> QPushButton:
        return button(_("Ask the client later"), partial(self._ask_later, looked.referral.id), role=role)

    def _says(self, looked: LookedOne, role: str) -> QPushButton:
        return button(_("What the client says…"), self._form(forms.consent_form, looked), role=role)

    def _change(self, _looked: LookedOne, role: str) -> QPushButton:
        return button(_("Change the letter"), self.edit, role=role, help="F4")

    def _answer(self, looked: LookedOne, role: str) -> QPushButton:
        return button(_("The provider's answer…"), self._form(forms.answer_form, looked), role=role)

    def _serve(self, looked: LookedOne, role: str) -> QPushButton:
        return button(_("The client was served…"), self._form(forms.service_form, looked), role=role)

    def _conclude(self, looked: LookedOne, role: str) -> QPushButton:
        return button(_("Conclude…"), self._form(forms.conclusion_form, looked), role=role)

    def _missed(self, looked: LookedOne, role: str) -> QPushButton:
        words = _("The client did not come…")
        return button(words, self._form(forms.ending_form, looked, "tidak_hadir", words.rstrip("…")), role=role)

    def _lapse(self, looked: LookedOne, role: str) -> QPushButton:
        words = _("It has lapsed…")
        return button(words, self._form(forms.ending_form, looked, "kedaluwarsa", words.rstrip("…")), role=role)

    def _cancel(self, looked: LookedOne, role: str) -> QPushButton:
        words = _("Cancel the referral…")
        return button(words, self._form(forms.ending_form, looked, "dibatalkan", words.rstrip("…")), role=role)

    def _ask_later(self, referral_id: str) -> None:
        def ask(session: Any) -> str:
            from resource_centre.services.referrals import ask_consent

            return ask_consent(session, referral_id).id

        self._wants_keyboard = True
        self.write(ask)
