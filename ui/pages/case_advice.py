# SPDX-License-Identifier: Apache-2.0
"""Advice on a case: what a counsellor asked a supervisor, and the answers, which stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt

from resource_centre.i18n import _
from resource_centre.records import Advice, field_of
from resource_centre.services.cases import CLOSED
from ui.kit.desk import Desk
from ui.kit.form import Form
from ui.kit.pieces import GAP, Card, button, empty, label, row
from ui.kit.typed_dates import show_date
from ui.pages.case_part import CasePart
from ui.pages.record_form import RecordForm

if TYPE_CHECKING:
    from resource_centre.services.advice import AdviceRow


@dataclass(frozen=True)
class Looked:
    """The questions, and whether more may be asked."""

    rows: list[AdviceRow]
    closed: bool


class AdvicePart(CasePart):
    """Ask, answer, read again later."""

    NOUNS: ClassVar[frozenset[str]] = frozenset({"Advice", "Case"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: str | None = None
        self._first: Any = None
        self.rows: list[AdviceRow] = []

    def open_record(self, record_id: str) -> None:
        """Answer a question, for who may; else it is among those shown."""
        self._wanted = record_id
        self.read()

    def look(self, session: Any) -> Looked:
        """Read everything that was asked."""
        from resource_centre.records import Case
        from resource_centre.services.advice import advice_on
        from resource_centre.services.saving import existing

        closed = existing(session, Case, self.case_id).status == CLOSED
        return Looked(advice_on(session, self.case_id), closed)

    def show_looked(self, looked: Looked) -> None:
        """Show it, the last question first."""
        self.rows = looked.rows
        empty(self.view)
        self._first = button(_("Ask for advice"), self.ask, role="main")
        if not looked.closed:
            help_words = _("The coordinator sees the question at once; the answer stays on the case.")
            beside = row(self._first, label(help_words, "muted", wrap=True), gap=GAP * 2)
            beside.setStretch(1, 1)
            self.view.addLayout(beside)
        if not looked.rows:
            self.view.addWidget(label(_("Nothing was asked yet."), "muted"))
        for asked in looked.rows:
            self.view.addWidget(self._card(asked))
        wanted, self._wanted = self._wanted, None
        found = next((one for one in looked.rows if one.id == wanted), None)
        if found is not None and found.waits and self.desk.may("supervise"):
            self.answer(found)

    def take_keyboard(self) -> None:
        """To asking."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.TabFocusReason)

    def ask(self) -> None:
        """Write a question."""
        self.open_form(partial(self._form, None, _("Ask for advice"), "question", _ask))

    def answer(self, asked: AdviceRow) -> None:
        """Write the answer to a question, or put it better."""
        self.open_form(partial(self._form, asked, asked.question, "answer", _answer))

    def _form(self, asked: AdviceRow | None, heading: str, field: str, save: Callable[..., str]) -> RecordForm:
        form = Form(self.desk.places, asks_why=False)
        form.add_field(field_of(getattr(Advice, field)))
        form.rows[field].required = True
        case_id = self.case_id

        def write(form: Form) -> Callable[[Any], str]:
            words = form.values()[field]
            return lambda session: save(session, case_id, asked, words)

        made = RecordForm(
            self.desk, heading, form, name=f"case_advice_{asked.id if asked is not None else ''}", record_id=case_id,
            write=write, saved=self.saved, cancelled=self.cancelled,
        )  # fmt: skip
        form.set_values({field: asked.answer if asked is not None else None})
        return made

    def _card(self, asked: AdviceRow) -> Card:
        card = Card()
        who = _("{who} asked on {day}").format(who=asked.asked_by or "–", day=show_date(asked.asked_on))
        card.body.addWidget(label(who, "caption"))
        card.body.addWidget(label(asked.question, wrap=True, selectable=True))
        if asked.waits:
            card.body.addWidget(label(_("Nobody has answered yet."), "warning"))
        else:
            who = _("{who} answered on {day}").format(who=asked.answered_by or "–", day=show_date(asked.answered_on))
            card.body.addWidget(label(who, "caption"))
            card.body.addWidget(label(asked.answer or "", wrap=True, selectable=True))
        if self.desk.may("supervise"):
            words = _("Write the answer") if asked.waits else _("Change the answer")
            opener = button(words, partial(self.answer, asked), role="" if asked.waits else "link")
            opener.setAccessibleName(f"{words}: {asked.question}")
            card.body.addLayout(row(opener, None))
        return card


def _ask(session: Any, case_id: str, _asked: AdviceRow | None, words: str) -> str:
    from resource_centre.services.advice import ask_advice

    return ask_advice(session, case_id, words).id


def _answer(session: Any, _case_id: str, asked: AdviceRow, words: str) -> str:
    from resource_centre.errors import Refused
    from resource_centre.problems import Problem
    from resource_centre.services.advice import answer_advice

    if not words:
        raise Refused("check", (Problem("answer", "required"),))
    return answer_advice(session, asked.id, words, version=asked.version).id
