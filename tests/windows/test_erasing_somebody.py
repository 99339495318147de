"""A coordinator erases somebody: told what goes, asked on what ground, and nothing happens by a slip of the hand."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from sqlalchemy import select

from resource_centre.access import COUNSELLOR, Viewer
from resource_centre.records import Person, new_id
from ui.pages.person import PersonPage
from ui.pages.person_erasing import ErasingDialog


@pytest.fixture
def page(client, desk, show_page):
    return show_page(PersonPage(desk), client.person_id)


def answer_with(act, seen):
    """What somebody does when the dialog is there."""

    def look():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ErasingDialog):
            QTimer.singleShot(20, look)
            return
        seen.append(dialog)
        seen.append(" | ".join(label.text() for label in dialog.findChildren(QLabel)))
        act(dialog)

    QTimer.singleShot(0, look)


def choose(dialog, code):
    dialog.reason.setCurrentIndex(dialog.reason.findData(code))


def people(centre):
    with centre.read() as session:
        return session.scalars(select(Person.id)).all()


def test_who_is_erased_is_gone_and_the_list_is_shown(page, client, centre, settled):
    seen = []

    def erase(dialog):
        assert not dialog.erase.isEnabled()
        choose(dialog, "asked_for")
        dialog.erase.click()

    answer_with(erase, seen)
    page.erase_button.click()
    settled(page.desk.worker)
    assert "This cannot be undone." in seen[1]
    assert "Person 1" in seen[1]
    assert people(centre) == []
    assert page.person_id is None


def test_enter_and_escape_keep_the_person(page, client, centre, settled):
    for key in ("enter", "escape"):
        seen = []

        def keep(dialog, key=key):
            choose(dialog, "unlawful")
            default = next(one for one in dialog.findChildren(QPushButton) if one.isDefault())
            default.click() if key == "enter" else dialog.reject()

        answer_with(keep, seen)
        page.erase_button.click()
        settled(page.desk.worker)
        assert seen
    assert people(centre) == [client.person_id]


def test_who_is_no_coordinator_is_not_offered_it(client, desk, show_page, centre):
    centre.viewer = Viewer(new_id(), COUNSELLOR)
    page = show_page(PersonPage(desk), client.person_id)
    assert not page.erase_button.isVisibleTo(page)
