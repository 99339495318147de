# SPDX-License-Identifier: Apache-2.0
"""The questions of the front desk: few, most of them answered already, none of them needing a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Contact, Service, field_of, fields_of
from ui.kit.editor_for import editor_for
from ui.kit.editors import Editor, TextEditor
from ui.kit.form_row import FormRow
from ui.kit.places import Places
from ui.pages.column_form import ColumnForm

if TYPE_CHECKING:
    from resource_centre.records import Field
    from resource_centre.services.contacts import LastUsed

SERVICES: Final = "services"
FUND: Final = "fund"
NOTE: Final = "reason"
ABOUT_WHOM: Final = ("client_type", "sex", "age_band", "village_code")
"""What a known person's record says; asked of the others only."""

STAYS: Final = ("held_on", "channel", "village_code", "asked_by", "fund")
"""Answers that the next contact begins with."""

USUAL: Final = {"channel": "walk_in", "asked_by": "sendiri"}
GIVEN_AT_ONCE: Final = "info"
"""The group of reasons for a visit whose service is given by answering."""

NOTE_LENGTH = 500


class FrontDeskForm(ColumnForm):
    """Who asks at the left, what for and what was given at the right."""

    def __init__(self, places: Places, picker: QWidget, fund: Editor | None = None) -> None:
        """`picker` finds somebody known; it stands first, and the keyboard goes through things as they are made. `fund`
        offers the codes of projects for the services."""
        super().__init__(places)
        fields = fields_of(Contact)
        self._given_by_hand = False
        self.section("who", _("Who it is")).body.addWidget(picker)
        self._add_line(fields, "client_type", "asked_by")
        self._add_line(fields, "sex", "age_band")
        self.add_fields(fields, "village_code")
        self.section("what", _("What it was about"), column=1)
        self.add_fields(fields, "reasons")
        service = field_of(Service.service_type)
        self.add_row(FormRow(SERVICES, _("Services given"), editor_for("codes", service.vocabulary, places)))
        self._add_line(fields, "outcome", "minutes", shares=(3, 1))
        words = _("Nothing about health, violence or trafficking, please.")
        self.add_row(FormRow(NOTE, _("Short note"), TextEditor(longest=NOTE_LENGTH), help=words))
        self.add_fields(fields, "heard_from")
        self.section("when", _("When and how"))
        self._add_line(fields, "held_on", "channel", noted=True)
        self.add_field(field_of(Service.fund), fund, help=_("The project that pays for the services."))
        self.close_columns()
        self.rows[FUND].hide()
        self.edited.connect(self._edited)
        self.settled.connect(self._settled)
        self.begin()

    def _add_line(self, fields: Iterable[Field], *names: str, shares: Sequence[int] = (), noted: bool = False) -> None:
        self.add_fields(fields, *names)
        self.side_by_side(*names, shares=shares, noted=noted)

    def begin(self, before: LastUsed | None = None) -> None:
        """Empty it for the next contact; `before` is what the last one had."""
        kept = {name: self.editor(name).value() for name in STAYS}
        self.clear()
        self._given_by_hand = False
        last = {"channel": before.channel, "village_code": before.village_code} if before else {}
        found = {**USUAL, "held_on": today(), **_told(kept), **_told(last)}
        self.set_values(found)

    def ask_for_fund(self, wanted: bool) -> None:
        """Ask who pays, where there are projects at all."""
        self.rows[FUND].setVisible(wanted)

    def show_known(self, known: bool) -> None:
        """Of somebody known there is nothing to ask about who it is."""
        for name in ABOUT_WHOM:
            self.rows[name].setVisible(not known)

    def contact(self) -> tuple[dict[str, Any], dict[str, str], list[str]]:
        """The values of the contact, the reasons for no answer, and the services given."""
        values, why = self.values(), self.unanswered()
        services = values.pop(SERVICES) or []
        for name in (SERVICES, FUND):
            why.pop(name, None)
        values.pop(FUND)
        return values, why, services

    def fund(self) -> str | None:
        """Who pays for the services."""
        found: str | None = self.editor(FUND).value()
        return found

    def is_begun(self) -> bool:
        """Whether anything was typed that is not there by itself."""
        return bool({name for name in self.typed() if name not in STAYS})

    def _edited(self, name: str) -> None:
        if name == SERVICES:
            self._given_by_hand = True

    def _settled(self, name: str) -> None:
        """Information asked for is information given, unless somebody says otherwise."""
        if name != "reasons" or self._given_by_hand:
            return
        from resource_centre.vocabulary import vocabulary

        terms = [vocabulary("visit_reason").get(code) for code in self.editor("reasons").value() or ()]
        given = [one.extra["service_type"] for one in terms if one is not None and one.group == GIVEN_AT_ONCE]
        self.editor(SERVICES).set_value(list(dict.fromkeys(code for code in given if code)))


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
