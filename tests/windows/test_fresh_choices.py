# SPDX-License-Identifier: Apache-2.0
"""An answer by radio button is chosen with the keyboard alone, in one key."""

import pytest
from PySide6.QtCore import Qt

from ui.kit.editors import ChoiceEditor


@pytest.fixture
def editor(qtbot):
    """Three answers, the keyboard on the first."""
    made = ChoiceEditor([("male", "Laki-laki"), ("female", "Perempuan"), ("unknown", "Tidak diketahui")])
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.findChild(type(made._group.button(0))).setFocus()
    return made


def test_the_first_letter_chooses(editor, qtbot):
    qtbot.keyClick(editor._group.button(0), Qt.Key.Key_P)
    assert editor.value() == "female"
    qtbot.keyClick(editor._group.button(1), Qt.Key.Key_X)
    assert editor.value() == "female"


def test_an_arrow_chooses_also_when_nothing_is_chosen_yet(editor, qtbot):
    with qtbot.waitSignal(editor.settled):
        qtbot.keyClick(editor._group.button(0), Qt.Key.Key_Right)
    assert editor.value() == "female"
    qtbot.keyClick(editor._group.button(1), Qt.Key.Key_Left)
    assert editor.value() == "male"


def test_letters_with_alt_are_left_to_the_form(editor, qtbot):
    qtbot.keyClick(editor._group.button(0), Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert editor.value() is None
