# SPDX-License-Identifier: Apache-2.0
"""Finding people as somebody types, and finding only whom one may see."""

import pytest
import sqlalchemy as sa

from db.doctor import examine
from db.search import count_people, find_people
from resource_centre.log.bulk import insert_new
from resource_centre.log.voiding import void
from resource_centre.places import gazetteer
from resource_centre.records import Address, Identifier, Person

SELONG = "52.03.07.1002"
ELSEWHERE = "52.71.05.1002"


def register(session, name, *, village=SELONG, number=None, nik=None, phone=None, passport=None, **more):
    person = Person(full_name=name, number=number, **more)
    session.add(person)
    session.add(Address(person_id=person.id, kind="current", village_code=village))
    for kind, value in (("nik", nik), ("phone", phone), ("passport", passport)):
        if value:
            session.add(Identifier(person_id=person.id, kind=kind, value=value))
    session.flush()
    return person


def names(session, text, **more):
    return [row.name for row in find_people(session, text, **more)]


def register_everybody(centre):
    with centre.change() as session:
        register(session, "Siti Aminah", number="LTM-26-A1-C0042-K", nik="5203075708840001", phone="+6281234567890")
        register(session, "Moh. Djoenaidi", village=ELSEWHERE, passport="C1234567", safe_phone="+6285511112222")
        register(session, "Aminah", alias="Mina", birth_date="1984", sex="P")
        register(session, "Núñez Baiq Rahma", village=ELSEWHERE)


@pytest.fixture
def people(either_centre):
    register_everybody(either_centre)
    return either_centre


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def looking(request, make_either_centre):
    """A session to look with, at a centre that these tests share and do not change."""
    with make_either_centre(request.param) as centre:
        register_everybody(centre)
        with centre.read() as session:
            yield session


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ami", ["Aminah", "Siti Aminah"]),
        ("siti", ["Siti Aminah"]),
        ("aminah siti", ["Siti Aminah"]),
        ("AMI si", ["Siti Aminah"]),
        ("st. aminah", ["Siti Aminah"]),
        ("mo", ["Moh. Djoenaidi"]),
        ("moh", ["Moh. Djoenaidi"]),
        ("muhammad junaedi", ["Moh. Djoenaidi"]),
        ("siti binti aminah", ["Siti Aminah"]),
        ("muhammad junaidi", ["Moh. Djoenaidi"]),
        ("mina", ["Aminah"]),
        ("nunez", ["Núñez Baiq Rahma"]),
        ("hj. siti", ["Siti Aminah"]),
        ("LTM-26-A1-C0042-K", ["Siti Aminah"]),
        ("c0042", ["Siti Aminah"]),
        ("5203075708840001", ["Siti Aminah"]),
        ("520307 570884", ["Siti Aminah"]),
        ("0812 3456", ["Siti Aminah"]),
        ("+62 812-3456", ["Siti Aminah"]),
        ("81234567890", ["Siti Aminah"]),
        ("0062 812 3456", ["Siti Aminah"]),
        ("\u202a+62\u00a0812\u20113456\u202c", ["Siti Aminah"]),
        ("\u200eaminah\u200f siti", ["Siti Aminah"]),
        ("0855 1111", ["Moh. Djoenaidi"]),
        ("c123", ["Moh. Djoenaidi"]),
        ("C 1234567", ["Moh. Djoenaidi"]),
        ("zzz", []),
        ("siti zzz", []),
    ],
)
def test_people_are_found_by(looking, typed, found):
    assert names(looking, typed) == found
    assert count_people(looking, typed) == len(found)


def test_people_are_found_by_their_village_alone_and_with_a_name(looking):
    village, elsewhere = gazetteer().place(SELONG), gazetteer().place(ELSEWHERE)
    assert village is not None
    assert elsewhere is not None
    assert names(looking, village.name) == ["Aminah", "Siti Aminah"]
    assert names(looking, f"siti {village.name}") == ["Siti Aminah"]
    assert names(looking, f"siti {elsewhere.name}") == []
    assert count_people(looking, village.name) == 2


@pytest.mark.parametrize(
    "typed", ["", "  ", "--", "'\"*()", '"', "NEAR(", "a OR b", "siti*", "%", "\\", ":*", "&|!", "\0"]
)
def test_no_typing_breaks_the_search(looking, typed):
    found = names(looking, typed)
    assert count_people(looking, typed) == len(found)


def test_nothing_typed_lists_everybody_by_name_page_by_page(looking):
    everybody = names(looking, "")
    assert everybody == ["Aminah", "Moh. Djoenaidi", "Núñez Baiq Rahma", "Siti Aminah"]
    first = find_people(looking, "", limit=3)
    rest = find_people(looking, "", after=first[-1].cursor, limit=3)
    assert [row.name for row in (*first, *rest)] == everybody
    assert find_people(looking, "", after=rest[-1].cursor) == []
    assert count_people(looking, "") == 4


def test_pages_of_a_search_go_on_where_the_last_one_ended(looking):
    (first,) = find_people(looking, "aminah", limit=1)
    assert names(looking, "aminah", after=first.cursor) == ["Siti Aminah"]


def test_people_of_one_name_are_all_listed_once(either_centre):
    with either_centre.change() as session:
        for _ in range(7):
            register(session, "Siti")
    with either_centre.read() as session:
        seen, cursor = [], None
        while page := find_people(session, "siti", after=cursor, limit=2):
            seen += [row.id for row in page]
            cursor = page[-1].cursor
        assert len(seen) == len(set(seen)) == 7


