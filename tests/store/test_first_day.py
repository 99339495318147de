# SPDX-License-Identifier: Apache-2.0
"""A centre is made, closed and opened again."""

import pytest

from db.centre import create_centre, open_centre, open_with_recovery
from db.first_day import AccountAnswers, CentreAnswers
from db.keys import Stretch
from resource_centre.errors import Bug, EnvironmentFailed, Refused
from resource_centre.records import Account, CentreProfile, Person

LOGIN, PASSPHRASE = "ibu.ratna", "kopi hangat di pagi hari"
CHEAP = Stretch(operations=1, memory=8192)


def make(folder, passphrase=PASSPHRASE):
    return create_centre(
        folder,
        profile=CentreAnswers(name="Pusat Baru", place_code="52.03", site_code="LTM"),
        account=AccountAnswers(login=LOGIN, name="Ratna"),
        passphrase=passphrase,
        stretch=CHEAP,
    )


def test_what_was_saved_is_there_the_next_day(centre_folder):
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.change() as session:
        session.add(Person(full_name="Siti Aminah"))
    with open_centre(centre_folder, login=" IBU.Ratna", passphrase=PASSPHRASE) as centre, centre.read() as session:
        assert session.query(Person).one().full_name == "Siti Aminah"
        assert centre.profile.name == "Pusat Layanan Uji"
        assert centre.viewer.role == "coordinator"


def test_a_change_tells_what_it_touched(centre):
    with centre.change() as session:
        person = Person(full_name="Siti Aminah")
        session.add(person)
    assert session.info["changed"] == {"Person": {person.id}}
    assert person.full_name == "Siti Aminah"


def test_the_centre_knows_its_new_name_at_once(centre):
    with centre.change() as session:
        session.query(CentreProfile).one().name = "Pusat Layanan Migran Selong"
    assert centre.profile.name == "Pusat Layanan Migran Selong"


def test_a_failed_change_leaves_nothing(centre):
    with pytest.raises(ZeroDivisionError), centre.change() as session:
        session.add(Person(full_name="Siti Aminah"))
        session.flush()
        raise ZeroDivisionError
    with centre.read() as session:
        assert session.query(Person).count() == 0


def test_looking_never_writes(centre):
    with pytest.raises(Bug), centre.read() as session:
        session.add(Person(full_name="Siti Aminah"))
        session.flush()


def test_two_people_saving_one_record_the_second_is_told(centre):
    with centre.change() as session:
        person = Person(full_name="Siti Aminah")
        session.add(person)
    with centre.read() as session:
        seen = session.get_one(Person, person.id)
    with centre.change() as session:
        session.get_one(Person, person.id).alias = "Mina"
    with pytest.raises(Refused, match="changed_meanwhile"), centre.change() as session:
        session.add(seen)
        seen.alias = "Minah"


def test_a_wrong_passphrase_and_an_unknown_name_are_the_same_refusal(centre_folder):
    for login, passphrase in ((LOGIN, "salah salah salah"), ("siapa", PASSPHRASE)):
        with pytest.raises(EnvironmentFailed, match="wrong_passphrase"):
            open_centre(centre_folder, login=login, passphrase=passphrase)
    open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE).close()


def test_guessing_gets_slower(centre_folder):
    waits = []
    for _ in range(5):
        with pytest.raises(EnvironmentFailed, match="wrong_passphrase"):
            open_centre(centre_folder, login=LOGIN, passphrase="salah salah salah", sleep=waits.append)
    assert [round(wait) for wait in waits] == [1, 2]
    open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE, sleep=waits.append).close()
    open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE, sleep=waits.append).close()
    assert [round(wait) for wait in waits] == [1, 2, 4]


def test_a_new_passphrase_opens_and_the_old_one_does_not(centre, centre_folder):
    with pytest.raises(EnvironmentFailed, match="wrong_passphrase"):
        centre.change_passphrase("salah salah salah", "teh manis sore hari")
    centre.change_passphrase(PASSPHRASE, "teh manis sore hari")
    centre.close()
    open_centre(centre_folder, login=LOGIN, passphrase="teh manis sore hari").close()
    with pytest.raises(EnvironmentFailed, match="wrong_passphrase"):
        open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE)


