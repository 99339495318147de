# SPDX-License-Identifier: Apache-2.0
"""Projects, logframes, editions of indicators and targets: written by keyboard, kept as drafts, read again."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from resource_centre.services import indicator_editions, indicator_targets, logframe, month_reports, projects
from resource_centre.services.drafts import draft_of
from resource_centre.services.indicator_definitions import editions_of
from resource_centre.services.indicator_editions import write_edition, write_indicator
from resource_centre.services.indicator_targets import targets_of
from resource_centre.services.logframe import logframe_of, write_line
from resource_centre.services.month_reports import report_month
from resource_centre.services.projects import project_of, projects_list, write_project
from ui.pages import projects_forms, projects_targets
from ui.pages.projects import ProjectsPage
from ui.pages.projects_store import INDICATORS, LOGFRAME, NEW_LINE, NEW_PROJECT, PROJECTS, TARGETS
from ui.pages.unsaved import place_of_draft

CTRL = Qt.KeyboardModifier.ControlModifier
WOMEN = {
    "indicator": "women_trained", "valid_from": dt.date(2026, 11, 1), "name_en": "Women trained",
    "name_id": "Perempuan terlatih", "unit": "people", "formula": "participants/sex=P/regency=52.03",
}  # fmt: skip


@pytest.fixture(autouse=True)
def sunday(monkeypatch):
    for module in (
        indicator_editions, indicator_targets, logframe, month_reports, projects, projects_forms, projects_targets,
    ):  # fmt: skip
        monkeypatch.setattr(module, "today", lambda: dt.date(2026, 11, 22))


@pytest.fixture
def ilo(centre):
    with centre.change() as session:
        return write_project(session, {"code": "ILO-26", "name": "Safe return"}).id


@pytest.fixture
def page(desk, show_page):
    return show_page(ProjectsPage(desk))


@pytest.fixture
def turn(page, desk, settled):
    """To a tab, or to one thing on it."""

    def turned(*subject):
        page.opened(subject if len(subject) > 1 else subject[0])
        settled(desk.worker)
        return page

    return turned


def test_a_project_is_written_by_keyboard_alone(page, qtbot, desk, settled, centre):
    page.projects.list.setFocus()
    qtbot.keyClick(page.projects.list, Qt.Key.Key_F2)
    for words in ("ilo-26", "Safe return", "Uji Fund"):
        qtbot.keyClicks(page.window().focusWidget(), words)
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_S, CTRL)
    settled(desk.worker)
    with centre.read() as session:
        found = project_of(session, "ILO-26")
        assert (found.name, found.donor) == ("Safe return", "Uji Fund")
    assert page.projects.rows.row(0).code == "ILO-26"


def test_a_code_that_is_taken_is_said_beside_it_and_nothing_typed_is_lost(ilo, turn, desk, settled, centre):
    page = turn(PROJECTS, "new")
    form = page.projects.pile.form
    form.form.set_values({"code": "ilo-26", "name": "Another"})
    form.save()
    settled(desk.worker)
    assert form.form.rows["code"].note.text()
    assert form.form.editor("name").value() == "Another"
    with centre.read() as session:
        assert len(projects_list(session)) == 1


def test_what_is_typed_and_left_is_a_draft_that_leads_back(turn, page, desk, settled, centre):
    turn(LOGFRAME, "new")
    form = page.logframe.pile.form
    form.form.set_values({"statement": "Half a goal"})
    form.touched = True
    form.keeper.touch()
    page.logframe.pile.close_form()
    settled(desk.worker)
    with centre.read() as session:
        assert draft_of(session, form=NEW_LINE) is not None
        assert place_of_draft(session, NEW_LINE, None) == ("projects", (LOGFRAME, "new", None))
        assert place_of_draft(session, NEW_PROJECT, None) == ("projects", (PROJECTS, "new"))


def test_a_line_is_added_with_what_it_is_measured_by(turn, desk, settled, centre, ilo):
    page = turn(LOGFRAME, "new", ilo)
    form = page.logframe.pile.form.form
    form.set_values({"level": "goal", "code": "1", "statement": "They stay well.", "indicators": ["persons_served"]})
    page.logframe.pile.form.save()
    settled(desk.worker)
    with centre.read() as session:
        assert [one.indicators for one in logframe_of(session, ilo)] == [["persons_served"]]
        assert logframe_of(session, None) == []
    assert page.logframe.rows.row(0).statement == "They stay well."


def test_a_line_is_opened_with_enter_and_changed(centre, turn, qtbot, desk, settled):
    with centre.change() as session:
        write_line(session, None, {"level": "goal", "code": "1", "statement": "Before"})
    page = turn(LOGFRAME)
    page.logframe.list.setFocus()
    qtbot.keyClick(page.logframe.list, Qt.Key.Key_Return)
    settled(desk.worker)
    page.logframe.pile.form.form.set_values({"statement": "After"})
    page.logframe.pile.form.save()
    settled(desk.worker)
    assert page.logframe.rows.row(0).statement == "After"


def test_an_indicator_of_ones_own_is_a_figure_that_is_chosen(turn, desk, settled, centre):
    page = turn(INDICATORS, "new")
    form = page.indicators.pile.form.form
    named = {"indicator": "women_trained", "name_id": "Perempuan terlatih", "name_en": "Women trained"}
    form.set_values(named | {"valid_from": dt.date(2026, 11, 1)})
    figure = form.editor("formula")
    figure.measure.set_value("participants")
    figure.measure.settled.emit()
    figure.lines[0].show_chosen("sex", "P")
    page.indicators.pile.form.save()
    settled(desk.worker)
    with centre.read() as session:
        last = editions_of(session, "women_trained")[-1]
        assert (last.formula, last.unit) == ("participants/sex=P", "people")


def test_without_a_figure_an_indicator_is_not_kept_and_the_field_is_named(turn, desk, settled, each_language):
    page = turn(INDICATORS, "new")
    form = page.indicators.pile.form.form
    form.set_values({"indicator": "x", "name_id": "X", "valid_from": dt.date(2026, 11, 1)})
    page.indicators.pile.form.save()
    settled(desk.worker)
    assert form.rows["formula"].note.text()


def test_a_figure_is_shown_as_it_was_chosen(centre, turn):
    with centre.change() as session:
        write_indicator(session, WOMEN)
    page = turn(INDICATORS, "women_trained")
    assert page.indicators.pile.form.form.editor("formula").value() == WOMEN["formula"]


def test_an_indicator_of_the_program_gets_a_new_edition_and_keeps_the_old_one(turn, desk, settled, centre):
    page = turn(INDICATORS, "persons_served")
    form = page.indicators.pile.form
    form.form.set_values({"text_en": "Only who stayed.", "valid_from": dt.date(2026, 11, 1)})
    form.save()
    settled(desk.worker)
    with centre.read() as session:
        old, new = editions_of(session, "persons_served")
        assert new.text("en") == "Only who stayed."
        assert old.text("en") != new.text("en")


@pytest.mark.parametrize("handed_over", [True, False])
def test_an_edition_is_corrected_only_while_no_report_was_handed_over_with_it(turn, centre, handed_over):
    with centre.change() as session:
        write_edition(session, "persons_served", {"valid_from": dt.date(2026, 10, 1), "text_en": "Other."})
        if handed_over:
            report_month(session, "2026-10")
    form = turn(INDICATORS, "persons_served").indicators.pile.form
    assert (form.merging is None) is handed_over


def test_a_project_has_targets_of_its_own(ilo, turn, desk, settled, centre):
    page = turn(TARGETS)
    assert ilo
    page.targets.fund.setCurrentIndex(page.targets.fund.findData("ILO-26"))
    page.targets.fund.activated.emit(page.targets.fund.currentIndex())
    settled(desk.worker)
    page.targets.targets.begin("persons_served")
    settled(desk.worker)
    form = page.targets.targets.pile.form
    form.form.set_values({"target": 40})
    form.save()
    settled(desk.worker)
    with centre.read() as session:
        assert targets_of(session, 2026, fund="ILO-26")["persons_served"].target == 40
        assert targets_of(session, 2026) == {}


@pytest.mark.usefixtures("each_language", "ilo")
def test_every_form_has_names_for_who_cannot_see_and_letters_of_its_own(turn, complaints):
    for subject in ((PROJECTS, "new"), (LOGFRAME, "new"), (INDICATORS, "new"), (TARGETS,)):
        assert complaints(turn(*subject)) == []


@pytest.mark.usefixtures("ilo")
def test_codes_of_projects_are_offered_where_a_fund_is_typed(desk, qtbot, settled, on_screen):
    from ui.pages.suggested_text import fund_editor

    editor = on_screen(fund_editor(desk))
    qtbot.keyClicks(editor.line, "safe")
    settled(desk.worker)
    qtbot.waitUntil(lambda: bool(editor.line.offered()))
    assert [one.text for one in editor.line.offered()] == ["ILO-26"]


@pytest.mark.usefixtures("ilo")
def test_the_front_desk_asks_who_pays_and_the_service_says_so(desk, show_page, settled, centre):
    from sqlalchemy import select

    from resource_centre.records import Service
    from ui.pages.front_desk import FrontDeskPage

    front = show_page(FrontDeskPage(desk))
    assert front.form.rows["fund"].isVisible()
    front.form.set_values({"sex": "P", "services": ["INF_RIGHTS"], "fund": "ILO-26"})
    front.save()
    settled(desk.worker)
    with centre.read() as session:
        assert session.scalars(select(Service.fund)).all() == ["ILO-26"]
    assert front.form.editor("fund").value() == "ILO-26"


def test_without_projects_the_front_desk_asks_nobody_who_pays(desk, show_page):
    from ui.pages.front_desk import FrontDeskPage

    assert not show_page(FrontDeskPage(desk)).form.rows["fund"].isVisible()
