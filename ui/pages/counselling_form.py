# SPDX-License-Identifier: Apache-2.0
"""The questions of one counselling session, in the order in which one remembers it."""

from __future__ import annotations

from typing import Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import CounsellingSession, fields_of
from resource_centre.vocabulary import vocabulary
from ui.kit.editors import ChoiceEditor, ParagraphEditor
from ui.kit.editors_codes import CodeEditor, choices_of
from ui.kit.editors_dates import mean
from ui.kit.places import Places
from ui.pages.column_form import ColumnForm

ASK_WHAT_WAS_DONE = ("sedang", "tinggi")
KIND_GROUPS = ("COUNSEL", "LEGAL")


class CounsellingForm(ColumnForm):
    """Two columns: the facts at the left, the words at the right."""

    def __init__(self, places: Places) -> None:
        super().__init__(places)
        self._fields = {field.name: field for field in fields_of(CounsellingSession)}
        self.section("facts", _("The session"))
        self._add_facts()
        self.section("words", _("What was said"), column=1)
        self._add_words()
        self.section("next", _("What comes next"), column=1)
        self._add_next()
        self.close_columns()
        self.settled.connect(lambda _name: self.follow_risk())
        self.edited.connect(lambda _name: self.follow_risk())
        self.begin()

    def begin(self, kind: str | None = None, number: int | None = None, mode: str | None = None) -> None:
        """An empty session of today; what was the same last time is there already."""
        self.clear()
        usual = {"held_on": today(), "service_type": kind, "mode": mode or "tatap_muka", "attendance": "hadir"}
        self.set_values(usual | {"session_type": "awal" if number in (None, 1) else "lanjutan"})
        self.follow_risk()

    def follow_risk(self) -> None:
        """A risk that is not small asks what was done about it."""
        risk = self.rows["risk"].editor.value()
        answered = not self.editor("risk_action").is_empty()
        self.rows["risk_action"].setVisible(risk in ASK_WHAT_WAS_DONE or answered)

    def risk_without_action(self) -> bool:
        """Whether a risk was seen and nothing is said of what was done."""
        risk = self.editor("risk").value()
        return risk in ASK_WHAT_WAS_DONE and self.editor("risk_action").is_empty()

    def _add_facts(self) -> None:
        self.add_field(self._fields["held_on"])
        self.add_field(self._fields["service_type"], CodeEditor(kinds()))
        self.add_field(self._fields["session_type"])
        self.add_field(self._fields["minutes"])
        self.side_by_side("session_type", "minutes", shares=(3, 2))
        self.add_field(self._fields["mode"], ChoiceEditor(choices_of("counselling_mode")))
        self.add_field(self._fields["attendance"], ChoiceEditor(choices_of("session_attendance")))
        for name in ("session_type", "minutes", "mode", "attendance"):
            self.rows[name].menu_button.hide()

    def _add_words(self) -> None:
        self.add_field(self._fields["topic"], ParagraphEditor(lines=3))
        self.add_field(self._fields["observation"], ParagraphEditor(lines=4))
        self.add_field(self._fields["risk"], ChoiceEditor(choices_of("risk_level")))
        self.add_field(self._fields["risk_action"])

    def _add_next(self) -> None:
        self.add_field(self._fields["agreed"], ParagraphEditor(lines=3))
        self.add_field(self._fields["next_on"], help=_("A date here plans a follow-up."))
        mean(self.editor("next_on"), "future", self.editor("held_on").value)


def kinds() -> list[tuple[Any, str]]:
    """The kinds of counselling: of the services only those that are counselling or legal advice."""
    name = next(field.vocabulary for field in fields_of(CounsellingSession) if field.name == "service_type")
    terms = [term for term in vocabulary(name) if term.group in KIND_GROUPS or not term.group]
    return [(term.code, term.label()) for term in terms]
