# SPDX-License-Identifier: Apache-2.0
"""The coordinator's report: one press gives the month, every figure opens, it is saved and printed."""

import datetime as dt
import errno
import json

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from resource_centre import i18n
from resource_centre.services.counselling import record_session
from resource_centre.services.intake import register_intake
from ui.pages import report as report_page
from ui.pages import report_leaving, report_period
from ui.pages.report import FIGURES, ReportPage, months
from ui.pages.report_opened import FigureDialog
from ui.pages.report_saving import Leaving, SaveDialog

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def served(centre):
    """Two people served in October 2026, one session each."""
    with centre.change() as session:
        for name, sex in (("Siti Aminah", "P"), ("Lalu Ahmad", "L")):
            person = register_intake(session, person={"full_name": name, "sex": sex}, on=dt.date(2026, 10, 2)).person_id
            record_session(session, person_id=person, values={"service_type": "CNS_REINT"}, on=dt.date(2026, 10, 9))


@pytest.fixture(autouse=True)
def sunday(monkeypatch):
    for module in (report_page, report_period, report_leaving):
        monkeypatch.setattr(module, "today", lambda: dt.date(2026, 11, 22))


@pytest.fixture
def page(desk, served, show_page):
    return show_page(ReportPage(desk), timeout=30_000)


@pytest.fixture
def made(page, settled, desk):
    """Waits until the report is there."""

    def wait():
        settled(desk.worker, timeout=30_000)
        return page.paper

    return wait


@pytest.fixture
def save_to(monkeypatch, tmp_path):
    """What the system's dialog gives."""

    def choose(name):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
        return path

    return choose


@pytest.fixture
def told(desk):
    found = []
    desk.messages.told.connect(found.append)
    return found


def figure(page, cell_id):
    """How a figure reads in the tables of the screen."""
    page.view.figures.show_figure(cell_id)
    return page.view.figures.table.currentIndex().data()


def choose(box, code):
    """Takes a line of a list of choices, as Enter does."""
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


def test_one_press_gives_last_month_of_the_whole_centre(page):
    assert page.choices.period.which.currentText() == "October 2026"
    assert figure(page, "R1/persons_served/month.total") == "2"
    assert page.view.pages.pages() >= 2
    assert page.view.where.text() == f"1 / {page.view.pages.pages()}"
    assert not page.paper.chosen.public


def test_another_month_and_language_make_another_report(page, made):
    page.choices.language.set_value("id")
    page.opened("2026-09")
    assert made().chosen.month == "2026-09"
    assert page.paper.file_name == "laporan-2026-09"
    assert figure(page, "R1/persons_served/month.total") == "0"
    assert page.paper.report.facts.title == "Laporan bulanan"


@pytest.mark.parametrize(("kind", "code"), [("quarter", "2026-Q3"), ("half", "2026-H1"), ("year", "2025")])
def test_the_last_quarter_half_year_or_year_is_one_choice_away(page, made, kind, code):
    choose(page.choices.period.kind, kind)
    assert made().chosen.period == code


def test_any_days_are_typed(page, made, press):
    choose(page.choices.period.kind, "days")
    made()
    page.choices.period.first.setFocus()
    press(Qt.Key.Key_A, CTRL)
    press("5.10.2026\t")
    press(Qt.Key.Key_A, CTRL)
    press("9.10.2026\t")
    assert made().chosen.period == "2026-10-05/2026-10-09"
    assert figure(page, "R1/counselling_sessions/month.total") == "2"


def test_turned_days_are_told_beside_them_and_make_nothing(page, made):
    choose(page.choices.period.kind, "days")
    before = made()
    page.choices.period.last.set_value("2026-09-01")
    page.choices.period.last.settled.emit()
    assert page.choices.period.hint.text() == "The last day is before the first."
    assert made() is before


def test_a_place_narrows_it_down_and_an_empty_line_is_the_whole_centre_again(page, made):
    page.choices.place.set_value("52.03")
    page.choices.place.settled.emit()
    assert made().chosen.place == "52.03"
    assert figure(page, "R1/persons_served/month.total") == "0"
    page.choices.place.set_value(None)
    page.choices.place.settled.emit()
    assert made().chosen.place is None
    assert figure(page, "R1/persons_served/month.total") == "2"


def test_projects_are_offered_where_there_are_any(page, made, centre):
    assert page.choices.fund.isHidden()
    from resource_centre.services.projects import write_project

    with centre.change() as session:
        write_project(session, {"code": "ILO-26", "name": "Safe return"})
    page.opened()
    made()
    assert page.choices.fund.isVisible()
    choose(page.choices.fund, "ILO-26")
    assert made().chosen.fund == "ILO-26"
    assert figure(page, "R1/counselling_sessions/month.total") == "0"


