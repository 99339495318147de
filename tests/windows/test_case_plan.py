"""The plan of a case, made with the client at the desk by keyboard alone."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.records import PlanAction, PlanGoal, PlanNeed, Referral
from resource_centre.services.cases import close_case
from resource_centre.services.plans import activate_plan, add_part, begin_plan, change_part, plans_of, sheet_of
from ui.pages.case import CasePage

DAY = dt.timedelta(days=1)


@pytest.fixture
def in_force(client, centre):
    """A plan in force with a goal and an action that is late."""
    with centre.change() as session:
        plan = begin_plan(session, client.case_id, {"own_goal": "Usaha kue sendiri"})
        add_part(session, PlanGoal, plan.id, {"dimension": "ekonomi", "goal": "Usaha kue berjalan"})
        add_part(
            session, PlanAction, plan.id,
            {"dimension": "ekonomi", "action": "Oven", "cost": 2_500_000, "due_on": today() - 2 * DAY,
             "starts_on": today() - 9 * DAY},
        )  # fmt: skip
        return activate_plan(session, plan.id).id


@pytest.fixture
def page(desk, on_screen):
    return on_screen(CasePage(desk))


@pytest.fixture
def part(page, client, desk, settled):
    page.opened((client.case_id, "plan"))
    settled(desk.worker)
    settled(desk.worker)
    return page.parts["plan"]


def words(part):
    return " | ".join(label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part))


def button(part, name):
    """The button with this text, or else with this name for screen readers."""
    seen = [one for one in part.findChildren(QPushButton) if one.isVisibleTo(part)]
    return next((one for one in seen if one.text() == name), None) or next(
        one for one in seen if one.accessibleName() == name
    )


def offered(part, name):
    """Whether there is such a button now."""
    seen = [one for one in part.findChildren(QPushButton) if one.isVisibleTo(part)]
    return any(name in (one.text(), one.accessibleName()) for one in seen)


def save(qtbot, part, settled):
    qtbot.keyClick(part.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(part.desk.worker)
    settled(part.desk.worker)


def press(qtbot, part, name, settled):
    qtbot.waitUntil(lambda: offered(part, name))
    button(part, name).setFocus()
    qtbot.keyClick(button(part, name), Qt.Key.Key_Return)
    settled(part.desk.worker)
    settled(part.desk.worker)


def test_without_a_plan_it_says_until_when_one_is_to_be_made(part):
    assert "There is no plan yet" in words(part)
    assert "To be made by" in words(part)


def test_a_plan_is_made_and_put_in_force_by_keyboard(part, client, centre, qtbot, settled):
    press(qtbot, part, "Begin the plan", settled)
    qtbot.keyClicks(part.form.form.editor("own_goal").main, "Usaha kue sendiri")
    save(qtbot, part, settled)
    press(qtbot, part, "Add needs: Economic", settled)
    needs = part.form.form.editor("needs")
    for need in ("Grant for a small business", "utang"):
        qtbot.keyClicks(needs._one._line, need)
        needs._one._popup.hide()
        needs._one._settle()
    part.window().activateWindow()  # without a screen the list of suggestions keeps the keyboard
    needs._one.combo.setFocus()
    save(qtbot, part, settled)
    press(qtbot, part, "Add a goal: Economic", settled)
    qtbot.keyClicks(part.form.form.editor("goal").main, "Usaha kue berjalan")
    save(qtbot, part, settled)
    press(qtbot, part, "Put in force", settled)
    with centre.read() as session:
        sheet = sheet_of(session, plans_of(session, client.case_id)[0].id)
    assert (sheet.plan.status, sheet.plan.own_goal) == ("aktif", "Usaha kue sendiri")
    assert [need.need for need in sheet.needs] == ["modal_usaha", "konseling_utang"]
    assert [(goal.goal, goal.dimension) for goal in sheet.goals] == [("Usaha kue berjalan", "ekonomi")]
    qtbot.waitUntil(lambda: "Version 1: Active" in words(part))


def test_choosing_a_need_suggests_the_action(in_force, part, centre, desk, qtbot, settled):
    from resource_centre.records import PlanNeed

    desk.worker.change(lambda session: add_part(session, PlanNeed, in_force, {"need": "kursus_blk"}).id)
    settled(desk.worker)
    press(qtbot, part, "Add an action: Economic", settled)
    editor = part.form.form.editor("for_need")
    qtbot.keyClicks(editor._line, "Course at the public")
    editor._settle()
    assert part.form.form.editor("action").value() == "Course at the public training centre (BLK)"
    assert part.form.form.editor("service_type").value() == "TRN_VOC"


def test_what_somebody_wrote_is_not_replaced_by_a_suggestion(in_force, part, desk, qtbot, settled):
    from resource_centre.records import PlanNeed

    desk.worker.change(lambda session: add_part(session, PlanNeed, in_force, {"need": "kursus_blk"}).id)
    settled(desk.worker)
    press(qtbot, part, "Add an action: Economic", settled)
    qtbot.keyClicks(part.form.form.editor("action").main, "Kursus menjahit")
    editor = part.form.form.editor("for_need")
    qtbot.keyClicks(editor._line, "Course at the public")
    editor._settle()
    assert part.form.form.editor("action").value() == "Kursus menjahit"


def test_a_late_action_says_so_and_is_done_at_one_press(in_force, part, centre, qtbot, settled):
    assert "2 days late" in words(part)
    assert "Cost in all: Rp2.500.000" in words(part)
    press(qtbot, part, "Mark as done", settled)
    with centre.read() as session:
        action = sheet_of(session, in_force).actions[0]
    assert (action.status, action.done_on) == ("selesai", today())
    qtbot.waitUntil(lambda: "2 days late" not in words(part))


def test_two_windows_on_one_action_are_settled_field_by_field(in_force, part, centre, qtbot, settled):
    with centre.read() as session:
        action_id = sheet_of(session, in_force).actions[0].id
    press(qtbot, part, "Oven", settled)
    with centre.change() as session:
        change_part(session, PlanAction, action_id, {"cost": 3_000_000})
    line = part.form.form.editor("responsible").main
    line.setFocus()
    qtbot.keyClicks(line, "Ratna")
    save(qtbot, part, settled)
    part.form.merging.dialog.save_button.click()
    settled(part.desk.worker)
    settled(part.desk.worker)
    with centre.read() as session:
        action = sheet_of(session, in_force).actions[0]
    assert (action.cost, action.responsible) == (3_000_000, "Ratna")


def test_a_new_version_is_begun_while_the_old_one_is_in_force(in_force, client, part, centre, qtbot, settled):
    press(qtbot, part, "New version", settled)
    qtbot.waitUntil(lambda: "Version 2: Draft" in words(part))
    press(qtbot, part, "Version 1: Active", settled)
    qtbot.waitUntil(lambda: "Version 1: Active" in words(part))
    with centre.read() as session:
        assert [plan.status for plan in plans_of(session, client.case_id)] == ["draf", "aktif"]


def test_it_is_signed_with_a_thumbprint(in_force, part, centre, qtbot, settled):
    press(qtbot, part, "Change or sign", settled)
    part.form.form.set_values({"client_signed_on": today(), "client_signed_how": "cap_jempol"})
    save(qtbot, part, settled)
    qtbot.waitUntil(lambda: "(Thumbprint)" in words(part))
    with centre.read() as session:
        assert sheet_of(session, in_force).plan.client_signed_on == today()


def test_an_action_opens_from_elsewhere(in_force, client, page, desk, centre, settled):
    with centre.read() as session:
        action_id = sheet_of(session, in_force).actions[0].id
    page.opened((client.case_id, "plan", action_id))
    for _turn in range(3):
        settled(desk.worker)
    assert page.parts["plan"].form.form.editor("action").value() == "Oven"


def test_the_plan_of_a_closed_case_is_read_only(in_force, client, part, desk, qtbot, settled):
    desk.worker.change(lambda session: close_case(session, case_id=client.case_id, reason="PINDAH").id)
    qtbot.waitUntil(lambda: not [one for one in part.findChildren(QPushButton) if one.text() == "Change or sign"])
    press(qtbot, part, "Oven", settled)
    assert not part.form.save_button.isEnabled()


def test_keyboard_and_screen_reader_reach_everything(in_force, part, each_language, complaints):
    assert complaints(part) == []
    part.change()
    assert complaints(part) == []
    part.add(PlanAction, "ekonomi")
    assert complaints(part) == []


def test_a_need_of_the_plan_becomes_a_referral_that_names_it(in_force, client, page, part, centre, qtbot, settled):
    desk = page.desk
    with centre.change() as session:
        values = {"dimension": "ekonomi", "need": "alat_kerja", "description": "mesin jahit"}
        need_id = add_part(session, PlanNeed, in_force, values).id
    page.opened((client.case_id, "plan"))
    press(qtbot, part, "Refer: Tools and equipment (mesin jahit)", settled)
    asked = desk.went.pop()
    assert asked == ("case", (client.case_id, "referrals", f"need:{need_id}"))
    page.opened(asked[1])
    settled(desk.worker)
    qtbot.waitUntil(lambda: page.parts["referrals"].form is not None)
    referrals = page.parts["referrals"]
    assert referrals.form.form.editor("reason").value() == "Tools and equipment (mesin jahit)"
    referrals.form.form.set_values({"services": ["modal_usaha"]})
    save(qtbot, referrals, settled)
    qtbot.waitUntil(lambda: "For the need of the plan: Tools and equipment (mesin jahit)" in words(referrals))
    with centre.read() as session:
        assert session.scalars(select(Referral)).one().need_id == need_id


def test_a_closed_case_offers_no_referral_for_a_need(in_force, client, page, part, centre, desk, qtbot, settled):
    with centre.change() as session:
        add_part(session, PlanNeed, in_force, {"dimension": "ekonomi", "need": "alat_kerja"})
        close_case(session, case_id=client.case_id, reason="PINDAH")
    page.opened((client.case_id, "plan"))
    qtbot.waitUntil(lambda: offered(part, "Need: Tools and equipment"))
    assert not offered(part, "Refer: Tools and equipment")
