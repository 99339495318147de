# SPDX-License-Identifier: Apache-2.0
"""The page of questionnaires: finding one, asking it, loading forms and weights, and what the answers come to."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from resource_centre import i18n
from resource_centre.access import COUNSELLOR
from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import QuestionnaireVersion
from resource_centre.services.intake import register_intake
from resource_centre.services.questionnaires import shelved
from resource_centre.services.training import record_training
from resource_centre.services.weight_sets import weight_sets
from ui.pages import questionnaires, questionnaires_kobo, questionnaires_more
from ui.pages.questionnaires import QuestionnairesPage
from ui.pages.questionnaires_ask import AskAboutEvent, AskPerson
from ui.pages.questionnaires_counts import direction_words, signed
from ui.pages.questionnaires_kobo import ExportAnswers, TakeIn, Taken
from ui.pages.questionnaires_load import Publish, RefusedFile

DAY = dt.timedelta(days=1)
OWN = """
| settings |
| | form_title | form_id | version |
| | Survei Desa | desa | {version} |
| survey |
| | type | name | label |
| | integer | umur | {label} |
| | text | kesan | Kesan |
"""
WEIGHTS = "scale,question,answer,score,weight,composite_weight,applicable\n"


@pytest.fixture
def page(desk, show_page):
    return show_page(QuestionnairesPage(desk))


@pytest.fixture
def as_counsellor(desk, monkeypatch):
    who = desk.worker.centre.viewer
    monkeypatch.setattr(desk.worker.centre, "viewer", replace(who, role=COUNSELLOR))


@pytest.fixture
def people(centre):
    """Registers as many people as are wanted; their ids."""

    def registered(count):
        with centre.change() as session:
            names = [f"Orang {chr(65 + number)}" for number in range(count)]
            return [register_intake(session, person={"full_name": name, "sex": "P"}).person_id for name in names]

    return registered


@pytest.fixture
def form_file(tmp_path):
    def written(version="1", label="Umur", name="desa.md", text=OWN):
        path = tmp_path / name
        path.write_text(text.format(version=version, label=label), encoding="utf-8")
        return path

    return written


def titles(page):
    return [page.shelf.rows.row(line).known.title for line in range(page.shelf.rows.rowCount())]


def words(widget):
    return " | ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def dialog(page, kind, qtbot):
    def shown():
        return [one for one in page.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=10_000)
    return shown()[0]


def publish(page, path, qtbot, settled, **facts):
    page.opened(path)
    asking = dialog(page, Publish, qtbot)
    asking.form.set_values({"kind": "survey", "about": "person", "sensitivity": "ordinary", **facts})
    asking.publish()
    settled(page.desk.worker)
    settled(page.desk.worker)


def figures(page, name, settled):
    page.open(name, "figures")
    settled(page.desk.worker)
    settled(page.desk.worker)
    return page.look.figures


# The shelf


def test_a_questionnaire_is_found_and_opened_by_keyboard(each_language, page, qtbot, press, settled):
    page.shelf.search.setFocus()
    press("who-5")
    assert [page.shelf.rows.row(0).id, page.shelf.rows.rowCount()] == ["who5", 1]
    page.shelf.list.setFocus()
    press("\n")
    settled(page.desk.worker)
    assert page.title.text() == {"id": "Indeks Kesejahteraan WHO-5", "en": "WHO-5 Well-Being Index"}[each_language]
    press([Qt.Key.Key_Escape])
    settled(page.desk.worker)
    assert (page.title.text(), QApplication.focusWidget()) == (_("Questionnaires"), page.shelf.list)


def test_the_shelf_is_narrowed_to_a_kind(page):
    page.shelf.kind.setCurrentIndex(page.shelf.kind.findData("audit"))
    page.shelf.kind.activated.emit(page.shelf.kind.currentIndex())
    assert titles(page) == ["Self-Audit: Gender and HIV in the Work of the Centre"]


def test_everything_in_sight_has_a_name_and_a_letter_of_its_own(each_language, page, complaints, settled):
    assert complaints(page) == []
    page.open("rss")
    settled(page.desk.worker)
    assert complaints(page) == []
    page.look.tabs.setCurrentIndex(2)
    settled(page.desk.worker)
    assert complaints(page) == []


def test_how_often_protected_ones_were_answered_is_not_told(page):
    line = next(one for one in page.shelf.shelved if one.id == "quick_screen")
    assert line.answered is None


def test_a_counsellor_is_not_offered_to_load_forms(as_counsellor, page):
    assert not page.load_button.isVisibleTo(page)


def offered(page):
    page.more.fill()
    return {action.text() for action in page.more.choices.actions()}


def test_who_may_not_publish_is_offered_neither_versions_nor_withdrawing(as_counsellor, page, settled):
    page.open("who5")
    settled(page.desk.worker)
    both = {"Print blank…", "Save the form as XLSX…", "Export answers…", "Take submissions in…"}
    assert offered(page) == both


def test_answers_one_does_not_read_are_not_offered_for_export(page, settled):
    page.open("quick_screen")
    settled(page.desk.worker)
    assert "Export answers…" not in offered(page)


# Asking


def test_whom_to_ask_is_chosen_by_keyboard(page, client, qtbot, desk, press, settled):
    page.shelf.list.selectRow(page.shelf.rows.position_of("who5"))
    press([Qt.Key.Key_F2])
    asking = dialog(page, AskPerson, qtbot)
    asking.person.line.setFocus()
    qtbot.keyClicks(asking.person.line, "aminah")
    qtbot.waitUntil(lambda: bool(asking.person.line.offered()))
    qtbot.keyClick(asking.person.line, Qt.Key.Key_Return)
    asking.go_on()
    settled(desk.worker)
    about = {"person_id": client.person_id, "case_id": client.case_id}
    assert desk.went == [("questionnaire", ("begin", "who5", about))]


def test_nobody_is_asked_before_somebody_is_chosen(page, qtbot, desk):
    page.ask("who5")
    asking = dialog(page, AskPerson, qtbot)
    asking.go_on()
    assert asking.person.about.text() == _("Choose who is asked.")
    assert desk.went == []


def test_a_protected_questionnaire_warns_that_it_cannot_be_opened_again(page, qtbot):
    page.ask("quick_screen")
    assert _("Only protection officers read the answers. Once it is complete you cannot open it again.") in words(
        dialog(page, AskPerson, qtbot)
    )


def test_an_event_is_chosen_for_a_questionnaire_about_events(page, qtbot, desk, centre, settled):
    with centre.change() as session:
        event = record_training(session, event={"training_type": "kelas", "topic": "Anggaran", "starts_on": today()}).id
    page.ask("reaction")
    asking = dialog(page, AskAboutEvent, qtbot)
    settled(desk.worker)
    asking.go_on()
    assert desk.went == [("questionnaire", ("begin", "reaction", {"event_id": event}))]


def test_the_self_audit_begins_at_once(page, desk):
    page.ask("mainstreaming_audit")
    assert desk.went == [("questionnaire", ("begin", "mainstreaming_audit", {}))]


def test_a_questionnaire_is_looked_through_without_anybody(page, desk, settled, centre):
    page.look_through("who5")
    settled(desk.worker)
    with centre.read() as session:
        assert desk.went == [("questionnaire", ("preview", shelved(session, "who5").version_id))]


# Forms


def test_a_faulty_form_is_refused_with_sheet_row_and_column(page, form_file, qtbot, centre):
    page.opened(form_file(label="${tidak_ada}"))
    refused = dialog(page, RefusedFile, qtbot)
    fault = refused.rows.row(0)
    assert [fault.place("sheet"), fault.place("row")] == ["survey", "2"]
    with centre.read() as session:
        assert session.query(QuestionnaireVersion).count() == 0


def test_a_file_that_is_no_form_is_refused_in_words(page, tmp_path, qtbot):
    path = tmp_path / "photo.xlsx"
    path.write_bytes(b"\x89PNG nothing of a workbook")
    page.opened(path)
    assert len(words(dialog(page, RefusedFile, qtbot))) > len(_("This form cannot be used yet"))


def test_a_form_of_the_centre_s_own_is_published_and_found(page, form_file, qtbot, settled):
    publish(page, form_file(), qtbot, settled)
    line = next(one for one in page.shelf.shelved if one.id == "desa")
    assert (line.known.title, line.known.sensitivity, line.answered) == ("Survei Desa", "ordinary", 0)


def test_what_a_new_version_changes_is_said_before_and_after(page, form_file, qtbot, settled):
    publish(page, form_file(), qtbot, settled)
    page.opened(form_file(version="2", label="Umur Ibu"))
    changed = "umur is now worded: Umur Ibu"
    asking = dialog(page, Publish, qtbot)
    assert changed in words(asking)
    asking.publish()
    settled(page.desk.worker)
    page.open("desa")
    settled(page.desk.worker)
    qtbot.waitUntil(lambda: changed in words(page.look.about))


def test_a_withdrawn_questionnaire_is_not_asked_until_it_is_brought_back(page, settled, monkeypatch, desk):
    monkeypatch.setattr(questionnaires_more, "ask", lambda *_words, **_more: True)
    page.open("who5")
    settled(desk.worker)
    page.more.withdraw()
    settled(desk.worker)
    settled(desk.worker)
    page.ask("who5")
    assert (page.ask_button.isEnabled(), desk.went) == (False, [])
    page.more.withdraw()
    settled(desk.worker)
    settled(desk.worker)
    assert page.ask_button.isEnabled()


def test_fewer_may_read_the_answers_as_long_as_there_are_none(page, settled, monkeypatch, desk, answer, people):
    monkeypatch.setattr(questionnaires_more, "ask", lambda *_words, **_more: True)
    page.open("satisfaction")
    settled(desk.worker)
    assert offered(page) >= {"Only for: Counsellors and coordinators…", "Only for: Protection officers…"}
    page.more.tighten("sensitive")
    settled(desk.worker)
    settled(desk.worker)
    assert page.more.known.sensitivity == "sensitive"
    answer("satisfaction", person_id=people(1)[0])
    page.open("satisfaction")
    settled(desk.worker)
    assert not [words for words in offered(page) if words.startswith("Only for")]


def test_the_form_is_saved_as_a_workbook_that_can_be_read_again(page, settled, monkeypatch, tmp_path, desk):
    from resource_centre.questionnaires.reading import read_form

    monkeypatch.setattr(questionnaires_more, "ask_where", lambda *_words: tmp_path / "who5.xlsx")
    page.open("who5")
    settled(desk.worker)
    page.more.save_form()
    settled(desk.worker)
    settled(desk.worker)
    assert read_form(tmp_path / "who5.xlsx").name == "who5"


# Weights


def test_official_weights_come_into_use_when_they_are_loaded(page, settled, tmp_path, centre, desk):
    path = tmp_path / "weights.csv"
    rss = Path(questionnaires.__file__).parents[2] / "resource_centre" / "data" / "questionnaires"
    path.write_text((rss / "rss.weights.csv").read_text("utf-8").replace("equal,", "official,"), "utf-8")
    facts = (rss / "weight_sets.csv").read_text("utf-8").replace("rss,equal,1,no,", "rss,official,2,yes,")
    (tmp_path / "weight_sets.csv").write_text(facts, "utf-8")
    page.open("rss")
    settled(desk.worker)
    page.look.load_weights(path)
    settled(desk.worker)
    with centre.read() as session:
        used = next(one for one in weight_sets(session, "rss") if one.in_use)
    assert (used.weights.name, used.weights.official) == ("official", True)


def test_bands_are_turned_on_by_who_knows_their_limits(page, settled, monkeypatch, desk, push, qtbot):
    monkeypatch.setattr("ui.pages.questionnaires_look.ask", lambda *_words, **_more: True)
    page.open("rss")
    settled(desk.worker)
    push(page, "Show bands")
    settled(desk.worker)
    said = "Bands: Intensive follow-up; from 0.33: Regular follow-up; from 0.66: Light follow-up"
    qtbot.waitUntil(lambda: said in words(page.look.about))


def test_faulty_weights_are_refused_row_by_row(page, settled, tmp_path, centre, desk, qtbot):
    path = tmp_path / "weights.csv"
    path.write_text(f"{WEIGHTS}economic,tidak_ada,1,0.5,1,1,yes\n", "utf-8")
    facts = "form_id,set_id,version,official,coverage,calculation,low,high,source\nrss,x,1,no,0.8,weighted_mean,0,1,\n"
    (tmp_path / "weight_sets.csv").write_text(facts, "utf-8")
    page.open("rss")
    settled(desk.worker)
    page.look.load_weights(path)
    assert dialog(page, RefusedFile, qtbot).rows.row(0).place("row") == "2"


# Answers out and in


@pytest.fixture
def exported(page, people, answer, settled, monkeypatch, tmp_path, qtbot):
    """The file that somebody exported: two people's PHQ-2."""
    for person_id in people(2):
        answer("phq2", person_id=person_id)
    monkeypatch.setattr(questionnaires_kobo, "ask_where", lambda *_words: tmp_path / "phq2.xlsx")
    page.open("phq2")
    settled(page.desk.worker)
    page.more.export_answers()
    asking = dialog(page, ExportAnswers, qtbot)
    asking.numbers.setChecked(True)
    asking.save()
    settled(page.desk.worker)
    settled(page.desk.worker)
    return tmp_path / "phq2.xlsx"


