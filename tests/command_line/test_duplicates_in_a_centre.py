"""`resource-centre duplicates --centre`: who is there twice is listed, merged and taken apart from the command line."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.centre import open_centre
from resource_centre.records import Person
from resource_centre.services.intake import register_intake
from ui.cli.main import main

LOGIN, PASSPHRASE = "ibu.ratna", "kopi hangat di pagi hari"


@pytest.fixture
def called(centre_folder, monkeypatch, capsys):
    monkeypatch.setenv("RESOURCE_CENTRE_PASSPHRASE", PASSPHRASE)

    def call(*words):
        code = main(("duplicates", "--centre", str(centre_folder), "--login", LOGIN, "--language", "en", *words))
        return code, capsys.readouterr().out

    return call


@pytest.fixture
def numbers(centre_folder):
    """The client numbers of two records of one person."""
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.change() as session:
        for name in ("Siti Aminah", "Siti Aminnah"):
            person = {"full_name": name, "sex": "P", "birth_date": "1984-05-17", "mother_name": "Rohani"}
            register_intake(session, person=person, identifiers=[{"kind": "phone", "value": "081234567890"}])
        return list(session.scalars(select(Person.number).order_by(Person.id)))


def test_who_is_there_twice_is_listed_with_both_numbers(called, numbers):
    code, out = called("scan")
    assert code == 0
    assert all(number in out for number in numbers)
    assert "the same telephone" in out


def test_merged_they_are_listed_no_more_and_taken_apart_they_are_again(called, numbers):
    assert called("--merge", *numbers) == (0, "")
    assert called("scan") == (0, "")
    assert called("--unmerge", *numbers) == (0, "")
    assert numbers[1] in called("scan")[1]


def test_two_people_are_not_proposed_again(called, numbers):
    assert called("--apart", *numbers) == (0, "")
    assert called("scan") == (0, "")


def test_a_number_of_nobody_is_said(called, numbers):
    assert called("--merge", numbers[0], "XX-26-A1-C00001")[0] != 0
