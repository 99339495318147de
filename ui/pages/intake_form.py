# SPDX-License-Identifier: Apache-2.0
"""The questions of an intake, in the order of a conversation, and what they say once answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.problems import Problem
from resource_centre.records import Address, Contact, Field, MigrationEpisode, Person, field_of, fields_of
from ui.kit.editors import ChoiceEditor, Editor, ParagraphEditor, TextEditor, yes_no_editor
from ui.kit.editors_codes import CodesEditor, choices_of
from ui.kit.editors_numbers import NikEditor, PassportEditor, PhoneEditor
from ui.kit.form_row import FormRow
from ui.kit.places import Places
from ui.pages.column_form import ColumnForm

NIK, PASSPORT, PHONE, PHONE_NOTE = "nik", "passport", "phone", "phone_note"
SERVICES, OPEN_CASE = "contact.services", "open_case"
OFFERED_TO = {"sex": "person.sex", "birth_date": "person.birth_date"}

NEVER_ABROAD = frozenset({"prospective", "family", "community", "official"})

NAMES = {"person": Person, "address": Address, "episode": MigrationEpisode, "contact": Contact}


class IntakeForm(ColumnForm):
    """Six sections in two columns; row names are ``part.field`` so that a problem finds its row."""

    def __init__(self, places: Places) -> None:
        super().__init__(places)
        self.places = places
        self._who()
        self._reach()
        self._home()
        self._abroad()
        self._return()
        self._reason()
        self.close_columns()
        self.begin()

    def begin(self) -> None:
        """Empty, with the answers that go without saying."""
        self.clear()
        self.set_values({"contact.channel": "walk_in", "contact.held_on": today(), "person.nationality": "IDN"})
        self.set_values({OPEN_CASE: True})

    def follow_client_type(self) -> None:
        """Ask about a stay abroad unless it is clear there was none."""
        kind = self.editor("person.client_type").value()
        answered = any(name.startswith("episode.") for name in self.typed())
        shown = kind not in NEVER_ABROAD or answered
        self.show_section("abroad", shown)
        self.show_section("return", shown)

    # What was answered

    def parts(self) -> dict[str, Any]:
        """The arguments of `register_intake`; parts nobody answered are left out."""
        found: dict[str, Any] = {name: self._part(name) for name in NAMES}
        found["contact"]["services"] = self.editor(SERVICES).value() or []
        if not _answered(found["episode"]):
            found["episode"] = None
        if not _answered(found["address"]):
            found["address"] = None
        opened = self.editor(OPEN_CASE).value()
        return found | {"identifiers": self.identifiers(), "open_case": bool(opened)}

    def identifiers(self) -> list[dict[str, Any]]:
        """The numbers that were given, in the order problems count them."""
        note = self.editor(PHONE_NOTE).value()
        found = [{"kind": kind, "value": self.editor(kind).value()} for kind in (NIK, PASSPORT, PHONE)]
        return [one | ({"note": note} if one["kind"] == PHONE else {}) for one in found if one["value"]]

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """The same problems, named by row."""
        kinds = [one["kind"] for one in self.identifiers()]
        return [replace(problem, field=_row_of(problem.field, kinds)) for problem in problems]

    def description(self) -> dict[str, Any]:
        """What is known so far for finding people who may be the same."""
        return {
            "full_name": self.editor("person.full_name").value() or "",
            "sex": self.editor("person.sex").value(),
            "birth_date": self.editor("person.birth_date").value(),
            "village_code": self.editor("address.village_code").value(),
            "nik": self.editor(NIK).value(),
            "passport": self.editor(PASSPORT).value(),
            "phone": self.editor("person.safe_phone").value() or self.editor(PHONE).value(),
        }

    def missing(self) -> list[str]:
        """Rows whose answers a complete intake has, and that are neither answered nor said to have no answer."""
        asked = ["person.full_name", NIK, "person.sex", "person.birth_date", "person.client_type"]
        asked += ["person.safe_phone", "address.village_code"]
        if not self.sections["abroad"].isHidden():
            asked += ["episode.destination_country", "episode.occupation", "episode.return_date", "episode.return_type"]
        asked += ["contact.reason"]
        answered = self.typed()
        return [name for name in asked if name not in answered]

    def start_with(self, text: str) -> None:
        """Begin with what somebody typed into the search: a NIK, a telephone number or a name."""
        from ui.pages.wording import capitalised

        digits = "".join(letter for letter in text if letter.isdigit())
        if len(digits) >= 14:
            self.editor(NIK).set_typed(text)
        elif len(digits) >= 8:
            self.editor("person.safe_phone").set_typed(text)
        elif text and not digits:
            self.editor("person.full_name").set_typed(capitalised(text))

    # The sections

    def _who(self) -> None:
        self.section("who", _("Who are you?"))
        self._ask(Person, "full_name")
        self._add(NIK, _("NIK"), NikEditor(self.places))
        self._add_sex()
        self._ask(Person, "birth_date", "birth_place")
        self.side_by_side("person.birth_date", "person.birth_place", noted=True)
        self._ask(Person, "client_type", "marital_status", "education")
        self.side_by_side("person.marital_status", "person.education")
        self._ask(Person, "mother_name", "alias")
        self.side_by_side("person.mother_name", "person.alias")

    def _reach(self) -> None:
        self.section("reach", _("How can we reach you safely?"))
        self._ask(Person, "safe_phone", "safe_answerer", "safe_times")
        self.side_by_side("person.safe_answerer", "person.safe_times")
        self._ask(Person, "may_leave_message", "may_send_whatsapp")
        self.side_by_side("person.may_leave_message", "person.may_send_whatsapp")
        self._add(PHONE, _("Another telephone"), PhoneEditor())
        self._add(PHONE_NOTE, _("Whose telephone is that?"), TextEditor(), may_be_unanswered=False)
        self.side_by_side(PHONE, PHONE_NOTE)

    def _home(self) -> None:
        self.section("home", _("Where do you live?"))
        self._ask(Address, "village_code", "hamlet", "rt", "rw", "street")
        self.side_by_side("address.hamlet", "address.rt", "address.rw", shares=(3, 1, 1))
        # The street goes below the line that was just made of the three.
        street = self.rows["address.street"]
        self._inside.removeWidget(street)
        self._inside.addWidget(street)

    def _abroad(self) -> None:
        self.section(
            "abroad", _("Your time abroad"), column=1, note=_("The last stay. Earlier ones can be added later.")
        )
        self._ask(MigrationEpisode, "destination_country", "departure_date")
        self.side_by_side("episode.destination_country", "episode.departure_date", shares=(3, 2), noted=True)
        self._ask(MigrationEpisode, "occupation", "occupation_text")
        self.side_by_side("episode.occupation", "episode.occupation_text")
        self._ask(MigrationEpisode, "regularity", "placement_scheme", "employer_type")
        self.side_by_side("episode.placement_scheme", "episode.employer_type")
        self._add(PASSPORT, _("Passport"), PassportEditor())

    def _return(self) -> None:
        self.section("return", _("Coming home"), column=1)
        self._ask(MigrationEpisode, "return_date", "return_type")
        self.side_by_side("episode.return_date", "episode.return_type", shares=(2, 3), noted=True)
        self._ask(MigrationEpisode, "voluntariness", "unpaid_wages")

    def _reason(self) -> None:
        self.section("reason", _("What brings you here?"), column=1)
        self._ask(Contact, "held_on", "channel")
        self.side_by_side("contact.held_on", "contact.channel", shares=(2, 3), noted=True)
        self.add_field(field_of(Contact.reason), ParagraphEditor(lines=4), name="contact.reason")
        services = CodesEditor(choices_of("service_type"))
        self._add(SERVICES, _("Services given today"), services, may_be_unanswered=False)
        accompany = _("Will the centre accompany this person? (opens a case)")
        self._add(OPEN_CASE, accompany, yes_no_editor(), may_be_unanswered=False)
        self._ask(Person, "remarks")

    # Inside

    def _ask(self, record: Any, *names: str) -> None:
        part = next(name for name, known in NAMES.items() if known is record)
        known = {field.name: field for field in fields_of(record)}
        for name in names:
            self.add_field(known[name], name=f"{part}.{name}", help=_help_of(known[name]))

    def _add_sex(self) -> None:
        """Side by side, whatever the length of the words: it is the commonest answer of all."""
        self.add_field(field_of(Person.sex), ChoiceEditor(choices_of("sex")), name="person.sex")

    def _add(self, name: str, words: str, editor: Editor, *, may_be_unanswered: bool = True) -> None:
        self.add_row(FormRow(name, words, editor, may_be_unanswered=may_be_unanswered))

    def _part(self, part: str) -> dict[str, Any]:
        names = [name for name in self.rows if name.startswith(f"{part}.") and name != SERVICES]
        values = {name.partition(".")[2]: value for name, value in self.values(*names).items()}
        reasons = {name.partition(".")[2]: why for name, why in self.unanswered(*names).items()}
        if part == "person":
            reasons |= self.unanswered(NIK, PASSPORT, PHONE)
        return {**values, "unanswered": reasons}

    def _take_offer(self, says: dict[str, Any]) -> None:
        super()._take_offer({OFFERED_TO[name]: value for name, value in says.items() if name in OFFERED_TO})


def _help_of(field: Field) -> str:
    """Only help that changes what one answers; the rest would make the page restless."""
    return field.help if field.name in ("birth_date", "village_code", "remarks") else ""


def _answered(part: dict[str, Any]) -> bool:
    return any(value not in (None, "", []) for name, value in part.items() if name != "unanswered") or bool(
        part["unanswered"]
    )


def _row_of(name: str, kinds: list[str]) -> str:
    if name.startswith("identifiers."):
        place = int(name.split(".")[1])
        return kinds[place] if place < len(kinds) else NIK
    return SERVICES if name == "contact.service_type" else name
