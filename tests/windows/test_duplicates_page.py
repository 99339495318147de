# SPDX-License-Identifier: Apache-2.0
"""Somebody looks through the centre for people who are in it twice, decides, and takes a decision back."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from resource_centre import i18n
from resource_centre.records import Address, DuplicatePair, Identifier, Person, PersonLink
from resource_centre.services.duplicate_scan import Outcome
from resource_centre.services.intake import register_intake
from resource_centre.services.merging import merge
from resource_centre.services.person_links import in_order, link_id, resolve
from ui.pages.duplicates import MERGED, DuplicatesPage
from ui.pages.duplicates_words import stage_words
from ui.pages.home_words import grouped
from ui.pages.people import PeoplePage
from ui.pages.person import PersonPage
from ui.shell import Shell
from ui.shell_window import LEAST, Window

NIK = "9903015705840001"


def register(session, name, **known):
    person_id = register_intake(session, person={"full_name": name, "sex": "P", **known}).person_id
    session.add(Address(person_id=person_id, kind="current", village_code="52.03.01.2001"))
    return person_id


@pytest.fixture
def two(centre):
    """Two records of one person, that which stays first."""
    with centre.change() as session:
        a = register(session, "Siti Aminah", birth_date="1984-05-17")
        b = register(session, "Siti Aminnah", birth_date="1984-05-17", mother_name="Rohani")
    return in_order(a, b)


@pytest.fixture
def pair(centre, two):
    with centre.change() as session:
        reasons = ["similar_name", "same_birth"]
        session.add(DuplicatePair(a_id=two[0], b_id=two[1], score=93, reasons=reasons, found_ms=1))
    return two


@pytest.fixture
def page(desk, pair, show_page):
    return show_page(DuplicatesPage(desk))


def said(page):
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def shown(page):
    """The lines of the comparison by field."""
    return {line.id: line for line in map(page.pair.rows.row, range(page.pair.rows.rowCount()))}


def stands_for(centre, person_id):
    with centre.read() as session:
        return resolve(session, person_id)


def value(centre, person_id, name):
    with centre.read() as session:
        return getattr(session.get(Person, person_id), name)


def test_a_pair_is_told_in_words_and_per_cent_with_what_both_say(page):
    assert "93 %" in said(page)
    assert i18n._("the same date of birth") in said(page)
    lines = shown(page)
    assert lines["full_name"].name == "full_name"
    assert lines["birth_date"].name == ""
    assert (lines["own address"].a, lines["own address"].b) == ("1", "1")


def test_an_arrow_chooses_the_value_and_the_person_has_it(page, centre, pair, focus, press, settled):
    right = shown(page)["full_name"].b
    focus(page.pair.lines)
    place = page.pair.rows.position_of("full_name")
    page.pair.lines.selectRow(place)
    press(Qt.Key.Key_Right)
    page.pair.say_same.click()
    settled(page.desk.worker)
    assert value(centre, pair[0], "full_name") == right
    assert stands_for(centre, pair[1]) == pair[0]


def test_nothing_is_merged_before_somebody_says_so(page, centre, pair):
    assert stands_for(centre, pair[1]) == pair[1]


def test_two_people_are_not_proposed_again(page, centre, pair, settled):
    page.pair.say_different.click()
    settled(page.desk.worker)
    with centre.read() as session:
        assert session.get(PersonLink, link_id(*pair)).verdict == "different"
    assert (page.rows.rowCount(), page.pair.isVisible()) == (0, False)


def test_later_leaves_the_pair_on_the_list(page, centre, pair, settled):
    page.pair.say_later.click()
    settled(page.desk.worker)
    assert page.rows.rowCount() == 1


def test_who_was_merged_is_taken_apart_again(desk, centre, pair, show_page, settled, monkeypatch):
    with centre.change() as session:
        merge(session, *pair, ["full_name"])
    page = show_page(DuplicatesPage(desk), "merged")
    assert page.tabs.currentIndex() == MERGED
    monkeypatch.setattr("ui.pages.duplicates.ask", lambda *_words, **_how: True)
    page.apart.click()
    settled(desk.worker)
    assert stands_for(centre, pair[1]) == pair[1]
    assert page.merged_rows.rowCount() == 0


def test_the_other_record_opens_as_the_person_with_what_it_was_merged_with(desk, centre, pair, show_page, settled):
    with centre.change() as session:
        merge(session, *pair)
    page = show_page(PersonPage(desk), pair[1])
    settled(desk.worker)
    assert page.person_id == pair[0]
    assert "Siti Aminnah" in said(page.case_card)
    assert i18n._("Take apart again…") in [one.text() for one in page.case_card.findChildren(QPushButton)]


def test_a_collector_is_not_offered_the_list(desk, monkeypatch):
    monkeypatch.setattr(type(desk), "may", lambda _desk, right: right != "counsel")
    page = PeoplePage(desk)
    assert (page.twice.parent(), page.differ.parent()) == (None, None)


def test_the_whole_centre_is_looked_through(desk, centre, two, show_page, settled, qtbot):
    with centre.change() as session:
        for one in two:
            session.add(Identifier(person_id=one, kind="nik", value=NIK, lookup=f"nik:{NIK}"))
    page = show_page(DuplicatesPage(desk))
    page.scan.click()
    qtbot.waitUntil(page.scan.isEnabled, timeout=60_000)
    settled(desk.worker)
    assert page.rows.rowCount() == 1
    assert page.pair.nik.isVisible()
    assert i18n._("the same NIK") in said(page)


def test_others_are_served_while_people_are_compared(desk, two, show_page, qtbot, monkeypatch):
    """Whoever searches or saves waits for no comparison: the scan holds still here until that was done."""
    compared, served = threading.Event(), []
    from resource_centre.matching import scan

    whole = scan.scan_in_pieces

    def waiting(*told):
        assert compared.wait(60)
        return whole(*told)

    monkeypatch.setattr("resource_centre.services.duplicate_scan.scan_in_pieces", waiting)
    page = show_page(DuplicatesPage(desk))
    page.scan.click()
    desk.worker.read(lambda session: session.query(Person).count(), served.append)
    qtbot.waitUntil(lambda: served == [2], timeout=60_000)
    assert not page.scan.isEnabled()
    compared.set()
    qtbot.waitUntil(page.scan.isEnabled, timeout=60_000)


def test_a_scan_goes_on_while_another_page_is_open_and_is_joined_again(desk, two, show_page, qtbot, monkeypatch):
    compared = threading.Event()
    from resource_centre.matching.scan import Scanned

    def waiting(*_told):
        assert compared.wait(60)
        return Scanned(7, ())

    monkeypatch.setattr("resource_centre.services.duplicate_scan.scan_in_pieces", waiting)
    show_page(DuplicatesPage(desk)).scan.click()
    again = show_page(DuplicatesPage(desk))
    again.opened()
    assert not again.scan.isEnabled()
    compared.set()
    qtbot.waitUntil(again.scan.isEnabled, timeout=60_000)


def test_a_centre_that_is_locked_ends_the_scan(desk, two, show_page, qtbot, monkeypatch):
    def waiting(_people, _told, memory, _stop):
        assert locked.wait(60)
        memory.keep("likely", 0, b"")

    locked = threading.Event()
    monkeypatch.setattr("resource_centre.services.duplicate_scan.scan_in_pieces", waiting)
    page = show_page(DuplicatesPage(desk))
    page.scan.click()
    desk.worker.leave_centre(lambda _left: locked.set())
    qtbot.waitUntil(page.scan.isEnabled, timeout=60_000)
    assert not page.state.isVisible()


def test_a_scan_that_is_stopped_says_that_it_goes_on(desk, centre, two, show_page, settled, qtbot):
    page = show_page(DuplicatesPage(desk))
    jobs = []
    desk.worker.slow.connect(lambda job: job is not None and (jobs.append(job), job.cancel()))
    page.scan.click()
    qtbot.waitUntil(page.scan.isEnabled, timeout=60_000)
    assert jobs
    assert i18n._("Go &on looking through") == page.scan.text()


def test_who_looked_through_everybody_is_not_told_to(desk, aminah, show_page, settled, qtbot):
    page = show_page(DuplicatesPage(desk))
    advice = "Look through the whole centre to be sure"
    assert advice in page.list._nothing
    page.scan.click()
    qtbot.waitUntil(page.scan.isEnabled, timeout=60_000)
    settled(desk.worker)
    assert page.rows.rowCount() == 0
    assert advice not in page.list._nothing


def test_what_a_scan_does_is_said_with_counts():
    assert "3" in stage_words("comparing", 3, 10)
    assert "10" in stage_words("comparing", 3, 10)


def test_keyboard_and_screen_reader_find_everything(page, complaints):
    assert complaints(page) == []


def test_a_list_that_is_cut_says_how_many_there_are(centre, pair, desk, show_page, monkeypatch):
    with centre.change() as session:
        one, other = in_order(register(session, "Nurhayati"), register(session, "Nurhayati M"))
        session.add(DuplicatePair(a_id=one, b_id=other, score=80, reasons=["similar_name"], found_ms=1))
    monkeypatch.setattr("ui.pages.duplicates_store.SHOWN", 1)
    page = show_page(DuplicatesPage(desk))
    assert page.rows.rowCount() == 1
    assert page.subtitle.text() == "2 pairs to decide, the 1 likeliest are listed"


def test_both_values_are_read_whole_in_a_small_window(page, qtbot):
    place = page.pair.rows.position_of("village")
    low = page.pair.lines.rowHeight(place)
    page.resize(660, 470)
    qtbot.waitUntil(lambda: page.pair.lines.rowHeight(place) > low)


def test_the_decisions_fit_a_small_window(each_language, page, qtbot):
    page.resize(690, 470)
    for made in (page.pair.say_same, page.pair.say_different, page.pair.say_later):
        qtbot.waitUntil(
            lambda made=made: (
                made.width() >= made.sizeHint().width() and made.visibleRegion().boundingRect().width() == made.width()
            )
        )


def cut_off(window):
    """Words in sight that do not stand there whole."""
    found = []
    for one in window.findChildren(QLabel) + window.findChildren(QAbstractButton):
        if not one.isVisible() or not one.text():
            continue
        high = one.heightForWidth(one.width()) if isinstance(one, QLabel) and one.wordWrap() else 0
        wide = 0 if high else one.sizeHint().width()
        whole = one.visibleRegion().boundingRect() == one.rect()
        if not whole or one.width() < wide or one.height() < high:
            found.append(one.text())
    return found


@pytest.fixture
def window(desk, pair, qtbot, settled):
    """The program's window at the page, with a pair to decide."""
    shell, window = Shell(desk, centre_name="Pusat Layanan Uji", person_name="Ratna"), Window()
    qtbot.addWidget(window)
    window.show_only(shell)
    window.resize(1366, 768)
    window.show()
    shell.go("duplicates")
    settled(desk.worker)
    return window