def test_for_publication_small_numbers_are_hidden_and_said_to_be(page, made):
    choose(page.choices.audience, "5")
    assert made().report.facts.audience == "public"
    assert figure(page, "R1/persons_served/month.total") == "<5"
    assert "left out" in page.view.told.words.text()


def test_what_was_written_to_the_month_is_published_only_when_that_is_wanted(page, made, centre):
    from resource_centre.services.month_narratives import write_narrative

    with centre.change() as session:
        write_narrative(session, page.paper.chosen.month, {"achievements": "Dua desa baru."})
    choose(page.choices.audience, "5")
    assert "Dua desa baru." not in texts_of(made().report)
    assert page.choices.words.isVisible()
    page.choices.words.click()
    assert "Dua desa baru." in texts_of(made().report)
    assert page.choices.advice.isVisible()
    choose(page.choices.audience, "")
    assert not page.choices.words.isVisible()


def texts_of(report):
    return " ".join(text for section in report.sections for text in section.texts)


def test_a_hidden_figure_says_why_it_does_not_open(page, made):
    choose(page.choices.audience, "5")
    made()
    page.open_figure("R1/persons_served/month.total")
    dialog = page.findChild(FigureDialog)
    assert "left out of the publication" in dialog.why.text()
    assert dialog.list.isHidden()
    dialog.reject()


def test_enter_on_a_figure_opens_its_definition_and_its_people(page, made, qtbot, desk):
    page.view.tabs.setCurrentIndex(FIGURES)
    page.view.figures.show_figure("R1/persons_served/month.total")
    page.view.figures.table.setFocus()
    qtbot.keyClick(page.view.figures.table, Qt.Key.Key_Return)
    made()
    dialog = page.findChild(FigureDialog)
    assert dialog.count.text() == "2 records"
    assert any("Different people" in text for _term, text in dialog.figure.definitions)
    assert {dialog.rows.row(place).words for place in range(2)} == {"Siti Aminah", "Lalu Ahmad"}
    chosen = dialog.rows.row(0)
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert desk.went[-1] == ("person", chosen.subject)


def test_a_figure_of_nobody_says_so(page):
    page.open_figure("R1/returnees_registered/month.total")
    dialog = page.findChild(FigureDialog)
    assert dialog.why.text() == "Nothing was counted here."
    dialog.reject()


def test_a_figure_on_a_page_opens_where_it_is_pressed(page, qtbot, made):
    view = page.view.pages
    at, number = next(
        (at, number)
        for at, found in view._figures.items()
        for number, (_rect, cell) in enumerate(found)
        if cell == "R1/persons_served/month.total"
    )
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.rect_of(at, number).center().toPoint())
    made()
    dialog = page.findChild(FigureDialog)
    assert dialog.figure.cell_id == "R1/persons_served/month.total"
    dialog.reject()


def test_nothing_opens_beside_the_figures(page, qtbot):
    qtbot.mouseClick(page.view.pages.viewport(), Qt.MouseButton.LeftButton, pos=QPointF(3, 3).toPoint())
    assert page.findChild(FigureDialog) is None


def test_pages_are_enlarged_and_turned_by_keyboard(page, qtbot):
    view = page.view.pages
    before = view.percent()
    qtbot.keyClick(page.choices.period.kind, Qt.Key.Key_Plus, CTRL)
    assert view.percent() > before
    qtbot.keyClick(page.choices.period.kind, Qt.Key.Key_Minus, CTRL)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert page.view.where.text() == f"{view.pages()} / {view.pages()}"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.page() == 0
    view.fit()
    assert view.percent() == before


def test_only_pages_in_sight_are_drawn(page, qtbot):
    view = page.view.pages
    qtbot.waitUntil(lambda: 0 in view._drawn)
    view.go_to(view.pages() - 1)
    qtbot.waitUntil(lambda: view.pages() - 1 in view._drawn)
    view.go_to(0)
    assert len(view._drawn) <= 4


def test_saving_asks_as_what_and_where_by_keyboard_alone(page, save_to, made, told, press, qtbot):
    path = save_to("october")
    page.choices.period.setFocus()
    press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.findChild(SaveDialog).isActiveWindow())
    press("\n")
    made()
    saved = path.with_suffix(".pdf")
    assert saved.read_bytes().startswith(b"%PDF")
    assert path.with_suffix(".html").read_text().startswith("<!DOCTYPE html>")
    assert told[-1].text.startswith("Saved as october.pdf and october.html: ")
    assert "figures" in told[-1].text
    assert told[-1].action[0] == "Open the folder"


