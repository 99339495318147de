"""What two desks wrote without knowledge of each other is listed in words, settled at one of them, and gone at both."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from resource_centre import i18n
from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.log.receive import receive
from resource_centre.log.shape import logged_records
from resource_centre.log.voiding import void
from resource_centre.log.writing import recording
from resource_centre.records import Change, Conflict, Person, ProtectionConcern, Response, new_id
from resource_centre.records.base import table_of
from resource_centre.services.conflict_words import label_of, noun_of, value_words
from resource_centre.services.conflicts import count_conflicts, open_conflicts, settle
from resource_centre.vocabulary import vocabulary


def entries(session):
    connection = session.connection()
    with recording(connection):
        return [dict(row) for row in connection.execute(sa.select(table_of(Change))).mappings()]


class Two:
    """A centre and another desk that tell each other their entries."""

    def __init__(self, centre, desk):
        self.centre, self.desk = centre, desk

    def tell(self):
        for _round in range(2):
            with self.desk.open() as theirs, self.centre.change() as ours:
                receive(ours, entries(theirs))
                receive(theirs, entries(ours))

    def here(self):
        return self.centre.change()

    def there(self):
        return self.desk.open()

    def both_are_whole(self):
        self.tell()
        with self.here() as ours, self.there() as theirs:
            assert list(doctor.examine(ours.connection())) == []
            assert list(doctor.examine(theirs.connection())) == []
            assert count_conflicts(ours) == count_conflicts(theirs)
            return count_conflicts(ours)


@pytest.fixture
def two(either_centre, new_place):
    return Two(either_centre, new_place("desk"))


@pytest.fixture
def sumiati(two):
    with two.here() as session:
        person = Person(full_name="Sumiati", number="LTM-1", safe_phone="+6281234567890")
        session.add(person)
        session.flush()
        person_id = person.id
    two.tell()
    return person_id


def differ(two, record, row_id, field, ours, theirs):
    for opened, value in ((two.here, ours), (two.there, theirs)):
        with opened() as session:
            setattr(session.get(record, row_id), field, value)
    two.tell()


def only_line(opened):
    with opened() as session:
        (line,) = open_conflicts(session)
        return line


def test_a_line_says_what_whose_who_when_and_where(two, sumiati):
    differ(two, Person, sumiati, "safe_phone", "+6281111111111", "+6282222222222")
    line = only_line(two.here)
    assert (line.noun, line.person_id, line.person) == ("Person", sumiati, "Sumiati · LTM-1")
    assert line.label == label_of("person", "safe_phone")
    assert {side.words for side in line.sides} == {"0811-1111-1111", "0822-2222-2222"}
    assert [side.stands for side in line.sides] == [True, False]
    assert "this computer" in {side.where for side in line.sides}
    assert all(isinstance(side.at, dt.datetime) and side.who for side in line.sides)


@pytest.mark.parametrize("which", [0, 1])
def test_settled_at_one_desk_it_is_gone_at_both(two, sumiati, which):
    differ(two, Person, sumiati, "safe_phone", "+6281111111111", "+6282222222222")
    line = only_line(two.here)
    with two.here() as session:
        settle(session, line.row_id, line.field, line.sides[which].dot)
        assert count_conflicts(session) == 0
    assert two.both_are_whole() == 0
    for opened in (two.here, two.there):
        with opened() as session:
            shown = value_words(session, "person", "safe_phone", session.get(Person, sumiati).safe_phone)
            assert shown == line.sides[which].words


def test_what_stands_is_kept_without_naming_it(two, sumiati):
    differ(two, Person, sumiati, "full_name", "Sumiati Hasan", "Sumiati Hasanah")
    line = only_line(two.there)
    with two.there() as session:
        settle(session, line.row_id, line.field)
    assert two.both_are_whole() == 0
    with two.here() as session:
        assert session.get(Person, sumiati).full_name == line.sides[0].words


def test_two_reasons_for_no_answer_are_two_sides(two, sumiati):
    differ(two, Person, sumiati, "unanswered", {"birth_date": "refused"}, {"birth_date": "unknown"})
    line = only_line(two.here)
    assert line.field == "birth_date?"
    assert line.label == label_of("person", "birth_date")
    chosen = next(side for side in line.sides if vocabulary("unanswered").label("refused") in side.words)
    with two.here() as session:
        settle(session, line.row_id, line.field, chosen.dot)
    assert two.both_are_whole() == 0
    with two.there() as session:
        assert session.get(Person, sumiati).unanswered == {"birth_date": "refused"}


def test_one_answer_of_a_questionnaire_is_settled_by_itself(two, sumiati):
    asked = new_id()
    with two.here() as session:
        session.add(Response(id=asked, version_id=new_id(), person_id=sumiati, answers={"work": "yes"}))
    two.tell()
    differ(two, Response, asked, "answers", {"work": "no"}, {"work": "sometimes"})
    line = only_line(two.here)
    assert line.field == "answers.work"
    assert line.label.endswith(": work")
    chosen = next(side for side in line.sides if side.words == "sometimes")
    with two.here() as session:
        settle(session, asked, line.field, chosen.dot)
    assert two.both_are_whole() == 0
    with two.there() as session:
        assert session.get(Response, asked).answers == {"work": "sometimes"}


def marked_and_edited(two, person_id):
    with two.here() as session:
        void(session, session.get(Person, person_id), "entered twice")
    with two.there() as session:
        session.get(Person, person_id).full_name = "Sumiati Hasan"
    two.tell()


def test_a_record_marked_here_and_edited_there_stays_marked_when_that_is_chosen(two, sumiati):
    marked_and_edited(two, sumiati)
    line = only_line(two.there)
    assert line.field == "voided"
    mark, edit = line.sides
    assert (mark.words, mark.edit) == ("Not valid: entered twice", False)
    assert (edit.words, edit.edit) == (f"{label_of('person', 'full_name')}: Sumiati Hasan", True)
    with two.there() as session:
        settle(session, line.row_id, line.field, mark.dot)
    assert two.both_are_whole() == 0
    with two.here() as session:
        assert session.get(Person, sumiati).voided


def test_a_record_marked_here_and_edited_there_is_valid_again_when_the_edit_is_chosen(two, sumiati):
    marked_and_edited(two, sumiati)
    line = only_line(two.here)
    with two.here() as session:
        settle(session, line.row_id, line.field, line.sides[1].dot)
    assert two.both_are_whole() == 0
    with two.there() as session:
        person = session.get(Person, sumiati)
        assert (person.voided, person.void_reason, person.full_name) == (False, None, "Sumiati Hasan")


def test_three_desks_with_two_values_are_two_sides(two, sumiati, new_place):
    third = new_place("third")
    with two.here() as ours, third.open() as session:
        receive(session, entries(ours))
    with third.open() as session:
        session.get(Person, sumiati).full_name = "Sri"
    differ(two, Person, sumiati, "full_name", "Sri", "Ayu")
    with two.here() as ours, third.open() as session:
        receive(ours, entries(session))
    line = only_line(two.here)
    assert sorted(side.words for side in line.sides) == ["Ayu", "Sri"]


def test_a_settled_line_cannot_be_settled_twice(two, sumiati):
    differ(two, Person, sumiati, "full_name", "Sri", "Ayu")
    line = only_line(two.here)
    with two.here() as session, pytest.raises(Refused, match="changed_meanwhile"):
        settle(session, line.row_id, line.field, ("nobody", 1))
    with two.here() as session:
        settle(session, line.row_id, line.field, line.sides[1].dot)
        with pytest.raises(Refused, match="not_found"):
            settle(session, line.row_id, line.field, line.sides[1].dot)


def test_what_an_account_may_not_read_is_neither_listed_nor_counted(two, sumiati, collector_sessions):
    concern = new_id()
    with two.here() as session:
        session.add(ProtectionConcern(id=concern, person_id=sumiati, kind="tppo"))
    two.tell()
    with two.here() as session:
        log = [dict(one) for one in entries(session) if one["row_id"] == concern]
        write_apart(session, log[0])
        assert (count_conflicts(session), open_conflicts(session)) == (0, [])
        with pytest.raises(Refused, match="not_found"):
            settle(session, concern, "kind")
    differ(two, Person, sumiati, "full_name", "Sri", "Ayu")
    with collector_sessions(two.centre) as session:
        assert (count_conflicts(session), open_conflicts(session)) == (0, [])
        with pytest.raises(Refused, match="not_found"):
            settle(session, sumiati, "full_name")


def write_apart(session, first):
    """The first save of a concern, with another kind, as a desk that knows nothing of it would have written it."""
    from resource_centre.log.shape import digest

    body = first["body"].replace('"kind":["tppo"', '"kind":["kdrt"')
    assert body != first["body"]
    other = {**first, "site": "Z" * 13, "seq": 1, "body": body}
    other["digest"] = digest("Z" * 13, 1, first["tbl"], first["row_id"], body)
    receive(session, [other])
    with recording(session.connection()):
        held = session.connection().scalars(sa.select(table_of(Conflict).c.field)).all()
    assert held == ["kind"]


@pytest.fixture
def collector_sessions():
    from db.engine import WRITES
    from db.first_day import session_factory
    from resource_centre.access import COLLECTOR, Viewer

    def opened(centre):
        factory = session_factory(Viewer(new_id(), COLLECTOR, frozenset({"52.03.01.2001"})), "Q" * 13)
        return factory(bind=centre.engine.execution_options(**WRITES))

    return opened


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_table_and_field_is_called_something(language):
    i18n.set_language(language)
    assert set(vocabulary("record_kind").codes) == logged_records().keys()
    for tbl, record in logged_records().items():
        assert noun_of(tbl) != tbl
        assert all(label_of(tbl, column.key) for column in record.__table__.c)


@pytest.mark.parametrize(
    ("tbl", "field", "value", "words"),
    [
        ("person", "sex", "P", "Female"),
        ("person", "birth_date", "1990-05", "05-1990"),
        ("debt", "principal", 1_500_000, "1.500.000"),
        ("person", "full_name", "", "–"),
        ("person", "birth_date", 7, "7"),
        ("person", "from_tomorrow", {"a": 1}, '{"a": 1}'),
        ("paper_copy", "locked", False, "No"),
    ],
)
def test_values_are_said_in_words(tbl, field, value, words, session):
    assert value_words(session, tbl, field, value) == words
