# SPDX-License-Identifier: Apache-2.0
"""A village list comes back from the village on paper and is copied in: by its own number, row by row, once."""

import datetime as dt

import pytest
from sqlalchemy import select

from resource_centre.access import COLLECTOR
from resource_centre.errors import Refused
from resource_centre.records import Contact, ImportRow, MigrationEpisode, Person
from resource_centre.registers.importing import import_register, undo_import
from resource_centre.registers.village_list import (
    ListSheet,
    code_meant,
    columns,
    numbered,
    read_sheet_number,
    sheet_number,
)
from resource_centre.registers.village_list_known import look_at, rows_taken

SELONG, KELAYU = "52.03.07.1002", "52.03.07.1003"
SHEET = sheet_number("B3", 17)
AMINAH = {"name": "Siti Aminah", "sex": "P", "born": "1984", "country": "MYS", "returned": "2026-03", "education": "?",
          "mother_name": "!", "street": "?"}  # fmt: skip
AHMAD = {"name": "Lalu Ahmad", "sex": "L", "phone": "081911112222"}


@pytest.fixture
def sheet():
    """A sheet with these rows."""

    def made(*rows, number=SHEET, village=SELONG):
        return ListSheet(number, village, dt.date(2026, 11, 20), "Bu Rini", dict(enumerate(rows, start=1)))

    return made


def people(session):
    return {one.full_name: one for one in session.scalars(select(Person).where(~Person.voided))}


def test_everybody_on_a_sheet_is_registered_in_the_order_of_the_paper(session, sheet):
    taken = import_register(session, sheet(AMINAH, AHMAD).book())
    rows = session.scalars(select(ImportRow).where(ImportRow.batch_id == taken.batch_id).order_by(ImportRow.row))
    assert [(row.sheet, row.row, row.values["name"]) for row in rows] == [
        (SHEET, 1, "Siti Aminah"), (SHEET, 2, "Lalu Ahmad"),
    ]  # fmt: skip
    numbers = [people(session)[name].number for name in ("Siti Aminah", "Lalu Ahmad")]
    assert numbers == sorted(numbers)


def test_a_visit_says_on_which_paper_and_row_somebody_stands(session, sheet):
    import_register(session, sheet(AMINAH).book())
    visit = session.scalars(select(Contact)).one()
    assert visit.reason == f"Village list {SHEET}, row 1"
    assert (visit.channel, visit.staff, visit.held_on) == ("outreach", "Bu Rini", dt.date(2026, 11, 20))


def test_not_known_and_not_said_are_kept_apart(session, sheet):
    import_register(session, sheet(AMINAH).book())
    assert people(session)["Siti Aminah"].unanswered == {"education": "unknown", "mother_name": "refused"}


def test_a_partial_date_stays_partial(session, sheet):
    import_register(session, sheet(AMINAH).book())
    assert people(session)["Siti Aminah"].birth_date == "1984"
    assert session.scalars(select(MigrationEpisode.return_date)).one() == "2026-03"


def test_a_sheet_copied_a_second_time_brings_nobody_again(session, sheet):
    import_register(session, sheet(AMINAH).book())
    corrected = AMINAH | {"name": "Siti Aminah binti Ali"}
    assert import_register(session, sheet(corrected).book()).batch_id is None
    assert rows_taken(session, SHEET) == {1: "Siti Aminah"}


def test_a_photocopy_with_a_letter_behind_its_number_is_another_sheet(session, sheet):
    import_register(session, sheet(AMINAH).book())
    assert rows_taken(session, f"{SHEET}-A") == {}
    import_register(session, sheet(AHMAD, number=f"{SHEET}-A").book())
    assert set(people(session)) == {"Siti Aminah", "Lalu Ahmad"}


def test_a_sheet_that_somebody_else_has_copied_is_known_too(centre, sheet):
    with centre.change() as session:
        import_register(session, sheet(AMINAH).book())
        session.delete(session.scalars(select(ImportRow)).one())
    with centre.read() as session:
        assert rows_taken(session, SHEET) == {1: "Siti Aminah"}


def test_a_sheet_whose_import_was_undone_may_be_copied_again(session, sheet):
    undo_import(session, import_register(session, sheet(AMINAH).book()).batch_id)
    assert rows_taken(session, SHEET) == {}
    assert import_register(session, sheet(AMINAH).book()).counts["new"] == 1


def test_a_row_is_checked_as_in_a_register(session, sheet):
    says = look_at(session, sheet(AMINAH, AHMAD | {"nik": "12345"}, {"sex": "P"}, {"name": "Jumlah"}))
    assert says[1].wrong == {}
    assert says[2].wrong == {"nik": ("error", "A NIK has 16 digits.")}
    assert says[3].wrong == {"name": ("error", "The name is missing.")}
    assert says[4].status == "left_out"


def test_somebody_known_already_is_said_to_be(session, sheet):
    import_register(session, sheet(AMINAH | {"phone": "081234567890"}).book())
    says = look_at(session, sheet(AMINAH | {"phone": "081234567890"}, number="LAIN-1"))
    assert says[1].status in {"known", "likely_duplicate"}


def test_a_collector_copies_in_lists_of_their_own_villages_only(collector_session, sheet):
    session = collector_session(SELONG)
    assert look_at(session, sheet(AMINAH))[1].status == "new"
    for act in (look_at, lambda own, other: import_register(own, other.book())):
        with pytest.raises(Refused) as refused:
            act(session, sheet(AMINAH, village=KELAYU))
        assert refused.value.code == "out_of_scope"
    assert session.info["viewer"].role == COLLECTOR


def test_a_collector_takes_in_a_list_of_their_own_village(collector_session, sheet):
    session = collector_session(SELONG)
    assert import_register(session, sheet(AMINAH, AHMAD).book()).counts["new"] == 2
    assert rows_taken(session, SHEET) == {1: "Siti Aminah", 2: "Lalu Ahmad"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (SHEET, SHEET),
        (SHEET.lower().replace("-", " "), SHEET),
        (SHEET.replace("-", ""), SHEET),
        (f"{SHEET} a", f"{SHEET}-A"),
        ("selong 1", "SELONG-1"),
        ("2026/3", "2026/3"),
        (SHEET.replace("17", "71"), None),
        ("selong", None),
        ("", None),
        ("1" * 30, None),
    ],
)
def test_the_number_of_a_sheet_is_read_as_people_write_it_and_a_slip_shows(written, meant):
    assert read_sheet_number(written) == meant


@pytest.mark.parametrize(
    ("name", "written", "meant"),
    [
        ("country", "1", "MYS"),
        ("country", "mal", "MYS"),
        ("country", "tai", "TWN"),
        ("education", "3", "sd"),
        ("education", "sma", "slta"),
        ("sex", "f", "P"),
        ("marital_status", "cerai m", "cerai_mati"),
        ("occupation", "pek", None),
        ("occupation", "99", None),
        ("country", "qqq", None),
    ],
)
def test_a_code_is_meant_by_its_short_number_a_word_or_its_first_letters(name, written, meant):
    assert code_meant(name, written) == meant


def test_short_numbers_stay_when_an_entry_is_added_between_others():
    for name in ("education", "marital_status", "country", "occupation"):
        assert {number: term.order // 10 for number, term in numbered(name).items()} == {
            number: number for number in numbered(name)
        }


def test_no_reason_for_a_return_is_asked_on_a_paper_that_is_carried_about():
    assert "return_type" not in columns()