def test_answers_are_given_out_as_a_workbook(exported):
    assert exported.read_bytes().startswith(b"PK")


def test_the_number_in_a_file_is_warned_of(page, qtbot, settled):
    page.open("phq2")
    settled(page.desk.worker)
    page.more.export_answers()
    asking = dialog(page, ExportAnswers, qtbot)
    assert not asking.warning.isVisibleTo(asking)
    asking.numbers.setChecked(True)
    assert asking.warning.isVisibleTo(asking)


def test_submissions_are_taken_in_once(page, exported, settled, qtbot):
    page.more.take_submissions_in(exported)
    asking = dialog(page, TakeIn, qtbot)
    asking.take()
    assert "2 were here already." in words(dialog(page, Taken, qtbot))


def test_a_file_of_another_form_is_refused_in_words(page, settled, qtbot, desk, tmp_path):
    told = []
    desk.messages.told.connect(told.append)
    (tmp_path / "other.csv").write_text("umur,berat,tinggi,kelas\n7,20,110,1\n", "utf-8")
    page.open("who5")
    settled(desk.worker)
    page.more.take_submissions_in(tmp_path / "other.csv")
    dialog(page, TakeIn, qtbot).take()
    settled(desk.worker)
    assert [one.text for one in told] == ["The headings of this file are not the questions of this form."]


