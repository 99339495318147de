# SPDX-License-Identifier: Apache-2.0
"""A family's money on a case by keyboard: a goal, the month, the way out of debt, money sent home."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import (
    Budget,
    BudgetLine,
    Debt,
    DebtPlan,
    RemittancePlan,
    RemittanceShare,
    SavingsEntry,
    SavingsGoal,
)
from resource_centre.services.budgets import save_budget
from resource_centre.services.debt_plans import make_debt_plan
from resource_centre.services.entries import add_entry
from resource_centre.services.remittance_plans import agree_remittance
from resource_centre.services.savings import put_aside, set_goal
from ui.pages.case import CasePage
from ui.pages.money import MoneyPage
from ui.pages.person import PersonPage

DAY = dt.timedelta(days=1)
COW = {"name": "Seekor sapi", "category": "lahan_ternak", "target": 12_000_000}
USES = [{"use": "makan", "percent": 60}, {"use": "sekolah", "percent": 40}]
SENT = {"currency": "MYR", "amount": 1000, "fee": 15, "rate": 3500, "market_rate": 3600, "rate_on": today()}


def save(qtbot, page, settled):
    page.activateWindow()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)
    settled(page.desk.worker)


def words(page):
    QApplication.processEvents()  # what was said anew is laid out
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def rows(centre, record):
    with centre.read() as session:
        return list(session.scalars(select(record).where(record.voided.is_(False)).order_by(record.id)))


@pytest.fixture
def page(client, desk, show_page):
    return show_page(CasePage(desk), (client.case_id, "money"))


@pytest.fixture
def part(page):
    return page.parts["money"]


@pytest.fixture
def known(centre, client):
    """Writes something down beforehand."""

    def write(act, *args, **more):
        with centre.change() as session:
            return act(session, *args, **more).id

    return write


def test_a_goal_tells_the_monthly_amount_as_it_is_typed(each_language, page, part, qtbot, settled, centre, push, fill):
    push(page, _("New &goal"))
    fill(part.form, "name", "Seekor sapi")
    fill(part.form, "category", {"id": "Lahan atau ternak", "en": "Land or livestock"}[each_language])
    fill(part.form, "target", "4,2 juta")
    in_a_year = today().replace(year=today().year + 1)
    fill(part.form, "target_on", f"{in_a_year:%d-%m-%Y}")
    assert "Rp350.000" in words(part.form)
    save(qtbot, page, settled)
    (goal,) = rows(centre, SavingsGoal)
    assert (goal.name, goal.target, goal.case_id, goal.state) == ("Seekor sapi", 4_200_000, page.case_id, "aktif")
    assert "Rp350.000" in words(page)


def test_money_is_put_aside_and_more_than_there_is_cannot_be_taken(
    page, part, client, known, qtbot, settled, centre, push, fill
):
    known(set_goal, client.person_id, COW)
    part.read()
    settled(part.desk.worker)
    push(page, _("Put aside…"))
    fill(part.form, "amount", "500rb")
    assert "Then there is Rp500.000." in words(part.form)
    save(qtbot, page, settled)
    push(page, _("Take out…"))
    fill(part.form, "amount", "600rb")
    assert "That is Rp100.000 more than there is." in words(part.form)
    save(qtbot, page, settled)
    assert part.form is not None
    assert "the savings of a goal cannot go below zero" in words(part.form)
    assert [one.amount for one in rows(centre, SavingsEntry)] == [500_000]


def test_a_month_is_saved_in_one_go_and_its_sums_follow_the_typing(page, part, qtbot, settled, centre, push, fill):
    push(page, _("New &month"))
    fill(part.form, "month", "10-2026")
    fill(part.form, "line_gaji", "3 juta")
    fill(part.form, "line_makan", "1,5 juta")
    fill(part.form, "line_cicilan", "1,2 juta")
    assert "Rp300.000 is left over." in words(part.form)
    assert "more than 35\u00a0%: too much" in words(part.form)
    save(qtbot, page, settled)
    (budget,) = rows(centre, Budget)
    lines = {line.kind: line.amount for line in rows(centre, BudgetLine) if line.budget_id == budget.id}
    assert (budget.month, lines) == ("2026-10", {"gaji": 3_000_000, "makan": 1_500_000, "cicilan": 1_200_000})


def test_a_month_without_income_is_said_and_one_without_anything_is_refused(
    page, part, qtbot, settled, centre, push, fill
):
    push(page, _("New &month"))
    save(qtbot, page, settled)
    assert "write at least one amount" in words(part.form)
    fill(part.form, "line_makan", "100rb")
    assert "Nothing came in" in words(part.form)
    save(qtbot, page, settled)
    assert len(rows(centre, Budget)) == 1


def test_debts_and_the_way_out_of_them(page, part, client, known, qtbot, settled, centre, push, fill):
    known(add_entry, Debt, client.person_id, {"lender": "rentenir", "outstanding": 1_000_000, "interest": 10})
    known(add_entry, Debt, client.person_id, {"lender": "bank", "outstanding": 5_000_000})
    part.read()
    settled(part.desk.worker)
    push(page, _("New &plan out of debt"))
    fill(part.form, "monthly", "100rb")
    assert "Never: the debts grow by Rp100.000 a month" in words(part.form)
    assert "the interest is not known, so it is not in the plan" in words(part.form)
    save(qtbot, page, settled)
    assert "they would never end" in words(part.form)
    fill(part.form, "monthly", "300rb")
    assert "Free of debts in 5 months" in words(part.form)
    save(qtbot, page, settled)
    assert [one.monthly for one in rows(centre, DebtPlan)] == [300_000]
    assert "Free of debts in 5 months" in words(page)


def test_an_agreement_needs_exactly_a_hundred(page, part, qtbot, settled, centre, push, fill):
    push(page, _("New &agreement"))
    fill(part.form, "amount", "1000")
    fill(part.form, "fee", "60")
    fill(part.form, "use_makan", "60")
    fill(part.form, "use_sekolah", "30")
    assert "10\u00a0% still to be agreed on." in words(part.form)
    save(qtbot, page, settled)
    assert "must come to exactly 100 per cent" in words(part.form)
    fill(part.form, "use_sekolah", "40")
    fill(part.form, "rate", "3500")
    fill(part.form, "market_rate", "3500")
    fill(part.form, "rate_on", f"{today():%d-%m-%Y}")
    assert "Sending costs 6\u00a0% in truth, more than 5\u00a0%" in words(part.form)
    save(qtbot, page, settled)
    (plan,) = rows(centre, RemittancePlan)
    assert (plan.currency, plan.amount, plan.fee, plan.rate) == ("MYR", 1000, 60, 3500)
    assert sorted(share.percent for share in rows(centre, RemittanceShare)) == [40, 60]


def test_what_is_written_down_is_opened_again_and_taken_back(page, part, client, known, settled, centre, monkeypatch):
    goal = known(set_goal, client.person_id, COW)
    entry = known(put_aside, goal, {"amount": 500_000})
    part.read()
    settled(part.desk.worker)
    part.change_saved(part.looked.goals[0], part.looked.goals[0].entries[0])
    monkeypatch.setattr("ui.pages.money_part.ask", lambda *_args, **_more: True)
    back = [one for one in part.form.findChildren(QPushButton) if one.text() == "This is not right: take it back"]
    back[0].click()
    settled(part.desk.worker)
    settled(part.desk.worker)
    assert entry
    assert rows(centre, SavingsEntry) == []
    assert part.looked.goals[0].figures.balance == 0


def test_every_record_is_opened_from_elsewhere(page, part, client, known, settled):
    goal = known(set_goal, client.person_id, COW)
    budget = known(save_budget, client.person_id, {"month": "2026-10"}, [{"kind": "gaji", "amount": 5}])
    known(add_entry, Debt, client.person_id, {"lender": "toko", "outstanding": 100_000, "interest": 1})
    plan = known(make_debt_plan, client.person_id, {"monthly": 50_000})
    sent = known(agree_remittance, client.person_id, SENT, USES)
    for record_id, field in ((goal, "target"), (budget, "line_gaji"), (plan, "monthly"), (sent, "use_makan")):
        part.open_record(record_id)
        settled(part.desk.worker)
        assert part.form.form.values()[field] is not None
        part.cancelled()
        settled(part.desk.worker)


def test_somebody_without_a_case_has_a_page_for_it(
    aminah, desk, show_page, push, fill, qtbot, settled, centre, complaints
):
    page = show_page(MoneyPage(desk), aminah)
    push(page, _("New &goal"))
    fill(page.part.form, "name", "Atap")
    fill(page.part.form, "category", "House")
    fill(page.part.form, "target", "3 juta")
    save(qtbot, page, settled)
    (goal,) = rows(centre, SavingsGoal)
    assert (goal.person_id, goal.case_id) == (aminah, None)
    assert complaints(page) == []


def test_the_page_of_a_person_leads_there(aminah, desk, show_page, push):
    page = show_page(PersonPage(desk), aminah)
    push(page, _("Goals, budget, debts, money sent home"))
    assert desk.went[-1] == ("money", aminah)


def test_nothing_in_the_part_is_without_a_name(page, part, client, known, settled, complaints):
    goal = known(set_goal, client.person_id, COW)
    known(put_aside, goal, {"amount": 500_000})
    known(save_budget, client.person_id, {"month": "2026-10"}, [{"kind": "gaji", "amount": 5}])
    known(agree_remittance, client.person_id, SENT, USES)
    part.read()
    settled(part.desk.worker)
    assert complaints(page) == []
    for act in (part.new_goal, part.new_budget, part.new_remittance):
        act()
        settled(part.desk.worker)
        assert complaints(page) == []
        part.cancelled()
        settled(part.desk.worker)


def test_a_blank_sheet_is_shown(page, part, settled, push):
    from ui.pages.paper_dialog import PaperDialog

    push(page, _("Blank sheet…"))
    settled(part.desk.worker)
    (dialog,) = page.window().findChildren(PaperDialog)
    assert dialog.paper is not None
    assert dialog.paper.kind == "budget"
    dialog.reject()
