"""The cases of a counsellor, and how a coordinator shares them out."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from resource_centre.access import COUNSELLOR, Viewer
from resource_centre.clock import today
from resource_centre.records import Account, Case
from resource_centre.services.advice import ask_advice
from resource_centre.services.cases import change_case
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.services.intake import register_intake
from ui.pages.cases import CasesPage

DAY = dt.timedelta(days=1)


@pytest.fixture
def neighbours(centre):
    """Three cases: two of Ratna's, one of them pressing and late, and one of Dewi's."""
    made = {}
    with centre.change() as session:
        dewi = Account(login="dewi", name="Dewi", role=COUNSELLOR, active=True)
        session.add(dewi)
        for name in ("Siti Aminah", "Lalu Ahmad", "Inaq Sahnim"):
            saved = register_intake(session, person={"full_name": name, "sex": "P"}, open_case=True)
            made[name] = saved.case_id
        late = register_intake(session, person={"full_name": "Nur Hasanah", "sex": "P"}, open_case=True)
        made["Nur Hasanah"] = late.case_id
        change_case(session, late.case_id, {"priority": "darurat"})
        plan_follow_up(session, person_id=late.person_id, due_on=today() - 3 * DAY)
        session.get(Case, made["Inaq Sahnim"]).counsellor_id = dewi.id
        made["dewi"] = dewi.id
    return made


@pytest.fixture
def page(neighbours, desk, show_page):
    return show_page(CasesPage(desk))


def names(page):
    return [page.rows.row(line).full_name for line in range(page.rows.rowCount())]


def choose(combo, words, page, settled):
    combo.setCurrentIndex(combo.findText(words))
    combo.activated.emit(combo.currentIndex())
    settled(page.desk.worker)


def words(widget):
    return " | ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def supervision(page, settled, qtbot):
    qtbot.keyClick(page.list, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    settled(page.desk.worker)
    qtbot.waitUntil(lambda: "Caseload" in words(page.supervision))
    return page.supervision


def test_ones_own_cases_come_first_the_pressing_one_on_top(page):
    assert names(page) == ["Nur Hasanah", "Lalu Ahmad", "Siti Aminah"]
    assert page.count.text() == "3 cases"


def test_a_row_says_what_is_late(page):
    late = page.rows.columns[6].text(page.rows.row(0))
    assert late == "1 follow-up late"


def test_enter_opens_the_marked_case(page, neighbours, qtbot, desk):
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert desk.went == [("case", neighbours["Lalu Ahmad"])]


def test_the_list_shows_everybodys_cases_or_only_what_is_late(page, settled):
    choose(page.whose, "All cases", page, settled)
    assert set(names(page)) == {"Nur Hasanah", "Lalu Ahmad", "Siti Aminah", "Inaq Sahnim"}
    choose(page.state, "Something is late", page, settled)
    assert names(page) == ["Nur Hasanah"]


def test_an_empty_list_says_so(page, settled):
    choose(page.state, "Closed", page, settled)
    assert names(page) == []
    assert page.list._nothing == "You have no such case."


def test_a_new_case_appears_without_asking(page, desk, qtbot):
    desk.worker.change(
        lambda session: register_intake(session, person={"full_name": "Baiq", "sex": "P"}, open_case=True).case_id
    )
    qtbot.waitUntil(lambda: "Baiq" in names(page))


def test_a_counsellor_is_not_offered_the_supervision(centre, desk, qtbot, neighbours, monkeypatch):
    monkeypatch.setattr(desk.worker.centre, "viewer", Viewer(neighbours["dewi"], COUNSELLOR))
    page = CasesPage(desk)
    qtbot.addWidget(page)
    assert page.tabs is None
    assert page.supervision is None


def test_the_caseload_of_each_counsellor_is_seen_at_a_glance(page, settled, qtbot):
    view = supervision(page, settled, qtbot)
    said = {one.accessibleName() for one in view.findChildren(QLabel)}
    assert {"Ratna Uji, Open cases: 3", "Ratna Uji, Late follow-ups: 1", "Dewi, Open cases: 1"} <= said


def test_a_caseload_is_handed_over_by_keyboard(page, neighbours, centre, settled, qtbot):
    view = supervision(page, settled, qtbot)
    give = next(one for one in view.findChildren(QPushButton) if one.accessibleName() == "Hand over the cases of Dewi")
    give.setFocus()
    qtbot.keyClick(give, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.form is not None)
    form = view.form.form
    form.set_values({"to_account": centre.viewer.account_id})
    form.editor("reason").main.setFocus()
    qtbot.keyClicks(form.editor("reason").main, "Dewi pindah ke Mataram")
    qtbot.keyClick(view.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)
    with centre.read() as session:
        assert session.get(Case, neighbours["Inaq Sahnim"]).counsellor_id == centre.viewer.account_id
    qtbot.waitUntil(lambda: "Dewi, Open cases: 1" not in {one.accessibleName() for one in view.findChildren(QLabel)})


def test_handing_over_asks_to_whom_and_why(page, settled, qtbot):
    view = supervision(page, settled, qtbot)
    view.hand_over(view.looked.caseloads[0])
    qtbot.waitUntil(lambda: view.form is not None)
    view.form.save()
    settled(page.desk.worker)
    assert {name for name, row in view.form.form.rows.items() if row.note.text() == "Please fill this in."} == {
        "to_account", "reason",
    }  # fmt: skip


def test_a_question_that_waits_leads_to_its_case(page, neighbours, desk, settled, qtbot):
    case_id, asked = neighbours["Lalu Ahmad"], []
    desk.worker.change(lambda session: asked.append(ask_advice(session, case_id, "May he go home?").id))
    settled(desk.worker)
    view = supervision(page, settled, qtbot)
    link = next(one for one in view.findChildren(QPushButton) if one.text() == "May he go home?")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert desk.went == [("case", (case_id, "advice", asked[0]))]


def test_a_name_in_the_supervision_shows_that_counsellors_cases(page, settled, qtbot):
    view = supervision(page, settled, qtbot)
    qtbot.mouseClick(
        next(one for one in view.findChildren(QPushButton) if one.text() == "Dewi"), Qt.MouseButton.LeftButton
    )
    settled(page.desk.worker)
    assert names(page) == ["Inaq Sahnim"]


def test_keyboard_and_screen_reader_reach_everything(page, each_language, complaints, settled, qtbot):
    assert complaints(page) == []
    page.tabs.setCurrentIndex(1)
    settled(page.desk.worker)
    page.supervision.hand_over(page.supervision.looked.caseloads[0])
    qtbot.waitUntil(lambda: page.supervision.form is not None)
    assert complaints(page) == []