# Figures


def test_fewer_than_five_people_are_not_shown(page, people, answer, settled):
    for person_id in people(4):
        answer("phq2", person_id=person_id)
    shown = figures(page, "phq2", settled)
    assert "5" in shown.said.text()
    assert not shown.spread.isVisibleTo(page)


def test_of_protected_answers_no_figure_is_shown(page, people, answer, settled):
    for person_id in people(5):
        answer("quick_screen", person_id=person_id)
    shown = figures(page, "quick_screen", settled)
    assert shown.said.text() == "Your account does not read the answers."
    assert not shown.spread.isVisibleTo(page)


def test_answers_and_each_reason_for_none_stand_apart(page, people, answer, settled):
    *most, last = people(6)
    for person_id in most:
        answer("phq2", person_id=person_id, choice=1)
    answer("phq2", person_id=last, why="refused")
    shown = figures(page, "phq2", settled)
    shown.question_list.selectRow(shown.questions.position_of("little_interest"))
    lines = [shown.answers.row(place) for place in range(shown.answers.rowCount())]
    assert [(one.id, one.number, one.plain) for one in lines if one.number != "0"] == [
        ("1", "5", True),
        ("!refused", "1", False),
    ]


def test_a_period_counts_only_what_was_asked_in_it(page, people, answer, settled):
    for person_id in people(5):
        answer("phq2", person_id=person_id, asked_on=today() - 900 * DAY)
    shown = figures(page, "phq2", settled)
    shown.period.choice.setCurrentIndex(shown.period.choice.findData("half"))
    shown.period.choice.activated.emit(shown.period.choice.currentIndex())
    settled(page.desk.worker)
    assert shown.said.text() == _("Nobody has answered it in this time.")


