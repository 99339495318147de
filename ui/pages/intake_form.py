# SPDX-License-Identifier: Apache-2.0
"""The questions of one step of an intake; built from the order of `SECTIONS` and the arrangement of `GROUPS`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.problems import Problem
from resource_centre.records import Field
from resource_centre.services.intake_sections import EXTRA, NUMBERS, Section, sections_of
from ui.kit.editor_for import editor_for
from ui.kit.editors import ChoiceEditor, Editor, ParagraphEditor
from ui.kit.editors_codes import choices_of
from ui.kit.form_row import FormRow
from ui.kit.places import Places
from ui.kit.typed_dates import show_partial
from ui.pages.column_form import ColumnForm
from ui.pages.intake_layout import GROUPS, HELPED, SHARES, Group

NIK, PASSPORT, PHONE, PHONE_NOTE = "nik", "passport", "phone", "phone_note"
NAMED_BY_PERSON: Final = ("person", "more", "safe_contact")
OFFERED_TO: Final = {"sex": "person.sex", "birth_date": "person.birth_date", "birth_place": "person.birth_place"}
LEAST_PHONE, LEAST_NIK = 8, 14
ONE_COLUMN: Final = frozenset({"household", "work", "consent"})
CONTACT: Final = "contact"
TAKE_KEY: Final = "F9"
FOR_WOMEN: Final = ("health.pregnant", "health.pregnancy_due")
BEGINS_WITH: Final[dict[str, Any]] = {"visit.channel": "walk_in", "more.nationality": "IDN", "more.standing": "aktif"}
FILLED_IN: Final = frozenset({"visit.held_on", "visit.open_case", "health.told_on", "interview.held_on", *BEGINS_WITH})
"""Rows that have an answer before anybody has typed."""


class StepForm(ColumnForm):
    """Rows are named ``section.field``, so that a problem finds its row."""

    def __init__(self, places: Places, step: str) -> None:
        super().__init__(places, columns=1 if step in ONE_COLUMN else 2)
        self.places = places
        self.parts_shown = tuple(one for one in sections_of(step) if not one.many)
        for one in self.parts_shown:
            fields = {field.name: field for field in one.described}
            for number, group in enumerate(GROUPS[one.key]):
                self._add_group(one, group, fields, number)
        self.close_columns()

    def begin(self) -> None:
        """Empty, with the answers that go without saying."""
        self.clear()
        for line in self.rows.values():
            line.use.hide()
        days = {"visit.held_on": today(), "visit.open_case": True, "health.told_on": today()}
        days["interview.held_on"] = today()
        self.set_values({name: value for name, value in (BEGINS_WITH | days).items() if name in self.rows})

    def show_told(self, told: Mapping[str, Any]) -> None:
        """Show what the sections hold (`Told` by section key)."""
        self.begin()
        for one in self.parts_shown:
            here = told.get(one.key)
            if here is None:
                continue
            values = {
                name: value for name, value in here.values.items() if here.record is not None or value is not None
            }
            reasons = {f"{one.key}.{name}": why for name, why in here.unanswered.items()}
            self.set_values({f"{one.key}.{name}": value for name, value in values.items()}, reasons)

    def parts(self) -> dict[str, Any]:
        """What is answered by section: field to value, with ``unanswered`` among them; for `save_sections`."""
        return {one.key: self._part(one) for one in self.parts_shown if one.key != "visit"}

    def answered(self) -> set[str]:
        """The rows with an answer, or a reason for none, that somebody gave."""
        return {name for name in self.typed() if name in self.rows and name not in FILLED_IN}

    def show_questions(self, *, sex: str | None) -> None:
        """Leave out what is not asked of this person."""
        for name in FOR_WOMEN:
            if name in self.rows:
                self.rows[name].setVisible(sex != "L")

    def share_letters(self) -> None:
        """Give the letters out anew, when other buttons of the page have come into sight."""
        if self.isVisible():
            self._share_letters()

    # Inside

    def _add_group(self, one: Section, group: Group, fields: Mapping[str, Field], number: int) -> None:
        name = one.key if number == 0 else f"{one.key}-{number}"
        self.section(name, _(group.heading) if group.heading else one.title, column=group.column)
        for line in group.lines:
            names = [f"{one.key}.{name}" for name in line]
            for row_name, asked in zip(names, (fields[name] for name in line), strict=True):
                self._ask(one, asked, row_name)
            if len(names) > 1:
                noted = any(fields[name].format in ("partial_date", "date") for name in line)
                self.side_by_side(*names, shares=SHARES.get(line[0], ()), noted=noted)

    def _ask(self, one: Section, asked: Field, name: str) -> None:
        help_words = asked.help if asked.name in HELPED and one.key != "return" else ""
        if asked.name in EXTRA and asked.name not in NUMBERS:
            self.add_row(FormRow(name, asked.label, self._editor(asked), may_be_unanswered=False))
        else:
            self.add_field(asked, self._editor(asked), name=name, help=help_words)

    def _editor(self, asked: Field) -> Editor:
        if asked.name == "sex":  # side by side, whatever the length of the words: it is the commonest answer of all
            return ChoiceEditor(choices_of("sex"))
        if asked.format == "paragraph":
            return ParagraphEditor(lines=3)
        return editor_for(asked.format, asked.vocabulary, self.places)

    def _part(self, one: Section) -> dict[str, Any]:
        names = [f"{one.key}.{name}" for name in one.fields]
        values = {name.partition(".")[2]: value for name, value in self.values(*names).items()}
        reasons = {name.partition(".")[2]: why for name, why in self.unanswered(*names).items()}
        return {**values, "unanswered": reasons}


class IdentityForm(StepForm):
    """The first step: with it alone somebody is registered."""

    def __init__(self, places: Places) -> None:
        super().__init__(places, "identity")
        self.editor("person.nik").offered.connect(self._offer_beside)
        take = QShortcut(QKeySequence(TAKE_KEY), self)
        take.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        take.activated.connect(lambda: self._take_offer(self._says))
        self._says: dict[str, Any] = {}
        self.came_from = ("", "")
        """Kind and id of the record that brought somebody here, such as a contact; kept with what is typed."""
        self.begin()

    def begin(self) -> None:
        """Empty, and come from nowhere."""
        super().begin()
        self.came_from = ("", "")

    def typed(self) -> dict[str, Any]:
        """Everything on the screen, and the record it began with."""
        kind, record_id = self.came_from
        return super().typed() | ({CONTACT: {"id": record_id, "kind": kind}} if record_id else {})

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave."""
        super().restore(typed)
        came = typed.get(CONTACT) or {}
        self.came_from = (came.get("kind", CONTACT), came["id"]) if came.get("id") else ("", "")

    def show_visit(self, shown: bool, *, handed_over: bool = False) -> None:
        """Ask what brings somebody here, unless they are registered already; or only whether a case is opened."""
        self.show_section("visit", shown)
        for name in self.rows:
            if name.startswith("visit.") and name != "visit.open_case":
                self.rows[name].setVisible(not handed_over)

    def registration(self) -> dict[str, Any]:
        """The arguments of `register_intake`."""
        parts = self.parts()
        numbers = {name: parts["person"].pop(name, None) or parts["more"].pop(name, None) for name in (NIK, PASSPORT)}
        parts["more"].pop(PASSPORT, None)
        reasons = parts["person"].pop("unanswered") | parts["more"].pop("unanswered")
        visit = self._part(next(one for one in self.parts_shown if one.key == "visit"))
        opened = visit.pop("open_case")
        return {
            "person": {**parts["person"], **parts["more"], "unanswered": reasons},
            "identifiers": [{"kind": kind, "value": value} for kind, value in numbers.items() if value],
            "address": parts["address"] if _answered(parts["address"]) else None,
            "contact": {**visit, "services": visit["services"] or []},
            "open_case": bool(opened),
        }

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """The same problems, named by row, whichever service found them."""
        kinds = [one["kind"] for one in self.registration()["identifiers"]]
        return [replace(problem, field=self._row_of(problem.field, kinds)) for problem in problems]

    def description(self) -> dict[str, Any]:
        """What is known so far for finding people who may be the same."""
        return {
            "full_name": self.editor("person.full_name").value() or "",
            "sex": self.editor("person.sex").value(),
            "birth_date": self.editor("person.birth_date").value(),
            "village_code": self.editor("address.village_code").value(),
            "nik": self.editor("person.nik").value(),
            "passport": self.editor("more.passport").value(),
            "mother_name": self.editor("more.mother_name").value(),
            "phone": None,
        }

    def start_with(self, text: str) -> str:
        """Begin with what somebody typed into the search, a NIK or a name; returns it if it is a telephone number."""
        from ui.pages.wording import capitalised

        digits = "".join(letter for letter in text if letter.isdigit())
        if len(digits) >= LEAST_NIK:
            self.editor("person.nik").set_typed(text)
        elif text and not digits:
            self.editor("person.full_name").set_typed(capitalised(text))
        return text if LEAST_PHONE <= len(digits) < LEAST_NIK else ""

    def _offer_beside(self, says: dict[str, Any]) -> None:
        """What a NIK says is offered beside the questions that are still empty, never filled in by itself."""
        self._says = says
        offered = {
            name: value for name, value in says.items() if name in OFFERED_TO and self._is_open(OFFERED_TO[name])
        }
        for name, value in offered.items():
            row = self.rows[OFFERED_TO[name]]
            row.offer({name: value}, _offer_words(name, value))
            row.use.setToolTip(_("The number says so. {key} takes over all it says.").format(key=TAKE_KEY))
        self.rows["person.nik"].offer(offered)
        self.rows["person.nik"].use.setToolTip(TAKE_KEY)

    def _is_open(self, name: str) -> bool:
        return self.rows[name].editor.is_empty() and self.rows[name].why_unanswered is None

    def _take_offer(self, says: dict[str, Any]) -> None:
        """Fill only what is still empty; where an answer differs the check has said so."""
        taken = {OFFERED_TO[name]: value for name, value in says.items() if name in OFFERED_TO}
        super()._take_offer({name: value for name, value in taken.items() if self._is_open(name)})
        for name in taken:
            self.rows[name].use.hide()
        left = {
            name: value for name, value in self._says.items() if name in OFFERED_TO and self._is_open(OFFERED_TO[name])
        }
        self.rows["person.nik"].offer(left)

    def _row_of(self, name: str, kinds: list[str]) -> str:
        part, _dot, rest = name.partition(".")
        if part == "identifiers":
            place = int(rest.split(".")[0])
            return {NIK: "person.nik", PASSPORT: "more.passport"}[kinds[place] if place < len(kinds) else NIK]
        if part == "contact":
            return {"service_type": "visit.services"}.get(rest, f"visit.{rest}")
        if name not in self.rows and part == "person":
            return next((f"{key}.{rest}" for key in NAMED_BY_PERSON if f"{key}.{rest}" in self.rows), name)
        return name


def _answered(part: dict[str, Any]) -> bool:
    given = (value for name, value in part.items() if name != "unanswered")
    return bool(part["unanswered"]) or any(value not in (None, "", []) for value in given)


def _offer_words(name: str, value: Any) -> str:
    if name == "sex":
        from resource_centre.vocabulary import vocabulary

        return vocabulary("sex").label(value)
    return show_partial(value) if name == "birth_date" else str(value)
