"""The first start, as a coordinator goes through it: language, centre, account, sheet, home."""

import pytest
from PySide6.QtCore import Qt

from db.keys import LEAST_PASSPHRASE
from resource_centre import i18n
from resource_centre.errors import EnvironmentFailed
from ui.first_start import FirstStart
from ui.first_start_sheet import SheetStep
from ui.first_start_steps import site_code_for
from ui.folders import data_folder
from ui.kit.strength import LEAST, judge
from ui.shell import Shell

GOOD = "sawah hijau hujan pagi"


def fill_centre(page):
    page.centre.name.setText("Pusat Layanan Migran Lombok Timur")
    page.centre.place.set_value("52.03")
    page.centre.place.settled.emit()


def fill_account(page, passphrase=GOOD, again=GOOD):
    page.account.name.setText("Ratna Dewi")
    page.account.name.textEdited.emit("Ratna Dewi")
    page.account.passphrase.line.setText(passphrase)
    page.account.again.line.setText(again)


@pytest.fixture
def page(qtbot, places, tmp_path, theme):
    page = FirstStart(places, tmp_path / "centre")
    qtbot.addWidget(page)
    page.resize(1000, 640)
    page.show()
    return page


def test_from_nothing_to_the_home_page(make_program, places, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr("ui.first_start_program.Places", lambda _parent: places)
    folder = tmp_path / "new" / "centre"
    program = make_program(folder)
    page = program.window.shown()
    page.go_on()
    fill_centre(page)
    assert page.centre.site.text() == "LTM"
    page.go_on()
    fill_account(page)
    assert page.account.login.text() == "ratna"
    page.go_on()
    qtbot.waitUntil(lambda: page.sheet is not None, timeout=60_000)
    page.sheet._save(tmp_path / "sheet.pdf")
    qtbot.waitUntil(lambda: "Saved" in page.sheet.told.text(), timeout=20_000)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    page.sheet.typed.setText("00000")
    page.go_on()
    assert isinstance(program.window.shown(), FirstStart), "went on without the sheet"
    page.sheet.typed.setText(page.sheet._groups[page.sheet.asked_for].lower())
    page.go_on()
    qtbot.waitUntil(lambda: isinstance(program.window.shown(), Shell), timeout=20_000)
    qtbot.waitUntil(program.worker.is_idle, timeout=10_000)
    assert program.open.shell.here() == "home"
    assert program.worker.centre.profile.site_code == "LTM"
    assert program.preferences.login == "ratna"
    assert (folder / "keys.json").is_file()


def test_each_step_says_what_is_missing(page):
    page.go_on()
    page.go_on()
    assert page.steps.currentWidget() is page.centre
    assert page.centre.ask_name.note.text()
    fill_centre(page)
    page.centre.site.setText("L1")
    page.go_on()
    assert page.steps.currentWidget() is page.centre
    assert "three letters" in page.centre.ask_site.note.text()


@pytest.mark.parametrize(
    ("passphrase", "again"), [("short", "short"), (GOOD, GOOD + "!"), ("", ""), ("aaaaaaaaaaaa", "aaaaaaaaaaab")]
)
def test_a_weak_or_mistyped_passphrase_does_not_pass(page, passphrase, again):
    answered = []
    page.answered.connect(answered.append)
    page.go_on()
    fill_centre(page)
    page.go_on()
    fill_account(page, passphrase, again)
    page.go_on()
    assert answered == []
    assert page.steps.currentWidget() is page.account


def test_one_can_go_back_and_nothing_typed_is_lost(page):
    page.go_on()
    fill_centre(page)
    page.go_on()
    page.back.click()
    assert page.steps.currentWidget() is page.centre
    assert page.centre.name.text().startswith("Pusat")


def test_the_proposed_letters_give_way_to_ones_own(page):
    page.centre.site.setText("abc")
    page.centre.site.textEdited.emit("abc")
    fill_centre(page)
    assert page.centre.site.text() == "ABC"


def test_the_language_comes_first(make_program, tmp_path):
    program = make_program(tmp_path / "none")
    program.window.shown().language.switches["id"].click()
    assert i18n.language() == "id"
    assert program.window.shown().language.switches["id"].isChecked()


def test_every_step_has_names_and_letters_of_its_own(each_language, page, complaints):
    for step in range(3):
        page._show(step)
        assert complaints(page) == [], f"step {step}"
    page.show_sheet(("AAAAA", "BBBBB"), lambda *_how: None)
    page.sheet._show()
    assert complaints(page) == []


def test_the_sheet_can_be_written_down_by_hand(qtbot, theme):
    sheet = SheetStep(("1BCDE", "2GHJK"), lambda *_how: None, ask_for=1)
    qtbot.addWidget(sheet)
    sheet.show()
    assert not sheet.key_box.isVisible()
    sheet.show_button.click()
    assert sheet.key_box.isVisible()
    sheet.typed.setText(" 2ghjk ")
    assert sheet.check()


def test_a_sheet_that_cannot_be_drawn_says_so_and_leaves_no_file(qtbot, theme, tmp_path, monkeypatch):
    left = tmp_path / "sheet.pdf"
    monkeypatch.setattr("ui.first_start_sheet.temporary_pdf", lambda: left)

    def draw(path, _done, failed):
        path.write_bytes(b"half a key")
        failed(EnvironmentFailed("disk_full"))

    sheet = SheetStep(("1BCDE", "2GHJK"), draw)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet._print()
    assert "The disk is full" in sheet.told.text()
    assert not left.exists()


def test_after_a_refusal_the_button_says_again_what_it_does(page):
    page._show(2)
    said = page.next.text()
    page.wait(True, "Making…")
    page.refused("The disk is full.")
    assert (page.next.text(), page.next.isEnabled(), page.account.isEnabled()) == (said, True, True)


@pytest.mark.parametrize(
    ("place", "letters"),
    [("Kabupaten Lombok Timur", "LTM"), ("Kota Mataram", "MTR"), ("Sumbawa", "SMB"), ("Ende", "END"), ("Oi", "OIX")],
)
def test_letters_are_proposed_from_the_place(place, letters):
    assert site_code_for(place) == letters


def test_the_sentence_about_a_passphrase():
    assert LEAST == LEAST_PASSPHRASE
    assert judge("short")[0] == "error"
    assert judge("aaaaaaaaaaaaaaaaaaaa")[0] == "warning"
    assert judge("nurhayati99", "nurhayati")[0] == "warning"
    assert judge("12345678901234567")[0] == "warning"
    assert judge(GOOD)[0] == "good"


def test_where_a_centre_lies_when_nobody_says_otherwise(tmp_path):
    def of(environment, platform):
        return data_folder(environment, platform, tmp_path).relative_to(tmp_path).as_posix()

    assert of({}, "linux") == ".local/share/resource-centre"
    assert of({"XDG_DATA_HOME": str(tmp_path / "data")}, "linux") == "data/resource-centre"
    assert of({"XDG_DATA_HOME": "relative"}, "linux") == ".local/share/resource-centre"
    assert of({"APPDATA": str(tmp_path / "Roaming")}, "win32") == "Roaming/resource-centre"
    assert of({}, "darwin") == "Library/Application Support/resource-centre"


def test_enter_goes_on(page, qtbot):
    page.go_on()
    fill_centre(page)
    qtbot.keyClick(page.centre.site, Qt.Key.Key_Return)
    assert page.steps.currentWidget() is page.account
    page.back.setFocus()
    qtbot.keyClick(page.back, Qt.Key.Key_Return)
    assert page.steps.currentWidget() is page.centre