def test_before_and_after_is_said_in_words(page, people, answer, settled):
    for number, person_id in enumerate(people(5)):
        answer("phq2", person_id=person_id, choice=3, occasion="baseline", asked_on=today() - 200 * DAY)
        answer("phq2", person_id=person_id, choice=number % 2, occasion="endline", asked_on=today() - DAY)
    shown = figures(page, "phq2", settled)
    line = shown.scale_rows.row(0)
    assert (line.one.n, direction_words(line.one)) == (5, _("better"))
    assert shown.caution.text() == "Not a diagnosis. Something to talk about."


def test_a_difference_of_nought_has_no_minus_sign(each_language):
    comma = {"id": ",", "en": "."}[i18n.language()]
    assert (signed(-0.001), signed(-0.25)) == (f"0{comma}00", f"−0{comma}25")


def test_every_answering_is_listed_with_who_and_when(page, people, answer, settled):
    (person_id,) = people(1)
    given = answer("who5", person_id=person_id, occasion="baseline")
    page.open("who5", "answers")
    settled(page.desk.worker)
    page.look.answers.list.chosen.emit(given)
    assert page.look.answers.rows.row(0).who == "Orang A"
    assert page.desk.went == [("questionnaire", ("response", given))]


@pytest.fixture
def in_indonesian():
    i18n.set_language("id")


def test_somebody_is_asked_by_keyboard_alone_in_indonesian(in_indonesian, opened, keyboard):
    with opened.worker.centre.change() as session:
        register_intake(session, person={"full_name": "Siti Aminah", "sex": "P"}, open_case=True)
    keyboard.press("Ctrl+9")
    keyboard.to("Cari menurut judul")
    keyboard.type("who-5")
    keyboard.push("Tanyakan…")
    keyboard.type("aminah")
    keyboard.qtbot.waitUntil(lambda: bool(keyboard.focus().offered()))
    keyboard.press("Return")
    keyboard.press("Space")
    shell = opened.window.shown()
    assert (shell.here(), shell.page("questionnaire").title.text()) == ("questionnaire", "Indeks Kesejahteraan WHO-5")
