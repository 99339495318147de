# SPDX-License-Identifier: Apache-2.0
"""Answers of which several are possible: everybody's own words for them are understood."""

import pytest
from PySide6.QtCore import Qt

from resource_centre.vocabulary import vocabulary
from ui.kit.editor_for import editor_for
from ui.kit.editors_codes import CodeEditor, CodesEditor, choices_of

SEVERAL = [
    "arrival_support",
    "asset",
    "disability",
    "migration_finance",
    "need",
    "observation",
    "plan_party",
    "reason_left",
    "reason_returned",
    "referral_data",
    "referral_service",
    "remittance_channel",
    "remittance_use",
    "savings_place",
    "session_activity",
    "session_topic",
    "social_protection",
    "visit_reason",
]


@pytest.fixture
def several(qtbot):
    def make(name):
        editor = editor_for("codes", name)
        qtbot.addWidget(editor)
        return editor

    return make


def write(qtbot, editor, words):
    line = editor.findChild(CodeEditor).combo.lineEdit()
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    line.editingFinished.emit()


def test_words_of_their_own_are_taken_one_after_the_other(several, qtbot):
    editor = several("remittance_channel")
    for words in ("western union", "titip teman", "WU"):
        write(qtbot, editor, words)
    assert editor.value() == ["mto", "titip_teman"]


def test_words_that_are_in_no_list_stay_to_be_seen(several, qtbot):
    editor = several("remittance_channel")
    write(qtbot, editor, "merpati pos")
    assert (editor.value(), editor.unreadable()) == (None, "not_in_list")


@pytest.mark.parametrize("name", SEVERAL)
def test_every_label_chooses_its_code_in_each_language(qtbot, each_language, name):
    editor = CodesEditor(choices_of(name), vocabulary(name).find)
    qtbot.addWidget(editor)
    for _code, words in choices_of(name):
        write(qtbot, editor, words)
    assert editor.value() == list(vocabulary(name).codes)
