# SPDX-License-Identifier: Apache-2.0
"""The first page as a dashboard: figures as in the month's report, what is behind them, trends by key, what is late."""

import datetime as dt
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from resource_centre.access import COLLECTOR, COUNSELLOR
from resource_centre.clock import today
from resource_centre.services.cases import open_case
from resource_centre.services.counselling import record_session
from resource_centre.services.intake import register_intake
from resource_centre.services.month_reports import report_month
from resource_centre.services.training import record_training
from ui.pages import home_trends
from ui.pages.home import HomePage
from ui.pages.report_opened import FigureDialog

DAY = dt.timedelta(days=1)
HERE, THERE = "52.03.01.2001", "52.03.02.2001"


def last_month():
    return today().replace(day=1) - DAY


def comes_home(session, name, village, on):
    stay = {"destination_country": "MYS", "return_date": f"{on:%Y-%m}", "return_type": "KONTRAK_SELESAI"}
    person = {"full_name": name, "sex": "P"}
    return register_intake(session, person=person, address={"village_code": village}, episode=stay, on=on).person_id


@pytest.fixture
def busy(centre):
    """Three women of two villages: two came last month too; sessions, a training, a case. Their ids."""
    with centre.change() as session:
        who = (("Siti Aminah", HERE, last_month()), ("Baiq Mirah", THERE, today()), ("Sumiati", HERE, last_month()))
        ids = [comes_home(session, *one) for one in who]
        for who, on in ((ids[0], last_month()), (ids[0], today()), (ids[1], today()), (ids[2], last_month())):
            record_session(session, person_id=who, values={"service_type": "CNS_REINT"}, on=on)
        event = {"training_type": "kelas", "starts_on": today(), "village_code": HERE}
        record_training(
            session, event=event, participants=[{"person_id": ids[2], "name": "Sumiati", "sex": "P", "days": "H"}]
        )
        open_case(session, person_id=ids[0], on=last_month())
    return ids


@pytest.fixture
def make_home(desk, on_screen, settled):
    def make(size=(1158, 690)):
        page = on_screen(HomePage(desk), size)
        page.opened()
        settled(desk.worker)
        return page

    return make


@pytest.fixture
def as_role(centre, monkeypatch):
    """The account that is signed in gets another role, and villages."""

    def become(role, *villages):
        viewer = replace(centre.viewer, role=role, villages=frozenset(villages))
        monkeypatch.setattr(centre, "viewer", viewer)
        monkeypatch.setattr(centre, "_sessions", _sessions_of(centre, viewer))

    return become


def _sessions_of(centre, viewer):
    from db.first_day import session_factory

    with centre.read() as session:
        return session_factory(viewer, session.info["site"])


def shown(home):
    return {code: card.figure.text() for code, card in home.cards.items()}


def test_the_figures_are_those_of_the_months_report(make_home, centre, busy):
    from reports.monthly.figures import monthly_figures

    with centre.read() as session:
        report = monthly_figures(session, f"{today():%Y-%m}")
    home = make_home()
    values = {code: report.indicator(code).month for code in home.cards}
    assert shown(home) == {code: str(getattr(value, "total", value)) for code, value in values.items()}
    assert shown(home) == {
        "persons_served": "3", "returnees_registered": "1", "counselling_sessions": "2", "training_events": "1",
        "cases_open_at_end": "1",
    }  # fmt: skip
    assert home.cards["persons_served"].more.text() == "1 new, 2 returning"


def test_a_figure_opens_its_definition_and_the_records_behind_it(make_home, desk, busy, settled, qtbot):
    home = make_home()
    home.cards["returnees_registered"].name.setFocus()
    qtbot.keyClick(home.cards["returnees_registered"].name, Qt.Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FigureDialog)
    settled(desk.worker)
    words = [one.text() for one in dialog.findChildren(QLabel)]
    assert any(text.startswith("People registered in the period who came back") for text in words)
    assert [dialog.rows.row(at).words for at in range(dialog.rows.rowCount())] == ["Baiq Mirah"]
    dialog.close()


def test_a_click_on_the_number_opens_it_too(make_home, busy, qtbot, settled, desk):
    home = make_home()
    qtbot.mouseClick(home.cards["persons_served"].figure, Qt.MouseButton.LeftButton)
    assert isinstance(QApplication.activeModalWidget(), FigureDialog)
    settled(desk.worker)
    QApplication.activeModalWidget().close()


