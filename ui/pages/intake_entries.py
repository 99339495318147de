# SPDX-License-Identifier: Apache-2.0
"""The lists of an intake: stays abroad, household members, skills, debts, papers, each entry with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from resource_centre.i18n import N_, _
from resource_centre.records import Field, fields_of
from resource_centre.services.intake_sections import NUMBERS, Section
from ui.kit.desk import Desk
from ui.kit.editor_for import editor_for
from ui.kit.editors import Editor
from ui.kit.editors_codes import choices_of, code_editor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.kit.typed_dates import show_partial
from ui.pages.column_form import ColumnForm
from ui.pages.entries_panel import EntriesPanel
from ui.pages.person_editor import PersonEditor
from ui.pages.wording import age_words, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resource_centre.records import (
        Address,
        ArrivalSupport,
        Debt,
        Document,
        HouseholdMember,
        Identifier,
        MigrationEpisode,
        Skill,
    )

Words = tuple[str, str]

NOTHING: Final = {
    "members": N_("Nobody is written down yet. The numbers above are enough when time is short."),
    "episodes": N_("No stay abroad is written down yet."),
    "skills": N_("No skill is written down yet."),
    "debts": N_("No debt is written down."),
    "arrival": N_("Nothing is written down yet."),
    "documents": N_("No paper is written down yet."),
    "identifiers": N_("None. NIK, passport and telephone have their own questions."),
    "addresses": N_("None."),
}
ADD: Final = {
    "members": N_("Add a member"),
    "episodes": N_("Add a stay abroad"),
    "skills": N_("Add a skill"),
    "debts": N_("Add a debt"),
    "arrival": N_("Add support received"),
    "documents": N_("Add a paper"),
    "identifiers": N_("Add a number"),
    "addresses": N_("Add an address"),
}
COLUMNS: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "episodes": ((N_("Going there"), 12), (N_("Work and contract there"), 12)),
    "members": ((N_("Who it is"), 5), (N_("More about them"), 7)),
}
"""Long questionnaires in two columns: the heading of each and how many questions stand in it."""


class IntakeEntries(EntriesPanel):
    """A list of an intake; what has a question of its own elsewhere is left out."""

    def __init__(self, desk: Desk, one: Section, make: Callable[[], Form]) -> None:
        super().__init__(
            desk,
            one.record,  # type: ignore[arg-type]
            one.title,
            say=SAY[one.key],
            fields=one.fields,
            nothing=_(NOTHING[one.key]),
            add=_(ADD[one.key]),
            make=make,
        )
        self.section = one

    def _show(self, entries: list[Any]) -> None:
        super()._show([entry for entry in entries if _belongs(self.section.key, entry)])


def entries_panel(desk: Desk, one: Section) -> IntakeEntries:
    """The list of one section."""
    return IntakeEntries(desk, one, partial(_form, desk, one))


def _form(desk: Desk, one: Section) -> Form:
    if one.key not in COLUMNS:
        form = Form(desk.places)
        _add(form, desk, one, one.described)
        return form
    columns = ColumnForm(desk.places)
    fields: Sequence[Field] = one.described
    for number, (heading, how_many) in enumerate(COLUMNS[one.key]):
        columns.section(f"column-{number}", _(heading), column=number)
        _add(columns, desk, one, fields[:how_many])
        fields = fields[how_many:]
    if one.key == "episodes":
        _finish_stay(columns, desk, one)
    columns.close_columns()
    return columns


def _finish_stay(form: ColumnForm, desk: Desk, one: Section) -> None:
    """Wages in their own currency, and how an earlier stay ended."""
    form.follow_currency("wage_currency", "promised_wage", "actual_wage")
    form.section("back", _("Coming back from there"), column=1, note=_("More about the last return has its own step."))
    known = {field.name: field for field in fields_of(one.record)}
    _add(form, desk, one, (known[name] for name in ("return_date", "return_type")))


def _add(form: Form, desk: Desk, one: Section, fields: Iterable[Field]) -> None:
    for asked in fields:
        if (one.key, asked.name) == ("members", "name"):
            known = _("Known to the centre?")
            form.add_row(FormRow("relative_id", known, PersonEditor(desk, known, form), may_be_unanswered=False))
        form.add_field(asked, _editor(desk, one, asked))


def _editor(desk: Desk, one: Section, asked: Field) -> Editor:
    if asked.name == "kind":
        choices = [(code, words) for code, words in choices_of(asked.vocabulary) if code not in ELSEWHERE[one.key]]
        return code_editor(choices)
    return editor_for(asked.format, asked.vocabulary, desk.places)


ELSEWHERE: Final[dict[str, frozenset[str]]] = {
    "identifiers": frozenset(NUMBERS),
    "addresses": frozenset({"current"}),
}
"""Kinds that have a question of their own."""


def _belongs(key: str, entry: Any) -> bool:
    return key not in ELSEWHERE or entry.kind not in ELSEWHERE[key]


# What is read of each entry


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _terms(name: str, codes: Iterable[str] | None) -> str:
    return ", ".join(term(name, code) for code in codes or ())


def _member(entry: HouseholdMember) -> Words:
    relation = term("relation", entry.relation)
    age = age_words(entry.birth_date) or (str(entry.age) if entry.age is not None else "")
    words = entry.name or relation
    return words, _joined(relation if entry.name else "", term("sex", entry.sex), age, entry.occupation)


def _episode(entry: MigrationEpisode) -> Words:
    country = term("country", entry.destination_country) or _("Abroad")
    left, back = show_partial(entry.departure_date), show_partial(entry.return_date)
    when = f"{left or '?'} – {back or _('not told yet')}" if left or back else ""
    work = entry.occupation_text or term("occupation", entry.occupation)
    return country, _joined(when, work, term("return_type", entry.return_type))


def _skill(entry: Skill) -> Words:
    return entry.skill or "", _joined(term("skill_level", entry.level), term("learning_place", entry.learnt_where))


def _debt(entry: Debt) -> Words:
    from resource_centre.values.money import show_rupiah

    owed = entry.outstanding if entry.outstanding is not None else entry.principal
    still = _("{amount} still owed").format(amount=show_rupiah(owed)) if owed is not None else ""
    return term("lender", entry.lender), _joined(still, entry.reason)


def _arrival(entry: ArrivalSupport) -> Words:
    return _terms("arrival_support", entry.kinds), _joined(show_partial(entry.given_on), entry.place, entry.provider)


def _document(entry: Document) -> Words:
    return term("document_type", entry.document_type), _joined(term("document_state", entry.state), entry.number)


def _identifier(entry: Identifier) -> Words:
    return entry.value or "", _joined(term("identifier_kind", entry.kind), entry.note)


def _address(entry: Address) -> Words:
    from resource_centre.places import gazetteer

    here = gazetteer()
    place = here.place(entry.village_code) if entry.village_code else None
    name = here.name(entry.village_code) if place and entry.village_code else entry.village_text or ""
    return name, _joined(term("address_kind", entry.kind), entry.hamlet, entry.street)


SAY: Final[dict[str, Callable[[Any], Words]]] = {
    "members": _member,
    "episodes": _episode,
    "skills": _skill,
    "debts": _debt,
    "arrival": _arrival,
    "documents": _document,
    "identifiers": _identifier,
    "addresses": _address,
}