def test_the_recovery_sheet_lets_somebody_in_who_forgot(centre_folder, recovery_text):
    sheet = recovery_text.lower().replace("-", " ")
    with open_with_recovery(
        centre_folder, recovery=sheet, login=LOGIN, new_passphrase="teh manis sore hari", stretch=CHEAP
    ) as centre:
        assert centre.viewer.role == "coordinator"
    open_centre(centre_folder, login=LOGIN, passphrase="teh manis sore hari").close()


def test_a_mistyped_recovery_key_names_the_group(centre_folder, recovery_text):
    groups = recovery_text.split("-")
    groups[3] = ("3" if groups[3][0] == "2" else "2") + groups[3][1:]
    with pytest.raises(EnvironmentFailed, match="wrong_recovery") as refused:
        open_with_recovery(centre_folder, recovery="-".join(groups), login=LOGIN, new_passphrase="teh manis sore hari")
    assert refused.value.facts == {"groups": "4"}


def test_a_new_recovery_sheet_ends_the_old_one(centre, centre_folder, recovery_text):
    sheet = centre.new_recovery_sheet()
    centre.close()
    with pytest.raises(EnvironmentFailed, match="wrong_recovery"):
        open_with_recovery(
            centre_folder, recovery=recovery_text, login=LOGIN, new_passphrase="teh manis sore hari", stretch=CHEAP
        )
    open_with_recovery(
        centre_folder, recovery=sheet.text, login=LOGIN, new_passphrase="teh manis sore hari", stretch=CHEAP
    ).close()


def test_a_colleague_gets_an_account_and_loses_it_again(centre, centre_folder):
    centre._home.stretch = CHEAP
    answers = AccountAnswers(login="Budi", name="Budi", role="collector", villages=("52.03.01.2001",))
    account_id = centre.add_account(answers, "air putih siang hari")
    with pytest.raises(Refused, match="login_taken"):
        centre.add_account(AccountAnswers(login="bUDI ", name="Budi lain"), "air putih siang hari")
    with open_centre(centre_folder, login="budi", passphrase="air putih siang hari", alongside=True) as theirs:
        assert theirs.viewer.bound == {"52.03.01.2001"}
        with pytest.raises(Refused, match="not_allowed"):
            theirs.add_account(AccountAnswers(login="ana", name="Ana"), "air putih siang hari")
        with pytest.raises(Refused, match="not_allowed"):
            theirs.set_passphrase(account_id, "air putih siang hari")
    centre.end_account(account_id)
    with pytest.raises(EnvironmentFailed, match="wrong_passphrase"):
        open_centre(centre_folder, login="budi", passphrase="air putih siang hari", alongside=True)
    with centre.read() as session:
        assert session.get_one(Account, account_id).active is False


def test_an_account_that_was_ended_cannot_come_in_with_old_keys(centre, centre_folder):
    centre._home.stretch = CHEAP
    account_id = centre.add_account(AccountAnswers(login="budi", name="Budi"), "air putih siang hari")
    old_keys = (centre_folder / "keys.json").read_bytes()
    centre.end_account(account_id)
    (centre_folder / "keys.json").write_bytes(old_keys)
    with pytest.raises(EnvironmentFailed, match="wrong_passphrase"):
        open_centre(centre_folder, login="budi", passphrase="air putih siang hari", alongside=True)


def test_a_new_centre_is_not_made_over_another(centre_folder):
    with pytest.raises(EnvironmentFailed, match="already_a_centre"):
        make(centre_folder)


def test_a_weak_passphrase_makes_no_centre(tmp_path):
    with pytest.raises(Refused, match="weak_passphrase"):
        make(tmp_path / "new", passphrase="pendek")
    assert not (tmp_path / "new").exists()


def test_making_a_centre_that_fails_leaves_no_half(tmp_path, monkeypatch):
    from db import new_centre

    def full_disk(*_args):
        raise OSError(28, "no space")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="no space"):
        patch.setattr(new_centre, "begin_centre", full_disk)
        make(tmp_path)
    assert list(tmp_path.iterdir()) == []
    centre, _recovery = make(tmp_path)
    with centre, centre.read() as session:
        assert session.query(CentreProfile).one().name == "Pusat Baru"


def test_a_folder_that_is_copied_by_a_service_is_warned_about(centre, tmp_path, master_centre):
    import shutil

    assert centre.warnings == ()
    copied = shutil.copytree(master_centre, tmp_path / "OneDrive - Yayasan" / "centre")
    with open_centre(copied, login=LOGIN, passphrase=PASSPHRASE) as centre:
        assert "OneDrive" in centre.warnings[0]
