# SPDX-License-Identifier: Apache-2.0
"""Signing in, forgetting the passphrase, and what lies on the disk meanwhile."""

import json

import pytest

from db import keys, patience
from db.recovery import ALPHABET, RecoveryKey, new_recovery_key, read_recovery_key
from resource_centre.errors import EnvironmentFailed, Refused

CHEAP = keys.Stretch(operations=1, memory=8192)
KEY = bytes(range(32))


@pytest.fixture
def slots(tmp_path):
    slots = keys.new_slots().with_account(
        KEY, account="siti-id", login="Siti", passphrase="kopi hangat pagi", stretch=CHEAP
    )
    slots.save(tmp_path)
    return slots


def wrong(folder, login, passphrase):
    with pytest.raises(EnvironmentFailed) as refused:
        keys.read_slots(folder).open(login, passphrase)
    return refused.value.code


def test_the_right_passphrase_opens_whatever_the_capitals_of_the_name(slots, tmp_path):
    unlocked = keys.read_slots(tmp_path).open("  SITI ", "kopi hangat pagi")
    assert (unlocked.key, unlocked.account) == (KEY, "siti-id")


def test_an_unknown_name_and_a_wrong_passphrase_look_the_same(slots, tmp_path):
    assert wrong(tmp_path, "siti", "kopi dingin pagi") == wrong(tmp_path, "budi", "kopi hangat pagi")


def test_no_name_and_no_key_lie_in_the_key_file(slots, tmp_path):
    raw = (tmp_path / keys.FILE).read_bytes().lower()
    assert b'"siti"' not in raw
    assert KEY not in raw
    assert KEY.hex().encode() not in raw
    assert "siti" not in repr(slots.open("siti", "kopi hangat pagi")).replace("siti-id", "")
    assert repr(KEY) not in repr(slots.open("siti", "kopi hangat pagi"))


def test_a_new_passphrase_replaces_the_old_one(slots, tmp_path):
    slots.with_account(KEY, account="siti-id", login="siti", passphrase="teh manis sore", stretch=CHEAP).save(tmp_path)
    assert keys.read_slots(tmp_path).open("siti", "teh manis sore").key == KEY
    assert wrong(tmp_path, "siti", "kopi hangat pagi") == "wrong_passphrase"


def test_somebody_who_left_cannot_open_any_more(slots, tmp_path):
    slots.without_account("siti-id").save(tmp_path)
    assert wrong(tmp_path, "siti", "kopi hangat pagi") == "wrong_passphrase"


def test_the_recovery_sheet_opens_and_a_new_sheet_ends_the_old_one(slots):
    first, second = new_recovery_key(), new_recovery_key()
    with_first = slots.with_recovery(KEY, first, CHEAP)
    assert with_first.open_with_recovery(first).key == KEY
    with_second = with_first.with_recovery(KEY, second, CHEAP)
    assert with_second.open_with_recovery(second).key == KEY
    with pytest.raises(EnvironmentFailed, match="wrong_recovery"):
        with_second.open_with_recovery(first)
    assert with_second.open("siti", "kopi hangat pagi").key == KEY


def test_labels_of_slots_cannot_be_changed_over(slots, tmp_path):
    slots = slots.with_account(KEY, account="ana-id", login="ana", passphrase="air putih siang", stretch=CHEAP)
    slots.save(tmp_path)
    content = json.loads((tmp_path / keys.FILE).read_bytes())
    mine, hers = content["slots"]
    mine["account"], hers["account"] = hers["account"], mine["account"]
    (tmp_path / keys.FILE).write_text(json.dumps(content))
    assert wrong(tmp_path, "siti", "kopi hangat pagi") == "damaged"


def test_harder_slots_can_stand_beside_older_ones(slots):
    harder = keys.Stretch(operations=2, memory=16384)
    slots = slots.with_account(KEY, account="ana-id", login="ana", passphrase="air putih siang", stretch=harder)
    assert slots.open("ana", "air putih siang").account == "ana-id"
    assert slots.open("siti", "kopi hangat pagi").account == "siti-id"


