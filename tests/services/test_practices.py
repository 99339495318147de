# SPDX-License-Identifier: Apache-2.0
"""The shelf of good practices: found by words, tag and country on both databases; files kept and given back."""

from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from db.doctor import examine
from resource_centre import i18n
from resource_centre.errors import Refused
from resource_centre.records import Attachment, AttachmentContent
from resource_centre.services.attachments import attach
from resource_centre.services.practices import (
    attach_file,
    change_practice,
    content_of_file,
    countries_in_use,
    files_of,
    own_tags_of,
    practices_list,
    remove_file,
    rename_file,
    tags_in_use,
    take_off_the_shelf,
    write_practice,
)


@pytest.fixture
def photo():
    """A JPEG as a telephone makes it."""

    def taken(colour="white"):
        made = BytesIO()
        Image.new("RGB", (60, 40), colour).save(made, "JPEG")
        return made.getvalue()

    return taken


@pytest.fixture
def shelf(either_centre):
    """Three invented practices, on each kind of database."""
    with either_centre.change() as session:
        for title, summary, more in (
            ("Kelas malam", "Istri dan suami belajar anggaran bersama.", {"tags": ["literasi_keuangan"]}),
            ("Pojok café", "Cerita purna pekerja di sebuah CAFÉ desa.", {"own_tags": "Cerita, kopi", "country": "MYS"}),
            ("Arisan usaha", "Modal bergilir 100% tanpa bunga.", {"tags": ["usaha", "kelompok_simpan"]}),
        ):
            write_practice(session, {"title": title, "summary": summary, **more})
    return either_centre


@pytest.fixture
def practice(session):
    return write_practice(session, {"title": "Kelas malam", "summary": "Belajar bersama."}).id


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cafe", {"Pojok café"}),
        ("ISTRI anggaran", {"Kelas malam"}),
        ("anggaran cafe", set()),
        ("financial", {"Kelas malam"}),
        ("simpan pinjam", {"Arisan usaha"}),
        ("100%", {"Arisan usaha"}),
        ("_", {"Kelas malam", "Arisan usaha"}),
        ("kopi", {"Pojok café"}),
        ("", {"Kelas malam", "Pojok café", "Arisan usaha"}),
    ],
)
def test_practices_are_found_by_any_of_their_words(shelf, words, found):
    with shelf.read() as session:
        assert {one.title for one in practices_list(session, words)} == found


def test_practices_are_found_by_tag_and_country(shelf):
    with shelf.read() as session:
        assert [one.title for one in practices_list(session, tag="usaha")] == ["Arisan usaha"]
        assert [one.title for one in practices_list(session, tag="cerita")] == ["Pojok café"]
        assert [one.title for one in practices_list(session, country="MYS")] == ["Pojok café"]
        assert practices_list(session, "kelas", tag="usaha") == []
        assert countries_in_use(session) == ["MYS"]


def test_tags_on_the_shelf_are_counted_in_the_active_language(shelf):
    i18n.set_language("id")
    with shelf.read() as session:
        said = [(one.words, one.count) for one in tags_in_use(session)]
    assert said == [("Literasi keuangan", 1), ("Kelompok simpan pinjam", 1), ("Usaha", 1), ("Cerita", 1), ("kopi", 1)]


def test_own_tags_are_told_apart_by_commas_and_written_once():
    assert own_tags_of(" Kopi,, cerita  desa , KOPI, #baru") == ("Kopi", "cerita desa", "baru")


def test_a_changed_practice_is_found_by_what_it_says_now(session, practice):
    change_practice(session, practice, {"summary": "Belajar di balai desa.", "tags": ["alat"]})
    assert practices_list(session, "bersama") == []
    assert [one.id for one in practices_list(session, "balai", tag="alat")] == [practice]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"title": " "}, ("title", "required")),
        ({"summary": None}, ("summary", "required")),
        ({"tags": ["sihir"]}, ("tags", "not_in_list")),
        ({"noted_on": "2026-12-01"}, ("noted_on", "date_in_future")),
    ],
)
def test_a_practice_that_cannot_be_is_refused(session, values, problem):
    with pytest.raises(Refused) as why:
        write_practice(session, {"title": "Kelas malam", "summary": "Belajar."} | values)
    assert [(one.field, one.code) for one in why.value.problems] == [problem]


