# SPDX-License-Identifier: Apache-2.0
"""Two desks wrote without knowledge of each other; at the centre one key settles each line."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import StaticPool

from resource_centre import access, i18n
from resource_centre.access import COORDINATOR, Viewer
from resource_centre.clock import today
from resource_centre.log import guard, recorder
from resource_centre.log.receive import receive
from resource_centre.log.voiding import void
from resource_centre.log.writing import recording
from resource_centre.records import Base, Change, Person, Site, new_id
from resource_centre.records.base import table_of
from resource_centre.services.conflicts import count_conflicts
from resource_centre.services.home import waiting_work
from ui.pages.conflicts import ConflictsPage
from ui.pages.home_words import work_words

OURS, THEIRS = "Sumiati", "Sumiyati"


def entries(session):
    connection = session.connection()
    with recording(connection):
        return [dict(row) for row in connection.execute(sa.select(table_of(Change))).mappings()]


class OtherDesk:
    """Another computer of the centre, with tables of its own."""

    def __init__(self):
        self.engine = sa.create_engine("sqlite://", poolclass=StaticPool)
        Base.metadata.create_all(self.engine)
        guard.watch(self.engine)
        with self.engine.begin() as connection:
            connection.execute(sa.insert(Site), {"id": "B" * 13, "device": "B1"})

    @contextmanager
    def open(self):
        viewer = Viewer(new_id(), COORDINATOR)
        factory = sessionmaker(self.engine, expire_on_commit=False, info={"viewer": viewer, "site": "B" * 13})
        recorder.attach(factory)
        access.attach(factory)
        with factory() as session:
            yield session
            session.commit()


@pytest.fixture
def other():
    made = OtherDesk()
    yield made
    made.engine.dispose()


@pytest.fixture
def tell(centre, other):
    """Both desks tell each other everything."""

    def told():
        for _round in range(2):
            with other.open() as theirs, centre.change() as ours:
                receive(ours, entries(theirs))
                receive(theirs, entries(ours))

    return told


@pytest.fixture
def person_id(centre, tell):
    with centre.change() as session:
        person = Person(full_name="Sumi", number="LTM-1", mother_name="Inaq")
        session.add(person)
        session.flush()
        found = person.id
    tell()
    return found


@pytest.fixture
def differ(centre, other, tell, person_id):
    with centre.change() as session:
        person = session.get(Person, person_id)
        person.full_name, person.mother_name = OURS, "Inaq Ani"
    with other.open() as session:
        person = session.get(Person, person_id)
        person.full_name, person.mother_name = THEIRS, "Inaq Ini"
    tell()
    return person_id


@pytest.fixture
def page(desk, differ, show_page):
    return show_page(ConflictsPage(desk))


def told_of(page):
    return "\n".join(one.text() for one in page.right.findChildren(QLabel) if one.isVisible())


def value(centre, person_id, name):
    with centre.read() as session:
        return getattr(session.get(Person, person_id), name)


def left(centre):
    with centre.read() as session:
        return count_conflicts(session)


def test_the_first_page_says_how_many_differ_and_leads_there(centre, differ):
    with centre.read() as session:
        waits = waiting_work(session, on=today())
    assert next(work_words(waits))[1] == ("conflicts",)
    assert waits.differ == 2


def test_both_values_are_there_with_who_and_where(page):
    said = told_of(page)
    assert OURS in said
    assert THEIRS in said
    assert i18n._("this computer") in said
    assert "LTM-1" in said


@pytest.mark.parametrize("key", ["1", Qt.Key.Key_Left])
def test_the_left_key_keeps_the_left_value_and_the_next_line_is_chosen(page, centre, differ, press, settled, key):
    line = page.current.conflict
    before = value(centre, differ, line.field)
    press(key)
    settled(page.desk.worker)
    assert value(centre, differ, line.field) == before
    assert left(centre) == 1
    assert page.current.conflict.field != line.field


@pytest.mark.parametrize("key", ["2", Qt.Key.Key_Right])
def test_the_right_key_takes_the_value_that_lost(page, centre, differ, press, settled, key):
    line = page.current.conflict
    press(key)
    settled(page.desk.worker)
    assert value(centre, differ, line.field) == line.sides[1].words


@pytest.mark.parametrize("key", ["0", " "])
def test_what_is_put_off_goes_to_the_end(page, centre, press, key):
    line = page.current
    press(key)
    assert page.current is not line
    assert page._lines()[-1] is line
    assert left(centre) == 2


def test_ctrl_z_takes_the_last_decision_back(page, centre, differ, press, settled):
    line = page.current.conflict
    press("2")
    settled(page.desk.worker)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)
    assert value(centre, differ, line.field) == line.sides[0].words


def test_all_settled_says_so(page, press, settled):
    press("11")
    settled(page.desk.worker)
    assert (page.current, page.right.isVisible(), page.total) == (None, False, 0)


def test_not_valid_against_changed_reads_so(desk, centre, other, tell, person_id, show_page, press, settled):
    with centre.change() as session:
        void(session, session.get(Person, person_id), "entered twice")
    with other.open() as session:
        session.get(Person, person_id).mother_name = "Inaq Ini"
    tell()
    page = show_page(ConflictsPage(desk))
    said = told_of(page)
    assert i18n._("Marked as not valid") in said
    assert i18n._("Changed") in said
    assert "Inaq Ini" in said
    press("2")
    settled(desk.worker)
    assert not value(centre, person_id, "voided")
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert (value(centre, person_id, "voided"), value(centre, person_id, "void_reason")) == (True, "entered twice")


def test_keyboard_and_screen_reader_find_everything(page, complaints):
    assert complaints(page) == []


def test_tab_goes_from_the_list_to_both_values_then_further(page, press):
    seen = []
    for _time in range(3):
        press("\t")
        seen.append(QApplication.focusWidget())
    cards = [page.sides.itemAt(at).widget() for at in range(page.sides.count())]
    assert seen == [*(card.choose for card in cards), page.later]


def test_a_long_value_leaves_its_key_in_sight(page, centre, other, tell, differ, settled, qtbot):
    with centre.change() as ours, other.open() as theirs:
        for session, words in ((ours, "Rumahnya di belakang masjid. "), (theirs, "Minta ditelepon dahulu. ")):
            session.get(Person, differ).remarks = words * 12
    tell()
    page.opened()
    settled(page.desk.worker)
    page.resize(660, 470)
    page.list.selectRow(next(at for at, line in enumerate(page._lines()) if line.conflict.field == "remarks"))
    choose = page.sides.itemAt(0).widget().choose
    qtbot.waitUntil(lambda: choose.visibleRegion().boundingRect().height() == choose.height())
