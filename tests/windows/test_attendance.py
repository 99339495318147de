# SPDX-License-Identifier: Apache-2.0
"""Attendance of a whole class by keyboard: few keys, other kinds of event, people who came before, bad input."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from resource_centre import i18n
from resource_centre.records import Participation
from resource_centre.services.training import event_sheet, record_training
from ui.pages.intake import IntakePage
from ui.pages.suggesting import SuggestingLine
from ui.pages.training import TrainingPage

SELONG, MASBAGIK = "52.03.07.1002", "52.03.04.2001"
MONDAY = dt.date(2026, 10, 12)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYS = {"\n": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\b": Qt.Key.Key_Backspace, "↓": Qt.Key.Key_Down}

NAMES = [
    "Siti Aminah", "Lalu Ahmad Fauzi", "Baiq Ratna Sari", "Nurhayati", "Muhammad Zaenal", "Sri Wahyuni", "Sumiati",
    "Lalu Suparman", "Baiq Nurul Hidayah", "Husnul Khotimah", "Abdul Hamid", "Rohani", "Inaq Sumarni", "Amaq Rusdi",
    "Yuliana", "Marlina Dewi", "Samsul Bahri", "Ernawati", "Zulkarnain", "Halimah Tussa'diah", "Kartini", "Saparudin",
    "Mariam", "Hartono", "Fitriani", "Lale Puspita", "Mahsun", "Suhaini", "Wardatul Jannah", "Jumadil Awal",
]  # fmt: skip


@pytest.fixture
def page(desk, show_page):
    return show_page(TrainingPage(desk), "new")


def particulars(page, kind="kelas", days=2, **more):
    values = {"starts_on": MONDAY, "ends_on": MONDAY + dt.timedelta(days=days - 1), "training_type": kind}
    page.sheet.form.set_values({**values, "village_code": SELONG, **more})
    page.sheet.form.edited.emit("ends_on")


def typing(qtbot, page, keys, modifier=Qt.KeyboardModifier.NoModifier):
    """Presses keys wherever the keyboard is now, and says how many that were."""
    for key in keys if isinstance(keys, str) else [keys]:
        target = QApplication.focusWidget() or page.sheet.grid
        qtbot.keyClick(target, KEYS.get(key, key), modifier)
    return len(keys) if isinstance(keys, str) else 1


def key(qtbot, page, key, modifier=CONTROL):
    qtbot.keyClick(QApplication.focusWidget() or page.sheet.grid, key, modifier)


def save(qtbot, page, settled):
    key(qtbot, page, Qt.Key.Key_S)
    settled(page.desk.worker)


def stored(centre):
    with centre.read() as session:
        valid = select(Participation).where(~Participation.voided).order_by(Participation.position)
        return list(session.scalars(valid))


def told(desk):
    said = []
    desk.messages.told.connect(said.append)
    return said


def titles(page):
    sheet = page.sheet.sheet
    return [sheet.headerData(place, Qt.Orientation.Horizontal) for place in range(sheet.columnCount())]


def at(page):
    index = page.sheet.grid.currentIndex()
    return index.row(), page.sheet.sheet.columns[index.column()]


def go_to(page, line, column):
    page.sheet.grid.setFocus()
    page.sheet.grid.go_to(line, page.sheet.sheet.columns.index(column))


def cell_says(page, line, column):
    sheet = page.sheet.sheet
    return sheet.data(sheet.index(line, sheet.columns.index(column)), Qt.ItemDataRole.ToolTipRole)


@pytest.fixture
def held(centre):
    """Writes down a class of two days with these participants and returns its id."""

    def made(*people, on=MONDAY, days=2, **more):
        event = {"training_type": "kelas", "starts_on": on, "ends_on": on + dt.timedelta(days=days - 1), **more}
        with centre.change() as session:
            return record_training(session, event={"village_code": SELONG, **event}, participants=people).id

    return made


@pytest.fixture
def opened(held, page, settled):
    """Shows a class of two days with these participants."""

    def show(*people, **more):
        page.opened(held(*people, **more))
        settled(page.desk.worker)
        return page

    return show


# Two minutes for thirty


def test_thirty_people_take_few_keys_each_and_all_is_stored(page, qtbot, settled, centre):
    particulars(page)
    page.sheet.grid.start()
    pressed = 0
    key(qtbot, page, Qt.Key.Key_N, CONTROL | SHIFT)  # new lines are present
    for number, name in enumerate(NAMES):
        sex, age, pre, post = "lp"[number % 2], str(19 + number), str(30 + number), str(60 + number)
        first = "Returned\n" if number == 0 else ""
        pressed += typing(qtbot, page, f"{name.lower()}\n{sex}{age}\n{first}{pre}\n{post}\n")
    go_to(page, 4, "day:1")
    pressed += typing(qtbot, page, "a")
    letters = sum(len(name) for name in NAMES)
    assert pressed <= letters + 11 * len(NAMES) + len("Returned\na")
    assert pressed / len(NAMES) < 24
    save(qtbot, page, settled)
    lines = stored(centre)
    assert [one.name for one in lines] == NAMES
    assert [one.days for one in lines] == ["HA" if place == 4 else "HH" for place in range(30)]
    assert [(one.sex, one.age, one.pre_score, one.post_score) for one in lines] == [
        ("LP"[n % 2], 19 + n, 30 + n, 60 + n) for n in range(30)
    ]
    assert {(one.client_type, one.village_code) for one in lines} == {("returnee", SELONG)}
    assert [one.position for one in lines] == list(range(1, 31))


def test_keying_a_printed_sheet_takes_one_key_for_each_mark(opened, page, qtbot, settled, centre):
    opened(*({"name": name, "position": place} for place, name in enumerate(NAMES, 1)))
    key(qtbot, page, Qt.Key.Key_D, CONTROL | SHIFT)  # Enter goes down
    go_to(page, 0, "day:0")
    pressed = typing(qtbot, page, "h" * 29 + "a") + typing(qtbot, page, "t" + "h" * 29)
    assert pressed == 60
    save(qtbot, page, settled)
    assert [one.days for one in stored(centre)] == ["HT", *["HH"] * 28, "AH"]


def test_scores_go_down_the_column_with_enter(opened, page, qtbot):
    opened({"name": "Ani"}, {"name": "Budi"})
    key(qtbot, page, Qt.Key.Key_D, CONTROL | SHIFT)
    go_to(page, 0, "pre_score")
    typing(qtbot, page, "40\n50\n70\n")
    assert [(one.pre_score, one.post_score) for one in page.sheet.sheet.written()] == [("40", "70"), ("50", "")]
    assert at(page) == (1, "post_score")


def test_tab_stops_where_enter_goes_past(page, qtbot):
    particulars(page)
    page.sheet.grid.start()
    typing(qtbot, page, "Siti\np41\t")
    assert at(page) == (0, "client_type")
    typing(qtbot, page, "Returned\t")
    assert at(page) == (0, "village_code")


def test_all_present_and_one_day_present_have_a_key(opened, page, qtbot):
    opened({"name": "Ani", "days": "A-"}, {"name": "Budi"})
    go_to(page, 0, "day:1")
    key(qtbot, page, Qt.Key.Key_H, CONTROL | SHIFT)
    assert [one.days for one in page.sheet.sheet.written()] == ["AH", "-H"]
    key(qtbot, page, Qt.Key.Key_H)
    assert [one.days for one in page.sheet.sheet.written()] == ["AH", "HH"]


def test_somebody_with_a_disability_is_noted_by_one_key_where_one_types_anyway(page, qtbot, settled, centre):
    particulars(page)
    page.sheet.grid.start()
    typing(qtbot, page, "Siti\ndp41\n\nhh\n\n")
    typing(qtbot, page, "Nur\np30\nhh\n\n")
    save(qtbot, page, settled)
    assert [(one.name, one.disability) for one in stored(centre)] == [("Siti", True), ("Nur", None)]


def test_a_name_in_small_letters_gets_its_capitals(page, qtbot):
    particulars(page)
    page.sheet.grid.start()
    typing(qtbot, page, "lalu ahmad\n")
    typing(qtbot, page, "l33\n\n\n\n\n\nMcDonald\n")
    assert [one.name for one in page.sheet.sheet.written()] == ["Lalu Ahmad", "McDonald"]


# The order of the paper


def test_a_line_goes_in_between_and_the_numbers_follow(opened, page, qtbot, settled, centre):
    opened({"name": "Ani", "position": 1}, {"name": "Cici", "position": 2})
    go_to(page, 1, "name")
    key(qtbot, page, Qt.Key.Key_Insert)
    typing(qtbot, page, "Budi\n")
    save(qtbot, page, settled)
    assert [(one.position, one.name) for one in stored(centre)] == [(1, "Ani"), (2, "Budi"), (3, "Cici")]
    assert [one.name for one in page.sheet.sheet.written()] == ["Ani", "Budi", "Cici"]


def test_an_empty_line_in_between_is_not_saved(opened, page, qtbot, settled, centre):
    opened({"name": "Ani"}, {"name": "Cici"})
    go_to(page, 1, "name")
    key(qtbot, page, Qt.Key.Key_Insert)
    save(qtbot, page, settled)
    assert [(one.position, one.name) for one in stored(centre)] == [(1, "Ani"), (2, "Cici")]


# Columns


def test_the_days_are_headed_by_their_dates(page):
    particulars(page, days=3)
    assert titles(page)[6:9] == ["12 Oct", "13 Oct", "14 Oct"]


def test_days_it_meets_on_are_the_columns(page):
    particulars(page, days=8, meets_on=["2026-10-12", "2026-10-19"])
    assert titles(page)[6:8] == ["12 Oct", "19 Oct"]
    assert page.sheet.sheet.days == 2


def test_dates_are_in_the_language_of_the_program(desk, show_page):
    i18n.set_language("id")
    page = show_page(TrainingPage(desk), "new")
    particulars(page, days=1, starts_on=dt.date(2026, 8, 17), ends_on=None)
    assert "17 Agu" in titles(page)


def test_a_dialogue_has_columns_of_its_own(page):
    particulars(page, "dialog", days=1)
    assert titles(page) == ["Name", "M/F", "Institution", "Sector", "Country", "12 Oct"]


def test_an_awareness_event_asks_for_no_scores(page):
    particulars(page, "sosialisasi", days=1)
    assert titles(page) == ["Name", "M/F", "Age", "Client type", "Village", "Disab.", "12 Oct"]


def test_what_is_written_stays_in_sight_when_the_kind_of_event_changes(page, qtbot):
    particulars(page, days=1)
    page.sheet.grid.start()
    typing(qtbot, page, "Siti\np41\n\nh40\n70\n")
    particulars(page, "dialog", days=1)
    assert {"Pre", "Institution"} <= set(titles(page))


def test_a_column_is_shown_and_put_away_from_the_menu(page, qtbot, settled, centre):
    particulars(page)
    menu = page.sheet.attendance.menu
    menu.act("phone")
    assert "Telephone" in titles(page)
    page.sheet.grid.start()
    typing(qtbot, page, "Siti\np41\n\n081234567890\n")
    menu.act("phone")
    assert "Telephone" not in titles(page)
    save(qtbot, page, settled)
    assert [one.phone for one in stored(centre)] == ["+6281234567890"]


def test_participants_of_a_dialogue_are_typed_with_their_institutions(page, qtbot, settled, centre, held):
    said = {"name": "Ani", "organisation": "Disnaker Lombok Timur", "sector": "pemerintah_daerah", "country": "IDN"}
    held(said, training_type="dialog", on=dt.date(2026, 3, 2))
    particulars(page, "dialog", days=1)
    settled(page.desk.worker)
    page.sheet.grid.start()
    typing(qtbot, page, "Budi\nldisnaker lombok timur\nh")
    typing(qtbot, page, "Citra\npSBMI Lombok\nMigrant\nh")
    save(qtbot, page, settled)
    with centre.read() as session:
        event = event_sheet(session, page.sheet.event_id)
        facts = [(one.name, one.organisation, one.sector, one.country, one.days) for one in event.rows]
    assert facts == [
        ("Budi", "Disnaker Lombok Timur", "pemerintah_daerah", "IDN", "H"),
        ("Citra", "SBMI Lombok", "organisasi_pmi", "IDN", "H"),
    ]


# Scores


@pytest.mark.parametrize(
    ("written", "kept"), [("7/10", "70"), ("7 dari 10", "70"), ("13 of 20", "65"), ("2/3", "66.67"), ("65,5", "65,5")]
)
def test_scores_are_understood_as_they_are_written(page, qtbot, settled, centre, written, kept):
    particulars(page, days=1)
    page.sheet.grid.start()
    typing(qtbot, page, f"Siti\np41\n\nh{written}\n")
    assert page.sheet.sheet.rows[0].pre_score == kept
    save(qtbot, page, settled)
    assert stored(centre)[0].pre_score == pytest.approx(float(kept.replace(",", ".")))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("8/7", "A score cannot be above"), ("101", "A score cannot be above"), ("170%", "A score cannot be above"),
        ("abc", "This is no score"), ("7/0", "This is no score"), ("-5", "This is no score"),
        ("7/", "This is no score"),
    ],
)  # fmt: skip
def test_an_impossible_score_is_named_and_nothing_is_saved(page, qtbot, settled, centre, written, words):
    said = told(page.desk)
    particulars(page, days=1)
    page.sheet.grid.start()
    typing(qtbot, page, f"Siti\np41\n\nh{written}\n")
    save(qtbot, page, settled)
    assert stored(centre) == []
    assert at(page) == (0, "pre_score")
    assert said[-1].text.startswith(f"Line 1: {words}")


def test_a_test_that_has_no_pair_is_said_in_the_cell_and_below_the_sheet(opened, page):
    opened(
        {"name": "Ani", "pre_score": 40, "post_score": 80},
        {"name": "Budi", "post_score": 80},
        {"name": "Cici", "pre_score": 20},
    )
    assert "1 has a post-test only, 1 has a pre-test only: not in the gain" in page.sheet.taught.text()
    assert cell_says(page, 1, "post_score") == "Only the test after is here: this line is not in the gain."
    assert cell_says(page, 0, "post_score") is None


# Days outside the event


def test_a_mark_outside_the_event_stays_in_sight_and_is_not_saved_nor_lost(opened, page, qtbot, settled, centre):
    opened({"name": "Ani", "days": "HH"})
    said = told(page.desk)
    page.sheet.form.set_values({"ends_on": MONDAY})
    page.sheet.form.edited.emit("ends_on")
    assert "Day 2?" in titles(page)
    save(qtbot, page, settled)
    assert stored(centre)[0].days == "HH"
    assert at(page) == (0, "day:1")
    assert "does not meet" in said[-1].text
    typing(qtbot, page, " ")
    save(qtbot, page, settled)
    assert stored(centre)[0].days == "H"
    assert "Day 2?" not in titles(page)


# The same person twice


def test_the_same_name_twice_is_asked_about_once_and_then_saved(page, qtbot, settled, centre):
    said = told(page.desk)
    particulars(page, days=1)
    page.sheet.grid.start()
    typing(qtbot, page, "Siti Aminah\np41\n\nh\n\nSITI AMINAH\np41\nh\n\nNur\np30\nh\n\n")
    assert [page.sheet.sheet.is_twice(row) for row in page.sheet.sheet.written()] == [True, True, False]
    assert cell_says(page, 0, "name") == "The same name is on the sheet twice. Are they two people?"
    save(qtbot, page, settled)
    assert stored(centre) == []
    assert said[-1].text.startswith("Lines 1, 2: The same name is on the sheet twice.")
    save(qtbot, page, settled)
    assert len(stored(centre)) == 3
    page.sheet.attendance.edited.emit()
    save(qtbot, page, settled)
    assert "Saved with 3 participants." in said[-1].text


def test_namesakes_of_another_age_are_two_people(page, qtbot):
    particulars(page, days=1)
    page.sheet.grid.start()
    typing(qtbot, page, "Siti\np41\n\nh\n\nSiti\np22\nh\n\n")
    assert page.sheet.sheet.twice() == []


def test_somebody_linked_twice_is_refused_at_the_second_line(aminah, page, qtbot, settled, centre):
    particulars(page, days=1)
    for line in (0, 1):
        page.sheet.sheet.put_known(line, {"name": "Siti Aminah", "person_id": aminah})
    save(qtbot, page, settled)
    save(qtbot, page, settled)
    assert stored(centre) == []
    assert at(page) == (1, "name")


# Counted only


def test_an_event_where_people_were_only_counted_is_saved_without_names(page, qtbot, settled, centre):
    particulars(page, "sosialisasi", days=1, counted_women=12, counted_men=8)
    assert page.sheet.taught.text() == "Counted only: 12 women, 8 men"
    save(qtbot, page, settled)
    with centre.read() as session:
        event = event_sheet(session, page.sheet.event_id)
        assert (event.rows, event.event.counted_women, event.event.counted_men) == ((), 12, 8)


def test_those_counted_come_besides_those_named(opened, page):
    opened({"name": "Ani", "sex": "P"}, counted_women=1, counted_men=3, counted_others=2)
    assert page.sheet.taught.text().endswith("Counted only: 1 woman, 3 men, 2 more  ·  7 in all")


# Who came before, who is registered


def wait_for(qtbot, *names):
    editor = QApplication.focusWidget()
    assert isinstance(editor, SuggestingLine)
    qtbot.waitUntil(lambda: [one.text for one in editor.offered()] == list(names))
    return editor


def test_a_participant_of_an_earlier_event_is_offered_and_fills_the_line(page, qtbot, settled, centre, held):
    held({"name": "Baiq Ratna", "sex": "P", "age": 30, "village_code": MASBAGIK, "client_type": "family",
          "phone": "081234567890"}, on=dt.date(2025, 10, 1))  # fmt: skip
    particulars(page, days=1)
    page.sheet.grid.start()
    typing(qtbot, page, "baiq")
    editor = wait_for(qtbot, "Baiq Ratna")
    assert "came on 1 October 2025" in editor.offered()[0].detail
    typing(qtbot, page, "↓\n")
    assert at(page) == (0, "day:0")
    save(qtbot, page, settled)
    (line, _earlier) = sorted(stored(centre), key=lambda one: one.age, reverse=True)
    assert (line.name, line.sex, line.age, line.village_code) == ("Baiq Ratna", "P", 31, MASBAGIK)
    assert (line.client_type, line.phone, line.person_id) == ("family", "+6281234567890", None)


def open_links(page, qtbot, settled):
    key(qtbot, page, Qt.Key.Key_R)
    settled(page.desk.worker)
    dialog = page.sheet.linking.dialog
    qtbot.waitUntil(lambda: dialog.rows.rowCount() > 0)
    return dialog


def close(dialog, page, settled):
    dialog.accept()
    settled(page.desk.worker)


def test_light_records_are_linked_with_one_key_each_and_keep_what_was_typed(
    aminah, opened, page, qtbot, settled, centre
):
    opened({"name": "Sitti Aminah", "sex": "P", "age": 42, "days": "HA"}, {"name": "Nur", "sex": "P"})
    dialog = open_links(page, qtbot, settled)
    assert dialog.question().line.name == "Sitti Aminah"
    qtbot.keyClick(dialog.list, Qt.Key.Key_S)
    settled(page.desk.worker)
    close(dialog, page, settled)
    first, second = stored(centre)
    assert (first.person_id, first.name, first.days, second.person_id) == (aminah, "Sitti Aminah", "HA", None)
    assert page.sheet.sheet.rows[0].name == "Siti Aminah"
    go_to(page, 1, "day:0")
    typing(qtbot, page, "h")
    save(qtbot, page, settled)
    assert stored(centre)[0].name == "Sitti Aminah"


def test_who_was_found_to_be_another_is_not_asked_about_again(aminah, opened, page, qtbot, settled, centre, focus):
    opened({"name": "Siti Aminah", "sex": "P", "days": "HA"})
    qtbot.waitUntil(lambda: "1 name is that of somebody registered" in page.sheet.taught.text())
    dialog = open_links(page, qtbot, settled)
    qtbot.keyClick(dialog.list, Qt.Key.Key_D)
    settled(page.desk.worker)
    close(dialog, page, settled)
    assert stored(centre)[0].not_same_ids == [aminah]
    qtbot.wait(500)
    settled(page.desk.worker)
    assert "registered" not in page.sheet.taught.text()
    focus(page.sheet.grid)
    key(qtbot, page, Qt.Key.Key_R)
    settled(page.desk.worker)
    dialog = page.sheet.linking.dialog
    assert dialog.rows.rowCount() == 0
    close(dialog, page, settled)


def test_somebody_who_is_on_the_sheet_already_becomes_one_line(aminah, opened, page, qtbot, settled, centre):
    opened({"name": "Sitti Aminah", "sex": "P", "days": "-H"}, {"person_id": aminah, "days": "H-"})
    dialog = open_links(page, qtbot, settled)
    qtbot.keyClick(dialog.list, Qt.Key.Key_S)
    settled(page.desk.worker)
    close(dialog, page, settled)
    assert [(one.person_id, one.days) for one in stored(centre)] == [(aminah, "HH")]


def test_what_is_typed_is_saved_before_the_sheet_is_compared(aminah, page, qtbot, settled, centre):
    particulars(page, days=1)
    page.sheet.grid.start()
    typing(qtbot, page, "Siti Aminah\np")
    dialog = open_links(page, qtbot, settled)
    assert [one.name for one in stored(centre)] == ["Siti Aminah"]
    close(dialog, page, settled)


def test_a_sheet_that_cannot_be_saved_is_not_compared(page, qtbot, settled, centre):
    particulars(page, days=1)
    page.sheet.grid.start()
    typing(qtbot, page, "Siti Aminah\np200\n")
    key(qtbot, page, Qt.Key.Key_R)
    settled(page.desk.worker)
    assert page.sheet.linking.dialog is None
    assert stored(centre) == []


def test_a_link_is_undone_from_the_menu(aminah, opened, page, qtbot, settled, centre):
    opened({"name": "Sitti", "person_id": aminah})
    go_to(page, 0, "name")
    page.sheet.attendance.menu.act("unlink")
    settled(page.desk.worker)
    assert [(one.person_id, one.name, one.not_same_ids) for one in stored(centre)] == [(None, "Sitti", [aminah])]
    assert page.sheet.sheet.rows[0].person_id is None


def test_a_participant_is_registered_from_the_sheet_and_the_line_is_theirs(
    opened, page, qtbot, settled, centre, desk, show_page
):
    opened({"name": "Siti Aminah", "sex": "P", "village_code": MASBAGIK, "days": "H"})
    go_to(page, 0, "name")
    page.sheet.attendance.menu.act("register")
    settled(desk.worker)
    ((_where, subject),) = [one for one in desk.went if one[0] == "intake"]
    intake = show_page(IntakePage(desk), subject)
    assert intake.form.editor("person.full_name").value() == "Siti Aminah"
    assert intake.form.editor("address.village_code").value() == MASBAGIK
    intake.save()
    settled(desk.worker)
    (line,) = stored(centre)
    assert line.person_id == intake.person_id is not None
    assert (line.name, line.days) == ("Siti Aminah", "H")


# Looks and reach


def test_keyboard_and_screen_reader_reach_the_questions_of_linking(
    aminah, opened, page, qtbot, settled, each_language, complaints
):
    opened({"name": "Siti Aminah", "sex": "P"})
    dialog = open_links(page, qtbot, settled)
    assert complaints(dialog) == []
    close(dialog, page, settled)


def test_a_draft_of_an_older_program_is_taken_up(page):
    particulars(page, days=1)
    page.sheet.sheet.restore({"rows": [{"name": "Siti", "days": "H", "gone_since": 1}]})
    assert [(one.name, one.days) for one in page.sheet.sheet.written()] == [("Siti", "H")]


def test_a_pasted_sheet_with_dates_as_headings_goes_to_its_days(page, qtbot):
    particulars(page, days=2)
    page.sheet.grid.start()
    QGuiApplication.clipboard().setText("Nama\tHP\tDisabilitas\t13-10-2026\t12-10-2026\nSiti\t0812 3456 7890\tya\tT\tH")
    key(qtbot, page, Qt.Key.Key_V)
    (row,) = page.sheet.sheet.written()
    assert (row.name, row.phone, row.disability, row.days) == ("Siti", "0812-3456-7890", True, "HT")
    assert "Telephone" in titles(page)
