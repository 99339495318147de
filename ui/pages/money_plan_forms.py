# SPDX-License-Identifier: Apache-2.0
"""Forms of plans: for getting out of debt, and for money sent home with what it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.money.remittances import shares_total
from resource_centre.records import DebtPlan, RemittancePlan
from resource_centre.services.money_words import (
    Said,
    arrives_words,
    comparison_words,
    cost_words,
    payoff_words,
    split_words,
)
from resource_centre.vocabulary import vocabulary
from ui.kit.desk import Desk
from ui.kit.editors import NumberEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.kit.typed_dates import show_date
from ui.pages.entry_form import Cancelled, Done, Saving, entry_form
from ui.pages.money_parts import TellingForm, add_some
from ui.pages.record_form import RecordForm
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.debt_plans import DebtsSeen
    from resource_centre.services.remittance_plans import RemittanceSeen

USE: Final = "use_"
SENDING: Final = (
    "sender", "receiver", "frequency", "channel", "currency", "amount", "fee", "rate", "market_rate", "rate_on",
    "agreed_on", "agreed_with", "remarks",
)  # fmt: skip


def debt_plan_form(
    desk: Desk, seen: DebtsSeen, plan: DebtPlan | None, person_id: str, done: tuple[Done, Cancelled]
) -> RecordForm:
    """A new version of the plan, which begins as the last one, or a correction of one."""
    from resource_centre.services.debt_plans import change_debt_plan, make_debt_plan

    form = TellingForm(desk.places, lambda typed: _debts_said(typed, seen))
    form.section("plan", _("How"))
    add_some(form, DebtPlan, "monthly", "strategy", "made_on", "agreed_with", "remarks")
    form.sums(_("What that means"))
    form.close_columns()

    def add(session: Any, values: dict[str, Any], why: Any) -> DebtPlan:
        return make_debt_plan(session, person_id, values, why)

    heading = _("A plan out of debt") if plan is None else _("Correct the plan")
    last = seen.plan
    usual: dict[str, Any] = {"made_on": today(), "strategy": last.strategy if last else "avalanche"}
    usual |= {"monthly": last.monthly} if last else {}
    saving = Saving("debt_plan", person_id, add, change_debt_plan)
    return entry_form(desk, heading, form, plan, saving, done, usual=usual)


def remittance_form(
    desk: Desk, shown: RemittanceSeen | None, person_id: str, done: tuple[Done, Cancelled], *, anew: bool
) -> RecordForm:
    """A new agreement (`anew`), which begins as the one shown, or a correction of that one."""
    form = TellingForm(desk.places, _sending_said)
    form.section("sending", _("How it is sent"))
    add_some(form, RemittancePlan, *SENDING[:4])
    form.side_by_side("sender", "receiver")
    form.side_by_side("frequency", "channel")
    form.section("cost", _("What it costs"))
    add_some(form, RemittancePlan, *SENDING[4:10])
    form.side_by_side("amount", "fee", noted=True)
    form.side_by_side("rate", "market_rate", noted=True)
    form.follow_currency("currency", "amount", "fee")
    form.section("uses", _("What it is for, in per cent"), column=1)
    _uses(form)
    form.sums(_("What that means"))
    form.section("words", _("Agreed"), column=0)
    add_some(form, RemittancePlan, *SENDING[10:])
    form.close_columns()
    saved, cancelled = done
    changed = shown.plan if shown is not None and not anew else None
    made = RecordForm(
        desk, _("An agreement on money sent home") if changed is None else _("Correct the agreement"), form,
        name="remittance_plan", record_id=changed.id if changed is not None else person_id,
        write=_writer(changed, person_id), saved=saved, cancelled=cancelled, say=_row_of,
    )  # fmt: skip
    _show(form, shown, anew=anew)
    return made


def _show(form: TellingForm, shown: RemittanceSeen | None, *, anew: bool) -> None:
    values = dict.fromkeys(form.rows) | {"currency": "MYR", "agreed_on": today()}
    if shown is not None:
        values |= {name: getattr(shown.plan, name) for name in SENDING}
        values |= {f"{USE}{share.use}": share.percent for share in shown.shares}
    if anew:
        values |= {"agreed_on": today()}
    form.set_values(values)


def _uses(form: TellingForm) -> None:
    names = []
    for one in vocabulary("remittance_use"):
        form.add_row(FormRow(USE + one.code, one.label(), NumberEditor()))
        names.append(USE + one.code)
    for place in range(0, len(names), 2):
        form.side_by_side(*names[place : place + 2])


def _row_of(field: str) -> str:
    return f"{USE}makan" if field.startswith("shares") else field


def _writer(plan: RemittancePlan | None, person_id: str) -> Callable[[Form], Callable[[Any], Any]]:
    plan_id, version = (plan.id, plan.version) if plan is not None else (None, None)

    def write(form: Form) -> Callable[[Any], Any]:
        from resource_centre.services.remittance_plans import agree_remittance

        values, why = form.values(*SENDING), form.unanswered(*SENDING)
        shares = [
            {"use": name.removeprefix(USE), "percent": row.editor.value()}
            for name, row in form.rows.items()
            if name.startswith(USE)
        ]
        return lambda session: (
            agree_remittance(session, person_id, values, shares, why, plan_id=plan_id, version=version).id
        )

    return write


def debts_missing(seen: DebtsSeen) -> Iterable[Said]:
    """Of which debts something must be asked before they are in the plan."""
    for debt_id, names in seen.missing.items():
        lender = term("lender", seen.debt(debt_id).lender)
        words: dict[tuple[str, ...], str] = {
            ("outstanding",): _("{lender}: how much is still owed is not known, so it is not in the plan."),
            ("interest",): _("{lender}: the interest is not known, so it is not in the plan."),
        }
        neither = _("{lender}: neither what is owed nor the interest is known, so it is not in the plan.")
        yield Said(words.get(names, neither).format(lender=lender), "warning")


def _debts_said(typed: Any, seen: DebtsSeen) -> Iterable[Said | None]:
    from resource_centre.services.debt_plans import ways_out

    missing = list(debts_missing(seen))
    if not typed.monthly or not seen.owed:
        return [Said(_("Write how much can be paid each month, for all debts together.")), *missing]
    ways = ways_out(seen, typed.monthly)
    said: list[Said | None] = []
    for code in dict.fromkeys((typed.strategy or "avalanche", *ways)):
        said += [Said(term("debt_strategy", code), "heading"), *payoff_words(ways[code], today())]
    return [*said, comparison_words(ways), *missing]


def _sending_said(typed: Any) -> Iterable[Said | None]:
    from resource_centre.services.remittance_plans import figures_of_sending

    told = [value for name, value in vars(typed).items() if name.startswith(USE) and value is not None]
    split = split_words(shares_total(told)) if told else None
    if not typed.amount:
        return [Said(_("Write how much is sent each time, and the fee.")), split]
    figures = figures_of_sending(typed)
    day = show_date(typed.rate_on) or _("an unknown day")
    return [*cost_words(figures, typed.currency), arrives_words(figures, typed, day), split]
