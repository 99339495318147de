# SPDX-License-Identifier: Apache-2.0
"""Keys and hints fit the language and the account: nothing is named that does not work."""

from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLabel

from resource_centre.access import COLLECTOR, COORDINATOR
from ui.kit.page import Page
from ui.kit.typed_dates import show_time
from ui.pages.imports_pairs import PairsView
from ui.pages.people import PeoplePage
from ui.shell import Shell
from ui.shell_keys import KeysDialog
from ui.shell_pages import shortcut_of


@pytest.fixture
def signed_in_as(desk, monkeypatch):
    """The desk of somebody with this role."""

    def become(role):
        monkeypatch.setattr(desk.worker.centre, "viewer", replace(desk.worker.centre.viewer, role=role))
        return desk

    return become


def test_the_letters_of_a_decision_are_those_its_buttons_name(each_language, desk, qtbot):
    view = PairsView(desk)
    qtbot.addWidget(view)
    letters = {shortcut.key().toString() for shortcut in view.findChildren(QShortcut)}
    assert letters == {"id": {"S", "B"}, "en": {"S", "D"}}[each_language]
    assert all(f"({letter})" in view.same.text() + view.different.text() for letter in letters)


@pytest.mark.parametrize(("role", "named"), [(COORDINATOR, True), (COLLECTOR, False)])
def test_the_card_of_keys_names_only_pages_of_the_account(signed_in_as, qtbot, role, named):
    shell = Shell(signed_in_as(role), centre_name="Uji", person_name="Ratna", make=lambda key, desk: Page(desk, key))
    qtbot.addWidget(shell)
    shell.go("home")
    shell.show_keys()
    card = shell.findChild(KeysDialog)
    words = {label.text() for label in card.findChildren(QLabel)}
    card.accept()
    assert {"Home", shortcut_of("training"), "Training", "Intake"} <= words
    of_counsellors = {shortcut_of("counselling"), "Counselling", shortcut_of("cases"), "Cases"}
    assert of_counsellors & words == (of_counsellors if named else set())


@pytest.mark.parametrize(("role", "named"), [(COORDINATOR, True), (COLLECTOR, False)])
def test_an_empty_list_proposes_an_import_only_to_who_may_import(signed_in_as, qtbot, role, named):
    page = PeoplePage(signed_in_as(role))
    qtbot.addWidget(page)
    assert ("import" in page._why_nobody()) is named


def test_a_time_of_day_is_written_as_in_the_language(each_language):
    assert show_time(time(8, 5)) == {"id": "08.05", "en": "08:05"}[each_language]