def test_a_short_passphrase_is_refused(slots):
    with pytest.raises(Refused, match="weak_passphrase"):
        slots.with_account(KEY, account="a", login="a", passphrase="pendek", stretch=CHEAP)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": 1}', '{"format": 1, "salt": "zz", "slots": []}'])
def test_a_damaged_key_file_is_said_to_be_damaged(tmp_path, content):
    (tmp_path / keys.FILE).write_text(content)
    assert wrong(tmp_path, "siti", "kopi hangat pagi") == "damaged"


def test_key_files_that_ask_for_absurd_memory_are_refused(slots, tmp_path):
    content = json.loads((tmp_path / keys.FILE).read_bytes())
    content["slots"][0]["stretch"]["memory"] = 1 << 40
    (tmp_path / keys.FILE).write_text(json.dumps(content))
    assert wrong(tmp_path, "siti", "kopi hangat pagi") == "damaged"


def test_a_key_file_from_a_newer_program_is_refused(tmp_path):
    (tmp_path / keys.FILE).write_text('{"format": 99, "salt": "", "slots": []}')
    assert wrong(tmp_path, "siti", "kopi hangat pagi") == "newer_program"


def test_a_folder_without_keys_is_not_a_centre(tmp_path):
    assert wrong(tmp_path, "siti", "kopi hangat pagi") == "not_a_centre"


def test_the_recovery_key_survives_sloppy_copying():
    key = RecoveryKey(bytes(range(20)))
    sloppy = key.text.lower().replace("-", "  ").replace("0", "o").replace("1", "l").replace("v", "u")
    assert read_recovery_key(sloppy).key == key
    assert key.text not in repr(key)


def test_every_single_wrong_character_is_noticed_and_its_group_named():
    text = new_recovery_key().text
    for at, letter in enumerate(text):
        if letter == "-":
            continue
        for other in ALPHABET:
            if other != letter:
                reading = read_recovery_key(text[:at] + other + text[at + 1 :])
                assert reading.wrong_groups == (at // 6 + 1,)


def test_neighbours_and_groups_changed_over_are_noticed():
    text = RecoveryKey(bytes(range(7, 27))).text
    letters = text.replace("-", "")
    for at in range(len(letters) - 1):
        if at % 5 != 4 and letters[at] != letters[at + 1]:
            swapped = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
            assert read_recovery_key(swapped).key is None
    groups = text.split("-")
    groups[2], groups[5] = groups[5], groups[2]
    assert read_recovery_key("-".join(groups)).wrong_groups == (3, 6)


def test_a_half_typed_recovery_key_says_which_groups_are_missing():
    groups = new_recovery_key().groups
    assert read_recovery_key(" ".join(groups[:6])).wrong_groups == (7, 8)


def test_wrong_tries_wait_longer_and_longer_even_after_a_restart(tmp_path):
    waits = []
    for _ in range(12):
        patience.begin_try(tmp_path, sleep=waits.append)
    assert [round(wait) for wait in waits] == [1, 2, 4, 8, 16, 30, 30, 30, 30]
    assert patience.waiting_time(tmp_path) > 25
    patience.passed(tmp_path)
    assert patience.waiting_time(tmp_path) == 0


def test_waiting_ends_by_itself_and_a_clock_set_back_does_not_shorten_it(tmp_path):
    for _ in range(6):
        patience.begin_try(tmp_path, sleep=lambda _seconds: None)
    written = json.loads((tmp_path / patience.FILE).read_bytes())["last"]
    assert patience.waiting_time(tmp_path, now=written + 3) == 5
    assert patience.waiting_time(tmp_path, now=written + 60) == 0
    assert patience.waiting_time(tmp_path, now=written - 86400) == 8
