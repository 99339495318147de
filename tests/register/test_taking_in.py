"""A register is taken into a real centre, looked at, settled and undone."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from resource_centre.errors import Refused
from resource_centre.log.doctor import examine
from resource_centre.records import (
    Address,
    Contact,
    CounsellingSession,
    Identifier,
    ImportBatch,
    MigrationEpisode,
    Participation,
    Person,
    TrainingEvent,
)
from resource_centre.registers.files import read_book
from resource_centre.registers.importing import (
    import_register,
    imports_done,
    preview,
    remembered_mappings,
    undo_import,
)
from resource_centre.registers.settling import (
    SettlingRefused,
    accept_cell,
    correct_cell,
    count_to_settle,
    rows_to_settle,
    settle_as_other,
    settle_as_same,
)
from resource_centre.registers.tables import Mapping_
from resource_centre.services.protection import concerns, mark_of
from resource_centre.services.questionnaires import newest_version
from resource_centre.services.response_lists import responses_of
from resource_centre.services.responses import save_response

KINDS = (Person, Identifier, Address, MigrationEpisode, Contact, CounsellingSession, TrainingEvent, Participation)


def counted(session):
    return {
        kind.__name__: session.scalar(sa.select(sa.func.count()).select_from(kind).where(kind.voided.is_(False)))
        for kind in KINDS
    }


def only(session, kind, **values):
    wanted = sa.select(kind).where(kind.voided.is_(False), *(getattr(kind, name) == v for name, v in values.items()))
    return session.scalars(wanted).one()


def test_a_register_becomes_people_with_their_stays_visits_sessions_and_trainings(session, makassar):
    done = import_register(session, makassar)
    assert done.counts["rows"] == 6
    assert counted(session) == {
        "Person": 3, "Identifier": 4, "Address": 2, "MigrationEpisode": 2, "Contact": 2, "CounsellingSession": 2,
        "TrainingEvent": 1, "Participation": 2,
    }  # fmt: skip
    person = only(session, Person, full_name="Hj. Rosmiati")
    assert (person.sex, person.birth_date, person.client_type) == ("P", "1985-04-13", "returnee")
    assert str(person.registered_on) == "2026-05-13"
    assert person.number.startswith("LTM-26-")
    stay = only(session, MigrationEpisode, person_id=person.id)
    assert (stay.destination_country, stay.return_date, stay.return_type, stay.occupation) == (
        "SAU", "2026-03-29", "KONTRAK_SELESAI", "PRT",
    )  # fmt: skip
    held = only(session, CounsellingSession, person_id=person.id)
    assert (str(held.held_on), held.service_type, held.minutes, held.session_number) == (
        "2026-06-14", "CNS_PSY_FAM", 60, 2,
    )  # fmt: skip
    event = only(session, TrainingEvent)
    assert (str(event.starts_on), str(event.ends_on), event.village_code) == (
        "2026-07-01", "2026-07-02", "73.71.01.1006",
    )  # fmt: skip
    part = only(session, Participation, name="Hj. Rosmiati")
    assert (part.pre_score, part.post_score, part.days, part.person_id) == (40, 80, "HT", None)


def test_somebody_known_only_from_a_log_has_the_sex_of_their_nik(session, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Tanggal", "Nama Klien", "NIK", "Jenis Konseling"])
    book.active.append(["13/05/2026", "Tini", "3505015205880003", "Keluarga"])
    book.save(tmp_path / "log.xlsx")
    import_register(session, tmp_path / "log.xlsx")
    person = only(session, Person)
    assert (person.sex, person.birth_date, person.client_type) == ("P", None, None)


def test_the_same_file_twice_changes_nothing(session, makassar):
    import_register(session, makassar)
    before = counted(session)
    again = import_register(session, makassar)
    assert again.batch_id is None
    assert again.counts["imported"] == 6
    assert counted(session) == before
    assert len(imports_done(session)) == 1


def test_a_file_that_has_grown_brings_only_what_is_new(session, makassar):
    import_register(session, makassar)
    book = load_workbook(makassar)
    book["Returnees"].insert_rows(7)
    for column, value in enumerate(
        ["5/20/2026", "7371014101900007", "Nurmi", "F", "1/1/1990", "Mariso", "Mariso", "Kota Makassar", None,
         "Oman", "Nurse", "5/1/2026", "Leave"], 2):  # fmt: skip
        book["Returnees"].cell(7, column, value)
    book.save(makassar)
    done = import_register(session, makassar)
    assert (done.counts["imported"], done.counts["new"]) == (6, 1)
    assert counted(session)["Person"] == 4


def test_somebody_the_centre_knows_is_found_by_nik(session, makassar):
    from resource_centre.log.bulk import insert_new

    [known] = insert_new(session, Person, [{"full_name": "Rosmiati", "sex": "P"}])
    insert_new(session, Identifier, [{"person_id": known, "kind": "nik", "value": "7371015304850002"}])
    import_register(session, makassar)
    assert only(session, MigrationEpisode, destination_country="SAU").person_id == known
    assert session.get(Person, known).full_name == "Rosmiati"
    assert counted(session)["Person"] == 3


def test_looking_first_writes_nothing(session, makassar):
    found = preview(session, read_book(makassar))
    assert (found.counts()["rows"], found.counts()["new"]) == (6, 3)
    assert counted(session)["Person"] == 0
    assert not session.new


def test_an_import_is_undone_as_one_act_and_can_be_taken_in_again(session, makassar):
    done = import_register(session, makassar)
    undone = undo_import(session, done.batch_id)
    assert undone.voided == 18
    assert set(counted(session).values()) == {0}
    assert session.get(ImportBatch, done.batch_id).undone_ms is not None
    with pytest.raises(Refused):
        undo_import(session, done.batch_id)
    assert import_register(session, makassar).counts["imported"] == 0
    assert counted(session)["Person"] == 3


def test_people_who_have_been_back_stay_when_an_import_is_undone(session, makassar):
    done = import_register(session, makassar)
    person = only(session, Person, full_name="Daeng Tompo", registered_on=sa.func.date("2026-05-04"))
    session.add(CounsellingSession(person_id=person.id))
    session.flush()
    assert undo_import(session, done.batch_id).people_kept == 1
    assert counted(session)["Person"] == 1
    assert counted(session)["Contact"] == 0
    assert only(session, Address).person_id == person.id


def test_people_who_have_answered_a_questionnaire_since_stay_as_well(session, makassar):
    done = import_register(session, makassar)
    person = session.scalars(sa.select(Person)).first()
    answered(session, person.id)
    assert undo_import(session, done.batch_id).people_kept == 1
    assert not person.voided


def answered(session, person_id):
    """A questionnaire that somebody has begun to answer."""
    version = newest_version(session, "who5").id
    return save_response(session, None, version_id=version, answers={}, state="begun", person_id=person_id)


def test_what_a_stand_in_has_answered_goes_to_the_person_it_turns_out_to_be(session, makassar):
    import_register(session, makassar)
    row = next(one for one in rows_to_settle(session) if one.kind == "counselling")
    told = answered(session, row.person_id)
    settle_as_same(session, row.row_id, row.candidates[0].person_id)
    assert [one.id for one in responses_of(session, row.candidates[0].person_id)] == [told]


def test_the_tables_still_equal_the_log(centre, makassar):
    with centre.change() as session:
        done = import_register(session, makassar)
        row = next(one for one in rows_to_settle(session) if one.kind == "counselling")
        settle_as_same(session, row.row_id, row.candidates[0].person_id)
    with centre.read() as session:
        assert list(examine(session.connection())) == []
    with centre.change() as session:
        undo_import(session, done.batch_id)
    with centre.read() as session:
        assert list(examine(session.connection())) == []


def test_somebody_decides_that_it_is_the_same_person(session, makassar):
    import_register(session, makassar)
    row = next(one for one in rows_to_settle(session) if one.kind == "counselling")
    stand_in = session.get(Person, row.person_id)
    assert stand_in.registered_on is None
    assert row.candidates[0].reasons == ("the same name", "nobody else has this name")
    settle_as_same(session, row.row_id, row.candidates[0].person_id)
    assert stand_in.voided
    assert counted(session)["Person"] == 2
    held = only(session, CounsellingSession, service_type="LEG_CONSULT")
    assert held.person_id == row.candidates[0].person_id
    with pytest.raises(SettlingRefused):
        settle_as_same(session, row.row_id, row.candidates[0].person_id)


def test_somebody_decides_that_it_is_another_person(session, makassar):
    import_register(session, makassar)
    row = next(one for one in rows_to_settle(session) if one.kind == "counselling")
    settle_as_other(session, row.row_id)
    person = session.get(Person, row.person_id)
    assert str(person.registered_on) == "2026-06-02"
    assert "registered_on" not in person.unanswered
    assert counted(session)["Person"] == 3


def test_a_participant_is_linked_to_a_person(session, makassar):
    import_register(session, makassar)
    row = next(one for one in rows_to_settle(session) if one.kind == "training")
    settle_as_same(session, row.row_id, row.candidates[0].person_id)
    assert only(session, Participation, name="Hj. Rosmiati").person_id == row.candidates[0].person_id


def test_cells_are_put_right_one_by_one(session, blitar):
    import_register(session, blitar)
    before = count_to_settle(session)
    row = next(one for one in rows_to_settle(session) if one.row == 14)
    assert {problem.field for problem in row.problems} == {"nik", "country"}
    with pytest.raises(Refused) as refused:
        correct_cell(session, row.row_id, "country", "entah")
    assert refused.value.problems[0].words() == "This word is not in the list."
    correct_cell(session, row.row_id, "country", "Singapura")
    correct_cell(session, row.row_id, "returned", "12-11-2025")
    stay = only(session, MigrationEpisode, return_type="DEPORTASI")
    assert (stay.destination_country, stay.return_date) == ("SGP", "2025-11-12")
    accept_cell(session, row.row_id, "nik")
    assert count_to_settle(session) == before - 1


def test_a_row_too_poor_to_write_is_written_once_it_is_complete(session, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Tanggal", "Nama Klien", "NIK", "Jenis Konseling", "Konselor"])
    book.active.append(["entah", "Budi", "3505011205880003", "Keluarga", "Ani"])
    book.save(tmp_path / "log.xlsx")
    assert import_register(session, tmp_path / "log.xlsx").counts["incomplete"] == 1
    assert counted(session)["CounsellingSession"] == 0
    row = rows_to_settle(session)[0]
    correct_cell(session, row.row_id, "date", "12 Mei 2026")
    held = only(session, CounsellingSession)
    assert str(held.held_on) == "2026-05-12"
    assert session.get(Person, held.person_id).full_name == "Budi"


def test_a_corrected_column_is_remembered_for_the_next_file(session, tmp_path):
    from openpyxl import Workbook

    def register(name, person, nik):
        book = Workbook()
        book.active.append(["Kapan", "Nama", "NIK", "Negara", "Tgl Pulang"])
        book.active.append(["13/01/2026", person, nik, "Malaysia", "24/12/2025"])
        book.save(tmp_path / name)
        return tmp_path / name

    import_register(session, register("a.xlsx", "Budi", "3505011205880003"), mappings=[Mapping_({"Kapan": "reported"})])
    assert remembered_mappings(session)[0].fields == {"Kapan": "reported"}
    import_register(session, register("b.xlsx", "Tini", "3505015205880003"))
    assert counted(session)["Contact"] == 2


def test_a_collector_may_not_take_in_people_of_other_villages(collector_session, makassar):
    session = collector_session("52.03.01.2001")
    with pytest.raises(Refused) as refused:
        import_register(session, makassar)
    assert refused.value.code == "out_of_scope"


def test_it_works_on_a_server_too(either_centre, makassar):
    with either_centre.change() as session:
        done = import_register(session, makassar)
        assert [one.kind for one in rows_to_settle(session)] == ["counselling", "training"]
    with either_centre.change() as session:
        assert import_register(session, makassar).batch_id is None
        undo_import(session, done.batch_id)
    with either_centre.read() as session:
        assert set(counted(session).values()) == {0}


RESCUED = "Rescued from trafficking"


def concerns_told(session):
    """What a protection officer finds after the import."""
    from dataclasses import replace

    from resource_centre.records import ProtectionConcern

    session.flush()
    session.info["viewer"] = replace(session.info["viewer"], role="protection_officer")
    return session.scalars(sa.select(ProtectionConcern.kind)).all()


def test_a_rescue_in_a_register_is_special_protection_and_the_officers_matter(session, makassar):
    book = load_workbook(makassar)
    book["Returnees"]["N5"] = RESCUED
    book.save(makassar)
    import_register(session, makassar)
    kinds = session.scalars(sa.select(MigrationEpisode.return_type)).all()
    assert set(kinds) == {"PERLINDUNGAN_KHUSUS", "DEPORTASI"}
    assert concerns_told(session) == ["TPPO"]


def test_so_it_is_when_a_cell_is_corrected_to_it(session, makassar):
    book = load_workbook(makassar)
    book["Returnees"]["N5"] = "xyzzy"
    book.save(makassar)
    import_register(session, makassar)
    row = next(one for one in rows_to_settle(session) if one.kind == "register")
    correct_cell(session, row.row_id, "return_type", RESCUED)
    kinds = session.scalars(sa.select(MigrationEpisode.return_type)).all()
    assert set(kinds) == {"PERLINDUNGAN_KHUSUS", "DEPORTASI"}
    assert concerns_told(session) == ["TPPO"]


def test_a_name_on_a_sheet_is_never_that_of_a_survivor(session, makassar):
    book = load_workbook(makassar)
    book["Attendance"]["N1"] = "Status"
    for line in (3, 4):
        book["Attendance"][f"N{line}"] = "Korban TPPO"
    book.save(makassar)
    import_register(session, makassar)
    assert set(session.scalars(sa.select(Participation.client_type))) == {"returnee"}
    row = next(one for one in rows_to_settle(session) if one.kind == "training" and one.candidates)
    settle_as_same(session, row.row_id, row.candidates[0].person_id)
    assert concerns_told(session) == ["TPPO"]


def with_a_concern(session, person_id):
    from resource_centre.services.protection import note_concern

    note_concern(session, person_id, "TPPO", account="Told at the desk")


def test_the_mark_of_a_stand_in_goes_with_whoever_it_turned_out_to_be(session, makassar):
    import_register(session, makassar)
    row = next(one for one in rows_to_settle(session) if one.kind == "counselling")
    known = row.candidates[0].person_id
    with_a_concern(session, row.person_id)
    settle_as_same(session, row.row_id, known)
    assert mark_of(session, known) is not None
    session.flush()
    session.info["viewer"] = replace(session.info["viewer"], role="protection_officer")
    assert [one.person_id for one in concerns(session)] == [row.person_id], "what was told stays in the officer's sight"


def test_the_officer_who_settles_it_moves_the_matter_itself(session, makassar):
    import_register(session, makassar)
    row = next(one for one in rows_to_settle(session) if one.kind == "counselling")
    known = row.candidates[0].person_id
    with_a_concern(session, row.person_id)
    session.flush()
    session.info["viewer"] = replace(session.info["viewer"], role="protection_officer")
    settle_as_same(session, row.row_id, known)
    assert [(one.person_id, one.kind) for one in concerns(session)] == [(known, "TPPO")]
    assert mark_of(session, known) is not None
    assert mark_of(session, row.person_id) is None