def test_files_are_attached_renamed_read_and_taken_away(session, practice, photo):
    kept = attach_file(session, practice, photo(), title="Poster")
    rename_file(session, kept.id, "Poster kelas")
    (row,) = files_of(session, practice)
    assert (row.title, row.media_type, bool(row.preview)) == ("Poster kelas", "image/jpeg", True)
    assert content_of_file(session, kept.id).content.startswith(b"\xff\xd8")
    assert practices_list(session)[0].files == 1
    remove_file(session, kept.id, "Salah berkas.")
    assert (files_of(session, practice), practices_list(session)[0].files) == ([], 0)


def test_what_is_no_photo_and_no_pdf_is_refused(session, practice):
    with pytest.raises(Refused) as why:
        attach_file(session, practice, b"MZ a program", title="Poster")
    assert [(one.field, one.code) for one in why.value.problems] == [("file", "file_kind")]


def test_one_file_of_a_practice_and_of_a_person_is_kept_once(session, practice, register, photo):
    attach(session, register(), photo(), title="Poster")
    attach_file(session, practice, photo(), title="Poster")
    assert session.scalar(sa.select(sa.func.count()).select_from(AttachmentContent)) == 1


def test_what_is_taken_off_the_shelf_goes_with_its_files(session, practice, photo):
    file_id = attach_file(session, practice, photo(), title="Poster").id
    take_off_the_shelf(session, practice, "Dua kali tertulis.")
    assert practices_list(session) == []
    with pytest.raises(Refused):
        content_of_file(session, file_id)


def test_a_village_collector_reads_files_of_practices_and_of_nobody(centre, collector_session, photo):
    from resource_centre.services.intake import register_intake

    with centre.change() as session:
        practice = write_practice(session, {"title": "Kelas malam", "summary": "Belajar."}).id
        shared = attach_file(session, practice, photo("teal"), title="Poster").id
        person = register_intake(session, person={"full_name": "Siti Aminah", "sex": "P"}).person_id
        private = attach(session, person, photo("red"), title="Paspor").digest
    collector = collector_session("52.03.01.2001")
    assert content_of_file(collector, shared).content
    assert files_of(collector, practice)[0].preview
    assert collector.scalars(sa.select(AttachmentContent.digest).where(AttachmentContent.digest == private)).all() == []
    assert collector.scalars(sa.select(Attachment)).all() == []
    with pytest.raises(Refused):
        attach_file(collector, practice, photo("red"), title="Paspor")


def test_the_doctor_counts_files_of_practices_as_used(either_centre, photo):
    with either_centre.change() as session:
        practice = write_practice(session, {"title": "Kelas malam", "summary": "Belajar.", "own_tags": "kopi"}).id
        attach_file(session, practice, photo(), title="Poster")
    assert [(one.code, one.findings) for one in examine(either_centre) if one.findings] == []


def test_the_doctor_finds_a_practice_s_file_that_is_damaged(centre, photo):
    with centre.change() as session:
        practice = write_practice(session, {"title": "Kelas malam", "summary": "Belajar."}).id
        file_id = attach_file(session, practice, photo(), title="Poster").id
    with centre.engine.connect() as connection:
        connection.execute(sa.update(AttachmentContent).values(content=b"coffee"))
        connection.commit()
    assert [(one.code, one.findings) for one in examine(centre) if not one.well] == [
        ("attachments", (f"practice_file {file_id}",))
    ]


def test_files_of_practices_come_back_with_a_backup(centre, centre_folder, photo):
    from db import backup
    from db.centre import open_centre

    with centre.change() as session:
        practice = write_practice(session, {"title": "Kelas malam", "summary": "Belajar."}).id
        file_id = attach_file(session, practice, photo("teal"), title="Poster").id
        before = content_of_file(session, file_id).content
    copy = centre.backup()
    with centre.engine.connect() as connection:
        connection.execute(sa.delete(AttachmentContent))
        connection.commit()
    centre.close()
    login, passphrase = "ibu.ratna", "kopi hangat di pagi hari"
    backup.restore(copy, centre_folder, login=login, passphrase=passphrase)
    with open_centre(centre_folder, login=login, passphrase=passphrase) as restored:
        assert all(result.well for result in examine(restored))
        with restored.read() as session:
            assert content_of_file(session, file_id).content == before
