# SPDX-License-Identifier: Apache-2.0
"""The coordinator writes to the month and sets what the year is to come to, on the second tab of the report."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from resource_centre.roles import COLLECTOR
from resource_centre.services import indicator_targets, month_narratives
from resource_centre.services.drafts import draft_of
from resource_centre.services.indicator_targets import set_target, targets_of
from resource_centre.services.month_narratives import narrative_id, narrative_of, write_narrative
from ui.pages import report as report_page
from ui.pages import report_period
from ui.pages.report import WORDS, ReportPage
from ui.pages.unsaved import place_of_draft

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def sunday(monkeypatch):
    for module in (report_page, report_period, month_narratives, indicator_targets):
        monkeypatch.setattr(module, "today", lambda: dt.date(2026, 11, 22))


@pytest.fixture
def page(desk, show_page, settled):
    """The second tab, as one comes to it from the first."""
    page = show_page(ReportPage(desk), timeout=30_000)
    page.tabs.setCurrentIndex(WORDS)
    settled(desk.worker)
    return page


@pytest.fixture
def written(centre):
    """What stands in the month in the end."""

    def read(name, month="2026-10"):
        with centre.read() as session:
            return getattr(narrative_of(session, month), name)

    return read


def shown(page, code):
    """A line of the list of targets."""
    rows = page.words.targets.rows
    return rows.row(rows.position_of(code))


def test_texts_are_typed_and_saved_by_keyboard_alone(page, qtbot, desk, settled, written):
    qtbot.keyClicks(page.window().focusWidget(), "Dua desa baru.")
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(page.window().focusWidget(), "Hujan.")
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_S, CTRL)
    settled(desk.worker)
    assert (written("achievements"), written("challenges")) == ("Dua desa baru.", "Hujan.")


def test_saving_the_texts_asks_for_no_file(page, qtbot, desk, settled, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (asked.append(1), ("", ""))[1])
    qtbot.keyClick(page.words.form.form.editor("challenges").text, Qt.Key.Key_S, CTRL)
    settled(desk.worker)
    assert asked == []


def test_what_is_saved_stands_on_the_pages_when_one_turns_back(page, desk, settled):
    page.words.form.form.set_values({"achievements": "Dua desa baru."})
    page.words.form.save()
    settled(desk.worker)
    page.tabs.setCurrentIndex(0)
    settled(desk.worker, timeout=30_000)
    assert dict(page.paper.figures.narrative) == {"achievements": "Dua desa baru."}


def test_pages_nothing_has_changed_on_are_not_made_again(page, desk, settled):
    before = page.paper
    page.tabs.setCurrentIndex(0)
    settled(desk.worker, timeout=30_000)
    assert page.paper is before


def test_a_story_without_consent_is_asked_about_beside_the_question(page, desk, settled, written):
    page.words.form.form.set_values({"story": "Seorang ibu membuka warung."})
    page.words.form.save()
    settled(desk.worker)
    assert "consent" in page.words.form.form.rows["story_agreed"].note.text()
    assert written("story") is None


def test_what_is_typed_is_kept_and_offered_again(page, qtbot, desk, settled, centre, show_page):
    qtbot.keyClicks(page.words.form.form.editor("next_plan").text, "Pelatihan.")
    page.words.leave()
    settled(desk.worker)
    with centre.read() as session:
        assert draft_of(session, form="month_narrative", record_id=narrative_id("2026-10")) is not None
        assert place_of_draft(session, "month_narrative", narrative_id("2026-10")) == ("report", ("words", "2026-10"))
    again = show_page(ReportPage(desk), ("words", "2026-10"), timeout=30_000)
    assert again.words.form.form.editor("next_plan").value() == "Pelatihan."


def test_another_month_has_its_own_texts_and_the_pages_follow(page, desk, settled, centre):
    with centre.change() as session:
        write_narrative(session, "2026-09", {"achievements": "September."})
    page.words.month.setCurrentIndex(page.words.month.findData("2026-09"))
    page.words.month.activated.emit(page.words.month.currentIndex())
    settled(desk.worker)
    assert page.words.form.form.editor("achievements").value() == "September."
    page.tabs.setCurrentIndex(0)
    settled(desk.worker, timeout=30_000)
    assert page.paper.chosen.month == "2026-09"


def test_of_two_windows_that_begin_the_month_both_texts_are_kept(page, desk, settled, centre, written):
    page.words.form.form.set_values({"challenges": "Hujan."})
    with centre.change() as session:
        write_narrative(session, "2026-10", {"achievements": "Dua desa baru."})
    merging = page.words.form.merging
    page.words.form.save()
    settled(desk.worker)
    merging.dialog.save_button.click()
    settled(desk.worker)
    assert (written("achievements"), written("challenges")) == ("Dua desa baru.", "Hujan.")


def test_a_target_is_set_by_keyboard_and_stands_in_the_list(page, qtbot, desk, settled, centre):
    targets = page.words.targets
    targets.list.setFocus()
    qtbot.keyClick(targets.list, Qt.Key.Key_Return)
    settled(desk.worker)
    qtbot.keyClicks(page.window().focusWidget(), "1.200")
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_S, CTRL)
    settled(desk.worker)
    with centre.read() as session:
        assert targets_of(session, 2026)["persons_served"].target == 1200
    assert (shown(page, "persons_served").target, shown(page, "persons_served").reached) == ("1,200", "0\u00a0%")
    assert page.window().focusWidget() is targets.list


def test_a_target_is_taken_away_again(page, desk, settled, centre, monkeypatch):
    with centre.change() as session:
        set_target(session, "persons_served", 2026, 240)
    monkeypatch.setattr("ui.pages.taking_back.ask", lambda *_args, **_more: True)
    page.words.targets.begin("persons_served")
    settled(desk.worker)
    links = page.words.targets.pile.form.findChildren(type(page.save_button))
    next(one for one in links if "take it back" in one.text()).click()
    settled(desk.worker)
    assert shown(page, "persons_served").target == ""


def test_escape_leads_from_the_form_of_a_target_to_the_list(page, qtbot, desk, settled):
    targets = page.words.targets
    targets.begin("mean_gain")
    settled(desk.worker)
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)
    assert targets.pile.form is None
    assert page.window().focusWidget() is targets.list


def test_indicators_are_named_in_the_language_of_the_screen(each_language, page):
    assert shown(page, "persons_served").name == {"id": "Orang yang dilayani", "en": "People served"}[each_language]


def test_keyboard_and_screen_reader_reach_everything(page, each_language, complaints, desk, settled):
    page.words.targets.begin("persons_served")
    settled(desk.worker)
    assert complaints(page) == []


def test_a_village_laptop_has_no_second_tab(desk, show_page, monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(desk.worker.centre, "viewer", replace(desk.worker.centre.viewer, role=COLLECTOR))
    page = show_page(ReportPage(desk), ("words", "2026-10"), timeout=30_000)
    assert page.tabs.isHidden()
    assert page.pile.currentIndex() == 0
