# SPDX-License-Identifier: Apache-2.0
"""Who printed what, and when: the coordinator reads it in the settings, and of one person from their page."""

import datetime as dt

import pytest

from resource_centre.services.intake import register_intake
from resource_centre.services.paper_copies import record_copy
from ui.pages.copies import CopiesDialog, paper_words
from ui.pages.papers import Offer, PapersButton
from ui.pages.settings import SettingsPage


@pytest.fixture
def printed(centre):
    """A client of whose papers two copies were made, and a report that was saved with a password."""
    with centre.change() as session:
        who = {"full_name": "Siti Aminah", "sex": "P"}
        person_id = register_intake(session, person=who, on=dt.date(2026, 11, 2)).person_id
        told = {"record_id": person_id, "person_id": person_id, "number": "LTM-26-A1-C0001-X"}
        record_copy(session, "intake", way="printed", **told)
        record_copy(session, "intake", way="failed", **told)
        record_copy(session, "report", way="saved", number="2026-10", audience="public", locked=True)
        return person_id


@pytest.fixture
def tab(qtbot, desk, settled, printed):
    """The tab of the settings, read."""
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    titles = [page.tabs.tabText(place) for place in range(page.tabs.count())]
    page.tabs.setCurrentIndex(titles.index("Copies made"))
    settled(desk.worker)
    return page.tabs.currentWidget().copies


def shown(copies):
    return [[copies.rows.index(at, column).data() for column in (1, 3, 5)] for at in range(copies.rows.rowCount())]


def test_the_coordinator_reads_what_left_and_how(tab):
    assert sorted(shown(tab)) == [
        ["Intake", "1", "Printed"],
        ["Intake", "2", "Could not be made"],
        ["Report · For publication", "1", "Saved as a file, with a password"],
    ]
    assert tab.count.text() == "3 copies"


def test_nobody_is_named_in_the_trail(tab):
    columns = range(tab.rows.columnCount())
    words = [tab.rows.index(at, column).data() for at in range(3) for column in columns]
    assert not any("Siti" in word for word in words)


def test_one_kind_of_paper_is_chosen(tab, desk, settled):
    tab.kinds.setCurrentIndex(tab.kinds.findData("report"))
    tab.kinds.activated.emit(tab.kinds.currentIndex())
    settled(desk.worker)
    assert shown(tab) == [["Report · For publication", "1", "Saved as a file, with a password"]]


def test_days_are_chosen(tab, desk, settled):
    tab.period.choice.setCurrentIndex(tab.period.choice.findData("last_year"))
    tab.period.choice.activated.emit(0)
    settled(desk.worker)
    assert shown(tab) == []
    assert tab.count.text() == "0 copies"


def test_a_copy_made_meanwhile_comes_into_the_list(tab, desk, settled, printed):
    desk.worker.change(lambda session: record_copy(session, "consent", way="printed", record_id=printed))
    settled(desk.worker)
    assert ["Consent", "1", "Printed"] in shown(tab)


def test_the_menu_of_a_persons_papers_leads_to_their_copies(qtbot, desk, settled, printed):
    button = PapersButton(desk, lambda: [Offer("intake", printed)], lambda: printed)
    qtbot.addWidget(button)
    button.menu().aboutToShow.emit()
    assert [one.text() for one in button.menu().actions() if one.text()] == ["Intake", "Copies made…"]


def test_the_copies_of_a_person_are_only_theirs(qtbot, desk, settled, printed):
    dialog = CopiesDialog(None, desk, printed)
    qtbot.addWidget(dialog)
    settled(desk.worker)
    assert {words for words, *_rest in shown(dialog.copies)} == {"Intake"}


def test_every_kind_that_is_written_down_has_words():
    assert paper_words("case_summary") == "Case summary"
    assert paper_words("of a later program") == "Report"
