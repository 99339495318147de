"""A form made of field descriptions: names for everybody, problems where they are, nothing typed is lost."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from resource_centre.problems import Problem
from resource_centre.records import Address, Identifier, Person, field_of, fields_of
from ui.kit.editors_numbers import NikEditor
from ui.kit.form import Form
from ui.kit.form_row import WHY_NOT
from ui.kit.pieces import Card, label

NAMES = ("full_name", "sex", "birth_date", "marital_status", "safe_phone", "may_leave_message", "remarks")


@pytest.fixture
def form(qtbot, places, theme):
    form = Form(places)
    form.add_heading("Who")
    form.add_fields(fields_of(Person), *NAMES)
    form.add_field(field_of(Identifier.value), NikEditor(places), name="nik")
    form.add_fields(fields_of(Address), "village_code")
    qtbot.addWidget(form)
    form.resize(1000, 700)
    form.show()
    return form


def test_every_field_is_named_and_reachable(each_language, form, complaints):
    assert complaints(form) == []
    for row in form.rows.values():
        assert row.label.buddy() is row.editor.main
        assert row.editor.main.accessibleName()


def test_help_is_read_to_who_cannot_see_it(form):
    row = form.rows["birth_date"]
    assert row.help in row.editor.main.accessibleDescription()


def test_a_problem_stands_beside_its_field_and_leads_there(form, qtbot):
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(form)
    area.resize(900, 200)
    area.show()
    asked = []
    for row in form.rows.values():
        row.editor.setFocus = lambda _reason, name=row.name: asked.append(name)
    wrong = form.show_problems(
        [Problem("village_code", "required"), Problem("birth_date", "date_in_future", "warning")]
    )
    area.takeWidget()
    assert wrong
    assert asked == ["village_code"]
    assert area.verticalScrollBar().value() > 0
    said = form.rows["village_code"].note.text()
    assert said == "Please fill this in."
    assert form.rows["birth_date"].note.property("role") == "warning"
    assert said in form.editor("village_code").main.accessibleDescription()


def test_a_warning_alone_does_not_forbid_saving(form):
    assert not form.show_problems([Problem("birth_date", "date_in_future", "warning")])


def test_typing_takes_the_problem_away(form, qtbot):
    form.show_problems([Problem("full_name", "required")])
    qtbot.keyClicks(form.editor("full_name").line, "S")
    assert form.rows["full_name"].note.text() == form.rows["full_name"].help


def test_what_cannot_be_understood_is_said_on_leaving_the_field(form, qtbot):
    line = form.editor("birth_date").line
    qtbot.keyClicks(line, "entah")
    line.editingFinished.emit()
    assert form.rows["birth_date"].note.text() == Problem("birth_date", "not_a_date").words()
    assert form.not_understood() == (Problem("birth_date", "not_a_date"),)


def test_one_can_say_why_there_is_no_answer(form, qtbot):
    form.editor("marital_status").set_value(None)
    row = form.rows["marital_status"]
    row.menu_button.menu().actions()[1].trigger()
    assert form.unanswered() == {"marital_status": "refused"}
    assert form.values("marital_status") == {"marital_status": None}
    assert row.reason.isVisibleTo(form)
    row.reason.click()
    assert form.unanswered() == {}
    assert row.editor.isVisibleTo(form)


def test_all_four_reasons_are_offered_but_not_where_an_answer_is_needed(form):
    assert len(form.rows["marital_status"].menu_button.menu().actions()) == len(WHY_NOT) == 4
    assert not form.rows["full_name"].menu_button.isVisibleTo(form)


def test_a_record_is_shown_with_its_reasons(form):
    person = Person(full_name="Rohani", sex="P", birth_date="1984", unanswered={"marital_status": "unknown"})
    form.set_values(person)
    values = form.values()
    assert (values["full_name"], values["sex"], values["birth_date"]) == ("Rohani", "P", "1984")
    assert form.unanswered() == {"marital_status": "unknown"}


def test_what_a_nik_says_is_offered_and_taken_only_when_asked(form, qtbot):
    editor = form.editor("nik")
    qtbot.keyClicks(editor.line, "5203015705840001")
    editor.line.editingFinished.emit()
    assert form.values("sex", "birth_date") == {"sex": None, "birth_date": None}
    form.rows["nik"].use.click()
    assert form.values("sex", "birth_date") == {"sex": "P", "birth_date": "1984-05-17"}


def test_everything_on_the_screen_survives_as_a_draft(form, qtbot, places):
    form.editor("full_name").line.setText("Siti A")
    form.editor("birth_date").line.setText("17 me")
    form.rows["marital_status"].set_why("not_asked")
    form.editor("may_leave_message").set_value(False)
    kept = json.loads(json.dumps(form.typed()))
    form.clear()
    assert form.is_empty()
    form.restore(kept)
    assert form.typed() == kept
    assert form.editor("birth_date").line.text() == "17 me"


def test_a_draft_of_an_older_form_does_not_break_a_newer_one(form):
    form.restore({"no_such_field": {"typed": "x"}, "full_name": {"typed": "Ani"}, "sex": "odd"})
    assert form.values("full_name") == {"full_name": "Ani"}


def test_notes_go_below_in_a_narrow_window(form, qtbot):
    row = form.rows["birth_date"]
    beside = row.note.y() < row.editor.parentWidget().geometry().bottom()
    form.resize(620, 700)
    qtbot.waitUntil(lambda: row.note.y() >= row.editor.parentWidget().geometry().bottom())
    assert beside


def test_the_reasons_are_one_key_away(form, qtbot, monkeypatch):
    shown = []
    for row in form.rows.values():
        monkeypatch.setattr(row.menu_button, "showMenu", lambda name=row.name: shown.append(name))
    form.activateWindow()
    for name in ("marital_status", "full_name"):
        form.editor(name).main.setFocus()
        qtbot.keyClick(form.editor(name).main, Qt.Key.Key_F8)
    assert shown == ["marital_status"]


def test_help_that_wraps_is_never_cut(form, qtbot):
    card = Card("Narrow")
    qtbot.addWidget(card)
    text = label("A year alone is enough: 1984, 5-1984 or 17-5-1984. " * 3, "help", wrap=True)
    card.body.addWidget(text)
    card.resize(180, 400)
    card.show()
    assert text.height() >= text.heightForWidth(text.width())
