# SPDX-License-Identifier: Apache-2.0
"""Village lists come back on paper: copied by keyboard alone, checked while one types, taken in like any register."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from sqlalchemy import select

from db.first_day import session_factory
from resource_centre.access import COLLECTOR
from resource_centre.records import Contact, Draft, ImportRow, Person
from resource_centre.registers.village_list import sheet_number
from resource_centre.services.intake import register_intake
from ui.pages.import_register import PREVIEW, SHEET, START, ImportPage
from ui.pages.imports_lists import unclear_of
from ui.pages.paper_dialog import PaperDialog

SELONG, KELAYU = "52.03.07.1002", "52.03.07.1003"
NUMBER, OTHER = sheet_number("B3", 17), sheet_number("B3", 18)
AMINAH = "Siti Aminah\tp\t9903015705840001\t17-5-1984\tMataram\t!\tDasan\t?\t081234567890\t3\t2\tmal\t1\t2019\t3-2026\t"
AHMAD = "Lalu Ahmad\nl\n\n1990\n"


@pytest.fixture
def page(desk, show_page):
    return show_page(ImportPage(desk))


@pytest.fixture
def told(desk):
    found = []
    desk.messages.told.connect(found.append)
    return found


@pytest.fixture
def copying(page, settled):
    """The sheet of lines, waiting for a number."""
    page.paper_button.click()
    settled(page.desk.worker)
    return page.sheet


@pytest.fixture
def begun(copying, press, settled):
    """A sheet with its head, the keyboard on its first line."""
    begin(copying, press, settled)
    return copying


def begin(copying, press, settled, number=NUMBER):
    press(f"{number}\t")
    settled(copying.desk.worker)
    if copying.form.editor("village").value() is None:
        copying.form.editor("village").set_value(SELONG)
    press("\t20-11-2026\tBu Rini\t")
    settled(copying.desk.worker)
    copying.view.start()


def checked(copying, qtbot, settled):
    qtbot.waitUntil(lambda: not copying._check.isActive())
    settled(copying.desk.worker)


def take_in(page, press, settled):
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)
    page.take_in()
    settled(page.desk.worker)
    settled(page.desk.worker)


def people(centre):
    with centre.read() as session:
        return {one.full_name: one for one in session.scalars(select(Person).where(~Person.voided))}


def drafts(centre):
    with centre.read() as session:
        return {form for form in session.scalars(select(Draft.form)) if form.startswith("village_list.")}


def test_a_sheet_is_copied_and_taken_in_by_keyboard_alone(page, press, settled, centre, told, qtbot):
    page.paper_button.setFocus()
    press(" ")
    settled(page.desk.worker)
    press(f"{NUMBER.lower()}\tselong, selong")
    settled(page.desk.worker)
    press(Qt.Key.Key_Down)
    press("\n\t20-11-2026\tBu Rini\t")
    settled(page.desk.worker)
    press(AMINAH)
    press(AHMAD)
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)
    assert page.pile.currentIndex() == PREVIEW
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)
    assert told[-1].text.startswith("2 rows were taken in.")
    aminah = people(centre)["Siti Aminah"]
    assert (aminah.sex, aminah.birth_date, aminah.education) == ("P", "1984-05-17", "sd")
    assert aminah.unanswered == {"mother_name": "refused"}
    assert people(centre)["Lalu Ahmad"].birth_date == "1990"


def test_the_order_of_the_paper_is_kept_with_each_row(page, begun, press, settled, centre):
    press(AMINAH)
    press("Lalu Ahmad\t")
    take_in(page, press, settled)
    with centre.read() as session:
        rows = session.scalars(select(ImportRow).order_by(ImportRow.row))
        assert [(row.sheet, row.row, row.values["name"]) for row in rows] == [
            (NUMBER, 1, "Siti Aminah"),
            (NUMBER, 2, "Lalu Ahmad"),
        ]
        assert set(session.scalars(select(Contact.reason))) == {f"Village list {NUMBER}, row {row}" for row in (1, 2)}


def test_the_next_sheet_of_the_pile_needs_only_its_number(page, begun, press, settled, centre):
    press("Siti Aminah\t")
    take_in(page, press, settled)
    assert page.pile.currentIndex() == SHEET
    assert begun.form.values() == {
        "number": None,
        "village": SELONG,
        "on": begun.form.editor("on").value(),
        "staff": "Bu Rini",
    }
    assert begun.form.editor("number").main.hasFocus()
    assert drafts(centre) == set()


def test_lines_are_checked_as_they_are_typed(begun, press, settled, qtbot):
    press("Lalu Ahmad\tl\t12345\t31-31-1990\t")
    checked(begun, qtbot, settled)
    assert begun.grid.problem_at(0, 2) == ("error", "A NIK has 16 digits.")
    begun.view.go_to(0, 3)
    assert begun.told.text() == "Row 1, Lalu Ahmad  ·  Date of birth  ·  This is not a date we understand."
    press("1990\t")
    assert begun.grid.problem_at(0, 3) == ("", "")
    checked(begun, qtbot, settled)
    assert begun.grid.problem_at(0, 2)[0] == "error"
    assert begun.grid.problem_at(0, 3) == ("", "")


def test_who_is_known_already_is_said_while_one_types(begun, press, settled, qtbot, centre):
    with centre.change() as session:
        known = {"full_name": "Siti Aminah", "sex": "P", "birth_date": "1984-05-17"}
        register_intake(session, person=known, address={"village_code": SELONG})
    press("Siti Aminah\tp\t\t17-5-1984\t")
    checked(begun, qtbot, settled)
    begun.view.go_to(0, 0)
    assert "Perhaps somebody who is known already: the same name, the same date of birth" in begun.told.text()
    warning = QColor(begun.grid.theme.colours.warning_soft)
    assert begun.grid.index(0, 0).data(Qt.ItemDataRole.BackgroundRole) == warning


def test_a_list_says_its_short_numbers_where_one_types(begun):
    begun.view.go_to(0, begun.grid.columns.index("education"))
    shown = begun.choices.text().replace("\u00a0", " ")
    assert shown.startswith("1 No schooling    2 Primary not completed    3 Primary school")


def test_a_word_that_a_register_would_pass_over_is_settled_on_the_sheet(page, begun, press, settled, told):
    press("Siti Aminah\t")
    begun.view.go_to(0, begun.grid.columns.index("education"))
    press("99\t")
    begun.save()
    settled(page.desk.worker)
    assert page.pile.currentIndex() == SHEET
    assert told[-1].text == "Row 1, Education: This word is not in the list."
    press("?\t")
    begun.save()
    settled(page.desk.worker)
    assert page.pile.currentIndex() == PREVIEW


def test_what_is_not_clear_is_named_by_row_and_question(page, begun, press, settled):
    press("Siti Aminah\tp\t12345\t")
    begun.save()
    settled(page.desk.worker)
    (one,) = unclear_of(page.looked.understood)
    assert (one.sheet, one.column, one.row, one.heading) == (NUMBER, "", 1, "NIK")
    assert not page.tabs.isTabVisible(0)


def test_a_mark_says_the_same_as_the_line_above(begun, press):
    press("Siti Aminah\tp\t\t\tMataram\t")
    begun.view.go_to(1, 4)
    press('"\t')
    assert begun.grid.rows()[2] == {"birth_place": "Mataram"}


def test_the_same_sheet_a_second_time_is_said_so_before_anything_is_doubled(page, begun, press, settled, centre, told):
    press("Siti Aminah\t")
    take_in(page, press, settled)
    begin(begun, press, settled)
    assert told[-1].text.startswith("This sheet was taken in before: 1 row.")
    assert begun.grid.is_taken(0)
    begun.view.go_to(0, 0)
    press("Siti Aminah\t")
    assert begun.grid.rows() == {}
    begun.view.start()
    press("Nur Hasanah\t")
    take_in(page, press, settled)
    assert set(people(centre)) == {"Siti Aminah", "Nur Hasanah"}


def test_what_is_typed_comes_back_after_the_program_was_ended(page, begun, press, settled, show_page, desk):
    press("Siti Aminah\tp\t")
    desk.drafts.flush()
    settled(desk.worker)
    again = show_page(ImportPage(desk))
    again.paper_button.click()
    settled(desk.worker)
    press(f"{NUMBER}\t")
    settled(desk.worker)
    assert again.sheet.grid.rows() == {1: {"name": "Siti Aminah", "sex": "P"}}
    assert again.sheet.form.values()["village"] == SELONG


def test_a_cell_that_is_still_open_is_kept_too(page, begun, press, settled, desk, centre):
    press("Siti Aminah\tp\t\t\tMatar")
    desk.drafts.flush()
    settled(desk.worker)
    with centre.read() as session:
        (body,) = session.scalars(select(Draft.body).where(Draft.form == f"village_list.{NUMBER}"))
    assert body["rows"] == {"1": {"name": "Siti Aminah", "sex": "P", "birth_place": "Matar"}}


def test_escape_in_a_cell_leaves_only_the_cell(page, begun, press):
    press("Siti Aminah\tp")
    press(Qt.Key.Key_Escape)
    assert page.pile.currentIndex() == SHEET
    assert begun.grid.rows() == {1: {"name": "Siti Aminah"}}
    assert begun.view.hasFocus()


def test_a_sheet_that_was_begun_is_offered(page, begun, press, settled, push):
    press("Siti Aminah\t")
    page.start_anew()
    page.paper_button.click()
    settled(page.desk.worker)
    push(page, f"{NUMBER}, 1 row")
    settled(page.desk.worker)
    assert page.sheet.number == NUMBER
    assert page.sheet.grid.rows() == {1: {"name": "Siti Aminah"}}


def test_another_number_leaves_what_was_typed_under_the_first(begun, press, settled, told, centre):
    press("Siti Aminah\t")
    begun.open(OTHER)
    settled(begun.desk.worker)
    assert begun.grid.rows() == {}
    assert told[-1].text == f"What you typed from sheet {NUMBER} is kept under that number."
    begun.open(NUMBER)
    settled(begun.desk.worker)
    assert begun.grid.rows() == {1: {"name": "Siti Aminah"}}


def test_a_slip_in_the_number_of_the_sheet_shows_at_once(copying, press, settled):
    press("B3-71-4\t")
    settled(copying.desk.worker)
    assert copying.form.rows["number"].note.text().startswith("This is not a number of a sheet.")
    assert not copying.view.isEnabled()


def test_one_goes_back_from_what_was_understood_to_the_paper(page, begun, press, settled):
    press("Siti Aminah\t")
    begun.save()
    settled(page.desk.worker)
    press(Qt.Key.Key_Escape)
    assert page.pile.currentIndex() == SHEET
    assert page.sheet.grid.rows() == {1: {"name": "Siti Aminah"}}
    press(Qt.Key.Key_Escape)
    assert page.pile.currentIndex() == START


def test_a_line_that_was_left_out_is_not_lost(page, begun, press, settled, told, centre):
    press("Siti Aminah\tp\t")
    begun.view.go_to(1, 0)
    press("Jumlah\t")
    take_in(page, press, settled)
    assert set(people(centre)) == {"Siti Aminah"}
    assert begun.grid.rows() == {2: {"name": "Jumlah"}}
    begun.leave()
    settled(page.desk.worker)
    assert drafts(centre) == {f"village_list.{NUMBER}"}


def test_the_head_of_a_sheet_must_be_complete(page, begun, press, settled):
    press("Siti Aminah\t")
    begun.form.editor("village").set_value(None)
    begun.save()
    settled(page.desk.worker)
    assert page.pile.currentIndex() == SHEET
    assert begun.form.rows["village"].note.text()


def test_an_empty_sheet_is_not_taken_in(page, begun, settled, told):
    begun.save()
    settled(page.desk.worker)
    assert page.pile.currentIndex() == SHEET
    assert told[-1].text == "Nothing is typed from this sheet yet."


@pytest.fixture
def collector(centre, desk, monkeypatch):
    """The desk of a village collector with two villages, whose sessions see nothing else."""
    viewer = replace(centre.viewer, role=COLLECTOR, villages=frozenset({SELONG, KELAYU}))
    with centre.read() as session:
        sessions = session_factory(viewer, session.info["site"])
    monkeypatch.setattr(centre, "viewer", viewer)
    monkeypatch.setattr(centre, "_sessions", sessions)
    return desk


def test_a_collector_takes_in_a_sheet_of_their_own_village(collector, show_page, press, settled, centre, told, qtbot):
    wrong = []
    collector.worker.went_wrong.connect(wrong.append)
    page = show_page(ImportPage(collector))
    page.paper_button.click()
    settled(collector.worker)
    begin(page.sheet, press, settled)
    press("Siti Aminah\tp\t12345\t1984\t")
    checked(page.sheet, qtbot, settled)
    take_in(page, press, settled)
    assert set(people(centre)) == {"Siti Aminah"}
    assert told[-1].text == "1 row was taken in. 1 cell is on the list to settle."
    page.show_settling()
    settled(collector.worker)
    assert page.settling.list.model().rowCount() == 1
    assert wrong == []


def test_a_collector_copies_in_their_own_villages_and_no_file(collector, show_page, press, settled):
    page = show_page(ImportPage(collector))
    assert page.paper_button.hasFocus()
    assert not page.start.card.isVisible()
    press(" ")
    settled(collector.worker)
    villages = page.sheet.form.editor("village")
    assert {villages.combo.itemData(place) for place in range(villages.combo.count())} == {SELONG, KELAYU}


def test_a_village_of_somebody_else_is_not_understood(collector, show_page, press, settled):
    page = show_page(ImportPage(collector))
    page.paper_button.click()
    settled(collector.worker)
    press(f"{NUMBER}\tSelong Belanak\t20-11-2026\t\t")
    settled(collector.worker)
    page.sheet.view.start()
    press("Siti Aminah\t")
    page.sheet.save()
    settled(collector.worker)
    assert page.pile.currentIndex() == SHEET
    assert page.sheet.form.rows["village"].note.text()


def test_everything_has_a_name_and_a_letter_of_its_own(each_language, page, complaints):
    assert complaints(page) == []
    page.paper_button.click()
    assert complaints(page) == []


def test_blank_lists_are_printed_where_they_are_copied(page, push, qtbot, desk, settled):
    push(page, "&Blank village lists…")
    settled(desk.worker)
    dialog = page.findChild(PaperDialog)
    qtbot.waitUntil(lambda: dialog.paper is not None)
    assert dialog.paper.content.sheet
    dialog.reject()
