# SPDX-License-Identifier: Apache-2.0
"""Whoever types at once after a crash does not write over the draft that is still being looked for."""

import pytest

from resource_centre.records import Person, fields_of
from ui.kit.form import Form


@pytest.fixture
def form(desk, qtbot):
    """Name, sex and remarks."""
    made = Form(desk.places)
    made.add_fields(fields_of(Person), "full_name", "sex", "remarks")
    qtbot.addWidget(made)
    return made


def test_letters_typed_before_the_draft_is_there_fill_its_gaps_only(desk, form, settled):
    before = desk.drafts.keep("intake", form, parent=form)
    form.editor("full_name").line.setText("Mariam")
    before.touch()
    desk.drafts.flush()
    settled(desk.worker)
    form.clear()

    again = desk.drafts.keep("intake", form, parent=form)
    again.offer(form.restore)
    form.editor("full_name").line.setText("p")
    form.editor("remarks").set_value("datang bersama anak")
    again.touch()
    again.write_now()
    settled(desk.worker)

    assert form.values("full_name", "remarks") == {"full_name": "Mariam", "remarks": "datang bersama anak"}
    again.write_now()
    kept = []
    desk.drafts.find("intake", None, kept.append)
    settled(desk.worker)
    assert {name: part["typed"] for name, part in kept[0].items()} == form.values("full_name", "remarks")
