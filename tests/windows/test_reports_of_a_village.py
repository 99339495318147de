# SPDX-License-Identifier: Apache-2.0
"""A village collector's report: what their villages did, and nothing of what only the centre decides."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from db.first_day import session_factory
from resource_centre.access import COLLECTOR
from resource_centre.errors import Refused
from resource_centre.records import Person, Publication
from resource_centre.services.counselling import record_session
from resource_centre.services.intake import register_intake
from resource_centre.services.projects import projects_list, write_project
from resource_centre.services.publications import keep_publication
from ui.kit.page import Page
from ui.pages import report as report_page
from ui.pages import report_leaving, report_period
from ui.pages.report import ReportPage
from ui.pages.report_opened import FigureDialog
from ui.shell import Shell

OWN, OTHER = "52.03.01.2001", "52.03.02.2003"


@pytest.fixture(autouse=True)
def sunday(monkeypatch):
    for module in (report_page, report_period, report_leaving):
        monkeypatch.setattr(module, "today", lambda: dt.date(2026, 11, 22))


@pytest.fixture
def village(centre, monkeypatch):
    """One person served in each of two villages, a project, a publication; then a collector of one of them signs in."""
    with centre.change() as session:
        for name, place in (("Siti Aminah", OWN), ("Lalu Ahmad", OTHER)):
            who = register_intake(
                session,
                person={"full_name": name, "sex": "P"},
                address={"village_code": place},
                on=dt.date(2026, 10, 2),
            ).person_id
            record_session(session, person_id=who, values={"service_type": "CNS_REINT"}, on=dt.date(2026, 10, 9))
        write_project(session, {"code": "ILO-26", "name": "Safe return"})
        days = {"first": dt.date(2026, 9, 1), "last": dt.date(2026, 9, 30)}
        keep_publication(session, {"R1/persons_served/month.total": {"value": 40}}, **days, threshold=5, by="Ratna")
    viewer = replace(centre.viewer, role=COLLECTOR, villages=frozenset({OWN}))
    with centre.read() as session:
        site = session.info["site"]
    monkeypatch.setattr(centre, "viewer", viewer)
    monkeypatch.setattr(centre, "_sessions", session_factory(viewer, site))
    return centre


@pytest.fixture
def page(village, desk, show_page):
    return show_page(ReportPage(desk), timeout=30_000)


def test_only_the_own_villages_are_counted(page):
    page.view.figures.show_figure("R1/persons_served/month.total")
    assert page.view.figures.table.currentIndex().data() == "1"
    places = page.paper.report.table("R4").rows
    assert OTHER not in {row.key for row in places}


def test_behind_a_figure_stands_nobody_of_another_village(page, desk, settled):
    page.open_figure("R1/persons_served/month.total")
    settled(desk.worker)
    dialog = page.findChild(FigureDialog)
    assert [dialog.rows.row(at).words for at in range(dialog.rows.rowCount())] == ["Siti Aminah"]


def test_the_report_of_a_village_is_never_published_or_handed_over(page):
    assert not page.choices.audience.isVisible()
    assert page.choices.value().threshold is None
    assert not page.hand_over.isVisible()
    assert not page.hand_over.said()


def test_words_targets_projects_and_the_book_are_the_centres(page):
    assert not page.tabs.isVisible()
    page.opened(("words", "2026-10"))
    assert page.pile.currentIndex() == 0


def test_what_others_published_is_not_read(village):
    with village.read() as session:
        assert list(session.scalars(sa.select(Publication))) == []
        assert [one.full_name for one in session.scalars(sa.select(Person))] == ["Siti Aminah"]


def test_the_projects_page_is_refused_and_projects_are_not_written(village, desk, qtbot):
    shell = Shell(desk, centre_name="Uji", person_name="Amin", make=lambda key, desk: Page(desk, key))
    qtbot.addWidget(shell)
    shell.show()
    shell.go("home")
    shell.go("projects")
    assert shell.here() == "home"
    with village.read() as session:
        assert [one.code for one in projects_list(session)] == ["ILO-26"]
        with pytest.raises(Refused):
            write_project(session, {"code": "OWN-26", "name": "Mine"})
