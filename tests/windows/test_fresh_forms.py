# SPDX-License-Identifier: Apache-2.0
"""What a form says when an answer is missing."""

from resource_centre.problems import Problem
from resource_centre.records import Account, Person, fields_of
from ui.kit.form import Form


def test_a_reason_is_asked_for_only_where_one_can_be_given(desk, qtbot):
    settings = Form(desk.places, asks_why=False)
    settings.add_fields(fields_of(Account), "name")
    intake = Form(desk.places)
    intake.add_fields(fields_of(Person), "full_name", "birth_place")
    for form in (settings, intake):
        qtbot.addWidget(form)
        form.show_problems([Problem(name, "required") for name in form.rows])
    said = {name: row.note.text() for form in (settings, intake) for name, row in form.rows.items()}
    assert said["name"] == said["full_name"] == "Please fill this in."
    assert said["birth_place"].startswith("Please fill this in, or say why")
