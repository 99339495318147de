"""Submissions of telephones through the register importer: Kobo's and ODK's layouts, each submission once."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from openpyxl import Workbook

from resource_centre.records import Address, Identifier, MigrationEpisode, Person
from resource_centre.registers.files import read_book
from resource_centre.registers.importing import import_register, undo_import
from resource_centre.registers.read import read_register
from resource_centre.registers.refusals import FileRefused
from resource_centre.registers.village_form import GROUPS, village_form, village_workbook

VILLAGE, OTHER = "52.03.01.2001", "52.03.02.2001"
SYSTEM = ("_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by",
          "__version__", "_tags", "_index")  # fmt: skip
SITI = {
    "visit/reported": "2026-10-05", "visit/village": VILLAGE, "person/name": "Sumiati",
    "person/nik": "9903014101840001", "person/sex": "P", "person/born": "1984-01", "person/phone": "081234567890",
    "stay/country": "MYS", "stay/returned": "2026-09-20",
}  # fmt: skip
BUDI = {"visit/reported": "2026-10-06", "visit/village": OTHER, "person/name": "Budi", "person/sex": "L"}


def system(number, uuid):
    return dict(zip(SYSTEM, (number, uuid, "2026-10-05T23:30:00", "", "", "", "", "v1", "", number), strict=True))


def book(tmp_path, sheets, name="export.xlsx"):
    made = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    path = tmp_path / name
    made.save(path)
    return path


def two(tmp_path, **more):
    rows = [{**SITI, **more, **system(1, "aaaa-1")}, {**BUDI, **system(2, "aaaa-2")}]
    return book(tmp_path, {"Village registration": rows})


def people(session):
    return sorted(session.scalars(sa.select(Person.full_name).where(Person.voided.is_(False))))


def test_submissions_of_our_own_form_are_read_without_saying_what_a_column_is(session, tmp_path):
    done = import_register(session, two(tmp_path))
    assert (done.counts["new"], done.counts["problems"]) == (2, 0)
    siti = session.scalars(sa.select(Person).where(Person.full_name == "Sumiati")).one()
    assert (siti.sex, siti.birth_date, str(siti.registered_on)) == ("P", "1984-01", "2026-10-05")
    assert session.scalars(sa.select(Address.village_code).where(Address.person_id == siti.id)).one() == VILLAGE
    kinds = session.scalars(sa.select(Identifier.kind).where(Identifier.person_id == siti.id)).all()
    assert sorted(kinds) == ["nik", "phone"]
    stay = session.scalars(sa.select(MigrationEpisode)).one()
    assert (stay.destination_country, stay.return_date) == ("MYS", "2026-09-20")


def test_the_same_submission_is_taken_in_once_whatever_else_the_next_file_brings(session, tmp_path):
    import_register(session, two(tmp_path))
    third = {"visit/reported": "2026-10-07", "visit/village": VILLAGE, "person/name": "Rohani", "person/sex": "P"}
    rows = [{**BUDI, "person/name": "Budi Santoso", **system(1, "aaaa-2")}, {**third, **system(2, "aaaa-3")}]
    again = import_register(session, book(tmp_path, {"export": rows}, "second.xlsx"))
    assert (again.counts["imported"], again.counts["new"]) == (1, 1)
    assert people(session) == ["Budi", "Rohani", "Sumiati"]


def test_an_import_of_submissions_is_undone_as_one(session, tmp_path):
    done = import_register(session, two(tmp_path))
    undo_import(session, done.batch_id)
    assert people(session) == []


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_text_table_is_read_like_a_workbook(session, tmp_path, separator):
    rows = [{**SITI, **system(1, "aaaa-1")}, {**dict.fromkeys(SITI, ""), **BUDI, **system(2, "aaaa-2")}]
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path / "export.csv"
    path.write_text(file.getvalue(), "utf-8")
    assert import_register(session, path).counts["new"] == 2
    assert people(session) == ["Budi", "Sumiati"]


def test_odk_centrals_names_of_its_columns_are_known(session, tmp_path):
    row = {key.replace("/", ":"): value for key, value in SITI.items()}
    row |= {"meta:instanceID": "uuid:bbbb-1", "KEY": "uuid:bbbb-1", "SubmissionDate": "2026-10-05T23:30:00.000Z"}
    path = book(tmp_path, {"export": [row]})
    assert import_register(session, path).counts["new"] == 1
    assert import_register(session, book(tmp_path, {"export": [row]}, "again.xlsx")).counts["imported"] == 1


LAYOUTS = {
    "summary": {"needs": "work health"},
    "details": {"needs/work": 1, "needs/health": 1, "needs/school": 0},
    "both": {"needs": "work health", "needs/work": 1, "needs/health": 1, "needs/school": 0},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_answers_with_several_choices_are_one_column_in_all_three_layouts(tmp_path, layout):
    path = two(tmp_path, **LAYOUTS[layout])
    understood = read_register(path)
    first = understood.rows[0]
    assert first.raw.get("needs") == "work health"
    assert not any("/" in heading for heading in first.raw)
    assert first.values["name"] == "Sumiati"


def test_several_versions_of_a_form_lie_in_one_export(session, tmp_path):
    old = {"person/name": "Rohani", "visit/village": VILLAGE, "person/sex": "P", "visit/reported": "2026-10-01"}
    rows = [{**SITI, **system(1, "a1")}, {**old, **system(2, "a2"), "__version__": "v0", "old_group/name_of_head": "x"}]
    assert import_register(session, book(tmp_path, {"export": rows})).counts["new"] == 2


def test_people_asked_for_in_a_repeat_are_rows_of_their_own(session, tmp_path):
    main = [{"visit/reported": "2026-10-05", "visit/village": VILLAGE, **system(7, "cccc-1")}]
    repeat = [
        {"people/name": name, "people/sex": sex, "_index": number, "_parent_table_name": "export", "_parent_index": 7,
         "_submission__uuid": "cccc-1"}
        for number, (name, sex) in enumerate((("Sumiati", "P"), ("Budi", "L")), start=1)
    ]  # fmt: skip
    sheets = {"export": main, "people": repeat}
    assert import_register(session, book(tmp_path, sheets)).counts["new"] == 2
    assert session.scalars(sa.select(Address.village_code)).all() == [VILLAGE, VILLAGE]
    assert import_register(session, book(tmp_path, sheets, "again.xlsx")).counts["imported"] == 2


def test_questions_as_headings_are_refused_with_what_to_do(session, tmp_path):
    row = {"Nama lengkap": "Sumiati", "Jenis kelamin": "Perempuan", "Tanggal lahir": "1984", **system(1, "a1")}
    with pytest.raises(FileRefused, match="phone_labels") as refused:
        import_register(session, book(tmp_path, {"export": [row]}))
    assert "XML values" in refused.value.words()


def test_the_day_of_sending_stands_in_where_no_day_was_asked(tmp_path):
    row = {"name": "Sumiati", "village": VILLAGE, "sex": "P", **system(1, "a1")}
    reported = read_register(book(tmp_path, {"export": [row]})).rows[0].values["reported"]
    sent = datetime(2026, 10, 5, 23, 30, tzinfo=UTC).astimezone().date()
    assert str(reported) == str(sent)


def test_a_register_without_submissions_is_read_as_before(tmp_path):
    row = {"Nama": "Sumiati", "JK": "P", "Desa": "Tanjung Luar", "Tanggal": "2026-10-05"}
    assert read_register(book(tmp_path, {"Purna": [row]})).rows[0].values["name"] == "Sumiati"


def test_the_form_is_one_that_kobo_takes(tmp_path):
    from pyxform.xls2xform import convert

    path = tmp_path / "form.xlsx"
    path.write_bytes(village_workbook([VILLAGE, OTHER], "1"))
    made = convert(path)
    assert not made.warnings
    assert "Tanjung Luar" in made.xform
    assert "Bahasa Indonesia (id)" in made.xform


def test_every_question_of_the_form_is_a_column_that_registers_know(tmp_path):
    answers = {f"{group}/{one.name}": "x" for group, _title, questions in GROUPS for one in questions}
    path = book(tmp_path, {"export": [{**answers, **system(1, "a1")}]})
    sheet = read_register(path).sheets[0]
    named = {one.name for _group, _title, questions in GROUPS for one in questions}
    assert {column.field for column in sheet.columns} >= named
    assert [column.heading for column in sheet.unknown] == []


@pytest.mark.parametrize("villages", [(), ("99.99.99.9999",), (VILLAGE, "nowhere")])
def test_a_form_is_for_villages_that_there_are(villages):
    with pytest.raises(FileRefused, match="no_villages"):
        village_form(villages)


def test_the_file_itself_is_only_read(session, tmp_path):
    path = two(tmp_path)
    before = path.read_bytes()
    import_register(session, path)
    assert path.read_bytes() == before
    assert [sheet.name for sheet in read_book(path).sheets] == ["Village registration"]
