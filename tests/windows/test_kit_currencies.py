# SPDX-License-Identifier: Apache-2.0
"""An amount is typed and shown in the currency that stands beside it."""

import pytest
from PySide6.QtCore import Qt

from resource_centre.records import Complaint, fields_of
from ui.kit.form import Form


@pytest.fixture
def form(qtbot, places):
    form = Form(places)
    form.add_fields(fields_of(Complaint), "currency", "claimed", "awarded")
    form.follow_currency("currency", "claimed", "awarded")
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    return form


def write(qtbot, form, name, text):
    line = form.editor(name).main
    line.setFocus()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Tab)


def test_an_amount_is_shown_in_the_currency_that_is_chosen(qtbot, form):
    write(qtbot, form, "currency", "MYR")
    write(qtbot, form, "claimed", "10500")
    assert form.editor("claimed").line.text() == "RM10.500"
    assert form.editor("awarded").line.placeholderText() == "RM"
    assert form.values() == {"currency": "MYR", "claimed": 10_500, "awarded": None}


def test_another_currency_changes_the_symbol_and_never_the_figure(qtbot, form):
    form.set_values({"claimed": 10_500, "currency": "IDR"})
    assert form.editor("claimed").line.text() == "Rp10.500"
    form.editor("currency").main.lineEdit().clear()
    write(qtbot, form, "currency", "Dolar Hong Kong")
    form.editor("currency").main.lineEdit().clear()
    write(qtbot, form, "currency", "HKD")
    assert (form.editor("claimed").line.text(), form.values("claimed")) == ("HK$10.500", {"claimed": 10_500})


def test_a_draft_comes_back_in_its_currency(form, qtbot, places):
    form.set_values({"currency": "TWD", "claimed": 30_000})
    again = Form(places)
    again.add_fields(fields_of(Complaint), "currency", "claimed", "awarded")
    again.follow_currency("currency", "claimed", "awarded")
    qtbot.addWidget(again)
    again.restore(form.typed())
    assert again.values() == {"currency": "TWD", "claimed": 30_000, "awarded": None}


def test_the_symbol_may_be_typed(qtbot, form):
    form.set_values({"currency": "SAR"})
    write(qtbot, form, "claimed", "SAR 4.000")
    assert (form.editor("claimed").line.text(), form.values("claimed")) == ("SAR 4.000", {"claimed": 4_000})