def test_the_pages_on_the_screen_are_those_that_are_saved(page, save_to, made, monkeypatch):
    path = save_to("october.pdf")
    monkeypatch.setattr("reports.paper.placed", None)
    page.save_as(Leaving(".pdf"))
    made()
    assert path.read_bytes() == page.paper.pdf


def test_a_figure_says_what_it_is_when_the_words_of_its_row_are_out_of_sight(page, qtbot):
    page.view.tabs.setCurrentIndex(FIGURES)
    figures = page.view.figures
    figures.show_figure("R1/persons_served/month.total")
    assert not figures.where.isVisible()
    page.resize(692, 482)
    figures.show_figure("R1/persons_served/project.total")
    qtbot.waitUntil(figures.where.isVisible)
    assert figures.where.text().startswith("People served, ")


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".hxl.csv", ".html", ".json"])
def test_every_kind_of_file_gets_its_ending(page, save_to, made, ending):
    path = save_to("october")
    page.save_as(Leaving(ending))
    made()
    assert path.with_name(f"october{ending}").stat().st_size > 200


def test_figures_for_other_programs_name_nobody(page, save_to, made):
    path = save_to("figures.json")
    page.save_as(Leaving(".json"))
    made()
    assert "Siti" not in path.read_text()
    assert json.loads(path.read_text())["month"] == "2026-10"


def test_a_password_is_asked_for_twice_and_must_be_a_good_one(page, save_to, made, told):
    path = save_to("october")
    page.save()
    dialog = page.findChild(SaveDialog)
    dialog.locked.setChecked(True)
    dialog.first.line.setText("abc")
    dialog.accept_choice()
    assert "too short" in dialog.password.note.text()
    dialog.first.line.setText("kopi hangat di pagi")
    dialog.second.line.setText("kopi dingin")
    dialog.accept_choice()
    assert dialog.repeat.note.text() == "The two are not the same."
    dialog.second.line.setText("kopi hangat di pagi")
    dialog.accept_choice()
    made()
    assert b"/Encrypt" in path.with_suffix(".pdf").read_bytes()
    assert path.with_name("october.html.zip").exists()
    assert not path.with_suffix(".html").exists()
    assert "kopi" not in told[-1].text


def test_a_file_that_would_get_the_name_of_another_is_asked_about(page, save_to, made, monkeypatch):
    path = save_to("october")
    older = path.with_suffix(".csv")
    older.write_text("older")
    monkeypatch.setattr("ui.kit.saving_files.ask", lambda *_args, **_more: False)
    page.save_as(Leaving(".csv"))
    made()
    assert older.read_text() == "older"


def test_a_locked_table_is_an_archive(page, save_to, made):
    path = save_to("october")
    page.save_as(Leaving(".csv", "kopi hangat di pagi"))
    made()
    assert [one.name for one in path.parent.glob("october*")] == ["october.csv.zip"]


def test_a_folder_that_cannot_be_written_is_told_in_words(page, save_to, qtbot, desk):
    wrong = []
    desk.worker.went_wrong.connect(wrong.append)
    save_to("nowhere/x.pdf")
    page.save_as(Leaving(".pdf"))
    qtbot.waitUntil(lambda: len(wrong) == 1)
    assert wrong[0].words() == "The file cannot be written there."


def test_a_full_disk_leaves_the_older_file(page, save_to, qtbot, desk, monkeypatch):
    wrong = []
    desk.worker.went_wrong.connect(wrong.append)
    path = save_to("october.csv")
    path.write_text("older")

    def full(*_args):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("reports.kit.files._write", full)
    page.save_as(Leaving(".csv"))
    qtbot.waitUntil(lambda: len(wrong) == 1)
    assert wrong[0].words().startswith("The disk is full.")
    assert path.read_text() == "older"


@pytest.fixture
def printer(tmp_path, monkeypatch):
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr("ui.kit.printing.chosen_printer", lambda *_asked: made)
    return made


def test_every_page_reaches_the_printer(page, printer, made, told):
    import pypdfium2

    page.print()
    made()
    assert told[-1].text == "The report was sent to the printer."
    printed = pypdfium2.PdfDocument(printer.outputFileName())
    assert len(printed) == page.view.pages.pages()
    printed.close()


def test_a_printer_that_refuses_is_told_in_words(page, printer, made, told, tmp_path):
    printer.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
    page.print()
    made()
    assert told[-1].text.startswith("The printer did not take the pages.")


def test_what_was_published_is_kept_and_only_that(page, made, save_to, centre):
    from resource_centre.services.publications import publications

    save_to("october")
    page.save_as(Leaving(".csv"))
    made()
    with centre.read() as session:
        assert publications(session) == []
    choose(page.choices.audience, "5")
    made()
    save_to("published")
    page.save_as(Leaving(".csv"))
    made()
    with centre.read() as session:
        assert [one.threshold for one in publications(session)] == [5]


