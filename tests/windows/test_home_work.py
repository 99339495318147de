# SPDX-License-Identifier: Apache-2.0
"""The home page says what work waits, to whom it concerns, and leads there; a form left behind is found again."""

import datetime as dt

import pytest

from resource_centre.clock import today
from resource_centre.records import Draft, new_id
from resource_centre.records.exchange import Peer
from resource_centre.services.advice import ask_advice
from resource_centre.services.cases import open_case
from resource_centre.services.entries import add_entry
from resource_centre.services.follow_up_attempts import record_attempt
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.services.intake import register_intake
from ui.pages.exchange_store import ToDo
from ui.pages.home import HomePage
from ui.pages.home_words import exchange_words

DAY = dt.timedelta(days=1)
CASE, PERSON, ABOUT = "the case", "the person", "what the draft is about"


@pytest.fixture
def make_home(desk, qtbot, settled):
    def make():
        page = HomePage(desk)
        qtbot.addWidget(page)
        page.resize(1158, 690)
        page.show()
        page.opened()
        settled(desk.worker)
        settled(desk.worker)
        return page

    return make


@pytest.fixture
def case(centre):
    with centre.change() as session:
        who = register_intake(session, person={"full_name": "Siti Aminah", "sex": "P"}).person_id
        return open_case(session, person_id=who, on=today() - 80 * DAY)


def lines(home):
    """What needs attention, and the button beside it."""
    pieces = [home.attention.itemAt(place).widget() for place in range(home.attention.count())]
    words, buttons = [piece.text() for piece in pieces[::2]], pieces[1::2]
    return dict(zip(words, buttons, strict=False))


def test_questions_wait_for_the_coordinator(make_home, centre, case, desk):
    with centre.change() as session:
        ask_advice(session, case.id, "Bagaimana menghadapi rentenir?")
    lines(make_home())["1 question waits for advice."].click()
    assert desk.went == [("cases", "supervision")]


def test_whoever_could_not_be_reached_is_told_of(make_home, centre, case, desk):
    with centre.change() as session:
        planned = plan_follow_up(session, person_id=case.person_id, due_on=today() - 60 * DAY)
        for days in (45, 20, 2):
            tried = {"tried_on": today() - days * DAY, "result": "tidak_terhubung"}
            record_attempt(session, planned.id, tried)
    lines(make_home())["1 client could not be reached."].click()
    assert desk.went == [("follow_ups", "overdue")]


def test_a_late_referral_is_told_of(make_home, centre, case, desk):
    from resource_centre.records import Provider, Referral

    with centre.change() as session:
        provider = Provider(name="Disnaker", provider_type="disnaker")
        session.add(provider)
        session.flush()
        late = {"provider_id": provider.id, "status": "dikirim", "made_on": today() - 40 * DAY}
        sent = {"sent_on": today() - 40 * DAY, "due_on": today() - 26 * DAY, "urgency": "normal"}
        session.add(Referral(person_id=case.person_id, case_id=case.id, **late, **sent))
    lines(make_home())["1 referral is late."].click()
    assert desk.went == [("referrals", "open")]


def test_work_that_is_done_is_no_longer_told_of(make_home, centre, case, desk, settled, qtbot):
    from resource_centre.services.advice import answer_advice

    with centre.change() as session:
        asked = ask_advice(session, case.id, "Bagaimana menghadapi rentenir?").id
    home = make_home()
    desk.worker.change(lambda session: answer_advice(session, asked, "Hubungi LBH.").id)
    settled(desk.worker)
    qtbot.waitUntil(lambda: not any("question" in words for words in lines(home)))


def test_all_follow_ups_are_a_press_away(make_home, desk):
    make_home().all_follow_ups.click()
    assert desk.went == [("follow_ups",)]


def test_a_step_of_the_schedule_says_what_it_is_for(make_home, centre, case):
    with centre.change() as session:
        plan_follow_up(session, person_id=case.person_id, due_on=today(), interval="3_bulan")
    home = make_home()
    assert home.waiting.data(home.waiting.index(0, 2)) == "After 3 months"


def of_case(session, case):
    return case.id


def of_person(session, case):
    return case.person_id


def of_follow_up(session, case):
    return plan_follow_up(session, person_id=case.person_id, due_on=today()).id


def of_complaint(session, case):
    from resource_centre.records import Complaint

    told = {"complaint_type": "GAJI_TDK_DIBAYAR", "opened_on": today()}
    return add_entry(session, Complaint, case.person_id, told, case_id=case.id).id


def of_nothing(session, case):
    return new_id()


@pytest.mark.parametrize(
    ("form", "about", "place"),
    [
        ("case_plan_1", of_case, ("case", (CASE, "plan"))),
        ("case_close", of_case, ("case", (CASE, "closing"))),
        ("case", of_case, ("case", (CASE, "overview"))),
        ("follow_up_result", of_follow_up, ("follow_ups", ABOUT)),
        ("complaint", of_complaint, ("case", (CASE, "complaints"))),
        ("complaint", of_person, ("case", (CASE, "complaints"))),
        ("counselling_change", of_nothing, ("counselling", ("session", ABOUT))),
        ("course", of_person, ("course", PERSON)),
        ("episode", of_person, ("person", (PERSON, "episode"))),
        ("referral", of_nothing, ("people",)),
    ],
)
def test_a_form_left_behind_is_gone_on_with_where_it_was(make_home, centre, case, desk, form, about, place):
    with centre.change() as session:
        record_id = about(session, case)
        draft = {"account_id": centre.viewer.account_id, "form": form, "record_id": record_id, "saved_ms": 1}
        session.add(Draft(body={"remarks": {"typed": "x"}}, **draft))
    lines(make_home())["1 form was begun and not saved."].click()
    ids = {CASE: case.id, PERSON: case.person_id, ABOUT: record_id}
    page, *opens = place
    opened = [tuple(ids.get(one, one) for one in what) if isinstance(what, tuple) else ids[what] for what in opens]
    assert desk.went == [(page, *opened)]


def test_a_computer_whose_words_were_not_compared_is_told_of(make_home, centre, desk):
    with centre.change() as session:
        session.add(
            Peer(
                site="B" * 13, name="Laptop tiga", role="laptop", villages=[], sign_key="", age_key="", paired_ms=1,
                confidential=False, last_sent=0, last_received=0, known_no=0, heard_to=0, known={}, formerly=[],
            )
        )  # fmt: skip
    lines(make_home())["1 computer waits for the six words."].click()
    assert desk.went == [("exchange",)]


@pytest.mark.parametrize(
    ("todo", "words"),
    [
        (ToDo(unpaired=True), "This laptop is not paired with its centre yet."),
        (ToDo(over=True), "The time this laptop was paired for is over."),
        (ToDo(unsent=2), "2 changes are not at the centre yet."),
    ],
)
def test_a_laptop_says_what_stands_between_it_and_its_centre(todo, words):
    assert [said for said, _action in exchange_words(todo)] == [words]


def test_a_small_window_has_what_needs_attention_before_the_rest(make_home, qtbot):
    home = make_home()
    home.resize(700, 500)
    qtbot.waitUntil(lambda: home._aside.y() < home.trends_card.y())