def test_a_scan_is_told_whole_in_windows_of_every_size(each_language, window, qtbot, monkeypatch):
    """While it runs, when it is stopped, as it goes on and at its end: of a million people, in the longest words."""
    done, went_on = threading.Event(), []

    def scan(_reach, tell, stop):
        went_on.append(tell("candidates", 1_200_000, 1_234_567))
        assert done.wait(60)
        return Outcome(1_234_567, 22_000_000, 41_234, stopped=stop())

    def whole_at_every_size():
        for size in ((1366, 768), LEAST.toTuple()):
            window.resize(*size)
            qtbot.waitUntil(lambda size=size: window.shown().size().toTuple() == size and cut_off(window) == [])

    monkeypatch.setattr("resource_centre.services.duplicate_scan.scan_from_afar", scan)
    shell = window.shown()
    page, progress = shell.page("duplicates"), shell.progress
    page.scan.click()
    words = stage_words("candidates", 1_200_000, 1_234_567)
    qtbot.waitUntil(lambda: words in said(progress))
    whole_at_every_size()
    progress.cancel.click()
    whole_at_every_size()
    done.set()
    qtbot.waitUntil(lambda: page.scan.text() == i18n._("Go &on looking through"))
    whole_at_every_size()
    page.scan.click()
    qtbot.waitUntil(lambda: len(went_on) == 2 and page.scan.isEnabled())
    words = i18n._("{people} people looked through, {pairs} pairs to decide.")
    assert words.format(people=grouped(1_234_567), pairs=grouped(41_234)) in said(page)
    whole_at_every_size()