def test_nothing_of_a_report_stays_on_the_disk(page, tmp_path, made, monkeypatch):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = sorted(tmp_path.iterdir())
    page.make()
    assert made() is not None
    assert sorted(tmp_path.iterdir()) == before


def test_the_report_that_is_there_stays_in_sight_until_the_new_one_is(page, made):
    before = page.view.pages.pages()
    choose(page.choices.period.which, "2026-09")
    assert page.view.pages.pages() == before
    assert page.view.note.words.text() == "Being made: September 2026. Until then you see October 2026."
    assert not page.save_button.isEnabled()
    made()
    assert page.view.note.isHidden()
    assert page.save_button.isEnabled()


def test_stopped_everything_is_as_it_was(page, made):
    before = page.paper
    choose(page.choices.period.which, "2026-09")
    page.cancel()
    assert made() is before
    assert page.choices.period.which.currentText() == "October 2026"
    assert page.save_button.isEnabled()


@pytest.mark.parametrize("stage", ["Counting", "Writing the tables", "Hiding", "Drawing"])
def test_it_is_stopped_at_every_stage(page, made, monkeypatch, stage):
    from ui.kit.worker import Progress

    before, seen = page.paper, []
    told = Progress.__call__

    def cancel_there(progress, done=0, total=0, text=""):
        if text.startswith(stage):
            seen.append(text)
            progress.cancelled = True
        told(progress, done, total, text)

    monkeypatch.setattr(Progress, "__call__", cancel_there)
    choose(page.choices.audience, "5")
    assert made() is before
    assert len(seen) == 1


def test_before_there_is_any_report_a_stop_says_how_to_begin_again(desk, served, on_screen, settled):
    page = on_screen(ReportPage(desk))
    page.opened()
    page.cancel()
    settled(desk.worker, timeout=30_000)
    assert page.paper is None
    assert not page.save_button.isEnabled()
    assert page.view.pages.accessibleDescription().startswith("No report was made.")


def test_a_report_that_is_refused_says_why_and_the_one_there_stays(page, made, told):
    page.choices.place.set_value("52.03.08.2001")
    page.choices.place.settled.emit()
    made()
    before = page.paper
    choose(page.choices.audience, "3")
    assert made() is before
    assert told[-1].text.startswith("A report of one village is published only where")
    assert page.choices.audience.currentData() == ""


def test_closing_the_page_while_it_is_made_harms_nothing(desk, served, settled):
    page = ReportPage(desk)
    page.show()
    page.opened()
    page.close()
    page.deleteLater()
    settled(desk.worker, timeout=30_000)
    assert desk.worker.is_idle()


def test_coming_back_finds_the_same_report_unless_something_was_recorded(page, made, centre, desk):
    before = page.paper
    page.opened()
    assert made() is before
    desk.worker.changed.emit({"Service": {"x"}})
    page.opened()
    assert made() is not before


def test_an_empty_month_says_so(page, made):
    page.opened("2024-02")
    made()
    assert page.view.told.words.text() == "Nothing was recorded in this period: its figures are nought."


def test_a_year_of_one_person_says_so(desk, centre, show_page):
    aminah = {"full_name": "Siti Aminah", "sex": "P"}
    with centre.change() as session:
        person = register_intake(session, person=aminah, on=dt.date(2025, 3, 2)).person_id
        record_session(session, person_id=person, values={"service_type": "CNS_REINT"}, on=dt.date(2025, 3, 9))
    page = show_page(ReportPage(desk), "2025", timeout=30_000)
    assert "one single person" in page.view.told.words.text()


def test_months_are_named_in_the_language_of_the_screen(each_language):
    names = dict(months(dt.date(2026, 1, 5)))
    assert names["2026-01"] == {"id": "Januari 2026", "en": "January 2026"}[each_language]
    assert names["2025-12"] == {"id": "Desember 2025", "en": "December 2025"}[each_language]


def test_screen_and_report_have_languages_of_their_own(desk, served, show_page, settled):
    i18n.set_language("id")
    page = show_page(ReportPage(desk), timeout=30_000)
    page.choices.language.set_value("en")
    page.choices.language.edited.emit()
    settled(desk.worker, timeout=30_000)
    assert page.paper.report.facts.title == "Monthly report"
    assert page.title.text() == "Laporan"


@pytest.mark.parametrize("size", [(1158, 690), (692, 480)])
def test_keyboard_and_screen_reader_reach_everything(page, each_language, complaints, size):
    page.resize(*size)
    page.view.tabs.setCurrentIndex(FIGURES)
    assert complaints(page) == []
