# SPDX-License-Identifier: Apache-2.0
"""The form of a month's budget: one line for each kind, what comes in at the left, what goes out beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.money.budgets import INCOME, OUT
from resource_centre.records import Budget
from resource_centre.services.money_words import GROUP_WORDS, Said, budget_words
from resource_centre.vocabulary import vocabulary
from ui.kit.desk import Desk
from ui.kit.editors import MoneyEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.entry_form import Cancelled, Done
from ui.pages.money_parts import TellingForm, add_some
from ui.pages.record_form import RecordForm

if TYPE_CHECKING:
    from resource_centre.services.budgets import BudgetSeen

LINE: Final = "line_"
FIELDS: Final = ("month", "planned", "liquid_savings", "agreed_with", "remarks")
NOUN: Final = "lines"


def budget_form(
    desk: Desk, seen: BudgetSeen | None, before: BudgetSeen | None, person_id: str, done: tuple[Done, Cancelled]
) -> RecordForm:
    """A new month, or one that is changed; a new one may begin with the amounts of the one `before`."""
    form = TellingForm(desk.places, _said)
    form.section("month", _("Which month"))
    add_some(form, Budget, "month", "planned", "liquid_savings")
    _lines(form, INCOME, 0)
    form.sums(_("What that means"), 0)
    for group in OUT:
        _lines(form, group, 1)
    form.section("words", _("Who took part"), column=0)
    add_some(form, Budget, "agreed_with", "remarks")
    form.close_columns()
    saved, cancelled = done
    made = RecordForm(
        desk, _("A month's budget") if seen is None else _("Change the budget"), form,
        name="budget", record_id=seen.budget.id if seen is not None else person_id,
        write=_writer(seen, person_id), saved=saved, cancelled=cancelled,
        say=lambda field: _row_of(form, field),
    )  # fmt: skip
    shown = seen or before
    amounts = {f"{LINE}{line.kind}": line.amount for line in shown.lines if not line.label} if shown is not None else {}
    record = {name: getattr(seen.budget, name) for name in FIELDS} if seen is not None else {"month": _this_month()}
    form.set_values(dict.fromkeys(form.rows) | record | amounts)
    return made


def lines_typed(form: Form) -> list[dict[str, Any]]:
    """The lines with an amount, in the order of the form."""
    codes = [name.removeprefix(LINE) for name in form.rows if name.startswith(LINE)]
    told = ((code, form.editor(LINE + code).value()) for code in codes)
    return [{"kind": code, "amount": amount} for code, amount in told if amount is not None]


def _lines(form: TellingForm, group: str, column: int) -> None:
    form.section(group, _(GROUP_WORDS[group]), column=column)
    for one in vocabulary("budget_line"):
        if one.group == group:
            form.add_row(FormRow(LINE + one.code, one.label(), MoneyEditor()))
    names = [LINE + one.code for one in vocabulary("budget_line") if one.group == group]
    for place in range(0, len(names), 2):
        form.side_by_side(*names[place : place + 2])


def _this_month() -> str:
    return f"{today():%Y-%m}"


def _said(typed: Any) -> Iterable[Said | None]:
    from resource_centre.services.budgets import figures_of_lines

    told = vars(typed).items()
    lines = [{"kind": name.removeprefix(LINE), "amount": value} for name, value in told if name.startswith(LINE)]
    if not any(line["amount"] for line in lines):
        return [Said(_("Write what comes in and what goes out; the sums follow."))]
    return budget_words(figures_of_lines(lines, typed.liquid_savings), None)


def _row_of(form: Form, field: str) -> str:
    noun, _dot, place = field.partition(".")
    if noun != NOUN:
        return field
    lines = lines_typed(form)
    return LINE + (lines[int(place)]["kind"] if place and lines else "gaji")


def _writer(seen: BudgetSeen | None, person_id: str) -> Callable[[Form], Callable[[Any], Any]]:
    budget_id, version = (seen.budget.id, seen.budget.version) if seen is not None else (None, None)

    def write(form: Form) -> Callable[[Any], Any]:
        from resource_centre.services.budgets import save_budget

        values, lines, why = form.values(*FIELDS), lines_typed(form), form.unanswered(*FIELDS)
        return lambda session: (
            save_budget(session, person_id, values, lines, why, budget_id=budget_id, version=version).id
        )

    return write
