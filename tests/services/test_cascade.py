# SPDX-License-Identifier: Apache-2.0
"""A cascade of trainers: whom each generation reached, every person counted once."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resource_centre.records import EventTrainer, Participation, Person, Trainer, TrainingEvent
from resource_centre.services.cascade import cascade, circles_of, generations_of, trainer_tree, tree_and_cascade
from resource_centre.services.event_trainers import set_trainers
from resource_centre.services.trainers import register_trainer
from resource_centre.services.training import change_training, record_training

VILLAGE, ELSEWHERE = "52.03.01.2001", "52.03.02.2001"
RECENT = dt.date(2026, 10, 5)


@pytest.fixture
def trainer(session):
    """Registers a trainer; returns their id."""

    def registered(name, trained_by=None, *, level="pelatih", **more):
        return register_trainer(session, {"name": name, "level": level, "trained_by_id": trained_by, **more}).id

    return registered


@pytest.fixture
def taught(session):
    """An event with participants, taught by trainers (the first one leads); returns its id."""

    def held(trainers, *participants, on=RECENT, **more):
        people = [{"days": "H", **({"name": one} if isinstance(one, str) else one)} for one in participants]
        event = {"training_type": "kelas", "starts_on": on, "village_code": VILLAGE, **more}
        made = record_training(session, event=event, participants=people)
        parts = ("utama", *("pendamping" for _one in trainers[1:]))
        set_trainers(session, made.id, list(zip(trainers, parts, strict=True)))
        return made.id

    return held


@pytest.fixture
def three(trainer):
    """Three generations: master, trainer, village facilitator."""
    master = trainer("Wati", level="master", certified_on=dt.date(2025, 1, 10))
    second = trainer("Lalu", master, certified_on=dt.date(2025, 6, 1))
    return master, second, trainer("Baiq", second, level="fasilitator")


def reach(found):
    return [(line.generation, line.people, line.also_reached) for line in found.generations]


def test_three_generations_with_overlaps(session, register, three, taught):
    """Master teaches A, B, C; the trainer B, D, E; the facilitator A, E, F, G: of seven people 3 + 2 + 2."""
    a, b, c, d, e, f = (register(name) for name in ("Ani", "Budi", "Cici", "Dewi", "Eka", "Fitri"))
    master, second, third = three
    taught([master], {"person_id": a}, {"person_id": b}, {"person_id": c}, training_type="tot")
    taught([second], {"person_id": b}, {"person_id": d}, {"person_id": e})
    taught([third], {"person_id": a}, {"person_id": e}, {"person_id": f}, "Gede")
    found = cascade(session)
    assert reach(found) == [(1, 3, 0), (2, 2, 1), (3, 2, 2)]
    assert (found.people, found.sessions) == (7, 3)


def test_the_tree_and_the_cascade_together_are_what_they_are_apart_and_read_the_sheets_once(session, three, taught):
    import sqlalchemy as sa

    taught([three[0], three[1]], {"name": "Sumiati", "phone": "081234567890"}, "Ani")
    taught([three[1]], "Sumiati", "Budi")
    session.flush()
    apart, read = (trainer_tree(session), cascade(session)), []

    def remember(_connection, _cursor, statement, *_rest):
        read.extend(["sheets"] * ("FROM participation" in statement))

    sa.event.listen(session.get_bind(), "before_cursor_execute", remember)
    both = tree_and_cascade(session)
    sa.event.remove(session.get_bind(), "before_cursor_execute", remember)
    assert (both, read) == (apart, ["sheets"])


def test_the_same_light_record_on_two_sheets_is_one_person(session, three, taught):
    taught([three[0]], {"name": "Sumiati", "sex": "P", "phone": "081234567890"})
    taught([three[1]], {"name": "Sumiyati", "sex": "P", "phone": "081234567890"}, {"name": "Sumiati", "sex": "P"})
    assert reach(cascade(session)) == [(1, 1, 0), (2, 0, 1), (3, 0, 0)]


@pytest.mark.parametrize(
    "other", [{"sex": "L"}, {"village_code": ELSEWHERE}, {"phone": "081234567891"}, {"name": "Rohani"}]
)
def test_light_records_that_differ_are_different_people(session, three, taught, other):
    first = {"name": "Sumiati", "sex": "P", "phone": "081234567890"}
    taught([three[0]], first, first | other)
    assert cascade(session).people == 2


def test_a_client_is_one_person_whatever_stands_on_the_sheets(session, register, three, taught):
    sumiati = register("Sumiati", sex="P")
    taught([three[0]], {"person_id": sumiati})
    taught([three[2]], {"person_id": sumiati, "name": "Ibu Sum", "phone": "081234567890"})
    found = cascade(session)
    assert (found.people, found.generations[0].women, found.generations[0].men) == (1, 1, 0)


def test_an_event_counts_for_the_generation_of_its_lead(session, three, taught):
    master, second, _third = three
    taught([second, master], "Ani")
    assert reach(cascade(session)) == [(1, 0, 0), (2, 1, 0), (3, 0, 0)]


def test_who_only_looked_on_taught_nothing(session, three, taught):
    event = taught([three[1]], "Ani")
    set_trainers(session, event, [(three[1], "utama"), (three[0], "pengamat")])
    found = cascade(session)
    assert [(line.level, line.sessions, line.active) for line in found.levels][:2] == [
        ("master", 0, 0), ("pelatih", 1, 1),
    ]  # fmt: skip


def test_what_was_called_off_or_is_still_to_come_counts_nowhere(session, three, taught, today):
    event = taught([three[0]], "Ani", counted_women=4)
    change_training(session, event, {"called_off": True})
    taught([three[0]], "Budi", on=today + dt.timedelta(days=3))
    found = cascade(session)
    assert (found.people, found.sessions, found.heads) == (0, 0, 0)


def test_those_only_counted_and_those_reached_by_radio_stand_in_no_sum_of_people(session, three, taught):
    taught([three[0]], "Ani", counted_women=5, counted_men=2, counted_others=1, reach=40_000)
    taught([three[0]], "Budi", training_type="siaran", reach=40_000)
    found = cascade(session)
    assert (found.people, found.heads, found.sessions) == (1, 8, 1)


def test_who_was_absent_was_not_reached(session, three, taught):
    taught([three[0]], {"name": "Ani", "days": "A"}, {"name": "Budi", "days": "T"})
    assert cascade(session).people == 1


def test_the_period_narrows_events_and_not_who_is_active(session, three, taught):
    taught([three[0]], "Ani", on=dt.date(2026, 9, 30))
    taught([three[1]], "Budi", on=dt.date(2026, 10, 1))
    found = cascade(session, since=dt.date(2026, 10, 1), until=dt.date(2026, 10, 31))
    assert (found.people, found.sessions, found.all_levels.active) == (1, 1, 2)


def test_active_is_who_taught_within_six_months(session, three, taught, today):
    taught([three[0]], "Ani", on=dt.date(2026, 5, 20))
    taught([three[1]], "Budi", on=dt.date(2026, 5, 19))
    found = cascade(session)
    assert [line.active for line in found.levels] == [1, 0, 0]
    assert [(node.name, node.active) for node in trainer_tree(session)[0].everybody()] == [
        ("Wati", True), ("Lalu", False), ("Baiq", False),
    ]  # fmt: skip


def test_levels_say_who_is_certified_and_how_often_they_taught(session, three, taught):
    taught([three[0], three[1]], "Ani")
    taught([three[1]], "Budi")
    lines = [(one.level, one.trainers, one.certified, one.sessions) for one in cascade(session).levels]
    assert lines == [("master", 1, 1, 1), ("pelatih", 1, 1, 2), ("fasilitator", 1, 0, 0)]
    assert cascade(session).all_levels.sessions_each == 1


def test_a_trainer_of_later_is_not_in_a_report_of_earlier(session, trainer):
    trainer("Wati", certified_on=dt.date(2026, 3, 1))
    trainer("Lalu", certified_on=dt.date(2026, 10, 1))
    assert cascade(session, until=dt.date(2026, 6, 30)).all_levels.trainers == 1


def test_a_circle_that_came_from_two_laptops_is_cut_and_named(session, three, taught):
    """Each laptop wrote down one half; neither could see the circle."""
    master, second, third = three
    session.get(Trainer, master).trained_by_id = third
    session.flush()
    taught([third], "Ani")
    found = cascade(session)
    ((first, *rest),) = found.cycles
    assert first == min(three)
    assert {first, *rest} == {master, second, third}
    assert found.people == 1
    (root,) = trainer_tree(session)
    assert (root.id, root.cut) == (first, True)
    assert {node.id for node in root.everybody()} == set(three)


def test_a_collector_counts_the_events_of_their_villages(session, collector_session, three, taught):
    taught([three[0]], "Ani")
    taught([three[1]], "Budi", "Cici", village_code=ELSEWHERE)
    session.commit()
    assert cascade(collector_session(ELSEWHERE)).people == 2


def test_where_narrows_to_a_place(session, three, taught):
    taught([three[0]], "Ani")
    taught([three[0]], "Budi", village_code=ELSEWHERE)
    assert cascade(session, where=(TrainingEvent.village_code == ELSEWHERE,)).people == 1


def test_both_engines_count_alike(either_centre):
    with either_centre.change() as session:
        master = register_trainer(session, {"name": "Wati", "level": "master"}).id
        second = register_trainer(session, {"name": "Lalu", "level": "pelatih", "trained_by_id": master}).id
        for one, names in ((master, "AB"), (second, "BC")):
            people = [{"name": f"Nama {name}", "days": "H"} for name in names]
            event = {"training_type": "kelas", "starts_on": RECENT, "village_code": VILLAGE}
            set_trainers(session, record_training(session, event=event, participants=people).id, [(one, "utama")])
        found = cascade(session)
    assert reach(found) == [(1, 2, 0), (2, 1, 1)]


# Whatever comes from other laptops

PARENTS = st.dictionaries(st.integers(0, 12), st.none() | st.integers(0, 14), max_size=12).map(
    lambda drawn: {f"{one:02}": None if above is None else f"{above:02}" for one, above in drawn.items()}
)


@given(PARENTS)
def test_every_trainer_has_a_generation_one_below_their_trainer_unless_a_circle_was_cut(parents):
    cut = {circle[0] for circle in circles_of(parents)}
    generations = generations_of(parents, cut)
    assert generations.keys() == parents.keys()
    for one, above in parents.items():
        root = above is None or above not in parents or one in cut
        assert generations[one] == (1 if root else generations[above] + 1)


@given(PARENTS, st.randoms())
def test_every_laptop_cuts_circles_alike(parents, shuffle):
    items = list(parents.items())
    shuffle.shuffle(items)
    assert circles_of(dict(items)) == circles_of(parents)


@given(PARENTS)
def test_a_circle_is_named_once_and_is_one(parents):
    circles = circles_of(parents)
    members = [one for circle in circles for one in circle]
    assert len(members) == len(set(members))
    for circle in circles:
        assert all(parents[one] == above for one, above in zip(circle, (*circle[1:], circle[0]), strict=True))
        assert circle[0] == min(circle)


PEOPLE = st.integers(0, 9)
EVENTS = st.lists(
    st.tuples(st.integers(0, 4), st.booleans(), st.lists(st.tuples(PEOPLE, st.booleans()), max_size=6)), max_size=8
)


@given(EVENTS, st.lists(st.none() | st.integers(0, 3), min_size=5, max_size=5), st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_generations_add_up_to_distinct_people_whatever_overlaps(session, events, above, data):
    """Five trainers under each other in any order, ten people of whom half are clients, events in any order."""
    before = session.begin_nested()
    trainers = [Trainer(name=f"T{place}", level="pelatih") for place in range(5)]
    for place, parent in enumerate(above):
        trainers[place].trained_by_id = None if parent is None or parent >= place else trainers[parent].id
    clients = {one: Person(full_name=f"Klien {one}", sex="P") for one in range(0, 10, 2)}
    session.add_all([*trainers, *clients.values()])
    for lead, off, came in data.draw(st.permutations(events)):
        held = TrainingEvent(training_type="kelas", starts_on=RECENT, village_code=VILLAGE, called_off=off or None)
        session.add(held)
        session.add(EventTrainer(event_id=held.id, trainer_id=trainers[lead].id, part="utama"))
        for one, there in came:
            linked = {"person_id": clients[one].id} if one in clients else {"name": f"Ringan {one}", "sex": "L"}
            session.add(Participation(event_id=held.id, days="H" if there else "A", **linked))
    session.flush()
    placed = generations_of({one.id: one.trained_by_id for one in trainers})
    lowest: dict[int, int] = {}
    for lead, off, came in events:
        for one, there in came:
            if there and not off:
                lowest[one] = min(lowest.get(one, 99), placed[trainers[lead].id])
    found = cascade(session)
    assert {line.generation: line.people for line in found.generations if line.people} == Counter(lowest.values())
    assert found.people == len(lowest)
    before.rollback()
    session.expunge_all()