def test_a_row_shows_what_a_list_needs(looking):
    (row,) = find_people(looking, "siti")
    assert (row.number, row.village_code, row.phone) == ("LTM-26-A1-C0042-K", SELONG, "+6281234567890")
    (row,) = find_people(looking, "junaidi")
    assert (row.phone, row.sex) == ("+6285511112222", None)
    (row,) = find_people(looking, "mina")
    assert (row.birth_date, row.sex, row.phone) == ("1984", "P", None)


def test_search_follows_every_change(people):
    with people.change() as session:
        (row,) = find_people(session, "siti")
        person = session.get_one(Person, row.id)
        person.full_name = "Zaenab"
        session.flush()
        assert names(session, "siti") == []
        assert names(session, "zaenab") == ["Zaenab"]
    with people.change() as session:
        void(session, session.get_one(Person, row.id), "twice")
        assert names(session, "zaenab") == names(session, "5203075708840001") == []
        assert count_people(session, "zaenab") == count_people(session, "5203075708840001") == 0
        assert count_people(session, "") == 3
    with people.change() as session:
        session.get_one(Person, row.id).voided = False
    with people.read() as session:
        assert names(session, "zaenab") == ["Zaenab"]
    assert all(result.well for result in examine(people))


def test_many_new_people_at_once_are_found_too(either_centre):
    with either_centre.change() as session:
        insert_new(session, Person, [{"full_name": f"Baiq Nomor {number}"} for number in range(300)])
    with either_centre.read() as session:
        assert count_people(session, "baiq") == 300
        assert len(find_people(session, "baiq nom", limit=50)) == 50
    assert all(result.well for result in examine(either_centre))


def test_a_name_used_by_thousands_is_cut_before_sorting_but_counted_whole(either_centre):
    with either_centre.change() as session:
        insert_new(session, Person, [{"full_name": f"Siti Nomor {number}"} for number in range(2300)])
    with either_centre.read() as session:
        assert count_people(session, "siti") == 2300
        assert len(find_people(session, "siti", limit=5000)) == 1000
        assert names(session, "siti 2299") == ["Siti Nomor 2299"]


def test_a_moved_person_is_found_where_they_live_now(people):
    with people.change() as session:
        (row,) = find_people(session, "siti")
        old = session.scalars(sa.select(Address).where(Address.person_id == row.id)).one()
        void(session, old, "moved")
        session.add(Address(person_id=row.id, kind="current", village_code=ELSEWHERE))
    with people.read() as session:
        (row,) = find_people(session, "siti")
        assert row.village_code == ELSEWHERE
        assert names(session, gazetteer().place(SELONG).name) == ["Aminah"]


class TestVillageCollector:
    """Somebody who may see one village only."""

    @pytest.fixture
    def centre(self, centre):
        with centre.change() as session:
            register(session, "Siti Aminah", nik="5203075708840001", phone="+6281234567890")
            register(session, "Siti Jauh", village=ELSEWHERE, nik="5271015708840001", number="LTM-26-A1-C0099-K")
        return centre

    @pytest.fixture
    def theirs(self, collector_session):
        return collector_session(SELONG)

    def test_sees_only_the_own_village_whatever_is_typed(self, theirs):
        assert names(theirs, "") == names(theirs, "siti") == ["Siti Aminah"]
        for typed in ("siti jauh", "jauh", "5271015708840001", "c0099", gazetteer().place(ELSEWHERE).name):
            assert names(theirs, typed) == []

    def test_counts_only_the_own_village(self, theirs):
        assert count_people(theirs, "") == count_people(theirs, "siti") == 1
        assert count_people(theirs, "jauh") == 0

    def test_finds_the_own_people_behind_thousands_of_others(self, centre, theirs):
        with centre.change() as session:
            insert_new(session, Person, [{"full_name": f"Siti Nomor {number}"} for number in range(2100)])
            register(session, "Siti Terakhir")
        assert names(theirs, "siti") == ["Siti Aminah", "Siti Terakhir"]
        assert count_people(theirs, "siti") == 2

    def test_without_any_village_sees_nobody(self, collector_session):
        nobody = collector_session()
        assert names(nobody, "") == names(nobody, "siti") == []
        assert count_people(nobody, "") == 0


@pytest.fixture
def twice(either_centre):
    """Somebody who was registered twice, and whose records were put together; gives both ids and numbers."""
    from resource_centre.services.people import register_person
    from resource_centre.services.person_links import link

    with either_centre.change() as session:
        values = [{"full_name": name, "sex": "P"} for name in ("Baiq Hidayati", "Hidayatul Husna")]
        stands, other = (register_person(session, values=one) for one in values)
        link(session, stands.id, other.id)
        return stands.id, other.id, other.number


@pytest.mark.parametrize("typed", ["baiq hid", "husna", "Hidayatul", None])
def test_both_names_and_both_numbers_find_the_person(either_centre, twice, typed):
    stands, _other, number = twice
    with either_centre.read() as session:
        typed = typed or number
        assert [row.id for row in find_people(session, typed)] == [stands]
        assert count_people(session, typed) == 1


def test_the_other_record_opens_as_the_person(either_centre, twice):
    from resource_centre.services.people import person_record

    stands, other, _number = twice
    with either_centre.read() as session:
        assert person_record(session, other).person.id == stands
