# SPDX-License-Identifier: Apache-2.0
"""A counsellor's register goes in: looked at first, settled, taken in, and undone."""

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from sqlalchemy import func, select

from resource_centre.records import Draft, ImportMapping, MigrationEpisode, Person
from resource_centre.services.intake import register_intake
from ui.pages import import_register
from ui.pages.import_register import ImportPage
from ui.pages.imports_decisions import pairs_of
from ui.pages.imports_lists import unclear_of

HEADINGS = ("No", "Nama Lengkap", "NIK", "L/P", "Tgl Lahir", "Desa", "Kecamatan", "Kab/Kota", "No HP", "Negara",
            "Tgl Pulang", "Jenis Kepulangan", "Tgl Lapor", "Kode X")  # fmt: skip
ROWS = (
    (1, "Siti Aminah", "9903015705840001", "P", "17-5-1984", "Selong", "Selong", "Lombok Timur", "081234567890",
     "Malaysia", "3-3-2026", "Deportasi", "10-3-2026", "klien lama"),
    (2, "Lalu Ahmad", "", "L", "1-2-1990", "Selong", "Selong", "Lombok Timur", "081911112222",
     "Malaysia", "5-3-2026", "Habis kontrak", "11-3-2026", ""),
    (3, "Nur Hasanah", "12345", "P", "40-13-1984", "Tidakada", "Selong", "Lombok Timur", "",
     "Taiwan", "6-3-2026", "Deportasi", "12-3-2026", ""),
)  # fmt: skip


@pytest.fixture
def register(tmp_path):
    """A small register as somebody keeps one."""

    def write(rows=ROWS, name="register.xlsx"):
        book = Workbook()
        sheet = book.active
        sheet.title = "Purna PMI"
        sheet.append(["DAFTAR PURNA PMI TAHUN 2026"])
        sheet.append([])
        sheet.append(HEADINGS)
        for row in rows:
            sheet.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def page(desk, show_page):
    return show_page(ImportPage(desk))


@pytest.fixture
def told(desk):
    found = []
    desk.messages.told.connect(found.append)
    return found


@pytest.fixture
def yes(monkeypatch):
    monkeypatch.setattr(import_register, "ask", lambda *_args, **_more: True)


def read(page, path, settled):
    page.read_file(path)
    settled(page.desk.worker)


def people(centre):
    with centre.read() as session:
        return sorted(session.scalars(select(Person.full_name).where(~Person.voided)))


def figures(page):
    cards = [page.figures.itemAt(place).widget() for place in range(page.figures.count() - 1)]
    labels = [[one.text() for one in card.findChildren(type(page.title)) if one.text()] for card in cards]
    return {words: number for number, words in labels}


def test_looking_at_a_file_writes_nothing_and_says_what_it_holds(page, register, settled, centre):
    read(page, register(), settled)
    assert figures(page)["rows read"] == "3"
    assert figures(page)["new"] == "3"
    assert page.title.text() == "Import: register.xlsx"
    assert people(centre) == []


def test_every_column_shows_how_it_was_understood(page, register, settled):
    read(page, register(), settled)
    taken = {heading: combo.currentText() for (_sheet, heading), combo in page.columns.combos.items()}
    assert taken["Nama Lengkap"] == "Full name"
    assert taken["Tgl Pulang"] == "Return"
    assert taken["Kode X"] == "(not taken in)"


def test_what_is_not_clear_is_listed_by_cell_as_it_was_written(page, register, settled):
    read(page, register(), settled)
    cells = {f"{one.column}{one.row}": one.as_written for one in unclear_of(page.looked.understood)}
    assert cells["C6"] == "12345"
    assert cells["E6"] == "40-13-1984"
    assert page.tabs.tabText(2) == f"Not clear ({len(cells)})"


def test_importing_writes_everybody_in_one_act(page, register, settled, centre, told):
    read(page, register(), settled)
    page.import_button.click()
    settled(page.desk.worker)
    assert people(centre) == ["Lalu Ahmad", "Nur Hasanah", "Siti Aminah"]
    assert told[-1].text.startswith("3 rows were taken in.")
    with centre.read() as session:
        assert session.scalar(select(func.count()).select_from(MigrationEpisode)) == 3


