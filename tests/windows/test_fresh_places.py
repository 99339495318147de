# SPDX-License-Identifier: Apache-2.0
"""A place among several of the same name is never taken unseen."""

import pytest
from PySide6.QtCore import Qt

from ui.kit.editors_place import PlaceEditor, PlacesEditor


@pytest.fixture
def editor(qtbot, places):
    """A picker of regencies, districts and villages, shown."""
    made = PlaceEditor(places, levels=("regency", "district", "village"))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.line.setFocus()
    return made


def test_enter_takes_the_line_that_is_marked(editor, qtbot, places):
    qtbot.keyClicks(editor.line, "Selong")
    shown = editor.line.completer().popup()
    assert shown.selectionModel().isSelected(shown.currentIndex())
    marked = shown.currentIndex().data()
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert editor.line.text() == marked == places.full_name(editor.value()) == "Kec. Selong, Kab. Lombok Timur"
    editor.line.completer().popup().hide()


def test_after_a_village_is_taken_the_line_is_free_for_the_next(qtbot, places):
    several = PlacesEditor(places)
    qtbot.addWidget(several)
    several.show()
    qtbot.waitExposed(several)
    line = several.one.line
    line.setFocus()
    for name in ("kelayu selatan", "labuhan lombok"):
        qtbot.keyClicks(line, name)
        qtbot.keyClick(line.completer().popup(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not line.text())
    assert [places.gazetteer.name(code) for code in several.value()] == ["Kelayu Selatan", "Labuhan Lombok"]
    assert several.unreadable() is None
