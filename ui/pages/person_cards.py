# SPDX-License-Identifier: Apache-2.0
"""What is known of a person at a glance: how to reach them safely, their numbers, their stays abroad."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _
from resource_centre.records import MigrationEpisode, Person
from resource_centre.services.people import PersonRecord
from resource_centre.values.nik import mask_nik
from resource_centre.vocabulary import MERGED
from ui.kit.form_row import WHY_NOT
from ui.kit.pieces import WIDE_GAP, Card, button, empty, label
from ui.kit.places import Places
from ui.kit.typed_dates import show_date, show_partial
from ui.pages.wording import phone_words, term

Facts = Iterable[tuple[str, str]]


class ReachCard(Card):
    """How to reach somebody without putting them in danger."""

    def __init__(self) -> None:
        super().__init__(_("Reaching the person safely"))
        self._inside = QVBoxLayout()
        self.body.addLayout(self._inside)

    def show_record(self, record: PersonRecord) -> None:
        """Show the safe telephone, or that there is none, and what is allowed."""
        empty(self._inside)
        person = record.person
        if person.safe_phone:
            self._inside.addWidget(label(phone_words(person.safe_phone), "heading", selectable=True))
        else:
            self._inside.addWidget(label(_("No safe telephone is known. Ask before calling."), "warning", wrap=True))
        facts = [(_("Answers"), person.safe_answerer or ""), (_("Safe times"), person.safe_times or "")]
        self._inside.addLayout(_grid(facts))
        for words, allowed in _permissions(person):
            self._inside.addWidget(label(words, "understood" if allowed else "error", wrap=True))


class PersonCards(QWidget):
    """The column at the right of a person's page."""

    def __init__(self, places: Places) -> None:
        super().__init__()
        self._places = places
        self._record: PersonRecord | None = None
        self._nik_shown = False
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(WIDE_GAP)

    def show_record(self, record: PersonRecord) -> None:
        """Show what is known."""
        if self._record is None or record.person.id != self._record.person.id:
            self._nik_shown = False
        self._record = record
        empty(self._inside)
        self._inside.addWidget(self._numbers(record))
        self._inside.addWidget(_fact_card(_("About"), self._about(record.person)))
        for stay in record.episodes:
            self._inside.addWidget(_fact_card(_stay_title(stay), _stay(stay)))
        self._inside.addStretch(1)

    def _numbers(self, record: PersonRecord) -> Card:
        card = Card(_("Numbers"))
        facts = [(_("Client number"), record.person.number or "")]
        nik = record.number_of("nik")
        if nik:
            facts.append((_("NIK"), nik if self._nik_shown else mask_nik(nik)))
        for one in record.identifiers:
            if one.kind != "nik":
                shown = phone_words(one.value) if one.kind == "phone" else one.value or ""
                note = f" ({one.note})" if one.note else ""
                facts.append((term("identifier_kind", one.kind), f"{shown}{note}"))
        card.body.addLayout(_grid(facts))
        if nik and not self._nik_shown:
            card.body.addWidget(button(_("Show the whole NIK"), self._show_nik, role="link"))
        return card

    def _show_nik(self) -> None:
        self._nik_shown = True
        if self._record is not None:
            self.show_record(self._record)

    def _about(self, person: Person) -> Facts:
        born = " · ".join(part for part in (show_partial(person.birth_date), person.birth_place or "") if part)
        yield _("Born"), born or _why(person, "birth_date")
        yield _("Client type"), term("client_type", person.client_type) or _why(person, "client_type")
        yield _("Marital status"), term("marital_status", person.marital_status) or _why(person, "marital_status")
        yield _("Education"), term("education", person.education) or _why(person, "education")
        yield _("Also known as"), person.alias or ""
        yield _("Mother's name"), person.mother_name or ""
        yield _("Registered on"), show_date(person.registered_on)
        yield _("Remarks"), person.remarks or ""


def _why(record: Person | MigrationEpisode, name: str) -> str:
    reason = record.unanswered.get(name)
    return f"({_(WHY_NOT[reason]).lower()})" if reason in WHY_NOT else ""


def _permissions(person: Person) -> Iterable[tuple[str, bool]]:
    if person.may_leave_message is not None:
        allowed = person.may_leave_message
        yield (_("✓ We may leave a message.") if allowed else _("✕ Leave no message.")), allowed
    if person.may_send_whatsapp is not None:
        allowed = person.may_send_whatsapp
        yield (_("✓ We may send WhatsApp messages.") if allowed else _("✕ Send no WhatsApp messages.")), allowed


def _stay_title(stay: MigrationEpisode) -> str:
    years = [value[:4] if value else "?" for value in (stay.departure_date, stay.return_date)]
    country = term("country", stay.destination_country) or _("Abroad")
    return f"{country}, {years[0]}–{years[1]}" if years != ["?", "?"] else country


def _stay(stay: MigrationEpisode) -> Facts:
    yield _("Work"), stay.occupation_text or term("occupation", stay.occupation)
    yield _("Departure"), show_partial(stay.departure_date) or _why(stay, "departure_date")
    yield _("Came back"), show_partial(stay.return_date) or _why(stay, "return_date")
    # What is for protection is said once on the page, to those who may know it.
    if stay.return_type != MERGED:
        yield _("Kind of return"), term("return_type", stay.return_type) or _why(stay, "return_type")
    yield _("Voluntary?"), term("voluntariness", stay.voluntariness)
    yield _("Procedural?"), term("regularity", stay.regularity)
    yield _("Placement"), term("placement_scheme", stay.placement_scheme)
    if stay.unpaid_wages:
        from resource_centre.values.money import show_rupiah

        yield _("Unpaid wages"), show_rupiah(stay.unpaid_wages)


def _fact_card(heading: str, facts: Facts) -> Card:
    card = Card(heading)
    card.body.addLayout(_grid(facts))
    return card


def _grid(facts: Facts) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for line, (name, value) in enumerate((name, value) for name, value in facts if value):
        caption = label(name, "caption", wrap=True)
        caption.setFixedWidth(124)
        grid.addWidget(caption, line, 0)
        grid.addWidget(label(value, wrap=True, selectable=True), line, 1)
    return grid