def test_the_same_file_again_changes_nothing(page, register, settled, centre, told):
    path = register()
    for _time in range(2):
        read(page, path, settled)
        page.take_in()
        settled(page.desk.worker)
    assert len(people(centre)) == 3
    assert told[-1].text == "There was nothing new in this file; nothing was written."


def test_an_import_of_before_is_undone_as_one_act(page, register, settled, centre, yes, told):
    read(page, register(), settled)
    page.take_in()
    settled(page.desk.worker)
    undo = next(one for one in page.start.earlier.findChildren(type(page.import_button)) if one.text() == "Undo")
    undo.click()
    settled(page.desk.worker)
    assert people(centre) == []
    assert "The import is undone" in told[-1].text
    assert any(one.text() == "undone" for one in page.start.earlier.findChildren(type(page.title)))


def test_a_corrected_column_is_read_again_and_remembered(page, register, settled, centre):
    path = register()
    read(page, path, settled)
    combo = page.columns.combos["Purna PMI", "Kode X"]
    combo.setCurrentIndex(combo.findData("remarks"))
    combo.activated.emit(combo.currentIndex())
    settled(page.desk.worker)
    assert page.looked.understood.rows[0].values["remarks"] == "klien lama"
    page.take_in()
    settled(page.desk.worker)
    with centre.read() as session:
        assert session.scalar(select(func.count()).select_from(ImportMapping)) == 1
    read(page, register(ROWS[:1], "another.xlsx"), settled)
    assert page.columns.combos["Purna PMI", "Kode X"].currentText() == "Remarks"


@pytest.fixture
def known(centre):
    with centre.change() as session:
        return register_intake(
            session,
            person={"full_name": "Lalu Achmad", "sex": "L", "birth_date": "1990-02-01", "safe_phone": "081911112222"},
            address={"village_code": "52.03.07.1002"},
        ).person_id


def test_somebody_likely_known_is_shown_beside_the_row_and_a_person_decides(
    known, page, register, settled, centre, qtbot
):
    read(page, register(), settled)
    assert figures(page)["likely the same"] == "1"
    page.tabs.setCurrentIndex(1)
    settled(page.desk.worker)
    said = " | ".join(label.text() for label in page.pairs.both.findChildren(type(page.title)))
    assert "Lalu Ahmad" in said
    assert "Lalu Achmad" in said
    assert "Because of:" in said
    page.pairs.list.setFocus()
    qtbot.keyClick(page.pairs.list, Qt.Key.Key_S)
    assert page.tabs.tabText(1) == "Likely the same (0)"
    page.take_in()
    settled(page.desk.worker)
    assert people(centre) == ["Lalu Achmad", "Nur Hasanah", "Siti Aminah"]
    with centre.read() as session:
        stays = session.scalars(select(MigrationEpisode.person_id)).all()
    assert known in stays


def test_decisions_survive_a_crash(known, page, register, settled, desk, centre, qtbot):
    path = register()
    read(page, path, settled)
    page.pairs.decide("same")

    def kept():
        with centre.read() as session:
            return session.scalars(select(Draft.form)).all() == ["import"]

    qtbot.waitUntil(kept, timeout=2500)
    page.hide()
    again = ImportPage(desk)
    qtbot.addWidget(again)
    again.show()
    again.opened(path)
    qtbot.waitUntil(lambda: again.tabs.tabText(1) == "Likely the same (0)", timeout=10_000)
    again.take_in()
    settled(desk.worker)
    assert people(centre) == ["Lalu Achmad", "Nur Hasanah", "Siti Aminah"]
    assert not kept()


def test_different_people_stay_different(known, page, register, settled, centre, qtbot):
    read(page, register(), settled)
    page.pairs.decide("different")
    page.take_in()
    settled(page.desk.worker)
    assert people(centre) == ["Lalu Achmad", "Lalu Ahmad", "Nur Hasanah", "Siti Aminah"]