def test_the_trends_are_gone_through_by_key(make_home, busy, desk, qtbot, focus, press):
    home = make_home()
    trends = home.trends
    assert trends.chart.chart.title == "People served"
    assert "Different people" in trends.definition.text()
    focus(trends.tabs)
    press([Qt.Key.Key_Right])
    assert trends.chart.chart.title == "Counselling sessions"
    assert trends.chart.chart.series[0].values[-2:] == (2, 2)
    press("\t")
    assert QApplication.focusWidget() is trends.chart
    press([Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Return])
    assert desk.went == [("report", f"{last_month():%Y-%m}")]


def test_what_was_read_is_kept_until_something_changes(make_home, busy, desk, settled, monkeypatch, centre):
    home, read = make_home(), []
    known = home_trends.read_months
    monkeypatch.setattr(home_trends, "read_months", lambda session, code: read.append(code) or known(session, code))
    home.opened()
    settled(desk.worker)
    assert read == []
    desk.worker.change(lambda session: comes_home(session, "Rohani", HERE, today()))
    settled(desk.worker)
    settled(desk.worker)
    assert sorted(read) == ["cases_open_at_end", "counselling_sessions", "persons_served", "returnees_registered"]
    assert shown(home)["returnees_registered"] == "2"


def test_the_page_stands_before_the_trends_are_read(desk, qtbot, busy, settled):
    home, stood = HomePage(desk), []
    qtbot.addWidget(home)
    show = home.show_looked
    home.show_looked = lambda looked: (show(looked), stood.append((home.trends, shown(home)["persons_served"])))
    home.opened()
    settled(desk.worker)
    assert stood == [(None, "3")]


def test_opening_the_page_loads_no_report_and_no_database():
    program = (
        "import sys, ui.pages.home; print([n for n in sys.modules if n.split('.')[0] in ('reports','sqlalchemy')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_collector_sees_the_figures_of_the_own_villages(make_home, busy, as_role):
    as_role(COLLECTOR, THERE)
    home = make_home()
    assert shown(home) == {
        "persons_served": "1", "returnees_registered": "1", "counselling_sessions": "1", "training_events": "0",
    }  # fmt: skip
    assert [home.trends.tabs.tabText(at) for at in range(home.trends.tabs.count())] == [
        "People", "Sessions", "Returnees",
    ]  # fmt: skip
    assert home.trends.chart.chart.series[1].values[-2:] == (0, 1)


def test_whoever_counsels_begins_with_who_waits(make_home, busy, as_role):
    first = make_home()
    assert first.trends_card.y() < first.follow_ups.y()
    as_role(COUNSELLOR)
    home = make_home()
    assert home.follow_ups.y() < home.trends_card.y()


def sentences(home):
    pieces = [home.attention.itemAt(place).widget() for place in range(home.attention.count())]
    words, buttons = [piece.text() for piece in pieces[::2]], pieces[1::2]
    return dict(zip(words, buttons, strict=False))


def test_the_month_that_is_over_waits_to_be_handed_over(make_home, busy, desk, centre):
    from ui.kit.typed_dates import show_partial

    month = f"{last_month():%Y-%m}"
    words = f"The report of {show_partial(month)} is not handed over yet."
    sentences(make_home())[words].click()
    assert desk.went == [("report", month)]
    with centre.change() as session:
        report_month(session, month)
    assert words not in sentences(make_home())


def test_a_case_without_contact_is_told_of_and_found_in_the_list(make_home, busy, desk, centre, show_page):
    from ui.pages.cases import CasesPage

    with centre.change() as session:
        who = comes_home(session, "Inaq Rohani", HERE, today() - 200 * DAY)
        open_case(session, person_id=who, on=today() - 120 * DAY)
    sentences(make_home())["1 open case is without contact."].click()
    assert desk.went == [("cases", "quiet")]
    cases = show_page(CasesPage(desk), "quiet")
    assert [cases.rows.row(at).full_name for at in range(cases.rows.rowCount())] == ["Inaq Rohani"]


@pytest.mark.parametrize("size", [(1158, 690), (692, 482)])
def test_everything_has_a_name_and_fits(make_home, busy, complaints, each_language, size):
    home = make_home(size)
    assert complaints(home.window()) == []
    for card in home.cards.values():
        assert card.name.width() >= card.name.sizeHint().width()
    assert home.trends.tabs.sizeHint().width() <= home.trends.width()


def test_the_keyboard_goes_down_the_page(make_home, busy, focus, press):
    home = make_home()
    focus(home.report)
    seen = []
    for _step in range(7):
        press("\t")
        seen.append(QApplication.focusWidget())
    assert seen[:5] == [card.name for card in home.cards.values()]
    assert seen[5:7] == [home.trends.tabs, home.trends.chart]
