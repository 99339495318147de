# SPDX-License-Identifier: Apache-2.0
"""The questions of one counselling session, in the order in which one remembers it.

A session of the usual kind needs what is in sight; the rest is folded away. The kind of the session changes what is
asked: a family session who was there, a group nothing about one person alone, a crisis the risk before anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import ConfidentialNote, CounsellingSession, field_of, fields_of
from resource_centre.vocabulary import vocabulary
from ui.kit.editors import ChoiceEditor, ParagraphEditor, yes_no_editor
from ui.kit.editors_codes import CodeEditor, choices_of
from ui.kit.editors_dates import mean
from ui.kit.form_row import FormRow
from ui.kit.pieces import Card, button, label
from ui.kit.places import Places
from ui.pages.column_form import ColumnForm

if TYPE_CHECKING:
    from resource_centre.problems import Problem

ASK_WHAT_WAS_DONE = ("sedang", "tinggi")
HIGH = "tinggi"
FAMILY, GROUP, CRISIS, CLOSING = "keluarga", "kelompok", "krisis", "penutup"
KIND_GROUPS = ("COUNSEL", "LEGAL")

NOTE, TELL, CONCERN = "note", "tell", "concern"
"""Rows that are no field of the session: the confidential note, and what the protection officer is told."""

FACTS = ("held_on", "service_type", "session_type", "minutes", "mode", "attendance", "men_present", "women_present")
FOLDED = ("place", "topics", "activities", "client_words", NOTE)
OF_ONE = ("risk", "risk_action", "client_words", NOTE)
"""What is not asked of a group."""

LONGEST_LOOKED_AT = 20_000
"""Letters of a text in which words are looked for while one types."""


class CounsellingForm(ColumnForm):
    """Two columns: the facts at the left, the words at the right."""

    kind_chosen = Signal(str)
    """Somebody chose what kind of session it is: a code of counselling_type."""

    def __init__(self, places: Places) -> None:
        super().__init__(places)
        self._fields = {field.name: field for field in fields_of(CounsellingSession)}
        self._new = True
        self._open = False
        self._kind: str | None = None
        self.kind_note = label("", "help", wrap=True)
        self.more = button("", self.fold, role="link", help="F6")
        self._add_facts()
        self._add_risk()
        self._add_more()
        self._add_words()
        self._add_next()
        self._add_confidence()
        self._columns[1].addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.close_columns()
        self.settled.connect(self._settle_kind)
        self.settled.connect(self._look_at)
        self.edited.connect(self._look_at)
        self.begin()

    # What the page uses

    def begin(self, kind: str | None = None, number: int | None = None, mode: str | None = None) -> None:
        """An empty session of today; what was the same last time is there already."""
        self._new = True
        self.clear()
        usual = {"held_on": today(), "service_type": kind, "mode": mode or "tatap_muka", "attendance": "hadir"}
        self.set_values(usual | {"session_type": "awal" if number in (None, 1) else "lanjutan"})
        self._open = False
        self.follow()

    def show_session(self, held: CounsellingSession, note: str | None) -> None:
        """Show a session that is written down, with its confidential note."""
        self._new = False
        self.clear()
        self.set_values(held)
        self.set_values({NOTE: note})
        self.follow()

    def session_values(self) -> dict[str, Any]:
        """The fields of the session; what its kind does not ask is left out."""
        asked = [name for name in self.rows if name in self._fields]
        values = self.values(*asked)
        return {name: None if self._kind == GROUP and name in OF_ONE else values[name] for name in asked}

    def note(self) -> str | None:
        """The confidential note."""
        return None if self._kind == GROUP else self.editor(NOTE).value()

    def concern(self) -> str | None:
        """What the protection officer is to be told, an empty text when only that there is something; None for nothing.

        Only ever about a high risk.
        """
        risky = self.editor("risk").value() == HIGH and self._kind != GROUP
        return (self.editor(CONCERN).value() or "") if risky and self.editor(TELL).value() else None

    def risk_without_action(self) -> bool:
        """Whether a risk was seen and nothing is said of what was done."""
        risk = self.editor("risk").value()
        return self._kind != GROUP and risk in ASK_WHAT_WAS_DONE and self.editor("risk_action").is_empty()

    def fold(self) -> None:
        """Show the rest of the questions, or put them away again; answers stay."""
        self._open = not self._open
        self.follow()
        if self._open:
            self.lead_to("place")

    def follow(self) -> None:
        """Ask what goes with the answers given so far."""
        self._follow_kind()
        self._follow_risk()
        self._follow_fold()
        self._order_keys()

    # Building

    def _add_facts(self) -> None:
        self.section("facts", _("The session"))
        self.add_field(self._fields["held_on"])
        self.add_field(self._fields["service_type"], CodeEditor(kinds()))
        self.side_by_side("held_on", "service_type", shares=(2, 3), noted=True)
        self.add_field(self._fields["session_type"])
        self.add_field(self._fields["minutes"])
        self.side_by_side("session_type", "minutes", shares=(3, 2))
        self._inside.addWidget(self.kind_note)
        self.add_field(self._fields["men_present"])
        self.add_field(self._fields["women_present"])
        self.side_by_side("men_present", "women_present")
        self.add_field(self._fields["mode"], ChoiceEditor(choices_of("counselling_mode")))
        self.add_field(self._fields["attendance"], ChoiceEditor(choices_of("session_attendance")))
        for name in (
            "held_on",
            "service_type",
            "session_type",
            "minutes",
            "mode",
            "attendance",
            "men_present",
            "women_present",
        ):
            self.rows[name].menu_button.hide()

    def _add_more(self) -> None:
        self.section("more", _("More about the session"))
        self.add_field(self._fields["place"])
        self.add_field(self._fields["topics"])
        self.add_field(self._fields["activities"])
        for name in ("place", "topics", "activities"):
            self.rows[name].menu_button.hide()

    def _add_words(self) -> None:
        self.section("words", _("What was said"), column=1)
        self.add_field(self._fields["topic"], ParagraphEditor(lines=3))
        self.add_field(self._fields["observation"], ParagraphEditor(lines=3))

    def _add_risk(self) -> None:
        self.section("risk", _("Is anybody in danger?"))
        self.add_field(self._fields["risk"], ChoiceEditor(choices_of("risk_level")))
        self.add_field(self._fields["risk_action"])
        self.add_row(
            FormRow(TELL, _("Tell the protection officer?"), yes_no_editor(), help=_("Only they can read it."))
        )
        self.add_row(FormRow(CONCERN, _("What they should know"), ParagraphEditor(lines=2)))

    def _add_next(self) -> None:
        self.section("next", _("What comes next"), column=1)
        self.add_field(self._fields["agreed"], ParagraphEditor(lines=2))
        self.add_field(self._fields["homework"], ParagraphEditor(lines=2))
        self.add_field(self._fields["next_on"], help=_("A date here plans a follow-up."))
        mean(self.editor("next_on"), "future", self.editor("held_on").value)

    def _add_confidence(self) -> None:
        self.section("confidence", _("In confidence"), column=1)
        self.add_field(self._fields["client_words"], ParagraphEditor(lines=2))
        words = _("Only counsellors, the coordinator and the protection officer read this note.")
        self.add_row(FormRow(NOTE, field_of(ConfidentialNote.note).label, ParagraphEditor(lines=3), help=words))

    # Following the answers

    def _settle_kind(self, name: str) -> None:
        """Only when the answer is whole: its first letter may be that of another."""
        kind = self.editor(name).value() if name == "session_type" else None
        if kind is not None and kind != self._kind:
            self.follow()
            self.kind_chosen.emit(kind)

    def _look_at(self, name: str) -> None:
        if name in ("risk", "risk_action", TELL):
            self._follow_risk()
        else:
            self._hint(name)

    def _follow_kind(self) -> None:
        self._kind = kind = self.editor("session_type").value()
        for name in ("men_present", "women_present"):
            self.rows[name].setVisible(kind == FAMILY or not self.editor(name).is_empty())
        self.show_section("risk", kind != GROUP)
        words = {
            GROUP: _("Choose everybody who was there. What concerns one of them belongs in a session of their own."),
            CLOSING: _("When it is saved, the record of completion can be written."),
        }.get(kind, "")
        self.kind_note.setText(words)
        self.kind_note.setVisible(bool(words))
        self._place_risk(first=kind == CRISIS)

    def _place_risk(self, *, first: bool) -> None:
        """Below the facts; in a crisis above all that was said."""
        left, right = self._columns
        card = self.sections["risk"]
        for column in (left, right):
            column.removeWidget(card)
        if first:
            right.insertWidget(0, card)
        else:
            left.insertWidget(left.indexOf(self.sections["facts"]) + 1, card)

    def _follow_risk(self) -> None:
        risk, tell = self.editor("risk").value(), self.editor(TELL)
        answered = not self.editor("risk_action").is_empty()
        self.rows["risk_action"].setVisible(risk in ASK_WHAT_WAS_DONE or answered)
        if risk == HIGH and self._new and self.rows[TELL].isHidden() and tell.value() is None:
            tell.set_value(True)
        self.rows[TELL].setVisible(risk == HIGH)
        self.rows[CONCERN].setVisible(risk == HIGH and bool(tell.value()))

    def _follow_fold(self) -> None:
        in_use = any(not self.editor(name).is_empty() for name in FOLDED)
        shown = self._open or in_use
        self.show_section("more", shown)
        self.show_section("confidence", shown and self._kind != GROUP)
        self.more.setText(
            _("Less") if self._open else _("More: place, topics, the client's own words, a confidential note")
        )
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(not in_use)

    def _hint(self, name: str) -> None:
        """Words that had better not stand here are pointed out while one types; saving is never in their way."""
        text = self.editor(name).typed() if name in self._fields else None
        if isinstance(text, str) and text:
            for problem in hints(name, text[:LONGEST_LOOKED_AT]):
                self.rows[name].show_problem(problem.severity, problem.words())

    def _order_keys(self) -> None:
        """Tab goes down the left column, then down the right one as it stands now."""
        facts, risk, more, words = [self.sections[name] for name in ("facts", "risk", "more", "words")]
        first = (facts, more, risk, words) if self._kind == CRISIS else (facts, risk, more, words)
        cards = (*first, self.sections["next"])
        steps = [stop for card in (*cards, self.sections["confidence"]) for stop in _stops(card)]
        for before, after in pairwise([*steps, self.more]):
            QWidget.setTabOrder(before, after)


def hints(name: str, text: str) -> Iterator[Problem]:
    """What had better not stand in a text of a session."""
    from resource_centre.services.diagnosis_words import check_diagnosis_words
    from resource_centre.services.health_words import check_health_words

    yield from check_health_words(CounsellingSession, {name: text})
    yield from check_diagnosis_words({name: text})


def kinds() -> list[tuple[Any, str]]:
    """The kinds of counselling: of the services only those that are counselling or legal advice."""
    name = next(field.vocabulary for field in fields_of(CounsellingSession) if field.name == "service_type")
    terms = [term for term in vocabulary(name) if term.group in KIND_GROUPS or not term.group]
    return [(term.code, term.label()) for term in terms]


def _stops(card: Card) -> Iterable[QWidget]:
    """Where Tab stops in a card; the lists that open below a line are windows of their own."""
    stops = (one for one in card.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return [one for one in stops if one.focusProxy() is None and one.window() is card.window()]