def test_three_rows_of_one_person_become_one_when_each_is_said_to_be_the_same(page, register, settled, centre):
    same = [("Soegeng Ramdani", "0812"), ("Sugeng Ramdani", "0812"), ("SUGENG RAMDANI", "0812")]
    rows = [
        (n, name, "", "L", "3-4-1980", "Selong", "Selong", "Lombok Timur", "081255556666", "Malaysia",
         f"{n}-3-202{n + 2}", "Deportasi", f"1{n}-3-2026", "")
        for n, (name, _phone) in enumerate(same, 1)
    ]  # fmt: skip
    read(page, register(rows), settled)
    for pair in pairs_of(page.looked.understood):
        page.pairs.decisions[pair.place] = "same"
    page.take_in()
    settled(page.desk.worker)
    assert len(people(centre)) == 1


def test_a_file_that_is_no_register_is_refused_in_words(page, tmp_path, settled, desk, qtbot):
    wrong = []
    desk.worker.went_wrong.connect(wrong.append)
    path = tmp_path / "letter.xlsx"
    path.write_text("Dear Sir")
    read(page, path, settled)
    qtbot.waitUntil(lambda: len(wrong) == 1)
    assert "Excel" in wrong[0].words()
    assert page.pile.currentIndex() == 0


def test_a_formula_or_markup_is_shown_as_plain_text(page, register, settled):
    row = list(ROWS[0])
    row[13] = "<b>x</b>"
    read(page, register([tuple(row)]), settled)
    labels = page.columns.findChildren(type(page.title))
    shown = next(label for label in labels if "<b>x</b>" in label.text())
    assert shown.textFormat() == Qt.TextFormat.PlainText


def test_keyboard_and_screen_reader_reach_everything(known, page, register, settled, each_language, complaints):
    assert complaints(page) == []
    read(page, register(), settled)
    for tab in range(page.tabs.count()):
        page.tabs.setCurrentIndex(tab)
        settled(page.desk.worker)
        assert complaints(page) == []


def take_in(page, path, settled):
    read(page, path, settled)
    page.take_in()
    settled(page.desk.worker)


def settling_words(page):
    return " | ".join(label.text() for label in page.settling.findChildren(type(page.title)) if not label.isHidden())


def press(page, words):
    buttons = page.settling.findChildren(type(page.import_button))
    next(one for one in reversed(buttons) if one.text() == words and not one.isHidden()).click()


def test_what_was_not_clear_waits_on_a_list_and_is_corrected_there(page, register, settled, centre, qtbot):
    take_in(page, register(), settled)
    assert page.start.waiting_words.text() == "1 row waits for a decision."
    page.start.settle_button.click()
    settled(page.desk.worker)
    qtbot.waitUntil(lambda: "E6" in settling_words(page))
    line = page.settling.fields["born"]
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "13-10-1984")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled(page.desk.worker)
    with centre.read() as session:
        born = session.scalar(select(Person.birth_date).where(Person.full_name == "Nur Hasanah"))
    assert born == "1984-10-13"
    qtbot.waitUntil(lambda: "born" not in page.settling.fields)


def test_a_correction_that_cannot_be_read_either_says_so(page, register, settled, qtbot):
    take_in(page, register(), settled)
    page.show_settling()
    settled(page.desk.worker)
    qtbot.waitUntil(lambda: "born" in page.settling.fields)
    line = page.settling.fields["born"]
    line.setText("sometime")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled(page.desk.worker)
    qtbot.waitUntil(lambda: line.property("wrong") == "error")
    assert "not a date" in settling_words(page)


def test_somebody_left_undecided_is_settled_later(known, page, register, settled, centre, qtbot):
    take_in(page, register(), settled)
    page.opened("settle")
    settled(page.desk.worker)
    qtbot.waitUntil(lambda: "Known as Lalu Achmad" in settling_words(page))
    press(page, "Same person")
    settled(page.desk.worker)
    assert people(centre) == ["Lalu Achmad", "Nur Hasanah", "Siti Aminah"]


def test_leaving_every_cell_as_it_is_empties_the_list(page, register, settled, qtbot):
    take_in(page, register(), settled)
    page.show_settling()
    settled(page.desk.worker)
    while page.settling.rows.rowCount():
        qtbot.waitUntil(lambda: bool(page.settling.fields))
        press(page, "Leave as it is")
        settled(page.desk.worker)
    assert page.settling.fields == {}
